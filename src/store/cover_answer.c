/* cover_answer.c - accepting, refusing and ending an arrangement, and what each then moves. */
#include "store/cover_inside.h"
#include "store/booking.h"
#include "store/draft.h"
#include "store/notice.h"

SQL(cover_note, "SELECT note FROM cover WHERE id = $1");
SQL(cover_bearers,
	"SELECT count(*) FROM person p WHERE p.name_key = $2 AND " SERVES("p", "$1"));

enum { WHY_MOST = 1000 };

struct answering {
	struct store *store;
	struct arena *arena;
	const struct actor *actor;
	const struct cover_answer *answer;
	struct arrangement a;
	struct person away, receiver;
	int64_t *subject;
	size_t n;
};

/* By name where only one bears it; else by sign-in name, which nobody shares. */
static bool name_to_write(struct store *store, struct arena *arena, str authority,
	const struct person *person, str *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_bearers);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, folded(arena, person->name));
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW && db_int(stmt, 0) == 1 ? person->name : person->login;
	db_reset(stmt);
	return row == DB_ROW;
}

static bool names(struct arena *arena, str written, const struct person *person)
{
	str key = folded(arena, written);
	return key.n > 0 && (str_equal(key, folded(arena, person->login)) ||
				    str_equal(key, folded(arena, person->name)));
}

static struct change edit(struct answering *w, const struct record_type *type,
	const struct stored *stored, void *record)
{
	return (struct change){ .act = CHANGE_EDIT,
		.type = type,
		.subject = stored->subject,
		.id = stored->id,
		.version = stored->version,
		.record = record,
		.reason = arena_format(w->arena, "Handed over from %.*s to %.*s",
			STR_ARGS(w->away.name), STR_ARGS(w->receiver.name)) };
}

/* Meetings to come that name the leaver as their chair: nobody would come to chair them, and the name
 * would go on giving the leaver sight of the child. Where the receiver is the child's own, none is
 * needed. */
static size_t take_meetings(struct answering *w, const struct stored_list *bookings,
	const struct allocation *to, bool looked_after, str name, struct change *change)
{
	day today = instant_day(store_now(w->store));
	size_t n = 0;
	for (size_t i = 0; i < bookings->n; i++) {
		const struct booking *was = bookings->item[i].record;
		if (was->on < today || !names(w->arena, was->chair, &w->away))
			continue;
		struct booking *now = record_new(w->arena, &booking_type);
		*now = *was;
		str own = booking_is_by_officer(was->meeting, looked_after) ? to->iro : to->chair;
		now->chair = str_equal(own, name) ? (str){ 0 } : name;
		change[n++] = edit(w, &booking_type, &bookings->item[i], now);
	}
	return n;
}

/* The allocation as it is, with the receiver where the leaver stood; its meetings; and the note. */
static bool hand_over(struct answering *w, const struct standing *child, int64_t subject, str name,
	str note, struct err *err)
{
	struct stored_list list, bookings;
	if (!store_records(w->store, w->arena, subject, &allocation_type, &list, err) ||
		!store_records_joined(
			w->store, w->arena, subject, &booking_type, &bookings, err))
		return false;
	must(list.n > 0);
	struct allocation to = *(const struct allocation *)list.item[0].record;
	str *part[] = { &to.iro, &to.chair, &to.social_worker };
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		if (names(w->arena, *part[i], &w->away))
			*part[i] = name;
	}
	struct change *change = arena_take(w->arena, bookings.n + 2, sizeof *change);
	size_t n = 0;
	change[n++] = edit(w, &allocation_type, &list.item[0], &to);
	if (child->iro || child->chair)
		n += take_meetings(w, &bookings, &to, child->looked_after, name, change + n);
	if (note.n > 0) {
		struct handover_note *said = record_new(w->arena, &handover_note_type);
		said->note = note;
		said->who = name;
		change[n++] = (struct change){ .act = CHANGE_ADD,
			.type = &handover_note_type,
			.subject = subject,
			.record = said };
	}
	struct problems problems = { 0 };
	struct save save = { .mode = SAVE_FORM,
		.actor = w->actor,
		.authority = w->a.authority,
		.change = change,
		.n = n,
		.problems = &problems,
		.arena = w->arena,
		.arranged = true };
	return invited_end(w->store, w->actor, w->a.authority, subject, w->a.away, err) &&
		store_save(w->store, &save, err) &&
		store_draft_move(w->store, subject, w->a.away, w->actor->user, err) &&
		store_notice_move(w->store, w->a.away, w->actor->user, subject, err);
}

