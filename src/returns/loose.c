#include "returns/loose.h"

#include "base/utf8.h"

enum { SERIAL_1970 = 25569, SERIAL_LEAST = 14611 /* 1940 */, SERIAL_MOST = 73051 /* 2100 */ };

str loose_value(str value)
{
	value = str_trim(value);
	return str_equal_nocase(value, S("null")) || str_equal_nocase(value, S("n/a")) ||
			       str_equal(value, S("-"))
		       ? (str){ 0 }
		       : value;
}

/* ---- days */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t take_digits(str *rest, int *out)
{
	size_t n = 0;
	*out = 0;
	while (n < rest->n && n < 9 && is_digit(rest->p[n]))
		*out = *out * 10 + (rest->p[n++] - '0');
	*rest = str_from(*rest, n);
	return n;
}

static bool take_char(str *rest, char c)
{
	if (rest->n == 0 || rest->p[0] != c)
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

/* "", " 10:30", "T00:00:00.000Z", " 00:00:00 +01:00" */
static bool is_time(str rest)
{
	if (rest.n == 0)
		return true;
	if (rest.p[0] != 'T' && rest.p[0] != 't' && rest.p[0] != ' ')
		return false;
	bool colon = false;
	for (size_t i = 1; i < rest.n; i++) {
		char c = rest.p[i];
		colon |= c == ':';
		if (!is_digit(c) && c != ':' && c != '.' && c != 'Z' && c != '+' && c != '-' &&
			c != ' ' && (c | 0x20) != 'a' && (c | 0x20) != 'p' && (c | 0x20) != 'm')
			return false;
	}
	return colon;
}

static int month_of(str word)
{
	for (int m = 1; m <= 12 && word.n >= 3; m++) {
		str name = str_of(month_name(m));
		if (word.n <= name.n && str_equal_nocase(word, str_upto(name, word.n)))
			return m;
	}
	return 0;
}

/* The three numbers of a day, in the order in which they stand; `shape` is the mark between. */
struct numbers {
	int first, second, third;
	size_t first_n, third_n;
	char mark; /* 'm': the month is a word */
};

static bool take_numbers(str value, struct numbers *out)
{
	str rest = value;
	out->first_n = take_digits(&rest, &out->first);
	if (out->first_n == 0 || rest.n == 0)
		return false;
	out->mark = rest.p[0];
	if (out->mark != '/' && out->mark != '-' && out->mark != '.' && out->mark != ' ')
		return false;
	rest = str_from(rest, 1);
	if (rest.n > 0 && !is_digit(rest.p[0])) {
		size_t n = 0;
		while (n < rest.n && (rest.p[n] | 0x20) >= 'a' && (rest.p[n] | 0x20) <= 'z')
			n++;
		out->second = month_of(str_upto(rest, n));
		rest = str_from(rest, n);
		if (out->second == 0 || (!take_char(&rest, out->mark) && !take_char(&rest, ' ')))
			return false;
		out->mark = 'm';
	} else if (out->mark == ' ' || take_digits(&rest, &out->second) == 0 ||
		   !take_char(&rest, out->mark)) {
		return false;
	}
	out->third_n = take_digits(&rest, &out->third);
	return out->third_n > 0 && is_time(rest);
}

bool loose_is_month_first(str value)
{
	struct numbers n;
	return value.n >= 8 && value.n <= 40 && take_numbers(str_trim(value), &n) && n.mark != 'm' &&
	       n.first_n <= 2 && n.first >= 1 && n.first <= 12 && n.second > 12 && n.second <= 31;
}

static bool made(int year, int month, int dayofmonth, day *out)
{
	if (!day_is_real(year, month, dayofmonth))
		return false;
	*out = day_of(year, month, dayofmonth);
	return true;
}

/* 20260331, or 46112 of a spreadsheet, which may have a part of a day behind it. */
static bool from_number(str value, day *out)
{
	int number, part;
	str rest = value;
	size_t n = take_digits(&rest, &number);
	if (n == 8 && rest.n == 0)
		return made(number / 10000, number / 100 % 100, number % 100, out);
	if (n != 5 || number < SERIAL_LEAST || number > SERIAL_MOST ||
		(rest.n > 0 && (!take_char(&rest, '.') || rest.n > 12)))
		return false;
	while (rest.n > 0 && take_digits(&rest, &part) > 0) {
	}
	*out = number - SERIAL_1970;
	return rest.n == 0;
}

static const char *read_day(str value, size_t month_first, day *out, bool *unsure)
{
	struct numbers n;
	*unsure = false;
	if (from_number(value, out))
		return NULL;
	if (!take_numbers(value, &n))
		return "is no date: write it like 31/03/2026 or 2026-03-31";
	if (n.first_n == 4 && n.mark != 'm')
		return n.third_n <= 2 && made(n.first, n.second, n.third, out)
			       ? NULL
			       : "is a day that there is not";
	if (n.first_n > 2 || (n.third_n != 4 && n.third_n != 2))
		return "is no date: write it like 31/03/2026 or 2026-03-31";
	if (n.third_n == 2)
		return "has a year of two figures: write all four";
	if (n.mark != 'm' && n.first <= 12 && n.second > 12)
		return "is no date, or its month comes first: write it like 31/03/2026";
	*unsure = n.mark != 'm' && month_first > 0 && n.first <= 12 && n.first != n.second;
	return made(n.third, n.second, n.first, out) ? NULL : "is a day that there is not";
}

bool loose_day_meant(str value, day *out)
{
	bool unsure;
	return read_day(str_trim(value), 0, out, &unsure) == NULL;
}

static bool is_blank(struct cells *cells, str column, str value, enum need need)
{
	if (value.n > 0)
		return false;
	if (need == NEEDED)
		cells_fault(cells, column, value,
			arena_format(cells->staging->arena, "%.*s is blank", STR_ARGS(column)));
	return true;
}

day loose_day(struct cells *cells, str column, str value, enum need need, size_t month_first)
{
	day d = DAY_UNKNOWN;
	bool unsure;
	value = loose_value(value);
	if (is_blank(cells, column, value, need))
		return DAY_UNKNOWN;
	/* Most of them by far. */
	if (value.n == 10 && value.p[4] == '-' && day_read(value, &d, NULL))
		return d;
	const char *wrong = read_day(value, month_first, &d, &unsure);
	if (wrong == NULL && !unsure)
		return d;
	cells_fault(cells, column, value,
		wrong != NULL ? str_of(wrong)
			      : arena_format(cells->staging->arena,
					"may be either of two days: line %zu of this column has the "
					"month first",
					month_first));
	return DAY_UNKNOWN;
}

/* ---- codes */

/* "N1", "n1", "N1 - Abuse or neglect", "N1: ...", "Abuse or neglect" */
static const struct code *find_code(const struct code_list *codes, str value)
{
	const struct code *code = code_find(codes, value);
	for (size_t i = 0; code == NULL && i < codes->n; i++) {
		str own = codes->code[i].code;
		if (str_equal_nocase(own, value) || str_equal_nocase(codes->code[i].meaning, value))
			code = &codes->code[i];
		else if (value.n > own.n + 1 && str_equal_nocase(str_upto(value, own.n), own) &&
			 (value.p[own.n] == ' ' || value.p[own.n] == ':' ||
				 value.p[own.n] == '-' || value.p[own.n] == ')'))
			code = &codes->code[i];
	}
	return code;
}

str loose_code(
	struct cells *cells, str column, str value, enum need need, const struct code_list *codes)
{
	value = loose_value(value);
	if (is_blank(cells, column, value, need))
		return (str){ 0 };
	const struct code *code = find_code(codes, value);
	if (code != NULL)
		return code->code;
	cells_fault(cells, column, value,
		arena_format(cells->staging->arena, "not a code for %.*s", STR_ARGS(codes->name)));
	return (str){ 0 };
}

static void tell_left_out(struct cells *cells, str column, str value, str reason)
{
	struct arena *arena = cells->staging->arena;
	staging_reject(cells->staging,
		(struct reject){ cells->file, cells->line, column,
			arena_str(arena, utf8_upto(value, 200)), reason });
}

str loose_code_or_none(struct cells *cells, str column, str value, const struct code_list *codes)
{
	value = loose_value(value);
	const struct code *code = value.n == 0 ? NULL : find_code(codes, value);
	if (value.n > 0 && code == NULL)
		tell_left_out(cells, column, value,
			arena_format(cells->staging->arena,
				"not a code for %.*s: the row is taken without it",
				STR_ARGS(codes->name)));
	return code == NULL ? (str){ 0 } : code->code;
}

str loose_text(struct cells *cells, str column, str value, size_t limit)
{
	value = loose_value(value);
	bool plain = true;
	for (size_t i = 0; i < value.n && plain; i++)
		plain = (unsigned char)value.p[i] >= 0x20 && value.p[i] != 0x7f;
	if (!plain) {
		struct buf line = { 0 };
		for (size_t i = 0; i < value.n; i++) {
			char c = value.p[i];
			if (c == '\n' || c == '\r')
				buf_str(&line, line.n > 0 && line.p[line.n - 1] == ' ' ? S("") : S(", "));
			else
				buf_char(&line, (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c);
		}
		value = str_trim(arena_str(cells->staging->arena, buf_view(&line)));
		buf_close(&line);
	}
	if (utf8_count(value) <= limit)
		return value;
	tell_left_out(cells, column, value,
		arena_format(cells->staging->arena,
			"longer than %zu characters: the row is taken without it", limit));
	return (str){ 0 };
}

enum answer loose_answer(struct cells *cells, str column, str value)
{
	return cells_answer(cells, column, loose_value(value));
}
