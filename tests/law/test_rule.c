#include "base/arena.h"
#include "check.h"
#include "law/due.h"

static struct arena *arena;
static const struct rules *rules;

static int open_rules(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	rules = law_open(arena)->rules;
	return 0;
}

static int close_rules(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static const struct rule *rule_of(const char *id)
{
	const struct rule *rule = rules_find(rules, str_of(id));
	if (rule == NULL)
		print_error("no rule %s\n", id);
	assert_non_null(rule);
	return rule;
}

TEST(a_rule_is_found_by_its_id)
{
	for (size_t i = 0; i < rules->n; i++)
		check_int(rules_find(rules, rules->rule[i].id)->index, i);
	assert_null(rules_find(rules, S("no-such-rule")));
}

/* The texts that were read, by the start of what is cited of each. */
static const struct {
	const char *edition, *citation;
} sources[] = {
	{ "SI 2010/959", "regulation 4" }, { "SI 2010/959", "regulation 9" },
	{ "SI 2010/959", "regulation 13" }, { "SI 2010/959", "regulation 28(2)" },
	{ "SI 2010/959", "regulation 28(3)" }, { "SI 2010/959", "regulation 28(4)" },
	{ "SI 2010/959", "regulation 28(5)" }, { "SI 2010/959", "regulation 32" },
	{ "SI 2010/959", "regulation 33" }, { "SI 2010/959", "regulation 42" },
	{ "SI 2005/389", "regulation 36" }, { "SI 2005/1533", "regulation 8" },
	{ "SI 2015/541", "regulation 44(1)" }, { "SI 2006/1738", "regulation 19" },
	{ "1989 c. 41", "section 25A" }, { "2026 c. 21", "section 1" },
};

TEST(only_the_texts_that_were_read_are_verified)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		if (!rule->verified)
			continue;
		check_true(rule->citation.n > 0);
		bool read = false;
		for (size_t s = 0; s < sizeof sources / sizeof *sources; s++)
			read = read || (str_equal(rule->edition, str_of(sources[s].edition)) &&
					str_starts(rule->citation, str_of(sources[s].citation)));
		if (!read)
			print_error("%.*s\n", STR_ARGS(rule->id));
		check_true(read);
	}
	check_true(rule_of("cla-review-first")->verified);
	check_true(rule_of("adoption-review-second")->verified);
	check_false(rule_of("icpc-15wd")->verified);
	check_false(rule_of("rcpc-first-91d")->verified);
	check_false(rule_of("initial-health-assessment")->verified);
	check_false(rule_of("police-protection-72h")->verified);
}

TEST(a_citation_is_part_of_the_source_only_when_it_was_read)
{
	struct buf text = { 0 };
	buf_source(&text, rule_of("cla-review-first"));
	check_str(buf_view(&text), "Care Planning, Placement and Case Review (England) Regulations "
				   "2010 (SI 2010/959), "
				   "regulation 33(1)");
	buf_clear(&text);
	buf_source(&text, rule_of("police-protection-72h"));
	check_str(buf_view(&text), "Children Act 1989 (1989 c. 41)");
	buf_clear(&text);
	buf_source(&text, rule_of("cp-visit"));
	check_str(buf_view(&text), "The council's or the partnership's own procedure");
	buf_close(&text);
}

TEST(every_rule_of_a_child_ends_with_death)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		/* What prepares a meeting ends as the wait for the meeting does; a record is kept after
		 * a death, too. */
		if (rule->prepared > 0 || str_starts(rule->id, S("retention-")))
			continue;
		bool child = word_rows[rule->trigger.word[0]].subject == SUBJECT_CHILD;
		check_int(child, word_set_has(&rule->ends, WORD_DEATH));
	}
}

TEST(every_rule_says_with_whom_it_usually_lies)
{
	for (size_t i = 0; i < rules->n; i++)
		check_true(rules->rule[i].with != HAND_UNSAID);
	check_str(hand_text(rules_find(rules, S("cla-review-first"))->with), "reviewing officer");
	check_str(hand_words(rules_find(rules, S("rcpc-first"))->with), "the conference chair");
	check_str(hand_words(rules_find(rules, S("cla-visit-first"))->with), "the social worker");
	check_str(hand_words(rules_find(rules, S("dental-check"))->with), "health");
}

TEST(a_rule_of_law_is_never_slackened_by_a_council)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		if (rule->local == LOCAL_ALWAYS)
			check_int(rule->level, LEVEL_LOCAL);
	}
}

