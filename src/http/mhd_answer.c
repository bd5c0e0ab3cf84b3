/* mhd_answer.c - answers as they leave, ours and those that the library gives by itself. */
#include "http/mhd_inside.h"

#include "base/mem.h"

#include <dlfcn.h>
#include <string.h>

enum { ANSWER_MS = 60000 }; /* and a second more for each 16 KB */

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

struct connection *mhd_connection_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

/* In so many milliseconds; 0: none, while the time is ours. */
void mhd_deadline(struct MHD_Connection *connection, int64_t from_now)
{
	struct connection *known = mhd_connection_of(connection);
	if (known != NULL)
		atomic_store(&known->link.deadline, from_now == 0 ? 0 : sweep_now() + from_now);
}

enum MHD_Result mhd_answer(struct exchange *exchange, struct http_response *answer)
{
	must(answer->status >= 200 && answer->later == NULL);
	if (atomic_load(&exchange->server->stopping))
		answer->close = true;
	struct MHD_Response *response = response_make(exchange->server, answer);
	mhd_deadline(exchange->connection, ANSWER_MS + (int64_t)(answer->body.n / 16));
	enum MHD_Result queued = queue(exchange->connection, answer->status, response);
	MHD_destroy_response(response);
	return queued;
}

enum MHD_Result mhd_refuse(struct exchange *exchange, int status)
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
	return mhd_answer(exchange, &answer);
}

/* The library answers by itself what it cannot parse, through this same public function: so it is
 * answered here with our page and headers, and the connection closed. Our own answers go through
 * queue(). */
enum MHD_Result MHD_queue_response(
	struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response)
{
	const struct connection *known = mhd_connection_of(connection);
	struct MHD_Response *ours = NULL;
	if (known != NULL && status < REFUSALS)
		ours = known->server->refusal[status];
	return queue(connection, (int)status, ours == NULL ? response : ours);
}

/* ---- what the library refuses with, made once */

void mhd_refusals_make(struct http_server *server)
{
	static const int by_library[REFUSAL_PAGES] = { 400, 408, 413, 414, 431, 500, 501, 503,
		505 };
	for (size_t i = 0; i < REFUSAL_PAGES; i++) {
		struct exchange *exchange = mhd_exchange_open(server);
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
		mhd_exchange_close(exchange);
	}
}

void mhd_refusals_free(struct http_server *server)
{
	for (size_t i = 0; i < REFUSALS; i++) {
		if (server->refusal[i] != NULL)
			MHD_destroy_response(server->refusal[i]);
	}
	for (size_t i = 0; i < REFUSAL_PAGES; i++)
		mem_free((char *)(uintptr_t)server->refusal_page[i].p);
}
