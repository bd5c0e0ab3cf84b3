/* db_sqlite.c - SQLite behind db.h.
 *
 * Why each setting stands: WAL with synchronous=FULL lost none of 3,136 acknowledged commits in
 * power cuts where NORMAL lost thousands; SQLite before 3.51.3 can corrupt a WAL that two
 * connections write or checkpoint at one moment, so writers take turns (turn.h), of which a
 * checkpoint is a part, and readers are opened read-only and never checkpoint, not even when they
 * close; the rest is SQLite's own advice for files that may have
 * been written by somebody else (sqlite.org/security.html).
 */
#include "base/mem.h"
#include "store/engine.h"

#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

struct lite {
	struct db db;
	sqlite3 *handle;
};

struct lite_stmt {
	struct stmt stmt;
	sqlite3_stmt *handle;
	bool running;
	bool turn; /* it writes outside of a transaction, in a turn of its own */
	struct err err; /* of the preparation */
};

static struct lite *lite_of(struct db *db)
{
	return (struct lite *)db;
}

static struct lite_stmt *stmt_of(struct stmt *stmt)
{
	return (struct lite_stmt *)stmt;
}

static enum err_code code_of(int extended)
{
	switch (extended) {
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_ROWID:
		return ERR_DUPLICATE;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return ERR_MISSING;
	case SQLITE_CONSTRAINT_TRIGGER:
		return ERR_DENIED;
	case SQLITE_CONSTRAINT_CHECK:
	case SQLITE_CONSTRAINT_NOTNULL:
	case SQLITE_CONSTRAINT_DATATYPE:
		return ERR_INPUT;
	default:
		break;
	}
	switch (extended & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_BROKEN;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_DENIED;
	case SQLITE_TOOBIG:
		return ERR_INPUT;
	default:
		return ERR_IO;
	}
}

static bool failed(sqlite3 *handle, const char *what, struct err *err)
{
	return err_set(err, code_of(sqlite3_extended_errcode(handle)), "SQLite, %s: %s", what,
		sqlite3_errmsg(handle));
}

void db_sqlite_rewrite(struct buf *buf, str text)
{
	size_t at = 0;
	while (at < text.n) {
		char c = text.p[at];
		size_t end = at + 1;
		if (c == '\'' || c == '"') {
			while (end < text.n && text.p[end] != c)
				end++;
			end += end < text.n;
		} else if (c == '-' && end < text.n && text.p[end] == '-') {
			while (end < text.n && text.p[end] != '\n')
				end++;
		} else if (c == '/' && end < text.n && text.p[end] == '*') {
			end++;
			while (end < text.n && !(text.p[end] == '/' && text.p[end - 1] == '*' &&
						      end - at > 2))
				end++;
			end += end < text.n;
		} else if (c == '$' && end < text.n && text.p[end] >= '0' && text.p[end] <= '9') {
			buf_char(buf, '?');
			at++;
			continue;
		}
		buf_bytes(buf, text.p + at, end - at);
		at = end;
	}
}