TEST(twins_and_chains_are_resolved)
{
	const struct rule *first = rule_of("rcpc-first");
	assert_ptr_equal(first->twin, rule_of("rcpc-first-91d"));
	check_true(first->twin->is_twin);
	check_false(first->is_twin);
	assert_ptr_equal(rule_of("cla-review-second")->chain, rule_of("cla-review-first"));
	check_int(rule_of("cla-review-second")->nth, 1);
	check_int(rule_of("cla-review-subsequent")->nth, -1);
	check_int(rule_of("cla-review-subsequent")->base, BASE_PREVIOUS);
	check_true(rule_of("care-plan-10wd")->first_in_care);
	check_int(rule_of("manager-objection-window")->met_by.n, 0);
	check_str(rule_of("manager-objection-window")->silence, "no reply: decisions stand");
	check_int(rule_of("s47-initiated")->limit.n, 0);
}

TEST(rules_are_listed_by_what_triggers_them)
{
	const struct rule_list *list = &rules->by_trigger[WORD_ICPC_HELD];
	check_int(list->n, 3);
	check_str(list->rule[0]->id, "cp-decision-notice");
	check_str(list->rule[1]->id, "cp-record-distribution");
	check_str(list->rule[2]->id, "prebirth-rcpc");
	check_int(rules->by_trigger[WORD_CAFCASS_REFERRED].n, 0);
	check_int(rules->by_take_over[WORD_FIRST_YEAR_OVER].n, 4);
	check_int(rules->by_host[rule_of("rcpc-first")->index].n, 2);
	/* A rule from the previous actual event runs on: what met it starts it again. */
	check_int(rule_of("cp-visit")->part[WORD_CP_VISIT_HELD], PART_TRIGGER | PART_MEETING);
	check_int(rule_of("cp-visit")->part[WORD_CP_PLAN_BEGAN], PART_TRIGGER);
	check_int(rule_of("rcpc-first")->part[WORD_RCPC_HELD], PART_MEETING);
	check_int(rule_of("rcpc-first")->part[WORD_DEATH], PART_END);
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		size_t listed = 0;
		for (size_t i = 0; i < rules->n; i++)
			listed += (rules->rule[i].part[word] & PART_TRIGGER) != 0 &&
				!rules->rule[i].is_twin && rule_is_on(&rules->rule[i]);
		check_int(rules->by_trigger[word].n, listed);
	}
}

TEST(ranks_put_ids_in_order)
{
	for (size_t i = 0; i < rules->n; i++) {
		for (size_t j = 0; j < rules->n; j++)
			check_int(rules->rule[i].rank < rules->rule[j].rank,
				str_compare(rules->rule[i].id, rules->rule[j].id) < 0);
	}
}

TEST(a_section_47_that_goes_to_conference_does_not_end_the_wait_for_it)
{
	const struct rule *icpc = rule_of("icpc-15wd");
	check_true(rule_is_ended_by(icpc, WORD_S47_ENDED, S("outcome=no-icpc")));
	check_false(rule_is_ended_by(icpc, WORD_S47_ENDED, S("outcome=icpc")));
	check_false(rule_is_ended_by(icpc, WORD_S47_ENDED, S("")));
	/* Death knows no outcome: nothing is asked of it. */
	check_true(rule_is_ended_by(icpc, WORD_DEATH, S("")));
	check_false(rule_is_ended_by(icpc, WORD_CP_PLAN_ENDED, S("")));
}

TEST(an_inquorate_conference_does_not_meet_a_rule)
{
	const struct rule *rcpc = rule_of("rcpc-first");
	check_true(rule_is_met_by(rcpc, WORD_RCPC_HELD, S("")));
	check_true(rule_is_met_by(rcpc, WORD_RCPC_HELD, S("quorate=yes")));
	check_false(rule_is_met_by(rcpc, WORD_RCPC_HELD, S("quorate=no")));
	check_false(rule_is_met_by(rcpc, WORD_ICPC_HELD, S("")));
	const struct rule *health = rule_of("initial-health-assessment");
	check_true(rule_is_met_by(health, WORD_HEALTH_ASSESSMENT_HELD, S("kind=initial")));
	check_false(rule_is_met_by(health, WORD_HEALTH_ASSESSMENT_HELD, S("kind=review")));
	check_false(rule_is_met_by(health, WORD_HEALTH_ASSESSMENT_HELD, S("")));
}

