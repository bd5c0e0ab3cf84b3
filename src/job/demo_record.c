/* A child of the demonstration as records. */
#include "job/demo_store.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

struct making {
	const struct demo_child *child;
	struct arena *arena;
	day watch;
	const struct calendar *calendar;
	struct demo_changes *out;
	struct demo_refs refs;
};

/* A new record of the child; *at, when asked for, is what another record calls it by. */
static void *add(struct making *m, const struct record_type *type, ref *at)
{
	void *record = record_new(m->arena, type);
	if (at != NULL)
		*at = (ref){ -(int64_t)m->out->n - 1 };
	ARRAY_MORE(m->out) =
		(struct change){ .act = CHANGE_ADD, .type = type, .subject = -1, .record = record };
	return record;
}

static void add_step(struct making *m, ref care, ref review, ref placement, str step, day on)
{
	if (on == DAY_UNKNOWN)
		return;
	struct care_step *made = add(m, &care_step_type, NULL);
	*made = (struct care_step){ care, step, review, placement, on };
}

static void add_booking(struct making *m, str meeting, ref thread, day on)
{
	if (on == DAY_UNKNOWN)
		return;
	struct booking *booking = add(m, &booking_type, NULL);
	booking->meeting = meeting;
	booking->thread = thread;
	booking->on = on;
	/* Most have a time and a room; dice of their own, so that nothing else moves. */
	struct dice dice = dice_of((uint64_t)on, (uint64_t)m->out->n + m->child->dice.state);
	static const char *const starts[] = { "09:30", "10:00", "11:30", "13:00", "13:30", "15:00" };
	if (!dice_chance(&dice, 800))
		return;
	booking->starts = str_of(starts[dice_in(&dice, 0, 5)]);
	booking->minutes = str_equal(meeting, S("cla-review")) ? 60 : 90;
	booking->room = demo_room(dice_in(&dice, 0, DEMO_ROOMS - 1));
}

/* What no return carries: of placements since the authority came, with dice of their own. */
static void say_how(struct making *m, const struct demo_placement *from, struct placement *out)
{
	struct dice dice = dice_of((uint64_t)from->began + 7, m->child->dice.state);
	bool ordinary = from->code[0] == 'U' || from->code[0] == 'K';
	if (from->began < m->watch || !ordinary)
		return;
	out->emergency = dice_chance(&dice, 130) ? ANSWER_YES : ANSWER_NO;
	out->out_of_area = dice_chance(&dice, 210) ? ANSWER_YES : ANSWER_NO;
}

static void add_placements(struct making *m, ref care, ref place[])
{
	const struct demo_care *made = &m->child->care;
	ref none = { 0 };
	for (size_t i = 0; i < made->placements; i++) {
		const struct demo_placement *from = &made->placement[i];
		struct placement *placement = add(m, &placement_type, &place[i]);
		bool long_term = strcmp(from->code, "U1") == 0 || strcmp(from->code, "U4") == 0;
		*placement = (struct placement){ .care = care,
			.began = from->began,
			.ended = from->ended,
			.code = str_of(from->code),
			.provider = str_of(from->provider),
			.change_reason = str_of(from->change_reason),
			.to_18 = long_term ? ANSWER_YES : ANSWER_NO,
			.with_parent = from->code[0] == 'P' ? ANSWER_YES : ANSWER_NO,
			.reg24 = ANSWER_NO,
			.emergency = ANSWER_NO,
			.out_of_area = ANSWER_NO,
			.reg19 = ANSWER_NO,
			.outside_terms = ANSWER_NO,
			.postcode = str_of(from->post),
			.urn = str_of(from->urn),
			.same_carer = i == 0		? ANSWER_UNKNOWN
				: from->same_carer ? ANSWER_YES
						   : ANSWER_NO };
		say_how(m, from, placement);
		m->refs.place[i] = place[i];
		add_step(m, care, none, place[i], S("placement-plan-made"), from->plan_made);
	}
}

