#include "http/server.h"

#include "base/mem.h"
#include "http/gate.h"
#include "http/shed.h"
#include "http/sweep.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	HEADER_MS = 10000,
	AGAIN_MS = 25000, /* the next request on the same connection: waiting, and its headers */
	BODY_MS = 60000,
	ANSWER_MS = 60000, /* and a second more for each 16 KB */
	IDLE_S = 15,
	STOP_MS = 10000,
	CONNECTIONS = 12000,
	CONNECTIONS_OF_ONE = 2000,
	CONNECTION_MEMORY = 32 * 1024,
	ARENA_CAP = 16 << 20,
	OUT_CAP = 32 << 20,
	OUT_KEPT = 256 << 10,
	ARENA_KEPT = 1 << 20,
	EXCHANGES_KEPT = 64,
	LARGE_AT_ONCE = 16, /* bodies above GATE_BODY_MAX that are read or answered */
	REFUSALS = 600, /* statuses are below */
	REFUSAL_PAGES = 9,
};

/* One request and its answer. */
struct exchange {
	struct http_wait wait; /* first: the wait is the exchange */
	struct exchange *next; /* while it is spare */
	struct http_server *server;
	struct MHD_Connection *connection;
	struct arena *arena;
	struct buf out, body;
	str target; /* as sent */
	bool begun, waiting;
	bool large; /* counted in server->large */
	int refusal; /* the body is read and forgotten, then this is the answer */
	struct gate_pass pass;
	struct http_request request;
	struct http_later *later;
};

/* What the library keeps for us with a connection. */
struct connection {
	struct sweep_link link; /* first: the link is the connection */
	struct http_server *server;
};

struct http_server {
	struct http_options options;
	bool secure;
	struct gate_hosts hosts;
	struct MHD_Daemon *daemon;
	struct sweep *sweep;
	pthread_mutex_t lock;
	struct exchange *spare;
	size_t spares;
	_Atomic int busy;    /* requests being read or answered */
	_Atomic int waiting; /* of those, the ones that wait for a `later` */
	_Atomic int large;   /* of those, the ones with files */
	_Atomic bool stopping;
	struct MHD_Response *refusal[REFUSALS]; /* by status */
	str refusal_page[REFUSAL_PAGES];
};

typedef enum MHD_Result (*queue_function)(
	struct MHD_Connection *, unsigned int, struct MHD_Response *);

static enum MHD_Result queue(
	struct MHD_Connection *connection, int status, struct MHD_Response *response)
{
	static _Atomic(queue_function) real;
	queue_function found = atomic_load(&real);
	if (found == NULL) {
		*(void **)&found = dlsym(RTLD_NEXT, "MHD_queue_response");
		must(found != NULL);
		atomic_store(&real, found);
	}
	return found(connection, (unsigned)status, response);
}

/* ---- exchanges are kept and used again: a request costs no allocation */

static struct exchange *exchange_open(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	struct exchange *exchange = server->spare;
	if (exchange != NULL) {
		server->spare = exchange->next;
		server->spares--;
	}
	pthread_mutex_unlock(&server->lock);
	if (exchange == NULL) {
		exchange = mem_alloc(1, sizeof *exchange);
		exchange->arena = arena_open(ARENA_CAP);
		exchange->out.limit = OUT_CAP;
	}
	exchange->server = server;
	atomic_fetch_add(&server->busy, 1);
	return exchange;
}

static void exchange_free(struct exchange *exchange)
{
	arena_close(exchange->arena);
	buf_close(&exchange->out);
	buf_close(&exchange->body);
	mem_free(exchange);
}

static void buf_empty(struct buf *buf)
{
	if (buf->room > OUT_KEPT)
		buf_close(buf);
	buf_clear(buf);
}

