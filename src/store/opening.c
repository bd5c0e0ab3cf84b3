#include "store/opening.h"

#include "store/inside.h"
#include "store/notice.h"

#include <string.h>

SQL(opening_sight,
	"SELECT a.relation, a.level, r.openness, r.authority FROM access a JOIN child_row r "
	"ON r.subject = a.subject WHERE a.subject = $5 AND" ACCESS_NOW("$1", "$2", "$3", "$4"));
SQL(opening_add,
	"INSERT INTO opening (id, subject, person, reason, at, until, review_by) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)");
/* Whom the child names, or who stands in for them; where nobody is, its managers. */
SQL(opening_owners,
	"SELECT DISTINCT p.id FROM access a JOIN person p ON p.id = a.holder WHERE a.subject = $1 "
	"AND a.relation IN (1, 4) AND p.disabled = 0 AND p.id <> $2 AND a.level > 0 "
	"AND (a.since IS NULL OR a.since <= $3) AND (a.until IS NULL OR a.until > $3) "
	"AND p.role IN ('reviewing-officer', 'chair', 'lead-practitioner') ORDER BY p.id");
SQL(opening_heads,
	"SELECT p.id FROM person p WHERE p.authority = $1 AND p.role IN ('manager', 'head') "
	"AND p.disabled = 0 AND p.id <> $2 AND NOT EXISTS (SELECT 1 FROM access b WHERE "
	"b.holder = p.id AND b.subject = $3 AND b.relation = 6) ORDER BY p.id LIMIT 20");
SQL(person_named, "SELECT name FROM person WHERE id = $1");
#define OPENING                                                                                    \
	"SELECT o.id, o.subject, o.person, p.name, p.role, o.reason, o.at, o.until, o.review_by, " \
	"o.reviewed_at, v.name, o.outcome, o.note, s.level, r.number, r.authority "                \
	"FROM opening o JOIN person p ON p.id = o.person "                                         \
	"LEFT JOIN person v ON v.id = o.reviewer JOIN child_row r ON r.subject = o.subject "       \
	"JOIN (SELECT a.subject AS subject, max(a.level) AS level FROM access a WHERE" ACCESS_NOW( \
		"$1", "$2", "$3", "$4") "GROUP BY a.subject) s ON s.subject = o.subject "
/* What waits stands first, the oldest day first; then what is done, the latest first. */
SQL(openings_all, OPENING
	"ORDER BY CASE WHEN o.reviewed_at IS NULL THEN 0 ELSE 1 END, "
	"CASE WHEN o.reviewed_at IS NULL THEN o.at ELSE -o.at END, o.id DESC LIMIT $5");
SQL(opening_of_id, OPENING "WHERE o.id = $6 LIMIT $5");
SQL(openings_of_child, OPENING "WHERE o.subject = $6 ORDER BY o.at DESC, o.id DESC LIMIT $5");
SQL(openings_own, OPENING "WHERE o.person = $1 AND o.until > $4 ORDER BY o.at DESC LIMIT $5");
SQL(opening_one,
	"SELECT o.person, o.reviewed_at, o.subject, r.authority, a.relation, r.openness, o.at "
	"FROM opening o "
	"JOIN child_row r ON r.subject = o.subject JOIN access a ON a.subject = o.subject "
	"WHERE o.id = $5 AND" ACCESS_NOW("$1", "$2", "$3", "$4"));
SQL(opening_reviewed,
	"UPDATE opening SET reviewed_at = $2, reviewer = $3, outcome = $4, note = $5 "
	"WHERE id = $1 AND reviewed_at IS NULL");

/* ---- opening */

