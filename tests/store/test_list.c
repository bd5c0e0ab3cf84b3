#include "family.h"

#include "store/list.h"
#include "store/person.h"

/* An authority with one of each role, three children of the officer and one of somebody else. */
struct scene {
	struct place *place;
	struct actor officer, other, manager, custodian, auditor, administrator;
	int64_t child[4];
};

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1") };
}

static int64_t add_named(struct place *place, const char *number, const char *surname, const char *iro,
	day began, day held, enum answer restricted)
{
	struct basket basket;
	put_child(place, &basket, number, began, held);
	struct child *child = record_new(place->arena, &child_type);
	child->number = str_of(number);
	child->forename = S("Zoë");
	child->surname = str_of(surname);
	child->born = began - 3000;
	basket.change[0].record = child;
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = str_of(iro);
	allocation->team = S("North");
	allocation->restricted = restricted;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static struct scene set_scene(void)
{
	struct place *place = place_open();
	struct scene scene = { .place = place };
	scene.officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	scene.other = add_person(place, "p.other", "Pat Other", ROLE_REVIEWING_OFFICER);
	scene.manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	scene.custodian = add_person(place, "c.custodian", "Cy Custodian", ROLE_CUSTODIAN);
	scene.auditor = add_person(place, "a.auditor", "Al Auditor", ROLE_AUDITOR);
	scene.administrator = add_person(place, "ad.min", "Ad Min", ROLE_ADMINISTRATOR);
	/* Overdue since October; due in the new year; restricted; and another's. */
	scene.child[0] = add_named(place, "A1", "Young", "Ola Reviewer", day_of(2026, 6, 1),
		day_of(2026, 6, 20), ANSWER_NO);
	scene.child[1] = add_named(place, "A2", "Abbot", "o.reviewer", day_of(2026, 9, 1),
		day_of(2026, 9, 20), ANSWER_NO);
	scene.child[2] = add_named(place, "A3", "Secret", "OLA REVIEWER", day_of(2026, 9, 1),
		day_of(2026, 9, 22), ANSWER_YES);
	scene.child[3] = add_named(place, "A4", "Elsewhere", "Pat Other", day_of(2026, 9, 1),
		day_of(2026, 9, 20), ANSWER_NO);
	return scene;
}

static struct caseload read_list(struct scene *scene, struct caseload_query query)
{
	struct caseload list;
	query.today = query.today == 0 ? day_of(2026, 11, 20) : query.today;
	query.page = query.page == 0 ? 1 : query.page;
	OK(store_caseload(scene->place->store, scene->place->arena, &query, &list, ERR));
	return list;
}

TEST(a_reviewing_officer_sees_the_children_that_name_them)
{
	struct scene scene = set_scene();
	struct caseload list = read_list(&scene, (struct caseload_query){ .actor = &scene.officer });
	check_int(list.n, 3);
	check_int(list.total, 3);
	check_int(list.children, 3);
	check_str(list.row[0].number, "A1");
	check_int(list.row[0].state, CLOCK_OVERDUE);
	check_true(list.row[0].due < day_of(2026, 11, 20));
	check_true(list.row[0].rule.n > 0);
	check_int(list.overdue, 1 + 2 * (list.row[1].state == CLOCK_OVERDUE));
	list = read_list(&scene, (struct caseload_query){ .actor = &scene.other });
	check_int(list.n, 1);
	check_str(list.row[0].surname, "Elsewhere");
	place_close(scene.place);
}

TEST(a_restricted_child_has_no_name_but_for_its_own_officer)
{
	struct scene scene = set_scene();
	struct caseload list = read_list(&scene, (struct caseload_query){ .actor = &scene.manager,
		.sort = LIST_BY_NAME });
	check_int(list.n, 4);
	for (size_t i = 0; i < list.n; i++) {
		bool secret = str_equal(list.row[i].number, S("A3"));
		check_int(list.row[i].level, secret ? 1 : 2);
		check_int(list.row[i].surname.n == 0, secret);
		check_int(list.row[i].born == DAY_UNKNOWN, secret);
	}
	struct child_head head;
	OK(store_child_head(scene.place->store, scene.place->arena, &scene.manager, scene.child[2],
		&head, ERR));
	check_int(head.level, 1);
	check_int(head.surname.n, 0);
	OK(store_child_head(scene.place->store, scene.place->arena, &scene.officer, scene.child[2],
		&head, ERR));
	check_str(head.surname, "Secret");
	place_close(scene.place);
}

TEST(a_name_that_may_not_be_seen_is_not_found_by_it)
{
	struct scene scene = set_scene();
	struct caseload list = read_list(&scene,
		(struct caseload_query){ .actor = &scene.manager, .text = S("secret") });
	check_int(list.n, 0);
	check_int(list.children, 4);
	list = read_list(&scene,
		(struct caseload_query){ .actor = &scene.officer, .text = S("zoe SECRET") });
	check_int(list.n, 1);
	list = read_list(&scene, (struct caseload_query){ .actor = &scene.manager, .text = S("A3") });
	check_int(list.n, 1);
	list = read_list(&scene, (struct caseload_query){ .actor = &scene.manager, .text = S("x_%") });
	check_int(list.n, 0);
	place_close(scene.place);
}

TEST(a_child_that_may_not_be_seen_is_as_absent_as_one_that_is_not_there)
{
	struct scene scene = set_scene();
	struct store *store = scene.place->store;
	struct child_head head;
	NO(store_child_head(store, scene.place->arena, &scene.other, scene.child[0], &head, ERR),
		ERR_MISSING);
	NO(store_child_head(store, scene.place->arena, &scene.other, 999999, &head, ERR), ERR_MISSING);
	NO(store_child_head(
		   store, scene.place->arena, &scene.administrator, scene.child[0], &head, ERR),
		ERR_MISSING);
	int level;
	NO(store_access(store, &scene.other, scene.child[0], &level, ERR), ERR_MISSING);
	OK(store_access(store, &scene.other, scene.child[3], &level, ERR));
	check_int(level, 2);
	place_close(scene.place);
}

TEST(a_list_is_filtered_sorted_and_paged)
{
	struct scene scene = set_scene();
	for (int i = 0; i < 30; i++) {
		char number[8], name[12];
		snprintf(number, sizeof number, "B%d", i);
		snprintf(name, sizeof name, "Name%02d", i);
		add_named(scene.place, arena_text(scene.place->arena, str_of(number)),
			arena_text(scene.place->arena, str_of(name)), "Pat Other",
			day_of(2026, 9, 1) + i, day_of(2026, 9, 28) + i / 2, ANSWER_NO);
	}
	struct caseload_query query = { .actor = &scene.other, .sort = LIST_BY_NAME, .page = 2 };
	struct caseload list = read_list(&scene, query);
	check_int(list.total, 31);
	check_int(list.n, 6);
	check_int(list.teams, 1);
	check_str(list.team[0], "North");
	query.page = 1;
	query.backwards = true;
	list = read_list(&scene, query);
	check_str(list.row[0].surname, "Name29");
	query.sort = LIST_BY_AGE;
	query.backwards = false;
	list = read_list(&scene, query);
	for (size_t i = 1; i < list.n; i++)
		check_true(list.row[i - 1].born >= list.row[i].born);
	query.sort = LIST_BY_WORST;
	list = read_list(&scene, query);
	for (size_t i = 1; i < list.n; i++)
		check_true(list.row[i - 1].state != CLOCK_DUE || list.row[i].state != CLOCK_OVERDUE);
	query.state = LIST_OVERDUE;
	list = read_list(&scene, query);
	check_int(list.total, list.overdue);
	query.state = LIST_UNKNOWN;
	list = read_list(&scene, query);
	check_int(list.total, list.unknown);
	query.state = LIST_WEEK;
	list = read_list(&scene, query);
	check_int(list.total, list.week);
	query.state = LIST_ALL;
	query.kind = LIST_ON_PLAN;
	list = read_list(&scene, query);
	check_int(list.total, 0);
	check_int(list.children, 31);
	query.kind = LIST_LOOKED_AFTER;
	query.page = 0;
	query.team = S("North");
	struct caseload all;
	query.today = day_of(2026, 11, 20);
	OK(store_caseload(scene.place->store, scene.place->arena, &query, &all, ERR));
	check_int(all.n, 31);
	place_close(scene.place);
}

static int64_t heard(struct scene *scene, int64_t subject, day said, day met, enum answer alone)
{
	struct basket basket = { 0 };
	if (said != DAY_UNKNOWN) {
		struct child_view *view = put(scene->place, &basket, &child_view_type, subject);
		view->words = S("I want to see my sister more.");
		view->said.on = said;
		view->method = S("phone");
	}
	if (met != DAY_UNKNOWN) {
		struct contact *contact = put(scene->place, &basket, &contact_type, subject);
		contact->on.on = met;
		contact->method = S("visit");
		contact->alone = alone;
		contact->why_not = alone == ANSWER_NO ? S("The carer stayed") : (str){ 0 };
	}
	OK(save_basket(scene->place, &basket, SAVE_FORM, &scene->place->system, 0, ERR));
	return basket.change[0].id;
}

static struct caseload_row row_of_child(struct scene *scene, const struct actor *actor, int64_t subject)
{
	struct caseload list = read_list(scene, (struct caseload_query){ .actor = actor });
	for (size_t i = 0; i < list.n; i++) {
		if (list.row[i].subject == subject)
			return list.row[i];
	}
	fail_msg("the child is not in the list");
	return (struct caseload_row){ 0 };
}

TEST(a_row_says_when_the_child_was_last_heard_and_last_met)
{
	struct scene scene = set_scene();
	const struct actor *own = &scene.officer;
	struct caseload_row row = row_of_child(&scene, own, scene.child[0]);
	check_true(row.view_on == DAY_UNKNOWN && row.contact_on == DAY_UNKNOWN);
	heard(&scene, scene.child[0], day_of(2026, 10, 1), day_of(2026, 9, 1), ANSWER_UNKNOWN);
	int64_t latest = heard(&scene, scene.child[0], day_of(2026, 11, 2), DAY_UNKNOWN, ANSWER_UNKNOWN);
	heard(&scene, scene.child[0], day_of(2026, 9, 2), day_of(2026, 10, 9), ANSWER_NO);
	row = row_of_child(&scene, own, scene.child[0]);
	check_int(row.view_on, day_of(2026, 11, 2));
	check_int(row.contact_on, day_of(2026, 10, 9));
	check_int(row.contact_alone, ANSWER_NO);
	/* Twice on a day, and once alone: the child was spoken to alone that day. */
	heard(&scene, scene.child[0], DAY_UNKNOWN, day_of(2026, 10, 9), ANSWER_YES);
	check_int(row_of_child(&scene, own, scene.child[0]).contact_alone, ANSWER_YES);
	heard(&scene, scene.child[0], DAY_UNKNOWN, day_of(2026, 10, 10), ANSWER_UNKNOWN);
	row = row_of_child(&scene, own, scene.child[0]);
	check_int(row.contact_on, day_of(2026, 10, 10));
	check_int(row.contact_alone, ANSWER_UNKNOWN);
	/* What is withdrawn was not said. */
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_WITHDRAW, .type = &child_view_type,
		.subject = scene.child[0], .id = latest, .version = 1, .reason = S("Another child said it") };
	OK(save_basket(scene.place, &basket, SAVE_FORM, &scene.place->system, 0, ERR));
	check_int(row_of_child(&scene, own, scene.child[0]).view_on, day_of(2026, 10, 1));
	place_close(scene.place);
}

