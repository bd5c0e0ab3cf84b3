/* tracker_read.c - the tracker beside the council's records: one sentence, and the rows behind each of
 * its numbers. */
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/show_list.h"
#include "law/calendar.h"
#include "web/say.h"
#include "web/tracker.h"

/* ---- the parts of a table */

static void table_open(struct page *page, str caption, const str *heading, size_t n)
{
	struct buf *b = page->out;
	show_wide_open(b, caption);
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
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

static void child_cell(struct buf *b, const struct tracker_child *child)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, child->subject);
	H(b, "\">");
	text_child_name(b, child->forename, child->surname, child->number);
	H(b, "</a></th>");
}

static void cell_open(struct buf *b)
{
	H(b, "<td class=\"govuk-table__cell\">");
}

static void day_cell(struct buf *b, day d, str otherwise)
{
	cell_open(b);
	if (d == DAY_UNKNOWN)
		text(b, otherwise);
	else
		html_time(b, d);
	H(b, "</td>");
}

static void row_cell(struct buf *b, size_t number)
{
	cell_open(b);
	text_id(b, (int64_t)number);
	H(b, "</td></tr>\n");
}

static void text_cell(struct buf *b, str s)
{
	cell_open(b);
	text(b, s);
	H(b, "</td>");
}

static void section(struct buf *b, str id, str title, size_t n)
{
	H(b, "<h2 class=\"govuk-heading-m\"");
	attr(b, "id", id);
	H(b, ">");
	text(b, title);
	H(b, " (");
	text_int(b, (int64_t)n);
	H(b, ")</h2>\n");
}

/* ---- the sections */

static size_t row_number(const struct tracker_found *found, size_t row)
{
	return found->tracker->row[row].number;
}

static void bookings(struct page *page, const struct tracker_found *found, bool late)
{
	struct buf *b = page->out;
	size_t n = late ? found->late : found->unbooked;
	if (n == 0)
		return;
	section(b, late ? S("late") : S("not-booked"),
		late ? S("Booked after the legal date") : S("Not booked"), n);
	if (!late)
		H(b, "<p class=\"govuk-body\">Neither your tracker nor Duly has a day to come for "
		     "these.</p>\n");
	TABLE(page, late ? S("Booked after the legal date") : S("Not booked"), S("Child"), S("Meeting"),
		S("Must be held by"), late ? S("Booked for") : S("Booked"), S("Row"));
	for (size_t i = 0; i < found->bookings; i++) {
		const struct tracker_booking *booking = &found->booking[i];
		if (late ? !booking->late : booking->on != DAY_UNKNOWN)
			continue;
		child_cell(b, booking->child);
		text_cell(b, booking->clock->rule->title);
		cell_open(b);
		html_time(b, booking->clock->due);
		if (booking->clock->due < page->today)
			H(b, " <strong class=\"govuk-tag govuk-tag--red\">Passed</strong>");
		H(b, "</td>");
		day_cell(b, booking->on, S("No"));
		row_cell(b, row_number(found, booking->row));
	}
	table_close(page);
}

static void reason(struct page *page, const struct tracker_booking *booking, const struct clash *clash)
{
	struct buf *b = page->out;
	if (clash->kind == CLASH_NOT_WORKING) {
		H(b, "No working day: ");
		text(b, calendar_why_not(store_law(page->store)->calendar, booking->on));
	} else if (clash->kind == CLASH_AWAY) {
		H(b, "You are away");
		if (clash->until != DAY_UNKNOWN) {
			H(b, " until ");
			text_day(b, clash->until);
		}
	} else if (clash->kind == CLASH_WEEKDAY) {
		H(b, "You do not work on ");
		text(b, str_of(weekday_name(day_weekday(booking->on))));
		H(b, "s");
	} else {
		H(b, "You chair another meeting that day");
	}
}

static void against(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	if (found->clashing == 0)
		return;
	section(b, S("clashes"), S("Booked days that something speaks against"), found->clashing);
	H(b, "<p class=\"govuk-body\">Your tracker has no hours, so two meetings on one day may fit. "
	     "Nothing is stopped by it.</p>\n");
	TABLE(page, S("Booked days that something speaks against"), S("Child"), S("Meeting"),
		S("Booked for"), S("What speaks against it"), S("Row"));
	for (size_t i = 0; i < found->bookings; i++) {
		const struct tracker_booking *booking = &found->booking[i];
		if (booking->clash == NULL)
			continue;
		child_cell(b, booking->child);
		text_cell(b, booking->clock->rule->title);
		day_cell(b, booking->on, S("No"));
		cell_open(b);
		for (size_t k = 0; k < booking->clash->n; k++) {
			text(b, k > 0 ? S(". ") : (str){ 0 });
			reason(page, booking, &booking->clash->item[k]);
		}
		H(b, "</td>");
		row_cell(b, row_number(found, booking->row));
	}
	table_close(page);
}

