/* quality.c - keeping what a check found: begun, put in parts, and at its end counted and shown. */
#include "store/quality.h"

#include "store/inside.h"

#include <stdio.h>
#include <string.h>

enum { STALE_MS = 2 * 60 * 60 * 1000 };

SQL(quality_busy,
	"SELECT count(*) FROM quality_check WHERE authority = $1 AND kind = $2 AND source_n = $3 "
	"AND ended_at IS NULL AND why IS NULL");
SQL(quality_add,
	"INSERT INTO quality_check (id, authority, kind, year, source_n, asked_at, began_at, person, "
	"children, findings, swept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)");
SQL(quality_begun, "UPDATE quality_check SET began_at = $2 WHERE id = $1 AND ended_at IS NULL");
SQL(quality_failed, "UPDATE quality_check SET why = $2 WHERE id = $1 AND ended_at IS NULL");
SQL(quality_interrupted,
	"UPDATE quality_check SET why = 'interrupted' WHERE ended_at IS NULL AND why IS NULL "
	"AND began_at <= $1");
SQL(quality_of, "SELECT authority, kind, year, source_n FROM quality_check WHERE id = $1 AND ended_at IS NULL");
/* Whose each is: of a child under two numbers, the one who stays listed. */
SQL(quality_whose,
	"UPDATE quality_finding SET subject = coalesce((SELECT max(r.subject) FROM record_same_child r CROSS "
	"JOIN subject m WHERE m.id = r.subject AND m.authority = $1 AND r.number = quality_finding.number "
	"AND r.withdrawn_at IS NULL AND r.draft = 0), (SELECT s.id FROM subject s WHERE s.authority = $1 "
	"AND s.kind = 'child' AND s.key = quality_finding.number), 0) WHERE quality = $2 AND n > $3");
SQL(quality_count_put,
	"INSERT INTO quality_count (quality, rule, hand, findings, explained, hidden) "
	"SELECT f.quality, f.rule, f.hand, "
	"sum(CASE WHEN coalesce(s.openness, 0) <= 1 THEN 1 ELSE 0 END), "
	"sum(CASE WHEN coalesce(s.openness, 0) <= 1 AND EXISTS (SELECT 1 FROM quality_explained x "
	"WHERE x.subject = f.subject AND x.finding = f.finding AND x.ended_at IS NULL) THEN 1 ELSE 0 END), "
	"sum(CASE WHEN coalesce(s.openness, 0) <= 1 THEN 0 ELSE 1 END) "
	"FROM quality_finding f LEFT JOIN child_row s ON s.subject = f.subject WHERE f.quality = $1 "
	"GROUP BY f.quality, f.rule, f.hand");
SQL(quality_unrun_put,
	"INSERT INTO quality_count (quality, rule, hand, findings, explained, hidden, why) "
	"VALUES ($1, $2, '', 0, 0, 0, $3)");
SQL(quality_ended,
	"UPDATE quality_check SET ended_at = $2, children = $3, findings = (SELECT count(*) FROM "
	"quality_finding f WHERE f.quality = $1) WHERE id = $1");
/* Earlier whole checks of the same return and source, and what came to nothing. */
SQL(quality_old,
	"SELECT c.id FROM quality_check c WHERE c.swept = 0 AND (c.why IS NOT NULL OR EXISTS (SELECT 1 FROM "
	"quality_check l WHERE l.authority = c.authority AND l.kind = c.kind AND l.source_n = c.source_n "
	"AND l.ended_at IS NOT NULL AND c.ended_at IS NOT NULL AND l.id > c.id)) ORDER BY c.id LIMIT 1");
SQL(quality_forget, "DELETE FROM quality_finding WHERE quality = $1 AND n > "
	"(SELECT max(n) FROM quality_finding WHERE quality = $1) - CAST($2 AS BIGINT)");
SQL(quality_left, "SELECT count(*) FROM (SELECT n FROM quality_finding WHERE quality = $1 LIMIT 1) one");
SQL(quality_swept, "UPDATE quality_check SET swept = 1 WHERE id = $1");

static const char *const finding_column[] = { "quality", "n", "subject", "finding", "rule", "name", "line",
	"field", "number", "regards", "hand" };

