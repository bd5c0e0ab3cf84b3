#include "returns/cin/check/known.h"
#include "returns/cin/check/rule.h"

#include "base/intern.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- all rules */

#define LIST(name) extern const struct cin_rules cin_rules_of_##name;
LIST(identifiers) LIST(details) LIST(activity) LIST(assessments) LIST(plans) LIST(section47)
LIST(protection) LIST(whole)
#undef LIST

static const struct cin_rules *const lists[] = { &cin_rules_of_identifiers, &cin_rules_of_details,
	&cin_rules_of_activity, &cin_rules_of_assessments, &cin_rules_of_plans, &cin_rules_of_section47,
	&cin_rules_of_protection, &cin_rules_of_whole };
enum { LISTS = sizeof lists / sizeof *lists };

size_t cin_rules_n(void)
{
	size_t n = 0;
	for (size_t i = 0; i < LISTS; i++)
		n += lists[i]->n;
	return n;
}

static const struct cin_rule *find_rule(size_t i, enum cin_table *about)
{
	for (size_t k = 0; k < LISTS; k++) {
		*about = lists[k]->about;
		if (i < lists[k]->n)
			return &lists[k]->item[i];
		i -= lists[k]->n;
	}
	must(!"a rule that there is");
	return NULL;
}

const struct cin_rule *cin_rule(size_t i)
{
	enum cin_table about;
	return find_rule(i, &about);
}

/* ---- a run */

struct running {
	const struct cin_rule *rule;
	uint16_t index;
	enum cin_table about;
};

/* A text of each child that no other may have. */
struct kept {
	struct intern texts;
	struct {
		uint32_t *item; /* by child: which text; UINT32_MAX: none */
		size_t n, room;
	} of;
};

struct cin_check {
	struct arena *arena;
	const struct cin_asked *asked;
	const struct calendar *calendar;
	day start, end;
	struct cin_result *out;
	struct running *running;
	size_t n;
	uint16_t now; /* the rule that is asked, */
	uint32_t child; /* and of whom */
	const struct cin_child *of; /* NULL: of several */
	enum cin_field known_by[CIN_TABLES];
	struct cin_counts counts;
	struct kept numbers, upns;
};

day cin_start(const struct cin_check *check)
{
	return check->start;
}

day cin_end(const struct cin_check *check)
{
	return check->end;
}

day cin_working_before(const struct cin_check *check, day d, int n)
{
	return calendar_add_working(check->calendar, d, -n);
}

const struct cin_counts *cin_counted(const struct cin_check *check)
{
	return &check->counts;
}

void cin_find(struct cin_check *check, enum cin_field field, uint32_t row)
{
	enum cin_table table = cin_fields[field].table;
	day known = check->of == NULL ? DAY_UNKNOWN : cin_known_day(check->of, check->known_by[table], table, row);
	ARRAY_MORE(check->out) = (struct cin_finding){ check->now, (uint16_t)field, row, check->child, known };
}

void cin_find_whole(struct cin_check *check)
{
	check->out->rule[check->now].whole = true;
}

static void keep(struct cin_check *check, struct kept *kept, str text)
{
	uint32_t number = UINT32_MAX;
	if (text.n > 0)
		number = intern_number(&kept->texts, arena_str(check->arena, text));
	ARRAY_MORE(&kept->of) = number;
}

void cin_find_repeated(struct cin_check *check, enum cin_field field)
{
	const struct kept *kept = field == CIN_FIELD_identifiers_upn ? &check->upns : &check->numbers;
	uint32_t *times = mem_alloc(kept->texts.n + 1, sizeof *times);
	for (size_t i = 0; i < kept->of.n; i++) {
		if (kept->of.item[i] != UINT32_MAX)
			times[kept->of.item[i]]++;
	}
	for (size_t i = 0; i < kept->of.n; i++) {
		if (kept->of.item[i] == UINT32_MAX || times[kept->of.item[i]] < 2)
			continue;
		check->child = (uint32_t)i;
		cin_find(check, field, (uint32_t)i);
	}
	mem_free(times);
}

static void close_kept(struct kept *kept)
{
	intern_close(&kept->texts);
	mem_free(kept->of.item);
}

/* ---- one rule, one child */

