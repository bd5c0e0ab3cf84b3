/* cover_one.c - one arrangement of cover or handover: who is to receive which children, the answer to
 * it, and its end. */
#include "web/cover.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_tag.h"
#include "html/govuk_textarea.h"
#include "html/show_list.h"
#include "web/later.h"
#include "web/say.h"

struct one {
	struct cover cover;
	struct cover_children children;
	struct problems problems;
	str why;
	bool accept;
	int64_t *subject;
	size_t n;
};

static bool read_one(struct page *page, struct one *one, struct err *err)
{
	return store_cover_read(
		       page->store, page->arena, &page->actor, page->id, &one->cover, err) &&
		store_cover_children(page->store, page->arena, &page->actor, page->id,
			&one->children, err);
}

static void state_tag(struct buf *b, enum cover_state state)
{
	static const struct {
		str words, classes;
	} tags[] = {
		[COVER_PROPOSED] = { S_INIT("Waiting"), S_INIT("govuk-tag--yellow") },
		[COVER_ACCEPTED] = { S_INIT("Accepted"), S_INIT("govuk-tag--green") },
		[COVER_REFUSED] = { S_INIT("Refused"), S_INIT("govuk-tag--red") },
		[COVER_WITHDRAWN] = { S_INIT("Withdrawn"), S_INIT("govuk-tag--grey") },
		[COVER_ENDED] = { S_INIT("Ended"), S_INIT("govuk-tag--grey") },
	};
	govuk_tag(b, .text = tags[state].words, .classes = tags[state].classes);
}

static bool waits_for_me(const struct page *page, const struct cover_child *child)
{
	return child->state == COVER_PROPOSED && child->receiver == page->actor.user;
}

static bool was_picked(const struct one *one, int64_t subject)
{
	for (size_t i = 0; i < one->n; i++) {
		if (one->subject[i] == subject)
			return true;
	}
	return one->n == 0;
}

static void child_row(struct page *page, const struct one *one, const struct cover_child *child)
{
	struct buf *b = page->out;
	bool mine = waits_for_me(page, child);
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	if (mine) {
		H(b, "<div class=\"govuk-checkboxes govuk-checkboxes--small\"><div "
		     "class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
		     "type=\"checkbox\" name=\"child\" id=\"child-");
		text_id(b, child->subject);
		H(b, "\" value=\"");
		text_id(b, child->subject);
		H(b, "\"");
		if (was_picked(one, child->subject))
			H(b, " checked");
		H(b, "><label class=\"govuk-label govuk-checkboxes__label\" for=\"child-");
		text_id(b, child->subject);
		H(b, "\">");
	}
	if (child->level == 2)
		text_child_name(b, child->forename, child->surname, child->number);
	else
		H(b, "Child ");
	if (child->level != 2)
		text(b, child->number);
	cover_council(page, child->authority);
	if (mine)
		H(b, "</label></div></div>");
	H(b, "</th><td class=\"govuk-table__cell\">");
	text_child_kind(b, child->looked_after, child->on_plan);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, child->as_iro ? S("Reviewing officer")
		       : child->as_chair  ? S("Conference chair")
		       : child->as_worker ? S("Social worker")
					  : S("No longer stands with them"));
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, child->receiver_name);
	H(b, "</td><td class=\"govuk-table__cell\">");
	state_tag(b, child->state);
	if (child->answer.n > 0) {
		H(b, " ");
		text(b, child->answer);
	}
	H(b, "</td></tr>\n");
}

static str problem_at(const struct problems *problems, str field)
{
	for (size_t i = 0; i < problems->n; i++) {
		if (str_equal(problems->item[i].field, field))
			return problems->item[i].message;
	}
	return (str){ 0 };
}

/* The rest of the form in which the table stands. */
static void answer_form(struct page *page, const struct one *one, int64_t waiting)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Your answer</h2>\n<p class=\"govuk-body\">");
	text_int(b, waiting);
	text(b, waiting == 1 ? S(" child waits for you.") : S(" children wait for you."));
	H(b, " Your answer is for those that are ticked above.</p>\n");
	govuk_textarea(b, .label = { .text = S("If you refuse, why") }, .name = S("why"),
		.id = S("why"), .value = one->why, .rows = 3,
		.error = { .text = problem_at(&one->problems, S("why")) });
	H(b, "<div class=\"govuk-button-group\">\n");
	govuk_button(b, .text = S("Accept these children"), .name = S("answer"),
		.value = S("accept"), .prevent_double_click = GOVUK_YES);
	govuk_button(b, .text = S("Refuse these children"), .name = S("answer"),
		.value = S("refuse"), .classes = S("govuk-button--secondary"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</div></form>\n");
}

/* A link lands on the field: of several boxes on the first. */
static str target(struct page *page, const struct one *one, str field)
{
	for (size_t i = 0; str_equal(field, S("children")) && i < one->children.n; i++) {
		if (waits_for_me(page, &one->children.item[i]))
			return arena_format(page->arena, "#child-%lld",
				(long long)one->children.item[i].subject);
	}
	return arena_format(page->arena, "#%.*s", STR_ARGS(field));
}

static void errors(struct page *page, const struct one *one)
{
	const struct problems *problems = &one->problems;
	struct govuk_error *error = arena_take(page->arena, problems->n + 1, sizeof *error);
	for (size_t i = 0; i < problems->n; i++)
		error[i] = (struct govuk_error){ .text = problems->item[i].message,
			.href = target(page, one, problems->item[i].field) };
	if (problems->n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"),
			.errors = error, .n_errors = problems->n);
}

static void facts(struct page *page, const struct cover *cover)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">");
	text(b, cover_reason_words(cover->reason));
	H(b, " of ");
	text(b, cover->away_name);
	H(b, ": ");
	text(b, cover_days(page, cover->first, cover->last));
	H(b, ". Proposed by ");
	text(b, cover->proposer_name);
	H(b, " on ");
	buf_instant_words(b, cover->proposed_at);
	H(b, ".</p>\n");
	if (cover->reason == COVER_LEAVING)
		H(b, "<p class=\"govuk-body\">Who accepts takes the children over for good: with "
		     "what was begun and not saved, and with what waits in the inbox.</p>\n");
	else
		H(b, "<p class=\"govuk-body\">Who accepts sees the children on these days only. They "
		     "stay with the person who is away.</p>\n");
	if (cover->note.n > 0) {
		H(b, "<h2 class=\"govuk-heading-m\">What to know first</h2>\n<p "
		     "class=\"govuk-body app-said\">");
		text(b, cover->note);
		H(b, "</p>\n");
	}
}

