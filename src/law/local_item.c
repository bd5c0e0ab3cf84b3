/* local_item.c - one item of a council's policy: its keys, and whether its rule allows what it says. */
#include "law/local_reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool local_item_wrong(
	struct overlay *o, const struct local_item *item, size_t line, const char *format, ...)
{
	char what[260];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	if (item->id.n == 0)
		return err_set(o->r.err, ERR_INPUT, "policy line %zu: %s", line, what);
	return err_set(o->r.err, ERR_INPUT, "policy line %zu, %.*s: %s", line,
		STR_ARGS(str_upto(item->id, 60)), what);
}

/* The key that an item begins with, and one that only its kind has. */
static const struct {
	str key, more;
} kinds[LOCAL_KINDS] = {
	[LOCAL_FIGURE] = { S_INIT("policy"), S_INIT("title") },
	[LOCAL_RULE] = { S_INIT("rule"), { 0 } },
	[LOCAL_SETTING] = { S_INIT("setting"), S_INIT("choice") },
	[LOCAL_RECORDED] = { S_INIT("recorded"), { 0 } },
};

static bool take_text(struct overlay *o, struct local_item *item, node *value, str *out)
{
	*out = arena_str(o->r.arena, text_of(value));
	if (out->n == 0)
		return local_item_wrong(o, item, line_of(value), "a text is wanted here");
	return true;
}

static bool take_limit(struct overlay *o, struct local_item *item, node *value)
{
	str of;
	if (!limit_read(text_of(value), &item->limit, &of) || item->limit.unit > UNIT_YEARS)
		return local_item_wrong(o, item, line_of(value),
			"write a limit as 15 working days, 28 days, 2 months or 3 working days before");
	return true;
}

static bool take_day(struct overlay *o, struct local_item *item, node *value, day *out)
{
	struct err err;
	if (!day_read(text_of(value), out, &err))
		return local_item_wrong(o, item, line_of(value), "%s", err.text);
	return true;
}

/* The text of an item that a key names; NULL: none. */
static str *text_of_key(struct local_item *item, str name)
{
	const struct {
		str name;
		str *text;
	} texts[] = {
		{ kinds[item->kind].key, &item->id },
		{ kinds[item->kind].more, item->kind == LOCAL_FIGURE ? &item->title : &item->choice },
		{ S("author"), &item->author },
		{ S("reason"), &item->reason },
		{ S("approved by"), &item->approved_by },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (texts[i].name.n > 0 && str_equal(name, texts[i].name))
			return texts[i].text;
	}
	return NULL;
}

/* And its day. */
static day *day_of_key(struct local_item *item, str name)
{
	if (str_equal(name, S("effective from")))
		return &item->from;
	return str_equal(name, S("effective to")) ? &item->to : NULL;
}

static bool is_given_twice(struct overlay *o, const struct local_item *item, node *key)
{
	return local_item_wrong(o, item, line_of(key), "%.*s is given twice", STR_ARGS(text_of(key)));
}

/* The keys of a figure, of a setting and of what is written down here. */
static bool take_key(struct overlay *o, struct local_item *item, node *key, node *value)
{
	str name = text_of(key);
	str *text = text_of_key(item, name);
	day *on = day_of_key(item, name);
	if (text != NULL)
		return text->n > 0 ? is_given_twice(o, item, key) : take_text(o, item, value, text);
	if (on != NULL)
		return *on != DAY_UNKNOWN ? is_given_twice(o, item, key) : take_day(o, item, value, on);
	if (item->kind == LOCAL_FIGURE && str_equal(name, S("within")))
		return item->limit.n > 0 ? is_given_twice(o, item, key) : take_limit(o, item, value);
	return local_item_wrong(o, item, line_of(key), "there is no key \"%.*s\"", STR_ARGS(str_upto(name, 60)));
}

static bool says_why(struct overlay *o, const struct local_item *item)
{
	if (item->from == DAY_UNKNOWN)
		return local_item_wrong(o, item, item->line, "the key \"effective from\" is missing");
	if (item->to != DAY_UNKNOWN && item->to < item->from)
		return local_item_wrong(o, item, item->line, "it ends before it begins");
	if (item->author.n == 0 || item->reason.n == 0)
		return local_item_wrong(o, item, item->line, "the key \"%s\" is missing",
			item->author.n == 0 ? "author" : "reason");
	return true;
}

/* ---- what its rule allows */

/* The sentence that forbids it, in the words of the rules' text. */
static bool forbid_later(struct overlay *o, const struct local_item *item, const char *example)
{
	struct buf says = { 0 };
	buf_source(&says, item->rule);
	buf_lit(&says, ": ");
	buf_offset(&says, item->rule);
	err_set(o->r.err, ERR_INPUT,
		"policy line %zu, %.*s: later than the law, which no council may be: %.*s (%s)",
		item->line, STR_ARGS(item->id), STR_ARGS(str_upto(buf_view(&says), 160)), example);
	buf_close(&says);
	return false;
}

/* Not earlier on each day: free where the limit is habit; a departure from guidance; else forbidden. */
static bool allow_later(struct overlay *o, struct local_item *item, const char *example)
{
	const struct rule *rule = item->rule;
	if (rule->local == LOCAL_ALWAYS)
		return true;
	if (rule->level < LEVEL_SG)
		return forbid_later(o, item, example);
	item->departure = true;
	if (item->approved_by.n > 0)
		return true;
	struct buf source = { 0 };
	buf_source(&source, rule);
	local_item_wrong(o, item, item->line, "later than %.*s (%s): a departure says \"approved by\"",
		STR_ARGS(str_upto(buf_view(&source), 130)), example);
	buf_close(&source);
	return false;
}

