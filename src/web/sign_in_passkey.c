/* sign_in_passkey.c - signing in with a passkey: as the step after the password, or by itself. */
#include "html/govuk_error_summary.h"
#include "identity/attempt.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/passkey.h"
#include "web/sign_in.h"

#define STEP S("/sign-in/passkey")
#define ALONE S("/sign-in/passkey-alone")

static const str too_many = S_INIT("There have been too many attempts. Wait 5 minutes and try again");

struct keying {
	struct token holder;
	bool held;  /* the browser holds one */
	bool alone; /* without a password before it */
	bool over, gone;
	struct passkey_answer answer;
	struct let_in in;
};

static struct keying *begin(struct page *page, bool alone)
{
	struct keying *keying = arena_new(page->arena, struct keying);
	str value;
	page->own = keying;
	keying->alone = alone;
	keying->held = cookie_read(page, COOKIE_STEP, &value) && token_read(value, &keying->holder);
	keying->in.next = let_in_next(page,
		form_value(page->request->method == HTTP_POST ? &page->form : &page->query, S("next")));
	keying->answer = (struct passkey_answer){ .holder = &keying->holder,
		.purpose = alone ? S("alone") : S("step") };
	return keying;
}

/* ---- the step after the password */

struct offered {
	struct site site;
	struct passkey_list keys;
	struct factors factors;
	bool here;
};

static bool offered_read(struct page *page, int64_t person, struct offered *out, struct err *err)
{
	*out = (struct offered){ 0 };
	if (!store_passkey_list(page->store, page->arena, person, &out->keys, err) ||
		!store_factors(page->store, person, &out->factors, err))
		return false;
	out->here = site_of(page, &out->site) && passkey_here(&out->keys, &out->site);
	return true;
}

static void way(struct page *page, str to, str next, str words)
{
	struct buf *b = page->out;
	H(b, "<li><a class=\"govuk-link\"");
	attr(b, "href", sign_in_step(page, to, next));
	H(b, ">");
	text(b, words);
	H(b, "</a></li>\n");
}

void sign_in_other_ways(struct page *page, str shown, str next, bool app, bool passkey)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-s\">Other ways</h2>\n<ul class=\"govuk-list\">\n");
	if (passkey && !str_equal(shown, STEP))
		way(page, STEP, next, S("Use your passkey"));
	if (app && !str_equal(shown, S("/sign-in/code")))
		way(page, S("/sign-in/code"), next, S("Use a code from your app"));
	if (!str_equal(shown, S("/sign-in/recovery")))
		way(page, S("/sign-in/recovery"), next, S("Use a recovery code"));
	H(b, "</ul>\n<p class=\"govuk-body\">If you have lost them all, ask whoever looks after Duly in "
	     "your council to reset your second step.</p>\n");
}

static void step_page(struct page *page, const struct keying *keying, const struct offered *offered,
	str mistake)
{
	struct buf *b = page->out;
	str next = keying->in.next;
	page->layout.error = mistake.n > 0;
	page->layout.back_href = sign_in_step(page, S("/sign-in"), next);
	page_open(page, S("Use your passkey"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = mistake }));
	H(b, "<h1 class=\"govuk-heading-l\">Use your passkey</h1>\n");
	if (offered->here) {
		H(b, "<p class=\"govuk-body\">Use your fingerprint, face or security key, as you do to "
		     "unlock this device.</p>\n");
		passkey_button(page, &(struct passkey_button){ .site = offered->site,
					     .purpose = S("step"),
					     .challenge = S("/sign-in/passkey/challenge"),
					     .again = sign_in_step(page, S("/sign-in"), next),
					     .action = STEP,
					     .next = next,
					     .words = S("Use your passkey"),
					     .keys = &offered->keys,
					     .without = S("A passkey needs JavaScript, which is off "
							  "in this browser, or the browser is too "
							  "old. Use one of the other ways.") });
	} else {
		H(b, "<p class=\"govuk-body\">None of your passkeys works at this address. Use one of "
		     "the other ways.</p>\n");
	}
	sign_in_other_ways(page, STEP, next, offered->factors.totp, true);
	H(b, "</div></div>\n");
	page_close(page);
}

static void step_show(struct page *page, struct keying *keying, str mistake)
{
	struct offered offered;
	struct err err;
	if (!half_find(page, page->store, &keying->in.person, &err)) {
		if (err.code == ERR_MISSING)
			page_redirect(page, sign_in_step(page, S("/sign-in"), keying->in.next));
		else
			page_failed(page, &err);
	} else if (!offered_read(page, keying->in.person, &offered, &err)) {
		page_failed(page, &err);
	} else {
		step_page(page, keying, &offered, mistake);
	}
}

void sign_in_passkey_show(struct page *page)
{
	step_show(page, begin(page, false), (str){ 0 });
}

str sign_in_first_step(struct page *page, int64_t person, bool app, struct err *err)
{
	struct offered offered;
	if (!offered_read(page, person, &offered, err))
		return (str){ 0 };
	if (offered.here)
		return STEP;
	return app ? S("/sign-in/code") : S("/sign-in/recovery");
}

