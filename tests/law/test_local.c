/* A council's policy: what may be set, what is refused and why, and that a stricter one is never later. */
#include "check.h"
#include "law/local.h"
#include "random.h"

static struct arena *arena;
static const struct law *law;

static int open_law(void **state)
{
	(void)state;
	arena = arena_open((size_t)512 << 20);
	law = law_open(arena);
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

#define WHY "  author: \"A Head\"\n  reason: \"As agreed\"\n"

static struct local_policy *read_policy(const char *text)
{
	struct local_policy *policy;
	struct err err;
	if (!local_read(arena, law, str_of(text), &policy, &err))
		fail_msg("%s", err.text);
	return policy;
}

static const char *refusal(const char *text)
{
	static struct err err;
	struct local_policy *policy;
	check_false(local_read(arena, law, str_of(text), &policy, &err));
	return err.text;
}

#define SAYS(text, words)                                                                          \
	do {                                                                                       \
		const char *said = refusal(text);                                                  \
		if (strstr(said, words) == NULL)                                                   \
			fail_msg("\"%s\" does not say \"%s\"", said, words);                       \
	} while (0)

static day due_on(const struct law *by, const char *id, day from)
{
	struct due due;
	const struct rule *rule = rules_find(by->rules, str_of(id));
	check_true(due_count(by, rule, (struct when){ from, INSTANT_UNKNOWN }, &due, NULL));
	return due.on;
}

TEST(a_stricter_figure_holds_from_its_day_to_its_last_and_the_law_is_not_touched)
{
	struct local_policy *policy = read_policy("- policy: cla-review-first\n  within: 15 working days\n"
						  "  effective from: 2026-04-01\n  effective to: 2026-12-31\n" WHY);
	day before = day_of(2026, 3, 31), first = day_of(2026, 4, 1), after = day_of(2027, 1, 1);
	check_int(due_on(policy->law, "cla-review-first", before), due_on(law, "cla-review-first", before));
	check_int(due_on(policy->law, "cla-review-first", after), due_on(law, "cla-review-first", after));
	check_int(due_on(policy->law, "cla-review-first", first), day_of(2026, 4, 24));
	check_int(due_on(law, "cla-review-first", first), day_of(2026, 5, 1));
	const struct rule *rule = rules_find(policy->law->rules, S("cla-review-first"));
	struct due due;
	check_true(due_count_law(policy->law, rule, (struct when){ first, INSTANT_UNKNOWN }, &due, NULL));
	check_int(due.on, day_of(2026, 5, 1));
	check_int(rules_find(law->rules, S("cla-review-first"))->figures, 0);
}

TEST(later_than_an_act_or_a_regulation_is_refused_with_the_sentence_that_forbids_it)
{
	SAYS("- policy: cla-review-first\n  within: 25 working days\n  effective from: 2026-04-01\n"
	     "  approved by: \"A Director\"\n" WHY,
		"Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), "
		"regulation 33(1): 20 working days");
	/* Not later on most days is later on some. */
	SAYS("- policy: cla-review-second\n  within: 91 days\n  effective from: 2026-04-01\n" WHY,
		"regulation 33(2): 3 months");
	SAYS("- policy: cla-review-first\n  within: 29 days\n  effective from: 2026-04-01\n" WHY, "(from ");
	SAYS("- policy: cla-visit-6-weekly\n  within: 31 working days\n  effective from: 2026-04-01\n" WHY,
		"regulation 28(2)(b)");
}

TEST(other_units_are_held_against_the_law_on_each_day)
{
	/* Twenty working days are twenty-eight days from a weekday, and twenty-six from a Sunday. Three
	 * months are never fewer than eighty-nine. */
	SAYS("- policy: cla-review-first\n  within: 28 days\n  effective from: 2026-04-01\n" WHY,
		"from 7 January 2012 it would be 4 February 2012, not 3 February 2012");
	read_policy("- policy: cla-review-first\n  within: 26 days\n  effective from: 2026-04-01\n" WHY);
	read_policy("- policy: cla-review-second\n  within: 89 days\n  effective from: 2026-04-01\n" WHY);
	SAYS("- policy: cla-review-second\n  within: 90 days\n  effective from: 2026-04-01\n" WHY, "later");
	read_policy("- policy: cla-visit-first\n  within: 3 working days\n  effective from: 2026-04-01\n"
		    WHY "- policy: missing-rhi-72h\n  within: 24 hours\n  effective from: 2026-04-01\n" WHY);
	SAYS("- policy: cla-visit-first\n  within: 5 working days\n  effective from: 2026-04-01\n" WHY,
		"regulation 28");
	SAYS("- policy: missing-rhi-72h\n  within: 3 days\n  effective from: 2026-04-01\n" WHY,
		"hours and days");
	SAYS("- policy: cla-review-reports\n  within: 5 working days\n  effective from: 2026-04-01\n" WHY,
		"before");
	read_policy(
		"- policy: cla-review-reports\n  within: 5 working days before\n  effective from: 2026-04-01\n" WHY);
}

TEST(later_than_guidance_names_who_approved_the_departure)
{
	SAYS("- policy: core-group-first\n  within: 15 working days\n  effective from: 2026-04-01\n" WHY,
		"approved by");
	struct local_policy *policy = read_policy(
		"- policy: core-group-first\n  within: 15 working days\n  effective from: 2026-04-01\n"
		"  approved by: \"A Director\"\n" WHY);
	check_true(policy->item[0].departure);
	check_str(policy->item[0].approved_by, "A Director");
	day from = day_of(2026, 6, 1);
	check_int(due_on(policy->law, "core-group-first", from), day_of(2026, 6, 22));
	check_int(due_on(law, "core-group-first", from), day_of(2026, 6, 15));
	policy = read_policy("- policy: cp-record-distribution\n  within: 20 working days\n"
			     "  effective from: 2026-04-01\n" WHY);
	check_false(policy->item[0].departure); /* what is habit is the council's own */
}

TEST(what_is_no_council_s_to_set_is_refused)
{
	SAYS("- policy: rcpc-first-91d\n  within: 80 days\n  effective from: 2026-04-01\n" WHY, "data");
	SAYS("- policy: court-end\n  within: 1 day\n  effective from: 2026-04-01\n" WHY, "given or ordered");
	SAYS("- policy: police-protection-72h\n  within: 48 hours\n  effective from: 2026-04-01\n" WHY,
		"not a council's to set");
	SAYS("- policy: manager-objection-window\n  within: 3 working days\n  effective from: 2026-04-01\n" WHY,
		"time that others have");
}

TEST(a_fault_is_told_with_its_line_and_the_file_is_refused_whole)
{
	SAYS("- policy: cla-review-first\n  within: 15 working days\n  effective from: 2026-04-01\n" WHY
	     "- policy: nothing-known\n  within: 2 days\n  effective from: 2026-04-01\n" WHY,
		"policy line 6, nothing-known: there is no such rule");
	SAYS("- policy: cla-review-first\n  within: soon\n", "policy line 2, cla-review-first: write a limit");
	SAYS("- policy: cla-review-first\n  with: 3 days\n", "line 2, cla-review-first: there is no key \"with\"");
	SAYS("- policy: cla-review-first\n  within: 15 working days\n" WHY, "\"effective from\" is missing");
	SAYS("- policy: cla-review-first\n  within: 15 working days\n  effective from: 2026-04-01\n"
	     "  author: \"A\"\n",
		"\"reason\" is missing");
	SAYS("- policy: cla-review-first\n  within: 15 working days\n  effective from: 2026-04-01\n" WHY
	     "- policy: cla-review-first\n  within: 12 working days\n  effective from: 2027-04-01\n" WHY,
		"policy line 6, cla-review-first: on some day the item of line 1 holds too");
	SAYS("- rule: something\n", "policy line 1");
	SAYS("a: b\n", "must be a list");
	SAYS("- [\n", "policy line");
	SAYS("[{policy: cla-review-first}, {policy: x}]", "policy line 1");
	SAYS("- setting: transfer-in-trigger\n  choice: noon\n  effective from: 2026-04-01\n" WHY,
		"choice is one of any, notice, papers, acceptance");
	check_int(read_policy("# nothing yet\n")->n, 0);
	check_int(read_policy("")->n, 0);
}

#define OWN                                                                                        \
	"- rule: local-first-letter\n  title: Letter to the child\n  trigger: looked-after-began\n" \
	"  within: 3 working days\n  met by: officer-spoke-to-child\n"                             \
	"  ends with: [looked-after-ended, death]\n"                                               \
	"  authority: The council's own procedure\n  read at source: no\n"

TEST(a_council_s_own_rule_stands_beside_the_law_s_and_weighs_no_more_than_it_is)
{
	struct local_policy *policy = read_policy(
		OWN "  level: LOCAL\n  local: always\n  effective from: 2026-04-01\n" WHY);
	check_int(policy->law->rules->n, law->rules->n + 1);
	const struct rule *rule = rules_find(policy->law->rules, S("local-first-letter"));
	check_true(rule->own);
	check_int(rule->level, LEVEL_LOCAL);
	SAYS(OWN "  level: REG\n  local: always\n  effective from: 2026-04-01\n" WHY, "level LOCAL");
	SAYS(OWN "  level: LOCAL\n  local: always\n  twin: rcpc-first\n  effective from: 2026-04-01\n" WHY,
		"twin");
	SAYS(OWN "  level: LOCAL\n  local: always\n  effective from: 2026-04-01\n", "reason");
	check_true(rules_find(law->rules, S("local-first-letter")) == NULL);
	const struct rules *out = NULL;
	struct err err;
	check_false(rules_load(arena, S("- rule: a\n  reason: b\n"), &out, &err));
	check_true(strstr(err.text, "there is no key \"reason\"") != NULL);
}

TEST(an_item_keeps_its_lines_and_is_written_as_it_is_read)
{
	const char *text = "# Ours\n\n- policy: cla-review-first\n  within: 15 working days\n"
			   "  effective from: 2026-04-01\n" WHY "\n# The next\n- setting: transfer-in-trigger\n"
			   "  choice: papers\n  effective from: 2026-04-01\n" WHY "\n";
	struct local_policy *policy = read_policy(text);
	check_int(policy->item[0].line, 3);
	check_int(policy->item[0].last, 7);
	check_int(policy->item[1].line, 10);
	check_int(policy->item[1].last, 14);
	check_str(policy->text, text);
	for (size_t i = 0; i < policy->n; i++) {
		struct buf once = { 0 }, twice = { 0 };
		buf_local_text(&once, &policy->item[i]);
		buf_char(&once, '\0');
		struct local_policy *again = read_policy(once.p);
		buf_local_text(&twice, &again->item[0]);
		check_true(str_equal(str_upto(buf_view(&once), once.n - 1), buf_view(&twice)));
		buf_close(&once);
		buf_close(&twice);
	}
}

TEST(a_council_says_since_when_a_kind_of_work_is_written_down_here)
{
	struct local_policy *policy = read_policy("- recorded: visits\n  effective from: 2026-04-01\n"
						  "  effective to: 2026-09-30\n" WHY
						  "- recorded: health\n  effective from: 2026-01-01\n" WHY
						  "- recorded: visits\n  effective from: 2027-01-01\n" WHY);
	check_int(policy->law->recordings, 3);
	const struct recorded_here *visits = &policy->law->recorded[0];
	check_int(visits->area, AREA_VISITS);
	check_int(visits->from, day_of(2026, 4, 1));
	check_int(visits->to, day_of(2026, 9, 30));
	check_str(visits->of->author, "A Head");
	check_str(policy->item[0].title, "Visits to looked after children and care leavers");
	check_true(local_touches(&policy->item[0], rules_find(law->rules, S("cla-visit-first"))));
	check_false(local_touches(&policy->item[1], rules_find(law->rules, S("cla-visit-first"))));
	check_int(law->recordings, 0);
	local_number(policy); /* it is no rule's */
	struct buf words = { 0 };
	buf_local_item(&words, &policy->item[1]);
	check_str(buf_view(&words), "Health and dental checks, and the questionnaire: written down here");
	buf_close(&words);
}

TEST(what_no_council_can_say_of_its_writing_is_refused)
{
	SAYS("- recorded: weather\n  effective from: 2026-04-01\n" WHY,
		"policy line 1, weather: recorded is one of officers, reviews, ");
	SAYS("- recorded: visits\n" WHY, "\"effective from\" is missing");
	SAYS("- recorded: visits\n  effective from: 2026-04-01\n  choice: papers\n" WHY,
		"there is no key \"choice\"");
	SAYS("- recorded: visits\n  effective from: 2026-04-01\n  approved by: \"A Head\"\n" WHY,
		"only a later limit is approved by somebody");
	SAYS("- recorded: visits\n  effective from: 2026-04-01\n" WHY
	     "- recorded: visits\n  effective from: 2026-09-01\n" WHY,
		"policy line 5, visits: on some day the item of line 1 holds too");
}

TEST(what_is_said_again_from_a_later_day_ends_the_day_before)
{
	struct local_policy *policy = read_policy("- recorded: visits\n  effective from: 2026-04-01\n" WHY);
	struct local_item item = policy->item[0];
	item.from = day_of(2026, 10, 1);
	str text = local_text_with(arena, policy, NULL, &item);
	check_str(text, "- recorded: visits\n  effective from: 2026-04-01\n  effective to: 2026-09-30\n" WHY
			"\n- recorded: visits\n  effective from: 2026-10-01\n" WHY);
}

TEST(each_event_that_meets_a_clock_of_a_child_is_of_one_kind_of_work)
{
	bool meets[WORDS] = { false };
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		for (size_t w = 0; w < rule->met_by.n; w++) {
			enum word word = rule->met_by.word[w];
			meets[word] = true;
			if (word_rows[word].subject == SUBJECT_CHILD && area_of(word) == AREA_NONE)
				fail_msg("%.*s is of no kind of work", STR_ARGS(word_rows[word].text));
		}
	}
	for (enum word word = WORD_NONE + 1; word < WORDS; word++) {
		if (area_of(word) != AREA_NONE && !meets[word])
			fail_msg("%.*s meets no clock", STR_ARGS(word_rows[word].text));
	}
	for (enum area area = AREA_NONE + 1; area < AREAS; area++) {
		check_int(area_find(area_id(area)), area);
		check_true(area_title(area).n > 0);
	}
	check_int(area_find(S("weather")), AREA_NONE);
}

