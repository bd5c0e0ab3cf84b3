/* The grammar of rules.yaml: one table of keys, each with the function that reads its value. */
#include "law/rule_reading.h"

#include <stddef.h>
#include <string.h>

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
	bool own;            /* a key of a council's own rules only, which need it */
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
		bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
		if (!letter && !digit && c != '-')
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

static bool take_limit(struct reading *r, node *at, const struct key *key)
{
	str of;
	struct limit *limit = field_of(r, key->field);
	if (!limit_read(text_of(at), limit, &of) || of.n > 0 || limit->before)
		return fault(r, at, "write a limit as 9 months");
	return true;
}

static bool take_within(struct reading *r, node *at, const struct key *key)
{
	str of;
	(void)key;
	if (!limit_read(text_of(at), &r->now->limit, &of))
		return fault(r, at,
			"write a limit as 20 working days, 42 days, 1 week, 3 months, 72 hours, 3 "
			"working days before, 7 days beginning with the day, the end of the month, "
			"halfway to a-rule, the day given as planned, or the same day");
	if (r->now->limit.unit == UNIT_HALFWAY)
		name_later(r, NAMING_HALFWAY, arena_str(r->arena, of), line_of(at));
	else
		r->now->given = arena_str(r->arena, of);
	return true;
}

/* "10 working days after birth" */
static bool take_earlier(struct reading *r, node *at, const struct key *key)
{
	str text = text_of(at), of;
	(void)key;
	for (size_t i = 0; i < text.n; i++) {
		if (!str_starts(str_from(text, i), S(" after ")))
			continue;
		r->now->earlier_word = word_find(str_from(text, i + 7));
		if (r->now->earlier_word != WORD_NONE &&
			limit_read(str_upto(text, i), &r->now->earlier, &of) &&
			r->now->earlier.unit <= UNIT_YEARS && !r->now->earlier.before)
			return true;
	}
	return fault(r, at, "write it as 10 working days after birth");
}

static bool take_hand(struct reading *r, node *at, const struct key *key)
{
	int hand = HAND_UNSAID + 1;
	(void)key;
	while (hand < HANDS && !str_equal(hand_text((enum hand)hand), text_of(at)))
		hand++;
	if (hand == HANDS)
		return fault(r, at, "\"%.*s\" is nobody with whom a duty lies",
			STR_ARGS(str_upto(text_of(at), 60)));
	r->now->with = (enum hand)hand;
	return true;
}

static bool take_circumstances(struct reading *r, node *at, const struct key *key)
{
	size_t n = list_length(at);
	(void)key;
	if (n == 0 || n > RULE_CIRCUMSTANCES)
		return fault(r, at, "write how things stand, or a list of up to %d", RULE_CIRCUMSTANCES);
	for (size_t i = 0; i < n; i++) {
		str text = text_of(list_item(r, at, i));
		int circumstance = 0;
		while (circumstance < CIRCUMSTANCES &&
			!str_equal(circumstance_text((enum circumstance)circumstance), text))
			circumstance++;
		if (circumstance == CIRCUMSTANCES)
			return fault(r, list_item(r, at, i), "\"%.*s\" is nothing that a rule asks",
				STR_ARGS(str_upto(text, 60)));
		r->now->circumstance[r->now->circumstances++] = (enum circumstance)circumstance;
	}
	return true;
}

static bool take_moves(struct reading *r, node *at, const struct key *key)
{
	(void)key;
	if (!str_equal(text_of(at), S("the next working day")))
		return fault(r, at, "write the next working day");
	r->now->next_working = true;
	return true;
}

static bool take_before(struct reading *r, node *at, const struct key *key)
{
	size_t n = list_length(at);
	(void)key;
	if (n == 0 || n > RULE_HOSTS)
		return fault(r, at, "write one rule, or a list of up to %d", RULE_HOSTS);
	for (size_t i = 0; i < n; i++) {
		str id;
		if (!read_text(r, list_item(r, at, i), &id))
			return false;
		name_later(r, NAMING_PREPARES, id, line_of(at));
	}
	return true;
}

static bool take_met_by(struct reading *r, node *at, const struct key *key)
{
	return str_equal(text_of(at), S("nothing")) || take_words(r, at, key);
}

/* The number of the naming stands where another key has its field. */
static bool take_name(struct reading *r, node *at, const struct key *key)
{
	str id;
	if (!read_text(r, at, &id))
		return false;
	name_later(r, (enum naming)key->field, id, line_of(at));
	return true;
}

#define FIELD(name) .field = offsetof(struct rule, name)
#define LIST(name, counter) FIELD(name), .count = offsetof(struct rule, counter)

