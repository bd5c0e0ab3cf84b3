/* verify_chain.c - the ledger by itself: the chain of its entries, the tree over them, and whether
 * that is what its own checkpoints and a witness saw. */
#include "store/verify_inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

SQL(ledger_after,
	"SELECT seq, at, actor, role, act, authority, subjects, objects, save, changed, digest, hash "
	"FROM ledger WHERE seq > $1 ORDER BY seq LIMIT 1000");
SQL(ledger_head_is, "SELECT seq, hash FROM ledger_head WHERE id = 1");
SQL(checkpoints_all, "SELECT size, note FROM ledger_checkpoint ORDER BY size");

/* ---- checkpoints: the store's own, and a witness's */

static void add_seen(struct verifying *v, const struct checkpoint *checkpoint, bool witness)
{
	ARRAY_MORE(&v->seen) = (struct seen){ .size = checkpoint->size, .root = checkpoint->root,
		.at = checkpoint->at, .witness = witness };
}

static void check_note(struct verifying *v, const struct note_keys *keys, int64_t size, str note)
{
	struct checkpoint checkpoint;
	struct err why = { 0 };
	if (!checkpoint_read(note, &checkpoint, &why) ||
		!note_is_ours(v->store, v->arena, keys, &checkpoint, note, &why))
		verify_fault(v, "the checkpoint of %lld entries: %s", (long long)size, why.text);
	else if (checkpoint.size != size)
		verify_fault(v, "the checkpoint of %lld entries was changed", (long long)size);
	else
		add_seen(v, &checkpoint, false);
	v->report->checkpoints++;
}

static bool read_checkpoints(struct verifying *v, const struct note_keys *keys, struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &checkpoints_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		arena_reset(v->arena);
		check_note(v, keys, db_int(stmt, 0), db_text(stmt, 1));
	}
	return row == DB_DONE;
}

static bool read_witness(struct verifying *v, const struct note_keys *keys, const char *file,
	struct err *err)
{
	struct witness *witness = witness_open(file, err);
	struct checkpoint checkpoint;
	struct err why = { 0 };
	str note;
	if (witness == NULL)
		return false;
	bool done = true;
	while (done && witness_next(witness, &checkpoint, &note, &why)) {
		arena_reset(v->arena);
		v->report->witnessed++;
		if (checkpoint.size > v->report->witnessed_to)
			v->report->witnessed_to = checkpoint.size;
		if (note_is_ours(v->store, v->arena, keys, &checkpoint, note, &why))
			add_seen(v, &checkpoint, true);
		else if (why.code == ERR_BROKEN)
			verify_fault(v, "%s", why.text);
		else
			done = err_set(err, why.code, "%s", why.text);
	}
	if (done && why.code == ERR_INPUT)
		verify_fault(v, "%s", why.text); /* cut short, or no checkpoint */
	else if (done && why.code == ERR_IO)
		done = err_set(err, why.code, "%s", why.text);
	witness_close(witness);
	return done;
}

static int compare_seen(const void *a, const void *b)
{
	int64_t x = ((const struct seen *)a)->size, y = ((const struct seen *)b)->size;
	return (x > y) - (x < y);
}

static bool read_seen(struct verifying *v, struct arena *keep, const char *file, struct err *err)
{
	struct note_keys keys;
	if (!store_note_keys(v->store, keep, &keys, err) || !read_checkpoints(v, &keys, err) ||
		(file != NULL && !read_witness(v, &keys, file, err)))
		return false;
	if (v->seen.n > 0)
		qsort(v->seen.item, v->seen.n, sizeof *v->seen.item, compare_seen);
	return true;
}

/* The tree has as many entries as these saw. */
static void check_seen(struct verifying *v)
{
	for (; v->seen_next < v->seen.n && v->seen.item[v->seen_next].size <= v->tree.size;
		v->seen_next++) {
		const struct seen *seen = &v->seen.item[v->seen_next];
		struct merkle_hash root = merkle_root(&v->tree);
		if (seen->size == v->tree.size && merkle_same(&root, &seen->root)) {
			v->agreed[seen->witness] = seen->size;
			continue;
		}
		verify_fault(v, "%s saw another ledger: of entries %lld to %lld, one or more were rewritten",
			seen->witness ? "the witness" : "a checkpoint", (long long)v->agreed[seen->witness] + 1,
			(long long)seen->size);
		if (v->report->first_bad == 0) /* the chain knows the place better */
			verify_bad_entry(v, v->agreed[seen->witness] + 1);
	}
}

