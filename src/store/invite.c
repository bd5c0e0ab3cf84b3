/* invite.c - who is invited to a meeting: written, told, and held against the ledger. */
#include "store/booking.h"
#include "store/cover.h"
#include "store/draft.h"
#include "store/inside.h"
#include "store/meeting.h"
#include "store/notice.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

SQL(invitation_add,
	"INSERT INTO invitation (id, subject, booking, person, minutes, invited_by, at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)");
SQL(invitation_end, "UPDATE invitation SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL");
SQL(invitations_of_person,
	"SELECT i.id FROM invitation i JOIN record_booking b ON b.id = i.booking "
	"WHERE i.subject IN " SAME_AS("$1") " AND i.person = $2 AND i.ended_at IS NULL "
	"AND b.\"on\" >= $3 AND b.withdrawn_at IS NULL AND b.draft = 0 ORDER BY i.id");
SQL(invitation_hand, "UPDATE invitation SET handed_at = $2 WHERE id = $1");
SQL(invited_may_book,
	"SELECT a.relation, r.openness FROM access a JOIN child_row r ON r.subject = a.subject "
	"WHERE a.subject = $5 AND" ACCESS_NOW("$1", "$2", "$3", "$4"));
SQL(inviter_named, "SELECT name FROM person WHERE id = $1");
SQL(invitations_between,
	"SELECT i.subject, i.person, i.at, b.\"on\", i.minutes FROM invitation i "
	"JOIN record_booking b ON b.id = i.booking WHERE i.subject >= $1 AND i.subject <= $2 "
	"AND i.ended_at IS NULL AND b.withdrawn_at IS NULL AND b.draft = 0 "
	"ORDER BY i.subject, i.person, i.id");
SQL(chairs_between,
	"SELECT b.subject, b.chair, b.\"on\" FROM record_booking b WHERE b.subject >= $1 "
	"AND b.subject <= $2 AND b.chair IS NOT NULL AND b.withdrawn_at IS NULL AND b.draft = 0 "
	"ORDER BY b.subject, b.id");

/* ---- what it lets them see */

instant meeting_over(struct store *store, day on, bool minutes)
{
	day last = minutes ? calendar_add_working(store->law->calendar, on, MINUTES_DAYS) : on;
	struct err none;
	instant at;
	if (last == DAY_UNKNOWN || !instant_of_local(last + 1, 0, -1, &at, &none))
		return 0;
	return at;
}

static struct sight_row invited_sight(struct store *store, int64_t subject, day on, bool minutes)
{
	return (struct sight_row){ .subject = subject,
		.relation = RELATION_INVITED,
		.since = INSTANT_UNKNOWN,
		.until = meeting_over(store, on, minutes) };
}

bool invited_between(struct store *store, struct arena *arena, int64_t first, int64_t last,
	struct sights *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &invitations_between);
	db_bind_int(stmt, 1, first);
	db_bind_int(stmt, 2, last);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct sight_row sight = invited_sight(
			store, db_int(stmt, 0), (day)db_int(stmt, 3), db_int(stmt, 4) == 1);
		sight.person = db_int(stmt, 1);
		sight.since = db_int(stmt, 2);
		ARRAY_MORE(out) = sight;
	}
	if (row == DB_FAIL)
		return false;
	stmt = db_use(store->db, &chairs_between);
	db_bind_int(stmt, 1, first);
	db_bind_int(stmt, 2, last);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct sight_row sight =
			invited_sight(store, db_int(stmt, 0), (day)db_int(stmt, 2), false);
		sight.named = arena_str(arena, db_text(stmt, 1));
		ARRAY_MORE(out) = sight;
	}
	return row == DB_DONE;
}

/* ---- writing */

void invitation_digest(const struct store *store, const struct invitation *i,
	unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "invitation;%lld;%lld;%lld;%lld;%d;%lld;%lld", (long long)i->id,
		(long long)i->subject, (long long)i->booking, (long long)i->person, i->minutes,
		(long long)i->by, (long long)i->at);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

static bool entry(struct store *store, const struct actor *actor, str act, const struct meeting *m,
	int64_t invitation, const unsigned char digest[static DIGEST], struct err *err)
{
	char subject[24], object[40];
	int n = snprintf(subject, sizeof subject, "%lld", (long long)m->subject);
	int k = snprintf(object, sizeof object, "invitation:%lld", (long long)invitation);
	struct entry entry = { .at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = m->authority,
		.subjects = { subject, (size_t)n },
		.objects = { object, (size_t)k } };
	memcpy(entry.digest, digest, DIGEST);
	return ledger_append(store, &entry, err);
}

/* Who may book the child's meetings says who comes. */
static bool may_say(struct store *store, const struct actor *actor, const struct meeting *m,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &invited_may_book);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, m->subject);
	bool may = false;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		may = may || policy_may(actor->role, MAY_BOOK, (enum relation)db_int(stmt, 0),
				     (enum openness)db_int(stmt, 1));
	return row == DB_DONE &&
		(may || err_set(err, ERR_DENIED, "who is invited is not yours to say"));
}

