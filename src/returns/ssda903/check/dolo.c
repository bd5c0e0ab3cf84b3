/* dolo.c - rules of deprivation of liberty orders. Reported from 2026-27. */
#include "returns/ssda903/check/periods.h"

static void rule_702(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		if (is_day(row->dolo_start) && is_day(row->dolo_end) && row->dolo_end <= row->dolo_start)
			FIND(check, DOLO, row);
	}
}

static void rule_703(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		if (is_after(row->dolo_start, check_end(check)))
			FIND(check, DOLO, row);
	}
}

static void rule_704(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		if (is_before(row->dolo_end, check_start(check)) || is_after(row->dolo_end, check_end(check)))
			FIND(check, DOLO, row);
	}
}

/* One after the other, by when they ended (or began, where that is not known). */
static void rule_705(struct check *check, const struct child_rows *child)
{
	struct in_order *order = in_order_room(check, child->dolo_n);
	for (uint32_t i = 0; i < child->dolo_n; i++) {
		const struct dolo_row *row = &child->dolo[i];
		order[i] = (struct in_order){ is_day(row->dolo_end) ? row->dolo_end : row->dolo_start,
			row->dolo_start, i };
	}
	in_order_sort(order, child->dolo_n);
	for (size_t i = 1; i < child->dolo_n; i++) {
		const struct dolo_row *row = &child->dolo[order[i].at];
		day ended = child->dolo[order[i - 1].at].dolo_end;
		if (!is_day(ended) || is_before(row->dolo_start, ended))
			FIND(check, DOLO, row);
	}
}

static bool is_told(const struct child_rows *child, day start)
{
	EVERY(row, child, dolo) {
		if (row->dolo_start == start)
			return true;
	}
	return false;
}

/* What is missing has no row of its own: the child's first order of this year is shown, or where the
 * child has none, the child. */
static void rule_706(struct check *check, const struct child_rows *child)
{
	EVERY_LAST(last, child, dolo) {
		if (!is_said(last->dolo_start) || is_said(last->dolo_end) || is_told(child, last->dolo_start))
			continue;
		if (child->dolo_n > 0)
			FIND(check, DOLO, child->dolo);
		else if (child->header_n > 0)
			FIND(check, HEADER, child->header);
		else if (child->episodes_n > 0)
			FIND(check, EPISODES, child->episodes);
	}
}

static void rule_707(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		if (is_day(row->dolo_start) && span_is_outside_care(child, row->dolo_start, row->dolo_end))
			FIND(check, DOLO, row);
	}
}

static void rule_708(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		if (is_day(row->dolo_start) && is_day(row->dob) && row->dolo_start <= row->dob)
			FIND(check, DOLO, row);
	}
}

/* Orders with both days, and the episodes that they have a day in common with. */
static bool is_at_once(const struct dolo_row *row, const struct episodes_row *episode)
{
	return is_day(row->dolo_start) && is_day(row->dolo_end) && is_day(episode->decom) &&
		episode->decom <= row->dolo_end && !is_before(episode->dec, row->dolo_start);
}

static void rule_709(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		EVERY(e, child, episodes) {
			if (is_at_once(row, e) && !ONE_OF(e->place, "K2", "Z12", "Z13")) {
				FIND(check, DOLO, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static void rule_710(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, dolo) {
		EVERY(e, child, episodes) {
			if (is_at_once(row, e) && ONE_OF(e->place, "K1", "P1", "R5", "K3")) {
				FIND(check, DOLO, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static const struct check_rule rules[] = {
	DAY_RULE("700", 2027, 0, DOLO, dolo, dolo_start, false, "DOLO_START",
		"The first day of a deprivation of liberty order is blank, or no date"),
	DAY_RULE("701", 2027, 0, DOLO, dolo, dolo_end, true, "DOLO_END",
		"The last day of a deprivation of liberty order is no date"),
	CHILD_RULE(702, 2027, 0, BIT(DOLO), "DOLO_START DOLO_END", "The order did not end after the day on which it began"),
	CHILD_RULE(703, 2027, 0, BIT(DOLO), "DOLO_START", "The order began after the end of the year"),
	CHILD_RULE(704, 2027, 0, BIT(DOLO), "DOLO_END", "The order ended before the year began, or after its end"),
	CHILD_RULE(705, 2027, 0, BIT(DOLO), "DOLO_START DOLO_END", "The order began while the one before it still ran"),
	CHILD_RULE(706, 2027, 0, BIT(DOLO), "DOLO_START",
		"An order ran at the end of last year's return, and none of this year began on its day", .tables_last = BIT(DOLO)),
	CHILD_RULE(707, 2027, 0, BIT(DOLO) | BIT(EPISODES), "DOLO_END",
		"The child is no longer looked after, and the order has no end within care"),
	CHILD_RULE(708, 2027, 0, BIT(DOLO), "DOLO_START", "The order began on the day of birth or before"),
	CHILD_RULE(709, 2027, 0, BIT(DOLO) | BIT(EPISODES), "DOLO_START DOLO_END PLACE",
		"A child deprived of liberty is in an unexpected kind of placement: look whether that is so"),
	CHILD_RULE(710, 2027, 0, BIT(DOLO) | BIT(EPISODES), "DOLO_START DOLO_END PLACE",
		"Such an order cannot be for a secure home, a young offender institution, supported accommodation or a parent's home"),
};

const struct rule_list rules_of_dolo = { rules, sizeof rules / sizeof *rules };
