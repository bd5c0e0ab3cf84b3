#include "check.h"

#include "law/codes.h"
#include "record/matter.h"
#include "record/step.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 24);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static size_t problems_of(const struct record_type *type, const void *record)
{
	struct problems problems = { 0 };
	record_check(arena, type, record, &problems);
	return problems.n;
}

static str canonical(const struct record_type *type, const void *record)
{
	struct buf buf = { 0 };
	buf_record_canonical(&buf, type, record);
	str text = arena_str(arena, buf_view(&buf));
	buf_close(&buf);
	return text;
}

/* Which ref of a record stands for which kind of thread, told by the number put into it. */
static unsigned kind_of_ref(const struct record_type *type, const struct field *field, str kind)
{
	str name = str_of(field->name);
	if (str_equal(name, S("care")))
		return THREAD_CARE;
	if (str_equal(name, S("placement")))
		return THREAD_PLACEMENT;
	if (str_equal(name, S("review")))
		return THREAD_REVIEW;
	if (str_equal(name, S("referral")))
		return THREAD_CIN;
	if (str_equal(name, S("section47")))
		return THREAD_S47;
	if (str_equal(name, S("plan")))
		return THREAD_PLAN;
	if (type == &must_not_learn_type) /* people, which are no threads */
		return str_equal(name, S("whose")) ? 1u << 20 : 1u << 21;
	if (type == &visit_type)
		return str_equal(kind, S("cp")) ? THREAD_PLAN : THREAD_PLACEMENT;
	if (type == &child_step_type) {
		const struct step_kind *of = step_kind_find(kind);
		unsigned threads = word_rows[of == NULL ? step_kinds[0].word : of->word].threads;
		return threads & (~threads + 1); /* the lowest bit */
	}
	must(type == &booking_type);
	return str_equal(kind, S("rcpc"))   ? THREAD_PLAN
	       : str_equal(kind, S("icpc")) ? THREAD_S47
					    : THREAD_CARE;
}

/* An answer to the kind's question; what it does not ask is left out. */
static str choice_of(str kind)
{
	const struct step_kind *found = step_kind_find(kind);
	const struct step_kind *of = found == NULL ? &step_kinds[0] : found;
	return of->choice == NULL ? (str){ 0 } : of->choice->code[0].code;
}

/* What the kind asks, and nothing that it does not. */
static void fit_step(struct matter_step *step)
{
	const struct matter_step_kind *kind = matter_step_find(step->kind);
	step->choice = kind->choice == NULL ? (str){ 0 } : kind->choice->code[0].code;
	step->regards = kind->regards == NULL ? (str){ 0 } : kind->regards->code[0].code;
}

/* A year of the return ends on 31 March, and a score is at most 40; a review starts before it is completed. */
static void fit_days(const struct record_type *type, void *record)
{
	if (type == &health_year_type) {
		((struct health_year *)record)->ended = day_of(2026, 3, 31);
		((struct health_year *)record)->sdq_score = 12;
	}
	if (type == &leaver_year_type)
		((struct leaver_year *)record)->ended = day_of(2026, 3, 31);
	if (type == &cla_review_type)
		((struct cla_review *)record)->started = ((struct cla_review *)record)->held;
}

/* Everything known: refs hold the bit of their thread's kind. */
static void *filled(const struct record_type *type, str code)
{
	char *record = record_new(arena, type);
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		void *at = record + field->at;
		switch (field->kind) {
		case KIND_TEXT:
			*(str *)at = str_equal(str_of(field->name), S("starts")) ? S("14:30")
				     : str_equal(str_of(field->name), S("disabilities")) ? S("MOB LD")
				     : type == &child_step_type && field->codes == NULL
					     ? choice_of(code)
				     : field->codes == NULL ? S("text")
				     : code_find(field->codes, code) != NULL
					     ? code
					     : field->codes->code[0].code;
			break;
		case KIND_DAY:
			*(day *)at = day_of(2026, 1, 1) + (day)i;
			break;
		case KIND_WHEN:
			*(struct when *)at =
				(struct when){ day_of(2026, 1, 1) + (day)i, INSTANT_UNKNOWN };
			break;
		case KIND_ANSWER:
			*(enum answer *)at = ANSWER_NO;
			break;
		case KIND_NUMBER:
			*(int64_t *)at = 3;
			break;
		case KIND_REF:
			((ref *)at)->id = kind_of_ref(type, field, code);
			break;
		}
	}
	return record;
}

static void check_lefts(const struct record_type *type, const void *record)
{
	struct lefts lefts = { 0 };
	record_leaves(arena, type, record, &lefts);
	for (size_t i = 0; i < lefts.n; i++) {
		const struct left *left = &lefts.item[i];
		const struct word_row *row = &word_rows[left->word];
		check_true(left->word != WORD_NONE);
		check_int(row->subject, record_subject(type, record));
		unsigned thread = left->own_thread ? type->thread : (unsigned)left->thread;
		/* A conference with no enquiry behind it is a thread of its own. */
		if (type == &conference_type && left->own_thread)
			continue;
		/* And a secure children's home is a secure placement besides a placement. */
		if (row->threads == THREAD_SECURE && type == &placement_type && left->own_thread)
			continue;
		check_int(thread & row->threads, row->threads == 0 ? 0 : thread);
		check_int(thread == 0, row->threads == 0);
	}
}

