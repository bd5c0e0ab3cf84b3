/* calendar.c - duly calendar: the bank holidays that a store counts with, as versions. */
#include "base/json.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/now.h"
#include "cli/open.h"
#include "law/bank_holidays.h"
#include "store/calendar.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HOLDS_SHOWN = 50000 };

/* ---- list */

static int list(const struct args *args, const struct opened *opened)
{
	struct calendar_versions versions;
	struct buf out = { 0 };
	struct err err;
	if (!store_calendars(opened->store, opened->arena, &versions, &err))
		return command_fail(args->command, &err);
	buf_lit(&out, "number,version,published_to,came,by,file,moved,became_overdue,"
		      "no_longer_overdue,closed_to_decide\n");
	for (size_t i = 0; i < versions.n; i++) {
		const struct calendar_version *v = &versions.item[i];
		buf_format(&out, "%lld,%.*s,", (long long)v->number, STR_ARGS(v->version));
		buf_day(&out, v->horizon);
		buf_char(&out, ',');
		buf_day(&out, instant_day(v->came_at));
		buf_format(&out, ",\"%.*s\",\"%.*s\",%lld,%lld,%lld,%lld\n", STR_ARGS(v->who),
			STR_ARGS(v->file.n > 0 ? v->file : S("came with Duly")),
			(long long)v->effect.moved, (long long)v->effect.became_overdue,
			(long long)v->effect.no_longer_overdue, (long long)v->effect.closed);
	}
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

/* ---- export: in the shape that is imported */

static void put_json(struct buf *out, str holidays)
{
	struct json json = { .buf = out, .indent = true };
	str line;
	bool heading = true;
	json_object(&json);
	json_key(&json, S("england-and-wales"));
	json_object(&json);
	json_key(&json, S("division"));
	json_str(&json, S("england-and-wales"));
	json_key(&json, S("events"));
	json_array(&json);
	while (str_split(&holidays, '\n', &line)) {
		str rest = line, date, title, note;
		bool row = str_split(&rest, ',', &date) && str_split(&rest, ',', &title) &&
			str_split(&rest, ',', &note);
		if (heading || !row || str_ends(str_trim(note), S("Not proclaimed"))) {
			heading = false;
			continue;
		}
		json_object(&json);
		json_key(&json, S("title"));
		json_str(&json, title);
		json_key(&json, S("date"));
		json_str(&json, date);
		json_key(&json, S("notes"));
		json_str(&json, str_trim(note));
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_end(&json);
}

static int export(const struct args *args, const struct opened *opened)
{
	struct buf out = { 0 };
	str holidays;
	int64_t number;
	struct err err;
	if (!args_int(args, "number", 1, INT32_MAX, 0, &number, &err) ||
		!store_calendar_holidays(opened->store, opened->arena, number, &holidays, &err))
		return command_fail(args->command, &err);
	if (args_flag(args, "csv"))
		buf_str(&out, holidays);
	else
		put_json(&out, holidays);
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

/* ---- import */

static void show_progress(void *to, int64_t done, int64_t all)
{
	(void)to;
	bool terminal = isatty(STDERR_FILENO);
	fprintf(stderr, "%s%lld of %lld children%s", terminal ? "\r" : "", (long long)done, (long long)all,
		!terminal || done == all ? "\n" : "");
}

static void put_change(struct buf *out, const struct bank_change *change)
{
	buf_day(out, change->on);
	buf_format(out, " %.*s: %s%s\n", STR_ARGS(change->title),
		change->added ? "a bank holiday" : "no bank holiday any more",
		!bank_change_warns(change) ? ""
			: change->added    ? " (WARNING: this day is past)"
					   : " (WARNING: it was published as one)");
}

static void put_effect(struct buf *out, const struct bank_join *join, const struct calendar_move *move,
	bool preview)
{
	const struct calendar_effect *effect = &move->effect;
	for (size_t i = 0; i < join->changes; i++)
		put_change(out, &join->change[i]);
	buf_format(out,
		"Published to the end of %d. %s %lld clocks; %lld %s overdue, %lld %s no longer. "
		"%lld clocks that are over would have other dates: %s\n",
		join->last, preview ? "Would move" : "Moved", (long long)effect->moved,
		(long long)effect->became_overdue, preview ? "would become" : "became",
		(long long)effect->no_longer_overdue, preview ? "would be" : "are",
		(long long)effect->closed,
		preview ? "they would be listed for a person to decide."
			: "`duly calendar closed` lists them.");
}

static bool read_rows(const char *path, struct arena *arena, str *rows, struct err *err)
{
	struct buf bytes = { 0 }, made = { 0 };
	bool done = file_read_lines(path, BANK_HOLIDAYS_BYTES, &bytes, err) &&
		bank_holidays_read(arena, buf_view(&bytes), &made, err);
	if (!done)
		file_blame(path, err);
	*rows = arena_str(arena, buf_view(&made));
	buf_close(&bytes);
	buf_close(&made);
	return done;
}

static str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_upto(str_of(slash == NULL ? path : slash + 1), 200);
}

/* Done, would be done, or not done for a warning. */
static int bring(const struct args *args, const struct opened *opened, const char *path,
	const struct bank_join *join)
{
	bool preview = args_flag(args, "preview");
	bool stop = join->warnings > 0 && !preview && !args_flag(args, "despite-warnings");
	struct calendar_move move = { .holidays = join->rows, .file = base_name(path),
		.progress = show_progress };
	struct buf out = { 0 };
	struct err err;
	bool done = preview || stop
		? store_calendar_preview(opened->store, &move, &err)
		: store_calendar_take(opened->store, &opened->actor, &move, &err);
	if (done)
		put_effect(&out, join, &move, preview || stop);
	if (done && stop)
		buf_lit(&out, "Nothing was done. Compare with GOV.UK, then say --despite-warnings.\n");
	fputs(done ? arena_text(opened->arena, buf_view(&out)) : "", stdout);
	buf_close(&out);
	if (!done)
		return command_fail(args->command, &err);
	return stop ? EXIT_FINDINGS : EXIT_DONE;
}

static int import(const struct args *args, const struct opened *opened)
{
	const char *path = args->word[1];
	struct bank_join join;
	str rows, in_force;
	struct err err;
	/* What was cut off goes on first. */
	if ((!args_flag(args, "preview") && !store_calendar_finish(opened->store, show_progress, NULL, &err)) ||
		!read_rows(path, opened->arena, &rows, &err) ||
		!store_calendar_holidays(opened->store, opened->arena, 0, &in_force, &err) ||
		!bank_holidays_join(opened->arena, in_force, rows,
			instant_day(store_now(opened->store)), &join, &err))
		return command_fail(args->command, &err);
	if (join.same) {
		printf("The calendar in force says the same, to the end of %d. Nothing was done.\n",
			join.last);
		return EXIT_DONE;
	}
	return bring(args, opened, path, &join);
}

/* ---- what is over */

static int closed(const struct args *args, const struct opened *opened)
{
	struct calendar_holds holds;
	struct buf out = { 0 };
	struct err err;
	if (!store_calendar_waiting(
		    opened->store, opened->arena, opened->authority, HOLDS_SHOWN, &holds, &err))
		return command_fail(args->command, &err);
	buf_lit(&out, "child,rule,from,due,new_due,last_working_day,new_last_working_day,met_on\n");
	for (size_t i = 0; i < holds.n; i++) {
		const struct calendar_hold *hold = &holds.item[i];
		const day days[] = { hold->from, hold->due, hold->new_due, hold->last_working_day,
			hold->new_last_working_day, hold->met_on };
		buf_format(&out, "%.*s,%.*s", STR_ARGS(hold->number), STR_ARGS(hold->rule));
		for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
			buf_char(&out, ',');
			buf_day(&out, days[k]);
		}
		buf_char(&out, '\n');
	}
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

static int decide(const struct args *args, const struct opened *opened, bool accept)
{
	int64_t decided;
	struct err err;
	if (!store_calendar_finish(opened->store, show_progress, NULL, &err) ||
		!store_calendar_decide(opened->store, &opened->actor, NULL, accept, &decided, &err) ||
		!store_calendar_finish(opened->store, show_progress, NULL, &err))
		return command_fail(args->command, &err);
	printf("%lld clocks %s\n", (long long)decided,
		accept ? "have the newer calendar's dates now." : "keep their dates.");
	return EXIT_DONE;
}

/* ---- which of them */

static const struct act {
	const char *word;
	size_t words;
	bool writes;
} acts[] = { { "list", 1, false }, { "export", 1, false }, { "import", 2, true },
	{ "closed", 1, false }, { "accept", 1, true }, { "leave", 1, true } };
enum { LIST, EXPORT, IMPORT, CLOSED, ACCEPT, LEAVE, ACTS };

static int act_on(const struct args *args, size_t act, const struct opened *opened)
{
	struct err err;
	switch (act) {
	case EXPORT:
		return export(args, opened);
	case IMPORT:
		return import(args, opened);
	case CLOSED:
	case ACCEPT:
	case LEAVE:
		if (!open_authority(opened, &err))
			return command_fail(args->command, &err);
		return act == CLOSED ? closed(args, opened) : decide(args, opened, act == ACCEPT);
	case LIST:
	default:
		return list(args, opened);
	}
}

static int run(const struct args *args)
{
	struct opened opened;
	struct err err;
	size_t act = 0;
	while (act < ACTS && args->words > 0 && strcmp(args->word[0], acts[act].word) != 0)
		act++;
	if (act == ACTS)
		return command_misused(args->command,
			"say what to do: list, export, import FILE, closed, accept or leave");
	if (args->words > 0 && args->words != acts[act].words)
		return command_misused(args->command,
			act == IMPORT ? "say which file to import" : "%s takes no more words",
			acts[act].word);
	bool writes = acts[act].writes && !args_flag(args, "preview");
	if (!open_store(args, writes ? STORE_WRITE : STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = act_on(args, act, &opened);
	open_close(&opened);
	return status;
}

const struct command command_calendar = {
	.name = "calendar",
	.summary = "the bank holidays that dates are counted with, and newer ones",
	.usage = "duly calendar [list] --data DIR\n"
		 "duly calendar export --data DIR [--number N] [--csv]\n"
		 "duly calendar import FILE --data DIR [--preview] [--despite-warnings]\n"
		 "duly calendar closed | accept | leave --data DIR [--authority CODE]",
	.help = "Imports the list of bank holidays as GOV.UK publishes it (bank-holidays.json). A file\n"
		"is taken whole or refused with the line and why. Clocks that run move at once; a clock\n"
		"that is over keeps its dates until somebody accepts the newer ones or leaves the old:\n"
		"`closed` lists these, `accept` and `leave` decide all of them. Every calendar is kept,\n"
		"and each clock knows which one its dates were counted with. What is not published\n"
		"yet is computed, and such dates are provisional. Clocks follow some thousand children\n"
		"at a time: what was cut off goes on with the next import, accept or leave, or with\n"
		"the server.",
	.words_max = 2,
	.option = {
		{ "preview", NULL, "say what it would do, and do nothing" },
		{ "despite-warnings", NULL, "it was compared with GOV.UK, and is right" },
		{ "number", "N", "of an export: an earlier calendar" },
		{ "csv", NULL, "of an export: date,title,note" },
		STORE_OPTIONS,
	},
	.stores = true,
	.beside = true,
	.run = run,
};
