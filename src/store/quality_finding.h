/* quality_finding.h - what a check found, as it is handed to the store: no more than texts, so that who makes
 * it need not know a store. */
#pragma once

#include "base/str.h"

/* One place in one row in which one rule finds fault. */
struct quality_finding {
	str rule, name; /* "441"; the table as findings name it: "Reviews"; empty: the return as a whole */
	int64_t line;   /* of its rows, from 0 */
	str field;      /* "REVIEW_CODE"; of several, a space between */
	str number;     /* of the child, as the return has it; empty: none */
	str regards;    /* the day by which the row is known: "2026-05-02"; empty: the child has one such row */
	str hand;       /* who can put it right: a word of the caller's */
};
/* Of a rule that was not run, why. */
struct quality_unrun {
	str rule, why;
};
