/* quality_cin.c - the census. */
#include "job/quality_find.h"
#include "returns/report.h"

bool quality_find_cin(struct arena *arena, str text, int year, const struct calendar *calendar,
	struct quality_found *out, struct err *err)
{
	const struct cin_asked asked = { .year = year, .calendar = calendar };
	struct cin_result result;
	struct report report;
	struct arena *scratch = arena_open((size_t)16 << 30);
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	*out = (struct quality_found){ 0 };
	bool done = cin_check(scratch, xml, &asked, &result, err);
	xml_close(xml);
	if (done) {
		report_of_cin(&report, &result);
		quality_found_of(arena, &report, out);
	}
	cin_result_close(&result);
	arena_close(scratch);
	return done;
}
