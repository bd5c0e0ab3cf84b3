/* meeting.c - a meeting that is booked: for who is invited the page that they need, for who books it
 * also whom to invite. */
#include "web/meeting.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_table.h"
#include "html/show_list.h"
#include "law/codes.h"
#include "web/child.h"
#include "web/hours.h"
#include "web/later.h"
#include "web/record.h"
#include "web/say.h"

enum { LISTED_BACK = 30 };

struct inviting {
	struct meeting meeting;
	struct inviteds invited, may_come;
	str person, wrong;
	bool minutes;
	int64_t who, invitation;
};

/* ---- words */

str meeting_kind(const struct meeting *meeting)
{
	str words = code_meaning(&codes_meeting, meeting->record.meeting);
	return words.n > 0 ? words : S("Meeting");
}

static str kept(struct page *page, struct buf *words)
{
	str out = arena_str(page->arena, buf_view(words));
	buf_close(words);
	return out;
}

static str when_words(struct page *page, const struct meeting *meeting)
{
	struct buf words = { 0 };
	int minute = booking_minute(meeting->record.starts);
	buf_format(&words, "%s ", weekday_name(day_weekday(meeting->record.on)));
	buf_day_words(&words, meeting->record.on);
	if (minute >= 0) {
		buf_lit(&words, ", ");
		buf_minute_words(&words, minute);
	}
	return kept(page, &words);
}

str meeting_words(struct page *page, const struct meeting *meeting)
{
	str kind = meeting_kind(meeting);
	return arena_format(page->arena, "%.*s, %.*s", STR_ARGS(kind),
		STR_ARGS(when_words(page, meeting)));
}

static str address(struct page *page, const struct meeting *meeting, const char *rest)
{
	return arena_format(
		page->arena, "/meetings/%lld%s", (long long)meeting->booking, rest);
}

/* ---- the page */

static bool gather(struct page *page, struct inviting *it)
{
	struct err err;
	page->own = it;
	if (store_meeting(page->store, page->arena, &page->actor, page->id, &it->meeting, &err) &&
		store_invited(page->store, page->arena, page->id, &it->invited, &err) &&
		store_invitable(page->store, page->arena, it->meeting.authority, &it->may_come, &err))
		return true;
	page_failed(page, &err);
	return false;
}

/* Who books the child's meetings says who comes. */
static bool invites(const struct page *page, const struct meeting *meeting)
{
	return meeting->sees_all && policy_role_may(page->actor.role, MAY_BOOK) &&
		meeting->died == DAY_UNKNOWN && meeting->record.on >= page->today;
}

static void facts(struct page *page, const struct meeting *meeting)
{
	struct govuk_summary_row row[7];
	size_t n = 0;
	bool alive = meeting->born != DAY_UNKNOWN && meeting->died == DAY_UNKNOWN;
#define ROW(words, what) (row[n++] = (struct govuk_summary_row){ .key = { .text = S(words) }, \
				  .value = { .text = (what) } })
	ROW("When", when_words(page, meeting));
	ROW("How long", meeting->record.minutes > 0
			? arena_format(page->arena, "%lld minutes",
				  (long long)meeting->record.minutes)
			: S("Not recorded"));
	ROW("Where", meeting->record.room.n > 0 ? meeting->record.room : S("Not recorded"));
	ROW("Chaired by", meeting->by.n > 0 ? meeting->by : S("Nobody is named yet"));
	ROW("Child’s number", meeting->number);
	ROW("Date of birth", meeting->born != DAY_UNKNOWN
			? (alive ? arena_format(page->arena, "%.*s (%.*s)",
					   STR_ARGS(day_text(page, meeting->born)),
					   STR_ARGS(age_words(page->arena, meeting->born, page->today)))
				 : day_text(page, meeting->born))
			: S("Not recorded"));
#undef ROW
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
}

/* What the reader sees of the child, and until when. */
static void sight(struct page *page, const struct meeting *meeting)
{
	struct buf *b = page->out;
	if (meeting->sees_all) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href",
			arena_format(page->arena, "/children/%lld", (long long)meeting->subject));
		H(b, ">The child’s page</a></p>\n");
	} else if (meeting->minutes) {
		govuk_inset_text(b, .text = arena_format(page->arena,
			"You take the minutes. You see this meeting until %d working days after it, and "
			"nothing else of the child’s record.", MINUTES_DAYS));
	} else {
		govuk_inset_text(b, .text = S("You are invited. You see this meeting until its day is "
					      "over, and nothing else of the child’s record."));
	}
}

