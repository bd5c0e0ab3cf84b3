#include "job/tracker.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

struct key {
	str text;
	const struct tracker_child *child;
};

struct keys {
	struct key *item; /* sorted by text */
	size_t n, room;
};

static int compare_keys(const void *a, const void *b)
{
	return str_compare(((const struct key *)a)->text, ((const struct key *)b)->text);
}

/* "OTTER, Maya" as "ottermaya"; a nickname in brackets is left out. */
static str fold(struct arena *arena, str first, str second)
{
	struct buf plain = { 0 }, key = { 0 };
	const str part[] = { first, second };
	for (size_t i = 0; i < 2; i++) {
		bool within = false;
		for (size_t j = 0; j < part[i].n; j++) {
			char c = part[i].p[j];
			within |= c == '(';
			if (!within && c != ',' && c != '*' && c != '?')
				buf_char(&plain, c);
			within &= c != ')';
		}
		buf_char(&plain, ' ');
	}
	buf_utf8_fold(&key, buf_view(&plain));
	str kept = arena_str(arena, buf_view(&key));
	buf_close(&plain);
	buf_close(&key);
	return kept;
}

/* "00123 ", "123" and "123.0" are one number to those who keep it in a spreadsheet. */
static str number_key(struct arena *arena, str number)
{
	number = str_trim(number);
	if (str_ends(number, S(".0")))
		number = str_upto(number, number.n - 2);
	while (number.n > 1 && number.p[0] == '0')
		number = str_from(number, 1);
	return fold(arena, number, (str){ 0 });
}

static void add_key(struct keys *keys, str text, const struct tracker_child *child)
{
	if (text.n > 0)
		ARRAY_MORE(keys) = (struct key){ text, child };
}

