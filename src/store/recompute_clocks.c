/* recompute_clocks.c - one subject's clocks as rows: those that stay are not written.
 *
 * Of a child's many clocks an event moves a few. The others stay where they are, in the table and in
 * every index: the rows' places `n` leave gaps, so that a clock more goes between two and moves none.
 */
#include "store/recompute_inside.h"

SQL(clocks_drop, "DELETE FROM clock WHERE subject = $1 AND n >= $2 AND n <= $3");

static const char *const clock_columns[] = { "subject", "n", "rule", "thread", "from_day",
	"from_at", "from_word", "from_event", "due", "due_at", "due_data", "last_working_day",
	"provisional", "booked", "met_on", "met_at", "met_event", "ended_on", "ended_by",
	"disapplied", "doubt", "known_to", "due_law", "due_law_at", "local_item",
	"calendar" };

enum { CLOCK = sizeof clock_columns / sizeof *clock_columns, PLACE = 1, RULE = 2, FROM_DAY = 4,
	FROM_EVENT = 7, DUE = 8, PROVISIONAL = 12, MET = 14, DOUBT = 20, CALENDAR = CLOCK - 1 };
/* Between two rows when they are first written: some twenty more fit into one place. */
enum { GAP = 1 << 20 };

const struct table recompute_clock_table = { S_INIT("clock"), clock_columns, CLOCK,
	"iitiiitiiiiiiiiiiittiiiiii" };

static struct cell *clock_cells(struct arena *arena, int64_t subject, const struct clock *clock)
{
	struct cell *cell = arena_take(arena, CLOCK, sizeof *cell), *c = cell;
	*c++ = cell_int(subject);
	*c++ = cell_int(0); /* its place: put_places() */
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
	*c++ = cell_day(clock->due_law);
	*c++ = cell_instant(clock->due_law_at);
	*c++ = (struct cell){ .known = clock->local != 0, .number = clock->local };
	*c++ = cell_int(clock->calendar);
	must(c == cell + CLOCK);
	return cell;
}

bool recompute_stands(struct chunk *chunk, int64_t subject, const struct clock *clock)
{
	size_t there, at = chunk->clocks.at;
	struct cell **stored = recompute_rows_of(&chunk->clocks, subject, &there);
	chunk->clocks.at = at;
	const struct cell *as = clock_cells(chunk->arena, subject, clock);
	for (size_t i = 0; i < there; i++) {
		if (cells_equal(stored[i] + RULE, as + RULE, DUE - RULE) &&
			cells_equal(stored[i] + MET, as + MET, DOUBT - MET))
			return true;
	}
	return false;
}

/* From the rule to what it was counted from, and the dates that came of it. */
static bool same_count(const struct cell *stored, const struct cell *made)
{
	return cells_equal(stored + RULE, made + RULE, PROVISIONAL - RULE);
}

/* Dates that did not change keep the number of the calendar that they were first counted with. */
static void keep_calendar(struct chunk *chunk, int64_t subject, struct cell **wanted, size_t n)
{
	size_t there, at = chunk->clocks.at;
	struct cell **stored = recompute_rows_of(&chunk->clocks, subject, &there);
	chunk->clocks.at = at;
	for (size_t i = 0; i < n; i++) {
		if (chunk->made.item[i].calendar != 0)
			continue;
		wanted[i][CALENDAR] = cell_int(chunk->calendar);
		for (size_t j = 0; j < there; j++) {
			size_t next = (i + j) % there;
			if (!same_count(stored[next], wanted[i]))
				continue;
			wanted[i][CALENDAR] = stored[next][CALENDAR];
			break;
		}
	}
}

/* Is it the same clock, whatever became of its dates? */
static bool same_clock(const struct cell *stored, const struct cell *made)
{
	return cells_equal(stored + RULE, made + RULE, FROM_DAY + 1 - RULE) &&
		cells_equal(stored + FROM_EVENT, made + FROM_EVENT, 1);
}

/* The stored row that each wanted one is, in their order, or none. */
struct laid {
	struct cell *const *stored, *const *wanted;
	size_t there, n;
	size_t *is; /* of each wanted row: its stored one, or NONE */
	bool *stays; /* of each stored row */
};

