#include "returns/annex_a/annex_a.h"

#include "base/mem.h"
#include "returns/annex_a/lists.h"
#include "returns/loose.h"

enum {
	FIRST_REVIEW = 35, /* days: a review as soon as this after the start was the first */
	TEXT = 200,
};

struct annex {
	struct staging *staging;
	const struct mapping *mapping;
	day today, last, known_to;
	bool here[ANNEX_LISTS];
	size_t at[ANNEX_WIDEST]; /* of the list being read */
	size_t month_first[ANNEX_WIDEST];
	size_t unplaced; /* reviews of pathway plans of whom no time in care is told */
};

/* One row being read. */
struct line {
	struct annex *annex;
	enum annex_list list;
	const struct csv_row *row;
	struct cells cells;
	struct staged_child *child;
};

static size_t place_of(enum annex_list list, enum annex_field field)
{
	const struct annex_sheet *sheet = &annex_sheets[list];
	size_t i = 0;
	while (i < sheet->n && sheet->field[i] != field)
		i++;
	return i;
}

static str value_of(const struct line *line, enum annex_field field)
{
	size_t place = place_of(line->list, field);
	if (place == annex_sheets[line->list].n || line->annex->at[place] == CSV_ABSENT)
		return (str){ 0 };
	return loose_value(line->row->field[line->annex->at[place]]);
}

static day any_day(struct line *line, enum annex_field field, enum need need)
{
	size_t place = place_of(line->list, field);
	return loose_day(&line->cells, annex_columns[field].heading, value_of(line, field), need,
		place == annex_sheets[line->list].n ? 0 : line->annex->month_first[place]);
}

static day past_day(struct line *line, enum annex_field field, enum need need)
{
	day d = any_day(line, field, need);
	if (d > line->annex->today)
		cells_fault(&line->cells, annex_columns[field].heading, value_of(line, field),
			S("in the future"));
	else if (d > line->annex->last)
		line->annex->last = d;
	return d;
}

/* The national code that a cell stands for. One that stands for none is told, and left out. */
static str code_in(struct line *line, enum annex_field field)
{
	const struct annex_column *column = &annex_columns[field];
	str value = value_of(line, field);
	const struct annex_code *code = value.n == 0 ? NULL : annex_code_find(column->codes, value);
	if (code == NULL)
		return column->codes->national == NULL
			       ? (str){ 0 }
			       : loose_code_or_none(&line->cells, column->heading, value,
					 column->codes->national);
	const struct code_list *national = column->codes->national;
	const struct code *known = national == NULL ? NULL : code_find(national, code->code);
	return known == NULL ? (str){ 0 } : known->code;
}

static enum answer answer_in(struct line *line, enum annex_field field)
{
	str value = value_of(line, field);
	const struct annex_code *code =
		value.n == 0 ? NULL : annex_code_find(annex_columns[field].codes, value);
	if (code == NULL)
		return ANSWER_UNKNOWN;
	return str_equal(code->code, S("yes"))	? ANSWER_YES
	       : str_equal(code->code, S("no")) ? ANSWER_NO
						: ANSWER_UNKNOWN;
}

static void not_before(
	struct line *line, enum annex_field field, day d, day start, const char *what)
{
	if (d == DAY_UNKNOWN || start == DAY_UNKNOWN || d >= start || line->cells.bad)
		return;
	cells_fault(&line->cells, annex_columns[field].heading, value_of(line, field),
		arena_format(line->annex->staging->arena, "before %s", what));
}

static struct staged *add(struct line *line, const struct record_type *type)
{
	return staging_add(line->annex->staging, line->child, type, line->cells.file,
		line->cells.line);
}

/* ---- whose row it is: what an earlier list left open of the child, this one may say */

