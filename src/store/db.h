/* db.h - one SQL text, two engines: SQLite inside, PostgreSQL when one machine is too small.
 *
 * A connection belongs to one thread at a time. Statements are declared once with SQL() and are
 * prepared on first use; a test prepares every one of them on both engines. Parameters are $1, $2.
 * Constraint failures come back as ERR_DUPLICATE, ERR_MISSING, ERR_STALE, ERR_BUSY from the
 * engine's code, never from its words.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

struct db;
struct stmt;
struct turn;

/* A statement's text and name, in one place. Declared only in store/. */
struct sql {
	const char *name, *text;
};
/* Also leaves its address in the linker section `duly_sql`, for the test that prepares them all. */
#define SQL(symbol, statement)                                                                     \
	static const struct sql symbol = { #symbol, statement };                                   \
	static const struct sql *const symbol##_listed                                             \
		__attribute__((used, section("duly_sql"))) = &symbol

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode { DB_READ, DB_WRITE };
enum db_row { DB_ROW, DB_DONE, DB_FAIL };

/* "sqlite:PATH" or "postgresql://...". A read connection cannot write. Yours until db_close. */
MUST_USE struct db *db_open(str url, enum db_mode mode, struct err *err);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
MUST_USE bool db_begin(struct db *db, struct err *err); /* BEGIN IMMEDIATE when it may write */
MUST_USE bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
bool db_begun(const struct db *db);
MUST_USE bool db_savepoint(struct db *db, struct err *err);
MUST_USE bool db_release(struct db *db, struct err *err);
void db_rollback_to(struct db *db);

/* Statements of our own schema, several at once: no parameters, no rows. */
MUST_USE bool db_script(struct db *db, const char *text, struct err *err);
/* Waits until no other process changes the schema; until the transaction ends. */
MUST_USE bool db_lock_schema(struct db *db, struct err *err);
/* From now on each write of a SQLite database is a turn (turn.h), which stays the caller's. */
void db_take_turns(struct db *db, struct turn *turn);
/* Of a database that many processes write: is nobody else at work on it? Then nobody comes before
 * db_ready(). Otherwise what all of them rest on must not be changed. */
MUST_USE bool db_alone(struct db *db, bool *alone, struct err *err);
MUST_USE bool db_ready(struct db *db, struct err *err);

/* The statement, reset and ready to bind; it is the connection's. What is bound is borrowed until
 * the statement is done. Never NULL: a statement that
 * cannot be prepared fails at its first step, with the reason. */
struct stmt *db_use(struct db *db, const struct sql *sql);
void db_bind_int(struct stmt *stmt, int n, int64_t value);
void db_bind_text(struct stmt *stmt, int n, str value);  /* an empty str is '' */
void db_bind_bytes(struct stmt *stmt, int n, str value); /* BLOB, BYTEA */
void db_bind_null(struct stmt *stmt, int n);
enum db_row db_step(struct stmt *stmt, struct err *err);
void db_reset(struct stmt *stmt); /* for who does not step to the end: lets go of the snapshot */
int64_t db_int(struct stmt *stmt, int column);  /* columns count from 0; 0 for NULL */
str db_text(struct stmt *stmt, int column);     /* borrowed until the next step or use */
str db_bytes(struct stmt *stmt, int column);
bool db_is_null(struct stmt *stmt, int column);
int64_t db_changed(struct db *db); /* rows changed by the last statement */
/* Runs a statement to its end, no rows wanted. */
MUST_USE bool db_do(struct stmt *stmt, struct err *err);
/* Many rows into one table: COPY on PostgreSQL, one prepared INSERT on SQLite. One load a table is
 * open at a time; loads of different tables may be, and rows are seen by others' statements only
 * after a flush. `columns` lives as long as the connection: it is what the load is known by. */
struct db_load;
MUST_USE struct db_load *db_load_open(
	struct db *db, str table, const char *const *columns, size_t n, struct err *err);
void db_load_int(struct db_load *load, int64_t value);
void db_load_text(struct db_load *load, str value);
void db_load_bytes(struct db_load *load, str value);
void db_load_null(struct db_load *load);
MUST_USE bool db_load_flush(struct db_load *load, struct err *err); /* between two rows */
MUST_USE bool db_load_close(struct db_load *load, struct err *err); /* flushes and lets go */