static bool is_among(const struct cover_answer *answer, int64_t subject)
{
	for (size_t i = 0; i < answer->n; i++) {
		if (answer->subject[i] == subject)
			return true;
	}
	return answer->n == 0;
}

static bool answer_row(
	struct answering *w, const struct row_of_cover *row, enum cover_state state, struct err *err)
{
	str why = w->answer == NULL ? (str){ 0 } : str_trim(w->answer->why);
	w->subject[w->n++] = row->subject;
	return cover_child_set(w->store, row->id, state, why, err);
}

/* What was true when it was proposed may not be true any more. */
static bool accept_row(
	struct answering *w, const struct row_of_cover *row, str name, str note, struct err *err)
{
	struct standing child;
	if (!cover_standing_read(w->store, w->arena, &w->a, w->actor->user, row->subject, &child, err))
		return false;
	str why = cover_bar(w->arena, &child, &w->receiver, w->a.reason);
	if (why.n > 0)
		return err_set(err, ERR_INPUT, "%.*s", STR_ARGS(why));
	if (!answer_row(w, row, COVER_ACCEPTED, err))
		return false;
	return w->a.reason == COVER_LEAVING
		? hand_over(w, &child, row->subject, name, note, err)
		: cover_set_sight(w->store, w->a.authority, w->actor->user, row->subject, err);
}

