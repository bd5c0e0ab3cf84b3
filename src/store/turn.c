#include "store/turn.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Bytes of the file. GATE: who waits for WRITE, one at a time, so that nobody overtakes. WRITE: the
 * turn. DOOR: shut by who keeps the store while it opens, held open by who is beside. SHARES: who
 * keeps the store takes turns (an older duly, which does not, never locks it). That the store is kept
 * at all is a lock on the whole file, as ever. */
enum { GATE, WRITE, DOOR, SHARES };

/* Who keeps the store holds every page that somebody saves: it waits longer than a command does. */
enum { PATIENCE_KEEPS = 60, PATIENCE_BESIDE = 20, PAUSE_MOST_US = 4000 };

struct turn {
	int fd;
	bool keeps;
	str dir;
	char *path;
};

static bool lock(const struct turn *turn, int byte, short kind)
{
	struct flock range = {
		.l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
	};
	int done;
	do {
		done = fcntl(turn->fd, F_OFD_SETLK, &range);
	} while (done != 0 && errno == EINTR);
	return done == 0;
}

static void unlock(const struct turn *turn, int byte)
{
	(void)lock(turn, byte, F_UNLCK);
}

static bool is_locked(const struct turn *turn, int byte)
{
	struct flock range = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
	};
	return fcntl(turn->fd, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

/* The kernel's own way to wait has no end: asked again and again, soon at first. `left` is what is left
 * of somebody's patience, by what was slept. */
static bool wait_for(const struct turn *turn, int byte, short kind, int64_t *left)
{
	int64_t pause = 50;
	while (!lock(turn, byte, kind)) {
		if (*left <= 0)
			return false;
		nanosleep(&(struct timespec){ 0, (long)pause * 1000 }, NULL);
		*left -= pause;
		pause = pause * 2 < PAUSE_MOST_US ? pause * 2 : PAUSE_MOST_US;
	}
	return true;
}

static int64_t patience(const struct turn *turn)
{
	return (int64_t)(turn->keeps ? PATIENCE_KEEPS : PATIENCE_BESIDE) * 1000000;
}

struct turn *turn_open(str database, struct err *err)
{
	size_t slash = database.n;
	while (slash > 0 && database.p[slash - 1] != '/')
		slash--;
	struct buf path = { 0 };
	buf_str(&path, slash == 0 ? S(".") : str_upto(database, slash - 1));
	size_t dir = path.n;
	buf_lit(&path, "/duly.lock");
	buf_char(&path, '\0');
	struct turn *turn = mem_alloc(1, sizeof *turn);
	turn->path = path.p; /* the buffer is the turn's now */
	turn->dir = (str){ path.p, dir };
	turn->fd = open(turn->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (turn->fd >= 0)
		return turn;
	err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be made: %s", turn->path,
		strerror(errno));
	turn_close(turn);
	return NULL;
}

void turn_close(struct turn *turn)
{
	if (turn == NULL)
		return;
	if (turn->fd >= 0)
		close(turn->fd);
	mem_free(turn->path);
	mem_free(turn);
}

bool turn_keep(struct turn *turn, struct err *err)
{
	int64_t left = patience(turn);
	if (flock(turn->fd, LOCK_EX | LOCK_NB) == 0) {
		if (wait_for(turn, DOOR, F_WRLCK, &left)) {
			turn->keeps = true;
			return true;
		}
		flock(turn->fd, LOCK_UN);
	}
	return err_set(err, ERR_BUSY,
		"another duly is writing to the store in %.*s: stop that one (the server, or an "
		"import that is still running), then try again. A server takes files under Manage, "
		"Imports, while it runs",
		STR_ARGS(turn->dir));
}

void turn_ready(struct turn *turn)
{
	must(turn->keeps);
	(void)lock(turn, SHARES, F_WRLCK);
	unlock(turn, DOOR);
}

bool turn_beside(struct turn *turn, struct err *err)
{
	int64_t left = patience(turn);
	if (!wait_for(turn, DOOR, F_RDLCK, &left))
		return err_set(err, ERR_BUSY,
			"another duly is starting on the store in %.*s: try again", STR_ARGS(turn->dir));
	if (is_locked(turn, SHARES))
		return true;
	unlock(turn, DOOR);
	/* Gone meanwhile, or one that takes no turns. */
	if (flock(turn->fd, LOCK_EX | LOCK_NB) == 0) {
		flock(turn->fd, LOCK_UN);
		return err_set(err, ERR_MISSING, "nobody keeps the store");
	}
	return err_set(err, ERR_BUSY,
		"another duly is writing to the store in %.*s, and lets nobody write beside it: stop "
		"that one, then try again",
		STR_ARGS(turn->dir));
}

bool turn_take(struct turn *turn, struct err *err)
{
	int64_t left = patience(turn);
	if (wait_for(turn, GATE, F_WRLCK, &left)) {
		bool mine = wait_for(turn, WRITE, F_WRLCK, &left);
		unlock(turn, GATE);
		if (mine)
			return true;
	}
	return err_set(err, ERR_BUSY,
		"another duly has been writing to the store in %.*s all the while: try again",
		STR_ARGS(turn->dir));
}

void turn_give(struct turn *turn)
{
	unlock(turn, WRITE);
}
