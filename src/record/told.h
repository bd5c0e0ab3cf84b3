/* told.h - the records of one child as they now stand, by type: what a return is written from. */
#pragma once

#include "record/record.h"

struct told {
	int64_t id; /* by which refs of the child's other records call it */
	const void *record;
};

struct told_list {
	struct told *item; /* oldest first; of a child with two numbers, those of the listed one first */
	size_t n, room;
};

struct told_child {
	str number;      /* the council's, under which the child is listed */
	int64_t subject; /* 0: of no store */
	const struct told_list *of; /* by record_type.index; of a type that was not asked for: none */
};
