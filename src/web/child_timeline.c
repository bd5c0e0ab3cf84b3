/* child_timeline.c - what happened to one child, by months: what, when, who recorded it, and what
 * was changed since. */
#include "html/moj_timeline.h"
#include "html/show_list.h"
#include "html/show_word.h"
#include "store/story.h"
#include "web/child.h"
#include "web/say.h"

/* Kinds that a person filters by; each word is of one kind. */
static const struct story_kind {
	str value, label;
	enum word first, last; /* in the order of the words */
} kinds[] = {
	{ S_INIT("life"), S_INIT("Birth and death"), WORD_BIRTH, WORD_DEATH },
	{ S_INIT("care"), S_INIT("Care and placements"), WORD_LOOKED_AFTER_BEGAN,
		WORD_PLACEMENT_PLAN_MADE },
	{ S_INIT("reviews"), S_INIT("Reviews"), WORD_CLA_REVIEW_HELD, WORD_MIDWAY_HELD },
	{ S_INIT("visits"), S_INIT("Visits, health and education"), WORD_CLA_VISIT_HELD,
		WORD_PATHWAY_PLAN_MADE },
	{ S_INIT("need"), S_INIT("Referrals and assessments"), WORD_REFERRAL_RECEIVED,
		WORD_ASSESSMENT_AUTHORISED },
	{ S_INIT("protection"), S_INIT("Child protection"), WORD_STRATEGY_DISCUSSION_HELD,
		WORD_CONFERENCE_RECORD_SENT },
	{ S_INIT("bookings"), S_INIT("Bookings"), WORD_MEETING_BOOKED, WORD_MEETING_BOOKED },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Of none of the kinds: missing episodes, orders and the rest. */
static const str other_value = S_INIT("other"), other_label = S_INIT("Missing, orders and others");

static str kind_of(enum word word)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (word >= kinds[i].first && word <= kinds[i].last)
			return kinds[i].value;
	}
	return other_value;
}

static void choice(struct page *page, const struct show_query *address, str value, str label,
	str chosen, size_t n)
{
	struct buf *b = page->out;
	if (n == 0 && !str_equal(chosen, value))
		return;
	if (str_equal(chosen, value)) {
		H(b, " <strong aria-current=\"true\">");
		text(b, label);
		H(b, "</strong>");
		return;
	}
	H(b, " <a class=\"govuk-link\"");
	attr(b, "href", show_query_with(page->arena, address, S("kind"), value));
	H(b, ">");
	text(b, label);
	H(b, " (");
	buf_int(b, (int64_t)n);
	H(b, ")</a>");
}

static size_t count(const struct story *story, str kind)
{
	size_t n = 0;
	for (size_t i = 0; i < story->n; i++)
		n += str_equal(kind_of(story->item[i].word), kind);
	return n;
}

static void filters(struct page *page, const struct story *story, str chosen, bool withdrawn)
{
	struct buf *b = page->out;
	const struct show_param param[] = { { S("kind"), chosen },
		{ S("withdrawn"), withdrawn ? S("yes") : S("") } };
	struct show_query address = { child_address(page, S("/timeline")), param, 2 };
	H(b, "<p class=\"govuk-body app-pick app-no-print\"><span "
	     "class=\"app-pick__label\">Show:</span>");
	choice(page, &address, S(""), S("Everything"), chosen, story->n);
	for (size_t i = 0; i < KINDS; i++)
		choice(page, &address, kinds[i].value, kinds[i].label, chosen,
			count(story, kinds[i].value));
	choice(page, &address, other_value, other_label, chosen, count(story, other_value));
	H(b, "</p>\n<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href",
		show_query_with(page->arena, &address, S("withdrawn"),
			withdrawn ? S("") : S("yes")));
	H(b, ">");
	text(b, withdrawn ? S("Hide what was withdrawn") : S("Show what was withdrawn, too"));
	H(b, "</a></p>\n");
}

static str source_words(str source)
{
	static const struct {
		str source, words;
	} known[] = {
		{ S_INIT("ssda903"), S_INIT("the SSDA903 return") },
		{ S_INIT("cin"), S_INIT("the children in need census") },
		{ S_INIT("people"), S_INIT("the people file") },
		{ S_INIT("demo"), S_INIT("the demonstration") },
		{ S_INIT("form"), S_INIT("a form") },
		{ S_INIT("system"), S_INIT("Duly itself") },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (str_equal(known[i].source, source))
			return known[i].words;
	}
	return source;
}

static struct moj_moment moment_of(struct page *page, const struct told *told, bool histories)
{
	return (struct moj_moment){
		.on = told->on,
		.at = told->at,
		.what = show_word(told->word),
		.detail = detail_words(page->arena, told->word, told->detail),
		.by = told->by,
		.source = source_words(told->source),
		.href = histories ? arena_format(page->arena, "/children/%lld/records/%lld/history",
					    (long long)page->id, (long long)told->record)
				  : (str){ 0 },
		.withdrawn = told->withdrawn_at != INSTANT_UNKNOWN,
		.reason = told->reason,
	};
}

void child_timeline_show(struct page *page)
{
	struct story story;
	struct stored_list people;
	struct err err;
	str chosen = form_value(&page->query, S("kind"));
	bool withdrawn = str_equal(form_value(&page->query, S("withdrawn")), S("yes"));
	if (!child_people(page, &people, &err) ||
		!store_story(page->store, page->arena, page->id, withdrawn, &story, &err)) {
		page_failed(page, &err);
		return;
	}
	child_open(page, TAB_TIMELINE, S("Timeline"), &people);
	filters(page, &story, chosen, withdrawn);
	struct moj_moment *moment = arena_take(page->arena, story.n + 1, sizeof *moment);
	bool histories = child_may_go(page, child_address(page, S("/records/1/history")));
	size_t n = 0;
	for (size_t i = 0; i < story.n; i++) {
		if (chosen.n == 0 || str_equal(kind_of(story.item[i].word), chosen))
			moment[n++] = moment_of(page, &story.item[i], histories);
	}
	if (n == 0)
		H(page->out, "<p class=\"govuk-body\">Nothing of this kind is recorded.</p>\n");
	moj_timeline(page->out, moment, n, true);
	child_close(page, S("look:timeline"));
}
