/* monday.c - the ten numbers of the service, each with its definition and the list of its children. */
#include "store/monday.h"

#include "html/govuk_details.h"
#include "html/govuk_inset_text.h"
#include "html/show_list.h"
#include "web/as_at.h"
#include "web/authority.h"
#include "web/children.h"
#include "web/matter.h"
#include "web/policy_line.h"

enum { NUMBERS = 10 };

/* Who sees children sees the lists; a scrutineer sees numbers. */
static bool sees_children(const struct page *page)
{
	return policy_role_may(page->actor.role, MAY_LIST_CASELOAD);
}

static bool see(struct page *page, struct monday_query *query, struct monday *out)
{
	struct err err;
	query->actor = &page->actor;
	query->today = page->today;
	query->named = sees_children(page);
	query->several = page->beside > 0;
	if (store_monday(page->store, page->arena, query, out, &err)) {
		page->layout.known_to = out->known_to;
		return true;
	}
	page_failed(page, &err);
	return false;
}

/* What the disputes say of number 9: in place of what the children's rows do not carry. */
static void challenge(struct monday *monday, const struct matter_counts *counts)
{
	const int64_t in[] = { counts->dispute.open, counts->dispute.formal_late,
		counts->dispute.closed };
	for (size_t i = 0; i < 3; i++) {
		monday->measure[MONDAY_DISPUTE_OPEN + i].carried = true;
		monday->measure[MONDAY_DISPUTE_OPEN + i].in = in[i];
		monday->measure[MONDAY_DISPUTE_OPEN + i].oldest = DAY_UNKNOWN;
	}
	monday->measure[MONDAY_DISPUTE_LONG].oldest = counts->dispute.oldest;
}

static bool is_dispute(enum monday_measure measure)
{
	return measure == MONDAY_DISPUTE_OPEN || measure == MONDAY_DISPUTE_LONG ||
		measure == MONDAY_DISPUTE_CLOSED;
}

/* Its list is the list of disputes, which is for scrutineers, too. */
static void disputes_link(struct buf *b, enum monday_measure measure, int64_t n)
{
	H(b, "<a class=\"govuk-link\" href=\"/matters?kind=dispute&amp;state=");
	text(b, measure == MONDAY_DISPUTE_CLOSED ? S("closed")
			: measure == MONDAY_DISPUTE_LONG ? S("overdue") : (str){ 0 });
	H(b, "\">");
	text_int(b, n);
	H(b, "<span class=\"govuk-visually-hidden\"> children: ");
	text(b, monday_rows[measure].words);
	H(b, "</span></a>");
}

static void number(struct page *page, const struct monday *monday, enum monday_measure measure)
{
	struct buf *b = page->out;
	if (!monday->measure[measure].carried) {
		H(b, "Not known");
		return;
	}
	int64_t n = monday->measure[measure].in;
	if (n > 0 && is_dispute(measure)) {
		disputes_link(b, measure, n);
	} else if (n > 0 && sees_children(page)) {
		H(b, "<a class=\"govuk-link\" href=\"/monday/list?number=");
		html_url(b, monday_rows[measure].code);
		H(b, "\">");
		text_int(b, n);
		H(b, "<span class=\"govuk-visually-hidden\"> children: ");
		text(b, monday_rows[measure].words);
		H(b, "</span></a>");
	} else {
		text_int(b, n);
	}
}

static void share(struct buf *b, const struct monday *monday, enum monday_measure measure)
{
	int64_t n = monday->measure[measure].in, of = monday->measure[measure].of;
	if (monday_rows[measure].denominator.n == 0 || !monday->measure[measure].carried)
		return;
	H(b, "of ");
	text_int(b, of);
	if (of == 0)
		return;
	H(b, " (");
	text_int(b, (n * 200 + of) / (of * 2));
	H(b, "%)");
}

static void beside(struct page *page, const struct monday *monday, enum monday_measure measure)
{
	struct buf *b = page->out;
	const struct monday_row *row = &monday_rows[measure];
	if (!monday->measure[measure].carried) {
		H(b, "no source carries this");
		return;
	}
	const struct matter_counts *counts = page->own;
	if (measure == MONDAY_DISPUTE_CLOSED && monday->measure[measure].in > 0) {
		H(b, "of these, something changed for ");
		text_int(b, counts->dispute.changed);
	}
	if (row->oldest && monday->measure[measure].oldest != DAY_UNKNOWN) {
		H(b, "oldest ");
		html_time(b, monday->measure[measure].oldest);
	}
}

static void measure_row(struct page *page, const struct monday *monday, enum monday_measure measure)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, monday_rows[measure].words);
	H(b, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	number(page, monday, measure);
	H(b, "</td><td class=\"govuk-table__cell\">");
	share(b, monday, measure);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	if (monday->measure[measure].carried)
		text_int(b, monday->measure[measure].unknown);
	H(b, "</td><td class=\"govuk-table__cell\">");
	beside(page, monday, measure);
	H(b, "</td></tr>\n");
}

static void definition(struct buf *b, const struct monday_row *row)
{
	H(b, "<dt>");
	text(b, row->words);
	H(b, "</dt><dd>Counted: ");
	text(b, row->numerator);
	H(b, ". ");
	if (row->denominator.n > 0) {
		H(b, "Out of: ");
		text(b, row->denominator);
		H(b, ". ");
	}
	H(b, "Source: ");
	text(b, row->source);
	H(b, ".</dd>\n");
}

