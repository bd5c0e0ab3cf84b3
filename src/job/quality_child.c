#include "job/quality_child.h"

#include "base/mem.h"
#include "job/quality.h"
#include "job/return.h"
#include "returns/ssda903/write_child.h"

#include <string.h>

enum { SHOWN_MOST = 12, FIRST_YEAR = 2023 };

/* The types that a person fills in and that returns tell of. */
static const struct record_type *const asked_types[] = { &cla_review_type, &conference_type, &cp_plan_type,
	&section47_type, &missing_episode_type, &placement_type, &legal_status_type, &care_period_type,
	&referral_type, &assessment_type };
static const str kinds[] = { S_INIT("ssda903"), S_INIT("cin") };
enum { ASKED = sizeof asked_types / sizeof *asked_types, KINDS = sizeof kinds / sizeof *kinds };

bool quality_touches(const struct record_type *type)
{
	for (size_t i = 0; i < ASKED; i++) {
		if (asked_types[i] == type)
			return true;
	}
	return false;
}

struct asking {
	struct store *store;
	struct arena *arena;
	const struct local_policy *policy;
	int64_t subject;
	str number, day; /* day: by which its own rows are known */
	const struct record_type *type;
	int64_t id;
	const void *record;
	int year;
	struct quality_warnings *out;
};

static bool is_of(const struct return_kind *kind, const struct record_type *type)
{
	for (size_t i = 0; i < kind->types; i++) {
		if (kind->type[i] == type)
			return true;
	}
	return false;
}

/* ---- the child's records, without the new one and with it */

static bool read_told(struct asking *a, const struct return_kind *kind, struct told_list *list, struct err *err)
{
	for (size_t i = 0; i < kind->types; i++) {
		struct stored_list stored;
		struct told_list *to = &list[kind->type[i]->index];
		if (!store_records_joined(a->store, a->arena, a->subject, kind->type[i], &stored, err))
			return false;
		to->item = arena_take(a->arena, stored.n + 1, sizeof *to->item);
		for (size_t k = 0; k < stored.n; k++)
			to->item[to->n++] = (struct told){ stored.item[k].id, stored.item[k].record };
	}
	return true;
}

static struct told_list *with_record(const struct asking *a, const struct told_list *list)
{
	struct told_list *with = arena_take(a->arena, record_types_n, sizeof *with);
	memcpy(with, list, record_types_n * sizeof *with);
	struct told_list *of = &with[a->type->index];
	struct told *item = arena_take(a->arena, of->n + 1, sizeof *item);
	bool there = false;
	for (size_t i = 0; i < of->n; i++) {
		item[i] = of->item[i];
		if (item[i].id == a->id) {
			item[i].record = a->record;
			there = true;
		}
	}
	of->item = item;
	if (!there)
		item[of->n++] = (struct told){ INT64_MAX, a->record };
	return with;
}

static bool find(struct asking *a, const struct return_kind *kind, const struct told_list *list,
	struct quality_found *found, struct err *err)
{
	struct return_asked asked = { .kind = kind };
	struct return_run run = { .asked = &asked, .law = store_law(a->store), .policy = a->policy, .arena = a->arena,
		.child = a->arena, .now = store_now(a->store) };
	struct source source[RETURN_FILES];
	const struct told_child child = { a->number, a->subject, list };
	const struct quality_asked_903 how = { .year = a->year };
	bool done = kind->period(arena_format(a->arena, "%d-%02d", a->year - 1, a->year % 100), &asked.period,
			    err) &&
		kind->begin(&run, err) && kind->child(&run, &child, err) &&
		(kind->end == NULL || kind->end(&run, err));
	for (size_t i = 0; i < run.files; i++)
		source[i] = (struct source){ str_of(run.file[i].name), buf_view(&run.file[i].buf) };
	if (done && str_equal(kind->name, S("cin")))
		done = quality_find_cin(a->arena, source[0].bytes, 0, store_law(a->store)->calendar, found, err);
	else if (done)
		done = quality_find_903(a->arena, source, run.files, &how, found, err);
	for (size_t i = 0; i < run.files; i++)
		buf_close(&run.file[i].buf);
	buf_close(&run.notes);
	return done;
}

