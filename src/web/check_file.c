/* check_file.c - what a check found, as a file: CSV, JSON or a workbook. */
#include "web/check.h"

#include "job/report_book.h"
#include "store/tracker.h"
#include "web/later.h"

#include <stdlib.h>

enum taken { FORM_CSV, FORM_JSON, FORM_XLSX };

struct taking {
	enum taken form;
	struct check_draft draft;
	struct buf made;
	bool done;
	struct err err;
};

struct numbers {
	str *item; /* in order */
	size_t n;
};

static int by_number(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static bool has_finding(void *to, const struct tracker_child *child)
{
	const struct numbers *numbers = to;
	return numbers->n > 0 &&
		bsearch(&child->number, numbers->item, numbers->n, sizeof *numbers->item, by_number) != NULL;
}

static struct numbers numbers_of(struct arena *arena, const struct report *report)
{
	struct numbers out = { arena_take(arena, report->numbers + 1, sizeof *out.item), 0 };
	bool *has = arena_take(arena, report->numbers + 1, sizeof *has);
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		has[one.child_at] = true;
	}
	for (size_t i = 0; i < report->numbers; i++) {
		if (has[i] && report_child(report, i).n > 0)
			out.item[out.n++] = report_child(report, i);
	}
	if (out.n > 1)
		qsort(out.item, out.n, sizeof *out.item, by_number);
	return out;
}

/* Those with findings whom Duly knows and this reader may see. */
static bool looked(struct page *page, const struct report *report, struct err *err)
{
	struct tracker_children known;
	struct numbers numbers = numbers_of(page->arena, report);
	if (!store_tracker_children(page->store, page->arena, &page->actor, has_finding, &numbers, &known, err))
		return false;
	int64_t *subject = arena_take(page->arena, known.n + 1, sizeof *subject);
	for (size_t i = 0; i < known.n; i++)
		subject[i] = known.item[i].subject;
	page_looked(page, S("export:check"), subject, known.n);
	return true;
}

static void make(struct page *page)
{
	struct taking *taking = page->own;
	const struct report *report = &taking->draft.report;
	taking->done = true;
	if (taking->form == FORM_XLSX) {
		taking->done = report_book(report, &taking->made, &taking->err);
		return;
	}
	if (taking->form == FORM_CSV)
		report_csv_head(&taking->made);
	else
		report_json_head(&taking->made, report);
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		if (taking->form == FORM_CSV)
			report_csv(&taking->made, report, &one, true);
		else
			report_json(&taking->made, report, &one);
	}
	if (taking->form == FORM_JSON)
		report_json_tail(&taking->made, report);
}

static void made(struct page *page, const struct err *failed)
{
	struct taking *taking = page->own;
	static const str type[] = { S_INIT("text/csv; charset=utf-8"), S_INIT("application/x-ndjson"),
		S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") };
	static const str name[] = { S_INIT("findings.csv"), S_INIT("findings.jsonl"), S_INIT("findings.xlsx") };
	if (failed == NULL && taking->done)
		buf_str(page->out, buf_view(&taking->made));
	buf_close(&taking->made);
	if (failed != NULL || !taking->done)
		page_failed(page, failed != NULL ? failed : &taking->err);
	else
		page_file(page, type[taking->form], name[taking->form]);
}

static void take(struct page *page, enum taken form)
{
	struct taking *taking = arena_new(page->arena, struct taking);
	struct err err;
	taking->form = form;
	if (!check_open(page, &taking->draft))
		return;
	if (!looked(page, &taking->draft.report, &err)) {
		page_failed(page, &err);
		return;
	}
	page->own = taking;
	page_work(page, make, made);
}

void check_csv(struct page *page)
{
	take(page, FORM_CSV);
}

void check_json(struct page *page)
{
	take(page, FORM_JSON);
}

void check_xlsx(struct page *page)
{
	take(page, FORM_XLSX);
}
