/* Runs tests/returns/checks/cin-NAME.txt: for each rule of the census, modules in which it finds fault and
 * modules in which it finds none. A case is its first line and modules, in the order of the document:
 *
 *	8565 2026
 *	CINdetails !CINclosureDate=2025-06-01
 *	Assessments AssessmentActualStartDate=2025-05-30 !AssessmentAuthorisationDate=2025-06-02
 *
 * The rule, the year that closes on 31 March, and modules: their name as findings have it, then fields. "!"
 * marks each field in which the rule must find fault; in no other may it. A field that is not said is not
 * there; "!FIELD" alone marks one that is not there; AssessmentFactors=1A 21 are two. ChildIdentifiers begins
 * the next child, whose number is 1, 2... where none is said; a module that another must lie in comes with it.
 * "Header Year=2026 ReferenceDate=2026-03-31" may come first. "! the whole return" is a finding in no row. An
 * empty line ends the case. */
#include "case_files.h"

#include "base/buf.h"
#include "base/mem.h"
#include "returns/cin/check/rule.h"


enum { WANTED_MOST = 40 };

static struct arena *arena;
static struct calendar *calendar;

struct test_case {
	str name; /* "8565 2026" */
	size_t line, index;
	struct buf xml;
	str year, reference;
	bool header, child, characteristics, details, protection; /* what has begun, or is open */
	uint32_t next[CIN_TABLES];
	struct {
		enum cin_field field;
		uint32_t row;
		bool found;
	} wanted[WANTED_MOST];
	size_t wanted_n;
	bool whole;
};

/* ---- the document of a case */

static enum cin_table table_titled(str title)
{
	for (enum cin_table t = 0; t < CIN_TABLES; t++) {
		if (str_equal(cin_tables[t].title, title))
			return t;
	}
	return CIN_TABLES;
}

static enum cin_field field_titled(enum cin_table table, str title)
{
	for (enum cin_field f = cin_tables[table].first; f < cin_tables[table].last; f++) {
		if (str_equal(cin_fields[f].title, title))
			return f;
	}
	return CIN_FIELDS;
}

static void put_element(struct buf *buf, str name, str text)
{
	buf_format(buf, "<%.*s>%.*s</%.*s>", STR_ARGS(name), STR_ARGS(text), STR_ARGS(name));
}

static void close_if(struct test_case *c, bool *open, const char *element)
{
	if (*open)
		buf_format(&c->xml, "</%s>", element);
	*open = false;
}

static void open_if_not(struct test_case *c, bool *open, const char *element)
{
	if (!*open)
		buf_format(&c->xml, "<%s>", element);
	*open = true;
}

static void begin_document(struct test_case *c)
{
	if (c->header)
		return;
	buf_format(&c->xml,
		"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>%.*s</Year>"
		"<ReferenceDate>%.*s</ReferenceDate></CollectionDetails></Header><Children>",
		STR_ARGS(c->year), STR_ARGS(c->reference));
	c->header = true;
}

static void end_child(struct test_case *c)
{
	close_if(c, &c->protection, "ChildProtectionPlans");
	close_if(c, &c->details, "CINdetails");
	close_if(c, &c->characteristics, "ChildCharacteristics");
	close_if(c, &c->child, "Child");
}

static void begin_child(struct test_case *c)
{
	begin_document(c);
	end_child(c);
	open_if_not(c, &c->child, "Child");
	c->next[CIN_TABLE_identifiers]++;
}

static void begin_details(struct test_case *c)
{
	close_if(c, &c->characteristics, "ChildCharacteristics");
	close_if(c, &c->protection, "ChildProtectionPlans");
	close_if(c, &c->details, "CINdetails");
	open_if_not(c, &c->details, "CINdetails");
	c->next[CIN_TABLE_details]++;
}

/* Opens what the module lies in. */
static void make_room(struct test_case *c, enum cin_table table)
{
	if (!c->child) {
		begin_child(c);
		buf_format(&c->xml, "<ChildIdentifiers><LAchildID>%u</LAchildID></ChildIdentifiers>",
			c->next[CIN_TABLE_identifiers]);
	}
	if (table <= CIN_TABLE_disabilities) {
		open_if_not(c, &c->characteristics, "ChildCharacteristics");
		return;
	}
	if (table == CIN_TABLE_details || !c->details)
		begin_details(c);
	if (table == CIN_TABLE_details)
		return;
	if (table != CIN_TABLE_reviews)
		close_if(c, &c->protection, "ChildProtectionPlans");
	else
		assert_true(c->protection);
}

