#include "store/council.h"

#include "store/inside.h"

SQL(way_add,
	"INSERT INTO council_way (token, issuer, purpose, person, next, at, sub, label, mfa) VALUES "
	"($1, $2, $3, $4, $5, $6, $7, $8, $9)");
SQL(way_sweep, "DELETE FROM council_way WHERE at < $1");
SQL(way_count, "SELECT count(*) FROM council_way");
#define WAY "issuer, purpose, coalesce(person, 0), next, at, sub, label, mfa"
SQL(way_find, "SELECT " WAY " FROM council_way WHERE token = $1 AND at >= $2");
SQL(way_take, "DELETE FROM council_way WHERE token = $1 AND at >= $2 RETURNING " WAY);
SQL(invitation_set,
	"INSERT INTO council_invitation (person, mark, at) VALUES ($1, $2, $3) ON CONFLICT (person) DO "
	"UPDATE SET mark = excluded.mark, at = excluded.at");
SQL(invitation_take,
	"DELETE FROM council_invitation WHERE mark = $1 AND at >= $2 AND person IN (SELECT id FROM "
	"person WHERE disabled = 0) RETURNING person");

static bool undo(struct store *store, bool done)
{
	if (!done)
		step_undo(store);
	return done;
}

static bool make_room(struct store *store, instant since, struct err *err)
{
	struct stmt *sweep = db_use(store->db, &way_sweep);
	db_bind_int(sweep, 1, since);
	if (!db_do(sweep, err))
		return false;
	struct stmt *count = db_use(store->db, &way_count);
	enum db_row row = db_step(count, err);
	int64_t ways = row == DB_ROW ? db_int(count, 0) : 0;
	db_reset(count);
	return row == DB_ROW &&
	       (ways < COUNCIL_WAYS_MOST ||
		       err_set(err, ERR_BUSY, "too many people are signing in at once"));
}

bool store_council_way_begin(struct store *store, const unsigned char token[COUNCIL_TOKEN],
	const struct council_way *way, instant since, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	if (!make_room(store, since, err))
		return undo(store, false);
	struct stmt *stmt = db_use(store->db, &way_add);
	db_bind_bytes(stmt, 1, str_bytes(token, COUNCIL_TOKEN));
	db_bind_text(stmt, 2, way->issuer);
	db_bind_text(stmt, 3, way->purpose);
	if (way->person == 0)
		db_bind_null(stmt, 4);
	else
		db_bind_int(stmt, 4, way->person);
	db_bind_text(stmt, 5, way->next);
	db_bind_int(stmt, 6, way->at);
	db_bind_text(stmt, 7, way->subject);
	db_bind_text(stmt, 8, way->label);
	db_bind_int(stmt, 9, way->mfa ? 1 : 0);
	return step_do(store, stmt, err);
}

static bool way_of(struct store *store, struct arena *arena, const struct sql *sql,
	const unsigned char *token, instant since, struct council_way *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_bytes(stmt, 1, str_bytes(token, COUNCIL_TOKEN));
	db_bind_int(stmt, 2, since);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct council_way){ .issuer = arena_str(arena, db_text(stmt, 0)),
			.purpose = arena_str(arena, db_text(stmt, 1)),
			.person = db_int(stmt, 2),
			.next = arena_str(arena, db_text(stmt, 3)),
			.at = db_int(stmt, 4),
			.subject = arena_str(arena, db_text(stmt, 5)),
			.label = arena_str(arena, db_text(stmt, 6)),
			.mfa = db_int(stmt, 7) == 1 };
	if (row == DB_ROW && sql == &way_take)
		return db_do(stmt, err);
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "nobody is on this way"));
}

bool store_council_way_find(struct store *store, struct arena *arena,
	const unsigned char token[COUNCIL_TOKEN], instant since, struct council_way *out,
	struct err *err)
{
	return way_of(store, arena, &way_find, token, since, out, err);
}

bool store_council_way_take(struct store *store, struct arena *arena,
	const unsigned char token[COUNCIL_TOKEN], instant since, struct council_way *out,
	struct err *err)
{
	if (!step_begin(store, err))
		return false;
	return undo(store, way_of(store, arena, &way_take, token, since, out, err) &&
				   step_end(store, err));
}

bool store_council_invite(struct store *store, const struct actor *actor, int64_t person,
	const unsigned char mark[static MARK], instant now, struct err *err)
{
	if (!policy_may(actor->role, MAY_MANAGE_USERS, RELATION_NONE, OPEN))
		return err_set(err, ERR_DENIED, "your role may not manage who signs in");
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &invitation_set);
	db_bind_int(stmt, 1, person);
	db_bind_bytes(stmt, 2, str_bytes(mark, MARK));
	db_bind_int(stmt, 3, now);
	return undo(store, db_do(stmt, err) &&
				   person_entry(store, actor, S("factor:council-invited"), person, err) &&
				   step_end(store, err));
}

bool store_council_invited(struct store *store, const unsigned char mark[static MARK], instant since,
	int64_t *person, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &invitation_take);
	db_bind_bytes(stmt, 1, str_bytes(mark, MARK));
	db_bind_int(stmt, 2, since);
	enum db_row row = db_step(stmt, err);
	if (row != DB_ROW) {
		db_reset(stmt);
		return undo(store, row == DB_DONE && err_set(err, ERR_MISSING,
							      "there is no such invitation"));
	}
	*person = db_int(stmt, 0);
	return undo(store, db_do(stmt, err) && step_end(store, err));
}
