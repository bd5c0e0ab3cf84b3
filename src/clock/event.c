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
static void insertion_sort(struct event *event, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct event moving = event[i];
		size_t at = i;
		for (; at > 0 && compare(&event[at - 1], &moving) > 0; at--)
			event[at] = event[at - 1];
		event[at] = moving;
	}
}

static bool is_repeat(const struct event *a, const struct event *b)
{
	return a->word == b->word && a->thread == b->thread && a->on == b->on && a->at == b->at &&
		a->link == b->link && (a->word != WORD_MEETING_BOOKED || str_equal(a->detail, b->detail));
}

size_t events_sort(struct event *event, size_t n)
{
	insertion_sort(event, n);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && is_repeat(&event[kept - 1], &event[i])) {
			if (event[kept - 1].detail.n == 0)
				event[kept - 1].detail = event[i].detail;
			continue;
		}
		event[kept++] = event[i];
	}
	return kept;
}
