/* backup.c - a store as one file, and a store from one file: the same for both engines.
 *
 * The file is a header, then table by table the rows, each value with its kind and length, then the
 * SHA-256 of all of it: a file with one byte changed is refused before anything is written. It holds
 * the store's key, so that what is restored can be verified: keep it as you keep the store.
 * Sessions and attempts are left out: nobody stays signed in through a restore. Second factors are
 * in it: nobody comes back with less than they had. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "Duly backup, format 1\n";
enum { MAGIC = sizeof magic - 1, VALUE_MOST = 16 << 20, COLUMNS_MOST = 64, ROWS_A_PAGE = 2000 };

/* Every table but those of record types, in the order in which they are loaded. `keys` whole
 * numbers at the front are its key: such a table is read in pages. 0: read at once. */
struct shape {
	const char *name, *columns;
	int keys;
};
static const struct shape shapes[] = {
	{ "counter", "name value", 0 },
	{ "authority", "id code", 1 },
	{ "person",
		"id login login_key name name_key role team authority password disabled added_at",
		1 },
	{ "subject", "id kind authority key version openness import wake_on", 1 },
	{ "import",
		"id authority kind files known_to actor began_at ended_at children events rejected",
		1 },
	{ "coverage", "import word from_day to_day", 0 },
	{ "setting", "key value", 0 },
	{ "event",
		"id subject word on_day at thread link detail record source known_at save "
		"withdrawn_at withdrawn_reason withdrawn_save",
		1 },
	{ "clock",
		"subject n rule thread from_day from_at from_word from_event due due_at due_data "
		"last_working_day provisional booked met_on met_at met_event ended_on ended_by "
		"disapplied doubt known_to",
		2 },
	{ "child_row",
		"subject authority number forename surname name_key born expected died iro chair "
		"worker team iro_key chair_key worker_key team_key openness looked_after on_plan "
		"next_due next_rule next_booked unsure_due unsure_rule unsure_booked unknowns "
		"unknown_rule sibling_group view_on contact_on contact_alone sibling_key",
		1 },
	{ "access", "holder subject relation level since until", 3 },
	{ "person_authority", "person authority", 0 },
	{ "sight", "person subject relation since until", 3 },
	{ "opening",
		"id subject person reason at until review_by reviewed_at reviewer outcome note", 1 },
	{ "duty_search", "id person at found ring", 1 },
	{ "notice", "id person kind subject object detail at seen_at home", 1 },
	{ "search_key", "subject by_name key sound", 0 },
	{ "draft",
		"person key subject type record version typed turn begun_at kept_at made home", 0 },
	{ "cover",
		"id authority away cause first_day last_day proposed_by proposed_at note", 1 },
	{ "cover_child", "id cover subject receiver stage answered_at answer", 1 },
	{ "ledger",
		"seq at actor role act authority subjects objects save changed digest hash", 1 },
	{ "ledger_head", "id seq hash", 1 },
	{ "job",
		"id authority kind files actor state asked_at began_at ended_at known_to children "
		"events rejected added edited by_hand why",
		1 },
	{ "job_reject", "job n file line field value reason", 2 },
	{ "told", "import number", 0 },
	{ "picture", "sha256 bytes added_at", 0 },
	{ "ledger_checkpoint", "size at note", 1 },
	{ "totp", "person sealed step made_at", 1 },
	{ "recovery", "person mark made_at used_at", 0 },
	{ "passkey", "id person handle site algorithm public_key uses name reached made_at used_at "
		"refused_at", 1 },
	{ "council_account", "issuer sub person label made_at", 0 },
	{ "expunge",
		"id type record version subject authority reason receivers proposer proposed_at", 1 },
	{ "expunge_end", "expunge outcome person at", 1 },
	{ "tombstone", "record version expunge digest", 2 },
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* Kinds of value, as bytes of the file. A column's kind is known by name, for text and bytes. */
enum { VALUE_NULL = 'n', VALUE_INT = 'i', VALUE_TEXT = 't', VALUE_BYTES = 'b' };

static bool is_bytes(str column)
{
	static const char *const bytes[] = { "digest", "hash", "sealed", "mark", "handle",
		"public_key", "bytes" };
	for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
		if (str_equal(column, str_of(bytes[i])))
			return true;
	}
	return false;
}

/* ---- one table */

struct table_shape {
	str name;
	const char **column;
	char *kind; /* a letter a column */
	size_t columns;
	int keys;
};

