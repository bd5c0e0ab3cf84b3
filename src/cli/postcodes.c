/* postcodes.c - duly postcodes: an index of where postcodes lie, made once. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/map.h"
#include "returns/ssda903/check/postcodes.h"

#include <stdio.h>

static bool build(const char *path, const char *to, struct buf *index, size_t *n, struct err *err)
{
	struct map map;
	if (!map_open(path, &map, err))
		return false;
	bool done = postcodes_build(map.bytes, index, n, err);
	if (!done)
		file_blame(path, err);
	map_close(&map);
	return done && file_write(to, buf_view(index), err);
}

static int run(const struct args *args)
{
	if (args->words != 2 || !str_equal(str_of(args->word[0]), S("build")))
		return command_misused(args->command, "say build and the file");
	struct buf name = { 0 }, index = { 0 };
	struct err err;
	size_t n;
	const char *to = args_value(args, "to");
	if (to == NULL) {
		buf_format(&name, "%s.index", args->word[1]);
		buf_char(&name, '\0');
		to = name.p;
	}
	int status = EXIT_DONE;
	if (build(args->word[1], to, &index, &n, &err))
		printf("%s: %zu postcodes\n", to, n);
	else
		status = command_fail(args->command, &err);
	buf_close(&name);
	buf_close(&index);
	return status;
}

const struct command command_postcodes = {
	.name = "postcodes",
	.summary = "make an index of where postcodes lie, for duly check",
	.usage = "duly postcodes build FILE [--to INDEX]",
	.help = "Reads the postcode directory of the Office for National Statistics, or any CSV with its columns\n"
		"pcd, laua, oseast1m and osnrth1m, and writes FILE.index: give that to duly check --postcodes.",
	.words_max = 2,
	.option = {
		{ "to", "INDEX", "the file to write, instead of FILE.index" },
	},
	.run = run,
};
