#include "store/diary.h"

#include "base/sha256.h"
#include "store/list_seen.h"

#include <sodium.h>
#include <string.h>

SQL(hours_of, "SELECT weekday, from_minute, to_minute FROM working_day WHERE person = $1");
SQL(hours_drop, "DELETE FROM working_day WHERE person = $1");
SQL(hours_add,
	"INSERT INTO working_day (person, weekday, from_minute, to_minute) VALUES ($1, $2, $3, $4)");
SQL(hours_people,
	"SELECT p.id, p.name, p.role, d.weekday, d.from_minute, d.to_minute, p.authority FROM person p "
	"LEFT JOIN working_day d ON d.person = p.id WHERE " SERVES("p", "$1") " AND p.disabled = 0 "
	"AND p.role IN ('reviewing-officer', 'chair', 'lead-practitioner', 'manager', 'head') "
	"ORDER BY p.name_key, p.id, d.weekday");
SQL(hours_whose, "SELECT authority FROM person WHERE id = $1");

SQL(room_taken, "SELECT id FROM room WHERE authority = $1 AND name_key = $2");
SQL(room_whose, "SELECT authority FROM room WHERE id = $1");
SQL(room_add,
	"INSERT INTO room (id, authority, name, name_key, seats, note, closed) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)");
SQL(room_change,
	"UPDATE room SET name = $2, name_key = $3, seats = $4, note = $5, closed = $6 WHERE id = $1");

SQL(feed_of, "SELECT made_at, nonce FROM diary_feed WHERE person = $1");
SQL(feed_drop, "DELETE FROM diary_feed WHERE person = $1");
SQL(feed_add, "INSERT INTO diary_feed (person, secret, nonce, made_at) VALUES ($1, $2, $3, $4)");
SQL(feed_find,
	"SELECT p.id, p.role, p.authority, p.login FROM diary_feed f JOIN person p ON p.id = f.person "
	"WHERE f.secret = $1 AND p.disabled = 0");

#define MEETING                                                                                    \
	"SELECT b.id, b.version, b.subject, b.meeting, b.\"on\", b.starts, b.minutes, b.room, "    \
	"r.openness, r.looked_after, CASE WHEN EXISTS (SELECT 1 FROM room m "                      \
	"WHERE m.authority = r.authority AND m.name = b.room) THEN 1 ELSE 0 END, "
/* $1 to $4 the person, $5 from, $6 to. Their own by the child's row, by the booking, or by cover. */
SQL(diary_own,
	MEETING "coalesce(b.chair, ''), CASE WHEN r.iro_key IN (p.login_key, p.name_key) THEN 1 "
	"ELSE 0 END, CASE WHEN r.chair_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "
	"p.name, p.login, CASE WHEN EXISTS (SELECT 1 FROM cover_child c JOIN cover v "
	"ON v.id = c.cover WHERE c.subject = b.subject AND c.receiver = p.id AND c.stage = 1 "
	"AND v.cause <> 2 AND v.first_day <= b.\"on\" AND v.last_day >= b.\"on\") THEN 1 ELSE 0 END, "
	"CASE WHEN EXISTS (SELECT 1 FROM cover_child c JOIN cover v ON v.id = c.cover "
	"WHERE c.subject = b.subject AND v.away = p.id AND c.stage = 1 AND v.cause <> 2 "
	"AND v.first_day <= b.\"on\" AND v.last_day >= b.\"on\") THEN 1 ELSE 0 END, "
	"CASE WHEN EXISTS (SELECT 1 FROM access a WHERE a.subject = b.subject AND a.level = 2 AND"
	ACCESS_NOW("$1", "$2", "$3", "$4") ") THEN 1 ELSE 0 END, r.sibling_key FROM person p JOIN record_booking b ON b.\"on\" >= $5 AND b.\"on\" <= $6 "
	"JOIN child_row r ON r.subject = b.subject WHERE p.id = $1 AND r.died IS NULL "
	"AND b.withdrawn_at IS NULL AND b.draft = 0 AND (EXISTS (SELECT 1 FROM clock c WHERE c.subject = b.subject AND c.booked = b.\"on\" "
	"AND c.ended_on IS NULL) OR (b.meeting = 'midway' AND NOT EXISTS (SELECT 1 "
	"FROM record_booking n WHERE n.subject = b.subject AND n.meeting = b.meeting "
	"AND n.thread = b.thread AND n.id > b.id AND n.withdrawn_at IS NULL AND n.draft = 0))) "
	"ORDER BY b.\"on\", b.starts, b.subject, b.meeting, b.id DESC");
