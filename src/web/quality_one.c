/* quality_one.c - one finding: what it says, who can put it right and where, and why it is right as it
 * stands, where somebody knows. */
#include "web/quality.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_textarea.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/record.h"

struct one {
	struct quality_one found;
	str reason, fault;
	bool back; /* it is taken back */
};

static bool see(struct page *page, struct one *one)
{
	struct err err;
	if (store_quality_one(
		    page->store, page->arena, &page->actor, page->id, page->second, &one->found, &err))
		return true;
	page_failed(page, &err);
	return false;
}

static struct mend_place place_of(const struct one *one)
{
	const struct quality_finding *finding = &one->found.row.finding;
	return (struct mend_place){ one->found.check.kind, finding->rule, finding->name, finding->field };
}

/* ---- where it is put right */

/* The record that the row tells of: of two that fit alike, the later. NULL: there is none. */
static const struct stored *record_of(const struct stored_list *list, const struct record_type *type, day key)
{
	const struct stored *best = NULL;
	int most = 0;
	for (size_t i = 0; i < list->n; i++) {
		int fits = mend_is_of(type, list->item[i].record, key);
		if (fits > 0 && fits >= most) {
			best = &list->item[i];
			most = fits;
		}
	}
	return best;
}

/* A conference stands in the row of the enquiry that it came of. */
static bool conference_of(struct page *page, const struct stored_list *list, day key, const struct stored **out,
	struct err *err)
{
	struct stored_list enquiries;
	if (!store_records_joined(page->store, page->arena, page->id, &section47_type, &enquiries, err))
		return false;
	const struct stored *enquiry = record_of(&enquiries, &section47_type, key);
	for (size_t i = 0; i < list->n && enquiry != NULL; i++) {
		const struct conference *conference = list->item[i].record;
		if (conference->section47.id == enquiry->id)
			*out = &list->item[i];
	}
	return true;
}

static bool find_record(struct page *page, const struct one *one, const struct mend *mend,
	const struct stored **out, struct err *err)
{
	const struct quality_finding *finding = &one->found.row.finding;
	struct stored_list list;
	day key = DAY_UNKNOWN;
	*out = NULL;
	if (!day_read(finding->regards, &key, NULL))
		key = DAY_UNKNOWN;
	if (!store_records_joined(page->store, page->arena, page->id, mend->type, &list, err))
		return false;
	*out = record_of(&list, mend->type, key);
	bool of_enquiry = mend->type == &conference_type && str_equal(finding->name, S("Section47"));
	return !of_enquiry || conference_of(page, &list, key, out, err);
}

static str way(struct page *page, const struct record_type *type, int64_t record, const struct field *field)
{
	return record != 0 ? arena_format(page->arena, "/children/%lld/records/%lld?field=%s",
				     (long long)page->id, (long long)record, field->name)
			   : arena_format(page->arena, "/children/%lld/record/%.*s?field=%s", (long long)page->id,
				     STR_ARGS(type->name), field->name);
}

/* Empty: no record of Duly's holds it, or it is not theirs to write. */
static bool find_way(struct page *page, const struct one *one, str *out, struct err *err)
{
	struct mend mend[MENDS_MOST];
	const struct mend_place place = place_of(one);
	size_t n = mend_fields(&place, mend);
	*out = (str){ 0 };
	for (size_t i = 0; i < n && out->n == 0; i++) {
		const struct stored *record;
		if (!record_may(page, mend[i].type))
			continue;
		if (!find_record(page, one, &mend[i], &record, err))
			return false;
		if (record != NULL)
			*out = way(page, mend[i].type, record->id, mend[i].field);
	}
	/* What is missing is written down anew. */
	for (size_t i = 0; i < n && out->n == 0; i++) {
		if (record_may(page, mend[i].type) && mend[i].type->desk.n > 0)
			*out = way(page, mend[i].type, 0, mend[i].field);
	}
	return true;
}

void quality_field_show(struct page *page)
{
	struct one *one = arena_new(page->arena, struct one);
	struct err err;
	str to;
	if (!see(page, one))
		return;
	if (!find_way(page, one, &to, &err))
		page_failed(page, &err);
	else if (to.n > 0)
		page_redirect(page, to);
	else
		page_redirect(page, arena_format(page->arena, "/children/%lld/findings/%lld?nowhere=1",
					    (long long)page->id, (long long)page->second));
	page_looked(page, S("look:child"), &page->id, 1);
}

/* ---- the page */

static void facts(struct page *page, const struct one *one)
{
	struct buf *b = page->out;
	const struct quality_row *row = &one->found.row;
	const struct mend_place place = place_of(one);
	struct buf where = { 0 };
	struct buf *kept = page->out;
	page->out = &where;
	quality_place(page, &row->finding);
	page->out = kept;
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Return") },
			.value = { .text = arena_format(page->arena, "%.*s, %.*s",
					   STR_ARGS(quality_return_words(one->found.check.kind)),
					   STR_ARGS(quality_year_words(page, one->found.check.year))) } },
		{ .key = { .text = S("Official code") }, .value = { .text = row->finding.rule } },
		{ .key = { .text = S("Where") }, .value = { .html = html_markup(&where) } },
		{ .key = { .text = S("Who can put it right") },
			.value = { .text = mender_words(mend_by(&place)) } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = sizeof rows / sizeof *rows);
	buf_close(&where);
}

