/* law.c - the law that a store computes with: the rules of this duly, and the newest calendar that
 * the store holds. The connections of one process share it, so that all of them know of a new one at
 * once; what was read with the one before stays readable until the last of them closes. */
#include "store/inside.h"

#include <stdatomic.h>

SQL(calendar_newest, "SELECT number, holidays FROM calendar ORDER BY number DESC LIMIT 1");
SQL(calendar_newest_number, "SELECT coalesce(max(number), 0) FROM calendar");

struct counted_law {
	struct law law;
	int64_t calendar;
	struct arena *arena;
	struct counted_law *older;
};

struct shared_law {
	_Atomic(struct counted_law *) now;
	atomic_int users;
};

static struct counted_law *law_put(struct shared_law *shared, const struct law *law, int64_t calendar,
	struct arena *arena)
{
	struct counted_law *counted = mem_alloc(1, sizeof *counted);
	*counted = (struct counted_law){ *law, calendar, arena, atomic_load(&shared->now) };
	atomic_store(&shared->now, counted);
	return counted;
}

void law_begin(struct store *store)
{
	store->shared = mem_alloc(1, sizeof *store->shared);
	atomic_init(&store->shared->now, NULL);
	atomic_init(&store->shared->users, 1);
	(void)law_put(store->shared, store->law, 0, NULL);
}

void law_end(struct store *store)
{
	struct shared_law *shared = store->shared;
	if (atomic_fetch_sub(&shared->users, 1) > 1)
		return;
	for (struct counted_law *law = atomic_load(&shared->now), *older; law != NULL; law = older) {
		older = law->older;
		if (law->arena != NULL)
			arena_close(law->arena);
		mem_free(law);
	}
	mem_free(shared);
}

void law_share(struct store *store, struct store *with)
{
	law_end(store);
	store->shared = with->shared;
	atomic_fetch_add(&store->shared->users, 1);
}

const struct law *store_law(const struct store *store)
{
	return &atomic_load(&store->shared->now)->law;
}

int64_t law_calendar(const struct store *store)
{
	return atomic_load(&store->shared->now)->calendar;
}

bool law_with(const struct store *store, struct arena *arena, str holidays, struct law *out,
	struct err *err)
{
	struct calendar *calendar;
	*out = *store->law;
	if (str_equal(holidays, calendar_embedded_csv()))
		return true;
	if (!calendar_load(arena, holidays, &calendar, err))
		return false;
	out->calendar = calendar;
	return true;
}

bool law_read(struct store *store, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_newest);
	enum db_row row = db_step(stmt, err);
	bool done = row != DB_FAIL;
	if (row == DB_ROW && db_int(stmt, 0) != law_calendar(store)) {
		struct law law;
		struct arena *arena = arena_open((size_t)16 << 20);
		done = law_with(store, arena, db_text(stmt, 1), &law, err);
		if (done)
			(void)law_put(store->shared, &law, db_int(stmt, 0), arena);
		else
			arena_close(arena);
	}
	db_reset(stmt);
	return done;
}

/* Another process may have brought a calendar in, or one that was taken may have been undone. */
bool law_current(struct store *store, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_newest_number);
	enum db_row row = db_step(stmt, err);
	bool same = row == DB_ROW && db_int(stmt, 0) == law_calendar(store);
	db_reset(stmt);
	return row != DB_FAIL && (same || law_read(store, err));
}
