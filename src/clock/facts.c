#include "clock/facts.h"
#include "base/csv.h"
#include "base/intern.h"
#include "base/mem.h"

#include <stdlib.h>

enum { SUBJECT, THREAD, EVENT, ON, DETAIL, COLUMNS };

/* A fact as it stands in the file: whose, and the event; its threads are numbered by subject. */
struct fact {
	str subject, thread, link;
	struct event event;
};

struct reading {
	struct arena *arena;
	void (*reject)(void *to, const struct fact_reject *reject);
	void *to;
	struct csv_column column[COLUMNS];
	struct intern words;
	struct {
		struct fact *item;
		size_t n, room;
	} facts;
	size_t rejected;
	/* The subject that is told: its threads, and its events in the day's order. */
	struct intern threads;
	struct {
		struct event *item;
		size_t n, room;
	} events;
	facts_visit *visit;
	bool plain;
};

static bool reject(struct reading *reading, const struct csv_row *row, int column, str reason)
{
	reading->rejected++;
	reading->reject(reading->to,
		&(struct fact_reject){ row->line, str_of(reading->column[column].name),
			csv_field(row, &reading->column[column]), reason });
	return false;
}

/* A row names its event: asked of each of millions, so not by going through the list. */
static void open_words(struct intern *words)
{
	for (int word = WORD_NONE; word < WORDS; word++)
		intern_number(words, word_text((enum word)word));
}

static enum word find_word(const struct reading *reading, str text)
{
	uint32_t word;
	return intern_find(&reading->words, text, &word) ? (enum word)word : WORD_NONE;
}

static bool read_subject(struct reading *reading, const struct csv_row *row, str text,
	enum subject_kind *kind)
{
	*kind = SUBJECT_CHILD;
	size_t colon = str_find(text, ':');
	if (text.n == 0)
		return reject(reading, row, SUBJECT, S("the subject is blank: write the child's number"));
	if (colon < text.n && !subject_kind_find(str_upto(text, colon), kind))
		return reject(reading, row, SUBJECT,
			S("before the colon stands a kind of subject, as `duly events` lists them"));
	return true;
}

/* A review or a conference names the thread that what follows from it will have. */
static str read_link(str detail)
{
	str link = { 0 };
	if (detail.n > 0 && !detail_find(detail, S("review"), &link))
		(void)detail_find(detail, S("conference"), &link);
	return link;
}

/* key=value, one or more, between semicolons. */
static bool is_detail(str detail)
{
	str piece;
	while (str_split(&detail, ';', &piece)) {
		size_t equals = str_find(piece, '=');
		if (piece.n > 0 && (equals == 0 || equals == piece.n))
			return false;
	}
	return true;
}

static bool read_fact(struct reading *reading, const struct csv_row *row, struct fact *fact)
{
	str subject = str_trim(csv_field(row, &reading->column[SUBJECT]));
	str on = str_trim(csv_field(row, &reading->column[ON]));
	str detail = str_trim(csv_field(row, &reading->column[DETAIL]));
	enum subject_kind kind;
	struct err err;
	*fact = (struct fact){ .event = { .on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN,
				       .detail = detail, .id = (int64_t)row->line } };
	struct event *event = &fact->event;
	if (!read_subject(reading, row, subject, &kind))
		return false;
	event->word = find_word(reading, str_trim(csv_field(row, &reading->column[EVENT])));
	if (event->word == WORD_NONE)
		return reject(reading, row, EVENT, S("not an event: `duly events` lists them"));
	if (word_rows[event->word].subject != kind)
		return reject(reading, row, EVENT, S("this event is of another kind of subject"));
	struct when when;
	if (on.n > 0) {
		if (!when_read(on, &when, &err))
			return reject(reading, row, ON, arena_str(reading->arena, str_of(err.text)));
		event->on = when.on;
		event->at = when.at;
	}
	if (!is_detail(detail))
		return reject(reading, row, DETAIL, S("write the detail like key=value;key=value"));
	fact->subject = subject;
	fact->thread = str_trim(csv_field(row, &reading->column[THREAD]));
	fact->link = read_link(detail);
	return true;
}

/* ---- telling subject by subject ---- */

/* Equal threads have equal numbers, in the order in which the subject's own rows first name them: what
 * stands of one child never hangs on another's rows. */
static int64_t thread_number(struct reading *reading, str text)
{
	return text.n == 0 ? 0 : (int64_t)intern_number(&reading->threads, text) + 1;
}

