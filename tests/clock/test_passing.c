/* Time passing: what it alone brings about, and that whoever is woken by it is never stale. */
#include "told.h"
#include "random.h"

#include "clock/passing.h"

enum { SUBJECTS = 60, DAYS = 731, EVENTS = 14 };

TEST(a_child_becomes_eligible_at_16_and_wakes_that_day)
{
	struct event event[] = { event_of(WORD_BIRTH, day_of(2010, 6, 1), 0, "", 1),
		event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2025, 6, 2), 1, "", 2) };
	struct passing passing = { 0 };
	passing_find(event, 2, day_of(2026, 5, 31), &passing);
	check_int(passing.next, day_of(2026, 6, 1));
	for (size_t i = 0; i < passing.n; i++)
		check_true(passing.item[i].word == WORD_TERM_BEGAN);
	check_int(passing.n, 3); /* September, January, April */
	passing_close(&passing);
	passing_find(event, 2, day_of(2026, 6, 1), &passing);
	check_int(passing.n, 4);
	check_int(passing.item[3].word, WORD_BECAME_ELIGIBLE);
	check_int(passing.item[3].id, 2);
	check_int(passing.next, day_of(2026, 9, 1));
	passing_close(&passing);
}

TEST(nothing_passes_over_a_child_who_left_or_died)
{
	struct event left[] = { event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2026, 1, 5), 1, "", 1),
		event_of(WORD_PLACEMENT_BEGAN, day_of(2026, 1, 5), 2, "to_18=yes", 2),
		event_of(WORD_LOOKED_AFTER_ENDED, day_of(2026, 3, 2), 1, "", 3) };
	check_int(passing_next(left, 3, day_of(2026, 3, 3)), DAY_UNKNOWN);
	left[2].word = WORD_DEATH;
	check_int(passing_next(left, 3, day_of(2026, 3, 3)), DAY_UNKNOWN);
	check_int(passing_next(left, 2, day_of(2026, 3, 3)), day_of(2026, 4, 1));
	check_int(passing_next(left, 0, day_of(2026, 3, 3)), DAY_UNKNOWN);
}

TEST(a_home_has_its_months_until_it_closes)
{
	struct event home[] = { event_of(WORD_HOME_OPENED, day_of(2026, 4, 15), 0, "", 1),
		event_of(WORD_HOME_CLOSED, day_of(2026, 6, 1), 0, "", 2) };
	struct passing passing = { 0 };
	passing_find(home, 1, day_of(2026, 6, 10), &passing);
	check_int(passing.n, 3);
	check_int(passing.next, day_of(2026, 7, 1));
	passing_close(&passing);
	passing_find(home, 2, day_of(2026, 6, 10), &passing);
	check_int(passing.n, 2);
	check_int(passing.next, DAY_UNKNOWN);
	passing_close(&passing);
}

/* ---- two years, day by day */

static struct event any_event(struct random *random, day first, int64_t id)
{
	static const struct {
		enum word word;
		int64_t thread;
		const char *detail;
	} some[] = { { WORD_LOOKED_AFTER_BEGAN, 1, "legal=C2" }, { WORD_LOOKED_AFTER_BEGAN, 2, "" },
		{ WORD_LOOKED_AFTER_ENDED, 1, "" }, { WORD_PLACEMENT_BEGAN, 3, "code=U1;to_18=yes" },
		{ WORD_PLACEMENT_BEGAN, 4, "code=R5" }, { WORD_PLACEMENT_ENDED, 3, "" },
		{ WORD_CLA_VISIT_HELD, 3, "" }, { WORD_CLA_VISIT_HELD, 4, "" },
		{ WORD_CLA_REVIEW_HELD, 1, "" }, { WORD_HEALTH_ASSESSMENT_HELD, 1, "kind=review" },
		{ WORD_PRIVATE_FOSTERING_KNOWN, 5, "" }, { WORD_PRIVATE_FOSTERING_VISIT_HELD, 5, "" },
		{ WORD_PEP_COMPLETED, 1, "" }, { WORD_DEATH, 0, "" } };
	size_t which = random_below(random, id == 1 ? 2 : sizeof some / sizeof *some);
	day on = first + (day)random_below(random, 900) - 400;
	return event_of(some[which].word, on, some[which].thread, some[which].detail, id);
}

