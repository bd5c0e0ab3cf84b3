/* account_council.c - one's own council account: connected by who is signed in with all their steps, and
 * used to prove anew who one is. */
#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "store/factor.h"
#include "web/account.h"
#include "web/cookie.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"

#define HERE S("/account/council")

struct connecting {
	struct council council;
	struct council_way row;
	struct token token;
	bool answered; /* somebody came back from the council's sign-in */
	bool gone, refused;
	struct token renewed;
};

static bool read_council(struct page *page, struct connecting *connecting)
{
	struct err err;
	if (!council_read(page, &connecting->council, &err))
		page_failed(page, &err);
	else if (!connecting->council.set)
		page_problem(page, 404);
	else
		return true;
	return false;
}

/* The answer that waits in this browser for this person. */
static bool is_theirs(const struct page *page, const struct council_way *row, str purpose)
{
	return row->subject.n > 0 && row->person == page->actor.user &&
	       str_equal(row->purpose, purpose);
}

static bool find_answer(struct page *page, struct connecting *connecting, struct err *err)
{
	struct err why = { 0 };
	if (!council_token(page, &connecting->token))
		return true;
	struct token kept = token_hash(&connecting->token);
	if (!store_council_way_find(page->store, page->arena, kept.bytes, page->now - COUNCIL_WAY,
		    &connecting->row, &why))
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	connecting->answered = is_theirs(page, &connecting->row, S("link"));
	return true;
}

/* ---- the page */

static void connected(struct page *page, str label)
{
	struct buf *b = page->out;
	const struct govuk_summary_row row[] = { { .key = { .text = S("Connected") },
		.value = { .text = label } } };
	govuk_summary_list(b, .rows = row, .n_rows = 1);
	H(b, "<p class=\"govuk-body\">You can sign in to Duly with it.</p>\n");
	account_button(page, S("/account/council/remove"), S("Disconnect this council account"),
		S("govuk-button--warning"));
}

static void offered(struct page *page, const struct council_way *row)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">You signed in to your council as <strong>");
	text(b, row->label);
	H(b, "</strong>.</p>\n<p class=\"govuk-body\">Whoever can sign in to that account can then "
	     "sign in to Duly as you.</p>\n");
	account_button(page, HERE, S("Connect this account"), (str){ 0 });
}

static void explained(struct page *page)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">You can sign in to Duly with the account that you use for your "
	     "council’s e-mail and documents, instead of a password for Duly alone. First sign in "
	     "to it once, so that Duly learns which is yours.</p>\n");
	govuk_button(b, .text = S("Sign in to my council account"), .href = S("/account/council/go"));
}