TEST(half_of_a_limit_that_a_council_set_is_half_of_that)
{
	struct local_policy *policy = read_policy(
		"- policy: cla-review-second\n  within: 2 months\n  effective from: 2026-01-01\n" WHY);
	day from = day_of(2026, 3, 2);
	check_int(due_on(policy->law, "iro-midway-first", from), day_of(2026, 4, 1));
	check_int(due_on(law, "iro-midway-first", from), day_of(2026, 4, 17));
}

#define FROM "  effective from: 2026-04-01\n"
#define FIRST "- policy: cla-review-first\n  within: 15 working days\n"
#define TRANSFER "- setting: transfer-in-trigger\n"

TEST(hours_are_held_against_hours_and_days_before_against_days_before)
{
	SAYS("- policy: missing-rhi-72h\n  within: 96 hours\n" FROM WHY, "96 hours are more than 72");
	SAYS("- policy: cla-review-first\n  within: 5 working days before\n" FROM WHY, "without \"before\"");
	read_policy("- policy: missing-rhi-72h\n  within: 72 hours\n" FROM WHY);
}

TEST(every_key_of_an_item_is_given_once_and_says_something)
{
	SAYS(FIRST "  within: 12 working days\n" FROM WHY, "within is given twice");
	SAYS(FIRST FROM "  effective from: 2026-05-01\n" WHY, "effective from is given twice");
	SAYS(FIRST FROM "  author: \"A\"\n  author: \"B\"\n", "author is given twice");
	SAYS(FIRST FROM "  author: \"\"\n", "policy line 4, cla-review-first: a text is wanted here");
	SAYS(FIRST "  effective from: soon\n" WHY, "\"soon\" is not a date");
	SAYS(FIRST FROM "  effective to: 2026-03-31\n" WHY, "it ends before it begins");
	SAYS(FIRST FROM "  reason: \"R\"\n", "the key \"author\" is missing");
	SAYS("- policy: cla-review-first\n" FROM WHY, "the key \"within\" is missing");
	SAYS("- policy: cla-review-first\n  within: the end of the month\n" FROM WHY, "write a limit as");
	SAYS("- policy: cla-review-first\n  within: halfway to rcpc-first\n" FROM WHY, "write a limit as");
	SAYS(TRANSFER "  within: 3 days\n" FROM WHY, "there is no key \"within\"");
	SAYS(TRANSFER FROM WHY, "choice is one of any, notice, papers, acceptance");
	SAYS("- setting: the-weather\n  choice: fair\n" FROM WHY, "there is no such setting");
	/* One day is a period. */
	check_int(read_policy(FIRST FROM "  effective to: 2026-04-01\n" WHY)->n, 1);
}

