/* moj_identity_bar.h - whose page this is: the bar at the top of every page of a child.
 *
 * The Ministry of Justice's identity bar by its CSS classes, as a labelled section and without its
 * script. Everything that a mark says is said in words; its colour only repeats it.
 */
#pragma once

#include "html/html.h"

struct moj_fact {
	str name, value; /* "Number", "10442" */
};

struct moj_mark {
	str text;    /* "Restricted record" */
	str classes; /* of the tag: "govuk-tag--red" */
	str href;    /* where it is explained; empty: no link */
};

struct moj_identity_bar {
	str label;    /* of the section: "This child" when left out */
	str name;     /* "Amara O" */
	str age;      /* "7", "5 months"; empty: not known */
	bool heading; /* the name is the page's h1 */
	const struct moj_mark *mark;
	size_t n_marks;
	const struct moj_fact *fact; /* empty values are left out */
	size_t n_facts;
};
void moj_identity_bar(struct buf *b, const struct moj_identity_bar *bar);
