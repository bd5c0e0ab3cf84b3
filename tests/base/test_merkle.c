#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/merkle.h"

#include <stdio.h>

enum { MOST = 70 };

/* All whole subtrees of a log whose entry i is the text "entry i". */
struct whole {
	struct merkle_hash *level[8];
	int64_t count[8];
	struct merkle_hash root[MOST + 1]; /* by size */
};

static bool read_whole(void *self, int level, int64_t n, struct merkle_hash *out, struct err *err)
{
	struct whole *whole = self;
	if (level >= 8 || n >= whole->count[level])
		return err_set(err, ERR_BROKEN, "gone");
	*out = whole->level[level][n];
	return true;
}

static struct merkle_hash leaf_of(int64_t i)
{
	char text[32];
	snprintf(text, sizeof text, "entry %lld", (long long)i);
	return merkle_leaf(str_of(text));
}

static struct whole *whole_new(void)
{
	struct whole *whole = mem_alloc(1, sizeof *whole);
	struct merkle tree = { 0 };
	struct merkle_hash made[MERKLE_LEVELS];
	for (int i = 0; i < 8; i++)
		whole->level[i] = mem_alloc(MOST, sizeof *whole->level[i]);
	whole->root[0] = merkle_root(&tree);
	for (int64_t i = 0; i < MOST; i++) {
		struct merkle_hash leaf = leaf_of(i);
		int n = merkle_add(&tree, &leaf, made);
		for (int k = 0; k < n; k++)
			whole->level[k][whole->count[k]++] = made[k];
		whole->root[i + 1] = merkle_root(&tree);
	}
	return whole;
}

static void whole_close(struct whole *whole)
{
	for (int i = 0; i < 8; i++)
		mem_free(whole->level[i]);
	mem_free(whole);
}

static void check_hex(const struct merkle_hash *hash, const char *want)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < MERKLE_HASH; i++)
		buf_format(&text, "%02x", hash->byte[i]);
	check_str(buf_view(&text), want);
	buf_close(&text);
}

/* The eight entries that the logs of Certificate Transparency are tested with. */
TEST(roots_are_those_that_other_logs_have)
{
	static const str entry[] = { S_INIT(""), S_INIT("\x00"), S_INIT("\x10"), S_INIT("\x20\x21"),
		S_INIT("\x30\x31"), S_INIT("\x40\x41\x42\x43"),
		S_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
		S_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f") };
	static const char *const root[] = {
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	};
	struct merkle tree = { 0 };
	for (size_t i = 0;; i++) {
		struct merkle_hash now = merkle_root(&tree), made[MERKLE_LEVELS];
		check_hex(&now, root[i]);
		if (i == 8)
			break;
		struct merkle_hash leaf = merkle_leaf(entry[i]);
		merkle_add(&tree, &leaf, made);
	}
}

TEST(every_entry_of_every_size_is_proved_and_no_other)
{
	struct whole *whole = whole_new();
	struct merkle_source source = { read_whole, whole };
	for (int64_t size = 1; size <= MOST; size++) {
		struct merkle_hash root;
		check_true(merkle_root_at(&source, size, &root, NULL));
		check_true(merkle_same(&root, &whole->root[size]));
		for (int64_t entry = 0; entry < size; entry++) {
			struct merkle_proof proof;
			struct merkle_hash leaf = leaf_of(entry), other = leaf_of(entry + 1);
			check_true(merkle_prove_entry(&source, entry, size, &proof, NULL));
			check_true(merkle_holds_entry(&leaf, entry, size, &proof, &root));
			check_false(merkle_holds_entry(&other, entry, size, &proof, &root));
			check_false(merkle_holds_entry(&leaf, entry, entry, &proof, &root));
			check_false(merkle_holds_entry(&leaf, -1, size, &proof, &root));
			for (int64_t at = 0; at < size; at++)
				check_int(merkle_holds_entry(&leaf, at, size, &proof, &root),
					at == entry);
			proof.hash[proof.n++] = leaf;
			check_false(merkle_holds_entry(&leaf, entry, size, &proof, &root));
		}
	}
	whole_close(whole);
}

TEST(every_growth_is_proved_and_no_other)
{
	struct whole *whole = whole_new();
	struct merkle_source source = { read_whole, whole };
	for (int64_t to = 0; to <= MOST; to++) {
		for (int64_t from = 0; from <= to; from++) {
			struct merkle_proof proof;
			const struct merkle_hash *a = &whole->root[from], *b = &whole->root[to];
			check_true(merkle_prove_growth(&source, from, to, &proof, NULL));
			check_true(merkle_holds_growth(from, a, to, b, &proof));
			check_int(merkle_holds_growth(from, b, to, b, &proof), from == to);
			check_int(merkle_holds_growth(from, a, to, a, &proof),
				from == to || from == 0);
			check_false(merkle_holds_growth(to + 1, a, to, b, &proof));
			check_false(merkle_holds_growth(-1, a, to, b, &proof));
			if (proof.n > 0) {
				proof.hash[0].byte[5] ^= 1;
				check_false(merkle_holds_growth(from, a, to, b, &proof));
				proof.hash[0].byte[5] ^= 1;
				proof.n--;
				check_false(merkle_holds_growth(from, a, to, b, &proof));
				proof.n++;
			}
			proof.hash[proof.n++] = *a;
			check_false(merkle_holds_growth(from, a, to, b, &proof));
		}
	}
	whole_close(whole);
}

TEST(a_part_that_cannot_be_read_is_no_proof)
{
	struct whole *whole = whole_new();
	struct merkle_source source = { read_whole, whole };
	struct merkle_proof proof;
	struct merkle_hash root;
	struct err err = { 0 };
	for (int i = 0; i < 8; i++)
		whole->count[i] = 0;
	check_false(merkle_root_at(&source, 5, &root, &err));
	check_false(merkle_prove_entry(&source, 2, 5, &proof, &err));
	check_false(merkle_prove_growth(&source, 3, 5, &proof, &err));
	check_false(merkle_prove_growth(&source, 4, 5, &proof, &err));
	check_int(err.code, ERR_BROKEN);
	proof.n = MERKLE_LEVELS + 2;
	check_false(merkle_holds_entry(&root, 0, 5, &proof, &root));
	check_false(merkle_holds_growth(3, &root, 5, &root, &proof));
	proof.n = 0;
	check_false(merkle_holds_growth(3, &root, 5, &root, &proof));
	whole_close(whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(roots_are_those_that_other_logs_have),
		CLAIM(every_entry_of_every_size_is_proved_and_no_other),
		CLAIM(every_growth_is_proved_and_no_other),
		CLAIM(a_part_that_cannot_be_read_is_no_proof),
	};
	return cmocka_run_group_tests_name("base merkle", tests, NULL, NULL);
}
