/* merkle.h - a log as a tree of hashes: its root, and proofs that hold an entry or a growth to it.
 *
 * RFC 9162, section 2.1: a leaf is SHA-256(0x00, entry), a node SHA-256(0x01, left, right), and a
 * tree of n leaves has on its left the largest power of two below n. Entries count from 0, sizes are
 * numbers of entries. A proof says nothing about the size it is given for: the size belongs to the
 * root, and both come from a checkpoint. Pure.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { MERKLE_HASH = 32, MERKLE_LEVELS = 63 };

struct merkle_hash {
	unsigned char byte[MERKLE_HASH];
};

struct merkle_hash merkle_leaf(str entry);
struct merkle_hash merkle_node(const struct merkle_hash *left, const struct merkle_hash *right);
bool merkle_same(const struct merkle_hash *a, const struct merkle_hash *b);

/* A tree that grows at its end; zeroed, it is empty. */
struct merkle {
	int64_t size;
	struct merkle_hash peak[MERKLE_LEVELS]; /* of each level whose bit of the size is set */
};
/* made[0] is the leaf, made[k] the subtree of 2^k leaves that it completes: how many there are. */
int merkle_add(struct merkle *tree, const struct merkle_hash *leaf,
	struct merkle_hash made[static MERKLE_LEVELS]);
struct merkle_hash merkle_root(const struct merkle *tree);

/* Where hashes come from: that of the whole subtree of leaves n * 2^level to (n + 1) * 2^level. */
struct merkle_source {
	bool (*read)(void *self, int level, int64_t n, struct merkle_hash *out, struct err *err);
	void *self;
};
/* The root of the first `size` entries. */
MUST_USE bool merkle_root_at(const struct merkle_source *source, int64_t size,
	struct merkle_hash *out, struct err *err);

struct merkle_proof {
	size_t n;
	struct merkle_hash hash[MERKLE_LEVELS + 1]; /* the lowest first */
};
/* That the entry is in the tree of that size: 2.1.3.1. */
MUST_USE bool merkle_prove_entry(const struct merkle_source *source, int64_t entry, int64_t size,
	struct merkle_proof *out, struct err *err);
/* That the tree of size `to` begins with the tree of size `from`: 2.1.4.1. */
MUST_USE bool merkle_prove_growth(const struct merkle_source *source, int64_t from, int64_t to,
	struct merkle_proof *out, struct err *err);
/* What anybody can check without the log: 2.1.3.2, 2.1.4.2. */
bool merkle_holds_entry(const struct merkle_hash *leaf, int64_t entry, int64_t size,
	const struct merkle_proof *proof, const struct merkle_hash *root);
bool merkle_holds_growth(int64_t from, const struct merkle_hash *from_root, int64_t to,
	const struct merkle_hash *to_root, const struct merkle_proof *proof);
