/* account.c - one's own account: how one signs in, and where one is signed in now. */
#include "web/account.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_warning_text.h"
#include "store/factor.h"
#include "store/notice.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/hours.h"
#include "web/later.h"
#include "web/sign_in.h"

const struct session *account_session(const struct page *page)
{
	return &((const struct framed *)page)->session;
}

void account_open(struct page *page, str title, str mistake, str field)
{
	struct buf *b = page->out;
	page->layout.error = mistake.n > 0;
	if (mistake.n > 0)
		page->status = 422;
	page->layout.current = S("/account");
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = mistake, .href = field }));
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, title);
	H(b, "</h1>\n");
}

void account_close(struct page *page)
{
	H(page->out, "</div></div>\n");
	page_close(page);
}

bool account_proven(struct page *page, str to)
{
	if (page->now - account_session(page)->proven_at <= SESSION_PROVEN)
		return true;
	page_redirect(page, sign_in_step(page, S("/account/confirm"), to));
	return false;
}

void account_button(struct page *page, str action, str words, str classes)
{
	struct buf *b = page->out;
	layout_form_open(b, action, page->csrf);
	govuk_button(b, .text = words, .classes = classes);
	H(b, "</form>\n");
}

str account_at(struct page *page, instant at)
{
	struct buf b = { 0 };
	buf_instant_words(&b, at);
	str out = arena_str(page->arena, buf_view(&b));
	buf_close(&b);
	return out;
}

/* ---- how one signs in */

static void ways(struct page *page, const struct factors *factors, bool council_set)
{
	const struct govuk_summary_action password[] = { { .href = S("/account/password"),
		.text = S("Change"), .visually_hidden_text = S("password") } },
		app[] = { { .href = S("/account/second-factor"),
			.text = factors->totp ? S("Change") : S("Set up"),
			.visually_hidden_text = S("authenticator app") } },
		passkeys[] = { { .href = S("/account/passkeys"),
			.text = factors->passkeys > 0 ? S("Change") : S("Add"),
			.visually_hidden_text = S("passkeys") } },
		codes[] = { { .href = S("/account/recovery-codes"),
			.text = factors->codes_left > 0 ? S("Replace") : S("Make"),
			.visually_hidden_text = S("recovery codes") } };
	str since = factors->totp ? arena_format(page->arena, "Set up on %.*s",
					    STR_ARGS(account_at(page, factors->totp_made_at)))
				  : S("Not set up");
	const struct govuk_summary_action council[] = { { .href = S("/account/council"),
		.text = factors->council ? S("Change") : S("Connect"),
		.visually_hidden_text = S("council account") } };
	str keys = factors->passkeys == 0 ? S("None")
		   : factors->passkeys == 1
			   ? S("1 passkey")
			   : arena_format(page->arena, "%lld passkeys", (long long)factors->passkeys);
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Sign-in name") }, .value = { .text = page->actor.name } },
		{ .key = { .text = S("Role") }, .value = { .text = role_words(page->actor.role) } },
		{ .key = { .text = S("Password") }, .value = { .text = S("Set") },
			.actions = password, .n_actions = 1 },
		{ .key = { .text = S("Passkeys") }, .value = { .text = keys }, .actions = passkeys,
			.n_actions = 1 },
		{ .key = { .text = S("Authenticator app") }, .value = { .text = since },
			.actions = app, .n_actions = 1 },
		{ .key = { .text = S("Recovery codes") },
			.value = { .text = arena_format(page->arena, "%lld not used yet",
					   (long long)factors->codes_left) },
			.actions = codes, .n_actions = 1 },
		{ .key = { .text = S("Council account") },
			.value = { .text = factors->council ? S("Connected") : S("Not connected") },
			.actions = council, .n_actions = 1 },
	};
	size_t all = sizeof row / sizeof *row;
	/* Where the council has set none up, there is none to connect. */
	govuk_summary_list(page->out, .rows = row, .n_rows = council_set ? all : all - 1);
}

/* ---- where one is signed in */

static str how_words(str how)
{
	static const struct {
		str how, words;
	} row[] = { { S_INIT("password"), S_INIT("password") },
		{ S_INIT("code"), S_INIT("password and one-time code") },
		{ S_INIT("recovery"), S_INIT("password and recovery code") },
		{ S_INIT("passkey"), S_INIT("password and passkey") },
		{ S_INIT("passkey-alone"), S_INIT("passkey") },
		{ S_INIT("council"), S_INIT("council account") } };
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		if (str_equal(row[i].how, how))
			return row[i].words;
	}
	return S("password");
}

