#include "store/inside.h"
#include "store/setting.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(setting_read, "SELECT value FROM setting WHERE key = $1");
SQL(setting_write,
	"INSERT INTO setting (key, value) VALUES ($1, $2) "
	"ON CONFLICT (key) DO UPDATE SET value = excluded.value");
SQL(counter_take, "UPDATE counter SET value = value + $1 WHERE name = 'id' RETURNING value");

enum { ARENA = 64 << 20, IDS = 64, IDS_IMPORT = 8192 };

struct db *store_db(struct store *store)
{
	return store->db;
}

instant store_now(const struct store *store)
{
	return store->env->now(store->env->self);
}

/* ---- the folder: key and lock */

static const char *path_in(struct store *store, str dir, const char *name)
{
	return arena_format(store->arena, "%.*s/%s", STR_ARGS(dir), name).p;
}

static bool io_failed(const char *path, const char *what, struct err *err)
{
	return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s %s: %s", path, what,
		strerror(errno));
}

static bool make_dir(struct store *store, struct err *err)
{
	const char *path = arena_text(store->arena, store->dir);
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	return io_failed(path, "cannot be made", err);
}

static bool write_whole(int fd, const void *bytes, size_t n)
{
	return write(fd, bytes, n) == (ssize_t)n && fsync(fd) == 0;
}

static bool make_key(struct store *store, const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return io_failed(path, "cannot be made", err);
	store->env->random(store->env->self, store->key, KEY);
	bool done = write_whole(fd, store->key, KEY);
	if (close(fd) != 0 || !done)
		return io_failed(path, "cannot be written", err);
	return true;
}

static bool read_key(struct store *store, bool may_make, struct err *err)
{
	const char *path = path_in(store, store->dir, "key");
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && may_make)
		return make_key(store, path, err);
	if (fd < 0)
		return io_failed(path, "cannot be read", err);
	bool done = read(fd, store->key, KEY) == KEY;
	close(fd);
	return done || err_set(err, ERR_BROKEN, "%s does not hold the store's key", path);
}

/* One process keeps a SQLite store: see store.h. Who may be beside it asks to keep it first, and again
 * where the one that did has gone. */
static bool take_place(struct store *store, struct err *err)
{
	struct err why = { 0 };
	store->turn = turn_open(str_from(store->url, 7), err);
	if (store->turn == NULL)
		return false;
	for (int i = 0; i < 3; i++) {
		if (turn_keep(store->turn, &why))
			return true;
		if (!store->may_beside)
			break;
		store->beside = turn_beside(store->turn, &why);
		if (store->beside || why.code != ERR_MISSING)
			break;
	}
	if (!store->beside && err != NULL)
		*err = why;
	return store->beside;
}

/* In a turn of its own: opening a database may write to it. */
static bool open_db(struct store *store, struct err *err)
{
	bool own = store->turn != NULL;
	if (own && !turn_take(store->turn, err))
		return false;
	store->db = db_open(store->url, store->mode == STORE_READ ? DB_READ : DB_WRITE, err);
	if (own)
		turn_give(store->turn);
	if (store->db == NULL)
		return false;
	db_take_turns(store->db, store->turn);
	return true;
}

SQL(ledger_begun, "SELECT seq FROM ledger_head WHERE id = 1");

/* ---- opening */

static void key_mark(const struct store *store, char hex[static 65])
{
	unsigned char mark[DIGEST];
	static const unsigned char what[] = "the key of this store";
	crypto_generichash(mark, DIGEST, what, sizeof what - 1, store->key, KEY);
	sodium_bin2hex(hex, 65, mark, DIGEST);
}

