#include "http/pool.h"
#include "http/server.h"
#include "http/shed.h"

#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static _Atomic int ran, smuggled;
static struct pool *pool;
static struct http_server *server;

struct slow {
	struct http_later later;
	struct http_wait *wait;
};

static void work(void *self)
{
	struct slow *slow = self;
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	http_wait_done(slow->wait);
}

static void start(struct http_later *later, struct http_wait *wait)
{
	struct slow *slow = (struct slow *)later;
	slow->wait = wait;
	bool given = pool_give(pool, work, slow);
	must(given);
}

static void finish(
	struct http_later *later, const struct http_request *request, struct http_response *out)
{
	(void)later;
	*out = (struct http_response){
		.status = 200, .type = S("text/plain"), .body = request->path
	};
}

static void handle(void *self, const struct http_request *request, struct http_response *out)
{
	(void)self;
	atomic_fetch_add(&ran, 1);
	if (str_starts(request->path, S("/smuggled")))
		atomic_fetch_add(&smuggled, 1);
	*out = (struct http_response){ .status = 200, .type = S("text/plain") };
	if (str_equal(request->path, S("/long"))) /* what no page of ours may do */
		nanosleep(&(struct timespec){ SHED_MS / 1000 + 1, 0 }, NULL);
	if (str_equal(request->path, S("/later"))) {
		struct slow *slow = arena_new(request->arena, struct slow);
		slow->later = (struct http_later){ start, finish };
		out->later = &slow->later;
		return;
	}
	buf_format(request->out, "%.*s?%.*s %zu %.*s", STR_ARGS(request->path),
		STR_ARGS(request->query), request->body.n, STR_ARGS(request->peer));
	out->body = buf_view(request->out);
}

static void refuse(
	void *self, int status, const struct http_request *request, struct http_response *out)
{
	(void)self, (void)request;
	*out = (struct http_response){
		.status = status, .type = S("text/html; charset=utf-8"), .body = S("<p>ours")
	};
}

static int start_server(void **state)
{
	(void)state;
	struct err err;
	pool = pool_open(4, 64);
	const struct http_options options = {
		.listen = S("127.0.0.1"), .loopback = true, .handle = handle, .refuse = refuse
	};
	server = http_start(&options, &err);
	if (server == NULL)
		print_error("%s\n", err.text);
	return server == NULL;
}

static int stop_server(void **state)
{
	(void)state;
	http_stop(server);
	pool_close(pool);
	return 0;
}

static int dial_to(const struct http_server *other)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)http_port(other)),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static int dial(void)
{
	return dial_to(server);
}

