/* ledger_faults.c - is every fault that is put into a ledger found, and where?
 *
 * usage: ledger-faults ENTRIES FAULTS SEED. Makes a store with so many entries and a witness's file,
 * then again and again changes one bit of an entry, or deletes, inserts, swaps, doubles or cuts off
 * entries, verifies, and takes the fault back. Prints how many were made, found, and found where they
 * were; and one line for each that was not. */
#include "../store/family.h"

#include "store/inside.h"

#include <stdio.h>
#include <time.h>

struct faults {
	struct place *place;
	struct arena *arena;
	const char *witness;
	int64_t entries;
	uint64_t seed;
	int64_t made, found, placed;
};

static int64_t dice(struct faults *faults, int64_t n)
{
	faults->seed = faults->seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((faults->seed >> 20) % (uint64_t)n);
}

static void run(struct faults *faults, const char *text)
{
	OK(db_script(store_db(faults->place->store), text, ERR));
}

/* ---- a ledger as offices leave it: looks at one child, and at lists */

static void fill(struct faults *faults)
{
	struct store *store = faults->place->store;
	static int64_t subject[40];
	while (COUNT(faults->place, "SELECT seq FROM ledger_head") < faults->entries) {
		OK(db_begin(store_db(store), ERR));
		store->joined = true;
		for (int i = 0; i < 100; i++) {
			struct actor actor = { .user = 1 + dice(faults, 30), .role = ROLE_MANAGER,
				.authority = S("EX1") };
			size_t n = dice(faults, 4) == 0 ? (size_t)dice(faults, 40) : 1;
			for (size_t k = 0; k < n; k++)
				subject[k] = 1 + dice(faults, 2000);
			faults->place->now += 1 + dice(faults, 60000);
			OK(store_look(store,
				&(struct look){ .actor = &actor, .act = S("look:child"),
					.subject = subject, .n = n },
				ERR));
		}
		store->joined = false;
		OK(db_commit(store_db(store), ERR));
	}
	int64_t known = -1;
	bool made;
	OK(store_checkpoint(store, &made, ERR));
	OK(witness_append(store, faults->witness, &known, ERR));
	faults->entries = COUNT(faults->place, "SELECT seq FROM ledger_head");
	run(faults, "DROP TRIGGER ledger_no_UPDATE; DROP TRIGGER ledger_no_DELETE;");
}

/* ---- faults: each answers with the number of the entry where the ledger stops being right */

SQL(faults_texts, "SELECT act, authority, subjects, objects, digest, hash FROM ledger WHERE seq = $1");

static bool flip_text(struct faults *faults, int64_t at)
{
	static const char *const column[] = { "act", "authority", "subjects", "objects", "digest",
		"hash" };
	int which = (int)dice(faults, 6);
	struct stmt *stmt = db_use(store_db(faults->place->store), &faults_texts);
	db_bind_int(stmt, 1, at);
	OK(db_step(stmt, ERR) == DB_ROW);
	str now = which < 4 ? db_text(stmt, which) : db_bytes(stmt, which);
	struct buf text = { 0 };
	int64_t bit = now.n == 0 ? 0 : dice(faults, (int64_t)now.n * 8);
	buf_format(&text, "UPDATE ledger SET %s = CAST(x'", column[which]);
	for (size_t i = 0; i < now.n; i++) {
		unsigned char byte = (unsigned char)now.p[i];
		if ((int64_t)i == bit / 8)
			byte = (unsigned char)(byte ^ (1 << bit % 8));
		buf_format(&text, "%02x", byte);
	}
	buf_format(&text, "' AS %s) WHERE seq = %lld", which < 4 ? "TEXT" : "BLOB", (long long)at);
	buf_char(&text, '\0');
	bool any = now.n > 0;
	db_reset(stmt);
	if (any)
		run(faults, text.p);
	buf_close(&text);
	return any;
}

static bool flip_number(struct faults *faults, int64_t at)
{
	static const char *const column[] = { "at", "actor", "role", "save", "changed", "seq" };
	const char *name = column[dice(faults, 6)];
	char text[300];
	unsigned long long bit = 1ull << dice(faults, 62);
	snprintf(text, sizeof text,
		"UPDATE ledger SET %s = (%s | %llu) - (%s & %llu) WHERE seq = %lld", name, name, bit,
		name, bit, (long long)at);
	struct err err = { 0 };
	return db_script(store_db(faults->place->store), text, &err); /* a number that is taken */
}

static int64_t flip(struct faults *faults)
{
	int64_t at;
	do
		at = 1 + dice(faults, faults->entries);
	while (!(dice(faults, 2) == 0 ? flip_text(faults, at) : flip_number(faults, at)));
	return at;
}

#define ALL "at, actor, role, act, authority, subjects, objects, save, changed, digest, hash"

static int64_t remove_some(struct faults *faults)
{
	char text[200];
	int64_t at = 1 + dice(faults, faults->entries), n = 1 + dice(faults, 3);
	snprintf(text, sizeof text, "DELETE FROM ledger WHERE seq >= %lld AND seq < %lld",
		(long long)at, (long long)(at + n));
	run(faults, text);
	return at;
}

