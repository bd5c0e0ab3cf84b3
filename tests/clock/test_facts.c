/* Reading facts and coverage: what goes in, what is left out and how that is said. */
#include "check.h"

#include "clock/clock.h"
#include "facts_all.h"

static struct arena *arena;

static int open_arena(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)64 << 20);
	return 0;
}

static int close_arena(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

static void note_reject(void *to, const struct fact_reject *reject)
{
	buf_format(to, "%zu %.*s \"%.*s\": %.*s\n", reject->line, STR_ARGS(reject->column),
		STR_ARGS(reject->value), STR_ARGS(reject->reason));
}

static str rejects(const char *rows, struct facts *facts)
{
	struct buf told = { 0 };
	struct err err;
	str text = arena_format(arena, "subject,thread,event,on,detail\n%s", rows);
	assert_true(facts_read(text, arena, day_of(2026, 11, 21), note_reject, &told, facts, &err));
	str copy = arena_str(arena, buf_view(&told));
	buf_close(&told);
	return copy;
}

#define check_rejects(rows, want)                                                                  \
	do {                                                                                       \
		struct facts facts_;                                                               \
		check_str(rejects(rows, &facts_), want);                                           \
		facts_close(&facts_);                                                              \
	} while (0)

TEST(a_row_that_cannot_be_read_is_named_by_line_column_and_value)
{
	check_rejects("C1,a,looked-after-begun,2026-01-05,\n",
		"2 event \"looked-after-begun\": not an event: `duly events` lists them\n");
	check_rejects("C1,a,looked-after-began,2026-02-30,\n",
		"2 on \"2026-02-30\": there is no day 2026-02-30\n");
	check_rejects("C1,a,looked-after-began,2026-01-05,legal\n",
		"2 detail \"legal\": write the detail like key=value;key=value\n");
	check_rejects("C1,a,looked-after-began,2026-01-05,=V2\n",
		"2 detail \"=V2\": write the detail like key=value;key=value\n");
	check_rejects(",a,looked-after-began,2026-01-05,\n",
		"2 subject \"\": the subject is blank: write the child's number\n");
	check_rejects("parent:4,a,looked-after-began,2026-01-05,\n",
		"2 subject \"parent:4\": before the colon stands a kind of subject, as `duly events` "
		"lists them\n");
	check_rejects("dispute:4,a,looked-after-began,2026-01-05,\n",
		"2 event \"looked-after-began\": this event is of another kind of subject\n");
}

TEST(the_rows_round_a_bad_one_go_in)
{
	struct facts facts;
	rejects("C2,a,looked-after-began,2026-01-05,\nC1,a,nothing,2026-01-05,\n"
		"dispute:9,,dispute-raised,2026-01-05,\nC1,b,looked-after-began,2026-01-06,legal=V2;x=1\n"
		"C2,a,cla-review-held,2026-01-20,\n",
		&facts);
	check_int(facts.rejected, 1);
	check_int(facts.subject.n, 3);
	check_str(facts.subject.item[0].text, "C1");
	check_str(facts.subject.item[1].text, "C2");
	check_int(facts.subject.item[1].n, 2);
	check_str(facts.subject.item[2].text, "dispute:9");
	check_str(facts_thread(&facts, facts.event.item[facts.subject.item[0].first].thread), "b");
	check_str(facts_thread(&facts, 0), "");
	facts_close(&facts);
}

TEST(events_after_the_day_asked_about_are_left_out_but_for_bookings)
{
	struct facts facts;
	rejects("C1,a,looked-after-began,2026-11-22,\nC1,a,meeting-booked,2026-12-01,for=cla-review\n"
		"C1,a,looked-after-began,2026-11-21,\nC1,a,looked-after-began,,\n",
		&facts);
	check_int(facts.event.n, 3);
	facts_close(&facts);
}

TEST(a_file_that_is_no_file_of_facts_is_refused)
{
	struct facts facts;
	struct err err;
	assert_false(facts_read(S(""), arena, 0, note_reject, NULL, &facts, &err));
	check_str(str_of(err.text),
		"the file is empty: its first line is subject,thread,event,on,detail");
	assert_false(facts_read(S("subject,event,on\n"), arena, 0, note_reject, NULL, &facts, &err));
	assert_true(str_find(str_of(err.text), 't') < strlen(err.text));
	assert_false(facts_read(S("subject,thread,event,on,detail\n\"C1"), arena, 0, note_reject, NULL,
		&facts, &err));
	assert_false(facts_read(S("\"subject"), arena, 0, note_reject, NULL, &facts, &err));
}

TEST(a_meeting_links_to_what_follows_from_it)
{
	struct facts facts;
	rejects("C1,a,cla-review-held,2026-01-05,participation=PN1;review=r7\n"
		"C1,r7,review-decisions-sent,2026-01-06,\nC1,s,icpc-held,2026-02-05,conference=k\n",
		&facts);
	assert_int_equal(facts.event.item[0].link, facts.event.item[1].thread);
	check_str(facts_thread(&facts, facts.event.item[2].link), "k");
	facts_close(&facts);
}

TEST(on_one_day_what_ends_comes_before_what_starts_and_what_is_held_comes_last)
{
	struct event event[] = {
		{ .word = WORD_CLA_REVIEW_HELD, .on = 10, .at = INSTANT_UNKNOWN, .id = 1 },
		{ .word = WORD_PLACEMENT_BEGAN, .on = 10, .at = INSTANT_UNKNOWN, .id = 2 },
		{ .word = WORD_PLACEMENT_ENDED, .on = 10, .at = INSTANT_UNKNOWN, .id = 3 },
		{ .word = WORD_BIRTH, .on = 2, .at = INSTANT_UNKNOWN, .id = 4 },
		{ .word = WORD_LOOKED_AFTER_BEGAN, .on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN, .id = 5 },
	};
	check_int(events_sort(event, 5), 5);
	const int64_t want[] = { 5, 4, 3, 2, 1 };
	for (size_t i = 0; i < 5; i++)
		check_int(event[i].id, want[i]);
}

TEST(a_repeat_is_one_event_and_keeps_the_detail_that_either_has)
{
	struct event event[] = {
		{ .word = WORD_CLA_REVIEW_HELD, .on = 10, .thread = 1, .id = 1 },
		{ .word = WORD_CLA_REVIEW_HELD, .on = 10, .thread = 1, .id = 2,
			.detail = S("participation=PN1") },
		{ .word = WORD_CLA_REVIEW_HELD, .on = 10, .thread = 2, .id = 3 },
		{ .word = WORD_MEETING_BOOKED, .on = 20, .id = 4, .detail = S("for=icpc") },
		{ .word = WORD_MEETING_BOOKED, .on = 20, .id = 5, .detail = S("for=rcpc") },
		{ .word = WORD_MEETING_BOOKED, .on = 20, .id = 6, .detail = S("for=rcpc") },
	};
	check_int(events_sort(event, 6), 4);
	check_int(event[0].id, 1);
	check_str(event[0].detail, "participation=PN1");
	check_int(event[1].id, 3);
	check_int(event[3].id, 5);
}

TEST(a_fact_that_gained_its_hour_keeps_its_place_when_time_adds_more)
{
	struct event event[] = {
		{ .word = WORD_LOOKED_AFTER_BEGAN, .on = 10, .at = INSTANT_UNKNOWN, .id = 1 },
		{ .word = WORD_LOOKED_AFTER_BEGAN, .on = 10, .at = 1000, .id = 2 },
		{ .word = WORD_PLACED_FOR_ADOPTION, .on = 10, .at = INSTANT_UNKNOWN, .id = 3 },
	};
	check_int(events_sort(event, 3), 2);
	event[2] = (struct event){ .word = WORD_TERM_BEGAN, .on = 12, .at = INSTANT_UNKNOWN, .id = 4 };
	check_int(events_add(event, 2, 3), 3);
	check_int(event[0].id, 1);
	check_int(event[0].at, 1000);
	check_int(event[1].id, 3);
	check_int(event[2].id, 4);
}

TEST(coverage_says_which_words_and_from_when_to_when)
{
	struct coverage coverage;
	struct err err;
	assert_true(coverage_read(
		S("cla-review-held:2024-04-01:2026-03-31, cla-visit-held::"), &coverage, &err));
	assert_false(coverage.all);
	assert_true(coverage.carried[WORD_CLA_REVIEW_HELD]);
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].from, day_of(2024, 4, 1));
	check_int(coverage.span[WORD_CLA_VISIT_HELD].to, DAY_UNKNOWN);
	assert_false(coverage.carried[WORD_ICPC_HELD]);
	coverage_add(&coverage, WORD_CLA_REVIEW_HELD, day_of(2023, 4, 1), day_of(2025, 3, 31));
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].from, day_of(2023, 4, 1));
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].to, day_of(2026, 3, 31));
	coverage_add(&coverage, WORD_CLA_REVIEW_HELD, DAY_UNKNOWN, DAY_UNKNOWN);
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].from, DAY_UNKNOWN);
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].to, DAY_UNKNOWN);
	coverage_add(&coverage, WORD_CLA_REVIEW_HELD, 1, 2);
	check_int(coverage.span[WORD_CLA_REVIEW_HELD].from, DAY_UNKNOWN);
	coverage_add(&coverage, WORD_ICPC_HELD, day_of(2024, 4, 1), day_of(2025, 3, 31));
	coverage_add(&coverage, WORD_ICPC_HELD, day_of(2025, 4, 1), day_of(2026, 3, 31));
	check_int(coverage.span[WORD_ICPC_HELD].from, day_of(2024, 4, 1));
	check_int(coverage.span[WORD_ICPC_HELD].to, day_of(2026, 3, 31));
	assert_true(coverage_read(S("icpc-held:2025-04-01:,rcpc-held::2025-04-01"), &coverage, &err));
	check_int(coverage.span[WORD_ICPC_HELD].to, DAY_UNKNOWN);
	check_int(coverage.span[WORD_RCPC_HELD].from, DAY_UNKNOWN);
	assert_true(coverage_read((str){ 0 }, &coverage, &err));
	assert_false(coverage.all);
}

