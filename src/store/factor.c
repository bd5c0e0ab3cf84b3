#include "store/factor.h"

#include "store/inside.h"
#include "store/session.h"

#include <string.h>

SQL(factors_of,
	"SELECT coalesce((SELECT made_at FROM totp WHERE person = $1), -1), "
	"(SELECT count(*) FROM passkey WHERE person = $1), "
	"(SELECT count(*) FROM recovery WHERE person = $1 AND used_at IS NULL), "
	"(SELECT count(*) FROM council_account WHERE person = $1)");
SQL(imports_any, "SELECT count(*) FROM import");
SQL(offer_set,
	"INSERT INTO offer (person, kind, sealed, at) VALUES ($1, $2, $3, $4) "
	"ON CONFLICT (person, kind) DO UPDATE SET sealed = excluded.sealed, at = excluded.at");
SQL(offer_read, "SELECT sealed FROM offer WHERE person = $1 AND kind = $2 AND at >= $3");
SQL(offer_drop, "DELETE FROM offer WHERE person = $1 AND kind = $2");
SQL(offer_drop_all, "DELETE FROM offer WHERE person = $1");
SQL(totp_read, "SELECT sealed, step FROM totp WHERE person = $1");
SQL(totp_set,
	"INSERT INTO totp (person, sealed, step, made_at) VALUES ($1, $2, $3, $4) "
	"ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, step = excluded.step, "
	"made_at = excluded.made_at");
SQL(totp_use, "UPDATE totp SET step = $2 WHERE person = $1 AND step < $2");
SQL(totp_drop, "DELETE FROM totp WHERE person = $1");
SQL(recovery_add, "INSERT INTO recovery (person, mark, made_at) VALUES ($1, $2, $3)");
SQL(recovery_use,
	"UPDATE recovery SET used_at = $3 WHERE person = $1 AND mark = $2 AND used_at IS NULL");
SQL(recovery_drop, "DELETE FROM recovery WHERE person = $1");
SQL(passkey_add,
	"INSERT INTO passkey (id, person, handle, site, algorithm, public_key, uses, name, made_at, "
	"used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)");
#define PASSKEY                                                                                    \
	"SELECT k.id, k.person, k.handle, k.site, k.algorithm, k.public_key, k.uses, k.name, "     \
	"k.made_at, k.used_at FROM passkey k "
SQL(passkey_find, PASSKEY "JOIN person p ON p.id = k.person WHERE k.handle = $1 AND p.disabled = 0");
SQL(passkey_list, PASSKEY "WHERE k.person = $1 ORDER BY k.id");
SQL(passkey_used,
	"UPDATE passkey SET uses = $2, used_at = $3 WHERE id = $1 AND (uses < $2 OR (uses = 0 AND "
	"$2 = 0))");
SQL(passkey_drop, "DELETE FROM passkey WHERE person = $1 AND id = $2");
SQL(passkey_drop_all, "DELETE FROM passkey WHERE person = $1");
SQL(council_find,
	"SELECT c.person FROM council_account c JOIN person p ON p.id = c.person WHERE c.issuer = $1 "
	"AND c.sub = $2 AND p.disabled = 0");
SQL(council_add,
	"INSERT INTO council_account (issuer, sub, person, label, made_at) VALUES ($1, $2, $3, $4, "
	"$5)");
SQL(council_of, "SELECT issuer, sub, label FROM council_account WHERE person = $1");
SQL(council_drop, "DELETE FROM council_account WHERE person = $1");

bool store_factors(struct store *store, int64_t person, struct factors *out, struct err *err)
{
	*out = (struct factors){ 0 };
	struct stmt *stmt = db_use(store->db, &factors_of);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct factors){ .totp = db_int(stmt, 0) >= 0,
			.totp_made_at = db_int(stmt, 0),
			.passkeys = db_int(stmt, 1),
			.codes_left = db_int(stmt, 2),
			.council = db_int(stmt, 3) > 0 };
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_has_second_factor(struct store *store, int64_t person, bool *out, struct err *err)
{
	struct factors factors;
	bool read = store_factors(store, person, &factors, err);
	*out = read && (factors.totp || factors.passkeys > 0);
	return read;
}

