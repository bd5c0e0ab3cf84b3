/* book.c - a day for a meeting that is due: what the law allows, which days will do and why others
 * will not. Choosing one fills the form of a booking; a person books. */
#include "web/book.h"

#include "html/govuk_button.h"
#include "html/govuk_details.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_table.h"
#include "html/govuk_warning_text.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "web/child.h"
#include "web/hours.h"
#include "web/record.h"
#include "web/say.h"

/* ---- words */

static str kept(struct page *page, struct buf *words)
{
	str out = arena_str(page->arena, buf_view(words));
	buf_close(words);
	return out;
}

static str weekday_day(struct page *page, day on)
{
	return arena_format(page->arena, "%s %.*s", weekday_name(day_weekday(on)),
		STR_ARGS(day_text(page, on)));
}

static str chair_name(const struct plan *plan, size_t which)
{
	const struct booking_chair *chair = &plan->chairs.item[which];
	if (chair->name.n > 0)
		return chair->name;
	return plan_by_officer(plan) ? S("the reviewing officer") : S("the chair");
}

static str hours_words(struct page *page, const struct booking_chair *chair)
{
	struct buf words = { 0 };
	buf_hours_words(&words, chair->hours);
	if (!chair->hours_known)
		buf_lit(&words, " (taken, because no working pattern is recorded)");
	return kept(page, &words);
}

static str why_not(struct page *page, const struct plan *plan, const struct suggest_day *at)
{
	str name = chair_name(plan, 0);
	switch (at->verdict) {
	case SUGGEST_NOT_WORKING:
		return calendar_why_not(store_law(page->store)->calendar, at->on);
	case SUGGEST_EARLY:
		return S("Earlier than meetings are usually planned");
	case SUGGEST_AWAY:
		return at->until == DAY_UNKNOWN
			? arena_format(page->arena, "%.*s is leaving", STR_ARGS(name))
			: arena_format(page->arena, "%.*s is away until %.*s", STR_ARGS(name),
				  STR_ARGS(day_text(page, at->until)));
	case SUGGEST_OFF:
		return arena_format(page->arena, "%.*s does not work then, or not long enough",
			STR_ARGS(name));
	case SUGGEST_CHAIR_BUSY:
		return arena_format(page->arena, "%.*s is busy", STR_ARGS(name));
	case SUGGEST_CHILD_BUSY:
		return S("The child has another meeting");
	case SUGGEST_ROOM_BUSY:
		return S("No room is free");
	case SUGGEST_LAST:
		return S("The last lawful working day: an earlier day is free");
	case SUGGEST_FREE:
		break;
	}
	return (str){ 0 };
}

/* "Thursday 3 December 2026, 9:30am, Room 2" */
static str free_words(struct page *page, const struct plan *plan, const struct suggest_day *at)
{
	struct buf words = { 0 };
	buf_format(&words, "%.*s, ", STR_ARGS(weekday_day(page, at->on)));
	buf_minute_words(&words, at->start);
	if (plan->rooms.n > 0)
		buf_format(&words, ", %.*s", STR_ARGS(plan->rooms.item[at->room].name));
	return kept(page, &words);
}

/* What speaks for that day, and what against. */
static str free_hint(struct page *page, const struct plan *plan, const struct suggest_day *at)
{
	struct buf words = { 0 };
	if (at->late)
		buf_lit(&words, "After the due date: this would be booked late. ");
	if (at->last)
		buf_lit(&words, "The last lawful working day: no other is free. ");
	if (at->chair > 0)
		buf_format(&words, "%.*s stands in. ", STR_ARGS(chair_name(plan, at->chair)));
	if (at->sibling)
		buf_lit(&words, "A brother or sister has a meeting that day. ");
	if (!at->notice)
		buf_format(&words, "Less than %d working days for invitations. ", SUGGEST_NOTICE);
	return kept(page, &words);
}

/* ---- the top: what is due and what the law allows */