TEST(coverage_that_cannot_be_read_is_refused_with_the_way_to_write_it)
{
	static const char *const wrong[][2] = {
		{ "review:2024-04-01:", "\"review\" is not an event: `duly events` lists them" },
		{ "icpc-held:2024-04-01",
			"write the coverage of icpc-held like icpc-held:2025-04-01:2026-03-31" },
		{ "icpc-held", "write the coverage of icpc-held like icpc-held:2025-04-01:2026-03-31" },
		{ "icpc-held:::", "write the coverage of icpc-held like icpc-held:2025-04-01:2026-03-31" },
		{ "icpc-held:2024:2025", "\"2024\" is not a date: write it like 2026-12-18" },
		{ "icpc-held::2025", "\"2025\" is not a date: write it like 2026-12-18" },
		{ "icpc-held:2025-01-02:2025-01-01", "the coverage of icpc-held ends before it begins" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct coverage coverage;
		struct err err;
		assert_false(coverage_read(str_of(wrong[i][0]), &coverage, &err));
		check_str(str_of(err.text), wrong[i][1]);
	}
}

TEST(the_words_of_states_are_those_of_practice)
{
	static const char *const text[] = { "unknown", "due", "overdue", "met", "met-late", "missed",
		"not-required" };
	static const char *const words[] = { "Unknown", "Due", "Overdue", "Met", "Met late", "Missed",
		"Not required" };
	for (int i = 0; i < CLOCK_STATES; i++) {
		check_str(clock_state_text((enum clock_state)i), text[i]);
		check_str(clock_state_words((enum clock_state)i), words[i]);
		assert_int_equal(clock_is_open((enum clock_state)i), i < 3);
	}
	struct clock clock = clock_blank;
	check_int(clock_booking(&clock), BOOKING_NONE);
	clock.booked = 10;
	check_int(clock_booking(&clock), BOOKING_IN_TIME);
	clock.due = 9;
	check_int(clock_booking(&clock), BOOKING_LATE);
	clock.due = 10;
	check_int(clock_booking(&clock), BOOKING_IN_TIME);
}

TEST(two_hours_or_two_records_of_one_day_are_two_facts)
{
	struct event event[] = {
		{ .word = WORD_ICPC_HELD, .on = 10, .thread = 1, .link = 5, .id = 1 },
		{ .word = WORD_ICPC_HELD, .on = 10, .thread = 1, .link = 6, .id = 2 },
		{ .word = WORD_ICPC_HELD, .on = 10, .thread = 1, .link = 0, .id = 3 },
		{ .word = WORD_ICPC_HELD, .on = 11, .thread = 1, .at = 1000, .id = 4 },
		{ .word = WORD_ICPC_HELD, .on = 11, .thread = 1, .at = 2000, .id = 5 },
		{ .word = WORD_ICPC_HELD, .on = 12, .thread = 1, .link = 0, .id = 6 },
		{ .word = WORD_ICPC_HELD, .on = 12, .thread = 1, .link = 7, .id = 7 },
	};
	check_int(events_sort(event, 7), 5);
	check_int(event[0].link, 5);
	check_int(event[1].link, 6);
	check_int(event[2].at, 1000);
	check_int(event[3].at, 2000);
	check_int(event[4].id, 6);
	check_int(event[4].link, 7);
}

/* What was told, in order: "C1 a,b" is a subject with its events' threads, "!3" a rejected line. */
static void note_subject(void *to, const struct fact_subject *subject)
{
	buf_format(to, "%.*s", STR_ARGS(subject->text));
	for (size_t i = 0; i < subject->n; i++) {
		buf_char(to, i == 0 ? ' ' : ',');
		buf_str(to, fact_thread(subject, subject->event[i].thread));
	}
	buf_char(to, '\n');
}

static void note_line(void *to, const struct fact_reject *reject)
{
	buf_format(to, "!%zu\n", reject->line);
}

static str told(str text)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	size_t rejected = 0;
	if (!facts_each(text, arena, day_of(2026, 11, 21),
		    &(struct facts_told){ note_subject, note_line, &out }, &rejected, &err))
		buf_str(&out, str_of(err.text));
	str copy = arena_str(arena, buf_view(&out));
	buf_close(&out);
	return copy;
}

