#include "base/csv.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* A mark is a byte that means something: separator, quotation mark, CR, LF. They are looked for in
 * blocks of 64 bytes, a bit each, so that the bytes between them are never looked at singly. */
enum { BLOCK = 64 };

static uint64_t marks_singly(const char *p, size_t n, char separator)
{
	uint64_t marks = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == separator || p[i] == '"' || p[i] == '\n' || p[i] == '\r')
			marks |= (uint64_t)1 << i;
	}
	return marks;
}

#if defined(__SSE2__)
static uint64_t marks_in_block(const char *p, char separator)
{
	const __m128i s = _mm_set1_epi8(separator), q = _mm_set1_epi8('"');
	const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	uint64_t marks = 0;
	for (int i = 0; i < BLOCK; i += 16) {
		__m128i x;
		memcpy(&x, p + i, sizeof x);
		__m128i m = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, s), _mm_cmpeq_epi8(x, q)),
			_mm_or_si128(_mm_cmpeq_epi8(x, lf), _mm_cmpeq_epi8(x, cr)));
		marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(m) << i;
	}
	return marks;
}
#else
static uint64_t marks_in_block(const char *p, char separator)
{
	return marks_singly(p, BLOCK, separator);
}
#endif

static void find_marks(struct csv *csv)
{
	const char *p = csv->p + csv->block;
	size_t left = csv->n - csv->block;
	csv->marks = left >= BLOCK ? marks_in_block(p, csv->options.separator) :
				     marks_singly(p, left, csv->options.separator);
}

/* Where the next mark is, which is thereby used up; csv->n when there is none. */
static size_t next_mark(struct csv *csv)
{
	while (csv->marks == 0) {
		if (csv->n - csv->block <= BLOCK)
			return csv->n;
		csv->block += BLOCK;
		find_marks(csv);
	}
	size_t at = csv->block + (size_t)__builtin_ctzll(csv->marks);
	csv->marks &= csv->marks - 1;
	return at;
}