TEST(what_a_restricted_child_said_is_not_dated_for_who_may_not_see_the_name)
{
	struct scene scene = set_scene();
	heard(&scene, scene.child[2], day_of(2026, 11, 2), day_of(2026, 11, 3), ANSWER_YES);
	check_int(row_of_child(&scene, &scene.officer, scene.child[2]).view_on, day_of(2026, 11, 2));
	struct caseload_row row = row_of_child(&scene, &scene.manager, scene.child[2]);
	check_int(row.level, 1);
	check_true(row.view_on == DAY_UNKNOWN && row.contact_on == DAY_UNKNOWN);
	place_close(scene.place);
}

static void set_group(struct scene *scene, int64_t subject, const char *group)
{
	char text[200];
	struct err err;
	snprintf(text, sizeof text, "UPDATE child_row SET sibling_key = '%s' WHERE subject = %lld", group,
		(long long)subject);
	assert_true(db_script(store_db(scene->place->store), text, &err));
}

TEST(brothers_and_sisters_are_counted_among_the_children_whom_the_reader_may_see)
{
	struct scene scene = set_scene();
	struct basket basket = { 0 };
	for (int i = 0; i < 4; i++) {
		char text[200];
		snprintf(text, sizeof text,
			"SELECT id FROM record_allocation WHERE subject = %lld", (long long)scene.child[i]);
		struct allocation *allocation = put(scene.place, &basket, &allocation_type, scene.child[i]);
		allocation->iro = i == 3 ? S("Pat Other") : S("Ola Reviewer");
		allocation->team = S("North");
		allocation->sibling_group = i == 1 ? S("Other") : i == 2 ? S("OSEI  ") : S("osei");
		allocation->restricted = i == 2 ? ANSWER_YES : ANSWER_NO;
		struct change *change = &basket.change[basket.n - 1];
		change->act = CHANGE_EDIT;
		change->id = COUNT(scene.place, text);
		change->version = 1;
		change->reason = S("The people file was wrong");
	}
	OK(save_basket(scene.place, &basket, SAVE_FORM, &scene.place->system, 0, ERR));
	/* The officer holds two of the three; the manager sees the restricted one without a name. */
	check_int(row_of_child(&scene, &scene.officer, scene.child[0]).siblings, 1);
	check_int(row_of_child(&scene, &scene.officer, scene.child[2]).siblings, 1);
	check_int(row_of_child(&scene, &scene.manager, scene.child[0]).siblings, 1);
	check_false(row_of_child(&scene, &scene.manager, scene.child[2]).has_group);
	struct caseload list = read_list(&scene,
		(struct caseload_query){ .actor = &scene.manager, .siblings_of = scene.child[0] });
	check_int(list.total, 2);
	list = read_list(&scene,
		(struct caseload_query){ .actor = &scene.manager, .siblings_of = scene.child[2] });
	check_int(list.total, 1);
	list = read_list(&scene,
		(struct caseload_query){ .actor = &scene.officer, .siblings_of = scene.child[3] });
	check_int(list.total, 0);
	/* The same name for a family in another council is another family. */
	set_group(&scene, scene.child[3], "EX2 osei");
	check_int(row_of_child(&scene, &scene.manager, scene.child[0]).siblings, 0);
	place_close(scene.place);
}

