#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_password_input.h"
#include "identity/account.h"
#include "identity/attempt.h"
#include "identity/password.h"
#include "store/check.h"
#include "store/tracker.h"
#include "store/factor.h"
#include "web/cookie.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/passkey.h"
#include "web/sign_in.h"

#include <string.h>

/* What one attempt carries from step to step. */
struct attempt {
	str login, password, next;
	str counted;          /* the name that it is counted under */
	bool over;            /* one too many */
	struct person person; /* nobody: without a hash */
	bool right;
	bool council_only; /* they have a council account, and it is that or nothing */
	str half; /* the second step that is asked for next; empty: none is */
	char better[PASSWORD_HASH]; /* the hash made anew; empty: not needed */
	struct let_in in;
};

enum mistake { NO_MISTAKE, NO_LOGIN, NO_PASSWORD, NO_MATCH, TOO_MANY, COUNCIL_ONLY_ONE };

static const str mistakes[] = {
	[NO_LOGIN] = S_INIT("Enter your sign-in name"),
	[NO_PASSWORD] = S_INIT("Enter your password"),
	[NO_MATCH] = S_INIT("Enter a sign-in name and password that match"),
	[TOO_MANY] = S_INIT("There have been too many attempts. Wait 5 minutes and try again"),
	[COUNCIL_ONLY_ONE] = S_INIT("Sign in with your council account: your password is not used any "
				    "more"),
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
	bool at_login = mistake != NO_MISTAKE && mistake != NO_PASSWORD;
	govuk_input(b, .label = { .text = S("Sign-in name") }, .id = S("login"), .name = S("login"),
		.value = login, .autocomplete = S("username"), .autocapitalize = S("none"),
		.spellcheck = GOVUK_NO, .classes = S("govuk-input--width-20"),
		.error = { .text = at_login ? mistakes[mistake] : (str){ 0 } });
	govuk_password_input(b, .label = { .text = S("Password") }, .id = S("password"),
		.name = S("password"), .autocomplete = S("current-password"),
		.error = { .text = mistake == NO_PASSWORD ? mistakes[mistake] : (str){ 0 } });
	govuk_button(b, .text = S("Sign in"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

/* A link, not a form: where it leads on to another site, our own policy for forms would stop it. */
static void council_button(struct page *page, const struct council *council, str next)
{
	struct buf *b = page->out;
	govuk_button(b, .text = council->button,
		.href = sign_in_step(page, S("/sign-in/council"), next));
	H(b, "<h2 class=\"govuk-heading-m\">Or with a password</h2>\n");
}

/* Hidden until a script shows it: the form above needs none. */
static void passkey(struct page *page, str next)
{
	struct buf heading = { 0 };
	struct passkey_button button = { .purpose = S("alone"),
		.challenge = S("/sign-in/passkey/challenge"),
		.again = sign_in_step(page, S("/sign-in"), next),
		.action = S("/sign-in/passkey-alone"),
		.next = next,
		.words = S("Sign in with a passkey"),
		.classes = S("govuk-button--secondary") };
	if (!site_of(page, &button.site))
		return;
	H(&heading, "<h2 class=\"govuk-heading-m\">Without a password</h2>\n<p class=\"govuk-body\">If "
		    "you have added a passkey, use your fingerprint, face or security key.</p>\n");
	button.fields = html_markup(&heading);
	passkey_button(page, &button);
	buf_close(&heading);
}

static void form_show(struct page *page, str login, str next, enum mistake mistake, str of_passkey)
{
	struct buf *b = page->out;
	struct council council;
	struct err err;
	if (!council_read(page, &council, &err) && err.code != ERR_BROKEN) {
		page_failed(page, &err);
		return;
	}
	page->layout.error = mistake != NO_MISTAKE || of_passkey.n > 0;
	page_open(page, S("Sign in"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake != NO_MISTAKE)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = mistakes[mistake],
					.href = mistake == NO_PASSWORD ? S("#password")
								       : S("#login") }));
	else if (of_passkey.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = of_passkey }));
	H(b, "<h1 class=\"govuk-heading-l\">Sign in</h1>\n");
	if (mistake == NO_MISTAKE && form_has(&page->query, S("kept")))
		govuk_inset_text(b, .text = S("You were signed out to protect children's "
					      "information. What you typed is kept: sign in and "
					      "it is there again."));
	else if (mistake == NO_MISTAKE && next.n > 0)
		govuk_inset_text(
			b, .text = S("Sign in to see the page that you asked for. You are "
				     "signed out after 30 minutes without a page, to protect "
				     "children's information."));
	if (council.set)
		council_button(page, &council, next);
	fields(page, login, next, mistake);
	passkey(page, next);
	H(b, "<p class=\"govuk-body\">If you cannot sign in, ask whoever looks after Duly in your "
	     "council.</p>\n</div></div>\n");
	page_close(page);
}

str sign_in_step(struct page *page, str to, str next)
{
	struct buf b = { 0 };
	buf_str(&b, to);
	if (next.n > 0) {
		buf_lit(&b, "?next=");
		html_url(&b, next);
	}
	str out = arena_str(page->arena, buf_view(&b));
	buf_close(&b);
	return out;
}

