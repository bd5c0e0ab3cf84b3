#include "base/csv.h"
#include "check.h"
#include "random.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 24);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

/* What is read, written as "1:a|b 2:c|d", or the fault. */
static void check_rows_with(str text, struct csv_options options, const char *want)
{
	struct buf got = { 0 };
	struct csv csv = csv_open(text, arena, options);
	struct csv_row row;
	while (csv_next(&csv, &row)) {
		buf_format(&got, "%s%zu:", got.n > 0 ? " " : "", row.line);
		for (size_t i = 0; i < row.n; i++) {
			if (i > 0)
				buf_char(&got, '|');
			buf_str(&got, row.field[i]);
		}
	}
	struct err err;
	if (!csv_end(&csv, &err)) {
		buf_format(&got, "%s!%s", got.n > 0 ? " " : "", err.text);
		check_false(csv_next(&csv, &row));
	}
	check_str(buf_view(&got), want);
	buf_close(&got);
}

static void check_rows(str text, const char *want)
{
	check_rows_with(text, (struct csv_options){ 0 }, want);
}

TEST(rows_are_read_with_the_line_they_start_on)
{
	check_rows(S("a,b\nc,d\n"), "1:a|b 2:c|d");
	check_rows(S("a,b\nc,d"), "1:a|b 2:c|d");
	check_rows(S("a,b\r\nc,d\r\n"), "1:a|b 2:c|d");
	check_rows(S("a,b\rc,d\r"), "1:a|b 2:c|d");
	check_rows(S("a\r\n\r\n\n\rb\r"), "1:a 5:b");
	check_rows(S(",\n,,"), "1:| 2:||");
	check_rows(S("a, b ,c"), "1:a| b |c");
	check_rows(S(""), "");
	check_rows(S("\n\n"), "");
	check_rows(S("a,"), "1:a|");
}

TEST(quoted_fields_hold_anything)
{
	check_rows(S("\"a,b\",c"), "1:a,b|c");
	check_rows(S("\"\"\n\"\",\"\""), "1: 2:|");
	check_rows(S("\"say \"\"yes\"\"\",x"), "1:say \"yes\"|x");
	check_rows(S("\"\"\"\""), "1:\"");
	check_rows(S("\"a\nb\r\nc\rd\",e\nf"), "1:a\nb\r\nc\rd|e 5:f");
	check_rows(S("x,\"a\"\r\ny"), "1:x|a 2:y");
}

TEST(a_fault_names_line_and_column)
{
	check_rows(S("a,b\nc,d\"e\n"),
		"1:a|b !line 2, column 2: a quotation mark stands inside text that does not begin with "
		"one");
	check_rows(S("a\n\"b\nc\"d,e"),
		"1:a !line 3, column 1: text follows the closing quotation mark");
	check_rows(S("a,\"b\" ,c"), "!line 1, column 2: text follows the closing quotation mark");
	check_rows(S("a,\"b\" "), "!line 1, column 2: text follows the closing quotation mark");
	check_rows(S("a,\"b\"\"\n\nc"),
		"!line 1, column 2: a quotation mark is opened and never closed");
	check_rows(S("\""), "!line 1, column 1: a quotation mark is opened and never closed");
}

TEST(limits_hold)
{
	struct csv_options small = { .fields_max = 2, .field_max = 3 };
	check_rows_with(S("a,abc\n"), small, "1:a|abc");
	check_rows_with(S("a,b,c\n"), small, "!line 1, column 3: the row has too many columns");
	check_rows_with(
		S("x\nabcd"), small, "1:x !line 2, column 1: the text of the field is too long");
	check_rows_with(
		S("x\n\"abcd\""), small, "1:x !line 2, column 1: the text of the field is too long");
	check_rows_with(S("\"a\"\"b\""), small, "1:a\"b");
	check_rows_with(S("a,b,\"c\"\n"), small, "!line 1, column 3: the row has too many columns");
}

TEST(an_arena_that_is_full_stops_the_reading)
{
	struct arena *small = arena_open(256);
	struct csv csv = csv_open(S("a\n\"\"\"\"\n"), small, (struct csv_options){ 0 });
	struct csv_row row;
	check_true(csv_next(&csv, &row));
	check_false(csv_next(&csv, &row));
	struct err err;
	check_false(csv_end(&csv, &err));
	check_int(err.code, ERR_FULL);
	arena_close(small);
}

TEST(rows_may_be_wide)
{
	struct buf wide = { 0 };
	for (int i = 0; i < 1000; i++)
		buf_format(&wide, "%s%d", i > 0 ? "," : "", i);
	struct csv csv = csv_open(buf_view(&wide), arena, (struct csv_options){ 0 });
	struct csv_row row;
	check_true(csv_next(&csv, &row));
	check_int(row.n, 1000);
	check_str(row.field[0], "0");
	check_str(row.field[999], "999");
	buf_lit(&wide, ",x");
	csv = csv_open(buf_view(&wide), arena, (struct csv_options){ 0 });
	check_false(csv_next(&csv, &row));
	buf_close(&wide);
}

