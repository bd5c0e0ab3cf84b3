/* files.h - the files that an import is given: one, or those of a folder and one folder down. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct given_file {
	struct buf name;  /* below the folder: "2026/episodes.csv"; of one file, as given */
	struct buf bytes; /* up to FILE_LIMIT */
};

struct files {
	struct given_file *item;
	size_t n, room;
};

/* Files whose name ends in `ending`, in any case, in order of name. */
MUST_USE bool files_folder(
	struct files *files, const char *folder, const char *ending, struct err *err);
MUST_USE bool files_one(struct files *files, const char *path, struct err *err);
void files_close(struct files *files);
