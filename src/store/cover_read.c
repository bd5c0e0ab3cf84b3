/* cover_read.c - what pages read of arrangements. */
#include "store/cover.h"

#include "store/inside.h"

#include <string.h>

/* $1 to $4 are the actor. A hidden child is there for who has a part in the arrangement, and for who
 * sees it. */
#define SEES(child)                                                                                \
	"EXISTS (SELECT 1 FROM access a WHERE a.subject = " child " AND"                           \
	ACCESS_NOW("$1", "$2", "$3", "$4") ")"
#define TOLD(child)                                                                                \
	"(v.away = $1 OR v.proposed_by = $1 OR c.receiver = $1 OR NOT EXISTS (SELECT 1 FROM "      \
	"child_row h WHERE h.subject = " child " AND h.openness = 3) OR " SEES(child) ")"
_Static_assert(HIDDEN == 3, "the number stands in the statements");
#define IN_STATE(which)                                                                            \
	"(SELECT count(*) FROM cover_child c WHERE c.cover = v.id AND c.stage " which " AND "      \
	TOLD("c.subject") ")"
#define COVER                                                                                      \
	"SELECT v.id, v.cause, v.first_day, v.last_day, v.away, v.proposed_by, a.name, b.name, "  \
	"v.proposed_at, v.note, " IN_STATE("= 0") ", " IN_STATE("= 1") ", " IN_STATE("= 2") ", "   \
	IN_STATE("> 2") ", (SELECT max(c.receiver) FROM cover_child c WHERE c.cover = v.id), "     \
	"(SELECT max(q.name) FROM cover_child c JOIN person q ON q.id = c.receiver "               \
	"WHERE c.cover = v.id), v.authority FROM cover v JOIN person a ON a.id = v.away "          \
	"LEFT JOIN person b ON b.id = v.proposed_by "
#define THEIRS                                                                                     \
	"(v.away = $1 OR v.proposed_by = $1 OR EXISTS (SELECT 1 FROM cover_child c "               \
	"WHERE c.cover = v.id AND c.receiver = $1))"
/* Those that the actor works for. */
#define COUNCILS                                                                                   \
	"(SELECT CAST($3 AS TEXT) UNION ALL SELECT wc.authority FROM person_authority wc "         \
	"WHERE wc.person = $1)"
SQL(cover_list_own, COVER "WHERE " THEIRS " ORDER BY v.id DESC LIMIT 100");
/* Not over: something waits or was refused, or what was accepted runs or is to come. */
SQL(cover_list_service,
	COVER "WHERE v.authority IN " COUNCILS " AND EXISTS (SELECT 1 FROM cover_child c "
	      "WHERE c.cover = v.id AND " TOLD("c.subject") " AND (c.stage = 0 OR (c.stage IN (1, 2) "
	      "AND v.cause <> 2 AND v.last_day >= $5) OR (c.stage = 2 AND v.cause = 2))) "
	      "ORDER BY v.id DESC LIMIT 200");
SQL(cover_read_one,
	COVER "WHERE v.id = $5 AND (" THEIRS " OR (CAST($6 AS BIGINT) = 1 AND v.authority IN "
	      COUNCILS " AND EXISTS (SELECT 1 FROM cover_child c WHERE c.cover = v.id AND "
	      TOLD("c.subject") ")))");

#define CHILD                                                                                      \
	"r.subject, coalesce((SELECT max(a.level) FROM access a WHERE a.subject = r.subject AND"   \
	ACCESS_NOW("$1", "$2", "$3", "$4") "), 0), r.number, r.forename, r.surname, "              \
	"r.looked_after, r.on_plan, "                                                              \
	"CASE WHEN r.iro_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "                     \
	"CASE WHEN r.chair_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "                   \
	"CASE WHEN r.worker_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, r.authority, "
SQL(cover_children_of,
	"SELECT " CHILD "c.receiver, q.name, c.stage, c.answer, 0 FROM cover_child c "
	"JOIN cover v ON v.id = c.cover JOIN child_row r ON r.subject = c.subject "
	"JOIN person p ON p.id = v.away JOIN person q ON q.id = c.receiver "
	"WHERE c.cover = $5 AND " TOLD("c.subject") " ORDER BY r.number");