static void exchange_close(struct exchange *exchange)
{
	struct http_server *server = exchange->server;
	if (exchange->large)
		atomic_fetch_sub(&server->large, 1);
	/* What one large file took is not kept for the small requests that follow. */
	bool large = arena_used(exchange->arena) > ARENA_KEPT;
	arena_reset(exchange->arena);
	if (large) {
		arena_close(exchange->arena);
		exchange->arena = arena_open(ARENA_CAP);
	}
	buf_empty(&exchange->out);
	buf_empty(&exchange->body);
	*exchange = (struct exchange){
		.arena = exchange->arena, .out = exchange->out, .body = exchange->body
	};
	pthread_mutex_lock(&server->lock);
	bool keep = server->spares < EXCHANGES_KEPT;
	if (keep) {
		exchange->next = server->spare;
		server->spare = exchange;
		server->spares++;
	}
	pthread_mutex_unlock(&server->lock);
	if (!keep)
		exchange_free(exchange);
	atomic_fetch_sub(&server->busy, 1);
}

/* ---- answers */

static struct MHD_Response *response_make(
	const struct http_server *server, const struct http_response *answer)
{
	/* The body outlives the response: it is constant, or goes with the exchange. */
	struct MHD_Response *response = MHD_create_response_from_buffer(answer->body.n,
		(void *)(uintptr_t)(answer->body.n > 0 ? answer->body.p : ""),
		MHD_RESPMEM_PERSISTENT);
	must(response != NULL);
	struct http_header standing[HTTP_STANDING_HEADERS];
	size_t n = http_standing_headers(answer->caching, server->secure, standing);
	for (size_t i = 0; i < n; i++)
		MHD_add_response_header(response, standing[i].name.p, standing[i].value.p);
	struct buf text = { 0 };
	for (size_t i = 0; i < answer->headers; i++) {
		const struct http_header *header = &answer->header[i];
		buf_clear(&text);
		buf_str(&text, header->name);
		buf_char(&text, '\0');
		buf_str(&text, header->value);
		buf_char(&text, '\0');
		MHD_add_response_header(response, text.p, text.p + header->name.n + 1);
	}
	if (answer->type.n > 0) {
		buf_clear(&text);
		buf_str(&text, answer->type);
		buf_char(&text, '\0');
		MHD_add_response_header(response, "Content-Type", text.p);
	}
	buf_close(&text);
	if (answer->close)
		MHD_add_response_header(response, "Connection", "close");
	return response;
}

static struct connection *connection_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

/* In so many milliseconds; 0: none, while the time is ours. */
static void deadline(struct MHD_Connection *connection, int64_t from_now)
{
	struct connection *known = connection_of(connection);
	if (known != NULL)
		atomic_store(&known->link.deadline, from_now == 0 ? 0 : sweep_now() + from_now);
}

static enum MHD_Result answer_send(struct exchange *exchange, struct http_response *answer)
{
	must(answer->status >= 200 && answer->later == NULL);
	if (atomic_load(&exchange->server->stopping))
		answer->close = true;
	struct MHD_Response *response = response_make(exchange->server, answer);
	deadline(exchange->connection, ANSWER_MS + (int64_t)(answer->body.n / 16));
	enum MHD_Result queued = queue(exchange->connection, answer->status, response);
	MHD_destroy_response(response);
	return queued;
}

static enum MHD_Result refuse(struct exchange *exchange, int status)
{
	struct http_response answer = { 0 };
	struct http_server *server = exchange->server;
	struct http_request nothing = {
		.arena = exchange->arena, .out = &exchange->out, .secure = server->secure
	};
	server->options.refuse(server->options.self, status, &nothing, &answer);
	if (status == 405)
		http_response_header(&answer, S("Allow"), S("GET, HEAD, POST"));
	if (status == 503)
		http_response_header(&answer, S("Retry-After"), S("10"));
	answer.close = true;
	return answer_send(exchange, &answer);
}

/* The library answers by itself what it cannot parse, through this same public function: so it is
 * answered here with our page and headers, and the connection closed. Our own answers go through
 * queue(). */
enum MHD_Result MHD_queue_response(
	struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response)
{
	const struct connection *known = connection_of(connection);
	struct MHD_Response *ours = NULL;
	if (known != NULL && status < REFUSALS)
		ours = known->server->refusal[status];
	return queue(connection, (int)status, ours == NULL ? response : ours);
}

