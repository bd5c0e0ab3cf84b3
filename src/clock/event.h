/* event.h - the dated fact that a record leaves, and what the sources could carry.
 *
 * Nothing but the event tables of the record types makes an event, and an event is never
 * rewritten: a correction withdraws it and leaves another. Here it is only read.
 */
#pragma once

#include "base/instant.h"
#include "law/word.h"

struct event {
	enum word word;
	bool from_file; /* a source told it; else a person wrote it here, or time made it of what one wrote */
	day on;         /* local day; DAY_UNKNOWN: it happened, nobody wrote when */
	instant at;     /* where the hour counts; else INSTANT_UNKNOWN */
	int64_t thread; /* which period of care, plan, ...: equal numbers are one thread; 0 is none */
	str detail;     /* "participation=PN1"; borrowed */
	int64_t link;   /* the thread that its own record is, where it is one: a review, a conference.
			 * What later belongs to that meeting has it as its thread. 0: not known */
	int64_t id;     /* of the stored event, or the line of a facts file */
};

/* Puts one subject's events in the order of the day: by date (unknown dates first), then end,
 * start, held, then time, thread, id. Drops a repeat (same word, thread and date): one fact from
 * two sources is one event, and the first keeps its place. Returns how many are left. */
size_t events_sort(struct event *event, size_t n);
/* The same for what stands behind the first `sorted` of them, which keep their places: sorted again, a
 * fact that gained its hour from another source would move. */
size_t events_add(struct event *event, size_t sorted, size_t n);

/* What the sources of a set of events could have carried. */
struct span {
	day from, to; /* both inclusive; DAY_UNKNOWN is open on that side */
};

struct coverage {
	bool all;                /* nothing is limited */
	bool carried[WORDS];     /* else: the words that some source carries */
	struct span span[WORDS]; /* and from when to when */
};

extern const struct coverage coverage_all;

/* "cla-review-held:2024-04-01:2026-03-31,cla-visit-held::": a side left empty is open. A word that
 * is not named is not carried. */
MUST_USE bool coverage_read(str text, struct coverage *out, struct err *err);
/* Joins what another source carries: the spans of a word are widened to hold both. */
void coverage_add(struct coverage *coverage, enum word word, day from, day to);
