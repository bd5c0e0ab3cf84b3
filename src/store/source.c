#include "store/source.h"

#include "store/inside.h"

#include <string.h>

/* The import of a kind that knows to the latest day; of several, the last. */
#define LATEST(kind)                                                                               \
	"(SELECT m.id FROM import m WHERE m.authority = $1 AND m.kind = " kind                     \
	" ORDER BY coalesce(m.known_to, 0) DESC, m.id DESC LIMIT 1)"
#define LIMIT_OF SETTING_OF("'source-limit:' || i.kind", "$1")

SQL(sources_read,
	"SELECT i.kind, i.known_to, i.ended_at, p.name, i.children, i.events, i.rejected, "
	"(SELECT count(*) FROM import x WHERE x.authority = $1 AND x.kind = i.kind), " LIMIT_OF ", "
	"c.word, c.from_day, c.to_day FROM import i LEFT JOIN person p ON p.id = i.actor "
	"LEFT JOIN coverage c ON c.import = i.id WHERE i.authority = $1 AND i.id = " LATEST(
		"i.kind") " ORDER BY i.kind, c.word");
SQL(sources_by_hand,
	"SELECT count(*), max(e.known_at) FROM event e JOIN subject s ON s.id = e.subject "
	"WHERE e.source = 'form' AND s.authority = $1");
SQL(sources_old,
	"SELECT i.kind, i.known_to, " LIMIT_OF " FROM import i WHERE i.authority = $1 AND "
	"i.known_to IS NOT NULL AND i.kind <> 'people' AND i.id = " LATEST("i.kind"));
/* $1 to $4 the actor, $5 their authority */
#define TOLD_LAST(kind)                                                                            \
	"(SELECT max(t.import) FROM told t JOIN import i ON i.id = t.import "                      \
	"WHERE i.authority = $5 AND i.kind = '" kind "')"
#define MISSING(kind, open)                                                                        \
	"CASE WHEN r." open " = 1 AND l." kind " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM told t " \
	"WHERE t.import = l." kind " AND t.number = r.number) AND EXISTS (SELECT 1 FROM event e "  \
	"WHERE e.subject = r.subject AND e.source = '" kind "' AND e.withdrawn_at IS NULL) "       \
	"THEN 1 ELSE 0 END"
SQL(sources_missing,
	"WITH l AS (SELECT " TOLD_LAST("ssda903") " AS ssda903, " TOLD_LAST("cin") " AS cin), "
	"gone AS (SELECT r.subject AS subject, " MISSING("ssda903", "looked_after") " AS care, "
	MISSING("cin", "on_plan") " AS plan FROM child_row r CROSS JOIN l WHERE r.authority = $5 "
	"AND r.died IS NULL AND (r.looked_after = 1 OR r.on_plan = 1)) "
	"SELECT r.subject, max(a.level), r.number, r.forename, r.surname, max(g.care), max(g.plan), "
	"r.iro, r.worker FROM gone g JOIN child_row r ON r.subject = g.subject JOIN access a "
	"ON a.subject = g.subject WHERE g.care + g.plan > 0 AND" ACCESS_NOW("$1", "$2", "$3", "$4")
	"GROUP BY r.subject ORDER BY r.number");
SQL(sources_uncleared,
	"SELECT count(*) FROM child_row WHERE authority = $1 AND openness = $2");

