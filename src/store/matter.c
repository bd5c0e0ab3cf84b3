#include "store/matter_seen.h"

#define SEEN                                                                                       \
	"SELECT m.subject, m.authority, m.kind_n, m.reference, m.about, m.withdrawn, m.is_open, "  \
	"m.began, m.last_on, m.next_due, m.next_rule, m.unknowns, m.unknown_rule, m.child, "       \
	"r.number, r.forename, r.surname, " MATTER_LEVEL("$5") " AS level" MATTER_SEEN

/* $6 the state, $7 today, $8 the kind, $9 the child, $10 and $11 which rows. */
SQL(matters_seen,
	"SELECT w.subject, w.authority, w.kind_n, w.reference, w.about, w.withdrawn, w.is_open, "
	"w.began, w.last_on, w.next_due, w.next_rule, w.unknowns, w.unknown_rule, w.child, w.number, "
	"w.forename, w.surname, w.level, count(*) OVER () FROM (" SEEN
	" AND ($6 = 4 OR m.is_open = CASE WHEN $6 = 3 THEN 0 ELSE 1 END) "
	"AND ($6 <> 1 OR m.next_due < $7) AND ($6 <> 2 OR m.next_due BETWEEN $7 AND $7 + 7) "
	"AND ($8 = 0 OR m.kind_n = $8) AND ($9 = 0 OR m.child = $9)) w WHERE w.level > 0 "
	"AND ($9 = 0 OR w.level > 1) "
	"ORDER BY w.is_open DESC, CASE WHEN w.is_open = 0 THEN -coalesce(w.last_on, 0) "
	"ELSE coalesce(w.next_due, 9999999) END, w.kind_n, w.subject LIMIT $10 OFFSET $11");
/* What was closed lately is read too, for the disputes. */
SQL(matters_counted,
	"SELECT w.kind_n, sum(w.is_open), "
	"sum(CASE WHEN w.is_open = 1 AND w.next_due < $6 THEN 1 ELSE 0 END), "
	"sum(CASE WHEN w.is_open = 1 AND w.next_due BETWEEN $6 AND $6 + 7 THEN 1 ELSE 0 END), "
	"count(DISTINCT CASE WHEN w.is_open = 1 THEN w.child END), "
	"count(DISTINCT CASE WHEN w.is_open = 1 AND w.formal < $6 THEN w.child END), "
	"min(CASE WHEN w.is_open = 1 AND w.formal < $6 THEN w.formal END), "
	"count(DISTINCT CASE WHEN w.closed IS NOT NULL THEN w.child END), "
	"count(DISTINCT CASE WHEN w.closed = 'outcome=changed' THEN w.child END) FROM (SELECT m.kind_n, "
	"m.is_open, m.next_due, m.child, " MATTER_LEVEL("$5") " AS level, (SELECT min(c.due) FROM clock c "
	"WHERE c.subject = m.subject AND c.rule = 'iro-dispute-formal' AND c.met_on IS NULL) AS formal, "
	"(SELECT max(e.detail) FROM event e WHERE e.subject = m.subject AND e.word = 'dispute-closed' "
	"AND e.withdrawn_at IS NULL AND e.on_day > $6 - 7) AS closed" MATTER_SEEN
	" AND ($7 = 0 OR m.authority = $3) "
	"AND m.withdrawn = 0 AND (m.is_open = 1 OR m.last_on > $6 - 7)) w WHERE w.level > 0 "
	"GROUP BY w.kind_n");
SQL(matter_one, "SELECT w.* FROM (" SEEN " AND m.subject = $6) w WHERE w.level > 0");

enum { ROWS_MOST = 100000 };

str matter_sights(struct arena *arena, const struct actor *actor)
{
	struct buf sights = { 0 };
	for (int kind = 0; kind < SUBJECT_KINDS; kind++)
		buf_int(&sights, (int64_t)matter_sight(actor->role, (enum subject_kind)kind));
	str kept = arena_str(arena, buf_view(&sights));
	buf_close(&sights);
	return kept;
}

static void bind(struct store *store, struct stmt *stmt, struct arena *arena, const struct actor *actor)
{
	access_bind(stmt, actor, store_now(store));
	db_bind_text(stmt, 5, matter_sights(arena, actor));
}