static bool take_child(struct line *line)
{
	struct staging *staging = line->annex->staging;
	str number = cells_child(
		&line->cells, annex_columns[ANNEX_CHILD].heading, value_of(line, ANNEX_CHILD));
	day born = any_day(line, ANNEX_BORN, OPTIONAL);
	if (line->cells.bad)
		return cells_end(&line->cells);
	str sex = code_in(line, ANNEX_GENDER), ethnicity = code_in(line, ANNEX_ETHNICITY);
	line->child = staging_child(staging, number);
	bool new = line->child->n == 0;
	struct child *child = new ? add(line, &child_type)->record : line->child->item[0].record;
	child->number = line->child->number;
	if (new)
		child->born = child->expected = child->died = DAY_UNKNOWN;
	if (child->born == DAY_UNKNOWN && child->expected == DAY_UNKNOWN) {
		if (born > line->annex->today)
			child->expected = born;
		else
			child->born = born;
	}
	if (child->sex.n == 0)
		child->sex = sex;
	if (child->ethnicity.n == 0)
		child->ethnicity = ethnicity;
	return true;
}

/* Who works with the child is told by the lists of those who are open. */
static void take_worker(struct line *line)
{
	str name = annex_columns[ANNEX_WORKER].heading;
	str worker = loose_text(&line->cells, name, value_of(line, ANNEX_WORKER), TEXT);
	str team = loose_text(
		&line->cells, annex_columns[ANNEX_TEAM].heading, value_of(line, ANNEX_TEAM), TEXT);
	struct allocation *allocation = NULL;
	for (size_t i = 0; i < line->child->n; i++) {
		if (line->child->item[i].type == &allocation_type)
			allocation = line->child->item[i].record;
	}
	if (worker.n + team.n == 0)
		return;
	if (allocation == NULL)
		allocation = add(line, &allocation_type)->record;
	if (worker.n > 0)
		allocation->social_worker = worker;
	if (team.n > 0)
		allocation->team = team;
}

/* ---- lists 3 to 6: need */

static struct staged *referral_on(struct line *line, day received, bool exactly)
{
	struct staged *found = NULL;
	for (size_t i = 0; i < line->child->n; i++) {
		struct staged *item = &line->child->item[i];
		const struct referral *referral = item->record;
		if (item->type != &referral_type || referral->received > received ||
			(exactly && referral->received != received))
			continue;
		if (found == NULL ||
			((const struct referral *)found->record)->received <= referral->received)
			found = item;
	}
	return found;
}

static void take_referral(struct line *line)
{
	day received = past_day(line, ANNEX_REFERRED, NEEDED);
	if (!cells_end(&line->cells) || referral_on(line, received, true) != NULL)
		return;
	str source = code_in(line, ANNEX_REFERRAL_SOURCE);
	*(struct referral *)add(line, &referral_type)->record =
		(struct referral){ .received = received,
			.decided = DAY_UNKNOWN,
			.closed = DAY_UNKNOWN,
			.source = source,
			.nfa = answer_in(line, ANNEX_NFA) };
}

static void take_need(struct line *line)
{
	day began = past_day(line, ANNEX_NEED_BEGAN, NEEDED);
	day closed = past_day(line, ANNEX_NEED_CLOSED, OPTIONAL);
	not_before(line, ANNEX_NEED_CLOSED, closed, began, "the child became a child in need");
	if (!cells_end(&line->cells))
		return;
	struct staged *item = referral_on(line, began, true);
	bool new = item == NULL;
	if (new)
		item = add(line, &referral_type);
	struct referral *referral = item->record;
	if (new) {
		referral->received = began;
		referral->decided = DAY_UNKNOWN;
	}
	referral->closed = closed;
	referral->need = code_in(line, ANNEX_NEED);
	referral->closure = code_in(line, ANNEX_CLOSURE);
	take_worker(line);
}

