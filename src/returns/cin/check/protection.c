/* protection.c - rules of child protection plans and their reviews. */
#include "returns/cin/check/rule.h"

/* ---- a plan begins on the day of its initial conference */

/* An enquiry that says that it needed no conference, and has none, has nothing to compare. */
static bool has_conference(const struct cin_section47 *it)
{
	return is_day(it->conference) || it->not_required != CIN_TRUE;
}

/* Which plans begin on the day of a conference of the enquiries; true: the episode has such enquiries. */
static bool match(const struct cin_child *child, uint32_t details, const day *start, size_t n, bool *matched)
{
	size_t m = COUNT_OF(child, section47, details), i = 0;
	if (m == 0)
		return false;
	struct cin_span *span = arena_take(child->arena, m, sizeof *span);
	bool *holds = arena_take(child->arena, m, 1);
	EVERY_OF(it, child, section47, details) {
		if (has_conference(it))
			span[i++] = (struct cin_span){ it->conference, it->conference };
	}
	cin_spans_hold(child->arena, start, n, span, i, false, matched, holds);
	return i > 0;
}

static void find_elsewhere(struct cin_check *check, const struct cin_child *child, uint32_t details)
{
	size_t n = COUNT_OF(child, protection, details), i = 0, began = 0;
	const struct cin_details *around = &child->details.item[details];
	if (n == 0)
		return;
	day *start = arena_take(child->arena, n, sizeof *start);
	bool *matched = arena_take(child->arena, n, 1), any = false;
	EVERY_OF(it, child, protection, details) {
		start[i++] = is_in_year(check, it->start) ? it->start : DAY_UNKNOWN;
		began += is_day(start[i - 1]);
	}
	bool enquiries = match(child, details, start, n, matched);
	i = 0;
	EVERY_OF(it, child, protection, details) {
		if (!enquiries)
			matched[i] = is_day(start[i]) && start[i] == around->conference;
		any |= matched[i];
		if (is_day(start[i]) && !matched[i])
			FIND(check, protection, it, start);
		i++;
	}
	if (any || began == 0)
		return;
	if (!enquiries)
		FIND(check, details, around, conference);
	EVERY_OF(it, child, section47, details) {
		if (has_conference(it))
			FIND(check, section47, it, conference);
	}
}

static void rule_2885(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child)
		find_elsewhere(check, child, i);
}

/* ---- the plan */

static void rule_8730(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, protection) {
		int64_t n;
		if (!str_int(it->previous, &n) || n < 0)
			FIND(check, protection, it, previous);
	}
}

static void rule_8841(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, reviews) {
		const struct cin_protection *plan = &child->protection.item[it->at.of];
		if (!is_day(it->on) || !is_day(plan->start) || it->on > plan->start)
			continue;
		FIND(check, reviews, it, on);
		FIND(check, protection, plan, start);
	}
}

static void rule_8842Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, reviews) {
		if (!is_day(it->on))
			FIND(check, reviews, it, on);
	}
}

/* ---- one plan against the child's others */

static void rule_8935(struct cin_check *check, const struct cin_child *child)
{
	size_t open = 0;
	EVERY(it, child, protection)
		open += !is_day(it->end);
	EVERY(it, child, protection) {
		if (open > 1 && !is_day(it->end))
			FIND(check, protection, it, end);
	}
}

static void rule_8940(struct cin_check *check, const struct cin_child *child)
{
	size_t n = child->protection.n;
	if (n < 2)
		return;
	day *from = arena_take(child->arena, n, sizeof *from);
	struct cin_span *span = arena_take(child->arena, n, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, n, 1);
	for (size_t i = 0; i < n; i++) {
		const struct cin_protection *it = &child->protection.item[i];
		from[i] = it->start;
		span[i] = (struct cin_span){ it->start, is_day(it->end) ? it->end : cin_end(check) };
	}
	cin_spans_hold(child->arena, from, n, span, n, true, inside, holds);
	for (size_t i = 0; i < n; i++) {
		if (inside[i] || holds[i])
			FIND(check, protection, &child->protection.item[i], start);
		if (holds[i])
			FIND(check, protection, &child->protection.item[i], end);
	}
}

#define CATEGORIES "NEG PHY SAB EMO MUL"

static const struct cin_rule rules[] = {
	PAIR_RULE("1105", CIN_ORDER, details, referral, protection, start,
		"The child protection plan began before the referral"),
	CHILD_RULE(2885, "2885", 2023, 0, "The child protection plan did not begin on the day of its initial conference"),
	DAY_RULE("8720", CIN_BY_END, protection, start,
		"The start of the child protection plan is missing, or after the census year"),
	CHILD_RULE(8730, "8730", 2023, 0, "The number of earlier child protection plans is missing, or no number"),
	PAIR_RULE("8840", CIN_APART, protection, start, protection, end,
		"The child protection plan began and ended on one day"),
	CHILD_RULE(8841, "8841", 2023, 0, "The review was held on the day on which the plan began, or earlier"),
	CHILD_RULE(8842Q, "8842Q", 2023, 0, "The review has no date"),
	LIST_RULE("8905", 2023, 0, protection, initial, false, CATEGORIES,
		"The first category of abuse is missing, or not a code of the list"),
	LIST_RULE("8910", 2023, 0, protection, latest, false, CATEGORIES,
		"The latest category of abuse is missing, or not a code of the list"),
	PAIR_RULE("8915", CIN_ORDER, protection, start, identifiers, died,
		"The child protection plan began after the child's death"),
	PAIR_RULE("8920", CIN_ORDER, protection, end, identifiers, died,
		"The child protection plan ended after the child's death"),
	PAIR_RULE("8925", CIN_ORDER, protection, start, protection, end, "The child protection plan ended before it began"),
	DAY_RULE("8930", CIN_IN_YEAR, protection, end, "The child protection plan ended outside the census year"),
	CHILD_RULE(8935, "8935", 2023, 0, "More than one child protection plan of the child is open"),
	CHILD_RULE(8940, "8940", 2023, 0, "Two child protection plans of the child overlap"),
};

const struct cin_rules cin_rules_of_protection = { rules, sizeof rules / sizeof *rules, CIN_TABLE_protection };
