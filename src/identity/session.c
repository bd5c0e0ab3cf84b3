#include "identity/session.h"

#include <string.h>

_Static_assert((int)SESSION_TOKEN == (int)TOKEN_BYTES, "a token's hash has another length");

instant session_ends(const struct session *session, instant seen_at)
{
	instant idle = seen_at + SESSION_IDLE, whole = session->began_at + SESSION_WHOLE;
	return idle < whole ? idle : whole;
}

bool session_find(struct store *store, struct arena *arena, const struct token *token, instant now,
	struct session *out, struct err *err)
{
	struct token kept = token_hash(token);
	struct person_session row;
	if (!store_session_find(store, arena, kept.bytes, &row, err))
		return false;
	if (row.person.disabled)
		return err_set(err, ERR_MISSING, "the session has ended");
	*out = (struct session){ .person = row.person.id,
		.id = row.id,
		.role = row.person.role,
		.login = row.person.login,
		.name = row.person.name,
		.team = row.person.team,
		.authority = row.person.authority,
		.council = row.council,
		.beside = row.beside,
		.began_at = row.began_at,
		.seen_at = row.seen_at,
		.proven_at = row.proven_at,
		.bare = row.bare,
		.lent = row.lent && !str_equal(row.how, S("council")) &&
			!str_equal(row.how, S("passkey-alone")) };
	return now <= session_ends(out, row.seen_at) ||
	       err_set(err, ERR_STALE, "the session has ended");
}

bool session_begin(struct store *store, const struct token *token,
	const struct session_new *begin, struct err *err)
{
	struct token kept = token_hash(token);
	struct session_new with = *begin;
	with.token = kept.bytes;
	/* An ended session is known for a day more, so that what was typed into its forms finds
	 * its person. */
	return store_session_sweep(store, begin->now - INSTANT_DAY, err) &&
	       store_session_begin(store, &with, err);
}

bool session_seen(struct store *store, const struct token *token, instant now, struct err *err)
{
	struct token kept = token_hash(token);
	return store_session_seen(store, kept.bytes, now, err);
}

bool session_renew(struct store *store, const struct token *old, const struct token *token,
	instant now, struct err *err)
{
	struct token was = token_hash(old), is = token_hash(token);
	return store_session_renew(store, was.bytes, is.bytes, now, err);
}

bool session_end(struct store *store, const struct token *token, struct err *err)
{
	struct token kept = token_hash(token);
	return store_session_end(store, kept.bytes, err);
}

/* The first that fits: Edge says Chrome too, and Chrome says Safari. */
static str first_in(str agent, const char *const (*pair)[2], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (memmem(agent.p == NULL ? "" : agent.p, agent.n, pair[i][0],
			    strlen(pair[i][0])) != NULL)
			return str_of(pair[i][1]);
	}
	return (str){ 0 };
}

str session_browser(struct arena *arena, str agent)
{
	static const char *const browser[][2] = { { "Edg", "Edge" }, { "OPR/", "Opera" },
		{ "SamsungBrowser", "Samsung Internet" }, { "Firefox/", "Firefox" },
		{ "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" }, { "Chrome/", "Chrome" },
		{ "Safari/", "Safari" } };
	static const char *const on[][2] = { { "Windows", "Windows" }, { "iPhone", "iPhone" },
		{ "iPad", "iPad" }, { "Android", "Android" }, { "CrOS", "Chromebook" },
		{ "Mac OS X", "Mac" }, { "Linux", "Linux" } };
	str what = first_in(agent, browser, sizeof browser / sizeof *browser);
	str where = first_in(agent, on, sizeof on / sizeof *on);
	if (what.n == 0)
		what = S("A browser");
	return where.n == 0 ? what
			    : arena_format(arena, "%.*s on %.*s", STR_ARGS(what), STR_ARGS(where));
}