static void row_of(struct arena *arena, struct stmt *stmt, day today, struct matter_row *out)
{
	int level = (int)db_int(stmt, 17);
	*out = (struct matter_row){
		.subject = db_int(stmt, 0),
		.level = level,
		.authority = seen_text(arena, stmt, 1),
		.kind = (enum subject_kind)db_int(stmt, 2),
		.reference = seen_text(arena, stmt, 3),
		.withdrawn = db_int(stmt, 5) == 1,
		.open = db_int(stmt, 6) == 1,
		.began = seen_day(stmt, 7),
		.last = seen_day(stmt, 8),
		.due = seen_day(stmt, 9),
		.names_child = !db_is_null(stmt, 13),
	};
	if (level >= 2) {
		out->about = seen_text(arena, stmt, 4);
		out->child = db_int(stmt, 13);
		out->number = seen_text(arena, stmt, 14);
		out->forename = seen_text(arena, stmt, 15);
		out->surname = seen_text(arena, stmt, 16);
	}
	bool late = out->due != DAY_UNKNOWN && out->due < today;
	if (late || (out->due != DAY_UNKNOWN && db_int(stmt, 11) == 0)) {
		out->state = late ? CLOCK_OVERDUE : CLOCK_DUE;
		out->rule = seen_text(arena, stmt, 10);
	} else if (db_int(stmt, 11) > 0) {
		out->state = CLOCK_UNKNOWN;
		out->rule = seen_text(arena, stmt, 12);
		out->due = DAY_UNKNOWN;
	} else {
		out->state = CLOCK_MET;
	}
}

bool store_matters(struct store *store, struct arena *arena, const struct matter_query *query,
	struct matter_list *out, struct err *err)
{
	struct {
		struct matter_row *item;
		size_t n, room;
	} found = { 0 };
	struct stmt *stmt = db_use(store->db, &matters_seen);
	bind(store, stmt, arena, query->actor);
	db_bind_int(stmt, 6, (int64_t)query->state);
	db_bind_int(stmt, 7, query->today);
	db_bind_int(stmt, 8, (int64_t)query->kind);
	db_bind_int(stmt, 9, query->child);
	db_bind_int(stmt, 10, query->page == 0 ? ROWS_MOST : MATTER_PAGE);
	db_bind_int(stmt, 11, query->page == 0 ? 0 : (query->page - 1) * MATTER_PAGE);
	*out = (struct matter_list){ 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		row_of(arena, stmt, query->today, &ARRAY_MORE(&found));
		out->total = db_int(stmt, 18);
	}
	out->n = found.n;
	out->row = arena_take(arena, found.n + 1, sizeof *out->row);
	for (size_t i = 0; i < found.n; i++)
		out->row[i] = found.item[i];
	mem_free(found.item);
	return row == DB_DONE;
}

bool store_matter_counts(struct store *store, const struct actor *actor, day today, bool alone,
	struct matter_counts *out, struct err *err)
{
	struct arena *arena = arena_open(4096);
	struct stmt *stmt = db_use(store->db, &matters_counted);
	bind(store, stmt, arena, actor);
	db_bind_int(stmt, 6, today);
	db_bind_int(stmt, 7, alone);
	*out = (struct matter_counts){ .dispute = { .oldest = DAY_UNKNOWN } };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t kind = db_int(stmt, 0);
		if (kind < 0 || kind >= SUBJECT_KINDS)
			continue;
		struct matter_count count = { db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3) };
		out->kind[kind] = count;
		out->all.open += count.open;
		out->all.overdue += count.overdue;
		out->all.week += count.week;
		if (kind != SUBJECT_DISPUTE)
			continue;
		out->dispute.open = db_int(stmt, 4);
		out->dispute.formal_late = db_int(stmt, 5);
		out->dispute.oldest = seen_day(stmt, 6);
		out->dispute.closed = db_int(stmt, 7);
		out->dispute.changed = db_int(stmt, 8);
	}
	arena_close(arena);
	return row == DB_DONE;
}

bool store_matter(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day today, struct matter_row *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &matter_one);
	bind(store, stmt, arena, actor);
	db_bind_int(stmt, 6, subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		row_of(arena, stmt, today, out);
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "there is no such matter here"));
}

bool store_matter_single(struct store *store, struct arena *arena, str authority,
	enum subject_kind kind, int64_t *subject, struct err *err)
{
	return store_subject_find(
		store, authority, kind, matter_reference(arena, kind, 1), subject, err);
}

bool store_subject_access(struct store *store, const struct actor *actor, int64_t subject, int *level,
	struct err *err)
{
	struct err none;
	struct matter_row found;
	if (store_access(store, actor, subject, level, &none))
		return true;
	if (none.code != ERR_MISSING)
		return err_set(err, none.code, "%s", none.text);
	if (actor->role == ROLE_SYSTEM)
		return err_set(err, ERR_MISSING, "there is no such child here");
	struct arena *arena = arena_open(1 << 16);
	bool done = store_matter(store, arena, actor, subject, DAY_MIN, &found, err);
	*level = done ? found.level : 0;
	arena_close(arena);
	return done;
}
