#include "http/multipart.h"

#include "base/buf.h"

#include "check.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(8 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

#define TYPE S("multipart/form-data; boundary=----x")
#define PART(disposition) "------x\r\nContent-Disposition: form-data; " disposition "\r\n\r\n"
#define FILE_PART(name) PART("name=\"file\"; filename=\"" name "\"")
#define END "\r\n------x--\r\n"

static struct multipart sent;
static struct err err;

static bool reads(str body)
{
	return multipart_read(arena, TYPE, body, &sent, &err);
}

TEST(fields_and_files_come_apart)
{
	check_true(reads(S(PART("name=\"csrf\"") "abc\r\n" FILE_PART("tracker.xlsx")
				   "PK\x03\x04\0\r\n--\r\n\r\n" PART("name=\"note\"") "one\r\ntwo" END)));
	check_int(sent.form.n, 2);
	check_str(form_value(&sent.form, S("csrf")), "abc");
	check_str(form_value(&sent.form, S("note")), "one\ntwo");
	check_int(sent.files, 1);
	check_str(sent.file[0].field, "file");
	check_str(sent.file[0].name, "tracker.xlsx");
	check_int(sent.file[0].bytes.n, 11);
	check_int(memcmp(sent.file[0].bytes.p, "PK\x03\x04\0\r\n--\r\n", 11), 0);
}

TEST(a_part_may_be_empty_and_a_form_may_have_none)
{
	check_true(reads(S(PART("name=\"a\"") END)));
	check_str(form_value(&sent.form, S("a")), "");
	check_true(form_has(&sent.form, S("a")));
	check_true(reads(S("------x--\r\n")));
	check_int(sent.form.n, 0);
	check_true(reads(S("------x--")));
}

TEST(a_type_is_that_of_such_a_form_whatever_its_case)
{
	check_true(multipart_is(S("multipart/form-data; boundary=x")));
	check_true(multipart_is(S("Multipart/Form-Data;boundary=x")));
	check_false(multipart_is(S("multipart/mixed; boundary=x")));
	check_false(multipart_is(S("multipart/form-datax")));
	check_false(multipart_is(S("application/x-www-form-urlencoded")));
}

TEST(a_boundary_that_could_be_read_in_two_ways_is_refused)
{
	static const char *const bad[] = { "multipart/form-data", "multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"a",
		"multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a\"b",
		"multipart/form-data; boundary=a\x01", "multipart/form-data; boundary=\"a \"",
		"multipart/form-data; boundary=[a]", "multipart/form-data; boundary",
		"multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaa" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		check_false(multipart_read(arena, str_of(bad[i]), S("--a--"), &sent, &err));
		check_int(err.code, ERR_INPUT);
	}
	check_true(multipart_read(arena, S("multipart/form-data; charset=utf-8; boundary=\"a'()+_,-./:=?b\""),
		S("--a'()+_,-./:=?b--"), &sent, &err));
}

TEST(a_form_that_is_cut_short_or_goes_on_is_refused)
{
	static const str bad[] = { S_INIT(""), S_INIT("------x"), S_INIT("------x\r\n"),
		S_INIT("preamble\r\n" PART("name=\"a\"") "1" END), S_INIT(PART("name=\"a\"") "1"),
		S_INIT(PART("name=\"a\"") "1\r\n------x"), S_INIT(PART("name=\"a\"") "1\r\n------x-"),
		S_INIT(PART("name=\"a\"") "1" END "more"), S_INIT(PART("name=\"a\"") "1\r\n------xy\r\n"),
		S_INIT(PART("name=\"a\"") "1\n------x--\r\n"),
		S_INIT("------x\nContent-Disposition: form-data; name=\"a\"\n\n1\n------x--\n") };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		check_false(reads(bad[i]));
		check_int(err.code, ERR_INPUT);
	}
}

