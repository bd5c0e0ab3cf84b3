/* The grammar of rules.yaml: one table of keys, each with the function that reads its value. YAML
 * itself is libyaml's; its documents carry the line of every value, so that an error can, too. */
#include "law/rule_check.h"
#include "law/rule_index.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

extern const unsigned char law_rules_yaml[];
extern const size_t law_rules_yaml_size;

str rules_embedded_yaml(void)
{
	return (str){ (const char *)law_rules_yaml, law_rules_yaml_size };
}

/* A rule that another names, by id, to be looked up when all are read. */
struct named {
	str id;
	size_t line;
};

struct reading {
	struct arena *arena;
	yaml_document_t *document;
	struct rule *rule; /* all of them */
	struct named *chain, *twin;
	size_t *line; /* where each begins */
	size_t n;
	struct rule *now; /* the one being read */
	struct err *err;
};

typedef const yaml_node_t node;

static size_t line_of(node *at)
{
	return at->start_mark.line + 1;
}

__attribute__((format(printf, 3, 4))) static bool fault_on(
	struct reading *r, size_t line, const char *format, ...)
{
	char what[240];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	if (r->now->id.n == 0)
		return err_set(r->err, ERR_INPUT, "rules line %zu: %s", line, what);
	return err_set(r->err, ERR_INPUT, "rules line %zu, rule %.*s: %s", line,
		(int)str_upto(r->now->id, 60).n, r->now->id.p, what);
}

#define fault(r, at, ...) fault_on((r), line_of(at), __VA_ARGS__)

static node *node_at(struct reading *r, int index)
{
	node *found = yaml_document_get_node(r->document, index);
	must(found != NULL);
	return found;
}

static str text_of(node *at)
{
	if (at->type != YAML_SCALAR_NODE)
		return S("");
	return str_trim((str){ (const char *)at->data.scalar.value, at->data.scalar.length });
}

static bool read_text(struct reading *r, node *at, str *out)
{
	str text = text_of(at);
	if (text.n == 0)
		return fault(r, at, "a text is wanted here");
	*out = arena_str(r->arena, text);
	return true;
}

/* A value that is one text or a list of texts, seen as a list. */
static size_t list_length(node *at)
{
	if (at->type == YAML_SEQUENCE_NODE)
		return (size_t)(at->data.sequence.items.top - at->data.sequence.items.start);
	return 1;
}

static node *list_item(struct reading *r, node *at, size_t i)
{
	if (at->type == YAML_SEQUENCE_NODE)
		return node_at(r, at->data.sequence.items.start[i]);
	return at;
}

static bool read_words(struct reading *r, node *at, struct word_set *out)
{
	size_t n = list_length(at);
	if (n == 0 || n > RULE_WORDS)
		return fault(r, at, "write one event word, or a list of up to %d", RULE_WORDS);
	for (size_t i = 0; i < n; i++) {
		node *item = list_item(r, at, i);
		str text = text_of(item);
		enum word word = word_find(text);
		if (word == WORD_NONE)
			return fault(r, item, "\"%.*s\" is not an event word (duly events)",
				STR_ARGS(str_upto(text, 60)));
		if (word_set_has(out, word))
			return fault(r, item, "%s stands here twice", word_text(word).p);
		out->word[out->n++] = word;
	}
	return true;
}

/* ---- conditions ---- */

static bool read_values(struct reading *r, node *at, struct condition *out)
{
	size_t n = list_length(at);
	str *values = arena_take(r->arena, n, sizeof *values);
	for (size_t i = 0; i < n; i++) {
		if (!read_text(r, list_item(r, at, i), &values[i]))
			return false;
	}
	out->values = values;
	out->n = n;
	if (n == 0)
		return fault(r, at, "name at least one value");
	return true;
}