static void take_assessment(struct line *line)
{
	day began = past_day(line, ANNEX_ASSESSMENT_BEGAN, NEEDED);
	day authorised = past_day(line, ANNEX_ASSESSMENT_AUTHORISED, OPTIONAL);
	not_before(line, ANNEX_ASSESSMENT_AUTHORISED, authorised, began, "the assessment began");
	const struct staged *referral =
		line->cells.bad ? NULL : referral_on(line, began, false);
	if (!line->cells.bad && referral == NULL)
		cells_fault(&line->cells, annex_columns[ANNEX_ASSESSMENT_BEGAN].heading,
			value_of(line, ANNEX_ASSESSMENT_BEGAN),
			S("the referral before it stands in neither list 3 nor list 6"));
	if (!cells_end(&line->cells))
		return;
	ref of = staged_ref(line->child, referral);
	struct assessment *assessment = add(line, &assessment_type)->record;
	assessment->referral = of;
	assessment->began = began;
	assessment->authorised = authorised;
}

static void take_enquiry(struct line *line)
{
	day strategy = past_day(line, ANNEX_STRATEGY, OPTIONAL);
	day held = past_day(line, ANNEX_ICPC, OPTIONAL);
	not_before(line, ANNEX_ICPC, held, strategy, "the strategy discussion");
	if (!cells_end(&line->cells) || (strategy == DAY_UNKNOWN && held == DAY_UNKNOWN))
		return;
	ref of = { 0 };
	if (strategy != DAY_UNKNOWN) {
		const struct staged *referral = referral_on(line, strategy, false);
		ref need = referral == NULL ? (ref){ 0 } : staged_ref(line->child, referral);
		struct staged *item = add(line, &section47_type);
		struct section47 *enquiry = item->record;
		enquiry->referral = need;
		enquiry->strategy = enquiry->began = strategy;
		if (held != DAY_UNKNOWN)
			enquiry->icpc_required = ANSWER_YES;
		else if (answer_in(line, ANNEX_ICPC_UNNECESSARY) == ANSWER_YES)
			enquiry->icpc_required = ANSWER_NO;
		of = staged_ref(line->child, item);
	}
	if (held == DAY_UNKNOWN)
		return;
	const struct child *who = line->child->item[0].record;
	enum answer before = who->born == DAY_UNKNOWN ? ANSWER_UNKNOWN
			     : held < who->born	      ? ANSWER_YES
						      : ANSWER_NO;
	struct conference *conference = add(line, &conference_type)->record;
	conference->kind = of.id == 0 ? S("transfer-in") : S("icpc");
	conference->section47 = of;
	conference->held = held;
	conference->prebirth = before;
}

/* ---- list 7: plans, with the last review conference and the last visit */

static void add_visit(struct line *line, const char *kind, ref thread, day held, enum answer alone)
{
	if (held == DAY_UNKNOWN)
		return;
	struct visit *visit = add(line, &visit_type)->record;
	visit->kind = str_of(kind);
	visit->thread = thread;
	visit->held = held;
	visit->alone = alone;
}

static void take_plan(struct line *line)
{
	day began = past_day(line, ANNEX_PLAN_BEGAN, NEEDED);
	day ended = past_day(line, ANNEX_PLAN_ENDED, OPTIONAL);
	day reviewed = past_day(line, ANNEX_PLAN_REVIEWED, OPTIONAL);
	day visited = past_day(line, ANNEX_PLAN_VISITED, OPTIONAL);
	int64_t before = -1;
	str number = value_of(line, ANNEX_PLANS_BEFORE);
	not_before(line, ANNEX_PLAN_ENDED, ended, began, "the plan began");
	if (number.n > 0 && (!str_int(number, &before) || before < 0 || before > 99))
		before = -1;
	if (!cells_end(&line->cells))
		return;
	struct staged *item = add(line, &cp_plan_type);
	*(struct cp_plan *)item->record = (struct cp_plan){ .began = began,
		.ended = ended,
		.category = code_in(line, ANNEX_CATEGORY),
		.category_latest = code_in(line, ANNEX_CATEGORY_LATEST),
		.plans_before = before };
	ref plan = staged_ref(line->child, item);
	/* What was before the plan or after it was of another. */
	if (reviewed != DAY_UNKNOWN && reviewed > began &&
		(ended == DAY_UNKNOWN || reviewed <= ended)) {
		struct conference *conference = add(line, &conference_type)->record;
		conference->kind = S("rcpc");
		conference->plan = plan;
		conference->held = reviewed;
	}
	if (visited >= began)
		add_visit(line, "cp", plan, visited, answer_in(line, ANNEX_SEEN_ALONE));
	take_worker(line);
}

