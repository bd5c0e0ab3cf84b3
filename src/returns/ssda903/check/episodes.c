/* episodes.c - rules of the episodes among themselves: dates, codes, and one after the other. */
#include "returns/ssda903/check/rule.h"

/* All but the last have ended. */
static void rule_142(struct check *check, const struct child_rows *child)
{
	for (size_t i = 0; i + 1 < child->episodes_n; i++) {
		const struct episodes_row *e = child->by_day[i];
		if (is_day(e->decom) && (!is_day(e->dec) || e->rec == 0))
			FIND(check, EPISODES, e);
	}
}

static void rule_148(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if ((e->dec == DAY_UNKNOWN) != (e->rec == 0))
			FIND(check, EPISODES, e);
	}
}

static void rule_302(struct check *check, const struct child_rows *child)
{
	if (child->episodes_n == 0)
		return;
	const struct episodes_row *first = child->by_day[0];
	EVERY(row, child, header) {
		if (is_after(row->dob, first->decom)) {
			FIND(check, HEADER, row);
			FIND(check, EPISODES, first);
		}
	}
}

/* X1 and only X1 says that another episode follows on the same day. */
static void rule_388(struct check *check, const struct child_rows *child)
{
	for (size_t i = 0; i < child->episodes_n; i++) {
		const struct episodes_row *e = child->by_day[i];
		const struct episodes_row *next = i + 1 < child->episodes_n ? child->by_day[i + 1] : NULL;
		if (!is_day(e->dec) || e->rec == 0)
			continue;
		bool follows = next != NULL && is_day(next->decom);
		if (follows ? (e->rec == K("X1")) != (e->dec == next->decom) : e->rec == K("X1"))
			FIND(check, EPISODES, e);
	}
}

static const struct check_rule rules[] = {
	DAY_RULE("141", 2023, 0, EPISODES, episodes, decom, false, "DECOM", "First day of an episode is missing, or no date"),
	CHILD_RULE(142, 2023, 0, BIT(EPISODES), "DEC REC", "Another episode has begun, and this one has not ended"),
	CODE_RULE("143", 2023, 0, EPISODES, episodes, rne, true, "S P L T U B", "RNE", "Reason for a new episode is not a code of the list"),
	CODE_RULE("144", 2023, 0, EPISODES, episodes, ls, true, "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3", "LS",
		"Legal status is not a code of the list"),
	CODE_RULE("145", 2023, 0, EPISODES, episodes, cin, true, "N1 N2 N3 N4 N5 N6 N7 N8", "CIN", "Category of need is not a code of the list"),
	CODE_RULE("146", 2026, 0, EPISODES, episodes, place, true,
		"A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z11 Z12 Z13 Z14", "PLACE",
		"Type of placement is not a code of the list"),
	DAY_RULE("147", 2023, 0, EPISODES, episodes, dec, true, "DEC", "Last day of an episode is no date"),
	CHILD_RULE(148, 2023, 0, BIT(EPISODES), "DEC REC", "An episode has a last day and no reason for its end, or a reason and no day"),
	CODE_RULE("149", 2023, 0, EPISODES, episodes, rec, true,
		"E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17 X1", "REC",
		"Reason for the end of an episode is not a code of the list"),
	CHILD_RULE(302, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DECOM DOB", "The first episode begins before the birth"),
	CHILD_RULE(388, 2023, 0, BIT(EPISODES), "REC",
		"X1 says that another episode follows on the same day, and none does; or one does, and the reason is another"),
};

const struct rule_list rules_of_episodes = { rules, sizeof rules / sizeof *rules };
