/* rows.h - a census as tables of rows, for holding two of them against each other (returns/differ.h). */
#pragma once

#include "base/err.h"
#include "returns/differ.h"

const struct differ_table *cin_differ_tables(size_t *n);
/* The rows of a document. False for one that is no XML, naming the line. */
MUST_USE bool cin_add_rows(str text, enum differ_side side, struct differ *differ, struct err *err);