TEST(a_condition_tells_no_from_not_recorded)
{
	const struct condition *legal = &rule_of("initial-health-assessment")->unless[0];
	check_int(condition_ask(legal, S("legal=V3")), CONDITION_YES);
	check_int(condition_ask(legal, S("legal=V4;x=y")), CONDITION_YES);
	check_int(condition_ask(legal, S("legal=C1")), CONDITION_NO);
	check_int(condition_ask(legal, S("legal=")), CONDITION_NOT_RECORDED);
	check_int(condition_ask(legal, S("")), CONDITION_NOT_RECORDED);
	check_true(legal->because.n > 0);
}

TEST(a_limit_is_written_as_it_is_said)
{
	struct buf text = { 0 };
	buf_offset(&text, rule_of("referral-decision-1wd"));
	buf_char(&text, '|');
	buf_offset(&text, rule_of("cla-visit-first"));
	buf_char(&text, '|');
	buf_offset(&text, rule_of("rcpc-first"));
	buf_char(&text, '|');
	buf_offset(&text, rule_of("s47-initiated"));
	check_str(buf_view(&text), "1 working day|1 week|3 months|the same day");
	buf_close(&text);
	check_str(unit_text(UNIT_HOURS), "hours");
	check_str(level_text(LEVEL_SG), "SG");
	check_str(level_words(LEVEL_SG), "Statutory guidance");
	check_str(local_text(LOCAL_STRICTER), "stricter");
	check_str(base_text(BASE_TRIGGER), "trigger");
	check_str(base_text(BASE_PREVIOUS), "previous");
}

/* ---- the grammar ---- */

#define HEAD "- rule: a-rule\n  title: A title\n  trigger: cla-review-held\n"
#define TAIL "  level: LOCAL\n  authority: us\n  read at source: no\n  local: always\n"
#define PLAIN HEAD "  within: 5 days\n  met by: cla-review-held\n" TAIL

static void refuses(const char *yaml, const char *why)
{
	const struct rules *out;
	struct err err = { 0 };
	bool taken = rules_load(arena, str_of(yaml), &out, &err);
	if (taken || strstr(err.text, why) == NULL)
		print_error("got \"%s\"\nwant \"%s\"\n", taken ? "(taken)" : err.text, why);
	check_false(taken);
	check_true(strstr(err.text, why) != NULL);
}

static const struct rule *takes(const char *yaml)
{
	const struct rules *out;
	struct err err = { 0 };
	bool taken = rules_load(arena, str_of(yaml), &out, &err);
	if (!taken)
		print_error("%s\n", err.text);
	check_true(taken);
	return &out->rule[0];
}

TEST(a_fault_in_the_file_is_told_by_line)
{
	refuses("", "must be a list of rules");
	refuses("rule: x\n", "must be a list of rules");
	refuses("- [\n", "rules line");
	refuses("\t- rule: x", "rules line 1");
	refuses("- rule: \xff\n", "rules line 1");
	refuses("- just text\n", "rules line 1: write a rule here");
	refuses("- [a, b]\n", "rules line 1: write a rule here");
	refuses(PLAIN "  colour: blue\n", "rules line 10, rule a-rule: there is no key \"colour\"");
	refuses(PLAIN "  usually with: the neighbours\n",
		"line 10, rule a-rule: \"the neighbours\" is nobody with whom a duty lies");
	refuses(PLAIN "  [a]: blue\n", "there is no key \"\"");
	refuses(PLAIN "  title: again\n", "line 10, rule a-rule: title is given twice");
	refuses(PLAIN PLAIN, "line 10, rule a-rule: this id is taken");
	refuses("- rule: A Rule\n", "small letters");
	refuses("- rule: \"\"\n", "line 1: a text is wanted here");
	refuses("- rule: [a]\n", "line 1: a text is wanted here");
	refuses("- title: x\n", "the key \"rule\" is missing");
	refuses(HEAD "  within: 5 days\n  met by: nothing\n  level: LOCAL\n  authority: us\n"
		     "  read at source: no\n",
		"rule a-rule: the key \"local\" is missing");
}

