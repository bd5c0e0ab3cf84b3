#include "family.h"

#include "store/writer.h"

#include <pthread.h>

enum { THREADS = 4, EACH = 25 };

struct looker {
	struct writer *writer;
	struct actor actor;
	int64_t subject;
	int done, failed;
};

static bool look(void *self, struct store *store, struct err *err)
{
	struct looker *looker = self;
	const struct look what = { .actor = &looker->actor, .act = S("look:child"),
		.subject = &looker->subject, .n = 1 };
	return store_look(store, &what, err);
}

static void *many_looks(void *self)
{
	struct looker *looker = self;
	for (int i = 0; i < EACH; i++) {
		struct err err;
		if (writer_do(looker->writer, look, looker, &err))
			looker->done++;
		else
			looker->failed++;
	}
	return NULL;
}

TEST(looks_of_many_threads_are_all_kept_in_one_chain)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct writer *writer = writer_open(place->store, &err);
	assert_non_null(writer);
	pthread_t thread[THREADS];
	struct looker looker[THREADS];
	for (int i = 0; i < THREADS; i++) {
		looker[i] = (struct looker){ .writer = writer, .subject = i + 1,
			.actor = { .user = i + 1, .role = ROLE_CHAIR, .authority = S("EX1") } };
		check_int(pthread_create(&thread[i], NULL, many_looks, &looker[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		check_int(looker[i].done, EACH);
	}
	writer_close(writer);
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), THREADS * EACH);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

struct given {
	struct writer_job job;
	struct place *place;
	const char *number;
	bool fails, told, done;
	enum err_code code;
};

static bool add(void *self, struct store *store, struct err *err)
{
	struct given *given = self;
	struct place view = *given->place;
	struct basket basket;
	view.store = store;
	put_child(&view, &basket, given->number, day_of(2026, 9, 1), DAY_UNKNOWN);
	if (!save_basket(&view, &basket, SAVE_FORM, &view.system, 0, err))
		return false;
	return !given->fails || err_set(err, ERR_INPUT, "after all, no");
}

static void told(void *self, bool done, const struct err *err)
{
	struct given *given = self;
	given->told = true;
	given->done = done;
	given->code = done ? ERR_NONE : err->code;
}

TEST(a_job_that_fails_is_undone_alone)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct writer *writer = writer_open(place->store, &err);
	assert_non_null(writer);
	struct given given[] = { { .number = "A1" }, { .number = "A2", .fails = true },
		{ .number = "A1" }, { .number = "A3" } };
	for (size_t i = 0; i < 4; i++) {
		given[i].place = place;
		given[i].job = (struct writer_job){ .work = add, .done = told, .self = &given[i] };
		writer_give(writer, &given[i].job);
	}
	writer_close(writer);
	for (size_t i = 0; i < 4; i++)
		check_true(given[i].told);
	check_true(given[0].done && given[3].done);
	check_int(given[1].code, ERR_INPUT);
	check_int(given[2].code, ERR_DUPLICATE);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 2);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.entries, 2);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(looks_of_many_threads_are_all_kept_in_one_chain),
		CLAIM(a_job_that_fails_is_undone_alone),
	};
	return cmocka_run_group_tests_name("store writer", tests, NULL, NULL);
}
