/* care.c - children and their time in care: the rows of the dataset as those of the 903, told by its
 * reader, so that an episode makes the same spells whichever file it stands in. */
#include "returns/ssd/rows.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "returns/ssda903/rows.h"

enum { POSTCODE_MOST = 10, URN_MOST = 20 };

/* What the reader of the 903 calls the columns of what it rejects. */
static const struct {
	const char *theirs;
	enum ssd_field ours;
} columns[] = { { "CHILD", SSD_pers_person_id }, { "DOB", SSD_pers_dob },
	{ "DECOM", SSD_clae_cla_episode_start_date }, { "DEC", SSD_clae_cla_episode_ceased_date },
	{ "RNE", SSD_clae_cla_episode_start_reason }, { "REVIEW", SSD_clar_cla_review_date },
	{ "MIS_START", SSD_miss_missing_episode_start_date },
	{ "MIS_END", SSD_miss_missing_episode_end_date } };

static struct row_at row_at_of(const struct ssd_at *at)
{
	return (struct row_at){ .child = at->row->child,
		.file = at->cells.file,
		.line = at->cells.line };
}

static bool is(str a, const char *b)
{
	return str_equal(a, str_of(b));
}

/* ---- who the child is */

static void take_header(struct ssd *ssd, const struct ssd_row *row, struct ssda903 *out)
{
	struct ssd_at at = ssd_at(ssd, SSD_PERSON, row);
	str sex = ssd_value(&at, SSD_pers_sex);
	bool by_gender = sex.n == 0;
	struct row_header header = { .at = row_at_of(&at),
		.born = ssd_any_day(&at, SSD_pers_dob),
		.own_child_born = DAY_UNKNOWN,
		.ethnicity = ssd_code_or_none(&at, SSD_pers_ethnicity, &codes_ethnicity) };
	if (by_gender)
		sex = ssd_value(&at, SSD_pers_gender);
	if (is(sex, "1") || is(sex, "2"))
		header.sex = is(sex, "1") ? S("M") : S("F");
	else if (is(sex, "0") || is(sex, "9"))
		header.sex = S("U");
	else
		header.sex = ssd_code_or_none(
			&at, by_gender ? SSD_pers_gender : SSD_pers_sex, &codes_sex);
	/* The child is there, whatever is wrong with the day of birth. */
	if (!cells_end(&at.cells))
		header.born = DAY_UNKNOWN;
	ARRAY_MORE(&out->headers) = header;
}

/* ---- episodes, with the placement and the legal status that stood at their start */

static const struct ssd_row *placement_of(struct ssd *ssd, const struct ssd_at *episode, day decom)
{
	struct ssd_slice slice = ssd_slice(ssd, SSD_PLACEMENT, episode->row->child);
	str id = ssd_value(episode, SSD_clae_cla_placement_id);
	const struct ssd_row *found = NULL;
	for (size_t i = 0; i < slice.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_PLACEMENT, &slice.row[i]);
		if (id.n > 0 && str_equal(ssd_value(&at, SSD_clap_cla_placement_id), id))
			return &slice.row[i];
		day began = ssd_any_day(&at, SSD_clap_cla_placement_start_date);
		day ended = ssd_any_day(&at, SSD_clap_cla_placement_end_date);
		if (!at.cells.bad && began != DAY_UNKNOWN && began <= decom &&
			(ended == DAY_UNKNOWN || ended > decom))
			found = &slice.row[i];
	}
	return found;
}

/* The last that began by then; an empty one where the extract has none of the child. */
static str legal_of(struct ssd *ssd, const struct ssd_at *episode, day decom)
{
	struct ssd_slice slice = ssd_slice(ssd, SSD_LEGAL, episode->row->child);
	day last = DAY_UNKNOWN;
	str code = { 0 };
	for (size_t i = 0; i < slice.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_LEGAL, &slice.row[i]);
		day began = ssd_any_day(&at, SSD_lega_legal_status_start_date);
		day ended = ssd_any_day(&at, SSD_lega_legal_status_end_date);
		bool runs = began != DAY_UNKNOWN && began <= decom && began >= last &&
			    (ended == DAY_UNKNOWN || ended > decom || ended == began);
		if (at.cells.bad || !runs)
			continue;
		last = began;
		code = ssd_value(&at, SSD_lega_legal_status);
	}
	const struct code *known = code_find(&codes_legal_status, code);
	return known == NULL ? (str){ 0 } : known->code;
}

/* Of one that is no plain text of that length check_placement() has told. */
static str kept_text(const struct ssd_at *at, enum ssd_field field, size_t most)
{
	str value = loose_value(ssd_value(at, field));
	for (size_t i = 0; i < value.n; i++) {
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return (str){ 0 };
	}
	return utf8_count(value) <= most ? value : (str){ 0 };
}