static void ask(struct cin_check *check, const struct running *running, const struct cin_child *child)
{
	const struct cin_rule *rule = running->rule;
	check->now = running->index;
	check->child = child->index;
	check->of = child;
	if (rule->kind == CIN_CHILD)
		rule->of_child(check, child);
	else if (rule->kind != CIN_WHOLE)
		cin_ask_row(check, rule, child);
}

/* ---- the header, and what can be asked */

enum { FIRST_YEAR = 2023 }; /* of all rules */

/* What the header says, else what was asked for; 0: neither. */
static int year_of(const struct cin_asked *asked, const struct cin_header *header)
{
	int64_t said;
	bool is_year = str_int(header->year, &said) && said >= 2000 && said <= 2100;
	return is_year ? (int)said : asked->year;
}

static bool open_year(struct cin_check *check, const struct cin_asked *asked,
	const struct cin_header *header, struct err *err)
{
	int year = year_of(asked, header);
	day reference;
	if (!str_equal(header->collection, S("CIN")))
		return err_set(err, ERR_INPUT, "Collection: \"%.*s\" is not the children in need census, CIN",
			STR_ARGS(str_upto(header->collection, 80)));
	bool dated = day_read(header->reference, &reference, NULL);
	if (asked->year != 0 && year != asked->year)
		return err_set(err, ERR_INPUT, "Header: this is the census of %d, not of %d as was asked for", year,
			asked->year);
	if (year == 0) {
		if (!dated)
			return err_set(err, ERR_INPUT,
				"Header: neither Year nor ReferenceDate says which year the census is of");
		year = day_civil(reference).year;
	}
	if (year < FIRST_YEAR)
		return err_set(err, ERR_INPUT, "Header: this is the census of %d; rules are known from %d on", year,
			FIRST_YEAR);
	check->end = dated ? reference : day_of(year, 3, 31);
	check->start = day_add(day_add_months(check->end, -12), 1);
	check->counts.year = check->out->year = year;
	check->counts.reference = header->reference;
	return true;
}

static bool has_calendar(const struct cin_check *check)
{
	return check->calendar != NULL && check->start >= calendar_first(check->calendar) &&
		check->end <= calendar_last(check->calendar) &&
		is_day(cin_working_before(check, check->end, 60)) &&
		is_day(cin_working_before(check, check->start, 2));
}

static void choose(struct cin_check *check)
{
	size_t n = cin_rules_n();
	bool calendar = has_calendar(check);
	cin_known_by(check->known_by);
	check->running = arena_take(check->arena, n, sizeof *check->running);
	check->out->rule = arena_take(check->arena, n, sizeof *check->out->rule);
	for (size_t i = 0; i < n; i++) {
		enum cin_table about;
		const struct cin_rule *rule = find_rule(i, &about);
		struct cin_rule_outcome *outcome = &check->out->rule[i];
		outcome->outcome = CIN_NOT_RUN;
		if (check->counts.year < rule->first || (rule->last != 0 && check->counts.year > rule->last))
			continue;
		outcome->of_year = true;
		if (check->asked->without != NULL && check->asked->without[i]) {
			outcome->why = S("was left out");
			continue;
		}
		if (rule->calendar && !calendar) {
			outcome->why = S("needs working days of years that the calendar has not");
			continue;
		}
		outcome->outcome = CIN_PASSED;
		check->running[check->n++] = (struct running){ rule, (uint16_t)i, about };
	}
}

/* ---- all of it */

static int compare_findings(const void *a, const void *b)
{
	const struct cin_finding *x = a, *y = b;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	enum cin_table s = cin_fields[x->field].table, t = cin_fields[y->field].table;
	if (s != t)
		return s < t ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->field > y->field) - (x->field < y->field);
}

/* Sorts what was found since the last time, and counts it; what is wanted at once leaves. */
static void settle(struct cin_result *out, const struct cin_sink *sink)
{
	size_t kept = 0;
	if (out->n > 1)
		qsort(out->item, out->n, sizeof *out->item, compare_findings);
	for (size_t i = 0; i < out->n; i++) {
		if (kept > 0 && compare_findings(&out->item[kept - 1], &out->item[i]) == 0)
			continue;
		out->item[kept++] = out->item[i];
		out->rule[out->item[i].rule].outcome = CIN_FAILED;
		out->rule[out->item[i].rule].findings++;
	}
	out->n = kept;
	out->found += kept;
	if (sink->take != NULL && kept > 0) {
		sink->take(sink->to, out, out->item, kept);
		out->n = 0;
	}
}

