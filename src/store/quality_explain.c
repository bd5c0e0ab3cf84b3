/* quality_explain.c - a finding explained: who says why, taken back, given to the return; and held against
 * the ledger, because a council signs for it. */
#include "store/inside.h"
#include "store/quality.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

SQL(explain_add,
	"INSERT INTO quality_explained (id, authority, kind, year, rule, subject, name, regards, finding, "
	"reason, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
SQL(explain_end,
	"UPDATE quality_explained SET ended_at = $2, ended_person = $3 WHERE id = $1 AND ended_at IS NULL");
SQL(explain_find,
	"SELECT id FROM quality_explained WHERE subject = $1 AND finding = $2 AND ended_at IS NULL");
SQL(explain_may,
	"SELECT a.relation, r.openness FROM access a JOIN child_row r ON r.subject = a.subject "
	"WHERE a.subject = $5 AND" ACCESS_NOW("$1", "$2", "$3", "$4"));
SQL(explained_all,
	"SELECT s.key, x.rule, x.name, x.regards, x.reason, p.name, x.at FROM quality_explained x "
	"JOIN subject s ON s.id = x.subject LEFT JOIN person p ON p.id = x.person WHERE x.authority = $1 AND "
	"x.kind = $2 AND x.year = $3 AND x.ended_at IS NULL ORDER BY s.key, x.rule, x.name, x.regards, x.id");

struct explained {
	int64_t id, subject, finding, person, year;
	instant at;
	str authority, kind, rule, name, regards, reason;
};

static void words(struct buf *buf, str text)
{
	buf_format(buf, "%zu:", text.n);
	buf_str(buf, text);
}

static void digest_of(const struct store *store, const struct explained *x, unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "explained;%lld;%lld;%lld;%lld;%lld;%lld;", (long long)x->id, (long long)x->subject,
		(long long)x->finding, (long long)x->person, (long long)x->at, (long long)x->year);
	const str texts[] = { x->authority, x->kind, x->rule, x->name, x->regards, x->reason };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		words(&buf, texts[i]);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

static bool enter(struct store *store, const struct actor *actor, str act, const struct explained *x,
	const unsigned char digest[static DIGEST], struct err *err)
{
	char subject[24], object[40];
	int n = snprintf(subject, sizeof subject, "%lld", (long long)x->subject);
	int k = snprintf(object, sizeof object, "explained:%lld", (long long)x->id);
	struct entry entry = { .at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = x->authority,
		.subjects = { subject, (size_t)n },
		.objects = { object, (size_t)k } };
	memcpy(entry.digest, digest, DIGEST);
	return ledger_append(store, &entry, err);
}

/* Who sees the child wholly, and may explain. */
static bool may(struct store *store, const struct actor *actor, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &explain_may);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	bool allowed = false;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		allowed = allowed || policy_may(actor->role, MAY_EXPLAIN, (enum relation)db_int(stmt, 0),
					     (enum openness)db_int(stmt, 1));
	return row == DB_DONE && (allowed || err_set(err, ERR_DENIED, "this finding is not yours to explain"));
}

static bool standing(struct store *store, int64_t subject, int64_t finding, int64_t *id, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &explain_find);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, finding);
	enum db_row row = db_step(stmt, err);
	*id = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool add(struct store *store, const struct actor *actor, struct explained *x, struct err *err)
{
	unsigned char digest[DIGEST];
	if (!take_id(store, &x->id, err))
		return false;
	struct stmt *stmt = db_use(store->db, &explain_add);
	db_bind_int(stmt, 1, x->id);
	db_bind_text(stmt, 2, x->authority);
	db_bind_text(stmt, 3, x->kind);
	db_bind_int(stmt, 4, x->year);
	db_bind_text(stmt, 5, x->rule);
	db_bind_int(stmt, 6, x->subject);
	db_bind_text(stmt, 7, x->name);
	db_bind_text(stmt, 8, x->regards);
	db_bind_int(stmt, 9, x->finding);
	db_bind_text(stmt, 10, x->reason);
	db_bind_int(stmt, 11, x->person);
	db_bind_int(stmt, 12, x->at);
	digest_of(store, x, digest);
	return db_do(stmt, err) && enter(store, actor, S("quality:explain"), x, digest, err);
}

static bool explain(struct store *store, struct arena *arena, const struct actor *actor, int64_t subject,
	int64_t finding, str reason, struct err *err)
{
	struct quality_one one;
	int64_t there;
	if (!store_quality_one(store, arena, actor, subject, finding, &one, err) ||
		!may(store, actor, subject, err) || !standing(store, subject, finding, &there, err))
		return false;
	if (there != 0)
		return err_set(err, ERR_DUPLICATE, "it is explained already");
	struct explained x = { .subject = subject,
		.finding = finding,
		.person = actor->user,
		.year = one.check.year,
		.at = store_now(store),
		.authority = one.check.authority,
		.kind = one.check.kind,
		.rule = one.row.finding.rule,
		.name = one.row.finding.name,
		.regards = one.row.finding.regards,
		.reason = reason };
	return add(store, actor, &x, err);
}

