#include "store/allocate.h"

#include "store/cover_inside.h"
#include "store/draft.h"
#include "store/notice.h"

#include <string.h>

SQL(allocate_stays,
	"SELECT 1 FROM access WHERE holder = $1 AND subject = $2 AND relation = 1 AND level > 0");

/* $1 to $4 the actor */
#define SEEN                                                                                       \
	"seen AS (SELECT a.subject AS subject, max(a.level) AS level FROM access a WHERE"          \
	ACCESS_NOW("$1", "$2", "$3", "$4") "GROUP BY a.subject)"
#define THEIRS "r.authority = $3 AND r.died IS NULL AND "
#define COUNTS(symbol, column, open)                                                               \
	SQL(symbol,                                                                                \
		"WITH " SEEN " SELECT r." column "_key, min(r." column "), count(*), "             \
		"sum(CASE WHEN r.next_due < $5 THEN 1 ELSE 0 END) FROM seen s JOIN child_row r "   \
		"ON r.subject = s.subject WHERE " THEIRS open                                      \
		" GROUP BY r." column "_key ORDER BY r." column "_key")
#define CHILDREN(symbol, column, open)                                                             \
	SQL(symbol,                                                                                \
		"WITH " SEEN " SELECT r.subject, s.level, r.number, r.forename, r.surname, "       \
		"r.team, r.sibling_group, r.looked_after, r.on_plan, r." column                    \
		", count(*) OVER () FROM seen s JOIN child_row r ON r.subject = s.subject "        \
		"WHERE " THEIRS open " AND r." column "_key = $5 "                                 \
		"ORDER BY r.sibling_group NULLS LAST, CASE WHEN s.level = 2 THEN r.name_key "      \
		"ELSE r.number END, r.subject LIMIT $6 OFFSET $7")
#define CARE "r.looked_after = 1"
#define PLAN "r.on_plan = 1"
#define BOTH "(r.looked_after = 1 OR r.on_plan = 1)"
COUNTS(count_iro, "iro", CARE);
COUNTS(count_chair, "chair", PLAN);
COUNTS(count_worker, "worker", BOTH);
CHILDREN(children_iro, "iro", CARE);
CHILDREN(children_chair, "chair", PLAN);
CHILDREN(children_worker, "worker", BOTH);

static const struct {
	const struct sql *count, *children;
} by[] = {
	[ALLOCATE_IRO] = { &count_iro, &children_iro },
	[ALLOCATE_CHAIR] = { &count_chair, &children_chair },
	[ALLOCATE_WORKER] = { &count_worker, &children_worker },
};

/* The next place of an array in an arena. */
static void *more(struct arena *arena, void *item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return item;
	size_t wanted = *room == 0 ? 32 : *room * 2;
	void *grown = arena_take(arena, wanted, size);
	if (n > 0)
		memcpy(grown, item, n * size);
	*room = wanted;
	return grown;
}

bool store_allocate_counts(struct store *store, struct arena *arena, const struct actor *actor,
	enum allocate_as as, day today, struct allocate_counts *out, struct err *err)
{
	*out = (struct allocate_counts){ 0 };
	struct stmt *stmt = db_use(store->db, by[as].count);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, today);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		out->item = more(arena, out->item, out->n, &out->room, sizeof *out->item);
		out->item[out->n++] = (struct allocate_count){
			.key = arena_str(arena, db_text(stmt, 0)),
			.name = arena_str(arena, db_text(stmt, 1)),
			.children = db_int(stmt, 2),
			.overdue = db_int(stmt, 3) };
	}
	return row == DB_DONE;
}

bool store_allocate_children(struct store *store, struct arena *arena, const struct actor *actor,
	enum allocate_as as, str key, int64_t past, int64_t most, struct allocate_children *out,
	struct err *err)
{
	*out = (struct allocate_children){ 0 };
	struct stmt *stmt = db_use(store->db, by[as].children);
	access_bind(stmt, actor, store_now(store));
	db_bind_text(stmt, 5, key);
	db_bind_int(stmt, 6, most);
	db_bind_int(stmt, 7, past);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		bool named = db_int(stmt, 1) == 2;
		out->item = more(arena, out->item, out->n, &out->room, sizeof *out->item);
		out->item[out->n++] = (struct allocate_child){ .subject = db_int(stmt, 0),
			.level = (int)db_int(stmt, 1),
			.number = arena_str(arena, db_text(stmt, 2)),
			.forename = named ? arena_str(arena, db_text(stmt, 3)) : (str){ 0 },
			.surname = named ? arena_str(arena, db_text(stmt, 4)) : (str){ 0 },
			.team = arena_str(arena, db_text(stmt, 5)),
			.sibling_group = arena_str(arena, db_text(stmt, 6)),
			.looked_after = db_int(stmt, 7) == 1,
			.on_plan = db_int(stmt, 8) == 1,
			.holder = arena_str(arena, db_text(stmt, 9)) };
		out->total = db_int(stmt, 10);
	}
	return row == DB_DONE;
}

