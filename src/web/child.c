/* child.c - one child: who they are, how they were heard, every clock with why, and what happened. */
#include "base/utf8.h"
#include "html/govuk_details.h"
#include "html/govuk_summary_list.h"
#include "html/show_child.h"
#include "html/show_clock.h"
#include "html/show_why.h"
#include "html/show_word.h"
#include "law/codes.h"
#include "store/list.h"
#include "web/page.h"
#include "web/say.h"

enum { OVER_SHOWN = 5, MOMENTS_SHOWN = 15 };

struct seen {
	struct child_head head;
	struct clocks clocks;
	struct stored_events events;
};

static bool see(struct page *page, struct seen *seen, struct err *err)
{
	*seen = (struct seen){ .head = page->child };
	return seen->head.level < 2 ||
		(store_clocks(page->store, page->arena, page->id, &seen->clocks, err) &&
			store_events(page->store, page->arena, page->id, INSTANT_UNKNOWN,
				&seen->events, err));
}

static str name_of(struct page *page, const struct child_head *head)
{
	if (head->forename.n == 0 && head->surname.n == 0)
		return arena_format(page->arena, "Child %.*s", STR_ARGS(head->number));
	return arena_format(page->arena, "%.*s%s%.*s", STR_ARGS(head->forename),
		head->forename.n > 0 && head->surname.n > 0 ? " " : "", STR_ARGS(head->surname));
}

static str first_letter(str name)
{
	str rest = name;
	uint32_t code;
	utf8_next(&rest, &code);
	return str_upto(name, name.n - rest.n);
}

/* What a title may say on a shared screen: initials and the council's number. */
static str title_of(struct page *page, const struct child_head *head)
{
	if (head->forename.n == 0 || head->surname.n == 0)
		return arena_format(page->arena, "Child %.*s", STR_ARGS(head->number));
	str first = first_letter(head->forename), last = first_letter(head->surname);
	return arena_format(page->arena, "%.*s %.*s, %.*s", STR_ARGS(first), STR_ARGS(last),
		STR_ARGS(head->number));
}

static str day_words(struct page *page, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static str or_not(str value)
{
	return value.n > 0 ? value : S("Not recorded");
}

static void identity(struct page *page, const struct child_head *head)
{
	struct buf kind = { 0 };
	text_child_kind(&kind, head->looked_after, head->on_plan);
	const struct show_fact fact[] = { { S("Number"), head->number },
		{ S("Now"), arena_str(page->arena, buf_view(&kind)) } };
	buf_close(&kind);
	show_identity(page->out,
		&(struct show_identity){ .name = name_of(page, head),
			.age = head->born == DAY_UNKNOWN ? -1 : age_in_years(head->born, page->today),
			.heading = true, .restricted = head->restricted, .fact = fact, .n_facts = 2 });
}

/* The child's own part first: how they were heard when it was last asked. */
static void voice(struct page *page, const struct seen *seen)
{
	struct buf *b = page->out;
	const struct event *last = NULL;
	str code = { 0 };
	for (size_t i = 0; i < seen->events.n; i++) {
		const struct event *event = &seen->events.item[i].event;
		str value;
		if (event->word == WORD_CLA_REVIEW_HELD && event->on != DAY_UNKNOWN &&
			detail_find(event->detail, S("participation"), &value)) {
			last = event;
			code = value;
		}
	}
	H(b, "<h2 class=\"govuk-heading-m\">How the child was heard</h2>\n<p class=\"govuk-body\">");
	if (last == NULL) {
		H(b, "No views recorded yet.</p>\n");
		return;
	}
	str meaning = code_meaning(&codes_participation, code);
	H(b, "At the review on ");
	text(b, day_words(page, last->on));
	H(b, ": ");
	text(b, meaning.n > 0 ? meaning : code);
	H(b, " (");
	text(b, code);
	H(b, ").</p>\n");
}

static void who(struct page *page, const struct child_head *head)
{
	struct buf *b = page->out;
	str born = head->born != DAY_UNKNOWN ? day_words(page, head->born)
		: head->expected != DAY_UNKNOWN
		? arena_format(page->arena, "Expected %.*s", STR_ARGS(day_words(page, head->expected)))
		: S("Not recorded");
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Date of birth") }, .value = { .text = born } },
		{ .key = { .text = S("Reviewing officer") }, .value = { .text = or_not(head->iro) } },
		{ .key = { .text = S("Conference chair") }, .value = { .text = or_not(head->chair) } },
		{ .key = { .text = S("Social worker") },
			.value = { .text = or_not(head->social_worker) } },
		{ .key = { .text = S("Team") }, .value = { .text = or_not(head->team) } },
		{ .key = { .text = S("Date of death") },
			.value = { .text = head->died == DAY_UNKNOWN ? (str){ 0 }
								     : day_words(page, head->died) } },
	};
	H(b, "<h2 class=\"govuk-heading-m\">Who works with the child</h2>\n");
	govuk_summary_list(b, .rows = row, .classes = S("app-side"),
		.n_rows = sizeof row / sizeof *row - (head->died == DAY_UNKNOWN));
}

