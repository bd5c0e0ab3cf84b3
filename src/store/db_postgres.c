/* db_postgres.c - PostgreSQL behind db.h.
 *
 * Statements are prepared on first use and again after a reconnection. Results come in text
 * format: there sum(bigint) reads the same on both engines. A connection that was lost is taken up
 * again at the next transaction or statement outside of one; inside a transaction the loss is an
 * error, because nobody can know what the server kept.
 */
#include "base/mem.h"
#include "store/engine.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = 100, COPY_CHUNK = 1 << 20 };

struct post {
	struct db db;
	PGconn *handle;
	int64_t changed;
	unsigned generation; /* of the connection: what was prepared in an older one is gone */
	bool at_work; /* holds the lock that says so: WORKED_ON */
};

/* A lock of a connection, shared by all who write to one store, alone for who changes what they rest
 * on. "Duly" in ASCII, and the store's schema. */
#define WORKED_ON "(1148546169, hashtext(coalesce(current_schema(), '')::text))"

struct post_stmt {
	struct stmt stmt;
	unsigned generation; /* in which it was prepared; 0: never */
	char name[32];
	int n;
	const char *value[PARAMETERS];
	int length[PARAMETERS], format[PARAMETERS];
	char number[PARAMETERS][24];
	PGresult *result;
	int row;
	struct buf bytes; /* a decoded BYTEA */
	size_t bytes_at;
};

static struct post *post_of(struct db *db)
{
	return (struct post *)db;
}

static struct post_stmt *stmt_of(struct stmt *stmt)
{
	return (struct post_stmt *)stmt;
}

static enum err_code code_of(const char *state)
{
	static const struct {
		const char *state;
		enum err_code code;
	} known[] = {
		{ "23505", ERR_DUPLICATE },
		{ "23503", ERR_MISSING },
		{ "40001", ERR_BUSY },
		{ "40P01", ERR_BUSY },
		{ "55P03", ERR_BUSY },
		{ "57014", ERR_BUSY },
		{ "25006", ERR_DENIED },
		{ "42501", ERR_DENIED },
		{ "P0001", ERR_DENIED }, /* our own triggers raise it */
		{ "53100", ERR_FULL },
		{ "XX001", ERR_BROKEN },
		{ "XX002", ERR_BROKEN },
	};
	for (size_t i = 0; state != NULL && i < sizeof known / sizeof *known; i++) {
		if (strcmp(state, known[i].state) == 0)
			return known[i].code;
	}
	if (state != NULL && (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0))
		return ERR_INPUT;
	return ERR_IO;
}

/* The first line of what the server says: the rest may quote the row. */
static bool failed(struct post *post, const PGresult *result, const char *what, struct err *err)
{
	const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *said = result == NULL ? NULL
					  : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	if (said == NULL)
		said = PQerrorMessage(post->handle);
	return err_set(err, code_of(state), "PostgreSQL, %s: %.*s", what, (int)strcspn(said, "\n"),
		said);
}

static bool run(struct post *post, const char *text, struct err *err)
{
	PGresult *result = PQexec(post->handle, text);
	ExecStatusType status = PQresultStatus(result);
	bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
		status == PGRES_EMPTY_QUERY || failed(post, result, "running a script", err);
	PQclear(result);
	return done;
}

static bool settle(struct post *post, struct err *err)
{
	return run(post,
		post->db.mode == DB_READ
			? "SET default_transaction_read_only = on; SET statement_timeout = '30s'"
			: "SET statement_timeout = '600s'; SET lock_timeout = '30s'; "
			  "SET synchronous_commit = on",
		err);
}

static bool reconnect(struct post *post, struct err *err)
{
	if (PQstatus(post->handle) == CONNECTION_OK)
		return true;
	PQreset(post->handle);
	post->generation++;
	if (PQstatus(post->handle) != CONNECTION_OK)
		return err_set(err, ERR_IO, "the PostgreSQL server cannot be reached: %.*s",
			(int)strcspn(PQerrorMessage(post->handle), "\n"),
			PQerrorMessage(post->handle));
	return settle(post, err) &&
		(!post->at_work || run(post, "SELECT pg_advisory_lock_shared" WORKED_ON, err));
}

