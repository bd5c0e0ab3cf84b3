#include "job/import_match.h"

#include "base/mem.h"
#include "job/import_birth.h"

#include <string.h>

/* What each staged item turned out to be: a stored record, or an addition of the save. */
struct found {
	const struct stored *stored;
	size_t change; /* its place in the changes + 1; 0: none */
	bool refused;
};

struct matching {
	struct match *match;
	struct found *found; /* by staged item */
	bool *taken[64];     /* by type and stored record */
};

static int64_t resolve(const struct matching *m, ref r)
{
	if (r.id >= 0)
		return r.id;
	const struct found *found = &m->found[-r.id - 1];
	if (found->stored != NULL)
		return found->stored->id;
	return found->change == 0 ? 0 : -(int64_t)found->change;
}

/* ---- is it the same fact? */

static bool same_day(day a, day b)
{
	return a == b;
}

/* The first day on which something stored shows that the period of care ran; DAY_MAX: nothing. */
static day shown_from(const struct match *match, int64_t care)
{
	day first = DAY_MAX;
	const struct stored_list *list = &match->stored[placement_type.index];
	for (size_t i = 0; i < list->n; i++) {
		const struct placement *placement = list->item[i].record;
		if (placement->care.id == care && placement->began != DAY_UNKNOWN &&
			placement->began < first)
			first = placement->began;
	}
	list = &match->stored[cla_review_type.index];
	for (size_t i = 0; i < list->n; i++) {
		const struct cla_review *review = list->item[i].record;
		if (review->care.id == care && review->held < first)
			first = review->held;
	}
	return first;
}

/* A period as one source tells it. */
struct reach {
	day began; /* DAY_UNKNOWN: not known */
	day shown; /* the first day on which it is seen to run; DAY_MAX: none */
	day ended; /* DAY_MAX: it runs */
};

static struct reach reach_of(day began, day shown, day ended)
{
	if (ended == DAY_UNKNOWN)
		ended = DAY_MAX;
	return (struct reach){ began, shown < ended ? shown : ended, ended };
}

/* `a` began on a known day: `b` is the same when it ran then, and not before. */
static bool began_with(struct reach a, struct reach b)
{
	return b.shown >= a.began && a.began < b.ended && (b.shown == DAY_MAX || b.shown < a.ended);
}

static bool same_reach(struct reach a, struct reach b)
{
	if (a.began != DAY_UNKNOWN && b.began != DAY_UNKNOWN)
		return a.began == b.began;
	if (a.began != DAY_UNKNOWN)
		return began_with(a, b);
	if (b.began != DAY_UNKNOWN)
		return began_with(b, a);
	return a.ended == b.ended ||
	       (a.shown < b.ended && (b.shown == DAY_MAX || b.shown < a.ended));
}

static bool same_care(
	const struct matching *m, const struct staged *staged, const struct stored *stored)
{
	const struct care_period *a = staged->record, *b = stored->record;
	return same_reach(reach_of(a->began, staged->from, staged->to),
		reach_of(b->began, shown_from(m->match, stored->id), b->ended));
}

static bool same_placement(
	const struct matching *m, const struct staged *staged, const struct stored *stored)
{
	const struct placement *a = staged->record, *b = stored->record;
	if (resolve(m, a->care) != b->care.id)
		return false;
	bool both = a->began != DAY_UNKNOWN && b->began != DAY_UNKNOWN;
	if (!both && a->code.n > 0 && b->code.n > 0 && !str_equal(a->code, b->code))
		return false;
	return same_reach(reach_of(a->began, staged->from, staged->to),
		reach_of(b->began, shown_from(m->match, b->care.id), b->ended));
}

#define SAME(type, condition)                                                                      \
	static bool same_##type(const struct matching *m, const struct staged *staged,             \
		const struct stored *stored)                                                       \
	{                                                                                          \
		const struct type *a = staged->record, *b = stored->record;                        \
		(void)m;                                                                           \
		return (condition);                                                                \
	}
SAME(legal_status, resolve(m, a->care) == b->care.id && same_day(a->changed, b->changed))
/* Of a review in parts a file tells one day, the one that its council returns. */
SAME(cla_review, same_day(a->held, b->held) || (b->started != DAY_UNKNOWN && same_day(a->held, b->started)))
SAME(missing_episode, same_day(a->began.on, b->began.on))
SAME(referral, same_day(a->received, b->received))
SAME(assessment, resolve(m, a->referral) == b->referral.id && same_day(a->began, b->began))
SAME(section47, same_day(a->began, b->began))
SAME(conference, same_day(a->held, b->held) && str_equal(a->kind, b->kind))
SAME(cp_plan, same_day(a->began, b->began))
SAME(visit, same_day(a->held, b->held) && str_equal(a->kind, b->kind) &&
		    resolve(m, a->thread) == b->thread.id)
SAME(care_step, str_equal(a->step, b->step) && same_day(a->on, b->on))
/* Of the people around the child the sources tell the child and the mother. */
SAME(person_around, str_equal(a->relation, b->relation) &&
			    (str_equal(a->relation, S("child")) || str_equal(a->own_number, b->own_number)))