/* ---- giving */

static str *held(struct allocation *allocation, enum allocate_as as)
{
	switch (as) {
	case ALLOCATE_IRO:
		return &allocation->iro;
	case ALLOCATE_CHAIR:
		return &allocation->chair;
	case ALLOCATE_WORKER:
		return &allocation->social_worker;
	}
	must(false);
	return NULL;
}

static bool change_of(struct store *store, struct arena *arena, const struct allocate *allocate,
	int64_t subject, struct change *out, struct err *err)
{
	struct stored_list list;
	int level;
	/* First: what may not be seen says nothing, not even that it has changed. */
	if (!store_access(store, allocate->actor, subject, &level, err) ||
		!store_records(store, arena, subject, &allocation_type, &list, err))
		return false;
	struct allocation *now = list.n == 0 ? record_new(arena, &allocation_type)
					     : list.item[list.n - 1].record;
	str *holder = held(now, allocate->as);
	if (!str_equal(folded(arena, *holder), allocate->from))
		return err_set(err, ERR_STALE,
			"Somebody else has given one of these children away in the meantime. Look "
			"at the list again");
	*holder = allocate->to;
	*out = (struct change){ .act = list.n == 0 ? CHANGE_ADD : CHANGE_EDIT,
		.type = &allocation_type,
		.subject = subject,
		.record = now,
		.reason = allocate->reason };
	if (list.n > 0) {
		out->id = list.item[list.n - 1].id;
		out->version = list.item[list.n - 1].version;
	}
	return true;
}

static bool stays(struct store *store, int64_t person, int64_t subject, bool *stays, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &allocate_stays);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, subject);
	enum db_row row = db_step(stmt, err);
	*stays = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* Whoever had the child cannot open it any more: what they began about it, and what they were not yet
 * told, goes to who has it now, or nobody would ever read it. Not where they are still named on it. */
static bool desk_moves(
	struct store *store, struct arena *arena, const struct allocate *allocate, struct err *err)
{
	struct people *people = people_open(store, allocate->actor->authority, err);
	if (people == NULL)
		return false;
	int64_t from = allocate->from.n == 0 ? 0 : people_meant(people, arena, allocate->from);
	int64_t to = people_meant(people, arena, allocate->to);
	people_close(people);
	for (size_t i = 0; from != 0 && to != 0 && i < allocate->n; i++) {
		bool still;
		if (!stays(store, from, allocate->subject[i], &still, err) ||
			(!still && (!store_draft_move(store, allocate->subject[i], from, to, err) ||
					   !store_notice_move(store, from, to, allocate->subject[i], err))))
			return false;
	}
	return true;
}

bool store_allocate(
	struct store *store, struct arena *arena, const struct allocate *allocate, struct err *err)
{
	struct problems problems = { 0 };
	struct change *change = arena_take(arena, allocate->n, sizeof *change);
	for (size_t i = 0; i < allocate->n; i++) {
		if (!change_of(store, arena, allocate, allocate->subject[i], &change[i], err))
			return false;
	}
	struct save save = { .mode = SAVE_FORM,
		.actor = allocate->actor,
		.authority = allocate->actor->authority,
		.change = change,
		.n = allocate->n,
		.problems = &problems,
		.arena = arena };
	struct held_step held = cover_hold(store, err);
	if (cover_release(store, held,
		    held.begun && store_save(store, &save, err) &&
			    desk_moves(store, arena, allocate, err),
		    err))
		return true;
	if (problems.n > 0)
		err_set(err, ERR_INPUT, "%.*s", STR_ARGS(problems.item[0].message));
	return false;
}
