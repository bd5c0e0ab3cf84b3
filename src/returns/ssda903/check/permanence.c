/* permanence.c - rules of how the child left care the time before, when it was for good. */
#include "returns/ssda903/check/rule.h"

/* Whole numbers of councils, as the census of schools and the return number them, with those that are no
 * more: an order may be old. WAL, SCO and NIR are the other countries, NUK any other; 999 is unknown. */
static const char councils[] =
	"201 202 203 204 205 206 207 208 209 210 211 212 213 301 302 303 304 305 306 307 308 309 310 311 312 "
	"313 314 315 316 317 318 319 320 330 331 332 333 334 335 336 340 341 342 343 344 350 351 352 353 354 "
	"355 356 357 358 359 370 371 372 373 380 381 382 383 384 390 391 392 393 394 420 800 801 802 803 805 "
	"806 807 808 810 811 812 813 815 816 821 822 823 825 826 830 831 835 836 837 838 839 840 841 845 846 "
	"850 851 852 855 856 857 860 861 865 866 867 868 869 870 871 872 873 874 876 877 878 879 880 881 882 "
	"883 884 885 886 887 888 889 890 891 892 893 894 895 896 902 908 909 916 919 921 925 926 928 929 931 "
	"933 935 936 937 938 940 941 942 943 999 WAL SCO NUK NIR";

static void rule_630(struct check *check, const struct child_rows *child)
{
	bool told = child->permanence_n > 0;
	EVERY(row, child, permanence) {
		bool whole = row->la_perm.n > 0 && row->date_perm.n > 0;
		told &= row->prev_perm == K("Z1") || (row->prev_perm != 0 && whole);
	}
	EVERY(e, child, episodes) {
		if (!told && e->rne == K("S") && is_day(e->decom) && e->decom >= check_start(check))
			FIND(check, EPISODES, e);
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "15/06/2019", or ZZ for a day or month and ZZZZ for a year that are not known. The first day that it may
 * be; DAY_UNKNOWN where the year is not known; DAY_WRONG where it is no date. */
static day read_partly(str text)
{
	if (text.n != 10 || text.p[2] != '/' || text.p[5] != '/')
		return DAY_WRONG;
	static const int at[] = { 0, 3, 6 }, long_[] = { 2, 2, 4 };
	int part[3] = { 0 };
	for (int i = 0; i < 3; i++) {
		str one = { text.p + at[i], (size_t)long_[i] };
		if (str_equal_nocase(one, str_upto(S("ZZZZ"), one.n)))
			continue;
		for (size_t k = 0; k < one.n; k++) {
			if (!is_digit(one.p[k]))
				return DAY_WRONG;
			part[i] = part[i] * 10 + one.p[k] - '0';
		}
		if (part[i] == 0)
			return DAY_WRONG;
	}
	int month = part[1] == 0 ? 1 : part[1];
	if (month > 12 || (part[2] != 0 && part[2] < 1900) || part[0] > 31)
		return DAY_WRONG;
	if (part[2] == 0)
		return part[1] != 0 && part[0] > day_month_length(2000, month) ? DAY_WRONG : DAY_UNKNOWN;
	if (part[1] != 0 && part[0] > day_month_length(part[2], month))
		return DAY_WRONG;
	return day_of(part[2], month, part[0] == 0 ? 1 : part[0]);
}

static void rule_632(struct check *check, const struct child_rows *child)
{
	if (child->episodes_n == 0 || !is_day(child->by_day[0]->decom))
		return;
	const struct episodes_row *first = child->by_day[0];
	EVERY(row, child, permanence) {
		day on = row->date_perm.n == 0 ? DAY_UNKNOWN : read_partly(row->date_perm);
		if (on == DAY_WRONG || (is_day(on) && on >= first->decom)) {
			FIND(check, PERMANENCE, row);
			FIND(check, EPISODES, first);
		}
	}
}

/* Is that word one of the list? */
static bool is_council(str text)
{
	str rest = str_of(councils), word;
	while (str_split(&rest, ' ', &word)) {
		if (str_equal_nocase(word, text))
			return true;
	}
	return false;
}

static void rule_633(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, permanence) {
		if (row->la_perm.n > 0 && !is_council(row->la_perm))
			FIND(check, PERMANENCE, row);
	}
}

static bool is_any_said(const struct permanence_row *row)
{
	return row->prev_perm != 0 || row->la_perm.n > 0 || row->date_perm.n > 0;
}

/* The question was first asked of who came into care from April 2016. */
static void rule_634(struct check *check, const struct child_rows *child)
{
	bool any = false;
	EVERY(e, child, episodes) {
		if (is_day(e->decom) && e->decom >= day_of(2016, 4, 1))
			return;
		any |= is_day(e->decom);
	}
	EVERY(row, child, permanence) {
		if (!any || !is_any_said(row))
			continue;
		FIND(check, PERMANENCE, row);
		EVERY(e, child, episodes)
			FIND(check, EPISODES, e);
	}
}

static void rule_635(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, permanence) {
		if ((row->prev_perm == 0 || row->prev_perm == K("Z1")) &&
			(row->la_perm.n > 0 || row->date_perm.n > 0))
			FIND(check, PERMANENCE, row);
	}
}

static const struct check_rule rules[] = {
	CHILD_RULE(630, 2023, 0, BIT(EPISODES) | BIT(PERMANENCE), "RNE",
		"The child came into care this year, and whether an earlier time ended for good is not, or not wholly, said"),
	CODE_RULE("631", 2023, 0, PERMANENCE, permanence, prev_perm, true, "P1 P2 P3 P4 Z1", "PREV_PERM",
		"How care ended for good before is not a code of the list"),
	CHILD_RULE(632, 2023, 0, BIT(EPISODES) | BIT(PERMANENCE), "DATE_PERM DECOM",
		"The order that ended care before is of no date, or not dated before the child came into care"),
	CHILD_RULE(633, 2023, 0, BIT(PERMANENCE), "LA_PERM", "The council where care ended before is not a code of the list"),
	CHILD_RULE(634, 2023, 0, BIT(EPISODES) | BIT(PERMANENCE), "LA_PERM PREV_PERM DATE_PERM DECOM",
		"How care ended before is only asked of children who came into care since April 2016"),
	CHILD_RULE(635, 2023, 0, BIT(PERMANENCE), "LA_PERM DATE_PERM PREV_PERM",
		"A council or a date of an earlier order is there, and the code says that there was none, or nothing"),
};

const struct rule_list rules_of_permanence = { rules, sizeof rules / sizeof *rules };
