/* record.h - what a person wrote down or a file brought: a struct, its fields, the events it leaves.
 *
 * A record type is a table that a practice lead could check: which fields, in what words, and which
 * dated facts follow. Everything else (tables on both databases, versions, forms, history, CSV)
 * reads these tables. The kind of a field comes from its C type, so table and struct cannot
 * disagree.
 */
#pragma once

#include "base/arena.h"
#include "base/instant.h"
#include "law/word.h"

/* Another record, by id; 0 is none. Below zero, in a batch of changes: the record that change
 * number -id - 1 of the same batch adds. */
typedef struct ref {
	int64_t id;
} ref;

enum answer { ANSWER_UNKNOWN, ANSWER_YES, ANSWER_NO };

enum kind {
	KIND_TEXT,   /* str: TEXT, NULL when empty */
	KIND_DAY,    /* day: BIGINT, NULL when unknown */
	KIND_WHEN,   /* struct when: two columns, NAME_on and NAME_at */
	KIND_ANSWER, /* enum answer: BIGINT 1 yes, 0 no, NULL unknown */
	KIND_NUMBER, /* int64_t, never negative: BIGINT; -1 (NULL) when unknown */
	KIND_REF,    /* ref: BIGINT, NULL when none */
};

struct record_type;
struct code_list;

enum field_flag {
	FIELD_REQUIRED = 1 << 0,
	FIELD_PROTECTED = 1 << 1, /* names a person or a place: never in a log, a title or a URL */
	FIELD_THREAD = 1 << 2,    /* a ref to the record whose period this belongs to */
	FIELD_LONG = 1 << 3,      /* a text that may hold line breaks */
	FIELD_PAST = 1 << 4,      /* a form takes no day to come */
	FIELD_KEPT = 1 << 5,      /* no form asks for it: a correction keeps what is there */
	/* Came to a type that stores held already: unknown, it is not in the canonical line, so that
	 * the digests of what was written before still hold. */
	FIELD_LATER = 1 << 6,
	FIELD_HIDDEN = 1 << 7,  /* a form carries it and does not show it */
	FIELD_NO_TIME = 1 << 8, /* of a KIND_WHEN: a form asks for the day alone */
	/* No file carries it. Whoever writes it alone does not take the record over from the files. */
	FIELD_OURS = 1 << 9,
	FIELD_HOUR = 1 << 10, /* a text that is a time of day: a form takes "2:30pm", and it is kept as 14:30 */
};

/* What a ref may stand for, beside the kinds of thread: some of those of one kind alone. */
enum {
	TO_ADOPTION = 1 << 30, /* a placement for adoption */
	TO_PRE_PROCEEDINGS = 1 << 12,
	TO_APPLICATION = 1 << 13,
	TO_PROCEEDINGS = 1 << 14,
	TO_REPORT = 1 << 15,
	TO_ASSESSMENT_ORDER = 1 << 16,
	TO_COURT_END = 1 << 17,
	TO_LONG_STAY = 1 << 18,
	TO_VISITING = 1 << 19, /* of a child on another council's plan */
	TO_MOVED_HERE = 1 << 20, /* a move here of such a child */
};

struct field {
	const char *name; /* of the C member and the column */
	enum kind kind;
	size_t at; /* offset in the struct */
	str label; /* "Date of the review" */
	unsigned flags;
	size_t limit;                  /* most characters of a text; 0 means 200 */
	const struct code_list *codes; /* a text must be one of these */
	/* For a form: help under the label; what to say where it is required and empty ("Enter the
	 * date of the review"); and of a ref, which kinds of thread may be picked. */
	str hint, ask;
	str filed; /* a code that only files carry: no person writes it */
	unsigned to;
};

#define RECORD_KIND(type, member)                                                                  \
	_Generic(((struct type *)0)->member, str : KIND_TEXT, day : KIND_DAY, struct when : KIND_WHEN, \
		enum answer : KIND_ANSWER, int64_t : KIND_NUMBER, ref : KIND_REF)
#define F(type, member, ...)                                                                       \
	{ .name = #member, .kind = RECORD_KIND(type, member), .at = offsetof(struct type, member), \
		__VA_ARGS__ }

/* A mistake of the person (or the file), in words for the form (or the list of rejects). */
struct problem {
	str field;   /* name of the field; empty: the record as a whole */
	str message; /* "Enter the date of the review" */
};

