#include "returns/tracker/tracker.h"

#include "base/utf8.h"

#include <string.h>

enum { ACTION_MOST = 500, ACTIONS_OF_ROW = 40 };

static bool is_one_of(str text, const char *list)
{
	str rest = str_of(list), one;
	while (str_split(&rest, ',', &one)) {
		if (str_equal_nocase(text, one))
			return true;
	}
	return false;
}

static bool begins_with(str text, const char *list)
{
	str rest = str_of(list), one;
	while (str_split(&rest, ',', &one)) {
		if (str_equal_nocase(str_upto(text, one.n), one))
			return true;
	}
	return false;
}

/* "1. ", "2) ", "- ", a bullet: how lists in cells are begun. */
static str without_bullet(str text)
{
	text = str_trim(text);
	size_t n = 0;
	while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
		n++;
	if (n > 0 && n <= 2 && n + 1 < text.n && (text.p[n] == '.' || text.p[n] == ')') &&
		(text.p[n + 1] < '0' || text.p[n + 1] > '9'))
		text = str_from(text, n + 1);
	while (text.n > 0 && (text.p[0] == '-' || text.p[0] == '*' || text.p[0] == ' '))
		text = str_from(text, 1);
	if (str_starts(text, S("\xe2\x80\xa2")) || str_starts(text, S("\xe2\x80\x93")))
		text = str_from(text, 3);
	return str_trim(text);
}

static bool says_done(str text)
{
	return begins_with(text, "yes,y,done,complete,closed,met,achieved,finished") &&
	       !begins_with(text, "yet");
}

/* Is the date at `at` the one by which it is to be done? "... by 3/4/26", "(due 3 April)" */
static bool is_deadline(str text, size_t at)
{
	str before = str_trim(str_upto(text, at));
	static const str words[] = { S_INIT("by"), S_INIT("By"), S_INIT("before"), S_INIT("due"),
		S_INIT("Due"), S_INIT("due:"), S_INIT("end of"), S_INIT("when:"), S_INIT("until") };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (str_ends(before, words[i]))
			return true;
	}
	return false;
}

static void add_action(struct arena *arena, struct tracker *out, struct tracker_row *row, str what)
{
	what = without_bullet(what);
	if (what.n < 3 || is_one_of(what, "none,n/a,nil,tbc,no actions,none outstanding,not applicable,all complete"))
		return;
	if (row->actions == ACTIONS_OF_ROW)
		return;
	if (out->actions == out->actions_room) {
		size_t room = out->actions_room == 0 ? 64 : out->actions_room * 2;
		struct tracker_action *more = arena_take(arena, room, sizeof *more);
		if (out->actions > 0)
			memcpy(more, out->action, out->actions * sizeof *more);
		out->action = more;
		out->actions_room = room;
	}
	struct tracker_action *action = &out->action[out->actions++];
	*action = (struct tracker_action){ .row = (size_t)(row - out->row),
		.what = utf8_upto(what, ACTION_MOST), .set = DAY_UNKNOWN, .due = DAY_UNKNOWN };
	row->actions++;
	day d;
	size_t at, from = 0;
	while (tracker_day(str_from(what, from), &d, &at)) {
		if (is_deadline(what, from + at))
			action->due = d;
		else if (action->set == DAY_UNKNOWN)
			action->set = d;
		from += at + 6;
	}
	action->done = begins_with(what, "done,complete,closed,achieved") ||
		       str_ends(what, S("(done)")) || str_ends(what, S("(complete)")) ||
		       str_ends(what, S("- done")) || str_ends(what, S("- complete")) ||
		       str_ends(what, S("(completed)"));
}

static void add_actions(struct arena *arena, struct tracker *out, struct tracker_row *row, str cell)
{
	str rest = cell, line, part;
	while (cell.n > 0 && str_split(&rest, '\n', &line)) {
		while (str_split(&line, ';', &part))
			add_action(arena, out, row, part);
	}
}

static enum tracker_meeting kind_of(str cell)
{
	bool plan = false, care = false;
	for (size_t i = 0; i < cell.n; i++) {
		str rest = str_from(cell, i);
		plan |= begins_with(rest, "cp,plan,conference,child prot");
		care |= begins_with(rest, "cla,lac,looked,s20,s31,care order,ico,fco");
	}
	return plan == care ? TRACKER_EITHER : plan ? TRACKER_CONFERENCE : TRACKER_REVIEW;
}

