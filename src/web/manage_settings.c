/* manage_settings.c - what councils do differently: a few settings, each a row here, each change an
 * entry of the ledger. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_options.h"
#include "identity/account.h"
#include "store/factor.h"
#include "store/session.h"
#include "store/setting.h"
#include "web/brand.h"
#include "web/later.h"
#include "web/manage.h"

#define SETTINGS S("/manage/settings")
/* Of the second factor, as it is kept. */
#define REQUIRED S("required")
#define OPTIONAL S("optional")

enum shape { LINE, TELEPHONE, COUNT, YES_NO };

/* What is empty is as Duly has it. */
static const struct {
	str key, label, hint, otherwise;
	enum shape shape;
	int64_t most;
} rows[] = {
	{ S_INIT("duty-number"), S_INIT("Duty telephone number"),
		S_INIT("Shown to who finds a restricted record, day and night."), { 0 }, TELEPHONE,
		30 },
	{ S_INIT("caseload-norm"), S_INIT("Children for one full-time reviewing officer"),
		S_INIT("Who has more is marked. The IRO Handbook says 50 to 70."), S_INIT("70"), COUNT,
		500 },
	{ S_INIT("source-limit:ssda903"), S_INIT("Days until the SSDA903 return is too old"),
		S_INIT("Then totals say “as at”."), S_INIT("100"), COUNT, 3650 },
	{ S_INIT("source-limit:cin"), S_INIT("Days until the census is too old"),
		S_INIT("Then totals say “as at”."), S_INIT("100"), COUNT, 3650 },
	{ S_INIT("source-limit:people"), S_INIT("Days until the people file is too old"),
		S_INIT("Names, workers and restrictions are in it."), S_INIT("31"), COUNT, 3650 },
	{ S_INIT("second-factor"), S_INIT("Must everybody sign in with a second factor?"),
		S_INIT("If nothing is chosen: yes, but not in a demonstration. It is always needed "
		       "before real files may be imported. A change signs everybody out."), { 0 },
		YES_NO, 3 },
	{ S_INIT("authority-name"), S_INIT("The council’s name"),
		S_INIT("At the top of each page, and where two councils share a team."), { 0 }, LINE, 90 },
	{ S_INIT("source-limit:ssd"), S_INIT("Days until the Standard Safeguarding Dataset is too old"),
		S_INIT("Then totals say “as at”."), S_INIT("100"), COUNT, 3650 },
	{ S_INIT("source-limit:annex-a"), S_INIT("Days until Annex A is too old"),
		S_INIT("Then totals say “as at”."), S_INIT("100"), COUNT, 3650 },
};
enum { ROWS = sizeof rows / sizeof *rows, FACTOR = 5, NAME = 6 };

struct settings {
	str value[ROWS], before[ROWS];
	struct manage_mistakes mistakes;
};

/* An id that a link may name: without the colon. */
static str id_of(struct page *page, size_t row)
{
	return arena_format(page->arena, "setting-%zu", row + 1);
}

static void field(struct page *page, const struct settings *settings, size_t i)
{
	str id = id_of(page, i), wrong = manage_wrong_at(&settings->mistakes, id);
	if (rows[i].shape == YES_NO) {
		const struct govuk_option options[] = { { .text = S("Yes"), .value = REQUIRED },
			{ .text = S("No"), .value = OPTIONAL } };
		const struct govuk_fieldset fieldset = { .legend = { .text = rows[i].label } };
		govuk_radios(page->out, .fieldset = &fieldset, .hint = { .text = rows[i].hint },
			.name = id, .id_prefix = id, .items = options, .n_items = 2,
			.value = settings->value[i],
			.classes = S("govuk-radios--inline"), .error = { .text = wrong });
		return;
	}
	str hint = rows[i].otherwise.n == 0
			   ? rows[i].hint
			   : arena_format(page->arena, "%.*s Leave empty for %.*s.",
				     STR_ARGS(rows[i].hint), STR_ARGS(rows[i].otherwise));
	govuk_input(page->out, .label = { .text = rows[i].label }, .hint = { .text = hint }, .id = id,
		.name = id, .value = settings->value[i],
		.inputmode = rows[i].shape == COUNT ? S("numeric") : (str){ 0 },
		.classes = rows[i].shape == COUNT ? S("govuk-input--width-4")
						  : S("govuk-input--width-20"),
		.error = { .text = wrong });
}

/* What both councils of a store share is set by the administrators of the first. */
static bool is_theirs(struct page *page, size_t i)
{
	struct brand first = brand_now(page->web, (str){ 0 });
	return setting_is_of_authority(rows[i].key) || first.code[0] == '\0' ||
		str_equal(str_of(first.code), page->actor.authority);
}

