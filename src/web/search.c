/* search.c - children by name, number or date of birth, among those that the reader may see. Sent
 * with POST, so that no name stands in an address or a history. */
#include "store/search.h"

#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/show_list.h"
#include "web/children.h"

enum { TEXT_MOST = 100 };

struct asked {
	struct search search;
	str day, month, year;
	str text_error, born_error;
};

static bool is_number(str text, int64_t least, int64_t most, int64_t *out)
{
	return str_int(text, out) && *out >= least && *out <= most;
}

/* All three boxes, or none. */
static void ask_born(struct asked *asked, day today)
{
	int64_t d, m, y;
	asked->search.born = DAY_UNKNOWN;
	if (asked->day.n + asked->month.n + asked->year.n == 0)
		return;
	if (!is_number(asked->year, 1990, 2100, &y) || !is_number(asked->month, 1, 12, &m) ||
		!is_number(asked->day, 1, 31, &d)) {
		asked->born_error = S("Date of birth must have a day, a month and a year");
		return;
	}
	if (!day_is_real((int)y, (int)m, (int)d))
		asked->born_error = S("Date of birth must be a real date");
	else if (day_of((int)y, (int)m, (int)d) > today)
		asked->born_error = S("Date of birth must be in the past");
	else
		asked->search.born = day_of((int)y, (int)m, (int)d);
}

static void ask(struct page *page, struct asked *asked)
{
	const struct form *form = &page->form;
	*asked = (struct asked){ .day = str_trim(form_value(form, S("born-day"))),
		.month = str_trim(form_value(form, S("born-month"))),
		.year = str_trim(form_value(form, S("born-year"))) };
	asked->search = (struct search){ .actor = &page->actor,
		.today = page->today,
		.text = str_trim(str_upto(form_value(form, S("find")), TEXT_MOST)) };
	ask_born(asked, page->today);
	if (page->request->method == HTTP_POST && asked->born_error.n == 0 &&
		!search_is_enough(page->arena, &asked->search))
		asked->text_error =
			S("Enter two letters of a name, a number or a date of birth");
}

static void fields(struct page *page, const struct asked *asked)
{
	struct buf *b = page->out;
	struct govuk_date_item box = { .name = S("day"), .value = asked->day,
		.classes = S("govuk-input--width-2") };
	struct govuk_date_item month = { .name = S("month"), .value = asked->month,
		.classes = S("govuk-input--width-2") };
	struct govuk_date_item year = { .name = S("year"), .value = asked->year,
		.classes = S("govuk-input--width-4") };
	struct govuk_fieldset fieldset = { .legend = { .text = S("Date of birth (optional)"),
						   .classes = S("govuk-fieldset__legend--s") } };
	layout_form_open(b, S("/search"), page->csrf);
	govuk_input(b, .label = { .text = S("Name or number"), .classes = S("govuk-label--s") },
		.hint = { .text = S("First name, family name or both. Names that sound the same are "
				    "found too.") },
		.id = S("find"), .name = S("find"), .value = asked->search.text,
		.autocomplete = S("off"), .spellcheck = GOVUK_NO,
		.classes = S("govuk-input--width-20"), .error = { .text = asked->text_error });
	govuk_date_input(b, .id = S("born"), .name_prefix = S("born"), .fieldset = &fieldset,
		.hint = { .text = S("For example, 27 3 2015") }, .day = &box, .month = &month,
		.year = &year, .error = { .text = asked->born_error });
	govuk_button(b, .text = S("Search"));
	H(b, "</form>\n");
}

static void results(struct page *page, const struct search_found *found)
{
	struct buf *b = page->out;
	H(b, "<h2 class=\"govuk-heading-m\" id=\"found\">");
	if (found->n == 0) {
		H(b, "No child found</h2>\n<p class=\"govuk-body\">Among the children that you may "
		     "see, none fits. Try fewer letters, or only the date of birth.</p>\n");
		return;
	}
	text_int(b, (int64_t)found->n);
	text(b, found->more ? S(" children, and more") : found->n == 1 ? S(" child") : S(" children"));
	H(b, "</h2>\n");
	if (found->more)
		H(b, "<p class=\"govuk-body\">The closest are listed. Add another name or a date of "
		     "birth to find fewer.</p>\n");
	show_wide_open(b, S("Children found"));
	children_table(page, S("Children found, the closest first"));
	for (size_t i = 0; i < found->n; i++)
		children_row(page, &found->row[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void frame(struct page *page, const struct asked *asked, const struct search_found *found)
{
	struct buf *b = page->out;
	bool wrong = asked->text_error.n + asked->born_error.n > 0;
	page->layout.error = wrong;
	page->layout.current = S("/search");
	page->layout.current_is = true;
	page_open(page, found == NULL ? S("Search") : S("Search results"));
	if (wrong) {
		str message = asked->born_error.n > 0 ? asked->born_error : asked->text_error;
		str href = asked->born_error.n > 0 ? S("#born-day") : S("#find");
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error, { .text = message, .href = href }));
	}
	H(b, "<h1 class=\"govuk-heading-l\">Search</h1>\n");
	fields(page, asked);
	if (found != NULL)
		results(page, found);
	page_close(page);
}

void search_show(struct page *page)
{
	struct asked asked;
	ask(page, &asked);
	frame(page, &asked, NULL);
	page_looked(page, S("look:search"), NULL, 0);
}

void search_send(struct page *page)
{
	struct asked asked;
	struct search_found found;
	struct err err;
	ask(page, &asked);
	if (asked.text_error.n + asked.born_error.n > 0) {
		page->status = 422;
		frame(page, &asked, NULL);
		return;
	}
	if (!store_search(page->store, page->arena, &asked.search, &found, &err)) {
		page_failed(page, &err);
		return;
	}
	frame(page, &asked, &found);
	children_looked(page, S("look:search"),
		arena_format(page->arena, "%.*s %.*s-%.*s-%.*s", STR_ARGS(asked.search.text),
			STR_ARGS(asked.year), STR_ARGS(asked.month), STR_ARGS(asked.day)),
		found.row, found.n);
}
