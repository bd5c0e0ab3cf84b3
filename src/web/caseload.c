/* caseload.c - My caseload: one row a child, the worst clock first. The page that a reviewing
 * officer opens in the morning, and the same list as a file. */
#include "base/csv.h"
#include "web/policy_line.h"
#include "web/as_at.h"
#include "web/brand.h"
#include "web/caseload.h"
#include "web/children.h"
#include "web/say.h"

const struct caseload_choice caseload_states[CASELOAD_STATES] = {
	{ S_INIT(""), S_INIT("All"), LIST_ALL },
	{ S_INIT("overdue"), S_INIT("Overdue"), LIST_OVERDUE },
	{ S_INIT("unknown"), S_INIT("Unknown"), LIST_UNKNOWN },
	{ S_INIT("week"), S_INIT("Due in 7 days"), LIST_WEEK },
	{ S_INIT("four-weeks"), S_INIT("Due in 28 days"), LIST_FOUR_WEEKS },
	{ S_INIT("late-reviews"), S_INIT("Late reviews"), LIST_LATE_REVIEWS },
};
const struct caseload_choice caseload_kinds[CASELOAD_KINDS] = {
	{ S_INIT(""), S_INIT("All children"), LIST_ANY_KIND },
	{ S_INIT("looked-after"), S_INIT("Looked after"), LIST_LOOKED_AFTER },
	{ S_INIT("plan"), S_INIT("Child protection plan"), LIST_ON_PLAN },
};
const struct caseload_choice caseload_orders[CASELOAD_ORDERS] = {
	{ S_INIT(""), S_INIT("As sorted"), false },
	{ S_INIT("yes"), S_INIT("Brothers and sisters together"), true },
};
static const struct caseload_choice sorts[] = {
	{ S_INIT("worst"), S_INIT("Next clock"), LIST_BY_WORST },
	{ S_INIT("name"), S_INIT("Child"), LIST_BY_NAME },
	{ S_INIT("age"), S_INIT("Age"), LIST_BY_AGE },
	{ S_INIT("due"), S_INIT("Due"), LIST_BY_DUE },
	{ S_INIT("voice"), S_INIT("Child’s words"), LIST_BY_VOICE },
	{ S_INIT("contact"), S_INIT("Last contact"), LIST_BY_CONTACT },
};
enum { SORTS = sizeof sorts / sizeof *sorts };

static int chosen(const struct caseload_choice *choice, size_t n, str value)
{
	for (size_t i = 0; i < n; i++) {
		if (str_equal(choice[i].value, value))
			return choice[i].means;
	}
	return choice[0].means;
}

/* What cannot be read in the address is passed over: a list is shown, not a fault. */
static void ask(struct page *page, struct caseload_asked *asked)
{
	str state = form_value(&page->query, S("state")), kind = form_value(&page->query, S("kind"));
	str sort = form_value(&page->query, S("sort"));
	str together = form_value(&page->query, S("together"));
	bool backwards = str_starts(sort, S("-"));
	int64_t number;
	*asked = (struct caseload_asked){ .sort = sort.n == 0 ? S("worst") : sort };
	asked->query = (struct caseload_query){ .actor = &page->actor, .today = page->today,
		.state = (enum list_state)chosen(caseload_states, CASELOAD_STATES, state),
		.kind = (enum list_kind)chosen(caseload_kinds, CASELOAD_KINDS, kind),
		.team = form_value(&page->query, S("team")),
		.authority = page->beside > 0 ? form_value(&page->query, S("council")) : (str){ 0 },
		/* Posted, so that no child's name stands in an address. */
		.text = str_upto(str_trim(form_value(&page->form, S("find"))), 100),
		.sort = (enum list_sort)chosen(sorts, SORTS, backwards ? str_from(sort, 1) : sort),
		.together = chosen(caseload_orders, CASELOAD_ORDERS, together), .backwards = backwards, .page = 1, .rows = LIST_PAGE };
	if (str_int(form_value(&page->query, S("rows")), &number) && number > 0 && number <= LIST_ROWS)
		asked->query.rows = number;
	if (str_int(form_value(&page->query, S("page")), &number) && number > 0 && number < 100000)
		asked->query.page = number;
	if (str_int(form_value(&page->query, S("siblings")), &number) && number > 0)
		asked->query.siblings_of = number;
	asked->param[0] = (struct show_param){ S("state"), state };
	asked->param[1] = (struct show_param){ S("kind"), kind };
	asked->param[2] = (struct show_param){ S("team"), asked->query.team };
	asked->param[3] = (struct show_param){ S("rows"), form_value(&page->query, S("rows")) };
	asked->param[4] = (struct show_param){ S("sort"), sort };
	asked->param[5] = (struct show_param){ S("together"), together };
	asked->param[6] = (struct show_param){ S("siblings"), form_value(&page->query, S("siblings")) };
	asked->param[7] = (struct show_param){ S("council"), asked->query.authority };
	asked->address = (struct show_query){ S("/caseload"), asked->param, 8 };
}

