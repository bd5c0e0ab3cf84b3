/* inside.h - what the files of store/ share and nobody else sees. */
#pragma once

#include "base/mem.h"
#include "base/utf8.h"
#include "store/checkpoint.h"
#include "store/proof.h"
#include "store/store.h"
#include "store/turn.h"

#include <stdarg.h>
#include <stdio.h>

enum { DIGEST = 32, KEY = 32 };

/* The statements and the columns of one record type, made from its field table. */
struct type_sql {
	const struct record_type *type;
	str record_table, version_table;
	const char **record_column, **version_column;
	size_t record_columns, version_columns;
	struct sql between;  /* live rows of subjects $1 to $2, by subject and id */
	struct sql paged;    /* of children of $1 with keys after $2 up to $3, by subject and id */
	struct sql joined;   /* of the child $1 and those joined to it (same.c) */
	struct sql one;      /* one row, live or not, by id */
	struct sql change;   /* the row's new state, where it is still of the version seen */
	struct sql versions; /* all versions after ($1, $2), at most $3 */
	struct sql history;  /* all versions of the record $1, and the name of who wrote each */
	struct sql empty_version, empty_record; /* without content, and without a reason */
	struct sql strays;   /* ids of rows that have no version */
	struct db_load *record_load, *version_load; /* open while an import runs */
};

/* A set of subjects: touched by a save or an import. */
struct subjects {
	int64_t *item;
	size_t n, room;
};

/* What one ledger entry sums up: each version written and each event left or withdrawn adds its
 * keyed digest, so that none can be changed, dropped or added without the sum being wrong. */
struct tally {
	int64_t save;
	int64_t changed;
	int64_t objects_n;
	unsigned char digest[DIGEST];
	struct buf objects; /* "cla_review:12:1,..." while there are few */
};

struct importing {
	int64_t id;
	struct actor actor;
	str authority, kind, files;
	day known_to;
	instant began;
	bool real; /* not a demonstration: what it brings is not open yet */
	struct tally tally;
	struct subjects touched;
	struct coverage before;
	struct db_load *events, *subjects_load, *told;
	bool told_asked; /* and perhaps not the last to tell: then told stays NULL */
	struct arena *arena;
};

struct store {
	struct db *db;
	struct arena *arena; /* as long as the store */
	str dir, url;
	enum store_open_mode mode;
	const struct law *law; /* of this duly; store_law() has the calendar that counts */
	struct shared_law *shared;
	const struct store_env *env;
	struct turn *turn; /* NULL: PostgreSQL, or it only reads */
	bool may_beside, beside; /* it may be beside another, and is */
	unsigned char key[KEY];
	int64_t next_id, last_id; /* a block of numbers taken from the counter */
	struct type_sql *type;    /* by record_type.index */
	struct sql record_of_id;       /* the index of the type of the record $1 */
	struct sql records_of_subject; /* every record of the subject $1, without content */
	struct importing *importing;
	struct note_signer *signer; /* NULL: checkpoints are another's business */
	bool signing; /* somebody says that none of the children who are here is restricted */
	struct kept *local; /* policies of councils that are at hand: local.c */
	bool joined; /* saves are steps of a transaction that somebody else commits */
};

/* ---- store.c */
/* For a restore: a place with its lock, and a database that holds no store yet. ERR_DUPLICATE. */
MUST_USE struct store *store_empty(const struct store_options *options, struct err *err);
/* Takes away what a restore that failed has made. */
void store_undo_empty(struct store *store);
/* A transaction, or a step of the one that is open. */
MUST_USE bool step_begin(struct store *store, struct err *err);
MUST_USE bool step_end(struct store *store, struct err *err);
void step_undo(struct store *store);
/* A number that nothing else has: records, events, subjects, saves share one row of numbers. */
MUST_USE bool take_id(struct store *store, int64_t *id, struct err *err);
MUST_USE bool store_is_demonstration(struct store *store, bool *out, struct err *err);
MUST_USE bool write_setting(struct store *store, str key, str value, struct err *err);
/* May this actor set it, and can it be one? What follows from a setting that was written. */
MUST_USE bool setting_check(
	struct store *store, const struct actor *actor, str key, str value, struct err *err);
