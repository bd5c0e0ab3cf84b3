/* manage_user.c - one person: what they are, stopping them, and letting them in again. */
#include "html/govuk_button.h"
#include "html/govuk_summary_list.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_user_inside.h"

/* Of the same authority; else the page of an unknown id is the answer. */
bool manage_user_read(struct page *page, struct person *out)
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

str manage_user_path(struct page *page, const char *rest)
{
	return arena_format(page->arena, "/manage/users/%lld%s", (long long)page->id, rest);
}

void manage_user_act(struct page *page, const char *rest, str words, str classes)
{
	layout_form_open(page->out, manage_user_path(page, rest), page->csrf);
	govuk_button(page->out, .text = words, .classes = classes, .prevent_double_click = GOVUK_YES);
	H(page->out, "</form>\n");
}

static void acts(struct page *page, const struct person *person)
{
	struct buf *b = page->out;
	if (person->disabled) {
		H(b, "<h2 class=\"govuk-heading-m\">Sign-in</h2>\n<p class=\"govuk-body\">They cannot "
		     "sign in.</p>\n");
		manage_user_act(page, "/enable", S("Let them sign in again"), S("govuk-button--secondary"));
		return;
	}
	H(b, "<h2 class=\"govuk-heading-m\">If they cannot sign in</h2>\n<p class=\"govuk-body\">A new "
	     "password ends their sessions everywhere.</p>\n");
	manage_user_act(page, "/password", S("Make a new password"), S("govuk-button--secondary"));
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", manage_user_path(page, "/council"));
	H(b, ">Council account</a></p>\n");
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", manage_user_path(page, "/second-factor"));
	H(b, ">Reset the second step</a>, when they have lost their phone or passkey and their recovery "
	     "codes.</p>\n");
	H(b, "<h2 class=\"govuk-heading-m\">When they leave</h2>\n<p class=\"govuk-body\">"
	     "<a class=\"govuk-link\"");
	attr(b, "href", manage_user_path(page, "/disable"));
	H(b, ">Stop them signing in</a></p>\n");
}

void manage_user_page(struct page *page, const struct person *before, struct user_form *form)
{
	struct buf *b = page->out;
	struct authorities work;
	struct err err;
	if (!store_person_authorities(page->store, page->arena, before->id, &work, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = USERS;
	page->layout.back_text = S("Users");
	manage_open(page, USERS, before->name, &form->mistakes);
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Sign-in name") }, .value = { .text = before->login } },
		{ .key = { .text = S("Sign-in") },
			.value = { .text = before->disabled ? S("Stopped") : S("May sign in") } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = 2);
	layout_form_open(b, manage_user_path(page, ""), page->csrf);
	manage_user_fields(page, form, false);
	govuk_button(b, .text = S("Save changes"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_beside_of(page, before, &work);
	acts(page, before);
	manage_close(page);
}

void manage_user_show(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	if (!manage_user_read(page, &form->person))
		return;
	form->role = role_text(form->person.role);
	manage_user_page(page, &form->person, form);
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
	} else if (manage_user_read(page, &before)) {
		manage_wrong(&form->mistakes, S("role"),
			arena_str(page->arena, str_of(failed->text)));
		manage_user_page(page, &before, form);
	}
}

static void change_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		refused(page, failed);
	else
		manage_done(page, manage_user_path(page, ""), S("changed"));
}

void manage_user_send(struct page *page)
{
	struct user_form *form = arena_new(page->arena, struct user_form);
	struct person before;
	page->own = form;
	if (!manage_user_read(page, &before))
		return;
	manage_user_check(page, form, false);
	if (form->mistakes.n > 0)
		manage_user_page(page, &before, form);
	else
		page_write(page, change_write, change_written);
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
	page->layout.back_href = manage_user_path(page, "");
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
		manage_user_act(page, "/disable", S("Stop them signing in"), S("govuk-button--warning"));
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", manage_user_path(page, ""));
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
	if (!manage_user_read(page, &stopping->person))
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
		manage_done(page, manage_user_path(page, ""), S("stopped"));
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
		manage_done(page, manage_user_path(page, ""), S("let-in"));
}

void manage_user_enable_send(struct page *page)
{
	struct person person;
	if (manage_user_read(page, &person))
		page_write(page, enable_write, enable_written);
}
