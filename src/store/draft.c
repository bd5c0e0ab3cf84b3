#include "store/draft.h"

#include "store/matter_seen.h"

#define COLUMNS                                                                                    \
	"d.person, d.key, d.subject, d.type, d.record, d.version, d.typed, d.turn, d.begun_at, "   \
	"d.kept_at, d.made"
SQL(draft_find, "SELECT " COLUMNS ", '' FROM draft d WHERE d.person = $1 AND d.key = $2");
SQL(draft_list,
	"SELECT " COLUMNS ", s.key FROM draft d JOIN subject s ON s.id = d.subject "
	"WHERE d.person = $1 AND d.made = 0 AND ($5 = 0 OR d.subject = $5) AND (EXISTS "
	"(SELECT 1 FROM access a WHERE a.subject = d.subject AND a.level = 2 AND "
	ACCESS_NOW("$1", "$2", "$3", "$4") ") OR EXISTS (SELECT 1 FROM (SELECT "
	MATTER_LEVEL("$6") " AS level" MATTER_SEEN " AND m.subject = d.subject) w WHERE w.level = 2)) "
	"ORDER BY d.kept_at DESC, d.key");
SQL(draft_add,
	"INSERT INTO draft (person, key, subject, type, record, version, typed, turn, begun_at, "
	"kept_at, made) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)");
SQL(draft_keep,
	"UPDATE draft SET typed = $3, turn = turn + 1, kept_at = $4, version = $6 "
	"WHERE person = $1 AND key = $2 AND turn = $5 AND made = 0");
SQL(draft_made,
	"UPDATE draft SET typed = '', made = $3, kept_at = $4 "
	"WHERE person = $1 AND key = $2 AND made = 0");
SQL(draft_move,
	"UPDATE draft SET person = CASE WHEN person = $2 THEN $3 ELSE person END, "
	"home = CASE WHEN home = $2 THEN $3 ELSE home END "
	"WHERE subject = $1 AND (person = $2 OR home = $2) AND made = 0");
SQL(draft_hand,
	"UPDATE draft SET person = $3, home = $4 WHERE person = $1 AND key = $2 AND made = 0");
SQL(draft_drop, "DELETE FROM draft WHERE person = $1 AND key = $2 AND made = 0");
SQL(draft_forget, "DELETE FROM draft WHERE subject = $1 AND made = 0");
SQL(draft_sweep, "DELETE FROM draft WHERE person = $1 AND made <> 0 AND kept_at < $2");
SQL(draft_count, "SELECT count(*) FROM draft WHERE person = $1 AND made = 0");

/* How long a form that has made its record is known, so that it makes no second one. */
#define MADE_KEPT (60 * INSTANT_DAY)
enum { DRAFTS_MOST = 500 };

static void draft_read(struct arena *arena, struct stmt *stmt, struct draft *out)
{
	*out = (struct draft){
		.person = db_int(stmt, 0),
		.key = db_int(stmt, 1),
		.subject = db_int(stmt, 2),
		.type = arena_str(arena, db_text(stmt, 3)),
		.record = db_int(stmt, 4),
		.version = db_int(stmt, 5),
		.typed = arena_str(arena, db_text(stmt, 6)),
		.turn = db_int(stmt, 7),
		.begun_at = db_int(stmt, 8),
		.kept_at = db_int(stmt, 9),
		.made = db_int(stmt, 10),
		.number = arena_str(arena, db_text(stmt, 11)),
	};
}

bool store_draft_find(struct store *store, struct arena *arena, int64_t person, int64_t key,
	struct draft *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_find);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, key);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		draft_read(arena, stmt, out);
	db_reset(stmt);
	if (row == DB_DONE)
		return err_set(err, ERR_MISSING, "there is no such draft");
	return row == DB_ROW;
}

bool store_draft_list(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, struct draft_list *out, struct err *err)
{
	struct {
		struct draft *item;
		size_t n, room;
	} found = { 0 };
	struct stmt *stmt = db_use(store->db, &draft_list);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	db_bind_text(stmt, 6, matter_sights(arena, actor));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		draft_read(arena, stmt, &ARRAY_MORE(&found));
	*out = (struct draft_list){ .item = arena_take(arena, found.n + 1, sizeof *out->item),
		.n = found.n, .room = found.n };
	for (size_t i = 0; i < found.n; i++)
		out->item[i] = found.item[i];
	mem_free(found.item);
	return row == DB_DONE;
}

/* ---- writing */

static bool count(struct store *store, int64_t person, int64_t *n, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_count);
	db_bind_int(stmt, 1, person);
	bool there = db_step(stmt, err) == DB_ROW;
	*n = there ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return there;
}