MUST_USE bool setting_after(struct store *store, str key, struct err *err);
/* ---- setting.c: of one setting's value; and of that with its key, where an entry tells of several */
void setting_digest(const struct store *store, str value, unsigned char out[static DIGEST]);
void setting_sum(const struct store *store, str key, const unsigned char digest[static DIGEST],
	unsigned char sum[static DIGEST]);

/* ---- schema.c */
int schema_latest(void);
/* The number of the schema in the database; 0: it is empty. ERR_BROKEN on a gap or a changed hash. */
MUST_USE bool schema_check(struct store *store, int *number, struct err *err);
MUST_USE bool schema_migrate(struct store *store, int upto, struct err *err);
/* Replaces the words that differ. Appends, with a NUL. */
void schema_expand(struct buf *buf, enum db_engine engine, str text);
/* All migrations, expanded, as the text that makes a new store. Appends, with a NUL. */
void schema_gather(struct buf *out, str text);
/* The tables of every record type, as text before expansion. */
void schema_record_tables(struct buf *buf);

/* ---- rows.c */
void rows_prepare(struct store *store);
struct row {
	int64_t id, version, subject, import;
	bool by_hand, draft, withdrawn;
	bool odd; /* a stored value is none that Duly writes, though it reads as one */
	instant withdrawn_at;
	str source, why; /* of the withdrawal */
	void *record;
};
/* A row of `between` or `one`: copied into the arena. */
void row_read(struct arena *arena, struct stmt *stmt, const struct record_type *type,
	struct row *out);
void row_load(struct db_load *load, const struct record_type *type, const struct row *row);
void row_bind_change(struct stmt *stmt, const struct record_type *type, const struct row *row,
	int64_t seen, instant at, str reason);
struct version {
	struct row row;
	instant changed_at;
	int64_t actor, save;
	str reason;
	unsigned char digest[DIGEST];
};
void version_load(struct db_load *load, const struct record_type *type,
	const struct version *version);
void version_read(struct arena *arena, struct stmt *stmt, const struct record_type *type,
	struct version *out);
void version_digest(const struct store *store, const struct record_type *type,
	const struct version *version, unsigned char out[static DIGEST]);

/* ---- event rows: events.c */
struct event_row {
	int64_t id, subject, record, save, withdrawn_save;
	enum word word;
	str word_text;
	day on;
	instant at, known_at, withdrawn_at;
	int64_t thread, link;
	str detail, source, reason;
};
extern const char *const event_column[15];
/* As the clocks read it. */
struct event event_of_row(const struct event_row *row);
void event_row_load(struct db_load *load, const struct event_row *event);
void event_row_read(struct arena *arena, struct stmt *stmt, struct event_row *out);
void event_digest(const struct store *store, const struct event_row *event, bool withdrawal,
	unsigned char out[static DIGEST]);

/* ---- ledger.c */
struct entry {
	int64_t seq, actor, role, save, changed;
	instant at;
	str act, authority, subjects, objects;
	unsigned char digest[DIGEST], hash[DIGEST];
};
void tally_add(struct tally *tally, const unsigned char digest[static DIGEST]);
void tally_object(struct tally *tally, str type, int64_t id, int64_t version);
void tally_close(struct tally *tally);
/* Gives the entry its number and hash, and writes it; the head last. */
MUST_USE bool ledger_append(struct store *store, struct entry *entry, struct err *err);
/* The entry as the tree hashes it: whole numbers of 8 bytes, texts after their length. */
void buf_entry(struct buf *bytes, const struct entry *entry);
void entry_hash(const struct entry *entry, const unsigned char previous[static DIGEST],
	unsigned char out[static DIGEST]);
void entry_read(struct arena *arena, struct stmt *stmt, struct entry *out);

