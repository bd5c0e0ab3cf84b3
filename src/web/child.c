/* child.c - one child: how they say things are, where they are now, what is due, what happened last. */
#include "html/govuk_button.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_warning_text.h"
#include "html/moj_interruption_card.h"
#include "html/moj_timeline.h"
#include "html/show_word.h"
#include "law/codes.h"
#include "web/child.h"
#include "web/child_voice.h"
#include "web/record.h"
#include "web/say.h"

enum { MOMENTS_SHOWN = 5 };

struct seen {
	struct stored_list people;
	struct clocks clocks; /* those that may still run */
	struct stored_events events;
	struct voices voices;
};

static bool see(struct page *page, struct seen *seen, struct err *err)
{
	return child_people(page, &seen->people, err) &&
		store_clocks_not_met(page->store, page->arena, page->id, page->today, &seen->clocks,
			err) &&
		store_events(page->store, page->arena, page->id, INSTANT_UNKNOWN, &seen->events,
			err) &&
		child_voices(page, &seen->voices, err);
}

static str or_not(str value)
{
	return value.n > 0 ? value : S("Not recorded");
}

/* ---- where the child is now, from what happened: events are in day order */

static bool is_over(const struct stored_events *events, enum word end, int64_t thread, day today)
{
	for (size_t i = 0; i < events->n; i++) {
		const struct event *event = &events->item[i].event;
		if (event->word == end && event->thread == thread && event->on <= today)
			return true;
	}
	return false;
}

static str since(struct page *page, str words, day on)
{
	if (on == DAY_UNKNOWN)
		return words;
	return arena_format(page->arena, "%.*s, since %.*s", STR_ARGS(words),
		STR_ARGS(day_text(page, on)));
}

/* The last placement that has begun and not ended. */
static str lives(struct page *page, const struct stored_events *events)
{
	for (size_t i = events->n; i-- > 0;) {
		const struct event *event = &events->item[i].event;
		str code;
		if (event->word != WORD_PLACEMENT_BEGAN || event->on > page->today ||
			is_over(events, WORD_PLACEMENT_ENDED, event->thread, page->today))
			continue;
		if (!detail_find(event->detail, S("code"), &code))
			return since(page, S("Placement, of a kind not recorded"), event->on);
		str meaning = code_meaning(&codes_placement, code);
		return since(page,
			meaning.n == 0 ? code
				       : arena_format(page->arena, "%.*s (%.*s)", STR_ARGS(meaning),
						 STR_ARGS(code)),
			event->on);
	}
	return (str){ 0 };
}

static str legal(struct page *page, const struct stored_events *events)
{
	for (size_t i = events->n; i-- > 0;) {
		const struct event *event = &events->item[i].event;
		str code;
		bool began = event->word == WORD_LOOKED_AFTER_BEGAN;
		if ((!began && event->word != WORD_LEGAL_STATUS_CHANGED) ||
			event->on > page->today ||
			is_over(events, WORD_LOOKED_AFTER_ENDED, event->thread, page->today) ||
			!detail_find(event->detail, began ? S("legal") : S("code"), &code))
			continue;
		str meaning = code_meaning(&codes_legal_status, code);
		return since(page,
			meaning.n == 0 ? code
				       : arena_format(page->arena, "%.*s (%.*s)", STR_ARGS(meaning),
						 STR_ARGS(code)),
			event->on);
	}
	return (str){ 0 };
}

static str plan(struct page *page, const struct stored_events *events)
{
	for (size_t i = events->n; i-- > 0;) {
		const struct event *event = &events->item[i].event;
		str code = { 0 };
		if (event->word != WORD_CP_PLAN_BEGAN || event->on > page->today ||
			is_over(events, WORD_CP_PLAN_ENDED, event->thread, page->today))
			continue;
		str meaning = detail_find(event->detail, S("category"), &code)
			? code_meaning(&codes_category_of_abuse, code)
			: (str){ 0 };
		return since(page, meaning.n > 0 ? meaning : S("Category not recorded"), event->on);
	}
	return (str){ 0 };
}

/* Who has it, by name; that nobody wrote it down is said. */
static str responsible(struct page *page, const struct stored_list *people)
{
	str names = { 0 };
	for (size_t i = 0; i < people->n; i++) {
		const struct person_around *person = people->item[i].record;
		if (person->parental_responsibility != ANSWER_YES ||
			(person->until != DAY_UNKNOWN && person->until <= page->today))
			continue;
		str relation = person->described.n > 0
			? person->described
			: code_meaning(&codes_relation, person->relation);
		names = arena_format(page->arena, "%.*s%s%.*s (%.*s)", STR_ARGS(names),
			names.n > 0 ? ", " : "", STR_ARGS(person->name), STR_ARGS(relation));
	}
	return or_not(names);
}

static str born_words(struct page *page, const struct child_head *head)
{
	if (head->born != DAY_UNKNOWN)
		return day_text(page, head->born);
	if (head->expected != DAY_UNKNOWN)
		return arena_format(page->arena, "Expected %.*s",
			STR_ARGS(day_text(page, head->expected)));
	return S("Not recorded");
}

