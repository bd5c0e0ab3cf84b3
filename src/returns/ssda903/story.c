#include "returns/ssda903/story.h"

#include "law/codes.h"

#include <stdarg.h>
#include <stdio.h>

void story_reject(struct story *story, const struct row_at *at, const char *column, str value,
	const char *format, ...)
{
	char reason[400];
	va_list args;
	va_start(args, format);
	vsnprintf(reason, sizeof reason, format, args);
	va_end(args);
	staging_reject(story->staging, (struct reject){ at->file, at->line, str_of(column), value,
					       arena_str(story->staging->arena, str_of(reason)) });
}

str story_day(const struct story *story, day d)
{
	struct buf text = { 0 };
	buf_day_slashed(&text, d);
	str slashed = arena_str(story->staging->arena, buf_view(&text));
	buf_close(&text);
	return slashed;
}

struct day_text {
	char p[24];
};

static struct day_text in_words(day d)
{
	struct civil c = day_civil(d);
	struct day_text text;
	snprintf(text.p, sizeof text.p, "%d %s %d", c.day, month_name(c.month), c.year);
	return text;
}

bool story_possible(struct story *story, const struct row_at *at, const char *column, day d)
{
	const struct year_set *set = &story->sets[at->set];
	if (d == DAY_UNKNOWN)
		return true;
	if (story->born != DAY_UNKNOWN && d < story->born) {
		story_reject(story, at, column, story_day(story, d),
			"before the child was born (%s)", in_words(story->born).p);
		return false;
	}
	if (d <= set->last_day)
		return true;
	if (set->year > 0 && set->last_day == day_of(set->year, 3, 31))
		story_reject(story, at, column, story_day(story, d),
			"after the end of the file's year (%s)", in_words(set->last_day).p);
	else
		story_reject(story, at, column, story_day(story, d), "in the future");
	return false;
}

