/* record.c - what can be recorded of a child, and what is. */
#include "web/matter.h"

#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "html/govuk_table.h"
#include "html/show_word.h"
#include "web/say.h"

bool record_may(const struct page *page, const struct record_type *type)
{
	if (page->matter.subject != 0)
		return matter_is(type) && page->matter.level >= 2 &&
			matter_may_write(page->actor.role, page->matter.kind);
	return policy_role_may(page->actor.role, store_permission_of(type));
}

str record_subject_address(struct page *page, str then)
{
	return arena_format(page->arena, "/%s/%lld%.*s",
		page->matter.subject != 0 ? "matters" : "children", (long long)page->id,
		STR_ARGS(then));
}

str record_address(struct page *page, int64_t record, str then)
{
	return arena_format(page->arena, "/%s/%lld/records/%lld%.*s",
		page->matter.subject != 0 ? "matters" : "children", (long long)page->id,
		(long long)record, STR_ARGS(then));
}

/* "Dispute D-2" */
static str record_matter(struct page *page)
{
	return arena_format(page->arena, "%.*s %.*s", STR_ARGS(matter_kind_of(page->matter.kind)->title),
		STR_ARGS(page->matter.reference));
}

void record_page_open(struct page *page, str title)
{
	struct buf *b = page->out;
	page->layout.known_to = page->child.known_to;
	if (page->layout.back_href.n == 0) {
		page->layout.back_href = record_subject_address(page, (str){ 0 });
		page->layout.back_text =
			page->matter.subject != 0 ? record_matter(page) : S("The child's page");
	}
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
}

void record_heading(struct page *page, str words)
{
	struct buf *b = page->out;
	H(b, "<h1 class=\"govuk-heading-l\"><span class=\"govuk-caption-l\">");
	if (page->matter.subject != 0)
		matter_caption(page);
	else
		text_child_name(b, page->child.forename, page->child.surname, page->child.number);
	H(b, "</span>");
	text(b, words);
	H(b, "</h1>\n");
}

void record_page_close(struct page *page)
{
	H(page->out, "</div></div>\n");
	page_close(page);
	if (page->matter.subject != 0)
		matter_looked(page);
	else
		page_looked(page, S("look:child"), &page->id, 1);
}

bool record_of_page(struct page *page, struct record_found *found)
{
	struct err err;
	if (!store_record_read(page->store, page->arena, page->second, found, &err)) {
		page_failed(page, &err);
		return false;
	}
	bool same = found->subject == page->id;
	if (!same && !store_is_same(page->store, page->child.authority, page->id, found->subject,
			     &same, &err)) {
		page_failed(page, &err);
		return false;
	}
	if (!same)
		page_problem(page, 404);
	return same;
}

/* ---- the child's own periods, in words */

