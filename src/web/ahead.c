/* ahead.c - the months ahead: reviews and conferences due by week for half a year, per chair and team,
 * as a plot, a table and a file; beside how many children each person has. No child is named. */
#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/govuk_select.h"
#include "html/show_list.h"
#include "html/show_plot.h"
#include "store/ahead.h"
#include "web/as_at.h"
#include "web/cover.h"
#include "web/policy_line.h"

#include <stdlib.h>

enum { WEEKS = 26, NAMES_MOST = 400 };

struct tally {
	int64_t reviews, conferences, booked, late, none;
};

struct view {
	struct ahead all;
	struct loads loads;
	struct caseload_norm norm;
	day monday;       /* of this week: week 0 */
	str chair, team;  /* asked for; empty: all */
	const str *chairs, *teams;
	size_t n_chairs, n_teams;
	struct tally week[WEEKS], overdue;
	bool chairing; /* of their own: those that they chair */
	int64_t children; /* of their own */
};

static int by_text(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

/* Each once, in order. */
static const str *distinct(struct page *page, const struct ahead *all, bool teams, size_t *n)
{
	str *name = arena_take(page->arena, all->n + 1, sizeof *name);
	size_t kept = 0;
	for (size_t i = 0; i < all->n; i++)
		name[i] = teams ? all->item[i].team : all->item[i].chair;
	if (all->n > 1)
		qsort(name, all->n, sizeof *name, by_text);
	for (size_t i = 0; i < all->n; i++) {
		if (name[i].n > 0 && (kept == 0 || !str_equal(name[i], name[kept - 1])))
			name[kept++] = name[i];
	}
	*n = kept;
	return name;
}

static void count(struct tally *tally, const struct ahead_item *item)
{
	*(item->conference ? &tally->conferences : &tally->reviews) += item->n;
	switch (item->booking) {
	case BOOKING_IN_TIME:
		tally->booked += item->n;
		break;
	case BOOKING_LATE:
		tally->late += item->n;
		break;
	case BOOKING_NONE:
	default:
		tally->none += item->n;
	}
}

static bool is_asked(const struct view *view, const struct ahead_item *item)
{
	return (view->chair.n == 0 || str_equal(view->chair, item->chair)) &&
		(view->team.n == 0 || str_equal(view->team, item->team));
}

/* What is overdue stands apart, whatever week it was due in; so no meeting is counted twice. */
static struct tally *place(struct view *view, const struct ahead_item *item)
{
	return item->overdue ? &view->overdue : &view->week[(item->week - view->monday) / 7];
}

/* Who chairs has meetings of their own; who does not sees those of their children. */
static bool chairs_meetings(const struct page *page)
{
	return page->actor.role == ROLE_REVIEWING_OFFICER || page->actor.role == ROLE_CHAIR ||
		page->actor.role == ROLE_LEAD_PRACTITIONER;
}

static bool see_own(struct page *page, struct view *view)
{
	struct err err;
	*view = (struct view){ .monday = page->today - (day)day_weekday(page->today),
		.chairing = chairs_meetings(page) };
	if (!store_ahead_own(page->store, page->arena, &page->actor, page->today,
		    view->monday + 7 * WEEKS - 1, view->chairing, &view->all, &view->children, &err) ||
		!cover_norm(page, &view->norm, &err)) {
		page_failed(page, &err);
		return false;
	}
	for (size_t i = 0; i < view->all.n; i++)
		count(place(view, &view->all.item[i]), &view->all.item[i]);
	return true;
}

static bool see(struct page *page, struct view *view)
{
	struct err err;
	*view = (struct view){ .monday = page->today - (day)day_weekday(page->today),
		.chair = str_trim(form_value(&page->query, S("chair"))),
		.team = str_trim(form_value(&page->query, S("team"))) };
	if (!store_ahead(page->store, page->arena, &page->actor, page->today,
		    view->monday + 7 * WEEKS - 1, &view->all, &err) ||
		!store_loads(page->store, page->arena, &page->actor, &view->loads, &err) ||
		!cover_norm(page, &view->norm, &err)) {
		page_failed(page, &err);
		return false;
	}
	view->chairs = distinct(page, &view->all, false, &view->n_chairs);
	view->teams = distinct(page, &view->all, true, &view->n_teams);
	for (size_t i = 0; i < view->all.n; i++) {
		if (is_asked(view, &view->all.item[i]))
			count(place(view, &view->all.item[i]), &view->all.item[i]);
	}
	return true;
}

/* ---- the choice of a person and a team */

static void pick(struct page *page, str label, str name, str value, const str *from, size_t n)
{
	n = n < NAMES_MOST ? n : NAMES_MOST;
	struct govuk_select_item *item = arena_take(page->arena, n + 1, sizeof *item);
	item[0] = (struct govuk_select_item){ .text = S("All"), .value = S("") };
	for (size_t i = 0; i < n; i++)
		item[i + 1] = (struct govuk_select_item){ .text = from[i], .value = from[i] };
	govuk_select(page->out, .label = { .text = label }, .id = name, .name = name, .value = value,
		.items = item, .n_items = n + 1);
}

static void choice(struct page *page, const struct view *view)
{
	struct buf *b = page->out;
	H(b, "<form class=\"app-hours app-no-print\" method=\"get\" action=\"/ahead\">\n");
	pick(page, S("Reviewing officer or chair"), S("chair"), view->chair, view->chairs,
		view->n_chairs);
	pick(page, S("Team"), S("team"), view->team, view->teams, view->n_teams);
	govuk_button(b, .text = S("Show"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

/* ---- the plot and its table */

static str short_day(struct page *page, day on)
{
	struct civil civil = day_civil(on);
	return arena_format(page->arena, "%d %.3s", civil.day, month_name(civil.month));
}

static int64_t all_of(const struct tally *tally)
{
	return tally->reviews + tally->conferences;
}

static void plot(struct page *page, const struct view *view)
{
	struct plot_bar bar[WEEKS];
	int64_t sum = 0;
	size_t most = 0;
	for (size_t i = 0; i < WEEKS; i++) {
		const struct tally *tally = &view->week[i];
		bar[i] = (struct plot_bar){
			.label = i % 3 == 0 ? short_day(page, view->monday + (day)i * 7) : (str){ 0 },
			.part = { tally->booked, tally->late, tally->none } };
		sum += all_of(tally);
		most = all_of(tally) > all_of(&view->week[most]) ? i : most;
	}
	struct buf when = { 0 };
	buf_day_words(&when, view->monday + (day)most * 7);
	str said = sum == 0 ? S("Nothing is due in the 26 weeks ahead.")
		: arena_format(page->arena,
			  "%lld meetings are due in 26 weeks. The most in one week are %lld, in the "
			  "week of %.*s.",
			  (long long)sum, (long long)all_of(&view->week[most]),
			  STR_ARGS(buf_view(&when)));
	buf_close(&when);
	show_wide_open(page->out, S("Meetings due by week, drawn"));
	show_plot(page->out, &(struct plot){ .id = S("ahead"),
				     .title = S("Reviews and conferences due by week"), .said = said,
				     .part = { S("Booked in time"), S("Booked late"), S("Not booked") },
				     .bar = bar, .n = WEEKS });
	show_wide_close(page->out);
}

static void cells(struct buf *b, const struct tally *tally)
{
	const int64_t n[] = { tally->reviews, tally->conferences, tally->booked, tally->late,
		tally->none };
	for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
		H(b, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		text_int(b, n[i]);
		H(b, "</td>");
	}
	H(b, "</tr>\n");
}

static void head(struct buf *b, str caption, const str *column, size_t n)
{
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">");
	text(b, caption);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < n; i++) {
		if (i == 0)
			H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
		else
			H(b, "<th scope=\"col\" class=\"govuk-table__header "
			     "govuk-table__header--numeric\">");
		text(b, column[i]);
		H(b, "</th>");
	}
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
}

static void weeks(struct page *page, const struct view *view)
{
	struct buf *b = page->out;
	static const str column[] = { S_INIT("Week of"), S_INIT("Reviews"), S_INIT("Conferences"),
		S_INIT("Booked in time"), S_INIT("Booked late"), S_INIT("Not booked") };
	show_wide_open(b, S("Meetings due by week"));
	head(b, S("Meetings due by week"), column, 6);
	if (all_of(&view->overdue) > 0) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">Overdue</th>");
		cells(b, &view->overdue);
	}
	for (size_t i = 0; i < WEEKS; i++) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		html_time(b, view->monday + (day)i * 7);
		H(b, "</th>");
		cells(b, &view->week[i]);
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

/* ---- each person, beside the norm */

static int64_t load_of(const struct view *view, str name)
{
	for (size_t i = 0; i < view->loads.n; i++) {
		if (str_equal(view->loads.item[i].name, name))
			return view->loads.item[i].children;
	}
	return 0;
}

/* Of one person: their items, which stand together. */
static void person(struct page *page, const struct view *view, const struct ahead_item *item, size_t n)
{
	struct buf *b = page->out;
	int64_t week[WEEKS] = { 0 }, due = 0, overdue = 0, none = 0, most = 0;
	str name = item->chair;
	for (size_t i = 0; i < n; i++) {
		if (view->team.n > 0 && !str_equal(view->team, item[i].team))
			continue;
		if (item[i].booking == BOOKING_NONE)
			none += item[i].n;
		if (item[i].overdue) {
			overdue += item[i].n;
			continue;
		}
		due += item[i].n;
		week[(item[i].week - view->monday) / 7] += item[i].n;
	}
	for (size_t i = 0; i < WEEKS; i++)
		most = week[i] > most ? week[i] : most;
	if (due + overdue == 0)
		return;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, name.n > 0 ? name : S("Nobody is named"));
	H(b, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	if (name.n > 0)
		text(b, cover_load(page, load_of(view, name), &view->norm));
	else
		H(b, "Not counted");
	const int64_t figure[] = { due, most, overdue, none };
	for (size_t i = 0; i < sizeof figure / sizeof *figure; i++) {
		H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		text_int(b, figure[i]);
	}
	H(b, "</td></tr>\n");
}

static size_t same_chair(const struct ahead *all, size_t from)
{
	size_t end = from + 1;
	while (end < all->n && str_equal(all->item[end].chair, all->item[from].chair))
		end++;
	return end - from;
}

static void people(struct page *page, const struct view *view)
{
	struct buf *b = page->out;
	static const str column[] = { S_INIT("Person"), S_INIT("Children"), S_INIT("Due in 26 weeks"),
		S_INIT("Most in a week"), S_INIT("Overdue"), S_INIT("Not booked") };
	size_t nobody = 0; /* whoever has no name stands first, and is shown last */
	show_wide_open(b, S("Each person"));
	head(b, S("Each person, beside the norm"), column, 6);
	for (size_t i = 0, n; i < view->all.n; i += n) {
		const struct ahead_item *item = &view->all.item[i];
		n = same_chair(&view->all, i);
		if (item->chair.n == 0)
			nobody = n;
		else if (view->chair.n == 0 || str_equal(view->chair, item->chair))
			person(page, view, item, n);
	}
	if (view->chair.n == 0 && nobody > 0)
		person(page, view, view->all.item, nobody);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	H(b, "<p class=\"govuk-body\">The norm is ");
	text_int(b, view->norm.least);
	H(b, " to ");
	text_int(b, view->norm.most);
	H(b, " children for one full-time person: looked after or on a plan, each counted once. The "
	     "figure of the IRO Handbook was not read at its source.</p>\n");
}

static void file_link(struct page *page, str address)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href", address);
	H(b, ">Download these weeks (CSV)</a></p>\n");
}

