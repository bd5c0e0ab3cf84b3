/* record_history.c - a record as it is, every version that it had, and its withdrawal. */
#include "web/record.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_textarea.h"
#include "html/govuk_warning_text.h"
#include "web/later.h"

/* ---- the record as it is */

static struct markup value_of(struct page *page, const struct record_form *form,
	const struct field *field, const void *record)
{
	struct buf words = { 0 };
	form_draw_value(&words, form, field, record);
	struct markup kept = { arena_str(page->arena, html_markup(&words).s) };
	buf_close(&words);
	return kept;
}

static void draw_record(struct page *page, const struct record_form *form, const void *record)
{
	size_t n = 0;
	struct govuk_summary_row *row =
		arena_take(page->arena, form->type->n, sizeof *row);
	for (size_t i = 0; i < form->type->n; i++) {
		const struct field *field = &form->type->fields[i];
		bool is_long = (field->flags & FIELD_LONG) != 0;
		if (form->type->shape != NULL && (field->flags & FIELD_KEPT) != 0)
			continue;
		row[n++] = (struct govuk_summary_row){ .key = { .text = field->label },
			.value = { .html = value_of(page, form, field, record),
				.classes = is_long ? S("app-long") : (str){ 0 } } };
	}
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
}

/* ---- its versions */

static str source_words(str source)
{
	static const struct {
		str source, words;
	} known[] = { { S_INIT("ssda903"), S_INIT("an SSDA903 file") },
		{ S_INIT("cin"), S_INIT("a CIN census file") },
		{ S_INIT("people"), S_INIT("a people file") },
		{ S_INIT("system"), S_INIT("Duly itself") }, { S_INIT("demo"), S_INIT("Duly itself") } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (str_equal(known[i].source, source))
			return known[i].words;
	}
	return source;
}

static void draw_by(struct page *page, const struct record_version *version, bool meeting)
{
	struct buf *b = page->out;
	str act = version->withdrawn ? (meeting ? S("Cancelled") : S("Withdrawn"))
		: version->version == 1 ? S("Recorded")
		: meeting ? S("Moved") : S("Corrected");
	text(b, act);
	H(b, " ");
	buf_instant_words(b, version->at);
	H(b, " by ");
	text(b, version->by.n > 0 ? version->by : source_words(version->source));
	bool file = version->by.n > 0 && !str_equal(version->source, SOURCE_FORM) &&
		version->source.n > 0;
	if (file) {
		H(b, ", from ");
		text(b, source_words(version->source));
	}
}

static void draw_changes(struct page *page, const struct record_form *form, const void *before,
	const void *after)
{
	struct buf *b = page->out;
	const struct field **field = arena_take(page->arena, form->type->n, sizeof *field);
	size_t n = record_differ(form->type, before, after, field);
	if (n == 0)
		return;
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">What changed</caption>\n<thead class=\"govuk-table__head\"><tr "
	     "class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Changed</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Before</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">After</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < n; i++) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		text(b, field[i]->label);
		H(b, "</th><td class=\"govuk-table__cell app-long\">");
		form_draw_value(b, form, field[i], before);
		H(b, "</td><td class=\"govuk-table__cell app-long\">");
		form_draw_value(b, form, field[i], after);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
}

static void draw_versions(struct page *page, const struct record_form *form,
	const struct record_versions *versions)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">History</h2>\n<ol class=\"govuk-list\" reversed>\n");
	for (size_t i = versions->n; i-- > 0;) {
		const struct record_version *version = &versions->item[i];
		H(b, "<li>\n<h3 class=\"govuk-heading-s\">");
		draw_by(page, version, form->type == &booking_type);
		H(b, "</h3>\n");
		if (version->reason.n > 0) {
			H(b, "<p class=\"govuk-body\">Reason: ");
			text(b, version->reason);
			H(b, "</p>\n");
		}
		if (i > 0 && !version->withdrawn)
			draw_changes(page, form, versions->item[i - 1].record, version->record);
		H(b, "</li>\n");
	}
	H(b, "</ol>\n");
}

