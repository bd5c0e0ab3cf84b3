#include "job/tracker_example.h"

#include "base/csv.h"

static const char *const agreed[] = { "Life story work to begin", "Passport application to be sent",
	"Sibling contact plan to be written down", "School to hold a PEP meeting",
	"Dental check to be arranged", "Savings account to be opened",
	"Referral to the advocate to be made", "Contact with grandparents to be risk assessed" };
static const char *const owners[] = { "SW", "Foster carer", "School", "IRO", "Team manager" };

struct writing {
	struct arena *arena;
	const struct tracker_facts *facts;
	day today;
	struct csv_out csv;
};

/* A number that differs from child to child, and not from day to day. */
static uint64_t chance(int64_t subject, uint64_t salt)
{
	uint64_t x = (uint64_t)subject * 0x9E3779B97F4A7C15u + salt * 0xD1B54A32D192ED03u;
	x ^= x >> 31;
	x *= 0x94D049BB133111EBu;
	return x ^ x >> 29;
}

/* "3/12/26", "03.12.2026", "3 Dec 2026": one hand writes dates in three ways. */
static str day_text(struct writing *w, day d, uint64_t way)
{
	if (d == DAY_UNKNOWN)
		return (str){ 0 };
	struct civil c = day_civil(d);
	if (way % 4 == 0)
		return arena_format(w->arena, "%d/%d/%02d", c.day, c.month, c.year % 100);
	if (way % 4 == 1)
		return arena_format(w->arena, "%d %.3s %d", c.day, month_name(c.month), c.year);
	return arena_format(w->arena, "%02d/%02d/%04d", c.day, c.month, c.year);
}

static day last_of(const struct writing *w, int64_t subject, size_t before)
{
	day held[64];
	size_t n = 0;
	for (size_t i = 0; i < w->facts->helds && n < 64; i++) {
		if (w->facts->held[i].subject == subject && w->facts->held[i].on <= w->today)
			held[n++] = w->facts->held[i].on;
	}
	return n > before ? held[n - 1 - before] : DAY_UNKNOWN;
}

static const struct tracker_clock *clock_of(const struct writing *w, int64_t subject)
{
	const struct tracker_clock *best = NULL;
	for (size_t i = 0; i < w->facts->clocks; i++) {
		const struct tracker_clock *clock = &w->facts->clock[i];
		if (clock->subject == subject && clock->due != DAY_UNKNOWN &&
			(best == NULL || clock->due < best->due))
			best = clock;
	}
	return best;
}

/* Mostly in time; some late, some not at all, some that the council's data has otherwise. */
static day next_of(const struct writing *w, const struct tracker_clock *clock, uint64_t luck)
{
	if (clock == NULL || luck % 11 == 0)
		return DAY_UNKNOWN;
	if (clock->booked >= w->today && luck % 7 != 0)
		return clock->booked;
	if (luck % 9 == 0)
		return day_add(clock->due < w->today ? w->today : clock->due, 6 + (int)(luck % 8));
	day early = day_add(clock->due, -3 - (int)(luck % 9));
	return early > w->today ? early : day_add(w->today, 4 + (int)(luck % 12));
}

static str actions_of(struct writing *w, int64_t subject, uint64_t luck, day last)
{
	struct buf text = { 0 };
	size_t n = luck % 4;
	for (size_t i = 0; i < n; i++) {
		/* Most were agreed at the last meeting; some three meetings ago. */
		day set = luck % 5 == i ? last_of(w, subject, 3) : last;
		if (i > 0)
			buf_char(&text, '\n');
		buf_format(&text, "%zu. %s", i + 1, agreed[(luck + i * 3) % 8]);
		if (set != DAY_UNKNOWN)
			buf_format(&text, " (agreed %d %s %d)", day_civil(set).day,
				month_name(day_civil(set).month), day_civil(set).year);
		if (luck % 13 == i)
			buf_lit(&text, " - done");
	}
	str kept = arena_str(w->arena, buf_view(&text));
	buf_close(&text);
	return kept;
}

static void put_child(struct writing *w, const struct tracker_child *child)
{
	uint64_t luck = chance(child->subject, 1);
	const struct tracker_clock *clock = clock_of(w, child->subject);
	day last = last_of(w, child->subject, 0);
	day born = child->born;
	/* Slips of the pen: a day too many, in a birthday or in the date of a review. */
	if (luck % 31 == 5 && born != DAY_UNKNOWN)
		born = day_add(born, 1);
	csv_put(&w->csv, luck % 6 == 1 ? (str){ 0 } : child->number);
	csv_put(&w->csv, luck % 3 == 0 ? arena_format(w->arena, "%.*s, %.*s", STR_ARGS(child->surname),
						 STR_ARGS(child->forename))
				       : arena_format(w->arena, "%.*s %.*s", STR_ARGS(child->forename),
						 STR_ARGS(child->surname)));
	csv_put(&w->csv, day_text(w, born, luck / 7));
	csv_put(&w->csv, child->looked_after ? S("CLA") : S("CP"));
	csv_put(&w->csv, day_text(w, luck % 17 == 3 && last != DAY_UNKNOWN ? day_add(last, 1) : last,
				 luck / 11));
	day next = next_of(w, clock, luck);
	csv_put(&w->csv, next == DAY_UNKNOWN && luck % 2 == 0 ? S("tbc") : day_text(w, next, luck / 13));
	csv_put(&w->csv, actions_of(w, child->subject, luck, last));
	csv_put(&w->csv, str_of(owners[luck / 3 % 5]));
	csv_put_end(&w->csv);
}

void tracker_example(struct arena *arena, const struct tracker_children *children,
	const int64_t *subject, size_t n, const struct tracker_facts *facts, day today,
	struct buf *out)
{
	struct writing w = { .arena = arena, .facts = facts, .today = today,
		.csv = { .buf = out, .safe = true } };
	static const char *const headings[] = { "LCS no.", "Child", "D.O.B.", "CLA / CP", "Last review",
		"Next review booked", "Outstanding actions", "By whom" };
	csv_put(&w.csv, S("My children - updated on Fridays"));
	csv_put_end(&w.csv);
	csv_put_end(&w.csv);
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		csv_put(&w.csv, str_of(headings[i]));
	csv_put_end(&w.csv);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < children->n; j++) {
			if (children->item[j].subject == subject[i])
				put_child(&w, &children->item[j]);
		}
	}
	/* Two who moved away, or were never here. */
	static const char *const gone[][3] = { { "", "Wren Ashdown", "04/05/2014" },
		{ "99000017", "HOLLIS, Teddy", "17 Aug 2011" } };
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < 3; j++)
			csv_put(&w.csv, str_of(gone[i][j]));
		csv_put(&w.csv, S("CLA"));
		csv_put_end(&w.csv);
	}
}
