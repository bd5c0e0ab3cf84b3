#include "html/govuk_part.h"

void govuk_part_attributes(struct buf *b, const struct govuk_attributes *attributes)
{
	for (; attributes != NULL; attributes = attributes->then) {
		for (size_t i = 0; i < attributes->n; i++) {
			const struct govuk_attribute *a = &attributes->item[i];
			H(b, " ");
			text(b, a->name);
			if (a->bare)
				continue;
			H(b, "=\"");
			text(b, a->value);
			H(b, "\"");
		}
	}
}

void govuk_part_id(struct buf *b, struct govuk_id id)
{
	text(b, id.base);
	if (id.number > 1) {
		H(b, "-");
		buf_int(b, (int64_t)id.number);
	}
	text(b, id.suffix);
}

void govuk_part_i18n(struct buf *b, str key, str message)
{
	if (message.n == 0)
		return;
	H(b, " data-i18n.");
	text(b, key);
	H(b, "=\"");
	text(b, message);
	H(b, "\"");
}

void govuk_part_i18n_plural(struct buf *b, str key, const struct govuk_attributes *messages)
{
	for (size_t i = 0; i < messages->n; i++) {
		H(b, " data-i18n.");
		text(b, key);
		H(b, ".");
		text(b, messages->item[i].name);
		H(b, "=\"");
		text(b, messages->item[i].value);
		H(b, "\"");
	}
}

void govuk_part_choice(struct buf *b, str name, enum govuk_choice choice)
{
	if (choice == GOVUK_DEFAULT)
		return;
	H(b, " data-");
	text(b, name);
	if (choice == GOVUK_YES)
		H(b, "=\"true\"");
	else
		H(b, "=\"false\"");
}
