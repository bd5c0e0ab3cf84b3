#include "family.h"

static const struct clock *clock_of(const struct clocks *clocks, const char *rule)
{
	for (size_t i = 0; i < clocks->n; i++) {
		if (str_equal(clocks->item[i].rule->id, str_of(rule)))
			return &clocks->item[i];
	}
	fail_msg("there is no clock of %s", rule);
	return &clocks->item[0];
}

TEST(a_saved_child_has_records_events_and_clocks)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct stored_list list;
	OK(store_records(place->store, place->arena, subject, &child_type, &list, ERR));
	check_int(list.n, 1);
	const struct child *child = list.item[0].record;
	check_str(child->surname, "Example");
	check_int(child->born, day_of(2015, 3, 4));
	check_int(child->died, DAY_UNKNOWN);
	check_false(list.item[0].by_hand);
	struct stored_events events;
	OK(store_events(place->store, place->arena, subject, INSTANT_UNKNOWN, &events, ERR));
	check_int(events.n, 4);
	check_int(events.item[0].event.word, WORD_BIRTH);
	check_int(events.item[3].event.word, WORD_CLA_REVIEW_HELD);
	struct clocks clocks;
	OK(store_clocks(place->store, place->arena, subject, &clocks, ERR));
	const struct clock *first = clock_of(&clocks, "cla-review-first");
	check_int(first->met_on, day_of(2026, 9, 25));
	const struct clock *second = clock_of(&clocks, "cla-review-second");
	check_int(clock_state(second, day_of(2026, 11, 20)), CLOCK_DUE);
	place_close(place);
}

TEST(what_is_not_met_is_all_that_could_be_open_on_any_day)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct clocks all, left;
	OK(store_clocks(place->store, place->arena, subject, &all, ERR));
	size_t open = 0, fewer = 0;
	for (day today = day_of(2026, 9, 1); today < day_of(2027, 9, 1); today++) {
		OK(store_clocks_not_met(place->store, place->arena, subject, today, &left, ERR));
		fewer += left.n < all.n;
		size_t at = 0;
		for (size_t i = 0; i < all.n; i++) {
			if (!clock_is_open(clock_state(&all.item[i], today)))
				continue;
			while (at < left.n && (left.item[at].rule != all.item[i].rule ||
				left.item[at].from != all.item[i].from))
				at++; /* those that are left stand in the order of all */
			check_true(at < left.n);
			check_int(left.item[at].due, all.item[i].due);
			open++;
		}
	}
	check_true(open > 365 && fewer > 300);
	place_close(place);
}

TEST(references_within_a_save_become_the_numbers_of_what_it_added)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct stored_list care, review;
	OK(store_records(place->store, place->arena, subject, &care_period_type, &care, ERR));
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &review, ERR));
	check_int(((const struct cla_review *)review.item[0].record)->care.id, care.item[0].id);
	place_close(place);
}

TEST(a_correction_withdraws_what_is_no_longer_so_and_leaves_the_rest)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	instant before = place->now;
	place->now += INSTANT_HOUR;
	struct stored_list review;
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &review, ERR));
	struct cla_review *changed = review.item[0].record;
	changed->held = day_of(2026, 9, 28);
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &cla_review_type,
		.id = review.item[0].id, .version = review.item[0].version, .record = changed,
		.reason = S("wrong day") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(basket.change[0].version, 2);
	struct stored_events now, then;
	OK(store_events(place->store, place->arena, subject, INSTANT_UNKNOWN, &now, ERR));
	OK(store_events(place->store, place->arena, subject, before, &then, ERR));
	check_int(now.n, 4);
	check_int(then.n, 4);
	check_int(now.item[3].event.on, day_of(2026, 9, 28));
	check_int(then.item[3].event.on, day_of(2026, 9, 25));
	check_str(then.item[3].reason, "wrong day");
	check_int(now.item[0].event.id, then.item[0].event.id);
	struct clocks clocks;
	OK(store_clocks(place->store, place->arena, subject, &clocks, ERR));
	check_int(clock_of(&clocks, "cla-review-first")->met_on, day_of(2026, 9, 28));
	basket.change[0].version = 1;
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_STALE);
	place_close(place);
}

TEST(a_withdrawn_record_leaves_no_events_and_is_not_listed)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct stored_list review;
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &review, ERR));
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_WITHDRAW, .type = &cla_review_type,
		.id = review.item[0].id, .version = 1 };
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	check_str(basket.problems.item[0].field, "0.reason");
	basket.change[0].reason = S("another child's review");
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &review, ERR));
	check_int(review.n, 0);
	struct stored_events events;
	OK(store_events(place->store, place->arena, subject, INSTANT_UNKNOWN, &events, ERR));
	check_int(events.n, 3);
	check_int(COUNT(place, "SELECT count(*) FROM version_cla_review"), 2);
	place_close(place);
}

TEST(a_save_with_a_mistake_stores_nothing_and_names_the_field)
{
	struct place *place = place_open();
	struct basket basket;
	put_child(place, &basket, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct cla_review *review = record_new(place->arena, &cla_review_type);
	review->care = (ref){ -2 };
	review->held = day_of(2026, 9, 25);
	review->participation = S("PN99");
	basket.change[3].record = review;
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	check_int(basket.problems.n, 1);
	check_str(basket.problems.item[0].field, "3.participation");
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 0);
	check_int(COUNT(place, "SELECT count(*) FROM event"), 0);
	place_close(place);
}

