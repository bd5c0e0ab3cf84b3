/* book_plan.c - out of the store, what a day for a meeting is chosen from; then the pure function. */
#include "web/book.h"

#include "base/utf8.h"

/* Reviews of months are planned some weeks before they are due, and not half a year; a limit in
 * working days leaves no time to wait. The council's own custom: no law says so. */
enum { PLANNED_DAYS = 56 };

bool plan_waits(const struct clock *clock, day today)
{
	enum clock_state state = clock_state(clock, today);
	return clock->rule->booking.n > 0 && clock->due != DAY_UNKNOWN &&
		(state == CLOCK_DUE || state == CLOCK_OVERDUE);
}

bool plan_by_officer(const struct plan *plan)
{
	return booking_is_by_officer(plan->clock->rule->booking, true);
}

/* The one that is named, or the only one that there is. */
static void find_clock(struct page *page, struct plan *plan)
{
	str rule = form_value(&page->query, S("rule"));
	int64_t thread;
	bool threaded = str_int(form_value(&page->query, S("thread")), &thread);
	const struct clock *only = NULL;
	for (size_t i = 0; i < plan->clocks.n; i++) {
		const struct clock *clock = &plan->clocks.item[i];
		if (!plan_waits(clock, page->today))
			continue;
		plan->due++;
		only = clock;
		if (str_equal(clock->rule->id, rule) && (!threaded || clock->thread == thread))
			plan->clock = clock;
	}
	if (rule.n == 0 && plan->due == 1)
		plan->clock = only;
}

static str fold(struct page *page, str name)
{
	struct buf key = { 0 };
	buf_utf8_fold(&key, name);
	str kept = arena_str(page->arena, buf_view(&key));
	buf_close(&key);
	return kept;
}

/* ---- what is taken */

struct taking {
	struct page *page;
	const struct plan *plan;
	struct suggest_busy *busy;
	size_t n;
};

static void take(struct taking *taking, const struct booked *booked, enum suggest_whom whom,
	size_t which)
{
	taking->busy[taking->n++] = (struct suggest_busy){ whom, which, booked->on, booked->start,
		booked->start < 0 ? 0 : booked->start + booked->minutes };
}

static void take_room(struct taking *taking, const struct booked *booked)
{
	if (booked->room.n == 0)
		return;
	str key = fold(taking->page, booked->room);
	for (size_t i = 0; i < taking->plan->rooms.n; i++) {
		if (str_equal(taking->plan->rooms.item[i].name_key, key))
			take(taking, booked, BUSY_ROOM, i);
	}
}

/* The booking that is looked for anew is in nobody's way. */
static bool is_this_one(const struct taking *taking, const struct booked *booked)
{
	return booked->subject == taking->page->id &&
		str_equal(booked->meeting, taking->plan->clock->rule->booking);
}

static void take_all(struct taking *taking)
{
	const struct plan *plan = taking->plan;
	for (size_t i = 0; i < plan->booked.n; i++) {
		const struct booked *booked = &plan->booked.item[i];
		if (is_this_one(taking, booked))
			continue;
		if (booked->subject == taking->page->id)
			take(taking, booked, BUSY_CHILD, 0);
		take_room(taking, booked);
		if (booked->sibling)
			take(taking, booked, BUSY_SIBLING, 0);
		/* A brother's or sister's meeting at a time nobody wrote is no clash: this one is to
		 * be on the same day. */
		for (size_t k = 0; k < plan->chairs.n; k++) {
			if (!(booked->sibling && booked->start < 0) &&
				booking_chairs_it(taking->page->arena,
					&plan->chairs.item[k], booked))
				take(taking, booked, BUSY_CHAIR, k);
		}
	}
}

/* ---- asking */

static const struct suggest_chair *chairs_of(struct page *page, const struct plan *plan)
{
	struct suggest_chair *chair = arena_take(page->arena, plan->chairs.n, sizeof *chair);
	for (size_t i = 0; i < plan->chairs.n; i++)
		chair[i] = booking_days_of(&plan->chairs.item[i]);
	return chair;
}

static day planned(const struct page *page, const struct clock *clock)
{
	if (clock->rule->limit.unit != UNIT_MONTHS || form_has(&page->query, S("early")))
		return DAY_UNKNOWN;
	day from = clock->due - PLANNED_DAYS;
	return from > page->today + 1 && from > clock->from ? from : DAY_UNKNOWN;
}

static void suggest(struct page *page, struct plan *plan)
{
	const struct clock *clock = plan->clock;
	struct taking taking = { .page = page, .plan = plan,
		.busy = arena_take(page->arena, plan->booked.n * (plan->chairs.n + 3) + 1,
			sizeof *taking.busy) };
	take_all(&taking);
	plan->minutes = booking_minutes(clock->rule->booking);
	plan->planned = planned(page, clock);
	struct suggest_asked asked = { .calendar = store_law(page->store)->calendar,
		.today = page->today,
		.after = clock->from,
		.due = clock->due,
		.planned = plan->planned,
		.minutes = plan->minutes,
		.chair = chairs_of(page, plan),
		.chairs = plan->chairs.n,
		.rooms = plan->rooms.n,
		.busy = taking.busy,
		.n_busy = taking.n };
	suggest_days(page->arena, &asked, &plan->suggested);
}

static day latest(day a, day b)
{
	return a > b ? a : b;
}

bool plan_make(struct page *page, struct plan *plan, struct err *err)
{
	*plan = (struct plan){ 0 };
	if (!store_clocks(page->store, page->arena, page->id, &plan->clocks, err))
		return false;
	find_clock(page, plan);
	if (plan->clock == NULL)
		return true;
	const struct clock *clock = plan->clock;
	/* Late days are looked at for a month after the window. */
	day to = latest(latest(page->today, clock->due), clock->booked) + 45;
	struct booking_who who = { .subject = page->id,
		.as_officer = plan_by_officer(plan),
		.before = ((instant)clock->from + 1) * INSTANT_DAY,
		.from = page->today };
	if (!store_booking_chairs(page->store, page->arena, &who, &plan->chairs, err) ||
		!store_booked(page->store, page->arena, &page->actor, page->id, page->today, to,
			&plan->booked, err) ||
		!store_rooms(page->store, page->arena, page->child.authority, false, &plan->rooms,
			err) ||
		!store_siblings_due(
			page->store, page->arena, &page->actor, page->id, &plan->siblings, err))
		return false;
	suggest(page, plan);
	return true;
}
