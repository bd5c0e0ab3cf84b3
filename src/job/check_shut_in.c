#include "job/check_shut_in.h"

#include "returns/report_wire.h"

enum { FILES_MOST = 200, YEAR_MOST = 9999 };

static void put(struct buf *out, size_t value)
{
	for (size_t i = 0; i < 4; i++)
		buf_char(out, (char)(unsigned char)(value >> (8 * i) & 0xff));
}

static void put_text(struct buf *out, str text)
{
	put(out, text.n);
	buf_str(out, text);
}

void check_ask_put(struct buf *out, const struct check_ask *ask)
{
	put(out, ask->cin);
	put(out, (size_t)ask->year);
	put_text(out, ask->authority);
	put(out, ask->n);
	for (size_t i = 0; i < ask->n; i++) {
		put(out, ask->file[i].part);
		put_text(out, ask->file[i].name);
		put_text(out, ask->file[i].bytes);
	}
}

static size_t get(str *rest, bool *broken)
{
	size_t value = 0;
	if (rest->n < 4) {
		*broken = true;
		return 0;
	}
	for (size_t i = 0; i < 4; i++)
		value |= (size_t)(unsigned char)rest->p[i] << (8 * i);
	*rest = str_from(*rest, 4);
	return value;
}

static str get_text(str *rest, bool *broken)
{
	size_t n = get(rest, broken);
	if (n > rest->n)
		*broken = true;
	str text = *broken ? (str){ 0 } : str_upto(*rest, n);
	*rest = str_from(*rest, text.n);
	return text;
}

bool check_ask_read(struct arena *arena, str wire, struct check_ask *out, struct err *err)
{
	bool broken = false;
	size_t cin = get(&wire, &broken), year = get(&wire, &broken);
	str authority = get_text(&wire, &broken);
	size_t n = get(&wire, &broken);
	broken |= cin > 1 || year > YEAR_MOST || n > FILES_MOST;
	struct check_file *file = arena_take(arena, broken ? 1 : n + 1, sizeof *file);
	for (size_t i = 0; i < n && !broken; i++) {
		size_t part = get(&wire, &broken);
		broken |= part >= CHECK_PARTS;
		file[i].part = broken ? CHECK_THIS_YEAR : (enum check_part)part;
		file[i].name = get_text(&wire, &broken);
		file[i].bytes = get_text(&wire, &broken);
	}
	*out = (struct check_ask){ cin == 1, (int)year, authority, file, n };
	return (!broken && wire.n == 0) || err_set(err, ERR_BROKEN, "the files did not come whole");
}

bool check_read_shut_in(struct arena *arena, str input, struct buf *out, struct err *err)
{
	struct check_ask ask;
	struct check_made made = { 0 };
	bool done = check_ask_read(arena, input, &ask, err) && check_files(arena, &ask, &made, err);
	if (done)
		report_wire_put(out, &made.report);
	check_made_close(&made);
	return done;
}
