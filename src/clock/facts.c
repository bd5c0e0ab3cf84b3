#include "clock/facts.h"
#include "base/csv.h"
#include "base/intern.h"
#include "base/mem.h"

#include <stdlib.h>

enum { SUBJECT, THREAD, EVENT, ON, DETAIL, COLUMNS };

/* A fact as it stands in the file: its subject, and the event. */
struct fact {
	uint32_t subject;
	struct event event;
};

struct reading {
	struct arena *arena;
	day as_of;
	void (*reject)(void *to, const struct fact_reject *reject);
	void *to;
	struct csv_column column[COLUMNS];
	struct intern subjects, threads;
	struct {
		struct fact *item;
		size_t n, room;
	} facts;
	size_t rejected;
	/* Rows of one subject mostly stand together: looking it up again is saved. */
	str last_subject;
	uint32_t last_number;
};

static bool reject(struct reading *reading, const struct csv_row *row, int column, str reason)
{
	reading->rejected++;
	reading->reject(reading->to,
		&(struct fact_reject){ row->line, str_of(reading->column[column].name),
			csv_field(row, &reading->column[column]), reason });
	return false;
}

static int64_t thread_number(struct reading *reading, str text)
{
	return text.n == 0 ? 0 : (int64_t)intern_number(&reading->threads, text) + 1;
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
static int64_t read_link(struct reading *reading, str detail)
{
	str link;
	if (detail.n > 0 && (detail_find(detail, S("review"), &link) ||
				    detail_find(detail, S("conference"), &link)))
		return thread_number(reading, link);
	return 0;
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
	event->word = word_find(str_trim(csv_field(row, &reading->column[EVENT])));
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
	event->thread =
		thread_number(reading, str_trim(csv_field(row, &reading->column[THREAD])));
	event->link = read_link(reading, detail);
	if (!str_equal(subject, reading->last_subject)) {
		reading->last_subject = subject;
		reading->last_number = intern_number(&reading->subjects, subject);
	}
	fact->subject = reading->last_number;
	return true;
}

static int by_text(const void *a, const void *b, void *texts)
{
	const str *text = texts;
	return str_compare(text[*(const uint32_t *)a], text[*(const uint32_t *)b]);
}

/* Facts in the file's order become events in their subjects', subjects in the order of bytes. */
static void group(struct reading *reading, struct facts *out)
{
	size_t n = reading->subjects.n;
	uint32_t *order = mem_alloc(n, sizeof *order);
	size_t *fill = mem_alloc(n, sizeof *fill);
	out->subject = mem_alloc(n, sizeof *out->subject);
	out->event = mem_alloc(reading->facts.n, sizeof *out->event);
	out->subjects = n;
	out->events = reading->facts.n;
	for (size_t i = 0; i < reading->facts.n; i++)
		fill[reading->facts.item[i].subject]++;
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, n, sizeof *order, by_text, reading->subjects.text);
	size_t first = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t number = order[i];
		out->subject[i] = (struct fact_subject){ reading->subjects.text[number], first,
			fill[number] };
		fill[number] = first;
		first += out->subject[i].n;
	}
	for (size_t i = 0; i < reading->facts.n; i++)
		out->event[fill[reading->facts.item[i].subject]++] = reading->facts.item[i].event;
	for (size_t i = 0; i < n; i++)
		out->subject[i].n =
			events_sort(out->event + out->subject[i].first, out->subject[i].n);
	mem_free(order);
	mem_free(fill);
}

bool facts_read(str text, struct arena *arena, day as_of,
	void (*reject_to)(void *to, const struct fact_reject *reject), void *to, struct facts *out,
	struct err *err)
{
	struct reading reading = { .arena = arena, .as_of = as_of, .reject = reject_to, .to = to,
		.column = { { .name = "subject" }, { .name = "thread" }, { .name = "event" },
			{ .name = "on" }, { .name = "detail", .optional = true } } };
	*out = (struct facts){ 0 };
	struct csv csv = csv_open(text, arena, (struct csv_options){ 0 });
	struct csv_row row;
	bool ok = csv_next(&csv, &row);
	if (ok)
		ok = csv_columns(&row, reading.column, COLUMNS, NULL, err);
	else if (csv_end(&csv, err))
		err_set(err, ERR_INPUT,
			"the file is empty: its first line is subject,thread,event,on,detail");
	while (ok && csv_next(&csv, &row)) {
		struct fact fact;
		if (read_fact(&reading, &row, &fact) &&
			(fact.event.on <= as_of || word_is_planned(fact.event.word)))
			ARRAY_MORE(&reading.facts) = fact;
	}
	ok = ok && csv_end(&csv, err);
	if (ok) {
		group(&reading, out);
		out->thread = reading.threads.text;
		out->threads = reading.threads.n;
		out->rejected = reading.rejected;
		reading.threads.text = NULL;
	}
	mem_free(reading.facts.item);
	intern_close(&reading.subjects);
	intern_close(&reading.threads);
	return ok;
}

void facts_close(struct facts *facts)
{
	mem_free(facts->subject);
	mem_free(facts->event);
	mem_free(facts->thread);
	*facts = (struct facts){ 0 };
}

str facts_thread(const struct facts *facts, int64_t thread)
{
	return thread == 0 ? (str){ 0 } : facts->thread[thread - 1];
}
