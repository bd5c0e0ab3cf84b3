/* ledger.c - who saw or changed what, and whether the ledger is unbroken. Reading it is in it. */
#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "store/entries.h"
#include "web/act_words.h"
#include "web/manage.h"

#define LEDGER S("/manage/ledger")

static int64_t number_of(struct page *page, str name)
{
	int64_t n = 0;
	return str_int(form_value(&page->query, name), &n) && n > 0 ? n : 0;
}

static struct entries_query query_of(struct page *page, size_t most)
{
	return (struct entries_query){ .actor = &page->actor,
		.before = store_entry_number(page->store, form_value(&page->query, S("before"))),
		.person = number_of(page, S("person")),
		.subject = number_of(page, S("child")),
		.act = str_upto(form_value(&page->query, S("act")), 60), .most = most };
}

/* The same entries, but for one filter. */
static str address(struct page *page, const struct entries_query *query, str path)
{
	struct buf to = { 0 };
	const char *join = "?";
	buf_str(&to, path);
	if (query->person != 0) {
		buf_format(&to, "%sperson=%lld", join, (long long)query->person);
		join = "&";
	}
	if (query->subject != 0) {
		buf_format(&to, "%schild=%lld", join, (long long)query->subject);
		join = "&";
	}
	if (query->act.n > 0) {
		buf_format(&to, "%sact=", join);
		html_url(&to, query->act);
		join = "&";
	}
	if (query->before != 0) {
		str before = store_entry_reference(page->store, page->arena, query->before);
		buf_format(&to, "%sbefore=%.*s", join, STR_ARGS(before));
	}
	str made = arena_str(page->arena, buf_view(&to));
	buf_close(&to);
	return made;
}

static void link(struct page *page, const struct entries_query *query, str words)
{
	struct buf *b = page->out;
	H(b, "<a class=\"govuk-link\"");
	attr(b, "href", address(page, query, LEDGER));
	H(b, ">");
	text(b, words);
	H(b, "</a>");
}

static void state(struct page *page, const struct ledger_check *check)
{
	struct buf *b = page->out;
	if (check->at == INSTANT_UNKNOWN) {
		govuk_inset_text(b, .text = S("The ledger has not been read through yet. The server does so "
					      "when it starts, and each hour."));
		return;
	}
	if (check->fault.n > 0) {
		govuk_warning_text(b, .icon_fallback_text = S("Warning"),
			.text = arena_format(page->arena,
				"The ledger is broken: %.*s. Tell who looks after Duly now, and change nothing.",
				STR_ARGS(check->fault)));
		return;
	}
	H(b, "<p class=\"govuk-body\"><strong>Checked from the first entry to the last: unbroken</strong>, on ");
	buf_instant_words(b, check->at);
	H(b, ".</p>\n");
}

static void filters(struct page *page, const struct entries_query *query)
{
	struct buf *b = page->out;
	struct entries_query all = { 0 };
	bool any = query->person != 0 || query->subject != 0 || query->act.n > 0;
	if (!any && query->before == 0)
		return;
	H(b, "<p class=\"govuk-body\">Only entries");
	if (query->person != 0)
		H(b, " by that person");
	if (query->subject != 0) {
		H(b, " about child ");
		text_id(b, query->subject);
	}
	if (query->act.n > 0) {
		H(b, " of the kind “");
		text(b, act_words(query->act));
		H(b, "”");
	}
	if (query->before != 0) {
		H(b, " before ");
		text(b, store_entry_reference(page->store, page->arena, query->before));
	}
	H(b, ". ");
	link(page, &all, S("Show all"));
	H(b, "</p>\n");
}

static void children(
	struct page *page, const struct entries_query *query, const struct entry_row *entry)
{
	struct buf *b = page->out;
	enum { SHOWN = 3 };
	for (size_t i = 0; i < entry->children && i < SHOWN; i++) {
		struct entries_query only = *query;
		only.before = 0;
		only.subject = entry->child[i];
		if (i > 0)
			H(b, ", ");
		link(page, &only, arena_format(page->arena, "%lld", (long long)only.subject));
	}
	if (entry->children <= SHOWN)
		return;
	H(b, " and ");
	if (!entry->more) {
		text_int(b, (int64_t)(entry->children - SHOWN));
		H(b, " ");
	}
	H(b, "more");
}

