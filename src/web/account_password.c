/* account_password.c - a new password, and proving anew who one is. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_password_input.h"
#include "identity/account.h"
#include "identity/attempt.h"
#include "identity/factor.h"
#include "identity/password.h"
#include "web/account.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/passkey.h"
#include "web/sign_in.h"

struct proving {
	str current, new, code, next;
	str counted;
	bool over, right, coded;
	bool needs_code, needs_recovery; /* besides the password: of the app; or, to who has none, one of those */
	bool council;
	struct passkey_list keys;
	struct passkey_answer answer;
	struct person person;
	char hash[PASSWORD_HASH];
	str mistake, field;
	struct token token;
};

static const str too_many = S_INIT("There have been too many attempts. Wait 5 minutes and try again");

static bool count_write(struct page *page, struct store *store, struct err *err)
{
	struct proving *proving = page->own;
	proving->counted = arena_format(page->arena, "confirm %lld", (long long)page->actor.user);
	return attempt_note(store, proving->counted, page->request->peer, page->now, &proving->over,
		err);
}

static void verify_work(struct page *page)
{
	struct proving *proving = page->own;
	proving->right = password_verify(proving->person.password, proving->current);
	if (proving->right && proving->new.n > 0)
		password_hash(proving->new, proving->hash);
}

static struct proving *begin(struct page *page)
{
	struct proving *proving = arena_new(page->arena, struct proving);
	page->own = proving;
	proving->current = form_value(&page->form, S("current"));
	proving->new = form_value(&page->form, S("new"));
	proving->code = str_trim(form_value(&page->form, S("code")));
	proving->next = let_in_next(page, form_value(&page->form, S("next")));
	return proving;
}

/* ---- another password */