TEST(what_is_no_item_is_refused_with_its_line)
{
	SAYS("- 7\n", "policy line 1: an item begins with policy, setting, rule or recorded");
	SAYS("- {}\n", "policy line 1: an item begins with policy, setting, rule or recorded");
	SAYS("[{policy: cla-review-first, within: 15 working days, effective from: 2026-04-01, author: A, "
	     "reason: R}, {policy: x}]",
		"each item begins on a line of its own");
	SAYS("- rule: local-letter\n", "policy line 1");
}

TEST(a_policy_is_no_larger_than_somebody_could_read)
{
	struct buf text = { 0 };
	for (int i = 0; i <= LOCAL_ITEMS_MOST; i++)
		buf_lit(&text, "- 7\n");
	buf_char(&text, '\0');
	SAYS(text.p, "policy: at most 500 items");
	buf_clear(&text);
	for (size_t i = 0; i <= LOCAL_TEXT_MOST; i++)
		buf_char(&text, '#');
	buf_char(&text, '\0');
	SAYS(text.p, "policy: at most 262144 bytes");
	buf_close(&text);
}

TEST(a_council_s_own_rule_is_named_as_one_and_is_the_council_s_to_set)
{
	static const char own[] = OWN "  level: GOOD\n  local: always\n" FROM WHY;
	check_int(rules_find(read_policy(own)->law->rules, S("local-first-letter"))->level, LEVEL_GOOD);
	SAYS(OWN "  level: LOCAL\n  local: stricter\n" FROM WHY, "write local: always");
	SAYS("- rule: first-letter\n  title: Letter\n  trigger: looked-after-began\n  within: 3 days\n"
	     "  met by: nothing\n  silence: \"so be it\"\n  authority: Ours\n  read at source: no\n"
	     "  level: LOCAL\n  local: always\n" FROM WHY,
		"begins with local-");
	SAYS(OWN "  chain: nothing-known\n  level: LOCAL\n  local: always\n" FROM WHY, "nothing-known");
	SAYS(arena_format(arena, "%s- policy: local-first-letter\n  within: 2 days\n" FROM WHY "%c", own, 0).p,
		"this is the council's own rule: change the rule itself");
}

