#include "store/meeting.h"

#include "store/booking.h"
#include "store/list_seen.h"

/* $1 to $4 the reader. */
#define MEETING                                                                                    \
	"SELECT b.id, b.subject, b.meeting, b.thread, b.\"on\", b.starts, b.minutes, b.room, "     \
	"b.chair, r.authority, r.number, r.forename, r.surname, r.born, r.died, r.openness, "      \
	"r.iro, r.chair, r.looked_after, coalesce((SELECT max(a.level) FROM access a WHERE "       \
	"a.subject = b.subject AND" SEEN_NOW "), 0), (SELECT count(*) FROM access x WHERE "        \
	"x.holder = $1 AND x.subject = b.subject AND x.relation = 6), i.id, i.minutes, "           \
	"i.handed_at FROM record_booking b JOIN child_row r ON r.subject = b.subject "             \
	"LEFT JOIN invitation i ON i.booking = b.id AND i.person = $1 AND i.ended_at IS NULL "     \
	"WHERE b.withdrawn_at IS NULL AND b.draft = 0 "
SQL(meeting_one, MEETING "AND b.id = $5");
SQL(meetings_mine,
	MEETING "AND i.id IS NOT NULL AND b.\"on\" >= $5 ORDER BY b.\"on\", b.starts, b.id LIMIT 200");
SQL(meetings_of,
	MEETING "AND b.\"on\" >= $5 AND b.subject IN " SAME_AS("$6")
	" ORDER BY b.\"on\", b.starts, b.id LIMIT 50");
SQL(invited_to,
	"SELECT i.id, i.person, p.name, p.role, i.minutes, i.handed_at FROM invitation i "
	"JOIN person p ON p.id = i.person WHERE i.booking = $1 AND i.ended_at IS NULL "
	"ORDER BY p.name_key, p.id");
SQL(invitable,
	"SELECT 0, p.id, p.name, p.role, 0, NULL FROM person p WHERE p.disabled = 0 "
	"AND (p.authority = $1 OR EXISTS (SELECT 1 FROM person_authority w WHERE w.person = p.id "
	"AND w.authority = $1)) ORDER BY p.name_key, p.id");

enum { BOOKING, SUBJECT, MEETING_KIND, THREAD, ON, STARTS, MINUTES, ROOM, CHAIR, AUTHORITY, NUMBER,
	FORENAME, SURNAME, BORN, DIED, OPENNESS, IRO, CHILD_CHAIR, LOOKED_AFTER, LEVEL, BARRED,
	INVITATION, TAKES_MINUTES, HANDED_AT };

static instant instant_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? INSTANT_UNKNOWN : db_int(stmt, column);
}

/* Is the meeting there for the reader: because they see the child, or by an invitation that has not
 * run out? */
static bool is_there(struct store *store, const struct actor *actor, struct stmt *stmt,
	struct meeting *m)
{
	m->sees_all = db_int(stmt, LEVEL) == 2;
	if (db_int(stmt, BARRED) > 0)
		return false;
	bool stands = m->invitation != 0 &&
		store_now(store) < meeting_over(store, m->record.on, m->minutes) &&
		m->died == DAY_UNKNOWN &&
		policy_may(actor->role, MAY_ATTEND, RELATION_INVITED, m->openness);
	if (!stands)
		m->invitation = 0;
	return stands || m->sees_all;
}

static bool meeting_read(struct store *store, struct arena *arena, const struct actor *actor,
	struct stmt *stmt, struct meeting *out)
{
	str chair = seen_text(arena, stmt, CHAIR), kind = seen_text(arena, stmt, MEETING_KIND);
	bool officer = booking_is_by_officer(kind, db_int(stmt, LOOKED_AFTER) == 1);
	*out = (struct meeting){ .booking = db_int(stmt, BOOKING),
		.subject = db_int(stmt, SUBJECT),
		.record = { .meeting = kind,
			.thread = { db_int(stmt, THREAD) },
			.on = seen_day(stmt, ON),
			.starts = seen_text(arena, stmt, STARTS),
			.minutes = db_is_null(stmt, MINUTES) ? -1 : db_int(stmt, MINUTES),
			.room = seen_text(arena, stmt, ROOM),
			.chair = chair },
		.authority = seen_text(arena, stmt, AUTHORITY),
		.number = seen_text(arena, stmt, NUMBER),
		.forename = seen_text(arena, stmt, FORENAME),
		.surname = seen_text(arena, stmt, SURNAME),
		.born = seen_day(stmt, BORN),
		.died = seen_day(stmt, DIED),
		.openness = (enum openness)db_int(stmt, OPENNESS),
		.by = chair.n > 0 ? chair : seen_text(arena, stmt, officer ? IRO : CHILD_CHAIR),
		.invitation = db_is_null(stmt, INVITATION) ? 0 : db_int(stmt, INVITATION),
		.minutes = !db_is_null(stmt, TAKES_MINUTES) && db_int(stmt, TAKES_MINUTES) == 1,
		.handed_at = instant_at(stmt, HANDED_AT) };
	return is_there(store, actor, stmt, out);
}

