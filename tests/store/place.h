/* place.h - a store of its own for a test: SQLite in a folder, or where DULY_TEST_POSTGRES holds the
 * URL of a server, PostgreSQL in a schema. The clock stands until a test moves it. */
#pragma once

#include "../check.h"

#include "base/mem.h"
#include "store/store.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct place {
	char dir[160];
	char url[512]; /* empty: sqlite in dir */
	char schema[64];
	instant now;
	uint64_t seed;
	struct store_env env;
	struct arena *arena; /* for the test */
	struct arena *law_arena;
	const struct law *law;
	struct store *store;
	struct actor system, chair;
};

static inline instant place_now(void *self)
{
	return ((struct place *)self)->now;
}

static inline void place_random(void *self, void *bytes, size_t n)
{
	uint64_t *seed = &((struct place *)self)->seed;
	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		((unsigned char *)bytes)[i] = (unsigned char)(*seed >> 56);
	}
}

static inline void place_ok(bool done, const struct err *err, const char *file, int line)
{
	if (!done) {
		print_error("%s:%d: %d %s\n", file, line, (int)err->code, err->text);
		_fail(file, line);
	}
}
#define OK(call)                                                                                   \
	do {                                                                                       \
		struct err err_ = { 0 };                                                           \
		bool done_ = (call);                                                               \
		place_ok(done_, &err_, __FILE__, __LINE__);                                        \
	} while (0)
#define ERR (&err_)
/* Refused, and why. */
#define NO(call, why)                                                                              \
	do {                                                                                       \
		struct err err_ = { 0 };                                                           \
		assert_false(call);                                                                \
		if (err_.code != (why))                                                            \
			print_error("%s\n", err_.text);                                            \
		assert_int_equal(err_.code, (why));                                                \
	} while (0)

static inline bool place_postgres(void)
{
	const char *server = getenv("DULY_TEST_POSTGRES");
	return server != NULL && server[0] != '\0';
}

static inline void place_schema(struct place *place, bool make)
{
	struct err err = { 0 };
	struct db *db = db_open(str_of(getenv("DULY_TEST_POSTGRES")), DB_WRITE, &err);
	place_ok(db != NULL, &err, __FILE__, __LINE__);
	char text[200];
	snprintf(text, sizeof text, make ? "CREATE SCHEMA %s" : "DROP SCHEMA %s CASCADE", place->schema);
	place_ok(db_script(db, text, &err), &err, __FILE__, __LINE__);
	db_close(db);
}

/* Past every trigger: what somebody with the file in their hands could do. */
static inline void place_tamper(struct place *place, const char *table, const char *statement)
{
	char text[400];
	if (place_postgres())
		snprintf(text, sizeof text, "ALTER TABLE %s DISABLE TRIGGER ALL", table);
	else
		snprintf(text, sizeof text,
			"PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS %s_no_UPDATE; "
			"DROP TRIGGER IF EXISTS %s_no_DELETE",
			table, table);
	OK(db_script(store_db(place->store), text, ERR));
	OK(db_script(store_db(place->store), statement, ERR));
}

static inline struct place *place_new(void)
{
	static int count;
	struct place *place = mem_alloc(1, sizeof *place);
	snprintf(place->dir, sizeof place->dir, "%s/duly-test.XXXXXX",
		getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(place->dir));
	if (place_postgres()) {
		const char *server = getenv("DULY_TEST_POSTGRES");
		snprintf(place->schema, sizeof place->schema, "t%d_%d", (int)getpid(), ++count);
		snprintf(place->url, sizeof place->url, "%s%coptions=-csearch_path%%3D%s", server,
			strchr(server, '?') == NULL ? '?' : '&', place->schema);
		place_schema(place, true);
	}
	place->now = day_of(2026, 11, 20) * INSTANT_DAY + 12 * INSTANT_HOUR;
	place->env = (struct store_env){ place_now, place_random, place };
	place->arena = arena_open(64 << 20);
	place->law_arena = arena_open(64 << 20);
	place->law = law_open(place->law_arena);
	place->system = (struct actor){ .role = ROLE_SYSTEM, .name = S("duly") };
	return place;
}

static inline struct store_options place_options(struct place *place, enum store_open_mode mode)
{
	return (struct store_options){ .dir = str_of(place->dir),
		.database = str_of(place->url),
		.mode = mode,
		.law = place->law,
		.env = &place->env };
}

static inline void place_close_store(struct place *place)
{
	store_close(place->store);
	place->store = NULL;
}

static inline void place_open_store(struct place *place, enum store_open_mode mode)
{
	struct err err = { 0 };
	struct store_options options = place_options(place, mode);
	place->store = store_open(&options, &err);
	place_ok(place->store != NULL, &err, __FILE__, __LINE__);
}

static inline struct place *place_open(void)
{
	struct place *place = place_new();
	place_open_store(place, STORE_CREATE);
	return place;
}

static inline int place_remove(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
	(void)info;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static inline void place_close(struct place *place)
{
	place_close_store(place);
	if (place->schema[0] != '\0')
		place_schema(place, false);
	nftw(place->dir, place_remove, 16, FTW_DEPTH | FTW_PHYS);
	arena_close(place->arena);
	arena_close(place->law_arena);
	mem_free(place);
}

/* One number from one statement. */
static inline int64_t place_count(struct place *place, const char *text)
{
	struct err err = { 0 };
	struct sql *sql = arena_new(place->law_arena, struct sql);
	*sql = (struct sql){ "count", text };
	struct stmt *stmt = db_use(store_db(place->store), sql);
	place_ok(db_step(stmt, &err) == DB_ROW, &err, __FILE__, __LINE__);
	int64_t n = db_int(stmt, 0);
	db_reset(stmt);
	return n;
}
#define COUNT(place, text) place_count((place), (text))
