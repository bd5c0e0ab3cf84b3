/* Who is invited to a meeting, what they see and until when; the minutes and who decides. */
#include "family.h"

#include "store/draft.h"
#include "store/meeting.h"
#include "store/notice.h"
#include "store/opening.h"
#include "store/person.h"

struct desk {
	struct place *place;
	struct actor officer, other, taker, worker, support;
	int64_t child, care, booking, version;
	day on;
};

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1"), .name = str_of(login) };
}

static struct desk set_desk(void)
{
	struct place *place = place_open();
	struct desk desk = { .place = place, .on = instant_day(place->now) + 7 };
	desk.officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	desk.other = add_person(place, "c.chair", "Cy Chair", ROLE_CHAIR);
	desk.taker = add_person(place, "m.taker", "Min Taker", ROLE_MINUTE_TAKER);
	desk.worker = add_person(place, "s.worker", "Sam Worker", ROLE_SOCIAL_WORKER);
	desk.support = add_person(place, "b.support", "Bo Support", ROLE_BUSINESS_SUPPORT);
	struct basket basket;
	put_child(place, &basket, "A1", instant_day(place->now) - 60, DAY_UNKNOWN);
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = S("Ola Reviewer");
	struct booking *booking = put(place, &basket, &booking_type, -1);
	booking->meeting = S("cla-review");
	booking->thread = (ref){ -2 };
	booking->on = desk.on;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	desk.child = basket.change[0].subject;
	desk.care = basket.change[1].id;
	desk.booking = basket.change[basket.n - 1].id;
	desk.version = basket.change[basket.n - 1].version;
	return desk;
}

static int level_of(struct desk *desk, const struct actor *actor)
{
	int level;
	struct err err;
	return store_access(desk->place->store, actor, desk->child, &level, &err) ? level : 0;
}

static bool sees(struct desk *desk, const struct actor *actor)
{
	struct meeting meeting;
	struct err err;
	bool there = store_meeting(
		desk->place->store, desk->place->arena, actor, desk->booking, &meeting, &err);
	check_true(there || err.code == ERR_MISSING);
	return there;
}

static void change_booking(struct desk *desk, day on, const char *chair, bool withdraw)
{
	struct basket basket = { .n = 0 };
	struct booking *booking = put(desk->place, &basket, &booking_type, desk->child);
	*booking = (struct booking){ .meeting = S("cla-review"), .thread = { desk->care }, .on = on,
		.chair = str_of(chair), .minutes = -1 };
	basket.change[0] = (struct change){ .act = withdraw ? CHANGE_WITHDRAW : CHANGE_EDIT,
		.type = &booking_type, .subject = desk->child, .id = desk->booking,
		.version = desk->version, .record = withdraw ? NULL : booking, .reason = S("moved") };
	OK(save_basket(desk->place, &basket, SAVE_FORM, &desk->place->system, 0, ERR));
	desk->version = basket.change[0].version;
}

static void verified(struct desk *desk)
{
	struct ledger_report report;
	OK(store_verify(desk->place->store, desk->place->arena, &report, ERR));
}

TEST(who_is_invited_sees_the_meeting_until_its_day_is_over_and_a_chair_the_record)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	check_false(sees(&desk, &desk.worker) || sees(&desk, &desk.other));
	NO(store_invite(store, &desk.worker, desk.booking, desk.taker.user, false, ERR), ERR_MISSING);
	OK(store_invite(store, &desk.officer, desk.booking, desk.worker.user, false, ERR));
	NO(store_invite(store, &desk.officer, desk.booking, desk.worker.user, false, ERR),
		ERR_DUPLICATE);
	OK(store_invite(store, &desk.officer, desk.booking, desk.other.user, false, ERR));
	check_true(sees(&desk, &desk.worker) && sees(&desk, &desk.other));
	check_int(level_of(&desk, &desk.worker), 0);
	check_int(level_of(&desk, &desk.other), 2);
	/* Who is only invited invites nobody. */
	NO(store_invite(store, &desk.worker, desk.booking, desk.taker.user, false, ERR), ERR_DENIED);
	struct notices told;
	OK(store_notice_list(store, desk.place->arena, &desk.worker, 5, &told, ERR));
	check_int(told.n, 1);
	check_str(told.item[0].kind, "invited");
	check_int(told.item[0].level, 0);
	verified(&desk);
	/* Moved, they come along; the day after it is over. */
	instant first = desk.place->now;
	desk.place->now = first + 8 * INSTANT_DAY;
	check_false(sees(&desk, &desk.worker) || level_of(&desk, &desk.other) != 0);
	desk.place->now = first + INSTANT_DAY;
	change_booking(&desk, desk.on + 10, "", false);
	desk.place->now = first + 8 * INSTANT_DAY;
	check_true(sees(&desk, &desk.worker));
	check_int(level_of(&desk, &desk.other), 2);
	desk.place->now = first + 19 * INSTANT_DAY;
	check_false(sees(&desk, &desk.worker) || level_of(&desk, &desk.other) != 0);
	check_true(sees(&desk, &desk.officer));
	verified(&desk);
	place_close(desk.place);
}

