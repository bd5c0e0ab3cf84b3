/* check.c - the files of a return are dropped, read and held against its rules by a worker, and what it found
 * lies sealed. */
#include "web/check.h"

#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "identity/seal.h"
#include "job/check_shut_in.h"
#include "job/worker.h"
#include "returns/report_wire.h"
#include "store/check.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#define USE "duly check"
enum { YEAR_FIRST = 2023, YEAR_LAST = 2027, YEARS = YEAR_LAST - YEAR_FIRST + 1 };

/* ---- what was found, while it is read */

bool check_open(struct page *page, struct check_draft *out)
{
	const struct framed *framed = (const struct framed *)page;
	struct err err = { 0 };
	str sealed;
	struct buf raw = { 0 };
	*out = (struct check_draft){ 0 };
	bool there = store_check_get(page->store, page->arena, page->actor.user, page->now, &sealed, &err);
	if (!there && err.code != ERR_MISSING) {
		page_failed(page, &err);
		return false;
	}
	/* One of another session of theirs is as good as none. */
	there = there && seal_open(&framed->token, USE, sealed, &raw);
	str text = there ? arena_str(page->arena, buf_view(&raw)) : (str){ 0 };
	buf_close(&raw);
	there = there && str_split(&text, '\n', &out->files) &&
		report_wire_read(page->arena, text, &out->report, &err);
	if (!there)
		page_redirect(page, S("/check?ended=yes"));
	return there;
}

static bool draft_write(struct page *page, struct store *store, struct err *err)
{
	const str *sealed = page->own;
	return store_check_forget(store, page->actor.user, page->now, err) &&
	       store_check_put(store, page->actor.user, *sealed, page->now + CHECK_FOR_MS, err);
}

static void draft_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, CHECK_FOUND);
}

void check_keep(struct page *page, str files, str wire)
{
	const struct framed *framed = (const struct framed *)page;
	const struct store_env *env = page->web->options.env;
	unsigned char nonce[SEAL_NONCE];
	struct buf raw = { 0 }, sealed = { 0 };
	str *own = arena_new(page->arena, str);
	env->random(env->self, nonce, sizeof nonce);
	buf_str(&raw, files);
	buf_char(&raw, '\n');
	buf_str(&raw, wire);
	seal_close(&framed->token, USE, nonce, buf_view(&raw), &sealed);
	*own = arena_str(page->arena, buf_view(&sealed));
	buf_close(&raw);
	buf_close(&sealed);
	page->own = own;
	page_write(page, draft_write, draft_written);
}

/* ---- the form */

static str typed(const struct page *page, str name)
{
	return form_value(&page->form, name);
}

static void which_return(struct page *page, const struct manage_mistakes *mistakes)
{
	const struct govuk_option option[] = {
		{ .value = S("ssda903"), .text = S("SSDA903: children looked after"),
			.hint = { .text = S("The CSV files of the return: header, episodes, reviews and so on, "
					    "by their names.") } },
		{ .value = S("cin"), .text = S("Children in need census"),
			.hint = { .text = S("One XML file, which says its own year.") } },
	};
	govuk_radios(page->out, .name = S("return"), .id_prefix = S("return"), .value = typed(page, S("return")),
		.error = { .text = manage_wrong_at(mistakes, S("return")) },
		.fieldset = &(struct govuk_fieldset){
			.legend = { .text = S("Which return?"), .classes = S("govuk-fieldset__legend--m") } },
		.items = option, .n_items = sizeof option / sizeof *option);
}

/* The return that is due next, or was last: of the 31 March that has passed. */
static int latest_year(day today)
{
	struct civil civil = day_civil(today);
	int year = civil.month > 3 ? civil.year : civil.year - 1;
	return year < YEAR_FIRST ? YEAR_FIRST : year > YEAR_LAST ? YEAR_LAST : year;
}

