/* known.h - the day by which people know a row of the census: of a conference, of a plan's start. */
#pragma once

#include "returns/cin/check/modules.h"

/* By table, the field that holds it; CIN_FIELDS: a child has one such row (returns/mend). */
void cin_known_by(enum cin_field by[static CIN_TABLES]);
/* Of that row of the child's; DAY_UNKNOWN: the table has none, or the row. */
day cin_known_day(const struct cin_child *child, enum cin_field by, enum cin_table table, uint32_t row);
