#include "job/return_check.h"

#include "base/mem.h"
#include "base/text.h"
#include "returns/ssda903/check/rule.h"

static struct source_file *as_texts(
	struct arena *arena, const struct source *file, size_t n, struct err *err)
{
	struct source_file *out = arena_take(arena, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++) {
		enum text_encoding encoding;
		out[i].path = file[i].name;
		if (!text_decode(file[i].bytes, arena, &out[i].text, &encoding, err))
			return NULL;
	}
	return out;
}

static void take_findings(
	const struct return_rows *rows, const struct check_result *result, struct return_findings *out)
{
	for (size_t i = 0; i < result->n; i++) {
		const struct finding *one = &result->item[i];
		const struct check_rule *rule = check_rule(one->rule);
		ARRAY_MORE(out) = (struct return_finding){ rule->code,
			table_rows[one->table].title, rule->fields, rows->child[one->child],
			rule->message, one->row };
	}
	for (size_t i = 0; i < check_rules_n(); i++) {
		if (result->rule[i].outcome == CHECK_NOT_RUN && result->rule[i].why.n > 0)
			ARRAY_MORE(&out->unasked) = (struct return_unasked){ check_rule(i)->code,
				result->rule[i].why };
	}
}

bool return_check_903(struct arena *arena, const struct source *file, size_t n,
	const struct return_check_903 *asked, struct return_findings *out, struct err *err)
{
	struct source_file *now = as_texts(arena, file, n, err);
	struct source_file *before =
		now == NULL ? NULL : as_texts(arena, asked->last_year, asked->last_year_n, err);
	struct return_rows rows;
	if (before == NULL ||
		!rows_read(arena, now, n, before, asked->last_year_n, &rows, err))
		return false;
	const struct check_asked how = { .year = asked->year,
		.authority = asked->local_authority,
		.postcodes = asked->postcodes,
		.providers = asked->providers };
	struct check_result result = { 0 };
	check_run(arena, &rows, &how, &result);
	take_findings(&rows, &result, out);
	check_result_close(&result);
	return true;
}

void return_findings_close(struct return_findings *findings)
{
	mem_free(findings->item);
	mem_free(findings->unasked.item);
	*findings = (struct return_findings){ 0 };
}
