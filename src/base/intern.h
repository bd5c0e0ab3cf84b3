/* intern.h - a number for each different text: 0, 1, 2 in the order of first sight.
 *
 * Texts are borrowed: they must outlive the table. For files and code lists, not for keys that a
 * stranger on the network chooses (the hash is not secret).
 */
#pragma once

#include "base/str.h"

struct intern {
	str *text; /* by number */
	size_t n, room;
	uint32_t *slot; /* number + 1; 0 is free */
	size_t slots;   /* a power of two */
};

uint32_t intern_number(struct intern *intern, str text);
bool intern_find(const struct intern *intern, str text, uint32_t *number);
void intern_clear(struct intern *intern); /* forgets all of them, and keeps what memory is small */
void intern_close(struct intern *intern);
