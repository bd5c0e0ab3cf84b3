#include "returns/ssd/write.h"

#include "base/csv.h"

const char *ssd_file_name(enum ssd_table table)
{
	static const char *const names[SSD_TABLES] = {
#define SSD_TABLE(id, name, others) [SSD_##id] = name ".csv",
#define SSD_FIELD(table, name, use, others)
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
	};
	return names[table];
}

void ssd_write_columns(struct buf *buf, enum ssd_table table)
{
	enum ssd_field first = ssd_first(table);
	for (size_t i = 0; i < ssd_count(table); i++)
		buf_format(buf, "%s%s", i == 0 ? "" : ",", ssd_fields[first + (enum ssd_field)i].name);
	buf_char(buf, '\n');
}

void ssd_write_row(struct buf *buf, enum ssd_table table, const struct ssd_cell *cell, size_t n)
{
	struct csv_out out = { .buf = buf };
	enum ssd_field first = ssd_first(table);
	for (size_t i = 0; i < ssd_count(table); i++) {
		const struct ssd_cell *found = NULL;
		for (size_t k = 0; k < n && found == NULL; k++) {
			if (cell[k].field == first + (enum ssd_field)i)
				found = &cell[k];
		}
		if (found == NULL)
			csv_put(&out, (str){ 0 });
		else if (found->text.n > 0)
			csv_put(&out, found->text);
		else
			csv_put_day(&out, found->on);
	}
	csv_put_end(&out);
}
