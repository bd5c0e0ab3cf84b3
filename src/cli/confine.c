#include "cli/confine.h"

#include "job/worker.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static bool refuse(struct err *err, const char *what)
{
	return err_set(err, ERR_IO, "%s: %s", what, strerror(errno));
}

/* ---- what must fail. Each true when it works after all. */

static bool can_open(void)
{
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool can_have_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool can_fork(void)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool can_execute(void)
{
	/* When it works there is nobody left to say so, and no answer. */
	char *const none[] = { NULL };
	return execve("/bin/true", none, none) == 0;
}

static bool can_trace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool can_signal(void)
{
	return kill(getppid(), 0) == 0;
}

/* ---- limits */

static bool limit(int what, rlim_t most, struct err *err)
{
	return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ most, most }) == 0 ||
	       refuse(err, "a limit could not be set");
}

/* The worker's, and what a command asks for. */
struct confined {
	int keep;
	unsigned memory_mb, cpu_s;
	bool files; /* it writes to files that are open, and moves in them */
};

static bool limits_set(const struct confined *confined, struct err *err)
{
#ifndef CONFINE_SANITIZED
	if (!limit(RLIMIT_AS, (rlim_t)confined->memory_mb << 20, err))
		return false;
#endif
	/* At the first the kernel asks, a second later it does not. */
	if (setrlimit(RLIMIT_CPU, &(struct rlimit){ confined->cpu_s, confined->cpu_s + 1 }) != 0)
		return refuse(err, "a limit could not be set");
	return limit(RLIMIT_CORE, 0, err) && (confined->files || limit(RLIMIT_FSIZE, 0, err)) &&
	       limit(RLIMIT_NPROC, 0, err) && limit(RLIMIT_MEMLOCK, 0, err) &&
	       limit(RLIMIT_NOFILE, (rlim_t)confined->keep, err);
}

/* ---- Landlock: files, and on later kernels ports, signals and abstract sockets */

/* As of its seventh version; a kernel is told the length that its own version knows. */
struct ruleset {
	uint64_t files, network, scoped;
};

static bool landlock_set(int most, struct err *err)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1)
		return true; /* an older kernel, or a container that keeps it: seccomp stands alone */
	if (most > 0 && version > most)
		version = most;
	static const int file_rights[] = { 0, 13, 14, 15, 15, 16 }; /* by version: how many there are */
	int rights = file_rights[version > 5 ? 5 : version];
	struct ruleset ruleset = { .files = ((uint64_t)1 << rights) - 1, .network = 3, .scoped = 3 };
	size_t length = version < 4 ? 8 : version < 6 ? 16 : 24;
	long fd = syscall(SYS_landlock_create_ruleset, &ruleset, length, 0);
	if (fd < 0)
		return refuse(err, "Landlock could not be used");
	long done = syscall(SYS_landlock_restrict_self, fd, 0);
	close((int)fd);
	if (done != 0)
		return refuse(err, "Landlock could not be used");
	return !can_open() || err_set(err, ERR_IO, "a file could be opened under Landlock");
}

/* ---- seccomp */

#ifndef CONFINE_SANITIZED
static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(brk),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction), SCMP_SYS(restart_syscall), SCMP_SYS(getrandom), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield),
	SCMP_SYS(sysinfo) /* the C library's sort asks how much memory there is */ };

/* Memory, but never to be run as a program; a signal, but to itself (abort() is one). */
static int rules_add(scmp_filter_ctx filter, bool files)
{
	int failed = 0;
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	if (files)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(lseek), 0);
	return failed;
}

/* The first filter lets seccomp itself through, so that the second can follow. */
static bool filter_set(uint32_t otherwise, bool another, bool files, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(otherwise);
	if (filter == NULL)
		return err_set(err, ERR_IO, "seccomp could not be used");
	int failed = rules_add(filter, files);
	if (another) {
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(seccomp), 0);
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 0);
	}
	if (failed == 0)
		failed = seccomp_load(filter);
	seccomp_release(filter);
	return failed == 0 || err_set(err, ERR_IO, "seccomp could not be used (%d)", failed);
}

/* With the first filter a forbidden thing fails, so that it can be tried; with the second it ends
 * the process, so that nothing is tried twice. */
static bool seccomp_set(bool files, struct err *err)
{
	if (!filter_set(SCMP_ACT_ERRNO(EPERM), true, files, err))
		return false;
	if (can_open() || can_have_socket() || can_fork() || can_trace() || can_signal() ||
		can_execute())
		return err_set(err, ERR_IO, "a forbidden thing could be done under seccomp");
	return filter_set(SCMP_ACT_KILL_PROCESS, false, files, err);
}
#else
static bool seccomp_set(bool files, struct err *err)
{
	(void)err, (void)files;
	(void)can_have_socket, (void)can_fork, (void)can_execute, (void)can_trace, (void)can_signal;
	return true;
}
#endif

static bool shut(const struct confined *confined, int landlock_most, struct err *err)
{
	/* The zip library asks what the time is here: said now, it is not looked up later. */
	if (setenv("TZ", "UTC0", 1) != 0)
		return refuse(err, "the time zone could not be set");
	tzset();
	if (chdir("/") != 0 || syscall(SYS_close_range, confined->keep, ~0u, 0) != 0)
		return refuse(err, "what was open could not be closed");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return refuse(err, "the process could not be shut in");
	return landlock_set(landlock_most, err) && limits_set(confined, err) &&
		seccomp_set(confined->files, err);
}

bool confine(int landlock_most, struct err *err)
{
	return shut(&(struct confined){ .keep = 3, .memory_mb = WORKER_MEMORY_MB, .cpu_s = WORKER_CPU_S },
		landlock_most, err);
}

bool confine_command(const struct confine_command *limits, struct err *err)
{
	return shut(&(struct confined){ limits->keep, limits->memory_mb, limits->cpu_s, true }, 0, err);
}
