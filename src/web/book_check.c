/* book_check.c - what speaks against the day, the hour, the room or the chair that somebody typed. */
#include "web/book_check.h"

#include "base/utf8.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_textarea.h"
#include "law/codes.h"
#include "record/types.h"
#include "web/book.h"
#include "web/child.h"
#include "web/hours.h"
#include "web/record.h"
#include "web/say.h"

enum { REASON_MOST = 4000 };

struct checking {
	struct page *page;
	struct store *store;
	const struct booking *booking;
	struct clocks clocks;
	struct booking_chairs chairs;
	const struct booking_chair *chair;
	struct booked_list booked;
	struct rooms rooms;
	const struct room *room; /* of the list; NULL: elsewhere, or not said */
	int start, minutes;
};

static str kept(struct page *page, struct buf *words)
{
	str out = arena_str(page->arena, buf_view(words));
	buf_close(words);
	return out;
}

static str fold(struct page *page, str name)
{
	struct buf key = { 0 };
	buf_utf8_fold(&key, name);
	return kept(page, &key);
}

/* ---- what is known */

/* Whoever is written; else who stands in that day; else the child's own. */
static const struct booking_chair *who_chairs(const struct checking *c)
{
	day on = c->booking->on;
	for (size_t i = 1; i < c->chairs.n && c->booking->chair.n == 0; i++) {
		const struct booking_chair *other = &c->chairs.item[i];
		if (on >= other->first && on <= other->last)
			return other;
	}
	return &c->chairs.item[0];
}

static const struct room *room_of(struct checking *c, str name)
{
	str key = fold(c->page, name);
	for (size_t i = 0; i < c->rooms.n && name.n > 0; i++) {
		if (str_equal(c->rooms.item[i].name_key, key))
			return &c->rooms.item[i];
	}
	return NULL;
}

static bool gather(struct checking *c, struct err *err)
{
	struct page *page = c->page;
	const struct booking *booking = c->booking;
	struct booking_who who = { .subject = page->id,
		.as_officer = booking_is_by_officer(booking->meeting, page->child.looked_after),
		.from = page->today,
		.instead = booking->chair };
	if (!store_clocks(c->store, page->arena, page->id, &c->clocks, err) ||
		!store_booking_chairs(c->store, page->arena, &who, &c->chairs, err) ||
		!store_booked(c->store, page->arena, &page->actor, page->id, booking->on,
			booking->on, &c->booked, err) ||
		!store_rooms(c->store, page->arena, page->child.authority, false, &c->rooms, err))
		return false;
	c->chair = who_chairs(c);
	c->room = room_of(c, booking->room);
	c->start = booking_minute(booking->starts);
	c->minutes = booking->minutes > 0 ? (int)booking->minutes
					  : booking_minutes(booking->meeting);
	return true;
}

/* By when the meeting is due, where a clock waits for it. */
static day due_of(const struct checking *c)
{
	for (size_t i = 0; i < c->clocks.n; i++) {
		const struct clock *clock = &c->clocks.item[i];
		if (str_equal(clock->rule->booking, c->booking->meeting) &&
			(!clock_books_in_thread(clock) || clock->thread == c->booking->thread.id) &&
			plan_waits(clock, c->page->today))
			return clock->due;
	}
	return DAY_UNKNOWN;
}

static struct clash_other other_of(struct checking *c, const struct booked *booked)
{
	const struct room *room = room_of(c, booked->room);
	bool chair = booking_chairs_it(c->page->arena, c->chair, booked);
	bool elsewhere = booked->room.n > 0 && c->booking->room.n > 0 &&
		!str_equal(fold(c->page, booked->room), fold(c->page, c->booking->room));
	return (struct clash_other){ .chair = chair,
		.room = room != NULL && room == c->room,
		.child = booked->subject == c->page->id,
		.sibling = booked->sibling,
		.apart = elsewhere || !chair,
		.from = booked->start,
		.to = booked->start + booked->minutes };
}

