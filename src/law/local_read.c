/* local_read.c - a council's policy, read into a law of its own: the national rules are copied, so that
 * what they are to each other can be said anew, and the council's items are laid over them. */
#include "law/local.h"
#include "law/rule_index.h"
#include "law/rule_reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct overlay {
	struct reading r;
	const struct law *national;
	struct law *law;
	struct local_policy *local;
};

/* ---- the national rules, copied */

static const struct rule *moved(const struct overlay *o, const struct rule *rule)
{
	return rule == NULL ? NULL : &o->r.rule[rule->index];
}

static void copy_rules(struct overlay *o)
{
	const struct rules *rules = o->national->rules;
	memcpy(o->r.rule, rules->rule, rules->n * sizeof *rules->rule);
	for (size_t i = 0; i < rules->n; i++) {
		struct rule *rule = &o->r.rule[i];
		rule->halfway = moved(o, rule->halfway);
		rule->chain = moved(o, rule->chain);
		rule->twin = moved(o, rule->twin);
		for (size_t k = 0; k < rule->prepared; k++)
			rule->prepares[k] = moved(o, rule->prepares[k]);
	}
	o->r.n = rules->n;
}

/* ---- one item */

__attribute__((format(printf, 4, 5))) static bool wrong(struct overlay *o, const struct local_item *item, size_t line, const char *format, ...)
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

static bool take_limit(struct overlay *o, struct local_item *item, node *value)
{
	str of;
	if (!limit_read(text_of(value), &item->limit, &of) || item->limit.unit > UNIT_YEARS)
		return wrong(o, item, line_of(value),
			"write a limit as 15 working days, 28 days, 2 months or 3 working days before");
	return true;
}

static bool take_day(struct overlay *o, struct local_item *item, node *value, day *out)
{
	struct err err;
	if (!day_read(text_of(value), out, &err))
		return wrong(o, item, line_of(value), "%s", err.text);
	return true;
}

/* The keys of a figure, of a setting and of what is written down here. */
static bool take_key(struct overlay *o, struct local_item *item, node *key, node *value)
{
	str name = text_of(key);
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
		if (texts[i].name.n == 0 || !str_equal(name, texts[i].name))
			continue;
		if (texts[i].text->n > 0)
			return wrong(o, item, line_of(key), "%.*s is given twice", STR_ARGS(name));
		*texts[i].text = arena_str(o->r.arena, text_of(value));
		if (texts[i].text->n == 0)
			return wrong(o, item, line_of(value), "a text is wanted here");
		return true;
	}
	bool from = str_equal(name, S("effective from"));
	if (from || str_equal(name, S("effective to"))) {
		day *on = from ? &item->from : &item->to;
		if (*on != DAY_UNKNOWN)
			return wrong(o, item, line_of(key), "%.*s is given twice", STR_ARGS(name));
		return take_day(o, item, value, on);
	}
	if (item->kind == LOCAL_FIGURE && str_equal(name, S("within"))) {
		if (item->limit.n > 0)
			return wrong(o, item, line_of(key), "within is given twice");
		return take_limit(o, item, value);
	}
	return wrong(o, item, line_of(key), "there is no key \"%.*s\"", STR_ARGS(str_upto(name, 60)));
}

static bool says_why(struct overlay *o, const struct local_item *item)
{
	if (item->from == DAY_UNKNOWN)
		return wrong(o, item, item->line, "the key \"effective from\" is missing");
	if (item->to != DAY_UNKNOWN && item->to < item->from)
		return wrong(o, item, item->line, "it ends before it begins");
	if (item->author.n == 0 || item->reason.n == 0)
		return wrong(o, item, item->line, "the key \"%s\" is missing",
			item->author.n == 0 ? "author" : "reason");
	return true;
}

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
	wrong(o, item, item->line, "later than %.*s (%s): a departure says \"approved by\"",
		STR_ARGS(str_upto(buf_view(&source), 130)), example);
	buf_close(&source);
	return false;
}