static void capacity(struct page *page, const struct monday *monday)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">");
	text_int(b, monday->children);
	H(b, " children and ");
	text_int(b, monday->officers);
	H(b, " named officers and chairs");
	if (monday->officers > 0) {
		H(b, ": ");
		text_int(b, (monday->children * 2 + monday->officers) / (monday->officers * 2));
		H(b, " children each");
	}
	H(b, ". How many work full time is not known: no source carries their hours.</p>\n"
	     "<p class=\"govuk-body\">");
	if (monday->imported == INSTANT_UNKNOWN) {
		H(b, "No file has been imported.");
	} else {
		int64_t hours = (page->now - monday->imported) / INSTANT_HOUR;
		H(b, "The last import ended ");
		buf_instant_words(b, monday->imported);
		if (hours >= 0) {
			H(b, ", ");
			text_int(b, hours);
			text(b, hours == 1 ? S(" hour ago") : S(" hours ago"));
		}
		H(b, ".");
	}
	H(b, "</p>\n");
}

static void section(struct page *page, const struct monday *monday, int of)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">");
	text_int(b, of);
	H(b, ". ");
	text(b, monday_headings[of]);
	H(b, "</h2>\n");
	if (of == NUMBERS)
		capacity(page, monday);
	show_wide_open(b, monday_headings[of]);
	H(b, "<table class=\"govuk-table app-monday\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
	text(b, monday_headings[of]);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">Measure</th><th scope=\"col\" "
	     "class=\"govuk-table__header govuk-table__header--numeric\">Children</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Out of</th><th scope=\"col\" class=\"govuk-table__header "
	     "govuk-table__header--numeric\">Unknown</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Note</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		if (monday_rows[m].number == of)
			measure_row(page, monday, (enum monday_measure)m);
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	govuk_details_open(b,
		&(struct govuk_details){
			.summary_text = arena_format(page->arena, "How number %d is counted", of) });
	H(b, "<dl class=\"app-why__list\">\n");
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		if (monday_rows[m].number == of)
			definition(b, &monday_rows[m]);
	}
	H(b, "</dl>\n");
	govuk_details_close(b);
}

void monday_show(struct page *page)
{
	struct monday monday;
	struct monday_query query = { 0 };
	struct buf *b = page->out;
	struct matter_counts counts;
	struct err err;
	if (!page_as_at(page) || !see(page, &query, &monday))
		return;
	if (!store_matter_counts(page->store, &page->actor, page->today, true, &counts, &err)) {
		page_failed(page, &err);
		return;
	}
	challenge(&monday, &counts);
	page->own = &counts;
	page->layout.current = S("/monday");
	page->layout.current_is = true;
	page_open(page, S("Service"));
	H(b, "<h1 class=\"govuk-heading-l\">Ten numbers for ");
	text_day(b, page->today);
	H(b, "</h1>\n<p class=\"govuk-body-l\">Children, not meetings. Restricted children are counted. "
	     "What cannot be known stands beside, and is never counted as good.</p>\n"
	     "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\" href=\"/ahead\">The months "
	     "ahead: what is due by week</a></p>\n<p class=\"govuk-body app-no-print\"><a "
	     "class=\"govuk-link\" href=\"/quality\">Data quality: what the checks of the returns "
	     "found</a></p>\n");
	if (!sees_children(page))
		govuk_inset_text(b, .text = S("You see the numbers, and no child’s name or record."));
	matter_waiting(page, &counts);
	authority_switch(page);
	for (int of = 1; of <= NUMBERS; of++)
		section(page, &monday, of);
	policy_line(page);
	page_close(page);
	page_looked(page, S("look:service"), NULL, 0);
}

void monday_list_show(struct page *page)
{
	struct monday monday;
	struct monday_query query = { .listed = true, .page = 1 };
	struct buf *b = page->out;
	str code = form_value(&page->query, S("number"));
	const struct show_param param[] = { { S("number"), code } };
	struct show_query address = { S("/monday/list"), param, 1 };
	int64_t asked;
	if (!monday_find(code, &query.measure) || !sees_children(page)) {
		page_problem(page, 404);
		return;
	}
	if (str_int(form_value(&page->query, S("page")), &asked) && asked > 0 && asked < 100000)
		query.page = asked;
	if (!see(page, &query, &monday))
		return;
	page->layout.back_href = S("/monday");
	page->layout.back_text = S("Service");
	page_open(page, S("Children of a number"));
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, monday_rows[query.measure].words);
	H(b, "</h1>\n<p class=\"govuk-body\">Counted: ");
	text(b, monday_rows[query.measure].numerator);
	H(b, ".</p>\n");
	if (monday.n == 0) {
		H(b, "<p class=\"govuk-body\">No child is counted.</p>\n");
	} else {
		int64_t first = (query.page - 1) * LIST_PAGE + 1;
		show_range(b, &(struct show_range){ first, first + (int64_t)monday.n - 1, monday.total,
				      S("children") });
		show_wide_open(b, S("Children"));
		children_table(page, S("Children that the number counts"));
		for (size_t i = 0; i < monday.n; i++)
			children_row(page, &monday.row[i]);
		H(b, "</tbody></table>\n");
		show_wide_close(b);
		show_pages(b, page->arena, &address, query.page,
			(monday.total + LIST_PAGE - 1) / LIST_PAGE);
	}
	page_close(page);
	children_looked(page, S("look:service-list"), (str){ 0 }, monday.row, monday.n);
}
