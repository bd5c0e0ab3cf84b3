/* workers.c - rules of who was the child's social worker, from when to when. Reported since 2023-24. */
#include "returns/ssda903/check/rule.h"

enum { TOLERANCE = 7, LAST_DAYS = 5 };

/* From here on a reason belongs to each change. */
static day reasons_since(void)
{
	return day_of(2023, 4, 1);
}

static struct in_order *by_start(struct check *check, const struct child_rows *child)
{
	struct in_order *order = in_order_room(check, child->workers_n);
	for (uint32_t i = 0; i < child->workers_n; i++)
		order[i] = (struct in_order){ child->workers[i].sw_decom, child->workers[i].sw_dec, i };
	in_order_sort(order, child->workers_n);
	return order;
}

/* The last by the day on which it began; NULL: there is none. */
static const struct workers_row *latest(const struct child_rows *child)
{
	const struct workers_row *last = NULL;
	EVERY(row, child, workers) {
		if (last == NULL || (is_day(row->sw_decom) &&
					    (!is_day(last->sw_decom) || row->sw_decom >= last->sw_decom)))
			last = row;
	}
	return last;
}

/* In an episode that has no end, and is no short break. */
static bool is_in_care(const struct episodes_row *episode)
{
	return !is_said(episode->dec) && !is_short_break(episode);
}

static bool is_whole(const struct workers_row *row)
{
	return row->sw_id.n > 0 && is_said(row->sw_decom) && row->sw_reason != 0;
}

static void rule_SW01STG1(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (is_whole(row))
			return;
	}
	EVERY(e, child, episodes) {
		if (is_in_care(e))
			FIND(check, EPISODES, e);
	}
}

