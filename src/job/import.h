/* import.h - a source's files into the store: read, compared with what is there, saved whole.
 *
 * Everything is read and checked before the store is touched. Then, in one transaction and under
 * one import id, each child is compared with what is stored and only differences are saved: the
 * same files twice change nothing, another year's files go on where the last ended, and a child
 * missing from a file loses nothing.
 */
#pragma once

#include "returns/columns.h"
#include "job/import_match.h"

enum import_kind {
	IMPORT_SSDA903,
	IMPORT_CIN,
	IMPORT_PEOPLE,
	IMPORT_SSD,     /* the Standard Safeguarding Dataset */
	IMPORT_ANNEX_A, /* Ofsted's workbook */
	IMPORT_KINDS
};

struct import_task {
	enum import_kind kind;
	const struct source *source; /* one file, or for the 903 the folder's */
	size_t n;
	/* Of kinds whose columns are known by name: */
	const struct mapping *mapping; /* what a person said; may be NULL */
	day as_at; /* the day on which it was taken; 0 or DAY_UNKNOWN: the last that it tells */
	/* Nothing is written: what would be is counted and listed. `actor` may be NULL. */
	bool dry;
	str authority;
	const struct actor *actor;
	/* Called now and then with how many children of how many are done; may be NULL. */
	void (*progress)(void *to, size_t done, size_t all);
	/* Asked as often: true when it is to be given up. May be NULL. */
	bool (*given_up)(void *to);
	void *to;
};

struct import_result {
	int64_t children, events, rejected; /* that the source told; rows */
	int64_t added, edited;              /* records written */
	int64_t by_hand; /* that differ from what a person entered, which stays */
	int64_t changed, created; /* children of whom something changed; new ones among them */
	int64_t gone, missing;    /* children, records of others: told before, not told now; they stay */
	int64_t import;           /* its number; 0 when it was tried */
	/* Of kinds whose changes are listed, in the staging's arena. */
	struct import_change {
		str number;
		const struct record_type *type;
		struct match_count count;
	} *change;
	size_t changes, changes_room;
};

str import_kind_text(enum import_kind kind); /* "ssda903" */
bool import_kind_find(str text, enum import_kind *out);
/* Its columns are known by name, a person may correct how, and it is tried before it is saved. */
bool import_has_columns(enum import_kind kind);
/* Is the first of the files one that only the confined worker opens (a workbook, a zip file)? */
bool import_is_packed(const struct source *source, size_t n);
/* Reads and checks the source: pure. False when nothing can be imported. */
MUST_USE bool import_stage(
	const struct import_task *task, day today, struct staging *staging, struct err *err);
/* Stores what was staged; what only the store shows to be wrong joins the rejects. False: the store
 * is as it was, or, as a job of the writer, is once that job has failed. ERR_BUSY: it was given up. */
/* The list of what was changed, under the number of the import, or of the job that tried it. */
MUST_USE bool import_keep_changes(struct store *store, int64_t import,
	const struct import_result *result, struct arena *arena, struct err *err);
MUST_USE bool import_save(struct store *store, const struct import_task *task,
	struct staging *staging, struct import_result *result, struct err *err);
