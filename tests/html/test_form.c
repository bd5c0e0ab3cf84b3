#include "check.h"
#include "random.h"

#include "html/form_day.h"
#include "html/form_draw.h"
#include "law/codes.h"
#include "record/types.h"

#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open((size_t)1 << 28);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct form_wrong read_day(const char *d, const char *m, const char *y, day *out)
{
	const struct form_boxes boxes = { .day = str_of(d), .month = str_of(m), .year = str_of(y) };
	return form_day_read(arena, S("It"), &boxes, out);
}

static void check_good(const char *d, const char *m, const char *y, day wanted)
{
	day out;
	check_int(read_day(d, m, y, &out).message.n, 0);
	check_int(out, wanted);
}

static void check_wrong(
	const char *d, const char *m, const char *y, const char *message, unsigned part)
{
	day out;
	struct form_wrong wrong = read_day(d, m, y, &out);
	if (!str_equal(wrong.message, str_of(message)))
		fail_msg("%s %s %s: %.*s", d, m, y, STR_ARGS(wrong.message));
	check_int(wrong.part, part);
	check_int(out, DAY_UNKNOWN);
}

TEST(a_date_is_taken_as_people_write_it)
{
	day wanted = day_of(2026, 3, 1);
	check_good("1", "3", "2026", wanted);
	check_good("01", "03", "2026", wanted);
	check_good(" 1 ", " mar", "2026 ", wanted);
	check_good("1", "MARCH", "2026", wanted);
	check_good("30", "Sept", "2026", day_of(2026, 9, 30));
	check_good("29", "2", "2024", day_of(2024, 2, 29));
	check_good("", " ", "", DAY_UNKNOWN);
}

TEST(what_is_missing_or_cannot_be_is_named_with_its_box)
{
	check_wrong("1", "", "", "It must include a month and a year", PART_MONTH | PART_YEAR);
	check_wrong("", "3", "2026", "It must include a day", PART_DAY);
	check_wrong("1", "3", "", "It must include a year", PART_YEAR);
	check_wrong("", "3", "", "It must include a day and a year", PART_DAY | PART_YEAR);
	check_wrong("31", "4", "2026", "It must be a real date: April 2026 has 30 days", PART_DAY);
	check_wrong("29", "2", "2026", "It must be a real date: February 2026 has 28 days", PART_DAY);
	check_wrong("0", "1", "2026", "It must be a real date", PART_DAY);
	check_wrong("32", "x", "2026", "It must be a real date", PART_DAY | PART_MONTH);
	check_wrong("1", "13", "2026", "It must be a real date", PART_MONTH);
	check_wrong("1", "ma", "2026", "It must be a real date", PART_MONTH);
	check_wrong("1", "marc", "2026", "It must be a real date", PART_MONTH);
	check_wrong("1", "1", "26", "It must have a year of 4 numbers, like 2026", PART_YEAR);
	check_wrong("1", "1", "1899", "It must have a year from 1900 to 2299", PART_YEAR);
	check_wrong("-1", "1", "2026", "It must be a real date", PART_DAY);
}

static struct form_wrong read_time(const char *time, const char *which, struct when *out)
{
	const struct form_boxes boxes = { S("25"), S("10"), S("2026"), str_of(time), str_of(which) };
	return form_when_read(arena, S("It"), &boxes, out);
}

TEST(a_time_is_taken_as_people_write_it)
{
	static const char *const same[] = { "2:30pm", "14:30", "14.30", "1430", "2.30 PM", "02:30 p.m." };
	struct when first, when;
	check_int(read_time("2:30pm", "", &first).message.n, 0);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		check_int(read_time(same[i], "", &when).message.n, 0);
		check_true(when.at == first.at);
	}
	check_int(read_time("12am", "", &when).message.n, 0);
	check_int(read_time("  ", "", &when).message.n, 0);
	check_true(when.at == INSTANT_UNKNOWN && when.on != DAY_UNKNOWN);
	static const char *const wrong[] = { "2", "25:00", "14:60", "0pm", "13pm", "2:3", "noon", "14:30x", "14:" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		check_int(read_time(wrong[i], "", &when).part, PART_TIME);
}

TEST(the_hour_that_autumn_repeats_asks_which_it_was)
{
	struct when first, second, none;
	check_int(read_time("1:30am", "", &none).part, PART_WHICH);
	check_int(read_time("1:30am", "first", &first).message.n, 0);
	check_int(read_time("1:30am", "second", &second).message.n, 0);
	check_true(second.at - first.at == INSTANT_HOUR);
	struct form_boxes back = form_boxes_of(arena, second);
	check_true(str_equal(back.which, S("second")) && str_equal(back.time, S("1:30am")));
	check_true(form_is_doubled(&back));
	const struct form_boxes spring = { S("29"), S("3"), S("2026"), S("1:30am"), { 0 } };
	check_int(form_when_read(arena, S("It"), &spring, &none).part, PART_TIME);
	check_false(form_is_doubled(&spring));
}

/* ---- every type */

