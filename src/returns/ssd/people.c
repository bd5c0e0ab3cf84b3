/* people.c - who the child is beside the returns: names, where the child lives, who works with them. */
#include "returns/ssd/rows.h"

enum { NAME = 120, ADDRESS = 200, WORKER = 200 };

static bool says(str text, const char *word)
{
	str want = str_of(word);
	for (size_t i = 0; i + want.n <= text.n; i++) {
		if (str_equal_nocase((str){ text.p + i, want.n }, want))
			return true;
	}
	return false;
}

/* ---- the child's own row */

static void tell_upn(struct ssd *ssd, uint32_t child, struct child *record)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_IDENTIFIER, child);
	for (size_t i = 0; i < rows.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_IDENTIFIER, &rows.row[i]);
		str type = ssd_value(&at, SSD_link_identifier_type);
		bool former = says(type, "former") || says(type, "unknown");
		if (!former && (says(type, "unique pupil") || str_equal_nocase(type, S("upn"))) &&
			ssd_value(&at, SSD_link_valid_to_date).n == 0)
			record->upn = ssd_text(&at, SSD_link_identifier_value, 20);
	}
}

/* The codes of the census; NONE says that there is none, and stands alone. */
static void tell_disabilities(struct ssd *ssd, uint32_t child, struct child *record)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_DISABILITY, child);
	struct arena *arena = ssd->staging->arena;
	bool none = false;
	for (size_t i = 0; i < rows.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_DISABILITY, &rows.row[i]);
		str code = ssd_code_or_none(&at, SSD_disa_disability_code, &codes_disability);
		bool again = false;
		str rest = record->disabilities, one;
		while (rest.n > 0 && str_split(&rest, ' ', &one))
			again |= str_equal(one, code);
		none |= str_equal(code, S("NONE"));
		if (code.n == 0 || again || str_equal(code, S("NONE")) ||
			record->disabilities.n + code.n + 1 > 60)
			continue;
		record->disabilities = arena_format(arena, "%.*s%s%.*s",
			STR_ARGS(record->disabilities), record->disabilities.n > 0 ? " " : "",
			STR_ARGS(code));
	}
	if (none && record->disabilities.n == 0)
		record->disabilities = S("NONE");
}

static void tell_child(struct ssd *ssd, uint32_t child)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_PERSON, child);
	struct ssd_at at = ssd_at(ssd, SSD_PERSON, &rows.row[0]);
	struct child *record = ssd->staging->children.item[child].item[0].record;
	record->forename = ssd_text(&at, SSD_pers_forename, 200);
	record->surname = ssd_text(&at, SSD_pers_surname, 200);
	record->expected = ssd_any_day(&at, SSD_pers_expected_dob);
	day died = ssd_day(&at, SSD_pers_death_date, OPTIONAL);
	ssd_not_before(&at, SSD_pers_death_date, died, record->born, "the birth");
	if (!cells_end(&at.cells))
		return;
	if (died != DAY_UNKNOWN)
		record->died = died;
	tell_upn(ssd, child, record);
	tell_disabilities(ssd, child, record);
	if (record->upn.n == 0)
		record->upn_unknown =
			ssd_code_or_none(&at, SSD_pers_upn_unknown, &codes_upn_unknown);
}

/* ---- where the child lives: a protected fact of the child's own entry among the people around */

/* The values of {"ROOM":"","HOUSE":"12","STREET":"..."}, in their order; what is no address is not
 * one. A plain text stays as it is. */