TEST(each_type_knows_its_place_in_the_list_and_its_name)
{
	for (size_t i = 0; i < record_types_n; i++) {
		check_int(record_types[i]->index, i);
		check_true(record_type_find(record_types[i]->name) == record_types[i]);
		for (size_t f = 0; f < record_types[i]->n; f++) {
			check_true(record_types[i]->fields[f].label.n > 0);
			check_true(record_field(record_types[i],
					   str_of(record_types[i]->fields[f].name)) ==
				   &record_types[i]->fields[f]);
		}
	}
	check_true(record_type_find(S("nothing")) == NULL);
	check_true(record_field(&child_type, S("nothing")) == NULL);
}

TEST(records_leave_only_words_whose_thread_is_theirs)
{
	for (size_t i = 0; i < record_types_n; i++) {
		const struct record_type *type = record_types[i];
		check_lefts(type, filled(type, S("")));
		for (size_t f = 0; f < type->n; f++) {
			const struct code_list *codes = type->fields[f].codes;
			for (size_t c = 0; codes != NULL && c < codes->n; c++)
				check_lefts(type, filled(type, codes->code[c].code));
		}
	}
}

TEST(a_record_with_everything_known_is_without_problems)
{
	for (size_t i = 0; i < record_types_n; i++) {
		void *record = filled(record_types[i], S(""));
		if (record_types[i] == &matter_step_type)
			fit_step(record);
		fit_days(record_types[i], record);
		check_int(problems_of(record_types[i], record), 0);
	}
}

TEST(a_new_record_knows_nothing_and_says_what_is_missing)
{
	for (size_t i = 0; i < record_types_n; i++) {
		const struct record_type *type = record_types[i];
		size_t required = 0;
		void *record = record_new(arena, type);
		struct buf buf = { 0 };
		for (size_t f = 0; f < type->n; f++) {
			required += (type->fields[f].flags & FIELD_REQUIRED) != 0;
			buf_field_text(&buf, &type->fields[f], record);
			check_int(buf.n, 0);
		}
		buf_close(&buf);
		check_int(problems_of(type, record), required);
	}
}

TEST(equality_and_the_canonical_line_agree_on_every_field)
{
	for (size_t i = 0; i < record_types_n; i++) {
		const struct record_type *type = record_types[i];
		void *full = filled(type, S(""));
		void *empty = record_new(arena, type);
		check_true(record_equal(type, full, filled(type, S(""))));
		for (size_t f = 0; f < type->n; f++) {
			const struct field *field = &type->fields[f];
			size_t size =
				(f + 1 < type->n ? type->fields[f + 1].at : type->size) - field->at;
			char *other = filled(type, S(""));
			memcpy(other + field->at, (char *)empty + field->at, size);
			check_false(record_equal(type, full, other));
			check_false(str_equal(canonical(type, full), canonical(type, other)));
		}
	}
}

TEST(a_canonical_line_cannot_be_read_in_two_ways)
{
	struct allocation *a = record_new(arena, &allocation_type);
	struct allocation *b = record_new(arena, &allocation_type);
	a->iro = S("x chair=1:y");
	b->iro = S("x");
	b->chair = S("y");
	check_false(str_equal(canonical(&allocation_type, a), canonical(&allocation_type, b)));
	check_str(canonical(&allocation_type, b),
		"allocation iro=1:x chair=1:y social_worker=0: team=0: sibling_group=0: "
		"restricted=0:");
}

TEST(a_mistake_names_the_field_and_what_is_wrong)
{
	struct placement *placement = record_new(arena, &placement_type);
	placement->care.id = 7;
	placement->code = S("ZZ");
	struct problems problems = { 0 };
	record_check(arena, &placement_type, placement, &problems);
	check_int(problems.n, 1);
	check_str(problems.item[0].field, "code");
	check_str(problems.item[0].message, "Placement: \"ZZ\" is not a code for a placement");

	struct child *child = record_new(arena, &child_type);
	child->number = S("A\n1");
	child->born = DAY_MAX + 1;
	check_int(problems_of(&child_type, child), 2);
	child->number = S("01234567890123456789012345678901234567890");
	child->born = day_of(2020, 5, 1);
	check_int(problems_of(&child_type, child), 1);
	child->number = S("A1");
	child->died = day_of(2020, 4, 30);
	check_int(problems_of(&child_type, child), 1);
}

TEST(no_period_ends_before_it_began)
{
	struct care_period *care = record_new(arena, &care_period_type);
	care->began = day_of(2026, 1, 2);
	care->ended = day_of(2026, 1, 1);
	check_int(problems_of(&care_period_type, care), 1);
	struct missing_episode *missing = record_new(arena, &missing_episode_type);
	missing->began = (struct when){ day_of(2026, 1, 2), day_of(2026, 1, 2) * INSTANT_DAY + 5 };
	missing->ended = (struct when){ day_of(2026, 1, 2), day_of(2026, 1, 2) * INSTANT_DAY };
	check_int(problems_of(&missing_episode_type, missing), 1);
	missing->ended = (struct when){ day_of(2026, 1, 2), day_of(2026, 1, 3) * INSTANT_DAY };
	check_int(problems_of(&missing_episode_type, missing), 1);
}

