#include "store/expunge.h"

#include "store/draft.h"
#include "store/history.h"
#include "store/inside.h"
#include "store/kept.h"
#include "store/matter.h"

#include <sodium.h>
#include <string.h>

#define EXPUNGE                                                                                    \
	"SELECT e.id, e.type, e.record, e.version, e.subject, e.authority, e.reason, e.receivers, "  \
	"e.proposer, e.proposed_at, p.name, x.outcome, q.name, x.at FROM expunge e "               \
	"LEFT JOIN expunge_end x ON x.expunge = e.id LEFT JOIN person p ON p.id = e.proposer "     \
	"LEFT JOIN person q ON q.id = x.person "
SQL(expunge_one, EXPUNGE "WHERE e.id = $1");
SQL(expunge_all, EXPUNGE "WHERE e.authority = $1 ORDER BY e.id DESC");
SQL(expunge_open,
	"SELECT e.id FROM expunge e LEFT JOIN expunge_end x ON x.expunge = e.id "
	"WHERE e.record = $1 AND e.version = $2 AND (x.outcome IS NULL OR x.outcome = 'removed')");
SQL(expunge_add,
	"INSERT INTO expunge (id, type, record, version, subject, authority, reason, receivers, "
	"proposer, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
SQL(expunge_end_add,
	"INSERT INTO expunge_end (expunge, outcome, person, at) VALUES ($1, $2, $3, $4)");
SQL(tombstone_add,
	"INSERT INTO tombstone (record, version, expunge, digest) VALUES ($1, $2, $3, $4) "
	"ON CONFLICT (record, version) DO NOTHING");
SQL(tombstone_all, "SELECT record, version, expunge, digest FROM tombstone ORDER BY record, version");
SQL(expunge_events,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event WHERE record = $1 AND subject = $2 "
	"AND save = $3 AND withdrawn_at IS NOT NULL ORDER BY id");
SQL(expunge_event, "UPDATE event SET on_day = NULL, at = NULL, detail = NULL WHERE id = $1");
/* In a list of numbers: taken out of it with its commas, it leaves the list shorter. */
SQL(expunge_looked,
	"SELECT l.seq, l.at, p.name, l.act FROM ledger l LEFT JOIN person p ON p.id = l.actor "
	"WHERE l.at >= $1 AND l.at <= $2 AND (l.subjects = $3 OR replace(',' || l.subjects || ',', ',' "
	"|| $3 || ',', '') <> ',' || l.subjects || ',') AND (substr(l.act, 1, 5) = 'look:' OR "
	"substr(l.act, 1, 7) = 'export:') ORDER BY l.seq DESC LIMIT 200");
SQL(expunge_entries,
	"SELECT e.id, e.type, e.record, e.version, e.subject, e.authority, e.reason, e.receivers, "
	"e.proposer, e.proposed_at, x.outcome, x.person, x.at, a.digest, b.digest, b.actor, a.actor "
	"FROM expunge e LEFT JOIN expunge_end x ON x.expunge = e.id "
	"LEFT JOIN ledger a ON a.act = 'expunge:propose' AND a.objects = 'expunge:' || e.id "
	"LEFT JOIN ledger b ON b.act = 'expunge:' || x.outcome AND b.objects = 'expunge:' || e.id "
	"ORDER BY e.id");
SQL(expunge_entries_gone,
	"SELECT l.seq FROM ledger l LEFT JOIN expunge e ON l.objects = 'expunge:' || e.id "
	"LEFT JOIN expunge_end x ON x.expunge = e.id WHERE substr(l.act, 1, 8) = 'expunge:' AND "
	"(e.id IS NULL OR (l.act <> 'expunge:propose' AND x.expunge IS NULL)) ORDER BY l.seq");

/* ---- digests: keyed, each part with its length */

static void text(struct buf *buf, str value)
{
	buf_format(buf, "%zu:", value.n);
	buf_str(buf, value);
}

static void expunge_digest(const struct store *store, const struct expunge *e, str outcome,
	int64_t person, const unsigned char stones[static DIGEST], unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "expunge;%lld;%lld;%lld;%lld;%lld;%lld;%lld;", (long long)e->id,
		(long long)e->record, (long long)e->version, (long long)e->subject,
		(long long)e->proposer, (long long)e->proposed_at, (long long)person);
	text(&buf, e->type);
	text(&buf, e->authority);
	text(&buf, e->reason);
	text(&buf, e->receivers);
	text(&buf, outcome);
	buf_bytes(&buf, stones, DIGEST);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

/* One stone of the sum: what it stands for and what it keeps. */
static void stone_add(const struct store *store, int64_t record, int64_t version,
	const unsigned char digest[static DIGEST], unsigned char sum[static DIGEST])
{
	unsigned char one[DIGEST];
	struct buf buf = { 0 };
	buf_format(&buf, "stone;%lld;%lld;", (long long)record, (long long)version);
	buf_bytes(&buf, digest, DIGEST);
	crypto_generichash(one, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
	for (size_t i = 0; i < DIGEST; i++)
		sum[i] ^= one[i];
}

/* ---- reading */

static void read_one(struct arena *arena, struct stmt *stmt, struct expunge *out)
{
	*out = (struct expunge){
		.id = db_int(stmt, 0),
		.type = arena_str(arena, db_text(stmt, 1)),
		.record = db_int(stmt, 2),
		.version = db_int(stmt, 3),
		.subject = db_int(stmt, 4),
		.authority = arena_str(arena, db_text(stmt, 5)),
		.reason = arena_str(arena, db_text(stmt, 6)),
		.receivers = arena_str(arena, db_text(stmt, 7)),
		.proposer = db_int(stmt, 8),
		.proposed_at = db_int(stmt, 9),
		.proposer_name = arena_str(arena, db_text(stmt, 10)),
		.outcome = arena_str(arena, db_text(stmt, 11)),
		.ender_name = arena_str(arena, db_text(stmt, 12)),
		.ended_at = db_is_null(stmt, 13) ? INSTANT_UNKNOWN : db_int(stmt, 13),
	};
}

bool store_expunge_find(
	struct store *store, struct arena *arena, int64_t id, struct expunge *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &expunge_one);
	db_bind_int(stmt, 1, id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		read_one(arena, stmt, out);
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "there is no such proposal here"));
}