TEST(words_are_checked_against_the_list_of_events)
{
	refuses("- rule: a\n  trigger: cla-review-helt\n", "line 2, rule a: \"cla-review-helt\" is "
							   "not an event word");
	refuses("- rule: a\n  trigger: []\n", "write one event word");
	refuses("- rule: a\n  trigger: [birth, death, icpc-held, rcpc-held, cp-visit-held]\n",
		"write one event word, or a list of up to 4");
	refuses("- rule: a\n  trigger: [birth, birth]\n", "birth stands here twice");
	refuses("- rule: a\n  trigger: {a: b}\n", "is not an event word");
	refuses(HEAD "  within: 5 days\n  met by: dispute-closed\n" TAIL,
		"dispute-closed is not an event of the same subject");
	refuses(HEAD "  within: 5 days\n  met by: x\n", "not an event word");
}

TEST(a_limit_is_a_number_and_a_unit)
{
	static const char *const wrong[] = { "soon", "0 days", "-3 days", "10000 days", "5 days ",
		"5 fortnights", "2 day", "5", "five days" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct buf yaml = { 0 };
		buf_format(&yaml, HEAD "  within: \"%s\"\n", wrong[i]);
		buf_char(&yaml, '\0');
		if (i != 4) /* spaces at the end are no fault of anybody */
			refuses(yaml.p, "write a limit as 20 working days");
		buf_close(&yaml);
	}
	const struct rule *rule = takes(HEAD "  within: 1 month\n  met by: nothing\n"
					     "  silence: gone\n" TAIL);
	check_int(rule->limit.n, 1);
	check_int(rule->limit.unit, UNIT_MONTHS);
	check_int(takes(HEAD "  within: 72 hours\n  met by: nothing\n" TAIL)->limit.unit, UNIT_HOURS);
}

TEST(choices_are_named_when_another_is_written)
{
	refuses(PLAIN "  which: third\n", "write one of every|first|all but the first");
	refuses(PLAIN "  from: birth\n", "write one of trigger|previous");
	refuses(PLAIN "  first in: plan\n", "write care");
	refuses(PLAIN "  may precede: perhaps\n", "write yes or no");
	refuses(PLAIN "  one each: perhaps\n", "write yes or no");
	refuses(HEAD "  within: 5 working days\n  met by: cp-visit-held\n  one each: yes\n" TAIL, "\"one each\" is for a limit in days");
	refuses(HEAD "  within: 72 hours\n  met by: cp-visit-held\n  one each: yes\n" TAIL, "\"one each\" is for a limit in days");
	check_true(takes(HEAD "  within: 1 month\n  met by: cp-visit-held\n  one each: yes\n" TAIL)->one_each);
	refuses(PLAIN "  effective from: soon\n", "rule a-rule: ");
	refuses(PLAIN "  effective to: 2026-02-30\n", "rule a-rule: ");
	refuses(HEAD "  level: LAW\n", "write one of ACT|REG|SG|DATA|LOCAL|GOOD");
	refuses(HEAD "  local: maybe\n", "write one of no|stricter|always");
	const struct rule *rule = takes(PLAIN "  effective from: 2026-04-01\n  which: every\n"
					      "  effective to: 2027-03-31\n  may precede: no\n");
	check_int(rule->effective_from, day_of(2026, 4, 1));
	check_int(rule->effective_to, day_of(2027, 3, 31));
	check_int(rule->nth, 0);
	check_int(takes(PLAIN)->effective_to, DAY_UNKNOWN);
}

