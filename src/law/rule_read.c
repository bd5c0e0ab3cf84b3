/* The rules' text as a whole: what is a rule and what a switch, and what rules are to each other. YAML
 * itself is libyaml's; its documents carry the line of every value, so that an error can, too. */
#include "law/rule_check.h"
#include "law/rule_index.h"
#include "law/rule_reading.h"

#include <stdarg.h>
#include <stdio.h>

extern const unsigned char law_rules_yaml[];
extern const size_t law_rules_yaml_size;

str rules_embedded_yaml(void)
{
	return (str){ (const char *)law_rules_yaml, law_rules_yaml_size };
}

size_t line_of(node *at)
{
	return at->start_mark.line + 1;
}

bool fault_on(
	struct reading *r, size_t line, const char *format, ...)
{
	char what[240];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	const char *file = r->own ? "policy" : "rules";
	if (r->now->id.n == 0)
		return err_set(r->err, ERR_INPUT, "%s line %zu: %s", file, line, what);
	return err_set(r->err, ERR_INPUT, "%s line %zu, rule %.*s: %s", file, line,
		(int)str_upto(r->now->id, 60).n, r->now->id.p, what);
}

node *node_at(struct reading *r, int index)
{
	node *found = yaml_document_get_node(r->document, index);
	must(found != NULL);
	return found;
}

str text_of(node *at)
{
	if (at->type != YAML_SCALAR_NODE)
		return S("");
	return str_trim((str){ (const char *)at->data.scalar.value, at->data.scalar.length });
}

bool read_text(struct reading *r, node *at, str *out)
{
	str text = text_of(at);
	if (text.n == 0)
		return fault(r, at, "a text is wanted here");
	*out = arena_str(r->arena, text);
	return true;
}

size_t list_length(node *at)
{
	if (at->type == YAML_SEQUENCE_NODE)
		return (size_t)(at->data.sequence.items.top - at->data.sequence.items.start);
	return 1;
}

node *list_item(struct reading *r, node *at, size_t i)
{
	if (at->type == YAML_SEQUENCE_NODE)
		return node_at(r, at->data.sequence.items.start[i]);
	return at;
}

void name_later(struct reading *r, enum naming what, str id, size_t line)
{
	r->named[r->names++] =
		(struct named){ .what = what, .rule = r->now->index, .id = id, .line = line };
}

static bool check(struct reading *r, size_t line)
{
	struct err why;
	if (!rule_check(r->now, &why))
		return fault_on(r, line, "%s", why.text);
	return true;
}

static struct rule *find_before(struct reading *r, str id, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_equal(r->rule[i].id, id))
			return &r->rule[i];
	}
	return NULL;
}

/* ---- what rules are to each other ---- */

static bool link_chain(struct reading *r, struct rule *rule, const struct named *named)
{
	rule->chain = find_before(r, named->id, r->n);
	if (rule->chain == NULL || !word_set_has(&rule->chain->met_by, rule->trigger.word[0]))
		return fault_on(r, named->line, "chain: no rule \"%.*s\" is met by this one's trigger",
			STR_ARGS(str_upto(named->id, 60)));
	return true;
}

static bool link_twin(struct reading *r, struct rule *rule, const struct named *named)
{
	struct rule *other = find_before(r, named->id, r->n);
	if (other == NULL || other == rule)
		return fault_on(r, named->line, "twin: there is no other rule \"%.*s\"",
			STR_ARGS(str_upto(named->id, 60)));
	other->is_twin = true;
	rule->twin = other;
	return true;
}

/* Only a plain limit is halved, and only a meeting's own clock prepared. */
static bool link_half(struct reading *r, struct rule *rule, const struct named *named)
{
	rule->halfway = find_before(r, named->id, r->n);
	if (rule->halfway == NULL || rule->halfway->limit.unit > UNIT_YEARS ||
		rule->halfway->limit.unit == UNIT_HOURS || rule->halfway->limit.before)
		return fault_on(r, named->line, "halfway to: no rule \"%.*s\" counts days",
			STR_ARGS(str_upto(named->id, 60)));
	return true;
}

static bool link_host(struct reading *r, struct rule *rule, const struct named *named)
{
	const struct rule *host = find_before(r, named->id, r->n);
	if (host == NULL || host->prepared > 0 || host->trigger.n == 0 || host->met_by.n == 0)
		return fault_on(r, named->line, "before: \"%.*s\" is no rule of a meeting",
			STR_ARGS(str_upto(named->id, 60)));
	rule->prepares[rule->prepared++] = host;
	return true;
}

static bool link_switch(struct reading *r, struct rule *rule, const struct named *named)
{
	for (size_t i = 0; i < r->duties; i++) {
		if (str_equal(r->duty[i].name, named->id))
			rule->behind = &r->duty[i];
	}
	if (rule->behind == NULL)
		return fault_on(r, named->line, "behind: there is no switch \"%.*s\"",
			STR_ARGS(str_upto(named->id, 60)));
	day from = rule->behind->from;
	if (rule->effective_from == DAY_UNKNOWN || rule->effective_from < from)
		rule->effective_from = from;
	return true;
}

static bool link_named(struct reading *r, const struct named *named)
{
	static bool (*const link[])(struct reading *, struct rule *, const struct named *) = {
		[NAMING_CHAIN] = link_chain,
		[NAMING_TWIN] = link_twin,
		[NAMING_HALFWAY] = link_half,
		[NAMING_PREPARES] = link_host,
		[NAMING_SWITCH] = link_switch,
	};
	r->now = &r->rule[named->rule];
	return link[named->what](r, r->now, named);
}

/* ---- switches ---- */

