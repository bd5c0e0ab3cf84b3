/* what_if.c - one child's clocks as they would be: an event supposed, moved or taken away. The page
 * computes and stores nothing; its address carries a word and a date, and no name. */
#include "clock/suppose.h"
#include "html/form_day.h"
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_details.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_select.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "html/show_word.h"
#include "store/local.h"
#include "web/child.h"
#include "web/policy_line.h"

enum { EVENTS_OFFERED = 20, CHOICES = 72, SUPPOSITIONS = 2 };

struct asking {
	struct stored_list people;
	struct coverage coverage;
	const struct law *law;
	struct event *event; /* sorted */
	size_t n;
	struct govuk_select_item choice[CHOICES];
	size_t choices;
	str what;
	struct form_boxes boxes;
	struct form_wrong wrong; /* of the date */
	str what_wrong;
	bool asked;
	struct supposition supposition[SUPPOSITIONS];
	size_t suppositions;
	str sentence; /* "Review held on 3 June 2026, instead of 22 April 2026" */
};

/* Four statements, and one for the people around the child. */
static bool read(struct page *page, struct asking *a, struct err *err)
{
	struct stored_events stored;
	day known_to;
	if (!child_people(page, &a->people, err) ||
		!store_events(page->store, page->arena, page->id, INSTANT_UNKNOWN, &stored, err) ||
		!store_coverage(page->store, page->child.authority, &a->coverage, &known_to, err))
		return false;
	a->law = store_law_of(page->store, page->child.authority, err);
	a->event = arena_take(page->arena, stored.n + 1, sizeof *a->event);
	for (size_t i = 0; i < stored.n; i++)
		a->event[i] = stored.item[i].event;
	a->n = stored.n == 0 ? 0 : events_sort(a->event, stored.n);
	return a->law != NULL;
}

/* ---- what can be supposed */

static void offer(struct asking *a, str value, str words)
{
	if (a->choices < CHOICES)
		a->choice[a->choices++] = (struct govuk_select_item){ .text = words, .value = value };
}

static bool is_offered(const struct asking *a, str value)
{
	for (size_t i = 0; i < a->choices; i++) {
		if (str_equal(a->choice[i].value, value))
			return true;
	}
	return false;
}

/* What somebody is waiting for: "Review held". */
static void offer_waiting(struct page *page, struct asking *a)
{
	struct clocks clocks = { 0 };
	clocks_compute(a->law, a->event, a->n, &a->coverage, page->today, &clocks);
	for (size_t i = 0; i < clocks.n; i++) {
		const struct clock *clock = &clocks.item[i];
		enum clock_state state = clock_state(clock, page->today);
		for (size_t k = 0; k < clock->rule->met_by.n; k++) {
			enum word word = clock->rule->met_by.word[k];
			str value = arena_format(
				page->arena, "add.%.*s", STR_ARGS(word_text(word)));
			bool waits = state == CLOCK_DUE || state == CLOCK_OVERDUE;
			if (waits && !is_offered(a, value) && a->choices < CHOICES - 2 * EVENTS_OFFERED)
				offer(a, value, show_word(word));
		}
	}
	clocks_close(&clocks);
}

/* What happened last, the latest first. */
static void offer_moves(struct page *page, struct asking *a)
{
	size_t offered = 0;
	for (size_t i = a->n; i-- > 0 && offered < EVENTS_OFFERED;) {
		const struct event *event = &a->event[i];
		if (event->on == DAY_UNKNOWN || event->word == WORD_BIRTH)
			continue;
		str words = show_word(event->word), day_words = day_text(page, event->on);
		bool booked = event->word == WORD_MEETING_BOOKED;
		offer(a, arena_format(page->arena, "move.%lld", (long long)event->id),
			arena_format(page->arena, "%.*s%s %.*s: another day instead",
				STR_ARGS(words), booked ? " for" : ",", STR_ARGS(day_words)));
		offered++;
		offer(a,
			arena_format(page->arena, "never.%lld", (long long)event->id),
				arena_format(page->arena, "%.*s%s %.*s: it never happened",
					STR_ARGS(words), booked ? " for" : ",",
					STR_ARGS(day_words)));
	}
}

