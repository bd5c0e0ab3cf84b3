/* check.c - duly check: a statutory return held against its published rules. */
#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/check_cin.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/files.h"
#include "cli/map.h"
#include "job/worker.h"
#include "returns/ssda903/check/postcodes.h"
#include "returns/ssda903/check/provider_list.h"
#include "returns/ssda903/check/rule.h"

#include <stdio.h>

enum { WRITE_AT = 1 << 20 };

/* "2025-26" is the year that closes on 31 March 2026. */
static bool read_collection(const char *text, int *year, struct err *err)
{
	str s = str_of(text);
	int64_t first, last;
	if (s.n != 7 || s.p[4] != '-' || !str_int(str_upto(s, 4), &first) || !str_int(str_from(s, 5), &last) ||
		(first + 1) % 100 != last)
		return err_set(err, ERR_INPUT, "write the collection year like 2025-26");
	*year = (int)first + 1;
	return true;
}

struct checking {
	struct arena *arena;
	struct files this_year, last_year;
	struct return_rows rows;
	struct check_result result;
	struct map map; /* the file of postcodes */
	struct buf index, list;
	struct postcode_index places;
	struct postcodes postcodes;
	struct providers providers;
};

/* The files of the folder itself, as UTF-8. */
static bool read_folder(struct checking *c, struct files *files, const char *folder,
	struct source_file **out, struct err *err)
{
	if (!files_folder(files, folder, ".csv", err))
		return false;
	*out = arena_take(c->arena, files->n + 1, sizeof **out);
	for (size_t i = 0; i < files->n; i++) {
		enum text_encoding encoding;
		(*out)[i].path = buf_view(&files->item[i].name);
		if (!text_decode(buf_view(&files->item[i].bytes), c->arena, &(*out)[i].text, &encoding, err)) {
			file_blame(arena_text(c->arena, (*out)[i].path), err);
			return false;
		}
	}
	return true;
}

/* An index is used where it stands; of a CSV one is made for this run. */
static bool open_postcodes(struct checking *c, const char *path, struct check_asked *asked, struct err *err)
{
	size_t n;
	if (!map_open(path, &c->map, err))
		return false;
	str bytes = c->map.bytes;
	bool made = postcodes_is_index(bytes);
	if (!made && postcodes_build(bytes, &c->index, &n, err))
		bytes = buf_view(&c->index), made = true;
	if (!made || !postcodes_open(c->arena, bytes, &c->places, err)) {
		file_blame(path, err);
		return false;
	}
	c->postcodes = (struct postcodes){ postcodes_find, &c->places };
	asked->postcodes = &c->postcodes;
	return true;
}

/* Workbook or CSV: opened by the confined worker, as any spreadsheet from outside. */
static bool open_providers(struct checking *c, const char *path, struct check_asked *asked, struct err *err)
{
	struct buf bytes = { 0 };
	struct grids *grids = arena_new(c->arena, struct grids);
	bool done = file_read(path, WORKER_INPUT_MAX, &bytes, err);
	if (done) {
		struct worker worker = { .kind = "sheet", .input = buf_view(&bytes) };
		done = worker_run(&worker, &c->list, err) && grids_get(c->arena, buf_view(&c->list), grids, err) &&
			provider_list_read(c->arena, grids, &c->providers, err);
		if (!done)
			file_blame(path, err);
	}
	buf_close(&bytes);
	asked->providers = &c->providers;
	return done;
}

static bool open_reference(struct checking *c, const struct args *args, struct check_asked *asked, struct err *err)
{
	const char *postcodes = args_value(args, "postcodes"), *providers = args_value(args, "providers");
	return (postcodes == NULL || open_postcodes(c, postcodes, asked, err)) &&
		(providers == NULL || open_providers(c, providers, asked, err));
}

static void put_findings(const struct checking *c)
{
	struct buf text = { 0 };
	struct csv_out out = { .buf = &text };
	static const char *const head[] = { "rule", "table", "row", "field", "child" };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&out, str_of(head[i]));
	csv_put_end(&out);
	for (size_t i = 0; i < c->result.n; i++) {
		const struct finding *one = &c->result.item[i];
		const struct check_rule *rule = check_rule(one->rule);
		csv_put(&out, rule->code);
		csv_put(&out, table_rows[one->table].title);
		csv_put_int(&out, one->row);
		csv_put(&out, rule->fields);
		csv_put(&out, c->rows.child[one->child]);
		csv_put_end(&out);
		if (text.n > WRITE_AT) {
			fwrite(text.p, 1, text.n, stdout);
			buf_clear(&text);
		}
	}
	fwrite(text.p, 1, text.n, stdout);
	buf_close(&text);
}

