/* serve.c - duly serve: the pages, in a browser. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/now.h"
#include "cli/open.h"
#include "http/server.h"
#include "job/daily.h"
#include "job/importer.h"
#include "job/keeper.h"
#include "job/quality.h"
#include "store/proof.h"
#include "store/setting.h"
#include "web/site.h"
#include "web/web.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 8080, HASHERS = 4, HASHES_WAITING = 64, WORKERS = 2, WORK_WAITING = 32, ASKERS = 8, ASKS_WAITING = 32, PEM_MOST = 1 << 20 };

/* The wall clock, or one that was set: it runs on from there, or is held. */
struct serve_clock {
	instant set_to; /* INSTANT_UNKNOWN: not set */
	instant began;  /* of the wall clock */
	bool held;
};

static instant clock_now(void *self)
{
	const struct serve_clock *clock = self;
	if (clock->set_to == INSTANT_UNKNOWN)
		return now();
	return clock->held ? clock->set_to : clock->set_to + (now() - clock->began);
}

static void random_bytes(void *self, void *bytes, size_t n)
{
	(void)self;
	open_env.random(open_env.self, bytes, n);
}

struct serving {
	struct serve_clock clock;
	struct store_env env;
	struct opened opened;
	struct pool *pool, *work, *far;
	struct writer *writer;
	struct importer *importer;
	struct keeper *keeper;
	struct daily *daily;
	struct quality_watch *quality;
	struct web *web;
	struct http_server *http;
	struct buf certificate, key;
	struct http_options options;
	char address[300]; /* that people reach it under; empty: not told */
	bool demonstration;
	str council;
};

static bool is_loopback(str listen)
{
	return str_starts(listen, S("127.")) || str_equal(listen, S("::1"));
}

/* The address that people use: told, or what follows from the one name that is answered. */
static bool address_read(const struct args *args, struct serving *serving, struct err *err)
{
	struct http_options *options = &serving->options;
	str given = str_of(args_value(args, "address")), name;
	bool tls = args_value(args, "tls") != NULL;
	struct buf made = { 0 };
	if (given.n > 0)
		buf_str(&made, given);
	else if (options->host.n > 0 && (tls || options->behind_proxy)) {
		buf_lit(&made, "https://");
		buf_str(&made, options->host);
		if (tls && options->port != 443)
			buf_format(&made, ":%d", options->port);
	}
	str address = buf_view(&made);
	bool fits = address.n < sizeof serving->address;
	memcpy(serving->address, address.p == NULL ? "" : address.p, fits ? address.n : 0);
	buf_close(&made);
	if (given.n == 0)
		return true; /* a name that is none, as a number, is no address to bind anything to */
	if (!fits || !site_read(str_of(serving->address), &name, err))
		return fits ? false : err_set(err, ERR_INPUT, "--address is too long");
	if (options->host.n == 0)
		options->host = name;
	return str_equal_nocase(options->host, name) ||
	       err_set(err, ERR_INPUT, "--address and --host name two different servers");
}

/* Everything about the network that can be wrong before a store is opened. */
static bool options_read(const struct args *args, struct serving *serving, struct err *err)
{
	struct http_options *options = &serving->options;
	int64_t port;
	const char *listen = args_value(args, "listen"), *tls = args_value(args, "tls");
	options->listen = listen == NULL || strcmp(listen, "localhost") == 0 ? S("127.0.0.1")
									     : str_of(listen);
	options->behind_proxy = args_flag(args, "behind-proxy");
	options->host = str_of(args_value(args, "host"));
	options->loopback = is_loopback(options->listen) && !options->behind_proxy;
	if (!args_int(args, "port", 0, 65535, PORT, &port, err))
		return false;
	options->port = (int)port;
	if ((tls != NULL) != (args->words == 1))
		return err_set(err, ERR_INPUT, "--tls wants two files: --tls CERT KEY");
	if (tls != NULL && options->behind_proxy)
		return err_set(err, ERR_INPUT, "--tls or --behind-proxy, not both");
	if (!is_loopback(options->listen) && tls == NULL && !options->behind_proxy)
		return err_set(err, ERR_INPUT,
			"--listen %s would send children's records unencrypted: add --tls CERT "
			"KEY, or "
			"--behind-proxy when a server in front encrypts",
			listen);
	if (!address_read(args, serving, err))
		return false;
	if (tls == NULL)
		return true;
	if (!file_read(tls, PEM_MOST, &serving->certificate, err) ||
		!file_read(args->word[0], PEM_MOST, &serving->key, err))
		return false;
	buf_char(&serving->certificate, '\0');
	buf_char(&serving->key, '\0');
	options->certificate =
		str_upto(buf_view(&serving->certificate), serving->certificate.n - 1);
	options->key = str_upto(buf_view(&serving->key), serving->key.n - 1);
	return true;
}

