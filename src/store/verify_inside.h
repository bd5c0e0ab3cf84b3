/* verify_inside.h - what the files of verify share: what was found so far, and the first fault. */
#pragma once

#include "store/inside.h"

/* What one entry says was written, and what was found. */
struct claim {
	int64_t save, seq, said, found;
	unsigned char sum[DIGEST]; /* nothing but zeros when both agree */
};

/* What somebody saw the ledger to be. */
struct seen {
	int64_t size;
	struct merkle_hash root;
	instant at;
	bool witness; /* a witness, not the store itself */
};

struct verifying {
	struct store *store;
	struct merkle tree;
	struct {
		struct seen *item;
		size_t n, room;
	} seen;
	size_t seen_next;
	struct stones stones;
	int64_t agreed[2]; /* entries, as the last checkpoint that agrees saw them: ours, a witness's */
	struct arena *arena; /* emptied page by page */
	struct ledger_report *report;
	struct {
		struct claim *item;
		size_t n, room;
	} claims;
	struct err *err; /* the first fault */
	bool faulty;
	instant latest; /* what any entry was written at */
};

/* Only the first fault is told: the rest follow from it, or show once it is mended. */
__attribute__((format(printf, 2, 3))) void verify_fault(
	struct verifying *v, const char *format, ...);
/* The entry does not stand as it was written; the first of them is reported. */
void verify_bad_entry(struct verifying *v, int64_t seq);

/* ---- verify_chain.c */
/* The chain up to its head, the tree over it, and what checkpoints and the witness file (NULL:
 * none) saw of them. Leaves the claims of every entry, sorted. The texts of the report are in
 * `keep`. */
MUST_USE bool verify_chain(struct verifying *v, struct arena *keep, const char *witness,
	struct err *err);

/* ---- verify_written.c */
/* Holds every version, record and event against the claims, which verify_chain() left. */
MUST_USE bool verify_written(struct verifying *v, struct err *err);
/* The claim of the entry that carries this save; NULL: there is none. */
struct claim *verify_claim_of(struct verifying *v, int64_t save);
/* One thing that the save wrote. False: no entry carries that save. */
bool verify_found(struct verifying *v, int64_t save, const unsigned char digest[static DIGEST]);
/* Tells the entries that claim something else than what was found. */
void verify_claims(struct verifying *v);