/* What was seen, and is no longer there. */
static void check_unseen(struct verifying *v)
{
	if (v->seen_next >= v->seen.n)
		return;
	const struct seen *seen = &v->seen.item[v->seen.n - 1];
	struct err why = { 0 };
	const struct checkpoint checkpoint = { .size = seen->size, .at = seen->at };
	(void)witness_against(&checkpoint, v->tree.size, &why);
	if (seen->witness)
		verify_fault(v, "%s", why.text);
	else
		verify_fault(v, "a checkpoint is of %lld entries, and the ledger has %lld",
			(long long)seen->size, (long long)v->tree.size);
	if (v->report->first_bad == 0)
		verify_bad_entry(v, v->tree.size + 1);
}

/* ---- the chain */

/* The entry is the tree's next leaf, and what it completes is what is stored. */
static void check_leaf(struct verifying *v, const struct entry *entry)
{
	struct merkle_hash leaf = entry_leaf(entry), made[MERKLE_LEVELS];
	int n = merkle_add(&v->tree, &leaf, made);
	bool same = true;
	struct err why = { 0 };
	if (!tree_compare(v->store, v->tree.size, made, n, &same, &why))
		verify_fault(v, "%s", why.text);
	if (!same) {
		verify_fault(v, "the ledger's tree is not that of its entries up to number %lld",
			(long long)v->tree.size);
		verify_bad_entry(v, v->tree.size);
	}
	check_seen(v);
}

static void check_entry(struct verifying *v, const struct entry *entry, int64_t expected,
	unsigned char previous[static DIGEST])
{
	unsigned char hash[DIGEST];
	entry_hash(entry, previous, hash);
	if (entry->seq != expected) {
		verify_fault(v, "entry %lld of the ledger is missing", (long long)expected);
		verify_bad_entry(v, expected);
	} else if (memcmp(hash, entry->hash, DIGEST) != 0) {
		verify_fault(v, "entry %lld of the ledger was changed", (long long)entry->seq);
		verify_bad_entry(v, entry->seq);
	}
	memcpy(previous, entry->hash, DIGEST);
	check_leaf(v, entry);
	if (entry->save == 0)
		return;
	struct claim *claim = &ARRAY_MORE(&v->claims);
	*claim = (struct claim){ .save = entry->save, .seq = entry->seq, .said = entry->changed };
	memcpy(claim->sum, entry->digest, DIGEST);
}

static bool check_head(struct verifying *v, int64_t last, const unsigned char hash[static DIGEST],
	struct arena *keep, struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &ledger_head_is);
	enum db_row row = db_step(stmt, err);
	if (row == DB_FAIL)
		return false;
	str head = row == DB_ROW ? db_bytes(stmt, 1) : (str){ 0 };
	if (head.n != DIGEST || db_int(stmt, 0) != last || memcmp(head.p, hash, DIGEST) != 0) {
		verify_fault(v, "the ledger's head is not its last entry, number %lld", (long long)last);
		verify_bad_entry(v, last + 1);
	}
	char hex[2 * DIGEST + 1];
	sodium_bin2hex(hex, sizeof hex, hash, DIGEST);
	v->report->head = arena_str(keep, str_of(hex));
	db_reset(stmt);
	return true;
}

static bool check_nodes(struct verifying *v, struct arena *keep, struct err *err)
{
	int64_t stored, expected;
	if (!tree_count(v->store, v->tree.size, &stored, &expected, err))
		return false;
	if (stored != expected)
		verify_fault(v, "the ledger's tree has %lld nodes, not %lld", (long long)stored,
			(long long)expected);
	struct merkle_hash root = merkle_root(&v->tree);
	struct buf text = { 0 };
	buf_hash(&text, &root);
	v->report->root = arena_str(keep, buf_view(&text));
	buf_close(&text);
	return true;
}

static int compare_claims(const void *a, const void *b)
{
	int64_t x = ((const struct claim *)a)->save, y = ((const struct claim *)b)->save;
	return (x > y) - (x < y);
}

static bool check_chain(struct verifying *v, struct arena *keep, struct err *err)
{
	unsigned char previous[DIGEST] = { 0 };
	int64_t last = 0;
	for (bool more = true; more;) {
		struct stmt *stmt = db_use(v->store->db, &ledger_after);
		db_bind_int(stmt, 1, last);
		arena_reset(v->arena);
		more = false;
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW) {
			struct entry entry;
			entry_read(v->arena, stmt, &entry);
			v->latest = entry.at > v->latest ? entry.at : v->latest;
			check_entry(v, &entry, v->report->entries + 1, previous);
			v->report->entries++;
			last = entry.seq;
			more = true;
		}
		if (row == DB_FAIL)
			return false;
	}
	if (v->claims.n > 0)
		qsort(v->claims.item, v->claims.n, sizeof *v->claims.item, compare_claims);
	check_unseen(v);
	return check_head(v, last, previous, keep, err) && check_nodes(v, keep, err);
}

bool verify_chain(struct verifying *v, struct arena *keep, const char *witness, struct err *err)
{
	return read_seen(v, keep, witness, err) && check_chain(v, keep, err);
}