static const struct event *placement_now(const struct asking *a, day on)
{
	const struct event *runs = NULL;
	for (size_t i = 0; i < a->n; i++) {
		const struct event *event = &a->event[i];
		if (event->on > on)
			break;
		if (event->word == WORD_PLACEMENT_BEGAN)
			runs = event;
		else if (event->word == WORD_PLACEMENT_ENDED && runs != NULL &&
			event->thread == runs->thread)
			runs = NULL;
	}
	return runs;
}

static void offer_all(struct page *page, struct asking *a)
{
	offer(a, S("0"), S("Choose"));
	if (placement_now(a, page->today) != NULL)
		offer(a, S("placement"), S("The child moves to another placement"));
	offer_waiting(page, a);
	offer_moves(page, a);
}

/* ---- what was asked */

/* The placement that runs ends, and one of the same kind begins. */
static void suppose_move(struct page *page, struct asking *a, day on)
{
	const struct event *runs = placement_now(a, on);
	if (runs != NULL)
		a->supposition[a->suppositions++] = (struct supposition){ .act = SUPPOSE_ADD,
			.word = WORD_PLACEMENT_ENDED, .on = on, .at = INSTANT_UNKNOWN,
			.was = DAY_UNKNOWN, .thread = runs->thread };
	a->supposition[a->suppositions++] = (struct supposition){ .act = SUPPOSE_ADD,
		.word = WORD_PLACEMENT_BEGAN, .on = on, .at = INSTANT_UNKNOWN, .was = DAY_UNKNOWN,
		.detail = runs == NULL ? (str){ 0 } : runs->detail };
	a->sentence = arena_format(page->arena, "The child moves to another placement on %.*s",
		STR_ARGS(day_text(page, on)));
}

static void suppose_word(struct page *page, struct asking *a, enum word word, day on)
{
	a->supposition[a->suppositions++] = (struct supposition){ .act = SUPPOSE_ADD, .word = word,
		.on = on, .at = INSTANT_UNKNOWN, .was = DAY_UNKNOWN };
	a->sentence = arena_format(page->arena, "%.*s on %.*s", STR_ARGS(show_word(word)),
		STR_ARGS(day_text(page, on)));
}

static bool suppose_event(struct page *page, struct asking *a, str id, bool never, day on)
{
	int64_t number;
	const struct event *event = NULL;
	if (!str_int(id, &number))
		return false;
	for (size_t i = 0; i < a->n; i++)
		event = a->event[i].id == number ? &a->event[i] : event;
	if (event == NULL)
		return false;
	a->supposition[a->suppositions++] = (struct supposition){
		.act = never ? SUPPOSE_REMOVE : SUPPOSE_MOVE, .word = event->word, .on = on,
		.at = INSTANT_UNKNOWN, .was = DAY_UNKNOWN, .event = event->id };
	str words = show_word(event->word), was = day_text(page, event->on);
	a->sentence = never ? arena_format(page->arena, "%.*s, %.*s: it never happened",
				      STR_ARGS(words), STR_ARGS(was))
			    : arena_format(page->arena, "%.*s on %.*s, instead of %.*s",
				      STR_ARGS(words), STR_ARGS(day_text(page, on)), STR_ARGS(was));
	return true;
}

static void take_asked(struct page *page, struct asking *a)
{
	day on = DAY_UNKNOWN;
	bool never = str_starts(a->what, S("never."));
	if (!is_offered(a, a->what) || str_equal(a->what, S("0")))
		a->what_wrong = S("Choose what would be otherwise");
	if (!never) {
		a->wrong = form_day_read(page->arena, S("Day"), &a->boxes, &on);
		if (a->wrong.message.n == 0 && on == DAY_UNKNOWN)
			a->wrong = (struct form_wrong){ S("Enter the day"), PART_DAY };
		else if (a->wrong.message.n == 0 &&
			(on < calendar_first(a->law->calendar) || on > page->today + 2 * 366))
			a->wrong = (struct form_wrong){
				S("The day must be between 2012 and two years from now"), PART_YEAR };
	}
	if (a->what_wrong.n > 0 || a->wrong.message.n > 0)
		return;
	if (str_equal(a->what, S("placement")))
		suppose_move(page, a, on);
	else if (str_starts(a->what, S("add.")))
		suppose_word(page, a, word_find(str_from(a->what, 4)), on);
	else if (!suppose_event(page, a, str_from(a->what, never ? 6 : 5), never, on))
		a->what_wrong = S("Choose what would be otherwise");
}

