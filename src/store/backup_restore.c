/* backup_restore.c - a store from one file: read whole before anything of it is believed, loaded
 * into an empty place, and verified. */
#include "store/backup_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading the file */

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
bool backup_check(struct input *in, struct err *err)
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
	return (take(in, head, MAGIC) && memcmp(head, backup_magic, MAGIC) == 0) || damaged(in, err);
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
	if (!take_text(in, &text) || !backup_is_table(store, text))
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
	return (close(fd) == 0 && done) || backup_said_io(path, err);
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
	bool done = sodium_init() >= 0 && backup_check(&in, err) &&
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
