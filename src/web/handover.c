/* handover.c - who leaves hands their children over: the same form, without an end, with a note. */
#include "web/cover.h"

void handover_show(struct page *page)
{
	cover_form_begin(page, true);
}