/* {key: value} or {key: [value, value], because: "..."}: adds one condition a key. */
static bool read_condition(
	struct reading *r, node *at, struct condition *list, size_t *n, bool with_reason)
{
	if (at->type != YAML_MAPPING_NODE)
		return fault(r, at, "write {key: value}");
	str because = S("");
	size_t first = *n;
	for (yaml_node_pair_t *pair = at->data.mapping.pairs.start;
		pair < at->data.mapping.pairs.top; pair++) {
		node *key = node_at(r, pair->key), *value = node_at(r, pair->value);
		if (with_reason && str_equal(text_of(key), S("because"))) {
			if (!read_text(r, value, &because))
				return false;
			continue;
		}
		if (*n == RULE_CONDITIONS)
			return fault(r, key, "at most %d conditions", RULE_CONDITIONS);
		if (!read_text(r, key, &list[*n].key) || !read_values(r, value, &list[*n]))
			return false;
		++*n;
	}
	if (*n == first)
		return fault(r, at, "write {key: value}");
	if (with_reason && because.n == 0)
		return fault(r, at, "say why the rule then does not apply: because: \"...\"");
	for (size_t i = first; i < *n; i++)
		list[i].because = because;
	return true;
}

static bool read_conditions(
	struct reading *r, node *at, struct condition *list, size_t *n, bool with_reason)
{
	size_t items = list_length(at);
	for (size_t i = 0; i < items; i++) {
		if (!read_condition(r, list_item(r, at, i), list, n, with_reason))
			return false;
	}
	return true;
}

/* ---- one function a kind of key ---- */

struct key {
	str name;
	bool required;
	bool (*take)(struct reading *r, node *at, const struct key *key);
	size_t field, count; /* where in struct rule: the value; for a list, how many */
	const char *choice;  /* "no|stricter|always", in the order of the enum */
};

static void *field_of(struct reading *r, size_t offset)
{
	return (char *)r->now + offset;
}

static bool take_text(struct reading *r, node *at, const struct key *key)
{
	return read_text(r, at, field_of(r, key->field));
}

static bool take_yes(struct reading *r, node *at, const struct key *key)
{
	str text = text_of(at);
	bool yes = str_equal(text, S("yes"));
	*(bool *)field_of(r, key->field) = yes;
	if (!yes && !str_equal(text, S("no")))
		return fault(r, at, "write yes or no");
	return true;
}

static bool take_words(struct reading *r, node *at, const struct key *key)
{
	return read_words(r, at, field_of(r, key->field));
}

static bool take_conditions(struct reading *r, node *at, const struct key *key)
{
	return read_conditions(
		r, at, field_of(r, key->field), field_of(r, key->count), key->choice != NULL);
}

static bool take_day(struct reading *r, node *at, const struct key *key)
{
	struct err err;
	if (!day_read(text_of(at), field_of(r, key->field), &err))
		return fault(r, at, "%s", err.text);
	return true;
}

/* The number of the choice goes where an enum, or an int, stands. */
static bool take_choice(struct reading *r, node *at, const struct key *key)
{
	str text = text_of(at), rest = str_of(key->choice), piece;
	for (int i = 0; str_split(&rest, '|', &piece); i++) {
		if (str_equal(text, piece)) {
			memcpy(field_of(r, key->field), &i, sizeof i);
			return true;
		}
	}
	return fault(r, at, "write one of %s", key->choice);
}

static bool take_id(struct reading *r, node *at, const struct key *key)
{
	str id = text_of(at);
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return fault(r, at, "a rule's id is small letters, digits and hyphens");
	}
	return take_text(r, at, key);
}

static bool take_which(struct reading *r, node *at, const struct key *key)
{
	if (!take_choice(r, at, key))
		return false;
	if (r->now->nth == 2)
		r->now->nth = -1;
	return true;
}

static bool take_first_in(struct reading *r, node *at, const struct key *key)
{
	(void)key;
	r->now->first_in_care = true;
	if (!str_equal(text_of(at), S("care")))
		return fault(r, at, "write care");
	return true;
}

static bool read_unit(str text, int64_t n, enum unit *out)
{
	for (int i = UNIT_WORKING_DAYS; i <= UNIT_HOURS; i++) {
		str unit = unit_text((enum unit)i);
		*out = (enum unit)i;
		if (str_equal(text, unit) ||
			(n == 1 && str_equal(text, str_upto(unit, unit.n - 1))))
			return true;
	}
	return false;
}