void ahead_own_show(struct page *page)
{
	struct view *view = arena_new(page->arena, struct view);
	struct buf *b = page->out;
	if (!page_as_at(page) || !see_own(page, view))
		return;
	page->layout.current = S("/week");
	page->layout.back_href = S("/week");
	page->layout.back_text = S("My week");
	page_open(page, S("Your months ahead"));
	H(b, "<h1 class=\"govuk-heading-l\">Your months ahead</h1>\n<p class=\"govuk-body-l\">");
	text(b, view->chairing
		? S("Reviews and conferences that are yours to chair, due and not held, by the week in "
		    "which they are due.")
		: S("Reviews and conferences of the children whom you see, due and not held, by the week "
		    "in which they are due."));
	H(b, "</p>\n");
	if (view->chairing) {
		H(b, "<p class=\"govuk-body\">You have ");
		text(b, cover_load(page, view->children, &view->norm));
		H(b, ": looked after or on a plan, each counted once. The norm is ");
		text_int(b, view->norm.least);
		H(b, " to ");
		text_int(b, view->norm.most);
		H(b, ".</p>\n");
	}
	plot(page, view);
	weeks(page, view);
	policy_line(page);
	file_link(page, S("/week/ahead.csv"));
	page_close(page);
	page_looked(page, S("look:ahead"), NULL, 0); /* counts: nobody is named */
}

