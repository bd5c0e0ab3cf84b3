/* manage_policy_edit.c - the form of a limit, a setting or what is written down here, made from what it
 * is about; and from what was typed the whole text of the policy. */
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_fieldset.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_textarea.h"
#include "web/manage_policy.h"
#include "web/say.h"

enum { TEXT_MOST = 500 };

static const str units[] = { S_INIT("working days"), S_INIT("days"), S_INIT("weeks"), S_INIT("months"),
	S_INIT("years"), S_INIT("hours") };
enum { UNITS = sizeof units / sizeof *units };

/* ---- what is there, and what was typed */

str manage_policy_title(const struct policy_form *form)
{
	return form->kind == LOCAL_RECORDED ? area_title(form->area)
		: form->kind == LOCAL_FIGURE ? form->rule->title
					     : choice_find(form->id, S(""))->title;
}

static const struct local_item *find_item(const struct local_policy *policy, const struct policy_form *form)
{
	day was;
	if (form->was.n == 0 || !day_read(form->was, &was, NULL))
		return NULL;
	for (size_t i = 0; i < policy->n; i++) {
		const struct local_item *item = &policy->item[i];
		if (item->kind == form->kind && str_equal(item->id, form->id) && item->from == was)
			return item;
	}
	return NULL;
}

/* Of which kind of work, setting or rule it is. False: of none that can be set. */
static bool about(struct page *page, const struct form *from, struct policy_form *form)
{
	const struct rules *rules = store_law(page->store)->rules;
	struct err why;
	form->was = str_trim(form_value(from, S("was")));
	form->id = str_trim(form_value(from, S("recorded")));
	if (form->id.n > 0) {
		form->kind = LOCAL_RECORDED;
		form->area = area_find(form->id);
		return form->area != AREA_NONE;
	}
	form->id = str_trim(form_value(from, S("setting")));
	if (form->id.n > 0) {
		const struct choice_row *first = choice_find(form->id, S(""));
		form->kind = LOCAL_SETTING;
		form->rule = first == NULL ? NULL : rules_find(rules, first->rule);
		return first != NULL;
	}
	form->id = str_trim(form_value(from, S("rule")));
	form->kind = LOCAL_FIGURE;
	form->rule = rules_find(rules, form->id);
	return form->rule != NULL && rule_is_shown(form->rule) && local_may_set(form->rule, &why);
}

static struct form_boxes boxes(struct page *page, const char *id)
{
#define BOX(part) str_trim(form_value(&page->form, arena_format(page->arena, "%s-" part, id)))
	return (struct form_boxes){ .day = BOX("day"), .month = BOX("month"), .year = BOX("year") };
#undef BOX
}

static void read_typed(struct page *page, struct policy_form *form)
{
	const struct {
		str name, *to;
	} texts[] = { { S("n"), &form->n }, { S("unit"), &form->unit }, { S("choice"), &form->choice },
		{ S("title"), &form->title }, { S("author"), &form->author },
		{ S("reason"), &form->reason }, { S("approved"), &form->approved } };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i].to = str_trim(form_value(&page->form, texts[i].name));
	form->from = boxes(page, "from");
	form->to = boxes(page, "to");
	form->remove = str_equal(form_value(&page->form, S("act")), S("remove"));
	str_int(form_value(&page->form, S("seen")), &form->seen);
}

static void from_item(struct page *page, struct policy_form *form, const struct local_item *item)
{
	const struct limit *limit = item != NULL ? &item->limit
		: form->rule != NULL             ? &form->rule->limit
						 : NULL;
	form->unit = limit != NULL && limit->unit <= UNIT_YEARS ? unit_text(limit->unit) : units[0];
	form->author = page->person;
	if (item == NULL)
		return;
	form->n = arena_format(page->arena, "%d", limit->n);
	form->choice = item->choice;
	form->title = str_equal(item->title, manage_policy_title(form)) ? (str){ 0 } : item->title;
	form->author = item->author;
	form->reason = item->reason;
	form->approved = item->approved_by;
	form->from = form_boxes_of(page->arena, (struct when){ item->from, INSTANT_UNKNOWN });
	if (item->to != DAY_UNKNOWN)
		form->to = form_boxes_of(page->arena, (struct when){ item->to, INSTANT_UNKNOWN });
}

/* ---- the form */

