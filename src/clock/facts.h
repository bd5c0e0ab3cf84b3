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
	const struct event *event; /* in order, repeats dropped */
	size_t n;
	const str *thread; /* texts: number - 1 is the index */
	size_t threads;
	bool plain; /* nothing in the file is quoted: neither text needs it */
};

struct fact_reject {
	size_t line;
	str column, value, reason;
};

/* One subject; it is gone when the function returns. */
typedef void facts_visit(void *to, const struct fact_subject *subject);
struct facts_told {
	facts_visit *visit;
	void (*reject)(void *to, const struct fact_reject *reject);
	void *to;
};

/* Tells each subject, in the order of their bytes: while it reads where the file has that order, and else
 * when all is read. `text` is UTF-8. Events after `as_of` are left out, but for bookings: a meeting is
 * booked for a day to come. False when the file is no such file: then nothing was told. */
MUST_USE bool facts_each(str text, struct arena *arena, day as_of, const struct facts_told *told,
	size_t *rejected, struct err *err);
str fact_thread(const struct fact_subject *subject, int64_t thread); /* its text; empty for 0 */
