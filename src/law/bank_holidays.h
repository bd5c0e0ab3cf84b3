/* bank_holidays.h - the bank holidays as GOV.UK publishes them (bank-holidays.json), held against the
 * calendar in force.
 *
 * Who reads such a file trusts it with every date that the service answers for. So it is taken whole
 * or not at all: each reason to refuse names the line, and what is lawful but unusual is a warning
 * for a person to read. Only the division of England and Wales is read.
 *
 * Pure. Rows are text as law/holidays.csv: "date,title,note".
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"

enum { BANK_HOLIDAYS_BYTES = 256 << 10 };

/* Reads the file and puts its days as rows after a heading. False with the line and the reason when
 * it is not UTF-8, not JSON or not of that shape; a day is none, comes twice, out of order, before
 * 2012 or at a weekend; a year has too few or too many, or lacks Good Friday or Christmas Day. */
MUST_USE bool bank_holidays_read(struct arena *arena, str json, struct buf *rows, struct err *err);

struct bank_change {
	day on;
	str title;
	bool added; /* else it is no bank holiday any more */
	bool past;
};

struct bank_join {
	str rows;          /* the calendar that results, as law/holidays.csv */
	int first, last;   /* years that the file publishes */
	bool same;         /* it says what is in force already */
	struct bank_change *change; /* by day, in the arena */
	size_t changes;
	size_t warnings;   /* changes that a person should be asked about: buf_bank_warnings() */
};

/* The calendar in force, with the years of the file in the place of its own. False when it would
 * take back a bank holiday that is past, ends before what is published already, or leaves a year
 * out. `today` says what is past. */
MUST_USE bool bank_holidays_join(struct arena *arena, str in_force, str rows, day today,
	struct bank_join *out, struct err *err);
/* A day of the past that becomes a bank holiday; one to come that no longer is. */
bool bank_change_warns(const struct bank_change *change);
/* Two calendars made one: of each year what `newer` publishes, else what `older` does. */
str bank_holidays_over(struct arena *arena, str older, str newer);
