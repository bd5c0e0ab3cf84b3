#include "document/xlsx_write.h"

#include "base/mem.h"
#include "base/xml.h"
#include "document/zip_write.h"

#include <stdio.h>

enum {
	SHEETS_MAX = 200,
	FLUSH = 64 * 1024,
	WIDTH_LEAST = 9,
	WIDTH_MOST = 60,
	/* Day 0 of a sheet's dates, counted from 1970; before 61 they count a 29 February 1900. */
	SERIAL_1970 = 25569,
	SERIAL_FIRST = 61,
	STYLE_HEADING = 1,
	STYLE_DAY,
	STYLE_QUOTED,
};

struct xlsx_out {
	struct buf *out, xml; /* xml: of the part, not yet packed */
	struct xml_out write;
	struct zip_out *zip;
	struct {
		char text[XLSX_SHEET_NAME_MAX * 4];
		size_t n;
	} name[SHEETS_MAX];
	size_t sheets;
	size_t rows, cells, widest;
	bool row, sheet;
};

#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define DECLARED "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* Every .xml that is not named is a sheet: so this need not know how many there will be. */
static const str types = S_INIT(DECLARED
	"<Types xmlns=\"" PACKAGE "content-types\">"
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"" MEDIA "worksheet+xml\"/>"
	"<Override PartName=\"/xl/workbook.xml\" ContentType=\"" MEDIA "sheet.main+xml\"/>"
	"<Override PartName=\"/xl/styles.xml\" ContentType=\"" MEDIA "styles+xml\"/>"
	"</Types>");

static const str relations = S_INIT(DECLARED
	"<Relationships xmlns=\"" PACKAGE "relationships\">"
	"<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/>"
	"</Relationships>");

/* Cells: plain; heading; day; a text that begins like a formula, which stays a text when edited. */
static const str styles = S_INIT(DECLARED
	"<styleSheet xmlns=\"" SPREADSHEET "\">"
	"<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
	"<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
	"<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
	"<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
	"<fill><patternFill patternType=\"gray125\"/></fill></fills>"
	"<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
	"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	"<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
	"<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" "
	"applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
	"<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" "
	"applyNumberFormat=\"1\"/></cellXfs>"
	"<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
	"</styleSheet>");

static void put_part(struct xlsx_out *xlsx, const char *name, str bytes)
{
	zip_add_part(xlsx->zip, name);
	zip_put(xlsx->zip, bytes);
}

static void flush(struct xlsx_out *xlsx, size_t over)
{
	if (xlsx->xml.n <= over)
		return;
	zip_put(xlsx->zip, buf_view(&xlsx->xml));
	buf_clear(&xlsx->xml);
}

struct xlsx_out *xlsx_begin(struct buf *out)
{
	struct xlsx_out *xlsx = mem_alloc(1, sizeof *xlsx);
	xlsx->out = out;
	xlsx->zip = zip_begin(out);
	put_part(xlsx, "[Content_Types].xml", types);
	put_part(xlsx, "_rels/.rels", relations);
	put_part(xlsx, "xl/styles.xml", styles);
	return xlsx;
}

static void begin_part(struct xlsx_out *xlsx, const char *name)
{
	zip_add_part(xlsx->zip, name);
	xlsx->write = (struct xml_out){ .buf = &xlsx->xml };
	buf_lit(&xlsx->xml, DECLARED);
}

static void put_attribute(struct xlsx_out *xlsx, const char *name, int64_t number)
{
	struct buf text = { 0 };
	buf_int(&text, number);
	xml_put_attribute(&xlsx->write, name, buf_view(&text));
	buf_close(&text);
}

/* Column 27 is AB, counted from 0. */
static void buf_column(struct buf *buf, size_t column)
{
	if (column >= 26)
		buf_column(buf, column / 26 - 1);
	buf_char(buf, (char)('A' + column % 26));
}

static void put_place(struct xlsx_out *xlsx, const char *name, const char *before, size_t column,
	size_t row)
{
	struct buf text = { 0 };
	buf_str(&text, str_of(before));
	buf_column(&text, column);
	buf_int(&text, (int64_t)row);
	xml_put_attribute(&xlsx->write, name, buf_view(&text));
	buf_close(&text);
}

static void end_row(struct xlsx_out *xlsx)
{
	if (!xlsx->row)
		return;
	xml_put_end(&xlsx->write, "row");
	xlsx->widest = xlsx->cells > xlsx->widest ? xlsx->cells : xlsx->widest;
	xlsx->row = false;
	flush(xlsx, FLUSH);
}

static void end_sheet(struct xlsx_out *xlsx)
{
	if (!xlsx->sheet)
		return;
	end_row(xlsx);
	xml_put_end(&xlsx->write, "sheetData");
	if (xlsx->widest > 0) {
		xml_put_start(&xlsx->write, "autoFilter");
		put_place(xlsx, "ref", "A1:", xlsx->widest - 1, xlsx->rows);
		xml_put_end(&xlsx->write, "autoFilter");
	}
	xml_put_end(&xlsx->write, "worksheet");
	flush(xlsx, 0);
	xlsx->sheet = false;
}

