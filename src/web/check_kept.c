/* check_kept.c - what a check found is kept for the page of data quality, when somebody asks for it. */
#include "web/check.h"

#include "html/govuk_button.h"
#include "job/quality_find.h"
#include "store/quality.h"
#include "web/later.h"

/* One change of the writer's: nobody's save waits for more. */
enum { KEEP_MOST = 20000 };

struct keeping {
	str kind;
	struct quality_found found;
};

/* Of one with more than the worker told, counts would be wrong. */
static bool can_keep(const struct report *report)
{
	return report->found <= KEEP_MOST && report->n == report->found;
}

void check_kept_ask(struct page *page, const struct report *report)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Keep the findings</h2>\n");
	if (!can_keep(report)) {
		H(b, "<p class=\"govuk-body\">There are more than can be kept from here. Your system administrator can "
		     "keep them with <code>duly check --keep</code>.</p>\n");
		return;
	}
	H(b, "<p class=\"govuk-body\">Data quality then shows them by who can put them right, with a link to the field, "
	     "and counts them over time. They take the place of what was kept of this return’s files before. The files "
	     "themselves are not kept.</p>\n");
	layout_form_open(b, S("/check/keep"), page->csrf);
	govuk_button(b, .text = S("Keep the findings"), .classes = S("govuk-button--secondary"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static bool keep(struct page *page, struct store *store, struct err *err)
{
	const struct keeping *keeping = page->own;
	const struct quality_found *found = &keeping->found;
	const struct quality_check check = { .authority = page->actor.authority, .kind = keeping->kind,
		.year = found->year, .source = QUALITY_FILE, .children = found->children };
	int64_t id;
	return store_quality_keep(store, &page->actor, &check, found->item, found->n, found->unrun.item,
		found->unrun.n, &id, err);
}

static void kept(struct page *page, const struct err *failed)
{
	struct keeping *keeping = page->own;
	quality_found_close(&keeping->found);
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, arena_format(page->arena, "/quality?return=%.*s&source=file", STR_ARGS(keeping->kind)));
}

void check_keep_send(struct page *page)
{
	struct check_draft draft;
	if (!check_open(page, &draft))
		return;
	if (!can_keep(&draft.report)) {
		page_redirect(page, CHECK_FOUND);
		return;
	}
	struct keeping *keeping = arena_new(page->arena, struct keeping);
	keeping->kind = draft.report.name;
	quality_found_of(page->arena, &draft.report, &keeping->found);
	page->own = keeping;
	page_write(page, keep, kept);
}
