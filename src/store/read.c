#include "store/inside.h"

#include <string.h>

SQL(authorities_there, 
	"SELECT authority FROM subject UNION SELECT authority FROM import UNION "
	"SELECT value FROM setting WHERE key = 'authority' ORDER BY 1");
SQL(subject_find, "SELECT id FROM subject WHERE authority = $1 AND kind = $2 AND key = $3");
SQL(subject_page,
	"SELECT id, key FROM subject WHERE authority = $1 AND kind = 'child' AND key > $2 "
	"AND NOT EXISTS (SELECT 1 FROM record_same_child r CROSS JOIN subject m "
	"WHERE m.id = r.subject AND m.authority = $1 AND r.number = subject.key AND m.id <> subject.id "
	"AND r.withdrawn_at IS NULL AND r.draft = 0) "
	"ORDER BY key LIMIT 500");
SQL(matter_page,
	"SELECT subject.id, subject.kind || ':' || subject.key FROM subject "
	"JOIN record_matter m ON m.subject = subject.id AND m.withdrawn_at IS NULL AND m.draft = 0 "
	"WHERE subject.authority = $1 AND subject.kind || ':' || subject.key > $2 "
	"AND subject.kind <> 'child' ORDER BY 2 LIMIT 500");
SQL(subject_one, "SELECT id, key FROM subject WHERE authority = $1 AND kind = 'child' AND key = $2");
SQL(events_known,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event WHERE subject IN " SAME_AS_1
	" AND known_at <= $2 AND (withdrawn_at IS NULL OR withdrawn_at > $2) ORDER BY id");
#define CLOCKS_OF_1                                                                                \
	"SELECT rule, thread, from_day, from_at, from_word, from_event, due, due_at, due_data, "   \
	"last_working_day, provisional, booked, met_on, met_at, met_event, ended_on, ended_by, "   \
	"disapplied, doubt, known_to, due_law, due_law_at, local_item, s.authority, calendar "     \
	"FROM clock c JOIN subject s ON s.id = c.subject WHERE c.subject = $1 "
SQL(clocks_stored, CLOCKS_OF_1 "ORDER BY n");
SQL(clocks_not_met, CLOCKS_OF_1
	"AND (met_on IS NULL OR met_on > $2 OR doubt <> 0 OR due IS NULL) ORDER BY n");
SQL(coverage_stored,
	"SELECT c.word, c.from_day, c.to_day FROM coverage c JOIN import i ON i.id = c.import "
	"WHERE i.authority = $1 AND i.ended_at <= $2");
SQL(coverage_known,
	"SELECT count(*), max(known_to) FROM import WHERE authority = $1 AND ended_at <= $2 "
	"AND kind <> 'people'");

bool store_subject_find(struct store *store, str authority, enum subject_kind kind, str key,
	int64_t *subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &subject_find);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, subject_kind_text(kind));
	db_bind_text(stmt, 3, key);
	enum db_row row = db_step(stmt, err);
	*subject = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* Lists live in the arena, so that they need no closing: the array grows there. */
#define LIST_MORE(arena, list)                                                                     \
	(list_room((arena), (void **)&(list)->item, &(list)->n, &(list)->room,                     \
		 sizeof *(list)->item),                                                            \
		&(list)->item[(list)->n++])

static void list_room(struct arena *arena, void **item, size_t *n, size_t *room, size_t size)
{
	if (*n < *room)
		return;
	size_t more = *room == 0 ? 16 : *room * 2;
	void *grown = arena_take(arena, more, size);
	if (*n > 0)
		memcpy(grown, *item, *n * size);
	*item = grown;
	*room = more;
}

static bool read_records(struct arena *arena, struct stmt *stmt, const struct record_type *type,
	struct stored_list *out, struct err *err)
{
	enum db_row row;
	*out = (struct stored_list){ 0 };
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct row read;
		row_read(arena, stmt, type, &read);
		*LIST_MORE(arena, out) = (struct stored){
			.id = read.id,
			.version = read.version,
			.subject = read.subject,
			.by_hand = read.by_hand,
			.source = read.source,
			.record = read.record,
		};
	}
	return row == DB_DONE;
}

