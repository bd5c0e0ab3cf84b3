#include "web/passkey.h"

#include "html/govuk_button.h"
#include "store/seal.h"
#include "web/frame.h"
#include "web/later.h"

#include <string.h>

bool passkey_here(const struct passkey_list *list, const struct site *site)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->item[i].refused_at == INSTANT_UNKNOWN &&
			str_equal(list->item[i].site, site->name))
			return true;
	}
	return false;
}

str passkey_user(const struct store *store, struct arena *arena, int64_t person)
{
	unsigned char mark[MARK];
	store_mark(store, "duly passkey", arena_format(arena, "%lld", (long long)person), mark);
	return arena_str(arena, (str){ (const char *)mark, sizeof mark });
}

/* ---- the button */

/* "HANDLE:internal,hybrid HANDLE", of this site. One that was copied is not asked for, but not made a
 * second time either. */
static str keys_of(struct page *page, const struct passkey_button *button)
{
	struct buf b = { 0 };
	for (size_t i = 0; button->keys != NULL && i < button->keys->n; i++) {
		const struct passkey_row *key = &button->keys->item[i];
		if (!str_equal(key->site, button->site.name) ||
			(key->refused_at != INSTANT_UNKNOWN && button->user.n == 0))
			continue;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_str(&b, passkey_text(page->arena, key->handle));
		if (key->reached.n > 0)
			buf_char(&b, ':');
		buf_str(&b, key->reached);
	}
	str out = arena_str(page->arena, buf_view(&b));
	buf_close(&b);
	return out;
}

static void form(struct page *page, const struct passkey_button *button)
{
	static const str made[] = { S_INIT("client"), S_INIT("object"), S_INIT("reached") };
	static const str shown[] = { S_INIT("handle"), S_INIT("client"), S_INIT("authenticator"),
		S_INIT("signature"), S_INIT("user") };
	struct buf *b = page->out;
	bool adds = button->user.n > 0;
	H(b, "<form method=\"post\"");
	attr(b, "action", button->action);
	H(b, " novalidate>\n");
	if (page->csrf.n > 0)
		layout_hidden(b, S("csrf"), page->csrf);
	if (button->next.n > 0)
		layout_hidden(b, S("next"), button->next);
	for (size_t i = 0; i < (adds ? sizeof made : sizeof shown) / sizeof *made; i++)
		layout_hidden(b, adds ? made[i] : shown[i], (str){ 0 });
	html_put(b, button->fields);
	govuk_button(b, .text = button->words, .classes = button->classes,
		.attributes = GOVUK_ATTRIBUTES({ S_INIT("data-passkey-go"), S_INIT(""), true },
			{ S_INIT("hidden"), S_INIT(""), true }));
	H(b, "<p class=\"govuk-error-message\" role=\"alert\" data-passkey-say></p>\n</form>\n");
}

void passkey_button(struct page *page, const struct passkey_button *button)
{
	struct buf *b = page->out;
	H(b, "<div");
	attr(b, "data-passkey", button->purpose);
	attr(b, "data-challenge", button->challenge);
	attr(b, "data-again", button->again);
	attr(b, "data-site", button->site.name);
	attr_some(b, "data-keys", keys_of(page, button));
	if (button->user.n > 0) {
		attr(b, "data-user", passkey_text(page->arena, button->user));
		attr(b, "data-login", page->actor.name);
		attr(b, "data-name", page->person);
	}
	if (button->without.n == 0)
		H(b, " hidden");
	H(b, ">\n");
	if (button->without.n > 0) {
		H(b, "<p class=\"govuk-body\" data-passkey-without>");
		text(b, button->without);
		H(b, "</p>\n");
	}
	form(page, button);
	H(b, "</div>\n");
}

/* ---- the challenge */

static bool challenge_write(struct page *page, struct store *store, struct err *err)
{
	return store_challenge_add(store, page->own, page->now, page->now - PASSKEY_WAIT, err);
}

