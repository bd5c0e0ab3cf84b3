#include "law/bank_holidays.h"

#include "base/json_tree.h"
#include "law/calendar.h"
#include "law/holiday.h"

enum { FIRST_YEAR = 2012, LAST_YEAR = 2199, TITLE_MOST = 100, FEWEST = 8, MOST = 16 };

/* ---- one file */

struct taking {
	struct buf *rows;
	size_t line, before; /* of the event, and of the one before */
	day latest, this_year[MOST];
	size_t n; /* of this year */
	int year; /* 0: none yet */
	struct err *err;
};

static bool wrong(struct taking *t, const char *what, str value)
{
	return err_set(t->err, ERR_INPUT, "line %zu: %s%s%.*s%s", t->line, what,
		value.n > 0 ? ": \"" : "", STR_ARGS(str_upto(value, 40)), value.n > 0 ? "\"" : "");
}

/* Good Friday and Christmas Day are holidays by common law, and six more every year by the Act or by
 * proclamation: a year with fewer is a year cut short. False with what these days of it lack. */
static bool is_whole(int year, const day *on, size_t n, struct buf *lacks)
{
	struct holiday rule[HOLIDAYS_A_YEAR];
	if (n < FEWEST) {
		buf_format(lacks, "%d has %zu bank holidays: England and Wales have at least %d a year",
			year, n, FEWEST);
		return false;
	}
	holidays_compute(year, rule);
	for (size_t i = 0; i < HOLIDAYS_A_YEAR; i++) {
		bool there = rule[i].substitute || (!str_equal(rule[i].title, S("Good Friday")) &&
							   !str_equal(rule[i].title, S("Christmas Day")));
		for (size_t k = 0; k < n; k++)
			there = there || on[k] == rule[i].on;
		if (there)
			continue;
		buf_format(lacks, "%d lacks %.*s, which is a holiday every year", year,
			STR_ARGS(rule[i].title));
		return false;
	}
	return true;
}

static bool year_is_whole(struct taking *t)
{
	struct buf lacks = { 0 };
	if (t->year == 0 || is_whole(t->year, t->this_year, t->n, &lacks))
		return true;
	err_set(t->err, ERR_INPUT, "line %zu: %.*s", t->before, STR_ARGS(buf_view(&lacks)));
	buf_close(&lacks);
	return false;
}

/* A comma would end the field in a row, and a line break the row. */
static bool put_plain(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < ' ' || c == 127)
			return false;
		buf_char(b, c == ',' ? ';' : (char)c);
	}
	return true;
}

static bool take_day(struct taking *t, str date, day *on)
{
	if (!day_read(date, on, NULL))
		return wrong(t, "the date is none, write it as 2027-12-25", date);
	int year = day_civil(*on).year;
	if (year < FIRST_YEAR || year > LAST_YEAR)
		return wrong(t, "the calendar of working days runs from 2012 to 2199", date);
	if (day_weekday(*on) >= SATURDAY)
		return wrong(t, "a bank holiday is a weekday, and its substitute where it falls at a "
				"weekend", date);
	if (*on == t->latest)
		return wrong(t, "the same day comes twice", date);
	if (*on < t->latest)
		return wrong(t, "the days are not in order", date);
	if (t->year != 0 && year > t->year + 1)
		return wrong(t, "a year is left out before this", date);
	if (year != t->year) {
		if (!year_is_whole(t))
			return false;
		t->year = year;
		t->n = 0;
	}
	if (t->n == MOST)
		return wrong(t, "so many bank holidays in one year cannot be", date);
	t->this_year[t->n++] = *on;
	t->latest = *on;
	return true;
}

static bool take_event(struct taking *t, const struct json_node *event)
{
	day on;
	t->before = t->line;
	t->line = event->line;
	if (event->kind != JSON_OBJECT_KIND)
		return wrong(t, "an event is an object with title and date", (str){ 0 });
	str title = str_trim(json_text(event, S("title"))),
	    note = str_trim(json_text(event, S("notes")));
	if (title.n == 0 || title.n > TITLE_MOST)
		return wrong(t, "an event needs a title of up to 100 characters", title);
	if (!take_day(t, str_trim(json_text(event, S("date"))), &on))
		return false;
	buf_day(t->rows, on);
	buf_char(t->rows, ',');
	if (!put_plain(t->rows, title))
		return wrong(t, "the title has a character that no title has", (str){ 0 });
	buf_char(t->rows, ',');
	/* The end of what is published is read from this note: no file may write it. */
	if (note.n > TITLE_MOST || str_ends(note, S("Not proclaimed")))
		note = (str){ 0 };
	if (!put_plain(t->rows, note))
		return wrong(t, "the note has a character that no note has", (str){ 0 });
	buf_char(t->rows, '\n');
	return true;
}