/* The child's access anew: what the invitation gives, or gave. */
static bool again(struct store *store, const struct meeting *m, struct err *err)
{
	struct subjects subjects = { 0 };
	subjects_add(&subjects, m->subject);
	bool done = recompute(store, m->authority, &subjects, err);
	mem_free(subjects.item);
	return done;
}

static bool name_of(struct store *store, struct arena *arena, int64_t person, str *name,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &inviter_named);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	*name = row == DB_ROW ? arena_str(arena, db_text(stmt, 0)) : S("Somebody");
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool tell(struct store *store, struct arena *arena, const struct meeting *m, int64_t person,
	str kind, const char *what, int64_t by, struct err *err)
{
	str name;
	struct buf on = { 0 };
	if (!name_of(store, arena, by, &name, err))
		return false;
	buf_day_words(&on, m->record.on);
	struct notice notice = { .person = person,
		.kind = kind,
		.subject = m->subject,
		.object = m->booking,
		.detail = arena_format(arena, "%.*s %s of %.*s.", STR_ARGS(name), what, (int)on.n, on.p) };
	buf_close(&on);
	return store_notice_add(store, &notice, err);
}

static bool can_come(struct store *store, struct arena *arena, const struct meeting *m,
	int64_t person, bool minutes, struct err *err)
{
	struct inviteds all, now;
	if (!store_invitable(store, arena, m->authority, &all, err) ||
		!store_invited(store, arena, m->booking, &now, err))
		return false;
	if (now.n >= INVITED_MOST)
		return err_set(err, ERR_FULL, "too many are invited");
	for (size_t i = 0; i < now.n; i++) {
		if (now.item[i].person == person)
			return err_set(err, ERR_DUPLICATE, "they are invited already");
	}
	for (size_t i = 0; i < all.n; i++) {
		if (all.item[i].person == person && (!minutes ||
			policy_role_may(all.item[i].role, MAY_DRAFT)))
			return true;
	}
	return err_set(err, ERR_INPUT, "this person cannot be invited so");
}

static bool add(struct store *store, struct arena *arena, const struct actor *actor,
	const struct meeting *m, int64_t person, bool minutes, struct err *err)
{
	struct invitation i = { .subject = m->subject,
		.booking = m->booking,
		.person = person,
		.minutes = minutes,
		.by = actor->user,
		.at = store_now(store) };
	unsigned char digest[DIGEST];
	if (!can_come(store, arena, m, person, minutes, err) || !take_id(store, &i.id, err))
		return false;
	struct stmt *stmt = db_use(store->db, &invitation_add);
	db_bind_int(stmt, 1, i.id);
	db_bind_int(stmt, 2, i.subject);
	db_bind_int(stmt, 3, i.booking);
	db_bind_int(stmt, 4, i.person);
	db_bind_int(stmt, 5, i.minutes);
	db_bind_int(stmt, 6, i.by);
	db_bind_int(stmt, 7, i.at);
	invitation_digest(store, &i, digest);
	return db_do(stmt, err) && again(store, m, err) &&
		tell(store, arena, m, person, S("invited"),
			minutes ? "asks you to take the minutes of the meeting"
				: "invites you to the meeting", actor->user, err) &&
		entry(store, actor, S("invite"), m, i.id, digest, err);
}