SQL(cover_children_held,
	"SELECT " CHILD "0, '', 0, '', CASE WHEN EXISTS (SELECT 1 FROM cover_child c "
	"WHERE c.subject = r.subject AND c.stage = 0) THEN 1 ELSE 0 END "
	"FROM person p JOIN child_row r ON r.authority IN " COUNCILS_OF("p")
	" AND (r.iro_key IN (p.login_key, p.name_key) OR r.chair_key IN (p.login_key, p.name_key) "
	"OR r.worker_key IN (p.login_key, p.name_key)) WHERE p.id = $5 AND " SEES("r.subject")
	" ORDER BY r.number");
/* Looked after or on a plan, each child once. */
#define STANDS(key)                                                                                \
	"SELECT r.subject FROM child_row r WHERE r.authority IN " COUNCILS_OF("p") " AND r." key   \
	" IN (p.login_key, p.name_key) AND r.looked_after + r.on_plan > 0 AND (r.openness <> 3 "   \
	"OR " SEES("r.subject") ")"
SQL(cover_people_all,
	"WITH served AS (SELECT u.code FROM authority u WHERE u.code IN " COUNCILS " AND "
	"(CAST($6 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM person x WHERE x.id = $6 AND "
	SERVES("x", "u.code") "))) SELECT p.id, p.login, p.name, p.role, (SELECT count(*) FROM (" STANDS("iro_key") " UNION "
	STANDS("chair_key") ") AS stands), (SELECT count(DISTINCT c.subject) FROM cover_child c "
	"JOIN cover v ON v.id = c.cover WHERE c.receiver = p.id AND c.stage = 1 AND v.cause <> 2 "
	"AND v.first_day <= $5 AND v.last_day >= $5), p.authority, (SELECT count(*) FROM "
	"person_authority w WHERE w.person = p.id) FROM person p WHERE EXISTS (SELECT 1 FROM served "
	"WHERE " SERVES("p", "served.code") ") AND p.disabled = 0 AND p.role IN ('reviewing-officer', 'chair', 'lead-practitioner', "
	"'manager', 'head', 'social-worker') ORDER BY p.name, p.id");
/* Nobody: no name, or the name of people none of whom can sign in any more. A name that never had
 * an account says who it is all the same. */
#define GONE(key)                                                                                  \
	"(r." key " = '' OR (EXISTS (SELECT 1 FROM person p WHERE " SERVES("p", "r.authority")  \
	" AND r." key " IN (p.login_key, p.name_key)) AND NOT EXISTS (SELECT 1 FROM person p "     \
	"WHERE " SERVES("p", "r.authority") " AND p.disabled = 0 "                              \
	"AND r." key " IN (p.login_key, p.name_key))))"
#define NO_IRO "(r.looked_after = 1 AND " GONE("iro_key") ")"
#define NO_CHAIR "(r.on_plan = 1 AND " GONE("chair_key") ")"
SQL(cover_nobody_list,
	"WITH lost AS (SELECT r.subject AS subject, r.number AS number, r.iro AS iro, "
	"r.chair AS chair, CASE WHEN " NO_IRO " THEN 1 ELSE 0 END AS no_iro, "
	"CASE WHEN " NO_CHAIR " THEN 1 ELSE 0 END AS no_chair FROM child_row r "
	"WHERE r.authority IN " COUNCILS " AND (r.looked_after = 1 OR r.on_plan = 1)), "
	"seen AS (SELECT * FROM lost WHERE no_iro + no_chair > 0 AND " SEES("lost.subject") ") "
	"SELECT subject, number, no_iro, no_chair, CASE WHEN no_iro = 1 THEN iro ELSE chair END, "
	"(SELECT count(*) FROM seen) FROM seen ORDER BY number LIMIT $5");
/* Who would stand with nobody without this person: no other account bears the name. */
#define ALONE(key, open)                                                                           \
	"(r." open " = 1 AND r." key " IN (p.login_key, p.name_key) AND NOT EXISTS (SELECT 1 "     \
	"FROM person o WHERE " SERVES("o", "r.authority") " AND o.id <> p.id AND "              \
	"o.disabled = 0 AND r." key " IN (o.login_key, o.name_key)))"