/* Both ways of asking the policy, for everybody and every child: the pure function with the
 * relation worked out here, and the stored rows. */
TEST(what_is_stored_for_lists_is_what_the_policy_says)
{
	struct scene scene = set_scene();
	const struct actor *people[] = { &scene.officer, &scene.other, &scene.manager,
		&scene.custodian, &scene.auditor, &scene.administrator };
	for (size_t p = 0; p < sizeof people / sizeof *people; p++) {
		for (size_t c = 0; c < 4; c++) {
			const struct actor *own = c == 3 ? &scene.other : &scene.officer;
			enum relation relation = people[p] == own ? RELATION_OWN : RELATION_AUTHORITY;
			int want = policy_level(people[p]->role, relation, c == 2 ? RESTRICTED : OPEN);
			int level;
			struct err err;
			(void)!store_access(scene.place->store, people[p], scene.child[c], &level, &err);
			check_int(level, want);
			struct caseload list = read_list(
				&scene, (struct caseload_query){ .actor = people[p] });
			int listed = 0;
			for (size_t i = 0; i < list.n; i++) {
				if (list.row[i].subject == scene.child[c])
					listed = list.row[i].level;
			}
			check_int(listed, want);
		}
	}
	place_close(scene.place);
}

TEST(who_is_added_later_sees_the_children_that_already_name_them)
{
	struct scene scene = set_scene();
	add_named(scene.place, "A5", "Late", "New Comer", day_of(2026, 9, 1), DAY_UNKNOWN, ANSWER_NO);
	struct actor comer = add_person(scene.place, "n.comer", "New Comer", ROLE_REVIEWING_OFFICER);
	check_int(read_list(&scene, (struct caseload_query){ .actor = &comer }).n, 1);
	/* The child would stand with nobody: it goes to somebody else first. */
	NO(store_person_disable(scene.place->store, &scene.place->system, comer.user, ERR),
		ERR_INPUT);
	OK(store_person_change(scene.place->store, &scene.place->system, comer.user, S("Gone"),
		ROLE_REVIEWING_OFFICER, (str){ 0 }, ERR));
	check_int(read_list(&scene, (struct caseload_query){ .actor = &comer }).n, 0);
	OK(store_person_disable(scene.place->store, &scene.place->system, comer.user, ERR));
	place_close(scene.place);
}

