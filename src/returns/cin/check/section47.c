/* section47.c - rules of section 47 enquiries and of the initial child protection conference. */
#include "returns/cin/check/rule.h"

/* Each conference is recorded once: not in the enquiry and in its episode, nor one conference in an enquiry
 * and in another episode. */
static void rule_2884(struct cin_check *check, const struct cin_child *child)
{
	size_t n = child->section47.n, m = child->details.n;
	if (n == 0 || m == 0)
		return;
	day *on = arena_take(child->arena, n, sizeof *on);
	struct cin_span *span = arena_take(child->arena, m, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, m, 1);
	for (size_t i = 0; i < n; i++)
		on[i] = child->section47.item[i].conference;
	for (size_t i = 0; i < m; i++)
		span[i] = (struct cin_span){ child->details.item[i].conference,
			child->details.item[i].conference };
	cin_spans_hold(child->arena, on, n, span, m, false, inside, holds);
	for (size_t i = 0; i < n; i++) {
		const struct cin_section47 *it = &child->section47.item[i];
		bool both = is_day(it->conference) && is_day(DETAILS_OF(child, it)->conference);
		if (both || inside[i])
			FIND(check, section47, it, conference);
		if (both)
			FIND(check, details, DETAILS_OF(child, it), conference);
	}
	for (size_t i = 0; i < m; i++) {
		if (holds[i])
			FIND(check, details, &child->details.item[i], conference);
	}
}

static void rule_8615(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, section47) {
		if (is_day(it->conference) && (!is_day(it->start) || it->start > it->conference))
			FIND_BOTH(check, section47, it, start, conference);
	}
}

static bool awaits_conference(const struct cin_section47 *it)
{
	return !is_day(it->conference) && it->not_required == CIN_FALSE;
}

static void find_waiting(struct cin_check *check, const struct cin_section47 *it)
{
	FIND_BOTH(check, section47, it, start, conference);
	FIND(check, section47, it, not_required);
}

static void rule_8675Q(struct cin_check *check, const struct cin_child *child)
{
	day limit = cin_working_before(check, cin_end(check), 15);
	EVERY(it, child, section47) {
		if (awaits_conference(it) && is_before(it->start, limit))
			find_waiting(check, it);
	}
}

static void rule_8740(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, section47) {
		if (awaits_conference(it) && is_day(it->start) && !is_in_year(check, it->start))
			find_waiting(check, it);
	}
}

static bool is_open(const struct cin_section47 *it)
{
	return !is_day(it->conference) && it->not_required != CIN_TRUE;
}

static void rule_8839(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		size_t open = 0;
		EVERY_OF(it, child, section47, i)
			open += is_open(it);
		EVERY_OF(it, child, section47, i) {
			if (open > 1 && is_open(it))
				FIND(check, section47, it, conference);
		}
	}
}

/* An enquiry goes on to its conference, or to the year's end where one is still to be held; one that needs
 * none has no last day. */
static struct cin_span time_of(const struct cin_check *check, const struct cin_section47 *it)
{
	if (is_day(it->conference))
		return (struct cin_span){ it->start, it->conference };
	return (struct cin_span){ is_open(it) ? it->start : DAY_UNKNOWN, cin_end(check) };
}

static void find_overlaps(struct cin_check *check, const struct cin_child *child, uint32_t details)
{
	size_t n = COUNT_OF(child, section47, details), i = 0;
	if (n < 2)
		return;
	day *from = arena_take(child->arena, n, sizeof *from);
	struct cin_span *span = arena_take(child->arena, n, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, n, 1);
	EVERY_OF(it, child, section47, details) {
		from[i] = it->start;
		span[i++] = time_of(check, it);
	}
	cin_spans_hold(child->arena, from, n, span, n, true, inside, holds);
	i = 0;
	EVERY_OF(it, child, section47, details) {
		if (inside[i] || holds[i])
			FIND(check, section47, it, start);
		if (holds[i++])
			FIND(check, section47, it, conference);
	}
}

static void rule_8890(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child)
		find_overlaps(check, child, i);
}

static const struct cin_rule rules[] = {
	PAIR_RULE("1104", CIN_ORDER, details, referral, section47, conference,
		"The initial conference was held before the referral"),
	CHILD_RULE(2884, "2884", 2023, 0,
		"An initial conference is recorded both in the enquiry and in the episode: one of them is enough"),
	PAIR_RULE("2889", CIN_ORDER, details, referral, section47, start, "The enquiry began before the referral"),
	CHILD_RULE(8615, "8615", 2023, 0, "A conference was held, and its enquiry has no start, or one after it"),
	CHILD_RULE(8675Q, "8675Q", 2023, 0,
		"The enquiry began more than 15 working days before the year's end, and no conference was held",
		.calendar = true),
	DAY_RULE("8715", CIN_IN_YEAR, section47, conference, "The initial conference was held outside the census year"),
	CHILD_RULE(8740, "8740", 2023, 0, "An enquiry that still awaits its conference did not begin in the census year"),
	CHILD_RULE(8839, "8839", 2023, 0, "More than one enquiry of the episode is open"),
	DAY_RULE("8870Q", CIN_WEEKDAY, section47, target, "The target day of the initial conference is at a weekend"),
	DAY_RULE("8875", CIN_WEEKDAY, section47, conference, "The initial conference is dated at a weekend"),
	CHILD_RULE(8890, "8890", 2023, 0, "The enquiry began while another of the episode was under way"),
};

const struct cin_rules cin_rules_of_section47 = { rules, sizeof rules / sizeof *rules, CIN_TABLE_section47 };
