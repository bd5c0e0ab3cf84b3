/* The census held against its rules: refused, or findings in order, each once, in rows that there are; and
 * the same of a file that comes in pieces. */
#include "fuzz.h"
#include "returns/cin/check/check.h"

#include <string.h>

enum { PIECE = 61 };

static size_t next_piece(void *from, char *into, size_t n)
{
	str *rest = from, piece = str_upto(*rest, n < PIECE ? n : PIECE);
	if (piece.n > 0)
		memcpy(into, piece.p, piece.n);
	*rest = str_from(*rest, piece.n);
	return piece.n;
}

static int compare(const struct cin_finding *x, const struct cin_finding *y)
{
	enum cin_table s = cin_fields[x->field].table, t = cin_fields[y->field].table;
	if (x->rule != y->rule || s != t)
		return x->rule != y->rule ? x->rule - y->rule : (int)s - (int)t;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->field - y->field;
}

static void look_at(const struct cin_result *result)
{
	size_t told = 0;
	for (size_t i = 0; i < result->n; i++) {
		const struct cin_finding *one = &result->item[i];
		must(one->rule < cin_rules_n() && one->field < CIN_FIELDS && one->child < result->child.n);
		must(one->row < CIN_CHILD_MOST * (result->child.n + 1));
		must(i == 0 || compare(one - 1, one) < 0);
	}
	for (size_t i = 0; i < cin_rules_n(); i++) {
		const struct cin_rule_outcome *rule = &result->rule[i];
		told += rule->findings;
		must((rule->outcome == CIN_FAILED) == (rule->findings > 0 || rule->whole));
	}
	must(told == result->n && result->remarks.n <= CIN_REMARKS_KEPT);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 26);
	struct calendar *calendar;
	struct cin_result whole, pieces;
	struct err err = { 0 };
	str text = { (const char *)bytes, n }, rest = text;
	must(calendar_load(arena, calendar_embedded_csv(), &calendar, &err));
	struct cin_asked asked = { .calendar = calendar };
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	bool good = cin_check(arena, xml, &asked, &whole, &err);
	xml_close(xml);
	must(good || err.text[0] != '\0');
	if (good) {
		look_at(&whole);
		xml = xml_open_source((struct xml_source){ next_piece, &rest }, (struct xml_limits){ 0 });
		must(cin_check(arena, xml, &asked, &pieces, &err));
		must(pieces.n == whole.n && pieces.child.n == whole.child.n &&
			pieces.remarks.all == whole.remarks.all);
		for (size_t i = 0; i < whole.n; i++)
			must(compare(&whole.item[i], &pieces.item[i]) == 0);
		xml_close(xml);
		cin_result_close(&pieces);
	}
	cin_result_close(&whole);
	arena_close(arena);
	return 0;
}
