/* asking.h - the whole server without a socket, on a store of its own, with a clock that tests set:
 * for the test programs of this folder. */
#pragma once

#include "identity/account.h"
#include "identity/attempt.h"
#include "identity/session.h"
#include "web/frame.h"
#include "web/page.h"
#include "web/web.h"

#include "check.h"

#include <ftw.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

static instant clock_now_is;
static char dir[160];
static struct arena *law_arena, *arena;
static struct buf out;
static struct store *store;
static struct writer *writer;
static struct pool *pool;
static struct web *web;

static instant clock_now(void *self)
{
	(void)self;
	return clock_now_is;
}

static void random_bytes(void *self, void *bytes, size_t n)
{
	(void)self;
	randombytes_buf(bytes, n);
}

static const struct store_env env = { .now = clock_now, .random = random_bytes };

#define PASSWORD "lantern otter gable"

static inline void add_person(const char *login, enum role role)
{
	const struct actor system = { .role = ROLE_SYSTEM, .authority = S("999") };
	const struct person person = {
		.login = str_of(login), .name = S("R Ahmed"), .authority = S("999"), .role = role
	};
	struct err err = { 0 };
	int64_t id;
	if (!account_add(store, &system, &person, S(PASSWORD), &id, &err))
		fail_msg("%s", err.text);
}

/* What a test program puts into the store before it is served; NULL: nothing. */
static bool (*fill)(struct err *err);

static int start(void **state)
{
	(void)state;
	struct err err = { 0 };
	snprintf(dir, sizeof dir, "%s/duly-web-XXXXXX",
		getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	if (sodium_init() < 0 || mkdtemp(dir) == NULL ||
		!instant_read(S("2026-01-05T09:00:00Z"), &clock_now_is, &err))
		return 1;
	law_arena = arena_open(64 << 20);
	arena = arena_open(16 << 20);
	const struct store_options options = {
		.dir = str_of(dir), .mode = STORE_CREATE, .law = law_open(law_arena), .env = &env
	};
	store = store_open(&options, &err);
	if (store == NULL || (fill != NULL && !fill(&err))) {
		print_error("%s\n", err.text);
		return 1;
	}
	pool = pool_open(2, 8);
	writer = writer_open(store, &err);
	const struct web_options web_options = { .store = store,
		.writer = writer,
		.pool = pool,
		.env = &env,
		.readers = 2,
		.council = S("Wexcombe") };
	web = web_open(&web_options, &err);
	return web == NULL;
}

static int unlinked(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info, (void)kind, (void)at;
	return remove(path);
}

static int stop(void **state)
{
	(void)state;
	web_close(web);
	writer_close(writer);
	pool_close(pool);
	store_close(store);
	arena_close(arena);
	arena_close(law_arena);
	buf_close(&out);
	return nftw(dir, unlinked, 8, FTW_DEPTH | FTW_PHYS);
}

struct waiting {
	struct http_wait wait;
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool done;
};

static void wake(struct http_wait *wait)
{
	struct waiting *waiting = (struct waiting *)wait;
	pthread_mutex_lock(&waiting->lock);
	waiting->done = true;
	pthread_cond_signal(&waiting->change);
	pthread_mutex_unlock(&waiting->lock);
}

static void wait_for(struct http_later *later)
{
	struct waiting waiting = { .wait = { wake },
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.change = PTHREAD_COND_INITIALIZER };
	later->start(later, &waiting.wait);
	pthread_mutex_lock(&waiting.lock);
	while (!waiting.done)
		pthread_cond_wait(&waiting.change, &waiting.lock);
	pthread_mutex_unlock(&waiting.lock);
}

/* Until there is an answer. It stands until the next. */
static struct http_response until_answered(
	const struct http_request *request, struct http_response response)
{
	while (response.later != NULL) {
		struct http_later *later = response.later;
		wait_for(later);
		response = (struct http_response){ 0 };
		later->finish(later, request, &response);
	}
	return response;
}

static inline struct http_response ask(
	enum http_method method, const char *path, const char *cookie, const char *body)
{
	arena_reset(arena);
	buf_clear(&out);
	const struct http_header header[] = { { S("Host"), S("localhost") },
		{ S("Content-Type"), S("application/x-www-form-urlencoded") },
		{ S("Cookie"), str_of(cookie) } };
	const struct http_request request = { .method = method,
		.path = str_upto(str_of(path), str_find(str_of(path), '?')),
		.query = str_from(str_of(path), str_find(str_of(path), '?') + 1),
		.header = header,
		.headers = cookie == NULL ? 2 : 3,
		.body = str_of(body),
		.peer = S("192.0.2.1"),
		.arena = arena,
		.out = &out };
	struct http_response response = { 0 };
	web_handle(web, &request, &response);
	return until_answered(&request, response);
}

static inline str header_of(const struct http_response *response, str name)
{
	for (size_t i = 0; i < response->headers; i++) {
		if (str_equal(response->header[i].name, name))
			return response->header[i].value;
	}
	return (str){ 0 };
}

static inline bool holds(str text, const char *part)
{
	return memmem(text.p == NULL ? "" : text.p, text.n, part, strlen(part)) != NULL;
}

/* "duly=...", as a browser sends it back. */
static inline void sign_in(const char *login, char cookie[static 64])
{
	char body[128];
	snprintf(body, sizeof body, "login=%s&password=lantern+otter+gable", login);
	struct http_response response = ask(HTTP_POST, "/sign-in", NULL, body);
	check_int(response.status, 303);
	str set = { 0 };
	for (size_t i = 0; i < response.headers; i++) {
		if (str_starts(response.header[i].value, S("duly=")))
			set = response.header[i].value;
	}
	set = str_upto(set, str_find(set, ';'));
	check_true(set.n > 40 && set.n < 64);
	memcpy(cookie, set.p, set.n);
	cookie[set.n] = '\0';
}

static inline bool is_signed_in(const char *cookie)
{
	return holds(ask(HTTP_GET, "/privacy", cookie, NULL).body, "R Ahmed");
}