static bool take_events(struct taking *t, const struct json_node *root)
{
	const struct json_node *division = json_member(root, S("england-and-wales"));
	const struct json_node *events = json_member(division, S("events"));
	str own = json_text(division, S("division"));
	if (events == NULL || events->kind != JSON_LIST_KIND)
		return err_set(t->err, ERR_INPUT,
			"line 1: this is not the list of bank holidays: it has no "
			"\"england-and-wales\" with \"events\"");
	if (own.n > 0 && !str_equal(own, S("england-and-wales")))
		return err_set(t->err, ERR_INPUT,
			"line %zu: the division of these days is another than England and Wales",
			division->line);
	buf_lit(t->rows, "date,title,note\n");
	for (const struct json_node *event = events->first; event != NULL; event = event->next) {
		if (!take_event(t, event))
			return false;
	}
	if (t->year == 0)
		return err_set(
			t->err, ERR_INPUT, "line %zu: there is not one day in it", events->line);
	t->before = t->line;
	return year_is_whole(t);
}

bool bank_holidays_read(struct arena *arena, str json, struct buf *rows, struct err *err)
{
	struct taking t = { .rows = rows, .latest = DAY_UNKNOWN, .err = err };
	const struct json_node *root;
	if (json.n > BANK_HOLIDAYS_BYTES)
		return err_set(err, ERR_INPUT,
			"the file is larger than a list of bank holidays can be");
	return json_tree_read(arena, json, &root, err) && take_events(&t, root);
}

/* ---- two calendars */

struct row {
	day on;
	str text, title; /* the whole line; its title */
	bool proclaimed;
};

struct rows {
	struct row *item;
	size_t n;
};

/* No fault is looked for: what is made of the rows goes through calendar_load(). */
static struct rows split(struct arena *arena, str csv)
{
	size_t most = 1;
	for (size_t i = 0; i < csv.n; i++)
		most += csv.p[i] == '\n';
	struct rows rows = { arena_take(arena, most, sizeof *rows.item), 0 };
	str line;
	while (str_split(&csv, '\n', &line)) {
		str rest = str_trim(line), date, note = { 0 };
		struct row row = { .text = rest };
		str_split(&rest, ',', &date); /* a line is some text, if empty */
		str_split(&rest, ',', &row.title);
		str_split(&rest, ',', &note);
		if (!day_read(date, &row.on, NULL))
			continue;
		row.proclaimed = !str_ends(note, S("Not proclaimed"));
		rows.item[rows.n++] = row;
	}
	return rows;
}

static int year_of(const struct row *row)
{
	return day_civil(row->on).year;
}

/* The years that somebody published. */
static void published(const struct rows *rows, int *first, int *last)
{
	*first = *last = 0;
	for (size_t i = 0; i < rows->n; i++) {
		if (!rows->item[i].proclaimed)
			continue;
		*first = *first == 0 ? year_of(&rows->item[i]) : *first;
		*last = year_of(&rows->item[i]);
	}
}

static bool is_in(const struct rows *rows, day on)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->item[i].on == on)
			return true;
	}
	return false;
}

static void put_rows(struct buf *b, const struct rows *rows, int first, int last)
{
	for (size_t i = 0; i < rows->n; i++) {
		int year = year_of(&rows->item[i]);
		if (rows->item[i].proclaimed && year >= first && year <= last) {
			buf_str(b, rows->item[i].text);
			buf_char(b, '\n');
		}
	}
}

/* What nobody has published is left to be computed. */
static str join(struct arena *arena, const struct rows *older, const struct rows *newer)
{
	int first, last;
	struct buf b = { 0 };
	published(newer, &first, &last);
	buf_lit(&b, "date,title,note\n");
	put_rows(&b, older, 0, first - 1);
	put_rows(&b, newer, first, last);
	put_rows(&b, older, last + 1, LAST_YEAR);
	str made = arena_str(arena, buf_view(&b));
	buf_close(&b);
	return made;
}