static void counts(struct page *page, const struct caseload_asked *asked, const struct caseload *list)
{
	const int64_t count[CASELOAD_COUNTED] = { list->children, list->overdue, list->unknown, list->week,
		list->four_weeks };
	struct show_count shown[CASELOAD_COUNTED];
	for (size_t i = 0; i < CASELOAD_COUNTED; i++)
		shown[i] = (struct show_count){ .n = count[i], .text = caseload_states[i].label,
			.href = show_query_with(page->arena, &asked->address, S("state"),
				caseload_states[i].value),
			.overdue = caseload_states[i].means == LIST_OVERDUE && count[i] > 0,
			.current = asked->query.state == (enum list_state)caseload_states[i].means };
	show_counts(page->out, S("Children by their next clock"), shown, CASELOAD_COUNTED);
}

/* The same children in other ways. */
static void views(struct page *page)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-pick app-no-print\"><span class=\"app-pick__label\">View:</span> "
	     "<strong aria-current=\"true\">Table</strong> <a class=\"govuk-link\" "
	     "href=\"/week\">Weeks</a> <a class=\"govuk-link\" href=\"/changes\">What "
	     "changed</a> <a class=\"govuk-link\" href=\"/week/away\">If I am away</a>");
	if (policy_role_may(page->actor.role, MAY_USE_TRACKER))
		H(b, " <a class=\"govuk-link\" href=\"/tracker\">My tracker</a>");
	if (policy_role_may(page->actor.role, MAY_SEE_QUALITY))
		H(b, " <a class=\"govuk-link\" href=\"/quality\">Data quality</a>");
	H(b, "</p>\n");
}

/* A name stands in no address: it is posted. */
static void find(struct page *page, const struct caseload_asked *asked)
{
	struct buf *b = page->out;
	H(b, "<form class=\"app-find app-no-print\" method=\"post\" role=\"search\"");
	attr(b, "action", show_query_with(page->arena, &asked->address, S("page"), (str){ 0 }));
	H(b, ">\n<input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n<label class=\"govuk-label\" for=\"find\">Find a child in this list by name or "
	     "number</label>\n<input class=\"govuk-input govuk-input--width-20\" id=\"find\" "
	     "name=\"find\" type=\"search\" autocomplete=\"off\"");
	attr(b, "value", asked->query.text);
	H(b, ">\n");
	H(b, "<button type=\"submit\" class=\"govuk-button govuk-button--secondary\">Find</button>\n"
	     "</form>\n");
}

static void head(struct page *page, const struct caseload_asked *asked)
{
	struct buf *b = page->out;
	H(b, "<table class=\"govuk-table app-caseload\">\n"
	     "<caption class=\"govuk-table__caption govuk-visually-hidden\">Children, each with the "
	     "clock that needs attention first</caption>\n<thead class=\"govuk-table__head\"><tr "
	     "class=\"govuk-table__row\">\n");
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){ .key = S("name"), .label = S("Child"), .sorted = asked->sort });
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){
			.key = S("age"), .label = S("Age"), .sorted = asked->sort, .numeric = true });
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){
			.key = S("worst"), .label = S("Next clock"), .sorted = asked->sort });
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){ .key = S("due"), .label = S("Due"), .sorted = asked->sort });
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){
			.key = S("voice"), .label = S("Child’s words"), .sorted = asked->sort });
	show_sort(b, page->arena, &asked->address,
		&(struct show_sort){
			.key = S("contact"), .label = S("Last contact"), .sorted = asked->sort });
	H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
	text(b, children_are_own(page) ? S("Social worker") : S("Reviewing officer or chair"));
	H(b, "</th>\n");
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
}

static void empty(struct page *page, const struct caseload *list)
{
	struct buf *b = page->out;
	if (list->children == 0)
		H(b, "<p class=\"govuk-body\">You have no children allocated. Ask your manager, or "
		     "whoever imports the council's files, whether the people file is in.</p>\n");
	else
		H(b, "<p class=\"govuk-body\">No child matches. <a class=\"govuk-link\" "
		     "href=\"/caseload\">Show all of my caseload</a></p>\n");
}

/* A name that was looked for stands in no address: the file of what was found has none either. */
static void foot(struct page *page, struct caseload_asked *asked)
{
	struct buf *b = page->out;
	if (asked->query.text.n > 0) {
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\" "
		     "href=\"/caseload\">Show all of my caseload</a></p>\n");
		return;
	}
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	asked->address.path = S("/caseload.csv");
	attr(b, "href", show_query_with(page->arena, &asked->address, S("page"), (str){ 0 }));
	H(b, ">Download these children (CSV)</a></p>\n");
}

