/* header.c - rules of the child: sex, birth, ethnicity, pupil number, mothers. */
#include "returns/ssda903/check/rule.h"

#include "base/mem.h"

static bool is_sex(const struct check *check, code sex, code number, code letter)
{
	return sex == (check_year(check) < 2025 ? number : letter);
}

bool is_male(const struct check *check, code sex)
{
	return is_sex(check, sex, K("1"), K("M"));
}

bool is_female(const struct check *check, code sex)
{
	return is_sex(check, sex, K("2"), K("F"));
}

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
		if (is_male(check, row->sex) && row->mc_dob != DAY_UNKNOWN)
			FIND(check, HEADER, row);
	}
}

/* School age: four years old by 31 August of the school year before. */
static void rule_209(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (str_equal_nocase(row->upn, S("UN1")) &&
			is_aged(row->dob, 4, day_of(check_year(check) - 2, 8, 31)))
			FIND(check, HEADER, row);
	}
}

static void rule_232(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->sex == K("U"))
			FIND(check, HEADER, row);
	}
}

static void rule_301(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (is_after(row->dob, check_end(check)))
			FIND(check, HEADER, row);
	}
}

static void rule_351(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (is_before(birthday(row->dob, 25), check_start(check)))
			FIND(check, HEADER, row);
	}
}

static unsigned char upper(char c)
{
	return (unsigned char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

static uint64_t hash_of(str upn)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t i = 0; i < upn.n; i++)
		hash = (hash ^ upper(upn.p[i])) * 0x100000001b3;
	return hash ^ hash >> 29;
}

static bool is_unknown_upn(str upn)
{
	return upn.n == 3 && is_upn(upn);
}

static void rule_444(struct check *check, const struct return_rows *rows)
{
	const struct header_row *row = (const void *)rows->this_year.table[TABLE_HEADER].row;
	size_t n = rows->this_year.table[TABLE_HEADER].n, slots = 16;
	while (slots < 2 * n)
		slots *= 2;
	const struct header_row **first = mem_alloc(slots, sizeof *first);
	for (size_t i = 0; i < n; i++) {
		if (row[i].upn.n == 0 || is_unknown_upn(row[i].upn))
			continue;
		size_t at = hash_of(row[i].upn) & (slots - 1);
		while (first[at] != NULL && !str_equal_nocase(first[at]->upn, row[i].upn))
			at = (at + 1) & (slots - 1);
		if (first[at] != NULL) {
			FIND(check, HEADER, first[at]);
			FIND(check, HEADER, &row[i]);
		} else {
			first[at] = &row[i];
		}
	}
	mem_free(first);
}

static void rule_611(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->mother == K("1") && row->mc_dob == DAY_UNKNOWN)
			FIND(check, HEADER, row);
	}
}

static void rule_612(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if ((row->mother == 0 || row->mother == K("0")) && is_female(check, row->sex) &&
			row->mc_dob != DAY_UNKNOWN)
			FIND(check, HEADER, row);
	}
}

static void rule_620(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->mother == K("1") && is_under(row->dob, 11, check_start(check)))
			FIND(check, HEADER, row);
	}
}

static void rule_621(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (is_day(row->mc_dob) && is_day(row->dob) && row->mc_dob <= row->dob)
			FIND(check, HEADER, row);
	}
}

static void rule_EPI(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (child->episodes_n == 0 && child->oc3_n == 0)
			FIND(check, HEADER, row);
	}
}

static const struct check_rule rules[] = {
	CODE_RULE("101", 2023, 2024, HEADER, header, sex, false, "1 2", "SEX", "Sex is missing, or not a code of the list"),
	CODE_RULE("101", 2025, 0, HEADER, header, sex, false, "M F U", "SEX", "Sex is missing, or not a code of the list"),
	DAY_RULE("102", 2023, 0, HEADER, header, dob, false, "DOB", "Date of birth is missing, or no date"),
	CODE_RULE("103", 2023, 0, HEADER, header, ethnic, false,
		"WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
		"ETHNIC", "Ethnicity is missing, or not a code of the list"),
	CHILD_RULE(168, 2023, 0, BIT(HEADER), "UPN",
		"Unique pupil number is not made as one is: where there is none, say why with UN1 to UN5"),
	DAY_RULE("171", 2023, 0, HEADER, header, mc_dob, true, "MC_DOB", "Date of birth of the mother’s child is no date"),
	CHILD_RULE(174, 2023, 0, BIT(HEADER), "SEX MC_DOB", "A mother’s child has a date of birth, and the child is male"),
	CHILD_RULE(209, 2023, 0, BIT(HEADER), "UPN DOB",
		"UN1 says that there is no pupil number yet, and the child is old enough for school"),
	CHILD_RULE(232, 2025, 0, BIT(HEADER), "SEX", "Sex is said to be unknown: find out if it can be known"),
	CHILD_RULE(301, 2023, 0, BIT(HEADER), "DOB", "The child is born after the year ended"),
	CHILD_RULE(351, 2023, 0, BIT(HEADER), "DOB", "The child turned 25 before the year began"),
	{ .code = S_INIT("444"), .first = 2026, .kind = RULE_ALL, .tables = BIT(HEADER), .of_all = rule_444,
		.fields = S_INIT("UPN"), .message = S_INIT("Two children have the same unique pupil number") },
	CHILD_RULE(611, 2023, 0, BIT(HEADER), "MOTHER MC_DOB", "A mother, and her child’s date of birth is missing"),
	CHILD_RULE(612, 2023, 0, BIT(HEADER), "SEX MOTHER MC_DOB",
		"A mother’s child has a date of birth, and she is not recorded as a mother"),
	CHILD_RULE(620, 2023, 0, BIT(HEADER), "DOB MOTHER", "A mother who was under 11 when the year began"),
	CHILD_RULE(621, 2023, 0, BIT(HEADER), "DOB MC_DOB", "A mother is no older than her child"),
	CHILD_RULE(EPI, 2023, 0, BIT(HEADER) | BIT(EPISODES) | BIT(OC3), "CHILD",
		"The child has no episode and is no care leaver: most rules cannot be asked"),
};

const struct rule_list rules_of_header = { rules, sizeof rules / sizeof *rules };
