/* inbox.c - what somebody must be told, what waits for their answer, and what a person whom they
 * cover left unfinished. */
#include "html/govuk_button.h"
#include "html/govuk_tag.h"
#include "store/cover.h"
#include "store/notice.h"
#include "store/reviews.h"
#include "web/cover.h"
#include "web/later.h"
#include "web/meeting.h"

enum { NOTICES_SHOWN = 100 };

/* What a kind is called, and where it leads. */
static const struct {
	str kind, words, href;
} kinds[] = {
	{ S_INIT("cover-proposed"), S_INIT("Children wait for your answer"), S_INIT("/cover/") },
	{ S_INIT("cover-accepted"), S_INIT("Cover was accepted"), S_INIT("/cover/") },
	{ S_INIT("cover-refused"), S_INIT("Cover was refused"), S_INIT("/cover/") },
	{ S_INIT("cover-ended"), S_INIT("Cover has ended"), S_INIT("/cover/") },
	{ S_INIT("cover-begun"), S_INIT("Cover has begun"), S_INIT("/cover/") },
	{ S_INIT("cover-over"), S_INIT("Cover is over"), S_INIT("/cover/") },
	{ S_INIT("opening"), S_INIT("A restricted record was opened"), S_INIT("") },
	{ S_INIT("opening-reviewed"), S_INIT("An opening was reviewed"), S_INIT("") },
	{ S_INIT("invited"), S_INIT("You are invited to a meeting"), S_INIT("/meetings/") },
	{ S_INIT("uninvited"), S_INIT("You are not invited any more"), S_INIT("") },
	{ S_INIT("meeting-moved"), S_INIT("A meeting was moved"), S_INIT("/meetings/") },
	{ S_INIT("meeting-cancelled"), S_INIT("A meeting was cancelled"), S_INIT("") },
	{ S_INIT("minutes"), S_INIT("A draft of a meeting’s record came to you"), S_INIT("/drafts") },
	{ S_INIT("factor-reset"), S_INIT("Your second step was reset"), S_INIT("/account") },
	{ S_INIT("council-linked"), S_INIT("A council account was connected to you"), S_INIT("/account") },
	{ S_INIT("council-claimed"), S_INIT("A council account was connected to you"), S_INIT("/account") },
	{ S_INIT("council-unlinked"), S_INIT("Your council account was disconnected"), S_INIT("/account") },
	{ S_INIT("draft-moved"), S_INIT("An unfinished record came to you"), S_INIT("/drafts") },
};

static void what(struct page *page, const struct notice *notice)
{
	struct buf *b = page->out;
	size_t i = 0, n = sizeof kinds / sizeof *kinds;
	while (i < n && !str_equal(kinds[i].kind, notice->kind))
		i++;
	str words = i < n ? kinds[i].words : notice->kind, href = { 0 };
	if (i < n && str_ends(kinds[i].href, S("/")) && notice->object > 0)
		href = arena_format(page->arena, "%.*s%lld", STR_ARGS(kinds[i].href),
			(long long)notice->object);
	else if (i < n && kinds[i].href.n > 0)
		href = kinds[i].href;
	else if (notice->subject > 0 && notice->level > 0)
		href = arena_format(page->arena, "/children/%lld", (long long)notice->subject);
	if (href.n == 0) {
		text(b, words);
		return;
	}
	H(b, "<a class=\"govuk-link\"");
	attr(b, "href", href);
	H(b, ">");
	text(b, words);
	H(b, "</a>");
}

static void row(struct page *page, const struct notice *notice)
{
	struct buf *b = page->out;
	bool seen = notice->seen_at != INSTANT_UNKNOWN;
	H(b, "<li class=\"app-notice\"><p class=\"govuk-body\">");
	if (!seen) {
		govuk_tag(b, .text = S("New"));
		H(b, " ");
	}
	H(b, "<strong>");
	what(page, notice);
	H(b, "</strong>. ");
	text(b, notice->detail);
	H(b, " <span class=\"app-under\">");
	buf_instant_words(b, notice->at);
	H(b, "</span></p>\n");
	if (!seen) {
		layout_form_open(b, S("/inbox"), page->csrf);
		H(b, "<input type=\"hidden\" name=\"notice\"");
		attr_int(b, "value", notice->id);
		H(b, "><button type=\"submit\" class=\"govuk-button govuk-button--secondary\">Mark as "
		     "read<span class=\"govuk-visually-hidden\">: ");
		buf_instant_words(b, notice->at);
		H(b, "</span></button></form>\n");
	}
	H(b, "</li>\n");
}