static str own_address(struct page *page)
{
	return arena_format(page->arena, "/children/%lld/findings/%lld", (long long)page->id,
		(long long)page->second);
}

static void explained(struct page *page, const struct one *one)
{
	struct buf *b = page->out;
	const struct quality_row *row = &one->found.row;
	H(b, "<h2 class=\"govuk-heading-m\">Explained</h2>\n<p class=\"govuk-body\">");
	text(b, row->reason);
	H(b, "</p>\n<p class=\"govuk-body\">By ");
	text(b, row->who.n > 0 ? row->who : S("somebody"));
	H(b, ", ");
	buf_instant_words(b, row->at);
	H(b, ". The reason goes into the return of that year.</p>\n");
	if (!policy_role_may(page->actor.role, MAY_EXPLAIN))
		return;
	layout_form_open(b, own_address(page), page->csrf);
	govuk_button(b, .text = S("Take the explanation back"), .name = S("action"), .value = S("back"),
		.classes = S("govuk-button--secondary"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void explain_form(struct page *page, const struct one *one)
{
	struct buf *b = page->out;
	if (!policy_role_may(page->actor.role, MAY_EXPLAIN))
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Is it right as it stands?</h2>\n");
	layout_form_open(b, own_address(page), page->csrf);
	govuk_textarea(b, .label = { .text = S("Why it is right"), .classes = S("govuk-label--s") },
		.hint = { .text = S("The Department for Education reads this with the return. Name nobody. The "
				    "finding stays on the list, marked as explained") },
		.error = { .text = one->fault }, .id = S("reason"), .name = S("reason"), .value = one->reason,
		.rows = 4);
	govuk_button(b, .text = S("Explain the finding"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void draw(struct page *page, const struct one *one)
{
	struct buf *b = page->out;
	const struct quality_row *row = &one->found.row;
	page->layout.error = one->fault.n > 0;
	page->status = one->fault.n > 0 ? 422 : 200;
	page->layout.back_href = arena_format(page->arena, "/quality?return=%.*s&list=all",
		STR_ARGS(one->found.check.kind));
	page->layout.back_text = S("What to put right");
	record_page_open(page, S("A finding"));
	if (one->fault.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = one->fault, .href = S("#reason") }));
	if (str_equal(form_value(&page->query, S("done")), S("explained")))
		govuk_notification_banner(b, .type = S("success"), .text = S("The explanation is kept."));
	if (str_equal(form_value(&page->query, S("done")), S("back")))
		govuk_notification_banner(b, .type = S("success"), .text = S("The explanation is taken back."));
	str message = mend_message(one->found.check.kind, row->finding.rule, one->found.check.year);
	record_heading(page, message);
	facts(page, one);
	if (form_has(&page->query, S("nowhere"))) {
		govuk_inset_text(b, .text = S("No record that you may write in Duly holds this: it is put right by "
					      "who is named above, or in the council’s case system."));
	} else {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena, "%.*s/field", STR_ARGS(own_address(page))));
		H(b, ">Put it right</a></p>\n");
	}
	if (row->explained)
		explained(page, one);
	else
		explain_form(page, one);
	record_page_close(page);
}

void quality_one_show(struct page *page)
{
	struct one *one = arena_new(page->arena, struct one);
	if (see(page, one))
		draw(page, one);
}

/* ---- explaining */

static bool work(struct page *page, struct store *store, struct err *err)
{
	const struct one *one = page->own;
	return one->back ? store_quality_unexplain(store, &page->actor, page->id, page->second, err)
			 : store_quality_explain(store, &page->actor, page->id, page->second, str_trim(one->reason),
				   err);
}

static void done(struct page *page, const struct err *failed)
{
	struct one *one = page->own;
	/* Sent twice, or by two people: it is as they wanted it. */
	if (failed == NULL || failed->code == ERR_DUPLICATE || failed->code == ERR_STALE) {
		page_redirect(page, arena_format(page->arena, "%.*s?done=%s", STR_ARGS(own_address(page)),
					    one->back ? "back" : "explained"));
	} else if (failed->code == ERR_INPUT) {
		one->fault = arena_str(page->arena, str_of(failed->text));
		draw(page, one);
	} else {
		page_failed(page, failed);
	}
}

void quality_one_send(struct page *page)
{
	struct one *one = arena_new(page->arena, struct one);
	if (!see(page, one))
		return;
	one->reason = form_value(&page->form, S("reason")); /* as typed: it comes back with a mistake */
	one->back = str_equal(form_value(&page->form, S("action")), S("back"));
	page->own = one;
	page_write(page, work, done);
}
