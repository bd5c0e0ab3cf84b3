#include "cli/command.h"
#include "cli/now.h"
#include "cli/open.h"
#include "job/demo_file.h"
#include "job/demo_store.h"
#include "job/quality.h"
#include "law/due.h"

#include <stdio.h>
#include <unistd.h>

static bool read_authority(const char *given, str *out, struct err *err)
{
	*out = given == NULL ? S(DEMO_AUTHORITY) : str_of(given);
	bool digits = out->n == 3;
	for (size_t i = 0; i < out->n; i++)
		digits = digits && out->p[i] >= '0' && out->p[i] <= '9';
	return digits ||
	       err_set(err, ERR_INPUT, "--authority wants three digits, not \"%s\"", given);
}

/* A day with twelve years of the calendar behind it and one ahead. */
static bool read_now(const char *given, const struct calendar *calendar, day *out, struct err *err)
{
	*out = instant_day(now());
	struct when when;
	if (given != NULL) {
		if (!when_read(str_of(given), &when, err))
			return false;
		*out = when.on;
	}
	if (*out - 12 * 366 >= calendar_first(calendar) && *out + 366 <= calendar_last(calendar))
		return true;
	return err_set(err, ERR_INPUT, "--now wants a day from %d to %d",
		day_civil(calendar_first(calendar)).year + 13,
		day_civil(calendar_last(calendar)).year - 2);
}

static bool read_options(const struct args *args, const struct law *law, struct demo_options *out,
	str *authority, struct err *err)
{
	int64_t seed;
	if (!args_int(args, "children", 1, 1000000, 1000, &out->children, err) ||
		!args_int(args, "seed", 0, INT64_MAX, 1, &seed, err) ||
		!read_now(args_value(args, "now"), law->calendar, &out->now, err) ||
		!read_authority(args_value(args, "authority"), authority, err))
		return false;
	out->seed = (uint64_t)seed;
	out->calendar = law->calendar;
	return true;
}

static void tell(void *to, int64_t done)
{
	int64_t total = *(int64_t *)to;
	fprintf(stderr, "\r%lld of %lld children", (long long)done, (long long)total);
	if (done + 1000 > total)
		fputc('\n', stderr);
}

static int make_files(const struct args *args, const struct demo_options *options, str authority)
{
	struct demo_written written;
	struct err err;
	if (!demo_write(options, authority, args_value(args, "out"), &written, &err))
		return command_fail(args->command, &err);
	printf("%s: %lld children, %lld episodes, %lld reviews, %lld plans\n",
		args_value(args, "out"), (long long)written.children, (long long)written.episodes,
		(long long)written.reviews, (long long)written.plans);
	return EXIT_DONE;
}

/* One team for two councils. */
static bool make_beside(const struct demo_options *options, const struct demo_storing *first,
	int *people, struct err *err)
{
	struct demo_storing storing = *first;
	struct actor actor = *first->actor;
	struct demo_stored stored;
	int more = 0;
	actor.authority = S(DEMO_BESIDE);
	storing.actor = &actor;
	storing.authority = S(DEMO_BESIDE);
	storing.beside = true;
	bool done = demo_beside(options, &storing, &stored, &more, err);
	*people += more;
	return done;
}

static int make_store(const struct args *args, const struct demo_options *options, str authority)
{
	struct opened opened;
	struct demo_stored stored;
	int64_t total = options->children;
	struct err err;
	if (args_value(args, "data") == NULL)
		return command_misused(args->command, "--data DIR gets the passwords, too");
	if (!open_store(args, STORE_CREATE, NULL, &opened, &err))
		return command_fail(args->command, &err);
	opened.authority = opened.actor.authority = authority;
	str users = arena_format(opened.arena, "%s/demo-users.txt", args_value(args, "data"));
	const struct demo_storing storing = { .store = opened.store,
		.env = &open_env,
		.actor = &opened.actor,
		.authority = authority,
		.users = arena_text(opened.arena, users),
		.progress = isatty(STDERR_FILENO) ? tell : NULL,
		.self = &total };
	int people = 0;
	bool done = demo_store(options, &storing, &stored, &err) &&
		    demo_people(options, &storing, &people, &err) &&
		    demo_diary(options, &storing, &err) &&
		    quality_check_all(opened.store, &opened.actor, authority, options->now, &err);
	if (done && args_flag(args, "two-councils"))
		done = make_beside(options, &storing, &people, &err);
	open_close(&opened);
	if (!done)
		return command_fail(args->command, &err);
	printf("%s: %lld children, %lld events; %d people, with passwords in demo-users.txt\n",
		args_value(args, "data"), (long long)stored.children, (long long)stored.events,
		people);
	return EXIT_DONE;
}

static int run(const struct args *args)
{
	struct err err;
	struct demo_options options;
	str authority;
	struct arena *arena = arena_open(64 << 20);
	const struct law *law = law_open(arena);
	bool files = args_value(args, "out") != NULL;
	bool store = args_value(args, "data") != NULL || args_value(args, "database") != NULL;
	int status = EXIT_DONE;
	if (!read_options(args, law, &options, &authority, &err))
		status = command_misused(args->command, "%s", err.text);
	else if (!files && !store)
		status = command_misused(
			args->command, "say where to: --out DIR, --data DIR or both");
	if (status == EXIT_DONE && files)
		status = make_files(args, &options, authority);
	if (status == EXIT_DONE && store)
		status = make_store(args, &options, authority);
	arena_close(arena);
	return status;
}

const struct command command_demo = {
	.name = "demo",
	.summary = "an authority that does not exist, to try everything on",
	.usage = "duly demo --children N --seed S [--out DIR] [--data DIR] [--now DATE] [--two-councils]",
	.help = "Makes Wexcombe, a council that is nowhere: its children, and what happened to each, in\n"
		"the shares of England. The same seed, number and day make the same authority. DIR gets\n"
		"what a council would send: ssda903/YEAR for three years, cin/census.xml and people.csv,\n"
		"which share the children's numbers. --data puts it into a store, with what only Duly\n"
		"would know: bookings, visits, core groups, decisions sent, and all that happened since\n"
		"the last return. DIR/demo-users.txt then holds a role, a sign-in name and a password a\n"
		"line, for its owner alone. Postcodes are pseudo postcodes (ZZ99); provider and\n"
		"worker numbers begin with a 9 and are nobody's.",
	.option = {
		{ "children", "N", "how many children (1000)" },
		{ "seed", "S", "another number, another authority (1)" },
		{ "now", "DATE", "the day it stands at (today)" },
		{ "two-councils", NULL, "in --data: a second, small council, Northmere, with the same officer" },
		{ "out", "DIR", "write the files here" },
		{ "data", "DIR", "make a store of it here" },
		{ "database", "URL", "sqlite:PATH or postgresql://...: the store's database" },
		{ "authority", "CODE", "three digits (" DEMO_AUTHORITY ", which no council has)" },
	},
	.stores = true,
	.run = run,
};
