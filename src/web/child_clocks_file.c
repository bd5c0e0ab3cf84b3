/* child_clocks_file.c - one child's clocks as a file: each date that there is, who says so, and why. */
#include "base/csv.h"
#include "html/show_word.h"
#include "web/child.h"
#include "web/policy_line.h"

static void put_when(struct csv_out *out, day on, instant at)
{
	if (at == INSTANT_UNKNOWN) {
		csv_put_day(out, on);
		return;
	}
	buf_instant_local(csv_begin_text(out), at);
	csv_end_text(out);
}

static void put_clock(struct page *page, struct csv_out *out, const struct clock *clock)
{
	const struct rule *rule = clock->rule;
	bool local = clock->local != 0;
	csv_put(out, rule->title);
	csv_put(out, clock_state_text(clock_state(clock, page->today)));
	csv_put_day(out, clock->from);
	put_when(out, clock->due, clock->due_at);
	csv_put_day(out, clock->due_data);
	put_when(out, local ? clock->due_law : DAY_UNKNOWN, local ? clock->due_law_at : INSTANT_UNKNOWN);
	csv_put_day(out, clock->last_working_day);
	csv_put_day(out, clock->booked);
	csv_put_day(out, clock->met_on);
	csv_put(out, local ? S("yes") : S("no"));
	csv_put(out, level_words(rule->level));
	csv_put(out, policy_line_source(page, rule));
	buf_clock_reason(csv_begin_text(out), clock, page->today, show_word);
	csv_end_text(out);
}

void child_clocks_file(struct page *page)
{
	static const char *const column[] = { "clock", "state", "from", "due", "due_data", "due_law",
		"last_working_day", "booked", "met_on", "local", "level", "source", "reason" };
	struct clocks clocks = { 0 };
	struct err err;
	if (!store_clocks(page->store, page->arena, page->id, &clocks, &err)) {
		page_failed(page, &err);
		return;
	}
	child_clocks_sort(&clocks, page->today);
	str counted_by = policy_says(page);
	struct csv_out out = { .buf = page->out, .safe = true };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	if (counted_by.n > 0)
		csv_put(&out, S("counted_by"));
	csv_put_end(&out);
	for (size_t i = 0; i < clocks.n; i++) {
		put_clock(page, &out, &clocks.item[i]);
		if (counted_by.n > 0)
			csv_put(&out, counted_by);
		csv_put_end(&out);
	}
	page_file(page, S("text/csv; charset=utf-8"), S("clocks.csv"));
	page_looked(page, S("export:clocks"), &page->id, 1);
}
