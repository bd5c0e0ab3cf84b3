#include "family.h"

#define TABLES "SELECT (SELECT count(*) FROM version_child) + (SELECT count(*) FROM version_care_period)" \
	" + (SELECT count(*) FROM version_placement) + (SELECT count(*) FROM version_cla_review)"     \
	" + (SELECT count(*) FROM event) + (SELECT count(*) FROM clock)"

TEST(an_import_brings_children_events_and_clocks)
{
	struct place *place = place_open();
	import_children(place, 30, day_of(2025, 5, 20));
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 30);
	check_int(COUNT(place, "SELECT count(*) FROM event"), 120);
	check_int(COUNT(place, "SELECT count(*) FROM child_row"), 30);
	check_true(COUNT(place, "SELECT count(*) FROM clock") >= 90);
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), 1);
	place_close(place);
}

TEST(the_same_import_again_changes_nothing)
{
	struct place *place = place_open();
	import_children(place, 30, day_of(2025, 5, 20));
	int64_t before = COUNT(place, TABLES);
	int64_t versions = COUNT(place, "SELECT sum(version) FROM subject");
	place->now += INSTANT_DAY;
	import_children(place, 30, day_of(2025, 5, 20));
	check_int(COUNT(place, TABLES), before);
	check_int(COUNT(place, "SELECT sum(version) FROM subject"), versions);
	check_int(COUNT(place, "SELECT count(*) FROM import"), 2);
	check_int(COUNT(place, "SELECT count(*) FROM event WHERE withdrawn_at IS NOT NULL"), 0);
	place_close(place);
}

TEST(an_import_that_says_otherwise_withdraws_and_leaves)
{
	struct place *place = place_open();
	import_children(place, 5, day_of(2025, 5, 20));
	place->now += INSTANT_DAY;
	import_children(place, 5, day_of(2025, 5, 21));
	check_int(COUNT(place, "SELECT count(*) FROM event WHERE withdrawn_at IS NOT NULL"), 5);
	check_int(COUNT(place, "SELECT count(*) FROM version_cla_review"), 10);
	check_int(COUNT(place, "SELECT count(*) FROM version_child"), 5);
	place_close(place);
}

TEST(a_cancelled_import_leaves_nothing)
{
	struct place *place = place_open();
	int64_t import;
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
		.kind = S("cin"), .files = S("census.xml"), .known_to = day_of(2026, 3, 31) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	struct basket basket;
	put_child(place, &basket, "C1", day_of(2025, 5, 1), day_of(2025, 5, 20));
	OK(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR));
	store_import_cancel(place->store);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 0);
	check_int(COUNT(place, "SELECT count(*) FROM import"), 0);
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), 0);
	add_child(place, "C1", day_of(2025, 5, 1), DAY_UNKNOWN);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 1);
	place_close(place);
}

TEST(a_rejected_row_does_not_spoil_the_rest)
{
	struct place *place = place_open();
	int64_t import;
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
		.kind = S("cin"), .files = S("census.xml"), .known_to = day_of(2026, 3, 31) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	struct basket basket;
	put_child(place, &basket, "C1", DAY_UNKNOWN, DAY_UNKNOWN);
	struct child *child = record_new(place->arena, &child_type);
	basket.change[0].record = child;
	NO(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR), ERR_INPUT);
	put_child(place, &basket, "C2", day_of(2025, 5, 1), day_of(2025, 5, 20));
	OK(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR));
	OK(store_import_end(place->store, import, 1, 3, 1, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 1);
	place_close(place);
}

TEST(what_a_person_entered_outranks_a_file)
{
	struct place *place = place_open();
	import_children(place, 1, day_of(2025, 5, 20));
	int64_t subject;
	OK(store_subject_find(
		place->store, S("EX1"), SUBJECT_CHILD, S("C00001"), &subject, ERR));
	OK(store_set(place->store, &place->system, S("none-restricted:EX1"), S("A. Custodian"), ERR));
	struct stored_list list;
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &list, ERR));
	struct cla_review *review = list.item[0].record;
	review->held = day_of(2025, 5, 25);
	struct actor manager = { .user = 8, .role = ROLE_MANAGER, .authority = S("EX1") };
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &cla_review_type,
		.id = list.item[0].id, .version = 1, .record = review, .reason = S("chair's diary") };
	OK(save_basket(place, &basket, SAVE_FORM, &manager, 0, ERR));
	import_children(place, 1, day_of(2025, 5, 21));
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &list, ERR));
	check_int(((const struct cla_review *)list.item[0].record)->held, day_of(2025, 5, 25));
	check_true(list.item[0].by_hand);
	place_close(place);
}

