/* tracker.h - a chair's own list of children, however they keep it: which column is what, and what
 * stands in its rows.
 *
 * No two trackers are alike. Columns are guessed by the words of their headings and by the values
 * under them, and a person corrects the guess; then rows are read: who the child is, the last and
 * the next meeting, and the actions that are carried from one to the next. Nothing is refused: what
 * cannot be read as a date is not one.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/grid.h"

enum tracker_column {
	TRACKER_SKIP,
	TRACKER_NUMBER,
	TRACKER_NAME, /* "Maya Otter", "OTTER, Maya" */
	TRACKER_FORENAME,
	TRACKER_SURNAME,
	TRACKER_BORN,
	TRACKER_KIND, /* "CLA", "CP": which meeting a date without more is of */
	TRACKER_REVIEW_LAST,
	TRACKER_REVIEW_NEXT,
	TRACKER_CONFERENCE_LAST,
	TRACKER_CONFERENCE_NEXT,
	TRACKER_MEETING_LAST, /* one or the other */
	TRACKER_MEETING_NEXT,
	TRACKER_MEETING_DUE, /* by their own count */
	TRACKER_ACTION,      /* may stand over several columns */
	TRACKER_ACTION_OWNER,
	TRACKER_ACTION_SET,
	TRACKER_ACTION_DUE,
	TRACKER_ACTION_DONE,
	TRACKER_COLUMNS
};

str tracker_column_text(enum tracker_column column);  /* "review-next": for forms */
str tracker_column_words(enum tracker_column column); /* "Next review, as booked" */
bool tracker_column_find(str text, enum tracker_column *out);

/* What was guessed, or said by a person. */
struct tracker_plan {
	size_t sheet;
	size_t heading; /* index of the row of headings; what is above it is not read */
	enum tracker_column column[GRID_COLUMNS_MAX];
};
/* For one sheet; the answer says how much was recognised, to compare sheets by. */
size_t tracker_guess(
	const struct grids *grids, size_t sheet, day today, struct tracker_plan *out);
/* The sheet that is most like a tracker. */
void tracker_guess_best(const struct grids *grids, day today, struct tracker_plan *out);

/* Which meeting: the words that rules book for are the callers' business. */
enum tracker_meeting { TRACKER_REVIEW, TRACKER_CONFERENCE, TRACKER_EITHER, TRACKER_MEETINGS };

struct tracker_row {
	size_t number; /* in the file */
	str child, forename, surname, name; /* `name` as one text, whatever the columns */
	day born;                           /* DAY_UNKNOWN, as all that is not there */
	enum tracker_meeting kind;
	day last[TRACKER_MEETINGS], next[TRACKER_MEETINGS], due;
	size_t action, actions; /* the first of them, and how many */
};

struct tracker_action {
	size_t row; /* index */
	str what, owner;
	day set, due;
	bool done;
};

struct tracker {
	struct tracker_row *row;
	size_t n;
	struct tracker_action *action;
	size_t actions, actions_room;
};
void tracker_read(struct arena *arena, const struct grids *grids, const struct tracker_plan *plan,
	struct tracker *out);

/* The first date that stands in a text: "2026-11-16", "16/11/26", "Mon 16 Nov 2026 at 10". *at, where
 * it begins, may be NULL. Days come before months. */
bool tracker_day(str text, day *out, size_t *at);
