#include "returns/ssda903/facts.h"

#include "base/mem.h"

static void *fact_of(struct reading *reading, const struct record_type *type)
{
	return record_new(reading->staging->arena, type);
}

static void keep(struct reading *reading, const struct record_type *type, void *record)
{
	if (!cells_end(&reading->cells))
		return;
	struct row_at at = reading_at(reading);
	ARRAY_MORE(&reading->out->facts) = (struct row_fact){ at, type, record };
}

static str read_text(struct reading *reading, size_t column, size_t limit)
{
	return cells_text(&reading->cells, reading_column(reading, column),
		reading_cell(reading, column), OPTIONAL, limit);
}

static enum answer read_answer(struct reading *reading, size_t column)
{
	return cells_answer(&reading->cells, reading_column(reading, column),
		reading_cell(reading, column));
}

static int64_t read_number(struct reading *reading, size_t column, int64_t most)
{
	int64_t number = -1;
	str cell = reading_cell(reading, column);
	if (cell.n == 0 || (str_int(cell, &number) && number >= 0 && number <= most))
		return number;
	cells_fault(&reading->cells, reading_column(reading, column), cell,
		arena_format(reading->staging->arena, "not a whole number from 0 to %lld",
			(long long)most));
	return -1;
}

/* A row of the table is the status. */
void facts_read_uasc(struct reading *reading)
{
	struct child *child = fact_of(reading, &child_type);
	child->unaccompanied = ANSWER_YES;
	child->unaccompanied_until = reading_day(reading, 1, OPTIONAL);
	keep(reading, &child_type, child);
}

void facts_read_health(struct reading *reading)
{
	struct health_year *health = fact_of(reading, &health_year_type);
	health->sdq_score = read_number(reading, 1, 40);
	health->sdq_reason = reading_code(reading, 2, OPTIONAL, &codes_sdq_reason);
	health->convicted = read_answer(reading, 3);
	health->health_check = read_answer(reading, 4);
	health->immunisations = read_answer(reading, 5);
	health->teeth_check = read_answer(reading, 6);
	health->health_assessment = read_answer(reading, 7);
	health->substance_misuse = read_answer(reading, 8);
	health->intervention_received = read_answer(reading, 9);
	health->intervention_offered = read_answer(reading, 10);
	keep(reading, &health_year_type, health);
}

void facts_read_leaver(struct reading *reading)
{
	struct leaver_year *leaver = fact_of(reading, &leaver_year_type);
	leaver->in_touch = reading_code(reading, 1, OPTIONAL, &codes_in_touch);
	leaver->activity = reading_code(reading, 2, OPTIONAL, &codes_leaver_activity);
	leaver->accommodation = reading_code(reading, 3, OPTIONAL, &codes_leaver_home);
	keep(reading, &leaver_year_type, leaver);
}

void facts_read_adoption(struct reading *reading)
{
	struct adoption_plan *plan = fact_of(reading, &adoption_plan_type);
	plan->decided = reading_day(reading, 1, OPTIONAL);
	plan->matched = reading_day(reading, 2, OPTIONAL);
	plan->foster_carer = read_answer(reading, 3);
	plan->adopters = read_number(reading, 4, 2);
	plan->adopters_sex = reading_code(reading, 5, OPTIONAL, &codes_adopters_sex);
	plan->adopters_status = reading_code(reading, 6, OPTIONAL, &codes_adopters_status);
	keep(reading, &adoption_plan_type, plan);
}

void facts_read_placed(struct reading *reading)
{
	struct adoption_plan *plan = fact_of(reading, &adoption_plan_type);
	plan->decided = reading_day(reading, 1, OPTIONAL);
	plan->ceased = reading_day(reading, 2, OPTIONAL);
	plan->ceased_reason = reading_code(reading, 3, OPTIONAL, &codes_plan_reversed);
	keep(reading, &adoption_plan_type, plan);
}

void facts_read_permanence(struct reading *reading)
{
	struct earlier_permanence *earlier = fact_of(reading, &earlier_permanence_type);
	earlier->option = reading_code(reading, 1, OPTIONAL, &codes_earlier_permanence);
	earlier->authority = read_text(reading, 2, 20);
	earlier->on = read_text(reading, 3, 20);
	keep(reading, &earlier_permanence_type, earlier);
}

void facts_read_worker(struct reading *reading)
{
	struct worker_spell *spell = fact_of(reading, &worker_spell_type);
	spell->began = reading_day(reading, 1, OPTIONAL);
	spell->worker = read_text(reading, 2, 20);
	spell->ended = reading_day(reading, 3, OPTIONAL);
	spell->reason = reading_code(reading, 4, OPTIONAL, &codes_worker_change);
	keep(reading, &worker_spell_type, spell);
}

void facts_read_liberty(struct reading *reading)
{
	struct liberty_order *order = fact_of(reading, &liberty_order_type);
	order->began = reading_day(reading, 1, NEEDED);
	order->ended = reading_day(reading, 2, OPTIONAL);
	keep(reading, &liberty_order_type, order);
}
