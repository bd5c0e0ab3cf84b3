/* signing.c - the ledger's checkpoints: the key that signs them, and those that are stored. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(checkpoint_add, "INSERT INTO ledger_checkpoint (size, at, note) VALUES ($1, $2, $3)");
SQL(checkpoint_is, "SELECT size, at, note FROM ledger_checkpoint WHERE size = $1");
SQL(checkpoint_newest, "SELECT size, at, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1");

enum { EACH = 100, FILE_MOST = 1024 };

str store_origin(const struct store *store, struct arena *arena)
{
	static const unsigned char what[] = "the name of this store's ledger";
	unsigned char name[crypto_generichash_BYTES_MIN];
	char hex[2 * 8 + 1];
	crypto_generichash(name, sizeof name, what, sizeof what - 1, store->key, KEY);
	sodium_bin2hex(hex, sizeof hex, name, 8);
	return arena_format(arena, "duly/%s", hex);
}

/* ---- the key */

static bool said(const char *file, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, "%s %s: %s", file, what, strerror(errno));
}

static bool signer_make(struct store *store, const char *file, struct err *err)
{
	unsigned char seed[NOTE_SEED];
	struct buf text = { 0 };
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return said(file, "cannot be made", err);
	store->env->random(store->env->self, seed, sizeof seed);
	note_signer_make(store_origin(store, store->arena), seed, store->signer);
	buf_note_signer(&text, store->signer);
	buf_char(&text, '\n');
	bool done = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	done = close(fd) == 0 && done;
	sodium_memzero(seed, sizeof seed);
	sodium_memzero(text.p, text.n);
	buf_close(&text);
	return done || said(file, "cannot be written", err);
}

static bool signer_read(struct store *store, const char *file, struct err *err)
{
	char text[FILE_MOST];
	struct stat info;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return signer_make(store, file, err);
	if (fd < 0 || fstat(fd, &info) != 0) {
		if (fd >= 0)
			close(fd);
		return said(file, "cannot be read", err);
	}
	ssize_t n = read(fd, text, sizeof text);
	close(fd);
	if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return err_set(err, ERR_DENIED,
			"%s is open to others than its owner: chmod 600, and change the key when "
			"somebody may have read it", file);
	struct err why = { 0 };
	bool done = note_signer_read((str){ text, n < 0 ? 0 : (size_t)n }, store->signer, &why);
	sodium_memzero(text, sizeof text);
	if (!done)
		return err_set(err, ERR_INPUT, "%s: %s", file, why.text);
	return str_equal(str_of(store->signer->key.name), store_origin(store, store->arena)) ||
	       err_set(err, ERR_INPUT, "the key in %s is for the ledger of another store", file);
}

/* Every key that ever signed is a line of one setting, so that the ledger tells when it began. */
static bool tell_key(struct store *store, struct err *err)
{
	const struct actor system = { .role = ROLE_SYSTEM };
	struct arena *arena = arena_open(1 << 16);
	struct buf keys = { 0 };
	str known, rest, line;
	bool told = false, done = store_setting(store, arena, S("checkpoint-key"), &known, err);
	struct buf own = { 0 };
	buf_note_key(&own, &store->signer->key);
	rest = known;
	while (done && str_split(&rest, '\n', &line)) {
		/* One that signed before and signs again is the latest. */
		told = str_equal(line, buf_view(&own));
		if (!told && line.n > 0) {
			buf_str(&keys, line);
			buf_char(&keys, '\n');
		}
	}
	buf_str(&keys, buf_view(&own));
	done = done && (told || store_set(store, &system, S("checkpoint-key"), buf_view(&keys), err));
	buf_close(&keys);
	buf_close(&own);
	arena_close(arena);
	return done;
}

bool store_sign_with(struct store *store, const char *file, struct err *err)
{
	must(store->mode != STORE_READ);
	store->signer = arena_new(store->arena, struct note_signer);
	struct note_signer *signer = store->signer;
	bool read = signer_read(store, file, err);
	if (read && tell_key(store, err))
		return true;
	sodium_memzero(signer, sizeof *signer);
	store->signer = NULL;
	return false;
}

bool store_note_keys(
	struct store *store, struct arena *arena, struct note_keys *out, struct err *err)
{
	str known, line;
	size_t most = 1;
	*out = (struct note_keys){ 0 };
	if (!store_setting(store, arena, S("checkpoint-key"), &known, err))
		return false;
	for (size_t i = 0; i < known.n; i++)
		most += known.p[i] == '\n';
	out->item = arena_take(arena, most, sizeof *out->item);
	while (known.n > 0 && str_split(&known, '\n', &line)) {
		if (line.n > 0 && !note_key_read(line, &out->item[out->n++], err))
			return false;
	}
	return true;
}

/* ---- the checkpoints */

static bool one(struct stmt *stmt, struct arena *arena, struct stored_checkpoint *out,
	struct err *err)
{
	enum db_row row = db_step(stmt, err);
	*out = (struct stored_checkpoint){ .at = INSTANT_UNKNOWN };
	if (row == DB_ROW)
		*out = (struct stored_checkpoint){ db_int(stmt, 0), db_int(stmt, 1),
			arena_str(arena, db_text(stmt, 2)) };
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_checkpoint_last(
	struct store *store, struct arena *arena, struct stored_checkpoint *out, struct err *err)
{
	return one(db_use(store->db, &checkpoint_newest), arena, out, err);
}

bool checkpoint_find(struct store *store, struct arena *arena, int64_t size, int64_t least,
	struct stored_checkpoint *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, size == 0 ? &checkpoint_newest : &checkpoint_is);
	if (size != 0)
		db_bind_int(stmt, 1, size);
	if (!one(stmt, arena, out, err))
		return false;
	if (out->size == 0 && size != 0)
		return err_set(err, ERR_MISSING, "no checkpoint of %lld entries was signed",
			(long long)size);
	return (out->size > 0 && out->size >= least) || err_set(err, ERR_MISSING,
		"no checkpoint that has entry %lld was signed yet: `duly checkpoint` signs one",
		(long long)least);
}

static bool write_checkpoint(struct store *store, int64_t size, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct checkpoint checkpoint = { .origin = store_origin(store, arena), .size = size,
		.at = store_now(store) };
	struct buf note = { 0 };
	bool done = store_ledger_root(store, size, &checkpoint.root, err);
	if (done) {
		buf_checkpoint(&note, &checkpoint, store->signer);
		struct stmt *stmt = db_use(store->db, &checkpoint_add);
		db_bind_int(stmt, 1, size);
		db_bind_int(stmt, 2, checkpoint.at);
		db_bind_text(stmt, 3, buf_view(&note));
		done = db_do(stmt, err);
	}
	buf_close(&note);
	arena_close(arena);
	return done;
}

bool checkpoint_when_due(struct store *store, int64_t seq, struct err *err)
{
	return store->signer == NULL || seq % EACH != 0 || write_checkpoint(store, seq, err);
}

bool store_checkpoint(struct store *store, bool *made, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct stored_checkpoint last;
	int64_t size = 0;
	must(store->signer != NULL);
	bool begun = step_begin(store, err);
	bool done = begun && store_ledger_size(store, &size, err) &&
		store_checkpoint_last(store, arena, &last, err);
	*made = done && size > last.size;
	done = done && (!*made || write_checkpoint(store, size, err)) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}
