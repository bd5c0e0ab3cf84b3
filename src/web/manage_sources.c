/* manage_sources.c - what the council's files know, up to when; and who is missing from them. */
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/show_list.h"
#include "html/show_word.h"
#include "store/source.h"
#include "web/children.h"
#include "web/as_at.h"
#include "web/manage.h"
#include "web/say.h"

#define SOURCES S("/manage/sources")

static str format(struct page *page, void (*say)(struct buf *b, const struct source_age *age),
	const struct source_age *age)
{
	struct buf words = { 0 };
	say(&words, age);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static void say_known(struct buf *b, const struct source_age *age)
{
	buf_day_words(b, age->known_to);
}

static void say_imported(struct buf *b, const struct source_age *age)
{
	buf_instant_words(b, age->imported_at);
	if (age->who.n > 0)
		buf_lit(b, ", by ");
	else
		buf_lit(b, ", from the command line");
	buf_str(b, age->who);
}

static void say_rows(struct buf *b, const struct source_age *age)
{
	text_int(b, age->children);
	buf_lit(b, " children, ");
	text_int(b, age->events);
	buf_lit(b, " events, ");
	text_int(b, age->rejected);
	buf_lit(b, " rejected");
}

static void say_cover(struct buf *b, const struct source_cover *cover)
{
	H(b, "<li>");
	text(b, show_word(cover->word));
	if (cover->from != DAY_UNKNOWN) {
		H(b, ", from ");
		text_day(b, cover->from);
	}
	if (cover->to != DAY_UNKNOWN) {
		H(b, ", to ");
		text_day(b, cover->to);
	}
	H(b, "</li>\n");
}

static void state_tag(struct buf *b, const struct source_age *age, day today)
{
	if (age->stale)
		govuk_tag(b, .text = S("Too old"), .classes = S("govuk-tag--orange"));
	else
		govuk_tag(b, .text = S("In time"), .classes = S("govuk-tag--green"));
	H(b, " ");
	text_int(b, today - age->known_to);
	text(b, today - age->known_to == 1 ? S(" day old; the limit is ")
					   : S(" days old; the limit is "));
	text_int(b, age->limit);
}

static void source(struct page *page, const struct source_age *age)
{
	struct buf *b = page->out, state = { 0 };
	state_tag(&state, age, page->today);
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Known to") }, .value = { .text = format(page, say_known, age) } },
		{ .key = { .text = S("Age") }, .value = { .html = html_markup(&state) } },
		{ .key = { .text = S("Imported") },
			.value = { .text = format(page, say_imported, age) } },
		{ .key = { .text = S("Rows") }, .value = { .text = format(page, say_rows, age) } },
		{ .key = { .text = S("Imports so far") },
			.value = { .text = arena_format(
					   page->arena, "%lld", (long long)age->imports) } },
	};
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, source_words(age->kind));
	H(b, "</h2>\n");
	govuk_summary_list(b, .rows = rows, .n_rows = 5);
	buf_close(&state);
	if (age->covers == 0)
		return;
	H(b, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
	     "<span class=\"govuk-details__summary-text\">What it carries<span "
	     "class=\"govuk-visually-hidden\">: ");
	text(b, source_words(age->kind));
	H(b, "</span></span></summary><div class=\"govuk-details__text\"><p class=\"govuk-body\">Only "
	     "what a source carries can be overdue. All else stays unknown.</p><ul "
	     "class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < age->covers; i++)
		say_cover(b, &age->cover[i]);
	H(b, "</ul></div></details>\n");
}

static void by_hand(struct buf *b, const struct source_ages *ages)
{
	H(b, "<h2 class=\"govuk-heading-m\">Written by hand</h2>\n<p class=\"govuk-body\">");
	if (ages->by_hand == 0) {
		H(b, "Nobody has written a record in Duly yet.</p>\n");
		return;
	}
	text_int(b, ages->by_hand);
	H(b, " events, the last on ");
	buf_instant_words(b, ages->by_hand_at);
	H(b, ". From which day each kind of work is written down here, so that what is not there counts as "
	     "not done, stands in the <a class=\"govuk-link\" href=\"/manage/policy\">local policy</a>.</p>\n");
}

