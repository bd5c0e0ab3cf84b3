/* recompute.c - what follows from a subject's events: its clocks, its row in lists, who may see it.
 *
 * Reads by ranges of subjects and a statement a table, never by event; writes a subject's rows only
 * where they differ from what is stored. */
#include "store/inside.h"

#include <string.h>

#define BETWEEN "WHERE subject BETWEEN $1 AND $2 ORDER BY subject"
SQL(events_between,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event "
	"WHERE subject BETWEEN $1 AND $2 AND withdrawn_at IS NULL ORDER BY subject, id");
SQL(clocks_between,
	"SELECT subject, n, rule, thread, from_day, from_at, from_word, from_event, due, due_at, "
	"due_data, last_working_day, provisional, booked, met_on, met_at, met_event, ended_on, "
	"ended_by, disapplied, doubt, known_to FROM clock " BETWEEN ", n");
SQL(child_rows_between,
	"SELECT subject, authority, number, forename, surname, name_key, born, expected, "
	"died, iro, chair, worker, team, iro_key, chair_key, worker_key, team_key, openness, looked_after, "
	"on_plan, next_due, next_rule, next_booked, unsure_due, unsure_rule, unsure_booked, unknowns, "
	"unknown_rule, sibling_group, view_on, contact_on, contact_alone, sibling_key FROM child_row "
	BETWEEN);
SQL(access_between, "SELECT subject, holder, relation, level, since, until FROM access " BETWEEN
	", holder, relation");
SQL(search_keys_between,
	"SELECT subject, by_name, key, sound FROM search_key " BETWEEN ", by_name, key");
SQL(sight_between, "SELECT subject, person, relation, since, until FROM sight " BETWEEN
	", person, relation");
SQL(subjects_between,
	"SELECT id, openness, import, wake_on FROM subject WHERE id BETWEEN $1 AND $2 ORDER BY id");
SQL(restricted_was,
	"SELECT 1 FROM version_allocation WHERE subject = $1 AND restricted = $2 LIMIT 1");
SQL(signed_after,
	"SELECT 1 FROM ledger i JOIN ledger s ON s.seq > i.seq WHERE i.objects = $1 AND "
	"substr(i.act, 1, 7) = 'import:' AND s.act = 'set' AND s.objects = $2 LIMIT 1");
SQL(clocks_drop, "DELETE FROM clock WHERE subject = $1");
SQL(child_row_drop, "DELETE FROM child_row WHERE subject = $1");
SQL(access_drop, "DELETE FROM access WHERE subject = $1");
SQL(search_key_drop, "DELETE FROM search_key WHERE subject = $1");
SQL(subject_turn, "UPDATE subject SET openness = $2, wake_on = $3 WHERE id = $1");

static const char *const clock_columns[] = { "subject", "n", "rule", "thread", "from_day",
	"from_at", "from_word", "from_event", "due", "due_at", "due_data", "last_working_day",
	"provisional", "booked", "met_on", "met_at", "met_event", "ended_on", "ended_by",
	"disapplied", "doubt", "known_to" };
enum { CLOCK = sizeof clock_columns / sizeof *clock_columns };
static const struct table clock_table = { S_INIT("clock"), clock_columns, CLOCK,
	"iitiiitiiiiiiiiiiittii" };
static const char *const access_columns[] = { "subject", "holder", "relation", "level", "since",
	"until" };
enum { ACCESS = sizeof access_columns / sizeof *access_columns };
static const struct table access_table = { S_INIT("access"), access_columns, ACCESS, "iiiiii" };

enum { CHUNK = 256, SINGLY = 2000 };

/* What is stored of a chunk of subjects: rows of one table in order of subject, and how far the
 * walk through them has come. */
struct rows {
	const struct table *table;
	struct cell **item;
	size_t n, room, at;
};

/* The same for records of one type. */
struct records {
	struct row *item;
	size_t n, room, at;
};

struct stood {
	int64_t id;
	enum openness openness;
	bool real;
	int64_t import;
	day wake_on;
};