static void post_close(struct db *db)
{
	PQfinish(post_of(db)->handle);
	mem_free(post_of(db));
}

static bool post_script(struct db *db, const char *text, struct err *err)
{
	return (db->begun || reconnect(post_of(db), err)) && run(post_of(db), text, err);
}

static bool post_begin(struct db *db, struct err *err)
{
	struct post *post = post_of(db);
	return reconnect(post, err) &&
		run(post,
			db->mode == DB_READ ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
					    : "BEGIN ISOLATION LEVEL READ COMMITTED",
			err);
}

static bool post_lock_schema(struct db *db, struct err *err)
{
	/* "Duly" in ASCII. */
	return run(post_of(db), "SELECT pg_advisory_xact_lock(1148546169)", err);
}

static bool post_alone(struct db *db, bool *alone, struct err *err)
{
	struct post *post = post_of(db);
	PGresult *result = PQexec(post->handle, "SELECT pg_try_advisory_lock" WORKED_ON);
	bool done = PQresultStatus(result) == PGRES_TUPLES_OK ||
		failed(post, result, "asking who is at work", err);
	*alone = done && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
	PQclear(result);
	/* Whoever was alone goes first, for as long as lock_timeout lets us wait. */
	done = done && (*alone || run(post, "SELECT pg_advisory_lock_shared" WORKED_ON, err));
	post->at_work = done;
	return done;
}

static bool post_ready(struct db *db, struct err *err)
{
	return run(post_of(db),
		"SELECT pg_advisory_lock_shared" WORKED_ON ", pg_advisory_unlock" WORKED_ON, err);
}

static struct stmt *post_prepare(struct db *db, const struct sql *sql)
{
	struct post_stmt *stmt = mem_alloc(1, sizeof *stmt);
	stmt->stmt = (struct stmt){ db, sql };
	snprintf(stmt->name, sizeof stmt->name, "s%zu", db->stmts);
	return &stmt->stmt;
}

static void post_reset(struct stmt *s)
{
	struct post_stmt *stmt = stmt_of(s);
	PQclear(stmt->result);
	stmt->result = NULL;
	stmt->n = 0;
}

static void post_finish(struct stmt *s)
{
	post_reset(s);
	buf_close(&stmt_of(s)->bytes);
	mem_free(stmt_of(s));
}

static void bind(struct stmt *s, int n, const char *value, size_t length, int format)
{
	struct post_stmt *stmt = stmt_of(s);
	must(n >= 1 && n <= PARAMETERS && length <= INT32_MAX);
	stmt->value[n - 1] = value;
	stmt->length[n - 1] = (int)length;
	stmt->format[n - 1] = format;
	if (stmt->n < n)
		stmt->n = n;
}

static void post_bind_int(struct stmt *s, int n, int64_t value)
{
	must(n >= 1 && n <= PARAMETERS);
	char *number = stmt_of(s)->number[n - 1];
	snprintf(number, sizeof stmt_of(s)->number[0], "%lld", (long long)value);
	bind(s, n, number, 0, 0);
}

/* A text's binary form is its bytes: so it need not end in NUL. */
static void post_bind_text(struct stmt *s, int n, str value)
{
	bind(s, n, value.p == NULL ? "" : value.p, value.n, 1);
}

static void post_bind_null(struct stmt *s, int n)
{
	bind(s, n, NULL, 0, 0);
}