/* ---- list 8: looked after, with the last review, the last visit and the placement now */

struct care {
	day began, ended, placed, reviewed, visited, legal_began, health;
	str end, legal, placement, provider;
};

static bool is_adoption(str code)
{
	return str_equal(code, S("A3")) || str_equal(code, S("A4")) || str_equal(code, S("A5")) ||
	       str_equal(code, S("A6"));
}

/* The first day on which the list shows that it ran. */
static day shown_from(const struct care *care)
{
	const day days[] = { care->began, care->placed, care->reviewed, care->legal_began };
	day first = DAY_UNKNOWN;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		if (days[i] != DAY_UNKNOWN && (first == DAY_UNKNOWN || days[i] < first))
			first = days[i];
	}
	return first;
}

static ref add_period(struct line *line, const struct care *care)
{
	struct staged *item = add(line, &care_period_type);
	bool changed = care->began != DAY_UNKNOWN && care->legal_began > care->began;
	*(struct care_period *)item->record = (struct care_period){
		.began = care->began,
		.ended = care->ended,
		.legal = changed ? (str){ 0 } : care->legal,
		.end_reason = care->end
	};
	item->from = shown_from(care);
	item->to = care->ended;
	ref period = staged_ref(line->child, item);
	if (changed && care->legal.n > 0) {
		struct legal_status *legal = add(line, &legal_status_type)->record;
		legal->care = period;
		legal->changed = care->legal_began;
		legal->code = care->legal;
	}
	return period;
}

static void add_held(struct line *line, const struct care *care, ref period)
{
	ref place = { 0 };
	if (care->placed != DAY_UNKNOWN) {
		struct staged *item = add(line, &placement_type);
		struct placement *placement = item->record;
		placement->care = period;
		placement->began = care->placed;
		placement->ended = care->ended;
		placement->code = care->placement;
		placement->provider = care->provider;
		if (care->placement.n > 0)
			placement->with_parent =
				str_equal(care->placement, S("P1")) ? ANSWER_YES : ANSWER_NO;
		item->from = care->placed;
		item->to = care->ended;
		place = staged_ref(line->child, item);
	}
	if (care->reviewed != DAY_UNKNOWN) {
		struct cla_review *review = add(line, &cla_review_type)->record;
		review->care = period;
		review->held = care->reviewed;
		if (place.id != 0 && is_adoption(care->placement) && care->reviewed > care->placed)
			review->placement = place;
	}
	if (place.id != 0 && care->visited >= care->placed)
		add_visit(line, "cla", place, care->visited, ANSWER_UNKNOWN);
	if (care->health != DAY_UNKNOWN && care->health >= care->began) {
		struct child_step *step = add(line, &child_step_type)->record;
		step->kind = S("health-assessment-held");
		step->about = period;
		step->on.on = care->health;
	}
}

