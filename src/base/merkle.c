#include "base/merkle.h"

#include <sodium.h>
#include <string.h>

struct merkle_hash merkle_leaf(str entry)
{
	struct merkle_hash out;
	crypto_hash_sha256_state state;
	static const unsigned char leaf = 0;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, &leaf, 1);
	if (entry.n > 0)
		crypto_hash_sha256_update(&state, (const unsigned char *)entry.p, entry.n);
	crypto_hash_sha256_final(&state, out.byte);
	return out;
}

struct merkle_hash merkle_node(const struct merkle_hash *left, const struct merkle_hash *right)
{
	unsigned char bytes[1 + 2 * MERKLE_HASH] = { 1 };
	struct merkle_hash out;
	memcpy(bytes + 1, left->byte, MERKLE_HASH);
	memcpy(bytes + 1 + MERKLE_HASH, right->byte, MERKLE_HASH);
	crypto_hash_sha256(out.byte, bytes, sizeof bytes);
	return out;
}

bool merkle_same(const struct merkle_hash *a, const struct merkle_hash *b)
{
	return memcmp(a->byte, b->byte, MERKLE_HASH) == 0;
}

/* The root of no entries is the hash of nothing. */
static struct merkle_hash nothing(void)
{
	struct merkle_hash out;
	crypto_hash_sha256(out.byte, (const unsigned char *)"", 0);
	return out;
}

/* ---- a tree that grows */

int merkle_add(struct merkle *tree, const struct merkle_hash *leaf,
	struct merkle_hash made[static MERKLE_LEVELS])
{
	int level = 0;
	must(tree->size < INT64_MAX);
	made[0] = *leaf;
	for (; (tree->size >> level & 1) != 0; level++)
		made[level + 1] = merkle_node(&tree->peak[level], &made[level]);
	tree->peak[level] = made[level];
	tree->size++;
	return level + 1;
}

struct merkle_hash merkle_root(const struct merkle *tree)
{
	struct merkle_hash root = nothing();
	bool any = false;
	for (int level = 0; level < MERKLE_LEVELS; level++) {
		if ((tree->size >> level & 1) == 0)
			continue;
		root = any ? merkle_node(&tree->peak[level], &root) : tree->peak[level];
		any = true;
	}
	return root;
}

/* ---- proofs are made */

/* The hash of n > 0 leaves from `from`, which is a multiple of the largest power of two in n. */
static bool range(const struct merkle_source *source, int64_t from, int64_t n,
	struct merkle_hash *out, struct err *err)
{
	bool any = false;
	int64_t end = from + n;
	for (int level = 0; level < MERKLE_LEVELS; level++) {
		struct merkle_hash piece;
		if ((n >> level & 1) == 0)
			continue;
		end -= INT64_C(1) << level;
		if (!source->read(source->self, level, end >> level, &piece, err))
			return false;
		*out = any ? merkle_node(&piece, out) : piece;
		any = true;
	}
	return true;
}

bool merkle_root_at(const struct merkle_source *source, int64_t size, struct merkle_hash *out,
	struct err *err)
{
	*out = nothing();
	return size == 0 || range(source, 0, size, out, err);
}

/* The largest power of two below n > 1. */
static int64_t half(int64_t n)
{
	int64_t k = 1;
	while (k < n - k)
		k *= 2;
	return k;
}

static bool take(const struct merkle_source *source, int64_t from, int64_t n,
	struct merkle_proof *out, struct err *err)
{
	must(out->n <= MERKLE_LEVELS);
	return range(source, from, n, &out->hash[out->n++], err);
}

/* Taken from the root down, given from the leaf up. */
static void reverse(struct merkle_proof *proof)
{
	for (size_t i = 0; i < proof->n / 2; i++) {
		struct merkle_hash hash = proof->hash[i];
		proof->hash[i] = proof->hash[proof->n - 1 - i];
		proof->hash[proof->n - 1 - i] = hash;
	}
}

bool merkle_prove_entry(const struct merkle_source *source, int64_t entry, int64_t size,
	struct merkle_proof *out, struct err *err)
{
	must(entry >= 0 && entry < size);
	int64_t from = 0, n = size;
	out->n = 0;
	while (n > 1) {
		int64_t k = half(n);
		bool left = entry < from + k;
		if (!take(source, left ? from + k : from, left ? n - k : k, out, err))
			return false;
		from += left ? 0 : k;
		n = left ? k : n - k;
	}
	reverse(out);
	return true;
}

bool merkle_prove_growth(const struct merkle_source *source, int64_t from, int64_t to,
	struct merkle_proof *out, struct err *err)
{
	must(from >= 0 && from <= to);
	int64_t at = 0, n = to, old = from;
	bool known = true; /* the root of the old tree is the reader's already */
	out->n = 0;
	while (old > 0 && old < n) {
		int64_t k = half(n);
		bool left = old <= k;
		if (!take(source, left ? at + k : at, left ? n - k : k, out, err))
			return false;
		known = known && left;
		at += left ? 0 : k;
		old -= left ? 0 : k;
		n = left ? k : n - k;
	}
	if (!known && !take(source, at, n, out, err))
		return false;
	reverse(out);
	return true;
}

/* ---- proofs are checked */

bool merkle_holds_entry(const struct merkle_hash *leaf, int64_t entry, int64_t size,
	const struct merkle_proof *proof, const struct merkle_hash *root)
{
	if (entry < 0 || entry >= size || proof->n > MERKLE_LEVELS + 1)
		return false;
	int64_t at = entry, last = size - 1;
	struct merkle_hash hash = *leaf;
	for (size_t i = 0; i < proof->n; i++) {
		if (last == 0)
			return false;
		if ((at & 1) != 0 || at == last) {
			hash = merkle_node(&proof->hash[i], &hash);
			while ((at & 1) == 0 && at != 0) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			hash = merkle_node(&hash, &proof->hash[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && merkle_same(&hash, root);
}

static bool holds_growth(int64_t from, const struct merkle_hash *from_root, int64_t to,
	const struct merkle_hash *to_root, const struct merkle_proof *proof)
{
	bool whole = (from & (from - 1)) == 0; /* a power of two: its root begins the proof */
	if (!whole && proof->n == 0)
		return false;
	int64_t at = from - 1, last = to - 1;
	for (; (at & 1) != 0; at >>= 1)
		last >>= 1;
	struct merkle_hash old = whole ? *from_root : proof->hash[0], new = old;
	for (size_t i = whole ? 0 : 1; i < proof->n; i++) {
		if (last == 0)
			return false;
		if ((at & 1) != 0 || at == last) {
			old = merkle_node(&proof->hash[i], &old);
			new = merkle_node(&proof->hash[i], &new);
			while ((at & 1) == 0 && at != 0) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			new = merkle_node(&new, &proof->hash[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && merkle_same(&old, from_root) && merkle_same(&new, to_root);
}

bool merkle_holds_growth(int64_t from, const struct merkle_hash *from_root, int64_t to,
	const struct merkle_hash *to_root, const struct merkle_proof *proof)
{
	struct merkle_hash none = nothing();
	if (from < 0 || from > to || proof->n > MERKLE_LEVELS + 1)
		return false;
	if (from == to)
		return proof->n == 0 && merkle_same(from_root, to_root);
	if (from == 0)
		return proof->n == 0 && merkle_same(from_root, &none);
	return holds_growth(from, from_root, to, to_root, proof);
}