static void find(struct checking *c, struct clashes *out)
{
	const struct calendar *calendar = store_law(c->store)->calendar;
	struct clash_other *other = arena_take(c->page->arena, c->booked.n + 1, sizeof *other);
	struct suggest_chair days = booking_days_of(c->chair);
	struct clash_asked asked = { .calendar = calendar,
		.today = c->page->today,
		.on = c->booking->on,
		.due = due_of(c),
		.start = c->start,
		.minutes = c->minutes,
		.chair = &days,
		.hours_known = c->chair->hours_known,
		.other = other };
	*out = (struct clashes){ 0 };
	if (asked.on < calendar_first(calendar) || asked.on > calendar_last(calendar))
		return;
	for (size_t i = 0; i < c->booked.n; i++) {
		const struct booked *booked = &c->booked.item[i];
		/* The same meeting on another day, or as it was before it is corrected. */
		if (booked->subject != c->page->id ||
			!str_equal(booked->meeting, c->booking->meeting))
			other[asked.n++] = other_of(c, booked);
	}
	clash_find(&asked, out);
}

/* ---- in words */

static str chair_name(const struct checking *c)
{
	if (c->chair->name.n > 0)
		return c->chair->name;
	return booking_is_by_officer(c->booking->meeting, c->page->child.looked_after)
		? S("The reviewing officer") : S("The chair");
}

static str span(struct page *page, const struct clash *clash)
{
	struct buf words = { 0 };
	buf_lit(&words, "from ");
	buf_minute_words(&words, clash->from);
	buf_lit(&words, " to ");
	buf_minute_words(&words, clash->to);
	return kept(page, &words);
}

static bool is_free(struct checking *c, const struct room *room)
{
	for (size_t i = 0; i < c->booked.n; i++) {
		const struct booked *booked = &c->booked.item[i];
		bool then = booked->start < 0 || (c->start < booked->start + booked->minutes &&
				booked->start < c->start + c->minutes);
		if (then && room_of(c, booked->room) == room)
			return false;
	}
	return true;
}

/* " Free then: Room 1, Room 3." */
static str free_rooms(struct checking *c)
{
	enum { SHOWN = 4 };
	struct buf words = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < c->rooms.n && n < SHOWN; i++) {
		if (!is_free(c, &c->rooms.item[i]))
			continue;
		buf_str(&words, n++ == 0 ? S(". Free then: ") : S(", "));
		buf_str(&words, c->rooms.item[i].name);
	}
	return kept(c->page, &words);
}

static str weekday_day(struct page *page, day on)
{
	return arena_format(page->arena, "%s %.*s", weekday_name(day_weekday(on)),
		STR_ARGS(day_text(page, on)));
}

static str words_of(struct checking *c, const struct clash *clash)
{
	struct page *page = c->page;
	struct arena *arena = page->arena;
	str name = chair_name(c);
	day on = c->booking->on;
	const char *weekday = weekday_name(day_weekday(on));
	switch (clash->kind) {
	case CLASH_ROOM:
		return arena_format(arena, "%.*s is taken %.*s. Choose another room, hour or day%.*s",
			STR_ARGS(c->room->name), STR_ARGS(span(page, clash)), STR_ARGS(free_rooms(c)));
	case CLASH_CHAIR:
		return arena_format(arena, "%.*s chairs another meeting %.*s. Choose another hour or "
			"day, or write who chairs instead", STR_ARGS(name), STR_ARGS(span(page, clash)));
	case CLASH_PAST:
		return arena_format(arena, "%.*s is past", STR_ARGS(weekday_day(page, on)));
	case CLASH_NOT_WORKING:
		return arena_format(arena, "%.*s is no working day: %.*s",
			STR_ARGS(weekday_day(page, on)),
			STR_ARGS(calendar_why_not(store_law(c->store)->calendar, on)));
	case CLASH_LATE:
		return arena_format(arena, "It is due by %.*s: this would be booked late",
			STR_ARGS(day_text(page, due_of(c))));
	case CLASH_AWAY:
		return clash->until == DAY_UNKNOWN
			? arena_format(arena, "%.*s is leaving before then", STR_ARGS(name))
			: arena_format(arena, "%.*s is away until %.*s", STR_ARGS(name),
				  STR_ARGS(day_text(page, clash->until)));
	case CLASH_WEEKDAY:
		return arena_format(arena, "%.*s does not work on %ss", STR_ARGS(name), weekday);
	case CLASH_HOURS:
		return arena_format(arena, "%.*s works %.*s on %ss", STR_ARGS(name),
			STR_ARGS(span(page, clash)), weekday);
	case CLASH_ROOM_DAY:
		return arena_format(arena, "%.*s has another meeting that day, and not both hours are "
			"written", STR_ARGS(c->room->name));
	case CLASH_CHAIR_DAY:
		return arena_format(arena, "%.*s chairs another meeting that day, and not both hours are "
			"written", STR_ARGS(name));
	case CLASH_CHILD:
		return arena_format(arena, "The child has another meeting %.*s",
			STR_ARGS(span(page, clash)));
	case CLASH_SIBLING:
		return arena_format(arena, "A brother or sister has a meeting of their own %.*s",
			STR_ARGS(span(page, clash)));
	case CLASH_KINDS:
		break;
	}
	return (str){ 0 };
}

