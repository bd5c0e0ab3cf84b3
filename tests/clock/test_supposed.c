/* What is supposed, part by part: which event is meant, what is there already, and when two clocks are one
 * and the same. */
#include "told.h"

#include "clock/suppose.h"

static struct event review(int64_t id, day on)
{
	return (struct event){ .word = WORD_CLA_REVIEW_HELD, .on = on, .at = INSTANT_UNKNOWN, .thread = 1,
		.detail = S("participation=PN1"), .id = id };
}

static struct supposition supposing(enum suppose_act act, enum word word, day on)
{
	return (struct supposition){ .act = act, .word = word, .on = on, .at = INSTANT_UNKNOWN,
		.was = DAY_UNKNOWN };
}

/* How many events there then are; the day, the hour and the thread of the last. */
static struct event last_of(const struct supposition *supposition, size_t *n, size_t *missed)
{
	struct event event[] = { review(1, 10), review(2, 20) }, *out;
	*missed = 0;
	*n = suppose_events(event, 2, supposition, 1, &out, missed);
	struct event last = out[*n - 1];
	mem_free(out);
	return last;
}

TEST(the_event_that_is_moved_is_named_by_its_record_by_its_day_or_is_the_last)
{
	size_t n, missed;
	struct supposition moved = supposing(SUPPOSE_MOVE, WORD_CLA_REVIEW_HELD, 30);
	check_int(last_of(&moved, &n, &missed).id, 2);
	moved.was = 10;
	check_int(last_of(&moved, &n, &missed).id, 1);
	moved.was = 11;
	check_int(last_of(&moved, &n, &missed).id, 2);
	check_int(missed, 1);
	moved.event = 1;
	check_int(last_of(&moved, &n, &missed).id, 1);
	check_int(missed, 0);
	moved.word = WORD_CLA_VISIT_HELD; /* that record is no visit */
	last_of(&moved, &n, &missed);
	check_int(missed, 1);
}

TEST(an_event_that_is_moved_to_its_own_day_may_gain_its_hour)
{
	size_t n, missed;
	struct supposition moved = supposing(SUPPOSE_MOVE, WORD_CLA_REVIEW_HELD, 20);
	check_int(last_of(&moved, &n, &missed).at, INSTANT_UNKNOWN);
	moved.at = 1000;
	check_int(last_of(&moved, &n, &missed).at, 1000);
	check_int(n, 2);
}

TEST(what_is_there_already_is_not_added_and_what_differs_in_anything_is)
{
	size_t n, missed;
	struct supposition added = supposing(SUPPOSE_ADD, WORD_CLA_REVIEW_HELD, 20);
	last_of(&added, &n, &missed);
	check_int(n, 2);
	added.thread = 1;
	added.detail = S("participation=PN1");
	last_of(&added, &n, &missed);
	check_int(n, 2);
	added.thread = 2;
	last_of(&added, &n, &missed);
	check_int(n, 3);
	/* Of one thread and day it is another fact only by its hour, and else a repeat. */
	struct event event[] = { review(1, 10) }, *out;
	event[0].at = 1000;
	added = supposing(SUPPOSE_ADD, WORD_CLA_REVIEW_HELD, 10);
	added.at = 1000;
	check_int(suppose_events(event, 1, &added, 1, &out, &missed), 1);
	mem_free(out);
	added.at = 2000;
	check_int(suppose_events(event, 1, &added, 1, &out, &missed), 2);
	mem_free(out);
	struct event booked = { .word = WORD_MEETING_BOOKED, .on = 30, .at = INSTANT_UNKNOWN, .thread = 1,
		.detail = S("for=cla-review"), .id = 1 };
	added = supposing(SUPPOSE_ADD, WORD_MEETING_BOOKED, 30);
	added.detail = S("for=rcpc");
	check_int(suppose_events(&booked, 1, &added, 1, &out, &missed), 2);
	mem_free(out);
	added = supposing(SUPPOSE_ADD, WORD_BIRTH, 5);
	check_int(last_of(&added, &n, &missed).id, 2);
	check_int(n, 3);
}

static struct clock clock_of(int64_t from_event)
{
	struct clock clock = clock_blank;
	clock.rule = rules_find(law->rules, S("cla-review-first"));
	clock.thread = 1;
	clock.from = 10;
	clock.from_event = from_event;
	clock.due = 30;
	return clock;
}

/* What is said of one clock now and one then. */
static str said(struct clock now, struct clock then, size_t *n)
{
	struct supposed supposed = { .as_of = 20, .now = { .item = &now, .n = 1 },
		.then = { .item = &then, .n = 1 } };
	supposed_compare(&supposed);
	*n = supposed.n;
	str text = supposed_text(&supposed.item[0]);
	mem_free(supposed.item);
	return text;
}

TEST(a_clock_of_another_thread_is_new_and_the_one_that_was_is_gone)
{
	struct clock now = clock_of(5), then = now;
	struct supposed supposed = { .as_of = 20, .now = { .item = &now, .n = 1 },
		.then = { .item = &then, .n = 1 } };
	then.thread = 2;
	supposed_compare(&supposed);
	check_int(supposed.n, 2);
	check_str(supposed_text(&supposed.item[0]), "gone");
	check_str(supposed_text(&supposed.item[1]), "new");
	mem_free(supposed.item);
}

TEST(two_clocks_are_the_same_when_nothing_that_a_reader_sees_differs)
{
	size_t n;
	struct clock now = clock_of(5), then = now;
	check_str(said(now, then, &n), "same");
	then.from_at = 1;
	check_str(said(now, then, &n), "state");
	then = now, then.due = 31;
	check_str(said(now, then, &n), "moved");
	then = now, then.due_at = 1;
	check_str(said(now, then, &n), "state");
	then = now, then.due_data = 40;
	check_str(said(now, then, &n), "state");
	then = now, then.disapplied = S("short breaks");
	check_str(said(now, then, &n), "state");
	check_int(n, 1);
}

TEST(what_is_only_supposed_is_a_new_clock_and_what_it_replaced_is_gone)
{
	size_t n;
	struct clock now = clock_of(5), then = clock_of(6);
	then.from = 12;
	check_str(said(now, then, &n), "state");
	check_int(n, 1);
	then.from_event = -1;
	check_true(str_equal(said(now, then, &n), S("gone")) || str_equal(said(now, then, &n), S("new")));
	check_int(n, 2);
	now.from_event = -2;
	then.from_event = 6;
	said(now, then, &n);
	check_int(n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_event_that_is_moved_is_named_by_its_record_by_its_day_or_is_the_last),
		CLAIM(an_event_that_is_moved_to_its_own_day_may_gain_its_hour),
		CLAIM(what_is_there_already_is_not_added_and_what_differs_in_anything_is),
		CLAIM(a_clock_of_another_thread_is_new_and_the_one_that_was_is_gone),
		CLAIM(two_clocks_are_the_same_when_nothing_that_a_reader_sees_differs),
		CLAIM(what_is_only_supposed_is_a_new_clock_and_what_it_replaced_is_gone),
	};
	return cmocka_run_group_tests_name("clock supposed", tests, open_law, close_law);
}
