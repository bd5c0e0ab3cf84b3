/* monday_kept.c - the ten numbers from what is kept of each child for the day.
 *
 * What a child counts towards is made when its clocks are, and anew each day; a page then adds bits.
 * Where one row is not of the day that is asked for, everything is worked out the slow way. */
#include "store/monday_inside.h"

#include <stdlib.h>
#include <string.h>

SQL(monday_people_between,
	"SELECT subject, born, looked_after, on_plan, unknowns, iro, chair "
	"FROM child_row WHERE subject BETWEEN $1 AND $2 ORDER BY subject");
SQL(monday_put,
	"INSERT INTO monday_row (subject, made_for, within, counted, unsure, carried, officer, chair, "
	"waits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (subject) DO UPDATE SET "
	"made_for = excluded.made_for, within = excluded.within, counted = excluded.counted, "
	"unsure = excluded.unsure, carried = excluded.carried, officer = excluded.officer, "
	"chair = excluded.chair, waits = excluded.waits");
SQL(monday_old,
	"SELECT r.subject FROM child_row r LEFT JOIN monday_row m ON m.subject = r.subject "
	"WHERE r.subject > $1 AND (m.made_for IS NULL OR m.made_for <> $2) ORDER BY r.subject LIMIT $3");

#define KEPT                                                                                       \
	"m.made_for, m.within, m.counted, m.unsure, m.carried, m.officer, m.chair, m.waits"
#define IMPORTS(code)                                                                              \
	", (SELECT max(i.known_to) FROM import i WHERE i.authority = " code                        \
	" AND i.kind <> 'people'), (SELECT max(i.ended_at) FROM import i WHERE i.authority = " code \
	") "
SQL(monday_seen,
	"SELECT a.subject, " KEPT IMPORTS("$3")
	"FROM access a LEFT JOIN monday_row m ON m.subject = a.subject WHERE" SEEN_NOW);
/* Of one council alone, for who works for several: the others need not ask each child. */
SQL(monday_seen_of_one,
	"SELECT a.subject, " KEPT IMPORTS("$3")
	"FROM access a JOIN child_row r ON r.subject = a.subject LEFT JOIN monday_row m "
	"ON m.subject = a.subject WHERE r.authority = $3 AND" SEEN_NOW);
SQL(monday_totals,
	"SELECT r.subject, " KEPT IMPORTS("$1")
	"FROM child_row r LEFT JOIN monday_row m ON m.subject = r.subject "
	"WHERE r.authority = $1 AND r.openness IN (0, 1)");
/* Those of one measure, $5 its bit, and those of another day than $6. */
SQL(monday_listed,
	"SELECT " PICK_COLUMNS ", m.made_for, (SELECT max(i.known_to) FROM import i WHERE "
	"i.authority = $3 AND i.kind <> 'people') "
	"FROM access a JOIN child_row r ON r.subject = a.subject LEFT JOIN monday_row m "
	"ON m.subject = a.subject WHERE r.authority = $3 AND" SEEN_NOW
	"AND (m.within IS NULL OR m.made_for <> $6 OR (m.within & $5) <> 0)");

/* ---- keeping */

enum { CHUNK = 256, SINGLY = 2000 };

/* A name as a number: only how many different ones there are is asked of it. */
static int64_t name_number(str name)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 1099511628211u;
	return name.n == 0 ? 0 : (int64_t)(hash >> 1 | 1);
}

struct keeping {
	struct store *store;
	struct monday_day on;
	struct {
		struct monday_child *item;
		size_t n, room;
	} child;
	struct {
		struct kept {
			int64_t officer, chair;
		} *item;
		size_t n, room;
	} kept;
};