static void differences(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	if (found->differs == 0)
		return;
	section(b, S("dates"), S("Dates that disagree with the council’s"), found->differs);
	H(b, "<p class=\"govuk-body\">Either may be right. Where yours is, ask for the case system to be "
	     "corrected.</p>\n");
	TABLE(page, S("Dates that disagree with the council’s"), S("Child"), S("Date"), S("Yours"),
		S("The council’s"), S("Row"));
	for (size_t i = 0; i < found->differs; i++) {
		const struct tracker_differ *differ = &found->differ[i];
		child_cell(b, differ->child);
		text_cell(b, str_of(differ->what));
		day_cell(b, differ->theirs, S("Not recorded"));
		day_cell(b, differ->ours, S("Not recorded"));
		row_cell(b, row_number(found, differ->row));
	}
	table_close(page);
}

static void actions(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	if (found->survived > 0) {
		section(b, S("actions"), S("Actions that have survived two reviews"), found->survived);
		TABLE(page, S("Actions that have survived two reviews"), S("Child"), S("Action"),
			S("Agreed, or due"), S("Reviews and conferences since"), S("Row"));
		for (size_t i = 0; i < found->carrieds && found->carried[i].meetings >= 2; i++) {
			const struct tracker_carried *carried = &found->carried[i];
			const struct tracker_action *action = &found->tracker->action[carried->action];
			child_cell(b, carried->child);
			text_cell(b, action->what);
			day_cell(b, action->set != DAY_UNKNOWN ? action->set : action->due, S(""));
			cell_open(b);
			text_int(b, (int64_t)carried->meetings);
			H(b, "</td>");
			row_cell(b, row_number(found, action->row));
		}
		table_close(page);
	}
	if (found->undated > 0) {
		H(b, "<p class=\"govuk-body\">");
		text_int(b, (int64_t)found->undated);
		text(b, found->undated == 1
				? S(" action carries no date: how long it has stood is not known.")
				: S(" actions carry no date: how long they have stood is not known."));
		H(b, "</p>\n");
	}
}

static void not_matched(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	size_t n = 0;
	for (size_t i = 0; i < found->tracker->n; i++)
		n += found->match[i].child == NULL;
	if (n == 0)
		return;
	section(b, S("not-matched"), S("Rows that are not matched"), n);
	H(b, "<p class=\"govuk-body\">No child whom you may see has that number, or that name and date of "
	     "birth.</p>\n");
	TABLE(page, S("Rows that are not matched"), S("In your tracker"), S("Date of birth"), S("Nearest"),
		S("Row"));
	for (size_t i = 0; i < found->tracker->n; i++) {
		const struct tracker_row *row = &found->tracker->row[i];
		const struct tracker_match *match = &found->match[i];
		if (match->child != NULL)
			continue;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		text(b, row->name.n > 0 ? row->name : row->child);
		H(b, "</th>");
		day_cell(b, row->born, S("Not in the tracker"));
		cell_open(b);
		if (match->near == NULL) {
			H(b, "Not matched");
		} else {
			H(b, "<a class=\"govuk-link\" href=\"/children/");
			text_id(b, match->near->subject);
			H(b, "\">");
			text_child_name(b, match->near->forename, match->near->surname, match->near->number);
			H(b, "</a>: ");
			text(b, str_of(match->why));
		}
		H(b, "</td>");
		row_cell(b, row->number);
	}
	table_close(page);
}

