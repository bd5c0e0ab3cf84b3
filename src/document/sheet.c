#include "document/sheet.h"

#include "document/xlsx.h"
#include "document/zip.h"

static bool is_binary(str bytes)
{
	str start = str_upto(bytes, 4096);
	bool marked = str_starts(start, S("\xff\xfe")) || str_starts(start, S("\xfe\xff"));
	return !marked && str_find(start, '\0') < start.n;
}

bool sheet_has_macros(str bytes)
{
	struct err ignored;
	struct zip_parts *parts = str_starts(bytes, S("PK\x03\x04")) ? zip_parts_open(bytes, &ignored) : NULL;
	bool has = parts != NULL && zip_parts_has(parts, S("xl/vbaProject.bin"));
	zip_parts_close(parts);
	return has;
}

bool sheet_read(struct arena *arena, str bytes, struct grids *out, struct err *err)
{
	*out = (struct grids){ 0 };
	if (str_trim(bytes).n == 0)
		return err_set(err, ERR_INPUT, "the file is empty");
	if (str_starts(bytes, S("PK\x03\x04")))
		return xlsx_read(arena, bytes, out, err);
	/* The container of old Excel, and of a new one that has a password. */
	if (str_starts(bytes, S("\xd0\xcf\x11\xe0")))
		return err_set(err, ERR_INPUT, "the file has a password, or is of an old Excel (.xls): take "
					       "the password off, or save it as an Excel workbook (.xlsx)");
	if (is_binary(bytes) || str_starts(bytes, S("%PDF")) || str_starts(bytes, S("{\\rtf")) ||
		str_starts(str_trim(bytes), S("<")))
		return err_set(err, ERR_INPUT, "the file is no spreadsheet: Duly reads Excel workbooks "
					       "(.xlsx) and CSV");
	return grids_from_text(arena, bytes, out, err);
}
