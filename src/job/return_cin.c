/* The children in need census: written from the records, checked by its rules, held against the last. */
#include "job/return.h"

#include "base/mem.h"
#include "base/text.h"
#include "returns/cin/rows.h"
#include "returns/cin/write.h"
#include "returns/report.h"

/* What is kept between two children. */
struct census {
	struct xml_out xml;
	struct cin_left_out left_out;
};

static struct cin_year year_of(const struct return_run *run)
{
	return (struct cin_year){ run->asked->period.from, run->asked->period.to, run->law->calendar };
}

static bool begin(struct return_run *run, struct err *err)
{
	(void)err;
	struct census *census = arena_new(run->arena, struct census);
	struct cin_year year = year_of(run);
	census->xml = (struct xml_out){ .buf = return_file_open(run, "census.xml"), .indent = true };
	cin_write_begin(&census->xml, &year, run->asked->authority);
	run->own = census;
	return true;
}

static bool write_child(struct return_run *run, const struct told_child *child, struct err *err)
{
	(void)err;
	struct census *census = run->own;
	struct cin_year year = year_of(run);
	run->rows +=
		(int64_t)cin_write_child(run->child, &year, child, &census->xml, &census->left_out);
	return true;
}

static void note(struct return_run *run, int64_t n, const char *what)
{
	if (n > 0)
		buf_format(&run->notes, "%lld %s: not in the census, because no episode of need of the "
			"year holds them\n", (long long)n, what);
}

static bool end(struct return_run *run, struct err *err)
{
	(void)err;
	struct census *census = run->own;
	cin_write_end(&census->xml);
	note(run, census->left_out.plans, "child protection plans");
	note(run, census->left_out.enquiries, "section 47 enquiries");
	note(run, census->left_out.conferences, "transfer-in conferences");
	return true;
}

/* ---- the check */

static void take_findings(
	struct arena *arena, const struct report *report, struct return_findings *out)
{
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		struct report_rule rule;
		report_finding(report, i, &one);
		report_rule(report, one.rule, &rule);
		ARRAY_MORE(out) = (struct return_finding){ rule.code, one.table,
			arena_str(arena, one.field), arena_str(arena, one.child), rule.message,
			one.row };
	}
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		if (rule.whole)
			ARRAY_MORE(out) = (struct return_finding){
				.rule = rule.code, .message = rule.message, .row = -1 };
		if (rule.of_year && rule.outcome == REPORT_NOT_RUN && rule.why.n > 0)
			ARRAY_MORE(&out->unasked) =
				(struct return_unasked){ rule.code, arena_str(arena, rule.why) };
	}
}

static bool check(struct return_run *run, const struct source *file, size_t n,
	struct return_findings *out, struct err *err)
{
	(void)n;
	const struct cin_asked asked = { .year = run->asked->period.year,
		.calendar = run->law->calendar };
	struct cin_result result = { 0 };
	struct report report;
	struct xml *xml = xml_open(file->bytes, (struct xml_limits){ 0 });
	bool done = cin_check(run->arena, xml, &asked, &result, err);
	xml_close(xml);
	if (done) {
		report_of_cin(&report, &result);
		take_findings(run->arena, &report, out);
	}
	cin_result_close(&result);
	return done;
}

/* ---- against the last one */

static const struct differ_table *tables(struct arena *arena, size_t *n)
{
	(void)arena;
	return cin_differ_tables(n);
}

static bool rows(struct arena *arena, const struct source *file, size_t n, enum differ_side side,
	struct differ *out, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		str text;
		enum text_encoding encoding;
		if (!str_ends(file[i].name, S(".xml")) && !str_ends(file[i].name, S(".XML")))
			continue;
		if (text_decode(file[i].bytes, arena, &text, &encoding, err) &&
			cin_add_rows(text, side, out, err))
			continue;
		struct err said = *err;
		return err_set(err, said.code, "%.*s, %s", STR_ARGS(file[i].name), said.text);
	}
	return true;
}

const struct return_kind return_cin = {
	.name = S_INIT("cin"),
	.title = S_INIT("children in need census"),
	.like = "2025-26",
	.type = cin_types,
	.types = CIN_TYPES,
	.period = return_year_read,
	.begin = begin,
	.child = write_child,
	.end = end,
	.check = check,
	.tables = tables,
	.rows = rows,
};