bool store_records(struct store *store, struct arena *arena, int64_t subject,
	const struct record_type *type, struct stored_list *out, struct err *err)
{
	struct type_sql *sql = &store->type[type->index];
	if (sql->record_load != NULL && !db_load_flush(sql->record_load, err))
		return false;
	struct stmt *stmt = db_use(store->db, &sql->between);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, subject);
	return read_records(arena, stmt, type, out, err);
}

bool store_records_joined(struct store *store, struct arena *arena, int64_t subject,
	const struct record_type *type, struct stored_list *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &store->type[type->index].joined);
	db_bind_int(stmt, 1, subject);
	return read_records(arena, stmt, type, out, err);
}

static int order(const struct stored_event *a, const struct stored_event *b)
{
	if (a->event.on != b->event.on)
		return a->event.on < b->event.on ? -1 : 1;
	enum word_order x = word_rows[a->event.word].order, y = word_rows[b->event.word].order;
	if (x != y)
		return x < y ? -1 : 1;
	if (a->event.at != b->event.at)
		return a->event.at < b->event.at ? -1 : 1;
	return (a->event.id > b->event.id) - (a->event.id < b->event.id);
}

/* In day order; a subject has tens of events, mostly in order already. */
static void sort(struct stored_events *events)
{
	for (size_t i = 1; i < events->n; i++) {
		struct stored_event moving = events->item[i];
		size_t at = i;
		for (; at > 0 && order(&events->item[at - 1], &moving) > 0; at--)
			events->item[at] = events->item[at - 1];
		events->item[at] = moving;
	}
}

bool store_events(struct store *store, struct arena *arena, int64_t subject, instant known_at,
	struct stored_events *out, struct err *err)
{
	*out = (struct stored_events){ 0 };
	struct stmt *stmt = db_use(store->db, &events_known);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, known_at == INSTANT_UNKNOWN ? INT64_MAX : known_at);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct event_row read;
		event_row_read(arena, stmt, &read);
		if (read.word == WORD_NONE)
			continue;
		*LIST_MORE(arena, out) = (struct stored_event){
			.event = event_of_row(&read),
			.known_at = read.known_at,
			.withdrawn_at = read.withdrawn_at,
			.source = read.source,
			.reason = read.reason,
			.record = read.record,
			.save = read.save,
		};
	}
	sort(out);
	return row == DB_DONE;
}

static day day_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

static instant instant_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? INSTANT_UNKNOWN : db_int(stmt, column);
}

static void clock_read(struct arena *arena, struct stmt *stmt, const struct rule *rule,
	struct clock *out)
{
	*out = (struct clock){
		.rule = rule,
		.thread = db_int(stmt, 1),
		.from = day_at(stmt, 2),
		.from_at = instant_at(stmt, 3),
		.from_word = word_find(db_text(stmt, 4)),
		.from_event = db_int(stmt, 5),
		.due = day_at(stmt, 6),
		.due_at = instant_at(stmt, 7),
		.due_data = day_at(stmt, 8),
		.last_working_day = day_at(stmt, 9),
		.provisional = db_int(stmt, 10) == 1,
		.booked = day_at(stmt, 11),
		.met_on = day_at(stmt, 12),
		.met_at = instant_at(stmt, 13),
		.met_event = db_int(stmt, 14),
		.ended_on = day_at(stmt, 15),
		.ended_by = word_find(db_text(stmt, 16)),
		.disapplied = arena_str(arena, db_text(stmt, 17)),
		.doubt = (enum clock_doubt)db_int(stmt, 18),
		.known_to = day_at(stmt, 19),
		.due_law = day_at(stmt, 20),
		.due_law_at = instant_at(stmt, 21),
		.local = db_int(stmt, 22),
		.calendar = db_int(stmt, 24),
	};
}

static bool read_clocks(struct store *store, struct arena *arena, struct stmt *stmt,
	struct clocks *out, struct err *err)
{
	enum db_row row;
	*out = (struct clocks){ 0 };
	while ((row = db_step(stmt, err)) == DB_ROW) {
		/* A rule that is no longer kept has no clocks: they are recomputed when rules change. */
		const struct rule *rule = local_rule(
			store, db_text(stmt, 23), db_int(stmt, 22), db_text(stmt, 0));
		if (rule != NULL)
			clock_read(arena, stmt, rule, LIST_MORE(arena, out));
	}
	return row == DB_DONE;
}

