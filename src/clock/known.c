/* known.c - would what meets a clock be known? By the files of the council, by what its people write down
 * here, or because whoever wrote that it began writes what becomes of it. Where not, the clock is unknown,
 * and never overdue on a guess. */
#include "clock/sight.h"

/* What is known from `since` up to `to`, if it is known at all (DAY_UNKNOWN: for good), may be known for
 * longer by another stretch that leaves no day out. */
static bool is_longer(const struct span *span, day since, bool known, day *to)
{
	day next = known ? *to + 1 : since;
	if ((known && *to == DAY_UNKNOWN) || (span->from != DAY_UNKNOWN && span->from > next) ||
		(span->to != DAY_UNKNOWN && span->to < next))
		return false;
	*to = span->to;
	return true;
}

/* By a source that carries it, and on the days on which the council's people write it down here. */
bool is_word_carried(const struct sight *sight, enum word word, day since, day *to)
{
	const struct span *span = &sight->coverage->span[word];
	bool source = sight->coverage->carried[word], known = false, longer;
	enum area area = area_of(word);
	*to = DAY_UNKNOWN;
	do {
		longer = source && is_longer(span, since, known, to);
		for (size_t i = 0; i < sight->law->recordings; i++) {
			const struct recorded_here *here = &sight->law->recorded[i];
			const struct span days = { here->from, here->to };
			bool so_far = known || longer;
			if (here->area == area && is_longer(&days, since, so_far, to))
				longer = true;
		}
		known |= longer;
	} while (longer);
	/* It began after the source's last day. */
	if (!known && source && (span->from == DAY_UNKNOWN || since >= span->from)) {
		*to = span->to;
		return true;
	}
	return known;
}

/* Where several events would meet it, overdue is only said when each of them would be known. */
static bool is_carried(const struct sight *sight, const struct rule *rule, day since, day *to)
{
	bool carried = true;
	*to = DAY_UNKNOWN;
	for (size_t i = 0; i < rule->met_by.n; i++) {
		day own;
		if (!is_word_carried(sight, rule->met_by.word[i], since, &own))
			carried = false;
		if (own != DAY_UNKNOWN && (*to == DAY_UNKNOWN || own < *to))
			*to = own;
	}
	return carried;
}

static bool met_in_time(const struct clock *clock)
{
	if (clock->due_at != INSTANT_UNKNOWN && clock->met_at != INSTANT_UNKNOWN)
		return clock->met_at <= clock->due_at;
	return clock->met_on <= clock->due;
}

/* What no source carries a person wrote (of what time alone makes, what it was made of), and where no
 * source carries what would meet it either, they write that, too. A source may leave what it does not
 * say that it carries: nobody wrote that. */
static bool is_by_hand(const struct sight *sight, const struct rule *rule, const struct event *trigger)
{
	const bool *carried = sight->coverage->carried;
	enum word word = trigger->word;
	enum word behind = word == WORD_MONTH_BEGAN ? WORD_HOME_OPENED
		: word == WORD_TERM_BEGAN || word == WORD_BECAME_ELIGIBLE ? WORD_LOOKED_AFTER_BEGAN
								  : word;
	if (trigger->from_file || carried[behind])
		return false;
	for (size_t i = 0; i < rule->met_by.n; i++) {
		if (!carried[rule->met_by.word[i]])
			return true;
	}
	return false;
}

/* Done in time is done, whatever else the source may have left out. Anything else is only known
 * when the source carries the whole of the time from the trigger on; or when no source carries
 * either: whoever wrote by hand that it began writes by hand what becomes of it. */
void doubt_coverage(const struct sight *sight, struct clock *clock, const struct event *trigger)
{
	if (sight->coverage->all || is_by_hand(sight, clock->rule, trigger))
		return;
	if (is_carried(sight, clock->rule, trigger->on, &clock->known_to) ||
		(clock->met_on != DAY_UNKNOWN && met_in_time(clock)))
		return;
	clock->doubt = DOUBT_NOT_CARRIED;
	clock->met_on = DAY_UNKNOWN;
	clock->met_at = INSTANT_UNKNOWN;
	clock->met_event = 0;
}
