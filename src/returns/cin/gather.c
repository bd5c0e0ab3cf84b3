/* What of a child's records belongs to a year's census. */
#include "returns/cin/gather.h"

#include <stdlib.h>

static const struct told_list *list_of(
	const struct told_child *child, const struct record_type *type)
{
	return &child->of[type->index];
}

/* ---- was it in the year? */

static bool by_the_end(day d, const struct cin_year *year)
{
	return d != DAY_UNKNOWN && d <= year->to;
}

/* Open at some time of the year. */
static bool touches(day began, day ended, const struct cin_year *year)
{
	return (began == DAY_UNKNOWN || began <= year->to) &&
	       (ended == DAY_UNKNOWN || ended >= year->from);
}

/* A referral that went no further is told in the year in which it came. */
static bool in_census(const struct referral *referral, const struct cin_year *year)
{
	return touches(referral->received, referral->closed, year) &&
	       (referral->nfa != ANSWER_YES || referral->received == DAY_UNKNOWN ||
		       referral->received >= year->from);
}

static day began_of(const struct section47 *enquiry)
{
	return enquiry->began != DAY_UNKNOWN ? enquiry->began : enquiry->strategy;
}

/* ---- whose is it? */

/* The latest episode that was open on the day, told or not; else the latest before. 0: none. */
static int64_t referral_on(const struct told_child *child, day on)
{
	const struct told_list *list = list_of(child, &referral_type);
	const struct told *open = NULL, *before = NULL;
	for (size_t i = 0; on != DAY_UNKNOWN && i < list->n; i++) {
		const struct referral *it = list->item[i].record;
		if (it->received == DAY_UNKNOWN || it->received > on)
			continue;
		const struct told **best = day_is_within(on, it->received, it->closed) ? &open : &before;
		if (*best == NULL ||
			((const struct referral *)(*best)->record)->received < it->received)
			*best = &list->item[i];
	}
	return open != NULL ? open->id : before != NULL ? before->id : 0;
}

static struct cin_episode *episode_of(
	const struct cin_gathered *gathered, const struct told_child *child, ref referral, day on)
{
	int64_t id = referral.id != 0 ? referral.id : referral_on(child, on);
	for (size_t i = 0; i < gathered->n; i++) {
		if (gathered->episode[i].id == id)
			return &gathered->episode[i];
	}
	return NULL;
}

/* ---- in which order? By what is written, so that it does not hang on ids. */

#define ORDER(a, b)                                                                                \
	do {                                                                                       \
		if ((a) != (b))                                                                    \
			return (a) < (b) ? -1 : 1;                                                 \
	} while (0)
#define ORDER_TEXT(a, b)                                                                           \
	do {                                                                                       \
		int order_ = str_compare((a), (b));                                                \
		if (order_ != 0)                                                                   \
			return order_;                                                             \
	} while (0)

static int by_referral(const void *x, const void *y)
{
	const struct cin_episode *a = x, *b = y;
	ORDER(a->record->received, b->record->received);
	ORDER(a->record->closed, b->record->closed);
	ORDER(a->record->nfa, b->record->nfa);
	ORDER_TEXT(a->record->source, b->record->source);
	ORDER_TEXT(a->record->need, b->record->need);
	ORDER_TEXT(a->record->closure, b->record->closure);
	return 0;
}

static int by_assessment(const void *x, const void *y)
{
	const struct assessment *a = *(const struct assessment *const *)x,
				*b = *(const struct assessment *const *)y;
	ORDER(a->began, b->began);
	ORDER(a->authorised, b->authorised);
	ORDER(a->reviewed, b->reviewed);
	ORDER_TEXT(a->factors, b->factors);
	return 0;
}

static int by_need_plan(const void *x, const void *y)
{
	const struct need_plan *a = *(const struct need_plan *const *)x,
			       *b = *(const struct need_plan *const *)y;
	ORDER(a->began, b->began);
	ORDER(a->ended, b->ended);
	return 0;
}