TEST(conditions_name_a_detail_that_the_event_carries)
{
	refuses(PLAIN "  when: yes\n", "write {key: value}");
	refuses(PLAIN "  when: {}\n", "write {key: value}");
	refuses(PLAIN "  when: {parts: []}\n", "name at least one value");
	refuses(PLAIN "  when: {parts: \"\"}\n", "a text is wanted");
	refuses(PLAIN "  when: {[a]: b}\n", "a text is wanted");
	refuses(PLAIN "  when: {colour: blue}\n", "\"colour\" with that value is no detail");
	refuses(PLAIN "  met when: {colour: blue}\n", "\"colour\" with that value");
	refuses(PLAIN "  not held: {colour: blue}\n", "\"colour\" with that value");
	refuses(PLAIN "  unless: {colour: blue, because: x}\n", "\"colour\" with that value");
	refuses(PLAIN "  unless: {parts: 2}\n", "say why the rule then does not apply");
	refuses(PLAIN "  unless: {because: x}\n", "write {key: value}");
	refuses(PLAIN "  unless: {parts: 2, because: []}\n", "a text is wanted");
	refuses(PLAIN "  ends with: s47-ended\n  ends when: {outcome: maybe}\n",
		"\"outcome\" with that value");
	refuses(PLAIN "  when: [{parts: 1}, {parts: 2}, {parts: 3}, {parts: 4}, {parts: 5}]\n",
		"at most 4 conditions");
	const struct rule *rule =
		takes(PLAIN "  unless: [{parts: [2, 3], participation: PN0, because: so}]\n"
			    "  met when: {parts: 1}\n  not held: {parts: 9}\n");
	check_int(rule->unlesses, 2);
	check_str(rule->unless[0].key, "parts");
	check_int(rule->unless[0].n, 2);
	check_str(rule->unless[0].values[1], "3");
	check_str(rule->unless[1].because, "so");
	check_int(rule->met_whens, 1);
	/* A window is met by nothing: what was not held is then the trigger's. */
	check_int(takes(HEAD "  within: 5 days\n  met by: nothing\n  not held: {parts: 9}\n" TAIL)
			  ->not_helds,
		1);
	refuses(HEAD "  within: 5 days\n  met by: nothing\n  not held: {colour: red}\n" TAIL,
		"\"colour\" with that value");
	/* Of the trigger, where the meeting event knows no such detail. */
	check_int(takes("- rule: b\n  title: t\n  trigger: icpc-held\n  within: 1 day\n"
			"  met by: conference-record-sent\n  not held: {quorate: no}\n" TAIL)
			  ->not_helds,
		1);
}

TEST(what_contradicts_itself_is_refused)
{
	refuses(PLAIN "  which: first\n  first in: care\n", "cannot both be given");
	refuses(PLAIN "  silence: gone\n", "silence is for a rule that is met by nothing");
	refuses(PLAIN "  booking: party\n",
		"\"party\" is not something that a meeting is booked for");
	refuses(PLAIN "  chain: no-such\n", "line 10, rule a-rule: chain: no rule \"no-such\"");
	refuses(PLAIN "  twin: no-such\n", "line 10, rule a-rule: twin: there is no other rule");
	refuses(PLAIN "  twin: a-rule\n", "twin: there is no other rule");
	refuses("- rule: b\n  title: t\n  trigger: birth\n  within: 1 day\n  met by: death\n" TAIL
			PLAIN "  chain: b\n",
		"chain: no rule \"b\" is met by this one's trigger");
	refuses(HEAD "  within: 5 days\n  met by: nothing\n  level: REG\n  authority: us\n"
		     "  read at source: yes\n  local: no\n",
		"what was read at source needs a citation");
	refuses(HEAD "  within: 5 days\n  met by: nothing\n  level: DATA\n  authority: us\n"
		     "  citation: x\n  read at source: yes\n  local: no\n",
		"only an Act, regulations or statutory guidance is read at source");
}

#define STAYS(within, in_all) HEAD "  within: " within "\n  in all in: " in_all "\n  met by: cla-review-held\n" TAIL

TEST(time_in_all_is_added_up_in_what_it_is_counted_in)
{
	static const char why[] = "time in all is hours in so many days, or days in so many days or months";
	takes(STAYS("72 hours", "28 days"));
	takes(STAYS("75 days", "12 months"));
	takes(STAYS("75 days", "365 days"));
	refuses(STAYS("72 hours", "1 month"), why);
	refuses(STAYS("75 days", "1 year"), why);
	refuses(STAYS("5 working days", "28 days"), why);
	refuses(STAYS("75 days", "365 days beginning with the day"), why);
}

TEST(everything_a_rule_can_say_is_taken)
{
	const struct rule *rule = takes(PLAIN
		"  booking: cla-review\n  chain: a-rule\n  edition: '2010'\n  citation: 'page 1'\n"
		"  from: previous\n  ends with: [death, s47-ended]\n  ends when: {outcome: icpc}\n"
		"  note: x\n");
	assert_ptr_equal(rule->chain, rule);
	check_int(rule->base, BASE_PREVIOUS);
	check_str(rule->booking, "cla-review");
	check_str(rule->edition, "2010");
	check_str(rule->note, "x");
	check_int(rule->ends.n, 2);
}

/* ---- shapes beyond a number of days after an event ---- */

#define HOST "- rule: host\n  title: A meeting\n  trigger: cla-review-held\n  within: 3 months\n" \
	     "  met by: cla-review-held\n" TAIL