SQL(cover_left_alone,
	"SELECT CASE WHEN r.openness = 3 THEN '' ELSE r.number END, count(*) OVER () FROM person p "
	"JOIN child_row r ON r.authority IN " COUNCILS_OF("p") " WHERE p.id = $1 AND p.disabled = 0 AND ("
	ALONE("iro_key", "looked_after") " OR " ALONE("chair_key", "on_plan") ") "
	"ORDER BY CASE WHEN r.openness = 3 THEN 1 ELSE 0 END, r.number LIMIT 5");
SQL(cover_marks_of,
	"SELECT c.subject, a.name, max(v.last_day) FROM cover_child c JOIN cover v ON v.id = c.cover "
	"JOIN person a ON a.id = v.away WHERE c.receiver = $1 AND c.stage = 1 AND v.cause <> 2 "
	"AND v.first_day <= $2 AND v.last_day >= $2 GROUP BY c.subject, a.name ORDER BY c.subject");
SQL(cover_waits,
	"SELECT count(*) FROM cover_child WHERE receiver = $1 AND stage = 0");

static str keep(struct arena *arena, struct stmt *stmt, int column)
{
	return arena_str(arena, db_text(stmt, column));
}

/* Lists live in the arena and need no closing. */
#define MORE(arena, list)                                                                          \
	(more((arena), (void **)&(list)->item, (list)->n, &(list)->room, sizeof *(list)->item),    \
		&(list)->item[(list)->n++])

static void more(struct arena *arena, void **item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return;
	size_t wider = *room == 0 ? 16 : *room * 2;
	void *grown = arena_take(arena, wider, size);
	if (n > 0)
		memcpy(grown, *item, n * size);
	*item = grown;
	*room = wider;
}

static void read_cover(struct arena *arena, struct stmt *stmt, struct cover *out)
{
	*out = (struct cover){
		.id = db_int(stmt, 0),
		.reason = (enum cover_reason)db_int(stmt, 1),
		.first = (day)db_int(stmt, 2),
		.last = db_is_null(stmt, 3) ? DAY_UNKNOWN : (day)db_int(stmt, 3),
		.away = db_int(stmt, 4),
		.proposed_by = db_int(stmt, 5),
		.away_name = keep(arena, stmt, 6),
		.proposer_name = keep(arena, stmt, 7),
		.proposed_at = db_int(stmt, 8),
		.note = keep(arena, stmt, 9),
		.waiting = db_int(stmt, 10),
		.accepted = db_int(stmt, 11),
		.refused = db_int(stmt, 12),
		.over = db_int(stmt, 13),
		.receiver = db_int(stmt, 14),
		.receiver_name = keep(arena, stmt, 15),
		.authority = keep(arena, stmt, 16),
	};
}

bool store_cover_list(struct store *store, struct arena *arena, const struct actor *actor,
	bool service, day today, struct covers *out, struct err *err)
{
	*out = (struct covers){ 0 };
	struct stmt *stmt = db_use(store->db, service ? &cover_list_service : &cover_list_own);
	access_bind(stmt, actor, store_now(store));
	if (service)
		db_bind_int(stmt, 5, today);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		read_cover(arena, stmt, MORE(arena, out));
	return row == DB_DONE;
}

bool store_cover_read(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t id, struct cover *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_read_one);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, id);
	db_bind_int(stmt, 6, policy_role_may(actor->role, MAY_ALLOCATE));
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		read_cover(arena, stmt, out);
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such arrangement"));
}