static void take_placement(struct ssd *ssd, const struct ssd_at *at, struct row_episode *episode)
{
	const struct ssd_row *row = placement_of(ssd, at, episode->decom);
	if (row == NULL)
		return;
	struct ssd_at place = ssd_at(ssd, SSD_PLACEMENT, row);
	const struct code *type =
		code_find(&codes_placement, ssd_value(&place, SSD_clap_cla_placement_type));
	const struct code *provider =
		code_find(&codes_provider, ssd_value(&place, SSD_clap_cla_placement_provider));
	const struct code *change = code_find(&codes_placement_change,
		ssd_value(&place, SSD_clap_cla_placement_change_reason));
	episode->place = type == NULL ? (str){ 0 } : type->code;
	episode->provider = provider == NULL ? (str){ 0 } : provider->code;
	episode->post = kept_text(&place, SSD_clap_cla_placement_postcode, POSTCODE_MOST);
	episode->urn = kept_text(&place, SSD_clap_cla_placement_urn, URN_MOST);
	if (change != NULL && episode->dec != DAY_UNKNOWN &&
		ssd_any_day(&place, SSD_clap_cla_placement_end_date) == episode->dec &&
		is(episode->rec, "X1"))
		episode->change = change->code;
}

/* Faults of the placements and legal statuses themselves are told once, row by row. */
static void check_placement(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_PLACEMENT, row);
	day began = ssd_day(&at, SSD_clap_cla_placement_start_date, NEEDED);
	day ended = ssd_day(&at, SSD_clap_cla_placement_end_date, OPTIONAL);
	ssd_not_before(&at, SSD_clap_cla_placement_end_date, ended, began, "the placement began");
	if (!cells_end(&at.cells))
		return;
	ssd_code_or_none(&at, SSD_clap_cla_placement_type, &codes_placement);
	ssd_code_or_none(&at, SSD_clap_cla_placement_provider, &codes_provider);
	ssd_code_or_none(&at, SSD_clap_cla_placement_change_reason, &codes_placement_change);
	ssd_text(&at, SSD_clap_cla_placement_postcode, POSTCODE_MOST);
	ssd_text(&at, SSD_clap_cla_placement_urn, URN_MOST);
}

static void check_legal(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_LEGAL, row);
	day began = ssd_day(&at, SSD_lega_legal_status_start_date, NEEDED);
	day ended = ssd_any_day(&at, SSD_lega_legal_status_end_date);
	ssd_code(&at, SSD_lega_legal_status, NEEDED, &codes_legal_status);
	ssd_not_before(&at, SSD_lega_legal_status_end_date, ended, began, "the status began");
	(void)cells_end(&at.cells);
}

/* Some systems leave the reason open: what did not follow on another episode started the period. */
static str reason_of(struct ssd *ssd, const struct ssd_at *episode, day decom)
{
	struct ssd_slice slice = ssd_slice(ssd, SSD_EPISODE, episode->row->child);
	for (size_t i = 0; i < slice.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_EPISODE, &slice.row[i]);
		if (&slice.row[i] != episode->row &&
			ssd_any_day(&at, SSD_clae_cla_episode_ceased_date) == decom &&
			is(ssd_value(&at, SSD_clae_cla_episode_ceased_reason), "X1"))
			return S("P");
	}
	return S("S");
}

static void take_episode(struct ssd *ssd, const struct ssd_row *row, struct ssda903 *out)
{
	struct ssd_at at = ssd_at(ssd, SSD_EPISODE, row);
	struct row_episode episode = { .at = row_at_of(&at),
		.decom = ssd_day(&at, SSD_clae_cla_episode_start_date, NEEDED),
		.dec = ssd_day(&at, SSD_clae_cla_episode_ceased_date, OPTIONAL),
		.rne = ssd_code(&at, SSD_clae_cla_episode_start_reason, OPTIONAL,
			&codes_new_episode),
		.rec = ssd_code(
			&at, SSD_clae_cla_episode_ceased_reason, OPTIONAL, &codes_end_reason) };
	ssd_not_before(&at, SSD_clae_cla_episode_ceased_date, episode.dec, episode.decom,
		"the episode began");
	if (!at.cells.bad && episode.dec == DAY_UNKNOWN && episode.rec.n > 0)
		cells_fault(&at.cells, S("clae_cla_episode_ceased_reason"), episode.rec,
			S("says why the episode ceased, and there is no date on which it did"));
	if (!at.cells.bad && episode.dec != DAY_UNKNOWN && episode.rec.n == 0)
		cells_fault(&at.cells, S("clae_cla_episode_ceased_reason"), (str){ 0 },
			S("the episode ceased, and it is not said why"));
	if (!cells_end(&at.cells))
		return;
	if (episode.rne.n == 0)
		episode.rne = reason_of(ssd, &at, episode.decom);
	episode.legal = legal_of(ssd, &at, episode.decom);
	take_placement(ssd, &at, &episode);
	ARRAY_MORE(&out->episodes) = episode;
}

