/* hours.c - on which days somebody works, and from when until when: their own account's page, and
 * a manager's for those who chair. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_notification_banner.h"
#include "html/form_day.h"
#include "store/diary.h"
#include "store/person.h"
#include "html/moj_badge.h"
#include "web/account.h"
#include "web/brand.h"
#include "web/hours.h"
#include "web/later.h"
#include "web/manage.h"

#define HOURS S("/manage/working-days")

void buf_hours_words(struct buf *b, const struct suggest_hours hours[static 7])
{
	bool any = false;
	for (int from = MONDAY; from <= SUNDAY;) {
		int to = from;
		while (to < SUNDAY && hours[to + 1].from == hours[from].from &&
			hours[to + 1].to == hours[from].to)
			to++;
		if (hours[from].to > 0) {
			buf_format(b, "%s%s", any ? "; " : "", weekday_name((enum weekday)from));
			if (to > from)
				buf_format(b, "%s%s", to == from + 1 ? " and " : " to ",
					weekday_name((enum weekday)to));
			buf_lit(b, ", ");
			buf_minute_words(b, hours[from].from);
			buf_lit(b, " to ");
			buf_minute_words(b, hours[from].to);
			any = true;
		}
		from = to + 1;
	}
	if (!any)
		buf_lit(b, "No weekday");
}

void hours_links(struct page *page)
{
	H(page->out, "<h2 class=\"govuk-heading-m\">Your diary</h2>\n"
		     "<ul class=\"govuk-list\"><li><a class=\"govuk-link\" "
		     "href=\"/account/working-days\">Your working days</a></li><li><a class=\"govuk-link\" "
		     "href=\"/account/calendar\">Your meetings in your calendar</a></li></ul>\n");
}

/* ---- the form */

struct hours_form {
	int64_t person;
	str title, to;   /* the page's own address */
	str typed[7][2]; /* from, to */
	struct suggest_hours hours[7];
	struct manage_mistakes mistakes;
};

static str box(struct page *page, int weekday, int end)
{
	return arena_format(page->arena, "%s-%s", weekday_name((enum weekday)weekday),
		end == 0 ? "from" : "to");
}

static str minute_text(struct page *page, int minute)
{
	struct buf words = { 0 };
	if (minute == 12 * 60)
		buf_lit(&words, "12pm"); /* as it can be typed back */
	else
		buf_minute_words(&words, minute);
	str out = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return out;
}

static void read_day(struct page *page, struct hours_form *form, int weekday)
{
	const char *name = weekday_name((enum weekday)weekday);
	struct suggest_hours *hours = &form->hours[weekday];
	int *minute[2] = { &hours->from, &hours->to };
	for (int end = 0; end < 2; end++) {
		str id = box(page, weekday, end);
		str typed = form->typed[weekday][end] = str_trim(form_value(&page->form, id));
		str other = str_trim(form_value(&page->form, box(page, weekday, 1 - end)));
		if (typed.n == 0 && other.n > 0)
			manage_wrong(&form->mistakes, id,
				arena_format(page->arena, "Enter when work %s on %s",
					end == 0 ? "begins" : "ends", name));
		else if (typed.n > 0 && (*minute[end] = form_minute(typed)) < 0)
			manage_wrong(&form->mistakes, id,
				arena_format(page->arena, "%s must be a time, like 9am or 16:30", name));
	}
	if (form->mistakes.n == 0 && hours->to > 0 && hours->to <= hours->from)
		manage_wrong(&form->mistakes, box(page, weekday, 1),
			arena_format(page->arena, "Work on %s must end after it begins", name));
}