str bank_holidays_over(struct arena *arena, str older, str newer)
{
	struct rows a = split(arena, older), b = split(arena, newer);
	return join(arena, &a, &b);
}

bool bank_change_warns(const struct bank_change *change)
{
	return change->added == change->past;
}

static void note_change(struct bank_join *out, const struct row *row, bool added, day today)
{
	struct bank_change change = { row->on, row->title, added, row->on <= today };
	size_t at = out->changes++;
	for (; at > 0 && out->change[at - 1].on > change.on; at--)
		out->change[at] = out->change[at - 1];
	out->change[at] = change;
	out->warnings += bank_change_warns(&change);
}

static bool compare(const struct rows *was, const struct rows *is, day today,
	struct bank_join *out, struct err *err)
{
	for (size_t i = 0; i < was->n; i++) {
		const struct row *row = &was->item[i];
		int year = year_of(row);
		if (year < out->first || is_in(is, row->on))
			continue;
		if (row->on <= today && row->proclaimed)
			return err_set(err, ERR_INPUT,
				"%.10s, %.*s, was a bank holiday and is not in the file: what is past "
				"is not taken back",
				row->text.p, STR_ARGS(row->title));
		note_change(out, row, false, today);
	}
	for (size_t i = 0; i < is->n; i++) {
		if (!is_in(was, is->item[i].on))
			note_change(out, &is->item[i], true, today);
	}
	return true;
}

/* Beyond what was published the calendar computed: what it computed is what the file changes. */
static struct rows computed_to(struct arena *arena, const struct rows *was, int from, int last)
{
	size_t most = was->n + (last < from ? 0 : (size_t)(last - from + 1) * HOLIDAYS_A_YEAR);
	struct rows all = { arena_take(arena, most + 1, sizeof *all.item), 0 };
	for (size_t i = 0; i < was->n; i++) {
		if (year_of(&was->item[i]) < from)
			all.item[all.n++] = was->item[i];
	}
	for (int year = from; year <= last; year++) {
		struct holiday holiday[HOLIDAYS_A_YEAR];
		holidays_compute(year, holiday);
		for (size_t i = 0; i < HOLIDAYS_A_YEAR; i++)
			all.item[all.n++] = (struct row){ .on = holiday[i].on,
				.title = holiday[i].title };
	}
	return all;
}

/* What came back by a form is held to what a file is: every year whole. */
static bool are_whole(const struct rows *rows, struct err *err)
{
	for (size_t i = 0, n; i < rows->n; i += n) {
		day this_year[MOST];
		struct buf lacks = { 0 };
		int year = year_of(&rows->item[i]);
		for (n = 0; n < MOST && i + n < rows->n && year_of(&rows->item[i + n]) == year; n++)
			this_year[n] = rows->item[i + n].on;
		if (is_whole(year, this_year, n, &lacks))
			continue;
		err_set(err, ERR_INPUT, "%.*s", STR_ARGS(buf_view(&lacks)));
		buf_close(&lacks);
		return false;
	}
	return true;
}

bool bank_holidays_join(struct arena *arena, str in_force, str rows, day today,
	struct bank_join *out, struct err *err)
{
	struct rows was = split(arena, in_force), is = split(arena, rows);
	int first, last;
	struct calendar *loaded;
	*out = (struct bank_join){ 0 };
	published(&was, &first, &last);
	published(&is, &out->first, &out->last);
	if (is.n == 0)
		return err_set(err, ERR_INPUT, "there is not one day in it");
	if (!are_whole(&is, err))
		return false;
	if (out->first > last + 1)
		return err_set(err, ERR_INPUT,
			"the file begins with %d, and what is published before it ends with %d: the "
			"years between are missing",
			out->first, last);
	if (out->last < last)
		return err_set(err, ERR_INPUT,
			"the file ends with %d, and the calendar in force is published to %d: it is an "
			"older one",
			out->last, last);
	struct rows known = computed_to(arena, &was, last + 1, out->last);
	out->change = arena_take(arena, known.n + is.n, sizeof *out->change);
	if (!compare(&known, &is, today, out, err))
		return false;
	out->rows = join(arena, &was, &is);
	out->same = out->changes == 0 && out->last == last;
	return calendar_load(arena, out->rows, &loaded, err);
}
