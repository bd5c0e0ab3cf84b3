#include "family.h"

#include "../random.h"

#include "store/monday_inside.h"
#include "store/person.h"

#define HAS(mask, measure) (((mask) >> (measure)) & 1)

static struct arena *arena;
static struct monday_day on;

static int open_law(void **state)
{
	(void)state;
	arena = arena_open((size_t)64 << 20);
	on = monday_day_of(law_open(arena), day_of(2026, 11, 20));
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct monday_child child_blank(void)
{
	return (struct monday_child){ .subject = 1, .level = 2, .born = day_of(2015, 1, 1),
		.care_began = DAY_UNKNOWN, .plan_began = DAY_UNKNOWN, .last_alone = DAY_UNKNOWN };
}

static struct clock clock_of(const char *rule, day from, day due, day met)
{
	struct clock clock = clock_blank;
	clock.rule = rules_find(on.law->rules, str_of(rule));
	assert_non_null(clock.rule);
	clock.from = from;
	clock.due = due;
	clock.met_on = met;
	return clock;
}

static struct monday_child of_clock(struct clock clock)
{
	struct monday_child child = child_blank();
	monday_clock(&on, &child, &clock);
	monday_say(&on, &child);
	return child;
}

TEST(every_measure_has_a_code_a_number_and_a_definition)
{
	size_t of[11] = { 0 };
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		const struct monday_row *row = &monday_rows[m];
		enum monday_measure found;
		check_true(row->number >= 1 && row->number <= 10);
		check_true(row->code.n > 0 && row->words.n > 0 && row->numerator.n > 0);
		check_true(row->source.n > 0);
		check_true(monday_find(row->code, &found));
		check_int(found, m);
		of[row->number]++;
	}
	for (int n = 1; n <= 10; n++) {
		check_true(of[n] > 0);
		check_true(monday_headings[n].n > 0);
	}
}

TEST(a_review_is_late_unbooked_or_booked_late)
{
	day today = on.today;
	struct clock clock = clock_of("cla-review-subsequent", today - 180, today - 1, DAY_UNKNOWN);
	struct monday_child child = of_clock(clock);
	check_true(HAS(child.in, MONDAY_REVIEW_LATE));
	check_int(child.since[MONDAY_REVIEW_LATE], today - 1);
	check_false(HAS(child.in, MONDAY_REVIEW_IN_TIME));
	check_true(HAS(child.of, MONDAY_REVIEW_IN_TIME));
	clock.due = today; /* not late yet */
	child = of_clock(clock);
	check_false(HAS(child.in, MONDAY_REVIEW_LATE));
	check_true(HAS(child.in, MONDAY_REVIEW_UNBOOKED));
	clock.due = day_of(2026, 12, 18); /* 20 working days on */
	check_true(HAS(of_clock(clock).in, MONDAY_REVIEW_UNBOOKED));
	clock.due = day_of(2026, 12, 21);
	check_false(HAS(of_clock(clock).in, MONDAY_REVIEW_UNBOOKED));
	clock.due = today + 5;
	clock.booked = today + 6;
	child = of_clock(clock);
	check_true(HAS(child.in, MONDAY_REVIEW_BOOKED_LATE));
	check_false(HAS(child.in, MONDAY_REVIEW_UNBOOKED));
	clock.booked = today + 5;
	check_false(HAS(of_clock(clock).in, MONDAY_REVIEW_BOOKED_LATE));
}

TEST(one_late_review_of_several_makes_the_child_not_in_time)
{
	struct monday_child child = child_blank();
	struct clock good = clock_of("cla-review-first", day_of(2026, 3, 20), day_of(2026, 4, 20),
		day_of(2026, 4, 20));
	struct clock late = clock_of("cla-review-second", day_of(2026, 4, 20), day_of(2026, 7, 20),
		day_of(2026, 7, 21));
	monday_clock(&on, &child, &good);
	monday_say(&on, &child);
	check_true(HAS(child.in, MONDAY_REVIEW_IN_TIME));
	check_true(HAS(child.in, MONDAY_FIRST_IN_TIME));
	child.in = 0;
	monday_clock(&on, &child, &late);
	monday_say(&on, &child);
	check_false(HAS(child.in, MONDAY_REVIEW_IN_TIME));
	check_true(HAS(child.in, MONDAY_FIRST_IN_TIME));
	/* Last year's is not of this year. */
	check_false(HAS(of_clock(clock_of("cla-review-first", day_of(2026, 1, 2), day_of(2026, 3, 31),
				 day_of(2026, 3, 30))).of, MONDAY_REVIEW_IN_TIME));
}

