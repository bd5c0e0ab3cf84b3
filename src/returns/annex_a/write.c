/* A child's rows: what they have in common, and what Duly cannot tell. */
#include "returns/annex_a/rows.h"

const struct record_type *const annex_types[ANNEX_TYPES] = { &child_type, &allocation_type, &care_period_type,
	&legal_status_type, &placement_type, &cla_review_type, &missing_episode_type, &referral_type,
	&assessment_type, &section47_type, &conference_type, &cp_plan_type, &visit_type,
	&care_step_type, &contact_type, &child_step_type, &need_plan_type, &leaver_year_type,
	&adoption_plan_type };

/* ---- cells */

void annex_put_text(struct annex_row *row, enum annex_field field, str text)
{
	row->cell[field].text = text;
}

void annex_put_day(struct annex_row *row, enum annex_field field, day on)
{
	row->cell[field].on = on;
}

void annex_put_number(struct annex_row *row, enum annex_field field, int64_t number)
{
	row->cell[field].number = number;
}

void annex_put_code(
	struct telling *telling, struct annex_row *row, enum annex_field field, str code)
{
	const struct annex_codes *codes = annex_columns[field].codes;
	const struct annex_code *shown = annex_code_of(codes, code);
	str meaning = codes->national == NULL ? (str){ 0 } : code_meaning(codes->national, code);
	if (shown != NULL)
		row->cell[field].text = shown->shown;
	else if (meaning.n > 0)
		row->cell[field].text = arena_format(
			telling->arena, "%.*s: %.*s", STR_ARGS(code), STR_ARGS(meaning));
	else
		row->cell[field].text = code;
}

void annex_put_answer(struct annex_row *row, enum annex_field field, enum answer answer)
{
	static const str codes[] = { [ANSWER_UNKNOWN] = S_INIT("unknown"), [ANSWER_YES] = S_INIT("yes"),
		[ANSWER_NO] = S_INIT("no") };
	const struct annex_code *code = annex_code_of(annex_columns[field].codes, codes[answer]);
	if (code != NULL)
		row->cell[field].text = code->shown;
}

struct annex_row annex_row_of(const struct telling *telling)
{
	return telling->who;
}

void annex_end_row(struct telling *telling, enum annex_list list, const struct annex_row *row)
{
	telling->rows++;
	telling->sink.row(telling->sink.to, list, row);
}

/* ---- days */

bool annex_was(const struct telling *telling, day d)
{
	return d != DAY_UNKNOWN && d <= telling->on;
}

day annex_shown(const struct telling *telling, day d)
{
	return annex_was(telling, d) ? d : DAY_UNKNOWN;
}

bool annex_within(const struct telling *telling, day d, int months)
{
	return annex_was(telling, d) && d > day_add_months(telling->on, -months);
}

bool annex_open(const struct telling *telling, day began, day ended, int months)
{
	return (began == DAY_UNKNOWN || began <= telling->on) &&
	       (!annex_was(telling, ended) || annex_within(telling, ended, months));
}

day annex_later(day a, day b)
{
	return a > b ? a : b; /* DAY_UNKNOWN sorts before every known day */
}

/* ---- who */

static int64_t age_on(day born, day on)
{
	struct civil b = day_civil(born), o = day_civil(on);
	bool before = o.month < b.month || (o.month == b.month && o.day < b.day);
	return o.year - b.year - before;
}

static enum answer is_disabled(str disabilities)
{
	if (disabilities.n == 0)
		return ANSWER_UNKNOWN;
	return str_equal(disabilities, S("NONE")) ? ANSWER_NO : ANSWER_YES;
}

static void put_who(struct telling *telling, const struct child *child)
{
	struct annex_row *row = &telling->who;
	annex_put_text(row, ANNEX_CHILD, telling->child->number);
	annex_put_code(telling, row, ANNEX_GENDER, child->sex.n > 0 ? child->sex : S("U"));
	annex_put_code(telling, row, ANNEX_ETHNICITY, child->ethnicity);
	annex_put_answer(row, ANNEX_DISABILITY, is_disabled(child->disabilities));
	/* Of an unborn child the workbook has the day on which the birth is expected. */
	annex_put_day(row, ANNEX_BORN, annex_was(telling, child->born) ? child->born : child->expected);
	if (annex_was(telling, child->born))
		annex_put_number(row, ANNEX_AGE, age_on(child->born, telling->on));
	EVERY(telling, allocation, allocation) {
		annex_put_text(row, ANNEX_TEAM, allocation->team);
		annex_put_text(row, ANNEX_WORKER, allocation->social_worker);
	}
}

size_t annex_write_child(
	struct arena *arena, day on, const struct told_child *child, struct annex_sink sink)
{
	struct telling *telling = arena_new(arena, struct telling);
	*telling = (struct telling){ .arena = arena, .on = on, .child = child, .sink = sink };
	for (size_t i = 0; i < ANNEX_FIELDS; i++)
		telling->who.cell[i] = (struct annex_cell){ .on = DAY_UNKNOWN, .number = -1 };
	if (TOLD(telling, child)->n == 0)
		return 0;
	put_who(telling, TOLD(telling, child)->item[0].record);
	annex_tell_need(telling);
	annex_tell_care(telling);
	return telling->rows;
}

/* ---- what cannot be told */

str annex_not_kept(enum annex_list list)
{
	switch (list) {
	case ANNEX_CONTACTS:
		return S("contacts that did not become a referral are kept in the council's own system");
	case ANNEX_EARLY_HELP:
		return S("early help is kept in the council's own system");
	case ANNEX_ADOPTERS:
		return S("adopters are kept by the adoption agency");
	case ANNEX_REFERRALS_MADE:
	case ANNEX_ASSESSMENTS:
	case ANNEX_SECTION_47:
	case ANNEX_IN_NEED:
	case ANNEX_PROTECTION:
	case ANNEX_LOOKED_AFTER:
	case ANNEX_LEAVERS:
	case ANNEX_ADOPTION:
	case ANNEX_LISTS:
		break;
	}
	return (str){ 0 };
}

str annex_not_held(enum annex_list list, enum annex_field field)
{
	static const struct {
		enum annex_field field;
		str why;
	} not_held[] = {
		{ ANNEX_ASSESSMENT_SEEN, S_INIT("no record of an assessment says whether the child was seen") },
		{ ANNEX_ASSESSMENT_SUPPORT, S_INIT("no record of an assessment says what came of it") },
		{ ANNEX_PERMANENCE, S_INIT("the plan for permanence is in the care plan, which Duly does not hold") },
		{ ANNEX_PLACED_BY, S_INIT("no record says in which council's area a placement lies") },
		{ ANNEX_ADVISER, S_INIT("no record says who the personal adviser is") },
		{ ANNEX_FAMILY, S_INIT("adoptive families are kept by the adoption agency") },
	};
	(void)list;
	for (size_t i = 0; i < sizeof not_held / sizeof *not_held; i++) {
		if (not_held[i].field == field)
			return not_held[i].why;
	}
	return (str){ 0 };
}