#define MEETING(lines) HOST "- rule: b\n  title: t\n" lines TAIL

TEST(what_prepares_a_meeting_names_one_and_counts_back_from_it)
{
	takes(MEETING("  before: host\n  within: 3 working days before\n  met by: birth\n"));
	refuses(MEETING("  before: hoast\n  within: 3 working days before\n  met by: birth\n"),
		"\"hoast\" is no rule of a meeting");
	refuses(MEETING("  before: b\n  within: 3 working days before\n  met by: birth\n"),
		"\"b\" is no rule of a meeting");
	refuses(HOST "- rule: c\n  title: t\n  trigger: birth\n  within: 1 day\n  met by: nothing\n" TAIL
		     "- rule: b\n  title: t\n  before: c\n  within: 1 day before\n  met by: birth\n" TAIL,
		"\"c\" is no rule of a meeting");
	refuses(MEETING("  before: []\n  within: 3 working days before\n  met by: birth\n"),
		"write one rule, or a list");
	refuses(MEETING("  before: [a, b, c, d, e, f, g, h, i, j, k]\n"), "write one rule, or a list");
	refuses(MEETING("  before: [[a]]\n"), "a text is wanted here");
	refuses(MEETING("  before: host\n  within: 3 working days\n  met by: birth\n"),
		"what prepares a meeting counts back");
	refuses(MEETING("  before: host\n  within: 3 days before\n  met by: nothing\n"),
		"is met by something");
	refuses(MEETING("  before: host\n  within: 3 days before\n  met by: birth\n  ends with: death\n"),
		"ends with the meeting");
	refuses(MEETING("  before: host\n  within: 3 days before\n  met by: birth\n  until: death\n"),
		"ends with the meeting");
	refuses(MEETING("  before: host\n  within: 3 days before\n  met by: birth\n"
			"  too late after: death\n"),
		"ends with the meeting");
	refuses(MEETING("  before: host\n  within: 3 days before\n  met by: birth\n"
			"  or earlier: 10 working days after birth\n"),
		"ends with the meeting");
	refuses(MEETING("  before: host\n  trigger: birth\n  within: 3 days before\n  met by: birth\n"),
		"not both");
	refuses(MEETING("  within: 3 days\n  met by: birth\n"), "the key \"trigger\" is missing");
}

TEST(only_a_plain_limit_is_halved)
{
	takes(MEETING("  trigger: cla-review-held\n  within: halfway to host\n  met by: nothing\n"));
	refuses(MEETING("  trigger: birth\n  within: halfway to nowhere\n  met by: nothing\n"),
		"no rule \"nowhere\" counts days");
	refuses(MEETING("  trigger: birth\n  within: halfway to b\n  met by: nothing\n"),
		"no rule \"b\" counts days");
	refuses("- rule: h\n  title: t\n  trigger: birth\n  within: 72 hours\n  met by: nothing\n" TAIL
		"- rule: b\n  title: t\n  trigger: birth\n  within: halfway to h\n  met by: nothing\n" TAIL,
		"no rule \"h\" counts days");
	refuses("- rule: h\n  title: t\n  trigger: birth\n  within: 3 days before\n  met by: nothing\n" TAIL
		"- rule: b\n  title: t\n  trigger: birth\n  within: halfway to h\n  met by: nothing\n" TAIL,
		"no rule \"h\" counts days");
	refuses(HEAD "  within: halfway\n", "write a limit as");
	refuses(HEAD "  within: the day given\n", "write a limit as");
	refuses(HEAD "  within: the day given as colour\n  met by: nothing\n" TAIL,
		"\"colour\" is no detail of those events");
	refuses(HEAD "  within: 3 months before\n", "write a limit as");
	refuses(HEAD "  within: 3 hours beginning with the day\n", "write a limit as");
	refuses(HEAD "  within: 3 working days beginning with the day\n", "write a limit as");
}

