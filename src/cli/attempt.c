#include "cli/attempt.h"

#include "base/mem.h"
#include "cli/confine.h"
#include "job/worker.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static bool opens(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool creates(void)
{
	return open("/tmp/duly-worker-was-here", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static bool lists(void)
{
	return openat(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0;
}

static bool deletes(void)
{
	return unlink("/tmp/duly-worker-was-here") == 0 || errno == ENOENT;
}

static bool connects(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(80) };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return fd >= 0 &&
	       (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 || errno == ECONNREFUSED);
}

static bool forks(void)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool executes(void)
{
	char *const none[] = { NULL };
	return execve("/bin/true", none, none) == 0;
}

static bool traces(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool kills(void)
{
	return kill(getppid(), 0) == 0;
}

static bool makes_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		       0) != MAP_FAILED;
}

static bool sleeps(void)
{
	return nanosleep(&(struct timespec){ 3600, 0 }, NULL) == 0;
}

/* Pages that are written to, or they would not be there. */
static bool fills_memory(void)
{
	for (size_t i = 0; i < 64; i++) {
		char *block = mem_alloc(16 << 20, 1);
		memset(block, 1, 16 << 20);
		__asm__ volatile("" : : "r"(block) : "memory");
	}
	return true;
}

static bool runs_on(void)
{
	volatile bool more = true;
	while (more) {
	}
	return true;
}

static bool talks_on(void)
{
	static char words[65536];
	for (size_t at = 0; at < (size_t)WORKER_OUTPUT_MAX * 2; at += sizeof words) {
		if (write(STDOUT_FILENO, words, sizeof words) < 0)
			return false;
	}
	return true;
}

static const struct attempt {
	const char *name;
	bool (*act)(void);
	enum err_code ends; /* how its worker must be ended */
} attempts[] = {
	{ "open a file", opens, ERR_DENIED },
	{ "make a file", creates, ERR_DENIED },
	{ "delete a file", deletes, ERR_DENIED },
	{ "list a folder", lists, ERR_DENIED },
	{ "connect to a machine", connects, ERR_DENIED },
	{ "start a process", forks, ERR_DENIED },
	{ "start a program", executes, ERR_DENIED },
	{ "trace a process", traces, ERR_DENIED },
	{ "signal a process", kills, ERR_DENIED },
	{ "make code to run", makes_code, ERR_DENIED },
	{ "sleep", sleeps, ERR_DENIED },
	{ "fill the memory", fills_memory, ERR_FULL },
	{ "run on and on", runs_on, ERR_FULL },
	{ "answer on and on", talks_on, ERR_FULL },
};
enum { ATTEMPTS = sizeof attempts / sizeof *attempts };

bool attempt_work(struct arena *arena, str input, struct buf *out, struct err *err)
{
	(void)arena;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		if (!str_equal(str_of(attempts[i].name), input))
			continue;
		if (attempts[i].act())
			buf_lit(out, "it worked");
		else
			buf_format(out, "it failed: %s", strerror(errno));
		return true;
	}
	return err_set(err, ERR_INPUT, "there is no such attempt");
}

bool attempt_each(const char *landlock)
{
#ifdef CONFINE_SANITIZED
	(void)landlock;
	printf("1..0 # SKIP built with a sanitizer, which needs what a worker may not have\n");
	return true;
#else
	bool held = true;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		const struct worker worker = { .kind = "attempt",
			.input = str_of(attempts[i].name),
			.landlock = landlock };
		struct buf out = { 0 };
		struct err err = { 0 };
		bool ran = worker_run(&worker, &out, &err);
		bool stopped = !ran && err.code == attempts[i].ends;
		held &= stopped;
		printf("%s %zu - a worker cannot %s\n", stopped ? "ok" : "not ok", i + 1,
			attempts[i].name);
		if (!stopped)
			printf("  # %.*s%s\n", STR_ARGS(buf_view(&out)), ran ? "" : err.text);
		fflush(stdout);
		buf_close(&out);
	}
	printf("1..%d\n", ATTEMPTS);
	return held;
#endif
}
