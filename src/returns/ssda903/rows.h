/* rows.h - private to ssda903/: the typed rows of the files that Duly reads. */
#pragma once

#include "returns/ssda903/ssda903.h"

/* Where a row stood. */
struct row_at {
	uint32_t child; /* in the staging */
	uint32_t set;
	str file;
	size_t line;
};

struct row_header {
	struct row_at at;
	day born;
	str sex, ethnicity, upn;
	enum answer mother;
	day own_child_born;
};

struct row_episode {
	struct row_at at;
	day decom, dec;
	str rne, legal, place, provider, rec, change;
	str need, home_post, post, urn;
};

struct row_review {
	struct row_at at;
	day held;
	str participation;
};

struct row_missing {
	struct row_at at;
	str kind;
	day began, ended;
};

/* A row of a file that says one thing as a record does: of the year, of an adoption. Of UASC, what it
 * says of the child. */
struct row_fact {
	struct row_at at;
	const struct record_type *type;
	void *record; /* in the staging's arena */
};

#define ROWS(row)                                                                                  \
	struct {                                                                                   \
		struct row_##row *item;                                                            \
		size_t n, room;                                                                    \
	}

/* The files of one year, from one folder. */
struct year_set {
	str folder;
	int year;     /* of the 31 March that ends it; 0: it has no dates */
	day last_day; /* nothing in it happened later: its 31 March, or today */
	bool episodes, reviews, missing;
};

struct ssda903 {
	ROWS(header) headers;
	ROWS(episode) episodes;
	ROWS(review) reviews;
	ROWS(missing) missings;
	ROWS(fact) facts;
	struct {
		struct year_set *item;
		size_t n, room;
	} sets;
};

void ssda903_close(struct ssda903 *ssda903);
MUST_USE bool ssda903_read(const struct source *source, size_t n, struct staging *staging,
	struct ssda903 *out, struct err *err);
/* Tells the year of each set by its dates, and what the whole carries. */
void ssda903_years(struct ssda903 *ssda903, day today, struct staging *staging);
/* The child of every row gets its records. */
void ssda903_derive(struct ssda903 *ssda903, struct staging *staging);
