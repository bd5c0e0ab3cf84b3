#include "store/kin.h"

#include "store/inside.h"

#include <string.h>

/* $1 to $4 the reader; $5 the children, 20 digits each; $6 to whom, folded; $7 their sibling group or
 * NULL. Who is meant may be written by either name. */
#define GIVEN                                                                                     \
	"WITH RECURSIVE given (i, subject) AS (SELECT 0, CAST(substr($5, 1, 20) AS BIGINT) "       \
	"UNION ALL SELECT i + 1, CAST(substr($5, (i + 1) * 20 + 1, 20) AS BIGINT) FROM given "     \
	"WHERE (i + 2) * 20 <= length($5)), "                                                      \
	"meant (name) AS (SELECT CAST($6 AS TEXT) UNION SELECT p.login_key FROM person p "\
	"WHERE $6 IN (p.login_key, p.name_key) UNION SELECT p.name_key FROM person p "             \
	"WHERE $6 IN (p.login_key, p.name_key)), "
#define LEVEL(child)                                                                               \
	"coalesce((SELECT max(a.level) FROM access a WHERE a.subject = " child " AND"              \
	ACCESS_NOW("$1", "$2", "$3", "$4") "), 0)"
#define SIBLINGS(column, open)                                                                     \
	"kin (kind, subject, other) AS (SELECT 0, me.subject, r.subject FROM given g "             \
	"JOIN child_row me ON me.subject = g.subject JOIN child_row r "                            \
	"ON r.authority = me.authority "                                                           \
	"AND r.sibling_group = coalesce(CAST($7 AS TEXT), me.sibling_group) "                      \
	"AND r.subject <> me.subject WHERE r.sibling_group <> '' AND r.died IS NULL "              \
	"AND r." open " = 1 AND r." column "_key <> '' "                                           \
	"AND r." column "_key NOT IN (SELECT name FROM meant) "                                    \
	"AND r.subject NOT IN (SELECT subject FROM given)"
/* Both looked after; the baby's record tells of its parent. */
#define PARENTS                                                                                    \
	" UNION ALL SELECT 1, b.subject, m.subject FROM given g JOIN child_row b "                 \
	"ON b.subject = g.subject JOIN record_person_around w ON w.subject = b.subject "           \
	"JOIN child_row m ON m.authority = b.authority AND m.number = w.own_number WHERE " YOUNG   \
	" AND (m.iro_key IN (SELECT name FROM meant) OR m.subject IN (SELECT subject FROM given)) " \
	"UNION ALL SELECT 2, m.subject, b.subject FROM given g JOIN child_row m "                  \
	"ON m.subject = g.subject JOIN record_person_around w ON w.own_number = m.number "         \
	"JOIN child_row b ON b.subject = w.subject AND b.authority = m.authority WHERE " YOUNG     \
	" AND b.iro_key IN (SELECT name FROM meant) AND b.subject NOT IN (SELECT subject FROM given)"
#define YOUNG                                                                                      \
	"w.relation IN ('mother', 'father', 'parent') AND w.withdrawn_at IS NULL AND w.draft = 0 " \
	"AND m.looked_after = 1 AND b.looked_after = 1 AND m.died IS NULL AND b.died IS NULL "     \
	"AND m.subject <> b.subject"
#define LINES(column)                                                                              \
	") SELECT k.kind, k.subject, me.number, me.forename, me.surname, k.other, r.number, "      \
	"r.forename, r.surname, r." column ", r.level, " LEVEL("me.subject") " FROM kin k "        \
	"JOIN child_row me ON me.subject = k.subject JOIN (SELECT x.subject, x.number, "           \
	"x.forename, x.surname, x.iro, x.chair, " LEVEL("x.subject") " AS level FROM child_row x " \
	"WHERE x.subject IN (SELECT other FROM kin)) r ON r.subject = k.other "                    \
	"WHERE r.level > 0 ORDER BY me.number, k.kind, r.number LIMIT 200"
SQL(kin_iro, GIVEN SIBLINGS("iro", "looked_after") PARENTS LINES("iro"));
SQL(kin_chair, GIVEN SIBLINGS("chair", "on_plan") LINES("chair"));

static str given_text(struct arena *arena, const struct kin_asked *asked)
{
	struct buf list = { 0 };
	must(asked->n <= KIN_MOST);
	for (size_t i = 0; i < asked->n; i++)
		buf_format(&list, "%020lld", (long long)asked->subject[i]);
	str kept = arena_str(arena, buf_view(&list));
	buf_close(&list);
	return kept;
}

static void add(struct arena *arena, struct kin_lines *lines, const struct kin_line *line)
{
	if (lines->n == lines->room) {
		size_t room = lines->room == 0 ? 16 : lines->room * 2;
		struct kin_line *grown = arena_take(arena, room, sizeof *grown);
		if (lines->n > 0)
			memcpy(grown, lines->item, lines->n * sizeof *grown);
		lines->item = grown;
		lines->room = room;
	}
	lines->item[lines->n++] = *line;
}

static struct kin_line line_of(
	struct arena *arena, struct stmt *stmt, const struct kin_asked *asked)
{
	bool named = db_int(stmt, 11) == 2, other_named = db_int(stmt, 10) == 2;
	struct kin_line line = { .kin = (enum kin)db_int(stmt, 0),
		.subject = db_int(stmt, 1),
		.number = arena_str(arena, db_text(stmt, 2)),
		.other = db_int(stmt, 5),
		.other_number = arena_str(arena, db_text(stmt, 6)),
		.officer = asked->to };
	if (line.kin == KIN_SIBLING)
		line.officer = arena_str(arena, db_text(stmt, 9));
	if (named) {
		line.forename = arena_str(arena, db_text(stmt, 3));
		line.surname = arena_str(arena, db_text(stmt, 4));
	}
	if (other_named) {
		line.other_forename = arena_str(arena, db_text(stmt, 7));
		line.other_surname = arena_str(arena, db_text(stmt, 8));
	}
	return line;
}

bool store_kin(struct store *store, struct arena *arena, const struct kin_asked *asked,
	struct kin_lines *out, struct err *err)
{
	*out = (struct kin_lines){ 0 };
	str to = folded(arena, asked->to);
	if (asked->as == ALLOCATE_WORKER || asked->n == 0 || to.n == 0)
		return true;
	struct stmt *stmt =
		db_use(store->db, asked->as == ALLOCATE_IRO ? &kin_iro : &kin_chair);
	access_bind(stmt, asked->actor, store_now(store));
	db_bind_text(stmt, 5, given_text(arena, asked));
	db_bind_text(stmt, 6, to);
	if (asked->group == NULL)
		db_bind_null(stmt, 7);
	else
		db_bind_text(stmt, 7, *asked->group);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct kin_line line = line_of(arena, stmt, asked);
		add(arena, out, &line);
	}
	return row == DB_DONE;
}
