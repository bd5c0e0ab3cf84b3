/* Annex A's rows of one child: what is told of whom, about a day. */
#include "../check.h"

#include "returns/annex_a/write.h"

enum { MOST = 12, ROWS = 40 };

static struct arena *arena;

static struct seen {
	struct told_list of[64];
	int64_t next;
	struct child *who;
	struct annex_row row[ROWS];
	enum annex_list list[ROWS];
	size_t n;
} *seen;

static int begin(void **state)
{
	(void)state;
	arena = arena_open(8 << 20);
	seen = arena_new(arena, struct seen);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void *add(const struct record_type *type, ref *at)
{
	struct told_list *list = &seen->of[type->index];
	if (list->item == NULL)
		list->item = arena_take(arena, MOST, sizeof *list->item);
	must(list->n < MOST);
	void *record = record_new(arena, type);
	list->item[list->n++] = (struct told){ ++seen->next, record };
	if (at != NULL)
		*at = (ref){ seen->next };
	return record;
}

static void child_born(day born)
{
	seen->who = add(&child_type, NULL);
	seen->who->born = born;
	seen->who->sex = S("F");
	seen->who->ethnicity = S("WBRI");
}

static void keep(void *to, enum annex_list list, const struct annex_row *row)
{
	struct seen *all = to;
	must(all->n < ROWS);
	all->list[all->n] = list;
	all->row[all->n++] = *row;
}

static size_t tell(day on)
{
	const struct told_child child = { .number = S("C1"), .of = seen->of };
	seen->n = 0;
	size_t n = annex_write_child(arena, on, &child, (struct annex_sink){ keep, seen });
	check_int(n, seen->n);
	return n;
}

static size_t rows_of(enum annex_list list)
{
	size_t n = 0;
	for (size_t i = 0; i < seen->n; i++)
		n += seen->list[i] == list;
	return n;
}

static const struct annex_cell *cell(enum annex_list list, enum annex_field field)
{
	for (size_t i = 0; i < seen->n; i++) {
		if (seen->list[i] == list)
			return &seen->row[i].cell[field];
	}
	static const struct annex_cell none = { .on = DAY_UNKNOWN, .number = -99 };
	print_error("no row in that list\n");
	return &none;
}

static struct care_period *in_care(day began, const char *legal, ref *at)
{
	struct care_period *care = add(&care_period_type, at);
	care->began = began;
	care->legal = str_of(legal);
	return care;
}

#define ON day_of(2026, 11, 22)

TEST(a_child_of_whom_nothing_is_recorded_is_in_no_list)
{
	check_int(tell(ON), 0);
	child_born(day_of(2015, 8, 2));
	check_int(tell(ON), 0);
}

TEST(referrals_go_back_six_months_and_count_those_of_twelve)
{
	child_born(day_of(2015, 11, 23));
	struct referral *referral = add(&referral_type, NULL);
	referral->received = day_of(2026, 5, 23);
	referral->source = S("6");
	referral->nfa = ANSWER_NO;
	struct referral *before = add(&referral_type, NULL);
	before->received = day_of(2025, 11, 23);
	before->closed = day_of(2026, 1, 2);
	struct referral *long_ago = add(&referral_type, NULL);
	long_ago->received = day_of(2025, 11, 22);
	long_ago->closed = day_of(2025, 12, 2);
	tell(ON);
	check_int(rows_of(ANNEX_REFERRALS_MADE), 1);
	check_int(cell(ANNEX_REFERRALS_MADE, ANNEX_REFERRALS)->number, 2);
	check_str(cell(ANNEX_REFERRALS_MADE, ANNEX_REFERRAL_SOURCE)->text, "q) 6: Police");
	check_str(cell(ANNEX_REFERRALS_MADE, ANNEX_NFA)->text, "b) No");
	check_int(cell(ANNEX_REFERRALS_MADE, ANNEX_AGE)->number, 10);
	check_str(cell(ANNEX_REFERRALS_MADE, ANNEX_GENDER)->text, "b) Female");
	check_str(cell(ANNEX_IN_NEED, ANNEX_DISABILITY)->text, "c) Unknown");
	referral->received = day_of(2026, 5, 22);
	tell(ON);
	check_int(rows_of(ANNEX_REFERRALS_MADE), 0);
	referral->received = day_of(2026, 11, 23); /* tomorrow */
	check_int(tell(ON), 0);
}

TEST(of_an_unborn_child_the_expected_day_is_told_and_no_age)
{
	child_born(DAY_UNKNOWN);
	seen->who->expected = day_of(2027, 2, 1);
	((struct referral *)add(&referral_type, NULL))->received = day_of(2026, 10, 1);
	tell(ON);
	check_int(cell(ANNEX_IN_NEED, ANNEX_BORN)->on, day_of(2027, 2, 1));
	check_int(cell(ANNEX_IN_NEED, ANNEX_AGE)->number, -1);
}

TEST(an_enquiry_is_told_with_its_conference_and_what_it_led_to)
{
	child_born(day_of(2015, 8, 2));
	ref at;
	struct section47 *enquiry = add(&section47_type, &at);
	enquiry->strategy = day_of(2026, 9, 1);
	enquiry->icpc_required = ANSWER_YES;
	struct conference *conference = add(&conference_type, NULL);
	conference->kind = S("icpc");
	conference->section47 = at;
	conference->held = day_of(2026, 9, 18);
	tell(ON);
	check_str(cell(ANNEX_SECTION_47, ANNEX_ICPC_UNNECESSARY)->text, "b) No");
	check_str(cell(ANNEX_SECTION_47, ANNEX_ICPC_RESULTED)->text, "b) No");
	struct cp_plan *plan = add(&cp_plan_type, NULL);
	plan->began = day_of(2026, 9, 18);
	plan->category = S("NEG");
	tell(ON);
	check_int(rows_of(ANNEX_SECTION_47), 1);
	check_str(cell(ANNEX_SECTION_47, ANNEX_ICPC_RESULTED)->text, "a) Yes");
	check_str(cell(ANNEX_PROTECTION, ANNEX_CATEGORY)->text, "a) Neglect");
	check_str(cell(ANNEX_PROTECTION, ANNEX_EMERGENCY)->text, "b) No");
	conference->section47 = (ref){ 0 };
	conference->kind = S("transfer-in");
	tell(ON);
	check_int(rows_of(ANNEX_SECTION_47), 2);
}

TEST(short_breaks_are_no_period_of_being_looked_after)
{
	child_born(day_of(2015, 8, 2));
	struct care_period *care = in_care(day_of(2026, 1, 5), "V4", NULL);
	check_int(tell(ON), 0);
	care->legal = S("C2");
	tell(ON);
	check_int(rows_of(ANNEX_LOOKED_AFTER), 1);
	care->ended = day_of(2026, 5, 22); /* six months ago */
	check_int(tell(ON), 0);
	care->ended = day_of(2026, 5, 23);
	care->end_reason = S("E4A");
	tell(ON);
	check_int(rows_of(ANNEX_LOOKED_AFTER), 1);
	check_true(str_starts(cell(ANNEX_LOOKED_AFTER, ANNEX_CARE_END)->text, S("e) E4A")));
}

TEST(the_latest_status_and_placement_are_told_and_a_code_without_words_bears_its_own)
{
	child_born(day_of(2010, 8, 2));
	ref care;
	in_care(day_of(2026, 1, 5), "C1", &care);
	struct legal_status *legal = add(&legal_status_type, NULL);
	*legal = (struct legal_status){ care, day_of(2026, 6, 1), S("C2"), { 0 } };
	struct legal_status *next = add(&legal_status_type, NULL);
	*next = (struct legal_status){ care, day_of(2026, 12, 1), S("E1"), { 0 } };
	for (int i = 0; i < 2; i++) {
		struct placement *placement = add(&placement_type, NULL);
		placement->care = care;
		placement->began = i == 0 ? day_of(2026, 1, 5) : day_of(2026, 7, 1);
		placement->ended = i == 0 ? day_of(2026, 7, 1) : DAY_UNKNOWN;
		placement->code = i == 0 ? S("U6") : S("K3");
	}
	tell(ON);
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_LEGAL)->text, "C2: FCO");
	check_int(cell(ANNEX_LOOKED_AFTER, ANNEX_LEGAL_BEGAN)->on, day_of(2026, 6, 1));
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_PLACEMENT)->text, "K3: Supported accommodation");
	check_int(cell(ANNEX_LOOKED_AFTER, ANNEX_PLACEMENTS)->number, 2);
	check_int(cell(ANNEX_LOOKED_AFTER, ANNEX_PLACED)->on, day_of(2026, 7, 1));
	check_int(rows_of(ANNEX_ADOPTION), 0); /* the placement order is still to come */
}

