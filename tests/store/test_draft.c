#include "family.h"

#include "store/draft.h"
#include "store/history.h"
#include "store/stood.h"

#include "check.h"

#define MINUTE INSTANT_MINUTE

static struct draft draft_of(int64_t subject, const char *typed)
{
	return (struct draft){ .person = 7, .key = 123456789012345678, .subject = subject,
		.type = S("cla_review"), .typed = str_of(typed) };
}

TEST(a_draft_is_kept_as_it_was_typed_and_one_window_cannot_overwrite_another)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "A1", day_of(2026, 1, 5), DAY_UNKNOWN);
	struct draft first = draft_of(child, "held-day=31&held-month=%20foo"), there;
	struct err err = { 0 };
	OK(store_draft_keep(place->store, &first, 1000, ERR));
	check_int(first.turn, 1);
	struct draft behind = draft_of(child, "held-day=1");
	check_false(store_draft_keep(place->store, &behind, 1001, &err));
	check_int(err.code, ERR_STALE);
	first.typed = S("held-day=2");
	OK(store_draft_keep(place->store, &first, 1002, ERR));
	OK(store_draft_find(place->store, place->arena, 7, first.key, &there, ERR));
	check_int(there.turn, 2);
	check_int(there.begun_at, 1000);
	check_int(there.kept_at, 1002);
	check_true(str_equal(there.typed, S("held-day=2")));
	check_false(store_draft_find(place->store, place->arena, 8, first.key, &there, &err));
	check_int(err.code, ERR_MISSING);
	struct draft elsewhere = draft_of(child + 1, "x=1");
	elsewhere.turn = 2;
	check_false(store_draft_keep(place->store, &elsewhere, 1003, &err));
	check_int(err.code, ERR_INPUT);
	place_close(place);
}

TEST(a_form_that_made_its_record_takes_nothing_more_and_holds_nothing)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "A1", day_of(2026, 1, 5), DAY_UNKNOWN);
	struct draft draft = draft_of(child, "held-day=1"), there;
	struct err err = { 0 };
	OK(store_draft_keep(place->store, &draft, 1000, ERR));
	OK(store_draft_made(place->store, &draft, 55, 1001, ERR));
	check_false(store_draft_keep(place->store, &draft, 1002, &err));
	check_int(err.code, ERR_DUPLICATE);
	check_int(draft.made, 55);
	OK(store_draft_find(place->store, place->arena, 7, draft.key, &there, ERR));
	check_int(there.typed.n, 0);
	OK(store_draft_drop(place->store, 7, draft.key, ERR));
	OK(store_draft_find(place->store, place->arena, 7, draft.key, &there, ERR));
	/* One that nothing was kept of is known from then on. */
	struct draft unkept = draft_of(child, "");
	unkept.key = 5;
	OK(store_draft_made(place->store, &unkept, 56, 1003, ERR));
	check_false(store_draft_made(place->store, &unkept, 57, 1004, &err));
	check_int(err.code, ERR_DUPLICATE);
	place_close(place);
}

TEST(a_draft_goes_with_the_child_to_whoever_takes_over)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "A1", day_of(2026, 1, 5), DAY_UNKNOWN);
	struct draft draft = draft_of(child, "held-day=1"), there;
	struct err err = { 0 };
	OK(store_draft_keep(place->store, &draft, 1000, ERR));
	OK(store_draft_move(place->store, child, 7, 9, ERR));
	OK(store_draft_find(place->store, place->arena, 9, draft.key, &there, ERR));
	check_false(store_draft_find(place->store, place->arena, 7, draft.key, &there, &err));
	struct draft_list list;
	OK(store_draft_list(place->store, place->arena, &(struct actor){ .user = 9, .role = ROLE_CHAIR,
		.authority = S("EX1") }, 0, &list, ERR));
	check_int(list.n, 0); /* nobody lists a draft of a child whom they may not see */
	place_close(place);
}

/* ---- history */

