#include "store/session.h"

#include "store/inside.h"

#include <string.h>

SQL(session_add,
	"INSERT INTO session (token, person, began_at, seen_at, id, how, browser, bare, proven_at) "
	"VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $3)");
SQL(session_find,
	"SELECT s.id, s.began_at, s.seen_at, s.proven_at, s.how, s.browser, s.bare, p.id, p.login, "
	"p.name, p.role, p.team, p.authority, p.disabled, (SELECT w.authority FROM person_authority w "
	"WHERE w.person = p.id AND w.authority = s.council), (SELECT count(*) FROM person_authority v "
	"WHERE v.person = p.id), (SELECT CASE WHEN h.password_by > 0 OR "
	/* By whoever runs Duly; those of a demonstration are known to everybody anyway. */
	"(h.password_by = 0 AND NOT EXISTS (SELECT 1 FROM setting d WHERE d.key = 'demonstration' "
	"AND d.value = 'yes')) THEN 1 ELSE 0 END FROM helped h "
	"WHERE h.person = p.id) FROM session s JOIN person p ON p.id = s.person WHERE s.token = $1");
SQL(session_council, "UPDATE session SET council = $3 WHERE person = $1 AND id = $2");
SQL(session_list,
	"SELECT id, began_at, seen_at, proven_at, how, browser, bare FROM session WHERE person = $1 "
	"ORDER BY seen_at DESC, id DESC");
SQL(session_seen, "UPDATE session SET seen_at = $2 WHERE token = $1");
SQL(session_renew, "UPDATE session SET token = $2, proven_at = $3, seen_at = $3 WHERE token = $1");
SQL(session_whole, "UPDATE session SET bare = 0 WHERE person = $1");
SQL(session_end, "DELETE FROM session WHERE token = $1");
SQL(session_end_one, "DELETE FROM session WHERE person = $1 AND id = $2");
SQL(session_end_others, "DELETE FROM session WHERE person = $1 AND id <> $2");
SQL(session_end_all, "DELETE FROM session");
SQL(session_sweep, "DELETE FROM session WHERE seen_at < $1");
SQL(half_add, "INSERT INTO half_session (token, person, at) VALUES ($1, $2, $3)");
SQL(half_find,
	"SELECT h.person FROM half_session h JOIN person p ON p.id = h.person WHERE h.token = $1 AND "
	"h.at >= $2 AND p.disabled = 0");
SQL(half_end, "DELETE FROM half_session WHERE token = $1");
SQL(half_sweep, "DELETE FROM half_session WHERE at < $1");
SQL(attempt_add, "INSERT INTO attempt (id, login, address, at) VALUES ($1, $2, $3, $4)");
SQL(attempt_count,
	"SELECT (SELECT count(*) FROM attempt WHERE login = $1 AND at > $3), "
	"(SELECT count(*) FROM attempt WHERE address = $2 AND at > $3)");
SQL(attempt_forget, "DELETE FROM attempt WHERE login = $1");
SQL(attempt_sweep, "DELETE FROM attempt WHERE at < $1");
SQL(spent_add, "INSERT INTO spent (mark, at) VALUES ($1, $2)");
SQL(spent_sweep, "DELETE FROM spent WHERE at < $1");

bool step_do(struct store *store, struct stmt *stmt, struct err *err)
{
	bool done = db_do(stmt, err) && step_end(store, err);
	if (!done)
		step_undo(store);
	return done;
}

bool person_entry(struct store *store, const struct actor *actor, str act, int64_t person,
	struct err *err)
{
	struct buf object = { 0 };
	buf_format(&object, "person:%lld", (long long)person);
	struct entry entry = {
		.at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = actor->authority,
		.objects = buf_view(&object),
	};
	bool done = ledger_append(store, &entry, err);
	buf_close(&object);
	return done;
}

static str token_bytes(const unsigned char *token)
{
	return str_bytes(token, SESSION_TOKEN);
}

/* ---- sessions */