/* What the policy says by any of the relations that they stand in now. */
static bool may_open(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, str *authority, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &opening_sight);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	bool may = false, all = false, there = false;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		there = true;
		all = all || db_int(stmt, 1) == 2;
		may = may || policy_may(actor->role, MAY_OPEN_RESTRICTED,
				     (enum relation)db_int(stmt, 0), (enum openness)db_int(stmt, 2));
		*authority = arena_str(arena, db_text(stmt, 3));
	}
	if (row == DB_FAIL)
		return false;
	if (!there)
		return err_set(err, ERR_MISSING, "there is no such child here");
	return (may && !all) ||
		err_set(err, ERR_DENIED, "there is nothing here that your role may open");
}

static bool insert(struct store *store, const struct opening *opening, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &opening_add);
	db_bind_int(stmt, 1, opening->id);
	db_bind_int(stmt, 2, opening->subject);
	db_bind_int(stmt, 3, opening->person);
	db_bind_text(stmt, 4, opening->reason);
	db_bind_int(stmt, 5, opening->at);
	db_bind_int(stmt, 6, opening->until);
	db_bind_int(stmt, 7, opening->review_by);
	return db_do(stmt, err);
}

enum { TOLD_MOST = 40 };
struct told {
	int64_t person[TOLD_MOST];
	size_t n;
};

static bool owners(struct store *store, const struct opening *opening, str authority,
	struct told *told, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &opening_owners);
	db_bind_int(stmt, 1, opening->subject);
	db_bind_int(stmt, 2, opening->person);
	db_bind_int(stmt, 3, opening->at);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && told->n < TOLD_MOST - 1)
		told->person[told->n++] = db_int(stmt, 0);
	db_reset(stmt);
	if (row == DB_FAIL || told->n > 0)
		return row != DB_FAIL;
	stmt = db_use(store->db, &opening_heads);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, opening->person);
	db_bind_int(stmt, 3, opening->subject);
	while ((row = db_step(stmt, err)) == DB_ROW && told->n < TOLD_MOST - 1)
		told->person[told->n++] = db_int(stmt, 0);
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool name_of(struct store *store, struct arena *arena, int64_t person, str *name,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_named);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	*name = row == DB_ROW ? arena_str(arena, db_text(stmt, 0)) : S("Somebody");
	db_reset(stmt);
	return row != DB_FAIL;
}

/* The same words to each of them. */
static bool tell_all(struct store *store, const struct told *told, str kind,
	const struct opening *opening, str detail, struct err *err)
{
	for (size_t i = 0; i < told->n; i++) {
		struct notice notice = { .person = told->person[i],
			.kind = kind,
			.subject = opening->subject,
			.object = opening->id,
			.detail = detail };
		if (!store_notice_add(store, &notice, err))
			return false;
	}
	return true;
}

static bool tell(struct store *store, struct arena *arena, const struct opening *opening,
	str authority, struct err *err)
{
	struct told told = { 0 };
	str name;
	if (!owners(store, opening, authority, &told, err) ||
		!name_of(store, arena, opening->person, &name, err))
		return false;
	struct buf until = { 0 };
	buf_instant_words(&until, opening->until);
	str detail = arena_format(arena, "%.*s opened this record until %.*s. Reason given: %.*s",
		STR_ARGS(name), (int)until.n, until.p, STR_ARGS(opening->reason));
	buf_close(&until);
	return tell_all(store, &told, S("opening"), opening, detail, err);
}

/* Who opened it, and whose child it is: what somebody else found. */
static bool tell_outcome(struct store *store, struct arena *arena, const struct actor *actor,
	const struct opening *opening, str authority, struct err *err)
{
	struct told told = { 0 };
	struct opening now = *opening;
	str by, who;
	now.at = opening->reviewed_at;
	if (!owners(store, &now, authority, &told, err) ||
		!name_of(store, arena, actor->user, &by, err) ||
		!name_of(store, arena, opening->person, &who, err))
		return false;
	must(told.n < TOLD_MOST);
	for (size_t i = 0; i < told.n; i++) {
		if (told.person[i] == actor->user)
			told.person[i--] = told.person[--told.n];
	}
	told.person[told.n++] = opening->person;
	struct buf at = { 0 };
	buf_instant_words(&at, opening->at);
	str detail = arena_format(arena, "%.*s reviewed the opening by %.*s on %.*s. %s. %.*s",
		STR_ARGS(by), STR_ARGS(who), (int)at.n, at.p,
		str_equal(opening->outcome, S("right")) ? "It was right to open it"
							: "It should not have been opened",
		STR_ARGS(opening->note));
	buf_close(&at);
	return tell_all(store, &told, S("opening-reviewed"), opening, detail, err);
}