static void show(struct page *page, struct connecting *connecting, str mistake)
{
	str issuer, subject, label = { 0 };
	struct err err = { 0 };
	if ((!store_council_of(page->store, page->arena, page->actor.user, &issuer, &subject, &label,
		     &err) &&
		    err.code != ERR_MISSING) ||
		!find_answer(page, connecting, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/account");
	account_open(page, S("Use my council account"), mistake, S("#main-content"));
	if (connecting->answered)
		offered(page, &connecting->row);
	else if (label.n > 0)
		connected(page, label);
	else
		explained(page);
	account_close(page);
}

void account_council_show(struct page *page)
{
	struct connecting *connecting = arena_new(page->arena, struct connecting);
	page->own = connecting;
	if (read_council(page, connecting))
		show(page, connecting, (str){ 0 });
}

/* Only with all the steps that are asked of them here: who has stolen a password must not connect an
 * account of their own. */
static bool may_connect(struct page *page)
{
	if (account_session(page)->bare) {
		page_redirect(page, S("/account/second-factor"));
		return false;
	}
	return account_proven(page, HERE);
}

void account_council_go(struct page *page)
{
	if (may_connect(page))
		council_go(page, S("link"), (str){ 0 });
}

/* ---- connecting */

static bool connect_write(struct page *page, struct store *store, struct err *err)
{
	struct connecting *connecting = page->own;
	struct token kept = token_hash(&connecting->token);
	struct err why = { 0 };
	if (!store_council_way_take(store, page->arena, kept.bytes, page->now - COUNCIL_WAY,
		    &connecting->row, &why)) {
		connecting->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	const struct council_way *row = &connecting->row;
	connecting->gone = !is_theirs(page, row, S("link")) ||
			   !str_equal(row->issuer, connecting->council.config.issuer);
	return connecting->gone ||
	       store_council_set(store, &page->actor, page->actor.user, row->issuer, row->subject,
		       row->label, page->now, err);
}

static void connect_written(struct page *page, const struct err *failed)
{
	struct connecting *connecting = page->own;
	if (failed != NULL && failed->code == ERR_DUPLICATE) {
		show(page, connecting, S("This council account is connected to somebody else"));
	} else if (failed != NULL) {
		page_failed(page, failed);
	} else {
		page_redirect(page, HERE);
		cookie_drop(page, COOKIE_COUNCIL);
	}
}

void account_council_send(struct page *page)
{
	struct connecting *connecting = arena_new(page->arena, struct connecting);
	page->own = connecting;
	if (!read_council(page, connecting) || !may_connect(page))
		return;
	if (council_token(page, &connecting->token))
		page_write(page, connect_write, connect_written);
	else
		page_redirect(page, HERE);
}

static bool remove_write(struct page *page, struct store *store, struct err *err)
{
	return store_council_drop(store, &page->actor, page->actor.user, err);
}

static void removed(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account"));
}

void account_council_remove(struct page *page)
{
	if (may_connect(page))
		page_write(page, remove_write, removed);
}

/* ---- proving anew who one is */

void council_confirm_show(struct page *page)
{
	str next = let_in_next(page, form_value(&page->query, S("next")));
	council_go(page, S("confirm"), next);
}

/* It must be the account that they have, proved since this was asked, with a second factor where
 * everybody needs one. */
static bool is_proof(struct page *page, struct store *store, struct connecting *connecting,
	struct err *err)
{
	const struct council_way *row = &connecting->row;
	int64_t person;
	bool required;
	struct err why = { 0 };
	if (!store_second_factor_required(store, page->arena, &required, err))
		return false;
	bool found = store_council_find(store, row->issuer, row->subject, &person, &why);
	if (!found && why.code != ERR_MISSING)
		return err_set(err, why.code, "%s", why.text);
	connecting->refused = !found || person != page->actor.user || (required && !row->mfa);
	return true;
}

static bool confirm_write(struct page *page, struct store *store, struct err *err)
{
	struct connecting *connecting = page->own;
	const struct framed *framed = (const struct framed *)page;
	struct token kept = token_hash(&connecting->token);
	struct err why = { 0 };
	if (!store_council_way_take(store, page->arena, kept.bytes, page->now - COUNCIL_WAY,
		    &connecting->row, &why)) {
		connecting->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	connecting->gone = !is_theirs(page, &connecting->row, S("confirm")) ||
			   account_session(page)->bare;
	if (connecting->gone)
		return true;
	if (!is_proof(page, store, connecting, err))
		return false;
	return connecting->refused ||
	       session_renew(store, &framed->token, &connecting->renewed, page->now, err);
}

static void confirm_written(struct page *page, const struct err *failed)
{
	const struct connecting *connecting = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (connecting->gone) {
		page_redirect(page, S("/account/confirm"));
	} else if (connecting->refused) {
		council_refuse(page, 422,
			S("That does not prove who you are: it is not your council account, or your "
			  "council did not ask for a second factor."));
	} else {
		page->signed_in = false; /* the token that came is dead */
		page_redirect(page,
			connecting->row.next.n > 0 ? connecting->row.next : S("/account"));
		cookie_drop(page, COOKIE_COUNCIL);
		cookie_set(page, page->web->options.secure, &connecting->renewed);
	}
}

void council_confirm_done(struct page *page)
{
	struct connecting *connecting = arena_new(page->arena, struct connecting);
	const struct store_env *env = page->web->options.env;
	page->own = connecting;
	env->random(env->self, connecting->renewed.bytes, sizeof connecting->renewed.bytes);
	if (council_token(page, &connecting->token))
		page_write(page, confirm_write, confirm_written);
	else
		page_redirect(page, S("/account/confirm"));
}
