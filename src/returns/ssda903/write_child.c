#include "returns/ssda903/write_child.h"

#include "returns/ssda903/footing.h"

#include <stdlib.h>

const struct record_type *const ssda903_types[SSDA903_TYPES] = { &child_type, &care_period_type,
	&legal_status_type, &placement_type, &cla_review_type, &missing_episode_type,
	&health_year_type, &leaver_year_type, &adoption_plan_type, &earlier_permanence_type,
	&worker_spell_type, &liberty_order_type };

struct telling {
	struct arena *arena;
	const struct ssda903_year *year;
	const struct told_child *of;
	const struct child *child;
	struct footing *footing; /* of the year, in order */
	size_t footings;
	struct buf *out;
	size_t *rows, all;
};

static void put(struct telling *t, enum ssda903_file file, const void *row)
{
	if (!ssda903_has_file(file, day_civil(t->year->to).year))
		return;
	ssda903_write_row(&t->out[file], file, row);
	t->rows[file]++;
	t->all++;
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

/* Or why there is none. UN1: the child is not of an age to need one. */
static str upn(const struct telling *t)
{
	const struct child *child = t->child;
	bool small = child->born != DAY_UNKNOWN && age(child->born, t->year->to) < 5;
	return child->upn.n > 0 ? child->upn
		: child->upn_unknown.n > 0 ? child->upn_unknown
		: small			   ? S("UN1")
					   : (str){ 0 };
}

static str answered(enum answer answer)
{
	return answer == ANSWER_YES ? S("1") : answer == ANSWER_NO ? S("0") : (str){ 0 };
}

/* Asked of girls who are looked after, and not only for short breaks. */
static str mother(const struct telling *t)
{
	bool asked = str_equal(t->child->sex, S("F")) && t->footings > 0 && !only_short_breaks(t);
	return asked || t->child->mother == ANSWER_YES ? answered(t->child->mother) : (str){ 0 };
}

static void put_header(struct telling *t)
{
	put(t, SSDA903_HEADER,
		&(struct ssda903_header){ .child = t->of->number,
			.sex = sex(t),
			.born = t->child->born,
			.ethnic = t->child->ethnicity,
			.upn = upn(t),
			.mother = mother(t),
			.mc_born = shown(t, t->child->own_child_born) });
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
				.cin = one->care->need,
				.place = place->code,
				.provider = place->provider,
				.dec = shown(t, one->ended),
				.rec = over ? one->rec : (str){ 0 },
				.change_reason = over && one->moves ? place->change_reason
								    : (str){ 0 },
				.home_post = one->care->home_post,
				.pl_post = place->postcode,
				.urn = place->urn });
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

const struct choice_row *ssda903_review_day(const struct local_policy *policy, day on)
{
	return local_choice(policy, S("review-in-parts"), on);
}

bool ssda903_review_started(const struct choice_row *choice)
{
	return str_equal(choice->value, S("started"));
}

static day review_completed(const void *record)
{
	return ((const struct cla_review *)record)->held;
}

static day review_started(const void *record)
{
	const struct cla_review *review = record;
	return review->started == DAY_UNKNOWN ? review->held : review->started;
}