/* Marks the field, or writes it. */
static void take_field(struct test_case *c, enum cin_table table, str word, str value)
{
	bool marked = word.p[0] == '!', said = str_find(word, '=') < word.n;
	str name = str_upto(str_from(word, marked), str_find(word, '=') - marked);
	enum cin_field field = field_titled(table, name);
	if (field == CIN_FIELDS)
		fail_msg("line %zu: there is no field %.*s", c->line, STR_ARGS(word));
	if (marked) {
		assert_true(c->wanted_n < WANTED_MOST);
		c->wanted[c->wanted_n].field = field;
		c->wanted[c->wanted_n++].row = c->next[table] - 1;
	}
	if (!said)
		return;
	if (cin_fields[field].kind != CIN_FACTORS) {
		put_element(&c->xml, name, value);
		return;
	}
	str factor;
	buf_lit(&c->xml, "<FactorsIdentifiedAtAssessment>");
	while (value.n > 0 && str_split(&value, ' ', &factor))
		put_element(&c->xml, name, factor);
	buf_lit(&c->xml, "</FactorsIdentifiedAtAssessment>");
}

/* "A=1 2 !B=3 !C": a value goes up to the next word with = or !. */
static bool next_field(str *rest, str *word, str *value)
{
	*rest = str_trim(*rest);
	if (rest->n == 0)
		return false;
	*word = str_upto(*rest, str_find(*rest, ' '));
	size_t end = word->n, equals = str_find(*word, '=');
	while (end < rest->n && equals < word->n) {
		str after = str_trim(str_from(*rest, end)), next = str_upto(after, str_find(after, ' '));
		if (next.n == 0 || next.p[0] == '!' || str_find(next, '=') < next.n)
			break;
		end = (size_t)(next.p + next.n - rest->p);
	}
	*value = str_from(str_upto(*rest, end), equals + 1);
	*rest = str_from(*rest, end);
	return true;
}

static void take_header(struct test_case *c, str rest)
{
	for (str word, value; next_field(&rest, &word, &value);)
		*(str_starts(word, S("Year=")) ? &c->year : &c->reference) = value;
}

static void take_module(struct test_case *c, enum cin_table table, str rest)
{
	if (table == CIN_TABLE_identifiers)
		begin_child(c);
	else
		make_room(c, table);
	c->next[CIN_TABLE_characteristics] = c->next[CIN_TABLE_identifiers];
	bool inside = table == CIN_TABLE_characteristics || table == CIN_TABLE_details, numbered = false;
	str element = table == CIN_TABLE_disabilities ? S("Disabilities") : cin_tables[table].element;
	if (!inside)
		buf_format(&c->xml, "<%.*s>", STR_ARGS(element));
	if (!inside && table != CIN_TABLE_identifiers)
		c->next[table]++;
	for (str word, value; next_field(&rest, &word, &value);) {
		numbered |= str_starts(str_from(word, word.p[0] == '!'), S("LAchildID"));
		take_field(c, table, word, value);
	}
	if (table == CIN_TABLE_identifiers && !numbered)
		buf_format(&c->xml, "<LAchildID>%u</LAchildID>", c->next[table]);
	if (table == CIN_TABLE_protection)
		c->protection = true;
	else if (!inside)
		buf_format(&c->xml, "</%.*s>", STR_ARGS(element));
}

static void take_line(struct test_case *c, str line)
{
	str rest = str_trim(line);
	if (str_equal(rest, S("! the whole return"))) {
		c->whole = true;
		return;
	}
	str title = str_upto(rest, str_find(rest, ' '));
	rest = str_from(rest, title.n);
	enum cin_table table = table_titled(title);
	if (str_equal(title, S("Header")))
		take_header(c, rest);
	else if (table != CIN_TABLES)
		take_module(c, table, rest);
	else
		fail_msg("line %zu: there is no module %.*s", c->line, STR_ARGS(title));
}

/* ---- running it */

static bool open_case(struct test_case *c, str line, size_t number)
{
	str rest = line, which;
	int64_t year;
	*c = (struct test_case){ .name = line, .line = number };
	str_split(&rest, ' ', &which);
	if (!str_int(rest, &year))
		return false;
	c->year = rest;
	c->reference = arena_format(arena, "%.*s-03-31", STR_ARGS(rest));
	for (c->index = 0; c->index < cin_rules_n(); c->index++) {
		const struct cin_rule *rule = cin_rule(c->index);
		if (str_equal(rule->code, which) && year >= rule->first &&
			(rule->last == 0 || year <= rule->last))
			return true;
	}
	return false;
}

