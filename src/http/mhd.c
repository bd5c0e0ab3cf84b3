/* mhd.c - libmicrohttpd behind server.h: connections, starting and stopping. A request's way through
 * it is in mhd_request.c, the answer's in mhd_answer.c. */
#include "http/mhd_inside.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	HEADER_MS = 10000,
	IDLE_S = 60, /* the library's own; the sweep's deadlines are sooner */
	STOP_MS = 10000,
	CONNECTIONS = 12000,
	CONNECTIONS_OF_ONE = 2000,
	CONNECTION_MEMORY = 32 * 1024,
};

/* ---- connections */

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
		known->link.first = sweep_now() + HEADER_MS;
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
	server->daemon = MHD_start_daemon(flags, (uint16_t)options->port, may_connect, server, mhd_on_request,
		server, MHD_OPTION_EXTERNAL_LOGGER, silent, NULL, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)address, MHD_OPTION_THREAD_POOL_SIZE, threads,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		options->behind_proxy ? 0u : (unsigned)CONNECTIONS_OF_ONE,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
		MHD_OPTION_URI_LOG_CALLBACK, mhd_on_target, server, MHD_OPTION_UNESCAPE_CALLBACK,
		as_it_is, NULL, MHD_OPTION_NOTIFY_COMPLETED, mhd_on_completed, server,
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
	mhd_refusals_make(server);
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
	mhd_refusals_free(server);
	for (struct exchange *exchange = server->spare, *next; exchange != NULL; exchange = next) {
		next = exchange->next;
		mhd_exchange_free(exchange);
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
