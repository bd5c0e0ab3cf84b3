#include "http/pool.h"

#include "base/mem.h"

#include <pthread.h>

struct job {
	void (*work)(void *self);
	void *self;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *job; /* a ring */
	size_t room, first, n;
	bool closing;
	size_t threads;
	pthread_t thread[];
};

static void *run(void *self)
{
	struct pool *pool = self;
	pthread_mutex_lock(&pool->lock);
	for (;;) {
		while (pool->n == 0 && !pool->closing)
			pthread_cond_wait(&pool->more, &pool->lock);
		if (pool->n == 0)
			break;
		struct job job = pool->job[pool->first];
		pool->first = (pool->first + 1) % pool->room;
		pool->n--;
		pthread_mutex_unlock(&pool->lock);
		job.work(job.self);
		pthread_mutex_lock(&pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

struct pool *pool_open(size_t threads, size_t waiting)
{
	struct pool *pool = mem_alloc(1, sizeof *pool + threads * sizeof *pool->thread);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->more, NULL);
	pool->room = waiting;
	pool->job = mem_alloc(waiting, sizeof *pool->job);
	pool->threads = threads;
	for (size_t i = 0; i < threads; i++) {
		int failed = pthread_create(&pool->thread[i], NULL, run, pool);
		must(failed == 0);
	}
	return pool;
}

bool pool_give(struct pool *pool, void (*work)(void *self), void *self)
{
	pthread_mutex_lock(&pool->lock);
	bool fits = pool->n < pool->room && !pool->closing;
	if (fits) {
		pool->job[(pool->first + pool->n) % pool->room] = (struct job){ work, self };
		pool->n++;
		pthread_cond_signal(&pool->more);
	}
	pthread_mutex_unlock(&pool->lock);
	return fits;
}

void pool_close(struct pool *pool)
{
	if (pool == NULL)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->closing = true;
	pthread_cond_broadcast(&pool->more);
	pthread_mutex_unlock(&pool->lock);
	for (size_t i = 0; i < pool->threads; i++)
		pthread_join(pool->thread[i], NULL);
	pthread_cond_destroy(&pool->more);
	pthread_mutex_destroy(&pool->lock);
	mem_free(pool->job);
	mem_free(pool);
}
