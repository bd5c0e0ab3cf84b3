/* manage_council.c - how the council's own accounts are reached: each setting a row here, each change
 * an entry of the ledger. The secret is sealed, and never shown again. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_options.h"
#include "html/govuk_password_input.h"
#include "html/govuk_select.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_warning_text.h"
#include "store/setting.h"
#include "web/council.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#define COUNCIL S("/manage/council")
enum { LINE_MOST = 200, URL_MOST = 400, SECRET_MOST = 1000 };

static const struct {
	str id, label, hint;
	size_t most;
} rows[COUNCIL_SETTINGS] = {
	[COUNCIL_ISSUER] = { S_INIT("issuer"), S_INIT("Issuer"),
		S_INIT("The address of your council’s sign-in, exactly as its tokens name it. Leave empty to "
		       "switch this off."),
		URL_MOST },
	[COUNCIL_CLIENT] = { S_INIT("client"), S_INIT("Application ID"),
		S_INIT("The name that Duly is registered under there."), LINE_MOST },
	[COUNCIL_SECRET] = { S_INIT("secret"), S_INIT("Application secret"),
		S_INIT("It is kept sealed, and is not shown again. Leave empty to keep what is set."),
		SECRET_MOST },
	[COUNCIL_BUTTON] = { S_INIT("button"), S_INIT("Words on the button"),
		S_INIT("Leave empty for Sign in with your council account."), 60 },
	[COUNCIL_IDENTITY] = { S_INIT("identity"), S_INIT("How are people known?"), S_INIT(""), 3 },
	[COUNCIL_ALGORITHM] = { S_INIT("algorithm"), S_INIT("How tokens are signed"),
		S_INIT("RS256 for Entra ID."), 5 },
	[COUNCIL_MFA] = { S_INIT("mfa"), S_INIT("Word that says a second factor was used"),
		S_INIT("In the token’s amr, acr or acrs. For Entra ID, the authentication context that asks "
		       "for one: c1. Leave empty if none counts: then Duly asks for its own second "
		       "step."),
		LINE_MOST },
	[COUNCIL_PROXY] = { S_INIT("proxy"), S_INIT("Proxy"),
		S_INIT("If your network asks for one to reach the issuer: http://proxy.example:8080"),
		LINE_MOST },
	[COUNCIL_ONLY] = { S_INIT("only"),
		S_INIT("May people who have connected their council account also use a password?"),
		S_INIT("Administrators always may, for the day that the council’s sign-in is down."),
		3 },
};

struct council_form {
	struct council before;
	str value[COUNCIL_SETTINGS]; /* as typed; the secret sealed where it is written */
	struct manage_mistakes mistakes;
};

/* ---- the form */

static void line(struct page *page, const struct council_form *form, enum council_setting i)
{
	govuk_input(page->out, .label = { .text = rows[i].label }, .hint = { .text = rows[i].hint },
		.id = rows[i].id, .name = rows[i].id, .value = form->value[i],
		.spellcheck = GOVUK_NO, .autocomplete = S("off"),
		.error = { .text = manage_wrong_at(&form->mistakes, rows[i].id) });
}

static void choice(struct page *page, const struct council_form *form, enum council_setting i,
	const struct govuk_option option[static 2])
{
	const struct govuk_fieldset fieldset = { .legend = { .text = rows[i].label } };
	govuk_radios(page->out, .fieldset = &fieldset, .hint = { .text = rows[i].hint },
		.name = rows[i].id, .id_prefix = rows[i].id, .items = option, .n_items = 2,
		.value = form->value[i].n > 0 ? form->value[i] : option[0].value,
		.error = { .text = manage_wrong_at(&form->mistakes, rows[i].id) });
}

static void fields(struct page *page, const struct council_form *form)
{
	const struct govuk_option known[] = {
		{ .text = S("By the subject of the token (sub)"), .value = S("sub") },
		{ .text = S("By their object id in Entra ID (oid)"), .value = S("oid"),
			.hint = { .text = S("An administrator can then connect somebody by the object "
					    "id that Entra ID shows.") } }
	},
				  only[] = { { .text = S("Yes"), .value = S("no") },
					  { .text = S("No"), .value = S("yes") } };
	struct govuk_select_item algorithm[OIDC_ALGORITHMS];
	for (size_t i = 0; i < OIDC_ALGORITHMS; i++)
		algorithm[i] = (struct govuk_select_item){ .text = oidc_algorithm_words[i],
			.value = oidc_algorithm_words[i] };
	line(page, form, COUNCIL_ISSUER);
	line(page, form, COUNCIL_CLIENT);
	govuk_password_input(page->out, .label = { .text = rows[COUNCIL_SECRET].label },
		.hint = { .text = rows[COUNCIL_SECRET].hint }, .id = rows[COUNCIL_SECRET].id,
		.name = rows[COUNCIL_SECRET].id, .autocomplete = S("new-password"),
		.error = { .text = manage_wrong_at(&form->mistakes, rows[COUNCIL_SECRET].id) });
	line(page, form, COUNCIL_BUTTON);
	choice(page, form, COUNCIL_IDENTITY, known);
	govuk_select(page->out, .label = { .text = rows[COUNCIL_ALGORITHM].label },
		.hint = { .text = rows[COUNCIL_ALGORITHM].hint }, .id = rows[COUNCIL_ALGORITHM].id,
		.name = rows[COUNCIL_ALGORITHM].id, .items = algorithm, .n_items = OIDC_ALGORITHMS,
		.value = form->value[COUNCIL_ALGORITHM],
		.error = { .text = manage_wrong_at(&form->mistakes, rows[COUNCIL_ALGORITHM].id) });
	line(page, form, COUNCIL_MFA);
	line(page, form, COUNCIL_PROXY);
	choice(page, form, COUNCIL_ONLY, only);
}