static day day_or_unknown(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

static int64_t limit_of(str setting)
{
	int64_t days;
	return str_int(setting, &days) && days > 0 && days < 10000 ? days : SOURCE_LIMIT_DAYS;
}

static void source_of(struct arena *arena, struct stmt *stmt, day today, struct source_age *out)
{
	*out = (struct source_age){ .kind = arena_str(arena, db_text(stmt, 0)),
		.known_to = day_or_unknown(stmt, 1),
		.imported_at = db_int(stmt, 2),
		.who = arena_str(arena, db_text(stmt, 3)),
		.children = db_int(stmt, 4),
		.events = db_int(stmt, 5),
		.rejected = db_int(stmt, 6),
		.imports = db_int(stmt, 7),
		.limit = limit_of(db_text(stmt, 8)) };
	if (out->known_to == DAY_UNKNOWN)
		out->known_to = instant_day(out->imported_at);
	out->stale = today - out->known_to > out->limit;
}

static bool read_by_hand(
	struct store *store, str authority, struct source_ages *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &sources_by_hand);
	db_bind_text(stmt, 1, authority);
	enum db_row row = db_step(stmt, err);
	out->by_hand = row == DB_ROW ? db_int(stmt, 0) : 0;
	out->by_hand_at = row == DB_ROW && !db_is_null(stmt, 1) ? db_int(stmt, 1) : INSTANT_UNKNOWN;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_sources(struct store *store, struct arena *arena, str authority, day today,
	struct source_ages *out, struct err *err)
{
	*out = (struct source_ages){ 0 };
	struct stmt *stmt = db_use(store->db, &sources_read);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct source_age *last = out->n == 0 ? NULL : &out->item[out->n - 1];
		if (last == NULL || !str_equal(last->kind, db_text(stmt, 0))) {
			if (out->n == SOURCE_KINDS)
				continue;
			last = &out->item[out->n++];
			source_of(arena, stmt, today, last);
		}
		enum word word = word_find(db_text(stmt, 9));
		if (last->covers < SOURCE_WORDS && word != WORD_NONE)
			last->cover[last->covers++] = (struct source_cover){ word,
				day_or_unknown(stmt, 10), day_or_unknown(stmt, 11) };
	}
	return row == DB_DONE && read_by_hand(store, authority, out, err);
}

bool store_sources_stale(struct store *store, struct arena *arena, str authority, day today,
	struct source_stale *out, struct err *err)
{
	*out = (struct source_stale){ .as_at = DAY_UNKNOWN };
	struct stmt *stmt = db_use(store->db, &sources_old);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		day known_to = (day)db_int(stmt, 1);
		int64_t limit = limit_of(db_text(stmt, 2));
		if (today - known_to <= limit || (out->stale && known_to >= out->as_at))
			continue;
		*out = (struct source_stale){ .stale = true,
			.kind = arena_str(arena, db_text(stmt, 0)),
			.as_at = known_to,
			.limit = limit };
	}
	return row == DB_DONE;
}

bool store_sources_missing(struct store *store, struct arena *arena, const struct actor *actor,
	struct source_missing_list *out, struct err *err)
{
	*out = (struct source_missing_list){ 0 };
	struct stmt *stmt = db_use(store->db, &sources_missing);
	access_bind(stmt, actor, store_now(store));
	db_bind_text(stmt, 5, actor->authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			size_t room = out->room == 0 ? 32 : out->room * 2;
			struct source_missing *item = arena_take(arena, room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
			out->room = room;
		}
		bool named = db_int(stmt, 1) == 2;
		out->item[out->n++] = (struct source_missing){ .subject = db_int(stmt, 0),
			.level = (int)db_int(stmt, 1),
			.number = arena_str(arena, db_text(stmt, 2)),
			.forename = named ? arena_str(arena, db_text(stmt, 3)) : (str){ 0 },
			.surname = named ? arena_str(arena, db_text(stmt, 4)) : (str){ 0 },
			.from_ssda903 = db_int(stmt, 5) == 1,
			.from_cin = db_int(stmt, 6) == 1,
			.iro = arena_str(arena, db_text(stmt, 7)),
			.worker = named ? arena_str(arena, db_text(stmt, 8)) : (str){ 0 } };
	}
	return row == DB_DONE;
}

bool store_sources_uncleared(
	struct store *store, str authority, int64_t *children, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &sources_uncleared);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, UNCLEARED);
	enum db_row row = db_step(stmt, err);
	*children = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}
