/* quality_cin.c - the census. The check keeps no module, so that the days by which rows are known are read in
 * a turn of their own. */
#include "base/mem.h"
#include "job/quality_find.h"
#include "returns/cin/check/rule.h"
#include "returns/mend/mend.h"

struct keyed {
	enum cin_field key; /* CIN_FIELDS: the table has none */
	day *item;          /* by row */
	size_t n, room;
};

static void find_keys(struct keyed keyed[static CIN_TABLES])
{
	for (enum cin_table t = 0; t < CIN_TABLES; t++) {
		str key = mend_key(S("cin"), cin_tables[t].title);
		keyed[t].key = CIN_FIELDS;
		for (enum cin_field f = cin_tables[t].first; f < cin_tables[t].last && key.n > 0; f++) {
			if (str_equal(cin_fields[f].title, key))
				keyed[t].key = f;
		}
	}
}

static void note(struct keyed *keyed, const struct cin_at *module)
{
	if (keyed->key == CIN_FIELDS)
		return;
	while (keyed->n <= module->row)
		ARRAY_MORE(keyed) = DAY_UNKNOWN;
	/* Two dates in one Reviews are one row: the first is the one by which it is known. */
	if (keyed->item[module->row] == DAY_UNKNOWN)
		keyed->item[module->row] = cin_day_at(module, keyed->key);
}

static void note_child(struct keyed keyed[static CIN_TABLES], const struct cin_child *child)
{
#define MODULE(name, title, element)                                                               \
	for (size_t i = 0; i < child->name.n; i++)                                                 \
		note(&keyed[CIN_TABLE_##name], &child->name.item[i].at);
#include "returns/cin/check/modules.def"
}

/* It was read to its end before. */
static void read_days(str text, struct keyed keyed[static CIN_TABLES])
{
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	struct arena *remarks = arena_open(1 << 20);
	struct cin_reader reader = { .xml = xml, .remarks.arena = remarks,
		.child.arena = arena_open((size_t)1 << 30) };
	for (enum xml_kind kind; (kind = xml_next(xml)) != XML_OVER;) {
		if (kind != XML_START || !str_equal(xml_name(xml), S("Child")))
			continue;
		if (!cin_read_child(&reader))
			break;
		note_child(keyed, &reader.child);
		reader.remarks.all = reader.remarks.n = 0;
		arena_reset(remarks);
	}
	arena_close(reader.child.arena);
	cin_reader_close(&reader);
	arena_close(remarks);
	xml_close(xml);
}

static str day_text(struct arena *arena, const struct keyed *keyed, uint32_t row)
{
	struct buf text = { 0 };
	if (keyed->key != CIN_FIELDS && row < keyed->n)
		buf_day(&text, keyed->item[row]);
	str out = arena_str(arena, buf_view(&text));
	buf_close(&text);
	return out;
}

static void take(struct arena *arena, const struct cin_result *result, const struct keyed *keyed,
	struct quality_found *out)
{
	for (size_t i = 0; i < result->n; i++) {
		const struct cin_finding *one = &result->item[i];
		enum cin_table table = cin_fields[one->field].table;
		const struct mend_place place = { S("cin"), cin_rule(one->rule)->code, cin_tables[table].title,
			cin_fields[one->field].title };
		ARRAY_MORE(out) = (struct quality_finding){ .rule = place.rule,
			.name = place.name,
			.line = one->row,
			.field = place.fields,
			.number = arena_str(arena, result->child.item[one->child]),
			.regards = day_text(arena, &keyed[table], one->row),
			.hand = mender_text(mend_by(&place)) };
	}
	/* With the whole return: it lies in no row. */
	for (size_t i = 0; i < cin_rules_n(); i++) {
		const struct cin_rule_outcome *rule = &result->rule[i];
		if (rule->whole)
			ARRAY_MORE(out) = (struct quality_finding){ .rule = cin_rule(i)->code, .line = -1,
				.hand = mender_text(MENDER_SYSTEM) };
		else if (rule->outcome == CIN_NOT_RUN && rule->why.n > 0)
			ARRAY_MORE(&out->unrun) = (struct quality_unrun){ cin_rule(i)->code,
				arena_str(arena, rule->why) };
	}
	out->year = result->year;
	out->children = (int64_t)result->child.n;
}

bool quality_find_cin(struct arena *arena, str text, int year, const struct calendar *calendar,
	struct quality_found *out, struct err *err)
{
	const struct cin_asked asked = { .year = year, .calendar = calendar };
	struct keyed keyed[CIN_TABLES] = { 0 };
	struct cin_result result;
	struct arena *scratch = arena_open((size_t)16 << 30);
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	*out = (struct quality_found){ 0 };
	bool done = cin_check(scratch, xml, &asked, &result, err);
	xml_close(xml);
	if (done) {
		find_keys(keyed);
		if (result.n > 0)
			read_days(text, keyed);
		take(arena, &result, keyed, out);
	}
	for (size_t t = 0; t < CIN_TABLES; t++)
		mem_free(keyed[t].item);
	cin_result_close(&result);
	arena_close(scratch);
	return done;
}