enum { NONE = -1 };

static void find_rows(struct laid *laid)
{
	for (size_t i = 0, next = 0; i < laid->n; i++) {
		size_t at = next;
		while (at < laid->there && !same_clock(laid->stored[at], laid->wanted[i]))
			at++;
		laid->is[i] = at < laid->there ? at : (size_t)NONE;
		if (at < laid->there)
			next = at + 1;
	}
}

/* Every row's place, in their order. False: between two that stay there is no room. */
static bool put_places(const struct laid *laid)
{
	int64_t before = 0;
	for (size_t i = 0; i < laid->n; i++) {
		size_t end = i;
		while (end < laid->n && laid->is[end] == (size_t)NONE)
			end++;
		int64_t step = GAP;
		if (end < laid->n) {
			int64_t after = laid->stored[laid->is[end]][PLACE].number;
			if (end > i)
				step = (after - before) / (int64_t)(end - i + 1);
			laid->wanted[end][PLACE] = cell_int(after);
		}
		if (step < 1)
			return false;
		for (; i < end; i++)
			laid->wanted[i][PLACE] = cell_int(before += step);
		if (end < laid->n)
			before = laid->wanted[end][PLACE].number;
	}
	return true;
}

static void place_anew(const struct laid *laid)
{
	for (size_t i = 0; i < laid->n; i++) {
		laid->is[i] = (size_t)NONE;
		laid->wanted[i][PLACE] = cell_int((int64_t)(i + 1) * GAP);
	}
}

/* True when something is to be written. */
static bool mark_staying(const struct laid *laid)
{
	size_t staying = 0;
	for (size_t i = 0; i < laid->n; i++) {
		size_t is = laid->is[i];
		if (is == (size_t)NONE || !cells_equal(laid->stored[is] + RULE, laid->wanted[i] + RULE, CLOCK - RULE))
			continue;
		laid->stays[is] = true;
		staying++;
	}
	return staying != laid->n || staying != laid->there;
}

/* Rows that lie together go together. */
static bool drop_rows(struct chunk *chunk, int64_t subject, const struct laid *laid, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, &clocks_drop);
	for (size_t i = 0, end; i < laid->there; i = end + 1) {
		for (end = i; end < laid->there && !laid->stays[end];)
			end++;
		if (end == i)
			continue;
		db_bind_int(stmt, 1, subject);
		db_bind_int(stmt, 2, laid->stored[i][PLACE].number);
		db_bind_int(stmt, 3, laid->stored[end - 1][PLACE].number);
		if (!db_do(stmt, err))
			return false;
	}
	return true;
}

static bool put_clocks(struct chunk *chunk, int64_t subject, struct cell *const *wanted, size_t n,
	struct err *err)
{
	struct laid laid = { .wanted = wanted, .n = n };
	laid.stored = recompute_rows_of(&chunk->clocks, subject, &laid.there);
	laid.is = arena_take(chunk->arena, n + 1, sizeof *laid.is);
	laid.stays = arena_take(chunk->arena, laid.there + 1, sizeof *laid.stays);
	find_rows(&laid);
	if (!put_places(&laid))
		place_anew(&laid);
	if (!mark_staying(&laid))
		return true;
	if (chunk->compared != NULL) {
		recompute_tell_difference(chunk, subject, recompute_clock_table.name.p);
		return true;
	}
	if (!drop_rows(chunk, subject, &laid, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (laid.is[i] == (size_t)NONE || !laid.stays[laid.is[i]])
			cells_load(chunk->clock_load, wanted[i], CLOCK);
	}
	return true;
}

bool recompute_put_clocks(struct chunk *chunk, int64_t subject, struct err *err)
{
	size_t n = chunk->made.n;
	struct cell **wanted = arena_take(chunk->arena, n + 1, sizeof *wanted);
	for (size_t i = 0; i < n; i++)
		wanted[i] = clock_cells(chunk->arena, subject, &chunk->made.item[i]);
	keep_calendar(chunk, subject, wanted, n);
	return put_clocks(chunk, subject, wanted, n, err);
}
