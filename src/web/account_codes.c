/* account_codes.c - recovery codes: shown until they are written down, and kept only as marks. */
#include "html/govuk_button.h"
#include "html/govuk_warning_text.h"
#include "identity/factor.h"
#include "web/account.h"
#include "web/frame.h"
#include "web/later.h"

static void go(struct page *page, const struct err *failed, str to)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, to);
}

bool account_codes(
	struct page *page, struct store *store, struct recovery_marks *out, struct err *err)
{
	const struct store_env *env = page->web->options.env;
	unsigned char(*mark)[MARK] = arena_take(page->arena, FACTOR_CODES, MARK);
	struct buf all = { 0 };
	for (size_t i = 0; i < FACTOR_CODES; i++) {
		unsigned char random[FACTOR_CODE_RANDOM];
		char code[FACTOR_CODE_TEXT + 1];
		env->random(env->self, random, sizeof random);
		factor_recovery_make(random, code);
		factor_recovery_mark(store, page->arena, page->actor.user, str_of(code), mark[i]);
		buf_str(&all, str_of(code));
		buf_char(&all, '\n');
	}
	str sealed = store_seal(store, page->arena,
		arena_format(page->arena, "codes:%lld", (long long)page->actor.user),
		buf_view(&all));
	buf_close(&all);
	*out = (struct recovery_marks){ (const unsigned char(*)[MARK])mark, FACTOR_CODES };
	return store_offer_set(store, page->actor.user, S("codes"), sealed, page->now, err);
}

static bool codes_write(struct page *page, struct store *store, struct err *err)
{
	struct recovery_marks codes;
	return account_codes(page, store, &codes, err) &&
	       store_recovery_set(store, &page->actor, &codes, page->now, err);
}

static void codes_written(struct page *page, const struct err *failed)
{
	go(page, failed, S("/account/recovery-codes"));
}

void recovery_codes_send(struct page *page)
{
	if (account_proven(page, S("/account/recovery-codes")))
		page_write(page, codes_write, codes_written);
}

static void codes_page(struct page *page, str codes)
{
	struct buf *b = page->out;
	str code;
	account_open(page, S("Your recovery codes"), (str){ 0 }, (str){ 0 });
	govuk_warning_text(b, .text = S("Print these or write them down now. They are shown for 20 "
					"minutes, and never again."));
	H(b, "<p class=\"govuk-body\">Each lets you sign in once, with your password, when you do "
	     "not have your phone.</p>\n<ol class=\"govuk-list govuk-list--number\">\n");
	while (str_split(&codes, '\n', &code)) {
		if (code.n == 0)
			continue;
		H(b, "<li><code class=\"app-secret\">");
		text(b, code);
		H(b, "</code></li>\n");
	}
	H(b, "</ol>\n<button type=\"button\" class=\"govuk-button govuk-button--secondary "
	     "app-no-print\" data-print hidden>Print</button>\n");
	account_button(page, S("/account/recovery-codes/done"), S("I have written them down"),
		(str){ 0 });
	account_close(page);
}

void recovery_codes_show(struct page *page)
{
	struct buf *b = page->out;
	struct err err;
	str sealed, codes;
	if (store_offer_read(page->store, page->arena, page->actor.user, S("codes"),
		    page->now - FACTOR_OFFER, &sealed, &err)) {
		if (store_unseal(page->store, page->arena,
			    arena_format(page->arena, "codes:%lld", (long long)page->actor.user),
			    sealed, &codes))
			codes_page(page, codes);
		else
			page_problem(page, 500);
		return;
	}
	if (err.code != ERR_MISSING) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = S("/account");
	account_open(page, S("Make recovery codes"), (str){ 0 }, (str){ 0 });
	H(b, "<p class=\"govuk-body\">Ten codes to keep on paper. Each signs you in once, with your "
	     "password, when you do not have your phone. Codes that you made before stop "
	     "working.</p>\n");
	account_button(page, S("/account/recovery-codes"), S("Make ten codes"), (str){ 0 });
	account_close(page);
}

static bool codes_done_write(struct page *page, struct store *store, struct err *err)
{
	return store_offer_drop(store, page->actor.user, S("codes"), err);
}

static void codes_done(struct page *page, const struct err *failed)
{
	go(page, failed, S("/account"));
}

void recovery_codes_done_send(struct page *page)
{
	page_write(page, codes_done_write, codes_done);
}
