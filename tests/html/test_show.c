#include "balance.h"
#include "golden.h"

#include "html/moj_badge.h"
#include "html/moj_filter.h"
#include "html/moj_identity_bar.h"
#include "html/moj_interruption_card.h"
#include "html/moj_sub_navigation.h"
#include "html/moj_timeline.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "html/show_why.h"
#include "html/show_word.h"

static struct buf b;
static struct arena *arena;

static int start(void **state)
{
	(void)state;
	buf_clear(&b);
	if (arena == NULL)
		arena = arena_open(8u << 20);
	arena_reset(arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_close(&b);
	arena_close(arena);
	return 0;
}

static void golden(const char *name)
{
	check_true(is_balanced(buf_view(&b)));
	check_golden(name, buf_view(&b));
}

static bool holds(const char *needle)
{
	return memmem(b.p, b.n, needle, strlen(needle)) != NULL;
}

static void distance_is(day due, day today, const char *want)
{
	buf_clear(&b);
	show_distance(&b, due, today);
	check_str(buf_view(&b), want);
}

TEST(a_distance_is_said_in_words)
{
	day today = day_of(2026, 3, 27);
	distance_is(today - 4, today, "4 days overdue");
	distance_is(today - 1, today, "1 day overdue");
	distance_is(today, today, "today");
	distance_is(today + 1, today, "tomorrow");
	distance_is(today + 3, today, "in 3 days");
	distance_is(today - 1200, today, "1,200 days overdue");
	distance_is(DAY_UNKNOWN, today, "");
}

static void hours_are(int64_t minutes, const char *want)
{
	instant now = (instant)day_of(2026, 3, 27) * INSTANT_DAY;
	buf_clear(&b);
	show_distance_at(&b, now + minutes * INSTANT_MINUTE, now);
	check_str(buf_view(&b), want);
}

TEST(a_limit_in_hours_is_said_in_hours)
{
	hours_are(5 * 60 + 59, "in 5 hours");
	hours_are(60, "in 1 hour");
	hours_are(20, "in 20 minutes");
	hours_are(-3 * 60, "3 hours overdue");
	hours_are(47 * 60, "in 47 hours");
	hours_are(72 * 60, "in 3 days");
	hours_are(-49 * 60, "2 days overdue");
}

TEST(the_tag_says_seven_days_as_the_filter_does_and_over_a_weekend)
{
	day friday = day_of(2026, 3, 27);
	for (day due = friday; due <= friday + 7; due++) {
		buf_clear(&b);
		show_clock_tag(&b, CLOCK_DUE, due, friday);
		check_true(holds(">Due in 7 days<"));
	}
	buf_clear(&b);
	show_clock_tag(&b, CLOCK_DUE, friday + 8, friday);
	check_true(holds(">Due<"));
}

TEST(the_tags_words_are_the_states_own)
{
	for (int i = CLOCK_UNKNOWN; i < CLOCK_STATES; i++) {
		buf_clear(&b);
		show_clock_tag(&b, (enum clock_state)i, DAY_UNKNOWN, day_of(2026, 3, 27));
		str words = clock_state_words((enum clock_state)i);
		check_true(memmem(b.p, b.n, words.p, words.n) != NULL);
	}
}

TEST(every_state_of_a_clock_is_drawn_as_agreed)
{
	day today = day_of(2026, 3, 27), due = day_of(2026, 3, 23);
	instant noon = (instant)today * INSTANT_DAY + 12 * INSTANT_HOUR;
	const struct show_clock clocks[] = {
		{ .state = CLOCK_OVERDUE,
			.due = due,
			.needs_booking = true,
			.booking = BOOKING_LATE,
			.booked = today + 5 },
		{ .state = CLOCK_DUE, .due = today + 40, .needs_booking = true },
		{ .state = CLOCK_DUE,
			.due = today + 1,
			.needs_booking = true,
			.booking = BOOKING_IN_TIME,
			.booked = today },
		{ .state = CLOCK_DUE, .due = today, .due_at = noon + 5 * INSTANT_HOUR },
		{ .state = CLOCK_MET, .due = due, .met_on = due - 2 },
		{ .state = CLOCK_MET_LATE, .due = due, .met_on = due + 3 },
		{ .state = CLOCK_MISSED, .due = due },
		{ .state = CLOCK_UNKNOWN,
			.due = DAY_UNKNOWN,
			.reason = S("The date on which the placement began is not recorded.") },
		{ .state = CLOCK_NOT_REQUIRED,
			.due = due,
			.reason = S("Stopped being looked after on 20 March 2026.") },
	};
	for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++)
		show_clock(&b, &clocks[i], today, noon);
	golden("show-clock.html");
}