bool store_expunge_list(struct store *store, struct arena *arena, str authority,
	struct expunges *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &expunge_all);
	size_t room = 64;
	*out = (struct expunges){ .item = arena_take(arena, room, sizeof *out->item) };
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == room)
			break;
		read_one(arena, stmt, &out->item[out->n++]);
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_expunge_looks(struct store *store, struct arena *arena, const struct expunge *expunge,
	struct expunge_looks *out, struct err *err)
{
	struct record_found found;
	struct record_versions versions;
	instant from = expunge->proposed_at;
	if (!store_record_read(store, arena, expunge->record, &found, err) ||
		!store_record_history(store, arena, found.type, found.id, &versions, err))
		return false;
	for (size_t i = 0; i < versions.n; i++) {
		if (versions.item[i].version == expunge->version)
			from = versions.item[i].at;
	}
	*out = (struct expunge_looks){ .item = arena_take(arena, 200, sizeof *out->item) };
	struct stmt *stmt = db_use(store->db, &expunge_looked);
	db_bind_int(stmt, 1, from);
	db_bind_int(stmt, 2, expunge->ended_at == INSTANT_UNKNOWN ? INSTANT_MAX : expunge->ended_at);
	db_bind_text(stmt, 3, arena_format(arena, "%lld", (long long)expunge->subject));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < 200) {
		str act = arena_str(arena, db_text(stmt, 3));
		out->item[out->n++] = (struct expunge_look){ db_int(stmt, 0), db_int(stmt, 1),
			arena_str(arena, db_text(stmt, 2)), act, str_starts(act, S("export:")) };
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

/* ---- the two */

static bool may(struct store *store, const struct actor *actor, int64_t subject, struct err *err)
{
	int level;
	if (!policy_role_may(actor->role, MAY_EXPUNGE))
		return err_set(err, ERR_DENIED, "your role may not remove what was recorded");
	if (!store_subject_access(store, actor, subject, &level, err))
		return false;
	return level == 2 || err_set(err, ERR_MISSING, "there is no such child here");
}

static bool entry_of(struct store *store, const struct actor *actor, const struct expunge *e,
	str act, const unsigned char digest[static DIGEST], struct err *err)
{
	struct arena *arena = arena_open(4096);
	struct entry entry = {
		.at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = arena_format(arena, "expunge:%.*s", STR_ARGS(act)),
		.authority = e->authority,
		.subjects = arena_format(arena, "%lld", (long long)e->subject),
		.objects = arena_format(arena, "expunge:%lld", (long long)e->id),
	};
	memcpy(entry.digest, digest, DIGEST);
	bool done = ledger_append(store, &entry, err);
	arena_close(arena);
	return done;
}

/* Not what the record says now. */
static bool is_past(struct store *store, struct arena *arena, const struct expunge *ask,
	struct record_found *found, struct err *err)
{
	if (!store_record_read(store, arena, ask->record, found, err))
		return false;
	if (found->subject != ask->subject || ask->version < 1 || ask->version > found->version)
		return err_set(err, ERR_MISSING, "there is no such version here");
	return found->withdrawn || ask->version < found->version || err_set(err, ERR_STALE,
		"the record says so now: correct or withdraw it first");
}

static bool propose(struct store *store, struct arena *arena, const struct actor *actor,
	struct expunge *ask, struct err *err)
{
	static const unsigned char none[DIGEST];
	unsigned char digest[DIGEST];
	struct record_found found;
	if (!may(store, actor, ask->subject, err) || !is_past(store, arena, ask, &found, err))
		return false;
	struct stmt *stmt = db_use(store->db, &expunge_open);
	db_bind_int(stmt, 1, ask->record);
	db_bind_int(stmt, 2, ask->version);
	enum db_row row = db_step(stmt, err);
	db_reset(stmt);
	if (row != DB_DONE)
		return row == DB_FAIL ? false : err_set(err, ERR_DUPLICATE,
			"this is proposed already, or removed");
	ask->type = found.type->name;
	ask->authority = actor->authority;
	ask->proposer = actor->user;
	ask->proposed_at = store_now(store);
	if (!take_id(store, &ask->id, err))
		return false;
	stmt = db_use(store->db, &expunge_add);
	db_bind_int(stmt, 1, ask->id);
	db_bind_text(stmt, 2, ask->type);
	db_bind_int(stmt, 3, ask->record);
	db_bind_int(stmt, 4, ask->version);
	db_bind_int(stmt, 5, ask->subject);
	db_bind_text(stmt, 6, ask->authority);
	db_bind_text(stmt, 7, ask->reason);
	db_bind_text(stmt, 8, ask->receivers);
	db_bind_int(stmt, 9, ask->proposer);
	db_bind_int(stmt, 10, ask->proposed_at);
	if (!db_do(stmt, err))
		return false;
	expunge_digest(store, ask, S("propose"), actor->user, none, digest);
	return entry_of(store, actor, ask, S("propose"), digest, err);
}

bool store_expunge_propose(
	struct store *store, const struct actor *actor, struct expunge *ask, struct err *err)
{
	if (ask->reason.n == 0 || ask->reason.n > 4000 || ask->receivers.n > 4000)
		return err_set(err, ERR_INPUT, "say why, in 4,000 characters or fewer");
	struct arena *arena = arena_open(16 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && propose(store, arena, actor, ask, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- removing */

static bool put_stone(struct store *store, const struct expunge *e, int64_t record, int64_t version,
	const unsigned char digest[static DIGEST], unsigned char sum[static DIGEST], bool *new,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tombstone_add);
	db_bind_int(stmt, 1, record);
	db_bind_int(stmt, 2, version);
	db_bind_int(stmt, 3, e->id);
	db_bind_bytes(stmt, 4, str_bytes(digest, DIGEST));
	if (!db_do(stmt, err))
		return false;
	*new = db_changed(store->db) == 1;
	if (*new)
		stone_add(store, record, version, digest, sum);
	return true;
}

static bool clear_events(struct store *store, struct arena *arena, const struct expunge *e,
	int64_t save, unsigned char sum[static DIGEST], struct err *err)
{
	struct {
		struct event_row *item;
		size_t n, room;
	} events = { 0 };
	struct stmt *stmt = db_use(store->db, &expunge_events);
	db_bind_int(stmt, 1, e->record);
	db_bind_int(stmt, 2, e->subject);
	db_bind_int(stmt, 3, save);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		event_row_read(arena, stmt, &ARRAY_MORE(&events));
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < events.n; i++) {
		unsigned char digest[DIGEST];
		bool new;
		event_digest(store, &events.item[i], false, digest);
		done = put_stone(store, e, events.item[i].id, 0, digest, sum, &new, err);
		stmt = db_use(store->db, &expunge_event);
		db_bind_int(stmt, 1, events.item[i].id);
		done = done && (!new || db_do(stmt, err));
	}
	mem_free(events.item);
	return done;
}

/* The version itself, drafts that led to it, and of a withdrawn record the copy of its last words. */
static bool goes(const struct expunge *e, const struct record_found *found, const struct row *row)
{
	if (row->version == e->version)
		return true;
	if (row->draft && (found->withdrawn || row->version < found->version))
		return true;
	return found->withdrawn && e->version >= found->version - 1 &&
	       row->version >= found->version - 1;
}

static bool clear_versions(struct store *store, struct arena *arena, const struct expunge *e,
	const struct record_found *found, unsigned char sum[static DIGEST], struct err *err)
{
	struct type_sql *sql = &store->type[found->type->index];
	struct {
		struct version *item;
		size_t n, room;
	} all = { 0 };
	struct stmt *stmt = db_use(store->db, &sql->versions);
	db_bind_int(stmt, 1, e->record);
	db_bind_int(stmt, 2, 0);
	db_bind_int(stmt, 3, found->version);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct version version;
		version_read(arena, stmt, found->type, &version);
		if (version.row.id == e->record && goes(e, found, &version.row))
			ARRAY_MORE(&all) = version;
	}
	bool done = row == DB_DONE, last = false;
	for (size_t i = 0; done && i < all.n; i++) {
		const struct version *version = &all.item[i];
		bool new;
		done = put_stone(store, e, e->record, version->row.version, version->digest, sum, &new,
			err);
		stmt = db_use(store->db, &sql->empty_version);
		db_bind_int(stmt, 1, e->record);
		db_bind_int(stmt, 2, version->row.version);
		done = done && (!new || db_do(stmt, err)) &&
			clear_events(store, arena, e, version->save, sum, err);
		last = last || version->row.version == found->version;
	}
	mem_free(all.item);
	if (!done || !last)
		return done;
	stmt = db_use(store->db, &sql->empty_record);
	db_bind_int(stmt, 1, e->record);
	return db_do(stmt, err);
}

static bool end(struct store *store, struct arena *arena, const struct actor *actor, int64_t id,
	bool remove, struct err *err)
{
	unsigned char sum[DIGEST] = { 0 }, digest[DIGEST];
	struct expunge e;
	struct record_found found;
	str outcome = remove ? S("removed") : S("declined");
	struct err why = { 0 };
	if (!store_expunge_find(store, arena, id, &e, err) || !may(store, actor, e.subject, err))
		return false;
	if (e.proposer == actor->user)
		return err_set(err, ERR_DENIED, "you proposed this: somebody else decides");
	/* First the end, of which there is only one: two who decide at once wait here. */
	struct stmt *stmt = db_use(store->db, &expunge_end_add);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, outcome);
	db_bind_int(stmt, 3, actor->user);
	db_bind_int(stmt, 4, store_now(store));
	if (!db_do(stmt, &why))
		return err_set(err, why.code == ERR_DUPLICATE ? ERR_STALE : why.code, "%s",
			why.code == ERR_DUPLICATE ? "somebody decided this first" : why.text);
	if (remove && (!is_past(store, arena, &e, &found, err) ||
			      !clear_versions(store, arena, &e, &found, sum, err) ||
			      !store_draft_forget(store, e.subject, err) ||
			      !store_kept_forget(store, arena, e.subject, err)))
		return false;
	expunge_digest(store, &e, outcome, actor->user, sum, digest);
	return entry_of(store, actor, &e, outcome, digest, err);
}

