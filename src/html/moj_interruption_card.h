/* moj_interruption_card.h - a stop before something with consequences: what it is, and two ways on.
 *
 * The Ministry of Justice's interruption card by its CSS classes; its heading is the page's h1. Both ways
 * are links: nothing is done by the card itself.
 */
#pragma once

#include "html/html.h"

struct moj_interruption_card {
	str heading;
	const str *body; /* paragraphs */
	size_t n;
	str href, go;        /* on: "Open with a reason" */
	str back_href, back; /* away from it; empty: no such link */
};
void moj_interruption_card(struct buf *b, const struct moj_interruption_card *card);
