#include "returns/people/write.h"

#include "base/csv.h"

void people_write_columns(struct buf *buf)
{
	buf_lit(buf, "child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,"
		     "restricted\n");
}

void people_write_row(struct buf *buf, const struct people_row *row)
{
	struct csv_out out = { .buf = buf };
	csv_put(&out, row->child);
	csv_put(&out, row->forename);
	csv_put(&out, row->surname);
	csv_put_day(&out, row->born);
	csv_put(&out, row->iro);
	csv_put(&out, row->chair);
	csv_put(&out, row->social_worker);
	csv_put(&out, row->team);
	csv_put(&out, row->sibling_group);
	csv_put(&out, row->restricted ? S("yes") : S("no"));
	csv_put_end(&out);
}
