#include "family.h"

#include "store/cover.h"
#include "store/diary.h"
#include "store/person.h"
#include "store/tracker.h"

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1") };
}

/* Looked after since June; the officer's when `iro` names them. */
static int64_t add_named(struct place *place, const char *number, const char *iro, enum answer restricted)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2026, 6, 1), day_of(2026, 6, 20));
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = str_of(iro);
	allocation->restricted = restricted;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static bool everybody(void *to, const struct tracker_child *child)
{
	return to == NULL && child->subject != 0;
}

TEST(a_tracker_is_compared_with_the_children_of_its_reader_alone)
{
	struct place *place = place_open();
	struct actor officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	struct actor manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	int64_t own = add_named(place, "A1", "Ola Reviewer", ANSWER_NO);
	int64_t other = add_named(place, "A2", "Pat Other", ANSWER_NO);
	int64_t restricted = add_named(place, "A3", "Pat Other", ANSWER_YES);
	struct tracker_children children;
	OK(store_tracker_children(place->store, place->arena, &officer, everybody, NULL, &children, ERR));
	check_int(children.n, 1);
	check_int(children.item[0].subject, own);
	check_str(children.item[0].forename, "Asha");
	check_str(children.item[0].authority, "EX1");
	check_int(children.item[0].born, day_of(2015, 3, 4));
	OK(store_tracker_children(place->store, place->arena, &manager, everybody, NULL, &children, ERR));
	check_int(children.n, 3);
	check_int(children.item[1].subject, other);
	/* Of the restricted, the number alone. */
	check_int(children.item[2].subject, restricted);
	check_int(children.item[2].level, 1);
	check_str(children.item[2].forename, "");
	check_int(children.item[2].born, DAY_UNKNOWN);
	place_close(place);
}

TEST(the_facts_of_those_who_are_asked_for_come_and_no_others)
{
	struct place *place = place_open();
	int64_t child[3];
	for (int i = 0; i < 3; i++) {
		char number[8];
		snprintf(number, sizeof number, "B%d", i);
		child[i] = add_named(place, number, "", ANSWER_NO);
	}
	struct tracker_facts facts;
	OK(store_tracker_facts(place->store, place->arena, child, 0, 0, 0, &facts, ERR));
	check_int(facts.clocks + facts.helds + facts.knowns, 0);
	const int64_t asked[] = { child[0], child[2] };
	OK(store_tracker_facts(place->store, place->arena, asked, 2, 0, 0, &facts, ERR));
	check_int(facts.helds, 2);
	check_int(facts.held[0].subject, child[0]);
	check_int(facts.held[1].subject, child[2]);
	check_int(facts.held[0].on, day_of(2026, 6, 20));
	check_int(facts.held[0].word, WORD_CLA_REVIEW_HELD);
	check_true(facts.clocks >= 2);
	bool review = false;
	for (size_t i = 0; i < facts.clocks; i++) {
		check_true(facts.clock[i].subject != child[1]);
		check_true(facts.clock[i].rule->booking.n > 0);
		review |= facts.clock[i].due == day_of(2026, 9, 20);
	}
	check_true(review); /* three months after the first */
	place_close(place);
}