static str window_words(struct page *page, const struct plan *plan)
{
	const struct suggested *s = &plan->suggested;
	if (s->closes < s->opens)
		return arena_format(page->arena, "None is left: it was due by %.*s",
			STR_ARGS(day_text(page, s->closes)));
	return arena_format(page->arena, "%.*s to %.*s", STR_ARGS(day_text(page, s->opens)),
		STR_ARGS(day_text(page, s->closes)));
}

static str booked_words(struct page *page, const struct clock *clock)
{
	switch (clock_booking(clock)) {
	case BOOKING_IN_TIME:
		return arena_format(page->arena, "In time, for %.*s",
			STR_ARGS(weekday_day(page, clock->booked)));
	case BOOKING_LATE:
		return arena_format(page->arena, "Late, for %.*s",
			STR_ARGS(weekday_day(page, clock->booked)));
	case BOOKING_NONE:
		break;
	}
	return S("Not booked");
}

static str before_words(const struct plan *plan)
{
	if (plan->chairs.before.n == 0)
		return S("Not recorded");
	return str_equal(plan->chairs.before, plan->chairs.named)
		? S("The same person was named then")
		: plan->chairs.before;
}

static str source_words(struct page *page, const struct plan *plan)
{
	struct buf words = { 0 };
	buf_source(&words, plan->clock->rule);
	return kept(page, &words);
}

static void facts(struct page *page, const struct plan *plan)
{
	const struct clock *clock = plan->clock;
	struct govuk_summary_row row[10];
	size_t n = 0;
#define ROW(words, what) (row[n++] = (struct govuk_summary_row){ .key = { .text = words }, \
				  .value = { .text = (what) } })
	ROW(S("Due by"), day_text(page, clock->due));
	ROW(S("Days that the law allows"), window_words(page, plan));
	ROW(S("By"), source_words(page, plan));
	ROW(S("Booked"), booked_words(page, clock));
	ROW(plan_by_officer(plan) ? S("Reviewing officer") : S("Conference chair"),
		plan->chairs.named.n > 0 ? plan->chairs.item[0].name : S("Nobody is named"));
	ROW(S("Works"), hours_words(page, &plan->chairs.item[0]));
	if (clock->rule->base == BASE_PREVIOUS || clock->rule->chain != NULL)
		ROW(S("At the last meeting"), before_words(plan));
	if (plan->rooms.n == 0)
		ROW(S("Rooms"), S("No list of rooms is kept"));
#undef ROW
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
}