static void take_cell(struct tracker_row *row, enum tracker_column column, str cell)
{
	day d;
	(void)tracker_day(cell, &d, NULL);
	switch (column) {
	case TRACKER_NUMBER:
		row->child = cell;
		break;
	case TRACKER_NAME:
		row->name = cell;
		break;
	case TRACKER_FORENAME:
		row->forename = cell;
		break;
	case TRACKER_SURNAME:
		row->surname = cell;
		break;
	case TRACKER_BORN:
		row->born = d;
		break;
	case TRACKER_KIND:
		row->kind = kind_of(cell);
		break;
	case TRACKER_REVIEW_LAST:
		row->last[TRACKER_REVIEW] = d;
		break;
	case TRACKER_REVIEW_NEXT:
		row->next[TRACKER_REVIEW] = d;
		break;
	case TRACKER_CONFERENCE_LAST:
		row->last[TRACKER_CONFERENCE] = d;
		break;
	case TRACKER_CONFERENCE_NEXT:
		row->next[TRACKER_CONFERENCE] = d;
		break;
	case TRACKER_MEETING_LAST:
		row->last[TRACKER_EITHER] = d;
		break;
	case TRACKER_MEETING_NEXT:
		row->next[TRACKER_EITHER] = d;
		break;
	case TRACKER_MEETING_DUE:
		row->due = d;
		break;
	case TRACKER_SKIP:
	case TRACKER_ACTION:
	case TRACKER_ACTION_OWNER:
	case TRACKER_ACTION_SET:
	case TRACKER_ACTION_DUE:
	case TRACKER_ACTION_DONE:
	case TRACKER_COLUMNS:
		break;
	}
}

/* What the columns beside the actions say is of all actions in the row. */
static void take_beside(struct tracker *out, const struct tracker_row *row,
	enum tracker_column column, str cell)
{
	for (size_t i = row->action; i < row->action + row->actions; i++) {
		struct tracker_action *action = &out->action[i];
		if (column == TRACKER_ACTION_OWNER)
			action->owner = utf8_upto(cell, 200);
		else if (column == TRACKER_ACTION_SET)
			(void)tracker_day(cell, &action->set, NULL);
		else if (column == TRACKER_ACTION_DUE)
			(void)tracker_day(cell, &action->due, NULL);
		else if (column == TRACKER_ACTION_DONE)
			action->done |= says_done(cell);
	}
}

static void read_row(struct arena *arena, const struct grid *grid, size_t at,
	const struct tracker_plan *plan, struct tracker *out)
{
	const struct grid_row *from = &grid->row[at];
	struct tracker_row *row = &out->row[out->n];
	*row = (struct tracker_row){ .number = from->number, .born = DAY_UNKNOWN, .due = DAY_UNKNOWN,
		.kind = TRACKER_EITHER, .action = out->actions };
	for (size_t i = 0; i < TRACKER_MEETINGS; i++)
		row->last[i] = row->next[i] = DAY_UNKNOWN;
	for (size_t i = 0; i < from->n; i++) {
		if (from->cell[i].n > 0)
			take_cell(row, plan->column[i], from->cell[i]);
	}
	if (row->name.n == 0 && row->forename.n + row->surname.n > 0)
		row->name = str_trim(arena_format(arena, "%.*s %.*s", STR_ARGS(row->forename),
			STR_ARGS(row->surname)));
	/* A line of totals, a heading within the list: no child is meant. */
	if (row->child.n == 0 && row->name.n == 0)
		return;
	for (size_t i = 0; i < from->n; i++) {
		if (plan->column[i] == TRACKER_ACTION)
			add_actions(arena, out, row, from->cell[i]);
	}
	for (size_t i = 0; i < from->n && row->actions > 0; i++) {
		if (from->cell[i].n > 0)
			take_beside(out, row, plan->column[i], from->cell[i]);
	}
	out->n++;
}

void tracker_read(struct arena *arena, const struct grids *grids, const struct tracker_plan *plan,
	struct tracker *out)
{
	*out = (struct tracker){ 0 };
	if (plan->sheet >= grids->n)
		return;
	const struct grid *grid = &grids->item[plan->sheet];
	out->row = arena_take(arena, grid->n, sizeof *out->row);
	for (size_t i = plan->heading + 1; i < grid->n; i++)
		read_row(arena, grid, i, plan, out);
}