static bool read_people(
	struct keeping *k, const struct monday_range *range, struct err *err)
{
	struct stmt *stmt = db_use(k->store->db, &monday_people_between);
	enum db_row row;
	db_bind_int(stmt, 1, range->first);
	db_bind_int(stmt, 2, range->last);
	k->child.n = k->kept.n = 0;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str iro = db_text(stmt, 5), chair = db_text(stmt, 6);
		bool care = db_int(stmt, 2) == 1, plan = db_int(stmt, 3) == 1;
		ARRAY_MORE(&k->child) = (struct monday_child){ .subject = db_int(stmt, 0),
			.born = seen_day(stmt, 1),
			.looked_after = care,
			.on_plan = plan,
			.unknowns = db_int(stmt, 4) > 0,
			.has_iro = iro.n > 0,
			.has_chair = chair.n > 0 || iro.n > 0,
			.care_began = DAY_UNKNOWN,
			.plan_began = DAY_UNKNOWN,
			.last_alone = DAY_UNKNOWN };
		ARRAY_MORE(&k->kept) = (struct kept){ .officer = care ? name_number(iro) : 0,
			.chair = plan ? name_number(chair.n > 0 ? chair : iro) : 0 };
	}
	return row == DB_DONE;
}

static str waits_of(struct buf *buf, const struct monday_child *child)
{
	buf_clear(buf);
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		if ((child->in >> m & 1) == 0 || child->since[m] == 0 || !monday_rows[m].oldest)
			continue;
		if (buf->n > 0)
			buf_char(buf, ' ');
		buf_int(buf, (int64_t)m);
		buf_char(buf, ':');
		buf_int(buf, child->since[m]);
	}
	return buf_view(buf);
}

static bool put_one(struct store *store, const struct monday_child *child, const struct kept *kept,
	day today, str waits, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &monday_put);
	db_bind_int(stmt, 1, child->subject);
	db_bind_int(stmt, 2, today);
	db_bind_int(stmt, 3, (int64_t)child->in);
	db_bind_int(stmt, 4, (int64_t)child->of);
	db_bind_int(stmt, 5, (int64_t)child->unknown);
	db_bind_int(stmt, 6, (int64_t)child->carried);
	db_bind_int(stmt, 7, kept->officer);
	db_bind_int(stmt, 8, kept->chair);
	db_bind_text(stmt, 9, waits);
	return db_do(stmt, err);
}

/* Of the subjects wanted, by number; one that has no row in lists counts nothing. */
static bool put(struct keeping *k, const int64_t *subject, size_t n, struct err *err)
{
	struct buf waits = { 0 };
	bool done = true;
	for (size_t i = 0, at = 0; done && i < n; i++) {
		while (at < k->child.n && k->child.item[at].subject < subject[i])
			at++;
		if (at < k->child.n && k->child.item[at].subject == subject[i])
			done = put_one(k->store, &k->child.item[at], &k->kept.item[at], k->on.today,
				waits_of(&waits, &k->child.item[at]), err);
		else
			done = put_one(k->store, &(struct monday_child){ .subject = subject[i] },
				&(struct kept){ 0 }, 0, (str){ 0 }, err);
	}
	buf_close(&waits);
	return done;
}

static bool keep_some(struct keeping *k, const int64_t *subject, size_t n, struct err *err)
{
	struct monday_range range = { subject[0], subject[n - 1] };
	if (!read_people(k, &range, err))
		return false;
	struct monday_children children = { k->child.item, k->child.n };
	return (children.n == 0 || monday_read(k->store, &k->on, &children, &range, err)) &&
		put(k, subject, n, err);
}

bool monday_keep(struct store *store, const struct subjects *subjects, struct err *err)
{
	struct keeping k = { .store = store,
		.on = monday_day_of(store_law(store), instant_day(store_now(store))) };
	bool done = true;
	/* A few that lie apart are read one by one; many by ranges. */
	size_t step = subjects->n < SINGLY ? 1 : CHUNK;
	for (size_t i = 0; done && i < subjects->n; i += step) {
		size_t n = subjects->n - i < step ? subjects->n - i : step;
		done = keep_some(&k, subjects->item + i, n, err);
	}
	mem_free(k.child.item);
	mem_free(k.kept.item);
	return done;
}