static str address_text(struct arena *arena, str json)
{
	struct buf out = { 0 };
	if (!str_starts(json, S("{")))
		return json;
	for (size_t i = 1; i < json.n;) {
		str key = str_from(json, i + str_find(str_from(json, i), '"') + 1);
		str rest = str_from(key, str_find(key, '"') + 1);
		str name = str_upto(key, str_find(key, '"'));
		str value = str_from(rest, str_find(rest, ':') + 1);
		value = str_trim(value);
		if (!str_starts(value, S("\""))) {
			size_t end = str_find(value, ',');
			if (end >= value.n)
				break;
			i = (size_t)(value.p - json.p) + end + 1;
			continue;
		}
		value = str_from(value, 1);
		size_t end = str_find(value, '"');
		str text = str_trim(str_upto(value, end));
		bool place = !says(name, "UPRN") && !says(name, "EASTING") && !says(name, "NORTHING");
		if (text.n > 0 && place)
			buf_format(&out, "%s%.*s", out.n > 0 ? ", " : "", STR_ARGS(text));
		i = (size_t)(value.p - json.p) + end + 1;
	}
	str made = arena_str(arena, buf_view(&out));
	buf_close(&out);
	return made;
}

static str own_name(struct ssd *ssd, uint32_t child)
{
	const struct child *record = ssd->staging->children.item[child].item[0].record;
	str name = str_trim(arena_format(ssd->staging->arena, "%.*s %.*s",
		STR_ARGS(record->forename), STR_ARGS(record->surname)));
	return name.n == 0 ? record->number : name;
}

/* The last of those that have not ended. */
static void tell_address(struct ssd *ssd, uint32_t child)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_ADDRESS, child);
	struct ssd_at last = { 0 };
	day since = DAY_UNKNOWN;
	bool found = false;
	for (size_t i = 0; i < rows.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_ADDRESS, &rows.row[i]);
		day began = ssd_any_day(&at, SSD_addr_address_start_date);
		day ended = ssd_any_day(&at, SSD_addr_address_end_date);
		if (!cells_end(&at.cells) || (ended != DAY_UNKNOWN && ended <= ssd->today) ||
			(began != DAY_UNKNOWN && began > ssd->today) || (found && began < since))
			continue;
		last = at;
		since = began;
		found = true;
	}
	if (!found)
		return;
	str json = ssd_value(&last, SSD_addr_address_json);
	str post = ssd_value(&last, SSD_addr_address_postcode);
	str text = address_text(ssd->staging->arena, json);
	if (post.n > 0 && !says(text, arena_text(ssd->staging->arena, post)))
		text = arena_format(ssd->staging->arena, "%.*s%s%.*s", STR_ARGS(text),
			text.n > 0 ? ", " : "", STR_ARGS(post));
	text = loose_text(&last.cells, S("addr_address_json"), text, ADDRESS);
	if (text.n == 0)
		return;
	struct person_around *around = ssd_add(&last, &person_around_type)->record;
	around->name = own_name(ssd, child);
	around->relation = S("child");
	around->address = text;
}

/* A mother who is or was a child of the service herself: her number leads to her record. */
static void tell_mother(struct ssd *ssd, uint32_t child)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_MOTHER, child);
	for (size_t i = 0; i < rows.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_MOTHER, &rows.row[i]);
		str number = ssd_value(&at, SSD_moth_person_id);
		uint32_t mother;
		if (!intern_find(&ssd->staging->numbers, number, &mother) ||
			ssd->staging->children.item[mother].n == 0)
			continue;
		struct person_around *around = ssd_add(&at, &person_around_type)->record;
		around->name = own_name(ssd, mother);
		around->relation = S("mother");
		around->own_number = number;
		return;
	}
}

/* ---- who works with the child */

enum part { SOCIAL_WORKER, OFFICER, CHAIR, NO_PART };

static enum part part_of(str role)
{
	if (says(role, "reviewing") || str_equal_nocase(role, S("iro")) || says(role, "IRO ") ||
		says(role, " IRO"))
		return OFFICER;
	if (says(role, "chair") || says(role, "conference"))
		return CHAIR;
	if (role.n == 0 || says(role, "allocat") || says(role, "social worker") ||
		says(role, "case worker") || says(role, "caseworker") || says(role, "key worker") ||
		says(role, "lead"))
		return SOCIAL_WORKER;
	return NO_PART;
}

