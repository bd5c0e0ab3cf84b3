/* The rows that are facts by themselves, of all years: copies of one fact are made one, the later file
 * knowing better where it says something. */
#include "returns/ssda903/story.h"

/* A fact that was told already. */
struct told_fact {
	const struct row_fact *row; /* the last that told it */
	size_t index;               /* of the child's items */
};

static bool same_health(const struct health_year *a, const struct health_year *b)
{
	return a->ended == b->ended;
}

static bool same_leaver(const struct leaver_year *a, const struct leaver_year *b)
{
	return a->ended == b->ended;
}

static bool same_plan(const struct adoption_plan *a, const struct adoption_plan *b)
{
	return a->decided == b->decided;
}

static bool same_earlier(const struct earlier_permanence *a, const struct earlier_permanence *b)
{
	return a->care.id == b->care.id;
}

static bool same_spell(const struct worker_spell *a, const struct worker_spell *b)
{
	return a->began == b->began && str_equal(a->worker, b->worker);
}

static bool same_order(const struct liberty_order *a, const struct liberty_order *b)
{
	return a->began == b->began;
}

static bool same_fact(const struct record_type *type, const void *a, const void *b)
{
	return type == &health_year_type	   ? same_health(a, b)
		: type == &leaver_year_type	   ? same_leaver(a, b)
		: type == &adoption_plan_type	   ? same_plan(a, b)
		: type == &earlier_permanence_type ? same_earlier(a, b)
		: type == &worker_spell_type	   ? same_spell(a, b)
						   : same_order(a, b);
}

static void merge(const struct record_type *type, const void *from, void *to)
{
	for (size_t i = 0; i < type->n; i++) {
		if (field_known(&type->fields[i], from))
			field_copy(&type->fields[i], from, to);
	}
}

/* The year's health and a leaver's year are of the year of the file. */
static bool take_year(struct story *story, const struct row_fact *row)
{
	int year = story->sets[row->at.set].year;
	day *ended = row->type == &health_year_type ? &((struct health_year *)row->record)->ended
		: row->type == &leaver_year_type   ? &((struct leaver_year *)row->record)->ended
						   : NULL;
	if (ended == NULL)
		return true;
	if (year == 0) {
		story_reject(story, &row->at, "", (str){ 0 },
			"no file beside it tells of which year it is");
		return false;
	}
	*ended = day_of(year, 3, 31);
	return true;
}

/* The last period that is known to have begun up to the end of the file's year. */
static void take_care(struct story *story, const struct row_fact *row)
{
	struct earlier_permanence *earlier = row->record;
	if (row->type != &earlier_permanence_type)
		return;
	for (size_t i = 0; i < story->care_n; i++) {
		if (story->care[i].lo <= story->sets[row->at.set].last_day)
			earlier->care = story->care[i].at;
	}
}

static bool is_possible(struct story *story, const struct row_fact *row)
{
	if (row->type == &adoption_plan_type) {
		const struct adoption_plan *plan = row->record;
		return story_possible(story, &row->at, "DATE_PLACED", plan->decided) &&
			story_possible(story, &row->at, "DATE_PLACED_CEASED", plan->ceased) &&
			story_possible(story, &row->at, "DATE_MATCH", plan->matched);
	}
	if (row->type == &worker_spell_type) {
		const struct worker_spell *spell = row->record;
		return story_possible(story, &row->at, "SW_DECOM", spell->began) &&
			story_possible(story, &row->at, "SW_DEC", spell->ended);
	}
	if (row->type == &liberty_order_type) {
		const struct liberty_order *order = row->record;
		return story_possible(story, &row->at, "DOLO_START", order->began) &&
			story_possible(story, &row->at, "DOLO_END", order->ended);
	}
	return true;
}

/* A file tells a fact once; of a plan of adoption two files of one year tell. */
static bool is_repeated(const struct row_fact *was, const struct row_fact *row)
{
	return was->at.set == row->at.set && str_equal(was->at.file, row->at.file);
}

static void tell_fact(
	struct story *story, struct told_fact *told, size_t *n, const struct row_fact *row)
{
	for (size_t i = 0; i < *n; i++) {
		struct staged *item = &story->child->item[told[i].index];
		if (item->type != row->type || !same_fact(row->type, item->record, row->record))
			continue;
		if (is_repeated(told[i].row, row)) {
			story_reject(story, &row->at, "CHILD", story->child->number,
				"line %zu says it already", told[i].row->at.line);
			return;
		}
		merge(row->type, row->record, item->record);
		told[i].row = row;
		return;
	}
	struct staged *item =
		staging_add(story->staging, story->child, row->type, row->at.file, row->at.line);
	item->record = row->record;
	told[(*n)++] = (struct told_fact){ row, (size_t)(item - story->child->item) };
}

void story_facts(struct story *story)
{
	struct told_fact *told =
		arena_take(story->staging->arena, story->facts_n + 1, sizeof *told);
	size_t n = 0;
	for (size_t i = 0; i < story->facts_n; i++) {
		const struct row_fact *row = &story->facts[i];
		if (row->type == &child_type) {
			merge(&child_type, row->record, story->record);
			continue;
		}
		if (!take_year(story, row) || !is_possible(story, row))
			continue;
		take_care(story, row);
		tell_fact(story, told, &n, row);
	}
}