bool store_second_factor_required(
	struct store *store, struct arena *arena, bool *out, struct err *err)
{
	str set;
	bool demonstration;
	*out = true;
	if (!store_setting(store, arena, S("second-factor"), &set, err))
		return false;
	if (set.n > 0) {
		*out = !str_equal(set, S("optional"));
		return true;
	}
	if (!store_is_demonstration(store, &demonstration, err))
		return false;
	*out = !demonstration;
	return true;
}

bool store_demonstration(struct store *store, struct arena *arena, bool *out, struct err *err)
{
	(void)arena;
	return store_is_demonstration(store, out, err);
}

bool store_holds_real(struct store *store, bool *out, struct err *err)
{
	bool demonstration;
	if (!store_is_demonstration(store, &demonstration, err))
		return false;
	struct stmt *stmt = db_use(store->db, &imports_any);
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW && db_int(stmt, 0) > 0 && !demonstration;
	db_reset(stmt);
	return row == DB_ROW;
}

/* Runs the statement for what it changes; with an entry of the ledger when there is an act. */
static bool change(struct store *store, struct stmt *stmt, const struct actor *actor, str act,
	int64_t person, struct err *err)
{
	return db_do(stmt, err) && (act.n == 0 || person_entry(store, actor, act, person, err)) &&
	       step_end(store, err);
}

static bool undo(struct store *store, bool done)
{
	if (!done)
		step_undo(store);
	return done;
}

/* ---- offers */

bool store_offer_set(struct store *store, int64_t person, str kind, str sealed, instant now,
	struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &offer_set);
	db_bind_int(stmt, 1, person);
	db_bind_text(stmt, 2, kind);
	db_bind_bytes(stmt, 3, sealed);
	db_bind_int(stmt, 4, now);
	return step_do(store, stmt, err);
}

bool store_offer_read(struct store *store, struct arena *arena, int64_t person, str kind,
	instant since, str *sealed, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &offer_read);
	db_bind_int(stmt, 1, person);
	db_bind_text(stmt, 2, kind);
	db_bind_int(stmt, 3, since);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*sealed = arena_str(arena, db_bytes(stmt, 0));
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "nothing is offered"));
}

bool store_offer_drop(struct store *store, int64_t person, str kind, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &offer_drop);
	db_bind_int(stmt, 1, person);
	db_bind_text(stmt, 2, kind);
	return step_do(store, stmt, err);
}

/* ---- codes from an app */

bool store_totp_read(struct store *store, struct arena *arena, int64_t person,
	struct totp_row *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &totp_read);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct totp_row){ .sealed = arena_str(arena, db_bytes(stmt, 0)),
			.step = db_int(stmt, 1) };
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "there is no app"));
}

bool store_totp_set(struct store *store, const struct actor *actor, str sealed, int64_t step,
	instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &totp_set);
	db_bind_int(stmt, 1, actor->user);
	db_bind_bytes(stmt, 2, sealed);
	db_bind_int(stmt, 3, step);
	db_bind_int(stmt, 4, now);
	return undo(store, change(store, stmt, actor, S("factor:totp"), actor->user, err));
}

bool store_totp_use(struct store *store, int64_t person, int64_t step, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &totp_use);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, step);
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_STALE, "this code was used already")) &&
		    step_end(store, err);
	return undo(store, done);
}

bool store_totp_drop(struct store *store, const struct actor *actor, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &totp_drop);
	db_bind_int(stmt, 1, actor->user);
	return undo(store, change(store, stmt, actor, S("factor:totp-removed"), actor->user, err));
}

/* ---- recovery codes */

bool store_recovery_set(struct store *store, const struct actor *actor,
	const unsigned char (*mark)[MARK], size_t n, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *drop = db_use(store->db, &recovery_drop);
	db_bind_int(drop, 1, actor->user);
	bool done = db_do(drop, err);
	for (size_t i = 0; done && i < n; i++) {
		struct stmt *stmt = db_use(store->db, &recovery_add);
		db_bind_int(stmt, 1, actor->user);
		db_bind_bytes(stmt, 2, str_bytes(mark[i], MARK));
		db_bind_int(stmt, 3, now);
		done = db_do(stmt, err);
	}
	done = done && person_entry(store, actor, S("factor:codes"), actor->user, err) &&
	       step_end(store, err);
	return undo(store, done);
}

