/* message.c - a rule's words by its code and year. The two returns name things alike, so that each rules.h
 * is read in a file of its own; here the SSDA903. */
#include "returns/mend/message.h"

#include "returns/ssda903/check/rule.h"

str message_of_903(str rule, int year)
{
	str any = { 0 };
	for (size_t i = 0; i < check_rules_n(); i++) {
		const struct check_rule *one = check_rule(i);
		if (!str_equal(one->code, rule))
			continue;
		any = one->message;
		if (year >= one->first && (one->last == 0 || year <= one->last))
			break;
	}
	return any;
}