static void form(struct page *page, const struct settings *settings)
{
	manage_open(page, SETTINGS, S("Settings"), &settings->mistakes);
	layout_form_open(page->out, SETTINGS, page->csrf);
	for (size_t i = 0; i < ROWS; i++) {
		if (is_theirs(page, i))
			field(page, settings, i);
	}
	govuk_button(page->out, .text = S("Save settings"), .prevent_double_click = GOVUK_YES);
	H(page->out, "</form>\n");
	manage_close(page);
}

static bool before(struct page *page, struct settings *settings)
{
	str key[ROWS];
	struct err err;
	for (size_t i = 0; i < ROWS; i++)
		key[i] = rows[i].key;
	if (store_settings_of(page->store, page->arena, page->actor.authority, key, ROWS,
		    settings->before, &err))
		return true;
	page_failed(page, &err);
	return false;
}

void manage_settings_show(struct page *page)
{
	struct settings *settings = arena_new(page->arena, struct settings);
	if (!before(page, settings))
		return;
	for (size_t i = 0; i < ROWS; i++)
		settings->value[i] = settings->before[i];
	form(page, settings);
}

static void check(struct page *page, struct settings *settings, size_t i)
{
	str id = id_of(page, i), value = str_trim(form_value(&page->form, id));
	int64_t number;
	settings->value[i] = value;
	if (value.n == 0 && i == NAME)
		settings->value[i] = settings->before[i]; /* a council has a name */
	if (value.n == 0)
		return;
	if (rows[i].shape == COUNT) {
		if (!str_int(value, &number) || number < 1 || number > rows[i].most)
			manage_wrong(&settings->mistakes, id,
				arena_format(page->arena, "%.*s must be a number from 1 to %lld",
					STR_ARGS(rows[i].label), (long long)rows[i].most));
		return;
	}
	if (rows[i].shape == YES_NO) {
		if (!str_equal(value, REQUIRED) && !str_equal(value, OPTIONAL))
			manage_wrong(&settings->mistakes, id, S("Choose yes or no"));
		return;
	}
	bool telephone = true;
	for (size_t k = 0; k < value.n; k++)
		telephone = telephone && ((value.p[k] >= '0' && value.p[k] <= '9') ||
						 value.p[k] == ' ' || value.p[k] == '+');
	if (rows[i].shape == TELEPHONE && !telephone)
		manage_wrong(&settings->mistakes, id,
			S("Enter a telephone number, as 01632 960 001"));
	else if (value.n > (size_t)rows[i].most || str_find(value, '\n') < value.n)
		manage_wrong(&settings->mistakes, id,
			arena_format(page->arena, "%.*s must be %lld characters or fewer",
				STR_ARGS(rows[i].label), (long long)rows[i].most));
}

/* What signing in takes is account.h's, which asks whether it may be; the rest is one entry with it. */
static bool settings_write(struct page *page, struct store *store, struct err *err)
{
	const struct settings *settings = page->own;
	struct setting changed[ROWS];
	size_t n = 0;
	bool before, after;
	for (size_t i = 0; i < ROWS; i++) {
		if (str_equal(settings->value[i], settings->before[i]))
			continue;
		if (rows[i].shape == YES_NO &&
			!account_may_require(store, str_equal(settings->value[i], REQUIRED), err))
			return false;
		changed[n++] = (struct setting){ rows[i].key, settings->value[i] };
	}
	return store_second_factor_required(store, page->arena, &before, err) &&
	       store_set_all(store, &page->actor, changed, n, err) &&
	       store_second_factor_required(store, page->arena, &after, err) &&
	       (before == after || store_session_end_all(store, err));
}

static void settings_written(struct page *page, const struct err *failed)
{
	struct settings *settings = page->own;
	if (failed != NULL && failed->code == ERR_INPUT) {
		manage_wrong(&settings->mistakes, id_of(page, FACTOR),
			arena_str(page->arena, str_of(failed->text)));
		form(page, settings);
	} else if (failed != NULL) {
		page_failed(page, failed);
	} else {
		brand_read(page->web, page->store); /* the name is on every page */
		manage_done(page, SETTINGS, S("set"));
	}
}

void manage_settings_send(struct page *page)
{
	struct settings *settings = arena_new(page->arena, struct settings);
	page->own = settings;
	if (!before(page, settings))
		return;
	for (size_t i = 0; i < ROWS; i++) {
		if (is_theirs(page, i))
			check(page, settings, i);
		else
			settings->value[i] = settings->before[i];
	}
	if (settings->mistakes.n > 0)
		form(page, settings);
	else
		page_write(page, settings_write, settings_written);
}
