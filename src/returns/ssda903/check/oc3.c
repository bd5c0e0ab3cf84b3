/* oc3.c - rules of care leavers: in touch, what they do, where they live. */
#include "returns/ssda903/check/rule.h"

static bool is_any_filled(const struct oc3_row *row)
{
	return row->in_touch != 0 || row->activ != 0 || row->accom != 0;
}

static bool is_leaver(const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		if (is_any_filled(row))
			return true;
	}
	return false;
}

/* One row finds fault with itself, when `wrong`. */
#define OC3(code_, wrong)                                                                          \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, oc3) {                                                           \
			if (wrong)                                                                 \
				FIND(check, OC3, row);                                             \
		}                                                                                  \
	}

OC3(153, is_any_filled(row) && (row->in_touch == 0 || row->activ == 0 || row->accom == 0))
OC3(344, ONE_OF(row->in_touch, "DIED", "RHOM") && (row->activ != K("0") || row->accom != K("0")))
OC3(345, row->in_touch == K("YES") && (row->activ == K("0") || row->accom == K("0")))
OC3(347, ONE_OF(row->accom, "T1", "T2") && is_under(row->dob, 18, check_start(check)))
OC3(391, is_any_filled(row) && is_under(row->dob, 17, check_end(check)))

/* ---- with the other tables */

static bool is_of_year(const struct check *check, const struct episodes_row *e)
{
	return is_day(e->decom) && e->decom <= check_end(check) &&
		(!is_day(e->dec) || e->dec >= check_start(check));
}

/* Looked after during the year, and otherwise than in short breaks; or before it or after. */
static void seek_care(const struct check *check, const struct child_rows *child, bool *ever, bool *in_year)
{
	*ever = *in_year = false;
	EVERY(e, child, episodes) {
		if (is_short_break(e))
			continue;
		*ever = true;
		*in_year |= is_of_year(check, e);
	}
}

static void rule_165(struct check *check, const struct child_rows *child)
{
	bool ever, in_year;
	seek_care(check, child, &ever, &in_year);
	EVERY(row, child, header) {
		bool said = row->mother != 0, female = is_female(check, row->sex);
		bool wrong = said && (!ONE_OF(row->mother, "0", "1") || is_male(check, row->sex));
		wrong |= female && (in_year ? !said : said && is_leaver(child));
		if (!ever || !wrong)
			continue;
		FIND(check, HEADER, row);
		EVERY(leaver, child, oc3)
			FIND(check, OC3, leaver);
	}
}

static void rule_187(struct check *check, const struct child_rows *child)
{
	if (!child->continuously)
		return;
	EVERY(row, child, oc3) {
		if (is_any_filled(row))
			FIND(check, OC3, row);
	}
	EVERY(row, child, ad1) {
		if (row->date_int != DAY_UNKNOWN || row->date_match != DAY_UNKNOWN || row->foster_care != 0 ||
			row->nb_adoptr != 0 || row->sex_adoptr != 0 || row->ls_adoptr != 0)
			FIND(check, AD1, row);
	}
}

static bool has_health(const struct oc2_row *row)
{
	return row->convicted != 0 || row->health_check != 0 || row->immunisations != 0 ||
		row->teeth_check != 0 || row->health_assessment != 0 || row->substance_misuse != 0 ||
		row->intervention_received != 0 || row->intervention_offered != 0;
}

static void rule_215(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		EVERY(health, child, oc2) {
			if (is_any_filled(row) && has_health(health)) {
				FIND(check, OC3, row);
				FIND(check, OC2, health);
			}
		}
	}
}

static void rule_628(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->mother != 0 && child->episodes_n == 0 && is_leaver(child))
			FIND(check, HEADER, row);
	}
}

/* The 17th or the 18th birthday, whichever is of this year. */
static day birthday_of_year(const struct check *check, day born)
{
	for (int years = 17; years <= 18; years++) {
		if (is_within(birthday(born, years), check_start(check), check_end(check)))
			return birthday(born, years);
	}
	return DAY_UNKNOWN;
}

static void rule_1007(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		day on = birthday_of_year(check, row->dob);
		if (!is_day(on) || !is_any_filled(row))
			continue;
		EVERY(e, child, episodes) {
			if (is_day(e->decom) && e->decom <= on && (e->dec == DAY_UNKNOWN || is_after(e->dec, on)))
				FIND(check, OC3, row);
		}
	}
}

static void rule_1016(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		day on = birthday_of_year(check, row->dob);
		if (!is_day(on) || !is_any_filled(row))
			continue;
		EVERY(e, child, episodes) {
			if (is_day(e->dec) && e->dec >= on)
				FIND(check, OC3, row);
		}
	}
}

