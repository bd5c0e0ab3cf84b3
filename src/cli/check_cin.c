/* The census: read piece by piece, so that its size does not matter. */
#include "base/csv.h"
#include "base/text.h"
#include "cli/check_cin.h"
#include "cli/file.h"
#include "returns/cin/check/rule.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PUT_AT = 1 << 20, REMARKS_SHOWN = 20 };

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
	struct arena *arena;
	struct cin_asked asked;
	struct cin_result result;
};

static bool check_pieces(struct census *c, const char *path, struct err *err)
{
	struct input input = { .fd = open(path, O_RDONLY | O_CLOEXEC) };
	if (input.fd < 0)
		return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be opened: %s", path,
			strerror(errno));
	struct xml *xml =
		xml_open_source((struct xml_source){ read_more, &input }, (struct xml_limits){ 0 });
	bool done = cin_check(c->arena, xml, &c->asked, &c->result, err);
	xml_close(xml);
	close(input.fd);
	if (input.error != 0)
		return err_set(err, ERR_IO, "%s cannot be read: %s", path, strerror(input.error));
	if (!done)
		file_blame(path, err);
	return done;
}

/* Of standard input, and of a file that is not UTF-8. */
static bool check_held(struct census *c, const char *path, bool again, struct err *err)
{
	struct buf bytes = { 0 };
	struct err why;
	str text;
	enum text_encoding encoding;
	bool held = file_read(path, FILE_LIMIT, &bytes, &why) &&
		text_decode(buf_view(&bytes), c->arena, &text, &encoding, &why);
	if (!held || (again && encoding <= TEXT_UTF8_MARKED)) {
		buf_close(&bytes);
		return !again && err_set(err, why.code, "%s", why.text);
	}
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	cin_result_close(&c->result);
	bool done = cin_check(c->arena, xml, &c->asked, &c->result, err);
	xml_close(xml);
	buf_close(&bytes);
	if (!done)
		file_blame(path, err);
	return done;
}

static bool check(struct census *c, const char *path, struct err *err)
{
	struct calendar *calendar;
	if (!calendar_load(c->arena, calendar_embedded_csv(), &calendar, err))
		return false;
	c->asked.calendar = calendar;
	if (strcmp(path, "-") == 0)
		return check_held(c, path, false, err);
	return check_pieces(c, path, err) || (err->code == ERR_INPUT && check_held(c, path, true, err));
}

/* ---- writing */

static void put_head(struct csv_out *out, const char *const *head, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_put(out, str_of(head[i]));
	csv_put_end(out);
}

static void put_finding(struct csv_out *out, const struct cin_result *result, size_t i)
{
	const struct cin_finding *one = &result->item[i];
	csv_put(out, cin_rule(one->rule)->code);
	csv_put(out, cin_tables[cin_fields[one->field].table].title);
	csv_put_int(out, one->row);
	csv_put(out, cin_fields[one->field].title);
	csv_put(out, result->child.item[one->child]);
	csv_put_end(out);
}

static bool put_findings(const struct census *c, const char *path, struct err *err)
{
	static const char *const head[] = { "rule", "table", "row", "field", "child" };
	struct buf text = { 0 };
	struct csv_out out = { .buf = &text };
	put_head(&out, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < c->result.n; i++) {
		put_finding(&out, &c->result, i);
		if (path == NULL && text.n > PUT_AT) {
			fwrite(text.p, 1, text.n, stdout);
			buf_clear(&text);
		}
	}
	bool done = path == NULL || file_write(path, buf_view(&text), err);
	if (path == NULL)
		fwrite(text.p, 1, text.n, stdout);
	buf_close(&text);
	return done;
}

/* Findings that lie in no row. */
static bool put_whole(const struct census *c, const char *path, struct err *err)
{
	static const char *const head[] = { "rule", "message" };
	struct buf text = { 0 };
	struct csv_out out = { .buf = &text };
	if (path == NULL)
		return true;
	put_head(&out, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < cin_rules_n(); i++) {
		if (!c->result.rule[i].whole)
			continue;
		csv_put(&out, cin_rule(i)->code);
		csv_put(&out, cin_rule(i)->message);
		csv_put_end(&out);
	}
	bool done = file_write(path, buf_view(&text), err);
	buf_close(&text);
	return done;
}

static void tell_remarks(const struct cin_remarks *remarks)
{
	for (size_t i = 0; i < remarks->n && i < REMARKS_SHOWN; i++) {
		const struct cin_remark *one = &remarks->item[i];
		if (one->text.n > 0)
			fprintf(stderr, "line %zu: %.*s \"%.*s\" is no date like 2026-03-31%s\n", one->line,
				STR_ARGS(one->element), STR_ARGS(one->text),
				one->read == DAY_UNKNOWN ? ", and counts as missing" : "");
		else
			fprintf(stderr, "line %zu: %.*s stands where the census has none, and is not read\n",
				one->line, STR_ARGS(one->element));
	}
	if (remarks->all > REMARKS_SHOWN)
		fprintf(stderr, "and %zu more such lines\n", remarks->all - REMARKS_SHOWN);
}

static void tell(const struct cin_result *result)
{
	tell_remarks(&result->remarks);
	for (size_t i = 0; i < cin_rules_n(); i++) {
		const struct cin_rule_outcome *rule = &result->rule[i];
		str message = cin_rule(i)->message;
		if (rule->whole)
			fprintf(stderr, "%-10.*s  return  %.*s\n", STR_ARGS(cin_rule(i)->code), STR_ARGS(message));
		else if (rule->outcome == CIN_FAILED)
			fprintf(stderr, "%-10.*s %7zu  %.*s\n", STR_ARGS(cin_rule(i)->code), rule->findings,
				STR_ARGS(message));
		else if (rule->outcome == CIN_NOT_RUN && rule->why.n > 0)
			fprintf(stderr, "%-10.*s not run  %.*s\n", STR_ARGS(cin_rule(i)->code),
				STR_ARGS(rule->why));
	}
	fprintf(stderr, "%zu children, %zu findings, %zu with the whole return\n", result->child.n, result->n,
		result->whole);
}

int check_cin_rules(void)
{
	for (size_t i = 0; i < cin_rules_n(); i++) {
		const struct cin_rule *rule = cin_rule(i);
		printf("%-10.*s %d-%.0d  %.*s\n", STR_ARGS(rule->code), rule->first, rule->last,
			STR_ARGS(rule->message));
	}
	return EXIT_DONE;
}

int check_cin(const struct args *args, int year)
{
	struct census c = { .arena = arena_open((size_t)16 << 30), .asked.year = year };
	struct err err = { 0 };
	int status = EXIT_NOTHING;
	if (check(&c, args->word[1], &err) && put_findings(&c, args_value(args, "csv"), &err) &&
		put_whole(&c, args_value(args, "whole"), &err)) {
		tell(&c.result);
		status = c.result.n + c.result.whole + c.result.remarks.all > 0 ? EXIT_FINDINGS : EXIT_DONE;
	} else {
		command_fail(args->command, &err);
	}
	cin_result_close(&c.result);
	arena_close(c.arena);
	return status;
}
