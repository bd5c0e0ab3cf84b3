/* returned.c - what the return of looked after children (SSDA903) asks for once a year or once a child,
 * and no clock counts from: none of it leaves an event. */
#include "record/leave.h"

#include "law/codes.h"

/* A year of the return ends on 31 March. */
static void check_year(struct arena *arena, struct problems *out, day ended)
{
	struct civil on = day_civil(ended);
	if (ended != DAY_UNKNOWN && (on.month != 3 || on.day != 31))
		problem_add(arena, out, S("ended"), S("The year ends on 31 March"));
}

static const struct field health_year_fields[] = {
	F(health_year, ended, .label = S_INIT("Last day of the year"), .flags = FIELD_REQUIRED,
		.hint = S_INIT("31 March"), .ask = S_INIT("Enter the 31 March that ends the year")),
	F(health_year, sdq_score, .label = S_INIT("Score of the strengths and difficulties questionnaire"),
		.hint = S_INIT("0 to 40")),
	F(health_year, sdq_reason, .label = S_INIT("Why there is no score"),
		.codes = &codes_sdq_reason),
	F(health_year, convicted, .label = S_INIT("Convicted or cautioned in the year, at 10 or over")),
	F(health_year, health_check, .label = S_INIT("Health surveillance up to date, of a child under 5")),
	F(health_year, immunisations, .label = S_INIT("Immunisations up to date")),
	F(health_year, teeth_check, .label = S_INIT("Teeth checked by a dentist")),
	F(health_year, health_assessment, .label = S_INIT("Annual health assessment done")),
	F(health_year, substance_misuse, .label = S_INIT("Found to have a substance misuse problem")),
	F(health_year, intervention_received, .label = S_INIT("Received help with it")),
	F(health_year, intervention_offered, .label = S_INIT("Was offered help with it")),
};

static void health_year_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct health_year *health = record;
	check_year(arena, out, health->ended);
	if (health->sdq_score > 40)
		problem_add(arena, out, S("sdq_score"), S("A score is between 0 and 40"));
}

const struct record_type health_year_type = {
	.name = S_INIT("health_year"),
	.title = S_INIT("Health of a year"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct health_year),
	FIELDS(health_year_fields),
	.check = health_year_check,
	.desk = S_INIT("The child’s health in a year, for the return"),
	.desk_hint = S_INIT("Of a child who was looked after for the whole year to 31 March"),
	.index = 29,
};

static const struct field leaver_year_fields[] = {
	F(leaver_year, ended, .label = S_INIT("Last day of the year"), .flags = FIELD_REQUIRED,
		.hint = S_INIT("31 March"), .ask = S_INIT("Enter the 31 March that ends the year")),
	F(leaver_year, in_touch, .label = S_INIT("In touch"), .codes = &codes_in_touch,
		.hint = S_INIT("Around the birthday in the year")),
	F(leaver_year, activity, .label = S_INIT("What the care leaver does"),
		.codes = &codes_leaver_activity),
	F(leaver_year, accommodation, .label = S_INIT("Where the care leaver lives"),
		.codes = &codes_leaver_home),
};

static void leaver_year_check(struct arena *arena, const void *record, struct problems *out)
{
	check_year(arena, out, ((const struct leaver_year *)record)->ended);
}

const struct record_type leaver_year_type = {
	.name = S_INIT("leaver_year"),
	.title = S_INIT("Care leaver in a year"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct leaver_year),
	FIELDS(leaver_year_fields),
	.check = leaver_year_check,
	.desk = S_INIT("What a care leaver does and where they live, for the return"),
	.desk_hint = S_INIT("In the year of the birthday, from the 17th to the 21st"),
	.index = 30,
};

