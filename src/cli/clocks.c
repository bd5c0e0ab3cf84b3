/* clocks.c - duly clocks: every clock of every subject, from a file of facts or from a store. */
#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "clock/clock.h"
#include "clock/facts.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/now.h"

#include <stdio.h>
#include <unistd.h>

enum { WRITE_AT = 1 << 20 };

static void put_when(struct csv_out *out, struct buf *scratch, day on, instant at)
{
	if (at == INSTANT_UNKNOWN) {
		csv_put_day(out, on);
		return;
	}
	buf_clear(scratch);
	buf_instant_local(scratch, at);
	csv_put(out, buf_view(scratch));
}

static void put_clock(struct csv_out *out, struct buf *scratch, str subject, str thread,
	const struct clock *clock, day as_of)
{
	bool hours = clock->rule->unit == UNIT_HOURS;
	csv_put(out, subject);
	csv_put(out, thread);
	csv_put(out, clock->rule->id);
	put_when(out, scratch, clock->from, hours ? clock->from_at : INSTANT_UNKNOWN);
	put_when(out, scratch, clock->due, clock->due_at);
	csv_put_day(out, clock->due_data);
	csv_put_day(out, clock->last_working_day);
	csv_put_day(out, clock->booked);
	csv_put(out, clock_state_text(clock_state(clock, as_of)));
	put_when(out, scratch, clock->met_on, hours ? clock->met_at : INSTANT_UNKNOWN);
	buf_clear(scratch);
	buf_clock_reason(scratch, clock, as_of);
	csv_put(out, buf_view(scratch));
	csv_put_end(out);
}

static void put_header(struct csv_out *out)
{
	static const char *const column[] = { "subject", "thread", "rule", "from", "due", "due_data",
		"last_working_day", "booked", "state", "met_on", "reason" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(out, str_of(column[i]));
	csv_put_end(out);
}

static void flush(struct buf *buf)
{
	fwrite(buf->p, 1, buf->n, stdout);
	buf_clear(buf);
}

static void tell_reject(void *to, const struct fact_reject *reject)
{
	fprintf(stderr, "%s: line %zu: %.*s \"%.*s\": %.*s\n", (const char *)to, reject->line,
		STR_ARGS(reject->column), STR_ARGS(reject->value), STR_ARGS(reject->reason));
}

static void write_facts(const struct law *law, const struct facts *facts,
	const struct coverage *coverage, day as_of)
{
	struct buf text = { 0 }, scratch = { 0 };
	struct csv_out out = { .buf = &text };
	struct clocks clocks = { 0 };
	put_header(&out);
	for (size_t i = 0; i < facts->subjects; i++) {
		const struct fact_subject *subject = &facts->subject[i];
		clocks.n = 0;
		clocks_compute(law, facts->event + subject->first, subject->n, coverage, &clocks);
		for (size_t c = 0; c < clocks.n; c++)
			put_clock(&out, &scratch, subject->text,
				facts_thread(facts, clocks.item[c].thread), &clocks.item[c], as_of);
		if (text.n > WRITE_AT)
			flush(&text);
	}
	flush(&text);
	clocks_close(&clocks);
	buf_close(&text);
	buf_close(&scratch);
}

static bool from_facts(const char *path, const struct law *law, struct arena *arena,
	const struct coverage *coverage, day as_of, size_t *rejected, struct err *err)
{
	struct buf bytes = { 0 };
	struct facts facts = { 0 };
	str text;
	enum text_encoding encoding;
	union {
		const char *name;
		void *to;
	} file = { path };
	bool ok = file_read(path, (size_t)4 << 30, &bytes, err) &&
		text_decode(buf_view(&bytes), arena, &text, &encoding, err) &&
		facts_read(text, arena, as_of, tell_reject, file.to, &facts, err);
	if (ok) {
		write_facts(law, &facts, coverage, as_of);
		*rejected = facts.rejected;
	}
	facts_close(&facts);
	buf_close(&bytes);
	return ok;
}

static int run(const struct args *args)
{
	const char *path = args_value(args, "facts");
	const char *as_of_text = args_value(args, "as-of");
	struct err err = { 0 };
	struct coverage coverage = coverage_all;
	day as_of = instant_day(now());
	if (path == NULL)
		return command_misused(args->command, "say where the facts are: --facts FILE");
	if (as_of_text == NULL)
		return command_misused(args->command, "say for which day: --as-of DATE");
	if (!day_read(str_of(as_of_text), &as_of, &err))
		return command_fail(args->command, &err);
	if (args_value(args, "coverage") != NULL &&
		!coverage_read(str_of(args_value(args, "coverage")), &coverage, &err))
		return command_fail(args->command, &err);
	struct arena *arena = arena_open(SIZE_MAX / 4);
	size_t rejected = 0;
	bool ok = from_facts(path, law_open(arena), arena, &coverage, as_of, &rejected, &err);
	arena_close(arena);
	if (!ok)
		return command_fail(args->command, &err);
	return rejected > 0 ? EXIT_FINDINGS : EXIT_DONE;
}

const struct command command_clocks = {
	.name = "clocks",
	.summary = "Work out every clock, from a file of facts or from a store",
	.usage = "duly clocks --facts FILE|- --as-of DATE [--coverage WORD:FROM:TO,...]\n"
		 "duly clocks --data DIR [--child NUMBER] [--known-at DATE] [--as-of DATE]",
	.help = "Reads subject,thread,event,on,detail and writes a row for each clock: what was due\n"
		"when, whether it was met, and why. `duly events` lists the events, `duly rules` the\n"
		"rules. Rows that cannot be read are named on standard error and left out.",
	.option = {
		{ "facts", "FILE", "a CSV file of dated facts; - is standard input" },
		{ "as-of", "DATE", "the day to look from; facts after it are left out" },
		{ "coverage", "LIST", "what the source could carry: WORD:FROM:TO,..." },
		{ "child", "NUMBER", "one child only" },
		{ "known-at", "DATE", "as it was known at the end of that day" },
		STORE_OPTIONS,
	},
	.run = run,
};
