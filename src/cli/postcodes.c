/* postcodes.c - duly postcodes: an index of where postcodes lie, made once. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/map.h"
#include "cli/shut_in.h"
#include "returns/ssda903/check/postcodes.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct indexing {
	const struct command *command;
	const char *path, *to;
	struct map map;
};

static bool build(struct indexing *indexing, struct buf *index, size_t *n, struct err *err)
{
	if (!postcodes_build(indexing->map.bytes, index, n, err)) {
		file_blame(indexing->path, err);
		return false;
	}
	return file_put(SHUT_IN_FIRST, buf_view(index)) ||
		err_set(err, ERR_IO, "%s cannot be written: %s", indexing->to, strerror(errno));
}

static int build_shut_in(void *own)
{
	struct indexing *indexing = own;
	struct buf index = { 0 };
	struct err err;
	size_t n;
	int status = EXIT_DONE;
	if (!build(indexing, &index, &n, &err)) {
		status = command_fail(indexing->command, &err);
	} else if (strcmp(indexing->to, "-") != 0) {
		buf_clear(&index);
		buf_format(&index, "%s: %zu postcodes\n", indexing->to, n);
		if (!file_put(STDOUT_FILENO, buf_view(&index)))
			status = EXIT_NOTHING;
	}
	buf_close(&index);
	return status;
}

static int index_made(struct indexing *indexing)
{
	struct file_part part = { .fd = -1 };
	struct err err;
	bool out = strcmp(indexing->to, "-") == 0;
	if (!map_open(indexing->path, MAP_LIMIT, &indexing->map, &err) || !(out || file_begin(indexing->to, &part, &err)))
		return command_fail(indexing->command, &err);
	const struct shut_in files = { -1, { out ? STDOUT_FILENO : part.fd, -1, -1 } };
	int status = shut_in_run(indexing->command, &files, build_shut_in, indexing);
	if (!file_finish(&part, status == EXIT_DONE, &err))
		status = command_fail(indexing->command, &err);
	return status;
}

static int run(const struct args *args)
{
	if (args->words != 2 || !str_equal(str_of(args->word[0]), S("build")))
		return command_misused(args->command, "say build and the file");
	struct indexing indexing = { .command = args->command,
		.path = args->word[1],
		.to = args_value(args, "to") };
	struct buf name = { 0 };
	if (indexing.to == NULL) {
		buf_format(&name, "%s.index", indexing.path);
		buf_char(&name, '\0');
		indexing.to = name.p;
	}
	int status = index_made(&indexing);
	map_close(&indexing.map);
	buf_close(&name);
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
