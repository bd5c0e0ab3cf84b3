/* matter.c - one matter: its clocks, each with why, what was done, and what can be written down next. */
#include "web/matter.h"

#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_table.h"
#include "html/show_clock.h"
#include "law/codes.h"
#include "store/stood.h"
#include "web/child.h"
#include "web/policy_line.h"
#include "web/say.h"

str matter_name(struct page *page, const struct matter_row *row)
{
	return arena_format(page->arena, "%.*s %.*s", STR_ARGS(matter_kind_of(row->kind)->title),
		STR_ARGS(row->reference));
}

void matter_caption(struct page *page)
{
	struct buf *b = page->out;
	const struct matter_row *row = &page->matter;
	text(b, matter_name(page, row));
	if (row->child != 0) {
		H(b, " · ");
		text_child_name(b, row->forename, row->surname, row->number);
	}
}

void matter_looked(struct page *page)
{
	int64_t *seen = arena_take(page->arena, 2, sizeof *seen);
	seen[0] = page->matter.subject;
	seen[1] = page->matter.child;
	page_looked(page, S("look:matter"), seen, page->matter.child != 0 ? 2 : 1);
}

str matter_way(struct page *page, enum word word)
{
	const struct matter_step_kind *kind = matter_step_find(word_text(word));
	if (kind == NULL || !record_may(page, &matter_step_type))
		return (str){ 0 };
	return record_subject_address(page, arena_format(page->arena, "/record/matter_step?kind=%.*s",
						    STR_ARGS(kind->text)));
}

void matter_links(struct page *page)
{
	struct buf *b = page->out;
	str name = matter_list_name(page->actor.role);
	if (name.n == 0)
		return;
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", arena_format(page->arena, "/matters?state=all&child=%lld", (long long)page->id));
	H(b, ">");
	text(b, name);
	H(b, " about this child</a></p>\n");
	if (!matter_may_write(page->actor.role, SUBJECT_DISPUTE))
		return;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href", arena_format(page->arena, "/matters/new?step=dispute-raised&of=%lld",
				(long long)page->id));
	H(b, ">Raise a dispute</a></p>\n");
}

/* ---- what it is */

struct seen {
	struct stored_list is, steps;
	struct clocks clocks;
	struct stood_list stood;
};

static bool see(struct page *page, struct seen *seen, struct err *err)
{
	if (!store_clocks(page->store, page->arena, page->id, &seen->clocks, err))
		return false;
	child_clocks_sort(&seen->clocks, page->today);
	if (page->matter.level < 2)
		return true;
	return store_records(page->store, page->arena, page->id, &matter_type, &seen->is, err) &&
		store_records(page->store, page->arena, page->id, &matter_step_type, &seen->steps, err) &&
		store_stood(page->store, page->arena, (str){ 0 }, page->id, &seen->clocks, &seen->stood,
			err);
}

static struct markup child_link(struct page *page)
{
	struct buf words = { 0 };
	matter_child(&words, &page->matter);
	struct markup kept = { arena_str(page->arena, html_markup(&words).s) };
	buf_close(&words);
	return kept;
}

static void what(struct page *page, const struct seen *seen)
{
	const struct matter_row *row = &page->matter;
	const struct matter_kind *kind = matter_kind_of(row->kind);
	const struct matter *matter = seen->is.n == 0 ? NULL : seen->is.item[0].record;
	struct govuk_summary_row line[5];
	size_t n = 0;
	if (row->child != 0)
		line[n++] = (struct govuk_summary_row){ .key = { .text = S("Child") },
			.value = { .html = child_link(page) } };
	if (kind->about.n > 0 && row->level >= 2)
		line[n++] = (struct govuk_summary_row){ .key = { .text = kind->about },
			.value = { .text = row->about } };
	if (matter != NULL && row->kind == SUBJECT_DISPUTE)
		line[n++] = (struct govuk_summary_row){ .key = { .text = S("Does the child agree?") },
			.value = { .text = matter->agreed == ANSWER_YES ? S("Yes")
					: matter->agreed == ANSWER_NO  ? S("No: raised all the same")
								       : S("Not recorded") } };
	if (matter != NULL && matter->elsewhere.n > 0)
		line[n++] = (struct govuk_summary_row){ .key = { .text = S("Reference elsewhere") },
			.value = { .text = matter->elsewhere } };
	if (n > 0)
		govuk_summary_list(page->out, .rows = line, .n_rows = n);
}

/* ---- what was done */

static void said(struct buf *b, str question, str answer)
{
	if (answer.n == 0)
		return;
	H(b, "<div>");
	text(b, question);
	text(b, question.n > 0 ? S(" ") : (str){ 0 });
	text(b, answer);
	H(b, "</div>");
}

