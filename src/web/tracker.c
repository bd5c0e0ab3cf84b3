/* tracker.c - My own tracker: the file comes in, is opened by a worker, and lies sealed. */
#include "web/tracker.h"

#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_inset_text.h"
#include "identity/seal.h"
#include "job/tracker_example.h"
#include "job/worker.h"
#include "web/frame.h"
#include "web/later.h"

#define USE "duly tracker"
enum { EXAMPLE_ROWS = 80 };

/* ---- the draft */

static str draft_text(struct arena *arena, const struct tracker_draft *draft)
{
	struct buf raw = { 0 };
	buf_format(&raw, "%zu %zu\n%.*s\n", draft->plan.sheet, draft->plan.heading,
		STR_ARGS(draft->file));
	for (size_t i = 0; i < GRID_COLUMNS_MAX; i++)
		buf_char(&raw, (char)('A' + (int)draft->plan.column[i]));
	grids_put(&raw, &draft->grids);
	str kept = arena_str(arena, buf_view(&raw));
	buf_close(&raw);
	return kept;
}

static bool take_size(str *rest, char end, size_t most, size_t *out)
{
	str piece;
	int64_t number;
	if (!str_split(rest, end, &piece) || !str_int(piece, &number) || number < 0 ||
		(size_t)number > most)
		return false;
	*out = (size_t)number;
	return true;
}

static bool draft_read(struct arena *arena, str raw, struct tracker_draft *out)
{
	struct err err;
	if (!take_size(&raw, ' ', GRIDS_MAX, &out->plan.sheet) ||
		!take_size(&raw, '\n', GRID_ROWS_MAX, &out->plan.heading) ||
		!str_split(&raw, '\n', &out->file) || raw.n < GRID_COLUMNS_MAX)
		return false;
	for (size_t i = 0; i < GRID_COLUMNS_MAX; i++) {
		int column = raw.p[i] - 'A';
		if (column < 0 || column >= TRACKER_COLUMNS)
			return false;
		out->plan.column[i] = (enum tracker_column)column;
	}
	return grids_get(arena, str_from(raw, GRID_COLUMNS_MAX), &out->grids, &err) &&
	       out->plan.sheet < out->grids.n &&
	       out->plan.heading < out->grids.item[out->plan.sheet].n;
}

bool tracker_open(struct page *page, struct tracker_draft *out)
{
	const struct framed *framed = (const struct framed *)page;
	struct err err = { 0 };
	str sealed;
	struct buf raw = { 0 };
	*out = (struct tracker_draft){ 0 };
	bool there = store_tracker_get(
		page->store, page->arena, page->actor.user, page->now, &sealed, &err);
	if (!there && err.code != ERR_MISSING) {
		page_failed(page, &err);
		return false;
	}
	/* One of another session of theirs is as good as none. */
	there = there && seal_open(&framed->token, USE, sealed, &raw) &&
		draft_read(page->arena, arena_str(page->arena, buf_view(&raw)), out);
	buf_close(&raw);
	if (!there) {
		page_redirect(page, S("/tracker?ended=yes"));
	}
	return there;
}

struct keeping {
	str sealed, to;
};

static bool draft_write(struct page *page, struct store *store, struct err *err)
{
	const struct keeping *keeping = page->own;
	return store_tracker_forget(store, page->actor.user, page->now, err) &&
	       store_tracker_put(store, page->actor.user, keeping->sealed,
		       page->now + TRACKER_FOR_MS, err);
}

static void draft_written(struct page *page, const struct err *failed)
{
	const struct keeping *keeping = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, keeping->to);
}

void tracker_keep_draft(struct page *page, const struct tracker_draft *draft, str to)
{
	const struct framed *framed = (const struct framed *)page;
	const struct store_env *env = page->web->options.env;
	struct keeping *keeping = arena_new(page->arena, struct keeping);
	unsigned char nonce[SEAL_NONCE];
	struct buf sealed = { 0 };
	env->random(env->self, nonce, sizeof nonce);
	seal_close(&framed->token, USE, nonce, draft_text(page->arena, draft), &sealed);
	*keeping = (struct keeping){ arena_str(page->arena, buf_view(&sealed)), to };
	buf_close(&sealed);
	page->own = keeping;
	page_write(page, draft_write, draft_written);
}

static bool chairs(enum role role)
{
	return role == ROLE_REVIEWING_OFFICER || role == ROLE_CHAIR || role == ROLE_LEAD_PRACTITIONER;
}