static void take_care(struct line *line)
{
	struct care care = { .began = past_day(line, ANNEX_CARE_BEGAN, OPTIONAL),
		.ended = past_day(line, ANNEX_CARE_ENDED, OPTIONAL),
		.placed = past_day(line, ANNEX_PLACED, OPTIONAL),
		.reviewed = past_day(line, ANNEX_CARE_REVIEWED, OPTIONAL),
		.visited = past_day(line, ANNEX_CARE_VISITED, OPTIONAL),
		.legal_began = past_day(line, ANNEX_LEGAL_BEGAN, OPTIONAL),
		.health = past_day(line, ANNEX_HEALTH, OPTIONAL) };
	not_before(line, ANNEX_CARE_ENDED, care.ended, care.began, "the child was looked after");
	not_before(line, ANNEX_PLACED, care.placed, care.began, "the child was looked after");
	not_before(line, ANNEX_PLACED, care.ended, care.placed, "the placement began");
	/* A period may be known and its start not; of a row without any day nothing is. */
	if (!line->cells.bad && shown_from(&care) == DAY_UNKNOWN)
		cells_fault(&line->cells, annex_columns[ANNEX_CARE_BEGAN].heading, (str){ 0 },
			S("no day of the row shows that the child was looked after"));
	if (!cells_end(&line->cells))
		return;
	care.end = code_in(line, ANNEX_CARE_END);
	care.legal = code_in(line, ANNEX_LEGAL);
	care.placement = code_in(line, ANNEX_PLACEMENT);
	care.provider = code_in(line, ANNEX_PROVIDER);
	if (care.ended == DAY_UNKNOWN)
		care.end = (str){ 0 };
	if (care.reviewed < care.began || (care.ended != DAY_UNKNOWN && care.reviewed > care.ended))
		care.reviewed = DAY_UNKNOWN; /* of an earlier period */
	ref period = add_period(line, &care);
	add_held(line, &care, period);
	take_worker(line);
}

/* ---- list 9: care leavers */

static void take_leaver(struct line *line)
{
	day held = past_day(line, ANNEX_PATHWAY_REVIEWED, OPTIONAL);
	const struct staged *period = NULL;
	for (size_t i = 0; i < line->child->n; i++) {
		const struct staged *item = &line->child->item[i];
		if (item->type == &care_period_type && item->from <= held)
			period = item;
	}
	if (!cells_end(&line->cells))
		return;
	take_worker(line);
	if (held == DAY_UNKNOWN || period == NULL) {
		line->annex->unplaced += held != DAY_UNKNOWN;
		return;
	}
	ref of = staged_ref(line->child, period);
	struct child_step *step = add(line, &child_step_type)->record;
	step->kind = S("pathway-review-held");
	step->about = of;
	step->on.on = held;
}

/* ---- the lists */

static const struct taking {
	void (*take)(struct line *line); /* NULL: it makes no records */
	enum annex_field key;            /* the column that must be there besides the child's */
} takings[ANNEX_LISTS] = {
	[ANNEX_REFERRALS_MADE] = { take_referral, ANNEX_REFERRED },
	[ANNEX_ASSESSMENTS] = { take_assessment, ANNEX_ASSESSMENT_BEGAN },
	[ANNEX_SECTION_47] = { take_enquiry, ANNEX_STRATEGY },
	[ANNEX_IN_NEED] = { take_need, ANNEX_NEED_BEGAN },
	[ANNEX_PROTECTION] = { take_plan, ANNEX_PLAN_BEGAN },
	[ANNEX_LOOKED_AFTER] = { take_care, ANNEX_CARE_BEGAN },
	[ANNEX_LEAVERS] = { take_leaver, ANNEX_CHILD },
};

/* What list 6 says of an episode must be there when list 4 and 5 hang on it. */
static const enum annex_list order[] = { ANNEX_REFERRALS_MADE, ANNEX_IN_NEED, ANNEX_ASSESSMENTS,
	ANNEX_SECTION_47, ANNEX_PROTECTION, ANNEX_LOOKED_AFTER, ANNEX_LEAVERS };

static const char *names_of(struct arena *arena, const struct annex_column *column)
{
	str names = arena_format(arena, "%.*s|%.*s", STR_ARGS(column->heading),
		STR_ARGS(column->variants));
	return names.p;
}

static void find_month_first(struct annex *annex, enum annex_list list, const struct csv_row *row)
{
	for (size_t i = 0; i < annex_sheets[list].n; i++) {
		if (annex->month_first[i] == 0 && annex->at[i] != CSV_ABSENT &&
			annex_columns[annex_sheets[list].field[i]].kind == ANNEX_DATE &&
			loose_is_month_first(row->field[annex->at[i]]))
			annex->month_first[i] = row->line;
	}
}

