#include "returns/ssda903/check/periods.h"

bool period_next(const struct child_rows *child, struct period *period)
{
	size_t i = period->next;
	if (i >= child->episodes_n || !is_day(child->by_day[i]->decom))
		return false;
	period->from = child->by_day[i]->decom;
	for (; i < child->episodes_n && is_day(child->by_day[i]->decom); i++) {
		if (i > period->next && is_after(child->by_day[i]->decom, child->by_day[i - 1]->dec))
			break;
	}
	period->to = child->by_day[i - 1]->dec;
	period->next = i;
	return true;
}

bool span_is_outside_care(const struct child_rows *child, day start, day end)
{
	struct period period = { 0 };
	bool any = false;
	while (period_next(child, &period)) {
		any = true;
		bool outside = is_day(end) ? is_after(end, period.to) || is_before(end, period.from)
					   : is_day(period.to) || is_before(start, period.from);
		if (!outside)
			return false;
	}
	return any;
}
