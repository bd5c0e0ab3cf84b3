#include "returns/ssda903/write_child.h"

#include "returns/ssda903/footing.h"

#include <stdlib.h>

const struct record_type *const ssda903_types[SSDA903_TYPES] = { &child_type, &care_period_type,
	&legal_status_type, &placement_type, &cla_review_type, &missing_episode_type };

struct telling {
	struct arena *arena;
	const struct ssda903_year *year;
	const struct told_child *of;
	const struct child *child;
	struct footing *footing; /* of the year, in order */
	size_t footings;
	struct buf *out;
	size_t rows;
};

static void put(struct telling *t, enum ssda903_file file, const void *row)
{
	ssda903_write_row(&t->out[file], file, row);
	t->rows++;
}

static bool is_known(const struct telling *t, day d)
{
	return d != DAY_UNKNOWN && d <= t->year->to;
}

static bool is_within(const struct telling *t, day d)
{
	return is_known(t, d) && d >= t->year->from;
}

/* What came after the year is not told. */
static day shown(const struct telling *t, day d)
{
	return is_known(t, d) ? d : DAY_UNKNOWN;
}

/* The first record of the type; NULL: none. */
static const void *single(const struct telling *t, const struct record_type *type)
{
	const struct told_list *list = &t->of->of[type->index];
	return list->n == 0 ? NULL : list->item[0].record;
}

static bool is_short_break(str legal)
{
	return str_equal(legal, S("V3")) || str_equal(legal, S("V4"));
}

static bool only_short_breaks(const struct telling *t)
{
	bool only = t->footings > 0;
	for (size_t i = 0; i < t->footings; i++)
		only = only && is_short_break(t->footing[i].legal);
	return only;
}

/* Of the year: what ran in it, as far as is known. */
static void take_footings(struct telling *t)
{
	struct footings all;
	footings_of(t->arena, t->of, &all);
	t->footing = all.item;
	for (size_t i = 0; i < all.n; i++) {
		const struct footing *one = &all.item[i];
		bool began = one->began == DAY_UNKNOWN || one->began <= t->year->to;
		if (began && (one->ended == DAY_UNKNOWN || one->ended >= t->year->from))
			t->footing[t->footings++] = *one;
	}
}

static int age(day born, day on)
{
	struct civil b = day_civil(born), o = day_civil(on);
	int years = o.year - b.year;
	return o.month < b.month || (o.month == b.month && o.day < b.day) ? years - 1 : years;
}

/* M and F since the return of 2024-25; 1 and 2 before. */
static str sex(const struct telling *t)
{
	str sex = t->child->sex;
	if (day_civil(t->year->to).year >= 2025)
		return sex;
	return str_equal(sex, S("M")) ? S("1") : str_equal(sex, S("F")) ? S("2") : sex;
}

/* UN1: not of an age at which a child needs a number, and has none. */
static str upn(const struct telling *t)
{
	const struct child *child = t->child;
	bool small = child->born != DAY_UNKNOWN && age(child->born, t->year->to) < 5;
	return child->upn.n == 0 && small ? S("UN1") : child->upn;
}

static void put_header(struct telling *t)
{
	put(t, SSDA903_HEADER,
		&(struct ssda903_header){ .child = t->of->number,
			.sex = sex(t),
			.born = t->child->born,
			.ethnic = t->child->ethnicity,
			.upn = upn(t),
			.mc_born = DAY_UNKNOWN });
}

static void put_episodes(struct telling *t)
{
	for (size_t i = 0; i < t->footings; i++) {
		const struct footing *one = &t->footing[i];
		static const struct placement none;
		const struct placement *place = one->place == NULL ? &none : one->place;
		bool over = is_known(t, one->ended);
		put(t, SSDA903_EPISODES,
			&(struct ssda903_episode){ .child = t->of->number,
				.decom = one->began,
				.rne = one->rne,
				.ls = one->legal,
				.place = place->code,
				.provider = place->provider,
				.dec = shown(t, one->ended),
				.rec = over ? one->rec : (str){ 0 },
				.change_reason = over && one->moves ? place->change_reason
								    : (str){ 0 } });
	}
}

/* The child's records of a type, by a day of theirs. */
struct dated {
	day on;
	size_t nth;
	const void *record;
};

static int compare_dated(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	return (x->nth > y->nth) - (x->nth < y->nth);
}

static struct dated *by_day(
	struct telling *t, const struct record_type *type, day (*on)(const void *record), size_t *n)
{
	const struct told_list *list = &t->of->of[type->index];
	struct dated *out = arena_take(t->arena, list->n + 1, sizeof *out);
	*n = list->n;
	for (size_t i = 0; i < list->n; i++)
		out[i] = (struct dated){ on(list->item[i].record), i, list->item[i].record };
	if (*n > 0)
		qsort(out, *n, sizeof *out, compare_dated);
	return out;
}

static day review_on(const void *record)
{
	return ((const struct cla_review *)record)->held;
}

/* A child who only has short breaks has reviews, and not in this return. */
static void put_reviews(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(t, &cla_review_type, review_on, &n);
	for (size_t i = 0; i < n && !only_short_breaks(t); i++) {
		const struct cla_review *review = dated[i].record;
		if (is_within(t, review->held))
			put(t, SSDA903_REVIEWS,
				&(struct ssda903_review){ t->of->number, t->child->born,
					review->held, review->participation });
	}
}

static day missing_on(const void *record)
{
	return ((const struct missing_episode *)record)->began.on;
}

static void put_missing(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(t, &missing_episode_type, missing_on, &n);
	for (size_t i = 0; i < n; i++) {
		const struct missing_episode *missing = dated[i].record;
		day from = missing->began.on, to = missing->ended.on;
		if (is_known(t, from) && (to == DAY_UNKNOWN || to >= t->year->from))
			put(t, SSDA903_MISSING,
				&(struct ssda903_missing){ t->of->number, t->child->born,
					missing->kind, from, shown(t, to) });
	}
}

size_t ssda903_write_child(struct arena *arena, const struct ssda903_year *year,
	const struct told_child *child, struct buf *out)
{
	struct telling t = { .arena = arena, .year = year, .of = child, .out = out };
	t.child = single(&t, &child_type);
	if (t.child == NULL)
		return 0;
	take_footings(&t);
	if (t.footings == 0)
		return 0;
	put_header(&t);
	put_episodes(&t);
	put_reviews(&t);
	put_missing(&t);
	return t.rows;
}
