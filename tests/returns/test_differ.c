#include "check.h"

#include "returns/differ.h"

static const str columns[] = { S_INIT("CHILD"), S_INIT("DECOM"), S_INIT("LS") };
static const struct differ_table tables[] = {
	{ .name = S_INIT("Header"), .column = columns, .columns = 3 },
	{ .name = S_INIT("Episodes"), .column = columns, .columns = 3, .keys = 1u << 1 },
};

static void add(struct differ *differ, enum differ_side side, size_t table, const char *child,
	const char *on, const char *legal)
{
	const str cell[] = { str_of(child), str_of(on), str_of(legal) };
	differ_add(differ, side, table, cell);
}

static void check_csv(struct differ *differ, const char *want)
{
	struct buf text = { 0 };
	differ_csv(differ, &text);
	check_str(buf_view(&text), want);
	buf_close(&text);
}

TEST(the_same_rows_in_another_order_do_not_differ)
{
	struct differ *differ = differ_open(tables, 2);
	add(differ, DIFFER_BEFORE, 1, "2", "01/05/2025", "C2");
	add(differ, DIFFER_BEFORE, 1, "1", "01/06/2025", "V2");
	add(differ, DIFFER_AFTER, 1, "1", "01/06/2025", "V2");
	add(differ, DIFFER_AFTER, 1, "2", "01/05/2025", "C2");
	check_csv(differ, "table,child,row,change,column,before,after\n");
	struct buf text = { 0 };
	differ_text(differ, &text);
	check_str(buf_view(&text), "Nothing differs from the last return.\n");
	buf_close(&text);
	check_int(differ_count(differ).same, 2);
	differ_close(differ);
}

TEST(what_came_went_and_changed_is_told_by_child_and_column_counts_first)
{
	struct differ *differ = differ_open(tables, 2);
	add(differ, DIFFER_BEFORE, 1, "1", "01/06/2025", "V2");
	add(differ, DIFFER_BEFORE, 1, "1", "02/12/2024", "V2");
	add(differ, DIFFER_AFTER, 1, "1", "01/06/2025", "");
	add(differ, DIFFER_AFTER, 1, "2", "03/07/2025", "C1");
	check_csv(differ, "table,child,row,change,column,before,after\n"
			  "Episodes,1,02/12/2024,removed,,LS V2,\n"
			  "Episodes,1,01/06/2025,changed,LS,V2,\n"
			  "Episodes,2,03/07/2025,added,,,LS C1\n");
	struct buf text = { 0 };
	differ_text(differ, &text);
	check_str(buf_view(&text),
		"2 children differ from the last return.\n"
		"Header: 0 rows, as before\n"
		"Episodes: 2 rows before, 2 now: 1 added, 1 removed, 1 changed; changed: LS 1\n"
		"\nChild 1\n"
		"  Episodes 02/12/2024 removed: LS V2\n"
		"  Episodes 01/06/2025: LS blank, was V2\n"
		"\nChild 2\n"
		"  Episodes 03/07/2025 added: LS C1\n");
	buf_close(&text);
	struct differ_counts counts = differ_count(differ);
	check_int(counts.added + counts.removed * 10 + counts.changed * 100, 111);
	check_int(counts.children, 2);
	differ_close(differ);
}

TEST(a_row_that_stands_twice_is_held_against_the_first_of_its_kind)
{
	struct differ *differ = differ_open(tables, 2);
	add(differ, DIFFER_BEFORE, 0, "1", "01/06/2025", "V2");
	add(differ, DIFFER_AFTER, 0, "1", "01/06/2025", "V2");
	add(differ, DIFFER_AFTER, 0, "1", "01/06/2025", "=C1");
	check_csv(differ, "table,child,row,change,column,before,after\n"
			  "Header,1,,added,,,\"DECOM 01/06/2025, LS =C1\"\n");
	differ_close(differ);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_same_rows_in_another_order_do_not_differ),
		CLAIM(what_came_went_and_changed_is_told_by_child_and_column_counts_first),
		CLAIM(a_row_that_stands_twice_is_held_against_the_first_of_its_kind),
	};
	return cmocka_run_group_tests_name("returns differ", tests, NULL, NULL);
}
