/* cover.c - cover and handover: what waits for an answer, what stands, and one arrangement. */
#include "web/cover.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_tag.h"
#include "html/govuk_textarea.h"
#include "html/show_list.h"
#include "store/setting.h"
#include "web/later.h"
#include "web/say.h"

enum { NOBODY_SHOWN = 50 };

static const struct {
	str word, words;
} deeds[] = {
	{ S_INIT("proposed"), S_INIT("Proposed. Nothing moves until it is accepted.") },
	{ S_INIT("accepted"), S_INIT("Accepted.") },
	{ S_INIT("refused"), S_INIT("Refused. The children stay where they are, and who proposed it "
				    "has been told.") },
	{ S_INIT("ended"), S_INIT("Ended. Who was to receive the children has been told.") },
};

/* ---- shared */

bool cover_norm(struct page *page, struct caseload_norm *norm, struct err *err)
{
	str value, rest, least;
	*norm = (struct caseload_norm){ 50, 70 };
	if (!store_setting_of(page->store, page->arena, page->actor.authority,
		    S("caseload-norm"), &value, err))
		return false;
	/* "50-70", or the upper end alone. */
	rest = value;
	struct caseload_norm set = { .least = 0 };
	bool range = str_split(&rest, '-', &least) && rest.p != NULL;
	if (range && str_int(least, &set.least) && str_int(rest, &set.most) && set.least >= 0 &&
		set.most >= set.least)
		*norm = set;
	else if (!range && str_int(value, &set.most) && set.most > 0)
		*norm = (struct caseload_norm){ set.most < norm->least ? set.most : norm->least,
			set.most };
	return true;
}

str cover_load(struct page *page, int64_t children, const struct caseload_norm *norm)
{
	return arena_format(page->arena, "%lld %s%s", (long long)children,
		children == 1 ? "child" : "children",
		children > norm->most ? ", over the norm" : "");
}

bool cover_may_allocate(const struct page *page)
{
	return policy_role_may(page->actor.role, MAY_ALLOCATE);
}

str cover_reason_words(enum cover_reason reason)
{
	static const str words[] = { S_INIT("Leave"), S_INIT("Sickness"), S_INIT("Leaving") };
	return words[reason];
}

static str day_words(struct page *page, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

str cover_days(struct page *page, day first, day last)
{
	if (last == DAY_UNKNOWN)
		return arena_format(page->arena, "From %.*s", STR_ARGS(day_words(page, first)));
	if (first == last)
		return day_words(page, first);
	return arena_format(page->arena, "%.*s to %.*s", STR_ARGS(day_words(page, first)),
		STR_ARGS(day_words(page, last)));
}

void cover_open(struct page *page, str title)
{
	page_open(page, title);
	str word = form_value(&page->query, S("done"));
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		if (str_equal(deeds[i].word, word))
			govuk_notification_banner(page->out, .type = S("success"),
				.text = deeds[i].words);
	}
	H(page->out, "<h1 class=\"govuk-heading-l\">");
	text(page->out, title);
	H(page->out, "</h1>\n");
}

void cover_close(struct page *page)
{
	page_close(page);
}

void cover_button(struct page *page, str action, str words, str classes)
{
	layout_form_open(page->out, action, page->csrf);
	govuk_button(page->out, .text = words, .classes = classes,
		.prevent_double_click = GOVUK_YES);
	H(page->out, "</form>\n");
}

/* ---- tables */

static void table_open(struct buf *b, str caption, const str *head, size_t n)
{
	show_wide_open(b, caption);
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">");
	text(b, caption);
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < n; i++) {
		H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
		text(b, head[i]);
		H(b, "</th>");
	}
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
}

static void table_close(struct buf *b)
{
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void cell(struct buf *b, str words)
{
	H(b, "<td class=\"govuk-table__cell\">");
	text(b, words);
	H(b, "</td>");
}

static void counted(struct buf *b, int64_t n, str words, bool *any)
{
	if (n == 0)
		return;
	if (*any)
		H(b, ", ");
	*any = true;
	text_int(b, n);
	H(b, " ");
	text(b, words);
}

static void covers_table(struct page *page, str caption, const struct covers *covers)
{
	static const str head[] = { S_INIT("Who is away"), S_INIT("Why"), S_INIT("Days"),
		S_INIT("To"), S_INIT("Children") };
	struct buf *b = page->out;
	table_open(b, caption, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < covers->n; i++) {
		const struct cover *cover = &covers->item[i];
		bool any = false;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\"><a class=\"govuk-link\" href=\"/cover/");
		text_id(b, cover->id);
		H(b, "\">");
		text(b, cover->away_name);
		H(b, "</a></th>");
		cell(b, cover_reason_words(cover->reason));
		cell(b, cover_days(page, cover->first, cover->last));
		cell(b, cover->receiver_name);
		H(b, "<td class=\"govuk-table__cell\">");
		counted(b, cover->waiting, S("waiting"), &any);
		counted(b, cover->accepted, S("accepted"), &any);
		counted(b, cover->refused, S("refused"), &any);
		counted(b, cover->over, S("ended"), &any);
		H(b, "</td></tr>\n");
	}
	table_close(b);
}