static const struct form_choice choices[] = {
	{ 11, THREAD_CARE, S_INIT("Looked after since 1 March 2026"), false },
	{ 12, THREAD_CARE, S_INIT("Looked after <earlier>"), true },
	{ 13, THREAD_PLACEMENT | (unsigned)TO_ADOPTION, S_INIT("Placement"), false },
	{ 14, THREAD_REVIEW, S_INIT("Review"), false },
	{ 15, THREAD_PLAN, S_INIT("Plan"), false },
	{ 16, THREAD_S47, S_INIT("Enquiry"), false },
	{ 17, THREAD_CIN, S_INIT("Referral"), false },
	{ 18, THREAD_CONFERENCE, S_INIT("Conference"), false },
	{ 19, THREAD_MISSING, S_INIT("Missing"), false },
};
enum { CHOICES = sizeof choices / sizeof *choices };

static struct record_form form_of(const struct record_type *type)
{
	return (struct record_form){ .type = type, .choice = choices, .choices = CHOICES,
		.today = day_of(2026, 11, 20) };
}

static str some_text(struct random *r, const struct field *field)
{
	static const str pieces[] = { S_INIT("a"), S_INIT("<b>&\"'"), S_INIT("Zo\xc3\xab"),
		S_INIT("\xf0\x9f\x91\xa7"), S_INIT("a b"), S_INIT("%00=&+") };
	struct buf buf = { 0 };
	size_t n = 1 + random_below(r, 5);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&buf, (field->flags & FIELD_LONG) != 0 ? '\n' : ' ');
		buf_str(&buf, pieces[random_below(r, 6)]);
	}
	str kept = arena_str(arena, buf_view(&buf));
	buf_close(&buf);
	return kept;
}

static void fill(struct random *r, const struct record_form *form, const struct field *field,
	char *record)
{
	void *at = record + field->at;
	day on = form->today - (day)random_below(r, 9000);
	if ((field->flags & FIELD_REQUIRED) == 0 && random_below(r, 3) == 0)
		return;
	switch (field->kind) {
	case KIND_TEXT: {
		const struct code *code = field->codes == NULL ? NULL
			: &field->codes->code[random_below(r, field->codes->n)];
		if ((field->flags & FIELD_HOUR) != 0)
			*(str *)at = arena_format(arena, "%02d:%02d", (int)random_below(r, 24),
				(int)random_below(r, 60));
		else if (code == NULL)
			*(str *)at = some_text(r, field);
		else if (form_offers(form, field, code))
			*(str *)at = code->code;
		break;
	}
	case KIND_DAY:
		*(day *)at = on;
		break;
	case KIND_WHEN:
		*(struct when *)at = (struct when){ on, INSTANT_UNKNOWN };
		if (random_below(r, 2) == 0)
			((struct when *)at)->at =
				on * INSTANT_DAY + (instant)(60 * (1 + random_below(r, 22))) * INSTANT_MINUTE;
		break;
	case KIND_ANSWER:
		*(enum answer *)at = (enum answer)random_below(r, 3);
		break;
	case KIND_NUMBER:
		*(int64_t *)at = (int64_t)random_below(r, 1000);
		break;
	case KIND_REF:
		for (size_t k = random_below(r, CHOICES), n = 0; n < CHOICES; n++, k = (k + 1) % CHOICES) {
			if (form_may_be(field, &choices[k]))
				*(ref *)at = (ref){ choices[k].id };
		}
		break;
	}
}

TEST(what_a_form_holds_of_any_record_reads_back_as_that_record)
{
	struct random r = random_open("forms");
	size_t good = 0;
	for (size_t i = 0; i < record_types_n * 60; i++) {
		struct record_form form = form_of(record_types[i % record_types_n]);
		char *record = record_new(arena, form.type);
		for (size_t f = 0; f < form.type->n; f++) {
			if (form_asks(&form, &form.type->fields[f]))
				fill(&r, &form, &form.type->fields[f], record);
		}
		struct typed typed = { 0 };
		struct form_faults faults = { 0 };
		form_write_record(arena, &form, record, &typed);
		char *read = form_read_record(arena, &form, &typed, &faults);
		if (!record_equal(form.type, record, read)) {
			const struct field *field[64];
			size_t n = record_differ(form.type, record, read, field);
			/* Only where it said so: a field with a mistake is not taken. */
			for (size_t k = 0; k < n; k++) {
				if (form_fault_of(&faults, field[k]) == NULL)
					fail_msg("%.*s.%s", STR_ARGS(form.type->name), field[k]->name);
			}
		} else {
			good++;
		}
		struct buf html = { 0 };
		form_draw_summary(&html, arena, &faults, NULL, 0);
		form_draw_fields(&html, arena, &form, &typed, &faults);
		check_true(html.n > 0 || form.type->n == 0);
		check_true(memmem(html.p, html.n, "<b>", 3) == NULL);
		buf_close(&html);
		arena_reset(arena);
	}
	check_true(good > record_types_n * 40);
}