TEST(the_separator_can_be_given_or_found)
{
	struct csv_options found = { .separator = CSV_DETECT };
	check_rows_with(S("a;b;c\n1,5;2;3"), found, "1:a|b|c 2:1,5|2|3");
	check_rows_with(S("a\tb,c\td\n"), found, "1:a|b,c|d");
	check_rows_with(S("a,b\n;;;;"), found, "1:a|b 2:;;;;");
	check_rows_with(S("\"a;b;c\",d,e;\r;"), found, "1:a;b;c|d|e; 2:;");
	check_rows_with(S("alone"), found, "1:alone");
	check_rows_with(S("a;b,c"), found, "1:a;b|c");
	check_rows_with(S("a|b"), (struct csv_options){ .separator = '|' }, "1:a|b");
}

TEST(fields_are_not_copied_unless_they_must_be)
{
	str text = S("plain,\"quoted\",\"dou\"\"bled\"");
	struct csv csv = csv_open(text, arena, (struct csv_options){ 0 });
	struct csv_row row;
	check_true(csv_next(&csv, &row));
	assert_ptr_equal(row.field[0].p, text.p);
	assert_ptr_equal(row.field[1].p, text.p + 7);
	check_str(row.field[2], "dou\"bled");
}

TEST(columns_are_found_by_name)
{
	str names[] = { S(" Child "), S("EVENT"), S("spare"), S("other"), S("on") };
	struct csv_row header = { names, 5, 1 };
	struct csv_column wanted[] = { { "on", false, 0 }, { "child", false, 0 }, { "event", false, 0 },
		{ "detail", true, 0 } };
	struct buf unknown = { 0 };
	struct err err;
	check_true(csv_columns(&header, wanted, 4, &unknown, &err));
	check_int(wanted[0].at, 4);
	check_int(wanted[1].at, 0);
	check_true(wanted[3].at == CSV_ABSENT);
	check_str(buf_view(&unknown), "spare, other");
	check_str(csv_field(&header, &wanted[2]), "EVENT");
	check_str(csv_field(&header, &wanted[3]), "");
	struct csv_row shorter = { names, 1, 2 };
	check_str(csv_field(&shorter, &wanted[2]), "");
	buf_close(&unknown);
}

TEST(columns_missing_or_twice_are_named)
{
	str names[] = { S("child"), S("Child"), S("spare") };
	struct csv_row header = { names, 3, 1 };
	struct csv_column wanted[] = { { "on", false, 0 }, { "child", false, 0 }, { "event", false, 0 },
		{ "detail", true, 0 } };
	struct err err;
	check_false(csv_columns(&header, wanted, 4, NULL, &err));
	check_str(str_of(err.text),
		"line 1: columns missing: on, event; columns that come twice: Child");
	check_false(csv_columns(&header, wanted + 1, 1, NULL, &err));
	check_str(str_of(err.text), "line 1: columns that come twice: Child");
	check_false(csv_columns(&header, wanted, 1, NULL, &err));
	check_str(str_of(err.text), "line 1: columns missing: on");
}

TEST(fields_are_quoted_only_when_they_must_be)
{
	struct buf buf = { 0 };
	struct csv_out out = { .buf = &buf };
	csv_put(&out, S("plain"));
	csv_put(&out, S(""));
	csv_put(&out, S("a,b"));
	csv_put(&out, S("\"x\" y"));
	csv_put(&out, S("=1+1"));
	csv_put_int(&out, -5);
	csv_put_day(&out, day_of(2026, 3, 27));
	csv_put_day(&out, DAY_UNKNOWN);
	csv_put_end(&out);
	csv_put(&out, S(""));
	csv_put_end(&out);
	csv_put(&out, S("line\nend"));
	csv_put(&out, S("c\rr"));
	csv_put_end(&out);
	check_str(buf_view(&buf), "plain,,\"a,b\",\"\"\"x\"\" y\",=1+1,-5,2026-03-27,\n\"\"\n"
				  "\"line\nend\",\"c\rr\"\n");
	buf_close(&buf);
}

