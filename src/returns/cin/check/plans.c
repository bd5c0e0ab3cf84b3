/* plans.c - rules of plans for children in need, and of those beside child protection plans. */
#include "returns/cin/check/rule.h"

static bool is_open_plan(const struct cin_plans *it)
{
	return is_day(it->start) && !is_day(it->end);
}

static void rule_4001(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		bool plan = false, protection = false;
		EVERY_OF(it, child, plans, i)
			plan |= is_open_plan(it);
		EVERY_OF(it, child, protection, i)
			protection |= !is_day(it->end);
		if (!plan || !protection)
			continue;
		EVERY_OF(it, child, plans, i) {
			if (is_open_plan(it))
				FIND(check, plans, it, end);
		}
		EVERY_OF(it, child, protection, i) {
			if (!is_day(it->end))
				FIND(check, protection, it, end);
		}
	}
}

/* From the plan's first day to the last before its end: on that day the other kind may begin. One that is
 * open goes on to the year's end. */
static struct cin_span time_of(const struct cin_check *check, day start, day end)
{
	return (struct cin_span){ start, is_day(end) ? day_add(end, -1) : cin_end(check) };
}

/* The review that ends the child protection plan may be held when the other plan has begun. */
static void find_reviews(struct cin_check *check, const struct cin_child *child, uint32_t details)
{
	size_t n = COUNT_OF(child, reviews, details), m = COUNT_OF(child, plans, details), i = 0;
	if (n == 0 || m == 0)
		return;
	day *on = arena_take(child->arena, n, sizeof *on);
	struct cin_span *span = arena_take(child->arena, m, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, m, 1);
	EVERY_OF(it, child, reviews, details) {
		bool last = it->on == child->protection.item[it->at.of].end;
		on[i++] = last ? DAY_UNKNOWN : it->on;
	}
	i = 0;
	EVERY_OF(it, child, plans, details)
		span[i++] = time_of(check, it->start, it->end);
	cin_spans_hold(child->arena, on, n, span, m, false, inside, holds);
	i = 0;
	EVERY_OF(it, child, reviews, details) {
		if (!inside[i++])
			continue;
		FIND(check, reviews, it, on);
		FIND(check, protection, &child->protection.item[it->at.of], end);
	}
	i = 0;
	EVERY_OF(it, child, plans, details) {
		if (holds[i++])
			FIND(check, plans, it, start);
	}
}

static void rule_4003(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child)
		find_reviews(check, child, i);
}

static void rule_4004(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		size_t open = 0;
		EVERY_OF(it, child, plans, i)
			open += !is_day(it->end);
		EVERY_OF(it, child, plans, i) {
			if (open > 1 && !is_day(it->end))
				FIND(check, plans, it, end);
		}
	}
}

static void rule_4014(struct cin_check *check, const struct cin_child *child)
{
	size_t n = child->plans.n;
	if (n < 2)
		return;
	day *from = arena_take(child->arena, n, sizeof *from);
	struct cin_span *span = arena_take(child->arena, n, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, n, 1);
	for (size_t i = 0; i < n; i++) {
		const struct cin_plans *it = &child->plans.item[i];
		from[i] = it->start;
		span[i] = (struct cin_span){ it->start, is_day(it->end) ? it->end : cin_end(check) };
	}
	cin_spans_hold(child->arena, from, n, span, n, true, inside, holds);
	for (size_t i = 0; i < n; i++) {
		if (inside[i] || holds[i])
			FIND(check, plans, &child->plans.item[i], start);
		if (holds[i])
			FIND(check, plans, &child->plans.item[i], end);
	}
}

/* ---- a plan of the one kind that begins in a plan of the other */

struct both {
	day *plan, *protection;
	struct cin_span *plan_time, *protection_time;
	bool *inside, *holds;
};

