/* manage_policy.c - the council's own timescales: what is in force, what was, and where to change it. */
#include "html/govuk_details.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_select.h"
#include "html/govuk_button.h"
#include "html/govuk_tag.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "web/manage_policy.h"
#include "web/child.h"
#include "web/say.h"

enum { REFRESH_S = 3 };

static bool may_set(const struct page *page)
{
	return policy_role_may(page->actor.role, MAY_SET_POLICY);
}

static const char *const links[LOCAL_KINDS] = { [LOCAL_FIGURE] = "rule",
	[LOCAL_SETTING] = "setting", [LOCAL_RECORDED] = "recorded" };

static void link_to(struct page *page, const char *what, str id, day was, str words, str about)
{
	struct buf *b = page->out;
	H(b, "<a class=\"govuk-link\"");
	str from = (str){ 0 };
	if (was != DAY_UNKNOWN) {
		struct buf text = { 0 };
		buf_day(&text, was);
		from = arena_str(page->arena, buf_view(&text));
		buf_close(&text);
	}
	attr(b, "href", arena_format(page->arena, "/manage/policy/edit?%s=%.*s%s%.*s", what, STR_ARGS(id),
				from.n > 0 ? "&was=" : "", STR_ARGS(from)));
	H(b, ">");
	text(b, words);
	H(b, "<span class=\"govuk-visually-hidden\"> ");
	text(b, about);
	H(b, "</span></a>");
}

static void row(struct buf *b, str name, str words)
{
	if (words.n == 0)
		return;
	H(b, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
	text(b, name);
	H(b, "</dt><dd class=\"govuk-summary-list__value\">");
	text(b, words);
	H(b, "</dd></div>\n");
}

static str limit_words(struct page *page, const struct limit *limit)
{
	struct buf words = { 0 };
	buf_limit(&words, limit);
	str out = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return out;
}

static str law_words(struct page *page, const struct rule *rule)
{
	struct buf words = { 0 };
	buf_offset(&words, rule);
	buf_lit(&words, ": ");
	buf_source(&words, rule);
	str out = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return out;
}

static str days_words(struct page *page, const struct local_item *item)
{
	return item->to == DAY_UNKNOWN
		? arena_format(page->arena, "from %.*s", STR_ARGS(day_text(page, item->from)))
		: arena_format(page->arena, "from %.*s to %.*s", STR_ARGS(day_text(page, item->from)),
			  STR_ARGS(day_text(page, item->to)));
}

static void item_shown(struct page *page, const struct local_item *item)
{
	struct buf *b = page->out;
	H(b, "<h3 class=\"govuk-heading-s\">");
	text(b, item->title);
	H(b, " ");
	if (item->departure)
		govuk_tag(b, .text = S("Departure from guidance"), .classes = S("govuk-tag--orange"));
	if (item->from > page->today)
		govuk_tag(b, .text = S("To come"), .classes = S("govuk-tag--blue"));
	else if (item->to != DAY_UNKNOWN && item->to < page->today)
		govuk_tag(b, .text = S("Ended"), .classes = S("govuk-tag--grey"));
	H(b, "</h3>\n<dl class=\"govuk-summary-list\">\n");
	if (item->kind == LOCAL_RECORDED) {
		row(b, S("What is not here"), S("counts as not done"));
	} else if (item->kind == LOCAL_FIGURE) {
		row(b, S("Council’s limit"), limit_words(page, &item->limit));
		row(b, item->rule->level <= LEVEL_SG ? S("The national limit") : S("Without a policy"),
			law_words(page, item->rule));
		if (!str_equal(item->title, item->rule->title))
			row(b, S("Rule"), item->rule->title);
	} else if (item->kind == LOCAL_RULE) {
		row(b, S("Council’s own rule"), limit_words(page, &item->rule->limit));
	} else {
		const struct choice_row *choice = choice_find(item->id, item->choice);
		row(b, item->rule == NULL ? S("Council’s choice") : S("Counted from"), choice == NULL ? item->choice : choice->words);
	}
	row(b, item->kind == LOCAL_RECORDED ? S("Written down here") : S("Holds for what happens"),
		days_words(page, item));
	row(b, S("Author"), item->author);
	row(b, S("Reason"), item->reason);
	row(b, S("Approved by"), item->approved_by);
	if (item->version > 0)
		row(b, S("Since version"), arena_format(page->arena, "%lld", (long long)item->version));
	H(b, "</dl>\n");
	if (!may_set(page))
		return;
	H(b, "<p class=\"govuk-body\">");
	if (item->kind == LOCAL_RULE)
		H(b, "A rule of the council’s own is changed in its file.");
	else
		link_to(page, links[item->kind], item->id, item->from, S("Change or end"), item->title);
	H(b, "</p>\n");
}

static void items(struct page *page, const struct local_policy *policy, enum local_kind kind, str heading)
{
	size_t n = 0;
	for (size_t i = 0; i < policy->n; i++) {
		if (policy->item[i].kind != kind)
			continue;
		if (n++ == 0) {
			H(page->out, "<h2 class=\"govuk-heading-m\">");
			text(page->out, heading);
			H(page->out, "</h2>\n");
		}
		item_shown(page, &policy->item[i]);
	}
}

/* Each setting, also where nothing was chosen: what stands is never silent. */
static void settings(struct page *page, const struct local_policy *policy)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">What councils do differently</h2>\n"
	     "<dl class=\"govuk-summary-list\">\n");
	for (size_t i = 0; i < choice_rows_n; i++) {
		const struct choice_row *choice = &choice_rows[i];
		if (choice_find(choice->setting, S("")) != choice)
			continue;
		const struct local_item *item =
			local_on(policy, LOCAL_SETTING, choice->setting, page->today);
		const struct choice_row *now = local_choice(policy, choice->setting, page->today);
		H(b, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
		text(b, choice->title);
		H(b, "</dt><dd class=\"govuk-summary-list__value\">");
		text(b, now->words);
		if (item == NULL)
			H(b, " (nothing was chosen)");
		H(b, "</dd>");
		if (may_set(page)) {
			H(b, "<dd class=\"govuk-summary-list__actions\">");
			link_to(page, "setting", choice->setting, DAY_UNKNOWN, S("Choose"), choice->title);
			H(b, "</dd>");
		}
		H(b, "</div>\n");
	}
	H(b, "</dl>\n");
}

