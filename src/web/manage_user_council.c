/* manage_user_council.c - somebody's council account, connected by an administrator: by the name that
 * the council's sign-in has for them, or by a code that they enter there themselves. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_warning_text.h"
#include "identity/factor.h"
#include "identity/once.h"
#include "store/factor.h"
#include "store/once.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#define USERS S("/manage/users")
enum { SHOWN_FOR_MS = 15 * 60 * 1000 };
/* Before the code, so that nothing else that is shown once is taken for it. */
static const str shown_as = S_INIT("invitation ");

struct user_council {
	struct council council;
	struct person person;
	str subject, label; /* that they have; empty: none */
	str typed;
	char code[FACTOR_CODE_TEXT + 1];
	str sealed;
	struct manage_mistakes mistakes;
};

static str path_of(struct page *page, const char *rest)
{
	return arena_format(page->arena, "/manage/users/%lld%s", (long long)page->id, rest);
}

/* Of the same authority; else the page of an unknown id is the answer. */
static struct user_council *user_read(struct page *page)
{
	struct user_council *user = arena_new(page->arena, struct user_council);
	struct err err;
	str issuer;
	page->own = user;
	if (!store_person_read(page->store, page->arena, page->id, &user->person, &err) ||
		!council_read(page, &user->council, &err) ||
		(!store_council_of(page->store, page->arena, page->id, &issuer, &user->subject,
			 &user->label, &err) &&
			err.code != ERR_MISSING)) {
		page_failed(page, &err);
		return NULL;
	}
	bool own = str_equal(user->person.authority, page->actor.authority);
	if (own && user->council.set)
		return user;
	if (own && page->request->method != HTTP_POST)
		page_redirect(page, S("/manage/council")); /* it is set up there first */
	else
		page_problem(page, 404);
	return NULL;
}

/* ---- the page */

static void act_form(struct page *page, const char *rest, str words, str classes)
{
	layout_form_open(page->out, path_of(page, rest), page->csrf);
	govuk_button(page->out, .text = words, .classes = classes, .prevent_double_click = GOVUK_YES);
	H(page->out, "</form>\n");
}

static void user_page(struct page *page, const struct user_council *user)
{
	struct buf *b = page->out;
	bool by_object = user->council.config.by_object;
	page->layout.back_href = path_of(page, "");
	page->layout.back_text = user->person.name;
	manage_open(page, USERS, S("Council account"), &user->mistakes);
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Name") }, .value = { .text = user->person.name } },
		{ .key = { .text = S("Council account") },
			.value = { .text = user->subject.n > 0 ? user->label
							       : S("Not connected") } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = 2);
	H(b, "<h2 class=\"govuk-heading-m\">Invite them</h2>\n<p class=\"govuk-body\">Duly makes up a "
	     "code, which you pass on. They sign in to their council account, and enter it. It works "
	     "once, for 7 days.</p>\n");
	act_form(page, "/council/invite", S("Make an invitation code"), S("govuk-button--secondary"));
	H(b, "<h2 class=\"govuk-heading-m\">Or connect their account yourself</h2>\n");
	layout_form_open(b, path_of(page, "/council"), page->csrf);
	govuk_input(b, .label = { .text = by_object ? S("Object ID") : S("Subject") },
		.hint = { .text = by_object ? S("From their page in Entra ID. Not their e-mail address.")
					    : S("What the issuer calls them in its tokens (sub). Not their "
						"e-mail address.") },
		.id = S("subject"), .name = S("subject"), .value = user->typed,
		.spellcheck = GOVUK_NO, .autocomplete = S("off"), .autocapitalize = S("none"),
		.error = { .text = manage_wrong_at(&user->mistakes, S("subject")) });
	govuk_button(b, .text = S("Connect this account"), .classes = S("govuk-button--secondary"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	if (user->subject.n > 0) {
		H(b, "<h2 class=\"govuk-heading-m\">Disconnect it</h2>\n");
		act_form(page, "/council/remove", S("Disconnect their council account"),
			S("govuk-button--warning"));
	}
	manage_close(page);
}

void manage_user_council_show(struct page *page)
{
	struct user_council *user = user_read(page);
	if (user != NULL)
		user_page(page, user);
}

/* ---- by the issuer's name for them */

static bool connect_write(struct page *page, struct store *store, struct err *err)
{
	const struct user_council *user = page->own;
	return store_council_set(store, &page->actor, page->id, user->council.config.issuer,
		user->typed, user->typed, page->now, err);
}

static void connect_written(struct page *page, const struct err *failed)
{
	struct user_council *user = page->own;
	if (failed == NULL) {
		manage_done(page, path_of(page, "/council"), S("connected"));
	} else if (failed->code == ERR_DUPLICATE) {
		manage_wrong(&user->mistakes, S("subject"),
			S("This council account is connected to somebody else"));
		user_page(page, user);
	} else {
		page_failed(page, failed);
	}
}

/* Nobody decides alone that they are somebody else: one's own goes by Your account. */
void manage_user_council_send(struct page *page)
{
	struct user_council *user = user_read(page);
	if (user == NULL)
		return;
	user->typed = str_trim(form_value(&page->form, S("subject")));
	if (user->typed.n == 0)
		manage_wrong(&user->mistakes, S("subject"), S("Enter what the issuer calls them"));
	else if (user->typed.n > OIDC_NAME_MAX || str_find(user->typed, '\n') < user->typed.n)
		manage_wrong(&user->mistakes, S("subject"), S("It must be 255 characters or fewer"));
	else if (str_find(user->typed, '@') < user->typed.n)
		manage_wrong(&user->mistakes, S("subject"),
			S("Enter the id, not an e-mail address: those are given to others again"));
	else if (page->id == page->actor.user)
		manage_wrong(&user->mistakes, S("subject"),
			S("Connect your own council account under Your account"));
	if (user->mistakes.n > 0)
		user_page(page, user);
	else
		page_write(page, connect_write, connect_written);
}

static bool remove_write(struct page *page, struct store *store, struct err *err)
{
	return store_council_drop(store, &page->actor, page->id, err);
}

static void removed(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, path_of(page, "/council"), S("disconnected"));
}

void manage_user_council_remove(struct page *page)
{
	if (user_read(page) != NULL)
		page_write(page, remove_write, removed);
}

/* ---- an invitation */

static bool invite_write(struct page *page, struct store *store, struct err *err)
{
	struct user_council *user = page->own;
	const struct store_env *env = page->web->options.env;
	unsigned char random[ONCE_RANDOM], sealed[ONCE_SEALED], mark[MARK];
	env->random(env->self, random, sizeof random);
	council_mark(store, str_of(user->code), mark);
	size_t n = once_seal(page->csrf, random,
		arena_format(page->arena, "%.*s%s", STR_ARGS(shown_as), user->code), sealed);
	return store_council_invite(store, &page->actor, page->id, mark, page->now, err) &&
	       store_once_keep(store, page->id, page->actor.user, (str){ (const char *)sealed, n },
		       page->now + SHOWN_FOR_MS, err);
}

static void invited(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, path_of(page, "/council/code"));
}

