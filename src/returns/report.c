/* report.c - what a check found, as CSV, JSON and words. */
#include "returns/report.h"

#include "base/csv.h"
#include "base/json.h"

enum { REMARKS_SHOWN = 20, FORMAT = 1 };

void report_rule(const struct report *report, size_t i, struct report_rule *out)
{
	report->source->rule(report, i, out);
}

void report_finding(const struct report *report, size_t i, struct report_finding *out)
{
	must(i < report->n);
	report->source->finding(report, i, out);
}

day report_known(const struct report *report, size_t i)
{
	must(i < report->n);
	return report->source->known(report, i);
}

str report_child(const struct report *report, size_t child_at)
{
	must(child_at < report->numbers);
	return report->source->child(report, child_at);
}

size_t report_remarks(const struct report *report)
{
	return report->remarks < CIN_REMARKS_KEPT ? report->remarks : CIN_REMARKS_KEPT;
}

size_t report_remark(const struct report *report, size_t i, struct buf *out)
{
	must(i < report_remarks(report));
	return report->source->remark(report, i, out);
}

bool report_is_clean(const struct report *report)
{
	return report->found + report->whole + report->remarks == 0;
}

/* ---- CSV */

static void put_head(struct buf *out, const char *const *head, size_t n)
{
	struct csv_out csv = { .buf = out };
	for (size_t i = 0; i < n; i++)
		csv_put(&csv, str_of(head[i]));
	csv_put_end(&csv);
}

void report_csv_head(struct buf *out)
{
	static const char *const head[] = { "rule", "table", "row", "field", "child" };
	put_head(out, head, sizeof head / sizeof *head);
}

void report_csv(struct buf *out, const struct report *report, const struct report_finding *one, bool safe)
{
	struct csv_out csv = { .buf = out, .safe = safe };
	struct report_rule rule;
	report_rule(report, one->rule, &rule);
	csv_put_name(&csv, rule.code);
	csv_put_name(&csv, one->table);
	csv_put_int(&csv, one->row);
	csv_put_name(&csv, one->field);
	csv_put(&csv, one->child);
	csv_put_end(&csv);
}

void report_csv_whole(struct buf *out, const struct report *report)
{
	static const char *const head[] = { "rule", "message" };
	put_head(out, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < report->rules; i++) {
		struct csv_out csv = { .buf = out };
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (!rule.whole)
			continue;
		csv_put(&csv, rule.code);
		csv_put(&csv, rule.message);
		csv_put_end(&csv);
	}
}

/* ---- JSON, an object a line */

static void put_text(struct json *json, str key, str value)
{
	json_key(json, key);
	json_str(json, value);
}

static void put_number(struct json *json, str key, size_t value)
{
	json_key(json, key);
	json_int(json, (int64_t)value);
}

static void put_null(struct json *json, str key)
{
	json_key(json, key);
	json_null(json);
}

static void begin(struct json *json, str kind)
{
	json_object(json);
	put_text(json, S("kind"), kind);
}

void report_json_head(struct buf *out, const struct report *report)
{
	struct json json = { .buf = out };
	begin(&json, S("check"));
	put_number(&json, S("format"), FORMAT);
	put_text(&json, S("return"), report->name);
	json_end(&json);
}

static void put_rule(struct json *json, const struct report_rule *rule)
{
	put_text(json, S("rule"), rule->code);
	put_text(json, S("severity"), rule->query ? S("query") : S("error"));
}

void report_json(struct buf *out, const struct report *report, const struct report_finding *one)
{
	struct json json = { .buf = out };
	struct report_rule rule;
	report_rule(report, one->rule, &rule);
	begin(&json, S("finding"));
	put_rule(&json, &rule);
	put_text(&json, S("table"), one->table);
	put_number(&json, S("row"), one->row);
	put_text(&json, S("field"), one->field);
	put_text(&json, S("child"), one->child);
	put_text(&json, S("message"), rule.message);
	json_end(&json);
}

static void put_whole(struct buf *out, const struct report_rule *rule)
{
	struct json json = { .buf = out };
	begin(&json, S("finding"));
	put_rule(&json, rule);
	put_null(&json, S("table"));
	put_null(&json, S("row"));
	put_null(&json, S("field"));
	put_null(&json, S("child"));
	put_text(&json, S("message"), rule->message);
	json_end(&json);
}

