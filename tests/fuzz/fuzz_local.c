/* A council's policy: refused with a line, or one that is never later than the law without leave. */
#include "fuzz.h"
#include "law/local.h"

#include <string.h>

static void try_item(const struct law *national, const struct local_item *item)
{
	struct when from = { day_of(2026, 12, 18), INSTANT_UNKNOWN };
	struct due local, law;
	must(item->id.n > 0 && item->author.n > 0 && item->reason.n > 0 && item->from != DAY_UNKNOWN);
	must(item->line > 0 && item->text.n > 0 && item->rule != NULL);
	if (item->kind != LOCAL_FIGURE || item->limit.unit == UNIT_HOURS)
		return;
	const struct rule *rule = rules_find(national->rules, item->id);
	must(rule != NULL && rule->figures == 0);
	if (due_count_as(national, rule, &item->limit, from, &local, NULL) &&
		due_count_law(national, rule, from, &law, NULL))
		must(local.on <= law.on || item->departure || rule->local == LOCAL_ALWAYS);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *kept; /* one law for all inputs */
	static const struct law *law;
	if (kept == NULL) {
		kept = arena_open(32 << 20);
		law = law_open(kept);
	}
	struct arena *arena = arena_open(64 << 20);
	struct local_policy *policy;
	struct err err = { 0 };
	if (local_read(arena, law, (str){ (const char *)bytes, n }, &policy, &err)) {
		for (size_t i = 0; i < policy->n; i++)
			try_item(law, &policy->item[i]);
		must(policy->text.n == n && (n == 0 || memcmp(policy->text.p, bytes, n) == 0));
	} else {
		must(err.code == ERR_INPUT && err.text[0] != '\0');
	}
	arena_close(arena);
	return 0;
}
