/* What a day for a meeting is chosen from, as the store reads it: who could chair and when, what is
 * booked, rooms, brothers and sisters; and nobody learns of a child who is hidden from them. */
#include "family.h"

#include "store/booking.h"
#include "store/cover.h"
#include "store/diary.h"
#include "store/inside.h"
#include "store/person.h"

struct desk {
	struct place *place;
	struct actor ada, ben, meg;
};

static struct actor somebody(
	struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login),
		.name = str_of(name),
		.role = role,
		.team = S("Reviewing"),
		.authority = S("EX1"),
		.password = S("*") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1"), .name = person.login };
}

static struct desk desk_open(void)
{
	struct desk desk = { .place = place_open() };
	desk.ada = somebody(desk.place, "a.officer", "Ada Officer", ROLE_REVIEWING_OFFICER);
	desk.ben = somebody(desk.place, "b.officer", "Ben Officer", ROLE_REVIEWING_OFFICER);
	desk.meg = somebody(desk.place, "m.manager", "Meg Manager", ROLE_MANAGER);
	return desk;
}

/* Looked after since September, first review held; the second is due by 28 December 2026. */
static int64_t child_of(struct desk *desk, const char *number, const char *iro, const char *siblings)
{
	struct basket basket;
	put_child(desk->place, &basket, number, day_of(2026, 9, 1), day_of(2026, 9, 28));
	struct allocation *by = put(desk->place, &basket, &allocation_type, -1);
	by->iro = str_of(iro);
	by->sibling_group = str_of(siblings);
	by->restricted = ANSWER_NO;
	OK(save_basket(desk->place, &basket, SAVE_FORM, &desk->place->system, 0, ERR));
	return basket.change[0].subject;
}

static void book(struct desk *desk, int64_t child, day on, const char *starts, const char *room)
{
	struct basket basket = { 0 };
	struct clocks clocks = { 0 };
	OK(store_clocks(desk->place->store, desk->place->arena, child, &clocks, ERR));
	struct booking *booking = put(desk->place, &basket, &booking_type, child);
	booking->meeting = S("cla-review");
	for (size_t i = 0; i < clocks.n; i++) {
		if (str_equal(clocks.item[i].rule->booking, S("cla-review")))
			booking->thread = (ref){ clocks.item[i].thread };
	}
	booking->on = on;
	booking->starts = str_of(starts);
	booking->room = str_of(room);
	OK(save_basket(desk->place, &basket, SAVE_FORM, &desk->place->system, 0, ERR));
}

static struct booked_list booked(struct desk *desk, const struct actor *reader, int64_t child)
{
	struct booked_list list;
	OK(store_booked(desk->place->store, desk->place->arena, reader, child, day_of(2026, 11, 20),
		day_of(2027, 2, 1), &list, ERR));
	return list;
}

static struct booking_chairs chairs(struct desk *desk, int64_t child)
{
	struct booking_chairs out;
	struct booking_who who = { .subject = child, .as_officer = true,
		.before = desk->place->now + INSTANT_DAY, .from = day_of(2026, 11, 20) };
	OK(store_booking_chairs(desk->place->store, desk->place->arena, &who, &out, ERR));
	return out;
}

TEST(a_booking_keeps_its_time_and_room_and_the_last_that_was_made_stands)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	book(&desk, child, day_of(2026, 12, 10), "10:00", "Room 1");
	book(&desk, child, day_of(2026, 12, 3), "14:30", "Room 2");
	struct booked_list list = booked(&desk, &desk.ada, child);
	check_int(list.n, 1);
	check_int(list.item[0].on, day_of(2026, 12, 3));
	check_int(list.item[0].start, 14 * 60 + 30);
	check_int(list.item[0].minutes, 90);
	check_str(list.item[0].room, "Room 2");
	check_str(list.item[0].iro_key, "adaofficer");
	place_close(desk.place);
}

