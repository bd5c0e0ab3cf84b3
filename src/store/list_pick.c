#include "store/list_pick.h"

#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

struct pick pick_of(struct arena *arena, const struct caseload_query *query)
{
	struct pick pick = { .query = query };
	str rest = query->text, word;
	while (pick.words < PICK_WORDS && str_split(&rest, ' ', &word)) {
		str key = folded(arena, word);
		if (key.n > 0)
			pick.word[pick.words++] = key;
	}
	return pick;
}

/* ---- one row a child */

static int by_subject(const void *a, const void *b)
{
	const struct pick_row *one = a, *two = b;
	return one->subject < two->subject ? -1 : one->subject > two->subject;
}

size_t pick_merge(struct pick_row *row, size_t n)
{
	size_t kept = 0;
	bool sorted = true;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = row[i - 1].subject <= row[i].subject;
	if (!sorted)
		qsort(row, n, sizeof *row, by_subject);
	for (size_t i = 0; i < n;) {
		struct pick_row best = row[i];
		for (i++; i < n && row[i].subject == best.subject; i++) {
			bool barred = best.barred || row[i].barred;
			if (row[i].level > best.level)
				best = row[i];
			best.barred = barred;
		}
		if (!best.barred && best.level > 0)
			row[kept++] = best;
	}
	return kept;
}

/* ---- brothers and sisters */

uint32_t pick_hash(str siblings)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < siblings.n; i++)
		hash = (hash ^ (unsigned char)siblings.p[i]) * 16777619u;
	return hash;
}

static bool are_siblings(const struct pick_row *a, const struct pick_row *b)
{
	return a->group == b->group && a->siblings.n > 0 && str_equal(a->siblings, b->siblings);
}

void pick_siblings_of(struct pick *pick, const struct pick_row *row, size_t n)
{
	for (size_t i = 0; i < n && pick->query->siblings_of != 0; i++) {
		if (row[i].subject == pick->query->siblings_of) {
			pick->siblings = row[i].siblings;
			pick->group = row[i].group;
		}
	}
}

int64_t pick_siblings(const struct pick_row *row, size_t n, const struct pick_row *of)
{
	int64_t others = 0;
	const struct pick_row *end = row + n;
	if (of->siblings.n == 0)
		return 0;
	for (; row < end; row++) {
		if (row->group == of->group && row != of && str_equal(row->siblings, of->siblings))
			others++;
	}
	return others;
}

/* ---- said for the day, counted, asked for */

static bool has(str text, str word)
{
	return memmem(text.p, text.n, word.p, word.n) != NULL;
}

/* By its whole number, or by every word of its name where that may be seen. */
static bool is_found(const struct pick *pick, const struct pick_row *row)
{
	str asked = pick->query->text;
	if (asked.n == 0 || str_equal(row->number, asked))
		return true;
	if (row->level < 2 || pick->words == 0)
		return false;
	for (size_t i = 0; i < pick->words; i++) {
		if (!has(row->name, pick->word[i]))
			return false;
	}
	return true;
}

static bool is_within(const struct pick_row *row, day today, int days)
{
	return row->due != DAY_UNKNOWN && row->due >= today && row->due <= today + days;
}

static bool is_late(const struct pick_row *row, day today)
{
	return row->next_due != DAY_UNKNOWN && row->next_due < today;
}

static bool is_unsure(const struct pick_row *row, day today)
{
	return row->unknowns || (row->unsure_due != DAY_UNKNOWN && row->unsure_due < today);
}

static bool is_picked(const struct pick *pick, const struct pick_row *row)
{
	const struct caseload_query *query = pick->query;
	day today = query->today;
	if (query->kind == LIST_LOOKED_AFTER && !row->looked_after)
		return false;
	if (query->kind == LIST_ON_PLAN && !row->on_plan)
		return false;
	if (query->team.n > 0 && !str_equal(row->team, query->team))
		return false;
	if (query->siblings_of != 0 && row->subject != query->siblings_of &&
		(row->group != pick->group || pick->siblings.n == 0 ||
			!str_equal(row->siblings, pick->siblings)))
		return false;
	switch (query->state) {
	case LIST_OVERDUE:
		return is_late(row, today) && is_found(pick, row);
	case LIST_UNKNOWN:
		return is_unsure(row, today) && is_found(pick, row);
	case LIST_WEEK:
		return is_within(row, today, 7) && is_found(pick, row);
	case LIST_FOUR_WEEKS:
		return is_within(row, today, 28) && is_found(pick, row);
	case LIST_LATE_REVIEWS:
		return row->late && is_found(pick, row);
	case LIST_ALL:
	default:
		return is_found(pick, row);
	}
}

static void say(struct pick_row *row, day today)
{
	bool next = row->next_due != DAY_UNKNOWN, unsure = row->unsure_due != DAY_UNKNOWN;
	row->due = !unsure || (next && row->next_due <= row->unsure_due) ? row->next_due
									: row->unsure_due;
	row->rank = is_late(row, today)	    ? PICK_OVERDUE
		: is_unsure(row, today)	    ? PICK_UNKNOWN
		: next || unsure	    ? PICK_DUE
					    : PICK_NOTHING;
}

void pick_say(const struct pick *pick, struct pick_row *row, size_t n, struct pick_counts *counts)
{
	day today = pick->query->today;
	size_t kept = 0;
	*counts = (struct pick_counts){ .children = (int64_t)n };
	for (size_t i = 0; i < n; i++) {
		say(&row[i], today);
		counts->overdue += is_late(&row[i], today);
		counts->unknown += is_unsure(&row[i], today);
		counts->week += is_within(&row[i], today, 7);
		counts->four_weeks += is_within(&row[i], today, 28);
		if (is_picked(pick, &row[i])) {
			struct pick_row picked = row[i];
			if (pick->query->state == LIST_LATE_REVIEWS) {
				picked.rank = PICK_OVERDUE;
				picked.due = picked.next_due = picked.late_due;
			}
			row[i] = row[kept];
			row[kept++] = picked;
		}
	}
	counts->total = (int64_t)kept;
}

