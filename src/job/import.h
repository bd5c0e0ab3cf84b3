/* import.h - a source's files into the store: read, compared with what is there, saved whole.
 *
 * Everything is read and checked before the store is touched. Then, in one transaction and under
 * one import id, each child is compared with what is stored and only differences are saved: the
 * same files twice change nothing, another year's files go on where the last ended, and a child
 * missing from a file loses nothing.
 */
#pragma once

#include "returns/staged.h"
#include "store/store.h"

enum import_kind { IMPORT_SSDA903, IMPORT_CIN, IMPORT_PEOPLE };

struct import_task {
	enum import_kind kind;
	const struct source *source; /* one file, or for the 903 the folder's */
	size_t n;
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
};

str import_kind_text(enum import_kind kind); /* "ssda903" */
/* Reads and checks the source: pure. False when nothing can be imported. */
MUST_USE bool import_stage(
	const struct import_task *task, day today, struct staging *staging, struct err *err);
/* Stores what was staged; what only the store shows to be wrong joins the rejects. False: the store
 * is as it was, or, as a job of the writer, is once that job has failed. ERR_BUSY: it was given up. */
MUST_USE bool import_save(struct store *store, const struct import_task *task,
	struct staging *staging, struct import_result *result, struct err *err);