TEST(two_figures_for_one_rule_hold_one_after_the_other)
{
	static const char earlier[] = FIRST FROM "  effective to: 2026-12-31\n" WHY;
	static const char later[] = "- policy: cla-review-first\n  within: 10 working days\n"
				    "  effective from: 2027-01-01\n" WHY;
	for (int turned = 0; turned < 2; turned++) {
		struct local_policy *policy = read_policy(arena_format(arena, "%s%s%c",
			turned ? later : earlier, turned ? earlier : later, 0).p);
		check_int(due_on(policy->law, "cla-review-first", day_of(2026, 12, 31)), day_of(2027, 1, 22));
		check_int(due_on(policy->law, "cla-review-first", day_of(2027, 1, 1)), day_of(2027, 1, 15));
		check_str(local_on(policy, LOCAL_FIGURE, S("cla-review-first"), day_of(2026, 12, 31))->text,
			"- policy: cla-review-first\n  within: 15 working days\n  effective from: 2026-04-01\n"
			"  effective to: 2026-12-31\n  author: \"A Head\"\n  reason: \"As agreed\"");
		check_true(local_on(policy, LOCAL_FIGURE, S("cla-review-first"), day_of(2026, 3, 31)) == NULL);
		check_true(local_on(policy, LOCAL_FIGURE, S("cla-review-second"), day_of(2026, 5, 1)) == NULL);
		check_true(local_on(policy, LOCAL_SETTING, S("cla-review-first"), day_of(2026, 5, 1)) == NULL);
	}
	SAYS(arena_format(arena, "%s- policy: cla-review-first\n  within: 9 working days\n"
				 "  effective from: 2026-12-31\n" WHY "%c", earlier, 0).p,
		"on some day the item of line 1 holds too");
	SAYS(arena_format(arena, "- policy: cla-review-first\n  within: 9 working days\n"
				 "  effective from: 2026-12-31\n" WHY "%s%c", earlier, 0).p,
		"on some day the item of line 1 holds too");
}