TEST(what_cannot_be_known_stands_beside_and_is_not_good)
{
	struct clock clock = clock_of("cla-review-subsequent", DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN);
	clock.doubt = DOUBT_NO_DATE;
	struct monday_child child = of_clock(clock);
	check_true(HAS(child.unknown, MONDAY_REVIEW_LATE));
	check_false(HAS(child.in, MONDAY_REVIEW_LATE));
	check_true(HAS(child.carried, MONDAY_REVIEW_LATE));
	clock = clock_of("iro-decisions-record", on.today - 30, on.today - 23, DAY_UNKNOWN);
	clock.doubt = DOUBT_NOT_CARRIED;
	child = of_clock(clock);
	check_true(HAS(child.unknown, MONDAY_PAPER_DECISIONS));
	check_false(HAS(child.carried, MONDAY_PAPER_DECISIONS));
	clock.doubt = DOUBT_NONE;
	check_true(HAS(of_clock(clock).in, MONDAY_PAPER_DECISIONS));
}

TEST(an_initial_conference_is_counted_by_its_week_and_its_year)
{
	day today = on.today;
	struct clock clock = clock_of("icpc-15wd", today - 24, today - 3, today - 3);
	struct monday_child child = of_clock(clock);
	check_true(HAS(child.in, MONDAY_ICPC_WEEK));
	check_true(HAS(child.in, MONDAY_ICPC_YEAR));
	clock.met_on = today - 2;
	child = of_clock(clock);
	check_true(HAS(child.of, MONDAY_ICPC_WEEK));
	check_false(HAS(child.in, MONDAY_ICPC_WEEK));
	clock.met_on = clock.due = today - 8;
	child = of_clock(clock);
	check_false(HAS(child.of, MONDAY_ICPC_WEEK));
	check_true(HAS(child.in, MONDAY_ICPC_YEAR));
	/* Friday 6 November to Friday 20 November: ten working days. */
	clock = clock_of("icpc-15wd", day_of(2026, 11, 6), day_of(2026, 11, 27), DAY_UNKNOWN);
	check_true(HAS(of_clock(clock).in, MONDAY_ICPC_NO_DATE));
	clock.from = day_of(2026, 11, 9);
	check_false(HAS(of_clock(clock).in, MONDAY_ICPC_NO_DATE));
	clock.from = day_of(2026, 11, 6);
	clock.booked = day_of(2026, 11, 27);
	check_false(HAS(of_clock(clock).in, MONDAY_ICPC_NO_DATE));
	clock = clock_of("transfer-in-conference", today - 24, today - 3, today - 3);
	child = of_clock(clock);
	check_true(HAS(child.in, MONDAY_TRANSFER_YEAR));
	check_false(HAS(child.of, MONDAY_ICPC_YEAR));
}

static struct monday_child of_plan(struct monday_plan plan)
{
	struct monday_child child = child_blank();
	child.on_plan = plan.ended == DAY_UNKNOWN;
	monday_plan(&on, &child, &plan);
	monday_say(&on, &child);
	return child;
}

