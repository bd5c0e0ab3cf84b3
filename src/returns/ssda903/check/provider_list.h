/* provider_list.h - Ofsted's list of homes, schools and agencies, out of its workbook or a CSV of it. */
#pragma once

#include "base/grid.h"
#include "returns/ssda903/check/check.h"

/* Every sheet that has a column for the number (URN) is read; of the one of supported accommodation the
 * kind is K3 where it does not say. ERR_INPUT, naming the columns that no sheet has. Texts are borrowed
 * from the grids. */
MUST_USE bool provider_list_read(struct arena *arena, const struct grids *grids, struct providers *out, struct err *err);
/* As a CSV that is read again as the same list. It says which mark parts the fields: a home may have more kinds,
 * with semicolons between, than there are columns. */
void provider_list_write(const struct providers *list, struct buf *out);
