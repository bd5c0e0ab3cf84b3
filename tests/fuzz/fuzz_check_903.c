/* The whole check of the 903, from the files of two years to what is said of them: refused, or findings in
 * order, each once, in rows that there are and of the child whose row it is; the same whatever the order of
 * the files; and a report that reads back from its bytes. The first byte is the year; a file whose name begins
 * with "last/" is last year's, "providers" is Ofsted's list. */
#include "base/mem.h"
#include "fuzz.h"
#include "fuzz_files.h"
#include "job/check_files.h"
#include "returns/report_wire.h"

enum { FILES = 24, YEARS = 5 };

static int compare(const struct finding *x, const struct finding *y)
{
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Rows are gathered by child. */
static bool is_row_of(const struct return_rows *rows, const struct finding *one)
{
	const uint32_t *start = rows->this_year.table[one->table].start;
	const char *row = rows->this_year.table[one->table].row;
	for (uint32_t i = start[one->child]; i < start[one->child + 1]; i++) {
		if (*(const uint32_t *)(const void *)(row + i * table_rows[one->table].size) == one->row)
			return true;
	}
	return false;
}

static void look_at(const struct check_made *made)
{
	const struct check_result *result = &made->result;
	size_t told = 0;
	for (size_t i = 0; i < result->n; i++) {
		const struct finding *one = &result->item[i];
		must(one->rule < check_rules_n() && one->table < TABLES && one->child < made->rows.children);
		must(is_row_of(&made->rows, one));
		must(i == 0 || compare(one - 1, one) < 0);
	}
	for (size_t i = 0; i < check_rules_n(); i++) {
		const struct rule_outcome *rule = &result->rule[i];
		told += rule->findings;
		must((rule->outcome == CHECK_FAILED) == (rule->findings > 0));
		must(rule->outcome != CHECK_NOT_RUN || rule->findings == 0);
	}
	must(told == result->n && told == result->found);
}

/* What everybody sees of it: in words, as JSON, and back from its bytes. */
static void say(struct arena *arena, const struct report *report)
{
	struct buf out = { 0 };
	struct report again;
	struct err err;
	report_summary(&out, report);
	report_json_tail(&out, report);
	buf_clear(&out);
	report_wire_put(&out, report);
	must(report_wire_read(arena, buf_view(&out), &again, &err));
	must(again.n == report->n && again.found == report->found && again.remarks == report->remarks);
	buf_close(&out);
}

static void turn(struct check_file *file, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct check_file kept = file[i];
		file[i] = file[n - 1 - i];
		file[n - 1 - i] = kept;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str input = { (const char *)bytes, n };
	struct check_ask ask = { .year = 2023 + fuzz_choice(&input) % YEARS, .authority = S("E08000025") };
	struct fuzz_file given[FILES];
	struct check_file file[FILES];
	struct arena *arena = arena_open((size_t)1 << 28);
	struct check_made one, other;
	struct err err = { 0 };
	ask.n = fuzz_files(input, given, FILES);
	ask.file = file;
	for (size_t i = 0; i < ask.n; i++)
		file[i] = (struct check_file){ str_starts(given[i].name, S("last/")) ? CHECK_LAST_YEAR
				: str_starts(given[i].name, S("providers"))          ? CHECK_PROVIDERS
										     : CHECK_THIS_YEAR,
			given[i].name, given[i].bytes };
	bool good = check_files(arena, &ask, &one, &err);
	must(good || err.text[0] != '\0');
	if (good) {
		look_at(&one);
		say(arena, &one.report);
		turn(file, ask.n);
		/* But which of two lists of providers is taken, or which fault is named, may be another. */
		if (check_files(arena, &ask, &other, &err) && other.providers.n == one.providers.n) {
			must(other.result.n == one.result.n);
			for (size_t i = 0; i < one.result.n && one.asked.providers == NULL; i++)
				must(compare(&one.result.item[i], &other.result.item[i]) == 0);
		}
		check_made_close(&other);
	}
	check_made_close(&one);
	arena_close(arena);
	return 0;
}