struct chunk {
	struct store *store;
	str authority;
	struct arena *arena;
	const struct coverage *coverage;
	const struct people *people;
	bool demonstration;
	day today;
	struct compared *compared; /* NULL: what differs is written */
	int64_t signed_import;     /* the last that was asked for, and the answer */
	bool signed_after;
	struct same same; /* who are one child */
	const int64_t *subject; /* those wanted, in order */
	size_t subjects;
	struct {
		struct event_row *item;
		size_t n, room, at;
	} events;
	struct rows clocks, child_rows, access, search_keys;
	struct records children, allocations, restrictions, bars;
	struct {
		struct sight_row *item;
		size_t n, room, at;
	} sights;
	struct {
		struct stood *item;
		size_t n, room, at;
	} stood;
	struct heard_rows *heard;
	struct db_load *clock_load, *row_load, *access_load, *search_load;
	struct clocks made;
	struct {
		struct event *item;
		size_t n, room;
	} event;
};

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

static bool read_rows(struct chunk *chunk, struct rows *rows, const struct table *table,
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
	return row == DB_DONE;
}

static bool read_stood(struct chunk *chunk, struct err *err)
{
	chunk->stood.n = chunk->stood.at = 0;
	struct stmt *stmt = range(chunk, &subjects_between);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (is_wanted(chunk, db_int(stmt, 0)))
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

static bool read_chunk(struct chunk *chunk, struct err *err)
{
	arena_reset(chunk->arena);
	return read_events(chunk, err) &&
		read_rows(chunk, &chunk->clocks, &clock_table, &clocks_between, err) &&
		read_rows(chunk, &chunk->child_rows, &child_row_table, &child_rows_between, err) &&
		read_rows(chunk, &chunk->access, &access_table, &access_between, err) &&
		read_rows(chunk, &chunk->search_keys, &search_key_table, &search_keys_between, err) &&
		read_records(chunk, &chunk->children, &child_type, err) &&
		read_records(chunk, &chunk->allocations, &allocation_type, err) &&
		read_records(chunk, &chunk->restrictions, &restriction_type, err) &&
		read_records(chunk, &chunk->bars, &barred_type, err) &&
		read_sights(chunk, err) &&
		heard_read(chunk->heard, chunk->store, chunk->subject[0],
			chunk->subject[chunk->subjects - 1], err) &&
		read_stood(chunk, err);
}

/* ---- writing where it differs */

/* The stored rows of one subject; the walk goes on behind them. */
static struct cell **of_subject(struct rows *rows, int64_t subject, size_t *n)
{
	while (rows->at < rows->n && rows->item[rows->at][0].number < subject)
		rows->at++;
	size_t start = rows->at;
	while (rows->at < rows->n && rows->item[rows->at][0].number == subject)
		rows->at++;
	*n = rows->at - start;
	return rows->item + start;
}

static bool drop(struct chunk *chunk, const struct sql *sql, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, sql);
	db_bind_int(stmt, 1, subject);
	return db_do(stmt, err);
}

static void tell_difference(struct chunk *chunk, int64_t subject, const char *table)
{
	struct compared *compared = chunk->compared;
	if (compared->differ == 0) {
		compared->subject = subject;
		compared->table = table;
	}
	compared->differ++;
}

static bool put_rows(struct chunk *chunk, struct rows *rows, struct db_load *load,
	const struct sql *drop_sql, int64_t subject, struct cell *const *wanted, size_t n,
	struct err *err)
{
	size_t there;
	struct cell **stored = of_subject(rows, subject, &there);
	bool same = there == n;
	for (size_t i = 0; same && i < n; i++)
		same = cells_equal(stored[i], wanted[i], rows->table->columns);
	if (same)
		return true;
	if (chunk->compared != NULL) {
		tell_difference(chunk, subject, rows->table->name.p);
		return true;
	}
	if (there > 0 && !drop(chunk, drop_sql, subject, err))
		return false;
	for (size_t i = 0; i < n; i++)
		cells_load(load, wanted[i], rows->table->columns);
	return true;
}

