/* identifiers.c - rules of who the child is: numbers, dates of birth and death, sex, ethnicity, disabilities. */
#include "returns/cin/check/rule.h"

/* ---- UPN: a check letter, the authority's number, eight digits, and a digit or a letter */

static const char check_letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool are_digits(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
	}
	return s.n > 0;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Of one whose twelve others are digits: each times its place, the sum's rest by 23. */
static void rule_1510(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (it->upn.n != 13 || !are_digits(str_from(it->upn, 1)))
			continue;
		size_t sum = 0;
		for (size_t i = 1; i < it->upn.n; i++)
			sum += (size_t)(it->upn.p[i] - '0') * (i + 1);
		if (it->upn.p[0] != check_letters[sum % 23])
			FIND(check, identifiers, it, upn);
	}
}

/* Numbers of authorities since April 1998, and those that stand for none. */
static const struct {
	int first, last;
} authorities[] = { { 1, 5 }, { 201, 213 }, { 301, 320 }, { 330, 336 }, { 340, 344 }, { 350, 359 },
	{ 370, 373 }, { 380, 384 }, { 390, 394 }, { 420, 420 }, { 660, 681 }, { 701, 708 }, { 800, 803 },
	{ 805, 808 }, { 810, 813 }, { 815, 816 }, { 820, 823 }, { 825, 826 }, { 830, 831 }, { 835, 841 },
	{ 845, 846 }, { 850, 852 }, { 855, 857 }, { 860, 861 }, { 865, 896 }, { 908, 909 }, { 916, 916 },
	{ 919, 919 }, { 921, 921 }, { 925, 926 }, { 928, 929 }, { 931, 931 }, { 933, 933 }, { 935, 938 },
	{ 940, 941 }, { 942, 943 } };
enum { AUTHORITIES = sizeof authorities / sizeof *authorities };

static void find_authority(struct cin_check *check, const struct cin_child *child, size_t n)
{
	EVERY(it, child, identifiers) {
		int64_t number = 0;
		str part = str_upto(str_from(it->upn, 1), 3);
		if (it->upn.n != 13)
			continue;
		bool known = false;
		if (are_digits(part) && str_int(part, &number)) {
			for (size_t i = 0; i < n; i++)
				known |= number >= authorities[i].first && number <= authorities[i].last;
		}
		if (!known)
			FIND(check, identifiers, it, upn);
	}
}

/* Cumberland, Westmorland and Furness (942, 943) since April 2023. */
static void rule_1530_before(struct cin_check *check, const struct cin_child *child)
{
	find_authority(check, child, AUTHORITIES - 1);
}

static void rule_1530(struct cin_check *check, const struct cin_child *child)
{
	find_authority(check, child, AUTHORITIES);
}

static void rule_1540(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (it->upn.n > 0 && !are_digits(str_upto(str_from(it->upn, 4), 8)))
			FIND(check, identifiers, it, upn);
	}
}

/* A letter marks a temporary number; I, O and S are not used. */
static bool is_last_of_upn(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' && c != 'S');
}

static void rule_1550(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (it->upn.n == 13 && !is_last_of_upn(it->upn.p[12]))
			FIND(check, identifiers, it, upn);
	}
}

static void rule_1560Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		str upn = it->former_upn;
		if (upn.n == 0)
			continue;
		if (upn.n != 13 || !is_letter(upn.p[0]) || !are_digits(str_upto(str_from(upn, 1), 11)) ||
			!is_last_of_upn(upn.p[12]))
			FIND(check, identifiers, it, former_upn);
	}
}

/* ---- the authority's own number */

static size_t characters(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static void rule_1570(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (characters(it->number) > 20)
			FIND(check, identifiers, it, number);
	}
}

static void rule_1580(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		bool other = false;
		for (size_t i = 0; i < it->number.n; i++)
			other |= !is_digit(it->number.p[i]) && !is_letter(it->number.p[i]);
		if (other)
			FIND(check, identifiers, it, number);
	}
}

static void rule_8500(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (it->number.n == 0)
			FIND(check, identifiers, it, number);
	}
}

static void rule_8590(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (child->details.n == 0)
			FIND(check, identifiers, it, number);
	}
}

/* ---- dates of birth and death, sex */