TEST(a_part_that_could_be_named_in_two_ways_is_refused)
{
	static const str bad[] = { S_INIT(PART("name=\"a\"; name=\"b\"") "1" END),
		S_INIT(PART("filename=\"a\"") "1" END),
		S_INIT(PART("name=\"a\"; filename=\"b\"; filename=\"c\"") "1" END),
		S_INIT(PART("name=\"a\"; filename*=UTF-8''b") "1" END),
		S_INIT(PART("name=\"a") "1" END), S_INIT(PART("name=\"a\"b\"") "1" END),
		S_INIT("------x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END),
		S_INIT("------x\r\nContent-Type: text/plain\r\n\r\n1" END),
		S_INIT("------x\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		       "Content-Disposition: form-data; name=\"b\"\r\n\r\n1" END),
		S_INIT("------x\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		       "Content-Transfer-Encoding: base64\r\n\r\nMQ==" END),
		S_INIT("------x\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1" END),
		S_INIT(PART("name=\"\x01\"") "1" END), S_INIT(PART("name=\"\xff\"") "1" END) };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_false(reads(bad[i]));
}

TEST(two_fields_of_one_name_have_no_single_value)
{
	check_true(reads(S(PART("name=\"a\"") "1\r\n" PART("name=\"a\"") "2" END)));
	check_int(sent.form.n, 2);
	check_str(form_value(&sent.form, S("a")), "");
}

TEST(text_is_checked_as_in_other_forms_and_files_are_left_alone)
{
	check_false(reads(S(PART("name=\"a\"") "\0" END)));
	check_false(reads(S(PART("name=\"a\"") "\xff" END)));
	check_false(reads(S(PART("name=\"a\"") "\x1b[2J" END)));
	check_true(reads(S(FILE_PART("a.bin") "\0\xff\x1b" END)));
	check_int(sent.file[0].bytes.n, 3);
}

static void check_named(const char *given, const char *want)
{
	struct buf body = { 0 };
	buf_format(&body, "------x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\""
			  "\r\nContent-Type: application/pdf\r\n\r\nx\r\n------x--\r\n", given);
	check_true(reads(buf_view(&body)));
	check_int(sent.files, 1);
	check_str(sent.file[0].name, want);
	buf_close(&body);
}

TEST(a_files_name_is_text_without_folders)
{
	check_named("tracker.xlsx", "tracker.xlsx");
	check_named("../../etc/passwd", "passwd");
	check_named("C:\\Users\\me\\My tracker.xlsx", "My tracker.xlsx");
	check_named("/", "file");
	check_named("..", "file");
	check_named("../..", "file");
	check_named("a/.", "file");
	check_named("<img src=x onerror=1>.pdf", "<img src=x onerror=1>.pdf");
	check_named("say %22hello%22.csv", "say \"hello\".csv");
	check_named("a%0D%0Ab.csv", "a  b.csv");
	check_named("Si\xc3\xa2n.csv", "Si\xc3\xa2n.csv");
	check_named("\xff\xfe.csv", "\xef\xbf\xbd\xef\xbf\xbd.csv");
	check_named("a\x7f\x1b[2J.csv", "a[2J.csv");
	check_named("a\xc2\x85" "b.csv", "ab.csv");
	check_named("%2e%2e%2fpasswd", "%2e%2e%2fpasswd");
	check_named("", "");
}

TEST(a_long_name_is_cut_between_characters)
{
	struct buf name = { 0 };
	for (int i = 0; i < 150; i++)
		buf_lit(&name, "\xc3\xa9");
	buf_char(&name, '\0');
	struct buf want = { 0 };
	buf_bytes(&want, name.p, MULTIPART_FILENAME_MAX);
	buf_char(&want, '\0');
	check_named(name.p, want.p);
	buf_close(&name);
	buf_close(&want);
}

static struct buf many(const char *disposition, int n)
{
	struct buf body = { 0 };
	for (int i = 0; i < n; i++)
		buf_format(&body, "------x\r\nContent-Disposition: form-data; %s\r\n\r\n1\r\n", disposition);
	buf_lit(&body, "------x--\r\n");
	return body;
}

TEST(a_million_parts_are_refused_after_a_few_hundred)
{
	struct buf body = many("name=a", FORM_FIELDS_MAX);
	check_true(reads(buf_view(&body)));
	buf_close(&body);
	body = many("name=a", FORM_FIELDS_MAX + 1);
	check_false(reads(buf_view(&body)));
	check_int(err.code, ERR_FULL);
	buf_close(&body);
	body = many("name=a; filename=b", MULTIPART_FILES_MAX + 1);
	check_false(reads(buf_view(&body)));
	check_int(err.code, ERR_FULL);
	buf_close(&body);
}

TEST(long_heads_names_and_texts_are_refused)
{
	struct buf body = { 0 };
	buf_lit(&body, "------x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: ");
	for (int i = 0; i < MULTIPART_HEAD_MAX; i++)
		buf_char(&body, 'a');
	buf_lit(&body, "\r\n\r\n1" END);
	check_false(reads(buf_view(&body)));
	buf_clear(&body);
	buf_lit(&body, "------x\r\nContent-Disposition: form-data; name=\"");
	for (int i = 0; i <= FORM_NAME_MAX; i++)
		buf_char(&body, 'a');
	buf_lit(&body, "\"\r\n\r\n1" END);
	check_false(reads(buf_view(&body)));
	check_int(err.code, ERR_FULL);
	buf_clear(&body);
	buf_lit(&body, PART("name=\"a\""));
	for (int i = 0; i <= MULTIPART_TEXT_MAX; i++)
		buf_char(&body, 'a');
	buf_lit(&body, END);
	check_false(reads(buf_view(&body)));
	check_int(err.code, ERR_FULL);
	buf_close(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(fields_and_files_come_apart),
		CLAIM(a_part_may_be_empty_and_a_form_may_have_none),
		CLAIM(a_type_is_that_of_such_a_form_whatever_its_case),
		CLAIM(a_boundary_that_could_be_read_in_two_ways_is_refused),
		CLAIM(a_form_that_is_cut_short_or_goes_on_is_refused),
		CLAIM(a_part_that_could_be_named_in_two_ways_is_refused),
		CLAIM(two_fields_of_one_name_have_no_single_value),
		CLAIM(text_is_checked_as_in_other_forms_and_files_are_left_alone),
		CLAIM(a_files_name_is_text_without_folders),
		CLAIM(a_long_name_is_cut_between_characters),
		CLAIM(a_million_parts_are_refused_after_a_few_hundred),
		CLAIM(long_heads_names_and_texts_are_refused),
	};
	return cmocka_run_group_tests_name("http multipart", tests, open_arena, close_arena);
}
