#include "job/return.h"

#include "base/csv.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "store/quality.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLUSH = 1 << 16, CHILD_CAP = 64 << 20 };

static const size_t run_cap = (size_t)16 << 30;

const struct return_kind *const return_kinds[] = { &return_ssda903, &return_cin,
	&return_annex_a };
const size_t return_kinds_n = sizeof return_kinds / sizeof *return_kinds;

const struct return_kind *return_kind_find(str name)
{
	for (size_t i = 0; i < return_kinds_n; i++) {
		if (str_equal(return_kinds[i]->name, name))
			return return_kinds[i];
	}
	return NULL;
}

bool return_year_read(str text, struct return_period *out, struct err *err)
{
	int64_t first = 0, last = 0;
	if (text.n != 7 || text.p[4] != '-' || !str_int(str_upto(text, 4), &first) ||
		!str_int(str_from(text, 5), &last) || (first + 1) % 100 != last || first < 1990 ||
		first > 2200)
		return err_set(err, ERR_INPUT, "write the year like 2025-26");
	*out = (struct return_period){ .from = day_of((int)first, 4, 1),
		.to = day_of((int)first + 1, 3, 31),
		.year = (int)first + 1 };
	memcpy(out->text, text.p, text.n);
	return true;
}

/* ---- the files, in a folder that has another name until they are all there */

struct folder {
	const char *out;
	char *part; /* NULL: not made yet */
};

static bool failed(const char *path, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, "%s cannot be %s: %s", path, what, strerror(errno));
}

static char *joined(const char *folder, const char *name)
{
	struct buf path = { 0 };
	buf_format(&path, "%s/%s", folder, name);
	buf_char(&path, '\0');
	return path.p;
}

/* What was handed over is not written over. */
static bool is_free(const char *out, struct err *err)
{
	if (out[0] == '\0')
		return err_set(err, ERR_INPUT, "say where to: a folder");
	DIR *folder = opendir(out);
	if (folder == NULL)
		return errno == ENOENT || failed(out, "used", err);
	bool empty = true;
	for (struct dirent *entry; empty && (entry = readdir(folder)) != NULL;)
		empty = str_equal(str_of(entry->d_name), S(".")) ||
			str_equal(str_of(entry->d_name), S(".."));
	closedir(folder);
	return empty ||
		err_set(err, ERR_DUPLICATE,
			"%s holds files already: name a folder that is not there yet", out);
}

static bool folder_open(struct folder *folder, struct err *err)
{
	struct buf name = { 0 };
	buf_str(&name, str_of(folder->out));
	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	buf_lit(&name, ".XXXXXX");
	buf_char(&name, '\0');
	folder->part = name.p;
	if (is_free(folder->out, err) && mkdtemp(folder->part) != NULL)
		return true;
	if (err->code == ERR_NONE)
		failed(folder->out, "made", err);
	mem_free(folder->part);
	folder->part = NULL;
	return false;
}

static void folder_undo(struct folder *folder, const struct return_run *run)
{
	if (folder->part == NULL)
		return;
	for (size_t i = 0; i < run->files; i++) {
		char *path = joined(folder->part, run->file[i].name);
		unlink(path);
		mem_free(path);
	}
	rmdir(folder->part);
	mem_free(folder->part);
	folder->part = NULL;
}

