#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "random.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(an_arena_hands_out_zeroed_and_aligned_memory)
{
	struct random random = random_open("arena");
	struct arena *arena = arena_open(SIZE_MAX);
	for (int round = 0; round < 3; round++) {
		size_t taken = 0;
		for (int i = 0; i < 400; i++) {
			size_t n = random_below(&random, 2000);
			unsigned char *p = arena_take(arena, n, 1);
			check_int((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t at = 0; at < n; at++) {
				check_int(p[at], 0);
				p[at] = 0xAA;
			}
			taken += n;
		}
		check_true(arena_used(arena) >= taken);
		check_false(arena_full(arena));
		arena_reset(arena);
		check_int(arena_used(arena), 0);
	}
	check_true(arena_take(arena, 1, 10 << 20) != NULL);
	arena_close(arena);
	arena_close(NULL);
}

TEST(an_arena_past_its_cap_is_full_until_reset)
{
	struct arena *arena = arena_open(96);
	arena_take(arena, 96, 1);
	check_int(arena_used(arena), 96);
	check_false(arena_full(arena));
	int *over = arena_new(arena, int);
	*over = 7;
	check_true(arena_full(arena));
	arena_reset(arena);
	check_false(arena_full(arena));
	arena_close(arena);
}

TEST(an_arena_keeps_texts)
{
	struct arena *arena = arena_open(1 << 20);
	check_str(arena_str(arena, S("abc")), "abc");
	check_str(arena_str(arena, (str){ NULL, 0 }), "");
	assert_string_equal(arena_text(arena, str_upto(S("abc"), 2)), "ab");
	check_str(arena_format(arena, "%s-%d", "x", 5), "x-5");
	arena_close(arena);
}

TEST(a_buffer_grows)
{
	struct buf buf = { 0 };
	buf_lit(&buf, "");
	check_int(buf.room, 0);
	check_true(buf_reserve(&buf, 0) != NULL); /* room for nothing: NULL would say that it is full */
	for (int i = 0; i < 1000; i++)
		buf_char(&buf, (char)('a' + i % 26));
	check_int(buf.n, 1000);
	check_int(buf.p[999], 'a' + 999 % 26);
	buf_clear(&buf);
	buf_str(&buf, S("x"));
	buf_int(&buf, 0);
	buf_int(&buf, INT64_MIN);
	buf_int(&buf, INT64_MAX);
	buf_format(&buf, "%s%d", "y", 5);
	check_str(buf_view(&buf), "x0-92233720368547758089223372036854775807y5");
	buf_close(&buf);
	check_int(buf.room, 0);
}

TEST(a_buffer_past_its_limit_is_full_and_takes_no_more)
{
	struct buf buf = { .limit = 4 };
	buf_lit(&buf, "abc");
	check_false(buf.full);
	buf_lit(&buf, "de");
	check_true(buf.full);
	buf_lit(&buf, "f");
	buf_format(&buf, "%d", 1);
	check_str(buf_view(&buf), "abc");
	buf_clear(&buf);
	buf_lit(&buf, "abcd");
	check_false(buf.full);
	check_true(buf_reserve(&buf, 1) == NULL);
	buf_close(&buf);
	check_int(buf.limit, 4);
}

TEST(memory_is_zeroed_and_resized)
{
	int *numbers = mem_alloc(4, sizeof *numbers);
	check_int(numbers[3], 0);
	numbers[3] = 9;
	numbers = mem_resize(numbers, 1000, sizeof *numbers);
	check_int(numbers[3], 9);
	mem_free(numbers);
	mem_free(mem_alloc(0, 8));
	mem_free(mem_alloc(8, 0));
	mem_free(mem_resize(NULL, 0, 8));
	mem_free(NULL);
	struct {
		int *item;
		size_t n, room;
	} list = { 0 };
	for (int i = 0; i < 100; i++)
		ARRAY_MORE(&list) = i;
	check_int(list.n, 100);
	check_int(list.item[99], 99);
	mem_free(list.item);
}

TEST(an_error_is_set_in_words_and_false)
{
	struct err err = { 0 };
	check_false(err_set(&err, ERR_STALE, "version %d", 7));
	check_int(err.code, ERR_STALE);
	check_str(str_of(err.text), "version 7");
	check_false(err_set(NULL, ERR_IO, "nobody asked"));
}

TEST(an_error_can_be_printed_whatever_it_quotes)
{
	struct err err;
	err_set(&err, ERR_INPUT, "\"%s\"", "a\x1B[2J\nb\x7F \xC2\x9B \xFF \xC3\xA9 \xEF\xBF\xBD");
	check_str(str_of(err.text), "\"a?[2J?b? ?? ? \xC3\xA9 \xEF\xBF\xBD\"");
}

TEST(an_error_too_long_is_cut_between_characters)
{
	static const char *const letters[] = { "x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
	for (size_t i = 0; i < 4; i++) {
		for (size_t shift = 0; shift < 4; shift++) {
			struct buf text = { 0 };
			for (size_t n = 0; n < shift; n++)
				buf_char(&text, '-');
			while (text.n < 400)
				buf_str(&text, str_of(letters[i]));
			struct err err;
			err_set(&err, ERR_INPUT, "%.*s", STR_ARGS(buf_view(&text)));
			size_t n = strlen(err.text), width = strlen(letters[i]);
			check_true(n > sizeof err.text - 1 - 2 * width);
			check_int((n - shift) % width, 0);
			buf_close(&text);
		}
	}
}

static void plain_bug(void)
{
	must(1 > 2);
}

static void overflowing_resize(void)
{
	mem_resize(NULL, SIZE_MAX, 2);
}

static void overflowing_take(void)
{
	arena_take(arena_open(1), SIZE_MAX, 2);
}

static void (*const bugs[])(void) = { plain_bug, overflowing_resize, overflowing_take };

/* Each bug in a process of its own: this program again, told which. */
TEST(a_bug_stops_the_process)
{
	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	for (int i = 0; i < 3; i++) {
		char program[] = "bug", which[] = { (char)('0' + i), '\0' };
		char *arguments[] = { program, which, NULL }, *environment[] = { NULL };
		pid_t child;
		int status;
		check_int(posix_spawn(&child, "/proc/self/exe", &quiet, NULL, arguments, environment), 0);
		check_int(waitpid(child, &status, 0), child);
		check_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	}
	posix_spawn_file_actions_destroy(&quiet);
}

int main(int count, char **arguments)
{
	if (count == 2) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
		bugs[(arguments[1][0] - '0') % 3]();
	}
	const struct CMUnitTest tests[] = {
		CLAIM(an_arena_hands_out_zeroed_and_aligned_memory),
		CLAIM(an_arena_past_its_cap_is_full_until_reset),
		CLAIM(an_arena_keeps_texts),
		CLAIM(a_buffer_grows),
		CLAIM(a_buffer_past_its_limit_is_full_and_takes_no_more),
		CLAIM(memory_is_zeroed_and_resized),
		CLAIM(an_error_is_set_in_words_and_false),
		CLAIM(an_error_can_be_printed_whatever_it_quotes),
		CLAIM(an_error_too_long_is_cut_between_characters),
		CLAIM(a_bug_stops_the_process),
	};
	return cmocka_run_group_tests_name("base memory", tests, NULL, NULL);
}
