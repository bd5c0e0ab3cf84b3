/* saver.c - saves until it is killed, and says what was acknowledged; or looks what is left of it.
 *
 * usage: crash-saver save FOLDER FIRST   adds children FIRST, FIRST+1 ..., three records and a review
 *                                        each, prints the number of each once its save is durable
 *        crash-saver check FOLDER        reads such numbers; prints how many are lost, how many
 *                                        children are there in part, and how many there are
 */
#include "../store/family.h"

static void place_at(struct place *place, const char *folder)
{
	rmdir(place->dir);
	snprintf(place->dir, sizeof place->dir, "%s", folder);
	place_open_store(place, STORE_CREATE);
}

static void save_on(struct place *place, int first)
{
	for (int n = first;; n++) {
		char number[16];
		snprintf(number, sizeof number, "C%d", n);
		add_child(place, number, day_of(2026, 3, 1), day_of(2026, 3, 20));
		printf("%d\n", n);
		fflush(stdout);
		arena_reset(place->arena);
	}
}

static size_t records_of(struct place *place, int64_t subject, const struct record_type *type)
{
	struct stored_list list;
	OK(store_records(place->store, place->arena, subject, type, &list, ERR));
	return list.n;
}

/* All four records of a child, its four events and its clocks, or none of them. */
static bool is_whole(struct place *place, int64_t subject)
{
	struct stored_events events;
	struct clocks clocks;
	OK(store_events(place->store, place->arena, subject, INSTANT_UNKNOWN, &events, ERR));
	OK(store_clocks(place->store, place->arena, subject, &clocks, ERR));
	return records_of(place, subject, &child_type) == 1 &&
		records_of(place, subject, &care_period_type) == 1 &&
		records_of(place, subject, &placement_type) == 1 &&
		records_of(place, subject, &cla_review_type) == 1 && events.n == 4 && clocks.n > 0;
}

struct tally {
	struct place *place;
	long there, part;
};

static bool visit(void *to, int64_t subject, str key, struct err *err)
{
	struct tally *tally = to;
	(void)key;
	(void)err;
	tally->there++;
	tally->part += !is_whole(tally->place, subject);
	arena_reset(tally->place->arena);
	return true;
}

static void check(struct place *place)
{
	struct tally tally = { .place = place };
	long lost = 0;
	char number[16];
	for (int n; fgets(number, sizeof number, stdin) != NULL;) {
		int64_t subject;
		char key[20];
		n = (int)strtol(number, NULL, 10);
		snprintf(key, sizeof key, "C%d", n);
		OK(store_subject_find(
			place->store, S("EX1"), SUBJECT_CHILD, str_of(key), &subject, ERR));
		lost += subject == 0;
	}
	OK(store_each_subject(place->store, S("EX1"), S(""), visit, &tally, ERR));
	printf("%ld lost, %ld in part, %ld there\n", lost, tally.part, tally.there);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	struct place *place = place_new();
	place_at(place, argv[2]);
	if (strcmp(argv[1], "save") == 0)
		save_on(place, argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1);
	else
		check(place);
	place_close_store(place);
	arena_close(place->arena);
	arena_close(place->law_arena);
	mem_free(place);
	return 0;
}