static void ask(struct page *page, struct asking *a)
{
	a->what = form_value(&page->query, S("what"));
	a->boxes = (struct form_boxes){ .day = form_value(&page->query, S("on-day")),
		.month = form_value(&page->query, S("on-month")),
		.year = form_value(&page->query, S("on-year")) };
	a->asked = a->what.n > 0;
	offer_all(page, a);
	if (a->asked)
		take_asked(page, a);
}

/* ---- the answer */

static void side(struct page *page, const struct clock *clock, day as_of)
{
	struct buf *b = page->out;
	if (clock == NULL) {
		H(b, "–");
		return;
	}
	show_clock_tag(b, clock_state(clock, as_of), clock->due, as_of);
	H(b, " ");
	if (clock->due == DAY_UNKNOWN)
		H(b, "no date");
	else
		html_time(b, clock->due);
	if (clock->booked != DAY_UNKNOWN && clock->met_on == DAY_UNKNOWN) {
		H(b, "<span class=\"app-under\">");
		show_booking(b, clock_booking(clock), clock->booked);
		H(b, "</span>");
	}
}

static void difference(struct buf *b, const struct supposed_clock *clock, day as_of)
{
	if (clock->now == NULL)
		H(b, "New");
	else if (clock->then == NULL)
		H(b, "Would not be");
	if (clock->moved != 0) {
		int days = clock->moved < 0 ? -clock->moved : clock->moved;
		text_int(b, days);
		text(b, days == 1 ? S(" day ") : S(" days "));
		text(b, clock->moved < 0 ? S("earlier") : S("later"));
	}
	if (clock->becomes_overdue)
		H(b, " <strong>becomes overdue</strong>");
	if (clock->no_longer_overdue)
		H(b, " <strong>no longer overdue</strong>");
	bool both = clock->now != NULL && clock->then != NULL;
	if (both && clock->moved == 0 && !clock->becomes_overdue && !clock->no_longer_overdue)
		text(b, clock_state(clock->now, as_of) == clock_state(clock->then, as_of)
				? S("Counted otherwise, same date")
				: S("Another state"));
}

/* What no source carries is nobody's to do on that day. */
static bool waits(const struct clock *clock, day as_of)
{
	return clock != NULL && clock->doubt != DOUBT_NOT_CARRIED &&
		clock_is_open(clock_state(clock, as_of));
}

static bool is_running(const struct supposed_clock *clock, day as_of)
{
	return waits(clock->now, as_of) || waits(clock->then, as_of);
}