bool store_recovery_use(struct store *store, int64_t person,
	const unsigned char mark[static MARK], instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &recovery_use);
	db_bind_int(stmt, 1, person);
	db_bind_bytes(stmt, 2, str_bytes(mark, MARK));
	db_bind_int(stmt, 3, now);
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_MISSING, "there is no such recovery code")) &&
		    step_end(store, err);
	return undo(store, done);
}

/* ---- passkeys */

bool store_passkey_add(struct store *store, const struct actor *actor,
	const struct passkey_row *row, struct err *err)
{
	int64_t id;
	if (!step_begin(store, err))
		return false;
	if (!take_id(store, &id, err))
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
	db_bind_int(stmt, 9, row->made_at);
	return undo(store, change(store, stmt, actor, S("factor:passkey"), actor->user, err));
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
		.made_at = db_int(stmt, 8),
		.used_at = db_int(stmt, 9) };
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

bool store_passkey_drop(
	struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &passkey_drop);
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, id);
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_MISSING, "there is no such passkey")) &&
		    person_entry(store, actor, S("factor:passkey-removed"), actor->user, err) &&
		    step_end(store, err);
	return undo(store, done);
}

/* ---- the council's accounts */

bool store_council_find(
	struct store *store, str issuer, str subject, int64_t *person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &council_find);
	db_bind_text(stmt, 1, issuer);
	db_bind_text(stmt, 2, subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*person = db_int(stmt, 0);
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "nobody has this council account"));
}

bool store_council_of(struct store *store, struct arena *arena, int64_t person, str *issuer,
	str *subject, str *label, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &council_of);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		*issuer = arena_str(arena, db_text(stmt, 0));
		*subject = arena_str(arena, db_text(stmt, 1));
		*label = arena_str(arena, db_text(stmt, 2));
	}
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "no council account is connected"));
}

bool store_council_set(struct store *store, const struct actor *actor, int64_t person, str issuer,
	str subject, str label, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *drop = db_use(store->db, &council_drop);
	db_bind_int(drop, 1, person);
	if (!db_do(drop, err))
		return undo(store, false);
	struct stmt *stmt = db_use(store->db, &council_add);
	db_bind_text(stmt, 1, issuer);
	db_bind_text(stmt, 2, subject);
	db_bind_int(stmt, 3, person);
	db_bind_text(stmt, 4, label);
	db_bind_int(stmt, 5, now);
	return undo(store, change(store, stmt, actor, S("factor:council"), person, err));
}

bool store_council_drop(
	struct store *store, const struct actor *actor, int64_t person, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &council_drop);
	db_bind_int(stmt, 1, person);
	/* Where somebody else takes it away, what was begun with it ends too. */
	bool done = db_do(stmt, err) &&
		    (db_changed(store->db) == 1 ||
			    err_set(err, ERR_MISSING, "no council account is connected")) &&
		    (actor->user == person || person_sessions_end(store, person, err)) &&
		    person_entry(store, actor, S("factor:council-removed"), person, err) &&
		    step_end(store, err);
	return undo(store, done);
}

/* ---- lost */

bool store_factor_reset(
	struct store *store, const struct actor *actor, int64_t person, struct err *err)
{
	static const struct sql *const drops[] = { &totp_drop, &passkey_drop_all, &recovery_drop,
		&offer_drop_all };
	if (!policy_may(actor->role, MAY_MANAGE_USERS, RELATION_NONE, OPEN))
		return err_set(err, ERR_DENIED, "your role may not manage who signs in");
	if (!step_begin(store, err))
		return false;
	bool done = true;
	for (size_t i = 0; done && i < sizeof drops / sizeof *drops; i++) {
		struct stmt *stmt = db_use(store->db, drops[i]);
		db_bind_int(stmt, 1, person);
		done = db_do(stmt, err);
	}
	done = done && person_sessions_end(store, person, err) &&
	       person_entry(store, actor, S("factor:reset"), person, err) && step_end(store, err);
	return undo(store, done);
}
