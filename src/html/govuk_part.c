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
