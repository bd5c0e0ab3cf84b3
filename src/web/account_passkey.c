/* account_passkey.c - one's own passkeys: listed, added, named, removed. */
#include "base/utf8.h"
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/govuk_warning_text.h"
#include "web/account.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/passkey.h"

#define PASSKEYS S("/account/passkeys")
#define ADD S("/account/passkeys/add")

/* ---- the list */

static void key_card(struct page *page, const struct passkey_row *key, const struct site *site)
{
	struct buf *b = page->out;
	bool used = key->used_at != INSTANT_UNKNOWN, copied = key->refused_at != INSTANT_UNKNOWN;
	const struct govuk_summary_action name[] = {
		{ .href = arena_format(page->arena, "/account/passkeys/%lld", (long long)key->id),
			.text = S("Change"), .visually_hidden_text = S("name") },
	};
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Name") }, .value = { .text = key->name }, .actions = name,
			.n_actions = 1 },
		{ .key = { .text = S("Added") }, .value = { .text = account_at(page, key->made_at) } },
		{ .key = { .text = S("Last used") },
			.value = { .text = used ? account_at(page, key->used_at)
						: S("Not used yet") } },
	};
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, key->name);
	H(b, "</h2>\n");
	if (copied)
		govuk_warning_text(b,
			.text = arena_format(page->arena,
				"This passkey was stopped on %.*s: its count went back, so it may have "
				"been copied. Remove it, and add another.",
				STR_ARGS(account_at(page, key->refused_at))));
	else if (site->name.n > 0 && !str_equal(key->site, site->name))
		govuk_inset_text(b, .text = arena_format(page->arena,
			"It works at %.*s, and not at this address.", STR_ARGS(key->site)));
	govuk_summary_list(b, .rows = row, .n_rows = sizeof row / sizeof *row);
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href",
		arena_format(page->arena, "/account/passkeys/%lld/remove", (long long)key->id));
	H(b, ">Remove ");
	text(b, key->name);
	H(b, "</a></p>\n");
}

static bool keys_read(struct page *page, struct passkey_list *out)
{
	struct err err;
	if (store_passkey_list(page->store, page->arena, page->actor.user, out, &err))
		return true;
	page_failed(page, &err);
	return false;
}

void passkeys_show(struct page *page)
{
	struct buf *b = page->out;
	struct passkey_list keys;
	struct site site = { 0 };
	bool here = site_of(page, &site);
	if (!keys_read(page, &keys))
		return;
	page->layout.back_href = S("/account");
	account_open(page, S("Your passkeys"), (str){ 0 }, (str){ 0 });
	H(b, "<p class=\"govuk-body\">With a passkey you sign in by fingerprint, face or security key. "
	     "It works only for Duly, so nobody can trick you into giving it away.</p>\n");
	if (keys.n == 0)
		H(b, "<p class=\"govuk-body\">You have none yet.</p>\n");
	if (here)
		govuk_button(b, .text = keys.n == 0 ? S("Add a passkey") : S("Add another passkey"),
			.href = ADD);
	else
		govuk_inset_text(b, .text = S("Passkeys cannot be added at this address. Whoever looks "
					      "after Duly in your council can tell you which one to "
					      "use."));
	for (size_t i = 0; i < keys.n; i++)
		key_card(page, &keys.item[i], &site);
	account_close(page);
}

/* ---- adding one */

struct adding {
	struct passkey_list keys;
	struct site site;
	str name;
	struct passkey_new made;
	bool codes;  /* recovery codes were made with it: their first second step */
	str mistake; /* why it was not added */
};

static const str taken = S_INIT("That passkey is in use already");

static void add_page(struct page *page, const struct adding *adding, str mistake, str field)
{
	struct buf *b = page->out;
	struct buf name = { 0 };
	page->layout.back_href = PASSKEYS;
	account_open(page, S("Add a passkey"), mistake, field);
	H(b, "<p class=\"govuk-body\">Use your fingerprint, face or security key. Your browser asks for "
	     "it when you select the button; what it reads never leaves your device.</p>\n");
	govuk_input(&name, .label = { .text = S("Name of the passkey") }, .id = S("name"),
		.name = S("name"), .value = adding->name, .autocomplete = S("off"),
		.hint = { .text = S("So that you know it again, as “Work laptop”.") },
		.error = { .text = field.n > 0 ? mistake : (str){ 0 } });
	passkey_button(page, &(struct passkey_button){ .site = adding->site,
				     .purpose = S("add"),
				     .challenge = S("/account/passkeys/challenge"),
				     .again = S("/account/confirm?next=%2Faccount%2Fpasskeys%2Fadd"),
				     .action = ADD,
				     .words = S("Add the passkey"),
				     .keys = &adding->keys,
				     .user = passkey_user(
					     page->store, page->arena, page->actor.user),
				     .fields = html_markup(&name),
				     .without = S("A passkey needs JavaScript, which is off in this "
						  "browser, or the browser is too old.") });
	buf_close(&name);
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/account/second-factor\">Use an "
	     "authenticator app</a> if you cannot use a passkey.</p>\n");
	account_close(page);
}

