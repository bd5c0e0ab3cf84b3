/* ui_page.c - whole sample pages, made of what the real ones are made of, for the checks that need
 * a page: the HTML validator, accessibility, and the count of instructions. `ui-page NAME [TIMES]`.
 */
#include "base/arena.h"
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_options.h"
#include "html/govuk_password_input.h"
#include "html/govuk_select.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_table.h"
#include "html/layout.h"
#include "html/moj_identity_bar.h"
#include "html/moj_sub_navigation.h"
#include "html/moj_timeline.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "html/show_why.h"

#include <stdio.h>
#include <stdlib.h>

static const struct layout_link nav[] = { { S_INIT("My caseload"), S_INIT("/caseload") },
	{ S_INIT("Children"), S_INIT("/children") }, { S_INIT("Meetings"), S_INIT("/meetings") },
	{ S_INIT("Reports"), S_INIT("/reports") } };

static struct layout frame(str title)
{
	day today = day_of(2026, 11, 21);
	return (struct layout){ .title = title,
		.authority = S("Exampleshire Council"),
		.nav = nav,
		.n_nav = 4,
		.current = S("/caseload"),
		.user = S("Sana Example"),
		.csrf = S("0123456789abcdef0123456789abcdef"),
		.known_to = today - 1,
		.now = (instant)today * INSTANT_DAY + 9 * INSTANT_HOUR,
		.source_href = S("/source"),
		.demonstration = true };
}

enum { ROWS = 60 };