struct problems {
	struct problem *item;
	size_t n, room;
};

/* An event on its way out of a record. */
struct left {
	enum word word;
	day on;
	instant at;
	int64_t thread; /* id of the record that is the thread; 0: the record itself (see own_thread) */
	bool own_thread;
	str detail; /* in the arena */
	/* Key under which the detail also names the record itself, which has no id until it is
	 * stored: "review" makes "...;review=123". Empty: it does not. See left_detail(). */
	str own_key;
};

struct lefts {
	struct left item[8];
	size_t n;
};

/* Both once the record that left it has its id. */
int64_t left_thread(const struct left *left, int64_t id);
str left_detail(struct arena *arena, const struct left *left, int64_t id);

/* Whose work it is to write a record of a type. */
enum record_right { RIGHT_RECORD, RIGHT_BOOK, RIGHT_ALLOCATE, RIGHT_RESTRICT, RIGHT_MATTER };

struct record_type {
	str name;  /* "cla_review": the table is record_cla_review */
	str title; /* "Review of a looked after child" */
	enum subject_kind subject;
	/* Of a type whose kinds stand on subjects of several kinds: whose this one is. NULL: `subject`. */
	enum subject_kind (*subject_of)(const void *record);
	size_t size; /* of the struct */
	const struct field *fields;
	size_t n;
	/* The events that a record in this state leaves: a pure function of the record. */
	void (*leaves)(struct arena *arena, const void *record, struct lefts *out);
	/* What only this type knows to be wrong, beyond the field table. May be NULL. */
	void (*check)(struct arena *arena, const void *record, struct problems *out);
	/* The kinds of thread that a ref may stand for beside what else is said: a conference is
	 * booked for a plan, a review for a period of care. NULL: the field's own. */
	unsigned (*narrow)(const struct field *field, const void *record);
	/* The same type as a form asks for records of one kind, in the arena: its labels, and fields
	 * that are not asked (FIELD_KEPT). The kind is the first field. NULL answer: no such kind.
	 * NULL: all records of the type are asked for alike. */
	const struct record_type *(*shape)(struct arena *arena, str kind);
	/* How a person at the desk comes to write one: "A review was held", and a line about it.
	 * Empty: only a file or another act brings it; it can be corrected all the same. */
	str desk, desk_hint;
	enum record_right right; /* what it takes to write one */
	bool single; /* a child has one: a second is a correction of the first */
	unsigned index;  /* in record_types */
	unsigned thread; /* of enum thread_kind: what a ref to it stands for as a thread; 0 none */
};

extern const struct record_type *const record_types[];
extern const size_t record_types_n;
const struct record_type *record_type_find(str name); /* NULL when there is none */
const struct field *record_field(const struct record_type *type, str name); /* the same */

/* On what kind of subject a record stands. */
enum subject_kind record_subject(const struct record_type *type, const void *record);

/* Required, length, valid UTF-8, dates in range, codes, then the type's own check. */
void record_check(struct arena *arena, const struct record_type *type, const void *record,
	struct problems *out);
void problem_add(struct arena *arena, struct problems *problems, str field, str message);
/* Field by field: are they the same? */
bool record_equal(const struct record_type *type, const void *a, const void *b);
bool field_equal(const struct field *field, const void *a, const void *b);
bool field_known(const struct field *field, const void *record); /* says it anything? */
void field_copy(const struct field *field, const void *from, void *to);
/* The fields in which they differ, in order of the table; `out` has room for type->n. How many. */
size_t record_differ(const struct record_type *type, const void *a, const void *b,
	const struct field **out);
/* leaves(), by the type. */
void record_leaves(struct arena *arena, const struct record_type *type, const void *record,
	struct lefts *out);
/* A fresh struct with everything unknown. */
void *record_new(struct arena *arena, const struct record_type *type);
/* A field as a person reads it: "18 December 2026", "Yes", "Not recorded". */
void buf_field(struct buf *buf, const struct field *field, const void *record);
/* The field's text for files and digests: ISO dates, "yes"/"no", empty when unknown. */
void buf_field_text(struct buf *buf, const struct field *field, const void *record);
/* One canonical line of all fields, length-prefixed: what the ledger's digest covers. */
void buf_record_canonical(
	struct buf *buf, const struct record_type *type, const void *record);
