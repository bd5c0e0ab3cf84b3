/* tree.c - the entries of the ledger as the leaves of a tree (RFC 9162; base/merkle.h).
 *
 * Stored are the roots of whole subtrees of every fourth level, each written in the transaction of
 * the entry that completes it. Every other node is made from at most 16 of them, or of the entries
 * themselves: a proof among 50 million entries reads some two hundred rows. */
#include "store/inside.h"

#include <string.h>

SQL(tree_entries,
	"SELECT seq, at, actor, role, act, authority, subjects, objects, save, changed, digest, hash "
	"FROM ledger WHERE seq > $1 AND seq <= $2 ORDER BY seq");
SQL(tree_nodes, "SELECT n, hash FROM ledger_node WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n");
SQL(tree_node_add, "INSERT INTO ledger_node (level, n, hash) VALUES ($1, $2, $3)");
SQL(tree_node_count, "SELECT count(*) FROM ledger_node");
SQL(tree_size, "SELECT seq FROM ledger_head WHERE id = 1");

enum { STEP = 4, WIDTH = 1 << STEP, PAGE = 1000 };

struct merkle_hash entry_leaf(const struct entry *entry)
{
	struct buf bytes = { 0 };
	buf_entry(&bytes, entry);
	struct merkle_hash leaf = merkle_leaf(buf_view(&bytes));
	buf_close(&bytes);
	return leaf;
}

/* ---- reading */

static bool read_leaves(struct store *store, int64_t from, int64_t n, struct merkle_hash *out,
	struct err *err)
{
	struct arena *arena = arena_open(16 << 20);
	struct stmt *stmt = db_use(store->db, &tree_entries);
	db_bind_int(stmt, 1, from);
	db_bind_int(stmt, 2, from + n);
	int64_t got = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct entry entry;
		arena_reset(arena);
		entry_read(arena, stmt, &entry);
		if (got < n && entry.seq == from + got + 1)
			out[got++] = entry_leaf(&entry);
	}
	arena_close(arena);
	return row == DB_DONE && (got == n || err_set(err, ERR_BROKEN,
		"entry %lld of the ledger is missing", (long long)(from + got + 1)));
}

static bool read_nodes(struct store *store, int level, int64_t from, int64_t n,
	struct merkle_hash *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tree_nodes);
	db_bind_int(stmt, 1, level);
	db_bind_int(stmt, 2, from);
	db_bind_int(stmt, 3, from + n);
	int64_t got = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str hash = db_bytes(stmt, 1);
		if (got < n && db_int(stmt, 0) == from + got && hash.n == MERKLE_HASH)
			memcpy(out[got++].byte, hash.p, MERKLE_HASH);
	}
	return row == DB_DONE && (got == n || err_set(err, ERR_BROKEN,
		"the ledger's tree has lost the node of entries %lld to %lld",
		(long long)(((from + got) << level) + 1),
		(long long)((from + got + 1) << level)));
}

static bool read_node(void *self, int level, int64_t n, struct merkle_hash *out, struct err *err)
{
	struct store *store = self;
	struct merkle_hash part[WIDTH];
	int base = level - level % STEP;
	int64_t count = INT64_C(1) << (level - base), from = n << (level - base);
	if (!(base == 0 ? read_leaves(store, from, count, part, err)
			: read_nodes(store, base, from, count, part, err)))
		return false;
	for (; count > 1; count /= 2) {
		for (int64_t i = 0; i < count / 2; i++)
			part[i] = merkle_node(&part[2 * i], &part[2 * i + 1]);
	}
	*out = part[0];
	return true;
}

struct merkle_source tree_source(struct store *store)
{
	return (struct merkle_source){ read_node, store };
}

/* ---- writing */

static bool add_node(struct store *store, int level, int64_t n, const struct merkle_hash *hash,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tree_node_add);
	db_bind_int(stmt, 1, level);
	db_bind_int(stmt, 2, n);
	db_bind_bytes(stmt, 3, str_bytes(hash->byte, MERKLE_HASH));
	return db_do(stmt, err);
}

/* The root of 16 parts, the level below: entries, or stored nodes. */
static bool complete(struct store *store, int level, int64_t n, struct err *err)
{
	struct merkle_hash part[WIDTH];
	if (!(level == STEP ? read_leaves(store, n * WIDTH, WIDTH, part, err)
			    : read_nodes(store, level - STEP, n * WIDTH, WIDTH, part, err)))
		return false;
	for (size_t count = WIDTH; count > 1; count /= 2) {
		for (size_t i = 0; i < count / 2; i++)
			part[i] = merkle_node(&part[2 * i], &part[2 * i + 1]);
	}
	return add_node(store, level, n, &part[0], err);
}

bool tree_grow(struct store *store, int64_t seq, struct err *err)
{
	for (int level = STEP; seq % (INT64_C(1) << level) == 0; level += STEP) {
		if (!complete(store, level, (seq >> level) - 1, err))
			return false;
	}
	return true;
}

