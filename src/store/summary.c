/* summary.c - a child's row for lists: what a caseload shows, sorts by and filters on.
 *
 * Nothing here goes stale at midnight. A row keeps the first due date that will be overdue once it
 * has passed (next_*), the first that will be unknown, because no source knows that far (unsure_*),
 * and how many clocks are unknown whatever the day; a list says the state for its day from these.
 * A clock that no source carries at all is not counted: it would make every child unknown. */
#include "store/inside.h"

static const char *const columns[CHILD_ROW] = { "subject", "authority", "number", "forename",
	"surname", "name_key", "born", "expected", "died", "iro", "chair", "worker", "team",
	"iro_key", "chair_key", "worker_key", "team_key", "openness", "looked_after", "on_plan",
	"next_due", "next_rule", "next_booked", "unsure_due", "unsure_rule", "unsure_booked",
	"unknowns", "unknown_rule", "sibling_group", "view_on", "contact_on", "contact_alone",
	"sibling_key", "next_data", "next_law", "unsure_data", "unsure_law" };

const struct table child_row_table = {
	.name = S_INIT("child_row"),
	.column = columns,
	.columns = CHILD_ROW,
	.kinds = "itttttiiitttttttt"
		 "iiiitiitiittiiitiiii",
};

str folded(struct arena *arena, str name)
{
	struct buf key = { 0 };
	buf_utf8_fold(&key, name);
	str kept = arena_str(arena, buf_view(&key));
	buf_close(&key);
	return kept;
}

/* Surname first, as a list is sorted; the number for a child whose name no source carries. */
static str name_key(struct arena *arena, const struct child *child)
{
	if (child->surname.n == 0 && child->forename.n == 0)
		return folded(arena, child->number);
	str surname = folded(arena, child->surname), forename = folded(arena, child->forename);
	return arena_format(arena, "%.*s %.*s", STR_ARGS(surname), STR_ARGS(forename));
}

/* Two councils may have one name for two families. */
static str sibling_key(struct arena *arena, str authority, str group)
{
	str key = folded(arena, group);
	return key.n == 0 ? key
			  : arena_format(arena, "%.*s %.*s", STR_ARGS(authority), STR_ARGS(key));
}

static void consider(struct worst *worst, const struct clock *clock)
{
	if (worst->due == DAY_UNKNOWN || clock->due < worst->due)
		*worst = (struct worst){ clock->due, clock->booked, clock->rule->id, clock->due_data,
			clock->due_law == clock->due ? DAY_UNKNOWN : clock->due_law };
}

static void look_at(struct outlook *out, const struct clock *clock, day today)
{
	bool runs = clock->ended_by == WORD_NONE ||
		(clock->ended_on != DAY_UNKNOWN && clock->ended_on > today);
	bool met = clock->met_on != DAY_UNKNOWN && clock->met_on <= today;
	if (!runs || clock->disapplied.n > 0)
		return;
	if (clock->doubt != DOUBT_NONE || clock->due == DAY_UNKNOWN) {
		/* Nobody can mend these by looking at this child: the child's page tells of them. */
		if (clock->doubt == DOUBT_NOT_CARRIED || clock->doubt == DOUBT_MAY_NOT_APPLY)
			return;
		if (out->unknowns++ == 0)
			out->unknown_rule = clock->rule->id;
		return;
	}
	/* A window only passes: it is never late. */
	if (met || clock->rule->met_by.n == 0)
		return;
	bool will_be_known = clock->known_to == DAY_UNKNOWN || clock->known_to >= clock->due;
	consider(will_be_known ? &out->next : &out->unsure, clock);
}

struct outlook outlook_of(const struct clocks *clocks, day today)
{
	struct worst none = { DAY_UNKNOWN, DAY_UNKNOWN, { 0 }, DAY_UNKNOWN, DAY_UNKNOWN };
	struct outlook outlook = { .next = none, .unsure = none };
	for (size_t i = 0; i < clocks->n; i++)
		look_at(&outlook, &clocks->item[i], today);
	return outlook;
}

static bool in_period(const struct summary *s, enum word began, enum word ended)
{
	for (size_t i = 0; i < s->events; i++) {
		const struct event *start = &s->event[i];
		if (start->word == WORD_DEATH)
			return false;
		if (start->word != began)
			continue;
		bool over = false;
		for (size_t k = 0; k < s->events && !over; k++)
			over = s->event[k].word == ended && s->event[k].thread == start->thread &&
				s->event[k].on <= s->today;
		if (over)
			continue;
		for (size_t k = i; k < s->events; k++)
			over = over || s->event[k].word == WORD_DEATH;
		return !over;
	}
	return false;
}

void summary_cells(struct arena *arena, const struct summary *s, struct cell *out)
{
	static const struct allocation nobody = { 0 };
	const struct allocation *by = s->allocation == NULL ? &nobody : s->allocation;
	struct outlook outlook = outlook_of(s->clocks, s->today);
	struct cell *c = out;
	*c++ = cell_int(s->subject);
	*c++ = cell_key(s->authority);
	*c++ = cell_key(s->child->number);
	*c++ = cell_text(s->child->forename);
	*c++ = cell_text(s->child->surname);
	*c++ = cell_key(name_key(arena, s->child));
	*c++ = cell_day(s->child->born);
	*c++ = cell_day(s->child->expected);
	*c++ = cell_day(s->child->died);
	*c++ = cell_text(by->iro);
	*c++ = cell_text(by->chair);
	*c++ = cell_text(by->social_worker);
	*c++ = cell_text(by->team);
	*c++ = cell_key(folded(arena, by->iro));
	*c++ = cell_key(folded(arena, by->chair));
	*c++ = cell_key(folded(arena, by->social_worker));
	*c++ = cell_key(folded(arena, by->team));
	*c++ = cell_int(s->openness);
	*c++ = cell_int(in_period(s, WORD_LOOKED_AFTER_BEGAN, WORD_LOOKED_AFTER_ENDED));
	*c++ = cell_int(in_period(s, WORD_CP_PLAN_BEGAN, WORD_CP_PLAN_ENDED));
	*c++ = cell_day(outlook.next.due);
	*c++ = cell_text(outlook.next.rule);
	*c++ = cell_day(outlook.next.booked);
	*c++ = cell_day(outlook.unsure.due);
	*c++ = cell_text(outlook.unsure.rule);
	*c++ = cell_day(outlook.unsure.booked);
	*c++ = cell_int(outlook.unknowns);
	*c++ = cell_text(outlook.unknown_rule);
	*c++ = cell_text(by->sibling_group);
	*c++ = cell_day(s->heard.view_on);
	*c++ = cell_day(s->heard.contact_on);
	*c++ = (struct cell){ .known = s->heard.alone != ANSWER_UNKNOWN,
		.number = s->heard.alone == ANSWER_YES };
	*c++ = cell_text(sibling_key(arena, s->authority, by->sibling_group));
	*c++ = cell_day(outlook.next.data);
	*c++ = cell_day(outlook.next.law);
	*c++ = cell_day(outlook.unsure.data);
	*c++ = cell_day(outlook.unsure.law);
	must(c == out + CHILD_ROW);
}
