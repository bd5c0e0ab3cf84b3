/* The census as it is written: what shows of a year, and that it is read back as it was. */
#include "stage.h"

#include "../random.h"

#include "returns/cin/cin.h"
#include "returns/cin/write.h"

enum { MANY = 400, MOST = 60 };

static const struct cin_year year = { 20179, 20543, NULL }; /* 1 April 2025 to 31 March 2026 */

/* A child's records, as they are put together. */
struct made {
	struct told_list of[64];
	int64_t next;
};

static void *add(struct made *made, const struct record_type *type, ref *at)
{
	struct told_list *list = &made->of[type->index];
	if (list->item == NULL)
		list->item = arena_take(arena, MOST, sizeof *list->item);
	must(list->n < MOST);
	struct told *told = &list->item[list->n++];
	void *record = record_new(arena, type);
	*told = (struct told){ ++made->next, record };
	if (at != NULL)
		*at = (ref){ told->id };
	return record;
}

static str written(const struct made *made, size_t n, const struct cin_year *of, struct cin_left_out *left)
{
	static struct buf out;
	struct xml_out xml = { .buf = &out, .indent = true };
	buf_clear(&out);
	cin_write_begin(&xml, of, S("330"));
	for (size_t i = 0; i < n; i++) {
		struct told_child child = { .number = arena_format(arena, "C%04zu", i), .of = made[i].of };
		cin_write_child(arena, of, &child, &xml, left);
	}
	cin_write_end(&xml);
	str text = arena_str(arena, buf_view(&out));
	buf_close(&out);
	return text;
}

/* What a reader staged, as the records of children; in order of their numbers. */
static struct made *as_made(const struct staging *from)
{
	struct made *made = arena_take(arena, from->children.n + 1, sizeof *made);
	for (size_t c = 0; c < from->children.n; c++) {
		const struct staged_child *child = &from->children.item[c];
		for (size_t i = 0; i < child->n; i++) {
			struct made *to = &made[c];
			/* A ref below zero is item -id - 1. */
			struct told_list *list = &to->of[child->item[i].type->index];
			if (list->item == NULL)
				list->item = arena_take(arena, MOST, sizeof *list->item);
			list->item[list->n++] = (struct told){ -(int64_t)i - 1, child->item[i].record };
		}
	}
	return made;
}

static day some_day(struct random *random, day from, day to)
{
	return from + (day)random_below(random, (size_t)(to - from + 1));
}

static bool chance(struct random *random, size_t in_100)
{
	return random_below(random, 100) < in_100;
}

static void make_plan(struct random *random, struct made *made, ref referral, day began, day ended)
{
	ref at;
	struct cp_plan *plan = add(made, &cp_plan_type, &at);
	*plan = (struct cp_plan){ began, ended, S("NEG"), S("EMO"), (int64_t)random_below(random, 4),
		chance(random, 80) ? referral : (ref){ 0 } };
	day until = ended == DAY_UNKNOWN ? year.to + 90 : ended;
	for (day on = began + 1 + (day)random_below(random, 90); on <= until;
		on += 1 + (day)random_below(random, 200)) {
		struct conference *review = add(made, &conference_type, NULL);
		review->kind = S("rcpc");
		review->plan = at;
		review->held = on;
	}
}

static void make_enquiry(struct random *random, struct made *made, ref referral, day on)
{
	ref at;
	struct section47 *enquiry = add(made, &section47_type, &at);
	enquiry->referral = referral;
	enquiry->began = enquiry->strategy = on;
	enquiry->target = chance(random, 70) ? on + 21 : DAY_UNKNOWN;
	if (chance(random, 30)) {
		enquiry->icpc_required = ANSWER_NO;
		return;
	}
	if (chance(random, 20))
		return;
	enquiry->icpc_required = ANSWER_YES;
	struct conference *conference = add(made, &conference_type, NULL);
	conference->kind = S("icpc");
	conference->section47 = at;
	conference->held = on + (day)random_below(random, 30);
}

static void make_need(struct random *random, struct made *made, ref referral, day from, day to)
{
	static const char *const factors[] = { "1A", "1A 2B", "21", "", "16A 17A 18B 20" };
	for (size_t i = random_below(random, 3); i > 0; i--) {
		struct assessment *assessment = add(made, &assessment_type, NULL);
		assessment->referral = referral;
		assessment->began = some_day(random, from, to);
		if (chance(random, 70))
			assessment->authorised = some_day(random, assessment->began, to + 60);
		if (chance(random, 30))
			assessment->reviewed = some_day(random, assessment->began, to);
		assessment->factors = str_of(factors[random_below(random, 5)]);
	}
	for (size_t i = random_below(random, 3); i > 0; i--) {
		struct need_plan *plan = add(made, &need_plan_type, NULL);
		day began = some_day(random, from, to);
		*plan = (struct need_plan){ referral, began,
			chance(random, 50) ? some_day(random, began, to + 60) : DAY_UNKNOWN };
	}
}

