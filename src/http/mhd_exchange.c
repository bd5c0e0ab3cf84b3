/* mhd_exchange.c - exchanges are kept and used again: a request costs no allocation. */
#include "http/mhd_inside.h"

#include "base/mem.h"

enum {
	ARENA_CAP = 16 << 20,
	OUT_CAP = 32 << 20,
	OUT_KEPT = 256 << 10,
	ARENA_KEPT = 1 << 20,
	EXCHANGES_KEPT = 64,
};

struct exchange *mhd_exchange_open(struct http_server *server)
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

void mhd_exchange_free(struct exchange *exchange)
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

void mhd_exchange_close(struct exchange *exchange)
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
		mhd_exchange_free(exchange);
	atomic_fetch_sub(&server->busy, 1);
}
