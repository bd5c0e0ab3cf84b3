#include "store/passkey.h"

#include "store/factor.h"
#include "store/inside.h"

#include <string.h>

SQL(passkey_add,
	"INSERT INTO passkey (id, person, handle, site, algorithm, public_key, uses, name, reached, "
	"made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
SQL(passkey_count, "SELECT count(*) FROM passkey WHERE person = $1");
#define PASSKEY                                                                                    \
	"SELECT k.id, k.person, k.handle, k.site, k.algorithm, k.public_key, k.uses, k.name, "     \
	"k.reached, k.made_at, k.used_at, k.refused_at FROM passkey k "
SQL(passkey_find, PASSKEY "JOIN person p ON p.id = k.person WHERE k.handle = $1 AND p.disabled = 0");
SQL(passkey_list, PASSKEY "WHERE k.person = $1 ORDER BY k.id");
SQL(passkey_used,
	"UPDATE passkey SET uses = $2, used_at = $3 WHERE id = $1 AND refused_at IS NULL AND "
	"(uses < $2 OR (uses = 0 AND $2 = 0))");
SQL(passkey_copied,
	"UPDATE passkey SET refused_at = $3 WHERE person = $1 AND id = $2 AND refused_at IS NULL");
SQL(passkey_name, "UPDATE passkey SET name = $3 WHERE person = $1 AND id = $2");
SQL(passkey_drop, "DELETE FROM passkey WHERE person = $1 AND id = $2");
SQL(passkey_drop_all, "DELETE FROM passkey WHERE person = $1");
SQL(challenge_add,
	"INSERT INTO challenge (bytes, holder, purpose, at) VALUES ($1, $2, $3, $4)");
SQL(challenge_sweep, "DELETE FROM challenge WHERE at < $1");
SQL(challenge_take,
	"DELETE FROM challenge WHERE bytes = $1 RETURNING holder, purpose, at");

static bool undo(struct store *store, bool done)
{
	if (!done)
		step_undo(store);
	return done;
}

/* ---- passkeys */

static bool room_for(struct store *store, int64_t person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &passkey_count);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	int64_t n = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW && (n < PASSKEYS_MOST ||
					err_set(err, ERR_FULL, "they have %d passkeys already",
						PASSKEYS_MOST));
}

bool store_passkey_add(struct store *store, const struct actor *actor,
	const struct passkey_row *row, const struct recovery_marks *codes, struct err *err)
{
	int64_t id;
	if (!step_begin(store, err))
		return false;
	if (!room_for(store, actor->user, err) || !take_id(store, &id, err))
		return undo(store, false);
	struct stmt *stmt = db_use(store->db, &passkey_add);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, actor->user);
	db_bind_bytes(stmt, 3, row->handle);
	db_bind_text(stmt, 4, row->site);
	db_bind_int(stmt, 5, row->algorithm);
	db_bind_bytes(stmt, 6, row->public_key);
	db_bind_int(stmt, 7, row->uses);
	db_bind_text(stmt, 8, row->name);
	db_bind_text(stmt, 9, row->reached);
	db_bind_int(stmt, 10, row->made_at);
	return undo(store, db_do(stmt, err) &&
				(codes == NULL ||
					recovery_put(store, actor->user, codes, row->made_at, err)) &&
				person_entry(store, actor, S("factor:passkey"), actor->user, err) &&
				step_end(store, err));
}

static void passkey_of(struct arena *arena, struct stmt *stmt, struct passkey_row *out)
{
	*out = (struct passkey_row){ .id = db_int(stmt, 0),
		.person = db_int(stmt, 1),
		.handle = arena_str(arena, db_bytes(stmt, 2)),
		.site = arena_str(arena, db_text(stmt, 3)),
		.algorithm = db_int(stmt, 4),
		.public_key = arena_str(arena, db_bytes(stmt, 5)),
		.uses = db_int(stmt, 6),
		.name = arena_str(arena, db_text(stmt, 7)),
		.reached = arena_str(arena, db_text(stmt, 8)),
		.made_at = db_int(stmt, 9),
		.used_at = db_is_null(stmt, 10) ? INSTANT_UNKNOWN : db_int(stmt, 10),
		.refused_at = db_is_null(stmt, 11) ? INSTANT_UNKNOWN : db_int(stmt, 11) };
}