static void draw_saved(struct page *page, const struct record_found *found)
{
	str saved = form_value(&page->query, S("saved"));
	if (saved.n == 0)
		return;
	bool before = str_equal(saved, S("before"));
	govuk_notification_banner(page->out, .type = S("success"),
		.text = before ? S("This form was saved before. It made one record: this one.")
			: found->type == &booking_type && found->withdrawn
				? S("The meeting is cancelled. Everyone who is invited is told.")
			: found->type == &booking_type && found->version > 1
				? S("The meeting is moved. Everyone who is invited is told.")
			: found->withdrawn ? S("The record is withdrawn.")
			: found->version > 1 ? S("The correction is saved.")
					     : S("The record is saved."));
}

static void draw_links(struct page *page, const struct record_found *found)
{
	struct buf *b = page->out;
	bool may = record_may(page, found->type) && !found->withdrawn;
	H(b, "<ul class=\"govuk-list\">\n");
	if (may) {
		bool meeting = found->type == &booking_type;
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, found->id, (str){ 0 }));
		H(b, ">");
		text(b, meeting ? S("Move this meeting") : S("Correct this record"));
		H(b, "</a></li>\n<li><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, found->id, S("/withdraw")));
		H(b, ">");
		text(b, meeting ? S("Cancel this meeting") : S("Withdraw this record"));
		H(b, "</a></li>\n");
	}
	if (found->type == &booking_type) {
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, found->id, S("/meeting.ics")));
		H(b, ">");
		text(b, found->withdrawn ? S("Take this meeting out of a calendar (.ics)")
					 : S("Add this meeting to a calendar (.ics)"));
		H(b, "</a></li>\n");
		if (policy_role_may(page->actor.role, MAY_ATTEND) && !found->withdrawn) {
			H(b, "<li><a class=\"govuk-link\"");
			attr(b, "href",
				arena_format(page->arena, "/meetings/%lld", (long long)found->id));
			H(b, ">The meeting, and who is invited</a></li>\n");
		}
	}
	if (policy_role_may(page->actor.role, MAY_EXPUNGE)) {
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, found->id, S("/expunge")));
		H(b, ">Remove a version for good</a></li>\n");
	}
	if (page->matter.subject != 0 || record_may_any(page)) {
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", record_subject_address(
			page, page->matter.subject != 0 ? (str){ 0 } : S("/record")));
		H(b, ">Record something else</a></li>\n");
	}
	H(b, "<li><a class=\"govuk-link\"");
	attr(b, "href", record_subject_address(page, S("/records")));
	H(b, ">Everything recorded");
	text(b, page->matter.subject != 0 ? (str){ 0 } : S(" of this child"));
	H(b, "</a></li>\n</ul>\n");
}

void record_history_show(struct page *page)
{
	struct record_found found;
	struct record_versions versions;
	struct err err;
	if (!record_of_page(page, &found))
		return;
	struct record_form form = { .type = found.type, .today = page->today, .old = found.record };
	if (!record_choices(page, &form, &err) ||
		!store_record_history(
			page->store, page->arena, found.type, found.id, &versions, &err)) {
		page_failed(page, &err);
		return;
	}
	must(record_shape(page, &form, record_kind(found.type, found.record)));
	record_page_open(page, form.type->title);
	draw_saved(page, &found);
	record_heading(page, form.type->title);
	if (found.withdrawn)
		govuk_inset_text(page->out, .text = arena_format(page->arena, "%s Reason: %.*s",
			found.type == &booking_type ? "Cancelled." : "Withdrawn: it was never so.",
			STR_ARGS(found.why)));
	draw_record(page, &form, found.record);
	draw_links(page, &found);
	draw_versions(page, &form, &versions);
	record_page_close(page);
}

/* ---- withdrawing: it was never so */

/* A booking that is withdrawn before its day is a meeting that is cancelled. */
static bool is_to_come(const struct page *page, const struct record_found *found)
{
	return found->type == &booking_type &&
		((const struct booking *)found->record)->on >= page->today;
}

