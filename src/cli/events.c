#include "base/csv.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/file.h"
#include "law/word.h"

enum { COLUMNS = 5 };

static const char *const column[COLUMNS] = { "word", "subject", "thread", "detail", "note" };

static void fields_of(enum word word, str field[COLUMNS])
{
	const struct word_row *row = &word_rows[word];
	field[0] = row->text;
	field[1] = subject_kind_text(row->subject);
	field[2] = word_threads_text(word);
	field[3] = row->detail;
	field[4] = row->note;
}

static void put_csv(struct buf *out)
{
	struct csv_out csv = { .buf = out };
	for (size_t i = 0; i < COLUMNS; i++)
		csv_put(&csv, str_of(column[i]));
	csv_put_end(&csv);
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		str field[COLUMNS];
		fields_of((enum word)word, field);
		for (size_t i = 0; i < COLUMNS; i++)
			csv_put(&csv, field[i]);
		csv_put_end(&csv);
	}
}

static void put_json(struct buf *out)
{
	struct json json = { .buf = out, .indent = true };
	json_array(&json);
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		str field[COLUMNS];
		fields_of((enum word)word, field);
		json_object(&json);
		for (size_t i = 0; i < COLUMNS; i++) {
			json_key(&json, str_of(column[i]));
			json_str(&json, field[i]);
		}
		json_end(&json);
	}
	json_end(&json);
}

static void put_table(struct buf *out)
{
	buf_format(out, "%-30s %-11s %-18s %s\n", "Word", "Subject", "Thread", "Detail, and note");
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		str field[COLUMNS];
		fields_of((enum word)word, field);
		buf_format(out, "%-30.*s %-11.*s %-18.*s %.*s%s%.*s\n", STR_ARGS(field[0]),
			STR_ARGS(field[1]), STR_ARGS(field[2]), STR_ARGS(field[3]),
			field[3].n > 0 && field[4].n > 0 ? "  " : "", STR_ARGS(field[4]));
	}
}

static int run(const struct args *args)
{
	if (args_flag(args, "csv") && args_flag(args, "json"))
		return command_misused(args->command, "--csv or --json, not both");
	struct buf out = { 0 };
	if (args_flag(args, "csv"))
		put_csv(&out);
	else if (args_flag(args, "json"))
		put_json(&out);
	else
		put_table(&out);
	struct err err;
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_events = {
	.name = "events",
	.summary = "the words for what can happen, and the detail each may carry",
	.usage = "duly events [--csv | --json]",
	.option = {
		{ "csv", NULL, "columns word,subject,thread,detail,note" },
		{ "json", NULL, "the same as a list of JSON objects" },
	},
	.run = run,
};
