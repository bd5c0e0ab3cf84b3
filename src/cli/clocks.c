/* clocks.c - duly clocks: every clock of every subject, from a file of facts or from a store. */
#include "base/mem.h"
#include "base/text.h"
#include "clock/clock.h"
#include "clock/facts.h"
#include "clock/suppose.h"
#include "cli/clocks_put.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/now.h"
#include "cli/law.h"
#include "cli/open.h"
#include "store/local.h"

#include <stdio.h>
#include <unistd.h>

enum { WRITE_AT = 1 << 20 };

/* What is supposed of every subject; none: clocks as they are. */
struct what_if {
	struct supposition item[COMMAND_MORE + 1];
	size_t n;
	size_t found; /* events that were moved or removed, over all subjects */
	bool json;
};

static void put_header(struct csv_out *out, const struct what_if *what_if)
{
	if (!what_if->json)
		clocks_put_header(out, what_if->n > 0);
}

static void put(const struct what_if *what_if, struct csv_out *out, str subject, str thread,
	const struct clock *clock, day as_of)
{
	if (what_if->json)
		clocks_put_json(out->buf, subject, thread, clock, as_of);
	else
		clocks_put(out, subject, thread, clock, as_of);
}

static void flush(struct buf *buf)
{
	fwrite(buf->p, 1, buf->n, stdout);
	buf_clear(buf);
}

/* From a file of facts. */
struct writing {
	const char *path;
	const struct law *law;
	const struct coverage *coverage;
	day as_of;
	struct what_if *what_if;
	struct csv_out out;
	struct buf text;
	struct clocks clocks;
};

static void tell_reject(void *to, const struct fact_reject *reject)
{
	const struct writing *writing = to;
	fprintf(stderr, "%s: line %zu: %.*s \"%.*s\": %.*s\n", writing->path, reject->line,
		STR_ARGS(reject->column), STR_ARGS(reject->value), STR_ARGS(reject->reason));
}

static void write_supposed(struct writing *writing, const struct fact_subject *subject)
{
	struct supposed supposed;
	struct what_if *what_if = writing->what_if;
	suppose(writing->law, subject->event, subject->n, writing->coverage, writing->as_of,
		what_if->item, what_if->n, &supposed);
	what_if->found += what_if->n - supposed.missed;
	for (size_t i = 0; i < supposed.n; i++) {
		const struct supposed_clock *clock = &supposed.item[i];
		int64_t thread = (clock->now != NULL ? clock->now : clock->then)->thread;
		clocks_put_supposed(&writing->out, subject->text,
			thread > (int64_t)subject->threads ? S("supposed") : fact_thread(subject, thread),
			clock, supposed.as_of);
	}
	supposed_close(&supposed);
}

static void write_clocks(struct writing *writing, const struct fact_subject *subject)
{
	writing->clocks.n = 0;
	clocks_compute(writing->law, subject->event, subject->n, writing->coverage, writing->as_of,
		&writing->clocks);
	for (size_t i = 0; i < writing->clocks.n; i++) {
		const struct clock *clock = &writing->clocks.item[i];
		str thread = fact_thread(subject, clock->thread);
		if (subject->plain && !writing->what_if->json)
			clocks_put_plain(&writing->out, subject->text, thread, clock, writing->as_of);
		else
			put(writing->what_if, &writing->out, subject->text, thread, clock, writing->as_of);
	}
}

static void write_subject(void *to, const struct fact_subject *subject)
{
	struct writing *writing = to;
	if (writing->what_if->n > 0)
		write_supposed(writing, subject);
	else
		write_clocks(writing, subject);
	if (writing->text.n > WRITE_AT)
		flush(&writing->text);
}

static bool from_facts(struct writing *writing, struct arena *arena, size_t *rejected, struct err *err)
{
	struct buf bytes = { 0 };
	str text;
	enum text_encoding encoding;
	writing->out.buf = &writing->text;
	put_header(&writing->out, writing->what_if);
	bool read = file_read_lines(writing->path, (size_t)4 << 30, &bytes, err);
	bool ok = read && text_decode(buf_view(&bytes), arena, &text, &encoding, err) &&
		facts_each(text, arena, writing->as_of,
			&(struct facts_told){ write_subject, tell_reject, writing }, rejected, err);
	if (read && !ok)
		file_blame(writing->path, err);
	if (ok)
		flush(&writing->text);
	clocks_close(&writing->clocks);
	buf_close(&writing->text);
	buf_close(&bytes);
	return ok;
}

/* From a store: the same clocks, from the events and the coverage known at a time. */
struct telling {
	struct store *store;
	const struct law *law; /* with the council's policy, as it was known then */
	struct arena *arena; /* for one subject */
	const struct coverage *coverage;
	instant known_at;
	day as_of;
	struct csv_out *out;
	struct buf *text;
	struct clocks clocks;
	struct what_if *what_if;
	size_t children;
};

