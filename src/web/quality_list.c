/* quality_list.c - the findings of a check one by one: filtered, sorted, 25 a page, and as a file. Each leads
 * to the field in which it is put right, and to its explanation. */
#include "web/quality.h"

#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/govuk_select.h"
#include "html/govuk_tag.h"
#include "web/children.h"

enum { FILE_MOST = 100000 };

/* ---- the filter */

static void select_one(struct page *page, str label, str name, str value, const struct govuk_select_item *item,
	size_t n)
{
	govuk_select(page->out, .label = { .text = label }, .id = name, .name = name, .value = value,
		.items = item, .n_items = n);
}

static void keep(struct buf *b, const struct quality_view *view)
{
	layout_hidden(b, S("return"), view->kind);
	layout_hidden(b, S("list"), S("all"));
	if (view->param[1].value.n > 0)
		layout_hidden(b, S("source"), view->param[1].value);
	if (view->param[5].value.n > 0)
		layout_hidden(b, S("sort"), view->param[5].value);
}

static void rules(struct page *page, const struct quality_view *view)
{
	struct govuk_select_item *item = arena_take(page->arena, view->counts.n + 1, sizeof *item);
	size_t n = 1;
	item[0] = (struct govuk_select_item){ .text = S("All rules"), .value = S("") };
	for (size_t i = 0; i < view->counts.n; i++) {
		str rule = view->counts.item[i].rule;
		if (!str_equal(rule, item[n - 1].value))
			item[n++] = (struct govuk_select_item){ .text = rule, .value = rule };
	}
	select_one(page, S("Rule"), S("rule"), view->query.rule, item, n);
}