static str day_words(struct arena *arena, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

/* What an event makes a choice of: the kind of thread, and how the choice begins. */
static const struct {
	enum word word, end;
	unsigned kind;
	str began, held; /* "Looked after since ...", "Review on ..." */
} choosable[] = {
	{ WORD_LOOKED_AFTER_BEGAN, WORD_LOOKED_AFTER_ENDED, THREAD_CARE, S_INIT("Looked after"), { 0 } },
	{ WORD_PLACEMENT_BEGAN, WORD_PLACEMENT_ENDED, THREAD_PLACEMENT, S_INIT("Placement"), { 0 } },
	{ WORD_CP_PLAN_BEGAN, WORD_CP_PLAN_ENDED, THREAD_PLAN, S_INIT("Child protection plan"), { 0 } },
	{ WORD_S47_BEGAN, WORD_S47_ENDED, THREAD_S47, S_INIT("Section 47 enquiry"), { 0 } },
	{ WORD_MISSING_BEGAN, WORD_MISSING_ENDED, THREAD_MISSING, S_INIT("Missing"), { 0 } },
	{ WORD_SECURE_PLACEMENT_BEGAN, WORD_SECURE_PLACEMENT_ENDED, THREAD_SECURE,
		S_INIT("Secure accommodation"), { 0 } },
	{ WORD_PRIVATE_FOSTERING_KNOWN, WORD_PRIVATE_FOSTERING_ENDED, THREAD_ARRANGEMENT,
		S_INIT("Private fostering"), { 0 } },
	{ WORD_PRIVATE_FOSTERING_NOTIFIED, WORD_PRIVATE_FOSTERING_ENDED, THREAD_ARRANGEMENT, { 0 },
		S_INIT("Private fostering notified") },
	{ WORD_PRIVATE_FOSTERING_PROPOSED, WORD_PRIVATE_FOSTERING_ENDED, THREAD_ARRANGEMENT, { 0 },
		S_INIT("Private fostering planned to begin") },
	{ WORD_POLICE_PROTECTION_BEGAN, WORD_POLICE_PROTECTION_ENDED, THREAD_PROTECTION,
		S_INIT("Police protection"), { 0 } },
	{ WORD_PRE_PROCEEDINGS_BEGAN, WORD_PRE_PROCEEDINGS_ENDED, TO_PRE_PROCEEDINGS,
		S_INIT("Letter before proceedings"), { 0 } },
	{ WORD_APPLICATION_PROPOSED, WORD_PROCEEDINGS_BEGAN, TO_APPLICATION, { 0 },
		S_INIT("Application proposed") },
	{ WORD_PROCEEDINGS_BEGAN, WORD_PROCEEDINGS_ENDED, TO_PROCEEDINGS,
		S_INIT("Care proceedings"), { 0 } },
	{ WORD_REPORT_DIRECTED, WORD_COURT_REPORT_FILED, TO_REPORT, { 0 },
		S_INIT("Report directed") },
	{ WORD_ASSESSMENT_ORDER_BEGAN, WORD_ASSESSMENT_ORDER_ENDED, TO_ASSESSMENT_ORDER,
		S_INIT("Child assessment order"), { 0 } },
	{ WORD_COURT_END_SET, WORD_ORDER_ENDED, TO_COURT_END, { 0 },
		S_INIT("Order that ends") },
	{ WORD_HEALTH_OR_SCHOOL_STAY_BEGAN, WORD_HEALTH_OR_SCHOOL_STAY_ENDED, TO_LONG_STAY,
		S_INIT("Stay"), { 0 } },
	{ WORD_TEMPORARY_STAY_BEGAN, WORD_TEMPORARY_STAY_ENDED, TO_VISITING,
		S_INIT("Temporary stay"), { 0 } },
	{ WORD_TRANSFER_IN_NOTIFIED, WORD_NONE, TO_MOVED_HERE, { 0 }, S_INIT("Told of the move here") },
	{ WORD_REFERRAL_RECEIVED, WORD_NONE, THREAD_CIN, { 0 }, S_INIT("Referral") },
	{ WORD_CLA_REVIEW_HELD, WORD_NONE, THREAD_REVIEW, { 0 }, S_INIT("Review") },
	{ WORD_ADOPTION_REVIEW_HELD, WORD_NONE, THREAD_REVIEW, { 0 }, S_INIT("Review (adoption)") },
	{ WORD_ICPC_HELD, WORD_NONE, THREAD_CONFERENCE, { 0 }, S_INIT("Initial conference") },
	{ WORD_RCPC_HELD, WORD_NONE, THREAD_CONFERENCE, { 0 }, S_INIT("Review conference") },
};
enum { CHOOSABLE = sizeof choosable / sizeof *choosable };

static const struct event *end_of(
	const struct stored_events *events, enum word word, int64_t thread)
{
	for (size_t i = 0; i < events->n && word != WORD_NONE; i++) {
		const struct event *event = &events->item[i].event;
		if (event->word == word && event->thread == thread)
			return event;
	}
	return NULL;
}

static bool is_for_adoption(const struct stored_events *events, int64_t thread)
{
	return end_of(events, WORD_PLACED_FOR_ADOPTION, thread) != NULL;
}

static str choice_words(struct page *page, size_t k, const struct event *event,
	const struct event *end)
{
	struct arena *arena = page->arena;
	str on = event->on == DAY_UNKNOWN ? S("a date not recorded") : day_words(arena, event->on);
	if (choosable[k].held.n > 0)
		return arena_format(
			arena, "%.*s on %.*s", STR_ARGS(choosable[k].held), STR_ARGS(on));
	str detail = event->word == WORD_PLACEMENT_BEGAN
		? detail_words(arena, event->word, event->detail) : (str){ 0 };
	str words = end == NULL
		? arena_format(arena, "%.*s since %.*s", STR_ARGS(choosable[k].began), STR_ARGS(on))
		: arena_format(arena, "%.*s from %.*s to %.*s", STR_ARGS(choosable[k].began),
			  STR_ARGS(on),
			  STR_ARGS(end->on == DAY_UNKNOWN ? S("a date not recorded")
							  : day_words(arena, end->on)));
	return detail.n == 0 ? words
			     : arena_format(arena, "%.*s: %.*s", STR_ARGS(words), STR_ARGS(detail));
}

static bool is_there(const struct record_form *form, int64_t id, unsigned kind)
{
	for (size_t i = 0; i < form->choices; i++) {
		if (form->choice[i].id == id && (form->choice[i].kind & kind) != 0)
			return true;
	}
	return id == 0;
}

bool record_choices(struct page *page, struct record_form *form, struct err *err)
{
	struct stored_events events;
	if (!store_events(
		    page->store, page->arena, page->id, INSTANT_UNKNOWN, &events, err))
		return false;
	struct form_choice *choice = arena_take(page->arena, events.n + 1, sizeof *choice);
	form->choice = choice;
	/* Latest first: mostly it is the latest that is meant. */
	for (size_t i = events.n; i-- > 0;) {
		const struct event *event = &events.item[i].event;
		for (size_t k = 0; k < CHOOSABLE; k++) {
			if (choosable[k].word != event->word)
				continue;
			bool of_record = choosable[k].kind == THREAD_REVIEW ||
				choosable[k].kind == THREAD_CONFERENCE;
			const struct event *end = end_of(&events, choosable[k].end, event->thread);
			int64_t id = of_record ? event->link : event->thread;
			if (is_there(form, id, choosable[k].kind))
				continue; /* what was planned, notified and known is one arrangement */
			choice[form->choices++] = (struct form_choice){
				.id = id,
				.kind = choosable[k].kind |
					(choosable[k].kind == THREAD_PLACEMENT &&
							is_for_adoption(&events, event->thread)
						? TO_ADOPTION : 0u),
				.words = choice_words(page, k, event, end),
				.over = end != NULL,
			};
		}
	}
	return true;
}

/* ---- what to record */

/* The child's own words come first; what changes who sees the child comes last. */
static const struct record_type *const at_the_desk[] = { &child_view_type, &contact_type,
	&cla_review_type, &conference_type, &booking_type, &core_group_type,
	&visit_type, &child_step_type, &missing_episode_type, &handover_note_type, &allocation_type,
	&same_child_type };
enum { DESK = sizeof at_the_desk / sizeof *at_the_desk };

static void choose_draw(struct page *page, bool wrong)
{
	struct buf *b = page->out;
	struct govuk_option *option = arena_take(page->arena, DESK, sizeof *option);
	size_t n = 0;
	for (size_t i = 0; i < DESK; i++) {
		const struct record_type *type = at_the_desk[i];
		if (record_may(page, type))
			option[n++] = (struct govuk_option){ .text = type->desk, .value = type->name,
				.hint = { .text = type->desk_hint } };
	}
	page->layout.error = wrong;
	record_page_open(page, S("Record something"));
	if (wrong) {
		struct form_faults none = { 0 };
		form_draw_summary(b, page->arena, &none,
			&(struct form_extra){ S("type"), S("Select what to record") }, 1);
	}
	record_heading(page, S("Record something"));
	H(b, "<form method=\"get\"");
	attr(b, "action", arena_format(page->arena, "/children/%lld/record", (long long)page->id));
	H(b, " novalidate><input type=\"hidden\" name=\"continue\" value=\"1\">\n");
	const struct govuk_fieldset fieldset = { .legend = { .text = S("What is it?"),
		.classes = S("govuk-fieldset__legend--m") } };
	govuk_radios(b, .fieldset = &fieldset, .name = S("type"), .id_prefix = S("type"),
		.error = { .text = wrong ? S("Select what to record") : (str){ 0 } }, .items = option,
		.n_items = n);
	govuk_button(b, .text = S("Continue"));
	H(b, "</form>\n");
	record_page_close(page);
}

void record_links(struct page *page)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", arena_format(page->arena, "/children/%lld/records", (long long)page->id));
	H(b, ">Everything recorded</a></p>\n");
	if (policy_role_may(page->actor.role, MAY_ATTEND)) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href",
			arena_format(page->arena, "/children/%lld/meetings", (long long)page->id));
		H(b, ">Meetings, and who is invited</a></p>\n");
	}
	matter_links(page);
	record_drafts(page);
}

