/* worker.c - duly worker: the process in which a file from outside is opened (job/worker.h). */
#include "base/json_tree.h"
#include "cli/attempt.h"
#include "cli/command.h"
#include "cli/confine.h"
#include "document/png.h"
#include "document/sheet.h"
#include "job/check_shut_in.h"
#include "job/import_shut_in.h"
#include "job/worker.h"
#include "law/bank_holidays.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WORK_MEMORY = 160 << 20, SHUT_OUT = 3 };

static bool sheet_work(struct arena *arena, str input, struct buf *out, struct err *err)
{
	struct grids *grids = arena_new(arena, struct grids);
	if (!sheet_read(arena, input, grids, err))
		return false;
	grids_put(out, grids);
	return true;
}

static bool bank_holidays_work(struct arena *arena, str input, struct buf *out, struct err *err)
{
	return bank_holidays_read(arena, input, out, err);
}

/* What can be made of a file: a row a kind. Runs confined: it may use memory, and nothing else. */
static const struct kind {
	const char *name;
	bool (*work)(struct arena *arena, str input, struct buf *out, struct err *err);
} kinds[] = {
	{ "sheet", sheet_work },     /* grids_get() of base/grid.h */
	{ "import", import_read_shut_in },
	{ "check", check_read_shut_in }, /* report_wire_read() of returns/report_wire.h */
	{ "logo", png_take },
	{ "bank-holidays", bank_holidays_work },
	{ "attempt", attempt_work }, /* what is forbidden, for `duly worker --self-test` */
};

static const struct kind *kind_find(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

static bool input_read(struct buf *input, struct err *err)
{
	enum { PIECE = 256 * 1024 };
	for (;;) {
		char *room = buf_reserve(input, PIECE);
		if (room == NULL)
			return err_set(err, ERR_FULL, "the file is too large");
		ssize_t n = read(STDIN_FILENO, room, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "the file did not come whole");
		if (n == 0)
			return true;
		input->n += (size_t)n;
	}
}

static void output_write(const struct buf *message)
{
	for (size_t at = 0; at < message->n;) {
		ssize_t n = write(STDOUT_FILENO, message->p + at, message->n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		at += (size_t)n;
	}
}

static int work(const struct kind *kind, int landlock_most)
{
	struct err err = { 0 };
	/* Where its tables begin is left to chance, which nobody may ask for once shut in. */
	json_tree_prepare();
	if (!confine(landlock_most, &err)) {
		fprintf(stderr, "duly: %s\n", err.text);
		return SHUT_OUT;
	}
	struct buf input = { .limit = WORKER_INPUT_MAX }, out = { .limit = WORKER_OUTPUT_MAX },
		   message = { 0 };
	struct arena *arena = arena_open(WORK_MEMORY);
	bool made = input_read(&input, &err) && kind->work(arena, buf_view(&input), &out, &err);
	if (made && (out.full || arena_full(arena)))
		made = err_set(&err, ERR_FULL, "there is more in the file than Duly takes");
	worker_message_put(&message, made ? ERR_NONE : err.code,
		made ? buf_view(&out) : str_of(err.text));
	output_write(&message);
	/* What a program does as it ends is not allowed here. */
	_exit(0);
}

static int run(const struct args *args)
{
	struct err err;
	int64_t landlock;
	if (!args_int(args, "landlock", 0, 100, 0, &landlock, &err))
		return command_misused(args->command, "%s", err.text);
	if (args_flag(args, "self-test"))
		return attempt_each(args_value(args, "landlock")) ? EXIT_DONE : EXIT_FINDINGS;
	const struct kind *kind = args->words == 1 ? kind_find(args->word[0]) : NULL;
	if (kind == NULL)
		return command_misused(args->command, "there is no such kind of work");
	return work(kind, (int)landlock);
}

const struct command command_worker = {
	.name = "worker",
	.summary = "Open one file, shut in (the server starts this)",
	.usage = "duly worker --self-test | KIND <FILE",
	.help = "The server opens each file that somebody sends in a process like this one, which has no\n"
		"files, no network, 256 MiB and 10 seconds. With --self-test it tries all that such a\n"
		"process must not be able to do on this machine, and says what came of it.",
	.words_max = 1,
	.option = {
		{ "self-test", NULL, "try what must be forbidden" },
		{ "landlock", "N", "use no later version of Landlock than this" },
	},
	.run = run,
};
