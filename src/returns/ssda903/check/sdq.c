/* sdq.c - rules of the strengths and difficulties questionnaire, asked of children aged 4 to 16. */
#include "returns/ssda903/check/rule.h"

static bool is_score(code cell)
{
	unsigned ten = (unsigned)(cell >> 8) - '0', one = (unsigned)(cell & 0xff) - '0';
	if (cell < 0x100)
		return one <= 9;
	return cell < 0x10000 && one <= 9 && (ten <= 3 || (ten == 4 && one == 0));
}

#define SDQ(code_, wrong)                                                                          \
	static void rule_##code_(struct check *check, const struct child_rows *child)              \
	{                                                                                          \
		day start = check_start(check), end = check_end(check);                            \
		(void)start, (void)end;                                                            \
		EVERY(row, child, oc2) {                                                           \
			bool scored = row->sdq_score != 0, excused = row->sdq_reason != 0;         \
			(void)scored, (void)excused;                                               \
			if (wrong)                                                                 \
				FIND(check, OC2, row);                                             \
		}                                                                                  \
	}

SDQ(157, row->sdq_reason == K("SDQ1") && !scored && child->continuously && is_aged(row->dob, 4, start) &&
		is_under(row->dob, 17, end))
SDQ(180, scored && !is_score(row->sdq_score))
SDQ(185, scored && !child->continuously)
SDQ(186, !scored && !excused && child->continuously && is_aged(row->dob, 4, start) && is_under(row->dob, 17, end))
SDQ(188, (scored || excused) && is_under(row->dob, 4, end))
SDQ(189, (scored || excused) && is_before(birthday(row->dob, 17), start))
SDQ(197a, scored && excused)
SDQ(197B, !scored && !excused && child->continuously &&
		(is_within(birthday(row->dob, 4), start, end) || is_within(birthday(row->dob, 17), start, end)))
SDQ(198, excused && !child->continuously)

#define WHOLE_YEAR (BIT(EPISODES) | BIT(OC2))

static const struct check_rule rules[] = {
	CHILD_RULE(157, 2023, 0, WHOLE_YEAR, "SDQ_REASON DOB",
		"SDQ1 says that the child was too young or too old for the questionnaire, and the birth says not"),
	CHILD_RULE(180, 2023, 0, BIT(OC2), "SDQ_SCORE", "Score of the questionnaire is no whole number from 0 to 40"),
	CHILD_RULE(185, 2023, 0, WHOLE_YEAR, "SDQ_SCORE",
		"A score of the questionnaire, and the child was not looked after for the whole year"),
	CHILD_RULE(186, 2023, 0, WHOLE_YEAR, "SDQ_SCORE",
		"Aged 4 to 16 and looked after for the whole year, and no score of the questionnaire"),
	CHILD_RULE(188, 2023, 0, BIT(OC2), "SDQ_SCORE SDQ_REASON",
		"Under 4 when the year ended, and a score of the questionnaire or a reason for none"),
	CHILD_RULE(189, 2023, 0, BIT(OC2), "DOB SDQ_SCORE SDQ_REASON",
		"17 or over when the year began, and a score of the questionnaire or a reason for none"),
	CODE_RULE("196", 2023, 0, OC2, oc2, sdq_reason, true, "SDQ1 SDQ2 SDQ3 SDQ4 SDQ5", "SDQ_REASON",
		"Reason for no score is not a code of the list"),
	CHILD_RULE(197B, 2023, 0, WHOLE_YEAR, "SDQ_REASON DOB",
		"The child turned 4 or 17 in the year: give a score of the questionnaire, or a reason for none"),
	CHILD_RULE(197a, 2023, 0, BIT(OC2), "SDQ_SCORE SDQ_REASON", "A score of the questionnaire, and a reason for none"),
	CHILD_RULE(198, 2023, 0, WHOLE_YEAR, "SDQ_REASON",
		"A reason for no score, and the child was not looked after for the whole year"),
};

const struct rule_list rules_of_sdq = { rules, sizeof rules / sizeof *rules };
