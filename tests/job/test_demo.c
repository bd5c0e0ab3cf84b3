#include "check.h"

#include "base/mem.h"
#include "job/demo_file.h"
#include "job/demo_store.h"
#include "law/codes.h"
#include "law/due.h"
#include "returns/ssda903/write.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena *arena;
static const struct law *law;

static struct demo_options authority_of(int64_t children, uint64_t seed)
{
	return (struct demo_options){ children, seed, day_of(2026, 11, 21), law->calendar };
}

static int open_law(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	law = law_open(arena);
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static bool working(day d)
{
	return calendar_is_working(law->calendar, d);
}

static void check_code(const struct code_list *list, const char *code)
{
	const struct code *found = code_find(list, str_of(code));
	if (found == NULL || found->retired)
		print_error("%s is not in %.*s\n", code, STR_ARGS(list->name));
	assert_non_null(found);
	assert_false(found->retired);
}

static void check_placements(const struct demo_child *child, day now)
{
	const struct demo_care *care = &child->care;
	check_int(care->placement[0].began, care->began);
	for (size_t i = 0; i < care->placements; i++) {
		const struct demo_placement *placement = &care->placement[i];
		bool last = i + 1 == care->placements;
		check_code(&codes_placement, placement->code);
		if (placement->provider[0] != '\0')
			check_code(&codes_provider, placement->provider);
		check_int(placement->ended, last ? care->ended : placement[1].began);
		check_true(placement->began <= now);
		check_true(last == (placement->change_reason[0] == '\0'));
		if (!last)
			check_code(&codes_placement_change, placement->change_reason);
		if (placement->ended != DAY_UNKNOWN)
			check_true(placement->ended > placement->began);
		if (placement->code[0] == 'P')
			check_int(demo_status_on(care, placement->began)[0], 'C');
		else if (placement->post[0] != '\0')
			check_true(strcmp(placement->post, child->home) != 0);
		if (placement->code[0] == 'A')
			check_int(placement[-1].code[0], 'U');
		if (placement->plan_made != DAY_UNKNOWN)
			check_true(placement->plan_made >= placement->began &&
				   placement->plan_made <= now);
	}
}

static void check_reviews(const struct demo_child *child, day now)
{
	const struct demo_care *care = &child->care;
	day last = care->began;
	for (size_t i = 0; i < care->reviews; i++) {
		const struct demo_review *review = &care->review[i];
		check_true(review->held > last && review->held <= now && working(review->held));
		check_true(care->ended == DAY_UNKNOWN || review->held < care->ended);
		check_code(&codes_participation, review->participation);
		check_int(strcmp(review->participation, "PN0") == 0,
			demo_age(child->born, review->held) < 4);
		last = review->held;
	}
	check_true(care->review_booked == DAY_UNKNOWN ||
		   (care->review_booked > now && working(care->review_booked)));
	check_true(care->ended == DAY_UNKNOWN || care->review_due == DAY_UNKNOWN);
}

static void check_missing(const struct demo_child *child, instant now)
{
	const struct demo_care *care = &child->care;
	instant last = INSTANT_UNKNOWN;
	for (size_t i = 0; i < care->missings; i++) {
		const struct demo_missing *missing = &care->missing[i];
		check_true(missing->from > last && missing->from < now);
		check_true(missing->to == INSTANT_UNKNOWN || missing->to > missing->from);
		check_true(missing->to != INSTANT_UNKNOWN || i + 1 == care->missings);
		check_true(
			missing->interview == INSTANT_UNKNOWN || missing->interview > missing->to);
		check_true(instant_day(missing->from) > care->began);
		last = missing->to;
	}
}

static void check_care(const struct demo_child *child, day now)
{
	const struct demo_care *care = &child->care;
	check_true(care->began > child->born - 1 && care->began <= now);
	check_true(demo_age(child->born, care->began) < 18);
	check_true(care->ended == DAY_UNKNOWN || (care->ended > care->began && care->ended <= now));
	check_int(care->ended != DAY_UNKNOWN, care->end_reason[0] != '\0');
	if (care->ended != DAY_UNKNOWN) {
		check_code(&codes_end_reason, care->end_reason);
		if (demo_age(child->born, care->ended) >= 18)
			check_int(care->ended, day_add_months(child->born, 216));
	} else {
		check_true(demo_age(child->born, now) < 18);
	}
	check_int(care->status[0].on, care->began);
	for (size_t i = 0; i < care->statuses; i++) {
		check_code(&codes_legal_status, care->status[i].code);
		check_true(i == 0 || care->status[i].on > care->status[i - 1].on);
		check_true(care->ended == DAY_UNKNOWN || care->status[i].on < care->ended);
	}
	check_code(&codes_need, care->need);
	check_placements(child, now);
	check_reviews(child, now);
	check_missing(child, (now + 1) * INSTANT_DAY);
	check_int(care->worker[0].from, care->began);
	for (size_t i = 1; i < care->workers; i++)
		check_true(care->worker[i].from > care->worker[i - 1].from);
}

static void check_protection(const struct demo_child *child, day now)
{
	const struct demo_protection *made = &child->protection;
	check_true(made->strategy >= child->need.received && made->strategy <= now);
	check_true(made->ended == DAY_UNKNOWN ||
		   (made->ended >= made->strategy && made->ended <= now));
	if (!made->planned)
		return;
	check_int(made->conference, made->began);
	check_true(working(made->began) && made->began > made->strategy && made->began <= now);
	check_code(&codes_category_of_abuse, made->category);
	check_code(&codes_category_of_abuse, made->latest);
	day last = made->began;
	for (size_t i = 0; i < made->reviews; i++) {
		check_true(made->review[i].held > last && made->review[i].held <= now);
		check_true(working(made->review[i].held));
		last = made->review[i].held;
	}
	if (made->plan_ended != DAY_UNKNOWN)
		check_int(made->plan_ended, last);
	else
		check_true(demo_age(child->born, now) < 18);
	for (size_t i = 0; i < made->groups; i++)
		check_true(made->group[i] > made->began && made->group[i] <= now);
}

static void check_need(const struct demo_child *child, day now)
{
	const struct demo_need *need = &child->need;
	check_true(need->received >= child->born && need->received <= now);
	check_code(&codes_referral_source, need->source);
	check_true(need->assessment == DAY_UNKNOWN || need->assessment >= need->received);
	check_true(need->authorised == DAY_UNKNOWN || need->authorised > need->assessment);
	check_true(need->authorised == DAY_UNKNOWN || need->authorised <= now);
	check_int(need->closed != DAY_UNKNOWN, need->closure[0] != '\0');
	if (need->plan_ended != DAY_UNKNOWN)
		check_true(need->plan_ended > need->plan_began && need->plan_ended <= now);
	if (need->closed == DAY_UNKNOWN)
		return;
	check_code(&codes_closure, need->closure);
	check_true(need->closed >= need->received && need->closed <= now);
	check_true(need->nfa || need->closed >= need->authorised);
	check_true(need->closed >= need->plan_ended);
	if (child->has_protection)
		check_true(need->closed >= child->protection.plan_ended);
	if (child->has_care)
		check_true(child->care.ended != DAY_UNKNOWN && need->closed >= child->care.ended);
}

TEST(what_happened_to_each_child_hangs_together)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct demo_options options = authority_of(4000, seed);
		struct demo *demo = demo_open(&options);
		const struct demo_child *child;
		int64_t n = 0;
		while ((child = demo_next(demo)) != NULL) {
			n++;
			int64_t number = 0;
			check_true(str_int(str_of(child->number), &number));
			check_int(number, 100000 + n);
			check_true(child->born < options.now);
			check_code(&codes_ethnicity, child->ethnicity);
			check_need(child, options.now);
			if (child->has_care)
				check_care(child, options.now);
			if (child->has_protection)
				check_protection(child, options.now);
		}
		check_int(n, 4000);
		demo_close(demo);
	}
}

