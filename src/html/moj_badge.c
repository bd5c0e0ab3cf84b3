#include "html/moj_badge.h"

#include "html/govuk_part.h"

void moj_badge(struct buf *b, str words, str classes)
{
	H(b, "<span class=\"moj-badge");
	govuk_part_classes(b, classes);
	H(b, "\">");
	text(b, words);
	H(b, "</span>");
}
