#include "family.h"

#include "../random.h"

#include "store/ahead.h"
#include "store/allocate.h"
#include "store/booking.h"
#include "store/cover.h"
#include "store/draft.h"
#include "store/inside.h"
#include "store/meeting.h"
#include "store/notice.h"
#include "store/person.h"
#include "store/week.h"

/* Three reviewing officers, a social worker and a manager, and some children of the first's. */
struct desk {
	struct place *place;
	struct actor ada, ben, cat, wes, meg;
	int64_t child[8];
	size_t n;
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

static int64_t looked_after(struct place *place, const char *number, const char *iro, const char *worker)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2026, 9, 1), DAY_UNKNOWN);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = str_of(iro);
	by->social_worker = str_of(worker);
	by->restricted = ANSWER_NO;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static struct desk desk_open(size_t children)
{
	struct desk desk = { .place = place_open(), .n = children };
	struct place *place = desk.place;
	desk.ada = somebody(place, "a.officer", "Ada Officer", ROLE_REVIEWING_OFFICER);
	desk.ben = somebody(place, "b.officer", "Ben Officer", ROLE_REVIEWING_OFFICER);
	desk.cat = somebody(place, "c.officer", "Cat Officer", ROLE_REVIEWING_OFFICER);
	desk.wes = somebody(place, "w.worker", "Wes Worker", ROLE_SOCIAL_WORKER);
	desk.meg = somebody(place, "m.manager", "Meg Manager", ROLE_MANAGER);
	for (size_t i = 0; i < children; i++) {
		char number[8];
		snprintf(number, sizeof number, "C%zu", i + 1);
		desk.child[i] = looked_after(place, arena_text(place->arena, str_of(number)),
			i % 2 == 0 ? "Ada Officer" : "a.officer", "Wes Worker");
	}
	return desk;
}

static int level(struct desk *desk, const struct actor *actor, int64_t child)
{
	int found = 0;
	struct err err = { 0 };
	if (!store_access(desk->place->store, actor, child, &found, &err))
		check_int(err.code, ERR_MISSING);
	return found;
}

static void set_day(struct desk *desk, day d)
{
	desk->place->now = d * INSTANT_DAY + 12 * INSTANT_HOUR;
	OK(store_cover_turn(desk->place->store, ERR));
}

static bool propose(struct desk *desk, const struct actor *by, struct cover_proposal proposal,
	int64_t *cover, struct problems *problems, struct err *err)
{
	*problems = (struct problems){ 0 };
	return store_cover_propose(desk->place->store, desk->place->arena, by, &proposal, cover,
		problems, err);
}

static bool answer(struct desk *desk, const struct actor *by, struct cover_answer given,
	struct err *err)
{
	struct problems problems = { 0 };
	return store_cover_answer(
		desk->place->store, desk->place->arena, by, &given, &problems, err);
}

static struct cover_proposal leave_of(const struct desk *desk, int first, int last)
{
	day today = day_of(2026, 11, 20);
	return (struct cover_proposal){ .away = desk->ada.user,
		.reason = COVER_LEAVE,
		.first = today + first,
		.last = today + last,
		.receiver = desk->ben.user };
}

TEST(who_covers_a_leave_sees_the_children_from_its_first_day_to_its_last)
{
	struct desk desk = desk_open(2);
	struct problems problems;
	int64_t cover = 0;
	day today = day_of(2026, 11, 20);
	OK(propose(&desk, &desk.ada, leave_of(&desk, 3, 5), &cover, &problems, ERR));
	check_int(level(&desk, &desk.ben, desk.child[0]), 0);
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	static const int seen[] = { 0, 0, 0, 2, 2, 2, 0, 0 };
	for (int i = 0; i < 8; i++) {
		set_day(&desk, today + i);
		check_int(level(&desk, &desk.ben, desk.child[0]), seen[i]);
		check_int(level(&desk, &desk.ben, desk.child[1]), seen[i]);
		check_int(level(&desk, &desk.ada, desk.child[0]), 2);
		check_int(level(&desk, &desk.cat, desk.child[0]), 0);
		struct cover_marks marks;
		OK(store_cover_marks(desk.place->store, desk.place->arena, desk.ben.user, today + i,
			&marks, ERR));
		check_int(marks.n, seen[i]);
		if (marks.n > 0) {
			check_str(marks.item[0].name, "Ada Officer");
			check_int(marks.item[0].until, today + 5);
		}
	}
	place_close(desk.place);
}

TEST(sight_by_cover_that_nobody_accepted_is_found)
{
	static const char *const statements[] = { "SELECT 1",
		"DELETE FROM sight WHERE relation = 4", "UPDATE sight SET until = until + 86400000",
		"UPDATE sight SET since = since - 86400000", "UPDATE sight SET since = NULL",
		"UPDATE sight SET until = NULL, since = NULL",
		"INSERT INTO sight (person, subject, relation, since, until) SELECT (SELECT id FROM person "
		"WHERE name LIKE 'Cat%'), subject, 4, since, until FROM sight",
		"UPDATE sight SET subject = (SELECT max(id) FROM subject)" };
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		struct desk desk = desk_open(2);
		struct problems problems;
		struct ledger_report report;
		struct err err = { 0 };
		int64_t cover = 0;
		struct cover_proposal proposal = leave_of(&desk, 3, 5);
		proposal.subject = desk.child;
		proposal.n = 1;
		OK(propose(&desk, &desk.ada, proposal, &cover, &problems, ERR));
		OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
		OK(db_script(store_db(desk.place->store), statements[i], ERR));
		bool whole = store_verify(desk.place->store, desk.place->arena, &report, &err);
		if (whole != (i == 0))
			print_error("%s: %s\n", statements[i], err.text);
		check_int(whole, i == 0);
		place_close(desk.place);
	}
}

