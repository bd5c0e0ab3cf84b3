/* ledger.c - the append-only chain: hash = SHA-256(previous hash, entry), the head updated last. The
 * same entries are the leaves of a tree (tree.c), whose root is signed now and then (witness.c). */
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

SQL(ledger_head_read, "SELECT seq, hash FROM ledger_head WHERE id = 1");
/* Takes the row's lock on PostgreSQL before it is read: entries follow one another. */
SQL(ledger_head_next, "UPDATE ledger_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash");
SQL(ledger_head_set, "UPDATE ledger_head SET hash = $1 WHERE id = 1");
SQL(ledger_add,
	"INSERT INTO ledger (seq, at, actor, role, act, authority, subjects, objects, save, "
	"changed, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");

enum { OBJECTS_NAMED = 64 };

void tally_add(struct tally *tally, const unsigned char digest[static DIGEST])
{
	/* Each digest is keyed and of a different thing, so no two sets have the same sum. */
	for (size_t i = 0; i < DIGEST; i++)
		tally->digest[i] ^= digest[i];
	tally->changed++;
}

void tally_object(struct tally *tally, str type, int64_t id, int64_t version)
{
	if (tally->objects_n++ < OBJECTS_NAMED)
		buf_format(&tally->objects, "%s%.*s:%lld:%lld", tally->objects.n == 0 ? "" : ",",
			STR_ARGS(type), (long long)id, (long long)version);
}

void tally_close(struct tally *tally)
{
	buf_close(&tally->objects);
}

static void number(struct buf *buf, int64_t value)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	buf_bytes(buf, bytes, sizeof bytes);
}

static void text(struct buf *buf, str value)
{
	number(buf, (int64_t)value.n);
	buf_str(buf, value);
}

void buf_entry(struct buf *bytes, const struct entry *entry)
{
	number(bytes, entry->seq);
	number(bytes, entry->at);
	number(bytes, entry->actor);
	number(bytes, entry->role);
	text(bytes, entry->act);
	text(bytes, entry->authority);
	text(bytes, entry->subjects);
	text(bytes, entry->objects);
	number(bytes, entry->save);
	number(bytes, entry->changed);
	buf_bytes(bytes, entry->digest, DIGEST);
}

void entry_hash(const struct entry *entry, const unsigned char previous[static DIGEST],
	unsigned char out[static DIGEST])
{
	struct buf bytes = { 0 };
	buf_bytes(&bytes, previous, DIGEST);
	buf_entry(&bytes, entry);
	crypto_hash_sha256(out, (const unsigned char *)bytes.p, bytes.n);
	buf_close(&bytes);
}

static bool write_entry(struct store *store, const struct entry *entry, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &ledger_add);
	db_bind_int(stmt, 1, entry->seq);
	db_bind_int(stmt, 2, entry->at);
	db_bind_int(stmt, 3, entry->actor);
	db_bind_int(stmt, 4, entry->role);
	db_bind_text(stmt, 5, entry->act);
	db_bind_text(stmt, 6, entry->authority);
	db_bind_text(stmt, 7, entry->subjects);
	db_bind_text(stmt, 8, entry->objects);
	db_bind_int(stmt, 9, entry->save);
	db_bind_int(stmt, 10, entry->changed);
	db_bind_bytes(stmt, 11, str_bytes(entry->digest, DIGEST));
	db_bind_bytes(stmt, 12, str_bytes(entry->hash, DIGEST));
	return db_do(stmt, err);
}

bool ledger_append(struct store *store, struct entry *entry, struct err *err)
{
	unsigned char previous[DIGEST] = { 0 };
	struct stmt *head = db_use(store->db, &ledger_head_next);
	enum db_row row = db_step(head, err);
	if (row == DB_FAIL)
		return false;
	str hash = row == DB_ROW ? db_bytes(head, 1) : (str){ 0 };
	if (hash.n != DIGEST) {
		db_reset(head);
		return err_set(err, ERR_BROKEN, "the ledger has lost its head");
	}
	entry->seq = db_int(head, 0);
	memcpy(previous, hash.p, DIGEST);
	if (!db_do(head, err))
		return false;
	entry_hash(entry, previous, entry->hash);
	if (!write_entry(store, entry, err))
		return false;
	struct stmt *set = db_use(store->db, &ledger_head_set);
	db_bind_bytes(set, 1, str_bytes(entry->hash, DIGEST));
	return db_do(set, err) && tree_grow(store, entry->seq, err) &&
		checkpoint_when_due(store, entry->seq, err);
}

void entry_read(struct arena *arena, struct stmt *stmt, struct entry *out)
{
	*out = (struct entry){
		.seq = db_int(stmt, 0),
		.at = db_int(stmt, 1),
		.actor = db_int(stmt, 2),
		.role = db_int(stmt, 3),
		.act = arena_str(arena, db_text(stmt, 4)),
		.authority = arena_str(arena, db_text(stmt, 5)),
		.subjects = arena_str(arena, db_text(stmt, 6)),
		.objects = arena_str(arena, db_text(stmt, 7)),
		.save = db_int(stmt, 8),
		.changed = db_int(stmt, 9),
	};
	str digest = db_bytes(stmt, 10), hash = db_bytes(stmt, 11);
	if (digest.n == DIGEST)
		memcpy(out->digest, digest.p, DIGEST);
	if (hash.n == DIGEST)
		memcpy(out->hash, hash.p, DIGEST);
}

bool store_look(struct store *store, const struct look *look, struct err *err)
{
	struct buf subjects = { 0 };
	for (size_t i = 0; i < look->n; i++) {
		if (i > 0)
			buf_char(&subjects, ',');
		buf_int(&subjects, look->subject[i]);
	}
	struct entry entry = {
		.at = store_now(store),
		.actor = look->actor->user,
		.role = look->actor->role,
		.act = look->act,
		.authority = look->actor->authority,
		.subjects = buf_view(&subjects),
	};
	/* What was looked for, so that who asks whether a name was searched for can be answered. */
	if (look->asked.n > 0)
		crypto_generichash(entry.digest, DIGEST, (const unsigned char *)look->asked.p,
			look->asked.n, store->key, KEY);
	bool begun = step_begin(store, err);
	bool done = begun && ledger_append(store, &entry, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	buf_close(&subjects);
	return done;
}
