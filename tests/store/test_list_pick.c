#include "../check.h"

#include "base/arena.h"
#include "store/list_pick.h"

enum { ROWS = 400, TODAY = 20000 };

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct pick_row child(int64_t subject, const char *name, day next, day unsure)
{
	return (struct pick_row){ .subject = subject,
		.level = 2,
		.born = 15000 + (day)subject,
		.next_due = next,
		.unsure_due = unsure,
		.number = arena_format(arena, "N%d", (int)subject),
		.name = str_of(name),
		.team = S("North") };
}

static struct pick_counts ask(struct caseload_query query, struct pick_row *row, size_t n, size_t most)
{
	struct pick_counts counts;
	query.today = TODAY;
	struct pick pick = pick_of(arena, &query);
	pick_siblings_of(&pick, row, n);
	pick_say(&pick, row, n, &counts);
	if (query.together)
		pick_group(arena, &pick, row, (size_t)counts.total);
	pick_sort(&pick, row, (size_t)counts.total, most);
	return counts;
}

TEST(a_child_seen_in_two_ways_is_one_row_at_the_higher_level)
{
	struct pick_row row[] = { child(7, "a", 1, 1), child(9, "b", 1, 1), child(3, "c", 1, 1),
		child(7, "a", 1, 1) };
	row[0].level = 1;
	check_int(pick_merge(row, 4), 3);
	check_int(row[0].subject, 3);
	check_int(row[1].subject, 7);
	check_int(row[1].level, 2);
	check_int(row[2].subject, 9);
}

TEST(who_is_barred_sees_nothing_whatever_else_shows_it)
{
	struct pick_row row[] = { child(7, "a", 1, 1), child(7, "a", 1, 1), child(9, "b", 1, 1) };
	row[0].barred = true;
	row[0].level = 0;
	check_int(pick_merge(row, 3), 1);
	check_int(row[0].subject, 9);
	struct pick_row other[] = { child(7, "a", 1, 1), child(7, "a", 1, 1) };
	other[1].barred = true;
	check_int(pick_merge(other, 2), 0);
	struct pick_row none[] = { child(7, "a", 1, 1) };
	none[0].level = 0;
	check_int(pick_merge(none, 1), 0);
}

TEST(what_is_due_today_is_not_late_and_what_was_due_yesterday_is)
{
	struct pick_row row[] = { child(1, "a", TODAY, DAY_UNKNOWN),
		child(2, "b", TODAY - 1, DAY_UNKNOWN), child(3, "c", DAY_UNKNOWN, TODAY - 1),
		child(4, "d", TODAY + 7, TODAY + 8), child(5, "e", TODAY + 28, DAY_UNKNOWN),
		child(6, "f", TODAY + 29, TODAY + 30), child(7, "g", DAY_UNKNOWN, DAY_UNKNOWN),
		child(8, "h", TODAY - 1, TODAY - 5) };
	struct pick_counts counts = ask((struct caseload_query){ .sort = LIST_BY_WORST }, row, 8, 8);
	check_int(counts.children, 8);
	check_int(counts.overdue, 2);
	check_int(counts.unknown, 2);
	check_int(counts.week, 2);
	check_int(counts.four_weeks, 3);
	check_int(counts.total, 8);
	/* Late by date, then unknown, then what comes, then nothing. */
	static const int want[] = { 8, 2, 3, 1, 4, 5, 6, 7 };
	for (size_t i = 0; i < 8; i++)
		check_int(row[i].subject, want[i]);
	check_int(row[0].due, TODAY - 5);
	check_int(row[7].rank, PICK_NOTHING);
}

TEST(unknown_dates_stay_last_whichever_way_round)
{
	struct pick_row row[] = { child(1, "b", DAY_UNKNOWN, DAY_UNKNOWN),
		child(2, "a", TODAY + 3, DAY_UNKNOWN), child(3, "c", TODAY + 2, DAY_UNKNOWN) };
	ask((struct caseload_query){ .sort = LIST_BY_DUE, .backwards = true }, row, 3, 3);
	check_int(row[0].subject, 2);
	check_int(row[2].subject, 1);
	ask((struct caseload_query){ .sort = LIST_BY_DUE }, row, 3, 3);
	check_int(row[0].subject, 3);
	check_int(row[2].subject, 1);
}

