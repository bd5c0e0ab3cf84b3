#include "base/json.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/law.h"
#include "law/answer.h"

#include <stdio.h>

enum { BATCH_LIMIT = 1 << 30 };

static void put_long_day(struct buf *buf, day d)
{
	buf_format(buf, "%s ", weekday_name(day_weekday(d)));
	buf_day_words(buf, d);
}

static void put_from(struct buf *buf, struct when from)
{
	if (from.at != INSTANT_UNKNOWN)
		buf_instant_local(buf, from.at);
	else
		buf_day(buf, from.on);
}

static void put_skipped(void *to, day d, str why)
{
	struct buf *buf = to;
	buf_lit(buf, "  ");
	put_long_day(buf, d);
	/* "Saturday" says it already. */
	if (!str_equal(why, str_of(weekday_name(day_weekday(d)))))
		buf_format(buf, ": %.*s", STR_ARGS(why));
	buf_char(buf, '\n');
}

/* The council's figure, where one was in force. */
static const struct limit *limit_of(const struct answer *answer)
{
	const struct figure *figure = answer->due.figure;
	return figure == NULL || answer->rule->halfway != NULL ? &answer->rule->limit : &figure->limit;
}

/* The law's own date, where a council counts by another figure. */
static bool count_national(const struct law *law, const struct answer *answer, struct due *out)
{
	return answer->due.figure != NULL &&
		due_count_law(law, answer->rule, answer->from, out, NULL);
}

static void put_counted(struct buf *buf, const struct answer *answer)
{
	const struct rule *rule = answer->rule;
	const char *base = answer->from_previous ? "the previous event" : "the trigger";
	const struct limit *limit = limit_of(answer);
	if (rule->halfway != NULL) {
		buf_format(buf, "Half of the time from %s to the limit of %.*s, down to a working day, from ",
			base, STR_ARGS(rule->halfway->id));
	} else if (limit->unit == UNIT_MONTH_END || limit->unit == UNIT_TERM_END) {
		buf_limit(buf, limit);
		buf_format(buf, limit->n == 0 ? " of %s, " : " after %s, ", base);
	} else if (limit->n == 0) {
		buf_format(buf, limit->before ? "By the day of the meeting, " : "The same day as %s, ",
			base);
	} else {
		buf_limit(buf, limit);
		buf_format(buf, limit->before ? " the day that is planned, "
				: limit->with_day ? " of %s, "
						  : " after %s, ",
			base);
	}
	if (answer->due.at != INSTANT_UNKNOWN) {
		buf_instant_words(buf, answer->from.at);
		buf_lit(buf, ": hours run on through nights, weekends and holidays.\n");
	} else {
		put_long_day(buf, answer->from.on);
		bool counted = limit->n != 0;
		buf_str(buf, !counted ? S(".\n")
				: limit->with_day ? S(", which is day 1.\n")
						  : S(", which is day 0.\n"));
	}
	if (rule->earlier_word != WORD_NONE) {
		buf_lit(buf, "Or, if that is earlier, ");
		buf_limit(buf, &rule->earlier);
		buf_format(buf, " after %.*s.\n", STR_ARGS(word_text(rule->earlier_word)));
	}
}

static void put_source(struct buf *buf, const struct rule *rule)
{
	buf_lit(buf, "Source: ");
	buf_source(buf, rule);
	buf_format(buf, ". %.*s; %s.\n", STR_ARGS(level_words(rule->level)),
		rule->verified               ? "read at its source"
		: rule->level == LEVEL_LOCAL ? "a figure to be set by each council"
					     : "not yet checked against its source");
}

static bool count_twin(const struct law *law, const struct answer *answer, struct due *out)
{
	/* What the data standard counts from another event has no date by this one's day alone. */
	return answer->rule->twin != NULL && rule_twin_shares(answer->rule) &&
	       due_count(law, answer->rule->twin, answer->from, out, NULL);
}