TEST(a_plan_is_counted_by_its_age_and_by_those_before_it)
{
	day today = on.today;
	struct monday_plan plan = { .began = today - 1, .ended = DAY_UNKNOWN, .before = 0,
		.last_ended = DAY_UNKNOWN };
	struct monday_child child = of_plan(plan);
	check_true(HAS(child.in, MONDAY_PLAN_OPEN) && HAS(child.in, MONDAY_PLAN_STARTED));
	check_false(HAS(child.in, MONDAY_PLAN_AGAIN));
	check_true(HAS(child.of, MONDAY_PLAN_AGAIN));
	check_false(HAS(child.of, MONDAY_RCPC_IN_TIME));
	plan.before = -1;
	check_true(HAS(of_plan(plan).unknown, MONDAY_PLAN_AGAIN));
	plan.before = 1; /* and when it ended is not known */
	child = of_plan(plan);
	check_true(HAS(child.in, MONDAY_PLAN_AGAIN));
	check_true(HAS(child.unknown, MONDAY_PLAN_AGAIN_2));
	plan.last_ended = today - 600;
	check_true(HAS(of_plan(plan).in, MONDAY_PLAN_AGAIN_2));
	plan.last_ended = today - 800;
	check_false(HAS(of_plan(plan).in, MONDAY_PLAN_AGAIN_2));
	plan.began = day_of(2025, 8, 20); /* 15 months to the day */
	child = of_plan(plan);
	check_true(HAS(child.in, MONDAY_PLAN_15));
	check_false(HAS(child.in, MONDAY_PLAN_24));
	check_true(HAS(child.in, MONDAY_RCPC_IN_TIME));
	plan.ended = today - 7;
	child = of_plan(plan);
	check_true(HAS(child.in, MONDAY_PLAN_ENDED));
	check_false(HAS(child.in, MONDAY_PLAN_OPEN));
	plan.ended = today - 8;
	check_false(HAS(of_plan(plan).in, MONDAY_PLAN_ENDED));
}

TEST(a_late_review_conference_spoils_the_plan_that_it_is_of_and_no_other)
{
	struct monday_child child = child_blank();
	struct monday_plan plan = { .began = day_of(2026, 3, 2), .ended = DAY_UNKNOWN,
		.last_ended = DAY_UNKNOWN };
	child.on_plan = true;
	monday_plan(&on, &child, &plan);
	struct clock old = clock_of("rcpc-first", day_of(2024, 3, 2), day_of(2024, 6, 2), day_of(2024, 7, 2));
	monday_clock(&on, &child, &old);
	monday_say(&on, &child);
	check_true(HAS(child.in, MONDAY_RCPC_IN_TIME));
	child.in = 0;
	struct clock late = clock_of("rcpc-first", day_of(2026, 3, 2), day_of(2026, 6, 2), DAY_UNKNOWN);
	monday_clock(&on, &child, &late);
	monday_say(&on, &child);
	check_false(HAS(child.in, MONDAY_RCPC_IN_TIME));
	check_true(HAS(child.in, MONDAY_RCPC_LATE));
}

static struct monday_child of_review(const char *code, const char *before, day held, day born)
{
	struct monday_child child = child_blank();
	child.born = born;
	monday_review(&on, &child,
		&(struct monday_review){ held, str_of(code), str_of(before) });
	return child;
}

TEST(voice_is_of_children_of_four_and_over_in_the_last_four_weeks)
{
	day today = on.today, ten = day_of(2016, 11, 20);
	check_true(HAS(of_review("PN1", "", today - 28, ten).in, MONDAY_VOICE_THERE));
	check_false(HAS(of_review("PN1", "", today - 29, ten).of, MONDAY_VOICE_THERE));
	check_true(HAS(of_review("PN6", "", today, ten).in, MONDAY_VOICE_SENT));
	struct monday_child child = of_review("PN7", "PN7", today - 1, ten);
	check_true(HAS(child.in, MONDAY_VOICE_NOT) && HAS(child.in, MONDAY_VOICE_NOT_TWICE));
	check_false(HAS(of_review("PN7", "PN2", today - 1, ten).in, MONDAY_VOICE_NOT_TWICE));
	child = of_review("", "", today - 1, ten);
	check_true(HAS(child.unknown, MONDAY_VOICE_THERE));
	check_false(HAS(child.in, MONDAY_VOICE_NOT));
	check_false(HAS(of_review("PN7", "", today, day_of(2022, 11, 21)).of, MONDAY_VOICE_NOT));
	check_true(HAS(of_review("PN7", "", today, day_of(2022, 11, 20)).of, MONDAY_VOICE_NOT));
}

TEST(a_looked_after_child_without_a_named_officer_is_counted_after_five_working_days)
{
	struct monday_child child = child_blank();
	child.looked_after = true;
	struct clock first = clock_of("cla-review-first", day_of(2026, 11, 12), day_of(2026, 12, 10),
		DAY_UNKNOWN);
	monday_clock(&on, &child, &first);
	monday_say(&on, &child);
	check_true(HAS(child.in, MONDAY_NO_OFFICER));
	check_true(HAS(child.in, MONDAY_LOAD));
	child = child_blank();
	child.looked_after = true;
	first.from = day_of(2026, 11, 13); /* five working days: not yet past them */
	monday_clock(&on, &child, &first);
	monday_say(&on, &child);
	check_false(HAS(child.in, MONDAY_NO_OFFICER));
	child.has_iro = true;
	child.care_began = day_of(2026, 1, 1);
	monday_say(&on, &child);
	check_false(HAS(child.in, MONDAY_NO_OFFICER));
}

