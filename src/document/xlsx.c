#include "document/xlsx.h"

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/xml.h"
#include "document/zip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	PART_MAX = 48 << 20,   /* bytes of one part, inflated */
	STRINGS_MAX = 400000,
	STYLES_MAX = 65536,
	FORMATS_MAX = 4096,
	SERIAL_1970 = 25569,   /* 1 January 1970 in the date system of 1900 */
	SERIAL_1904 = 1462,    /* days from its first to that of the system of 1904 */
};

struct reading {
	struct arena *arena;
	struct zip_parts *parts;
	struct grids *out;
	struct buf part; /* the part being read, inflated */
	struct {
		str *item;
		size_t n, room;
	} strings;
	struct {
		bool *item; /* by style: is it a date? */
		size_t n, room;
	} dates;
	bool from_1904;
};

/* ---- dates */

bool xlsx_is_date_format(str format)
{
	bool date = false;
	for (size_t i = 0; i < format.n && format.p[i] != ';'; i++) {
		char c = format.p[i];
		if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (c == '"' || c == '[') {
			size_t close = str_find(str_from(format, i + 1), c == '"' ? '"' : ']');
			i += close + 1;
		} else if ((c | 0x20) == 'y' || (c | 0x20) == 'd') {
			date = true;
		}
	}
	return date;
}

/* The formats that a workbook need not spell out (ECMA-376, 18.8.30). */
static bool is_built_in_date(int64_t format)
{
	return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 36) ||
	       (format >= 50 && format <= 58);
}

bool xlsx_day(double serial, bool from_1904, struct buf *out)
{
	if (!(serial >= 1) || serial > 200000)
		return false;
	int64_t days = (int64_t)floor(serial);
	int64_t d = days - SERIAL_1970 + (from_1904 ? SERIAL_1904 : days < 60 ? 1 : 0);
	if (d < DAY_MIN || d > DAY_MAX)
		return false;
	buf_day(out, (day)d);
	return true;
}

/* ---- a part, as XML */

static struct xml *part_open(struct reading *reading, str name, struct err *err)
{
	str text;
	enum text_encoding encoding;
	reading->part.limit = PART_MAX;
	buf_clear(&reading->part);
	if (!zip_parts_read(reading->parts, name, &reading->part, err) ||
		!text_decode(buf_view(&reading->part), reading->arena, &text, &encoding, err))
		return NULL;
	return xml_open(text, (struct xml_limits){ .text = 100000, .nodes = 4000000 });
}

static bool part_close(struct xml *xml, struct err *err)
{
	struct err why;
	bool whole = xml_end(xml, &why);
	xml_close(xml);
	return whole || err_set(err, ERR_INPUT, "the workbook is damaged, or was not made by a "
						"spreadsheet program: %s", why.text);
}

static bool is(const struct xml *xml, const char *name)
{
	return str_equal(xml_name(xml), str_of(name));
}

/* ---- which parts there are */

struct part_name {
	str id, type, path;
};

struct names {
	struct part_name item[GRIDS_MAX * 4];
	size_t n;
};

/* "worksheets/sheet1.xml", as said in "xl/workbook.xml", is "xl/worksheets/sheet1.xml". */
static str path_of(struct arena *arena, str from, str target)
{
	if (str_starts(target, S("/")))
		return arena_str(arena, str_from(target, 1));
	size_t folder = from.n;
	while (folder > 0 && from.p[folder - 1] != '/')
		folder--;
	return arena_format(arena, "%.*s%.*s", STR_ARGS(str_upto(from, folder)), STR_ARGS(target));
}

