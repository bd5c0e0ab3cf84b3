#include "html/govuk_table.h"

static void spans(struct buf *b, const struct govuk_table_cell *c)
{
	if (c->colspan > 0)
		attr_int(b, "colspan", c->colspan);
	if (c->rowspan > 0)
		attr_int(b, "rowspan", c->rowspan);
	govuk_part_attributes(b, &c->attributes);
	H(b, ">");
	govuk_part_content(b, c->text, c->html);
}

static void header(struct buf *b, const struct govuk_table_cell *c)
{
	H(b, "<th scope=\"col\" class=\"govuk-table__header");
	if (c->format.n > 0) {
		H(b, " govuk-table__header--");
		text(b, c->format);
	}
	govuk_part_classes(b, c->classes);
	H(b, "\"");
	spans(b, c);
	H(b, "</th>\n");
}

static void cell(struct buf *b, const struct govuk_table_cell *c, bool row_header)
{
	if (row_header) {
		H(b, "<th scope=\"row\" class=\"govuk-table__header");
	} else {
		H(b, "<td class=\"govuk-table__cell");
		if (c->format.n > 0) {
			H(b, " govuk-table__cell--");
			text(b, c->format);
		}
	}
	govuk_part_classes(b, c->classes);
	H(b, "\"");
	spans(b, c);
	if (row_header)
		H(b, "</th>\n");
	else
		H(b, "</td>\n");
}

void govuk_table_open(struct buf *b, const struct govuk_table *o)
{
	H(b, "<table class=\"govuk-table");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	if (o->caption.n > 0) {
		H(b, "<caption class=\"govuk-table__caption");
		govuk_part_classes(b, o->caption_classes);
		H(b, "\">");
		text(b, o->caption);
		H(b, "</caption>\n");
	}
	if (o->head != NULL) {
		H(b, "<thead class=\"govuk-table__head\">\n<tr class=\"govuk-table__row\">\n");
		for (size_t i = 0; i < o->n_head; i++)
			header(b, &o->head[i]);
		H(b, "</tr>\n</thead>\n");
	}
	H(b, "<tbody class=\"govuk-table__body\">\n");
}

void govuk_table_close(struct buf *b)
{
	H(b, "</tbody>\n</table>\n");
}

void govuk_table_(struct buf *b, const struct govuk_table *o)
{
	govuk_table_open(b, o);
	for (size_t i = 0; i < o->n_rows; i++) {
		H(b, "<tr class=\"govuk-table__row\">\n");
		for (size_t j = 0; j < o->rows[i].n_cells; j++)
			cell(b, &o->rows[i].cells[j], j == 0 && o->first_cell_is_header);
		H(b, "</tr>\n");
	}
	govuk_table_close(b);
}