static bool step_of(struct store *store, bool begun, bool done, struct err *err)
{
	done = done && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

static bool enter(struct store *store, const struct actor *actor, str authority, str act, int64_t id,
	struct err *err)
{
	char object[40];
	int n = snprintf(object, sizeof object, "quality:%lld", (long long)id);
	struct entry entry = { .at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = authority,
		.objects = { object, (size_t)n } };
	return ledger_append(store, &entry, err);
}

/* ---- asked for and begun */

static bool add(struct store *store, const struct quality_check *check, bool begun, int64_t *id,
	struct err *err)
{
	if (!take_id(store, id, err))
		return false;
	struct stmt *stmt = db_use(store->db, &quality_add);
	db_bind_int(stmt, 1, *id);
	db_bind_text(stmt, 2, check->authority);
	db_bind_text(stmt, 3, check->kind);
	db_bind_int(stmt, 4, check->year);
	db_bind_int(stmt, 5, check->source);
	db_bind_int(stmt, 6, store_now(store));
	if (begun)
		db_bind_int(stmt, 7, store_now(store));
	else
		db_bind_null(stmt, 7);
	db_bind_int(stmt, 8, check->person);
	return db_do(stmt, err);
}

static bool is_idle(struct store *store, str authority, str kind, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_busy);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, kind);
	db_bind_int(stmt, 3, QUALITY_RECORDS);
	enum db_row row = db_step(stmt, err);
	bool idle = row == DB_ROW && db_int(stmt, 0) == 0;
	db_reset(stmt);
	return row == DB_ROW &&
		(idle || err_set(err, ERR_BUSY, "this return is being checked already"));
}

bool store_quality_ask(struct store *store, const struct actor *actor, str kind, int year, int64_t *id,
	struct err *err)
{
	const struct quality_check check = { .authority = actor->authority, .kind = kind, .year = year,
		.source = QUALITY_RECORDS, .person = actor->user };
	if (!policy_role_may(actor->role, MAY_CHECK))
		return err_set(err, ERR_DENIED, "your role may not ask for a check");
	bool begun = step_begin(store, err);
	bool done = begun && is_idle(store, actor->authority, kind, err) &&
		add(store, &check, false, id, err) &&
		enter(store, actor, actor->authority, S("quality:ask"), *id, err);
	return step_of(store, begun, done, err);
}

bool store_quality_begin(struct store *store, const struct actor *actor, const struct quality_check *check,
	int64_t *id, struct err *err)
{
	bool begun = step_begin(store, err), done;
	if (check->id != 0) {
		struct stmt *stmt = db_use(store->db, &quality_begun);
		*id = check->id;
		db_bind_int(stmt, 1, check->id);
		db_bind_int(stmt, 2, store_now(store));
		done = begun && db_do(stmt, err);
	} else {
		struct quality_check made = *check;
		made.person = actor->user;
		done = begun && add(store, &made, true, id, err);
	}
	return step_of(store, begun, done, err);
}

/* ---- its findings */

static void hash_text(uint64_t *hash, str text)
{
	for (size_t i = 0; i < text.n; i++)
		*hash = (*hash ^ (unsigned char)text.p[i]) * 1099511628211u;
	*hash = (*hash ^ 0xff) * 1099511628211u;
}

/* The same in every check of that year's return. Never 0, and whole in a script's numbers. */
static int64_t number_of(str kind, int year, const struct quality_finding *finding)
{
	uint64_t hash = 14695981039346656037u ^ (uint64_t)year;
	hash_text(&hash, kind);
	hash_text(&hash, finding->rule);
	hash_text(&hash, finding->name);
	hash_text(&hash, finding->regards);
	return (int64_t)(hash >> 12 | 1);
}

static bool check_of(struct store *store, struct arena *arena, int64_t id, struct quality_check *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_of);
	db_bind_int(stmt, 1, id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct quality_check){ .id = id,
			.authority = arena_str(arena, db_text(stmt, 0)),
			.kind = arena_str(arena, db_text(stmt, 1)),
			.year = (int)db_int(stmt, 2),
			.source = (enum quality_source)db_int(stmt, 3) };
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "there is no such check"));
}

static bool load(struct store *store, const struct quality_check *check, int64_t first,
	const struct quality_finding *finding, size_t n, struct err *err)
{
	struct db_load *load = db_load_open(store->db, S("quality_finding"), finding_column,
		sizeof finding_column / sizeof *finding_column, err);
	if (load == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct quality_finding *one = &finding[i];
		db_load_int(load, check->id);
		db_load_int(load, first + (int64_t)i + 1);
		db_load_int(load, 0);
		db_load_int(load, number_of(check->kind, check->year, one));
		db_load_text(load, one->rule);
		db_load_text(load, one->name);
		db_load_int(load, one->line);
		db_load_text(load, one->field);
		db_load_text(load, utf8_upto(one->number, 100));
		db_load_text(load, one->regards);
		db_load_text(load, one->hand);
	}
	return db_load_close(load, err);
}

