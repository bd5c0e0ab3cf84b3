/* report_of.c - the check of the SSDA903 return as a report (returns/report.h). */
#include "returns/report.h"

#include "base/utf8.h"
#include "returns/loose.h"
#include "returns/mend/mend.h"
#include "returns/ssda903/check/rule.h"

static void find_rule(const struct report *report, size_t i, struct report_rule *out)
{
	const struct check_rule *rule = check_rule(i);
	const struct check_result *result = report->of;
	*out = (struct report_rule){ .code = rule->code, .message = rule->message, .first = rule->first,
		.last = rule->last, .outcome = REPORT_NOT_RUN };
	if (result == NULL)
		return;
	const struct rule_outcome *outcome = &result->rule[i];
	out->of_year = outcome->of_year;
	out->findings = outcome->findings;
	out->why = outcome->why;
	if (outcome->outcome != CHECK_NOT_RUN)
		out->outcome = outcome->outcome == CHECK_FAILED ? REPORT_FAILED : REPORT_PASSED;
}

void report_finding_ssda903(const struct return_rows *rows, const struct finding *one, struct report_finding *out)
{
	*out = (struct report_finding){ .rule = one->rule, .table = table_rows[one->table].title,
		.field = check_rule(one->rule)->fields, .child = rows->child[one->child], .row = one->row,
		.child_at = one->child, .place = one->table };
}

static bool find_place(size_t rule, uint16_t place, struct report_finding *out)
{
	if (place >= TABLES)
		return false;
	out->table = table_rows[place].title;
	out->field = check_rule(rule)->fields;
	return true;
}

static str find_child(const struct report *report, size_t child_at)
{
	return report->rows->child[child_at];
}

static void find_finding(const struct report *report, size_t i, struct report_finding *out)
{
	const struct check_result *result = report->of;
	report_finding_ssda903(report->rows, &result->item[i], out);
}

static const struct column *known_by(const struct table_row *table)
{
	str key = mend_key(S("ssda903"), table->title);
	for (size_t i = 0; i < table->columns && key.n > 0; i++) {
		if (str_equal(table->column[i].name, key))
			return &table->column[i];
	}
	return NULL;
}

/* A child's rows stand together. */
static day find_known(const struct report *report, size_t i)
{
	const struct check_result *result = report->of;
	const struct finding *one = &result->item[i];
	const struct table_row *table = &table_rows[one->table];
	const struct column *by = known_by(table);
	const uint32_t *start = report->rows->this_year.table[one->table].start;
	for (uint32_t k = start[one->child]; by != NULL && k < start[one->child + 1]; k++) {
		const char *row = report->rows->this_year.table[one->table].row + k * table->size;
		day on = *(const day *)(const void *)(row + by->at);
		if (*(const uint32_t *)(const void *)row == one->row)
			return is_day(on) ? on : DAY_UNKNOWN;
	}
	return DAY_UNKNOWN;
}

_Static_assert((size_t)ROW_REMARKS_KEPT == (size_t)CIN_REMARKS_KEPT, "report_remarks() goes by one of them");

/* What stands in a cell may hold a line end, or what moves a terminal's pen; a file's name any byte. */
static void put_shown(struct buf *out, str text)
{
	uint32_t letter;
	while (utf8_next(&text, &letter))
		buf_utf8(out, letter < ' ' || letter == 0x7f ? ' ' : letter);
}

static size_t put_remark(const struct report *report, size_t i, struct buf *out)
{
	const struct row_remark *one = &report->rows->remarks.item[i];
	day meant;
	struct err why = { 0 };
	if (one->last_year)
		buf_lit(out, "last year's ");
	put_shown(out, utf8_upto(one->path, 100));
	buf_format(out, ", %.*s (column %zu): \"", STR_ARGS(one->column), one->place);
	bool known = loose_day_meant(one->text, &meant);
	put_shown(out, one->text);
	if (!known && one->text.n == 10 && !day_read_slashed(one->text, &meant, &why) &&
		str_starts(str_of(why.text), S("there is no day")))
		buf_lit(out, "\" is a day that there is not");
	else
		buf_lit(out, "\" is no date like 31/03/2026");
	if (known) {
		buf_lit(out, ": write ");
		buf_day_slashed(out, meant);
	}
	return one->line;
}

static const struct report_source source = { find_rule, find_finding, put_remark, find_known, find_child, find_place };

void report_of_ssda903(struct report *out, const struct return_rows *rows, const struct check_asked *asked,
	const struct check_result *result)
{
	*out = (struct report){ .name = S("ssda903"), .year = asked->year, .children = rows->children - 1,
		.rules = check_rules_n(), .numbers = rows->children, .found = result->found, .n = result->n,
		.remarks = rows->remarks.all, .source = &source, .of = result, .rows = rows };
}

void report_of_rules_ssda903(struct report *out)
{
	*out = (struct report){ .name = S("ssda903"), .rules = check_rules_n(), .source = &source };
}