/* NULL when the answer is given already. */
static struct adding *adding_begin(struct page *page)
{
	struct adding *adding = arena_new(page->arena, struct adding);
	page->own = adding;
	if (!site_of(page, &adding->site)) {
		page_redirect(page, PASSKEYS);
		return NULL;
	}
	if (!keys_read(page, &adding->keys))
		return NULL;
	adding->name = session_browser(
		page->arena, http_request_header(page->request, S("user-agent")));
	return adding;
}

void passkey_add_show(struct page *page)
{
	if (!account_proven(page, ADD))
		return;
	const struct adding *adding = adding_begin(page);
	if (adding != NULL)
		add_page(page, adding, (str){ 0 }, (str){ 0 });
}

/* Only who has just proved who they are gets one to add a passkey with: so what answers it needs no
 * more proof. */
void passkeys_challenge_send(struct page *page)
{
	const struct framed *framed = (const struct framed *)page;
	bool adds = str_equal(form_value(&page->form, S("for")), S("add"));
	bool proven = page->now - framed->session.proven_at <= SESSION_PROVEN;
	struct site site;
	if (!site_of(page, &site) || (adds && !proven))
		page_problem(page, 403);
	else
		passkey_challenge(page, &framed->token, adds ? S("add") : S("confirm"));
}

/* "usb,nfc": words that a browser may say, and nothing else. */
static str reached_of(struct page *page)
{
	static const str known[] = { S_INIT("usb"), S_INIT("nfc"), S_INIT("ble"), S_INIT("internal"),
		S_INIT("hybrid"), S_INIT("smart-card") };
	struct buf b = { 0 };
	str said = form_value(&page->form, S("reached"));
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		str rest = said, word;
		while (rest.n > 0 && str_split(&rest, ',', &word)) {
			if (!str_equal(word, known[i]))
				continue;
			if (b.n > 0)
				buf_char(&b, ',');
			buf_str(&b, word);
			break;
		}
	}
	str out = arena_str(page->arena, buf_view(&b));
	buf_close(&b);
	return out;
}

