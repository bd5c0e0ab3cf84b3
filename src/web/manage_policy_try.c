/* manage_policy_try.c - what a change of the policy would do with every clock that it moves, and only
 * then the change. */
#include "html/govuk_button.h"
#include "html/show_list.h"
#include "web/children.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_policy.h"
#include "web/matter.h"
#include "web/say.h"

enum { SUBJECTS_AT_ONCE = 2000 };

static void day_cell(struct buf *b, day due, bool unknown)
{
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (due == DAY_UNKNOWN)
		H(b, "No clock");
	else
		text_day(b, due);
	if (unknown)
		H(b, "<span class=\"app-under\">Cannot be known</span>");
}

static void move_row(struct page *page, const struct local_move *move)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	if (move->matter)
		matter_link(b, move->subject, move->number);
	else
		children_link(b, CHILD_NAMED(move), S("/clocks"));
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, move->rule);
	day_cell(b, move->before, move->before != DAY_UNKNOWN && move->was == CLOCK_UNKNOWN);
	day_cell(b, move->after, move->after != DAY_UNKNOWN && move->will == CLOCK_UNKNOWN);
	if (move->will == CLOCK_OVERDUE && move->was != CLOCK_OVERDUE)
		H(b, " <strong class=\"govuk-tag govuk-tag--red\">Becomes overdue</strong>");
	if (move->law != DAY_UNKNOWN && move->law != move->after && move->law != move->before) {
		H(b, "<span class=\"app-under\">The national date: ");
		text_day(b, move->law);
		H(b, "</span>");
	}
	H(b, "</td></tr>\n");
}

static void counts(struct page *page, const struct policy_form *form)
{
	struct buf *b = page->out;
	const struct local_trial *trial = &form->trial;
	bool recorded = form->kind == LOCAL_RECORDED && !form->remove;
	H(b, "<p class=\"govuk-body-l\">");
	if (!recorded)
		H(b, "Moves ");
	text_int(b, recorded ? trial->known : trial->moved);
	text(b, (recorded ? trial->known : trial->moved) == 1 ? S(" clock") : S(" clocks"));
	text(b, recorded ? S(" can be known by it, ") : S(", "));
	text_int(b, trial->overdue);
	text(b, trial->overdue == 1 ? S(" becomes overdue.") : S(" become overdue."));
	H(b, "</p>\n<ul class=\"govuk-list govuk-list--bullet\"><li>");
	text_int(b, trial->children);
	text(b, trial->children == 1 ? S(" child") : S(" children"));
	if (trial->matters > 0) {
		H(b, "</li>\n<li>");
		text_int(b, trial->matters);
		text(b, trial->matters == 1 ? S(" matter that is no child: a dispute, a home, a complaint")
					    : S(" matters that are no child: disputes, homes, complaints"));
	}
	if (trial->new_clocks > 0) {
		H(b, "</li>\n<li>New clocks: ");
		text_int(b, trial->new_clocks);
	}
	if (trial->known > 0 && !recorded) {
		H(b, "</li>\n<li>Clocks that could not be known, and are counted then: ");
		text_int(b, trial->known);
	}
	if (trial->unknown > 0) {
		H(b, "</li>\n<li>Clocks that cannot be known then: ");
		text_int(b, trial->unknown);
	}
	if (trial->gone > 0) {
		H(b, "</li>\n<li>Clocks that will be no more: ");
		text_int(b, trial->gone);
	}
	H(b, "</li>\n<li>Finished ones that will be judged otherwise: ");
	text_int(b, trial->late);
	H(b, "</li></ul>\n");
}

