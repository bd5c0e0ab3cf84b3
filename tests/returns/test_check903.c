/* Runs tests/returns/checks/ssda903-NAME.txt: for each rule of the return, rows in which it finds fault and
 * rows in which it finds none. A case is its first line and rows:
 *
 *	142 2026
 *	! Episodes DECOM=01/04/2025
 *	  Episodes DECOM=01/06/2025
 *
 * The rule, the year that closes on 31 March, and rows: their table, then cells. What is not said is
 * blank, but for CHILD, which is 1. "last Episodes" is a row of last year's file. A table of the rule that
 * has no row in the case is given, and empty. "!" marks each row in which the rule must find fault; in no
 * other may it. `authority E08000025`, `postcode B1 1AA E08000025 406649 286530` and `provider URN=... ` may
 * stand among the rows. An empty line ends the case. */
#include "case_files.h"

#include "base/buf.h"
#include "base/mem.h"
#include "returns/report.h"
#include "returns/ssda903/check/rule.h"


enum { ROWS_MOST = 60, PLACES_MOST = 20 };

static struct arena *arena;

struct case_row {
	enum table table;
	bool last, wanted;
};

struct test_case {
	str name; /* "142 2026" */
	size_t line;
	const struct check_rule *rule;
	size_t index;
	struct check_asked asked;
	struct case_row row[ROWS_MOST];
	size_t rows;
	struct buf text[2][TABLES];
	size_t next[2][TABLES]; /* rows so far */
	struct {
		str postcode;
		struct place_of place;
	} place[PLACES_MOST];
	size_t places;
	struct provider provider[PLACES_MOST];
	struct providers providers;
	struct postcodes postcodes;
};

static bool find_place(const void *index, str postcode, struct place_of *out)
{
	const struct test_case *c = index;
	for (size_t i = 0; i < c->places; i++) {
		if (str_equal_nocase(c->place[i].postcode, postcode)) {
			*out = c->place[i].place;
			return true;
		}
	}
	return false;
}

static enum table table_named(str title)
{
	for (enum table t = 0; t < TABLES; t++) {
		if (str_equal(table_rows[t].title, title))
			return t;
	}
	fail_msg("there is no table %.*s", STR_ARGS(title));
	return TABLES;
}

static void put_header(struct buf *buf, enum table t)
{
	buf_lit(buf, "CHILD");
	for (size_t i = 0; i < table_rows[t].columns; i++)
		buf_format(buf, ",%.*s", STR_ARGS(table_rows[t].column[i].name));
	buf_char(buf, '\n');
}

/* The value of "NAME=" in " A=1 B=two words C=3": up to the next name. False: it is not said. */
static bool cell_named(str cells, str name, str *out)
{
	for (size_t i = 0; i + name.n < cells.n; i++) {
		if ((i > 0 && cells.p[i - 1] != ' ') || !str_starts(str_from(cells, i), name) ||
			cells.p[i + name.n] != '=')
			continue;
		*out = str_from(cells, i + name.n + 1);
		size_t end = str_find(*out, '=');
		if (end < out->n) {
			while (end > 0 && out->p[end - 1] != ' ')
				end--;
			*out = str_upto(*out, end);
		}
		*out = str_trim(*out);
		return true;
	}
	*out = (str){ 0 };
	return false;
}

static void take_row(struct test_case *c, str line)
{
	struct case_row row = { .wanted = line.p[0] == '!' };
	str rest = str_trim(str_from(line, row.wanted ? 1 : 0)), word, value;
	if (str_starts(rest, S("last "))) {
		row.last = true;
		rest = str_from(rest, 5);
	}
	str_split(&rest, ' ', &word);
	row.table = table_named(word);
	struct buf *text = &c->text[row.last][row.table];
	if (text->n == 0)
		put_header(text, row.table);
	buf_str(text, cell_named(rest, S("CHILD"), &value) ? value : S("1"));
	size_t said = cell_named(rest, S("CHILD"), &value);
	for (size_t i = 0; i < table_rows[row.table].columns; i++) {
		said += cell_named(rest, table_rows[row.table].column[i].name, &value);
		buf_char(text, ',');
		buf_str(text, value);
	}
	buf_char(text, '\n');
	size_t cells = 0;
	for (size_t i = 0; i < rest.n; i++)
		cells += rest.p[i] == '=';
	if (cells != said)
		fail_msg("line %zu: a cell of no column: %.*s", c->line, STR_ARGS(line));
	assert_true(c->rows < ROWS_MOST);
	c->row[c->rows++] = row;
}

