#include "clock/event.h"

const struct coverage coverage_all = { .all = true };

/* An open side is DAY_UNKNOWN; a word carried twice is carried over both spans. */
void coverage_add(struct coverage *coverage, enum word word, day from, day to)
{
	struct span *span = &coverage->span[word];
	if (!coverage->carried[word]) {
		*span = (struct span){ from, to };
		coverage->carried[word] = true;
		return;
	}
	if (span->from != DAY_UNKNOWN && (from == DAY_UNKNOWN || from < span->from))
		span->from = from;
	if (span->to != DAY_UNKNOWN && (to == DAY_UNKNOWN || to > span->to))
		span->to = to;
}

static bool read_side(str text, day *out, struct err *err)
{
	*out = DAY_UNKNOWN;
	return text.n == 0 || day_read(text, out, err);
}

bool coverage_read(str text, struct coverage *out, struct err *err)
{
	*out = (struct coverage){ .all = false };
	str piece;
	while (str_split(&text, ',', &piece)) {
		str rest = str_trim(piece), name, from = { 0 }, to = { 0 };
		str_split(&rest, ':', &name);
		enum word word = word_find(name);
		if (word == WORD_NONE)
			return err_set(err, ERR_INPUT,
				"\"%.*s\" is not an event: `duly events` lists them", STR_ARGS(name));
		if (!str_split(&rest, ':', &from) || !str_split(&rest, ':', &to) || rest.p != NULL)
			return err_set(err, ERR_INPUT,
				"write the coverage of %.*s like %.*s:2025-04-01:2026-03-31",
				STR_ARGS(name), STR_ARGS(name));
		day first, last;
		if (!read_side(from, &first, err) || !read_side(to, &last, err))
			return false;
		if (first != DAY_UNKNOWN && last != DAY_UNKNOWN && last < first)
			return err_set(err, ERR_INPUT, "the coverage of %.*s ends before it begins",
				STR_ARGS(name));
		coverage_add(out, word, first, last);
	}
	return true;
}
