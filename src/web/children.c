#include "web/children.h"

#include "html/moj_badge.h"
#include "html/show_clock.h"
#include "store/cover.h"
#include "web/brand.h"
#include "web/say.h"

bool children_are_own(const struct page *page)
{
	return page->actor.role == ROLE_REVIEWING_OFFICER || page->actor.role == ROLE_CHAIR;
}

bool children_covered(struct page *page, struct caseload_row *row, size_t n, struct err *err)
{
	struct cover_marks marks;
	if (!store_cover_marks(
		    page->store, page->arena, page->actor.user, page->today, &marks, err))
		return false;
	for (size_t i = 0; i < n && marks.n > 0; i++) {
		for (size_t k = 0; k < marks.n; k++) {
			if (marks.item[k].subject != row[i].subject)
				continue;
			row[i].cover_for = marks.item[k].name;
			row[i].cover_until = marks.item[k].until;
		}
	}
	return true;
}

void children_table(struct page *page, str caption)
{
	struct buf *b = page->out;
	H(b, "<table class=\"govuk-table app-caseload\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
	text(b, caption);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">Child</th><th scope=\"col\" "
	     "class=\"govuk-table__header govuk-table__header--numeric\">Age</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Next clock</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Due</th><th scope=\"col\" class=\"govuk-table__header\">");
	text(b, children_are_own(page) ? S("Social worker") : S("Reviewing officer or chair"));
	H(b, "</th></tr></thead>\n<tbody class=\"govuk-table__body\">\n");
}

static void siblings(struct buf *b, const struct caseload_row *row)
{
	if (!row->has_group)
		return;
	if (row->siblings == 0) {
		H(b, " · has brothers or sisters here");
		return;
	}
	H(b, " · <a class=\"govuk-link\" href=\"/caseload?siblings=");
	buf_int(b, row->subject);
	H(b, "\">with ");
	buf_int(b, row->siblings);
	text(b, row->siblings == 1 ? S(" brother or sister") : S(" brothers or sisters"));
	H(b, "</a>");
}

void children_who(struct buf *b, const struct child_named *child)
{
	if (child->level < 2)
		H(b, "Restricted record");
	else
		text_child_name(b, child->forename, child->surname, child->number);
}