TEST(a_review_of_a_child_placed_for_adoption_is_of_that_series)
{
	struct cla_review *review = record_new(arena, &cla_review_type);
	review->care.id = 4;
	review->held = day_of(2026, 3, 2);
	review->participation = S("PN1");
	struct lefts lefts = { 0 };
	record_leaves(arena, &cla_review_type, review, &lefts);
	check_int(lefts.n, 1);
	check_int(lefts.item[0].word, WORD_CLA_REVIEW_HELD);
	check_int(left_thread(&lefts.item[0], 9), 4);
	check_str(left_detail(arena, &lefts.item[0], 9), "participation=PN1;review=9");
	review->placement.id = 5;
	lefts.n = 0;
	record_leaves(arena, &cla_review_type, review, &lefts);
	check_int(lefts.item[0].word, WORD_ADOPTION_REVIEW_HELD);
	check_int(left_thread(&lefts.item[0], 9), 5);
}

TEST(a_review_in_parts_is_held_on_the_day_of_its_completion_and_says_when_it_started)
{
	struct cla_review *review = record_new(arena, &cla_review_type);
	struct lefts lefts = { 0 };
	review->care.id = 4;
	review->held = review->started = day_of(2026, 3, 2);
	check_int(problems_of(&cla_review_type, review), 0);
	review->started = day_of(2026, 3, 3);
	check_int(problems_of(&cla_review_type, review), 1);
	review->started = day_of(2026, 2, 16);
	record_leaves(arena, &cla_review_type, review, &lefts);
	check_int(lefts.n, 1);
	check_int(lefts.item[0].on, day_of(2026, 3, 2));
	check_str(left_detail(arena, &lefts.item[0], 9), "started=2026-02-16;review=9");
}

TEST(a_period_whose_start_is_not_known_begins_on_an_unknown_day)
{
	struct lefts lefts = { 0 };
	record_leaves(arena, &care_period_type, record_new(arena, &care_period_type), &lefts);
	check_int(lefts.n, 1);
	check_int(lefts.item[0].word, WORD_LOOKED_AFTER_BEGAN);
	check_int(lefts.item[0].on, DAY_UNKNOWN);
	check_int(left_thread(&lefts.item[0], 12), 12);
	check_str(left_detail(arena, &lefts.item[0], 12), "");
}

TEST(an_enquiry_that_needs_no_conference_has_ended)
{
	struct section47 *enquiry = record_new(arena, &section47_type);
	enquiry->strategy = enquiry->began = day_of(2026, 1, 5);
	enquiry->icpc_required = ANSWER_NO;
	struct lefts lefts = { 0 };
	record_leaves(arena, &section47_type, enquiry, &lefts);
	check_int(lefts.n, 3);
	check_int(lefts.item[2].word, WORD_S47_ENDED);
	check_int(lefts.item[2].on, DAY_UNKNOWN);
	check_str(lefts.item[2].detail, "outcome=no-icpc");
}

TEST(a_field_reads_as_a_person_says_it)
{
	struct cla_review *review = record_new(arena, &cla_review_type);
	review->held = day_of(2026, 12, 18);
	review->participation = S("PN0");
	struct buf buf = { 0 };
	buf_field(&buf, record_field(&cla_review_type, S("held")), review);
	buf_char(&buf, '|');
	buf_field(&buf, record_field(&cla_review_type, S("participation")), review);
	buf_char(&buf, '|');
	buf_field(&buf, record_field(&cla_review_type, S("care")), review);
	check_str(buf_view(&buf),
		"18 December 2026|Child aged under 4 at the time of the review|Not recorded");
	buf_close(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(each_type_knows_its_place_in_the_list_and_its_name),
		CLAIM(records_leave_only_words_whose_thread_is_theirs),
		CLAIM(a_record_with_everything_known_is_without_problems),
		CLAIM(a_new_record_knows_nothing_and_says_what_is_missing),
		CLAIM(equality_and_the_canonical_line_agree_on_every_field),
		CLAIM(a_canonical_line_cannot_be_read_in_two_ways),
		CLAIM(a_mistake_names_the_field_and_what_is_wrong),
		CLAIM(no_period_ends_before_it_began),
		CLAIM(a_review_of_a_child_placed_for_adoption_is_of_that_series),
		CLAIM(a_review_in_parts_is_held_on_the_day_of_its_completion_and_says_when_it_started),
		CLAIM(a_period_whose_start_is_not_known_begins_on_an_unknown_day),
		CLAIM(an_enquiry_that_needs_no_conference_has_ended),
		CLAIM(a_field_reads_as_a_person_says_it),
	};
	return cmocka_run_group_tests_name("record record", tests, open_arena, close_arena);
}
