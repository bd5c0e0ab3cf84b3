/* What the pages under /manage keep and read, on both engines. */
#include "family.h"

#include "store/allocate.h"
#include "store/brand.h"
#include "store/inside.h"
#include "store/job.h"
#include "store/once.h"
#include "store/person.h"
#include "store/setting.h"
#include "store/source.h"

static const struct actor keeper = { .user = 7, .role = ROLE_CUSTODIAN, .authority = S_INIT("EX1"),
	.name = S_INIT("keeper") };
static const struct actor administrator = { .user = 8, .role = ROLE_ADMINISTRATOR,
	.authority = S_INIT("EX1"), .name = S_INIT("admin") };

TEST(one_import_of_an_authority_runs_at_a_time_and_says_how_it_ended)
{
	struct place *place = place_open();
	int64_t id, other;
	OK(store_job_add(place->store, &keeper, S("cin"), S("c.xml\n"), &id, ERR));
	NO(store_job_add(place->store, &keeper, S("cin"), S("c.xml\n"), &other, ERR), ERR_BUSY);
	NO(store_job_add(place->store, &administrator, S("cin"), S("c.xml\n"), &other, ERR), ERR_DENIED);
	OK(store_job_state(place->store, id, JOB_SAVING, ERR));
	struct job_reject item = { S("c.xml"), 7, S("Date"), S("31/02/2025"), S("is no date") };
	struct job_rejects rejects = { .item = &item, .n = 1 }, back;
	struct job job = { .id = id, .state = JOB_DONE, .known_to = day_of(2026, 3, 31), .children = 3,
		.events = 9, .rejected = 1 };
	OK(store_job_end(place->store, &job, &rejects, ERR));
	struct job read;
	OK(store_job_read(place->store, place->arena, S("EX1"), id, &read, ERR));
	check_int(read.state, JOB_DONE);
	check_int(read.children, 3);
	check_int(read.known_to, day_of(2026, 3, 31));
	NO(store_job_read(place->store, place->arena, S("EX2"), id, &read, ERR), ERR_MISSING);
	OK(store_job_rejects(place->store, place->arena, id, 0, 10, &back, ERR));
	check_int(back.n, 1);
	check_int(back.item[0].line, 7);
	check_str(back.item[0].value, "31/02/2025");
	OK(store_job_add(place->store, &keeper, S("cin"), S("c.xml\n"), &other, ERR));
	place->now += 3 * INSTANT_HOUR;
	OK(store_job_interrupt(place->store, ERR));
	OK(store_job_read(place->store, place->arena, S("EX1"), other, &read, ERR));
	check_int(read.state, JOB_INTERRUPTED);
	place_close(place);
}

TEST(a_source_is_stale_the_day_after_its_limit)
{
	struct place *place = place_open();
	struct source_stale stale;
	struct source_ages ages;
	import_children(place, 3, day_of(2025, 5, 20));
	OK(store_sources(place->store, place->arena, S("EX1"), instant_day(place->now), &ages, ERR));
	check_int(ages.n, 1);
	check_int(ages.item[0].children, 3);
	day known_to = ages.item[0].known_to;
	OK(store_sources_stale(place->store, place->arena, S("EX1"), known_to + 100, &stale, ERR));
	check_false(stale.stale);
	OK(store_sources_stale(place->store, place->arena, S("EX1"), known_to + 101, &stale, ERR));
	check_true(stale.stale);
	check_int(stale.as_at, known_to);
	str key = arena_format(place->arena, "source-limit:%.*s", STR_ARGS(ages.item[0].kind));
	OK(store_set(place->store, &administrator, key, S("400"), ERR));
	OK(store_sources_stale(place->store, place->arena, S("EX1"), known_to + 101, &stale, ERR));
	check_false(stale.stale);
	OK(store_sources_stale(place->store, place->arena, S("EX2"), known_to + 999, &stale, ERR));
	check_false(stale.stale);
	place_close(place);
}

