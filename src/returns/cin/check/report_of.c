/* report_of.c - the check of the census as a report (returns/report.h). */
#include "returns/report.h"

#include "returns/cin/check/rule.h"

/* A rule whose code ends so is a query: the return may be right, and the council says why. */
static bool is_query(str rule)
{
	return str_ends(rule, S("Q"));
}

static void find_rule(const struct report *report, size_t i, struct report_rule *out)
{
	const struct cin_rule *rule = cin_rule(i);
	const struct cin_result *result = report->of;
	*out = (struct report_rule){ .code = rule->code, .message = rule->message, .first = rule->first,
		.last = rule->last, .query = is_query(rule->code), .outcome = REPORT_NOT_RUN };
	if (result == NULL)
		return;
	const struct cin_rule_outcome *outcome = &result->rule[i];
	out->of_year = outcome->of_year;
	out->whole = outcome->whole;
	out->findings = outcome->findings;
	out->why = outcome->why;
	if (outcome->outcome != CIN_NOT_RUN)
		out->outcome = outcome->outcome == CIN_FAILED ? REPORT_FAILED : REPORT_PASSED;
}

void report_finding_cin(const struct cin_result *result, const struct cin_finding *one, struct report_finding *out)
{
	*out = (struct report_finding){ .rule = one->rule,
		.table = cin_tables[cin_fields[one->field].table].title, .field = cin_fields[one->field].title,
		.child = result->child.item[one->child], .row = one->row, .child_at = one->child,
		.place = one->field };
}

static bool find_place(size_t rule, uint16_t place, struct report_finding *out)
{
	(void)rule;
	if (place >= CIN_FIELDS)
		return false;
	out->table = cin_tables[cin_fields[place].table].title;
	out->field = cin_fields[place].title;
	return true;
}

static str find_child(const struct report *report, size_t child_at)
{
	const struct cin_result *result = report->of;
	return result->child.item[child_at];
}

static void find_finding(const struct report *report, size_t i, struct report_finding *out)
{
	const struct cin_result *result = report->of;
	report_finding_cin(result, &result->item[i], out);
}

static day find_known(const struct report *report, size_t i)
{
	const struct cin_result *result = report->of;
	return result->item[i].known;
}

static size_t put_remark(const struct report *report, size_t i, struct buf *out)
{
	const struct cin_result *result = report->of;
	const struct cin_remark *one = &result->remarks.item[i];
	buf_str(out, one->element);
	if (one->text.n == 0)
		buf_lit(out, " stands where the census has none, and is not read");
	else
		buf_format(out, " \"%.*s\" is no date like 2026-03-31%s", STR_ARGS(one->text),
			one->read == DAY_UNKNOWN ? ", and counts as missing" : "");
	return one->line;
}

static const struct report_source source = { find_rule, find_finding, put_remark, find_known, find_child, find_place };

void report_of_cin(struct report *out, const struct cin_result *result)
{
	*out = (struct report){ .name = S("cin"), .year = result->year, .children = result->child.n,
		.rules = cin_rules_n(), .numbers = result->child.n, .found = result->found, .n = result->n, .whole = result->whole,
		.remarks = result->remarks.all, .source = &source, .of = result };
}

void report_of_rules_cin(struct report *out)
{
	*out = (struct report){ .name = S("cin"), .rules = cin_rules_n(), .source = &source };
}
