#include "../store/place.h"

#include "../random.h"
#include "job/import_shut_in.h"
#include "job/staging_wire.h"

#include <string.h>

/* What a confined process would hand over, of a small return. */
#define FILE_OF(name, text) ((struct source){ S(name), S(text) })

static struct arena *arena;
static struct buf wire, made;

static int begin(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	const struct source source[] = {
		FILE_OF("header.csv",
			"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
			"7,1,04/03/2015,WBRI,X000000000000,,\n8,2,bad,WBRI,X000000000000,,\n"),
		FILE_OF("episodes.csv",
			"CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
			"7,01/05/2025,S,C2,U4,PR1,,,\n9,01/05/2025,S,XX,U4,PR1,,,\n"),
		FILE_OF("reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n7,04/03/2015,20/05/2025,PN1\n"),
	};
	struct err err = { 0 };
	const struct import_task task = { .kind = IMPORT_SSDA903, .source = source, .n = 3 };
	import_wire_put(&wire, &task, day_of(2026, 11, 20));
	if (!import_read_shut_in(arena, buf_view(&wire), &made, &err))
		print_error("%s\n", err.text);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_close(&wire);
	buf_close(&made);
	arena_close(arena);
	return 0;
}

/* Is it taken? Whatever it holds, what was read is put down again. */
static bool reads(str text, struct buf *again)
{
	struct arena *own = arena_open(64 << 20);
	struct staging staging;
	struct err err = { 0 };
	staging_open(&staging, own);
	bool read = staging_wire_read(text, &staging, &err);
	if (read && again != NULL)
		staging_wire_put(again, &staging);
	if (!read)
		check_int(err.code, ERR_BROKEN);
	staging_close(&staging);
	arena_close(own);
	return read;
}

TEST(what_was_staged_comes_back_value_by_value)
{
	struct buf again = { 0 };
	struct staging staging;
	check_true(made.n > 500);
	check_true(reads(buf_view(&made), &again));
	check_true(str_equal(buf_view(&made), buf_view(&again)));
	buf_close(&again);
	staging_open(&staging, arena);
	check_true(staging_wire_read(buf_view(&made), &staging, NULL));
	const struct staged_child *child = staging_child(&staging, S("7"));
	check_true(child->n >= 4);
	check_int(((const struct child *)child->item[0].record)->born, day_of(2015, 3, 4));
	check_true(staging.rejects.n >= 2);
	check_true(staging.covers > 0);
	staging_close(&staging);
}

TEST(what_is_cut_short_or_goes_on_is_broken)
{
	for (size_t n = 0; n < made.n; n++)
		check_false(reads((str){ made.p, n }, NULL));
	struct buf longer = { 0 };
	buf_str(&longer, buf_view(&made));
	buf_char(&longer, '\0');
	check_false(reads(buf_view(&longer), NULL));
	buf_close(&longer);
	struct import_wire files;
	for (size_t n = 0; n < wire.n; n++)
		check_false(import_wire_read(arena, (str){ wire.p, n }, &files, NULL));
}

/* A reference to another child's record, a type that is none, a count that nothing is behind: what
 * a process that was taken over might say. */
TEST(no_byte_that_is_changed_leads_outside_of_it)
{
	struct random random = random_open("staging wire");
	size_t taken = 0;
	for (int i = 0; i < 4000; i++) {
		struct buf spoilt = { 0 };
		buf_str(&spoilt, buf_view(&made));
		for (size_t k = random_below(&random, 3) + 1; k > 0; k--)
			spoilt.p[random_below(&random, spoilt.n)] =
				(char)(unsigned char)random_below(&random, 256);
		taken += reads(buf_view(&spoilt), NULL);
		buf_close(&spoilt);
	}
	check_true(taken > 0 && taken < 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_was_staged_comes_back_value_by_value),
		CLAIM(what_is_cut_short_or_goes_on_is_broken),
		CLAIM(no_byte_that_is_changed_leads_outside_of_it),
	};
	return cmocka_run_group_tests_name("job staging wire", tests, begin, end);
}