/* A second booking of one meeting would leave those who are invited to the first where they are. */
static bool find_standing(struct checking *c, struct booking_check *out, struct err *err)
{
	day on;
	if (!store_booking_standing(c->store, c->page->id, c->booking, c->page->today,
		    &out->standing, &on, err))
		return false;
	if (out->standing != 0)
		out->wrong[out->n_wrong++] = (struct booking_said){ "on",
			arena_format(c->page->arena, "It is booked already, for %.*s. Move that meeting "
				"instead", STR_ARGS(weekday_day(c->page, on))) };
	return true;
}

bool booking_check(struct page *page, struct store *store, const struct booking *booking,
	int64_t record, struct booking_check *out, struct err *err)
{
	struct checking c = { .page = page, .store = store, .booking = booking };
	struct clashes clashes;
	unsigned bits = 0;
	*out = (struct booking_check){ 0 };
	if (record == 0 && !find_standing(&c, out, err))
		return false;
	out->token = (str){ 0 };
	if (out->standing != 0)
		return true; /* what else there is to say, the move says */
	if (!gather(&c, err))
		return false;
	find(&c, &clashes);
	for (size_t i = 0; i < clashes.n; i++) {
		const struct clash *clash = &clashes.item[i];
		struct booking_said said = { clash->kind == CLASH_ROOM ? "room" : "starts",
			words_of(&c, clash) };
		if (clash_cannot_be(clash->kind)) {
			out->wrong[out->n_wrong++] = said;
		} else {
			out->asked[out->n_asked++] = said;
			bits |= 1u << clash->kind;
		}
	}
	out->token = arena_format(page->arena, "%d-%x", booking->on, bits);
	return true;
}

/* ---- asked back */

bool booking_confirmed(const struct page *page, const struct booking_check *check)
{
	return str_equal(form_value(&page->form, S("confirmed")), check->token);
}

bool booking_stops(const struct page *page, const struct booking_check *check, str reason)
{
	return check->n_wrong > 0 ||
		(check->n_asked > 0 && (!booking_confirmed(page, check) || reason.n == 0));
}

str booking_reason(struct page *page, const struct booking_check *check, str reason)
{
	struct buf words = { 0 };
	buf_str(&words, reason);
	for (size_t i = 0; i < check->n_asked; i++) {
		buf_str(&words, i == 0 ? S("\nSaid before it was saved: ") : S("; "));
		buf_str(&words, check->asked[i].words);
	}
	str all = kept(page, &words);
	return all.n <= REASON_MOST ? all : reason;
}

void booking_faults(struct page *page, const struct booking_check *check,
	const struct record_type *type, struct form_faults *faults)
{
	for (size_t i = 0; i < check->n_wrong; i++)
		form_fault_add(page->arena, faults, record_field(type, str_of(check->wrong[i].field)),
			check->wrong[i].words, 0);
}

