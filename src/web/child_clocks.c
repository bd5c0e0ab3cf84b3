/* child_clocks.c - one child's clocks: each with its state, its date, the booking and why. */
#include "html/govuk_details.h"
#include "html/show_clock.h"
#include "html/show_why.h"
#include "html/show_word.h"
#include "store/stood.h"
#include "web/child.h"
#include "web/policy_line.h"
#include "web/record.h"
#include "web/say.h"

enum { OVER_SHOWN = 10 };
/* What a clock asks of its reader. */
enum { RANK_OVERDUE, RANK_UNKNOWN, RANK_DUE, RANK_OVER, RANK_MAY_NOT_APPLY, RANK_NOT_CARRIED };

/* Open first, worst first: overdue by date, then unknown, then by date. */
static int urgency(const struct clock *clock, day today)
{
	switch (clock_state(clock, today)) {
	case CLOCK_OVERDUE:
		return RANK_OVERDUE;
	case CLOCK_UNKNOWN:
		return clock->doubt == DOUBT_NOT_CARRIED     ? RANK_NOT_CARRIED
			: clock->doubt == DOUBT_MAY_NOT_APPLY ? RANK_MAY_NOT_APPLY
							      : RANK_UNKNOWN;
	case CLOCK_DUE:
		return RANK_DUE;
	case CLOCK_MET:
	case CLOCK_MET_LATE:
	case CLOCK_MISSED:
	case CLOCK_NOT_REQUIRED:
	case CLOCK_STATES:
	default:
		return RANK_OVER;
	}
}

void child_clocks_sort(struct clocks *clocks, day today)
{
	for (size_t i = 1; i < clocks->n; i++) {
		struct clock moving = clocks->item[i];
		int rank = urgency(&moving, today);
		size_t at = i;
		for (; at > 0; at--) {
			const struct clock *before = &clocks->item[at - 1];
			int other = urgency(before, today);
			/* What is over: the latest first. */
			bool later = rank == RANK_OVER ? before->from < moving.from
						       : before->due > moving.due;
			if (other < rank || (other == rank && !later))
				break;
			clocks->item[at] = clocks->item[at - 1];
		}
		clocks->item[at] = moving;
	}
}

/* Where a meeting that is due and not booked in time is booked. */
static void book(struct page *page, const struct clock *clock, enum clock_state state)
{
	struct buf *b = page->out;
	str meeting = clock->rule->booking;
	bool waiting = state == CLOCK_DUE || state == CLOCK_OVERDUE;
	if (meeting.n == 0 || !waiting || clock_booking(clock) == BOOKING_IN_TIME ||
		!policy_role_may(page->actor.role, MAY_BOOK))
		return;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href",
		arena_format(page->arena, "/children/%lld/book?rule=%.*s&thread=%lld",
			(long long)page->id, STR_ARGS(clock->rule->id), (long long)clock->thread));
	H(b, ">");
	text(b, clock->booked == DAY_UNKNOWN ? S("Book this meeting") : S("Book an earlier date"));
	H(b, "<span class=\"govuk-visually-hidden\">: ");
	text(b, clock->rule->title);
	H(b, "</span></a></p>\n");
}

static str way_to_record(struct page *page, const struct clock *clock)
{
	str way = { 0 };
	for (size_t i = 0; i < clock->rule->met_by.n && way.n == 0; i++)
		way = record_way(page, clock->rule->met_by.word[i]);
	return way;
}

/* Who looks at a clock that waits often knows that it was done. */
static void done(struct page *page, const struct clock *clock, enum clock_state state)
{
	struct buf *b = page->out;
	str way = clock_is_open(state) ? way_to_record(page, clock) : (str){ 0 };
	if (way.n == 0)
		return;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href", way);
	H(b, ">Record that it was done<span class=\"govuk-visually-hidden\">: ");
	text(b, clock->rule->title);
	H(b, "</span></a></p>\n");
}

/* "Overdue until corrected on 20 November 2026 by R Ahmed." Empty: it always stood as it does. */
static str stood_words(struct page *page, const struct clocks *clocks, const struct clock *clock)
{
	const struct stood_list *list = page->own;
	size_t at = (size_t)(clock - clocks->item);
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		const struct stood *stood = &list->item[i];
		if (stood->clock == at)
			return arena_format(page->arena, "%.*s until corrected on %.*s%s%.*s",
				STR_ARGS(clock_state_words(stood->before)),
				STR_ARGS(day_text(page, instant_day(stood->at))),
				stood->by.n > 0 ? " by " : "", STR_ARGS(stood->by));
	}
	return (str){ 0 };
}