static void take_place(struct test_case *c, str rest)
{
	str outer, inner, word;
	int64_t east, north;
	str_split(&rest, ' ', &outer);
	str_split(&rest, ' ', &inner);
	c->place[c->places].postcode = (str){ outer.p, (size_t)(inner.p + inner.n - outer.p) };
	struct place_of *place = &c->place[c->places++].place;
	place->known = true;
	str_split(&rest, ' ', &word);
	memcpy(place->district, word.p, word.n);
	memcpy(place->upper, word.p, word.n);
	str_split(&rest, ' ', &word);
	assert_true(str_int(word, &east) && str_int(rest, &north));
	place->east = (int32_t)east;
	place->north = (int32_t)north;
	c->postcodes = (struct postcodes){ find_place, c };
	c->asked.postcodes = &c->postcodes;
}

static void take_provider(struct test_case *c, str rest)
{
	struct provider *one = &c->provider[c->providers.n++];
	str closed;
	cell_named(rest, S("urn"), &one->urn);
	cell_named(rest, S("authority"), &one->authority);
	cell_named(rest, S("codes"), &one->codes);
	cell_named(rest, S("provider"), &one->provider);
	cell_named(rest, S("postcode"), &one->postcode);
	one->closed = DAY_UNKNOWN;
	if (cell_named(rest, S("closed"), &closed))
		assert_true(day_read_slashed(closed, &one->closed, NULL));
	c->providers.item = c->provider;
	c->asked.providers = &c->providers;
}

static bool take_line(struct test_case *c, str line)
{
	str trimmed = str_trim(line);
	if (str_starts(trimmed, S("authority ")))
		c->asked.authority = str_from(trimmed, 10);
	else if (str_starts(trimmed, S("postcode ")))
		take_place(c, str_from(trimmed, 9));
	else if (str_starts(trimmed, S("provider ")))
		take_provider(c, str_from(trimmed, 9));
	else
		take_row(c, line);
	return true;
}

static bool open_case(struct test_case *c, str line, size_t number)
{
	str rest = line, which;
	int64_t year;
	*c = (struct test_case){ .name = line, .line = number };
	str_split(&rest, ' ', &which);
	if (!str_int(rest, &year))
		return false;
	c->asked.year = (int)year;
	for (c->index = 0; c->index < check_rules_n(); c->index++) {
		c->rule = check_rule(c->index);
		if (str_equal(c->rule->code, which) && year >= c->rule->first &&
			(c->rule->last == 0 || year <= c->rule->last))
			return true;
	}
	return false;
}

static bool is_found(const struct check_result *result, size_t rule, enum table table, size_t row)
{
	for (size_t i = 0; i < result->n; i++) {
		if (result->item[i].rule == rule && result->item[i].table == (uint16_t)table &&
			result->item[i].row == row)
			return true;
	}
	return false;
}

static bool run_case(struct test_case *c, const char *file)
{
	struct source_file files[2][TABLES];
	size_t n[2] = { 0, 0 };
	for (int last = 0; last < 2; last++) {
		for (enum table t = 0; t < TABLES; t++) {
			struct buf *text = &c->text[last][t];
			if (text->n == 0 && ((last ? c->rule->tables_last : c->rule->tables) >> t & 1) != 0)
				put_header(text, t);
			if (text->n > 0)
				files[last][n[last]++] =
					(struct source_file){ table_rows[t].file, buf_view(text) };
		}
	}
	struct return_rows rows;
	struct check_result result = { 0 };
	struct err err;
	size_t wrong = 0, wanted = 0, row[2][TABLES] = { 0 };
	if (!rows_read(arena, files[0], n[0], files[1], n[1], &rows, &err))
		fail_msg("%s:%zu: %s", file, c->line, err.text);
	c->asked.without = cases.any ? cases.without : NULL;
	check_run(arena, &rows, &c->asked, &result);
	if (result.rule[c->index].outcome == CHECK_NOT_RUN && !cases.any) {
		print_error("%s:%zu: %.*s was not run: %.*s\n", file, c->line, STR_ARGS(c->name),
			STR_ARGS(result.rule[c->index].why));
		wrong++;
	}
	for (size_t i = 0; i < c->rows; i++) {
		const struct case_row *one = &c->row[i];
		size_t at = row[one->last][one->table]++;
		bool found = !one->last && is_found(&result, c->index, one->table, at);
		wanted += one->wanted;
		if (found == one->wanted)
			continue;
		print_error("%s:%zu: %.*s finds %s in row %zu\n", file, c->line, STR_ARGS(c->name),
			found ? "fault" : "no fault", i + 1);
		wrong++;
	}
	*(wanted > 0 ? &cases.faults[c->index] : &cases.passes[c->index]) += 1;
	for (int last = 0; last < 2; last++) {
		for (enum table t = 0; t < TABLES; t++)
			buf_close(&c->text[last][t]);
	}
	check_result_close(&result);
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
	const struct case_kind kind = { "ssda903-", &one, open_one, take_one, run_one, rule_of };
	cases_begin();
	size_t wrong = case_files(&kind);
	if (!cases_tell(check_rules_n()))
		check_int(wrong, 0);
}