/* The ways to move and to cancel it, and its file for a calendar. */
static void acts(struct page *page, const struct meeting *meeting)
{
	struct buf *b = page->out;
	str record = arena_format(page->arena, "/children/%lld/records/%lld",
		(long long)meeting->subject, (long long)meeting->booking);
	H(b, "<div class=\"govuk-button-group\">\n");
	govuk_button(b, .text = S("Move the meeting"), .href = record,
		.classes = S("govuk-button--secondary"));
	govuk_button(b, .text = S("Cancel the meeting"), .classes = S("govuk-button--secondary"),
		.href = arena_format(page->arena, "%.*s/withdraw", STR_ARGS(record)));
	H(b, "</div>\n");
}

static void minutes(struct page *page, const struct meeting *meeting)
{
	struct buf *b = page->out;
	if (meeting->invitation == 0 || !meeting->minutes ||
		meeting_record_type(meeting->record.meeting) == NULL)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">The record</h2>\n");
	if (meeting->handed_at != INSTANT_UNKNOWN) {
		H(b, "<p class=\"govuk-body\">You gave your draft to who chairs on ");
		buf_instant_words(b, meeting->handed_at);
		H(b, ". They check it, and save it or change it.</p>\n");
	} else {
		H(b, "<p class=\"govuk-body\">You draft the record. Who chairs decides what it says, "
		     "and saves it.</p>\n");
		govuk_button(b, .text = S("Draft the record"),
			.href = address(page, meeting, "/record"));
	}
}

static void take_back(struct page *page, const struct meeting *meeting,
	const struct invited *invited)
{
	struct buf *b = page->out;
	layout_form_open(b, address(page, meeting, "/uninvite"), page->csrf);
	H(b, "<input type=\"hidden\" name=\"invitation\"");
	attr_int(b, "value", invited->id);
	H(b, "><button type=\"submit\" class=\"govuk-button govuk-button--secondary app-in-row\">Take "
	     "back<span class=\"govuk-visually-hidden\"> the invitation of ");
	text(b, invited->name);
	H(b, "</span></button></form>\n");
}

static void who_comes(struct page *page, const struct inviting *it, bool may)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Who is invited</h2>\n");
	if (it->invited.n == 0) {
		H(b, "<p class=\"govuk-body\">Nobody is invited here yet.</p>\n");
		return;
	}
	const struct govuk_table_cell head[] = { { .text = S("Name") }, { .text = S("Role") },
		{ .text = S("Comes as") }, { .text = S("Act") } };
	show_wide_open(b, S("Who is invited"));
	govuk_table_open(b, &(struct govuk_table){ .caption = S("Who is invited"),
		.caption_classes = S("govuk-visually-hidden"), .head = head,
		.n_head = may ? 4u : 3u });
	for (size_t i = 0; i < it->invited.n; i++) {
		const struct invited *invited = &it->invited.item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		text(b, invited->name);
		H(b, "</th><td class=\"govuk-table__cell\">");
		text(b, role_words(invited->role));
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, !invited->minutes ? S("Invited")
			: invited->handed_at != INSTANT_UNKNOWN ? S("Took the minutes, and gave the draft to the chair")
								: S("Takes the minutes"));
		H(b, "</td>");
		if (may) {
			H(b, "<td class=\"govuk-table__cell\">");
			take_back(page, &it->meeting, invited);
			H(b, "</td>");
		}
		H(b, "</tr>\n");
	}
	govuk_table_close(b);
	show_wide_close(b);
}