static struct cell *clock_cells(
	struct arena *arena, int64_t subject, size_t n, const struct clock *clock)
{
	struct cell *cell = arena_take(arena, CLOCK, sizeof *cell), *c = cell;
	*c++ = cell_int(subject);
	*c++ = cell_int((int64_t)n);
	*c++ = cell_key(clock->rule->id);
	*c++ = cell_int(clock->thread);
	*c++ = cell_day(clock->from);
	*c++ = cell_instant(clock->from_at);
	*c++ = cell_text(word_text(clock->from_word));
	*c++ = cell_int(clock->from_event);
	*c++ = cell_day(clock->due);
	*c++ = cell_instant(clock->due_at);
	*c++ = cell_day(clock->due_data);
	*c++ = cell_day(clock->last_working_day);
	*c++ = cell_int(clock->provisional);
	*c++ = cell_day(clock->booked);
	*c++ = cell_day(clock->met_on);
	*c++ = cell_instant(clock->met_at);
	*c++ = cell_int(clock->met_event);
	*c++ = cell_day(clock->ended_on);
	*c++ = cell_text(word_text(clock->ended_by));
	*c++ = cell_text(clock->disapplied);
	*c++ = cell_int(clock->doubt);
	*c++ = cell_day(clock->known_to);
	must(c == cell + CLOCK);
	return cell;
}

static bool put_clocks(struct chunk *chunk, int64_t subject, struct err *err)
{
	size_t n = chunk->made.n;
	struct cell **wanted = arena_take(chunk->arena, n + 1, sizeof *wanted);
	for (size_t i = 0; i < n; i++)
		wanted[i] = clock_cells(chunk->arena, subject, i, &chunk->made.item[i]);
	return put_rows(chunk, &chunk->clocks, chunk->clock_load, &clocks_drop, subject, wanted, n,
		err);
}

static bool put_child_row(struct chunk *chunk, const struct summary *summary, struct err *err)
{
	struct cell *cell = arena_take(chunk->arena, CHILD_ROW, sizeof *cell);
	if (summary->child != NULL)
		summary_cells(chunk->arena, summary, cell);
	return put_rows(chunk, &chunk->child_rows, chunk->row_load, &child_row_drop,
		summary->subject, &cell, summary->child != NULL, err);
}

/* The finished records of one subject; the walk goes on behind them. */
static const struct row *records_of(struct records *records, int64_t subject, size_t *n)
{
	while (records->at < records->n && records->item[records->at].subject < subject)
		records->at++;
	size_t start = records->at;
	while (records->at < records->n && records->item[records->at].subject == subject)
		records->at++;
	*n = records->at - start;
	return *n == 0 ? NULL : records->item + start;
}

/* Who is barred, and who has sight for a time. */
static void gather_facts(struct chunk *chunk, int64_t subject, struct access_facts *facts)
{
	size_t n;
	const struct row *bar = records_of(&chunk->bars, subject, &n);
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

static bool put_access(struct chunk *chunk, const struct summary *summary, struct err *err)
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
	return put_rows(chunk, &chunk->access, chunk->access_load, &access_drop, summary->subject,
		wanted, n, err);
}

static bool put_search_keys(struct chunk *chunk, const struct summary *summary, struct err *err)
{
	struct cell **wanted = NULL;
	size_t n = 0;
	if (summary->child != NULL)
		n = search_cells(chunk->arena, summary->subject, summary->child, &wanted);
	return put_rows(chunk, &chunk->search_keys, chunk->search_load, &search_key_drop,
		summary->subject, wanted, n, err);
}

/* ---- one subject */

/* A child is open once a people file said so, or somebody signed that nobody is restricted: which
 * speaks of the children who are there, not of those whom a later file brings. One that a file
 * brought and that no people file names, or names without a yes or a no, stays with the
 * custodian. */
static enum openness openness_of(const struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation)
{
	if (allocation != NULL && allocation->restricted != ANSWER_UNKNOWN)
		return allocation->restricted == ANSWER_YES ? RESTRICTED : OPEN;
	bool opened = chunk->demonstration || chunk->store->signing || !stood->real;
	return opened ? OPEN : stood->openness;
}

