/* order.c - rows put in the order of their days (rule.h). */
#include "returns/ssda903/check/rule.h"

#include <stdlib.h>

static int compare_order(const void *a, const void *b)
{
	const struct in_order *x = a, *y = b;
	day days[2][2] = { { x->first, x->second }, { y->first, y->second } };
	for (int i = 0; i < 2; i++) {
		day one = is_day(days[0][i]) ? days[0][i] : DAY_MAX + 1;
		day other = is_day(days[1][i]) ? days[1][i] : DAY_MAX + 1;
		if (one != other)
			return one < other ? -1 : 1;
	}
	return (x->at > y->at) - (x->at < y->at);
}

void in_order_sort(struct in_order *order, size_t n)
{
	if (n > 1)
		qsort(order, n, sizeof *order, compare_order);
}
