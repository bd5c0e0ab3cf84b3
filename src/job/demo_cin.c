/* A child's part of the census of children in need: what was known on its 31 March. */
#include "job/demo_file.h"

#include "returns/cin/write.h"

struct census {
	day from, to;
	const struct calendar *calendar;
};

static bool known(day d, const struct census *census)
{
	return d != DAY_UNKNOWN && d <= census->to;
}

static day shown(day d, const struct census *census)
{
	return known(d, census) ? d : DAY_UNKNOWN;
}

/* Open at some time of the year. */
static bool touches(day began, day ended, const struct census *census)
{
	return known(began, census) && (ended == DAY_UNKNOWN || ended >= census->from);
}

struct parts {
	str factor[DEMO_FACTORS], disability[3];
	day review[DEMO_REVIEWS];
	struct cin_assessment assessment;
	struct cin_need_plan need_plan;
	struct cin_section47 section47;
	struct cin_protection_plan plan;
};

static void fill_need(const struct demo_need *need, const struct census *census,
	struct parts *parts, struct cin_details *details)
{
	/* Completed in an earlier census: reported then. */
	if (touches(need->assessment, need->authorised, census)) {
		parts->assessment = (struct cin_assessment){ need->assessment, DAY_UNKNOWN,
			shown(need->authorised, census), parts->factor,
			known(need->authorised, census) ? need->factors : 0 };
		for (size_t i = 0; i < need->factors; i++)
			parts->factor[i] = str_of(need->factor[i]);
		details->assessment = &parts->assessment;
		details->assessments = 1;
	}
	if (touches(need->plan_began, need->plan_ended, census)) {
		parts->need_plan =
			(struct cin_need_plan){ need->plan_began, shown(need->plan_ended, census) };
		details->need_plan = &parts->need_plan;
		details->need_plans = 1;
	}
}

static void fill_protection(const struct demo_protection *protection, const struct census *census,
	struct parts *parts, struct cin_details *details)
{
	day counted = known(protection->conference, census) ? protection->conference
							    : protection->strategy;
	if (known(protection->strategy, census) && counted >= census->from) {
		parts->section47 = (struct cin_section47){ protection->strategy,
			calendar_add_working(census->calendar, protection->strategy, 15),
			shown(protection->conference, census),
			protection->not_required && known(protection->ended, census) };
		details->section47 = &parts->section47;
		details->section47s = 1;
	}
	if (!protection->planned || !touches(protection->began, protection->plan_ended, census))
		return;
	parts->plan = (struct cin_protection_plan){ .began = protection->began,
		.ended = shown(protection->plan_ended, census),
		.category = str_of(protection->category),
		.latest = str_of(protection->latest),
		.before = protection->plans_before,
		.review = parts->review };
	for (size_t i = 0; i < protection->reviews; i++) {
		day held = protection->review[i].held;
		if (known(held, census) && held >= census->from)
			parts->review[parts->plan.reviews++] = held;
	}
	details->plan = &parts->plan;
	details->plans = 1;
}

void demo_write_cin(const struct demo_child *child, const struct demo_options *options,
	struct xml_out *out, struct demo_written *written)
{
	const struct demo_need *need = &child->need;
	day returned = demo_returned(options);
	struct census census = { day_add_months(returned, -12) + 1, returned, options->calendar };
	if (!touches(need->received, need->closed, &census) ||
		(need->nfa && need->received < census.from))
		return;
	struct parts parts = { 0 };
	struct cin_details details = { .received = need->received,
		.source = str_of(need->source),
		.need = str_of(need->need),
		.closed = shown(need->closed, &census),
		.closure = known(need->closed, &census) ? str_of(need->closure) : S(""),
		.conference = DAY_UNKNOWN,
		.nfa = need->nfa };
	fill_need(need, &census, &parts, &details);
	if (child->has_protection)
		fill_protection(&child->protection, &census, &parts, &details);
	written->plans += (int64_t)details.plans;
	for (size_t i = 0; i < child->disabilities; i++)
		parts.disability[i] = str_of(child->disability[i]);
	bool small = demo_age(child->born, census.to) < 4;
	cin_write_child(out, &(struct cin_child){ .number = str_of(child->number),
				     .upn = small ? S("") : str_of(child->upn),
				     .upn_unknown = small ? S("UN1") : S(""),
				     .born = child->born,
				     .expected = DAY_UNKNOWN,
				     .died = DAY_UNKNOWN,
				     .sex = child->sex == 'F' ? S("F") : S("M"),
				     .ethnicity = str_of(child->ethnicity),
				     .disability = parts.disability,
				     .disabilities = child->disabilities,
				     .details = &details,
				     .n = 1 });
}
