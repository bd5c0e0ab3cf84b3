/* case_files.h - the files of cases of one return: each case goes to a function by its lines.
 *
 * DULY_WITHOUT in the environment is the place of a rule that is left out, for tests/returns/disable_each.py:
 * then the cases of exactly that rule must go red, and the program says which did. */
#pragma once

#include "check.h"

#include "base/mem.h"
#include "base/str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { CASE_RULES = 1000 };

static struct {
	size_t faults[CASE_RULES], passes[CASE_RULES]; /* cases by rule */
	size_t red[CASE_RULES];                        /* that failed */
	bool without[CASE_RULES], any;
} cases;

/* One return's: what a case is, and what becomes of it. */
struct case_kind {
	const char *prefix; /* "cin-" */
	void *of;           /* a case, filled by the three */
	bool (*open)(void *of, str line, size_t number);
	void (*take)(void *of, str line);
	bool (*run)(void *of, const char *file);
	size_t (*rule)(const void *of);
};

static bool case_end(const struct case_kind *kind, const char *name)
{
	bool right = kind->run(kind->of, name);
	cases.red[kind->rule(kind->of)] += !right;
	return right;
}

static size_t case_file(const struct case_kind *kind, const char *path, const char *name)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *bytes = mem_alloc(1 << 20, 1);
	str rest = { bytes, fread(bytes, 1, 1 << 20, file) }, line;
	fclose(file);
	bool open = false;
	size_t number = 0, wrong = 0;
	while (str_split(&rest, '\n', &line)) {
		number++;
		bool empty = str_trim(line).n == 0;
		if (!empty && line.p[0] == '#')
			continue;
		if (open && empty) {
			wrong += !case_end(kind, name);
			open = false;
		} else if (open) {
			kind->take(kind->of, line);
		} else if (!empty) {
			open = kind->open(kind->of, line, number);
			if (!open)
				fail_msg("%s:%zu: there is no such rule in that year: %.*s", name, number,
					STR_ARGS(line));
		}
	}
	wrong += open && !case_end(kind, name);
	mem_free(bytes);
	return wrong;
}

/* How many cases are wrong, of all files of the kind. */
static size_t case_files(const struct case_kind *kind)
{
	char path[4096], name[4400];
	size_t files = 0, wrong = 0;
	snprintf(path, sizeof path, "%s/tests/returns/checks", getenv("DULY_ROOT"));
	DIR *folder = opendir(path);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (strncmp(entry->d_name, kind->prefix, strlen(kind->prefix)) != 0)
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		wrong += case_file(kind, name, entry->d_name);
		files++;
	}
	closedir(folder);
	check_true(files > 0);
	return wrong;
}

/* Reads DULY_WITHOUT. */
static void cases_begin(void)
{
	int64_t rule;
	if (str_int(str_of(getenv("DULY_WITHOUT")), &rule) && rule >= 0 && rule < CASE_RULES)
		cases.without[rule] = cases.any = true;
}

/* With a rule left out: true, having said whose cases went red. */
static bool cases_tell(size_t rules)
{
	for (size_t i = 0; cases.any && i < rules; i++) {
		if (cases.red[i] > 0)
			printf("# red %zu: %zu\n", i, cases.red[i]);
	}
	return cases.any;
}
