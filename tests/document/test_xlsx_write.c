/* Workbooks as they are written: read back by our own reader, and (by another's: xlsx.py). */
#include "../check.h"

#include "xlsx_sample.h"

#include "document/sheet.h"

TEST(our_own_reader_reads_what_was_written)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	struct arena *arena = arena_open(16 << 20);
	struct grids *grids = arena_new(arena, struct grids);
	make_sample(&out);
	check_true(sheet_read(arena, buf_view(&out), grids, &err));
	check_int(grids->n, 3);
	check_str(grids->item[0].name, "List 1");
	check_str(grids->item[1].name, "Long & wide");
	check_str(grid_cell(&grids->item[0], 0, 1), "Date of birth");
	check_str(grid_cell(&grids->item[0], 1, 0), "C0000001");
	check_str(grid_cell(&grids->item[0], 1, 1), "2026-03-31");
	check_str(grid_cell(&grids->item[0], 1, 2), "-1");
	check_str(grid_cell(&grids->item[0], 2, 0), "=1+1");
	check_str(grid_cell(&grids->item[0], 2, 1), "");
	check_str(grid_cell(&grids->item[0], 5, 0), "Zo\xc3\xab & <Bill> \"O'Hara\"");
	check_str(grid_cell(&grids->item[0], 8, 0), "0012");
	check_str(grid_cell(&grids->item[1], 0, 29), "29");
	check_str(grid_cell(&grids->item[1], 1, 0), "1900-03-01");
	check_str(grid_cell(&grids->item[1], 1, 1), "01/01/1900");
	check_str(grid_cell(&grids->item[1], 1, 2), "2299-12-31");
	check_int(grids->item[2].n, 1);
	arena_close(arena);
	buf_close(&out);
}

TEST(the_same_cells_give_the_same_bytes_wherever_they_are_put)
{
	struct buf one = { 0 }, two = { 0 };
	make_sample(&one);
	buf_lit(&two, "before it");
	make_sample(&two);
	check_int(two.n, one.n + 9);
	check_true(str_equal(buf_view(&one), str_from(buf_view(&two), 9)));
	buf_close(&one);
	buf_close(&two);
}

TEST(many_rows_take_no_memory_but_what_they_are_packed_into)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	struct xlsx_out *xlsx = xlsx_begin(&out);
	xlsx_add_sheet(xlsx, S("List 1"), sample_headings, 3);
	for (int i = 0; i < 50000; i++) {
		xlsx_add_row(xlsx);
		xlsx_put_text(xlsx, S("the same words"));
		xlsx_put_day(xlsx, i);
		xlsx_put_number(xlsx, i);
	}
	check_false(xlsx_is_full(xlsx));
	check_true(xlsx_end(xlsx, &err));
	check_true(out.n < 1200000);
	buf_close(&out);
}

TEST(a_workbook_over_the_limit_is_refused)
{
	struct buf out = { .limit = 300 };
	struct err err = { 0 };
	struct xlsx_out *xlsx = xlsx_begin(&out);
	put_sample(xlsx);
	check_false(xlsx_end(xlsx, &err));
	check_int(err.code, ERR_FULL);
	buf_close(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(our_own_reader_reads_what_was_written),
		CLAIM(the_same_cells_give_the_same_bytes_wherever_they_are_put),
		CLAIM(many_rows_take_no_memory_but_what_they_are_packed_into),
		CLAIM(a_workbook_over_the_limit_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