/* ---- tree.c: the entries as the leaves of a tree */
/* Stores the subtrees that entry `seq` completes. */
MUST_USE bool tree_grow(struct store *store, int64_t seq, struct err *err);
/* Stores what is missing: after an upgrade, or a restore. */
MUST_USE bool tree_build(struct store *store, struct err *err);
struct merkle_source tree_source(struct store *store);
/* Holds what is stored against what an entry completed, made[0] its leaf. False: *differs or *err. */
MUST_USE bool tree_compare(struct store *store, int64_t seq, const struct merkle_hash *made, int n,
	bool *same, struct err *err);
struct merkle_hash entry_leaf(const struct entry *entry);
/* How many subtrees are stored, and how many should be for so many entries. */
MUST_USE bool tree_count(
	struct store *store, int64_t entries, int64_t *stored, int64_t *expected, struct err *err);

/* ---- signing.c */
/* The checkpoint of exactly `size`, or where that is 0 the last, which must have `least` entries. */
struct stored_checkpoint;
MUST_USE bool checkpoint_find(struct store *store, struct arena *arena, int64_t size, int64_t least,
	struct stored_checkpoint *out, struct err *err);
/* Signs what the ledger is after each hundredth entry, where the store has a key to sign with. */
MUST_USE bool checkpoint_when_due(struct store *store, int64_t seq, struct err *err);

/* ---- witness.c */
/* Of this ledger, and signed by a key that it knows. */
MUST_USE bool note_is_ours(struct store *store, struct arena *arena, const struct note_keys *keys,
	const struct checkpoint *checkpoint, str note, struct err *err);
/* Says that the witness saw more than there is; false. */
bool witness_against(const struct checkpoint *seen, int64_t size, struct err *err);

/* ---- expunge.c: what was removed by two people */
struct stone {
	int64_t record, version, expunge; /* version 0: an event */
	unsigned char digest[DIGEST];
};
struct stones {
	struct stone *item; /* by record and version */
	size_t n, room;
};
MUST_USE bool stones_read(struct store *store, struct stones *out, struct err *err);
struct stone *stone_of(const struct stones *stones, int64_t record, int64_t version);
/* Holds proposals, decisions and tombstones against their entries; empties the arena. */
MUST_USE bool expunges_prove(struct store *store, struct arena *arena, const struct stones *stones,
	int64_t *removed, void (*fault)(void *to, const char *what, int64_t id, str name), void *to,
	struct err *err);

/* ---- prove.c: what is neither a version nor an event, against the ledger */
void import_digest(const struct store *store, struct stmt *row, unsigned char out[static DIGEST]);
void person_digest(const struct store *store, int64_t id, str login, str name, str role, str team,
	str authority, int64_t added_at, unsigned char out[static DIGEST]);
/* The import's row as written, with its coverage, as one digest. False too when it is not there. */
MUST_USE bool import_read_digest(struct store *store, int64_t import,
	unsigned char out[static DIGEST], struct err *err);
struct prove {
	struct store *store;
	struct arena *arena;
	int64_t most; /* the greatest number in use, so far */
	void (*fault)(void *to, const char *what, int64_t id, str name);
	/* An import, the save of its entry and its digest as it now is. */
	void (*import)(void *to, int64_t id, int64_t save, const unsigned char digest[static DIGEST]);
	void *to;
	int64_t people, people_bare; /* and those whose entry carries no digest */
	int64_t settings, imports, children;
};
MUST_USE bool prove_rest(struct prove *prove, struct err *err);
/* ---- invite.c */
struct invitation {
	int64_t id, subject, booking, person;
	bool minutes;
	int64_t by;
	instant at;
};
struct sights {
	struct sight_row *item; /* not an arena's */
	size_t n, room, at;
};
/* When a meeting is over for who is invited to it, or who writes its minutes. */
instant meeting_over(struct store *store, day on, bool minutes);
/* A booking that was moved, or withdrawn: who is invited is told, and who was and is to chair. */
struct row;
MUST_USE bool invited_told(struct store *store, struct arena *arena, const struct actor *actor,
	const struct row *was, const struct row *row, struct err *err);
/* What the invitations and named chairs of these subjects let people see: added to `out`. */
MUST_USE bool invited_between(struct store *store, struct arena *arena, int64_t first, int64_t last,
	struct sights *out, struct err *err);