static bool is_same(const struct clocks *a, const struct clocks *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++) {
		const struct clock *one = &a->item[i], *two = &b->item[i];
		same = one->rule == two->rule && one->thread == two->thread &&
			one->from == two->from && one->due == two->due &&
			one->met_on == two->met_on && one->ended_on == two->ended_on &&
			one->doubt == two->doubt && one->booked == two->booked;
	}
	return same;
}

/* A subject is computed when an event of its becomes known, and on the day that it said it would wake;
 * on every other day what is stored must be what computing afresh would give. */
static size_t live(struct random *random, day first)
{
	struct event all[EVENTS], known[EVENTS];
	struct clocks stored = { 0 }, fresh = { 0 };
	size_t woken = 0, kept = 0, before = 0;
	day wake = DAY_UNKNOWN;
	all[0] = event_of(WORD_BIRTH, first - (day)random_below(random, 6200), 0, "", 0);
	for (size_t i = 1; i < EVENTS; i++)
		all[i] = any_event(random, first, (int64_t)i);
	for (day today = first; today < first + DAYS; today++) {
		kept = 0;
		for (size_t i = 0; i < EVENTS; i++) {
			if (all[i].on <= today)
				known[kept++] = all[i];
		}
		size_t came = kept - before;
		before = kept;
		kept = events_sort(known, kept);
		bool wakes = wake != DAY_UNKNOWN && wake <= today;
		if (today == first || came > 0 || wakes) {
			stored.n = 0;
			clocks_compute(law, known, kept, &coverage_all, today, &stored);
			wake = passing_next(known, kept, today);
			woken += wakes;
		}
		fresh.n = 0;
		clocks_compute(law, known, kept, &coverage_all, today, &fresh);
		assert_true(is_same(&stored, &fresh));
	}
	clocks_close(&stored);
	clocks_close(&fresh);
	return woken;
}

TEST(two_years_lived_day_by_day_equal_each_day_computed_afresh)
{
	struct random random = random_open("passing");
	size_t woken = 0;
	for (int i = 0; i < SUBJECTS; i++)
		woken += live(&random, day_of(2025, 1, 6));
	check_true(woken > SUBJECTS);
}

TEST(nothing_is_brought_about_after_the_years_that_duly_knows)
{
	struct event fostered = event_of(WORD_PRIVATE_FOSTERING_KNOWN, day_of(2299, 6, 1), 1, "", 1);
	check_int(passing_next(&fostered, 1, day_of(2299, 6, 2)), DAY_UNKNOWN);
	struct event home = event_of(WORD_HOME_OPENED, day_of(2299, 11, 5), 0, "", 1);
	struct passing passing = { 0 };
	passing_find(&home, 1, DAY_MAX, &passing);
	check_int(passing.n, 2);
	check_int(passing.next, DAY_UNKNOWN);
	passing_close(&passing);
}

TEST(short_breaks_and_what_ends_at_18_make_no_child_eligible)
{
	struct event event[] = { event_of(WORD_BIRTH, day_of(2010, 6, 1), 0, "", 1),
		event_of(WORD_LOOKED_AFTER_BEGAN, day_of(2025, 6, 2), 1, "legal=V3", 2) };
	const day as_of = day_of(2029, 1, 1);
	struct passing passing = { 0 };
	const struct {
		const char *legal;
		day began;
		bool eligible;
	} cases[] = { { "legal=V3", day_of(2025, 6, 2), false }, { "legal=V4", day_of(2025, 6, 2), false },
		{ "legal=V2", day_of(2025, 6, 2), true }, { "legal=V2", day_of(2028, 2, 20), true },
		{ "legal=V2", day_of(2028, 4, 1), false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		event[1].detail = str_of(cases[i].legal);
		event[1].on = cases[i].began;
		passing_find(event, 2, as_of, &passing);
		bool found = false;
		for (size_t k = 0; k < passing.n; k++)
			found = found || passing.item[k].word == WORD_BECAME_ELIGIBLE;
		assert_int_equal(found, cases[i].eligible);
	}
	passing_close(&passing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_child_becomes_eligible_at_16_and_wakes_that_day),
		CLAIM(nothing_passes_over_a_child_who_left_or_died),
		CLAIM(a_home_has_its_months_until_it_closes),
		CLAIM(two_years_lived_day_by_day_equal_each_day_computed_afresh),
		CLAIM(nothing_is_brought_about_after_the_years_that_duly_knows),
		CLAIM(short_breaks_and_what_ends_at_18_make_no_child_eligible),
	};
	return cmocka_run_group_tests_name("clock passing", tests, open_law, close_law);
}