/* A store whose making was cut off before anything was written has no mark yet. */
static bool is_bare(struct store *store, bool *bare, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &ledger_begun);
	enum db_row row = db_step(stmt, err);
	*bare = row == DB_ROW && db_int(stmt, 0) == 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool check_key(struct store *store, bool made, struct err *err)
{
	char hex[65];
	key_mark(store, hex);
	str stored;
	struct arena *arena = arena_open(4096);
	bool bare = made;
	bool done = store_setting(store, arena, S("key-mark"), &stored, err) &&
		(made || stored.n > 0 || is_bare(store, &bare, err));
	bool same = done && str_equal(stored, str_of(hex));
	arena_close(arena);
	if (done && bare)
		return store->mode == STORE_READ ||
			write_setting(store, S("key-mark"), str_of(hex), err);
	return done && (same || err_set(err, ERR_BROKEN,
		"the key in %.*s is not the one that this store was made with", STR_ARGS(store->dir)));
}

static bool is_another(struct err *err)
{
	return err_set(err, ERR_BUSY,
		"the duly that runs on this store is of another version, with other rules: stop that "
		"one first, or use the same one");
}

/* Others count by the law that the store was last computed with: it must be this duly's too. */
static bool is_of_one_mind(struct store *store, struct err *err)
{
	bool kept, same, there;
	return law_is_same(store, &kept, &same, err) && calendar_is_there(store, &there, err) &&
		((same && there) || is_another(err));
}

static bool open_schema(struct store *store, struct err *err)
{
	struct err why = { 0 };
	int number = 0;
	bool there = schema_check(store, &number, &why);
	if (!there && why.code == ERR_BROKEN) {
		if (err != NULL)
			*err = why;
		return false;
	}
	bool made = !there || number == 0;
	if (made && store->mode != STORE_CREATE)
		return err_set(err, ERR_MISSING,
			"there is no store in %.*s yet: `duly demo` or `duly import` makes one",
			STR_ARGS(store->dir));
	if (!read_key(store, made, err))
		return false;
	if (number < schema_latest() && store->mode == STORE_READ)
		return err_set(err, ERR_BROKEN,
			"this store is of schema %d: start the server or an import once to bring it "
			"to %d",
			number, schema_latest());
	if (number < schema_latest() && store->beside)
		return is_another(err);
	if (number < schema_latest() && !schema_migrate(store, schema_latest(), err))
		return false;
	int64_t woken;
	return check_key(store, made, err) &&
		law_read(store, err) &&
		(store->mode == STORE_READ ||
			(store->beside ? is_of_one_mind(store, err)
				       : calendar_came(store, err) && refresh_law(store, err) &&
					       store_wake(store, &woken, err)));
}

static struct store *store_new(const struct store_options *options)
{
	struct store *store = mem_alloc(1, sizeof *store);
	struct arena *arena = arena_open(ARENA);
	store->arena = arena;
	store->dir = arena_str(arena, options->dir);
	store->url = options->database.n > 0
		? arena_str(arena, options->database)
		: arena_format(arena, "sqlite:%.*s/duly.db", STR_ARGS(options->dir));
	store->mode = options->mode;
	store->law = options->law;
	store->env = options->env;
	store->may_beside = options->beside;
	law_begin(store);
	rows_prepare(store);
	return store;
}

static bool exists(struct store *store, struct err *err)
{
	const char *path = str_from(store->url, 7).p;
	struct stat info;
	if (stat(path, &info) == 0)
		return true;
	return err_set(err, ERR_MISSING,
		"there is no store at %s yet: `duly demo` or `duly import` makes one", path);
}

static bool store_open_all(struct store *store, struct err *err)
{
	bool lite = str_starts(store->url, S("sqlite:"));
	bool create = store->mode == STORE_CREATE;
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium does not start");
	if (create && !make_dir(store, err))
		return false;
	if (lite && !create && !exists(store, err))
		return false;
	bool writes = store->mode != STORE_READ, alone = false;
	if ((lite && writes && !take_place(store, err)) || !open_db(store, err) ||
		(writes && !lite && !db_alone(store->db, &alone, err)))
		return false;
	store->beside = writes && !lite ? !alone : store->beside;
	if (!open_schema(store, err))
		return false;
	if (lite && writes && !store->beside)
		turn_ready(store->turn);
	return lite || !alone || db_ready(store->db, err);
}