static bool check_figure(struct overlay *o, struct local_item *item)
{
	struct err why;
	const struct rule *rule = rules_find(o->law->rules, item->id);
	if (rule == NULL || !rule_is_shown(rule))
		return wrong(o, item, item->line, "there is no such rule (duly rules)");
	item->rule = rule;
	if (item->limit.n == 0)
		return wrong(o, item, item->line, "the key \"within\" is missing");
	if (item->title.n == 0)
		item->title = rule->title;
	if (!local_may_set(rule, &why) || !local_is_comparable(rule, &item->limit, &why))
		return wrong(o, item, item->line, "%s", why.text);
	if (local_is_never_later(o->national, &o->national->rules->rule[rule->index], &item->limit,
		    &why))
		return true;
	return allow_later(o, item, why.text);
}

static bool check_setting(struct overlay *o, struct local_item *item)
{
	const struct choice_row *first = choice_find(item->id, S(""));
	if (first == NULL)
		return wrong(o, item, item->line, "there is no such setting");
	if (item->choice.n == 0 || choice_find(item->id, item->choice) == NULL) {
		struct buf all = { 0 };
		for (size_t i = 0; i < choice_rows_n; i++) {
			if (str_equal(choice_rows[i].setting, item->id))
				buf_format(&all, "%s%.*s", all.n > 0 ? ", " : "",
					STR_ARGS(choice_rows[i].value));
		}
		wrong(o, item, item->line, "choice is one of %.*s", STR_ARGS(buf_view(&all)));
		buf_close(&all);
		return false;
	}
	item->title = first->title;
	item->rule = rules_find(o->law->rules, first->rule);
	must(item->rule != NULL);
	return true;
}

static bool check_recorded(struct overlay *o, struct local_item *item)
{
	item->area = area_find(item->id);
	item->title = area_title(item->area);
	if (item->approved_by.n > 0)
		return wrong(o, item, item->line, "only a later limit is approved by somebody");
	if (item->area != AREA_NONE)
		return true;
	struct buf all = { 0 };
	for (enum area area = AREA_NONE + 1; area < AREAS; area++)
		buf_format(&all, "%s%.*s", all.n > 0 ? ", " : "", STR_ARGS(area_id(area)));
	wrong(o, item, item->line, "recorded is one of %.*s", STR_ARGS(buf_view(&all)));
	buf_close(&all);
	return false;
}

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
		return wrong(o, item, item->line, "the id of a council's own rule begins with local-");
	if (rule->level != LEVEL_LOCAL && rule->level != LEVEL_GOOD)
		return wrong(o, item, item->line, "a council's own rule is of level LOCAL");
	if (rule->local != LOCAL_ALWAYS)
		return wrong(o, item, item->line, "write local: always: it is the council's to set");
	return says_why(o, item);
}

static str first_key(struct reading *r, node *at)
{
	if (at->type != YAML_MAPPING_NODE || at->data.mapping.pairs.start >= at->data.mapping.pairs.top)
		return S("");
	return text_of(node_at(r, at->data.mapping.pairs.start->key));
}

static bool read_item(struct overlay *o, node *at)
{
	struct local_item *item = &o->local->item[o->local->n];
	str first = first_key(&o->r, at);
	*item = (struct local_item){ .line = line_of(at), .from = DAY_UNKNOWN, .to = DAY_UNKNOWN,
		.saved_at = INSTANT_UNKNOWN, .stored = (int64_t)o->local->n + 1 };
	while (item->kind < LOCAL_KINDS && !str_equal(first, kinds[item->kind].key))
		item->kind++;
	if (item->kind == LOCAL_KINDS)
		return wrong(o, item, item->line,
			"an item begins with policy, setting, rule or recorded");
	if (o->local->n > 0 && item->line == item[-1].line)
		return wrong(o, item, item->line, "each item begins on a line of its own");
	o->local->n++;
	return item->kind == LOCAL_RULE ? read_own(o, item, at) : read_pairs(o, item, at);
}

/* ---- all of them together */

