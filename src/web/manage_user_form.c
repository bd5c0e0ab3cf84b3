/* manage_user_form.c - what is typed of a person, and what is wrong with it. */
#include "html/govuk_input.h"
#include "html/govuk_select.h"
#include "identity/account.h"
#include "web/manage_user_inside.h"

enum { LINE_MOST = 200 };

static void role_field(struct page *page, str value, str wrong)
{
	struct govuk_select_item item[ROLES + 1];
	size_t n = 0;
	item[n++] = (struct govuk_select_item){ .text = S("Choose a role"), .value = S("") };
	for (enum role role = ROLE_NONE + 1; role < ROLES; role++) {
		if (role != ROLE_SYSTEM)
			item[n++] = (struct govuk_select_item){ .text = role_words(role),
				.value = role_text(role) };
	}
	govuk_select(page->out, .label = { .text = S("Role") }, .id = S("role"), .name = S("role"),
		.hint = { .text = S("What they may see and do hangs on it: see Roles.") },
		.items = item, .n_items = n, .value = value, .error = { .text = wrong });
}

void manage_user_fields(struct page *page, const struct user_form *form, bool new)
{
	struct buf *b = page->out;
	const struct manage_mistakes *wrong = &form->mistakes;
	govuk_input(b, .label = { .text = S("Full name") }, .id = S("name"), .name = S("name"),
		.hint = { .text = S("As the council’s files write it: children are matched by it.") },
		.value = form->person.name, .spellcheck = GOVUK_NO,
		.error = { .text = manage_wrong_at(wrong, S("name")) });
	if (new)
		govuk_input(b, .label = { .text = S("Sign-in name") }, .id = S("login"),
			.name = S("login"), .value = form->person.login,
			.hint = { .text = S("2 to 60 letters, digits and . _ - @") },
			.classes = S("govuk-input--width-20"), .autocapitalize = S("none"),
			.autocomplete = S("off"), .spellcheck = GOVUK_NO,
			.error = { .text = manage_wrong_at(wrong, S("login")) });
	role_field(page, form->role, manage_wrong_at(wrong, S("role")));
	govuk_input(b, .label = { .text = S("Team") }, .id = S("team"), .name = S("team"),
		.hint = { .text = S("Leave empty if they have none. As the council’s files write it.") },
		.value = form->person.team, .classes = S("govuk-input--width-20"),
		.error = { .text = manage_wrong_at(wrong, S("team")) });
}

void manage_user_check(struct page *page, struct user_form *form, bool new)
{
	struct person *person = &form->person;
	person->name = str_trim(form_value(&page->form, S("name")));
	person->team = str_trim(form_value(&page->form, S("team")));
	form->role = form_value(&page->form, S("role"));
	if (person->name.n == 0)
		manage_wrong(&form->mistakes, S("name"), S("Enter their full name"));
	else if (person->name.n > LINE_MOST || str_find(person->name, '\n') < person->name.n)
		manage_wrong(&form->mistakes, S("name"), S("Full name must be 200 characters or fewer"));
	if (new) {
		str typed = str_trim(form_value(&page->form, S("login"))), login;
		person->login = typed;
		if (typed.n == 0)
			manage_wrong(&form->mistakes, S("login"), S("Enter a sign-in name"));
		else if (!account_login(page->arena, typed, &login))
			manage_wrong(&form->mistakes, S("login"),
				S("Sign-in name must be 2 to 60 letters, digits and . _ - @"));
		else
			person->login = login;
	}
	if (!role_find(form->role, &person->role) || person->role == ROLE_SYSTEM)
		manage_wrong(&form->mistakes, S("role"), S("Choose a role"));
	if (person->team.n > LINE_MOST || str_find(person->team, '\n') < person->team.n)
		manage_wrong(&form->mistakes, S("team"), S("Team must be 200 characters or fewer"));
}
