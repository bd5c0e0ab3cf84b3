/* header_years.c - rules of the child that hold this year against the year before. */
#include "returns/ssda903/check/rule.h"

/* The letters of 2024-25 for the numbers that the year before still had. */
static code sex_as_letter(code sex)
{
	return sex == K("1") ? K("M") : sex == K("2") ? K("F") : sex;
}

static void rule_202(struct check *check, const struct child_rows *child)
{
	bool changed = check_year(check) == 2025;
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if (row->sex != (changed ? sex_as_letter(last->sex) : last->sex))
				FIND(check, HEADER, row);
		}
	}
}

static void rule_203(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if ((is_day(row->dob) || is_day(last->dob)) && row->dob != last->dob)
				FIND(check, HEADER, row);
		}
	}
}

static void rule_204(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if (row->ethnic != last->ethnic)
				FIND(check, HEADER, row);
		}
	}
}

/* UN1, not known yet; UN2 to UN5, why there is none; or else a number. */
enum upn { UPN_BLANK, UPN_NOT_YET, UPN_NONE, UPN_NUMBER };

static enum upn upn_kind(str upn)
{
	if (upn.n == 0)
		return UPN_BLANK;
	if (upn.n != 3 || !str_equal_nocase(str_upto(upn, 2), S("UN")) || upn.p[2] < '1' || upn.p[2] > '5')
		return UPN_NUMBER;
	return upn.p[2] == '1' ? UPN_NOT_YET : UPN_NONE;
}

/* What was unknown may become known, or be known to be none. */
static bool may_follow(str before, str now)
{
	enum upn was = upn_kind(before), is = upn_kind(now);
	if (str_equal_nocase(before, now))
		return true;
	if (is == UPN_NUMBER)
		return was != UPN_NUMBER;
	if (is == UPN_NONE)
		return was == UPN_BLANK || was == UPN_NOT_YET;
	return is == UPN_NOT_YET && was == UPN_BLANK;
}

static void rule_208(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if (!may_follow(last->upn, row->upn))
				FIND(check, HEADER, row);
		}
	}
}

static void rule_624(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if (last->mc_dob != DAY_UNKNOWN && row->mc_dob != last->mc_dob)
				FIND(check, HEADER, row);
		}
	}
}

static void rule_626(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		EVERY_LAST(last, child, header) {
			if (row->mother == K("1") && last->mother == K("0") &&
				is_before(row->mc_dob, check_start(check)))
				FIND(check, HEADER, row);
		}
	}
}

#define LAST_HEADER .tables_last = BIT(HEADER)

static const struct check_rule rules[] = {
	CHILD_RULE(202, 2023, 0, BIT(HEADER), "SEX", "Sex is not as it was recorded last year", LAST_HEADER),
	CHILD_RULE(203, 2023, 0, BIT(HEADER), "DOB", "Date of birth is not as it was recorded last year", LAST_HEADER),
	CHILD_RULE(204, 2023, 0, BIT(HEADER), "ETHNIC", "Ethnicity is not as it was recorded last year", LAST_HEADER),
	CHILD_RULE(208, 2023, 0, BIT(HEADER), "UPN",
		"Unique pupil number is not as it was last year, nor one that has since become known", LAST_HEADER),
	CHILD_RULE(624, 2023, 0, BIT(HEADER), "MC_DOB",
		"The mother’s first child was recorded last year with another date of birth", LAST_HEADER),
	CHILD_RULE(626, 2023, 0, BIT(HEADER), "MOTHER MC_DOB",
		"Not a mother last year, and now the mother of a child born before this year began", LAST_HEADER),
};

const struct rule_list rules_of_header_years = { rules, sizeof rules / sizeof *rules };
