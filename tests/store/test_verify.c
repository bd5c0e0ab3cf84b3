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

/* The same with somebody who signs in, and one who no longer does. */
static struct place *peopled_place(void)
{
	struct place *place = full_place();
	const struct actor administrator = { .user = 1, .role = ROLE_ADMINISTRATOR,
		.authority = S("EX1") };
	int64_t id;
	struct person person = { .login = S("iro.one"), .name = S("Iro One"), .role = ROLE_REVIEWING_OFFICER,
		.team = S("East"), .authority = S("EX1"), .password = S("x") };
	OK(store_person_add(place->store, &administrator, &person, &id, ERR));
	person.login = S("gone");
	OK(store_person_add(place->store, &administrator, &person, &id, ERR));
	OK(store_person_disable(place->store, &administrator, id, ERR));
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
TEST(every_change_to_the_ledger_is_found)
{
	static const char *const column[] = { "at = at + 1", "actor = actor + 1", "role = role + 1",
		"act = act || '.'", "authority = authority || '.'", "subjects = subjects || '1'",
		"objects = objects || '1'", "save = save + 1", "changed = changed + 1" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
		struct place *place = full_place();
		char text[200];
		snprintf(text, sizeof text, "UPDATE ledger SET %s WHERE seq = 3", column[i]);
		place_tamper(place, "ledger", text);
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
		place_tamper(place, "ledger", cut[i]);
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
		place_tamper(place, change[i].table, change[i].statement);
		struct ledger_report report;
		struct err err = { 0 };
		if (store_verify(place->store, place->arena, &report, &err))
			fail_msg("not found: %s", change[i].statement);
		check_int(err.code, ERR_BROKEN);
		place_close(place);
	}
}

static const struct {
	const char *table, *statement;
} beside[] = {
	{ "subject", "UPDATE subject SET openness = 0" },
	{ "subject", "UPDATE subject SET openness = 1 WHERE import IS NOT NULL" },
	{ "subject", "UPDATE subject SET openness = 1 WHERE import IS NULL" },
	{ "subject", "UPDATE subject SET import = NULL" },
	{ "subject", "UPDATE subject SET authority = 'EX2'" },
	{ "subject", "UPDATE subject SET key = 'A2' WHERE key = 'A1'" },
	{ "subject", "UPDATE subject SET kind = 'adult' WHERE key = 'A1'" },
	{ "subject", "UPDATE subject SET wake_on = 30000 WHERE key = 'A1'" },
	{ "subject", "DELETE FROM subject WHERE key = 'A1'" },
	{ "access", "DELETE FROM access WHERE holder IN (SELECT min(holder) FROM access)" },
	{ "access", "UPDATE access SET level = 3 - level" },
	{ "access", "INSERT INTO access (holder, subject, relation, level) SELECT 77, id, 1, 2 FROM subject" },
	{ "clock", "UPDATE clock SET due = due + 7 WHERE due IS NOT NULL" },
	{ "clock", "UPDATE clock SET met_on = 20000" },
	{ "clock", "DELETE FROM clock WHERE n = (SELECT min(n) FROM clock)" },
	{ "calendar", "UPDATE calendar SET holidays = replace(holidays, '2027-01-01', '2027-01-04')" },
	{ "clock", "INSERT INTO clock SELECT 999999, n, rule, thread, from_day, from_at, from_word, from_event, due, due_at, due_data, last_working_day, provisional, booked, met_on, met_at, met_event, ended_on, ended_by, disapplied, doubt, known_to, due_law, due_law_at, local_item, calendar FROM clock WHERE subject IN (SELECT min(subject) FROM clock)" },
	{ "child_row", "UPDATE child_row SET next_due = 30000" },
	{ "child_row", "UPDATE child_row SET surname = 'Exampel'" },
	{ "child_row", "DELETE FROM child_row" },
	{ "coverage", "UPDATE coverage SET to_day = coalesce(to_day, 20000) + 1" },
	{ "coverage", "DELETE FROM coverage" },
	{ "coverage", "INSERT INTO coverage SELECT id, 'death', 1, 2 FROM import" },
	{ "import", "UPDATE import SET children = children + 1" },
	{ "import", "UPDATE import SET known_to = coalesce(known_to, 20000) + 1" },
	{ "import", "UPDATE import SET files = 'other.csv'" },
	{ "import", "INSERT INTO import SELECT 999999, authority, kind, files, known_to, actor, began_at, ended_at, children, events, rejected FROM import WHERE id IN (SELECT min(id) FROM import)" },
	{ "setting", "DELETE FROM setting WHERE key = 'council'" },
	{ "setting", "UPDATE setting SET value = 'Other' WHERE key = 'council'" },
	{ "setting", "DELETE FROM setting WHERE key = 'law-mark'" },
	{ "setting", "DELETE FROM setting WHERE key = 'policy-mark'" },
	{ "setting", "INSERT INTO setting (key, value) VALUES ('demonstration', 'yes')" },
	{ "authority", "UPDATE authority SET code = 'EX2'" },
	{ "authority", "UPDATE authority SET id = id + 1" },
	{ "authority", "DELETE FROM authority" },
	{ "authority", "INSERT INTO authority (id, code) VALUES (2, 'EX9')" },
	{ "counter", "UPDATE counter SET value = 3" },
	{ "counter", "DELETE FROM counter" },
	{ "person", "UPDATE person SET role = 'manager' WHERE login = 'iro.one'" },
	{ "person", "UPDATE person SET name = 'Iro Two' WHERE login = 'iro.one'" },
	{ "person", "UPDATE person SET login_key = 'two' WHERE login = 'iro.one'" },
	{ "person", "UPDATE person SET disabled = 0" },
	{ "person", "UPDATE person SET disabled = 1" },
	{ "person", "DELETE FROM person WHERE login = 'gone'" },
	{ "person", "INSERT INTO person SELECT 999999, 'new', 'new', name, name_key, role, team, authority, password, 0, added_at FROM person WHERE login = 'iro.one'" },
	{ "version_child", "UPDATE version_child SET by_hand = 7" },
	{ "version_child", "UPDATE version_child SET withdrawn = 7" },
	{ "record_child", "UPDATE record_child SET draft = 7" },
	{ "version_cla_review", "UPDATE version_cla_review SET by_hand = 7" },
	{ "record_cla_review", "UPDATE record_cla_review SET withdrawn_at = withdrawn_at + 1" },
	{ "record_cla_review", "UPDATE record_cla_review SET withdrawn_reason = 'else'" },
};

TEST(every_change_to_what_is_derived_or_stands_beside_is_found)
{
	struct place *place = peopled_place();
	check_whole(place);
	place_close(place);
	size_t missed = 0;
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		place = peopled_place();
		place_tamper(place, beside[i].table, beside[i].statement);
		struct ledger_report report;
		struct err err = { 0 };
		if (store_verify(place->store, place->arena, &report, &err) ||
			err.code != ERR_BROKEN) {
			print_error("not found: %s: %s\n", beside[i].statement, err.text);
			missed++;
		}
		place_close(place);
	}
	check_int(missed, 0);
}

