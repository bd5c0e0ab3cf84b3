/* Runs tests/rules/NAME.txt: three lines a case, so that a policy lead can add one. */
#include "base/csv.h"
#include "check.h"
#include "law/due.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

struct cases {
	const struct law *law;
	char path[512];
	char name[64];
};

static str read_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *text = arena_take(arena, 1 << 20, 1);
	size_t n = fread(text, 1, 1 << 20, file);
	fclose(file);
	return (str){ text, n };
}

/* What `duly due` would print, or "error: ..." */
static void answer(const struct law *law, str asked, struct buf *out)
{
	str rest = asked, id = S(""), trigger = S(""), previous = S("");
	struct when from = { DAY_UNKNOWN, INSTANT_UNKNOWN };
	struct err err = { 0 };
	struct due due;
	str_split(&rest, ' ', &id);
	str_split(&rest, ' ', &trigger);
	str_split(&rest, ' ', &previous);
	const struct rule *rule = rules_find(law->rules, id);
	if (rule == NULL)
		buf_lit(out, "error: there is no rule");
	else if (!when_read(trigger, &from, &err))
		buf_format(out, "error: trigger: %s", err.text);
	else if (previous.n > 0 && !when_read(previous, &from, &err))
		buf_format(out, "error: previous: %s", err.text);
	else if (!due_count(law, rule, from, &due, &err))
		buf_format(out, "error: %s", err.text);
	else {
		if (due.at != INSTANT_UNKNOWN)
			buf_instant_local(out, due.at);
		else
			buf_day(out, due.on);
		buf_lit(out, " last working day ");
		buf_day(out, due.last_working_day);
	}
}

static bool is_found(str text, str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++) {
		if (str_starts(str_from(text, i), part))
			return true;
	}
	return false;
}

static bool holds(str got, str want)
{
	if (str_starts(want, S("error: ")))
		return str_starts(got, S("error: ")) && is_found(got, str_from(want, 7));
	return str_starts(got, want) && (got.n == want.n || got.p[want.n] == ' ');
}

static void every_case_holds(void **state)
{
	struct cases *cases = *state;
	struct arena *arena = arena_open(4 << 20);
	str rest = read_file(arena, cases->path), line, asked = S("");
	size_t n = 0, wrong = 0;
	while (str_split(&rest, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (asked.n == 0) {
			asked = line;
			continue;
		}
		struct buf got = { 0 };
		answer(cases->law, asked, &got);
		if (!holds(buf_view(&got), line)) {
			print_error("%.*s\n  got  %.*s\n  want %.*s\n", STR_ARGS(asked),
				STR_ARGS(buf_view(&got)), STR_ARGS(line));
			wrong++;
		}
		buf_close(&got);
		asked = S("");
		n++;
	}
	arena_close(arena);
	print_message("# %zu cases of %s\n", n, cases->name);
	assert_true(n > 0);
	assert_int_equal(asked.n, 0);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static struct cases file[32];
	struct CMUnitTest tests[32];
	size_t n = 0;
	struct arena *arena = arena_open(8 << 20);
	const struct law *law = law_open(arena);
	const char *root = getenv("DULY_ROOT");
	char folder[256];
	snprintf(folder, sizeof folder, "%s/tests/rules", root == NULL ? "." : root);
	DIR *open = opendir(folder);
	struct dirent *entry;
	while (open != NULL && (entry = readdir(open)) != NULL) {
		size_t length = strlen(entry->d_name);
		if (length < 5 || length > 60 || strcmp(entry->d_name + length - 4, ".txt") != 0 ||
			n == 32)
			continue;
		struct cases *cases = &file[n];
		cases->law = law;
		snprintf(cases->name, sizeof cases->name, "%s", entry->d_name);
		snprintf(cases->path, sizeof cases->path, "%s/%s", folder, entry->d_name);
		tests[n++] = (struct CMUnitTest){
			.name = cases->name, .test_func = every_case_holds, .initial_state = cases
		};
	}
	if (open != NULL)
		closedir(open);
	int failed = n == 0 ? 1 : _cmocka_run_group_tests("law cases", tests, n, NULL, NULL);
	arena_close(arena);
	return failed;
}