void record_drafts(struct page *page)
{
	struct buf *b = page->out;
	struct draft_list drafts;
	struct err err;
	if (!store_draft_list(page->store, page->arena, &page->actor, page->id, &drafts, &err))
		return;
	for (size_t i = 0; i < drafts.n; i++) {
		const struct record_type *type = record_type_find(drafts.item[i].type);
		H(b, "<p class=\"govuk-body\">Your draft: <a class=\"govuk-link\"");
		attr(b, "href", record_draft_address(page, &drafts.item[i]));
		H(b, ">");
		text(b, type == NULL ? drafts.item[i].type : type->title);
		H(b, "</a>, last kept ");
		buf_instant_words(b, drafts.item[i].kept_at);
		H(b, "</p>\n");
	}
}

bool record_may_any(const struct page *page)
{
	bool any = false;
	for (size_t i = 0; i < DESK; i++)
		any = any || record_may(page, at_the_desk[i]);
	return any;
}

void record_choose_show(struct page *page)
{
	str type = form_value(&page->query, S("type"));
	const struct record_type *found = record_type_find(type);
	if (found != NULL && found->desk.n > 0 && record_may(page, found)) {
		page_redirect(page, arena_format(page->arena, "/children/%lld/record/%.*s",
			(long long)page->id, STR_ARGS(found->name)));
		return;
	}
	if (!record_may_any(page)) {
		page_problem(page, 403);
		return;
	}
	bool wrong = form_has(&page->query, S("type")) || form_has(&page->query, S("continue"));
	page->status = wrong ? 422 : 200;
	choose_draw(page, wrong);
}

