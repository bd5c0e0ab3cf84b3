/* integrity.c - rules of the tables among themselves: each child is in Header, once, with one birth and sex. */
#include "returns/ssda903/check/rule.h"

/* In the table, and not in Header. */
#define ABSENT(code_, NAME, table)                                                                 \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, table) {                                                         \
			if (child->header_n == 0)                                                  \
				FIND(check, NAME, row);                                            \
		}                                                                                  \
	}

/* Born on another day than in Header. */
#define BORN(code_, NAME, table)                                                                   \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, table) {                                                         \
			if (is_born_otherwise(child, row->dob))                                    \
				FIND(check, NAME, row);                                            \
		}                                                                                  \
	}

/* More than one row. Those without a number are no one child. */
#define ONCE(code_, NAME, table)                                                                   \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, table) {                                                         \
			if (child->table##_n > 1 && child->number.n > 0)                           \
				FIND(check, NAME, row);                                            \
		}                                                                                  \
	}

static bool is_born_otherwise(const struct child_rows *child, day dob)
{
	EVERY(row, child, header) {
		if (is_day(dob) && is_day(row->dob) && dob != row->dob)
			return true;
	}
	return false;
}

ABSENT(INT01, AD1, ad1)
ABSENT(INT02, PLACED, placed)
ABSENT(INT04, MISSING, missing)
ABSENT(INT05, OC2, oc2)
ABSENT(INT06, OC3, oc3)
ABSENT(INT07, PERMANENCE, permanence)
ABSENT(INT08, REVIEWS, reviews)
ABSENT(INT09, UASC, uasc)
BORN(INT11, AD1, ad1)
BORN(INT12, PLACED, placed)
BORN(INT13, MISSING, missing)
BORN(INT14, OC2, oc2)
BORN(INT15, OC3, oc3)
BORN(INT16, PERMANENCE, permanence)
BORN(INT17, REVIEWS, reviews)
BORN(INT18, UASC, uasc)
ONCE(INT31, AD1, ad1)
ONCE(INT32, HEADER, header)
ONCE(INT33, OC2, oc2)
ONCE(INT34, OC3, oc3)
ONCE(INT35, PERMANENCE, permanence)
ONCE(INT36, UASC, uasc)

static void rule_INT21(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, uasc) {
		EVERY(header, child, header) {
			if (row->sex != 0 && header->sex != 0 && row->sex != header->sex)
				FIND(check, UASC, row);
		}
	}
}

/* Without an episode this year: what is not OC3's does not belong here. */
#define ALONE(NAME, table)                                                                         \
	EVERY(table##_alone, child, table)                                                         \
	FIND(check, NAME, table##_alone)

static void rule_1012(struct check *check, const struct child_rows *child)
{
	if (child->episodes_n > 0)
		return;
	ALONE(AD1, ad1);
	ALONE(MISSING, missing);
	ALONE(OC2, oc2);
	ALONE(PLACED, placed);
	ALONE(PERMANENCE, permanence);
	ALONE(REVIEWS, reviews);
}

#define WITH_HEADER(NAME) (BIT(HEADER) | BIT(NAME))

static const struct check_rule rules[] = {
	CHILD_RULE(1012, 2023, 0, BIT(EPISODES), "CHILD",
		"The child has no episode this year, so nothing but the care leavers' module may be returned"),
	CHILD_RULE(INT01, 2023, 0, WITH_HEADER(AD1), "CHILD", "A child of AD1 is not in Header"),
	CHILD_RULE(INT02, 2023, 0, WITH_HEADER(PLACED), "CHILD", "A child of PlacedAdoption is not in Header"),
	CHILD_RULE(INT04, 2023, 0, WITH_HEADER(MISSING), "CHILD", "A child of Missing is not in Header"),
	CHILD_RULE(INT05, 2023, 0, WITH_HEADER(OC2), "CHILD", "A child of OC2 is not in Header"),
	CHILD_RULE(INT06, 2023, 0, WITH_HEADER(OC3), "CHILD", "A child of OC3 is not in Header"),
	CHILD_RULE(INT07, 2023, 0, WITH_HEADER(PERMANENCE), "CHILD", "A child of PrevPerm is not in Header"),
	CHILD_RULE(INT08, 2023, 0, WITH_HEADER(REVIEWS), "CHILD", "A child of Reviews is not in Header"),
	CHILD_RULE(INT09, 2023, 0, WITH_HEADER(UASC), "CHILD", "A child of UASC is not in Header"),
	CHILD_RULE(INT11, 2023, 0, WITH_HEADER(AD1), "DOB", "Date of birth in AD1 is not that of Header"),
	CHILD_RULE(INT12, 2023, 0, WITH_HEADER(PLACED), "DOB", "Date of birth in PlacedAdoption is not that of Header"),
	CHILD_RULE(INT13, 2023, 0, WITH_HEADER(MISSING), "DOB", "Date of birth in Missing is not that of Header"),
	CHILD_RULE(INT14, 2023, 0, WITH_HEADER(OC2), "DOB", "Date of birth in OC2 is not that of Header"),
	CHILD_RULE(INT15, 2023, 0, WITH_HEADER(OC3), "DOB", "Date of birth in OC3 is not that of Header"),
	CHILD_RULE(INT16, 2023, 0, WITH_HEADER(PERMANENCE), "DOB", "Date of birth in PrevPerm is not that of Header"),
	CHILD_RULE(INT17, 2023, 0, WITH_HEADER(REVIEWS), "DOB", "Date of birth in Reviews is not that of Header"),
	CHILD_RULE(INT18, 2023, 0, WITH_HEADER(UASC), "DOB", "Date of birth in UASC is not that of Header"),
	CHILD_RULE(INT21, 2023, 0, WITH_HEADER(UASC), "SEX", "Sex in UASC is not that of Header"),
	CHILD_RULE(INT31, 2023, 0, BIT(AD1), "CHILD", "A child has more than one row in AD1"),
	CHILD_RULE(INT32, 2023, 0, BIT(HEADER), "CHILD", "A child has more than one row in Header"),
	CHILD_RULE(INT33, 2023, 0, BIT(OC2), "CHILD", "A child has more than one row in OC2"),
	CHILD_RULE(INT34, 2023, 0, BIT(OC3), "CHILD", "A child has more than one row in OC3"),
	CHILD_RULE(INT35, 2023, 0, BIT(PERMANENCE), "CHILD", "A child has more than one row in PrevPerm"),
	CHILD_RULE(INT36, 2023, 0, BIT(UASC), "CHILD", "A child has more than one row in UASC"),
};

const struct rule_list rules_of_integrity = { rules, sizeof rules / sizeof *rules };
