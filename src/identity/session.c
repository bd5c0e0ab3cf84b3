#include "identity/session.h"

#include "store/person.h"

_Static_assert((int)SESSION_TOKEN == (int)TOKEN_BYTES, "a token's hash has another length");

static bool holds(const struct person_session *row, instant now)
{
	return !row->person.disabled && now - row->seen_at <= SESSION_IDLE &&
	       now - row->began_at <= SESSION_WHOLE;
}

bool session_find(struct store *store, struct arena *arena, const struct token *token, instant now,
	struct session *out, struct err *err)
{
	struct token kept = token_hash(token);
	struct person_session row;
	if (!store_session_find(store, arena, kept.bytes, &row, err))
		return false;
	if (!holds(&row, now))
		return err_set(err, ERR_MISSING, "the session has ended");
	*out = (struct session){ .person = row.person.id,
		.role = row.person.role,
		.login = row.person.login,
		.name = row.person.name,
		.team = row.person.team,
		.authority = row.person.authority,
		.began_at = row.began_at,
		.seen_at = row.seen_at };
	return true;
}

bool session_begin(struct store *store, const struct token *token, int64_t person, instant now,
	struct err *err)
{
	struct token kept = token_hash(token);
	return store_session_sweep(store, now - SESSION_IDLE, err) &&
	       store_session_begin(store, kept.bytes, person, now, err);
}

bool session_seen(struct store *store, const struct token *token, instant now, struct err *err)
{
	struct token kept = token_hash(token);
	return store_session_seen(store, kept.bytes, now, err);
}

bool session_end(struct store *store, const struct token *token, struct err *err)
{
	struct token kept = token_hash(token);
	return store_session_end(store, kept.bytes, err);
}