static bool read_rows(struct annex *annex, enum annex_list list, struct table *table, bool look,
	struct err *err)
{
	struct csv_row row;
	while (table_next(table, &row)) {
		if (look) {
			find_month_first(annex, list, &row);
			continue;
		}
		struct line line = { .annex = annex,
			.list = list,
			.row = &row,
			.cells = cells_of(annex->staging, table->source->file, row.line) };
		if (take_child(&line))
			takings[list].take(&line);
	}
	return table_end(table, err);
}

/* Twice: the first time for days whose month comes first, which make others of their column unsure. */
static bool read_list(struct annex *annex, enum annex_list list, const struct table_source *source,
	struct err *err)
{
	struct arena *arena = annex->staging->arena;
	const struct annex_sheet *sheet = &annex_sheets[list];
	struct wanted_column wanted[ANNEX_WIDEST];
	struct table table;
	struct csv_row header;
	memset(annex->month_first, 0, sizeof annex->month_first);
	for (size_t i = 0; i < sheet->n; i++) {
		enum annex_field field = sheet->field[i];
		wanted[i] = (struct wanted_column){ annex_columns[field].key.p,
			names_of(arena, &annex_columns[field]),
			field == ANNEX_CHILD || field == takings[list].key, false };
	}
	if (!table_open(&table, source, annex->staging, wanted, sheet->n, &header, err))
		return false;
	annex->here[list] = true;
	if (!columns_find(&table, sheet->sheet, annex->mapping, wanted, sheet->n, &header,
		    annex->at))
		return true;
	size_t rejects = annex->staging->rejects.n;
	if (!read_rows(annex, list, &table, true, err))
		return false;
	annex->staging->rejects.n = rejects;
	return table_open(&table, source, annex->staging, wanted, sheet->n, &header, err) &&
	       read_rows(annex, list, &table, false, err);
}

static enum annex_list list_of(const struct annex *annex, str name)
{
	for (int i = 0; i < ANNEX_LISTS; i++) {
		const struct mapping_row *said =
			mapping_find(annex->mapping, annex_sheets[i].sheet, (str){ 0 });
		if (said != NULL && str_equal_nocase(said->heading, name))
			return (enum annex_list)i;
	}
	return annex_list_find(name);
}

static bool read_lists(
	struct annex *annex, const struct table_source *source, size_t n, struct err *err)
{
	struct staging *staging = annex->staging;
	size_t taken = 0;
	for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
		for (size_t i = 0; i < n; i++) {
			if (list_of(annex, source[i].name) != order[k])
				continue;
			/* A sheet without anything in it is a list without anybody on it. */
			if (source[i].grid != NULL && source[i].grid->n == 0)
				continue;
			if (!read_list(annex, order[k], &source[i], err))
				return false;
			taken++;
		}
		if (!annex->here[order[k]])
			buf_format(&staging->notes,
				"%.*s, %.*s, is not there: what it would tell stays unknown\n",
				STR_ARGS(annex_sheets[order[k]].sheet),
				STR_ARGS(annex_sheets[order[k]].title));
	}
	for (size_t i = 0; i < n; i++) {
		enum annex_list list = list_of(annex, source[i].name);
		if (list == ANNEX_LISTS || takings[list].take == NULL)
			buf_format(&staging->notes, "%.*s: passed over, because %s\n",
				STR_ARGS(source[i].file),
				list == ANNEX_LISTS ? "it is none of the eleven lists"
						    : "Duly keeps no records of what it lists");
	}
	return taken > 0 ||
	       err_set(err, ERR_INPUT,
		       "no list of Annex A that Duly reads: sheets \"List 3\" to \"List 9\" of one "
		       "workbook are looked for");
}

/* Soon in a period, the last review may not be the first: then the start is left out, so that nobody
 * reads that the first was late, and the chain goes on from the review that is known. */
