/* check_findings.c - what a check found: by rule, by child, by table, and one by one. */
#include "web/check.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_input.h"
#include "html/govuk_select.h"
#include "html/moj_sub_navigation.h"
#include "html/show_list.h"
#include "store/check.h"
#include "web/manage.h"
#include "web/say.h"

#include <stdlib.h>

enum by { BY_RULE, BY_CHILD, BY_TABLE, BY_FINDING, BYS };
static const struct {
	str value, words, title;
} views[BYS] = {
	{ S_INIT("rule"), S_INIT("By rule"), S_INIT("What the check found") },
	{ S_INIT("child"), S_INIT("By child"), S_INIT("What the check found, by child") },
	{ S_INIT("table"), S_INIT("By table"), S_INIT("What the check found, by table") },
	{ S_INIT("finding"), S_INIT("One by one"), S_INIT("What the check found, one by one") },
};
enum { TABLES_MOST = 32 };

/* ---- filters */

void check_filter_read(const struct page *page, const struct report *report, struct check_filter *out)
{
	int64_t child;
	str rule = form_value(&page->query, S("rule"));
	*out = (struct check_filter){ .table = form_value(&page->query, S("table")),
		.severity = form_value(&page->query, S("severity")) };
	for (size_t i = 0; i < report->rules && rule.n > 0; i++) {
		struct report_rule known;
		report_rule(report, i, &known);
		if (!known.of_year || !str_equal(known.code, rule))
			continue;
		out->of_rule = true;
		out->rule = i;
	}
	if (str_int(form_value(&page->query, S("child")), &child) && child >= 0 && (size_t)child < report->numbers) {
		out->of_child = true;
		out->child = (size_t)child;
	}
}

bool check_filter_has(const struct check_filter *filter, const struct report *report,
	const struct report_finding *one)
{
	if ((filter->of_rule && one->rule != filter->rule) || (filter->of_child && one->child_at != filter->child) ||
		(filter->table.n > 0 && !str_equal(one->table, filter->table)))
		return false;
	if (filter->severity.n == 0)
		return true;
	struct report_rule rule;
	report_rule(report, one->rule, &rule);
	return rule.query == str_equal(filter->severity, S("query"));
}

static str count_text(struct arena *arena, size_t n)
{
	struct buf words = { 0 };
	text_int(&words, (int64_t)n);
	str kept = arena_str(arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

/* The list with what it is filtered by. */
static struct show_query query_of(struct page *page, enum by by, const struct check_filter *filter,
	const struct report *report)
{
	struct show_param *param = arena_take(page->arena, 6, sizeof *param);
	size_t n = 0;
	struct report_rule rule;
	param[n++] = (struct show_param){ S("by"), views[by].value };
	if (filter->of_rule) {
		report_rule(report, filter->rule, &rule);
		param[n++] = (struct show_param){ S("rule"), rule.code };
	}
	if (filter->of_child)
		param[n++] = (struct show_param){ S("child"), arena_format(page->arena, "%zu", filter->child) };
	param[n++] = (struct show_param){ S("table"), filter->table };
	param[n++] = (struct show_param){ S("severity"), filter->severity };
	return (struct show_query){ CHECK_FOUND, param, n };
}


/* The page that is asked for, of so many rows: its first and one past its last. */
static int64_t cut(struct page *page, size_t rows, size_t *first, size_t *last)
{
	int64_t pages = ((int64_t)rows + CHECK_ROWS - 1) / CHECK_ROWS, number = 1;
	if (!str_int(form_value(&page->query, S("page")), &number) || number < 1)
		number = 1;
	if (number > pages)
		number = pages > 0 ? pages : 1;
	*first = (size_t)(number - 1) * CHECK_ROWS;
	*last = *first + CHECK_ROWS < rows ? *first + CHECK_ROWS : rows;
	return number;
}

/* ---- parts of tables */

static void table_open(struct page *page, str caption, const str *heading, size_t n)
{
	struct buf *b = page->out;
	show_wide_open(b, caption);
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption govuk-visually-hidden\">");
	text(b, caption);
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < n; i++) {
		H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
		text(b, heading[i]);
		H(b, "</th>");
	}
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
}
#define TABLE(page, caption, ...)                                                                  \
	table_open((page), (caption), (const str[]){ __VA_ARGS__ },                                \
		sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

static void table_close(struct page *page)
{
	H(page->out, "</tbody></table>\n");
	show_wide_close(page->out);
}

static void cell(struct buf *b, str words)
{
	H(b, "<td class=\"govuk-table__cell\">");
	text(b, words);
	H(b, "</td>");
}

static void link_to(struct buf *b, str href, str words)
{
	H(b, "<a class=\"govuk-link\"");
	attr(b, "href", href);
	H(b, ">");
	text(b, words);
	H(b, "</a>");
}

static str one_by_one(struct page *page, str name, str value)
{
	const struct show_param by = { S("by"), S("finding") };
	const struct show_query query = { CHECK_FOUND, &by, 1 };
	return show_query_with(page->arena, &query, name, value);
}

/* ---- by rule */

static void not_run(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	size_t n = 0;
	struct report_rule rule;
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		n += rule.outcome == REPORT_NOT_RUN && rule.why.n > 0;
	}
	if (n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Rules that were not run</h2>\n");
	TABLE(page, S("Rules that were not run, and why"), S("Rule"), S("Why"), S("What it asks"));
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		if (rule.outcome != REPORT_NOT_RUN || rule.why.n == 0)
			continue;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		text(b, rule.code);
		H(b, "</th>");
		cell(b, rule.why);
		cell(b, rule.message);
		H(b, "</tr>\n");
	}
	table_close(page);
}

