/* demo_file.h - the demonstration as files: what a council would send, for `duly import`.
 *
 * DIR/ssda903/YEAR/ *.csv for the last three collection years, DIR/cin/census.xml for the last,
 * DIR/people.csv and DIR/ssd/ *.csv, sharing the children's numbers. The returns end on their 31
 * March; the people file and the extract of the case system are of `now`. One child at a time: memory does not grow with their number.
 */
#pragma once

#include "job/demo.h"
#include "returns/cin/write.h"
#include "record/told.h"

enum { DEMO_YEARS = 3 };

struct demo_written {
	int64_t children, episodes, reviews, plans; /* rows of all years */
};

/* Makes DIR where it does not exist; writes over what is there. `authority` is three digits. */
MUST_USE bool demo_write(const struct demo_options *options, str authority, const char *dir,
	struct demo_written *written, struct err *err);

/* The rows of one child, for a return whose year ends on `ended` (31 March). `out` has a buf for
 * each file. */
struct demo_returns {
	struct buf *out; /* SSDA903_FILES of them */
	day from, to;
};
void demo_write_903(
	const struct told_child *child, struct demo_returns *year, struct demo_written *written);
/* A footing of the child: legal status and placement together, until one of them changes. The first
 * with everything zero but `care`; false after the last. */
struct demo_episode {
	const struct demo_care *care;
	day began, ended;
	const char *status, *reason; /* legal status; why it began: S, L, P, T, U, B */
	size_t statuses, placements; /* their places: the first is 1 */
	bool moves;                  /* it ends in another placement */
};
bool demo_episode_next(struct demo_episode *episode);
/* What a case system would give on `now`: a buf a table of the dataset (returns/ssd). */
void demo_write_ssd_staff(const struct demo_options *options, struct buf *out);
void demo_write_ssd(
	const struct demo_child *child, const struct demo_options *options, struct buf *out);
/* Of the census that demo_census() is about; from the same records that demo_store() keeps. */
void demo_write_cin(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena, struct xml_out *out, struct demo_written *written);
struct cin_year demo_census(const struct demo_options *options);
/* The child's records as a return is given them. */
struct told_child demo_told(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena);
/* Full names of the people who work with the child; empty without one. */
void demo_write_people(
	const struct demo_child *child, const struct demo_options *options, struct buf *out);