static void refusals_make(struct http_server *server)
{
	static const int by_library[REFUSAL_PAGES] = { 400, 408, 413, 414, 431, 500, 501, 503,
		505 };
	for (size_t i = 0; i < REFUSAL_PAGES; i++) {
		struct exchange *exchange = exchange_open(server);
		struct http_response answer = { 0 };
		struct http_request nothing = {
			.arena = exchange->arena, .out = &exchange->out, .secure = server->secure
		};
		server->options.refuse(server->options.self, by_library[i], &nothing, &answer);
		answer.close = true;
		str page = answer.body;
		answer.body = (str){ mem_alloc(page.n + 1, 1), page.n };
		memcpy((char *)(uintptr_t)answer.body.p, page.p, page.n);
		server->refusal_page[i] = answer.body;
		server->refusal[by_library[i]] = response_make(server, &answer);
		exchange_close(exchange);
	}
}

static void refusals_free(struct http_server *server)
{
	for (size_t i = 0; i < REFUSALS; i++) {
		if (server->refusal[i] != NULL)
			MHD_destroy_response(server->refusal[i]);
	}
	for (size_t i = 0; i < REFUSAL_PAGES; i++)
		mem_free((char *)(uintptr_t)server->refusal_page[i].p);
}

/* ---- requests */

static enum MHD_Result header_add(void *self, enum MHD_ValueKind kind, const char *name,
	size_t name_n, const char *value, size_t value_n)
{
	struct gate_head *head = self;
	(void)kind;
	if (head->headers <= GATE_HEADERS_MAX) {
		struct http_header *header = (struct http_header *)(uintptr_t)head->header;
		header[head->headers++] =
			(struct http_header){ { name, name_n }, { value, value_n } };
	}
	return MHD_YES;
}

static str peer_of(struct exchange *exchange)
{
	const struct http_request *request = &exchange->request;
	str forwarded = http_request_header(request, S("x-forwarded-for")), last = { 0 };
	if (exchange->server->options.behind_proxy && forwarded.n > 0) {
		while (str_split(&forwarded, ',', &last)) {
		}
		return str_trim(last);
	}
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info == NULL || info->client_addr == NULL)
		return (str){ 0 };
	char *text = arena_take(exchange->arena, INET6_ADDRSTRLEN, 1);
	const struct sockaddr *address = info->client_addr;
	const void *bytes =
		address->sa_family == AF_INET6
			? (const void *)&((const struct sockaddr_in6 *)(const void *)address)
				  ->sin6_addr
			: (const void *)&((const struct sockaddr_in *)(const void *)address)
				  ->sin_addr;
	if (inet_ntop(address->sa_family, bytes, text, INET6_ADDRSTRLEN) == NULL)
		return (str){ 0 };
	return str_of(text);
}

static bool waited(const struct exchange *exchange)
{
	const struct connection *known = connection_of(exchange->connection);
	return known != NULL && shed_waited(known->link.fd);
}

/* How much of a body is taken, once it is known who sends it and whereto: 0, or the status to
 * refuse with before any of it comes. */
static int body_allow(struct exchange *exchange)
{
	struct http_server *server = exchange->server;
	size_t length = exchange->pass.length, most = GATE_BODY_MAX;
	if (length > GATE_BODY_MAX && server->options.takes != NULL)
		most = server->options.takes(server->options.self, &exchange->request);
	exchange->body.limit = most;
	if (length <= GATE_BODY_MAX)
		return 0;
	if (most <= GATE_BODY_MAX)
		return 413;
	exchange->large = true;
	if (atomic_fetch_add(&server->large, 1) >= LARGE_AT_ONCE)
		return 503;
	exchange->refusal = length > most ? 413 : 0;
	return 0;
}

/* The head of a request has been read whole: let in, or refused before its body comes. */
static enum MHD_Result begin(struct exchange *exchange, const char *method, const char *version)
{
	struct http_header *header =
		arena_take(exchange->arena, GATE_HEADERS_MAX + 1, sizeof *header);
	struct gate_head head = { .method = str_of(method),
		.target = exchange->target,
		.version = str_of(version),
		.header = header };
	MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, header_add, &head);
	int refused = gate_check(exchange->arena, &head, &exchange->server->hosts, &exchange->pass);
	if (refused == 0 && (atomic_load(&exchange->server->stopping) || waited(exchange)))
		refused = 503;
	if (refused != 0)
		return refuse(exchange, refused);
	exchange->begun = true;
	exchange->request = (struct http_request){ .method = exchange->pass.method,
		.path = exchange->pass.path,
		.query = exchange->pass.query,
		.header = head.header,
		.headers = head.headers,
		.secure = exchange->server->secure,
		.arena = exchange->arena,
		.out = &exchange->out };
	exchange->request.peer = peer_of(exchange);
	refused = body_allow(exchange);
	if (refused != 0)
		return refuse(exchange, refused);
	deadline(exchange->connection, BODY_MS + (int64_t)(exchange->pass.length / 100));
	return MHD_YES;
}

