#include "store/booking.h"

#include "store/list_seen.h"

#include <string.h>

enum { REVIEW_MINUTES = 90, CONFERENCE_MINUTES = 120, MIDWAY_MINUTES = 60 };

#define NAMED "(p.login_key = k.key OR p.name_key = k.key)"
/* $1 subject, $2 1 for the reviewing officer, $3 from, $4 before, $5 who else chairs. Rows of four kinds: 0 a person,
 * 1 a weekday of theirs, 2 a leave of theirs, 3 who was named before, 4 who is. */
SQL(booking_chairs,
	"WITH k AS (SELECT r.authority AS authority, CASE WHEN CAST($5 AS TEXT) <> '' THEN $5 "
	"WHEN CAST($2 AS BIGINT) = 1 THEN r.iro_key ELSE r.chair_key END AS key, CASE WHEN CAST($2 AS BIGINT) = 1 "
	"THEN r.iro ELSE r.chair END AS named FROM child_row r WHERE r.subject = $1), "
	"who AS (SELECT p.id AS id, p.name AS name, p.login_key AS login_key, "
	"p.name_key AS name_key, 0 AS stands, 0 AS first_day, 0 AS last_day FROM k JOIN person p "
	"ON " SERVES("p", "k.authority") " AND " NAMED " AND p.disabled = 0 WHERE k.key <> '' "
	"UNION ALL SELECT q.id, q.name, q.login_key, q.name_key, 1, v.first_day, v.last_day "
	"FROM cover_child c JOIN cover v ON v.id = c.cover JOIN person q ON q.id = c.receiver "
	"JOIN person p ON p.id = v.away JOIN k ON " NAMED " WHERE c.subject = $1 AND c.stage = 1 "
	"AND v.cause <> 2 AND v.last_day >= $3 AND q.disabled = 0) "
	"SELECT 0, w.id, w.name, w.login_key, w.name_key, w.stands, w.first_day, w.last_day FROM who w "
	"UNION ALL SELECT 1, d.person, '', '', '', d.weekday, d.from_minute, d.to_minute "
	"FROM working_day d WHERE d.person IN (SELECT id FROM who) "
	"UNION ALL SELECT 2, v.away, '', '', '', v.cause, v.first_day, v.last_day FROM cover v "
	"WHERE v.away IN (SELECT id FROM who) AND (v.last_day IS NULL OR v.last_day >= $3) "
	"AND EXISTS (SELECT 1 FROM cover_child c WHERE c.cover = v.id AND c.stage IN (0, 1, 2)) "
	"UNION ALL SELECT 3, v.version, CASE WHEN CAST($2 AS BIGINT) = 1 THEN coalesce(v.iro, '') "
	"ELSE coalesce(v.chair, '') END, '', '', v.changed_at, 0, 0 FROM version_allocation v "
	"WHERE v.subject = $1 AND v.changed_at < $4 AND v.withdrawn = 0 AND v.draft = 0 "
	"UNION ALL SELECT 4, 0, coalesce(k.named, ''), k.key, '', 0, 0, 0 FROM k "
	"ORDER BY 1, 6, 2, 7");
enum { KIND, ID, NAME, LOGIN_KEY, NAME_KEY, NUMBER, FIRST, LAST };

/* $1 to $4 the reader, $5 subject, $6 from, $7 to. What stands: what some running clock of the child
 * is booked for, and the last midway check of its thread. */
