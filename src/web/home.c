#include "web/page.h"

void home_show(struct page *page)
{
	page_redirect(page, S("/caseload"));
}