static void rows(struct page *page, const struct supposed *supposed, bool running)
{
	struct buf *b = page->out;
	H(b, "<table class=\"govuk-table app-what-if\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">What would change</caption><thead class=\"govuk-table__head\">"
	     "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Clock</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">As it is</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">As it would be</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Difference</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < supposed->n; i++) {
		const struct supposed_clock *clock = &supposed->item[i];
		if (clock->same || is_running(clock, supposed->as_of) != running)
			continue;
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		text(b, (clock->now != NULL ? clock->now : clock->then)->rule->title);
		H(b, "</th><td class=\"govuk-table__cell\">");
		side(page, clock->now, supposed->as_of);
		H(b, "</td><td class=\"govuk-table__cell\">");
		side(page, clock->then, supposed->as_of);
		H(b, "</td><td class=\"govuk-table__cell\">");
		difference(b, clock, supposed->as_of);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
}

static void answer(struct page *page, const struct asking *a)
{
	struct buf *b = page->out;
	struct supposed supposed;
	size_t running = 0;
	suppose(a->law, a->event, a->n, &a->coverage, page->today, a->supposition, a->suppositions,
		&supposed);
	for (size_t i = 0; i < supposed.n; i++)
		running += !supposed.item[i].same && is_running(&supposed.item[i], supposed.as_of);
	H(b, "<h2 class=\"govuk-heading-m\" id=\"answer\">");
	text(b, a->sentence);
	H(b, "</h2>\n<p class=\"govuk-body\">As it would stand on ");
	html_time(b, supposed.as_of);
	H(b, ". Nothing of this is stored.</p>\n");
	if (supposed.changed == 0) {
		govuk_inset_text(b, .text = S("No clock would change."));
	} else {
		if (running > 0) {
			show_wide_open(b, S("What would change"));
			rows(page, &supposed, true);
			show_wide_close(b);
		}
		if (supposed.changed > running) {
			govuk_details_open(b,
				&(struct govuk_details){ .summary_text = arena_format(page->arena,
					"%zu more, over or carried by no source",
					supposed.changed - running) });
			rows(page, &supposed, false);
			govuk_details_close(b);
		}
	}
	H(b, "<p class=\"govuk-body\">");
	text_int(b, (int64_t)(supposed.n - supposed.changed));
	H(b, " clocks stay as they are.</p>\n");
	supposed_close(&supposed);
}

/* ---- the form */

static enum govuk_choice box_wrong(const struct form_wrong *wrong, unsigned part)
{
	return wrong->message.n > 0 && (wrong->part & part) != 0 ? GOVUK_YES : GOVUK_DEFAULT;
}

static void errors(struct page *page, const struct asking *a)
{
	struct govuk_error error[2];
	size_t n = 0;
	if (a->what_wrong.n > 0)
		error[n++] = (struct govuk_error){ .text = a->what_wrong, .href = S("#what") };
	if (a->wrong.message.n > 0)
		error[n++] = (struct govuk_error){ .text = a->wrong.message,
			.href = a->wrong.part == PART_MONTH ? S("#on-month")
				: a->wrong.part == PART_YEAR ? S("#on-year") : S("#on-day") };
	if (n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"),
			.errors = error, .n_errors = n);
}

static void form(struct page *page, const struct asking *a)
{
	struct buf *b = page->out;
	const struct govuk_date_item day_box = { .name = S("day"), .value = a->boxes.day,
		.error = box_wrong(&a->wrong, PART_DAY) };
	const struct govuk_date_item month_box = { .name = S("month"), .value = a->boxes.month,
		.error = box_wrong(&a->wrong, PART_MONTH) };
	const struct govuk_date_item year_box = { .name = S("year"), .value = a->boxes.year,
		.error = box_wrong(&a->wrong, PART_YEAR) };
	H(b, "<form method=\"get\"");
	attr(b, "action", child_address(page, S("/what-if")));
	H(b, " novalidate class=\"app-no-print\">\n");
	govuk_select(b, .label = { .text = S("What would be otherwise?") }, .id = S("what"),
		.name = S("what"), .items = a->choice, .n_items = a->choices, .value = a->what,
		.error = { .text = a->what_wrong });
	govuk_date_input(b,
		.fieldset = &(struct govuk_fieldset){
			.legend = { .text = S("On which day?"),
				.classes = S("govuk-fieldset__legend--s") },
			.role = S("group") },
		.id = S("on"), .name_prefix = S("on"),
		.hint = { .text = S("It may be a day to come. Not needed for what never happened.") },
		.error = { .text = a->wrong.message }, .day = &day_box, .month = &month_box,
		.year = &year_box);
	govuk_button(b, .text = S("Show what would change"));
	H(b, "</form>\n");
}

void child_what_if_show(struct page *page)
{
	struct asking *a = arena_new(page->arena, struct asking);
	struct err err;
	if (!read(page, a, &err)) {
		page_failed(page, &err);
		return;
	}
	ask(page, a);
	bool bad = a->what_wrong.n > 0 || a->wrong.message.n > 0;
	page->layout.error = bad;
	if (bad)
		page->status = 422;
	child_open(page, TAB_CLOCKS, S("What if"), &a->people);
	errors(page, a);
	H(page->out, "<p class=\"govuk-body\">See which dates would move if something had happened, or "
		     "will happen, on another day.</p>\n");
	if (a->asked && !bad)
		answer(page, a);
	policy_line(page);
	form(page, a);
	H(page->out, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(page->out, "href", child_address(page, S("/clocks")));
	H(page->out, ">All clocks as they are</a></p>\n");
	child_close(page, S("look:what-if"));
}
