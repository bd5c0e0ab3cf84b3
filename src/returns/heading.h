/* heading.h - the words of a column's heading, whoever wrote it: "D.O.B.", "Child's name", "dec_date".
 *
 * Pure. What a chair's own tracker and a council's extract are both matched by.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum { HEADING_WORDS = 12, HEADING_WORD = 16 };

/* Small letters and digits alone; a word that is longer is cut. */
struct heading {
	char text[HEADING_WORDS][HEADING_WORD];
	size_t n;
};
struct heading heading_of(str text);
/* Is one of these (with a space between) among the words? "review*": any word that begins so. */
bool heading_has(const struct heading *heading, const char *list);
/* Are all the words of the other among its own? An empty one has none. */
bool heading_holds(const struct heading *heading, const struct heading *other);
/* Letters and digits alone, in small letters: the same for "Date of Birth" and "DATE_OF_BIRTH". */
str heading_key(struct arena *arena, str text);
