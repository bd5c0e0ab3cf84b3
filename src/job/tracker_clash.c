/* tracker_clash.c - what speaks against the days that a chair's own tracker has for meetings. */
#include "job/tracker.h"

static size_t others_of(const struct tracker_booking *booking, const struct diary_meetings *taken,
	struct clash_other *other)
{
	size_t n = 0;
	for (size_t i = 0; taken != NULL && i < taken->n; i++) {
		const struct diary_meeting *meeting = &taken->item[i];
		if (meeting->on != booking->on || meeting->subject == booking->child->subject)
			continue;
		other[n++] = (struct clash_other){ .chair = true,
			.sibling = meeting->sibling_key.n > 0 &&
				str_equal(meeting->sibling_key, booking->child->sibling_key),
			.from = meeting->start,
			.to = meeting->start + meeting->minutes };
	}
	return n;
}

void tracker_clash(struct arena *arena, const struct tracker_facts *facts,
	const struct diary_meetings *taken, const struct calendar *calendar, day today,
	struct tracker_found *out)
{
	struct clash_other *other = arena_take(arena, (taken == NULL ? 0 : taken->n) + 1, sizeof *other);
	for (size_t i = 0; i < out->bookings; i++) {
		struct tracker_booking *booking = &out->booking[i];
		struct clashes found;
		if (booking->on == DAY_UNKNOWN || booking->on < today ||
			booking->on < calendar_first(calendar) || booking->on > calendar_last(calendar))
			continue;
		const struct clash_asked asked = { .calendar = calendar,
			.today = today,
			.on = booking->on,
			.due = DAY_UNKNOWN, /* that it is late is said elsewhere */
			.start = -1,
			.chair = taken == NULL ? NULL : &facts->days,
			.hours_known = facts->hours_known,
			.other = other,
			.n = others_of(booking, taken, other) };
		clash_find(&asked, &found);
		if (found.n == 0)
			continue;
		booking->clash = arena_new(arena, struct clashes);
		*booking->clash = found;
		out->clashing++;
	}
}
