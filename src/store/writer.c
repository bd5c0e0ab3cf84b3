#include "store/writer.h"

#include "store/inside.h"

#include <pthread.h>

struct writer {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct writer_job *first, **last; /* what waits, in order */
	bool ending;
};

static void work_one(struct store *store, struct writer_job *job)
{
	job->err = (struct err){ 0 };
	job->worked = db_savepoint(store->db, &job->err);
	if (!job->worked)
		return;
	job->worked = job->work(job->self, store, &job->err) && db_release(store->db, &job->err);
	if (!job->worked) {
		store->next_id = store->last_id = 0;
		db_rollback_to(store->db);
	}
}

/* The whole of one transaction. */
static void work_all(struct store *store, struct writer_job *jobs)
{
	struct err err = { 0 };
	bool begun = db_begin(store->db, &err), done = begun;
	store->joined = begun;
	for (struct writer_job *job = jobs; begun && job != NULL; job = job->next)
		work_one(store, job);
	store->joined = false;
	if (begun)
		done = db_commit(store->db, &err);
	if (!done)
		store->next_id = store->last_id = 0;
	for (struct writer_job *job = jobs, *next; job != NULL; job = next) {
		next = job->next;
		if (!done && (job->worked || !begun)) {
			job->worked = false;
			job->err = err;
		}
		job->done(job->self, job->worked, job->worked ? NULL : &job->err);
	}
}

static void *run(void *self)
{
	struct writer *writer = self;
	pthread_mutex_lock(&writer->lock);
	for (;;) {
		while (writer->first == NULL && !writer->ending)
			pthread_cond_wait(&writer->more, &writer->lock);
		struct writer_job *jobs = writer->first;
		if (jobs == NULL)
			break;
		writer->first = NULL;
		writer->last = &writer->first;
		pthread_mutex_unlock(&writer->lock);
		work_all(writer->store, jobs);
		pthread_mutex_lock(&writer->lock);
	}
	pthread_mutex_unlock(&writer->lock);
	return NULL;
}

struct writer *writer_open(struct store *store, struct err *err)
{
	must(store->importing == NULL && !store->joined);
	struct writer *writer = mem_alloc(1, sizeof *writer);
	writer->store = store;
	writer->last = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->more, NULL);
	if (pthread_create(&writer->thread, NULL, run, writer) == 0)
		return writer;
	pthread_cond_destroy(&writer->more);
	pthread_mutex_destroy(&writer->lock);
	mem_free(writer);
	err_set(err, ERR_IO, "the thread that writes cannot be started");
	return NULL;
}

void writer_give(struct writer *writer, struct writer_job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&writer->lock);
	*writer->last = job;
	writer->last = &job->next;
	pthread_cond_signal(&writer->more);
	pthread_mutex_unlock(&writer->lock);
}

void writer_close(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	writer->ending = true;
	pthread_cond_signal(&writer->more);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->more);
	pthread_mutex_destroy(&writer->lock);
	mem_free(writer);
}

/* ---- waiting for one */

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool over, done;
	struct err err;
	bool (*work)(void *self, struct store *store, struct err *err);
	void *self;
};

static bool waited_work(void *self, struct store *store, struct err *err)
{
	struct waiting *waiting = self;
	return waiting->work(waiting->self, store, err);
}

static void waited_done(void *self, bool done, const struct err *err)
{
	struct waiting *waiting = self;
	pthread_mutex_lock(&waiting->lock);
	waiting->over = true;
	waiting->done = done;
	if (!done)
		waiting->err = *err;
	pthread_cond_signal(&waiting->told);
	pthread_mutex_unlock(&waiting->lock);
}

bool writer_do(struct writer *writer,
	bool (*work)(void *self, struct store *store, struct err *err), void *self,
	struct err *err)
{
	struct waiting waiting = { .work = work, .self = self };
	struct writer_job job = { .work = waited_work, .done = waited_done, .self = &waiting };
	pthread_mutex_init(&waiting.lock, NULL);
	pthread_cond_init(&waiting.told, NULL);
	writer_give(writer, &job);
	pthread_mutex_lock(&waiting.lock);
	while (!waiting.over)
		pthread_cond_wait(&waiting.told, &waiting.lock);
	pthread_mutex_unlock(&waiting.lock);
	pthread_cond_destroy(&waiting.told);
	pthread_mutex_destroy(&waiting.lock);
	if (!waiting.done && err != NULL)
		*err = waiting.err;
	return waiting.done;
}
