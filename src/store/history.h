/* history.h - a record by its number alone, every version that it had, and the list of what was
 * ever recorded of a child. One statement each, but where it says two. */
#pragma once

#include "store/store.h"

/* A record, withdrawn or not. */
struct record_found {
	const struct record_type *type;
	int64_t id, version, subject;
	bool by_hand, withdrawn;
	str source; /* "form", "ssda903" */
	str why;    /* of the withdrawal */
	void *record;
};
/* ERR_MISSING. Two statements: the number says nothing of the type. */
MUST_USE bool store_record_read(struct store *store, struct arena *arena, int64_t id,
	struct record_found *out, struct err *err);

/* Is the second subject the same child under another number, listed as the first? One statement. */
MUST_USE bool store_is_same(struct store *store, str authority, int64_t main, int64_t other,
	bool *out, struct err *err);

/* One of its versions: who wrote it, when and why. */
struct record_version {
	int64_t version;
	instant at;
	int64_t actor; /* 0: the program itself */
	str by;        /* their name; empty: the program itself */
	str reason, source;
	bool withdrawn;
	void *record;
};
struct record_versions {
	struct record_version *item; /* in the arena, oldest first */
	size_t n, room;
};
MUST_USE bool store_record_history(struct store *store, struct arena *arena,
	const struct record_type *type, int64_t id, struct record_versions *out, struct err *err);

/* What was recorded of a child, without its content: in order of when it was first recorded. */
struct record_entry {
	const struct record_type *type;
	int64_t id, version;
	bool by_hand, withdrawn;
	str source;
	instant first_at;
	str first_by; /* empty: the program itself */
	str kind;     /* of a type that has kinds, as it stands now */
};
struct record_index {
	struct record_entry *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_record_index(struct store *store, struct arena *arena, int64_t subject,
	struct record_index *out, struct err *err);