static void make_episode(struct random *random, struct made *made, day from, day to)
{
	ref at;
	struct referral *referral = add(made, &referral_type, &at);
	referral->received = from;
	referral->source = chance(random, 90) ? S("6") : (str){ 0 };
	referral->need = chance(random, 90) ? S("N1") : (str){ 0 };
	referral->nfa = chance(random, 15) ? ANSWER_YES : ANSWER_NO;
	if (chance(random, 60)) {
		referral->closed = to;
		referral->closure = S("RC7");
	}
	make_need(random, made, at, from, to);
	if (chance(random, 40))
		make_enquiry(random, made, at, some_day(random, from, to));
	if (chance(random, 40)) {
		day began = some_day(random, from, to - 1);
		make_plan(random, made, at, began,
			chance(random, 50) ? some_day(random, began + 1, to) : DAY_UNKNOWN);
	}
	if (chance(random, 10)) {
		struct conference *transfer = add(made, &conference_type, NULL);
		transfer->kind = S("transfer-in");
		transfer->referral = at;
		transfer->held = some_day(random, from, to);
	}
}

static void make_child(struct random *random, struct made *made)
{
	static const char *const disabilities[] = { "", "NONE", "MOB", "LD AUT", "AUT LD BEH" };
	struct child *child = add(made, &child_type, NULL);
	child->born = some_day(random, day_of(2008, 1, 1), day_of(2020, 1, 1));
	child->sex = chance(random, 50) ? S("M") : S("F");
	child->ethnicity = S("WBRI");
	child->disabilities = str_of(disabilities[random_below(random, 5)]);
	if (chance(random, 60))
		child->upn = S("A123456789012");
	else
		child->upn_unknown = S("UN2");
	if (chance(random, 10))
		child->upn_former = S("B123456789012");
	if (chance(random, 5))
		child->died = some_day(random, year.to - 30, year.to + 30);
	/* One episode after the other, some long gone, some of the year to come. */
	day on = some_day(random, year.from - 700, year.to + 20);
	for (size_t i = 1 + random_below(random, 3); i > 0; i--) {
		day to = on + 2 + (day)random_below(random, 300);
		make_episode(random, made, on, to);
		on = to + 1 + (day)random_below(random, 60);
	}
}

TEST(what_is_written_is_read_and_written_again_byte_for_byte)
{
	struct random random = random_open("census written");
	for (int turn = 0; turn < 20; turn++) {
		struct made *made = arena_take(arena, MANY, sizeof *made);
		struct cin_left_out left = { 0 };
		for (size_t i = 0; i < MANY / 20; i++)
			make_child(&random, &made[i]);
		str first = written(made, MANY / 20, &year, &left);
		staging_close(&staging);
		staging_open(&staging, arena);
		const struct source source = { S("census.xml"), first };
		check_true(cin_stage(&source, year.to + 100, &staging, &err));
		for (size_t i = 0; i < staging.rejects.n; i++) {
			struct buf text = { 0 };
			buf_reject(&text, &staging.rejects.item[i]);
			print_error("%.*s\n", (int)text.n, text.p);
			buf_close(&text);
		}
		check_int(staging.rejects.n, 0);
		/* Those who have no part in the year are not in it: their places are made up again. */
		struct made *read = as_made(&staging), *again = arena_take(arena, MANY, sizeof *again);
		for (size_t c = 0; c < staging.children.n; c++) {
			int64_t place = 0;
			check_true(str_int(str_from(staging.children.item[c].number, 1), &place));
			again[place] = read[c];
		}
		str second = written(again, MANY / 20, &year, NULL);
		if (!str_equal(first, second))
			print_error("%.*s\n----\n%.*s\n", STR_ARGS(first), STR_ARGS(second));
		check_true(str_equal(first, second));
	}
}

static bool has(str text, const char *what)
{
	return memmem(text.p, text.n, what, strlen(what)) != NULL;
}

static struct referral *begin_child(struct made *made, ref *at)
{
	struct child *child = add(made, &child_type, NULL);
	child->born = day_of(2015, 8, 2);
	child->sex = S("F");
	struct referral *referral = add(made, &referral_type, at);
	referral->received = day_of(2025, 5, 1);
	return referral;
}