static void row(struct buf *b, int i, day today)
{
	static const str names[] = { S_INIT("Amara Okonkwo-Example"), S_INIT("Zoë O'Neill"),
		S_INIT("J. Sample"), S_INIT("Muhammad Example-Khan") };
	static const enum clock_state states[] = { CLOCK_OVERDUE, CLOCK_UNKNOWN, CLOCK_DUE,
		CLOCK_DUE };
	const struct show_clock clock = { .state = states[i % 4],
		.due = today - 4 + i,
		.needs_booking = true,
		.booking = (enum booking_state)(i % 3),
		.booked = today + i,
		.reason = i % 4 == 1 ? S("The start of the placement is not recorded.") : S("") };
	H(b, "<tr class=\"govuk-table__row\">\n<th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, 1000 + i);
	H(b, "\">");
	text(b, names[i % 4]);
	H(b, "</a>, ");
	text_id(b, 1 + i % 17);
	H(b, "</th>\n<td class=\"govuk-table__cell\">First review of a looked after child</td>\n"
	     "<td class=\"govuk-table__cell\">");
	show_clock(b, &clock, today, 0);
	H(b, "</td>\n<td class=\"govuk-table__cell\">");
	text(b, S("North & East team"));
	H(b, "</td>\n</tr>\n");
}

static void caseload(struct buf *b, struct arena *arena)
{
	struct layout page = frame(S("My caseload"));
	day today = day_of(2026, 11, 21);
	const struct show_param params[] = { { S("state"), S("open") }, { S("sort"), S("due") } };
	const struct show_query query = { S("/caseload"), params, 2 };
	const struct show_count counts[] = {
		{ .n = 3,
			.text = S("Overdue"),
			.href = S("/caseload?state=overdue"),
			.overdue = true },
		{ .n = 2, .text = S("Unknown"), .href = S("/caseload?state=unknown") },
		{ .n = 6, .text = S("Due in 7 days"), .href = S("/caseload?state=week") },
	};
	page.current_is = true;
	layout_open(b, &page);
	H(b, "<h1 class=\"govuk-heading-l\">My caseload</h1>\n");
	show_counts(b, S("Clocks by state"), counts, 3);
	show_range(b, &(struct show_range){ 1, ROWS, 118, S("clocks") });
	show_wide_open(b, S("Clocks, soonest first"));
	H(b, "<table class=\"govuk-table app-table--sticky\">\n<caption "
	     "class=\"govuk-table__caption"
	     " govuk-table__caption--m\">Clocks, soonest first</caption>\n"
	     "<thead class=\"govuk-table__head\">\n<tr class=\"govuk-table__row\">\n");
	static const struct {
		str key, label;
	} heads[] = { { S_INIT("name"), S_INIT("Child") }, { S_INIT("rule"), S_INIT("Next clock") },
		{ S_INIT("due"), S_INIT("Due") }, { S_INIT("team"), S_INIT("Team") } };
	for (size_t i = 0; i < 4; i++)
		show_sort(b, arena, &query,
			&(struct show_sort){
				.key = heads[i].key, .label = heads[i].label, .sorted = S("due") });
	H(b, "</tr>\n</thead>\n<tbody class=\"govuk-table__body\">\n");
	for (int i = 0; i < ROWS; i++)
		row(b, i, today);
	H(b, "</tbody>\n</table>\n");
	show_wide_close(b);
	show_pages(b, arena, &query, 1, 2);
	layout_close(b, &page);
}

static void child(struct buf *b, struct arena *arena)
{
	struct layout page = frame(S("A.O., case 10442"));
	day today = day_of(2026, 11, 21);
	const struct moj_fact facts[] = { { S("Case"), S("10442") },
		{ S("Status"), S("Looked after since 18 December 2026") } };
	const struct moj_tab tabs[] = { { S("Overview"), S("/children/7"), true },
		{ S("Timeline"), S("/children/7/timeline"), false } };
	const struct show_skipped skipped[] = { { day_of(2026, 12, 25), S("Christmas Day") } };
	const struct moj_moment moments[] = {
		{ .on = today, .what = S("Placement began"), .source = S("form") },
		{ .on = today - 3, .what = S("Became looked after"), .source = S("form") }
	};
	(void)arena;
	page.back_href = S("/caseload");
	page.back_text = S("Back to my caseload");
	layout_open(b, &page);
	moj_identity_bar(b, &(struct moj_identity_bar){ .name = S("Amara O"),
				 .age = S("7"),
				 .heading = true,
				 .fact = facts,
				 .n_facts = 2 });
	moj_sub_navigation(b,
		&(struct moj_sub_navigation){ S("Pages about this child"), tabs, 2 });
	H(b, "<h2 class=\"govuk-heading-m\">Clocks</h2>\n");
	show_clock(b,
		&(struct show_clock){
			.state = CLOCK_DUE, .due = today + 20, .needs_booking = true },
		today, 0);
	show_why(b, &(struct show_why){ .rule = S("First review of a looked after child"),
			    .level = S("Regulations"),
			    .authority = S("Care Planning Regulations 2010"),
			    .citation = S("regulation 33(1)"),
			    .verified = true,
			    .trigger = S("Became looked after"),
			    .from = today - 3,
			    .counted = S("20 working days"),
			    .skipped = skipped,
			    .n_skipped = 1,
			    .due = today + 20,
			    .last_working_day = today + 20,
			    .due_data = DAY_UNKNOWN });
	govuk_summary_list(b, GOVUK_LIST(rows, struct govuk_summary_row,
				      { .key = { .text = S("School") },
					      .value = { .text = S("Example Primary") } }));
		moj_timeline(b, moments, 2, true);
	layout_close(b, &page);
}

static void sign_in(struct buf *b, struct arena *arena)
{
	struct layout page = {
		.title = S("Sign in"), .authority = S("Exampleshire Council"), .error = true
	};
	(void)arena;
	layout_open(b, &page);
	govuk_error_summary(b, .title_text = S("There is a problem"),
		GOVUK_LIST(errors, struct govuk_error,
			{ .text = S("Enter an email address and password that match"),
				.href = S("#email") }));
	H(b, "<h1 class=\"govuk-heading-l\">Sign in</h1>\n");
	layout_form_open(b, S("/sign-in"), S("abc"));
	govuk_input(b, .label = { .text = S("Email address") }, .name = S("email"),
		.type = S("email"), .autocomplete = S("username"), .spellcheck = GOVUK_NO,
		.value = S("a\"b"),
		.error = { .text = S("Enter an email address and password that match") });
	govuk_password_input(b, .label = { .text = S("Password") }, .name = S("password"));
	govuk_radios(b, .name = S("where"),
		.hint = { .text = S("So that we can say when it locks") },
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = S("Where are you?") } },
		GOVUK_LIST(items, struct govuk_option, { .text = S("Office"), .value = S("o") },
			{ .text = S("Home"), .value = S("h"), .checked = GOVUK_YES }));
	govuk_select(b, .label = { .text = S("Team") }, .name = S("team"),
		GOVUK_LIST(items, struct govuk_select_item, { .text = S("North") },
			{ .text = S("South") }));
	govuk_button(b, .text = S("Continue"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	layout_close(b, &page);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*draw)(struct buf *b, struct arena *arena);
	} pages[] = { { "caseload", caseload }, { "child", child }, { "sign-in", sign_in } };
	struct arena *arena = arena_open(4u << 20);
	struct buf b = { 0 };
	int64_t times = 1;
	if (argc > 2 && !str_int(str_of(argv[2]), &times))
		return 2;
	for (size_t i = 0; argc > 1 && i < sizeof pages / sizeof pages[0]; i++) {
		if (!str_equal(str_of(argv[1]), str_of(pages[i].name)))
			continue;
		for (int64_t round = 0; round < times; round++) {
			buf_clear(&b);
			arena_reset(arena);
			pages[i].draw(&b, arena);
		}
		fwrite(b.p, 1, b.n, stdout);
	}
	buf_close(&b);
	arena_close(arena);
	return argc > 1 ? 0 : 2;
}
