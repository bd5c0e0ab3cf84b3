/* list.c - the caseload in one statement, and the head of a child's page in one.
 *
 * A person sees a child by a row of access of their own, or by one that everybody with their role
 * in the authority shares (access.c). What a restricted row may not show, it may not be sorted by
 * or found by either. The state of a row is said for the day from stored dates (summary.c).
 */
#include "store/inside.h"
#include "store/list.h"

/* $1 person, $2 role, $3 authority */
#define HOLDS                                                                                      \
	"a.holder IN ($1, (SELECT -(u.id * 16 + CAST($2 AS BIGINT)) - 1 "                          \
	"FROM authority u WHERE u.code = $3))"
#define SEEN                                                                                       \
	"seen AS (SELECT a.subject AS subject, max(a.level) AS level FROM access a "               \
	"WHERE " HOLDS " GROUP BY a.subject)"

/* $4 today: a row's rank (0 overdue, 1 unknown, 2 due, 3 nothing due), and its due date, which is
 * the earlier of the one that will be overdue and the one that will be unknown. Only what is
 * counted, picked and sorted by: the words of a row are fetched for the page alone. */
#define RANKED                                                                                     \
	"ranked AS (SELECT r.subject AS id, s.level AS level, r.born AS birth, r.team AS team, "   \
	"r.looked_after AS looked_after, r.on_plan AS on_plan, "                                   \
	"CASE WHEN s.level = 2 THEN r.name_key ELSE r.number END AS sort_name, "                   \
	"CASE WHEN r.next_due < $4 THEN 0 WHEN r.unknowns > 0 OR r.unsure_due < $4 THEN 1 "        \
	"WHEN r.next_due IS NOT NULL OR r.unsure_due IS NOT NULL THEN 2 ELSE 3 END AS rank, "      \
	"CASE WHEN r.unsure_due IS NULL OR r.next_due <= r.unsure_due THEN r.next_due "            \
	"ELSE r.unsure_due END AS due, "                                                           \
	"CASE WHEN r.next_due < $4 THEN 1 ELSE 0 END AS late, "                                    \
	"CASE WHEN r.unknowns > 0 OR r.unsure_due < $4 THEN 1 ELSE 0 END AS unsure, "              \
	"CASE WHEN CAST($8 AS TEXT) = '' OR r.number = $8 OR (s.level = 2 "                        \
	"AND r.name_key LIKE $9 AND r.name_key LIKE $10 AND r.name_key LIKE $11) "                 \
	"THEN 1 ELSE 0 END AS found "                                                              \
	"FROM seen s JOIN child_row r ON r.subject = s.subject)"

/* $5 state, $6 kind, $7 team, $8 number, $9 to $11 words of the name */
#define PICK                                                                                       \
	"(found = 1 AND (CAST($5 AS BIGINT) = 0 OR (CAST($5 AS BIGINT) = 1 AND late = 1) "         \
	"OR (CAST($5 AS BIGINT) = 2 AND unsure = 1) "                                              \
	"OR (CAST($5 AS BIGINT) = 3 AND due >= $4 AND due <= $4 + 7) "                             \
	"OR (CAST($5 AS BIGINT) = 4 AND due >= $4 AND due <= $4 + 28)) "                           \
	"AND (CAST($6 AS BIGINT) = 0 OR (CAST($6 AS BIGINT) = 1 AND looked_after = 1) "            \
	"OR (CAST($6 AS BIGINT) = 2 AND on_plan = 1)) "                                            \
	"AND (CAST($7 AS TEXT) = '' OR team = $7))"

#define COUNTED                                                                                    \
	"counted AS (SELECT count(*) AS children, sum(late) AS overdue, sum(unsure) AS unknown, "  \
	"sum(CASE WHEN due >= $4 AND due <= $4 + 7 THEN 1 ELSE 0 END) AS week, "                   \
	"sum(CASE WHEN due >= $4 AND due <= $4 + 28 THEN 1 ELSE 0 END) AS four_weeks, "            \
	"sum(CASE WHEN " PICK " THEN 1 ELSE 0 END) AS total FROM ranked)"

/* The day up to which the council's files know. */
#define KNOWN_TO                                                                                   \
	"(SELECT max(i.known_to) FROM import i WHERE i.authority = $3 AND i.kind <> 'people')"

#define CASELOAD(symbol, order)                                                                    \
	SQL(symbol,                                                                                \
		"WITH " SEEN ", " RANKED ", " COUNTED                                              \
		", picked AS (SELECT id, level, birth, sort_name, rank, due FROM ranked WHERE " PICK \
		" ORDER BY " order " LIMIT $12 OFFSET $13)"                                        \
		" SELECT p.id, p.level, r.number, r.forename, r.surname, r.born, r.expected, "     \
		"r.looked_after, r.on_plan, r.iro, r.chair, r.worker, r.team, r.sibling_group, "   \
		"p.rank, r.next_due, r.next_rule, r.next_booked, r.unsure_due, r.unsure_rule, "    \
		"r.unsure_booked, r.unknowns, r.unknown_rule, c.children, c.overdue, c.unknown, "  \
		"c.week, c.four_weeks, c.total, " KNOWN_TO                                         \
		" FROM picked p CROSS JOIN counted c JOIN child_row r ON r.subject = p.id "        \
		"ORDER BY " order)