static const struct field adoption_plan_fields[] = {
	F(adoption_plan, decided, .label = S_INIT("Date of the decision to place the child for adoption")),
	F(adoption_plan, ceased, .label = S_INIT("Date of the decision not to, where it was reversed")),
	F(adoption_plan, ceased_reason, .label = S_INIT("Why it was reversed"),
		.codes = &codes_plan_reversed),
	F(adoption_plan, matched, .label = S_INIT("Date of the match with adopters")),
	F(adoption_plan, foster_carer, .label = S_INIT("The child’s foster carer adopts")),
	F(adoption_plan, adopters, .label = S_INIT("Number of adopters")),
	F(adoption_plan, adopters_sex, .label = S_INIT("The adopters"), .codes = &codes_adopters_sex),
	F(adoption_plan, adopters_status, .label = S_INIT("The adopters’ legal status"),
		.codes = &codes_adopters_status),
};

static void adoption_plan_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct adoption_plan *plan = record;
	check_period(arena, out, plan->decided, plan->ceased, S("ceased"),
		S("The decision cannot be reversed before it was made"));
}

const struct record_type adoption_plan_type = {
	.name = S_INIT("adoption_plan"),
	.title = S_INIT("Plan of adoption"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct adoption_plan),
	FIELDS(adoption_plan_fields),
	.check = adoption_plan_check,
	.desk = S_INIT("It was decided that the child should be placed for adoption"),
	.desk_hint = S_INIT("The decision, the match with adopters, or that it was reversed"),
	.index = 31,
};

static const struct field earlier_permanence_fields[] = {
	F(earlier_permanence, care, .label = S_INIT("Period of being looked after"),
		.flags = FIELD_THREAD, .to = THREAD_CARE,
		.hint = S_INIT("The period that began after it")),
	F(earlier_permanence, option, .label = S_INIT("How care ended for good before"),
		.codes = &codes_earlier_permanence),
	F(earlier_permanence, authority, .label = S_INIT("Council where the order was made"),
		.limit = 20, .hint = S_INIT("Three digits")),
	F(earlier_permanence, on, .label = S_INIT("Date of the order"), .limit = 20,
		.hint = S_INIT("Such as 27/03/2014, or ZZ/03/2014 where the day is not known")),
};

const struct record_type earlier_permanence_type = {
	.name = S_INIT("earlier_permanence"),
	.title = S_INIT("Earlier permanence"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct earlier_permanence),
	FIELDS(earlier_permanence_fields),
	.desk = S_INIT("Whether care had ended for good before, for the return"),
	.desk_hint = S_INIT("Adoption, special guardianship or another order, and which council’s"),
	.index = 32,
};

static const struct field worker_spell_fields[] = {
	F(worker_spell, worker, .label = S_INIT("Social worker’s registration number"),
		.flags = FIELD_PROTECTED, .limit = 20, .hint = S_INIT("Such as SW123456")),
	F(worker_spell, began, .label = S_INIT("Since when this worker")),
	F(worker_spell, ended, .label = S_INIT("Until when")),
	F(worker_spell, reason, .label = S_INIT("Why it came to this worker"),
		.codes = &codes_worker_change),
};

static void worker_spell_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct worker_spell *spell = record;
	check_period(arena, out, spell->began, spell->ended, S("ended"),
		S("It cannot end before it began"));
}

const struct record_type worker_spell_type = {
	.name = S_INIT("worker_spell"),
	.title = S_INIT("Social worker of a child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct worker_spell),
	FIELDS(worker_spell_fields),
	.check = worker_spell_check,
	.desk = S_INIT("The child’s social worker changed, for the return"),
	.desk_hint = S_INIT("By registration number. Who works with the child now is set by allocation"),
	.index = 33,
};

static const struct field liberty_order_fields[] = {
	F(liberty_order, began, .label = S_INIT("Date the order began"), .flags = FIELD_REQUIRED),
	F(liberty_order, ended, .label = S_INIT("Date the order ended")),
};

static void liberty_order_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct liberty_order *order = record;
	check_period(arena, out, order->began, order->ended, S("ended"),
		S("The order cannot end before it began"));
}

const struct record_type liberty_order_type = {
	.name = S_INIT("liberty_order"),
	.title = S_INIT("Deprivation of liberty order"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct liberty_order),
	FIELDS(liberty_order_fields),
	.check = liberty_order_check,
	.desk = S_INIT("A deprivation of liberty order was made or ended"),
	.desk_hint = S_INIT("The return asks for it from 2026-27"),
	.index = 34,
};