/* Whoever hands the child over is invited to none of its meetings to come any more: in the step that is
 * open, before a save of the child. */
MUST_USE bool invited_end(struct store *store, const struct actor *actor, str authority,
	int64_t subject, int64_t person, struct err *err);
void invitation_digest(const struct store *store, const struct invitation *invitation,
	unsigned char out[static DIGEST]);
MUST_USE bool prove_invitations(struct prove *prove, struct err *err);
/* ---- quality_explain.c */
MUST_USE bool prove_explained(struct prove *prove, struct err *err);

/* ---- prove_sight.c */
MUST_USE bool prove_sight(struct prove *prove, struct err *err);
struct opening;
void opening_digest(const struct store *store, const struct opening *opening,
	unsigned char out[static DIGEST]);
void opening_review_digest(const struct store *store, const struct opening *opening, int64_t reviewer,
	unsigned char out[static DIGEST]);

/* ---- cells.c: a row of a derived table as values, to be compared before it is written */
struct cell {
	bool known, text;
	int64_t number;
	str words;
};
struct table {
	str name;
	const char *const *column;
	size_t columns;
	const char *kinds; /* a letter a column: i number, t text */
};
static inline struct cell cell_int(int64_t value)
{
	return (struct cell){ .known = true, .number = value };
}
static inline struct cell cell_day(day value)
{
	return (struct cell){ .known = value != DAY_UNKNOWN, .number = value };
}
static inline struct cell cell_instant(instant value)
{
	return (struct cell){ .known = value != INSTANT_UNKNOWN, .number = value };
}
static inline struct cell cell_text(str value) /* NULL when empty */
{
	return (struct cell){ .known = value.n > 0, .text = true, .words = value };
}
static inline struct cell cell_key(str value) /* '' when empty */
{
	return (struct cell){ .known = true, .text = true, .words = value };
}
void cells_read(struct arena *arena, struct stmt *stmt, const struct table *table,
	struct cell *out);
bool cells_equal(const struct cell *a, const struct cell *b, size_t n);
void cells_load(struct db_load *load, const struct cell *cell, size_t n);

/* ---- subjects.c */
void subjects_add(struct subjects *subjects, int64_t subject);
void subjects_sort(struct subjects *subjects); /* in order, each once */
MUST_USE bool subjects_all(
	struct store *store, str authority, struct subjects *out, struct err *err);

/* ---- same.c: one child under two numbers */
struct same_pair {
	int64_t main, other; /* the child who stays listed, and the one who does not */
	enum openness openness; /* of the other */
};
struct same {
	struct same_pair *item; /* not an arena's */
	size_t n, room;
};
/* All of an authority; few. */
MUST_USE bool same_read(struct store *store, str authority, struct same *out, struct err *err);
void same_close(struct same *same);
int64_t same_main(const struct same *same, int64_t subject); /* 0: it stands for itself */
bool same_is_main(const struct same *same, int64_t subject);
/* Adds what speaks against the record. False where the store does not answer. */
MUST_USE bool same_check(struct store *store, const struct actor *actor, struct arena *arena,
	str authority, int64_t subject, const void *record, struct problems *out, struct err *err);
/* Whom the record (NULL: none) speaks of besides its own child is touched too. */
MUST_USE bool same_touch(struct store *store, str authority, const void *record,
	struct subjects *touched, struct err *err);
/* The subjects whose records are those of the child $1, as a list for IN; or of another parameter. */
#define SAME_AS_1 SAME_AS("$1")
#define SAME_AS(child)                                                                             \
	"(SELECT CAST(" child " AS BIGINT) UNION ALL SELECT so.id FROM record_same_child sr "      \
	"JOIN subject ss ON ss.id = sr.subject JOIN subject so ON so.authority = ss.authority "    \
	"AND so.kind = ss.kind AND so.key = sr.number AND so.id <> ss.id WHERE sr.subject = " child \
	" " \
	"AND sr.withdrawn_at IS NULL AND sr.draft = 0)"

/* ---- monday_kept.c: what the children count in the service's numbers; after their clocks and rows */
MUST_USE bool monday_keep(struct store *store, const struct subjects *subjects, struct err *err);

