/* child_check.c - what the rules of the returns say of one child while a record of theirs is saved.
 *
 * usage: perf-child_check FOLDER, a store of the demonstration. The latest record (of a day that has rules) of each kind that the check is
 * asked of, of each child who has one, is checked as if it were being saved again. Prints one JSON object: the
 * microseconds that a check took (the quickest of some rounds of each: half of them took less, nine in ten, and
 * all but one in a hundred), and how many there were.
 */
#include "../store/place.h"
#include "job/quality_child.h"
#include "record/types.h"
#include "store/children.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CHILDREN = 400, EVERY = 4, ROUNDS = 5, MOST = CHILDREN * 8 };

static const struct record_type *const types[] = { &cla_review_type, &placement_type, &cp_plan_type,
	&section47_type, &referral_type };
enum { TYPES = sizeof types / sizeof *types };

static double microseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int smaller(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static size_t warnings;

static double check(struct place *place, int64_t subject, str number, const struct record_type *type,
	const struct stored *last)
{
	double best = 1e12;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena *arena = arena_open((size_t)1 << 26);
		struct quality_warnings out;
		double began = microseconds();
		OK(quality_of_child(place->store, arena, S("999"), subject, number, type, last->id, last->record, &out, ERR));
		double took = microseconds() - began;
		best = took < best ? took : best;
		warnings += out.n;
		arena_close(arena);
	}
	return best;
}

/* ---- whose */

struct children {
	struct arena *arena;
	int64_t subject[CHILDREN];
	str number[CHILDREN];
	size_t n, seen;
};

/* One in so many, so that all kinds of children are among them. */
static bool take(void *to, const struct told_child *child, struct err *err)
{
	struct children *children = to;
	(void)err;
	if (children->seen++ % EVERY == 0 && children->n < CHILDREN) {
		children->subject[children->n] = child->subject;
		children->number[children->n++] = arena_str(children->arena, child->number);
	}
	return true;
}

int main(int argc, char **argv)
{
	static struct children children;
	static double took[MOST];
	size_t n = 0;
	if (argc != 2)
		return 2;
	struct place *place = place_new();
	rmdir(place->dir);
	snprintf(place->dir, sizeof place->dir, "%s", argv[1]);
	place_open_store(place, STORE_READ);
	children.arena = place->arena;
	const struct record_type *const child = &child_type;
	OK(store_each_child(place->store, &(struct children_asked){ S("999"), &child, 1 }, take, &children, ERR));
	for (size_t i = 0; i < children.n; i++) {
		for (size_t t = 0; t < TYPES; t++) {
			struct arena *arena = arena_open((size_t)1 << 26);
			struct stored_list list;
			OK(store_records_joined(place->store, arena, children.subject[i], types[t], &list, ERR));
			day on = list.n == 0 ? DAY_UNKNOWN : mend_day(types[t], list.item[list.n - 1].record);
			if (on >= day_of(2023, 4, 1) && on <= instant_day(place->now))
				took[n++] = check(place, children.subject[i], children.number[i], types[t],
					&list.item[list.n - 1]);
			arena_close(arena);
		}
	}
	must(n > 0);
	qsort(took, n, sizeof *took, smaller);
	printf("{\"checks\": %zu, \"half\": %.1f, \"nine in ten\": %.1f, \"all but one in 100\": %.1f, \"warnings\": %zu}\n", n,
		took[n / 2], took[n * 9 / 10], took[n * 99 / 100], warnings / ROUNDS);
	return 0;
}