void ahead_show(struct page *page)
{
	struct view *view = arena_new(page->arena, struct view);
	struct buf *b = page->out;
	if (!page_as_at(page) || !see(page, view))
		return;
	page->layout.current = S("/monday");
	page->layout.back_href = S("/monday");
	page->layout.back_text = S("Service");
	page_open(page, S("The months ahead"));
	H(b, "<h1 class=\"govuk-heading-l\">The months ahead</h1>\n<p class=\"govuk-body-l\">Reviews and "
	     "conferences that are due and not held, by the week in which they are due. Restricted "
	     "children are counted.</p>\n");
	choice(page, view);
	plot(page, view);
	weeks(page, view);
	people(page, view);
	policy_line(page);
	const struct show_param param[] = { { S("chair"), view->chair }, { S("team"), view->team } };
	struct show_query file = { S("/ahead.csv"), param, 2 };
	file_link(page, show_query_with(page->arena, &file, S("page"), (str){ 0 }));
	page_close(page);
}

/* ---- the file: a row for each week, person, team and kind */

static void file_rows(struct page *page, struct csv_out *out, const struct ahead_item *const *item,
	size_t n, str counted_by)
{
	for (size_t i = 0; i < n;) {
		const struct ahead_item *first = item[i];
		struct tally tally = { 0 };
		for (; i < n && item[i]->week == first->week && item[i]->conference == first->conference &&
			str_equal(item[i]->chair, first->chair) && str_equal(item[i]->team, first->team);
			i++)
			count(&tally, item[i]);
		csv_put_day(out, first->week);
		csv_put(out, first->chair);
		csv_put(out, first->team);
		csv_put(out, first->conference ? S("conference") : S("review"));
		const int64_t part[] = { all_of(&tally), tally.booked, tally.late, tally.none };
		for (size_t k = 0; k < sizeof part / sizeof *part; k++)
			csv_put(out, arena_format(page->arena, "%lld", (long long)part[k]));
		if (counted_by.n > 0)
			csv_put(out, counted_by);
		csv_put_end(out);
	}
}

