/* episode.c - asks a rule of each of a child's episodes, where it stands. */
#include "returns/ssda903/check/episode.h"

/* Rows without a child's number are not one child's: each stands alone. */
void episodes_stand(const struct check *check, const struct child_rows *child, struct episode_at *out)
{
	bool known = child->number.n > 0;
	const struct episodes_row **all = child->by_day;
	for (size_t i = 0; i < child->episodes_n; i++)
		out[i] = (struct episode_at){ check, child, all[i], known && i > 0 ? all[i - 1] : NULL,
			known && i + 1 < child->episodes_n ? all[i + 1] : NULL, i, known && i == 0 };
}

void ask_episodes(struct check *check, const struct check_rule *rule, const struct child_rows *child,
	const struct episode_at *at)
{
	bool any = false;
	for (size_t i = 0; i < child->episodes_n; i++) {
		if (!rule->is_wrong(&at[i]))
			continue;
		FIND(check, EPISODES, at[i].e);
		any = true;
	}
	if (!any || !rule->with_header || child->number.n == 0)
		return;
	EVERY(row, child, header)
		FIND(check, HEADER, row);
}