static void which_year(struct page *page)
{
	struct govuk_select_item item[YEARS];
	for (int i = 0; i < YEARS; i++) {
		int year = YEAR_LAST - i;
		item[i] = (struct govuk_select_item){
			.text = arena_format(page->arena, "%d-%02d", year - 1, year % 100),
			.value = arena_format(page->arena, "%d", year),
			.selected = year == latest_year(page->today) ? GOVUK_YES : GOVUK_NO };
	}
	govuk_select(page->out, .label = { .text = S("Year of the SSDA903 return") }, .id = S("year"),
		.name = S("year"), .value = typed(page, S("year")), .items = item, .n_items = YEARS);
}

static void one_upload(struct page *page, str name, str label, str hint, str accept, bool many,
	const struct manage_mistakes *mistakes)
{
	const struct govuk_attribute attribute[] = { { S_INIT("accept"), accept, false } };
	govuk_file_upload(page->out, .label = { .text = label }, .hint = { .text = hint }, .id = name,
		.name = name, .error = { .text = manage_wrong_at(mistakes, name) }, .multiple = many,
		.javascript = true, .attributes = { attribute, 1 });
}

static void uploads(struct page *page, const struct manage_mistakes *mistakes)
{
	one_upload(page, S("files"), S("Files of the return"),
		S("Drop them here together, up to 20 megabytes in all."), S(".csv,.xml,text/csv,text/xml"), true,
		mistakes);
	one_upload(page, S("last"), S("Last year’s files (optional)"),
		S("SSDA903: about one rule in eight compares with the year before."), S(".csv,text/csv"), true,
		mistakes);
	one_upload(page, S("providers"), S("Ofsted’s list of providers (optional)"),
		S("SSDA903: an Excel workbook or a CSV, for the rules about URNs."), S(".xlsx,.csv"), false, mistakes);
	one_upload(page, S("postcodes"), S("Postcodes (optional)"),
		S("SSDA903: a CSV with pcd, laua, oseast1m and osnrth1m of the postcodes that you use, for distances "
		  "and areas."), S(".csv,.index"), false, mistakes);
	govuk_input(page->out, .label = { .text = S("Code of your authority (optional)") },
		.hint = { .text = S("SSDA903: like E08000025, for the rules about your own area.") },
		.id = S("authority"), .name = S("authority"), .classes = S("govuk-input--width-10"),
		.value = typed(page, S("authority")),
		.error = { .text = manage_wrong_at(mistakes, S("authority")) });
}

