/* What a council's policy does to clocks: its own date to be worked to, the law's beside it. */
#include "told.h"
#include "law/local.h"
#include "random.h"

#include <string.h>

#define WHY "  effective from: 2026-04-01\n  author: \"A Head\"\n  reason: \"As agreed\"\n"

static const struct law *with(const char *text)
{
	struct local_policy *policy;
	struct err err;
	if (!local_read(arena, law, str_of(text), &policy, &err))
		fail_msg("%s", err.text);
	return policy->law;
}

static const struct coverage everything = { .all = true };

static struct clocks compute(const struct law *by, struct event *event, size_t n, day today)
{
	struct clocks out = { 0 };
	struct event copy[40];
	memcpy(copy, event, n * sizeof *copy);
	n = events_sort(copy, n);
	clocks_compute(by, copy, n, &everything, today, &out);
	return out;
}

static const struct clock *of(const struct clocks *clocks, const char *rule)
{
	for (size_t i = 0; i < clocks->n; i++) {
		if (str_equal(clocks->item[i].rule->id, str_of(rule)))
			return &clocks->item[i];
	}
	fail_msg("no clock of %s", rule);
	return NULL;
}

static struct event event(int64_t id, enum word word, int64_t thread, day on, const char *detail)
{
	return (struct event){ .id = id, .word = word, .thread = thread, .on = on,
		.at = INSTANT_UNKNOWN, .detail = str_of(detail) };
}

TEST(a_council_s_date_is_worked_to_and_the_law_s_stands_beside_it)
{
	struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 6, 1), "legal=C2") };
	struct clocks clocks = compute(
		with("- policy: cla-review-first\n  within: 15 working days\n" WHY), care, 1, day_of(2026, 6, 2));
	const struct clock *clock = of(&clocks, "cla-review-first");
	check_int(clock->due, day_of(2026, 6, 22));
	check_int(clock->due_law, day_of(2026, 6, 29));
	check_int(clock->local, 1);
	check_int(clock_state(clock, day_of(2026, 6, 23)), CLOCK_OVERDUE);
	check_int(clock_state_law(clock, day_of(2026, 6, 23)), CLOCK_DUE);
	check_int(clock_state_law(clock, day_of(2026, 6, 30)), CLOCK_OVERDUE);
	struct buf reason = { 0 };
	buf_clock_reason(&reason, clock, day_of(2026, 6, 23), NULL);
	buf_char(&reason, '\0');
	check_str(str_of(reason.p), "15 working days from looked-after-began on 2026-06-01, by the council's "
				    "policy; the national date is 2026-06-29");
	buf_close(&reason);
	check_int(of(&clocks, "iro-appointed")->due_law, DAY_UNKNOWN);
	check_int(of(&clocks, "iro-appointed")->local, 0);
	clocks_close(&clocks);
}

TEST(a_departure_does_not_hide_that_the_national_date_has_passed)
{
	struct event held[] = { event(1, WORD_ICPC_HELD, 1, day_of(2026, 6, 1), "quorate=yes"),
		event(2, WORD_CP_PLAN_BEGAN, 1, day_of(2026, 6, 1), "") };
	struct clocks clocks = compute(with("- policy: core-group-first\n  within: 15 working days\n"
					    "  approved by: \"A Director\"\n" WHY),
		held, 2, day_of(2026, 6, 16));
	const struct clock *clock = of(&clocks, "core-group-first");
	check_int(clock->due, day_of(2026, 6, 22));
	check_int(clock_due_law(clock), day_of(2026, 6, 15));
	check_int(clock_state(clock, day_of(2026, 6, 16)), CLOCK_DUE);
	check_int(clock_state_law(clock, day_of(2026, 6, 16)), CLOCK_OVERDUE);
	clocks_close(&clocks);
}

TEST(what_happened_before_the_policy_is_counted_as_before)
{
	struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 3, 31), "legal=C2") };
	struct clocks clocks = compute(
		with("- policy: cla-review-first\n  within: 15 working days\n" WHY), care, 1, day_of(2026, 6, 2));
	const struct clock *clock = of(&clocks, "cla-review-first");
	check_int(clock->due_law, DAY_UNKNOWN);
	check_int(clock->local, 0);
	check_int(clock->due, day_of(2026, 4, 30));
	clocks_close(&clocks);
}