static void rule_SW01aSTG1(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (!is_day(row->sw_decom) || (row->sw_decom < reasons_since() && row->sw_id.n == 0))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW01bSTG1(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (!is_day(row->sw_decom) ||
			(row->sw_decom >= reasons_since() && (row->sw_id.n == 0 || row->sw_reason == 0)))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW02STG1(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (!ONE_OF(code_of(str_upto(row->sw_id, 2)), "SW", "XX"))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW03STG1(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (!is_whole(row))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW06STG2(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (is_after(row->sw_decom, check_end(check)))
			FIND(check, WORKERS, row);
	}
}

static void find_ended_outside(struct check *check, const struct child_rows *child, day from)
{
	EVERY(row, child, workers) {
		if (is_before(row->sw_dec, from) || is_after(row->sw_dec, check_end(check)))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW07STG2(struct check *check, const struct child_rows *child)
{
	find_ended_outside(check, child, check_start(check));
}

/* The year before is reported too. */
static void rule_SW07STG2_of_2025(struct check *check, const struct child_rows *child)
{
	find_ended_outside(check, child, day_add_months(check_start(check), -12));
}

static void rule_SW08STG2(struct check *check, const struct child_rows *child)
{
	const struct workers_row *last = latest(child);
	EVERY(row, child, workers) {
		if (row != last && is_day(row->sw_decom) && !is_day(row->sw_dec))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW14STG2(struct check *check, const struct child_rows *child)
{
	const struct workers_row *last = latest(child);
	EVERY(row, child, workers) {
		if (row != last && !is_day(row->sw_dec))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW09STG2(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		if (is_day(row->sw_decom) && row->sw_decom == row->sw_dec)
			FIND(check, WORKERS, row);
	}
}

static bool is_near(day a, day b, int days)
{
	return is_day(a) && is_day(b) && a >= b - days && a <= b + days;
}

/* Each begins where the one before it ended. One that has not ended is near to nothing. */
static void find_unjoined(struct check *check, const struct child_rows *child, code but)
{
	if (child->workers_n < 2)
		return;
	const struct in_order *order = by_start(check, child);
	for (size_t i = 1; i < child->workers_n; i++) {
		const struct workers_row *row = &child->workers[order[i].at];
		if ((but == 0 || row->sw_reason != but) &&
			!is_near(row->sw_decom, child->workers[order[i - 1].at].sw_dec, TOLERANCE))
			FIND(check, WORKERS, row);
	}
}

static void rule_SW10STG2(struct check *check, const struct child_rows *child)
{
	find_unjoined(check, child, 0);
}

/* The first worker of all follows nobody. */
static void rule_SW10STG2_of_2025(struct check *check, const struct child_rows *child)
{
	find_unjoined(check, child, K("FCONTA"));
}

static void rule_SW11aSTG2(struct check *check, const struct child_rows *child)
{
	if (child->workers_n < 2)
		return;
	const struct in_order *order = by_start(check, child);
	for (size_t i = 0; i + 1 < child->workers_n; i++) {
		const struct workers_row *row = &child->workers[order[i].at];
		if (is_day(row->sw_dec) && row->sw_dec <= check_end(check) - LAST_DAYS &&
			!is_near(child->workers[order[i + 1].at].sw_decom, row->sw_dec, LAST_DAYS))
			FIND(check, WORKERS, row);
	}
}

/* Who left care needs no worker any more; known only where the episodes are there. */
static bool has_left(const struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (!is_before(e->dec, check_end(check)) && !(e->dec == check_end(check) && e->rec != K("X1")))
			return false;
	}
	return child->episodes_n > 0;
}

static void rule_SW11bSTG2(struct check *check, const struct child_rows *child)
{
	const struct workers_row *last = latest(child);
	if (last != NULL && is_day(last->sw_dec) && last->sw_dec >= check_end(check) - LAST_DAYS &&
		last->sw_dec <= check_end(check) && !has_left(check, child))
		FIND(check, WORKERS, last);
}

/* Of a child in care at the end of the year it is told who was the worker from the year's first day, or
 * from the first day in care: docs/returns.md. */
static void rule_SW12STG2(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *open = NULL;
	EVERY(e, child, episodes)
		open = is_in_care(e) ? e : open;
	if (open == NULL || !is_day(child->by_day[0]->decom))
		return;
	day from = child->by_day[0]->decom;
	if (from < check_start(check))
		from = check_start(check);
	EVERY(row, child, workers) {
		if (is_day(row->sw_decom) && row->sw_decom <= from + TOLERANCE)
			return;
	}
	FIND(check, EPISODES, open);
}

static void rule_SW13STG1_of_2025(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, workers) {
		bool known = ONE_OF(row->sw_reason, "MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC",
			"CHCHAN", "PCCHAN", "SWDIED", "OTHERS");
		bool blank = row->sw_reason == 0;
		if (blank ? is_day(row->sw_decom) && row->sw_decom >= reasons_since() : !known)
			FIND(check, WORKERS, row);
	}
}

static void rule_SW17STG2(struct check *check, const struct child_rows *child)
{
	const struct workers_row *last = latest(child);
	if (last != NULL && is_said(last->sw_dec) && !has_left(check, child))
		FIND(check, WORKERS, last);
}

static const struct check_rule rules[] = {
	CHILD_RULE(SW01STG1, 2024, 2024, BIT(EPISODES) | BIT(WORKERS), "DEC",
		"The child is in care on 31 March, and nothing says who the social worker is"),
	CHILD_RULE(SW01aSTG1, 2025, 0, BIT(WORKERS), "SW_DECOM SW_ID",
		"A social worker of before April 2023 needs a number and the day on which the work began"),
	CHILD_RULE(SW01bSTG1, 2025, 0, BIT(WORKERS), "SW_DECOM SW_ID SW_REASON",
		"A social worker since April 2023 needs a number, the day on which the work began, and the reason of the change"),
	CHILD_RULE(SW02STG1, 2024, 0, BIT(WORKERS), "SW_ID", "A social worker's number begins with SW, or with XX for agencies' staff"),
	CHILD_RULE(SW03STG1, 2024, 2024, BIT(WORKERS), "SW_ID SW_DECOM SW_REASON",
		"A social worker needs a number, the day on which the work began, and the reason of the change"),
	DAY_RULE("SW04STG1", 2024, 0, WORKERS, workers, sw_decom, true, "SW_DECOM",
		"The day on which the social worker began is no date"),
	DAY_RULE("SW05STG1", 2024, 0, WORKERS, workers, sw_dec, true, "SW_DEC",
		"The day on which the social worker ended is no date"),
	CHILD_RULE(SW06STG2, 2024, 0, BIT(WORKERS), "SW_DECOM", "The social worker began after the end of the year"),
	CHILD_RULE(SW07STG2, 2024, 2024, BIT(WORKERS), "SW_DEC", "The social worker ended before the year, or after it"),
	CHILD_RULE_BY(rule_SW07STG2_of_2025, SW07STG2, 2025, 0, BIT(WORKERS), "SW_DEC",
		"The social worker ended before last year began, or after this one"),
	CHILD_RULE(SW08STG2, 2024, 0, BIT(WORKERS), "SW_DEC", "Another social worker has begun, and this one has not ended"),
	CHILD_RULE(SW09STG2, 2024, 0, BIT(WORKERS), "SW_DECOM SW_DEC", "The social worker began and ended on one day"),
	CHILD_RULE(SW10STG2, 2024, 2024, BIT(WORKERS), "SW_DECOM",
		"The social worker did not begin within a week of when the one before ended"),
	CHILD_RULE_BY(rule_SW10STG2_of_2025, SW10STG2, 2025, 0, BIT(WORKERS), "SW_DECOM",
		"The social worker did not begin within a week of when the one before ended"),
	CHILD_RULE(SW11aSTG2, 2024, 2024, BIT(WORKERS), "SW_DEC",
		"The social worker ended, and the next did not begin within five days"),
	CHILD_RULE(SW11bSTG2, 2024, 0, BIT(WORKERS), "SW_DEC",
		"The last social worker ended in the last days of March, and no other has begun"),
	CHILD_RULE(SW12STG2, 2024, 0, BIT(EPISODES) | BIT(WORKERS), "SW_DECOM",
		"The child is in care on 31 March, and nothing says who was the social worker from the first day on"),
	CODE_RULE("SW13STG1", 2024, 2024, WORKERS, workers, sw_reason, false,
		"MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS", "SW_REASON",
		"Reason of the change of social worker is missing, or not a code of the list"),
	CHILD_RULE_BY(rule_SW13STG1_of_2025, SW13STG1, 2025, 0, BIT(WORKERS), "SW_REASON",
		"Reason of the change of social worker is missing, or not a code of the list"),
	CHILD_RULE(SW14STG2, 2024, 2024, BIT(WORKERS), "SW_DEC", "A social worker who is not the last has no day of the end"),
	CHILD_RULE(SW17STG2, 2026, 0, BIT(WORKERS), "SW_DEC SW_DECOM", "The child has no social worker on 31 March"),
};

const struct rule_list rules_of_workers = { rules, sizeof rules / sizeof *rules };
