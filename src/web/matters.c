/* matters.c - every matter that somebody may see, the next clock first; and the same as a file. */
#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "web/brand.h"
#include "web/children.h"
#include "web/matter.h"
#include "web/policy_line.h"
#include "web/say.h"

static const struct state {
	str value, label;
	enum matter_state means;
} states[] = {
	{ S_INIT(""), S_INIT("Open"), MATTER_OPEN },
	{ S_INIT("overdue"), S_INIT("Overdue"), MATTER_OVERDUE },
	{ S_INIT("week"), S_INIT("Due in 7 days"), MATTER_WEEK },
	{ S_INIT("closed"), S_INIT("Closed"), MATTER_CLOSED },
	{ S_INIT("all"), S_INIT("All"), MATTER_ANY },
};
enum { STATES = sizeof states / sizeof *states };

struct asked {
	struct matter_query query;
	str kind, state;
	struct show_param param[3];
	struct show_query address;
};

str matter_list_name(enum role role)
{
	str only = { 0 };
	size_t kinds = 0;
	for (size_t i = 0; i < matter_kinds_n; i++) {
		if (matter_sight(role, matter_kinds[i].subject) == MATTER_NOTHING)
			continue;
		only = matter_kinds[i].titles;
		kinds++;
	}
	return kinds > 1 ? S("Matters") : only;
}

/* What cannot be read in the address is passed over: a list is shown, not a fault. */
static void ask(struct page *page, struct asked *asked)
{
	const struct matter_kind *kind = matter_kind_find(form_value(&page->query, S("kind")));
	int64_t number;
	*asked = (struct asked){ .state = form_value(&page->query, S("state")),
		.kind = kind == NULL ? (str){ 0 } : kind->text };
	asked->query = (struct matter_query){ .actor = &page->actor, .today = page->today,
		.kind = kind == NULL ? SUBJECT_CHILD : kind->subject, .page = 1 };
	for (size_t i = 0; i < STATES; i++) {
		if (str_equal(states[i].value, asked->state))
			asked->query.state = states[i].means;
	}
	if (str_int(form_value(&page->query, S("page")), &number) && number > 0 && number < 100000)
		asked->query.page = number;
	if (str_int(form_value(&page->query, S("child")), &number) && number > 0)
		asked->query.child = number;
	asked->param[0] = (struct show_param){ S("state"), asked->state };
	asked->param[1] = (struct show_param){ S("kind"), asked->kind };
	asked->param[2] = (struct show_param){ S("child"), asked->query.child == 0
			? (str){ 0 }
			: arena_format(page->arena, "%lld", (long long)asked->query.child) };
	asked->address = (struct show_query){ S("/matters"), asked->param, 3 };
}

static void counts(struct page *page, const struct asked *asked, const struct matter_counts *counts)
{
	const struct matter_count *of =
		asked->kind.n == 0 ? &counts->all : &counts->kind[asked->query.kind];
	const int64_t n[] = { of->open, of->overdue, of->week };
	struct show_count shown[3];
	for (size_t i = 0; i < 3; i++)
		shown[i] = (struct show_count){ .n = n[i], .text = states[i].label,
			.href = show_query_with(page->arena, &asked->address, S("state"),
				states[i].value),
			.overdue = states[i].means == MATTER_OVERDUE && n[i] > 0,
			.current = asked->query.state == states[i].means };
	show_counts(page->out, S("Open, by the next clock"), shown, 3);
}

void matter_link(struct buf *b, int64_t subject, str reference)
{
	H(b, "<a class=\"govuk-link\" href=\"/matters/");
	text_id(b, subject);
	H(b, "\">");
	text(b, reference);
	H(b, "</a>");
}

static void waiting(struct buf *b, int64_t n, str state, str words)
{
	H(b, "<a class=\"govuk-link\" href=\"/matters?state=");
	text(b, state);
	H(b, "\">");
	text_int(b, n);
	text(b, words);
	H(b, "</a>");
}

void matter_waiting(struct page *page, const struct matter_counts *counts)
{
	struct buf *b = page->out;
	if (counts->all.overdue == 0 && counts->all.week == 0)
		return;
	H(b, "<p class=\"govuk-body\">");
	text(b, matter_list_name(page->actor.role));
	H(b, ": ");
	if (counts->all.overdue > 0)
		waiting(b, counts->all.overdue, S("overdue"), S(" overdue"));
	if (counts->all.overdue > 0 && counts->all.week > 0)
		H(b, ", ");
	if (counts->all.week > 0)
		waiting(b, counts->all.week, S("week"), S(" due in 7 days"));
	H(b, "</p>\n");
}