/* ---- in order */

static int compare_names(const struct pick_row *a, const struct pick_row *b)
{
	int order = str_compare(a->level >= 2 ? a->name : a->number,
		b->level >= 2 ? b->name : b->number);
	return order != 0 ? order : by_subject(a, b);
}

/* Unknown last, whichever way round. */
static int compare_due(const struct pick_row *a, const struct pick_row *b, bool backwards)
{
	if (a->due == b->due)
		return 0;
	if (a->due == DAY_UNKNOWN || b->due == DAY_UNKNOWN)
		return a->due == DAY_UNKNOWN ? 1 : -1;
	return (a->due < b->due) != backwards ? -1 : 1;
}

/* The youngest first; who is not yet born, or has no date of birth here, is the youngest. */
static int compare_born(const struct pick_row *a, const struct pick_row *b)
{
	int64_t one = a->born == DAY_UNKNOWN ? INT64_MAX : a->born;
	int64_t two = b->born == DAY_UNKNOWN ? INT64_MAX : b->born;
	return one > two ? -1 : one < two;
}

/* Never comes before long ago: DAY_UNKNOWN is before every day. A row that does not show it last. */
static int compare_last(
	const struct pick_row *a, const struct pick_row *b, day one, day two, bool backwards)
{
	bool shown = a->level >= 2;
	if (shown != (b->level >= 2))
		return shown ? -1 : 1;
	return one == two ? 0 : (one < two) != backwards ? -1 : 1;
}

static int compare_rows(const struct caseload_query *query, const struct pick_row *a,
	const struct pick_row *b)
{
	bool back = query->backwards;
	int order = 0;
	switch (query->sort) {
	case LIST_BY_AGE:
		order = back ? -compare_born(a, b) : compare_born(a, b);
		return order != 0 ? order : compare_names(a, b);
	case LIST_BY_DUE:
		order = compare_due(a, b, back);
		break;
	case LIST_BY_WORST:
		order = a->rank == b->rank ? compare_due(a, b, back)
			: (a->rank < b->rank) != back ? -1
						      : 1;
		break;
	case LIST_BY_VOICE:
		order = compare_last(a, b, a->view_on, b->view_on, back);
		break;
	case LIST_BY_CONTACT:
		order = compare_last(a, b, a->contact_on, b->contact_on, back);
		break;
	case LIST_BY_NAME:
	default:
		break;
	}
	if (order != 0)
		return order;
	return back ? -compare_names(a, b) : compare_names(a, b);
}

/* Where brothers and sisters stand together, their group goes before they do. */
static int compare(
	const struct caseload_query *query, const struct pick_row *a, const struct pick_row *b)
{
	if (!query->together)
		return compare_rows(query, a, b);
	const struct pick_row *x = a->lead == NULL ? a : a->lead, *y = b->lead == NULL ? b : b->lead;
	if (x == y || x->subject == y->subject)
		return compare_rows(query, a, b);
	return compare_rows(query, x, y);
}

static int by_group(const void *a, const void *b)
{
	const struct pick_row *x = *(struct pick_row *const *)a, *y = *(struct pick_row *const *)b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return str_compare(x->siblings, y->siblings);
}

void pick_group(struct arena *arena, const struct pick *pick, struct pick_row *row, size_t n)
{
	struct pick_row **by = arena_take(arena, n, sizeof *by);
	for (size_t i = 0; i < n; i++)
		by[i] = &row[i];
	qsort(by, n, sizeof *by, by_group);
	for (size_t i = 0, end; i < n; i = end) {
		const struct pick_row *first = by[i];
		for (end = i + 1; end < n && are_siblings(by[i], by[end]); end++) {
			if (compare_rows(pick->query, by[end], first) < 0)
				first = by[end];
		}
		if (end == i + 1)
			continue;
		struct pick_row *lead = arena_new(arena, struct pick_row);
		*lead = *first;
		for (size_t k = i; k < end; k++)
			by[k]->lead = lead;
	}
}

static void swap(struct pick_row *a, struct pick_row *b)
{
	struct pick_row kept = *a;
	*a = *b;
	*b = kept;
}

/* row[0..n) is a heap with its last on top but for row[at]: put that right. */
static void sink(const struct caseload_query *query, struct pick_row *row, size_t n, size_t at)
{
	for (;;) {
		size_t last = at, left = 2 * at + 1;
		if (left < n && compare(query, &row[left], &row[last]) > 0)
			last = left;
		if (left + 1 < n && compare(query, &row[left + 1], &row[last]) > 0)
			last = left + 1;
		if (last == at)
			return;
		swap(&row[at], &row[last]);
		at = last;
	}
}

void pick_sort(const struct pick *pick, struct pick_row *row, size_t n, size_t most)
{
	const struct caseload_query *query = pick->query;
	if (most > n)
		most = n;
	for (size_t at = most / 2; at-- > 0;)
		sink(query, row, most, at);
	/* A page of a long list: what comes after the last of the page so far is passed over. */
	for (size_t i = most; i < n && most > 0; i++) {
		if (compare(query, &row[i], &row[0]) < 0) {
			swap(&row[i], &row[0]);
			sink(query, row, most, 0);
		}
	}
	for (size_t end = most; end > 1; end--) {
		swap(&row[0], &row[end - 1]);
		sink(query, row, end - 1, 0);
	}
}
