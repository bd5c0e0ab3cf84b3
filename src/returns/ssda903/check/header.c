/* header.c - rules of the child: sex, birth, ethnicity, pupil number, mothers. */
#include "returns/ssda903/check/rule.h"

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digits(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	}
	return true;
}

/* A letter that is none of I, O and S, and twelve digits, of which the last may be a letter; or one of the
 * five that say why there is none. */
static bool is_upn(str upn)
{
	if (upn.n == 3)
		return str_equal_nocase(str_upto(upn, 2), S("UN")) && upn.p[2] >= '1' && upn.p[2] <= '5';
	if (upn.n != 13 || !is_letter(upn.p[0]) || ONE_OF(code_of(str_upto(upn, 1)), "I", "O", "S"))
		return false;
	return is_digits((str){ upn.p + 1, 11 }) && (is_digits(str_from(upn, 12)) || is_letter(upn.p[12]));
}

static void rule_168(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->upn.n > 0 && !is_upn(row->upn))
			FIND(check, HEADER, row);
	}
}

static void rule_174(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->sex == K("M") && row->mc_dob != DAY_UNKNOWN)
			FIND(check, HEADER, row);
	}
}

static const struct check_rule rules[] = {
	CODE_RULE("101", 2025, 0, HEADER, header, sex, false, "M F U", "SEX", "Sex is missing, or not a code of the list"),
	DAY_RULE("102", 2023, 0, HEADER, header, dob, false, "DOB", "Date of birth is missing, or no date"),
	CODE_RULE("103", 2023, 0, HEADER, header, ethnic, false,
		"WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
		"ETHNIC", "Ethnicity is missing, or not a code of the list"),
	CHILD_RULE(168, 2023, 0, BIT(HEADER), "UPN",
		"Unique pupil number is not made as one is: where there is none, say why with UN1 to UN5"),
	DAY_RULE("171", 2023, 0, HEADER, header, mc_dob, true, "MC_DOB", "Date of birth of the mother’s child is no date"),
	CHILD_RULE(174, 2025, 0, BIT(HEADER), "SEX MC_DOB", "A mother’s child has a date of birth, and the child is male"),
};

const struct rule_list rules_of_header = { rules, sizeof rules / sizeof *rules };
