/* xlsx.h - the workbook of Excel (ECMA-376, SpreadsheetML), read; and the styles that make a number
 * a date. */
#pragma once

#include "base/grid.h"

MUST_USE bool xlsx_read(struct arena *arena, str bytes, struct grids *out, struct err *err);
/* Is a number shown by this format a date? "dd/mm/yyyy": yes; "0.00", "[Red]h:mm": no. */
bool xlsx_is_date_format(str format);
/* "45977" as "2026-11-16", in the date system of 1900 (with the 29 February 1900 that never was) or
 * of 1904. False for what is no day that Duly knows. */
bool xlsx_day(double serial, bool from_1904, struct buf *out);
