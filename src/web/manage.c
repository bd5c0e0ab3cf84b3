#include "web/manage.h"

#include "html/govuk_error_summary.h"
#include "web/authority.h"
#include "html/govuk_notification_banner.h"
#include "html/moj_side_navigation.h"
#include "store/reviews.h"

static const struct {
	str words, href;
	enum permission permission;
} sections[] = {
	{ S_INIT("Users"), S_INIT("/manage/users"), MAY_MANAGE_USERS },
	{ S_INIT("Roles"), S_INIT("/manage/roles"), MAY_MANAGE_USERS },
	{ S_INIT("Allocation"), S_INIT("/manage/allocation"), MAY_ALLOCATE },
	{ S_INIT("Working days"), S_INIT("/manage/working-days"), MAY_ALLOCATE },
	{ S_INIT("Rooms"), S_INIT("/manage/rooms"), MAY_ALLOCATE },
	{ S_INIT("Restrictions"), S_INIT("/manage/restrictions"), MAY_RESTRICT },
	{ S_INIT("Openings"), S_INIT("/manage/openings"), MAY_REVIEW_OPENINGS },
	{ S_INIT("Imports"), S_INIT("/manage/imports"), MAY_SEE_SOURCES },
	{ S_INIT("Sources"), S_INIT("/manage/sources"), MAY_SEE_SOURCES },
	{ S_INIT("Check a return"), S_INIT("/check"), MAY_CHECK_RETURNS },
	{ S_INIT("Settings"), S_INIT("/manage/settings"), MAY_SET },
	{ S_INIT("Local policy"), S_INIT("/manage/policy"), MAY_SEE_SERVICE },
	{ S_INIT("Bank holidays"), S_INIT("/manage/calendar"), MAY_SET },
	{ S_INIT("Dates of what is over"), S_INIT("/manage/calendar/closed"), MAY_ALLOCATE },
	{ S_INIT("Council accounts"), S_INIT("/manage/council"), MAY_SET },
	{ S_INIT("Branding"), S_INIT("/manage/branding"), MAY_SET },
	{ S_INIT("Backup"), S_INIT("/manage/backup"), MAY_VERIFY },
	{ S_INIT("Ledger"), S_INIT("/manage/ledger"), MAY_SEE_LEDGER },
	{ S_INIT("Removals"), S_INIT("/manage/expunge"), MAY_EXPUNGE },
};
enum { SECTIONS = sizeof sections / sizeof *sections };

/* What the word in the address says. */
static const struct {
	str word, words;
} deeds[] = {
	{ S_INIT("changed"), S_INIT("The changes are saved. They count from the person's next page.") },
	{ S_INIT("stopped"), S_INIT("They are signed out and cannot sign in any more.") },
	{ S_INIT("branded"), S_INIT("The branding is saved. Every page shows it from now on.") },
	{ S_INIT("plain"), S_INIT("Duly looks as it did when it was new.") },
	{ S_INIT("calendar"), S_INIT("The calendar is in force. Clocks that run move.") },
	{ S_INIT("dated-one"), S_INIT("The clock has the dates of the newer calendar.") },
	{ S_INIT("left-one"), S_INIT("The clock keeps its dates.") },
	{ S_INIT("dated"), S_INIT("The dates of the newer calendar are accepted.") },
	{ S_INIT("left"), S_INIT("The clocks keep their dates.") },
	{ S_INIT("set"), S_INIT("The settings are saved.") },
	{ S_INIT("hours"), S_INIT("The working days are saved. Suggestions count with them from now on.") },
	{ S_INIT("room"), S_INIT("The room is saved.") },
	{ S_INIT("given"), S_INIT("The children are given. Who has them now sees them on their next page.") },
	{ S_INIT("signed"), S_INIT("Signed. The children of this authority are open to those who work "
				    "with them.") },
	{ S_INIT("proposed"), S_INIT("It is proposed. Somebody else must decide.") },
	{ S_INIT("removed"), S_INIT("The version is removed. A tombstone stands in its place.") },
	{ S_INIT("declined"), S_INIT("The version stays as it is.") },
	{ S_INIT("restricted"), S_INIT("The restriction stands. It counts from everybody’s next page.") },
	{ S_INIT("unrestricted"), S_INIT("The restriction is ended.") },
	{ S_INIT("reviewed"), S_INIT("The review is saved. Who opened the record and whose child it is "
				     "are told.") },
	{ S_INIT("kept-on"), S_INIT("The restriction stays. The day of its next review is set.") },
	{ S_INIT("connected"), S_INIT("Their council account is connected.") },
	{ S_INIT("disconnected"), S_INIT("Their council account is disconnected, and they are signed out.") },
	{ S_INIT("reset"), S_INIT("Their second step is reset. They are signed out, and are told that you "
				   "did it.") },
	{ S_INIT("policy"), S_INIT("The policy is set. The clocks that it touches follow.") },
	{ S_INIT("let-in"), S_INIT("They can sign in again.") },
};