#define FIRST "subject,thread,event,on,detail\n"
#define C1 "C1,a,looked-after-began,2026-01-05,\nC1,b,placement-began,2026-01-06,\n"
#define C2 "C2,,birth,2026-01-07,\n"
#define C3 "C3,c,looked-after-began,2026-01-08,\n"

TEST(a_file_in_order_is_told_while_it_is_read_and_any_other_at_its_end)
{
	check_str(told(S(FIRST C1 C2 "C2,,nothing,2026-01-07,\n" C3)), "C1 a,b\n!5\nC2 \nC3 c\n");
	check_str(told(S(FIRST C2 "C2,,nothing,2026-01-07,\n" C3 C1)), "!3\nC1 a,b\nC2 \nC3 c\n");
	check_str(told(S(FIRST "\n" C1 "\n" C2 C3)), "C1 a,b\nC2 \nC3 c\n");
	check_str(told(S(FIRST)), "");
	check_str(told(S("thread,subject,event,on\n")), "");
}

TEST(however_a_file_is_written_the_same_is_told)
{
	str want = S("C1 a,b\nC2 \nC3 c\n");
	check_str(told(S(FIRST C1 C2 C3)), want.p);
	check_str(told(S(FIRST C3 C1 C2)), want.p);
	check_str(told(S(FIRST C2 C1 "\"C3\",c,looked-after-began,2026-01-08,\n")), want.p);
	check_str(told(S(FIRST C1 C2 "\"C3\",c,looked-after-began,2026-01-08,\n")), want.p);
	check_str(told(S(FIRST C1 " C2 ,,birth,2026-01-07,\n" C3)), want.p);
	check_str(told(S(FIRST C1 "C2,,birth,2026-01-07,\r\n" C3)), want.p);
	check_str(told(S("thread,subject,event,on\na,C1,looked-after-began,2026-01-05\n"
			 "b,C1,placement-began,2026-01-06\n,C2,birth,2026-01-07\n"
			 "c,C3,looked-after-began,2026-01-08\n")), want.p);
	check_str(told(S(FIRST "C1,a,looked-after-began,2026-01-05,\nC2,,birth,2026-01-07,\n"
			 "C1,b,placement-began,2026-01-06,\n" C3)), want.p);
}

