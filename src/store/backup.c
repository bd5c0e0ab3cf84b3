/* backup.c - a store as one file, the same for both engines; and when that was last done.
 *
 * The file is a header, then table by table the rows, each value with its kind and length, then the
 * SHA-256 of all of it: a file with one byte changed is refused before anything is written. It holds
 * the store's key, so that what is restored can be verified: keep it as you keep the store.
 * Sessions and attempts are left out: nobody stays signed in through a restore. Second factors are
 * in it: nobody comes back with less than they had. */
#include "store/backup_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { ROWS_A_PAGE = 2000 };

/* ---- writing the file */

struct output {
	int fd;
	const char *path;
	struct buf buf;
	crypto_hash_sha256_state hash;
	bool failed;
};

static void flush(struct output *out)
{
	size_t at = 0;
	while (!out->failed && at < out->buf.n) {
		ssize_t put = write(out->fd, out->buf.p + at, out->buf.n - at);
		if (put < 0 && errno != EINTR)
			out->failed = true;
		at += put > 0 ? (size_t)put : 0;
	}
	crypto_hash_sha256_update(&out->hash, (const unsigned char *)out->buf.p, out->buf.n);
	buf_clear(&out->buf);
}

static void put_number(struct output *out, int64_t value)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	buf_bytes(&out->buf, bytes, sizeof bytes);
}

static void put_text(struct output *out, str text)
{
	put_number(out, (int64_t)text.n);
	buf_str(&out->buf, text);
	if (out->buf.n > 1 << 18)
		flush(out);
}

static void put_row(struct output *out, const struct table_shape *shape, struct stmt *stmt)
{
	buf_char(&out->buf, 'R');
	for (size_t i = 0; i < shape->columns; i++) {
		int column = (int)i;
		bool null = db_is_null(stmt, column);
		buf_char(&out->buf, null ? VALUE_NULL : shape->kind[i]);
		if (null)
			continue;
		if (shape->kind[i] == VALUE_INT)
			put_number(out, db_int(stmt, column));
		else
			put_text(out, shape->kind[i] == VALUE_TEXT ? db_text(stmt, column)
								   : db_bytes(stmt, column));
	}
}

static const struct sql *page_sql(struct store *store, const struct table_shape *shape)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < shape->columns; i++)
		buf_format(&text, "%s%s", i == 0 ? "SELECT " : ", ", shape->column[i]);
	buf_format(&text, " FROM %.*s", STR_ARGS(shape->name));
	const char *a = shape->column[0], *b = shape->column[1];
	if (shape->keys == 1)
		buf_format(&text, " WHERE %s > $1 ORDER BY %s LIMIT $2", a, a);
	else if (shape->keys == 2)
		buf_format(&text, " WHERE (%s, %s) > ($1, $2) ORDER BY %s, %s LIMIT $3", a, b, a, b);
	else if (shape->keys == 3)
		buf_format(&text, " WHERE (%s, %s, %s) > ($1, $2, $3) ORDER BY %s, %s, %s LIMIT $4", a,
			b, shape->column[2], a, b, shape->column[2]);
	else
		buf_format(&text, " ORDER BY %s, %s", a, b);
	struct sql *sql = arena_new(store->arena, struct sql);
	*sql = (struct sql){ "backup", arena_text(store->arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

static bool put_table(struct store *store, struct output *out, const struct table_shape *shape,
	struct err *err)
{
	const struct sql *sql = page_sql(store, shape);
	buf_char(&out->buf, 'T');
	put_text(out, shape->name);
	put_number(out, (int64_t)shape->columns);
	for (size_t i = 0; i < shape->columns; i++)
		put_text(out, str_of(shape->column[i]));
	int64_t last[3] = { INT64_MIN, INT64_MIN, INT64_MIN };
	for (bool more = true; more;) {
		struct stmt *stmt = db_use(store->db, sql);
		for (int i = 0; i < shape->keys; i++)
			db_bind_int(stmt, i + 1, last[i]);
		if (shape->keys > 0)
			db_bind_int(stmt, shape->keys + 1, ROWS_A_PAGE);
		size_t n = 0;
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW) {
			put_row(out, shape, stmt);
			for (int i = 0; i < shape->keys; i++)
				last[i] = db_int(stmt, i);
			n++;
		}
		if (row == DB_FAIL)
			return false;
		more = shape->keys > 0 && n == ROWS_A_PAGE;
	}
	return true;
}

static bool put_all(struct store *store, struct output *out, struct err *err)
{
	size_t n;
	const struct table_shape *shape = backup_shapes(store, &n);
	crypto_hash_sha256_init(&out->hash);
	buf_bytes(&out->buf, backup_magic, MAGIC);
	put_number(out, schema_latest());
	put_number(out, store_now(store));
	buf_bytes(&out->buf, store->key, KEY);
	for (size_t i = 0; i < n; i++) {
		if (!put_table(store, out, &shape[i], err))
			return false;
	}
	buf_char(&out->buf, 'E');
	flush(out);
	unsigned char hash[DIGEST];
	crypto_hash_sha256_final(&out->hash, hash);
	buf_bytes(&out->buf, hash, DIGEST);
	flush(out);
	return true;
}

bool backup_said_io(const char *path, struct err *err)
{
	return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", path, strerror(errno));
}

bool store_backup(struct store *store, str file, struct err *err)
{
	const char *path = arena_text(store->arena, file);
	const char *part = arena_format(store->arena, "%s.part", path).p;
	struct output out = { .path = part };
	out.fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out.fd < 0)
		return backup_said_io(part, err);
	bool done = db_begin(store->db, err) && put_all(store, &out, err);
	db_rollback(store->db);
	if (done && (out.failed || fsync(out.fd) != 0))
		done = backup_said_io(part, err);
	if (close(out.fd) != 0 && done)
		done = backup_said_io(part, err);
	if (done && rename(part, path) != 0)
		done = backup_said_io(path, err);
	if (!done)
		unlink(part);
	buf_close(&out.buf);
	return done;
}

