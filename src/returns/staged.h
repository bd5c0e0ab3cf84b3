/* staged.h - what a return says of each child, read and made sense of, before anything is stored.
 *
 * A reader fills a `struct staging`: each child's records in order, the rows it could not take and
 * why, and what the source carries from when to when. Pure: texts in, records out. Everything
 * lives in the arena, except that texts may point into the sources, which must outlive it.
 */
#pragma once

#include "base/intern.h"
#include "record/types.h"

/* A file as it came: its name as a person knows it, and its bytes. */
struct source {
	str name; /* "this/episodes.csv" */
	str bytes;
};

/* A row that was not taken. */
struct reject {
	str file;
	size_t line;
	str column; /* or the element; empty: the row as a whole */
	str value;
	str reason; /* half a sentence that says what to mend */
};

struct rejects {
	struct reject *item;
	size_t n, room;
};

/* One record of a child. A ref below zero in it is item -id - 1 of the same child. */
struct staged {
	const struct record_type *type;
	void *record;
	str file;
	size_t line;
	/* The first and last day on which the source shows this period; for matching a period whose
	 * start one of two sources does not know. DAY_UNKNOWN: not a period, or still open. */
	day from, to;
	/* Fields (bits by place in the type's table) that the source settles even by leaving them
	 * empty. Any other empty field says nothing. */
	uint32_t settles;
};

struct staged_child {
	str number;
	struct staged *item;
	size_t n, room;
};

struct staged_cover {
	enum word word;
	day from, to;
};

/* What a column of ours was taken from, where a reader knows columns by their names (columns.h). */
enum column_how { COLUMN_NONE, COLUMN_MAPPED, COLUMN_NAMED, COLUMN_GUESSED, COLUMN_SPARE, COLUMN_HOWS };
struct staged_column {
	str list;    /* "ssd_cp_plans" */
	str column;  /* ours; empty: the file has the heading, and nothing of ours is under it */
	str heading; /* the file's; empty: it has none */
	enum column_how how;
	bool needed;
};

struct staging {
	struct arena *arena;
	struct intern numbers; /* of children: their place in `children` */
	struct {
		struct staged_child *item;
		size_t n, room;
	} children; /* one without records: nothing good was told of it */
	struct rejects rejects;
	struct staged_cover cover[64];
	size_t covers;
	day known_to;     /* DAY_UNKNOWN: the source is not about a time */
	str authority;    /* as the source names it: "330"; empty when it does not */
	struct buf notes; /* lines for the person: files passed over, columns not known */
	struct {
		struct staged_column *item;
		size_t n, room;
	} columns;
	str refused; /* why nothing of it can be taken, where a mapping of columns would mend it */
};

void staging_open(struct staging *staging, struct arena *arena);
void staging_close(struct staging *staging);
struct staged_child *staging_child(struct staging *staging, str number); /* found or made */
/* The record made by record_new. The answer moves with the child's next record. */
struct staged *staging_add(struct staging *staging, struct staged_child *child,
	const struct record_type *type, str file, size_t line);
ref staged_ref(const struct staged_child *child, const struct staged *item);
void staging_cover(struct staging *staging, enum word word, day from, day to);
void staging_reject(struct staging *staging, struct reject reject);
/* Takes back the records that their own type finds wrong, and those that hang on them: each is a
 * reject. After the reader, before the store. */
void staging_check(struct staging *staging);
/* The events that all staged records leave. */
size_t staging_events(const struct staging *staging, struct arena *scratch);
/* "file,line,column,value,reason", with its header. Safe to open in a spreadsheet. */
void buf_rejects(struct buf *buf, const struct rejects *rejects);
/* "this/episodes.csv, line 7, column DEC, \"31/02/2025\": 31 February is not a date" */
void buf_reject(struct buf *buf, const struct reject *reject);
