/* feed.c - one's meetings in one's own calendar: a secret address for a feed, and the file of one
 * meeting. Neither says a name, what kind of meeting it is, or anything of a child: a calendar is read
 * on telephones and over shoulders (threat T7 of the design). Where it is held stands there only as a
 * room of the council's own list. */
#include "document/calendar_file.h"
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_warning_text.h"
#include "store/diary.h"
#include "web/account.h"
#include "web/later.h"
#include "web/record.h"
#include "web/site.h"

enum { BACK = 28, AHEAD = 366 }; /* days that a feed holds */

/* ---- the address: letters alone, two a byte */

static str address_of(struct page *page, const struct feed *feed)
{
	char word[2 * FEED_SECRET + 1];
	struct site site = { 0 };
	for (size_t i = 0; i < FEED_SECRET; i++) {
		word[2 * i] = (char)('a' + (feed->secret[i] >> 4));
		word[2 * i + 1] = (char)('a' + (feed->secret[i] & 15));
	}
	word[2 * FEED_SECRET] = '\0';
	bool known = site_of(page, &site);
	return arena_format(page->arena, "%.*s/diary/%s/calendar.ics",
		STR_ARGS(known ? site.origin : (str){ 0 }), word);
}

static bool secret_read(str word, unsigned char secret[static FEED_SECRET])
{
	if (word.n != 2 * FEED_SECRET)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] < 'a' || word.p[i] > 'p')
			return false;
		unsigned char half = (unsigned char)(word.p[i] - 'a');
		secret[i / 2] = i % 2 == 0 ? (unsigned char)(half << 4)
					   : (unsigned char)(secret[i / 2] | half);
	}
	return true;
}

/* ---- a meeting, in neutral words */

static void put_meeting(struct page *page, const struct site *site, const struct diary_meeting *from)
{
	struct calendar_meeting meeting = {
		.uid = arena_format(page->arena, "meeting-%lld@duly", (long long)from->record),
		.version = from->version,
		.summary = from->start < 0 ? S("Meeting, time not agreed yet") : S("Meeting"),
		.on = from->on,
		.start = from->start,
		.minutes = from->minutes,
		.busy = from->start >= 0 && !from->cancelled,
		.cancelled = from->cancelled };
	/* Of a restricted or hidden child there is a time, and nothing else. */
	if (from->open) {
		meeting.location = from->room;
		if (site->origin.n > 0)
			meeting.url = arena_format(page->arena, "%.*s/children/%lld",
				STR_ARGS(site->origin), (long long)from->subject);
	}
	buf_calendar_meeting(page->out, &meeting, page->now);
}

static struct site site_here(const struct page *page)
{
	struct site site = { 0 };
	if (!site_of(page, &site))
		site = (struct site){ 0 };
	return site;
}

void feed_file(struct page *page)
{
	unsigned char secret[FEED_SECRET];
	struct actor whose;
	struct diary_meetings meetings;
	struct err err;
	if (!secret_read(page->word, secret)) {
		page_problem(page, 404);
		return;
	}
	if (!store_feed_find(page->store, page->arena, secret, &whose, &err) ||
		!store_diary(page->store, page->arena, &whose, page->today - BACK,
			page->today + AHEAD, &meetings, &err)) {
		page_failed(page, &err);
		return;
	}
	struct site site = site_here(page);
	buf_calendar_open(page->out, S("Duly"));
	for (size_t i = 0; i < meetings.n; i++)
		put_meeting(page, &site, &meetings.item[i]);
	buf_calendar_close(page->out);
	page_file(page, S("text/calendar; charset=utf-8"), S("calendar.ics"));
}

void meeting_file(struct page *page)
{
	struct record_found found;
	struct diary_meeting meeting;
	struct err err;
	if (!record_of_page(page, &found))
		return;
	/* A death stops every invitation at once. */
	if (found.type != &booking_type || page->child.died != DAY_UNKNOWN) {
		page_problem(page, 404);
		return;
	}
	if (!store_diary_one(page->store, page->arena, found.id, &meeting, &err)) {
		page_failed(page, &err);
		return;
	}
	struct site site = site_here(page);
	buf_calendar_open(page->out, (str){ 0 });
	put_meeting(page, &site, &meeting);
	buf_calendar_close(page->out);
	page_file(page, S("text/calendar; charset=utf-8"), S("meeting.ics"));
	page_looked(page, S("export:meeting"), &page->id, 1);
}

/* ---- one's own address */

static void explain(struct page *page)
{
	H(page->out,
		"<p class=\"govuk-body\">Outlook, Google Calendar and telephones can fetch your meetings "
		"from a secret address. It gives days, times and rooms. It gives no names, and not what "
		"a meeting is about: each entry is called “Meeting”.</p>\n"
		"<p class=\"govuk-body\">Whoever knows the address can fetch it without signing in. Do not "
		"send it to anybody. If somebody may have seen it, make a new one.</p>\n");
}

void feed_show(struct page *page)
{
	struct feed feed;
	struct err err;
	struct buf *b = page->out;
	if (!store_feed_read(page->store, page->actor.user, &feed, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/account");
	page->layout.back_text = S("Your account");
	account_open(page, S("Your meetings in your calendar"), (str){ 0 }, (str){ 0 });
	if (form_has(&page->query, S("made")))
		govuk_notification_banner(b, .type = S("success"),
			.text = S("This is your new address. An address from before does not work any "
				  "more."));
	if (form_has(&page->query, S("ended")))
		govuk_notification_banner(b, .type = S("success"),
			.text = S("The address does not work any more."));
	explain(page);
	if (feed.made_at == INSTANT_UNKNOWN) {
		account_button(page, S("/account/calendar"), S("Make an address"), (str){ 0 });
		account_close(page);
		return;
	}
	govuk_input(b, .label = { .text = S("Your secret address"), .classes = S("govuk-label--s") },
		.hint = { .text = S("Copy all of it into “add a calendar from the internet” or "
				    "“subscribe”") },
		.id = S("address"), .name = S("address"), .value = address_of(page, &feed),
		.attributes = GOVUK_ATTRIBUTES({ .name = S_INIT("readonly"), .bare = true }));
	H(b, "<p class=\"govuk-body\">Made on ");
	buf_instant_words(b, feed.made_at);
	H(b, ".</p>\n");
	account_button(page, S("/account/calendar"), S("Make a new address"),
		S("govuk-button--secondary"));
	account_button(page, S("/account/calendar/end"), S("Stop the address"),
		S("govuk-button--warning"));
	account_close(page);
}

static bool feed_make(struct page *page, struct store *store, struct err *err)
{
	return store_feed_set(store, &page->actor, true, err);
}

static bool feed_end(struct page *page, struct store *store, struct err *err)
{
	return store_feed_set(store, &page->actor, false, err);
}

static void made(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account/calendar?made=1"));
}

static void ended(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account/calendar?ended=1"));
}

void feed_send(struct page *page)
{
	page_write(page, feed_make, made);
}

void feed_end_send(struct page *page)
{
	page_write(page, feed_end, ended);
}