TEST(when_its_reader_works_and_is_away_comes_with_the_facts)
{
	struct place *place = place_open();
	struct actor officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	struct actor other = add_person(place, "p.other", "Pat Other", ROLE_REVIEWING_OFFICER);
	int64_t child = add_named(place, "D1", "Ola Reviewer", ANSWER_NO), cover;
	day today = instant_day(place->now);
	struct suggest_hours week[7] = { [MONDAY] = { 540, 1020 } };
	OK(store_hours_set(place->store, &officer, officer.user, week, ERR));
	struct problems problems = { 0 };
	struct cover_proposal leave = { .away = officer.user, .reason = COVER_LEAVE, .first = today + 5,
		.last = today + 9, .receiver = other.user };
	OK(store_cover_propose(place->store, place->arena, &officer, &leave, &cover, &problems, ERR));
	struct tracker_facts facts;
	OK(store_tracker_facts(place->store, place->arena, &child, 1, officer.user, today, &facts, ERR));
	check_true(facts.hours_known);
	check_int(facts.days.hours[MONDAY].to, 1020);
	check_int(facts.days.hours[TUESDAY].to, 0);
	check_int(facts.days.leaves, 1);
	check_int(facts.days.leave[0].first, today + 5);
	check_int(facts.days.leave[0].last, today + 9);
	check_int(facts.helds, 1);
	/* What is over, and what is somebody else's, is not theirs. */
	OK(store_tracker_facts(
		place->store, place->arena, &child, 1, officer.user, today + 10, &facts, ERR));
	check_int(facts.days.leaves, 0);
	OK(store_tracker_facts(place->store, place->arena, &child, 1, other.user, today, &facts, ERR));
	check_false(facts.hours_known);
	check_int(facts.days.leaves, 0);
	place_close(place);
}

TEST(an_action_that_is_kept_is_known_and_leaves_no_event)
{
	struct place *place = place_open();
	int64_t child = add_named(place, "C1", "", ANSWER_NO);
	struct stored_events before = { 0 }, after = { 0 };
	OK(store_events(place->store, place->arena, child, INSTANT_UNKNOWN, &before, ERR));
	struct basket basket = { .n = 0 };
	struct action *action = put(place, &basket, &action_type, child);
	action->what = S("Passport application");
	action->owner = S("SW");
	action->agreed = day_of(2026, 6, 20);
	action->done = ANSWER_NO;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	OK(store_events(place->store, place->arena, child, INSTANT_UNKNOWN, &after, ERR));
	check_int(after.n, before.n);
	struct tracker_facts facts;
	OK(store_tracker_facts(place->store, place->arena, &child, 1, 0, 0, &facts, ERR));
	check_int(facts.knowns, 1);
	check_str(facts.known[0].what, "Passport application");
	struct basket empty = { .n = 0 };
	(void)put(place, &empty, &action_type, child);
	NO(save_basket(place, &empty, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

TEST(a_sealed_tracker_is_one_a_person_and_ends_with_its_time)
{
	struct place *place = place_open();
	instant now = place->now;
	str sealed;
	OK(store_tracker_put(place->store, 7, S("first\0part"), now + 1000, ERR));
	OK(store_tracker_put(place->store, 7, S("second"), now + 2000, ERR));
	OK(store_tracker_put(place->store, 8, S("another's"), now + 5000, ERR));
	OK(store_tracker_get(place->store, place->arena, 7, now, &sealed, ERR));
	check_str(sealed, "second");
	NO(store_tracker_get(place->store, place->arena, 7, now + 2000, &sealed, ERR), ERR_MISSING);
	NO(store_tracker_get(place->store, place->arena, 9, now, &sealed, ERR), ERR_MISSING);
	/* Forgetting one takes those with it whose time is over. */
	OK(store_tracker_forget(place->store, 9, now + 3000, ERR));
	NO(store_tracker_get(place->store, place->arena, 7, now, &sealed, ERR), ERR_MISSING);
	OK(store_tracker_get(place->store, place->arena, 8, now, &sealed, ERR));
	OK(store_tracker_forget(place->store, 8, now, ERR));
	NO(store_tracker_get(place->store, place->arena, 8, now, &sealed, ERR), ERR_MISSING);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_tracker_is_compared_with_the_children_of_its_reader_alone),
		CLAIM(the_facts_of_those_who_are_asked_for_come_and_no_others),
		CLAIM(when_its_reader_works_and_is_away_comes_with_the_facts),
		CLAIM(an_action_that_is_kept_is_known_and_leaves_no_event),
		CLAIM(a_sealed_tracker_is_one_a_person_and_ends_with_its_time),
	};
	return cmocka_run_group_tests_name("store tracker", tests, NULL, NULL);
}
