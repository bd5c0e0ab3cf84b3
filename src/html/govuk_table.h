/* govuk_table.h - rows and columns, with a caption and header cells. */
#pragma once

#include "html/govuk_part.h"

struct govuk_table_cell {
	str text;
	struct markup html;
	str format; /* "numeric" */
	str classes;
	int64_t colspan, rowspan;
	struct govuk_attributes attributes;
};

struct govuk_table_row {
	const struct govuk_table_cell *cells;
	size_t n_cells;
};

struct govuk_table {
	str caption, caption_classes;
	const struct govuk_table_cell *head;
	size_t n_head;
	const struct govuk_table_row *rows;
	size_t n_rows;
	bool first_cell_is_header;
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_table(b, ...) govuk_table_((b), &(struct govuk_table){ __VA_ARGS__ })
void govuk_table_(struct buf *b, const struct govuk_table *o);
/* The same, with the rows of the body written in between. */
void govuk_table_open(struct buf *b, const struct govuk_table *o);
void govuk_table_close(struct buf *b);
