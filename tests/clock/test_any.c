/* What holds for any events whatever, sensible or not: thousands of made-up subjects. */
#include "told.h"
#include "random.h"

static const day today = 20778; /* 21 November 2026 */

enum { SUBJECTS = 6000, EVENTS = 24 };

/* Details that some rule asks about, each with what it may be. */
static const char *const details[] = { "", "", "", "s47=yes", "s47=no", "quorate=no", "legal=V4",
	"for=cla-review", "for=rcpc", "for=icpc", "outcome=no-icpc", "outcome=icpc", "transfer_in=yes",
	"nfa=yes", "kind=initial", "formal=yes", "s47=", "review=1;participation=PN1" };

/* Mostly words of one family, so that they meet. */
static enum word any_word(struct random *random)
{
	static const enum word family[][6] = {
		{ WORD_LOOKED_AFTER_BEGAN, WORD_CLA_REVIEW_HELD, WORD_CLA_REVIEW_HELD,
			WORD_LOOKED_AFTER_ENDED, WORD_MEETING_BOOKED, WORD_REVIEW_DECISIONS_SENT },
		{ WORD_CP_PLAN_BEGAN, WORD_RCPC_HELD, WORD_RCPC_HELD, WORD_CP_PLAN_ENDED,
			WORD_CORE_GROUP_HELD, WORD_CP_VISIT_HELD },
		{ WORD_STRATEGY_DISCUSSION_HELD, WORD_STRATEGY_DISCUSSION_HELD, WORD_S47_BEGAN,
			WORD_ICPC_HELD, WORD_S47_ENDED, WORD_STRATEGY_RECORD_SENT },
		{ WORD_PLACEMENT_BEGAN, WORD_PLACEMENT_ENDED, WORD_CLA_VISIT_HELD, WORD_CARE_PLAN_MADE,
			WORD_PLACEMENT_PLAN_MADE, WORD_LOOKED_AFTER_BEGAN },
		{ WORD_MISSING_ENDED, WORD_RETURN_INTERVIEW_HELD, WORD_POLICE_PROTECTION_BEGAN,
			WORD_POLICE_PROTECTION_ENDED, WORD_DEATH, WORD_LOOKED_AFTER_ENDED },
		{ WORD_DISPUTE_RAISED, WORD_DISPUTE_MADE_FORMAL, WORD_DISPUTE_CLOSED,
			WORD_DISPUTE_STAGE_ANSWERED, WORD_REVIEW_DECISIONS_RECEIVED,
			WORD_PLACED_FOR_ADOPTION },
	};
	size_t which = random_below(random, 6);
	if (random_below(random, 12) == 0)
		return (enum word)(1 + random_below(random, WORDS - 1));
	return family[which][random_below(random, 6)];
}

static void any_event(struct random *random, struct event *event, int64_t id)
{
	*event = (struct event){ .word = any_word(random), .on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN,
		.id = id, .thread = (int64_t)random_below(random, 4) - 1,
		.detail = str_of(details[random_below(random, sizeof details / sizeof *details)]) };
	if (event->thread < 0)
		event->thread = 0;
	if (random_below(random, 5) == 0)
		event->link = 1;
	if (random_below(random, 10) == 0)
		return;
	event->on = today - (day)random_below(random, random_below(random, 40) == 0 ? 6000 : 500);
	if (random_below(random, 3) == 0)
		event->at = (instant)event->on * 86400000 + (instant)random_below(random, 86400) * 1000;
}

static struct coverage any_coverage(struct random *random)
{
	struct coverage coverage = { .all = random_below(random, 3) == 0 };
	for (int word = 1; word < WORDS; word++) {
		day from = today - (day)random_below(random, 600), to = today - (day)random_below(random, 200);
		if (random_below(random, 4) != 0)
			coverage_add(&coverage, (enum word)word,
				random_below(random, 3) == 0 ? DAY_UNKNOWN : from,
				random_below(random, 3) == 0 || to < from ? DAY_UNKNOWN : to);
	}
	return coverage;
}

static bool is_among(const struct clock *clock, const struct event *event, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (event[i].id == clock->met_event)
			return event[i].on == clock->met_on &&
				word_set_has(&clock->rule->met_by, event[i].word);
	}
	return false;
}

/* Whoever wrote by hand what no source carries writes by hand what becomes of it. */
static bool may_be_known(const struct clock *clock, const struct event *event, size_t n,
	const struct coverage *coverage)
{
	bool carried = true, by_hand = false;
	for (size_t i = 0; i < clock->rule->met_by.n; i++)
		carried = carried && coverage->carried[clock->rule->met_by.word[i]];
	for (size_t i = 0; i < n; i++)
		by_hand = by_hand || !coverage->carried[event[i].word];
	return coverage->all || carried || by_hand;
}