static bool take_within(struct reading *r, node *at, const struct key *key)
{
	str text = text_of(at);
	(void)key;
	r->now->unit = UNIT_DAYS;
	if (str_equal(text, S("the same day")))
		return true;
	size_t space = str_find(text, ' ');
	int64_t n = 0;
	if (!str_int(str_upto(text, space), &n) || n < 1 || n > 9999 ||
		!read_unit(str_from(text, space + 1), n, &r->now->unit))
		return fault(r, at,
			"write a limit as 20 working days, 42 days, 1 week, 3 months, 72 hours, or "
			"the same day");
	r->now->offset = (int)n;
	return true;
}

static bool take_met_by(struct reading *r, node *at, const struct key *key)
{
	return str_equal(text_of(at), S("nothing")) || take_words(r, at, key);
}

static bool take_chain(struct reading *r, node *at, const struct key *key)
{
	(void)key;
	r->chain[r->now->index].line = line_of(at);
	return read_text(r, at, &r->chain[r->now->index].id);
}

static bool take_twin(struct reading *r, node *at, const struct key *key)
{
	(void)key;
	r->twin[r->now->index].line = line_of(at);
	return read_text(r, at, &r->twin[r->now->index].id);
}

#define FIELD(name) .field = offsetof(struct rule, name)
#define LIST(name, counter) FIELD(name), .count = offsetof(struct rule, counter)

/* In the order in which a rule is read aloud. New shapes (counting backwards, before an event, the
 * earliest of two) come as new keys; a key that is not here is an error, never ignored. */
static const struct key keys[] = {
	{ S_INIT("rule"), true, take_id, FIELD(id) },
	{ S_INIT("title"), true, take_text, FIELD(title) },
	{ S_INIT("trigger"), true, take_words, FIELD(trigger) },
	{ S_INIT("which"), false, take_which, FIELD(nth),
		.choice = "every|first|all but the first" },
	{ S_INIT("first in"), false, take_first_in, FIELD(first_in_care) },
	{ S_INIT("when"), false, take_conditions, LIST(when, whens) },
	{ S_INIT("unless"), false, take_conditions, LIST(unless, unlesses), .choice = "because" },
	{ S_INIT("from"), false, take_choice, FIELD(base), .choice = "trigger|previous" },
	{ S_INIT("within"), true, take_within, FIELD(offset) },
	{ S_INIT("met by"), true, take_met_by, FIELD(met_by) },
	{ S_INIT("met when"), false, take_conditions, LIST(met_when, met_whens) },
	{ S_INIT("not held"), false, take_conditions, LIST(not_held, not_helds) },
	{ S_INIT("may precede"), false, take_yes, FIELD(may_precede) },
	{ S_INIT("silence"), false, take_text, FIELD(silence) },
	{ S_INIT("ends with"), false, take_words, FIELD(ends) },
	{ S_INIT("ends when"), false, take_conditions, LIST(ends_when, ends_whens) },
	{ S_INIT("booking"), false, take_text, FIELD(booking) },
	{ S_INIT("chain"), false, take_chain, FIELD(chain) },
	{ S_INIT("twin"), false, take_twin, FIELD(twin) },
	{ S_INIT("level"), true, take_choice, FIELD(level),
		.choice = "ACT|REG|SG|DATA|LOCAL|GOOD" },
	{ S_INIT("authority"), true, take_text, FIELD(authority) },
	{ S_INIT("edition"), false, take_text, FIELD(edition) },
	{ S_INIT("citation"), false, take_text, FIELD(citation) },
	{ S_INIT("read at source"), true, take_yes, FIELD(verified) },
	{ S_INIT("local"), true, take_choice, FIELD(local), .choice = "no|stricter|always" },
	{ S_INIT("effective from"), false, take_day, FIELD(effective_from) },
	{ S_INIT("effective to"), false, take_day, FIELD(effective_to) },
	{ S_INIT("note"), false, take_text, FIELD(note) },
};

enum { KEYS = sizeof keys / sizeof *keys };

static size_t key_find(str key)
{
	size_t i = 0;
	while (i < KEYS && !str_equal(keys[i].name, key))
		i++;
	return i;
}