TEST(a_correction_that_touches_nothing_changes_nothing)
{
	struct record_form form = form_of(&missing_episode_type);
	struct missing_episode *old = record_new(arena, form.type);
	old->care = (ref){ 999 }; /* of a period that is no choice any more */
	old->began = (struct when){ day_of(2026, 11, 1), day_of(2026, 11, 1) * INSTANT_DAY + 3661007 };
	old->kind = S("M");
	form.old = old;
	struct typed typed = { 0 };
	struct form_faults faults = { 0 };
	form_write_record(arena, &form, old, &typed);
	const void *read = form_read_record(arena, &form, &typed, &faults);
	check_int(faults.n, 0);
	check_true(record_equal(form.type, old, read));
}

TEST(what_no_form_asks_for_stays_as_it_was)
{
	struct record_form form = form_of(&allocation_type);
	struct allocation *old = record_new(arena, form.type);
	old->restricted = ANSWER_YES;
	old->iro = S("Ann");
	form.old = old;
	struct typed typed = { 0 };
	struct form_faults faults = { 0 };
	typed_put(arena, &typed, S("iro"), S("Bea"));
	typed_put(arena, &typed, S("restricted"), S("no"));
	const struct allocation *read = form_read_record(arena, &form, &typed, &faults);
	check_int(faults.n, 0);
	check_int(read->restricted, ANSWER_YES);
	check_true(str_equal(read->iro, S("Bea")));
}

TEST(a_choice_is_among_those_that_are_offered)
{
	struct record_form form = form_of(&booking_type);
	struct typed typed = { 0 };
	typed_put(arena, &typed, S("meeting"), S("rcpc"));
	typed_put(arena, &typed, S("thread"), S("11")); /* a period of care: no conference's */
	typed_put_part(arena, &typed, "on", "day", S("1"));
	typed_put_part(arena, &typed, "on", "month", S("12"));
	typed_put_part(arena, &typed, "on", "year", S("2026"));
	struct form_faults faults = { 0 };
	(void)form_read_record(arena, &form, &typed, &faults);
	check_int(faults.n, 1);
	check_true(faults.item[0].field == record_field(&booking_type, S("thread")));
	typed_put(arena, &typed, S("thread"), S("15"));
	faults.n = 0;
	(void)form_read_record(arena, &form, &typed, &faults);
	check_int(faults.n, 0);
	typed_put(arena, &typed, S("thread"), S("77"));
	(void)form_read_record(arena, &form, &typed, &faults);
	check_int(faults.n, 1);
}

TEST(the_hour_of_a_meeting_is_taken_as_people_write_it)
{
	static const struct {
		const char *typed, *kept;
	} hour[] = { { "2:30pm", "14:30" }, { "9am", "09:00" }, { "14.30", "14:30" }, { "0930", "09:30" },
		{ "", "" } };
	struct record_form form = form_of(&booking_type);
	const struct field *starts = record_field(&booking_type, S("starts"));
	for (size_t i = 0; i <= sizeof hour / sizeof *hour; i++) {
		bool wrong = i == sizeof hour / sizeof *hour;
		struct typed typed = { 0 };
		struct form_faults faults = { 0 };
		typed_put(arena, &typed, S("meeting"), S("rcpc"));
		typed_put(arena, &typed, S("thread"), S("15"));
		typed_put_part(arena, &typed, "on", "day", S("1"));
		typed_put_part(arena, &typed, "on", "month", S("12"));
		typed_put_part(arena, &typed, "on", "year", S("2026"));
		typed_put(arena, &typed, S("starts"), wrong ? S("half past two") : str_of(hour[i].typed));
		const struct booking *booking = form_read_record(arena, &form, &typed, &faults);
		check_int(faults.n, wrong);
		if (wrong)
			check_true(faults.item[0].field == starts);
		else
			check_str(booking->starts, hour[i].kept);
	}
}

TEST(what_is_typed_is_kept_as_a_form_sends_it)
{
	struct typed typed = { 0 };
	typed_put(arena, &typed, S("words"), S("a&b=c d\n\xc3\xab%"));
	typed_put_part(arena, &typed, "on", "day", S(" 3"));
	struct buf buf = { 0 };
	buf_typed(&buf, &typed);
	check_true(str_equal(buf_view(&buf), S("words=a%26b%3Dc%20d%0A%C3%AB%25&on-day=%203")));
	buf_close(&buf);
	check_true(typed_is_of(S("on-day"), "on"));
	check_false(typed_is_of(S("one"), "on"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_date_is_taken_as_people_write_it),
		CLAIM(what_is_missing_or_cannot_be_is_named_with_its_box),
		CLAIM(a_time_is_taken_as_people_write_it),
		CLAIM(the_hour_that_autumn_repeats_asks_which_it_was),
		CLAIM(what_a_form_holds_of_any_record_reads_back_as_that_record),
		CLAIM(a_correction_that_touches_nothing_changes_nothing),
		CLAIM(what_no_form_asks_for_stays_as_it_was),
		CLAIM(a_choice_is_among_those_that_are_offered),
		CLAIM(the_hour_of_a_meeting_is_taken_as_people_write_it),
		CLAIM(what_is_typed_is_kept_as_a_form_sends_it),
	};
	return cmocka_run_group_tests_name("html form", tests, open_arena, close_arena);
}