static size_t compare(struct test_case *c, const struct cin_result *result, const char *file)
{
	size_t wrong = 0;
	for (size_t i = 0; i < result->n; i++) {
		const struct cin_finding *one = &result->item[i];
		if (one->rule != c->index)
			continue;
		bool wanted = false;
		for (size_t k = 0; k < c->wanted_n; k++) {
			if (c->wanted[k].field == one->field && c->wanted[k].row == one->row)
				wanted = c->wanted[k].found = true;
		}
		if (wanted)
			continue;
		print_error("%s:%zu: %.*s finds fault in %.*s %u, %.*s\n", file, c->line, STR_ARGS(c->name),
			STR_ARGS(cin_tables[cin_fields[one->field].table].title), one->row,
			STR_ARGS(cin_fields[one->field].title));
		wrong++;
	}
	for (size_t k = 0; k < c->wanted_n; k++) {
		if (c->wanted[k].found)
			continue;
		print_error("%s:%zu: %.*s finds no fault in %.*s %u, %.*s\n", file, c->line,
			STR_ARGS(c->name), STR_ARGS(cin_tables[cin_fields[c->wanted[k].field].table].title),
			c->wanted[k].row, STR_ARGS(cin_fields[c->wanted[k].field].title));
		wrong++;
	}
	if (result->rule[c->index].whole != c->whole) {
		print_error("%s:%zu: %.*s of the whole return\n", file, c->line, STR_ARGS(c->name));
		wrong++;
	}
	return wrong;
}

static bool run_case(struct test_case *c, const char *file)
{
	struct cin_asked asked = { .calendar = calendar, .without = cases.any ? cases.without : NULL };
	struct cin_result result;
	struct err err;
	begin_document(c);
	end_child(c);
	buf_lit(&c->xml, "</Children></Message>");
	struct xml *xml = xml_open(buf_view(&c->xml), (struct xml_limits){ 0 });
	if (!cin_check(arena, xml, &asked, &result, &err))
		fail_msg("%s:%zu: %s", file, c->line, err.text);
	xml_close(xml);
	size_t wrong = compare(c, &result, file);
	if (result.rule[c->index].outcome == CIN_NOT_RUN && !cases.any) {
		print_error("%s:%zu: %.*s was not run\n", file, c->line, STR_ARGS(c->name));
		wrong++;
	}
	*(c->wanted_n > 0 || c->whole ? &cases.faults[c->index] : &cases.passes[c->index]) += 1;
	cin_result_close(&result);
	buf_close(&c->xml);
	return wrong == 0;
}

static bool open_one(void *of, str line, size_t number)
{
	return open_case(of, line, number);
}

static void take_one(void *of, str line)
{
	take_line(of, line);
}

static bool run_one(void *of, const char *file)
{
	return run_case(of, file);
}

static size_t rule_of(const void *of)
{
	return ((const struct test_case *)of)->index;
}

TEST(each_case_of_a_rule_finds_fault_where_it_says_and_nowhere_else)
{
	static struct test_case one;
	const struct case_kind kind = { "cin-", &one, open_one, take_one, run_one, rule_of };
	cases_begin();
	size_t wrong = case_files(&kind);
	if (!cases_tell(cin_rules_n()))
		check_int(wrong, 0);
}

TEST(each_rule_has_a_case_in_which_it_finds_fault_and_one_in_which_it_does_not)
{
	size_t lacking = 0;
	for (size_t i = 0; i < cin_rules_n(); i++) {
		if (cases.faults[i] > 0 && cases.passes[i] > 0)
			continue;
		print_error("%.*s (%d) lacks one in which it finds %s\n", STR_ARGS(cin_rule(i)->code),
			cin_rule(i)->first, cases.faults[i] == 0 ? "fault" : "none");
		lacking++;
	}
	check_int(lacking, 0);
}

static int open_arena(__attribute__((unused)) void **state)
{
	struct err err;
	arena = arena_open((size_t)1 << 30);
	assert_true(calendar_load(arena, calendar_embedded_csv(), &calendar, &err));
	return 0;
}

static int close_arena(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(each_case_of_a_rule_finds_fault_where_it_says_and_nowhere_else),
		CLAIM(each_rule_has_a_case_in_which_it_finds_fault_and_one_in_which_it_does_not),
	};
	return cmocka_run_group_tests_name("returns check_cin", tests, open_arena, close_arena);
}