bool store_meeting(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t booking, struct meeting *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &meeting_one);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, booking);
	enum db_row row = db_step(stmt, err);
	bool there = row == DB_ROW && meeting_read(store, arena, actor, stmt, out);
	db_reset(stmt);
	return there || (row != DB_FAIL && err_set(err, ERR_MISSING, "there is no such meeting"));
}

static bool list(struct store *store, struct arena *arena, const struct actor *actor,
	struct stmt *stmt, bool invited, struct meetings *out, struct err *err)
{
	enum { MOST = 200 };
	*out = (struct meetings){ .item = arena_take(arena, MOST, sizeof *out->item) };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < MOST) {
		struct meeting *m = &out->item[out->n];
		if (meeting_read(store, arena, actor, stmt, m) && (!invited || m->invitation != 0))
			out->n++;
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_meetings_mine(struct store *store, struct arena *arena, const struct actor *actor,
	day from, struct meetings *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &meetings_mine);
	access_bind(stmt, actor, store_now(store));
	/* Whose minutes are still to be written lies some weeks back: is_there() tells. */
	db_bind_int(stmt, 5, from - 2 * MINUTES_DAYS);
	return list(store, arena, actor, stmt, true, out, err);
}

bool store_meetings_of(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day from, struct meetings *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &meetings_of);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, from);
	db_bind_int(stmt, 6, subject);
	return list(store, arena, actor, stmt, false, out, err);
}

static bool people(struct arena *arena, struct stmt *stmt, size_t most, struct inviteds *out,
	struct err *err)
{
	*out = (struct inviteds){ .item = arena_take(arena, most, sizeof *out->item) };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < most) {
		enum role role;
		if (!role_find(db_text(stmt, 3), &role) || !policy_role_may(role, MAY_ATTEND))
			continue;
		out->item[out->n++] = (struct invited){ .id = db_int(stmt, 0),
			.person = db_int(stmt, 1),
			.name = seen_text(arena, stmt, 2),
			.role = role,
			.minutes = db_int(stmt, 4) == 1,
			.handed_at = instant_at(stmt, 5) };
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_invited(struct store *store, struct arena *arena, int64_t booking, struct inviteds *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &invited_to);
	db_bind_int(stmt, 1, booking);
	return people(arena, stmt, INVITED_MOST, out, err);
}

bool store_invitable(struct store *store, struct arena *arena, str authority, struct inviteds *out,
	struct err *err)
{
	enum { PEOPLE_MOST = 1000 };
	struct stmt *stmt = db_use(store->db, &invitable);
	db_bind_text(stmt, 1, authority);
	return people(arena, stmt, PEOPLE_MOST, out, err);
}

bool meeting_may_draft(
	struct store *store, const struct actor *actor, int64_t booking, int64_t subject)
{
	struct arena *arena = arena_open(1 << 16);
	struct meeting m;
	struct err err;
	bool may = store_meeting(store, arena, actor, booking, &m, &err) && m.subject == subject &&
		m.invitation != 0 && m.minutes && m.handed_at == INSTANT_UNKNOWN &&
		policy_may(actor->role, MAY_DRAFT, RELATION_INVITED, m.openness);
	arena_close(arena);
	return may;
}

const struct record_type *meeting_record_type(str meeting)
{
	if (str_equal(meeting, S("cla-review")))
		return &cla_review_type;
	return str_equal(meeting, S("midway")) ? NULL : &conference_type;
}
