#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_password_input.h"
#include "identity/account.h"
#include "identity/attempt.h"
#include "identity/password.h"
#include "store/tracker.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"

#include <string.h>

/* What one attempt carries from step to step. */
struct attempt {
	str login, password, next;
	bool over;            /* one too many */
	struct person person; /* nobody: without a hash */
	bool right;
	char better[PASSWORD_HASH]; /* the hash made anew; empty: not needed */
	struct token token;
};

enum mistake { NO_MISTAKE, NO_LOGIN, NO_PASSWORD, NO_MATCH, TOO_MANY };

static const str mistakes[] = {
	[NO_LOGIN] = S_INIT("Enter your sign-in name"),
	[NO_PASSWORD] = S_INIT("Enter your password"),
	[NO_MATCH] = S_INIT("Enter a sign-in name and password that match"),
	[TOO_MANY] = S_INIT("There have been too many attempts. Wait 5 minutes and try again"),
};

static void fields(struct page *page, str login, str next, enum mistake mistake)
{
	struct buf *b = page->out;
	H(b, "<form method=\"post\" action=\"/sign-in\" novalidate>\n");
	if (next.n > 0) {
		H(b, "<input type=\"hidden\" name=\"next\"");
		attr(b, "value", next);
		H(b, ">\n");
	}
	bool at_login = mistake == NO_LOGIN || mistake == NO_MATCH || mistake == TOO_MANY;
	govuk_input(b, .label = { .text = S("Sign-in name") }, .id = S("login"), .name = S("login"),
		.value = login, .autocomplete = S("username"), .autocapitalize = S("none"),
		.spellcheck = GOVUK_NO, .classes = S("govuk-input--width-20"),
		.error = { .text = at_login ? mistakes[mistake] : (str){ 0 } });
	govuk_password_input(b, .label = { .text = S("Password") }, .id = S("password"),
		.name = S("password"), .autocomplete = S("current-password"),
		.error = { .text = mistake == NO_PASSWORD ? mistakes[mistake] : (str){ 0 } });
	govuk_button(b, .text = S("Sign in"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n<p class=\"govuk-body\">If you cannot sign in, ask whoever looks after Duly "
	     "in your council.</p>\n");
}

static void form_show(struct page *page, str login, str next, enum mistake mistake)
{
	struct buf *b = page->out;
	page->layout.error = mistake != NO_MISTAKE;
	page_open(page, S("Sign in"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake != NO_MISTAKE)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = mistakes[mistake],
					.href = mistake == NO_PASSWORD ? S("#password")
								       : S("#login") }));
	H(b, "<h1 class=\"govuk-heading-l\">Sign in</h1>\n");
	if (mistake == NO_MISTAKE && next.n > 0)
		govuk_inset_text(
			b, .text = S("Sign in to see the page that you asked for. You are "
				     "signed out after 30 minutes without a page, to protect "
				     "children's information."));
	fields(page, login, next, mistake);
	H(b, "</div></div>\n");
	page_close(page);
}

static str next_of(struct page *page, str given)
{
	return page_is_ours(page->arena, given) && !str_starts(given, S("/sign-")) ? given
										   : (str){ 0 };
}

void sign_in_show(struct page *page)
{
	str next = next_of(page, form_value(&page->query, S("next")));
	if (page->signed_in)
		page_redirect(page, next.n > 0 ? next : S("/"));
	else
		form_show(page, (str){ 0 }, next, NO_MISTAKE);
}

static void again(struct page *page, int status, enum mistake mistake)
{
	const struct attempt *attempt = page->own;
	page->status = status;
	form_show(page, attempt->login, attempt->next, mistake);
}

/* ---- 3: the right password: a new session, whatever cookie came with the form */

static bool session_write(struct page *page, struct store *store, struct err *err)
{
	struct attempt *attempt = page->own;
	const struct framed *framed = (const struct framed *)page;
	if (framed->has_token && !session_end(store, &framed->token, err))
		return false;
	if (attempt->better[0] != '\0' &&
		!store_person_rehash(store, attempt->person.id, str_of(attempt->better), err))
		return false;
	return attempt_forget(store, attempt->login, err) &&
	       session_begin(store, &attempt->token, attempt->person.id, page->now, err);
}

static void session_written(struct page *page, const struct err *failed)
{
	const struct attempt *attempt = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	page->signed_in = false; /* with this answer, not with what came */
	page_redirect(page, attempt->next.n > 0 ? attempt->next : S("/"));
	cookie_set(page, page->web->options.secure, &attempt->token);
}

/* ---- 2: is it the right one? The same work for a name that nobody has. */

static void password_work(struct page *page)
{
	struct attempt *attempt = page->own;
	attempt->right = password_verify(attempt->person.password, attempt->password);
	if (attempt->right && password_outdated(attempt->person.password))
		password_hash(attempt->password, attempt->better);
}

static void password_worked(struct page *page, const struct err *failed)
{
	struct attempt *attempt = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!attempt->right ||
		   !policy_may(attempt->person.role, MAY_SIGN_IN, RELATION_NONE, OPEN)) {
		again(page, 422, NO_MATCH);
	} else {
		const struct store_env *env = page->web->options.env;
		env->random(env->self, attempt->token.bytes, sizeof attempt->token.bytes);
		page_write(page, session_write, session_written);
	}
}

/* ---- 1: one more attempt, noted before the password is looked at */

static bool attempt_write(struct page *page, struct store *store, struct err *err)
{
	struct attempt *attempt = page->own;
	return attempt_note(
		store, attempt->login, page->request->peer, page->now, &attempt->over, err);
}

static void attempt_written(struct page *page, const struct err *failed)
{
	struct attempt *attempt = page->own;
	struct err err;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (attempt->over) {
		again(page, 429, TOO_MANY);
	} else if (!account_find(
			   page->store, page->arena, attempt->login, &attempt->person, &err) &&
		   err.code != ERR_MISSING) {
		page_failed(page, &err);
	} else {
		page_compute(page, password_work, password_worked);
	}
}

void sign_in_send(struct page *page)
{
	struct attempt *attempt = arena_new(page->arena, struct attempt);
	page->own = attempt;
	attempt->login = str_trim(form_value(&page->form, S("login")));
	attempt->password = form_value(&page->form, S("password"));
	attempt->next = next_of(page, form_value(&page->form, S("next")));
	str login;
	if (attempt->login.n == 0) {
		again(page, 422, NO_LOGIN);
	} else if (attempt->password.n == 0) {
		again(page, 422, NO_PASSWORD);
	} else if (!account_login(page->arena, attempt->login, &login)) {
		again(page, 422, NO_MATCH); /* the form of a name tells nothing of who is there */
	} else {
		attempt->login = login;
		page_write(page, attempt_write, attempt_written);
	}
}

/* ---- signing out */

static bool session_close(struct page *page, struct store *store, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	return store_tracker_forget(store, page->actor.user, page->now, err) &&
	       session_end(store, &framed->token, err);
}

static void session_closed(struct page *page, const struct err *failed)
{
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	page_redirect(page, S("/sign-in"));
	cookie_clear(page, page->web->options.secure);
}

void sign_out_send(struct page *page)
{
	page_write(page, session_close, session_closed);
}
