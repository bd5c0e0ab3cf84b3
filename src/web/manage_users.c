/* manage_users.c - who may sign in: the list, and adding somebody. One of them: manage_user.c. */
#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_tag.h"
#include "html/show_list.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_user_inside.h"

/* ---- the list */

static void list_row(struct buf *b, const struct person *person)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/manage/users/");
	text_id(b, person->id);
	H(b, "\">");
	text(b, person->name);
	H(b, "</a></th><td class=\"govuk-table__cell\">");
	text(b, person->login);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, role_words(person->role));
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, person->team);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (person->disabled)
		govuk_tag(b, .text = S("Stopped"), .classes = S("govuk-tag--grey"));
	else
		H(b, "May sign in");
	H(b, "</td></tr>\n");
}

void manage_users_show(struct page *page)
{
	struct person_list people;
	struct err err;
	struct buf *b = page->out;
	if (!store_person_list(page->store, page->arena, page->actor.authority, &people, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, USERS, S("Users"), NULL);
	size_t stopped = 0;
	for (size_t i = 0; i < people.n; i++)
		stopped += people.item[i].disabled;
	H(b, "<p class=\"govuk-body\">");
	text_int(b, (int64_t)(people.n - stopped));
	text(b, people.n - stopped == 1 ? S(" person may sign in.") : S(" people may sign in."));
	if (stopped > 0) {
		H(b, " ");
		text_int(b, (int64_t)stopped);
		H(b, " stopped.");
	}
	H(b, "</p>\n");
	govuk_button(b, .text = S("Add a user"), .href = S("/manage/users/add"));
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/manage/users/beside\">People of other "
	     "councils who work for yours</a></p>\n");
	show_wide_open(b, S("Users"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Users</caption><thead class=\"govuk-table__head\">"
	     "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Sign-in name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Role</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Team</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Sign-in</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < people.n; i++)
		list_row(b, &people.item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	manage_close(page);
}

/* ---- adding */

static void add_form(struct page *page, const struct user_form *form)
{
	struct buf *b = page->out;
	page->layout.back_href = USERS;
	page->layout.back_text = S("Users");
	manage_open(page, USERS, S("Add a user"), &form->mistakes);
	layout_form_open(b, S("/manage/users/add"), page->csrf);
	manage_user_fields(page, form, true);
	govuk_inset_text(b, .text = S("Duly makes up their first password and shows it to you once. "
				      "Pass it on in person: it cannot be looked up again."));
	govuk_button(b, .text = S("Add this user"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

void manage_user_add_show(struct page *page)
{
	add_form(page, arena_new(page->arena, struct user_form));
}

static bool add_write(struct page *page, struct store *store, struct err *err)
{
	struct user_form *form = page->own;
	form->person.authority = page->actor.authority;
	form->person.password = str_of(form->hash);
	return store_person_add(store, &page->actor, &form->person, &form->id, err) &&
		manage_password_keep(page, store, err);
}

static void add_written(struct page *page, const struct err *failed)
{
	struct user_form *form = page->own;
	if (failed == NULL) {
		manage_password_next(page);
	} else if (failed->code == ERR_DUPLICATE) {
		manage_wrong(&form->mistakes, S("login"),
			S("Somebody has this sign-in name. Choose another"));
		add_form(page, form);
	} else {
		page_failed(page, failed);
	}
}

static void add_hashed(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_write(page, add_write, add_written);
}

void manage_user_add_send(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	page->own = form;
	manage_user_check(page, form, true);
	if (form->mistakes.n > 0) {
		add_form(page, form);
		return;
	}
	manage_password_begin(page);
	page_compute(page, manage_password_work, add_hashed);
}
