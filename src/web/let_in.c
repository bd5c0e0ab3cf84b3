#include "web/let_in.h"

#include "identity/attempt.h"
#include "store/kept.h"
#include "store/notice.h"
#include "web/cookie.h"
#include "web/frame.h"

static void random_bytes(const struct page *page, void *bytes, size_t n)
{
	const struct store_env *env = page->web->options.env;
	env->random(env->self, bytes, n);
}

static bool half_token(const struct page *page, struct token *token)
{
	str value;
	return cookie_read(page, COOKIE_STEP, &value) && token_read(value, token);
}

bool half_write(struct page *page, struct store *store, int64_t person, const struct token *token,
	struct err *err)
{
	struct token kept = token_hash(token);
	return store_half_begin(store, kept.bytes, person, page->now, err);
}

bool half_find(struct page *page, struct store *store, int64_t *person, struct err *err)
{
	struct token token;
	if (!half_token(page, &token))
		return err_set(err, ERR_MISSING, "nobody is half-way here");
	struct token kept = token_hash(&token);
	return store_half_find(store, kept.bytes, page->now - SESSION_HALF, person, err);
}

bool let_in_write(struct page *page, struct store *store, struct let_in *in, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	struct token half;
	struct kept_list kept;
	int64_t ways;
	if (!store_person_read(store, page->arena, in->person, &in->who, err))
		return false;
	if (in->who.disabled || !policy_may(in->who.role, MAY_SIGN_IN, RELATION_NONE, OPEN))
		return err_set(err, ERR_DENIED, "this person may not sign in");
	if (framed->has_token && !session_end(store, &framed->token, err))
		return false;
	if (half_token(page, &half)) {
		struct token hash = token_hash(&half);
		if (!store_half_end(store, hash.bytes, err))
			return false;
	}
	if (in->counted.n > 0 && !attempt_forget(store, in->counted, err))
		return false;
	random_bytes(page, in->token.bytes, sizeof in->token.bytes);
	const struct session_new begin = { .person = in->person,
		.now = page->now,
		.how = in->how,
		.browser = session_browser(
			page->arena, http_request_header(page->request, S("user-agent"))),
		.bare = in->bare };
	const struct actor actor = { .user = in->who.id,
		.role = in->who.role,
		.authority = in->who.authority,
		.name = in->who.login };
	if (!session_begin(store, &in->token, &begin, err) ||
		!store_session_entry(store, &actor, in->how, err) ||
		!store_kept_list(store, page->arena, in->person, page->now, &kept, err) ||
		!store_notice_ways(store, in->person, &ways, err))
		return false;
	in->told = ways > 0;
	in->kept = kept.n > 0;
	return true;
}

void let_in_cookies(struct page *page, const struct let_in *in)
{
	unsigned char random[DEVICE_NONCE];
	str value;
	if (cookie_read(page, COOKIE_STEP, &value))
		cookie_drop(page, COOKIE_STEP);
	/* What is no browser keeps nothing for next time. */
	bool browser = http_request_header(page->request, S("sec-fetch-site")).n > 0;
	random_bytes(page, random, sizeof random);
	if (browser && (!cookie_read(page, COOKIE_DEVICE, &value) ||
			       str_equal(attempt_name(page->store, page->arena, in->who.login,
						 value),
				       in->who.login)))
		cookie_put(page, COOKIE_DEVICE,
			attempt_device(page->store, page->arena, in->who.login, random));
	cookie_set(page, page->web->options.secure, &in->token); /* the last is the session */
}

str let_in_to(struct page *page, const struct let_in *in)
{
	(void)page;
	if (in->kept && !in->bare)
		return S("/account/kept");
	if (in->told && !in->bare)
		return S("/account");
	return in->next.n > 0 ? in->next : S("/");
}

void let_in_answer(struct page *page, const struct let_in *in)
{
	page->signed_in = false; /* with this answer, not with what came */
	page_redirect(page, let_in_to(page, in));
	let_in_cookies(page, in);
}

str let_in_next(struct page *page, str given)
{
	return page_is_ours(page->arena, given) && !str_starts(given, S("/sign-")) ? given
										   : (str){ 0 };
}