TEST(a_booking_needs_no_time_and_takes_none_that_is_not_one)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	book(&desk, child, day_of(2026, 12, 3), "", "");
	check_int(booked(&desk, &desk.ada, child).item[0].start, -1);
	struct basket basket = { 0 };
	struct booking *booking = put(desk.place, &basket, &booking_type, child);
	booking->meeting = S("midway");
	booking->thread = (ref){ 0 };
	booking->on = day_of(2026, 12, 3);
	booking->starts = S("24:00");
	NO(save_basket(desk.place, &basket, SAVE_FORM, &desk.place->system, 0, &err_), ERR_INPUT);
	place_close(desk.place);
}

TEST(what_was_held_is_booked_no_more)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	book(&desk, child, day_of(2026, 11, 24), "10:00", "");
	desk.place->now += 10 * INSTANT_DAY;
	struct clocks clocks = { 0 };
	OK(store_clocks(desk.place->store, desk.place->arena, child, &clocks, ERR));
	struct basket basket = { 0 };
	struct cla_review *review = put(desk.place, &basket, &cla_review_type, child);
	review->held = day_of(2026, 11, 24);
	review->participation = S("PN1");
	for (size_t i = 0; i < clocks.n; i++) {
		if (str_equal(clocks.item[i].rule->id, S("cla-review-first")))
			review->care = (ref){ clocks.item[i].thread };
	}
	OK(save_basket(desk.place, &basket, SAVE_FORM, &desk.place->system, 0, ERR));
	check_int(booked(&desk, &desk.ada, child).n, 0);
	place_close(desk.place);
}

TEST(a_brother_or_sister_is_known_as_one_only_to_who_may_see_their_name)
{
	struct desk desk = desk_open();
	int64_t one = child_of(&desk, "C1", "Ada Officer", "S1"),
		two = child_of(&desk, "C2", "Ada Officer", "S1"),
		other = child_of(&desk, "C3", "Ada Officer", "");
	child_of(&desk, "C4", "Ben Officer", "S1"); /* not Ada's: she may not see them */
	book(&desk, two, day_of(2026, 12, 3), "10:00", "");
	book(&desk, other, day_of(2026, 12, 4), "10:00", "");
	struct booked_list list = booked(&desk, &desk.ada, one);
	check_int(list.n, 2);
	check_true(list.item[0].sibling);
	check_false(list.item[1].sibling);
	struct siblings_due due;
	OK(store_siblings_due(
		desk.place->store, desk.place->arena, &desk.ada, one, &due, ERR));
	check_int(due.n, 1);
	check_int(due.item[0].subject, two);
	check_int(due.item[0].booked, day_of(2026, 12, 3));
	OK(store_siblings_due(
		desk.place->store, desk.place->arena, &desk.meg, one, &due, ERR));
	check_int(due.n, 2);
	place_close(desk.place);
}

TEST(a_hidden_childs_meeting_takes_its_time_and_says_nothing_else)
{
	struct desk desk = desk_open();
	int64_t one = child_of(&desk, "C1", "Ada Officer", "S1"),
		two = child_of(&desk, "C2", "Ada Officer", "S1");
	book(&desk, two, day_of(2026, 12, 3), "10:00", "");
	struct basket basket = { 0 };
	struct restriction *restriction = put(desk.place, &basket, &restriction_type, two);
	restriction->kind = S("hidden");
	restriction->reason = S("A risk");
	restriction->decided_by = S("Head");
	restriction->began = day_of(2026, 11, 20);
	restriction->review_on = day_of(2027, 2, 20);
	OK(save_basket(desk.place, &basket, SAVE_FORM, &desk.place->system, 0, ERR));
	struct booked_list list = booked(&desk, &desk.meg, one);
	check_int(list.n, 1); /* busy */
	check_false(list.item[0].sibling);
	struct siblings_due due;
	OK(store_siblings_due(
		desk.place->store, desk.place->arena, &desk.meg, one, &due, ERR));
	check_int(due.n, 0);
	place_close(desk.place);
}