static str thread_text(struct arena *arena, int64_t thread)
{
	return thread == 0 ? (str){ 0 } : arena_format(arena, "%lld", (long long)thread);
}

static void tell_supposed(struct telling *telling, str key, const struct event *event, size_t n)
{
	struct supposed supposed;
	suppose(telling->law, event, n, telling->coverage, telling->as_of,
		telling->what_if->item, telling->what_if->n, &supposed);
	telling->what_if->found += telling->what_if->n - supposed.missed;
	for (size_t i = 0; i < supposed.n; i++) {
		const struct supposed_clock *clock = &supposed.item[i];
		const struct clock *one = clock->now != NULL ? clock->now : clock->then;
		clocks_put_supposed(telling->out, key, thread_text(telling->arena, one->thread), clock,
			supposed.as_of);
	}
	supposed_close(&supposed);
}

static void tell_clocks(struct telling *telling, str key, const struct event *event, size_t n)
{
	telling->clocks.n = 0;
	clocks_compute(telling->law, event, n, telling->coverage, telling->as_of,
		&telling->clocks);
	for (size_t i = 0; i < telling->clocks.n; i++) {
		const struct clock *clock = &telling->clocks.item[i];
		put(telling->what_if, telling->out, key, thread_text(telling->arena, clock->thread), clock,
			telling->as_of);
	}
}

static bool tell_child(void *to, int64_t subject, str key, struct err *err)
{
	struct telling *telling = to;
	struct stored_events stored;
	arena_reset(telling->arena);
	if (!store_events(telling->store, telling->arena, subject, telling->known_at, &stored, err))
		return false;
	struct event *event = arena_take(telling->arena, stored.n, sizeof *event);
	size_t n = 0;
	for (size_t i = 0; i < stored.n; i++) {
		const struct event *next = &stored.item[i].event;
		if (next->on <= telling->as_of || word_is_planned(next->word))
			event[n++] = *next;
	}
	n = events_sort(event, n);
	if (telling->what_if->n > 0)
		tell_supposed(telling, key, event, n);
	else
		tell_clocks(telling, key, event, n);
	telling->children++;
	if (telling->text->n > WRITE_AT)
		flush(telling->text);
	return true;
}

static bool from_store(const struct opened *opened, str child, const struct coverage *given,
	instant known_at, day as_of, struct what_if *what_if, struct err *err)
{
	struct buf text = { 0 };
	struct csv_out out = { .buf = &text };
	struct coverage stored;
	day known_to;
	struct telling telling = { .store = opened->store, .arena = arena_open((size_t)64 << 20),
		.coverage = given != NULL ? given : &stored, .known_at = known_at, .as_of = as_of,
		.out = &out, .text = &text, .what_if = what_if };
	put_header(&out, what_if);
	bool ok = open_authority(opened, err) &&
		store_authority_is(opened->store, opened->arena, opened->authority, err) &&
		store_coverage_at(opened->store, opened->authority, known_at, &stored, &known_to, err) &&
		(telling.law = store_law_at(opened->store, opened->authority, known_at, err)) != NULL &&
		store_each_subject(
			opened->store, opened->authority, child, tell_child, &telling, err);
	/* Nothing that a file carries or leaves out limits what is known of a matter. */
	telling.coverage = &coverage_all;
	ok = ok && (child.n > 0 || store_each_matter(opened->store, opened->authority, tell_child,
				       &telling, err));
	if (ok && child.n > 0 && telling.children == 0)
		ok = err_set(err, ERR_MISSING, "there is no child %.*s", STR_ARGS(child));
	if (ok)
		flush(&text);
	clocks_close(&telling.clocks);
	arena_close(telling.arena);
	buf_close(&text);
	return ok;
}

/* The end of that day, in London. */
static bool read_known_at(const char *text, instant *out, struct err *err)
{
	day on;
	*out = INSTANT_UNKNOWN;
	if (text == NULL)
		return true;
	if (!day_read(str_of(text), &on, err) || !instant_of_local(on + 1, 0, -1, out, err))
		return false;
	*out -= 1;
	return true;
}

static int finish(const struct args *args, const struct what_if *what_if, int status)
{
	if (what_if->n == 0 || what_if->found > 0)
		return status;
	fprintf(stderr, "duly %s: no subject has the event that was to be moved or removed: "
			"nothing changes\n",
		args->command->name);
	return EXIT_FINDINGS;
}