TEST(every_word_must_be_in_a_name_that_may_be_seen)
{
	struct pick_row row[] = { child(1, "osei amara", TODAY, TODAY), child(2, "osei kofi", TODAY, TODAY),
		child(3, "", TODAY, TODAY) };
	row[2].level = 1;
	struct caseload_query query = { .text = S("Amara  OSEI") };
	check_int(ask(query, row, 3, 3).total, 1);
	check_int(row[0].subject, 1);
	query.text = S("N3");
	check_int(ask(query, row, 3, 3).total, 1);
	check_int(row[0].subject, 3);
	query.text = S("%_'");
	check_int(ask(query, row, 3, 3).total, 0);
	query.text = S("");
	check_int(ask(query, row, 3, 3).total, 3);
}

static struct pick_row any(uint64_t *seed, int64_t subject)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	unsigned r = (unsigned)(*seed >> 33);
	struct pick_row row = child(subject, "", DAY_UNKNOWN, DAY_UNKNOWN);
	if (r % 5 > 0)
		row.next_due = TODAY - 20 + (day)(r / 5 % 60);
	if (r % 7 == 0)
		row.unsure_due = TODAY - 20 + (day)(r / 7 % 60);
	row.unknowns = r % 11 == 0;
	row.born = r % 13 == 0 ? DAY_UNKNOWN : 15000 + (day)(r / 13 % 50);
	row.name = arena_format(arena, "name%u", r / 17 % 90);
	row.level = r % 19 == 0 ? 1 : 2;
	row.view_on = r % 3 == 0 || row.level < 2 ? DAY_UNKNOWN : TODAY - (day)(r / 3 % 40);
	row.contact_on = r % 4 == 0 || row.level < 2 ? DAY_UNKNOWN : TODAY - (day)(r / 4 % 40);
	if (r % 2 == 0 && row.level >= 2)
		row.siblings = arena_format(arena, "EX1 f%u", r / 23 % 60);
	row.group = pick_hash(row.siblings);
	return row;
}

/* Sorted whole, and sorted for a page only: the same rows. */
TEST(a_page_of_a_long_list_is_the_same_as_that_page_of_the_whole_list_sorted)
{
	static struct pick_row whole[ROWS], part[ROWS];
	uint64_t seed = 11;
	for (int sort = LIST_BY_WORST; sort <= (int)LIST_BY_CONTACT; sort++) {
		for (int back = 0; back < 2; back++) {
			for (size_t i = 0; i < ROWS; i++)
				whole[i] = part[i] = any(&seed, (int64_t)(i * 7 % ROWS) + 1);
			struct caseload_query query = { .sort = (enum list_sort)sort, .backwards = back };
			ask(query, whole, ROWS, ROWS);
			ask(query, part, ROWS, 75);
			for (size_t i = 0; i < 75; i++)
				check_int(part[i].subject, whole[i].subject);
			for (size_t i = 1; i < ROWS; i++) {
				if (sort == (int)LIST_BY_WORST && !back)
					check_true(whole[i - 1].rank <= whole[i].rank);
				if (sort == (int)LIST_BY_WORST && back)
					check_true(whole[i - 1].rank >= whole[i].rank);
			}
		}
	}
}

/* By the slow way: a row belongs after whoever comes before it in the list that is not grouped, or
 * next to its own. */