/* Open first, worst first: overdue by date, then unknown, then by date. */
static int urgency(const struct clock *clock, day today)
{
	switch (clock_state(clock, today)) {
	case CLOCK_OVERDUE:
		return 0;
	case CLOCK_UNKNOWN:
		return clock->doubt == DOUBT_NOT_CARRIED ? 4 : 1;
	case CLOCK_DUE:
		return 2;
	case CLOCK_MET:
	case CLOCK_MET_LATE:
	case CLOCK_MISSED:
	case CLOCK_NOT_REQUIRED:
	case CLOCK_STATES:
	default:
		return 3;
	}
}

static void sort_clocks(struct clocks *clocks, day today)
{
	for (size_t i = 1; i < clocks->n; i++) {
		struct clock moving = clocks->item[i];
		int rank = urgency(&moving, today);
		size_t at = i;
		for (; at > 0; at--) {
			const struct clock *before = &clocks->item[at - 1];
			int other = urgency(before, today);
			/* What is over: the latest first. */
			bool later = rank == 3 ? before->from < moving.from : before->due > moving.due;
			if (other < rank || (other == rank && !later))
				break;
			clocks->item[at] = clocks->item[at - 1];
		}
		clocks->item[at] = moving;
	}
}

static void clock_row(struct page *page, const struct clock *clock)
{
	struct buf *b = page->out;
	struct buf reason = { 0 };
	enum clock_state state = clock_state(clock, page->today);
	if (state == CLOCK_UNKNOWN || state == CLOCK_NOT_REQUIRED)
		buf_clock_reason(&reason, clock, page->today, show_word);
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, clock->rule->title);
	H(b, "</th><td class=\"govuk-table__cell\">");
	show_clock(b,
		&(struct show_clock){ .state = state, .due = clock->due, .due_at = clock->due_at,
			.met_on = clock->met_on, .booking = clock_booking(clock),
			.booked = clock->booked, .needs_booking = clock->rule->booking.n > 0,
			.reason = buf_view(&reason) },
		page->today, page->now);
	show_why_clock(b, store_law(page->store), clock, clock->rule->title);
	H(b, "</td></tr>\n");
	buf_close(&reason);
}

static size_t count_urgency(const struct clocks *clocks, day today, int from, int to)
{
	size_t n = 0;
	for (size_t i = 0; i < clocks->n; i++) {
		int rank = urgency(&clocks->item[i], today);
		n += rank >= from && rank <= to;
	}
	return n;
}

