/* facts_all.h - all subjects of a file of facts at once, for tests: facts_each() tells them one by one. */
#pragma once

#include "base/mem.h"
#include "clock/facts.h"

struct facts_of {
	str text;
	size_t first, n; /* its events */
};

struct facts {
	struct {
		struct facts_of *item;
		size_t n, room;
	} subject;
	struct {
		struct event *item;
		size_t n, room;
	} event;
	struct {
		str *item;
		size_t n, room;
	} thread; /* of all subjects: number - 1 is the index */
	size_t rejected;
	void (*reject)(void *to, const struct fact_reject *reject);
	void *to;
};

static inline void facts_keep(void *to, const struct fact_subject *subject)
{
	struct facts *facts = to;
	int64_t before = (int64_t)facts->thread.n;
	ARRAY_MORE(&facts->subject) =
		(struct facts_of){ subject->text, facts->event.n, subject->n };
	for (size_t i = 0; i < subject->threads; i++)
		ARRAY_MORE(&facts->thread) = subject->thread[i];
	for (size_t i = 0; i < subject->n; i++) {
		struct event *event = &ARRAY_MORE(&facts->event);
		*event = subject->event[i];
		event->thread += event->thread == 0 ? 0 : before;
		event->link += event->link == 0 ? 0 : before;
	}
}

static inline void facts_pass_reject(void *to, const struct fact_reject *reject)
{
	struct facts *facts = to;
	facts->reject(facts->to, reject);
}

static inline bool facts_read(str text, struct arena *arena, day as_of,
	void (*reject)(void *to, const struct fact_reject *reject), void *to, struct facts *out,
	struct err *err)
{
	*out = (struct facts){ .reject = reject, .to = to };
	return facts_each(text, arena, as_of,
		&(struct facts_told){ facts_keep, facts_pass_reject, out }, &out->rejected, err);
}

static inline str facts_thread(const struct facts *facts, int64_t thread)
{
	return thread == 0 ? (str){ 0 } : facts->thread.item[thread - 1];
}

static inline void facts_close(struct facts *facts)
{
	mem_free(facts->subject.item);
	mem_free(facts->event.item);
	mem_free(facts->thread.item);
	*facts = (struct facts){ 0 };
}
