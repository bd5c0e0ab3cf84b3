/* check.h - cmocka, and the few checks that Duly's own types ask for. Tests read like claims. */
#pragma once

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* TEST(a_month_clamps_to_its_last_day) { ... } and then CLAIM(a_month_clamps_to_its_last_day) */
#define TEST(name) static void name(__attribute__((unused)) void **state)
#define CLAIM(name) cmocka_unit_test(name)

#define check_true(truth) assert_true(truth)
#define check_false(truth) assert_false(truth)
#define check_int(got, want) assert_int_equal((got), (want))

static inline void check_str_at(str got, const char *want, const char *file, int line)
{
	if (got.n != strlen(want) || memcmp(got.p == NULL ? "" : got.p, want, got.n) != 0) {
		print_error("got  \"%.*s\"\nwant \"%s\"\n", STR_ARGS(got), want);
		_fail(file, line);
	}
}
#define check_str(got, want) check_str_at((got), (want), __FILE__, __LINE__)

/* Leaves a claim about something that is not on this machine, and says so: cmocka's skip() is told
 * as a failure by those who read its TAP. */
#define not_here(what)                                                                             \
	do {                                                                                       \
		print_message("# skipped: %s is not here\n", what);                                \
		return;                                                                            \
	} while (0)