static void nobody(struct page *page, const struct cover_nobodies *nobody)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Children with nobody</h2>\n");
	if (nobody->n == 0) {
		H(b, "<p class=\"govuk-body\">None. Every looked after child has a reviewing officer, "
		     "and every child on a plan a chair.</p>\n");
		return;
	}
	H(b, "<p class=\"govuk-body\"><strong>");
	text_int(b, nobody->total);
	H(b, "</strong> have no reviewing officer or chair who can sign in.</p>\n<ul "
	     "class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < nobody->n; i++) {
		const struct cover_nobody *child = &nobody->item[i];
		H(b, "<li><a class=\"govuk-link\" href=\"/children/");
		text_id(b, child->subject);
		H(b, "\">Child ");
		text(b, child->number);
		H(b, "</a>: ");
		text(b, child->no_iro ? S("no reviewing officer") : S("no chair"));
		if (child->was.n > 0) {
			H(b, " (was ");
			text(b, child->was);
			H(b, ")");
		}
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

static void people_table(
	struct page *page, const struct cover_people *people, const struct caseload_norm *norm)
{
	static const str head[] = { S_INIT("Name"), S_INIT("Role"), S_INIT("Children"),
		S_INIT("Covering today"), S_INIT("Arrange") };
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">The norm is ");
	text_int(b, norm->least);
	H(b, " to ");
	text_int(b, norm->most);
	H(b, " children for a full-time reviewing officer. It is a setting; the IRO Handbook’s figure "
	     "is not yet checked against its source.</p>\n");
	table_open(b, S("Caseloads"), head, sizeof head / sizeof *head);
	for (size_t i = 0; i < people->n; i++) {
		const struct cover_person *person = &people->item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		text(b, person->name);
		H(b, "</th>");
		cell(b, role_words(person->role));
		cell(b, cover_load(page, person->children, norm));
		H(b, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		text_int(b, person->covering);
		H(b, "</td><td class=\"govuk-table__cell\">");
		if (person->children > 0) {
			H(b, "<a class=\"govuk-link\" href=\"/cover/new?away=");
			text_id(b, person->id);
			H(b, "\">Cover<span class=\"govuk-visually-hidden\"> for ");
			text(b, person->name);
			H(b, "</span></a> <a class=\"govuk-link\" href=\"/handover?away=");
			text_id(b, person->id);
			H(b, "\">Handover<span class=\"govuk-visually-hidden\"> from ");
			text(b, person->name);
			H(b, "</span></a>");
		}
		H(b, "</td></tr>\n");
	}
	table_close(b);
}

/* ---- the list */

struct listed {
	struct covers own, service;
	struct cover_people people;
	struct cover_nobodies nobody;
	struct caseload_norm norm;
};

static bool read_service(struct page *page, struct listed *listed, struct err *err)
{
	return store_cover_list(page->store, page->arena, &page->actor, true, page->today,
		       &listed->service, err) &&
		store_cover_people(page->store, page->arena, page->actor.authority, page->today,
			&listed->people, err) &&
		store_cover_nobody(page->store, page->arena, page->actor.authority, NOBODY_SHOWN,
			&listed->nobody, err) &&
		cover_norm(page, &listed->norm, err);
}

static void looked_nobody(struct page *page, const struct cover_nobodies *nobody)
{
	int64_t *subject = arena_take(page->arena, nobody->n + 1, sizeof *subject);
	for (size_t i = 0; i < nobody->n; i++)
		subject[i] = nobody->item[i].subject;
	page_looked(page, S("look:cover"), subject, nobody->n);
}

void cover_show(struct page *page)
{
	struct listed listed = { 0 };
	struct err err;
	bool service = cover_may_allocate(page);
	if (!store_cover_list(page->store, page->arena, &page->actor, false, page->today,
		    &listed.own, &err) ||
		(service && !read_service(page, &listed, &err))) {
		page_failed(page, &err);
		return;
	}
	cover_open(page, S("Cover and handover"));
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">A child stays with who has them until somebody has accepted "
	     "them.</p>\n<div class=\"govuk-button-group\">\n");
	govuk_button(b, .text = S("Arrange cover for my own leave"), .href = S("/cover/new"));
	govuk_button(b, .text = S("Hand over because I am leaving"), .href = S("/handover"),
		.classes = S("govuk-button--secondary"));
	H(b, "</div>\n");
	if (listed.own.n > 0)
		covers_table(page, S("Arrangements with you"), &listed.own);
	else
		H(b, "<p class=\"govuk-body\">There are no arrangements with you.</p>\n");
	if (service) {
		if (listed.service.n > 0)
			covers_table(page, S("In the service: waiting, refused or running"),
				&listed.service);
		nobody(page, &listed.nobody);
		people_table(page, &listed.people, &listed.norm);
	}
	cover_close(page);
	looked_nobody(page, &listed.nobody);
}

/* ---- one arrangement */

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
	table_open(b, S("Children"), head, sizeof head / sizeof *head);
	for (size_t i = 0; i < one->children.n; i++) {
		child_row(page, one, &one->children.item[i]);
		subject[i] = one->children.item[i].subject;
	}
	table_close(b);
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
