/* replay FOLDER|FILE... - runs each file, or every file of a folder, through the target once.
 * Prints TAP. A fault stops the process, which is how a test fails here. */
#include "fuzz.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int count;

static bool is_folder(const char *path)
{
	struct stat found;
	return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static void run_file(const char *path, const char *name)
{
	FILE *file = fopen(path, "rb");
	struct stat found;
	must(file != NULL && fstat(fileno(file), &found) == 0);
	size_t n = (size_t)found.st_size;
	/* Exactly as long as the input, so that one byte too far is seen. */
	uint8_t *bytes = malloc(n == 0 ? 1 : n);
	must(bytes != NULL && fread(bytes, 1, n, file) == n);
	fclose(file);
	LLVMFuzzerTestOneInput(n == 0 ? NULL : bytes, n);
	free(bytes);
	printf("ok %d - %s does no harm\n", ++count, name);
	fflush(stdout);
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run(const char *path)
{
	if (!is_folder(path)) {
		run_file(path, path);
		return;
	}
	struct dirent **entry;
	int n = scandir(path, &entry, is_shown, alphasort);
	for (int i = 0; i < n; i++) {
		char inside[PATH_MAX];
		snprintf(inside, sizeof inside, "%s/%s", path, entry[i]->d_name);
		run_file(inside, entry[i]->d_name);
		free(entry[i]);
	}
	free(entry);
}

int main(int n, char **paths)
{
	for (int i = 1; i < n; i++)
		run(paths[i]);
	printf("1..%d\n", count);
	return count > 0 ? 0 : 1;
}
