/* golden.h - compares what was drawn with tests/golden/NAME. With DULY_GOLDEN=write the files are
 * written anew, for a person to read the difference before it is kept. */
#pragma once

#include "check.h"

#include <stdio.h>
#include <stdlib.h>

static inline void check_golden(const char *name, str got)
{
	char path[512], want[65536];
	const char *root = getenv("DULY_ROOT");
	snprintf(path, sizeof path, "%s/tests/golden/%s", root == NULL ? "." : root, name);
	const char *mode = getenv("DULY_GOLDEN");
	if (mode != NULL && strcmp(mode, "write") == 0) {
		FILE *out = fopen(path, "wb");
		assert_non_null(out);
		assert_int_equal(fwrite(got.p, 1, got.n, out), got.n);
		fclose(out);
		return;
	}
	FILE *in = fopen(path, "rb");
	if (in == NULL)
		fail_msg("there is no %s", path);
	size_t n = fread(want, 1, sizeof want - 1, in);
	fclose(in);
	want[n] = '\0';
	check_str(got, want);
}