/* There is no name yet that somebody could be kept out of: the browser is counted, and its address. */
static str counted_under(struct page *page, const struct keying *keying)
{
	struct token_text name = token_write(&keying->holder);
	return keying->alone ? arena_format(page->arena, "passkey %s", name.text)
			     : arena_format(page->arena, "code %lld",
				       (long long)keying->answer.person);
}

/* ---- a challenge: for who is half-way, or for a browser that nobody is signed in with */

static bool count_write(struct page *page, struct store *store, struct err *err)
{
	struct keying *keying = page->own;
	struct err why;
	if (!keying->alone) {
		keying->gone = !half_find(page, store, &keying->in.person, &why);
		return !keying->gone || why.code == ERR_MISSING ||
		       err_set(err, why.code, "%s", why.text);
	}
	return attempt_note(store, counted_under(page, keying), page->request->peer, page->now,
		&keying->over, err);
}

static void counted(struct page *page, const struct err *failed)
{
	const struct keying *keying = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else if (keying->over || keying->gone)
		page_problem(page, keying->over ? 429 : 403);
	else
		passkey_challenge(page, &keying->holder, keying->alone ? S("alone") : S("step"));
}

void sign_in_challenge_send(struct page *page)
{
	bool alone = str_equal(form_value(&page->form, S("for")), S("alone"));
	struct keying *keying = begin(page, alone);
	const struct store_env *env = page->web->options.env;
	struct site site;
	if (!site_of(page, &site) || (!alone && !keying->held)) {
		page_problem(page, 400); /* what came is out of turn, whoever sends it */
		return;
	}
	if (!keying->held) {
		env->random(env->self, keying->holder.bytes, sizeof keying->holder.bytes);
		struct token_text value = token_write(&keying->holder);
		cookie_put(page, COOKIE_STEP, str_of(value.text));
	}
	page_write(page, count_write, counted);
}

/* ---- the answer */

static bool answer_write(struct page *page, struct store *store, struct err *err)
{
	struct keying *keying = page->own;
	struct let_in *in = &keying->in;
	struct err why;
	if (!keying->alone && !half_find(page, store, &keying->answer.person, &why)) {
		keying->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	in->counted = counted_under(page, keying);
	if (!attempt_note(store, in->counted, page->request->peer, page->now, &keying->over, err))
		return false;
	if (keying->over)
		return true;
	if (!passkey_answer(page, store, &keying->answer, err))
		return false;
	if (keying->answer.outcome != PASSKEY_RIGHT)
		return true;
	in->person = keying->answer.key.person;
	in->how = keying->alone ? S("passkey-alone") : S("passkey");
	return let_in_write(page, store, in, err);
}

static void answer_written(struct page *page, const struct err *failed)
{
	struct keying *keying = page->own;
	bool right = !keying->over && !keying->gone && keying->answer.outcome == PASSKEY_RIGHT;
	str mistake = keying->over ? too_many : passkey_mistake(keying->answer.outcome);
	if (failed != NULL && failed->code == ERR_DENIED)
		sign_in_again(page, 422, keying->in.next, passkey_mistake(PASSKEY_WRONG));
	else if (failed != NULL)
		page_failed(page, failed);
	else if (keying->gone)
		page_redirect(page, sign_in_step(page, S("/sign-in"), keying->in.next));
	else if (right)
		let_in_answer(page, &keying->in);
	else if (keying->alone)
		sign_in_again(page, keying->over ? 429 : 422, keying->in.next, mistake);
	else {
		page->status = keying->over ? 429 : 422;
		step_show(page, keying, mistake);
	}
}

/* Whoever's passkey it says it is: is another way the only one for them? */
static bool elsewhere(struct page *page, bool *only, struct err *err)
{
	str handle;
	struct passkey_row key;
	struct person person;
	struct factors factors;
	*only = false;
	if (!passkey_bytes(page->arena, form_value(&page->form, S("handle")), PASSKEY_HANDLE_MOST,
		    &handle))
		return true;
	if (!store_passkey_find(page->store, page->arena, handle, &key, err))
		return err->code == ERR_MISSING;
	return store_person_read(page->store, page->arena, key.person, &person, err) &&
	       store_factors(page->store, key.person, &factors, err) &&
	       sign_in_council_only(page, person.role, &factors, only, err);
}

static void send(struct page *page, bool alone)
{
	struct keying *keying = begin(page, alone);
	struct err err;
	bool only = false;
	if (alone && keying->held && !elsewhere(page, &only, &err))
		page_failed(page, &err);
	else if (only)
		sign_in_again(page, 422, keying->in.next,
			S("Sign in with your council account: your passkey is not used any more"));
	else if (keying->held)
		page_write(page, answer_write, answer_written);
	else
		sign_in_again(page, 422, keying->in.next, passkey_mistake(PASSKEY_LATE));
}

void sign_in_passkey_send(struct page *page)
{
	send(page, false);
}

void sign_in_alone_send(struct page *page)
{
	send(page, true);
}