TEST(why_this_date_names_the_days_passed_over)
{
	const struct show_skipped skipped[] = {
		{ day_of(2026, 12, 25), S("Christmas Day") },
		{ day_of(2026, 12, 26), S("Boxing Day") },
		{ day_of(2026, 12, 27), S("Sunday") },
		{ day_of(2026, 12, 28), S("Boxing Day (substitute day)") },
	};
	struct show_why why = { .rule = S("First review of a looked after child"),
		.level = S("Regulations"),
		.authority =
			S("Care Planning, Placement and Case Review (England) Regulations 2010"),
		.edition = S("SI 2010/959"),
		.citation = S("regulation 33(1)"),
		.verified = true,
		.trigger = S("Became looked after"),
		.from = day_of(2026, 12, 21),
		.counted = S("20 working days"),
		.skipped = skipped,
		.n_skipped = 4,
		.due = day_of(2027, 1, 20),
		.last_working_day = day_of(2027, 1, 20),
		.due_data = day_of(2027, 1, 21),
		.about = S("for the first review") };
	show_why(&b, &why);
	check_true(holds("25 December 2026 (Christmas Day)"));
	check_true(holds("regulation 33(1)"));
	golden("show-why.html");
}

TEST(a_citation_nobody_read_at_its_source_is_never_printed)
{
	show_why(&b, &(struct show_why){ .rule = S("x"),
			     .authority = S("Handbook"),
			     .citation = S("paragraph 9.9"),
			     .verified = false,
			     .trigger = S("y"),
			     .from = DAY_UNKNOWN,
			     .due = day_of(2027, 1, 20),
			     .last_working_day = DAY_UNKNOWN,
			     .due_data = DAY_UNKNOWN });
	check_false(holds("9.9"));
	check_true(holds("Citation not yet checked against its source"));
	check_true(holds("date not recorded"));
	check_true(is_balanced(buf_view(&b)));
}

TEST(a_real_clock_explains_itself)
{
	const struct law *law = law_open(arena);
	const struct rule *rule = rules_find(law->rules, S("cla-review-first"));
	struct when from = { .on = day_of(2026, 12, 18), .at = INSTANT_UNKNOWN };
	struct due due;
	struct err err = { 0 };
	check_true(rule != NULL);
	check_true(due_count(law, rule, from, &due, &err));
	show_why_clock(&b, law,
		&(struct clock){ .rule = rule,
			.from = from.on,
			.from_at = INSTANT_UNKNOWN,
			.from_word = WORD_LOOKED_AFTER_BEGAN,
			.due = due.on,
			.due_at = due.at,
			.due_data = DAY_UNKNOWN,
			.last_working_day = due.last_working_day },
		S(""));
	check_true(holds("20 January 2027"));
	check_true(holds("Christmas Day"));
	check_true(holds("Became looked after, 18 December 2026"));
	check_true(is_balanced(buf_view(&b)));
}

TEST(sorting_keeps_the_filters_and_goes_back_to_the_first_page)
{
	const struct show_param params[] = { { S("state"), S("overdue") },
		{ S("team"), S("North & East") }, { S("sort"), S("due") }, { S("page"), S("3") },
		{ S("empty"), S("") } };
	const struct show_query query = { S("/caseload"), params, 5 };
	check_str(show_query_with(arena, &query, S("sort"), S("-due")),
		"/caseload?state=overdue&team=North%20%26%20East&sort=-due");
	show_sort(&b, arena, &query,
		&(struct show_sort){ .key = S("due"), .label = S("Due"), .sorted = S("due") });
	show_sort(&b, arena, &query,
		&(struct show_sort){ .key = S("name"), .label = S("Child"), .sorted = S("due") });
	show_sort(&b, arena, &query,
		&(struct show_sort){ .key = S("due"), .label = S("Due"), .sorted = S("-due") });
	golden("show-sort.html");
}

TEST(the_pages_of_a_list_leave_gaps_and_keep_the_query)
{
	const struct show_param params[] = { { S("sort"), S("due") }, { S("page"), S("6") } };
	const struct show_query query = { S("/caseload"), params, 2 };
	show_range(&b, &(struct show_range){ 126, 150, 1180, S("children") });
	show_pages(&b, arena, &query, 6, 48);
	golden("show-pages.html");
	buf_clear(&b);
	show_pages(&b, arena, &query, 1, 1);
	check_int(b.n, 0);
	for (int64_t pages = 2; pages < 14; pages++) {
		for (int64_t page = 1; page <= pages; page++) {
			buf_clear(&b);
			show_pages(&b, arena, &query, page, pages);
			check_true(is_balanced(buf_view(&b)));
			check_true(holds("aria-current=\"page\""));
		}
	}
}

TEST(counts_are_links_to_the_rows_they_count)
{
	const struct show_count counts[] = {
		{ .n = 3,
			.text = S("Overdue"),
			.href = S("/caseload?state=overdue"),
			.overdue = true,
			.current = true },
		{ .n = 1204, .text = S("Unknown"), .href = S("/caseload?state=unknown") },
		{ .n = 0, .text = S("Due in 7 days") },
	};
	show_counts(&b, S("Clocks by state"), counts, 3);
	golden("show-counts.html");
}

