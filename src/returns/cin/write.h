/* write.h - writes the census of children in need from records: one XML message, child after child.
 *
 * Elements stand in the order of the census's schema (CIN_schema 2026): the reviews of a plan in one
 * <Reviews>, yes and no as 1 and 0. A child is told with each episode of need that was open in the
 * year, and of it what was open, held or done in the year; of what came after the year's end nothing
 * shows. What is not known is left out. The same records give the same bytes, in whatever order and
 * under whatever ids they are stored: that is what lets a return be read in and written again.
 */
#pragma once

#include "base/xml.h"
#include "law/calendar.h"
#include "record/told.h"
#include "record/types.h"

enum { CIN_TYPES = 7 };
extern const struct record_type *const cin_types[CIN_TYPES]; /* that it is written from */

/* A census is of the year that ends on its reference date, 31 March. */
struct cin_year {
	day from, to;
	/* For the target of a conference that nobody recorded: 15 working days from the strategy
	 * discussion. NULL: it is left out. */
	const struct calendar *calendar;
};

/* What is recorded and belongs to the year, but to no episode of need: the census has no place for it. */
struct cin_left_out {
	int64_t plans, enquiries, conferences;
};

/* The message of a year and an authority (three digits). It bears midnight after the year's end as its
 * time, so that it does not hang on when it was made. */
void cin_write_begin(struct xml_out *out, const struct cin_year *year, str authority);
void cin_write_end(struct xml_out *out);
/* How many modules were written; 0: the child has no part in that year's census. left_out counts on;
 * it may be NULL. */
size_t cin_write_child(struct arena *arena, const struct cin_year *year, const struct told_child *child,
	struct xml_out *out, struct cin_left_out *left_out);
