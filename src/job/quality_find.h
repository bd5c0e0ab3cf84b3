/* quality_find.h - what our own checks find in the files of a return, as it is kept (store/quality.h). Knows
 * no store: texts in, findings out.
 */
#pragma once

#include "returns/staged.h"
#include "base/err.h"
#include "store/quality_finding.h"

struct postcodes;
struct providers;

struct quality_found { /* texts in the arena that was given */
	int year;         /* of the 31 March that closes the collection */
	int64_t children; /* that the return tells of */
	struct quality_finding *item;
	size_t n, room;
	struct {
		struct quality_unrun *item;
		size_t n, room;
	} unrun;
};
struct report;
/* Of what a report says; texts are copied. A report that holds not all of its findings is not for keeping. */
void quality_found_of(struct arena *arena, const struct report *report, struct quality_found *out);
void quality_found_close(struct quality_found *found);

struct quality_asked_903 {
	int year; /* 0: told by the dates, and where there are files of several years the latest is asked */
	const struct source *last_year;
	size_t last_year_n;
	const struct postcodes *postcodes;
	const struct providers *providers;
	str local_authority;
};
/* Files of other names than the return's are passed over. */
MUST_USE bool quality_find_903(struct arena *arena, const struct source *file, size_t n,
	const struct quality_asked_903 *asked, struct quality_found *out, struct err *err);
/* `text` is UTF-8. */
struct calendar;
MUST_USE bool quality_find_cin(struct arena *arena, str text, int year, const struct calendar *calendar,
	struct quality_found *out, struct err *err);