static void redirect_address(struct page *page, const struct oidc_config *config)
{
	const struct govuk_summary_row row[] = { { .key = { .text = S("Redirect address") },
		.value = { .text = oidc_return_url(page->arena, config),
			.classes = S("app-made") } } };
	H(page->out, "<p class=\"govuk-body\">Register this address there, so that people are sent "
		     "back to Duly:</p>\n");
	govuk_summary_list(page->out, .rows = row, .n_rows = 1);
}

static void form_page(struct page *page, const struct council_form *form)
{
	struct buf *b = page->out;
	manage_open(page, COUNCIL, S("Council accounts"), &form->mistakes);
	H(b, "<p class=\"govuk-body\">People can sign in with the account that your council gives them, "
	     "through OpenID Connect. Each person’s account is connected to their user here once: by "
	     "themselves under Your account, or by you under Users. An e-mail address never "
	     "decides.</p>\n");
	if (form->before.config.address.n > 0)
		redirect_address(page, &form->before.config);
	else
		govuk_warning_text(b, .text = S("Duly was not told under which address people reach it: "
						"whoever looks after the server starts it with --address, or "
						"opens this page by that name. Until then nobody can sign in "
						"this way."));
	layout_form_open(b, COUNCIL, page->csrf);
	fields(page, form);
	govuk_button(b, .text = S("Save settings"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

static struct council_form *form_new(struct page *page)
{
	struct council_form *form = arena_new(page->arena, struct council_form);
	struct err err;
	page->own = form;
	/* A secret that does not open any more is set anew here: the rest is there. */
	if (council_read(page, &form->before, &err) || err.code == ERR_BROKEN)
		return form;
	page_failed(page, &err);
	return NULL;
}

void manage_council_show(struct page *page)
{
	struct council_form *form = form_new(page);
	if (form == NULL)
		return;
	for (size_t i = 0; i < COUNCIL_SETTINGS; i++)
		form->value[i] = form->before.value[i];
	form_page(page, form);
}

/* ---- what was typed */

static void wrong(struct council_form *form, enum council_setting i, str words)
{
	manage_wrong(&form->mistakes, rows[i].id, words);
}

static void check_addresses(struct page *page, struct council_form *form)
{
	str *value = form->value;
	struct err err;
	if (value[COUNCIL_ISSUER].n > 0 && !oidc_issuer_allowed(value[COUNCIL_ISSUER], &err))
		wrong(form, COUNCIL_ISSUER, arena_str(page->arena, str_of(err.text)));
	/* One on this machine is for trying things out, on this machine. */
	else if (str_starts(value[COUNCIL_ISSUER], S("http://")) &&
		 !oidc_is_local(form->before.config.address))
		wrong(form, COUNCIL_ISSUER,
			S("Enter the issuer as an address that begins with https://"));
	if (value[COUNCIL_PROXY].n > 0 && !str_starts(value[COUNCIL_PROXY], S("http://")) &&
		!str_starts(value[COUNCIL_PROXY], S("https://")))
		wrong(form, COUNCIL_PROXY, S("Enter the proxy as http://proxy.example:8080"));
}

static void check(struct page *page, struct council_form *form)
{
	enum oidc_algorithm algorithm;
	str *value = form->value;
	for (size_t i = 0; i < COUNCIL_SETTINGS; i++) {
		value[i] = str_trim(form_value(&page->form, rows[i].id));
		if (value[i].n > rows[i].most || str_find(value[i], '\n') < value[i].n)
			wrong(form, (enum council_setting)i,
				arena_format(page->arena, "%.*s must be %zu characters or fewer",
					STR_ARGS(rows[i].label), rows[i].most));
	}
	check_addresses(page, form);
	if (!str_equal(value[COUNCIL_IDENTITY], S("oid")) &&
		!str_equal(value[COUNCIL_IDENTITY], S("sub")))
		wrong(form, COUNCIL_IDENTITY, S("Choose how people are known"));
	if (!oidc_algorithm_find(value[COUNCIL_ALGORITHM], &algorithm))
		wrong(form, COUNCIL_ALGORITHM, S("Choose how tokens are signed"));
	if (!str_equal(value[COUNCIL_ONLY], S("yes")) && !str_equal(value[COUNCIL_ONLY], S("no")))
		wrong(form, COUNCIL_ONLY, S("Choose yes or no"));
	if (value[COUNCIL_ISSUER].n == 0)
		return;
	if (value[COUNCIL_CLIENT].n == 0)
		wrong(form, COUNCIL_CLIENT, S("Enter the application ID"));
	if (value[COUNCIL_SECRET].n == 0 && form->before.value[COUNCIL_SECRET].n == 0)
		wrong(form, COUNCIL_SECRET, S("Enter the application secret"));
}

static bool council_write(struct page *page, struct store *store, struct err *err)
{
	const struct council_form *form = page->own;
	struct setting changed[COUNCIL_SETTINGS];
	size_t n = 0;
	for (size_t i = 0; i < COUNCIL_SETTINGS; i++) {
		str value = form->value[i];
		if (str_equal(value, form->before.value[i]) ||
			(i == COUNCIL_SECRET && value.n == 0))
			continue;
		if (i == COUNCIL_SECRET)
			value = council_seal(store, page->arena, value);
		changed[n++] = (struct setting){ council_keys[i], value };
	}
	return store_set_all(store, &page->actor, changed, n, err);
}

static void council_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, COUNCIL, S("set"));
}

void manage_council_send(struct page *page)
{
	struct council_form *form = form_new(page);
	if (form == NULL)
		return;
	check(page, form);
	if (form->mistakes.n > 0)
		form_page(page, form);
	else
		page_write(page, council_write, council_written);
}