SQL(diary_one,
	MEETING "CASE WHEN b.withdrawn_at IS NULL THEN 0 ELSE 1 END FROM record_booking b "
	"JOIN child_row r ON r.subject = b.subject WHERE b.id = $1 AND b.draft = 0");

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

/* The one column that a statement finds, as text; empty when it finds nothing. */
static bool find_text(struct store *store, struct arena *arena, const struct sql *sql, int64_t id,
	str *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_int(stmt, 1, id);
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW ? arena_str(arena, db_text(stmt, 0)) : (str){ 0 };
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool undone(struct store *store, bool done)
{
	if (!done)
		step_undo(store);
	return done;
}

/* ---- working days */

static void take_hours(struct diary_hours *hours, int64_t weekday, int64_t from, int64_t to)
{
	hours->known = true;
	if (weekday >= MONDAY && weekday <= SUNDAY)
		hours->day_of[weekday] = (struct suggest_hours){ (int)from, (int)to };
}

bool store_hours_read(
	struct store *store, int64_t person, struct diary_hours *out, struct err *err)
{
	*out = (struct diary_hours){ 0 };
	struct stmt *stmt = db_use(store->db, &hours_of);
	db_bind_int(stmt, 1, person);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		take_hours(out, db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2));
	return row == DB_DONE;
}

static bool may_set(struct store *store, const struct actor *actor, int64_t person, struct err *err)
{
	if (actor->user == person || actor->role == ROLE_SYSTEM)
		return true;
	struct arena *arena = arena_open(1 << 16);
	str authority;
	bool read = find_text(store, arena, &hours_whose, person, &authority, err);
	bool may = read && policy_role_may(actor->role, MAY_ALLOCATE) &&
		str_equal(authority, actor->authority);
	arena_close(arena);
	return may || (read && err_set(err, ERR_DENIED, "these are somebody else's working days"));
}

bool store_hours_set(struct store *store, const struct actor *actor, int64_t person,
	const struct suggest_hours day_of[static 7], struct err *err)
{
	if (!may_set(store, actor, person, err) || !step_begin(store, err))
		return false;
	struct stmt *drop = db_use(store->db, &hours_drop);
	db_bind_int(drop, 1, person);
	bool done = db_do(drop, err);
	for (int weekday = MONDAY; done && weekday <= SUNDAY; weekday++) {
		if (day_of[weekday].to <= 0)
			continue;
		struct stmt *add = db_use(store->db, &hours_add);
		db_bind_int(add, 1, person);
		db_bind_int(add, 2, weekday);
		db_bind_int(add, 3, day_of[weekday].from);
		db_bind_int(add, 4, day_of[weekday].to);
		done = db_do(add, err);
	}
	return undone(store, done && person_entry(store, actor, S("diary:hours"), person, err) &&
					    step_end(store, err));
}

bool store_hours_list(struct store *store, struct arena *arena, str authority,
	struct diary_people *out, struct err *err)
{
	*out = (struct diary_people){ 0 };
	struct stmt *stmt = db_use(store->db, &hours_people);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t id = db_int(stmt, 0);
		if (out->n == 0 || out->item[out->n - 1].id != id) {
			struct diary_person *person = MORE(arena, out);
			*person = (struct diary_person){ .id = id, .name = seen_text(arena, stmt, 1),
				.authority = seen_text(arena, stmt, 6) };
			(void)role_find(db_text(stmt, 2), &person->role);
		}
		if (!db_is_null(stmt, 3))
			take_hours(&out->item[out->n - 1].hours, db_int(stmt, 3), db_int(stmt, 4),
				db_int(stmt, 5));
	}
	return row == DB_DONE;
}

/* ---- rooms */

static bool room_entry(struct store *store, const struct actor *actor, str act, int64_t id,
	struct err *err)
{
	struct buf object = { 0 };
	buf_format(&object, "room:%lld", (long long)id);
	struct entry entry = { .at = store_now(store), .actor = actor->user, .role = actor->role,
		.act = act, .authority = actor->authority, .objects = buf_view(&object) };
	bool done = ledger_append(store, &entry, err);
	buf_close(&object);
	return done;
}