static bool note(struct store *store, const struct actor *actor, str act, str authority,
	const struct opening *opening, const unsigned char digest[static DIGEST], struct err *err)
{
	char subject[24], object[40];
	int n = snprintf(subject, sizeof subject, "%lld", (long long)opening->subject);
	int m = snprintf(object, sizeof object, "opening:%lld", (long long)opening->id);
	struct entry entry = { .at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = authority,
		.subjects = { subject, (size_t)n },
		.objects = { object, (size_t)m } };
	memcpy(entry.digest, digest, DIGEST);
	return ledger_append(store, &entry, err);
}

static bool is_reason(str text)
{
	return text.n > 0 && text.n <= OPENING_REASON_MOST && utf8_check(text) == text.n;
}

static bool open_it(struct store *store, struct arena *arena, const struct actor *actor,
	struct opening *opening, struct err *err)
{
	str authority = { 0 };
	unsigned char digest[DIGEST];
	if (!may_open(store, arena, actor, opening->subject, &authority, err) ||
		!take_id(store, &opening->id, err))
		return false;
	opening_digest(store, opening, digest);
	return insert(store, opening, err) &&
		sight_give(store, authority,
			&(struct sight_row){ opening->subject, opening->person, RELATION_OPENED,
				opening->at, opening->until, { 0 } },
			err) &&
		tell(store, arena, opening, authority, err) &&
		note(store, actor, S("open"), authority, opening, digest, err);
}

bool store_opening_add(struct store *store, const struct actor *actor, int64_t subject, str reason,
	struct opening *out, struct err *err)
{
	if (!is_reason(str_trim(reason)))
		return err_set(err, ERR_INPUT, "a reason has 1 to 1,000 characters");
	instant now = store_now(store);
	*out = (struct opening){ .subject = subject,
		.person = actor->user,
		.role = actor->role,
		.reason = str_trim(reason),
		.at = now,
		.until = now + OPENING_LASTS,
		.review_by = calendar_add_working(store_law(store)->calendar, instant_day(now), 1),
		.reviewed_at = INSTANT_UNKNOWN };
	struct arena *arena = arena_open(1 << 18);
	bool begun = step_begin(store, err);
	bool done = begun && open_it(store, arena, actor, out, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- lists */

static bool read(struct store *store, struct arena *arena, struct stmt *stmt, size_t most,
	struct openings *out, struct err *err)
{
	(void)store;
	out->item = arena_take(arena, most, sizeof *out->item);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < most) {
		enum role role;
		out->item[out->n++] = (struct opening){
			.id = db_int(stmt, 0),
			.subject = db_int(stmt, 1),
			.person = db_int(stmt, 2),
			.name = arena_str(arena, db_text(stmt, 3)),
			.role = role_find(db_text(stmt, 4), &role) ? role : ROLE_NONE,
			.reason = arena_str(arena, db_text(stmt, 5)),
			.at = db_int(stmt, 6),
			.until = db_int(stmt, 7),
			.review_by = (day)db_int(stmt, 8),
			.reviewed_at = db_is_null(stmt, 9) ? INSTANT_UNKNOWN : db_int(stmt, 9),
			.reviewer = arena_str(arena, db_text(stmt, 10)),
			.outcome = arena_str(arena, db_text(stmt, 11)),
			.note = arena_str(arena, db_text(stmt, 12)),
			.level = (int)db_int(stmt, 13),
			.number = arena_str(arena, db_text(stmt, 14)),
			.council = arena_str(arena, db_text(stmt, 15)),
		};
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_openings(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, size_t most, struct openings *out, struct err *err)
{
	*out = (struct openings){ 0 };
	struct stmt *stmt = db_use(store->db, subject == 0 ? &openings_all : &openings_of_child);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, (int64_t)most);
	if (subject != 0)
		db_bind_int(stmt, 6, subject);
	return read(store, arena, stmt, most, out, err);
}

bool store_opening(struct store *store, struct arena *arena, const struct actor *actor, int64_t id,
	struct opening *out, struct err *err)
{
	struct openings found = { 0 };
	struct stmt *stmt = db_use(store->db, &opening_of_id);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, 1);
	db_bind_int(stmt, 6, id);
	if (!read(store, arena, stmt, 1, &found, err))
		return false;
	if (found.n == 0)
		return err_set(err, ERR_MISSING, "there is no such opening here");
	*out = found.item[0];
	return true;
}

bool store_openings_own(struct store *store, struct arena *arena, const struct actor *actor,
	struct openings *out, struct err *err)
{
	enum { MOST = 50 };
	*out = (struct openings){ 0 };
	struct stmt *stmt = db_use(store->db, &openings_own);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, MOST);
	return read(store, arena, stmt, MOST, out, err);
}

