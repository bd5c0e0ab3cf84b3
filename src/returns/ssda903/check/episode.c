/* episode.c - asks a rule of each of a child's episodes, where it stands. */
#include "returns/ssda903/check/episode.h"

/* By day, and one without a readable first day where its last day puts it: a slip in one cell should not
 * make its neighbours wrong. by_day has those last, by their last days. */
static size_t put_in_order(const struct child_rows *child, struct episode_at *out)
{
	const struct episodes_row **all = child->by_day;
	size_t n = child->episodes_n, readable = n, put = 0;
	while (readable > 0 && !is_day(all[readable - 1]->decom))
		readable--;
	for (size_t i = 0, k = readable; i < readable || k < n; put++) {
		bool one = k == n || (i < readable && !(is_day(all[k]->dec) && all[k]->dec <= all[i]->decom));
		out[put].e = one ? all[i++] : all[k++];
	}
	return put;
}

/* Rows without a child's number are not one child's: each stands alone. */
void episodes_stand(const struct check *check, const struct child_rows *child, struct episode_at *out)
{
	size_t n = put_in_order(child, out);
	bool known = child->number.n > 0;
	for (size_t i = 0; i < n; i++)
		out[i] = (struct episode_at){ check, child, out[i].e, known && i > 0 ? out[i - 1].e : NULL,
			known && i + 1 < n ? out[i + 1].e : NULL, i, known && i == 0 };
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