static void clock_table_open(struct buf *b, str caption)
{
	H(b, "<table class=\"govuk-table app-clocks\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
	text(b, caption);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">Clock</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">State and date</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
}

/* The clocks of those ranks. After the first `open` the others are folded away, not left out. */
static void clock_table(struct page *page, const struct clocks *clocks, str caption, int from, int to,
	size_t open)
{
	struct buf *b = page->out;
	size_t shown = 0, total = count_urgency(clocks, page->today, from, to);
	clock_table_open(b, caption);
	for (size_t i = 0; i < clocks->n; i++) {
		int rank = urgency(&clocks->item[i], page->today);
		if (rank < from || rank > to)
			continue;
		if (shown++ == open) {
			H(b, "</tbody></table>\n");
			govuk_details_open(b,
				&(struct govuk_details){ .summary_text = arena_format(
								 page->arena, "%zu earlier", total - open) });
			clock_table_open(b, S("Earlier clocks"));
		}
		clock_row(page, &clocks->item[i]);
	}
	H(b, "</tbody></table>\n");
	if (shown > open)
		govuk_details_close(b);
}

/* What no source carries is said once, as a list of duties and not as a page of unknowns. */
static void not_carried(struct page *page, const struct clocks *clocks)
{
	struct buf *b = page->out;
	if (count_urgency(clocks, page->today, 4, 4) == 0)
		return;
	H(b, "<h3 class=\"govuk-heading-s\">Cannot be known from the files so far</h3>\n<p "
	     "class=\"govuk-body\">No source carries what would show whether these were done.</p>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < clocks->n; i++) {
		const struct clock *clock = &clocks->item[i];
		if (urgency(clock, page->today) != 4)
			continue;
		H(b, "<li>");
		text(b, clock->rule->title);
		if (clock->due != DAY_UNKNOWN) {
			H(b, ": by ");
			text(b, day_words(page, clock->due));
		}
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

static void clocks(struct page *page, struct clocks *clocks)
{
	struct buf *b = page->out;
	sort_clocks(clocks, page->today);
	H(b, "<h2 class=\"govuk-heading-m\">Clocks</h2>\n");
	if (count_urgency(clocks, page->today, 0, 2) == 0)
		H(b, "<p class=\"govuk-body\">Nothing is due.</p>\n");
	else
		clock_table(page, clocks, S("Clocks that run, worst first"), 0, 2, SIZE_MAX);
	not_carried(page, clocks);
	if (count_urgency(clocks, page->today, 3, 3) > 0) {
		H(b, "<h3 class=\"govuk-heading-s\">Met, missed or no longer required</h3>\n");
		clock_table(page, clocks, S("Clocks that are over, latest first"), 3, 3,
			OVER_SHOWN);
	}
}

static void timeline(struct page *page, const struct stored_events *events)
{
	struct buf *b = page->out;
	struct show_moment *moment = arena_take(page->arena, events->n, sizeof *moment);
	for (size_t i = 0; i < events->n; i++) {
		const struct stored_event *from = &events->item[events->n - 1 - i];
		moment[i] = (struct show_moment){ .on = from->event.on, .at = from->event.at,
			.what = show_word(from->event.word),
			.detail = detail_words(page->arena, from->event.word, from->event.detail),
			.source = from->source, .withdrawn = from->withdrawn_at != INSTANT_UNKNOWN,
			.reason = from->reason };
	}
	H(b, "<h2 class=\"govuk-heading-m\">What happened</h2>\n");
	if (events->n == 0) {
		H(b, "<p class=\"govuk-body\">Nothing is recorded yet.</p>\n");
		return;
	}
	/* The days of the last months open, the years before folded, cut between two days. */
	size_t first = events->n < MOMENTS_SHOWN ? events->n : MOMENTS_SHOWN;
	while (first < events->n && moment[first].on == moment[first - 1].on)
		first++;
	show_timeline(b, moment, first);
	if (first == events->n)
		return;
	govuk_details_open(b, &(struct govuk_details){ .summary_text = arena_format(page->arena,
							       "%zu earlier", events->n - first) });
	show_timeline(b, moment + first, events->n - first);
	govuk_details_close(b);
}

static void restricted(struct page *page, const struct child_head *head)
{
	struct buf *b = page->out;
	H(b, "<h1 class=\"govuk-heading-l\">Restricted record</h1>\n<p class=\"govuk-body\">You do not "
	     "have access to the record of child ");
	text(b, head->number);
	H(b, ". This visit is recorded.</p>\n<p class=\"govuk-body\">If you need it for your work, ask "
	     "the child’s reviewing officer or your manager.</p>\n");
}

void child_show(struct page *page)
{
	struct seen seen;
	struct err err;
	if (!see(page, &seen, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.known_to = seen.head.known_to;
	page->layout.back_href = S("/caseload");
	page->layout.back_text = S("My caseload");
	if (seen.head.level < 2) {
		page_open(page, S("Restricted record"));
		restricted(page, &seen.head);
	} else {
		page_open(page, title_of(page, &seen.head));
		identity(page, &seen.head);
		H(page->out, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
		voice(page, &seen);
		clocks(page, &seen.clocks);
		timeline(page, &seen.events);
		H(page->out, "</div><div class=\"govuk-grid-column-one-third\">\n");
		who(page, &seen.head);
		H(page->out, "</div></div>\n");
	}
	page_close(page);
	page_looked(page, S("look:child"), &page->id, 1);
}
