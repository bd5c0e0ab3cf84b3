#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MOST = 1000000 };

static bool failed(const char *what, const char *path, struct err *err)
{
	return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_IO, "%s %s: %s",
		path, what, strerror(errno));
}

static bool line_too_long(const char *name, const struct buf *bytes, struct err *err)
{
	size_t line = 1;
	for (size_t i = 0; i < bytes->n; i++)
		line += bytes->p[i] == '\n';
	return err_set(err, ERR_FULL, "%s, line %zu: longer than %d bytes", name, line, LINE_MOST);
}

/* How far the last line of the bytes has come, when the `got` newest hold no end of it or one. */
static size_t line_length(const struct buf *bytes, size_t got, size_t before)
{
	const char *end = bytes->p + bytes->n;
	const char *last = memrchr(end - got, '\n', got);
	return last == NULL ? before + got : (size_t)(end - last - 1);
}

static bool read_all(
	int fd, const char *path, size_t limit, bool lines, struct buf *out, struct err *err)
{
	size_t start = out->n, length = 0;
	for (;;) {
		char *room = buf_reserve(out, 65536);
		if (room == NULL || out->n - start > limit)
			return err_set(
				err, ERR_FULL, "%s is over the limit of %zu MB", path, limit >> 20);
		ssize_t got = read(fd, room, 65536);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failed("cannot be read", path, err);
		if (got == 0)
			return true;
		out->n += (size_t)got;
		length = line_length(out, (size_t)got, length);
		if (lines && length > LINE_MOST)
			return line_too_long(path, out, err);
	}
}

static bool read_path(const char *path, size_t limit, bool lines, struct buf *out, struct err *err)
{
	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, "standard input", limit, lines, out, err);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed("cannot be opened", path, err);
	bool done = read_all(fd, path, limit, lines, out, err);
	close(fd);
	return done;
}

bool file_take(int fd, const char *name, size_t limit, struct buf *out, struct err *err)
{
	return read_all(fd, name, limit, false, out, err);
}

bool file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
	return read_path(path, limit, false, out, err);
}

bool file_read_lines(const char *path, size_t limit, struct buf *out, struct err *err)
{
	return read_path(path, limit, true, out, err);
}

bool file_put(int fd, str bytes)
{
	while (bytes.n > 0) {
		ssize_t put = write(fd, bytes.p, bytes.n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes = str_from(bytes, (size_t)put);
	}
	return true;
}

static bool write_beside(const char *path, const char *beside, str bytes, struct err *err)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed("cannot be written", path, err);
	bool done = file_put(fd, bytes) && fsync(fd) == 0;
	if (close(fd) != 0 || !done || rename(beside, path) != 0) {
		failed("cannot be written", path, err);
		unlink(beside);
		return false;
	}
	return true;
}

/* A pipe, a terminal, /dev/null: what is there is written to, and never put aside for a file. */
static bool write_into(const char *path, str bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && file_put(fd, bytes);
	if (fd >= 0 && close(fd) != 0)
		done = false;
	return done || failed("cannot be written", path, err);
}

bool file_write(const char *path, str bytes, struct err *err)
{
	struct stat there;
	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
		return write_into(path, bytes, err);
	if (strcmp(path, "-") == 0) {
		if (fwrite(bytes.p == NULL ? "" : bytes.p, 1, bytes.n, stdout) == bytes.n)
			return true;
		return failed("cannot be written", "standard output", err);
	}
	struct buf beside = { 0 };
	buf_format(&beside, "%s.part", path);
	buf_char(&beside, '\0');
	bool done = write_beside(path, beside.p, bytes, err);
	buf_close(&beside);
	return done;
}

bool file_begin(const char *path, struct file_part *out, struct err *err)
{
	struct stat there;
	int flags = O_WRONLY | O_CLOEXEC;
	*out = (struct file_part){ .path = path };
	bool itself = stat(path, &there) == 0 && !S_ISREG(there.st_mode);
	if (!itself) {
		buf_format(&out->beside, "%s.part", path);
		buf_char(&out->beside, '\0');
		flags |= O_CREAT | O_TRUNC;
	}
	out->fd = open(itself ? path : out->beside.p, flags, 0600);
	if (out->fd < 0) {
		buf_close(&out->beside);
		return failed("cannot be written", path, err);
	}
	return true;
}

bool file_finish(struct file_part *part, bool keep, struct err *err)
{
	bool beside = part->beside.n > 0, done = true;
	if (part->fd < 0)
		return true;
	if (keep && beside)
		done = fsync(part->fd) == 0;
	done = close(part->fd) == 0 && done;
	if (keep && beside)
		done = done && rename(part->beside.p, part->path) == 0;
	if (!done)
		failed("cannot be written", part->path, err);
	if (beside && !(keep && done))
		unlink(part->beside.p);
	buf_close(&part->beside);
	part->fd = -1;
	return done;
}

static bool can_make(const char *beside, const char *path, struct err *err)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed("cannot be written", path, err);
	close(fd);
	unlink(beside);
	return true;
}

bool file_can_write(const char *path, struct err *err)
{
	struct stat there;
	/* A pipe is not opened to try: whoever reads it would see its end. */
	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
		bool can = access(path, W_OK) == 0;
		if (can && S_ISDIR(there.st_mode))
			errno = EISDIR;
		return (can && !S_ISDIR(there.st_mode)) || failed("cannot be written", path, err);
	}
	if (strcmp(path, "-") == 0)
		return true;
	struct buf beside = { 0 };
	buf_format(&beside, "%s.part", path);
	buf_char(&beside, '\0');
	bool can = can_make(beside.p, path, err);
	buf_close(&beside);
	return can;
}

void file_blame(const char *path, struct err *err)
{
	struct err said = *err;
	err_set(err, said.code, "%s%s %s", strcmp(path, "-") == 0 ? "standard input" : path,
		strncmp(said.text, "line ", 5) == 0 ? "," : ":", said.text);
}
