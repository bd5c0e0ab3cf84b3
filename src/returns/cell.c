#include "returns/cell.h"

#include "base/utf8.h"

struct cells cells_of(struct staging *staging, str file, size_t line)
{
	return (struct cells){ .staging = staging, .file = file, .line = line };
}

void cells_fault(struct cells *cells, str column, str value, str reason)
{
	struct arena *arena = cells->staging->arena;
	value = utf8_upto(value, 200);
	if (!cells->bad) {
		cells->bad = true;
		cells->reject = (struct reject){ cells->file, cells->line, column,
			arena_str(arena, value), reason };
		return;
	}
	cells->reject.reason = arena_format(arena, "%.*s; also %.*s \"%.*s\": %.*s",
		STR_ARGS(cells->reject.reason), STR_ARGS(column), STR_ARGS(value),
		STR_ARGS(reason));
}

bool cells_end(struct cells *cells)
{
	if (cells->bad)
		staging_reject(cells->staging, cells->reject);
	return !cells->bad;
}

static bool is_empty(struct cells *cells, str column, str value, enum need need)
{
	if (value.n > 0)
		return false;
	if (need == NEEDED)
		cells_fault(cells, column, value,
			arena_format(cells->staging->arena, "%.*s is blank", STR_ARGS(column)));
	return true;
}

day cells_day(struct cells *cells, str column, str value, enum need need, bool slashed)
{
	value = str_trim(value);
	if (is_empty(cells, column, value, need))
		return DAY_UNKNOWN;
	day d = DAY_UNKNOWN;
	struct err err = { 0 };
	bool has_slash = str_find(value, '/') < value.n;
	bool good = slashed && (has_slash || value.n < 10 || value.p[4] != '-')
			    ? day_read_slashed(value, &d, &err)
			    : day_read(value, &d, &err);
	if (good)
		return d;
	cells_fault(cells, column, value, arena_str(cells->staging->arena, str_of(err.text)));
	return DAY_UNKNOWN;
}

str cells_code(
	struct cells *cells, str column, str value, enum need need, const struct code_list *codes)
{
	value = str_trim(value);
	if (is_empty(cells, column, value, need))
		return (str){ 0 };
	const struct code *code = code_find(codes, value);
	if (code != NULL)
		return code->code;
	cells_fault(cells, column, value,
		arena_format(cells->staging->arena, "not a code for %.*s", STR_ARGS(codes->name)));
	return (str){ 0 };
}

str cells_text(struct cells *cells, str column, str value, enum need need, size_t limit)
{
	value = str_trim(value);
	if (is_empty(cells, column, value, need))
		return (str){ 0 };
	for (size_t i = 0; i < value.n; i++) {
		if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f) {
			cells_fault(cells, column, (str){ 0 },
				S("holds a line break or another control character"));
			return (str){ 0 };
		}
	}
	if (utf8_count(value) > limit) {
		cells_fault(cells, column, value,
			arena_format(cells->staging->arena, "longer than %zu characters", limit));
		return (str){ 0 };
	}
	return value;
}

enum answer cells_answer(struct cells *cells, str column, str value)
{
	static const str yes[] = { S_INIT("yes"), S_INIT("y"), S_INIT("true"), S_INIT("1") };
	static const str no[] = { S_INIT("no"), S_INIT("n"), S_INIT("false"), S_INIT("0") };
	value = str_trim(value);
	if (value.n == 0)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (str_equal_nocase(value, yes[i]))
			return ANSWER_YES;
		if (str_equal_nocase(value, no[i]))
			return ANSWER_NO;
	}
	cells_fault(cells, column, value, S("write yes or no"));
	return ANSWER_UNKNOWN;
}

str cells_sex(struct cells *cells, str column, str value)
{
	value = str_trim(value);
	if (str_equal(value, S("1")))
		return S("M");
	if (str_equal(value, S("2")))
		return S("F");
	if (str_equal(value, S("0")) || str_equal(value, S("9")))
		return S("U");
	return cells_code(cells, column, value, OPTIONAL, &codes_sex);
}

str cells_child(struct cells *cells, str column, str value)
{
	return cells_text(cells, column, value, NEEDED, 40);
}