/* Of episodes of one day, the first in the file. */
static const struct episodes_row *latest_episode(const struct child_rows *child)
{
	const struct episodes_row *latest = NULL;
	EVERY(e, child, episodes) {
		if (is_day(e->decom) && (latest == NULL || e->decom > latest->decom))
			latest = e;
	}
	return latest;
}

static void rule_1011(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *latest = latest_episode(child);
	EVERY(row, child, oc3) {
		if (latest != NULL && latest->rec == K("E3") && is_any_filled(row))
			FIND(check, OC3, row);
	}
}

static void rule_1014(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (is_of_year(check, e))
			return;
	}
	EVERY(row, child, oc3) {
		EVERY(uasc, child, uasc) {
			if (is_any_filled(row)) {
				FIND(check, OC3, row);
				FIND(check, UASC, uasc);
			}
		}
	}
}

static void rule_3001(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		EVERY(header, child, header) {
			if (ONE_OF(row->accom, "Z1", "Z2") &&
				is_within(birthday(header->dob, 17), check_start(check), check_end(check)))
				FIND(check, OC3, row);
		}
	}
}

#define THREE "IN_TOUCH ACTIV ACCOM"
#define WITH_EPISODES (BIT(EPISODES) | BIT(OC3))

static const struct check_rule rules[] = {
	CODE_RULE("131", 2023, 0, OC3, oc3, in_touch, false, "YES NO DIED REFU NREQ RHOM", "IN_TOUCH",
		"Whether the authority is in touch is missing, or not a code of the list"),
	CODE_RULE("132", 2023, 0, OC3, oc3, activ, false, "F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6 0", "ACTIV",
		"What the care leaver does is missing, or not a code of the list"),
	CODE_RULE("133", 2023, 0, OC3, oc3, accom, false,
		"B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S2 T1 T2 U1 U2 V1 V2 W1 W2 X2 Y1 Y2 Z1 Z2 0", "ACCOM",
		"Where the care leaver lives is missing, or not a code of the list"),
	CHILD_RULE(153, 2023, 0, BIT(OC3), THREE, "Some care leaver items are filled in and some are not"),
	CHILD_RULE(165, 2023, 0, BIT(EPISODES) | BIT(HEADER) | BIT(OC3), "MOTHER SEX DECOM " THREE,
		"Whether the child is a mother is not 0 or 1, or is missing, or is said where it should not be"),
	CHILD_RULE(187, 2023, 0, BIT(AD1) | WITH_EPISODES,
		"DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR " THREE,
		"Looked after for the whole year, and there are items of an adoption or a care leaver"),
	CHILD_RULE(215, 2023, 0, BIT(OC2) | BIT(OC3),
		THREE " CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE"
		      " INTERVENTION_RECEIVED INTERVENTION_OFFERED",
		"A care leaver has items of a child looked after for the whole year"),
	CHILD_RULE(344, 2023, 0, BIT(OC3), THREE,
		"The young person died or went home to parents: activity and accommodation are then 0"),
	CHILD_RULE(345, 2023, 0, BIT(OC3), THREE, "In touch with the young person, and activity or accommodation is 0"),
	CHILD_RULE(347, 2024, 0, BIT(OC3), "DOB ACCOM", "In a foyer, and under 18 when the year began"),
	CHILD_RULE(391, 2023, 0, BIT(OC3), "DOB " THREE, "Care leaver items, and the young person was under 17 all year"),
	CHILD_RULE(628, 2023, 0, BIT(EPISODES) | BIT(HEADER) | BIT(OC3), "MOTHER",
		"A care leaver without an episode this year: leave open whether she is a mother"),
	CHILD_RULE(1007, 2023, 0, WITH_EPISODES, THREE,
		"Care leaver items, and the young person was looked after on the 17th or 18th birthday"),
	CHILD_RULE(1011, 2023, 0, WITH_EPISODES, THREE,
		"Care leaver items, and another authority took over the young person’s care"),
	CHILD_RULE(1014, 2023, 0, WITH_EPISODES | BIT(UASC), "DUC " THREE,
		"A care leaver without an episode this year needs no UASC row"),
	CHILD_RULE(1016, 2024, 0, WITH_EPISODES, THREE,
		"Care leaver items, and the young person left care on or after this year’s 17th or 18th birthday"),
	CHILD_RULE(3001, 2023, 0, BIT(HEADER) | BIT(OC3), "ACCOM",
		"Turned 17 in the year, and lives with former foster carers"),
};

const struct rule_list rules_of_oc3 = { rules, sizeof rules / sizeof *rules };
