/* recompute_read.c - what is stored of a chunk of subjects, walked through subject by subject. */
#include "store/recompute_inside.h"

#include <stdlib.h>

#define BETWEEN "WHERE subject BETWEEN $1 AND $2 ORDER BY subject"
SQL(events_between,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event "
	"WHERE subject BETWEEN $1 AND $2 AND withdrawn_at IS NULL ORDER BY subject, id");
SQL(clocks_between,
	"SELECT subject, n, rule, thread, from_day, from_at, from_word, from_event, due, due_at, "
	"due_data, last_working_day, provisional, booked, met_on, met_at, met_event, ended_on, "
	"ended_by, disapplied, doubt, known_to, due_law, due_law_at, local_item, "
	"calendar FROM clock " BETWEEN ", n");
SQL(child_rows_between,
	"SELECT subject, authority, number, forename, surname, name_key, born, expected, "
	"died, iro, chair, worker, team, iro_key, chair_key, worker_key, team_key, openness, looked_after, "
	"on_plan, next_due, next_rule, next_booked, unsure_due, unsure_rule, unsure_booked, unknowns, "
	"unknown_rule, sibling_group, view_on, contact_on, contact_alone, sibling_key, next_data, "
	"next_law, unsure_data, unsure_law FROM child_row "
	BETWEEN);
SQL(access_between, "SELECT subject, holder, relation, level, since, until FROM access " BETWEEN
	", holder, relation");
SQL(search_keys_between,
	"SELECT subject, by_name, key, sound FROM search_key " BETWEEN ", by_name, key");
SQL(sight_between, "SELECT subject, person, relation, since, until FROM sight " BETWEEN
	", person, relation");
SQL(subjects_between,
	"SELECT id, openness, import, wake_on, authority FROM subject WHERE id BETWEEN $1 AND $2 "
	"ORDER BY id");

static bool is_wanted(const struct chunk *chunk, int64_t subject)
{
	size_t low = 0, high = chunk->subjects;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (chunk->subject[middle] < subject)
			low = middle + 1;
		else
			high = middle;
	}
	return low < chunk->subjects && chunk->subject[low] == subject;
}

static struct stmt *range(struct chunk *chunk, const struct sql *sql)
{
	struct stmt *stmt = db_use(chunk->store->db, sql);
	db_bind_int(stmt, 1, chunk->subject[0]);
	db_bind_int(stmt, 2, chunk->subject[chunk->subjects - 1]);
	return stmt;
}

/* ---- reading a chunk */

static bool read_events(struct chunk *chunk, struct err *err)
{
	chunk->events.n = chunk->events.at = 0;
	struct stmt *stmt = range(chunk, &events_between);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (is_wanted(chunk, db_int(stmt, 1)))
			event_row_read(chunk->arena, stmt, &ARRAY_MORE(&chunk->events));
	}
	return row == DB_DONE;
}

bool recompute_read_rows(struct chunk *chunk, struct rows *rows, const struct table *table,
	const struct sql *sql, struct err *err)
{
	rows->table = table;
	rows->n = rows->at = 0;
	struct stmt *stmt = range(chunk, sql);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (!is_wanted(chunk, db_int(stmt, 0)))
			continue;
		struct cell *cell = arena_take(chunk->arena, table->columns, sizeof *cell);
		cells_read(chunk->arena, stmt, table, cell);
		ARRAY_MORE(rows) = cell;
	}
	return row == DB_DONE;
}

static bool read_records(struct chunk *chunk, struct records *records,
	const struct record_type *type, struct err *err)
{
	records->n = records->at = 0;
	struct stmt *stmt = range(chunk, &chunk->store->type[type->index].between);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (is_wanted(chunk, db_int(stmt, 2)))
			row_read(chunk->arena, stmt, type, &ARRAY_MORE(records));
	}
	return row == DB_DONE;
}

static int by_subject(const void *a, const void *b)
{
	const struct sight_row *x = a, *y = b;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

static bool read_sights(struct chunk *chunk, struct err *err)
{
	chunk->sights.n = chunk->sights.at = 0;
	struct stmt *stmt = range(chunk, &sight_between);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (is_wanted(chunk, db_int(stmt, 0)))
			ARRAY_MORE(&chunk->sights) = (struct sight_row){
				.subject = db_int(stmt, 0),
				.person = db_int(stmt, 1),
				.relation = (enum relation)db_int(stmt, 2),
				.since = db_is_null(stmt, 3) ? INSTANT_UNKNOWN : db_int(stmt, 3),
				.until = db_is_null(stmt, 4) ? INSTANT_UNKNOWN : db_int(stmt, 4),
			};
	}
	struct sights invited = { 0 };
	bool done = row == DB_DONE &&
		invited_between(chunk->store, chunk->arena, chunk->subject[0],
			chunk->subject[chunk->subjects - 1], &invited, err);
	for (size_t i = 0; done && i < invited.n; i++) {
		if (is_wanted(chunk, invited.item[i].subject))
			ARRAY_MORE(&chunk->sights) = invited.item[i];
	}
	mem_free(invited.item);
	if (chunk->sights.n > 0)
		qsort(chunk->sights.item, chunk->sights.n, sizeof *chunk->sights.item, by_subject);
	return done;
}

