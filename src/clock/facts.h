/* facts.h - a CSV file of dated facts, read into each subject's events.
 *
 * Columns: subject,thread,event,on,detail. A bare subject is a child, "dispute:12" a dispute; `on`
 * is a date, a local datetime, or blank for unknown; detail is "key=value;key=value". A row that
 * cannot be read is left out and told to `reject`; the rest goes in.
 */
#pragma once

#include "base/arena.h"
#include "clock/event.h"

struct fact_subject {
	str text; /* as the file writes it */
	size_t first, n; /* its events: in order, repeats dropped */
};

struct facts {
	struct fact_subject *subject; /* in the order of their bytes */
	size_t subjects;
	struct event *event;
	size_t events;
	str *thread; /* texts: number - 1 is the index */
	size_t threads;
	size_t rejected;
};

struct fact_reject {
	size_t line;
	str column, value, reason;
};

/* `text` is UTF-8 and must outlive the facts. Events after `as_of` are left out, but for bookings:
 * a meeting is booked for a day to come. False when the file is no such file. */
MUST_USE bool facts_read(str text, struct arena *arena, day as_of,
	void (*reject)(void *to, const struct fact_reject *reject), void *to, struct facts *out,
	struct err *err);
void facts_close(struct facts *facts);
str facts_thread(const struct facts *facts, int64_t thread); /* its text; empty for 0 */