/* A child who only has short breaks has reviews, and not in this return. */
static void put_reviews(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(
		t, &cla_review_type, t->year->review_started ? review_started : review_completed, &n);
	for (size_t i = 0; i < n && !only_short_breaks(t); i++) {
		const struct cla_review *review = dated[i].record;
		if (is_within(t, dated[i].on))
			put(t, SSDA903_REVIEWS,
				&(struct ssda903_review){ t->of->number, t->child->born,
					dated[i].on, review->participation });
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
	for (size_t i = 0; i < n && t->footings > 0; i++) {
		const struct missing_episode *missing = dated[i].record;
		day from = missing->began.on, to = missing->ended.on;
		if (is_known(t, from) && (to == DAY_UNKNOWN || to >= t->year->from))
			put(t, SSDA903_MISSING,
				&(struct ssda903_missing){ t->of->number, t->child->born,
					missing->kind, from, shown(t, to) });
	}
}

/* Who was unaccompanied in the year. The day on which that ceases may be still to come. */
static void put_uasc(struct telling *t)
{
	const struct child *child = t->child;
	bool ceased = child->unaccompanied_until != DAY_UNKNOWN &&
		child->unaccompanied_until < t->year->from;
	if (child->unaccompanied == ANSWER_YES && !ceased && t->footings > 0)
		put(t, SSDA903_UASC,
			&(struct ssda903_uasc){ t->of->number, sex(t), child->born,
				child->unaccompanied_until });
}

static void put_health(struct telling *t)
{
	const struct told_list *list = &t->of->of[health_year_type.index];
	for (size_t i = 0; i < list->n; i++) {
		const struct health_year *health = list->item[i].record;
		if (health->ended != t->year->to)
			continue;
		put(t, SSDA903_OC2,
			&(struct ssda903_oc2){ .child = t->of->number,
				.born = t->child->born,
				.sdq_score = health->sdq_score < 0
						     ? (str){ 0 }
						     : arena_format(t->arena, "%lld",
							       (long long)health->sdq_score),
				.sdq_reason = health->sdq_reason,
				.convicted = answered(health->convicted),
				.health_check = answered(health->health_check),
				.immunisations = answered(health->immunisations),
				.teeth_check = answered(health->teeth_check),
				.health_assessment = answered(health->health_assessment),
				.substance_misuse = answered(health->substance_misuse),
				.intervention_received = answered(health->intervention_received),
				.intervention_offered = answered(health->intervention_offered) });
	}
}

static bool is_leaver(const struct telling *t)
{
	const struct told_list *list = &t->of->of[leaver_year_type.index];
	bool leaver = false;
	for (size_t i = 0; i < list->n; i++)
		leaver = leaver ||
			((const struct leaver_year *)list->item[i].record)->ended == t->year->to;
	return leaver;
}

static void put_leaver(struct telling *t)
{
	const struct told_list *list = &t->of->of[leaver_year_type.index];
	for (size_t i = 0; i < list->n; i++) {
		const struct leaver_year *leaver = list->item[i].record;
		if (leaver->ended == t->year->to)
			put(t, SSDA903_OC3,
				&(struct ssda903_oc3){ t->of->number, t->child->born,
					leaver->in_touch, leaver->activity,
					leaver->accommodation });
	}
}

static bool is_adopted(const struct telling *t)
{
	bool adopted = false;
	for (size_t i = 0; i < t->footings; i++) {
		const struct footing *one = &t->footing[i];
		adopted = adopted ||
			(is_within(t, one->ended) && (str_equal(one->rec, S("E11")) ||
							     str_equal(one->rec, S("E12"))));
	}
	return adopted;
}

/* What the table of adoptions adds to the decision that is told beside it. */
static bool is_of_adopters(const struct adoption_plan *plan)
{
	return plan->matched != DAY_UNKNOWN || plan->foster_carer != ANSWER_UNKNOWN ||
		plan->adopters >= 0 || plan->adopters_sex.n > 0 || plan->adopters_status.n > 0;
}

static void put_adoption(struct telling *t, const struct adoption_plan *plan)
{
	put(t, SSDA903_AD1,
		&(struct ssda903_ad1){ t->of->number, t->child->born, plan->decided,
			shown(t, plan->matched), answered(plan->foster_carer),
			plan->adopters < 0 ? (str){ 0 }
					   : arena_format(t->arena, "%lld", (long long)plan->adopters),
			plan->adopters_sex, plan->adopters_status });
}

static day plan_on(const void *record)
{
	return ((const struct adoption_plan *)record)->decided;
}

/* Of a child who is looked after in the year: each decision that stood in it, and the adoption that was
 * made of the last. */
static void put_adoptions(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(t, &adoption_plan_type, plan_on, &n);
	const struct adoption_plan *last = NULL;
	for (size_t i = 0; i < n && t->footings > 0; i++) {
		const struct adoption_plan *plan = dated[i].record;
		bool stood = (plan->decided == DAY_UNKNOWN || plan->decided <= t->year->to) &&
			(plan->ceased == DAY_UNKNOWN || plan->ceased >= t->year->from);
		if (!stood)
			continue;
		put(t, SSDA903_PLACED_ADOPTION,
			&(struct ssda903_placed_adoption){ t->of->number, t->child->born,
				plan->decided, shown(t, plan->ceased),
				is_known(t, plan->ceased) ? plan->ceased_reason : (str){ 0 } });
		if (is_of_adopters(plan) && plan->ceased == DAY_UNKNOWN)
			last = plan;
	}
	if (last != NULL && is_adopted(t))
		put_adoption(t, last);
}

/* Of a child who came to be looked after in the year. */
static void put_permanence(struct telling *t)
{
	const struct told_list *list = &t->of->of[earlier_permanence_type.index];
	const struct told_list *care = &t->of->of[care_period_type.index];
	const struct earlier_permanence *last = NULL;
	day latest = DAY_UNKNOWN;
	for (size_t i = 0; i < list->n; i++) {
		const struct earlier_permanence *earlier = list->item[i].record;
		for (size_t k = 0; k < care->n; k++) {
			const struct care_period *period = care->item[k].record;
			if (care->item[k].id != earlier->care.id || !is_within(t, period->began) ||
				period->began < latest)
				continue;
			latest = period->began;
			last = earlier;
		}
	}
	if (last != NULL)
		put(t, SSDA903_PREVIOUS_PERMANENCE,
			&(struct ssda903_previous_permanence){ t->of->number, t->child->born,
				last->option, last->authority, last->on });
}

static day spell_on(const void *record)
{
	return ((const struct worker_spell *)record)->began;
}

static void put_workers(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(t, &worker_spell_type, spell_on, &n);
	for (size_t i = 0; i < n && t->footings > 0; i++) {
		const struct worker_spell *spell = dated[i].record;
		bool began = spell->began == DAY_UNKNOWN || spell->began <= t->year->to;
		if (began && (spell->ended == DAY_UNKNOWN || spell->ended >= t->year->from))
			put(t, SSDA903_SW_EPISODES,
				&(struct ssda903_sw_episode){ t->of->number, t->child->born,
					spell->worker, spell->began, shown(t, spell->ended),
					spell->reason });
	}
}

static day order_on(const void *record)
{
	return ((const struct liberty_order *)record)->began;
}

static void put_liberty(struct telling *t)
{
	size_t n;
	const struct dated *dated = by_day(t, &liberty_order_type, order_on, &n);
	for (size_t i = 0; i < n && t->footings > 0; i++) {
		const struct liberty_order *order = dated[i].record;
		if (is_known(t, order->began) &&
			(order->ended == DAY_UNKNOWN || order->ended >= t->year->from))
			put(t, SSDA903_LIBERTY,
				&(struct ssda903_liberty){ t->of->number, t->child->born,
					order->began, shown(t, order->ended) });
	}
}

size_t ssda903_write_child(struct arena *arena, const struct ssda903_year *year,
	const struct told_child *child, struct buf *out, size_t *rows)
{
	struct telling t = { .arena = arena, .year = year, .of = child, .out = out, .rows = rows };
	t.child = single(&t, &child_type);
	if (t.child == NULL)
		return 0;
	take_footings(&t);
	if (t.footings == 0 && !is_leaver(&t))
		return 0;
	put_header(&t);
	put_episodes(&t);
	put_reviews(&t);
	put_uasc(&t);
	put_health(&t);
	put_leaver(&t);
	put_adoptions(&t);
	put_permanence(&t);
	put_missing(&t);
	put_workers(&t);
	put_liberty(&t);
	return t.all;
}