/* "By R Ahmed, 20 November 2026"; of a file: which, and who brought it in. */
static str recorded_words(struct page *page, const struct clock *clock)
{
	const struct stood_list *list = page->own;
	for (size_t i = 0; list != NULL && i < list->n_recorded; i++) {
		const struct recorded *one = &list->recorded[i];
		if (one->event != clock->from_event)
			continue;
		str on = day_text(page, instant_day(one->at));
		if (one->file.n > 0)
			return arena_format(page->arena, "from the file %.*s (%.*s), brought in on "
							 "%.*s%s%.*s",
				STR_ARGS(one->file), STR_ARGS(one->source), STR_ARGS(on),
				one->by.n > 0 ? " by " : "", STR_ARGS(one->by));
		return one->by.n > 0
			? arena_format(page->arena, "by %.*s, on %.*s", STR_ARGS(one->by), STR_ARGS(on))
			: arena_format(page->arena, "on %.*s (%.*s)", STR_ARGS(on),
				  STR_ARGS(one->source));
	}
	return (str){ 0 };
}

/* The rules are those of this duly; the calendar is the one that the dates were counted with. */
static str versions_words(struct page *page, const struct clock *clock)
{
	unsigned rules = child_law(page)->rules->version;
	return clock->calendar == 0
		? arena_format(page->arena, "rules %08x", rules)
		: arena_format(page->arena, "rules %08x, calendar %lld", rules,
			  (long long)clock->calendar);
}

/* Where the council works to a date of its own the law's is never out of sight. */
static void law_beside(struct page *page, const struct clock *clock, enum clock_state state)
{
	struct buf *b = page->out;
	if (clock->due_law == DAY_UNKNOWN || clock->due_law == clock->due)
		return;
	enum clock_state law = clock_state_law(clock, page->today);
	H(b, "<p class=\"govuk-body-s\">By the council’s policy. ");
	text(b, level_says(clock->rule->level));
	H(b, " ");
	text_day(b, clock->due_law);
	if (law != state) {
		H(b, ": by that, ");
		text(b, clock_state_words(law));
	}
	H(b, ".</p>\n");
}

static void clock_row(struct page *page, const struct clocks *clocks, const struct clock *clock)
{
	struct buf *b = page->out;
	struct buf reason = { 0 };
	enum clock_state state = clock_state(clock, page->today);
	if (state == CLOCK_UNKNOWN || state == CLOCK_NOT_REQUIRED)
		buf_clock_reason(&reason, clock, page->today, show_word);
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, clock->rule->title);
	if (state != CLOCK_MET && state != CLOCK_MET_LATE)
		show_hand(b, clock->rule->with);
	H(b, "</th><td class=\"govuk-table__cell\">");
	show_clock(b,
		&(struct show_clock){ .state = state, .due = clock->due, .due_at = clock->due_at,
			.met_on = clock->met_on, .booking = clock_booking(clock),
			.booked = clock->booked, .needs_booking = clock->rule->booking.n > 0,
			.reason = buf_view(&reason) },
		page->today, page->now);
	law_beside(page, clock, state);
	book(page, clock, state);
	done(page, clock, state);
	str stood = stood_words(page, clocks, clock);
	if (stood.n > 0) {
		H(b, "<p class=\"govuk-body-s\">");
		text(b, stood);
		H(b, ".</p>\n");
	}
	show_why_stood(b, child_law(page), clock, clock->rule->title,
		&(struct show_why_known){ stood, recorded_words(page, clock),
			versions_words(page, clock) });
	H(b, "</td></tr>\n");
	buf_close(&reason);
}

static size_t count(const struct clocks *clocks, day today, int from, int to)
{
	size_t n = 0;
	for (size_t i = 0; i < clocks->n; i++) {
		int rank = urgency(&clocks->item[i], today);
		n += rank >= from && rank <= to;
	}
	return n;
}

static void table_open(struct buf *b, str caption)
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
static void table(struct page *page, const struct clocks *clocks, str caption, int from, int to,
	size_t open)
{
	struct buf *b = page->out;
	size_t shown = 0, total = count(clocks, page->today, from, to);
	table_open(b, caption);
	for (size_t i = 0; i < clocks->n; i++) {
		int rank = urgency(&clocks->item[i], page->today);
		if (rank < from || rank > to)
			continue;
		if (shown++ == open) {
			H(b, "</tbody></table>\n");
			govuk_details_open(b,
				&(struct govuk_details){ .summary_text = arena_format(
								 page->arena, "%zu earlier", total - open) });
			table_open(b, S("Earlier clocks"));
		}
		clock_row(page, clocks, &clocks->item[i]);
	}
	H(b, "</tbody></table>\n");
	if (shown > open)
		govuk_details_close(b);
}