static void siblings(struct page *page, const struct plan *plan)
{
	struct buf *b = page->out;
	if (plan->siblings.n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Brothers and sisters</h2>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < plan->siblings.n; i++) {
		const struct sibling_due *due = &plan->siblings.item[i];
		struct clock clock = clock_blank;
		clock.due = due->due;
		clock.booked = due->booked;
		H(b, "<li>");
		text_child_name(b, due->forename, due->surname, due->number);
		H(b, ": ");
		text(b, due->rule->title);
		H(b, ", due by ");
		html_time(b, due->due);
		H(b, ". ");
		show_booking(b, clock_booking(&clock), due->booked);
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

/* ---- the choice */

static void hidden(struct buf *b, str name, str value)
{
	H(b, "<input type=\"hidden\"");
	attr(b, "name", name);
	attr(b, "value", value);
	H(b, ">\n");
}

static str day_value(struct page *page, day on)
{
	struct buf words = { 0 };
	buf_day(&words, on);
	return kept(page, &words);
}

/* What is booked already is moved: whoever is invited goes with it, and is told. */
static int64_t standing(const struct page *page, const struct plan *plan)
{
	for (size_t i = 0; i < plan->booked.n; i++) {
		const struct booked *booked = &plan->booked.item[i];
		if (booked->subject == page->id && booked->on == plan->clock->booked &&
			str_equal(booked->meeting, plan->clock->rule->booking))
			return booked->record;
	}
	return 0;
}

static str form_of_booking(struct page *page, const struct plan *plan)
{
	const struct clock *clock = plan->clock;
	int64_t record = standing(page, plan);
	if (record != 0)
		return arena_format(page->arena, "/children/%lld/records/%lld?move=1",
			(long long)page->id, (long long)record);
	str form = arena_format(page->arena, "/children/%lld/record/booking?meeting=%.*s",
		(long long)page->id, STR_ARGS(clock->rule->booking));
	/* A review of a child placed for adoption is booked in the period of care: the form asks which. */
	if (!clock_books_in_thread(clock))
		return form;
	return arena_format(page->arena, "%.*s&thread=%lld", STR_ARGS(form), (long long)clock->thread);
}

static void choice(struct page *page, const struct plan *plan, bool wrong)
{
	struct buf *b = page->out;
	const struct suggested *s = &plan->suggested;
	struct govuk_option option[BOOK_SHOWN];
	size_t n = s->n_best < BOOK_SHOWN ? s->n_best : BOOK_SHOWN;
	for (size_t i = 0; i < n; i++)
		option[i] = (struct govuk_option){ .text = free_words(page, plan, s->best[i]),
			.value = day_value(page, s->best[i]->on),
			.hint = { .text = free_hint(page, plan, s->best[i]) } };
	if (n > 0) {
		H(b, "<form method=\"get\"");
		attr(b, "action", child_address(page, S("/book")));
		H(b, " novalidate>\n<input type=\"hidden\" name=\"continue\" value=\"1\">\n");
		hidden(b, S("rule"), plan->clock->rule->id);
		hidden(b, S("thread"), arena_format(page->arena, "%lld",
			(long long)plan->clock->thread));
		if (form_has(&page->query, S("early")))
			hidden(b, S("early"), S("1"));
		const struct govuk_fieldset fieldset = { .legend = { .text = S("Which day?"),
			.classes = S("govuk-fieldset__legend--m") } };
		govuk_radios(b, .fieldset = &fieldset, .name = S("pick"), .id_prefix = S("pick"),
			.hint = { .text = S("The best first. Nothing is booked yet: you check the "
					    "booking on the next page.") },
			.error = { .text = wrong ? S("Select a day") : (str){ 0 } },
			.items = option, .n_items = n);
		govuk_button(b, .text = S("Continue"));
		H(b, "</form>\n");
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", form_of_booking(page, plan));
	H(b, ">Enter another day yourself</a></p>\n");
}

/* ---- every day that was looked at */

static void early_link(struct page *page, const struct plan *plan)
{
	struct buf *b = page->out;
	if (plan->planned == DAY_UNKNOWN)
		return;
	H(b, "<p class=\"govuk-body\">Meetings are usually planned from 8 weeks before they are due, "
	     "here from ");
	html_time(b, plan->planned);
	H(b, ". <a class=\"govuk-link\"");
	attr(b, "href", arena_format(page->arena, "/children/%lld/book?rule=%.*s&thread=%lld&early=1",
		(long long)page->id, STR_ARGS(plan->clock->rule->id),
		(long long)plan->clock->thread));
	H(b, ">Look at earlier days too</a></p>\n");
}

static void every_day(struct page *page, const struct plan *plan)
{
	struct buf *b = page->out;
	const struct suggested *s = &plan->suggested;
	govuk_details_open(b, &(struct govuk_details){ .summary_text = S("Every day, and why not") });
	const struct govuk_table_cell head[] = { { .text = S("Day") }, { .text = S("Will it do?") } };
	govuk_table_open(b, &(struct govuk_table){ .caption = S("Days that were looked at"),
		.caption_classes = S("govuk-visually-hidden"), .head = head, .n_head = 2 });
	for (size_t i = 0; i < s->n; i++) {
		const struct suggest_day *at = &s->day_of[i];
		if (at->verdict == SUGGEST_EARLY)
			continue; /* said in one sentence, and not for months */
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" "
		     "class=\"govuk-table__header\">");
		text(b, weekday_day(page, at->on));
		H(b, "</th><td class=\"govuk-table__cell\">");
		if (at->verdict == SUGGEST_FREE) {
			H(b, "<strong>Yes</strong>, from ");
			struct buf time = { 0 };
			buf_minute_words(&time, at->start);
			text(b, buf_view(&time));
			buf_close(&time);
			H(b, ". ");
			text(b, free_hint(page, plan, at));
		} else {
			text(b, why_not(page, plan, at));
		}
		H(b, "</td></tr>\n");
	}
	govuk_table_close(b);
	govuk_details_close(b);
}

/* ---- the page */

static void draw(struct page *page, const struct plan *plan, bool wrong)
{
	struct buf *b = page->out;
	page->layout.error = wrong;
	page->status = wrong ? 422 : 200;
	record_page_open(page, S("Book a meeting"));
	if (wrong)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = S("Select a day"), .href = S("#pick") }));
	record_heading(page, arena_format(page->arena, "Book: %.*s",
		STR_ARGS(plan->clock->rule->title)));
	const struct suggested *s = &plan->suggested;
	if (s->n_best == 0)
		govuk_warning_text(b, .text = S("No free day was found, before the due date or in the "
						"four weeks after it. Ask somebody to stand in, or "
						"enter a day yourself."));
	else if (s->best[0]->late)
		govuk_warning_text(b, .text = s->closes < s->opens
			? S("The due date has passed. Every day is late: the earliest is the best.")
			: S("No day that the law allows is free. These days are late: could somebody "
			    "stand in?"));
	choice(page, plan, wrong);
	early_link(page, plan);
	siblings(page, plan);
	H(b, "<h2 class=\"govuk-heading-m\">What the days come from</h2>\n");
	facts(page, plan);
	every_day(page, plan);
	record_page_close(page);
}