static void put_remark(struct buf *out, const struct report *report, size_t i)
{
	struct json json = { .buf = out };
	struct buf words = { 0 };
	size_t line = report_remark(report, i, &words);
	begin(&json, S("remark"));
	put_number(&json, S("line"), line);
	put_text(&json, S("message"), buf_view(&words));
	json_end(&json);
	buf_close(&words);
}

static str outcome_text(enum report_outcome outcome)
{
	static const str words[] = { [REPORT_PASSED] = S_INIT("passed"), [REPORT_FAILED] = S_INIT("failed"),
		[REPORT_NOT_RUN] = S_INIT("not run") };
	return words[outcome];
}

static void put_outcome(struct buf *out, const struct report_rule *rule)
{
	struct json json = { .buf = out };
	begin(&json, S("rule"));
	put_rule(&json, rule);
	put_text(&json, S("outcome"), outcome_text(rule->outcome));
	put_number(&json, S("findings"), rule->findings + rule->whole);
	put_text(&json, S("message"), rule->message);
	if (rule->why.n > 0)
		put_text(&json, S("why"), rule->why);
	json_end(&json);
}

static void put_summary(struct buf *out, const struct report *report, const size_t *outcomes)
{
	struct json json = { .buf = out };
	begin(&json, S("summary"));
	put_text(&json, S("return"), report->name);
	put_number(&json, S("year"), (size_t)report->year);
	put_number(&json, S("children"), report->children);
	put_number(&json, S("findings"), report->found + report->whole);
	put_number(&json, S("remarks"), report->remarks);
	for (enum report_outcome i = REPORT_PASSED; i <= REPORT_NOT_RUN; i++)
		put_number(&json, outcome_text(i), outcomes[i]);
	json_end(&json);
}

void report_json_tail(struct buf *out, const struct report *report)
{
	size_t outcomes[REPORT_NOT_RUN + 1] = { 0 };
	struct report_rule rule;
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		if (rule.whole)
			put_whole(out, &rule);
	}
	for (size_t i = 0; i < report_remarks(report); i++)
		put_remark(out, report, i);
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		if (!rule.of_year)
			continue;
		outcomes[rule.outcome]++;
		put_outcome(out, &rule);
	}
	put_summary(out, report, outcomes);
}

void report_json_refused(struct buf *out, str why)
{
	struct json json = { .buf = out };
	begin(&json, S("refused"));
	put_text(&json, S("message"), why);
	json_end(&json);
}

/* ---- words */

static void say_remarks(struct buf *out, const struct report *report)
{
	for (size_t i = 0; i < report_remarks(report) && i < REMARKS_SHOWN; i++) {
		struct buf words = { 0 };
		size_t line = report_remark(report, i, &words);
		buf_format(out, "line %zu: %.*s\n", line, STR_ARGS(buf_view(&words)));
		buf_close(&words);
	}
	if (report->remarks > REMARKS_SHOWN)
		buf_format(out, "and %zu more such lines\n", report->remarks - REMARKS_SHOWN);
}

void report_summary(struct buf *out, const struct report *report)
{
	bool census = str_equal(report->name, S("cin"));
	say_remarks(out, report);
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (rule.whole)
			buf_format(out, "%-10.*s  return  %.*s\n", STR_ARGS(rule.code), STR_ARGS(rule.message));
		else if (rule.outcome == REPORT_FAILED)
			buf_format(out, "%-10.*s %7zu  %.*s\n", STR_ARGS(rule.code), rule.findings,
				STR_ARGS(rule.message));
		else if (rule.outcome == REPORT_NOT_RUN && rule.why.n > 0)
			buf_format(out, "%-10.*s not run  %.*s\n", STR_ARGS(rule.code), STR_ARGS(rule.why));
	}
	if (census)
		buf_format(out, "%zu children, %zu findings, %zu with the whole return\n", report->children,
			report->found, report->whole);
	else
		buf_format(out, "%zu findings\n", report->found);
}