TEST(each_rule_has_a_case_in_which_it_finds_fault_and_one_in_which_it_does_not)
{
	size_t lacking = 0;
	for (size_t i = 0; i < check_rules_n(); i++) {
		if (cases.faults[i] > 0 && cases.passes[i] > 0)
			continue;
		print_error("%.*s lacks one in which it finds %s\n", STR_ARGS(check_rule(i)->code),
			cases.faults[i] == 0 ? "fault" : "none");
		lacking++;
	}
	check_int(lacking, 0);
}

static bool reads(size_t rows, const char *number, struct err *err)
{
	struct buf text = { 0 };
	buf_lit(&text, "CHILD,DOB,REVIEW,REVIEW_CODE\n");
	for (size_t i = 0; i < rows; i++)
		buf_format(&text, "%s,,,\n", number);
	struct source_file file = { S("reviews.csv"), buf_view(&text) };
	struct return_rows out;
	bool read = rows_read(arena, &file, 1, NULL, 0, &out, err);
	if (read)
		check_int(out.this_year.table[TABLE_REVIEWS].n, rows);
	buf_close(&text);
	return read;
}

TEST(a_file_that_gives_one_child_more_than_a_thousand_rows_is_refused)
{
	struct err err;
	check_true(reads(1000, "100", &err));
	check_false(reads(1001, "100", &err));
	assert_string_equal(err.text,
		"Reviews: 1001 rows have the child's number 100, more than one child can have");
}

TEST(a_day_that_is_none_is_remarked_on_with_file_line_and_column)
{
	static const struct source_file file = { S_INIT("a/header.csv"),
		S_INIT("CHILD,SEX,\"x\ny\",DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,M,,2010-05-01,WBRI,,,\n\n2,F,,01/05/2011,WIRI,,,31/04/2025\n") };
	struct return_rows rows;
	struct report report;
	struct err err;
	struct buf words = { 0 };
	assert_true(rows_read(arena, &file, 1, &file, 1, &rows, &err));
	assert_int_equal(rows.remarks.all, 4);
	report_of_ssda903(&report, &rows, &(struct check_asked){ .year = 2026 }, &(struct check_result){ 0 });
	check_int(report_remark(&report, 0, &words), 3);
	check_str(buf_view(&words), "a/header.csv, DOB (column 4): \"2010-05-01\" is no date like 31/03/2026: write 01/05/2010");
	buf_clear(&words);
	check_int(report_remark(&report, 3, &words), 5);
	check_str(buf_view(&words), "last year's a/header.csv, MC_DOB (column 8): \"31/04/2025\" is a day that there is not");
	buf_close(&words);
}

TEST(rows_without_a_number_are_asked_one_by_one)
{
	struct source_file file = { S("header.csv"),
		S("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n,M,01/05/2010,WBRI,,,\n,F,01/05/2011,WIRI,,,\n") };
	struct return_rows rows;
	struct check_result result;
	struct err err;
	assert_true(rows_read(arena, &file, 1, &file, 1, &rows, &err));
	check_run(arena, &rows, &(struct check_asked){ .year = 2026 }, &result);
	check_int(result.n, 0);
	check_result_close(&result);
}

static int open_arena(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)1 << 30);
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
		CLAIM(a_file_that_gives_one_child_more_than_a_thousand_rows_is_refused),
		CLAIM(a_day_that_is_none_is_remarked_on_with_file_line_and_column),
		CLAIM(rows_without_a_number_are_asked_one_by_one),
		CLAIM(each_rule_has_a_case_in_which_it_finds_fault_and_one_in_which_it_does_not),
	};
	return cmocka_run_group_tests_name("returns check903", tests, open_arena, close_arena);
}