TEST(two_leaves_with_a_gap_give_no_sight_in_the_gap)
{
	struct desk desk = desk_open(1);
	struct problems problems;
	int64_t first = 0, second = 0;
	day today = day_of(2026, 11, 20);
	OK(propose(&desk, &desk.ada, leave_of(&desk, 1, 2), &first, &problems, ERR));
	OK(propose(&desk, &desk.ada, leave_of(&desk, 5, 6), &second, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = first, .accept = true }, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = second, .accept = true }, ERR));
	static const int seen[] = { 0, 2, 2, 0, 0, 2, 2, 0 };
	for (int i = 0; i < 8; i++) {
		set_day(&desk, today + i);
		check_int(level(&desk, &desk.ben, desk.child[0]), seen[i]);
	}
	place_close(desk.place);
}

TEST(a_refusal_says_why_and_moves_nothing)
{
	struct desk desk = desk_open(2);
	struct problems problems;
	int64_t cover = 0;
	OK(propose(&desk, &desk.meg, leave_of(&desk, 0, 5), &cover, &problems, ERR));
	NO(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover }, ERR), ERR_INPUT);
	NO(answer(&desk, &desk.cat,
		   (struct cover_answer){ .cover = cover, .why = S("not mine") }, ERR),
		ERR_MISSING);
	OK(answer(&desk, &desk.ben,
		(struct cover_answer){ .cover = cover, .why = S("I am away too") }, ERR));
	check_int(level(&desk, &desk.ben, desk.child[0]), 0);
	check_int(level(&desk, &desk.ada, desk.child[0]), 2);
	struct covers list;
	OK(store_cover_list(desk.place->store, desk.place->arena, &desk.meg, true,
		day_of(2026, 11, 20), &list, ERR));
	check_int(list.n, 1);
	check_int(list.item[0].refused, 2);
	/* Somebody else is asked for the same children. */
	struct cover_proposal again = leave_of(&desk, 0, 5);
	again.receiver = desk.cat.user;
	again.subject = desk.child;
	again.n = 2;
	OK(propose(&desk, &desk.meg, again, &cover, &problems, ERR));
	place_close(desk.place);
}

TEST(what_is_arranged_already_is_not_arranged_twice)
{
	struct desk desk = desk_open(2);
	struct problems problems;
	int64_t cover = 0;
	struct cover_proposal one = leave_of(&desk, 0, 5), all = leave_of(&desk, 2, 8);
	one.subject = desk.child;
	one.n = 1;
	OK(propose(&desk, &desk.ada, one, &cover, &problems, ERR));
	NO(propose(&desk, &desk.ada, one, &cover, &problems, ERR), ERR_INPUT);
	OK(propose(&desk, &desk.ada, all, &cover, &problems, ERR)); /* the other */
	NO(propose(&desk, &desk.ada, all, &cover, &problems, ERR), ERR_INPUT);
	check_str(problems.item[0].field, "children");
	place_close(desk.place);
}

TEST(a_childs_own_social_worker_can_never_stand_in_as_iro)
{
	struct desk desk = desk_open(1);
	struct problems problems;
	int64_t cover = 0;
	struct cover_proposal to_worker = leave_of(&desk, 0, 5);
	to_worker.receiver = desk.wes.user;
	NO(propose(&desk, &desk.meg, to_worker, &cover, &problems, ERR), ERR_INPUT);
	check_str(problems.item[0].field, "children");
	/* Nor a reviewing officer whom the child names as social worker by some change since. */
	OK(propose(&desk, &desk.meg, leave_of(&desk, 0, 5), &cover, &problems, ERR));
	struct stored_list list;
	OK(store_records(desk.place->store, desk.place->arena, desk.child[0], &allocation_type,
		&list, ERR));
	struct allocation changed = *(struct allocation *)list.item[0].record;
	changed.social_worker = S("Ben Officer");
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_EDIT,
		.type = &allocation_type,
		.id = list.item[0].id,
		.version = list.item[0].version,
		.record = &changed,
		.reason = S("moved team") };
	OK(save_basket(desk.place, &basket, SAVE_FORM, &desk.place->system, 0, ERR));
	NO(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR),
		ERR_INPUT);
	place_close(desk.place);
}

TEST(leaving_moves_the_child_when_the_receiver_accepts_and_not_before)
{
	struct desk desk = desk_open(2);
	struct place *place = desk.place;
	struct problems problems;
	int64_t cover = 0;
	struct cover_proposal leaving = { .away = desk.ada.user,
		.reason = COVER_LEAVING,
		.first = day_of(2026, 11, 30),
		.last = DAY_UNKNOWN,
		.receiver = desk.ben.user };
	NO(propose(&desk, &desk.ada, leaving, &cover, &problems, ERR), ERR_INPUT);
	check_str(problems.item[0].field, "note");
	leaving.note = S("Her brother’s birthday is hard for her");
	OK(propose(&desk, &desk.ada, leaving, &cover, &problems, ERR));
	check_int(level(&desk, &desk.ada, desk.child[0]), 2);
	check_int(level(&desk, &desk.ben, desk.child[0]), 0);
	NO(store_person_disable(place->store, &place->system, desk.ada.user, ERR), ERR_INPUT);
	OK(answer(&desk, &desk.ben,
		(struct cover_answer){ .cover = cover, .accept = true, .subject = desk.child, .n = 1 },
		ERR));
	check_int(level(&desk, &desk.ada, desk.child[0]), 0);
	check_int(level(&desk, &desk.ben, desk.child[0]), 2);
	check_int(level(&desk, &desk.ben, desk.child[1]), 0);
	NO(store_person_disable(place->store, &place->system, desk.ada.user, ERR), ERR_INPUT);
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	OK(store_person_disable(place->store, &place->system, desk.ada.user, ERR));
	struct cover_nobodies nobody;
	OK(store_cover_nobody(place->store, place->arena, &desk.meg, 10, &nobody, ERR));
	check_int(nobody.n, 0);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

static int64_t book(struct desk *desk, int64_t child, day on, const char *chair)
{
	struct place *place = desk->place;
	struct basket basket = { .n = 0 };
	struct booking *booking = put(place, &basket, &booking_type, child);
	booking->meeting = S("cla-review");
	booking->thread = (ref){ COUNT(place, "SELECT max(id) FROM record_care_period") };
	booking->on = on;
	booking->chair = str_of(chair);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].id;
}

