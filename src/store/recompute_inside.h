/* recompute_inside.h - what the files of recompute share: a chunk of subjects, stored and made. */
#pragma once

#include "clock/suppose.h"
#include "record/matter.h"
#include "store/calendar.h"
#include "store/inside.h"

/* What is stored of a chunk of subjects: rows of one table in order of subject, and how far the
 * walk through them has come. */
struct rows {
	const struct table *table;
	struct cell **item;
	size_t n, room, at;
};

/* The same for records of one type. */
struct records {
	struct row *item;
	size_t n, room, at;
};

struct stood {
	int64_t id;
	enum openness openness;
	bool real;
	int64_t import;
	day wake_on;
};

/* A newer calendar: what it does is counted, and written or not. */
struct moving {
	const struct law *law; /* the council's, by the calendar before */
	int64_t was;           /* its calendar's number */
	const struct calendar *newer;
	int64_t number;
	bool write;
	struct calendar_effect effect;
};

/* A clock that is over, and the dates that it keeps. */
struct held {
	int64_t subject, thread, from_event, calendar;
	str rule;
	day from, stood_from, due, due_data, last_working_day;
	instant due_at;
	bool decided;
};

/* A subject that is no child. */
struct matter_stored {
	int64_t subject;
	const struct matter_kind *kind; /* NULL: what it was is removed for good */
	str reference, number, about;
	bool withdrawn;
};

struct chunk {
	struct store *store;
	str authority;
	const struct law *law; /* the council's */
	struct arena *arena;
	const struct coverage *coverage;
	const struct coverage *carried; /* of the subject at hand: that, or all of a matter */
	const struct people *people;
	bool demonstration;
	int64_t calendar; /* the number of its calendar */
	struct moving *asked;  /* what a newer calendar would do; NULL: not asked */
	struct moving *moving; /* of the subject at hand: a newer calendar moves its clocks now */
	struct following *following; /* NULL: all clocks follow the newest calendar */
	bool holding;          /* some clock keeps older dates */
	struct {
		struct held *item;
		size_t n, room, at;
	} holds;
	day today;
	struct compared *compared; /* NULL: what differs is written */
	int64_t signed_import;     /* the last that was asked for, and the answer */
	bool signed_after;
	struct same same; /* who are one child */
	const int64_t *subject; /* those wanted, in order */
	size_t subjects;
	struct {
		struct event_row *item;
		size_t n, room, at;
	} events;
	struct rows clocks, child_rows, access, search_keys, matter_rows;
	struct {
		struct matter_stored *item;
		size_t n, room, at;
	} matters;
	struct records children, allocations, restrictions, bars;
	struct sights sights;
	struct {
		struct stood *item;
		size_t n, room, at;
	} stood;
	struct heard_rows *heard;
	struct db_load *clock_load, *row_load, *access_load, *search_load, *matter_load;
	struct clocks made;
	struct {
		struct event *item;
		size_t n, room;
	} event;
};

/* ---- recompute_read.c */
MUST_USE bool recompute_read(struct chunk *chunk, struct err *err);
MUST_USE bool recompute_read_rows(struct chunk *chunk, struct rows *rows, const struct table *table,
	const struct sql *sql, struct err *err);
/* Each walk goes forward only: the rows or records of the subject, and *n of them. */
struct cell **recompute_rows_of(struct rows *rows, int64_t subject, size_t *n);
const struct row *recompute_records_of(struct records *records, int64_t subject, size_t *n);
/* The first record of one subject; NULL when it has none. */
const void *recompute_record_of(struct records *records, int64_t subject);
/* Puts the events that count for the subject, sorted, into chunk->event. */
MUST_USE bool recompute_take_events(struct chunk *chunk, int64_t subject, struct err *err);

/* ---- recompute_open.c */
/* What files and signatures say; then what a restriction adds to it. */
enum openness recompute_openness(const struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation);
void recompute_restrict_more(struct chunk *chunk, int64_t subject, enum openness *openness);
/* The same where nothing is written: what should stand, by who signed since. */
MUST_USE bool recompute_openness_due(struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation, enum openness *out, struct err *err);

/* ---- recompute_hold.c */
MUST_USE bool recompute_holds_any(struct chunk *chunk, struct err *err);
MUST_USE bool recompute_read_holds(struct chunk *chunk, struct err *err);
void recompute_hold(struct chunk *chunk, int64_t subject, struct clocks *clocks);
/* What chunk->moving does to the subject, whose clocks chunk->made are by the newer calendar. */
MUST_USE bool recompute_move(struct chunk *chunk, int64_t subject, struct err *err);

/* ---- calendar_hold.c: a clock that is over waits; what waits is told the newest dates, or ends */
MUST_USE bool hold_write(struct chunk *chunk, int64_t subject, const struct clock *was,
	const struct clock *then, struct err *err);
MUST_USE bool hold_turn(struct chunk *chunk, int64_t subject, const struct clock *then, bool ends,
	struct err *err);

/* ---- recompute_turn.c: clocks that still follow a newer calendar */
MUST_USE bool recompute_follow(struct chunk *chunk, struct err *err);
MUST_USE bool recompute_follow_end(struct chunk *chunk, struct err *err); /* counts what was moved */
MUST_USE bool recompute_read_turns(struct chunk *chunk, struct err *err);
/* Is the subject's turn still to come? *moving: by what; NULL: it was accepted, and is made anew. */
bool recompute_is_turn(struct chunk *chunk, int64_t subject, struct moving **moving);
MUST_USE bool recompute_turn_had(struct chunk *chunk, int64_t subject, struct err *err);

/* ---- recompute_matter.c */
extern const struct table recompute_matter_table;
MUST_USE bool recompute_read_matters(struct chunk *chunk, struct err *err);
const struct matter_stored *recompute_matter_of(struct chunk *chunk, int64_t subject); /* NULL: a child */
MUST_USE bool recompute_put_matter(struct chunk *chunk, const struct matter_stored *matter,
	int64_t subject, struct err *err);

/* ---- recompute_clocks.c */
extern const struct table recompute_clock_table;
MUST_USE bool recompute_put_clocks(struct chunk *chunk, int64_t subject, struct err *err);
/* Is the clock stored as it is here: begun, met and ended? */
bool recompute_stands(struct chunk *chunk, int64_t subject, const struct clock *clock);

/* ---- recompute_put.c */
MUST_USE bool recompute_put_rows(struct chunk *chunk, struct rows *rows, struct db_load *load,
	const struct sql *drop, int64_t subject, struct cell *const *wanted, size_t n, struct err *err);
extern const struct table recompute_access_table;
/* Where chunk->compared is not NULL, what differs is told there, and nothing is written. */
void recompute_tell_difference(struct chunk *chunk, int64_t subject, const char *table);
MUST_USE bool recompute_put_child_row(
	struct chunk *chunk, const struct summary *summary, struct err *err);
MUST_USE bool recompute_put_access(
	struct chunk *chunk, const struct summary *summary, struct err *err);
MUST_USE bool recompute_put_search_keys(
	struct chunk *chunk, const struct summary *summary, struct err *err);
MUST_USE bool recompute_put_stood(struct chunk *chunk, const struct stood *stood,
	enum openness openness, struct err *err);
MUST_USE bool recompute_open_loads(struct chunk *chunk, struct err *err);
/* Also those that were not opened; what was loaded is in the tables when it is true. */
MUST_USE bool recompute_close_loads(struct chunk *chunk, struct err *err);
