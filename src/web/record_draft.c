/* record_draft.c - what is typed and not yet saved: kept by the script as it is typed, and listed. */
#include "web/record.h"

#include "html/govuk_button.h"
#include "store/meeting.h"
#include "web/later.h"

/* ---- kept by the script: a number back, or a status */

static void say(struct page *page, int status, str words)
{
	buf_clear(page->out);
	buf_str(page->out, words);
	page->status = status;
	page->response.status = status;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

static bool keep_work(struct page *page, struct store *store, struct err *err)
{
	struct draft *draft = page->own;
	bool may = record_may(page, record_type_find(draft->type));
	int level;
	/* Who takes the minutes keeps a draft of that meeting's record, and sees nothing else. */
	if (!may && draft->record == 0 &&
		meeting_may_draft(store, &page->actor, draft->key, draft->subject))
		return store_draft_keep(store, draft, page->now, err);
	bool matter = matter_is(record_type_find(draft->type));
	return (matter ? store_subject_access : store_access)(
		       store, &page->actor, draft->subject, &level, err) &&
		((level >= 2 && may) ||
			err_set(err, ERR_MISSING, "there is no such child")) &&
		store_draft_keep(store, draft, page->now, err);
}

static void keep_done(struct page *page, const struct err *failed)
{
	const struct draft *draft = page->own;
	if (failed == NULL)
		say(page, 200, arena_format(page->arena, "%lld", (long long)draft->turn));
	else if (failed->code == ERR_DUPLICATE)
		say(page, 409, S("made"));
	else if (failed->code == ERR_STALE)
		say(page, 409, S("elsewhere"));
	else if (failed->code == ERR_FULL)
		say(page, 413, S("full"));
	else
		say(page, failed->code == ERR_INPUT ? 400 : page_status_of(failed), S("not kept"));
}

static int64_t number_of(const struct page *page, str name)
{
	int64_t number = 0;
	str given = form_value(&page->form, name);
	return given.n > 0 && given.n <= 18 && str_int(given, &number) && number > 0 ? number : 0;
}

void draft_keep(struct page *page)
{
	const struct record_type *type = record_type_find(form_value(&page->form, S("of")));
	struct writing writing = { 0 };
	bool minutes = type == &conference_type || type == &cla_review_type;
	if (type == NULL || !(record_may(page, type) ||
				    (minutes && policy_role_may(page->actor.role, MAY_DRAFT)))) {
		say(page, type == NULL ? 400 : 403, S("not kept"));
		return;
	}
	struct draft *draft = arena_new(page->arena, struct draft);
	*draft = (struct draft){ .person = page->actor.user, .key = number_of(page, S("key")),
		.subject = number_of(page, S("child")), .type = type->name,
		.record = number_of(page, S("record")), .version = number_of(page, S("version")),
		.turn = number_of(page, S("turn")) };
	record_typed(page, type, &page->form, &writing);
	struct buf typed = { 0 };
	buf_typed(&typed, &writing.typed);
	draft->typed = arena_str(page->arena, buf_view(&typed));
	buf_close(&typed);
	page->own = draft;
	if (draft->key == 0 || draft->subject == 0)
		say(page, 400, S("not kept"));
	else
		page_write(page, keep_work, keep_done);
}

/* ---- listed */

static bool is_matter(str type)
{
	const struct record_type *found = record_type_find(type);
	return found != NULL && matter_is(found);
}

str record_draft_address(struct page *page, const struct draft *draft)
{
	const char *of = is_matter(draft->type) ? "matters" : "children";
	if (draft->record != 0)
		return arena_format(page->arena, "/%s/%lld/records/%lld?key=%lld", of,
			(long long)draft->subject, (long long)draft->record,
			(long long)draft->key);
	return arena_format(page->arena, "/%s/%lld/record/%.*s?key=%lld", of,
		(long long)draft->subject, STR_ARGS(draft->type), (long long)draft->key);
}

static void draft_row(struct page *page, const struct draft *draft)
{
	struct buf *b = page->out;
	const struct record_type *type = record_type_find(draft->type);
	str title = type == NULL ? draft->type : type->title;
	str words = arena_format(page->arena, "%.*s%.*s, %s%.*s",
		STR_ARGS(draft->record != 0 ? S("Correction: ") : (str){ 0 }), STR_ARGS(title),
		is_matter(draft->type) ? "" : "child ", STR_ARGS(draft->number));
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\"");
	attr(b, "href", record_draft_address(page, draft));
	H(b, ">");
	text(b, words);
	H(b, "</a></th><td class=\"govuk-table__cell\">");
	buf_instant_words(b, draft->kept_at);
	H(b, "</td><td class=\"govuk-table__cell\">");
	layout_form_open(b,
		arena_format(page->arena, "/drafts/%lld/discard", (long long)draft->key),
		page->csrf);
	H(b, "<button type=\"submit\" class=\"govuk-button govuk-button--secondary app-in-row\">Throw "
	     "away<span class=\"govuk-visually-hidden\">: ");
	text(b, words);
	H(b, "</span></button></form></td></tr>\n");
}

void drafts_show(struct page *page)
{
	struct buf *b = page->out;
	struct draft_list list;
	struct err err;
	if (!store_draft_list(page->store, page->arena, &page->actor, 0, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	int64_t *seen = arena_take(page->arena, list.n + 1, sizeof *seen);
	page_open(page, S("Your drafts"));
	H(b, "<h1 class=\"govuk-heading-l\">Your drafts</h1>\n<p class=\"govuk-body\">What you typed "
	     "and did not save. Only you can see it, and it counts for nothing.</p>\n");
	if (list.n == 0)
		H(b, "<p class=\"govuk-body\">You have no drafts.</p>\n");
	else
		H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption "
		     "govuk-visually-hidden\">Drafts, latest first</caption>\n<thead "
		     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th scope=\"col\" "
		     "class=\"govuk-table__header\">Draft</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">Last kept</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">Act</th></tr></thead>\n<tbody "
		     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < list.n; i++) {
		seen[i] = list.item[i].subject;
		draft_row(page, &list.item[i]);
	}
	if (list.n > 0)
		H(b, "</tbody></table>\n");
	page_close(page);
	page_looked(page, S("look:drafts"), seen, list.n);
}

static bool discard_work(struct page *page, struct store *store, struct err *err)
{
	return store_draft_drop(store, page->actor.user, page->id, err);
}

static void discard_done(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/drafts"));
}

void draft_discard(struct page *page)
{
	page_write(page, discard_work, discard_done);
}