TEST(what_is_booked_with_a_leaver_as_chair_goes_along_and_lets_the_leaver_see_no_more)
{
	struct desk desk = desk_open(1);
	struct place *place = desk.place;
	struct problems problems;
	int64_t cover = 0, past, mine, invited;
	day today = day_of(2026, 11, 20);
	past = book(&desk, desk.child[0], today - 5, "Ada Officer");
	mine = book(&desk, desk.child[0], today + 9, "a.officer");
	invited = book(&desk, desk.child[0], today + 12, "Cat Officer");
	OK(store_invite(place->store, &desk.cat, invited, desk.ada.user, false, ERR));
	struct cover_proposal leaving = { .away = desk.ada.user, .reason = COVER_LEAVING,
		.first = today + 10, .last = DAY_UNKNOWN, .receiver = desk.ben.user, .note = S("Note") };
	OK(propose(&desk, &desk.ada, leaving, &cover, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	check_int(level(&desk, &desk.ada, desk.child[0]), 0);
	struct meeting meeting;
	NO(store_meeting(place->store, place->arena, &desk.ada, mine, &meeting, ERR), ERR_MISSING);
	NO(store_meeting(place->store, place->arena, &desk.ada, invited, &meeting, ERR), ERR_MISSING);
	OK(store_meeting(place->store, place->arena, &desk.ben, mine, &meeting, ERR));
	check_str(meeting.by, "Ben Officer");
	check_int(meeting.record.chair.n, 0); /* the child's own: nobody else need be named */
	OK(store_meeting(place->store, place->arena, &desk.ben, invited, &meeting, ERR));
	check_str(meeting.by, "Cat Officer");
	/* Who chaired what was held is not rewritten. */
	OK(store_meeting(place->store, place->arena, &desk.ben, past, &meeting, ERR));
	check_str(meeting.by, "Ada Officer");
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

TEST(a_child_whose_officer_nobody_is_stands_in_a_list)
{
	struct desk desk = desk_open(0);
	struct place *place = desk.place;
	looked_after(place, "N1", "", "Wes Worker");
	looked_after(place, "N2", "Ada Officer", "Wes Worker");
	looked_after(place, "N3", "Somebody Without An Account", "Wes Worker");
	struct cover_nobodies nobody;
	OK(store_cover_nobody(place->store, place->arena, &desk.meg, 10, &nobody, ERR));
	check_int(nobody.total, 1);
	check_str(nobody.item[0].number, "N1");
	check_true(nobody.item[0].no_iro);
	place_close(place);
}

TEST(how_many_stand_with_each_counts_a_child_once)
{
	struct desk desk = desk_open(3);
	struct place *place = desk.place;
	struct problems problems;
	int64_t cover = 0;
	OK(propose(&desk, &desk.ada, leave_of(&desk, 0, 5), &cover, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	struct cover_people people;
	OK(store_cover_people(place->store, place->arena, &desk.meg, 0, day_of(2026, 11, 20),
		&people, ERR));
	check_int(people.n, 5);
	check_str(people.item[0].name, "Ada Officer");
	check_int(people.item[0].children, 3);
	check_int(people.item[1].children, 0);
	check_int(people.item[1].covering, 3);
	place_close(place);
}

TEST(who_has_no_part_in_an_arrangement_is_told_of_none)
{
	struct desk desk = desk_open(1);
	struct place *place = desk.place;
	struct problems problems;
	int64_t cover = 0;
	struct cover read;
	OK(propose(&desk, &desk.ada, leave_of(&desk, 0, 5), &cover, &problems, ERR));
	NO(store_cover_read(place->store, place->arena, &desk.cat, cover, &read, ERR), ERR_MISSING);
	NO(store_cover_end(place->store, place->arena, &desk.cat, cover, ERR), ERR_MISSING);
	NO(propose(&desk, &desk.cat, leave_of(&desk, 0, 5), &cover, &problems, ERR), ERR_MISSING);
	OK(store_cover_read(place->store, place->arena, &desk.meg, cover, &read, ERR));
	OK(store_cover_read(place->store, place->arena, &desk.ben, cover, &read, ERR));
	struct cover_children children;
	OK(store_cover_children(
		place->store, place->arena, &desk.ben, cover, &children, ERR));
	check_int(children.n, 1);
	check_int(children.item[0].surname.n, 0); /* no name before it is theirs to see */
	place_close(place);
}

/* ---- what lies on the desk */

static void leave_on_desk(struct desk *desk, const struct actor *whose, int64_t child, int64_t key)
{
	struct draft draft = { .person = whose->user, .key = key, .subject = child,
		.type = S("contact"), .typed = S("note=x") };
	struct notice notice = { .person = whose->user, .kind = S("opening"), .subject = child,
		.object = key, .detail = S("Somebody opened it") };
	OK(store_draft_keep(desk->place->store, &draft, desk->place->now, ERR));
	OK(store_notice_add(desk->place->store, &notice, ERR));
}

static int64_t holder(struct desk *desk, const char *table, const char *key, int64_t value)
{
	char text[200];
	snprintf(text, sizeof text, "SELECT person FROM %s WHERE %s = %lld", table, key,
		(long long)value);
	return COUNT(desk->place, text);
}
#define HAS_DRAFT(desk, key) holder(desk, "draft", "key", key)
#define HAS_NOTICE(desk, key) holder(desk, "notice", "kind = 'opening' AND object", key)

static int64_t told(struct desk *desk, const struct actor *whom, const char *kind)
{
	char text[200];
	snprintf(text, sizeof text, "SELECT count(*) FROM notice WHERE person = %lld AND kind = '%s'",
		(long long)whom->user, kind);
	return COUNT(desk->place, text);
}

TEST(drafts_and_what_is_in_the_inbox_go_to_who_covers_and_come_back)
{
	struct desk desk = desk_open(2);
	struct problems problems;
	int64_t cover = 0;
	day today = day_of(2026, 11, 20);
	struct cover_proposal one = leave_of(&desk, 1, 3);
	one.subject = desk.child;
	one.n = 1;
	leave_on_desk(&desk, &desk.ada, desk.child[0], 101);
	leave_on_desk(&desk, &desk.ada, desk.child[1], 102);
	leave_on_desk(&desk, &desk.cat, desk.child[0], 103);
	OK(propose(&desk, &desk.ada, one, &cover, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	for (int i = 0; i < 6; i++) {
		set_day(&desk, today + i);
		set_day(&desk, today + i); /* twice a day does no more than once */
		int64_t has = i >= 1 && i <= 3 ? desk.ben.user : desk.ada.user;
		check_int(HAS_DRAFT(&desk, 101), has);
		check_int(HAS_NOTICE(&desk, 101), has);
		/* A child that is not covered, and somebody else's work on one that is, stay. */
		check_int(HAS_DRAFT(&desk, 102), desk.ada.user);
		check_int(HAS_NOTICE(&desk, 102), desk.ada.user);
		check_int(HAS_DRAFT(&desk, 103), desk.cat.user);
		check_int(told(&desk, &desk.ben, "cover-begun"), i >= 1);
		check_int(told(&desk, &desk.ada, "cover-begun"), i >= 1);
		check_int(told(&desk, &desk.ben, "cover-over"), i >= 4);
		check_int(told(&desk, &desk.ada, "cover-over"), i >= 4);
		if (i == 2)
			leave_on_desk(&desk, &desk.ada, desk.child[0], 104);
		/* What comes during the leave is told to who covers; what its person writes is theirs. */
		if (i == 2)
			check_int(HAS_NOTICE(&desk, 104), desk.ben.user);
		if (i == 2)
			check_int(HAS_DRAFT(&desk, 104), desk.ada.user);
	}
	check_int(HAS_NOTICE(&desk, 104), desk.ada.user);
	check_int(HAS_DRAFT(&desk, 104), desk.ada.user);
	struct ledger_report report;
	OK(store_verify(desk.place->store, desk.place->arena, &report, ERR));
	place_close(desk.place);
}

TEST(a_record_made_from_a_lent_draft_and_a_notice_that_was_seen_stay_with_who_did_it)
{
	struct desk desk = desk_open(1);
	struct problems problems;
	int64_t cover = 0;
	leave_on_desk(&desk, &desk.ada, desk.child[0], 101);
	OK(propose(&desk, &desk.ada, leave_of(&desk, 0, 3), &cover, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	check_int(HAS_DRAFT(&desk, 101), desk.ben.user); /* the day has begun: at once */
	struct draft draft;
	OK(store_draft_find(desk.place->store, desk.place->arena, desk.ben.user, 101, &draft, ERR));
	OK(store_draft_made(desk.place->store, &draft, 77, desk.place->now, ERR));
	OK(store_notice_seen(desk.place->store, &desk.ben,
		COUNT(desk.place, "SELECT id FROM notice WHERE kind = 'opening'"), ERR));
	OK(store_cover_end(desk.place->store, desk.place->arena, &desk.ada, cover, ERR));
	check_int(HAS_DRAFT(&desk, 101), desk.ben.user);
	check_int(HAS_NOTICE(&desk, 101), desk.ben.user);
	place_close(desk.place);
}

TEST(what_is_lent_when_its_person_hands_the_child_over_goes_to_the_new_one)
{
	struct desk desk = desk_open(1);
	struct problems problems;
	int64_t cover = 0, leaving = 0;
	leave_on_desk(&desk, &desk.ada, desk.child[0], 101);
	OK(propose(&desk, &desk.ada, leave_of(&desk, 0, 3), &cover, &problems, ERR));
	OK(answer(&desk, &desk.ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	OK(store_cover_end(desk.place->store, desk.place->arena, &desk.ada, cover, ERR));
	check_int(HAS_DRAFT(&desk, 101), desk.ada.user);
	struct cover_proposal to_cat = { .away = desk.ada.user, .reason = COVER_LEAVING,
		.first = day_of(2026, 11, 21), .last = DAY_UNKNOWN, .receiver = desk.cat.user,
		.note = S("Note") };
	OK(propose(&desk, &desk.ada, to_cat, &leaving, &problems, ERR));
	OK(answer(&desk, &desk.cat, (struct cover_answer){ .cover = leaving, .accept = true }, ERR));
	check_int(HAS_DRAFT(&desk, 101), desk.cat.user);
	check_int(HAS_NOTICE(&desk, 101), desk.cat.user);
	place_close(desk.place);
}

TEST(what_lies_on_the_desk_goes_with_a_child_whom_a_manager_gives_to_somebody_else)
{
	struct desk desk = desk_open(2);
	struct place *place = desk.place;
	leave_on_desk(&desk, &desk.ada, desk.child[0], 101);
	leave_on_desk(&desk, &desk.ada, desk.child[1], 102);
	leave_on_desk(&desk, &desk.cat, desk.child[0], 103);
	struct allocate give = { .actor = &desk.meg, .as = ALLOCATE_IRO, .subject = desk.child, .n = 1,
		.from = S("adaofficer"), .to = S("Ben Officer"), .reason = S("she is ill") };
	struct allocate_children list;
	OK(store_allocate_children(place->store, place->arena, &desk.meg, ALLOCATE_IRO, give.from, 0, 5,
		&list, ERR));
	check_int(list.total, 1); /* the key is as the page has it */
	OK(store_allocate(place->store, place->arena, &give, ERR));
	check_int(level(&desk, &desk.ada, desk.child[0]), 0);
	check_int(HAS_DRAFT(&desk, 101), desk.ben.user);
	check_int(HAS_NOTICE(&desk, 101), desk.ben.user);
	check_int(HAS_DRAFT(&desk, 102), desk.ada.user);
	check_int(HAS_DRAFT(&desk, 103), desk.cat.user);
	/* Nothing moves where nothing was given: the list has changed since. */
	NO(store_allocate(place->store, place->arena, &give, ERR), ERR_STALE);
	check_int(HAS_DRAFT(&desk, 101), desk.ben.user);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

/* ---- any sequence at all */

enum { CHILDREN = 5, OFFICERS = 3, STEPS = 120, COVERS = 64 };

struct model {
	struct {
		int64_t id;
		size_t away, receiver;
		enum cover_reason reason;
		day first, last;
		struct {
			bool in;
			enum cover_state state;
		} child[CHILDREN];
	} cover[COVERS];
	size_t covers;
	size_t owner[CHILDREN];
	day today;
};

static bool model_overlaps(const struct model *m, size_t child, size_t away, day first, day last)
{
	for (size_t i = 0; i < m->covers; i++) {
		bool live = m->cover[i].child[child].in &&
			(m->cover[i].child[child].state == COVER_PROPOSED ||
				(m->cover[i].child[child].state == COVER_ACCEPTED &&
					m->cover[i].reason != COVER_LEAVING));
		if (live && m->cover[i].away == away && m->cover[i].first <= last &&
			(m->cover[i].last == DAY_UNKNOWN || m->cover[i].last >= first))
			return true;
	}
	return false;
}

static int model_level(const struct model *m, size_t officer, size_t child)
{
	if (m->owner[child] == officer)
		return 2;
	for (size_t i = 0; i < m->covers; i++) {
		if (m->cover[i].receiver == officer && m->cover[i].reason != COVER_LEAVING &&
			m->cover[i].child[child].in &&
			m->cover[i].child[child].state == COVER_ACCEPTED &&
			m->cover[i].first <= m->today && m->today <= m->cover[i].last)
			return 2;
	}
	return 0;
}

/* Whose desk the child's papers lie on: who covers for the owner today, or the owner. */
static size_t model_desk(const struct model *m, size_t child)
{
	for (size_t i = 0; i < m->covers; i++) {
		if (m->cover[i].away == m->owner[child] && m->cover[i].reason != COVER_LEAVING &&
			m->cover[i].child[child].in &&
			m->cover[i].child[child].state == COVER_ACCEPTED &&
			m->cover[i].first <= m->today && m->today <= m->cover[i].last)
			return m->cover[i].receiver;
	}
	return m->owner[child];
}

static void model_propose(struct desk *desk, struct model *m, const struct actor *officer,
	struct random *random)
{
	if (m->covers == COVERS)
		return;
	size_t away = random_below(random, OFFICERS), to = random_below(random, OFFICERS);
	enum cover_reason reason = (enum cover_reason)random_below(random, 3);
	day first = m->today + (day)random_below(random, 4),
	    last = reason == COVER_LEAVING ? DAY_UNKNOWN : first + (day)random_below(random, 4);
	day reach = last == DAY_UNKNOWN ? DAY_MAX : last;
	size_t expected = 0;
	bool in[CHILDREN];
	for (size_t c = 0; c < CHILDREN; c++) {
		in[c] = m->owner[c] == away && !model_overlaps(m, c, away, first, reach);
		expected += in[c];
	}
	struct problems problems;
	struct err err = { 0 };
	int64_t id = 0;
	bool by_self = random_below(random, 2) == 0;
	bool done = propose(desk, by_self ? &officer[away] : &desk->meg,
		(struct cover_proposal){ .away = officer[away].user,
			.reason = reason,
			.first = first,
			.last = last,
			.receiver = officer[to].user,
			.note = S("Note") },
		&id, &problems, &err);
	check_int(done, expected > 0 && to != away);
	if (!done)
		return;
	m->cover[m->covers].id = id;
	m->cover[m->covers].away = away;
	m->cover[m->covers].receiver = to;
	m->cover[m->covers].reason = reason;
	m->cover[m->covers].first = first;
	m->cover[m->covers].last = last;
	for (size_t c = 0; c < CHILDREN; c++) {
		m->cover[m->covers].child[c].in = in[c];
		m->cover[m->covers].child[c].state = COVER_PROPOSED;
	}
	m->covers++;
}

static void model_answer(
	struct desk *desk, struct model *m, const struct actor *officer, struct random *random)
{
	if (m->covers == 0)
		return;
	size_t i = random_below(random, m->covers), c = random_below(random, CHILDREN);
	bool accept = random_below(random, 3) > 0;
	bool waits = m->cover[i].child[c].in && m->cover[i].child[c].state == COVER_PROPOSED;
	/* A child that has been handed over since no longer stands with who is away. */
	bool may = waits && (!accept || m->owner[c] == m->cover[i].away);
	struct err err = { 0 };
	bool done = answer(desk, &officer[m->cover[i].receiver],
		(struct cover_answer){ .cover = m->cover[i].id,
			.subject = &desk->child[c],
			.n = 1,
			.accept = accept,
			.why = S("No") },
		&err);
	check_int(done, may);
	if (!done)
		return;
	m->cover[i].child[c].state = accept ? COVER_ACCEPTED : COVER_REFUSED;
	if (accept && m->cover[i].reason == COVER_LEAVING)
		m->owner[c] = m->cover[i].receiver;
}

static void model_end(
	struct desk *desk, struct model *m, const struct actor *officer, struct random *random)
{
	if (m->covers == 0)
		return;
	size_t i = random_below(random, m->covers), live = 0;
	for (size_t c = 0; c < CHILDREN; c++) {
		if (!m->cover[i].child[c].in)
			continue;
		enum cover_state *state = &m->cover[i].child[c].state;
		if (*state == COVER_PROPOSED)
			*state = COVER_WITHDRAWN;
		else if (*state == COVER_ACCEPTED && m->cover[i].reason != COVER_LEAVING)
			*state = COVER_ENDED;
		else
			continue;
		live++;
	}
	struct err err = { 0 };
	bool done = store_cover_end(desk->place->store, desk->place->arena,
		&officer[m->cover[i].away], m->cover[i].id, &err);
	check_int(done, live > 0);
}

TEST(after_any_sequence_every_child_has_an_owner_and_access_is_what_was_arranged)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct desk desk = desk_open(CHILDREN);
		const struct actor officer[OFFICERS] = { desk.ada, desk.ben, desk.cat };
		struct random random = { seed * 2654435769u + 1 };
		struct model *m = arena_new(desk.place->arena, struct model);
		m->today = day_of(2026, 11, 20);
		for (size_t c = 0; c < CHILDREN; c++)
			leave_on_desk(&desk, &desk.ada, desk.child[c], 100 + (int64_t)c);
		for (int step = 0; step < STEPS; step++) {
			switch (random_below(&random, 6)) {
			case 0:
			case 1:
				model_propose(&desk, m, officer, &random);
				break;
			case 2:
			case 3:
				model_answer(&desk, m, officer, &random);
				break;
			case 4:
				model_end(&desk, m, officer, &random);
				break;
			default:
				set_day(&desk, ++m->today);
			}
			for (size_t c = 0; c < CHILDREN; c++) {
				for (size_t o = 0; o < OFFICERS; o++)
					check_int(level(&desk, &officer[o], desk.child[c]),
						model_level(m, o, c));
				check_int(level(&desk, &desk.meg, desk.child[c]), 2);
				check_int(HAS_DRAFT(&desk, 100 + (int64_t)c),
					officer[model_desk(m, c)].user);
				check_int(HAS_NOTICE(&desk, 100 + (int64_t)c),
					officer[model_desk(m, c)].user);
			}
		}
		struct cover_nobodies nobody;
		OK(store_cover_nobody(
			desk.place->store, desk.place->arena, &desk.meg, 10, &nobody, ERR));
		check_int(nobody.n, 0);
		struct ledger_report report;
		OK(store_verify(desk.place->store, desk.place->arena, &report, ERR));
		place_close(desk.place);
	}
}

/* ---- one team for two councils */

/* Ada serves both councils, Ben and Meg the first, Dan both, and Ned manages the second. */
struct two {
	struct desk desk;
	struct actor dan, ned;
	int64_t theirs; /* a child of the second council with Ada */
};

static struct two two_open(enum openness theirs)
{
	struct two two = { .desk = desk_open(2) };
	struct place *place = two.desk.place;
	two.dan = somebody(place, "d.officer", "Dan Officer", ROLE_REVIEWING_OFFICER);
	struct person ned = { .login = S("n.manager"), .name = S("Ned Manager"),
		.role = ROLE_MANAGER, .authority = S("EX2"), .password = S("*") };
	two.ned = (struct actor){ .role = ROLE_MANAGER, .authority = S("EX2"), .name = ned.login };
	OK(store_person_add(place->store, &place->system, &ned, &two.ned.user, ERR));
	OK(store_person_works_for(
		place->store, &place->system, two.desk.ada.user, S("EX2"), true, ERR));
	OK(store_person_works_for(place->store, &place->system, two.dan.user, S("EX2"), true, ERR));
	struct basket basket;
	put_child(place, &basket, "T1", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = S("Ada Officer");
	by->restricted = ANSWER_NO;
	if (theirs == HIDDEN) {
		struct restriction *hide = put(place, &basket, &restriction_type, -1);
		hide->kind = S("hidden");
		hide->began = day_of(2026, 9, 1);
		hide->reason = S("Nobody may know");
		hide->decided_by = S("Hal Head");
		hide->review_on = day_of(2027, 2, 1);
	}
	struct save save = { .mode = SAVE_FORM, .actor = &place->system, .authority = S("EX2"),
		.change = basket.change, .n = basket.n, .problems = &basket.problems,
		.arena = place->arena };
	OK(store_save(place->store, &save, ERR));
	two.theirs = basket.change[0].subject;
	return two;
}

static void whole(struct desk *desk)
{
	struct ledger_report report;
	OK(store_verify(desk->place->store, desk->place->arena, &report, ERR));
}

TEST(the_children_of_both_councils_move_each_in_an_arrangement_of_its_own)
{
	struct two two = two_open(OPEN);
	struct desk *desk = &two.desk;
	struct problems problems;
	int64_t ours = 0;
	struct cover_proposal leave = leave_of(desk, 0, 5);
	leave.receiver = two.dan.user;
	OK(propose(desk, &desk->ada, leave, &ours, &problems, ERR));
	struct covers list;
	OK(store_cover_list(desk->place->store, desk->place->arena, &two.dan, false,
		day_of(2026, 11, 20), &list, ERR));
	check_int(list.n, 2);
	check_str(list.item[1].authority, "EX1");
	check_int(list.item[1].id, ours);
	check_int(list.item[1].waiting, 2);
	check_str(list.item[0].authority, "EX2");
	check_int(list.item[0].waiting, 1);
	int64_t beside = list.item[0].id;
	/* Each manager is told of their own. */
	struct cover read;
	OK(store_cover_read(desk->place->store, desk->place->arena, &two.ned, beside, &read, ERR));
	NO(store_cover_read(desk->place->store, desk->place->arena, &two.ned, ours, &read, ERR),
		ERR_MISSING);
	NO(store_cover_read(desk->place->store, desk->place->arena, &desk->meg, beside, &read, ERR),
		ERR_MISSING);
	check_int(level(desk, &two.dan, two.theirs), 0);
	OK(answer(desk, &two.dan, (struct cover_answer){ .cover = ours, .accept = true }, ERR));
	check_int(level(desk, &two.dan, desk->child[0]), 2);
	check_int(level(desk, &two.dan, two.theirs), 0);
	OK(answer(desk, &two.dan, (struct cover_answer){ .cover = beside, .accept = true }, ERR));
	check_int(level(desk, &two.dan, two.theirs), 2);
	check_int(level(desk, &desk->ada, two.theirs), 2);
	set_day(desk, day_of(2026, 11, 25));
	check_int(level(desk, &two.dan, two.theirs), 2);
	set_day(desk, day_of(2026, 11, 26));
	check_int(level(desk, &two.dan, two.theirs), 0);
	whole(desk);
	place_close(desk->place);
}

TEST(whoever_serves_two_councils_is_counted_booked_and_away_in_both)
{
	struct two two = two_open(OPEN);
	struct desk *desk = &two.desk;
	struct place *place = desk->place;
	struct problems problems;
	int64_t cover = 0, children = 0;
	day today = day_of(2026, 11, 20);
	/* One caseload, whoever asks, on whatever page. */
	struct cover_people people;
	const struct actor *const asks[] = { &desk->ada, &desk->meg, &two.ned };
	for (size_t k = 0; k < sizeof asks / sizeof *asks; k++) {
		OK(store_cover_people(place->store, place->arena, asks[k], 0, today, &people, ERR));
		for (size_t i = 0; i < people.n; i++)
			check_int(people.item[i].children, people.item[i].id == desk->ada.user ? 3 : 0);
	}
	struct ahead ahead;
	OK(store_ahead_own(place->store, place->arena, &desk->ada, today, today + 180, true, &ahead,
		&children, ERR));
	check_int(children, 3);
	const struct actor *const manages[] = { &desk->meg, &two.ned };
	for (size_t k = 0; k < 2; k++) {
		struct loads loads;
		int64_t load = 0;
		OK(store_loads(place->store, place->arena, manages[k], &loads, ERR));
		for (size_t i = 0; i < loads.n; i++) {
			if (str_equal(loads.item[i].name, S("Ada Officer")))
				load = loads.item[i].children;
		}
		check_int(load, 3);
	}
	struct week week;
	struct week_query mine = { .actor = &desk->ada, .today = today, .upto = today + 30 };
	OK(store_week(place->store, place->arena, &mine, &week, ERR));
	check_int(week.children, 3);
	/* Her leave is known where a meeting of the second council's child is booked. */
	struct cover_proposal leave = leave_of(desk, 5, 9);
	leave.receiver = two.dan.user;
	OK(propose(desk, &desk->ada, leave, &cover, &problems, ERR));
	const int64_t child[] = { desk->child[0], two.theirs };
	for (size_t i = 0; i < 2; i++) {
		struct booking_chairs chairs;
		struct booking_who who = { .subject = child[i], .as_officer = true,
			.before = place->now, .from = today };
		OK(store_booking_chairs(place->store, place->arena, &who, &chairs, ERR));
		check_int(chairs.item[0].person, desk->ada.user);
		check_true(chairs.item[0].leaves > 0);
		check_int(chairs.item[0].leave[0].first, today + 5);
	}
	place_close(place);
}

TEST(who_does_not_work_for_the_second_council_cannot_take_its_children)
{
	struct two two = two_open(OPEN);
	struct desk *desk = &two.desk;
	struct problems problems;
	int64_t cover = 0;
	NO(propose(desk, &desk->ada, leave_of(desk, 0, 5), &cover, &problems, ERR), ERR_INPUT);
	check_str(problems.item[0].field, "children");
	check_int(problems.n, 1);
	struct cover_proposal one = leave_of(desk, 0, 5);
	one.subject = &two.theirs;
	one.n = 1;
	NO(propose(desk, &desk->ada, one, &cover, &problems, ERR), ERR_INPUT);
	/* Nor who no longer does when they answer. */
	one.receiver = two.dan.user;
	OK(propose(desk, &desk->ada, one, &cover, &problems, ERR));
	OK(store_person_works_for(
		desk->place->store, &desk->place->system, two.dan.user, S("EX2"), false, ERR));
	NO(answer(desk, &two.dan, (struct cover_answer){ .cover = cover, .accept = true }, ERR),
		ERR_INPUT);
	check_int(level(desk, &two.dan, two.theirs), 0);
	place_close(desk->place);
}

TEST(a_leavers_children_of_the_second_council_hold_them_back_until_they_are_handed_over)
{
	struct two two = two_open(OPEN);
	struct desk *desk = &two.desk;
	struct store *store = desk->place->store;
	struct problems problems;
	int64_t cover = 0;
	struct cover_proposal leaving = { .away = desk->ada.user, .reason = COVER_LEAVING,
		.first = day_of(2026, 11, 30), .last = DAY_UNKNOWN, .receiver = desk->ben.user,
		.subject = desk->child, .n = 2, .note = S("Read the last review first") };
	OK(propose(desk, &desk->ada, leaving, &cover, &problems, ERR));
	OK(answer(desk, &desk->ben, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	/* None of the first council's is left, and one of the second's. */
	NO(store_person_disable(store, &desk->place->system, desk->ada.user, ERR), ERR_INPUT);
	leave_on_desk(desk, &desk->ada, two.theirs, 301);
	leaving.subject = &two.theirs;
	leaving.n = 1;
	leaving.receiver = two.dan.user;
	OK(propose(desk, &desk->ada, leaving, &cover, &problems, ERR));
	NO(answer(desk, &two.ned, (struct cover_answer){ .cover = cover, .accept = true }, ERR),
		ERR_MISSING);
	OK(answer(desk, &two.dan,
		(struct cover_answer){ .cover = cover, .why = S("I have too many") }, ERR));
	check_int(level(desk, &desk->ada, two.theirs), 2);
	OK(propose(desk, &two.ned, leaving, &cover, &problems, ERR));
	OK(answer(desk, &two.dan, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	check_int(level(desk, &desk->ada, two.theirs), 0);
	check_int(level(desk, &two.dan, two.theirs), 2);
	check_int(HAS_DRAFT(desk, 301), two.dan.user);
	check_int(HAS_NOTICE(desk, 301), two.dan.user);
	OK(store_person_disable(store, &desk->place->system, desk->ada.user, ERR));
	struct cover_nobodies nobody;
	OK(store_cover_nobody(store, desk->place->arena, &two.ned, 10, &nobody, ERR));
	check_int(nobody.total, 0);
	/* A council's ledger tells of its own children alone. */
	check_int(COUNT(desk->place, "SELECT count(*) FROM ledger l JOIN cover v ON l.objects = "
				     "'cover:' || v.id WHERE l.authority <> v.authority"), 0);
	check_int(COUNT(desk->place, "SELECT count(*) FROM ledger WHERE authority = 'EX2' AND "
				     "act = 'cover:accept'"), 1);
	whole(desk);
	place_close(desk->place);
}

TEST(who_arranges_for_somebody_of_both_councils_moves_the_children_of_their_own)
{
	struct two two = two_open(OPEN);
	struct desk *desk = &two.desk;
	struct problems problems;
	int64_t cover = 0;
	struct cover_children held;
	OK(store_cover_held(
		desk->place->store, desk->place->arena, &two.ned, desk->ada.user, &held, ERR));
	check_int(held.n, 1);
	check_int(held.item[0].subject, two.theirs);
	struct cover_proposal leave = leave_of(desk, 0, 5);
	leave.receiver = two.dan.user;
	leave.subject = desk->child;
	leave.n = 1;
	NO(propose(desk, &two.ned, leave, &cover, &problems, ERR), ERR_MISSING);
	leave.n = 0;
	OK(propose(desk, &two.ned, leave, &cover, &problems, ERR));
	struct cover read;
	OK(store_cover_read(desk->place->store, desk->place->arena, &two.ned, cover, &read, ERR));
	check_int(read.waiting, 1);
	check_str(read.authority, "EX2");
	/* Somebody who serves the first council alone is none of theirs. */
	leave = leave_of(desk, 0, 5);
	leave.away = desk->ben.user;
	NO(propose(desk, &two.ned, leave, &cover, &problems, ERR), ERR_MISSING);
	struct cover_people people;
	OK(store_cover_people(desk->place->store, desk->place->arena, &two.ned, 0,
		day_of(2026, 11, 20), &people, ERR));
	check_int(people.n, 3);
	check_str(people.item[0].name, "Ada Officer");
	check_int(people.item[0].children, 3);
	check_int(people.item[0].beside, 1);
	place_close(desk->place);
}

TEST(a_hidden_child_is_handed_over_by_its_own_officer_and_nobody_else_is_told)
{
	struct two two = two_open(HIDDEN);
	struct desk *desk = &two.desk;
	struct store *store = desk->place->store;
	struct problems problems;
	int64_t cover = 0;
	struct cover_proposal leave = leave_of(desk, 0, 5);
	struct cover_children held;
	struct cover_nobodies nobody;
	struct cover_people people;
	OK(store_cover_held(store, desk->place->arena, &two.ned, desk->ada.user, &held, ERR));
	check_int(held.n, 0);
	OK(store_cover_people(store, desk->place->arena, &two.ned, 0, day_of(2026, 11, 20), &people,
		ERR));
	check_int(people.item[0].children, 2);
	leave.subject = &two.theirs;
	leave.n = 1;
	leave.receiver = two.dan.user;
	NO(propose(desk, &two.ned, leave, &cover, &problems, ERR), ERR_MISSING);
	NO(propose(desk, &desk->ada, leave, &cover, &problems, ERR), ERR_INPUT);
	/* For good: the new officer is named on the child. */
	leave.reason = COVER_LEAVING;
	leave.last = DAY_UNKNOWN;
	leave.note = S("Nobody may know");
	OK(propose(desk, &desk->ada, leave, &cover, &problems, ERR));
	struct cover read;
	struct covers list;
	NO(store_cover_read(store, desk->place->arena, &two.ned, cover, &read, ERR), ERR_MISSING);
	OK(store_cover_list(store, desk->place->arena, &two.ned, true, day_of(2026, 11, 20), &list,
		ERR));
	check_int(list.n, 0);
	struct err why = { 0 };
	check_int(store_person_disable(store, &desk->place->system, desk->ada.user, &why), false);
	check_true(strstr(why.text, "T1") == NULL);
	OK(answer(desk, &two.dan, (struct cover_answer){ .cover = cover, .accept = true }, ERR));
	check_int(level(desk, &two.dan, two.theirs), 2);
	check_int(level(desk, &desk->ada, two.theirs), 0);
	check_int(level(desk, &two.ned, two.theirs), 0);
	OK(store_cover_nobody(store, desk->place->arena, &two.ned, 10, &nobody, ERR));
	check_int(nobody.total, 0);
	whole(desk);
	place_close(desk->place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_children_of_both_councils_move_each_in_an_arrangement_of_its_own),
		CLAIM(whoever_serves_two_councils_is_counted_booked_and_away_in_both),
		CLAIM(who_does_not_work_for_the_second_council_cannot_take_its_children),
		CLAIM(a_leavers_children_of_the_second_council_hold_them_back_until_they_are_handed_over),
		CLAIM(who_arranges_for_somebody_of_both_councils_moves_the_children_of_their_own),
		CLAIM(a_hidden_child_is_handed_over_by_its_own_officer_and_nobody_else_is_told),
		CLAIM(who_covers_a_leave_sees_the_children_from_its_first_day_to_its_last),
		CLAIM(sight_by_cover_that_nobody_accepted_is_found),
		CLAIM(two_leaves_with_a_gap_give_no_sight_in_the_gap),
		CLAIM(a_refusal_says_why_and_moves_nothing),
		CLAIM(what_is_arranged_already_is_not_arranged_twice),
		CLAIM(a_childs_own_social_worker_can_never_stand_in_as_iro),
		CLAIM(leaving_moves_the_child_when_the_receiver_accepts_and_not_before),
		CLAIM(what_is_booked_with_a_leaver_as_chair_goes_along_and_lets_the_leaver_see_no_more),
		CLAIM(a_child_whose_officer_nobody_is_stands_in_a_list),
		CLAIM(how_many_stand_with_each_counts_a_child_once),
		CLAIM(who_has_no_part_in_an_arrangement_is_told_of_none),
		CLAIM(drafts_and_what_is_in_the_inbox_go_to_who_covers_and_come_back),
		CLAIM(a_record_made_from_a_lent_draft_and_a_notice_that_was_seen_stay_with_who_did_it),
		CLAIM(what_lies_on_the_desk_goes_with_a_child_whom_a_manager_gives_to_somebody_else),
		CLAIM(what_is_lent_when_its_person_hands_the_child_over_goes_to_the_new_one),
		CLAIM(after_any_sequence_every_child_has_an_owner_and_access_is_what_was_arranged),
	};
	return cmocka_run_group_tests_name("store cover", tests, NULL, NULL);
}
