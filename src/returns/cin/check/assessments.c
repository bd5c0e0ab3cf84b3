/* assessments.c - rules of assessments and of the factors found in them. */
#include "returns/cin/check/rule.h"

static void rule_8614(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		if (!is_day(it->end) && it->factors.n > 0)
			FIND_BOTH(check, assessments, it, end, factors);
	}
}

static void rule_8670Q(struct cin_check *check, const struct cin_child *child)
{
	day limit = cin_working_before(check, cin_end(check), 45);
	EVERY(it, child, assessments) {
		if (!is_day(it->end) && is_before(it->start, limit))
			FIND_BOTH(check, assessments, it, end, start);
	}
}

static void rule_8736(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		if (!is_day(it->end) && !is_in_year(check, it->start))
			FIND_BOTH(check, assessments, it, end, start);
	}
}

static void find_overlaps(struct cin_check *check, const struct cin_child *child, uint32_t details)
{
	size_t n = COUNT_OF(child, assessments, details), i = 0;
	if (n < 2)
		return;
	day *from = arena_take(child->arena, n, sizeof *from);
	struct cin_span *span = arena_take(child->arena, n, sizeof *span);
	bool *inside = arena_take(child->arena, n, 1), *holds = arena_take(child->arena, n, 1);
	EVERY_OF(it, child, assessments, details) {
		from[i] = it->start;
		span[i++] = (struct cin_span){ it->start, is_day(it->end) ? it->end : cin_end(check) };
	}
	cin_spans_hold(child->arena, from, n, span, n, true, inside, holds);
	i = 0;
	EVERY_OF(it, child, assessments, details) {
		if (inside[i] || holds[i])
			FIND(check, assessments, it, start);
		if (holds[i++])
			FIND(check, assessments, it, end);
	}
}

static void rule_8863Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child)
		find_overlaps(check, child, i);
}

/* ---- factors */

static const char factor_codes[] = "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F "
				   "9A 10A 11A 12A 13A 14A 15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A";

static bool has_factor(const struct cin_child *child, const struct cin_assessments *it, cin_code code)
{
	for (size_t i = 0; i < it->factors.n; i++) {
		if (child->factors.item[it->factors.first + i] == code)
			return true;
	}
	return false;
}

static void rule_8869(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		bool other = false;
		for (size_t i = 0; i < it->factors.n; i++)
			other |= child->factors.item[it->factors.first + i] != C("21");
		if (other && has_factor(child, it, C("21")))
			FIND(check, assessments, it, factors);
	}
}

static void rule_8873Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		const struct cin_details *around = DETAILS_OF(child, it);
		if (COUNT_OF(child, assessments, it->at.of) != 1 || !has_factor(child, it, C("21")) ||
			around->reason == C("RC8") || around->reason == C("RC9"))
			continue;
		FIND(check, assessments, it, factors);
		FIND(check, details, around, reason);
	}
}

static void rule_8896(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		size_t open = 0;
		EVERY_OF(it, child, assessments, i)
			open += !is_day(it->end);
		EVERY_OF(it, child, assessments, i) {
			if (open > 1 && !is_day(it->end))
				FIND(check, assessments, it, end);
		}
	}
}

static void rule_8897Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		if (!is_day(it->end) || it->end < cin_start(check))
			continue;
		bool known = it->factors.n > 0;
		for (size_t i = 0; i < it->factors.n; i++)
			known &= cin_is_listed(child->factors.item[it->factors.first + i], factor_codes);
		if (!known)
			FIND_BOTH(check, assessments, it, end, factors);
	}
}

static void rule_8898(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		if (it->factors.n < 2)
			continue;
		cin_code *codes = arena_take(child->arena, it->factors.n, sizeof *codes);
		for (size_t i = 0; i < it->factors.n; i++)
			codes[i] = child->factors.item[it->factors.first + i];
		cin_sort_codes(codes, it->factors.n);
		bool twice = false;
		for (size_t i = 1; i < it->factors.n; i++)
			twice |= codes[i] == codes[i - 1];
		if (twice)
			FIND(check, assessments, it, factors);
	}
}

static void find_withdrawn(struct cin_check *check, const struct cin_child *child, cin_code code)
{
	EVERY(it, child, assessments) {
		if (has_factor(child, it, code))
			FIND(check, assessments, it, factors);
	}
}

static void rule_8945Q(struct cin_check *check, const struct cin_child *child)
{
	find_withdrawn(check, child, C("18A"));
}

static void rule_8950Q(struct cin_check *check, const struct cin_child *child)
{
	find_withdrawn(check, child, C("19A"));
}

static const struct cin_rule rules[] = {
	PAIR_RULE("1103", CIN_ORDER, details, referral, assessments, start, "The assessment began before the referral"),
	PAIR_RULE("8608", CIN_ORDER, assessments, start, assessments, end, "The assessment ended before it began"),
	CHILD_RULE(8614, "8614", 2023, 0, "Factors are given of an assessment that is not completed"),
	CHILD_RULE(8670Q, "8670Q", 2023, 0,
		"The assessment began more than 45 working days before the year's end, and is not completed",
		.calendar = true),
	DAY_RULE("8696", CIN_IN_YEAR, assessments, end, "The assessment ended outside the census year"),
	CHILD_RULE(8736, "8736", 2023, 0, "An assessment that is not completed did not begin in the census year"),
	CHILD_RULE(8863Q, "8863Q", 2023, 0, "The assessment began while another of the episode was under way"),
	CHILD_RULE(8869, "8869", 2023, 0, "Factor 21, none found, stands beside another"),
	CHILD_RULE(8873Q, "8873Q", 2023, 0,
		"The only assessment found no factors (21), and the episode's reason for closing is not RC8 or RC9"),
	CHILD_RULE(8896, "8896", 2023, 0, "More than one assessment of the episode is not completed"),
	CHILD_RULE(8897Q, "8897Q", 2023, 0, "A completed assessment has no factors, or one that is not of the list"),
	CHILD_RULE(8898, "8898", 2023, 0, "The same factor is given twice in one assessment"),
	CHILD_RULE(8945Q, "8945Q", 2025, 0, "Factor 18A is withdrawn: 18B or 18C says who"),
	CHILD_RULE(8950Q, "8950Q", 2025, 0, "Factor 19A is withdrawn: 19B or 19C says who"),
};

const struct cin_rules cin_rules_of_assessments = { rules, sizeof rules / sizeof *rules, CIN_TABLE_assessments };
