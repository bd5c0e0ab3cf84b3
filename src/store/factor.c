#include "store/factor.h"

#include "store/inside.h"
#include "store/notice.h"
#include "store/passkey.h"
#include "store/session.h"

#include <string.h>

SQL(factors_of,
	"SELECT coalesce((SELECT made_at FROM totp WHERE person = $1), -1), "
	"(SELECT count(*) FROM passkey WHERE person = $1), "
	"(SELECT count(*) FROM passkey WHERE person = $1 AND refused_at IS NULL), "
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
			.passkeys_good = db_int(stmt, 2),
			.codes_left = db_int(stmt, 3),
			.council = db_int(stmt, 4) > 0 };
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
	const struct recovery_marks *codes, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &totp_set);
	db_bind_int(stmt, 1, actor->user);
	db_bind_bytes(stmt, 2, sealed);
	db_bind_int(stmt, 3, step);
	db_bind_int(stmt, 4, now);
	return undo(store, db_do(stmt, err) && recovery_put(store, actor->user, codes, now, err) &&
				person_entry(store, actor, S("factor:totp"), actor->user, err) &&
				step_end(store, err));
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

bool recovery_put(struct store *store, int64_t person, const struct recovery_marks *codes,
	instant now, struct err *err)
{
	struct stmt *drop = db_use(store->db, &recovery_drop);
	db_bind_int(drop, 1, person);
	/* They have gone on by themselves. */
	bool done = db_do(drop, err) && helped_reset(store, person, HELPED_NOBODY, err);
	for (size_t i = 0; done && i < codes->n; i++) {
		struct stmt *stmt = db_use(store->db, &recovery_add);
		db_bind_int(stmt, 1, person);
		db_bind_bytes(stmt, 2, str_bytes(codes->mark[i], MARK));
		db_bind_int(stmt, 3, now);
		done = db_do(stmt, err);
	}
	return done;
}

bool store_recovery_set(struct store *store, const struct actor *actor,
	const struct recovery_marks *codes, instant now, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	return undo(store, recovery_put(store, actor->user, codes, now, err) &&
				person_entry(store, actor, S("factor:codes"), actor->user, err) &&
				step_end(store, err));
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

/* Somebody else changed how they sign in: they are told what, and by whom. */
static bool tell_council(struct store *store, const struct actor *actor, int64_t person, str kind,
	const char *what, str label, struct err *err)
{
	if (actor->user == person)
		return true;
	struct arena *arena = arena_open(1 << 14);
	struct person by = { .name = S("Somebody at the command line") };
	bool done = actor->user == 0 || store_person_read(store, arena, actor->user, &by, err);
	struct notice notice = { .person = person,
		.kind = kind,
		.detail = arena_format(arena, "%.*s %s%s%.*s.", STR_ARGS(by.name), what,
			label.n > 0 ? " " : "", STR_ARGS(label)) };
	done = done && store_notice_add(store, &notice, err);
	arena_close(arena);
	return done;
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
	return undo(store,
		tell_council(store, actor, person, S("council-linked"),
			"connected a council account to you. Whoever can sign in to it signs in to Duly "
			"as you:", label, err) &&
			change(store, stmt, actor, S("factor:council"), person, err));
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
		    tell_council(store, actor, person, S("council-unlinked"),
			    "disconnected your council account", (str){ 0 }, err) &&
		    person_entry(store, actor, S("factor:council-removed"), person, err) &&
		    step_end(store, err);
	return undo(store, done);
}

/* ---- lost */

/* Nobody resets their own, or that of somebody whose password they know. */
static bool may_reset(
	struct store *store, const struct actor *actor, int64_t person, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct person who;
	struct helped helped;
	bool may = policy_may(actor->role, MAY_MANAGE_USERS, RELATION_NONE, OPEN) ||
		   err_set(err, ERR_DENIED, "your role may not manage who signs in");
	may = may && store_person_read(store, arena, person, &who, err) &&
	      store_helped(store, arena, person, &helped, err) &&
	      (actor->role == ROLE_SYSTEM || str_equal(actor->authority, who.authority) ||
		      err_set(err, ERR_MISSING, "there is no such person"));
	arena_close(arena);
	if (may && actor->user == person)
		return err_set(err, ERR_INPUT,
			"Another administrator must reset your second step");
	return may && ((actor->user != helped.password_by || actor->user == 0) ||
			      err_set(err, ERR_INPUT,
				      "You made their password, so another administrator must reset "
				      "their second step"));
}

bool store_factor_reset(
	struct store *store, const struct actor *actor, int64_t person, struct err *err)
{
	static const struct sql *const drops[] = { &totp_drop, &recovery_drop, &offer_drop_all };
	struct notice notice = { .person = person, .kind = S("factor-reset"), .detail = actor->name };
	if (!may_reset(store, actor, person, err) || !step_begin(store, err))
		return false;
	bool done = true;
	for (size_t i = 0; done && i < sizeof drops / sizeof *drops; i++) {
		struct stmt *stmt = db_use(store->db, drops[i]);
		db_bind_int(stmt, 1, person);
		done = db_do(stmt, err);
	}
	done = done && store_passkey_drop_all(store, person, err) &&
	       person_sessions_end(store, person, err) &&
	       helped_reset(store, person, actor->user, err) &&
	       store_notice_add(store, &notice, err) &&
	       person_entry(store, actor, S("factor:reset"), person, err) && step_end(store, err);
	return undo(store, done);
}