static bool is_text(const char *table, str column)
{
	static const char *const texts[] = { "name", "login", "login_key", "name_key", "role", "team",
		"authority", "password", "code", "kind", "key", "files", "word", "value", "detail",
		"source", "withdrawn_reason", "rule", "from_word", "ended_by", "disapplied", "number",
		"forename", "surname", "iro", "chair", "worker", "iro_key", "chair_key", "worker_key",
		"team_key", "next_rule", "unsure_rule", "unknown_rule", "sibling_group", "sibling_key", "act",
		"subjects", "objects", "state", "why", "file", "field", "reason", "sha256", "sound", "note",
		"type", "typed", "outcome", "answer", "site", "issuer", "sub", "receivers" };
	if (str_equal(column, S("value")) && strcmp(table, "counter") == 0)
		return false;
	if (str_equal(column, S("role")) && strcmp(table, "ledger") == 0)
		return false;
	if (str_equal(column, S("key")) && strcmp(table, "draft") == 0)
		return false;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (str_equal(column, str_of(texts[i])))
			return true;
	}
	return false;
}

static struct table_shape fixed_shape(struct arena *arena, const struct shape *shape)
{
	struct table_shape out = { .name = str_of(shape->name), .keys = shape->keys };
	out.column = arena_take(arena, COLUMNS_MOST, sizeof *out.column);
	out.kind = arena_take(arena, COLUMNS_MOST, 1);
	str rest = str_of(shape->columns), column;
	while (str_split(&rest, ' ', &column)) {
		out.kind[out.columns] = is_bytes(column)   ? VALUE_BYTES
			: is_text(shape->name, column) ? VALUE_TEXT
						       : VALUE_INT;
		out.column[out.columns++] = arena_text(arena, column);
	}
	return out;
}

static char kind_of(const struct record_type *type, const char *column)
{
	static const char *const texts[] = { "came_by", "why", "withdrawn_reason" };
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(column, texts[i]) == 0)
			return VALUE_TEXT;
	}
	if (strcmp(column, "digest") == 0)
		return VALUE_BYTES;
	if (column[0] != '"')
		return VALUE_INT;
	const struct field *field =
		record_field(type, (str){ column + 1, strlen(column) - 2 });
	return field != NULL && field->kind == KIND_TEXT ? VALUE_TEXT : VALUE_INT;
}

static struct table_shape record_shape(
	struct arena *arena, const struct type_sql *sql, bool versions)
{
	struct table_shape out = {
		.name = versions ? sql->version_table : sql->record_table,
		.column = versions ? sql->version_column : sql->record_column,
		.columns = versions ? sql->version_columns : sql->record_columns,
		.keys = versions ? 2 : 1,
	};
	out.kind = arena_take(arena, out.columns, 1);
	for (size_t i = 0; i < out.columns; i++)
		out.kind[i] = kind_of(sql->type, out.column[i]);
	return out;
}

static size_t all_shapes(struct store *store, struct table_shape *out)
{
	size_t n = 0;
	for (size_t i = 0; i < SHAPES; i++)
		out[n++] = fixed_shape(store->arena, &shapes[i]);
	for (size_t i = 0; i < record_types_n; i++) {
		out[n++] = record_shape(store->arena, &store->type[i], false);
		out[n++] = record_shape(store->arena, &store->type[i], true);
	}
	return n;
}

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
	struct table_shape *shape =
		arena_take(store->arena, SHAPES + 2 * record_types_n, sizeof *shape);
	size_t n = all_shapes(store, shape);
	crypto_hash_sha256_init(&out->hash);
	buf_bytes(&out->buf, magic, MAGIC);
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

static bool said_io(const char *path, struct err *err)
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
		return said_io(part, err);
	bool done = db_begin(store->db, err) && put_all(store, &out, err);
	db_rollback(store->db);
	if (done && (out.failed || fsync(out.fd) != 0))
		done = said_io(part, err);
	if (close(out.fd) != 0 && done)
		done = said_io(part, err);
	if (done && rename(part, path) != 0)
		done = said_io(path, err);
	if (!done)
		unlink(part);
	buf_close(&out.buf);
	return done;
}

/* ---- reading the file */

struct input {
	FILE *file;
	str name;
	crypto_hash_sha256_state hash;
	int64_t left; /* bytes before the hash at the end */
	struct buf value;
};

