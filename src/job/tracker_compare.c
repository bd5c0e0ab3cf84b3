#include "job/tracker.h"

#include "base/utf8.h"

#include <stdlib.h>

struct comparing {
	struct arena *arena;
	const struct tracker_plan *plan;
	const struct tracker_facts *facts;
	day today;
	struct tracker_found *out;
	/* Of the row that is compared. */
	size_t at;
	const struct tracker_row *row;
	const struct tracker_child *child;
	const struct tracker_clock *clock;
	const struct tracker_held *held;
	const struct tracker_known *known;
	size_t clocks, helds, knowns;
};

/* ---- the facts of one child */

#define FIRST(list, n, wanted, out, count)                                                         \
	do {                                                                                       \
		size_t low_ = 0, high_ = (n);                                                      \
		while (low_ < high_) {                                                             \
			size_t middle_ = low_ + (high_ - low_) / 2;                                \
			if ((list)[middle_].subject < (wanted))                                    \
				low_ = middle_ + 1;                                                \
			else                                                                       \
				high_ = middle_;                                                   \
		}                                                                                  \
		(out) = (n) == 0 ? NULL : (list) + low_;                                           \
		(count) = 0;                                                                       \
		while (low_ + (count) < (n) && (list)[low_ + (count)].subject == (wanted))         \
			(count)++;                                                                 \
	} while (0)

static void gather(struct comparing *c)
{
	const struct tracker_facts *facts = c->facts;
	FIRST(facts->clock, facts->clocks, c->child->subject, c->clock, c->clocks);
	FIRST(facts->held, facts->helds, c->child->subject, c->held, c->helds);
	FIRST(facts->known, facts->knowns, c->child->subject, c->known, c->knowns);
}

static bool is_of(const struct tracker_clock *clock, enum tracker_meeting meeting)
{
	bool review = str_equal(clock->rule->booking, S("cla-review"));
	return meeting == TRACKER_EITHER || (meeting == TRACKER_REVIEW) == review;
}

/* The clock that a date of theirs is about: of what they say it is of, the one due first. */
static const struct tracker_clock *clock_of(const struct comparing *c, enum tracker_meeting meeting)
{
	const struct tracker_clock *best = NULL;
	if (meeting == TRACKER_EITHER)
		meeting = c->row->kind;
	for (size_t i = 0; i < c->clocks; i++) {
		const struct tracker_clock *clock = &c->clock[i];
		if (is_of(clock, meeting) && clock->due != DAY_UNKNOWN &&
			(best == NULL || clock->due < best->due))
			best = clock;
	}
	return best;
}

static bool is_review(const struct tracker_held *held)
{
	return held->word == WORD_CLA_REVIEW_HELD || held->word == WORD_ADOPTION_REVIEW_HELD;
}

static bool was_held(const struct comparing *c, enum tracker_meeting meeting, day on)
{
	for (size_t i = 0; i < c->helds; i++) {
		bool review = is_review(&c->held[i]);
		if (c->held[i].on == on &&
			(meeting == TRACKER_EITHER || (meeting == TRACKER_REVIEW) == review))
			return true;
	}
	return false;
}

static day last_held(const struct comparing *c, enum tracker_meeting meeting)
{
	day last = DAY_UNKNOWN;
	for (size_t i = 0; i < c->helds; i++) {
		bool review = is_review(&c->held[i]);
		if ((meeting == TRACKER_EITHER || (meeting == TRACKER_REVIEW) == review) &&
			c->held[i].on <= c->today)
			last = c->held[i].on > last ? c->held[i].on : last;
	}
	return last;
}

/* ---- dates */

static void differ(struct comparing *c, const char *what, day theirs, day ours)
{
	struct tracker_found *out = c->out;
	out->differ[out->differs++] = (struct tracker_differ){ c->at, c->child, what, theirs, ours };
}

static const char *const last_words[] = { "Last review", "Last conference", "Last review or conference" };
static const char *const next_words[] = { "Next review", "Next conference", "Next review or conference" };
static const char *const past_words[] = { "Next review, which has passed",
	"Next conference, which has passed", "Next review or conference, which has passed" };

static void compare_born(struct comparing *c)
{
	if (c->child->level == 2 && c->row->born != DAY_UNKNOWN && c->child->born != DAY_UNKNOWN &&
		c->row->born != c->child->born)
		differ(c, "Date of birth", c->row->born, c->child->born);
}

static void compare_last(struct comparing *c, enum tracker_meeting meeting)
{
	day theirs = c->row->last[meeting];
	enum tracker_meeting kind = meeting == TRACKER_EITHER ? c->row->kind : meeting;
	day ours = last_held(c, kind);
	if (theirs == DAY_UNKNOWN || theirs == ours)
		return;
	/* A date of either kind agrees with the last of one of them. */
	if (kind == TRACKER_EITHER && (theirs == last_held(c, TRACKER_REVIEW) ||
					      theirs == last_held(c, TRACKER_CONFERENCE)))
		return;
	differ(c, last_words[meeting], theirs, ours);
}

static bool has_column(const struct comparing *c, enum tracker_column column)
{
	for (size_t i = 0; i < GRID_COLUMNS_MAX; i++) {
		if (c->plan->column[i] == column)
			return true;
	}
	return false;
}

static void add_booking(struct comparing *c, const struct tracker_clock *clock, day on)
{
	struct tracker_found *out = c->out;
	bool late = on != DAY_UNKNOWN && on > clock->due;
	out->booking[out->bookings++] = (struct tracker_booking){ .row = c->at, .child = c->child,
		.clock = clock, .on = on, .late = late,
		.new = on != DAY_UNKNOWN && clock->booked != on && clock->thread > 0 };
	out->late += late;
	out->unbooked += on == DAY_UNKNOWN;
}