/* Which of the meetings that wait. */
static void choose_meeting(struct page *page, const struct plan *plan)
{
	struct buf *b = page->out;
	record_page_open(page, S("Book a meeting"));
	record_heading(page, S("Book a meeting"));
	if (plan->due == 0)
		H(b, "<p class=\"govuk-body\">No review or conference of this child waits to be "
		     "booked.</p>\n");
	else
		H(b, "<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < plan->clocks.n; i++) {
		const struct clock *clock = &plan->clocks.item[i];
		if (!plan_waits(clock, page->today))
			continue;
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena,
			"/children/%lld/book?rule=%.*s&thread=%lld", (long long)page->id,
			STR_ARGS(clock->rule->id), (long long)clock->thread));
		H(b, ">");
		text(b, clock->rule->title);
		H(b, "</a>, due by ");
		html_time(b, clock->due);
		H(b, ". ");
		show_booking(b, clock_booking(clock), clock->booked);
		H(b, "</li>\n");
	}
	if (plan->due > 0)
		H(b, "</ul>\n");
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", child_address(page, S("/record/booking")));
	H(b, ">Book another meeting</a></p>\n");
	record_page_close(page);
}

/* To the form of a booking, with what was chosen. */
static bool picked(struct page *page, const struct plan *plan, str pick)
{
	const struct suggested *s = &plan->suggested;
	struct err none;
	day on;
	if (!day_read(pick, &on, &none))
		return false;
	for (size_t i = 0; i < s->n_best; i++) {
		const struct suggest_day *at = s->best[i];
		if (at->on != on)
			continue;
		struct civil civil = day_civil(on);
		struct buf to = { 0 };
		buf_format(&to, "%.*s&on-day=%d&on-month=%d&on-year=%d&starts=%02d:%02d&minutes=%d",
			STR_ARGS(form_of_booking(page, plan)), civil.day, civil.month,
			civil.year, at->start / 60, at->start % 60, plan->minutes);
		if (plan->rooms.n > 0) {
			buf_lit(&to, "&room=");
			html_url(&to, plan->rooms.item[at->room].name);
		}
		if (at->chair > 0) {
			buf_lit(&to, "&chair=");
			html_url(&to, plan->chairs.item[at->chair].name);
		}
		page_redirect(page, kept(page, &to));
		return true;
	}
	return false;
}

void book_show(struct page *page)
{
	struct plan plan;
	struct err err;
	if (!plan_make(page, &plan, &err)) {
		page_failed(page, &err);
		return;
	}
	str pick = form_value(&page->query, S("pick"));
	if (plan.clock == NULL)
		choose_meeting(page, &plan);
	else if (pick.n == 0 || !picked(page, &plan, pick))
		draw(page, &plan, form_has(&page->query, S("continue")));
}
