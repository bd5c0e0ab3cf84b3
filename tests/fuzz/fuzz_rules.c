/* Rules: refused with a reason, or rules that hold together and count without harm. */
#include "fuzz.h"
#include "law/due.h"

static void try_rule(const struct law *law, const struct rule *rule)
{
	struct when from = { day_of(2026, 12, 18), INSTANT_UNKNOWN };
	struct buf buf = { 0 };
	struct due due;
	struct err err;
	must(rule->id.n > 0 && rule->title.n > 0 && rule->trigger.n > 0);
	must(!rule->verified || rule->citation.n > 0);
	must(rule->twin == NULL || (rule->twin != rule && rule->twin->is_twin));
	must(rules_find(law->rules, rule->id) == rule);
	if (rule->limit.unit == UNIT_HOURS)
		must(instant_of_local(from.on, 600, -1, &from.at, &err));
	if (due_count(law, rule, from, &due, &err))
		must(due.on >= from.on);
	else
		must(err.text[0] != '\0');
	buf_offset(&buf, rule);
	buf_source(&buf, rule);
	must(buf.n > 0);
	buf_close(&buf);
	rule_is_ended_by(rule, WORD_S47_ENDED, S("outcome=icpc"));
	rule_is_met_by(rule, WORD_ICPC_HELD, S("quorate=no"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *kept; /* one calendar for all inputs */
	static struct calendar *calendar;
	if (kept == NULL) {
		kept = arena_open(8 << 20);
		must(calendar_load(kept, calendar_embedded_csv(), &calendar, NULL));
	}
	struct arena *arena = arena_open(32 << 20);
	struct law law = { .calendar = calendar };
	struct err err = { 0 };
	if (rules_load(arena, (str){ (const char *)bytes, n }, &law.rules, &err)) {
		for (size_t i = 0; i < law.rules->n; i++)
			try_rule(&law, &law.rules->rule[i]);
	} else {
		must(err.code == ERR_INPUT && err.text[0] != '\0');
	}
	arena_close(arena);
	return 0;
}
