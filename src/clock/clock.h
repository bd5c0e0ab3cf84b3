/* clock.h - what a rule makes of a subject's events: due when, met when, ended when, and why.
 *
 * One pure function of events, law and coverage. The state word is never stored: clock_state()
 * says it for a day, so nothing goes stale at midnight. The states and their meaning are those of
 * practice: nothing pauses a review, an initial or a review conference.
 */
#pragma once

#include "base/arena.h"
#include "clock/event.h"
#include "law/due.h"

enum clock_state {
	CLOCK_UNKNOWN,      /* with the reason */
	CLOCK_DUE,
	CLOCK_OVERDUE,      /* the due date has passed and the source could have carried the event */
	CLOCK_MET,
	CLOCK_MET_LATE,
	CLOCK_MISSED,       /* never done; the period ended after the due date */
	CLOCK_NOT_REQUIRED, /* ended on or before it, or disapplied */
	CLOCK_STATES
};

/* Why a clock has no date, or does not run. */
enum clock_doubt {
	DOUBT_NONE,
	DOUBT_NO_DATE,     /* the trigger's date is not recorded */
	DOUBT_NO_TIME,     /* hours are counted and the trigger's time is not recorded */
	DOUBT_NO_DETAIL,   /* the day, or how things stood, is not recorded */
	DOUBT_NOT_CARRIED, /* no source carries the event that would meet it, at that time */
	DOUBT_MET_NO_DATE, /* it was done; nobody wrote when */
	DOUBT_MET_NO_TIME, /* done on the day it fell due; at what time is not recorded */
	DOUBT_CALENDAR,    /* the calendar does not reach */
	DOUBT_MAY_NOT_APPLY, /* whether the rule applies hangs on a detail that is not recorded */
};

struct clock {
	const struct rule *rule;
	int64_t thread;
	day from;             /* the trigger, or the previous actual event; DAY_UNKNOWN: not recorded */
	instant from_at;      /* for hours */
	enum word from_word;  /* what happened then */
	int64_t from_event;
	day due;              /* what is worked to: the law's, or the council's own where its policy
			       * sets one; DAY_UNKNOWN when it cannot be counted */
	instant due_at;       /* for hours */
	day due_law;          /* the law's, where `due` rests on a council's figure */
	instant due_law_at;   /* for hours */
	int64_t local;        /* the council's item that it rests on (law/local.h); 0: none */
	day due_data;         /* by the data standard's count where that differs in kind */
	day last_working_day; /* on or before due */
	bool provisional;     /* rests on holidays not yet published */
	day booked;           /* the day the meeting is booked for; DAY_UNKNOWN: not booked */
	day met_on;
	instant met_at;
	int64_t met_event;
	day ended_on;         /* the period ended, and the duty with it; DAY_UNKNOWN: it runs */
	enum word ended_by;   /* WORD_NONE: it runs */
	str disapplied;       /* why the rule does not apply here; empty: it does */
	enum clock_doubt doubt;
	day known_to;         /* the source carries its meeting event up to here; DAY_UNKNOWN: open */
	int64_t calendar;     /* of a stored one: the calendar that its dates were counted with */
};

extern const struct clock clock_blank; /* everything unknown */

struct clocks {
	struct clock *item;
	size_t n, room;
	struct workings *workings; /* private: what computing needs, kept from one subject to the next */
};

/* Appends the clocks of one subject to *out, sorted by rule id, from, thread. `event` is sorted by
 * events_sort and already limited to what is known. `today` says what time has brought about (a
 * first year is over, a term begins: passing.h) and nothing else. Pure; the strings of the result are
 * the rules' own. */
void clocks_compute(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, day today, struct clocks *out);
void clocks_close(struct clocks *clocks);

/* The state on `today`. */
enum clock_state clock_state(const struct clock *clock, day today);
str clock_state_text(enum clock_state state);  /* "met-late": for files */
str clock_state_words(enum clock_state state); /* "Met late": for people */
/* Is somebody still waiting: due, overdue or unknown? */
bool clock_is_open(enum clock_state state);

/* The same by the law's own date: where a council works to another, both are told. */
enum clock_state clock_state_law(const struct clock *clock, day today);
day clock_due_law(const struct clock *clock); /* DAY_UNKNOWN when it cannot be counted */

enum booking_state { BOOKING_NONE, BOOKING_IN_TIME, BOOKING_LATE };
enum booking_state clock_booking(const struct clock *clock);
/* Is its meeting booked in its own thread? Else (a review of a child placed for adoption, the conference
 * of a child who moved here on a plan) a booking belongs to it by its date. */
bool clock_books_in_thread(const struct clock *clock);

/* The limit that the law's date was counted by: the rule's, or its second one where that was earlier. */
const struct limit *clock_limit(const struct clock *clock);

/* What an event is called: NULL for its word, as files have it; html/show_word.h for people. */
typedef str clock_say(enum word word);
/* The limit that the due date was counted by, where the rule is of the council's law. */
const struct limit *clock_limit_local(const struct clock *clock);
/* One sentence: why it is in that state on that day. Plain English, no names. */
void buf_clock_reason(struct buf *buf, const struct clock *clock, day today, clock_say *say);