static void row(struct page *page, const struct entries_query *query, const struct entry_row *entry)
{
	struct buf *b = page->out;
	struct entries_query only = *query;
	only.before = 0;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, store_entry_reference(page->store, page->arena, entry->seq));
	H(b, "</th><td class=\"govuk-table__cell\">");
	buf_instant_words(b, entry->at);
	H(b, "</td><td class=\"govuk-table__cell\">");
	only.person = entry->actor;
	if (entry->actor != 0)
		link(page, &only, entry->name.n > 0 ? entry->name : S("A person who is gone"));
	else
		H(b, "Duly itself");
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, role_words(entry->role));
	H(b, "</td><td class=\"govuk-table__cell\">");
	only = *query;
	only.before = 0;
	only.act = entry->act;
	link(page, &only, act_words(entry->act));
	if (entry->about.n > 0) {
		H(b, ": ");
		text(b, entry->about);
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	children(page, query, entry);
	H(b, "</td></tr>\n");
}

static void table(struct page *page, const struct entries_query *query, const struct entries *found)
{
	struct buf *b = page->out;
	show_wide_open(b, S("Entries of the ledger"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Entries, the latest first</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Reference</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">When</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Who</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Role then</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">What</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Children</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < found->n; i++)
		row(page, query, &found->row[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void look(struct page *page, const struct entries_query *query, str act)
{
	int64_t *subject = arena_new(page->arena, int64_t);
	*subject = query->subject;
	page_looked(page, act, subject, query->subject != 0);
}

void ledger_show(struct page *page)
{
	struct entries_query query = query_of(page, ENTRIES_PAGE), older = query;
	struct entries found;
	struct ledger_check check;
	struct err err;
	if (!store_entries(page->store, page->arena, &query, &found, &err) ||
		!store_ledger_checked(page->store, page->arena, &check, &err)) {
		page_failed(page, &err);
		return;
	}
	struct buf *b = page->out;
	manage_open(page, LEDGER, S("Ledger"), NULL);
	H(b, "<p class=\"govuk-body\">Who saw or changed what. The ledger only grows: it holds numbers and "
	     "acts, and no words of a record. You see what is about children whom you may see, and what "
	     "is about nobody. That you read it is in it, too.</p>\n");
	state(page, &check);
	filters(page, &query);
	if (found.n == 0)
		H(b, "<p class=\"govuk-body\">There is no such entry.</p>\n");
	else
		table(page, &query, &found);
	if (found.more) {
		older.before = found.row[found.n - 1].seq;
		H(b, "<p class=\"govuk-body\">");
		link(page, &older, S("Older entries"));
		H(b, "</p>\n");
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", address(page, &query, S("/manage/ledger.csv")));
	H(b, ">Take these entries as a file (CSV)</a></p>\n");
	manage_close(page);
	look(page, &query, S("look:ledger"));
}

static str children_list(struct page *page, const struct entry_row *entry)
{
	struct buf list = { 0 };
	for (size_t i = 0; i < entry->children; i++)
		buf_format(&list, i == 0 ? "%lld" : ",%lld", (long long)entry->child[i]);
	str made = arena_str(page->arena, buf_view(&list));
	buf_close(&list);
	return made;
}

void ledger_file(struct page *page)
{
	struct entries_query query = query_of(page, ENTRIES_FILE);
	struct entries found;
	struct err err;
	struct buf *b = page->out;
	if (!store_entries(page->store, page->arena, &query, &found, &err)) {
		page_failed(page, &err);
		return;
	}
	struct csv_out out = { .buf = b, .safe = true };
	static const str head[] = { S_INIT("reference"), S_INIT("at"), S_INIT("person"), S_INIT("role"),
		S_INIT("act"), S_INIT("children"), S_INIT("more_children"),
		S_INIT("objects") };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&out, head[i]);
	csv_put_end(&out);
	for (size_t i = 0; i < found.n; i++) {
		const struct entry_row *entry = &found.row[i];
		struct buf at = { 0 };
		buf_instant_utc(&at, entry->at);
		csv_put(&out, store_entry_reference(page->store, page->arena, entry->seq));
		csv_put(&out, buf_view(&at));
		csv_put(&out, entry->name);
		csv_put(&out, role_text(entry->role));
		csv_put(&out, entry->act);
		csv_put(&out, children_list(page, entry));
		csv_put(&out, entry->more ? S("yes") : S(""));
		csv_put(&out, entry->objects);
		csv_put_end(&out);
		buf_close(&at);
	}
	page_file(page, S("text/csv; charset=utf-8"), S("ledger.csv"));
	look(page, &query, S("export:ledger"));
}