static bool read_children(struct store *store, struct arena *arena, const struct sql *sql,
	const struct actor *actor, int64_t id, struct cover_children *out, struct err *err)
{
	*out = (struct cover_children){ 0 };
	struct stmt *stmt = db_use(store->db, sql);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, id);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct cover_child *child = MORE(arena, out);
		*child = (struct cover_child){
			.subject = db_int(stmt, 0),
			.level = (int)db_int(stmt, 1),
			.number = keep(arena, stmt, 2),
			.looked_after = db_int(stmt, 5) == 1,
			.on_plan = db_int(stmt, 6) == 1,
			.as_iro = db_int(stmt, 7) == 1,
			.as_chair = db_int(stmt, 8) == 1,
			.as_worker = db_int(stmt, 9) == 1,
			.authority = keep(arena, stmt, 10),
			.receiver = db_int(stmt, 11),
			.receiver_name = keep(arena, stmt, 12),
			.state = (enum cover_state)db_int(stmt, 13),
			.answer = keep(arena, stmt, 14),
			.taken = db_int(stmt, 15) == 1,
		};
		if (child->level == 2) {
			child->forename = keep(arena, stmt, 3);
			child->surname = keep(arena, stmt, 4);
		}
	}
	return row == DB_DONE;
}

bool store_cover_children(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t cover, struct cover_children *out, struct err *err)
{
	return read_children(store, arena, &cover_children_of, actor, cover, out, err);
}

bool store_cover_held(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t person, struct cover_children *out, struct err *err)
{
	return read_children(store, arena, &cover_children_held, actor, person, out, err);
}

bool store_cover_people(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t away, day today, struct cover_people *out, struct err *err)
{
	*out = (struct cover_people){ 0 };
	struct stmt *stmt = db_use(store->db, &cover_people_all);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, today);
	db_bind_int(stmt, 6, away);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		enum role role;
		*MORE(arena, out) = (struct cover_person){
			.id = db_int(stmt, 0),
			.login = keep(arena, stmt, 1),
			.name = keep(arena, stmt, 2),
			.role = role_find(db_text(stmt, 3), &role) ? role : ROLE_NONE,
			.children = db_int(stmt, 4),
			.covering = db_int(stmt, 5),
			.authority = keep(arena, stmt, 6),
			.beside = db_int(stmt, 7),
		};
	}
	return row == DB_DONE;
}

bool store_cover_nobody(struct store *store, struct arena *arena, const struct actor *actor,
	size_t most, struct cover_nobodies *out, struct err *err)
{
	*out = (struct cover_nobodies){ 0 };
	struct stmt *stmt = db_use(store->db, &cover_nobody_list);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, (int64_t)most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		*MORE(arena, out) = (struct cover_nobody){
			.subject = db_int(stmt, 0),
			.number = keep(arena, stmt, 1),
			.no_iro = db_int(stmt, 2) == 1,
			.no_chair = db_int(stmt, 3) == 1,
			.was = keep(arena, stmt, 4),
		};
		out->total = db_int(stmt, 5);
	}
	return row == DB_DONE;
}

bool store_cover_may_leave(
	struct store *store, struct arena *arena, int64_t person, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_left_alone);
	db_bind_int(stmt, 1, person);
	str numbers = { 0 };
	int64_t total = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str number = keep(arena, stmt, 0);
		total = db_int(stmt, 1);
		if (number.n > 0)
			numbers = arena_format(arena, "%.*s%s%.*s", STR_ARGS(numbers),
				numbers.n > 0 ? ", " : "", STR_ARGS(number));
	}
	if (row == DB_FAIL || total == 0)
		return row != DB_FAIL;
	return err_set(err, ERR_INPUT,
		"%lld children would stand with nobody%s%.*s%s%s: hand them over first. "
		"To stop a sign-in at once, set a new password",
		(long long)total, numbers.n > 0 ? " (" : "", STR_ARGS(numbers),
		numbers.n > 0 && total > 5 ? " and more" : "", numbers.n > 0 ? ")" : "");
}

bool store_cover_marks(struct store *store, struct arena *arena, int64_t person, day today,
	struct cover_marks *out, struct err *err)
{
	*out = (struct cover_marks){ 0 };
	struct stmt *stmt = db_use(store->db, &cover_marks_of);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, today);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		*MORE(arena, out) = (struct cover_mark){ db_int(stmt, 0), keep(arena, stmt, 1),
			(day)db_int(stmt, 2) };
	return row == DB_DONE;
}

bool store_cover_waiting(
	struct store *store, int64_t person, int64_t *children, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_waits);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	*children = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}