void caseload_show(struct page *page)
{
	struct caseload_asked asked;
	struct caseload list;
	struct err err;
	struct buf *b = page->out;
	ask(page, &asked);
	if (!page_as_at(page))
		return;
	if (!store_caseload(page->store, page->arena, &asked.query, &list, &err) ||
		!children_covered(page, list.row, list.n, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.known_to = list.known_to;
	page->layout.current = S("/caseload");
	page->layout.current_is = true;
	page_open(page, S("My caseload"));
	H(b, "<h1 class=\"govuk-heading-xl govuk-!-margin-bottom-2\">My caseload</h1>\n"
	     "<p class=\"govuk-body-l govuk-!-margin-bottom-4\">");
	buf_int(b, list.children);
	text(b, list.children == 1 ? S(" child") : S(" children"));
	H(b, "</p>\n");
	views(page);
	counts(page, &asked, &list);
	caseload_filter(page, &asked, &list);
	find(page, &asked);
	if (list.n == 0) {
		empty(page, &list);
	} else {
		int64_t first = (asked.query.page - 1) * asked.query.rows + 1;
		show_range(b, &(struct show_range){
				      first, first + (int64_t)list.n - 1, list.total, S("children") });
		show_wide_open(b, S("My caseload"));
		head(page, &asked);
		for (size_t i = 0; i < list.n; i++)
			children_row_heard(page, &list.row[i]);
		H(b, "</tbody></table>\n");
		show_wide_close(b);
		show_pages(b, page->arena, &asked.address, asked.query.page,
			(list.total + asked.query.rows - 1) / asked.query.rows);
		if (list.total > (int64_t)list.n && asked.query.rows < LIST_ROWS) {
			H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
			attr(b, "href",
				show_query_with(page->arena, &asked.address, S("rows"), S("100")));
			H(b, ">Show 100 on one page, to print</a></p>\n");
		}
		policy_line(page);
		foot(page, &asked);
	}
	page_close(page);
	children_looked(page, S("look:caseload"), asked.query.text, list.row, list.n);
}

static void file_row(
	struct page *page, struct csv_out *out, const struct caseload_row *row, str counted_by)
{
	const struct rule *rule = store_rule(page->store, row->rule);
	csv_put(out, row->number);
	csv_put(out, row->level < 2 ? S("Restricted record") : row->forename);
	csv_put(out, row->surname);
	csv_put_day(out, row->born);
	csv_put(out, row->looked_after ? S("yes") : S("no"));
	csv_put(out, row->on_plan ? S("yes") : S("no"));
	csv_put(out, rule == NULL ? (str){ 0 } : rule->title);
	csv_put(out, rule == NULL ? (str){ 0 } : clock_state_text(row->state));
	csv_put_day(out, row->due);
	csv_put_day(out, row->due_data);
	csv_put_day(out, row->due_law);
	csv_put_day(out, children_last_working_day(page, row));
	csv_put(out, rule == NULL ? (str){ 0 } : level_words(rule->level));
	csv_put(out, rule == NULL ? (str){ 0 } : policy_line_source(page, rule));
	csv_put_day(out, row->booked);
	csv_put(out, row->iro);
	csv_put(out, row->chair);
	csv_put(out, row->social_worker);
	csv_put(out, row->team);
	csv_put_day(out, row->view_on);
	csv_put_day(out, row->contact_on);
	csv_put(out, row->contact_on == DAY_UNKNOWN || row->contact_alone == ANSWER_UNKNOWN
			? (str){ 0 }
			: row->contact_alone == ANSWER_YES ? S("yes")
							   : S("no"));
	if (page->beside > 0)
		csv_put(out, brand_name(page, row->authority));
	if (counted_by.n > 0)
		csv_put(out, counted_by);
	csv_put_end(out);
}

/* The whole filtered list, for a spreadsheet. It leaves a look at every child in it. */
void caseload_file(struct page *page)
{
	static const char *const column[] = { "child", "forename", "surname", "dob", "looked_after",
		"child_protection_plan", "next_clock", "state", "due", "due_data", "due_law", "last_working_day", "level",
		"source", "booked", "iro", "chair", "social_worker", "team", "words_recorded", "last_contact", "spoken_to_alone" };
	struct caseload_asked asked;
	struct caseload list;
	struct err err;
	ask(page, &asked);
	asked.query.page = 0;
	if (!store_caseload(page->store, page->arena, &asked.query, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	struct csv_out out = { .buf = page->out, .safe = true };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	if (page->beside > 0)
		csv_put(&out, S("council"));
	str counted_by = policy_says(page);
	if (counted_by.n > 0)
		csv_put(&out, S("counted_by"));
	csv_put_end(&out);
	for (size_t i = 0; i < list.n; i++)
		file_row(page, &out, &list.row[i], counted_by);
	page_file(page, S("text/csv; charset=utf-8"), S("caseload.csv"));
	children_looked(page, S("export:caseload"), (str){ 0 }, list.row, list.n);
}
