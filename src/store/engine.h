/* engine.h - what an engine behind db.h does; only store/db*.c and its tests include this. */
#pragma once

#include "base/buf.h"
#include "store/db.h"
#include "store/turn.h"

struct stmt {
	struct db *db;
	const struct sql *sql;
};

struct db_load {
	struct db *db;
	str table; /* the load's own copy */
	const char *const *column;
	size_t columns, at; /* at: of the row being put together */
	bool open, failed;
	struct err err;
	struct buf rows, made; /* PostgreSQL: what waits for COPY; made: the statement's text */
	struct sql sql;        /* the INSERT, or the COPY */
	struct stmt *stmt;
	struct db_load *next;
};

struct engine {
	void (*close)(struct db *db);
	bool (*script)(struct db *db, const char *text, struct err *err);
	bool (*begin)(struct db *db, struct err *err);
	bool (*lock_schema)(struct db *db, struct err *err);
	bool (*alone)(struct db *db, bool *alone, struct err *err);
	bool (*ready)(struct db *db, struct err *err);
	struct stmt *(*prepare)(struct db *db, const struct sql *sql);
	void (*finish)(struct stmt *stmt);
	void (*reset)(struct stmt *stmt);
	void (*bind_int)(struct stmt *stmt, int n, int64_t value);
	void (*bind_text)(struct stmt *stmt, int n, str value);
	void (*bind_bytes)(struct stmt *stmt, int n, str value);
	void (*bind_null)(struct stmt *stmt, int n);
	enum db_row (*step)(struct stmt *stmt, struct err *err);
	int64_t (*column_int)(struct stmt *stmt, int column);
	str (*column_text)(struct stmt *stmt, int column);
	str (*column_bytes)(struct stmt *stmt, int column);
	bool (*is_null)(struct stmt *stmt, int column);
	int64_t (*changed)(struct db *db);
	void (*load_int)(struct db_load *load, int64_t value);
	void (*load_text)(struct db_load *load, str value);
	void (*load_bytes)(struct db_load *load, str value);
	void (*load_null)(struct db_load *load);
	bool (*load_flush)(struct db_load *load, struct err *err);
};

struct db {
	enum db_engine kind;
	enum db_mode mode;
	const struct engine *engine;
	struct stmt **stmt; /* by address of the struct sql: open addressing */
	size_t stmts, room;
	struct db_load *load;
	bool begun;
	struct turn *turn; /* NULL: nobody else writes, or the engine sees to it */
};

MUST_USE struct db *db_sqlite_open(str path, enum db_mode mode, struct err *err);
MUST_USE struct db *db_postgres_open(str url, enum db_mode mode, struct err *err);

/* Around what writes outside of a transaction. */
MUST_USE bool db_turn_take(struct db *db, struct err *err);
void db_turn_give(struct db *db);

/* "$1" as SQLite's "?1", outside of quotes and comments. Appends. */
void db_sqlite_rewrite(struct buf *buf, str text);