static bool damaged(const struct input *in, struct err *err)
{
	return err_set(err, ERR_BROKEN,
		"%.*s is damaged, or is not a backup of Duly: nothing was restored",
		STR_ARGS(in->name));
}

static bool take(struct input *in, void *out, size_t n)
{
	if (in->left < (int64_t)n || fread(out, 1, n, in->file) != n)
		return false;
	in->left -= (int64_t)n;
	return true;
}

static bool take_number(struct input *in, int64_t *out)
{
	unsigned char bytes[8];
	if (!take(in, bytes, 8))
		return false;
	uint64_t value = 0;
	for (int i = 0; i < 8; i++)
		value = value << 8 | bytes[i];
	*out = (int64_t)value;
	return true;
}

static bool take_text(struct input *in, str *out)
{
	int64_t n;
	if (!take_number(in, &n) || n < 0 || n > VALUE_MOST)
		return false;
	buf_clear(&in->value);
	char *room = buf_reserve(&in->value, (size_t)n + 1);
	if (!take(in, room, (size_t)n))
		return false;
	*out = (str){ room, (size_t)n };
	return true;
}

/* The whole file is read once before anything of it is believed. */
static bool check_file(struct input *in, struct err *err)
{
	struct stat info;
	if (fstat(fileno(in->file), &info) != 0 || !S_ISREG(info.st_mode) ||
		info.st_size < MAGIC + DIGEST)
		return damaged(in, err);
	crypto_hash_sha256_init(&in->hash);
	int64_t left = info.st_size - DIGEST;
	char *bytes = mem_alloc(1 << 16, 1);
	bool read = true;
	while (read && left > 0) {
		size_t n = left < 1 << 16 ? (size_t)left : 1 << 16;
		read = fread(bytes, 1, n, in->file) == n;
		crypto_hash_sha256_update(&in->hash, (const unsigned char *)bytes, n);
		left -= (int64_t)n;
	}
	unsigned char hash[DIGEST], stored[DIGEST];
	crypto_hash_sha256_final(&in->hash, hash);
	read = read && fread(stored, 1, DIGEST, in->file) == DIGEST;
	mem_free(bytes);
	if (!read || memcmp(hash, stored, DIGEST) != 0)
		return damaged(in, err);
	rewind(in->file);
	in->left = info.st_size - DIGEST;
	char head[MAGIC];
	return (take(in, head, MAGIC) && memcmp(head, magic, MAGIC) == 0) || damaged(in, err);
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
		return said_io(part, err);
	bool done = write(fd, text->p, text->n) == (ssize_t)text->n && fsync(fd) == 0;
	done = close(fd) == 0 && done && rename(part, path) == 0;
	return done || said_io(path, err);
}

bool store_backup_note(struct store *store, str file, struct err *err)
{
	struct input in = { .file = fopen(arena_text(store->arena, file), "rbe"), .name = file };
	if (in.file == NULL)
		return said_io(arena_text(store->arena, file), err);
	bool whole = check_file(&in, err);
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
		return errno == ENOENT || said_io(note_name, err);
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

/* ---- filling an empty store */

static bool is_name(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '"'))
			return false;
	}
	return name.n > 0 && name.n < 64;
}

static bool is_table(struct store *store, str name)
{
	for (size_t i = 0; i < SHAPES; i++) {
		if (str_equal(name, str_of(shapes[i].name)))
			return true;
	}
	for (size_t i = 0; i < record_types_n; i++) {
		if (str_equal(name, store->type[i].record_table) ||
			str_equal(name, store->type[i].version_table))
			return true;
	}
	return false;
}

static bool load_value(struct input *in, struct db_load *load)
{
	char kind;
	int64_t number;
	str text;
	if (!take(in, &kind, 1))
		return false;
	switch (kind) {
	case VALUE_NULL:
		db_load_null(load);
		return true;
	case VALUE_INT:
		if (!take_number(in, &number))
			return false;
		db_load_int(load, number);
		return true;
	case VALUE_TEXT:
	case VALUE_BYTES:
		if (!take_text(in, &text))
			return false;
		if (kind == VALUE_TEXT)
			db_load_text(load, text);
		else
			db_load_bytes(load, text);
		return true;
	default:
		return false;
	}
}

