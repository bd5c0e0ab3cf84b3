/* leave.h - for the files of record types only: how each writes down the events that it leaves. */
#pragma once

#include "record/types.h"

/* Number of fields of a table. */
#define FIELDS(table) .fields = (table), .n = sizeof(table) / sizeof *(table)

/* An event of the record's own thread, of another record's, or of none. The answer may be added
 * to (its detail). */
struct left *leave_own(struct lefts *out, enum word word, day on);
struct left *leave_in(struct lefts *out, enum word word, day on, ref thread);
struct left *leave_alone(struct lefts *out, enum word word, day on);
/* Adds key=value to the detail; nothing when the value is not known. A day as 2026-03-31. */
void leave_detail(struct arena *arena, struct left *left, str key, str value);
void leave_day(struct arena *arena, struct left *left, str key, day on);
void leave_answer(struct arena *arena, struct left *left, str key, enum answer answer);

/* "An end before its start" is a mistake in every period. */
void check_period(
	struct arena *arena, struct problems *out, day began, day ended, str field, str message);
