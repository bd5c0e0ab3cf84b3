#include "web/later.h"

#include "web/frame.h"

struct page_later {
	struct http_later http; /* first */
	struct writer_job job;
	struct http_wait *wait;
	struct page *page;
	bool (*write)(struct page *page, struct store *store, struct err *err);
	void (*compute)(struct page *page);
	struct pool *pool;
	void (*then)(struct page *page, const struct err *failed);
	bool failed;
	struct err err;
};

static void finish(
	struct http_later *http, const struct http_request *request, struct http_response *out)
{
	struct page_later *later = (struct page_later *)http;
	struct page *page = later->page;
	(void)request;
	page->later = NULL;
	page->store = web_reader(page->web);
	later->then(page, later->failed ? &later->err : NULL);
	web_settle(page, out);
	web_reader_back(page->web, page->store);
}

static struct page_later *later_of(
	struct page *page, void (*then)(struct page *page, const struct err *failed))
{
	must(page->later == NULL);
	struct page_later *later = arena_new(page->arena, struct page_later);
	later->page = page;
	later->then = then;
	later->http.finish = finish;
	page->later = later;
	return later;
}

static bool write_work(void *self, struct store *store, struct err *err)
{
	struct page_later *later = self;
	return later->write(later->page, store, err);
}

static void write_done(void *self, bool done, const struct err *err)
{
	struct page_later *later = self;
	later->failed = !done;
	if (!done)
		later->err = *err;
	http_wait_done(later->wait);
}

static void write_start(struct http_later *http, struct http_wait *wait)
{
	struct page_later *later = (struct page_later *)http;
	later->wait = wait;
	later->job = (struct writer_job){ .work = write_work, .done = write_done, .self = later };
	writer_give(later->page->web->options.writer, &later->job);
}

void page_write(struct page *page,
	bool (*work)(struct page *page, struct store *store, struct err *err),
	void (*then)(struct page *page, const struct err *failed))
{
	struct page_later *later = later_of(page, then);
	later->write = work;
	later->http.start = write_start;
}

static void compute_work(void *self)
{
	struct page_later *later = self;
	later->compute(later->page);
	http_wait_done(later->wait);
}

static void compute_start(struct http_later *http, struct http_wait *wait)
{
	struct page_later *later = (struct page_later *)http;
	later->wait = wait;
	if (pool_give(later->pool, compute_work, later))
		return;
	later->failed = true;
	err_set(&later->err, ERR_FULL, "too much is asked for at once");
	http_wait_done(wait);
}

static void give(struct page *page, struct pool *pool, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed))
{
	struct page_later *later = later_of(page, then);
	later->compute = work;
	later->pool = pool;
	later->http.start = compute_start;
}

void page_compute(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed))
{
	give(page, page->web->options.pool, work, then);
}

void page_work(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed))
{
	const struct web_options *options = &page->web->options;
	give(page, options->work == NULL ? options->pool : options->work, work, then);
}

void page_ask(struct page *page, void (*work)(struct page *page),
	void (*then)(struct page *page, const struct err *failed))
{
	const struct web_options *options = &page->web->options;
	if (options->far == NULL)
		page_work(page, work, then);
	else
		give(page, options->far, work, then);
}
