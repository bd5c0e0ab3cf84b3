#include "cli/shut_in.h"

#include "cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY_MB = 24 << 10, CPU_S = 3600 };

/* Above all numbers that are wanted, so that none is in another's way. */
static bool put_in_place(const struct shut_in *files)
{
	int high[SHUT_IN_FILES];
	for (int i = 0; i < SHUT_IN_FILES; i++) {
		high[i] = files->file[i] < 0 ? -1 : fcntl(files->file[i], F_DUPFD, 64);
		if (files->file[i] >= 0 && high[i] < 0)
			return false;
	}
	if (files->input >= 0 && dup2(files->input, STDIN_FILENO) < 0)
		return false;
	for (int i = 0; i < SHUT_IN_FILES; i++) {
		if (high[i] >= 0 && dup2(high[i], SHUT_IN_FIRST + i) < 0)
			return false;
		if (high[i] < 0)
			close(SHUT_IN_FIRST + i);
	}
	return true;
}

_Noreturn static void child(const struct command *command, const struct shut_in *files, int (*work)(void *own),
	void *own)
{
	struct err err = { 0 };
	const struct confine_command limits = { SHUT_IN_FIRST + SHUT_IN_FILES, MEMORY_MB, CPU_S };
	if (!put_in_place(files))
		err_set(&err, ERR_IO, "files could not be handed over: %s", strerror(errno));
	else if (confine_command(&limits, &err))
		err.code = ERR_NONE;
	int status = err.code == ERR_NONE ? work(own) : command_fail(command, &err);
	/* What a program does as it ends, a sanitizer's look for leaks too, is not allowed here. */
	_exit(status);
}

static int judge(const struct command *command, int status)
{
	struct err err;
	if (WIFEXITED(status))
		return WEXITSTATUS(status) <= EXIT_NOTHING ? WEXITSTATUS(status) : EXIT_NOTHING;
	int ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	if (ended_by == SIGSYS)
		err_set(&err, ERR_DENIED,
			"a file made what reads it try a thing that it may not, and was put down: it may be made to do harm");
	else if (ended_by == SIGBUS)
		err_set(&err, ERR_IO, "a file was cut short while it was read");
	else if (ended_by == SIGXCPU || ended_by == SIGKILL || ended_by == SIGABRT)
		err_set(&err, ERR_FULL, "the files took too much time or memory to read");
	else if (ended_by == SIGPIPE)
		err_set(&err, ERR_IO, "nobody reads the answer any more");
	else
		err_set(&err, ERR_FULL, "the files could not be read: one may be damaged, or made to do harm");
	return command_fail(command, &err);
}

int shut_in_run(const struct command *command, const struct shut_in *files, int (*work)(void *own), void *own)
{
	struct err err;
	int status = 0;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		child(command, files, work, own);
	if (pid < 0) {
		err_set(&err, ERR_IO, "what reads files could not be started: %s", strerror(errno));
		return command_fail(command, &err);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
	}
	return judge(command, status);
}