/* The challenge is used up, then what answers it read: adding->mistake says what was wrong. */
static bool new_check(
	struct page *page, struct store *store, struct adding *adding, struct err *err)
{
	const struct framed *framed = (const struct framed *)page;
	struct challenge challenge = { .purpose = S("add") };
	struct token kept = token_hash(&framed->token);
	struct passkey_client client;
	struct passkey_asked asked = { .name = adding->site.name, .origin = adding->site.origin };
	struct passkey_row known;
	struct err why = { 0 };
	str json, object;
	adding->mistake = passkey_mistake(PASSKEY_WRONG);
	if (!passkey_bytes(page->arena, form_value(&page->form, S("client")), PASSKEY_CLIENT_MOST,
		    &json) ||
		!passkey_bytes(page->arena, form_value(&page->form, S("object")),
			PASSKEY_OBJECT_MOST, &object) ||
		!passkey_client_read(page->arena, json, &client, &why))
		return true;
	memcpy(challenge.bytes, client.challenge, CHALLENGE);
	memcpy(challenge.holder, kept.bytes, sizeof challenge.holder);
	if (!store_challenge_take(store, &challenge, page->now - PASSKEY_WAIT, &why)) {
		adding->mistake = passkey_mistake(PASSKEY_LATE);
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	memcpy(asked.challenge, client.challenge, CHALLENGE);
	if (!passkey_register(page->arena, &asked, json, object, &adding->made, &why))
		return true;
	bool free = !store_passkey_find(store, page->arena, adding->made.handle, &known, &why);
	adding->mistake = free ? (str){ 0 } : taken;
	return !free || why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
}

static bool add_write(struct page *page, struct store *store, struct err *err)
{
	struct adding *adding = page->own;
	struct factors factors;
	struct recovery_marks codes;
	if (!new_check(page, store, adding, err))
		return false;
	if (adding->mistake.n > 0)
		return true;
	if (!store_factors(store, page->actor.user, &factors, err))
		return false;
	const struct passkey_row row = { .handle = adding->made.handle,
		.site = adding->site.name,
		.public_key = adding->made.public_key,
		.name = adding->name,
		.reached = reached_of(page),
		.algorithm = adding->made.algorithm,
		.uses = adding->made.uses,
		.made_at = page->now };
	adding->codes = factors.codes_left == 0;
	return (!adding->codes || account_codes(page, store, &codes, err)) &&
	       store_passkey_add(
		       store, &page->actor, &row, adding->codes ? &codes : NULL, err) &&
	       store_session_whole(store, page->actor.user, err);
}

static void added(struct page *page, const struct err *failed)
{
	struct adding *adding = page->own;
	if (failed != NULL && failed->code == ERR_DUPLICATE)
		adding->mistake = taken;
	else if (failed != NULL && failed->code == ERR_FULL)
		adding->mistake = S("You have 20 passkeys. Remove one before you add another");
	else if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	if (adding->mistake.n > 0)
		add_page(page, adding, adding->mistake, (str){ 0 });
	else
		page_redirect(page, adding->codes ? S("/account/recovery-codes") : PASSKEYS);
}

/* Empty when it may be its name. */
static str name_mistake(str name)
{
	if (name.n == 0)
		return S("Enter a name for the passkey");
	if (utf8_check(name) != name.n || str_find(name, '\n') < name.n ||
		utf8_count(name) > PASSKEY_NAME_MOST)
		return S("Name of the passkey must be 60 characters or fewer");
	return (str){ 0 };
}

void passkey_add_send(struct page *page)
{
	struct adding *adding = adding_begin(page);
	if (adding == NULL)
		return;
	adding->name = str_trim(form_value(&page->form, S("name")));
	str mistake = name_mistake(adding->name);
	if (mistake.n > 0)
		add_page(page, adding, mistake, S("#name"));
	else
		page_write(page, add_write, added);
}

/* ---- one of them: its name, and its end */

struct one {
	struct passkey_row key;
	str name;
};

/* NULL when the answer is given already: as of an unknown number where it is somebody else's. */
static struct one *one_read(struct page *page)
{
	struct one *one = arena_new(page->arena, struct one);
	struct passkey_list keys;
	page->own = one;
	if (!keys_read(page, &keys))
		return NULL;
	for (size_t i = 0; i < keys.n; i++) {
		if (keys.item[i].id == page->id) {
			one->key = keys.item[i];
			one->name = one->key.name;
			return one;
		}
	}
	page_problem(page, 404);
	return NULL;
}

static str path_of(struct page *page, const char *rest)
{
	return arena_format(page->arena, "/account/passkeys/%lld%s", (long long)page->id, rest);
}

static void name_page(struct page *page, const struct one *one, str mistake)
{
	struct buf *b = page->out;
	page->layout.back_href = PASSKEYS;
	account_open(page, S("Change the name of a passkey"), mistake, S("#name"));
	layout_form_open(b, path_of(page, ""), page->csrf);
	govuk_input(b, .label = { .text = S("Name of the passkey") }, .id = S("name"),
		.name = S("name"), .value = one->name, .autocomplete = S("off"),
		.error = { .text = mistake });
	govuk_button(b, .text = S("Save the name"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	account_close(page);
}

void passkey_name_show(struct page *page)
{
	const struct one *one = one_read(page);
	if (one != NULL)
		name_page(page, one, (str){ 0 });
}

static bool name_write(struct page *page, struct store *store, struct err *err)
{
	const struct one *one = page->own;
	return store_passkey_name(store, &page->actor, page->id, one->name, err);
}

static void to_list(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, PASSKEYS);
}

void passkey_name_send(struct page *page)
{
	struct one *one = one_read(page);
	if (one == NULL)
		return;
	one->name = str_trim(form_value(&page->form, S("name")));
	str mistake = name_mistake(one->name);
	if (mistake.n > 0)
		name_page(page, one, mistake);
	else if (str_equal(one->name, one->key.name))
		page_redirect(page, PASSKEYS); /* nothing was changed */
	else
		page_write(page, name_write, to_list);
}

static void remove_page(struct page *page, const struct one *one, str mistake)
{
	struct buf *b = page->out;
	page->layout.back_href = PASSKEYS;
	account_open(page, S("Remove a passkey"), mistake, (str){ 0 });
	H(b, "<p class=\"govuk-body\">You will not be able to sign in with <strong>");
	text(b, one->name);
	H(b, "</strong> any more. Your device may still offer it until you delete it there too.</p>\n");
	account_button(page, path_of(page, "/remove"), S("Remove the passkey"),
		S("govuk-button--warning"));
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/account/passkeys\">Keep "
	     "it</a></p>\n");
	account_close(page);
}

void passkey_remove_show(struct page *page)
{
	const struct one *one = account_proven(page, path_of(page, "/remove")) ? one_read(page) : NULL;
	if (one != NULL)
		remove_page(page, one, (str){ 0 });
}

/* Something must be left to sign in with, where a second step is required; one that was copied is
 * nothing. */
static bool remove_write(struct page *page, struct store *store, struct err *err)
{
	const struct one *one = page->own;
	struct factors factors;
	bool required;
	if (!store_factors(store, page->actor.user, &factors, err) ||
		!store_second_factor_required(store, page->arena, &required, err))
		return false;
	int64_t left = factors.passkeys_good - (one->key.refused_at == INSTANT_UNKNOWN);
	if (required && !factors.totp && left == 0)
		return err_set(err, ERR_DENIED, "a second step is required here");
	return store_passkey_drop(store, &page->actor, page->id, err);
}

static void removed(struct page *page, const struct err *failed)
{
	if (failed != NULL && failed->code == ERR_DENIED)
		remove_page(page, page->own,
			S("This is your only second step. Add another before you remove it"));
	else
		to_list(page, failed);
}

void passkey_remove_send(struct page *page)
{
	if (account_proven(page, path_of(page, "/remove")) && one_read(page) != NULL)
		page_write(page, remove_write, removed);
}