static str why_asked(const struct page *page, const struct booking_check *check, str reason)
{
	return booking_confirmed(page, check) && reason.n == 0
		? S("Enter why it is booked all the same") : (str){ 0 };
}

size_t booking_errors(struct page *page, const struct booking_check *check, str reason,
	struct form_extra *extra)
{
	size_t n = 0;
	bool confirmed = booking_confirmed(page, check);
	for (size_t i = 0; i < check->n_asked && !confirmed; i++)
		extra[n++] = (struct form_extra){ S("confirmed"), check->asked[i].words };
	if (check->n_asked > 0 && why_asked(page, check, reason).n > 0)
		extra[n++] = (struct form_extra){ S("reason"), why_asked(page, check, reason) };
	return n;
}

void booking_check_draw(
	struct page *page, const struct booking_check *check, bool own_reason, str reason)
{
	struct buf *b = page->out, list = { 0 };
	if (check->n_asked == 0)
		return;
	H(&list, "<h2 class=\"govuk-heading-s\">Before you save</h2>\n"
		 "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < check->n_asked; i++) {
		H(&list, "<li>");
		text(&list, check->asked[i].words);
		H(&list, "</li>\n");
	}
	H(&list, "</ul>\n");
	govuk_inset_text(b, .html = html_markup(&list));
	buf_close(&list);
	const struct govuk_option option = { .text = S("Book it all the same"),
		.value = check->token };
	bool confirmed = booking_confirmed(page, check);
	govuk_checkboxes(b, .name = S("confirmed"), .id_prefix = S("confirmed"), .items = &option,
		.n_items = 1, .values = &check->token, .n_values = confirmed ? 1u : 0u,
		.error = { .text = confirmed ? (str){ 0 }
					     : S("Tick this, or change the day or the hour above") });
	if (!own_reason)
		govuk_textarea(b, .label = { .text = S("Why is it booked all the same?"),
				       .classes = S("govuk-label--s") },
			.hint = { .text = S("It stands in the history of the booking") },
			.error = { .text = why_asked(page, check, reason) }, .id = S("reason"),
			.name = S("reason"), .value = reason, .rows = 3);
}

void booking_standing_draw(
	struct page *page, const struct booking_check *check, const struct typed *typed)
{
	/* A place or a person that somebody typed stands in no address. */
	static const char *const carried[] = { "on-day", "on-month", "on-year", "starts", "minutes" };
	struct buf *b = page->out, to = { 0 };
	buf_str(&to, record_address(page, check->standing, (str){ 0 }));
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		buf_format(&to, "%s%s=", i == 0 ? "?" : "&", carried[i]);
		html_url(&to, typed_value(typed, str_of(carried[i])));
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", buf_view(&to));
	H(b, ">Move the meeting that is booked</a>, to the day and the hour that you typed</p>\n");
	buf_close(&to);
}

void booking_now_draw(struct page *page, int64_t record, const struct booking *booking)
{
	struct buf *b = page->out, words = { 0 };
	int start = booking_minute(booking->starts);
	str kind = code_meaning(&codes_meeting, booking->meeting);
	buf_format(&words, "%.*s: %.*s", STR_ARGS(kind), STR_ARGS(weekday_day(page, booking->on)));
	if (start >= 0) {
		buf_lit(&words, ", ");
		buf_minute_words(&words, start);
	}
	if (booking->room.n > 0)
		buf_format(&words, ", %.*s", STR_ARGS(booking->room));
	govuk_inset_text(b, .text = kept(page, &words));
	H(b, "<p class=\"govuk-body\">Everyone who is invited is told in their inbox.</p>\n"
	     "<ul class=\"govuk-list\"><li><a class=\"govuk-link\"");
	attr(b, "href", child_address(page, S("/book")));
	H(b, ">See which days will do</a></li>\n<li><a class=\"govuk-link\"");
	attr(b, "href", record_address(page, record, S("/withdraw")));
	H(b, ">Cancel the meeting</a></li>\n<li><a class=\"govuk-link\"");
	attr(b, "href", record_address(page, record, S("/history")));
	H(b, ">History of this booking</a></li></ul>\n");
}
