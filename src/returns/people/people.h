/* people.h - the people file: the names and the workers that neither national return carries.
 *
 * Ours: `child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,restricted`, one row
 * a child, in any order of columns. `child` and `restricted` must be there: a file that is silent
 * about restrictions cannot open a child's name to anybody.
 */
#pragma once

#include "returns/staged.h"

/* Stages every child: a child and an allocation record each. False, with file, line and column,
 * when it is not such a file. */
MUST_USE bool people_stage(const struct source *source, struct staging *staging, struct err *err);
