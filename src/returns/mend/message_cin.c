/* message_cin.c - the words of a rule of the census. */
#include "returns/mend/mend.h"
#include "returns/mend/message.h"

#include "returns/cin/check/rule.h"

static str message_of_cin(str rule, int year)
{
	str any = { 0 };
	for (size_t i = 0; i < cin_rules_n(); i++) {
		const struct cin_rule *one = cin_rule(i);
		if (!str_equal(one->code, rule))
			continue;
		any = one->message;
		if (year >= one->first && (one->last == 0 || year <= one->last))
			break;
	}
	return any;
}

str mend_message(str kind, str rule, int year)
{
	return str_equal(kind, S("cin")) ? message_of_cin(rule, year) : message_of_903(rule, year);
}