static void filter(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	struct govuk_select_item who[MENDERS + 1] = { { .text = S("Everybody"), .value = S("") } };
	static const struct govuk_select_item state[] = { { .text = S_INIT("All") },
		{ .text = S_INIT("Still to put right"), .value = S_INIT("no") },
		{ .text = S_INIT("Explained"), .value = S_INIT("yes") } };
	for (enum mender hand = 0; hand < MENDERS; hand++)
		who[hand + 1] = (struct govuk_select_item){ .text = mender_words(hand),
			.value = mender_text(hand) };
	H(b, "<form class=\"app-hours app-no-print\" method=\"get\" action=\"/quality\">\n");
	keep(b, view);
	select_one(page, S("Who can put it right"), S("who"), view->query.hand, who, MENDERS + 1);
	rules(page, view);
	select_one(page, S("Explained"), S("explained"), view->param[4].value, state, 3);
	govuk_button(b, .text = S("Show"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

/* What the filter leaves: from the counts, so that nothing is counted twice. */
static int64_t total(const struct quality_view *view)
{
	const struct quality_query *query = &view->query;
	int64_t n = 0;
	for (size_t i = 0; i < view->counts.n; i++) {
		const struct quality_count *count = &view->counts.item[i];
		if ((query->hand.n > 0 && !str_equal(query->hand, count->hand)) ||
			(query->rule.n > 0 && !str_equal(query->rule, count->rule)))
			continue;
		n += query->explained == QUALITY_EXPLAINED ? count->explained
			: query->explained == QUALITY_OPEN ? count->findings - count->explained
							   : count->findings;
	}
	return n;
}

/* ---- a row */

static str one_address(struct page *page, const struct quality_row *row, const char *then)
{
	return arena_format(page->arena, "/children/%lld/findings/%lld%s", (long long)row->subject,
		(long long)row->id, then);
}

static void who(struct page *page, const struct quality_row *row)
{
	struct buf *b = page->out;
	H(b, "<th scope=\"row\" class=\"govuk-table__header\">");
	if (row->subject == 0) {
		text(b, row->finding.number.n > 0 ? row->finding.number : S("No child"));
		H(b, "<span class=\"app-under\">Not known to Duly</span></th>");
		return;
	}
	const struct child_named child = { row->subject, row->level, row->number, row->forename, row->surname };
	children_link(b, &child, (str){ 0 });
	H(b, "<span class=\"app-under\">");
	text(b, row->number);
	H(b, "</span></th>");
}

static void ways(struct page *page, const struct quality_row *row)
{
	struct buf *b = page->out;
	const struct quality_finding *finding = &row->finding;
	if (row->level < 2)
		return;
	H(b, "<a class=\"govuk-link\"");
	attr(b, "href", one_address(page, row, "/field"));
	H(b, ">Put it right<span class=\"govuk-visually-hidden\">: rule ");
	text(b, finding->rule);
	H(b, ", child ");
	text(b, row->number);
	H(b, "</span></a><br><a class=\"govuk-link\"");
	attr(b, "href", one_address(page, row, ""));
	H(b, ">");
	text(b, row->explained ? S("The explanation") : S("Explain"));
	H(b, "<span class=\"govuk-visually-hidden\">: rule ");
	text(b, finding->rule);
	H(b, ", child ");
	text(b, row->number);
	H(b, "</span></a>");
}

static void list_row(struct page *page, const struct quality_view *view, const struct quality_row *row)
{
	struct buf *b = page->out;
	enum mender hand = MENDER_SYSTEM;
	(void)mender_find(row->finding.hand, &hand);
	H(b, "<tr class=\"govuk-table__row\">");
	who(page, row);
	H(b, "<td class=\"govuk-table__cell\">");
	quality_rule(b, view->check, row->finding.rule);
	if (row->explained) {
		H(b, "<br>");
		govuk_tag(b, .text = S("Explained"), .classes = S("govuk-tag--grey"));
		if (row->reason.n > 0) {
			H(b, " ");
			text(b, row->reason);
		}
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	quality_place(page, &row->finding);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, mender_words(hand));
	H(b, "</td><td class=\"govuk-table__cell app-no-print\">");
	ways(page, row);
	H(b, "</td></tr>\n");
}

static void head(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	str sorted = view->param[5].value.n > 0 ? view->param[5].value : S("rule");
	static const struct {
		str key, label;
	} column[] = { { S_INIT("child"), S_INIT("Child") }, { S_INIT("rule"), S_INIT("What was found") },
		{ { 0 }, S_INIT("Where") }, { S_INIT("who"), S_INIT("Who can put it right") } };
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption govuk-visually-hidden\">What was "
	     "found, a row for each place</caption>\n<thead class=\"govuk-table__head\"><tr "
	     "class=\"govuk-table__row\">");
	for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
		if (column[i].key.n == 0 || str_equal(column[i].key, sorted)) {
			H(b, "<th scope=\"col\" class=\"govuk-table__header\"");
			if (column[i].key.n > 0)
				H(b, " aria-sort=\"ascending\"");
			H(b, ">");
			text(b, column[i].label);
			H(b, "</th>");
			continue;
		}
		H(b, "<th scope=\"col\" class=\"govuk-table__header\" aria-sort=\"none\"><a class=\"govuk-link\"");
		attr(b, "href", show_query_with(page->arena, &view->address, S("sort"), column[i].key));
		H(b, ">");
		text(b, column[i].label);
		H(b, "</a></th>");
	}
	H(b, "<th scope=\"col\" class=\"govuk-table__header app-no-print\">What to do</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
}

/* Each child once: of one with two findings the ledger need not be told twice. */
static void looked(struct page *page, str act, const struct quality_rows *rows)
{
	int64_t *subject = arena_take(page->arena, rows->n + 1, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		bool again = rows->item[i].subject == 0 || (n > 0 && subject[n - 1] == rows->item[i].subject);
		for (size_t k = 0; !again && rows->n <= LIST_PAGE && k < n; k++)
			again = subject[k] == rows->item[i].subject;
		if (!again)
			subject[n++] = rows->item[i].subject;
	}
	page_looked(page, act, subject, n);
}

void quality_list_show(struct page *page, struct quality_view *view)
{
	struct buf *b = page->out;
	struct quality_rows rows;
	struct err err;
	struct show_param param[QUALITY_PARAMS + 1];
	if (!store_quality_rows(page->store, page->arena, &view->query, &rows, &err)) {
		page_failed(page, &err);
		return;
	}
	memcpy(param, view->param, sizeof view->param);
	param[QUALITY_PARAMS] = (struct show_param){ S("list"), S("all") };
	view->address = (struct show_query){ S("/quality"), param, QUALITY_PARAMS + 1 };
	page->layout.current = S("/caseload");
	page->layout.back_href = arena_format(page->arena, "/quality?return=%.*s", STR_ARGS(view->kind));
	page->layout.back_text = S("Data quality");
	page_open(page, S("Findings"));
	H(b, "<h1 class=\"govuk-heading-l\"><span class=\"govuk-caption-l\">");
	text(b, quality_return_words(view->kind));
	H(b, ", ");
	text(b, quality_year_words(page, view->check->year));
	H(b, "</span>What to put right</h1>\n");
	filter(page, view);
	int64_t all = total(view), first = view->query.first + 1;
	if (rows.n == 0) {
		H(b, "<p class=\"govuk-body\">No finding matches.</p>\n");
	} else {
		show_range(b, &(struct show_range){ first, first + (int64_t)rows.n - 1, all, S("findings") });
		show_wide_open(b, S("Findings"));
		head(page, view);
		for (size_t i = 0; i < rows.n; i++)
			list_row(page, view, &rows.item[i]);
		H(b, "</tbody></table>\n");
		show_wide_close(b);
		show_pages(b, page->arena, &view->address, view->query.first / LIST_PAGE + 1,
			(all + LIST_PAGE - 1) / LIST_PAGE);
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
		view->address.path = S("/quality.csv");
		attr(b, "href", show_query_with(page->arena, &view->address, S("page"), (str){ 0 }));
		H(b, ">Download these findings (CSV)</a></p>\n");
	}
	page_close(page);
	looked(page, S("look:quality"), &rows);
}

/* ---- the file */

static void file_row(struct page *page, struct csv_out *out, const struct quality_view *view,
	const struct quality_row *row)
{
	enum mender hand = MENDER_SYSTEM;
	(void)mender_find(row->finding.hand, &hand);
	csv_put(out, row->finding.rule);
	csv_put(out, mend_message(view->kind, row->finding.rule, view->check->year));
	csv_put(out, row->finding.name);
	csv_put(out, arena_format(page->arena, "%lld", (long long)row->finding.line));
	csv_put(out, row->finding.field);
	csv_put(out, row->number.n > 0 ? row->number : row->finding.number);
	csv_put(out, row->subject == 0 ? (str){ 0 } : row->level < 2 ? S("Restricted record") : row->forename);
	csv_put(out, row->surname);
	csv_put(out, row->finding.regards);
	csv_put(out, mender_words(hand));
	csv_put(out, row->explained ? S("yes") : S("no"));
	csv_put(out, row->reason);
	csv_put(out, row->who);
	csv_put_end(out);
}

void quality_file(struct page *page)
{
	static const char *const column[] = { "rule", "message", "table", "row", "field", "child", "forename",
		"surname", "row_of", "who_can_fix", "explained", "explanation", "explained_by" };
	struct quality_view *view = arena_new(page->arena, struct quality_view);
	struct quality_rows rows = { 0 };
	struct err err;
	if (!quality_see(page, view))
		return;
	if (view->check == NULL || !view->children) {
		page_problem(page, 404);
		return;
	}
	view->query.first = 0;
	view->query.most = FILE_MOST;
	if (!store_quality_rows(page->store, page->arena, &view->query, &rows, &err)) {
		page_failed(page, &err);
		return;
	}
	struct csv_out out = { .buf = page->out, .safe = true };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	csv_put_end(&out);
	for (size_t i = 0; i < rows.n; i++)
		file_row(page, &out, view, &rows.item[i]);
	page_file(page, S("text/csv; charset=utf-8"), S("findings.csv"));
	looked(page, S("export:quality"), &rows);
}
