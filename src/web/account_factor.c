/* account_factor.c - the second step: an authenticator app, set up by its owner alone. */
#include "html/govuk_button.h"
#include "html/govuk_details.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_warning_text.h"
#include "identity/attempt.h"
#include "identity/factor.h"
#include "identity/qr.h"
#include "web/account.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/site.h"

#include <string.h>

struct setting_up {
	unsigned char secret[FACTOR_SECRET];
	str typed;
	bool over, right, gone;
};

static void go(struct page *page, const struct err *failed, str to)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, to);
}

/* The squares as one path, row by row: no style, no script, printed as it stands. */
static void qr_draw(struct buf *b, const struct qr *qr)
{
	enum { QUIET = 4 };
	H(b, "<svg class=\"app-qr\" role=\"img\" aria-labelledby=\"qr-title\" width=\"240\" "
	     "height=\"240\"");
	struct buf box = { 0 };
	buf_format(&box, "0 0 %d %d", qr->width + 2 * QUIET, qr->width + 2 * QUIET);
	attr(b, "viewBox", buf_view(&box));
	buf_clear(&box);
	H(b, "><title id=\"qr-title\">QR code of the secret key below</title>"
	     "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"></rect><path fill=\"#000\" "
	     "shape-rendering=\"crispEdges\"");
	for (int y = 0; y < qr->width; y++) {
		for (int x = 0; x < qr->width; x++) {
			int from = x;
			while (x < qr->width && qr->dark[y * qr->width + x] == 1)
				x++;
			if (x > from)
				buf_format(&box, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET,
					x - from, x - from);
		}
	}
	attr(b, "d", buf_view(&box));
	H(b, "></path></svg>\n");
	buf_close(&box);
}

/* ---- the app */

