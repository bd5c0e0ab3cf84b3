#include "returns/cin/tree.h"

#include "returns/cell.h"

/* The census asks that a referral be no more than 40 weeks before the expected date of birth: what
 * is earlier than that was not about this child. */
enum { DAYS_BEFORE_BIRTH = 280, DISABILITIES = 11 };

/* One child, or one part of it, being read. */
struct part {
	struct cin_reading *reading;
	const struct cin_tree *tree;
	struct staged_child *child;
	day earliest; /* nothing about the child is earlier */
	struct cells cells;
	size_t at; /* the element whose parts are read */
};

static struct part part_of(const struct part *whole, size_t at)
{
	struct part part = *whole;
	part.at = at;
	part.cells =
		cells_of(whole->reading->staging, whole->reading->file, whole->tree->item[at].line);
	return part;
}

static str text_in(const struct part *part, enum cin_element element)
{
	const struct cin_node *node = cin_tree_find(part->tree, part->at, element);
	return node == NULL ? (str){ 0 } : node->text;
}

static void tell_in_words(
	struct part *part, enum cin_element element, str value, const char *what, day d)
{
	struct civil c = day_civil(d);
	cells_fault(&part->cells, cin_element_name(element), value,
		arena_format(part->reading->staging->arena, "%s (%d %s %d)", what, c.day,
			month_name(c.month), c.year));
}

static day possible_day(struct part *part, enum cin_element element, str value, enum need need)
{
	day d = cells_day(&part->cells, cin_element_name(element), value, need, false);
	if (d == DAY_UNKNOWN)
		return d;
	if (d > part->reading->last_day)
		tell_in_words(part, element, value, "after the day up to which the census knows",
			part->reading->last_day);
	else if (part->earliest != DAY_UNKNOWN && d < part->earliest)
		tell_in_words(part, element, value, "more than 40 weeks before the child's birth",
			day_add(part->earliest, DAYS_BEFORE_BIRTH));
	else if (d > part->reading->last_told)
		part->reading->last_told = d;
	return d;
}

static day day_in(struct part *part, enum cin_element element, enum need need)
{
	return possible_day(part, element, text_in(part, element), need);
}

/* Of what no clock needs: a fault in it costs the value, not the row. */
static void leave_out(struct part *part, struct cells *apart)
{
	if (!apart->bad)
		return;
	apart->reject.reason = arena_format(part->reading->staging->arena,
		"%.*s: the row is taken without it", STR_ARGS(apart->reject.reason));
	cells_end(apart);
}

static day day_apart(struct part *part, enum cin_element element)
{
	struct cells apart = part->cells;
	apart.bad = false;
	day d = cells_day(&apart, cin_element_name(element), text_in(part, element), OPTIONAL, false);
	leave_out(part, &apart);
	return apart.bad ? DAY_UNKNOWN : d;
}

static str code_in(struct part *part, enum cin_element element, const struct code_list *codes)
{
	return cells_code(
		&part->cells, cin_element_name(element), text_in(part, element), OPTIONAL, codes);
}

static enum answer answer_in(struct part *part, enum cin_element element)
{
	return cells_answer(&part->cells, cin_element_name(element), text_in(part, element));
}

static struct staged *add(struct part *part, const struct record_type *type)
{
	return staging_add(part->reading->staging, part->child, type, part->reading->file,
		part->tree->item[part->at].line);
}

static void not_before(
	struct part *part, enum cin_element element, day d, day start, const char *what)
{
	if (d != DAY_UNKNOWN && start != DAY_UNKNOWN && d < start)
		tell_in_words(part, element, text_in(part, element), what, start);
}

/* Held before the child was born? An unborn child has an expected date and no other. */
static enum answer is_prebirth(const struct part *part, day held)
{
	const struct child *child = part->child->item[0].record;
	if (child->born == DAY_UNKNOWN)
		return child->expected == DAY_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_YES;
	return held < child->born ? ANSWER_YES : ANSWER_NO;
}

static struct conference *add_conference(
	struct part *part, const char *kind, ref section47, day held)
{
	struct conference *conference = add(part, &conference_type)->record;
	conference->prebirth = is_prebirth(part, held);
	conference->kind = str_of(kind);
	conference->section47 = section47;
	conference->held = held;
	return conference;
}