TEST(the_other_shapes_say_how_they_are_written)
{
	refuses(HEAD "  or earlier: 10 working days\n", "write it as 10 working days after birth");
	refuses(HEAD "  or earlier: 10 working days after lunch\n", "write it as 10 working days");
	refuses(HEAD "  or earlier: soon after birth\n", "write it as 10 working days");
	refuses(HEAD "  or earlier: halfway to b after birth\n", "write it as 10 working days");
	refuses(HEAD "  or earlier: 3 days before after birth\n", "write it as 10 working days");
	refuses(HEAD "  moves to: next week\n", "write the next working day");
	refuses(HEAD "  first in: prison\n", "write care");
	refuses(HEAD "  counts from: soon\n", "write a limit as 9 months");
	refuses(HEAD "  counts from: halfway to b\n", "write a limit as 9 months");
	refuses(HEAD "  counts from: 3 days before\n", "write a limit as 9 months");
	refuses(HEAD "  while: []\n", "write how things stand");
	refuses(HEAD "  while: [a, b, c, d, e, f, g, h, i, j, k]\n", "write how things stand");
	refuses(HEAD "  while: the moon is full\n", "\"the moon is full\" is nothing that a rule asks");
	refuses(PLAIN "  takes over at: birth\n", "to take over, a rule is from previous");
	refuses(PLAIN "  from: previous\n  takes over at: birth\n", "to take over, a rule is from previous");
	refuses(PLAIN "  twin: [a]\n", "a text is wanted here");
	refuses(PLAIN "  until when: {colour: red}\n", "colour");
}

TEST(a_duty_that_is_not_in_force_stands_behind_a_switch)
{
#define SWITCH "- switch: new-act\n  why: The Act is not commenced\n"
	const struct rules *out;
	struct err err = { 0 };
	check_true(rules_load(arena, str_of(SWITCH "  in force from: 2027-04-01\n  shown: yes\n" PLAIN
			"  behind: new-act\n"), &out, &err));
	check_int(out->rule[0].effective_from, day_of(2027, 4, 1));
	check_true(rule_is_shown(&out->rule[0]));
	check_true(rules_load(arena, str_of(SWITCH "  in force from: 2027-04-01\n" PLAIN
			"  behind: new-act\n  effective from: 2028-01-01\n"), &out, &err));
	check_int(out->rule[0].effective_from, day_of(2028, 1, 1));
	check_true(rules_load(arena, str_of(SWITCH "  in force from: 2027-04-01\n" PLAIN
			"  behind: new-act\n  effective from: 2026-01-01\n"), &out, &err));
	check_int(out->rule[0].effective_from, day_of(2027, 4, 1));
	check_true(rules_load(arena, str_of(SWITCH "  in force from: not yet\n  shown: no\n" PLAIN
			"  behind: new-act\n"), &out, &err));
	check_false(rule_is_shown(&out->rule[0]));
	refuses(SWITCH "  in force from: soon\n", "write a date, or not yet");
	refuses(SWITCH "  in force from: not yet\n  shown: perhaps\n", "write yes or no");
	refuses(SWITCH "  in force from: not yet\n  colour: red\n", "a switch has no key \"colour\"");
	refuses(SWITCH, "a switch says");
	refuses("- switch: new-act\n  in force from: not yet\n", "a switch says");
	refuses("- switch: [a]\n", "a text is wanted here");
	refuses("- switch: a\n  why: [b]\n", "a text is wanted here");
	refuses("- {}\n", "is missing");
	refuses(PLAIN "  behind: old-act\n", "there is no switch \"old-act\"");
#undef SWITCH
}

TEST(every_shape_is_said_as_it_is_written)
{
	static const struct {
		const char *lines, *said;
	} shape[] = {
		{ "  within: halfway to host\n", "halfway to the limit of “A meeting”" },
		{ "  within: the end of the month\n", "the end of the month" },
		{ "  within: the end of the next month\n", "the end of the next month" },
		{ "  within: the end of the school term\n", "the end of the school term" },
		{ "  within: 7 days beginning with the day\n", "7 days beginning with the day" },
		{ "  within: 3 working days before\n", "3 working days before" },
		{ "  within: 3 months\n  or earlier: 10 working days after birth\n",
			"3 months, or 10 working days after birth if that is earlier" },
	};
	for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
		struct buf yaml = { 0 }, said = { 0 };
		buf_format(&yaml, HOST "- rule: b\n  title: t\n  trigger: cla-review-held\n%s"
			"  met by: nothing\n" TAIL, shape[i].lines);
		buf_char(&yaml, '\0');
		const struct rule *host = takes(yaml.p);
		buf_offset(&said, host + 1);
		check_str(buf_view(&said), shape[i].said);
		buf_close(&said);
		buf_close(&yaml);
	}
}

