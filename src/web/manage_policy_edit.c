/* manage_policy_edit.c - changing a limit or a setting: a form made from the rule, then what it would do
 * with every clock that it moves, and only then the change. */
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_fieldset.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_textarea.h"
#include "html/show_list.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_policy.h"
#include "web/say.h"

enum { TEXT_MOST = 500, SUBJECTS_AT_ONCE = 2000 };

static const str units[] = { S_INIT("working days"), S_INIT("days"), S_INIT("weeks"), S_INIT("months"),
	S_INIT("years"), S_INIT("hours") };
enum { UNITS = sizeof units / sizeof *units };

/* ---- what is there, and what was typed */

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

/* Of which rule or setting it is. False: of none that can be set. */
static bool about(struct page *page, const struct form *from, struct policy_form *form)
{
	const struct rules *rules = store_law(page->store)->rules;
	struct err why;
	form->id = str_trim(form_value(from, S("setting")));
	form->was = str_trim(form_value(from, S("was")));
	if (form->id.n > 0) {
		const struct choice_row *first = choice_find(form->id, S(""));
		form->kind = LOCAL_SETTING;
		form->rule = first == NULL ? NULL : rules_find(rules, first->rule);
		return form->rule != NULL;
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
	const struct limit *limit = item == NULL ? &form->rule->limit : &item->limit;
	form->unit = limit->unit <= UNIT_YEARS ? unit_text(limit->unit) : units[0];
	form->author = page->person;
	if (item == NULL)
		return;
	form->n = arena_format(page->arena, "%d", limit->n);
	form->choice = item->choice;
	form->title = str_equal(item->title, form->rule->title) ? (str){ 0 } : item->title;
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
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = S("Counted from"),
							      .classes = S("govuk-fieldset__legend--s") } },
		.name = S("choice"), .id_prefix = S("choice"), .items = option, .n_items = n,
		.value = form->choice,
		.error = { .text = manage_wrong_at(&form->mistakes, S("choice")) });
}

static void hidden(struct buf *b, const char *name, str value)
{
	H(b, "<input type=\"hidden\"");
	attr(b, "name", str_of(name));
	attr(b, "value", value);
	H(b, ">\n");
}

static void what_it_is(struct page *page, const struct policy_form *form)
{
	hidden(page->out, form->kind == LOCAL_FIGURE ? "rule" : "setting", form->id);
	hidden(page->out, "was", form->was);
	hidden(page->out, "seen", arena_format(page->arena, "%lld", (long long)form->seen));
}

static void law_says(struct page *page, const struct policy_form *form)
{
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

static bool may_depart(const struct policy_form *form)
{
	return form->kind == LOCAL_FIGURE && form->rule->local == LOCAL_STRICTER &&
		form->rule->level >= LEVEL_SG;
}

static str title_of(const struct policy_form *form)
{
	return form->kind == LOCAL_FIGURE ? form->rule->title : choice_find(form->id, S(""))->title;
}

void manage_policy_form(struct page *page, struct policy_form *form)
{
	struct buf *b = page->out;
	page->layout.back_href = POLICY;
	page->layout.back_text = S("Local policy");
	manage_open(page, POLICY, title_of(form), &form->mistakes);
	law_says(page, form);
	layout_form_open(b, S("/manage/policy/edit"), page->csrf);
	what_it_is(page, form);
	if (form->kind == LOCAL_FIGURE)
		figure_fields(page, form);
	else
		setting_fields(page, form);
	date(page, S("from"), S("For what happens from"), S("For example, 1 4 2026"), &form->from,
		&form->from_wrong);
	date(page, S("to"), S("To, with that day (optional)"), S("Leave empty while it holds"), &form->to,
		&form->to_wrong);
	govuk_input(b, .label = { .text = S("Author") }, .hint = { .text = S("Whose policy it is") },
		.id = S("author"), .name = S("author"), .value = form->author,
		.error = { .text = manage_wrong_at(&form->mistakes, S("author")) });
	govuk_textarea(b, .label = { .text = S("Reason") },
		.hint = { .text = S("Shown beside each date that rests on it. No child’s name.") },
		.id = S("reason"), .name = S("reason"), .value = form->reason, .rows = 3,
		.error = { .text = manage_wrong_at(&form->mistakes, S("reason")) });
	if (may_depart(form))
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
		.title = form->title.n > 0 ? form->title : form->rule->title, .choice = form->choice,
		.author = form->author, .reason = form->reason,
		.approved_by = may_depart(form) ? form->approved : (str){ 0 } };
	if (form->kind == LOCAL_FIGURE)
		check_limit(page, form, item);
	else if (form->choice.n == 0 || choice_find(form->id, form->choice) == NULL)
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

/* Reads the POST and puts the text together. False: the answer is given. */
static bool read_change(struct page *page, struct policy_form *form)
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

static void refuse(struct page *page, struct policy_form *form, const struct err *err)
{
	str words = bare(page, err);
	bool approval = str_find(words, '"') < words.n && may_depart(form);
	str field = form->kind == LOCAL_SETTING ? S("choice") : approval ? S("approved") : S("n");
	manage_wrong(&form->mistakes, field, words);
	manage_policy_form(page, form);
}

/* ---- what it would do */

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
		manage_policy_trial(page, form);
	else if (err->code == ERR_INPUT)
		refuse(page, form, err);
	else
		page_failed(page, err);
}

