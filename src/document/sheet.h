/* sheet.h - a spreadsheet that somebody sent, as text: .xlsx, or text with commas, semicolons or tabs.
 *
 * What a cell shows is read (a formula's last result), dates as dates by the style of the cell and
 * the workbook's date system (ECMA-376, 18.17.4). Hidden sheets are passed over. For the confined
 * worker alone: what it reads is parsed by large libraries.
 */
#pragma once

#include "base/grid.h"

/* A workbook with macros. They are never run; whoever wants a published list does not expect any. */
bool sheet_has_macros(str bytes);
/* False, in words for the person who sent it. */
MUST_USE bool sheet_read(struct arena *arena, str bytes, struct grids *out, struct err *err);