static void resume(struct http_wait *wait)
{
	MHD_resume_connection(((struct exchange *)wait)->connection);
}

static enum MHD_Result answer(struct exchange *exchange)
{
	struct http_response answer = { 0 };
	struct http_options *options = &exchange->server->options;
	if (exchange->later == NULL)
		options->handle(options->self, &exchange->request, &answer);
	else
		exchange->later->finish(exchange->later, &exchange->request, &answer);
	if (exchange->later == NULL && answer.later != NULL)
		atomic_fetch_add(&exchange->server->waiting, 1);
	if (exchange->later != NULL && answer.later == NULL)
		atomic_fetch_sub(&exchange->server->waiting, 1);
	exchange->later = answer.later;
	if (answer.later == NULL)
		return answer_send(exchange, &answer);
	exchange->wait.done = resume;
	MHD_suspend_connection(exchange->connection);
	answer.later->start(answer.later, &exchange->wait);
	return MHD_YES;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *bytes, size_t *n, void **state)
{
	struct exchange *exchange = *state;
	(void)self, (void)url;
	must(exchange != NULL);
	exchange->connection = connection;
	if (!exchange->begun)
		return begin(exchange, method, version);
	if (*n > 0) {
		if (exchange->refusal == 0)
			buf_bytes(&exchange->body, bytes, *n);
		*n = 0;
		return MHD_YES;
	}
	if (exchange->refusal != 0)
		return refuse(exchange, exchange->refusal);
	if (exchange->body.full || exchange->body.n != exchange->pass.length)
		return MHD_NO;
	exchange->request.body = buf_view(&exchange->body);
	deadline(connection, 0);
	return answer(exchange);
}

/* The request line as it came, before the library decodes it (in place). */
static void *on_target(void *self, const char *target, struct MHD_Connection *connection)
{
	struct exchange *exchange = exchange_open(self);
	exchange->connection = connection;
	exchange->target =
		arena_str(exchange->arena, str_upto(str_of(target), GATE_TARGET_MAX + 1));
	return exchange;
}

static void on_completed(void *self, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)self, (void)code;
	struct exchange *exchange = *state;
	*state = NULL;
	if (exchange == NULL)
		return;
	exchange_close(exchange);
	deadline(connection, AGAIN_MS);
}

/* Nobody new while it ends. Not the library's own way (MHD_quiesce_daemon of 0.9.75): that and the
 * event loops may both take the listening socket out of the same epoll set, and whoever is second
 * aborts the process. */
static enum MHD_Result may_connect(void *self, const struct sockaddr *from, socklen_t n)
{
	const struct http_server *server = self;
	(void)from, (void)n;
	return atomic_load(&server->stopping) ? MHD_NO : MHD_YES;
}

static void on_connection(void *self, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct http_server *server = self;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		struct connection *known = mem_alloc(1, sizeof *known);
		known->server = server;
		known->link.fd =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
				->connect_fd;
		atomic_init(&known->link.deadline, sweep_now() + HEADER_MS);
		sweep_join(server->sweep, &known->link);
		*context = known;
	} else if (*context != NULL) {
		struct connection *known = *context;
		sweep_leave(server->sweep, &known->link);
		mem_free(known);
		*context = NULL;
	}
}

/* Nothing is decoded below the gate, which decodes once. */
static size_t as_it_is(void *self, struct MHD_Connection *connection, char *text)
{
	(void)self, (void)connection;
	return strlen(text);
}

/* Its words may hold parts of a request: nothing of them is kept. */
__attribute__((format(printf, 2, 0))) static void silent(
	void *self, const char *format, va_list args)
{
	(void)self, (void)format, (void)args;
}

/* ---- starting and stopping */