static void session_card(struct page *page, const struct person_session *one)
{
	struct buf *b = page->out;
	bool here = one->id == account_session(page)->id;
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Signed in") }, .value = { .text = account_at(page, one->began_at) } },
		{ .key = { .text = S("Last page") }, .value = { .text = account_at(page, one->seen_at) } },
		{ .key = { .text = S("With") }, .value = { .text = how_words(one->how) } },
	};
	H(b, "<h3 class=\"govuk-heading-s\">");
	text(b, one->browser);
	if (here)
		H(b, ": this browser");
	H(b, "</h3>\n");
	govuk_summary_list(b, .rows = row, .n_rows = sizeof row / sizeof *row);
	if (!here)
		account_button(page,
			arena_format(page->arena, "/account/sessions/%lld/end", (long long)one->id),
			arena_format(page->arena, "Sign out %.*s", STR_ARGS(one->browser)),
			S("govuk-button--secondary"));
}

static void sessions(struct page *page, const struct session_list *list)
{
	struct buf *b = page->out;
	size_t elsewhere = 0;
	H(b, "<h2 class=\"govuk-heading-m\">Where you are signed in</h2>\n"
	     "<p class=\"govuk-body\">If one of these is not you, sign it out and change your "
	     "password.</p>\n");
	for (size_t i = 0; i < list->n; i++) {
		const struct session of = { .began_at = list->item[i].began_at };
		if (page->now > session_ends(&of, list->item[i].seen_at))
			continue; /* time has ended it */
		session_card(page, &list->item[i]);
		elsewhere += list->item[i].id != account_session(page)->id;
	}
	if (elsewhere > 1)
		account_button(page, S("/account/sessions/end"), S("Sign out everywhere else"),
			S("govuk-button--warning"));
}

/* What somebody else changed: here, because not every role has an inbox. */
static void told(struct page *page, const struct notices *notices)
{
	struct buf *b = page->out;
	for (size_t i = 0; i < notices->n; i++) {
		const struct notice *notice = &notices->item[i];
		if (notice->seen_at != INSTANT_UNKNOWN || !notice_is_way_in(notice->kind))
			continue;
		H(b, "<div class=\"govuk-inset-text\"><p class=\"govuk-body\"><strong>How you sign in "
		     "was changed.</strong> ");
		text(b, notice->detail);
		H(b, " <span class=\"app-under\">");
		buf_instant_words(b, notice->at);
		H(b, "</span></p>\n");
		layout_form_open(b, S("/account/told"), page->csrf);
		H(b, "<input type=\"hidden\" name=\"notice\"");
		attr_int(b, "value", notice->id);
		H(b, "><button type=\"submit\" class=\"govuk-button govuk-button--secondary "
		     "app-in-row\">I have read this<span class=\"govuk-visually-hidden\">: ");
		buf_instant_words(b, notice->at);
		H(b, "</span></button></form></div>\n");
	}
}

void account_show(struct page *page)
{
	enum { TOLD_MOST = 50 };
	struct notices notices;
	struct factors factors;
	struct session_list list;
	struct council council;
	struct err err;
	if (!council_read(page, &council, &err) || !store_factors(page->store, page->actor.user, &factors, &err) ||
		!store_session_list(page->store, page->arena, page->actor.user, &list, &err) ||
		!store_notice_list(
			page->store, page->arena, &page->actor, TOLD_MOST, &notices, &err)) {
		page_failed(page, &err);
		return;
	}
	account_open(page, S("Your account"), (str){ 0 }, (str){ 0 });
	told(page, &notices);
	if ((factors.totp || factors.passkeys > 0) && factors.codes_left == 0)
		govuk_warning_text(page->out,
			.text = S("You have no recovery codes. Make some now: without them, losing "
				  "your phone or passkey locks you out."));
	ways(page, &factors, council.set);
	hours_links(page);
	sessions(page, &list);
	account_close(page);
}

static bool told_write(struct page *page, struct store *store, struct err *err)
{
	const int64_t *id = page->own;
	return store_notice_seen(store, &page->actor, *id, err);
}

static void told_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account"));
}

void account_told_send(struct page *page)
{
	int64_t *id = arena_new(page->arena, int64_t);
	page->own = id;
	if (str_int(form_value(&page->form, S("notice")), id))
		page_write(page, told_write, told_written);
	else
		page_problem(page, 404);
}

static bool end_one(struct page *page, struct store *store, struct err *err)
{
	return store_session_end_one(store, &page->actor, page->id, err);
}

static bool end_others(struct page *page, struct store *store, struct err *err)
{
	return store_session_end_others(store, &page->actor, account_session(page)->id, err);
}

static void ended(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account"));
}

void account_session_end_send(struct page *page)
{
	page_write(page, end_one, ended);
}

void account_sessions_end_send(struct page *page)
{
	page_write(page, end_others, ended);
}

/* ---- how long is left: asked by a script, and not a page that anybody looks at */

void account_left_show(struct page *page)
{
	const struct session *session = account_session(page);
	instant left = session_ends(session, session->seen_at) - page->now;
	buf_int(page->out, left < 0 ? 0 : left / 1000);
	page->response.status = 200;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

static bool stay_write(struct page *page, struct store *store, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	return session_seen(store, &framed->token, page->now, err);
}

static void stayed(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/account/left"));
}

void account_stay_send(struct page *page)
{
	page_write(page, stay_write, stayed);
}
