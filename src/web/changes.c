/* changes.c - what changed since yesterday, for the children that the reader may see. */
#include "store/changes.h"

#include "html/show_clock.h"
#include "html/show_list.h"
#include "html/show_word.h"
#include "law/calendar.h"
#include "record/matter.h"
#include "web/children.h"
#include "web/say.h"

static const struct {
	enum change_kind kind;
	str heading, none, what;
} kinds[] = {
	{ CHANGE_OVERDUE, S_INIT("Became overdue"), S_INIT("Nothing became overdue."),
		S_INIT("Clock") },
	{ CHANGE_BOOKED, S_INIT("Booked"), S_INIT("No meeting was booked."), S_INIT("Booking") },
	{ CHANGE_ALLOCATED, S_INIT("Allocated"), S_INIT("No allocation changed."),
		S_INIT("Who works with the child") },
	{ CHANGE_CORRECTED, S_INIT("Corrected or withdrawn"), S_INIT("Nothing was corrected."),
		S_INIT("What was recorded, and why it was wrong") },
	{ CHANGE_RECORDED, S_INIT("Recorded"), S_INIT("Nothing was recorded."),
		S_INIT("What happened") },
	{ CHANGE_NEW, S_INIT("New here"), S_INIT("No child is new."), S_INIT("What is new") },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct {
	str label;
	int working_days, days;
} spans[] = {
	{ S_INIT("Since the last working day"), 1, 0 },
	{ S_INIT("7 days"), 0, 7 },
	{ S_INIT("28 days"), 0, 28 },
};
enum { SPANS = sizeof spans / sizeof *spans };

static day since(struct page *page, size_t span)
{
	if (spans[span].working_days > 0)
		return calendar_add_working(store_law(page->store)->calendar, page->today,
			-spans[span].working_days);
	return page->today - spans[span].days;
}

static void name(struct page *page, const struct change_item *item)
{
	struct buf *b = page->out;
	H(b, "<th scope=\"row\" class=\"govuk-table__header\">");
	children_link(b, CHILD_NAMED(item), (str){ 0 });
	H(b, "<span class=\"app-under\">");
	text(b, item->number);
	H(b, "</span></th>");
}

static void now_and_before(struct buf *b, str label, str now, str was)
{
	if (str_equal(now, was))
		return;
	text(b, label);
	H(b, ": ");
	text(b, now.n > 0 ? now : S("nobody"));
	if (was.n > 0) {
		H(b, " (was ");
		text(b, was);
		H(b, ")");
	}
	H(b, "<br>");
}

/* "Dispute D-12: " */
static void which_matter(struct page *page, const struct change_item *item)
{
	struct buf *b = page->out;
	if (item->matter == 0)
		return;
	H(b, "<a class=\"govuk-link\" href=\"/matters/");
	text_id(b, item->matter);
	H(b, "\">");
	text(b, matter_kind_of(item->matter_kind)->title);
	H(b, " ");
	text(b, item->reference);
	H(b, "</a>: ");
}

static void what(struct page *page, const struct change_item *item)
{
	struct buf *b = page->out;
	const struct rule *rule = store_rule(page->store, item->rule);
	H(b, "<td class=\"govuk-table__cell\">");
	which_matter(page, item);
	if (item->kind == CHANGE_ALLOCATED) {
		now_and_before(b, S("Reviewing officer"), item->iro, item->was_iro);
		now_and_before(b, S("Conference chair"), item->chair, item->was_chair);
		now_and_before(b, S("Social worker"), item->social_worker, item->was_worker);
		now_and_before(b, S("Team"), item->team, item->was_team);
	} else if (item->kind == CHANGE_OVERDUE) {
		text(b, rule == NULL ? S("A clock") : rule->title);
	} else if (item->kind == CHANGE_NEW) {
		H(b, "The child’s record began here");
	} else if (item->level < 2) {
		H(b, "The record changed");
	} else {
		text(b, show_word(item->word));
		str words = detail_words(page->arena, item->word, item->detail);
		if (words.n > 0) {
			H(b, ": ");
			text(b, words);
		}
		if (item->reason.n > 0) {
			H(b, "<span class=\"app-under\">");
			text(b, item->reason);
			H(b, "</span>");
		}
	}
	H(b, "</td>");
}

static void when(struct page *page, const struct change_item *item)
{
	struct buf *b = page->out;
	H(b, "<td class=\"govuk-table__cell\">");
	if (item->on != DAY_UNKNOWN)
		html_time(b, item->on);
	else if (item->level >= 2 && item->kind != CHANGE_ALLOCATED &&
		item->kind != CHANGE_NEW)
		H(b, "Date not recorded");
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (item->at != INSTANT_UNKNOWN)
		buf_instant_words(b, item->at);
	else
		html_time(b, item->on + 1);
	H(b, "</td></tr>\n");
}

static void section(struct page *page, const struct change_list *list, size_t kind)
{
	struct buf *b = page->out;
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		n += list->item[i].kind == kinds[kind].kind;
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, kinds[kind].heading);
	H(b, " <span class=\"app-changes__count\">");
	text_int(b, (int64_t)n);
	H(b, "</span></h2>\n");
	if (n == 0) {
		H(b, "<p class=\"govuk-body\">");
		text(b, kinds[kind].none);
		H(b, "</p>\n");
		return;
	}
	show_wide_open(b, kinds[kind].heading);
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
	text(b, kinds[kind].heading);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">Child</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">");
	text(b, kinds[kind].what);
	H(b, "</th><th scope=\"col\" class=\"govuk-table__header\">");
	text(b, kinds[kind].kind == CHANGE_OVERDUE ? S("Due by") : S("For, or on"));
	H(b, "</th><th scope=\"col\" class=\"govuk-table__header\">");
	text(b, kinds[kind].kind == CHANGE_OVERDUE ? S("Overdue from") : S("Known here since"));
	H(b, "</th></tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < list->n; i++) {
		if (list->item[i].kind != kinds[kind].kind)
			continue;
		H(b, "<tr class=\"govuk-table__row\">");
		name(page, &list->item[i]);
		what(page, &list->item[i]);
		when(page, &list->item[i]);
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void choices(struct page *page, size_t chosen)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-pick app-no-print\"><span class=\"app-pick__label\">Show:"
	     "</span>");
	for (size_t i = 0; i < SPANS; i++) {
		if (i == chosen) {
			H(b, " <strong aria-current=\"true\">");
			text(b, spans[i].label);
			H(b, "</strong>");
			continue;
		}
		H(b, " <a class=\"govuk-link\" href=\"/changes?days=");
		text_id(b, spans[i].days);
		H(b, "\">");
		text(b, spans[i].label);
		H(b, "</a>");
	}
	H(b, "</p>\n");
}