/* ---- shares of England */
struct tally {
	const char *what;
	double least, most, part, whole;
};

enum {
	LOOKED_AFTER,
	ON_PLAN,
	ON_BOTH,
	FULL_ORDER,
	ACCOMMODATED,
	INTERIM,
	PLACEMENT_ORDER,
	UNACCOMPANIED,
	OVER_TEN,
	GIRLS,
	FOSTERED,
	REVIEW_ON_TIME,
	ICPC_15,
	ICPC_MEDIAN,
	RCPC_ON_TIME,
	SECOND_PLAN,
	NEGLECT,
	EMOTIONAL,
	PHYSICAL,
	SEXUAL,
	MULTIPLE,
	TWO_YEARS,
	ASSESSED_45,
	INTERVIEW_72,
	OVERDUE,
	BOOKED,
	BOOKED_LATE,
	CASELOAD,
	TALLIES
};

static struct tally tally[TALLIES] = {
	[LOOKED_AFTER] = { "looked after, of all", 55, 63, 0, 0 },
	[ON_PLAN] = { "on a plan, of all", 26, 33, 0, 0 },
	[ON_BOTH] = { "on a plan and looked after, of all", 3, 7, 0, 0 },
	[FULL_ORDER] = { "C2, of looked after", 53, 64, 0, 0 },
	[ACCOMMODATED] = { "V2, of looked after", 13, 22, 0, 0 },
	[INTERIM] = { "C1, of looked after", 12, 20, 0, 0 },
	[PLACEMENT_ORDER] = { "E1, of looked after", 3, 7, 0, 0 },
	[UNACCOMPANIED] = { "unaccompanied, of looked after", 6, 11, 0, 0 },
	[OVER_TEN] = { "aged 10 and over, of looked after", 58, 70, 0, 0 },
	[GIRLS] = { "girls, of looked after", 40, 48, 0, 0 },
	[FOSTERED] = { "with foster carers, of looked after", 62, 75, 0, 0 },
	[REVIEW_ON_TIME] = { "reviews on time", 92, 96, 0, 0 },
	[ICPC_15] = { "initial conferences within 15 working days", 77, 84, 0, 0 },
	[ICPC_MEDIAN] = { "initial conferences within 13 working days (14 is the median)", 30, 49,
		0, 0 },
	[RCPC_ON_TIME] = { "plans of three months and more, reviewed on time", 86, 94, 0, 0 },
	[SECOND_PLAN] = { "second or later plans", 21, 27, 0, 0 },
	[NEGLECT] = { "neglect", 46, 52, 0, 0 },
	[EMOTIONAL] = { "emotional abuse", 37, 43, 0, 0 },
	[PHYSICAL] = { "physical abuse", 4, 8, 0, 0 },
	[SEXUAL] = { "sexual abuse", 2, 5, 0, 0 },
	[MULTIPLE] = { "multiple", 0.5, 3, 0, 0 },
	[TWO_YEARS] = { "open plans of two years and more", 1.4, 4, 0, 0 },
	[ASSESSED_45] = { "assessments within 45 working days", 80, 88, 0, 0 },
	[INTERVIEW_72] = { "return interviews within 72 hours", 57, 70, 0, 0 },
	[OVERDUE] = { "next review overdue, of looked after", 0.2, 3, 0, 0 },
	[BOOKED] = { "reviews due within 20 days and booked", 88, 99, 0, 0 },
	[BOOKED_LATE] = { "booked after the due date, of booked", 1, 9, 0, 0 },
	[CASELOAD] = { "children a reviewing officer (mean)", 50, 70, 0, 0 },
};

