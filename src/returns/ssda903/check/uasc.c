/* uasc.c - rules of unaccompanied children who seek asylum.
 *
 * Files have a table for them: a child with a row there is one. If Header has a column UASC, as the XML
 * return has, it goes by that.
 */
#include "returns/ssda903/check/rule.h"

static bool is_uasc(const struct header_row *header, size_t rows)
{
	return header->uasc != 0 ? header->uasc == K("1") : rows > 0;
}

/* Last year; one who was not in Header then was none. */
static bool was_uasc(const struct child_rows *child)
{
	return child->header_last_n > 0 && is_uasc(&child->header_last[0], child->uasc_last_n);
}

static void rule_104(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, uasc) {
		if (row->duc == DAY_WRONG || is_before(row->duc, check_start(check)))
			FIND(check, UASC, row);
	}
}

/* Only if there is such a column: then every row of it says something. */
static void rule_105(struct check *check, const struct return_rows *rows)
{
	const struct header_row *row = (const void *)rows->this_year.table[TABLE_HEADER].row;
	size_t n = rows->this_year.table[TABLE_HEADER].n;
	bool given = false;
	for (size_t i = 0; i < n && !given; i++)
		given = row[i].uasc != 0;
	for (size_t i = 0; i < n && given; i++) {
		if (!ONE_OF(row[i].uasc, "0", "1"))
			FIND(check, HEADER, &row[i]);
	}
}

static void rule_231(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (is_uasc(row, child->uasc_n) && is_under(row->dob, 11, check_end(check)))
			FIND(check, HEADER, row);
	}
}

static void rule_303(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, uasc) {
		EVERY(header, child, header) {
			if (row->duc != DAY_UNKNOWN && !is_uasc(header, child->uasc_n)) {
				FIND(check, UASC, row);
				FIND(check, HEADER, header);
			}
		}
	}
}

static void rule_304(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, uasc) {
		if (is_after(row->duc, birthday(row->dob, 18)))
			FIND(check, UASC, row);
	}
}

/* ---- this year and last */

static void find_both(struct check *check, const struct child_rows *child, const struct header_row *header)
{
	FIND(check, HEADER, header);
	EVERY(row, child, uasc)
		FIND(check, UASC, row);
}

/* It ended last year, and this year says no more of it. */
static bool has_ended(const struct check *check, const struct child_rows *child)
{
	day from = day_of(check_year(check) - 2, 4, 1), to = day_of(check_year(check) - 1, 3, 31);
	EVERY(row, child, uasc) {
		if (row->duc != DAY_UNKNOWN)
			return false;
	}
	EVERY_LAST(last, child, uasc) {
		if (!is_within(last->duc, from, to))
			return false;
	}
	return true;
}

static void rule_205A(struct check *check, const struct child_rows *child)
{
	EVERY(header, child, header) {
		if (was_uasc(child) && !is_uasc(header, child->uasc_n) && !has_ended(check, child))
			find_both(check, child, header);
	}
}

/* Last year the 18th birthday was to be its end; now it still is, or it ended within the year. */
static bool goes_on(const struct check *check, const struct uasc_row *row, const struct uasc_row *last)
{
	bool was_to_end = is_day(last->duc) && last->duc == birthday(last->dob, 18);
	return was_to_end &&
		(row->duc == last->duc || is_within(row->duc, check_start(check), check_end(check)));
}

static void rule_205B(struct check *check, const struct child_rows *child)
{
	EVERY(header, child, header) {
		if (!was_uasc(child) || !is_uasc(header, child->uasc_n))
			continue;
		EVERY(row, child, uasc) {
			EVERY_LAST(last, child, uasc) {
				if (goes_on(check, row, last))
					continue;
				FIND(check, UASC, row);
				FIND(check, HEADER, header);
			}
		}
	}
}

static bool has_end(const struct child_rows *child)
{
	EVERY(row, child, uasc) {
		if (is_day(row->duc))
			return true;
	}
	EVERY_LAST(last, child, uasc) {
		if (is_day(last->duc))
			return true;
	}
	return false;
}

static void rule_205C(struct check *check, const struct child_rows *child)
{
	EVERY(header, child, header) {
		if (!was_uasc(child) && !is_uasc(header, child->uasc_n) && has_end(child))
			find_both(check, child, header);
	}
}

static void rule_205D(struct check *check, const struct child_rows *child)
{
	EVERY(header, child, header) {
		if (child->header_last_n > 0 && !was_uasc(child) && is_uasc(header, child->uasc_n))
			FIND(check, HEADER, header);
	}
}

#define BOTH (BIT(HEADER) | BIT(UASC))
#define LAST_BOTH .tables_last = BOTH

static const struct check_rule rules[] = {
	CHILD_RULE(104, 2023, 0, BIT(UASC), "DUC", "Date on which UASC status ceased is no date, or before this year"),
	{ .code = S_INIT("105"), .first = 2023, .kind = RULE_ALL, .tables = BOTH, .of_all = rule_105,
		.fields = S_INIT("UASC"), .message = S_INIT("UASC status is missing, or not 0 or 1") },
	CHILD_RULE(205A, 2023, 0, BOTH, "CHILD UASC",
		"UASC last year and no longer, and last year’s date on which that ceased does not say so", LAST_BOTH),
	CHILD_RULE(205B, 2023, 0, BOTH, "DUC UASC",
		"UASC last year and still, and the dates on which that ceases do not go together", LAST_BOTH),
	CHILD_RULE(205C, 2023, 0, BOTH, "DUC UASC",
		"UASC neither last year nor this, and there is a date on which that ceased", LAST_BOTH),
	CHILD_RULE(205D, 2023, 0, BOTH, "UASC CHILD", "UASC this year, and not when recorded last year", LAST_BOTH),
	CHILD_RULE(231, 2025, 0, BOTH, "DOB UASC", "UASC, and under 11 when the year ended: look at the date of birth"),
	CHILD_RULE(303, 2023, 0, BOTH, "DUC UASC", "UASC status ceased on a day, and the child is not recorded as UASC"),
	CHILD_RULE(304, 2023, 0, BIT(UASC), "DUC", "UASC status ceased after the 18th birthday"),
};

const struct rule_list rules_of_uasc = { rules, sizeof rules / sizeof *rules };