static void take_review(struct ssd *ssd, const struct ssd_row *row, struct ssda903 *out)
{
	struct ssd_at at = ssd_at(ssd, SSD_REVIEW, row);
	enum answer cancelled = ssd_answer(&at, SSD_clar_cla_review_cancelled);
	/* One that is only due, or was called off, was not held. */
	if (cancelled == ANSWER_YES || ssd_value(&at, SSD_clar_cla_review_date).n == 0) {
		(void)cells_end(&at.cells);
		return;
	}
	struct row_review review = { .held = ssd_day(&at, SSD_clar_cla_review_date, NEEDED),
		.participation = ssd_code_or_none(
			&at, SSD_clar_cla_review_participation, &codes_participation) };
	if (!cells_end(&at.cells))
		return;
	review.at = row_at_of(&at);
	ARRAY_MORE(&out->reviews) = review;
}

static void take_missing(struct ssd *ssd, const struct ssd_row *row, struct ssda903 *out)
{
	struct ssd_at at = ssd_at(ssd, SSD_MISSING, row);
	str kind = ssd_value(&at, SSD_miss_missing_episode_type);
	struct row_missing missing = {
		.began = ssd_day(&at, SSD_miss_missing_episode_start_date, NEEDED),
		.ended = ssd_day(&at, SSD_miss_missing_episode_end_date, OPTIONAL)
	};
	if (str_equal_nocase(kind, S("missing")))
		missing.kind = S("M");
	else if (str_equal_nocase(kind, S("absent")) || str_equal_nocase(kind, S("away")))
		missing.kind = S("A");
	else
		missing.kind =
			ssd_code_or_none(&at, SSD_miss_missing_episode_type, &codes_missing);
	ssd_not_before(&at, SSD_miss_missing_episode_end_date, missing.ended, missing.began,
		"the child went missing");
	if (!cells_end(&at.cells))
		return;
	missing.at = row_at_of(&at);
	ARRAY_MORE(&out->missings) = missing;
}

/* ---- told by the reader of the 903, in the columns of the dataset */

static void rename_columns(struct staging *staging, size_t from)
{
	for (size_t i = from; i < staging->rejects.n; i++) {
		struct reject *reject = &staging->rejects.item[i];
		for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
			if (is(reject->column, columns[k].theirs)) {
				reject->column = str_of(ssd_fields[columns[k].ours].name);
				break;
			}
		}
	}
}

#define EACH(ssd, table_, take, out)                                                               \
	for (size_t i_ = 0; i_ < (ssd)->table[table_].n; i_++)                                     \
	take(ssd, &(ssd)->table[table_].item[i_], out)

void ssd_care(struct ssd *ssd)
{
	struct ssda903 rows = { 0 };
	for (size_t i = 0; i < ssd->table[SSD_PLACEMENT].n; i++)
		check_placement(ssd, &ssd->table[SSD_PLACEMENT].item[i]);
	for (size_t i = 0; i < ssd->table[SSD_LEGAL].n; i++)
		check_legal(ssd, &ssd->table[SSD_LEGAL].item[i]);
	EACH(ssd, SSD_PERSON, take_header, &rows);
	EACH(ssd, SSD_EPISODE, take_episode, &rows);
	EACH(ssd, SSD_REVIEW, take_review, &rows);
	EACH(ssd, SSD_MISSING, take_missing, &rows);
	ARRAY_MORE(&rows.sets) = (struct year_set){ .last_day = ssd->today,
		.episodes = ssd->table[SSD_EPISODE].here,
		.reviews = ssd->table[SSD_REVIEW].here,
		.missing = ssd->table[SSD_MISSING].here };
	size_t rejects = ssd->staging->rejects.n;
	ssda903_derive(&rows, ssd->staging);
	rename_columns(ssd->staging, rejects);
	ssda903_close(&rows);
}

/* ---- what else is told of a period */

static struct staged *care_on(struct ssd_at *at, day on)
{
	return ssd_ran(at->ssd, at->row->child, &care_period_type, on);
}

static ref ref_of(struct ssd_at *at, const struct staged *item)
{
	return staged_ref(&at->ssd->staging->children.item[at->row->child], item);
}

static void no_care(struct ssd_at *at, enum ssd_field field)
{
	cells_fault(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field),
		S("no episode shows the child as looked after on this day"));
}

