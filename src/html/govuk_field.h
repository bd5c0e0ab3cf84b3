/* govuk_field.h - what every form field has: a group, a label, a hint, an error, and the ids that
 * tie them to the control, so that a screen reader says them together. */
#pragma once

#include "html/govuk_error_message.h"
#include "html/govuk_hint.h"
#include "html/govuk_label.h"

/* The ids that aria-describedby names: BASE-info, `by` as given, BASE-hint and BASE-error. */
struct govuk_described {
	str by;
	str base;
	bool hint, error;
	bool info; /* a character count's message */
};

struct govuk_field {
	const struct govuk_form_group *group;
	const struct govuk_label *label; /* NULL: none here */
	const struct govuk_hint *hint;
	const struct govuk_error_message *error;
	str id; /* of the control */
};

bool govuk_field_has_hint(const struct govuk_hint *hint);
bool govuk_field_has_error(const struct govuk_error_message *error);
/* The group's opening tag, alone; close it with a literal. */
void govuk_field_group(struct buf *b, const struct govuk_form_group *group, bool error);
void govuk_field_open(
	struct buf *b, const struct govuk_field *field); /* group, label, hint, error */
void govuk_field_hint_error(struct buf *b, const struct govuk_field *field);
void govuk_described_by(
	struct buf *b, const struct govuk_described *by); /* the attribute, if any */