/* Each kind of work, also those of which nothing is said: then what no file carries is unknown. */
static void recorded(struct page *page, const struct local_policy *policy)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">What is written down here</h2>\n<p class=\"govuk-body\">The "
	     "council’s files carry reviews, placements and plans, and little of the work between them. "
	     "From the day on which your people write a kind of work down in Duly, what is not here "
	     "counts as not done. Until then it cannot be known.</p>\n"
	     "<dl class=\"govuk-summary-list\">\n");
	for (enum area area = AREA_NONE + 1; area < AREAS; area++) {
		const struct local_item *item =
			local_on(policy, LOCAL_RECORDED, area_id(area), page->today);
		H(b, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
		text(b, area_title(area));
		H(b, "</dt><dd class=\"govuk-summary-list__value\">");
		text(b, item == NULL ? S("Not said") : days_words(page, item));
		H(b, "</dd>");
		if (may_set(page)) {
			H(b, "<dd class=\"govuk-summary-list__actions\">");
			link_to(page, "recorded", area_id(area), item == NULL ? DAY_UNKNOWN : item->from,
				item == NULL ? S("Say since when") : S("Change or end"), area_title(area));
			H(b, "</dd>");
		}
		H(b, "</div>\n");
	}
	H(b, "</dl>\n");
}

static void add_form(struct page *page)
{
	const struct rules *rules = store_law(page->store)->rules;
	struct govuk_select_item *item = arena_take(page->arena, rules->n + 1, sizeof *item);
	size_t n = 0;
	for (size_t i = 0; i < rules->n; i++) {
		struct err why;
		if (rule_is_shown(&rules->rule[i]) && local_may_set(&rules->rule[i], &why))
			item[n++] = (struct govuk_select_item){ .text = rules->rule[i].title,
				.value = rules->rule[i].id };
	}
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Set a limit of the council’s own</h2>\n<form method=\"get\" "
	     "action=\"/manage/policy/edit\" novalidate>\n");
	govuk_select(b, .label = { .text = S("Timescale") },
		.hint = { .text = S("Earlier than the law is free. Later than guidance is a departure, "
				    "which names who approved it. Later than the law is not possible.") },
		.id = S("rule"), .name = S("rule"), .items = item, .n_items = n);
	govuk_button(b, .text = S("Continue"));
	H(b, "</form>\n");
}