static void uncleared(struct page *page, int64_t children)
{
	if (children == 0)
		return;
	struct buf *b = page->out;
	H(b, "<div class=\"govuk-inset-text app-stale\"><p class=\"govuk-body\">");
	text_int(b, children);
	text(b, children == 1 ? S(" child is") : S(" children are"));
	H(b, " seen by the custodian alone, because nobody has said who is restricted. Import the "
	     "people file");
	if (policy_may(page->actor.role, MAY_IMPORT, RELATION_AUTHORITY, OPEN))
		H(b, ", or <a class=\"govuk-link\" href=\"/manage/sources/none-restricted\">sign that "
		     "no child is restricted</a>");
	H(b, ".</p></div>\n");
}

void manage_sources_show(struct page *page)
{
	struct source_ages ages;
	int64_t children;
	struct err err;
	struct buf *b = page->out;
	if (!store_sources(page->store, page->arena, page->actor.authority, page->today, &ages,
		    &err) ||
		!store_sources_uncleared(page->store, page->actor.authority, &children, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, SOURCES, S("Sources"), NULL);
	uncleared(page, children);
	if (ages.n == 0)
		H(b, "<p class=\"govuk-body\">Nothing was imported yet.</p>\n");
	for (size_t i = 0; i < ages.n; i++)
		source(page, &ages.item[i]);
	by_hand(b, &ages);
	H(b, "<h2 class=\"govuk-heading-m\">Missing from the last files</h2>\n<p class=\"govuk-body\">"
	     "A child whom the last files do not tell of is never ended for it. "
	     "<a class=\"govuk-link\" href=\"/manage/sources/missing\">List the children to check"
	     "</a></p>\n");
	manage_close(page);
}

/* ---- to be checked */

static void missing_row(struct buf *b, const struct source_missing *missing)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	children_link(b, CHILD_NAMED(missing), (str){ 0 });
	H(b, "<span class=\"app-under\">");
	text(b, missing->number);
	H(b, "</span></th><td class=\"govuk-table__cell\">");
	govuk_tag(b, .text = S("Check"), .classes = S("govuk-tag--orange"));
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (missing->from_ssda903)
		H(b, "Looked after, and not in the last SSDA903 return");
	if (missing->from_ssda903 && missing->from_cin)
		H(b, ". ");
	if (missing->from_cin)
		H(b, "On a plan, and not in the last census");
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, missing->iro.n > 0 ? missing->iro : S("Nobody"));
	H(b, "</td></tr>\n");
}

void manage_missing_show(struct page *page)
{
	struct source_missing_list list;
	struct err err;
	struct buf *b = page->out;
	if (!store_sources_missing(page->store, page->arena, &page->actor, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = SOURCES;
	page->layout.back_text = S("Sources");
	manage_open(page, SOURCES, S("Children to check"), NULL);
	H(b, "<p class=\"govuk-body\">An earlier file told of these children, and the last one does "
	     "not. Ask the council’s system what happened: if it has ended, the next file or a "
	     "record by hand says so.</p>\n");
	if (list.n == 0) {
		H(b, "<p class=\"govuk-body\">Nobody is missing.</p>\n");
	} else {
		show_wide_open(b, S("Children to check"));
		H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
		     "govuk-visually-hidden\">Children to check</caption><thead "
		     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
		     "<th scope=\"col\" class=\"govuk-table__header\">Child</th>"
		     "<th scope=\"col\" class=\"govuk-table__header\">State</th>"
		     "<th scope=\"col\" class=\"govuk-table__header\">Why</th>"
		     "<th scope=\"col\" class=\"govuk-table__header\">Reviewing officer</th></tr>"
		     "</thead>\n<tbody class=\"govuk-table__body\">\n");
		for (size_t i = 0; i < list.n; i++)
			missing_row(b, &list.item[i]);
		H(b, "</tbody></table>\n");
		show_wide_close(b);
	}
	manage_close(page);
	int64_t *subject = arena_take(page->arena, list.n, sizeof *subject);
	for (size_t i = 0; i < list.n; i++)
		subject[i] = list.item[i].subject;
	page_looked(page, S("look:missing"), subject, list.n);
}
