#include "returns/ssda903/footing.h"

#include <stdlib.h>

/* What stands from a day on; DAY_MIN: since a day before any that is known. */
struct since {
	day from;
	str legal;
};

struct stay {
	day from, to; /* DAY_MIN; DAY_MAX: it lasts */
	const struct placement *place;
};

struct telling {
	const struct told *care; /* its record and id */
	const struct care_period *period;
	struct since *legal;
	size_t legals;
	struct stay *stay;
	size_t stays;
	day *turn; /* the days on which something changes, in order, each once */
	size_t turns;
};

static int by_day(day a, day b)
{
	return (a > b) - (a < b);
}

static int compare_since(const void *a, const void *b)
{
	return by_day(((const struct since *)a)->from, ((const struct since *)b)->from);
}

static int compare_stay(const void *a, const void *b)
{
	const struct stay *x = a, *y = b;
	int order = by_day(x->from, y->from);
	return order != 0 ? order : by_day(x->to, y->to);
}

static int compare_day(const void *a, const void *b)
{
	return by_day(*(const day *)a, *(const day *)b);
}

static day from_of(day d)
{
	return d == DAY_UNKNOWN ? DAY_MIN : d;
}

static day to_of(day d)
{
	return d == DAY_UNKNOWN ? DAY_MAX : d;
}

static void gather_legal(struct arena *arena, const struct told_child *child, struct telling *t)
{
	const struct told_list *list = &child->of[legal_status_type.index];
	t->legal = arena_take(arena, list->n + 1, sizeof *t->legal);
	if (t->period->legal.n > 0)
		t->legal[t->legals++] = (struct since){ from_of(t->period->began), t->period->legal };
	for (size_t i = 0; i < list->n; i++) {
		const struct legal_status *status = list->item[i].record;
		if (status->care.id == t->care->id && status->changed != DAY_UNKNOWN)
			t->legal[t->legals++] = (struct since){ status->changed, status->code };
	}
	if (t->legals > 0)
		qsort(t->legal, t->legals, sizeof *t->legal, compare_since);
}

static void gather_stays(struct arena *arena, const struct told_child *child, struct telling *t)
{
	const struct told_list *list = &child->of[placement_type.index];
	t->stay = arena_take(arena, list->n + 1, sizeof *t->stay);
	for (size_t i = 0; i < list->n; i++) {
		const struct placement *place = list->item[i].record;
		if (place->care.id == t->care->id)
			t->stay[t->stays++] = (struct stay){ from_of(place->began),
				to_of(place->ended), place };
	}
	if (t->stays > 0)
		qsort(t->stay, t->stays, sizeof *t->stay, compare_stay);
}

/* On that day, an end counting before a start: the last that began. */
static const struct placement *place_on(const struct telling *t, day on)
{
	for (size_t i = t->stays; i-- > 0;) {
		if (t->stay[i].from <= on && on < t->stay[i].to)
			return t->stay[i].place;
	}
	return NULL;
}

static str legal_on(const struct telling *t, day on)
{
	str legal = { 0 };
	for (size_t i = 0; i < t->legals && t->legal[i].from <= on; i++)
		legal = t->legal[i].legal;
	return legal;
}

/* A status that repeats the one before it is no change. */
static bool is_change(const struct telling *t, size_t i)
{
	return i == 0 || !str_equal(t->legal[i].legal, t->legal[i - 1].legal);
}

static void add_turn(struct telling *t, day on)
{
	day end = to_of(t->period->ended);
	if (on >= from_of(t->period->began) && on < end)
		t->turn[t->turns++] = on;
}

/* Of a period whose first day no source tells, it is told from when legal status and placement are known
 * together: before that there is nothing to tell. */
static void drop_untold(struct telling *t)
{
	size_t first = 0;
	while (t->period->began == DAY_UNKNOWN && first + 1 < t->turns &&
		(place_on(t, t->turn[first]) == NULL || legal_on(t, t->turn[first]).n == 0))
		first++;
	t->turn += first;
	t->turns -= first;
}

static void gather_turns(struct arena *arena, struct telling *t)
{
	t->turn = arena_take(arena, t->legals + 2 * t->stays + 1, sizeof *t->turn);
	add_turn(t, from_of(t->period->began));
	for (size_t i = 0; i < t->legals; i++) {
		if (is_change(t, i))
			add_turn(t, t->legal[i].from);
	}
	for (size_t i = 0; i < t->stays; i++) {
		add_turn(t, t->stay[i].from);
		if (t->stay[i].to < DAY_MAX)
			add_turn(t, t->stay[i].to);
	}
	if (t->turns > 0)
		qsort(t->turn, t->turns, sizeof *t->turn, compare_day);
	size_t kept = 0;
	for (size_t i = 0; i < t->turns; i++) {
		if (kept == 0 || t->turn[kept - 1] != t->turn[i])
			t->turn[kept++] = t->turn[i];
	}
	t->turns = kept;
	drop_untold(t);
}

/* Why a new episode began: RNE. */
static str reason_began(const struct telling *t, day on, const struct placement *place)
{
	bool turned = false;
	if (on == from_of(t->period->began))
		return t->period->began == DAY_UNKNOWN ? (str){ 0 } : S("S");
	for (size_t i = 0; i < t->legals; i++)
		turned = turned || (t->legal[i].from == on && is_change(t, i));
	bool moved = place == NULL || place->began == on;
	if (!moved)
		return S("L");
	bool same = place != NULL && place->same_carer == ANSWER_YES;
	return turned ? same ? S("U") : S("B") : same ? S("T") : S("P");
}

static void tell(struct telling *t, struct footings *out)
{
	for (size_t i = 0; i < t->turns; i++) {
		day on = t->turn[i];
		bool last = i + 1 == t->turns;
		const struct placement *place = place_on(t, on);
		day ended = last ? t->period->ended : t->turn[i + 1];
		out->item[out->n++] = (struct footing){ .began = on == DAY_MIN ? DAY_UNKNOWN : on,
			.ended = ended,
			.rne = reason_began(t, on, place),
			.legal = legal_on(t, on),
			.rec = last ? t->period->end_reason : S("X1"),
			.care = t->period,
			.place = place,
			.moves = !last && place != NULL && place->ended == ended };
	}
}

static int compare_footing(const void *a, const void *b)
{
	const struct footing *x = a, *y = b;
	int order = by_day(from_of(x->began), from_of(y->began));
	return order != 0 ? order : by_day(to_of(x->ended), to_of(y->ended));
}

void footings_of(struct arena *arena, const struct told_child *child, struct footings *out)
{
	const struct told_list *cares = &child->of[care_period_type.index];
	size_t room = child->of[legal_status_type.index].n + 2 * child->of[placement_type.index].n +
		2 * cares->n;
	*out = (struct footings){ .item = arena_take(arena, room + 1, sizeof *out->item) };
	for (size_t i = 0; i < cares->n; i++) {
		struct telling t = { .care = &cares->item[i], .period = cares->item[i].record };
		gather_legal(arena, child, &t);
		gather_stays(arena, child, &t);
		gather_turns(arena, &t);
		tell(&t, out);
	}
	if (out->n > 0)
		qsort(out->item, out->n, sizeof *out->item, compare_footing);
}