static void rule_8520(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (is_after(it->born, cin_end(check)))
			FIND(check, identifiers, it, born);
	}
}

static void rule_8525Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (is_day(it->born) == is_day(it->expected))
			FIND_BOTH(check, identifiers, it, born, expected);
	}
}

static void rule_8530Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (is_before(it->expected, day_add(cin_end(check), -30)) ||
			is_after(it->expected, day_add_months(cin_end(check), 9)))
			FIND(check, identifiers, it, expected);
	}
}

static void find_unborn(
	struct cin_check *check, const struct cin_child *child, enum cin_field field, cin_code unknown)
{
	EVERY(it, child, identifiers) {
		if (is_day(it->born) || !is_day(it->expected) || cin_code_at(it, field) == unknown)
			continue;
		cin_find(check, field, it->at.row);
		FIND_BOTH(check, identifiers, it, born, expected);
	}
}

static void rule_8750_before(struct cin_check *check, const struct cin_child *child)
{
	find_unborn(check, child, CIN_F(identifiers, gender), C("0"));
}

static void rule_8750(struct cin_check *check, const struct cin_child *child)
{
	find_unborn(check, child, CIN_F(identifiers, sex), C("U"));
}

/* ---- the child's identity beside its CINdetails */

/* UN1 says that a child is not of school age. */
static void find_without_upn(struct cin_check *check, const struct cin_child *child, day born_by)
{
	bool goes_on = false;
	EVERY(details, child, details)
		goes_on |= details->nfa == CIN_FALSE;
	EVERY(it, child, identifiers) {
		if (goes_on && is_day(it->born) && it->born <= born_by && it->upn.n == 0 &&
			!cin_is_listed(it->upn_unknown, "UN2 UN3 UN4 UN5 UN6 UN7"))
			FIND_BOTH(check, identifiers, it, upn, upn_unknown);
	}
}

static void rule_8770Q_before(struct cin_check *check, const struct cin_child *child)
{
	find_without_upn(check, child, day_add_months(cin_end(check), -72));
}

/* By the 31 August after the year's end a child of six has been of school age for a year. */
static void rule_8770Q(struct cin_check *check, const struct cin_child *child)
{
	find_without_upn(check, child, day_of(day_civil(cin_end(check)).year - 6, 8, 31));
}

static void rule_8772(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (it->upn_unknown != C("UN7"))
			continue;
		EVERY(details, child, details) {
			if (details->nfa == CIN_TRUE)
				continue;
			FIND(check, identifiers, it, upn_unknown);
			FIND(check, details, details, nfa);
		}
	}
}

static void rule_8775Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, identifiers) {
		if (!is_before(it->born, day_add_months(cin_end(check), -25 * 12)))
			continue;
		EVERY(details, child, details) {
			if (is_day(details->closure) &&
				!is_after(details->closure, day_add_months(it->born, 25 * 12)))
				continue;
			FIND(check, identifiers, it, born);
			FIND(check, details, details, closure);
		}
	}
}

/* ---- disabilities */

const char cin_disability_codes[] = "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA";

static void rule_8540(struct cin_check *check, const struct cin_child *child)
{
	bool goes_on = false, wrong = child->disabilities.n == 0;
	EVERY(details, child, details)
		goes_on |= details->nfa == CIN_FALSE;
	EVERY(it, child, disabilities)
		wrong |= !cin_is_listed(it->disability, cin_disability_codes);
	if (!goes_on || !wrong || !is_day(child->identifiers.item[0].born))
		return;
	FIND(check, identifiers, &child->identifiers.item[0], born);
	if (child->disabilities.n == 0)
		FIND(check, characteristics, &child->characteristics.item[0], disability);
	EVERY(it, child, disabilities) {
		if (!cin_is_listed(it->disability, cin_disability_codes))
			FIND(check, disabilities, it, disability);
	}
	EVERY(details, child, details) {
		if (details->nfa == CIN_FALSE)
			FIND(check, details, details, nfa);
	}
}

static void rule_8790(struct cin_check *check, const struct cin_child *child)
{
	bool none = false;
	EVERY(it, child, disabilities)
		none |= it->disability == C("NONE");
	EVERY(it, child, disabilities) {
		if (none && it->disability != C("NONE"))
			FIND(check, disabilities, it, disability);
	}
}