/* What children said at the reviews that they spoke at or wrote to, and how the officer met them. */
static void add_voice(struct making *m, const struct demo_review *review, ref at, size_t n)
{
	static const struct {
		const char *words, *method;
	} said[] = {
		{ "I want to see my sister more than once a month.", "room" },
		{ "I like it here. Can I have the same bedroom when I come back from respite?", "room" },
		{ "Why do I have to move school again? Nobody asked me.", "phone" },
		{ "Please tell my mum that I got the part in the play.", "text" },
		{ "I do not want to talk in front of everybody.", "advocate" },
		{ "I would like to know who decides about sleepovers.", "letter" },
		{ "I miss my dog. Could somebody send a photo?", "text" },
		{ "It is fine. I just want it to stay as it is.", "video" },
		{ "I drew our house. The small person at the window is me.", "picture" },
	};
	enum { SAID = sizeof said / sizeof *said };
	uint64_t pick = m->child->dice.state / 8 + n;
	bool spoke = review->participation != NULL && strcmp(review->participation, "PN0") != 0 &&
		strcmp(review->participation, "PN4") != 0 && strcmp(review->participation, "PN7") != 0;
	if (spoke && review->held >= m->watch) {
		struct child_view *view = add(m, &child_view_type, NULL);
		*view = (struct child_view){ .words = str_of(said[pick % SAID].words),
			.said = { review->held, INSTANT_UNKNOWN },
			.method = str_of(said[pick % SAID].method), .review = at,
			.read_back = pick % 3 == 0 ? ANSWER_NO : ANSWER_YES };
	}
	if (review->held < m->watch || strcmp(review->participation, "PN0") == 0)
		return;
	struct contact *contact = add(m, &contact_type, NULL);
	bool alone = pick % 5 != 0;
	*contact = (struct contact){ .on = { review->held - 7, INSTANT_UNKNOWN },
		.method = pick % 2 == 0 ? S("visit") : S("phone"),
		.alone = alone ? ANSWER_YES : ANSWER_NO,
		.why_not = alone ? (str){ 0 } : S("Asked for the carer to stay"),
		.note = S("Before the review.") };
}

static void add_reviews(struct making *m, ref care, const ref place[])
{
	const struct demo_care *made = &m->child->care;
	ref none = { 0 };
	for (size_t i = 0; i < made->reviews; i++) {
		const struct demo_review *from = &made->review[i];
		ref at;
		struct cla_review *review = add(m, &cla_review_type, &at);
		*review = (struct cla_review){ .care = care,
			.placement = from->adoption ? place[made->placements - 1] : none,
			.held = from->held, .participation = str_of(from->participation),
			.started = DAY_UNKNOWN };
		if (i + 3 > made->reviews)
			add_voice(m, from, at, i);
		if (from->held < m->watch)
			continue;
		add_step(m, care, at, none, S("review-decisions-sent"), from->decisions_sent);
		add_step(m, care, at, none, S("review-decisions-received"), from->decisions_sent);
		add_step(m, care, at, none, S("review-record-completed"), from->record_sent);
		add_step(m, care, at, none, S("review-record-distributed"), from->record_sent);
	}
}

static void add_handover(struct making *m)
{
	if (m->child->dice.state / 8 % 9 != 0)
		return;
	struct handover_note *note = add(m, &handover_note_type, NULL);
	note->note = S("Likes to be rung after school, never before.\nThe next review should be where "
		       "the child chooses.");
}

static void add_missing(struct making *m, ref care)
{
	const struct demo_care *made = &m->child->care;
	for (size_t i = 0; i < made->missings; i++) {
		const struct demo_missing *from = &made->missing[i];
		struct missing_episode *missing =
			add(m, &missing_episode_type, &m->refs.missing[i]);
		/* Of one in fifteen somebody wrote the day of the return and not the hour. */
		bool hour = i % 2 == 1 || m->child->dice.state % 8 != 0;
		*missing = (struct missing_episode){ .care = care,
			.kind = from->kind == 'M' ? S("M") : S("A"),
			.began = { instant_day(from->from), from->from },
			.ended = { instant_day(from->to), hour ? from->to : INSTANT_UNKNOWN },
			.interview = { instant_day(from->interview), from->interview } };
	}
}

/* Each visit to the placement of that day. */
static void add_visits(struct making *m, const ref place[])
{
	const struct demo_care *made = &m->child->care;
	for (size_t i = 0, at = 0; i < made->visits.n; i++) {
		const struct demo_visit *from = &made->visits.item[i];
		while (at + 1 < made->placements && made->placement[at + 1].began <= from->held)
			at++;
		struct visit *visit = add(m, &visit_type, NULL);
		*visit = (struct visit){ S("cla"), place[at], from->held,
			from->alone ? ANSWER_YES : ANSWER_NO };
	}
}

