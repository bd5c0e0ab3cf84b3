/* missing.c - rules of the times that a child was missing, or away without authorisation. */
#include "returns/ssda903/check/periods.h"

static void rule_564(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (ONE_OF(row->missing, "M", "A") && !is_said(row->mis_start))
			FIND(check, MISSING, row);
	}
}

static void rule_565(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (row->missing == 0 && is_said(row->mis_start))
			FIND(check, MISSING, row);
	}
}

static void rule_566(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (row->missing == 0 && is_said(row->mis_end))
			FIND(check, MISSING, row);
	}
}

static void rule_567(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_before(row->mis_end, row->mis_start))
			FIND(check, MISSING, row);
	}
}

static void rule_570(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_after(row->mis_start, check_end(check)))
			FIND(check, MISSING, row);
	}
}

static void rule_571(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_before(row->mis_end, check_start(check)) || is_after(row->mis_end, check_end(check)))
			FIND(check, MISSING, row);
	}
}

/* One after the other, by when they ended (or began, where that is not known). */
static void rule_574(struct check *check, const struct child_rows *child)
{
	struct in_order *order = in_order_room(check, child->missing_n);
	for (uint32_t i = 0; i < child->missing_n; i++) {
		const struct missing_row *row = &child->missing[i];
		order[i] = (struct in_order){ is_day(row->mis_end) ? row->mis_end : row->mis_start,
			row->mis_start, i };
	}
	in_order_sort(order, child->missing_n);
	for (size_t i = 1; i < child->missing_n; i++) {
		const struct missing_row *row = &child->missing[order[i].at];
		day ended = child->missing[order[i - 1].at].mis_end;
		if (!is_day(ended) || is_before(row->mis_start, ended))
			FIND(check, MISSING, row);
	}
}

static void rule_575(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_said(row->mis_end) || !is_day(row->mis_start))
			continue;
		EVERY(e, child, episodes) {
			if (is_day(e->decom) && e->decom <= row->mis_start && is_day(e->dec) &&
				row->mis_start <= e->dec) {
				FIND(check, MISSING, row);
				break;
			}
		}
	}
}

/* Last year's open one is the first of this year. */
static void rule_576(struct check *check, const struct child_rows *child)
{
	if (child->missing_n == 0)
		return;
	const struct missing_row *first = child->missing;
	EVERY(row, child, missing) {
		if (is_day(row->mis_start) && !(is_day(first->mis_start) && first->mis_start <= row->mis_start))
			first = row;
	}
	EVERY_LAST(last, child, missing) {
		if (!is_said(last->mis_end) && is_day(last->mis_start) && first->mis_start != last->mis_start)
			FIND(check, MISSING, first);
	}
}

static void rule_577(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_day(row->mis_start) && span_is_outside_care(child, row->mis_start, row->mis_end))
			FIND(check, MISSING, row);
	}
}

static void rule_578(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		struct period period = { 0 };
		bool any = false, within = false;
		while (!within && period_next(child, &period)) {
			any = true;
			within = !is_before(row->mis_start, period.from) && !is_after(row->mis_start, period.to);
		}
		if (any && !within)
			FIND(check, MISSING, row);
	}
}

/* Missing until the 18th birthday, on which care ended. */
static void rule_580(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (!is_day(row->mis_end) || birthday(row->dob, 18) != row->mis_end)
			continue;
		EVERY(e, child, episodes) {
			if (e->dec == row->mis_end && e->rec != K("E8"))
				FIND(check, EPISODES, e);
		}
	}
}

static void rule_581(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		bool within = child->episodes_n == 0;
		EVERY(e, child, episodes) {
			within |= is_day(row->mis_start) && is_day(e->decom) && row->mis_start >= e->decom &&
				!is_after(row->mis_start, e->dec);
			if (within)
				break;
		}
		if (!within)
			FIND(check, MISSING, row);
	}
}

static void rule_586(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, missing) {
		if (is_day(row->mis_start) && is_day(row->dob) && row->mis_start <= row->dob)
			FIND(check, MISSING, row);
	}
}

static const struct check_rule rules[] = {
	CHILD_RULE(564, 2023, 0, BIT(MISSING), "MISSING MIS_START", "The child was missing or away, and since when is blank"),
	CHILD_RULE(565, 2023, 0, BIT(MISSING), "MISSING MIS_START",
		"The day on which it began is there, and whether the child was missing or away is not"),
	CHILD_RULE(566, 2023, 0, BIT(MISSING), "MISSING MIS_END",
		"The day on which it ended is there, and whether the child was missing or away is not"),
	CHILD_RULE(567, 2023, 0, BIT(MISSING), "MIS_START MIS_END", "The child came back before going missing"),
	CHILD_RULE(570, 2023, 0, BIT(MISSING), "MIS_START", "The child went missing after the end of the year"),
	CHILD_RULE(571, 2023, 0, BIT(MISSING), "MIS_END", "The child came back before the year began, or after its end"),
	CHILD_RULE(574, 2023, 0, BIT(MISSING), "MIS_START MIS_END",
		"The child went missing again, and had not come back from the time before"),
	CHILD_RULE(575, 2023, 0, BIT(EPISODES) | BIT(MISSING), "MIS_END",
		"The placement that the child went missing from has ended, and the time missing has not"),
	CHILD_RULE(576, 2023, 0, BIT(MISSING), "MIS_START",
		"The child was missing at the end of last year's return, and this year does not begin with that",
		.tables_last = BIT(MISSING)),
	CHILD_RULE(577, 2023, 0, BIT(EPISODES) | BIT(MISSING), "MIS_END",
		"The child is no longer looked after, and the time missing has no end within care"),
	CHILD_RULE(578, 2023, 0, BIT(EPISODES) | BIT(MISSING), "MIS_START",
		"The child went missing at a time at which nobody looked after them"),
	CHILD_RULE(580, 2023, 0, BIT(EPISODES) | BIT(MISSING), "REC",
		"The child was missing when care ended at 18, and the reason is not E8"),
	CHILD_RULE(581, 2023, 0, BIT(EPISODES) | BIT(MISSING), "MIS_START",
		"The child went missing in no episode of care that is recorded"),
	CHILD_RULE(586, 2023, 0, BIT(MISSING), "MIS_START", "The child went missing on the day of birth or before"),
	DAY_RULE("1004", 2023, 0, MISSING, missing, mis_start, false, "MIS_START",
		"The day on which the child went missing is blank, or no date"),
	DAY_RULE("1005", 2023, 0, MISSING, missing, mis_end, true, "MIS_END", "The day on which the child came back is no date"),
	CODE_RULE("1006", 2023, 0, MISSING, missing, missing, true, "M A", "MISSING", "Kind of absence is not a code of the list"),
};

const struct rule_list rules_of_missing = { rules, sizeof rules / sizeof *rules };
