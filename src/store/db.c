#include "store/db.h"

#include "base/mem.h"
#include "store/engine.h"

#include <string.h>

struct db *db_open(str url, enum db_mode mode, struct err *err)
{
	if (str_starts(url, S("sqlite:")))
		return db_sqlite_open(str_from(url, 7), mode, err);
	if (str_starts(url, S("postgresql://")) || str_starts(url, S("postgres://")))
		return db_postgres_open(url, mode, err);
	err_set(err, ERR_INPUT,
		"a database is written sqlite:PATH or postgresql://USER@HOST/NAME, not \"%.*s\"",
		STR_ARGS(str_upto(url, 40)));
	return NULL;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	while (db->load != NULL) {
		struct db_load *load = db->load;
		db->load = load->next;
		buf_close(&load->rows);
		buf_close(&load->made);
		mem_free(load);
	}
	for (size_t i = 0; i < db->room; i++) {
		if (db->stmt[i] != NULL)
			db->engine->finish(db->stmt[i]);
	}
	mem_free(db->stmt);
	db->engine->close(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->kind;
}

static void reset_all(struct db *db)
{
	for (size_t i = 0; i < db->room; i++) {
		if (db->stmt[i] != NULL)
			db->engine->reset(db->stmt[i]);
	}
}

void db_take_turns(struct db *db, struct turn *turn)
{
	db->turn = turn;
}

bool db_alone(struct db *db, bool *alone, struct err *err)
{
	return db->engine->alone(db, alone, err);
}

bool db_ready(struct db *db, struct err *err)
{
	return db->engine->ready(db, err);
}

bool db_turn_take(struct db *db, struct err *err)
{
	return db->turn == NULL || turn_take(db->turn, err);
}

void db_turn_give(struct db *db)
{
	if (db->turn != NULL)
		turn_give(db->turn);
}

bool db_script(struct db *db, const char *text, struct err *err)
{
	bool own = !db->begun;
	if (own && !db_turn_take(db, err))
		return false;
	bool done = db->engine->script(db, text, err);
	if (own)
		db_turn_give(db);
	return done;
}

bool db_begin(struct db *db, struct err *err)
{
	must(!db->begun);
	reset_all(db);
	if (!db_turn_take(db, err))
		return false;
	db->begun = db->engine->begin(db, err);
	if (!db->begun)
		db_turn_give(db);
	return db->begun;
}

bool db_lock_schema(struct db *db, struct err *err)
{
	must(db->begun);
	return db->engine->lock_schema(db, err);
}

bool db_begun(const struct db *db)
{
	return db->begun;
}

static void drop_loads(struct db *db)
{
	for (struct db_load *load = db->load; load != NULL; load = load->next) {
		load->open = load->failed = false;
		load->at = 0;
		buf_clear(&load->rows);
	}
}

bool db_commit(struct db *db, struct err *err)
{
	must(db->begun);
	reset_all(db);
	if (!db->engine->script(db, "COMMIT", err)) {
		db_rollback(db);
		return false;
	}
	db->begun = false;
	db_turn_give(db); /* its checkpoint, if there was one, is over */
	return true;
}

void db_rollback(struct db *db)
{
	if (!db->begun)
		return;
	reset_all(db);
	drop_loads(db);
	db->begun = false;
	(void)!db->engine->script(db, "ROLLBACK", NULL);
	db_turn_give(db);
}

bool db_savepoint(struct db *db, struct err *err)
{
	must(db->begun);
	return db->engine->script(db, "SAVEPOINT s", err);
}

bool db_release(struct db *db, struct err *err)
{
	return db->engine->script(db, "RELEASE SAVEPOINT s", err);
}

void db_rollback_to(struct db *db)
{
	reset_all(db);
	drop_loads(db);
	(void)!db->engine->script(db, "ROLLBACK TO SAVEPOINT s; RELEASE SAVEPOINT s", NULL);
}

/* ---- statements */

static size_t slot(struct stmt *const *stmt, size_t room, const struct sql *sql)
{
	size_t at = ((uintptr_t)sql >> 4) * 0x9E3779B97F4A7C15u >> 20 & (room - 1);
	while (stmt[at] != NULL && stmt[at]->sql != sql)
		at = (at + 1) & (room - 1);
	return at;
}

static void grow(struct db *db)
{
	size_t room = db->room == 0 ? 128 : db->room * 2;
	struct stmt **stmt = mem_alloc(room, sizeof *stmt);
	for (size_t i = 0; i < db->room; i++) {
		if (db->stmt[i] != NULL)
			stmt[slot(stmt, room, db->stmt[i]->sql)] = db->stmt[i];
	}
	mem_free(db->stmt);
	db->stmt = stmt;
	db->room = room;
}

struct stmt *db_use(struct db *db, const struct sql *sql)
{
	if (db->stmts * 2 >= db->room)
		grow(db);
	size_t at = slot(db->stmt, db->room, sql);
	if (db->stmt[at] == NULL) {
		db->stmt[at] = db->engine->prepare(db, sql);
		db->stmts++;
	} else {
		db->engine->reset(db->stmt[at]);
	}
	return db->stmt[at];
}

void db_reset(struct stmt *stmt)
{
	stmt->db->engine->reset(stmt);
}

void db_bind_int(struct stmt *stmt, int n, int64_t value)
{
	stmt->db->engine->bind_int(stmt, n, value);
}

void db_bind_text(struct stmt *stmt, int n, str value)
{
	stmt->db->engine->bind_text(stmt, n, value);
}

void db_bind_bytes(struct stmt *stmt, int n, str value)
{
	stmt->db->engine->bind_bytes(stmt, n, value);
}

void db_bind_null(struct stmt *stmt, int n)
{
	stmt->db->engine->bind_null(stmt, n);
}

enum db_row db_step(struct stmt *stmt, struct err *err)
{
	return stmt->db->engine->step(stmt, err);
}

int64_t db_int(struct stmt *stmt, int column)
{
	return stmt->db->engine->column_int(stmt, column);
}

str db_text(struct stmt *stmt, int column)
{
	return stmt->db->engine->column_text(stmt, column);
}

str db_bytes(struct stmt *stmt, int column)
{
	return stmt->db->engine->column_bytes(stmt, column);
}

bool db_is_null(struct stmt *stmt, int column)
{
	return stmt->db->engine->is_null(stmt, column);
}

int64_t db_changed(struct db *db)
{
	return db->engine->changed(db);
}

bool db_do(struct stmt *stmt, struct err *err)
{
	enum db_row row;
	do {
		row = db_step(stmt, err);
	} while (row == DB_ROW);
	return row == DB_DONE;
}

/* ---- many rows into one table */

struct db_load *db_load_open(
	struct db *db, str table, const char *const *columns, size_t n, struct err *err)
{
	struct db_load *load = db->load;
	while (load != NULL && (load->column != columns || !str_equal(load->table, table)))
		load = load->next;
	if (load == NULL) {
		load = mem_alloc(1, sizeof *load);
		load->db = db;
		load->column = columns;
		load->columns = n;
		bool copy = db->kind == DB_POSTGRES;
		size_t name = copy ? 5 : 12;
		buf_str(&load->made, copy ? S("COPY ") : S("INSERT INTO "));
		buf_str(&load->made, table);
		for (size_t i = 0; i < n; i++)
			buf_format(&load->made, "%s%s", i == 0 ? " (" : ", ", columns[i]);
		buf_str(&load->made, copy ? S(") FROM STDIN") : S(") VALUES"));
		for (size_t i = 0; !copy && i < n; i++)
			buf_format(&load->made, "%s$%zu", i == 0 ? " (" : ", ", i + 1);
		if (!copy)
			buf_char(&load->made, ')');
		buf_char(&load->made, '\0');
		load->table = (str){ load->made.p + name, table.n };
		load->sql = (struct sql){ "load", load->made.p };
		load->next = db->load;
		db->load = load;
	}
	if (load->open) {
		err_set(err, ERR_BUSY, "the table is being loaded already");
		return NULL;
	}
	load->open = true;
	load->failed = false;
	load->at = 0;
	load->err = (struct err){ 0 };
	return load;
}

void db_load_int(struct db_load *load, int64_t value)
{
	load->db->engine->load_int(load, value);
}

void db_load_text(struct db_load *load, str value)
{
	load->db->engine->load_text(load, value);
}

void db_load_bytes(struct db_load *load, str value)
{
	load->db->engine->load_bytes(load, value);
}

void db_load_null(struct db_load *load)
{
	load->db->engine->load_null(load);
}

bool db_load_flush(struct db_load *load, struct err *err)
{
	must(load->at == 0);
	if (!load->failed && load->db->engine->load_flush(load, &load->err))
		return true;
	load->failed = true;
	if (err != NULL)
		*err = load->err;
	return false;
}

bool db_load_close(struct db_load *load, struct err *err)
{
	bool done = db_load_flush(load, err);
	load->open = false;
	return done;
}
