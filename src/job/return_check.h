/* return_check.h - what our own check finds in a return before it is handed over. Knows no store. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "returns/staged.h"

struct return_finding {
	str rule, table, field, child, message;
	int64_t row; /* in its table, from 0; of a finding with the whole return -1 */
};

/* A rule that could not be asked, and why. */
struct return_unasked {
	str rule, why;
};

struct return_findings { /* texts in the arena of the return */
	struct return_finding *item;
	size_t n, room;
	struct {
		struct return_unasked *item;
		size_t n, room;
	} unasked;
};
void return_findings_close(struct return_findings *findings);


struct postcodes;
struct providers;

/* What the check of an SSDA903 return may know besides its files. */
struct return_check_903 {
	int year;
	str local_authority; /* "E08000025"; empty: not given */
	const struct source *last_year;
	size_t last_year_n;
	const struct postcodes *postcodes;
	const struct providers *providers;
};
MUST_USE bool return_check_903(struct arena *arena, const struct source *file, size_t n,
	const struct return_check_903 *asked, struct return_findings *out, struct err *err);
