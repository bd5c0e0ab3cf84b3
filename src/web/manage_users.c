/* manage_users.c - who may sign in: the list, one person, and what an administrator may do.
 *
 * A first password is made up here, shown once to who added the person, and chosen by nobody. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_select.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "identity/account.h"
#include "identity/once.h"
#include "identity/password.h"
#include "store/once.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#define USERS S("/manage/users")
enum { SHOWN_FOR_MS = 15 * 60 * 1000, LINE_MOST = 200 };

/* What the form said, and what came of it. */
struct user_form {
	struct person person; /* as it is to be; before: as it is */
	str role;             /* as typed */
	struct manage_mistakes mistakes;
	char made[PASSWORD_MADE + 1], hash[PASSWORD_HASH];
	int64_t id;
};

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

/* ---- the form's fields */

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

static void fields(struct page *page, const struct user_form *form, bool new)
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

static void check_fields(struct page *page, struct user_form *form, bool new)
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

/* ---- a password that nobody chose */

static void password_work(struct page *page)
{
	struct user_form *form = page->own;
	password_hash(str_of(form->made), form->hash);
}

static void password_begin(struct page *page)
{
	struct user_form *form = page->own;
	const struct store_env *env = page->web->options.env;
	unsigned char random[PASSWORD_RANDOM];
	env->random(env->self, random, sizeof random);
	password_make(random, form->made);
}

/* It is to be read on the next page, once, in this browser alone. */
static bool password_keep(struct page *page, struct store *store, struct err *err)
{
	const struct user_form *form = page->own;
	const struct store_env *env = page->web->options.env;
	unsigned char random[ONCE_RANDOM], sealed[ONCE_SEALED];
	env->random(env->self, random, sizeof random);
	size_t n = once_seal(page->csrf, random, str_of(form->made), sealed);
	return store_once_keep(store, form->id, page->actor.user,
		(str){ (const char *)sealed, n }, page->now + SHOWN_FOR_MS, err);
}

static void to_password(struct page *page)
{
	const struct user_form *form = page->own;
	page_redirect(page, arena_format(page->arena, "/manage/users/%lld/password",
				    (long long)form->id));
}

/* ---- adding */

static void add_form(struct page *page, const struct user_form *form)
{
	struct buf *b = page->out;
	page->layout.back_href = USERS;
	page->layout.back_text = S("Users");
	manage_open(page, USERS, S("Add a user"), &form->mistakes);
	layout_form_open(b, S("/manage/users/add"), page->csrf);
	fields(page, form, true);
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
		password_keep(page, store, err);
}

