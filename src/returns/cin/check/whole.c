/* whole.c - rules of the whole return: its header, its numbers, and what no two children may share. */
#include "returns/cin/check/rule.h"

/* ---- what is counted, child by child */

static void count_conferences(
	struct cin_check *check, struct cin_counts *counts, const struct cin_child *child)
{
	EVERY(it, child, details)
		counts->conferences += is_in_year(check, it->conference);
	EVERY(it, child, section47)
		counts->conferences += is_in_year(check, it->conference);
	EVERY(it, child, protection)
		counts->plans += is_in_year(check, it->start);
}

static void count_disabilities(struct cin_counts *counts, const struct cin_child *child)
{
	size_t given = 0;
	EVERY(it, child, disabilities) {
		if (it->disability == 0 || it->disability == C("NONE"))
			continue;
		str rest = str_of(cin_disability_codes), word;
		given++;
		for (uint32_t bit = 1; str_split(&rest, ' ', &word); bit <<= 1) {
			if (cin_code_of(word) == it->disability)
				counts->disabilities |= bit;
		}
	}
	counts->disabled += given > 0;
	counts->disabled_twice += given > 1;
}

void cin_count(struct cin_check *check, struct cin_counts *counts, const struct cin_child *child)
{
	const struct cin_identifiers *who = &child->identifiers.item[0];
	bool born = !is_day(who->expected);
	counts->children++;
	counts->without_sex += born && (who->sex == 0 || who->sex == C("U"));
	counts->without_gender += born && (who->gender == 0 || who->gender == C("0"));
	count_conferences(check, counts, child);
	count_disabilities(counts, child);
}

/* ---- rules */

static void rule_100(struct cin_check *check)
{
	day reference;
	const struct cin_counts *counts = cin_counted(check);
	if (!day_read(counts->reference, &reference, NULL) || reference != day_of(counts->year, 3, 31))
		cin_find_whole(check);
}

static void rule_1520(struct cin_check *check)
{
	cin_find_repeated(check, CIN_F(identifiers, upn));
}

static void rule_8510(struct cin_check *check)
{
	cin_find_repeated(check, CIN_F(identifiers, number));
}

static void rule_2883(struct cin_check *check)
{
	if (cin_counted(check)->plans > cin_counted(check)->conferences)
		cin_find_whole(check);
}

/* More than 2 in 100. */
static void rule_2886Q_before(struct cin_check *check)
{
	if (cin_counted(check)->without_gender * 50 > cin_counted(check)->children)
		cin_find_whole(check);
}

static void rule_2886Q(struct cin_check *check)
{
	if (cin_counted(check)->without_sex * 50 > cin_counted(check)->children)
		cin_find_whole(check);
}

static void rule_2887Q(struct cin_check *check)
{
	size_t codes = 0;
	for (uint32_t bits = cin_counted(check)->disabilities; bits != 0; bits &= bits - 1)
		codes++;
	if (codes < 8)
		cin_find_whole(check);
}

static void rule_2888Q(struct cin_check *check)
{
	if (cin_counted(check)->disabled > 0 && cin_counted(check)->disabled_twice == 0)
		cin_find_whole(check);
}

static const struct cin_rule rules[] = {
	WHOLE_RULE(100, "100", 2023, 0, "The reference date of the header is not the 31 March that ends the census year"),
	WHOLE_RULE(1520, "1520", 2023, 0, "Another child has the same UPN"),
	WHOLE_RULE(2883, "2883", 2023, 0, "More child protection plans began in the year than initial conferences were held"),
	WHOLE_RULE(2886Q_before, "2886Q", 2023, 2024, "More than 2% of the children who are born have no gender recorded"),
	WHOLE_RULE(2886Q, "2886Q", 2025, 0, "More than 2% of the children who are born have no sex recorded"),
	WHOLE_RULE(2887Q, "2887Q", 2023, 0, "Fewer than 8 codes of disability are used in the whole return"),
	WHOLE_RULE(2888Q, "2888Q", 2023, 0, "No disabled child has more than one disability recorded"),
	WHOLE_RULE(8510, "8510", 2023, 0, "Another child has the same number of the authority"),
};

const struct cin_rules cin_rules_of_whole = { rules, sizeof rules / sizeof *rules, CIN_TABLES };