static bool clock_read(const struct args *args, struct serve_clock *clock, struct err *err)
{
	const char *text = args_value(args, "now");
	*clock = (struct serve_clock){ .set_to = INSTANT_UNKNOWN, .began = now() };
	clock->held = args_flag(args, "freeze");
	if (text == NULL) {
		clock->set_to = clock->held ? clock->began : INSTANT_UNKNOWN;
		return true;
	}
	struct when when;
	if (!when_read(str_of(text), &when, NULL))
		return err_set(err, ERR_INPUT,
			"--now wants a date and time, as 2026-11-20T09:00, not \"%s\"", text);
	clock->set_to = when.at;
	return when.at != INSTANT_UNKNOWN ||
	       instant_of_local(when.on, 9 * 60, -1, &clock->set_to, err);
}

static bool store_use(const struct args *args, struct serving *serving, struct err *err)
{
	serving->env = (struct store_env){
		.now = clock_now, .random = random_bytes, .self = &serving->clock
	};
	struct opened *opened = &serving->opened;
	str demonstration;
	if (!open_store(args, STORE_WRITE, &serving->env, opened, err) ||
		!store_setting(
			opened->store, opened->arena, S("demonstration"), &demonstration, err) ||
		!store_setting_of(opened->store, opened->arena, opened->authority,
			S("authority-name"), &serving->council, err))
		return false;
	serving->demonstration = str_equal(demonstration, S("yes"));
	if (serving->council.n == 0)
		serving->council = opened->authority;
	if (serving->clock.set_to != INSTANT_UNKNOWN && !serving->demonstration)
		return err_set(err, ERR_INPUT,
			"--now and --freeze are for a demonstration: this store holds real "
			"records, and "
			"their clocks must not be moved");
	return true;
}

/* The store is the one that the witness saw, and its checkpoints will be signed. */
static bool proof_start(const struct args *args, struct serving *serving, struct err *err)
{
	const char *witness = args_value(args, "witness");
	struct err why = { 0 };
	if (witness != NULL && !witness_agrees(serving->opened.store, witness, &why))
		return err_set(err, why.code,
			"NOT served: %s. Find out who did it, and see `duly verify --witness`", why.text);
	return open_signing(args, &serving->opened, err);
}

static bool start(const struct args *args, struct serving *serving, struct err *err)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = processors < 2 ? 2 : (size_t)processors;
	serving->pool = pool_open(HASHERS, HASHES_WAITING);
	serving->work = pool_open(WORKERS, WORK_WAITING);
	serving->far = pool_open(ASKERS, ASKS_WAITING);
	serving->writer = writer_open(serving->opened.store, err);
	if (serving->writer == NULL)
		return false;
	serving->importer = importer_open(serving->writer, &serving->env, err);
	serving->daily = serving->importer == NULL
				 ? NULL
				 : daily_open(serving->writer, &serving->env, err);
	if (serving->daily == NULL)
		return false;
	const struct keeper_options keeper = { .store = serving->opened.store,
		.writer = serving->writer,
		.witness = args_value(args, "witness") };
	serving->keeper = keeper_open(&keeper, err);
	if (serving->keeper == NULL)
		return false;
	serving->quality = quality_watch_open(serving->opened.store, serving->writer, err);
	if (serving->quality == NULL)
		return false;
	const struct web_options web = { .store = serving->opened.store,
		.writer = serving->writer,
		.pool = serving->pool,
		.work = serving->work,
		.far = serving->far,
		.importer = serving->importer,
		.env = &serving->env,
		.readers = threads,
		.secure = serving->options.behind_proxy || serving->options.certificate.n > 0,
		.loopback = serving->options.loopback,
		.address = str_of(serving->address),
		.demonstration = serving->demonstration,
		.frozen = serving->clock.held,
		.council = serving->council };
	serving->web = web_open(&web, err);
	if (serving->web == NULL)
		return false;
	serving->options.threads = (int)threads;
	serving->options.handle = web_handle;
	serving->options.takes = web_takes;
	serving->options.refuse = web_refuse;
	serving->options.self = serving->web;
	serving->http = http_start(&serving->options, err);
	return serving->http != NULL;
}

