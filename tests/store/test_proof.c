#include "family.h"

#include "store/inside.h"

#include <sys/stat.h>

static void look(struct place *place, int64_t times)
{
	struct actor actor = { .user = 3, .role = ROLE_MANAGER, .authority = S("EX1") };
	for (int64_t i = 0; i < times; i++) {
		int64_t subject = i + 1;
		place->now += 1000;
		OK(store_look(place->store,
			&(struct look){ .actor = &actor, .act = S("look:child"), .subject = &subject,
				.n = 1 },
			ERR));
	}
}

static const char *file_in(struct place *place, const char *name)
{
	return arena_format(place->arena, "%s/%s", place->dir, name).p;
}

static struct place *signing_place(void)
{
	struct place *place = place_open();
	OK(store_sign_with(place->store, file_in(place, "checkpoint.key"), ERR));
	return place;
}

/* One with other keys. */
static struct place *other_place(void)
{
	struct place *place = place_new();
	place->seed = 99;
	place_open_store(place, STORE_CREATE);
	return place;
}

static void check_whole(struct place *place, const char *witness)
{
	struct ledger_report report;
	OK(store_verify_ledger(place->store, place->arena, witness, &report, ERR));
}

/* What somebody with the database could do, past the triggers. */
static void tamper(struct place *place, const char *statement)
{
	static const char *const table[] = { "ledger", "ledger_node", "ledger_checkpoint" };
	char text[400];
	for (size_t i = 0; i < 3; i++) {
		if (place_postgres())
			snprintf(text, sizeof text, "ALTER TABLE %s DISABLE TRIGGER ALL", table[i]);
		else
			snprintf(text, sizeof text,
				"DROP TRIGGER IF EXISTS %s_no_UPDATE; DROP TRIGGER IF EXISTS %s_no_DELETE",
				table[i], table[i]);
		OK(db_script(store_db(place->store), text, ERR));
	}
	OK(db_script(store_db(place->store), statement, ERR));
}

TEST(the_tree_that_is_stored_is_that_of_the_entries)
{
	struct place *place = place_open();
	static const int64_t step[] = { 1, 14, 1, 1, 238, 1, 1, 300 };
	int64_t size = 0;
	for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
		look(place, step[i]);
		check_whole(place, NULL);
		size += step[i];
		struct merkle_hash root;
		OK(store_ledger_root(place->store, size, &root, ERR));
		NO(store_ledger_root(place->store, size + 1, &root, ERR), ERR_INPUT);
	}
	check_int(COUNT(place, "SELECT count(*) FROM ledger_node WHERE level = 4"), 557 / 16);
	check_int(COUNT(place, "SELECT count(*) FROM ledger_node WHERE level = 8"), 2);
	place_close(place);
}

TEST(a_change_that_is_undone_leaves_no_node)
{
	struct place *place = place_open();
	struct basket basket;
	look(place, 15);
	put_child(place, &basket, "A1", day_of(2026, 9, 1), DAY_UNKNOWN);
	basket.change[0].key = (str){ 0 };
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	check_int(COUNT(place, "SELECT count(*) FROM ledger_node"), 0);
	look(place, 1);
	check_int(COUNT(place, "SELECT count(*) FROM ledger_node"), 1);
	check_whole(place, NULL);
	place_close(place);
}

