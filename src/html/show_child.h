/* show_child.h - the head of a child's pages, the links between them, and the timeline. */
#pragma once

#include "base/instant.h"
#include "html/html.h"

struct show_fact {
	str name, value; /* "Case", "10442" */
};

/* The bar with who this is. */
struct show_identity {
	str name;     /* "Amara O" */
	int age;      /* in years; below 0: not known */
	bool heading; /* the name is the page's h1 */
	bool restricted;
	const struct show_fact *fact; /* empty values are left out */
	size_t n_facts;
};
void show_identity(struct buf *b, const struct show_identity *identity);

struct show_tab {
	str text, href;
	bool current;
};
/* Links between the pages of one child; each a page, no script. */
void show_sub_navigation(struct buf *b, str label, const struct show_tab *tab, size_t n);

/* One thing that happened. A withdrawn one stays, struck out in words, with its reason. */
struct show_moment {
	day on;     /* DAY_UNKNOWN: date not recorded */
	instant at; /* 0 or INSTANT_UNKNOWN: the hour is not known */
	str what;   /* "Placement began" */
	str detail; /* "U1, foster placement" */
	str by;     /* who recorded it */
	str source; /* "SSDA903 return of 2026" */
	str href;   /* the record; none: no link */
	bool withdrawn;
	str reason; /* of the withdrawal */
};
/* An ordered list, one item a day, in the order given: moments of one day must stand together. */
void show_timeline(struct buf *b, const struct show_moment *moment, size_t n);
