/* Rooms, working days and a leave of the demonstration: what days for meetings are chosen from. */
#include "job/demo_store.h"

#include "base/mem.h"
#include "store/cover.h"
#include "store/diary.h"

static const str rooms[DEMO_ROOMS] = { S_INIT("Ash, Civic Centre"), S_INIT("Birch, Civic Centre"),
	S_INIT("Cedar, Family Hub"), S_INIT("Damson, Family Hub") };
static const int64_t seats[DEMO_ROOMS] = { 8, 14, 10, 20 };
static const str notes[DEMO_ROOMS] = { S_INIT("Step-free"), S_INIT("Hearing loop; two doors"),
	S_INIT("Toys; next to the car park"), S_INIT("Step-free; screen for who joins by video") };

str demo_room(int room)
{
	return rooms[room];
}

static bool make_rooms(const struct demo_storing *storing, struct arena *arena, struct err *err)
{
	for (int i = 0; i < DEMO_ROOMS; i++) {
		struct room room = { .name = rooms[i], .seats = seats[i], .note = notes[i] };
		if (!store_room_set(storing->store, arena, storing->actor, &room, err))
			return false;
	}
	return true;
}

/* Full time, four days, three days; and of every fifth nothing is recorded. */
static void work(struct suggest_hours hours[static 7], size_t which)
{
	booking_usual_hours(hours);
	if (which % 5 == 1)
		hours[FRIDAY] = (struct suggest_hours){ 0, 0 };
	if (which % 5 == 2)
		hours[MONDAY] = hours[TUESDAY] = (struct suggest_hours){ 0, 0 };
	if (which % 5 == 3)
		hours[WEDNESDAY] = (struct suggest_hours){ 9 * 60, 12 * 60 + 30 };
}

static bool make_hours(const struct demo_storing *storing, const struct diary_people *people,
	struct err *err)
{
	for (size_t i = 0; i < people->n; i++) {
		struct suggest_hours hours[7];
		work(hours, i);
		if (i % 5 != 4 && !store_hours_set(storing->store, storing->actor,
					  people->item[i].id, hours, err))
			return false;
	}
	return true;
}

/* A fortnight from the second Monday on, covered by a colleague who has said yes. Of officers who are
 * nobody's way into the demonstration, where there are so many. */
static bool make_leave(const struct demo_options *options, const struct demo_storing *storing,
	struct arena *arena, const struct diary_people *people, struct err *err)
{
	const struct diary_person *pair[2] = { 0 };
	size_t officers = 0;
	struct problems problems = { 0 };
	int64_t cover;
	for (size_t i = 0; i < people->n; i++) {
		if (people->item[i].role == ROLE_REVIEWING_OFFICER)
			pair[officers++ % 2] = &people->item[i];
	}
	if (officers < 5 || pair[0] == NULL || pair[1] == NULL)
		return true;
	const struct actor away = { .user = pair[0]->id, .role = ROLE_REVIEWING_OFFICER,
		.authority = storing->authority },
		receiver = { .user = pair[1]->id, .role = ROLE_REVIEWING_OFFICER,
			.authority = storing->authority };
	day first = options->now - (day)day_weekday(options->now) + 14;
	const struct cover_proposal leave = { .away = away.user, .reason = COVER_LEAVE,
		.first = first, .last = first + 11, .receiver = receiver.user };
	struct cover_answer given = { .accept = true };
	if (!store_cover_propose(
		    storing->store, arena, &away, &leave, &cover, &problems, err))
		return problems.n > 0; /* they have no child: then nobody need cover them */
	given.cover = cover;
	return store_cover_answer(storing->store, arena, &receiver, &given, &problems, err);
}

bool demo_diary(
	const struct demo_options *options, const struct demo_storing *storing, struct err *err)
{
	struct arena *arena = arena_open(16 << 20);
	struct diary_people people;
	bool done = make_rooms(storing, arena, err) &&
		store_hours_list(storing->store, arena, storing->authority, &people, err) &&
		make_hours(storing, &people, err) &&
		make_leave(options, storing, arena, &people, err);
	arena_close(arena);
	return done;
}