static bool read_stood(struct chunk *chunk, struct err *err)
{
	chunk->stood.n = chunk->stood.at = 0;
	struct stmt *stmt = range(chunk, &subjects_between);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (!is_wanted(chunk, db_int(stmt, 0)))
			continue;
		/* By another council's policy and people its own would lose sight of it, and others gain it. */
		if (!str_equal(db_text(stmt, 4), chunk->authority)) {
			db_reset(stmt);
			return err_set(err, ERR_BROKEN, "a child of another council was to be made anew");
		}
		ARRAY_MORE(&chunk->stood) = (struct stood){
			.id = db_int(stmt, 0),
			.openness = (enum openness)db_int(stmt, 1),
			.real = !db_is_null(stmt, 2),
			.import = db_int(stmt, 2),
			.wake_on = db_is_null(stmt, 3) ? DAY_UNKNOWN : (day)db_int(stmt, 3),
		};
	}
	return row == DB_DONE;
}

bool recompute_read(struct chunk *chunk, struct err *err)
{
	arena_reset(chunk->arena);
	return read_events(chunk, err) &&
		recompute_read_rows(chunk, &chunk->clocks, &recompute_clock_table, &clocks_between, err) &&
		recompute_read_rows(chunk, &chunk->child_rows, &child_row_table, &child_rows_between, err) &&
		recompute_read_rows(chunk, &chunk->access, &recompute_access_table, &access_between, err) &&
		recompute_read_rows(chunk, &chunk->search_keys, &search_key_table, &search_keys_between, err) &&
		read_records(chunk, &chunk->children, &child_type, err) &&
		read_records(chunk, &chunk->allocations, &allocation_type, err) &&
		read_records(chunk, &chunk->restrictions, &restriction_type, err) &&
		read_records(chunk, &chunk->bars, &barred_type, err) &&
		read_sights(chunk, err) && recompute_read_holds(chunk, err) &&
		recompute_read_turns(chunk, err) &&
		recompute_read_matters(chunk, err) &&
		heard_read(chunk->heard, chunk->store, chunk->subject[0],
			chunk->subject[chunk->subjects - 1], err) &&
		read_stood(chunk, err);
}

/* ---- the walk through it */

/* The stored rows of one subject, NULL where it has none; the walk goes on behind them. */
struct cell **recompute_rows_of(struct rows *rows, int64_t subject, size_t *n)
{
	while (rows->at < rows->n && rows->item[rows->at][0].number < subject)
		rows->at++;
	size_t start = rows->at;
	while (rows->at < rows->n && rows->item[rows->at][0].number == subject)
		rows->at++;
	*n = rows->at - start;
	return *n == 0 ? NULL : rows->item + start;
}

/* The finished records of one subject; the walk goes on behind them. */
const struct row *recompute_records_of(struct records *records, int64_t subject, size_t *n)
{
	while (records->at < records->n && records->item[records->at].subject < subject)
		records->at++;
	size_t start = records->at;
	while (records->at < records->n && records->item[records->at].subject == subject)
		records->at++;
	*n = records->at - start;
	return *n == 0 ? NULL : records->item + start;
}

/* The first record of one subject; NULL when it has none. */
const void *recompute_record_of(struct records *records, int64_t subject)
{
	while (records->at < records->n && records->item[records->at].subject < subject)
		records->at++;
	return records->at < records->n && records->item[records->at].subject == subject
		? records->item[records->at].record
		: NULL;
}

/* ---- the events of one subject */

static void take_event(struct chunk *chunk, const struct event_row *row)
{
	if (row->word == WORD_NONE)
		return;
	ARRAY_MORE(&chunk->event) = event_of_row(row);
}

/* What is recorded of the same child under another number. */
static bool take_others(struct chunk *chunk, int64_t subject, struct err *err)
{
	for (size_t i = 0; i < chunk->same.n; i++) {
		if (chunk->same.item[i].main != subject)
			continue;
		struct stmt *stmt = db_use(chunk->store->db, &events_between);
		db_bind_int(stmt, 1, chunk->same.item[i].other);
		db_bind_int(stmt, 2, chunk->same.item[i].other);
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW) {
			struct event_row read;
			event_row_read(chunk->arena, stmt, &read);
			take_event(chunk, &read);
		}
		if (row == DB_FAIL)
			return false;
	}
	return true;
}

/* Of one who is another no event counts here: they count there. */
bool recompute_take_events(struct chunk *chunk, int64_t subject, struct err *err)
{
	chunk->event.n = 0;
	bool another = same_main(&chunk->same, subject) != 0;
	while (chunk->events.at < chunk->events.n &&
		chunk->events.item[chunk->events.at].subject < subject)
		chunk->events.at++;
	for (; chunk->events.at < chunk->events.n; chunk->events.at++) {
		const struct event_row *row = &chunk->events.item[chunk->events.at];
		if (row->subject != subject)
			break;
		if (!another)
			take_event(chunk, row);
	}
	if (!take_others(chunk, subject, err))
		return false;
	if (chunk->event.n > 0)
		chunk->event.n = events_sort(chunk->event.item, chunk->event.n);
	return true;
}