/* The row of headings stays where it is. */
static void put_view(struct xlsx_out *xlsx)
{
	struct xml_out *write = &xlsx->write;
	xml_put_start(write, "sheetViews");
	xml_put_start(write, "sheetView");
	xml_put_attribute(write, "workbookViewId", S("0"));
	xml_put_start(write, "pane");
	xml_put_attribute(write, "ySplit", S("1"));
	xml_put_attribute(write, "topLeftCell", S("A2"));
	xml_put_attribute(write, "activePane", S("bottomLeft"));
	xml_put_attribute(write, "state", S("frozen"));
	xml_put_end(write, "pane");
	xml_put_end(write, "sheetView");
	xml_put_end(write, "sheetViews");
}

static void put_widths(struct xlsx_out *xlsx, const struct xlsx_heading *heading, size_t n)
{
	xml_put_start(&xlsx->write, "cols");
	for (size_t i = 0; i < n; i++) {
		int64_t width = heading[i].width;
		if (width == 0)
			width = heading[i].text.n > 24 ? 24 : (int64_t)heading[i].text.n + 2;
		width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
		xml_put_start(&xlsx->write, "col");
		put_attribute(xlsx, "min", (int64_t)i + 1);
		put_attribute(xlsx, "max", (int64_t)i + 1);
		put_attribute(xlsx, "width", width);
		xml_put_attribute(&xlsx->write, "customWidth", S("1"));
		xml_put_end(&xlsx->write, "col");
	}
	xml_put_end(&xlsx->write, "cols");
}

static void put_cell(struct xlsx_out *xlsx, str text, int style);

void xlsx_add_sheet(struct xlsx_out *xlsx, str name, const struct xlsx_heading *heading, size_t n)
{
	end_sheet(xlsx);
	must(xlsx->sheets < SHEETS_MAX && name.n > 0 && name.n < sizeof xlsx->name[0].text);
	memcpy(xlsx->name[xlsx->sheets].text, name.p, name.n);
	xlsx->name[xlsx->sheets++].n = name.n;
	char part[48];
	snprintf(part, sizeof part, "xl/worksheets/sheet%zu.xml", xlsx->sheets);
	begin_part(xlsx, part);
	xlsx->sheet = true;
	xlsx->rows = xlsx->widest = 0;
	xml_put_start(&xlsx->write, "worksheet");
	xml_put_attribute(&xlsx->write, "xmlns", S(SPREADSHEET));
	if (n > 0) {
		put_view(xlsx);
		put_widths(xlsx, heading, n);
	}
	xml_put_start(&xlsx->write, "sheetData");
	if (n == 0)
		return;
	xlsx_add_row(xlsx);
	for (size_t i = 0; i < n; i++)
		put_cell(xlsx, heading[i].text, STYLE_HEADING);
}

bool xlsx_is_full(const struct xlsx_out *xlsx)
{
	return xlsx->rows >= XLSX_ROWS_MAX;
}

void xlsx_add_row(struct xlsx_out *xlsx)
{
	must(xlsx->sheet && !xlsx_is_full(xlsx));
	end_row(xlsx);
	xlsx->row = true;
	xlsx->rows++;
	xlsx->cells = 0;
	xml_put_start(&xlsx->write, "row");
	put_attribute(xlsx, "r", (int64_t)xlsx->rows);
}

static void begin_cell(struct xlsx_out *xlsx, int style)
{
	must(xlsx->row);
	xml_put_start(&xlsx->write, "c");
	put_place(xlsx, "r", "", xlsx->cells++, xlsx->rows);
	if (style != 0)
		put_attribute(xlsx, "s", style);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x000D_" in a sheet is a carriage return (22.4.2.4): one that is meant as it stands says so. */
static bool is_escape(str text)
{
	return text.n >= 7 && text.p[0] == '_' && text.p[1] == 'x' && is_hex(text.p[2]) &&
	       is_hex(text.p[3]) && is_hex(text.p[4]) && is_hex(text.p[5]) && text.p[6] == '_';
}

static void put_string(struct xlsx_out *xlsx, str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '_' || !is_escape(str_from(text, i)))
			continue;
		xml_put_text(&xlsx->write, (str){ text.p + from, i - from });
		xml_put_text(&xlsx->write, S("_x005F"));
		from = i;
	}
	xml_put_text(&xlsx->write, str_from(text, from));
}