TEST(a_safe_file_holds_no_formula)
{
	struct buf buf = { 0 };
	struct csv_out out = { .buf = &buf, .safe = true };
	static const char *const fields[] = { "=1+1", "+44", "-1", "@x", "\tx", "\rx", "x=1", "",
		"=\"a\",b" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		csv_put(&out, str_of(fields[i]));
	csv_put_int(&out, -1);
	csv_put_end(&out);
	check_str(buf_view(&buf),
		"'=1+1,'+44,'-1,'@x,'\tx,\"'\rx\",x=1,,\"'=\"\"a\"\",b\",-1\n");
	buf_close(&buf);
}

TEST(what_is_written_is_read_back)
{
	static const char letters[] = "ab,\"\n\r;\t =";
	struct random random = random_open("csv round trip");
	struct buf texts = { 0 }, file = { 0 };
	for (int round = 0; round < 3000; round++) {
		size_t rows = 1 + random_below(&random, 12), starts[200], n = 0, widths[12];
		struct csv_out out = { .buf = &file };
		buf_clear(&texts);
		buf_clear(&file);
		for (size_t r = 0; r < rows; r++) {
			widths[r] = 1 + random_below(&random, 6);
			for (size_t f = 0; f < widths[r]; f++) {
				starts[n++] = texts.n;
				for (size_t i = random_below(&random, 30); i > 0; i--)
					buf_char(&texts, letters[random_below(&random, sizeof letters - 1)]);
				csv_put(&out, str_from(buf_view(&texts), starts[n - 1]));
			}
			csv_put_end(&out);
		}
		starts[n] = texts.n;
		arena_reset(arena);
		struct csv csv = csv_open(buf_view(&file), arena, (struct csv_options){ 0 });
		struct csv_row row;
		size_t at = 0, r = 0;
		for (; csv_next(&csv, &row); r++) {
			check_int(row.n, widths[r]);
			for (size_t f = 0; f < row.n; f++, at++) {
				str want = str_from(str_upto(buf_view(&texts), starts[at + 1]), starts[at]);
				check_true(str_equal(row.field[f], want));
			}
		}
		struct err err;
		check_true(csv_end(&csv, &err));
		check_int(r, rows);
	}
	buf_close(&texts);
	buf_close(&file);
}

/* The plainest reader there can be, byte by byte, for text without faults or quotation marks. */
TEST(plain_rows_agree_with_reading_byte_by_byte)
{
	static const char letters[] = "abcdefgh,,\n";
	struct random random = random_open("csv byte by byte");
	for (int round = 0; round < 2000; round++) {
		char text[400];
		size_t n = random_below(&random, sizeof text);
		for (size_t i = 0; i < n; i++)
			text[i] = letters[random_below(&random, sizeof letters - 1)];
		arena_reset(arena);
		struct csv csv = csv_open((str){ text, n }, arena, (struct csv_options){ 0 });
		struct csv_row row;
		size_t at = 0;
		while (csv_next(&csv, &row)) {
			while (text[at] == '\n')
				at++;
			for (size_t f = 0; f < row.n; f++) {
				size_t end = at;
				while (end < n && text[end] != ',' && text[end] != '\n')
					end++;
				check_true(str_equal(row.field[f], (str){ text + at, end - at }));
				check_int(f + 1 < row.n, end < n && text[end] == ',');
				at = end + 1;
			}
		}
		while (at < n && text[at] == '\n')
			at++;
		check_true(at >= n);
	}
}

TEST(a_row_that_its_writer_lays_out_goes_on_like_any_other)
{
	struct buf buf = { 0 };
	struct csv_out out = { .buf = &buf };
	char *at = csv_row_open(&out, 8);
	memcpy(at, "one,two", 7);
	csv_row_filled(&out, 2, at + 7);
	csv_put(&out, S("a,b"));
	csv_put_end(&out);
	csv_put(&out, S("next"));
	csv_put_end(&out);
	assert_true(str_equal(buf_view(&buf), S("one,two,\"a,b\"\nnext\n")));
	buf_close(&buf);
	/* Where the buf has a limit that it does not fit, there is no room. */
	struct buf small = { .limit = 4 };
	struct csv_out none = { .buf = &small };
	assert_null(csv_row_open(&none, 8));
	buf_close(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(rows_are_read_with_the_line_they_start_on),
		CLAIM(quoted_fields_hold_anything),
		CLAIM(a_fault_names_line_and_column),
		CLAIM(limits_hold),
		CLAIM(an_arena_that_is_full_stops_the_reading),
		CLAIM(rows_may_be_wide),
		CLAIM(the_separator_can_be_given_or_found),
		CLAIM(fields_are_not_copied_unless_they_must_be),
		CLAIM(columns_are_found_by_name),
		CLAIM(columns_missing_or_twice_are_named),
		CLAIM(fields_are_quoted_only_when_they_must_be),
		CLAIM(a_safe_file_holds_no_formula),
		CLAIM(what_is_written_is_read_back),
		CLAIM(plain_rows_agree_with_reading_byte_by_byte),
		CLAIM(a_row_that_its_writer_lays_out_goes_on_like_any_other),
	};
	return cmocka_run_group_tests_name("base csv", tests, open_arena, close_arena);
}
