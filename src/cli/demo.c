#include "cli/command.h"
#include "cli/now.h"
#include "job/demo_file.h"
#include "law/due.h"

#include <stdio.h>

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

static int run(const struct args *args)
{
	struct err err;
	struct demo_options options;
	str authority;
	struct arena *arena = arena_open(64 << 20);
	const struct law *law = law_open(arena);
	const char *dir = args_value(args, "out");
	int status = EXIT_DONE;
	struct demo_written written;
	if (!read_options(args, law, &options, &authority, &err)) {
		status = command_misused(args->command, "%s", err.text);
	} else if (dir == NULL) {
		status = command_misused(args->command, "say where to: --out DIR");
	} else if (!demo_write(&options, authority, dir, &written, &err)) {
		status = command_fail(args->command, &err);
	} else {
		printf("%lld children, %lld episodes, %lld reviews, %lld plans\n",
			(long long)written.children, (long long)written.episodes,
			(long long)written.reviews, (long long)written.plans);
	}
	arena_close(arena);
	return status;
}

const struct command command_demo = {
	.name = "demo",
	.summary = "an authority that does not exist, to try everything on",
	.usage = "duly demo --children N --seed S --out DIR",
	.help = "Makes Wexcombe, a council that is nowhere: its children, and what happened to each, in\n"
		"the shares of England. The same seed, number and day make the same authority. DIR gets\n"
		"what a council would send: ssda903/YEAR for three years, cin/census.xml and people.csv,\n"
		"which share the children's numbers. Postcodes are pseudo postcodes (ZZ99); provider and\n"
		"worker numbers begin with a 9 and are nobody's.",
	.option = {
		{ "children", "N", "how many children (1000)" },
		{ "seed", "S", "another number, another authority (1)" },
		{ "now", "DATE", "the day it stands at (today)" },
		{ "out", "DIR", "write the files here" },
		{ "authority", "CODE", "three digits (" DEMO_AUTHORITY ", which no council has)" },
	},
	.run = run,
};