/* ---- whole rules, and between them: what must hold of one is in rule_check.c ---- */

static bool read_rule(struct reading *r, node *at)
{
	if (at->type != YAML_MAPPING_NODE)
		return fault(r, at, "write a rule here: \"- rule: its-id\" and its keys below");
	bool given[KEYS] = { false };
	r->now->effective_from = r->now->effective_to = DAY_UNKNOWN;
	for (yaml_node_pair_t *pair = at->data.mapping.pairs.start;
		pair < at->data.mapping.pairs.top; pair++) {
		node *key = node_at(r, pair->key);
		size_t i = key_find(text_of(key));
		if (i == KEYS)
			return fault(r, key, "there is no key \"%.*s\"",
				STR_ARGS(str_upto(text_of(key), 60)));
		if (given[i])
			return fault(r, key, "%s is given twice", keys[i].name.p);
		given[i] = true;
		if (!keys[i].take(r, node_at(r, pair->value), &keys[i]))
			return false;
	}
	for (size_t i = 0; i < KEYS; i++) {
		if (keys[i].required && !given[i])
			return fault(r, at, "the key \"%s\" is missing", keys[i].name.p);
	}
	return true;
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

static bool link_rule(struct reading *r, size_t i)
{
	struct rule *rule = r->now = &r->rule[i];
	const struct named *chain = &r->chain[i], *twin = &r->twin[i];
	if (chain->id.n > 0) {
		rule->chain = find_before(r, chain->id, r->n);
		if (rule->chain == NULL ||
			!word_set_has(&rule->chain->met_by, rule->trigger.word[0]))
			return fault_on(r, chain->line,
				"chain: no rule \"%.*s\" is met by this one's trigger",
				(int)str_upto(chain->id, 60).n, chain->id.p);
	}
	if (twin->id.n > 0) {
		struct rule *other = find_before(r, twin->id, r->n);
		if (other == NULL || other == rule)
			return fault_on(r, twin->line, "twin: there is no other rule \"%.*s\"",
				(int)str_upto(twin->id, 60).n, twin->id.p);
		other->is_twin = true;
		rule->twin = other;
	}
	return true;
}

static bool read_all(struct reading *r, struct rules *rules)
{
	node *root = yaml_document_get_root_node(r->document);
	if (root == NULL || root->type != YAML_SEQUENCE_NODE)
		return err_set(r->err, ERR_INPUT, "rules: the file must be a list of rules");
	r->n = list_length(root);
	r->rule = arena_take(r->arena, r->n, sizeof *r->rule);
	r->chain = arena_take(r->arena, r->n, sizeof *r->chain);
	r->twin = arena_take(r->arena, r->n, sizeof *r->twin);
	for (size_t i = 0; i < r->n; i++) {
		node *at = list_item(r, root, i);
		r->now = &r->rule[i];
		r->now->index = (unsigned)i;
		if (!read_rule(r, at) || !check(r, line_of(at)))
			return false;
		if (find_before(r, r->now->id, i) != NULL)
			return fault(r, at, "this id is taken by an earlier rule");
	}
	for (size_t i = 0; i < r->n; i++) {
		if (!link_rule(r, i))
			return false;
	}
	rules_index(r->arena, r->rule, r->n, rules);
	return true;
}

bool rules_load(struct arena *arena, str yaml, const struct rules **out, struct err *err)
{
	yaml_parser_t parser;
	yaml_document_t document;
	must(yaml_parser_initialize(&parser) == 1);
	yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.p, yaml.n);
	if (!yaml_parser_load(&parser, &document)) {
		err_set(err, ERR_INPUT, "rules line %zu: %s", parser.problem_mark.line + 1,
			parser.problem == NULL ? "this is not YAML" : parser.problem);
		yaml_parser_delete(&parser);
		return false;
	}
	struct rules *rules = arena_new(arena, struct rules);
	struct reading reading = { .arena = arena, .document = &document, .err = err };
	bool done = read_all(&reading, rules);
	yaml_document_delete(&document);
	yaml_parser_delete(&parser);
	*out = rules;
	return done;
}