void manage_policy_edit_send(struct page *page)
{
	struct policy_form *form = arena_new(page->arena, struct policy_form);
	page->own = form;
	if (read_change(page, form))
		page_work(page, try_work, tried);
}

static void move_row(struct page *page, const struct local_move *move)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, move->subject);
	H(b, "/clocks\">");
	if (move->level < 2)
		H(b, "Restricted record");
	else
		text_child_name(b, move->forename, move->surname, move->number);
	H(b, "</a></th><td class=\"govuk-table__cell\">");
	text(b, move->rule);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (move->before == DAY_UNKNOWN)
		H(b, "No clock");
	else
		text_day(b, move->before);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (move->after == DAY_UNKNOWN)
		H(b, "No clock");
	else
		text_day(b, move->after);
	if (move->will == CLOCK_OVERDUE && move->was != CLOCK_OVERDUE)
		H(b, " <strong class=\"govuk-tag govuk-tag--red\">Becomes overdue</strong>");
	if (move->law != DAY_UNKNOWN && move->law != move->after && move->law != move->before) {
		H(b, "<span class=\"app-under\">The national date: ");
		text_day(b, move->law);
		H(b, "</span>");
	}
	H(b, "</td></tr>\n");
}

static void counts(struct page *page, const struct local_trial *trial)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body-l\">Moves ");
	text_int(b, trial->moved);
	text(b, trial->moved == 1 ? S(" clock, ") : S(" clocks, "));
	text_int(b, trial->overdue);
	text(b, trial->overdue == 1 ? S(" becomes overdue.") : S(" become overdue."));
	H(b, "</p>\n<ul class=\"govuk-list govuk-list--bullet\"><li>");
	text_int(b, trial->children);
	text(b, trial->children == 1 ? S(" child") : S(" children"));
	if (trial->new_clocks > 0) {
		H(b, "</li>\n<li>New clocks: ");
		text_int(b, trial->new_clocks);
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
	if ((int64_t)trial->n < trial->moved + trial->new_clocks + trial->gone) {
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
	what_it_is(page, form);
	hidden(b, "act", form->remove ? S("remove") : S("set"));
	hidden(b, "n", form->n);
	hidden(b, "unit", form->unit);
	hidden(b, "choice", form->choice);
	hidden(b, "title", form->title);
	hidden(b, "from-day", form->from.day);
	hidden(b, "from-month", form->from.month);
	hidden(b, "from-year", form->from.year);
	hidden(b, "to-day", form->to.day);
	hidden(b, "to-month", form->to.month);
	hidden(b, "to-year", form->to.year);
	hidden(b, "author", form->author);
	hidden(b, "reason", form->reason);
	hidden(b, "approved", form->approved);
}

void manage_policy_trial(struct page *page, struct policy_form *form)
{
	struct buf *b = page->out;
	manage_open(page, POLICY, S("What this policy does"), &form->mistakes);
	H(b, "<p class=\"govuk-body\">");
	text(b, title_of(form));
	if (form->remove) {
		H(b, ": the council’s own is removed, and the law’s stands.");
	} else if (form->kind == LOCAL_FIGURE) {
		H(b, ": ");
		text(b, form->n);
		H(b, " ");
		text(b, form->unit);
	}
	H(b, "</p>\n");
	counts(page, &form->trial);
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

/* ---- the change */

static bool set_work(struct page *page, struct store *store, struct err *err)
{
	struct policy_form *form = page->own;
	int64_t version;
	bool more;
	str why = arena_format(page->arena, "%.*s: %.*s", STR_ARGS(title_of(form)),
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
		refuse(page, form, failed);
	else
		page_failed(page, failed);
}

void manage_policy_send(struct page *page)
{
	struct policy_form *form = arena_new(page->arena, struct policy_form);
	page->own = form;
	if (read_change(page, form))
		page_write(page, set_work, set_done);
}