TEST(the_chair_is_who_is_named_and_then_who_stands_in_while_they_are_away)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	struct problems problems = { 0 };
	int64_t cover;
	struct cover_proposal leave = { .away = desk.ada.user, .reason = COVER_LEAVE,
		.first = day_of(2026, 12, 1), .last = day_of(2026, 12, 14),
		.receiver = desk.ben.user };
	OK(store_cover_propose(desk.place->store, desk.place->arena, &desk.ada, &leave, &cover,
		&problems, ERR));
	struct booking_chairs out = chairs(&desk, child);
	check_int(out.n, 1); /* nobody has accepted, and she is away all the same */
	check_int(out.item[0].person, desk.ada.user);
	check_int(out.item[0].leaves, 1);
	check_int(out.item[0].leave[0].last, day_of(2026, 12, 14));
	check_false(out.item[0].hours_known);
	check_int(out.item[0].hours[MONDAY].from, 9 * 60);
	check_int(out.item[0].hours[SATURDAY].to, 0);
	struct cover_answer answer = { .cover = cover, .accept = true };
	OK(store_cover_answer(desk.place->store, desk.place->arena, &desk.ben, &answer, &problems,
		ERR));
	out = chairs(&desk, child);
	check_int(out.n, 2);
	check_int(out.item[1].person, desk.ben.user);
	check_true(out.item[1].stands_in);
	check_int(out.item[1].first, day_of(2026, 12, 1));
	check_str(out.before, "Ada Officer");
	place_close(desk.place);
}

TEST(a_chair_without_an_account_is_named_all_the_same)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Zo\u00eb Elsewhere", "");
	struct booking_chairs out = chairs(&desk, child);
	check_int(out.n, 1);
	check_int(out.item[0].person, 0);
	check_str(out.item[0].name_key, "zoeelsewhere");
	place_close(desk.place);
}

TEST(working_days_are_ones_own_or_a_managers_to_say)
{
	struct desk desk = desk_open();
	struct store *store = desk.place->store;
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	struct suggest_hours days[7] = { [TUESDAY] = { 10 * 60, 16 * 60 } };
	struct diary_hours known;
	OK(store_hours_read(store, desk.ada.user, &known, ERR));
	check_false(known.known);
	NO(store_hours_set(store, &desk.ben, desk.ada.user, days, &err_), ERR_DENIED);
	OK(store_hours_set(store, &desk.ada, desk.ada.user, days, ERR));
	OK(store_hours_set(store, &desk.meg, desk.ada.user, days, ERR));
	OK(store_hours_read(store, desk.ada.user, &known, ERR));
	check_true(known.known);
	check_int(known.day_of[TUESDAY].from, 10 * 60);
	check_int(known.day_of[MONDAY].to, 0);
	struct booking_chairs out = chairs(&desk, child);
	check_true(out.item[0].hours_known);
	check_int(out.item[0].hours[TUESDAY].to, 16 * 60);
	check_int(out.item[0].hours[MONDAY].to, 0);
	struct diary_people people;
	OK(store_hours_list(store, desk.place->arena, S("EX1"), &people, ERR));
	check_int(people.n, 3);
	check_true(people.item[0].hours.known);
	check_false(people.item[1].hours.known);
	place_close(desk.place);
}

TEST(rooms_have_names_of_their_own_and_are_a_managers_to_keep)
{
	struct desk desk = desk_open();
	struct store *store = desk.place->store;
	struct arena *arena = desk.place->arena;
	struct room one = { .name = S("Ash Room"), .seats = 8, .note = S("") },
		same = { .name = S("ASH ROOM"), .seats = -1, .note = S("") };
	NO(store_room_set(store, arena, &desk.ada, &one, &err_), ERR_DENIED);
	OK(store_room_set(store, arena, &desk.meg, &one, ERR));
	NO(store_room_set(store, arena, &desk.meg, &same, &err_), ERR_DUPLICATE);
	one.closed = true;
	OK(store_room_set(store, arena, &desk.meg, &one, ERR));
	struct rooms rooms;
	OK(store_rooms(store, arena, S("EX1"), false, &rooms, ERR));
	check_int(rooms.n, 0);
	OK(store_rooms(store, arena, S("EX1"), true, &rooms, ERR));
	check_int(rooms.n, 1);
	check_int(rooms.item[0].seats, 8);
	OK(store_rooms(store, arena, S("EX2"), true, &rooms, ERR));
	check_int(rooms.n, 0);
	place_close(desk.place);
}