static str worker_name(struct ssd *ssd, str id)
{
	uint32_t at;
	if (!ssd_id_find(&ssd->worker, id, &at))
		return id;
	struct ssd_at row = ssd_at(ssd, SSD_PROFESSIONAL, &ssd->table[SSD_PROFESSIONAL].item[at]);
	str name = ssd_text(&row, SSD_prof_professional_name, WORKER);
	return name.n > 0 ? name : id;
}

static str team_name(struct ssd *ssd, str id)
{
	uint32_t at;
	if (!ssd_id_find(&ssd->team, id, &at))
		return id;
	struct ssd_at row = ssd_at(ssd, SSD_DEPARTMENT, &ssd->table[SSD_DEPARTMENT].item[at]);
	str name = ssd_text(&row, SSD_dept_team_name, WORKER);
	return name.n > 0 ? name : id;
}

void ssd_roles(struct ssd *ssd)
{
	const struct ssd_rows *rows = &ssd->table[SSD_INVOLVEMENT];
	for (size_t i = 0; i < rows->n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_INVOLVEMENT, &rows->item[i]);
		enum part part = part_of(ssd_value(&at, SSD_invo_professional_role_id));
		ssd->officers |= part == OFFICER;
		ssd->chairs |= part == CHAIR;
	}
}

/* An extract that tells who works with children says with an ended involvement that nobody does; a
 * role that it never tells, it says nothing of. */
static uint32_t settles(const struct ssd *ssd)
{
	uint32_t bits = 0;
	for (size_t i = 0; i < allocation_type.n; i++) {
		str name = str_of(allocation_type.fields[i].name);
		if (str_equal(name, S("social_worker")) ||
			(ssd->officers && str_equal(name, S("iro"))) ||
			(ssd->chairs && str_equal(name, S("chair"))))
			bits |= 1u << i;
	}
	return bits;
}

struct working {
	day since;
	str name, team;
};

static bool read_working(struct ssd_at *at, struct working *out, enum part *part)
{
	day since = ssd_any_day(at, SSD_invo_involvement_start_date);
	day ended = ssd_any_day(at, SSD_invo_involvement_end_date);
	*part = part_of(ssd_value(at, SSD_invo_professional_role_id));
	if (!cells_end(&at->cells) || (ended != DAY_UNKNOWN && ended <= at->ssd->today) ||
		(since != DAY_UNKNOWN && since > at->ssd->today) || *part == NO_PART)
		return false;
	*out = (struct working){ since,
		worker_name(at->ssd, ssd_text(at, SSD_invo_professional_id, WORKER)),
		team_name(at->ssd, ssd_text(at, SSD_invo_professional_team, WORKER)) };
	return true;
}

static void tell_workers(struct ssd *ssd, uint32_t child)
{
	struct ssd_slice rows = ssd_slice(ssd, SSD_INVOLVEMENT, child);
	struct working last[NO_PART] = { { DAY_UNKNOWN, { 0 }, { 0 } },
		{ DAY_UNKNOWN, { 0 }, { 0 } }, { DAY_UNKNOWN, { 0 }, { 0 } } };
	if (rows.n == 0)
		return;
	struct ssd_at at;
	for (size_t i = 0; i < rows.n; i++) {
		struct working one;
		enum part part;
		at = ssd_at(ssd, SSD_INVOLVEMENT, &rows.row[i]);
		if (read_working(&at, &one, &part) &&
			(last[part].name.n == 0 || one.since >= last[part].since))
			last[part] = one;
	}
	struct staged *item = ssd_add(&at, &allocation_type);
	struct allocation *allocation = item->record;
	allocation->social_worker = last[SOCIAL_WORKER].name;
	allocation->team = last[SOCIAL_WORKER].team;
	allocation->iro = last[OFFICER].name;
	allocation->chair = last[CHAIR].name;
	item->settles = settles(ssd);
}

void ssd_people(struct ssd *ssd, uint32_t child)
{
	tell_child(ssd, child);
	tell_workers(ssd, child);
	tell_address(ssd, child);
	tell_mother(ssd, child);
}
