#include "web/say.h"

void text_child_name(struct buf *b, str forename, str surname, str number)
{
	if (forename.n == 0 && surname.n == 0) {
		H(b, "Child ");
		text(b, number);
		return;
	}
	text(b, forename);
	if (forename.n > 0 && surname.n > 0)
		H(b, " ");
	text(b, surname);
}

void text_child_kind(struct buf *b, bool looked_after, bool on_plan)
{
	if (looked_after && on_plan)
		H(b, "Looked after, child protection plan");
	else if (looked_after)
		H(b, "Looked after");
	else if (on_plan)
		H(b, "Child protection plan");
	else
		H(b, "No open period");
}

int age_in_years(day born, day today)
{
	struct civil b = day_civil(born), t = day_civil(today);
	return t.year - b.year - (t.month < b.month || (t.month == b.month && t.day < b.day));
}
