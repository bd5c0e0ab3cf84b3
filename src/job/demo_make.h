/* demo_make.h - the parts that a child of the demonstration is made of; private to job/demo*.c. */
#pragma once

#include "job/demo.h"

struct demo_maker {
	const struct demo_options *options;
	day watch;
};

/* Looked after from `began` to `ended` (DAY_UNKNOWN: still), whose born, sex and protection are
 * known. */
void demo_make_care(struct demo_maker *maker, struct dice *dice, struct demo_child *child,
	day began, day ended);
/* The same period for a brother or sister: placements and voice are the child's own. */
void demo_make_care_of_sibling(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child);

/* A plan that began on `began` (a conference was that day) and runs to the last review before
 * `ended`, or is open. */
void demo_make_plan(struct demo_maker *maker, struct dice *dice, struct demo_child *child,
	day began, day ended);
/* A referral, assessed, perhaps enquired into; no plan. The child is old enough for all of it. */
void demo_make_referral(struct demo_maker *maker, struct dice *dice, struct demo_child *child);
/* The episode of need around a period of care: made, unless a plan already made it, and open for
 * as long as the child is looked after. */
void demo_make_need_of_care(struct demo_maker *maker, struct dice *dice, struct demo_child *child);

/* The meetings of a series: `due(previous)` at most; sets when the next one is due. */
struct demo_series {
	day first_due;       /* of the first meeting */
	int second, further; /* months from one to the next */
	day base;            /* the series starts here */
	day ended, now;      /* ended: DAY_UNKNOWN while it runs */
	int on_time;         /* in 1,000 */
	bool conference;
};
size_t demo_make_series(const struct demo_maker *maker, struct dice *dice,
	const struct demo_series *series, struct demo_review *review, size_t n, day *next_due);
day demo_make_booking(
	const struct demo_maker *maker, struct dice *dice, day last, day due, int lead);
/* When the decisions and the record were sent: of a conference, the next day; of a review, 5. */
void demo_make_papers(const struct demo_maker *maker, struct dice *dice, bool conference, day held,
	day *decisions_sent, day *record_sent);
void demo_make_visits(const struct demo_maker *maker, struct dice *dice, day from, day to,
	int apart, struct demo_visits *visits);
day demo_working_before(const struct demo_maker *maker, day d);
day demo_working_after(const struct demo_maker *maker, day d); /* d itself when it is one */