TEST(what_a_council_sets_is_its_own_and_no_other_inherits_it)
{
	struct place *place = place_open();
	const struct actor other = { .user = 9, .role = ROLE_ADMINISTRATOR, .authority = S("EX2"),
		.name = S("admin2") };
	const str keys[] = { S("caseload-norm"), S("second-factor"), S("source-limit:cin") };
	str value[3], one;
	/* As a store of before has it: of nobody by name. */
	OK(write_setting(place->store, S("duty-number"), S("01632 960 001"), ERR));
	OK(store_setting_of(place->store, place->arena, S("EX1"), S("duty-number"), &one, ERR));
	check_str(one, "01632 960 001");
	OK(store_set(place->store, &place->system, S("authority"), S("EX1"), ERR));
	OK(store_setting_of(place->store, place->arena, S("EX1"), S("duty-number"), &one, ERR));
	check_str(one, "01632 960 001");
	OK(store_setting_of(place->store, place->arena, S("EX2"), S("duty-number"), &one, ERR));
	check_int(one.n, 0);
	OK(store_set(place->store, &administrator, S("duty-number"), S("01632 960 009"), ERR));
	OK(store_set(place->store, &administrator, S("caseload-norm"), S("60"), ERR));
	OK(store_set(place->store, &administrator, S("second-factor"), S("yes"), ERR));
	OK(store_set(place->store, &other, S("caseload-norm"), S("40"), ERR));
	NO(store_set(place->store, &other, S("second-factor"), S("no"), ERR), ERR_DENIED);
	NO(store_set(place->store, &other, S("caseload-norm@EX1"), S("1"), ERR), ERR_DENIED);
	OK(store_setting_of(place->store, place->arena, S("EX1"), S("duty-number"), &one, ERR));
	check_str(one, "01632 960 009");
	OK(store_settings_of(place->store, place->arena, S("EX1"), keys, 3, value, ERR));
	check_str(value[0], "60");
	check_str(value[1], "yes");
	OK(store_settings_of(place->store, place->arena, S("EX2"), keys, 3, value, ERR));
	check_str(value[0], "40");
	check_str(value[1], "yes");
	check_int(value[2].n, 0);
	/* An own value that was emptied is Duly's again, not what stood before there were two. */
	OK(store_set(place->store, &administrator, S("duty-number"), S(""), ERR));
	OK(store_setting_of(place->store, place->arena, S("EX1"), S("duty-number"), &one, ERR));
	check_int(one.n, 0);
	place_close(place);
}

TEST(a_first_password_is_handed_over_once_to_who_made_it)
{
	struct place *place = place_open();
	str sealed;
	OK(store_once_keep(place->store, 5, 8, S("sealed"), place->now + 1000, ERR));
	NO(store_once_take(place->store, place->arena, 5, 9, &sealed, ERR), ERR_MISSING);
	OK(store_once_take(place->store, place->arena, 5, 8, &sealed, ERR));
	check_str(sealed, "sealed");
	NO(store_once_take(place->store, place->arena, 5, 8, &sealed, ERR), ERR_MISSING);
	OK(store_once_keep(place->store, 5, 8, S("sealed"), place->now + 1000, ERR));
	place->now += 1001;
	NO(store_once_take(place->store, place->arena, 5, 8, &sealed, ERR), ERR_MISSING);
	place_close(place);
}

