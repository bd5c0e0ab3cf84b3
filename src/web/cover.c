/* cover.c - cover and handover: what waits for an answer, what stands, and what its pages share. */
#include "web/cover.h"

#include "html/govuk_button.h"
#include "html/govuk_notification_banner.h"
#include "html/moj_badge.h"
#include "html/show_list.h"
#include "store/setting.h"
#include "web/brand.h"
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

void cover_council(struct page *page, str authority)
{
	if (page->beside == 0)
		return;
	H(page->out, " ");
	moj_badge(page->out, brand_name(page, authority), (str){ 0 });
}

/* ---- tables */

void cover_table_open(struct buf *b, str caption, const str *head, size_t n)
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

void cover_table_close(struct buf *b)
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
	cover_table_open(b, caption, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < covers->n; i++) {
		const struct cover *cover = &covers->item[i];
		bool any = false;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\"><a class=\"govuk-link\" href=\"/cover/");
		text_id(b, cover->id);
		H(b, "\">");
		text(b, cover->away_name);
		H(b, "</a>");
		cover_council(page, cover->authority);
		H(b, "</th>");
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
	cover_table_close(b);
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
	cover_table_open(b, S("Caseloads"), head, sizeof head / sizeof *head);
	for (size_t i = 0; i < people->n; i++) {
		const struct cover_person *person = &people->item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		text(b, person->name);
		cover_council(page, person->authority);
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
	cover_table_close(b);
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
		store_cover_people(page->store, page->arena, &page->actor, 0, page->today,
			&listed->people, err) &&
		store_cover_nobody(page->store, page->arena, &page->actor, NOBODY_SHOWN,
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