static bool room_is_theirs(struct store *store, struct arena *arena, const struct actor *actor,
	const struct room *room, struct err *err)
{
	str authority;
	if (actor->role != ROLE_SYSTEM && !policy_role_may(actor->role, MAY_ALLOCATE))
		return err_set(err, ERR_DENIED, "the list of rooms is not yours to keep");
	if (room->id != 0) {
		if (!find_text(store, arena, &room_whose, room->id, &authority, err))
			return false;
		if (!str_equal(authority, actor->authority))
			return err_set(err, ERR_MISSING, "there is no such room");
	}
	struct stmt *stmt = db_use(store->db, &room_taken);
	db_bind_text(stmt, 1, actor->authority);
	db_bind_text(stmt, 2, room->name_key);
	enum db_row row = db_step(stmt, err);
	bool taken = row == DB_ROW && db_int(stmt, 0) != room->id;
	db_reset(stmt);
	return row != DB_FAIL &&
		(!taken || err_set(err, ERR_DUPLICATE, "there is a room of that name"));
}

static bool room_write(struct store *store, const struct actor *actor, const struct room *room,
	bool is_new, struct err *err)
{
	struct stmt *stmt = db_use(store->db, is_new ? &room_add : &room_change);
	int at = 1;
	db_bind_int(stmt, at++, room->id);
	if (is_new)
		db_bind_text(stmt, at++, actor->authority);
	db_bind_text(stmt, at++, room->name);
	db_bind_text(stmt, at++, room->name_key);
	if (room->seats < 0)
		db_bind_null(stmt, at++);
	else
		db_bind_int(stmt, at++, room->seats);
	db_bind_text(stmt, at++, room->note);
	db_bind_int(stmt, at, room->closed);
	return db_do(stmt, err);
}

bool store_room_set(struct store *store, struct arena *arena, const struct actor *actor,
	struct room *room, struct err *err)
{
	room->name_key = folded(arena, room->name);
	if (!step_begin(store, err))
		return false;
	bool is_new = room->id == 0;
	return undone(store, room_is_theirs(store, arena, actor, room, err) &&
			(!is_new || take_id(store, &room->id, err)) &&
			room_write(store, actor, room, is_new, err) &&
			room_entry(store, actor, is_new ? S("room:add") : S("room:change"), room->id,
				err) &&
			step_end(store, err));
}

/* ---- the feed */

static void secret_of(const struct store *store, int64_t person, str nonce,
	unsigned char secret[static FEED_SECRET])
{
	struct buf text = { 0 };
	buf_format(&text, "diary feed of %lld:", (long long)person);
	buf_str(&text, nonce);
	crypto_generichash(secret, FEED_SECRET, (const unsigned char *)text.p, text.n, store->key, KEY);
	buf_close(&text);
}

static str hash_of(const unsigned char secret[static FEED_SECRET], unsigned char out[static SHA256])
{
	sha256(str_bytes(secret, FEED_SECRET), out);
	return str_bytes(out, SHA256);
}

