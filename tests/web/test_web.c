#include "identity/account.h"
#include "identity/attempt.h"
#include "identity/session.h"
#include "web/frame.h"
#include "web/page.h"
#include "web/web.h"

#include "check.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

/* The whole server without a socket, and a clock that the tests set. */
static instant clock_now_is;
static char dir[] = "/tmp/duly-web-XXXXXX";
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

static void add_person(const char *login, enum role role)
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

static int start(void **state)
{
	(void)state;
	struct err err = { 0 };
	if (sodium_init() < 0 || mkdtemp(dir) == NULL ||
		!instant_read(S("2026-01-05T09:00:00Z"), &clock_now_is, &err))
		return 1;
	law_arena = arena_open(64 << 20);
	arena = arena_open(16 << 20);
	const struct store_options options = {
		.dir = str_of(dir), .mode = STORE_CREATE, .law = law_open(law_arena), .env = &env
	};
	store = store_open(&options, &err);
	if (store == NULL) {
		print_error("%s\n", err.text);
		return 1;
	}
	add_person("r.ahmed", ROLE_REVIEWING_OFFICER);
	add_person("s.guess", ROLE_CHAIR);
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

static int stop(void **state)
{
	(void)state;
	char command[128];
	web_close(web);
	writer_close(writer);
	pool_close(pool);
	store_close(store);
	arena_close(arena);
	arena_close(law_arena);
	buf_close(&out);
	static const char *const left[] = { "duly.db", "duly.db-wal", "duly.db-shm", "duly.lock",
		"key" };
	for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
		snprintf(command, sizeof command, "%s/%s", dir, left[i]);
		unlink(command);
	}
	rmdir(dir);
	return 0;
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

static struct http_response ask(
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

static str header_of(const struct http_response *response, str name)
{
	for (size_t i = 0; i < response->headers; i++) {
		if (str_equal(response->header[i].name, name))
			return response->header[i].value;
	}
	return (str){ 0 };
}

static bool holds(str text, const char *part)
{
	return memmem(text.p == NULL ? "" : text.p, text.n, part, strlen(part)) != NULL;
}

/* "duly=...", as a browser sends it back. */
static void sign_in(const char *login, char cookie[static 64])
{
	char body[128];
	snprintf(body, sizeof body, "login=%s&password=lantern+otter+gable", login);
	struct http_response response = ask(HTTP_POST, "/sign-in", NULL, body);
	check_int(response.status, 303);
	str set = header_of(&response, S("Set-Cookie"));
	set = str_upto(set, str_find(set, ';'));
	check_true(set.n > 40 && set.n < 64);
	memcpy(cookie, set.p, set.n);
	cookie[set.n] = '\0';
}

static bool is_signed_in(const char *cookie)
{
	return holds(ask(HTTP_GET, "/privacy", cookie, NULL).body, "R Ahmed");
}

TEST(no_page_but_the_open_ones_answers_a_stranger)
{
	for (size_t i = 0; i < routes_n; i++) {
		if (routes[i].permission == ANYONE)
			continue;
		char path[128];
		snprintf(path, sizeof path, "%.*s", STR_ARGS(routes[i].pattern));
		char *id = strstr(path, ":id");
		if (id != NULL)
			memcpy(id, "123", 3);
		struct http_response response = ask(routes[i].method, path, NULL, "");
		check_int(response.status, 303);
		check_true(str_starts(header_of(&response, S("Location")), S("/sign-in")));
		check_int(response.body.n, 0);
	}
}

TEST(no_form_is_taken_without_the_sessions_token)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	for (size_t i = 0; i < routes_n; i++) {
		if (routes[i].method == HTTP_POST && routes[i].permission != ANYONE)
			check_int(
				ask(HTTP_POST, routes[i].pattern.p, cookie, "csrf=no").status, 403);
	}
	check_true(is_signed_in(cookie));
}

TEST(a_session_ends_thirty_minutes_after_the_last_page)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	clock_now_is += SESSION_IDLE - 1000;
	check_true(is_signed_in(cookie));
	clock_now_is += SESSION_IDLE - 1000;
	check_true(is_signed_in(cookie));
	clock_now_is += SESSION_IDLE + 1;
	check_false(is_signed_in(cookie));
	clock_now_is -= SESSION_IDLE;
}

TEST(a_session_ends_ten_hours_after_it_began)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	instant began = clock_now_is;
	while (clock_now_is + 20 * INSTANT_MINUTE < began + SESSION_WHOLE) {
		clock_now_is += 20 * INSTANT_MINUTE;
		check_true(is_signed_in(cookie));
	}
	clock_now_is = began + SESSION_WHOLE + 1;
	check_false(is_signed_in(cookie));
}

