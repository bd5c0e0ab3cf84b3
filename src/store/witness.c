/* witness.c - the file of checkpoints that somebody else keeps, and the store held against it. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

SQL(checkpoints_after,
	"SELECT size, note FROM ledger_checkpoint WHERE size > $1 ORDER BY size LIMIT 1000");

struct witness {
	FILE *file;
	const char *name;
	struct buf note;
	int64_t whole; /* bytes up to the end of the last whole checkpoint */
	int64_t read;
	bool torn;     /* the last is cut short: the machine stopped while it was written */
};

static bool said(const char *name, struct err *err)
{
	return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", name,
		strerror(errno));
}

struct witness *witness_open(const char *file, struct err *err)
{
	FILE *stream = fopen(file, "rbe");
	if (stream == NULL) {
		(void)said(file, err);
		return NULL;
	}
	struct witness *witness = mem_alloc(1, sizeof *witness);
	witness->file = stream;
	witness->name = file;
	return witness;
}

void witness_close(struct witness *witness)
{
	if (witness == NULL)
		return;
	fclose(witness->file);
	buf_close(&witness->note);
	mem_free(witness);
}

/* Lines up to an empty one, or the end. How many; -1: too long, or the last has no end. */
static int lines(struct witness *witness)
{
	char line[NOTE_MOST];
	for (int n = 0;; n++) {
		if (fgets(line, sizeof line, witness->file) == NULL)
			return n;
		size_t length = strlen(line);
		witness->read += (int64_t)length;
		if (length > 0 && line[length - 1] != '\n')
			return -1;
		if (strcmp(line, "\n") == 0)
			return n;
		buf_bytes(&witness->note, line, length);
		if (witness->note.n > NOTE_MOST)
			return -1;
	}
}

bool witness_next(struct witness *witness, struct checkpoint *out, str *note, struct err *err)
{
	int n;
	*err = (struct err){ 0 };
	buf_clear(&witness->note);
	do
		n = lines(witness);
	while (n == 0 && !feof(witness->file) && !ferror(witness->file));
	if (n == 0 && !ferror(witness->file))
		return false;
	buf_char(&witness->note, '\n');
	int signatures = n < 0 ? -1 : lines(witness);
	if (ferror(witness->file))
		return said(witness->name, err);
	if ((n < 0 || signatures <= 0) && feof(witness->file)) {
		witness->torn = true;
		return err_set(err, ERR_INPUT, "the last checkpoint in %s is cut short",
			witness->name);
	}
	*note = buf_view(&witness->note);
	if (n < 0 || signatures <= 0 || !checkpoint_read(*note, out, NULL))
		return err_set(err, ERR_INPUT, "%s: byte %lld on is no checkpoint", witness->name,
			(long long)witness->whole);
	witness->whole = witness->read;
	return true;
}

/* ---- does the store agree? */

static bool signed_by_any(const struct note_keys *keys, str note)
{
	for (size_t i = keys->n; i-- > 0;) {
		if (note_signed_by(note, &keys->item[i]))
			return true;
	}
	return false;
}

bool note_is_ours(struct store *store, struct arena *arena, const struct note_keys *keys,
	const struct checkpoint *checkpoint, str note, struct err *err)
{
	if (!str_equal(checkpoint->origin, store_origin(store, arena)))
		return err_set(err, ERR_INPUT, "the witness is of the ledger %.*s, and this is %.*s",
			STR_ARGS(checkpoint->origin), STR_ARGS(store_origin(store, arena)));
	return signed_by_any(keys, note) || err_set(err, ERR_BROKEN,
		"no key that this ledger knows signed the witness's checkpoint of %lld entries: "
		"either it is false, or the store was replaced by an older one",
		(long long)checkpoint->size);
}