TEST(a_name_that_two_people_share_gives_sight_to_neither)
{
	struct scene scene = set_scene();
	add_person(scene.place, "ola2", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	/* The child that names the sign-in name is still theirs. */
	struct caseload list = read_list(&scene, (struct caseload_query){ .actor = &scene.officer });
	check_int(list.n, 1);
	check_str(list.row[0].number, "A2");
	place_close(scene.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_reviewing_officer_sees_the_children_that_name_them),
		CLAIM(a_restricted_child_has_no_name_but_for_its_own_officer),
		CLAIM(a_name_that_may_not_be_seen_is_not_found_by_it),
		CLAIM(a_child_that_may_not_be_seen_is_as_absent_as_one_that_is_not_there),
		CLAIM(a_list_is_filtered_sorted_and_paged),
		CLAIM(a_row_says_when_the_child_was_last_heard_and_last_met),
		CLAIM(what_a_restricted_child_said_is_not_dated_for_who_may_not_see_the_name),
		CLAIM(brothers_and_sisters_are_counted_among_the_children_whom_the_reader_may_see),
		CLAIM(what_is_stored_for_lists_is_what_the_policy_says),
		CLAIM(who_is_added_later_sees_the_children_that_already_name_them),
		CLAIM(a_name_that_two_people_share_gives_sight_to_neither),
	};
	return cmocka_run_group_tests_name("store list", tests, NULL, NULL);
}
