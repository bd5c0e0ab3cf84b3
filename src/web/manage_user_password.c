/* manage_user_password.c - a password that nobody chose: made up here, shown once to the
 * administrator who asked for it. */
#include "html/govuk_button.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_warning_text.h"
#include "identity/once.h"
#include "store/once.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_user_inside.h"

enum { SHOWN_FOR_MS = 15 * 60 * 1000 };

void manage_password_work(struct page *page)
{
	struct user_form *form = page->own;
	password_hash(str_of(form->made), form->hash);
}

void manage_password_begin(struct page *page)
{
	struct user_form *form = page->own;
	const struct store_env *env = page->web->options.env;
	unsigned char random[PASSWORD_RANDOM];
	env->random(env->self, random, sizeof random);
	password_make(random, form->made);
}

/* It is to be read on the next page, once, in this browser alone. */
bool manage_password_keep(struct page *page, struct store *store, struct err *err)
{
	const struct user_form *form = page->own;
	const struct store_env *env = page->web->options.env;
	unsigned char random[ONCE_RANDOM], sealed[ONCE_SEALED];
	env->random(env->self, random, sizeof random);
	size_t n = once_seal(page->csrf, random, str_of(form->made), sealed);
	return store_once_keep(store, form->id, page->actor.user,
		(str){ (const char *)sealed, n }, page->now + SHOWN_FOR_MS, err);
}

void manage_password_next(struct page *page)
{
	const struct user_form *form = page->own;
	page_redirect(page, arena_format(page->arena, "/manage/users/%lld/password",
				    (long long)form->id));
}

/* ---- a new one for somebody who is there */

static bool password_write(struct page *page, struct store *store, struct err *err)
{
	struct user_form *form = page->own;
	form->id = page->id;
	return store_person_password(
		       store, &page->actor, page->id, str_of(form->hash), err) &&
		manage_password_keep(page, store, err);
}

static void password_written(struct page *page, const struct err *failed)
{
	struct user_form *form = page->own;
	if (failed != NULL && failed->code == ERR_INPUT) {
		form->role = role_text(form->person.role);
		manage_wrong(&form->mistakes, S("name"),
			arena_str(page->arena, str_of(failed->text)));
		manage_user_page(page, &form->person, form);
	} else if (failed != NULL) {
		page_failed(page, failed);
	} else {
		manage_password_next(page);
	}
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
	if (!manage_user_read(page, &form->person))
		return;
	if (page->id == page->actor.user) {
		/* Their session would end before the password could be read. */
		form->role = role_text(form->person.role);
		manage_wrong(&form->mistakes, S("name"),
			S("Another administrator must make a new password for you"));
		manage_user_page(page, &form->person, form);
		return;
	}
	manage_password_begin(page);
	page_compute(page, manage_password_work, password_hashed);
}

/* ---- shown once */

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
	page->layout.back_href = manage_user_path(page, "");
	page->layout.back_text = shown->person.name;
	manage_open(page, USERS, S("First password"), NULL);
	if (!open) {
		H(b, "<p class=\"govuk-body\">This password was shown already, or not in this browser. "
		     "If it was not passed on, make a new one.</p>\n");
		manage_user_act(page, "/password", S("Make a new password"),
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
	if (manage_user_read(page, &shown->person))
		page_write(page, shown_take, shown_taken);
}