static void read_assessment(struct part *part, ref referral)
{
	day began = day_in(part, CIN_AssessmentActualStartDate, OPTIONAL);
	day authorised = day_in(part, CIN_AssessmentAuthorisationDate, OPTIONAL);
	not_before(part, CIN_AssessmentAuthorisationDate, authorised, began,
		"before the assessment began");
	struct arena *arena = part->reading->staging->arena;
	str factors = { 0 };
	size_t end = cin_tree_end(part->tree, part->at);
	for (size_t i = part->at; i < end; i++) {
		const struct cin_node *node = &part->tree->item[i];
		if (node->element != CIN_AssessmentFactors)
			continue;
		str factor = cells_text(
			&part->cells, cin_element_name(node->element), node->text, OPTIONAL, 8);
		if (factor.n > 0 && factors.n < 180)
			factors = arena_format(arena, "%.*s%s%.*s", STR_ARGS(factors),
				factors.n > 0 ? " " : "", STR_ARGS(factor));
	}
	if (!part->cells.bad && referral.id == 0)
		cells_fault(&part->cells, S("Assessments"), (str){ 0 },
			S("the CINdetails that it belongs to was not taken"));
	if (!cells_end(&part->cells))
		return;
	struct assessment *assessment = add(part, &assessment_type)->record;
	assessment->referral = referral;
	assessment->began = began;
	assessment->authorised = authorised;
	assessment->factors = factors;
	assessment->reviewed = day_apart(part, CIN_AssessmentInternalReviewDate);
}

static void read_need_plan(struct part *part, ref referral)
{
	day began = day_in(part, CIN_CINPlanStartDate, NEEDED);
	day ended = day_in(part, CIN_CINPlanEndDate, OPTIONAL);
	not_before(part, CIN_CINPlanEndDate, ended, began, "before the plan began");
	if (!part->cells.bad && referral.id == 0)
		cells_fault(&part->cells, S("CINPlanDates"), (str){ 0 },
			S("the CINdetails that it belongs to was not taken"));
	if (!cells_end(&part->cells))
		return;
	struct need_plan *plan = add(part, &need_plan_type)->record;
	*plan = (struct need_plan){ referral, began, ended };
}

/* The enquiry starts on the day of the strategy discussion at which it was begun. */
static void read_section47(struct part *part, ref referral)
{
	day began = day_in(part, CIN_S47ActualStartDate, OPTIONAL);
	day held = day_in(part, CIN_DateOfInitialCPC, OPTIONAL);
	enum answer not_required = answer_in(part, CIN_ICPCnotRequired);
	not_before(part, CIN_DateOfInitialCPC, held, began, "before the section 47 enquiry began");
	if (held != DAY_UNKNOWN && not_required == ANSWER_YES)
		cells_fault(&part->cells, S("ICPCnotRequired"), text_in(part, CIN_ICPCnotRequired),
			S("no conference was required, yet DateOfInitialCPC says when it was "
			  "held"));
	if (!cells_end(&part->cells))
		return;
	struct staged *item = add(part, &section47_type);
	struct section47 *enquiry = item->record;
	enquiry->referral = referral;
	enquiry->strategy = enquiry->began = began;
	enquiry->target = day_apart(part, CIN_InitialCPCtarget);
	if (not_required == ANSWER_YES)
		enquiry->icpc_required = ANSWER_NO;
	if (held == DAY_UNKNOWN)
		return;
	enquiry->icpc_required = ANSWER_YES;
	add_conference(part, "icpc", staged_ref(part->child, item), held);
}

