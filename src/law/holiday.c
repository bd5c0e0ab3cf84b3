#include "law/holiday.h"

static day easter_sunday(int year)
{
	/* The anonymous Gregorian computus: Meeus, Astronomical Algorithms, chapter 8. */
	int a = year % 19, b = year / 100, c = year % 100;
	int g = (b - (b + 8) / 25 + 1) / 3;
	int h = (19 * a + b - b / 4 - g + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	return day_of(year, n / 31, n % 31 + 1);
}

static day monday_on_or_before(day d)
{
	return d - (day)day_weekday(d);
}

static struct holiday on_day(day on, str title)
{
	return (struct holiday){ .on = on, .title = title };
}

static struct holiday instead(day on, str title)
{
	return (struct holiday){ .on = on, .title = title, .substitute = true };
}

static void christmas(int year, struct holiday out[2])
{
	day christmas = day_of(year, 12, 25);
	str first = S("Christmas Day"), second = S("Boxing Day");
	enum weekday on = day_weekday(christmas);
	out[0] = on_day(christmas, first);
	out[1] = on_day(christmas + 1, second);
	if (on == FRIDAY) {
		out[1] = instead(christmas + 3, second);
	} else if (on == SATURDAY) {
		out[0] = instead(christmas + 2, first);
		out[1] = instead(christmas + 3, second);
	} else if (on == SUNDAY) {
		/* Boxing Day keeps its Monday; Christmas Day is the one that moves, behind it. */
		out[0] = on_day(christmas + 1, second);
		out[1] = instead(christmas + 2, first);
	}
}

void holidays_compute(int year, struct holiday out[HOLIDAYS_A_YEAR])
{
	day new_year = day_of(year, 1, 1), easter = easter_sunday(year);
	str title = S("New Year’s Day");
	out[0] = day_weekday(new_year) < SATURDAY
			 ? on_day(new_year, title)
			 : instead(monday_on_or_before(new_year) + 7, title);
	out[1] = on_day(easter - 2, S("Good Friday"));
	out[2] = on_day(easter + 1, S("Easter Monday"));
	out[3] = on_day(monday_on_or_before(day_of(year, 5, 7)), S("Early May bank holiday"));
	out[4] = on_day(monday_on_or_before(day_of(year, 5, 31)), S("Spring bank holiday"));
	out[5] = on_day(monday_on_or_before(day_of(year, 8, 31)), S("Summer bank holiday"));
	christmas(year, &out[6]);
}

str holiday_of_date(day d)
{
	struct civil c = day_civil(d);
	if (c.month == 1 && c.day == 1)
		return S("New Year’s Day");
	if (c.month == 12 && c.day == 25)
		return S("Christmas Day");
	if (c.month == 12 && c.day == 26)
		return S("Boxing Day");
	return S("");
}