TEST(what_prepares_a_meeting_is_counted_back_from_the_council_s_date)
{
	struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 6, 1), "legal=C2") };
	const struct law *both = with("- policy: cla-review-first\n  within: 15 working days\n" WHY
				      "- policy: cla-review-reports\n  within: 5 working days before\n" WHY);
	struct clocks clocks = compute(both, care, 1, day_of(2026, 6, 2));
	const struct clock *clock = of(&clocks, "cla-review-reports");
	check_int(clock->from, day_of(2026, 6, 22));
	check_int(clock->due, day_of(2026, 6, 15));
	check_int(clock->due_law, day_of(2026, 6, 17));
	check_int(clock->local, 2);
	clocks_close(&clocks);
}

TEST(a_council_that_counts_from_the_papers_has_one_transfer_in_clock)
{
	struct event told[] = { event(1, WORD_TRANSFER_IN_NOTIFIED, 1, day_of(2026, 6, 1), "by=notice"),
		event(2, WORD_TRANSFER_IN_NOTIFIED, 1, day_of(2026, 6, 8), "by=papers"),
		event(3, WORD_TRANSFER_IN_NOTIFIED, 1, day_of(2026, 6, 15), "by=acceptance") };
	struct clocks any = compute(law, told, 3, day_of(2026, 6, 16));
	check_int(any.n, 3);
	struct clocks papers = compute(
		with("- setting: transfer-in-trigger\n  choice: papers\n" WHY), told, 3, day_of(2026, 6, 16));
	check_int(papers.n, 1);
	check_int(papers.item[0].from, day_of(2026, 6, 8));
	check_int(papers.item[0].local, 1);
	struct event before[] = { event(1, WORD_TRANSFER_IN_NOTIFIED, 1, day_of(2026, 3, 2), "by=notice") };
	struct clocks earlier = compute(
		with("- setting: transfer-in-trigger\n  choice: papers\n" WHY), before, 1, day_of(2026, 6, 16));
	check_int(earlier.n, 1);
	clocks_close(&any);
	clocks_close(&papers);
	clocks_close(&earlier);
}

TEST(a_partnership_may_count_a_rapid_review_from_the_day_it_became_aware)
{
	struct event incident[] = { event(1, WORD_INCIDENT_KNOWN, 0, day_of(2026, 6, 1), ""),
		event(2, WORD_INCIDENT_NOTIFIED, 0, day_of(2026, 6, 4), "") };
	const struct law *aware = with("- setting: rapid-review-trigger\n  choice: awareness\n" WHY);
	struct clocks clocks = compute(aware, incident, 2, day_of(2026, 6, 5));
	check_int(of(&clocks, "rapid-review-15wd")->from, day_of(2026, 6, 1));
	struct clocks as_law = compute(law, incident, 2, day_of(2026, 6, 5));
	check_int(of(&as_law, "rapid-review-15wd")->from, day_of(2026, 6, 4));
	clocks_close(&clocks);
	clocks_close(&as_law);
}

TEST(a_rule_of_the_council_s_own_makes_clocks_beside_the_law_s)
{
	struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 6, 1), "legal=C2") };
	struct clocks as_law = compute(law, care, 1, day_of(2026, 6, 2));
	struct clocks clocks = compute(
		with("- rule: local-first-letter\n  title: Letter to the child\n  trigger: looked-after-began\n"
		     "  within: 3 working days\n  met by: officer-spoke-to-child\n"
		     "  ends with: [looked-after-ended, death]\n  level: LOCAL\n"
		     "  authority: The council's own procedure\n  read at source: no\n  local: always\n" WHY),
		care, 1, day_of(2026, 6, 2));
	check_int(clocks.n, as_law.n + 1);
	const struct clock *clock = of(&clocks, "local-first-letter");
	check_int(clock->due, day_of(2026, 6, 4));
	check_int(clock->due_law, DAY_UNKNOWN);
	check_int(clock->local, 1);
	clocks_close(&clocks);
	clocks_close(&as_law);
}

/* What prepares something is not owed where that is not. */
TEST(what_a_council_prepares_goes_with_what_it_prepares)
{
	const struct law *consents = with(
		"- rule: local-consent\n  title: Consent before the assessment\n  before: initial-health-assessment\n"
		"  within: 5 working days before\n  met by: officer-spoke-to-child\n  level: LOCAL\n"
		"  authority: The council's own procedure\n  read at source: no\n  local: always\n" WHY);
	static const char *const legal[] = { "legal=V2", "legal=V4" };
	for (size_t i = 0; i < 2; i++) {
		struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 6, 1), legal[i]) };
		struct clocks clocks = compute(consents, care, 1, day_of(2026, 6, 2));
		size_t prepared = 0;
		for (size_t k = 0; k < clocks.n; k++)
			prepared += str_equal(clocks.item[k].rule->id, S("local-consent"));
		check_int(of(&clocks, "initial-health-assessment")->disapplied.n > 0, i);
		check_int(prepared, 1 - i);
		clocks_close(&clocks);
	}
}