TEST(a_duplicate_child_is_refused)
{
	struct place *place = place_open();
	add_child(place, "A1", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct basket basket;
	put_child(place, &basket, "A1", day_of(2026, 9, 2), DAY_UNKNOWN);
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_DUPLICATE);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 1);
	check_int(COUNT(place, "SELECT count(*) FROM record_care_period"), 1);
	place_close(place);
}

TEST(who_may_not_see_a_child_cannot_change_it)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct actor stranger = { .user = 7, .role = ROLE_REVIEWING_OFFICER, .authority = S("EX1") };
	struct actor manager = { .user = 8, .role = ROLE_MANAGER, .authority = S("EX1") };
	struct actor elsewhere = { .user = 9, .role = ROLE_MANAGER, .authority = S("EX2") };
	struct basket basket = { 0 };
	struct care_period *care = put(place, &basket, &care_period_type, subject);
	care->began = day_of(2026, 1, 1);
	care->ended = day_of(2026, 2, 1);
	NO(save_basket(place, &basket, SAVE_FORM, &stranger, 0, ERR), ERR_MISSING);
	NO(save_basket(place, &basket, SAVE_FORM, &elsewhere, 0, ERR), ERR_MISSING);
	OK(save_basket(place, &basket, SAVE_FORM, &manager, 0, ERR));
	struct stored_list list;
	OK(store_records(place->store, place->arena, subject, &care_period_type, &list, ERR));
	check_true(list.item[1].by_hand);
	place_close(place);
}

TEST(a_draft_is_kept_and_leaves_no_events_until_it_is_finished)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct basket basket = { 0 };
	struct cla_review *review = put(place, &basket, &cla_review_type, subject);
	review->participation = S("PN99");
	OK(save_basket(place, &basket, SAVE_DRAFT, &place->system, 0, ERR));
	struct stored_list list;
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &list, ERR));
	check_int(list.n, 0);
	struct stored_list care;
	OK(store_records(place->store, place->arena, subject, &care_period_type, &care, ERR));
	basket.change[0].act = CHANGE_EDIT;
	review->participation = S("PN1");
	review->held = day_of(2026, 9, 20);
	review->care = (ref){ care.item[0].id };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &list, ERR));
	check_int(list.n, 1);
	check_int(COUNT(place, "SELECT count(*) FROM event WHERE word = 'cla-review-held'"), 1);
	NO(save_basket(place, &basket, SAVE_DRAFT, &place->system, 0, ERR), ERR_INPUT);
	place_close(place);
}

TEST(what_is_recorded_for_a_later_day_wakes_the_child_on_that_day)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), DAY_UNKNOWN), woken;
	struct stored_list care;
	OK(store_records(place->store, place->arena, subject, &care_period_type, &care, ERR));
	struct care_period *period = care.item[0].record;
	period->ended = day_of(2026, 12, 1);
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &care_period_type,
		.id = care.item[0].id, .version = 1, .record = period, .reason = S("court date") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(COUNT(place, "SELECT looked_after FROM child_row"), 1);
	check_int(COUNT(place, "SELECT wake_on FROM subject"), day_of(2026, 12, 1));
	OK(store_wake(place->store, &woken, ERR));
	check_int(woken, 0);
	place->now += 11 * INSTANT_DAY;
	OK(store_wake(place->store, &woken, ERR));
	check_int(woken, 1);
	check_int(COUNT(place, "SELECT looked_after FROM child_row"), 0);
	place_close(place);
}

TEST(clocks_are_made_anew_when_the_law_is_not_the_one_they_were_made_with)
{
	struct place *place = place_open();
	add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	int64_t clocks = COUNT(place, "SELECT count(*) FROM clock");
	OK(db_script(store_db(place->store), "UPDATE setting SET value = '' WHERE key = 'law-mark';"
					     "UPDATE clock SET rule = 'a-rule-of-old'; "
					     "DELETE FROM clock WHERE n = 0", ERR));
	place_close_store(place);
	place_open_store(place, STORE_WRITE);
	check_int(COUNT(place, "SELECT count(*) FROM clock"), clocks);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE rule = 'a-rule-of-old'"), 0);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_saved_child_has_records_events_and_clocks),
		CLAIM(what_is_not_met_is_all_that_could_be_open_on_any_day),
		CLAIM(references_within_a_save_become_the_numbers_of_what_it_added),
		CLAIM(a_correction_withdraws_what_is_no_longer_so_and_leaves_the_rest),
		CLAIM(a_withdrawn_record_leaves_no_events_and_is_not_listed),
		CLAIM(a_save_with_a_mistake_stores_nothing_and_names_the_field),
		CLAIM(a_duplicate_child_is_refused),
		CLAIM(who_may_not_see_a_child_cannot_change_it),
		CLAIM(what_is_recorded_for_a_later_day_wakes_the_child_on_that_day),
		CLAIM(clocks_are_made_anew_when_the_law_is_not_the_one_they_were_made_with),
		CLAIM(a_draft_is_kept_and_leaves_no_events_until_it_is_finished),
	};
	return cmocka_run_group_tests_name("store save", tests, NULL, NULL);
}