TEST(after_ten_guesses_nothing_is_looked_at_for_five_minutes)
{
	static const char wrong[] = "login=s.guess&password=not+this+one",
			  right[] = "login=s.guess&password=lantern+otter+gable";
	for (int i = 0; i < ATTEMPTS_OF_NAME; i++)
		check_int(ask(HTTP_POST, "/sign-in", NULL, wrong).status, 422);
	struct http_response response = ask(HTTP_POST, "/sign-in", NULL, right);
	check_int(response.status, 429);
	check_true(holds(response.body, "There have been too many attempts"));
	clock_now_is += ATTEMPT_WINDOW + 1;
	check_int(ask(HTTP_POST, "/sign-in", NULL, right).status, 303);
}

TEST(guessing_one_password_for_many_names_is_stopped_too)
{
	char body[128];
	int refused = 0;
	clock_now_is += ATTEMPT_WINDOW + 1;
	for (int i = 0; i <= ATTEMPTS_OF_ADDRESS; i++) {
		snprintf(body, sizeof body, "login=name%d&password=not+this+one+%d", i, i);
		if (i < 3 || i > ATTEMPTS_OF_ADDRESS - 3) {
			refused += ask(HTTP_POST, "/sign-in", NULL, body).status == 429;
		} else { /* the same as a guess, without the time that a hash takes */
			bool over;
			struct err err;
			char name[32];
			snprintf(name, sizeof name, "name%d", i);
			check_true(attempt_note(
				store, str_of(name), S("192.0.2.1"), clock_now_is, &over, &err));
			check_false(over);
		}
	}
	check_int(refused, 1);
	clock_now_is += ATTEMPT_WINDOW + 1;
}

TEST(a_page_that_names_a_child_and_tells_nobody_is_a_fault)
{
	static const struct route child = { HTTP_GET, S_INIT("/x/:id"), MAY_SEE_CHILD, NULL };
	arena_reset(arena);
	buf_clear(&out);
	const struct http_request request = { .arena = arena, .out = &out };
	struct framed framed = { .page = { .web = web,
					 .request = &request,
					 .route = &child,
					 .arena = arena,
					 .out = &out,
					 .status = 200 } };
	page_open(&framed.page, S("A child"));
	text(&out, S("Amara"));
	page_close(&framed.page);
	struct http_response response = { 0 };
	web_settle(&framed.page, &response);
	check_int(response.status, 500);
	check_false(holds(response.body, "Amara"));
}

TEST(a_path_finds_its_route_or_says_why_not)
{
	check_int(route_find(HTTP_GET, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_HEAD, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_POST, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_GET, S("/sign-out")).status, 405);
	check_int(route_find(HTTP_GET, S("/sign-in/")).status, 404);
	check_int(route_find(HTTP_GET, S("//sign-in")).status, 404);
	check_int(route_find(HTTP_GET, S("/Sign-in")).status, 404);
	check_int(route_find(HTTP_GET, S("")).status, 404);
}

TEST(after_signing_in_only_pages_of_ours_are_gone_to)
{
	static const char *const bad[] = { "", "caseload", "//evil.example", "/\\evil.example",
		"/%2fevil.example", "https://evil.example/", "/privacy#x", "/privacy x", "/nowhere",
		"/privacy\n", "/sign-in/../x" };
	arena_reset(arena);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_false(page_is_ours(arena, str_of(bad[i])));
	check_true(page_is_ours(arena, S("/privacy")));
	check_true(page_is_ours(arena, S("/privacy?page=2&sort=due")));
	check_true(page_is_ours(arena, S("/")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(no_page_but_the_open_ones_answers_a_stranger),
		CLAIM(no_form_is_taken_without_the_sessions_token),
		CLAIM(a_session_ends_thirty_minutes_after_the_last_page),
		CLAIM(a_session_ends_ten_hours_after_it_began),
		CLAIM(after_ten_guesses_nothing_is_looked_at_for_five_minutes),
		CLAIM(guessing_one_password_for_many_names_is_stopped_too),
		CLAIM(a_page_that_names_a_child_and_tells_nobody_is_a_fault),
		CLAIM(a_path_finds_its_route_or_says_why_not),
		CLAIM(after_signing_in_only_pages_of_ours_are_gone_to),
	};
	return cmocka_run_group_tests_name("web", tests, start, stop);
}