TEST(what_came_after_the_year_does_not_show)
{
	struct made made = { 0 };
	ref at;
	struct referral *referral = begin_child(&made, &at);
	referral->closed = day_of(2026, 4, 9);
	referral->closure = S("RC7");
	struct assessment *assessment = add(&made, &assessment_type, NULL);
	assessment->referral = at;
	assessment->began = day_of(2026, 3, 20);
	assessment->authorised = day_of(2026, 4, 20);
	assessment->factors = S("1A");
	struct assessment *later = add(&made, &assessment_type, NULL);
	later->referral = at;
	later->began = day_of(2026, 4, 2);
	str text = written(&made, 1, &year, NULL);
	check_true(has(text, "<AssessmentActualStartDate>2026-03-20"));
	check_false(has(text, "RC7"));
	check_false(has(text, "CINclosureDate"));
	check_false(has(text, "AssessmentFactors"));
	check_false(has(text, "2026-04-20"));
	check_false(has(text, "2026-04-02"));
}

TEST(a_referral_that_went_no_further_is_of_the_year_in_which_it_came)
{
	struct made made = { 0 };
	begin_child(&made, NULL)->nfa = ANSWER_YES;
	check_true(has(written(&made, 1, &year, NULL), "<ReferralNFA>1"));
	const struct cin_year next = { year.to + 1, year.to + 365, NULL };
	check_false(has(written(&made, 1, &next, NULL), "<Child>"));
}

TEST(a_plan_that_names_no_episode_stands_in_the_one_that_was_open)
{
	struct made made = { 0 };
	struct cin_left_out left = { 0 };
	begin_child(&made, NULL)->closed = day_of(2025, 9, 1);
	struct cp_plan *plan = add(&made, &cp_plan_type, NULL);
	plan->began = day_of(2025, 6, 1);
	check_true(has(written(&made, 1, &year, &left), "<CPPstartDate>2025-06-01"));
	check_int(left.plans, 0);
	plan->began = day_of(2025, 4, 15); /* before any referral */
	check_false(has(written(&made, 1, &year, &left), "CPPstartDate"));
	check_int(left.plans, 1);
}

TEST(a_conference_that_names_no_enquiry_is_that_of_the_one_before_it)
{
	struct made made = { 0 };
	ref at;
	begin_child(&made, &at);
	struct section47 *enquiry = add(&made, &section47_type, NULL);
	enquiry->referral = at;
	enquiry->began = day_of(2025, 6, 2);
	struct conference *conference = add(&made, &conference_type, NULL);
	conference->kind = S("icpc");
	conference->held = day_of(2025, 6, 20);
	check_true(has(written(&made, 1, &year, NULL), "<DateOfInitialCPC>2025-06-20"));
	conference->held = day_of(2025, 6, 1);
	check_false(has(written(&made, 1, &year, NULL), "DateOfInitialCPC"));
}

TEST(a_child_with_a_number_needs_no_reason_for_none)
{
	struct made made = { 0 };
	begin_child(&made, NULL);
	struct child *first = arena_take(arena, 1, sizeof *first);
	memcpy(first, made.of[child_type.index].item[0].record, sizeof *first);
	first->upn = S("A123456789012");
	first->upn_unknown = S("UN1");
	made.of[child_type.index].item[0].record = first;
	str text = written(&made, 1, &year, NULL);
	check_true(has(text, "<UPN>A123456789012"));
	check_false(has(text, "UPNunknown"));
}

TEST(a_child_who_is_born_after_the_year_is_unborn_in_it)
{
	struct made made = { 0 };
	begin_child(&made, NULL);
	struct child *child = arena_take(arena, 1, sizeof *child);
	memcpy(child, made.of[child_type.index].item[0].record, sizeof *child);
	child->born = year.to + 5;
	child->expected = year.to + 9;
	made.of[child_type.index].item[0].record = child;
	str text = written(&made, 1, &year, NULL);
	check_true(has(text, "<ExpectedPersonBirthDate>2026-04-09"));
	check_false(has(text, "<PersonBirthDate>"));
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_is_written_is_read_and_written_again_byte_for_byte),
		EACH(what_came_after_the_year_does_not_show),
		EACH(a_referral_that_went_no_further_is_of_the_year_in_which_it_came),
		EACH(a_plan_that_names_no_episode_stands_in_the_one_that_was_open),
		EACH(a_conference_that_names_no_enquiry_is_that_of_the_one_before_it),
		EACH(a_child_with_a_number_needs_no_reason_for_none),
		EACH(a_child_who_is_born_after_the_year_is_unborn_in_it),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