/* What the part named `from` relates to; its own list stands beside it. */
static bool names_read(struct reading *reading, str from, struct names *out, struct err *err)
{
	size_t folder = from.n;
	while (folder > 0 && from.p[folder - 1] != '/')
		folder--;
	str list = arena_format(reading->arena, "%.*s_rels/%.*s.rels",
		STR_ARGS(str_upto(from, folder)), STR_ARGS(str_from(from, folder)));
	struct xml *xml = part_open(reading, list, err);
	enum xml_kind kind;
	if (xml == NULL)
		return false;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind != XML_START || !is(xml, "Relationship") ||
			out->n == sizeof out->item / sizeof *out->item)
			continue;
		out->item[out->n++] = (struct part_name){
			.id = arena_str(reading->arena, xml_attribute(xml, "Id")),
			.type = arena_str(reading->arena, xml_attribute(xml, "Type")),
			.path = path_of(reading->arena, from, xml_attribute(xml, "Target")) };
	}
	return part_close(xml, err);
}

static str name_find(const struct names *names, str id, str type)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct part_name *name = &names->item[i];
		if (id.n > 0 ? str_equal(name->id, id) : str_ends(name->type, type))
			return name->path;
	}
	return (str){ 0 };
}

/* ---- strings that cells share */

static bool strings_read(struct reading *reading, str path, struct err *err)
{
	struct xml *xml = path.n == 0 ? NULL : part_open(reading, path, err);
	enum xml_kind kind;
	struct buf text = { .limit = GRID_CELL_MAX * 2 };
	bool within = false, spoken = false;
	if (xml == NULL)
		return path.n == 0;
	while ((kind = xml_next(xml)) != XML_OVER && reading->strings.n < STRINGS_MAX) {
		if (kind == XML_TEXT) {
			if (within && !spoken)
				buf_str(&text, xml_text(xml));
			continue;
		}
		bool starts = kind == XML_START;
		if (is(xml, "rPh")) /* how it is said aloud, in Japanese */
			spoken = starts;
		else if (is(xml, "t"))
			within = starts;
		else if (is(xml, "si") && starts)
			buf_clear(&text);
		else if (is(xml, "si"))
			ARRAY_MORE(&reading->strings) = arena_str(reading->arena, buf_view(&text));
	}
	buf_close(&text);
	return part_close(xml, err);
}

/* ---- styles: which of them show a number as a date */

struct formats {
	int64_t id[FORMATS_MAX];
	bool date[FORMATS_MAX];
	size_t n;
};

static int64_t number_of(str s)
{
	int64_t number;
	return str_int(s, &number) ? number : -1;
}

static bool format_is_date(const struct formats *formats, int64_t id)
{
	for (size_t i = 0; i < formats->n; i++) {
		if (formats->id[i] == id)
			return formats->date[i];
	}
	return is_built_in_date(id);
}

static bool styles_read(struct reading *reading, str path, struct err *err)
{
	struct xml *xml = path.n == 0 ? NULL : part_open(reading, path, err);
	struct formats *formats = arena_new(reading->arena, struct formats);
	enum xml_kind kind;
	bool cells = false;
	if (xml == NULL)
		return path.n == 0;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind == XML_TEXT)
			continue;
		if (is(xml, "cellXfs")) {
			cells = kind == XML_START;
		} else if (kind == XML_START && is(xml, "numFmt") && formats->n < FORMATS_MAX) {
			formats->id[formats->n] = number_of(xml_attribute(xml, "numFmtId"));
			formats->date[formats->n++] =
				xlsx_is_date_format(xml_attribute(xml, "formatCode"));
		} else if (kind == XML_START && cells && is(xml, "xf") &&
			   reading->dates.n < STYLES_MAX) {
			int64_t id = number_of(xml_attribute(xml, "numFmtId"));
			ARRAY_MORE(&reading->dates) = format_is_date(formats, id);
		}
	}
	return part_close(xml, err);
}

/* ---- cells */

struct cell_reading {
	str cell[GRID_COLUMNS_MAX];
	size_t n, column, number;
	str type;
	bool date, within;
	struct buf text;
};