static void stop(struct serving *serving)
{
	http_stop(serving->http);
	pool_close(serving->pool);
	pool_close(serving->work);
	pool_close(serving->far);
	web_close(serving->web);
	importer_close(serving->importer);
	quality_watch_close(serving->quality);
	keeper_close(serving->keeper);
	daily_close(serving->daily);
	if (serving->writer != NULL)
		writer_close(serving->writer);
	open_close(&serving->opened);
	buf_close(&serving->certificate);
	buf_close(&serving->key);
}

/* A connection is a file: the more may be open, the more clients it takes to fill the server. */
static void raise_limits(void)
{
	/* What a large file took goes back to the machine when it is given back, not to a heap that
	 * only grows: the threshold is fixed by being set. */
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
	/* What is in memory is about children: it is not left behind in a file. */
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
}

static void announce(const struct serving *serving)
{
	const struct http_options *options = &serving->options;
	str host = is_loopback(options->listen) ? S("localhost") : options->listen;
	bool six = str_find(host, ':') < host.n;
	printf("Duly is serving %s://%s%.*s%s:%d\n", options->certificate.n > 0 ? "https" : "http",
		six ? "[" : "", STR_ARGS(host), six ? "]" : "", http_port(serving->http));
	fflush(stdout);
}

static int run(const struct args *args)
{
	struct serving serving = { 0 };
	struct err err = { 0 };
	sigset_t ends;
	int signal_number;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL); /* before any thread, so that all have it blocked */
	signal(SIGPIPE, SIG_IGN);
	raise_limits();
	bool serves = options_read(args, &serving, &err) &&
		      clock_read(args, &serving.clock, &err) && store_use(args, &serving, &err) &&
		      proof_start(args, &serving, &err) && start(args, &serving, &err);
	if (serves) {
		announce(&serving);
		sigwait(&ends, &signal_number);
	}
	stop(&serving);
	return serves ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_serve = {
	.name = "serve",
	.summary = "Show the pages in a browser",
	.usage = "duly serve --data DIR [--port N] [--listen ADDRESS] [--tls CERT KEY | --behind-proxy]\n"
		 "           [--host NAME] [--address URL] [--witness FILE] [--signing-key FILE] [--now DATETIME] [--freeze]",
	.help = "Serves until it is told to end (Ctrl-C, or SIGTERM); what is being answered is finished\n"
		"first. Without more, only this machine can connect. For others, the connection must be\n"
		"encrypted: by Duly itself (--tls), or by a server in front that sets X-Forwarded-For\n"
		"and speaks HTTP/1.1 to Duly, passing the Host on (--behind-proxy). Passkeys are bound to the\n"
		"address that people use: --address, or https:// and the --host. With --witness, a store\n"
		"that was rewritten or replaced by an older copy is not served.",
	.words_max = 1,
	.option = {
		{ "port", "N", "the port; 8080 when not given; 0 for any that is free" },
		{ "listen", "ADDRESS", "the address to listen on; 127.0.0.1 when not given" },
		{ "tls", "CERT KEY", "encrypt, with this certificate and key (PEM files)" },
		{ "behind-proxy", NULL, "a server in front encrypts" },
		{ "host", "NAME", "the only name in addresses that is answered" },
		{ "address", "URL", "what people have in the browser, as https://duly.example.gov.uk" },
		{ "witness", "FILE", "append the ledger's checkpoints to this file, and hold the store against it" },
		{ "signing-key", "FILE", "the key that signs them; DIR/checkpoint.key when not given" },
		{ "now", "DATETIME", "start the clock there; only for a demonstration" },
		{ "freeze", NULL, "hold the clock; only for a demonstration" },
		STORE_OPTIONS,
	},
	.run = run,
};