static int by_enquiry(const void *x, const void *y)
{
	const struct cin_enquiry *a = x, *b = y;
	ORDER(a->began, b->began);
	ORDER(a->held, b->held);
	ORDER(a->record->target, b->record->target);
	ORDER(a->record->icpc_required, b->record->icpc_required);
	return 0;
}

static int by_plan(const void *x, const void *y)
{
	const struct cin_plan *a = x, *b = y;
	ORDER(a->record->began, b->record->began);
	ORDER(a->record->ended, b->record->ended);
	return 0;
}

/* A list of one or none is left as it is: qsort() takes no NULL. */
static void sort(void *item, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(item, n, size, compare);
}

/* ---- gathering */

static void gather_episodes(struct arena *arena, const struct cin_year *year,
	const struct told_child *child, struct cin_gathered *out)
{
	const struct told_list *list = list_of(child, &referral_type);
	out->episode = arena_take(arena, list->n + 1, sizeof *out->episode);
	for (size_t i = 0; i < list->n; i++) {
		const struct referral *referral = list->item[i].record;
		if (in_census(referral, year))
			out->episode[out->n++] = (struct cin_episode){ .id = list->item[i].id,
				.record = referral, .conference = DAY_UNKNOWN };
	}
	sort(out->episode, out->n, sizeof *out->episode, by_referral);
	size_t assessments = list_of(child, &assessment_type)->n + 1,
	       need_plans = list_of(child, &need_plan_type)->n + 1,
	       enquiries = list_of(child, &section47_type)->n + 1,
	       plans = list_of(child, &cp_plan_type)->n + 1;
	for (size_t i = 0; i < out->n; i++) {
		struct cin_episode *it = &out->episode[i];
		it->assessment = arena_take(arena, assessments, sizeof *it->assessment);
		it->need_plan = arena_take(arena, need_plans, sizeof *it->need_plan);
		it->enquiry = arena_take(arena, enquiries, sizeof *it->enquiry);
		it->plan = arena_take(arena, plans, sizeof *it->plan);
	}
}

static void gather_need(
	const struct cin_year *year, const struct told_child *child, struct cin_gathered *out)
{
	const struct told_list *list = list_of(child, &assessment_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct assessment *it = list->item[i].record;
		struct cin_episode *episode = episode_of(out, child, it->referral, it->began);
		if (episode != NULL && touches(it->began, it->authorised, year))
			episode->assessment[episode->assessments++] = it;
	}
	list = list_of(child, &need_plan_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct need_plan *it = list->item[i].record;
		struct cin_episode *episode = episode_of(out, child, it->referral, it->began);
		if (episode != NULL && touches(it->began, it->ended, year))
			episode->need_plan[episode->need_plans++] = it;
	}
}

/* The first conference that names the enquiry. */
static day conference_of(const struct told_child *child, int64_t enquiry)
{
	const struct told_list *list = list_of(child, &conference_type);
	day first = DAY_UNKNOWN;
	for (size_t i = 0; i < list->n; i++) {
		const struct conference *it = list->item[i].record;
		if (it->section47.id == enquiry && str_equal(it->kind, S("icpc")) &&
			(first == DAY_UNKNOWN || it->held < first))
			first = it->held;
	}
	return first;
}

/* A conference that names no enquiry is that of the latest which began before it and has none. */
static day conference_alone(const struct told_child *child, const struct told *enquiry)
{
	const struct told_list *list = list_of(child, &conference_type),
			       *enquiries = list_of(child, &section47_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct conference *it = list->item[i].record;
		const struct told *latest = NULL;
		if (it->section47.id != 0 || !str_equal(it->kind, S("icpc")))
			continue;
		for (size_t k = 0; k < enquiries->n; k++) {
			const struct told *other = &enquiries->item[k];
			day began = began_of(other->record);
			if (began != DAY_UNKNOWN && began <= it->held &&
				conference_of(child, other->id) == DAY_UNKNOWN &&
				(latest == NULL || began > began_of(latest->record)))
				latest = other;
		}
		if (latest == enquiry)
			return it->held;
	}
	return DAY_UNKNOWN;
}

