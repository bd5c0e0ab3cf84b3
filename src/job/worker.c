#include "job/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

/* ---- the message */

static void put_number(struct buf *out, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		buf_char(out, (char)(unsigned char)(number >> (8 * i) & 0xff));
}

static uint32_t read_number(str raw, size_t at)
{
	uint32_t number = 0;
	for (size_t i = 0; i < 4; i++)
		number |= (uint32_t)(unsigned char)raw.p[at + i] << (8 * i);
	return number;
}

void worker_message_put(struct buf *out, enum err_code code, str rest)
{
	must(rest.n <= UINT32_MAX);
	buf_lit(out, "DULY");
	put_number(out, (uint32_t)code);
	put_number(out, (uint32_t)rest.n);
	buf_str(out, rest);
}

bool worker_message_read(str raw, str *rest, struct err *err)
{
	*rest = (str){ 0 };
	if (raw.n < WORKER_HEAD || !str_starts(raw, S("DULY")) ||
		read_number(raw, 8) != raw.n - WORKER_HEAD)
		return err_set(err, ERR_BROKEN, "what opens files broke off");
	uint32_t code = read_number(raw, 4);
	str body = str_from(raw, WORKER_HEAD);
	switch (code) {
	case ERR_NONE:
		*rest = body;
		return true;
	case ERR_INPUT:
	case ERR_FULL:
	case ERR_DENIED:
	case ERR_IO:
		return err_set(err, (enum err_code)code, "%.*s", STR_ARGS(str_upto(body, 300)));
	default:
		return err_set(err, ERR_BROKEN, "what opens files broke off");
	}
}

/* ---- the process */

struct running {
	pid_t pid;
	int in, out; /* our ends; -1: closed */
	int64_t until;
};

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void end_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The child gets its two ends as 0 and 1, nothing else of ours, no signal blocked or ignored. */
static int spawn(const struct worker *worker, const int in[2], const int out[2], pid_t *pid)
{
	const char *program = worker->program == NULL ? "/proc/self/exe" : worker->program;
	char *const argv[] = { (char *)(uintptr_t) "duly", (char *)(uintptr_t) "worker",
		(char *)(uintptr_t)worker->kind,
		worker->landlock == NULL ? NULL : (char *)(uintptr_t) "--landlock",
		(char *)(uintptr_t)worker->landlock, NULL };
	char *const environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						      POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	int failed = posix_spawn(pid, program, &actions, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

static bool start(const struct worker *worker, struct running *running, struct err *err)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	/* Above the three standard numbers, or a dup2 onto itself would keep close-on-exec. */
	bool made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0 &&
		    pipe2(out, O_CLOEXEC) == 0;
	int failed = made ? spawn(worker, in, out, &running->pid) : errno;
	end_close(&in[0]);
	end_close(&out[1]);
	if (!made || failed != 0) {
		end_close(&in[1]);
		end_close(&out[0]);
		return err_set(err, ERR_IO, "the file could not be opened: %s", strerror(failed));
	}
	running->in = in[1];
	running->out = out[0];
	running->until = clock_ms() + WORKER_WAIT_MS;
	(void)fcntl(running->in, F_SETFL, O_NONBLOCK);
	(void)fcntl(running->out, F_SETFL, O_NONBLOCK);
	return true;
}

/* Gives it some of what it has not had; a worker that ends before it has read all may. */
static void feed(struct running *running, str *input)
{
	ssize_t n = input->n == 0 ? 0 : send(running->in, input->p, input->n, MSG_NOSIGNAL);
	if (n > 0)
		*input = str_from(*input, (size_t)n);
	if (input->n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		end_close(&running->in);
}

/* Takes some of what it says; false when it says too much. */
static bool hear(struct running *running, struct buf *said)
{
	char *room = buf_reserve(said, PIECE);
	if (room == NULL)
		return false;
	ssize_t n = read(running->out, room, PIECE);
	if (n > 0)
		said->n += (size_t)n;
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		end_close(&running->out);
	return true;
}

/* Until it has closed its end. False: it took too long, or said too much. */
static bool converse(struct running *running, str input, struct buf *said)
{
	while (running->out >= 0) {
		struct pollfd fds[2] = { { .fd = running->out, .events = POLLIN },
			{ .fd = running->in, .events = POLLOUT } };
		int64_t left = running->until - clock_ms();
		if (left <= 0)
			return false;
		if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
			return false;
		if (running->in >= 0 && fds[1].revents != 0)
			feed(running, &input);
		if (fds[0].revents != 0 && !hear(running, said))
			return false;
	}
	return true;
}

static int end(struct running *running, bool kill_it)
{
	int status = 0;
	end_close(&running->in);
	end_close(&running->out);
	/* It has not been waited for, so the number is still its own. */
	if (kill_it)
		(void)kill(running->pid, SIGKILL);
	while (waitpid(running->pid, &status, 0) < 0 && errno == EINTR) {
	}
	return status;
}

static bool too_much(struct err *err)
{
	return err_set(err, ERR_FULL,
		"the file took too much time or memory to open, and was put down: it may be "
		"damaged, or made to do harm");
}

static bool judge(int status, bool finished, struct err *err)
{
	if (!finished)
		return too_much(err);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	int ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	switch (ended_by) {
	case SIGSYS:
		/* For whoever looks after the server; nothing of the file is in it. */
		fprintf(stderr, "duly: a worker was stopped: it tried what it may not\n");
		return err_set(err, ERR_DENIED,
			"the file made what opens it try a thing that it may not, and was put "
			"down: it may be made to do harm. Tell whoever looks after Duly");
	case SIGXCPU:
	case SIGKILL:
	case SIGABRT: /* out of memory */
		return too_much(err);
	case 0:
		return err_set(err, ERR_IO,
			"what opens files could not be shut in as it must be on this machine, and "
			"did not run. Tell whoever looks after Duly");
	default:
		return err_set(err, ERR_FULL,
			"the file could not be opened: it may be damaged, or made to do harm");
	}
}

bool worker_run(const struct worker *worker, struct buf *out, struct err *err)
{
	struct running running = { .in = -1, .out = -1 };
	if (worker->input.n > WORKER_INPUT_MAX)
		return err_set(err, ERR_FULL, "the file is too large");
	if (!start(worker, &running, err))
		return false;
	struct buf said = { .limit = (worker->output_max == 0 ? WORKER_OUTPUT_MAX
							      : worker->output_max) +
				     WORKER_HEAD + PIECE };
	bool finished = converse(&running, worker->input, &said);
	int status = end(&running, !finished);
	str made;
	bool done = judge(status, finished, err) &&
		    worker_message_read(buf_view(&said), &made, err);
	if (done)
		buf_str(out, made);
	buf_close(&said);
	return done;
}
