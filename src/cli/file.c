#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const char *what, const char *path, struct err *err)
{
	return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_IO, "%s %s: %s",
		path, what, strerror(errno));
}

static bool read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
	size_t start = out->n;
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
	}
}

bool file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, "standard input", limit, out, err);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed("cannot be opened", path, err);
	bool done = read_all(fd, path, limit, out, err);
	close(fd);
	return done;
}

static bool write_all(int fd, str bytes)
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
	bool done = write_all(fd, bytes) && fsync(fd) == 0;
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
	bool done = fd >= 0 && write_all(fd, bytes);
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