TEST(only_a_custodian_sees_a_real_import_until_it_is_cleared)
{
	struct place *place = place_open();
	import_children(place, 2, DAY_UNKNOWN);
	check_int(COUNT(place, "SELECT count(*) FROM subject WHERE openness = 2"), 2);
	check_int(COUNT(place, "SELECT count(*) FROM access"), 2);
	OK(store_set(place->store, &place->system, S("none-restricted:EX1"), S("A. Custodian"), ERR));
	check_int(COUNT(place, "SELECT count(*) FROM subject WHERE openness = 0"), 2);
	/* A row for each role that sees the whole authority. */
	check_int(COUNT(place, "SELECT count(*) FROM access"), 10);
	place_close(place);
}

TEST(a_signature_speaks_of_the_children_who_are_there_and_not_of_those_who_come)
{
	struct place *place = place_open();
	import_children(place, 2, DAY_UNKNOWN);
	OK(store_set(place->store, &place->system, S("none-restricted:EX1"), S("A. Custodian"), ERR));
	import_children(place, 3, DAY_UNKNOWN);
	check_int(COUNT(place, "SELECT count(*) FROM subject WHERE openness = 0"), 2);
	check_int(COUNT(place, "SELECT openness FROM subject WHERE key = 'C00003'"), 2);
	place_close(place);
}

TEST(a_people_file_opens_the_children_that_it_names)
{
	struct place *place = place_open();
	import_children(place, 3, DAY_UNKNOWN);
	int64_t import;
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
		.kind = S("people"), .files = S("people.csv"), .known_to = day_of(2026, 11, 1) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	for (size_t i = 1; i <= 2; i++) {
		int64_t subject;
		OK(store_subject_find(place->store, S("EX1"), SUBJECT_CHILD,
			i == 1 ? S("C00001") : S("C00002"), &subject, ERR));
		struct basket basket = { 0 };
		struct allocation *allocation = put(place, &basket, &allocation_type, subject);
		allocation->iro = S("Ola Example");
		allocation->restricted = i == 1 ? ANSWER_YES : ANSWER_NO;
		OK(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR));
	}
	OK(store_import_end(place->store, import, 2, 0, 0, ERR));
	check_int(COUNT(place, "SELECT openness FROM child_row WHERE number = 'C00001'"), RESTRICTED);
	check_int(COUNT(place, "SELECT openness FROM child_row WHERE number = 'C00002'"), OPEN);
	check_int(COUNT(place, "SELECT openness FROM child_row WHERE number = 'C00003'"), UNCLEARED);
	place_close(place);
}

TEST(a_due_date_that_no_source_reaches_is_unknown_and_never_overdue)
{
	struct place *place = place_open();
	import_children(place, 1, day_of(2026, 1, 20));
	/* The next review falls due after the source's last day: it will be unknown, not overdue. */
	check_int(COUNT(place, "SELECT count(*) FROM child_row WHERE unsure_rule = "
			       "'cla-review-subsequent' OR unsure_rule = 'cla-review-second'"),
		1);
	place_close(place);
}

/* As if its reader forgot to say that it carries it: a false overdue would look like any other. */
TEST(what_an_import_leaves_without_saying_that_it_carries_it_is_unknown_and_a_persons_is_overdue)
{
	struct place *place = place_open();
	int64_t import;
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
		.kind = S("ssd"), .files = S("ssd"), .known_to = day_of(2026, 3, 31) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	struct basket basket;
	put_child(place, &basket, "C1", day_of(2025, 5, 1), DAY_UNKNOWN);
	OK(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR));
	OK(store_import_end(place->store, import, 1, 1, 0, ERR));
	int64_t child = add_child(place, "C2", day_of(2025, 5, 1), DAY_UNKNOWN);
	struct arena *arena = place->arena;
	struct clocks clocks = { 0 };
	int told = 0;
	for (int64_t subject = 1; subject <= child; subject++) {
		OK(store_clocks(place->store, arena, subject, &clocks, ERR));
		for (size_t i = 0; i < clocks.n; i++) {
			if (!str_equal(clocks.item[i].rule->id, S("cla-review-first")))
				continue;
			check_int(clock_state(&clocks.item[i], day_of(2026, 3, 1)),
				subject == child ? CLOCK_OVERDUE : CLOCK_UNKNOWN);
			told++;
		}
	}
	check_int(told, 2);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(an_import_brings_children_events_and_clocks),
		CLAIM(the_same_import_again_changes_nothing),
		CLAIM(an_import_that_says_otherwise_withdraws_and_leaves),
		CLAIM(a_cancelled_import_leaves_nothing),
		CLAIM(a_rejected_row_does_not_spoil_the_rest),
		CLAIM(what_a_person_entered_outranks_a_file),
		CLAIM(only_a_custodian_sees_a_real_import_until_it_is_cleared),
		CLAIM(a_signature_speaks_of_the_children_who_are_there_and_not_of_those_who_come),
		CLAIM(a_people_file_opens_the_children_that_it_names),
		CLAIM(what_an_import_leaves_without_saying_that_it_carries_it_is_unknown_and_a_persons_is_overdue),
		CLAIM(a_due_date_that_no_source_reaches_is_unknown_and_never_overdue),
	};
	return cmocka_run_group_tests_name("store import", tests, NULL, NULL);
}
