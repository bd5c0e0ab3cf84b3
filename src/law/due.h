/* due.h - counting one limit from one day: the due date, and why it is that date.
 *
 * Nothing rolls forward: a limit that lands on a Sunday is due by the Sunday, and the last working
 * day on or before it stands beside it.
 */
#pragma once

#include "base/instant.h"
#include "law/area.h"
#include "law/area.h"
#include "law/calendar.h"
#include "law/rule.h"

/* What the arithmetic knows of the law: shared by all threads, immutable. */
struct law {
	const struct calendar *calendar;
	const struct rules *rules;
	const struct recorded_here *recorded; /* of a council: the nation says nothing of it */
	size_t recordings;
};

/* Loads the embedded calendar and rules into the arena: must() on a fault, for they are ours. */
const struct law *law_open(struct arena *arena);

struct due {
	day on;               /* local day by the end of which (or in which) it is due */
	instant at;           /* for hours only; else INSTANT_UNKNOWN */
	day last_working_day; /* on or before `on`; DAY_UNKNOWN outside the calendar */
	bool provisional;     /* counted with, or falling on, days after the calendar's horizon */
	const struct figure *figure; /* a council's, that it was counted with; NULL: the rule's own */
};

/* `from.at` is needed for a limit in hours; a limit in days uses only from.on. False, with why,
 * when hours lack a time, or the calendar does not reach. */
MUST_USE bool due_count(const struct law *law, const struct rule *rule, struct when from,
	struct due *out, struct err *err);
/* The same without regard to a council's figures: the law's own date. */
MUST_USE bool due_count_law(const struct law *law, const struct rule *rule, struct when from,
	struct due *out, struct err *err);
/* The same for another limit than the rule's. */
MUST_USE bool due_count_as(const struct law *law, const struct rule *rule,
	const struct limit *limit, struct when from, struct due *out, struct err *err);
/* Is a limit that a council set in force on the day of the trigger? NULL: none. */
const struct figure *figure_on(const struct rule *rule, day on);
/* Is that due date after the other? In hours where both have them. */
bool due_is_after(const struct due *a, const struct due *b);
/* The second limit of a rule that has one, from its own event. */
MUST_USE bool due_count_earlier(const struct law *law, const struct rule *rule, struct when from,
	struct due *out, struct err *err);

/* The same for a day that is given and not counted: planned, or ordered by a court. */
void due_given(const struct law *law, day on, struct due *out);

/* That many calendar days, weeks, months or years after the day. */
day limit_add(const struct limit *limit, day from);

/* The days passed over between the two days, neither of them with it, that are not working days: for
 * a limit in working days; none for others. Calls visit for each in order. */
void due_skipped(const struct law *law, const struct limit *limit, day from, day due,
	void (*visit)(void *to, day d, str why), void *to);