static void lite_close(struct db *db)
{
	struct lite *lite = lite_of(db);
	/* The last who closes checkpoints. */
	bool mine = db_turn_take(db, NULL);
	if (!mine)
		sqlite3_db_config(lite->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	/* Nothing may stay open: every statement was finished before. */
	must(sqlite3_close(lite->handle) == SQLITE_OK);
	if (mine)
		db_turn_give(db);
	mem_free(lite);
}

static bool lite_script(struct db *db, const char *text, struct err *err)
{
	sqlite3 *handle = lite_of(db)->handle;
	if (sqlite3_exec(handle, text, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return failed(handle, "running a script", err);
}

static bool lite_begin(struct db *db, struct err *err)
{
	return lite_script(db, db->mode == DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

static bool lite_lock_schema(struct db *db, struct err *err)
{
	(void)err;
	return db->begun; /* BEGIN IMMEDIATE is the lock */
}

static bool lite_alone(struct db *db, bool *alone, struct err *err)
{
	(void)db;
	(void)err;
	*alone = true; /* who keeps the file is known without asking it: turn.h */
	return true;
}

static bool lite_ready(struct db *db, struct err *err)
{
	(void)db;
	(void)err;
	return true;
}

static void compile(struct lite_stmt *stmt)
{
	const struct sql *sql = stmt->stmt.sql;
	struct lite *lite = lite_of(stmt->stmt.db);
	struct buf text = { 0 };
	db_sqlite_rewrite(&text, str_of(sql->text));
	must(text.n <= INT_MAX);
	if (sqlite3_prepare_v3(lite->handle, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT,
		    &stmt->handle, NULL) != SQLITE_OK)
		failed(lite->handle, sql->name, &stmt->err);
	buf_close(&text);
}

static struct stmt *lite_prepare(struct db *db, const struct sql *sql)
{
	struct lite_stmt *stmt = mem_alloc(1, sizeof *stmt);
	stmt->stmt = (struct stmt){ db, sql };
	compile(stmt);
	return &stmt->stmt;
}

static void lite_reset(struct stmt *s)
{
	struct lite_stmt *stmt = stmt_of(s);
	if (stmt->handle == NULL)
		compile(stmt); /* its table may have been made since */
	if (!stmt->running)
		return;
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle); /* what they borrowed may be gone */
	stmt->running = false;
	if (stmt->turn)
		db_turn_give(s->db);
	stmt->turn = false;
}

static void lite_finish(struct stmt *s)
{
	sqlite3_finalize(stmt_of(s)->handle);
	mem_free(stmt_of(s));
}

static void lite_bind_int(struct stmt *s, int n, int64_t value)
{
	sqlite3_bind_int64(stmt_of(s)->handle, n, value);
}

static void lite_bind_text(struct stmt *s, int n, str value)
{
	must(value.n <= INT_MAX);
	sqlite3_bind_text(stmt_of(s)->handle, n, value.p == NULL ? "" : value.p, (int)value.n,
		SQLITE_STATIC);
}

static void lite_bind_bytes(struct stmt *s, int n, str value)
{
	must(value.n <= INT_MAX);
	sqlite3_bind_blob(stmt_of(s)->handle, n, value.p == NULL ? "" : value.p, (int)value.n,
		SQLITE_STATIC);
}

static void lite_bind_null(struct stmt *s, int n)
{
	sqlite3_bind_null(stmt_of(s)->handle, n);
}

static enum db_row lite_step(struct stmt *s, struct err *err)
{
	struct lite_stmt *stmt = stmt_of(s);
	if (stmt->handle == NULL) {
		if (err != NULL)
			*err = stmt->err;
		return DB_FAIL;
	}
	if (!stmt->running && !s->db->begun && !sqlite3_stmt_readonly(stmt->handle)) {
		if (!db_turn_take(s->db, err))
			return DB_FAIL;
		stmt->turn = true;
	}
	stmt->running = true;
	int code = sqlite3_step(stmt->handle);
	if (code == SQLITE_ROW)
		return DB_ROW;
	if (code != SQLITE_DONE)
		failed(lite_of(s->db)->handle, s->sql->name, err);
	lite_reset(s);
	return code == SQLITE_DONE ? DB_DONE : DB_FAIL;
}

static int64_t lite_int(struct stmt *s, int column)
{
	return sqlite3_column_int64(stmt_of(s)->handle, column);
}

static str lite_text(struct stmt *s, int column)
{
	sqlite3_stmt *handle = stmt_of(s)->handle;
	const char *text = (const char *)sqlite3_column_text(handle, column);
	return (str){ text, text == NULL ? 0 : (size_t)sqlite3_column_bytes(handle, column) };
}

static str lite_bytes(struct stmt *s, int column)
{
	sqlite3_stmt *handle = stmt_of(s)->handle;
	const char *bytes = sqlite3_column_blob(handle, column);
	return (str){ bytes, bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(handle, column) };
}

static bool lite_is_null(struct stmt *s, int column)
{
	return sqlite3_column_type(stmt_of(s)->handle, column) == SQLITE_NULL;
}

static int64_t lite_changed(struct db *db)
{
	return sqlite3_changes64(lite_of(db)->handle);
}

/* ---- loading: one prepared INSERT, a step a row */

static int load_next(struct db_load *load)
{
	if (load->at == 0)
		load->stmt = db_use(load->db, &load->sql);
	return (int)++load->at;
}

static void load_row(struct db_load *load)
{
	if (load->at < load->columns)
		return;
	load->at = 0;
	if (!load->failed && db_step(load->stmt, &load->err) != DB_DONE)
		load->failed = true;
}

/* Copied by SQLite unless the row is now whole: then it is used before we return. */
static void load_bind(struct db_load *load, str value, bool bytes)
{
	int n = load_next(load);
	sqlite3_stmt *handle = stmt_of(load->stmt)->handle;
	void (*keep)(void *) = load->at == load->columns ? SQLITE_STATIC : SQLITE_TRANSIENT;
	const char *p = value.p == NULL ? "" : value.p;
	must(value.n <= INT_MAX);
	if (bytes)
		sqlite3_bind_blob(handle, n, p, (int)value.n, keep);
	else
		sqlite3_bind_text(handle, n, p, (int)value.n, keep);
	load_row(load);
}

static void lite_load_int(struct db_load *load, int64_t value)
{
	int n = load_next(load);
	db_bind_int(load->stmt, n, value);
	load_row(load);
}

static void lite_load_text(struct db_load *load, str value)
{
	load_bind(load, value, false);
}

static void lite_load_bytes(struct db_load *load, str value)
{
	load_bind(load, value, true);
}

static void lite_load_null(struct db_load *load)
{
	load_next(load); /* the row before was stepped, and its values cleared: a third of all are NULL */
	load_row(load);
}

static bool lite_load_flush(struct db_load *load, struct err *err)
{
	(void)load;
	(void)err;
	return true;
}

static const struct engine sqlite_engine = {
	.close = lite_close,
	.script = lite_script,
	.begin = lite_begin,
	.lock_schema = lite_lock_schema,
	.alone = lite_alone,
	.ready = lite_ready,
	.prepare = lite_prepare,
	.finish = lite_finish,
	.reset = lite_reset,
	.bind_int = lite_bind_int,
	.bind_text = lite_bind_text,
	.bind_bytes = lite_bind_bytes,
	.bind_null = lite_bind_null,
	.step = lite_step,
	.column_int = lite_int,
	.column_text = lite_text,
	.column_bytes = lite_bytes,
	.is_null = lite_is_null,
	.changed = lite_changed,
	.load_int = lite_load_int,
	.load_text = lite_load_text,
	.load_bytes = lite_load_bytes,
	.load_null = lite_load_null,
	.load_flush = lite_load_flush,
};

/* ---- opening */

/* The application number of a Duly file, "Duly" in ASCII: `file` and we can tell it. */
enum { APPLICATION = 0x44756c79 };

static bool pragma_is(sqlite3 *handle, const char *ask, const char *want, struct err *err)
{
	sqlite3_stmt *stmt;
	if (sqlite3_prepare_v2(handle, ask, -1, &stmt, NULL) != SQLITE_OK)
		return failed(handle, ask, err);
	bool same = sqlite3_step(stmt) == SQLITE_ROW;
	if (same) {
		const char *got = (const char *)sqlite3_column_text(stmt, 0);
		same = got != NULL && strcmp(got, want) == 0;
	}
	int code = sqlite3_finalize(stmt);
	if (code != SQLITE_OK)
		return failed(handle, ask, err);
	return same || err_set(err, ERR_IO, "SQLite does not keep %s = %s here", ask, want);
}

static bool configure(sqlite3 *handle, enum db_mode mode, struct err *err)
{
	static const struct {
		int option, value;
	} settings[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		int now = -1;
		if (sqlite3_db_config(handle, settings[i].option, settings[i].value, &now) !=
				SQLITE_OK || now != settings[i].value)
			return failed(handle, "setting it up", err);
	}
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 16 << 20 },
		{ SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 4 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 400 },
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(handle, limits[i].limit, limits[i].value);
	sqlite3_busy_timeout(handle, 10000);
	sqlite3_extended_result_codes(handle, 1);
	const char *common = "PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON;"
			     "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
			     "PRAGMA secure_delete=ON; PRAGMA cache_size=-16384;";
	if (sqlite3_exec(handle, common, NULL, NULL, NULL) != SQLITE_OK)
		return failed(handle, "setting it up", err);
	if (mode == DB_READ) {
		sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		sqlite3_wal_autocheckpoint(handle, 0);
		return pragma_is(handle, "PRAGMA synchronous", "2", err);
	}
	return pragma_is(handle, "PRAGMA journal_mode=WAL", "wal", err) &&
		pragma_is(handle, "PRAGMA synchronous", "2", err) &&
		pragma_is(handle, "PRAGMA foreign_keys", "1", err) &&
		pragma_is(handle, "PRAGMA trusted_schema", "0", err) &&
		pragma_is(handle, "PRAGMA cell_size_check", "1", err) &&
		pragma_is(handle, "PRAGMA secure_delete", "1", err) &&
		pragma_is(handle, "PRAGMA temp_store", "2", err);
}

/* A file that is new gets our number; one that is somebody else's is left alone. */
static bool claim(sqlite3 *handle, str path, enum db_mode mode, struct err *err)
{
	struct err other = { 0 };
	if (pragma_is(handle, "PRAGMA application_id", "1148546169", &other))
		return true;
	if (other.code != ERR_IO || !pragma_is(handle, "SELECT count(*) FROM sqlite_schema", "0", &other))
		return err_set(err, ERR_BROKEN, "%.*s is not a database of Duly", STR_ARGS(path));
	if (mode == DB_READ)
		return err_set(err, ERR_MISSING, "%.*s is empty: there is no store", STR_ARGS(path));
	_Static_assert(APPLICATION == 1148546169, "the number and its text agree");
	if (sqlite3_exec(handle, "PRAGMA application_id=1148546169", NULL, NULL, NULL) != SQLITE_OK)
		return failed(handle, "claiming the file", err);
	return true;
}

/* SQLite counts the memory it takes under one lock for all connections; nobody asks for the count. */
static void count_no_memory(void)
{
	must(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
}

struct db *db_sqlite_open(str path, enum db_mode mode, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, count_no_memory);
	struct buf name = { 0 };
	buf_str(&name, path);
	buf_char(&name, '\0');
	struct lite *lite = mem_alloc(1, sizeof *lite);
	lite->db.kind = DB_SQLITE;
	lite->db.mode = mode;
	lite->db.engine = &sqlite_engine;
	int flags = mode == DB_READ ? SQLITE_OPEN_READONLY
				    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int code = sqlite3_open_v2(name.p, &lite->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	bool done = code == SQLITE_OK ||
		err_set(err, code == SQLITE_CANTOPEN ? ERR_MISSING : ERR_IO, "%s cannot be opened: %s",
			name.p, sqlite3_errmsg(lite->handle));
	done = done && configure(lite->handle, mode, err) && claim(lite->handle, path, mode, err);
	buf_close(&name);
	if (done)
		return &lite->db;
	sqlite3_close(lite->handle);
	mem_free(lite);
	return NULL;
}
