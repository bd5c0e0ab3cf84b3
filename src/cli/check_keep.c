#include "cli/check_keep.h"

#include "cli/file.h"
#include "cli/open.h"
#include "cli/shut_in.h"
#include "job/quality_find.h"
#include "returns/report_wire.h"
#include "store/quality.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const size_t WIRE_MOST = (size_t)1 << 30;

static bool give_up(const struct args *args, int *status, const char *why)
{
	*status = command_misused(args->command, "%s", why);
	return false;
}

bool check_keep_open(struct check_keep *keep, const struct args *args, int *status)
{
	struct err err;
	*keep = (struct check_keep){ .fd = -1 };
	bool store = args_value(args, "data") != NULL || args_value(args, "database") != NULL;
	if (!args_flag(args, "keep"))
		return !store || give_up(args, status, "a store is for --keep alone");
	if (!store)
		return give_up(args, status, "say in which store: --data DIR, or --database URL");
	if (args_flag(args, "json"))
		return give_up(args, status, "--keep goes with --csv or --xlsx, not with --json");
	keep->fd = memfd_create("findings", MFD_CLOEXEC);
	if (keep->fd >= 0)
		return true;
	err_set(&err, ERR_IO, "memory for what is found cannot be had: %s", strerror(errno));
	*status = command_fail(args->command, &err);
	return false;
}

bool check_keep_put(const struct check_keep *keep, const struct report *report, struct err *err)
{
	struct buf wire = { 0 };
	if (keep->fd < 0)
		return true;
	report_wire_put(&wire, report);
	bool done = file_put(SHUT_IN_FIRST + SHUT_IN_FILES - 1, buf_view(&wire));
	buf_close(&wire);
	return done || err_set(err, ERR_IO, "what was found cannot be handed on: %s", strerror(errno));
}

/* ---- where there is a store */

static bool keep_found(const struct args *args, const struct report *report, struct err *err)
{
	struct opened opened;
	struct quality_found found = { 0 };
	int64_t id;
	if (report->n != report->found)
		return err_set(err, ERR_FULL, "there are %zu findings, and at most %d are kept: none was",
			report->found, REPORT_KEPT);
	if (!open_store(args, STORE_WRITE, NULL, &opened, err))
		return false;
	quality_found_of(opened.arena, report, &found);
	opened.actor.authority = opened.authority;
	const struct quality_check check = { .authority = opened.authority, .kind = report->name,
		.year = found.year, .source = QUALITY_FILE, .children = found.children };
	bool done = open_authority(&opened, err) &&
		store_authority_is(opened.store, opened.arena, opened.authority, err) &&
		store_quality_keep(opened.store, &opened.actor, &check, found.item, found.n, found.unrun.item,
			found.unrun.n, &id, err);
	if (done)
		fprintf(stderr, "%zu %s kept for the page of data quality\n", found.n,
			found.n == 1 ? "finding is" : "findings are");
	quality_found_close(&found);
	open_close(&opened);
	return done;
}

static bool read_report(const struct check_keep *keep, struct arena *arena, struct buf *wire, struct report *out,
	struct err *err)
{
	if (lseek(keep->fd, 0, SEEK_SET) < 0)
		return err_set(err, ERR_IO, "what was found cannot be read: %s", strerror(errno));
	return file_take(keep->fd, "what was found", WIRE_MOST, wire, err) &&
		report_wire_read(arena, buf_view(wire), out, err);
}

int check_keep_end(struct check_keep *keep, const struct args *args, int status)
{
	struct err err;
	struct report report;
	struct buf wire = { 0 };
	if (keep->fd < 0)
		return status;
	struct arena *arena = arena_open((size_t)4 << 30);
	if (status != EXIT_NOTHING &&
		!(read_report(keep, arena, &wire, &report, &err) && keep_found(args, &report, &err)))
		status = command_fail(args->command, &err);
	buf_close(&wire);
	arena_close(arena);
	close(keep->fd);
	return status;
}