static void password_form(struct page *page, str mistake, str field)
{
	struct buf *b = page->out;
	bool at_current = str_equal(field, S("#current"));
	bool lent = account_session(page)->lent;
	page->layout.back_href = lent ? (str){ 0 } : S("/account");
	account_open(page, lent ? S("Choose your own password") : S("Change your password"), mistake,
		field);
	if (lent)
		govuk_inset_text(b, .text = S("Somebody else made the password that you signed in "
					      "with, and knows it. Choose one that only you know. Then "
					      "you can go on."));
	H(b, "<p class=\"govuk-body\">Three random words make a good password. It may be up to 128 "
	     "characters long, with spaces. You are signed out everywhere else.</p>\n");
	layout_form_open(b, S("/account/password"), page->csrf);
	govuk_password_input(b, .label = { .text = S("Current password") }, .id = S("current"),
		.name = S("current"), .autocomplete = S("current-password"),
		.error = { .text = at_current ? mistake : (str){ 0 } });
	govuk_password_input(b, .label = { .text = S("New password") }, .id = S("new"),
		.name = S("new"), .autocomplete = S("new-password"),
		.hint = { .text = S("At least 12 characters; 8 when you have a second step.") },
		.error = { .text = at_current ? (str){ 0 } : mistake });
	govuk_button(b, .text = S("Change password"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	account_close(page);
}

void account_password_show(struct page *page)
{
	password_form(page, (str){ 0 }, (str){ 0 });
}

static bool password_write(struct page *page, struct store *store, struct err *err)
{
	struct proving *proving = page->own;
	const struct framed *framed = (const struct framed *)page;
	const struct session *session = &framed->session;
	const struct session_new begin_new = { .person = page->actor.user,
		.now = page->now,
		.how = S("password"),
		.browser = session_browser(
			page->arena, http_request_header(page->request, S("user-agent"))),
		.bare = session->bare };
	return attempt_forget(store, proving->counted, err) &&
	       store_person_password(
		       store, &page->actor, page->actor.user, str_of(proving->hash), err) &&
	       session_begin(store, &proving->token, &begin_new, err);
}

static void password_written(struct page *page, const struct err *failed)
{
	const struct proving *proving = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	bool lent = account_session(page)->lent;
	page->signed_in = false; /* the session that came has ended */
	page_redirect(page, lent ? S("/") : S("/account"));
	cookie_set(page, page->web->options.secure, &proving->token);
}

static void password_verified(struct page *page, const struct err *failed)
{
	struct proving *proving = page->own;
	const struct store_env *env = page->web->options.env;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!proving->right) {
		password_form(page, S("Enter your current password"), S("#current"));
	} else {
		env->random(env->self, proving->token.bytes, sizeof proving->token.bytes);
		page_write(page, password_write, password_written);
	}
}

static void password_counted(struct page *page, const struct err *failed)
{
	struct proving *proving = page->own;
	struct err err;
	if (failed != NULL)
		page_failed(page, failed);
	else if (proving->over)
		password_form(page, too_many, S("#current"));
	else if (!store_person_read(page->store, page->arena, page->actor.user, &proving->person, &err))
		page_failed(page, &err);
	else if (!account_password_allowed(
			 page->store, page->arena, &proving->person, proving->new, &err))
		password_form(page, arena_str(page->arena, str_of(err.text)), S("#new"));
	else
		page_compute(page, verify_work, password_verified);
}

void account_password_send(struct page *page)
{
	struct proving *proving = begin(page);
	if (proving->current.n == 0)
		password_form(page, S("Enter your current password"), S("#current"));
	else if (proving->new.n == 0)
		password_form(page, S("Enter a new password"), S("#new"));
	else
		page_write(page, count_write, password_counted);
}

/* ---- proving anew who one is */

/* The quickest way, for who has one here. */
static void confirm_passkey(struct page *page, const struct proving *proving)
{
	struct site site;
	if (!site_of(page, &site) || !passkey_here(&proving->keys, &site))
		return;
	passkey_button(page,
		&(struct passkey_button){ .site = site,
			.purpose = S("confirm"),
			.challenge = S("/account/passkeys/challenge"),
			.again = sign_in_step(page, S("/account/confirm"), proving->next),
			.action = S("/account/confirm/passkey"),
			.next = proving->next,
			.words = S("Use your passkey"),
			.keys = &proving->keys,
			.without = S("A passkey needs JavaScript, which is off in this browser, or the "
				     "browser is too old.") });
	H(page->out, "<p class=\"govuk-body\">Or without it:</p>\n");
}

static void confirm_form(struct page *page, const struct proving *proving, str mistake, str field)
{
	struct buf *b = page->out;
	bool at_code = str_equal(field, S("#code"));
	page->layout.back_href = S("/account");
	account_open(page, S("Confirm that it is you"), mistake, field);
	H(b, "<p class=\"govuk-body\">What you are about to change decides who can sign in as "
	     "you.</p>\n");
	confirm_passkey(page, proving);
	layout_form_open(b, S("/account/confirm"), page->csrf);
	if (proving->next.n > 0) {
		H(b, "<input type=\"hidden\" name=\"next\"");
		attr(b, "value", proving->next);
		H(b, ">\n");
	}
	govuk_password_input(b, .label = { .text = S("Password") }, .id = S("current"),
		.name = S("current"), .autocomplete = S("current-password"),
		.error = { .text = str_equal(field, S("#current")) ? mistake : (str){ 0 } });
	if (proving->needs_recovery)
		govuk_input(b, .label = { .text = S("Recovery code") }, .id = S("code"),
			.name = S("code"), .autocomplete = S("off"), .autocapitalize = S("none"),
			.spellcheck = GOVUK_NO, .hint = { .text = S("It works once.") },
			.error = { .text = at_code ? mistake : (str){ 0 } });
	else if (proving->needs_code)
		govuk_input(b, .label = { .text = S("One-time code") }, .id = S("code"),
			.name = S("code"), .autocomplete = S("one-time-code"),
			.inputmode = S("numeric"), .classes = S("govuk-input--width-10"),
			.hint = { .text = S("From your authenticator app.") },
			.error = { .text = at_code ? mistake : (str){ 0 } });
	govuk_button(b, .text = S("Confirm"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	if (proving->council) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", sign_in_step(page, S("/account/confirm/council"), proving->next));
		H(b, ">Confirm with your council account instead</a></p>\n");
	}
	account_close(page);
}

static bool needs_code(struct page *page, struct proving *proving)
{
	struct factors factors;
	struct err err;
	if (!store_factors(page->store, page->actor.user, &factors, &err) ||
		!store_passkey_list(page->store, page->arena, page->actor.user, &proving->keys, &err)) {
		page_failed(page, &err);
		return false;
	}
	proving->needs_recovery = !factors.totp && factors.passkeys > 0;
	proving->needs_code = factors.totp || proving->needs_recovery;
	proving->council = factors.council;
	return true;
}

void account_confirm_show(struct page *page)
{
	struct proving proving = { .next = let_in_next(
					   page, form_value(&page->query, S("next"))) };
	if (needs_code(page, &proving))
		confirm_form(page, &proving, (str){ 0 }, (str){ 0 });
}

static bool confirm_write(struct page *page, struct store *store, struct err *err)
{
	struct proving *proving = page->own;
	const struct framed *framed = (const struct framed *)page;
	proving->coded = !proving->needs_code;
	if (proving->needs_recovery) {
		if (!factor_use_recovery(store, page->arena, page->actor.user, proving->code,
			    page->now, &proving->coded, err))
			return false;
	} else if (proving->needs_code && !factor_use_code(store, page->arena, page->actor.user,
						  proving->code, page->now, &proving->coded, err))
		return false;
	if (!proving->coded)
		return true;
	return attempt_forget(store, proving->counted, err) &&
	       session_renew(store, &framed->token, &proving->token, page->now, err);
}

static void confirm_written(struct page *page, const struct err *failed)
{
	const struct proving *proving = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!proving->coded) {
		confirm_form(page, proving,
			proving->needs_recovery
				? S("That is not one of your recovery codes, or it was used before")
				: S("Enter the code that your app shows now. Each code works once"),
			S("#code"));
	} else {
		page->signed_in = false; /* the token that came is dead */
		page_redirect(page, proving->next.n > 0 ? proving->next : S("/account"));
		cookie_set(page, page->web->options.secure, &proving->token);
	}
}

static void confirm_verified(struct page *page, const struct err *failed)
{
	struct proving *proving = page->own;
	const struct store_env *env = page->web->options.env;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!proving->right) {
		confirm_form(page, proving, S("Enter your password"), S("#current"));
	} else {
		env->random(env->self, proving->token.bytes, sizeof proving->token.bytes);
		page_write(page, confirm_write, confirm_written);
	}
}

