/* entries.h - the ledger to be read by people: who saw or changed what, and whether it is unbroken. */
#pragma once

#include "store/store.h"

enum { ENTRIES_PAGE = 50, ENTRIES_FILE = 5000 };

struct entries_query {
	str authority;   /* and what is of no authority */
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
	str subjects, objects; /* numbers with commas; what was touched */
};
struct entries {
	struct entry_row *row; /* in the arena, the latest first */
	size_t n;
	bool more;
};
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
