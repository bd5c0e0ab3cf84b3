/* recompute_put.c - what follows for one subject as rows, written where it differs from what is
 * stored, or only told. */
#include "store/recompute_inside.h"

#include "clock/passing.h"

SQL(child_row_drop, "DELETE FROM child_row WHERE subject = $1");
SQL(access_drop, "DELETE FROM access WHERE subject = $1");
SQL(search_key_drop, "DELETE FROM search_key WHERE subject = $1");
SQL(subject_turn, "UPDATE subject SET openness = $2, wake_on = $3 WHERE id = $1");

static const char *const access_columns[] = { "subject", "holder", "relation", "level", "since",
	"until" };

enum { ACCESS = sizeof access_columns / sizeof *access_columns };

const struct table recompute_access_table = { S_INIT("access"), access_columns, ACCESS, "iiiiii" };

static bool drop(struct chunk *chunk, const struct sql *sql, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, sql);
	db_bind_int(stmt, 1, subject);
	return db_do(stmt, err);
}

void recompute_tell_difference(struct chunk *chunk, int64_t subject, const char *table)
{
	struct compared *compared = chunk->compared;
	if (compared->differ == 0) {
		compared->subject = subject;
		compared->table = table;
	}
	compared->differ++;
}

bool recompute_put_rows(struct chunk *chunk, struct rows *rows, struct db_load *load,
	const struct sql *drop_sql, int64_t subject, struct cell *const *wanted, size_t n,
	struct err *err)
{
	size_t there;
	struct cell **stored = recompute_rows_of(rows, subject, &there);
	bool same = there == n;
	for (size_t i = 0; same && i < n; i++)
		same = cells_equal(stored[i], wanted[i], rows->table->columns);
	if (same)
		return true;
	if (chunk->compared != NULL) {
		recompute_tell_difference(chunk, subject, rows->table->name.p);
		return true;
	}
	if (there > 0 && !drop(chunk, drop_sql, subject, err))
		return false;
	for (size_t i = 0; i < n; i++)
		cells_load(load, wanted[i], rows->table->columns);
	return true;
}

bool recompute_put_child_row(struct chunk *chunk, const struct summary *summary, struct err *err)
{
	struct cell *cell = arena_take(chunk->arena, CHILD_ROW, sizeof *cell);
	if (summary->child != NULL)
		summary_cells(chunk->arena, summary, cell);
	return recompute_put_rows(chunk, &chunk->child_rows, chunk->row_load, &child_row_drop,
		summary->subject, &cell, summary->child != NULL, err);
}

/* Who is barred, and who has sight for a time. */
static void gather_facts(struct chunk *chunk, int64_t subject, struct access_facts *facts)
{
	size_t n;
	const struct row *bar = recompute_records_of(&chunk->bars, subject, &n);
	str *login = arena_take(chunk->arena, n + 1, sizeof *login);
	for (size_t i = 0; i < n; i++) {
		if (!bar[i].draft)
			login[facts->n_barred++] = ((const struct barred *)bar[i].record)->login;
	}
	facts->barred = login;
	while (chunk->sights.at < chunk->sights.n &&
		chunk->sights.item[chunk->sights.at].subject < subject)
		chunk->sights.at++;
	size_t start = chunk->sights.at;
	while (chunk->sights.at < chunk->sights.n &&
		chunk->sights.item[chunk->sights.at].subject == subject)
		chunk->sights.at++;
	facts->n_sight = chunk->sights.at - start;
	facts->sight = facts->n_sight == 0 ? NULL : chunk->sights.item + start;
}

