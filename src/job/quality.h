/* quality.h - checks of the returns that are kept, so that the page of data quality can say what was found.
 *
 * Of files as they are imported; and of Duly's own records, as the return would write them: each night and
 * when somebody asks, beside a running server, by a thread that reads for itself and gives what it found to
 * the writer in small parts. One that a process did not end is made again.
 */
#pragma once

#include "job/import.h"
#include "job/quality_find.h"
#include "store/quality.h"
#include "store/writer.h"

/* Keeps what was found; `kind` is "ssda903" or "cin". */
MUST_USE bool quality_keep(struct store *store, const struct actor *actor, str authority, str kind,
	enum quality_source source, const struct quality_found *found, int64_t *id, struct err *err);

/* Checks the files that were imported and keeps what was found; files of nothing that is checked are passed
 * over. `findings` how many; -1: passed over. */
MUST_USE bool quality_of_import(struct store *store, const struct import_task *task, int64_t *findings,
	struct err *err);

/* The same of Duly's own records, as the return would write them: read by `reader`, which nothing else uses.
 * False too where there is no such return. */
MUST_USE bool quality_of_records(struct store *reader, struct arena *arena, str authority, str kind, int year,
	struct quality_found *out, struct err *err);

/* Both returns of the records at once, for who holds the store alone. */
MUST_USE bool quality_check_all(struct store *store, const struct actor *actor, str authority, day today,
	struct err *err);

/* The thread that checks: each night between one and five, and what was asked for, at once. */
struct quality_watch;
MUST_USE struct quality_watch *quality_watch_open(struct store *store, struct writer *writer, struct err *err);
/* Gives up what runs. Before writer_close(). NULL is fine. */
void quality_watch_close(struct quality_watch *watch);

/* Which collection people work on: from April to August the year that is over, else the one that runs. The
 * year of the 31 March that closes it. */
int quality_year(day today);