static void check_clock(const struct clock *clock, const struct event *event, size_t n,
	const struct coverage *coverage)
{
	enum clock_state state = clock_state(clock, today);
	struct buf reason = { 0 };
	buf_clock_reason(&reason, clock, today, NULL);
	assert_true(reason.n > 0);
	buf_close(&reason);
	assert_false(clock->rule->is_twin);
	if (state == CLOCK_MET || state == CLOCK_MET_LATE)
		assert_true(is_among(clock, event, n));
	if (state == CLOCK_MET && clock->due_at == INSTANT_UNKNOWN)
		assert_true(clock->met_on <= clock->due);
	if (state == CLOCK_OVERDUE || state == CLOCK_MISSED) {
		/* What had to precede something is missed when that comes, before its day or not. */
		bool too_late = (clock->rule->part[clock->ended_by] & (unsigned)PART_TOO_LATE) != 0;
		assert_true((clock->due < today || too_late) && clock->due != DAY_UNKNOWN);
		assert_true(may_be_known(clock, event, n, coverage));
		assert_true(clock->known_to == DAY_UNKNOWN || clock->known_to >= clock->due);
	}
	if (state == CLOCK_DUE)
		assert_true(clock->due >= today);
	if (clock->last_working_day != DAY_UNKNOWN)
		assert_true(clock->last_working_day <= clock->due);
	/* Yesterday's state is answered too, and nothing met today was met then. */
	assert_true(clock_state(clock, today - 1) < CLOCK_STATES);
	if (clock->met_on == today)
		assert_true(clock_state(clock, today - 1) != CLOCK_MET);
}

static void shuffle(struct random *random, struct event *event, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t other = random_below(random, i);
		struct event moved = event[i - 1];
		event[i - 1] = event[other];
		event[other] = moved;
	}
}

TEST(clocks_of_any_events_keep_their_promises)
{
	struct random random = random_open("clocks of any events");
	struct clocks clocks = { 0 }, again = { 0 };
	size_t seen[CLOCK_STATES] = { 0 };
	for (size_t i = 0; i < SUBJECTS; i++) {
		struct event event[EVENTS], shuffled[EVENTS];
		size_t n = random_below(&random, EVENTS);
		for (size_t e = 0; e < n; e++)
			any_event(&random, &event[e], (int64_t)e + 1);
		memcpy(shuffled, event, sizeof event);
		shuffle(&random, shuffled, n);
		struct coverage coverage = any_coverage(&random);
		size_t kept = events_sort(event, n);
		clocks.n = again.n = 0;
		clocks_compute(law, event, kept, &coverage, today, &clocks);
		check_int(events_sort(shuffled, n), kept);
		clocks_compute(law, shuffled, kept, &coverage, today, &again);
		check_int(clocks.n, again.n);
		for (size_t c = 0; c < clocks.n; c++) {
			const struct clock *clock = &clocks.item[c];
			check_clock(clock, event, kept, &coverage);
			assert_ptr_equal(clock->rule, again.item[c].rule);
			check_int(clock->due, again.item[c].due);
			check_int(clock->met_on, again.item[c].met_on);
			if (c > 0)
				assert_true(clock[-1].rule->rank <= clock->rule->rank);
			seen[clock_state(clock, today)]++;
		}
	}
	for (int i = 0; i < CLOCK_STATES; i++)
		assert_true(seen[i] > 100);
	clocks_close(&clocks);
	clocks_close(&again);
}

TEST(a_subject_with_very_many_events_is_answered_too)
{
	struct event event[400];
	struct clocks clocks = { 0 };
	for (int i = 0; i < 400; i++)
		event[i] = (struct event){ .word = WORD_CLA_VISIT_HELD, .on = today - 4000 + i * 10,
			.at = INSTANT_UNKNOWN, .thread = 1, .id = i + 1 };
	size_t n = events_sort(event, 400);
	clocks_compute(law, event, n, &coverage_all, today, &clocks);
	check_int(clocks.n, 400);
	for (size_t i = 0; i + 1 < clocks.n; i++)
		check_int(clocks.item[i].met_on, clocks.item[i + 1].from);
	clocks_close(&clocks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(clocks_of_any_events_keep_their_promises),
		CLAIM(a_subject_with_very_many_events_is_answered_too),
	};
	return cmocka_run_group_tests_name("clock any", tests, open_law, close_law);
}