static bool note_of(struct answering *w, str *note, struct err *err)
{
	struct stmt *stmt = db_use(w->store->db, &cover_note);
	db_bind_int(stmt, 1, w->a.id);
	enum db_row row = db_step(stmt, err);
	*note = row == DB_ROW ? arena_str(w->arena, db_text(stmt, 0)) : (str){ 0 };
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool answer_rows(
	struct answering *w, const struct rows_of_cover *rows, struct err *err)
{
	str name, note;
	if (!name_to_write(w->store, w->arena, w->a.authority, &w->receiver, &name, err) ||
		!note_of(w, &note, err))
		return false;
	w->subject = arena_take(w->arena, rows->n + 1, sizeof *w->subject);
	for (size_t i = 0; i < rows->n; i++) {
		const struct row_of_cover *row = &rows->item[i];
		if (row->state != COVER_PROPOSED || row->receiver != w->actor->user ||
			!is_among(w->answer, row->subject))
			continue;
		bool done = w->answer->accept ? accept_row(w, row, name, note, err)
					      : answer_row(w, row, COVER_REFUSED, err);
		if (!done)
			return false;
	}
	return w->n > 0 || err_set(err, ERR_MISSING, "nothing here waits for your answer");
}

static bool answer(struct answering *w, struct err *err)
{
	struct rows_of_cover rows = { 0 };
	bool done = cover_one_read(w->store, w->arena, w->answer->cover, &w->a, err) &&
		store_person_read(w->store, w->arena, w->a.away, &w->away, err) &&
		store_person_read(w->store, w->arena, w->actor->user, &w->receiver, err) &&
		cover_rows_read(w->store, w->a.id, &rows, err) && answer_rows(w, &rows, err);
	mem_free(rows.item);
	if (!done)
		return false;
	bool accept = w->answer->accept;
	int64_t moved;
	if (accept && !cover_lend(w->store, store_now(w->store) + 1, &moved, err))
		return false;
	str detail = arena_format(w->arena, "%.*s %s %zu children", STR_ARGS(w->receiver.name),
		accept ? "accepted" : "refused", w->n);
	str kind = accept ? S("cover-accepted") : S("cover-refused");
	return cover_tell(w->store, w->a.away, kind, w->a.id, detail, err) &&
		(w->a.proposed_by == w->a.away ||
			cover_tell(w->store, w->a.proposed_by, kind, w->a.id, detail, err)) &&
		cover_note_act(w->store, w->actor, w->a.authority,
			accept ? S("cover:accept") : S("cover:refuse"), w->a.id, w->subject, w->n,
			err);
}

bool store_cover_answer(struct store *store, struct arena *arena, const struct actor *actor,
	const struct cover_answer *given, struct problems *problems, struct err *err)
{
	if (!given->accept && str_trim(given->why).n == 0)
		problem_add(arena, problems, S("why"), S("Enter why you refuse"));
	if (given->why.n > WHY_MOST)
		problem_add(arena, problems, S("why"),
			S("The reason must be 1,000 characters or fewer"));
	if (problems->n > 0)
		return err_set(err, ERR_INPUT, "the answer cannot be taken as it is");
	struct answering w = { .store = store, .arena = arena, .actor = actor, .answer = given };
	struct err why = { 0 };
	struct held_step held = cover_hold(store, &why);
	bool done = cover_release(store, held, held.begun && answer(&w, &why), &why);
	/* What bars the receiver is for the form, in words. */
	if (!done && why.code == ERR_INPUT)
		problem_add(arena, problems, S("children"),
			arena_str(arena, str_of(why.text)));
	return done || err_set(err, why.code, "%s", why.text);
}

/* ---- ending */

static bool end_rows(struct answering *w, const struct rows_of_cover *rows, struct err *err)
{
	w->subject = arena_take(w->arena, rows->n + 1, sizeof *w->subject);
	for (size_t i = 0; i < rows->n; i++) {
		const struct row_of_cover *row = &rows->item[i];
		bool waits = row->state == COVER_PROPOSED;
		if (!waits && w->a.reason == COVER_LEAVING)
			continue;
		if (!answer_row(w, row, waits ? COVER_WITHDRAWN : COVER_ENDED, err) ||
			(!waits && !cover_set_sight(w->store, w->a.authority, row->receiver,
					   row->subject, err)))
			return false;
	}
	return w->n > 0 || err_set(err, ERR_MISSING, "there is nothing left to end");
}

/* Each receiver once. */
static bool tell_receivers(struct answering *w, const struct rows_of_cover *rows, struct err *err)
{
	str detail = arena_format(
		w->arena, "The arrangement for %.*s has ended", STR_ARGS(w->away.name));
	for (size_t i = 0; i < rows->n; i++) {
		size_t k = 0;
		while (k < i && rows->item[k].receiver != rows->item[i].receiver)
			k++;
		if (k == i && !cover_tell(w->store, rows->item[i].receiver, S("cover-ended"), w->a.id,
				      detail, err))
			return false;
	}
	return true;
}

static bool end(struct answering *w, int64_t cover, struct err *err)
{
	struct rows_of_cover rows = { 0 };
	int64_t moved;
	bool done = cover_one_read(w->store, w->arena, cover, &w->a, err);
	done = done &&
		(w->actor->user == w->a.proposed_by ||
			cover_may_arrange(w->store, w->actor, w->a.away, w->a.authority, err)) && store_person_read(w->store, w->arena, w->a.away, &w->away, err) &&
		cover_rows_read(w->store, cover, &rows, err) && end_rows(w, &rows, err) &&
		cover_lend(w->store, store_now(w->store) + 1, &moved, err) &&
		tell_receivers(w, &rows, err) &&
		cover_note_act(w->store, w->actor, w->a.authority, S("cover:end"), cover, w->subject,
			w->n, err);
	mem_free(rows.item);
	return done;
}

bool store_cover_end(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t cover, struct err *err)
{
	struct answering w = { .store = store, .arena = arena, .actor = actor };
	struct held_step held = cover_hold(store, err);
	return cover_release(store, held, held.begun && end(&w, cover, err), err);
}