/* One policy of each kind of item: 1 and 2 the first review, 3 and 4 transfers in, 5 rapid reviews, 6 the
 * second review, 7 a rule of the council's own. */
#define EVERY_KIND                                                                                 \
	FIRST FROM "  effective to: 2026-12-31\n" WHY                                              \
		"- policy: cla-review-first\n  within: 10 working days\n  effective from: 2027-01-01\n" WHY \
		TRANSFER "  choice: papers\n" FROM "  effective to: 2026-12-31\n" WHY                \
		TRANSFER "  choice: notice\n  effective from: 2027-01-01\n" WHY                          \
		"- setting: rapid-review-trigger\n  choice: awareness\n" FROM WHY                       \
		"- policy: cla-review-second\n  within: 2 months\n" FROM WHY                              \
		OWN "  level: LOCAL\n  local: always\n" FROM WHY

static const struct local_item *rests_on(
	const struct local_policy *policy, const char *rule, day from, int64_t stored)
{
	return local_of(rules_find(policy->law->rules, str_of(rule)), from, stored);
}

TEST(a_clock_says_on_which_item_it_rests)
{
	struct local_policy *policy = read_policy(EVERY_KIND);
	day in_2026 = day_of(2026, 6, 1), in_2027 = day_of(2027, 6, 1);
	/* As they are stored: numbered otherwise than they stand. */
	for (size_t i = 0; i < policy->n; i++)
		policy->item[i].stored = (int64_t)i + 101;
	local_number(policy);
	check_true(rests_on(policy, "cla-review-first", in_2026, 101) == &policy->item[0]);
	check_true(rests_on(policy, "cla-review-first", in_2027, 102) == &policy->item[1]);
	check_true(rests_on(policy, "transfer-in-conference", in_2026, 103) == &policy->item[2]);
	check_true(rests_on(policy, "transfer-in-conference", in_2027, 104) == &policy->item[3]);
	check_true(rests_on(policy, "rapid-review-15wd", in_2027, 105) == &policy->item[4]);
	check_true(rests_on(policy, "local-first-letter", in_2026, 107) == &policy->item[6]);
	/* Half of a limit that a council set is half of its figure. */
	check_true(rests_on(policy, "iro-midway-first", in_2026, 106) == &policy->item[5]);
	check_true(rests_on(policy, "iro-midway-first", day_of(2026, 3, 31), 106) == NULL);
	/* An item of another version of the policy, or none. */
	check_true(rests_on(policy, "cla-review-first", in_2026, 102) == NULL);
	check_true(rests_on(policy, "cla-review-first", DAY_UNKNOWN, 101) == NULL);
	check_true(rests_on(policy, "cla-review-first", in_2026, 0) == NULL);
	check_true(rests_on(policy, "cla-visit-first", in_2026, 101) == NULL);
	check_true(local_find(policy, 104) == &policy->item[3]);
	check_true(local_find(policy, 4) == NULL);
}