static void pick_one(struct page *page, const struct asked *asked, str name, str value, str label,
	bool current)
{
	struct buf *b = page->out;
	if (current) {
		H(b, " <strong aria-current=\"true\">");
		text(b, label);
		H(b, "</strong>");
		return;
	}
	H(b, " <a class=\"govuk-link\"");
	attr(b, "href", show_query_with(page->arena, &asked->address, name, value));
	H(b, ">");
	text(b, label);
	H(b, "</a>");
}

static void filters(struct page *page, const struct asked *asked)
{
	struct buf *b = page->out;
	size_t kinds = 0;
	H(b, "<p class=\"govuk-body app-pick\"><span class=\"app-pick__label\">Show:</span>");
	for (size_t i = 0; i < STATES; i++)
		pick_one(page, asked, S("state"), states[i].value, states[i].label,
			asked->query.state == states[i].means);
	H(b, "</p>\n");
	for (size_t i = 0; i < matter_kinds_n; i++)
		kinds += matter_sight(page->actor.role, matter_kinds[i].subject) != MATTER_NOTHING;
	if (kinds > 1) {
		H(b, "<p class=\"govuk-body app-pick\"><span class=\"app-pick__label\">Kind:</span>");
		pick_one(page, asked, S("kind"), (str){ 0 }, S("All kinds"), asked->kind.n == 0);
		for (size_t i = 0; i < matter_kinds_n; i++) {
			const struct matter_kind *kind = &matter_kinds[i];
			if (matter_sight(page->actor.role, kind->subject) != MATTER_NOTHING)
				pick_one(page, asked, S("kind"), kind->text, kind->titles,
					str_equal(kind->text, asked->kind));
		}
		H(b, "</p>\n");
	}
	if (asked->query.child != 0) {
		H(b, "<div class=\"moj-filter__selected app-no-print\"><h2 class=\"govuk-heading-s "
		     "govuk-!-margin-bottom-1\">Selected filters</h2>\n<ul "
		     "class=\"moj-filter-tags\"><li><a class=\"moj-filter__tag\"");
		attr(b, "href", show_query_with(page->arena, &asked->address, S("child"), (str){ 0 }));
		H(b, "><span class=\"govuk-visually-hidden\">Remove this filter: </span>One "
		     "child</a></li></ul></div>\n");
	}
}

void matter_clock(struct page *page, const struct matter_row *row)
{
	struct buf *b = page->out;
	const struct rule *rule = store_rule(page->store, row->rule);
	if (rule == NULL) {
		text(b, row->withdrawn ? S("Withdrawn")
				: row->open ? S("Nothing is recorded yet")
					    : S("Nothing is due"));
		if (!row->open && !row->withdrawn && row->last != DAY_UNKNOWN) {
			H(b, " since ");
			text_day(b, row->last);
		}
		H(b, "</td><td class=\"govuk-table__cell\">");
		return;
	}
	text(b, rule->title);
	show_hand(b, rule->with);
	H(b, "</td><td class=\"govuk-table__cell\">");
	show_clock(b, &(struct show_clock){ .state = row->state, .due = row->due,
			      .met_on = DAY_UNKNOWN,
			      .reason = row->state == CLOCK_UNKNOWN ? S("open it to see why") : (str){ 0 } },
		page->today, page->now);
}

void matter_child(struct buf *b, const struct matter_row *row)
{
	const struct child_named child = { row->child, row->level, row->number, row->forename,
		row->surname };
	children_link(b, &child, (str){ 0 });
}

static void row_show(struct page *page, const struct matter_row *row)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/matters/");
	buf_int(b, row->subject);
	H(b, "\">");
	text(b, matter_name(page, row));
	H(b, "</a>");
	if (row->about.n > 0 || page->beside > 0) {
		H(b, "<span class=\"app-under\">");
		text(b, row->about);
		if (page->beside > 0) {
			text(b, row->about.n > 0 ? S(" · ") : (str){ 0 });
			text(b, brand_name(page, row->authority));
		}
		H(b, "</span>");
	}
	H(b, "</th><td class=\"govuk-table__cell\">");
	if (row->child != 0) {
		matter_child(b, row);
	} else {
		text(b, row->names_child ? S("Not shown") : S("No one child"));
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (row->began == DAY_UNKNOWN)
		H(b, "Not recorded");
	else
		text_day(b, row->began);
	H(b, "</td><td class=\"govuk-table__cell\">");
	matter_clock(page, row);
	H(b, "</td></tr>\n");
}