static void read_review(
	struct part *part, const struct cin_node *node, ref plan, day began, day ended)
{
	part->cells = cells_of(part->reading->staging, part->reading->file, node->line);
	day held = possible_day(part, CIN_CPPreviewDate, node->text, NEEDED);
	if (held != DAY_UNKNOWN && !part->cells.bad && held <= began)
		tell_in_words(part, CIN_CPPreviewDate, node->text,
			"not after the day the plan began", began);
	if (held != DAY_UNKNOWN && !part->cells.bad && ended != DAY_UNKNOWN && held > ended)
		tell_in_words(part, CIN_CPPreviewDate, node->text, "after the plan ended", ended);
	for (size_t i = 0; !part->cells.bad && i < part->child->n; i++) {
		const struct staged *item = &part->child->item[i];
		if (item->type != &conference_type)
			continue;
		const struct conference *other = item->record;
		if (other->plan.id == plan.id && other->held == held)
			cells_fault(&part->cells, S("CPPreviewDate"), node->text,
				S("the plan has this review already"));
	}
	if (!cells_end(&part->cells))
		return;
	struct staged *item = staging_add(part->reading->staging, part->child, &conference_type,
		part->reading->file, node->line);
	struct conference *conference = item->record;
	conference->kind = S("rcpc");
	conference->plan = plan;
	conference->held = held;
}

static void check_plan_again(struct part *part, day began)
{
	for (size_t i = 0; !part->cells.bad && i < part->child->n; i++) {
		const struct staged *item = &part->child->item[i];
		if (item->type != &cp_plan_type)
			continue;
		const struct cp_plan *other = item->record;
		if (other->began == began)
			cells_fault(&part->cells, S("CPPstartDate"),
				text_in(part, CIN_CPPstartDate),
				arena_format(part->reading->staging->arena,
					"the plan on line %zu began on the same day", item->line));
	}
}

static void read_plan(struct part *part, ref referral)
{
	day began = day_in(part, CIN_CPPstartDate, NEEDED);
	day ended = day_in(part, CIN_CPPendDate, OPTIONAL);
	str category = code_in(part, CIN_InitialCategoryOfAbuse, &codes_category_of_abuse);
	str latest = code_in(part, CIN_LatestCategoryOfAbuse, &codes_category_of_abuse);
	str before_text = text_in(part, CIN_NumberOfPreviousCPP);
	int64_t before = -1;
	if (before_text.n > 0 && (!str_int(before_text, &before) || before < 0 || before > 99))
		cells_fault(&part->cells, S("NumberOfPreviousCPP"), before_text,
			S("write a number from 0 to 99"));
	not_before(part, CIN_CPPendDate, ended, began, "before the plan began");
	check_plan_again(part, began);
	if (!cells_end(&part->cells))
		return;
	struct staged *item = add(part, &cp_plan_type);
	ref plan_ref = staged_ref(part->child, item);
	struct cp_plan *plan = item->record;
	plan->began = began;
	plan->ended = ended;
	plan->category = category;
	plan->category_latest = latest;
	plan->plans_before = before;
	plan->referral = referral;
	size_t end = cin_tree_end(part->tree, part->at);
	for (size_t i = part->at; i < end; i++) {
		if (part->tree->item[i].element == CIN_CPPreviewDate)
			read_review(part, &part->tree->item[i], plan_ref, began, ended);
	}
}

static ref add_step(struct part *part, const char *kind, ref about, day on)
{
	if (on == DAY_UNKNOWN)
		return about;
	struct staged *item = add(part, &child_step_type);
	struct child_step *step = item->record;
	step->kind = str_of(kind);
	step->about = about;
	step->on.on = on;
	return staged_ref(part->child, item);
}

/* An application to the court ends what came before proceedings; the day on which it was issued is not
 * in the census. */
static void read_pre_proceedings(struct part *part)
{
	day letter = day_in(part, CIN_LBPSentDate, OPTIONAL);
	day met = day_in(part, CIN_InitialPPMeetingDate, OPTIONAL);
	day applied = day_in(part, CIN_CourtAppDate, OPTIONAL);
	part->reading->pre_proceedings = true;
	not_before(part, CIN_InitialPPMeetingDate, met, letter, "before the letter was sent");
	not_before(part, CIN_CourtAppDate, applied, letter, "before the letter was sent");
	if (!cells_end(&part->cells) || letter == DAY_UNKNOWN)
		return;
	ref about = add_step(part, "pre-proceedings-began", (ref){ 0 }, letter);
	add_step(part, "pre-proceedings-meeting-held", about, met);
	add_step(part, "pre-proceedings-ended", about, applied);
}

