#include "http/sweep.h"

#include "base/err.h"
#include "base/mem.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

enum { EVERY = 500, SILENT = 5000, LONGER = 25000 }; /* milliseconds */

struct sweep {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
	bool stopping;
	struct sweep_link all; /* a ring */
};

int64_t sweep_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_silent(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t n = sizeof info;
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 &&
	       info.tcpi_last_data_recv >= SILENT;
}

static void close_late(struct sweep *sweep)
{
	int64_t now = sweep_now();
	for (struct sweep_link *link = sweep->all.next; link != &sweep->all; link = link->next) {
		int64_t deadline = atomic_load(&link->deadline);
		if (deadline == 0 || deadline >= now)
			continue;
		/* A request that arrives just now sets a deadline of its own, which stands. */
		bool longer = deadline == link->first && is_silent(link->fd);
		if (atomic_compare_exchange_strong(
			    &link->deadline, &deadline, longer ? deadline + LONGER : 0) &&
			!longer)
			shutdown(link->fd, SHUT_RDWR);
	}
}

static void *run(void *self)
{
	struct sweep *sweep = self;
	pthread_mutex_lock(&sweep->lock);
	while (!sweep->stopping) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += EVERY * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&sweep->stop, &sweep->lock, &until);
		close_late(sweep);
	}
	pthread_mutex_unlock(&sweep->lock);
	return NULL;
}

struct sweep *sweep_open(void)
{
	struct sweep *sweep = mem_alloc(1, sizeof *sweep);
	sweep->all.next = sweep->all.before = &sweep->all;
	pthread_mutex_init(&sweep->lock, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&sweep->stop, &monotonic);
	pthread_condattr_destroy(&monotonic);
	int failed = pthread_create(&sweep->thread, NULL, run, sweep);
	must(failed == 0);
	return sweep;
}

void sweep_close(struct sweep *sweep)
{
	pthread_mutex_lock(&sweep->lock);
	sweep->stopping = true;
	pthread_cond_signal(&sweep->stop);
	pthread_mutex_unlock(&sweep->lock);
	pthread_join(sweep->thread, NULL);
	must(sweep->all.next == &sweep->all);
	pthread_cond_destroy(&sweep->stop);
	pthread_mutex_destroy(&sweep->lock);
	mem_free(sweep);
}

void sweep_join(struct sweep *sweep, struct sweep_link *link)
{
	atomic_init(&link->deadline, link->first);
	pthread_mutex_lock(&sweep->lock);
	link->next = sweep->all.next;
	link->before = &sweep->all;
	link->next->before = link;
	sweep->all.next = link;
	pthread_mutex_unlock(&sweep->lock);
}

void sweep_leave(struct sweep *sweep, struct sweep_link *link)
{
	pthread_mutex_lock(&sweep->lock);
	link->next->before = link->before;
	link->before->next = link->next;
	pthread_mutex_unlock(&sweep->lock);
}
