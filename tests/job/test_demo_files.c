/* The demonstration as others meet it: read back by the readers of the returns, and in a store. */
#include "../store/place.h"

#include "identity/password.h"
#include "job/demo_file.h"
#include "job/demo_store.h"
#include "returns/cin/cin.h"
#include "returns/people/people.h"
#include "returns/people/write.h"
#include "returns/ssda903/ssda903.h"
#include "returns/ssda903/write.h"
#include "store/person.h"

#include <sys/stat.h>

enum { YEARS = DEMO_YEARS * SSDA903_FILES, CHILDREN = 1500 };

static struct arena *law_arena;
static const struct law *law;

static int open_law(void **state)
{
	(void)state;
	law_arena = arena_open(64 << 20);
	law = law_open(law_arena);
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(law_arena);
	return 0;
}

static struct demo_options authority(void)
{
	return (struct demo_options){ CHILDREN, 3, day_of(2026, 11, 21), law->calendar };
}

/* All files, in memory. */
struct sent {
	struct buf year[YEARS], census, people;
	struct demo_written written;
};

static void send_child(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena, struct xml_out *census, struct sent *sent)
{
	day returned = demo_returned(options);
	struct demo_told told;
	demo_told_open(&told);
	const struct told_child *records = demo_tell(child, options, &told);
	for (int i = 0; i < DEMO_YEARS; i++) {
		struct demo_returns year = { &sent->year[i * SSDA903_FILES],
			day_add_months(returned, -12 * (i + 1)) + 1,
			day_add_months(returned, -12 * i) };
		demo_write_903(records, &year, &sent->written);
	}
	demo_told_close(&told);
	arena_reset(arena);
	demo_write_cin(child, options, arena, census, &sent->written);
	demo_write_people(child, options, &sent->people);
}

static void send(struct sent *sent)
{
	struct demo_options options = authority();
	struct xml_out census = { .buf = &sent->census };
	memset(sent, 0, sizeof *sent);
	for (int i = 0; i < YEARS; i++)
		ssda903_write_columns(&sent->year[i], (enum ssda903_file)(i % SSDA903_FILES));
	people_write_columns(&sent->people);
	struct cin_year year = demo_census(&options);
	struct arena *arena = arena_open(16 << 20);
	cin_write_begin(&census, &year, S(DEMO_AUTHORITY));
	struct demo *demo = demo_open(&options);
	const struct demo_child *child;
	while ((child = demo_next(demo)) != NULL)
		send_child(child, &options, arena, &census, sent);
	arena_close(arena);
	demo_close(demo);
	cin_write_end(&census);
}

static void sent_close(struct sent *sent)
{
	for (int i = 0; i < YEARS; i++)
		buf_close(&sent->year[i]);
	buf_close(&sent->census);
	buf_close(&sent->people);
}

static void check_clean(struct staging *staging, const char *what)
{
	staging_check(staging);
	struct buf text = { 0 };
	for (size_t i = 0; i < staging->rejects.n && i < 5; i++) {
		buf_clear(&text);
		buf_reject(&text, &staging->rejects.item[i]);
		print_error("%s: %.*s\n", what, (int)text.n, text.p);
	}
	buf_close(&text);
	check_int(staging->rejects.n, 0);
}

static size_t count_of(const struct staging *staging, const struct record_type *type)
{
	size_t n = 0;
	for (size_t i = 0; i < staging->children.n; i++) {
		const struct staged_child *child = &staging->children.item[i];
		for (size_t k = 0; k < child->n; k++)
			n += child->item[k].type == type;
	}
	return n;
}

TEST(the_readers_of_the_returns_reject_nothing)
{
	struct sent sent;
	struct source source[YEARS];
	char name[YEARS][64];
	struct err err;
	struct staging staging;
	struct arena *arena = arena_open(256 << 20);
	day today = day_of(2026, 11, 21);
	send(&sent);
	for (int i = 0; i < YEARS; i++) {
		snprintf(name[i], sizeof name[i], "%d/%s", 2026 - i / SSDA903_FILES,
			ssda903_file_name((enum ssda903_file)(i % SSDA903_FILES)));
		source[i] = (struct source){ str_of(name[i]), buf_view(&sent.year[i]) };
	}
	staging_open(&staging, arena);
	if (!ssda903_stage(source, YEARS, today, &staging, &err))
		print_error("%s\n", err.text);
	check_clean(&staging, "903");
	check_int(count_of(&staging, &cla_review_type), sent.written.reviews);
	check_true(count_of(&staging, &placement_type) > CHILDREN / 2);
	staging_close(&staging);

	staging_open(&staging, arena);
	struct source census = { S("census.xml"), buf_view(&sent.census) };
	check_true(cin_stage(&census, today, &staging, &err));
	check_clean(&staging, "census");
	check_int(count_of(&staging, &cp_plan_type), sent.written.plans);
	staging_close(&staging);

	staging_open(&staging, arena);
	struct source people = { S("people.csv"), buf_view(&sent.people) };
	check_true(people_stage(&people, &staging, &err));
	check_clean(&staging, "people");
	check_int(count_of(&staging, &allocation_type), CHILDREN);
	staging_close(&staging);
	arena_close(arena);
	sent_close(&sent);
}