TEST(a_brand_is_two_settings_and_the_logos_bytes)
{
	struct place *place = place_open();
	struct brands brands;
	struct brand brand;
	const str logo = S("\x89PNG bytes"), none = { 0 };
	str back;
	NO(store_brand_set(place->store, &keeper, S("#00585e"), &logo, ERR), ERR_DENIED);
	OK(store_brand_set(place->store, &administrator, S("#5a0030"), &logo, ERR));
	OK(store_brands(place->store, &brands, ERR));
	brand = brand_of(&brands, S("EX1"));
	check_str(str_of(brand.colour), "#5a0030");
	check_str(str_of(brand_of(&brands, S("EX2")).colour), "");
	check_int(str_of(brand.logo).n, 64);
	OK(store_brand_logo(place->store, place->arena, str_of(brand.logo), &back, ERR));
	check_true(str_equal(back, logo));
	OK(store_brand_set(place->store, &administrator, none, &none, ERR));
	OK(store_brands(place->store, &brands, ERR));
	brand = brand_of(&brands, S("EX1"));
	check_int(str_of(brand.logo).n, 0);
	NO(store_brand_logo(place->store, place->arena, str_of(brand.logo), &back, ERR), ERR_MISSING);
	const str key[] = { S("brand-colour@EX1"), S("nothing") };
	str value[2];
	OK(store_settings(place->store, place->arena, key, 2, value, ERR));
	check_int(value[0].n + value[1].n, 0);
	/* The colour alone; then both, in one entry; then both again. */
	check_int(COUNT(place, "SELECT count(*) FROM ledger WHERE act = 'set-several'"), 2);
	check_int(COUNT(place, "SELECT count(*) FROM setting_told"), 4);
	place_close(place);
}

static bool whole(struct place *place)
{
	struct ledger_report report;
	struct err err = { 0 };
	bool done = store_verify(place->store, place->arena, &report, &err);
	check_true(done || err.code == ERR_BROKEN);
	return done;
}

static const struct setting three[] = { { S_INIT("duty-number"), S_INIT("01632 960 001") },
	{ S_INIT("caseload-norm"), S_INIT("60") }, { S_INIT("second-factor"), S_INIT("required") } };

TEST(settings_of_one_form_are_one_entry_all_or_none)
{
	struct place *place = place_open();
	const struct setting own[] = { { S("duty-number"), S("2") }, { S("key-mark"), S("x") } };
	str key = S("caseload-norm"), value;
	int64_t before = COUNT(place, "SELECT count(*) FROM ledger");
	OK(store_set_all(place->store, &administrator, three, 3, ERR));
	OK(store_set_all(place->store, &administrator, three, 0, ERR));
	NO(store_set_all(place->store, &keeper, three, 3, ERR), ERR_DENIED);
	NO(store_set_all(place->store, &administrator, own, 2, ERR), ERR_DENIED);
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), before + 1);
	check_true(whole(place));
	/* Alone, later: the last that was told counts. */
	OK(store_set(place->store, &administrator, key, S("70"), ERR));
	check_true(whole(place));
	OK(store_settings_of(place->store, place->arena, S("EX1"), &key, 1, &value, ERR));
	check_str(value, "70");
	place_close(place);
}

TEST(a_setting_changed_behind_the_ledger_is_found_whoever_told_of_it)
{
	static const char *const bent[] = { "UPDATE setting SET value = '3' WHERE key = 'duty-number@EX1'",
		"DELETE FROM setting WHERE key = 'second-factor'",
		"UPDATE setting_told SET digest = (SELECT digest FROM setting_told WHERE key = "
		"'second-factor') WHERE key = 'duty-number@EX1'",
		"DELETE FROM setting_told WHERE key = 'caseload-norm@EX1'",
		"INSERT INTO setting_told (seq, key, digest) SELECT seq, 'more', digest FROM "
		"setting_told WHERE key = 'caseload-norm@EX1'",
		"UPDATE setting_told SET seq = seq + 1 WHERE key = 'caseload-norm@EX1'",
		"DELETE FROM setting_told" };
	for (size_t i = 0; i < sizeof bent / sizeof *bent; i++) {
		struct place *place = place_open();
		OK(store_set_all(place->store, &administrator, three, 3, ERR));
		OK(store_set(place->store, &administrator, S("caseload-norm"), S("70"), ERR));
		OK(db_script(store_db(place->store), bent[i], ERR));
		if (whole(place))
			fail_msg("nothing was found: %s", bent[i]);
		place_close(place);
	}
}

