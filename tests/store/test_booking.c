/* What a day for a meeting is chosen from, as the store reads it: who could chair and when, what is
 * booked, rooms, brothers and sisters; and nobody learns of a child who is hidden from them. */
#include "family.h"

#include "store/booking.h"
#include "store/cover.h"
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
	};
	return cmocka_run_group_tests_name("store booking", tests, NULL, NULL);
}