/* "AB12" is in column 27, counted from 0; without letters, the next one. */
static size_t column_of(str reference, size_t next)
{
	size_t column = 0, letters = 0;
	while (letters < reference.n && letters < 4 && reference.p[letters] >= 'A' &&
		reference.p[letters] <= 'Z')
		column = column * 26 + (size_t)(reference.p[letters++] - 'A') + 1;
	return letters == 0 ? next : column - 1;
}

/* A number as a person would write it: 100234, not 1.00234E5. */
static str number_text(struct reading *reading, const struct cell_reading *now, str raw)
{
	char text[40], *end;
	if (raw.n == 0 || raw.n >= sizeof text)
		return raw;
	memcpy(text, raw.p, raw.n);
	text[raw.n] = '\0';
	double value = strtod(text, &end);
	if (*end != '\0' || !isfinite(value))
		return raw;
	if (now->date) {
		struct buf out = { 0 };
		bool is_day = xlsx_day(value, reading->from_1904, &out);
		str found = is_day ? arena_str(reading->arena, buf_view(&out)) : raw;
		buf_close(&out);
		return found;
	}
	bool whole = floor(value) == value && fabs(value) < 1e15;
	return whole ? arena_format(reading->arena, "%.0f", value)
		     : arena_format(reading->arena, "%.12g", value);
}

static str cell_text(struct reading *reading, const struct cell_reading *now)
{
	str raw = buf_view(&now->text);
	int64_t at;
	if (str_equal(now->type, S("s")))
		return str_int(raw, &at) && at >= 0 && (size_t)at < reading->strings.n
			       ? reading->strings.item[at]
			       : (str){ 0 };
	if (str_equal(now->type, S("e")))
		return (str){ 0 }; /* #REF!, #N/A */
	if (str_equal(now->type, S("b")))
		return str_equal(raw, S("1")) ? S("Yes") : S("No");
	if (str_equal(now->type, S("d")))
		return arena_str(reading->arena, str_upto(raw, 10));
	if (now->type.n == 0 || str_equal(now->type, S("n")))
		return number_text(reading, now, raw);
	return arena_str(reading->arena, raw);
}

static void cell_begin(struct reading *reading, struct cell_reading *now, const struct xml *xml)
{
	int64_t style = number_of(xml_attribute(xml, "s"));
	now->column = column_of(xml_attribute(xml, "r"), now->n == 0 ? 0 : now->column + 1);
	now->type = arena_str(reading->arena, str_upto(xml_attribute(xml, "t"), 12));
	now->date = style >= 0 && (size_t)style < reading->dates.n && reading->dates.item[style];
	buf_clear(&now->text);
}

static void cell_end(struct reading *reading, struct cell_reading *now)
{
	str text = now->text.n == 0 ? (str){ 0 } : cell_text(reading, now);
	if (now->column >= GRID_COLUMNS_MAX)
		return;
	/* Between this cell and the last are cells that hold nothing. */
	while (now->n <= now->column)
		now->cell[now->n++] = (str){ 0 };
	/* What points into the cell's own text goes with the next. */
	now->cell[now->column] = text.p == now->text.p ? arena_str(reading->arena, text) : text;
}

static bool cells_read(struct reading *reading, struct grid *grid, struct xml *xml,
	struct cell_reading *now, struct err *err)
{
	enum xml_kind kind;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind == XML_TEXT) {
			if (now->within)
				buf_str(&now->text, xml_text(xml));
			continue;
		}
		bool starts = kind == XML_START;
		if (is(xml, "row") && starts) {
			int64_t given = number_of(xml_attribute(xml, "r"));
			now->number = given > 0 && given <= 1048576 ? (size_t)given : now->number + 1;
			now->n = 0;
		} else if (is(xml, "row")) {
			if (!grid_add_row(reading->arena, reading->out, grid, now->number, now->cell,
				    now->n, err))
				return false;
		} else if (is(xml, "c")) {
			if (starts)
				cell_begin(reading, now, xml);
			else
				cell_end(reading, now);
		} else if (is(xml, "v") || is(xml, "t")) {
			now->within = starts;
		}
	}
	return true;
}

