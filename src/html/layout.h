/* layout.h - the frame of every page: head, header, navigation, main, footer.
 *
 * Between layout_open() and layout_close() stands what is in <main>, beginning with the page's one
 * h1. Styles and scripts are files of our own: no inline style, no inline script, no other host.
 * The title is "Page - Service - Council" and never holds a child's name: titles stay in browser
 * histories and on shared screens; initials and a case number are the most it may say.
 */
#pragma once

#include "base/instant.h"
#include "html/html.h"

struct layout_link {
	str text, href;
};

struct layout {
	str title;     /* of the page; in title case of a sentence: "My caseload" */
	str service;   /* "Duly" when left out */
	str authority; /* "Exampleshire Council" */
	str brand_href, brand_colour; /* the council's colour, as a style sheet and "#00585e"; empty: ours */
	str logo_href;                /* their logo; empty: their name */
	const struct layout_link *nav;
	size_t n_nav;
	str current;              /* the href of the navigation's link that this page belongs to */
	bool current_is;          /* this page is that link's own */
	str user;                 /* who is signed in; empty: nobody, and then no navigation */
	str csrf;                 /* token for the sign-out form */
	int64_t ends_in, ends_warning; /* seconds until the session ends, and before that until its
					  warning; 0: nothing is said */
	str back_href, back_text; /* the link above the heading; none when empty */
	day known_to;       /* the records are known to this day; 0 or DAY_UNKNOWN: not said */
	str stale;          /* a source is older than its limit: what totals are "as at"; empty: none */
	instant now;        /* for paper: "Printed by ... at ..."; 0: not said */
	str source_href;    /* where the program's source is offered (AGPL, section 13) */
	bool demonstration; /* says that no child here is real */
	bool error;         /* the page answers a form with mistakes: the title begins "Error: " */
	int refresh;        /* in so many seconds, where there is no script to watch; 0: not */
	bool frozen;        /* the clock is held: said beside the demonstration */
};

void layout_open(struct buf *b, const struct layout *o);
void layout_close(struct buf *b, const struct layout *o);
/* <form method="post" action="..."> with the token; the caller closes it. */
void layout_form_open(struct buf *b, str action, str csrf);
void layout_hidden(struct buf *b, str name, str value);
