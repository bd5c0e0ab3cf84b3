/* write.h - writes the tables of the Standard Safeguarding Dataset: all columns of the standard, in
 * its order. */
#pragma once

#include "base/buf.h"
#include "base/day.h"
#include "returns/ssd/rows.h"

const char *ssd_file_name(enum ssd_table table); /* "ssd_person.csv" */
void ssd_write_columns(struct buf *buf, enum ssd_table table);
/* A row: n values, each of a field of that table; the others stay empty. Days are written as
 * 2026-03-31. */
struct ssd_cell {
	enum ssd_field field;
	str text;
	day on; /* where there is no text */
};
void ssd_write_row(
	struct buf *buf, enum ssd_table table, const struct ssd_cell *cell, size_t n);
