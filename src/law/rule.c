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

bool rule_is_ended_by(const struct rule *rule, enum word word, str detail)
{
	if (!word_set_has(&rule->ends, word))
		return false;
	for (size_t i = 0; i < rule->ends_whens; i++) {
		str known;
		if (detail_find(word_rows[word].detail, rule->ends_when[i].key, &known) &&
			condition_ask(&rule->ends_when[i], detail) != CONDITION_YES)
			return false;
	}
	return true;
}

bool rule_is_met_by(const struct rule *rule, enum word word, str detail)
{
	if (!word_set_has(&rule->met_by, word))
		return false;
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
		S_INIT("months"), S_INIT("hours") };
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
	if (rule->offset == 0) {
		buf_lit(buf, "the same day");
		return;
	}
	str unit = unit_text(rule->unit);
	buf_int(buf, rule->offset);
	buf_char(buf, ' ');
	buf_str(buf, rule->offset == 1 ? str_upto(unit, unit.n - 1) : unit);
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