static void matched(struct page *page, const struct tracker_found *found)
{
	static const str by[] = { [FIT_NUMBER] = S_INIT("Number"),
		[FIT_NAME_AND_BIRTH] = S_INIT("Name and date of birth"), [FIT_NAME] = S_INIT("Name alone") };
	struct buf *b = page->out;
	if (found->matched == 0)
		return;
	section(b, S("matched"), S("Children who are matched"), found->matched);
	if (found->again > 0) {
		H(b, "<p class=\"govuk-body\">");
		text_int(b, (int64_t)found->again);
		text(b, found->again == 1 ? S(" more row is of a child who has one already: its actions "
					     "are read, its dates are not.")
					  : S(" more rows are of children who have one already: their "
					      "actions are read, their dates are not."));
		H(b, "</p>\n");
	}
	TABLE(page, S("Children who are matched"), S("Child"), S("In your tracker"), S("Matched by"), S("Row"));
	for (size_t i = 0; i < found->tracker->n; i++) {
		const struct tracker_row *row = &found->tracker->row[i];
		const struct tracker_match *match = &found->match[i];
		if (match->child == NULL)
			continue;
		child_cell(b, match->child);
		text_cell(b, row->name.n > 0 ? row->name : row->child);
		cell_open(b);
		text(b, by[match->fit]);
		if (match->why != NULL) {
			H(b, ": ");
			text(b, str_of(match->why));
		}
		H(b, "</td>");
		row_cell(b, row->number);
	}
	table_close(page);
}

void tracker_sections(struct page *page, const struct tracker_found *found)
{
	bookings(page, found, true);
	bookings(page, found, false);
	against(page, found);
	differences(page, found);
	actions(page, found);
	not_matched(page, found);
}

/* ---- the sentence */

static void number(struct buf *b, size_t n, str words, str to)
{
	if (n > 0) {
		H(b, "<a class=\"govuk-link\"");
		attr(b, "href", to);
		H(b, ">");
	}
	text_int(b, (int64_t)n);
	H(b, " ");
	text(b, words);
	if (n > 0)
		H(b, "</a>");
}

static void sentence(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	size_t rows = found->tracker->n, missed = rows - found->matched - found->again;
	H(b, "<p class=\"govuk-body-l\">");
	number(b, found->matched, found->matched == 1 ? S("child matched") : S("children matched"),
		S("#matched"));
	H(b, ". ");
	number(b, found->late, S("booked after the legal date"), S("#late"));
	H(b, ", ");
	number(b, found->unbooked, S("not booked"), S("#not-booked"));
	H(b, ", ");
	number(b, found->differs,
		found->differs == 1 ? S("date disagrees with the council’s data")
				    : S("dates disagree with the council’s data"), S("#dates"));
	H(b, ", ");
	number(b, found->survived,
		found->survived == 1 ? S("action has survived two reviews")
				     : S("actions have survived two reviews"), S("#actions"));
	H(b, ". ");
	if (missed > 0) {
		number(b, missed, missed == 1 ? S("row is not matched") : S("rows are not matched"),
			S("#not-matched"));
		H(b, ". ");
	}
	if (found->clashing > 0) {
		number(b, found->clashing,
			found->clashing == 1 ? S("booked day is a weekend, your leave or another meeting")
					     : S("booked days are a weekend, your leave or another meeting"),
			S("#clashes"));
		H(b, ".");
	}
	H(b, "</p>\n");
}

static void kept_banner(struct page *page)
{
	int64_t made, acts;
	if (!str_int(form_value(&page->query, S("bookings")), &made) ||
		!str_int(form_value(&page->query, S("actions")), &acts) || made < 0 || acts < 0)
		return;
	if (made + acts == 0)
		govuk_notification_banner(page->out, .text = S("Nothing was kept: nothing was ticked, or "
								"Duly has it already."));
	else
		govuk_notification_banner(page->out, .type = S("success"),
			.text = arena_format(page->arena, "Kept: %lld %s and %lld %s.", (long long)made,
				made == 1 ? "booking" : "bookings", (long long)acts,
				acts == 1 ? "action" : "actions"));
}

void tracker_read_show(struct page *page)
{
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	struct tracker_children children;
	struct tracker tracker;
	struct tracker_found found;
	struct err err;
	struct buf *b = page->out;
	if (!tracker_open(page, draft))
		return;
	if (!tracker_find(page, draft, &children, &tracker, &found, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.current = S("/tracker");
	page->layout.back_href = S("/tracker/columns");
	page->layout.back_text = S("Back to the columns");
	page_looked(page, S("look:tracker"), found.subject, found.matched);
	page_open(page, S("What your tracker says"));
	kept_banner(page);
	H(b, "<span class=\"govuk-caption-l\">");
	text(b, draft->file);
	H(b, "</span>\n<h1 class=\"govuk-heading-l\">What your tracker says</h1>\n");
	sentence(page, &found);
	tracker_sections(page, &found);
	tracker_keep_form(page, &found);
	matched(page, &found);
	page_close(page);
}