TEST(each_hundredth_entry_is_signed_with_it_and_the_rest_when_asked)
{
	struct place *place = signing_place();
	struct stored_checkpoint last;
	struct note_keys keys;
	struct stat info;
	bool made;
	/* The key is told in the ledger once, and nobody else can read it. */
	check_int(COUNT(place, "SELECT seq FROM ledger_head"), 1);
	check_int(stat(file_in(place, "checkpoint.key"), &info), 0);
	check_int(info.st_mode & 0777, 0600);
	look(place, 98);
	OK(store_checkpoint_last(place->store, place->arena, &last, ERR));
	check_int(last.size, 0);
	look(place, 131);
	OK(store_checkpoint_last(place->store, place->arena, &last, ERR));
	check_int(last.size, 200);
	OK(store_checkpoint(place->store, &made, ERR));
	check_true(made);
	OK(store_checkpoint(place->store, &made, ERR));
	check_false(made);
	OK(store_checkpoint_last(place->store, place->arena, &last, ERR));
	check_int(last.size, 230);
	OK(store_note_keys(place->store, place->arena, &keys, ERR));
	check_int(keys.n, 1);
	check_true(note_signed_by(last.note, &keys.item[0]));
	place_close_store(place);
	place_open_store(place, STORE_WRITE);
	OK(store_sign_with(place->store, file_in(place, "checkpoint.key"), ERR));
	check_int(COUNT(place, "SELECT seq FROM ledger_head"), 230);
	check_whole(place, NULL);
	place_close(place);
}

TEST(a_new_key_is_told_and_the_old_one_still_counts)
{
	struct place *place = signing_place();
	struct note_keys keys;
	bool made;
	look(place, 3);
	OK(store_checkpoint(place->store, &made, ERR));
	check_int(rename(file_in(place, "checkpoint.key"), file_in(place, "old.key")), 0);
	place_close_store(place);
	place_open_store(place, STORE_WRITE);
	OK(store_sign_with(place->store, file_in(place, "checkpoint.key"), ERR));
	OK(store_checkpoint(place->store, &made, ERR));
	OK(store_note_keys(place->store, place->arena, &keys, ERR));
	check_int(keys.n, 2);
	check_whole(place, NULL);
	/* Another store's, or one that others can read, is refused. */
	struct place *other = other_place();
	NO(store_sign_with(other->store, file_in(place, "old.key"), ERR), ERR_INPUT);
	check_int(chmod(file_in(place, "old.key"), 0640), 0);
	NO(store_sign_with(place->store, file_in(place, "old.key"), ERR), ERR_DENIED);
	place_close(other);
	place_close(place);
}

TEST(an_entry_and_a_growth_are_proved_by_text_alone)
{
	struct place *place = signing_place();
	struct proof_text proof, read;
	struct note_keys keys;
	bool made;
	look(place, 120);
	NO(store_prove_entry(place->store, place->arena, 121, 0, &proof, ERR), ERR_MISSING);
	OK(store_checkpoint(place->store, &made, ERR));
	OK(store_note_keys(place->store, place->arena, &keys, ERR));
	for (int64_t n = 1; n <= 121; n += 7) {
		struct buf text = { 0 };
		for (int growth = 0; growth < 2; growth++) {
			buf_clear(&text);
			if (growth)
				OK(store_prove_growth(place->store, place->arena, n, 0, &proof, ERR));
			else
				OK(store_prove_entry(place->store, place->arena, n, 0, &proof, ERR));
			buf_proof(&text, &proof);
			check_true(text.n < 2048);
			OK(proof_read(place->arena, buf_view(&text), &read, ERR));
			OK(proof_holds(&read, ERR));
			check_true(note_signed_by(read.note, &keys.item[0]));
			read.entry++;
			read.from++;
			NO(proof_holds(&read, ERR), ERR_BROKEN);
		}
		buf_close(&text);
	}
	NO(store_prove_entry(place->store, place->arena, 122, 0, &proof, ERR), ERR_MISSING);
	NO(store_prove_entry(place->store, place->arena, 101, 100, &proof, ERR), ERR_INPUT);
	NO(store_prove_growth(place->store, place->arena, 5, 77, &proof, ERR), ERR_MISSING);
	place_close(place);
}