bool store_clocks(struct store *store, struct arena *arena, int64_t subject, struct clocks *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &clocks_stored);
	db_bind_int(stmt, 1, subject);
	return read_clocks(store, arena, stmt, out, err);
}

bool store_clocks_not_met(struct store *store, struct arena *arena, int64_t subject, day today,
	struct clocks *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &clocks_not_met);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, today);
	return read_clocks(store, arena, stmt, out, err);
}

bool store_coverage(
	struct store *store, str authority, struct coverage *out, day *known_to, struct err *err)
{
	return store_coverage_at(store, authority, INSTANT_UNKNOWN, out, known_to, err);
}

bool store_coverage_at(struct store *store, str authority, instant known_at, struct coverage *out,
	day *known_to, struct err *err)
{
	memset(out, 0, sizeof *out);
	int64_t upto = known_at == INSTANT_UNKNOWN ? INT64_MAX : known_at;
	struct stmt *stmt = db_use(store->db, &coverage_known);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, upto);
	if (db_step(stmt, err) != DB_ROW)
		return false;
	/* Nothing was ever imported: what people enter is all there is, and it limits nothing. */
	out->all = db_int(stmt, 0) == 0;
	*known_to = day_at(stmt, 1);
	db_reset(stmt);
	stmt = db_use(store->db, &coverage_stored);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, upto);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		enum word word = word_find(db_text(stmt, 0));
		if (word != WORD_NONE)
			coverage_add(out, word, day_at(stmt, 1), day_at(stmt, 2));
	}
	return row == DB_DONE;
}

/* ---- every subject, a page at a time: the visitor may use the connection between */

struct page {
	struct {
		int64_t subject;
		str key;
	} item[500];
	size_t n;
};

static bool read_page(struct store *store, const struct sql *sql, str authority, str after,
	struct arena *arena, struct page *page, struct err *err)
{
	page->n = 0;
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, after);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && page->n < 500) {
		page->item[page->n].subject = db_int(stmt, 0);
		page->item[page->n++].key = arena_str(arena, db_text(stmt, 1));
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool each(struct store *store, const struct sql *sql, str authority, str key,
	bool (*visit)(void *to, int64_t subject, str key, struct err *err), void *to,
	struct err *err)
{
	struct page *page = mem_alloc(1, sizeof *page);
	struct arena *arena[] = { arena_open(1 << 20), arena_open(1 << 20) };
	bool done = true, more = true;
	str after = key;
	for (size_t turn = 0; done && more; turn ^= 1) {
		arena_reset(arena[turn]);
		done = read_page(store, sql, authority, after, arena[turn], page, err);
		for (size_t i = 0; done && i < page->n; i++)
			done = visit(to, page->item[i].subject, page->item[i].key, err);
		more = key.n == 0 && page->n == 500;
		if (page->n > 0)
			after = page->item[page->n - 1].key;
	}
	arena_close(arena[0]);
	arena_close(arena[1]);
	mem_free(page);
	return done;
}

bool store_each_subject(struct store *store, str authority, str key,
	bool (*visit)(void *to, int64_t subject, str key, struct err *err), void *to,
	struct err *err)
{
	return each(store, key.n > 0 ? &subject_one : &subject_page, authority, key, visit, to, err);
}

bool store_each_matter(struct store *store, str authority,
	bool (*visit)(void *to, int64_t subject, str key, struct err *err), void *to,
	struct err *err)
{
	return each(store, &matter_page, authority, (str){ 0 }, visit, to, err);
}

bool store_authority_is(struct store *store, struct arena *arena, str authority, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &authorities_there);
	str there = { 0 };
	bool found = false;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str code = db_text(stmt, 0);
		found = found || str_equal(code, authority);
		there = arena_format(arena, "%.*s%s%.*s", STR_ARGS(there),
			there.n == 0 ? "" : ", ", STR_ARGS(code));
	}
	if (row == DB_FAIL || found)
		return row != DB_FAIL;
	return err_set(err, ERR_MISSING, "there is no authority %.*s in this store: there is %.*s",
		STR_ARGS(authority), STR_ARGS(there.n == 0 ? S("none yet") : there));
}
