/* list.c - the caseload, and the head of a child's page in one statement.
 *
 * A person sees a child by a row of access of their own, or by one that everybody with their role
 * in the authority shares (access.c). What a restricted row may not show, it may not be sorted by
 * or found by either. The list is one plain join; which rows stand on the page, and the counts, are
 * worked out in list_pick.c, and the words are read with the join while it is short, and else for
 * the page's rows alone.
 */
#include "store/inside.h"
#include "store/list.h"
#include "store/list_late.h"
#include "store/list_pick.h"
#include "store/list_seen.h"

#include <stdlib.h>

#define OF_COUNCIL(row) "(CAST($5 AS TEXT) = '' OR " row ".authority = $5)"
/* The day up to which the council's files know. */
#define KNOWN_TO                                                                                   \
	"(SELECT min(k.known) FROM (SELECT max(i.known_to) AS known FROM import i WHERE "           \
	"i.kind <> 'people' AND (i.authority = $3 OR i.authority IN (SELECT w.authority FROM "      \
	"person_authority w WHERE w.person = $1)) AND " OF_COUNCIL("i") " GROUP BY i.authority) k)"

/* What is read besides for a row that is shown. */
#define WORDS                                                                                      \
	"r.forename, r.surname, r.expected, r.iro, r.chair, r.worker, r.contact_alone, "           \
	"r.next_rule, r.next_booked, r.unsure_rule, r.unsure_booked, r.unknown_rule, r.authority, " \
	"r.next_data, r.next_law, r.unsure_data, r.unsure_law"
#define SEEN                                                                                       \
	" FROM access a JOIN child_row r ON r.subject = a.subject WHERE " OF_COUNCIL("r") " AND" SEEN_NOW

SQL(caseload_all, "SELECT " PICK_COLUMNS ", " KNOWN_TO ", " WORDS SEEN);
SQL(caseload_narrow, "SELECT " PICK_COLUMNS ", " KNOWN_TO SEEN);

#define TEN(n)                                                                                     \
	"$" #n "0, $" #n "1, $" #n "2, $" #n "3, $" #n "4, $" #n "5, $" #n "6, $" #n "7, $" #n     \
	"8, $" #n "9"
/* LIST_ROWS of them, the last said again where there are fewer. */
SQL(caseload_words,
	"SELECT r.subject, " WORDS " FROM child_row r WHERE r.subject IN ("
	"$1, $2, $3, $4, $5, $6, $7, $8, $9, " TEN(1) ", " TEN(2) ", " TEN(3) ", " TEN(
		4) ", " TEN(5) ", " TEN(6) ", " TEN(7) ", " TEN(8) ", " TEN(9) ", $100)");

#define OPEN_OF_CHILD                                                                              \
	"o.subject IN " SAME_AS("$5") " AND o.ended IS NULL AND o.withdrawn_at IS NULL AND o.draft = 0"
/* From what the reader holds to the child, and not the other way round: of a child who is hidden from
 * them no more is looked up than of one who is not there, and it takes no longer (tests/bars/f4.py). */
SQL(child_head_seen,
	"SELECT max(a.level), r.authority, r.number, r.forename, r.surname, r.born, "
	"r.expected, r.died, r.looked_after, r.on_plan, r.openness, r.iro, r.chair, r.worker, "
	"r.team, r.sibling_group, (SELECT max(i.known_to) FROM import i WHERE "
	"i.authority = r.authority AND i.kind <> 'people'), sum(DISTINCT CASE a.relation WHEN 1 THEN 2 "
	"WHEN 2 THEN 4 WHEN 3 THEN 8 WHEN 4 THEN 16 WHEN 5 THEN 32 WHEN 7 THEN 128 WHEN 8 THEN 256 "
	"ELSE 1 END), max(CASE WHEN a.relation = 8 THEN a.until END), "
	"max(CASE WHEN a.relation <> 8 THEN a.level ELSE 0 END), "
	"(SELECT max(o.began) FROM record_care_period o WHERE " OPEN_OF_CHILD "), "
	"(SELECT max(o.began) FROM record_cp_plan o WHERE " OPEN_OF_CHILD "), "
	"(SELECT count(*) FROM opening g WHERE g.subject = $5), "
	"(SELECT max(g.at) FROM opening g WHERE g.subject = $5) "
	"FROM access a CROSS JOIN child_row r WHERE r.subject = a.subject AND a.subject = $5 AND"
	ACCESS_NOW("$1", "$2", "$3", "$4") "GROUP BY r.subject");

/* A list as long as this is read narrow, and the words for its page alone. */
enum { LONG_LIST = 256, LONG_CAP = 256 << 20, TEAMS = 40 };

static str keep(struct arena *arena, struct stmt *stmt, int column)
{
	return arena_str(arena, db_text(stmt, column));
}