TEST(an_item_is_told_in_a_line_whatever_it_sets)
{
	static const char *const told[] = { "First review of a looked after child: 15 working days",
		"First review of a looked after child: 10 working days",
		"Transfer-in conference counted from: the day on which the papers came",
		"Transfer-in conference counted from: the notice from the other council",
		"Rapid review counted from: the day on which the partnership became aware",
		"Second review of a looked after child: 2 months", "Letter to the child: 3 working days" };
	struct local_policy *policy = read_policy(EVERY_KIND);
	for (size_t i = 0; i < policy->n; i++) {
		struct buf line = { 0 };
		buf_local_item(&line, &policy->item[i]);
		check_str(buf_view(&line), told[i]);
		buf_close(&line);
	}
}

/* A figure of the second review moves the visit half-way to it, and what is prepared for it. */
TEST(an_item_touches_its_rule_its_half_and_what_prepares_its_meeting)
{
	struct local_policy *policy = read_policy(EVERY_KIND);
	const struct rules *rules = policy->law->rules;
	const struct local_item *second = &policy->item[5];
	check_true(local_touches(second, rules_find(rules, S("cla-review-second"))));
	check_true(local_touches(second, rules_find(rules, S("iro-midway-first"))));
	check_true(local_touches(second, rules_find(rules, S("cla-review-reports"))));
	check_false(local_touches(second, rules_find(rules, S("cp-midway"))));
	check_false(local_touches(second, rules_find(rules, S("cla-review-first"))));
	check_false(local_touches(second, rules_find(rules, S("rcpc-report-to-family"))));
}

/* ---- the text with one item more, changed, or gone */

static struct local_item as_read(const char *text)
{
	return read_policy(text)->item[0];
}

static str with_item(const char *text, size_t old, const struct local_item *item)
{
	struct local_policy *policy = read_policy(text);
	return local_text_with(arena, policy, old < policy->n ? &policy->item[old] : NULL, item);
}

enum { NONE = 99 };
#define REMARK "# Ours\n"
#define SECOND "- policy: cla-review-second\n  within: 2 months\n" FROM WHY
#define FROM_2027 "  effective from: 2027-01-01\n"

TEST(an_item_more_comes_last_after_an_empty_line)
{
	struct local_item second = as_read(SECOND);
	check_str(with_item("", NONE, &second),
		"- policy: cla-review-second\n  title: \"Second review of a looked after child\"\n"
		"  within: 2 months\n" FROM WHY);
	str named = with_item("", NONE, &second);
	str after = with_item(REMARK FIRST FROM WHY, NONE, &second);
	check_str(after, arena_format(arena, REMARK FIRST FROM WHY "\n%.*s%c", STR_ARGS(named), 0).p);
	/* The last line may lack its end. */
	str cut = with_item(REMARK FIRST FROM "  author: A\n  reason: R", NONE, &second);
	check_str(cut, arena_format(arena, REMARK FIRST FROM "  author: A\n  reason: R\n\n%.*s%c",
			STR_ARGS(named), 0).p);
	check_str(with_item(REMARK, NONE, NULL), REMARK);
}