/* ---- recompute.c */
/* Clocks, child_row and access of these subjects, from what is stored; writes only what changed. */
MUST_USE bool recompute(struct store *store, str authority, const struct subjects *subjects,
	struct err *err);
/* The same without writing: how many of the subjects are not what follows from their records. */
struct compared {
	day latest;         /* no later than this were they made; DAY_UNKNOWN: made today */
	/* Not compared with what is stored: told how it would be by this law. */
	const struct law *law;
	void (*told)(void *to, int64_t subject, enum openness openness, const struct clocks *now,
		const struct clocks *then);
	void *to;
	int64_t differ;     /* subjects */
	int64_t subject;    /* the first of them */
	const char *table;  /* and where */
};
MUST_USE bool recompute_compare(struct store *store, str authority, const struct subjects *subjects,
	struct compared *compared, struct err *err);

/* ---- local.c */
void local_close(struct store *store);
/* The rule of a stored clock: the council's, where the clock rests on an item of its policy. NULL: it is
 * no longer kept. */
const struct rule *local_rule(struct store *store, str authority, int64_t item, str id);
MUST_USE bool prove_local(struct prove *prove, struct err *err);
/* ---- calendar_decision.c */
struct calendar_hold;
struct decided {
	instant at;
	int64_t batch, clocks;
	unsigned char digest[DIGEST];
};
/* Keeps what is decided of the hold (NULL: of all that wait in the actor's authority), before it is
 * done: gives its number, and the digest for the ledger. */
MUST_USE bool decisions_keep(struct store *store, const struct actor *actor,
	const struct calendar_hold *hold, bool accept, struct decided *decided, struct err *err);
MUST_USE bool prove_decisions(struct prove *prove, struct err *err);

/* ---- calendar_job.c: clocks that still follow */
struct calendar_effect;
MUST_USE bool calendar_job_none(struct store *store, struct err *err); /* ERR_STALE: there is one */
/* Between which days two calendars count otherwise, and between which their horizons lie. */
struct calendar_reach {
	day first, last, horizon_from, horizon_to;
};
/* Clocks c that it may touch. */
#define CALENDAR_TOUCHED                                                                           \
	"c.due IS NOT NULL AND ((c.from_day <= $2 AND c.due >= $1) OR (c.due <= $2 AND "           \
	"c.from_day >= $1) OR (c.due > $3 AND c.due <= $4)) "
void calendar_reach_bind(struct stmt *stmt, const struct calendar_reach *reach);
/* Those wait for their turn, and a job is open; none where nobody waits. */
MUST_USE bool calendar_wait_for(
	struct store *store, const struct calendar_reach *reach, struct err *err);
MUST_USE bool calendar_wait_for_holds(struct store *store, str authority, struct err *err);
MUST_USE bool calendar_had(struct store *store, int64_t subject, struct err *err);
MUST_USE bool calendar_job_count(
	struct store *store, int64_t made, const struct calendar_effect *effect, struct err *err);
MUST_USE bool calendar_job_effect(
	struct store *store, int64_t calendar, struct calendar_effect *out, struct err *err);

/* ---- what a newer calendar would do, nothing written: store/calendar.c */
struct moving;
MUST_USE bool recompute_moving(struct store *store, str authority, const struct subjects *subjects,
	struct moving *moving, struct err *err);

/* ---- law.c */
void law_begin(struct store *store);
void law_end(struct store *store);
void law_share(struct store *store, struct store *with);
int64_t law_calendar(const struct store *store);
MUST_USE bool law_with(const struct store *store, struct arena *arena, str holidays,
	struct law *out, struct err *err);
MUST_USE bool law_read(struct store *store, struct err *err);
MUST_USE bool law_current(struct store *store, struct err *err);

/* ---- calendar.c: the calendar that came with this duly becomes one of the store's */
MUST_USE bool calendar_came(struct store *store, struct err *err);
/* Whether it is there already. */
MUST_USE bool calendar_is_there(struct store *store, bool *there, struct err *err);
void calendar_digest(const struct store *store, int64_t number, str holidays, str file,
	unsigned char out[static DIGEST]);