SAME(need_plan, resolve(m, a->referral) == b->referral.id && same_day(a->began, b->began))
SAME(health_year, same_day(a->ended, b->ended))
SAME(leaver_year, same_day(a->ended, b->ended))
SAME(adoption_plan, same_day(a->decided, b->decided))
SAME(earlier_permanence, resolve(m, a->care) == b->care.id)
SAME(worker_spell, same_day(a->began, b->began) && str_equal(a->worker, b->worker))
SAME(liberty_order, same_day(a->began, b->began))
SAME(child_step, str_equal(a->kind, b->kind) && same_day(a->on.on, b->on.on))

static bool same_fact(
	const struct matching *m, const struct staged *staged, const struct stored *stored)
{
	static const struct {
		const struct record_type *type;
		bool (*same)(const struct matching *m, const struct staged *staged,
			const struct stored *stored);
	} rows[] = { { &care_period_type, same_care }, { &placement_type, same_placement },
		{ &legal_status_type, same_legal_status }, { &cla_review_type, same_cla_review },
		{ &missing_episode_type, same_missing_episode }, { &referral_type, same_referral },
		{ &assessment_type, same_assessment }, { &section47_type, same_section47 },
		{ &conference_type, same_conference }, { &cp_plan_type, same_cp_plan },
		{ &child_step_type, same_child_step }, { &visit_type, same_visit },
		{ &care_step_type, same_care_step }, { &person_around_type, same_person_around },
		{ &need_plan_type, same_need_plan },
		{ &health_year_type, same_health_year },
		{ &leaver_year_type, same_leaver_year },
		{ &adoption_plan_type, same_adoption_plan },
		{ &earlier_permanence_type, same_earlier_permanence },
		{ &worker_spell_type, same_worker_spell },
		{ &liberty_order_type, same_liberty_order } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].type == staged->type)
			return rows[i].same(m, staged, stored);
	}
	return staged->type == &child_type || staged->type == &allocation_type; /* there is one */
}

/* Periods that begin on the same known day: looked for first. */
static bool same_start(const struct staged *staged, const struct stored *stored)
{
	day a = DAY_UNKNOWN, b = DAY_UNKNOWN;
	if (staged->type == &care_period_type) {
		a = ((const struct care_period *)staged->record)->began;
		b = ((const struct care_period *)stored->record)->began;
	} else if (staged->type == &placement_type) {
		a = ((const struct placement *)staged->record)->began;
		b = ((const struct placement *)stored->record)->began;
	}
	return a != DAY_UNKNOWN && a == b;
}

static const struct stored *find_stored(struct matching *m, const struct staged *staged)
{
	unsigned type = staged->type->index;
	const struct stored_list *list = &m->match->stored[type];
	if (m->taken[type] == NULL)
		m->taken[type] = arena_take(m->match->arena, list->n + 1, sizeof(bool));
	for (int any = 0; any <= 1; any++) {
		for (size_t i = 0; i < list->n; i++) {
			const struct stored *stored = &list->item[i];
			if (m->taken[type][i] || (any == 0 && !same_start(staged, stored)) ||
				!same_fact(m, staged, stored))
				continue;
			m->taken[type][i] = true;
			return stored;
		}
	}
	return NULL;
}

/* ---- merging */

/* Is it stored since when a legal status of the period is known? */
static bool has_status(const struct matching *m, int64_t care)
{
	const struct stored_list *list = &m->match->stored[legal_status_type.index];
	for (size_t i = 0; i < list->n; i++) {
		if (((const struct legal_status *)list->item[i].record)->care.id == care)
			return true;
	}
	return false;
}

/* A file that does not know how the period began knows the legal status of a later day only. */
static bool knows_legal_better(
	const struct matching *m, const struct staged *staged, const struct stored *stored)
{
	const struct care_period *a = staged->record, *b = stored->record;
	return a->began != DAY_UNKNOWN || (b->legal.n == 0 && !has_status(m, stored->id)) ||
	       (b->began == DAY_UNKNOWN && staged->from < shown_from(m->match, stored->id));
}

static bool takes(const struct field *field, const char *from, const char *to)
{
	if (field->kind != KIND_WHEN)
		return true;
	/* The day alone does not unsay the time that is known of it. */
	const struct when *a = (const void *)(from + field->at),
			  *b = (const void *)(to + field->at);
	return a->on != b->on || a->at != INSTANT_UNKNOWN;
}

/* What is stored, with what the source knows better. */
static void *merged(
	const struct matching *m, const struct staged *staged, const struct stored *stored)
{
	const struct record_type *type = staged->type;
	char *record = record_new(m->match->arena, type);
	const char *from = staged->record;
	if (stored != NULL)
		memcpy(record, stored->record, type->size);
	bool legal = type != &care_period_type || stored == NULL ||
		     knows_legal_better(m, staged, stored);
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		bool settled = (staged->settles >> i & 1) != 0;
		if ((!settled && !field_known(field, from)) || !takes(field, from, record) ||
			(!legal && field->at == offsetof(struct care_period, legal)))
			continue;
		if (field->kind == KIND_REF)
			((ref *)(void *)(record + field->at))->id =
				resolve(m, *(const ref *)(const void *)(from + field->at));
		else
			field_copy(field, from, record);
	}
	return record;
}