static bool open_both(struct cin_check *check, const struct cin_child *child, struct both *out)
{
	size_t n = child->plans.n, m = child->protection.n;
	if (n == 0 || m == 0)
		return false;
	out->plan = arena_take(child->arena, n, sizeof *out->plan);
	out->plan_time = arena_take(child->arena, n, sizeof *out->plan_time);
	out->protection = arena_take(child->arena, m, sizeof *out->protection);
	out->protection_time = arena_take(child->arena, m, sizeof *out->protection_time);
	out->inside = arena_take(child->arena, n + m, 1);
	out->holds = arena_take(child->arena, n + m, 1);
	for (size_t i = 0; i < n; i++) {
		out->plan[i] = child->plans.item[i].start;
		out->plan_time[i] = time_of(check, out->plan[i], child->plans.item[i].end);
	}
	for (size_t i = 0; i < m; i++) {
		out->protection[i] = child->protection.item[i].start;
		out->protection_time[i] = time_of(check, out->protection[i], child->protection.item[i].end);
	}
	return true;
}

static void rule_4016(struct cin_check *check, const struct cin_child *child)
{
	struct both both;
	if (!open_both(check, child, &both))
		return;
	cin_spans_hold(child->arena, both.plan, child->plans.n, both.protection_time, child->protection.n,
		false, both.inside, both.holds);
	for (size_t i = 0; i < child->plans.n; i++) {
		if (both.inside[i])
			FIND(check, plans, &child->plans.item[i], start);
	}
	for (size_t i = 0; i < child->protection.n; i++) {
		if (both.holds[i])
			FIND_BOTH(check, protection, &child->protection.item[i], start, end);
	}
}

static void rule_4017(struct cin_check *check, const struct cin_child *child)
{
	struct both both;
	if (!open_both(check, child, &both))
		return;
	cin_spans_hold(child->arena, both.protection, child->protection.n, both.plan_time, child->plans.n,
		false, both.inside, both.holds);
	for (size_t i = 0; i < child->protection.n; i++) {
		if (both.inside[i])
			FIND(check, protection, &child->protection.item[i], start);
	}
	for (size_t i = 0; i < child->plans.n; i++) {
		if (both.holds[i])
			FIND_BOTH(check, plans, &child->plans.item[i], start, end);
	}
}

static const struct cin_rule rules[] = {
	CHILD_RULE(4001, "4001", 2023, 0, "A CIN plan and a child protection plan of the episode are open together"),
	CHILD_RULE(4003, "4003", 2023, 0, "A child protection review was held while a CIN plan was open"),
	CHILD_RULE(4004, "4004", 2023, 0, "More than one CIN plan of the episode is open"),
	PAIR_RULE("4008", CIN_ORDER, plans, start, identifiers, died, "The CIN plan began after the child's death"),
	PAIR_RULE("4009Q", CIN_ORDER, plans, end, identifiers, died, "The CIN plan ended after the child's death"),
	DAY_RULE("4010", CIN_BY_END, plans, start, "The start of the CIN plan is missing, or after the census year"),
	PAIR_RULE("4011", CIN_ORDER, plans, start, plans, end, "The CIN plan ended before it began"),
	PAIR_RULE("4012Q", CIN_APART, plans, start, plans, end, "The CIN plan began and ended on one day"),
	DAY_RULE("4013", CIN_IN_YEAR, plans, end, "The CIN plan ended outside the census year"),
	CHILD_RULE(4014, "4014", 2023, 0, "Two CIN plans of the child overlap"),
	PAIR_RULE("4015", CIN_ORDER, details, referral, plans, start, "The CIN plan began before the referral"),
	CHILD_RULE(4016, "4016", 2023, 0, "A CIN plan began while the child was on a child protection plan"),
	CHILD_RULE(4017, "4017", 2023, 0, "A child protection plan began while a CIN plan was open"),
};

const struct cin_rules cin_rules_of_plans = { rules, sizeof rules / sizeof *rules, CIN_TABLE_plans };