static bool may(const struct page *page, enum permission permission)
{
	return policy_role_may(page->actor.role, permission);
}

bool manage_any(const struct page *page)
{
	for (size_t i = 0; i < SECTIONS; i++) {
		if (may(page, sections[i].permission))
			return true;
	}
	return false;
}

void manage_show(struct page *page)
{
	for (size_t i = 0; i < SECTIONS; i++) {
		if (may(page, sections[i].permission)) {
			page_redirect(page, sections[i].href);
			return;
		}
	}
	page_problem(page, 403);
}

void manage_wrong(struct manage_mistakes *mistakes, str field, str words)
{
	if (mistakes->n < sizeof mistakes->item / sizeof *mistakes->item)
		mistakes->item[mistakes->n++] = (struct manage_mistake){ field, words };
}

str manage_wrong_at(const struct manage_mistakes *mistakes, str field)
{
	for (size_t i = 0; mistakes != NULL && i < mistakes->n; i++) {
		if (str_equal(mistakes->item[i].field, field))
			return mistakes->item[i].words;
	}
	return (str){ 0 };
}

/* "Openings (2 late)": what nobody should have to look for. */
static str counted(struct page *page, size_t i, const struct reviews_due *due)
{
	int64_t late = str_equal(sections[i].href, S("/manage/openings"))
		? due->openings_late
		: str_equal(sections[i].href, S("/manage/restrictions")) ? due->restrictions_late : 0;
	return late == 0 ? sections[i].words
			 : arena_format(page->arena, "%.*s (%lld late)",
				   STR_ARGS(sections[i].words), (long long)late);
}

static void side(struct page *page, str section)
{
	struct reviews_due due;
	struct err err;
	/* Where it cannot be counted, the page itself still says what is late. */
	if (!store_reviews_due(page->store, &page->actor, page->today, &due, &err))
		due = (struct reviews_due){ 0 };
	struct moj_side_item item[SECTIONS];
	size_t n = 0;
	for (size_t i = 0; i < SECTIONS; i++) {
		if (may(page, sections[i].permission))
			item[n++] = (struct moj_side_item){ .text = counted(page, i, &due),
				.href = sections[i].href,
				.active = str_equal(sections[i].href, section) };
	}
	moj_side_navigation(page->out, .label = S("Manage"), .items = item, .n_items = n);
}

static void say_mistakes(struct page *page, const struct manage_mistakes *mistakes)
{
	struct govuk_error error[sizeof mistakes->item / sizeof *mistakes->item];
	for (size_t i = 0; i < mistakes->n; i++)
		error[i] = (struct govuk_error){ .text = mistakes->item[i].words,
			.href = arena_format(
				page->arena, "#%.*s", STR_ARGS(mistakes->item[i].field)) };
	govuk_error_summary(page->out, .title_text = S("There is a problem"), .errors = error,
		.n_errors = mistakes->n);
}

static void say_done(struct page *page)
{
	str word = form_value(&page->query, S("done"));
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		if (!str_equal(deeds[i].word, word))
			continue;
		struct buf words = { 0 };
		H(&words, "<p class=\"govuk-notification-banner__heading\">");
		text(&words, deeds[i].words);
		H(&words, "</p>");
		govuk_notification_banner(
			page->out, .type = S("success"), .html = html_markup(&words));
		buf_close(&words);
	}
}

void manage_open(struct page *page, str section, str title, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	bool wrong = mistakes != NULL && mistakes->n > 0;
	page->layout.current = S("/manage");
	page->layout.error = wrong;
	if (wrong)
		page->status = 422;
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-one-quarter\">\n");
	side(page, section);
	H(b, "</div><div class=\"govuk-grid-column-three-quarters\">\n");
	if (wrong)
		say_mistakes(page, mistakes);
	else
		say_done(page);
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, title);
	H(b, "</h1>\n");
	authority_switch(page);
}

void manage_close(struct page *page)
{
	H(page->out, "</div></div>\n");
	page_close(page);
}

void manage_done(struct page *page, str to, str word)
{
	page_redirect(page,
		arena_format(page->arena, "%.*s?done=%.*s", STR_ARGS(to), STR_ARGS(word)));
}