static int run_store(const struct args *args, const struct coverage *coverage, day as_of,
	struct what_if *what_if)
{
	struct opened opened;
	struct err err;
	instant known_at;
	if (!read_known_at(args_value(args, "known-at"), &known_at, &err) ||
		!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	bool ok = from_store(&opened, str_of(args_value(args, "child")), coverage, known_at, as_of,
		what_if, &err);
	open_close(&opened);
	return ok ? finish(args, what_if, EXIT_DONE) : command_fail(args->command, &err);
}

static int run_facts(const struct args *args, const struct coverage *coverage, day as_of,
	struct what_if *what_if)
{
	struct arena *arena = arena_open(SIZE_MAX / 4);
	size_t rejected = 0;
	struct err err;
	struct writing writing = { .path = args_value(args, "facts"),
		.coverage = coverage == NULL ? &coverage_all : coverage, .as_of = as_of,
		.what_if = what_if };
	bool ok = law_of_args(args, true, arena, &writing.law, &err) &&
		from_facts(&writing, arena, &rejected, &err);
	arena_close(arena);
	if (!ok)
		return command_fail(args->command, &err);
	return finish(args, what_if, rejected > 0 ? EXIT_FINDINGS : EXIT_DONE);
}

static bool read_suppositions(const struct args *args, struct what_if *what_if, struct err *err)
{
	const char *text;
	for (; (text = args_nth(args, "suppose", what_if->n)) != NULL; what_if->n++) {
		if (!supposition_read(str_of(text), &what_if->item[what_if->n], err))
			return false;
	}
	return true;
}

static int run(const struct args *args)
{
	const char *as_of_text = args_value(args, "as-of"), *carried = args_value(args, "coverage");
	bool facts = args_value(args, "facts") != NULL;
	bool store = args_value(args, "data") != NULL || args_value(args, "database") != NULL;
	struct err err = { 0 };
	struct coverage coverage;
	struct what_if what_if = { .json = args_flag(args, "json") };
	day as_of = instant_day(now());
	if (facts == store)
		return command_misused(args->command,
			"say where the events are: --facts FILE, or --data DIR, and not both");
	if (facts && (args_value(args, "child") != NULL || args_value(args, "known-at") != NULL))
		return command_misused(args->command, "--child and --known-at are asked of a store");
	if (store && args_value(args, "policy") != NULL)
		return command_misused(args->command, "a store has its own policy: `duly policy`");
	if (what_if.json && args_nth(args, "suppose", 0) != NULL)
		return command_misused(args->command, "what is supposed is written as CSV, not as JSON");
	if (facts && as_of_text == NULL)
		return command_misused(args->command, "say for which day: --as-of DATE");
	if ((as_of_text != NULL && !day_read(str_of(as_of_text), &as_of, &err)) ||
		(carried != NULL && !coverage_read(str_of(carried), &coverage, &err)) ||
		!read_suppositions(args, &what_if, &err))
		return command_fail(args->command, &err);
	return (facts ? run_facts : run_store)(
		args, carried == NULL ? NULL : &coverage, as_of, &what_if);
}

const struct command command_clocks = {
	.name = "clocks",
	.summary = "every clock, from a file of facts or from a store, with why",
	.usage = "duly clocks --facts FILE|- --as-of DATE [--coverage WORD:FROM:TO,...] [--policy FILE]\n"
		 "duly clocks --data DIR [--child NUMBER] [--known-at DATE] [--as-of DATE]\n"
		 "duly clocks ... --json\n"
		 "duly clocks ... --suppose EVENT=DATE [--suppose EVENT@DATE=DATE|never ...]",
	.help = "Reads subject,thread,event,on,detail and writes a row for each clock: what was due\n"
		"when, whether it was met, and why. `duly events` lists the events, `duly rules` the\n"
		"rules. Rows that cannot be read are named on standard error and left out.\n\n"
		"A clock has up to four dates. due is what is worked to; due_data the same by the data\n"
		"standard's own count, where it has one; last_working_day the last one on or before\n"
		"due; due_law, with --json, the law's date where the council works to another.\n\n"
		"With --json each clock is one object a line, and says besides: title, level and\n"
		"level_words (who says so: an Act, regulations, guidance, the council), authority,\n"
		"edition and citation, verified (false: nobody checked the citation at its source\n"
		"yet, and it is null), local (the date rests on the council's policy), state_law (the\n"
		"state by the law's date), provisional. A date that is not known is null.\n\n"
		"With --suppose it says what would be: each clock as it is and as it would be, by\n"
		"how many days it moves, and what is new or gone. EVENT=DATE happens on that day,\n"
		"EVENT@OLD=NEW happened on another day instead, EVENT@OLD=never did not happen;\n"
		"detail follows a semicolon: placement-began=2026-12-01;code=U4. Both sides are\n"
		"looked at from the last day that is supposed. Nothing is stored.",
	.option = {
		{ "facts", "FILE", "a CSV file of dated facts; - is standard input" },
		{ "as-of", "DATE", "the day to look from; facts after it are left out" },
		{ "coverage", "LIST", "what the source could carry: WORD:FROM:TO,..." },
		{ "policy", "FILE", "count by this policy (duly policy)" },
		{ "child", "NUMBER", "one child only" },
		{ "known-at", "DATE", "as it was known at the end of that day" },
		{ "json", NULL, "an object a line, with each clock's source" },
		{ "suppose", "EVENT=DATE", "what if; may be given several times", .many = true },
		STORE_OPTIONS,
	},
	.run = run,
};
