/* cover_shared.c - what proposing, answering and ending an arrangement have in common. */
#include "store/cover_inside.h"
#include "store/notice.h"

SQL(cover_child_add,
	"INSERT INTO cover_child (id, cover, subject, receiver, stage) VALUES ($1, $2, $3, $4, 0)");
SQL(cover_child_answer,
	"UPDATE cover_child SET stage = $2, answered_at = $3, answer = $4 WHERE id = $1");
SQL(cover_one,
	"SELECT authority, away, cause, first_day, last_day, proposed_by FROM cover WHERE id = $1");
SQL(cover_rows,
	"SELECT id, subject, receiver, stage FROM cover_child WHERE cover = $1 "
	"AND stage IN (0, 1) ORDER BY subject");
/* How the child stands with the person who is away, and what bars a receiver. */
SQL(cover_standing,
	"SELECT CASE WHEN r.iro_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "
	"CASE WHEN r.chair_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "
	"CASE WHEN r.worker_key IN (p.login_key, p.name_key) THEN 1 ELSE 0 END, "
	"CASE WHEN r.worker_key IN (q.login_key, q.name_key) THEN 1 ELSE 0 END, "
	"CASE WHEN EXISTS (SELECT 1 FROM access b WHERE b.holder = q.id AND b.subject = r.subject "
	"AND b.relation = 6) THEN 1 ELSE 0 END, "
	"CASE WHEN EXISTS (SELECT 1 FROM cover_child c JOIN cover v ON v.id = c.cover "
	"WHERE c.subject = r.subject AND c.stage IN (0, 1) AND v.away = p.id AND v.id <> $6 "
	"AND (c.stage = 0 OR v.cause <> 2) "
	"AND v.first_day <= $5 AND (v.last_day IS NULL OR v.last_day >= $4)) THEN 1 ELSE 0 END, "
	"r.number, r.openness, r.authority, CASE WHEN " SERVES("q", "r.authority") " THEN 1 "
	"ELSE 0 END, r.looked_after FROM child_row r JOIN person p ON p.id = $2 "
	"JOIN person q ON q.id = $3 WHERE r.subject = $1 AND " SERVES("p", "r.authority"));
/* A council that both work for: $3, or any. */
SQL(cover_shared_council,
	"SELECT 1 FROM person p JOIN person q ON q.id = $2 WHERE p.id = $1 AND EXISTS (SELECT 1 FROM "
	"authority u WHERE (u.code = $3 OR $3 = '') AND " SERVES("p", "u.code") " AND "
	SERVES("q", "u.code") ")");

/* ---- the ledger, and steps that hold other steps */

struct held_step cover_hold(struct store *store, struct err *err)
{
	struct held_step held = { .joined = store->joined };
	held.begun = step_begin(store, err);
	if (held.begun)
		store->joined = true;
	return held;
}

bool cover_release(struct store *store, struct held_step held, bool done, struct err *err)
{
	store->joined = held.joined;
	done = done && step_end(store, err);
	if (held.begun && !done)
		step_undo(store);
	return done;
}

bool cover_note_act(struct store *store, const struct actor *actor, str authority, str act,
	int64_t cover, const int64_t *subject, size_t n, struct err *err)
{
	struct buf subjects = { 0 }, object = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_format(&subjects, "%s%lld", i > 0 ? "," : "", (long long)subject[i]);
	buf_format(&object, "cover:%lld", (long long)cover);
	struct entry entry = {
		.at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = authority,
		.subjects = buf_view(&subjects),
		.objects = buf_view(&object),
	};
	bool done = ledger_append(store, &entry, err);
	buf_close(&subjects);
	buf_close(&object);
	return done;
}

bool cover_tell(struct store *store, int64_t person, str kind, int64_t cover, str detail,
	struct err *err)
{
	struct notice notice = {
		.person = person, .kind = kind, .object = cover, .detail = detail
	};
	return store_notice_add(store, &notice, err);
}

bool cover_share(struct store *store, int64_t one, int64_t other, str council, bool *share,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_shared_council);
	db_bind_int(stmt, 1, one);
	db_bind_int(stmt, 2, other);
	db_bind_text(stmt, 3, council);
	enum db_row row = db_step(stmt, err);
	*share = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

bool cover_may_arrange(struct store *store, const struct actor *actor, int64_t away, str council,
	struct err *err)
{
	bool may = actor->user == away;
	if (!may && policy_role_may(actor->role, MAY_ALLOCATE) &&
		!cover_share(store, actor->user, away, council, &may, err))
		return false;
	return may || err_set(err, ERR_MISSING, "there is no such arrangement");
}

/* ---- reading what a change needs */

bool cover_one_read(struct store *store, struct arena *arena, int64_t id, struct arrangement *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_one);
	db_bind_int(stmt, 1, id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct arrangement){
			.id = id,
			.authority = arena_str(arena, db_text(stmt, 0)),
			.away = db_int(stmt, 1),
			.reason = (enum cover_reason)db_int(stmt, 2),
			.first = (day)db_int(stmt, 3),
			.last = db_is_null(stmt, 4) ? DAY_UNKNOWN : (day)db_int(stmt, 4),
			.proposed_by = db_int(stmt, 5),
		};
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such arrangement"));
}