static bool is_switch(struct reading *r, node *at)
{
	return at->type == YAML_MAPPING_NODE &&
	       at->data.mapping.pairs.start < at->data.mapping.pairs.top &&
	       str_equal(text_of(node_at(r, at->data.mapping.pairs.start->key)), S("switch"));
}

/* - switch: name, its reason, and from when: a day, or not yet. */
static bool read_switch(struct reading *r, node *at)
{
	struct duty_switch *duty = &r->duty[r->duties++];
	bool dated = false;
	r->now = arena_new(r->arena, struct rule); /* no rule: a fault names none */
	*duty = (struct duty_switch){ .from = DAY_UNKNOWN, .shown = true };
	for (yaml_node_pair_t *pair = at->data.mapping.pairs.start;
		pair < at->data.mapping.pairs.top; pair++) {
		node *key = node_at(r, pair->key), *value = node_at(r, pair->value);
		str name = text_of(key), text = text_of(value);
		struct err err;
		if (str_equal(name, S("switch")) || str_equal(name, S("why"))) {
			if (!read_text(r, value, str_equal(name, S("why")) ? &duty->why : &duty->name))
				return false;
		} else if (str_equal(name, S("in force from"))) {
			dated = true;
			duty->on = !str_equal(text, S("not yet"));
			if (duty->on && !day_read(text, &duty->from, &err))
				return fault(r, value, "write a date, or not yet");
		} else if (str_equal(name, S("shown"))) {
			duty->shown = str_equal(text, S("yes"));
			if (!duty->shown && !str_equal(text, S("no")))
				return fault(r, value, "write yes or no");
		} else {
			return fault(r, key, "a switch has no key \"%.*s\"",
				STR_ARGS(str_upto(name, 60)));
		}
	}
	if (!dated || duty->why.n == 0)
		return fault(r, at, "a switch says \"in force from\" and \"why\"");
	return true;
}

/* ---- all of it ---- */

bool rule_add(struct reading *r, node *at)
{
	r->now = &r->rule[r->n];
	r->now->index = (unsigned)r->n;
	if (!read_rule(r, at) || !check(r, line_of(at)))
		return false;
	if (find_before(r, r->now->id, r->n) != NULL)
		return fault(r, at, "this id is taken by an earlier rule");
	r->n++;
	return true;
}

static bool read_item(struct reading *r, node *at)
{
	return is_switch(r, at) ? read_switch(r, at) : rule_add(r, at);
}

/* "20 working days", "halfway to the limit of ...": every row of a file of clocks says it. */
static void put_offset(struct buf *buf, const struct rule *rule)
{
	buf_limit(buf, &rule->limit);
	if (rule->in_all_in.n > 0) {
		buf_lit(buf, " in all in ");
		buf_limit(buf, &rule->in_all_in);
	}
	if (rule->halfway != NULL)
		buf_format(buf, " to the limit of “%.*s”", STR_ARGS(rule->halfway->title));
	if (rule->given.n > 0)
		buf_format(buf, " as %.*s", STR_ARGS(rule->given));
	if (rule->earlier_word != WORD_NONE) {
		buf_lit(buf, ", or ");
		buf_limit(buf, &rule->earlier);
		buf_format(buf, " after %.*s if that is earlier",
			STR_ARGS(word_text(rule->earlier_word)));
	}
}

bool rules_link(struct reading *r)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < r->names; i++) {
		if (!link_named(r, &r->named[i]))
			return false;
	}
	for (size_t i = 0; i < r->n; i++) {
		buf_clear(&text);
		put_offset(&text, &r->rule[i]);
		r->rule[i].offset = arena_str(r->arena, buf_view(&text));
	}
	buf_close(&text);
	return true;
}

static bool read_all(struct reading *r, struct rules *rules)
{
	node *root = yaml_document_get_root_node(r->document);
	if (root == NULL || root->type != YAML_SEQUENCE_NODE)
		return err_set(r->err, ERR_INPUT, "rules: the file must be a list of rules");
	size_t n = list_length(root);
	r->rule = arena_take(r->arena, n, sizeof *r->rule);
	r->duty = arena_take(r->arena, n, sizeof *r->duty);
	r->named = arena_take(r->arena, n * NAMES_A_RULE, sizeof *r->named);
	for (size_t i = 0; i < n; i++) {
		if (!read_item(r, list_item(r, root, i)))
			return false;
	}
	if (!rules_link(r))
		return false;
	rules->duty = r->duty;
	rules->duties = r->duties;
	rules_index(r->arena, r->rule, r->n, rules);
	return true;
}

bool rules_parse(str yaml, const char *what, yaml_document_t *out, struct err *err)
{
	yaml_parser_t parser;
	must(yaml_parser_initialize(&parser) == 1);
	yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.p, yaml.n);
	bool done = yaml_parser_load(&parser, out) == 1;
	if (!done) {
		must(parser.problem != NULL); /* it says what, but where memory ran out */
		err_set(err, ERR_INPUT, "%s line %zu: %s", what, parser.problem_mark.line + 1, parser.problem);
	}
	yaml_parser_delete(&parser);
	return done;
}

bool rules_load(struct arena *arena, str yaml, const struct rules **out, struct err *err)
{
	yaml_document_t document;
	if (!rules_parse(yaml, "rules", &document, err))
		return false;
	struct rules *rules = arena_new(arena, struct rules);
	struct reading reading = { .arena = arena, .document = &document, .err = err };
	bool done = read_all(&reading, rules);
	rules->version = (uint32_t)(str_hash(yaml) >> 32);
	yaml_document_delete(&document);
	*out = rules;
	return done;
}
