/* form_draw.h - the form of a record, drawn from the field table of its type. Pure.
 *
 * Filled with what was typed, half valid or not; each mistake stands at its field and in the summary
 * above, as a link to the first box that is wrong.
 */
#pragma once

#include "html/form_read.h"
#include "html/html.h"

/* Every fault as a link; nothing when there is none. `extra` (may be empty) names a field that is
 * not the record's, with its own message: the reason. */
struct form_extra {
	str id, message;
};
void form_draw_summary(struct buf *b, struct arena *arena, const struct form_faults *faults,
	const struct form_extra *extra, size_t n_extra);
/* The fields, without <form>, token or button. */
void form_draw_fields(struct buf *b, struct arena *arena, const struct record_form *form,
	const struct typed *typed, const struct form_faults *faults);
/* A field's value in words, a ref as the words of its choice: "Neglect", "12 March 2026, 3:30pm". */
void form_draw_value(
	struct buf *b, const struct record_form *form, const struct field *field, const void *record);
