/* tracker_columns.c - which column is what: the guess, three values of each, and the chair's word. */
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/govuk_select.h"
#include "web/tracker.h"

enum { SAMPLES = 3, SAMPLE_MOST = 40, MISTAKES = 4 };

struct mistakes {
	struct govuk_error item[MISTAKES];
	size_t n;
};

static str column_name(struct arena *arena, size_t column)
{
	char first = (char)('A' + (int)(column / 26) - 1), second = (char)('A' + (int)(column % 26));
	return column < 26 ? arena_format(arena, "Column %c", second)
			   : arena_format(arena, "Column %c%c", first, second);
}

static str one_line(struct arena *arena, str value)
{
	str cut = str_upto(value, SAMPLE_MOST + 4);
	while (cut.n > 0 && cut.n < value.n && ((unsigned char)value.p[cut.n] & 0xc0) == 0x80)
		cut.n--;
	str copy = arena_format(arena, "%.*s%s", STR_ARGS(cut), cut.n < value.n ? "…" : "");
	for (size_t i = 0; i < copy.n; i++) {
		if (copy.p[i] == '\n')
			((char *)(uintptr_t)copy.p)[i] = ' ';
	}
	return copy;
}

/* The first values under the heading. */
static str samples(struct page *page, const struct tracker_draft *draft, size_t column)
{
	const struct grid *grid = &draft->grids.item[draft->plan.sheet];
	struct buf words = { 0 };
	size_t n = 0;
	for (size_t i = draft->plan.heading + 1; i < grid->n && n < SAMPLES; i++) {
		str value = grid_cell(grid, i, column);
		if (value.n == 0)
			continue;
		buf_str(&words, n++ == 0 ? S("For example: ") : S(" · "));
		buf_str(&words, one_line(page->arena, value));
	}
	if (n == 0)
		buf_lit(&words, "Nothing stands under it");
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static bool is_empty(const struct tracker_draft *draft, size_t column)
{
	const struct grid *grid = &draft->grids.item[draft->plan.sheet];
	for (size_t i = draft->plan.heading; i < grid->n; i++) {
		if (grid_cell(grid, i, column).n > 0)
			return false;
	}
	return true;
}

static void sheet_choice(struct page *page, const struct tracker_draft *draft)
{
	struct buf *b = page->out;
	struct govuk_select_item item[GRIDS_MAX];
	if (draft->grids.n < 2)
		return;
	for (size_t i = 0; i < draft->grids.n; i++)
		item[i] = (struct govuk_select_item){ .text = draft->grids.item[i].name,
			.value = arena_format(page->arena, "%zu", i),
			.selected = i == draft->plan.sheet ? GOVUK_YES : GOVUK_NO };
	layout_form_open(b, S("/tracker/columns"), page->csrf);
	govuk_select(b, .label = { .text = S("Sheet of the workbook") }, .id = S("sheet"),
		.name = S("sheet"), .items = item, .n_items = draft->grids.n);
	govuk_button(b, .text = S("Show this sheet"), .classes = S("govuk-button--secondary"),
		.name = S("show"), .value = S("sheet"));
	H(b, "</form>\n");
}

static void column_choice(struct page *page, const struct tracker_draft *draft, size_t column)
{
	const struct grid *grid = &draft->grids.item[draft->plan.sheet];
	struct govuk_select_item item[TRACKER_COLUMNS];
	str heading = grid_cell(grid, draft->plan.heading, column);
	str name = arena_format(page->arena, "column-%zu", column);
	for (enum tracker_column i = TRACKER_SKIP; i < TRACKER_COLUMNS; i++)
		item[i] = (struct govuk_select_item){
			.text = tracker_column_words(i),
			.value = tracker_column_text(i),
			.selected = i == draft->plan.column[column] ? GOVUK_YES : GOVUK_NO };
	govuk_select(page->out,
		.label = { .text = heading.n > 0 ? one_line(page->arena, heading)
						 : column_name(page->arena, column) },
		.hint = { .text = samples(page, draft, column) }, .id = name, .name = name, .items = item,
		.n_items = TRACKER_COLUMNS);
}

static void columns_show(
	struct page *page, const struct tracker_draft *draft, const struct mistakes *mistakes)
{
	struct buf *b = page->out;
	const struct grid *grid = &draft->grids.item[draft->plan.sheet];
	size_t columns = grid_columns(grid);
	page->layout.current = S("/tracker");
	page->layout.error = mistakes->n > 0;
	page->layout.back_href = S("/tracker");
	page_open(page, S("Which column is what?"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistakes->n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"), .errors = mistakes->item,
			.n_errors = mistakes->n);
	H(b, "<span class=\"govuk-caption-l\">");
	text(b, draft->file);
	H(b, "</span>\n<h1 class=\"govuk-heading-l\">Which column is what?</h1>\n"
	     "<p class=\"govuk-body\">This is what Duly takes each column to be. Correct what is wrong, "
	     "then read the tracker.</p>\n");
	sheet_choice(page, draft);
	layout_form_open(b, S("/tracker/columns"), page->csrf);
	govuk_input(b, .label = { .text = S("Row of the headings") },
		.hint = { .text = S("What stands above it is left out.") }, .id = S("heading"),
		.name = S("heading"), .classes = S("govuk-input--width-4"), .inputmode = S("numeric"),
		.value = arena_format(page->arena, "%zu", grid->row[draft->plan.heading].number));
	for (size_t i = 0; i < columns; i++) {
		if (!is_empty(draft, i))
			column_choice(page, draft, i);
	}
	govuk_button(b, .text = S("Read the tracker"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n</div></div>\n");
	page_close(page);
}

void tracker_columns_show(struct page *page)
{
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	const struct mistakes none = { 0 };
	if (tracker_open(page, draft))
		columns_show(page, draft, &none);
}

static void mistake(struct mistakes *mistakes, str words, str href)
{
	if (mistakes->n < MISTAKES)
		mistakes->item[mistakes->n++] = (struct govuk_error){ .text = words, .href = href };
}

/* The sheet and the row of headings, where they are others than before: then the columns are guessed
 * anew. True: they are. */
static bool take_place(struct page *page, struct tracker_draft *draft, struct mistakes *mistakes)
{
	int64_t number;
	if (form_has(&page->form, S("show"))) {
		if (str_int(form_value(&page->form, S("sheet")), &number) && number >= 0 &&
			(size_t)number < draft->grids.n && draft->grids.item[number].n > 0)
			(void)tracker_guess(
				&draft->grids, (size_t)number, page->today, &draft->plan);
		return true;
	}
	const struct grid *grid = &draft->grids.item[draft->plan.sheet];
	if (!str_int(str_trim(form_value(&page->form, S("heading"))), &number) || number < 1) {
		mistake(mistakes, S("Enter the number of the row of the headings"), S("#heading"));
		return false;
	}
	for (size_t i = 0; i < grid->n; i++) {
		if (grid->row[i].number == (size_t)number) {
			draft->plan.heading = i;
			return false;
		}
	}
	mistake(mistakes, S("Nothing stands in that row: enter the number of the row of the headings"),
		S("#heading"));
	return false;
}

static void take_columns(struct page *page, struct tracker_draft *draft, struct mistakes *mistakes)
{
	size_t of[TRACKER_COLUMNS] = { 0 }, first = 0;
	for (size_t i = 0; i < GRID_COLUMNS_MAX; i++) {
		str name = arena_format(page->arena, "column-%zu", i);
		enum tracker_column column = TRACKER_SKIP;
		if (form_has(&page->form, name) &&
			tracker_column_find(form_value(&page->form, name), &column) &&
			++of[column] == 2 && column != TRACKER_SKIP && column != TRACKER_ACTION)
			mistake(mistakes,
				arena_format(page->arena, "Choose one column only for “%.*s”",
					STR_ARGS(tracker_column_words(column))),
				arena_format(page->arena, "#%.*s", STR_ARGS(name)));
		draft->plan.column[i] = column;
		if (first == 0 && form_has(&page->form, name))
			first = i + 1;
	}
	if (of[TRACKER_NUMBER] + of[TRACKER_NAME] + of[TRACKER_SURNAME] == 0)
		mistake(mistakes, S("Choose the column of the child’s number, or of the child’s name"),
			arena_format(page->arena, "#column-%zu", first == 0 ? 0 : first - 1));
}

void tracker_columns_send(struct page *page)
{
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	struct mistakes mistakes = { 0 };
	if (!tracker_open(page, draft))
		return;
	if (take_place(page, draft, &mistakes)) {
		tracker_keep_draft(page, draft, S("/tracker/columns"));
		return;
	}
	take_columns(page, draft, &mistakes);
	if (mistakes.n == 0) {
		tracker_keep_draft(page, draft, S("/tracker/read"));
		return;
	}
	page->status = 422;
	columns_show(page, draft, &mistakes);
}