TEST(an_item_is_changed_or_removed_where_it_stands)
{
	struct local_item choice = as_read(TRANSFER "  choice: notice\n" FROM WHY);
	const char *text = REMARK TRANSFER "  choice: papers\n" FROM WHY "# Next\n" SECOND;
	check_str(with_item(text, 0, &choice), REMARK TRANSFER "  choice: notice\n" FROM WHY "# Next\n" SECOND);
	check_str(with_item(text, 0, NULL), REMARK "# Next\n" SECOND);
	check_str(with_item(TRANSFER "  choice: papers\n" FROM "  author: A\n  reason: R", 0, &choice),
		TRANSFER "  choice: notice\n" FROM WHY);
}

TEST(what_an_older_item_says_of_the_same_days_ends_the_day_before)
{
	struct local_item later = as_read(TRANSFER "  choice: notice\n" FROM_2027 WHY);
	const char *now = "\n" TRANSFER "  choice: notice\n" FROM_2027 WHY;
	const char *open = TRANSFER "  choice: papers\n" FROM WHY;
	const char *past = TRANSFER "  choice: papers\n" FROM "  effective to: 2026-12-31\n" WHY;
	check_str(with_item(open, NONE, &later), arena_format(arena, "%s%s%c", past, now, 0).p);
	check_str(with_item(TRANSFER "  choice: papers\n" FROM "  effective to: 2027-06-01\n" WHY, NONE, &later),
		arena_format(arena, "%s%s%c", past, now, 0).p);
	/* Over by then, of other days, or of something else: it stays as it is. */
	check_str(with_item(past, NONE, &later), arena_format(arena, "%s%s%c", past, now, 0).p);
	const char *after = TRANSFER "  choice: papers\n  effective from: 2028-01-01\n" WHY;
	later.to = day_of(2027, 12, 31);
	now = "\n" TRANSFER "  choice: notice\n" FROM_2027 "  effective to: 2027-12-31\n" WHY;
	check_str(with_item(after, NONE, &later), arena_format(arena, "%s%s%c", after, now, 0).p);
	check_str(with_item(SECOND, NONE, &later), arena_format(arena, SECOND "%s%c", now, 0).p);
	const char *rapid = "- setting: rapid-review-trigger\n  choice: awareness\n" FROM WHY;
	check_str(with_item(rapid, NONE, &later), arena_format(arena, "%s%s%c", rapid, now, 0).p);
	/* Changed where it stands, to begin later: it is not cut short as well. */
	check_str(with_item(open, 0, &later), now + 1);
}

/* What a form proposes or a return tells: chosen like the rest, and no clock rests on it. */
TEST(a_setting_on_which_no_limit_rests_is_chosen_and_touches_no_rule)
{
	const char *parts = "- setting: review-in-parts\n  choice: started\n" FROM WHY;
	const struct local_policy *policy = read_policy(parts);
	const struct local_item *item = &policy->item[0];
	check_true(item->rule == NULL);
	for (size_t i = 0; i < policy->law->rules->n; i++)
		check_false(local_touches(item, &policy->law->rules->rule[i]));
	check_str(local_choice(policy, S("review-in-parts"), item->from)->value, "started");
	check_str(local_choice(policy, S("review-in-parts"), item->from - 1)->value, "completed");
	check_str(local_choice(NULL, S("review-in-parts"), item->from)->value, "completed");
	check_str(local_choice(policy, S("prebirth-conference-day"), item->from)->value, "10 weeks");
	check_true(choice_moves_clocks(choice_find(S("transfer-in-trigger"), S("papers"))));
	check_false(choice_moves_clocks(choice_find(S("review-in-parts"), S("started"))));
}

TEST(any_text_that_a_person_types_is_read_back_as_typed_but_for_its_line_ends)
{
	struct local_item item = as_read(FIRST FROM WHY);
	struct buf text = { 0 };
	item.reason = S("He said \"by Friday\"\r\nC:\\minutes\x7F#4: [agreed]");
	item.approved_by = S("");
	buf_local_text(&text, &item);
	buf_char(&text, '\0');
	check_str(read_policy(text.p)->item[0].reason, "He said \"by Friday\"  C:\\minutes #4: [agreed]");
	buf_close(&text);
}

