#include "base/grid.h"
#include "check.h"
#include "random.h"

#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

/* The cells as "1:a|b 2:c", or the fault. */
static void check_text(str bytes, const char *want)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct buf got = { 0 };
	struct err err = { 0 };
	if (!grids_from_text(arena, bytes, grids, &err))
		buf_str(&got, str_of(err.text));
	for (size_t i = 0; got.n == 0 && i < grids->n; i++) {
		const struct grid *grid = &grids->item[i];
		for (size_t j = 0; j < grid->n; j++) {
			buf_format(&got, "%s%zu:", got.n > 0 ? " " : "", grid->row[j].number);
			for (size_t k = 0; k < grid->row[j].n; k++)
				buf_format(&got, "%s%.*s", k > 0 ? "|" : "",
					STR_ARGS(grid_cell(grid, j, k)));
		}
	}
	check_str(buf_view(&got), want);
	buf_close(&got);
}

TEST(a_text_is_parted_by_whatever_its_first_lines_have_most_of)
{
	check_text(S("a,b\nc,d\n"), "1:a|b 2:c|d");
	check_text(S("My list, as of today\na;b;c\n1;2;3\n"), "1:My list, as of today 2:a|b|c 3:1|2|3");
	check_text(S("a\tb\n\"c, d; e\"\tf\n"), "1:a|b 2:c, d; e|f");
	check_text(S("sep=;\na;b,c,d,e\n"), "2:a|b,c,d,e");
	check_text(S("sep=|\na,b\n"), "1:sep=| 2:a|b");
}

TEST(what_is_empty_is_left_out_and_rows_know_their_number)
{
	check_text(S("a,b,,\n,,\n\n,c\n"), "1:a|b 4:|c");
	check_text(S(" a \x01 ,b\x7f\n"), "1:a|b");
	check_text(S("\"a\nb\",c\n"), "1:a\nb|c");
	check_text(S("\"a\n"), "line 1, column 1: a quotation mark is opened and never closed");
}

TEST(a_cell_that_is_not_there_is_empty)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct err err = { 0 };
	assert_true(grids_from_text(arena, S("a\nb,c,d\n"), grids, &err));
	check_int(grid_columns(&grids->item[0]), 3);
	check_int(grid_cell(&grids->item[0], 0, 1).n, 0);
	check_int(grid_cell(&grids->item[0], 2, 0).n, 0);
	check_int(grid_columns(&(struct grid){ 0 }), 0);
}

TEST(there_is_an_end_to_sheets_rows_columns_and_texts)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct err err = { 0 };
	static str cell[GRID_COLUMNS_MAX + 5];
	for (size_t i = 0; i < GRID_COLUMNS_MAX + 5; i++)
		cell[i] = S("x");
	struct grid *grid = grids_add(arena, grids, S("first"));
	assert_true(grid_add_row(arena, grids, grid, 1, cell, GRID_COLUMNS_MAX + 5, &err));
	check_int(grid->row[0].n, GRID_COLUMNS_MAX);
	for (size_t i = 2; i <= GRID_ROWS_MAX; i++)
		assert_true(grid_add_row(arena, grids, grid, i, cell, 1, &err));
	check_false(grid_add_row(arena, grids, grid, GRID_ROWS_MAX + 1, cell, 1, &err));
	check_str(str_of(err.text), "the file has more than 20000 rows");
	for (size_t i = 1; i < GRIDS_MAX; i++)
		check_true(grids_add(arena, grids, S("more")) != NULL);
	check_true(grids_add(arena, grids, S("too many")) == NULL);
	grids->text = GRID_TEXT_MAX;
	check_false(grid_add_row(arena, grids, &grids->item[1], 1, cell, 1, &err));
	check_str(str_of(err.text), "the file holds more text than Duly takes");
}

static struct grids *two_sheets(void)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct err err = { 0 };
	const str row[] = { S("Amara"), S(""), S("3\nFebruary") }, short_row[] = { S("x") };
	struct grid *first = grids_add(arena, grids, S("Reviews")), *second;
	assert_true(grid_add_row(arena, grids, first, 1, row, 3, &err));
	assert_true(grid_add_row(arena, grids, first, 7, short_row, 1, &err));
	second = grids_add(arena, grids, S("Empty"));
	check_int(second->n, 0);
	return grids;
}

TEST(what_one_process_writes_the_other_reads)
{
	struct buf sent = { 0 }, again = { 0 };
	struct grids *got = arena_new(arena, struct grids);
	struct err err = { 0 };
	grids_put(&sent, two_sheets());
	assert_true(grids_get(arena, buf_view(&sent), got, &err));
	check_int(got->n, 2);
	check_str(got->item[0].name, "Reviews");
	check_int(got->item[0].row[1].number, 7);
	check_str(grid_cell(&got->item[0], 0, 2), "3\nFebruary");
	grids_put(&again, got);
	check_true(str_equal(buf_view(&sent), buf_view(&again)));
	buf_close(&sent);
	buf_close(&again);
}

/* The one who opened the file is not trusted. */
TEST(a_message_that_is_cut_or_changed_is_refused_or_says_what_it_says)
{
	struct buf sent = { 0 }, again = { 0 };
	struct grids *got = arena_new(arena, struct grids);
	struct err err = { 0 };
	grids_put(&sent, two_sheets());
	str whole = arena_str(arena, buf_view(&sent));
	for (size_t n = 0; n < whole.n; n++)
		check_false(grids_get(arena, str_upto(whole, n), got, &err));
	check_str(str_of(err.text), "what was read of the file makes no sense");
	buf_char(&sent, 0);
	check_false(grids_get(arena, buf_view(&sent), got, &err));
	char *bytes = arena_take(arena, whole.n, 1);
	static const unsigned char other[] = { 0, 1, 0x1f, 0x7f, 0x80, 0xff };
	for (size_t at = 0; at < whole.n; at++) {
		for (size_t k = 0; k < sizeof other; k++) {
			memcpy(bytes, whole.p, whole.n);
			bytes[at] = (char)other[k];
			str changed = { bytes, whole.n };
			if (!grids_get(arena, changed, got, &err))
				continue;
			buf_clear(&again);
			grids_put(&again, got);
			check_true(str_equal(buf_view(&again), changed));
		}
	}
	buf_close(&sent);
	buf_close(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_text_is_parted_by_whatever_its_first_lines_have_most_of),
		CLAIM(what_is_empty_is_left_out_and_rows_know_their_number),
		CLAIM(a_cell_that_is_not_there_is_empty),
		CLAIM(there_is_an_end_to_sheets_rows_columns_and_texts),
		CLAIM(what_one_process_writes_the_other_reads),
		CLAIM(a_message_that_is_cut_or_changed_is_refused_or_says_what_it_says),
	};
	return cmocka_run_group_tests_name("base grid", tests, open_arena, close_arena);
}