SQL(booked_between,
	"SELECT b.id, b.subject, b.meeting, b.\"on\", b.starts, b.minutes, b.room, b.chair, "
	"r.iro_key, r.chair_key, r.looked_after, CASE WHEN r.authority = me.authority "
	"AND r.sibling_group = me.sibling_group AND r.subject <> me.subject THEN "
	"coalesce((SELECT max(a.level) FROM access a WHERE a.subject = b.subject AND"
	ACCESS_NOW("$1", "$2", "$3", "$4") "), 0) ELSE 0 END FROM child_row me "
	"JOIN record_booking b ON b.\"on\" >= $6 AND b.\"on\" <= $7 "
	"JOIN child_row r ON r.subject = b.subject WHERE me.subject = $5 "
	"AND b.withdrawn_at IS NULL AND b.draft = 0 AND (r.authority = me.authority "
	"OR r.authority IN (SELECT w.authority FROM person_authority w JOIN person p "
	"ON p.id = w.person WHERE p.authority = me.authority) OR r.authority IN "
	"(SELECT p.authority FROM person_authority w JOIN person p ON p.id = w.person "
	"WHERE w.authority = me.authority)) AND (EXISTS (SELECT 1 FROM clock c "
	"WHERE c.subject = b.subject AND c.booked = b.\"on\" AND c.met_on IS NULL "
	"AND c.ended_on IS NULL) OR (b.meeting = 'midway' AND NOT EXISTS (SELECT 1 "
	"FROM record_booking n WHERE n.subject = b.subject AND n.meeting = b.meeting "
	"AND n.thread = b.thread AND n.id > b.id AND n.withdrawn_at IS NULL AND n.draft = 0))) "
	"ORDER BY b.\"on\", b.subject, b.meeting, b.id DESC");

SQL(booking_standing,
	"SELECT b.id, b.\"on\" FROM record_booking b WHERE b.subject IN " SAME_AS("$1")
	" AND b.meeting = $2 AND b.thread = $3 AND b.\"on\" >= $4 AND b.withdrawn_at IS NULL "
	"AND b.draft = 0 ORDER BY b.id DESC LIMIT 1");
SQL(rooms_of,
	"SELECT id, name, name_key, note, seats, closed FROM room WHERE authority = $1 "
	"AND closed <= CAST($2 AS BIGINT) ORDER BY name_key");

SQL(siblings_due,
	"SELECT r.subject, r.number, r.forename, r.surname, c.rule, c.due, c.booked "
	"FROM child_row me JOIN child_row r ON r.authority = me.authority "
	"AND r.sibling_group = me.sibling_group AND r.subject <> me.subject "
	"JOIN clock c ON c.subject = r.subject AND c.met_on IS NULL AND c.ended_on IS NULL "
	"AND c.disapplied IS NULL AND c.doubt = 0 WHERE me.subject = $5 "
	"AND (SELECT max(a.level) FROM access a WHERE a.subject = r.subject AND"
	ACCESS_NOW("$1", "$2", "$3", "$4") ") >= 2 ORDER BY c.due, r.name_key, r.subject");

/* Lists live in the arena and need no closing. */
#define MORE(arena, list)                                                                          \
	(more((arena), (void **)&(list)->item, (list)->n, &(list)->room, sizeof *(list)->item),    \
		&(list)->item[(list)->n++])

static void more(struct arena *arena, void **item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return;
	size_t wider = *room == 0 ? 16 : *room * 2;
	void *grown = arena_take(arena, wider, size);
	if (n > 0)
		memcpy(grown, *item, n * size);
	*item = grown;
	*room = wider;
}

/* ---- who could chair */

void booking_usual_hours(struct suggest_hours hours[static 7])
{
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		hours[weekday] = weekday <= FRIDAY ? (struct suggest_hours){ 9 * 60, 17 * 60 }
						   : (struct suggest_hours){ 0, 0 };
}

struct suggest_chair booking_days_of(const struct booking_chair *chair)
{
	struct suggest_chair days = { .leave = chair->leave, .leaves = chair->leaves,
		.first = chair->first, .last = chair->last };
	memcpy(days.hours, chair->hours, sizeof days.hours);
	return days;
}

bool booking_is_by_officer(str meeting, bool looked_after)
{
	return str_equal(meeting, S("cla-review")) ||
		(str_equal(meeting, S("midway")) && looked_after);
}

bool booking_chairs_it(
	struct arena *arena, const struct booking_chair *chair, const struct booked *booked)
{
	str key = booked->chair.n > 0 ? folded(arena, booked->chair)
		: booking_is_by_officer(booked->meeting, booked->looked_after)
		? booked->iro_key : booked->chair_key;
	return key.n > 0 &&
		(str_equal(key, chair->name_key) || str_equal(key, chair->login_key));
}

