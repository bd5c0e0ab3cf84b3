#include "store/stood.h"

#include "store/inside.h"

SQL(events_ever,
	"SELECT e.id, e.word, e.on_day, e.at, e.thread, e.link, e.detail, e.known_at, "
	"e.withdrawn_at, CASE WHEN e.source = 'form' THEN 1 ELSE 0 END, p.name, e.source, i.files "
	"FROM event e LEFT JOIN ledger l ON l.save = e.save AND l.save > 0 "
	"LEFT JOIN person p ON p.id = l.actor LEFT JOIN import i ON i.id = CASE WHEN "
	"substr(l.act, 1, 7) = 'import:' THEN CAST(substr(l.objects, 8) AS BIGINT) END "
	"WHERE e.subject IN " SAME_AS_1 " ORDER BY e.id");

/* An event that was ever known, and when. */
struct ever {
	struct event event;
	instant known_at, withdrawn_at;
	bool by_hand;
	str by, source, file;
};

struct past {
	struct store *store;
	struct arena *arena;
	str authority;
	struct ever *item; /* not the arena's */
	size_t n, room;
};

enum { TIMES_MOST = 8 };

/* "episodes.csv 0a1b...", a file a line: the name of the first. */
static str file_of(struct arena *arena, str files)
{
	str line;
	if (!str_split(&files, '\n', &line))
		return (str){ 0 };
	return arena_str(arena, str_upto(line, str_find(line, ' ')));
}

static bool past_read(struct past *past, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(past->store->db, &events_ever);
	db_bind_int(stmt, 1, subject);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		enum word word = word_find(db_text(stmt, 1));
		if (word == WORD_NONE)
			continue;
		ARRAY_MORE(past) = (struct ever){
			.event = { .word = word, .id = db_int(stmt, 0),
				.on = db_is_null(stmt, 2) ? DAY_UNKNOWN : (day)db_int(stmt, 2),
				.at = db_is_null(stmt, 3) ? INSTANT_UNKNOWN : db_int(stmt, 3),
				.thread = db_int(stmt, 4), .link = db_int(stmt, 5),
				.detail = arena_str(past->arena, db_text(stmt, 6)) },
			.known_at = db_int(stmt, 7),
			.withdrawn_at = db_is_null(stmt, 8) ? INSTANT_UNKNOWN : db_int(stmt, 8),
			.by_hand = db_int(stmt, 9) == 1,
			.by = arena_str(past->arena, db_text(stmt, 10)),
			.source = arena_str(past->arena, db_text(stmt, 11)),
			.file = file_of(past->arena, db_text(stmt, 12)),
		};
	}
	return row == DB_DONE;
}

/* The clocks as they were computed from what was known just before `at`. */
static bool clocks_before(const struct past *past, instant at, struct clocks *out, struct err *err)
{
	struct coverage *coverage = arena_new(past->arena, struct coverage);
	day known_to;
	if (past->authority.n == 0)
		*coverage = coverage_all;
	else if (!store_coverage_at(past->store, past->authority, at - 1, coverage, &known_to, err))
		return false;
	struct event *event = arena_take(past->arena, past->n + 1, sizeof *event);
	size_t n = 0;
	for (size_t i = 0; i < past->n; i++) {
		const struct ever *ever = &past->item[i];
		bool there = ever->known_at < at &&
			(ever->withdrawn_at == INSTANT_UNKNOWN || ever->withdrawn_at >= at);
		if (there)
			event[n++] = ever->event;
	}
	if (n > 0)
		n = events_sort(event, n);
	out->n = 0;
	clocks_compute(store_law(past->store), event, n, coverage, instant_day(at), out);
	return true;
}

static bool was_bad(const struct clock *clock, const struct clocks *before, instant at,
	enum clock_state *state)
{
	for (size_t i = 0; i < before->n; i++) {
		const struct clock *other = &before->item[i];
		if (!str_equal(other->rule->id, clock->rule->id) || other->thread != clock->thread ||
			other->from != clock->from)
			continue;
		*state = clock_state(other, instant_day(at));
		return *state == CLOCK_OVERDUE || *state == CLOCK_MET_LATE || *state == CLOCK_MISSED;
	}
	return false;
}

/* The times after the first due date at which somebody wrote something by hand, latest first. */
static size_t times_of(const struct past *past, day due, const struct ever *times[TIMES_MOST])
{
	size_t n = 0;
	for (size_t i = past->n; i-- > 0 && n < TIMES_MOST;) {
		const struct ever *ever = &past->item[i];
		bool known = n > 0 && times[n - 1]->known_at == ever->known_at;
		if (ever->by_hand && !known && instant_day(ever->known_at) > due)
			times[n++] = ever;
	}
	return n;
}

static day first_due(const struct clocks *clocks)
{
	day first = DAY_UNKNOWN;
	for (size_t i = 0; i < clocks->n; i++) {
		const struct clock *clock = &clocks->item[i];
		if (clock->met_on != DAY_UNKNOWN && clock->due != DAY_UNKNOWN &&
			clock->met_on <= clock->due && (first == DAY_UNKNOWN || clock->due < first))
			first = clock->due;
	}
	return first;
}

/* What each clock runs from, once. */
static void tell_recorded(const struct past *past, const struct clocks *clocks,
	struct stood_list *out)
{
	out->recorded = arena_take(past->arena, clocks->n + 1, sizeof *out->recorded);
	for (size_t i = 0; i < past->n; i++) {
		const struct ever *ever = &past->item[i];
		bool asked = false;
		for (size_t k = 0; !asked && k < clocks->n; k++)
			asked = clocks->item[k].from_event == ever->event.id;
		if (asked && out->n_recorded < clocks->n)
			out->recorded[out->n_recorded++] = (struct recorded){ ever->event.id,
				ever->known_at, ever->by, ever->source, ever->file };
	}
}

static void add(struct stood_list *out, struct stood stood)
{
	for (size_t i = 0; i < out->n; i++) {
		if (out->item[i].clock == stood.clock)
			return; /* of the times at which it was put right the last one counts */
	}
	out->item[out->n++] = stood;
}

bool store_stood(struct store *store, struct arena *arena, str authority, int64_t subject,
	const struct clocks *clocks, struct stood_list *out, struct err *err)
{
	struct past past = { .store = store, .arena = arena, .authority = authority };
	struct clocks before = { 0 };
	*out = (struct stood_list){ .item = arena_take(arena, clocks->n + 1, sizeof *out->item) };
	day due = first_due(clocks);
	bool done = past_read(&past, subject, err);
	if (done)
		tell_recorded(&past, clocks, out);
	const struct ever *times[TIMES_MOST];
	size_t n = due == DAY_UNKNOWN ? 0 : times_of(&past, due, times);
	for (size_t t = 0; done && t < n; t++) {
		done = clocks_before(&past, times[t]->known_at, &before, err);
		for (size_t i = 0; done && i < clocks->n; i++) {
			const struct clock *clock = &clocks->item[i];
			enum clock_state state;
			if (clock_state(clock, instant_day(times[t]->known_at)) == CLOCK_MET &&
				was_bad(clock, &before, times[t]->known_at, &state))
				add(out, (struct stood){ i, state, times[t]->known_at,
						 times[t]->by_hand ? times[t]->by : (str){ 0 } });
		}
	}
	clocks_close(&before);
	mem_free(past.item);
	return done;
}