/* ---- what is recorded */

static str source_words(const struct record_entry *entry)
{
	return str_equal(entry->source, SOURCE_FORM) || entry->first_by.n > 0 ? entry->first_by
		: entry->source;
}

/* What was done, where one type stands for many things. */
static str title_of(struct page *page, const struct record_entry *entry)
{
	const struct record_type *shaped =
		entry->kind.n == 0 ? NULL : entry->type->shape(page->arena, entry->kind);
	return shaped == NULL ? entry->type->title : shaped->title;
}

void records_show(struct page *page)
{
	struct buf *b = page->out;
	struct record_index index;
	struct err err;
	if (!store_record_index(page->store, page->arena, page->id, &index, &err)) {
		page_failed(page, &err);
		return;
	}
	record_page_open(page, page->matter.subject == 0 ? S("Everything recorded")
							 : arena_format(page->arena, "Everything recorded of %.*s",
								   STR_ARGS(record_matter(page))));
	record_heading(page, S("Everything recorded"));
	const struct govuk_table_cell head[] = { { .text = S("Record") },
		{ .text = S("First recorded") }, { .text = S("By") } };
	govuk_table_open(b, &(struct govuk_table){ .caption = S("Latest first"),
		.caption_classes = S("govuk-visually-hidden"), .head = head, .n_head = 3 });
	for (size_t i = index.n; i-- > 0;) {
		const struct record_entry *entry = &index.item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
		     "<a class=\"govuk-link\"");
		attr(b, "href", record_address(page, entry->id, S("/history")));
		H(b, ">");
		text(b, title_of(page, entry));
		H(b, "</a>");
		if (entry->withdrawn)
			H(b, " (withdrawn)");
		else if (entry->version > 1)
			H(b, " (changed)");
		H(b, "</th><td class=\"govuk-table__cell\">");
		buf_instant_words(b, entry->first_at);
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, source_words(entry));
		H(b, "</td></tr>\n");
	}
	govuk_table_close(b);
	record_page_close(page);
}
