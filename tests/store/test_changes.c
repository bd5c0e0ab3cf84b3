#include "family.h"

#include "store/changes.h"
#include "store/person.h"
#include "store/week.h"

struct scene {
	struct place *place;
	struct actor officer, other, manager;
	int64_t child, secret;
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
	child->surname = str_of(surname);
	child->born = day_of(2014, 3, 9);
	basket.change[0].record = child;
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = str_of(iro);
	allocation->restricted = restricted;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

/* Two children of the officer's, a week before the day on which the lists are read. */
static struct scene set_scene(void)
{
	struct place *place = place_open();
	struct scene scene = { .place = place };
	scene.officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	scene.other = add_person(place, "p.other", "Pat Other", ROLE_REVIEWING_OFFICER);
	scene.manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	scene.child = add_named(place, "W1", "Open", "Ola Reviewer", day_of(2026, 6, 1),
		day_of(2026, 6, 20), ANSWER_NO);
	scene.secret = add_named(place, "W2", "Secret", "Ola Reviewer", day_of(2026, 6, 1),
		day_of(2026, 6, 20), ANSWER_YES);
	return scene;
}

static day today_of(const struct scene *scene)
{
	return instant_day(scene->place->now);
}

static struct change_list changes(struct scene *scene, const struct actor *actor, bool all)
{
	struct change_list list;
	struct change_query query = { .actor = actor, .today = today_of(scene),
		.since = today_of(scene), .all = all };
	OK(store_changes(scene->place->store, scene->place->arena, &query, &list, ERR));
	return list;
}

static size_t count(const struct change_list *list, enum change_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		n += list->item[i].kind == kind;
	return n;
}

static void save_one(struct scene *scene, struct change change)
{
	struct problems problems = { 0 };
	struct save save = { .mode = SAVE_FORM, .actor = &scene->place->system,
		.authority = S("EX1"), .change = &change, .n = 1, .problems = &problems,
		.arena = scene->place->arena };
	OK(store_save(scene->place->store, &save, ERR));
}

static struct stored first(struct scene *scene, int64_t subject, const struct record_type *type)
{
	struct stored_list list;
	OK(store_records(scene->place->store, scene->place->arena, subject, type, &list, ERR));
	check_true(list.n > 0);
	return list.item[0];
}

static void allocate(struct scene *scene, int64_t subject, const char *iro)
{
	struct stored was = first(scene, subject, &allocation_type);
	struct allocation *now = was.record;
	now->iro = str_of(iro);
	save_one(scene, (struct change){ .act = CHANGE_EDIT, .type = &allocation_type,
				.subject = subject, .id = was.id, .version = was.version,
				.record = now, .reason = S("new officer") });
}

TEST(a_child_that_came_is_new_and_its_history_is_no_news)
{
	struct scene scene = set_scene();
	struct change_list list = changes(&scene, &scene.officer, false);
	check_int(count(&list, CHANGE_NEW), 2);
	check_int(count(&list, CHANGE_RECORDED), 0);
	check_int(changes(&scene, &scene.other, false).n, 0);
	scene.place->now += 7 * INSTANT_DAY;
	list = changes(&scene, &scene.officer, false);
	check_int(count(&list, CHANGE_NEW), 0);
	place_close(scene.place);
}

TEST(what_was_recorded_booked_and_corrected_since_is_told_to_who_sees_the_child)
{
	struct scene scene = set_scene();
	scene.place->now += 7 * INSTANT_DAY;
	struct stored review = first(&scene, scene.child, &cla_review_type);
	struct stored care = first(&scene, scene.child, &care_period_type);
	struct booking *booking = record_new(scene.place->arena, &booking_type);
	booking->meeting = S("cla-review");
	booking->thread = (ref){ care.id };
	booking->on = today_of(&scene) + 20;
	save_one(&scene, (struct change){ .act = CHANGE_ADD, .type = &booking_type,
				 .subject = scene.child, .record = booking });
	save_one(&scene, (struct change){ .act = CHANGE_WITHDRAW, .type = &cla_review_type,
				 .subject = scene.child, .id = review.id,
				 .version = review.version, .reason = S("another child's") });
	struct change_list list = changes(&scene, &scene.officer, false);
	check_int(count(&list, CHANGE_BOOKED), 1);
	check_int(count(&list, CHANGE_CORRECTED), 1);
	for (size_t i = 0; i < list.n; i++) {
		if (list.item[i].kind == CHANGE_CORRECTED)
			check_str(list.item[i].reason, "another child's");
	}
	struct change_list everybody = changes(&scene, &scene.manager, true);
	check_int(count(&everybody, CHANGE_BOOKED), 1);
	check_int(changes(&scene, &scene.other, false).n, 0);
	place_close(scene.place);
}

TEST(a_change_of_officer_is_told_with_who_it_was)
{
	struct scene scene = set_scene();
	scene.place->now += 7 * INSTANT_DAY;
	allocate(&scene, scene.child, "Pat Other");
	struct change_list list = changes(&scene, &scene.other, false);
	check_int(count(&list, CHANGE_ALLOCATED), 1);
	check_str(list.item[list.n - 1].iro, "Pat Other");
	check_str(list.item[list.n - 1].was_iro, "Ola Reviewer");
	/* Whose child it no longer is sees nothing more of it. */
	list = changes(&scene, &scene.officer, false);
	for (size_t i = 0; i < list.n; i++)
		check_true(list.item[i].subject != scene.child);
	place_close(scene.place);
}

TEST(a_restricted_child_changes_without_a_name_or_a_word)
{
	struct scene scene = set_scene();
	scene.place->now += 7 * INSTANT_DAY;
	struct stored review = first(&scene, scene.secret, &cla_review_type);
	save_one(&scene, (struct change){ .act = CHANGE_WITHDRAW, .type = &cla_review_type,
				 .subject = scene.secret, .id = review.id,
				 .version = review.version, .reason = S("Secret's mother said so") });
	struct change_list list = changes(&scene, &scene.manager, true);
	check_int(count(&list, CHANGE_CORRECTED), 1);
	for (size_t i = 0; i < list.n; i++) {
		check_int(list.item[i].level, 1);
		check_int(list.item[i].surname.n, 0);
		check_int(list.item[i].reason.n, 0);
		check_int(list.item[i].word, WORD_NONE);
	}
	place_close(scene.place);
}

TEST(a_week_holds_what_is_overdue_due_or_booked_for_children_of_ones_own)
{
	struct scene scene = set_scene();
	struct week week;
	struct week_query query = { .actor = &scene.officer, .today = day_of(2026, 11, 20),
		.upto = day_of(2026, 11, 29) };
	OK(store_week(scene.place->store, scene.place->arena, &query, &week, ERR));
	check_int(week.children, 2);
	check_true(week.n > 0);
	size_t overdue = 0;
	for (size_t i = 0; i < week.n; i++) {
		overdue += week.item[i].state == CLOCK_OVERDUE;
		check_true(week.item[i].due <= query.upto || week.item[i].booked <= query.upto);
		check_true(i == 0 || week.item[i - 1].due <= week.item[i].due);
	}
	check_true(overdue >= 2);
	/* A manager sees both in lists; neither is of their own week. */
	query.actor = &scene.manager;
	OK(store_week(scene.place->store, scene.place->arena, &query, &week, ERR));
	check_int(week.children, 0);
	check_int(week.n, 0);
	place_close(scene.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_child_that_came_is_new_and_its_history_is_no_news),
		CLAIM(what_was_recorded_booked_and_corrected_since_is_told_to_who_sees_the_child),
		CLAIM(a_change_of_officer_is_told_with_who_it_was),
		CLAIM(a_restricted_child_changes_without_a_name_or_a_word),
		CLAIM(a_week_holds_what_is_overdue_due_or_booked_for_children_of_ones_own),
	};
	return cmocka_run_group_tests_name("store changes", tests, NULL, NULL);
}