static void put_explained(struct buf *buf, const struct law *law, const struct answer *answer)
{
	const struct rule *rule = answer->rule;
	struct due twin;
	buf_format(buf, "%.*s: %.*s\n", STR_ARGS(rule->id), STR_ARGS(rule->title));
	put_counted(buf, answer);
	struct buf skipped = { 0 };
	due_skipped(law, limit_of(answer), answer->from.on, answer->due.on, put_skipped, &skipped);
	if (skipped.n > 0)
		buf_format(
			buf, "Passed over, not working days:\n%.*s", STR_ARGS(buf_view(&skipped)));
	buf_close(&skipped);
	buf_lit(buf, "Due: ");
	if (answer->due.at != INSTANT_UNKNOWN) {
		buf_format(buf, "%s ", weekday_name(day_weekday(answer->due.on)));
		buf_instant_words(buf, answer->due.at);
	} else {
		put_long_day(buf, answer->due.on);
	}
	buf_str(buf, rule->next_working
			? S(". It moves to the next working day where it would fall on none.\n")
			: S(". It does not move for a weekend or a holiday.\n"));
	if (answer->due.last_working_day != DAY_UNKNOWN) {
		buf_lit(buf, "Last working day on or before: ");
		put_long_day(buf, answer->due.last_working_day);
		buf_lit(buf, ".\n");
	}
	if (count_twin(law, answer, &twin)) {
		buf_lit(buf, "Data count ");
		buf_offset(buf, rule->twin);
		buf_lit(buf, ": ");
		put_long_day(buf, twin.on);
		buf_format(buf, " (%.*s).\n", STR_ARGS(rule->twin->id));
	}
	if (count_national(law, answer, &twin)) {
		buf_lit(buf, "That is the council's policy. By the law: ");
		put_long_day(buf, twin.on);
		buf_lit(buf, ", ");
		buf_limit(buf, &rule->limit);
		buf_lit(buf, ".\n");
	}
	put_source(buf, rule);
	if (rule->note.n > 0)
		buf_format(buf, "Note: %.*s\n", STR_ARGS(rule->note));
	if (answer->due.provisional) {
		buf_lit(buf, "Provisional: bank holidays are published to ");
		buf_day_words(buf, calendar_horizon(law->calendar));
		buf_lit(buf, "; later ones are computed.\n");
	}
}

static void json_skipped(void *to, day d, str why)
{
	struct json *json = to;
	json_object(json);
	json_key(json, S("date"));
	json_day(json, d);
	json_key(json, S("why"));
	json_str(json, why);
	json_end(json);
}

static void json_text(struct json *json, const char *key, const struct buf *text)
{
	json_key(json, str_of(key));
	json_str(json, buf_view(text));
}

static void json_source(struct json *json, const struct rule *rule)
{
	json_key(json, S("source"));
	json_object(json);
	json_key(json, S("level"));
	json_str(json, level_text(rule->level));
	json_key(json, S("authority"));
	json_str(json, rule->authority);
	json_key(json, S("edition"));
	json_str(json, rule->edition);
	json_key(json, S("citation"));
	json_str(json, rule->verified ? rule->citation : S(""));
	json_key(json, S("verified"));
	json_bool(json, rule->verified);
	json_end(json);
}

static void put_json(struct buf *buf, const struct law *law, const struct answer *answer)
{
	const struct rule *rule = answer->rule;
	struct json json = { .buf = buf, .indent = true };
	struct buf text = { 0 };
	struct due twin;
	json_object(&json);
	json_key(&json, S("rule"));
	json_str(&json, rule->id);
	json_key(&json, S("title"));
	json_str(&json, rule->title);
	put_from(&text, answer->from);
	json_text(&json, "from", &text);
	json_key(&json, S("base"));
	json_str(&json, base_text(answer->from_previous ? BASE_PREVIOUS : BASE_TRIGGER));
	buf_clear(&text);
	buf_offset(&text, rule);
	json_text(&json, "within", &text);
	buf_clear(&text);
	buf_due(&text, &answer->due);
	json_text(&json, "due", &text);
	buf_close(&text);
	json_key(&json, S("last_working_day"));
	json_day(&json, answer->due.last_working_day);
	json_key(&json, S("due_law"));
	json_day(&json, count_national(law, answer, &twin) ? twin.on : DAY_UNKNOWN);
	json_key(&json, S("due_data"));
	json_day(&json, count_twin(law, answer, &twin) ? twin.on : DAY_UNKNOWN);
	json_key(&json, S("skipped"));
	json_array(&json);
	due_skipped(law, limit_of(answer), answer->from.on, answer->due.on, json_skipped, &json);
	json_end(&json);
	json_source(&json, rule);
	json_key(&json, S("note"));
	json_str(&json, rule->note);
	json_key(&json, S("provisional"));
	json_bool(&json, answer->due.provisional);
	json_key(&json, S("calendar"));
	json_str(&json, calendar_version(law->calendar));
	json_end(&json);
}