/* Which of , ; TAB the first line has most of, outside quotation marks; a comma when none. */
static char detect(str text)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (c == '\n' || c == '\r')
			break;
		commas += c == ',';
		semicolons += c == ';';
		tabs += c == '\t';
	}
	if (tabs > commas && tabs >= semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

struct csv csv_open(str text, struct arena *arena, struct csv_options options)
{
	if (options.separator == 0)
		options.separator = ',';
	if (options.separator == CSV_DETECT)
		options.separator = detect(text);
	must(options.separator != '"' && options.separator != '\n' && options.separator != '\r');
	if (options.fields_max == 0)
		options.fields_max = 1000;
	if (options.field_max == 0)
		options.field_max = 1000000;
	struct csv csv = { .p = text.p, .n = text.n, .line = 1, .options = options, .arena = arena };
	if (csv.n > 0)
		find_marks(&csv);
	return csv;
}

static bool fault(struct csv *csv, enum err_code code, const char *what)
{
	csv->at = csv->n;
	return err_set(&csv->err, code, "line %zu, column %zu: %s", csv->line, csv->fields + 1, what);
}

static void make_room(struct csv *csv)
{
	size_t room = csv->room == 0 ? 16 : csv->room * 2;
	str *field = arena_take(csv->arena, room, sizeof(str));
	if (csv->fields > 0)
		memcpy(field, csv->field, csv->fields * sizeof(str));
	csv->field = field;
	csv->room = room;
}

static inline bool add_field(struct csv *csv, str field)
{
	if (field.n > csv->options.field_max)
		return fault(csv, ERR_FULL, "the text of the field is too long");
	if (csv->fields == csv->options.fields_max)
		return fault(csv, ERR_FULL, "the row has too many columns");
	if (csv->fields == csv->room)
		make_room(csv);
	csv->field[csv->fields++] = field;
	return true;
}

/* A line ends at `at`: past CR LF, CR or LF. */
static void pass_line_end(struct csv *csv, size_t at)
{
	csv->at = at + 1;
	if (csv->p[at] == '\r' && csv->at < csv->n && csv->p[csv->at] == '\n')
		csv->at = next_mark(csv) + 1;
	csv->line++;
}

/* The inside of a quoted field, each doubled quotation mark made one. */
static str unescape(struct csv *csv, str inside)
{
	char *to = arena_take(csv->arena, inside.n, 1);
	size_t n = 0;
	for (size_t i = 0; i < inside.n; i++) {
		to[n++] = inside.p[i];
		if (inside.p[i] == '"')
			i++;
	}
	return (str){ to, n };
}

/* At an opening quotation mark: adds the field, and leaves *end at the byte after the closing one,
 * which is a mark not used up yet, or the end. */
static bool quoted_field(struct csv *csv, size_t *end)
{
	size_t open = next_mark(csv), line = csv->line, doubled = 0;
	for (;;) {
		size_t at = next_mark(csv);
		if (at == csv->n) {
			csv->line = line;
			return fault(csv, ERR_INPUT, "a quotation mark is opened and never closed");
		}
		if (csv->p[at] == '\n' || csv->p[at] == '\r') {
			pass_line_end(csv, at);
			continue;
		}
		if (csv->p[at] != '"')
			continue;
		if (at + 1 < csv->n && csv->p[at + 1] == '"') {
			next_mark(csv);
			doubled++;
			continue;
		}
		str inside = { csv->p + open + 1, at - open - 1 };
		*end = at + 1;
		if (inside.n - doubled > csv->options.field_max)
			return fault(csv, ERR_FULL, "the text of the field is too long");
		if (doubled > 0) {
			inside = unescape(csv, inside);
			if (arena_full(csv->arena))
				return fault(csv, ERR_FULL, "the file is larger than memory allows");
		}
		return add_field(csv, inside);
	}
}

/* One field, and the mark after it; *last when that ends the row. */
static bool next_field(struct csv *csv, bool *last)
{
	size_t from = csv->at, at;
	if (from < csv->n && csv->p[from] == '"') {
		size_t end = 0;
		if (!quoted_field(csv, &end))
			return false;
		at = next_mark(csv);
		if (at != end) {
			csv->fields--;
			return fault(csv, ERR_INPUT, "text follows the closing quotation mark");
		}
	} else {
		at = next_mark(csv);
		if (at < csv->n && csv->p[at] == '"')
			return fault(csv, ERR_INPUT,
				"a quotation mark stands inside text that does not begin with one");
		if (!add_field(csv, (str){ csv->p + from, at - from }))
			return false;
	}
	*last = at == csv->n || csv->p[at] != csv->options.separator;
	if (at == csv->n)
		csv->at = at;
	else if (*last)
		pass_line_end(csv, at);
	else
		csv->at = at + 1;
	return true;
}

static bool at_line_end(const struct csv *csv)
{
	return csv->at < csv->n && (csv->p[csv->at] == '\n' || csv->p[csv->at] == '\r');
}

bool csv_next(struct csv *csv, struct csv_row *row)
{
	while (at_line_end(csv))
		pass_line_end(csv, next_mark(csv));
	if (csv->at == csv->n)
		return false;
	row->line = csv->line;
	csv->fields = 0;
	for (bool last = false; !last;) {
		if (!next_field(csv, &last))
			return false;
	}
	row->field = csv->field;
	row->n = csv->fields;
	return true;
}

bool csv_end(const struct csv *csv, struct err *err)
{
	if (csv->err.code != ERR_NONE)
		return err_set(err, csv->err.code, "%s", csv->err.text);
	return true;
}

static void list_name(struct buf *list, str name)
{
	if (list == NULL)
		return;
	if (list->n > 0)
		buf_lit(list, ", ");
	buf_str(list, name);
}

bool csv_columns(const struct csv_row *header, struct csv_column *wanted, size_t n,
	struct buf *unknown, struct err *err)
{
	struct buf twice = { 0 }, missing = { 0 };
	for (size_t w = 0; w < n; w++)
		wanted[w].at = CSV_ABSENT;
	for (size_t i = 0; i < header->n; i++) {
		str name = str_trim(header->field[i]);
		size_t w = 0;
		while (w < n && !str_equal_nocase(name, str_of(wanted[w].name)))
			w++;
		if (w == n)
			list_name(unknown, name);
		else if (wanted[w].at != CSV_ABSENT)
			list_name(&twice, name);
		else
			wanted[w].at = i;
	}
	for (size_t w = 0; w < n; w++) {
		if (wanted[w].at == CSV_ABSENT && !wanted[w].optional)
			list_name(&missing, str_of(wanted[w].name));
	}
	bool found = twice.n == 0 && missing.n == 0;
	if (!found)
		err_set(err, ERR_INPUT, "line %zu: %s%.*s%s%s%.*s", header->line,
			missing.n > 0 ? "columns missing: " : "", STR_ARGS(buf_view(&missing)),
			missing.n > 0 && twice.n > 0 ? "; " : "",
			twice.n > 0 ? "columns that come twice: " : "", STR_ARGS(buf_view(&twice)));
	buf_close(&twice);
	buf_close(&missing);
	return found;
}

str csv_field(const struct csv_row *row, const struct csv_column *column)
{
	return column->at < row->n ? row->field[column->at] : (str){ NULL, 0 };
}

static bool is_formula(str field)
{
	return field.n > 0 && memchr("=+-@\t\r", field.p[0], 6) != NULL;
}

/* Room for a field of n bytes at the end of the buf, behind the comma; NULL: it does not fit. */
static inline char *begin_field(struct csv_out *out, size_t n)
{
	size_t comma = out->fields++ > 0;
	if (comma == 0)
		out->start = out->buf->n;
	char *at = buf_reserve(out->buf, n + comma);
	if (at == NULL)
		return NULL;
	if (comma > 0)
		*at++ = ',';
	out->buf->n += comma;
	return at;
}

#if defined(__SSE2__)
/* Looking at every byte costs less than stopping early. The last sixteen may overlap those before; of
 * fewer than that the first eight and the last eight stand together. */
static bool has_mark(str field)
{
	const __m128i s = _mm_set1_epi8(','), q = _mm_set1_epi8('"');
	const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	__m128i any = _mm_setzero_si128();
	for (size_t i = 0; i < field.n; i += sizeof any) {
		int64_t half[2];
		size_t last = field.n - 8, second = i + 8 < last ? i + 8 : last;
		memcpy(&half[0], field.p + (second < 8 ? 0 : second - 8), 8);
		memcpy(&half[1], field.p + second, 8);
		__m128i x = _mm_set_epi64x(half[1], half[0]);
		any = _mm_or_si128(any, _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(x, s), _mm_cmpeq_epi8(x, q)),
			_mm_or_si128(_mm_cmpeq_epi8(x, lf), _mm_cmpeq_epi8(x, cr))));
	}
	return _mm_movemask_epi8(any) != 0;
}
#endif