static int by_row(const void *a, const void *b)
{
	const struct ahead_item *one = *(const struct ahead_item *const *)a,
				*two = *(const struct ahead_item *const *)b;
	if (one->week != two->week)
		return one->week < two->week ? -1 : 1;
	int order = str_compare(one->chair, two->chair);
	if (order == 0)
		order = str_compare(one->team, two->team);
	return order != 0 ? order : one->conference - two->conference;
}

static void put_file(struct page *page, const struct view *view)
{
	static const char *const column[] = { "week", "chair", "team", "kind", "due", "booked_in_time",
		"booked_late", "not_booked" };
	const struct ahead_item **item = arena_take(page->arena, view->all.n + 1, sizeof *item);
	size_t n = 0;
	for (size_t i = 0; i < view->all.n; i++) {
		if (is_asked(view, &view->all.item[i]))
			item[n++] = &view->all.item[i];
	}
	if (n > 1)
		qsort(item, n, sizeof *item, by_row);
	struct csv_out out = { .buf = page->out, .safe = true };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	str counted_by = policy_says(page);
	if (counted_by.n > 0)
		csv_put(&out, S("counted_by"));
	csv_put_end(&out);
	file_rows(page, &out, item, n, counted_by);
	page_file(page, S("text/csv; charset=utf-8"), S("months-ahead.csv"));
}

void ahead_file(struct page *page)
{
	struct view *view = arena_new(page->arena, struct view);
	if (see(page, view))
		put_file(page, view);
}

void ahead_own_file(struct page *page)
{
	struct view *view = arena_new(page->arena, struct view);
	if (see_own(page, view)) {
		put_file(page, view);
		page_looked(page, S("export:ahead"), NULL, 0);
	}
}