static void read_person(struct arena *arena, struct stmt *stmt, struct booking_chairs *out)
{
	bool stands_in = db_int(stmt, NUMBER) == 1;
	/* Two accounts of one name: whose diary it is cannot be told, and the first is taken. */
	if (out->n == BOOKING_CHAIRS || (!stands_in && out->n > 0))
		return;
	struct booking_chair *chair = &out->item[out->n++];
	*chair = (struct booking_chair){ .person = db_int(stmt, ID),
		.name = seen_text(arena, stmt, NAME),
		.login_key = seen_text(arena, stmt, LOGIN_KEY),
		.name_key = seen_text(arena, stmt, NAME_KEY),
		.stands_in = stands_in,
		.first = stands_in ? (day)db_int(stmt, FIRST) : DAY_UNKNOWN,
		.last = stands_in ? (day)db_int(stmt, LAST) : DAY_UNKNOWN };
	booking_usual_hours(chair->hours);
}

static void read_hours(struct stmt *stmt, struct booking_chair *chair)
{
	if (!chair->hours_known)
		memset(chair->hours, 0, sizeof chair->hours);
	chair->hours_known = true;
	chair->hours[db_int(stmt, NUMBER)] =
		(struct suggest_hours){ (int)db_int(stmt, FIRST), (int)db_int(stmt, LAST) };
}

static void read_leave(struct arena *arena, struct stmt *stmt, struct booking_chair *chair)
{
	struct {
		struct suggest_leave *item;
		size_t n, room;
	} list = { chair->leave, chair->leaves, chair->leave_room };
	*MORE(arena, &list) =
		(struct suggest_leave){ (day)db_int(stmt, FIRST), seen_day(stmt, LAST) };
	chair->leave = list.item;
	chair->leaves = list.n;
	chair->leave_room = list.room;
}

static void read_chair_row(struct arena *arena, struct stmt *stmt, struct booking_chairs *out)
{
	int64_t person = db_int(stmt, ID);
	switch (db_int(stmt, KIND)) {
	case 0:
		read_person(arena, stmt, out);
		return;
	case 3:
		out->before = seen_text(arena, stmt, NAME); /* the last of them stays */
		return;
	case 4:
		out->named = seen_text(arena, stmt, NAME);
		return;
	default:
		break;
	}
	for (size_t i = 0; i < out->n; i++) {
		if (out->item[i].person != person)
			continue;
		if (db_int(stmt, KIND) == 1)
			read_hours(stmt, &out->item[i]);
		else
			read_leave(arena, stmt, &out->item[i]);
	}
}

/* Nobody of that name has an account, or nobody is named: the days are said all the same. */
static void stand_for_nobody(struct arena *arena, struct booking_chairs *out)
{
	if (out->n > 0 && !out->item[0].stands_in)
		return;
	if (out->n == BOOKING_CHAIRS)
		out->n--;
	memmove(&out->item[1], &out->item[0], out->n * sizeof *out->item);
	out->n++;
	out->item[0] = (struct booking_chair){ .name = out->named,
		.name_key = folded(arena, out->named),
		.first = DAY_UNKNOWN,
		.last = DAY_UNKNOWN };
	booking_usual_hours(out->item[0].hours);
}

bool store_booking_chairs(struct store *store, struct arena *arena, const struct booking_who *who,
	struct booking_chairs *out, struct err *err)
{
	*out = (struct booking_chairs){ 0 };
	struct stmt *stmt = db_use(store->db, &booking_chairs);
	db_bind_int(stmt, 1, who->subject);
	db_bind_int(stmt, 2, who->as_officer);
	db_bind_int(stmt, 3, who->from);
	db_bind_int(stmt, 4, who->before);
	db_bind_text(stmt, 5, folded(arena, who->instead));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		read_chair_row(arena, stmt, out);
	if (who->instead.n > 0)
		out->named = who->instead;
	stand_for_nobody(arena, out);
	return row == DB_DONE;
}

