/* step.h - what can be written down in a few words: one row a kind, for a form that asks only what
 * that kind needs.
 *
 * A step is one record type with one table (steps.def); a kind is a word of law/word.h, with how a
 * form asks for it and whose period it belongs to. The text of a kind is the word's own text. Pure.
 */
#pragma once

#include "record/types.h"

enum step_group {
	STEP_REVIEWS,
	STEP_CHANGES,
	STEP_PLACEMENTS,
	STEP_HEALTH,
	STEP_LEAVING,
	STEP_ADOPTION,
	STEP_BREAKS,
	STEP_CUSTODY,
	STEP_SECURE,
	STEP_FOSTERING,
	STEP_STAYS,
	STEP_PROTECTION,
	STEP_MOVES,
	STEP_MISSING,
	STEP_COURTS,
	STEP_CLOSING,
	STEP_GROUPS
};

/* Whose period a step belongs to. */
enum step_about {
	ABOUT_NOTHING, /* none */
	ABOUT_MUST,    /* one that is recorded */
	ABOUT_MAY,     /* one that is recorded, where there is one yet */
	ABOUT_OWN,     /* it begins a period of its own, or goes on with one that is recorded */
};

struct step_kind {
	enum word word;
	str text; /* of the word: "remanded" */
	enum step_group group;
	str title; /* what was done: "Child remanded" */
	str date;  /* label of the day */
	unsigned to; /* kinds of thread that may be picked */
	enum step_about about;
	str whose;    /* label of what is picked */
	str by;       /* label of a second day, detail "by"; empty: none */
	const struct code_list *choice; /* of a detail that is one of a few; NULL: none */
	str key;      /* of the detail: of the choice, or of a plain yes or no */
	str question; /* its label */
	bool time;    /* the hour counts */
	bool ahead;   /* its day may lie ahead */
};

extern const struct step_kind step_kinds[];
extern const size_t step_kinds_n;
const struct step_kind *step_kind_find(str text); /* NULL when there is none */
str step_group_title(enum step_group group);      /* "Secure accommodation" */
