/* diary.h - when people work, which rooms there are, and the secret address of a person's calendar
 * feed. Small tables of their own; each change stands in the ledger.
 */
#pragma once

#include "store/booking.h"

/* ---- working days */

struct diary_hours {
	bool known;
	struct suggest_hours day_of[7]; /* by weekday, 0 Monday; to 0: does not work */
};
MUST_USE bool store_hours_read(
	struct store *store, int64_t person, struct diary_hours *out, struct err *err);
/* Their own, or for who may allocate children, of anybody of their authority. ERR_DENIED. */
MUST_USE bool store_hours_set(struct store *store, const struct actor *actor, int64_t person,
	const struct suggest_hours day_of[static 7], struct err *err);
/* Those who may chair here, those of another council who work for this one too among them, by name,
 * with what is known of their days: for a manager. */
struct diary_person {
	int64_t id;
	str name;
	str authority; /* their own council: whose managers keep their days */
	enum role role;
	struct diary_hours hours;
};
struct diary_people {
	struct diary_person *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_hours_list(struct store *store, struct arena *arena, str authority,
	struct diary_people *out, struct err *err);

/* ---- rooms */

/* ERR_DUPLICATE for a name that is taken; ERR_DENIED. id 0: a new one. */
MUST_USE bool store_room_set(struct store *store, struct arena *arena, const struct actor *actor,
	struct room *room, struct err *err);

/* ---- the feed */

enum { FEED_SECRET = 20 };
struct feed {
	instant made_at; /* INSTANT_UNKNOWN: there is none */
	unsigned char secret[FEED_SECRET];
};
MUST_USE bool store_feed_read(
	struct store *store, int64_t person, struct feed *out, struct err *err);
/* A new address, and the old one is nobody's from now on; or none any more. */
MUST_USE bool store_feed_set(
	struct store *store, const struct actor *actor, bool wanted, struct err *err);
/* Whose it is. ERR_MISSING: nobody's, or of somebody who may not sign in any more. */
MUST_USE bool store_feed_find(struct store *store, struct arena *arena,
	const unsigned char secret[static FEED_SECRET], struct actor *out, struct err *err);

/* A meeting for a calendar: nothing of the child but who may be told of it. */
struct diary_meeting {
	int64_t record, version, subject;
	str meeting;
	day on;
	int start, minutes; /* start -1: not written */
	str room;           /* one of the list; empty: elsewhere, or not said */
	bool open;          /* neither restricted nor hidden */
	bool cancelled;
	str sibling_key; /* of what a person chairs; empty: none */
};
struct diary_meetings {
	struct diary_meeting *item; /* in the arena, by day */
	size_t n, room;
};
/* What the person chairs on those days, or stands in for, and may see in full. */
MUST_USE bool store_diary(struct store *store, struct arena *arena, const struct actor *actor,
	day from, day to, struct diary_meetings *out, struct err *err);
/* The booking of that number, also when it was cancelled. ERR_MISSING. */
MUST_USE bool store_diary_one(struct store *store, struct arena *arena, int64_t record,
	struct diary_meeting *out, struct err *err);
