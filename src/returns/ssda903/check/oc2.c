/* oc2.c - rules of children looked after for the whole year: health, convictions, substance misuse. */
#include "returns/ssda903/check/rule.h"

static bool is_any_filled(const struct oc2_row *row)
{
	return row->convicted != 0 || row->health_check != 0 || row->immunisations != 0 ||
		row->teeth_check != 0 || row->health_assessment != 0 || row->substance_misuse != 0 ||
		row->intervention_received != 0 || row->intervention_offered != 0;
}

/* The four that every child of the table has. */
static bool is_any_lacking(const struct oc2_row *row)
{
	return row->immunisations == 0 || row->teeth_check == 0 || row->health_assessment == 0 ||
		row->substance_misuse == 0;
}

/* One row finds fault with itself, when `wrong`. */
#define OC2(code_, wrong)                                                                          \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		EVERY(row, child, oc2) {                                                           \
			if (wrong)                                                                 \
				FIND(check, OC2, row);                                             \
		}                                                                                  \
	}

OC2(158, row->intervention_received == K("1") && row->intervention_offered != 0)
OC2(159, row->substance_misuse == K("1") && row->intervention_received == K("0") &&
		row->intervention_offered == 0)

static bool is_yes_or_no(code cell)
{
	return cell == 0 || ONE_OF(cell, "0", "1");
}

OC2(181, !is_yes_or_no(row->convicted) || !is_yes_or_no(row->health_check) ||
		!is_yes_or_no(row->immunisations) || !is_yes_or_no(row->teeth_check) ||
		!is_yes_or_no(row->health_assessment) || !is_yes_or_no(row->substance_misuse) ||
		!is_yes_or_no(row->intervention_received) || !is_yes_or_no(row->intervention_offered))
OC2(182, is_any_lacking(row) &&
		(row->convicted != 0 || row->health_check != 0 || row->intervention_received != 0 ||
			row->intervention_offered != 0))
OC2(190, !child->continuously && is_any_filled(row))

static void rule_191(struct check *check, const struct child_rows *child)
{
	if (!child->continuously)
		return;
	EVERY(row, child, oc2) {
		if (is_any_lacking(row))
			FIND(check, OC2, row);
	}
	if (child->oc2_n == 0)
		FIND(check, EPISODES, child->by_day[0]);
}

OC2(192, row->substance_misuse == K("1") && row->intervention_received == 0)
OC2(193, (row->substance_misuse == 0 || row->substance_misuse == K("0")) &&
		(row->intervention_received != 0 || row->intervention_offered != 0))
OC2(542, row->convicted != 0 && is_under(row->dob, 10, check_end(check)))
OC2(543, row->convicted == 0 && child->continuously && is_aged(row->dob, 10, check_end(check)))
OC2(544, row->convicted == K("1") && is_any_lacking(row))
OC2(545, row->health_check == 0 && child->continuously && is_under(row->dob, 5, check_end(check)))
OC2(546, row->health_check != 0 && child->continuously && is_aged(row->dob, 5, check_end(check)))
OC2(547, row->health_check == K("1") && is_any_lacking(row))

#define MISUSE "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"
#define FOUR "IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE"
#define EIGHT "CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT " MISUSE

static const struct check_rule rules[] = {
	CHILD_RULE(158, 2023, 0, BIT(OC2), "INTERVENTION_RECEIVED INTERVENTION_OFFERED",
		"Help with substance misuse was received: leave open whether it was offered"),
	CHILD_RULE(159, 2023, 0, BIT(OC2), MISUSE,
		"Help with substance misuse was not received, and it is not said whether it was offered"),
	CHILD_RULE(181, 2023, 0, BIT(OC2), EIGHT, "A health or conviction item is not 0 or 1"),
	CHILD_RULE(182, 2023, 0, BIT(OC2), EIGHT,
		"Some items are filled in, and immunisations, teeth, health assessment and substance misuse are not all"),
	CHILD_RULE(190, 2023, 0, BIT(EPISODES) | BIT(OC2), EIGHT,
		"Health or conviction items, and the child was not looked after for the whole year"),
	CHILD_RULE(191, 2023, 0, BIT(EPISODES) | BIT(OC2), FOUR,
		"Looked after for the whole year, and health items are missing"),
	CHILD_RULE(192, 2023, 0, BIT(OC2), "SUBSTANCE_MISUSE INTERVENTION_RECEIVED",
		"A substance misuse problem, and it is not said whether help was received"),
	CHILD_RULE(193, 2023, 0, BIT(OC2), MISUSE, "No substance misuse problem, and help was received or offered"),
	CHILD_RULE(542, 2023, 0, BIT(OC2), "CONVICTED", "Convictions of a child who was under 10 when the year ended"),
	CHILD_RULE(543, 2023, 0, BIT(EPISODES) | BIT(OC2), "DOB CONVICTED",
		"Aged 10 or over and looked after for the whole year: say whether the child was convicted"),
	CHILD_RULE(544, 2023, 0, BIT(OC2), "CONVICTED " FOUR, "The child was convicted, and health items are missing"),
	CHILD_RULE(545, 2023, 0, BIT(EPISODES) | BIT(OC2), "DOB HEALTH_CHECK",
		"Under 5 and looked after for the whole year: say whether development checks are up to date"),
	CHILD_RULE(546, 2023, 0, BIT(EPISODES) | BIT(OC2), "DOB HEALTH_CHECK",
		"Development checks of a child who was 5 or over when the year ended"),
	CHILD_RULE(547, 2023, 0, BIT(OC2), "HEALTH_CHECK " FOUR,
		"Development checks are up to date, and other health items are missing"),
};

const struct rule_list rules_of_oc2 = { rules, sizeof rules / sizeof *rules };