static void rule_8794(struct cin_check *check, const struct cin_child *child)
{
	size_t n = child->disabilities.n;
	if (n < 2)
		return;
	cin_code *codes = arena_take(child->arena, n, sizeof *codes);
	for (size_t i = 0; i < n; i++)
		codes[i] = child->disabilities.item[i].disability;
	cin_sort_codes(codes, n);
	EVERY(it, child, disabilities) {
		if (it->disability != 0 && cin_is_twice(codes, n, it->disability))
			FIND(check, disabilities, it, disability);
	}
}

static const struct cin_rule rules[] = {
	CHILD_RULE(1510, "1510", 2023, 0, "The first letter of the UPN is not the one that its digits give"),
	CHILD_RULE(1530_before, "1530", 2023, 2023, "Characters 2 to 4 of the UPN are no authority's number"),
	CHILD_RULE(1530, "1530", 2024, 0, "Characters 2 to 4 of the UPN are no authority's number"),
	CHILD_RULE(1540, "1540", 2023, 0, "Characters 5 to 12 of the UPN are not all digits"),
	CHILD_RULE(1550, "1550", 2023, 0, "The last character of the UPN is neither a digit nor a letter in use"),
	CHILD_RULE(1560Q, "1560Q", 2023, 0, "The former UPN is not written as a UPN is"),
	CHILD_RULE(1570, "1570", 2025, 0, "The child's number has more than 20 characters"),
	CHILD_RULE(1580, "1580", 2025, 0, "The child's number holds something else than letters and digits"),
	LIST_RULE("4180", 2023, 2024, identifiers, gender, false, "0 1 2 9",
		"The child's gender is missing, or not a code of the list"),
	LIST_RULE("4180", 2025, 0, identifiers, sex, false, "M F U", "The child's sex is missing, or not M, F or U"),
	LIST_RULE("4220", 2023, 0, characteristics, ethnicity, false,
		"ABAN AIND AOTH APKN BAFR BCRB BOTH CHNE MOTH MWAS MWBA MWBC NOBT OOTH REFU WBRI WIRI WIRT WOTH WROM",
		"The child's ethnicity is missing, or not a code of the list"),
	CHILD_RULE(8500, "8500", 2023, 0, "The child has no number of the authority"),
	CHILD_RULE(8520, "8520", 2023, 0, "The child is born after the census year"),
	CHILD_RULE(8525Q, "8525Q", 2023, 0, "Give the date of birth or the expected one: one of them, not both"),
	CHILD_RULE(8530Q, "8530Q", 2023, 0,
		"The birth is expected more than 30 days before the year's end, or more than 9 months after"),
	PAIR_RULE("8535Q", CIN_ORDER, identifiers, born, identifiers, died, "The child died before it was born"),
	CHILD_RULE(8540, "8540", 2023, 0, "A referral went further, and no disability, or an unknown one, is given"),
	DAY_RULE("8545Q", CIN_IN_YEAR, identifiers, died, "The child died outside the census year"),
	CHILD_RULE(8590, "8590", 2023, 0, "The child has no episode of need (CINdetails)"),
	CHILD_RULE(8750_before, "8750", 2023, 2024, "An unborn child's gender must be 0"),
	CHILD_RULE(8750, "8750", 2025, 0, "An unborn child's sex must be U"),
	CHILD_RULE(8770Q_before, "8770Q", 2023, 2024, "A child of school age has no UPN, and no reason for it"),
	CHILD_RULE(8770Q, "8770Q", 2025, 0, "A child of school age has no UPN, and no reason that fits its age"),
	CHILD_RULE(8772, "8772", 2023, 0,
		"UN7 says that no referral went further, but one is not marked as no further action"),
	CHILD_RULE(8775Q, "8775Q", 2023, 0, "The child is over 25, and its episode did not close by that birthday"),
	CHILD_RULE(8790, "8790", 2023, 0, "Disability NONE stands beside another"),
	CHILD_RULE(8794, "8794", 2023, 0, "The same disability is given twice"),
};

const struct cin_rules cin_rules_of_identifiers = { rules, sizeof rules / sizeof *rules, CIN_TABLES };
