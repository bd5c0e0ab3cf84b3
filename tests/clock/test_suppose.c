/* What if: what holds of any supposition, and what a person reads from one. */
#include "told.h"
#include "random.h"

#include "clock/suppose.h"

static const day today = 20779; /* 22 November 2026 */

enum { SUBJECTS = 1500, EVENTS = 16 };

static size_t any_events(struct random *random, struct event *event)
{
	static const enum word word[] = { WORD_LOOKED_AFTER_BEGAN, WORD_CLA_REVIEW_HELD,
		WORD_CLA_REVIEW_HELD, WORD_CLA_VISIT_HELD, WORD_PLACEMENT_BEGAN, WORD_PLACEMENT_ENDED,
		WORD_CP_PLAN_BEGAN, WORD_RCPC_HELD, WORD_CORE_GROUP_HELD, WORD_CP_PLAN_ENDED,
		WORD_STRATEGY_DISCUSSION_HELD, WORD_S47_BEGAN, WORD_ICPC_HELD, WORD_MEETING_BOOKED,
		WORD_LOOKED_AFTER_ENDED, WORD_BIRTH };
	static const char *const detail[] = { "", "", "for=cla-review", "for=rcpc", "code=U4;to_18=yes" };
	size_t n = 1 + random_below(random, EVENTS - 1);
	for (size_t i = 0; i < n; i++) {
		event[i] = event_of(word[random_below(random, sizeof word / sizeof *word)],
			today - (day)random_below(random, 700), (int64_t)random_below(random, 3),
			detail[random_below(random, 5)], (int64_t)i + 1);
		if (random_below(random, 12) == 0)
			event[i].on = DAY_UNKNOWN;
	}
	return events_sort(event, n);
}

/* The clocks that would be are those that the events would make. */
static bool same_clocks(const struct clocks *a, const struct clocks *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++) {
		const struct clock *x = &a->item[i], *y = &b->item[i];
		same = x->rule == y->rule && x->from == y->from && x->due == y->due &&
			x->met_on == y->met_on && x->ended_on == y->ended_on &&
			x->booked == y->booked && x->doubt == y->doubt && x->thread == y->thread;
	}
	return same;
}

TEST(supposing_nothing_changes_nothing)
{
	struct random random = random_open("nothing supposed");
	for (size_t i = 0; i < SUBJECTS; i++) {
		struct event event[EVENTS];
		size_t n = any_events(&random, event);
		struct supposed supposed;
		suppose(law, event, n, &coverage_all, today, NULL, 0, &supposed);
		check_int(supposed.changed, 0);
		check_int(supposed.n, supposed.now.n);
		check_int(supposed.as_of, today);
		supposed_close(&supposed);
	}
}

TEST(supposing_what_is_so_changes_nothing)
{
	struct random random = random_open("what is so");
	for (size_t i = 0; i < SUBJECTS; i++) {
		struct event event[EVENTS];
		size_t n = any_events(&random, event);
		const struct event *one = &event[random_below(&random, n)];
		struct supposition so[] = {
			{ .act = SUPPOSE_ADD, .word = one->word, .on = one->on, .at = one->at,
				.detail = one->detail, .was = DAY_UNKNOWN },
			{ .act = SUPPOSE_MOVE, .word = one->word, .on = one->on, .at = one->at,
				.event = one->id, .was = DAY_UNKNOWN },
		};
		struct supposed supposed;
		suppose(law, event, n, &coverage_all, today, so, 2, &supposed);
		check_int(supposed.changed, 0);
		check_int(supposed.missed, 0);
		supposed_close(&supposed);
	}
}

TEST(to_suppose_an_event_is_to_record_it)
{
	struct random random = random_open("added, moved and removed");
	for (size_t i = 0; i < SUBJECTS; i++) {
		struct event event[EVENTS], scratch[EVENTS + 1];
		size_t n = any_events(&random, event);
		size_t which = random_below(&random, n), m = 0;
		day on = today - (day)random_below(&random, 300);
		struct supposition one = { .act = (enum suppose_act)random_below(&random, 3),
			.word = event[which].word, .on = on, .at = INSTANT_UNKNOWN,
			.was = DAY_UNKNOWN, .event = event[which].id, .thread = 1 };
		for (size_t j = 0; j < n; j++) {
			if (one.act != SUPPOSE_REMOVE || j != which)
				scratch[m++] = event[j];
			if (one.act == SUPPOSE_MOVE && j == which)
				scratch[m - 1].on = on;
		}
		bool there = false;
		for (size_t j = 0; j < n; j++)
			there = there || (event[j].word == one.word && event[j].on == on &&
						 event[j].thread == 1);
		if (one.act == SUPPOSE_ADD && !there)
			scratch[m++] = event_of(one.word, on, 1, "", -1);
		struct clocks recorded = { 0 };
		clocks_compute(law, scratch, events_sort(scratch, m), &coverage_all, today, &recorded);
		struct supposed supposed;
		suppose(law, event, n, &coverage_all, today, &one, 1, &supposed);
		check_true(same_clocks(&supposed.then, &recorded));
		clocks_close(&recorded);
		supposed_close(&supposed);
	}
}