TEST(the_tree_and_the_checkpoints_are_held_against_the_entries)
{
	static const char *const change[] = {
		"DELETE FROM ledger_node WHERE level = 4 AND n = 3",
		"DELETE FROM ledger_node WHERE level = 8",
		"UPDATE ledger_node SET hash = (SELECT hash FROM ledger WHERE seq = 9) WHERE n = 2",
		"INSERT INTO ledger_node (level, n, hash) SELECT 12, 0, hash FROM ledger WHERE seq = 1",
		"UPDATE ledger_checkpoint SET size = size + 1 WHERE size = 100",
		"UPDATE ledger_checkpoint SET note = replace(note, '2026', '2025')",
		"UPDATE ledger_checkpoint SET note = (SELECT note FROM ledger_checkpoint WHERE size = 200)",
		"UPDATE setting SET value = '' WHERE key = 'checkpoint-key'",
	};
	for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
		struct place *place = signing_place();
		struct ledger_report report;
		look(place, 299);
		check_whole(place, NULL);
		tamper(place, change[i]);
		struct err err = { 0 };
		if (store_verify_ledger(place->store, place->arena, NULL, &report, &err))
			fail_msg("not found: %s", change[i]);
		check_int(err.code, ERR_BROKEN);
		place_close(place);
	}
}

/* ---- the witness */

static const char *witnessed(struct place *place)
{
	const char *file = file_in(place, "witness.txt");
	int64_t known = -1;
	bool made;
	OK(witness_agrees(place->store, file, ERR));
	OK(store_checkpoint(place->store, &made, ERR));
	OK(witness_append(place->store, file, &known, ERR));
	return file;
}

TEST(a_store_that_only_grew_agrees_with_its_witness)
{
	struct place *place = signing_place();
	struct ledger_report report;
	const char *file = NULL;
	for (int i = 0; i < 5; i++) {
		look(place, 37);
		file = witnessed(place);
		OK(witness_agrees(place->store, file, ERR));
	}
	OK(store_verify_against(place->store, place->arena, file, &report, ERR));
	check_int(report.witnessed, 6);
	check_int(report.witnessed_to, 186);
	/* A checkpoint that was cut short was never said to be written: it is written again. */
	struct stat info;
	check_int(stat(file, &info), 0);
	check_int(truncate(file, info.st_size - 30), 0);
	OK(witness_agrees(place->store, file, ERR));
	NO(store_verify_ledger(place->store, place->arena, file, &report, ERR), ERR_BROKEN);
	int64_t known = -1;
	OK(witness_append(place->store, file, &known, ERR));
	check_int(known, 186);
	OK(store_verify_against(place->store, place->arena, file, &report, ERR));
	place_close(place);
}

/* As yesterday's file would be. */
static const char *const older =
	"DELETE FROM ledger WHERE seq > 90; DELETE FROM ledger_node WHERE level = 4 AND n >= 5; "
	"DELETE FROM ledger_checkpoint WHERE size > 90; "
	"UPDATE ledger_head SET seq = 90, hash = (SELECT hash FROM ledger WHERE seq = 90)";

TEST(an_older_copy_in_its_place_is_refused)
{
	struct place *place = signing_place();
	struct ledger_report report;
	look(place, 120);
	const char *file = witnessed(place);
	tamper(place, older);
	check_whole(place, NULL); /* nothing in itself tells */
	NO(witness_agrees(place->store, file, ERR), ERR_BROKEN);
	NO(store_verify_ledger(place->store, place->arena, file, &report, ERR), ERR_BROKEN);
	check_int(report.first_bad, 91);
	/* And when as many entries were written since: other ones. */
	look(place, 31);
	NO(witness_agrees(place->store, file, ERR), ERR_BROKEN);
	look(place, 40);
	NO(witness_agrees(place->store, file, ERR), ERR_BROKEN);
	NO(store_verify_ledger(place->store, place->arena, file, &report, ERR), ERR_BROKEN);
	check_int(report.first_bad, 1); /* the first checkpoint that the witness has is of 100 */
	place_close(place);
}

SQL(test_entries,
	"SELECT seq, at, actor, role, act, authority, subjects, objects, save, changed, digest, hash "
	"FROM ledger ORDER BY seq");
SQL(test_rehash, "UPDATE ledger SET hash = $2 WHERE seq = $1");
SQL(test_head, "UPDATE ledger_head SET hash = $1");