static void by_rule(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	struct report_rule rule;
	TABLE(page, S("Rules that found something"), S("Rule"), S("What is wrong"), S("Kind"), S("Findings"));
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		if (rule.outcome != REPORT_FAILED)
			continue;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		if (rule.findings > 0)
			link_to(b, one_by_one(page, S("rule"), rule.code), rule.code);
		else
			text(b, rule.code);
		H(b, "</th>");
		cell(b, rule.message);
		cell(b, rule.query ? S("Query") : S("Error"));
		cell(b, rule.findings > 0 ? count_text(page->arena, rule.findings) : S("The whole return"));
		H(b, "</tr>\n");
	}
	table_close(page);
	not_run(page, report);
}

static void remarks(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	if (report->remarks == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">What could not be read as it stands</h2>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < report_remarks(report) && i < CHECK_ROWS; i++) {
		struct buf words = { 0 };
		size_t line = report_remark(report, i, &words);
		H(b, "<li>Line ");
		text_int(b, (int64_t)line);
		H(b, ": ");
		text(b, buf_view(&words));
		H(b, "</li>\n");
		buf_close(&words);
	}
	H(b, "</ul>\n");
	if (report->remarks > CHECK_ROWS) {
		H(b, "<p class=\"govuk-body\">These are the first of ");
		text_int(b, (int64_t)report->remarks);
		H(b, ".</p>\n");
	}
}

/* ---- by child */

struct counted {
	uint32_t child, n;
};

static int by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->child > y->child) - (x->child < y->child);
}

static size_t count_children(struct page *page, const struct report *report, struct counted **out)
{
	struct counted *all = arena_take(page->arena, report->numbers + 1, sizeof *all);
	size_t n = 0;
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		all[one.child_at].child = one.child_at;
		all[one.child_at].n++;
	}
	for (size_t i = 0; i < report->numbers; i++) {
		if (all[i].n > 0)
			all[n++] = all[i];
	}
	if (n > 1)
		qsort(all, n, sizeof *all, by_count);
	*out = all;
	return n;
}

static void child_words(struct buf *b, str number)
{
	text(b, number.n > 0 ? number : S("Without a number"));
}

/* Those that Duly knows and this reader may see: they were looked at. */
static bool look_at(struct page *page, const str *number, size_t n, int64_t *subject)
{
	struct err err;
	if (!store_check_subjects(page->store, &page->actor, number, n, subject, &err)) {
		buf_clear(page->out);
		page_failed(page, &err);
		return false;
	}
	int64_t *seen = arena_take(page->arena, n + 1, sizeof *seen);
	size_t known = 0;
	for (size_t i = 0; i < n; i++) {
		bool again = subject[i] == 0;
		for (size_t k = 0; k < known && !again; k++)
			again = seen[k] == subject[i];
		if (!again)
			seen[known++] = subject[i];
	}
	page_looked(page, S("look:check"), seen, known);
	return true;
}

