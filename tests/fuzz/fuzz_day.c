/* Dates, instants, and either: what is read is written, and read back the same. */
#include "base/instant.h"
#include "fuzz.h"

static void try_days(str text)
{
	struct err err;
	day on, again;
	struct buf buf = { 0 };
	if (day_read(text, &on, &err)) {
		must(on >= DAY_MIN && on <= DAY_MAX);
		buf_day(&buf, on);
		must(str_equal(buf_view(&buf), text));
	}
	buf_clear(&buf);
	if (day_read_slashed(text, &on, &err)) {
		buf_day_slashed(&buf, on);
		must(day_read_slashed(buf_view(&buf), &again, &err) && again == on);
	}
	buf_close(&buf);
}

static void try_whens(str text)
{
	struct err err;
	struct when when, again;
	if (!when_read(text, &when, &err)) {
		must(err.code == ERR_INPUT && err.text[0] != '\0');
		return;
	}
	must(when.at == INSTANT_UNKNOWN || instant_day(when.at) == when.on);
	struct buf buf = { 0 };
	buf_instant_words(&buf, when.at);
	buf_clear(&buf);
	buf_instant_utc(&buf, when.at);
	if (buf.n > 0) {
		must(when_read(buf_view(&buf), &again, &err));
		must(again.on == when.on && when.at - again.at < 1000 && when.at >= again.at);
	}
	buf_clear(&buf);
	buf_instant_local(&buf, when.at);
	if (buf.n > 0) {
		must(when_read(buf_view(&buf), &again, &err));
		must(again.on == when.on && when.at - again.at < INSTANT_MINUTE &&
			when.at >= again.at);
	}
	buf_close(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n };
	try_days(text);
	try_whens(text);
	return 0;
}