static void waits(struct page *page, int64_t n, const char *one, const char *many, str href)
{
	struct buf *b = page->out;
	if (n == 0)
		return;
	H(b, "<li><a class=\"govuk-link\"");
	attr(b, "href", href);
	H(b, ">");
	text_int(b, n);
	text(b, str_of(n == 1 ? one : many));
	H(b, "</a></li>\n");
}

/* What somebody must do, and not only know. */
static void to_do(struct page *page, int64_t answers, const struct reviews_due *due)
{
	struct buf *b = page->out;
	if (answers == 0 && due->openings == 0 && due->restrictions_late == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Waiting for you</h2>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	waits(page, answers, " child waits for your answer", " children wait for your answer",
		S("/cover"));
	waits(page, due->openings_late, " opening should have been reviewed by now",
		" openings should have been reviewed by now", S("/manage/openings"));
	waits(page, due->openings - due->openings_late, " opening waits for its review",
		" openings wait for their review", S("/manage/openings"));
	waits(page, due->restrictions_late, " restriction should have been reviewed by now",
		" restrictions should have been reviewed by now", S("/manage/restrictions"));
	H(b, "</ul>\n");
	if (due->oldest != DAY_UNKNOWN) {
		H(b, "<p class=\"govuk-body\">The oldest of these reviews was due by ");
		html_time(b, due->oldest);
		H(b, ".</p>\n");
	}
}

static void invited(struct page *page, const struct meetings *meetings)
{
	struct buf *b = page->out;
	if (meetings->n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Meetings you are invited to</h2>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < meetings->n; i++) {
		const struct meeting *m = &meetings->item[i];
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena, "/meetings/%lld", (long long)m->booking));
		H(b, ">");
		text(b, meeting_words(page, m));
		H(b, "</a>, child ");
		text(b, m->number);
		if (m->minutes && m->handed_at == INSTANT_UNKNOWN)
			H(b, ". You take the minutes");
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

void inbox_show(struct page *page)
{
	struct notices notices;
	struct meetings meetings = { 0 };
	struct reviews_due due;
	int64_t waiting;
	struct err err;
	if (!store_notice_list(page->store, page->arena, &page->actor, NOTICES_SHOWN, &notices,
		    &err) ||
		!store_cover_waiting(page->store, page->actor.user, &waiting, &err) ||
		(policy_role_may(page->actor.role, MAY_ATTEND) &&
			!store_meetings_mine(page->store, page->arena, &page->actor, page->today,
				&meetings, &err)) ||
		!store_reviews_due(page->store, &page->actor, page->today, &due, &err)) {
		page_failed(page, &err);
		return;
	}
	struct buf *b = page->out;
	cover_open(page, S("Inbox"));
	govuk_button(b, .text = S("Cover and handover"), .href = S("/cover"),
		.classes = S("govuk-button--secondary"));
	to_do(page, waiting, &due);
	invited(page, &meetings);
	H(b, "<h2 class=\"govuk-heading-m\">What you were told</h2>\n");
	if (notices.n == 0)
		H(b, "<p class=\"govuk-body\">Nothing has come for you yet.</p>\n");
	else
		H(b, "<ol class=\"govuk-list app-notices\">\n");
	int64_t *subject = arena_take(
		page->arena, notices.n + meetings.n + 1, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < meetings.n; i++)
		subject[n++] = meetings.item[i].subject;
	for (size_t i = 0; i < notices.n; i++) {
		row(page, &notices.item[i]);
		if (notices.item[i].subject > 0)
			subject[n++] = notices.item[i].subject;
	}
	if (notices.n > 0)
		H(b, "</ol>\n");
	cover_close(page);
	page_looked(page, S("look:inbox"), subject, n);
}

static bool seen_work(struct page *page, struct store *store, struct err *err)
{
	int64_t *id = page->own;
	return store_notice_seen(store, &page->actor, *id, err);
}

static void seen_done(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/inbox"));
}

void inbox_send(struct page *page)
{
	int64_t *id = arena_new(page->arena, int64_t);
	if (!str_int(form_value(&page->form, S("notice")), id)) {
		page_problem(page, 404);
		return;
	}
	page->own = id;
	page_write(page, seen_work, seen_done);
}