struct store *store_open(const struct store_options *options, struct err *err)
{
	struct store *store = store_new(options);
	if (store_open_all(store, err))
		return store;
	store_close(store);
	return NULL;
}

SQL(store_used, "SELECT c.value + h.seq FROM counter c, ledger_head h WHERE c.name = 'id'");

/* Tables that an earlier attempt made and never filled are as good as none. */
static bool is_used(struct store *store)
{
	int number = 0;
	if (!schema_check(store, &number, NULL) || number == 0)
		return false;
	struct stmt *stmt = db_use(store->db, &store_used);
	bool used = db_step(stmt, NULL) != DB_ROW || db_int(stmt, 0) > 0;
	db_reset(stmt);
	return used;
}

static bool store_open_empty(struct store *store, struct err *err)
{
	bool lite = str_starts(store->url, S("sqlite:"));
	struct stat info;
	if (sodium_init() < 0 || !make_dir(store, err))
		return false;
	if (stat(path_in(store, store->dir, "key"), &info) == 0 ||
		(lite && stat(str_from(store->url, 7).p, &info) == 0))
		return err_set(err, ERR_DUPLICATE,
			"there is a store in %.*s already: a backup is restored into an empty place",
			STR_ARGS(store->dir));
	/* Nobody is let in beside it. */
	if ((lite && !take_place(store, err)) || !open_db(store, err))
		return false;
	if (is_used(store))
		return err_set(err, ERR_DUPLICATE,
			"this database holds a store already: a backup is restored into an empty one");
	return true;
}

struct store *store_empty(const struct store_options *options, struct err *err)
{
	struct store *store = store_new(options);
	store->mode = STORE_CREATE;
	if (store_open_empty(store, err))
		return store;
	store_close(store);
	return NULL;
}

void store_undo_empty(struct store *store)
{
	unlink(path_in(store, store->dir, "key"));
	if (!str_starts(store->url, S("sqlite:")))
		return; /* empty tables are left: the next attempt fills them */
	db_close(store->db);
	store->db = NULL;
	const char *file = str_from(store->url, 7).p;
	unlink(file);
	unlink(arena_format(store->arena, "%s-wal", file).p);
	unlink(arena_format(store->arena, "%s-shm", file).p);
}

struct store *store_reader(struct store *store, struct err *err)
{
	struct store_options options = { .dir = store->dir,
		.database = store->url,
		.mode = STORE_READ,
		.law = store->law,
		.env = store->env };
	struct store *reader = store_open(&options, err);
	if (reader != NULL)
		law_share(reader, store);
	return reader;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	if (store->importing != NULL)
		store_import_cancel(store);
	db_close(store->db);
	local_close(store);
	turn_close(store->turn);
	sodium_memzero(store->key, KEY);
	if (store->signer != NULL)
		sodium_memzero(store->signer, sizeof *store->signer);
	law_end(store);
	arena_close(store->arena);
	mem_free(store);
}

/* ---- transactions */

bool step_begin(struct store *store, struct err *err)
{
	return store->joined || store->importing != NULL ? db_savepoint(store->db, err)
							 : db_begin(store->db, err);
}

bool step_end(struct store *store, struct err *err)
{
	return store->joined || store->importing != NULL ? db_release(store->db, err)
							 : db_commit(store->db, err);
}

void step_undo(struct store *store)
{
	store->next_id = store->last_id = 0; /* the block may have been taken in what is undone */
	if (!db_begun(store->db))
		return;
	if (store->joined || store->importing != NULL)
		db_rollback_to(store->db);
	else
		db_rollback(store->db);
}

bool take_id(struct store *store, int64_t *id, struct err *err)
{
	if (store->next_id == store->last_id) {
		int64_t n = store->importing != NULL ? IDS_IMPORT : IDS;
		struct stmt *stmt = db_use(store->db, &counter_take);
		db_bind_int(stmt, 1, n);
		enum db_row row = db_step(stmt, err);
		if (row != DB_ROW)
			return row != DB_FAIL ? err_set(err, ERR_BROKEN, "the counter is gone") : false;
		store->last_id = db_int(stmt, 0);
		store->next_id = store->last_id - n;
		if (!db_do(stmt, err))
			return false;
	}
	*id = ++store->next_id;
	return true;
}