bool store_session_begin(struct store *store, const struct session_new *begin, struct err *err)
{
	int64_t id;
	if (!step_begin(store, err))
		return false;
	if (!take_id(store, &id, err)) {
		step_undo(store);
		return false;
	}
	struct stmt *stmt = db_use(store->db, &session_add);
	db_bind_bytes(stmt, 1, token_bytes(begin->token));
	db_bind_int(stmt, 2, begin->person);
	db_bind_int(stmt, 3, begin->now);
	db_bind_int(stmt, 4, id);
	db_bind_text(stmt, 5, begin->how);
	db_bind_text(stmt, 6, begin->browser);
	db_bind_int(stmt, 7, begin->bare ? 1 : 0);
	return step_do(store, stmt, err);
}

static void session_of(struct arena *arena, struct stmt *stmt, struct person_session *out)
{
	*out = (struct person_session){
		.id = db_int(stmt, 0),
		.began_at = db_int(stmt, 1),
		.seen_at = db_int(stmt, 2),
		.proven_at = db_int(stmt, 3),
		.how = arena_str(arena, db_text(stmt, 4)),
		.browser = arena_str(arena, db_text(stmt, 5)),
		.bare = db_int(stmt, 6) == 1,
	};
}

bool store_session_find(struct store *store, struct arena *arena,
	const unsigned char token[SESSION_TOKEN], struct person_session *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &session_find);
	db_bind_bytes(stmt, 1, token_bytes(token));
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		enum role role;
		session_of(arena, stmt, out);
		out->person = (struct person){
			.id = db_int(stmt, 7),
			.login = arena_str(arena, db_text(stmt, 8)),
			.name = arena_str(arena, db_text(stmt, 9)),
			.role = role_find(db_text(stmt, 10), &role) ? role : ROLE_NONE,
			.team = arena_str(arena, db_text(stmt, 11)),
			.authority = arena_str(arena, db_text(stmt, 12)),
			.disabled = db_int(stmt, 13) == 1,
		};
		out->council = arena_str(arena, db_text(stmt, 14));
		out->beside = db_int(stmt, 15);
		out->lent = !db_is_null(stmt, 16) && db_int(stmt, 16) == 1;
	}
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such session"));
}

bool store_session_list(struct store *store, struct arena *arena, int64_t person,
	struct session_list *out, struct err *err)
{
	*out = (struct session_list){ 0 };
	struct stmt *stmt = db_use(store->db, &session_list);
	db_bind_int(stmt, 1, person);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			out->room = out->room == 0 ? 8 : out->room * 2;
			struct person_session *item = arena_take(arena, out->room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
		}
		session_of(arena, stmt, &out->item[out->n++]);
	}
	return row == DB_DONE;
}

bool store_session_seen(struct store *store, const unsigned char token[SESSION_TOKEN], instant now,
	struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_seen);
	db_bind_bytes(stmt, 1, token_bytes(token));
	db_bind_int(stmt, 2, now);
	return step_do(store, stmt, err);
}

bool store_session_renew(struct store *store, const unsigned char old[SESSION_TOKEN],
	const unsigned char token[SESSION_TOKEN], instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_renew);
	db_bind_bytes(stmt, 1, token_bytes(old));
	db_bind_bytes(stmt, 2, token_bytes(token));
	db_bind_int(stmt, 3, now);
	return step_do(store, stmt, err);
}

bool store_session_whole(struct store *store, int64_t person, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_whole);
	db_bind_int(stmt, 1, person);
	return step_do(store, stmt, err);
}

bool store_session_end(
	struct store *store, const unsigned char token[SESSION_TOKEN], struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_end);
	db_bind_bytes(stmt, 1, token_bytes(token));
	return step_do(store, stmt, err);
}

bool person_sessions_end(struct store *store, int64_t person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &session_end_others);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, -1);
	return db_do(stmt, err);
}

static bool end_some(struct store *store, const struct actor *actor, const struct sql *sql,
	int64_t id, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, id);
	bool done = db_do(stmt, err) &&
		    (sql != &session_end_one || db_changed(store->db) == 1 ||
			    err_set(err, ERR_MISSING, "there is no such session")) &&
		    person_entry(store, actor, S("session:end"), actor->user, err) &&
		    step_end(store, err);
	if (!done)
		step_undo(store);
	return done;
}