TEST(a_child_is_named_in_a_labelled_bar)
{
	const struct moj_fact facts[] = { { S("Number"), S("10442") }, { S("Language"), S("") },
		{ S("Now"), S("Child protection plan: Neglect, since 23 December 2025") } };
	const struct moj_mark marks[] = { { S("Restricted record"), S("govuk-tag--red"), S("") },
		{ S("Check before contact"), S("govuk-tag--orange"), S("/children/7/people") } };
	const struct moj_tab tabs[] = { { S("Overview"), S("/children/7"), true },
		{ S("Timeline"), S("/children/7/timeline"), false } };
	moj_identity_bar(&b, &(struct moj_identity_bar){ .name = S("Amara <O>"),
				     .age = S("7"),
				     .heading = true,
				     .mark = marks,
				     .n_marks = 2,
				     .fact = facts,
				     .n_facts = 3 });
	moj_sub_navigation(&b,
		&(struct moj_sub_navigation){ S("Pages about this child"), tabs, 2 });
	golden("moj-identity-bar.html");
}

TEST(a_filter_names_what_is_chosen_with_a_link_that_takes_it_away)
{
	const struct moj_filter_tag tags[] = { { S("Overdue"), S("/caseload?team=East") },
		{ S("Team: <East>"), S("/caseload?state=overdue&sort=due") } };
	moj_filter_open(&b, &(struct moj_filter){ .clear = S("/caseload"), .tag = tags, .n = 2,
				    .action = S("/caseload") });
	H(&b, "<p>fields</p>\n");
	moj_filter_close(&b);
	golden("moj-filter.html");
}

TEST(a_badge_is_read_out_by_its_words)
{
	moj_badge(&b, S("Council <998>"), S(""));
	H(&b, "\n");
	moj_badge(&b, S("Draft"), S("moj-badge--purple"));
	H(&b, "\n");
	golden("moj-badge.html");
}

TEST(an_interruption_card_has_a_heading_and_two_ways_on)
{
	const str body[] = { S("The record of child 10442 is <restricted>."), S("This visit is recorded.") };
	struct moj_interruption_card card = { .heading = S("You do not have access"), .body = body,
		.n = 2, .href = S("/children/7/open"), .go = S("Open with a reason"),
		.back_href = S("/caseload?a=1&b=2"), .back = S("Do not open it") };
	moj_interruption_card(&b, &card);
	card.back_href = (str){ 0 };
	moj_interruption_card(&b, &card);
	golden("moj-interruption-card.html");
}

TEST(a_timeline_groups_the_moments_of_a_month_and_keeps_what_was_withdrawn)
{
	day d = day_of(2026, 3, 20);
	const struct moj_moment moments[] = {
		{ .on = d,
			.at = (instant)d * INSTANT_DAY + 14 * INSTANT_HOUR + 5 * INSTANT_MINUTE,
			.what = S("Strategy discussion held"),
			.by = S("S. O'Brien"),
			.source = S("form"),
			.href = S("/children/7/records/9/history") },
		{ .on = d,
			.what = S("Placement began"),
			.detail = S("U4"),
			.source = S("SSDA903 return") },
		{ .on = d - 30,
			.what = S("Placement began"),
			.withdrawn = true,
			.reason = S("Wrong child") },
		{ .on = DAY_UNKNOWN, .what = S("Dental check") },
	};
	moj_timeline(&b, moments, 4, true);
	moj_timeline(&b, moments, 2, false);
	golden("moj-timeline.html");
}

TEST(every_event_word_has_words_for_people)
{
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		str said = show_word((enum word)word);
		check_true(said.n > 0);
		check_false(str_equal(said, word_text((enum word)word)));
		check_true(said.p[0] >= 'A' && said.p[0] <= 'Z');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_distance_is_said_in_words, start),
		cmocka_unit_test_setup(a_limit_in_hours_is_said_in_hours, start),
		cmocka_unit_test_setup(the_tag_says_seven_days_as_the_filter_does_and_over_a_weekend, start),
		cmocka_unit_test_setup(the_tags_words_are_the_states_own, start),
		cmocka_unit_test_setup(every_state_of_a_clock_is_drawn_as_agreed, start),
		cmocka_unit_test_setup(why_this_date_names_the_days_passed_over, start),
		cmocka_unit_test_setup(
			a_citation_nobody_read_at_its_source_is_never_printed, start),
		cmocka_unit_test_setup(a_real_clock_explains_itself, start),
		cmocka_unit_test_setup(
			sorting_keeps_the_filters_and_goes_back_to_the_first_page, start),
		cmocka_unit_test_setup(the_pages_of_a_list_leave_gaps_and_keep_the_query, start),
		cmocka_unit_test_setup(counts_are_links_to_the_rows_they_count, start),
		cmocka_unit_test_setup(a_child_is_named_in_a_labelled_bar, start),
		cmocka_unit_test_setup(
			a_filter_names_what_is_chosen_with_a_link_that_takes_it_away, start),
		cmocka_unit_test_setup(a_badge_is_read_out_by_its_words, start),
		cmocka_unit_test_setup(an_interruption_card_has_a_heading_and_two_ways_on, start),
		cmocka_unit_test_setup(
			a_timeline_groups_the_moments_of_a_month_and_keeps_what_was_withdrawn, start),
		cmocka_unit_test_setup(every_event_word_has_words_for_people, start),
	};
	return cmocka_run_group_tests_name("html show", tests, NULL, end);
}