static void put_cell(struct xlsx_out *xlsx, str text, int style)
{
	begin_cell(xlsx, style);
	xml_put_attribute(&xlsx->write, "t", S("inlineStr"));
	xml_put_start(&xlsx->write, "is");
	xml_put_start(&xlsx->write, "t");
	xml_put_attribute(&xlsx->write, "xml:space", S("preserve"));
	put_string(xlsx, text);
	xml_put_end(&xlsx->write, "t");
	xml_put_end(&xlsx->write, "is");
	xml_put_end(&xlsx->write, "c");
}

/* Where some program would see a formula in it. */
static bool begins_like_formula(str text)
{
	return text.p[0] == '=' || text.p[0] == '+' || text.p[0] == '-' || text.p[0] == '@' ||
	       text.p[0] == '\t' || text.p[0] == '\r';
}

static str cut(str text)
{
	if (text.n <= XLSX_TEXT_MAX)
		return text;
	size_t n = XLSX_TEXT_MAX;
	while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return str_upto(text, n);
}

void xlsx_put_text(struct xlsx_out *xlsx, str text)
{
	if (text.n == 0)
		xlsx_skip_cell(xlsx);
	else
		put_cell(xlsx, cut(text), begins_like_formula(text) ? STYLE_QUOTED : 0);
}

void xlsx_put_number(struct xlsx_out *xlsx, int64_t number)
{
	struct buf text = { 0 };
	buf_int(&text, number);
	begin_cell(xlsx, 0);
	xml_put_element(&xlsx->write, "v", buf_view(&text));
	xml_put_end(&xlsx->write, "c");
	buf_close(&text);
}

void xlsx_put_day(struct xlsx_out *xlsx, day d)
{
	struct buf text = { 0 };
	if (d == DAY_UNKNOWN) {
		xlsx_skip_cell(xlsx);
		return;
	}
	if (d + SERIAL_1970 < SERIAL_FIRST) {
		buf_day_slashed(&text, d);
		put_cell(xlsx, buf_view(&text), 0);
	} else {
		buf_int(&text, (int64_t)d + SERIAL_1970);
		begin_cell(xlsx, STYLE_DAY);
		xml_put_element(&xlsx->write, "v", buf_view(&text));
		xml_put_end(&xlsx->write, "c");
	}
	buf_close(&text);
}

void xlsx_skip_cell(struct xlsx_out *xlsx)
{
	must(xlsx->row);
	xlsx->cells++;
}

static void put_workbook(struct xlsx_out *xlsx)
{
	struct xml_out *write = &xlsx->write;
	char link[24];
	begin_part(xlsx, "xl/workbook.xml");
	xml_put_start(write, "workbook");
	xml_put_attribute(write, "xmlns", S(SPREADSHEET));
	xml_put_attribute(write, "xmlns:r", S(RELATIONS));
	xml_put_start(write, "sheets");
	for (size_t i = 0; i < xlsx->sheets; i++) {
		snprintf(link, sizeof link, "rId%zu", i + 1);
		xml_put_start(write, "sheet");
		xml_put_attribute(write, "name", (str){ xlsx->name[i].text, xlsx->name[i].n });
		put_attribute(xlsx, "sheetId", (int64_t)i + 1);
		xml_put_attribute(write, "r:id", str_of(link));
		xml_put_end(write, "sheet");
	}
	xml_put_end(write, "sheets");
	xml_put_end(write, "workbook");
	flush(xlsx, 0);
}

static void put_link(struct xlsx_out *xlsx, size_t number, const char *type, const char *target)
{
	struct xml_out *write = &xlsx->write;
	char link[24];
	snprintf(link, sizeof link, "rId%zu", number);
	xml_put_start(write, "Relationship");
	xml_put_attribute(write, "Id", str_of(link));
	xml_put_attribute(write, "Type", str_of(type));
	xml_put_attribute(write, "Target", str_of(target));
	xml_put_end(write, "Relationship");
}

static void put_links(struct xlsx_out *xlsx)
{
	char target[48];
	begin_part(xlsx, "xl/_rels/workbook.xml.rels");
	xml_put_start(&xlsx->write, "Relationships");
	xml_put_attribute(&xlsx->write, "xmlns", S(PACKAGE "relationships"));
	for (size_t i = 0; i < xlsx->sheets; i++) {
		snprintf(target, sizeof target, "worksheets/sheet%zu.xml", i + 1);
		put_link(xlsx, i + 1, RELATIONS "/worksheet", target);
	}
	put_link(xlsx, xlsx->sheets + 1, RELATIONS "/styles", "styles.xml");
	xml_put_end(&xlsx->write, "Relationships");
	flush(xlsx, 0);
}

bool xlsx_end(struct xlsx_out *xlsx, struct err *err)
{
	end_sheet(xlsx);
	must(xlsx->sheets > 0);
	put_workbook(xlsx);
	put_links(xlsx);
	bool done = zip_end(xlsx->zip, err);
	buf_close(&xlsx->xml);
	mem_free(xlsx);
	return done;
}
