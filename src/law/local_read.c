/* local_read.c - a council's policy, read into a law of its own: the national rules are copied, so that
 * what they are to each other can be said anew, and the council's items are laid over them. */
#include "law/local_reading.h"
#include "law/rule_index.h"

#include <string.h>

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
				return local_item_wrong(o, item, item->line,
					"on some day the item of line %zu holds too", local->item[k].line);
		}
		if (item->kind == LOCAL_RULE && item->rule->twin != NULL)
			return local_item_wrong(o, item, item->line, "only a national rule has a twin");
		if (!local_item_check(o, item))
			return false;
	}
	return true;
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
		if (!local_item_read(o, list_item(&o->r, root, i)))
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
	local_lay(o);
	rules_index(o->r.arena, o->r.rule, o->r.n, rules);
	return true;
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