/* The whole chain, tree and every checkpoint made anew, with the server's own keys. */
static void rewrite(struct place *place)
{
	struct {
		struct entry *item;
		size_t n, room;
	} all = { 0 };
	struct err err = { 0 };
	struct db *db = store_db(place->store);
	struct stmt *stmt = db_use(db, &test_entries);
	while (db_step(stmt, &err) == DB_ROW)
		entry_read(place->arena, stmt, &ARRAY_MORE(&all));
	unsigned char previous[DIGEST] = { 0 };
	for (size_t i = 0; i < all.n; i++) {
		unsigned char hash[DIGEST];
		entry_hash(&all.item[i], previous, hash);
		memcpy(previous, hash, DIGEST);
		stmt = db_use(db, &test_rehash);
		db_bind_int(stmt, 1, all.item[i].seq);
		db_bind_bytes(stmt, 2, str_bytes(hash, DIGEST));
		OK(db_do(stmt, ERR));
	}
	mem_free(all.item);
	stmt = db_use(db, &test_head);
	db_bind_bytes(stmt, 1, str_bytes(previous, DIGEST));
	OK(db_do(stmt, ERR));
	tamper(place, "DELETE FROM ledger_node; DELETE FROM ledger_checkpoint");
	OK(tree_build(place->store, ERR));
	bool made;
	OK(store_checkpoint(place->store, &made, ERR));
}

TEST(a_ledger_made_anew_with_the_servers_own_keys_is_found_by_its_witness)
{
	static const char *const change[] = { "UPDATE ledger SET actor = 8 WHERE seq = 63",
		"UPDATE ledger SET subjects = '77' WHERE seq = 1",
		"UPDATE ledger SET at = at - 60000 WHERE seq = 150" };
	static const int64_t bad[] = { 51, 1, 101 };
	for (size_t i = 0; i < 3; i++) {
		struct place *place = signing_place();
		struct ledger_report report;
		look(place, 49);
		(void)witnessed(place);
		look(place, 102);
		const char *file = witnessed(place);
		tamper(place, change[i]);
		rewrite(place);
		check_whole(place, NULL);
		NO(witness_agrees(place->store, file, ERR), ERR_BROKEN);
		NO(store_verify_ledger(place->store, place->arena, file, &report, ERR), ERR_BROKEN);
		check_int(report.first_bad, bad[i]); /* after the last checkpoint that agrees */
		place_close(place);
	}
}

TEST(a_witness_that_is_false_or_of_another_ledger_is_told)
{
	struct place *place = signing_place(), *other = other_place();
	struct ledger_report report;
	look(place, 5);
	look(other, 5);
	const char *file = witnessed(place);
	NO(witness_agrees(other->store, file, ERR), ERR_INPUT);
	NO(store_verify_ledger(other->store, other->arena, file, &report, ERR), ERR_INPUT);
	FILE *out = fopen(file, "a");
	assert_non_null(out);
	fputs("not a checkpoint\n\nat all\n\n", out);
	fclose(out);
	NO(witness_agrees(place->store, file, ERR), ERR_INPUT);
	NO(store_verify_ledger(place->store, place->arena, file, &report, ERR), ERR_BROKEN);
	NO(store_verify_ledger(place->store, place->arena, "/nowhere/at/all", &report, ERR),
		ERR_MISSING);
	place_close(other);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_tree_that_is_stored_is_that_of_the_entries),
		CLAIM(a_change_that_is_undone_leaves_no_node),
		CLAIM(each_hundredth_entry_is_signed_with_it_and_the_rest_when_asked),
		CLAIM(a_new_key_is_told_and_the_old_one_still_counts),
		CLAIM(an_entry_and_a_growth_are_proved_by_text_alone),
		CLAIM(the_tree_and_the_checkpoints_are_held_against_the_entries),
		CLAIM(a_store_that_only_grew_agrees_with_its_witness),
		CLAIM(an_older_copy_in_its_place_is_refused),
		CLAIM(a_ledger_made_anew_with_the_servers_own_keys_is_found_by_its_witness),
		CLAIM(a_witness_that_is_false_or_of_another_ledger_is_told),
	};
	return cmocka_run_group_tests_name("store proof", tests, NULL, NULL);
}
