#include "web/as_at.h"

#include "store/source.h"

str source_words(str kind)
{
	static const struct {
		str kind, words;
	} kinds[] = {
		{ S_INIT("ssda903"), S_INIT("SSDA903 return") },
		{ S_INIT("cin"), S_INIT("Children in need census") },
		{ S_INIT("people"), S_INIT("People file") },
		{ S_INIT("ssd"), S_INIT("Standard Safeguarding Dataset") },
		{ S_INIT("annex-a"), S_INIT("Annex A") },
		{ S_INIT("demo"), S_INIT("Demonstration") },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (str_equal(kinds[i].kind, kind))
			return kinds[i].words;
	}
	return kind;
}

bool page_as_at(struct page *page)
{
	struct source_stale stale;
	struct err err;
	if (!store_sources_stale(
		    page->store, page->arena, page->actor.authority, page->today, &stale, &err)) {
		page_failed(page, &err);
		return false;
	}
	if (!stale.stale)
		return true;
	struct buf words = { 0 };
	buf_lit(&words, "As at ");
	buf_day_words(&words, stale.as_at);
	buf_format(&words, ". The %.*s is %d days old, and its limit is %lld: what happened since is "
			   "not in these totals.",
		STR_ARGS(source_words(stale.kind)), page->today - stale.as_at,
		(long long)stale.limit);
	page->layout.stale = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return true;
}