static ref read_referral(struct part *part)
{
	struct referral read = { .received = day_in(part, CIN_CINreferralDate, OPTIONAL),
		.closed = day_in(part, CIN_CINclosureDate, OPTIONAL),
		.decided = DAY_UNKNOWN,
		.source = code_in(part, CIN_ReferralSource, &codes_referral_source),
		.need = code_in(part, CIN_PrimaryNeedCode, &codes_need),
		.closure = code_in(part, CIN_ReasonForClosure, &codes_closure),
		.nfa = answer_in(part, CIN_ReferralNFA) };
	day transfer_in = day_in(part, CIN_DateOfInitialCPC, OPTIONAL);
	not_before(part, CIN_CINclosureDate, read.closed, read.received, "before the referral");
	if (!cells_end(&part->cells))
		return (ref){ 0 };
	struct staged *item = add(part, &referral_type);
	*(struct referral *)item->record = read;
	ref referral = staged_ref(part->child, item);
	/* A conference outside any section 47 enquiry: the plan came from another authority. */
	if (transfer_in != DAY_UNKNOWN)
		add_conference(part, "transfer-in", (ref){ 0 }, transfer_in)->referral = referral;
	return referral;
}

static void read_details(struct part *part)
{
	ref referral = read_referral(part);
	size_t end = cin_tree_end(part->tree, part->at);
	for (size_t i = part->at + 1; i < end; i++) {
		if (part->tree->item[i].depth != part->tree->item[part->at].depth + 1)
			continue;
		struct part inner = part_of(part, i);
		if (part->tree->item[i].element == CIN_Assessments)
			read_assessment(&inner, referral);
		else if (part->tree->item[i].element == CIN_Section47)
			read_section47(&inner, referral);
		else if (part->tree->item[i].element == CIN_ChildProtectionPlans)
			read_plan(&inner, referral);
		else if (part->tree->item[i].element == CIN_CINPlanDates)
			read_need_plan(&inner, referral);
		else if (part->tree->item[i].element == CIN_PreProceedingsandFGDM)
			read_pre_proceedings(&inner);
	}
}

/* How many of the dates of what happened lie before a day, and how many do not. */
static bool most_before(const struct cin_tree *tree, day d, size_t *before, size_t *all)
{
	*before = *all = 0;
	for (size_t i = 0; i < tree->n; i++) {
		enum cin_element element = tree->item[i].element;
		day on;
		if (element != CIN_CINreferralDate && element != CIN_S47ActualStartDate &&
			element != CIN_CPPstartDate && element != CIN_AssessmentActualStartDate)
			continue;
		if (!day_read(tree->item[i].text, &on, NULL))
			continue;
		*before += on < d;
		*all += 1;
	}
	return *before * 2 > *all;
}

static void check_birth(struct part *part, enum cin_element element, day born)
{
	size_t before, all;
	if (born == DAY_UNKNOWN || part->cells.bad)
		return;
	if (element == CIN_PersonBirthDate && born > part->reading->last_day)
		tell_in_words(part, element, text_in(part, element),
			"after the day up to which the census knows", part->reading->last_day);
	else if (most_before(part->tree, day_add(born, -DAYS_BEFORE_BIRTH), &before, &all))
		cells_fault(&part->cells, cin_element_name(element), text_in(part, element),
			arena_format(part->reading->staging->arena,
				"more than 40 weeks after most of what happened to this child (%zu "
				"of %zu dates)",
				before, all));
}

/* "MOB LD": in the order in which they stand. */
static str read_disabilities(struct part *part)
{
	struct arena *arena = part->reading->staging->arena;
	str all = { 0 };
	size_t n = 0;
	bool none = false;
	for (size_t i = 0; i < part->tree->n; i++) {
		const struct cin_node *node = &part->tree->item[i];
		if (node->element != CIN_Disability)
			continue;
		struct cells apart = cells_of(part->reading->staging, part->reading->file, node->line);
		str code = cells_code(&apart, S("Disability"), node->text, OPTIONAL, &codes_disability);
		none = none || str_equal(code, S("NONE"));
		if (code.n > 0 && (n > DISABILITIES || (none && n > 0)))
			cells_fault(&apart, S("Disability"), node->text,
				none ? S("NONE says that the child has no disability")
				     : S("more disabilities than there are codes for"));
		leave_out(part, &apart);
		if (apart.bad || code.n == 0)
			continue;
		all = arena_format(arena, "%.*s%s%.*s", STR_ARGS(all), n > 0 ? " " : "",
			STR_ARGS(code));
		n++;
	}
	return all;
}

