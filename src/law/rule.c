#include "law/rule.h"

bool word_set_has(const struct word_set *set, enum word word)
{
	for (size_t i = 0; i < set->n; i++) {
		if (set->word[i] == word)
			return true;
	}
	return false;
}

enum condition_answer condition_ask(const struct condition *condition, str detail)
{
	str value;
	if (!detail_find(detail, condition->key, &value) || value.n == 0)
		return CONDITION_NOT_RECORDED;
	for (size_t i = 0; i < condition->n; i++) {
		if (str_equal(condition->values[i], value))
			return CONDITION_YES;
	}
	return CONDITION_NO;
}

/* Asked only of words that know the key. */
static bool holds(const struct condition *list, size_t n, enum word word, str detail)
{
	for (size_t i = 0; i < n; i++) {
		str known;
		if (detail_find(word_rows[word].detail, list[i].key, &known) &&
			condition_ask(&list[i], detail) != CONDITION_YES)
			return false;
	}
	return true;
}

bool rule_detail_ends(const struct rule *rule, enum word word, str detail)
{
	return holds(rule->ends_when, rule->ends_whens, word, detail);
}

bool rule_detail_is_until(const struct rule *rule, enum word word, str detail)
{
	return holds(rule->until_when, rule->until_whens, word, detail);
}

bool rule_detail_meets(const struct rule *rule, str detail)
{
	for (size_t i = 0; i < rule->not_helds; i++) {
		if (condition_ask(&rule->not_held[i], detail) == CONDITION_YES)
			return false;
	}
	for (size_t i = 0; i < rule->met_whens; i++) {
		if (condition_ask(&rule->met_when[i], detail) != CONDITION_YES)
			return false;
	}
	return true;
}

bool rule_is_on(const struct rule *rule)
{
	return rule->behind == NULL || rule->behind->on;
}

bool rule_is_shown(const struct rule *rule)
{
	return rule->behind == NULL || rule->behind->shown;
}

str circumstance_text(enum circumstance circumstance)
{
	static const str text[CIRCUMSTANCES] = {
#define CIRCUMSTANCE(name, text) S_INIT(text),
#include "law/circumstances.def"
#undef CIRCUMSTANCE
	};
	return text[circumstance];
}

str hand_text(enum hand hand)
{
	static const str text[HANDS] = {
		{ 0 },
#define HAND(name, text, article) S_INIT(text),
#include "law/hands.def"
#undef HAND
	};
	return text[hand];
}

str hand_words(enum hand hand)
{
	static const str words[HANDS] = {
		{ 0 },
#define HAND(name, text, article) S_INIT(article text),
#include "law/hands.def"
#undef HAND
	};
	return words[hand];
}

const struct rule *rules_find(const struct rules *rules, str id)
{
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->rule[i].id.n == id.n && str_equal(rules->rule[i].id, id))
			return &rules->rule[i];
	}
	return NULL;
}

str unit_text(enum unit unit)
{
	static const str text[] = { S_INIT("working days"), S_INIT("days"), S_INIT("weeks"),
		S_INIT("months"), S_INIT("hours"), S_INIT("years"), S_INIT("end of the month"),
		S_INIT("end of the school term"), S_INIT("halfway"), S_INIT("given") };
	return text[unit];
}

str level_text(enum level level)
{
	static const str text[] = { S_INIT("ACT"), S_INIT("REG"), S_INIT("SG"), S_INIT("DATA"),
		S_INIT("LOCAL"), S_INIT("GOOD") };
	return text[level];
}

str level_words(enum level level)
{
	static const str text[] = { S_INIT("Act of Parliament"), S_INIT("Regulations"),
		S_INIT("Statutory guidance"), S_INIT("Data definition"), S_INIT("Local procedure"),
		S_INIT("Good practice") };
	return text[level];
}

str level_says(enum level level)
{
	return level < LEVEL_SG ? S("The law says")
		: level == LEVEL_SG ? S("National guidance says")
				    : S("Without a policy Duly counts");
}

str base_text(enum base base)
{
	return base == BASE_TRIGGER ? S("trigger") : S("previous");
}

str local_text(enum local_figure local)
{
	static const str text[] = { S_INIT("no"), S_INIT("stricter"), S_INIT("always") };
	return text[local];
}

void buf_offset(struct buf *buf, const struct rule *rule)
{
	buf_str(buf, rule->offset);
}

void buf_source(struct buf *buf, const struct rule *rule)
{
	buf_str(buf, rule->authority);
	if (rule->edition.n > 0) {
		buf_lit(buf, " (");
		buf_str(buf, rule->edition);
		buf_char(buf, ')');
	}
	if (rule->verified) {
		buf_lit(buf, ", ");
		buf_str(buf, rule->citation);
	}
}
