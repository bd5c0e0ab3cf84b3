#include "cli/files.h"

#include "base/mem.h"
#include "base/str.h"
#include "cli/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LINE_MOST = 1000000 };

/* A file over the limit is most often one line that never ends: say which. */
static bool too_long(const struct buf *bytes, const char *name, struct err *err)
{
	size_t line = 1, start = 0;
	for (size_t i = 0; i < bytes->n; i++) {
		if (bytes->p[i] != '\n')
			continue;
		line++;
		start = i + 1;
	}
	if (bytes->n - start > LINE_MOST)
		return err_set(
			err, ERR_FULL, "%s, line %zu: longer than %d bytes", name, line, LINE_MOST);
	return err_set(err, ERR_FULL, "%s is over the limit of %d MB", name, FILE_LIMIT >> 20);
}

static bool is_over(const char *path, size_t limit)
{
	struct stat file;
	return stat(path, &file) == 0 && S_ISREG(file.st_mode) && (size_t)file.st_size > limit;
}

static bool add(struct files *files, const char *path, const char *name, struct err *err)
{
	struct given_file *item = &ARRAY_MORE(files);
	*item = (struct given_file){ 0 };
	buf_str(&item->name, str_of(name));
	if (files->mapped)
		return map_open(path, FILES_MAPPED, &item->map, err);
	/* Of what is too large anyhow no more than tells whether it has a line that never ends. */
	if (file_read(path, is_over(path, FILE_LIMIT) ? 2 * LINE_MOST : FILE_LIMIT, &item->bytes, err))
		return true;
	return err->code == ERR_FULL ? too_long(&item->bytes, name, err) : false;
}

bool files_one(struct files *files, const char *path, struct err *err)
{
	return add(files, path, path, err);
}

struct names {
	char **item;
	size_t n, room;
};

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(const char *folder, const char *name)
{
	struct buf path = { 0 };
	if (folder[0] != '\0') {
		buf_str(&path, str_of(folder));
		buf_char(&path, '/');
	}
	buf_str(&path, str_of(name));
	buf_char(&path, '\0');
	return path.p;
}

/* Names of what is in root/below, below root, in order. */
static bool list(const char *root, const char *below, struct names *out, struct err *err)
{
	char *path = joined(root, below);
	DIR *folder = opendir(path);
	if (folder == NULL)
		err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be opened: %s",
			path, strerror(errno));
	mem_free(path);
	if (folder == NULL)
		return false;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (entry->d_name[0] != '.')
			ARRAY_MORE(out) = joined(below, entry->d_name);
	}
	closedir(folder);
	if (out->n > 0)
		qsort(out->item, out->n, sizeof *out->item, compare);
	return true;
}

static void names_close(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		mem_free(names->item[i]);
	mem_free(names->item);
}

static bool is_folder(const char *path)
{
	DIR *folder = opendir(path);
	if (folder != NULL)
		closedir(folder);
	return folder != NULL;
}

static bool ends(const char *name, const char *ending)
{
	str s = str_of(name), tail = str_of(ending);
	return s.n > tail.n && str_equal_nocase(str_from(s, s.n - tail.n), tail);
}

static bool take(struct files *files, const char *root, const char *below, const char *ending,
	int deeper, struct err *err)
{
	struct names names = { 0 };
	bool done = list(root, below, &names, err);
	for (size_t i = 0; done && i < names.n; i++) {
		char *path = joined(root, names.item[i]);
		if (is_folder(path))
			done = deeper == 0 ||
			       take(files, root, names.item[i], ending, deeper - 1, err);
		else if (ends(names.item[i], ending))
			done = add(files, path, names.item[i], err);
		mem_free(path);
	}
	names_close(&names);
	return done;
}

bool files_folder(struct files *files, const char *folder, const char *ending, struct err *err)
{
	return take(files, folder, "", ending, 1, err);
}

str files_bytes(const struct given_file *file)
{
	return file->map.bytes.n > 0 ? file->map.bytes : buf_view(&file->bytes);
}

void files_close(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		buf_close(&files->item[i].name);
		buf_close(&files->item[i].bytes);
		map_close(&files->item[i].map);
	}
	mem_free(files->item);
	*files = (struct files){ 0 };
}