static int64_t insert(struct faults *faults)
{
	char text[600];
	int64_t at = 1 + dice(faults, faults->entries), like = 1 + dice(faults, faults->entries);
	snprintf(text, sizeof text,
		"INSERT INTO ledger (seq, " ALL ") SELECT -1, " ALL " FROM ledger WHERE seq = %lld; "
		"UPDATE ledger SET seq = -seq - 10 WHERE seq >= %lld; "
		"UPDATE ledger SET seq = -seq - 9 WHERE seq < -9; "
		"UPDATE ledger SET seq = %lld WHERE seq = -1",
		(long long)like, (long long)at, (long long)at);
	run(faults, text);
	return at;
}

static int64_t swap(struct faults *faults)
{
	char text[400];
	int64_t a = 1 + dice(faults, faults->entries), b = a;
	while (b == a)
		b = 1 + dice(faults, faults->entries);
	snprintf(text, sizeof text,
		"UPDATE ledger SET seq = -1 WHERE seq = %lld; UPDATE ledger SET seq = %lld WHERE seq = "
		"%lld; UPDATE ledger SET seq = %lld WHERE seq = -1",
		(long long)a, (long long)a, (long long)b, (long long)b);
	run(faults, text);
	return a < b ? a : b;
}

/* The tail, with or without the head, the tree and the checkpoints that would tell. */
static int64_t cut(struct faults *faults)
{
	char text[600];
	int64_t keep = 1 + dice(faults, faults->entries - 1);
	snprintf(text, sizeof text, "DELETE FROM ledger WHERE seq > %lld", (long long)keep);
	run(faults, text);
	if (dice(faults, 2) == 0)
		return keep + 1;
	snprintf(text, sizeof text,
		"UPDATE ledger_head SET seq = %lld, hash = (SELECT hash FROM ledger WHERE seq = %lld); "
		"DROP TRIGGER ledger_node_no_DELETE; DELETE FROM ledger_node; "
		"DROP TRIGGER ledger_checkpoint_no_DELETE; "
		"DELETE FROM ledger_checkpoint WHERE size > %lld",
		(long long)keep, (long long)keep, (long long)keep);
	run(faults, text);
	OK(tree_build(faults->place->store, ERR));
	return keep + 1;
}

/* At the end, as if it had happened again. */
static int64_t twice(struct faults *faults)
{
	char text[400];
	int64_t at = 1 + dice(faults, faults->entries);
	snprintf(text, sizeof text,
		"INSERT INTO ledger (seq, " ALL ") SELECT %lld, " ALL " FROM ledger WHERE seq = %lld; "
		"UPDATE ledger_head SET seq = seq + 1",
		(long long)faults->entries + 1, (long long)at);
	run(faults, text);
	return faults->entries + 1;
}

static const struct {
	const char *name;
	int64_t (*make)(struct faults *faults);
} kind[] = {
	{ "one bit", flip },
	{ "deleted", remove_some },
	{ "inserted", insert },
	{ "swapped", swap },
	{ "cut off", cut },
	{ "doubled", twice },
};
enum { KINDS = sizeof kind / sizeof *kind };

static void one(struct faults *faults)
{
	/* Two in three are bits: there are the most ways to go wrong. */
	int64_t which = dice(faults, 3) > 0 ? 0 : dice(faults, KINDS);
	struct ledger_report report;
	struct err err = { 0 };
	OK(db_begin(store_db(faults->place->store), ERR));
	int64_t at = kind[which].make(faults);
	arena_reset(faults->arena);
	bool whole = store_verify_ledger(
		faults->place->store, faults->arena, faults->witness, &report, &err);
	db_rollback(store_db(faults->place->store));
	faults->made++;
	faults->found += !whole && err.code == ERR_BROKEN;
	faults->placed += !whole && report.first_bad == at;
	if (whole || err.code != ERR_BROKEN || report.first_bad != at)
		printf("%s at entry %lld: %s, told at %lld: %s\n", kind[which].name, (long long)at,
			whole ? "NOT FOUND" : "found", (long long)report.first_bad, err.text);
}

int main(int argc, char **argv)
{
	int64_t entries, count, seed;
	if (argc != 4 || !str_int(str_of(argv[1]), &entries) || !str_int(str_of(argv[2]), &count) ||
		!str_int(str_of(argv[3]), &seed))
		return 2;
	unsetenv("DULY_TEST_POSTGRES");
	struct faults faults = { .place = place_open(), .arena = arena_open((size_t)1 << 30),
		.entries = entries, .seed = (uint64_t)seed };
	struct ledger_report report;
	char witness[256], key[256];
	snprintf(witness, sizeof witness, "%s/witness.txt", faults.place->dir);
	snprintf(key, sizeof key, "%s/checkpoint.key", faults.place->dir);
	faults.witness = witness;
	OK(store_sign_with(faults.place->store, key, ERR));
	fill(&faults);
	OK(store_verify_ledger(faults.place->store, faults.arena, witness, &report, ERR));
	for (int64_t i = 0; i < count; i++)
		one(&faults);
	printf("%lld faults in a ledger of %lld entries: %lld found, %lld told where they were\n",
		(long long)faults.made, (long long)faults.entries, (long long)faults.found,
		(long long)faults.placed);
	arena_close(faults.arena);
	place_close(faults.place);
	return faults.found == faults.made ? 0 : 1;
}
