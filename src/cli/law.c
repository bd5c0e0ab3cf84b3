#include "cli/law.h"

#include "cli/file.h"
#include "cli/open.h"
#include "store/local.h"

static bool read_policy(str text, struct arena *arena, const struct law **law, struct err *err)
{
	struct local_policy *policy;
	if (!local_read(arena, *law, text, &policy, err))
		return false;
	*law = policy->law;
	return true;
}

static bool read_file(
	const char *path, struct arena *arena, const struct law **law, struct err *err)
{
	struct buf text = { 0 };
	bool done = file_read(path, LOCAL_TEXT_MOST, &text, err);
	if (done && !read_policy(buf_view(&text), arena, law, err)) {
		file_blame(path, err);
		done = false;
	}
	buf_close(&text);
	return done;
}

static bool read_store(
	const struct args *args, struct arena *arena, const struct law **law, struct err *err)
{
	struct opened opened;
	const struct local_version *version;
	if (!open_store(args, STORE_READ, NULL, &opened, err))
		return false;
	bool done = open_authority(&opened, err) &&
		store_local(opened.store, opened.authority, &version, err) &&
		read_policy(version->policy->text, arena, law, err);
	open_close(&opened);
	return done;
}

bool law_of_args(
	const struct args *args, bool policy, struct arena *arena, const struct law **out, struct err *err)
{
	*out = law_open(arena);
	if (policy && args_value(args, "policy") != NULL)
		return read_file(args_value(args, "policy"), arena, out, err);
	if (args_value(args, "data") != NULL || args_value(args, "database") != NULL)
		return read_store(args, arena, out, err);
	return args_value(args, "authority") == NULL ||
		err_set(err, ERR_INPUT, "say where the council's policy is: --data DIR");
}