/* ---- what is booked */

int booking_minutes(str meeting)
{
	if (str_equal(meeting, S("midway")))
		return MIDWAY_MINUTES;
	return str_equal(meeting, S("cla-review")) ? REVIEW_MINUTES : CONFERENCE_MINUTES;
}

static bool is_again(const struct booked_list *list, const struct booked *booked)
{
	const struct booked *last = list->n > 0 ? &list->item[list->n - 1] : NULL;
	return last != NULL && last->subject == booked->subject && last->on == booked->on &&
		str_equal(last->meeting, booked->meeting);
}

bool store_booked(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day from, day to, struct booked_list *out, struct err *err)
{
	*out = (struct booked_list){ 0 };
	struct stmt *stmt = db_use(store->db, &booked_between);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	db_bind_int(stmt, 6, from);
	db_bind_int(stmt, 7, to);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct booked booked = { .record = db_int(stmt, 0),
			.subject = db_int(stmt, 1),
			.meeting = seen_text(arena, stmt, 2),
			.on = (day)db_int(stmt, 3),
			.start = booking_minute(db_text(stmt, 4)),
			.minutes = db_is_null(stmt, 5) ? 0 : (int)db_int(stmt, 5),
			.room = seen_text(arena, stmt, 6),
			.chair = seen_text(arena, stmt, 7),
			.iro_key = seen_text(arena, stmt, 8),
			.chair_key = seen_text(arena, stmt, 9),
			.looked_after = db_int(stmt, 10) == 1,
			.sibling = db_int(stmt, 11) >= 2 };
		if (booked.minutes <= 0)
			booked.minutes = booking_minutes(booked.meeting);
		if (!is_again(out, &booked))
			*MORE(arena, out) = booked;
	}
	return row == DB_DONE;
}

bool store_booking_standing(struct store *store, int64_t subject, const struct booking *booking,
	day today, int64_t *record, day *on, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &booking_standing);
	db_bind_int(stmt, 1, subject);
	db_bind_text(stmt, 2, booking->meeting);
	db_bind_int(stmt, 3, booking->thread.id);
	db_bind_int(stmt, 4, today);
	enum db_row row = db_step(stmt, err);
	*record = row == DB_ROW ? db_int(stmt, 0) : 0;
	*on = row == DB_ROW ? (day)db_int(stmt, 1) : DAY_UNKNOWN;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* ---- rooms */

bool store_rooms(struct store *store, struct arena *arena, str authority, bool closed_too,
	struct rooms *out, struct err *err)
{
	*out = (struct rooms){ 0 };
	struct stmt *stmt = db_use(store->db, &rooms_of);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, closed_too);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		*MORE(arena, out) = (struct room){ .id = db_int(stmt, 0),
			.name = seen_text(arena, stmt, 1),
			.name_key = seen_text(arena, stmt, 2),
			.note = seen_text(arena, stmt, 3),
			.seats = db_is_null(stmt, 4) ? -1 : db_int(stmt, 4),
			.closed = db_int(stmt, 5) == 1 };
	return row == DB_DONE;
}

/* ---- brothers and sisters */

bool store_siblings_due(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, struct siblings_due *out, struct err *err)
{
	*out = (struct siblings_due){ 0 };
	struct stmt *stmt = db_use(store->db, &siblings_due);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		const struct rule *rule = store_rule(store, db_text(stmt, 4));
		if (rule == NULL || rule->booking.n == 0)
			continue;
		*MORE(arena, out) = (struct sibling_due){ .subject = db_int(stmt, 0),
			.number = seen_text(arena, stmt, 1),
			.forename = seen_text(arena, stmt, 2),
			.surname = seen_text(arena, stmt, 3),
			.rule = rule,
			.due = seen_day(stmt, 5),
			.booked = seen_day(stmt, 6) };
	}
	return row == DB_DONE;
}
