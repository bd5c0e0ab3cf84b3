/* write.h - writes the files of the SSDA903, the yearly return of children looked after.
 *
 * One struct a file, its members in the order of the columns; a table says which column each fills.
 * Codes are written as given: checking them is the reader's business. Dates are dd/mm/yyyy, line
 * ends CR LF, as the collection's guide for CSV has them.
 */
#pragma once

#include "base/buf.h"
#include "base/day.h"
#include "returns/differ.h"

enum ssda903_file {
	SSDA903_HEADER,
	SSDA903_EPISODES,
	SSDA903_REVIEWS,
	SSDA903_UASC,
	SSDA903_OC2,
	SSDA903_OC3,
	SSDA903_AD1,
	SSDA903_PLACED_ADOPTION,
	SSDA903_PREVIOUS_PERMANENCE,
	SSDA903_MISSING,
	SSDA903_SW_EPISODES,
	SSDA903_LIBERTY, /* since the return of 2026-27 */
	SSDA903_FILES
};

struct ssda903_header {
	str child, sex;
	day born;
	str ethnic, upn, mother;
	day mc_born;
};

struct ssda903_episode {
	str child;
	day decom;
	str rne, ls, cin, place, provider;
	day dec;
	str rec, change_reason, home_post, pl_post, urn;
};

struct ssda903_review {
	str child;
	day born, review;
	str code;
};

struct ssda903_uasc {
	str child, sex;
	day born, ceased;
};

struct ssda903_oc2 {
	str child;
	day born;
	str sdq_score, sdq_reason, convicted, health_check, immunisations, teeth_check,
		health_assessment, substance_misuse, intervention_received, intervention_offered;
};

struct ssda903_oc3 {
	str child;
	day born;
	str in_touch, activity, accommodation;
};

struct ssda903_ad1 {
	str child;
	day born, intended, matched;
	str foster_care, adopters, sex_adopters, status_adopters;
};

struct ssda903_placed_adoption {
	str child;
	day born, placed, ceased;
	str ceased_reason;
};

struct ssda903_previous_permanence {
	str child;
	day born;
	str option, authority, on; /* "ZZ/05/2015" */
};

struct ssda903_missing {
	str child;
	day born;
	str kind;
	day from, to;
};

struct ssda903_sw_episode {
	str child;
	day born;
	str worker;
	day from, to;
	str reason;
};

struct ssda903_liberty {
	str child;
	day born, from, to;
};

const char *ssda903_file_name(enum ssda903_file file); /* "episodes.csv" */
bool ssda903_has_file(enum ssda903_file file, int year); /* the return of that year */
void ssda903_write_columns(struct buf *buf, enum ssda903_file file);
/* `row` is the struct of that file. */
void ssda903_write_row(struct buf *buf, enum ssda903_file file, const void *row);
/* How two returns are held against each other: a table for each file, in the arena. */
struct differ_table *ssda903_tables(struct arena *arena);
