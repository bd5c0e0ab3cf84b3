/* clocks_put.h - a clock as a row of CSV, as it is or beside what it would be, or as a line of JSON. */
#pragma once

#include "base/csv.h"
#include "clock/suppose.h"

void clocks_put_header(struct csv_out *out, bool supposed);
void clocks_put(struct csv_out *out, str subject, str thread, const struct clock *clock, day as_of);
/* The same of texts that need no quotation marks: most of the millions. */
void clocks_put_plain(
	struct csv_out *out, str subject, str thread, const struct clock *clock, day as_of);
/* On both sides: as it is, and as it would be. */
void clocks_put_supposed(struct csv_out *out, str subject, str thread,
	const struct supposed_clock *clock, day as_of);
/* One object, with where its date comes from; `duly help clocks` says each key. */
void clocks_put_json(struct buf *out, str subject, str thread, const struct clock *clock, day as_of);
