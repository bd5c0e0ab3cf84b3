/* entries.h - the ledger to be read by people: who saw or changed what, and whether it is unbroken. */
#pragma once

#include "store/store.h"

enum { ENTRIES_PAGE = 50, ENTRIES_FILE = 5000, ENTRY_CHILDREN = 50 };

/* What stands for an entry's number wherever people read: the numbers follow one another, and one
 * that is left out would tell of a child whom the reader may not see. The same for everybody, for as
 * long as the store has its key; `duly prove` takes either. 16 hex digits, in the arena. */
str store_entry_reference(const struct store *store, struct arena *arena, int64_t seq);
/* 0 for what is no reference of this store's. */
int64_t store_entry_number(const struct store *store, str reference);

/* What `actor` may read: entries about children whom they may see now, with those children alone, and
 * entries about nobody of an authority that they work for or of none. */
struct entries_query {
	const struct actor *actor;
	int64_t before;  /* entries with smaller numbers; 0: the newest */
	int64_t person;  /* by this person; 0: anybody */
	int64_t subject; /* about this child; 0: anybody */
	str act;         /* empty: any */
	size_t most;
};
struct entry_row {
	int64_t seq, actor;
	instant at;
	str name; /* empty: the program itself */
	enum role role;
	str act;
	/* Of those whom the reader may see, in the entry's order, at most so many; and whether there
	 * are others of these. What is hidden is in neither. */
	int64_t *child;
	size_t children;
	bool more;
	str objects; /* what was touched, where it is about no child */
	str about;   /* of another person than the one who did it: their name */
};
struct entries {
	struct entry_row *row; /* in the arena, the latest first */
	size_t n;
	bool more;
};
/* Two statements, and again as long as what was read is not for this reader. */
MUST_USE bool store_entries(struct store *store, struct arena *arena,
	const struct entries_query *query, struct entries *out, struct err *err);

/* The last time that the whole ledger was read through. at is INSTANT_UNKNOWN when it never was. */
struct ledger_check {
	instant at;
	int64_t entries;
	str fault; /* empty: unbroken */
};
MUST_USE bool store_ledger_checked(
	struct store *store, struct arena *arena, struct ledger_check *out, struct err *err);
MUST_USE bool store_ledger_check_keep(
	struct store *store, const struct ledger_check *check, struct err *err);
