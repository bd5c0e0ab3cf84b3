/* episode.h - rules that ask of each episode, where it stands among the child's others, if it is wrong.
 *
 * Episodes come by their first day, or where that cannot be read by their last, each with the one before it
 * and the one after; rows without a child's number have neither, and no birth. A function says yes or no, and the run tells which row.
 */
#pragma once

#include "returns/ssda903/check/rule.h"

struct episode_at {
	const struct check *check;
	const struct child_rows *child;
	const struct episodes_row *e, *before, *after; /* NULL: there is none */
	size_t i;                                      /* at[-i] is the child's first */
	bool first;                                    /* of the child's this year */
};

void episodes_stand(const struct check *check, const struct child_rows *child, struct episode_at *out);
void ask_episodes(struct check *check, const struct check_rule *rule, const struct child_rows *child,
	const struct episode_at *at);

/* A rule with a function wrong_CODE; then what else it needs, by name. */
#define EPISODE_RULE(code_, first_, last_, tables_, fields_, message_, ...)                        \
	EPISODE_RULE_BY(wrong_##code_, code_, first_, last_, tables_, fields_, message_, __VA_ARGS__)
/* The same with a function of another name: one of several definitions. */
#define EPISODE_RULE_BY(function_, code_, first_, last_, tables_, fields_, message_, ...)          \
	{ .code = S_INIT(#code_), .first = first_, .last = last_, .kind = RULE_EPISODE,            \
		.tables = tables_, .is_wrong = function_, .fields = S_INIT(fields_),               \
		.message = S_INIT(message_), __VA_ARGS__ }

static inline bool is_open(const struct episodes_row *e)
{
	return e->dec == DAY_UNKNOWN;
}
/* The last day; of one that has not ended, the end of the year. */
static inline day last_day(const struct check *check, const struct episodes_row *e)
{
	return is_open(e) ? check_end(check) : e->dec;
}
/* The child left care when it ended. */
static inline bool is_leaving(const struct episodes_row *e)
{
	return is_day(e->dec) && e->rec != 0 && e->rec != K("X1");
}
static inline bool is_temporary(const struct episodes_row *e)
{
	return ONE_OF(e->place, "T0", "T1", "T2", "T3", "T4");
}
static inline bool is_adoption(const struct episodes_row *e)
{
	return ONE_OF(e->rec, "E11", "E12");
}
/* Placement, provider, home and postcode as in the other; what is blank in both is the same. */
static inline bool is_same_placement(const struct episodes_row *a, const struct episodes_row *b)
{
	return a->place == b->place && a->place_provider == b->place_provider && a->urn == b->urn &&
		str_equal_nocase(a->pl_post, b->pl_post);
}