/* Of who chairs, their own diary: somebody else's list of children says nothing of who chairs. */
static bool clashes(struct page *page, const struct tracker_facts *facts, struct tracker_found *found,
	struct err *err)
{
	struct diary_meetings taken;
	day last = page->today;
	for (size_t i = 0; i < found->bookings; i++)
		last = found->booking[i].on != DAY_UNKNOWN && found->booking[i].on > last
			? found->booking[i].on : last;
	bool theirs = chairs(page->actor.role);
	if (theirs && !store_diary(page->store, page->arena, &page->actor, page->today, last, &taken, err))
		return false;
	tracker_clash(page->arena, facts, theirs ? &taken : NULL, store_law(page->store)->calendar,
		page->today, found);
	return true;
}

bool tracker_find(struct page *page, const struct tracker_draft *draft,
	struct tracker_children *children, struct tracker *tracker, struct tracker_found *found,
	struct err *err)
{
	struct tracker_facts facts;
	tracker_read(page->arena, &draft->grids, &draft->plan, tracker);
	struct tracker_sieve *sieve = tracker_sieve_open(tracker);
	bool read = store_tracker_children(
		page->store, page->arena, &page->actor, tracker_sieve_keeps, sieve, children, err);
	tracker_sieve_close(sieve);
	if (!read)
		return false;
	tracker_match(page->arena, tracker, children, found);
	if (!store_tracker_facts(page->store, page->arena, found->subject, found->matched,
		    page->actor.user, page->today, &facts, err))
		return false;
	tracker_compare(page->arena, &draft->plan, &facts, page->today, found);
	return clashes(page, &facts, found, err);
}

/* ---- the first page */

static void form_show(struct page *page, str mistake)
{
	struct buf *b = page->out;
	page->layout.current = S("/tracker");
	page->layout.current_is = true;
	page->layout.error = mistake.n > 0;
	page_open(page, S("My tracker"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = mistake, .href = S("#file") }));
	H(b, "<h1 class=\"govuk-heading-l\">My tracker</h1>\n");
	if (form_has(&page->query, S("ended")))
		govuk_inset_text(b, .text = S("Your tracker is no longer here: it is held for an hour, "
					      "and only while you are signed in. Choose the file again."));
	if (form_has(&page->query, S("done")))
		govuk_inset_text(b, .text = S("Your tracker is gone from Duly. What you ticked is kept."));
	H(b, "<p class=\"govuk-body\">Choose the spreadsheet in which you keep your children. Duly "
	     "holds it beside the council’s records and tells you:</p>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\"><li>which of its rows are your children’s</li>"
	     "<li>what is booked after the legal date, and what is not booked</li>"
	     "<li>which booked days are a weekend, your leave or another meeting of yours</li>"
	     "<li>which dates disagree with the council’s</li>"
	     "<li>which actions have survived two reviews</li></ul>\n"
	     "<form method=\"post\" action=\"/tracker\" enctype=\"multipart/form-data\" novalidate>"
	     "<input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n");
	govuk_file_upload(b, .label = { .text = S("Your tracker") },
		.hint = { .text = S("An Excel workbook (.xlsx) or a CSV file, up to 20 megabytes. Its "
				    "columns may stand in any order.") },
		.id = S("file"), .name = S("file"), .error = { .text = mistake },
		.attributes = GOVUK_ATTRIBUTES({ S_INIT("accept"),
			S_INIT(".xlsx,.xlsm,.csv,.tsv,.txt,text/csv"), false }));
	govuk_button(b, .text = S("Read the tracker"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	govuk_inset_text(b,
		.text = S("Nothing of it is stored in Duly’s records unless you tick it afterwards. While "
			  "you read, it lies sealed under your own sign-in, where nobody else can open it. "
			  "It is deleted when you finish or sign out, and cannot be opened after an hour."));
	if (page->web->options.demonstration) {
		H(b, "<h2 class=\"govuk-heading-m\">No tracker at hand?</h2>\n<p class=\"govuk-body\">"
		     "This is a demonstration: here is a tracker as untidy as they come, of the made-up "
		     "children that you see.</p>\n");
		layout_form_open(b, S("/tracker/example"), page->csrf);
		govuk_button(b, .text = S("Try it with the made-up tracker"),
			.classes = S("govuk-button--secondary"));
		H(b, "</form>\n<p class=\"govuk-body\"><a class=\"govuk-link\" "
		     "href=\"/tracker/example.csv\" download>Download the made-up tracker (CSV)</a></p>\n");
	}
	H(b, "</div></div>\n");
	page_close(page);
}

void tracker_show(struct page *page)
{
	form_show(page, (str){ 0 });
}

/* ---- the file */

struct opening {
	const struct form_file *file;
	struct buf made;
	bool opened;
	struct err err;
};

static void open_work(struct page *page)
{
	struct opening *opening = page->own;
	const struct worker worker = { .kind = "sheet", .input = opening->file->bytes };
	opening->opened = worker_run(&worker, &opening->made, &opening->err);
}

/* A worker's words begin in small letters; a line of a page does not. */
static str sentence(struct arena *arena, const char *words)
{
	str copy = arena_str(arena, str_of(words));
	char *first = (char *)(uintptr_t)copy.p;
	if (copy.n > 0 && *first >= 'a' && *first <= 'z')
		*first = (char)(*first - 'a' + 'A');
	return copy;
}

static void refused(struct page *page, str words)
{
	page->status = 422;
	form_show(page, words);
}

static void go_on(struct page *page, struct tracker_draft *draft)
{
	tracker_guess_best(&draft->grids, page->today, &draft->plan);
	if (draft->grids.item[draft->plan.sheet].n < 2)
		refused(page, S("The file has no rows under its headings"));
	else
		tracker_keep_draft(page, draft, S("/tracker/columns"));
}

static void open_worked(struct page *page, const struct err *failed)
{
	struct opening *opening = page->own;
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	struct err err = { 0 };
	bool opened = failed == NULL && opening->opened;
	str made = opened ? arena_str(page->arena, buf_view(&opening->made)) : (str){ 0 };
	buf_close(&opening->made);
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!opened) {
		refused(page, sentence(page->arena, opening->err.text));
	} else if (!grids_get(page->arena, made, &draft->grids, &err) || draft->grids.n == 0) {
		refused(page, S("The file could not be read"));
	} else {
		draft->file = opening->file->name;
		go_on(page, draft);
	}
}