void sign_in_show(struct page *page)
{
	str next = let_in_next(page, form_value(&page->query, S("next")));
	if (page->signed_in)
		page_redirect(page, next.n > 0 ? next : S("/"));
	else
		form_show(page, (str){ 0 }, next, NO_MISTAKE, (str){ 0 });
}

static void again(struct page *page, int status, enum mistake mistake)
{
	const struct attempt *attempt = page->own;
	page->status = status;
	form_show(page, attempt->login, attempt->next, mistake, (str){ 0 });
}

void sign_in_again(struct page *page, int status, str next, str mistake)
{
	page->status = status;
	form_show(page, (str){ 0 }, next, NO_MISTAKE, mistake);
}

/* ---- 3: the right password: a new session, whatever cookie came with the form; or the next step */

static bool session_write(struct page *page, struct store *store, struct err *err)
{
	struct attempt *attempt = page->own;
	if (attempt->better[0] != '\0' &&
		!store_person_rehash(store, attempt->person.id, str_of(attempt->better), err))
		return false;
	if (attempt->half.n == 0)
		return let_in_write(page, store, &attempt->in, err);
	return attempt_forget(store, attempt->counted, err) &&
	       half_write(page, store, attempt->person.id, &attempt->in.token, err);
}

static void session_written(struct page *page, const struct err *failed)
{
	const struct attempt *attempt = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (attempt->half.n == 0) {
		let_in_answer(page, &attempt->in);
	} else {
		struct token_text text = token_write(&attempt->in.token);
		page->signed_in = false;
		page_redirect(page, sign_in_step(page, attempt->half, attempt->next));
		cookie_put(page, COOKIE_STEP, str_of(text.text));
	}
}

bool sign_in_council_only(struct page *page, enum role role, const struct factors *factors, bool *only,
	struct err *err)
{
	struct council council;
	*only = factors->council && role != ROLE_ADMINISTRATOR;
	if (!*only)
		return true;
	if (!council_read(page, &council, err))
		return false;
	*only = council.set && council.only;
	return true;
}

/* What else is asked of them. */
static bool steps_find(struct page *page, struct err *err)
{
	struct attempt *attempt = page->own;
	struct factors factors;
	bool required;
	if (!store_factors(page->store, attempt->person.id, &factors, err) ||
		!store_second_factor_required(page->store, page->arena, &required, err))
		return false;
	if (factors.totp || factors.passkeys > 0)
		attempt->half = sign_in_first_step(page, attempt->person.id, factors.totp, err);
	if ((factors.totp || factors.passkeys > 0) && attempt->half.n == 0)
		return false;
	if (!sign_in_council_only(page, attempt->person.role, &factors, &attempt->council_only, err))
		return false;
	attempt->in = (struct let_in){ .person = attempt->person.id,
		.how = S("password"),
		.bare = required,
		.next = attempt->next,
		.counted = attempt->counted };
	const struct store_env *env = page->web->options.env;
	env->random(env->self, attempt->in.token.bytes, sizeof attempt->in.token.bytes);
	return true;
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
	struct err err;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!attempt->right ||
		   !policy_may(attempt->person.role, MAY_SIGN_IN, RELATION_NONE, OPEN)) {
		again(page, 422, NO_MATCH);
	} else if (!steps_find(page, &err)) {
		page_failed(page, &err);
	} else if (attempt->council_only) {
		again(page, 422, COUNCIL_ONLY_ONE); /* said to nobody but who knows the password */
	} else {
		page_write(page, session_write, session_written);
	}
}

/* ---- 1: one more attempt, noted before the password is looked at */

static bool attempt_write(struct page *page, struct store *store, struct err *err)
{
	struct attempt *attempt = page->own;
	return attempt_note(
		store, attempt->counted, page->request->peer, page->now, &attempt->over, err);
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
	attempt->next = let_in_next(page, form_value(&page->form, S("next")));
	str login;
	if (attempt->login.n == 0) {
		again(page, 422, NO_LOGIN);
	} else if (attempt->password.n == 0) {
		again(page, 422, NO_PASSWORD);
	} else if (!account_login(page->arena, attempt->login, &login)) {
		again(page, 422, NO_MATCH); /* the form of a name tells nothing of who is there */
	} else {
		str device;
		attempt->login = login;
		attempt->counted = cookie_read(page, COOKIE_DEVICE, &device)
					   ? attempt_name(page->store, page->arena, login, device)
					   : login;
		page_write(page, attempt_write, attempt_written);
	}
}

/* ---- signing out */

static bool session_close(struct page *page, struct store *store, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	return store_tracker_forget(store, page->actor.user, page->now, err) &&
	       store_check_forget(store, page->actor.user, page->now, err) &&
	       session_end(store, &framed->token, err);
}

static void session_closed(struct page *page, const struct err *failed)
{
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	page_redirect(page, S("/sign-in"));
	str value;
	if (cookie_read(page, COOKIE_STEP, &value))
		cookie_drop(page, COOKIE_STEP);
	cookie_clear(page, page->web->options.secure);
}

void sign_out_send(struct page *page)
{
	page_write(page, session_close, session_closed);
}
