/* ui_component.h - every component with fixtures: how its options are read and how it is drawn.
 * For tests only. */
#pragma once

#include "ui_binding.h"

/* Draws the component; false when there is none of that name. */
bool ui_component(struct arena *arena, struct buf *b, const char *component, const json_t *options);
/* The second half of the list. */
bool ui_component_more(
	struct arena *arena, struct buf *b, const char *component, const json_t *options);
/* "moj-badge" ...: the Ministry of Justice's, as far as they are drawn like theirs. */
bool ui_component_moj(
	struct arena *arena, struct buf *b, const char *component, const json_t *options);