static void draw_fields(struct page *page, const struct hours_form *form)
{
	struct buf *b = page->out;
	layout_form_open(b, form->to, page->csrf);
	H(b, "<p class=\"govuk-body\">Meetings are suggested inside these hours. Leave both boxes empty "
	     "for a day without work.</p>\n");
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++) {
		H(b, "<fieldset class=\"govuk-fieldset app-hours\"><legend "
		     "class=\"govuk-fieldset__legend govuk-fieldset__legend--s\">");
		text(b, str_of(weekday_name((enum weekday)weekday)));
		H(b, "</legend>\n");
		for (int end = 0; end < 2; end++) {
			str id = box(page, weekday, end);
			govuk_input(b, .label = { .text = end == 0 ? S("From") : S("To") }, .id = id,
				.name = id, .value = form->typed[weekday][end],
				.classes = S("govuk-input--width-5"),
				.error = { .text = manage_wrong_at(&form->mistakes, id) });
		}
		H(b, "</fieldset>\n");
	}
	govuk_button(b, .text = S("Save working days"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void draw(struct page *page, const struct hours_form *form)
{
	bool own = form->person == page->actor.user;
	if (own) {
		page->layout.back_href = S("/account");
		page->layout.back_text = S("Your account");
		const struct manage_mistake *first = &form->mistakes.item[0];
		bool wrong = form->mistakes.n > 0;
		account_open(page, form->title, wrong ? first->words : (str){ 0 },
			wrong ? arena_format(page->arena, "#%.*s", STR_ARGS(first->field)) : (str){ 0 });
		if (form_has(&page->query, S("saved")))
			govuk_notification_banner(page->out, .type = S("success"),
				.text = S("Your working days are saved."));
		draw_fields(page, form);
		account_close(page);
		return;
	}
	manage_open(page, HOURS, form->title, &form->mistakes);
	draw_fields(page, form);
	manage_close(page);
}

static bool form_of(struct page *page, struct hours_form *form)
{
	*form = (struct hours_form){ .person = page->actor.user,
		.title = S("Your working days"),
		.to = S("/account/working-days") };
	if (page->id == 0)
		return true;
	struct person person;
	struct err err;
	bool there = store_person_read(page->store, page->arena, page->id, &person, &err);
	if (there && !str_equal(person.authority, page->actor.authority))
		there = err_set(&err, ERR_MISSING, "nobody of this authority");
	if (!there) {
		page_failed(page, &err);
		return false;
	}
	form->person = person.id;
	form->title = arena_format(page->arena, "Working days of %.*s", STR_ARGS(person.name));
	form->to = arena_format(page->arena, "/manage/working-days/%lld", (long long)person.id);
	return true;
}

static void fill(struct page *page, struct hours_form *form, const struct diary_hours *known)
{
	struct suggest_hours usual[7];
	booking_usual_hours(usual);
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++) {
		const struct suggest_hours *hours =
			known->known ? &known->day_of[weekday] : &usual[weekday];
		if (hours->to <= 0)
			continue;
		form->typed[weekday][0] = minute_text(page, hours->from);
		form->typed[weekday][1] = minute_text(page, hours->to);
	}
}

void hours_show(struct page *page)
{
	struct hours_form *form = arena_new(page->arena, struct hours_form);
	struct diary_hours known;
	struct err err;
	if (!form_of(page, form))
		return;
	if (!store_hours_read(page->store, form->person, &known, &err)) {
		page_failed(page, &err);
		return;
	}
	fill(page, form, &known);
	draw(page, form);
}

static bool hours_write(struct page *page, struct store *store, struct err *err)
{
	const struct hours_form *form = page->own;
	return store_hours_set(store, &page->actor, form->person, form->hours, err);
}

static void hours_written(struct page *page, const struct err *failed)
{
	const struct hours_form *form = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else if (page->id == 0)
		page_redirect(page, arena_format(page->arena, "%.*s?saved=1", STR_ARGS(form->to)));
	else
		manage_done(page, HOURS, S("hours"));
}

void hours_send(struct page *page)
{
	struct hours_form *form = arena_new(page->arena, struct hours_form);
	if (!form_of(page, form))
		return;
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		read_day(page, form, weekday);
	bool any = false;
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		any = any || form->hours[weekday].to > 0;
	if (!any && form->mistakes.n == 0)
		manage_wrong(&form->mistakes, S("Monday-from"), S("Enter at least one working day"));
	page->own = form;
	if (form->mistakes.n > 0)
		draw(page, form);
	else
		page_write(page, hours_write, hours_written);
}

/* ---- everybody's, for a manager */

/* One working week serves both councils: the managers of their own keep it, and they themselves. */
static void person_cell(struct page *page, const struct diary_person *person)
{
	struct buf *b = page->out;
	if (!str_equal(person->authority, page->actor.authority)) {
		text(b, person->name);
		H(b, " ");
		moj_badge(b, brand_name(page, person->authority), (str){ 0 });
		return;
	}
	H(b, "<a class=\"govuk-link\" href=\"/manage/working-days/");
	text_id(b, person->id);
	H(b, "\">");
	text(b, person->name);
	H(b, "</a>");
}

void manage_hours_show(struct page *page)
{
	struct diary_people people;
	struct err err;
	struct buf *b = page->out;
	if (!store_hours_list(page->store, page->arena, page->actor.authority, &people, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, HOURS, S("Working days"), NULL);
	H(b, "<p class=\"govuk-body\">Who chairs reviews and conferences, and when they work. Days for "
	     "meetings are suggested from this. Leave stands under Inbox, Cover and handover. The days of "
	     "whoever belongs to another council are kept there, or by themselves.</p>\n"
	     "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">People and their working days</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th scope=\"col\" "
	     "class=\"govuk-table__header\">Person</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Works</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < people.n; i++) {
		const struct diary_person *person = &people.item[i];
		struct buf words = { 0 };
		buf_hours_words(&words, person->hours.day_of);
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		person_cell(page, person);
		H(b, "</th><td class=\"govuk-table__cell\">");
		text(b, person->hours.known
				? buf_view(&words)
				: S("Not recorded: Monday to Friday, 9am to 5pm, is taken"));
		H(b, "</td></tr>\n");
		buf_close(&words);
	}
	H(b, "</tbody></table>\n");
	manage_close(page);
}