bool store_passkey_find(struct store *store, struct arena *arena, str handle,
	struct passkey_row *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &passkey_find);
	db_bind_bytes(stmt, 1, handle);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		passkey_of(arena, stmt, out);
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "there is no such passkey"));
}

bool store_passkey_list(struct store *store, struct arena *arena, int64_t person,
	struct passkey_list *out, struct err *err)
{
	*out = (struct passkey_list){ 0 };
	struct stmt *stmt = db_use(store->db, &passkey_list);
	db_bind_int(stmt, 1, person);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			out->room = out->room == 0 ? 8 : out->room * 2;
			struct passkey_row *item = arena_take(arena, out->room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
		}
		passkey_of(arena, stmt, &out->item[out->n++]);
	}
	return row == DB_DONE;
}

bool store_passkey_used(
	struct store *store, int64_t id, int64_t uses, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &passkey_used);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, uses);
	db_bind_int(stmt, 3, now);
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_STALE, "this passkey has counted further already")) &&
		    step_end(store, err);
	return undo(store, done);
}

bool store_passkey_refused(struct store *store, const struct actor *actor, int64_t id, bool copied,
	instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &passkey_copied);
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, id);
	db_bind_int(stmt, 3, now);
	bool done = (!copied || db_do(stmt, err)) &&
		    person_entry(store, actor,
			    copied ? S("factor:passkey-copied") : S("factor:passkey-refused"),
			    actor->user, err) &&
		    step_end(store, err);
	return undo(store, done);
}

static bool on_one(struct store *store, const struct actor *actor, struct stmt *stmt, int64_t id,
	str act, struct err *err)
{
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, id);
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_MISSING, "there is no such passkey")) &&
		    person_entry(store, actor, act, actor->user, err) && step_end(store, err);
	return undo(store, done);
}

bool store_passkey_name(
	struct store *store, const struct actor *actor, int64_t id, str name, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &passkey_name);
	db_bind_text(stmt, 3, name);
	return on_one(store, actor, stmt, id, S("factor:passkey-named"), err);
}

bool store_passkey_drop(
	struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	return step_begin(store, err) && on_one(store, actor, db_use(store->db, &passkey_drop), id,
						 S("factor:passkey-removed"), err);
}

bool store_passkey_drop_all(struct store *store, int64_t person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &passkey_drop_all);
	db_bind_int(stmt, 1, person);
	return db_do(stmt, err);
}

/* ---- challenges */

static str challenge_bytes(const struct challenge *challenge)
{
	return str_bytes(challenge->bytes, CHALLENGE);
}

static str challenge_holder(const struct challenge *challenge)
{
	return str_bytes(challenge->holder, sizeof challenge->holder);
}

bool store_challenge_add(struct store *store, const struct challenge *challenge, instant now,
	instant since, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *sweep = db_use(store->db, &challenge_sweep);
	db_bind_int(sweep, 1, since);
	if (!db_do(sweep, err))
		return undo(store, false);
	struct stmt *stmt = db_use(store->db, &challenge_add);
	db_bind_bytes(stmt, 1, challenge_bytes(challenge));
	db_bind_bytes(stmt, 2, challenge_holder(challenge));
	db_bind_text(stmt, 3, challenge->purpose);
	db_bind_int(stmt, 4, now);
	return step_do(store, stmt, err);
}

bool store_challenge_take(
	struct store *store, const struct challenge *challenge, instant since, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &challenge_take);
	db_bind_bytes(stmt, 1, challenge_bytes(challenge));
	enum db_row row = db_step(stmt, err);
	bool theirs = row == DB_ROW && str_equal(db_bytes(stmt, 0), challenge_holder(challenge)) &&
		      str_equal(db_text(stmt, 1), challenge->purpose) && db_int(stmt, 2) >= since;
	db_reset(stmt);
	/* Answered, by whom and how late soever: it is gone. */
	return undo(store, row != DB_FAIL && step_end(store, err)) &&
	       (theirs || err_set(err, ERR_MISSING, "there is no such challenge"));
}