static bool check_figure(struct overlay *o, struct local_item *item)
{
	struct err why;
	const struct rule *rule = rules_find(o->law->rules, item->id);
	if (rule == NULL || !rule_is_shown(rule))
		return local_item_wrong(o, item, item->line, "there is no such rule (duly rules)");
	item->rule = rule;
	if (item->limit.n == 0)
		return local_item_wrong(o, item, item->line, "the key \"within\" is missing");
	if (item->title.n == 0)
		item->title = rule->title;
	if (!local_may_set(rule, &why) || !local_is_comparable(rule, &item->limit, &why))
		return local_item_wrong(o, item, item->line, "%s", why.text);
	if (local_is_never_later(o->national, &o->national->rules->rule[rule->index], &item->limit,
		    &why))
		return true;
	return allow_later(o, item, why.text);
}

static bool check_setting(struct overlay *o, struct local_item *item)
{
	const struct choice_row *first = choice_find(item->id, S(""));
	if (first == NULL)
		return local_item_wrong(o, item, item->line, "there is no such setting");
	if (item->choice.n == 0 || choice_find(item->id, item->choice) == NULL) {
		struct buf all = { 0 };
		for (size_t i = 0; i < choice_rows_n; i++) {
			if (str_equal(choice_rows[i].setting, item->id))
				buf_format(&all, "%s%.*s", all.n > 0 ? ", " : "",
					STR_ARGS(choice_rows[i].value));
		}
		local_item_wrong(o, item, item->line, "choice is one of %.*s", STR_ARGS(buf_view(&all)));
		buf_close(&all);
		return false;
	}
	item->title = first->title;
	if (choice_moves_clocks(first)) {
		item->rule = rules_find(o->law->rules, first->rule);
		must(item->rule != NULL);
	}
	return true;
}

static bool check_recorded(struct overlay *o, struct local_item *item)
{
	item->area = area_find(item->id);
	item->title = area_title(item->area);
	if (item->approved_by.n > 0)
		return local_item_wrong(o, item, item->line, "only a later limit is approved by somebody");
	if (item->area != AREA_NONE)
		return true;
	struct buf all = { 0 };
	for (enum area area = AREA_NONE + 1; area < AREAS; area++)
		buf_format(&all, "%s%.*s", all.n > 0 ? ", " : "", STR_ARGS(area_id(area)));
	local_item_wrong(o, item, item->line, "recorded is one of %.*s", STR_ARGS(buf_view(&all)));
	buf_close(&all);
	return false;
}

bool local_item_check(struct overlay *o, struct local_item *item)
{
	if (item->kind == LOCAL_FIGURE)
		return check_figure(o, item);
	if (item->kind == LOCAL_SETTING)
		return check_setting(o, item);
	/* A rule of the council's own was checked as it was read. */
	return item->kind == LOCAL_RULE || check_recorded(o, item);
}

/* ---- reading it */

static bool read_pairs(struct overlay *o, struct local_item *item, node *at)
{
	for (yaml_node_pair_t *pair = at->data.mapping.pairs.start;
		pair < at->data.mapping.pairs.top; pair++) {
		if (!take_key(o, item, node_at(&o->r, pair->key), node_at(&o->r, pair->value)))
			return false;
	}
	return says_why(o, item);
}

/* A rule of the council's own: everything that a rule says, and no more weight than it has. */
static bool read_own(struct overlay *o, struct local_item *item, node *at)
{
	struct rule *rule = &o->r.rule[o->r.n];
	memset(rule, 0, sizeof *rule);
	if (!rule_add(&o->r, at))
		return false;
	rule->own = true;
	rule->item = item->stored;
	rule->of = item;
	item->id = rule->id;
	item->title = rule->title;
	item->rule = rule;
	item->from = rule->effective_from;
	item->to = rule->effective_to;
	item->author = rule->author;
	item->reason = rule->reason;
	if (!str_starts(rule->id, S("local-")))
		return local_item_wrong(o, item, item->line, "the id of a council's own rule begins with local-");
	if (rule->level != LEVEL_LOCAL && rule->level != LEVEL_GOOD)
		return local_item_wrong(o, item, item->line, "a council's own rule is of level LOCAL");
	if (rule->local != LOCAL_ALWAYS)
		return local_item_wrong(o, item, item->line, "write local: always: it is the council's to set");
	return says_why(o, item);
}

static str first_key(struct reading *r, node *at)
{
	if (at->type != YAML_MAPPING_NODE || at->data.mapping.pairs.start >= at->data.mapping.pairs.top)
		return S("");
	return text_of(node_at(r, at->data.mapping.pairs.start->key));
}

bool local_item_read(struct overlay *o, node *at)
{
	struct local_item *item = &o->local->item[o->local->n];
	str first = first_key(&o->r, at);
	*item = (struct local_item){ .line = line_of(at), .from = DAY_UNKNOWN, .to = DAY_UNKNOWN,
		.saved_at = INSTANT_UNKNOWN, .stored = (int64_t)o->local->n + 1 };
	while (item->kind < LOCAL_KINDS && !str_equal(first, kinds[item->kind].key))
		item->kind++;
	if (item->kind == LOCAL_KINDS)
		return local_item_wrong(o, item, item->line,
			"an item begins with policy, setting, rule or recorded");
	if (o->local->n > 0 && item->line == item[-1].line)
		return local_item_wrong(o, item, item->line, "each item begins on a line of its own");
	o->local->n++;
	return item->kind == LOCAL_RULE ? read_own(o, item, at) : read_pairs(o, item, at);
}
