#include "clock/event.h"

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare(const struct event *a, const struct event *b)
{
	if (a->on != b->on)
		return order(a->on, b->on);
	int by = order(word_rows[a->word].order, word_rows[b->word].order);
	if (by == 0)
		by = order(a->at, b->at);
	if (by == 0)
		by = order(a->word, b->word);
	if (by == 0)
		by = order(a->thread, b->thread);
	return by == 0 ? order(a->id, b->id) : by;
}

/* A subject has tens of events, mostly in order already: insertion needs no second array. */
static void insertion_sort(struct event *event, size_t sorted, size_t n)
{
	for (size_t i = sorted; i < n; i++) {
		struct event moving = event[i];
		size_t at = i;
		for (; at > 0 && compare(&event[at - 1], &moving) > 0; at--)
			event[at] = event[at - 1];
		event[at] = moving;
	}
}

/* One source may know the hour or the meeting's own record where another does not; two hours are two
 * facts. */
static bool is_repeat(const struct event *a, const struct event *b)
{
	return a->word == b->word && a->thread == b->thread &&
		(a->at == b->at || a->at == INSTANT_UNKNOWN) && /* without an hour comes first */
		(a->link == b->link || a->link == 0 || b->link == 0) &&
		(a->word != WORD_MEETING_BOOKED || str_equal(a->detail, b->detail));
}

/* The first keeps its place and its detail, and gains what only the other knows. */
static void join(struct event *first, const struct event *repeat)
{
	if (first->detail.n == 0)
		first->detail = repeat->detail;
	if (first->at == INSTANT_UNKNOWN)
		first->at = repeat->at;
	if (first->link == 0)
		first->link = repeat->link;
	first->from_file &= repeat->from_file;
}

size_t events_sort(struct event *event, size_t n)
{
	return events_add(event, 0, n);
}

size_t events_add(struct event *event, size_t sorted, size_t n)
{
	insertion_sort(event, sorted, n);
	size_t kept = 0, day_start = 0;
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && event[kept - 1].on != event[i].on)
			day_start = kept;
		size_t at = day_start;
		while (at < kept && !is_repeat(&event[at], &event[i]))
			at++;
		if (at < kept)
			join(&event[at], &event[i]);
		else
			event[kept++] = event[i];
	}
	return kept;
}