/* In the order in which a rule is read aloud. A key that is not here is an error, never ignored. */
static const struct key keys[] = {
	{ S_INIT("rule"), true, take_id, FIELD(id) },
	{ S_INIT("title"), true, take_text, FIELD(title) },
	{ S_INIT("usually with"), false, take_hand, FIELD(with) },
	{ S_INIT("trigger"), false, take_words, FIELD(trigger) },
	{ S_INIT("before"), false, take_before, FIELD(prepares) },
	{ S_INIT("which"), false, take_which, FIELD(nth),
		.choice = "every|first|all but the first" },
	{ S_INIT("first in"), false, take_first_in, FIELD(first_in_care) },
	{ S_INIT("when"), false, take_conditions, LIST(when, whens) },
	{ S_INIT("unless"), false, take_conditions, LIST(unless, unlesses), .choice = "because" },
	{ S_INIT("while"), false, take_circumstances, FIELD(circumstance) },
	{ S_INIT("takes over at"), false, take_words, FIELD(takes_over) },
	{ S_INIT("from"), false, take_choice, FIELD(base), .choice = "trigger|previous" },
	{ S_INIT("within"), true, take_within, FIELD(limit) },
	{ S_INIT("or earlier"), false, take_earlier, FIELD(earlier) },
	{ S_INIT("moves to"), false, take_moves, FIELD(next_working) },
	{ S_INIT("met by"), true, take_met_by, FIELD(met_by) },
	{ S_INIT("met when"), false, take_conditions, LIST(met_when, met_whens) },
	{ S_INIT("not held"), false, take_conditions, LIST(not_held, not_helds) },
	{ S_INIT("counts from"), false, take_limit, FIELD(counts_from) },
	{ S_INIT("in all in"), false, take_limit, FIELD(in_all_in) },
	{ S_INIT("to noon"), false, take_yes, FIELD(to_noon) },
	{ S_INIT("may precede"), false, take_yes, FIELD(may_precede) },
	{ S_INIT("one each"), false, take_yes, FIELD(one_each) },
	{ S_INIT("silence"), false, take_text, FIELD(silence) },
	{ S_INIT("ends with"), false, take_words, FIELD(ends) },
	{ S_INIT("ends when"), false, take_conditions, LIST(ends_when, ends_whens) },
	{ S_INIT("until"), false, take_words, FIELD(until) },
	{ S_INIT("until when"), false, take_conditions, LIST(until_when, until_whens) },
	{ S_INIT("too late after"), false, take_words, FIELD(too_late) },
	{ S_INIT("booking"), false, take_text, FIELD(booking) },
	{ S_INIT("chain"), false, take_name, .field = NAMING_CHAIN },
	{ S_INIT("twin"), false, take_name, .field = NAMING_TWIN },
	{ S_INIT("level"), true, take_choice, FIELD(level),
		.choice = "ACT|REG|SG|DATA|LOCAL|GOOD" },
	{ S_INIT("authority"), true, take_text, FIELD(authority) },
	{ S_INIT("edition"), false, take_text, FIELD(edition) },
	{ S_INIT("citation"), false, take_text, FIELD(citation) },
	{ S_INIT("read at source"), true, take_yes, FIELD(verified) },
	{ S_INIT("local"), true, take_choice, FIELD(local), .choice = "no|stricter|always" },
	{ S_INIT("behind"), false, take_name, .field = NAMING_SWITCH },
	{ S_INIT("effective from"), false, take_day, FIELD(effective_from) },
	{ S_INIT("effective to"), false, take_day, FIELD(effective_to) },
	{ S_INIT("note"), false, take_text, FIELD(note) },
	{ S_INIT("reason"), false, take_text, FIELD(reason), .own = true },
	{ S_INIT("author"), false, take_text, FIELD(author), .own = true },
};

enum { KEYS = sizeof keys / sizeof *keys };

static size_t key_find(str key)
{
	size_t i = 0;
	while (i < KEYS && !str_equal(keys[i].name, key))
		i++;
	return i;
}

/* ---- a whole rule: what must hold of it is in rule_check.c ---- */

bool read_rule(struct reading *r, node *at)
{
	if (at->type != YAML_MAPPING_NODE)
		return fault(r, at, "write a rule here: \"- rule: its-id\" and its keys below");
	bool given[KEYS] = { false };
	r->now->effective_from = r->now->effective_to = DAY_UNKNOWN;
	for (yaml_node_pair_t *pair = at->data.mapping.pairs.start;
		pair < at->data.mapping.pairs.top; pair++) {
		node *key = node_at(r, pair->key);
		size_t i = key_find(text_of(key));
		if (i == KEYS || (keys[i].own && !r->own))
			return fault(r, key, "there is no key \"%.*s\"",
				STR_ARGS(str_upto(text_of(key), 60)));
		if (given[i])
			return fault(r, key, "%s is given twice", keys[i].name.p);
		given[i] = true;
		if (!keys[i].take(r, node_at(r, pair->value), &keys[i]))
			return false;
	}
	for (size_t i = 0; i < KEYS; i++) {
		if ((keys[i].required || (keys[i].own && r->own)) && !given[i])
			return fault(r, at, "the key \"%s\" is missing", keys[i].name.p);
	}
	if ((r->now->trigger.n == 0) == !given[key_find(S("before"))])
		return fault(r, at, r->now->trigger.n == 0 ?
			"the key \"trigger\" is missing, or \"before\"" :
			"a rule has a trigger, or comes before a meeting: not both");
	return true;
}