/* ---- what it says */

static bool was_there(const struct quality_found *found, const struct quality_finding *one)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct quality_finding *other = &found->item[i];
		if (str_equal(other->rule, one->rule) && str_equal(other->name, one->name) &&
			str_equal(other->regards, one->regards) && str_equal(other->field, one->field))
			return true;
	}
	return false;
}

static void warn(struct asking *a, str kind, const struct quality_finding *one)
{
	const struct mend_place place = { kind, one->rule, one->name, one->field };
	struct mend mend[MENDS_MOST];
	struct quality_warning warning = { .rule = one->rule, .by = mend_by(&place),
		.message = mend_message(kind, one->rule, a->year) };
	size_t n = mend_fields(&place, mend);
	for (size_t i = 0; i < n && warning.field == NULL; i++)
		warning.field = mend[i].type == a->type ? mend[i].field : NULL;
	for (size_t i = 0; i < a->out->n; i++) {
		if (str_equal(a->out->item[i].rule, warning.rule))
			return;
	}
	if (a->out->n < SHOWN_MOST && warning.message.n > 0)
		a->out->item[a->out->n++] = warning;
}

static bool ask(struct asking *a, const struct return_kind *kind, struct err *err)
{
	struct told_list *list = arena_take(a->arena, record_types_n, sizeof *list);
	struct quality_found before = { 0 }, after = { 0 };
	bool done = read_told(a, kind, list, err) && find(a, kind, list, &before, err) &&
		find(a, kind, with_record(a, list), &after, err);
	for (size_t i = 0; done && i < after.n; i++) {
		const struct quality_finding *one = &after.item[i];
		bool own = a->day.n > 0 && str_equal(one->regards, a->day);
		if (one->name.n > 0 && mend_touches(kind->name, one->name, a->type) &&
			(own || !was_there(&before, one)))
			warn(a, kind->name, one);
	}
	quality_found_close(&before);
	quality_found_close(&after);
	return done;
}

/* By which day the record's own rows are known: of a review in parts, the one that the council returns. */
static day day_of_record(const struct local_policy *policy, const struct record_type *type, const void *record)
{
	day on = mend_day(type, record);
	if (type != &cla_review_type)
		return on;
	const struct cla_review *review = record;
	bool started = ssda903_review_started(ssda903_review_day(policy, on));
	return started && review->started != DAY_UNKNOWN ? review->started : on;
}

bool quality_of_child(struct store *store, struct arena *arena, str authority, int64_t subject, str number,
	const struct record_type *type, int64_t id, const void *record, struct quality_warnings *out,
	struct err *err)
{
	const struct local_version *local;
	*out = (struct quality_warnings){ .item = arena_take(arena, SHOWN_MOST, sizeof *out->item) };
	if (!quality_touches(type))
		return true;
	if (!store_local(store, authority, &local, err))
		return false;
	day on = day_of_record(local->policy, type, record);
	if (on == DAY_UNKNOWN)
		return true;
	struct buf text = { 0 };
	buf_day(&text, on);
	struct civil civil = day_civil(on);
	struct asking a = { .store = store, .arena = arena, .policy = local->policy, .subject = subject, .number = number, .type = type,
		.id = id, .record = record, .year = civil.month > 3 ? civil.year + 1 : civil.year, .out = out,
		.day = arena_str(arena, buf_view(&text)) };
	buf_close(&text);
	bool done = a.year >= FIRST_YEAR && on <= instant_day(store_now(store));
	if (!done)
		return true; /* no rules are known of that year */
	for (size_t i = 0; done && i < KINDS; i++) {
		const struct return_kind *kind = return_kind_find(kinds[i]);
		if (kind != NULL && is_of(kind, type))
			done = ask(&a, kind, err);
	}
	return done;
}
