#include "returns/ssda903/rows.h"

#include <stdlib.h>

enum { FIRST_YEAR = 1900, YEARS = 401 };

/* The collection year (1 April to 31 March) of a day, named by its end. */
static int collection_year(day d)
{
	struct civil c = day_civil(d);
	return c.month >= 4 ? c.year + 1 : c.year;
}

struct tally {
	size_t count[YEARS], total;
};

static void count_day(struct tally *tally, uint32_t set, day d, day today)
{
	if (d == DAY_UNKNOWN || d > today)
		return;
	tally[set].count[collection_year(d) - FIRST_YEAR]++;
	tally[set].total++;
}

static void count_days(const struct ssda903 *ssda903, day today, struct tally *tally)
{
	for (size_t i = 0; i < ssda903->episodes.n; i++) {
		const struct row_episode *row = &ssda903->episodes.item[i];
		count_day(tally, row->at.set, row->decom, today);
		count_day(tally, row->at.set, row->dec, today);
	}
	for (size_t i = 0; i < ssda903->reviews.n; i++)
		count_day(tally, ssda903->reviews.item[i].at.set, ssda903->reviews.item[i].held,
			today);
	for (size_t i = 0; i < ssda903->missings.n; i++)
		count_day(tally, ssda903->missings.item[i].at.set, ssda903->missings.item[i].began,
			today);
}

/* A file of one year has many dates in that year and few, wrong ones, after it: the year is the
 * last that holds one date in twenty. */
static int year_of(const struct tally *tally)
{
	for (int y = YEARS - 1; y >= 0; y--) {
		if (tally->count[y] > 0 && tally->count[y] * 20 >= tally->total)
			return y + FIRST_YEAR;
	}
	return 0;
}

static day year_end(int year)
{
	return day_of(year, 3, 31);
}

/* When the year is not over, the source knows up to the last thing that it tells. */
static day last_told(const struct ssda903 *ssda903, uint32_t set, day today)
{
	day last = DAY_UNKNOWN;
#define TELL(d)                                                                                    \
	if ((d) <= today && (d) > last)                                                            \
		last = (d);
	for (size_t i = 0; i < ssda903->episodes.n; i++) {
		if (ssda903->episodes.item[i].at.set != set)
			continue;
		TELL(ssda903->episodes.item[i].decom)
		TELL(ssda903->episodes.item[i].dec)
	}
	for (size_t i = 0; i < ssda903->reviews.n; i++) {
		if (ssda903->reviews.item[i].at.set == set)
			TELL(ssda903->reviews.item[i].held)
	}
	for (size_t i = 0; i < ssda903->missings.n; i++) {
		if (ssda903->missings.item[i].at.set == set)
			TELL(ssda903->missings.item[i].began)
	}
#undef TELL
	return last;
}

/* Years without a gap, up to the last, whose sets have a kind of file. A year that is missing
 * between two is not carried, and neither is what came before it. */
static bool span_of(const struct ssda903 *ssda903, size_t kind, day known_to, day *from, day *to)
{
	bool has[YEARS] = { false };
	int last = -1;
	for (size_t i = 0; i < ssda903->sets.n; i++) {
		const struct year_set *set = &ssda903->sets.item[i];
		bool carries = *(const bool *)(const void *)((const char *)set + kind);
		if (!carries || set->year == 0)
			continue;
		has[set->year - FIRST_YEAR] = true;
		if (set->year - FIRST_YEAR > last)
			last = set->year - FIRST_YEAR;
	}
	if (last <= 0)
		return false;
	int first = last;
	while (first > 1 && has[first - 1])
		first--;
	*from = day_add(year_end(first + FIRST_YEAR - 1), 1);
	*to = year_end(last + FIRST_YEAR) < known_to ? year_end(last + FIRST_YEAR) : known_to;
	return true;
}

static void cover(const struct ssda903 *ssda903, struct staging *staging)
{
	day from, to;
	if (span_of(ssda903, offsetof(struct year_set, episodes), staging->known_to, &from, &to)) {
		/* Of a child who is in the file, the start of the period and of the placement are
		 * told however long ago they were. */
		staging_cover(staging, WORD_LOOKED_AFTER_BEGAN, DAY_UNKNOWN, to);
		staging_cover(staging, WORD_PLACEMENT_BEGAN, DAY_UNKNOWN, to);
		staging_cover(staging, WORD_LEGAL_STATUS_CHANGED, from, to);
		staging_cover(staging, WORD_LOOKED_AFTER_ENDED, from, to);
		staging_cover(staging, WORD_PLACEMENT_ENDED, from, to);
		staging_cover(staging, WORD_PLACED_FOR_ADOPTION, from, to);
		/* What a legal status, a placement or a reason says besides: src/record/care.c. */
		staging_cover(staging, WORD_AUTHORITY_TO_PLACE_OBTAINED, from, to);
		staging_cover(staging, WORD_ADOPTION_ORDER_MADE, from, to);
		staging_cover(staging, WORD_SHORT_BREAK_SERIES_BEGAN, DAY_UNKNOWN, to);
		staging_cover(staging, WORD_REMANDED, from, to);
		staging_cover(staging, WORD_SENTENCED, from, to);
		staging_cover(staging, WORD_SECURE_PLACEMENT_BEGAN, from, to);
		staging_cover(staging, WORD_SECURE_PLACEMENT_ENDED, from, to);
	}
	if (span_of(ssda903, offsetof(struct year_set, reviews), staging->known_to, &from, &to)) {
		staging_cover(staging, WORD_CLA_REVIEW_HELD, from, to);
		staging_cover(staging, WORD_ADOPTION_REVIEW_HELD, from, to);
	}
	if (span_of(ssda903, offsetof(struct year_set, missing), staging->known_to, &from, &to)) {
		staging_cover(staging, WORD_MISSING_BEGAN, from, to);
		staging_cover(staging, WORD_MISSING_ENDED, from, to);
	}
}

void ssda903_years(struct ssda903 *ssda903, day today, struct staging *staging)
{
	struct tally *tally = arena_take(staging->arena, ssda903->sets.n + 1, sizeof *tally);
	count_days(ssda903, today, tally);
	int last = 0;
	for (size_t i = 0; i < ssda903->sets.n; i++) {
		struct year_set *set = &ssda903->sets.item[i];
		set->year = year_of(&tally[i]);
		set->last_day = set->year > 0 && set->year <= 2299 && year_end(set->year) < today
					? year_end(set->year)
					: today;
		if (set->year < last)
			continue;
		last = set->year;
		staging->known_to = set->last_day;
	}
	if (last == 0)
		staging->known_to = DAY_UNKNOWN;
	else if (staging->known_to == today && year_end(last) != today) {
		staging->known_to = DAY_UNKNOWN;
		for (uint32_t i = 0; i < ssda903->sets.n; i++) {
			day told = ssda903->sets.item[i].year == last ? last_told(ssda903, i, today)
								      : DAY_UNKNOWN;
			if (told > staging->known_to)
				staging->known_to = told;
		}
	}
	cover(ssda903, staging);
}
