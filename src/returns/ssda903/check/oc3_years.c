/* oc3_years.c - rules of care leavers that need more than this year. */
#include "returns/ssda903/check/rule.h"

static void rule_348(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		EVERY_LAST(last, child, oc3) {
			if (last->in_touch == K("DIED") && row->in_touch != K("DIED"))
				FIND(check, OC3, row);
		}
	}
}

/* Of both years, if the year before is there. */
static bool died_in_care(const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (e->rec == K("E2"))
			return true;
	}
	EVERY_LAST(last, child, episodes) {
		if (last->rec == K("E2"))
			return true;
	}
	return false;
}

static void rule_1000(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		if (died_in_care(child))
			FIND(check, OC3, row);
	}
}

/* ---- 1001: relevant and former relevant children (section 23A and 23C of the Children Act 1989) */

/* The episodes of both years in order. One that both have is the same if it began on the same day; then
 * the one whose end is known counts, and of two ends the first. */
struct both_years {
	const struct child_rows *child;
	size_t now, last;
};

static day start_at(const struct episodes_row *const *by_day, size_t i, size_t n)
{
	return i < n && is_day(by_day[i]->decom) ? by_day[i]->decom : DAY_UNKNOWN;
}

static void prefer(const struct episodes_row **best, const struct episodes_row *e)
{
	if (*best == NULL || (is_day(e->dec) && (!is_day((*best)->dec) || e->dec < (*best)->dec)))
		*best = e;
}

static const struct episodes_row *next_episode(struct both_years *at)
{
	const struct child_rows *c = at->child;
	day now = start_at(c->by_day, at->now, c->episodes_n);
	day last = start_at(c->by_day_last, at->last, c->episodes_last_n);
	day on = is_day(now) && !is_after(now, last) ? now : last;
	const struct episodes_row *best = NULL;
	for (; is_day(on) && start_at(c->by_day, at->now, c->episodes_n) == on; at->now++)
		prefer(&best, c->by_day[at->now]);
	for (; is_day(on) && start_at(c->by_day_last, at->last, c->episodes_last_n) == on; at->last++)
		prefer(&best, c->by_day_last[at->last]);
	return best;
}

static int days_after(day since, const struct episodes_row *e, day until)
{
	day from = e->decom > since ? e->decom : since;
	return is_day(until) && until > from ? until - from : 0;
}

struct care {
	int after_14, after_16; /* days, short breaks left out */
	bool adopted;           /* at the end of the latest episode */
};

static struct care care_of(const struct check *check, const struct child_rows *child, day born)
{
	struct care care = { 0 };
	struct both_years at = { .child = child };
	const struct episodes_row *e = next_episode(&at), *next;
	for (; e != NULL; e = next) {
		next = next_episode(&at);
		day until = !is_day(e->dec) && next == NULL ? check_end(check) : e->dec;
		care.adopted = ONE_OF(e->rec, "E11", "E12");
		if (is_short_break(e) || !is_day(born))
			continue;
		care.after_14 += days_after(birthday(born, 14), e, until);
		care.after_16 += days_after(birthday(born, 16), e, until);
	}
	return care;
}

enum { DAYS_OF_RELEVANT = 91 }; /* 13 weeks */

/* Two years of episodes cannot tell it of one who is 20 or over: care since 14 lies before them. */
static void rule_1001(struct check *check, const struct child_rows *child)
{
	if (child->oc3_n == 0)
		return;
	day born = DAY_UNKNOWN;
	EVERY(header, child, header)
		born = is_day(born) ? born : header->dob;
	EVERY(leaver, child, oc3)
		born = is_day(born) ? born : leaver->dob;
	struct care care = care_of(check, child, born);
	bool told = is_under(born, 20, check_end(check));
	bool relevant = care.after_14 >= DAYS_OF_RELEVANT && care.after_16 >= 1;
	EVERY(row, child, oc3) {
		if (care.adopted || (told && !relevant))
			FIND(check, OC3, row);
	}
}

/* ---- */

static void rule_1002(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		if (child->episodes_n == 0 && child->episodes_last_n == 0)
			FIND(check, OC3, row);
	}
}

static bool was_open(const struct child_rows *child)
{
	const struct episodes_row *latest = NULL;
	for (size_t i = 0; i < child->episodes_last_n && is_day(child->by_day_last[i]->decom); i++)
		latest = child->by_day_last[i];
	return latest != NULL && latest->dec == DAY_UNKNOWN;
}

static void rule_1010(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, oc3) {
		if (child->episodes_n == 0 && was_open(child))
			FIND(check, OC3, row);
	}
}

#define THREE "IN_TOUCH ACTIV ACCOM"
#define WITH_EPISODES (BIT(EPISODES) | BIT(OC3))
#define LAST_EPISODES .tables_last = BIT(EPISODES)

static const struct check_rule rules[] = {
	CHILD_RULE(348, 2026, 0, BIT(OC3), "IN_TOUCH", "Recorded last year as having died, and not this year",
		.tables_last = BIT(OC3)),
	CHILD_RULE(1000, 2023, 0, WITH_EPISODES, THREE, "Care leaver items of a child who died in care"),
	CHILD_RULE(1001, 2023, 0, WITH_EPISODES | BIT(HEADER), THREE,
		"Care leaver items, and in these two years no 13 weeks of care since 14 with a day since 16, or adopted",
		LAST_EPISODES),
	CHILD_RULE(1002, 2023, 0, WITH_EPISODES, THREE, "Care leaver items, and no episode this year or last",
		LAST_EPISODES),
	CHILD_RULE(1010, 2023, 0, WITH_EPISODES, THREE,
		"Care leaver items and no episode this year, and last year’s latest episode had not ended", LAST_EPISODES),
};

const struct rule_list rules_of_oc3_years = { rules, sizeof rules / sizeof *rules };