CASELOAD(caseload_worst, "rank, due NULLS LAST, sort_name, id");
CASELOAD(caseload_best, "rank DESC, due DESC NULLS LAST, sort_name DESC, id DESC");
CASELOAD(caseload_name, "sort_name, id");
CASELOAD(caseload_eman, "sort_name DESC, id DESC");
CASELOAD(caseload_youngest, "birth DESC NULLS FIRST, sort_name, id");
CASELOAD(caseload_oldest, "birth NULLS LAST, sort_name, id");
CASELOAD(caseload_due, "due NULLS LAST, sort_name, id");
CASELOAD(caseload_latest, "due DESC NULLS LAST, sort_name DESC, id DESC");

SQL(caseload_teams,
	"SELECT DISTINCT r.team FROM access a JOIN child_row r ON r.subject = a.subject "
	"WHERE " HOLDS " AND r.team IS NOT NULL ORDER BY r.team LIMIT 40");

SQL(child_head_seen,
	"SELECT max(a.level), r.authority, r.number, r.forename, r.surname, r.born, "
	"r.expected, r.died, r.looked_after, r.on_plan, r.openness, r.iro, r.chair, r.worker, "
	"r.team, r.sibling_group, " KNOWN_TO " FROM access a JOIN child_row r "
	"ON r.subject = a.subject WHERE a.subject = $4 AND " HOLDS " GROUP BY r.subject");

static const struct sql *const by[][2] = {
	[LIST_BY_WORST] = { &caseload_worst, &caseload_best },
	[LIST_BY_NAME] = { &caseload_name, &caseload_eman },
	[LIST_BY_AGE] = { &caseload_youngest, &caseload_oldest },
	[LIST_BY_DUE] = { &caseload_due, &caseload_latest },
};

enum { NAME_WORDS = 3, NO_LIMIT = 1000000 };

static void bind_actor(struct stmt *stmt, const struct actor *actor)
{
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, (int64_t)actor->role);
	db_bind_text(stmt, 3, actor->authority);
}

/* "Osei amara": every word must be in the folded name. */
static void bind_text(struct arena *arena, struct stmt *stmt, str text)
{
	str rest = text, word;
	int n = 0;
	db_bind_text(stmt, 8, text);
	while (n < NAME_WORDS && str_split(&rest, ' ', &word)) {
		str key = folded(arena, word);
		if (key.n > 0)
			db_bind_text(stmt, 9 + n++,
				arena_format(arena, "%%%.*s%%", STR_ARGS(key)));
	}
	/* Nothing of the text can be in a name: nothing is found by name. */
	if (n == 0 && text.n > 0)
		db_bind_text(stmt, 9 + n++, S("-"));
	while (n < NAME_WORDS)
		db_bind_text(stmt, 9 + n++, S("%"));
}

static str keep(struct arena *arena, struct stmt *stmt, int column)
{
	return arena_str(arena, db_text(stmt, column));
}