/* Any figure at all, for any rule: what is taken is on no day later than the law, unless somebody
 * approved it or it is habit; and the law's date is what it was. */
TEST(what_is_taken_as_stricter_is_never_later_and_the_law_s_date_never_moves)
{
	struct random random = random_open("local");
	static const char *const unit[] = { "working days", "days", "weeks", "months", "hours" };
	size_t taken = 0, refused = 0;
	for (int round = 0; round < 400; round++) {
		const struct rule *rule = &law->rules->rule[random_below(&random, law->rules->n)];
		struct arena *own = arena_open(64 << 20);
		int n = 2 + (int)random_below(&random, (size_t)(rule->limit.n > 0 ? rule->limit.n * 2 : 9));
		struct local_policy *policy;
		struct err err;
		str text = arena_format(own,
			"- policy: %.*s\n  within: %d %s%s\n  effective from: 2012-01-01\n" WHY,
			STR_ARGS(rule->id), n, unit[random_below(&random, 3)],
			rule->limit.before ? " before" : "");
		if (!local_read(own, law, text, &policy, &err)) {
			refused++;
			check_true(strstr(err.text, "policy line 1") != NULL);
			arena_close(own);
			continue;
		}
		taken++;
		const struct rule *with = rules_find(policy->law->rules, rule->id);
		for (int i = 0; i < 60; i++) {
			struct when from = { day_of(2012, 6, 1) + (day)random_below(&random, 9000),
				INSTANT_UNKNOWN };
			struct due local, national, before;
			if (!due_count_law(law, rule, from, &before, NULL))
				continue;
			check_true(due_count_law(policy->law, with, from, &national, NULL));
			check_int(national.on, before.on);
			check_true(due_count(policy->law, with, from, &local, NULL));
			if (rule->local != LOCAL_ALWAYS)
				check_false(due_is_after(&local, &national));
		}
		arena_close(own);
	}
	check_true(taken > 20 && refused > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_stricter_figure_holds_from_its_day_to_its_last_and_the_law_is_not_touched),
		CLAIM(later_than_an_act_or_a_regulation_is_refused_with_the_sentence_that_forbids_it),
		CLAIM(other_units_are_held_against_the_law_on_each_day),
		CLAIM(later_than_guidance_names_who_approved_the_departure),
		CLAIM(what_is_no_council_s_to_set_is_refused),
		CLAIM(a_fault_is_told_with_its_line_and_the_file_is_refused_whole),
		CLAIM(a_council_s_own_rule_stands_beside_the_law_s_and_weighs_no_more_than_it_is),
		CLAIM(an_item_keeps_its_lines_and_is_written_as_it_is_read),
		CLAIM(a_council_says_since_when_a_kind_of_work_is_written_down_here),
		CLAIM(what_no_council_can_say_of_its_writing_is_refused),
		CLAIM(what_is_said_again_from_a_later_day_ends_the_day_before),
		CLAIM(each_event_that_meets_a_clock_of_a_child_is_of_one_kind_of_work),
		CLAIM(half_of_a_limit_that_a_council_set_is_half_of_that),
		CLAIM(hours_are_held_against_hours_and_days_before_against_days_before),
		CLAIM(every_key_of_an_item_is_given_once_and_says_something),
		CLAIM(what_is_no_item_is_refused_with_its_line),
		CLAIM(a_policy_is_no_larger_than_somebody_could_read),
		CLAIM(a_council_s_own_rule_is_named_as_one_and_is_the_council_s_to_set),
		CLAIM(two_figures_for_one_rule_hold_one_after_the_other),
		CLAIM(a_clock_says_on_which_item_it_rests),
		CLAIM(an_item_is_told_in_a_line_whatever_it_sets),
		CLAIM(an_item_touches_its_rule_its_half_and_what_prepares_its_meeting),
		CLAIM(an_item_more_comes_last_after_an_empty_line),
		CLAIM(an_item_is_changed_or_removed_where_it_stands),
		CLAIM(what_an_older_item_says_of_the_same_days_ends_the_day_before),
		CLAIM(a_setting_on_which_no_limit_rests_is_chosen_and_touches_no_rule),
		CLAIM(any_text_that_a_person_types_is_read_back_as_typed_but_for_its_line_ends),
		CLAIM(what_is_taken_as_stricter_is_never_later_and_the_law_s_date_never_moves),
	};
	return cmocka_run_group_tests_name("law local", tests, open_law, close_law);
}
