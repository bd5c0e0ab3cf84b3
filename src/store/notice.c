#include "store/notice.h"

#include "store/cover.h"
#include "store/inside.h"

SQL(notice_add,
	"INSERT INTO notice (id, person, kind, subject, object, detail, at, home) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
SQL(notice_list,
	"SELECT n.id, n.kind, n.subject, n.object, n.detail, n.at, n.seen_at, "
	"coalesce((SELECT max(a.level) FROM access a WHERE a.subject = n.subject AND" ACCESS_NOW(
		"$1", "$2", "$3", "$4") "), 0), "
	"(SELECT count(*) FROM notice u WHERE u.person = $1 AND u.seen_at IS NULL) "
	"FROM notice n WHERE n.person = $1 ORDER BY n.at DESC, n.id DESC LIMIT $5");
SQL(notice_seen,
	"UPDATE notice SET seen_at = coalesce(seen_at, $3) WHERE id = $1 AND person = $2");
SQL(notice_move,
	"UPDATE notice SET person = CASE WHEN person = $1 THEN $2 ELSE person END, "
	"home = CASE WHEN home = $1 THEN $2 ELSE home END "
	"WHERE (person = $1 OR home = $1) AND subject = $3 AND seen_at IS NULL");
SQL(notice_ways,
	"SELECT count(*) FROM notice WHERE person = $1 AND seen_at IS NULL AND at < $2 "
	"AND kind IN (" NOTICE_WAYS_IN ")");
SQL(notice_count, "SELECT count(*) FROM notice WHERE person = $1 AND seen_at IS NULL");

static bool add(struct store *store, struct notice *notice, struct err *err)
{
	int64_t receiver = 0, home = 0;
	if (!take_id(store, &notice->id, err) ||
		(notice->subject != 0 &&
			!cover_stands_in(store, notice->person, notice->subject, &receiver, err)))
		return false;
	/* Whoever is away is told by who covers the child, or when they are back. */
	if (receiver != 0) {
		home = notice->person;
		notice->person = receiver;
	}
	struct stmt *stmt = db_use(store->db, &notice_add);
	db_bind_int(stmt, 1, notice->id);
	db_bind_int(stmt, 2, notice->person);
	db_bind_text(stmt, 3, notice->kind);
	db_bind_int(stmt, 4, notice->subject);
	db_bind_int(stmt, 5, notice->object);
	db_bind_text(stmt, 6, notice->detail);
	db_bind_int(stmt, 7, notice->at);
	db_bind_int(stmt, 8, home);
	return db_do(stmt, err);
}

bool store_notice_add(struct store *store, struct notice *notice, struct err *err)
{
	notice->at = store_now(store);
	notice->seen_at = INSTANT_UNKNOWN;
	/* With the change that it tells of, where that is under way. */
	if (db_begun(store->db))
		return add(store, notice, err);
	bool begun = step_begin(store, err);
	bool done = begun && add(store, notice, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

bool store_notice_list(struct store *store, struct arena *arena, const struct actor *actor,
	size_t most, struct notices *out, struct err *err)
{
	*out = (struct notices){ 0 };
	out->item = arena_take(arena, most, sizeof *out->item);
	struct stmt *stmt = db_use(store->db, &notice_list);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, (int64_t)most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < most) {
		out->item[out->n++] = (struct notice){
			.id = db_int(stmt, 0),
			.person = actor->user,
			.kind = arena_str(arena, db_text(stmt, 1)),
			.subject = db_int(stmt, 2),
			.object = db_int(stmt, 3),
			.detail = arena_str(arena, db_text(stmt, 4)),
			.at = db_int(stmt, 5),
			.seen_at = db_is_null(stmt, 6) ? INSTANT_UNKNOWN : db_int(stmt, 6),
			.level = (int)db_int(stmt, 7),
		};
		out->unseen = db_int(stmt, 8);
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_notice_seen(struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	bool begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &notice_seen);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, actor->user);
	db_bind_int(stmt, 3, store_now(store));
	bool done = begun && db_do(stmt, err) &&
		(db_changed(store->db) == 1 ||
			err_set(err, ERR_MISSING, "there is no such notice of yours")) &&
		step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

bool notice_is_way_in(str kind)
{
	return str_equal(kind, S("factor-reset")) || str_equal(kind, S("council-linked")) ||
		str_equal(kind, S("council-unlinked")) || str_equal(kind, S("council-claimed"));
}

bool store_notice_ways(struct store *store, int64_t person, int64_t *unseen, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &notice_ways);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, store_now(store));
	enum db_row row = db_step(stmt, err);
	*unseen = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_notice_count(
	struct store *store, const struct actor *actor, int64_t *unseen, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &notice_count);
	db_bind_int(stmt, 1, actor->user);
	enum db_row row = db_step(stmt, err);
	*unseen = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_notice_move(
	struct store *store, int64_t from, int64_t to, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &notice_move);
	db_bind_int(stmt, 1, from);
	db_bind_int(stmt, 2, to);
	db_bind_int(stmt, 3, subject);
	return db_do(stmt, err);
}
