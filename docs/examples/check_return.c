/* check_return.c - the findings of a return, by the library:
 *
 *	cc check_return.c $(pkg-config --cflags --libs duly-returns) -o check_return
 *	./check_return ssda903 2026 header.csv episodes.csv
 *	./check_return cin 2026 census.xml
 */
#include <duly/returns.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file, whole; the caller frees it. */
static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return NULL;
	char *bytes = NULL;
	size_t room = 0, got = 0;
	*length = 0;
	do {
		*length += got;
		if (*length == room) {
			room = room * 2 + 65536;
			bytes = realloc(bytes, room);
			if (bytes == NULL)
				exit(2);
		}
	} while ((got = fread(bytes + *length, 1, room - *length, file)) > 0);
	fclose(file);
	return bytes;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? path : slash + 1;
}

static int add_files(duly_check *check, char **path, int n)
{
	for (int i = 0; i < n; i++) {
		size_t length;
		char *bytes = read_file(path[i], &length);
		if (bytes == NULL) {
			perror(path[i]);
			return 0;
		}
		duly_status status = duly_check_add(check, DULY_THIS_YEAR, base_name(path[i]), bytes, length);
		free(bytes);
		if (status != DULY_OK)
			return 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	duly_check *check = argc < 4 ? NULL : duly_check_open(argv[1], (int)strtol(argv[2], NULL, 10));
	if (check == NULL) {
		fprintf(stderr, "check_return ssda903|cin YEAR FILE...\n");
		return 2;
	}
	if (!add_files(check, argv + 3, argc - 3) || duly_check_run(check) != DULY_OK) {
		fprintf(stderr, "%s\n", duly_check_error(check));
		duly_check_close(check);
		return 2;
	}
	duly_finding finding = { .size = sizeof finding };
	for (size_t i = 0; duly_check_finding(check, i, &finding) == DULY_OK; i++)
		printf("%s,%s,%u,%s,%s\n", finding.rule, finding.table, (unsigned)finding.row, finding.field,
			finding.child);
	duly_rule rule = { .size = sizeof rule };
	for (size_t i = 0; duly_check_rule(check, i, &rule) == DULY_OK; i++) {
		if (rule.outcome == DULY_NOT_RUN)
			fprintf(stderr, "%s was not run: %s\n", rule.rule, rule.why);
	}
	int found = duly_check_findings(check) > 0;
	duly_check_close(check);
	return found;
}
