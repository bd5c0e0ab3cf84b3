/* What a worker that somebody has taken over may say that it found: refused, or a report of which each part can
 * be shown, and that is the same once it was written and read. The first byte chooses: any bytes; or a true
 * report of either return with some bytes changed, each by three for where and one for what. */
#include "base/mem.h"
#include "fuzz.h"
#include "job/check_files.h"
#include "returns/report_wire.h"

enum { RAW, SSDA903, CENSUS, KINDS };

static void make(int kind, struct buf *out)
{
	static const struct check_file files[] = {
		[SSDA903] = { CHECK_THIS_YEAR, S_INIT("header.csv"),
			S_INIT("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,X,2012-02-01,WBRI,,0,\nB2,F,,,,,\n") },
		[CENSUS] = { CHECK_THIS_YEAR, S_INIT("cin.xml"),
			S_INIT("<Message><Header><Collection>CIN</Collection><Year>2026</Year></Header><Children>"
			       "<Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers>"
			       "<CINdetails><CINreferralDate>soon</CINreferralDate></CINdetails></Child>"
			       "</Children></Message>") },
	};
	struct check_ask ask = { .cin = kind == CENSUS, .year = 2026, .file = &files[kind], .n = 1 };
	struct arena *arena = arena_open(1 << 26);
	struct check_made made;
	struct err err;
	must(check_files(arena, &ask, &made, &err));
	report_wire_put(out, &made.report);
	check_made_close(&made);
	arena_close(arena);
}

static void change(struct buf *wire, str *input)
{
	while (input->n >= 4) {
		size_t at = 0;
		for (int i = 0; i < 3; i++)
			at = at << 8 | fuzz_choice(input);
		wire->p[at % wire->n] = (char)fuzz_choice(input);
	}
}

static void show(const struct report *report, struct buf *out)
{
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		must(one.table.n > 0 && one.child_at < report->numbers);
		report_json(out, report, &one);
		report_csv(out, report, &one, true);
	}
	report_json_tail(out, report);
	report_csv_whole(out, report);
	report_summary(out, report);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct buf made[KINDS];
	str input = { (const char *)bytes, n };
	int kind = fuzz_choice(&input) % KINDS;
	struct arena *arena = arena_open((size_t)1 << 28);
	struct buf wire = { 0 }, once = { 0 }, twice = { 0 }, shown = { 0 };
	struct report report, again;
	struct err err = { 0 };
	if (kind == RAW) {
		buf_str(&wire, input);
	} else {
		if (made[kind].n == 0)
			make(kind, &made[kind]);
		buf_str(&wire, buf_view(&made[kind]));
		change(&wire, &input);
	}
	if (report_wire_read(arena, buf_view(&wire), &report, &err)) {
		show(&report, &shown);
		report_wire_put(&once, &report);
		must(report_wire_read(arena, buf_view(&once), &again, &err));
		report_wire_put(&twice, &again);
		must(str_equal(buf_view(&once), buf_view(&twice)));
	} else {
		must(err.code == ERR_BROKEN);
	}
	buf_close(&wire);
	buf_close(&once);
	buf_close(&twice);
	buf_close(&shown);
	arena_close(arena);
	return 0;
}
