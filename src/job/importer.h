/* importer.h - imports beside a running server: one thread, one import at a time.
 *
 * The files are read by `duly worker` (worker.h), which may do nothing else; what it made of them is
 * saved by the writer in one step of its transaction, so that readers see all of it or nothing, and
 * a server that stops or dies leaves nothing of it. How far it is, is known here alone.
 */
#pragma once

#include "job/import.h"
#include "store/job.h"
#include "store/writer.h"

struct importer;

/* Marks what an earlier process left unfinished. NULL, with why. Yours until importer_close. */
MUST_USE struct importer *importer_open(
	struct writer *writer, const struct store_env *env, struct err *err);
/* Gives up what runs, and waits for its end. */
void importer_close(struct importer *importer);

struct importer_asked {
	int64_t job;
	enum import_kind kind;
	struct actor actor; /* texts are copied */
	const struct source *source; /* names and bytes are copied */
	size_t n;
	/* Of kinds whose columns are known by name (import_has_columns): what a person said of them,
	 * copied; and that it is to be saved. Else it is tried, what came of it is kept with the job,
	 * and the files are held for the person's answer: those of the last such job. */
	const struct mapping *mapping;
	bool sure;
};
/* False: one waits already. */
MUST_USE bool importer_give(struct importer *importer, const struct importer_asked *asked);
/* The files that were tried as `held` once more, as the job that is asked for: its source is not looked
 * at. False: they are held no longer, or one waits already. */
MUST_USE bool importer_give_held(
	struct importer *importer, int64_t held, const struct importer_asked *asked);
bool importer_holds(struct importer *importer, int64_t job);
void importer_let_go(struct importer *importer, int64_t job);
/* It ends as cancelled, when it is not done first. False: it does not run here. */
bool importer_cancel(struct importer *importer, int64_t job);

struct importer_progress {
	bool here;        /* this process runs it */
	bool saving;      /* else it is being read */
	size_t done, all; /* children */
};
struct importer_progress importer_progress(struct importer *importer, int64_t job);
