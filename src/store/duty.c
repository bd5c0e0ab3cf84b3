/* duty.c - the search by exact name and date of birth: opening.h. */
#include "store/inside.h"
#include "store/opening.h"
#include "store/setting.h"

#include <sodium.h>

SQL(duty_since, "SELECT count(*) FROM duty_search WHERE person = $1 AND at > $2");
SQL(duty_add, "INSERT INTO duty_search (id, person, at, found, ring) VALUES ($1, $2, $3, $4, $5)");
/* In the authorities that they work for; a child from whom they are barred is not there. */
SQL(duty_match,
	"SELECT r.subject, r.openness, r.authority FROM child_row r WHERE r.born = $2 "
	"AND r.name_key = $3 AND (r.authority = $4 OR r.authority IN (SELECT w.authority "
	"FROM person_authority w WHERE w.person = $1)) AND NOT EXISTS (SELECT 1 FROM access b "
	"WHERE b.holder = $1 AND b.subject = r.subject AND b.relation = 6) "
	"ORDER BY r.subject LIMIT 20");
SQL(duty_one, "SELECT id, at, found, ring FROM duty_search WHERE id = $1 AND person = $2");
SQL(duty_found_now,
	"SELECT a.subject, max(a.until), max(CASE WHEN a.relation = 7 THEN 1 ELSE 0 END), max(a.level) "
	"FROM access a WHERE" ACCESS_NOW("$1", "$2", "$3", "$4") "AND a.holder = $1 GROUP BY a.subject "
	"ORDER BY a.subject LIMIT 50");

enum { FOUND_MOST = 20 };

struct finding {
	struct {
		int64_t subject;
		str authority;
	} found[FOUND_MOST];
	size_t n;
	int64_t ring;
};

static bool too_many(struct store *store, const struct actor *actor, bool *many, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &duty_since);
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, store_now(store) - DUTY_SEARCHES_WITHIN);
	enum db_row row = db_step(stmt, err);
	*many = row == DB_ROW && db_int(stmt, 0) >= DUTY_SEARCHES_MOST;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* Surname first, as a child's row keeps it. */
static str key_of(struct arena *arena, const struct duty_query *query)
{
	str surname = folded(arena, query->surname), forename = folded(arena, query->forename);
	return arena_format(arena, "%.*s %.*s", STR_ARGS(surname), STR_ARGS(forename));
}

static bool find(struct store *store, struct arena *arena, const struct actor *actor,
	const struct duty_query *query, struct finding *out, struct err *err)
{
	str setting;
	if (!store_setting_of(store, arena, actor->authority, S("duty-hidden"), &setting, err))
		return false;
	bool ring = str_equal(setting, S("ring"));
	struct stmt *stmt = db_use(store->db, &duty_match);
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, query->born);
	db_bind_text(stmt, 3, key_of(arena, query));
	db_bind_text(stmt, 4, actor->authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < FOUND_MOST) {
		enum openness openness = (enum openness)db_int(stmt, 1);
		if (policy_level(actor->role, RELATION_FOUND, openness) > 0) {
			out->found[out->n].subject = db_int(stmt, 0);
			out->found[out->n++].authority = arena_str(arena, db_text(stmt, 2));
		} else if (openness == HIDDEN && ring) {
			out->ring++;
		}
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool note(struct store *store, struct arena *arena, const struct actor *actor,
	const struct duty_query *query, const struct finding *finding, instant now, struct err *err)
{
	struct buf subjects = { 0 };
	for (size_t i = 0; i < finding->n; i++) {
		if (i > 0)
			buf_char(&subjects, ',');
		buf_int(&subjects, finding->found[i].subject);
	}
	struct entry entry = { .at = now,
		.actor = actor->user,
		.role = actor->role,
		.act = S("duty:search"),
		.authority = actor->authority,
		.subjects = buf_view(&subjects) };
	str text = arena_format(arena, "%.*s;%d", STR_ARGS(key_of(arena, query)), (int)query->born);
	crypto_generichash(
		entry.digest, DIGEST, (const unsigned char *)text.p, text.n, store->key, KEY);
	bool done = ledger_append(store, &entry, err);
	buf_close(&subjects);
	return done;
}

static bool search_it(struct store *store, struct arena *arena, const struct actor *actor,
	const struct duty_query *query, int64_t *search, struct err *err)
{
	bool many;
	struct finding finding = { .n = 0 };
	instant now = store_now(store);
	if (!too_many(store, actor, &many, err))
		return false;
	if (many)
		return err_set(err, ERR_FULL, "there were too many searches in ten minutes");
	if (!find(store, arena, actor, query, &finding, err) || !take_id(store, search, err))
		return false;
	for (size_t i = 0; i < finding.n; i++) {
		if (!sight_give(store, finding.found[i].authority,
			    &(struct sight_row){ finding.found[i].subject, actor->user,
				    RELATION_FOUND, now, now + DUTY_FOUND_LASTS, { 0 } },
			    err))
			return false;
	}
	struct stmt *stmt = db_use(store->db, &duty_add);
	db_bind_int(stmt, 1, *search);
	db_bind_int(stmt, 2, actor->user);
	db_bind_int(stmt, 3, now);
	db_bind_int(stmt, 4, (int64_t)finding.n);
	db_bind_int(stmt, 5, finding.ring);
	return db_do(stmt, err) && note(store, arena, actor, query, &finding, now, err);
}

bool store_duty_search(struct store *store, const struct actor *actor,
	const struct duty_query *query, int64_t *search, struct err *err)
{
	if (!policy_role_may(actor->role, MAY_DUTY_SEARCH))
		return err_set(err, ERR_DENIED, "your role may not search the whole authority");
	struct arena *arena = arena_open(1 << 18);
	bool begun = step_begin(store, err);
	bool done = begun && search_it(store, arena, actor, query, search, err) &&
		step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

bool store_duty_read(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t search, struct duty_page *out, struct err *err)
{
	*out = (struct duty_page){ .found = arena_take(arena, 50, sizeof *out->found) };
	if (!store_setting_of(store, arena, actor->authority, S("duty-number"), &out->number, err))
		return false;
	struct stmt *stmt = db_use(store->db, &duty_one);
	db_bind_int(stmt, 1, search);
	db_bind_int(stmt, 2, actor->user);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		out->search = (struct duty_outcome){ db_int(stmt, 0), db_int(stmt, 1),
			db_int(stmt, 2), db_int(stmt, 3) };
	db_reset(stmt);
	if (row == DB_FAIL)
		return false;
	stmt = db_use(store->db, &duty_found_now);
	access_bind(stmt, actor, store_now(store));
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < 50) {
		if (db_int(stmt, 2) == 1 && db_int(stmt, 3) == 1)
			out->found[out->n++] = (struct duty_found){ db_int(stmt, 0), db_int(stmt, 1) };
	}
	db_reset(stmt);
	return row != DB_FAIL;
}