static void add(int which, bool is)
{
	tally[which].whole++;
	tally[which].part += is;
}

static void add_booking(day due, day booked, day now)
{
	if (due == DAY_UNKNOWN)
		return;
	add(OVERDUE, due < now);
	if (due > now && due <= now + 20)
		add(BOOKED, booked != DAY_UNKNOWN);
	if (booked != DAY_UNKNOWN)
		add(BOOKED_LATE, booked > due);
}

static void add_care(const struct demo_child *child, day now)
{
	const struct demo_care *care = &child->care;
	day due = calendar_add_working(law->calendar, care->began, 20);
	for (size_t i = 0; i < care->reviews && !care->review[i].adoption; i++) {
		add(REVIEW_ON_TIME, care->review[i].held <= due);
		due = day_add_months(care->review[i].held, i == 0 ? 3 : 6);
	}
	for (size_t i = 0; i < care->missings; i++) {
		const struct demo_missing *missing = &care->missing[i];
		if (missing->to != INSTANT_UNKNOWN && missing->to < (now - 5) * INSTANT_DAY)
			add(INTERVIEW_72,
				missing->interview != INSTANT_UNKNOWN &&
					missing->interview - missing->to <= 72 * INSTANT_HOUR);
	}
	if (care->ended != DAY_UNKNOWN)
		return;
	const char *status = demo_status_on(care, now);
	add(FULL_ORDER, strcmp(status, "C2") == 0);
	add(ACCOMMODATED, strcmp(status, "V2") == 0);
	add(INTERIM, strcmp(status, "C1") == 0);
	add(PLACEMENT_ORDER, strcmp(status, "E1") == 0);
	add(UNACCOMPANIED, care->asylum);
	add(OVER_TEN, demo_age(child->born, now) >= 10);
	add(GIRLS, child->sex == 'F');
	add(FOSTERED, care->placement[care->placements - 1].code[0] == 'U');
	add_booking(care->review_due, care->review_booked, now);
}