TEST(an_invitation_is_taken_back_and_goes_with_its_meeting)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	struct inviteds invited;
	OK(store_invite(store, &desk.officer, desk.booking, desk.worker.user, false, ERR));
	OK(store_invite(store, &desk.officer, desk.booking, desk.other.user, false, ERR));
	OK(store_invited(store, desk.place->arena, desk.booking, &invited, ERR));
	check_int(invited.n, 2);
	check_str(invited.item[0].name, "Cy Chair");
	OK(store_uninvite(store, &desk.officer, desk.booking, invited.item[0].id, ERR));
	NO(store_uninvite(store, &desk.officer, desk.booking, invited.item[0].id, ERR), ERR_STALE);
	check_false(sees(&desk, &desk.other));
	check_int(level_of(&desk, &desk.other), 0);
	check_true(sees(&desk, &desk.worker));
	change_booking(&desk, desk.on, "", true);
	check_false(sees(&desk, &desk.worker));
	verified(&desk);
	place_close(desk.place);
}

TEST(whom_a_booking_names_to_chair_sees_the_record_until_it_is_over)
{
	struct desk desk = set_desk();
	check_int(level_of(&desk, &desk.other), 0);
	change_booking(&desk, desk.on, "cy chair", false);
	check_int(level_of(&desk, &desk.other), 2);
	change_booking(&desk, desk.on, "Nobody Known", false);
	check_int(level_of(&desk, &desk.other), 0);
	change_booking(&desk, desk.on, "c.chair", false);
	check_int(level_of(&desk, &desk.other), 2);
	desk.place->now += 8 * INSTANT_DAY;
	check_int(level_of(&desk, &desk.other), 0);
	verified(&desk);
	place_close(desk.place);
}

TEST(who_takes_the_minutes_drafts_and_who_chairs_has_the_draft)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	struct draft found;
	OK(store_invite(store, &desk.officer, desk.booking, desk.taker.user, true, ERR));
	NO(store_invite(store, &desk.officer, desk.booking, desk.support.user, true, ERR), ERR_INPUT);
	check_int(level_of(&desk, &desk.taker), 0);
	check_true(meeting_may_draft(store, &desk.taker, desk.booking, desk.child));
	check_false(meeting_may_draft(store, &desk.taker, desk.booking, desk.child + 1));
	check_false(meeting_may_draft(store, &desk.worker, desk.booking, desk.child));
	NO(store_minutes_hand(store, &desk.taker, desk.booking, ERR), ERR_STALE);
	/* A week after the meeting they still write. */
	desk.place->now += 14 * INSTANT_DAY;
	check_true(sees(&desk, &desk.taker));
	struct draft draft = { .person = desk.taker.user, .key = desk.booking, .subject = desk.child,
		.type = S("cla_review"), .typed = S("held-day=27&participation=PN1") };
	OK(store_draft_keep(store, &draft, desk.place->now, ERR));
	NO(store_draft_find(store, desk.place->arena, desk.officer.user, desk.booking, &found, ERR),
		ERR_MISSING);
	OK(store_minutes_hand(store, &desk.taker, desk.booking, ERR));
	OK(store_draft_find(store, desk.place->arena, desk.officer.user, desk.booking, &found, ERR));
	check_str(found.typed, "held-day=27&participation=PN1");
	NO(store_minutes_hand(store, &desk.taker, desk.booking, ERR), ERR_DENIED);
	check_false(meeting_may_draft(store, &desk.taker, desk.booking, desk.child));
	struct notices told;
	OK(store_notice_list(store, desk.place->arena, &desk.officer, 5, &told, ERR));
	check_str(told.item[0].kind, "minutes");
	verified(&desk);
	desk.place->now += 30 * INSTANT_DAY;
	check_false(sees(&desk, &desk.taker));
	place_close(desk.place);
}

static void damage(struct desk *desk, const char *text)
{
	struct ledger_report report;
	struct err err;
	OK(db_script(store_db(desk->place->store), text, ERR));
	check_false(store_verify(desk->place->store, desk->place->arena, &report, &err));
}

TEST(an_invitation_that_the_ledger_does_not_tell_of_is_found)
{
	static const char *const text[] = { "DELETE FROM invitation",
		"UPDATE invitation SET person = person + 1", "UPDATE invitation SET ended_at = at",
		"UPDATE invitation SET minutes = 1",
		"INSERT INTO invitation (id, subject, booking, person, minutes, invited_by, at) SELECT "
		"id + 1, subject, booking, invited_by, 0, invited_by, at FROM invitation" };
	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		struct desk desk = set_desk();
		OK(store_invite(desk.place->store, &desk.officer, desk.booking, desk.worker.user, false,
			ERR));
		verified(&desk);
		damage(&desk, text[i]);
		place_close(desk.place);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(who_is_invited_sees_the_meeting_until_its_day_is_over_and_a_chair_the_record),
		CLAIM(an_invitation_is_taken_back_and_goes_with_its_meeting),
		CLAIM(whom_a_booking_names_to_chair_sees_the_record_until_it_is_over),
		CLAIM(who_takes_the_minutes_drafts_and_who_chairs_has_the_draft),
		CLAIM(an_invitation_that_the_ledger_does_not_tell_of_is_found),
	};
	return cmocka_run_group_tests_name("store meeting", tests, NULL, NULL);
}
