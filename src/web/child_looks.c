/* child_looks.c - who looked at one child: for the manager and for who is responsible. Reading it
 * is a look, too. */
#include "html/govuk_tag.h"
#include "html/show_list.h"
#include "record/matter.h"
#include "store/entries.h"
#include "store/looked.h"
#include "web/act_words.h"
#include "web/child.h"
#include "web/openings.h"

enum { OPENINGS_MOST = 50, LIST_DAYS = 90 }; /* of lists that are read through */

/* What no other role could have done unasked stands out. */
static void act_cell(struct buf *b, const struct looked_row *row)
{
	if (str_equal(row->act, S("open"))) {
		govuk_tag(b, .text = S("Opened by exception"), .classes = S("govuk-tag--red"));
		H(b, " ");
	}
	text(b, act_words(row->act));
	if (row->reference.n == 0)
		return;
	H(b, ": ");
	text(b, matter_kind_of(row->kind)->title);
	H(b, " ");
	text(b, row->reference);
}

static void row(struct buf *b, const struct looked_row *row)
{
	H(b, "<tr class=\"govuk-table__row\"><td class=\"govuk-table__cell\">");
	buf_instant_words(b, row->at);
	H(b, "</td><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, row->name.n > 0 ? row->name : S("Duly itself"));
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, role_words(row->role));
	H(b, "</td><td class=\"govuk-table__cell\">");
	act_cell(b, row);
	H(b, "</td></tr>\n");
}

static void links(struct page *page, const struct looked_query *query, const struct looked *looked)
{
	struct buf *b = page->out;
	str lists = query->lists ? S("lists=yes&") : S("");
	if (looked->more) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href",
			arena_format(page->arena, "/children/%lld/looks?%.*sbefore=%.*s",
				(long long)page->id, STR_ARGS(lists),
				STR_ARGS(store_entry_reference(page->store, page->arena,
					looked->row[looked->n - 1].seq))));
		H(b, ">Older</a></p>\n");
	}
	if (query->before > 0) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href",
			child_address(page, query->lists ? S("/looks?lists=yes") : S("/looks")));
		H(b, ">Newest</a></p>\n");
	}
}

static void which(struct page *page, bool lists)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-pick\"><span class=\"app-pick__label\">Show:</span> ");
	if (lists) {
		H(b, "<a class=\"govuk-link\"");
		attr(b, "href", child_address(page, S("/looks")));
		H(b, ">The child’s own pages</a> <strong aria-current=\"true\">Lists of the last 90 "
		     "days, too</strong>");
	} else {
		H(b, "<strong aria-current=\"true\">The child’s own pages</strong> <a "
		     "class=\"govuk-link\"");
		attr(b, "href", child_address(page, S("/looks?lists=yes")));
		H(b, ">Lists of the last 90 days, too</a>");
	}
	H(b, "</p>\n");
}

static void looks_table(struct page *page, const struct looked *looked)
{
	struct buf *b = page->out;
	show_wide_open(b, S("Who looked"));
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Who looked, the latest first</caption>\n<thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">When</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Who</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Role then</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">What</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < looked->n; i++)
		row(b, &looked->row[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

void child_looks_show(struct page *page)
{
	struct stored_list people;
	struct err err;
	if (!child_sees_looks(page)) {
		page_problem(page, 403);
		return;
	}
	struct looked_query query = { .subject = page->id,
		.actor = &page->actor,
		.authority = page->child.authority,
		.lists = str_equal(form_value(&page->query, S("lists")), S("yes")),
		.since = page->now - LIST_DAYS * INSTANT_DAY };
	query.before = store_entry_number(page->store, form_value(&page->query, S("before")));
	struct looked *looked = arena_new(page->arena, struct looked);
	struct openings openings = { 0 };
	if (!child_people(page, &people, &err) ||
		(page->child.openings > 0 &&
			!store_openings(page->store, page->arena, &page->actor, page->id,
				OPENINGS_MOST, &openings, &err)) ||
		!store_who_looked(page->store, page->arena, &query, looked, &err)) {
		page_failed(page, &err);
		return;
	}
	child_open(page, TAB_LOOKS, S("Who looked"), &people);
	openings_of_child(page, &openings);
	which(page, query.lists);
	if (looked->n == 0)
		H(page->out, "<p class=\"govuk-body\">Nobody has opened this record.</p>\n");
	else
		looks_table(page, looked);
	links(page, &query, looked);
	child_close(page, S("look:looks"));
}
