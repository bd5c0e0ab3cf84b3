#include "cli/map.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const char *path, struct err *err)
{
	return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be read: %s", path, strerror(errno));
}

bool map_open(const char *path, size_t limit, struct map *out, struct err *err)
{
	struct stat file;
	*out = (struct map){ 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed(path, err);
	if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
		close(fd);
		return err_set(err, ERR_IO, "%s cannot be read: it is no file", path);
	}
	if ((size_t)file.st_size > limit) {
		close(fd);
		return err_set(err, ERR_FULL, "%s is over the limit of %zu MB", path, limit >> 20);
	}
	if (file.st_size > 0) {
		void *at = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (at == MAP_FAILED) {
			close(fd);
			return failed(path, err);
		}
		out->bytes = (str){ at, (size_t)file.st_size };
	}
	close(fd);
	return true;
}

void map_close(struct map *map)
{
	if (map->bytes.n > 0)
		munmap((void *)(uintptr_t)map->bytes.p, map->bytes.n);
	*map = (struct map){ 0 };
}
