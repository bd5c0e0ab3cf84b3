#include "base/csv.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/law.h"

static void put_words(struct buf *buf, const struct word_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		buf_str(buf, i == 0 ? S("") : S(" or "));
		buf_str(buf, word_text(set->word[i]));
	}
}

/* The whole citation, checked or not: the column beside it says which. */
static void put_citation(struct buf *buf, const struct rule *rule)
{
	buf_source(buf, rule);
	if (!rule->verified && rule->citation.n > 0)
		buf_format(buf, ", %.*s", STR_ARGS(rule->citation));
}

enum { COLUMNS = 16 };

static const char *const column[COLUMNS] = { "rule", "title", "trigger", "base", "offset", "unit",
	"satisfied_by", "level", "citation", "verified", "local", "way", "of", "moves", "in_force", "council" };

/* What the council's policy says of it: "15 working days from 2026-04-01". */
static void put_council(struct buf *buf, const struct rule *rule)
{
	if (rule->own)
		buf_lit(buf, "own rule");
	for (size_t i = 0; i < rule->figures; i++) {
		buf_str(buf, i > 0 ? S("; ") : S(""));
		buf_limit(buf, &rule->figure[i].limit);
		buf_lit(buf, " from ");
		buf_day(buf, rule->figure[i].from);
		if (rule->figure[i].to != DAY_UNKNOWN) {
			buf_lit(buf, " to ");
			buf_day(buf, rule->figure[i].to);
		}
	}
	for (size_t i = 0; i + 1 < rule->choices; i++) {
		buf_str(buf, i > 0 ? S("; ") : S(""));
		buf_lit(buf, "counted from ");
		buf_str(buf, rule->choice[i].when.n > 0 ? rule->choice[i].when.values[0]
						       : word_text(rule->choice[i].word));
		buf_lit(buf, " from ");
		buf_day(buf, rule->choice[i].from);
	}
}

/* The fields of a rule, in the order of the columns; *text holds what had to be put together. */
static void fields_of(const struct rule *rule, struct buf *text, str field[COLUMNS])
{
	size_t at[5];
	buf_clear(text);
	at[0] = text->n;
	put_words(text, &rule->trigger);
	for (size_t i = 0; i < rule->prepared; i++)
		buf_format(text, i == 0 ? "before %.*s" : " or %.*s",
			STR_ARGS(rule->prepares[i]->id));
	at[1] = text->n;
	put_words(text, &rule->met_by);
	at[2] = text->n;
	put_citation(text, rule);
	at[3] = text->n;
	buf_int(text, rule->limit.n);
	at[4] = text->n;
	put_council(text, rule);
	str all = buf_view(text);
	field[0] = rule->id;
	field[1] = rule->title;
	field[2] = str_upto(all, at[1]);
	field[3] = base_text(rule->base);
	field[4] = str_from(str_upto(all, at[4]), at[3]);
	field[5] = unit_text(rule->limit.unit);
	field[6] = str_from(str_upto(all, at[2]), at[1]);
	field[7] = level_text(rule->level);
	field[8] = str_from(str_upto(all, at[3]), at[2]);
	field[9] = rule->verified ? S("yes") : S("no");
	field[10] = local_text(rule->local);
	field[11] = rule->limit.before ? S("before") : rule->limit.with_day ? S("with the day") : S("after");
	field[12] = rule->halfway != NULL ? rule->halfway->id : rule->given;
	field[13] = rule->next_working ? S("yes") : S("no");
	field[15] = str_from(all, at[4]);
	field[14] = rule_is_on(rule) ? S("yes") : S("not yet");
}

static void put_csv(struct buf *out, const struct rules *rules)
{
	struct csv_out csv = { .buf = out };
	struct buf text = { 0 };
	for (size_t i = 0; i < COLUMNS; i++)
		csv_put(&csv, str_of(column[i]));
	csv_put_end(&csv);
	for (size_t i = 0; i < rules->n; i++) {
		str field[COLUMNS];
		if (!rule_is_shown(&rules->rule[i]))
			continue;
		fields_of(&rules->rule[i], &text, field);
		for (size_t j = 0; j < COLUMNS; j++)
			csv_put(&csv, field[j]);
		csv_put_end(&csv);
	}
	buf_close(&text);
}

static void put_json(struct buf *out, const struct rules *rules)
{
	struct json json = { .buf = out, .indent = true };
	struct buf text = { 0 };
	json_array(&json);
	for (size_t i = 0; i < rules->n; i++) {
		str field[COLUMNS];
		if (!rule_is_shown(&rules->rule[i]))
			continue;
		fields_of(&rules->rule[i], &text, field);
		json_object(&json);
		for (size_t j = 0; j < COLUMNS; j++) {
			json_key(&json, str_of(column[j]));
			if (j == 4)
				json_int(&json, rules->rule[i].limit.n);
			else if (j == 9)
				json_bool(&json, rules->rule[i].verified);
			else
				json_str(&json, field[j]);
		}
		json_end(&json);
	}
	json_end(&json);
	buf_close(&text);
}

static void put_table(struct buf *out, const struct rules *rules)
{
	struct buf within = { 0 };
	size_t shown = 0;
	buf_format(
		out, "%-26s %-16s %-6s %-8s %-9s %s\n", "Rule", "Within", "Level", "Checked", "Local",
		"Title");
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		if (!rule_is_shown(rule))
			continue;
		shown++;
		buf_clear(&within);
		buf_limit(&within, &rule->limit);
		buf_format(out, "%-26.*s %-16.*s %-6.*s %-8s %-9.*s %.*s", STR_ARGS(rule->id),
			STR_ARGS(buf_view(&within)), STR_ARGS(level_text(rule->level)),
			rule->verified ? "yes" : "no", STR_ARGS(local_text(rule->local)),
			STR_ARGS(rule->title));
		buf_clear(&within);
		put_council(&within, rule);
		if (within.n > 0)
			buf_format(out, " (the council's: %.*s)", STR_ARGS(buf_view(&within)));
		buf_char(out, '\n');
	}
	buf_format(out,
		"\n%zu rules. Checked: the authority's own text was read; what was not is never "
		"shown as a citation.\nLocal: whether a council may set its own figure (duly policy).\n",
		shown);
	buf_close(&within);
}

static int run(const struct args *args)
{
	if (args_flag(args, "csv") && args_flag(args, "json"))
		return command_misused(args->command, "--csv or --json, not both");
	struct arena *arena = arena_open(64 << 20);
	const struct law *law;
	struct err err;
	if (!law_of_args(args, false, arena, &law, &err)) {
		arena_close(arena);
		return command_fail(args->command, &err);
	}
	const struct rules *rules = law->rules;
	struct buf out = { 0 };
	if (args_flag(args, "csv"))
		put_csv(&out, rules);
	else if (args_flag(args, "json"))
		put_json(&out, rules);
	else
		put_table(&out, rules);
	bool written = file_write("-", buf_view(&out), &err);
	buf_close(&out);
	arena_close(arena);
	return written ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_rules = {
	.name = "rules",
	.summary = "the timescales, each with its source and whether that was checked",
	.usage = "duly rules [--csv | --json] [--data DIR --authority CODE]",
	.help = "With a store, what that council's policy adds stands beside each rule, and its own rules\n"
		"after the law's.",
	.option = {
		{ "csv", NULL, "every column, to be read by a program" },
		{ "json", NULL, "the same as a list of JSON objects" },
		STORE_OPTIONS,
	},
	.run = run,
};