static void add_plan(const struct demo_child *child, day now)
{
	const struct demo_protection *made = &child->protection;
	bool open = made->plan_ended == DAY_UNKNOWN, all = true;
	int days = calendar_working_between(law->calendar, made->strategy, made->conference);
	add(ICPC_15, days <= 15);
	add(ICPC_MEDIAN, days <= 13);
	add(SECOND_PLAN, made->plans_before > 0);
	day due = day_add_months(made->began, 3);
	for (size_t i = 0; i < made->reviews; i++) {
		all = all && made->review[i].held <= due;
		due = day_add_months(made->review[i].held, 6);
	}
	if (!open)
		return;
	if (day_add_months(made->began, 3) <= now)
		add(RCPC_ON_TIME, all && due >= now);
	add(NEGLECT, strcmp(made->latest, "NEG") == 0);
	add(EMOTIONAL, strcmp(made->latest, "EMO") == 0);
	add(PHYSICAL, strcmp(made->latest, "PHY") == 0);
	add(SEXUAL, strcmp(made->latest, "SAB") == 0);
	add(MULTIPLE, strcmp(made->latest, "MUL") == 0);
	add(TWO_YEARS, day_add_months(made->began, 24) <= now);
	add_booking(made->review_due, made->review_booked, now);
}

TEST(the_shares_are_those_of_england)
{
	struct demo_options options = authority_of(5000, 42);
	struct demo *demo = demo_open(&options);
	const struct demo_child *child;
	int *load = mem_alloc((size_t)demo_officers(&options), sizeof *load);
	while ((child = demo_next(demo)) != NULL) {
		bool care = child->has_care && child->care.ended == DAY_UNKNOWN;
		bool plan = child->has_protection && child->protection.planned &&
			    child->protection.plan_ended == DAY_UNKNOWN;
		add(LOOKED_AFTER, care);
		add(ON_PLAN, plan);
		add(ON_BOTH, care && plan);
		if (child->has_care)
			add_care(child, options.now);
		if (child->has_protection && child->protection.planned)
			add_plan(child, options.now);
		if (child->need.authorised != DAY_UNKNOWN)
			add(ASSESSED_45,
				calendar_working_between(law->calendar, child->need.received,
					child->need.authorised) <= 45);
		if (child->officer >= 0)
			load[child->officer]++;
	}
	demo_close(demo);
	int least = 1000, most = 0;
	for (int i = 0; i < demo_officers(&options); i++) {
		tally[CASELOAD].part += load[i] / 100.0;
		tally[CASELOAD].whole++;
		least = load[i] < least ? load[i] : least;
		most = load[i] > most ? load[i] : most;
	}
	mem_free(load);
	printf("# caseloads from %d to %d\n", least, most);
	check_true(least >= 45 && most <= 75);
	int outside = 0;
	for (int i = 0; i < TALLIES; i++) {
		double share = 100 * tally[i].part / tally[i].whole;
		bool fits = share >= tally[i].least && share <= tally[i].most;
		printf("# %5.1f %s [%g to %g]%s\n", share, tally[i].what, tally[i].least,
			tally[i].most, fits ? "" : " OUTSIDE");
		outside += !fits;
	}
	check_int(outside, 0);
}

