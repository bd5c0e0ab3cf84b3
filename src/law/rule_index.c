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

static void fill_bits(struct word_set *set)
{
	set->bits = (struct word_bits){ 0 };
	for (size_t i = 0; i < set->n; i++)
		word_bits_add(&set->bits, set->word[i]);
}

static void part(struct rule *rule)
{
	struct word_set *sets[] = { &rule->trigger, &rule->met_by, &rule->ends, &rule->until,
		&rule->takes_over, &rule->too_late };
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
		fill_bits(sets[i]);
	const struct {
		const struct word_set *words;
		enum part part;
	} set[] = { { &rule->met_by, PART_MEETING }, { &rule->ends, PART_END },
		{ &rule->until, PART_UNTIL }, { &rule->takes_over, PART_TAKE_OVER },
		{ &rule->too_late, PART_TOO_LATE } };
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		unsigned parts = is_trigger(rule, (enum word)word) ? PART_TRIGGER : 0;
		for (size_t i = 0; i < sizeof set / sizeof *set; i++)
			parts |= word_set_has(set[i].words, (enum word)word) ? set[i].part : 0;
		/* Once the meeting is held it is too late to prepare it. */
		for (size_t i = 0; i < rule->prepared; i++)
			parts |= word_set_has(&rule->prepares[i]->met_by, (enum word)word)
				? PART_TOO_LATE
				: 0;
		rule->part[word] = (uint8_t)parts;
	}
}

/* The rules to which a word is that part. What makes no clock of its own, or is switched off, is none
 * of them. */
static struct rule_list list_by(
	struct arena *arena, const struct rule *rule, size_t n, enum word word, enum part part)
{
	const struct rule **list = arena_take(arena, n, sizeof *list);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		if ((rule[i].part[word] & (unsigned)part) != 0 && !rule[i].is_twin &&
			rule_is_on(&rule[i]))
			list[found++] = &rule[i];
	}
	return (struct rule_list){ list, found };
}

static struct rule_list list_preparing(
	struct arena *arena, const struct rule *rule, size_t n, const struct rule *host)
{
	const struct rule **list = arena_take(arena, n, sizeof *list);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < rule[i].prepared; k++) {
			if (rule[i].prepares[k] == host && rule_is_on(&rule[i]))
				list[found++] = &rule[i];
		}
	}
	return (struct rule_list){ list, found };
}

void rules_index(struct arena *arena, struct rule *rule, size_t n, struct rules *out)
{
	rank(rule, n);
	for (size_t i = 0; i < n; i++)
		part(&rule[i]);
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		out->by_trigger[word] = list_by(arena, rule, n, (enum word)word, PART_TRIGGER);
		out->by_take_over[word] = list_by(arena, rule, n, (enum word)word, PART_TAKE_OVER);
	}
	struct rule_list *by_host = arena_take(arena, n + 1, sizeof *by_host);
	for (size_t i = 0; i < n; i++)
		by_host[i] = list_preparing(arena, rule, n, &rule[i]);
	out->by_host = by_host;
	out->rule = rule;
	out->n = n;
}