TEST(a_meeting_not_held_is_told_by_a_detail_that_its_trigger_or_what_meets_it_knows)
{
	check_int(takes(HEAD "  within: 5 days\n  met by: icpc-held\n  not held: {quorate: no}\n" TAIL)
			  ->not_helds, 1);
	check_int(takes("- rule: a\n  title: t\n  trigger: icpc-held\n  within: 5 days\n"
			"  met by: cp-plan-began\n  not held: {quorate: no}\n" TAIL)->not_helds, 1);
	refuses(HEAD "  within: 5 days\n  met by: cla-review-held\n  not held: {quorate: no}\n" TAIL,
		"rules line 1");
}

TEST(an_id_is_small_letters_digits_and_hyphens)
{
	refuses("- rule: a{b\n", "small letters");
	refuses("- rule: a_b\n", "small letters");
	refuses("- rule: a:b\n", "small letters");
	refuses("- rule: a/b\n", "small letters");
}

TEST(what_prepares_a_meeting_is_no_meeting_to_be_prepared)
{
	refuses(HEAD "  within: 20 days\n  met by: cla-review-held\n" TAIL
		"- rule: b\n  title: t\n  before: a-rule\n  within: 5 days before\n"
		"  met by: review-reports-sent\n" TAIL
		"- rule: c\n  title: t\n  before: b\n  within: 5 days before\n"
		"  met by: review-invitations-sent\n" TAIL,
		"rule c: before: \"b\" is no rule of a meeting");
}

TEST(another_rule_takes_over_only_at_its_own_words)
{
	for (size_t i = 0; i < rules->n; i++) {
		for (int word = WORD_NONE + 1; word < WORDS; word++) {
			if (!word_set_has(&rules->rule[i].until, (enum word)word))
				check_false(rule_is_until(&rules->rule[i], (enum word)word, S("")));
		}
	}
}

TEST(what_a_rule_rests_on_is_said_as_strongly_as_it_binds)
{
	check_str(level_says(LEVEL_ACT), "The law says");
	check_str(level_says(LEVEL_REG), "The law says");
	check_str(level_says(LEVEL_SG), "National guidance says");
	check_str(level_says(LEVEL_GOOD), "Without a policy Duly counts");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_rule_is_found_by_its_id),
		CLAIM(only_the_texts_that_were_read_are_verified),
		CLAIM(a_citation_is_part_of_the_source_only_when_it_was_read),
		CLAIM(every_rule_of_a_child_ends_with_death),
		CLAIM(every_rule_says_with_whom_it_usually_lies),
		CLAIM(a_rule_of_law_is_never_slackened_by_a_council),
		CLAIM(twins_and_chains_are_resolved),
		CLAIM(rules_are_listed_by_what_triggers_them),
		CLAIM(ranks_put_ids_in_order),
		CLAIM(a_section_47_that_goes_to_conference_does_not_end_the_wait_for_it),
		CLAIM(an_inquorate_conference_does_not_meet_a_rule),
		CLAIM(a_condition_tells_no_from_not_recorded),
		CLAIM(a_limit_is_written_as_it_is_said),
		CLAIM(a_fault_in_the_file_is_told_by_line),
		CLAIM(words_are_checked_against_the_list_of_events),
		CLAIM(a_limit_is_a_number_and_a_unit),
		CLAIM(choices_are_named_when_another_is_written),
		CLAIM(conditions_name_a_detail_that_the_event_carries),
		CLAIM(what_contradicts_itself_is_refused),
		CLAIM(time_in_all_is_added_up_in_what_it_is_counted_in),
		CLAIM(everything_a_rule_can_say_is_taken),
		CLAIM(what_prepares_a_meeting_names_one_and_counts_back_from_it),
		CLAIM(only_a_plain_limit_is_halved),
		CLAIM(the_other_shapes_say_how_they_are_written),
		CLAIM(a_duty_that_is_not_in_force_stands_behind_a_switch),
		CLAIM(every_shape_is_said_as_it_is_written),
		CLAIM(a_meeting_not_held_is_told_by_a_detail_that_its_trigger_or_what_meets_it_knows),
		CLAIM(an_id_is_small_letters_digits_and_hyphens),
		CLAIM(what_prepares_a_meeting_is_no_meeting_to_be_prepared),
		CLAIM(another_rule_takes_over_only_at_its_own_words),
		CLAIM(what_a_rule_rests_on_is_said_as_strongly_as_it_binds),
	};
	return cmocka_run_group_tests_name("law rule", tests, open_rules, close_rules);
}