bool recompute_put_access(struct chunk *chunk, const struct summary *summary, struct err *err)
{
	struct access_facts facts = {
		.allocation = summary->allocation, .openness = summary->openness
	};
	gather_facts(chunk, summary->subject, &facts);
	struct access_row *row = NULL;
	size_t n = 0;
	if (summary->child != NULL)
		n = people_access(chunk->people, chunk->arena, &facts, &row);
	struct cell **wanted = arena_take(chunk->arena, n + 1, sizeof *wanted);
	for (size_t i = 0; i < n; i++) {
		wanted[i] = arena_take(chunk->arena, ACCESS, sizeof *wanted[i]);
		wanted[i][0] = cell_int(summary->subject);
		wanted[i][1] = cell_int(row[i].holder);
		wanted[i][2] = cell_int(row[i].relation);
		wanted[i][3] = cell_int(row[i].level);
		wanted[i][4] = cell_instant(row[i].since);
		wanted[i][5] = cell_instant(row[i].until);
	}
	return recompute_put_rows(chunk, &chunk->access, chunk->access_load, &access_drop, summary->subject,
		wanted, n, err);
}

bool recompute_put_search_keys(struct chunk *chunk, const struct summary *summary, struct err *err)
{
	struct cell **wanted = NULL;
	size_t n = 0;
	/* Who is hidden is found in no index: see search.c. */
	if (summary->child != NULL && summary->openness != HIDDEN)
		n = search_cells(chunk->arena, summary->subject, summary->child, &wanted);
	return recompute_put_rows(chunk, &chunk->search_keys, chunk->search_load, &search_key_drop,
		summary->subject, wanted, n, err);
}

/* The next day on which time alone changes something, or something already recorded comes to pass. A
 * booking does not: what is booked is not held. */
static day wakes_on(const struct chunk *chunk)
{
	day first = passing_next(chunk->event.item, chunk->event.n, chunk->today);
	for (size_t i = 0; i < chunk->event.n; i++) {
		const struct event *event = &chunk->event.item[i];
		if (event->on > chunk->today && !word_is_planned(event->word) &&
			event->word != WORD_EXPECTED_BIRTH &&
			(first == DAY_UNKNOWN || event->on < first))
			first = event->on;
	}
	return first;
}

bool recompute_put_stood(struct chunk *chunk, const struct stood *stood, enum openness openness,
	struct err *err)
{
	day wake_on = wakes_on(chunk);
	if (openness == stood->openness && wake_on == stood->wake_on)
		return true;
	if (chunk->compared != NULL) {
		recompute_tell_difference(chunk, stood->id, "subject");
		return true;
	}
	struct stmt *stmt = db_use(chunk->store->db, &subject_turn);
	db_bind_int(stmt, 1, stood->id);
	db_bind_int(stmt, 2, openness);
	if (wake_on == DAY_UNKNOWN)
		db_bind_null(stmt, 3);
	else
		db_bind_int(stmt, 3, wake_on);
	return db_do(stmt, err);
}

/* ---- the tables, open while rows are written */

bool recompute_open_loads(struct chunk *chunk, struct err *err)
{
	struct db *db = chunk->store->db;
	chunk->clock_load = db_load_open(db, recompute_clock_table.name, recompute_clock_table.column,
		recompute_clock_table.columns, err);
	chunk->row_load = db_load_open(
		db, child_row_table.name, child_row_table.column, CHILD_ROW, err);
	chunk->access_load = db_load_open(db, recompute_access_table.name, access_columns, ACCESS, err);
	chunk->search_load = db_load_open(db, search_key_table.name, search_key_table.column,
		search_key_table.columns, err);
	chunk->matter_load = db_load_open(db, recompute_matter_table.name, recompute_matter_table.column,
		recompute_matter_table.columns, err);
	return chunk->clock_load != NULL && chunk->row_load != NULL &&
		chunk->access_load != NULL && chunk->search_load != NULL &&
		chunk->matter_load != NULL;
}

bool recompute_close_loads(struct chunk *chunk, struct err *err)
{
	bool done = true;
	struct db_load *load[] = { chunk->clock_load, chunk->row_load, chunk->access_load,
		chunk->search_load, chunk->matter_load };
	for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
		if (load[i] != NULL && !db_load_close(load[i], done ? err : NULL))
			done = false;
	}
	return done;
}
