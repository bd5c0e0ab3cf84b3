/* activity.c - rules of what an episode of need may hold, by how it was decided and closed. */
#include "returns/cin/check/rule.h"

static bool is_closed_after_assessment(const struct cin_details *it)
{
	return it->reason == C("RC8") || it->reason == C("RC9");
}

static void rule_2990(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		const struct cin_details *it = &child->details.item[i];
		if (!is_closed_after_assessment(it) ||
			(!is_day(it->conference) && COUNT_OF(child, plans, i) == 0 &&
				COUNT_OF(child, section47, i) == 0 && COUNT_OF(child, protection, i) == 0))
			continue;
		FIND(check, details, it, conference);
		EVERY_OF(plan, child, plans, i)
			FIND(check, plans, plan, number);
		EVERY_OF(enquiry, child, section47, i)
			FIND(check, section47, enquiry, number);
		EVERY_OF(plan, child, protection, i)
			FIND(check, protection, plan, number);
	}
}

static void rule_2991Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, section47) {
		if (COUNT_OF(child, assessments, it->at.of) == 0)
			FIND(check, section47, it, number);
	}
}

static void rule_4000(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, plans) {
		if (DETAILS_OF(child, it)->nfa != CIN_TRUE)
			continue;
		FIND(check, plans, it, number);
		FIND(check, details, DETAILS_OF(child, it), nfa);
	}
}

/* A day of the module that is after the closure of its episode: it, and the closure. */
#define FIND_LATE(check, child, module, it, name)                                                  \
	do {                                                                                       \
		const struct cin_details *around = DETAILS_OF(child, it);                          \
		if (is_after((it)->name, around->closure)) {                                       \
			FIND(check, module, it, name);                                             \
			FIND(check, details, around, closure);                                     \
		}                                                                                  \
	} while (0)

static void rule_8565(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (is_after(it->conference, it->closure))
			FIND_BOTH(check, details, it, closure, conference);
	}
	EVERY(it, child, assessments) {
		FIND_LATE(check, child, assessments, it, start);
		FIND_LATE(check, child, assessments, it, end);
	}
	EVERY(it, child, plans) {
		FIND_LATE(check, child, plans, it, start);
		FIND_LATE(check, child, plans, it, end);
	}
	EVERY(it, child, section47) {
		FIND_LATE(check, child, section47, it, start);
		FIND_LATE(check, child, section47, it, conference);
	}
	EVERY(it, child, protection)
		FIND_LATE(check, child, protection, it, end);
}

static void rule_8825Q(struct cin_check *check, const struct cin_child *child)
{
	EVERY_DETAILS(i, child) {
		const struct cin_details *it = &child->details.item[i];
		if (is_closed_after_assessment(it) && COUNT_OF(child, assessments, i) == 0)
			FIND(check, details, it, reason);
	}
}

static void rule_8831(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, details) {
		if (it->nfa == CIN_TRUE && is_day(it->conference))
			FIND(check, details, it, conference);
	}
	EVERY(it, child, assessments) {
		const struct cin_details *around = DETAILS_OF(child, it);
		if (around->nfa != CIN_TRUE || (!is_day(it->start) && !is_day(it->end)))
			continue;
		FIND(check, assessments, it, number);
		FIND(check, details, around, conference);
	}
	EVERY(it, child, section47) {
		const struct cin_details *around = DETAILS_OF(child, it);
		if (around->nfa != CIN_TRUE || (!is_day(it->start) && !is_day(it->conference)))
			continue;
		FIND(check, section47, it, number);
		FIND(check, details, around, conference);
	}
}

static void rule_8832(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, protection) {
		if (DETAILS_OF(child, it)->nfa != CIN_TRUE)
			continue;
		FIND(check, protection, it, number);
		FIND(check, details, DETAILS_OF(child, it), nfa);
	}
}

static void rule_8867(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, assessments) {
		if (!is_day(DETAILS_OF(child, it)->closure) || is_day(it->end))
			continue;
		FIND(check, assessments, it, end);
		FIND(check, details, DETAILS_OF(child, it), closure);
	}
}

/* One of the two says how the enquiry ended; both contradict each other. */
static void rule_8868(struct cin_check *check, const struct cin_child *child)
{
	EVERY(it, child, section47) {
		if (!is_day(DETAILS_OF(child, it)->closure) ||
			is_day(it->conference) != (it->not_required == CIN_TRUE))
			continue;
		FIND_BOTH(check, section47, it, conference, not_required);
		FIND(check, details, DETAILS_OF(child, it), closure);
	}
}

static const struct cin_rule rules[] = {
	CHILD_RULE(2990, "2990", 2023, 0, "The episode closed after assessment, and holds more than an assessment"),
	CHILD_RULE(2991Q, "2991Q", 2023, 0, "A section 47 enquiry stands in an episode without an assessment"),
	CHILD_RULE(4000, "4000", 2023, 0, "A referral without further action has a CIN plan"),
	CHILD_RULE(8565, "8565", 2023, 0, "Something happened after the episode was closed"),
	CHILD_RULE(8825Q, "8825Q", 2023, 0, "The episode closed after assessment, and there is no assessment"),
	CHILD_RULE(8831, "8831", 2023, 0, "A referral without further action has an assessment, an enquiry or a conference"),
	CHILD_RULE(8832, "8832", 2023, 0, "A referral without further action has a child protection plan"),
	CHILD_RULE(8867, "8867", 2023, 0, "The episode is closed, and an assessment in it is not authorised"),
	CHILD_RULE(8868, "8868", 2023, 0,
		"The episode is closed, and an enquiry in it has neither a conference nor a word that none was needed, or both"),
};

const struct cin_rules cin_rules_of_activity = { rules, sizeof rules / sizeof *rules, CIN_TABLE_details };