static void invite_form(struct page *page, const struct inviting *it)
{
	struct buf *b = page->out;
	struct govuk_select_item *item =
		arena_take(page->arena, it->may_come.n + 1, sizeof *item);
	size_t n = 0;
	item[n++] = (struct govuk_select_item){ .text = S("Select a person"), .value = S("0") };
	for (size_t i = 0; i < it->may_come.n; i++) {
		const struct invited *one = &it->may_come.item[i];
		item[n++] = (struct govuk_select_item){
			.text = arena_format(page->arena, "%.*s, %.*s", STR_ARGS(one->name),
				STR_ARGS(role_words(one->role))),
			.value = arena_format(page->arena, "%lld", (long long)one->person) };
	}
	static const struct govuk_option takes[] = {
		{ .text = S_INIT("Takes the minutes: drafts the record for the chair"),
			.value = S_INIT("yes") },
	};
	static const str yes = S_INIT("yes");
	H(b, "<h2 class=\"govuk-heading-m\">Invite somebody</h2>\n<p class=\"govuk-body\">They are told "
	     "in their inbox, and see this meeting until its day is over. A reviewing officer, chair "
	     "or lead practitioner also sees the child’s record until then.</p>\n");
	layout_form_open(b, address(page, &it->meeting, "/invite"), page->csrf);
	govuk_select(b, .label = { .text = S("Who?") }, .id = S("person"), .name = S("person"),
		.items = item, .n_items = n, .value = it->person, .error = { .text = it->wrong });
	govuk_checkboxes(b, .name = S("minutes"), .id_prefix = S("minutes"), .items = takes,
		.n_items = 1, .values = &yes, .n_values = it->minutes ? 1u : 0u);
	govuk_button(b, .text = S("Invite"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void draw(struct page *page, const struct inviting *it)
{
	struct buf *b = page->out;
	const struct meeting *meeting = &it->meeting;
	bool may = invites(page, meeting), wrong = it->wrong.n > 0;
	page->status = wrong ? 422 : 200;
	page->layout.error = wrong;
	page->layout.back_href = meeting->sees_all
		? arena_format(page->arena, "/children/%lld/meetings", (long long)meeting->subject)
		: S("/inbox");
	page->layout.back_text = meeting->sees_all ? S("Meetings") : S("Inbox");
	page_open(page, arena_format(page->arena, "Meeting on %.*s",
		STR_ARGS(day_text(page, meeting->record.on))));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (wrong)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = it->wrong, .href = S("#person") }));
	H(b, "<h1 class=\"govuk-heading-l\"><span class=\"govuk-caption-l\">");
	text_child_name(b, meeting->forename, meeting->surname, meeting->number);
	H(b, "</span>");
	text(b, meeting_kind(meeting));
	H(b, "</h1>\n");
	facts(page, meeting);
	if (may)
		acts(page, meeting);
	sight(page, meeting);
	minutes(page, meeting);
	who_comes(page, it, may);
	if (may)
		invite_form(page, it);
	H(b, "</div></div>\n");
	page_close(page);
	page_looked(page, S("look:meeting"), &meeting->subject, 1);
}

void meeting_show(struct page *page)
{
	struct inviting *it = arena_new(page->arena, struct inviting);
	if (gather(page, it))
		draw(page, it);
}

/* ---- inviting, and taking it back */

static bool invite_write(struct page *page, struct store *store, struct err *err)
{
	struct inviting *it = page->own;
	return store_invite(store, &page->actor, page->id, it->who, it->minutes, err);
}

static void written(struct page *page, const struct err *failed)
{
	struct inviting *it = page->own;
	/* Sent twice: they are invited, or not any more, by the first. */
	if (failed == NULL || failed->code == ERR_DUPLICATE || failed->code == ERR_STALE) {
		page_redirect(page, address(page, &it->meeting, ""));
	} else if (failed->code == ERR_INPUT) {
		it->wrong = S("They cannot take the minutes, or have no account any more");
		draw(page, it);
	} else if (failed->code == ERR_FULL) {
		it->wrong = S("No more than 40 people can be invited");
		draw(page, it);
	} else {
		page_failed(page, failed);
	}
}

void meeting_invite_send(struct page *page)
{
	struct inviting *it = arena_new(page->arena, struct inviting);
	if (!gather(page, it))
		return;
	it->person = form_value(&page->form, S("person"));
	it->minutes = str_equal(form_value(&page->form, S("minutes")), S("yes"));
	if (!str_int(it->person, &it->who) || it->who <= 0) {
		it->wrong = S("Select who is invited");
		draw(page, it);
		return;
	}
	page_write(page, invite_write, written);
}

static bool uninvite_write(struct page *page, struct store *store, struct err *err)
{
	struct inviting *it = page->own;
	return store_uninvite(store, &page->actor, page->id, it->invitation, err);
}

void meeting_uninvite_send(struct page *page)
{
	struct inviting *it = arena_new(page->arena, struct inviting);
	if (!gather(page, it))
		return;
	if (!str_int(form_value(&page->form, S("invitation")), &it->invitation))
		page_problem(page, 404);
	else
		page_write(page, uninvite_write, written);
}

/* ---- of one child */

void child_meetings_show(struct page *page)
{
	struct buf *b = page->out;
	struct meetings meetings;
	struct err err;
	if (!store_meetings_of(page->store, page->arena, &page->actor, page->id,
		    page->today - LISTED_BACK, &meetings, &err)) {
		page_failed(page, &err);
		return;
	}
	record_page_open(page, S("Meetings"));
	record_heading(page, S("Meetings"));
	if (meetings.n == 0)
		H(b, "<p class=\"govuk-body\">No meeting is booked, and none was in the last 30 "
		     "days.</p>\n");
	else
		H(b, "<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < meetings.n; i++) {
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", address(page, &meetings.item[i], ""));
		H(b, ">");
		text(b, meeting_words(page, &meetings.item[i]));
		H(b, "</a></li>\n");
	}
	if (meetings.n > 0)
		H(b, "</ul>\n");
	if (policy_role_may(page->actor.role, MAY_BOOK))
		govuk_button(b, .text = S("Book a meeting"), .href = child_address(page, S("/book")),
			.classes = S("govuk-button--secondary"));
	record_page_close(page);
}
