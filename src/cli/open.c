#include "cli/open.h"

#include "cli/now.h"
#include "store/proof.h"

#include <sodium.h>

static instant wall_clock(void *self)
{
	(void)self;
	return now();
}

static void random_bytes(void *self, void *bytes, size_t n)
{
	(void)self;
	randombytes_buf(bytes, n);
}

const struct store_env open_env = { .now = wall_clock, .random = random_bytes };

enum { OPEN_CAP = 64 << 20 };

/* Where the key is when only the database was named: beside its file; of a database on another
 * machine, in a folder here. */
static const char *key_folder(str database, struct arena *arena)
{
	const str file = S("sqlite:");
	if (!str_starts(database, file))
		return "duly-data";
	str path = str_from(database, file.n);
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	return path.n == 0 ? "." : arena_format(arena, "%.*s", STR_ARGS(path)).p;
}

/* A slip in it would make a second authority, beside the one that was meant. */
static bool is_authority(str code)
{
	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] < '0' || code.p[i] > '9')
			return false;
	}
	return code.n == 3;
}

bool open_store(const struct args *args, enum store_open_mode mode, const struct store_env *env,
	struct opened *out, struct err *err)
{
	*out = (struct opened){ 0 };
	const char *dir = args_value(args, "data"), *database = args_value(args, "database");
	if (dir == NULL && database == NULL)
		return err_set(
			err, ERR_INPUT, "say which store is meant: --data DIR, or --database URL");
	str authority = str_of(args_value(args, "authority"));
	if (args_value(args, "authority") != NULL && !is_authority(authority))
		return err_set(err, ERR_INPUT, "--authority wants three digits, not \"%.*s\"",
			STR_ARGS(authority));
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "the system gives no random numbers");
	out->arena = arena_open(OPEN_CAP);
	if (dir == NULL)
		dir = key_folder(str_of(database), out->arena);
	out->law = law_open(out->arena);
	out->dir = arena_str(out->arena, str_of(dir));
	const struct store_options options = { .dir = str_of(dir),
		.database = str_of(database),
		.mode = mode,
		.beside = args->command->beside,
		.law = out->law,
		.env = env == NULL ? &open_env : env };
	out->store = store_open(&options, err);
	out->authority = authority;
	if (out->store != NULL &&
		(out->authority.n > 0 || store_setting(out->store, out->arena, S("authority"),
						 &out->authority, err))) {
		out->actor = (struct actor){ .role = ROLE_SYSTEM, .authority = out->authority };
		return true;
	}
	open_close(out);
	return false;
}

void open_close(struct opened *opened)
{
	if (opened->store != NULL)
		store_close(opened->store);
	arena_close(opened->arena);
	*opened = (struct opened){ 0 };
}

bool open_authority(const struct opened *opened, struct err *err)
{
	return opened->authority.n > 0 ||
	       err_set(err, ERR_INPUT, "say which authority is meant: --authority CODE");
}

bool open_signing(const struct args *args, struct opened *opened, struct err *err)
{
	const char *file = args_value(args, "signing-key");
	if (file == NULL)
		file = arena_format(opened->arena, "%.*s/checkpoint.key", STR_ARGS(opened->dir)).p;
	return store_sign_with(opened->store, file, err);
}
