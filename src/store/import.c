/* import.c - everything that one import brings, in one transaction and under one number. */
#include "store/inside.h"

#include <string.h>

SQL(import_add,
	"INSERT INTO import (id, authority, kind, files, known_to, actor, began_at, ended_at, "
	"children, events, rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)");
SQL(import_end,
	"UPDATE import SET ended_at = $2, children = $3, events = $4, rejected = $5 WHERE id = $1");
SQL(coverage_put,
	"INSERT INTO coverage (import, word, from_day, to_day) VALUES ($1, $2, $3, $4)");

SQL(told_forget,
	"DELETE FROM told WHERE import IN (SELECT i.id FROM import i WHERE i.authority = $1 AND "
	"i.kind = $2 AND i.id <> $3 AND coalesce(i.known_to, 0) <= $4)");
SQL(told_later,
	"SELECT count(*) FROM import i WHERE i.authority = $1 AND i.kind = $2 AND i.id <> $3 AND "
	"coalesce(i.known_to, 0) > $4");
static const char *const told_column[] = { "import", "number" };

static void bind_day(struct stmt *stmt, int n, day d)
{
	if (d == DAY_UNKNOWN)
		db_bind_null(stmt, n);
	else
		db_bind_int(stmt, n, d);
}

static bool begin(struct store *store, const struct import_begin *begin, struct err *err)
{
	struct importing *importing = store->importing;
	bool demonstration;
	day known_to;
	if (!take_id(store, &importing->id, err) || !take_id(store, &importing->tally.save, err) ||
		!store_is_demonstration(store, &demonstration, err) ||
		!store_coverage(store, begin->authority, &importing->before, &known_to, err))
		return false;
	importing->real = !demonstration;
	struct stmt *stmt = db_use(store->db, &import_add);
	db_bind_int(stmt, 1, importing->id);
	db_bind_text(stmt, 2, begin->authority);
	db_bind_text(stmt, 3, begin->kind);
	db_bind_text(stmt, 4, begin->files);
	bind_day(stmt, 5, begin->known_to);
	db_bind_int(stmt, 6, begin->actor->user);
	db_bind_int(stmt, 7, importing->began);
	db_bind_int(stmt, 8, importing->began);
	return db_do(stmt, err);
}

bool store_import_begin(struct store *store, const struct import_begin *what, int64_t *import,
	struct err *err)
{
	must(store->importing == NULL);
	if (!policy_may(what->actor->role, MAY_IMPORT, RELATION_AUTHORITY, OPEN))
		return err_set(err, ERR_DENIED, "your role may not import");
	if (what->authority.n == 0)
		return err_set(err, ERR_INPUT, "say whose children these are: --authority CODE");
	if (!step_begin(store, err))
		return false;
	struct importing *importing = mem_alloc(1, sizeof *importing);
	importing->arena = arena_open(1 << 20);
	importing->authority = arena_str(importing->arena, what->authority);
	importing->kind = arena_str(importing->arena, what->kind);
	importing->actor = *what->actor;
	importing->actor.authority = arena_str(importing->arena, what->actor->authority);
	importing->known_to = what->known_to;
	importing->began = store_now(store);
	store->importing = importing;
	store->next_id = store->last_id = 0;
	if (!begin(store, what, err)) {
		store_import_cancel(store);
		return false;
	}
	*import = importing->id;
	return true;
}

bool store_import_covers(
	struct store *store, int64_t import, enum word word, day from, day to, struct err *err)
{
	must(store->importing != NULL && store->importing->id == import);
	struct stmt *stmt = db_use(store->db, &coverage_put);
	db_bind_int(stmt, 1, import);
	db_bind_text(stmt, 2, word_text(word));
	bind_day(stmt, 3, from);
	bind_day(stmt, 4, to);
	return db_do(stmt, err);
}

/* Of several years' files only the last says who is there now. */
static bool tells(struct store *store, bool *last, struct err *err)
{
	const struct importing *importing = store->importing;
	struct stmt *stmt = db_use(store->db, &told_later);
	int64_t known_to = importing->known_to == DAY_UNKNOWN ? 0 : importing->known_to;
	db_bind_text(stmt, 1, importing->authority);
	db_bind_text(stmt, 2, importing->kind);
	db_bind_int(stmt, 3, importing->id);
	db_bind_int(stmt, 4, known_to);
	enum db_row row = db_step(stmt, err);
	*last = row == DB_ROW && db_int(stmt, 0) == 0;
	db_reset(stmt);
	if (row != DB_ROW || !*last)
		return row == DB_ROW;
	stmt = db_use(store->db, &told_forget);
	db_bind_text(stmt, 1, importing->authority);
	db_bind_text(stmt, 2, importing->kind);
	db_bind_int(stmt, 3, importing->id);
	db_bind_int(stmt, 4, known_to);
	return db_do(stmt, err);
}

