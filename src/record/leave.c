#include "record/leave.h"

static struct left *leave(struct lefts *out, enum word word, day on)
{
	must(out->n < sizeof out->item / sizeof *out->item);
	struct left *left = &out->item[out->n++];
	*left = (struct left){ .word = word, .on = on, .at = INSTANT_UNKNOWN };
	return left;
}

struct left *leave_own(struct lefts *out, enum word word, day on)
{
	struct left *left = leave(out, word, on);
	left->own_thread = true;
	return left;
}

struct left *leave_in(struct lefts *out, enum word word, day on, ref thread)
{
	if (thread.id == 0) /* nothing known to hang it on: a thread of its own */
		return leave_own(out, word, on);
	struct left *left = leave(out, word, on);
	left->thread = thread.id;
	return left;
}

struct left *leave_alone(struct lefts *out, enum word word, day on)
{
	return leave(out, word, on);
}

void leave_detail(struct arena *arena, struct left *left, str key, str value)
{
	if (value.n == 0)
		return;
	left->detail = arena_format(arena, "%.*s%s%.*s=%.*s", STR_ARGS(left->detail),
		left->detail.n > 0 ? ";" : "", STR_ARGS(key), STR_ARGS(value));
}

void leave_day(struct arena *arena, struct left *left, str key, day on)
{
	struct buf text = { 0 };
	if (on == DAY_UNKNOWN)
		return;
	buf_day(&text, on);
	leave_detail(arena, left, key, buf_view(&text));
	buf_close(&text);
}

void leave_answer(struct arena *arena, struct left *left, str key, enum answer answer)
{
	if (answer != ANSWER_UNKNOWN)
		leave_detail(arena, left, key, answer == ANSWER_YES ? S("yes") : S("no"));
}

void check_period(
	struct arena *arena, struct problems *out, day began, day ended, str field, str message)
{
	if (began != DAY_UNKNOWN && ended != DAY_UNKNOWN && ended < began)
		problem_add(arena, out, field, message);
}
