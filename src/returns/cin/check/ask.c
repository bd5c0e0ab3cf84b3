/* ask.c - rules that are rows: of a field, or of two. */
#include "returns/cin/check/rule.h"

#include "base/err.h"

#include <stdlib.h>

/* ---- codes */

bool cin_is_listed(cin_code code, const char *list)
{
	cin_code word = 0;
	for (; *list != '\0'; list++) {
		if (*list != ' ')
			word = word << 8 | (unsigned char)*list;
		else if (word == code)
			return true;
		else
			word = 0;
	}
	return word == code && code != 0;
}

static int compare_codes(const void *a, const void *b)
{
	const cin_code *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

void cin_sort_codes(cin_code *codes, size_t n)
{
	qsort(codes, n, sizeof *codes, compare_codes);
}

bool cin_is_twice(const cin_code *sorted, size_t n, cin_code code)
{
	const cin_code *one = bsearch(&code, sorted, n, sizeof *sorted, compare_codes);
	return one != NULL && ((one > sorted && one[-1] == code) || (one < sorted + n - 1 && one[1] == code));
}

/* ---- the modules of a table */

struct modules {
	const char *item;
	size_t n, size;
};

static struct modules modules_of(const struct cin_child *child, enum cin_table table)
{
	switch (table) {
#define MODULE(name, title, element)                                                               \
	case CIN_TABLE_##name:                                                                     \
		return (struct modules){ (const char *)child->name.item, child->name.n,            \
			sizeof *child->name.item };
#include "returns/cin/check/modules.def"
	case CIN_TABLES:
		break;
	}
	must(!"a table that there is");
	return (struct modules){ 0 };
}

static bool is_wrong(const struct cin_check *check, const struct cin_rule *rule, const void *module)
{
	if (rule->kind == CIN_LISTED) {
		cin_code code = cin_code_at(module, rule->a);
		return code == 0 ? !rule->blank : !cin_is_listed(code, rule->list);
	}
	day on = cin_day_at(module, rule->a);
	if (rule->kind == CIN_IN_YEAR)
		return is_day(on) && !is_in_year(check, on);
	if (rule->kind == CIN_BY_END)
		return !is_day(on) || on > cin_end(check);
	return is_day(on) && day_weekday(on) >= SATURDAY;
}

/* The module of that field for one of another's: itself, the CINdetails around it, the child's own. */
static const void *beside(const struct cin_child *child, const struct cin_at *module,
	enum cin_table table, enum cin_table wanted)
{
	if (table == wanted)
		return module;
	if (wanted == CIN_TABLE_identifiers)
		return &child->identifiers.item[0];
	return wanted == CIN_TABLE_details && child->details.n > 0 ? &child->details.item[module->of] : NULL;
}

static void ask_pair(struct cin_check *check, const struct cin_rule *rule, const struct cin_child *child)
{
	enum cin_table a = cin_fields[rule->a].table, b = cin_fields[rule->b].table;
	enum cin_table inner = a > b ? a : b;
	struct modules modules = modules_of(child, inner);
	for (size_t i = 0; i < modules.n; i++) {
		const struct cin_at *at = (const void *)(modules.item + i * modules.size);
		const struct cin_at *of_a = beside(child, at, inner, a), *of_b = beside(child, at, inner, b);
		if (of_a == NULL || of_b == NULL)
			continue;
		day first = cin_day_at(of_a, rule->a), second = cin_day_at(of_b, rule->b);
		if (rule->kind == CIN_ORDER ? !is_after(first, second) : !is_day(first) || first != second)
			continue;
		cin_find(check, rule->a, of_a->row);
		cin_find(check, rule->b, of_b->row);
	}
}

void cin_ask_row(struct cin_check *check, const struct cin_rule *rule, const struct cin_child *child)
{
	if (rule->kind == CIN_ORDER || rule->kind == CIN_APART) {
		ask_pair(check, rule, child);
		return;
	}
	struct modules modules = modules_of(child, cin_fields[rule->a].table);
	for (size_t i = 0; i < modules.n; i++) {
		const struct cin_at *at = (const void *)(modules.item + i * modules.size);
		if (is_wrong(check, rule, at))
			cin_find(check, rule->a, at->row);
	}
}