/* ---- in a store: restricted ones counted, hidden from a list only by name */

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1") };
}

static void add_named(struct place *place, const char *number, const char *surname, enum answer restricted)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2026, 6, 1), day_of(2026, 6, 20));
	struct child *child = record_new(place->arena, &child_type);
	child->number = str_of(number);
	child->surname = str_of(surname);
	child->born = day_of(2014, 3, 9);
	basket.change[0].record = child;
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = S("Ola Reviewer");
	allocation->restricted = restricted;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

TEST(a_restricted_child_is_counted_and_listed_without_a_name)
{
	struct place *place = place_open();
	struct actor manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	struct actor scrutineer = add_person(place, "s.crutineer", "Su Crutineer", ROLE_SCRUTINEER);
	add_named(place, "M1", "Open", ANSWER_NO);
	add_named(place, "M2", "Secret", ANSWER_YES);
	struct monday monday;
	struct monday_query query = { .actor = &manager, .today = day_of(2026, 11, 20), .named = true,
		.listed = true, .measure = MONDAY_REVIEW_LATE, .page = 1 };
	OK(store_monday(place->store, place->arena, &query, &monday, ERR));
	check_int(monday.total, 2);
	check_int(monday.n, 2);
	for (size_t i = 0; i < monday.n; i++)
		check_int(monday.row[i].surname.n == 0, monday.row[i].level < 2);
	query.listed = false;
	OK(store_monday(place->store, place->arena, &query, &monday, ERR));
	check_int(monday.measure[MONDAY_REVIEW_LATE].in, 2);
	check_int(monday.children, 2);
	check_int(monday.officers, 1);
	check_false(monday.measure[MONDAY_DISPUTE_OPEN].carried);
	/* Totals without a child: the same numbers. */
	struct monday totals;
	struct monday_query all = { .actor = &scrutineer, .today = day_of(2026, 11, 20) };
	OK(store_monday(place->store, place->arena, &all, &totals, ERR));
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		check_int(totals.measure[m].in, monday.measure[m].in);
		check_int(totals.measure[m].of, monday.measure[m].of);
		check_int(totals.measure[m].unknown, monday.measure[m].unknown);
	}
	check_int(totals.n, 0);
	place_close(place);
}

/* ---- what is kept says what the slow way says */

static void same_numbers(struct place *place, struct monday_query query)
{
	struct monday kept, slow;
	OK(store_monday(place->store, place->arena, &query, &kept, ERR));
	OK(monday_slowly(place->store, place->arena, &query, &slow, ERR));
	check_int(kept.known_to, slow.known_to);
	if (query.listed) {
		check_int(kept.total, slow.total);
		check_int(kept.n, slow.n);
		for (size_t i = 0; i < kept.n && i < slow.n; i++)
			check_int(kept.row[i].subject, slow.row[i].subject);
		return;
	}
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		check_int(kept.measure[m].in, slow.measure[m].in);
		check_int(kept.measure[m].of, slow.measure[m].of);
		check_int(kept.measure[m].unknown, slow.measure[m].unknown);
		check_int(kept.measure[m].carried, slow.measure[m].carried);
		if (monday_rows[m].oldest)
			check_int(kept.measure[m].oldest, slow.measure[m].oldest);
	}
	check_int(kept.children, slow.children);
	check_int(kept.officers, slow.officers);
	check_true(kept.imported == slow.imported);
}