/* ---- settings */

bool store_setting(
	struct store *store, struct arena *arena, str key, str *value, struct err *err)
{
	*value = (str){ 0 };
	struct stmt *stmt = db_use(store->db, &setting_read);
	db_bind_text(stmt, 1, key);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*value = arena_str(arena, db_text(stmt, 0));
	db_reset(stmt);
	return row != DB_FAIL;
}

bool write_setting(struct store *store, str key, str value, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &setting_write);
	db_bind_text(stmt, 1, key);
	db_bind_text(stmt, 2, value);
	return db_do(stmt, err);
}

bool store_is_demonstration(struct store *store, bool *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &setting_read);
	db_bind_text(stmt, 1, S("demonstration"));
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW && str_equal(db_text(stmt, 0), S("yes"));
	db_reset(stmt);
	return row != DB_FAIL;
}

/* Who signed that nobody is restricted opens the authority's children at once. */
bool setting_after(struct store *store, str key, struct err *err)
{
	if (!str_starts(key, S("none-restricted:")))
		return true;
	str authority = str_from(key, 16);
	struct subjects subjects = { 0 };
	store->signing = true;
	bool done = subjects_all(store, authority, &subjects, err) &&
		recompute(store, authority, &subjects, err);
	store->signing = false;
	mem_free(subjects.item);
	return done;
}

static bool may_set(const struct actor *actor, str key, struct err *err)
{
	/* Another council's is nobody's to write. */
	size_t at = str_find(key, '@');
	if (at < key.n && !str_equal(str_from(key, at + 1), actor->authority))
		return err_set(err, ERR_DENIED, "this setting is another council's");
	bool may = actor->role == ROLE_SYSTEM;
	if (str_starts(key, S("none-restricted:")))
		may = may || (actor->role == ROLE_CUSTODIAN &&
			      str_equal(actor->authority, str_from(key, 16)));
	else if (str_starts(key, S("import-mapping:")))
		may = may || policy_may(actor->role, MAY_IMPORT, RELATION_AUTHORITY, OPEN);
	else
		may = may || actor->role == ROLE_ADMINISTRATOR;
	bool own = str_equal(key, S("key-mark")) || str_equal(key, S("law-mark")) ||
		str_equal(key, S("policy-mark")) ||
		(str_equal(key, S("checkpoint-key")) && actor->role != ROLE_SYSTEM);
	return (may && !own) || err_set(err, ERR_DENIED, "your role may not change this setting");
}

/* What both councils of a store share is for the one that it was made for. */
static bool may_set_shared(struct store *store, const struct actor *actor, str key, struct err *err)
{
	bool own = str_find(key, '@') < key.n || str_starts(key, S("none-restricted:"));
	if (own || actor->role == ROLE_SYSTEM)
		return true;
	struct arena *arena = arena_open(1 << 12);
	str first;
	bool done = store_setting(store, arena, S("authority"), &first, err);
	if (done && first.n > 0 && !str_equal(first, actor->authority))
		done = err_set(err, ERR_DENIED, "the administrator of %.*s sets this for both councils",
			STR_ARGS(first));
	arena_close(arena);
	return done;
}

bool setting_check(struct store *store, const struct actor *actor, str key, str value, struct err *err)
{
	return may_set(actor, key, err) && may_set_shared(store, actor, key, err) &&
		((key.n > 0 && key.n <= 100 &&
			 value.n <= (str_starts(key, S("import-mapping:")) ? 32000 : 4000)) ||
			err_set(err, ERR_INPUT, "a setting has a name of up to 100 characters"));
}

bool store_set(struct store *store, const struct actor *actor, str key, str value, struct err *err)
{
	return store_set_all(store, actor, &(struct setting){ key, value }, 1, err);
}