static bool step_of(struct store *store, bool begun, bool done, struct err *err)
{
	done = done && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

bool store_quality_explain(struct store *store, const struct actor *actor, int64_t subject, int64_t finding,
	str reason, struct err *err)
{
	reason = str_trim(reason);
	if (reason.n == 0)
		return err_set(err, ERR_INPUT, "Enter why this is right as it stands");
	if (utf8_count(reason) > QUALITY_REASON_MOST)
		return err_set(err, ERR_INPUT, "The reason must be %d characters or fewer", QUALITY_REASON_MOST);
	struct arena *arena = arena_open(1 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && explain(store, arena, actor, subject, finding, reason, err);
	arena_close(arena);
	return step_of(store, begun, done, err);
}

static bool unexplain(struct store *store, struct arena *arena, const struct actor *actor, int64_t subject,
	int64_t finding, struct err *err)
{
	static const unsigned char none[DIGEST];
	struct quality_one one;
	struct explained x = { .subject = subject };
	if (!store_quality_one(store, arena, actor, subject, finding, &one, err) ||
		!may(store, actor, subject, err) || !standing(store, subject, finding, &x.id, err))
		return false;
	if (x.id == 0)
		return err_set(err, ERR_STALE, "it is not explained");
	x.authority = one.check.authority;
	struct stmt *stmt = db_use(store->db, &explain_end);
	db_bind_int(stmt, 1, x.id);
	db_bind_int(stmt, 2, store_now(store));
	db_bind_int(stmt, 3, actor->user);
	return db_do(stmt, err) && enter(store, actor, S("quality:explain-end"), &x, none, err);
}

bool store_quality_unexplain(struct store *store, const struct actor *actor, int64_t subject, int64_t finding,
	struct err *err)
{
	struct arena *arena = arena_open(1 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && unexplain(store, arena, actor, subject, finding, err);
	arena_close(arena);
	return step_of(store, begun, done, err);
}

/* ---- into the return */

bool store_quality_explained(struct store *store, struct arena *arena, str authority, str kind, int year,
	struct quality_reasons *out, struct err *err)
{
	*out = (struct quality_reasons){ 0 };
	struct stmt *stmt = db_use(store->db, &explained_all);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, kind);
	db_bind_int(stmt, 3, year);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			size_t room = out->room == 0 ? 64 : out->room * 2;
			struct quality_reason *item = arena_take(arena, room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
			out->room = room;
		}
		struct quality_reason *to = &out->item[out->n++];
		str *const texts[] = { &to->number, &to->rule, &to->name, &to->regards, &to->reason, &to->who };
		for (int i = 0; i < 6; i++)
			*texts[i] = arena_str(arena, db_text(stmt, i));
		to->at = db_int(stmt, 6);
	}
	return row == DB_DONE;
}

/* ---- against the ledger */

SQL(explained_entered,
	"SELECT x.id, x.subject, x.finding, x.person, x.at, x.year, x.authority, x.kind, x.rule, x.name, "
	"x.regards, x.reason, x.ended_at, x.ended_person, l.actor, l.digest, (SELECT max(e.actor) FROM ledger e "
	"WHERE e.act = 'quality:explain-end' AND e.objects = 'explained:' || x.id) FROM quality_explained x "
	"LEFT JOIN ledger l ON l.act = 'quality:explain' AND l.objects = 'explained:' || x.id ORDER BY x.id");
SQL(explained_gone,
	"SELECT l.seq FROM ledger l LEFT JOIN quality_explained x ON l.objects = 'explained:' || x.id "
	"WHERE l.act IN ('quality:explain', 'quality:explain-end') AND x.id IS NULL ORDER BY l.seq");

static void prove_one(struct prove *p, struct stmt *stmt)
{
	unsigned char digest[DIGEST];
	const struct explained x = { .id = db_int(stmt, 0), .subject = db_int(stmt, 1),
		.finding = db_int(stmt, 2), .person = db_int(stmt, 3), .at = db_int(stmt, 4),
		.year = db_int(stmt, 5), .authority = db_text(stmt, 6), .kind = db_text(stmt, 7),
		.rule = db_text(stmt, 8), .name = db_text(stmt, 9), .regards = db_text(stmt, 10),
		.reason = db_text(stmt, 11) };
	digest_of(p->store, &x, digest);
	str entered = db_bytes(stmt, 15);
	if (db_is_null(stmt, 14))
		p->fault(p->to, "no entry of the ledger tells of this explanation", x.id, (str){ 0 });
	else if (db_int(stmt, 14) != x.person || entered.n != DIGEST || memcmp(entered.p, digest, DIGEST) != 0)
		p->fault(p->to, "the explanation of a finding was changed", x.id, (str){ 0 });
	bool ended = !db_is_null(stmt, 12), told = !db_is_null(stmt, 16);
	if (ended != told || (ended && db_int(stmt, 13) != db_int(stmt, 16)))
		p->fault(p->to, "the end of the explanation is not what the ledger tells of", x.id, (str){ 0 });
}

bool prove_explained(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &explained_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		prove_one(p, stmt);
	if (row == DB_FAIL)
		return false;
	stmt = db_use(p->store->db, &explained_gone);
	while ((row = db_step(stmt, err)) == DB_ROW)
		p->fault(p->to, "an explanation that an entry of the ledger tells of is gone", db_int(stmt, 0),
			(str){ 0 });
	return row == DB_DONE;
}
