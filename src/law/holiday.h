/* holiday.h - the bank holidays of England and Wales by rule, for years that nobody has proclaimed.
 *
 * Good Friday and Christmas Day by common law; Easter Monday, the last Mondays of May and August,
 * and Boxing Day by the Banking and Financial Dealings Act 1971, Schedule 1; New Year's Day, the
 * first Monday of May and the substitutes of days at weekends by royal proclamation each year, as
 * they have always been made. Every year from 2012 to 2028 came out so, but for one-offs.
 */
#pragma once

#include "base/day.h"

enum { HOLIDAYS_A_YEAR = 8 };

struct holiday {
	day on;
	str title;       /* as gov.uk writes it: a substitute has the name of the day it replaces */
	bool substitute; /* another day than the holiday's own, which fell at a weekend */
};

void holidays_compute(int year, struct holiday out[HOLIDAYS_A_YEAR]); /* by date */
/* The holiday whose own day this is: New Year's Day, Christmas Day, Boxing Day; else empty. It is
 * what a person calls a Saturday that is 26 December. */
str holiday_of_date(day d);