static void step_row(struct page *page, const struct stored *stored)
{
	struct buf *b = page->out;
	const struct matter_step *step = stored->record;
	const struct matter_step_kind *kind = matter_step_find(step->kind);
	if (kind == NULL)
		return;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\"");
	attr(b, "href", record_address(page, stored->id, S("/history")));
	H(b, ">");
	text(b, kind->title);
	H(b, "</a></th><td class=\"govuk-table__cell\">");
	text_day(b, step->on);
	H(b, "</td><td class=\"govuk-table__cell app-long\">");
	said(b, kind->question, kind->choice == NULL ? (str){ 0 } : code_meaning(kind->choice, step->choice));
	said(b, kind->regards_question,
		kind->regards == NULL ? (str){ 0 } : code_meaning(kind->regards, step->regards));
	said(b, kind->answer_question,
		kind->answer_key.n == 0             ? (str){ 0 }
			: step->answer == ANSWER_YES ? S("Yes")
						     : S("No"));
	said(b, (str){ 0 }, step->note);
	H(b, "</td></tr>\n");
}

/* Latest first, and of one day what was written last first. */
static void sort_steps(struct stored_list *steps)
{
	for (size_t i = 1; i < steps->n; i++) {
		struct stored moving = steps->item[i];
		day on = ((const struct matter_step *)moving.record)->on;
		size_t at = i;
		for (; at > 0 && ((const struct matter_step *)steps->item[at - 1].record)->on <= on; at--)
			steps->item[at] = steps->item[at - 1];
		steps->item[at] = moving;
	}
}

static void done(struct page *page, struct seen *seen)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">What was done</h2>\n");
	if (seen->steps.n == 0) {
		H(b, "<p class=\"govuk-body\">Nothing is recorded yet.</p>\n");
	} else {
		const struct govuk_table_cell head[] = { { .text = S("Step") }, { .text = S("Date") },
			{ .text = S("What was said") } };
		govuk_table_open(b, &(struct govuk_table){ .caption = S("Latest first"),
			.caption_classes = S("govuk-visually-hidden"), .head = head, .n_head = 3 });
		sort_steps(&seen->steps);
		for (size_t i = 0; i < seen->steps.n; i++)
			step_row(page, &seen->steps.item[i]);
		govuk_table_close(b);
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", record_subject_address(page, S("/records")));
	H(b, ">Everything recorded, with what was withdrawn</a></p>\n");
}

/* ---- what can be written down next */

static void next(struct page *page, const struct seen *seen)
{
	struct buf *b = page->out;
	if (page->matter.withdrawn || !record_may(page, &matter_step_type))
		return;
	H(b, "<h2 class=\"govuk-heading-m app-no-print\">Record what was done</h2>\n"
	     "<ul class=\"govuk-list app-no-print\">\n");
	for (size_t i = 0; i < matter_step_kinds_n; i++) {
		const struct matter_step_kind *kind = &matter_step_kinds[i];
		if (word_rows[kind->word].subject != page->matter.kind)
			continue;
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", matter_way(page, kind->word));
		H(b, ">");
		text(b, kind->title);
		H(b, "</a></li>\n");
	}
	H(b, "</ul>\n");
	if (seen->is.n == 0)
		return;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href", record_address(page, seen->is.item[0].id, (str){ 0 }));
	H(b, ">Correct what it is about, or withdraw it</a></p>\n");
}

/* Who may know that it is there, and no more: its clocks, without the child and without words. */
static void counted(struct page *page)
{
	struct buf *b = page->out;
	if (page->matter.names_child)
		govuk_inset_text(b, .text = S("You see the dates of this and not the child whom it "
					      "concerns, nor what was written."));
	else
		govuk_inset_text(b, .text = S("You see the dates of this and not what was written."));
}

void matter_show(struct page *page)
{
	struct seen seen = { 0 };
	struct err err;
	struct buf *b = page->out;
	if (!see(page, &seen, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/matters");
	page->layout.back_text = matter_list_name(page->actor.role);
	page->layout.current = S("/matters");
	page_open(page, matter_name(page, &page->matter));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (form_has(&page->query, S("opened")))
		govuk_notification_banner(b, .type = S("success"),
			.text = arena_format(page->arena, "%.*s is recorded.",
				STR_ARGS(matter_name(page, &page->matter))));
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, matter_name(page, &page->matter));
	H(b, "</h1>\n");
	if (page->matter.withdrawn)
		govuk_inset_text(b, .text = S("Withdrawn: it was never so. It has no clocks."));
	if (page->matter.level < 2)
		counted(page);
	what(page, &seen);
	page->own = &seen.stood;
	child_clocks_all(page, &seen.clocks);
	if (page->matter.level >= 2) {
		done(page, &seen);
		next(page, &seen);
		record_drafts(page);
	}
	policy_line_matters(page);
	H(b, "</div></div>\n");
	page_close(page);
	matter_looked(page);
}
