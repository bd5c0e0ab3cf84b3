/* xlsx_sample.h - a small workbook with what is hard in it. */
#pragma once

#include "document/xlsx_write.h"

static const struct xlsx_heading sample_headings[] = {
	{ S_INIT("Child"), 0 },
	{ S_INIT("Date of birth"), 12 },
	{ S_INIT("Plans"), 0 },
};

static inline void put_sample(struct xlsx_out *xlsx)
{
	static const str texts[] = { S_INIT("C0000001"), S_INIT("=1+1"), S_INIT("-5"), S_INIT("@SUM(A1)"),
		S_INIT("Zo\xc3\xab & <Bill> \"O'Hara\""), S_INIT("  two  spaces  "), S_INIT("_x0041_ stays"),
		S_INIT("0012"), S_INIT("one\ntwo") };
	xlsx_add_sheet(xlsx, S("List 1"), sample_headings, 3);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		xlsx_add_row(xlsx);
		xlsx_put_text(xlsx, texts[i]);
		xlsx_put_day(xlsx, i % 2 == 0 ? day_of(2026, 3, 31) : DAY_UNKNOWN);
		xlsx_put_number(xlsx, (int64_t)i - 1);
	}
	xlsx_add_sheet(xlsx, S("Long & wide"), NULL, 0);
	xlsx_add_row(xlsx);
	for (int i = 0; i < 30; i++)
		xlsx_put_number(xlsx, i);
	xlsx_add_row(xlsx);
	xlsx_put_day(xlsx, day_of(1900, 3, 1));
	xlsx_put_day(xlsx, day_of(1900, 1, 1));
	xlsx_put_day(xlsx, day_of(2299, 12, 31));
	struct buf longest = { 0 }; /* one byte too long, in the middle of a character */
	for (int i = 0; i < XLSX_TEXT_MAX / 2 + 1; i++)
		buf_lit(&longest, "\xc3\xab");
	xlsx_add_row(xlsx);
	xlsx_put_text(xlsx, buf_view(&longest));
	buf_close(&longest);
	xlsx_add_sheet(xlsx, S("Empty"), sample_headings, 3);
}

static inline void make_sample(struct buf *out)
{
	struct err err = { 0 };
	struct xlsx_out *xlsx = xlsx_begin(out);
	put_sample(xlsx);
	must(xlsx_end(xlsx, &err));
}
