/* rows.h - private to annex_a/: one row being made, and what is asked of a child's records. */
#pragma once

#include "returns/annex_a/write.h"

struct telling {
	struct arena *arena;
	day on;
	const struct told_child *child;
	struct annex_sink sink;
	struct annex_row who; /* what every row of the child begins with */
	size_t rows;
};

#define TOLD(telling, type) (&(telling)->child->of[(type##_type).index])
/* Every record of a type: `it` is the record, `told` what calls it. */
#define EVERY(telling, type, it)                                                                   \
	for (const struct told *told = TOLD(telling, type)->item,                                  \
			       *told##_end = told + TOLD(telling, type)->n;                        \
		told < told##_end; told++)                                                         \
		for (const struct type *it = told->record; it != NULL; it = NULL)

struct annex_row annex_row_of(const struct telling *telling);
void annex_put_text(struct annex_row *row, enum annex_field field, str text);
void annex_put_day(struct annex_row *row, enum annex_field field, day on);
void annex_put_number(struct annex_row *row, enum annex_field field, int64_t number);
/* A national code as the list shows it; one that the list does not have as "K3: Supported ...". */
void annex_put_code(
	struct telling *telling, struct annex_row *row, enum annex_field field, str code);
/* Unknown is said where the list has a word for it. */
void annex_put_answer(struct annex_row *row, enum annex_field field, enum answer answer);
void annex_end_row(struct telling *telling, enum annex_list list, const struct annex_row *row);

/* ---- days; what is later than the day of the lists was not */
bool annex_was(const struct telling *telling, day d);             /* known, and not later */
day annex_shown(const struct telling *telling, day d);
bool annex_within(const struct telling *telling, day d, int months); /* in the months up to it */
/* Open on the day, or ended in the months before it. */
bool annex_open(const struct telling *telling, day began, day ended, int months);
/* The later of the two; one that is not known is earlier than any. */
day annex_later(day a, day b);

void annex_tell_need(struct telling *telling);  /* lists 3 to 7 */
void annex_tell_care(struct telling *telling);  /* 8 to 10 */