TEST(every_version_of_a_record_is_told_with_its_reason)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "A1", day_of(2026, 1, 5), day_of(2026, 2, 2));
	struct record_index index;
	OK(store_record_index(place->store, place->arena, child, &index, ERR));
	check_int(index.n, 4);
	int64_t review = 0;
	for (size_t i = 0; i < index.n; i++) {
		if (index.item[i].type == &cla_review_type)
			review = index.item[i].id;
	}
	struct record_found found;
	OK(store_record_read(place->store, place->arena, review, &found, ERR));
	check_true(found.type == &cla_review_type);
	check_int(found.subject, child);
	struct cla_review changed = *(const struct cla_review *)found.record;
	changed.held = day_of(2026, 2, 1);
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &cla_review_type, .id = review,
		.version = 1, .record = &changed, .reason = S("a slip") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	struct record_versions versions;
	OK(store_record_history(
		place->store, place->arena, &cla_review_type, review, &versions, ERR));
	check_int(versions.n, 2);
	check_true(str_equal(versions.item[1].reason, S("a slip")));
	const struct field *field[8];
	check_int(record_differ(&cla_review_type, versions.item[0].record,
			  versions.item[1].record, field), 1);
	check_true(str_equal(str_of(field[0]->name), S("held")));
	struct err err = { 0 };
	check_false(store_record_read(place->store, place->arena, 999999, &found, &err));
	check_int(err.code, ERR_MISSING);
	place_close(place);
}

/* ---- the same child */

static size_t clocks_of(struct place *place, int64_t subject)
{
	struct clocks clocks;
	OK(store_clocks(place->store, place->arena, subject, &clocks, ERR));
	return clocks.n;
}

static int64_t join(struct place *place, int64_t main, const char *number, bool wanted)
{
	struct basket basket = { 0 };
	struct same_child *same = put(place, &basket, &same_child_type, main);
	*same = (struct same_child){ str_of(number), S("her mother told us") };
	struct err err = { 0 };
	bool done = save_basket(place, &basket, SAVE_FORM, &place->system, 0, &err);
	if (done != wanted)
		fail_msg("%s: %s", number, err.text);
	return basket.change[0].id;
}

TEST(the_clocks_of_one_child_run_over_both_numbers_and_undoing_parts_them)
{
	struct place *place = place_open();
	int64_t main = add_child(place, "A1", day_of(2026, 1, 5), DAY_UNKNOWN);
	int64_t other = add_child(place, "B2", day_of(2025, 1, 6), day_of(2025, 2, 2));
	int64_t third = add_child(place, "C3", day_of(2025, 3, 6), DAY_UNKNOWN);
	size_t of_main = clocks_of(place, main), of_other = clocks_of(place, other);
	join(place, main, "A1", false);
	join(place, main, "Z9", false);
	int64_t id = join(place, main, "B2", true);
	check_int(clocks_of(place, other), 0);
	/* One child was born once: their record is kept by one clock. */
	check_int(clocks_of(place, main), of_main + of_other - 1);
	join(place, third, "B2", false);
	join(place, third, "A1", false);
	join(place, other, "C3", false);
	bool is;
	OK(store_is_same(place->store, S("EX1"), main, other, &is, ERR));
	check_true(is);
	struct stored_events events;
	OK(store_events(place->store, place->arena, main, INSTANT_UNKNOWN, &events, ERR));
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	/* A review recorded under the other number meets the clock of the one who is listed. */
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_WITHDRAW, .type = &same_child_type, .id = id,
		.version = 1, .reason = S("two girls of one name") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(clocks_of(place, main), of_main);
	check_int(clocks_of(place, other), of_other);
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_draft_is_kept_as_it_was_typed_and_one_window_cannot_overwrite_another),
		CLAIM(a_form_that_made_its_record_takes_nothing_more_and_holds_nothing),
		CLAIM(a_draft_goes_with_the_child_to_whoever_takes_over),
		CLAIM(every_version_of_a_record_is_told_with_its_reason),
		CLAIM(the_clocks_of_one_child_run_over_both_numbers_and_undoing_parts_them),
	};
	return cmocka_run_group_tests_name("store draft", tests, NULL, NULL);
}