static bool address_read(
	const struct http_options *options, struct sockaddr_storage *out, struct err *err)
{
	char text[64] = "";
	if (options->listen.n < sizeof text)
		memcpy(text, options->listen.p, options->listen.n);
	struct sockaddr_in *four = (struct sockaddr_in *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons((uint16_t)options->port);
		return true;
	}
	if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)options->port);
		return true;
	}
	return err_set(err, ERR_INPUT,
		"\"%s\" is not an address to listen on: 127.0.0.1, ::1, 0.0.0.0", text);
}

static bool daemon_start(
	struct http_server *server, struct sockaddr_storage *address, unsigned threads)
{
	const struct http_options *options = &server->options;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO |
			 MHD_USE_ITC | (address->ss_family == AF_INET6 ? MHD_USE_IPv6 : 0u) |
			 (options->certificate.n > 0 ? MHD_USE_TLS : 0u);
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)options->certificate.p },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)options->key.p },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
			(void *)(uintptr_t) "SECURE192:SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1."
					    "2:"
					    "-RSA:-DHE-RSA:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:"
					    "+CHACHA20-POLY1305:%SAFE_RENEGOTIATION" },
		{ MHD_OPTION_END, 0, NULL },
	};
	if (options->certificate.n == 0)
		tls[0].option = MHD_OPTION_END;
	server->daemon = MHD_start_daemon(flags, (uint16_t)options->port, may_connect, server, on_request,
		server, MHD_OPTION_EXTERNAL_LOGGER, silent, NULL, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)address, MHD_OPTION_THREAD_POOL_SIZE, threads,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		options->behind_proxy ? 0u : (unsigned)CONNECTIONS_OF_ONE,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_UNESCAPE_CALLBACK,
		as_it_is, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_ARRAY, tls,
		MHD_OPTION_END);
	return server->daemon != NULL;
}

static const str loopback_names[] = { S_INIT("localhost"), S_INIT("127.0.0.1"), S_INIT("[::1]") };

struct http_server *http_start(const struct http_options *options, struct err *err)
{
	struct sockaddr_storage address;
	if (!address_read(options, &address, err))
		return NULL;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned threads = options->threads > 0 ? (unsigned)options->threads
			   : processors < 2     ? 2
						: (unsigned)processors;
	struct http_server *server = mem_alloc(1, sizeof *server);
	server->options = *options;
	server->secure = options->behind_proxy || options->certificate.n > 0;
	if (options->host.n > 0)
		server->hosts = (struct gate_hosts){ &server->options.host, 1 };
	else if (options->loopback)
		server->hosts = (struct gate_hosts){ loopback_names,
			sizeof loopback_names / sizeof *loopback_names };
	pthread_mutex_init(&server->lock, NULL);
	server->sweep = sweep_open();
	refusals_make(server);
	if (daemon_start(server, &address, threads))
		return server;
	err_set(err, ERR_IO, "cannot listen on %.*s port %d: %s%s", STR_ARGS(options->listen),
		options->port, errno != 0 ? strerror(errno) : "refused",
		options->certificate.n > 0 ? " (or the certificate and key do not fit)" : "");
	http_stop(server);
	return NULL;
}

/* Slow clients are waited for so long; what has been asked for (a save, a password) to its end,
 * for the library cannot stop while a connection is suspended. */
static void wait_until_quiet(struct http_server *server)
{
	int64_t until = sweep_now() + STOP_MS;
	while (atomic_load(&server->waiting) > 0 ||
		(atomic_load(&server->busy) > 0 && sweep_now() < until))
		nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
}

void http_stop(struct http_server *server)
{
	if (server == NULL)
		return;
	atomic_store(&server->stopping, true);
	if (server->daemon != NULL) {
		wait_until_quiet(server);
		MHD_stop_daemon(server->daemon);
	}
	sweep_close(server->sweep);
	refusals_free(server);
	for (struct exchange *exchange = server->spare, *next; exchange != NULL; exchange = next) {
		next = exchange->next;
		exchange_free(exchange);
	}
	pthread_mutex_destroy(&server->lock);
	mem_free(server);
}

int http_port(const struct http_server *server)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info == NULL ? server->options.port : info->port;
}
