/* gather.h - private to cin/: what of a child's records belongs to a year's census, episode by episode.
 *
 * Arrays of records in the order in which they are written. A record that names its referral belongs to
 * it; one that names none (a person wrote it) to the latest that was open on its day.
 */
#pragma once

#include "returns/cin/write.h"

enum { CIN_TARGET_DAYS = 15 };

struct cin_enquiry {
	const struct section47 *record;
	day began;
	day held; /* its conference; DAY_UNKNOWN: none, or after the year */
};

struct cin_plan {
	int64_t id;
	const struct cp_plan *record;
};

struct cin_episode {
	int64_t id;
	const struct referral *record;
	day conference; /* a transfer-in conference of the year */
	const struct assessment **assessment;
	size_t assessments;
	const struct need_plan **need_plan;
	size_t need_plans;
	struct cin_enquiry *enquiry;
	size_t enquiries;
	struct cin_plan *plan;
	size_t plans;
};

struct cin_gathered {
	struct cin_episode *episode;
	size_t n;
	struct cin_left_out left_out;
};

void cin_gather(struct arena *arena, const struct cin_year *year, const struct told_child *child,
	struct cin_gathered *out);
/* The days of the year on which the plan was reviewed, each once; in order. */
size_t cin_gather_reviews(struct arena *arena, const struct cin_year *year,
	const struct told_child *child, int64_t plan, day **out);