bool store_expunge_end(struct store *store, const struct actor *actor, int64_t id, bool remove,
	struct err *err)
{
	struct arena *arena = arena_open(16 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && end(store, arena, actor, id, remove, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- proving */

bool stones_read(struct store *store, struct stones *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tombstone_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct stone *stone = &ARRAY_MORE(out);
		*stone = (struct stone){ .record = db_int(stmt, 0), .version = db_int(stmt, 1),
			.expunge = db_int(stmt, 2) };
		str digest = db_bytes(stmt, 3);
		if (digest.n == DIGEST)
			memcpy(stone->digest, digest.p, DIGEST);
	}
	return row == DB_DONE;
}

struct stone *stone_of(const struct stones *stones, int64_t record, int64_t version)
{
	size_t low = 0, high = stones->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct stone *stone = &stones->item[middle];
		if (stone->record < record || (stone->record == record && stone->version < version))
			low = middle + 1;
		else
			high = middle;
	}
	return low < stones->n && stones->item[low].record == record &&
			stones->item[low].version == version
		? &stones->item[low]
		: NULL;
}

static bool same(str stored, const unsigned char digest[static DIGEST])
{
	return stored.n == DIGEST && memcmp(stored.p, digest, DIGEST) == 0;
}

bool expunges_prove(struct store *store, struct arena *arena, const struct stones *stones,
	int64_t *removed, void (*fault)(void *to, const char *what, int64_t id, str name), void *to,
	struct err *err)
{
	static const unsigned char none[DIGEST];
	int64_t under = 0;
	struct stmt *stmt = db_use(store->db, &expunge_entries);
	enum db_row row;
	*removed = 0;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct expunge e;
		unsigned char digest[DIGEST], sum[DIGEST] = { 0 };
		arena_reset(arena);
		read_one(arena, stmt, &e);
		e.outcome = arena_str(arena, db_text(stmt, 10));
		int64_t person = db_int(stmt, 11);
		expunge_digest(store, &e, S("propose"), e.proposer, none, digest);
		if (!same(db_bytes(stmt, 13), digest) || db_int(stmt, 16) != e.proposer)
			fault(to, "the proposal to remove a version is not what the ledger tells", e.id,
				(str){ 0 });
		for (size_t i = 0; i < stones->n; i++) {
			if (stones->item[i].expunge != e.id)
				continue;
			stone_add(store, stones->item[i].record, stones->item[i].version,
				stones->item[i].digest, sum);
			under++;
		}
		bool gone = str_equal(e.outcome, S("removed"));
		expunge_digest(store, &e, e.outcome, person, sum, digest);
		bool told = e.outcome.n == 0 ? memcmp(sum, none, DIGEST) == 0
			: same(db_bytes(stmt, 14), digest) && db_int(stmt, 15) == person;
		if (!told || (gone && person == e.proposer))
			fault(to, "a version was removed otherwise than the ledger tells", e.id,
				(str){ 0 });
		*removed += gone;
	}
	if (row == DB_DONE && under != (int64_t)stones->n)
		fault(to, "a tombstone stands that nobody decided", (int64_t)stones->n, (str){ 0 });
	if (row == DB_FAIL)
		return false;
	stmt = db_use(store->db, &expunge_entries_gone);
	while ((row = db_step(stmt, err)) == DB_ROW)
		fault(to, "what an entry of the ledger tells of removing a version is gone",
			db_int(stmt, 0), (str){ 0 });
	return row == DB_DONE;
}