TEST(one_subject_s_number_may_begin_another_s)
{
	check_str(told(S(FIRST "C1,a,looked-after-began,2026-01-05,\nC10,b,looked-after-began,2026-01-05,\n"
			 "C1,c,looked-after-began,2026-01-06,\n")),
		"C1 a,c\nC10 b\n");
	check_str(told(S(FIRST "C,a,looked-after-began,2026-01-05,\nC10,b,looked-after-began,2026-01-05,\n")),
		"C a\nC10 b\n");
	/* A line shorter than the number before it. */
	check_str(told(S(FIRST "C100,a,looked-after-began,2026-01-05,\nD\n")), "!3\nC100 a\n");
}

TEST(a_line_that_is_too_long_or_too_wide_refuses_the_file_before_anything_is_told)
{
	char *wide = arena_take(arena, 1100, 1);
	memset(wide, ',', 1001);
	wide[1001] = '\n';
	str text = arena_format(arena, FIRST C1 "%s", wide);
	assert_true(str_starts(told(text), S("line 4, column 1001: the row has too many columns")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_row_that_cannot_be_read_is_named_by_line_column_and_value),
		CLAIM(the_rows_round_a_bad_one_go_in),
		CLAIM(events_after_the_day_asked_about_are_left_out_but_for_bookings),
		CLAIM(a_file_that_is_no_file_of_facts_is_refused),
		CLAIM(a_meeting_links_to_what_follows_from_it),
		CLAIM(on_one_day_what_ends_comes_before_what_starts_and_what_is_held_comes_last),
		CLAIM(a_repeat_is_one_event_and_keeps_the_detail_that_either_has),
		CLAIM(a_fact_that_gained_its_hour_keeps_its_place_when_time_adds_more),
		CLAIM(coverage_says_which_words_and_from_when_to_when),
		CLAIM(coverage_that_cannot_be_read_is_refused_with_the_way_to_write_it),
		CLAIM(the_words_of_states_are_those_of_practice),
		CLAIM(two_hours_or_two_records_of_one_day_are_two_facts),
		CLAIM(a_file_in_order_is_told_while_it_is_read_and_any_other_at_its_end),
		CLAIM(however_a_file_is_written_the_same_is_told),
		CLAIM(one_subject_s_number_may_begin_another_s),
		CLAIM(a_line_that_is_too_long_or_too_wide_refuses_the_file_before_anything_is_told),
	};
	return cmocka_run_group_tests_name("clock facts", tests, open_arena, close_arena);
}
