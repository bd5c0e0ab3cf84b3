/* mhd_request.c - a request as it comes: its head to the gate, its body, then its answer. */
#include "http/mhd_inside.h"

#include "http/shed.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum {
	AGAIN_MS = 25000, /* the next request on the same connection: waiting, and its headers */
	BODY_MS = 60000,
	LARGE_AT_ONCE = 16, /* bodies above GATE_BODY_MAX that are read or answered */
};

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
	const struct connection *known = mhd_connection_of(exchange->connection);
	return known != NULL && shed_waited(known->link.fd);
}

/* How much of a body is taken, once it is known who sends it and whereto: 0, or the status to
 * mhd_refuse with before any of it comes. */
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
		return mhd_refuse(exchange, refused);
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
		return mhd_refuse(exchange, refused);
	mhd_deadline(exchange->connection, BODY_MS + (int64_t)(exchange->pass.length / 100));
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
		return mhd_answer(exchange, &answer);
	exchange->wait.done = resume;
	MHD_suspend_connection(exchange->connection);
	answer.later->start(answer.later, &exchange->wait);
	return MHD_YES;
}

enum MHD_Result mhd_on_request(void *self, struct MHD_Connection *connection, const char *url,
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
		return mhd_refuse(exchange, exchange->refusal);
	if (exchange->body.full || exchange->body.n != exchange->pass.length)
		return MHD_NO;
	exchange->request.body = buf_view(&exchange->body);
	mhd_deadline(connection, 0);
	return answer(exchange);
}

/* The request line as it came, before the library decodes it (in place). */
void *mhd_on_target(void *self, const char *target, struct MHD_Connection *connection)
{
	struct exchange *exchange = mhd_exchange_open(self);
	exchange->connection = connection;
	exchange->target =
		arena_str(exchange->arena, str_upto(str_of(target), GATE_TARGET_MAX + 1));
	return exchange;
}

void mhd_on_completed(void *self, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)self, (void)code;
	struct exchange *exchange = *state;
	*state = NULL;
	if (exchange == NULL)
		return;
	mhd_exchange_close(exchange);
	mhd_deadline(connection, AGAIN_MS);
}