static void add_care(struct making *m)
{
	const struct demo_care *made = &m->child->care;
	ref care, none = { 0 }, place[DEMO_PLACEMENTS];
	struct care_period *period = add(m, &care_period_type, &care);
	m->refs.care = care;
	/* A young offender institution is youth detention accommodation; a remand elsewhere is not. */
	bool detained = made->placements > 0 && strcmp(made->placement[0].code, "R5") == 0;
	*period = (struct care_period){ .began = made->began,
		.ended = made->ended,
		.legal = str_of(made->status[0].code),
		.end_reason = str_of(made->end_reason),
		.remanded_to = !made->remand ? (str){ 0 }
			: detained	     ? S("detention")
					     : S("accommodation"),
		.need = str_of(made->need),
		.home_post = made->short_breaks ? (str){ 0 } : str_of(m->child->home) };
	for (size_t i = 1; i < made->statuses; i++) {
		struct legal_status *status = add(m, &legal_status_type, NULL);
		*status = (struct legal_status){ care, made->status[i].on,
			str_of(made->status[i].code), { 0 } };
	}
	add_placements(m, care, place);
	add_step(m, care, none, none, S("iro-service-notified"), made->service_notified);
	add_step(m, care, none, none, S("iro-appointed"), made->officer_appointed);
	add_step(m, care, none, none, S("care-plan-made"), made->plan_made);
	add_reviews(m, care, place);
	add_missing(m, care);
	add_visits(m, place);
	add_booking(m, S("cla-review"), care, made->review_booked);
}

static void add_need_plan(struct making *m, ref referral)
{
	const struct demo_need *made = &m->child->need;
	if (made->plan_began == DAY_UNKNOWN)
		return;
	struct need_plan *plan = add(m, &need_plan_type, NULL);
	*plan = (struct need_plan){ referral, made->plan_began, made->plan_ended };
}

static ref add_need(struct making *m)
{
	const struct demo_need *made = &m->child->need;
	ref at;
	struct referral *referral = add(m, &referral_type, &at);
	*referral = (struct referral){ made->received, made->decided, made->closed,
		str_of(made->source), str_of(made->need), str_of(made->closure),
		made->nfa ? ANSWER_YES : ANSWER_NO };
	add_need_plan(m, at);
	if (made->assessment == DAY_UNKNOWN)
		return at;
	struct assessment *assessment = add(m, &assessment_type, NULL);
	assessment->referral = at;
	assessment->began = made->assessment;
	assessment->authorised = made->authorised;
	for (size_t i = 0; i < made->factors && made->authorised != DAY_UNKNOWN; i++)
		assessment->factors = arena_format(m->arena, "%.*s%s%s",
			STR_ARGS(assessment->factors), i > 0 ? " " : "", made->factor[i]);
	return at;
}

static void add_conference(
	struct making *m, str kind, ref section47, ref plan, const struct demo_review *from)
{
	bool watched = from->held >= m->watch;
	struct conference *conference = add(m, &conference_type, NULL);
	*conference = (struct conference){ kind, section47, plan, from->held, ANSWER_YES,
		watched ? from->decisions_sent : DAY_UNKNOWN,
		watched ? from->record_sent : DAY_UNKNOWN, ANSWER_NO, { 0 } };
}

static void add_plan(struct making *m, ref referral)
{
	const struct demo_protection *made = &m->child->protection;
	ref at, none = { 0 };
	struct cp_plan *plan = add(m, &cp_plan_type, &at);
	*plan = (struct cp_plan){ made->began, made->plan_ended, str_of(made->category),
		str_of(made->latest), made->plans_before, referral };
	for (size_t i = 0; i < made->reviews; i++)
		add_conference(m, S("rcpc"), none, at, &made->review[i]);
	for (size_t i = 0; i < made->groups; i++) {
		struct core_group *group = add(m, &core_group_type, NULL);
		*group = (struct core_group){ at, made->group[i] };
	}
	for (size_t i = 0; i < made->visits.n; i++) {
		struct visit *visit = add(m, &visit_type, NULL);
		*visit = (struct visit){ S("cp"), at, made->visits.item[i].held,
			made->visits.item[i].alone ? ANSWER_YES : ANSWER_NO };
	}
	add_booking(m, S("rcpc"), at, made->review_booked);
}

