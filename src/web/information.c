#include "web/page.h"

#define P(b, words) H(b, "<p class=\"govuk-body\">" words "</p>\n")
#define H2(b, words) H(b, "<h2 class=\"govuk-heading-m\">" words "</h2>\n")

static struct buf *begin(struct page *page, str title)
{
	struct buf *b = page->out;
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
	     "<h1 class=\"govuk-heading-l\">");
	text(b, title);
	H(b, "</h1>\n");
	return b;
}

static void end(struct page *page)
{
	H(page->out, "</div></div>\n");
	page_close(page);
}

void accessibility_show(struct page *page)
{
	struct buf *b = begin(page, S("Accessibility statement"));
	P(b, "We want everyone whose work this is to be able to use Duly. You should be able to "
	     "zoom in up to 400% without text spilling off the screen, use every page with a "
	     "keyboard alone, and listen to it with a screen reader.");
	H2(b, "How accessible Duly is");
	P(b, "Duly aims to meet the Web Content Accessibility Guidelines version 2.2, level AA. "
	     "Every page works without JavaScript. No state is shown by colour alone.");
	P(b, "Automated checks run on every page. Duly has not yet been tested by people who use "
	     "screen readers, and has not been audited. Treat this statement as a draft until your "
	     "council has done both.");
	H2(b, "If something does not work for you");
	P(b, "Tell whoever looks after Duly in your council: which page, what you were doing, and "
	     "what you use to read the screen. You can ask for the same information on paper.");
	H2(b, "Enforcement");
	P(b, "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites "
	     "and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not "
	     "happy "
	     "with the answer to your complaint, contact the Equality Advisory and Support "
	     "Service.");
	end(page);
}

void privacy_show(struct page *page)
{
	struct buf *b = begin(page, S("Privacy"));
	P(b, "Duly holds what a council&rsquo;s safeguarding and reviewing service must know to "
	     "keep "
	     "its promises to children. The council is the controller of that information.");
	H2(b, "What is kept about you, who use Duly");
	P(b, "Your name, sign-in name, role and team; when you signed in; and a record of each "
	     "child "
	     "whose page you opened and each change you made. That record cannot be altered. It is "
	     "there so that a child, or a family, can be told who looked.");
	H2(b, "What is not done");
	P(b, "Duly sends nothing to anybody else: no analytics, no fonts or scripts from other "
	     "sites, "
	     "no e-mail with a child&rsquo;s details. Pages about children are not kept by your "
	     "browser.");
	P(b, "For how long records are kept, and how to ask for your own, see your council&rsquo;s "
	     "privacy notice.");
	end(page);
}

void cookies_show(struct page *page)
{
	struct buf *b = begin(page, S("Cookies"));
	P(b, "Duly uses cookies only to sign you in. They are strictly necessary, hold nothing about "
	     "you, and are sent to nobody else.");
	static const struct {
		str name, purpose, ends;
	} cookie[] = {
		{ S_INIT("duly, or __Host-duly"), S_INIT("Keeps you signed in"),
			S_INIT("When you sign out, after 30 minutes without a page, after 10 hours, "
			       "or when you close your browser") },
		{ S_INIT("duly-step, or __Host-duly-step"),
			S_INIT("Joins the two steps of signing in"), S_INIT("After 10 minutes") },
		{ S_INIT("duly-device, or __Host-duly-device"),
			S_INIT("Knows that this browser has signed in before, so that a stranger who "
			       "guesses at your password does not lock you out"),
			S_INIT("After a year") },
	};
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">The cookies that Duly sets</caption>\n"
	     "<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">What it is for</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">When it ends</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < sizeof cookie / sizeof *cookie; i++) {
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		text(b, cookie[i].name);
		H(b, "</th><td class=\"govuk-table__cell\">");
		text(b, cookie[i].purpose);
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, cookie[i].ends);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
	end(page);
}