static void hide_starts(const struct annex *annex, struct staged_child *child)
{
	day since = day_add_months(annex->known_to, -12);
	for (size_t i = 0; i < child->n; i++) {
		const struct cla_review *review = child->item[i].record;
		if (child->item[i].type != &cla_review_type)
			continue;
		struct care_period *care = child->item[-review->care.id - 1].record;
		if (care->began >= since && review->held > care->began + FIRST_REVIEW)
			care->began = DAY_UNKNOWN;
		if (review->placement.id == 0)
			continue;
		struct placement *place = child->item[-review->placement.id - 1].record;
		if (place->began >= since && review->held > place->began + FIRST_REVIEW)
			place->began = DAY_UNKNOWN;
	}
}

/* Of what the lists tell: what began is told however long ago, what was held for the time that the
 * list goes back, and of reviews the last, which is enough for a year. */
static void cover(struct annex *annex)
{
	static const struct {
		enum annex_list list;
		enum word word;
		int months; /* 0: ever; below: on the day alone, because earlier ones are not told */
	} words[] = { { ANNEX_IN_NEED, WORD_REFERRAL_RECEIVED, 0 },
		{ ANNEX_ASSESSMENTS, WORD_ASSESSMENT_BEGAN, 6 },
		{ ANNEX_ASSESSMENTS, WORD_ASSESSMENT_AUTHORISED, 6 },
		{ ANNEX_SECTION_47, WORD_STRATEGY_DISCUSSION_HELD, 6 },
		{ ANNEX_SECTION_47, WORD_S47_BEGAN, 6 }, { ANNEX_SECTION_47, WORD_ICPC_HELD, 6 },
		{ ANNEX_PROTECTION, WORD_CP_PLAN_BEGAN, 0 },
		{ ANNEX_PROTECTION, WORD_CP_PLAN_ENDED, 6 },
		{ ANNEX_PROTECTION, WORD_RCPC_HELD, 6 },
		{ ANNEX_LOOKED_AFTER, WORD_LOOKED_AFTER_BEGAN, 0 },
		{ ANNEX_LOOKED_AFTER, WORD_LOOKED_AFTER_ENDED, 6 },
		{ ANNEX_LOOKED_AFTER, WORD_PLACEMENT_BEGAN, 0 },
		{ ANNEX_LOOKED_AFTER, WORD_PLACED_FOR_ADOPTION, 0 },
		{ ANNEX_LOOKED_AFTER, WORD_SECURE_PLACEMENT_BEGAN, 0 },
		{ ANNEX_LOOKED_AFTER, WORD_CLA_REVIEW_HELD, 12 },
		{ ANNEX_LOOKED_AFTER, WORD_ADOPTION_REVIEW_HELD, 12 },
		{ ANNEX_LOOKED_AFTER, WORD_CLA_VISIT_HELD, -1 },
		{ ANNEX_LOOKED_AFTER, WORD_HEALTH_ASSESSMENT_HELD, -1 },
		{ ANNEX_PROTECTION, WORD_CP_VISIT_HELD, -1 } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (annex->here[words[i].list])
			staging_cover(annex->staging, words[i].word,
				words[i].months == 0  ? DAY_UNKNOWN
				: words[i].months < 0 ? annex->known_to
						      : day_add_months(annex->known_to,
								-words[i].months),
				annex->known_to);
	}
}

bool annex_a_stage(const struct table_source *source, size_t n, const struct mapping *mapping,
	day today, day as_at, struct staging *staging, struct err *err)
{
	struct annex annex = { .staging = staging,
		.mapping = mapping,
		.today = today,
		.last = DAY_UNKNOWN };
	if (!read_lists(&annex, source, n, err))
		return false;
	if (staging->refused.n > 0)
		return true;
	annex.known_to = staging->known_to = as_at != DAY_UNKNOWN ? as_at : annex.last;
	if (annex.unplaced > 0)
		buf_format(&staging->notes,
			"%zu reviews of pathway plans are of young people whose time in care no "
			"list tells: not taken\n",
			annex.unplaced);
	for (size_t i = 0; annex.known_to != DAY_UNKNOWN && i < staging->children.n; i++)
		hide_starts(&annex, &staging->children.item[i]);
	if (annex.known_to != DAY_UNKNOWN)
		cover(&annex);
	staging_check(staging);
	return true;
}
