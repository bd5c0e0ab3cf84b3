#include "web/child_voice.h"

#include "html/govuk_warning_text.h"
#include "law/codes.h"
#include "web/child.h"
#include "web/say.h"

#include <stdlib.h>

enum { SILENT_DAYS = 90, ASKED_FROM = 4 };

bool child_voices(struct page *page, struct voices *voices, struct err *err)
{
	return store_records_joined(
		page->store, page->arena, page->id, &child_view_type, &voices->view, err);
}

/* The latest by the day on which it was said. */
static const struct stored *latest(const struct voices *voices)
{
	const struct stored *found = NULL;
	for (size_t i = 0; i < voices->view.n; i++) {
		const struct child_view *view = voices->view.item[i].record;
		if (found == NULL || view->said.on >=
				((const struct child_view *)found->record)->said.on)
			found = &voices->view.item[i];
	}
	return found;
}

/* "12 March 2026, by text message, to Jo Park" */
static void how(struct page *page, const struct child_view *view)
{
	struct buf *b = page->out;
	str method = code_meaning(&codes_view_method, view->method);
	if (view->said.at == INSTANT_UNKNOWN)
		html_time(b, view->said.on);
	else
		buf_instant_words(b, view->said.at);
	H(b, ": ");
	text(b, method.n > 0 ? method : view->method);
	if (view->heard_by.n > 0) {
		H(b, ", to ");
		text(b, view->heard_by);
	}
	if (view->read_back == ANSWER_YES)
		H(b, ", read back to the child");
	else if (view->read_back == ANSWER_NO)
		H(b, ", not read back to the child");
}

static void words(struct page *page, const struct child_view *view)
{
	struct buf *b = page->out;
	H(b, "<blockquote class=\"app-voice__words\">“");
	text(b, view->words);
	H(b, "”</blockquote>\n<p class=\"govuk-body\">");
	how(page, view);
	H(b, "</p>\n");
}

static void ask(struct page *page)
{
	str to = child_address(page, S("/record/child_view"));
	if (!child_may_go(page, to) || !policy_role_may(page->actor.role, MAY_SAVE_RECORD) ||
		page->child.died != DAY_UNKNOWN)
		return;
	H(page->out, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(page->out, "href", to);
	H(page->out, ">Record what the child says</a></p>\n");
}

/* Who is old enough to be asked, and has not been heard for a quarter of a year. */
static void silence(struct page *page, const struct child_view *last)
{
	const struct child_head *head = &page->child;
	bool concerns = (head->looked_after || head->on_plan) && head->died == DAY_UNKNOWN &&
		head->born != DAY_UNKNOWN && age_in_years(head->born, page->today) >= ASKED_FROM;
	if (!concerns || last->said.on + SILENT_DAYS >= page->today)
		return;
	govuk_warning_text(page->out,
		.text = arena_format(page->arena,
			"The child’s views have not been recorded since %.*s.",
			STR_ARGS(day_text(page, last->said.on))));
}

/* How they were heard when it was last asked: the code of the last review. */
static bool last_review(const struct stored_events *events, const struct event **last, str *code)
{
	for (size_t i = events->n; i-- > 0;) {
		const struct event *event = &events->item[i].event;
		if (event->word == WORD_CLA_REVIEW_HELD && event->on != DAY_UNKNOWN &&
			detail_find(event->detail, S("participation"), code)) {
			*last = event;
			return true;
		}
	}
	return false;
}

static void participation(struct page *page, const struct stored_events *events)
{
	struct buf *b = page->out;
	const struct event *last;
	str code;
	if (!last_review(events, &last, &code))
		return;
	str meaning = code_meaning(&codes_participation, code);
	H(b, "<p class=\"govuk-body\">At the review on ");
	text(b, day_text(page, last->on));
	H(b, ": ");
	text(b, meaning.n > 0 ? meaning : code);
	H(b, " (");
	text(b, code);
	H(b, ").</p>\n");
}

void child_voice(struct page *page, const struct voices *voices, const struct stored_events *events)
{
	struct buf *b = page->out;
	const struct stored *last = latest(voices);
	H(b, "<section class=\"app-voice\" aria-labelledby=\"voice\">\n<h2 "
	     "class=\"govuk-heading-m\" id=\"voice\">What the child says</h2>\n");
	if (last != NULL)
		words(page, last->record);
	else
		H(b, "<p class=\"govuk-body\">No views recorded yet.</p>\n");
	if (voices->view.n > 1) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", child_address(page, S("/views")));
		H(b, ">All views (");
		text_int(b, (int64_t)voices->view.n);
		H(b, ")</a></p>\n");
	}
	participation(page, events);
	if (last != NULL)
		silence(page, last->record);
	ask(page);
	H(b, "</section>\n");
}

/* ---- all of them, the latest first */

static int later(const void *a, const void *b)
{
	const struct child_view *x = ((const struct stored *)a)->record,
				*y = ((const struct stored *)b)->record;
	return (x->said.on < y->said.on) - (x->said.on > y->said.on);
}

static void all(struct page *page, struct voices *voices)
{
	struct buf *b = page->out;
	if (voices->view.n == 0)
		H(b, "<p class=\"govuk-body\">No views recorded yet.</p>\n");
	else
		qsort(voices->view.item, voices->view.n, sizeof *voices->view.item, later);
	for (size_t i = 0; i < voices->view.n; i++) {
		H(b, "<section class=\"app-voice\" aria-label=\"");
		text_day(b, ((const struct child_view *)voices->view.item[i].record)->said.on);
		H(b, "\">\n");
		words(page, voices->view.item[i].record);
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
		attr(b, "href",
			arena_format(page->arena, "/children/%lld/records/%lld/history",
				(long long)page->id, (long long)voices->view.item[i].id));
		H(b, ">Changes<span class=\"govuk-visually-hidden\"> to what was said on ");
		text_day(b, ((const struct child_view *)voices->view.item[i].record)->said.on);
		H(b, "</span></a></p>\n</section>\n");
	}
	ask(page);
}

void child_views_show(struct page *page)
{
	struct stored_list people;
	struct voices voices;
	struct stored_events events;
	struct err err;
	if (!child_people(page, &people, &err) || !child_voices(page, &voices, &err) ||
		!store_events(page->store, page->arena, page->id, INSTANT_UNKNOWN, &events, &err)) {
		page_failed(page, &err);
		return;
	}
	child_open(page, TAB_VIEWS, S("Views"), &people);
	all(page, &voices);
	H(page->out, "<h2 class=\"govuk-heading-m\">At reviews</h2>\n");
	participation(page, &events);
	child_close(page, S("look:views"));
}