static void offer_page(
	struct page *page, const unsigned char secret[static FACTOR_SECRET], str mistake)
{
	struct buf *b = page->out;
	struct qr qr;
	page->layout.back_href = S("/account");
	account_open(page, S("Set up your authenticator app"), mistake, S("#code"));
	H(b, "<ol class=\"govuk-list govuk-list--number\">\n<li>Open an authenticator app on your "
	     "phone.</li>\n<li>Add an account: point the phone at this square, or type the "
	     "key.</li>\n<li>Enter the code that the app then shows.</li>\n</ol>\n");
	str council = page->web->options.council;
	if (qr_make(page->arena, factor_address(page->arena, council, page->actor.name, secret), &qr))
		qr_draw(b, &qr);
	H(b, "<p class=\"govuk-body\">Secret key: <code class=\"app-secret\" id=\"secret\">");
	text(b, factor_secret_text(page->arena, secret, true));
	H(b, "</code></p>\n");
	layout_form_open(b, S("/account/second-factor/confirm"), page->csrf);
	govuk_input(b, .label = { .text = S("One-time code") }, .id = S("code"), .name = S("code"),
		.autocomplete = S("one-time-code"), .inputmode = S("numeric"),
		.classes = S("govuk-input--width-10"), .error = { .text = mistake },
		.hint = { .text = S("6 digits, which change every 30 seconds.") });
	govuk_button(b, .text = S("Confirm the app"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	account_close(page);
}

static void begin_page(struct page *page, const struct factors *factors, const struct helped *helped,
	bool required)
{
	struct buf *b = page->out;
	const struct session *session = account_session(page);
	struct site site;
	page->layout.back_href = session->bare ? (str){ 0 } : S("/account");
	account_open(page, S("Second step when you sign in"), (str){ 0 }, (str){ 0 });
	if (session->bare)
		govuk_inset_text(b, .text = S("Everybody here signs in with two steps, because a "
					      "password alone can be stolen. Set up yours to go on."));
	if (helped->reset_by != HELPED_NOBODY)
		govuk_warning_text(b,
			.text = arena_format(page->arena,
				"Your second step was reset on %.*s by %.*s. If you did not ask for it, tell "
				"whoever looks after Duly in your council now.",
				STR_ARGS(account_at(page, helped->reset_at)),
				STR_ARGS(helped->reset_name.n > 0 ? helped->reset_name
								  : S("who looks after Duly"))));
	if (session->bare && site_of(page, &site)) {
		H(b, "<p class=\"govuk-body\">With a passkey you sign in by fingerprint, face or "
		     "security key. It is the safest way, and the quickest.</p>\n");
		govuk_button(b, .text = S("Add a passkey"), .href = S("/account/passkeys/add"));
	}
	H(b, "<p class=\"govuk-body\">After your password, Duly asks for a code from an "
	     "authenticator app on your phone. The app needs no signal, and tells nobody where you "
	     "are.</p>\n");
	account_button(page, S("/account/second-factor/offer"),
		factors->totp ? S("Set up another app in its place")
			      : S("Set up an authenticator app"),
		(str){ 0 });
	if (factors->totp && (!required || factors->passkeys_good > 0))
		account_button(page, S("/account/second-factor/remove"),
			S("Sign in without an app"), S("govuk-button--warning"));
	account_close(page);
}

/* The secret that this person was offered. */
static bool offer_find(struct page *page, struct store *store,
	unsigned char secret[static FACTOR_SECRET], struct err *err)
{
	str sealed;
	return store_offer_read(store, page->arena, page->actor.user, S("totp"),
		       page->now - FACTOR_OFFER, &sealed, err) &&
	       (factor_unseal(store, page->arena, S("offer"), page->actor.user, sealed, secret) ||
		       err_set(err, ERR_BROKEN, "a sealed secret does not open"));
}

void second_factor_show(struct page *page)
{
	unsigned char secret[FACTOR_SECRET];
	struct factors factors;
	struct helped helped;
	bool required;
	struct err err;
	if (offer_find(page, page->store, secret, &err))
		offer_page(page, secret, (str){ 0 });
	else if (err.code != ERR_MISSING ||
		 !store_factors(page->store, page->actor.user, &factors, &err) ||
		 !store_helped(page->store, page->arena, page->actor.user, &helped, &err) ||
		 !store_second_factor_required(page->store, page->arena, &required, &err))
		page_failed(page, &err);
	else
		begin_page(page, &factors, &helped, required);
}

static bool offer_write(struct page *page, struct store *store, struct err *err)
{
	const struct setting_up *up = page->own;
	str sealed = factor_seal(store, page->arena, S("offer"), page->actor.user, up->secret);
	return store_offer_set(store, page->actor.user, S("totp"), sealed, page->now, err);
}

static void offer_written(struct page *page, const struct err *failed)
{
	go(page, failed, S("/account/second-factor"));
}

void second_factor_offer_send(struct page *page)
{
	struct setting_up *up = arena_new(page->arena, struct setting_up);
	const struct store_env *env = page->web->options.env;
	page->own = up;
	if (!account_proven(page, S("/account/second-factor")))
		return;
	env->random(env->self, up->secret, sizeof up->secret);
	page_write(page, offer_write, offer_written);
}

/* ---- the app is there: its first code says so */

static bool confirm_write(struct page *page, struct store *store, struct err *err)
{
	struct setting_up *up = page->own;
	struct err why;
	int64_t step;
	str name = arena_format(page->arena, "set-up %lld", (long long)page->actor.user);
	if (!offer_find(page, store, up->secret, &why)) {
		up->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	if (!attempt_note(store, name, page->request->peer, page->now, &up->over, err))
		return false;
	up->right = !up->over && factor_code_is(up->secret, up->typed, page->now, &step);
	if (!up->right)
		return true;
	struct recovery_marks codes;
	str sealed = factor_seal(store, page->arena, S("totp"), page->actor.user, up->secret);
	return attempt_forget(store, name, err) && account_codes(page, store, &codes, err) &&
	       store_totp_set(store, &page->actor, sealed, step, &codes, page->now, err) &&
	       store_offer_drop(store, page->actor.user, S("totp"), err) &&
	       store_session_whole(store, page->actor.user, err);
}

static void confirm_written(struct page *page, const struct err *failed)
{
	const struct setting_up *up = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else if (up->gone)
		page_redirect(page, S("/account/second-factor"));
	else if (up->right)
		page_redirect(page, S("/account/recovery-codes"));
	else
		offer_page(page, up->secret,
			up->over ? S("There have been too many attempts. Wait 5 minutes and try again")
				 : S("Enter the code that your app shows now"));
}

void second_factor_confirm_send(struct page *page)
{
	struct setting_up *up = arena_new(page->arena, struct setting_up);
	page->own = up;
	up->typed = str_trim(form_value(&page->form, S("code")));
	page_write(page, confirm_write, confirm_written);
}

/* ---- without it again */

static bool remove_write(struct page *page, struct store *store, struct err *err)
{
	struct factors factors;
	bool required;
	if (!store_factors(store, page->actor.user, &factors, err) ||
		!store_second_factor_required(store, page->arena, &required, err))
		return false;
	if (required && factors.passkeys_good == 0)
		return err_set(err, ERR_DENIED, "a second step is required here");
	return store_totp_drop(store, &page->actor, err);
}

static void removed(struct page *page, const struct err *failed)
{
	go(page, failed, S("/account"));
}

void second_factor_remove_send(struct page *page)
{
	if (account_proven(page, S("/account/second-factor")))
		page_write(page, remove_write, removed);
}