static void child_link(struct buf *b, int64_t subject)
{
	H(b, "<td class=\"govuk-table__cell\">");
	if (subject != 0) {
		H(b, "<a class=\"govuk-link\" href=\"/children/");
		text_id(b, subject);
		H(b, "\">Open the child’s page</a>");
	}
	H(b, "</td>");
}

static void child_form(struct page *page, str mistake)
{
	layout_form_open(page->out, CHECK_FOUND, page->csrf);
	govuk_input(page->out, .label = { .text = S("Go to a child, by number") }, .id = S("number"),
		.name = S("number"), .classes = S("govuk-input--width-20"), .error = { .text = mistake },
		.value = form_value(&page->form, S("number")), .autocomplete = S("off"));
	govuk_button(page->out, .text = S("Show the child’s findings"), .classes = S("govuk-button--secondary"));
	H(page->out, "</form>\n");
}

static bool by_child(struct page *page, const struct report *report, str mistake)
{
	struct buf *b = page->out;
	struct counted *child;
	size_t n = count_children(page, report, &child), first, last;
	int64_t number = cut(page, n, &first, &last);
	str numbers[CHECK_ROWS];
	int64_t subject[CHECK_ROWS];
	for (size_t i = first; i < last; i++)
		numbers[i - first] = report_child(report, child[i].child);
	if (!look_at(page, numbers, last - first, subject))
		return false;
	child_form(page, mistake);
	show_range(b, &(struct show_range){ (int64_t)first + 1, (int64_t)last, (int64_t)n, S("children") });
	TABLE(page, S("Children with findings"), S("Child"), S("Findings"), S("In Duly"));
	for (size_t i = first; i < last; i++) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		child_words(b, numbers[i - first]);
		H(b, "</th><td class=\"govuk-table__cell\">");
		link_to(b, one_by_one(page, S("child"), arena_format(page->arena, "%u", child[i].child)),
			count_text(page->arena, child[i].n));
		H(b, "</td>");
		child_link(b, subject[i - first]);
		H(b, "</tr>\n");
	}
	table_close(page);
	struct check_filter none = { 0 };
	struct show_query query = query_of(page, BY_CHILD, &none, report);
	show_pages(b, page->arena, &query, number, ((int64_t)n + CHECK_ROWS - 1) / CHECK_ROWS);
	return true;
}

/* ---- by table */

struct of_table {
	str table;
	size_t n;
};

static size_t count_tables(const struct report *report, struct of_table *table)
{
	size_t n = 0;
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		size_t k = 0;
		report_finding(report, i, &one);
		while (k < n && table[k].table.p != one.table.p)
			k++;
		if (k == TABLES_MOST)
			continue;
		if (k == n)
			table[n++] = (struct of_table){ one.table, 0 };
		table[k].n++;
	}
	return n;
}

static void by_table(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	struct of_table table[TABLES_MOST];
	size_t n = count_tables(report, table);
	TABLE(page, S("Tables with findings"), S("Table"), S("Findings"));
	for (size_t i = 0; i < n; i++) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		link_to(b, one_by_one(page, S("table"), table[i].table), table[i].table);
		H(b, "</th>");
		cell(b, count_text(page->arena, table[i].n));
		H(b, "</tr>\n");
	}
	table_close(page);
}

/* ---- one by one */

static void choose_rule(struct page *page, const struct report *report, const struct check_filter *filter)
{
	struct govuk_select_item *item = arena_take(page->arena, report->rules + 1, sizeof *item);
	size_t n = 0;
	item[n++] = (struct govuk_select_item){ .text = S("All rules"), .value = S("") };
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (rule.outcome == REPORT_FAILED && rule.findings > 0)
			item[n++] = (struct govuk_select_item){ .text = rule.code, .value = rule.code,
				.selected = filter->of_rule && filter->rule == i ? GOVUK_YES : GOVUK_NO };
	}
	govuk_select(page->out, .label = { .text = S("Rule") }, .id = S("rule"), .name = S("rule"), .items = item,
		.n_items = n);
}