/* ---- review */

static bool may_review(struct store *store, struct arena *arena, const struct actor *actor,
	struct opening *opening, str *authority, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &opening_one);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, opening->id);
	bool may = false, reviewed = false;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		opening->person = db_int(stmt, 0);
		opening->subject = db_int(stmt, 2);
		opening->at = db_int(stmt, 6);
		*authority = arena_str(arena, db_text(stmt, 3));
		reviewed = !db_is_null(stmt, 1);
		may = may || policy_may(actor->role, MAY_REVIEW_OPENINGS,
				     (enum relation)db_int(stmt, 4), (enum openness)db_int(stmt, 5));
	}
	if (row == DB_FAIL)
		return false;
	if (!may)
		return err_set(err, ERR_MISSING, "there is no such opening here");
	if (opening->person == actor->user)
		return err_set(err, ERR_DENIED, "somebody else must review what you opened");
	return !reviewed || err_set(err, ERR_STALE, "this opening has been reviewed");
}

static bool review_it(struct store *store, struct arena *arena, const struct actor *actor,
	struct opening *opening, struct err *err)
{
	str authority = { 0 };
	if (!may_review(store, arena, actor, opening, &authority, err))
		return false;
	unsigned char digest[DIGEST];
	opening->reviewed_at = store_now(store);
	opening_review_digest(store, opening, actor->user, digest);
	struct stmt *stmt = db_use(store->db, &opening_reviewed);
	db_bind_int(stmt, 1, opening->id);
	db_bind_int(stmt, 2, opening->reviewed_at);
	db_bind_int(stmt, 3, actor->user);
	db_bind_text(stmt, 4, opening->outcome);
	db_bind_text(stmt, 5, opening->note);
	return db_do(stmt, err) &&
		(db_changed(store->db) == 1 ||
			err_set(err, ERR_STALE, "this opening has been reviewed")) &&
		tell_outcome(store, arena, actor, opening, authority, err) &&
		note(store, actor, S("open:review"), authority, opening, digest, err);
}

bool store_opening_review(struct store *store, const struct actor *actor, int64_t id, str outcome,
	str text, struct err *err)
{
	bool right = str_equal(outcome, S("right")), wrong = str_equal(outcome, S("wrong"));
	if ((!right && !wrong) || !is_reason(str_trim(text)))
		return err_set(err, ERR_INPUT, "a review has an outcome and a note");
	struct opening opening = { .id = id, .outcome = outcome, .note = str_trim(text) };
	struct arena *arena = arena_open(1 << 16);
	bool begun = step_begin(store, err);
	bool done = begun && review_it(store, arena, actor, &opening, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}
