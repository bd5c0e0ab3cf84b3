/* A record's form: the first byte chooses the type, the rest is what a browser sends. Whatever is
 * read either has a fault or is a record that passes its own checks, and is read back the same. */
#include "fuzz.h"
#include "html/form_draw.h"
#include "http/form.h"

static const struct form_choice choices[] = {
	{ 1, THREAD_CARE, S_INIT("Care"), false },
	{ 2, THREAD_PLACEMENT | (unsigned)TO_ADOPTION, S_INIT("Placement"), true },
	{ 3, THREAD_PLAN, S_INIT("Plan"), false },
	{ 4, THREAD_S47, S_INIT("Enquiry"), false },
	{ 5, THREAD_REVIEW, S_INIT("Review"), false },
	{ 6, THREAD_CIN, S_INIT("Referral"), false },
};

static void must_read_back(
	struct arena *arena, const struct record_form *form, const void *record)
{
	struct typed typed = { 0 };
	struct form_faults faults = { 0 };
	struct problems problems = { 0 };
	record_check(arena, form->type, record, &problems);
	must(problems.n == 0);
	form_write_record(arena, form, record, &typed);
	const void *again = form_read_record(arena, form, &typed, &faults);
	must(faults.n == 0 && record_equal(form->type, record, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 26);
	str input = { (const char *)bytes, n };
	const struct record_form form = { .type = record_types[fuzz_choice(&input) % record_types_n],
		.choice = choices, .choices = sizeof choices / sizeof *choices,
		.today = day_of(2026, 11, 20) };
	struct form sent;
	struct err err = { 0 };
	if (form_read(arena, input, &sent, &err)) {
		struct typed typed = { 0 };
		struct form_faults faults = { 0 };
		for (size_t i = 0; i < sent.n; i++)
			typed_put(arena, &typed, sent.item[i].name, sent.item[i].value);
		const void *record = form_read_record(arena, &form, &typed, &faults);
		struct buf html = { .limit = 1 << 22 };
		form_draw_summary(&html, arena, &faults, NULL, 0);
		form_draw_fields(&html, arena, &form, &typed, &faults);
		buf_close(&html);
		if (faults.n == 0 && !arena_full(arena))
			must_read_back(arena, &form, record);
	}
	arena_close(arena);
	return 0;
}