/* ---- refresh.c */
MUST_USE bool law_mark_write(struct store *store, struct err *err);
MUST_USE bool authorities_each(struct store *store,
	bool (*visit)(void *to, str authority, struct err *err), void *to, struct err *err);
/* Whether the clocks were made by the rules and the calendar of this duly, and access by its policy;
 * *kept: it is noted by what they were made. */
MUST_USE bool law_is_same(struct store *store, bool *kept, bool *same, struct err *err);
/* Makes every clock and row of access anew when this duly's rules, calendar or policy are not those
 * of the last that wrote. */
MUST_USE bool refresh_law(struct store *store, struct err *err);

/* ---- heard.c */
struct heard {
	day view_on, contact_on; /* DAY_UNKNOWN: never, as far as is recorded */
	enum answer alone;       /* at that contact */
};
/* Of a range of subjects, then asked for in their order. */
struct heard_rows;
struct heard_rows *heard_open(void);
void heard_close(struct heard_rows *rows);
MUST_USE bool heard_read(
	struct heard_rows *rows, struct store *store, int64_t first, int64_t last, struct err *err);
struct heard heard_of(struct heard_rows *rows, int64_t subject);
/* Adds what is recorded of one subject. */
MUST_USE bool heard_take(
	struct store *store, int64_t subject, struct heard *heard, struct err *err);

/* ---- summary.c: a child's row for lists */
extern const struct table child_row_table;
enum { CHILD_ROW = 37 };
struct summary {
	int64_t subject;
	str authority;
	const struct child *child;           /* never NULL */
	const struct allocation *allocation; /* may be NULL */
	enum openness openness;
	const struct event *event; /* sorted */
	size_t events;
	const struct clocks *clocks;
	struct heard heard;
	day today;
};
/* What is due first; what will be unknown first, as no source knows that far; and what is unknown. */
struct worst {
	day due, booked;
	str rule;
	day data, law; /* the data standard's; the law's where the council works to another */
};
struct outlook {
	struct worst next, unsure;
	int64_t unknowns;
	str unknown_rule;
};
struct outlook outlook_of(const struct clocks *clocks, day today);
void summary_cells(struct arena *arena, const struct summary *summary, struct cell *out);

/* ---- search.c: what a child is searched by, as rows of cells in the arena, in the table's order */
extern const struct table search_key_table;
size_t search_cells(struct arena *arena, int64_t subject, const struct child *child,
	struct cell ***out);

/* ---- access.c */
/* The holder that stands for everybody with that role in that authority; always below zero. */
int64_t access_group(int64_t authority, enum role role);
MUST_USE bool authority_number(struct store *store, str code, int64_t *number, struct err *err);
/* The people of one authority, to match names against. */
struct people;
MUST_USE struct people *people_open(struct store *store, str authority, struct err *err);
void people_close(struct people *people);
struct access_row {
	int64_t holder;
	enum relation relation;
	int level;
	instant since, until; /* INSTANT_UNKNOWN: always */
};
/* What is known of a child that decides who may see it. */
struct access_facts {
	const struct allocation *allocation; /* may be NULL */
	enum openness openness;
	/* Sign-in names of staff who are barred, and relations that stand for a time. */
	const str *barred;
	size_t n_barred;
	const struct sight_row {
		int64_t subject, person;
		enum relation relation;
		instant since, until;
		str named; /* person 0: whom that name or sign-in name means */
	} *sight;
	size_t n_sight;
};
/* Whom a name or a sign-in name means; 0: nobody, or more than one. */
int64_t people_meant(const struct people *people, struct arena *arena, str name);
/* The children whose access hangs on that person, by name, team, cover or bar, in one authority. */
MUST_USE bool access_of_person(struct store *store, str authority, int64_t id, str login, str name,
	str team, struct subjects *out, struct err *err);
/* Who may see this child, in the arena, sorted by holder and relation. */
size_t people_access(const struct people *people, struct arena *arena,
	const struct access_facts *facts, struct access_row **out);