bool cover_rows_read(
	struct store *store, int64_t cover, struct rows_of_cover *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_rows);
	db_bind_int(stmt, 1, cover);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(out) = (struct row_of_cover){ db_int(stmt, 0), db_int(stmt, 1),
			db_int(stmt, 2), (enum cover_state)db_int(stmt, 3) };
	return row == DB_DONE;
}

bool cover_standing_read(struct store *store, struct arena *arena, const struct arrangement *a,
	int64_t receiver, int64_t subject, struct standing *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_standing);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, a->away);
	db_bind_int(stmt, 3, receiver);
	db_bind_int(stmt, 4, a->first);
	db_bind_int(stmt, 5, a->last == DAY_UNKNOWN ? DAY_MAX : a->last);
	db_bind_int(stmt, 6, a->id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct standing){
			.iro = db_int(stmt, 0) == 1,
			.chair = db_int(stmt, 1) == 1,
			.worker = db_int(stmt, 2) == 1,
			.own_worker = db_int(stmt, 3) == 1,
			.barred = db_int(stmt, 4) == 1,
			.taken = db_int(stmt, 5) == 1,
			.number = arena_str(arena, db_text(stmt, 6)),
			.openness = (enum openness)db_int(stmt, 7),
			.authority = arena_str(arena, db_text(stmt, 8)),
			.served = db_int(stmt, 9) == 1,
			.looked_after = db_int(stmt, 10) == 1,
		};
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such child here"));
}

bool cover_child_put(struct store *store, int64_t cover, int64_t subject, int64_t receiver,
	struct err *err)
{
	int64_t id;
	if (!take_id(store, &id, err))
		return false;
	struct stmt *stmt = db_use(store->db, &cover_child_add);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, cover);
	db_bind_int(stmt, 3, subject);
	db_bind_int(stmt, 4, receiver);
	return db_do(stmt, err);
}

bool cover_child_set(
	struct store *store, int64_t id, enum cover_state state, str why, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_child_answer);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, (int64_t)state);
	db_bind_int(stmt, 3, store_now(store));
	if (why.n > 0)
		db_bind_text(stmt, 4, why);
	else
		db_bind_null(stmt, 4);
	return db_do(stmt, err);
}

/* ---- who may receive */

static bool takes_as_iro(enum role role)
{
	return role == ROLE_REVIEWING_OFFICER || role == ROLE_MANAGER || role == ROLE_HEAD;
}

static bool takes_as_chair(enum role role)
{
	return takes_as_iro(role) || role == ROLE_CHAIR || role == ROLE_LEAD_PRACTITIONER;
}

/* Why this person cannot receive this child; empty: they can. */
str cover_bar(struct arena *arena, const struct standing *child, const struct person *receiver,
	enum cover_reason reason)
{
	str number = child->number;
	/* Who takes over for good is named on the child. */
	enum relation as = reason == COVER_LEAVING ? RELATION_OWN : RELATION_COVER;
	if (!child->iro && !child->chair && !child->worker)
		return arena_format(arena, "Child %.*s does not stand with the person who is away",
			STR_ARGS(number));
	if (!child->served)
		return arena_format(arena,
			"%.*s does not work for the council of child %.*s: ask somebody else for this one",
			STR_ARGS(receiver->name), STR_ARGS(number));
	/* Regulation 46(3): no override. */
	if (child->iro && (child->own_worker || receiver->role == ROLE_SOCIAL_WORKER))
		return arena_format(arena,
			"%.*s works on the plan of child %.*s, and can never be their IRO",
			STR_ARGS(receiver->name), STR_ARGS(number));
	if (child->iro && !takes_as_iro(receiver->role))
		return arena_format(arena, "%.*s is not a reviewing officer: child %.*s needs one",
			STR_ARGS(receiver->name), STR_ARGS(number));
	if (child->chair && !takes_as_chair(receiver->role))
		return arena_format(arena, "%.*s does not chair conferences: child %.*s needs a chair",
			STR_ARGS(receiver->name), STR_ARGS(number));
	if (child->worker && !child->iro && !child->chair &&
		receiver->role != ROLE_SOCIAL_WORKER)
		return arena_format(arena, "%.*s is not a social worker: child %.*s needs one",
			STR_ARGS(receiver->name), STR_ARGS(number));
	if (child->openness == HIDDEN && reason != COVER_LEAVING)
		return arena_format(arena,
			"Child %.*s is hidden, and is for those alone whom it names: ask a head of "
			"service to name somebody, and choose the other children here",
			STR_ARGS(number));
	if (child->barred || policy_level(receiver->role, as, child->openness) < 2)
		return arena_format(arena, "%.*s cannot be given child %.*s",
			STR_ARGS(receiver->name), STR_ARGS(number));
	return (str){ 0 };
}