/* The folder's new name is on the disk before it is told. */
static bool keep_name(const char *out, struct err *err)
{
	struct buf above = { 0 };
	buf_str(&above, str_of(out));
	while (above.n > 1 && above.p[above.n - 1] == '/')
		above.n--;
	while (above.n > 0 && above.p[above.n - 1] != '/')
		above.n--;
	if (above.n == 0)
		buf_char(&above, '.');
	buf_char(&above, '\0');
	int fd = open(above.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool kept = fd >= 0 && fsync(fd) == 0;
	if (!kept)
		failed(out, "written", err);
	if (fd >= 0)
		close(fd);
	buf_close(&above);
	return kept;
}

static bool folder_done(struct folder *folder, struct err *err)
{
	if (chmod(folder->part, 0700) != 0 || rename(folder->part, folder->out) != 0)
		return failed(folder->out, "made", err);
	mem_free(folder->part);
	folder->part = NULL;
	return keep_name(folder->out, err);
}

struct buf *return_file_open(struct return_run *run, const char *name)
{
	must(run->files < RETURN_FILES);
	struct return_file *file = &run->file[run->files++];
	*file = (struct return_file){ .name = name, .fd = -1 };
	return &file->buf;
}

static bool put(struct return_file *file, const char *folder, struct err *err)
{
	if (file->fd < 0) {
		char *path = joined(folder, file->name);
		file->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		mem_free(path);
	}
	if (file->fd < 0)
		return failed(file->name, "written", err);
	for (size_t at = 0; at < file->buf.n;) {
		ssize_t n = write(file->fd, file->buf.p + at, file->buf.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed(file->name, "written", err);
		at += (size_t)n;
	}
	file->written += file->buf.n;
	buf_clear(&file->buf);
	return true;
}

static bool flush(struct return_run *run, const char *folder, size_t over, struct err *err)
{
	for (size_t i = 0; i < run->files; i++) {
		bool unmade = over == 0 && run->file[i].fd < 0 && !run->file[i].closed;
		if ((run->file[i].buf.n > over || unmade) && !put(&run->file[i], folder, err))
			return false;
	}
	return true;
}

static bool close_files(struct return_run *run, const char *folder, struct err *err)
{
	if (!flush(run, folder, 0, err))
		return false;
	for (size_t i = 0; i < run->files; i++) {
		if (run->file[i].closed)
			continue;
		run->file[i].closed = true;
		bool done = fsync(run->file[i].fd) == 0;
		if (close(run->file[i].fd) != 0)
			done = false;
		run->file[i].fd = -1;
		if (!done)
			return failed(run->file[i].name, "written", err);
	}
	return true;
}

/* ---- reading back what stands on the disk */

static bool read_back(struct return_run *run, const char *folder, struct source *out, struct err *err)
{
	for (size_t i = 0; i < run->files; i++) {
		size_t n = run->file[i].written;
		char *bytes = arena_take(run->arena, n + 1, 1), *path = joined(folder, run->file[i].name);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		mem_free(path);
		size_t at = 0;
		for (ssize_t got = 1; fd >= 0 && got > 0 && at < n; at += (size_t)got) {
			got = read(fd, bytes + at, n - at);
			if (got < 0)
				break;
		}
		if (fd >= 0)
			close(fd);
		if (at < n)
			return failed(run->file[i].name, "read back", err);
		out[i] = (struct source){ str_of(run->file[i].name), (str){ bytes, n } };
	}
	return true;
}

/* What the ledger's digest covers: the period, and each file by its SHA-256. */
static str told_of(struct return_run *run, const struct source *file)
{
	struct buf text = { 0 };
	buf_format(&text, "%.*s %s\n", STR_ARGS(run->asked->kind->name), run->asked->period.text);
	for (size_t i = 0; i < run->files; i++) {
		buf_str(&text, file[i].name);
		buf_char(&text, ' ');
		buf_sha256(&text, file[i].bytes);
		buf_char(&text, '\n');
	}
	str told = arena_str(run->arena, buf_view(&text));
	buf_close(&text);
	return told;
}

static bool tell_ledger(
	struct store *store, struct return_run *run, const struct source *file, struct err *err)
{
	const struct return_asked *asked = run->asked;
	const struct look look = { .actor = asked->actor,
		.act = arena_format(run->arena, "return:%.*s:%s", STR_ARGS(asked->kind->name),
			asked->period.text),
		.asked = told_of(run, file) };
	return store_look(store, &look, err);
}

/* ---- the whole */

struct telling {
	struct return_run *run;
	struct folder *folder;
	struct return_result *result;
};

static bool tell_child(void *to, const struct told_child *child, struct err *err)
{
	struct telling *telling = to;
	struct return_run *run = telling->run;
	arena_reset(run->child);
	int64_t rows = run->rows;
	if (!run->asked->kind->child(run, child, err))
		return false;
	if (arena_full(run->child))
		return err_set(err, ERR_FULL, "child %.*s has more records than one child can have",
			STR_ARGS(child->number));
	telling->result->children += run->rows > rows;
	return flush(run, telling->folder->part, FLUSH, err);
}

static bool tell(struct store *store, struct telling *telling, struct err *err)
{
	struct return_run *run = telling->run;
	const struct return_kind *kind = run->asked->kind;
	const struct children_asked asked = { run->asked->authority, kind->type, kind->types };
	struct store *reader = store_reader(store, err);
	if (reader == NULL)
		return false;
	const struct local_version *local;
	bool done = store_local(store, run->asked->authority, &local, err);
	run->policy = done ? local->policy : NULL;
	done = done && kind->begin(run, err) &&
		store_each_child(reader, &asked, tell_child, telling, err) &&
		(kind->end == NULL || kind->end(run, err));
	store_close(reader);
	return done && close_files(run, telling->folder->part, err);
}

/* What somebody explained of the findings goes with the return, in a file beside. */
static bool tell_explained(struct store *store, struct telling *telling, struct err *err)
{
	struct return_run *run = telling->run;
	const struct return_asked *asked = run->asked;
	struct quality_reasons reasons = { 0 };
	if (!store_quality_explained(store, run->arena, asked->authority, asked->kind->name,
		    asked->period.year, &reasons, err))
		return false;
	if (reasons.n == 0)
		return true;
	struct csv_out csv = { .buf = return_file_open(run, RETURN_EXPLANATIONS), .safe = true };
	buf_lit(csv.buf, "rule,table,row,child,reason,who,on\n");
	for (size_t i = 0; i < reasons.n; i++) {
		const struct quality_reason *one = &reasons.item[i];
		csv_put(&csv, one->rule);
		csv_put(&csv, one->name);
		csv_put(&csv, one->regards);
		csv_put(&csv, one->number);
		csv_put(&csv, one->reason);
		csv_put(&csv, one->who);
		csv_put_day(&csv, instant_day(one->at));
		csv_put_end(&csv);
	}
	telling->result->explained = reasons.n;
	return close_files(run, telling->folder->part, err);
}

static bool differ(struct return_run *run, const struct source *file, size_t n_files,
	struct return_result *result, struct err *err)
{
	const struct return_asked *asked = run->asked;
	size_t n;
	if (asked->before_n == 0)
		return true;
	const struct differ_table *table = asked->kind->tables(run->arena, &n);
	result->differ = differ_open(table, n);
	return asked->kind->rows(run->arena, asked->before, asked->before_n, DIFFER_BEFORE,
		       result->differ, err) &&
		asked->kind->rows(run->arena, file, n_files, DIFFER_AFTER, result->differ, err);
}

static bool write_all(struct store *store, struct telling *telling, struct err *err)
{
	struct return_run *run = telling->run;
	struct source file[RETURN_FILES];
	if (!folder_open(telling->folder, err) || !tell(store, telling, err))
		return false;
	size_t own = run->files;
	return tell_explained(store, telling, err) &&
		read_back(run, telling->folder->part, file, err) &&
		run->asked->kind->check(run, file, own, &telling->result->findings, err) &&
		differ(run, file, own, telling->result, err) &&
		tell_ledger(store, run, file, err) && folder_done(telling->folder, err);
}

bool return_write(struct store *store, const struct return_asked *asked,
	struct return_result *result, struct err *err)
{
	struct return_run run = { .asked = asked,
		.law = store_law(store),
		.arena = arena_open(run_cap),
		.child = arena_open(CHILD_CAP),
		.now = store_now(store) };
	struct folder folder = { .out = asked->out };
	*result = (struct return_result){ .arena = run.arena };
	*err = (struct err){ 0 };
	struct telling telling = { &run, &folder, result };
	bool done = write_all(store, &telling, err);
	result->rows = run.rows;
	result->notes = arena_str(run.arena, buf_view(&run.notes));
	buf_close(&run.notes);
	for (size_t i = 0; i < run.files; i++) {
		if (run.file[i].fd >= 0)
			close(run.file[i].fd);
		buf_close(&run.file[i].buf);
	}
	folder_undo(&folder, &run);
	arena_close(run.child);
	if (!done)
		return_result_close(result);
	return done;
}

void return_result_close(struct return_result *result)
{
	return_findings_close(&result->findings);
	if (result->differ != NULL)
		differ_close(result->differ);
	if (result->arena != NULL)
		arena_close(result->arena);
	*result = (struct return_result){ 0 };
}