static int run_one(const struct args *args, const struct law *law)
{
	struct answer answer;
	struct err err;
	const char *from = args_value(args, "from");
	if (args->words != 1 || from == NULL)
		return command_misused(args->command, "name a rule and the day it counts from");
	if (!answer_find(law, str_of(args->word[0]), str_of(from),
		    str_of(args_value(args, "previous")), &answer, &err))
		return command_fail(args->command, &err);
	struct buf out = { 0 };
	if (args_flag(args, "json")) {
		put_json(&out, law, &answer);
	} else {
		buf_due(&out, &answer.due);
		buf_char(&out, '\n');
		if (args_flag(args, "explain"))
			put_explained(&out, law, &answer);
	}
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

/* ---- many at once ---- */

/* Held until the file was read: one that is torn in its first row answers nothing, no header. */
static bool hold_rows(void *to, struct buf *rows, struct err *err)
{
	(void)err;
	buf_str(to, buf_view(rows));
	buf_clear(rows);
	return true;
}

static int run_batch(const struct args *args, const struct law *law, const char *path)
{
	struct buf text = { 0 }, out = { 0 };
	struct err err;
	struct answer_count count = { 0 };
	if (!file_read_lines(path, BATCH_LIMIT, &text, &err)) {
		buf_close(&text);
		return command_fail(args->command, &err);
	}
	/* Of Windows-1252 each byte may become three. */
	struct arena *arena = arena_open(text.n * 5 + (1 << 20));
	str csv;
	enum text_encoding encoding;
	bool done = text_decode(buf_view(&text), arena, &csv, &encoding, &err) &&
		answer_batch(law, csv, arena, (struct answer_sink){ .take = hold_rows, .to = &out },
			&count, &err);
	if (!done)
		file_blame(path, &err);
	/* What came before the fault is answered; where nothing did, nothing is written. */
	if (done || count.rows > 0) {
		struct err why;
		bool written = file_write("-", buf_view(&out), &why);
		if (!written) {
			err = why;
			count.rows = 0;
		}
		done = done && written;
	}
	buf_close(&out);
	arena_close(arena);
	buf_close(&text);
	if (!done) {
		command_fail(args->command, &err);
		return count.rows > 0 ? EXIT_FINDINGS : EXIT_NOTHING;
	}
	if (count.failed > 0)
		fprintf(stderr, "duly due: %zu row%s could not be answered: see the column error\n",
			count.failed, count.failed == 1 ? "" : "s");
	return count.failed > 0 ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(const struct args *args)
{
	struct arena *arena = arena_open(64 << 20);
	const struct law *law;
	struct err err;
	const char *path = args_value(args, "batch");
	int status;
	if (!law_of_args(args, true, arena, &law, &err))
		status = command_fail(args->command, &err);
	else if (path == NULL)
		status = run_one(args, law);
	else if (args->words > 0 || args_flag(args, "explain") || args_flag(args, "json") ||
		 args_value(args, "from") != NULL || args_value(args, "previous") != NULL)
		status = command_misused(args->command, "--batch stands alone");
	else
		status = run_batch(args, law, path);
	arena_close(arena);
	return status;
}

const struct command command_due = {
	.name = "due",
	.summary = "when a limit falls due, and why",
	.usage = "duly due RULE --from WHEN [--previous WHEN] [--explain | --json]\n"
		 "duly due --batch FILE\n"
		 "duly due ... [--policy FILE | --data DIR --authority CODE]",
	.help = "RULE is an id of `duly rules`. WHEN is a date, 2026-12-18, or for a limit in hours a\n"
		"date and time, 2026-03-27T14:30, as a clock in London shows it; the hour that October\n"
		"repeats needs its offset, 2026-10-25T01:30+01:00. The first line of the answer is the\n"
		"due date alone.\n\n"
		"A batch is CSV with the columns rule_id,trigger,previous: the same rows come back in\n"
		"the same order with due,error added. Exit status 1: some row has an error.\n\n"
		"With a store, or a file of policy, the council's own figures count; the law's date\n"
		"stands beside them in --explain and --json.",
	.words_max = 1,
	.option = {
		{ "from", "WHEN", "when the trigger happened; day 0 of the count" },
		{ "previous", "WHEN", "the previous actual event: then it is counted from that" },
		{ "explain", NULL, "add how it is counted, the days passed over and the source" },
		{ "json", NULL, "the same as one JSON object" },
		{ "batch", "FILE", "many at once; - is standard input" },
		{ "policy", "FILE", "count by this policy (duly policy)" },
		STORE_OPTIONS,
	},
	.run = run,
};