static void one_page(struct page *page, const struct one *one)
{
	static const str head[] = { S_INIT("Child"), S_INIT("Now"), S_INIT("Stands with them as"),
		S_INIT("To"), S_INIT("State") };
	struct buf *b = page->out;
	const struct cover *cover = &one->cover;
	int64_t waiting = 0;
	int64_t *subject = arena_take(page->arena, one->children.n + 1, sizeof *subject);
	page->layout.back_href = S("/cover");
	page->layout.back_text = S("Cover and handover");
	page->layout.error = one->problems.n > 0;
	cover_open(page, cover->reason == COVER_LEAVING ? S("Handover") : S("Cover"));
	errors(page, one);
	facts(page, cover);
	for (size_t i = 0; i < one->children.n; i++)
		waiting += waits_for_me(page, &one->children.item[i]);
	if (waiting > 0)
		layout_form_open(b, arena_format(page->arena, "/cover/%lld", (long long)page->id),
			page->csrf);
	cover_table_open(b, S("Children"), head, sizeof head / sizeof *head);
	for (size_t i = 0; i < one->children.n; i++) {
		child_row(page, one, &one->children.item[i]);
		subject[i] = one->children.item[i].subject;
	}
	cover_table_close(b);
	if (waiting > 0)
		answer_form(page, one, waiting);
	bool theirs = page->actor.user == cover->away || page->actor.user == cover->proposed_by ||
		cover_may_allocate(page);
	bool runs = cover->waiting > 0 || (cover->accepted > 0 && cover->reason != COVER_LEAVING);
	if (theirs && cover->refused > 0) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href",
			arena_format(page->arena, "%s?away=%lld&again=%lld",
				cover->reason == COVER_LEAVING ? "/handover" : "/cover/new",
				(long long)cover->away, (long long)cover->id));
		H(b, ">Ask somebody else</a></p>\n");
	}
	if (theirs && runs)
		cover_button(page,
			arena_format(page->arena, "/cover/%lld/end", (long long)page->id),
			cover->accepted > 0 ? S("End this arrangement")
					    : S("Withdraw this proposal"),
			S("govuk-button--warning"));
	cover_close(page);
	page_looked(page, S("look:cover"), subject, one->children.n);
}

void cover_one_show(struct page *page)
{
	struct one one = { 0 };
	struct err err;
	if (!read_one(page, &one, &err))
		page_failed(page, &err);
	else
		one_page(page, &one);
}

/* ---- answering, ending */

static bool answer_work(struct page *page, struct store *store, struct err *err)
{
	struct one *one = page->own;
	struct cover_answer answer = { .cover = page->id,
		.subject = one->subject,
		.n = one->n,
		.accept = one->accept,
		.why = one->why };
	return store_cover_answer(
		store, page->arena, &page->actor, &answer, &one->problems, err);
}

static void answer_done(struct page *page, const struct err *failed)
{
	struct one *one = page->own;
	struct err err;
	if (failed == NULL)
		page_redirect(page,
			arena_format(page->arena, "/cover/%lld?done=%s", (long long)page->id,
				one->accept ? "accepted" : "refused"));
	else if (failed->code != ERR_INPUT)
		page_failed(page, failed);
	else if (!read_one(page, one, &err))
		page_failed(page, &err);
	else {
		page->status = 422;
		one_page(page, one);
	}
}

void cover_one_send(struct page *page)
{
	struct one *one = arena_new(page->arena, struct one);
	size_t at = 0;
	str value;
	one->subject = arena_take(page->arena, page->form.n + 1, sizeof *one->subject);
	while (form_next(&page->form, S("child"), &at, &value)) {
		if (str_int(value, &one->subject[one->n]))
			one->n++;
	}
	one->accept = str_equal(form_value(&page->form, S("answer")), S("accept"));
	one->why = form_value(&page->form, S("why"));
	page->own = one;
	if (one->n == 0) {
		struct err none = { .code = ERR_INPUT };
		problem_add(page->arena, &one->problems, S("children"),
			S("Select the children that your answer is for"));
		answer_done(page, &none);
		return;
	}
	page_write(page, answer_work, answer_done);
}

static bool end_work(struct page *page, struct store *store, struct err *err)
{
	return store_cover_end(store, page->arena, &page->actor, page->id, err);
}

static void end_done(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page,
			arena_format(page->arena, "/cover/%lld?done=ended", (long long)page->id));
}

void cover_end_send(struct page *page)
{
	page_write(page, end_work, end_done);
}