/* An enquiry is told in the year of its conference, or else in that in which it began. */
static void gather_enquiries(
	const struct cin_year *year, const struct told_child *child, struct cin_gathered *out)
{
	const struct told_list *list = list_of(child, &section47_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct section47 *it = list->item[i].record;
		day began = began_of(it), held = conference_of(child, list->item[i].id);
		if (held == DAY_UNKNOWN)
			held = conference_alone(child, &list->item[i]);
		if (!by_the_end(held, year))
			held = DAY_UNKNOWN;
		day counted = held != DAY_UNKNOWN ? held : began;
		if (counted == DAY_UNKNOWN || counted < year->from || counted > year->to)
			continue;
		struct cin_episode *episode =
			episode_of(out, child, it->referral, began != DAY_UNKNOWN ? began : held);
		if (episode == NULL)
			out->left_out.enquiries++;
		else
			episode->enquiry[episode->enquiries++] =
				(struct cin_enquiry){ it, began, held };
	}
}

static void gather_plans(
	const struct cin_year *year, const struct told_child *child, struct cin_gathered *out)
{
	const struct told_list *list = list_of(child, &cp_plan_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct cp_plan *it = list->item[i].record;
		if (!touches(it->began, it->ended, year))
			continue;
		struct cin_episode *episode = episode_of(out, child, it->referral, it->began);
		if (episode == NULL)
			out->left_out.plans++;
		else
			episode->plan[episode->plans++] = (struct cin_plan){ list->item[i].id, it };
	}
	list = list_of(child, &conference_type);
	for (size_t i = 0; i < list->n; i++) {
		const struct conference *it = list->item[i].record;
		if (!str_equal(it->kind, S("transfer-in")) || it->held < year->from ||
			it->held > year->to)
			continue;
		struct cin_episode *episode = episode_of(out, child, it->referral, it->held);
		if (episode == NULL)
			out->left_out.conferences++;
		else if (episode->conference == DAY_UNKNOWN || it->held < episode->conference)
			episode->conference = it->held;
	}
}

void cin_gather(struct arena *arena, const struct cin_year *year, const struct told_child *child,
	struct cin_gathered *out)
{
	*out = (struct cin_gathered){ 0 };
	gather_episodes(arena, year, child, out);
	gather_need(year, child, out);
	gather_enquiries(year, child, out);
	gather_plans(year, child, out);
	for (size_t i = 0; i < out->n; i++) {
		struct cin_episode *it = &out->episode[i];
		sort(it->assessment, it->assessments, sizeof *it->assessment, by_assessment);
		sort(it->need_plan, it->need_plans, sizeof *it->need_plan, by_need_plan);
		sort(it->enquiry, it->enquiries, sizeof *it->enquiry, by_enquiry);
		sort(it->plan, it->plans, sizeof *it->plan, by_plan);
	}
}

static int by_day(const void *x, const void *y)
{
	const day *a = x, *b = y;
	ORDER(*a, *b);
	return 0;
}

size_t cin_gather_reviews(struct arena *arena, const struct cin_year *year,
	const struct told_child *child, int64_t plan, day **out)
{
	const struct told_list *list = list_of(child, &conference_type);
	size_t n = 0, kept = 0;
	*out = arena_take(arena, list->n + 1, sizeof **out);
	for (size_t i = 0; i < list->n; i++) {
		const struct conference *it = list->item[i].record;
		if (it->plan.id == plan && str_equal(it->kind, S("rcpc")) &&
			it->held >= year->from && it->held <= year->to)
			(*out)[n++] = it->held;
	}
	sort(*out, n, sizeof **out, by_day);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || (*out)[kept - 1] != (*out)[i])
			(*out)[kept++] = (*out)[i];
	}
	return kept;
}