static void form_show(struct page *page, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	manage_open(page, CHECK_PAGE, S("Check a return"), mistakes);
	if (form_has(&page->query, S("ended")))
		govuk_inset_text(b, .text = S("What was found is no longer here: it is held for an hour, and only "
					      "while you are signed in. Choose the files again."));
	if (form_has(&page->query, S("done")))
		govuk_inset_text(b, .text = S("What was found is deleted."));
	H(b, "<p class=\"govuk-body\">Every published rule of the SSDA903 return or of the children in need "
	     "census is asked of the files, and you read what is wrong by rule, by child and by table.</p>\n"
	     "<form method=\"post\" action=\"/check\" enctype=\"multipart/form-data\" novalidate>"
	     "<input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n");
	which_return(page, mistakes);
	which_year(page);
	uploads(page, mistakes);
	govuk_button(b, .text = S("Check the files"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	govuk_inset_text(b, .text = S("Nothing of the files is stored in Duly’s records, and of what was found nothing unless you ask. They are read by a process "
				      "that can do nothing else and are gone when it ends. What was found lies "
				      "sealed under your own sign-in, is deleted when you finish or sign out, and "
				      "cannot be opened after an hour."));
	manage_close(page);
}

void check_show(struct page *page)
{
	form_show(page, NULL);
}

/* ---- the files */

struct checking {
	struct check_ask ask;
	struct manage_mistakes mistakes;
	str names;
	struct buf wire, made;
	bool checked;
	struct err err;
};

static const struct {
	str field;
	enum check_part part;
} parts[] = {
	{ S_INIT("files"), CHECK_THIS_YEAR },
	{ S_INIT("last"), CHECK_LAST_YEAR },
	{ S_INIT("providers"), CHECK_PROVIDERS },
	{ S_INIT("postcodes"), CHECK_POSTCODES },
};

static void take_files(struct page *page, struct checking *checking)
{
	struct check_file *file = arena_take(page->arena, page->files + 1, sizeof *file);
	struct buf names = { 0 };
	for (size_t i = 0; i < page->files; i++) {
		const struct form_file *from = &page->file[i];
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
			bool other = checking->ask.cin && parts[k].part != CHECK_THIS_YEAR;
			if (!str_equal(from->field, parts[k].field) || from->name.n == 0 || other)
				continue;
			file[checking->ask.n++] = (struct check_file){ parts[k].part, from->name, from->bytes };
			if (parts[k].part != CHECK_THIS_YEAR)
				continue;
			if (names.n > 0)
				buf_lit(&names, ", ");
			buf_str(&names, from->name);
		}
	}
	checking->ask.file = file;
	checking->names = arena_str(page->arena, buf_view(&names));
	buf_close(&names);
}

/* "E08000025" */
static bool is_area(str text)
{
	bool right = text.n == 9 && text.p[0] >= 'A' && text.p[0] <= 'Z';
	for (size_t i = 1; i < text.n && right; i++)
		right = text.p[i] >= '0' && text.p[i] <= '9';
	return right;
}

static void take_form(struct page *page, struct checking *checking)
{
	int64_t year;
	str which = typed(page, S("return")), authority = str_trim(typed(page, S("authority")));
	bool known = str_equal(which, S("ssda903")) || str_equal(which, S("cin"));
	checking->ask.cin = str_equal(which, S("cin"));
	if (!known)
		manage_wrong(&checking->mistakes, S("return"), S("Choose the return that you want to check"));
	take_files(page, checking);
	if (checking->names.n == 0)
		manage_wrong(&checking->mistakes, S("files"), S("Choose the files of the return"));
	if (checking->ask.cin)
		return;
	if (!str_int(typed(page, S("year")), &year) || year < YEAR_FIRST || year > YEAR_LAST)
		year = latest_year(page->today);
	checking->ask.year = (int)year;
	checking->ask.authority = authority;
	if (authority.n > 0 && !is_area(authority))
		manage_wrong(&checking->mistakes, S("authority"),
			S("Enter the code of the authority like E08000025, or leave it empty"));
}

static void check_work(struct page *page)
{
	struct checking *checking = page->own;
	check_ask_put(&checking->wire, &checking->ask);
	const struct worker worker = { .kind = "check", .input = buf_view(&checking->wire) };
	checking->checked = worker_run(&worker, &checking->made, &checking->err);
	buf_close(&checking->wire);
}

/* What a worker says of itself begins in a small letter; a file's name stays as it is. */
static str sentence(struct arena *arena, const struct err *err)
{
	str copy = arena_str(arena, str_of(err->text));
	char *first = (char *)(uintptr_t)copy.p;
	if (err->code != ERR_INPUT && copy.n > 0 && *first >= 'a' && *first <= 'z')
		*first = (char)(*first - 'a' + 'A');
	return copy;
}

static void check_worked(struct page *page, const struct err *failed)
{
	struct checking *checking = page->own;
	bool checked = failed == NULL && checking->checked;
	str made = checked ? arena_str(page->arena, buf_view(&checking->made)) : (str){ 0 };
	buf_close(&checking->made);
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!checked) {
		manage_wrong(&checking->mistakes, S("files"), sentence(page->arena, &checking->err));
		form_show(page, &checking->mistakes);
	} else {
		check_keep(page, checking->names, made);
	}
}

void check_send(struct page *page)
{
	struct checking *checking = arena_new(page->arena, struct checking);
	take_form(page, checking);
	if (checking->mistakes.n > 0) {
		form_show(page, &checking->mistakes);
		return;
	}
	page->own = checking;
	page_work(page, check_work, check_worked);
}

/* ---- the end */

static bool draft_forget(struct page *page, struct store *store, struct err *err)
{
	return store_check_forget(store, page->actor.user, page->now, err);
}

static void draft_forgotten(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/check?done=yes"));
}

void check_finish(struct page *page)
{
	page_write(page, draft_forget, draft_forgotten);
}