bool store_import_tells(struct store *store, int64_t import, str number, struct err *err)
{
	struct importing *importing = store->importing;
	must(importing != NULL && importing->id == import);
	if (importing->told == NULL && !importing->told_asked) {
		bool last;
		importing->told_asked = true;
		if (!tells(store, &last, err))
			return false;
		if (last && (importing->told = db_load_open(store->db, S("told"), told_column, 2,
				     err)) == NULL)
			return false;
	}
	if (importing->told != NULL) {
		db_load_int(importing->told, import);
		db_load_text(importing->told, number);
	}
	return true;
}

/* ---- the end */

static bool close_load(struct db_load **load, struct err *err)
{
	bool done = *load == NULL || db_load_close(*load, err);
	*load = NULL;
	return done;
}

static bool close_loads(struct store *store, struct err *err)
{
	bool done = close_load(&store->importing->events, err);
	done = close_load(&store->importing->told, done ? err : NULL) && done;
	for (size_t i = 0; i < record_types_n; i++) {
		done = close_load(&store->type[i].record_load, done ? err : NULL) && done;
		done = close_load(&store->type[i].version_load, done ? err : NULL) && done;
	}
	return done;
}

static bool same_coverage(const struct coverage *a, const struct coverage *b)
{
	if (a->all != b->all)
		return false;
	for (size_t i = 0; i < WORDS; i++) {
		if (a->carried[i] != b->carried[i] || a->span[i].from != b->span[i].from ||
			a->span[i].to != b->span[i].to)
			return false;
	}
	return true;
}

/* What the sources carry decides between overdue and unknown: when it changed, for every child. */
static bool touch(struct store *store, struct err *err)
{
	struct importing *importing = store->importing;
	struct coverage *after = mem_alloc(1, sizeof *after);
	day known_to;
	bool done = store_coverage(store, importing->authority, after, &known_to, err);
	if (done && !same_coverage(&importing->before, after)) {
		importing->touched.n = 0;
		done = subjects_all(store, importing->authority, &importing->touched, err);
	}
	mem_free(after);
	subjects_sort(&importing->touched);
	return done && recompute(store, importing->authority, &importing->touched, err);
}

static bool finish(struct store *store, int64_t children, int64_t events, int64_t rejected,
	struct err *err)
{
	struct importing *importing = store->importing;
	struct stmt *stmt = db_use(store->db, &import_end);
	db_bind_int(stmt, 1, importing->id);
	db_bind_int(stmt, 2, store_now(store));
	db_bind_int(stmt, 3, children);
	db_bind_int(stmt, 4, events);
	db_bind_int(stmt, 5, rejected);
	unsigned char digest[DIGEST];
	if (!db_do(stmt, err) || !import_read_digest(store, importing->id, digest, err))
		return false;
	tally_add(&importing->tally, digest);
	struct entry entry = {
		.at = importing->began,
		.actor = importing->actor.user,
		.role = importing->actor.role,
		.act = arena_format(importing->arena, "import:%.*s", STR_ARGS(importing->kind)),
		.authority = importing->authority,
		.objects = arena_format(importing->arena, "import:%lld", (long long)importing->id),
		.save = importing->tally.save,
		.changed = importing->tally.changed,
	};
	memcpy(entry.digest, importing->tally.digest, DIGEST);
	return ledger_append(store, &entry, err);
}

static void forget(struct store *store)
{
	struct importing *importing = store->importing;
	store->importing = NULL;
	store->next_id = store->last_id = 0;
	tally_close(&importing->tally);
	mem_free(importing->touched.item);
	arena_close(importing->arena);
	mem_free(importing);
}

bool store_import_end(struct store *store, int64_t import, int64_t children, int64_t events,
	int64_t rejected, struct err *err)
{
	must(store->importing != NULL && store->importing->id == import);
	if (!close_loads(store, err) || !touch(store, err) ||
		!finish(store, children, events, rejected, err)) {
		store_import_cancel(store);
		return false;
	}
	forget(store);
	if (step_end(store, err))
		return true;
	step_undo(store);
	return false;
}

void store_import_cancel(struct store *store)
{
	if (store->importing == NULL)
		return;
	for (size_t i = 0; i < record_types_n; i++)
		store->type[i].record_load = store->type[i].version_load = NULL;
	forget(store);
	step_undo(store); /* lets go of the loads, too */
}