static void challenge_written(struct page *page, const struct err *failed)
{
	const struct challenge *challenge = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	buf_str(page->out, passkey_text(page->arena, (str){ (const char *)challenge->bytes, CHALLENGE }));
	page->response.status = 200;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

void passkey_challenge(struct page *page, const struct token *holder, str purpose)
{
	struct challenge *challenge = arena_new(page->arena, struct challenge);
	const struct store_env *env = page->web->options.env;
	struct token kept = token_hash(holder);
	page->own = challenge;
	env->random(env->self, challenge->bytes, sizeof challenge->bytes);
	memcpy(challenge->holder, kept.bytes, sizeof challenge->holder);
	challenge->purpose = purpose;
	page_write(page, challenge_write, challenge_written);
}

/* ---- the answer */

struct brought {
	str handle, user;
	struct passkey_shown shown;
	struct passkey_client client;
};

static bool brought_read(struct page *page, struct brought *out)
{
	struct arena *arena = page->arena;
	const struct form *from = &page->form;
	struct err ignored;
	str user = form_value(from, S("user"));
	return passkey_bytes(arena, form_value(from, S("handle")), PASSKEY_HANDLE_MOST, &out->handle) &&
	       passkey_bytes(arena, form_value(from, S("client")), PASSKEY_CLIENT_MOST,
		       &out->shown.client) &&
	       passkey_bytes(arena, form_value(from, S("authenticator")), PASSKEY_OBJECT_MOST,
		       &out->shown.authenticator) &&
	       passkey_bytes(arena, form_value(from, S("signature")), PASSKEY_SIGNATURE_MOST,
		       &out->shown.signature) &&
	       (user.n == 0 || passkey_bytes(arena, user, MARK, &out->user)) &&
	       passkey_client_read(arena, out->shown.client, &out->client, &ignored);
}

/* True: it was ours, for this, here, now; and no longer is. *late else. */
static bool challenge_use(struct page *page, struct store *store, const struct passkey_answer *answer,
	const struct passkey_client *client, bool *late, struct err *err)
{
	struct challenge challenge = { .purpose = answer->purpose };
	struct token kept = token_hash(answer->holder);
	struct err why = { 0 };
	memcpy(challenge.bytes, client->challenge, CHALLENGE);
	memcpy(challenge.holder, kept.bytes, sizeof challenge.holder);
	*late = !store_challenge_take(store, &challenge, page->now - PASSKEY_WAIT, &why);
	return !*late || why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
}

/* Refused in the name of whoever it was to sign in; with a known passkey of nobody's here, of its
 * owner. */
static bool refuse(struct page *page, struct store *store, const struct passkey_answer *answer,
	struct err *err)
{
	struct person person;
	int64_t whose = answer->person != 0 ? answer->person : answer->key.person;
	if (!store_person_read(store, page->arena, whose, &person, err))
		return false;
	const struct actor actor = { .user = person.id, .role = person.role,
		.authority = person.authority, .name = person.login };
	return store_passkey_refused(store, &actor, answer->key.id,
		answer->outcome == PASSKEY_COPIED, page->now, err);
}

static enum passkey_outcome verify(struct page *page, struct store *store,
	const struct passkey_answer *answer, const struct brought *brought, int64_t *uses)
{
	struct passkey_asked asked;
	struct site site;
	struct err ignored;
	const struct passkey_row *key = &answer->key;
	str user = passkey_user(store, page->arena, key->person);
	/* With no name given, the passkey says whose it is: and must say so (WebAuthn 2, 7.2, 6). */
	bool named = brought->user.n > 0 ? str_equal(brought->user, user) : answer->person != 0;
	if (!named || (answer->person != 0 && key->person != answer->person) || !site_of(page, &site))
		return PASSKEY_WRONG;
	asked.name = site.name;
	asked.origin = site.origin;
	memcpy(asked.challenge, brought->client.challenge, CHALLENGE);
	if (!passkey_verify(page->arena, &asked, key, &brought->shown, uses, &ignored))
		return PASSKEY_WRONG;
	return key->refused_at == INSTANT_UNKNOWN ? PASSKEY_RIGHT : PASSKEY_COPIED;
}

bool passkey_answer(
	struct page *page, struct store *store, struct passkey_answer *answer, struct err *err)
{
	struct brought *brought = arena_new(page->arena, struct brought);
	struct err why = { 0 };
	bool late;
	int64_t uses = 0;
	answer->outcome = PASSKEY_WRONG;
	if (!brought_read(page, brought))
		return true;
	if (!challenge_use(page, store, answer, &brought->client, &late, err))
		return false;
	answer->outcome = PASSKEY_LATE;
	if (late)
		return true;
	answer->outcome = PASSKEY_WRONG;
	if (!store_passkey_find(store, page->arena, brought->handle, &answer->key, &why))
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	answer->outcome = verify(page, store, answer, brought, &uses);
	if (answer->outcome == PASSKEY_RIGHT &&
		!store_passkey_used(store, answer->key.id, uses, page->now, &why)) {
		if (why.code != ERR_STALE)
			return err_set(err, why.code, "%s", why.text);
		answer->outcome = PASSKEY_COPIED;
	}
	return answer->outcome == PASSKEY_RIGHT || refuse(page, store, answer, err);
}

str passkey_mistake(enum passkey_outcome outcome)
{
	static const str words[] = {
		[PASSKEY_RIGHT] = S_INIT(""),
		[PASSKEY_WRONG] = S_INIT("That passkey did not work. Try again, or use another way"),
		[PASSKEY_LATE] = S_INIT("That took too long. Try again"),
		[PASSKEY_COPIED] = S_INIT("This passkey may have been copied and is not accepted any "
					  "more. Use another way to sign in, then remove it"),
	};
	return words[outcome];
}