void tracker_send(struct page *page)
{
	const struct form_file *file = page_uploaded(page, S("file"));
	if (file == NULL) {
		refused(page, S("Choose the file of your tracker"));
		return;
	}
	struct opening *opening = arena_new(page->arena, struct opening);
	opening->file = file;
	page->own = opening;
	page_work(page, open_work, open_worked);
}

/* ---- the demonstration's */

/* The first whom the reader may name. */
static bool example_takes(void *to, const struct tracker_child *child)
{
	size_t *left = to;
	bool takes = *left > 0 && child->level == 2 && child->forename.n > 0;
	*left -= takes;
	return takes;
}

static bool example_make(struct page *page, struct buf *out)
{
	struct tracker_children children;
	struct tracker_facts facts;
	struct err err;
	if (!page->web->options.demonstration) {
		page_problem(page, 404);
		return false;
	}
	size_t n = 0, left = EXAMPLE_ROWS;
	if (!store_tracker_children(
		    page->store, page->arena, &page->actor, example_takes, &left, &children, &err)) {
		page_failed(page, &err);
		return false;
	}
	int64_t *subject = arena_take(page->arena, EXAMPLE_ROWS, sizeof *subject);
	for (; n < children.n; n++)
		subject[n] = children.item[n].subject;
	if (!store_tracker_facts(
		    page->store, page->arena, subject, n, 0, page->today, &facts, &err)) {
		page_failed(page, &err);
		return false;
	}
	tracker_example(page->arena, &children, subject, n, &facts, page->today, out);
	page_looked(page, S("export:tracker"), subject, n);
	return true;
}

void tracker_example_file(struct page *page)
{
	if (example_make(page, page->out))
		page_file(page, S("text/csv; charset=utf-8"), S("made-up-tracker.csv"));
}

void tracker_example_send(struct page *page)
{
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	struct buf raw = { 0 };
	struct err err;
	if (!example_make(page, &raw))
		return;
	draft->file = S("made-up-tracker.csv");
	bool read = grids_from_text(
		page->arena, arena_str(page->arena, buf_view(&raw)), &draft->grids, &err);
	buf_close(&raw);
	if (read)
		go_on(page, draft);
	else
		page_failed(page, &err);
}

/* ---- the end */

static bool draft_forget(struct page *page, struct store *store, struct err *err)
{
	return store_tracker_forget(store, page->actor.user, page->now, err);
}

static void draft_forgotten(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, S("/tracker?done=yes"));
}

void tracker_end(struct page *page)
{
	page_write(page, draft_forget, draft_forgotten);
}