static void take_visit(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_VISIT, row);
	enum answer seen = ssd_answer(&at, SSD_clav_cla_visit_seen);
	day held = ssd_day(&at, SSD_clav_cla_visit_date, NEEDED);
	struct visit visit = { .kind = S("cla"),
		.held = held,
		.alone = ssd_answer(&at, SSD_clav_cla_visit_seen_alone) };
	const struct staged *place =
		at.cells.bad ? NULL : ssd_ran(ssd, row->child, &placement_type, held);
	if (!at.cells.bad && place == NULL)
		no_care(&at, SSD_clav_cla_visit_date);
	/* Nobody was seen: it was no visit to the child. */
	if (!cells_end(&at.cells) || seen == ANSWER_NO)
		return;
	visit.thread = ref_of(&at, place);
	*(struct visit *)ssd_add(&at, &visit_type)->record = visit;
}

static void take_care_plan(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_CARE_PLAN, row);
	day made = ssd_day(&at, SSD_lacp_cla_care_plan_start_date, NEEDED);
	const struct staged *care = at.cells.bad ? NULL : care_on(&at, made);
	if (!at.cells.bad && care == NULL)
		no_care(&at, SSD_lacp_cla_care_plan_start_date);
	if (!cells_end(&at.cells))
		return;
	ref of = ref_of(&at, care);
	struct care_step *step = ssd_add(&at, &care_step_type)->record;
	step->care = of;
	step->step = S("care-plan-made");
	step->on = made;
}

/* A step of a period, on the day that the field tells. `choice` may be empty. */
static void add_step(struct ssd_at *at, enum ssd_field field, const char *kind, str choice, day on)
{
	const struct staged *care = on == DAY_UNKNOWN ? NULL : care_on(at, on);
	if (!at->cells.bad && on != DAY_UNKNOWN && care == NULL)
		no_care(at, field);
	if (!cells_end(&at->cells) || on == DAY_UNKNOWN)
		return;
	ref of = ref_of(at, care);
	struct child_step *step = ssd_add(at, &child_step_type)->record;
	step->kind = str_of(kind);
	step->about = of;
	step->on.on = on;
	step->choice = choice;
}

static bool says(str text, const char *word)
{
	str want = str_of(word);
	for (size_t i = 0; i + want.n <= text.n; i++) {
		if (str_equal_nocase((str){ text.p + i, want.n }, want))
			return true;
	}
	return false;
}

static void take_health(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_HEALTH, row);
	str type = ssd_value(&at, SSD_clah_health_check_type);
	str status = ssd_value(&at, SSD_clah_health_check_status);
	/* Dental and surveillance checks leave no event; one that was refused was not held. */
	if (!says(type, "assess") || says(status, "refus") || says(status, "cancel") ||
		says(status, "not "))
		return;
	day held = ssd_day(&at, SSD_clah_health_check_date, NEEDED);
	add_step(&at, SSD_clah_health_check_date, "health-assessment-held",
		says(type, "initial")  ? S("initial")
		: says(type, "review") ? S("review")
				       : (str){ 0 },
		held);
}

static void take_sdq(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_SDQ, row);
	day held = ssd_day(&at, SSD_csdq_sdq_completed_date, OPTIONAL);
	add_step(&at, SSD_csdq_sdq_completed_date, "sdq-completed", (str){ 0 }, held);
}

/* The latest review alone is told; it is of the period that the young person left, or is in. */
static void take_leaver(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_LEAVER, row);
	const struct staged_child *child = &ssd->staging->children.item[row->child];
	const struct staged *last = NULL;
	day held = ssd_day(&at, SSD_clea_pathway_plan_review_date, OPTIONAL);
	for (size_t i = 0; i < child->n; i++) {
		if (child->item[i].type == &care_period_type && child->item[i].from <= held)
			last = &child->item[i];
	}
	if (!cells_end(&at.cells) || held == DAY_UNKNOWN || last == NULL)
		return;
	ref of = staged_ref(child, last);
	struct child_step *step = ssd_add(&at, &child_step_type)->record;
	step->kind = S("pathway-review-held");
	step->about = of;
	step->on.on = held;
}

void ssd_around_care(struct ssd *ssd, uint32_t child)
{
	static const struct {
		enum ssd_table table;
		void (*take)(struct ssd *ssd, const struct ssd_row *row);
	} takes[] = { { SSD_VISIT, take_visit }, { SSD_CARE_PLAN, take_care_plan },
		{ SSD_HEALTH, take_health }, { SSD_SDQ, take_sdq }, { SSD_LEAVER, take_leaver },
		{ SSD_PERMANENCE, ssd_take_permanence } };
	for (size_t t = 0; t < sizeof takes / sizeof *takes; t++) {
		struct ssd_slice slice = ssd_slice(ssd, takes[t].table, child);
		for (size_t i = 0; i < slice.n; i++)
			takes[t].take(ssd, &slice.row[i]);
	}
}