bool store_invite(struct store *store, const struct actor *actor, int64_t booking, int64_t person,
	bool minutes, struct err *err)
{
	struct arena *arena = arena_open(4 << 20);
	struct meeting m;
	bool begun = step_begin(store, err);
	bool done = begun && store_meeting(store, arena, actor, booking, &m, err) &&
		may_say(store, actor, &m, err) &&
		(m.died == DAY_UNKNOWN ||
			err_set(err, ERR_DENIED, "the child has died: nobody is invited any more")) &&
		add(store, arena, actor, &m, person, minutes, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

static bool end(struct store *store, struct arena *arena, const struct actor *actor,
	const struct meeting *m, int64_t invitation, struct err *err)
{
	static const unsigned char none[DIGEST];
	struct inviteds now;
	if (!store_invited(store, arena, m->booking, &now, err))
		return false;
	for (size_t i = 0; i < now.n; i++) {
		if (now.item[i].id != invitation)
			continue;
		struct stmt *stmt = db_use(store->db, &invitation_end);
		db_bind_int(stmt, 1, invitation);
		db_bind_int(stmt, 2, store_now(store));
		return db_do(stmt, err) && again(store, m, err) &&
			tell(store, arena, m, now.item[i].person, S("uninvited"),
				"has taken back your invitation to the meeting", actor->user, err) &&
			entry(store, actor, S("invite:end"), m, invitation, none, err);
	}
	return err_set(err, ERR_STALE, "they are not invited any more");
}

bool store_uninvite(struct store *store, const struct actor *actor, int64_t booking,
	int64_t invitation, struct err *err)
{
	struct arena *arena = arena_open(1 << 20);
	struct meeting m;
	bool begun = step_begin(store, err);
	bool done = begun && store_meeting(store, arena, actor, booking, &m, err) &&
		may_say(store, actor, &m, err) && end(store, arena, actor, &m, invitation, err) &&
		step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

bool invited_end(struct store *store, const struct actor *actor, str authority, int64_t subject,
	int64_t person, struct err *err)
{
	static const unsigned char none[DIGEST];
	struct subjects ids = { 0 };
	struct stmt *stmt = db_use(store->db, &invitations_of_person);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, person);
	db_bind_int(stmt, 3, instant_day(store_now(store)));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(&ids, db_int(stmt, 0));
	bool done = row == DB_DONE;
	const struct meeting meeting = { .subject = subject, .authority = authority };
	for (size_t i = 0; done && i < ids.n; i++) {
		stmt = db_use(store->db, &invitation_end);
		db_bind_int(stmt, 1, ids.item[i]);
		db_bind_int(stmt, 2, store_now(store));
		done = db_do(stmt, err) &&
			entry(store, actor, S("invite:end"), &meeting, ids.item[i], none, err);
	}
	mem_free(ids.item);
	return done;
}

/* ---- the minutes */

/* Who chairs it, with an account; whoever stands in for them that day has it. */
static bool chair_of(struct store *store, struct arena *arena, const struct meeting *m,
	int64_t *chair, int64_t *stands_in, struct err *err)
{
	struct people *people = people_open(store, m->authority, err);
	if (people == NULL)
		return false;
	*chair = people_meant(people, arena, m->by);
	people_close(people);
	if (*chair == 0)
		return err_set(err, ERR_INPUT, "nobody with an account chairs this meeting");
	return cover_stands_in(store, *chair, m->subject, stands_in, err);
}

static bool hand(struct store *store, struct arena *arena, const struct actor *actor,
	const struct meeting *m, struct err *err)
{
	static const unsigned char none[DIGEST];
	int64_t chair, stands_in;
	if (!chair_of(store, arena, m, &chair, &stands_in, err))
		return false;
	int64_t receiver = stands_in != 0 ? stands_in : chair;
	if (!store_draft_hand(store, actor->user, m->booking, receiver, stands_in != 0 ? chair : 0, err))
		return false;
	struct stmt *stmt = db_use(store->db, &invitation_hand);
	db_bind_int(stmt, 1, m->invitation);
	db_bind_int(stmt, 2, store_now(store));
	return db_do(stmt, err) &&
		tell(store, arena, m, chair, S("minutes"),
			"gives you a draft of the record of the meeting", actor->user, err) &&
		entry(store, actor, S("draft:hand"), m, m->invitation, none, err);
}

bool store_minutes_hand(
	struct store *store, const struct actor *actor, int64_t booking, struct err *err)
{
	struct arena *arena = arena_open(4 << 20);
	struct meeting m;
	bool begun = step_begin(store, err);
	bool done = begun && store_meeting(store, arena, actor, booking, &m, err) &&
		(meeting_may_draft(store, actor, booking, m.subject) ||
			err_set(err, ERR_DENIED, "the minutes are not yours to write")) &&
		hand(store, arena, actor, &m, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- against the ledger */

SQL(invitations_entered,
	"SELECT i.id, i.subject, i.booking, i.person, i.minutes, i.invited_by, i.at, i.ended_at, "
	"l.actor, l.digest, (SELECT count(*) FROM ledger e WHERE e.act = 'invite:end' AND "
	"e.objects = 'invitation:' || i.id) FROM invitation i LEFT JOIN ledger l ON "
	"l.act = 'invite' AND l.objects = 'invitation:' || i.id ORDER BY i.id");
SQL(invitations_gone,
	"SELECT l.seq FROM ledger l LEFT JOIN invitation i ON l.objects = 'invitation:' || i.id "
	"WHERE l.act IN ('invite', 'invite:end') AND i.id IS NULL ORDER BY l.seq");

static void prove_one(struct prove *p, struct stmt *stmt)
{
	unsigned char digest[DIGEST];
	const struct invitation i = { .id = db_int(stmt, 0), .subject = db_int(stmt, 1),
		.booking = db_int(stmt, 2), .person = db_int(stmt, 3), .minutes = db_int(stmt, 4) == 1,
		.by = db_int(stmt, 5), .at = db_int(stmt, 6) };
	invitation_digest(p->store, &i, digest);
	str entered = db_bytes(stmt, 9);
	if (db_is_null(stmt, 8))
		p->fault(p->to, "no entry of the ledger tells of this invitation", i.id, (str){ 0 });
	else if (db_int(stmt, 8) != i.by || entered.n != DIGEST ||
		memcmp(entered.p, digest, DIGEST) != 0)
		p->fault(p->to, "the invitation was changed", i.id, (str){ 0 });
	if (db_is_null(stmt, 7) != (db_int(stmt, 10) == 0))
		p->fault(p->to, "the end of the invitation is not what the ledger tells of", i.id,
			(str){ 0 });
}

bool prove_invitations(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &invitations_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		prove_one(p, stmt);
	if (row == DB_FAIL)
		return false;
	stmt = db_use(p->store->db, &invitations_gone);
	while ((row = db_step(stmt, err)) == DB_ROW)
		p->fault(p->to, "an invitation that an entry of the ledger tells of is gone",
			db_int(stmt, 0), (str){ 0 });
	return row == DB_DONE;
}
