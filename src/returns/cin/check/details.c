/* details.c - rules of an episode of need: referral, need, closure, and one episode against the others. */
#include "returns/cin/check/rule.h"

static void rule_8568(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (it->nfa != CIN_TRUE && it->nfa != CIN_FALSE)
			FIND(check, details, it, nfa);
	}
}

/* A referral on the last working day before the year may still be decided in it. */
static void rule_8569Q(struct cin_check *check, const struct cin_child *child)
{
	day limit = cin_working_before(check, cin_start(check), 1);
	EVERY(it, child, details) {
		if (is_before(it->referral, limit) && it->nfa != CIN_FALSE)
			FIND(check, details, it, referral);
	}
}

static void rule_8585Q(struct cin_check *check, const struct cin_child *child)
{
	const struct cin_identifiers *who = &child->identifiers.item[0];
	EVERY(it, child, details) {
		if (it->reason != C("RC2") || is_day(who->died))
			continue;
		FIND(check, identifiers, who, died);
		FIND(check, details, it, reason);
	}
}

static void rule_8606(struct cin_check *check, const struct cin_child *child)
{
	const struct cin_identifiers *who = &child->identifiers.item[0];
	EVERY(it, child, details) {
		if (!is_before(it->referral, day_add(who->born, -280)) &&
			!is_before(it->referral, day_add(who->expected, -280)))
			continue;
		FIND(check, details, it, referral);
		FIND_BOTH(check, identifiers, who, born, expected);
	}
}

static void rule_8610(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (it->nfa == CIN_FALSE && it->need == 0)
			FIND_BOTH(check, details, it, nfa, need);
	}
}

static void rule_8805(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (is_day(it->closure) && it->reason == 0)
			FIND_BOTH(check, details, it, closure, reason);
	}
}

static void rule_8810(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (!is_day(it->closure) && it->reason != 0)
			FIND_BOTH(check, details, it, reason, closure);
	}
}

static bool is_open(const struct cin_details *it)
{
	return !is_day(it->closure) && it->nfa == CIN_FALSE;
}

static void rule_8815(struct cin_check *check, const struct cin_child *child)
{
	size_t open = 0;
	EVERY(it, child, details)
		open += is_open(it);
	EVERY(it, child, details) {
		if (open > 1 && is_open(it))
			FIND(check, details, it, closure);
	}
}

/* The latest of equal days is each of them. */
static void rule_8816(struct cin_check *check, const struct cin_child *child)
{
	const struct cin_details *latest = NULL;
	EVERY(it, child, details) {
		if (is_day(it->referral) && (latest == NULL || it->referral > latest->referral))
			latest = it;
	}
	EVERY(it, child, details) {
		if (latest == NULL || !is_open(it) || !is_before(it->referral, latest->referral))
			continue;
		FIND(check, details, it, referral);
		FIND(check, details, latest, referral);
	}
}

/* One may begin on the day on which another ends. */
static void rule_8820(struct cin_check *check, const struct cin_child *child)
{
	size_t n = child->details.n;
	if (n < 2)
		return;
	day *from = arena_take(child->arena, n, sizeof *from);
	struct cin_span *span = arena_take(child->arena, n, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, n, 1);
	EVERY_DETAILS(i, child) {
		const struct cin_details *it = &child->details.item[i];
		day to = is_day(it->closure) ? it->closure : it->nfa == CIN_FALSE ? cin_end(check) : DAY_UNKNOWN;
		from[i] = it->referral;
		span[i] = (struct cin_span){ is_day(to) ? it->referral : DAY_UNKNOWN, to - is_day(to) };
	}
	cin_spans_hold(child->arena, from, n, span, n, true, inside, holds);
	EVERY_DETAILS(i, child) {
		if (inside[i] || holds[i])
			FIND(check, details, &child->details.item[i], referral);
		if (holds[i])
			FIND(check, details, &child->details.item[i], closure);
	}
}

static void rule_8866(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (!is_day(it->referral) || it->referral < day_of(2013, 4, 1))
			continue;
		if (!cin_is_listed(it->source,
			    "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"))
			FIND_BOTH(check, details, it, referral, source);
	}
}

static const struct cin_rule rules[] = {
	PAIR_RULE("8555Q", CIN_ORDER, details, referral, identifiers, died,
		"The child was referred after its death"),
	CHILD_RULE(8568, "8568", 2023, 0, "No further action must be said as true, false, 1 or 0"),
	CHILD_RULE(8569Q, "8569Q", 2023, 0,
		"A referral of an earlier year is not marked as going further", .calendar = true),
	CHILD_RULE(8585Q, "8585Q", 2023, 0, "The episode closed because the child died, and no date of death is given"),
	DAY_RULE("8600", CIN_BY_END, details, referral, "The date of the referral is missing, or after the census year"),
	CHILD_RULE(8606, "8606", 2023, 0, "The referral is more than 280 days before the birth"),
	CHILD_RULE(8610, "8610", 2023, 0, "A referral that went further has no primary need"),
	DAY_RULE("8620", CIN_IN_YEAR, details, closure, "The episode closed outside the census year"),
	PAIR_RULE("8630", CIN_ORDER, details, referral, details, closure, "The episode closed before its referral"),
	LIST_RULE("8640", 2023, 0, details, reason, true, "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9",
		"The reason for closing is not a code of the list"),
	LIST_RULE("8650", 2023, 0, details, need, true, "N0 N1 N2 N3 N4 N5 N6 N7 N8 N9",
		"The primary need is not a code of the list"),
	CHILD_RULE(8805, "8805", 2023, 0, "The episode is closed without a reason"),
	CHILD_RULE(8810, "8810", 2023, 0, "There is a reason for closing, and no date"),
	CHILD_RULE(8815, "8815", 2023, 0, "More than one episode of the child is open"),
	CHILD_RULE(8816, "8816", 2023, 0, "The open episode is not the child's latest"),
	CHILD_RULE(8820, "8820", 2023, 0, "Two episodes of the child overlap"),
	CHILD_RULE(8866, "8866", 2023, 0, "Who referred the child is missing, or not a code of the list"),
};

const struct cin_rules cin_rules_of_details = { rules, sizeof rules / sizeof *rules, CIN_TABLE_details };