void child_clocks_running(struct page *page, struct clocks *clocks)
{
	struct buf *b = page->out;
	child_clocks_sort(clocks, page->today);
	if (count(clocks, page->today, RANK_OVERDUE, RANK_DUE) == 0)
		H(b, "<p class=\"govuk-body\">Nothing is due.</p>\n");
	else
		table(page, clocks, S("Clocks that run, worst first"), RANK_OVERDUE, RANK_DUE,
			SIZE_MAX);
}

static void no_answer_item(struct page *page, const struct clock *clock)
{
	struct buf *b = page->out;
	H(b, "<li>");
	text(b, clock->rule->title);
	if (clock->due != DAY_UNKNOWN) {
		H(b, ": by ");
		text(b, day_text(page, clock->due));
	}
	if (clock->doubt == DOUBT_MAY_NOT_APPLY) {
		H(b, ", if it applies: the record does not say ");
		text(b, unsaid_words(clock->rule->when[0].key));
	}
	str way = way_to_record(page, clock);
	if (way.n > 0) {
		H(b, " <a class=\"govuk-link app-no-print\"");
		attr(b, "href", way);
		H(b, ">Record it<span class=\"govuk-visually-hidden\">: ");
		text(b, clock->rule->title);
		H(b, "</span></a>");
	}
	H(b, "</li>\n");
}

static void no_answer_list(
	struct page *page, const struct clocks *clocks, int rank, str heading, str why)
{
	struct buf *b = page->out;
	if (count(clocks, page->today, rank, rank) == 0)
		return;
	H(b, "<h3 class=\"govuk-heading-s\">");
	text(b, heading);
	H(b, "</h3>\n<p class=\"govuk-body\">");
	text(b, why);
	H(b, "</p>\n<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < clocks->n; i++) {
		if (urgency(&clocks->item[i], page->today) == rank)
			no_answer_item(page, &clocks->item[i]);
	}
	H(b, "</ul>\n");
}

/* What the records cannot answer is said once, folded away, as lists of duties and not as a page of
 * unknowns: nobody could mend it by looking at this child alone. */
static void no_answer(struct page *page, const struct clocks *clocks)
{
	struct buf *b = page->out;
	size_t n = count(clocks, page->today, RANK_MAY_NOT_APPLY, RANK_NOT_CARRIED);
	if (n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Cannot be known from the records so far</h2>\n");
	govuk_details_open(b,
		&(struct govuk_details){ .summary_text = arena_format(page->arena,
						 n == 1 ? "%zu clock" : "%zu clocks", n) });
	no_answer_list(page, clocks, RANK_MAY_NOT_APPLY, S("It may not apply"),
		S("Whether these are duties here hangs on something that is not recorded."));
	no_answer_list(page, clocks, RANK_NOT_CARRIED, S("It may have been done"),
		S("No source carries what would show whether these were done. They count from the day "
		  "on which the council says that they are written down here, in its local policy."));
	govuk_details_close(b);
}

void child_clocks_all(struct page *page, struct clocks *clocks)
{
	H(page->out, "<h2 class=\"govuk-heading-m\">Running</h2>\n");
	child_clocks_running(page, clocks);
	if (count(clocks, page->today, RANK_OVER, RANK_OVER) > 0) {
		H(page->out, "<h2 class=\"govuk-heading-m\">Met, missed or no longer "
			     "required</h2>\n");
		table(page, clocks, S("Clocks that are over, latest first"), RANK_OVER, RANK_OVER,
			OVER_SHOWN);
	}
	no_answer(page, clocks);
}

void child_clocks_show(struct page *page)
{
	struct clocks clocks = { 0 };
	struct stored_list people;
	struct stood_list stood;
	struct err err;
	if (!child_people(page, &people, &err) ||
		!store_clocks(page->store, page->arena, page->id, &clocks, &err)) {
		page_failed(page, &err);
		return;
	}
	child_clocks_sort(&clocks, page->today);
	if (!store_stood(page->store, page->arena, page->child.authority, page->id, &clocks,
		    &stood, &err)) {
		page_failed(page, &err);
		return;
	}
	page->own = &stood;
	child_open(page, TAB_CLOCKS, S("Clocks"), &people);
	H(page->out, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(page->out, "href", child_address(page, S("/what-if")));
	H(page->out, ">What if something happened on another day?</a></p>\n");
	child_clocks_all(page, &clocks);
	policy_line(page);
	H(page->out, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(page->out, "href", child_address(page, S("/clocks.csv")));
	H(page->out, ">Download these clocks (CSV)</a></p>\n");
	child_close(page, S("look:clocks"));
}