static bool overlap(const struct local_item *a, const struct local_item *b)
{
	return a->kind == b->kind && str_equal(a->id, b->id) &&
		(a->to == DAY_UNKNOWN || b->from <= a->to) && (b->to == DAY_UNKNOWN || a->from <= b->to);
}

static bool check_all(struct overlay *o)
{
	struct local_policy *local = o->local;
	for (size_t i = 0; i < local->n; i++) {
		struct local_item *item = &local->item[i];
		for (size_t k = 0; k < i; k++) {
			if (overlap(&local->item[k], item))
				return wrong(o, item, item->line,
					"on some day the item of line %zu holds too", local->item[k].line);
		}
		if (item->kind == LOCAL_RULE && item->rule->twin != NULL)
			return wrong(o, item, item->line, "only a national rule has a twin");
		if ((item->kind == LOCAL_FIGURE && !check_figure(o, item)) ||
			(item->kind == LOCAL_SETTING && !check_setting(o, item)) ||
			(item->kind == LOCAL_RECORDED && !check_recorded(o, item)))
			return false;
	}
	return true;
}

static void lay_figure(struct overlay *o, struct rule *rule, size_t items)
{
	struct figure *figure = arena_take(o->r.arena, items, sizeof *figure);
	for (size_t i = 0; i < o->local->n; i++) {
		const struct local_item *item = &o->local->item[i];
		if (item->kind == LOCAL_FIGURE && item->rule == rule)
			figure[rule->figures++] = (struct figure){ .limit = item->limit,
				.from = item->from, .to = item->to,
				.later = item->departure || rule->local == LOCAL_ALWAYS,
				.item = item->stored, .of = item };
	}
	rule->figure = figure;
}

/* On a day that no item speaks of stands what stands without a policy. */
static void lay_choice(struct overlay *o, struct rule *rule, size_t items, str setting)
{
	struct trigger_choice *choice = arena_take(o->r.arena, items + 1, sizeof *choice);
	for (size_t i = 0; i < o->local->n; i++) {
		const struct local_item *item = &o->local->item[i];
		if (item->kind != LOCAL_SETTING || item->rule != rule)
			continue;
		const struct choice_row *row = choice_find(item->id, item->choice);
		struct trigger_choice *one = &choice[rule->choices++];
		*one = (struct trigger_choice){ .word = row->word, .from = item->from, .to = item->to,
			.item = item->stored, .of = item, .when = { .key = row->key, .values = &row->value,
				.n = row->key.n > 0 } };
		must(rule->trigger.n < RULE_WORDS);
		if (!word_set_has(&rule->trigger, row->word))
			rule->trigger.word[rule->trigger.n++] = row->word;
	}
	const struct choice_row *first = choice_find(setting, S(""));
	choice[rule->choices++] = (struct trigger_choice){ .word = first->word, .from = DAY_UNKNOWN,
		.to = DAY_UNKNOWN, .item = 0 };
	rule->choice = choice;
}

static void lay_recorded(struct overlay *o)
{
	struct recorded_here *recorded = arena_take(o->r.arena, o->local->n + 1, sizeof *recorded);
	size_t n = 0;
	for (size_t i = 0; i < o->local->n; i++) {
		const struct local_item *item = &o->local->item[i];
		if (item->kind != LOCAL_RECORDED)
			continue;
		recorded[n++] = (struct recorded_here){ item->area, item->from, item->to, item };
	}
	o->law->recorded = recorded;
	o->law->recordings = n;
}

static void lay(struct overlay *o)
{
	lay_recorded(o);
	for (size_t i = 0; i < o->local->n; i++) {
		const struct local_item *item = &o->local->item[i];
		if (item->kind == LOCAL_RECORDED)
			continue;
		struct rule *rule = &o->r.rule[item->rule->index];
		if (item->kind == LOCAL_FIGURE && rule->figures == 0)
			lay_figure(o, rule, o->local->n);
		else if (item->kind == LOCAL_SETTING && rule->choices == 0)
			lay_choice(o, rule, o->local->n, item->id);
	}
}

