/* postcodes.h - where every postcode lies, in an index that is made once and used where it stands.
 *
 * Made of the postcode directory of the Office for National Statistics, or any CSV with its columns pcd,
 * laua, oseast1m, osnrth1m and, if it likes, utla (also by their names of 2025: pcds, lad25cd, east1m...).
 * Pure: bytes in, bytes out. The index is meant to be mapped: opening reads its head, and a search one
 * page of 4,096 bytes, which is summed when it is first read. All numbers have the least byte first.
 *
 *	head        64 bytes: "DULYPOST", version, authorities, pages, records, sum of what is before the pages
 *	authorities 24 bytes each: district (10), who answers for children there (10), nothing (4)
 *	first keys  8 bytes a page
 *	pages       4,096 bytes each, the first at a multiple of that: sum, records in it, records
 *	record      16 bytes: postcode and authority, then metres east and north (-1: not known)
 */
#pragma once

#include "returns/ssda903/check/check.h"

/* The index of that CSV at the end of *out. ERR_INPUT with line and column, or what is missing. */
MUST_USE bool postcodes_build(str csv, struct buf *out, size_t *postcodes, struct err *err);

struct postcode_index {
	str bytes; /* outlive it */
	size_t authorities, pages, page_at;
	uint8_t *read;  /* a page: 0 not yet, 1 whole, 2 damaged */
	bool *damaged;  /* a page was: what was not found may be there */
};
bool postcodes_is_index(str bytes); /* and not a CSV */
/* ERR_BROKEN: cut short, or not as it was made. */
MUST_USE bool postcodes_open(struct arena *arena, str bytes, struct postcode_index *out, struct err *err);
/* As struct postcodes wants it. Spaces and case aside. */
bool postcodes_find(const void *index, str postcode, struct place_of *out);