static void read_upn(struct part *part, struct child *child)
{
	struct cells apart = part->cells;
	apart.bad = false;
	child->upn_former = cells_text(&apart, S("FormerUPN"), text_in(part, CIN_FormerUPN), OPTIONAL, 20);
	leave_out(part, &apart);
	apart.bad = false;
	child->upn_unknown = cells_code(
		&apart, S("UPNunknown"), text_in(part, CIN_UPNunknown), OPTIONAL, &codes_upn_unknown);
	leave_out(part, &apart);
}

static void read_identity(struct part *part, size_t child_at, struct child *child)
{
	str sex = text_in(part, CIN_Sex);
	struct child read = { .number = child->number,
		.born = cells_day(&part->cells, S("PersonBirthDate"),
			text_in(part, CIN_PersonBirthDate), OPTIONAL, false),
		.expected = cells_day(&part->cells, S("ExpectedPersonBirthDate"),
			text_in(part, CIN_ExpectedPersonBirthDate), OPTIONAL, false),
		.sex = cells_sex(&part->cells, sex.n > 0 ? S("Sex") : S("GenderCurrent"),
			sex.n > 0 ? sex : text_in(part, CIN_GenderCurrent)),
		.upn = cells_text(&part->cells, S("UPN"), text_in(part, CIN_UPN), OPTIONAL, 20),
		.own_child_born = DAY_UNKNOWN,
		.unaccompanied_until = DAY_UNKNOWN };
	read.died = day_in(part, CIN_PersonDeathDate, OPTIONAL);
	check_birth(part, CIN_PersonBirthDate, read.born);
	check_birth(part, CIN_ExpectedPersonBirthDate, read.expected);
	if (!part->cells.bad)
		not_before(part, CIN_PersonDeathDate, read.died, read.born,
			"before the child was born");
	for (size_t i = child_at; i < part->tree->n; i++) {
		if (part->tree->item[i].element == CIN_Ethnicity)
			read.ethnicity = cells_code(&part->cells, S("Ethnicity"),
				part->tree->item[i].text, OPTIONAL, &codes_ethnicity);
	}
	bool bad = part->cells.bad;
	if (cells_end(&part->cells))
		*child = read;
	if (bad)
		return;
	read_upn(part, child);
	child->disabilities = read_disabilities(part);
}

void cin_child(struct cin_reading *reading, const struct cin_tree *tree)
{
	struct part whole = { .reading = reading, .tree = tree, .earliest = DAY_UNKNOWN };
	size_t at = 0;
	while (at < tree->n && tree->item[at].element != CIN_ChildIdentifiers)
		at++;
	whole = part_of(&whole, at < tree->n ? at : 0);
	str number = cells_child(&whole.cells, S("LAchildID"), text_in(&whole, CIN_LAchildID));
	if (!cells_end(&whole.cells))
		return;
	whole.child = staging_child(reading->staging, number);
	if (whole.child->n > 0) {
		cells_fault(&whole.cells, S("LAchildID"), number,
			arena_format(reading->staging->arena,
				"this child stands on line %zu already",
				whole.child->item[0].line));
		cells_end(&whole.cells);
		return;
	}
	struct child *child = add(&whole, &child_type)->record;
	child->number = number;
	read_identity(&whole, 0, child);
	day birth = child->born != DAY_UNKNOWN ? child->born : child->expected;
	whole.earliest = birth == DAY_UNKNOWN ? birth : day_add(birth, -DAYS_BEFORE_BIRTH);
	for (size_t i = 0; i < tree->n; i++) {
		if (tree->item[i].element != CIN_CINdetails ||
			tree->item[i].depth != tree->item[0].depth + 1)
			continue;
		struct part details = part_of(&whole, i);
		read_details(&details);
	}
}
