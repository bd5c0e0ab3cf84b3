/* council_back.c - back from the council's own sign-in: is the answer to be believed, and who is it? */
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "identity/attempt.h"
#include "store/notice.h"
#include "store/factor.h"
#include "web/cookie.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/sign_in.h"

struct back {
	struct council council;
	struct token token; /* that came; then the next one */
	struct council_way row;
	struct oidc_way way;
	str code, named;
	bool said_no, gone;
	bool believed;
	struct oidc_identity identity;
	struct err why;
	/* Signing in. */
	struct let_in in;
	bool half, app; /* a second step of ours is asked for; they have an app for it */
	/* An invitation. */
	str typed;
	bool over, wrong;
};

static const str old_words = S_INIT("This sign-in was begun more than ten minutes ago, in another "
				    "browser, or was used already.");

/* ---- nobody has this account: an invitation connects it */

static void unknown_page(struct page *page, const struct back *back, str mistake)
{
	struct buf *b = page->out;
	page->layout.error = mistake.n > 0;
	page->status = 422;
	page_open(page, S("Your council account is not connected to Duly"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = mistake, .href = S("#code") }));
	H(b, "<h1 class=\"govuk-heading-l\">Your council account is not connected to Duly</h1>\n"
	     "<p class=\"govuk-body\">You signed in to your council as ");
	text(b, back->row.label);
	H(b, ". Duly does not know who that is: it never goes by an e-mail address.</p>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n<li>If you have a password for Duly, "
	     "<a class=\"govuk-link\" href=\"/sign-in\">sign in with it</a>, and connect your council "
	     "account under Your account.</li>\n<li>If you were given an invitation code, enter it "
	     "here.</li>\n<li>Otherwise ask whoever looks after Duly in your council.</li>\n</ul>\n"
	     "<form method=\"post\" action=\"/sign-in/council/invitation\" novalidate>\n");
	govuk_input(b, .label = { .text = S("Invitation code") }, .id = S("code"), .name = S("code"),
		.autocomplete = S("off"), .autocapitalize = S("none"), .spellcheck = GOVUK_NO,
		.hint = { .text = S("Five groups of five letters and digits. It works once.") },
		.error = { .text = mistake });
	govuk_button(b, .text = S("Connect my council account"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n</div></div>\n");
	page_close(page);
}

static bool keep_write(struct page *page, struct store *store, struct err *err)
{
	struct back *back = page->own;
	return council_keep(page, store, &back->row, &back->token, err);
}

static void unknown_kept(struct page *page, const struct err *failed)
{
	const struct back *back = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	unknown_page(page, back, (str){ 0 });
	council_cookie(page, &back->token);
}

/* ---- somebody has it: a new session, or the second step first */

/* What else is asked of them: nothing, when the council asked for a second factor and that counts. */
static bool steps_find(
	struct page *page, struct store *store, struct back *back, int64_t person, struct err *err)
{
	struct factors factors;
	bool required;
	if (!store_factors(store, person, &factors, err) ||
		!store_second_factor_required(store, page->arena, &required, err))
		return false;
	const struct store_env *env = page->web->options.env;
	bool mfa = back->row.mfa;
	back->half = !mfa && (factors.totp || factors.passkeys > 0);
	back->app = factors.totp;
	back->in = (struct let_in){ .person = person,
		.how = S("council"),
		.bare = required && !mfa,
		.next = back->row.next };
	env->random(env->self, back->in.token.bytes, sizeof back->in.token.bytes);
	return true;
}

static bool in_write(struct page *page, struct store *store, struct err *err)
{
	struct back *back = page->own;
	return back->half ? half_write(page, store, back->in.person, &back->in.token, err)
			  : let_in_write(page, store, &back->in, err);
}

static str let_in_where(struct page *page, const struct back *back)
{
	struct err err;
	if (!back->half)
		return let_in_to(page, &back->in);
	str step = sign_in_first_step(page, back->in.person, back->app, &err);
	return sign_in_step(page, step.n > 0 ? step : S("/sign-in/code"), back->in.next);
}

/* With the answer that is there already. */
static void let_in_with(struct page *page, const struct back *back)
{
	cookie_drop(page, COOKIE_COUNCIL);
	if (back->half) {
		struct token_text text = token_write(&back->in.token);
		cookie_put(page, COOKIE_STEP, arena_str(page->arena, str_of(text.text)));
	} else {
		let_in_cookies(page, &back->in);
	}
}

static void in_written(struct page *page, const struct err *failed)
{
	const struct back *back = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	page->signed_in = false; /* with this answer, not with what came */
	council_hop(page, back->half ? S("One more step") : S("You are signed in"),
		let_in_where(page, back));
	let_in_with(page, back);
}

static void sign_in(struct page *page, struct back *back)
{
	struct err err;
	int64_t person;
	if (store_council_find(page->store, back->row.issuer, back->row.subject, &person, &err) &&
		steps_find(page, page->store, back, person, &err)) {
		page_write(page, in_write, in_written);
	} else if (err.code == ERR_MISSING) {
		back->row.purpose = S("invited");
		page_write(page, keep_write, unknown_kept);
	} else {
		page_failed(page, &err);
	}
}

/* ---- the answer */

static void hop_kept(struct page *page, const struct err *failed)
{
	const struct back *back = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	bool link = str_equal(back->row.purpose, S("link"));
	council_hop(page, S("Back to your account"),
		link ? S("/account/council") : S("/account/confirm/council/done"));
	council_cookie(page, &back->token);
}

static void back_work(struct page *page)
{
	struct back *back = page->own;
	back->believed = oidc_issuer_identify(page->web->issuer, page->arena, &back->council.config,
		&back->way, back->code, back->named, page->now, &back->identity, &back->why);
}

static void back_worked(struct page *page, const struct err *failed)
{
	struct back *back = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	if (!back->believed) {
		council_refuse(page, back->why.code == ERR_IO ? 503 : 422,
			S("What your council’s sign-in answered could not be checked."));
		return;
	}
	back->row.subject = back->identity.subject;
	back->row.label = back->identity.label;
	back->row.mfa = back->identity.mfa;
	back->row.at = page->now;
	if (str_equal(back->row.purpose, S("sign-in")))
		sign_in(page, back);
	else
		page_write(page, keep_write, hop_kept);
}

/* Once: whatever comes of it, the way is used up. */
static bool take_write(struct page *page, struct store *store, struct err *err)
{
	struct back *back = page->own;
	struct token kept = token_hash(&back->token);
	struct err why;
	if (store_council_way_take(store, page->arena, kept.bytes, page->now - COUNCIL_WAY,
		    &back->row, &why))
		return true;
	back->gone = true;
	return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
}

static void taken(struct page *page, const struct err *failed)
{
	struct back *back = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (back->gone || back->row.subject.n > 0 ||
		   !str_equal(back->row.issuer, back->council.config.issuer)) {
		council_refuse(page, 422, old_words);
	} else if (back->said_no || back->code.n == 0 || back->code.n > OIDC_CODE_MAX) {
		council_refuse(page, 422, S("Your council’s sign-in did not let you in."));
	} else {
		back->way.began = back->row.at;
		back->way.afresh = str_equal(back->row.purpose, S("confirm"));
		page_ask(page, back_work, back_worked);
	}
}

void council_back_show(struct page *page)
{
	struct back *back = arena_new(page->arena, struct back);
	struct err err;
	page->own = back;
	if (!council_read(page, &back->council, &err)) {
		page_failed(page, &err);
		return;
	}
	if (!back->council.set) {
		page_problem(page, 404);
		return;
	}
	if (!council_token(page, &back->token)) {
		council_refuse(page, 422, old_words);
		return;
	}
	council_way_of(page, &back->token, &back->way);
	/* Another way's answer, or somebody else's: this one is left as it is. */
	if (!oidc_same(form_value(&page->query, S("state")), back->way.state)) {
		council_refuse(page, 422, old_words);
		return;
	}
	back->code = form_value(&page->query, S("code"));
	back->named = form_value(&page->query, S("iss"));
	back->said_no = form_has(&page->query, S("error"));
	page_write(page, take_write, taken);
}

/* ---- an invitation's code */

/* All in one step of the writer: the code and the way are used up together, or neither. */
/* Whoever has the code connects an account of theirs: whom it was made for is told which. */
static bool claimed(
	struct page *page, struct store *store, int64_t person, str label, struct err *err)
{
	struct notice notice = { .person = person,
		.kind = S("council-claimed"),
		.detail = arena_format(page->arena,
			"The council account %.*s was connected to you with an invitation code. If it is "
			"not yours, tell whoever looks after Duly in your council at once.",
			STR_ARGS(label)) };
	return store_notice_add(store, &notice, err);
}

static bool invitation_write(struct page *page, struct store *store, struct err *err)
{
	struct back *back = page->own;
	struct token kept = token_hash(&back->token);
	unsigned char mark[MARK];
	struct person person;
	int64_t id;
	struct err why = { 0 };
	instant since = page->now - COUNCIL_WAY;
	if (!store_council_way_find(store, page->arena, kept.bytes, since, &back->row, &why)) {
		back->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	back->gone = !str_equal(back->row.purpose, S("invited"));
	str counted = arena_format(
		page->arena, "invitation %.*s", STR_ARGS(page->request->peer));
	if (back->gone)
		return true;
	if (!attempt_note(store, counted, page->request->peer, page->now, &back->over, err))
		return false;
	council_mark(store, back->typed, mark);
	if (back->over)
		return true;
	if (!store_council_invited(store, mark, page->now - COUNCIL_INVITATION, &id, &why)) {
		back->wrong = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	if (!store_council_way_take(store, page->arena, kept.bytes, since, &back->row, err) ||
		!store_person_read(store, page->arena, id, &person, err))
		return false;
	const struct actor actor = { .user = person.id,
		.role = person.role,
		.authority = person.authority,
		.name = person.login };
	return attempt_forget(store, counted, err) &&
	       store_council_set(store, &actor, id, back->row.issuer, back->row.subject,
		       back->row.label, page->now, err) &&
	       claimed(page, store, id, back->row.label, err) &&
	       steps_find(page, store, back, id, err) && in_write(page, store, err);
}

static void invitation_written(struct page *page, const struct err *failed)
{
	const struct back *back = page->own;
	if (failed != NULL && failed->code == ERR_DUPLICATE) {
		unknown_page(page, back, S("This council account is connected to somebody already"));
	} else if (failed != NULL) {
		page_failed(page, failed);
	} else if (back->gone) {
		council_refuse(page, 422, old_words);
	} else if (back->over || back->wrong) {
		unknown_page(page, back,
			back->over ? S("There have been too many attempts. Wait 5 minutes and try again")
				   : S("That is not an invitation code, or it was used, or it is more "
				       "than 7 days old"));
	} else {
		page->signed_in = false;
		page_redirect(page, let_in_where(page, back));
		let_in_with(page, back);
	}
}

void council_invitation_send(struct page *page)
{
	struct back *back = arena_new(page->arena, struct back);
	page->own = back;
	back->typed = str_trim(form_value(&page->form, S("code")));
	if (!council_token(page, &back->token))
		council_refuse(page, 422, old_words);
	else
		page_write(page, invitation_write, invitation_written);
}
