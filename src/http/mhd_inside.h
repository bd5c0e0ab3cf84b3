/* mhd_inside.h - what the files of mhd share: the server, its connections, one request's exchange. */
#pragma once

#include "http/gate.h"
#include "http/server.h"
#include "http/sweep.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
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

/* ---- mhd_exchange.c */
struct exchange *mhd_exchange_open(struct http_server *server);
/* It is kept for another request, without what this one left in it. */
void mhd_exchange_close(struct exchange *exchange);
void mhd_exchange_free(struct exchange *exchange);

/* ---- mhd_answer.c */
/* NULL: the library has not told of it yet. */
struct connection *mhd_connection_of(struct MHD_Connection *connection);
/* What is awaited must come in so many milliseconds; 0: none, while the time is ours. */
void mhd_deadline(struct MHD_Connection *connection, int64_t from_now);
enum MHD_Result mhd_answer(struct exchange *exchange, struct http_response *answer);
/* With the page of that status; the connection is closed. */
enum MHD_Result mhd_refuse(struct exchange *exchange, int status);
void mhd_refusals_make(struct http_server *server);
void mhd_refusals_free(struct http_server *server);

/* ---- mhd_request.c: what the library calls, in this order */
void *mhd_on_target(void *self, const char *target, struct MHD_Connection *connection);
enum MHD_Result mhd_on_request(void *self, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *bytes, size_t *n, void **state);
void mhd_on_completed(void *self, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code);