static bool add(struct store *store, struct draft *draft, instant now, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_sweep);
	db_bind_int(stmt, 1, draft->person);
	db_bind_int(stmt, 2, now - MADE_KEPT);
	int64_t there;
	if (!db_do(stmt, err) || !count(store, draft->person, &there, err))
		return false;
	if (there >= DRAFTS_MOST && draft->made == 0)
		return err_set(err, ERR_FULL, "there are %d drafts already: finish some, or throw "
			"them away", DRAFTS_MOST);
	stmt = db_use(store->db, &draft_add);
	db_bind_int(stmt, 1, draft->person);
	db_bind_int(stmt, 2, draft->key);
	db_bind_int(stmt, 3, draft->subject);
	db_bind_text(stmt, 4, draft->type);
	db_bind_int(stmt, 5, draft->record);
	db_bind_int(stmt, 6, draft->version);
	db_bind_text(stmt, 7, draft->typed);
	db_bind_int(stmt, 8, draft->turn);
	db_bind_int(stmt, 9, now);
	db_bind_int(stmt, 10, draft->made);
	return db_do(stmt, err);
}

static bool is_of_that_form(const struct draft *there, const struct draft *draft)
{
	return there->subject == draft->subject && there->record == draft->record &&
		str_equal(there->type, draft->type);
}

bool store_draft_keep(struct store *store, struct draft *draft, instant now, struct err *err)
{
	if (draft->typed.n > DRAFT_TYPED_MOST)
		return err_set(err, ERR_FULL, "a draft is longer than can be kept");
	struct arena *arena = arena_open(DRAFT_TYPED_MOST + (1 << 16));
	struct draft there;
	struct err none = { 0 };
	bool found = store_draft_find(store, arena, draft->person, draft->key, &there, &none), done;
	if (!found && none.code != ERR_MISSING) {
		done = err_set(err, none.code, "%s", none.text);
	} else if (!found) {
		draft->turn = 1;
		draft->made = 0;
		done = add(store, draft, now, err);
	} else if (!is_of_that_form(&there, draft)) {
		done = err_set(err, ERR_INPUT, "this is a draft of another form");
	} else if (there.made != 0) {
		draft->made = there.made;
		done = err_set(err, ERR_DUPLICATE, "this form has been saved already");
	} else if (there.turn != draft->turn) {
		draft->turn = there.turn;
		done = err_set(err, ERR_STALE, "this draft was kept in another window since");
	} else {
		struct stmt *stmt = db_use(store->db, &draft_keep);
		db_bind_int(stmt, 1, draft->person);
		db_bind_int(stmt, 2, draft->key);
		db_bind_text(stmt, 3, draft->typed);
		db_bind_int(stmt, 4, now);
		db_bind_int(stmt, 5, draft->turn);
		db_bind_int(stmt, 6, draft->version);
		done = db_do(stmt, err) &&
			(db_changed(store->db) == 1 ||
				err_set(err, ERR_STALE, "this draft was kept in another window since"));
		draft->turn++;
	}
	arena_close(arena);
	return done;
}

bool store_draft_made(
	struct store *store, struct draft *draft, int64_t made, instant now, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_made);
	db_bind_int(stmt, 1, draft->person);
	db_bind_int(stmt, 2, draft->key);
	db_bind_int(stmt, 3, made);
	db_bind_int(stmt, 4, now);
	if (!db_do(stmt, err))
		return false;
	if (db_changed(store->db) == 1)
		return true;
	/* Nothing was kept of it: it is known from now on. A second one meets the first one's key. */
	struct draft known = *draft;
	known.typed = (str){ 0 };
	known.made = made;
	known.turn = 1;
	return add(store, &known, now, err);
}

bool store_draft_move(
	struct store *store, int64_t subject, int64_t from, int64_t to, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_move);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, from);
	db_bind_int(stmt, 3, to);
	return db_do(stmt, err);
}

bool store_draft_drop(struct store *store, int64_t person, int64_t key, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_drop);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, key);
	return db_do(stmt, err);
}

bool store_draft_hand(struct store *store, int64_t from, int64_t key, int64_t to, int64_t home,
	struct err *err)
{
	struct arena *arena = arena_open(DRAFT_TYPED_MOST + (1 << 16));
	struct draft there;
	bool taken = store_draft_find(store, arena, to, key, &there, err);
	arena_close(arena);
	if (taken)
		return err_set(err, ERR_DUPLICATE, "they have a draft of this form");
	if (err->code != ERR_MISSING)
		return false;
	struct stmt *stmt = db_use(store->db, &draft_hand);
	db_bind_int(stmt, 1, from);
	db_bind_int(stmt, 2, key);
	db_bind_int(stmt, 3, to);
	db_bind_int(stmt, 4, home);
	return db_do(stmt, err) &&
		(db_changed(store->db) == 1 ||
			err_set(err, ERR_STALE, "there is no draft of yours of this form"));
}

bool store_draft_forget(struct store *store, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &draft_forget);
	db_bind_int(stmt, 1, subject);
	return db_do(stmt, err);
}