static bool hangs_on_refused(const struct matching *m, const struct staged *staged)
{
	for (size_t i = 0; i < staged->type->n; i++) {
		const struct field *field = &staged->type->fields[i];
		if (field->kind != KIND_REF)
			continue;
		ref r = *(const ref *)(const void *)((const char *)staged->record + field->at);
		if (r.id < 0 && m->found[-r.id - 1].refused)
			return true;
	}
	return false;
}

/* The source's row holds together, and what is stored does: only together they do not. */
static bool holds(struct matching *m, const struct staged *staged, const void *record)
{
	struct problems problems = { 0 };
	struct match *match = m->match;
	if (hangs_on_refused(m, staged)) {
		problem_add(match->arena, &problems, (str){ 0 },
			S("the row that it belongs to was not taken"));
	} else {
		record_check(match->arena, staged->type, record, &problems);
		if (problems.n == 0)
			return true;
	}
	struct arena *arena = match->staging->arena;
	staging_reject(match->staging,
		(struct reject){ .file = staged->file,
			.line = staged->line,
			.column = problems.item[0].field,
			.reason = arena_format(arena, "beside what is stored of this child: %.*s",
				STR_ARGS(problems.item[0].message)) });
	return false;
}

/* One row is told once, however many records it makes. */
static bool is_told(const struct rejects *rejects, const struct reject *reject)
{
	const struct reject *last = rejects->n == 0 ? NULL : &rejects->item[rejects->n - 1];
	return last != NULL && last->line == reject->line && str_equal(last->file, reject->file) &&
	       str_equal(last->column, reject->column) && str_equal(last->value, reject->value);
}

/* What happened before the birth that is stored: the row goes, the birth stays. */
static bool is_before_birth(const struct match *match, const struct staged *staged)
{
	struct arena *arena = match->staging->arena;
	struct before_birth before;
	if (!import_birth_denies(match->arena, staged, match->born, &before))
		return false;
	const struct reject reject = { staged->file, staged->line, before.column,
		import_birth_text(arena, before.on, match->slashed),
		arena_str(arena, before.reason) };
	if (!is_told(&match->staging->rejects, &reject))
		staging_reject(match->staging, reject);
	return true;
}

static void match_item(struct matching *m, size_t i)
{
	struct match *match = m->match;
	const struct staged *staged = &match->child->item[i];
	struct found *found = &m->found[i];
	const struct stored *stored = match->subject == 0 ? NULL : find_stored(m, staged);
	found->stored = stored;
	void *record = merged(m, staged, stored);
	if (stored != NULL && record_equal(staged->type, record, stored->record))
		return;
	if (is_before_birth(match, staged) || !holds(m, staged, record)) {
		found->refused = stored == NULL;
		return;
	}
	if (stored != NULL && stored->by_hand) {
		match->by_hand++;
		return;
	}
	struct change *change = &ARRAY_MORE(match->out);
	*change = (struct change){ .act = stored == NULL ? CHANGE_ADD : CHANGE_EDIT,
		.type = staged->type,
		.subject = match->subject,
		.record = record };
	found->change = match->out->n;
	if (stored != NULL) {
		change->id = stored->id;
		change->version = stored->version;
		change->reason = match->reason;
		match->edited++;
		match->count[staged->type->index].edited++;
	} else {
		match->added++;
		match->count[staged->type->index].added++;
	}
}

/* What this source told before and does not tell now. Nothing follows from it but that it is said. */
static void count_missing(const struct matching *m)
{
	struct match *match = m->match;
	for (size_t t = 0; match->kind.n > 0 && t < record_types_n; t++) {
		const struct stored_list *list = &match->stored[t];
		for (size_t i = 0; i < list->n; i++) {
			if ((m->taken[t] == NULL || !m->taken[t][i]) && !list->item[i].by_hand &&
				str_equal(list->item[i].source, match->kind))
				match->count[t].missing++;
		}
	}
}

void import_match(struct match *match)
{
	struct matching m = { .match = match };
	must(record_types_n <= sizeof m.taken / sizeof *m.taken &&
	     record_types_n <= sizeof match->count / sizeof *match->count);
	m.found = arena_take(match->arena, match->child->n, sizeof *m.found);
	size_t first = match->out->n;
	for (size_t i = 0; i < match->child->n; i++)
		match_item(&m, i);
	count_missing(&m);
	if (match->subject != 0 || match->out->n == first)
		return;
	/* The child's own record is the first: it makes the subject that the others are of. */
	struct change *child = &match->out->item[first];
	must(child->type == &child_type);
	child->new_subject = true;
	child->key = match->child->number;
	for (size_t i = first + 1; i < match->out->n; i++)
		match->out->item[i].subject = -(int64_t)first - 1;
}
