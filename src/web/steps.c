/* steps.c - what can be written down in a few words: every kind, in groups, each a link to its form. */
#include "web/matter.h"

#include "law/codes.h"
#include "record/step.h"

/* Steps that have a form of their own beside those of steps.def. */
static const struct {
	enum step_group group;
	const char *code; /* of codes_care_step */
} beside[] = {
	{ STEP_REVIEWS, "iro-service-notified" },
	{ STEP_REVIEWS, "iro-appointed" },
	{ STEP_REVIEWS, "cla-review-adjourned" },
	{ STEP_REVIEWS, "review-decisions-sent" },
	{ STEP_REVIEWS, "review-decisions-received" },
	{ STEP_REVIEWS, "review-record-completed" },
	{ STEP_REVIEWS, "review-record-distributed" },
	{ STEP_REVIEWS, "midway-held" },
	{ STEP_CHANGES, "care-plan-made" },
	{ STEP_PLACEMENTS, "placement-plan-made" },
	{ STEP_HEALTH, "dental-check-held" },
	{ STEP_HEALTH, "pep-initiated" },
	{ STEP_HEALTH, "pep-completed" },
	{ STEP_LEAVING, "pathway-needs-assessed" },
	{ STEP_LEAVING, "pathway-plan-made" },
	{ STEP_ADOPTION, "authority-to-place-obtained" },
	{ STEP_BREAKS, "short-break-series-began" },
	{ STEP_BREAKS, "short-break-review-held" },
};
enum { BESIDE = sizeof beside / sizeof *beside };

static void link_to(struct page *page, str address, str words)
{
	struct buf *b = page->out;
	H(b, "<li><a class=\"govuk-link\"");
	attr(b, "href", address);
	H(b, ">");
	text(b, words);
	H(b, "</a></li>\n");
}

/* Is there something of this child's that a step of that kind can belong to? */
static bool is_possible(const struct record_form *form, const struct step_kind *kind)
{
	struct field field = { .to = kind->to };
	bool any = kind->about != ABOUT_MUST;
	for (size_t i = 0; !any && i < form->choices; i++)
		any = form_may_be(&field, &form->choice[i]);
	return any;
}

static bool in_care(const struct record_form *form)
{
	static const struct step_kind care = { .about = ABOUT_MUST, .to = THREAD_CARE };
	return is_possible(form, &care);
}

static size_t count_group(const struct record_form *form, enum step_group group)
{
	size_t n = 0;
	for (size_t i = 0; i < step_kinds_n; i++)
		n += step_kinds[i].group == group && is_possible(form, &step_kinds[i]);
	for (size_t i = 0; i < BESIDE && in_care(form); i++)
		n += beside[i].group == group;
	return n;
}

/* What is known of a placement that no file carries: a correction of the placement itself. */
static void placements(struct page *page, const struct record_form *form)
{
	for (size_t i = 0; i < form->choices; i++) {
		const struct form_choice *choice = &form->choice[i];
		if ((choice->kind & THREAD_PLACEMENT) != 0 && !choice->over)
			link_to(page, record_address(page, choice->id, (str){ 0 }),
				arena_format(page->arena,
					"%.*s. Was it an emergency, outside the area, on temporary "
					"approval?", STR_ARGS(choice->words)));
	}
}

static void group_show(struct page *page, const struct record_form *form, enum step_group group)
{
	struct buf *b = page->out;
	if (count_group(form, group) == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-s govuk-!-margin-bottom-1\">");
	text(b, step_group_title(group));
	H(b, "</h2>\n<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < step_kinds_n; i++) {
		const struct step_kind *kind = &step_kinds[i];
		if (kind->group == group && is_possible(form, kind))
			link_to(page,
				arena_format(page->arena, "/children/%lld/record/child_step?kind=%.*s",
					(long long)page->id, STR_ARGS(kind->text)),
				kind->title);
	}
	for (size_t i = 0; i < BESIDE && in_care(form); i++) {
		str code = str_of(beside[i].code);
		if (beside[i].group == group)
			link_to(page,
				arena_format(page->arena, "/children/%lld/record/care_step?step=%.*s",
					(long long)page->id, STR_ARGS(code)),
				code_meaning(&codes_care_step, code));
	}
	if (group == STEP_PLACEMENTS)
		placements(page, form);
	H(b, "</ul>\n");
}

str record_way(struct page *page, enum word word)
{
	static const struct {
		enum word word;
		const char *type;
	} meetings[] = {
		{ WORD_CLA_REVIEW_HELD, "cla_review" },
		{ WORD_ADOPTION_REVIEW_HELD, "cla_review" },
		{ WORD_ICPC_HELD, "conference" },
		{ WORD_RCPC_HELD, "conference" },
		{ WORD_CORE_GROUP_HELD, "core_group" },
		{ WORD_CLA_VISIT_HELD, "visit" },
		{ WORD_CP_VISIT_HELD, "visit" },
		{ WORD_RETURN_INTERVIEW_HELD, "missing_episode" },
	};
	const struct record_type *type = NULL;
	const char *asked = "";
	if (page->matter.subject != 0)
		return matter_way(page, word);
	for (size_t i = 0; i < sizeof meetings / sizeof *meetings; i++) {
		if (meetings[i].word == word)
			type = record_type_find(str_of(meetings[i].type));
	}
	if (type == NULL && step_kind_find(word_text(word)) != NULL) {
		type = &child_step_type;
		asked = "?kind=";
	} else if (type == NULL && code_meaning(&codes_care_step, word_text(word)).n > 0) {
		type = &care_step_type;
		asked = "?step=";
	}
	if (type == NULL || !record_may(page, type))
		return (str){ 0 };
	return arena_format(page->arena, "/children/%lld/record/%.*s%s%.*s", (long long)page->id,
		STR_ARGS(type->name), asked,
		STR_ARGS(asked[0] == 0 ? (str){ 0 } : word_text(word)));
}

void steps_show(struct page *page)
{
	struct record_form form = { .type = &child_step_type, .today = page->today };
	struct err err;
	size_t absent = 0;
	if (!record_may(page, &child_step_type)) {
		page_problem(page, 403);
		return;
	}
	if (!record_choices(page, &form, &err)) {
		page_failed(page, &err);
		return;
	}
	record_page_open(page, S("What was done?"));
	record_heading(page, S("What was done?"));
	H(page->out, "<p class=\"govuk-body\">Each leads to a short form.</p>\n");
	for (int group = 0; group < STEP_GROUPS; group++)
		group_show(page, &form, (enum step_group)group);
	for (size_t i = 0; i < step_kinds_n; i++)
		absent += !is_possible(&form, &step_kinds[i]);
	if (absent > 0) {
		H(page->out, "<p class=\"govuk-hint\">");
		text(page->out, arena_format(page->arena,
			"%zu more belong to something that is not recorded for this child, as a period "
			"of being looked after, a plan or an order.", absent));
		H(page->out, "</p>\n");
	}
	record_page_close(page);
}