/* The one with the most entries. */
static bool newest(struct store *store, struct arena *arena, struct witness *witness,
	struct checkpoint *out, struct err *err)
{
	struct checkpoint checkpoint;
	struct note_keys keys;
	str note;
	struct err why = { 0 };
	*out = (struct checkpoint){ .at = INSTANT_UNKNOWN };
	if (!store_note_keys(store, arena, &keys, err))
		return false;
	struct buf kept = { 0 };
	while (witness_next(witness, &checkpoint, &note, &why)) {
		if (checkpoint.size < out->size)
			continue;
		buf_clear(&kept);
		buf_str(&kept, note);
		*out = checkpoint;
	}
	bool done = why.code == ERR_NONE || witness->torn ||
		err_set(err, why.code, "%s", why.text);
	if (done && kept.n > 0)
		done = checkpoint_read(buf_view(&kept), out, err) &&
			note_is_ours(store, arena, &keys, out, buf_view(&kept), err);
	buf_close(&kept);
	out->origin = (str){ 0 };
	return done;
}

bool witness_against(const struct checkpoint *seen, int64_t size, struct err *err)
{
	struct buf when = { 0 };
	buf_instant_words(&when, seen->at);
	err_set(err, ERR_BROKEN,
		"the witness saw %lld entries%s%.*s and the ledger has %lld: an older copy of the "
		"store stands in its place",
		(long long)seen->size, when.n > 0 ? " on " : "", STR_ARGS(buf_view(&when)),
		(long long)size);
	buf_close(&when);
	return false;
}

bool witness_agrees(struct store *store, const char *file, struct err *err)
{
	struct err why = { 0 };
	struct witness *witness = witness_open(file, &why);
	if (witness == NULL)
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	struct arena *arena = arena_open(1 << 20);
	struct checkpoint seen;
	struct merkle_hash root;
	int64_t size = 0;
	bool agrees = newest(store, arena, witness, &seen, err) &&
		store_ledger_size(store, &size, err);
	if (agrees && seen.size > size)
		agrees = witness_against(&seen, size, err);
	else if (agrees && seen.size > 0)
		agrees = store_ledger_root(store, seen.size, &root, err) &&
			(merkle_same(&root, &seen.root) || err_set(err, ERR_BROKEN,
				"the witness saw another ledger: its first %lld entries were rewritten",
				(long long)seen.size));
	witness_close(witness);
	arena_close(arena);
	return agrees;
}

/* ---- appending */

/* Where the file ends with a whole checkpoint, and the most entries that any of them saw. What is
 * cut short was never said to be written, and is taken off. */
static bool find_end(const char *file, int64_t *last, struct err *err)
{
	struct err why = { 0 };
	struct checkpoint checkpoint;
	str note;
	*last = 0;
	struct witness *witness = witness_open(file, &why);
	if (witness == NULL)
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	while (witness_next(witness, &checkpoint, &note, &why))
		*last = checkpoint.size > *last ? checkpoint.size : *last;
	bool done = why.code == ERR_NONE || witness->torn ||
		err_set(err, why.code, "%s", why.text);
	if (done && witness->torn && truncate(file, witness->whole) != 0)
		done = said(file, err);
	witness_close(witness);
	return done;
}

static bool write_whole(int fd, str text)
{
	return write(fd, text.p, text.n) == (ssize_t)text.n;
}

bool witness_append(struct store *store, const char *file, int64_t *last, struct err *err)
{
	struct buf notes = { 0 };
	if (*last < 0) {
		if (!find_end(file, last, err))
			return false;
		if (*last > 0)
			buf_char(&notes, '\n'); /* somebody may have cut the empty line off */
	}
	int64_t size = *last;
	struct stmt *stmt = db_use(store->db, &checkpoints_after);
	db_bind_int(stmt, 1, *last);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		size = db_int(stmt, 0);
		buf_str(&notes, db_text(stmt, 1));
		buf_char(&notes, '\n');
	}
	bool done = row == DB_DONE;
	if (done && notes.n > 1) {
		int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
		done = fd >= 0 && write_whole(fd, buf_view(&notes)) && fsync(fd) == 0;
		done = (fd < 0 || close(fd) == 0) && done;
		if (!done) {
			*last = -1; /* part of it may be there */
			(void)said(file, err);
		}
	}
	buf_close(&notes);
	if (done)
		*last = size;
	return done;
}
