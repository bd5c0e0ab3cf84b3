/* quality_found.c - what a report says, as it is kept: with who can put it right, and the day by which a row is
 * known. */
#include "base/mem.h"
#include "job/quality_find.h"
#include "returns/mend/mend.h"
#include "returns/report.h"

void quality_found_close(struct quality_found *found)
{
	mem_free(found->item);
	mem_free(found->unrun.item);
	*found = (struct quality_found){ 0 };
}

static str day_text(struct arena *arena, day on)
{
	char text[10];
	if (on == DAY_UNKNOWN)
		return (str){ 0 };
	day_put(text, on);
	return arena_str(arena, (str){ text, sizeof text });
}

static void take_finding(struct arena *arena, const struct report *report, size_t i, const str *number,
	struct quality_found *out)
{
	struct report_finding one;
	struct report_rule rule;
	report_finding(report, i, &one);
	report_rule(report, one.rule, &rule);
	const struct mend_place place = { report->name, rule.code, one.table, one.field };
	ARRAY_MORE(out) = (struct quality_finding){ .rule = rule.code,
		.name = one.table,
		.line = one.row,
		.field = one.field,
		.number = number[one.child_at],
		.regards = day_text(arena, report_known(report, i)),
		.hand = mender_text(mend_by(&place)) };
}

void quality_found_of(struct arena *arena, const struct report *report, struct quality_found *out)
{
	struct report_rule rule;
	str *number = arena_take(arena, report->numbers + 1, sizeof *number);
	for (size_t i = 0; i < report->numbers; i++)
		number[i] = arena_str(arena, report_child(report, i));
	out->year = report->year;
	out->children = (int64_t)report->children;
	for (size_t i = 0; i < report->n; i++)
		take_finding(arena, report, i, number, out);
	for (size_t i = 0; i < report->rules; i++) {
		report_rule(report, i, &rule);
		/* With the whole return: it lies in no row. */
		if (rule.whole)
			ARRAY_MORE(out) = (struct quality_finding){ .rule = rule.code, .line = -1,
				.hand = mender_text(MENDER_SYSTEM) };
		else if (rule.outcome == REPORT_NOT_RUN && rule.why.n > 0)
			ARRAY_MORE(&out->unrun) = (struct quality_unrun){ rule.code, arena_str(arena, rule.why) };
	}
}