static bool empty_table(struct store *store, str table, struct err *err)
{
	/* What a new store begins with: the counter, the head. */
	str text = arena_format(store->arena, "DELETE FROM %.*s", STR_ARGS(table));
	return db_script(store->db, text.p, err);
}

static bool load_table(struct store *store, struct input *in, char *next, struct err *err)
{
	str text, table;
	int64_t columns;
	if (!take_text(in, &text) || !is_table(store, text))
		return damaged(in, err);
	table = arena_str(store->arena, text);
	if (!take_number(in, &columns) || columns < 1 || columns > COLUMNS_MOST)
		return damaged(in, err);
	const char **column = arena_take(store->arena, (size_t)columns, sizeof *column);
	for (int64_t i = 0; i < columns; i++) {
		if (!take_text(in, &text) || !is_name(text))
			return damaged(in, err);
		column[i] = arena_text(store->arena, text);
	}
	if (!str_starts(table, S("version_")) && !str_equal(table, S("ledger")) &&
		!empty_table(store, table, err))
		return false;
	struct db_load *load = db_load_open(store->db, table, column, (size_t)columns, err);
	if (load == NULL)
		return false;
	bool whole = take(in, next, 1);
	while (whole && *next == 'R') {
		for (int64_t i = 0; whole && i < columns; i++)
			whole = load_value(in, load);
		whole = whole && take(in, next, 1);
	}
	if (!whole)
		return damaged(in, err); /* the rollback lets go of the load */
	return db_load_close(load, err);
}

static bool load_all(struct store *store, struct input *in, struct err *err)
{
	char next;
	if (!take(in, &next, 1))
		return damaged(in, err);
	while (next == 'T') {
		if (!load_table(store, in, &next, err))
			return false;
	}
	return (next == 'E' && in->left == 0) || damaged(in, err);
}

/* The key of the store that the file was made from; it must not be there already. */
static bool key_file(struct store *store, const unsigned char key[static KEY], struct err *err)
{
	const char *path = arena_format(store->arena, "%.*s/key", STR_ARGS(store->dir)).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, ERR_DUPLICATE,
			"%s cannot be made: a backup is restored into an empty folder", path);
	bool done = write(fd, key, KEY) == KEY && fsync(fd) == 0;
	return (close(fd) == 0 && done) || said_io(path, err);
}

static bool fill(struct store *store, struct input *in, int64_t schema, struct err *err)
{
	if (!schema_migrate(store, (int)schema, err))
		return false;
	bool done = db_begin(store->db, err) && load_all(store, in, err) &&
		db_commit(store->db, err);
	db_rollback(store->db);
	done = done && schema_migrate(store, schema_latest(), err) && db_begin(store->db, err) &&
		tree_build(store, err) && db_commit(store->db, err);
	db_rollback(store->db);
	return done;
}

static bool check_restored(const struct store_options *options, struct err *err)
{
	struct store_options reading = *options;
	reading.mode = STORE_READ;
	struct store *store = store_open(&reading, err);
	if (store == NULL)
		return false;
	struct arena *arena = arena_open(1 << 20);
	struct ledger_report report;
	bool done = store_verify(store, arena, &report, err);
	arena_close(arena);
	store_close(store);
	return done;
}

bool store_restore(const struct store_options *options, str file, struct err *err)
{
	struct buf path = { 0 };
	buf_str(&path, file);
	buf_char(&path, '\0');
	struct input in = { .file = fopen(path.p, "rbe"), .name = file };
	buf_close(&path);
	if (in.file == NULL)
		return err_set(err, ERR_MISSING, "%.*s: %s", STR_ARGS(file), strerror(errno));
	int64_t schema = 0, made = 0;
	unsigned char key[KEY];
	bool done = sodium_init() >= 0 && check_file(&in, err) &&
		((take_number(&in, &schema) && take_number(&in, &made) && take(&in, key, KEY)) ||
			damaged(&in, err));
	if (done && (schema < 1 || schema > schema_latest()))
		done = err_set(err, ERR_INPUT, "this backup is of schema %lld, which this duly does "
			"not know: use a newer duly", (long long)schema);
	if (done) {
		struct store *store = store_empty(options, err);
		done = store != NULL && key_file(store, key, err);
		if (done && !fill(store, &in, schema, err)) {
			store_undo_empty(store);
			done = false;
		}
		store_close(store);
	}
	sodium_memzero(key, KEY);
	fclose(in.file);
	buf_close(&in.value);
	return done && check_restored(options, err);
}
