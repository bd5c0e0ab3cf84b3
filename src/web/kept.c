/* kept.c - what was typed into a form whose session had ended: kept, and offered again to the person
 * who typed it, after they have signed in. */
#include "store/kept.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "web/account.h"
#include "web/frame.h"
#include "web/later.h"

/* Passwords and codes are typed there: they are not kept. */
bool kept_wanted(const struct page *page)
{
	str path = page->request->path;
	return page->route != NULL && page->form.n > 0 && !str_starts(path, S("/account")) &&
	       !str_starts(path, S("/sign-"));
}

static bool take_write(struct page *page, struct store *store, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	struct buf body = { 0 };
	for (size_t i = 0; i < page->form.n; i++) {
		const struct form_field *field = &page->form.item[i];
		if (str_equal(field->name, S("csrf")) || str_equal(field->name, S("kept")))
			continue;
		if (body.n > 0)
			buf_char(&body, '&');
		html_url(&body, field->name);
		buf_char(&body, '=');
		html_url(&body, field->value);
	}
	bool done = store_kept_add(store, page->arena, framed->session.person, page->request->path,
		buf_view(&body), page->now, err);
	buf_close(&body);
	return done;
}

static void taken(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/sign-in?kept=1"));
}

void kept_take(struct page *page)
{
	page_write(page, take_write, taken);
}

/* ---- offered again */

/* "child_view" is "Child view" to a person. */
static str label(struct arena *arena, str name)
{
	char *out = arena_take(arena, name.n + 1, 1);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i] == '_' || name.p[i] == '-' ? ' ' : name.p[i];
		out[i] = i == 0 && c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	return (str){ out, name.n };
}

/* What a person typed or chose; not what the form itself carries. */
static bool shown(const struct form_field *field)
{
	static const char *const own[] = { "version", "draft", "once", "seen", "id", "token" };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		if (str_equal(field->name, str_of(own[i])))
			return false;
	}
	return field->value.n > 0;
}

static void typed(struct page *page, const struct form *form)
{
	struct govuk_summary_row *row = arena_take(page->arena, form->n + 1, sizeof *row);
	size_t n = 0;
	for (size_t i = 0; i < form->n; i++) {
		if (shown(&form->item[i]))
			row[n++] = (struct govuk_summary_row){
				.key = { .text = label(page->arena, form->item[i].name) },
				.value = { .text = form->item[i].value,
					.classes = S("app-as-typed") },
			};
	}
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
}

static bool one(struct page *page, const struct kept_form *head)
{
	struct buf *b = page->out;
	struct kept_form kept;
	struct form form;
	struct err err;
	if (!store_kept_read(page->store, page->arena, page->actor.user, head->id, page->now, &kept,
		    &err) ||
		!form_read(page->arena, kept.body, &form, &err))
		return false;
	H(b, "<h2 class=\"govuk-heading-m\">Typed ");
	buf_instant_words(b, kept.at);
	H(b, "</h2>\n");
	typed(page, &form);
	layout_form_open(b, kept.path, page->csrf);
	for (size_t i = 0; i < form.n; i++)
		layout_hidden(b, form.item[i].name, form.item[i].value);
	H(b, "<input type=\"hidden\" name=\"kept\"");
	attr_int(b, "value", kept.id);
	H(b, ">\n");
	govuk_button(b, .text = S("Send it now"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	if (page_is_ours(page->arena, kept.path)) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", kept.path);
		H(b, ">Open the page that it was typed on</a></p>\n");
	}
	account_button(page,
		arena_format(page->arena, "/account/kept/%lld/drop", (long long)kept.id),
		S("Throw it away"), S("govuk-button--secondary"));
	return true;
}

void kept_show(struct page *page)
{
	struct kept_list list;
	struct err err;
	size_t n = 0;
	if (!store_kept_list(page->store, page->arena, page->actor.user, page->now, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	account_open(page, S("What you typed before you were signed out"), (str){ 0 }, (str){ 0 });
	if (list.n > 0)
		govuk_inset_text(page->out,
			.text = S("You were signed out to protect children's information, before "
				  "this was saved. It is kept for a day, for you alone."));
	/* At most three are opened at once: each is a statement. */
	while (n < list.n && n < 3 && one(page, &list.item[n]))
		n++;
	if (list.n == 0)
		H(page->out, "<p class=\"govuk-body\">Nothing is kept for you.</p>\n");
	else if (n < list.n)
		H(page->out, "<p class=\"govuk-body\">There is more, when these are done.</p>\n");
	H(page->out, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/\">Go on without "
		     "it</a></p>\n");
	account_close(page);
}

static bool drop_write(struct page *page, struct store *store, struct err *err)
{
	return store_kept_drop(store, page->actor.user, page->id, err);
}

static void dropped(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account/kept"));
}

void kept_drop_send(struct page *page)
{
	page_write(page, drop_write, dropped);
}
