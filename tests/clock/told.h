/* told.h - for the tests of clocks: the law, and what happened as a file would write it, its clocks told
 * line by line. A program has one of each; what lives in the arena lasts until its end. */
#pragma once

#include "check.h"

#include "base/mem.h"
#include "clock/clock.h"
#include "facts_all.h"

static struct arena *arena;
static const struct law *law; /* the nation's, as embedded */

static inline int open_law(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)512 << 20);
	law = law_open(arena);
	return 0;
}

static inline int close_law(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

static inline void no_reject(__attribute__((unused)) void *to, const struct fact_reject *reject)
{
	fail_msg("line %zu, %.*s \"%.*s\": %.*s", reject->line, STR_ARGS(reject->column),
		STR_ARGS(reject->value), STR_ARGS(reject->reason));
}

static inline day day_text(const char *text)
{
	day on = DAY_UNKNOWN;
	assert_true(day_read(str_of(text), &on, NULL));
	return on;
}

static inline struct event event_of(enum word word, day on, int64_t thread, const char *detail, int64_t id)
{
	return (struct event){ .word = word, .on = on, .at = INSTANT_UNKNOWN, .thread = thread,
		.detail = str_of(detail), .id = id };
}

/* The clocks of what happened: rows of "subject,thread,event,on,detail". */
struct told {
	struct facts facts;
	struct clocks clocks;
};

static inline struct told tell(const struct law *by, const char *rows, const struct coverage *coverage, day today)
{
	struct told told = { 0 };
	struct err err;
	str file = arena_format(arena, "subject,thread,event,on,detail\n%s", rows);
	if (!facts_read(file, arena, today, no_reject, NULL, &told.facts, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < told.facts.subject.n; i++) {
		struct facts_of subject = told.facts.subject.item[i];
		clocks_compute(by, told.facts.event.item + subject.first, subject.n, coverage, today,
			&told.clocks);
	}
	return told;
}

static inline void told_close(struct told *told)
{
	clocks_close(&told->clocks);
	facts_close(&told->facts);
}

/* " met=2026-12-18"; nothing for a day that is not known. */
static inline void put_day(struct buf *buf, const char *before, day on)
{
	buf_str(buf, on == DAY_UNKNOWN ? S("") : str_of(before));
	buf_day(buf, on);
}

/* The text, in the arena. */
static inline str kept(struct buf *buf)
{
	str copy = arena_str(arena, buf_view(buf));
	buf_close(buf);
	return copy;
}