TEST(a_feeds_address_is_its_owners_until_another_is_made_or_they_are_stopped)
{
	struct desk desk = desk_open();
	struct store *store = desk.place->store;
	struct arena *arena = desk.place->arena;
	struct feed first, second;
	struct actor whose;
	OK(store_feed_set(store, &desk.ada, true, ERR));
	OK(store_feed_read(store, desk.ada.user, &first, ERR));
	OK(store_feed_find(store, arena, first.secret, &whose, ERR));
	check_int(whose.user, desk.ada.user);
	OK(store_feed_set(store, &desk.ada, true, ERR));
	OK(store_feed_read(store, desk.ada.user, &second, ERR));
	NO(store_feed_find(store, arena, first.secret, &whose, &err_), ERR_MISSING);
	OK(store_feed_find(store, arena, second.secret, &whose, ERR));
	OK(store_person_disable(store, &desk.place->system, desk.ada.user, ERR));
	NO(store_feed_find(store, arena, second.secret, &whose, &err_), ERR_MISSING);
	place_close(desk.place);
}

static struct diary_meetings diary(struct desk *desk, const struct actor *whose)
{
	struct diary_meetings out;
	OK(store_diary(desk->place->store, desk->place->arena, whose, day_of(2026, 11, 1),
		day_of(2027, 3, 1), &out, ERR));
	return out;
}

TEST(a_diary_holds_what_somebody_chairs_and_moves_to_who_stands_in)
{
	struct desk desk = desk_open();
	int64_t child = child_of(&desk, "C1", "Ada Officer", "");
	book(&desk, child, day_of(2026, 12, 3), "14:30", "Elsewhere");
	struct diary_meetings out = diary(&desk, &desk.ada);
	check_int(out.n, 1);
	check_int(out.item[0].start, 14 * 60 + 30);
	check_str(out.item[0].room, ""); /* none of the list: it could be a home */
	check_int(diary(&desk, &desk.ben).n, 0);
	struct problems problems = { 0 };
	struct cover_proposal leave = { .away = desk.ada.user, .reason = COVER_LEAVE,
		.first = day_of(2026, 12, 1), .last = day_of(2026, 12, 14),
		.receiver = desk.ben.user };
	struct cover_answer answer = { .accept = true };
	OK(store_cover_propose(desk.place->store, desk.place->arena, &desk.ada, &leave,
		&answer.cover, &problems, ERR));
	OK(store_cover_answer(desk.place->store, desk.place->arena, &desk.ben, &answer, &problems,
		ERR));
	check_int(diary(&desk, &desk.ada).n, 0);
	out = diary(&desk, &desk.ben);
	check_int(out.n, 1);
	check_false(out.item[0].open); /* sight comes with the leave; until then it is a time */
	desk.place->now = day_of(2026, 12, 2) * INSTANT_DAY;
	check_true(diary(&desk, &desk.ben).item[0].open);
	place_close(desk.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_booking_keeps_its_time_and_room_and_the_last_that_was_made_stands),
		CLAIM(a_booking_needs_no_time_and_takes_none_that_is_not_one),
		CLAIM(what_was_held_is_booked_no_more),
		CLAIM(a_brother_or_sister_is_known_as_one_only_to_who_may_see_their_name),
		CLAIM(a_hidden_childs_meeting_takes_its_time_and_says_nothing_else),
		CLAIM(the_chair_is_who_is_named_and_then_who_stands_in_while_they_are_away),
		CLAIM(a_chair_without_an_account_is_named_all_the_same),
		CLAIM(working_days_are_ones_own_or_a_managers_to_say),
		CLAIM(rooms_have_names_of_their_own_and_are_a_managers_to_keep),
		CLAIM(a_feeds_address_is_its_owners_until_another_is_made_or_they_are_stopped),
		CLAIM(a_diary_holds_what_somebody_chairs_and_moves_to_who_stands_in),
	};
	return cmocka_run_group_tests_name("store booking", tests, NULL, NULL);
}
