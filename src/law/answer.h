/* answer.h - a question as it is typed or filed (a rule's id, dates as text) and its answer. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "law/due.h"

struct answer {
	const struct rule *rule;
	struct when from;   /* what was counted from */
	bool from_previous; /* it was the previous actual event, not the trigger */
	struct due due;
};

/* An empty text is one that was not given. With a previous event, that is the base; a trigger is
 * then only looked at for being a date. False, with what is wrong, named trigger or previous. */
MUST_USE bool answer_find(const struct law *law, str rule_id, str trigger, str previous,
	struct answer *out, struct err *err);
/* The due date alone: "2027-01-20", "2026-03-30T15:30". */
void buf_due(struct buf *buf, const struct due *due);

/* Where a batch's rows go, some at a time; it empties the buf. False, with why, to stop. */
struct answer_sink {
	bool (*take)(void *to, struct buf *rows, struct err *err);
	void *to;
};

struct answer_count {
	size_t rows, failed;
};

/* A CSV file of questions, columns rule_id, trigger and (if it has one) previous, among any others:
 * the same rows in the same order with due and error added, one of the two filled. False when it is
 * no such file; rows that came before the fault have then been given out. */
MUST_USE bool answer_batch(const struct law *law, str csv_text, struct arena *arena,
	struct answer_sink sink, struct answer_count *count, struct err *err);