static bool needs_quotes(str field)
{
#if defined(__SSE2__)
	if (field.n >= 8)
		return has_mark(field);
#endif
	static const unsigned char is_mark[256] = {
		[','] = 1, ['"'] = 1, ['\n'] = 1, ['\r'] = 1
	};
	unsigned char any = 0;
	for (size_t i = 0; i < field.n; i++)
		any |= is_mark[(unsigned char)field.p[i]];
	return any != 0;
}

/* What was written from out->text on, between quotation marks where it must be, each inside doubled, and
 * behind an apostrophe where a spreadsheet would run it. */
void csv_end_text(struct csv_out *out)
{
	struct buf *buf = out->buf;
	str field = { buf->p + out->text, buf->n - out->text };
	bool guard = out->safe && is_formula(field), quoted = needs_quotes(field);
	if (!guard && !quoted)
		return;
	size_t more = (size_t)guard + 2 * (size_t)quoted;
	for (size_t i = 0; i < field.n; i++)
		more += field.p[i] == '"';
	char *end = buf_reserve(buf, more);
	if (end == NULL)
		return;
	/* From its end on, so that nothing is overwritten before it has moved. */
	char *to = end + more;
	if (quoted)
		*--to = '"';
	for (const char *from = end; from > buf->p + out->text;) {
		*--to = *--from;
		if (*from == '"')
			*--to = '"';
	}
	if (guard)
		*--to = '\'';
	if (quoted)
		*--to = '"';
	buf->n += more;
}

struct buf *csv_begin_text(struct csv_out *out)
{
	begin_field(out, 0);
	out->text = out->buf->n;
	return out->buf;
}

void csv_put_name(struct csv_out *out, str name)
{
	char *at = begin_field(out, name.n);
	if (at == NULL || name.n == 0)
		return;
	memcpy(at, name.p, name.n);
	out->buf->n += name.n;
}

void csv_put(struct csv_out *out, str field)
{
	if (!out->safe && !needs_quotes(field)) {
		csv_put_name(out, field);
		return;
	}
	buf_str(csv_begin_text(out), field);
	csv_end_text(out);
}

char *csv_row_open(struct csv_out *out, size_t most)
{
	must(out->fields == 0 && !out->safe);
	out->start = out->buf->n;
	return buf_reserve(out->buf, most);
}

void csv_row_filled(struct csv_out *out, size_t fields, const char *end)
{
	out->fields = fields;
	out->buf->n = (size_t)(end - out->buf->p);
}

void csv_put_int(struct csv_out *out, int64_t value)
{
	begin_field(out, 0);
	buf_int(out->buf, value);
}

void csv_put_day(struct csv_out *out, day d)
{
	size_t n = d == DAY_UNKNOWN ? 0 : 10;
	char *at = begin_field(out, n);
	if (at == NULL || n == 0)
		return;
	day_put(at, d);
	out->buf->n += n;
}

void csv_put_end(struct csv_out *out)
{
	/* A lone empty field would make an empty line, which is no row. */
	if (out->fields == 1 && out->buf->n == out->start)
		buf_lit(out->buf, "\"\"");
	buf_char(out->buf, '\n');
	out->fields = 0;
}
