#include "job/report_book.h"

#include "document/xlsx_write.h"

/* A sheet that is full goes on as another. */
static void add_findings_sheet(struct xlsx_out *xlsx, int number)
{
	static const struct xlsx_heading heading[] = { { S_INIT("Rule"), 10 }, { S_INIT("Severity"), 10 },
		{ S_INIT("Table"), 22 }, { S_INIT("Row"), 8 }, { S_INIT("Field"), 26 }, { S_INIT("Child"), 18 },
		{ S_INIT("What is wrong"), 90 } };
	struct buf name = { 0 };
	buf_lit(&name, "Findings");
	if (number > 1)
		buf_format(&name, " %d", number);
	xlsx_add_sheet(xlsx, buf_view(&name), heading, sizeof heading / sizeof *heading);
	buf_close(&name);
}

static void put_finding(struct xlsx_out *xlsx, const struct report_rule *rule, const struct report_finding *one)
{
	xlsx_add_row(xlsx);
	xlsx_put_text(xlsx, rule->code);
	xlsx_put_text(xlsx, rule->query ? S("query") : S("error"));
	if (one == NULL) {
		xlsx_put_text(xlsx, S("the whole return"));
		for (int i = 0; i < 3; i++)
			xlsx_skip_cell(xlsx);
	} else {
		xlsx_put_text(xlsx, one->table);
		xlsx_put_number(xlsx, one->row);
		xlsx_put_text(xlsx, one->field);
		xlsx_put_text(xlsx, one->child);
	}
	xlsx_put_text(xlsx, rule->message);
}

static void put_findings(struct xlsx_out *xlsx, const struct report *report)
{
	int sheet = 1;
	struct report_rule rule;
	add_findings_sheet(xlsx, sheet);
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		if (rule.whole)
			put_finding(xlsx, &rule, NULL);
	}
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		report_rule(report, one.rule, &rule);
		if (xlsx_is_full(xlsx))
			add_findings_sheet(xlsx, ++sheet);
		put_finding(xlsx, &rule, &one);
	}
}

static void put_rules(struct xlsx_out *xlsx, const struct report *report)
{
	static const struct xlsx_heading heading[] = { { S_INIT("Rule"), 10 }, { S_INIT("Severity"), 10 },
		{ S_INIT("Outcome"), 10 }, { S_INIT("Findings"), 10 }, { S_INIT("What is wrong"), 90 } };
	xlsx_add_sheet(xlsx, S("Summary"), heading, sizeof heading / sizeof *heading);
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (rule.outcome == REPORT_NOT_RUN)
			continue;
		xlsx_add_row(xlsx);
		xlsx_put_text(xlsx, rule.code);
		xlsx_put_text(xlsx, rule.query ? S("query") : S("error"));
		xlsx_put_text(xlsx, rule.outcome == REPORT_FAILED ? S("failed") : S("passed"));
		xlsx_put_number(xlsx, (int64_t)(rule.findings + rule.whole));
		xlsx_put_text(xlsx, rule.message);
	}
}

static void put_not_run(struct xlsx_out *xlsx, const struct report *report)
{
	static const struct xlsx_heading heading[] = { { S_INIT("Rule"), 10 }, { S_INIT("Why it was not run"), 60 },
		{ S_INIT("What it asks"), 90 } };
	xlsx_add_sheet(xlsx, S("Not run"), heading, sizeof heading / sizeof *heading);
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (rule.outcome != REPORT_NOT_RUN || rule.why.n == 0)
			continue;
		xlsx_add_row(xlsx);
		xlsx_put_text(xlsx, rule.code);
		xlsx_put_text(xlsx, rule.why);
		xlsx_put_text(xlsx, rule.message);
	}
}

static void put_remarks(struct xlsx_out *xlsx, const struct report *report)
{
	static const struct xlsx_heading heading[] = { { S_INIT("Line"), 10 }, { S_INIT("What could not be read"), 100 } };
	if (report_remarks(report) == 0)
		return;
	xlsx_add_sheet(xlsx, S("Remarks"), heading, sizeof heading / sizeof *heading);
	for (size_t i = 0; i < report_remarks(report); i++) {
		struct buf words = { 0 };
		size_t line = report_remark(report, i, &words);
		xlsx_add_row(xlsx);
		xlsx_put_number(xlsx, (int64_t)line);
		xlsx_put_text(xlsx, buf_view(&words));
		buf_close(&words);
	}
}

bool report_book(const struct report *report, struct buf *out, struct err *err)
{
	struct xlsx_out *xlsx = xlsx_begin(out);
	put_findings(xlsx, report);
	put_rules(xlsx, report);
	put_not_run(xlsx, report);
	put_remarks(xlsx, report);
	return xlsx_end(xlsx, err);
}
