#include "returns/tracker/tracker.h"

#include "returns/heading.h"

enum { HEADING_ROWS = 15, SAMPLE = 60 };

static enum tracker_column guess_action(const struct heading *words)
{
	if (heading_has(words, "who whom owner lead responsib* assigned"))
		return TRACKER_ACTION_OWNER;
	if (heading_has(words, "when due target deadline timescale* by"))
		return TRACKER_ACTION_DUE;
	if (heading_has(words, "complet* done closed status outcome met"))
		return TRACKER_ACTION_DONE;
	if (heading_has(words, "date set agreed raised made"))
		return TRACKER_ACTION_SET;
	return TRACKER_ACTION;
}

static enum tracker_column guess_meeting(const struct heading *words)
{
	bool conference = heading_has(words, "conf conference* rcpc* icpc* cpc rcpcc cp");
	bool review = heading_has(words, "lac cla looked rev iro rlac lacr") && !conference;
	if (heading_has(words, "due deadline statutory by limit") && !heading_has(words, "book* held arranged"))
		return TRACKER_MEETING_DUE;
	if (heading_has(words, "next book* planned future arranged forthcoming scheduled upcoming"))
		return conference ? TRACKER_CONFERENCE_NEXT
		       : review   ? TRACKER_REVIEW_NEXT
				  : TRACKER_MEETING_NEXT;
	if (heading_has(words, "last previous held recent prev initial completed"))
		return conference ? TRACKER_CONFERENCE_LAST
		       : review   ? TRACKER_REVIEW_LAST
				  : TRACKER_MEETING_LAST;
	return TRACKER_SKIP;
}

static enum tracker_column guess_heading(str heading)
{
	struct heading words = heading_of(heading);
	bool other = heading_has(&words, "social worker sw school* carer* placement manager team parent* mother* "
				 "father* chair phone email address solicitor health gp");
	if (heading_has(&words, "dob birth born birthday"))
		return TRACKER_BORN;
	if (heading_has(&words, "action* recommendation* task* outstanding todo"))
		return guess_action(&words);
	if (heading_has(&words, "forename* first firstname given") && !heading_has(&words, "review* conf* meeting*"))
		return TRACKER_FORENAME;
	if (heading_has(&words, "surname family lastname") ||
		(heading_has(&words, "last") && heading_has(&words, "name names")))
		return other && heading_has(&words, "mother* father* carer* parent*") ? TRACKER_SKIP
									      : TRACKER_SURNAME;
	if (heading_has(&words, "review* conf* rcpc* icpc* meeting* lac cla rcpcc cpc") && !heading_has(&words, "worker sw")) {
		enum tracker_column meeting = guess_meeting(&words);
		if (meeting != TRACKER_SKIP)
			return meeting;
	}
	if (other)
		return TRACKER_SKIP;
	if (heading_has(&words, "id number no ref reference pin mosaic liquidlogic lcs ics eclipse azeus careworks") &&
		!heading_has(&words, "upn nhs of reviews siblings"))
		return TRACKER_NUMBER;
	if (heading_has(&words, "name* child childs children yp young person pupil initials"))
		return TRACKER_NAME;
	if (heading_has(&words, "type status category plan cohort cla cp lac legal"))
		return TRACKER_KIND;
	/* Beside a column of actions these say enough. */
	if (heading_has(&words, "owner whom responsible"))
		return TRACKER_ACTION_OWNER;
	if (heading_has(&words, "when deadline"))
		return TRACKER_ACTION_DUE;
	if (heading_has(&words, "set agreed raised"))
		return TRACKER_ACTION_SET;
	if (heading_has(&words, "complete completed done closed"))
		return TRACKER_ACTION_DONE;
	return TRACKER_SKIP;
}

/* ---- and what stands under it */

struct values {
	size_t n, dates, future, births, codes, kinds;
};

/* "CLA", "LAC", "Looked after", "CP plan", "s47" */
static bool is_kind(str value)
{
	struct heading words = heading_of(value);
	return heading_has(&words, "cla lac looked cp cpp plan s20 s31 conference dual");
}

/* A number that systems give: digits in it, no spaces, and no date. */
static bool is_code(str value)
{
	size_t digits = 0;
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == ' ' || value.p[i] == '\n')
			return false;
		digits += value.p[i] >= '0' && value.p[i] <= '9';
	}
	return digits >= 1 && value.n <= 24;
}

