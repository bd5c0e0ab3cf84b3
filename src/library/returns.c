/* returns.c - the interface of include/duly/returns.h over job/check_files.h. */
#include "base/mem.h"
#include "job/check_files.h"

#include <duly/returns.h>
#include <string.h>

enum { FILES_MOST = 200, FILE_MOST = 1 << 30, NAME_MOST = 1000, YEAR_FIRST = 2023, YEAR_LAST = 2027 };
#define MEMORY_MOST ((size_t)16 << 30)

struct duly_check {
	struct arena *arena;
	struct check_ask ask;
	struct check_file file[FILES_MOST];
	struct check_made made;
	const char **rule, **message; /* of each rule, once asked for */
	const char **child;
	size_t *of_year, rules; /* which rules are of the year */
	bool ran, usable;
	struct err err;
};

int duly_returns_version(void)
{
	return DULY_RETURNS_VERSION;
}

duly_check *duly_check_open(const char *name, int year)
{
	bool cin = name != NULL && strcmp(name, "cin") == 0;
	if (name == NULL || (!cin && strcmp(name, "ssda903") != 0) || (cin && year == 0 ? false : year < YEAR_FIRST) ||
		year > YEAR_LAST)
		return NULL;
	duly_check *check = mem_alloc(1, sizeof *check);
	check->arena = arena_open(MEMORY_MOST);
	check->ask = (struct check_ask){ .cin = cin, .year = year, .file = check->file };
	return check;
}

void duly_check_close(duly_check *check)
{
	if (check == NULL)
		return;
	check_made_close(&check->made);
	arena_close(check->arena);
	mem_free(check);
}

const char *duly_check_error(const duly_check *check)
{
	return check == NULL ? "there is no check" : check->err.text;
}

static duly_status misused(duly_check *check, const char *what)
{
	if (check != NULL)
		err_set(&check->err, ERR_INPUT, "%s", what);
	return DULY_MISUSED;
}

duly_status duly_check_add(duly_check *check, duly_part part, const char *name, const void *bytes, size_t length)
{
	if (check == NULL || check->ran || name == NULL || (bytes == NULL && length > 0) || (int)part < 0 ||
		part > DULY_POSTCODES)
		return misused(check, "a file is added before the run, with a name and its bytes");
	if (check->ask.cin && part != DULY_THIS_YEAR)
		return misused(check, "the census is one file");
	if (length > FILE_MOST || check->ask.n == FILES_MOST || strlen(name) > NAME_MOST) {
		err_set(&check->err, ERR_FULL, "%.100s: there are too many files, or it is over 1 GB", name);
		return DULY_LIMIT;
	}
	static const enum check_part parts[] = { CHECK_THIS_YEAR, CHECK_LAST_YEAR, CHECK_PROVIDERS,
		CHECK_POSTCODES };
	check->file[check->ask.n++] = (struct check_file){ parts[part], arena_str(check->arena, str_of(name)),
		arena_str(check->arena, (str){ bytes, length }) };
	return DULY_OK;
}

duly_status duly_check_authority(duly_check *check, const char *authority)
{
	if (check == NULL || check->ran || authority == NULL)
		return misused(check, "the authority is said before the run");
	check->ask.authority = arena_str(check->arena, str_of(authority));
	return DULY_OK;
}

static void list_rules(duly_check *check)
{
	const struct report *report = &check->made.report;
	check->rule = arena_take(check->arena, report->rules + 1, sizeof *check->rule);
	check->message = arena_take(check->arena, report->rules + 1, sizeof *check->message);
	check->child = arena_take(check->arena, report->numbers + 1, sizeof *check->child);
	check->of_year = arena_take(check->arena, report->rules + 1, sizeof *check->of_year);
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (!rule.of_year)
			continue;
		check->rule[i] = arena_text(check->arena, rule.code);
		check->message[i] = arena_text(check->arena, rule.message);
		check->of_year[check->rules++] = i;
	}
}

duly_status duly_check_run(duly_check *check)
{
	if (check == NULL || check->ran)
		return misused(check, "a check runs once");
	check->ran = true;
	if (!check_files(check->arena, &check->ask, &check->made, &check->err))
		return check->err.code == ERR_FULL ? DULY_LIMIT : DULY_INPUT;
	check->err = (struct err){ 0 };
	check->usable = true;
	list_rules(check);
	return DULY_OK;
}

/* What an older header knows of the struct, and no more. */
static void give(void *out, size_t size, const void *made, size_t known)
{
	memcpy(out, made, size < known ? size : known);
}

static duly_status ready(duly_check *check, const void *out, size_t size)
{
	if (check == NULL || !check->usable || out == NULL || size < sizeof(size_t))
		return misused(check, "this is asked after a run that was done, with the size of the struct");
	return DULY_OK;
}

static const char *child_text(duly_check *check, const struct report_finding *one)
{
	const char **text = &check->child[one->child_at];
	if (*text == NULL)
		*text = arena_text(check->arena, one->child);
	return *text;
}

duly_status duly_check_finding(duly_check *check, size_t i, duly_finding *out)
{
	size_t size = out == NULL ? 0 : out->size;
	struct report_finding one;
	struct report_rule rule;
	if (ready(check, out, size) != DULY_OK)
		return DULY_MISUSED;
	if (i >= check->made.report.n)
		return DULY_END;
	report_finding(&check->made.report, i, &one);
	report_rule(&check->made.report, one.rule, &rule);
	const duly_finding made = { .size = size, .rule = check->rule[one.rule],
		.message = check->message[one.rule], .table = one.table.p, .field = one.field.p,
		.child = child_text(check, &one), .row = one.row, .query = rule.query };
	give(out, size, &made, sizeof made);
	return DULY_OK;
}

duly_status duly_check_rule(duly_check *check, size_t i, duly_rule *out)
{
	size_t size = out == NULL ? 0 : out->size;
	struct report_rule rule;
	if (ready(check, out, size) != DULY_OK)
		return DULY_MISUSED;
	if (i >= check->rules)
		return DULY_END;
	size_t at = check->of_year[i];
	report_rule(&check->made.report, at, &rule);
	const duly_rule made = { .size = size, .rule = check->rule[at], .message = check->message[at],
		.why = arena_text(check->arena, rule.why),
		.outcome = rule.outcome == REPORT_PASSED ? DULY_PASSED
			: rule.outcome == REPORT_FAILED  ? DULY_FAILED
							 : DULY_NOT_RUN,
		.findings = rule.findings, .query = rule.query, .whole = rule.whole };
	give(out, size, &made, sizeof made);
	return DULY_OK;
}

duly_status duly_check_remark(duly_check *check, size_t i, duly_remark *out)
{
	size_t size = out == NULL ? 0 : out->size;
	struct buf words = { 0 };
	if (ready(check, out, size) != DULY_OK)
		return DULY_MISUSED;
	if (i >= report_remarks(&check->made.report))
		return DULY_END;
	size_t line = report_remark(&check->made.report, i, &words);
	const duly_remark made = { .size = size, .line = line,
		.message = arena_text(check->arena, buf_view(&words)) };
	buf_close(&words);
	give(out, size, &made, sizeof made);
	return DULY_OK;
}

size_t duly_check_findings(const duly_check *check)
{
	return check == NULL || !check->usable ? 0 : check->made.report.n;
}

size_t duly_check_children(const duly_check *check)
{
	return check == NULL || !check->usable ? 0 : check->made.report.children;
}

int duly_check_year(const duly_check *check)
{
	return check == NULL || !check->usable ? 0 : check->made.report.year;
}
