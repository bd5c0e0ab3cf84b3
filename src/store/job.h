/* job.h - imports that a server makes: what was asked, how it went, what was not taken.
 *
 * The rows say what happened, also after a restart; how far a running one has come is known to the
 * process that runs it (job/importer.h). A job that ends well is ended in the transaction that
 * brings its records: what says "done" is done.
 */
#pragma once

#include "store/store.h"

enum job_state {
	JOB_WAITING,
	JOB_READING,
	JOB_SAVING,
	JOB_DONE,
	JOB_FAILED,
	JOB_CANCELLED,
	JOB_INTERRUPTED, /* the server ended while it ran: nothing of it was kept */
	JOB_CHECKED,     /* read and tried, and nothing kept: somebody is to say whether it may be */
	JOB_STATES
};
str job_state_text(enum job_state state); /* "waiting" */

struct job {
	int64_t id;
	str authority, kind, files; /* names, one a line */
	int64_t actor;
	str who; /* their name; empty: the command line */
	enum job_state state;
	instant asked_at, began_at, ended_at; /* INSTANT_UNKNOWN: not yet */
	day known_to;
	int64_t children, events, rejected, added, edited, by_hand;
	str why; /* it failed, in words */
	int64_t import; /* that came of it; of one that was tried, its own number; 0: none */
};

/* A row of a file that was not taken. */
struct job_reject {
	str file;
	int64_t line;
	str column, value, reason;
};
struct job_rejects {
	struct job_reject *item;
	size_t n, room;
};

/* Asked for. ERR_BUSY, in words for the page, while another of the authority runs; ERR_DENIED. */
MUST_USE bool store_job_add(struct store *store, const struct actor *actor, str kind, str files,
	int64_t *id, struct err *err);
MUST_USE bool store_job_state(
	struct store *store, int64_t id, enum job_state state, struct err *err);
/* How it ended, with what was not taken (may be NULL). */
MUST_USE bool store_job_end(struct store *store, const struct job *job,
	const struct job_rejects *rejects, struct err *err);
/* What ran in a process that is no more. For the start of a server. */
MUST_USE bool store_job_interrupt(struct store *store, struct err *err);

struct job_list {
	struct job *item; /* in the arena */
	size_t n, room;
};
/* The authority's, the latest first. */
MUST_USE bool store_job_list(struct store *store, struct arena *arena, str authority, int64_t most,
	struct job_list *out, struct err *err);
MUST_USE bool store_job_read(struct store *store, struct arena *arena, str authority, int64_t id,
	struct job *out, struct err *err);
/* What it did not take, in the order of the files: `most` after the first `past`. */
MUST_USE bool store_job_rejects(struct store *store, struct arena *arena, int64_t id, int64_t past,
	int64_t most, struct job_rejects *out, struct err *err);