/* All that comes back until the other end closes, or is silent for so long. */
static str hear(int fd, char *into, size_t room, int silence)
{
	size_t n = 0;
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	while (n < room && poll(&wait, 1, silence) > 0) {
		ssize_t got = read(fd, into + n, room - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return (str){ into, n };
}

static str ask(str request, char *into, size_t room, int silence)
{
	int fd = dial();
	ssize_t put = send(fd, request.p, request.n, MSG_NOSIGNAL);
	(void)put;
	str answer = hear(fd, into, room, silence);
	close(fd);
	return answer;
}

static bool holds(str text, const char *part)
{
	return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

#define REST "Host: localhost\r\n"
#define SECOND "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

TEST(a_request_is_answered_with_every_standing_header)
{
	char into[4096];
	str answer = ask(S("GET /a%20b?c=d HTTP/1.1\r\n" REST "Connection: close\r\n\r\n"), into,
		sizeof into, 2000);
	check_true(str_starts(answer, S("HTTP/1.1 200 OK\r\n")));
	check_true(holds(answer, "/a b?c=d 0 127.0.0.1"));
	check_true(holds(answer, "Content-Security-Policy: default-src 'none'"));
	check_true(holds(answer, "X-Content-Type-Options: nosniff\r\n"));
	check_true(holds(answer, "Cache-Control: no-store\r\n"));
	check_false(holds(answer, "Server:"));
	check_false(holds(answer, "libmicrohttpd"));
}

TEST(a_body_arrives_whole)
{
	char into[4096];
	str answer = ask(S("POST /p HTTP/1.1\r\n" REST
			   "Content-Length: 5\r\nConnection: close\r\n\r\nhello"),
		into, sizeof into, 2000);
	check_true(holds(answer, "/p? 5 "));
}

TEST(an_answer_may_come_later)
{
	char into[4096];
	str answer = ask(S("GET /later HTTP/1.1\r\n" REST "Connection: close\r\n\r\n"), into,
		sizeof into, 3000);
	check_true(str_starts(answer, S("HTTP/1.1 200 ")));
	check_true(holds(answer, "\r\n\r\n/later"));
}

TEST(what_the_library_refuses_itself_is_our_page_with_our_headers)
{
	char into[4096];
	static const str bad[] = { S_INIT("GET / HTTP/1.1\r\n\r\n"),
		S_INIT("POST / HTTP/1.1\r\n" REST "Content-Length: +4\r\n\r\nabcd"),
		S_INIT("GET / HTTP/9.9\r\n" REST "\r\n"),
		S_INIT("GET / HTTP/1.1\r\nnonsense\r\n\r\n"),
		S_INIT("POST / HTTP/1.1\r\n" REST "Content-Length: 2147483648\r\n\r\nx") };
	struct http_header standing[HTTP_STANDING_HEADERS];
	size_t headers = http_standing_headers(HTTP_NO_STORE, false, standing);
	check_true(headers >= 7);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		str answer = ask(bad[i], into, sizeof into, 2000);
		for (size_t k = 0; k < headers; k++) {
			char line[1024];
			snprintf(line, sizeof line, "\r\n%.*s: %.*s\r\n", STR_ARGS(standing[k].name),
				STR_ARGS(standing[k].value));
			check_true(holds(answer, line));
		}
		check_false(holds(answer, "Server:") || holds(answer, "libmicrohttpd"));
		check_true(holds(answer, "<p>ours"));
		check_true(
			holds(answer, "Connection: close") || holds(answer, "Connection: Close"));
	}
}

/* The corpus: each tries to be read in two ways. `passes`: RFC 9112 lets a server take it. */
static const struct {
	const char *what;
	str bytes;
	bool passes;
} corpus[] = {
	{ "content length and chunked",
		S_INIT("POST /1 HTTP/1.1\r\n" REST
		       "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "two content lengths",
		S_INIT("POST /2 HTTP/1.1\r\n" REST
		       "Content-Length: 0\r\nContent-Length: 43\r\n\r\n" SECOND),
		false },
	{ "length +4", S_INIT("POST /3 HTTP/1.1\r\n" REST "Content-Length: +4\r\n\r\nabcd" SECOND),
		false },
	{ "length -1", S_INIT("POST /4 HTTP/1.1\r\n" REST "Content-Length: -1\r\n\r\n" SECOND),
		false },
	{ "length 2^64",
		S_INIT("POST /5 HTTP/1.1\r\n" REST
		       "Content-Length: 18446744073709551616\r\n\r\n" SECOND),
		false },
	{ "length 4, 4",
		S_INIT("POST /6 HTTP/1.1\r\n" REST "Content-Length: 4, 4\r\n\r\nabcd" SECOND),
		false },
	{ "xchunked",
		S_INIT("POST /7 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "identity, chunked",
		S_INIT("POST /8 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "two transfer encodings",
		S_INIT("POST /9 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: chunked\r\nTransfer-Encoding: "
		       "x\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "folded transfer encoding",
		S_INIT("POST /10 HTTP/1.1\r\n" REST
		       "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "transfer encoding on 1.0",
		S_INIT("POST /11 HTTP/1.0\r\n" REST "Connection: keep-alive\r\nTransfer-Encoding: "
						    "chunked\r\n\r\n0\r\n\r\n" SECOND),
		false },
	{ "space before the colon",
		S_INIT("POST /12 HTTP/1.1\r\n" REST "Content-Length : 43\r\n\r\n" SECOND), false },
	{ "bare LF", S_INIT("GET /13 HTTP/1.1\nHost: localhost\n\n"), true },
	{ "bare CR in a value",
		S_INIT("GET /14 HTTP/1.1\r\n" REST "X: a\rContent-Length: 43\r\n\r\n" SECOND),
		false },
	{ "folded line before a length",
		S_INIT("POST /15 HTTP/1.1\r\n" REST "X: a\r\n Content-Length: 43\r\n\r\n" SECOND),
		false },
	{ "NUL in a value", S_INIT("GET /16 HTTP/1.1\r\n" REST "X: a\0b\r\n\r\n"), true },
	{ "no host", S_INIT("GET /17 HTTP/1.1\r\n\r\n" SECOND), false },
	{ "two hosts", S_INIT("GET /18 HTTP/1.1\r\n" REST "Host: evil.example\r\n\r\n" SECOND),
		false },
	{ "chunk extension with LF",
		S_INIT("POST /19 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n0\r\n\r\n" SECOND),
		false },
	{ "chunk size 0x2",
		S_INIT("POST /20 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n" SECOND),
		false },
	{ "chunk size 2^64+2",
		S_INIT("POST /21 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: "
		       "chunked\r\n\r\n10000000000000002\r\nab\r\n0\r\n\r\n" SECOND),
		false },
	{ "chunk size -2",
		S_INIT("POST /22 HTTP/1.1\r\n" REST
		       "Transfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n" SECOND),
		false },
	{ "HTTP/0.9", S_INIT("GET /23\r\n" SECOND), false },
	{ "HTTP/1.9", S_INIT("GET /24 HTTP/1.9\r\n" REST "\r\n" SECOND), false },
	{ "HTTP/9.9", S_INIT("GET /25 HTTP/9.9\r\n" REST "\r\n" SECOND), false },
	{ "absolute address", S_INIT("GET http://evil.example/26 HTTP/1.1\r\n" REST "\r\n" SECOND),
		false },
	{ "TRACE", S_INIT("TRACE /27 HTTP/1.1\r\n" REST "\r\n" SECOND), false },
	{ "an empty line first", S_INIT("\r\nGET /28 HTTP/1.1\r\n" REST "\r\n"), true },
	{ "no colon", S_INIT("GET /29 HTTP/1.1\r\n" REST "nonsense\r\n\r\n" SECOND), false },
	{ "NUL in the path", S_INIT("GET /30%00x HTTP/1.1\r\n" REST "\r\n" SECOND), false },
	{ "0x01 in the path", S_INIT("GET /31\x01 HTTP/1.1\r\n" REST "\r\n" SECOND), false },
};

static bool refused(str answer)
{
	return answer.n == 0 || str_starts(answer, S("HTTP/1.1 4")) ||
	       str_starts(answer, S("HTTP/1.1 505")) || str_starts(answer, S("HTTP/1.0 4"));
}

TEST(no_request_hides_inside_another)
{
	char into[8192];
	size_t let_in = 0;
	for (size_t i = 0; i < sizeof corpus / sizeof *corpus; i++) {
		atomic_store(&smuggled, 0);
		str answer = ask(corpus[i].bytes, into, sizeof into, 300);
		if (!refused(answer) && !corpus[i].passes) {
			print_error("%s was let in:\n%.*s\n", corpus[i].what, STR_ARGS(answer));
			fail();
		}
		let_in += !refused(answer);
		if (atomic_load(&smuggled) != 0) {
			print_error("%s: a second request ran\n", corpus[i].what);
			fail();
		}
	}
	size_t all = sizeof corpus / sizeof *corpus;
	print_message("# %zu of %zu refused\n", all - let_in, all);
	check_true(let_in <= 3);
}

TEST(a_header_of_64_kb_is_refused)
{
	static char request[70000], into[4096];
	memset(request, 'a', sizeof request);
	const str start_of = S("GET /smuggled HTTP/1.1\r\n" REST "X: ");
	memcpy(request, start_of.p, start_of.n);
	memcpy(request + 65536, "\r\n\r\n", 4);
	atomic_store(&smuggled, 0);
	str answer = ask((str){ request, 65540 }, into, sizeof into, 1000);
	check_true(refused(answer));
	check_int(atomic_load(&smuggled), 0);
}

TEST(a_body_over_the_limit_is_refused_before_it_is_sent)
{
	char into[4096];
	atomic_store(&ran, 0);
	str answer = ask(S("POST / HTTP/1.1\r\n" REST "Content-Length: 2147483648\r\n\r\nx"), into,
		sizeof into, 1000);
	check_true(str_starts(answer, S("HTTP/1.1 413 ")));
	check_int(atomic_load(&ran), 0);
}

static void *client(void *self)
{
	int *answered = self;
	char into[4096];
	for (int i = 0; i < 40; i++) {
		const str request =
			i % 4 == 0 ? S("GET /later HTTP/1.1\r\n" REST "Connection: close\r\n\r\n")
				   : S("POST /x HTTP/1.1\r\n" REST
				       "Content-Length: 3\r\nConnection: close\r\n\r\nabc");
		*answered += str_starts(ask(request, into, sizeof into, 5000), S("HTTP/1.1 200 "));
	}
	return NULL;
}

TEST(many_clients_at_once_are_all_answered)
{
	pthread_t thread[8];
	int answered[8] = { 0 }, sum = 0;
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, client, &answered[i]), 0);
	for (size_t i = 0; i < 8; i++) {
		pthread_join(thread[i], NULL);
		sum += answered[i];
	}
	check_int(sum, 320);
}

/* One byte every 0.4 s keeps the library's own timer from ever ending; ours does not move. */
TEST(a_client_that_drips_its_headers_is_closed_by_the_deadline)
{
	int fd = dial();
	struct timespec began, now;
	clock_gettime(CLOCK_MONOTONIC, &began);
	const char *drip =
		"GET / HTTP/1.1\r\nHost: localhost\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	bool open = true;
	for (size_t i = 0; open && i < strlen(drip); i++) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		char byte;
		send(fd, drip + i, 1, MSG_NOSIGNAL);
		open = poll(&wait, 1, 400) == 0 || read(fd, &byte, 1) > 0;
	}
	clock_gettime(CLOCK_MONOTONIC, &now);
	close(fd);
	check_false(open);
	check_true(now.tv_sec - began.tv_sec >= 9 && now.tv_sec - began.tv_sec <= 13);
}

/* As a browser does that opens a connection ahead: closing it at ten seconds would break the page. */
TEST(a_connection_opened_ahead_is_answered_after_the_deadline_of_one_that_drips)
{
	static const char get[] = "GET /a HTTP/1.1\r\n" REST "Connection: close\r\n\r\n";
	char into[4096];
	int fd = dial();
	nanosleep(&(struct timespec){ 16, 0 }, NULL);
	check_int(send(fd, get, sizeof get - 1, MSG_NOSIGNAL), sizeof get - 1);
	check_true(str_starts(hear(fd, into, sizeof into, 5000), S("HTTP/1.1 200 ")));
	close(fd);
}

TEST(who_has_waited_too_long_is_told_so_and_the_next_is_answered)
{
	struct err err;
	char into[4096];
	static const char get[] = "GET /a HTTP/1.1\r\n" REST "Connection: close\r\n\r\n",
			  lasting[] = "GET /long HTTP/1.1\r\n" REST "Connection: close\r\n\r\n";
	const struct http_options options = { .listen = S("127.0.0.1"),
		.loopback = true,
		.threads = 1,
		.handle = handle,
		.refuse = refuse };
	struct http_server *other = http_start(&options, &err);
	assert_non_null(other);
	int first = dial_to(other), second, third;
	check_int(send(first, lasting, sizeof lasting - 1, MSG_NOSIGNAL), sizeof lasting - 1);
	nanosleep(&(struct timespec){ 0, 200000000 }, NULL);
	second = dial_to(other);
	check_int(send(second, get, sizeof get - 1, MSG_NOSIGNAL), sizeof get - 1);
	check_true(str_starts(hear(first, into, sizeof into, 5000), S("HTTP/1.1 200 ")));
	str answer = hear(second, into, sizeof into, 5000);
	check_true(str_starts(answer, S("HTTP/1.1 503 ")));
	check_true(holds(answer, "Retry-After: 10\r\n"));
	third = dial_to(other);
	check_int(send(third, get, sizeof get - 1, MSG_NOSIGNAL), sizeof get - 1);
	check_true(str_starts(hear(third, into, sizeof into, 5000), S("HTTP/1.1 200 ")));
	close(first);
	close(second);
	close(third);
	http_stop(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_request_is_answered_with_every_standing_header),
		CLAIM(a_body_arrives_whole),
		CLAIM(an_answer_may_come_later),
		CLAIM(what_the_library_refuses_itself_is_our_page_with_our_headers),
		CLAIM(no_request_hides_inside_another),
		CLAIM(a_header_of_64_kb_is_refused),
		CLAIM(a_body_over_the_limit_is_refused_before_it_is_sent),
		CLAIM(many_clients_at_once_are_all_answered),
		CLAIM(a_client_that_drips_its_headers_is_closed_by_the_deadline),
		CLAIM(a_connection_opened_ahead_is_answered_after_the_deadline_of_one_that_drips),
		CLAIM(who_has_waited_too_long_is_told_so_and_the_next_is_answered),
	};
	return cmocka_run_group_tests_name("http server", tests, start_server, stop_server);
}