void manage_user_council_invite(struct page *page)
{
	struct user_council *user = user_read(page);
	const struct store_env *env = page->web->options.env;
	unsigned char random[FACTOR_CODE_RANDOM];
	if (user == NULL)
		return;
	if (page->id == page->actor.user) {
		manage_wrong(&user->mistakes, S("subject"),
			S("Connect your own council account under Your account"));
		user_page(page, user);
		return;
	}
	env->random(env->self, random, sizeof random);
	factor_recovery_make(random, user->code);
	page_write(page, invite_write, invited);
}

static bool code_take(struct page *page, struct store *store, struct err *err)
{
	struct user_council *user = page->own;
	return store_once_take(
		store, page->arena, page->id, page->actor.user, &user->sealed, err);
}

static void code_taken(struct page *page, const struct err *failed)
{
	struct user_council *user = page->own;
	struct buf *b = page->out;
	char shown[ONCE_MOST + 1] = "";
	if (failed != NULL && failed->code != ERR_MISSING) {
		page_failed(page, failed);
		return;
	}
	bool open = failed == NULL && once_open(page->csrf, user->sealed, shown) &&
		    str_starts(str_of(shown), shown_as);
	page->layout.back_href = path_of(page, "/council");
	page->layout.back_text = S("Council account");
	manage_open(page, USERS, S("Invitation code"), NULL);
	if (!open) {
		H(b, "<p class=\"govuk-body\">This code was shown already, or not in this browser. If it "
		     "was not passed on, make a new one.</p>\n");
		act_form(page, "/council/invite", S("Make an invitation code"),
			S("govuk-button--secondary"));
		manage_close(page);
		return;
	}
	const struct govuk_summary_row rows[] = {
		{ .key = { .text = S("Name") }, .value = { .text = user->person.name } },
		{ .key = { .text = S("Code") },
			.value = { .text = str_from(str_of(shown), shown_as.n),
				.classes = S("app-made") } },
	};
	govuk_summary_list(b, .rows = rows, .n_rows = 2);
	govuk_warning_text(b, .text = S("This code is shown only now. Pass it on in person, or by "
					"telephone to a number that you know. It works once, for 7 days."));
	govuk_button(b, .text = S("I have passed it on"), .href = path_of(page, ""));
	manage_close(page);
}

void manage_user_council_code(struct page *page)
{
	if (user_read(page) != NULL)
		page_write(page, code_take, code_taken);
}