static void choose_table(struct page *page, const struct report *report, const struct check_filter *filter)
{
	struct govuk_select_item item[TABLES_MOST + 1] = { { .text = S("All tables"), .value = S("") } };
	struct of_table table[TABLES_MOST];
	size_t n = count_tables(report, table);
	for (size_t i = 0; i < n; i++)
		item[i + 1] = (struct govuk_select_item){ .text = table[i].table, .value = table[i].table,
			.selected = str_equal(filter->table, table[i].table) ? GOVUK_YES : GOVUK_NO };
	govuk_select(page->out, .label = { .text = S("Table") }, .id = S("table"), .name = S("table"), .items = item,
		.n_items = n + 1);
}

static void choose(struct page *page, const struct report *report, const struct check_filter *filter)
{
	struct buf *b = page->out;
	const struct govuk_select_item kind[] = { { .text = S("Errors and queries"), .value = S("") },
		{ .text = S("Errors"), .value = S("error") }, { .text = S("Queries"), .value = S("query") } };
	H(b, "<form method=\"get\" action=\"/check/findings\" class=\"app-filters\">\n"
	     "<input type=\"hidden\" name=\"by\" value=\"finding\">\n");
	if (filter->of_child)
		layout_hidden(b, S("child"), arena_format(page->arena, "%zu", filter->child));
	choose_rule(page, report, filter);
	choose_table(page, report, filter);
	if (str_equal(report->name, S("cin")))
		govuk_select(b, .label = { .text = S("Kind") }, .id = S("severity"), .name = S("severity"),
			.items = kind, .n_items = 3, .value = filter->severity);
	govuk_button(b, .text = S("Show these findings"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

static void finding_row(struct page *page, const struct report *report, const struct report_finding *one,
	int64_t subject)
{
	struct buf *b = page->out;
	struct report_rule rule;
	report_rule(report, one->rule, &rule);
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, rule.code);
	H(b, "</th>");
	cell(b, one->table);
	H(b, "<td class=\"govuk-table__cell\">");
	text_id(b, one->row);
	H(b, "</td>");
	cell(b, one->field);
	H(b, "<td class=\"govuk-table__cell\">");
	if (subject != 0) {
		H(b, "<a class=\"govuk-link\" href=\"/children/");
		text_id(b, subject);
		H(b, "\">");
		child_words(b, one->child);
		H(b, "</a>");
	} else {
		child_words(b, one->child);
	}
	H(b, "</td>");
	cell(b, rule.message);
	H(b, "</tr>\n");
}

static bool one_after_another(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	struct check_filter filter;
	check_filter_read(page, report, &filter);
	size_t *at = arena_take(page->arena, report->n + 1, sizeof *at), n = 0, first, last;
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		if (check_filter_has(&filter, report, &one))
			at[n++] = i;
	}
	int64_t number = cut(page, n, &first, &last);
	struct report_finding shown[CHECK_ROWS];
	str numbers[CHECK_ROWS];
	int64_t subject[CHECK_ROWS];
	for (size_t i = first; i < last; i++) {
		report_finding(report, at[i], &shown[i - first]);
		numbers[i - first] = shown[i - first].child;
	}
	if (!look_at(page, numbers, last - first, subject))
		return false;
	choose(page, report, &filter);
	struct show_query query = query_of(page, BY_FINDING, &filter, report);
	if (filter.of_child) {
		H(b, "<p class=\"govuk-body\">Findings of child <strong>");
		child_words(b, report_child(report, filter.child));
		H(b, "</strong>. ");
		link_to(b, show_query_with(page->arena, &query, S("child"), (str){ 0 }), S("Show every child"));
		H(b, "</p>\n");
	}
	if (n == 0) {
		H(b, "<p class=\"govuk-body\">No finding is like that.</p>\n");
		return true;
	}
	show_range(b, &(struct show_range){ (int64_t)first + 1, (int64_t)last, (int64_t)n, S("findings") });
	TABLE(page, S("Findings"), S("Rule"), S("Table"), S("Row"), S("Field"), S("Child"), S("What is wrong"));
	for (size_t i = first; i < last; i++)
		finding_row(page, report, &shown[i - first], subject[i - first]);
	table_close(page);
	show_pages(b, page->arena, &query, number, ((int64_t)n + CHECK_ROWS - 1) / CHECK_ROWS);
	return true;
}

/* ---- the page */

static void summary(struct page *page, const struct check_draft *draft)
{
	struct buf *b = page->out;
	const struct report *report = &draft->report;
	H(b, "<p class=\"govuk-body\">");
	text(b, str_equal(report->name, S("cin")) ? S("Children in need census") : S("SSDA903 return"));
	H(b, " of ");
	text(b, arena_format(page->arena, "%d-%02d", report->year - 1, report->year % 100));
	H(b, ": ");
	text(b, draft->files);
	H(b, ".</p>\n<p class=\"govuk-body-l\">");
	if (report_is_clean(report)) {
		H(b, "Nothing was found wrong with ");
		text_int(b, (int64_t)report->children);
		H(b, " children.");
	} else {
		text_int(b, (int64_t)report->found);
		H(b, " findings in the rows of ");
		text_int(b, (int64_t)report->children);
		H(b, " children");
		if (report->whole > 0) {
			H(b, ", and ");
			text_int(b, (int64_t)report->whole);
			H(b, " with the whole return");
		}
		H(b, ".");
	}
	H(b, "</p>\n");
	if (report->n < report->found)
		govuk_inset_text(b, .text = arena_format(page->arena,
			"There are too many to show: these are the first %zu. duly check at the command line writes all.",
			report->n));
}

static void tabs(struct page *page, enum by by)
{
	struct moj_tab tab[BYS];
	for (enum by i = BY_RULE; i < BYS; i++)
		tab[i] = (struct moj_tab){ views[i].words,
			arena_format(page->arena, "/check/findings?by=%.*s", STR_ARGS(views[i].value)), i == by };
	moj_sub_navigation(page->out, &(struct moj_sub_navigation){ S("What was found"), tab, BYS });
}

static void take_along(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Take the findings with you</h2>\n<ul class=\"govuk-list\">\n"
	     "<li><a class=\"govuk-link\" href=\"/check/findings.xlsx\" download>Excel workbook: findings, rules, and "
	     "what was not run</a></li>\n"
	     "<li><a class=\"govuk-link\" href=\"/check/findings.csv\" download>CSV</a></li>\n"
	     "<li><a class=\"govuk-link\" href=\"/check/findings.json\" download>JSON, an object a line</a></li>\n"
	     "</ul>\n");
	check_kept_ask(page, report);
	layout_form_open(b, S("/check/end"), page->csrf);
	govuk_button(b, .text = S("Finish, and delete what was found"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/check\">Check other files</a></p>\n");
}

static void findings_page(struct page *page, enum by by, str mistake)
{
	struct check_draft draft;
	struct manage_mistakes mistakes = { 0 };
	bool shown = true;
	if (!check_open(page, &draft))
		return;
	if (mistake.n > 0)
		manage_wrong(&mistakes, S("number"), mistake);
	manage_open(page, CHECK_PAGE, views[by].title, mistake.n > 0 ? &mistakes : NULL);
	summary(page, &draft);
	tabs(page, by);
	if (by == BY_CHILD)
		shown = by_child(page, &draft.report, mistake);
	else if (by == BY_FINDING)
		shown = one_after_another(page, &draft.report);
	else if (by == BY_TABLE)
		by_table(page, &draft.report);
	else
		by_rule(page, &draft.report);
	if (!shown)
		return;
	if (by == BY_RULE)
		remarks(page, &draft.report);
	take_along(page, &draft.report);
	manage_close(page);
}

void check_findings_show(struct page *page)
{
	enum by by = BY_RULE;
	for (enum by i = BY_RULE; i < BYS; i++) {
		if (str_equal(form_value(&page->query, S("by")), views[i].value))
			by = i;
	}
	findings_page(page, by, (str){ 0 });
}

/* By the number, which no address may hold: the address has the child's place among those of the files. */
void check_child_send(struct page *page)
{
	struct check_draft draft;
	str number = str_trim(form_value(&page->form, S("number")));
	if (!check_open(page, &draft))
		return;
	for (size_t i = 0; i < draft.report.numbers && number.n > 0; i++) {
		if (!str_equal_nocase(report_child(&draft.report, i), number))
			continue;
		page_redirect(page, one_by_one(page, S("child"), arena_format(page->arena, "%zu", i)));
		return;
	}
	findings_page(page, BY_CHILD,
		number.n == 0 ? S("Enter the child’s number") : S("No child of these files has that number"));
}
