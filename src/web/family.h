/* family.h - what practice says of the officers of one family, at the form that gives a child to
 * somebody: said, asked back with a tick, and never in the way. The tick stands for exactly what was
 * said.
 */
#pragma once

#include "store/kin.h"
#include "web/page.h"

struct family_check {
	str *asked; /* a line each, in the arena */
	size_t n, room;
	str token; /* the value of the tick */
};
/* Adds what speaks against giving these children to that person. One statement. */
MUST_USE bool family_check(struct page *page, struct store *store,
	const struct kin_asked *asked, struct family_check *out, struct err *err);
/* Nothing was asked, or what is sent says so of exactly this. */
bool family_confirmed(const struct page *page, const struct family_check *check);
/* Above the button: the lines and the tick, whose id is "family". */
void family_draw(struct page *page, const struct family_check *check);