static enum govuk_choice box_wrong(const struct form_wrong *given, unsigned part)
{
	return given->message.n > 0 && (given->part & part) != 0 ? GOVUK_YES : GOVUK_DEFAULT;
}

static void date(struct page *page, str id, str legend, str hint, const struct form_boxes *boxes_of,
	const struct form_wrong *given)
{
	const struct govuk_date_item day_box = { .name = S("day"), .value = boxes_of->day,
		.error = box_wrong(given, PART_DAY) },
				     month_box = { .name = S("month"), .value = boxes_of->month,
					     .error = box_wrong(given, PART_MONTH) },
				     year_box = { .name = S("year"), .value = boxes_of->year,
					     .error = box_wrong(given, PART_YEAR) };
	govuk_date_input(page->out,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = legend,
							      .classes = S("govuk-fieldset__legend--s") },
			.role = S("group") },
		.id = id, .name_prefix = id, .hint = { .text = hint }, .error = { .text = given->message },
		.day = &day_box, .month = &month_box, .year = &year_box);
}

static void figure_fields(struct page *page, const struct policy_form *form)
{
	struct govuk_select_item item[UNITS];
	size_t n = 0;
	bool hours = form->rule->limit.unit == UNIT_HOURS;
	for (size_t i = 0; i < UNITS; i++) {
		if (str_equal(units[i], S("hours")) == hours)
			item[n++] = (struct govuk_select_item){ .text = units[i], .value = units[i] };
	}
	govuk_input(page->out, .label = { .text = S("How many") }, .id = S("n"), .name = S("n"),
		.value = form->n, .inputmode = S("numeric"), .classes = S("govuk-input--width-3"),
		.error = { .text = manage_wrong_at(&form->mistakes, S("n")) });
	govuk_select(page->out,
		.label = { .text = form->rule->limit.before ? S("Of what, before the day") : S("Of what") },
		.id = S("unit"), .name = S("unit"), .items = item, .n_items = n, .value = form->unit,
		.error = { .text = manage_wrong_at(&form->mistakes, S("unit")) });
	govuk_input(page->out, .label = { .text = S("What the council calls it (optional)") },
		.id = S("title"), .name = S("title"), .value = form->title,
		.error = { .text = manage_wrong_at(&form->mistakes, S("title")) });
}

static void setting_fields(struct page *page, const struct policy_form *form)
{
	struct govuk_option option[16];
	size_t n = 0;
	for (size_t i = 0; i < choice_rows_n && n < 16; i++) {
		if (str_equal(choice_rows[i].setting, form->id))
			option[n++] = (struct govuk_option){ .text = choice_rows[i].words,
				.value = choice_rows[i].value };
	}
	govuk_radios(page->out,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = form->rule == NULL ? S("Council’s choice") : S("Counted from"),
							      .classes = S("govuk-fieldset__legend--s") } },
		.name = S("choice"), .id_prefix = S("choice"), .items = option, .n_items = n,
		.value = form->choice,
		.error = { .text = manage_wrong_at(&form->mistakes, S("choice")) });
}

void manage_policy_about(struct page *page, const struct policy_form *form)
{
	static const str name[LOCAL_KINDS] = { [LOCAL_FIGURE] = S_INIT("rule"),
		[LOCAL_SETTING] = S_INIT("setting"), [LOCAL_RECORDED] = S_INIT("recorded") };
	layout_hidden(page->out, name[form->kind], form->id);
	layout_hidden(page->out, S("was"), form->was);
	layout_hidden(page->out, S("seen"), arena_format(page->arena, "%lld", (long long)form->seen));
}

static void law_says(struct page *page, const struct policy_form *form)
{
	if (form->kind == LOCAL_RECORDED) {
		govuk_inset_text(page->out,
			.text = S("From that day on, work of this kind that is neither written down here nor in "
				  "a file of the council counts as not done. What came before that day stays "
				  "unknown."));
		return;
	}
	if (form->rule == NULL) {
		govuk_inset_text(page->out,
			.text = S("No clock rests on this and none moves: it is what a form proposes, or how a "
				  "return tells what is recorded."));
		return;
	}
	struct buf words = { 0 };
	const struct rule *rule = form->rule;
	buf_str(&words, level_says(rule->level));
	buf_char(&words, ' ');
	buf_offset(&words, rule);
	buf_lit(&words, ": ");
	buf_source(&words, rule);
	buf_str(&words, S(". "));
	if (rule->local == LOCAL_ALWAYS)
		buf_lit(&words, "This is habit, and the council’s own to set.");
	else if (rule->level < LEVEL_SG)
		buf_lit(&words, "The council may only set an earlier limit.");
	else
		buf_lit(&words, "A later limit is a departure, and names who approved it.");
	govuk_inset_text(page->out, .text = buf_view(&words));
	buf_close(&words);
}