static void add_protection(struct making *m, ref referral)
{
	const struct demo_protection *made = &m->child->protection;
	ref at, none = { 0 };
	struct section47 *enquiry = add(m, &section47_type, &at);
	/* Of some enquiries nobody wrote when the discussion was: their 15 days cannot be counted.
	 */
	bool lost = !made->planned && m->child->dice.state % 16 == 0;
	*enquiry = (struct section47){ referral, lost ? DAY_UNKNOWN : made->strategy,
		made->strategy, made->ended, made->not_required ? ANSWER_NO : ANSWER_YES,
		calendar_add_working(m->calendar, made->strategy, 15) };
	add_booking(m, S("icpc"), at, made->conference_booked);
	if (!made->planned)
		return;
	struct demo_review initial = { .held = made->conference,
		.decisions_sent = made->decisions_sent,
		.record_sent = made->record_sent };
	add_conference(m, S("icpc"), at, none, &initial);
	add_plan(m, referral);
}

static str staff(struct arena *arena, const struct demo_options *options, int n)
{
	struct demo_name name = demo_staff_name(options->seed, n);
	return arena_format(arena, "%s %s", name.forename, name.surname);
}

static void add_allocation(struct making *m, const struct demo_options *options)
{
	const struct demo_child *child = m->child;
	const struct demo_protection *protection = &child->protection;
	struct allocation *allocation = add(m, &allocation_type, NULL);
	bool chaired = child->has_protection &&
		       ((protection->planned && protection->plan_ended == DAY_UNKNOWN) ||
			       protection->conference_booked != DAY_UNKNOWN);
	if (child->officer >= 0 && child->has_care && child->care.ended == DAY_UNKNOWN)
		allocation->iro = staff(m->arena, options, child->officer);
	if (child->officer >= 0 && chaired)
		allocation->chair = staff(m->arena, options, child->officer);
	allocation->social_worker =
		staff(m->arena, options, demo_officers(options) + child->worker);
	allocation->team = str_of(child->team);
	if (child->siblings > 0)
		allocation->sibling_group =
			arena_format(m->arena, "S%lld", (long long)child->siblings);
	allocation->restricted = child->restricted ? ANSWER_YES : ANSWER_NO;
}

void demo_changes(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena, struct demo_changes *out)
{
	struct making m = { .child = child, .arena = arena, .watch = demo_watch(options),
		.calendar = options->calendar, .out = out };
	out->n = 0;
	struct child *who = add(&m, &child_type, NULL);
	out->item[0].new_subject = true;
	out->item[0].subject = 0;
	out->item[0].key = who->number = str_of(child->number);
	who->forename = str_of(child->forename);
	who->surname = str_of(child->surname);
	who->born = child->born;
	who->sex = child->sex == 'F' ? S("F") : S("M");
	who->ethnicity = str_of(child->ethnicity);
	if (demo_age(child->born, options->now) >= 4)
		who->upn = str_of(child->upn);
	else
		who->upn_unknown = S("UN1");
	for (size_t i = 0; i < child->disabilities; i++)
		who->disabilities = arena_format(arena, "%.*s%s%s", STR_ARGS(who->disabilities),
			i > 0 ? " " : "", child->disability[i]);
	if (child->has_care && child->sex == 'F' && !child->care.short_breaks)
		who->mother = ANSWER_NO;
	if (child->has_care && child->care.asylum) {
		who->unaccompanied = ANSWER_YES;
		who->unaccompanied_until = day_add_months(child->born, 18 * 12);
	}
	if (demo_is_unborn(child, options)) {
		who->forename = S("Unborn");
		who->expected = options->now + 110 + (day)(child->dice.state % 60);
		who->born = DAY_UNKNOWN;
		who->sex = S("U");
		who->upn = (str){ 0 };
	}
	add_allocation(&m, options);
	ref referral = add_need(&m);
	if (child->has_care)
		add_care(&m);
	if (child->has_protection)
		add_protection(&m, referral);
	add_handover(&m);
	demo_around(child, arena, out);
	demo_steps(child, options, &m.refs, arena, out);
	demo_yearly(child, options, &m.refs, arena, out);
}
