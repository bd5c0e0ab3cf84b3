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

TEST(half_of_a_limit_that_a_council_set_is_half_of_that)
{
	struct local_policy *policy = read_policy(
		"- policy: cla-review-second\n  within: 2 months\n  effective from: 2026-01-01\n" WHY);
	day from = day_of(2026, 3, 2);
	check_int(due_on(policy->law, "iro-midway-first", from), day_of(2026, 4, 1));
	check_int(due_on(law, "iro-midway-first", from), day_of(2026, 4, 17));
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
		CLAIM(half_of_a_limit_that_a_council_set_is_half_of_that),
		CLAIM(what_is_taken_as_stricter_is_never_later_and_the_law_s_date_never_moves),
	};
	return cmocka_run_group_tests_name("law local", tests, open_law, close_law);
}