/* Which lines of the text are the item's: up to the next one, without what is empty before that or
 * is a remark on it. */
static void cut_lines(struct local_policy *local)
{
	size_t line = 1, item = 0;
	str rest = local->text, piece;
	const char *start = NULL, *end = NULL;
	while (item < local->n && str_split(&rest, '\n', &piece)) {
		bool next = item + 1 < local->n && line == local->item[item + 1].line;
		if (next) {
			local->item[item].text = (str){ start, (size_t)(end - start) };
			item++;
		}
		if (line == local->item[item].line)
			start = piece.p;
		str trimmed = str_trim(piece);
		if (line >= local->item[item].line && trimmed.n > 0 && trimmed.p[0] != '#') {
			end = piece.p + piece.n;
			local->item[item].last = line;
		}
		line++;
	}
	if (item < local->n)
		local->item[item].text = (str){ start, (size_t)(end - start) };
}

static bool read_items(struct overlay *o, struct rules *rules)
{
	node *root = yaml_document_get_root_node(o->r.document);
	if (root == NULL)
		return true;
	if (root->type != YAML_SEQUENCE_NODE)
		return err_set(o->r.err, ERR_INPUT, "policy line %zu: the file must be a list", line_of(root));
	size_t n = list_length(root);
	if (n > LOCAL_ITEMS_MOST)
		return err_set(o->r.err, ERR_INPUT, "policy: at most %d items", LOCAL_ITEMS_MOST);
	size_t all = o->national->rules->n + n;
	o->r.rule = arena_take(o->r.arena, all, sizeof *o->r.rule);
	o->r.named = arena_take(o->r.arena, n * NAMES_A_RULE + 1, sizeof *o->r.named);
	o->r.duty = arena_take(o->r.arena, 1, sizeof *o->r.duty);
	o->local->item = arena_take(o->r.arena, n + 1, sizeof *o->local->item);
	copy_rules(o);
	for (size_t i = 0; i < n; i++) {
		if (!read_item(o, list_item(&o->r, root, i)))
			return false;
	}
	if (!rules_link(&o->r))
		return false;
	rules->rule = o->r.rule;
	rules->n = o->r.n;
	rules->duty = o->national->rules->duty;
	rules->duties = o->national->rules->duties;
	rules->version = o->national->rules->version;
	o->law->rules = rules;
	o->local->rule = o->r.rule;
	if (!check_all(o))
		return false;
	lay(o);
	rules_index(o->r.arena, o->r.rule, o->r.n, rules);
	return true;
}

void local_number(struct local_policy *local)
{
	for (size_t i = 0; i < local->n; i++) {
		if (local->item[i].kind == LOCAL_RECORDED)
			continue;
		struct rule *rule = &local->rule[local->item[i].rule->index];
		if (rule->of != NULL)
			rule->item = rule->of->stored;
		for (size_t k = 0; k < rule->figures; k++)
			rule->figure[k].item = rule->figure[k].of->stored;
		for (size_t k = 0; k + 1 < rule->choices; k++) /* the last is of no item */
			rule->choice[k].item = rule->choice[k].of->stored;
	}
}

bool local_read(struct arena *arena, const struct law *national, str text, struct local_policy **out,
	struct err *err)
{
	yaml_document_t document;
	if (text.n > LOCAL_TEXT_MOST)
		return err_set(err, ERR_INPUT, "policy: at most %d bytes", LOCAL_TEXT_MOST);
	struct local_policy *local = arena_new(arena, struct local_policy);
	local->text = arena_str(arena, text);
	*out = local;
	if (!rules_parse(local->text, "policy", &document, err))
		return false;
	struct law *law = arena_new(arena, struct law);
	*law = *national;
	local->law = law;
	struct overlay overlay = { .national = national, .law = law, .local = local,
		.r = { .arena = arena, .document = &document, .own = true, .err = err } };
	bool done = read_items(&overlay, arena_new(arena, struct rules));
	if (done)
		cut_lines(local);
	yaml_document_delete(&document);
	return done;
}