static void add_written(struct page *page, const struct err *failed)
{
	struct user_form *form = page->own;
	if (failed == NULL) {
		to_password(page);
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
	check_fields(page, form, true);
	if (form->mistakes.n > 0) {
		add_form(page, form);
		return;
	}
	password_begin(page);
	page_compute(page, password_work, add_hashed);
}

/* ---- one person */

/* Of the same authority; else the page of an unknown id is the answer. */
static bool person_read(struct page *page, struct person *out)
{
	struct err err;
	if (!store_person_read(page->store, page->arena, page->id, out, &err)) {
		page_failed(page, &err);
		return false;
	}
	if (str_equal(out->authority, page->actor.authority))
		return true;
	page_problem(page, 404);
	return false;
}

static str path_of(struct page *page, const char *rest)
{
	return arena_format(page->arena, "/manage/users/%lld%s", (long long)page->id, rest);
}

static void act_form(struct page *page, const char *rest, str words, str classes)
{
	layout_form_open(page->out, path_of(page, rest), page->csrf);
	govuk_button(page->out, .text = words, .classes = classes, .prevent_double_click = GOVUK_YES);
	H(page->out, "</form>\n");
}

static void acts(struct page *page, const struct person *person)
{
	struct buf *b = page->out;
	if (person->disabled) {
		H(b, "<h2 class=\"govuk-heading-m\">Sign-in</h2>\n<p class=\"govuk-body\">They cannot "
		     "sign in.</p>\n");
		act_form(page, "/enable", S("Let them sign in again"), S("govuk-button--secondary"));
		return;
	}
	H(b, "<h2 class=\"govuk-heading-m\">If they cannot sign in</h2>\n<p class=\"govuk-body\">A new "
	     "password ends their sessions everywhere.</p>\n");
	act_form(page, "/password", S("Make a new password"), S("govuk-button--secondary"));
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", path_of(page, "/council"));
	H(b, ">Council account</a></p>\n");
	H(b, "<h2 class=\"govuk-heading-m\">When they leave</h2>\n<p class=\"govuk-body\">"
	     "<a class=\"govuk-link\"");
	attr(b, "href", path_of(page, "/disable"));
	H(b, ">Stop them signing in</a></p>\n");
}

static void person_page(struct page *page, const struct person *before, struct user_form *form)
{
	struct buf *b = page->out;
	page->layout.back_href = USERS;
	page->layout.back_text = S("Users");
	manage_open(page, USERS, before->name, &form->mistakes);
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Sign-in name") }, .value = { .text = before->login } },
		{ .key = { .text = S("Sign-in") },
			.value = { .text = before->disabled ? S("Stopped") : S("May sign in") } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = 2);
	layout_form_open(b, path_of(page, ""), page->csrf);
	fields(page, form, false);
	govuk_button(b, .text = S("Save changes"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	acts(page, before);
	manage_close(page);
}

void manage_user_show(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	if (!person_read(page, &form->person))
		return;
	form->role = role_text(form->person.role);
	person_page(page, &form->person, form);
}

static bool change_write(struct page *page, struct store *store, struct err *err)
{
	const struct user_form *form = page->own;
	return store_person_change(store, &page->actor, page->id, form->person.name,
		form->person.role, form->person.team, err);
}

/* The store's own words for what may not be: at the field that asked for it. */
static void refused(struct page *page, const struct err *failed)
{
	struct user_form *form = page->own;
	struct person before;
	if (failed->code != ERR_INPUT && failed->code != ERR_DENIED) {
		page_failed(page, failed);
	} else if (person_read(page, &before)) {
		manage_wrong(&form->mistakes, S("role"),
			arena_str(page->arena, str_of(failed->text)));
		person_page(page, &before, form);
	}
}

static void change_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		refused(page, failed);
	else
		manage_done(page, path_of(page, ""), S("changed"));
}

void manage_user_send(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	struct person before;
	page->own = form;
	if (!person_read(page, &before))
		return;
	check_fields(page, form, false);
	if (form->mistakes.n > 0)
		person_page(page, &before, form);
	else
		page_write(page, change_write, change_written);
}

/* ---- a new password */

static bool password_write(struct page *page, struct store *store, struct err *err)
{
	struct user_form *form = page->own;
	form->id = page->id;
	return store_person_password(
		       store, &page->actor, page->id, str_of(form->hash), err) &&
		password_keep(page, store, err);
}

static void password_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		to_password(page);
}

static void password_hashed(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_write(page, password_write, password_written);
}

void manage_user_password_send(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	page->own = form;
	if (!person_read(page, &form->person))
		return;
	if (page->id == page->actor.user) {
		/* Their session would end before the password could be read. */
		form->role = role_text(form->person.role);
		manage_wrong(&form->mistakes, S("name"),
			S("Another administrator must make a new password for you"));
		person_page(page, &form->person, form);
		return;
	}
	password_begin(page);
	page_compute(page, password_work, password_hashed);
}

struct shown {
	struct person person;
	str sealed;
};

static bool shown_take(struct page *page, struct store *store, struct err *err)
{
	struct shown *shown = page->own;
	return store_once_take(
		store, page->arena, page->id, page->actor.user, &shown->sealed, err);
}

static void shown_taken(struct page *page, const struct err *failed)
{
	struct shown *shown = page->own;
	struct buf *b = page->out;
	char password[ONCE_MOST + 1] = "";
	if (failed != NULL && failed->code != ERR_MISSING) {
		page_failed(page, failed);
		return;
	}
	bool open = failed == NULL && once_open(page->csrf, shown->sealed, password);
	page->layout.back_href = path_of(page, "");
	page->layout.back_text = shown->person.name;
	manage_open(page, USERS, S("First password"), NULL);
	if (!open) {
		H(b, "<p class=\"govuk-body\">This password was shown already, or not in this browser. "
		     "If it was not passed on, make a new one.</p>\n");
		act_form(page, "/password", S("Make a new password"),
			S("govuk-button--secondary"));
		manage_close(page);
		return;
	}
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Name") }, .value = { .text = shown->person.name } },
		{ .key = { .text = S("Sign-in name") }, .value = { .text = shown->person.login } },
		{ .key = { .text = S("Password") },
			.value = { .text = str_of(password), .classes = S("app-made") } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = 3);
	govuk_warning_text(b, .text = S("This password is shown only now. Pass it on in person, or "
					"by telephone to a number that you know."));
	govuk_button(b, .text = S("I have passed it on"), .href = USERS);
	manage_close(page);
}

void manage_user_password_show(struct page *page)
{
	struct shown *shown = arena_new(page->arena, struct shown);
	page->own = shown;
	if (person_read(page, &shown->person))
		page_write(page, shown_take, shown_taken);
}

/* ---- stopping, and letting in again */

static void count(struct buf *b, int64_t n, str as)
{
	H(b, "<li>");
	text_int(b, n);
	text(b, n == 1 ? S(" child has them as ") : S(" children have them as "));
	text(b, as);
	H(b, "</li>\n");
}

static void stop_page(struct page *page, const struct person *person,
	const struct person_named *named, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	page->layout.back_href = path_of(page, "");
	page->layout.back_text = person->name;
	manage_open(page, USERS, S("Stop a user signing in"), mistakes);
	H(b, "<p class=\"govuk-body\">");
	text(b, person->name);
	H(b, " is signed out everywhere and cannot sign in. What they wrote stays.</p>\n");
	if (named->iro + named->chair + named->worker > 0) {
		H(b, "<p class=\"govuk-body\" id=\"named\">No child may stand with nobody. First give "
		     "these children to somebody else:</p>\n<ul class=\"govuk-list "
		     "govuk-list--bullet\">\n");
		if (named->iro > 0)
			count(b, named->iro, S("reviewing officer"));
		if (named->chair > 0)
			count(b, named->chair, S("conference chair"));
		if (named->worker > 0)
			count(b, named->worker, S("social worker"));
		H(b, "</ul>\n<p class=\"govuk-body\">A manager does that under Allocation, or by a "
		     "handover. To keep somebody out at once, make a new password for them and pass "
		     "it to nobody.</p>\n");
	} else {
		act_form(page, "/disable", S("Stop them signing in"), S("govuk-button--warning"));
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", path_of(page, ""));
	H(b, ">Go back without stopping them</a></p>\n");
	manage_close(page);
}

struct stopping {
	struct person person;
	struct person_named named;
	struct manage_mistakes mistakes;
};

static struct stopping *stopping_read(struct page *page)
{
	struct stopping *stopping = arena_new(page->arena, struct stopping);
	struct err err;
	page->own = stopping;
	if (!person_read(page, &stopping->person))
		return NULL;
	if (store_person_named(
		    page->store, page->arena, &stopping->person, &stopping->named, &err))
		return stopping;
	page_failed(page, &err);
	return NULL;
}

void manage_user_disable_show(struct page *page)
{
	struct stopping *stopping = stopping_read(page);
	if (stopping != NULL)
		stop_page(page, &stopping->person, &stopping->named, NULL);
}

/* Counted again where it is written: an allocation may have come between. */
static bool disable_write(struct page *page, struct store *store, struct err *err)
{
	struct stopping *stopping = page->own;
	struct person_named *named = &stopping->named;
	if (!store_person_named(store, page->arena, &stopping->person, named, err))
		return false;
	if (named->iro + named->chair + named->worker > 0)
		return err_set(err, ERR_INPUT, "Give their children to somebody else first");
	return store_person_disable(store, &page->actor, page->id, err);
}

static void disable_written(struct page *page, const struct err *failed)
{
	struct stopping *stopping = page->own;
	if (failed == NULL) {
		manage_done(page, path_of(page, ""), S("stopped"));
	} else if (failed->code == ERR_INPUT || failed->code == ERR_DENIED) {
		manage_wrong(&stopping->mistakes, S("named"),
			arena_str(page->arena, str_of(failed->text)));
		stop_page(page, &stopping->person, &stopping->named, &stopping->mistakes);
	} else {
		page_failed(page, failed);
	}
}

void manage_user_disable_send(struct page *page)
{
	if (stopping_read(page) != NULL)
		page_write(page, disable_write, disable_written);
}

static bool enable_write(struct page *page, struct store *store, struct err *err)
{
	return store_person_enable(store, &page->actor, page->id, err);
}

static void enable_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, path_of(page, ""), S("let-in"));
}

void manage_user_enable_send(struct page *page)
{
	struct person person;
	if (person_read(page, &person))
		page_write(page, enable_write, enable_written);
}