static void confirm_counted(struct page *page, const struct err *failed)
{
	struct proving *proving = page->own;
	struct err err;
	proving->new = (str){ 0 };
	if (failed != NULL)
		page_failed(page, failed);
	else if (proving->over)
		confirm_form(page, proving, too_many, S("#current"));
	else if (!store_person_read(page->store, page->arena, page->actor.user, &proving->person, &err))
		page_failed(page, &err);
	else
		page_compute(page, verify_work, confirm_verified);
}

void account_confirm_send(struct page *page)
{
	struct proving *proving = begin(page);
	if (!needs_code(page, proving))
		return;
	if (proving->current.n == 0)
		confirm_form(page, proving, S("Enter your password"), S("#current"));
	else if (proving->needs_code && proving->code.n == 0)
		confirm_form(page, proving,
			proving->needs_recovery
				? S("Enter a recovery code")
				: S("Enter the 6-digit code from your authenticator app"),
			S("#code"));
	else
		page_write(page, count_write, confirm_counted);
}

/* ---- by a passkey, which is enough: it verifies the person */

static bool by_passkey_write(struct page *page, struct store *store, struct err *err)
{
	struct proving *proving = page->own;
	const struct framed *framed = (const struct framed *)page;
	proving->counted = arena_format(page->arena, "confirm %lld", (long long)page->actor.user);
	if (!attempt_note(store, proving->counted, page->request->peer, page->now, &proving->over, err))
		return false;
	proving->answer = (struct passkey_answer){ .holder = &framed->token,
		.purpose = S("confirm"), .person = page->actor.user };
	if (proving->over)
		return true;
	if (!passkey_answer(page, store, &proving->answer, err))
		return false;
	proving->right = proving->answer.outcome == PASSKEY_RIGHT;
	return !proving->right || (attempt_forget(store, proving->counted, err) &&
		session_renew(store, &framed->token, &proving->token, page->now, err));
}

static void by_passkey_written(struct page *page, const struct err *failed)
{
	struct proving *proving = page->own;
	if (failed == NULL && !proving->right) {
		confirm_form(page, proving,
			proving->over ? too_many : passkey_mistake(proving->answer.outcome),
			(str){ 0 });
		return;
	}
	proving->coded = proving->right;
	confirm_written(page, failed);
}

void account_confirm_passkey_send(struct page *page)
{
	struct proving *proving = begin(page);
	const struct store_env *env = page->web->options.env;
	env->random(env->self, proving->token.bytes, sizeof proving->token.bytes);
	if (needs_code(page, proving))
		page_write(page, by_passkey_write, by_passkey_written);
}