/* What an actor may see of a subject now, as a condition on rows `a` of access: the ONLY one. In
 * words, for who reads the rows and decides in C:
 *  - the actor's rows are those whose holder is the person, and those whose holder is the group of
 *    their role in an authority that they work for (their own, and those of person_authority);
 *  - a row whose relation is RELATION_BARRED hides the subject, whatever other rows there are;
 *  - a row counts from `since` (NULL: always) until before `until` (NULL: for ever);
 *  - what is left: the greatest level; no row left: as a subject that is not there.
 * The four are the numbers of parameters, as text: the person's id, the role's number, the code of
 * their home authority, the instant now. access_bind() binds them as $1 to $4. */
#define ACCESS_NOW(person, role, authority, now)                                                   \
	" " ACCESS_HELD(person, role, authority) " AND a.level > 0 "                               \
	"AND (a.since IS NULL OR a.since <= " now ") "                                             \
	"AND (a.until IS NULL OR a.until > " now ") "                                              \
	"AND a.subject NOT IN (SELECT b.subject FROM access b WHERE b.holder = " person            \
	" AND b.relation = 6) "
/* Only whose rows they are. */
#define ACCESS_HELD(person, role, authority)                                                       \
	"a.holder IN (SELECT CAST(" person " AS BIGINT) UNION ALL "                                \
	"SELECT -(u.id * 16 + CAST(" role " AS BIGINT)) - 1 FROM authority u "                     \
	"WHERE u.code = " authority " OR u.code IN (SELECT w.authority FROM person_authority w "   \
	"WHERE w.person = " person "))"
_Static_assert(RELATION_BARRED == 6, "the number stands in ACCESS_NOW");
/* The councils that the person `p` of a statement works for, their own among them: for IN. And
 * whether they work for one. */
#define COUNCILS_OF(p)                                                                             \
	"(SELECT " p ".authority UNION ALL SELECT wa.authority FROM person_authority wa "          \
	"WHERE wa.person = " p ".id)"
#define SERVES(p, council)                                                                      \
	"(" p ".authority = " council " OR EXISTS (SELECT 1 FROM person_authority wa "             \
	"WHERE wa.person = " p ".id AND wa.authority = " council "))"
/* A relation that stands for a time, and the child's access anew: in the step that is open. The last
 * that was given of a person, child and relation counts. */
MUST_USE bool sight_give(struct store *store, str authority, const struct sight_row *sight,
	struct err *err);
void access_bind(struct stmt *stmt, const struct actor *actor, instant now);
str folded(struct arena *arena, str name);

/* ---- setting.c: the value of a setting in one council (setting.h), as an expression */
#define SETTING_OF(key, authority)                                                                 \
	"coalesce((SELECT z.value FROM setting z WHERE z.key = CAST(" key " AS TEXT) || '@' || "   \
	"CAST(" authority " AS TEXT)), (SELECT z.value FROM setting z WHERE z.key = CAST(" key      \
	" AS TEXT) AND NOT EXISTS (SELECT 1 FROM setting y WHERE y.key = 'authority' AND "         \
	"y.value <> CAST(" authority " AS TEXT))))"

/* ---- session.c: what signing in leaves behind */
MUST_USE bool person_sessions_end(struct store *store, int64_t person, struct err *err);
/* One entry of the ledger about a person: "factor:totp", of "person:12". */
MUST_USE bool person_entry(struct store *store, const struct actor *actor, str act, int64_t person,
	struct err *err);
/* ---- factor.c: in the step that is open, without an entry of its own */
struct recovery_marks;
MUST_USE bool recovery_put(struct store *store, int64_t person, const struct recovery_marks *codes,
	instant now, struct err *err);
/* ---- helped.c: in the step that is open */
MUST_USE bool helped_password(struct store *store, int64_t person, int64_t by, struct err *err);
MUST_USE bool helped_reset(struct store *store, int64_t person, int64_t by, struct err *err);
/* Runs the statement and ends the step that was begun, or undoes it. */
MUST_USE bool step_do(struct store *store, struct stmt *stmt, struct err *err);

static inline str str_bytes(const void *bytes, size_t n)
{
	return (str){ bytes, n };
}