static void withdraw_show(struct page *page, const struct record_found *found, str reason,
	str fault)
{
	struct buf *b = page->out;
	struct record_form form = { .type = found->type, .today = page->today };
	struct form_faults none = { 0 };
	struct err err;
	if (!record_choices(page, &form, &err)) {
		page_failed(page, &err);
		return;
	}
	must(record_shape(page, &form, record_kind(found->type, found->record)));
	bool meeting = is_to_come(page, found);
	str title = meeting ? S("Cancel a meeting") : S("Withdraw a record");
	page->status = fault.n > 0 ? 422 : 200;
	page->layout.error = fault.n > 0;
	record_page_open(page, title);
	form_draw_summary(b, page->arena, &none, &(struct form_extra){ S("reason"), fault }, 1);
	record_heading(page, title);
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, found->type->title);
	H(b, "</h2>\n");
	draw_record(page, &form, found->record);
	govuk_warning_text(b, .text = meeting
		? S("Everyone who is invited is told in their inbox. The booking and your reason stay "
		    "in the history.")
		: S("Withdraw a record that was never so, as one of another child. What changed since "
		    "is a record of its own. The record and your reason stay in the history."));
	layout_form_open(b, page->request->path, page->csrf);
	H(b, "<input type=\"hidden\" name=\"version\"");
	attr_int(b, "value", found->version);
	H(b, ">\n");
	govuk_textarea(b, .label = { .text = meeting ? S("Why is it cancelled?") : S("Why is it withdrawn?"),
			       .classes = S("govuk-label--s") },
		.error = { .text = fault }, .id = S("reason"), .name = S("reason"),
		.value = reason, .rows = 3);
	govuk_button(b, .text = meeting ? S("Cancel the meeting") : S("Withdraw the record"), .classes = S("govuk-button--warning"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	record_page_close(page);
}

/* The record, for who may withdraw it and while it stands. */
static bool withdrawable(struct page *page, struct record_found *found)
{
	if (!record_of_page(page, found))
		return false;
	if (!record_may(page, found->type)) {
		page_problem(page, 403);
		return false;
	}
	if (found->withdrawn)
		page_redirect(page, record_address(page, found->id, S("/history")));
	return !found->withdrawn;
}

void record_withdraw_show(struct page *page)
{
	struct record_found found;
	if (withdrawable(page, &found))
		withdraw_show(page, &found, (str){ 0 }, (str){ 0 });
}

static bool withdraw_work(struct page *page, struct store *store, struct err *err)
{
	struct writing *writing = page->own;
	struct change change = { .act = CHANGE_WITHDRAW, .type = writing->form.type,
		.id = writing->record, .version = writing->version, .reason = writing->reason };
	struct save save = { .mode = SAVE_FORM, .actor = &page->actor,
		.authority = page->child.authority, .change = &change, .n = 1,
		.problems = &writing->problems, .arena = page->arena };
	return store_save(store, &save, err);
}

static void withdraw_done(struct page *page, const struct err *failed)
{
	const struct writing *writing = page->own;
	struct record_found found;
	if (failed == NULL) {
		page_redirect(page, record_address(page, writing->record, S("/history?saved=1")));
	} else if (failed->code == ERR_STALE || failed->code == ERR_INPUT) {
		if (withdrawable(page, &found))
			withdraw_show(page, &found, writing->reason,
				failed->code == ERR_STALE
					? S("Somebody changed this record. Read it again before you "
					    "withdraw it")
					: S("The reason must be 4,000 characters or fewer"));
	} else if (failed->code == ERR_MISSING && record_of_page(page, &found) &&
		found.withdrawn) {
		page_redirect(page, record_address(page, writing->record, S("/history?saved=1")));
	} else if (page->response.status == 0) {
		page_failed(page, failed);
	}
}

void record_withdraw_send(struct page *page)
{
	struct record_found found;
	if (!withdrawable(page, &found))
		return;
	struct writing *writing = arena_new(page->arena, struct writing);
	writing->form.type = found.type;
	writing->record = found.id;
	writing->reason = str_trim(form_value(&page->form, S("reason")));
	if (!str_int(form_value(&page->form, S("version")), &writing->version))
		writing->version = 0;
	page->own = writing;
	if (writing->reason.n == 0)
		withdraw_show(page, &found, writing->reason, is_to_come(page, &found)
			? S("Enter why it is cancelled") : S("Enter why it is withdrawn"));
	else
		page_write(page, withdraw_work, withdraw_done);
}
