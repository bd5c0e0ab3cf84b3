#include "family.h"

#include "store/inside.h"
#include "store/person.h"

static void check_whole(struct place *place)
{
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.first_bad, 0);
	check_int(report.bad_records, 0);
}

/* A store with forms, an import, corrections, withdrawals, looks, people and settings. */
static struct place *full_place(void)
{
	struct place *place = place_open();
	int64_t subject = add_child(place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	import_children(place, 3, day_of(2025, 5, 20));
	place->now += INSTANT_DAY;
	import_children(place, 3, day_of(2025, 5, 21));
	struct stored_list review;
	OK(store_records(place->store, place->arena, subject, &cla_review_type, &review, ERR));
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_WITHDRAW, .type = &cla_review_type,
		.id = review.item[0].id, .version = 1, .reason = S("twice") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	struct actor actor = { .user = 3, .role = ROLE_MANAGER, .authority = S("EX1") };
	OK(store_look(place->store,
		&(struct look){ .actor = &actor, .act = S("look:child"), .subject = &subject, .n = 1 },
		ERR));
	OK(store_set(place->store, &place->system, S("council"), S("Example"), ERR));
	return place;
}

TEST(what_was_written_is_found_whole)
{
	struct place *place = full_place();
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.entries, 6);
	check_int(report.records, 20);
	check_int(report.head.n, 64);
	place_close(place);
}

/* What somebody with the database could do, past the triggers. */
static void tamper(struct place *place, const char *table, const char *statement)
{
	char text[400];
	if (place_postgres())
		snprintf(text, sizeof text, "ALTER TABLE %s DISABLE TRIGGER ALL", table);
	else
		snprintf(text, sizeof text,
			"DROP TRIGGER IF EXISTS %s_no_UPDATE; DROP TRIGGER IF EXISTS %s_no_DELETE",
			table, table);
	OK(db_script(store_db(place->store), text, ERR));
	OK(db_script(store_db(place->store), statement, ERR));
}

TEST(every_change_to_the_ledger_is_found)
{
	static const char *const column[] = { "at = at + 1", "actor = actor + 1", "role = role + 1",
		"act = act || '.'", "authority = authority || '.'", "subjects = subjects || '1'",
		"objects = objects || '1'", "save = save + 1", "changed = changed + 1" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
		struct place *place = full_place();
		char text[200];
		snprintf(text, sizeof text, "UPDATE ledger SET %s WHERE seq = 3", column[i]);
		tamper(place, "ledger", text);
		struct ledger_report report;
		NO(store_verify(place->store, place->arena, &report, ERR), ERR_BROKEN);
		check_int(report.first_bad, 3);
		place_close(place);
	}
}

TEST(an_entry_that_is_gone_is_missed)
{
	static const char *const cut[] = { "DELETE FROM ledger WHERE seq = 2",
		"DELETE FROM ledger WHERE seq = 6", "DELETE FROM ledger",
		"UPDATE ledger_head SET seq = 5", "DELETE FROM ledger_head" };
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
		struct place *place = full_place();
		tamper(place, "ledger", cut[i]);
		struct ledger_report report;
		NO(store_verify(place->store, place->arena, &report, ERR), ERR_BROKEN);
		place_close(place);
	}
}

TEST(every_change_to_a_version_a_record_or_an_event_is_found)
{
	static const struct {
		const char *table, *statement;
	} change[] = {
		{ "version_child", "UPDATE version_child SET surname = 'Exampel' WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET born = born + 1 WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET changed_at = changed_at + 1 WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET actor = 9 WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET why = 'none' WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET save = save + 1 WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET by_hand = 1 WHERE id IN (SELECT min(id) FROM version_child)" },
		{ "version_child", "UPDATE version_child SET came_by = 'form' WHERE id IN (SELECT max(id) FROM version_child)" },
		{ "version_child", "DELETE FROM version_child WHERE id IN (SELECT max(id) FROM version_child)" },
		{ "version_cla_review", "DELETE FROM version_cla_review WHERE version = 2" },
		{ "version_cla_review", "DELETE FROM version_cla_review WHERE version = 1" },
		{ "record_child", "UPDATE record_child SET forename = 'Usha' WHERE id IN (SELECT min(id) FROM record_child)" },
		{ "record_child", "DELETE FROM record_child WHERE id IN (SELECT min(id) FROM record_child)" },
		{ "record_cla_review", "UPDATE record_cla_review SET withdrawn_at = NULL" },
		{ "record_child", "INSERT INTO record_child (id, version, subject, import, by_hand, draft, came_by) VALUES (999999, 1, 1, 0, 0, 0, 'form')" },
		{ "event", "UPDATE event SET on_day = on_day + 1 WHERE id IN (SELECT min(id) FROM event)" },
		{ "event", "UPDATE event SET detail = 'participation=PN7' WHERE word = 'cla-review-held'" },
		{ "event", "UPDATE event SET withdrawn_at = 5 WHERE id IN (SELECT min(id) FROM event)" },
		{ "event", "UPDATE event SET withdrawn_at = NULL, withdrawn_reason = NULL, withdrawn_save = NULL" },
		{ "event", "DELETE FROM event WHERE id IN (SELECT max(id) FROM event)" },
		{ "event", "UPDATE event SET known_at = known_at - 1000" },
	};
	for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
		struct place *place = full_place();
		tamper(place, change[i].table, change[i].statement);
		struct ledger_report report;
		struct err err = { 0 };
		if (store_verify(place->store, place->arena, &report, &err))
			fail_msg("not found: %s", change[i].statement);
		check_int(err.code, ERR_BROKEN);
		place_close(place);
	}
}

TEST(the_database_itself_refuses_to_change_the_ledger_or_a_version)
{
	struct place *place = full_place();
	struct db *db = store_db(place->store);
	static const char *const statements[] = { "UPDATE ledger SET at = 1", "DELETE FROM ledger",
		"UPDATE version_child SET born = 1", "DELETE FROM version_child" };
	for (size_t i = 0; i < 4; i++) {
		NO(db_script(db, statements[i], ERR), ERR_DENIED);
	}
	check_whole(place);
	place_close(place);
}

TEST(another_key_does_not_open_the_store)
{
	struct place *place = full_place();
	place_close_store(place);
	char path[128];
	snprintf(path, sizeof path, "%s/key", place->dir);
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	int first = getc(file);
	rewind(file);
	putc(first ^ 1, file);
	fclose(file);
	struct store_options options = place_options(place, STORE_WRITE);
	struct err err = { 0 };
	assert_null(store_open(&options, &err));
	check_int(err.code, ERR_BROKEN);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_was_written_is_found_whole),
		CLAIM(every_change_to_the_ledger_is_found),
		CLAIM(an_entry_that_is_gone_is_missed),
		CLAIM(every_change_to_a_version_a_record_or_an_event_is_found),
		CLAIM(the_database_itself_refuses_to_change_the_ledger_or_a_version),
		CLAIM(another_key_does_not_open_the_store),
	};
	return cmocka_run_group_tests_name("store verify", tests, NULL, NULL);
}
