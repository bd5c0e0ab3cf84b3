/* govuk_hint.h - help under a label. */
#pragma once

#include "html/govuk_part.h"

struct govuk_hint {
	str text;
	struct markup html;
	str id, classes;
	struct govuk_attributes attributes;
};

#define govuk_hint(b, ...) govuk_hint_((b), &(struct govuk_hint){ __VA_ARGS__ })
void govuk_hint_(struct buf *b, const struct govuk_hint *o);
/* The same with an id made of pieces and classes before its own. */
void govuk_hint_for(
	struct buf *b, const struct govuk_hint *o, struct govuk_id id, str more_classes);