void children_link(struct buf *b, const struct child_named *child, str rest)
{
	H(b, "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, child->subject);
	text(b, rest);
	H(b, "\">");
	children_who(b, child);
	H(b, "</a>");
}

void children_week_name(struct buf *b, const struct child_named *child)
{
	H(b, "<th scope=\"row\" class=\"govuk-table__header\">");
	children_link(b, child, (str){ 0 });
	H(b, " <span class=\"app-week__number\">");
	text(b, child->number);
	H(b, "</span></th>");
}

void children_name(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	H(b, "<th scope=\"row\" class=\"govuk-table__header\">");
	children_link(b, CHILD_NAMED(row), (str){ 0 });
	H(b, "<span class=\"app-under\">");
	text(b, row->number);
	if (page->beside > 0 && row->authority.n > 0) {
		H(b, " ");
		moj_badge(b, brand_name(page, row->authority), (str){ 0 });
	}
	H(b, " · ");
	text_child_kind(b, row->looked_after, row->on_plan);
	siblings(b, row);
	if (row->cover_for.n > 0) {
		H(b, "<br>Covering for ");
		text(b, row->cover_for);
		H(b, " until ");
		text_day(b, row->cover_until);
	}
	H(b, "</span></th>");
}

day children_last_working_day(struct page *page, const struct caseload_row *row)
{
	const struct calendar *calendar = store_law(page->store)->calendar;
	bool reaches = row->due != DAY_UNKNOWN && row->due <= calendar_last(calendar);
	return reaches ? calendar_on_or_before(calendar, row->due) : DAY_UNKNOWN;
}

static void other_date(struct buf *b, const char *name, day on, day due)
{
	if (on == DAY_UNKNOWN || on == due)
		return;
	H(b, "<span class=\"app-under\">");
	text(b, str_of(name));
	H(b, " ");
	text_day(b, on);
	H(b, "</span>");
}

/* Beside the date that counts, by name, those that are another. */
static void other_dates(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	other_date(b, "Last working day", children_last_working_day(page, row), row->due);
	other_date(b, "By the data standard", row->due_data, row->due);
	other_date(b, "National date", row->due_law, row->due);
}

static void clock_cells(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	const struct rule *rule = store_rule(page->store, row->rule);
	H(b, "<td class=\"govuk-table__cell\">");
	if (rule == NULL) {
		H(b, "Nothing is due");
	} else {
		text(b, rule->title);
		show_hand(b, rule->with);
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (rule != NULL) {
		struct clock clock = clock_blank;
		clock.due = row->due;
		clock.booked = row->booked;
		show_clock(b,
			&(struct show_clock){ .state = row->state, .due = row->due,
				.met_on = DAY_UNKNOWN, .booking = clock_booking(&clock),
				.booked = row->booked, .needs_booking = rule->booking.n > 0,
				.reason = row->state == CLOCK_UNKNOWN ? S("open the child to see why")
								      : (str){ 0 } },
			page->today, page->now);
		other_dates(page, row);
	}
	H(b, "</td>");
}

enum { SILENT_DAYS = 90 };

static void ago(struct buf *b, day on, day today)
{
	if (on + SILENT_DAYS >= today)
		return;
	H(b, "<span class=\"app-under\">");
	buf_int(b, today - on);
	H(b, " days ago</span>");
}

/* When the child was last heard, and last met. What a row without a name does not show is not said. */
static void heard_cells(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	H(b, "<td class=\"govuk-table__cell\">");
	if (row->level < 2) {
		H(b, "Not shown</td><td class=\"govuk-table__cell\">Not shown</td>");
		return;
	}
	if (row->view_on == DAY_UNKNOWN) {
		H(b, "None yet");
	} else {
		text_day(b, row->view_on);
		ago(b, row->view_on, page->today);
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (row->contact_on == DAY_UNKNOWN) {
		H(b, "None recorded</td>");
		return;
	}
	text_day(b, row->contact_on);
	H(b, "<span class=\"app-under\">");
	text(b, row->contact_alone == ANSWER_YES	? S("spoken to alone")
			: row->contact_alone == ANSWER_NO ? S("not alone")
							  : S("not recorded whether alone"));
	H(b, "</span></td>");
}

static void who_cell(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	H(b, "<td class=\"govuk-table__cell\">");
	if (children_are_own(page))
		text(b, row->social_worker);
	else
		text(b, row->on_plan && !row->looked_after && row->chair.n > 0 ? row->chair : row->iro);
	H(b, "</td>");
}

static void row_begins(struct page *page, const struct caseload_row *row)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\">");
	children_name(page, row);
	H(b, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	if (row->born != DAY_UNKNOWN)
		text(b, age_words(page->arena, row->born, page->today));
	else if (row->expected != DAY_UNKNOWN)
		H(b, "Unborn");
	else
		H(b, "Not recorded");
	H(b, "</td>");
	clock_cells(page, row);
}

void children_row(struct page *page, const struct caseload_row *row)
{
	row_begins(page, row);
	who_cell(page, row);
	H(page->out, "</tr>\n");
}

void children_row_heard(struct page *page, const struct caseload_row *row)
{
	row_begins(page, row);
	heard_cells(page, row);
	who_cell(page, row);
	H(page->out, "</tr>\n");
}

void children_looked(struct page *page, str act, str asked, const struct caseload_row *row, size_t n)
{
	int64_t *subject = arena_take(page->arena, n, sizeof *subject);
	for (size_t i = 0; i < n; i++)
		subject[i] = row[i].subject;
	page_looked(page, act, subject, n);
	page->look.asked = asked;
}
