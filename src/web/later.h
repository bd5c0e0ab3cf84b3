/* later.h - what a page may have done before its answer leaves: a durable write, or slow work. */
#pragma once

#include "web/page.h"

/* `work` runs on the writer's thread, in a savepoint of a transaction that it shares; on true it is
 * on the disk when `then` is called. It may use the arena, but not page->store. */
void page_write(struct page *page,
	bool (*work)(struct page *page, struct store *store, struct err *err),
	void (*then)(struct page *page, const struct err *failed)); /* NULL: it is written */
/* `work` runs on one of a few threads for what is slow and is no password: a file to be opened
 * (job/worker.h). It may use the arena, but not page->store. 503 when too much waits already. */
void page_work(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed));
/* The same on one of the threads that wait for other servers, so that a slow one holds up nothing
 * else. */
void page_ask(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed));
/* The same on one of the threads for passwords, which nothing else may keep busy. */
void page_compute(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed));