static void history(struct page *page, const struct local_rows *rows)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\">Versions</h2>\n");
	if (rows->n == 0) {
		H(b, "<p class=\"govuk-body\">This council has set nothing of its own: every date is the "
		     "law’s.</p>\n");
		return;
	}
	show_wide_open(b, S("Versions of the policy"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Versions of the policy</caption><thead class=\"govuk-table__head\">"
	     "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Version</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Set</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">By</th><th scope=\"col\" class=\"govuk-table__header\">Why"
	     "</th></tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < rows->n; i++) {
		const struct local_row *one = &rows->item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
		     "<a class=\"govuk-link\" href=\"/manage/policy/versions/");
		text_id(b, one->version);
		H(b, "\">Version ");
		text_int(b, one->version);
		H(b, "</a></th><td class=\"govuk-table__cell\">");
		buf_instant_words(b, one->at);
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, one->who.n > 0 ? one->who : S("The command line"));
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, one->why);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void say_progress(struct buf *b, const struct local_job *job)
{
	H(b, "The clocks follow version ");
	text_int(b, job->version);
	H(b, ": ");
	text_int(b, job->looked);
	H(b, " of ");
	text_int(b, job->all);
	H(b, " children looked at, ");
	text_int(b, job->all == 0 ? 100 : job->looked * 100 / job->all);
	H(b, "%");
}

static void progress(struct page *page, const struct local_job *job)
{
	struct buf *b = page->out;
	if (!job->open)
		return;
	H(b, "<p class=\"govuk-body-l\" role=\"status\" data-watch=\"/manage/policy/state\">");
	say_progress(b, job);
	H(b, "</p>\n<p class=\"govuk-body\">You can leave this page: it goes on. Until it is done some dates "
	     "are still by the version before.</p>\n");
}

/* For the script that watches: words while it runs, nothing when it has ended. */
void manage_policy_state(struct page *page)
{
	struct local_job job;
	struct err err;
	if (!store_local_job(page->store, page->arena, page->actor.authority, &job, &err)) {
		page_failed(page, &err);
		return;
	}
	if (job.open)
		say_progress(page->out, &job);
	page->response.status = 200;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

void manage_policy_show(struct page *page)
{
	const struct local_version *version;
	struct local_rows rows;
	struct local_job job;
	struct err err;
	str authority = page->actor.authority;
	if (!store_local(page->store, authority, &version, &err) ||
		!store_local_list(page->store, page->arena, authority, &rows, &err) ||
		!store_local_job(page->store, page->arena, authority, &job, &err)) {
		page_failed(page, &err);
		return;
	}
	struct buf *b = page->out;
	if (job.open)
		page->layout.refresh = REFRESH_S;
	manage_open(page, POLICY, S("Local policy"), NULL);
	progress(page, &job);
	if (version->fault.n > 0)
		govuk_warning_text(b,
			.text = arena_format(page->arena,
				"Nothing of this policy counts, because the rules that Duly now has do not allow "
				"it: %.*s. Every date is the law’s until it is put right.",
				STR_ARGS(version->fault)));
	H(b, "<p class=\"govuk-body\">What this council has set for itself, beside the law. The law’s own date "
	     "is always kept, and shown beside the council’s.</p>\n");
	items(page, version->policy, LOCAL_FIGURE, S("Limits"));
	items(page, version->policy, LOCAL_RULE, S("Rules of the council’s own"));
	if (may_set(page))
		add_form(page);
	settings(page, version->policy);
	items(page, version->policy, LOCAL_SETTING, S("What was chosen, and when"));
	recorded(page, version->policy);
	items(page, version->policy, LOCAL_RECORDED, S("What was said of it, and by whom"));
	history(page, &rows);
	manage_close(page);
}

/* ---- one version, as its text */

static void draw_text(struct page *page, const struct local_version *version)
{
	struct buf *b = page->out;
	page->layout.back_href = POLICY;
	page->layout.back_text = S("Local policy");
	manage_open(page, POLICY,
		arena_format(page->arena, "Local policy, version %lld", (long long)version->version), NULL);
	H(b, "<p class=\"govuk-body\">");
	text(b, version->why);
	H(b, "</p>\n<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/manage/policy/versions/");
	text_id(b, version->version);
	H(b, "/file\">Take it as a file</a>, which <code>duly policy import</code> reads.</p>\n"
	     "<pre class=\"app-text\" tabindex=\"0\" role=\"region\" aria-label=\"Text of the policy\">");
	text(b, version->policy->text);
	H(b, "</pre>\n");
	manage_close(page);
}

static const struct local_version *version_of(struct page *page)
{
	const struct local_version *version;
	struct err err;
	if (store_local_version(page->store, page->actor.authority, page->id, &version, &err))
		return version;
	page_failed(page, &err);
	return NULL;
}

void manage_policy_version_show(struct page *page)
{
	const struct local_version *version = version_of(page);
	if (version != NULL)
		draw_text(page, version);
}

void manage_policy_file(struct page *page)
{
	const struct local_version *version = version_of(page);
	if (version == NULL)
		return;
	buf_str(page->out, version->policy->text);
	page_file(page, S("text/plain; charset=utf-8"), S("policy.yaml"));
}
