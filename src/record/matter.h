/* matter.h - what has clocks and is no child: a dispute, a home, a serious incident, a complaint, a
 * request for records, the council's yearly reports.
 *
 * A matter is a subject of its own: one record says what it is and which child it concerns (matter),
 * and one each what was done (matter_step). Both have kinds, rows of matters.def: a kind of matter is a
 * kind of subject, a kind of step a word of law/word.h. Pure.
 */
#pragma once

#include "record/types.h"

/* Whether a child is named. */
enum matter_child { CHILD_NONE, CHILD_MAY, CHILD_MUST };

struct matter_kind {
	enum subject_kind subject;
	str text;   /* of the subject: "dispute" */
	str letter; /* its references begin with it: "D-12" */
	str title, titles; /* "Dispute", "Disputes" */
	enum matter_child child;
	str about, hint; /* label of what it is about, or of the home's name; empty: not asked */
	bool single;     /* a council has one */
};
extern const struct matter_kind matter_kinds[];
extern const size_t matter_kinds_n;
const struct matter_kind *matter_kind_of(enum subject_kind subject); /* NULL: it is no matter */
const struct matter_kind *matter_kind_find(str text);                /* NULL: there is none */

struct matter_step_kind {
	enum word word;
	str text;  /* of the word: "dispute-raised" */
	str title; /* "Dispute raised" */
	str date;  /* label of the day */
	const struct code_list *choice; /* of a detail that is one of a few; NULL: none */
	str key, question;
	const struct code_list *regards; /* of a second such detail */
	str regards_key, regards_question;
	str answer_key, answer_question; /* of a plain yes or no; empty: none */
	enum word also; /* what a yes brings about on the same day; WORD_NONE: nothing */
	str opens;      /* of a step that a matter begins with: "A dispute was raised" */
};
extern const struct matter_step_kind matter_step_kinds[];
extern const size_t matter_step_kinds_n;
const struct matter_step_kind *matter_step_find(str text); /* NULL: there is none */
/* "D-12" */
str matter_reference(struct arena *arena, enum subject_kind subject, int64_t number);

/* Is it a record of a matter, and not of a child? */
bool matter_is(const struct record_type *type);
