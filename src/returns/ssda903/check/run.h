/* run.h - what check.c and child_rows.c share of a run: no rule's business. */
#pragma once

#include "returns/ssda903/check/episode.h"
#include "returns/ssda903/check/stays.h"

struct codes {
	code *item;
	size_t n;
};

/* What is looked at once for each child stands together: the rules themselves are too many to stay near. */
struct running {
	const struct check_rule *rule;
	void (*of_child)(struct check *check, const struct child_rows *child); /* of RULE_CHILD */
	uint16_t index;
	uint16_t kind;
	struct codes codes; /* of RULE_CODE */
};

struct check {
	const struct check_asked *asked;
	day start, end;
	struct check_result *out;
	uint16_t now; /* the rule that is asked */
	struct running *running; /* those of a child stand last */
	size_t n, before_child;
	struct episode_at *at; /* room for one child's */
	const struct episodes_row **room, **room_last; /* for one child's episodes by day */
	struct {
		struct in_order *item;
		size_t room;
	} order;
	const struct stay *stay, *stay_last; /* of all episodes, as they are gathered */
};

/* The child's rows, in the order of days too; `at` is its index. */
void child_rows_open(const struct check *check, const struct return_rows *rows, uint32_t at, struct child_rows *out);
/* What is made of rows that are there already: their order, the birth. */
void child_rows_order(const struct check *check, struct child_rows *out);
/* Its rows of one table. */
const void *rows_of(const struct year_rows *year, enum table t, uint32_t child, size_t *n);
