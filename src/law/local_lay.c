/* local_lay.c - a council's items, laid over the copied rules that they are of. */
#include "law/local_reading.h"

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

void local_lay(struct overlay *o)
{
	lay_recorded(o);
	for (size_t i = 0; i < o->local->n; i++) {
		const struct local_item *item = &o->local->item[i];
		if (item->rule == NULL)
			continue;
		struct rule *rule = &o->r.rule[item->rule->index];
		if (item->kind == LOCAL_FIGURE && rule->figures == 0)
			lay_figure(o, rule, o->local->n);
		else if (item->kind == LOCAL_SETTING && rule->choices == 0)
			lay_choice(o, rule, o->local->n, item->id);
	}
}

void local_number(struct local_policy *local)
{
	for (size_t i = 0; i < local->n; i++) {
		if (local->item[i].rule == NULL)
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
