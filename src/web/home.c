#include "web/page.h"

/* Where a person begins: their caseload, or, where their role has none, a word on what it is for. */
void home_show(struct page *page)
{
	struct buf *b = page->out;
	if (!page->signed_in) {
		page_redirect(page, S("/sign-in"));
		return;
	}
	if (policy_may(page->actor.role, MAY_LIST_CASELOAD, RELATION_OWN, OPEN)) {
		page_redirect(page, S("/caseload"));
		return;
	}
	page_open(page, S("You are signed in"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
	     "<h1 class=\"govuk-heading-l\">You are signed in</h1>\n<p class=\"govuk-body\">Your role is ");
	text(b, role_words(page->actor.role));
	H(b, ". It sees no child’s record, and has no caseload.</p>\n<p class=\"govuk-body\">People, "
	     "imports and backups are looked after on the server, with the commands that <code>duly "
	     "help</code> lists.</p>\n</div></div>\n");
	page_close(page);
}
