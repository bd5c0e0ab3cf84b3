/* The census: read piece by piece, so that its size does not matter. */
#include "base/text.h"
#include "cli/check_cin.h"
#include "cli/check_keep.h"
#include "cli/check_out.h"
#include "cli/shut_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- reading */

struct input {
	int fd, error; /* error: errno of a read that failed */
	bool begun;
};

static size_t read_more(void *from, char *into, size_t n)
{
	struct input *input = from;
	size_t got = 0;
	/* Whole pieces, also of a pipe, so that a mark at the beginning is seen whole. */
	while (got < n) {
		ssize_t part = read(input->fd, into + got, n - got);
		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			input->error = errno;
		if (part <= 0)
			break;
		got += (size_t)part;
	}
	if (!input->begun && got >= 3 && memcmp(into, "\xEF\xBB\xBF", 3) == 0) {
		got -= 3;
		memmove(into, into + 3, got);
	}
	input->begun = true;
	return got;
}

struct census {
	const struct args *args;
	struct arena *arena;
	struct check_out out;
	struct check_keep keep;
	struct cin_asked asked;
	struct cin_result result;
};

/* From standard input, which is the file. */
static bool check_pieces(struct census *c, const char *path, struct err *err)
{
	struct input input = { .fd = STDIN_FILENO };
	struct xml *xml =
		xml_open_source((struct xml_source){ read_more, &input }, (struct xml_limits){ 0 });
	bool done = cin_check(c->arena, xml, &c->asked, &c->result, err);
	xml_close(xml);
	if (input.error != 0)
		return err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(input.error));
	if (!done)
		file_blame(path, err);
	return done;
}

/* Of a pipe, and of a file that is not UTF-8. */
static bool check_held(struct census *c, const char *path, bool again, struct err *err)
{
	struct buf bytes = { 0 };
	struct err why;
	str text;
	enum text_encoding encoding;
	bool held = file_read("-", FILE_LIMIT, &bytes, &why) &&
		text_decode(buf_view(&bytes), c->arena, &text, &encoding, &why);
	if (!held || (again && encoding <= TEXT_UTF8_MARKED)) {
		buf_close(&bytes);
		if (again)
			return false; /* what was said before holds */
		*err = why;
		if (bytes.n > 0)
			file_blame(path, err);
		return false;
	}
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	cin_result_close(&c->result);
	/* What has left of it already, in the same order, does not leave again. */
	c->out.skip = c->out.sent;
	c->out.sent = 0;
	bool done = cin_check(c->arena, xml, &c->asked, &c->result, err);
	xml_close(xml);
	buf_close(&bytes);
	if (!done)
		file_blame(path, err);
	return done;
}

static bool check_file(struct census *c, struct err *err)
{
	struct calendar *calendar;
	const char *path = c->args->word[1];
	if (!calendar_load(c->arena, calendar_embedded_csv(), &calendar, err))
		return false;
	c->asked.calendar = calendar;
	if (lseek(STDIN_FILENO, 0, SEEK_CUR) < 0)
		return check_held(c, path, false, err);
	if (check_pieces(c, path, err))
		return true;
	/* To see whether it has other letters it must be held, which what is larger cannot be. */
	if (lseek(STDIN_FILENO, 0, SEEK_END) > FILE_LIMIT)
		return false;
	return err->code == ERR_INPUT && lseek(STDIN_FILENO, 0, SEEK_SET) == 0 && check_held(c, path, true, err);
}

/* ---- the command */

static void take_findings(void *to, const struct cin_result *so_far, const struct cin_finding *item, size_t n)
{
	struct census *c = to;
	struct report report;
	report_of_cin(&report, so_far);
	for (size_t i = 0; i < n; i++) {
		struct report_finding one;
		report_finding_cin(so_far, &item[i], &one);
		check_out_put(&c->out, &report, &one);
	}
}

static int check_shut_in(void *own)
{
	struct census *c = own;
	struct err err = { 0 };
	struct report report;
	int status = EXIT_NOTHING;
	c->arena = arena_open((size_t)16 << 30);
	check_out_in_place(&c->out);
	report_of_rules_cin(&report);
	check_out_begin(&c->out, &report);
	if (c->out.form == CHECK_JSON)
		c->asked.sink = (struct cin_sink){ take_findings, c };
	bool done = check_file(c, &err);
	report_of_cin(&report, &c->result);
	if (done && check_keep_put(&c->keep, &report, &err) && check_out_end(&c->out, &report, &err)) {
		status = report_is_clean(&report) ? EXIT_DONE : EXIT_FINDINGS;
	} else {
		check_out_refuse(&c->out, &err);
		command_fail(c->args->command, &err);
	}
	cin_result_close(&c->result);
	arena_close(c->arena);
	return status;
}

int check_cin(const struct args *args, int year)
{
	struct census c = { .args = args, .asked.year = year };
	struct err err;
	int status = EXIT_NOTHING;
	const char *path = args->word[1];
	int input = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (input < 0) {
		err_set(&err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be opened: %s", path,
			strerror(errno));
		return command_fail(args->command, &err);
	}
	if (!check_keep_open(&c.keep, args, &status))
		return status;
	if (check_out_open(&c.out, args, &status)) {
		struct shut_in files = { input, { c.out.file.fd, c.out.whole.fd, c.keep.fd } };
		status = shut_in_run(args->command, &files, check_shut_in, &c);
		status = check_keep_end(&c.keep, args, status);
	}
	if (input != STDIN_FILENO)
		close(input);
	return check_out_close(&c.out, args->command, status);
}