/* The answer's column is an integer: each but 0 and 1 reads as one of them. */
TEST(an_answer_of_another_number_is_found)
{
	static const char *const statement[] = {
		"UPDATE version_conference SET quorate = 7 WHERE quorate = 0",
		"UPDATE record_conference SET quorate = 7 WHERE quorate = 0",
	};
	for (size_t i = 0; i < 2; i++) {
		struct place *place = full_place();
		struct basket basket = { 0 };
		int64_t subject;
		OK(store_subject_find(
			place->store, S("EX1"), SUBJECT_CHILD, S("A1"), &subject, ERR));
		struct conference *conference =
			put(place, &basket, &conference_type, subject);
		conference->quorate = ANSWER_NO;
		OK(save_basket(place, &basket, SAVE_DRAFT, &place->system, 0, ERR));
		check_whole(place);
		place_tamper(place, i == 0 ? "version_conference" : "record_conference",
			statement[i]);
		struct ledger_report report;
		NO(store_verify(place->store, place->arena, &report, ERR), ERR_BROKEN);
		place_close(place);
	}
}

/* Days pass, things recorded for later come to pass, who is restricted is signed and imported. */
TEST(what_changes_by_right_is_no_fault)
{
	struct place *place = peopled_place();
	add_child(place, "A9", instant_day(place->now) - 10, instant_day(place->now) + 5);
	check_whole(place);
	struct person gone;
	OK(store_person_find(place->store, place->arena, S("gone"), &gone, ERR));
	OK(store_person_enable(place->store, &place->system, gone.id, ERR));
	OK(store_person_change(place->store, &place->system, gone.id, S("Back Again"), ROLE_CHAIR,
		S("West"), ERR));
	check_whole(place);
	OK(store_person_disable(place->store, &place->system, gone.id, ERR));
	check_whole(place);
	place->now += 30 * INSTANT_DAY;
	check_whole(place); /* before anybody woke it */
	int64_t woken;
	OK(store_wake(place->store, &woken, ERR));
	check_whole(place);
	place->now -= 60 * INSTANT_DAY; /* another clock than the one it was written by */
	check_whole(place);
	place->now += 61 * INSTANT_DAY;
	OK(store_set(place->store, &place->system, S("none-restricted:EX1"), S("signed"), ERR));
	check_whole(place);
	import_children(place, 5, day_of(2025, 5, 22));
	check_whole(place);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.children, 7);
	check_int(report.imports, 3);
	check_int(report.imports_bare, 0);
	check_int(report.people, 2);
	check_int(report.people_bare, 0);
	place_close(place);
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
	char path[256];
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
		CLAIM(every_change_to_what_is_derived_or_stands_beside_is_found),
		CLAIM(an_answer_of_another_number_is_found),
		CLAIM(what_changes_by_right_is_no_fault),
		CLAIM(the_database_itself_refuses_to_change_the_ledger_or_a_version),
		CLAIM(another_key_does_not_open_the_store),
	};
	return cmocka_run_group_tests_name("store verify", tests, NULL, NULL);
}
