/* merkle_lines.c - merkle.h as lines of text, for a program in another language to hold it against.
 *
 * Entry number i of its log is the text "entry i". A line in, a line out:
 *   entry I N            the hashes of the proof that entry I is in the tree of N
 *   growth M N           of the proof that the tree of N begins with the tree of M
 *   is-entry I N LEAF ROOT [HASH]...      yes or no
 *   is-growth M N ROOT ROOT [HASH]...     yes or no
 */
#include "base/merkle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1 << 14, WORDS = 80, LEVELS = 20, LEAVES = 1 << 16 };

static struct merkle_hash *stored[LEVELS];
static int64_t count[LEVELS];

static bool read_stored(void *self, int level, int64_t n, struct merkle_hash *out, struct err *err)
{
	(void)self;
	(void)err;
	must(level < LEVELS && n < count[level]);
	*out = stored[level][n];
	return true;
}

/* The root that grows is the root of the parts. */
static void check_root(const struct merkle *tree)
{
	static const struct merkle_source source = { .read = read_stored };
	struct merkle_hash root = merkle_root(tree), other;
	must(merkle_root_at(&source, tree->size, &other, NULL) && merkle_same(&root, &other));
}

static void grow(void)
{
	static struct merkle tree;
	struct merkle_hash made[MERKLE_LEVELS];
	char text[40];
	for (int level = 0; level < LEVELS; level++)
		stored[level] = calloc((size_t)(LEAVES >> level) + 1, sizeof *stored[level]);
	for (int64_t i = 0; i < LEAVES; i++) {
		snprintf(text, sizeof text, "entry %lld", (long long)i);
		struct merkle_hash leaf = merkle_leaf(str_of(text));
		int n = merkle_add(&tree, &leaf, made);
		for (int level = 0; level < n; level++)
			stored[level][count[level]++] = made[level];
		if (i < 600 || i == LEAVES - 1)
			check_root(&tree);
	}
}

static bool hash_read(str hex, struct merkle_hash *out)
{
	static const char digits[] = "0123456789abcdef";
	if (hex.n != sizeof out->byte * 2)
		return false;
	for (size_t i = 0; i < hex.n; i++) {
		const char *digit = memchr(digits, hex.p[i], 16);
		if (digit == NULL)
			return false;
		unsigned value = (unsigned)(digit - digits);
		out->byte[i / 2] = (unsigned char)(i % 2 == 0 ? value << 4 : out->byte[i / 2] | value);
	}
	return true;
}

static void print_proof(const struct merkle_proof *proof)
{
	for (size_t i = 0; i < proof->n; i++) {
		printf(i == 0 ? "" : " ");
		for (size_t k = 0; k < MERKLE_HASH; k++)
			printf("%02x", proof->hash[i].byte[k]);
	}
	printf("\n");
}

static void answer(str line)
{
	str word[WORDS], rest = line;
	size_t n = 0;
	int64_t a, b;
	static const struct merkle_source source = { .read = read_stored };
	struct merkle_proof proof = { 0 };
	struct merkle_hash first, second;
	while (n < WORDS && str_split(&rest, ' ', &word[n]))
		n++;
	if (n < 3 || !str_int(word[1], &a) || !str_int(word[2], &b)) {
		printf("what?\n");
		return;
	}
	bool growth = str_ends(word[0], S("growth"));
	if (n == 3) {
		must(growth ? merkle_prove_growth(&source, a, b, &proof, NULL)
			    : merkle_prove_entry(&source, a, b, &proof, NULL));
		print_proof(&proof);
		return;
	}
	bool read = n >= 5 && hash_read(word[3], &first) && hash_read(word[4], &second);
	for (size_t i = 5; read && i < n; i++)
		read = proof.n <= MERKLE_LEVELS && hash_read(word[i], &proof.hash[proof.n++]);
	bool holds = read && (growth ? merkle_holds_growth(a, &first, b, &second, &proof)
				     : merkle_holds_entry(&first, a, b, &proof, &second));
	printf(holds ? "yes\n" : "no\n");
}

int main(void)
{
	static char line[LINE];
	grow();
	while (fgets(line, sizeof line, stdin) != NULL)
		answer(str_trim(str_of(line)));
	return 0;
}