static day day_or_unknown(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

void pick_read(struct arena *arena, struct stmt *stmt, struct pick_row *out)
{
	enum { SUBJECT, LEVEL, BORN, NEXT_DUE, UNSURE_DUE, UNKNOWNS, LOOKED_AFTER, ON_PLAN, NUMBER,
		NAME_KEY, TEAM, VIEW_ON, CONTACT_ON, SIBLINGS, COLUMNS };
	_Static_assert((int)COLUMNS == (int)PICK_COLUMNS_N, "the columns are those of PICK_COLUMNS");
	int level = (int)db_int(stmt, LEVEL);
	*out = (struct pick_row){
		.subject = db_int(stmt, SUBJECT),
		.level = level,
		.born = level >= 2 ? day_or_unknown(stmt, BORN) : DAY_UNKNOWN,
		.next_due = day_or_unknown(stmt, NEXT_DUE),
		.unsure_due = day_or_unknown(stmt, UNSURE_DUE),
		.unknowns = db_int(stmt, UNKNOWNS) > 0,
		.looked_after = db_int(stmt, LOOKED_AFTER) == 1,
		.on_plan = db_int(stmt, ON_PLAN) == 1,
		.number = keep(arena, stmt, NUMBER),
		.name = level >= 2 ? keep(arena, stmt, NAME_KEY) : (str){ 0 },
		.team = keep(arena, stmt, TEAM),
		.view_on = level >= 2 ? day_or_unknown(stmt, VIEW_ON) : DAY_UNKNOWN,
		.contact_on = level >= 2 ? day_or_unknown(stmt, CONTACT_ON) : DAY_UNKNOWN,
		.siblings = level >= 2 ? keep(arena, stmt, SIBLINGS) : (str){ 0 },
	};
	out->group = pick_hash(out->siblings);
}

/* What WORDS brings, its first column at `at`: nothing that the level does not show. */
struct words {
	str forename, surname, iro, chair, worker;
	enum answer alone;
	str next_rule, unsure_rule, unknown_rule, authority;
	day expected, next_booked, unsure_booked, next_data, next_law, unsure_data, unsure_law;
};

static void read_words(
	struct arena *arena, struct stmt *stmt, int at, bool named, struct words *out)
{
	*out = (struct words){ .expected = DAY_UNKNOWN,
		.iro = keep(arena, stmt, at + 3),
		.chair = keep(arena, stmt, at + 4),
		.next_rule = keep(arena, stmt, at + 7),
		.next_booked = day_or_unknown(stmt, at + 8),
		.unsure_rule = keep(arena, stmt, at + 9),
		.unsure_booked = day_or_unknown(stmt, at + 10),
		.unknown_rule = keep(arena, stmt, at + 11),
		.authority = keep(arena, stmt, at + 12),
		.next_data = day_or_unknown(stmt, at + 13),
		.next_law = day_or_unknown(stmt, at + 14),
		.unsure_data = day_or_unknown(stmt, at + 15),
		.unsure_law = day_or_unknown(stmt, at + 16) };
	if (!named)
		return;
	out->forename = keep(arena, stmt, at);
	out->surname = keep(arena, stmt, at + 1);
	out->expected = day_or_unknown(stmt, at + 2);
	out->worker = keep(arena, stmt, at + 5);
	if (!db_is_null(stmt, at + 6))
		out->alone = db_int(stmt, at + 6) == 1 ? ANSWER_YES : ANSWER_NO;
}

static void say_worst(
	const struct pick_row *pick, const struct words *words, struct caseload_row *row)
{
	bool later = pick->rank == PICK_UNKNOWN || (pick->rank == PICK_DUE && pick->due != pick->next_due);
	row->due = row->booked = row->due_data = row->due_law = DAY_UNKNOWN;
	if (pick->rank == PICK_NOTHING) {
		row->state = CLOCK_MET;
	} else if (pick->rank == PICK_UNKNOWN && pick->unknowns) {
		row->state = CLOCK_UNKNOWN;
		row->rule = words->unknown_rule;
	} else {
		row->state = pick->rank == PICK_OVERDUE ? CLOCK_OVERDUE
			: pick->rank == PICK_UNKNOWN	? CLOCK_UNKNOWN
							: CLOCK_DUE;
		row->rule = later ? words->unsure_rule : words->next_rule;
		row->due = later ? pick->unsure_due : pick->next_due;
		row->booked = later ? words->unsure_booked : words->next_booked;
		row->due_data = later ? words->unsure_data : words->next_data;
		row->due_law = later ? words->unsure_law : words->next_law;
	}
}

static struct caseload_row row_of(const struct pick_row *pick, const struct words *words)
{
	struct caseload_row row = { .subject = pick->subject,
		.level = pick->level,
		.number = pick->number,
		.authority = words->authority,
		.team = pick->team,
		.born = pick->born,
		.looked_after = pick->looked_after,
		.on_plan = pick->on_plan,
		.forename = words->forename,
		.surname = words->surname,
		.expected = words->expected,
		.iro = words->iro,
		.chair = words->chair,
		.social_worker = words->worker,
		.has_group = pick->siblings.n > 0,
		.view_on = pick->view_on,
		.contact_on = pick->contact_on,
		.contact_alone = words->alone };
	say_worst(pick, words, &row);
	return row;
}

struct gathered {
	struct pick_row *item;
	size_t n, room;
};
struct worded {
	struct words *item;
	size_t n, room;
};

/* One run of the join: with the words of each row, and then it stops when there are too many; or
 * the narrow one. */
static bool gather(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct gathered *rows, struct worded *words, day *known_to, struct err *err)
{
	struct stmt *stmt = db_use(store->db, words == NULL ? &caseload_narrow : &caseload_all);
	enum db_row got;
	rows->n = 0;
	seen_bind(stmt, query->actor, store_now(store));
	db_bind_text(stmt, 5, query->authority);
	while ((got = db_step(stmt, err)) == DB_ROW) {
		if (words != NULL && rows->n == LONG_LIST) {
			rows->n++;
			break;
		}
		struct pick_row *row = &ARRAY_MORE(rows);
		pick_read(arena, stmt, row);
		row->place = rows->n - 1;
		if (words != NULL)
			read_words(arena, stmt, PICK_COLUMNS_N + 1, row->level >= 2, &ARRAY_MORE(words));
		if (rows->n == 1)
			*known_to = day_or_unknown(stmt, PICK_COLUMNS_N);
	}
	db_reset(stmt);
	return got != DB_FAIL;
}

bool pick_fetch(struct store *store, struct arena *arena, const struct pick_row *pick, size_t n,
	struct caseload_row *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &caseload_words);
	enum db_row got;
	for (size_t i = 0; i < LIST_ROWS; i++)
		db_bind_int(stmt, (int)i + 1, pick[i < n ? i : n - 1].subject);
	while ((got = db_step(stmt, err)) == DB_ROW) {
		size_t at = 0;
		while (at < n && pick[at].subject != db_int(stmt, 0))
			at++;
		must(at < n);
		struct words words;
		read_words(arena, stmt, 1, pick[at].level >= 2, &words);
		out[at] = row_of(&pick[at], &words);
		out[at].number = arena_str(arena, pick[at].number);
		out[at].team = arena_str(arena, pick[at].team);
	}
	return got != DB_FAIL;
}

