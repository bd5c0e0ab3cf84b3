#include "web/authority.h"

#include "html/govuk_button.h"
#include "store/session.h"
#include "web/brand.h"
#include "web/later.h"

bool authority_pages(str path)
{
	return str_starts(path, S("/manage")) || str_starts(path, S("/monday"));
}

bool authority_read(struct page *page, struct authorities *out, struct err *err)
{
	*out = (struct authorities){ 0 };
	if (page->beside == 0)
		return true;
	struct authorities beside;
	if (!store_person_authorities(page->store, page->arena, page->actor.user, &beside, err))
		return false;
	out->code[out->n++] = page->home;
	for (size_t i = 0; i < beside.n && out->n < AUTHORITIES_MOST; i++)
		out->code[out->n++] = beside.code[i];
	return true;
}

/* One button a council that it is not about; nothing for who works for one council. */
void authority_switch(struct page *page)
{
	struct authorities all;
	struct err err;
	struct buf *b = page->out;
	if (page->beside == 0 || !authority_read(page, &all, &err))
		return;
	H(b, "<div class=\"app-no-print\"><p class=\"govuk-body\">This page is about <strong>");
	text(b, brand_name(page, page->actor.authority));
	H(b, "</strong> alone. You work for more than one council.</p>\n");
	for (size_t i = 0; i < all.n; i++) {
		if (str_equal(all.code[i], page->actor.authority))
			continue;
		layout_form_open(b, S("/account/authority"), page->csrf);
		H(b, "<input type=\"hidden\" name=\"council\"");
		attr(b, "value", all.code[i]);
		H(b, "><input type=\"hidden\" name=\"to\"");
		attr(b, "value", page->route->pattern);
		H(b, ">");
		govuk_button(b, .text = arena_format(page->arena, "Show %.*s",
					STR_ARGS(brand_name(page, all.code[i]))),
			.classes = S("govuk-button--secondary"));
		H(b, "</form>\n");
	}
	H(b, "</div>\n");
}

static bool choose(struct page *page, struct store *store, struct err *err)
{
	const str *council = page->own;
	return store_session_council(
		store, page->actor.user, ((struct framed *)page)->session.id, *council, err);
}

static void chosen(struct page *page, const struct err *failed)
{
	str to = form_value(&page->form, S("to"));
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, authority_pages(to) && page_is_ours(page->arena, to) &&
					    str_find(to, ':') == to.n
				? to
				: S("/monday"));
}

void account_authority_send(struct page *page)
{
	str *council = arena_new(page->arena, str);
	*council = str_trim(form_value(&page->form, S("council")));
	page->own = council;
	page_write(page, choose, chosen);
}
