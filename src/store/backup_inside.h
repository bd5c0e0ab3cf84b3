/* backup_inside.h - what the files of backup share: the file's form, and its tables. */
#pragma once

#include "store/inside.h"

#include <sodium.h>

static const char backup_magic[] = "Duly backup, format 1\n";
enum { MAGIC = sizeof backup_magic - 1, VALUE_MOST = 16 << 20, COLUMNS_MOST = 64 };

/* Kinds of value, as bytes of the file. A column's kind is known by name, for text and bytes. */
enum { VALUE_NULL = 'n', VALUE_INT = 'i', VALUE_TEXT = 't', VALUE_BYTES = 'b' };

struct table_shape {
	str name;
	const char **column;
	char *kind; /* a letter a column */
	size_t columns;
	int keys;
};

struct input {
	FILE *file;
	str name;
	crypto_hash_sha256_state hash;
	int64_t left; /* bytes before the hash at the end */
	struct buf value;
};

/* ---- backup_shape.c */
/* Every table, in the order in which they are loaded, and how many. */
const struct table_shape *backup_shapes(struct store *store, size_t *n);
bool backup_is_table(struct store *store, str name);

/* ---- backup.c */
/* Says what errno is, of that path; false. */
bool backup_said_io(const char *path, struct err *err);

/* ---- backup_restore.c */
/* Reads all of the file: it is whole, and a backup. It then stands behind the first line. */
MUST_USE bool backup_check(struct input *in, struct err *err);
