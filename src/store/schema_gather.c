/* schema_gather.c - the texts of all migrations as one, for a store that is new: a column that a later
 * one adds stands in its table from the beginning.
 *
 * SQLite reads its whole schema again after each ALTER: eighty of them were a third of the time that
 * an import into a new store took. A table that is made says so on a line "CREATE TABLE name (", its
 * constraints and its end stand on lines of their own; an ALTER is one line.
 */
#include "store/inside.h"

static const str create = S_INIT("CREATE TABLE "), alter = S_INIT("ALTER TABLE "),
		 add = S_INIT(" ADD COLUMN "), key = S_INIT("\tPRIMARY KEY (");

/* "ALTER TABLE name ADD COLUMN column;": its two parts. */
static bool adds_column(str line, str *table, str *column)
{
	if (!str_starts(line, alter))
		return false;
	line = str_from(line, alter.n);
	*table = str_upto(line, str_find(line, ' '));
	line = str_from(line, table->n);
	must(str_starts(line, add) && str_ends(line, S(";")));
	*column = str_upto(str_from(line, add.n), line.n - add.n - 1);
	return true;
}

/* Those of one table, from the text that follows: each on a line, before its key or its end. */
static size_t put_columns(struct buf *out, str table, str rest, bool before_key)
{
	size_t put = 0;
	str line, altered, column;
	while (str_split(&rest, '\n', &line)) {
		if (!adds_column(line, &altered, &column) || !str_equal(altered, table))
			continue;
		buf_format(out, before_key ? "\n\t%.*s," : "\n\t, %.*s", STR_ARGS(column));
		put++;
	}
	return put;
}

void schema_gather(struct buf *out, str text)
{
	str line, table = { 0 }, altered, column; /* table: whose columns are being told */
	size_t left = 0;
	while (str_split(&text, '\n', &line)) {
		if (adds_column(line, &altered, &column)) {
			must(left > 0); /* its table is made in no other way than above */
			left--;
			continue;
		}
		bool at_key = str_starts(line, key);
		if (table.n > 0 && (at_key || str_starts(line, S(")")))) {
			left += put_columns(out, table, text, at_key);
			table = (str){ 0 };
		}
		if (str_starts(line, create)) {
			table = str_from(line, create.n);
			table = str_upto(table, str_find(table, ' '));
		}
		buf_char(out, '\n');
		buf_str(out, line);
	}
	must(left == 0);
	buf_char(out, '\0');
	out->n--;
}