static void looked(struct page *page, const struct change_list *list)
{
	int64_t *subject = arena_take(page->arena, list->n, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		size_t at = 0;
		while (at < n && subject[at] != list->item[i].subject)
			at++;
		if (at == n)
			subject[n++] = list->item[i].subject;
	}
	page_looked(page, S("look:changes"), subject, n);
}

void changes_show(struct page *page)
{
	struct change_list list;
	struct err err;
	struct buf *b = page->out;
	size_t chosen = 0;
	int64_t days;
	if (str_int(form_value(&page->query, S("days")), &days)) {
		for (size_t i = 1; i < SPANS; i++)
			chosen = spans[i].days == days ? i : chosen;
	}
	struct change_query query = { .actor = &page->actor, .today = page->today,
		.since = since(page, chosen),
		.all = policy_may(page->actor.role, MAY_SEE_CHILD, RELATION_AUTHORITY, OPEN) };
	if (!store_changes(page->store, page->arena, &query, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/caseload");
	page->layout.back_text = S("My caseload");
	page_open(page, S("What changed"));
	H(b, "<h1 class=\"govuk-heading-l\">What changed</h1>\n<p class=\"govuk-body\">Since ");
	text(b, str_of(weekday_name(day_weekday(query.since))));
	H(b, " ");
	html_time(b, query.since);
	H(b, ".</p>\n");
	choices(page, chosen);
	if (list.more)
		H(b, "<p class=\"govuk-body\">There is more than is listed, as after an import. The "
		     "latest are here.</p>\n");
	for (size_t i = 0; i < KINDS; i++)
		section(page, &list, i);
	page_close(page);
	looked(page, &list);
}