/* Months of one child's life in any order: what a stricter policy makes is the law's clocks, each with
 * the law's date unmoved and none later than it, and no order of recording changes that. */
#define VISITS(from, to)                                                                           \
	"- recorded: visits\n  effective from: " from "\n" to "  author: A Head\n  reason: As agreed\n"

/* As a council's own file has it: care and placements are carried, visits are not, or only to a day. */
static enum clock_state visit_state(const struct law *by, const char *coverage, day visited)
{
	struct event care[] = { event(1, WORD_LOOKED_AFTER_BEGAN, 1, day_of(2026, 6, 1), "legal=C2"),
		event(2, WORD_PLACEMENT_BEGAN, 2, day_of(2026, 6, 1), "code=U4"),
		event(3, WORD_CLA_VISIT_HELD, 2, visited, "") };
	struct coverage carried;
	struct clocks clocks = { 0 };
	check_true(coverage_read(str_of(coverage), &carried, NULL));
	size_t n = events_sort(care, visited == DAY_UNKNOWN ? 2 : 3);
	clocks_compute(by, care, n, &carried, day_of(2026, 9, 1), &clocks);
	enum clock_state state = clock_state(of(&clocks, "cla-visit-first"), day_of(2026, 9, 1));
	clocks_close(&clocks);
	return state;
}

#define FILES "looked-after-began::,placement-began::"

TEST(what_no_file_carries_is_unknown_until_a_council_writes_it_down_here)
{
	check_int(visit_state(law, FILES, DAY_UNKNOWN), CLOCK_UNKNOWN);
	check_int(visit_state(law, FILES, day_of(2026, 8, 1)), CLOCK_UNKNOWN);
	check_int(visit_state(law, FILES, day_of(2026, 6, 3)), CLOCK_MET);
	const struct law *here = with(VISITS("2026-06-01", ""));
	check_int(visit_state(here, FILES, DAY_UNKNOWN), CLOCK_OVERDUE);
	check_int(visit_state(here, FILES, day_of(2026, 8, 1)), CLOCK_MET_LATE);
	check_int(visit_state(here, FILES, day_of(2026, 6, 3)), CLOCK_MET);
}

TEST(of_what_came_before_the_first_day_nothing_is_said)
{
	check_int(visit_state(with(VISITS("2026-06-02", "")), FILES, DAY_UNKNOWN), CLOCK_UNKNOWN);
	check_int(visit_state(with(VISITS("2026-05-01", "  effective to: 2026-06-03\n")), FILES, DAY_UNKNOWN),
		CLOCK_UNKNOWN);
	check_int(visit_state(with(VISITS("2026-05-01", "  effective to: 2026-05-31\n")), FILES, DAY_UNKNOWN),
		CLOCK_UNKNOWN);
}

TEST(files_and_what_is_written_here_take_over_from_each_other_only_without_a_gap)
{
	const char *files = FILES ",cla-visit-held:2026-01-01:2026-06-03";
	check_int(visit_state(law, files, DAY_UNKNOWN), CLOCK_UNKNOWN);
	check_int(visit_state(with(VISITS("2026-06-04", "")), files, DAY_UNKNOWN), CLOCK_OVERDUE);
	check_int(visit_state(with(VISITS("2026-06-05", "")), files, DAY_UNKNOWN), CLOCK_UNKNOWN);
	/* The other way round: written here first, and then in the files. */
	const struct law *first = with(VISITS("2026-05-01", "  effective to: 2026-06-03\n"));
	check_int(visit_state(first, FILES ",cla-visit-held:2026-06-04:", DAY_UNKNOWN), CLOCK_OVERDUE);
	check_int(visit_state(first, FILES ",cla-visit-held:2026-06-05:", DAY_UNKNOWN), CLOCK_UNKNOWN);
	/* And two stretches of its own. */
	const struct law *twice = with(VISITS("2026-06-04", "") VISITS("2026-05-01", "  effective to: 2026-06-03\n"));
	check_int(visit_state(twice, FILES, DAY_UNKNOWN), CLOCK_OVERDUE);
}

