/* expunge.c - removing a version for good: one person proposes, another decides. */
#include "store/expunge.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_select.h"
#include "html/govuk_tag.h"
#include "html/govuk_textarea.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "web/later.h"
#include "web/manage.h"
#include "web/record.h"

#define EXPUNGE S("/manage/expunge")

struct expunging {
	struct expunge ask;
	bool remove;
	struct manage_mistakes mistakes;
};

/* ---- proposing, from the history of a record */

static void versions_field(struct page *page, const struct record_found *found,
	const struct record_versions *versions, const struct expunging *form)
{
	struct govuk_select_item *item = arena_take(page->arena, versions->n + 1, sizeof *item);
	size_t n = 0;
	for (size_t i = 0; i < versions->n; i++) {
		const struct record_version *version = &versions->item[i];
		struct buf words = { 0 };
		if (!found->withdrawn && version->version == found->version)
			continue;
		buf_format(&words, "Version %lld, ", (long long)version->version);
		buf_instant_words(&words, version->at);
		item[n++] = (struct govuk_select_item){
			.text = arena_str(page->arena, buf_view(&words)),
			.value = arena_format(page->arena, "%lld", (long long)version->version) };
		buf_close(&words);
	}
	govuk_select(page->out, .label = { .text = S("Which version?") }, .id = S("version"),
		.name = S("version"), .items = item, .n_items = n,
		.value = arena_format(page->arena, "%lld", (long long)form->ask.version),
		.error = { .text = manage_wrong_at(&form->mistakes, S("version")) });
}