TEST(brothers_and_sisters_stand_together_where_the_first_of_them_stood)
{
	static struct pick_row alone[ROWS], grouped[ROWS], paged[ROWS];
	uint64_t seed = 5;
	for (int sort = LIST_BY_WORST; sort <= (int)LIST_BY_CONTACT; sort++) {
		for (int back = 0; back < 2; back++) {
			for (size_t i = 0; i < ROWS; i++)
				alone[i] = grouped[i] = paged[i] = any(&seed, (int64_t)i + 1);
			struct caseload_query query = { .sort = (enum list_sort)sort, .backwards = back };
			ask(query, alone, ROWS, ROWS);
			query.together = true;
			ask(query, grouped, ROWS, ROWS);
			ask(query, paged, ROWS, 30);
			bool taken[ROWS] = { 0 };
			size_t at = 0;
			for (size_t i = 0; i < ROWS; i++) {
				for (size_t k = i; k < ROWS; k++) {
					if (taken[k] || (k > i && (alone[i].siblings.n == 0 ||
									  !str_equal(alone[i].siblings,
										  alone[k].siblings))))
						continue;
					if (taken[i] && k == i)
						break;
					taken[k] = true;
					check_int(grouped[at++].subject, alone[k].subject);
				}
			}
			check_int(at, ROWS);
			for (size_t i = 0; i < 30; i++)
				check_int(paged[i].subject, grouped[i].subject);
		}
	}
}

TEST(who_was_never_heard_comes_first_and_who_may_not_be_asked_last)
{
	struct pick_row row[] = { child(1, "a", TODAY, TODAY), child(2, "b", TODAY, TODAY),
		child(3, "c", TODAY, TODAY), child(4, "", TODAY, TODAY) };
	row[0].view_on = TODAY - 3;
	row[1].view_on = TODAY - 300;
	row[2].view_on = row[3].view_on = DAY_UNKNOWN;
	row[3].level = 1;
	ask((struct caseload_query){ .sort = LIST_BY_VOICE }, row, 4, 4);
	static const int longest[] = { 3, 2, 1, 4 }, latest[] = { 1, 2, 3, 4 };
	for (size_t i = 0; i < 4; i++)
		check_int(row[i].subject, longest[i]);
	ask((struct caseload_query){ .sort = LIST_BY_VOICE, .backwards = true }, row, 4, 4);
	for (size_t i = 0; i < 4; i++)
		check_int(row[i].subject, latest[i]);
}

TEST(a_childs_brothers_and_sisters_are_those_of_its_group_alone)
{
	struct pick_row row[] = { child(1, "a", TODAY, TODAY), child(2, "b", TODAY, TODAY),
		child(3, "c", TODAY, TODAY), child(4, "d", TODAY, TODAY) };
	row[0].siblings = row[2].siblings = S("EX1 s1");
	row[1].siblings = S("EX2 s1");
	for (size_t i = 0; i < 4; i++)
		row[i].group = pick_hash(row[i].siblings);
	check_int(pick_siblings(row, 4, &row[0]), 1);
	check_int(pick_siblings(row, 4, &row[1]), 0);
	check_int(pick_siblings(row, 4, &row[3]), 0);
	check_int(ask((struct caseload_query){ .siblings_of = 3 }, row, 4, 4).total, 2);
	check_int(row[0].subject + row[1].subject, 4);
	/* Of a child without a group: that child. Of one who is not in the list: nobody. */
	check_int(ask((struct caseload_query){ .siblings_of = 4 }, row, 4, 4).total, 1);
	check_int(ask((struct caseload_query){ .siblings_of = 99 }, row, 4, 4).total, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_child_seen_in_two_ways_is_one_row_at_the_higher_level),
		CLAIM(who_is_barred_sees_nothing_whatever_else_shows_it),
		CLAIM(what_is_due_today_is_not_late_and_what_was_due_yesterday_is),
		CLAIM(unknown_dates_stay_last_whichever_way_round),
		CLAIM(every_word_must_be_in_a_name_that_may_be_seen),
		CLAIM(brothers_and_sisters_stand_together_where_the_first_of_them_stood),
		CLAIM(who_was_never_heard_comes_first_and_who_may_not_be_asked_last),
		CLAIM(a_childs_brothers_and_sisters_are_those_of_its_group_alone),
		CLAIM(a_page_of_a_long_list_is_the_same_as_that_page_of_the_whole_list_sorted),
	};
	return cmocka_run_group_tests_name("store list pick", tests, open_arena, close_arena);
}
