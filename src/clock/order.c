/* order.c - clocks are made event by event, and wanted rule by rule: each is put on its rule's shelf,
 * and the shelves are read in the order of their ids. A child long looked after has hundreds of clocks,
 * on which comparing each with the others took a quarter of the whole time. */
#include "base/mem.h"
#include "clock/sight.h"

#define NONE UINT32_MAX

/* Of two clocks of one rule. */
static bool before(const struct clock *a, const struct clock *b)
{
	if (a->from != b->from)
		return a->from < b->from;
	if (a->from_at != b->from_at)
		return a->from_at < b->from_at;
	return a->thread < b->thread;
}

static void make_room(struct order *order, size_t rules, size_t n)
{
	if (rules > order->rules) {
		order->rules = rules;
		order->first = mem_resize(order->first, rules, sizeof *order->first);
		order->last = mem_resize(order->last, rules, sizeof *order->last);
		mem_free(order->filled);
		order->filled = mem_alloc(rules / 64 + 1, sizeof *order->filled);
	}
	if (n > order->room) {
		must(n < NONE / 2);
		order->room = n * 2;
		order->next = mem_resize(order->next, order->room, sizeof *order->next);
		order->place = mem_resize(order->place, order->room, sizeof *order->place);
	}
}

/* Mostly it comes after all that are there: events are gone through by date. */
static void put(struct order *order, const struct clock *clock, uint32_t i)
{
	unsigned rank = clock[i].rule->rank;
	uint64_t bit = (uint64_t)1 << rank % 64;
	order->next[i] = NONE;
	if ((order->filled[rank / 64] & bit) == 0) {
		order->filled[rank / 64] |= bit;
		order->first[rank] = order->last[rank] = i;
		return;
	}
	if (!before(&clock[i], &clock[order->last[rank]])) {
		order->next[order->last[rank]] = i;
		order->last[rank] = i;
		return;
	}
	uint32_t *link = &order->first[rank];
	while (!before(&clock[i], &clock[*link]))
		link = &order->next[*link];
	order->next[i] = *link;
	*link = i;
}

/* Empties the shelves in order: place[0] is the clock that goes first. */
static void take_all(struct order *order)
{
	uint32_t *place = order->place;
	for (size_t word = 0; word <= order->rules / 64; word++) {
		for (uint64_t left = order->filled[word]; left != 0; left &= left - 1) {
			size_t rank = word * 64 + (size_t)__builtin_ctzll(left);
			for (uint32_t i = order->first[rank]; i != NONE; i = order->next[i])
				*place++ = i;
		}
		order->filled[word] = 0;
	}
}

/* Each clock is moved once: one is lifted out, and into every place that falls free goes its own. */
static void move(uint32_t *place, struct clock *clock, size_t n)
{
	for (uint32_t start = 0; start < n; start++) {
		if (place[start] == start)
			continue;
		struct clock lifted = clock[start];
		uint32_t to = start;
		while (place[to] != start) {
			uint32_t from = place[to];
			clock[to] = clock[from];
			place[to] = to;
			to = from;
		}
		clock[to] = lifted;
		place[to] = to;
	}
}

void order_sort(struct order *order, const struct rules *rules, struct clock *clock, size_t n)
{
	make_room(order, rules->n, n);
	for (uint32_t i = 0; i < n; i++)
		put(order, clock, i);
	take_all(order);
	move(order->place, clock, n);
}

void order_close(struct order *order)
{
	mem_free(order->first);
	mem_free(order->last);
	mem_free(order->filled);
	mem_free(order->next);
	mem_free(order->place);
}