TEST(what_a_person_began_by_hand_counts_as_before)
{
	struct event hand[] = { event(1, WORD_S47_BEGAN, 1, day_of(2026, 3, 2), ""),
		event(2, WORD_STRATEGY_DISCUSSION_HELD, 1, day_of(2026, 3, 2), "s47=yes") };
	struct coverage carried;
	struct clocks clocks = { 0 };
	check_true(coverage_read(S("looked-after-began::"), &carried, NULL));
	const struct law *here = with("- recorded: conferences\n  effective from: 2026-06-01\n"
				      "  author: A Head\n  reason: As agreed\n");
	clocks_compute(here, hand, events_sort(hand, 2), &carried, day_of(2026, 9, 1), &clocks);
	check_int(clock_state(of(&clocks, "icpc-15wd"), day_of(2026, 9, 1)), CLOCK_OVERDUE);
	clocks_close(&clocks);
}

TEST(in_any_order_a_stricter_policy_makes_the_same_clocks_and_none_is_later)
{
	static const enum word word[] = { WORD_LOOKED_AFTER_BEGAN, WORD_CLA_REVIEW_HELD,
		WORD_CLA_VISIT_HELD, WORD_PLACEMENT_BEGAN, WORD_CARE_PLAN_MADE, WORD_LOOKED_AFTER_ENDED,
		WORD_MEETING_BOOKED };
	static const char *const detail[] = { "legal=C2", "", "", "code=U4", "", "", "for=cla-review" };
	const struct law *strict = with("- policy: cla-review-first\n  within: 15 working days\n" WHY
					"- policy: cla-review-second\n  within: 80 days\n" WHY
					"- policy: cla-review-subsequent\n  within: 5 months\n" WHY
					"- policy: cla-visit-6-weekly\n  within: 20 working days\n" WHY);
	struct random random = random_open("local");
	size_t moved = 0;
	for (int round = 0; round < 300; round++) {
		struct event life[20];
		size_t n = 2 + random_below(&random, 18);
		for (size_t i = 0; i < n; i++) {
			size_t w = i == 0 ? 0 : random_below(&random, sizeof word / sizeof *word);
			life[i] = event((int64_t)i + 1, word[w], 1,
				day_of(2026, 2, 1) + (day)random_below(&random, 400), detail[w]);
		}
		day today = day_of(2027, 6, 1);
		struct clocks national = compute(law, life, n, today);
		struct clocks local = compute(strict, life, n, today);
		for (size_t i = n - 1; i > 0; i--) {
			size_t k = random_below(&random, i + 1);
			struct event swap = life[i];
			life[i] = life[k];
			life[k] = swap;
		}
		struct clocks again = compute(strict, life, n, today);
		check_int(local.n, national.n);
		check_int(again.n, local.n);
		for (size_t i = 0; i < local.n; i++) {
			const struct clock *a = &local.item[i], *b = &national.item[i], *c = &again.item[i];
			check_str(a->rule->id, b->rule->id.p);
			check_int(c->due, a->due);
			check_int(c->due_law, a->due_law);
			if (a->rule->prepared > 0)
				continue; /* counted back from the meeting, which is earlier */
			check_int(a->from, b->from);
			check_int(clock_due_law(a), b->due);
			check_true(a->due <= b->due);
			check_true(a->rule->halfway != NULL || (a->local != 0) == (a->due_law != DAY_UNKNOWN));
			moved += a->due < b->due;
		}
		clocks_close(&national);
		clocks_close(&local);
		clocks_close(&again);
	}
	check_true(moved > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_council_s_date_is_worked_to_and_the_law_s_stands_beside_it),
		CLAIM(a_departure_does_not_hide_that_the_national_date_has_passed),
		CLAIM(what_happened_before_the_policy_is_counted_as_before),
		CLAIM(what_prepares_a_meeting_is_counted_back_from_the_council_s_date),
		CLAIM(a_council_that_counts_from_the_papers_has_one_transfer_in_clock),
		CLAIM(a_partnership_may_count_a_rapid_review_from_the_day_it_became_aware),
		CLAIM(a_rule_of_the_council_s_own_makes_clocks_beside_the_law_s),
		CLAIM(what_no_file_carries_is_unknown_until_a_council_writes_it_down_here),
		CLAIM(of_what_came_before_the_first_day_nothing_is_said),
		CLAIM(files_and_what_is_written_here_take_over_from_each_other_only_without_a_gap),
		CLAIM(what_a_council_prepares_goes_with_what_it_prepares),
		CLAIM(what_a_person_began_by_hand_counts_as_before),
		CLAIM(in_any_order_a_stricter_policy_makes_the_same_clocks_and_none_is_later),
	};
	return cmocka_run_group_tests_name("clock local", tests, open_law, close_law);
}