static bool prepared(struct post *post, struct post_stmt *stmt, struct err *err)
{
	if (stmt->generation == post->generation)
		return true;
	PGresult *result = PQprepare(post->handle, stmt->name, stmt->stmt.sql->text, 0, NULL);
	bool done = PQresultStatus(result) == PGRES_COMMAND_OK ||
		failed(post, result, stmt->stmt.sql->name, err);
	PQclear(result);
	if (done)
		stmt->generation = post->generation;
	return done;
}

static enum db_row execute(struct post *post, struct post_stmt *stmt, struct err *err)
{
	if (!post->db.begun && !reconnect(post, err))
		return DB_FAIL;
	if (!prepared(post, stmt, err))
		return DB_FAIL;
	stmt->result = PQexecPrepared(
		post->handle, stmt->name, stmt->n, stmt->value, stmt->length, stmt->format, 0);
	ExecStatusType status = PQresultStatus(stmt->result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		failed(post, stmt->result, stmt->stmt.sql->name, err);
		post_reset(&stmt->stmt);
		return DB_FAIL;
	}
	const char *tuples = PQcmdTuples(stmt->result);
	post->changed = *tuples == '\0' ? 0 : strtoll(tuples, NULL, 10);
	stmt->row = -1;
	return DB_ROW;
}

static enum db_row post_step(struct stmt *s, struct err *err)
{
	struct post_stmt *stmt = stmt_of(s);
	if (stmt->result == NULL && execute(post_of(s->db), stmt, err) == DB_FAIL)
		return DB_FAIL;
	buf_clear(&stmt->bytes);
	stmt->bytes_at = 0;
	if (++stmt->row < PQntuples(stmt->result))
		return DB_ROW;
	post_reset(s);
	return DB_DONE;
}

static str post_text(struct stmt *s, int column)
{
	struct post_stmt *stmt = stmt_of(s);
	if (PQgetisnull(stmt->result, stmt->row, column))
		return (str){ 0 };
	return (str){ PQgetvalue(stmt->result, stmt->row, column),
		(size_t)PQgetlength(stmt->result, stmt->row, column) };
}

static int64_t post_int(struct stmt *s, int column)
{
	int64_t value = 0;
	str text = post_text(s, column);
	return str_int(text, &value) ? value : 0;
}

