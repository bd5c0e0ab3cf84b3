/* store.h - where records live, and the one way to change them.
 *
 * store_save() validates, asks the policy, checks versions, writes the rows and their versions,
 * leaves or withdraws events, recomputes the clocks of every subject touched, appends one ledger
 * entry and commits. Nothing else in Duly writes a record, an event or a clock: a test finds every
 * SQL write elsewhere.
 *
 * One process keeps a SQLite store; short commands write beside it, in turns (turn.h), because SQLite
 * before 3.51.3 can corrupt a WAL that two connections write at one moment. On PostgreSQL any number
 * of processes may serve. Whoever is not alone changes nothing that the others rest on: not the
 * schema, not the law and the calendar that a newer duly brings.
 */
#pragma once

#include "clock/clock.h"
#include "policy/policy.h"
#include "record/types.h"
#include "store/db.h"

struct store;

/* Times and random numbers come from outside. */
struct store_env {
	instant (*now)(void *self);
	void (*random)(void *self, void *bytes, size_t n);
	void *self;
};

enum store_open_mode {
	STORE_READ,   /* must exist */
	STORE_WRITE,  /* must exist; takes the lock; upgraded when older */
	STORE_CREATE, /* the same, and made when it does not exist */
};

struct store_options {
	str dir;      /* --data: keys, lock, socket, and by default the database */
	str database; /* --database: a URL; empty: sqlite:DIR/duly.db */
	enum store_open_mode mode;
	bool beside; /* of SQLite: for a short while, also beside the process that keeps the store */
	const struct law *law;
	const struct store_env *env;
};

MUST_USE struct store *store_open(const struct store_options *options, struct err *err);
void store_close(struct store *store);
struct db *store_db(struct store *store);
const struct law *store_law(const struct store *store);
/* The rule of that id: the law's, else one that a council of the store has of its own. NULL. */
const struct rule *store_rule(struct store *store, str id);
instant store_now(const struct store *store);

/* Another connection to the same store, read-only, for one thread. */
MUST_USE struct store *store_reader(struct store *store, struct err *err);

/* ---- settings: one row each; part of the store's own configuration, changed through the ledger */
MUST_USE bool store_setting(struct store *store, struct arena *arena, str key, str *value,
	struct err *err); /* empty when not set */
MUST_USE bool store_set(
	struct store *store, const struct actor *actor, str key, str value, struct err *err);

/* ---- saving */
enum change_act {
	CHANGE_ADD,
	CHANGE_EDIT,     /* a correction: the whole record as it now is, and why */
	CHANGE_WITHDRAW, /* it was never so: its events are withdrawn; the versions stay */
};

struct change {
	enum change_act act;
	const struct record_type *type;
	int64_t subject;    /* for an addition; below zero: the subject that change -subject-1 adds */
	int64_t id;         /* for an edit or withdrawal; after a save, of an addition too */
	int64_t version;    /* the version that was seen: ERR_STALE when it is no longer the last */
	const void *record; /* the struct; NULL for a withdrawal */
	str reason;         /* required for an edit and a withdrawal */
	str key;            /* of a new subject: the council's number for the child */
	bool new_subject;   /* this addition makes its own subject (a child record does) */
};

/* Who wrote a version or an event: a person here, this program, or else the kind of the import. */
#define SOURCE_FORM S("form")
#define SOURCE_SYSTEM S("system")

enum save_mode {
	SAVE_FORM,   /* a person, one meeting: every rule of the policy */
	SAVE_DRAFT,  /* durable, leaves no events, no validation but size */
	SAVE_IMPORT, /* part of an import: only what changed is written; see store_import_begin */
	SAVE_POLICY, /* no records: recompute these subjects' clocks (rules or calendar changed) */
};

struct save {
	enum save_mode mode;
	const struct actor *actor;
	str authority;     /* code of the authority whose children these are */
	int64_t import;    /* for SAVE_IMPORT */
	struct change *change;
	size_t n;
	struct problems *problems; /* filled when the answer is ERR_INPUT; field "change.field" */
	struct arena *arena;
	bool arranged; /* the policy was asked when it was proposed: a handover that was accepted */
};

/* All or nothing. On true the save is durable (synchronous, in the caller's transaction when an
 * import is open) and every change has its id and new version. */
MUST_USE bool store_save(struct store *store, struct save *save, struct err *err);
/* What it takes to write a record of that type: a booking is not an allocation. */
enum permission store_permission_of(const struct record_type *type);

/* Recomputes those whose day has come, because something recorded for a later day has come to pass.
 * For once a day; cheap when there is nobody. */
MUST_USE bool store_wake(struct store *store, int64_t *woken, struct err *err);

/* ---- importing: everything between begin and end is one transaction and one import id; a crash
 * or store_import_cancel leaves nothing. As a job of the writer it is one step of its transaction,
 * and whatever else that job writes stands or falls with it. Coverage is what the source carries. */
struct import_begin {
	const struct actor *actor;
	str authority;
	str kind;   /* "ssda903", "cin", "people" */
	str files;  /* names and SHA-256, one a line */
	day known_to; /* the day up to which the source knows */
};
MUST_USE bool store_import_begin(struct store *store, const struct import_begin *begin,
	int64_t *import, struct err *err);
MUST_USE bool store_import_covers(struct store *store, int64_t import, enum word word, day from,
	day to, struct err *err);
/* The source told of that child, by its number. Who is looked after or on a plan and was not told
 * of is to be checked (source.h); kept for the source that knows to the latest day. */
MUST_USE bool store_import_tells(struct store *store, int64_t import, str number, struct err *err);
MUST_USE bool store_import_end(struct store *store, int64_t import, int64_t children,
	int64_t events, int64_t rejected, struct err *err);
void store_import_cancel(struct store *store);