static const struct key *find(const struct keys *keys, str text)
{
	size_t low = 0, high = keys->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_compare(keys->item[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return text.n > 0 && low < keys->n && str_equal(keys->item[low].text, text)
		       ? &keys->item[low]
		       : NULL;
}

struct matching {
	struct arena *arena;
	struct keys number, name;
	struct tracker_found *out;
};

static bool same_name(struct matching *m, const struct tracker_row *row,
	const struct tracker_child *child)
{
	str theirs = fold(m->arena, row->name, (str){ 0 });
	return row->name.n == 0 || child->level < 2 ||
	       str_equal(theirs, fold(m->arena, child->forename, child->surname)) ||
	       str_equal(theirs, fold(m->arena, child->surname, child->forename));
}

static void by_number(struct matching *m, const struct tracker_row *row, const struct key *key,
	struct tracker_match *match)
{
	*match = (struct tracker_match){ .fit = FIT_NUMBER, .child = key->child };
	if (!same_name(m, row, key->child))
		match->why = "the number is this child’s, but the name is written in another way";
}

/* The first word and the last of a name with others between. */
static str outer_names(struct arena *arena, str name)
{
	name = str_trim(name);
	size_t first = str_find(name, ' '), last = name.n;
	while (last > 0 && name.p[last - 1] != ' ')
		last--;
	return first >= name.n || last <= first + 1
		       ? (str){ 0 }
		       : fold(arena, str_upto(name, first), str_from(name, last));
}

static void by_name(struct matching *m, const struct tracker_row *row, struct tracker_match *match)
{
	const struct key *key = find(&m->name, fold(m->arena, row->name, (str){ 0 }));
	const struct key *end = m->name.item + m->name.n;
	if (key == NULL)
		key = find(&m->name, outer_names(m->arena, row->name));
	if (key == NULL)
		return;
	size_t fits = 0;
	const struct tracker_child *first = key->child;
	for (const struct key *one = key; one < end && str_equal(one->text, key->text); one++) {
		if (one > key && one->child == one[-1].child)
			continue;
		fits++;
		if (row->born != DAY_UNKNOWN && one->child->born == row->born) {
			*match = (struct tracker_match){ .fit = FIT_NAME_AND_BIRTH, .child = one->child };
			return;
		}
	}
	if (row->born == DAY_UNKNOWN && fits == 1) {
		*match = (struct tracker_match){ .fit = FIT_NAME, .child = first,
			.why = "matched by name alone: the tracker has no date of birth" };
		return;
	}
	match->near = first;
	match->why = row->born == DAY_UNKNOWN ? "more than one of your children has this name, and the "
						"tracker has no date of birth"
		     : first->born == DAY_UNKNOWN
			     ? "the name is the same, but the council’s date of birth is not known"
			     : "the name is the same, but the date of birth is not";
}

/* ---- who could be meant */

struct tracker_sieve {
	struct arena *arena, *scratch; /* of the keys; of the child that is asked of */
	struct keys keys;
};

enum { SIEVE_MOST = 16 << 20, SCRATCH_MOST = 1 << 16 };

struct tracker_sieve *tracker_sieve_open(const struct tracker *tracker)
{
	struct tracker_sieve *sieve = mem_alloc(1, sizeof *sieve);
	sieve->arena = arena_open(SIEVE_MOST);
	sieve->scratch = arena_open(SCRATCH_MOST);
	for (size_t i = 0; i < tracker->n; i++) {
		const struct tracker_row *row = &tracker->row[i];
		add_key(&sieve->keys, number_key(sieve->arena, row->child), NULL);
		add_key(&sieve->keys, fold(sieve->arena, row->name, (str){ 0 }), NULL);
		add_key(&sieve->keys, outer_names(sieve->arena, row->name), NULL);
	}
	if (sieve->keys.n > 0)
		qsort(sieve->keys.item, sieve->keys.n, sizeof(struct key), compare_keys);
	return sieve;
}

bool tracker_sieve_keeps(void *to, const struct tracker_child *child)
{
	struct tracker_sieve *sieve = to;
	arena_reset(sieve->scratch);
	if (find(&sieve->keys, number_key(sieve->scratch, child->number)) != NULL)
		return true;
	return child->level >= 2 &&
		(find(&sieve->keys, fold(sieve->scratch, child->forename, child->surname)) != NULL ||
			find(&sieve->keys, fold(sieve->scratch, child->surname, child->forename)) != NULL);
}

void tracker_sieve_close(struct tracker_sieve *sieve)
{
	arena_close(sieve->arena);
	arena_close(sieve->scratch);
	mem_free(sieve->keys.item);
	mem_free(sieve);
}

/* ---- whom each row is of */

static int compare_subjects(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Whom the matched rows are of; and which rows are of somebody who has one already. */
static void count(struct matching *m)
{
	struct tracker_found *out = m->out;
	size_t n = 0, kept = 0, rows = out->tracker->n;
	out->subject = arena_take(m->arena, rows + 1, sizeof *out->subject);
	for (size_t i = 0; i < rows; i++) {
		if (out->match[i].child != NULL)
			out->subject[n++] = out->match[i].child->subject;
	}
	qsort(out->subject, n, sizeof *out->subject, compare_subjects);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || out->subject[i] != out->subject[kept - 1])
			out->subject[kept++] = out->subject[i];
	}
	out->matched = kept;
	bool *met = arena_take(m->arena, kept + 1, sizeof *met);
	for (size_t i = 0; i < rows; i++) {
		struct tracker_match *match = &out->match[i];
		if (match->child == NULL)
			continue;
		const int64_t *at = bsearch(&match->child->subject, out->subject, kept,
			sizeof *out->subject, compare_subjects);
		must(at != NULL);
		match->again = met[at - out->subject];
		out->again += match->again;
		met[at - out->subject] = true;
	}
}

void tracker_match(struct arena *arena, const struct tracker *tracker,
	const struct tracker_children *children, struct tracker_found *out)
{
	struct matching m = { .arena = arena, .out = out };
	*out = (struct tracker_found){ .tracker = tracker };
	out->match = arena_take(arena, tracker->n + 1, sizeof *out->match);
	for (size_t i = 0; i < children->n; i++) {
		const struct tracker_child *child = &children->item[i];
		add_key(&m.number, number_key(arena, child->number), child);
		/* Who may not be named is not found by name. */
		if (child->level < 2 || child->forename.n + child->surname.n == 0)
			continue;
		add_key(&m.name, fold(arena, child->forename, child->surname), child);
		add_key(&m.name, fold(arena, child->surname, child->forename), child);
	}
	if (m.number.n > 0)
		qsort(m.number.item, m.number.n, sizeof(struct key), compare_keys);
	if (m.name.n > 0)
		qsort(m.name.item, m.name.n, sizeof(struct key), compare_keys);
	for (size_t i = 0; i < tracker->n; i++) {
		const struct tracker_row *row = &tracker->row[i];
		const struct key *key = find(&m.number, number_key(arena, row->child));
		if (key != NULL)
			by_number(&m, row, key, &out->match[i]);
		else
			by_name(&m, row, &out->match[i]);
	}
	count(&m);
	mem_free(m.number.item);
	mem_free(m.name.item);
}