static void write_child(
	const struct demo_child *child, const struct demo_options *options, struct buf out[])
{
	struct demo_written written = { 0 };
	day to = demo_returned(options);
	struct demo_returns year = { out, day_add_months(to, -12) + 1, to };
	struct demo_told told;
	demo_told_open(&told);
	demo_write_903(demo_tell(child, options, &told), &year, &written);
	demo_told_close(&told);
	demo_write_people(child, options, &out[SSDA903_FILES]);
}

static uint64_t hash_of(int64_t children, uint64_t seed)
{
	struct demo_options options = authority_of(children, seed);
	struct buf out[SSDA903_FILES + 1] = { 0 };
	struct demo *demo = demo_open(&options);
	const struct demo_child *child;
	while ((child = demo_next(demo)) != NULL)
		write_child(child, &options, out);
	demo_close(demo);
	uint64_t hash = 0;
	for (int i = 0; i <= SSDA903_FILES; i++) {
		hash = hash * 31 + str_hash(buf_view(&out[i]));
		buf_close(&out[i]);
	}
	return hash;
}

TEST(the_same_seed_makes_the_same_bytes)
{
	check_true(hash_of(300, 5) == hash_of(300, 5));
	check_true(hash_of(300, 5) != hash_of(300, 6));
	check_true(hash_of(300, 5) != hash_of(301, 5));
}

TEST(brothers_and_sisters_share_a_name_and_an_officer)
{
	struct demo_options options = authority_of(2000, 9);
	struct demo *demo = demo_open(&options);
	const struct demo_child *child;
	int64_t group = 0, grouped = 0;
	char surname[DEMO_NAME] = "";
	int officer = -1;
	day began = DAY_UNKNOWN;
	while ((child = demo_next(demo)) != NULL) {
		if (child->siblings != 0 && child->siblings == group) {
			grouped++;
			assert_string_equal(child->surname, surname);
			check_int(child->officer, officer);
			check_int(child->protection.began, began);
		}
		group = child->siblings;
		memcpy(surname, child->surname, sizeof surname);
		officer = child->officer;
		began = child->protection.began;
	}
	check_true(grouped > 300);
	demo_close(demo);
}

