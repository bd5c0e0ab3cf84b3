/* annex_a.h - Ofsted's Annex A, read: a workbook with a sheet a list becomes the records of its children.
 *
 * Each list tells the latest of a thing (the last review, the last visit, the placement now), and six
 * months of what began. What it cannot tell stays unknown: docs/returns.md says rule by rule which
 * clocks that leaves. Lists of contacts, early help, adoption and adopters make no records.
 */
#pragma once

#include "returns/columns.h"

/* Stages every list. As ssd_stage(): `as_at` is the day that the lists are about; DAY_UNKNOWN: the
 * last day that they tell. */
MUST_USE bool annex_a_stage(const struct table_source *source, size_t n,
	const struct mapping *mapping, day today, day as_at, struct staging *staging, struct err *err);