/* How many of the child's dated rows lie before a day, and how many do not. */
static void count_before(const struct story *story, day d, size_t *before, size_t *after)
{
	*before = *after = 0;
#define COUNT(rows, on)                                                                            \
	for (size_t i = 0; i < story->rows##_n; i++)                                               \
		*(story->rows[i].on < d ? before : after) += 1;
	COUNT(episodes, decom)
	COUNT(reviews, held)
	COUNT(missings, began)
#undef COUNT
}

/* Is this day of birth the one that is wrong, rather than the rows before it? */
static bool is_birth_wrong(struct story *story, const struct row_header *row)
{
	day last_day = story->sets[row->at.set].last_day;
	size_t before, after;
	if (row->born == DAY_UNKNOWN)
		return false;
	count_before(story, row->born, &before, &after);
	if (row->born > last_day)
		story_reject(story, &row->at, "DOB", story_day(story, row->born), "born after %s",
			in_words(last_day).p);
	else if (before > after)
		story_reject(story, &row->at, "DOB", story_day(story, row->born),
			"born after most of what happened to this child (%zu of %zu rows)", before,
			before + after);
	else
		return false;
	return true;
}

/* "UN1" is no number, but why there is none. */
static void take_upn(struct child *child, str upn)
{
	str *to = code_find(&codes_upn_unknown, upn) != NULL ? &child->upn_unknown : &child->upn;
	if (child->upn.n == 0 && to->n == 0)
		*to = upn;
}

/* The last year's row tells who the child is; an earlier year's only what that leaves open. */
static void tell_header(struct story *story)
{
	struct child *child = story->record;
	for (size_t i = story->headers_n; i-- > 0;) {
		struct row_header *row = &story->headers[i];
		bool again = i > 0 && story->headers[i - 1].at.set == row->at.set;
		if (again) {
			story_reject(story, &row->at, "CHILD", story->child->number,
				"this child stands on line %zu already",
				story->headers[i - 1].at.line);
			continue;
		}
		if (is_birth_wrong(story, row))
			continue;
		if (child->born == DAY_UNKNOWN)
			child->born = row->born;
		if (child->sex.n == 0)
			child->sex = row->sex;
		if (child->ethnicity.n == 0)
			child->ethnicity = row->ethnicity;
		take_upn(child, row->upn);
		if (child->mother == ANSWER_UNKNOWN)
			child->mother = row->mother;
		if (child->own_child_born == DAY_UNKNOWN)
			child->own_child_born = row->own_child_born;
	}
	story->born = child->born;
}

/* The last spell that was under way on a day; NULL when there was none. One whose start is not
 * known reaches back as far as the one before it lets it. */
static struct spell *spell_on(struct spell *spell, size_t n, day d)
{
	for (size_t i = n; i-- > 0;) {
		if (d > spell[i].hi)
			return NULL;
		if (d >= spell[i].lo)
			return &spell[i];
		if (!spell[i].began && (i == 0 || d > spell[i - 1].hi))
			return &spell[i];
	}
	return NULL;
}

static bool only_short_breaks(const struct story *story)
{
	for (size_t i = 0; i < story->good_n; i++) {
		str legal = story->good[i]->legal;
		if (!str_equal(legal, S("V3")) && !str_equal(legal, S("V4")))
			return false;
	}
	return story->good_n > 0;
}

static void add_review(struct story *story, const struct row_review *row, const struct spell *care)
{
	struct staged *item = staging_add(
		story->staging, story->child, &cla_review_type, row->at.file, row->at.line);
	struct cla_review *review = item->record;
	review->care = care->at;
	review->held = row->held;
	review->participation = row->participation;
	/* On the day the placement began the review was of the series that it ended. */
	const struct spell *place = spell_on(story->place, story->place_n, row->held);
	if (place != NULL && place->adoption && place->began && row->held > place->lo)
		review->placement = place->at;
}

static void tell_reviews(struct story *story)
{
	bool short_breaks = only_short_breaks(story);
	for (size_t i = 0; i < story->reviews_n; i++) {
		const struct row_review *row = &story->reviews[i];
		if (i + 1 < story->reviews_n && story->reviews[i + 1].held == row->held) {
			/* The later year's copy of the same review stands; within one file the
			 * second of two is one too many. */
			if (story->reviews[i + 1].at.set != row->at.set)
				continue;
			story->reviews[i + 1] = *row;
			story_reject(story, &row->at, "REVIEW", story_day(story, row->held),
				"the file has two reviews of this child on this day");
			continue;
		}
		if (!story_possible(story, &row->at, "REVIEW", row->held))
			continue;
		const struct spell *care = spell_on(story->care, story->care_n, row->held);
		if (short_breaks)
			story_reject(story, &row->at, "REVIEW", story_day(story, row->held),
				"a child whose every episode is a short break (V3, V4) has no "
				"reviews in this return");
		else if (care == NULL)
			story_reject(story, &row->at, "REVIEW", story_day(story, row->held),
				"no episode shows the child as looked after on this day");
		else
			add_review(story, row, care);
	}
}

static void tell_missing(struct story *story)
{
	for (size_t i = 0; i < story->missings_n; i++) {
		const struct row_missing *row = &story->missings[i];
		if (i + 1 < story->missings_n && story->missings[i + 1].began == row->began) {
			if (story->missings[i + 1].at.set != row->at.set)
				continue;
			story_reject(story, &row->at, "MIS_START", story_day(story, row->began),
				"the file has two missing episodes of this child from this day");
			continue;
		}
		if (!story_possible(story, &row->at, "MIS_START", row->began) ||
			!story_possible(story, &row->at, "MIS_END", row->ended))
			continue;
		const struct spell *care = spell_on(story->care, story->care_n, row->began);
		struct staged *item = staging_add(story->staging, story->child,
			&missing_episode_type, row->at.file, row->at.line);
		struct missing_episode *missing = item->record;
		missing->care = care == NULL ? (ref){ 0 } : care->at;
		missing->kind = row->kind;
		missing->began.on = row->began;
		missing->ended.on = row->ended;
	}
}

static struct row_at first_row(const struct story *story)
{
	if (story->headers_n > 0)
		return story->headers[story->headers_n - 1].at;
	if (story->episodes_n > 0)
		return story->episodes[0].at;
	if (story->reviews_n > 0)
		return story->reviews[0].at;
	return story->missings_n > 0 ? story->missings[0].at : story->facts[0].at;
}

void story_tell(struct story *story)
{
	struct row_at at = first_row(story);
	struct staged *item =
		staging_add(story->staging, story->child, &child_type, at.file, at.line);
	story->record = item->record;
	story->record->number = story->child->number;
	size_t before = story->staging->rejects.n;
	tell_header(story);
	bool known = story->headers_n > story->staging->rejects.n - before;
	story_join(story);
	story_spells(story);
	tell_reviews(story);
	tell_missing(story);
	story_facts(story);
	if (!known && story->child->n == 1)
		story->child->n = 0; /* nothing good was told of this child */
}