TEST(one_child_is_an_authority_too)
{
	struct demo_options options = authority_of(1, 1);
	struct demo *demo = demo_open(&options);
	assert_non_null(demo_next(demo));
	assert_null(demo_next(demo));
	demo_close(demo);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

TEST(no_two_of_the_staff_share_a_name)
{
	enum { STAFF = 30000, NAME = 2 * DEMO_NAME };
	char(*name)[NAME] = mem_alloc(STAFF, NAME);
	for (int i = 0; i < STAFF; i++) {
		struct demo_name one = demo_staff_name(77, i);
		snprintf(name[i], NAME, "%s %s", one.forename, one.surname);
	}
	qsort(name, STAFF, NAME, compare_names);
	for (int i = 1; i < STAFF; i++)
		check_true(strcmp(name[i - 1], name[i]) != 0);
	mem_free(name);
}

/* Each record is one that a person could have saved, and each special situation has its children. */
TEST(children_stand_in_every_special_situation_and_their_steps_could_have_been_saved)
{
	static const enum word wanted[] = { WORD_AUTHORITY_TO_PLACE_OBTAINED, WORD_PLACED_FOR_ADOPTION,
		WORD_ADOPTION_ORDER_MADE, WORD_SHORT_BREAK_SERIES_BEGAN, WORD_SHORT_BREAK_REVIEW_HELD,
		WORD_SHORT_BREAK_VISIT_HELD, WORD_REMANDED, WORD_DETENTION_PLAN_MADE,
		WORD_PATHWAY_NEEDS_ASSESSED, WORD_PATHWAY_REVIEW_HELD, WORD_LEAVER_MOVED,
		WORD_LEAVER_VISIT_HELD, WORD_POLICE_PROTECTION_ENDED, WORD_COURT_END_SET,
		WORD_ORDER_ENDED, WORD_PROCEEDINGS_BEGAN, WORD_PROCEEDINGS_ENDED,
		WORD_PRE_PROCEEDINGS_MEETING_HELD, WORD_CARE_CHANGE_PROPOSED,
		WORD_PLACEMENT_NOTICE_SENT, WORD_AREA_AUTHORITY_TOLD, WORD_MISSING_MEETING_HELD,
		WORD_PRIVATE_FOSTERING_VISIT_HELD, WORD_TRANSFER_IN_NOTIFIED,
		WORD_SECURE_PLACEMENT_BEGAN, WORD_SECURE_ORDER_MADE, WORD_SECURE_REVIEW_HELD,
		WORD_EXPECTED_BIRTH, WORD_PREBIRTH_CONFERENCE_NEEDED };
	struct demo_options options = authority_of(3000, 42);
	struct demo *demo = demo_open(&options);
	struct arena *own = arena_open((size_t)8 << 20);
	struct demo_changes changes = { 0 };
	size_t left[WORDS] = { 0 };
	const struct demo_child *child;
	while ((child = demo_next(demo)) != NULL) {
		arena_reset(own);
		demo_changes(child, &options, own, &changes);
		for (size_t i = 0; i < changes.n; i++) {
			struct problems problems = { 0 };
			struct lefts lefts = { 0 };
			record_check(own, changes.item[i].type, changes.item[i].record, &problems);
			if (problems.n > 0)
				fail_msg("%.*s: %.*s", STR_ARGS(changes.item[i].type->name),
					STR_ARGS(problems.item[0].message));
			record_leaves(own, changes.item[i].type, changes.item[i].record, &lefts);
			for (size_t k = 0; k < lefts.n; k++) {
				left[lefts.item[k].word]++;
				check_true(lefts.item[k].on <= options.now ||
					word_is_planned(lefts.item[k].word) ||
					lefts.item[k].word == WORD_EXPECTED_BIRTH);
			}
		}
	}
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (left[wanted[i]] == 0)
			fail_msg("nobody: %.*s", STR_ARGS(word_text(wanted[i])));
	}
	/* Few of what is rare: of 3,000 children. */
	check_true(left[WORD_SECURE_PLACEMENT_BEGAN] < 30);
	check_true(left[WORD_EXPECTED_BIRTH] < 30);
	check_true(left[WORD_PRIVATE_FOSTERING_KNOWN] < 60);
	mem_free(changes.item);
	arena_close(own);
	demo_close(demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_happened_to_each_child_hangs_together),
		CLAIM(the_shares_are_those_of_england),
		CLAIM(the_same_seed_makes_the_same_bytes),
		CLAIM(brothers_and_sisters_share_a_name_and_an_officer),
		CLAIM(one_child_is_an_authority_too),
		CLAIM(no_two_of_the_staff_share_a_name),
		CLAIM(children_stand_in_every_special_situation_and_their_steps_could_have_been_saved),
	};
	return cmocka_run_group_tests_name("job demo", tests, open_law, close_law);
}