static void moves(struct page *page, const struct local_trial *trial)
{
	struct buf *b = page->out;
	if (trial->n == 0)
		return;
	show_wide_open(b, S("Which clocks move"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">Which");
	if ((int64_t)trial->n < trial->moved + trial->new_clocks + trial->gone + trial->known) {
		H(b, ": the first ");
		text_int(b, (int64_t)trial->n);
	}
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Child</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Clock</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Due now</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Due then</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < trial->n; i++)
		move_row(page, &trial->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void typed_again(struct page *page, const struct policy_form *form)
{
	struct buf *b = page->out;
	manage_policy_about(page, form);
	layout_hidden(b, S("act"), form->remove ? S("remove") : S("set"));
	layout_hidden(b, S("n"), form->n);
	layout_hidden(b, S("unit"), form->unit);
	layout_hidden(b, S("choice"), form->choice);
	layout_hidden(b, S("title"), form->title);
	layout_hidden(b, S("from-day"), form->from.day);
	layout_hidden(b, S("from-month"), form->from.month);
	layout_hidden(b, S("from-year"), form->from.year);
	layout_hidden(b, S("to-day"), form->to.day);
	layout_hidden(b, S("to-month"), form->to.month);
	layout_hidden(b, S("to-year"), form->to.year);
	layout_hidden(b, S("author"), form->author);
	layout_hidden(b, S("reason"), form->reason);
	layout_hidden(b, S("approved"), form->approved);
}

static void draw(struct page *page, struct policy_form *form)
{
	struct buf *b = page->out;
	manage_open(page, POLICY, S("What this policy does"), &form->mistakes);
	H(b, "<p class=\"govuk-body\">");
	text(b, manage_policy_title(form));
	if (form->remove) {
		text(b, form->kind == LOCAL_RECORDED
				? S(": what is not written down cannot be known any more.")
				: S(": the council’s own is removed, and the law’s stands."));
	} else if (form->kind == LOCAL_FIGURE) {
		H(b, ": ");
		text(b, form->n);
		H(b, " ");
		text(b, form->unit);
	}
	H(b, "</p>\n");
	counts(page, form);
	H(b, "<p class=\"govuk-body\">Nothing is changed yet.</p>\n");
	layout_form_open(b, POLICY, page->csrf);
	typed_again(page, form);
	govuk_button(b, .text = form->remove ? S("Remove it from the policy") : S("Set this policy"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/manage/policy\">Leave it as "
	     "it is</a></p>\n");
	moves(page, &form->trial);
	manage_close(page);
	int64_t *subject = arena_take(page->arena, form->trial.n + 1, sizeof *subject);
	for (size_t i = 0; i < form->trial.n; i++)
		subject[i] = form->trial.item[i].subject;
	page_looked(page, S("look:policy"), subject, form->trial.n);
}

static void try_work(struct page *page)
{
	struct policy_form *form = page->own;
	struct store *reader = web_reader(page->web);
	form->err = (struct err){ 0 };
	if (!store_local_try(reader, page->arena, &page->actor, form->text, &form->trial, &form->err) &&
		form->err.code == ERR_NONE)
		form->err.code = ERR_IO;
	web_reader_back(page->web, reader);
}

static void tried(struct page *page, const struct err *failed)
{
	struct policy_form *form = page->own;
	const struct err *err = failed != NULL ? failed : &form->err;
	if (failed == NULL && form->err.code == ERR_NONE)
		draw(page, form);
	else if (err->code == ERR_INPUT)
		manage_policy_refuse(page, form, err);
	else
		page_failed(page, err);
}

void manage_policy_edit_send(struct page *page)
{
	struct policy_form *form = arena_new(page->arena, struct policy_form);
	page->own = form;
	if (manage_policy_read(page, form))
		page_work(page, try_work, tried);
}

/* ---- the change */

static bool set_work(struct page *page, struct store *store, struct err *err)
{
	struct policy_form *form = page->own;
	int64_t version;
	bool more;
	str why = arena_format(page->arena, "%.*s: %.*s", STR_ARGS(manage_policy_title(form)),
		STR_ARGS(form->remove ? S("removed") : form->reason));
	return store_local_set(store, &page->actor, form->text, why, form->seen, &version, err) &&
		store_local_turn(store, SUBJECTS_AT_ONCE, &more, err);
}

static void set_done(struct page *page, const struct err *failed)
{
	struct policy_form *form = page->own;
	if (failed == NULL)
		manage_done(page, POLICY, S("policy"));
	else if (failed->code == ERR_INPUT || failed->code == ERR_STALE)
		manage_policy_refuse(page, form, failed);
	else
		page_failed(page, failed);
}

void manage_policy_send(struct page *page)
{
	struct policy_form *form = arena_new(page->arena, struct policy_form);
	page->own = form;
	if (manage_policy_read(page, form))
		page_write(page, set_work, set_done);
}
