/* manage_beside.c - one team for two councils: who of another council works for this one too, in the
 * same role. This council lets them, because it is its children whom they then see; either of the two
 * ends it. Each child stays under its own council. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "identity/account.h"
#include "store/person.h"
#include "web/brand.h"
#include "web/later.h"
#include "web/manage.h"

#define BESIDE S("/manage/users/beside")

struct lending {
	str login, authority; /* as typed; whose children */
	int64_t person;
	struct manage_mistakes mistakes;
};

static void end_form(struct page *page, int64_t person, str authority, str name)
{
	struct buf *b = page->out;
	layout_form_open(b,
		arena_format(page->arena, "/manage/users/%lld/beside", (long long)person), page->csrf);
	H(b, "<input type=\"hidden\" name=\"authority\"");
	attr(b, "value", authority);
	H(b, ">");
	govuk_button(b, .text = arena_format(page->arena, "End the work for %.*s", STR_ARGS(name)),
		.classes = S("govuk-button--secondary"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void row(struct page *page, const struct person *person)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, person->name);
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, person->login);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, role_words(person->role));
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, brand_name(page, person->authority));
	H(b, "</td><td class=\"govuk-table__cell\">");
	end_form(page, person->id, page->actor.authority, brand_name(page, page->actor.authority));
	H(b, "</td></tr>\n");
}

static void table(struct page *page, const struct person_list *people)
{
	struct buf *b = page->out;
	show_wide_open(b, S("People of other councils"));
	H(b, "<table class=\"govuk-table\" id=\"people\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">People of other councils</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Sign-in name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Role</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Council</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\"><span "
	     "class=\"govuk-visually-hidden\">End</span></th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < people->n; i++)
		row(page, &people->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void beside_page(struct page *page, const struct lending *lending)
{
	struct person_list people;
	struct err err;
	struct buf *b = page->out;
	if (!store_person_of_others(
		    page->store, page->arena, page->actor.authority, &people, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/manage/users");
	page->layout.back_text = S("Users");
	manage_open(page, S("/manage/users"), S("People of other councils"), &lending->mistakes);
	H(b, "<p class=\"govuk-body\">Where two councils share a team, somebody of the other council can work "
	     "for yours too, in the same role. Their caseload spans both; each child stays under its own "
	     "council, with its own settings, files and numbers.</p>\n");
	if (people.n == 0)
		H(b, "<p class=\"govuk-body\" id=\"people\">Nobody of another council works for yours.</p>\n");
	else
		table(page, &people);
	layout_form_open(b, BESIDE, page->csrf);
	govuk_input(b, .label = { .text = S("Sign-in name") }, .id = S("login"), .name = S("login"),
		.hint = { .text = S("As the other council gave it to them. They see the children of yours who name "
				    "them, or whom their role sees.") },
		.value = lending->login, .classes = S("govuk-input--width-20"),
		.autocapitalize = S("none"), .autocomplete = S("off"), .spellcheck = GOVUK_NO,
		.error = { .text = manage_wrong_at(&lending->mistakes, S("login")) });
	govuk_button(b, .text = S("Let them work for us too"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

void manage_beside_show(struct page *page)
{
	beside_page(page, arena_new(page->arena, struct lending));
}

static bool lend(struct page *page, struct store *store, struct err *err)
{
	struct lending *lending = page->own;
	struct person person;
	return store_person_find(store, page->arena, lending->login, &person, err) &&
		(!person.disabled || err_set(err, ERR_MISSING, "there is no such person")) &&
		store_person_works_for(
			store, &page->actor, person.id, page->actor.authority, true, err);
}

static void lent(struct page *page, const struct err *failed)
{
	struct lending *lending = page->own;
	if (failed == NULL) {
		manage_done(page, BESIDE, S("changed"));
	} else if (failed->code == ERR_MISSING || failed->code == ERR_INPUT) {
		manage_wrong(&lending->mistakes, S("login"),
			failed->code == ERR_MISSING
				? S("Nobody of another council signs in with this name")
				: arena_str(page->arena, str_of(failed->text)));
		beside_page(page, lending);
	} else {
		page_failed(page, failed);
	}
}

void manage_beside_send(struct page *page)
{
	struct lending *lending = arena_new(page->arena, struct lending);
	str typed = str_trim(form_value(&page->form, S("login")));
	page->own = lending;
	lending->login = typed;
	if (typed.n == 0)
		manage_wrong(&lending->mistakes, S("login"), S("Enter a sign-in name"));
	else if (!account_login(page->arena, typed, &lending->login))
		manage_wrong(&lending->mistakes, S("login"),
			S("Nobody of another council signs in with this name"));
	if (lending->mistakes.n > 0)
		beside_page(page, lending);
	else
		page_write(page, lend, lent);
}

static bool end(struct page *page, struct store *store, struct err *err)
{
	const struct lending *lending = page->own;
	return store_person_works_for(
		store, &page->actor, lending->person, lending->authority, false, err);
}

static void ended(struct page *page, const struct err *failed)
{
	struct lending *lending = page->own;
	if (failed == NULL) {
		manage_done(page, BESIDE, S("changed"));
	} else if (failed->code == ERR_INPUT) {
		manage_wrong(&lending->mistakes, S("people"), arena_str(page->arena, str_of(failed->text)));
		beside_page(page, lending);
	} else {
		page_failed(page, failed);
	}
}

void manage_beside_end_send(struct page *page)
{
	struct lending *lending = arena_new(page->arena, struct lending);
	page->own = lending;
	lending->person = page->id;
	lending->authority = str_trim(form_value(&page->form, S("authority")));
	page_write(page, end, ended);
}

/* On the page of one of our own people. */
void manage_beside_of(struct page *page, const struct person *person, const struct authorities *work)
{
	struct buf *b = page->out;
	if (work->n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Work for other councils</h2>\n<p class=\"govuk-body\">Their "
	     "caseload spans that council, which let them. Each child stays under its own.</p>\n");
	for (size_t i = 0; i < work->n; i++)
		end_form(page, person->id, work->code[i], brand_name(page, work->code[i]));
}