static bool sheet_add(struct reading *reading, str name, str path, struct err *err)
{
	struct grid *grid = grids_add(reading->arena, reading->out, name);
	struct xml *xml = grid == NULL ? NULL : part_open(reading, path, err);
	if (xml == NULL)
		return grid == NULL; /* more sheets than anybody would choose from are left out */
	struct cell_reading *now = arena_new(reading->arena, struct cell_reading);
	now->text.limit = GRID_CELL_MAX * 2;
	bool read = cells_read(reading, grid, xml, now, err);
	buf_close(&now->text);
	if (!read) {
		xml_close(xml);
		return false;
	}
	return part_close(xml, err);
}

/* ---- the workbook */

struct sheets {
	str name[GRIDS_MAX], id[GRIDS_MAX];
	size_t n;
};

static bool workbook_read(struct reading *reading, str path, struct sheets *sheets, struct err *err)
{
	struct xml *xml = part_open(reading, path, err);
	enum xml_kind kind;
	if (xml == NULL)
		return false;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind != XML_START)
			continue;
		if (is(xml, "workbookPr")) {
			str from = xml_attribute(xml, "date1904");
			reading->from_1904 = str_equal(from, S("1")) || str_equal(from, S("true"));
		} else if (is(xml, "sheet") && sheets->n < GRIDS_MAX &&
			   (xml_attribute(xml, "state").n == 0 ||
				   str_equal(xml_attribute(xml, "state"), S("visible")))) {
			sheets->name[sheets->n] = arena_str(reading->arena, xml_attribute(xml, "name"));
			sheets->id[sheets->n++] = arena_str(reading->arena, xml_attribute(xml, "id"));
		}
	}
	return part_close(xml, err);
}

static bool book_read(struct reading *reading, struct err *err)
{
	struct names top = { 0 };
	struct names *names = arena_new(reading->arena, struct names);
	struct sheets *sheets = arena_new(reading->arena, struct sheets);
	if (!zip_parts_has(reading->parts, S("[Content_Types].xml")) ||
		!names_read(reading, S(""), &top, err))
		return err_set(err, ERR_INPUT, "the file is packed, but is no workbook of Excel: save it as "
					       "an Excel workbook (.xlsx) or as CSV");
	str book = name_find(&top, (str){ 0 }, S("/officeDocument"));
	if (str_ends(book, S(".bin")))
		return err_set(err, ERR_INPUT, "Duly does not read binary workbooks (.xlsb): save it as an "
					       "Excel workbook (.xlsx) or as CSV");
	if (!workbook_read(reading, book, sheets, err) || !names_read(reading, book, names, err) ||
		!strings_read(reading, name_find(names, (str){ 0 }, S("/sharedStrings")), err) ||
		!styles_read(reading, name_find(names, (str){ 0 }, S("/styles")), err))
		return false;
	for (size_t i = 0; i < sheets->n; i++) {
		str path = name_find(names, sheets->id[i], (str){ 0 });
		if (sheets->id[i].n > 0 && path.n > 0 && zip_parts_has(reading->parts, path) &&
			!sheet_add(reading, sheets->name[i], path, err))
			return false;
	}
	return reading->out->n > 0 ||
	       err_set(err, ERR_INPUT, "the workbook has no sheet that can be seen");
}

bool xlsx_read(struct arena *arena, str bytes, struct grids *out, struct err *err)
{
	struct reading reading = { .arena = arena, .out = out };
	*out = (struct grids){ 0 };
	reading.parts = zip_parts_open(bytes, err);
	if (reading.parts == NULL)
		return false;
	bool read = book_read(&reading, err);
	zip_parts_close(reading.parts);
	buf_close(&reading.part);
	mem_free(reading.strings.item);
	mem_free(reading.dates.item);
	return read;
}