/* Whatever any child could hold: care, reviews, plans, conferences, visits, bookings, restrictions. */
static void any_child(struct place *place, struct random *random, int number)
{
	static const char *const codes[] = { "PN1", "PN5", "PN7", "PN0" };
	static const char *const people[] = { "Ola Reviewer", "Pat Other", "" };
	day today = instant_day(place->now), began = today - (day)random_below(random, 700);
	struct basket basket;
	char text[16];
	snprintf(text, sizeof text, "R%d", number);
	put_child(place, &basket, arena_text(place->arena, str_of(text)), began, DAY_UNKNOWN);
	struct child *child = record_new(place->arena, &child_type);
	child->number = basket.change[0].key;
	child->born = today - (day)random_below(random, 6000);
	basket.change[0].record = child;
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = str_of(people[random_below(random, 3)]);
	by->chair = str_of(people[random_below(random, 3)]);
	by->restricted = random_below(random, 5) == 0 ? ANSWER_YES : ANSWER_NO;
	for (size_t i = random_below(random, 3); i-- > 0;) {
		struct cla_review *review = put(place, &basket, &cla_review_type, -1);
		review->care = (ref){ -2 };
		review->held = began + (day)random_below(random, (size_t)(today - began) + 1);
		review->participation = str_of(codes[random_below(random, 4)]);
	}
	if (random_below(random, 2) == 0) {
		struct cp_plan *plan = put(place, &basket, &cp_plan_type, -1);
		plan->began = today - (day)random_below(random, 800);
		plan->category = S("NEG");
		plan->ended = random_below(random, 3) == 0
			? plan->began + (day)random_below(random, (size_t)(today - plan->began) + 1)
			: DAY_UNKNOWN;
		plan->plans_before = (int64_t)random_below(random, 3);
	}
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

TEST(what_is_kept_of_each_child_says_what_the_slow_way_says_on_any_day)
{
	struct place *place = place_open();
	struct random random = { 20261122 };
	struct actor manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	struct actor scrutineer = add_person(place, "s.crutineer", "Su Crutineer", ROLE_SCRUTINEER);
	struct actor officer = add_person(place, "ola", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	const struct actor *who[] = { &manager, &scrutineer, &officer };
	for (int round = 0; round < 12; round++) {
		for (int i = 0; i < 6; i++)
			any_child(place, &random, round * 6 + i);
		day today = instant_day(place->now);
		for (size_t p = 0; p < 3; p++) {
			struct monday_query query = { .actor = who[p], .today = today,
				.named = p != 1, .page = 1 };
			same_numbers(place, query);
			query.listed = p != 1;
			for (size_t m = 0; m < MONDAY_MEASURES && query.listed; m += 3) {
				query.measure = (enum monday_measure)((m + (size_t)round) %
					MONDAY_MEASURES);
				same_numbers(place, query);
			}
		}
		/* Days go by: a row of another day is not read, and the day's work makes it anew. */
		place->now += (instant)(random_below(&random, 40)) * INSTANT_DAY;
		struct monday_query next = { .actor = &manager, .today = instant_day(place->now),
			.named = true, .page = 1 };
		same_numbers(place, next);
		int64_t woken, last = 0, batches = 0;
		OK(store_wake(place->store, &woken, ERR));
		do {
			OK(store_monday_turn(place->store, last, 10, &last, ERR));
			batches++;
		} while (last != 0);
		check_true(batches >= 1);
		char text[100];
		snprintf(text, sizeof text, "SELECT count(*) FROM monday_row WHERE made_for = %d",
			(int)instant_day(place->now));
		check_int(COUNT(place, text), COUNT(place, "SELECT count(*) FROM child_row"));
		same_numbers(place, next);
	}
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_measure_has_a_code_a_number_and_a_definition),
		CLAIM(a_review_is_late_unbooked_or_booked_late),
		CLAIM(one_late_review_of_several_makes_the_child_not_in_time),
		CLAIM(what_cannot_be_known_stands_beside_and_is_not_good),
		CLAIM(an_initial_conference_is_counted_by_its_week_and_its_year),
		CLAIM(a_plan_is_counted_by_its_age_and_by_those_before_it),
		CLAIM(a_late_review_conference_spoils_the_plan_that_it_is_of_and_no_other),
		CLAIM(voice_is_of_children_of_four_and_over_in_the_last_four_weeks),
		CLAIM(a_looked_after_child_without_a_named_officer_is_counted_after_five_working_days),
		CLAIM(what_is_kept_of_each_child_says_what_the_slow_way_says_on_any_day),
		CLAIM(a_restricted_child_is_counted_and_listed_without_a_name),
	};
	return cmocka_run_group_tests_name("store monday", tests, open_law, close_law);
}