static void ask_form(struct page *page, const struct expunging *form)
{
	struct record_found found;
	struct record_versions versions;
	struct err err;
	struct buf *b = page->out;
	if (!record_of_page(page, &found))
		return;
	if (!store_record_history(
		    page->store, page->arena, found.type, found.id, &versions, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, EXPUNGE, S("Remove a version for good"), &form->mistakes);
	if (!found.withdrawn && found.version == 1) {
		govuk_inset_text(b, .text = S("The record says this now. Correct or withdraw it first: only "
					      "what it no longer says can be removed."));
	} else {
		govuk_warning_text(b, .icon_fallback_text = S("Warning"),
			.text = S("What was wrong is gone for good when somebody else agrees. Who wrote it "
				  "and when stays, and the ledger still proves the rest. Backups made before "
				  "still hold it."));
		layout_form_open(b, page->request->path, page->csrf);
		versions_field(page, &found, &versions, form);
		govuk_textarea(b, .label = { .text = S("Why should it never have been written down?") },
			.hint = { .text = S("Do not repeat what is to be removed.") }, .id = S("reason"),
			.name = S("reason"), .value = form->ask.reason, .rows = 3,
			.error = { .text = manage_wrong_at(&form->mistakes, S("reason")) });
		govuk_textarea(b, .label = { .text = S("Who received the wrong version?") },
			.hint = { .text = S("Each person or agency that it was sent to. The ledger adds who "
					    "opened it or took a file.") },
			.id = S("receivers"), .name = S("receivers"), .value = form->ask.receivers,
			.rows = 3,
			.error = { .text = manage_wrong_at(&form->mistakes, S("receivers")) });
		govuk_button(b, .text = S("Propose to remove it"), .prevent_double_click = GOVUK_YES);
		H(b, "</form>\n");
	}
	manage_close(page);
	page_looked(page, S("look:expunge"), &page->id, 1);
}

static bool may(struct page *page)
{
	if (policy_role_may(page->actor.role, MAY_EXPUNGE))
		return true;
	page_problem(page, 403);
	return false;
}

void expunge_ask_show(struct page *page)
{
	struct expunging *form = arena_new(page->arena, struct expunging);
	if (may(page))
		ask_form(page, form);
}

static bool ask_work(struct page *page, struct store *store, struct err *err)
{
	struct expunging *form = page->own;
	return store_expunge_propose(store, &page->actor, &form->ask, err);
}

static void ask_done(struct page *page, const struct err *failed)
{
	struct expunging *form = page->own;
	if (failed == NULL) {
		page_redirect(page, arena_format(page->arena, "/manage/expunge/%lld?done=proposed",
					    (long long)form->ask.id));
		return;
	}
	if (failed->code == ERR_STALE)
		manage_wrong(&form->mistakes, S("version"),
			S("The record says this now: correct or withdraw it first"));
	else if (failed->code == ERR_DUPLICATE)
		manage_wrong(&form->mistakes, S("version"),
			S("Somebody proposed this version already, or it is removed"));
	else if (failed->code == ERR_INPUT)
		manage_wrong(&form->mistakes, S("reason"), S("Use 4,000 characters or fewer"));
	if (form->mistakes.n > 0)
		ask_form(page, form);
	else
		page_failed(page, failed);
}

void expunge_ask_send(struct page *page)
{
	struct expunging *form = arena_new(page->arena, struct expunging);
	if (!may(page))
		return;
	page->own = form;
	form->ask = (struct expunge){ .record = page->second, .subject = page->id,
		.reason = str_trim(form_value(&page->form, S("reason"))),
		.receivers = str_trim(form_value(&page->form, S("receivers"))) };
	if (!str_int(form_value(&page->form, S("version")), &form->ask.version))
		manage_wrong(&form->mistakes, S("version"), S("Choose a version"));
	if (form->ask.reason.n == 0)
		manage_wrong(&form->mistakes, S("reason"), S("Enter why it should be removed"));
	if (form->ask.receivers.n == 0)
		manage_wrong(&form->mistakes, S("receivers"),
			S("Enter who received it, or “nobody”"));
	if (form->mistakes.n > 0)
		ask_form(page, form);
	else
		page_write(page, ask_work, ask_done);
}

/* ---- the proposals */

static void outcome_tag(struct buf *b, const struct expunge *e)
{
	if (e->outcome.n == 0)
		govuk_tag(b, .text = S("Waits for a second person"), .classes = S("govuk-tag--yellow"));
	else if (str_equal(e->outcome, S("removed")))
		govuk_tag(b, .text = S("Removed"), .classes = S("govuk-tag--red"));
	else
		govuk_tag(b, .text = S("Declined"), .classes = S("govuk-tag--grey"));
}

static str type_title(const struct expunge *e)
{
	const struct record_type *type = record_type_find(e->type);
	return type == NULL ? e->type : type->title;
}

void expunge_list_show(struct page *page)
{
	struct expunges found;
	struct err err;
	struct buf *b = page->out;
	if (!store_expunge_list(page->store, page->arena, page->actor.authority, &found, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, EXPUNGE, S("Removals"), NULL);
	H(b, "<p class=\"govuk-body\">Versions of records that should never have been written down. One "
	     "person proposes, from the history of the record; another decides.</p>\n");
	if (found.n == 0)
		H(b, "<p class=\"govuk-body\">Nothing was proposed yet.</p>\n");
	show_wide_open(b, S("Removals"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Removals, the latest first</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Record</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Proposed</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">By</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">State</th></tr></thead>"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < found.n; i++) {
		const struct expunge *e = &found.item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
		     "<a class=\"govuk-link\" href=\"/manage/expunge/");
		text_id(b, e->id);
		H(b, "\">");
		text(b, type_title(e));
		H(b, ", version ");
		text_int(b, e->version);
		H(b, "</a></th><td class=\"govuk-table__cell\">");
		buf_instant_words(b, e->proposed_at);
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, e->proposer_name);
		H(b, "</td><td class=\"govuk-table__cell\">");
		outcome_tag(b, e);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	manage_close(page);
}

static void looks_list(struct page *page, const struct expunge_looks *looks)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Who saw the child’s record while it said so</h2>\n");
	if (looks->n == 0)
		H(b, "<p class=\"govuk-body\">The ledger tells of nobody.</p>\n");
	H(b, "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < looks->n; i++) {
		const struct expunge_look *look = &looks->item[i];
		H(b, "<li>");
		text(b, look->name.n > 0 ? look->name : S("Duly itself"));
		H(b, ", ");
		buf_instant_words(b, look->at);
		if (look->file)
			H(b, ": <strong>took a file away</strong>");
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

static void decide(struct page *page, const struct expunge *e)
{
	struct buf *b = page->out;
	if (e->outcome.n > 0) {
		H(b, "<p class=\"govuk-body\">Decided by ");
		text(b, e->ender_name);
		H(b, ", ");
		buf_instant_words(b, e->ended_at);
		H(b, ".</p>\n");
		return;
	}
	if (e->proposer == page->actor.user) {
		govuk_inset_text(b, .text = S("You proposed this. Somebody else decides."));
		return;
	}
	govuk_warning_text(b, .icon_fallback_text = S("Warning"),
		.text = S("Removing cannot be undone. What anybody has typed about this child and not "
			  "saved goes with it. Backups made before still hold the version."));
	layout_form_open(b, page->request->path, page->csrf);
	H(b, "<div class=\"govuk-button-group\">\n");
	govuk_button(b, .text = S("Remove it for good"), .name = S("decision"), .value = S("remove"),
		.classes = S("govuk-button--warning"), .prevent_double_click = GOVUK_YES);
	govuk_button(b, .text = S("Do not remove it"), .name = S("decision"), .value = S("decline"),
		.classes = S("govuk-button--secondary"), .prevent_double_click = GOVUK_YES);
	H(b, "</div></form>\n");
}

static void line(struct buf *b, str label, str words)
{
	H(b, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
	text(b, label);
	H(b, "</dt><dd class=\"govuk-summary-list__value app-long\">");
	text(b, words.n > 0 ? words : S("Not said"));
	H(b, "</dd></div>\n");
}

static void show_one(struct page *page, const struct manage_mistakes *mistakes)
{
	struct expunge e;
	struct expunge_looks looks;
	struct err err;
	int level;
	struct buf *b = page->out;
	if (!store_expunge_find(page->store, page->arena, page->id, &e, &err) ||
		!store_subject_access(page->store, &page->actor, e.subject, &level, &err) ||
		!store_expunge_looks(page->store, page->arena, &e, &looks, &err)) {
		page_failed(page, &err);
		return;
	}
	if (level < 2) {
		page_problem(page, 404);
		return;
	}
	manage_open(page, EXPUNGE, S("Remove a version for good"), mistakes);
	H(b, "<p class=\"govuk-body\" id=\"decision\">");
	outcome_tag(b, &e);
	H(b, "</p>\n<dl class=\"govuk-summary-list\">\n");
	line(b, S("Record"), arena_format(page->arena, "%.*s, version %lld", STR_ARGS(type_title(&e)),
				    (long long)e.version));
	line(b, S("Proposed by"), e.proposer_name);
	line(b, S("Why"), e.reason);
	line(b, S("Who received it"), e.receivers);
	H(b, "</dl>\n<p class=\"govuk-body\"><a class=\"govuk-link\"");
	const struct record_type *type = record_type_find(e.type);
	attr(b, "href", arena_format(page->arena, "/%s/%lld/records/%lld/history",
				type != NULL && matter_is(type) ? "matters" : "children",
				(long long)e.subject, (long long)e.record));
	H(b, ">The record and its history</a></p>\n");
	decide(page, &e);
	looks_list(page, &looks);
	manage_close(page);
	int64_t *subject = arena_new(page->arena, int64_t);
	*subject = e.subject;
	page_looked(page, S("look:expunge"), subject, 1);
}

void expunge_show(struct page *page)
{
	show_one(page, NULL);
}

static bool end_work(struct page *page, struct store *store, struct err *err)
{
	const struct expunging *form = page->own;
	return store_expunge_end(store, &page->actor, page->id, form->remove, err);
}

static void end_done(struct page *page, const struct err *failed)
{
	struct expunging *form = page->own;
	if (failed == NULL) {
		manage_done(page,
			arena_format(page->arena, "/manage/expunge/%lld", (long long)page->id),
			form->remove ? S("removed") : S("declined"));
		return;
	}
	if (failed->code != ERR_DENIED && failed->code != ERR_STALE) {
		page_failed(page, failed);
		return;
	}
	manage_wrong(&form->mistakes, S("decision"),
		failed->code == ERR_DENIED ? S("You proposed this: somebody else must decide")
					   : S("Somebody decided this first, or the record says so again"));
	show_one(page, &form->mistakes);
}

void expunge_send(struct page *page)
{
	struct expunging *form = arena_new(page->arena, struct expunging);
	str decision = form_value(&page->form, S("decision"));
	page->own = form;
	form->remove = str_equal(decision, S("remove"));
	if (!form->remove && !str_equal(decision, S("decline"))) {
		manage_wrong(&form->mistakes, S("decision"), S("Choose whether it is removed"));
		show_one(page, &form->mistakes);
		return;
	}
	page_write(page, end_work, end_done);
}
