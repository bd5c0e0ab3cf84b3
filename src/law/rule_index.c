#include "law/rule_index.h"

/* Lists are sorted by rule id: a clock compares ranks, not texts. */
static void rank(struct rule *rule, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rule[i].rank = 0;
		for (size_t other = 0; other < n; other++)
			rule[i].rank += str_compare(rule[other].id, rule[i].id) < 0;
	}
}

/* A rule from the previous actual event runs on: what met it starts it again. */
static bool is_trigger(const struct rule *rule, enum word word)
{
	return word_set_has(&rule->trigger, word) ||
	       (rule->base == BASE_PREVIOUS && rule->nth == 0 && word_set_has(&rule->met_by, word));
}

static void part(struct rule *rule)
{
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		rule->part[word] =
			(uint8_t)((is_trigger(rule, (enum word)word) ? PART_TRIGGER : 0) |
				  (word_set_has(&rule->met_by, (enum word)word) ? PART_MEETING
										: 0) |
				  (word_set_has(&rule->ends, (enum word)word) ? PART_END : 0));
	}
}

static struct rule_list list_triggered(
	struct arena *arena, const struct rule *rule, size_t n, enum word word)
{
	const struct rule **list = arena_take(arena, n, sizeof *list);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		if (is_trigger(&rule[i], word))
			list[found++] = &rule[i];
	}
	return (struct rule_list){ list, found };
}

void rules_index(struct arena *arena, struct rule *rule, size_t n, struct rules *out)
{
	rank(rule, n);
	for (size_t i = 0; i < n; i++)
		part(&rule[i]);
	for (int word = WORD_NONE + 1; word < WORDS; word++)
		out->by_trigger[word] = list_triggered(arena, rule, n, (enum word)word);
	out->rule = rule;
	out->n = n;
}
