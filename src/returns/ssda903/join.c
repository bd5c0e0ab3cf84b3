#include "returns/ssda903/story.h"

static bool is_start(const struct row_episode *episode)
{
	return str_equal(episode->rne, S("S"));
}

static bool goes_on(const struct row_episode *episode)
{
	return str_equal(episode->rec, S("X1"));
}

/* Of episodes that begin on one day: the last year's, and within a year the first. */
static struct row_episode *one_of(struct story *story, size_t from, size_t to)
{
	struct row_episode *best = NULL;
	for (size_t i = from; i < to; i++) {
		struct row_episode *row = &story->episodes[i];
		if (!story_possible(story, &row->at, "DECOM", row->decom) ||
			!story_possible(story, &row->at, "DEC", row->dec))
			continue;
		if (best == NULL || row->at.set != best->at.set)
			best = row;
		else
			story_reject(story, &row->at, "DECOM", story_day(story, row->decom),
				"the episode on line %zu begins on the same day", best->at.line);
	}
	return best;
}

/* Does `next` fit after `last`? When not, one of the two is rejected: false when it is `last`. */
static bool keep_last(struct story *story, struct row_episode *last, struct row_episode *next)
{
	if (last->dec != DAY_UNKNOWN || last->at.set > next->at.set)
		return true;
	if (last->at.set < next->at.set && !is_start(next)) {
		/* Open at the end of its year, and the next year's file goes on from there. */
		last->dec = next->decom;
		last->rec = S("X1");
		return true;
	}
	story_reject(story, &last->at, "DEC", (str){ 0 },
		"DEC is blank, but line %zu of %.*s begins another episode", next->at.line,
		STR_ARGS(next->at.file));
	return false;
}

static bool fits(
	struct story *story, const struct row_episode *last, const struct row_episode *next)
{
	if (last->dec == DAY_UNKNOWN) {
		story_reject(story, &next->at, "DECOM", story_day(story, next->decom),
			"line %zu of %.*s, a later file, has an episode that is still open",
			last->at.line, STR_ARGS(last->at.file));
		return false;
	}
	if (next->decom < last->dec) {
		story_reject(story, &next->at, "DECOM", story_day(story, next->decom),
			"before the end of the previous episode (line %zu of %.*s)", last->at.line,
			STR_ARGS(last->at.file));
		return false;
	}
	if (is_start(next) && goes_on(last) && next->decom == last->dec) {
		story_reject(story, &next->at, "RNE", next->rne,
			"S starts a period, but the previous episode (line %zu of %.*s) goes on "
			"(X1)",
			last->at.line, STR_ARGS(last->at.file));
		return false;
	}
	if (!is_start(next) && !goes_on(last) && next->decom == last->dec) {
		story_reject(story, &next->at, "RNE", next->rne,
			"goes on with a period that ended that day (line %zu of %.*s, REC %.*s)",
			last->at.line, STR_ARGS(last->at.file), STR_ARGS(last->rec));
		return false;
	}
	return true;
}

void story_join(struct story *story)
{
	struct arena *arena = story->staging->arena;
	story->good = arena_take(arena, story->episodes_n + 1, sizeof *story->good);
	for (size_t i = 0, to; i < story->episodes_n; i = to) {
		for (to = i + 1; to < story->episodes_n &&
				 story->episodes[to].decom == story->episodes[i].decom;)
			to++;
		struct row_episode *next = one_of(story, i, to);
		if (next == NULL)
			continue;
		if (story->good_n > 0 && !keep_last(story, story->good[story->good_n - 1], next))
			story->good_n--;
		if (story->good_n > 0 && !fits(story, story->good[story->good_n - 1], next))
			continue;
		story->good[story->good_n++] = next;
	}
}