/* What is there already, for an import to compare with: id of the subject with that key; 0 none. */
MUST_USE bool store_subject_find(struct store *store, str authority, enum subject_kind kind,
	str key, int64_t *subject, struct err *err);
/* All live records of one type of one subject, in the arena, oldest first. */
struct stored {
	int64_t id, version, subject;
	bool by_hand; /* a person entered or changed it: outranks an import */
	str source;   /* what wrote it last: "ssda903", "ssd", "form" */
	void *record;
};
struct stored_list {
	struct stored *item;
	size_t n, room;
};
MUST_USE bool store_records(struct store *store, struct arena *arena, int64_t subject,
	const struct record_type *type, struct stored_list *out, struct err *err);

/* The same of a child and of those who are joined to it as the same child. */
MUST_USE bool store_records_joined(struct store *store, struct arena *arena, int64_t subject,
	const struct record_type *type, struct stored_list *out, struct err *err);

/* ---- reading what hangs on a subject (each is one statement) */
struct stored_event {
	struct event event;
	instant known_at;
	instant withdrawn_at; /* INSTANT_UNKNOWN: it stands */
	str source;           /* "ssda903", "cin", "people", "form", "demo" */
	str reason;           /* of the withdrawal */
	int64_t record, save; /* that left it, and in which save */
};
struct stored_events {
	struct stored_event *item;
	size_t n, room;
};
/* As known at `known_at` (INSTANT_UNKNOWN: now), in day order. Bookings included. */
MUST_USE bool store_events(struct store *store, struct arena *arena, int64_t subject,
	instant known_at, struct stored_events *out, struct err *err);
MUST_USE bool store_clocks(struct store *store, struct arena *arena, int64_t subject,
	struct clocks *out, struct err *err);
/* Without those, nine in ten, that are known to have been met by then. */
MUST_USE bool store_clocks_not_met(struct store *store, struct arena *arena, int64_t subject,
	day today, struct clocks *out, struct err *err);
MUST_USE bool store_coverage(
	struct store *store, str authority, struct coverage *out, day *known_to, struct err *err);
/* As it was known then: a later import carries nothing yet. */
MUST_USE bool store_coverage_at(struct store *store, str authority, instant known_at,
	struct coverage *out, day *known_to, struct err *err);
/* ERR_MISSING, naming those that are there, when the store has no such authority. */
MUST_USE bool store_authority_is(
	struct store *store, struct arena *arena, str authority, struct err *err);
/* Every visible subject in order of key: for the command line and the benchmarks. */
MUST_USE bool store_each_subject(struct store *store, str authority, str key,
	bool (*visit)(void *to, int64_t subject, str key, struct err *err), void *to,
	struct err *err);

/* What is no child, and was not withdrawn: "dispute:D-1". */
MUST_USE bool store_each_matter(struct store *store, str authority,
	bool (*visit)(void *to, int64_t subject, str key, struct err *err), void *to,
	struct err *err);

/* What somebody may see of a subject: 1 the row without a name, 2 all. ERR_MISSING when nothing, or
 * when there is no such subject: the two are not to be told apart. */
MUST_USE bool store_access(struct store *store, const struct actor *actor, int64_t subject,
	int *level, struct err *err);

/* ---- the ledger: who did or saw what. Ids, acts and keyed digests, never content. */
struct look {
	const struct actor *actor;
	str act;            /* "look:child", "look:caseload", "export:caseload" */
	const int64_t *subject;
	size_t n;
	str asked; /* words that were searched for: only their keyed digest is kept; empty: none */
};
MUST_USE bool store_look(struct store *store, const struct look *look, struct err *err);
struct ledger_report {
	int64_t entries;
	int64_t first_bad; /* number of the first entry that fails; 0: none */
	int64_t records, bad_records;
	int64_t events;
	int64_t children; /* whose clocks, row in lists and access are what follows from the above */
	bool other_law;   /* they were made under other rules, and none was compared */
	int64_t imports, imports_bare; /* and those whose entry is of an older duly: no digest */
	int64_t settings, people, people_bare;
	int64_t expunged; /* removed by two people, and a tombstone in their place */
	int64_t checkpoints;             /* that the store holds */
	int64_t witnessed, witnessed_to; /* that the witness holds, and the most entries it saw */
	str head; /* hex of the last hash, in the arena */
	str root; /* base64 of the tree's root, in the arena */
};
/* Recomputes the whole chain, the digest of every version of every record, and what is derived
 * from them; holds imports, settings and people against their entries. ERR_BROKEN with the first
 * fault in words; the report is filled either way. No digest covers: passwords, sessions, attempts
 * to sign in, the number that locks a child's row. */
MUST_USE bool store_verify(
	struct store *store, struct arena *arena, struct ledger_report *out, struct err *err);

/* The same, and holds the ledger against a witness's file of checkpoints (proof.h). */
MUST_USE bool store_verify_against(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err);
/* Only the chain, its tree and its checkpoints; witness may be NULL. */
MUST_USE bool store_verify_ledger(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err);

/* ---- backup: a consistent copy while others read and write; restore into an empty place */
MUST_USE bool store_backup(struct store *store, str file, struct err *err);
/* The last one that was made of this store, read back and found whole. It stands in a file of the
 * store's folder, beside the database: who makes a backup only reads the store, which a server may
 * hold. */
struct backup_state {
	instant made_at; /* INSTANT_UNKNOWN: none is known of */
	int64_t bytes;
	str sha256; /* in hex; in the arena */
};
MUST_USE bool store_backup_note(struct store *store, str file, struct err *err);
MUST_USE bool store_backup_last(
	struct store *store, struct arena *arena, struct backup_state *out, struct err *err);
MUST_USE bool store_restore(const struct store_options *options, str file, struct err *err);