static struct values look(const struct grid *grid, size_t heading, size_t column, day today)
{
	struct values values = { 0 };
	for (size_t i = heading + 1; i < grid->n && values.n < SAMPLE; i++) {
		str cell = grid_cell(grid, i, column);
		day d;
		if (cell.n == 0)
			continue;
		values.n++;
		bool date = cell.n <= 40 && tracker_day(cell, &d, NULL);
		values.dates += date;
		values.future += date && d > today;
		values.births += date && d <= today && d > today - 26 * 365;
		values.codes += !date && is_code(cell);
		values.kinds += is_kind(cell);
	}
	return values;
}

static bool is_date_column(enum tracker_column column)
{
	return column == TRACKER_BORN ||
	       (column >= TRACKER_REVIEW_LAST && column <= TRACKER_MEETING_DUE) ||
	       column == TRACKER_ACTION_SET || column == TRACKER_ACTION_DUE;
}

/* A heading says what it should be; the values, whether it is. */
static enum tracker_column settle(enum tracker_column guess, const struct values *values)
{
	if (values->n == 0)
		return guess;
	bool dates = values->dates * 3 >= values->n;
	if (is_date_column(guess) && values->dates == 0)
		return TRACKER_SKIP;
	if (guess == TRACKER_NUMBER && values->codes * 2 < values->n)
		return TRACKER_SKIP;
	if (guess == TRACKER_KIND && values->kinds * 2 < values->n)
		return TRACKER_SKIP;
	if (guess == TRACKER_NAME && (dates || values->codes * 2 > values->n))
		return values->codes * 2 > values->n ? TRACKER_NUMBER : TRACKER_SKIP;
	if (guess != TRACKER_SKIP)
		return guess;
	/* No word is known: dates to come are of meetings; those of a childhood are of births. */
	if (values->n >= 3 && values->dates * 5 >= values->n * 4) {
		if (values->future * 2 > values->n)
			return TRACKER_MEETING_NEXT;
	}
	return TRACKER_SKIP;
}

/* The row with the most headings that are known; the first one, when none has two. */
static size_t find_heading(const struct grid *grid)
{
	size_t best = 0, most = 1;
	for (size_t i = 0; i < grid->n && i < HEADING_ROWS; i++) {
		size_t known = 0;
		for (size_t j = 0; j < grid->row[i].n; j++) {
			str cell = grid->row[i].cell[j];
			day d;
			known += cell.n <= 60 && !tracker_day(cell, &d, NULL) &&
				 guess_heading(cell) != TRACKER_SKIP;
		}
		if (known > most) {
			most = known;
			best = i;
		}
	}
	return best;
}

static bool weighs(enum tracker_column column)
{
	return column == TRACKER_NUMBER || column == TRACKER_BORN || column == TRACKER_SURNAME ||
	       column == TRACKER_NAME;
}

size_t tracker_guess(const struct grids *grids, size_t sheet, day today, struct tracker_plan *out)
{
	const struct grid *grid = &grids->item[sheet];
	bool taken[TRACKER_COLUMNS] = { false };
	size_t known = 0, columns = grid_columns(grid);
	*out = (struct tracker_plan){ .sheet = sheet, .heading = find_heading(grid) };
	for (size_t i = 0; i < columns; i++) {
		struct values values = look(grid, out->heading, i, today);
		enum tracker_column column =
			settle(guess_heading(grid_cell(grid, out->heading, i)), &values);
		if (column != TRACKER_ACTION && taken[column])
			column = TRACKER_SKIP;
		out->column[i] = column;
		taken[column] = true;
		if (column != TRACKER_SKIP && values.n > 0)
			known += weighs(column) ? 3 : 1;
	}
	return known * 1000 + (grid->n > 999 ? 999 : grid->n);
}

void tracker_guess_best(const struct grids *grids, day today, struct tracker_plan *out)
{
	size_t most = 0;
	*out = (struct tracker_plan){ 0 };
	for (size_t i = 0; i < grids->n; i++) {
		struct tracker_plan plan;
		size_t known = tracker_guess(grids, i, today, &plan);
		if (i == 0 || known > most) {
			most = known;
			*out = plan;
		}
	}
}
