/* return.h - a statutory return written from Duly's own records: whole or not at all, checked before
 * it is handed over, and the same bytes from the same records.
 *
 * Each return is a row of return_kinds: which records it reads, how it writes a child, what our own
 * check says of the files, and as which tables it is held against the last one. The children come in
 * order of the council's number, one at a time: memory does not grow with them while writing. The
 * files go into a folder beside the one that is asked for, which gets its name when all is done; the
 * ledger gets one entry, with a keyed digest of the files.
 */
#pragma once

#include "job/return_check.h"
#include "returns/differ.h"
#include "store/children.h"
#include "store/local.h"

enum { RETURN_FILES = 16 };
/* What was explained of the findings, with the reasons: rule,table,row,child,reason,who,on. Where nothing
 * was, there is no such file. */
#define RETURN_EXPLANATIONS "explanations.csv"

struct return_period {
	day from, to;  /* both are in it */
	int year;      /* of `to` */
	char text[24]; /* "2025-26", "2026-03-31": as on the command line */
};

struct return_asked {
	const struct return_kind *kind;
	struct return_period period;
	str authority; /* three digits, as the store has it */
	const struct actor *actor;
	const char *out; /* a folder that is not there yet, or is empty */
	/* The last return, to be held against this one; n 0: none. */
	const struct source *before;
	size_t before_n;
	/* What the check may know besides: last year's files, and where places and providers are. */
	const struct source *last_year;
	size_t last_year_n;
	const struct postcodes *postcodes;
	const struct providers *providers;
	str local_authority; /* "E08000025"; empty: not given */
};

struct return_file {
	const char *name; /* "episodes.csv" */
	struct buf buf;
	int fd;
	bool closed; /* it is whole, and on the disk */
	size_t written;
};

/* One under way: what a kind's functions are given. */
struct return_run {
	const struct return_asked *asked;
	const struct law *law;
	const struct local_policy *policy; /* the council's; NULL: it has said nothing */
	struct arena *arena; /* as long as the run */
	struct arena *child; /* empty again for the next child */
	struct return_file file[RETURN_FILES];
	size_t files;
	int64_t rows; /* that were written: the kind counts them */
	void *own;    /* the kind's, in the arena */
	instant now;  /* no byte of a file may come of it */
	/* A line each of what whoever hands the return over must know: what it could not tell, and why. */
	struct buf notes;
};

struct return_kind {
	str name;         /* "ssda903": on the command line and in the ledger */
	str title;        /* "return of looked after children (SSDA903)" */
	const char *like; /* how its period is written: "2025-26" */
	const struct record_type *const *type; /* those that it is written from */
	size_t types;
	bool (*period)(str text, struct return_period *out, struct err *err);
	/* Opens its files (return_file_open) and writes how each begins. */
	bool (*begin)(struct return_run *run, struct err *err);
	bool (*child)(struct return_run *run, const struct told_child *child, struct err *err);
	bool (*end)(struct return_run *run, struct err *err); /* how each ends; may be NULL */
	/* What our own check finds in the files as they were written. */
	bool (*check)(struct return_run *run, const struct source *file, size_t n,
		struct return_findings *out, struct err *err);
	/* As which tables it is held against the last one, and the rows of either. */
	const struct differ_table *(*tables)(struct arena *arena, size_t *n);
	bool (*rows)(struct arena *arena, const struct source *file, size_t n, enum differ_side side,
		struct differ *out, struct err *err);
};

extern const struct return_kind return_ssda903, return_cin, return_annex_a;
extern const struct return_kind *const return_kinds[];
extern const size_t return_kinds_n;
const struct return_kind *return_kind_find(str name); /* NULL: there is none */

/* A file of the return, in the order in which they are opened. What is put into the buf is written out
 * now and then, between two children. */
struct buf *return_file_open(struct return_run *run, const char *name);

struct return_result {
	int64_t children, rows; /* told in the return */
	struct return_findings findings;
	size_t explained; /* findings whose reason goes with the return */
	struct differ *differ; /* NULL: there was no last return to be held against */
	str notes;             /* lines for whoever hands it over */
	struct arena *arena;   /* of the texts */
};
void return_result_close(struct return_result *result);

/* False: nothing was written, and nothing is left. The store must be open for writing. */
MUST_USE bool return_write(struct store *store, const struct return_asked *asked,
	struct return_result *result, struct err *err);

/* "2025-26": the year that ends on 31 March 2026. */
MUST_USE bool return_year_read(str text, struct return_period *out, struct err *err);