TEST(the_last_administrator_stays_and_nobody_grants_themself)
{
	struct place *place = place_open();
	struct person person = { .login = S("ann"), .name = S("Ann"), .role = ROLE_ADMINISTRATOR,
		.authority = S("EX1"), .password = S("x") };
	int64_t ann, abe;
	OK(store_person_add(place->store, &place->system, &person, &ann, ERR));
	person.login = S("abe");
	OK(store_person_add(place->store, &place->system, &person, &abe, ERR));
	struct actor actor = { .user = ann, .role = ROLE_ADMINISTRATOR, .authority = S("EX1") };
	NO(store_person_change(place->store, &actor, ann, S("Ann"), ROLE_MANAGER, S(""), ERR), ERR_DENIED);
	OK(store_person_change(place->store, &actor, ann, S("Ann B"), ROLE_ADMINISTRATOR, S("T"), ERR));
	OK(store_person_change(place->store, &actor, abe, S("Abe"), ROLE_MANAGER, S("T"), ERR));
	NO(store_person_disable(place->store, &actor, ann, ERR), ERR_INPUT);
	struct person read;
	OK(store_person_read(place->store, place->arena, ann, &read, ERR));
	check_false(read.disabled);
	check_str(read.name, "Ann B");
	place_close(place);
}

TEST(children_are_counted_listed_and_given_away_with_a_reason)
{
	struct place *place = place_open();
	struct person person = { .login = S("nia"), .name = S("Nia New"),
		.role = ROLE_REVIEWING_OFFICER, .authority = S("EX1"), .password = S("x") };
	struct actor manager = { .user = 99, .role = ROLE_MANAGER, .authority = S("EX1") };
	int64_t nia;
	OK(store_person_add(place->store, &place->system, &person, &nia, ERR));
	int64_t first = add_child(place, "A1", day_of(2025, 5, 1), DAY_UNKNOWN);
	add_child(place, "A2", day_of(2025, 5, 1), DAY_UNKNOWN);
	struct allocate_counts counts;
	day today = instant_day(place->now);
	OK(store_allocate_counts(
		place->store, place->arena, &manager, ALLOCATE_IRO, today, &counts, ERR));
	check_int(counts.n, 1);
	check_int(counts.item[0].key.n, 0);
	check_int(counts.item[0].children, 2);
	struct allocate give = { .actor = &manager, .as = ALLOCATE_IRO, .subject = &first, .n = 1,
		.to = S("Nia New"), .reason = S("new in the team") };
	OK(store_allocate(place->store, place->arena, &give, ERR));
	NO(store_allocate(place->store, place->arena, &give, ERR), ERR_STALE);
	struct allocate_children list;
	OK(store_allocate_children(place->store, place->arena, &manager, ALLOCATE_IRO, S("nianew"), 0,
		10, &list, ERR));
	check_int(list.total, 1);
	check_int(list.item[0].subject, first);
	check_str(list.item[0].holder, "Nia New");
	struct person_named named;
	OK(store_person_read(place->store, place->arena, nia, &person, ERR));
	OK(store_person_named(place->store, place->arena, &person, &named, ERR));
	check_int(named.iro, 1);
	struct actor stranger = { .user = 55, .role = ROLE_MANAGER, .authority = S("EX2") };
	give.actor = &stranger;
	NO(store_allocate(place->store, place->arena, &give, ERR), ERR_MISSING);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(one_import_of_an_authority_runs_at_a_time_and_says_how_it_ended),
		CLAIM(a_source_is_stale_the_day_after_its_limit),
		CLAIM(what_a_council_sets_is_its_own_and_no_other_inherits_it),
		CLAIM(a_first_password_is_handed_over_once_to_who_made_it),
		CLAIM(a_brand_is_two_settings_and_the_logos_bytes),
		CLAIM(settings_of_one_form_are_one_entry_all_or_none),
		CLAIM(a_setting_changed_behind_the_ledger_is_found_whoever_told_of_it),
		CLAIM(the_last_administrator_stays_and_nobody_grants_themself),
		CLAIM(children_are_counted_listed_and_given_away_with_a_reason),
	};
	return cmocka_run_group_tests_name("store manage", tests, NULL, NULL);
}
