/* invite_told.c - a booking that was moved or cancelled: everyone who is invited is told, and who was
 * and who is to chair, in the same step as the change. A notice names no child and no room. */
#include "store/booking.h"
#include "store/inside.h"
#include "store/meeting.h"
#include "store/notice.h"

SQL(told_child,
	"SELECT authority, iro, chair, looked_after FROM child_row WHERE subject = $1");
SQL(told_by, "SELECT name FROM person WHERE id = $1");

enum { TOLD_MOST = INVITED_MOST + 2 };

struct telling {
	struct store *store;
	struct arena *arena;
	const struct actor *actor;
	const struct row *row;
	str authority, own; /* own: who chairs where the booking names nobody */
	int64_t person[TOLD_MOST];
	size_t n;
};

static void add(struct telling *t, int64_t person)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->person[i] == person)
			return;
	}
	if (person != 0 && person != t->actor->user && t->n < TOLD_MOST)
		t->person[t->n++] = person;
}

static bool read_child(struct telling *t, str meeting, struct err *err)
{
	struct stmt *stmt = db_use(t->store->db, &told_child);
	db_bind_int(stmt, 1, t->row->subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		bool officer = booking_is_by_officer(meeting, db_int(stmt, 3) == 1);
		t->authority = arena_str(t->arena, db_text(stmt, 0));
		t->own = arena_str(t->arena, db_text(stmt, officer ? 1 : 2));
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool gather(struct telling *t, const struct booking *was, const struct booking *now,
	struct err *err)
{
	struct inviteds invited;
	if (!read_child(t, was->meeting, err) ||
		!store_invited(t->store, t->arena, t->row->id, &invited, err))
		return false;
	for (size_t i = 0; i < invited.n; i++)
		add(t, invited.item[i].person);
	struct people *people = people_open(t->store, t->authority, err);
	if (people == NULL)
		return false;
	add(t, people_meant(people, t->arena, was->chair.n > 0 ? was->chair : t->own));
	add(t, people_meant(people, t->arena, now->chair.n > 0 ? now->chair : t->own));
	people_close(people);
	return true;
}

static void when(struct buf *words, const struct booking *booking)
{
	int minute = booking_minute(booking->starts);
	buf_format(words, "%s ", weekday_name(day_weekday(booking->on)));
	buf_day_words(words, booking->on);
	if (minute >= 0) {
		buf_lit(words, ", ");
		buf_minute_words(words, minute);
	}
}

/* "Jo Booker moved the meeting of Thursday 3 December 2026, 10am to Tuesday 8 December 2026, 2:30pm. It
 * is held in another place." */
static bool words_of(struct telling *t, const struct booking *was, const struct booking *now, str *out,
	struct err *err)
{
	struct buf words = { 0 };
	struct stmt *stmt = db_use(t->store->db, &told_by);
	db_bind_int(stmt, 1, t->actor->user);
	enum db_row row = db_step(stmt, err);
	buf_str(&words, row == DB_ROW ? db_text(stmt, 0) : S("Somebody"));
	db_reset(stmt);
	bool at = was->on != now->on || !str_equal(was->starts, now->starts);
	bool gone = t->row->withdrawn;
	buf_str(&words, gone ? S(" cancelled") : at ? S(" moved") : S(" changed"));
	buf_lit(&words, " the meeting of ");
	when(&words, was);
	if (!gone && at) {
		buf_lit(&words, " to ");
		when(&words, now);
	}
	buf_char(&words, '.');
	if (!gone && !str_equal(was->room, now->room))
		buf_lit(&words, " It is held in another place.");
	if (!gone && !str_equal(was->chair, now->chair))
		buf_lit(&words, " Somebody else chairs it.");
	if (!gone && !at && was->minutes != now->minutes)
		buf_lit(&words, " It takes another time.");
	*out = arena_str(t->arena, buf_view(&words));
	buf_close(&words);
	return row != DB_FAIL;
}

static bool is_other(const struct booking *a, const struct booking *b)
{
	return a->on != b->on || a->minutes != b->minutes || !str_equal(a->starts, b->starts) ||
		!str_equal(a->room, b->room) || !str_equal(a->chair, b->chair);
}

bool invited_told(struct store *store, struct arena *arena, const struct actor *actor,
	const struct row *was, const struct row *row, struct err *err)
{
	const struct booking *before = was->record, *now = row->record;
	struct telling t = { .store = store, .arena = arena, .actor = actor, .row = row };
	day today = instant_day(store_now(store));
	bool over = before->on < today && (row->withdrawn || now->on < today);
	str detail;
	if (was->draft || over || (!row->withdrawn && !is_other(before, now)))
		return true;
	bool done = gather(&t, before, now, err) && words_of(&t, before, now, &detail, err);
	for (size_t i = 0; done && i < t.n; i++) {
		struct notice notice = { .person = t.person[i],
			.kind = row->withdrawn ? S("meeting-cancelled") : S("meeting-moved"),
			.subject = row->subject,
			.object = row->id,
			.detail = detail };
		done = store_notice_add(store, &notice, err);
	}
	return done;
}