TEST(a_return_interview_that_nobody_recorded_is_unknown)
{
	child_born(day_of(2012, 8, 2));
	ref care;
	in_care(day_of(2026, 1, 5), "C1", &care);
	struct missing_episode *missing = add(&missing_episode_type, NULL);
	missing->care = care;
	missing->kind = S("M");
	missing->began.on = day_of(2026, 10, 1);
	tell(ON);
	check_int(cell(ANNEX_LOOKED_AFTER, ANNEX_MISSINGS)->number, 1);
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_INTERVIEW_OFFERED)->text, "c) Unknown");
	missing->interview.on = day_of(2026, 10, 4);
	tell(ON);
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_INTERVIEW_ACCEPTED)->text, "a) Yes");
}

static str leaver(day on)
{
	tell(on);
	return rows_of(ANNEX_LEAVERS) == 0 ? (str){ 0 } : cell(ANNEX_LEAVERS, ANNEX_ELIGIBILITY)->text;
}

TEST(who_is_a_care_leaver_goes_by_days_in_care_and_by_age)
{
	child_born(day_of(2008, 6, 1)); /* 14 on 1 June 2022, 16 in 2024, 18 in 2026 */
	struct care_period *care = in_care(day_of(2024, 3, 2), "V2", NULL);
	check_str(leaver(day_of(2024, 5, 31)), ""); /* 15 */
	check_str(leaver(day_of(2024, 6, 2)), "d) Eligible child"); /* 91 days since 2 March, one at 16 */
	care->ended = day_of(2025, 1, 1);
	check_str(leaver(day_of(2025, 2, 1)), "a) Relevant child");
	check_str(leaver(day_of(2026, 6, 1)), "b) Former relevant child");
	check_str(leaver(day_of(2033, 5, 31)), "b) Former relevant child");
	check_str(leaver(day_of(2033, 6, 1)), ""); /* 25 */
	care->began = day_of(2024, 12, 1); /* a month */
	check_str(leaver(day_of(2025, 2, 1)), "c) Qualifying care leaver");
	care->ended = day_of(2024, 12, 1);
	check_str(leaver(day_of(2025, 2, 1)), "");
}