static int hex(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* "\x0a1b": decoded beside the row, room for all of it made at once so that nothing moves. */
static str post_bytes(struct stmt *s, int column)
{
	struct post_stmt *stmt = stmt_of(s);
	str text = post_text(s, column);
	if (text.n < 2)
		return (str){ 0 };
	if (stmt->bytes.n == 0) {
		size_t all = 0;
		for (int i = 0; i < PQnfields(stmt->result); i++)
			all += (size_t)PQgetlength(stmt->result, stmt->row, i);
		(void)buf_reserve(&stmt->bytes, all + 1);
	}
	size_t start = stmt->bytes.n;
	for (size_t i = 2; i + 1 < text.n; i += 2)
		buf_char(&stmt->bytes, (char)(hex(text.p[i]) << 4 | hex(text.p[i + 1])));
	return (str){ stmt->bytes.p + start, stmt->bytes.n - start };
}

static bool post_is_null(struct stmt *s, int column)
{
	return PQgetisnull(stmt_of(s)->result, stmt_of(s)->row, column) == 1;
}

static int64_t post_changed(struct db *db)
{
	return post_of(db)->changed;
}

/* ---- loading: rows in COPY's text form, sent a megabyte at a time */

static bool post_load_flush(struct db_load *load, struct err *err)
{
	if (load->rows.n == 0)
		return true;
	struct post *post = post_of(load->db);
	PGresult *result = PQexec(post->handle, load->sql.text);
	bool done = PQresultStatus(result) == PGRES_COPY_IN || failed(post, result, "COPY", err);
	PQclear(result);
	if (done && (PQputCopyData(post->handle, load->rows.p, (int)load->rows.n) != 1 ||
			    PQputCopyEnd(post->handle, NULL) != 1))
		done = failed(post, NULL, "COPY", err);
	while (done && (result = PQgetResult(post->handle)) != NULL) {
		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			done = failed(post, result, "COPY", err);
		PQclear(result);
	}
	while ((result = PQgetResult(post->handle)) != NULL)
		PQclear(result);
	buf_clear(&load->rows);
	return done;
}

static void load_end(struct db_load *load)
{
	bool last = ++load->at == load->columns;
	buf_char(&load->rows, last ? '\n' : '\t');
	if (!last)
		return;
	load->at = 0;
	if (load->failed)
		buf_clear(&load->rows);
	else if (load->rows.n >= COPY_CHUNK && !post_load_flush(load, &load->err))
		load->failed = true;
}

static void post_load_int(struct db_load *load, int64_t value)
{
	buf_int(&load->rows, value);
	load_end(load);
}

static void post_load_text(struct db_load *load, str value)
{
	for (size_t i = 0; i < value.n; i++) {
		switch (value.p[i]) {
		case '\\':
			buf_lit(&load->rows, "\\\\");
			break;
		case '\t':
			buf_lit(&load->rows, "\\t");
			break;
		case '\n':
			buf_lit(&load->rows, "\\n");
			break;
		case '\r':
			buf_lit(&load->rows, "\\r");
			break;
		default:
			buf_char(&load->rows, value.p[i]);
		}
	}
	load_end(load);
}

static void post_load_bytes(struct db_load *load, str value)
{
	static const char digit[] = "0123456789abcdef";
	buf_lit(&load->rows, "\\\\x");
	for (size_t i = 0; i < value.n; i++) {
		buf_char(&load->rows, digit[(unsigned char)value.p[i] >> 4]);
		buf_char(&load->rows, digit[(unsigned char)value.p[i] & 15]);
	}
	load_end(load);
}

static void post_load_null(struct db_load *load)
{
	buf_lit(&load->rows, "\\N");
	load_end(load);
}

static const struct engine postgres_engine = {
	.close = post_close,
	.script = post_script,
	.begin = post_begin,
	.lock_schema = post_lock_schema,
	.alone = post_alone,
	.ready = post_ready,
	.prepare = post_prepare,
	.finish = post_finish,
	.reset = post_reset,
	.bind_int = post_bind_int,
	.bind_text = post_bind_text,
	.bind_bytes = post_bind_text,
	.bind_null = post_bind_null,
	.step = post_step,
	.column_int = post_int,
	.column_text = post_text,
	.column_bytes = post_bytes,
	.is_null = post_is_null,
	.changed = post_changed,
	.load_int = post_load_int,
	.load_text = post_load_text,
	.load_bytes = post_load_bytes,
	.load_null = post_load_null,
	.load_flush = post_load_flush,
};

static void say_nothing(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

struct db *db_postgres_open(str url, enum db_mode mode, struct err *err)
{
	struct buf name = { 0 };
	buf_str(&name, url);
	buf_char(&name, '\0');
	struct post *post = mem_alloc(1, sizeof *post);
	post->db.kind = DB_POSTGRES;
	post->db.mode = mode;
	post->db.engine = &postgres_engine;
	post->generation = 1;
	const char *key[] = { "dbname", "client_encoding", "fallback_application_name", NULL };
	const char *value[] = { name.p, "UTF8", "duly", NULL };
	post->handle = PQconnectdbParams(key, value, 1);
	/* The server's words, not the URL: it may hold a password. */
	bool done = PQstatus(post->handle) == CONNECTION_OK ||
		err_set(err, ERR_IO, "the PostgreSQL server cannot be reached: %.*s",
			(int)strcspn(PQerrorMessage(post->handle), "\n"),
			PQerrorMessage(post->handle));
	buf_close(&name);
	if (done) {
		PQsetNoticeProcessor(post->handle, say_nothing, NULL);
		done = settle(post, err);
	}
	if (done)
		return &post->db;
	PQfinish(post->handle);
	mem_free(post);
	return NULL;
}
