/* show_plot.h - counts by week as bars, drawn as SVG without styles or scripts of its own. The table
 * beside it says the same in words: who cannot see the bars misses nothing.
 */
#pragma once

#include "html/html.h"

enum { PLOT_PARTS = 3 };

struct plot_bar {
	str label;                /* under the bar; empty: none */
	int64_t part[PLOT_PARTS]; /* from the bottom up */
};

struct plot {
	str id;    /* of the page's own, for the references inside */
	str title; /* what is drawn */
	str said;  /* in a sentence: the most, and when */
	str part[PLOT_PARTS]; /* what each part is, for the key */
	const struct plot_bar *bar;
	size_t n;
};
void show_plot(struct buf *b, const struct plot *plot);