TEST(every_clock_of_either_side_is_told_once)
{
	struct random random = random_open("both sides");
	for (size_t i = 0; i < SUBJECTS; i++) {
		struct event event[EVENTS];
		size_t n = any_events(&random, event), now = 0, then = 0;
		struct supposition one = { .act = (enum suppose_act)random_below(&random, 3),
			.word = WORD_CLA_REVIEW_HELD, .on = today - 10, .at = INSTANT_UNKNOWN,
			.was = DAY_UNKNOWN };
		struct supposed supposed;
		suppose(law, event, n, &coverage_all, today, &one, 1, &supposed);
		for (size_t j = 0; j < supposed.n; j++) {
			const struct supposed_clock *clock = &supposed.item[j];
			now += clock->now != NULL;
			then += clock->then != NULL;
			check_true(clock->now != NULL || clock->then != NULL);
			check_true(!clock->same || clock->moved == 0);
			check_false(clock->becomes_overdue && clock->no_longer_overdue);
		}
		check_int(now, supposed.now.n);
		check_int(then, supposed.then.n);
		supposed_close(&supposed);
	}
}

static const struct supposed_clock *clock_of(const struct supposed *supposed, const char *rule, bool now)
{
	for (size_t i = 0; i < supposed->n; i++) {
		const struct supposed_clock *clock = &supposed->item[i];
		const struct clock *side = now ? clock->now : clock->then;
		if (side != NULL && str_equal(side->rule->id, str_of(rule)))
			return clock;
	}
	return NULL;
}

TEST(a_review_held_on_3_june_instead_moves_the_next_and_is_late)
{
	struct event event[] = { event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2026, 4, 1), 1, "legal=C2", 1),
		event_of(WORD_CLA_REVIEW_HELD, day_of(2026, 4, 22), 1, "", 2) };
	struct supposition one;
	assert_true(supposition_read(S("cla-review-held@2026-04-22=2026-06-03"), &one, NULL));
	struct supposed supposed;
	suppose(law, event, 2, &coverage_all, day_of(2026, 5, 1), &one, 1, &supposed);
	check_int(supposed.as_of, day_of(2026, 6, 3));
	const struct supposed_clock *first = clock_of(&supposed, "cla-review-first", true);
	check_int(clock_state(first->now, supposed.as_of), CLOCK_MET);
	check_int(clock_state(first->then, supposed.as_of), CLOCK_MET_LATE);
	check_int(first->moved, 0);
	check_str(supposed_text(first), "state");
	const struct supposed_clock *second = clock_of(&supposed, "cla-review-second", true);
	check_int(second->now->due, day_of(2026, 7, 22));
	check_int(second->then->due, day_of(2026, 9, 3));
	check_int(second->moved, 43);
	check_str(supposed_text(second), "moved");
	supposed_close(&supposed);
}

TEST(a_placement_that_begins_is_another_than_the_one_that_runs)
{
	struct event event[] = { event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2026, 1, 5), 1, "legal=C2", 1),
		event_of(WORD_PLACEMENT_BEGAN, day_of(2026, 1, 5), 2, "code=U4", 2),
		event_of(WORD_CLA_REVIEW_HELD, day_of(2026, 1, 29), 1, "", 3) };
	const struct supposition moves[] = {
		{ .act = SUPPOSE_ADD, .word = WORD_PLACEMENT_ENDED, .on = day_of(2026, 11, 23),
			.at = INSTANT_UNKNOWN },
		{ .act = SUPPOSE_ADD, .word = WORD_PLACEMENT_BEGAN, .on = day_of(2026, 11, 23),
			.at = INSTANT_UNKNOWN, .detail = S("code=U4") },
	};
	struct supposed supposed;
	suppose(law, event, 3, &coverage_all, today, moves, 2, &supposed);
	bool plan = false;
	for (size_t i = 0; i < supposed.n; i++) {
		const struct supposed_clock *clock = &supposed.item[i];
		/* Placement moves never touch the review clock. */
		const struct clock *side = clock->then != NULL ? clock->then : clock->now;
		check_true(clock->same || !str_starts(side->rule->id, S("cla-review")));
		plan = plan || (clock->now == NULL && clock->then->thread == 3 &&
				       str_equal(side->rule->id, S("placement-plan-5wd")));
	}
	check_true(plan);
	supposed_close(&supposed);
}

TEST(what_is_not_there_cannot_be_moved)
{
	struct event event[] = { event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2026, 1, 5), 1, "", 1) };
	struct supposition one;
	assert_true(supposition_read(S("cla-review-held@2026-04-22=never"), &one, NULL));
	struct supposed supposed;
	suppose(law, event, 1, &coverage_all, today, &one, 1, &supposed);
	check_int(supposed.missed, 1);
	check_int(supposed.changed, 0);
	supposed_close(&supposed);
}

TEST(a_supposition_that_cannot_be_read_says_how_to_write_one)
{
	static const char *const bad[] = { "", "cla-review-held", "review=2026-06-03", "=2026-06-03",
		"cla-review-held=", "cla-review-held=june", "cla-review-held=2026-02-30",
		"cla-review-held@soon=2026-06-03", "cla-review-held@2026-06-03=2026-06-04;a=b" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct supposition one;
		struct err err = { 0 };
		assert_false(supposition_read(str_of(bad[i]), &one, &err));
		check_int(err.code, ERR_INPUT);
		check_true(str_of(err.text).n > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(supposing_nothing_changes_nothing),
		CLAIM(supposing_what_is_so_changes_nothing),
		CLAIM(to_suppose_an_event_is_to_record_it),
		CLAIM(every_clock_of_either_side_is_told_once),
		CLAIM(a_review_held_on_3_june_instead_moves_the_next_and_is_late),
		CLAIM(a_placement_that_begins_is_another_than_the_one_that_runs),
		CLAIM(what_is_not_there_cannot_be_moved),
		CLAIM(a_supposition_that_cannot_be_read_says_how_to_write_one),
	};
	return cmocka_run_group_tests(tests, open_law, close_law);
}