/* ---- when it was last done */

static const char note_name[] = "backup-last";

static bool note_write(struct store *store, const struct buf *text, struct err *err)
{
	const char *path = arena_format(
		store->arena, "%.*s/%s", STR_ARGS(store->dir), note_name).p;
	const char *part = arena_format(store->arena, "%s.part", path).p;
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return backup_said_io(part, err);
	bool done = write(fd, text->p, text->n) == (ssize_t)text->n && fsync(fd) == 0;
	done = close(fd) == 0 && done && rename(part, path) == 0;
	return done || backup_said_io(path, err);
}

bool store_backup_note(struct store *store, str file, struct err *err)
{
	struct input in = { .file = fopen(arena_text(store->arena, file), "rbe"), .name = file };
	if (in.file == NULL)
		return backup_said_io(arena_text(store->arena, file), err);
	bool whole = backup_check(&in, err);
	unsigned char hash[DIGEST] = { 0 };
	if (whole)
		whole = fseek(in.file, -DIGEST, SEEK_END) == 0 &&
			fread(hash, 1, DIGEST, in.file) == DIGEST;
	int64_t bytes = in.left + DIGEST;
	fclose(in.file);
	buf_close(&in.value);
	if (!whole)
		return false;
	char hex[2 * DIGEST + 1];
	sodium_bin2hex(hex, sizeof hex, hash, DIGEST);
	struct buf text = { 0 };
	buf_format(&text, "%lld %lld %s\n", (long long)store_now(store), (long long)bytes, hex);
	bool done = note_write(store, &text, err);
	buf_close(&text);
	return done;
}

bool store_backup_last(
	struct store *store, struct arena *arena, struct backup_state *out, struct err *err)
{
	*out = (struct backup_state){ .made_at = INSTANT_UNKNOWN };
	char line[256] = "";
	int fd = open(arena_format(arena, "%.*s/%s", STR_ARGS(store->dir), note_name).p,
		O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || backup_said_io(note_name, err);
	ssize_t n = read(fd, line, sizeof line - 1);
	close(fd);
	str rest = { line, n > 0 ? (size_t)n : 0 }, at, bytes, hex;
	rest = str_trim(rest);
	if (str_split(&rest, ' ', &at) && str_split(&rest, ' ', &bytes) &&
		str_split(&rest, ' ', &hex) && str_int(at, &out->made_at) &&
		str_int(bytes, &out->bytes))
		out->sha256 = arena_str(arena, hex);
	else
		out->made_at = INSTANT_UNKNOWN;
	return true;
}