static void put_summary(const struct checking *c)
{
	for (size_t i = 0; i < check_rules_n(); i++) {
		const struct rule_outcome *rule = &c->result.rule[i];
		if (rule->outcome == CHECK_FAILED)
			fprintf(stderr, "%-10.*s %7zu  %.*s\n", STR_ARGS(check_rule(i)->code), rule->findings,
				STR_ARGS(check_rule(i)->message));
		else if (rule->outcome == CHECK_NOT_RUN && rule->why.n > 0)
			fprintf(stderr, "%-10.*s not run  %.*s\n", STR_ARGS(check_rule(i)->code),
				STR_ARGS(rule->why));
	}
	fprintf(stderr, "%zu findings\n", c->result.n);
}

static bool check(struct checking *c, const struct args *args, struct err *err)
{
	struct source_file *now = NULL, *before = NULL;
	struct check_asked asked = { .authority = str_of(args_value(args, "local-authority")) };
	const char *previous = args_value(args, "previous");
	if (!read_collection(args_value(args, "collection"), &asked.year, err) ||
		!read_folder(c, &c->this_year, args->word[1], &now, err) ||
		(previous != NULL && !read_folder(c, &c->last_year, previous, &before, err)) ||
		!open_reference(c, args, &asked, err) ||
		!rows_read(c->arena, now, c->this_year.n, before, c->last_year.n, &c->rows, err))
		return false;
	check_run(c->arena, &c->rows, &asked, &c->result);
	if (c->places.damaged != NULL && *c->places.damaged)
		return err_set(err, ERR_BROKEN, "the index of postcodes is damaged: build it again");
	return true;
}

/* One line each: the code, the years, the message. */
static int tell_rules(void)
{
	for (size_t i = 0; i < check_rules_n(); i++) {
		const struct check_rule *rule = check_rule(i);
		printf("%-10.*s %d-%.0d  %.*s\n", STR_ARGS(rule->code), rule->first, rule->last,
			STR_ARGS(rule->message));
	}
	return EXIT_DONE;
}

/* An option of the other return would be passed over without a word. */
static const char *misplaced(const struct args *args, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (args_value(args, names[i]) != NULL)
			return names[i];
	}
	return NULL;
}

/* The census says its own year. */
static int run_cin(const struct args *args)
{
	int year = 0;
	struct err err;
	static const char *const others[] = { "previous", "postcodes", "providers", "local-authority" };
	const char *other = misplaced(args, others, sizeof others / sizeof *others);
	const char *collection = args_value(args, "collection");
	if (args->words != 2)
		return command_misused(args->command, "say cin, and the file of the census");
	if (other != NULL)
		return command_misused(args->command, "--%s is for ssda903, not for cin", other);
	if (collection != NULL && !read_collection(collection, &year, &err))
		return command_fail(args->command, &err);
	return check_cin(args, year);
}

static int run(const struct args *args)
{
	if (args->words > 0 && str_equal(str_of(args->word[0]), S("rules")))
		return args->words > 1 && str_equal(str_of(args->word[1]), S("cin")) ? check_cin_rules()
										     : tell_rules();
	if (args->words > 0 && str_equal(str_of(args->word[0]), S("cin")))
		return run_cin(args);
	static const char *const others[] = { "csv", "whole" };
	const char *other = misplaced(args, others, sizeof others / sizeof *others);
	if (args->words != 2 || args_value(args, "collection") == NULL ||
		!str_equal(str_of(args->word[0]), S("ssda903")))
		return command_misused(args->command, "say ssda903, the folder, and --collection 2025-26; or cin, and the file");
	if (other != NULL)
		return command_misused(args->command, "--%s is for cin, not for ssda903", other);
	struct checking c = { .arena = arena_open((size_t)16 << 30) };
	struct err err;
	int status = EXIT_NOTHING;
	if (check(&c, args, &err)) {
		put_findings(&c);
		put_summary(&c);
		status = c.result.n > 0 ? EXIT_FINDINGS : EXIT_DONE;
	} else {
		command_fail(args->command, &err);
	}
	check_result_close(&c.result);
	files_close(&c.this_year);
	files_close(&c.last_year);
	map_close(&c.map);
	buf_close(&c.index);
	buf_close(&c.list);
	arena_close(c.arena);
	return status;
}

const struct command command_check = {
	.name = "check",
	.summary = "hold a statutory return against its published rules",
	.usage = "duly check ssda903 DIR --collection 2025-26 [--previous DIR] [--postcodes FILE]\n"
		 "    [--providers FILE] [--local-authority CODE]\n"
		 "duly check cin FILE.xml [--collection 2025-26] [--csv FILE] [--whole FILE]\n"
		 "duly check rules [cin]",
	.words_max = 2,
	.option = {
		{ "collection", "YEAR", "the year of the return: 2025-26" },
		{ "previous", "DIR", "last year's files" },
		{ "postcodes", "FILE", "where postcodes lie: a CSV, or what duly postcodes build made of it" },
		{ "providers", "FILE", "Ofsted's list of homes, schools and agencies: .xlsx or .csv" },
		{ "local-authority", "CODE", "E08000025" },
		{ "csv", "FILE", "cin: where the findings go, instead of standard output" },
		{ "whole", "FILE", "cin: where findings with the whole return go, which lie in no row" },
	},
	.run = run,
};
