/* A child's rows in the Standard Safeguarding Dataset: what a case system knows on the day. */
#include "job/demo_file.h"

#include "returns/ssd/write.h"

#include <stdio.h>

struct extract {
	const struct demo_child *child;
	const struct demo_options *options;
	struct buf *out;
	char id[12][40]; /* by what it is of */
};

enum id { CARE, NEED, ENQUIRY, PLAN, MEETING, ROW, IDS };

#define CELLS(...) ((const struct ssd_cell[]){ __VA_ARGS__ })
#define TEXT(field_, text_)                                                                        \
	{                                                                                          \
		SSD_##field_, text_, DAY_UNKNOWN                                                   \
	}
#define DAY(field_, day_)                                                                          \
	{                                                                                          \
		SSD_##field_, { 0 }, day_                                                          \
	}
#define PUT(extract, table, ...)                                                                   \
	ssd_write_row(&(extract)->out[SSD_##table], SSD_##table, CELLS(__VA_ARGS__),               \
		sizeof CELLS(__VA_ARGS__) / sizeof(struct ssd_cell))

static bool known(const struct extract *extract, day d)
{
	return d != DAY_UNKNOWN && d <= extract->options->now;
}

static day shown(const struct extract *extract, day d)
{
	return known(extract, d) ? d : DAY_UNKNOWN;
}

static str number(const struct extract *extract)
{
	return str_of(extract->child->number);
}

/* "100001-P2": ids of the case system; a row's own is overwritten by the next. */
static str id(struct extract *extract, enum id of, char letter, size_t n)
{
	snprintf(extract->id[of], sizeof extract->id[of], "%s-%c%zu", extract->child->number, letter,
		n);
	return str_of(extract->id[of]);
}

static str truth(bool yes)
{
	return yes ? S("Y") : S("N");
}

/* ---- staff and teams */

static void put_worker(const struct demo_options *options, struct buf *out, int n, str title)
{
	struct extract extract = { .options = options, .out = out };
	struct demo_name name = demo_staff_name(options->seed, n);
	char id_text[24], full[2 * DEMO_NAME];
	snprintf(id_text, sizeof id_text, "W%d", n);
	snprintf(full, sizeof full, "%s %s", name.forename, name.surname);
	PUT(&extract, PROFESSIONAL, TEXT(prof_professional_id, str_of(id_text)),
		TEXT(prof_professional_name, str_of(full)),
		TEXT(prof_professional_job_title, title));
}

void demo_write_ssd_staff(const struct demo_options *options, struct buf *out)
{
	int officers = demo_officers(options), workers = demo_workers(options);
	for (int i = 0; i < officers + workers; i++)
		put_worker(options, out, i,
			i < officers ? S("Independent Reviewing Officer") : S("Social Worker"));
}

static void put_involvement(struct extract *extract, int staff, const char *role, const char *team)
{
	char worker[24];
	snprintf(worker, sizeof worker, "W%d", staff);
	PUT(extract, INVOLVEMENT, TEXT(invo_professional_id, str_of(worker)),
		TEXT(invo_professional_role_id, str_of(role)),
		TEXT(invo_professional_team, str_of(team)),
		DAY(invo_involvement_start_date, shown(extract, extract->child->need.received)),
		TEXT(invo_person_id, number(extract)));
}

static void put_staff(struct extract *extract)
{
	const struct demo_child *child = extract->child;
	const struct demo_protection *protection = &child->protection;
	bool chaired = child->has_protection &&
		       ((protection->planned && protection->plan_ended == DAY_UNKNOWN) ||
			       protection->conference_booked != DAY_UNKNOWN);
	put_involvement(extract, demo_officers(extract->options) + child->worker,
		"Allocated Case Worker", child->team);
	if (child->officer < 0)
		return;
	if (child->has_care && child->care.ended == DAY_UNKNOWN)
		put_involvement(extract, child->officer, "Independent Reviewing Officer",
			"Safeguarding and Reviewing");
	if (chaired)
		put_involvement(extract, child->officer, "Conference Chair",
			"Safeguarding and Reviewing");
}

/* ---- who the child is */

static void put_person(struct extract *extract)
{
	const struct demo_child *child = extract->child;
	str sex = child->sex == 'F' ? S("F") : S("M");
	PUT(extract, PERSON, TEXT(pers_person_id, number(extract)),
		TEXT(pers_forename, str_of(child->forename)),
		TEXT(pers_surname, str_of(child->surname)), TEXT(pers_sex, sex),
		TEXT(pers_gender, sex), TEXT(pers_ethnicity, str_of(child->ethnicity)),
		DAY(pers_dob, child->born));
	if (demo_age(child->born, extract->options->now) >= 4)
		PUT(extract, IDENTIFIER, TEXT(link_table_id, id(extract, ROW, 'I', 1)),
			TEXT(link_person_id, number(extract)),
			TEXT(link_identifier_type, S("Unique Pupil Number")),
			TEXT(link_identifier_value, str_of(child->upn)));
	for (size_t i = 0; i < child->disabilities; i++)
		PUT(extract, DISABILITY, TEXT(disa_person_id, number(extract)),
			TEXT(disa_table_id, id(extract, ROW, 'D', i + 1)),
			TEXT(disa_disability_code, str_of(child->disability[i])));
	if (child->home[0] != '\0')
		PUT(extract, ADDRESS, TEXT(addr_table_id, id(extract, ROW, 'A', 1)),
			TEXT(addr_address_json, S("{\"ROOM\": \"\", \"HOUSE\": \"1\", \"STREET\": "
						  "\"Example Row\", \"TOWN\": \"Wexcombe\"}")),
			TEXT(addr_person_id, number(extract)),
			TEXT(addr_address_type, S("Home")),
			TEXT(addr_address_postcode, str_of(child->home)));
}

/* ---- need */

static void put_need(struct extract *extract)
{
	const struct demo_need *need = &extract->child->need;
	bool closed = known(extract, need->closed);
	if (!known(extract, need->received))
		return;
	PUT(extract, NEED, TEXT(cine_referral_id, id(extract, NEED, 'R', 1)),
		TEXT(cine_person_id, number(extract)), DAY(cine_referral_date, need->received),
		TEXT(cine_cin_primary_need_code, str_of(need->need)),
		TEXT(cine_referral_source_code, str_of(need->source)),
		TEXT(cine_referral_nfa, truth(need->nfa)),
		DAY(cine_close_date, shown(extract, need->closed)),
		TEXT(cine_close_reason, closed ? str_of(need->closure) : S("")));
	if (!known(extract, need->assessment))
		return;
	bool authorised = known(extract, need->authorised);
	PUT(extract, ASSESSMENT, TEXT(cina_assessment_id, id(extract, ROW, 'S', 1)),
		TEXT(cina_person_id, number(extract)),
		TEXT(cina_referral_id, str_of(extract->id[NEED])),
		DAY(cina_assessment_start_date, need->assessment),
		DAY(cina_assessment_auth_date, shown(extract, need->authorised)));
	if (known(extract, need->plan_began))
		PUT(extract, NEED_PLAN, TEXT(cinp_cin_plan_id, id(extract, MEETING, 'N', 1)),
			TEXT(cinp_referral_id, str_of(extract->id[NEED])),
			TEXT(cinp_person_id, number(extract)),
			DAY(cinp_cin_plan_start_date, need->plan_began),
			DAY(cinp_cin_plan_end_date, shown(extract, need->plan_ended)));
	struct buf factors = { 0 };
	for (size_t i = 0; authorised && i < need->factors; i++)
		buf_format(&factors, "%s\"%s\"", i == 0 ? "[" : ", ", need->factor[i]);
	if (factors.n > 0) {
		buf_char(&factors, ']');
		PUT(extract, FACTOR, TEXT(cinf_table_id, id(extract, MEETING, 'F', 1)),
			TEXT(cinf_assessment_id, str_of(extract->id[ROW])),
			TEXT(cinf_assessment_factors_json, buf_view(&factors)));
	}
	buf_close(&factors);
}

/* ---- protection */

static void put_plan(struct extract *extract)
{
	const struct demo_protection *made = &extract->child->protection;
	PUT(extract, PLAN, TEXT(cppl_cp_plan_id, id(extract, PLAN, 'L', 1)),
		TEXT(cppl_icpc_id, str_of(extract->id[MEETING])),
		TEXT(cppl_referral_id, str_of(extract->id[NEED])),
		TEXT(cppl_person_id, number(extract)), DAY(cppl_cp_plan_start_date, made->began),
		DAY(cppl_cp_plan_end_date, shown(extract, made->plan_ended)),
		TEXT(cppl_cp_plan_initial_category, str_of(made->category)),
		TEXT(cppl_cp_plan_latest_category, str_of(made->latest)),
		TEXT(cppl_cp_plan_ola, S("N")));
	for (size_t i = 0; i < made->reviews; i++) {
		if (known(extract, made->review[i].held))
			PUT(extract, PLAN_REVIEW,
				TEXT(cppr_cp_review_id, id(extract, ROW, 'V', i + 1)),
				TEXT(cppr_person_id, number(extract)),
				TEXT(cppr_cp_plan_id, str_of(extract->id[PLAN])),
				DAY(cppr_cp_review_date, made->review[i].held),
				TEXT(cppr_cp_review_quorate, S("Y")));
	}
	if (made->review_due != DAY_UNKNOWN && !known(extract, made->plan_ended))
		PUT(extract, PLAN_REVIEW, TEXT(cppr_cp_review_id, id(extract, ROW, 'V', 99)),
			TEXT(cppr_person_id, number(extract)),
			TEXT(cppr_cp_plan_id, str_of(extract->id[PLAN])),
			DAY(cppr_cp_review_due, made->review_due));
	for (size_t i = 0; i < made->visits.n; i++) {
		if (known(extract, made->visits.item[i].held))
			PUT(extract, PLAN_VISIT,
				TEXT(cppv_cp_visit_id, id(extract, ROW, 'B', i + 1)),
				TEXT(cppv_person_id, number(extract)),
				TEXT(cppv_cp_plan_id, str_of(extract->id[PLAN])),
				DAY(cppv_cp_visit_date, made->visits.item[i].held),
				TEXT(cppv_cp_visit_seen, S("Y")),
				TEXT(cppv_cp_visit_seen_alone,
					truth(made->visits.item[i].alone)));
	}
}

static void put_protection(struct extract *extract)
{
	const struct demo_protection *made = &extract->child->protection;
	if (!known(extract, made->strategy))
		return;
	bool ended = known(extract, made->ended);
	PUT(extract, ENQUIRY, TEXT(s47e_s47_enquiry_id, id(extract, ENQUIRY, 'Q', 1)),
		TEXT(s47e_referral_id, str_of(extract->id[NEED])),
		TEXT(s47e_person_id, number(extract)), DAY(s47e_s47_start_date, made->strategy),
		DAY(s47e_s47_end_date, shown(extract, made->ended)),
		TEXT(s47e_s47_nfa, truth(made->not_required && ended)));
	if (!known(extract, made->conference))
		return;
	PUT(extract, CONFERENCE, TEXT(icpc_icpc_id, id(extract, MEETING, 'M', 1)),
		TEXT(icpc_s47_enquiry_id, str_of(extract->id[ENQUIRY])),
		TEXT(icpc_person_id, number(extract)),
		TEXT(icpc_referral_id, str_of(extract->id[NEED])),
		TEXT(icpc_icpc_transfer_in, S("N")), DAY(icpc_icpc_date, made->conference),
		TEXT(icpc_icpc_outcome_cp_flag, truth(made->planned)));
	if (made->planned && known(extract, made->began))
		put_plan(extract);
}

/* ---- care */

static void put_footing(struct extract *extract)
{
	const struct demo_care *care = &extract->child->care;
	for (size_t i = 0; i < care->placements; i++) {
		const struct demo_placement *place = &care->placement[i];
		bool moved = i + 1 < care->placements && known(extract, place->ended);
		if (known(extract, place->began))
			PUT(extract, PLACEMENT,
				TEXT(clap_cla_placement_id, id(extract, ROW, 'P', i + 1)),
				DAY(clap_cla_placement_start_date, place->began),
				TEXT(clap_cla_placement_type, str_of(place->code)),
				TEXT(clap_cla_placement_urn, str_of(place->urn)),
				TEXT(clap_cla_id, str_of(extract->id[CARE])),
				TEXT(clap_cla_placement_provider, str_of(place->provider)),
				TEXT(clap_cla_placement_postcode, str_of(place->post)),
				DAY(clap_cla_placement_end_date, shown(extract, place->ended)),
				TEXT(clap_cla_placement_change_reason,
					moved ? str_of(place->change_reason) : S("")),
				TEXT(clap_person_id, number(extract)));
	}
	for (size_t i = 0; i < care->statuses; i++) {
		day ended = i + 1 < care->statuses ? care->status[i + 1].on : care->ended;
		if (known(extract, care->status[i].on))
			PUT(extract, LEGAL, TEXT(lega_legal_status_id, id(extract, ROW, 'G', i + 1)),
				TEXT(lega_person_id, number(extract)),
				TEXT(lega_legal_status, str_of(care->status[i].code)),
				DAY(lega_legal_status_start_date, care->status[i].on),
				DAY(lega_legal_status_end_date, shown(extract, ended)));
	}
}

static void put_episodes(struct extract *extract)
{
	struct demo_episode episode = { .care = &extract->child->care };
	for (size_t n = 1; demo_episode_next(&episode) && known(extract, episode.began); n++) {
		bool over = known(extract, episode.ended);
		bool last = episode.ended == episode.care->ended;
		PUT(extract, EPISODE, TEXT(clae_cla_episode_id, id(extract, ROW, 'E', n)),
			TEXT(clae_person_id, number(extract)),
			DAY(clae_cla_episode_start_date, episode.began),
			TEXT(clae_cla_episode_start_reason, str_of(episode.reason)),
			TEXT(clae_cla_primary_need_code, str_of(episode.care->need)),
			DAY(clae_cla_episode_ceased_date, shown(extract, episode.ended)),
			TEXT(clae_cla_episode_ceased_reason,
				!over  ? S("")
				: last ? str_of(episode.care->end_reason)
				       : S("X1")),
			TEXT(clae_cla_id, str_of(extract->id[CARE])),
			TEXT(clae_referral_id, str_of(extract->id[NEED])),
			TEXT(clae_cla_placement_id,
				id(extract, MEETING, 'P', episode.placements)),
			DAY(clae_entered_care_date, episode.care->began));
	}
}

static void put_care_meetings(struct extract *extract)
{
	const struct demo_care *care = &extract->child->care;
	for (size_t i = 0; i < care->reviews; i++) {
		if (known(extract, care->review[i].held))
			PUT(extract, REVIEW, TEXT(clar_cla_review_id, id(extract, ROW, 'V', i + 1)),
				TEXT(clar_cla_id, str_of(extract->id[CARE])),
				DAY(clar_cla_review_date, care->review[i].held),
				TEXT(clar_cla_review_cancelled, S("N")),
				TEXT(clar_cla_review_participation,
					str_of(care->review[i].participation)));
	}
	if (care->review_due != DAY_UNKNOWN)
		PUT(extract, REVIEW, TEXT(clar_cla_review_id, id(extract, ROW, 'V', 99)),
			TEXT(clar_cla_id, str_of(extract->id[CARE])),
			DAY(clar_cla_review_due_date, care->review_due));
	for (size_t i = 0; i < care->visits.n; i++) {
		if (known(extract, care->visits.item[i].held))
			PUT(extract, VISIT, TEXT(clav_cla_visit_id, id(extract, ROW, 'T', i + 1)),
				TEXT(clav_cla_id, str_of(extract->id[CARE])),
				TEXT(clav_person_id, number(extract)),
				DAY(clav_cla_visit_date, care->visits.item[i].held),
				TEXT(clav_cla_visit_seen, S("Y")),
				TEXT(clav_cla_visit_seen_alone,
					truth(care->visits.item[i].alone)));
	}
	for (size_t i = 0; i < care->missings; i++) {
		const struct demo_missing *missing = &care->missing[i];
		day from = instant_day(missing->from), to = instant_day(missing->to);
		if (known(extract, from))
			PUT(extract, MISSING, TEXT(miss_table_id, id(extract, ROW, 'X', i + 1)),
				TEXT(miss_person_id, number(extract)),
				DAY(miss_missing_episode_start_date, from),
				TEXT(miss_missing_episode_type,
					missing->kind == 'M' ? S("Missing") : S("Absent")),
				DAY(miss_missing_episode_end_date, shown(extract, to)));
	}
	if (known(extract, care->plan_made))
		PUT(extract, CARE_PLAN, TEXT(lacp_table_id, id(extract, ROW, 'K', 1)),
			TEXT(lacp_person_id, number(extract)),
			DAY(lacp_cla_care_plan_start_date, care->plan_made));
}

void demo_write_ssd(
	const struct demo_child *child, const struct demo_options *options, struct buf *out)
{
	struct extract extract = { .child = child, .options = options, .out = out };
	put_person(&extract);
	put_staff(&extract);
	put_need(&extract);
	if (child->has_protection)
		put_protection(&extract);
	if (!child->has_care || !known(&extract, child->care.began))
		return;
	(void)id(&extract, CARE, 'C', 1);
	put_footing(&extract);
	put_episodes(&extract);
	put_care_meetings(&extract);
}
