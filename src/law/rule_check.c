#include "law/rule_check.h"

static bool is_listed(str list, str value)
{
	str rest = list, piece;
	while (str_split(&rest, '|', &piece)) {
		if (str_equal(piece, value))
			return true;
	}
	return false;
}

/* A condition's key must be a detail of one of the words it is asked of, and its values be among
 * those that the word lists, where it lists them all ("initial|review"). A word without any detail
 * listed may carry whatever a source brings. */
static bool is_known(const struct condition *condition, const struct word_set *words)
{
	bool open = false;
	for (size_t i = 0; i < words->n; i++) {
		str detail = word_rows[words->word[i]].detail, listed;
		open = open || detail.n == 0;
		if (!detail_find(detail, condition->key, &listed))
			continue;
		bool all = str_find(listed, '|') < listed.n;
		for (size_t j = 0; all && j < condition->n; j++) {
			if (!is_listed(listed, condition->values[j]))
				return false;
		}
		return true;
	}
	return open;
}

static bool check_conditions(
	const struct condition *list, size_t n, const struct word_set *words, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_known(&list[i], words))
			return err_set(err, ERR_INPUT,
				"\"%.*s\" with that value is no detail of those events (duly "
				"events)",
				(int)str_upto(list[i].key, 60).n, list[i].key.p);
	}
	return true;
}

static bool check_subjects(const struct rule *rule, struct err *err)
{
	struct word_set earlier = { .word = { rule->earlier_word },
		.n = rule->earlier_word != WORD_NONE };
	const struct word_set *set[] = { &rule->trigger, &rule->met_by, &rule->ends, &rule->until,
		&rule->takes_over, &rule->too_late, &earlier };
	const struct word_set *own = rule->trigger.n > 0 ? &rule->trigger : &rule->met_by;
	enum subject_kind kind = word_rows[own->word[0]].subject;
	for (size_t s = 0; s < sizeof set / sizeof *set; s++) {
		for (size_t i = 0; i < set[s]->n; i++) {
			enum word word = set[s]->word[i];
			if (word_rows[word].subject != kind)
				return err_set(err, ERR_INPUT,
					"%s is not an event of the same subject as the trigger",
					word_text(word).p);
		}
	}
	return true;
}

static bool check_booking(const struct rule *rule, struct err *err)
{
	struct word_set booked = { .word = { WORD_MEETING_BOOKED }, .n = 1 };
	struct condition what = { .key = S("for"), .values = &rule->booking, .n = 1 };
	if (rule->booking.n > 0 && !is_known(&what, &booked))
		return err_set(err, ERR_INPUT,
			"\"%.*s\" is not something that a meeting is booked for",
			(int)str_upto(rule->booking, 60).n, rule->booking.p);
	return true;
}

/* The day that the trigger gives must be a detail of it, and only what is planned is counted back. */
static bool check_shape(const struct rule *rule, struct err *err)
{
	struct condition given = { .key = rule->given };
	bool prepares = rule->trigger.n == 0;
	if (rule->given.n > 0 && !is_known(&given, &rule->trigger))
		return err_set(err, ERR_INPUT, "\"%.*s\" is no detail of those events (duly events)",
			(int)str_upto(rule->given, 60).n, rule->given.p);
	if (prepares && !rule->limit.before)
		return err_set(err, ERR_INPUT,
			"what prepares a meeting counts back: 3 working days before");
	if (prepares && (rule->met_by.n == 0 || rule->ends.n > 0 || rule->until.n > 0 ||
				rule->too_late.n > 0 || rule->earlier_word != WORD_NONE))
		return err_set(err, ERR_INPUT,
			"what prepares a meeting is met by something, and ends with the meeting");
	if (rule->takes_over.n > 0 && (rule->base != BASE_PREVIOUS || rule->circumstances == 0))
		return err_set(err, ERR_INPUT,
			"to take over, a rule is from previous and says while");
	return true;
}

/* Hours are added up over so many days; days over days or months. */
static bool check_in_all(const struct rule *rule, struct err *err)
{
	enum unit counted = rule->limit.unit, over = rule->in_all_in.unit;
	bool good = counted == UNIT_HOURS ? over == UNIT_DAYS
					  : counted == UNIT_DAYS && (over == UNIT_DAYS || over == UNIT_MONTHS);
	if (rule->in_all_in.n == 0 || (good && !rule->in_all_in.with_day))
		return true;
	return err_set(err, ERR_INPUT,
		"time in all is hours in so many days, or days in so many days or months");
}

bool rule_check(const struct rule *rule, struct err *err)
{
	/* An inquorate conference neither meets a rule nor triggers one: either may know the key.
	 */
	const struct word_set *held = rule->met_by.n > 0 ? &rule->met_by : &rule->trigger;
	if (rule->nth != 0 && rule->first_in_care)
		return err_set(err, ERR_INPUT, "\"which\" and \"first in\" cannot both be given");
	if (rule->silence.n > 0 && rule->met_by.n > 0)
		return err_set(err, ERR_INPUT, "silence is for a rule that is met by nothing");
	if (rule->one_each &&
		(rule->limit.unit == UNIT_WORKING_DAYS || rule->limit.unit == UNIT_HOURS))
		return err_set(err, ERR_INPUT,
			"\"one each\" is for a limit in days, weeks or months");
	if (rule->verified && rule->citation.n == 0)
		return err_set(err, ERR_INPUT, "what was read at source needs a citation");
	if (rule->verified && rule->level > LEVEL_SG)
		return err_set(err, ERR_INPUT,
			"only an Act, regulations or statutory guidance is read at source");
	if (!check_conditions(rule->not_held, rule->not_helds, held, NULL) &&
		!check_conditions(rule->not_held, rule->not_helds, &rule->trigger, err))
		return false;
	return check_shape(rule, err) && check_in_all(rule, err) && check_subjects(rule, err) && check_booking(rule, err) &&
	       check_conditions(rule->when, rule->whens, &rule->trigger, err) &&
	       check_conditions(rule->unless, rule->unlesses, &rule->trigger, err) &&
	       check_conditions(rule->met_when, rule->met_whens, &rule->met_by, err) &&
	       check_conditions(rule->ends_when, rule->ends_whens, &rule->ends, err) &&
	       check_conditions(rule->until_when, rule->until_whens, &rule->until, err);
}
