#include "base/json.h"
#include "base/json_tree.h"
#include "check.h"

static void write_sample(struct json *json)
{
	json_object(json);
	json_key(json, S("rule"));
	json_str(json, S("icpc-15wd"));
	json_key(json, S("skipped"));
	json_array(json);
	json_day(json, day_of(2026, 12, 25));
	json_day(json, DAY_UNKNOWN);
	json_object(json);
	json_end(json);
	json_end(json);
	json_key(json, S("n"));
	json_int(json, INT64_MIN);
	json_key(json, S("verified"));
	json_bool(json, true);
	json_key(json, S("local"));
	json_bool(json, false);
	json_key(json, S("met"));
	json_null(json);
	json_end(json);
}

TEST(values_are_separated_and_closed)
{
	struct buf buf = { 0 };
	struct json json = { .buf = &buf };
	write_sample(&json);
	check_str(buf_view(&buf),
		"{\"rule\":\"icpc-15wd\",\"skipped\":[\"2026-12-25\",null,{}],"
		"\"n\":-9223372036854775808,\"verified\":true,\"local\":false,\"met\":null}\n");
	buf_close(&buf);
}

TEST(values_can_stand_on_lines_of_their_own)
{
	struct buf buf = { 0 };
	struct json json = { .buf = &buf, .indent = true };
	write_sample(&json);
	check_str(buf_view(&buf),
		"{\n  \"rule\": \"icpc-15wd\",\n  \"skipped\": [\n    \"2026-12-25\",\n    null,\n"
		"    {}\n  ],\n  \"n\": -9223372036854775808,\n  \"verified\": true,\n"
		"  \"local\": false,\n  \"met\": null\n}\n");
	buf_close(&buf);
}

TEST(text_is_escaped)
{
	struct buf buf = { 0 };
	struct json json = { .buf = &buf };
	json_array(&json);
	json_str(&json, S("\"\\/\n\t\r\x01\x1F\x7F\xC3\xA9\xFF"));
	json_str(&json, S(""));
	json_end(&json);
	check_str(buf_view(&buf),
		"[\"\\\"\\\\/\\n\\t\\u000d\\u0001\\u001f\x7F\xC3\xA9\xEF\xBF\xBD\",\"\"]\n");
	buf_close(&buf);
}

TEST(a_lone_value_is_a_document)
{
	struct buf buf = { 0 };
	struct json json = { .buf = &buf, .indent = true };
	json_int(&json, 7);
	check_str(buf_view(&buf), "7");
	buf_clear(&buf);
	json_array(&json);
	json_end(&json);
	check_str(buf_view(&buf), "[]\n");
	buf_close(&buf);
}

TEST(a_tree_knows_the_line_of_each_value)
{
	struct arena *arena = arena_open(1 << 20);
	const struct json_node *root;
	struct err err = { 0 };
	assert_true(json_tree_read(arena,
		S("\n{ \"a\": [1,\n {\"b:\": \"x\\\"y\"}, null,\n\n[]],\n\"c\" :\n true }"), &root, &err));
	check_int(root->line, 2);
	const struct json_node *list = json_member(root, S("a"));
	check_int(list->kind, JSON_LIST_KIND);
	check_int(list->first->line, 2);
	check_int(list->first->next->line, 3);
	check_str(json_text(list->first->next, S("b:")), "x\"y");
	check_int(list->first->next->next->line, 3);
	check_int(list->first->next->next->next->line, 5);
	check_int(json_member(root, S("c"))->line, 7);
	check_true(json_member(root, S("d")) == NULL && json_member(list, S("a")) == NULL);
	assert_false(json_tree_read(arena, S("{\"a\": 1,\n\"a\": 2}"), &root, &err));
	check_true(strstr(err.text, "line 2: this is not JSON") != NULL);
	assert_false(json_tree_read(arena, (str){ 0 }, &root, &err));
	arena_close(arena);
}

TEST(a_tree_is_read_whatever_stands_between_its_values)
{
	struct arena *arena = arena_open(1 << 20);
	const struct json_node *root;
	struct err err = { 0 };
	assert_true(json_tree_read(arena,
		S("\t[1,-2.5e3,true , false\n,null\r\n,\"\\\\\",{},[ ],{\"k\":1}]\n"), &root, &err));
	static const size_t line[] = { 1, 1, 1, 1, 2, 3, 3, 3, 3 };
	size_t n = 0;
	for (const struct json_node *node = root->first; node != NULL; node = node->next)
		check_int(node->line, line[n++]);
	check_int(n, 9);
	check_true(json_text(root->first, S("k")).n == 0 && json_member(NULL, S("k")) == NULL);
	const struct json_node *last = root->first;
	while (last->next != NULL)
		last = last->next;
	check_int(json_text(last, S("k")).n, 0);
	check_int(json_member(last, S("k"))->kind, JSON_OTHER_KIND);
	assert_false(json_tree_read(arena, S("[1,\n\"\xff\"]"), &root, &err));
	check_str(str_of(err.text), "line 2: this is not text (UTF-8)");
	assert_false(json_tree_read(arena, S("[1,\n\n 2"), &root, &err));
	check_true(strstr(err.text, "line 3: this is not JSON") != NULL);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(values_are_separated_and_closed),
		CLAIM(values_can_stand_on_lines_of_their_own),
		CLAIM(text_is_escaped),
		CLAIM(a_lone_value_is_a_document),
		CLAIM(a_tree_knows_the_line_of_each_value),
		CLAIM(a_tree_is_read_whatever_stands_between_its_values),
	};
	return cmocka_run_group_tests_name("base json", tests, NULL, NULL);
}