static int64_t nodes_of(int64_t entries)
{
	int64_t n = 0;
	while ((entries /= WIDTH) > 0)
		n += entries;
	return n;
}

bool tree_count(
	struct store *store, int64_t entries, int64_t *stored, int64_t *expected, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tree_node_count);
	bool done = db_step(stmt, err) == DB_ROW;
	*stored = done ? db_int(stmt, 0) : 0;
	*expected = nodes_of(entries);
	db_reset(stmt);
	return done;
}

/* One page of entries after tree->size, added to the tree and its nodes stored. */
static bool build_page(struct store *store, struct merkle *tree, int64_t end, struct err *err)
{
	struct merkle_hash *leaf = mem_alloc(PAGE, sizeof *leaf), made[MERKLE_LEVELS];
	int64_t n = end - tree->size < PAGE ? end - tree->size : PAGE;
	bool done = read_leaves(store, tree->size, n, leaf, err);
	for (int64_t i = 0; done && i < n; i++) {
		int levels = merkle_add(tree, &leaf[i], made);
		for (int level = STEP; done && level < levels; level += STEP)
			done = add_node(store, level, (tree->size >> level) - 1, &made[level], err);
	}
	mem_free(leaf);
	return done;
}

bool tree_build(struct store *store, struct err *err)
{
	int64_t size, stored, expected;
	if (!store_ledger_size(store, &size, err) ||
		!tree_count(store, size, &stored, &expected, err))
		return false;
	if (stored != 0)
		return stored == expected || err_set(err, ERR_BROKEN, "the ledger's tree is not whole");
	struct merkle tree = { 0 };
	while (tree.size < size) {
		if (!build_page(store, &tree, size, err))
			return false;
	}
	return true;
}

/* ---- holding it against the entries */

bool tree_compare(struct store *store, int64_t seq, const struct merkle_hash *made, int n,
	bool *same, struct err *err)
{
	*same = true;
	for (int level = STEP; level < n; level += STEP) {
		struct merkle_hash stored;
		struct err why = { 0 };
		bool read = read_nodes(store, level, (seq >> level) - 1, 1, &stored, &why);
		if (!read && why.code != ERR_BROKEN)
			return err_set(err, why.code, "%s", why.text);
		*same = *same && read && merkle_same(&stored, &made[level]);
	}
	return true;
}

/* ---- for others */

bool store_ledger_size(struct store *store, int64_t *size, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tree_size);
	enum db_row row = db_step(stmt, err);
	*size = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_BROKEN, "the ledger has lost its head"));
}

bool store_ledger_root(
	struct store *store, int64_t size, struct merkle_hash *out, struct err *err)
{
	int64_t all;
	struct merkle_source source = tree_source(store);
	if (!store_ledger_size(store, &all, err))
		return false;
	if (size < 0 || size > all)
		return err_set(err, ERR_INPUT, "the ledger has %lld entries, not %lld",
			(long long)all, (long long)size);
	return merkle_root_at(&source, size, out, err);
}

static bool entry_find(struct store *store, struct arena *arena, int64_t seq, str *bytes,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tree_entries);
	db_bind_int(stmt, 1, seq - 1);
	db_bind_int(stmt, 2, seq);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		struct entry entry;
		struct buf buf = { 0 };
		entry_read(arena, stmt, &entry);
		buf_entry(&buf, &entry);
		*bytes = arena_str(arena, buf_view(&buf));
		buf_close(&buf);
	}
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING,
		"the ledger has no entry %lld", (long long)seq));
}

bool store_prove_entry(struct store *store, struct arena *arena, int64_t entry, int64_t to,
	struct proof_text *out, struct err *err)
{
	struct stored_checkpoint checkpoint;
	struct merkle_source source = tree_source(store);
	*out = (struct proof_text){ .entry = entry };
	if (!entry_find(store, arena, entry, &out->bytes, err) ||
		!checkpoint_find(store, arena, to, to == 0 ? entry : to, &checkpoint, err))
		return false;
	if (checkpoint.size < entry)
		return err_set(err, ERR_INPUT, "the checkpoint of %lld entries is older than entry %lld",
			(long long)checkpoint.size, (long long)entry);
	out->note = checkpoint.note;
	return merkle_prove_entry(&source, entry - 1, checkpoint.size, &out->proof, err);
}

bool store_prove_growth(struct store *store, struct arena *arena, int64_t from, int64_t to,
	struct proof_text *out, struct err *err)
{
	struct stored_checkpoint checkpoint;
	struct merkle_source source = tree_source(store);
	*out = (struct proof_text){ .growth = true, .from = from };
	if (!checkpoint_find(store, arena, to, from, &checkpoint, err))
		return false;
	if (from < 0 || checkpoint.size < from)
		return err_set(err, ERR_INPUT, "a ledger grows: %lld cannot begin %lld",
			(long long)from, (long long)checkpoint.size);
	out->to = checkpoint.size;
	out->note = checkpoint.note;
	return store_ledger_root(store, from, &out->root, err) &&
		merkle_prove_growth(&source, from, out->to, &out->proof, err);
}
