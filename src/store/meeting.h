/* meeting.h - a meeting that is booked, and who is invited to it or takes its minutes.
 *
 * Who is invited sees the meeting, whoever they are: which child, when, where, who else; until its day
 * is over. A reviewing officer, chair or lead practitioner who is invited, or whom the booking names as
 * its chair, sees the child's whole record until then (RELATION_INVITED): they prepare it or sit in the
 * chair. A minute-taker sees the meeting until MINUTES_DAYS working days after it, keeps a draft of its
 * record, and gives that to its chair, who saves it or does not. A hidden child's meeting is there for
 * nobody but those who see the child.
 */
#pragma once

#include "record/types.h"
#include "store/store.h"

enum { MINUTES_DAYS = 15, INVITED_MOST = 40 };

struct meeting {
	int64_t booking, subject;
	struct booking record;
	str authority, number, forename, surname;
	day born, died;
	enum openness openness;
	str by;        /* who chairs, by name: of the booking, else the child's officer or chair */
	bool sees_all; /* the reader sees the whole record; else they see the meeting by invitation */
	int64_t invitation; /* the reader's own that stands; 0 none */
	bool minutes;       /* it is to take the minutes */
	instant handed_at;  /* when they gave their draft to the chair; INSTANT_UNKNOWN: not yet */
};
struct invited {
	int64_t id, person;
	str name;
	enum role role;
	bool minutes;
	instant handed_at;
};
struct inviteds {
	struct invited *item; /* in the arena, by name */
	size_t n;
};
struct meetings {
	struct meeting *item; /* in the arena, by day */
	size_t n;
};

/* The booking of that number, where the actor sees the child or is invited: else ERR_MISSING. */
MUST_USE bool store_meeting(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t booking, struct meeting *out, struct err *err);
/* Who is invited to it now. */
MUST_USE bool store_invited(struct store *store, struct arena *arena, int64_t booking,
	struct inviteds *out, struct err *err);
/* Meetings that the actor is invited to, from `from` on, and those whose minutes they still take. */
MUST_USE bool store_meetings_mine(struct store *store, struct arena *arena,
	const struct actor *actor, day from, struct meetings *out, struct err *err);
/* Of one child, from `from` on. */
MUST_USE bool store_meetings_of(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day from, struct meetings *out, struct err *err);
/* Whom the authority's meetings may be invited: people in use whose role may attend. */
MUST_USE bool store_invitable(struct store *store, struct arena *arena, str authority,
	struct inviteds *out, struct err *err);
/* May the actor keep a draft of the record of this meeting of this child? */
bool meeting_may_draft(
	struct store *store, const struct actor *actor, int64_t booking, int64_t subject);
/* What its record is written as; NULL for a midway check, which leaves none. */
const struct record_type *meeting_record_type(str meeting);

/* These write: on the writer's connection, each one entry of the ledger. Who is invited is told.
 * ERR_MISSING: as for a meeting that is not there; ERR_DENIED: not theirs to say; ERR_INPUT: that
 * person cannot be invited; ERR_DUPLICATE: they are; ERR_FULL: too many. */
MUST_USE bool store_invite(struct store *store, const struct actor *actor, int64_t booking,
	int64_t person, bool minutes, struct err *err);
MUST_USE bool store_uninvite(struct store *store, const struct actor *actor, int64_t booking,
	int64_t invitation, struct err *err);
/* The minute-taker's draft goes to who chairs, or covers for them. ERR_INPUT: nobody chairs who could
 * have it; ERR_DUPLICATE: the chair has one of this meeting already. */
MUST_USE bool store_minutes_hand(
	struct store *store, const struct actor *actor, int64_t booking, struct err *err);
