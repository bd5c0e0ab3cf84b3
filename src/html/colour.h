/* colour.h - a colour of a brand, and whether white words can be read on it (WCAG 2.2, 1.4.3). */
#pragma once

#include "base/str.h"

#include <stdbool.h>

struct colour {
	unsigned char red, green, blue;
};

/* "#00585e", "00585E" or "#0af". False: it is no colour. */
bool colour_read(str text, struct colour *out);
/* From 1 (the same) to 21 (black and white): the contrast ratio of WCAG 2.2. */
double colour_contrast(struct colour a, struct colour b);
/* Least for words of ordinary size. */
#define COLOUR_READABLE 4.5
