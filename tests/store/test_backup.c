#include "family.h"

#include "store/list.h"
#include "store/person.h"
#include "store/writer.h"

static str file_of(struct place *place)
{
	return arena_format(place->arena, "%s/store.backup", place->dir);
}

static struct place *stocked(void)
{
	struct place *place = place_open();
	add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	import_children(place, 4, day_of(2025, 5, 20));
	struct person person = { .login = S("ola"), .name = S("Ola Example"), .role = ROLE_MANAGER,
		.authority = S("EX1"), .password = S("hash") };
	int64_t id;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	/* What is in no record, and is asked for after a restore all the same. */
	OK(db_script(store_db(place->store),
		"INSERT INTO working_day (person, weekday, from_minute, to_minute) "
		"SELECT id, 2, 540, 1020 FROM person WHERE login = 'ola';"
		"INSERT INTO room (id, authority, name, name_key, seats, note, closed) VALUES "
		"(900001, 'EX1', 'Room 2', 'room 2', NULL, '', 0), (900002, 'EX1', 'Hall', 'hall', 30, "
		"'Ring first', 1)",
		ERR));
	return place;
}

static str bytes_of(struct place *place, str path)
{
	FILE *file = fopen(arena_text(place->arena, path), "rb");
	assert_non_null(file);
	struct buf buf = { 0 };
	int c;
	while ((c = getc(file)) != EOF)
		buf_char(&buf, (char)c);
	fclose(file);
	str kept = arena_str(place->arena, buf_view(&buf));
	buf_close(&buf);
	return kept;
}

static void write_bytes(struct place *place, str path, str bytes)
{
	FILE *file = fopen(arena_text(place->arena, path), "wb");
	assert_non_null(file);
	check_int(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	fclose(file);
}

TEST(what_is_restored_is_what_was_backed_up)
{
	struct place *place = stocked(), *other = place_new();
	OK(store_backup(place->store, file_of(place), ERR));
	struct store_options options = place_options(other, STORE_CREATE);
	OK(store_restore(&options, file_of(place), ERR));
	place_open_store(other, STORE_WRITE);
	other->now = place->now;
	OK(store_backup(other->store, file_of(other), ERR));
	check_true(str_equal(bytes_of(place, file_of(place)), bytes_of(place, file_of(other))));
	check_int(COUNT(other, "SELECT count(*) FROM event"), COUNT(place, "SELECT count(*) FROM event"));
	check_int(COUNT(other, "SELECT count(*) FROM working_day WHERE weekday = 2"), 1);
	check_int(COUNT(other, "SELECT count(*) FROM room WHERE seats = 30 OR seats IS NULL"), 2);
	/* And it goes on from there. */
	add_child(other, "Z9", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct ledger_report report;
	OK(store_verify(other->store, other->arena, &report, ERR));
	place_close(other);
	place_close(place);
}

/* A backup crosses from one engine to the other: SQLite's bytes are PostgreSQL's. */
TEST(a_backup_may_be_restored_into_the_other_engine)
{
	struct place *place = stocked(), *other = place_new();
	OK(store_backup(place->store, file_of(place), ERR));
	struct store_options options = place_options(other, STORE_CREATE);
	options.database = (str){ 0 };
	OK(store_restore(&options, file_of(place), ERR));
	struct err err = { 0 };
	struct store *store = store_open(&options, &err);
	assert_non_null(store);
	OK(store_backup(store, file_of(other), ERR));
	check_true(str_equal(bytes_of(place, file_of(place)), bytes_of(place, file_of(other))));
	store_close(store);
	place_close(other);
	place_close(place);
}

TEST(a_damaged_backup_is_refused_whole)
{
	struct place *place = stocked();
	OK(store_backup(place->store, file_of(place), ERR));
	str bytes = bytes_of(place, file_of(place));
	str bad = arena_format(place->arena, "%s/bad.backup", place->dir);
	for (size_t i = 0; i < 60; i++) {
		char *copy = arena_take(place->arena, 1, bytes.n);
		memcpy(copy, bytes.p, bytes.n);
		size_t n = bytes.n;
		if (i < 40)
			copy[bytes.n / 40 * i] ^= (char)(1 << i % 8);
		else
			n = bytes.n / 20 * (i - 40);
		write_bytes(place, bad, (str){ copy, n });
		struct place *other = place_new();
		struct store_options options = place_options(other, STORE_CREATE);
		NO(store_restore(&options, bad, ERR), ERR_BROKEN);
		options.mode = STORE_READ;
		struct err err = { 0 };
		assert_null(store_open(&options, &err));
		place_close(other);
	}
	place_close(place);
}

TEST(a_backup_is_not_restored_over_a_store)
{
	struct place *place = stocked();
	OK(store_backup(place->store, file_of(place), ERR));
	place_close_store(place);
	struct store_options options = place_options(place, STORE_CREATE);
	NO(store_restore(&options, file_of(place), ERR), ERR_DUPLICATE);
	place_open_store(place, STORE_WRITE);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 5);
	place_close(place);
}

TEST(a_backup_is_consistent_while_others_write)
{
	struct place *place = stocked();
	struct err err = { 0 };
	struct store *reader = store_reader(place->store, &err);
	assert_non_null(reader);
	OK(db_begin(store_db(reader), ERR));
	db_rollback(store_db(reader));
	OK(store_backup(reader, file_of(place), ERR));
	add_child(place, "A2", day_of(2026, 9, 1), DAY_UNKNOWN);
	OK(store_backup(reader, file_of(place), ERR));
	store_close(reader);
	struct place *other = place_new();
	struct store_options options = place_options(other, STORE_CREATE);
	OK(store_restore(&options, file_of(place), ERR));
	place_close(other);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_is_restored_is_what_was_backed_up),
		CLAIM(a_backup_may_be_restored_into_the_other_engine),
		CLAIM(a_damaged_backup_is_refused_whole),
		CLAIM(a_backup_is_not_restored_over_a_store),
		CLAIM(a_backup_is_consistent_while_others_write),
	};
	return cmocka_run_group_tests_name("store backup", tests, NULL, NULL);
}