bool store_monday_turn(struct store *store, int64_t after, int64_t most, int64_t *last, struct err *err)
{
	struct subjects subjects = { 0 };
	bool begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &monday_old);
	enum db_row row = DB_FAIL;
	db_bind_int(stmt, 1, after);
	db_bind_int(stmt, 2, instant_day(store_now(store)));
	db_bind_int(stmt, 3, most);
	while (begun && (row = db_step(stmt, err)) == DB_ROW)
		subjects_add(&subjects, db_int(stmt, 0));
	*last = subjects.n == 0 ? 0 : subjects.item[subjects.n - 1];
	bool done = row == DB_DONE && monday_keep(store, &subjects, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	mem_free(subjects.item);
	return done;
}

/* ---- adding up */

void monday_none(struct monday *out)
{
	for (size_t m = 0; m < MONDAY_MEASURES; m++)
		out->measure[m].oldest = DAY_UNKNOWN;
}

void monday_add(struct monday *out, uint64_t in, uint64_t of, uint64_t unknown, uint64_t carried)
{
	for (size_t m = 0; m < MONDAY_MEASURES; m++) {
		out->measure[m].in += (int64_t)(in >> m & 1);
		out->measure[m].of += (int64_t)(of >> m & 1);
		out->measure[m].unknown += (int64_t)(unknown >> m & 1);
		out->measure[m].carried = out->measure[m].carried || (carried >> m & 1) != 0;
	}
}

void monday_waits(struct monday *out, enum monday_measure measure, day since)
{
	if (out->measure[measure].oldest == DAY_UNKNOWN || since < out->measure[measure].oldest)
		out->measure[measure].oldest = since;
}

void monday_total(struct monday *out, int64_t officers)
{
	for (size_t m = 0; m < MONDAY_MEASURES; m++)
		out->measure[m].carried = out->measure[m].carried && !monday_rows[m].nowhere;
	out->children = out->measure[MONDAY_LOAD].in;
	out->officers = officers;
}

/* Numbers of names, each once. */
struct numbers {
	int64_t *slot; /* 0 is free */
	size_t slots, n;
};

static void add_number(struct numbers *numbers, int64_t number)
{
	if (number == 0)
		return;
	if (numbers->n * 2 >= numbers->slots) {
		struct numbers more = { .slots = numbers->slots == 0 ? 256 : numbers->slots * 2 };
		more.slot = mem_alloc(more.slots, sizeof *more.slot);
		for (size_t i = 0; i < numbers->slots; i++)
			add_number(&more, numbers->slot[i]);
		mem_free(numbers->slot);
		*numbers = more;
	}
	size_t at = (size_t)((uint64_t)number >> 3) & (numbers->slots - 1);
	while (numbers->slot[at] != 0 && numbers->slot[at] != number)
		at = (at + 1) & (numbers->slots - 1);
	numbers->n += numbers->slot[at] == 0;
	numbers->slot[at] = number;
}

static void add_waits(struct monday *out, str waits)
{
	str rest = waits, one, measure;
	int64_t m, since;
	while (str_split(&rest, ' ', &one)) {
		if (str_split(&one, ':', &measure) && str_int(measure, &m) && m >= 0 &&
			m < MONDAY_MEASURES && str_int(one, &since))
			monday_waits(out, (enum monday_measure)m, (day)since);
	}
}

struct seen {
	int64_t subject;
	uint64_t in, of, unknown, carried;
};

/* A child seen in two ways comes twice: each is added once. */
static int by_subject(const void *a, const void *b)
{
	int64_t x = ((const struct seen *)a)->subject, y = ((const struct seen *)b)->subject;
	return (x > y) - (x < y);
}

static void add_all(struct monday *out, struct seen *seen, size_t n)
{
	bool sorted = true;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = seen[i - 1].subject <= seen[i].subject;
	if (!sorted)
		qsort(seen, n, sizeof *seen, by_subject);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || seen[i - 1].subject != seen[i].subject)
			monday_add(out, seen[i].in, seen[i].of, seen[i].unknown, seen[i].carried);
	}
}

enum { SUBJECT, MADE_FOR, WITHIN, COUNTED, UNSURE, CARRIED, OFFICER, CHAIR, WAITS, KNOWN_TO,
	ENDED_AT };