static void compare_next(struct comparing *c, enum tracker_meeting meeting)
{
	static const enum tracker_column columns[] = { TRACKER_REVIEW_NEXT, TRACKER_CONFERENCE_NEXT,
		TRACKER_MEETING_NEXT };
	day theirs = c->row->next[meeting];
	const struct tracker_clock *clock = clock_of(c, meeting);
	if (!has_column(c, columns[meeting]))
		return;
	if (theirs != DAY_UNKNOWN && theirs < c->today) {
		if (!was_held(c, meeting, theirs))
			differ(c, past_words[meeting], theirs, last_held(c, meeting));
		theirs = DAY_UNKNOWN;
	}
	if (clock == NULL)
		return;
	bool booked = clock->booked != DAY_UNKNOWN && clock->booked >= c->today;
	if (theirs == DAY_UNKNOWN && !booked)
		add_booking(c, clock, DAY_UNKNOWN);
	if (theirs == DAY_UNKNOWN)
		return;
	add_booking(c, clock, theirs);
	if (booked && clock->booked != theirs)
		differ(c, next_words[meeting], theirs, clock->booked);
}

static void compare_due(struct comparing *c)
{
	enum tracker_meeting kind = c->row->kind;
	const struct tracker_clock *clock = clock_of(c, kind);
	if (c->row->due == DAY_UNKNOWN || clock == NULL)
		return;
	for (size_t i = 0; i < c->clocks; i++) {
		if (is_of(&c->clock[i], kind) && c->clock[i].due == c->row->due)
			return;
	}
	differ(c, "Must be held by", c->row->due, clock->due);
}

/* ---- actions */

static str fold(struct arena *arena, str text)
{
	struct buf key = { 0 };
	buf_utf8_fold(&key, text);
	str kept = arena_str(arena, buf_view(&key));
	buf_close(&key);
	return kept;
}

static size_t held_since(const struct comparing *c, day from)
{
	size_t n = 0;
	for (size_t i = 0; i < c->helds; i++)
		n += c->held[i].on > from && c->held[i].on <= c->today;
	/* The last meeting that they write down and nobody has told the council's system of. */
	for (enum tracker_meeting i = TRACKER_REVIEW; i < TRACKER_MEETINGS; i++) {
		day last = c->row->last[i];
		n += last != DAY_UNKNOWN && last > from && last <= c->today &&
		     !was_held(c, TRACKER_EITHER, last);
	}
	return n;
}

static void compare_actions(struct comparing *c)
{
	struct tracker_found *out = c->out;
	for (size_t i = c->row->action; i < c->row->action + c->row->actions; i++) {
		const struct tracker_action *action = &out->tracker->action[i];
		if (action->done)
			continue;
		day from = action->set != DAY_UNKNOWN ? action->set : action->due;
		struct tracker_carried *carried = &out->carried[out->carrieds++];
		*carried = (struct tracker_carried){ .action = i, .child = c->child };
		carried->dated = from != DAY_UNKNOWN && from <= c->today;
		if (carried->dated)
			carried->meetings = held_since(c, from);
		out->survived += carried->meetings >= 2;
		out->undated += from == DAY_UNKNOWN;
		str what = fold(c->arena, action->what);
		for (size_t j = 0; j < c->knowns; j++)
			carried->known |= str_equal(what, fold(c->arena, c->known[j].what));
	}
}

/* ---- in the order in which they are to be read */

static int by_due(const void *a, const void *b)
{
	const struct tracker_booking *x = a, *y = b;
	if (x->clock->due != y->clock->due)
		return x->clock->due < y->clock->due ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static int by_age(const void *a, const void *b)
{
	const struct tracker_carried *x = a, *y = b;
	if (x->meetings != y->meetings)
		return x->meetings > y->meetings ? -1 : 1;
	return x->action < y->action ? -1 : x->action > y->action;
}

void tracker_compare(struct arena *arena, const struct tracker_plan *plan,
	const struct tracker_facts *facts, day today, struct tracker_found *out)
{
	struct comparing c = {
		.arena = arena, .plan = plan, .facts = facts, .today = today, .out = out
	};
	size_t rows = out->tracker->n;
	out->booking = arena_take(arena, rows * TRACKER_MEETINGS + 1, sizeof *out->booking);
	out->differ = arena_take(arena, rows * (TRACKER_MEETINGS * 3 + 2) + 1, sizeof *out->differ);
	out->carried = arena_take(arena, out->tracker->actions + 1, sizeof *out->carried);
	for (c.at = 0; c.at < rows; c.at++) {
		c.row = &out->tracker->row[c.at];
		c.child = out->match[c.at].child;
		if (c.child == NULL)
			continue;
		gather(&c);
		compare_actions(&c);
		/* One child over several rows is one child: its first row tells its dates. */
		if (out->match[c.at].again)
			continue;
		compare_born(&c);
		for (enum tracker_meeting i = TRACKER_REVIEW; i < TRACKER_MEETINGS; i++) {
			compare_last(&c, i);
			compare_next(&c, i);
		}
		compare_due(&c);
	}
	if (out->bookings > 0)
		qsort(out->booking, out->bookings, sizeof *out->booking, by_due);
	if (out->carrieds > 0)
		qsort(out->carried, out->carrieds, sizeof *out->carried, by_age);
}