static day day_or_unknown(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

enum { RANK_OVERDUE, RANK_UNKNOWN, RANK_DUE };

static void read_worst(struct arena *arena, struct stmt *stmt, struct caseload_row *row)
{
	enum { RANK = 14, NEXT, NEXT_RULE, NEXT_BOOKED, UNSURE, UNSURE_RULE, UNSURE_BOOKED, UNKNOWNS,
		UNKNOWN_RULE };
	day next = day_or_unknown(stmt, NEXT), unsure = day_or_unknown(stmt, UNSURE);
	int64_t rank = db_int(stmt, RANK);
	bool later = rank == RANK_UNKNOWN ||
		(rank == RANK_DUE && (next == DAY_UNKNOWN || (unsure != DAY_UNKNOWN && unsure < next)));
	row->due = row->booked = DAY_UNKNOWN;
	if (rank > RANK_DUE) {
		row->state = CLOCK_MET;
	} else if (rank == RANK_UNKNOWN && db_int(stmt, UNKNOWNS) > 0) {
		row->state = CLOCK_UNKNOWN;
		row->rule = keep(arena, stmt, UNKNOWN_RULE);
	} else {
		row->state = rank == RANK_OVERDUE ? CLOCK_OVERDUE
			: rank == RANK_UNKNOWN	  ? CLOCK_UNKNOWN
						  : CLOCK_DUE;
		row->rule = keep(arena, stmt, later ? UNSURE_RULE : NEXT_RULE);
		row->due = later ? unsure : next;
		row->booked = day_or_unknown(stmt, later ? UNSURE_BOOKED : NEXT_BOOKED);
	}
}

static void read_row(struct arena *arena, struct stmt *stmt, struct caseload_row *row)
{
	*row = (struct caseload_row){ .subject = db_int(stmt, 0), .level = (int)db_int(stmt, 1),
		.number = keep(arena, stmt, 2), .born = DAY_UNKNOWN, .expected = DAY_UNKNOWN,
		.looked_after = db_int(stmt, 7) == 1, .on_plan = db_int(stmt, 8) == 1 };
	read_worst(arena, stmt, row);
	row->iro = keep(arena, stmt, 9);
	row->chair = keep(arena, stmt, 10);
	row->team = keep(arena, stmt, 12);
	if (row->level < 2)
		return;
	row->forename = keep(arena, stmt, 3);
	row->surname = keep(arena, stmt, 4);
	row->born = day_or_unknown(stmt, 5);
	row->expected = day_or_unknown(stmt, 6);
	row->social_worker = keep(arena, stmt, 11);
	row->sibling_group = keep(arena, stmt, 13);
}

/* One run of the statement: its rows, and the counts that every row carries. */
static bool list(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct caseload *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, by[query->sort][query->backwards]);
	int64_t page = query->page;
	size_t room = 0;
	bind_actor(stmt, query->actor);
	db_bind_int(stmt, 4, query->today);
	db_bind_int(stmt, 5, (int64_t)query->state);
	db_bind_int(stmt, 6, (int64_t)query->kind);
	db_bind_text(stmt, 7, query->team);
	bind_text(arena, stmt, query->text);
	int64_t rows = query->rows == 0 ? LIST_PAGE : query->rows;
	db_bind_int(stmt, 12, page == 0 ? NO_LIMIT : rows);
	db_bind_int(stmt, 13, page == 0 ? 0 : (page - 1) * rows);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == 0) {
			out->children = db_int(stmt, 23);
			out->overdue = db_int(stmt, 24);
			out->unknown = db_int(stmt, 25);
			out->week = db_int(stmt, 26);
			out->four_weeks = db_int(stmt, 27);
			out->total = db_int(stmt, 28);
			out->known_to = day_or_unknown(stmt, 29);
		}
		if (out->n == room) {
			struct caseload_row *more =
				arena_take(arena, room == 0 ? LIST_PAGE : room * 2, sizeof *more);
			for (size_t i = 0; i < out->n; i++)
				more[i] = out->row[i];
			room = room == 0 ? LIST_PAGE : room * 2;
			out->row = more;
		}
		read_row(arena, stmt, &out->row[out->n++]);
	}
	db_reset(stmt);
	return row == DB_DONE;
}

static bool list_teams(struct store *store, struct arena *arena,
	const struct caseload_query *query, struct caseload *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &caseload_teams);
	str *team = arena_take(arena, 40, sizeof *team);
	bind_actor(stmt, query->actor);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->teams < 40)
		team[out->teams++] = keep(arena, stmt, 0);
	db_reset(stmt);
	out->team = team;
	return row != DB_FAIL;
}

bool store_caseload(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct caseload *out, struct err *err)
{
	*out = (struct caseload){ .known_to = DAY_UNKNOWN };
	if (!list(store, arena, query, out, err))
		return false;
	/* Nothing was picked: what there is to pick from is still said. */
	if (out->n == 0) {
		struct caseload_query whole = { .actor = query->actor, .today = query->today, .page = 1 };
		struct caseload all = { .known_to = DAY_UNKNOWN };
		if (!list(store, arena, &whole, &all, err))
			return false;
		*out = all;
		out->n = 0;
		out->total = 0;
	}
	return query->page == 0 || list_teams(store, arena, query, out, err);
}

bool store_child_head(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, struct child_head *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &child_head_seen);
	bind_actor(stmt, actor);
	db_bind_int(stmt, 4, subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_DONE)
		return err_set(err, ERR_MISSING, "there is no such child");
	if (row == DB_FAIL)
		return false;
	*out = (struct child_head){ .subject = subject, .level = (int)db_int(stmt, 0),
		.authority = keep(arena, stmt, 1), .number = keep(arena, stmt, 2), .born = DAY_UNKNOWN,
		.expected = DAY_UNKNOWN, .died = DAY_UNKNOWN, .looked_after = db_int(stmt, 8) == 1,
		.on_plan = db_int(stmt, 9) == 1, .restricted = db_int(stmt, 10) == (int64_t)RESTRICTED,
		.iro = keep(arena, stmt, 11), .chair = keep(arena, stmt, 12),
		.team = keep(arena, stmt, 14), .known_to = day_or_unknown(stmt, 16) };
	if (out->level >= 2) {
		out->forename = keep(arena, stmt, 3);
		out->surname = keep(arena, stmt, 4);
		out->born = day_or_unknown(stmt, 5);
		out->expected = day_or_unknown(stmt, 6);
		out->died = day_or_unknown(stmt, 7);
		out->social_worker = keep(arena, stmt, 13);
		out->sibling_group = keep(arena, stmt, 15);
	}
	db_reset(stmt);
	return true;
}
