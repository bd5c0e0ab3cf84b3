/* booking.h - what a day for a due meeting is chosen from: who could chair and when they work, what
 * is booked already, which rooms there are, and which meetings of brothers and sisters are due.
 * Each is one statement. Nothing here says of whom somebody else's meeting is: clashes are times.
 */
#pragma once

#include "clock/suggest.h"
#include "record/types.h"
#include "store/store.h"

/* ---- who could chair */

struct booking_chair {
	int64_t person; /* 0: no account bears the name */
	str name;
	str login_key, name_key; /* folded: what a booking or a child's row may name them by */
	bool hours_known;        /* else Monday to Friday, 9am to 5pm, are taken */
	bool stands_in;
	struct suggest_leave *leave;
	size_t leaves, leave_room;
	struct suggest_hours hours[7];
	day first, last; /* of standing in */
};
enum { BOOKING_CHAIRS = 8 };
struct booking_chairs {
	struct booking_chair item[BOOKING_CHAIRS]; /* the child's own first, always one */
	size_t n;
	str named;  /* as the child's row has it; empty: nobody is named */
	str before; /* who was named when the last meeting was held; empty: not known */
};
struct booking_who {
	int64_t subject;
	bool as_officer; /* a review: the reviewing officer; else the conference chair */
	instant before;  /* the end of the day of the last meeting */
	day from;        /* leave and cover that are over by then do not matter */
	str instead;     /* somebody else chairs, by that name; empty: the child's own */
};
MUST_USE bool store_booking_chairs(struct store *store, struct arena *arena,
	const struct booking_who *who, struct booking_chairs *out, struct err *err);
/* When they could chair, for the pure functions. */
struct suggest_chair booking_days_of(const struct booking_chair *chair);
/* Monday to Friday, 9am to 5pm. */
void booking_usual_hours(struct suggest_hours hours[static 7]);
bool booking_is_by_officer(str meeting, bool looked_after);

/* ---- what is booked */

struct booked {
	int64_t record, subject;
	str meeting;
	day on;
	int start, minutes; /* start -1: not written; minutes: the usual when not written */
	str room, chair;    /* as written */
	str iro_key, chair_key;
	bool looked_after;
	bool sibling; /* of a brother or sister whose name the reader may see */
};
struct booked_list {
	struct booked *item; /* in the arena */
	size_t n, room;
};
/* The bookings that stand on those days, of the authority of the child and of those that it shares
 * people with; for the reader of the page, who must not be shown what they are of. */
MUST_USE bool store_booked(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day from, day to, struct booked_list *out, struct err *err);
/* Is it the chair of that booking: as written there, else as the child's row names them? */
bool booking_chairs_it(
	struct arena *arena, const struct booking_chair *chair, const struct booked *booked);
/* The booking of the same meeting, of the same period or plan, that stands from `today` on; 0: none. */
MUST_USE bool store_booking_standing(struct store *store, int64_t subject,
	const struct booking *booking, day today, int64_t *record, day *on, struct err *err);
/* How long such a meeting takes where nobody said: minutes. */
int booking_minutes(str meeting);

/* ---- rooms */

struct room {
	int64_t id;
	str name, name_key, note;
	int64_t seats; /* -1: not said */
	bool closed;
};
struct rooms {
	struct room *item; /* in the arena, by name */
	size_t n, room;
};
MUST_USE bool store_rooms(struct store *store, struct arena *arena, str authority, bool closed_too,
	struct rooms *out, struct err *err);

/* ---- brothers and sisters */

struct sibling_due {
	int64_t subject;
	str number, forename, surname;
	const struct rule *rule;
	day due, booked;
};
struct siblings_due {
	struct sibling_due *item; /* in the arena, by due date */
	size_t n, room;
};
/* Meetings that are due to them; of those alone whose name the reader may see. */
MUST_USE bool store_siblings_due(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t subject, struct siblings_due *out, struct err *err);