/* A restriction that stands: what its own workers alone are told of, or without a name. It is said by
 * a person of the service, and needs no file to be known. */
static void restrict_more(struct chunk *chunk, int64_t subject, enum openness *openness)
{
	size_t n;
	const struct row *row = records_of(&chunk->restrictions, subject, &n);
	for (size_t i = 0; i < n; i++) {
		const struct restriction *restriction = row[i].record;
		if (row[i].draft || !restriction_stands(restriction))
			continue;
		if (str_equal(restriction->kind, S("hidden")))
			*openness = HIDDEN;
		else if (*openness != HIDDEN)
			*openness = RESTRICTED;
	}
}

static void take_event(struct chunk *chunk, const struct event_row *row)
{
	if (row->word == WORD_NONE)
		return;
	ARRAY_MORE(&chunk->event) = (struct event){
		.word = row->word,
		.on = row->on,
		.at = row->at,
		.thread = row->thread,
		.detail = row->detail,
		.link = row->link,
		.id = row->id,
	};
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

/* A child is as closed to readers as the closest of those that it is. */
static enum openness openness_with(
	const struct chunk *chunk, int64_t subject, enum openness openness)
{
	for (size_t i = 0; i < chunk->same.n; i++) {
		if (chunk->same.item[i].main == subject && chunk->same.item[i].openness > openness)
			openness = chunk->same.item[i].openness;
	}
	return openness;
}

/* Of one who is another no event counts here: they count there. */
static bool take_events(struct chunk *chunk, int64_t subject, struct err *err)
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

/* What the child said, and who was in touch, under whatever number. */
static bool take_heard(struct chunk *chunk, int64_t subject, struct heard *out, struct err *err)
{
	*out = heard_of(chunk->heard, subject);
	for (size_t i = 0; i < chunk->same.n; i++) {
		if (chunk->same.item[i].main == subject &&
			!heard_take(chunk->store, chunk->same.item[i].other, out, err))
			return false;
	}
	return true;
}

/* The next day on which something already recorded comes to pass. A booking does not: what is
 * booked is not held. */
static day wakes_on(const struct chunk *chunk)
{
	day first = DAY_UNKNOWN;
	for (size_t i = 0; i < chunk->event.n; i++) {
		const struct event *event = &chunk->event.item[i];
		if (event->on > chunk->today && event->word != WORD_MEETING_BOOKED &&
			event->word != WORD_EXPECTED_BIRTH &&
			(first == DAY_UNKNOWN || event->on < first))
			first = event->on;
	}
	return first;
}

static bool put_stood(struct chunk *chunk, const struct stood *stood, enum openness openness,
	struct err *err)
{
	day wake_on = wakes_on(chunk);
	if (openness == stood->openness && wake_on == stood->wake_on)
		return true;
	if (chunk->compared != NULL) {
		tell_difference(chunk, stood->id, "subject");
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

/* The first record of one subject; NULL when it has none. */
static const void *record_of(struct records *records, int64_t subject)
{
	while (records->at < records->n && records->item[records->at].subject < subject)
		records->at++;
	return records->at < records->n && records->item[records->at].subject == subject
		? records->item[records->at].record
		: NULL;
}

/* ---- comparing only */

/* What an earlier version of the allocation may have left standing, when none says it now. */
static bool was_said(struct chunk *chunk, const struct stood *stood, bool *said, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, &restricted_was);
	db_bind_int(stmt, 1, stood->id);
	db_bind_int(stmt, 2, stood->openness == RESTRICTED);
	enum db_row row = db_step(stmt, err);
	*said = row == DB_ROW && stood->openness != UNCLEARED;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool signed_since(struct chunk *chunk, int64_t import, struct err *err)
{
	if (import == chunk->signed_import)
		return true;
	struct stmt *stmt = db_use(chunk->store->db, &signed_after);
	db_bind_text(stmt, 1, arena_format(chunk->arena, "import:%lld", (long long)import));
	db_bind_text(stmt, 2, arena_format(chunk->arena, "none-restricted:%.*s",
		STR_ARGS(chunk->authority)));
	enum db_row row = db_step(stmt, err);
	chunk->signed_import = import;
	chunk->signed_after = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* How open a child is follows from the allocation; where none says, from who signed since. */
static bool openness_due(struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation, enum openness *out, struct err *err)
{
	*out = openness_of(chunk, stood, allocation);
	bool said = allocation != NULL && allocation->restricted != ANSWER_UNKNOWN;
	if (said || chunk->demonstration || !stood->real)
		return true;
	if (!signed_since(chunk, stood->import, err))
		return false;
	*out = chunk->signed_after ? OPEN : UNCLEARED;
	if (*out == stood->openness)
		return true;
	if (!was_said(chunk, stood, &said, err))
		return false;
	if (said)
		*out = stood->openness;
	return true;
}

/* A row is as it was made on some day before the one it wakes on; until then no day changes it. */
static day made_by(const struct chunk *chunk, const struct stood *stood)
{
	day latest = chunk->compared->latest;
	return stood->wake_on != DAY_UNKNOWN && stood->wake_on <= latest ? stood->wake_on - 1
									 : latest;
}

static bool one_subject(struct chunk *chunk, const struct stood *stood, struct err *err)
{
	if (!take_events(chunk, stood->id, err))
		return false;
	if (chunk->compared != NULL)
		chunk->today = made_by(chunk, stood);
	chunk->made.n = 0;
	clocks_compute(chunk->store->law, chunk->event.item, chunk->event.n, chunk->coverage,
		&chunk->made);
	struct summary summary = {
		.subject = stood->id,
		.authority = chunk->authority,
		.child = record_of(&chunk->children, stood->id),
		.allocation = record_of(&chunk->allocations, stood->id),
		.event = chunk->event.item,
		.events = chunk->event.n,
		.clocks = &chunk->made,
		.today = chunk->today,
	};
	if (!take_heard(chunk, stood->id, &summary.heard, err))
		return false;
	/* The subject keeps what files and signatures say; its row in lists, what readers get. */
	enum openness said = openness_of(chunk, stood, summary.allocation);
	if (chunk->compared != NULL &&
		!openness_due(chunk, stood, summary.allocation, &said, err))
		return false;
	summary.openness = said;
	restrict_more(chunk, stood->id, &summary.openness);
	summary.openness = openness_with(chunk, stood->id, summary.openness);
	bool done = put_clocks(chunk, stood->id, err) && put_access(chunk, &summary, err) &&
		put_stood(chunk, stood, said, err);
	/* One who is another is listed and found there. */
	if (same_main(&chunk->same, stood->id) != 0)
		summary.child = NULL;
	return done && put_child_row(chunk, &summary, err) && put_search_keys(chunk, &summary, err);
}

static bool one_chunk(struct chunk *chunk, const int64_t *subject, size_t n, struct err *err)
{
	chunk->subject = subject;
	chunk->subjects = n;
	if (!read_chunk(chunk, err))
		return false;
	for (size_t i = 0; i < chunk->stood.n; i++) {
		if (!one_subject(chunk, &chunk->stood.item[i], err))
			return false;
	}
	return true;
}

/* ---- all of them */

static bool open_loads(struct chunk *chunk, struct err *err)
{
	struct db *db = chunk->store->db;
	chunk->clock_load = db_load_open(db, clock_table.name, clock_columns, CLOCK, err);
	chunk->row_load = db_load_open(
		db, child_row_table.name, child_row_table.column, CHILD_ROW, err);
	chunk->access_load = db_load_open(db, access_table.name, access_columns, ACCESS, err);
	chunk->search_load = db_load_open(db, search_key_table.name, search_key_table.column,
		search_key_table.columns, err);
	return chunk->clock_load != NULL && chunk->row_load != NULL &&
		chunk->access_load != NULL && chunk->search_load != NULL;
}

static bool close_loads(struct chunk *chunk, struct err *err)
{
	bool done = true;
	struct db_load *load[] = { chunk->clock_load, chunk->row_load, chunk->access_load,
		chunk->search_load };
	for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
		if (load[i] != NULL && !db_load_close(load[i], done ? err : NULL))
			done = false;
	}
	return done;
}

static void close_chunk(struct chunk *chunk)
{
	mem_free(chunk->events.item);
	mem_free(chunk->clocks.item);
	mem_free(chunk->child_rows.item);
	mem_free(chunk->access.item);
	mem_free(chunk->search_keys.item);
	mem_free(chunk->children.item);
	mem_free(chunk->allocations.item);
	mem_free(chunk->restrictions.item);
	mem_free(chunk->bars.item);
	mem_free(chunk->sights.item);
	mem_free(chunk->stood.item);
	heard_close(chunk->heard);
	mem_free(chunk->event.item);
	clocks_close(&chunk->made);
	arena_close(chunk->arena);
}

/* Whoever is made of others comes after them: how open they are is stored by then. */
static void part(const struct same *same, const struct subjects *subjects, struct subjects *alone,
	struct subjects *mains)
{
	for (size_t i = 0; i < subjects->n; i++) {
		int64_t main = same_main(same, subjects->item[i]);
		if (main != 0)
			subjects_add(mains, main);
		subjects_add(same_is_main(same, subjects->item[i]) ? mains : alone,
			subjects->item[i]);
	}
	subjects_sort(alone);
	subjects_sort(mains);
}

static bool all_chunks(struct chunk *chunk, const struct subjects *subjects, struct err *err)
{
	/* A few that lie apart are read one by one; many by ranges. */
	size_t step = subjects->n < SINGLY ? 1 : CHUNK;
	for (size_t i = 0; i < subjects->n; i += step) {
		size_t n = subjects->n - i < step ? subjects->n - i : step;
		if (!one_chunk(chunk, subjects->item + i, n, err))
			return false;
	}
	return true;
}

static bool recompute_or_compare(struct store *store, str authority,
	const struct subjects *subjects, struct compared *compared, struct err *err)
{
	if (subjects->n == 0)
		return true;
	struct coverage *coverage = mem_alloc(1, sizeof *coverage);
	day known_to;
	struct chunk chunk = {
		.store = store,
		.authority = authority,
		.arena = arena_open((size_t)1 << 30),
		.heard = heard_open(),
		.coverage = coverage,
		.today = instant_day(store_now(store)),
		.compared = compared,
	};
	struct people *people = NULL;
	struct subjects alone = { 0 }, mains = { 0 };
	bool done = same_read(store, authority, &chunk.same, err) &&
		store_coverage(store, authority, coverage, &known_to, err) &&
		store_is_demonstration(store, &chunk.demonstration, err) &&
		(people = people_open(store, authority, err)) != NULL;
	chunk.people = people;
	done = done && (compared != NULL || open_loads(&chunk, err));
	if (chunk.same.n > 0) {
		part(&chunk.same, subjects, &alone, &mains);
		done = done && all_chunks(&chunk, &alone, err);
		same_close(&chunk.same);
		done = done && same_read(store, authority, &chunk.same, err) &&
			all_chunks(&chunk, &mains, err);
	} else {
		done = done && all_chunks(&chunk, subjects, err);
	}
	same_close(&chunk.same);
	mem_free(alone.item);
	mem_free(mains.item);
	done = close_loads(&chunk, done ? err : NULL) && done;
	if (people != NULL)
		people_close(people);
	close_chunk(&chunk);
	mem_free(coverage);
	return done;
}

bool recompute(struct store *store, str authority, const struct subjects *subjects, struct err *err)
{
	return recompute_or_compare(store, authority, subjects, NULL, err);
}

bool recompute_compare(struct store *store, str authority, const struct subjects *subjects,
	struct compared *compared, struct err *err)
{
	return recompute_or_compare(store, authority, subjects, compared, err);
}