static void looked(struct page *page, str act, const struct matter_list *list)
{
	int64_t *seen = arena_take(page->arena, 2 * list->n + 1, sizeof *seen);
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		seen[n++] = list->row[i].subject;
		if (list->row[i].child != 0)
			seen[n++] = list->row[i].child;
	}
	page_looked(page, act, seen, n);
}

static void table(struct page *page, const struct asked *asked, const struct matter_list *list)
{
	struct buf *b = page->out;
	int64_t first = (asked->query.page - 1) * MATTER_PAGE + 1;
	show_range(b, &(struct show_range){ first, first + (int64_t)list->n - 1, list->total, (str){ 0 } });
	show_wide_open(b, matter_list_name(page->actor.role));
	H(b, "<table class=\"govuk-table app-caseload\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Each with the clock that needs attention first</caption>\n<thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th scope=\"col\" "
	     "class=\"govuk-table__header\">What it is</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Child</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Began</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Next clock</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Due</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < list->n; i++)
		row_show(page, &list->row[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	show_pages(b, page->arena, &asked->address, asked->query.page,
		(list->total + MATTER_PAGE - 1) / MATTER_PAGE);
}

void matters_show(struct page *page)
{
	struct asked asked;
	struct matter_list list;
	struct matter_counts count;
	struct err err;
	struct buf *b = page->out;
	ask(page, &asked);
	if (!store_matters(page->store, page->arena, &asked.query, &list, &err) ||
		!store_matter_counts(page->store, &page->actor, page->today, false, &count, &err)) {
		page_failed(page, &err);
		return;
	}
	str name = matter_list_name(page->actor.role);
	page->layout.current = S("/matters");
	page->layout.current_is = true;
	page_open(page, name);
	H(b, "<h1 class=\"govuk-heading-xl govuk-!-margin-bottom-4\">");
	text(b, name);
	H(b, "</h1>\n");
	if (policy_role_may(page->actor.role, MAY_SAVE_MATTER))
		govuk_button(b, .text = S("Record a new one"), .href = S("/matters/new"),
			.classes = S("app-no-print"));
	counts(page, &asked, &count);
	filters(page, &asked);
	if (list.n == 0)
		H(b, "<p class=\"govuk-body\">There are none.</p>\n");
	else
		table(page, &asked, &list);
	policy_line_matters(page);
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	asked.address.path = S("/matters.csv");
	attr(b, "href", show_query_with(page->arena, &asked.address, S("page"), (str){ 0 }));
	H(b, ">Download these (CSV)</a></p>\n");
	page_close(page);
	looked(page, S("look:matters"), &list);
}

static void file_row(
	struct page *page, struct csv_out *out, const struct matter_row *row, str counted_by)
{
	const struct rule *rule = store_rule(page->store, row->rule);
	csv_put(out, row->reference);
	csv_put(out, matter_kind_of(row->kind)->title);
	csv_put(out, row->about);
	csv_put(out, row->number);
	csv_put(out, row->forename);
	csv_put(out, row->surname);
	csv_put(out, row->withdrawn ? S("withdrawn") : row->open ? S("open") : S("closed"));
	csv_put_day(out, row->began);
	csv_put_day(out, row->last);
	csv_put(out, rule == NULL ? (str){ 0 } : rule->title);
	csv_put(out, rule == NULL ? (str){ 0 } : clock_state_text(row->state));
	csv_put_day(out, rule == NULL ? DAY_UNKNOWN : row->due);
	csv_put(out, row->authority);
	csv_put(out, counted_by);
	csv_put_end(out);
}

/* The whole filtered list; it leaves a look at every child in it. */
void matters_file(struct page *page)
{
	static const char *const column[] = { "reference", "kind", "about", "child", "forename", "surname",
		"standing", "began", "last_step", "next_clock", "state", "due", "council", "counted_by" };
	struct asked asked;
	struct matter_list list;
	struct err err;
	ask(page, &asked);
	asked.query.page = 0;
	if (!store_matters(page->store, page->arena, &asked.query, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	struct csv_out out = { .buf = page->out, .safe = true };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	csv_put_end(&out);
	str counted_by = policy_says_matters(page);
	for (size_t i = 0; i < list.n; i++)
		file_row(page, &out, &list.row[i], counted_by);
	page_file(page, S("text/csv; charset=utf-8"), S("matters.csv"));
	looked(page, S("export:matters"), &list);
}
