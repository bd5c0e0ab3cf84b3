#include "web/child_voice.h"

#include "html/govuk_warning_text.h"
#include "law/codes.h"
#include "web/child.h"

bool child_voices(struct page *page, struct voices *voices, struct err *err)
{
	(void)page;
	(void)err;
	*voices = (struct voices){ 0 };
	return true;
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
	(void)voices;
	H(b, "<section class=\"app-voice\" aria-labelledby=\"voice\">\n<h2 "
	     "class=\"govuk-heading-m\" id=\"voice\">What the child says</h2>\n");
	H(b, "<p class=\"govuk-body\">No views recorded yet.</p>\n");
	participation(page, events);
	H(b, "</section>\n");
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
	child_voice(page, &voices, &events);
	child_close(page, S("look:views"));
}