bool store_session_end_one(
	struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	return end_some(store, actor, &session_end_one, id, err);
}

bool store_session_end_others(
	struct store *store, const struct actor *actor, int64_t keep, struct err *err)
{
	return end_some(store, actor, &session_end_others, keep, err);
}

bool store_session_end_all(struct store *store, struct err *err)
{
	return step_begin(store, err) &&
	       step_do(store, db_use(store->db, &session_end_all), err);
}

bool store_session_sweep(struct store *store, instant before, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_sweep);
	db_bind_int(stmt, 1, before);
	return step_do(store, stmt, err);
}

bool store_session_entry(struct store *store, const struct actor *actor, str how, struct err *err)
{
	struct buf act = { 0 };
	buf_lit(&act, "sign-in:");
	buf_str(&act, how);
	bool begun = step_begin(store, err);
	bool done = begun && person_entry(store, actor, buf_view(&act), actor->user, err) &&
		    step_end(store, err);
	if (begun && !done)
		step_undo(store);
	buf_close(&act);
	return done;
}

/* ---- half a session */

bool store_half_begin(struct store *store, const unsigned char token[SESSION_TOKEN],
	int64_t person, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *sweep = db_use(store->db, &half_sweep);
	db_bind_int(sweep, 1, now - INSTANT_HOUR);
	if (!db_do(sweep, err)) {
		step_undo(store);
		return false;
	}
	struct stmt *stmt = db_use(store->db, &half_add);
	db_bind_bytes(stmt, 1, token_bytes(token));
	db_bind_int(stmt, 2, person);
	db_bind_int(stmt, 3, now);
	return step_do(store, stmt, err);
}

bool store_half_find(struct store *store, const unsigned char token[SESSION_TOKEN], instant since,
	int64_t *person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &half_find);
	db_bind_bytes(stmt, 1, token_bytes(token));
	db_bind_int(stmt, 2, since);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*person = db_int(stmt, 0);
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "nobody is half-way here"));
}

bool store_half_end(struct store *store, const unsigned char token[SESSION_TOKEN], struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &half_end);
	db_bind_bytes(stmt, 1, token_bytes(token));
	return step_do(store, stmt, err);
}

/* ---- attempts */

bool store_attempt_add(struct store *store, str login, str address, instant at, struct err *err)
{
	int64_t id;
	if (!step_begin(store, err))
		return false;
	if (!take_id(store, &id, err)) {
		step_undo(store);
		return false;
	}
	struct stmt *stmt = db_use(store->db, &attempt_add);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, login);
	db_bind_text(stmt, 3, address);
	db_bind_int(stmt, 4, at);
	return step_do(store, stmt, err);
}

bool store_attempt_count(struct store *store, str login, str address, instant since,
	int64_t *of_login, int64_t *of_address, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &attempt_count);
	db_bind_text(stmt, 1, login);
	db_bind_text(stmt, 2, address);
	db_bind_int(stmt, 3, since);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		*of_login = db_int(stmt, 0);
		*of_address = db_int(stmt, 1);
	}
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_attempt_forget(struct store *store, str login, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &attempt_forget);
	db_bind_text(stmt, 1, login);
	return step_do(store, stmt, err);
}

bool store_attempt_sweep(struct store *store, instant before, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &attempt_sweep);
	db_bind_int(stmt, 1, before);
	return step_do(store, stmt, err);
}

/* ---- once only */

bool store_spend(struct store *store, const unsigned char mark[32], instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *sweep = db_use(store->db, &spent_sweep);
	db_bind_int(sweep, 1, now - INSTANT_DAY);
	if (!db_do(sweep, err)) {
		step_undo(store);
		return false;
	}
	struct stmt *stmt = db_use(store->db, &spent_add);
	db_bind_bytes(stmt, 1, str_bytes(mark, 32));
	db_bind_int(stmt, 2, now);
	return step_do(store, stmt, err);
}

bool store_session_council(
	struct store *store, int64_t person, int64_t id, str council, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &session_council);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, id);
	db_bind_text(stmt, 3, council);
	return step_do(store, stmt, err);
}