bool store_feed_read(struct store *store, int64_t person, struct feed *out, struct err *err)
{
	*out = (struct feed){ .made_at = INSTANT_UNKNOWN };
	struct stmt *stmt = db_use(store->db, &feed_of);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		out->made_at = db_int(stmt, 0);
		secret_of(store, person, db_bytes(stmt, 1), out->secret);
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool feed_write(struct store *store, int64_t person, struct err *err)
{
	unsigned char nonce[FEED_SECRET], secret[FEED_SECRET], hash[SHA256];
	store->env->random(store->env->self, nonce, sizeof nonce);
	secret_of(store, person, str_bytes(nonce, sizeof nonce), secret);
	struct stmt *add = db_use(store->db, &feed_add);
	db_bind_int(add, 1, person);
	db_bind_bytes(add, 2, hash_of(secret, hash));
	db_bind_bytes(add, 3, str_bytes(nonce, sizeof nonce));
	db_bind_int(add, 4, store_now(store));
	return db_do(add, err);
}

bool store_feed_set(
	struct store *store, const struct actor *actor, bool wanted, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *drop = db_use(store->db, &feed_drop);
	db_bind_int(drop, 1, actor->user);
	bool done = db_do(drop, err) && (!wanted || feed_write(store, actor->user, err)) &&
		person_entry(store, actor, wanted ? S("diary:feed") : S("diary:feed-end"),
			actor->user, err) &&
		step_end(store, err);
	return undone(store, done);
}

bool store_feed_find(struct store *store, struct arena *arena,
	const unsigned char secret[static FEED_SECRET], struct actor *out, struct err *err)
{
	unsigned char hash[SHA256];
	*out = (struct actor){ 0 };
	struct stmt *stmt = db_use(store->db, &feed_find);
	db_bind_bytes(stmt, 1, hash_of(secret, hash));
	enum db_row row = db_step(stmt, err);
	bool found = row == DB_ROW && role_find(db_text(stmt, 1), &out->role);
	if (found) {
		out->user = db_int(stmt, 0);
		out->authority = seen_text(arena, stmt, 2);
		out->name = seen_text(arena, stmt, 3);
	}
	db_reset(stmt);
	return found || (row != DB_FAIL && err_set(err, ERR_MISSING, "there is no such feed"));
}

static struct diary_meeting meeting_of(struct arena *arena, struct stmt *stmt)
{
	struct diary_meeting meeting = { .record = db_int(stmt, 0),
		.version = db_int(stmt, 1),
		.subject = db_int(stmt, 2),
		.meeting = seen_text(arena, stmt, 3),
		.on = (day)db_int(stmt, 4),
		.start = booking_minute(db_text(stmt, 5)),
		.minutes = db_is_null(stmt, 6) ? 0 : (int)db_int(stmt, 6),
		.room = db_int(stmt, 10) == 1 ? seen_text(arena, stmt, 7) : (str){ 0 },
		.open = db_int(stmt, 8) == OPEN };
	if (meeting.minutes <= 0)
		meeting.minutes = booking_minutes(meeting.meeting);
	return meeting;
}

enum { CANCELLED = 11 };
enum { CHAIR = 11, IS_IRO, IS_CHAIR, OWN_NAME, OWN_LOGIN, COVERS, COVERED, SEEN, SIBLINGS };

/* Does the person of this row chair it? Whoever is written in the booking; else who stands in for
 * those days; else who is named on the child. */
static bool is_theirs(struct arena *arena, struct stmt *stmt, const struct diary_meeting *meeting)
{
	/* Sight of a covered child begins with the leave; that the time is taken is known before. */
	bool covers = db_int(stmt, COVERS) == 1 && db_int(stmt, 8) != HIDDEN;
	if (db_int(stmt, SEEN) == 0 && !covers)
		return false;
	if (db_text(stmt, CHAIR).n > 0) {
		str chair = folded(arena, db_text(stmt, CHAIR));
		return str_equal(chair, folded(arena, db_text(stmt, OWN_NAME))) ||
			str_equal(chair, folded(arena, db_text(stmt, OWN_LOGIN)));
	}
	if (covers)
		return true;
	bool officer = booking_is_by_officer(meeting->meeting, db_int(stmt, 9) == 1);
	return db_int(stmt, officer ? IS_IRO : IS_CHAIR) == 1 && db_int(stmt, COVERED) == 0;
}

bool store_diary(struct store *store, struct arena *arena, const struct actor *actor, day from,
	day to, struct diary_meetings *out, struct err *err)
{
	*out = (struct diary_meetings){ 0 };
	struct stmt *stmt = db_use(store->db, &diary_own);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, from);
	db_bind_int(stmt, 6, to);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct diary_meeting meeting = meeting_of(arena, stmt);
		const struct diary_meeting *last = out->n > 0 ? &out->item[out->n - 1] : NULL;
		bool again = last != NULL && last->subject == meeting.subject &&
			last->on == meeting.on && str_equal(last->meeting, meeting.meeting);
		meeting.open = meeting.open && db_int(stmt, SEEN) == 1;
		meeting.sibling_key = seen_text(arena, stmt, SIBLINGS);
		if (!again && is_theirs(arena, stmt, &meeting))
			*MORE(arena, out) = meeting;
	}
	return row == DB_DONE;
}

bool store_diary_one(struct store *store, struct arena *arena, int64_t record,
	struct diary_meeting *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &diary_one);
	db_bind_int(stmt, 1, record);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		*out = meeting_of(arena, stmt);
		out->cancelled = db_int(stmt, CANCELLED) == 1;
	}
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such booking"));
}
