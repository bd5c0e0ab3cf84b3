/* story.h - private to ssda903/: one child's rows, of all years, made into the child's records. */
#pragma once

#include "returns/ssda903/rows.h"

/* A period of being looked after, or a placement, as far as it has been told. */
struct spell {
	ref at;       /* in the child's list */
	void *record; /* struct care_period, struct placement */
	size_t index; /* the same place, as a number */
	day lo, hi;   /* first and last day on which it is shown; DAY_MAX: open */
	bool began;   /* its start is known: it is `lo` */
	bool adoption;
};

struct story {
	struct staging *staging;
	struct staged_child *child;
	const struct year_set *sets;
	struct row_header *headers; /* in order of set */
	size_t headers_n;
	struct row_episode *episodes; /* in order of DECOM, then set */
	size_t episodes_n;
	struct row_review *reviews; /* in order of day, then set */
	size_t reviews_n;
	struct row_missing *missings;
	size_t missings_n;
	struct row_fact *facts; /* in order of set, then as they were read */
	size_t facts_n;
	day born;
	struct child *record;      /* of the child itself: item 0 */
	struct row_episode **good; /* episodes that hold together, one of each */
	size_t good_n;
	struct spell *care, *place;
	size_t care_n, place_n;
};

/* All of it: episodes joined and made into spells, then reviews and missing episodes. */
void story_tell(struct story *story);
/* Joins the years' copies of an episode and rejects what contradicts; fills `good`. */
void story_join(struct story *story);
/* Periods, placements and changes of legal status, from `good`. */
void story_spells(struct story *story);

/* The rest of the files: facts.h. After periods and placements. */
void story_facts(struct story *story);

__attribute__((format(printf, 5, 6))) void story_reject(struct story *story,
	const struct row_at *at, const char *column, str value, const char *format, ...);
str story_day(const struct story *story, day d); /* "31/03/2026", in the arena */
/* Rejects a row whose date lies before the birth or after what its file can know. */
bool story_possible(struct story *story, const struct row_at *at, const char *column, day d);