static int compare_teams(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static void gather_teams(
	struct arena *arena, const struct pick_row *row, size_t n, struct caseload *out)
{
	str *team = arena_take(arena, TEAMS, sizeof *team);
	str last = { 0 };
	for (size_t i = 0; i < n && out->teams < TEAMS; i++) {
		size_t at = 0;
		if (row[i].team.n == 0 || str_equal(row[i].team, last))
			continue;
		last = row[i].team;
		while (at < out->teams && !str_equal(team[at], last))
			at++;
		if (at == out->teams)
			team[out->teams++] = arena_str(arena, last);
	}
	qsort(team, out->teams, sizeof *team, compare_teams);
	out->team = team;
}

/* Counts, picks and sorts; returns how many rows, from the first of the page on, are at *first. */
static size_t page_of(struct arena *arena, struct arena *scratch,
	const struct caseload_query *query, struct gathered *rows, struct caseload *out, size_t *first)
{
	struct pick pick = pick_of(arena, query);
	struct pick_counts counts;
	size_t size = (size_t)(query->rows == 0 ? LIST_PAGE : query->rows);
	rows->n = pick_merge(rows->item, rows->n);
	gather_teams(arena, rows->item, rows->n, out);
	pick_siblings_of(&pick, rows->item, rows->n);
	pick_say(&pick, rows->item, rows->n, &counts);
	if (query->together)
		pick_group(scratch, &pick, rows->item, (size_t)counts.total);
	out->children = counts.children;
	out->overdue = counts.overdue;
	out->unknown = counts.unknown;
	out->week = counts.week;
	out->four_weeks = counts.four_weeks;
	out->total = counts.total;
	size_t total = (size_t)counts.total;
	*first = query->page == 0 ? 0 : (size_t)(query->page - 1) * size;
	if (*first >= total)
		return 0;
	size_t n = query->page == 0 || size > total - *first ? total - *first : size;
	pick_sort(&pick, rows->item, total, *first + n);
	return n;
}

static void count_siblings(
	const struct gathered *rows, const struct pick_row *first, struct caseload *out)
{
	for (size_t i = 0; i < out->n; i++)
		out->row[i].siblings = pick_siblings(rows->item, rows->n, &first[i]);
}

/* Those alone that are asked for. */
static bool read_late(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct gathered *rows, struct list_lates *out, struct err *err)
{
	*out = (struct list_lates){ 0 };
	return query->state != LIST_LATE_REVIEWS ||
		list_late_read(store, arena, query, rows->item, rows->n, out, err);
}

static bool list_long(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct gathered *rows, struct caseload *out, struct err *err)
{
	struct arena *names = arena_open(LONG_CAP);
	size_t first = 0;
	struct list_lates lates;
	bool done = gather(store, names, query, rows, NULL, &out->known_to, err) &&
		read_late(store, arena, query, rows, &lates, err) &&
		(!arena_full(names) || err_set(err, ERR_FULL, "the list is too long"));
	if (done) {
		out->n = page_of(arena, names, query, rows, out, &first);
		out->row = arena_take(arena, out->n, sizeof *out->row);
	}
	/* A page is one statement; only the whole list, for a file, is more. */
	for (size_t at = 0; done && at < out->n && !arena_full(arena); at += LIST_ROWS)
		done = pick_fetch(store, arena, rows->item + first + at,
			out->n - at < LIST_ROWS ? out->n - at : LIST_ROWS, out->row + at, err);
	if (done)
		list_late_say(&lates, out->row, out->n);
	/* A file of everybody says no numbers of them. */
	if (done && query->page != 0)
		count_siblings(rows, rows->item + first, out);
	arena_close(names);
	return done;
}

bool store_caseload(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct caseload *out, struct err *err)
{
	struct gathered rows = { 0 };
	struct worded words = { 0 };
	struct list_lates lates;
	size_t first = 0;
	*out = (struct caseload){ .known_to = DAY_UNKNOWN };
	bool done = gather(store, arena, query, &rows, &words, &out->known_to, err);
	if (done && rows.n > LONG_LIST) {
		done = list_long(store, arena, query, &rows, out, err);
	} else if (done && read_late(store, arena, query, &rows, &lates, err)) {
		out->n = page_of(arena, arena, query, &rows, out, &first);
		out->row = arena_take(arena, out->n, sizeof *out->row);
		for (size_t i = 0; i < out->n; i++) {
			const struct pick_row *pick = &rows.item[first + i];
			out->row[i] = row_of(pick, &words.item[pick->place]);
		}
		list_late_say(&lates, out->row, out->n);
		count_siblings(&rows, rows.item + first, out);
	} else {
		done = false;
	}
	mem_free(rows.item);
	mem_free(words.item);
	return done;
}

bool store_child_head(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, struct child_head *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &child_head_seen);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_DONE)
		return err_set(err, ERR_MISSING, "there is no such child");
	if (row == DB_FAIL)
		return false;
	*out = (struct child_head){ .subject = subject, .level = (int)db_int(stmt, 0),
		.authority = keep(arena, stmt, 1), .number = keep(arena, stmt, 2), .born = DAY_UNKNOWN,
		.expected = DAY_UNKNOWN, .died = DAY_UNKNOWN, .looked_after = db_int(stmt, 8) == 1,
		.on_plan = db_int(stmt, 9) == 1, .openness = (enum openness)db_int(stmt, 10),
		.iro = keep(arena, stmt, 11), .chair = keep(arena, stmt, 12),
		.team = keep(arena, stmt, 14), .known_to = day_or_unknown(stmt, 16), .relations = (unsigned)db_int(stmt, 17),
		.care_began = DAY_UNKNOWN, .plan_began = DAY_UNKNOWN, .until = INSTANT_UNKNOWN,
		.opened_at = INSTANT_UNKNOWN };
	out->restricted = out->openness == RESTRICTED || out->openness == HIDDEN;
	if (!db_is_null(stmt, 18) && db_int(stmt, 19) < out->level)
		out->until = db_int(stmt, 18);
	if (out->level >= 2) {
		out->forename = keep(arena, stmt, 3);
		out->surname = keep(arena, stmt, 4);
		out->born = day_or_unknown(stmt, 5);
		out->expected = day_or_unknown(stmt, 6);
		out->died = day_or_unknown(stmt, 7);
		out->social_worker = keep(arena, stmt, 13);
		out->sibling_group = keep(arena, stmt, 15);
		out->care_began = day_or_unknown(stmt, 20);
		out->plan_began = day_or_unknown(stmt, 21);
		out->openings = db_int(stmt, 22);
		out->opened_at = db_is_null(stmt, 23) ? INSTANT_UNKNOWN : db_int(stmt, 23);
	}
	db_reset(stmt);
	return true;
}