static void now(struct page *page, const struct seen *seen)
{
	const struct child_head *head = &page->child;
	struct govuk_summary_row row[12];
	size_t n = 0;
	str living = lives(page, &seen->events), status = legal(page, &seen->events),
	    category = plan(page, &seen->events);
#define ROW(words, what) (row[n++] = (struct govuk_summary_row){ .key = { .text = S(words) }, \
				  .value = { .text = (what) } })
	if (head->looked_after || living.n > 0)
		ROW("Where the child lives", or_not(living));
	if (head->looked_after || status.n > 0)
		ROW("Legal status", or_not(status));
	if (head->on_plan || category.n > 0)
		ROW("Child protection plan", or_not(category));
	ROW("Parental responsibility", responsible(page, &seen->people));
	ROW("Reviewing officer", or_not(head->iro));
	ROW("Conference chair", or_not(head->chair));
	ROW("Social worker", or_not(head->social_worker));
	ROW("Team", or_not(head->team));
	if (head->sibling_group.n > 0)
		ROW("Sibling group", head->sibling_group);
	ROW("Date of birth", born_words(page, head));
#undef ROW
	H(page->out, "<h2 class=\"govuk-heading-m\">Right now</h2>\n");
	govuk_summary_list(page->out, .rows = row, .n_rows = n, .classes = S("app-side"));
}

/* ---- the end of a life stops everything that would be sent (practice.md, safety control 5) */

static void died(struct page *page)
{
	if (page->child.died == DAY_UNKNOWN)
		return;
	govuk_warning_text(page->out,
		.text = arena_format(page->arena,
			"This child has died, on %.*s. Nothing is due any more, and no letter, "
			"invitation or reminder may be sent.",
			STR_ARGS(day_text(page, page->child.died))));
}

/* For who answers for the child: that somebody else broke the glass. */
static void opened(struct page *page)
{
	const struct child_head *head = &page->child;
	struct buf *b = page->out;
	if (head->openings == 0 || !child_sees_looks(page))
		return;
	H(b, "<p class=\"govuk-inset-text\">This record was opened with a reason ");
	if (head->openings == 1)
		H(b, "once, ");
	else {
		text_int(b, head->openings);
		H(b, " times, the last time ");
	}
	H(b, "on ");
	buf_instant_words(b, head->opened_at);
	H(b, ". <a class=\"govuk-link\"");
	attr(b, "href", child_address(page, S("/looks")));
	H(b, ">See who opened it, and why</a></p>\n");
}

static void latest(struct page *page, const struct stored_events *events)
{
	struct buf *b = page->out;
	struct moj_moment moment[MOMENTS_SHOWN];
	size_t n = 0;
	for (size_t i = events->n; i-- > 0 && n < MOMENTS_SHOWN;) {
		const struct event *event = &events->item[i].event;
		if (event->on > page->today || event->on == DAY_UNKNOWN)
			continue;
		moment[n++] = (struct moj_moment){ .on = event->on,
			.at = event->at,
			.what = show_word(event->word),
			.detail = detail_words(page->arena, event->word, event->detail) };
	}
	H(b, "<h2 class=\"govuk-heading-m\">What happened last</h2>\n");
	if (n == 0)
		H(b, "<p class=\"govuk-body\">Nothing is recorded yet.</p>\n");
	moj_timeline(b, moment, n, false);
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", child_address(page, S("/timeline")));
	H(b, ">The whole timeline</a></p>\n");
}

static void record_something(struct page *page)
{
	str to = child_address(page, S("/record"));
	if (child_may_go(page, to) && record_may_any(page))
		govuk_button(page->out, .text = S("Record something"), .href = to,
			.classes = S("app-no-print"));
}

static void overview(struct page *page, struct seen *seen)
{
	struct buf *b = page->out;
	child_open(page, TAB_OVERVIEW, (str){ 0 }, &seen->people);
	died(page);
	opened(page);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	child_voice(page, &seen->voices, &seen->events);
	record_something(page);
	record_links(page);
	H(b, "<h2 class=\"govuk-heading-m\">Clocks</h2>\n");
	child_clocks_running(page, &seen->clocks);
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", child_address(page, S("/clocks")));
	H(b, ">All clocks, with those that are over</a></p>\n");
	latest(page, &seen->events);
	H(b, "</div><div class=\"govuk-grid-column-one-third\">\n");
	now(page, seen);
	H(b, "</div></div>\n");
	child_close(page, S("look:child"));
}

/* ---- who may know that the record is there, and no more */

static void restricted(struct page *page)
{
	struct buf *b = page->out;
	page->layout.back_href = S("/caseload");
	page->layout.back_text = S("My caseload");
	page_open(page, S("Restricted record"));
	str open = child_address(page, S("/open"));
	str said = arena_format(page->arena,
		"The record of child %.*s is restricted. This visit is recorded.",
		STR_ARGS(page->child.number));
	if (child_may_go(page, open)) {
		const str body[] = { said,
			S("If you need it for a child’s safety, you can open it for 60 minutes with a "
			  "reason. The child’s reviewing officer is told at once, and the opening is "
			  "reviewed the next day.") };
		moj_interruption_card(b, &(struct moj_interruption_card){
			.heading = S("You do not have access to this record"), .body = body, .n = 2,
			.href = open, .go = S("Open with a reason"),
			.back_href = page->layout.back_href, .back = S("Do not open it") });
	} else {
		H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
		     "<h1 class=\"govuk-heading-l\">You do not have access to this record</h1>\n"
		     "<p class=\"govuk-body\">");
		text(b, said);
		H(b, "</p>\n<p class=\"govuk-body\">If you need it for your work, ask the child’s "
		     "reviewing officer or your manager.</p>\n</div></div>\n");
	}
	page_close(page);
	page_looked(page, S("look:restricted"), &page->id, 1);
}

void child_show(struct page *page)
{
	struct seen seen = { 0 };
	struct err err;
	if (page->child.level < 2)
		restricted(page);
	else if (!see(page, &seen, &err))
		page_failed(page, &err);
	else
		overview(page, &seen);
}