bool manage_policy_may_depart(const struct policy_form *form)
{
	return form->kind == LOCAL_FIGURE && form->rule->local == LOCAL_STRICTER &&
		form->rule->level >= LEVEL_SG;
}



void manage_policy_form(struct page *page, struct policy_form *form)
{
	struct buf *b = page->out;
	page->layout.back_href = POLICY;
	page->layout.back_text = S("Local policy");
	manage_open(page, POLICY, manage_policy_title(form), &form->mistakes);
	law_says(page, form);
	layout_form_open(b, S("/manage/policy/edit"), page->csrf);
	manage_policy_about(page, form);
	if (form->kind == LOCAL_FIGURE)
		figure_fields(page, form);
	else if (form->kind == LOCAL_SETTING)
		setting_fields(page, form);
	date(page, S("from"), form->kind == LOCAL_RECORDED ? S("Written down here from") : S("For what happens from"), S("For example, 1 4 2026"), &form->from,
		&form->from_wrong);
	date(page, S("to"), S("To, with that day (optional)"), S("Leave empty while it holds"), &form->to,
		&form->to_wrong);
	govuk_input(b, .label = { .text = S("Author") }, .hint = { .text = S("Whose policy it is") },
		.id = S("author"), .name = S("author"), .value = form->author,
		.error = { .text = manage_wrong_at(&form->mistakes, S("author")) });
	govuk_textarea(b, .label = { .text = S("Reason") },
		.hint = { .text = form->kind == LOCAL_SETTING && form->rule == NULL
				? S("No child’s name.")
				: S("Shown beside each date that rests on it. No child’s name.") },
		.id = S("reason"), .name = S("reason"), .value = form->reason, .rows = 3,
		.error = { .text = manage_wrong_at(&form->mistakes, S("reason")) });
	if (manage_policy_may_depart(form))
		govuk_input(b, .label = { .text = S("Approved by (for a later limit)") },
			.hint = { .text = S("Name and post of the senior officer") }, .id = S("approved"),
			.name = S("approved"), .value = form->approved,
			.error = { .text = manage_wrong_at(&form->mistakes, S("approved")) });
	govuk_button(b, .text = S("See what it does"), .name = S("act"), .value = S("set"));
	if (form->was.n > 0)
		govuk_button(b, .text = S("See what removing it does"), .name = S("act"),
			.value = S("remove"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
	manage_close(page);
}

void manage_policy_edit_show(struct page *page)
{
	struct policy_form *form = arena_new(page->arena, struct policy_form);
	const struct local_version *version;
	struct err err;
	if (!about(page, &page->query, form)) {
		page_problem(page, 404);
		return;
	}
	if (!store_local(page->store, page->actor.authority, &version, &err)) {
		page_failed(page, &err);
		return;
	}
	form->seen = version->version;
	const struct local_item *item = find_item(version->policy, form);
	if (item == NULL)
		form->was = (str){ 0 };
	from_item(page, form, item);
	manage_policy_form(page, form);
}

/* ---- from what was typed to the whole text */

static void check_text(struct policy_form *form, str id, str value, str missing)
{
	if (value.n == 0 && missing.n > 0)
		manage_wrong(&form->mistakes, id, missing);
	else if (value.n > TEXT_MOST)
		manage_wrong(&form->mistakes, id, S("This must be 500 characters or fewer"));
}

static void check_limit(struct page *page, struct policy_form *form, struct local_item *item)
{
	str of, words = arena_format(page->arena, "%.*s %.*s%s", STR_ARGS(form->n), STR_ARGS(form->unit),
			       form->rule->limit.before ? " before" : "");
	int64_t n;
	if (!str_int(form->n, &n) || n < 1 || n > 9999)
		manage_wrong(&form->mistakes, S("n"), S("Enter a whole number, 1 or more"));
	else if (n == 1 && limit_read(words, &item->limit, &of))
		return;
	else if (!limit_read(words, &item->limit, &of) || of.n > 0)
		manage_wrong(&form->mistakes, S("unit"), S("Choose what is counted"));
}

static bool check(struct page *page, struct policy_form *form, struct local_item *item)
{
	*item = (struct local_item){ .kind = form->kind, .id = form->id, .rule = form->rule,
		.title = form->title.n > 0 ? form->title : manage_policy_title(form),
		.choice = form->choice, .area = form->area,
		.author = form->author, .reason = form->reason,
		.approved_by = manage_policy_may_depart(form) ? form->approved : (str){ 0 } };
	if (form->kind == LOCAL_FIGURE)
		check_limit(page, form, item);
	else if (form->kind == LOCAL_SETTING && (form->choice.n == 0 || choice_find(form->id, form->choice) == NULL))
		manage_wrong(&form->mistakes, S("choice"), S("Choose from which day it is counted"));
	form->from_wrong = form_day_read(page->arena, S("The first day"), &form->from, &item->from);
	form->to_wrong = form_day_read(page->arena, S("The last day"), &form->to, &item->to);
	if (form->from_wrong.message.n == 0 && item->from == DAY_UNKNOWN)
		form->from_wrong = (struct form_wrong){ S("Enter the first day"),
			PART_DAY | PART_MONTH | PART_YEAR };
	if (form->to_wrong.message.n == 0 && item->to != DAY_UNKNOWN && item->to < item->from)
		form->to_wrong = (struct form_wrong){ S("The last day must not be before the first"),
			PART_DAY | PART_MONTH | PART_YEAR };
	if (form->from_wrong.message.n > 0)
		manage_wrong(&form->mistakes, S("from-day"), form->from_wrong.message);
	if (form->to_wrong.message.n > 0)
		manage_wrong(&form->mistakes, S("to-day"), form->to_wrong.message);
	check_text(form, S("title"), form->title, (str){ 0 });
	check_text(form, S("author"), form->author, S("Enter whose policy it is"));
	check_text(form, S("reason"), form->reason, S("Enter the reason"));
	check_text(form, S("approved"), form->approved, (str){ 0 });
	return form->mistakes.n == 0;
}

/* Without "policy line 12, rule: ", which says nothing where there is a form. */
static str bare(struct page *page, const struct err *err)
{
	str text = arena_str(page->arena, str_of(err->text));
	for (size_t i = 0; str_starts(text, S("policy line")) && i + 2 < text.n; i++) {
		if (text.p[i] != ':')
			continue;
		text = str_from(text, i + 2);
		break;
	}
	if (text.n > 0 && text.p[0] >= 'a' && text.p[0] <= 'z')
		return arena_format(page->arena, "%c%.*s", text.p[0] - 'a' + 'A', STR_ARGS(str_from(text, 1)));
	return text;
}

bool manage_policy_read(struct page *page, struct policy_form *form)
{
	const struct local_version *version;
	struct local_item item;
	struct err err;
	if (!about(page, &page->form, form)) {
		page_problem(page, 404);
		return false;
	}
	read_typed(page, form);
	if (!store_local(page->store, page->actor.authority, &version, &err)) {
		page_failed(page, &err);
		return false;
	}
	const struct local_item *old = find_item(version->policy, form);
	if (old == NULL)
		form->was = (str){ 0 };
	if (form->remove && old != NULL) {
		form->text = local_text_with(page->arena, version->policy, old, NULL);
		return true;
	}
	form->remove = false;
	if (!check(page, form, &item)) {
		manage_policy_form(page, form);
		return false;
	}
	/* Of the same first day there is one: it is changed. */
	for (size_t i = 0; old == NULL && i < version->policy->n; i++) {
		const struct local_item *one = &version->policy->item[i];
		if (one->kind == item.kind && str_equal(one->id, item.id) && one->from == item.from)
			old = one;
	}
	form->text = local_text_with(page->arena, version->policy, old, &item);
	return true;
}

void manage_policy_refuse(struct page *page, struct policy_form *form, const struct err *err)
{
	str words = bare(page, err);
	bool approval = str_find(words, '"') < words.n && manage_policy_may_depart(form);
	str field = form->kind == LOCAL_SETTING ? S("choice")
		: form->kind == LOCAL_RECORDED ? S("from-day")
		: approval ? S("approved") : S("n");
	manage_wrong(&form->mistakes, field, words);
	manage_policy_form(page, form);
}
