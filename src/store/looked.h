/* looked.h - who looked at a child, or at a dispute or other matter about the child that the reader may
 * see, from the ledger. One statement a page.
 *
 * The pages of a child name one subject each, and are found by an index; lists name many, and are
 * found only when asked for, by reading the entries of lists since a day.
 */
#pragma once

#include "store/store.h"

enum { LOOKED_PAGE = 50 };

struct looked_row {
	int64_t seq;
	instant at;
	str name; /* of the person; empty: Duly itself, or nobody who is kept */
	enum role role; /* then */
	str act;  /* "look:child" */
	enum subject_kind kind; /* of the matter, where it is of one; SUBJECT_CHILD: of the child */
	str reference;          /* of the matter: "D-12" */
};

struct looked_query {
	int64_t subject;
	const struct actor *actor; /* who reads it, and sees all of the child */
	str authority;
	bool lists;     /* lists and files in which the child stood, too */
	instant since;  /* of the lists; INSTANT_UNKNOWN: ever */
	int64_t before; /* entries with a lower number only; 0: from the newest */
};

struct looked {
	struct looked_row row[LOOKED_PAGE]; /* the newest first; texts in the arena */
	size_t n;
	bool more; /* there are older ones */
};

MUST_USE bool store_who_looked(struct store *store, struct arena *arena,
	const struct looked_query *query, struct looked *out, struct err *err);
