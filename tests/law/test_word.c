#include "base/buf.h"
#include "check.h"
#include "law/codes.h"
#include "law/word.h"

#include <stdio.h>
#include <stdlib.h>

TEST(every_word_is_found_by_its_text_and_no_other_is)
{
	for (int i = WORD_NONE + 1; i < WORDS; i++) {
		check_int(word_find(word_text((enum word)i)), i);
		check_true(word_text((enum word)i).n > 0);
	}
	check_int(word_find(S("")), WORD_NONE);
	check_int(word_find(S("cla-review-hel")), WORD_NONE);
	check_int(word_find(S("cla-review-helds")), WORD_NONE);
	check_int(word_find(S("CLA-REVIEW-HELD")), WORD_NONE);
	check_str(word_text(WORD_NONE), "");
}

TEST(ends_come_before_starts_and_what_is_held_last)
{
	check_int(word_rows[WORD_DEATH].order, ORDER_END);
	check_int(word_rows[WORD_CP_PLAN_ENDED].order, ORDER_END);
	check_int(word_rows[WORD_DISPUTE_CLOSED].order, ORDER_END);
	check_int(word_rows[WORD_LOOKED_AFTER_BEGAN].order, ORDER_START);
	check_int(word_rows[WORD_PLACED_FOR_ADOPTION].order, ORDER_START);
	check_int(word_rows[WORD_ICPC_HELD].order, ORDER_HELD);
	check_int(word_rows[WORD_CLA_REVIEW_HELD].order, ORDER_HELD);
	for (int i = WORD_NONE + 1; i < WORDS; i++) {
		const struct word_row *row = &word_rows[i];
		if (str_ends(row->text, S("-ended")))
			check_int(row->order, ORDER_END);
		if (str_ends(row->text, S("-began")))
			check_int(row->order, ORDER_START);
		if (str_ends(row->text, S("-held")))
			check_int(row->order, ORDER_HELD);
	}
}

TEST(subject_kinds_are_read_as_they_are_written)
{
	enum subject_kind kind;
	for (int i = 0; i < SUBJECT_KINDS; i++) {
		check_true(subject_kind_find(subject_kind_text((enum subject_kind)i), &kind));
		check_int(kind, i);
	}
	check_false(subject_kind_find(S("Child"), &kind));
	check_false(subject_kind_find(S(""), &kind));
}

TEST(every_thread_kind_in_use_has_its_words)
{
	for (int i = WORD_NONE + 1; i < WORDS; i++)
		check_int(word_threads_text((enum word)i).n > 0, word_rows[i].threads != 0);
	check_str(word_threads_text(WORD_MEETING_BOOKED), "care, plan or s47");
	check_str(word_threads_text(WORD_MIDWAY_HELD), "care or plan");
	check_str(word_threads_text(WORD_DEATH), "");
}

static str field(str *line)
{
	str out = S("");
	str_split(line, '\t', &out);
	return out;
}

TEST(the_words_are_those_of_the_domain_list_in_its_order)
{
	const char *root = getenv("DULY_ROOT");
	char path[512];
	snprintf(path, sizeof path, "%s/../shared/domain/events.tsv", root == NULL ? "." : root);
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		not_here("../shared");
	struct buf text = { 0 };
	char *room = buf_reserve(&text, 1 << 16);
	text.n = fread(room, 1, 1 << 16, file);
	fclose(file);
	str rest = buf_view(&text), line;
	int word = WORD_NONE;
	size_t found = 0;
	str_split(&rest, '\n', &line);
	while (str_split(&rest, '\n', &line)) {
		if (line.n == 0)
			continue;
		/* Rules brought words of their own, between those of the list. */
		str wanted = field(&line);
		do {
			word++;
			assert_true(word < WORDS);
		} while (!str_equal(wanted, word_rows[word].text));
		found++;
		const struct word_row *row = &word_rows[word];
		check_true(str_equal(field(&line), subject_kind_text(row->subject)));
		check_true(str_equal(field(&line), word_threads_text((enum word)word)));
		check_true(str_starts(row->detail, field(&line)));
		check_true(str_equal(field(&line), row->note));
	}
	check_true(found > 80);
	buf_close(&text);
}

TEST(detail_is_found_by_its_whole_key)
{
	str value = S("");
	str detail = S("participation=PN1;parts=2; alone = yes ;flag;empty=");
	check_true(detail_find(detail, S("participation"), &value));
	check_str(value, "PN1");
	check_true(detail_find(detail, S("parts"), &value));
	check_str(value, "2");
	check_true(detail_find(detail, S("alone"), &value));
	check_str(value, "yes");
	check_true(detail_find(detail, S("empty"), &value));
	check_str(value, "");
	check_false(detail_find(detail, S("part"), &value));
	check_false(detail_find(detail, S("flag"), &value));
	check_false(detail_find(detail, S("PN1"), &value));
	check_false(detail_find(S(""), S("parts"), &value));
	check_true(detail_find(S("why=a=b"), S("why"), &value));
	check_str(value, "a=b");
}

TEST(only_what_is_booked_planned_or_ordered_may_lie_ahead)
{
	for (int i = WORD_NONE + 1; i < WORDS; i++)
		assert_int_equal(word_is_planned((enum word)i),
			i == WORD_MEETING_BOOKED || i == WORD_COURT_END_SET ||
				i == WORD_PRIVATE_FOSTERING_PROPOSED);
}

TEST(a_code_is_found_as_it_is_printed_and_no_other_is)
{
	check_str(code_find(&codes_participation, S("PN1"))->code, "PN1");
	assert_true(code_meaning(&codes_participation, S("PN1")).n > 0);
	assert_null(code_find(&codes_participation, S("pn1")));
	check_str(code_meaning(&codes_participation, S("PN99")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_word_is_found_by_its_text_and_no_other_is),
		CLAIM(ends_come_before_starts_and_what_is_held_last),
		CLAIM(subject_kinds_are_read_as_they_are_written),
		CLAIM(every_thread_kind_in_use_has_its_words),
		CLAIM(the_words_are_those_of_the_domain_list_in_its_order),
		CLAIM(detail_is_found_by_its_whole_key),
		CLAIM(only_what_is_booked_planned_or_ordered_may_lie_ahead),
		CLAIM(a_code_is_found_as_it_is_printed_and_no_other_is),
	};
	return cmocka_run_group_tests_name("law word", tests, NULL, NULL);
}