static void tell(struct reading *reading, const struct fact *fact, size_t n)
{
	intern_clear(&reading->threads);
	reading->events.n = 0;
	for (size_t i = 0; i < n; i++) {
		struct event *event = &ARRAY_MORE(&reading->events);
		*event = fact[i].event;
		/* Mostly the row before was of the same. */
		event->thread = i > 0 && str_equal(fact[i].thread, fact[i - 1].thread)
			? event[-1].thread
			: thread_number(reading, fact[i].thread);
		event->link = thread_number(reading, fact[i].link);
	}
	reading->visit(reading->to, &(struct fact_subject){ fact->subject, reading->events.item,
		events_sort(reading->events.item, n), reading->threads.text, reading->threads.n,
		reading->plain });
}

/* The rows of a subject stand together now. */
static void tell_all(struct reading *reading)
{
	const struct fact *fact = reading->facts.item;
	for (size_t first = 0, i = 1; first < reading->facts.n; i++) {
		if (i < reading->facts.n && str_equal(fact[i].subject, fact[first].subject))
			continue;
		tell(reading, &fact[first], i - first);
		first = i;
	}
	reading->facts.n = 0;
}

static int by_subject(const void *a, const void *b)
{
	const struct fact *one = a, *two = b;
	int order = str_compare(one->subject, two->subject);
	int64_t line = one->event.id - two->event.id;
	return order != 0 ? order : (line > 0) - (line < 0);
}

/* Is each line of a subject not less than the line before, in bytes? Then a subject is told as soon as
 * the next begins, and a file of any size needs the memory of one. Only of a plain file: where nothing is
 * quoted, no line is long and no subject has spaces, lines are rows and their beginnings subjects, and
 * nothing in it is a fault of the whole file. */
static bool is_sorted(str text)
{
	enum { LONG = 900 };
	str last = { 0 };
	if (!str_starts(text, S("subject,")) || str_find(text, '"') < text.n ||
		str_find(text, '\r') < text.n)
		return false;
	for (bool header = true; text.n > 0; header = false) {
		size_t length = str_find(text, '\n');
		str line = str_upto(text, length);
		text = str_from(text, length + 1);
		if (length > LONG)
			return false;
		/* Mostly the line before was the same child's. */
		if (header || length == 0 || (length > last.n && line.p[last.n] == ',' &&
					 str_equal(str_upto(line, last.n), last)))
			continue;
		str subject = str_upto(line, str_find(line, ','));
		if (str_trim(subject).n < subject.n || str_compare(subject, last) < 0)
			return false;
		last = subject;
	}
	return true;
}

static bool read_header(struct reading *reading, struct csv *csv, struct err *err)
{
	struct csv_row row;
	if (csv_next(csv, &row))
		return csv_columns(&row, reading->column, COLUMNS, NULL, err);
	if (csv_end(csv, err))
		err_set(err, ERR_INPUT,
			"the file is empty: its first line is subject,thread,event,on,detail");
	return false;
}

bool facts_each(str text, struct arena *arena, day as_of, const struct facts_told *told,
	size_t *rejected, struct err *err)
{
	struct reading reading = { .arena = arena, .reject = told->reject, .visit = told->visit,
		.to = told->to,
		.column = { { .name = "subject" }, { .name = "thread" }, { .name = "event" },
			{ .name = "on" }, { .name = "detail", .optional = true } } };
	struct csv csv = csv_open(text, arena, (struct csv_options){ 0 });
	struct csv_row row;
	bool ok = read_header(&reading, &csv, err), sorted = ok && is_sorted(text);
	reading.plain = sorted;
	open_words(&reading.words);
	while (ok && csv_next(&csv, &row)) {
		struct fact fact;
		if (!read_fact(&reading, &row, &fact) ||
			(fact.event.on > as_of && !word_is_planned(fact.event.word)))
			continue;
		if (sorted && reading.facts.n > 0 &&
			!str_equal(fact.subject, reading.facts.item[0].subject))
			tell_all(&reading);
		ARRAY_MORE(&reading.facts) = fact;
	}
	ok = ok && csv_end(&csv, err);
	if (ok && !sorted && reading.facts.n > 0)
		qsort(reading.facts.item, reading.facts.n, sizeof *reading.facts.item, by_subject);
	if (ok)
		tell_all(&reading);
	*rejected = reading.rejected;
	mem_free(reading.facts.item);
	mem_free(reading.events.item);
	intern_close(&reading.words);
	intern_close(&reading.threads);
	return ok;
}

str fact_thread(const struct fact_subject *subject, int64_t thread)
{
	return thread == 0 ? (str){ 0 } : subject->thread[thread - 1];
}
