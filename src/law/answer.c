#include "law/answer.h"

#include "base/csv.h"

enum { ROWS_AT_ONCE = 1 << 16 }; /* bytes of rows before the sink is asked */

static bool read_when(const char *what, str text, struct when *out, struct err *err)
{
	struct err why;
	if (!when_read(text, out, &why))
		return err_set(err, ERR_INPUT, "%s: %s", what, why.text);
	return true;
}

bool answer_find(const struct law *law, str rule_id, str trigger, str previous, struct answer *out,
	struct err *err)
{
	*out = (struct answer){ .rule = rules_find(law->rules, rule_id) };
	if (out->rule == NULL || !rule_is_shown(out->rule))
		return err_set(err, ERR_INPUT, "there is no rule \"%.*s\" (duly rules)",
			STR_ARGS(str_upto(rule_id, 80)));
	if (trigger.n == 0 && previous.n == 0)
		return err_set(err, ERR_INPUT, "the trigger's date is missing");
	if (trigger.n > 0 && !read_when("trigger", trigger, &out->from, err))
		return false;
	if (previous.n > 0) {
		out->from_previous = true;
		if (!read_when("previous", previous, &out->from, err))
			return false;
	}
	return due_count(law, out->rule, out->from, &out->due, err);
}

void buf_due(struct buf *buf, const struct due *due)
{
	if (due->at != INSTANT_UNKNOWN)
		buf_instant_local(buf, due->at);
	else
		buf_day(buf, due->on);
}

/* ---- many at once ---- */

struct batch {
	const struct law *law;
	struct buf rows;
	size_t columns; /* of the header */
	struct csv_column rule_id, trigger, previous;
};

static void put_answer(struct csv_out *csv, const struct answer *answer, const struct err *err)
{
	struct buf due = { 0 };
	if (err == NULL)
		buf_due(&due, &answer->due);
	csv_put(csv, buf_view(&due));
	csv_put(csv, err == NULL ? S("") : str_of(err->text));
	csv_put_end(csv);
	buf_close(&due);
}

/* Too short or too long a row would shift the columns that are added: it is filled up, or cut. */
static bool put_row(struct batch *batch, const struct csv_row *row)
{
	struct csv_out csv = { .buf = &batch->rows };
	struct answer answer;
	struct err err;
	for (size_t i = 0; i < batch->columns; i++)
		csv_put(&csv, i < row->n ? row->field[i] : S(""));
	bool found = row->n == batch->columns ?
		answer_find(batch->law, str_trim(csv_field(row, &batch->rule_id)),
			str_trim(csv_field(row, &batch->trigger)),
			str_trim(csv_field(row, &batch->previous)), &answer, &err) :
		err_set(&err, ERR_INPUT, "line %zu has %zu fields, the header %zu", row->line,
			row->n, batch->columns);
	put_answer(&csv, &answer, found ? NULL : &err);
	return found;
}

static bool read_header(struct batch *batch, struct csv *csv, struct err *err)
{
	struct csv_row row;
	struct csv_column wanted[] = { { .name = "rule_id" }, { .name = "trigger" },
		{ .name = "previous", .optional = true } };
	if (!csv_next(csv, &row)) {
		if (!csv_end(csv, err))
			return false;
		return err_set(err, ERR_INPUT, "the first line must be rule_id,trigger,previous");
	}
	if (!csv_columns(&row, wanted, 3, NULL, err))
		return false;
	batch->columns = row.n;
	batch->rule_id = wanted[0];
	batch->trigger = wanted[1];
	batch->previous = wanted[2];
	struct csv_out out = { .buf = &batch->rows };
	for (size_t i = 0; i < row.n; i++)
		csv_put(&out, row.field[i]);
	csv_put(&out, S("due"));
	csv_put(&out, S("error"));
	csv_put_end(&out);
	return true;
}

static bool read_rows(struct batch *batch, struct csv *csv, struct answer_sink sink,
	struct answer_count *count, struct err *err)
{
	struct csv_row row;
	while (csv_next(csv, &row)) {
		count->rows++;
		count->failed += !put_row(batch, &row);
		if (batch->rows.n >= ROWS_AT_ONCE && !sink.take(sink.to, &batch->rows, err))
			return false;
	}
	if (!sink.take(sink.to, &batch->rows, err))
		return false;
	return csv_end(csv, err);
}

bool answer_batch(const struct law *law, str csv_text, struct arena *arena, struct answer_sink sink,
	struct answer_count *count, struct err *err)
{
	struct csv csv = csv_open(csv_text, arena, (struct csv_options){ 0 });
	struct batch batch = { .law = law };
	*count = (struct answer_count){ 0 };
	bool done = read_header(&batch, &csv, err) && read_rows(&batch, &csv, sink, count, err);
	buf_close(&batch.rows);
	return done;
}
