/* fuzz_files.h - several files in one input: each begins with a line "@name". */
#pragma once

#include "base/str.h"

struct fuzz_file {
	str name, bytes;
};

static inline size_t fuzz_files(str text, struct fuzz_file *file, size_t room)
{
	size_t n = 0;
	while (text.n > 0 && n < room) {
		size_t line = str_find(text, '\n');
		str name = str_upto(text, line), rest = str_from(text, line + 1);
		size_t end = 0;
		while (end < rest.n && !(rest.p[end] == '@' && (end == 0 || rest.p[end - 1] == '\n')))
			end++;
		file[n++] = (struct fuzz_file){ str_from(name, 1), str_upto(rest, end) };
		text = str_from(rest, end);
	}
	return n;
}
