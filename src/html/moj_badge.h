/* moj_badge.h - a word beside something that says what kind it is.
 *
 * The Ministry of Justice's badge by its CSS classes, without the empty aria-label that their template
 * writes: its words are what is read out.
 */
#pragma once

#include "html/html.h"

/* `classes` may be empty: "moj-badge--purple". */
void moj_badge(struct buf *b, str words, str classes);