static bool add_kept(struct store *store, const struct monday_query *query, struct monday *out,
	bool *stale, struct err *err)
{
	struct stmt *stmt = db_use(store->db, !query->named ? &monday_totals
			: query->several ? &monday_seen_of_one
					 : &monday_seen);
	struct {
		struct seen *item;
		size_t n, room;
	} seen = { 0 };
	struct numbers officers = { 0 };
	enum db_row row;
	if (query->named)
		access_bind(stmt, query->actor, store_now(store));
	else
		db_bind_text(stmt, 1, query->actor->authority);
	monday_none(out);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t made_for = db_int(stmt, MADE_FOR);
		if (made_for == 0 && !db_is_null(stmt, MADE_FOR))
			continue;
		if (made_for != query->today) {
			*stale = true;
			break;
		}
		if (seen.n == 0) {
			out->known_to = seen_day(stmt, KNOWN_TO);
			out->imported = db_is_null(stmt, ENDED_AT) ? INSTANT_UNKNOWN
								   : db_int(stmt, ENDED_AT);
		}
		ARRAY_MORE(&seen) = (struct seen){ db_int(stmt, SUBJECT),
			(uint64_t)db_int(stmt, WITHIN), (uint64_t)db_int(stmt, COUNTED),
			(uint64_t)db_int(stmt, UNSURE), (uint64_t)db_int(stmt, CARRIED) };
		add_number(&officers, db_int(stmt, OFFICER));
		add_number(&officers, db_int(stmt, CHAIR));
		str waits = db_text(stmt, WAITS);
		if (waits.n > 0)
			add_waits(out, waits);
	}
	db_reset(stmt);
	if (row != DB_FAIL && !*stale) {
		add_all(out, seen.item, seen.n);
		monday_total(out, (int64_t)officers.n);
	}
	mem_free(seen.item);
	mem_free(officers.slot);
	return row != DB_FAIL;
}

/* The children of one measure, those who wait longest first. */
static bool list_kept(struct store *store, struct arena *arena, const struct monday_query *query,
	struct monday *out, bool *stale, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &monday_listed);
	struct arena *names = arena_open((size_t)256 << 20);
	struct {
		struct pick_row *item;
		size_t n, room;
	} rows = { 0 };
	struct caseload_query asked = { .today = query->today };
	struct pick all = { .query = &asked };
	struct pick_counts counts;
	enum db_row row;
	access_bind(stmt, query->actor, store_now(store));
	db_bind_int(stmt, 5, (int64_t)1 << query->measure);
	db_bind_int(stmt, 6, query->today);
	while (!*stale && (row = db_step(stmt, err)) == DB_ROW) {
		*stale = db_is_null(stmt, PICK_COLUMNS_N) ||
			db_int(stmt, PICK_COLUMNS_N) != query->today;
		out->known_to = seen_day(stmt, PICK_COLUMNS_N + 1);
		pick_read(names, stmt, &ARRAY_MORE(&rows));
	}
	db_reset(stmt);
	bool done = *stale || row != DB_FAIL;
	if (done && !*stale) {
		size_t n = pick_merge(rows.item, rows.n), first = (size_t)(query->page - 1) * LIST_PAGE;
		out->total = (int64_t)n;
		out->n = first >= n ? 0 : n - first < LIST_PAGE ? n - first : LIST_PAGE;
		out->row = arena_take(arena, out->n, sizeof *out->row);
		pick_say(&all, rows.item, n, &counts);
		pick_sort(&all, rows.item, n, first + out->n);
		if (out->n > 0)
			done = pick_fetch(store, arena, rows.item + first, out->n, out->row, err);
	}
	mem_free(rows.item);
	arena_close(names);
	return done;
}

bool store_monday(struct store *store, struct arena *arena, const struct monday_query *query,
	struct monday *out, struct err *err)
{
	bool stale = false;
	*out = (struct monday){ .known_to = DAY_UNKNOWN, .imported = INSTANT_UNKNOWN };
	bool done = query->listed ? list_kept(store, arena, query, out, &stale, err)
				  : add_kept(store, query, out, &stale, err);
	return stale ? monday_slowly(store, arena, query, out, err) : done;
}
