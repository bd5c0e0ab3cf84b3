/* files.h - the files that an import is given: one, or those of a folder and one folder down. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "cli/map.h"

enum { FILES_MAPPED = 1 << 30 };

struct given_file {
	struct buf name;  /* below the folder: "2026/episodes.csv"; of one file, as given */
	struct buf bytes; /* up to FILE_LIMIT */
	struct map map;   /* instead, where the files are `mapped` */
};

struct files {
	bool mapped; /* set before they are opened: read where they lie, up to FILES_MAPPED each */
	struct given_file *item;
	size_t n, room;
};

/* Files whose name ends in `ending`, in any case, in order of name. */
MUST_USE bool files_folder(
	struct files *files, const char *folder, const char *ending, struct err *err);
MUST_USE bool files_one(struct files *files, const char *path, struct err *err);
str files_bytes(const struct given_file *file);
void files_close(struct files *files);