static void settle_whole(struct cin_result *out)
{
	for (size_t i = 0; i < cin_rules_n(); i++) {
		if (out->rule[i].whole)
			out->rule[i].outcome = CIN_FAILED;
		out->whole += out->rule[i].whole;
	}
}

static void check_child(struct cin_check *check, const struct cin_child *child)
{
	const struct cin_identifiers *who = &child->identifiers.item[0];
	keep(check, &check->numbers, who->number);
	keep(check, &check->upns, who->upn);
	uint32_t number = check->numbers.of.item[check->numbers.of.n - 1];
	ARRAY_MORE(&check->out->child) =
		number == UINT32_MAX ? (str){ 0 } : check->numbers.texts.text[number];
	cin_count(check, &check->counts, child);
	const bool has[CIN_TABLES + 1] = {
#define MODULE(name, title, element) child->name.n > 0,
#include "returns/cin/check/modules.def"
		true,
	};
	for (size_t i = 0; i < check->n; i++) {
		if (has[check->running[i].about])
			ask(check, &check->running[i], child);
	}
	if (check->asked->sink.take != NULL && check->out->n > 0)
		settle(check->out, &check->asked->sink);
}

static bool read_element(struct cin_check *check, struct cin_reader *reader,
	const struct cin_asked *asked, bool *header, struct err *err)
{
	str name = xml_name(reader->xml);
	if (str_equal(name, S("Header")) && !*header) {
		struct cin_header said = { 0 };
		size_t line = xml_line(reader->xml);
		struct err why = { 0 };
		if (!cin_read_header(reader->xml, check->arena, &said))
			return true; /* xml_end() tells */
		if (!open_year(check, asked, &said, &why))
			return err_set(err, why.code, "line %zu, %s", line, why.text);
		choose(check);
		*header = true;
	} else if (str_equal(name, S("Child"))) {
		if (!*header)
			return err_set(err, ERR_INPUT, "line %zu: a child stands before any Header",
				xml_line(reader->xml));
		if (cin_read_child(reader))
			check_child(check, &reader->child);
		else if (reader->full)
			return err_set(err, ERR_FULL, "line %zu: one child has more than %d modules and factors",
				xml_line(reader->xml), CIN_CHILD_MOST);
	}
	return true;
}

static bool read_all(struct cin_check *check, struct cin_reader *reader, const struct cin_asked *asked,
	struct err *err)
{
	bool header = false;
	for (enum xml_kind kind; (kind = xml_next(reader->xml)) != XML_OVER;) {
		if (kind != XML_START)
			continue;
		if (xml_depth(reader->xml) == 0 && !str_equal(xml_name(reader->xml), S("Message")))
			return err_set(err, ERR_INPUT, "line %zu: a census begins with <Message>, not <%.*s>",
				xml_line(reader->xml), STR_ARGS(str_upto(xml_name(reader->xml), 80)));
		if (!read_element(check, reader, asked, &header, err))
			return false;
	}
	if (!xml_end(reader->xml, err))
		return false;
	return header || err_set(err, ERR_INPUT, "there is no Header: this is no census");
}

bool cin_check(struct arena *arena, struct xml *xml, const struct cin_asked *asked,
	struct cin_result *out, struct err *err)
{
	*out = (struct cin_result){ 0 };
	struct cin_check check = { .arena = arena, .asked = asked, .calendar = asked->calendar, .out = out };
	struct cin_reader reader = { .xml = xml, .remarks.arena = arena,
		.child.arena = arena_open((size_t)1 << 30) };
	bool done = read_all(&check, &reader, asked, err);
	check.of = NULL;
	for (size_t i = 0; done && i < check.n; i++) {
		check.now = check.running[i].index;
		if (check.running[i].rule->kind == CIN_WHOLE)
			check.running[i].rule->of_whole(&check);
	}
	if (done) {
		settle(out, &asked->sink);
		settle_whole(out);
	}
	out->remarks = reader.remarks;
	reader.remarks = (struct cin_remarks){ 0 };
	arena_close(reader.child.arena);
	cin_reader_close(&reader);
	close_kept(&check.numbers);
	close_kept(&check.upns);
	return done;
}

void cin_result_close(struct cin_result *result)
{
	mem_free(result->item);
	mem_free(result->child.item);
	mem_free(result->remarks.item);
	*result = (struct cin_result){ 0 };
}
