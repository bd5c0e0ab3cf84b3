/* restriction_review.c - a restriction looked at again on its day: it stays, until a further day, or
 * it ends. What was found is kept as the reason of the record's change. */
#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_textarea.h"
#include "store/restricted.h"
#include "web/later.h"
#include "web/manage.h"

#define HERE S("/manage/restrictions")
enum { NOTE_MOST = 1000 };

struct looking {
	str outcome, note;
	struct restricted standing;
	struct manage_mistakes mistakes;
	struct problems problems;
};

/* In how many months it is looked at again. */
static const struct {
	str value, words;
	int months;
} outcomes[] = {
	{ S_INIT("month"), S_INIT("Keep it, and review it again in 1 month"), 1 },
	{ S_INIT("quarter"), S_INIT("Keep it, and review it again in 3 months"), 3 },
	{ S_INIT("half"), S_INIT("Keep it, and review it again in 6 months"), 6 },
	{ S_INIT("end"), S_INIT("End it"), 0 },
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

static str day_words(struct page *page, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = d == DAY_UNKNOWN ? S("Not recorded") : arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static void review_page(struct page *page, const struct looking *form)
{
	struct buf *b = page->out;
	const struct restricted *standing = &form->standing;
	bool hidden = str_equal(standing->kind, S("hidden"));
	struct govuk_option option[OUTCOMES];
	for (size_t i = 0; i < OUTCOMES; i++)
		option[i] = (struct govuk_option){ .text = outcomes[i].words,
			.value = outcomes[i].value };
	struct govuk_fieldset fieldset = { .legend = { .text = S("Is it still needed?") } };
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Child") }, .value = { .text = standing->number } },
		{ .key = { .text = S("What") },
			.value = { .text = hidden ? S("Hidden") : S("Restricted") } },
		{ .key = { .text = S("Why") }, .value = { .text = standing->reason } },
		{ .key = { .text = S("Decided by") }, .value = { .text = standing->who } },
		{ .key = { .text = S("Since") },
			.value = { .text = day_words(page, standing->began) } },
		{ .key = { .text = S("To be reviewed on") },
			.value = { .text = day_words(page, standing->review_on) } },
	};
	page->layout.back_href = HERE;
	page->layout.back_text = S("Restrictions");
	manage_open(page, HERE, S("Review a restriction"), &form->mistakes);
	govuk_summary_list(b, .rows = row, .n_rows = sizeof row / sizeof *row);
	layout_form_open(b,
		arena_format(page->arena, "/manage/restrictions/%lld/review", (long long)page->id),
		page->csrf);
	govuk_radios(b, .fieldset = &fieldset, .name = S("outcome"), .id_prefix = S("outcome"),
		.items = option, .n_items = OUTCOMES, .value = form->outcome,
		.error = { .text = manage_wrong_at(&form->mistakes, S("outcome")) });
	govuk_textarea(b, .label = { .text = S("What did you find?") },
		.hint = { .text = S("Whom you asked, and what has changed since it was decided.") },
		.id = S("note"), .name = S("note"), .value = form->note, .rows = 3,
		.error = { .text = manage_wrong_at(&form->mistakes, S("note")) });
	govuk_button(b, .text = S("Save the review"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
	page_looked(page, S("look:restrictions"), &standing->subject, 1);
}

static struct looking *standing(struct page *page)
{
	struct looking *form = arena_new(page->arena, struct looking);
	struct restricteds rows;
	struct err err;
	page->own = form;
	if (!store_restricted(page->store, page->arena, &page->actor, page->id, 1, &rows, &err)) {
		page_failed(page, &err);
		return NULL;
	}
	/* Who is barred stays barred until it is ended: there is no day. */
	if (rows.n == 0 || rows.item[0].barred) {
		page_problem(page, 404);
		return NULL;
	}
	form->standing = rows.item[0];
	return form;
}

void restriction_review_show(struct page *page)
{
	struct looking *form = standing(page);
	if (form != NULL)
		review_page(page, form);
}

static int months_of(str outcome)
{
	for (size_t i = 0; i < OUTCOMES; i++) {
		if (str_equal(outcomes[i].value, outcome))
			return outcomes[i].months;
	}
	return -1;
}

static bool review_write(struct page *page, struct store *store, struct err *err)
{
	struct looking *form = page->own;
	const struct restricted *row = &form->standing;
	int months = months_of(form->outcome);
	struct restriction *restriction = record_new(page->arena, &restriction_type);
	*restriction = (struct restriction){ .kind = row->kind,
		.reason = row->reason,
		.decided_by = row->who,
		.began = row->began,
		.review_on = months > 0 ? day_add_months(page->today, months) : row->review_on,
		.ended = months > 0 ? DAY_UNKNOWN : page->today };
	struct change change = { .act = CHANGE_EDIT,
		.type = &restriction_type,
		.subject = row->subject,
		.id = row->record,
		.version = row->version,
		.record = restriction,
		.reason = form->note };
	struct save save = { .mode = SAVE_FORM,
		.actor = &page->actor,
		.authority = row->council,
		.change = &change,
		.n = 1,
		.problems = &form->problems,
		.arena = page->arena };
	return store_save(store, &save, err);
}

static void review_written(struct page *page, const struct err *failed)
{
	struct looking *form = page->own;
	/* Sent twice: it is reviewed by the first. */
	if (failed == NULL || failed->code == ERR_STALE)
		manage_done(page, HERE,
			months_of(form->outcome) > 0 ? S("kept-on") : S("unrestricted"));
	else
		page_failed(page, failed);
}

/* A reason is one line: what a browser sends as line breaks is read as spaces. */
static str one_line(struct page *page, str value)
{
	char *line = arena_take(page->arena, value.n + 1, 1);
	for (size_t i = 0; i < value.n; i++)
		line[i] = (unsigned char)value.p[i] < 0x20 ? ' ' : value.p[i];
	return (str){ line, value.n };
}

void restriction_review_send(struct page *page)
{
	struct looking *form = standing(page);
	if (form == NULL)
		return;
	form->outcome = str_trim(form_value(&page->form, S("outcome")));
	form->note = one_line(page, str_trim(form_value(&page->form, S("note"))));
	if (months_of(form->outcome) < 0)
		manage_wrong(&form->mistakes, S("outcome"), S("Choose whether it is still needed"));
	if (form->note.n == 0)
		manage_wrong(&form->mistakes, S("note"), S("Enter what you found"));
	else if (form->note.n > NOTE_MOST)
		manage_wrong(&form->mistakes, S("note"),
			S("What you found must be 1,000 characters or fewer"));
	if (form->mistakes.n > 0)
		review_page(page, form);
	else
		page_write(page, review_write, review_written);
}
