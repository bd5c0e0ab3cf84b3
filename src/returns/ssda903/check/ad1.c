/* ad1.c - rules of an adoption: the decision, the match, the placement, and who adopts. */
#include "returns/ssda903/check/rule.h"

static bool is_adopted(code rec)
{
	return ONE_OF(rec, "E11", "E12");
}

static size_t items_filled(const struct ad1_row *row)
{
	return (size_t)(row->date_int != DAY_UNKNOWN) + (row->date_match != DAY_UNKNOWN) +
		(row->foster_care != 0) + (row->nb_adoptr != 0) + (row->sex_adoptr != 0) +
		(row->ls_adoptr != 0);
}

enum { ITEMS = 6 };

static void rule_134(struct check *check, const struct child_rows *child)
{
	bool leaver = false;
	EVERY(row, child, oc3)
		leaver |= row->in_touch != 0 || row->activ != 0 || row->accom != 0;
	EVERY(row, child, ad1) {
		if (leaver && items_filled(row) > 0)
			FIND(check, AD1, row);
	}
}

static void rule_151(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, ad1) {
		size_t filled = items_filled(row);
		if (filled > 0 && filled < ITEMS)
			FIND(check, AD1, row);
	}
}

static void rule_331(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		EVERY(row, child, ad1) {
			if (is_adopted(e->rec) && is_after(row->date_match, e->decom)) {
				FIND(check, AD1, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static void rule_333(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, ad1) {
		if (is_day(row->date_match) && (!is_day(row->date_int) || row->date_int > row->date_match))
			FIND(check, AD1, row);
	}
}

/* The episode that began the latest period of care. */
static const struct episodes_row *latest_start(const struct child_rows *child)
{
	const struct episodes_row *latest = NULL;
	EVERY(e, child, episodes) {
		if (e->rne == K("S") && is_day(e->decom) && (latest == NULL || e->decom > latest->decom))
			latest = e;
	}
	return latest;
}

static void rule_334(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *start = latest_start(child);
	EVERY(row, child, ad1) {
		if (start != NULL && is_before(row->date_int, start->decom)) {
			FIND(check, AD1, row);
			FIND(check, EPISODES, start);
		}
	}
}

static void rule_335(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (e->rec != K("E1") && !is_adopted(e->rec))
			continue;
		code wrong = ONE_OF(e->place, "A2", "A3", "A5") ? K("0")
			: ONE_OF(e->place, "A1", "A4", "A6")    ? K("1")
								: 0;
		EVERY(row, child, ad1) {
			if (wrong != 0 && row->foster_care == wrong) {
				FIND(check, AD1, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static void rule_521(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		EVERY(row, child, ad1) {
			if (ONE_OF(e->place, "A3", "A4", "A5", "A6") && is_after(row->date_int, e->decom)) {
				FIND(check, AD1, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static void rule_582(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		EVERY(row, child, ad1) {
			if (is_adopted(e->rec) && is_day(e->dec) && e->dec == row->date_match)
				FIND(check, EPISODES, e);
		}
	}
}

static bool ends_in_adoption(const struct check *check, const struct episodes_row *e)
{
	return is_adopted(e->rec) && is_within(e->dec, check_start(check), check_end(check));
}

static void rule_601(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		EVERY(row, child, ad1) {
			if (ends_in_adoption(check, e) && items_filled(row) < ITEMS) {
				FIND(check, AD1, row);
				FIND(check, EPISODES, e);
			}
		}
	}
}

static void rule_602(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (ends_in_adoption(check, e))
			return;
	}
	EVERY(row, child, ad1) {
		if (items_filled(row) > 0)
			FIND(check, AD1, row);
	}
}

/* ---- who adopts: one (M1, F1) or two (MM, FF, MF), and how they live together */

#define ADOPTERS(code_, wrong)                                                                     \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, ad1) {                                                           \
			code status = row->ls_adoptr, sex = row->sex_adoptr;                       \
			if (wrong)                                                                 \
				FIND(check, AD1, row);                                             \
		}                                                                                  \
	}

ADOPTERS(514, status == K("L0") && !ONE_OF(sex, "M1", "F1"))
ADOPTERS(517, status == K("L3") && sex != K("MF"))
ADOPTERS(518, status == K("L4") && !ONE_OF(sex, "MM", "FF"))
ADOPTERS(519, status == K("L2") && !ONE_OF(sex, "MM", "FF", "MF"))
ADOPTERS(520, status == K("L11") && sex != K("MF"))
ADOPTERS(524, status == K("L12") && !ONE_OF(sex, "MM", "FF"))

static void rule_511(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, ad1) {
		if (row->nb_adoptr == K("2") && ONE_OF(row->sex_adoptr, "M1", "F1"))
			FIND(check, AD1, row);
	}
}

#define ALL_ITEMS "DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"

static const struct check_rule rules[] = {
	DAY_RULE("112", 2023, 0, AD1, ad1, date_int, true, "DATE_INT", "Date of the decision to place for adoption is no date"),
	DAY_RULE("113", 2023, 0, AD1, ad1, date_match, true, "DATE_MATCH", "Date of the match with adopters is no date"),
	CODE_RULE("114", 2023, 0, AD1, ad1, foster_care, true, "0 1", "FOSTER_CARE",
		"Whether a foster carer adopts is not 0 or 1"),
	CHILD_RULE(134, 2023, 0, BIT(AD1) | BIT(OC3), "IN_TOUCH ACTIV ACCOM " ALL_ITEMS,
		"A care leaver has adoption items"),
	CHILD_RULE(151, 2023, 0, BIT(AD1), ALL_ITEMS, "Some adoption items are filled in and some are not"),
	CODE_RULE("175", 2023, 0, AD1, ad1, nb_adoptr, true, "1 2", "NB_ADOPTR", "Number of adopters is not 1 or 2"),
	CODE_RULE("176", 2023, 0, AD1, ad1, sex_adoptr, true, "M1 F1 MM FF MF", "SEX_ADOPTR",
		"Sex of the adopters is not a code of the list"),
	CODE_RULE("177", 2023, 0, AD1, ad1, ls_adoptr, true, "L0 L11 L12 L2 L3 L4", "LS_ADOPTR",
		"Legal status of the adopters is not a code of the list"),
	CHILD_RULE(331, 2023, 0, BIT(AD1) | BIT(EPISODES), "DATE_MATCH DECOM REC",
		"Matched with adopters after the adoptive placement began"),
	CHILD_RULE(333, 2023, 0, BIT(AD1), "DATE_INT",
		"Matched with adopters, and the decision to place for adoption is later, or has no date"),
	CHILD_RULE(334, 2023, 0, BIT(AD1) | BIT(EPISODES), "DATE_INT DECOM RNE",
		"The decision to place for adoption is before the latest period of care began"),
	CHILD_RULE(335, 2023, 0, BIT(AD1) | BIT(EPISODES), "PLACE FOSTER_CARE",
		"The last placement and FOSTER_CARE disagree on whether the child’s foster carer adopts"),
	CHILD_RULE(511, 2023, 0, BIT(AD1), "NB_ADOPTR SEX_ADOPTR", "Two adopters, and the sex of one"),
	CHILD_RULE(514, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L0 is a single adopter: M1 or F1"),
	CHILD_RULE(517, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L3 is an unmarried couple of a man and a woman: MF"),
	CHILD_RULE(518, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L4 is an unmarried couple of one sex: MM or FF"),
	CHILD_RULE(519, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L2 is a civil partnership: MM, FF or MF"),
	CHILD_RULE(520, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L11 is a married couple of a man and a woman: MF"),
	CHILD_RULE(521, 2023, 0, BIT(AD1) | BIT(EPISODES), "PLACE DECOM DATE_INT",
		"Placed for adoption before the decision that the child should be"),
	CHILD_RULE(524, 2023, 0, BIT(AD1), "LS_ADOPTR SEX_ADOPTR", "L12 is a married couple of one sex: MM or FF"),
	CHILD_RULE(582, 2023, 0, BIT(AD1) | BIT(EPISODES), "DEC DATE_MATCH",
		"Adopted on the day of the match with adopters, which mostly comes before"),
	CHILD_RULE(601, 2023, 0, BIT(AD1) | BIT(EPISODES), "REC " ALL_ITEMS,
		"Adopted during the year, and adoption items are missing"),
	CHILD_RULE(602, 2023, 0, BIT(AD1) | BIT(EPISODES), "CHILD",
		"Adoption items, and no episode that ends in adoption during the year"),
};

const struct rule_list rules_of_ad1 = { rules, sizeof rules / sizeof *rules };
