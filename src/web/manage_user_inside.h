/* manage_user_inside.h - what the pages about users share: the form, the person, their password. */
#pragma once

#include "identity/password.h"
#include "store/person.h"
#include "web/manage.h"

#define USERS S("/manage/users")

/* What the form said, and what came of it. */
struct user_form {
	struct person person; /* as it is to be; before: as it is */
	str role;             /* as typed */
	struct manage_mistakes mistakes;
	char made[PASSWORD_MADE + 1], hash[PASSWORD_HASH];
	int64_t id;
};

/* ---- manage_user_form.c */
/* A new person also gets a sign-in name. */
void manage_user_fields(struct page *page, const struct user_form *form, bool new);
/* Reads what was typed, and notes what is wrong with it. */
void manage_user_check(struct page *page, struct user_form *form, bool new);

/* ---- manage_user.c */
/* Of the same authority; else the page of an unknown id is the answer. */
MUST_USE bool manage_user_read(struct page *page, struct person *out);
str manage_user_path(struct page *page, const char *rest);
/* A button that does something to them. */
void manage_user_act(struct page *page, const char *rest, str words, str classes);
void manage_user_page(struct page *page, const struct person *before, struct user_form *form);

/* ---- manage_user_password.c: page->own is a user_form */
void manage_password_begin(struct page *page);
/* Hashes it: for page_compute(). */
void manage_password_work(struct page *page);
/* It is to be read on the next page, once, in this browser alone. */
MUST_USE bool manage_password_keep(struct page *page, struct store *store, struct err *err);
void manage_password_next(struct page *page);