/* Every number of the returns is in the people file, with the same birthday. */
TEST(the_files_share_the_childrens_numbers)
{
	struct sent sent;
	struct err err;
	struct staging people, census;
	struct arena *arena = arena_open(256 << 20);
	send(&sent);
	staging_open(&people, arena);
	staging_open(&census, arena);
	struct source people_file = { S("people.csv"), buf_view(&sent.people) };
	struct source census_file = { S("census.xml"), buf_view(&sent.census) };
	check_true(people_stage(&people_file, &people, &err));
	check_true(cin_stage(&census_file, day_of(2026, 11, 21), &census, &err));
	check_true(census.children.n > CHILDREN / 3);
	for (size_t i = 0; i < census.children.n; i++) {
		const struct staged_child *child = &census.children.item[i];
		const struct child *here = child->item[0].record;
		const struct child *there = staging_child(&people, child->number)->item[0].record;
		check_true(child->item[0].type == &child_type);
		check_int(here->born, there->born);
	}
	check_int(people.children.n, CHILDREN);
	staging_close(&people);
	staging_close(&census);
	arena_close(arena);
	sent_close(&sent);
}

/* ---- in a store */

struct seen {
	struct place *place;
	size_t children, clocks, overdue, unknown, booked, care_plans, care_plans_met;
};

static bool see(void *to, int64_t subject, str key, struct err *err)
{
	struct seen *seen = to;
	struct clocks clocks = { 0 };
	struct arena *arena = arena_open(4 << 20);
	day today = day_of(2026, 11, 21);
	(void)key;
	bool done = store_clocks(seen->place->store, arena, subject, &clocks, err);
	seen->children++;
	for (size_t i = 0; i < clocks.n; i++) {
		const struct clock *clock = &clocks.item[i];
		enum clock_state state = clock_state(clock, today);
		seen->clocks++;
		seen->overdue += state == CLOCK_OVERDUE;
		seen->unknown += state == CLOCK_UNKNOWN && clock->doubt != DOUBT_NOT_CARRIED;
		seen->booked += clock->booked != DAY_UNKNOWN;
		if (str_equal(clock->rule->id, S("care-plan-10wd")) &&
			clock->from >= day_of(2026, 4, 1)) {
			seen->care_plans++;
			seen->care_plans_met += state == CLOCK_MET || state == CLOCK_MET_LATE;
		}
	}
	arena_close(arena);
	return done;
}

/* One line a person, each role first; who is named on children sees them. */
static void check_people(struct place *place, const char *users, int people)
{
	FILE *file = fopen(users, "r");
	char line[200];
	int lines = 0;
	bool had[ROLES] = { false };
	struct stat info;
	assert_non_null(file);
	check_int(fstat(fileno(file), &info), 0);
	check_int(info.st_mode & 0777, 0600);
	while (fgets(line, sizeof line, file) != NULL) {
		str rest = str_trim(str_of(line)), role, login, password;
		enum role one;
		struct person person;
		check_true(str_split(&rest, ' ', &role) && str_split(&rest, ' ', &login) &&
			   str_split(&rest, ' ', &password));
		check_true(role_find(role, &one));
		check_true(lines >= 14 || !had[one]);
		had[one] = true;
		OK(store_person_find(place->store, place->arena, login, &person, ERR));
		check_true(person.role == one);
		check_true(password_verify(person.password, password) || lines > 0);
		lines++;
	}
	fclose(file);
	check_int(lines, people);
	for (enum role i = ROLE_NONE; i < ROLES; i++)
		check_true(had[i] == role_is_person(i));
	check_true(COUNT(place, "SELECT count(*) FROM access WHERE holder > 0") > 200);
}

TEST(a_store_of_it_holds_what_only_duly_would_know)
{
	struct place *place = place_open();
	place->now = (instant)day_of(2026, 11, 21) * INSTANT_DAY + 9 * INSTANT_HOUR;
	struct demo_options options = { 400, 3, day_of(2026, 11, 21), place->law->calendar };
	const struct demo_storing storing = { .store = place->store,
		.env = &place->env,
		.actor = &place->system,
		.authority = S("EX1") };
	struct demo_stored stored;
	OK(demo_store(&options, &storing, &stored, ERR));
	check_int(stored.children, 400);
	struct seen seen = { .place = place };
	OK(store_each_subject(place->store, S("EX1"), (str){ 0 }, see, &seen, ERR));
	check_int(seen.children, 400);
	print_message("%zu clocks: %zu overdue, %zu unknown, %zu booked\n", seen.clocks,
		seen.overdue, seen.unknown, seen.booked);
	check_true(seen.clocks > 4000);
	check_true(seen.overdue > 5 && seen.overdue * 20 < seen.clocks);
	/* Of some duties no source carries what would meet them. */
	check_true(seen.unknown > 0 && seen.unknown * 10 < seen.clocks);
	check_true(seen.booked > 100);
	check_true(seen.care_plans > 20 && seen.care_plans_met * 10 > seen.care_plans * 8);
	char users[256];
	snprintf(users, sizeof users, "%s/demo-users.txt", place->dir);
	struct demo_storing with_users = storing;
	with_users.users = users;
	int people = 0;
	OK(demo_people(&options, &with_users, &people, ERR));
	check_people(place, users, people);
	NO(demo_store(&options, &storing, &stored, ERR), ERR_DUPLICATE);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_readers_of_the_returns_reject_nothing),
		CLAIM(the_files_share_the_childrens_numbers),
		CLAIM(a_store_of_it_holds_what_only_duly_would_know),
	};
	return cmocka_run_group_tests_name("job demo_files", tests, open_law, close_law);
}