static bool put(struct store *store, struct arena *arena, int64_t id, int64_t first,
	const struct quality_finding *finding, size_t n, struct err *err)
{
	struct quality_check check;
	if (!check_of(store, arena, id, &check, err) || !load(store, &check, first, finding, n, err))
		return false;
	struct stmt *stmt = db_use(store->db, &quality_whose);
	db_bind_text(stmt, 1, check.authority);
	db_bind_int(stmt, 2, id);
	db_bind_int(stmt, 3, first);
	return db_do(stmt, err);
}

bool store_quality_put(struct store *store, int64_t id, int64_t first, const struct quality_finding *finding,
	size_t n, struct err *err)
{
	if (n == 0)
		return true;
	struct arena *arena = arena_open(1 << 16);
	bool begun = step_begin(store, err);
	bool done = begun && put(store, arena, id, first, finding, n, err);
	arena_close(arena);
	return step_of(store, begun, done, err);
}

/* ---- its end */

static bool put_unrun(struct store *store, int64_t id, const struct quality_unrun *unrun, size_t n,
	struct err *err)
{
	bool done = true;
	for (size_t i = 0; done && i < n; i++) {
		struct stmt *stmt = db_use(store->db, &quality_unrun_put);
		db_bind_int(stmt, 1, id);
		db_bind_text(stmt, 2, unrun[i].rule);
		db_bind_text(stmt, 3, unrun[i].why);
		done = db_do(stmt, err);
	}
	return done;
}

static bool end(struct store *store, struct arena *arena, const struct actor *actor, int64_t id,
	int64_t children, const struct quality_unrun *unrun, size_t n, struct err *err)
{
	struct quality_check check;
	if (!check_of(store, arena, id, &check, err))
		return false;
	struct stmt *stmt = db_use(store->db, &quality_count_put);
	db_bind_int(stmt, 1, id);
	if (!db_do(stmt, err) || !put_unrun(store, id, unrun, n, err))
		return false;
	stmt = db_use(store->db, &quality_ended);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, store_now(store));
	db_bind_int(stmt, 3, children);
	return db_do(stmt, err) && enter(store, actor, check.authority, S("quality:check"), id, err);
}

bool store_quality_end(struct store *store, const struct actor *actor, int64_t id, int64_t children,
	const struct quality_unrun *unrun, size_t n, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	bool begun = step_begin(store, err);
	bool done = begun && end(store, arena, actor, id, children, unrun, n, err);
	arena_close(arena);
	return step_of(store, begun, done, err);
}

bool store_quality_fail(struct store *store, int64_t id, str why, struct err *err)
{
	bool begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &quality_failed);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, why.n > 0 ? why : S("failed"));
	return step_of(store, begun, begun && db_do(stmt, err), err);
}

bool store_quality_interrupt(struct store *store, struct err *err)
{
	bool alone = db_engine(store->db) == DB_SQLITE, begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &quality_interrupted);
	db_bind_int(stmt, 1, alone ? INT64_MAX : store_now(store) - STALE_MS);
	return step_of(store, begun, begun && db_do(stmt, err), err);
}

bool store_quality_keep(struct store *store, const struct actor *actor, const struct quality_check *check,
	const struct quality_finding *finding, size_t n, const struct quality_unrun *unrun, size_t n_unrun,
	int64_t *id, struct err *err)
{
	bool begun = store_quality_begin(store, actor, check, id, err), done = begun;
	for (size_t at = 0; done && at < n; at += QUALITY_PUT) {
		size_t some = n - at < QUALITY_PUT ? n - at : QUALITY_PUT;
		done = store_quality_put(store, *id, (int64_t)at, finding + at, some, err);
	}
	done = done && store_quality_end(store, actor, *id, check->children, unrun, n_unrun, err);
	if (begun && !done && !store_quality_fail(store, *id, str_of(err->text), NULL))
		return false;
	return done;
}

/* ---- forgetting */

static bool sweep(struct store *store, int64_t most, bool *more, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_old);
	enum db_row row = db_step(stmt, err);
	int64_t id = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	*more = row == DB_ROW;
	if (row != DB_ROW)
		return row == DB_DONE;
	stmt = db_use(store->db, &quality_forget);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, most);
	if (!db_do(stmt, err))
		return false;
	stmt = db_use(store->db, &quality_left);
	db_bind_int(stmt, 1, id);
	row = db_step(stmt, err);
	bool left = row == DB_ROW && db_int(stmt, 0) > 0;
	db_reset(stmt);
	if (row != DB_ROW || left)
		return row == DB_ROW;
	stmt = db_use(store->db, &quality_swept);
	db_bind_int(stmt, 1, id);
	return db_do(stmt, err);
}

bool store_quality_sweep(struct store *store, int64_t most, bool *more, struct err *err)
{
	bool begun = step_begin(store, err);
	return step_of(store, begun, begun && sweep(store, most, more, err), err);
}
