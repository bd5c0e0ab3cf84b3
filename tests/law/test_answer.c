#include "base/arena.h"
#include "check.h"
#include "law/answer.h"

static struct arena *arena;
static const struct law *law;

static int open_law(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	law = law_open(arena);
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

/* Collects the rows; after `stop` calls it has no room. */
struct rows {
	struct buf text;
	int stop;
};

static bool collect(void *to, struct buf *rows, struct err *err)
{
	struct rows *all = to;
	if (all->stop-- == 0)
		return err_set(err, ERR_IO, "no room");
	buf_str(&all->text, buf_view(rows));
	buf_clear(rows);
	return true;
}

static bool answers(str csv, struct rows *out, struct answer_count *count, struct err *err)
{
	struct answer_sink sink = { collect, out };
	return answer_batch(law, csv, arena, sink, count, err);
}

TEST(the_previous_event_is_the_base_where_there_is_one)
{
	struct answer answer;
	struct err err;
	check_true(answer_find(law, S("cla-review-second"), S("2026-06-01"), S("2026-06-12"), &answer,
		&err));
	check_true(answer.from_previous);
	check_int(answer.from.on, day_of(2026, 6, 12));
	check_int(answer.due.on, day_of(2026, 9, 12));
	check_true(answer_find(law, S("cla-review-second"), S(""), S("2026-06-12"), &answer, &err));
	check_int(answer.due.on, day_of(2026, 9, 12));
	check_true(answer_find(law, S("cla-review-second"), S("2026-06-01"), S(""), &answer, &err));
	check_false(answer.from_previous);
	check_int(answer.due.on, day_of(2026, 9, 1));
}

TEST(each_date_is_looked_at_and_named_when_it_is_none)
{
	struct answer answer;
	struct err err;
	check_false(answer_find(law, S("x"), S("2026-06-01"), S(""), &answer, &err));
	check_true(strstr(err.text, "there is no rule \"x\"") != NULL);
	check_false(answer_find(law, S("rcpc-first"), S(""), S(""), &answer, &err));
	check_true(strstr(err.text, "missing") != NULL);
	check_false(answer_find(law, S("rcpc-first"), S("x"), S("2026-06-01"), &answer, &err));
	check_true(str_starts(str_of(err.text), S("trigger: ")));
	check_false(answer_find(law, S("rcpc-first"), S("2026-06-01"), S("x"), &answer, &err));
	check_true(str_starts(str_of(err.text), S("previous: ")));
}

TEST(a_batch_gives_every_row_back_with_due_or_error)
{
	struct rows rows = { .stop = -1 };
	struct answer_count count;
	struct err err;
	check_true(answers(S("who,rule_id,trigger,previous\n"
			     "a,cla-review-first,2026-12-18,\n"
			     "b,police-protection-72h, 2026-03-27T14:30 ,\n"
			     "\"c,d\",rcpc-first,2026-02-30,\n"
			     "e,rcpc-first\n"
			     "f,rcpc-first,2026-01-01,,,\n"),
		&rows, &count, &err));
	check_int(count.rows, 5);
	check_int(count.failed, 3);
	str rest = buf_view(&rows.text), line;
	check_true(str_split(&rest, '\n', &line));
	check_str(line, "who,rule_id,trigger,previous,due,error");
	check_true(str_split(&rest, '\n', &line));
	check_str(line, "a,cla-review-first,2026-12-18,,2027-01-20,");
	check_true(str_split(&rest, '\n', &line));
	check_true(str_ends(line, S(",2026-03-30T15:30,")));
	check_true(str_split(&rest, '\n', &line));
	check_true(str_starts(line, S("\"c,d\",rcpc-first,2026-02-30,,,")));
	check_true(str_split(&rest, '\n', &line));
	check_str(line, "e,rcpc-first,,,,\"line 5 has 2 fields, the header 4\"");
	check_true(str_split(&rest, '\n', &line));
	check_str(line, "f,rcpc-first,2026-01-01,,,\"line 6 has 6 fields, the header 4\"");
	buf_close(&rows.text);
}

TEST(what_is_no_batch_is_refused)
{
	struct rows rows = { .stop = -1 };
	struct answer_count count;
	struct err err;
	check_false(answers(S(""), &rows, &count, &err));
	check_true(strstr(err.text, "the first line must be rule_id,trigger") != NULL);
	check_false(answers(S("\"open"), &rows, &count, &err));
	check_false(answers(S("rule_id,previous\n"), &rows, &count, &err));
	check_true(strstr(err.text, "trigger") != NULL);
	check_int(rows.text.n, 0);
	check_false(answers(S("rule_id,trigger\nrcpc-first,2026-01-01\n\"open"), &rows, &count, &err));
	check_int(count.rows, 1);
	check_true(rows.text.n > 0);
	buf_close(&rows.text);
}

TEST(a_batch_stops_where_its_rows_find_no_room)
{
	struct buf csv = { 0 };
	struct answer_count count;
	struct err err;
	buf_lit(&csv, "rule_id,trigger\n");
	for (int i = 0; i < 5000; i++)
		buf_lit(&csv, "rcpc-first,2026-01-01\n");
	struct rows none = { .stop = 0 }, some = { .stop = 1 }, all = { .stop = -1 };
	check_false(answers(buf_view(&csv), &none, &count, &err));
	check_true(count.rows > 0 && count.rows < 5000);
	check_str(str_of(err.text), "no room");
	check_false(answers(buf_view(&csv), &some, &count, &err));
	check_int(err.code, ERR_IO);
	check_true(answers(buf_view(&csv), &all, &count, &err));
	check_int(count.rows, 5000);
	buf_close(&csv);
	buf_close(&none.text);
	buf_close(&some.text);
	buf_close(&all.text);
}

TEST(a_rule_that_may_not_be_shown_yet_is_answered_like_none)
{
	size_t hidden = 0;
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		struct answer answer;
		struct err err;
		if (rule_is_shown(rule))
			continue;
		hidden++;
		check_false(answer_find(law, rule->id, S("2026-06-01"), S(""), &answer, &err));
		check_true(strstr(err.text, "there is no rule") != NULL);
	}
	assert_true(hidden > 0);
}

TEST(a_batch_that_cannot_be_written_stops)
{
	struct rows rows = { .stop = 0 };
	struct answer_count count;
	struct err err = { 0 };
	check_false(answers(S("rule_id,trigger\nrcpc-first,2026-01-01\n"), &rows, &count, &err));
	check_str(str_of(err.text), "no room");
	buf_close(&rows.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_previous_event_is_the_base_where_there_is_one),
		CLAIM(each_date_is_looked_at_and_named_when_it_is_none),
		CLAIM(a_batch_gives_every_row_back_with_due_or_error),
		CLAIM(what_is_no_batch_is_refused),
		CLAIM(a_batch_stops_where_its_rows_find_no_room),
		CLAIM(a_rule_that_may_not_be_shown_yet_is_answered_like_none),
		CLAIM(a_batch_that_cannot_be_written_stops),
	};
	return cmocka_run_group_tests_name("law answer", tests, open_law, close_law);
}