TEST(what_the_other_return_asks_is_told_here_too)
{
	child_born(day_of(2007, 6, 1));
	seen->who->unaccompanied = ANSWER_YES;
	seen->who->unaccompanied_until = day_of(2025, 11, 22);
	ref at;
	struct care_period *care = in_care(day_of(2020, 3, 2), "C2", &at);
	care->need = S("N8");
	struct placement *placement = add(&placement_type, NULL);
	placement->care = at;
	placement->began = care->began;
	placement->code = S("K2");
	placement->postcode = S("ZZ99 1AA");
	placement->urn = S("9000001");
	struct adoption_plan *plan = add(&adoption_plan_type, NULL);
	plan->decided = day_of(2022, 5, 1);
	plan->ceased = day_of(2026, 2, 1);
	plan->ceased_reason = S("RD3");
	struct leaver_year *year = add(&leaver_year_type, NULL);
	*year = (struct leaver_year){ day_of(2026, 3, 31), S("YES"), S("F2"), S("K1") };
	tell(ON);
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_ASYLUM)->text, "b) No"); /* a year ago and more */
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_CARE_NEED)->text, "N8 - Absent parenting");
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_POSTCODE)->text, "ZZ99 1AA");
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_URN)->text, "9000001");
	check_str(cell(ANNEX_LEAVERS, ANNEX_ASYLUM_EVER)->text, "a) Yes");
	check_str(cell(ANNEX_LEAVERS, ANNEX_IN_TOUCH)->text, "a) Yes");
	check_true(str_starts(cell(ANNEX_LEAVERS, ANNEX_ACCOMMODATION)->text, S("K: Ordinary lodgings")));
	check_str(cell(ANNEX_LEAVERS, ANNEX_SUITABLE)->text, "a) Suitable");
	check_true(str_starts(cell(ANNEX_LEAVERS, ANNEX_ACTIVITY)->text, S("F2: ")));
	check_int(cell(ANNEX_ADOPTION, ANNEX_ADOPTION_DECIDED)->on, plan->decided);
	check_true(str_starts(cell(ANNEX_ADOPTION, ANNEX_ADOPTION_STOP)->text, S("RD3")));
	seen->who->unaccompanied_until = day_of(2025, 11, 23);
	tell(ON);
	check_str(cell(ANNEX_LOOKED_AFTER, ANNEX_ASYLUM)->text, "a) Yes");
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_child_of_whom_nothing_is_recorded_is_in_no_list),
		EACH(referrals_go_back_six_months_and_count_those_of_twelve),
		EACH(of_an_unborn_child_the_expected_day_is_told_and_no_age),
		EACH(an_enquiry_is_told_with_its_conference_and_what_it_led_to),
		EACH(short_breaks_are_no_period_of_being_looked_after),
		EACH(the_latest_status_and_placement_are_told_and_a_code_without_words_bears_its_own),
		EACH(a_return_interview_that_nobody_recorded_is_unknown),
		EACH(what_the_other_return_asks_is_told_here_too),
		EACH(who_is_a_care_leaver_goes_by_days_in_care_and_by_age),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
