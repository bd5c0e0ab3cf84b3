#include "family.h"

#include "base/utf8.h"
#include "store/person.h"
#include "store/search.h"
#include "store/search_sound.h"

static str sound(struct arena *arena, const char *name)
{
	struct buf key = { 0 }, out = { 0 };
	buf_utf8_fold(&key, str_of(name));
	buf_sound(&out, buf_view(&key));
	str kept = arena_str(arena, buf_view(&out));
	buf_close(&key);
	buf_close(&out);
	return kept;
}

TEST(names_that_sound_the_same_have_one_sound)
{
	static const char *const same[][3] = { { "Mohammed", "Muhamad", "Mohamed" },
		{ "Catherine", "Kathryn", "Katherine" }, { "Smith", "Smyth", "Smythe" },
		{ "Stephen", "Steven", "Stefan" }, { "Wright", "Right", "Rite" },
		{ "Knight", "Night", "Nite" }, { "Phillip", "Philip", "Filip" },
		{ "Jackson", "Jaxon", "Jacksen" }, { "Aisha", "Ayesha", "Aysha" },
		{ "Hussain", "Husein", "Hussein" }, { "Christopher", "Kristofer", "Christofer" },
		{ "Gillian", "Jillian", "Jilian" }, { "Yusuf", "Yousef", "Youssef" },
		{ "Thomas", "Tomas", "Tómas" }, { "Zainab", "Zaynab", "Zeinab" },
		{ "Shaun", "Shawn", "Sean" } };
	struct arena *arena = arena_open(1 << 16);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		str first = sound(arena, same[i][0]);
		check_true(first.n >= 2);
		for (size_t k = 1; k < 3; k++) {
			if (!str_equal(sound(arena, same[i][k]), first))
				fail_msg("%s sounds %.*s, %s sounds %.*s", same[i][0], STR_ARGS(first),
					same[i][k], STR_ARGS(sound(arena, same[i][k])));
		}
	}
	arena_close(arena);
}

TEST(names_that_differ_to_the_ear_do_not_share_a_sound)
{
	static const char *const names[] = { "Mohammed", "Catherine", "Smith", "Stephen", "Amara",
		"Knight", "Jackson", "Charlotte", "Hussain", "Oliver", "Zainab", "Patel", "Okafor",
		"Williams", "Brown", "Davies" };
	enum { NAMES = sizeof names / sizeof *names };
	struct arena *arena = arena_open(1 << 16);
	for (size_t i = 0; i < NAMES; i++) {
		for (size_t k = 0; k < i; k++) {
			if (str_equal(sound(arena, names[i]), sound(arena, names[k])))
				fail_msg("%s and %s sound the same", names[i], names[k]);
		}
	}
	check_int(sound(arena, "Lee").n, 0);
	check_int(sound(arena, "").n, 0);
	check_int(sound(arena, "李").n, 0);
	arena_close(arena);
}

/* ---- in a store */

struct scene {
	struct place *place;
	struct actor officer, other, manager;
};

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1") };
}

static int64_t add_named(struct place *place, const char *number, const char *forename,
	const char *surname, const char *iro, day born, enum answer restricted)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2026, 9, 1), day_of(2026, 9, 20));
	struct child *child = record_new(place->arena, &child_type);
	child->number = str_of(number);
	child->forename = str_of(forename);
	child->surname = str_of(surname);
	child->born = born;
	basket.change[0].record = child;
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = str_of(iro);
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
	add_named(place, "N1", "Mohammed", "Okafor", "Ola Reviewer", day_of(2014, 3, 9), ANSWER_NO);
	add_named(place, "N2", "Muhamad", "Example", "Ola Reviewer", day_of(2016, 3, 9), ANSWER_NO);
	add_named(place, "N3", "Anna-Maria", "van Dijk", "Pat Other", day_of(2014, 3, 9), ANSWER_NO);
	add_named(place, "N4", "Zoë", "O'Brien", "Ola Reviewer", day_of(2012, 1, 2), ANSWER_NO);
	return scene;
}

static struct search_found find(struct scene *scene, const struct actor *actor, const char *text, day born)
{
	struct search_found found;
	struct search search = { .actor = actor, .today = day_of(2026, 11, 20), .text = str_of(text),
		.born = born };
	OK(store_search(scene->place->store, scene->place->arena, &search, &found, ERR));
	return found;
}

static size_t count(struct scene *scene, const struct actor *actor, const char *text)
{
	return find(scene, actor, text, DAY_UNKNOWN).n;
}

TEST(a_child_is_found_by_any_part_of_the_name_with_or_without_accents)
{
	struct scene scene = set_scene();
	const struct actor *manager = &scene.manager;
	static const char *const ways[] = { "zoe", "ZOË", "obrien", "o'brien", "Brien", "zo ob",
		"O'Brien Zoe" };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct search_found found = find(&scene, manager, ways[i], DAY_UNKNOWN);
		check_int(found.n, 1);
		check_str(found.row[0].number, "N4");
	}
	check_int(count(&scene, manager, "maria"), 1);
	check_int(count(&scene, manager, "anna maria dijk"), 1);
	check_int(count(&scene, manager, "annamaria"), 1);
	check_int(count(&scene, manager, "anna okafor"), 0);
	check_int(count(&scene, manager, "%"), 0);
	check_int(count(&scene, manager, "z"), 0);
	check_int(count(&scene, manager, ""), 0);
	place_close(scene.place);
}

TEST(what_is_written_so_comes_before_what_only_sounds_so)
{
	struct scene scene = set_scene();
	struct search_found found = find(&scene, &scene.manager, "mohammed", DAY_UNKNOWN);
	check_int(found.n, 2);
	check_str(found.row[0].number, "N1");
	check_false(found.by_sound[0]);
	check_str(found.row[1].number, "N2");
	check_true(found.by_sound[1]);
	check_int(count(&scene, &scene.manager, "mohammed okafor"), 1);
	check_int(count(&scene, &scene.manager, "n2"), 1);
	place_close(scene.place);
}

TEST(a_date_of_birth_finds_alone_and_with_a_name)
{
	struct scene scene = set_scene();
	check_int(find(&scene, &scene.manager, "", day_of(2014, 3, 9)).n, 2);
	struct search_found found = find(&scene, &scene.manager, "okafor", day_of(2014, 3, 9));
	check_int(found.n, 1);
	check_str(found.row[0].number, "N1");
	check_int(find(&scene, &scene.manager, "", day_of(2014, 3, 10)).n, 0);
	place_close(scene.place);
}

static void check_same(const struct search_found *a, const struct search_found *b)
{
	check_int(a->n, b->n);
	check_int(a->more, b->more);
	for (size_t i = 0; i < a->n; i++) {
		check_int(a->row[i].subject, b->row[i].subject);
		check_true(str_equal(a->row[i].number, b->row[i].number));
	}
}

/* Two worlds: in one there is a child that the reader may not see by name, in the other not. */
TEST(who_may_not_see_a_name_cannot_tell_whether_it_is_there)
{
	static const char *const asked[] = { "Secret", "secr", "Sekrit", "Canary Secret", "Canary" };
	struct scene scene = set_scene();
	struct search_found before[2][5];
	day born = day_of(2015, 5, 5);
	struct search_found by_birth = find(&scene, &scene.manager, "", born);
	for (size_t i = 0; i < 5; i++) {
		before[0][i] = find(&scene, &scene.other, asked[i], DAY_UNKNOWN);
		before[1][i] = find(&scene, &scene.manager, asked[i], DAY_UNKNOWN);
	}
	add_named(scene.place, "N9", "Canary", "Secret", "Ola Reviewer", born, ANSWER_YES);
	for (size_t i = 0; i < 5; i++) {
		struct search_found other = find(&scene, &scene.other, asked[i], DAY_UNKNOWN);
		struct search_found manager = find(&scene, &scene.manager, asked[i], DAY_UNKNOWN);
		check_same(&other, &before[0][i]);
		check_same(&manager, &before[1][i]);
		check_int(count(&scene, &scene.officer, asked[i]), 1);
	}
	struct search_found again = find(&scene, &scene.manager, "", born);
	check_same(&again, &by_birth);
	/* The number is in the manager's lists, and finds the row without a name. */
	struct search_found row = find(&scene, &scene.manager, "N9", DAY_UNKNOWN);
	check_int(row.n, 1);
	check_int(row.row[0].level, 1);
	check_int(row.row[0].surname.n, 0);
	check_int(count(&scene, &scene.other, "N9"), 0);
	place_close(scene.place);
}

static void hide(struct place *place, int64_t subject)
{
	struct basket basket = { .n = 0 };
	struct restriction *restriction = put(place, &basket, &restriction_type, subject);
	restriction->kind = S("hidden");
	restriction->reason = S("a risk");
	restriction->decided_by = S("Hal Head");
	restriction->began = day_of(2026, 11, 20);
	restriction->review_on = day_of(2027, 2, 20);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

/* What there is no key of cannot be come upon, and so takes no time to pass over. */
TEST(who_is_hidden_has_no_keys_and_is_found_by_their_own_workers_alone)
{
	static const char *const asked[] = { "okafor", "okaf", "Ocafor", "Mohammed Okafor", "n1" };
	struct scene scene = set_scene();
	struct place *place = scene.place;
	struct actor head = add_person(place, "h.head", "Hal Head", ROLE_HEAD);
	int64_t subject = find(&scene, &scene.manager, "okafor", DAY_UNKNOWN).row[0].subject;
	char keys[128];
	snprintf(keys, sizeof keys, "SELECT count(*) FROM search_key WHERE subject = %lld",
		(long long)subject);
	check_true(COUNT(place, keys) > 0);
	hide(place, subject);
	check_int(COUNT(place, keys), 0);
	for (size_t i = 0; i < 5; i++) {
		check_int(count(&scene, &scene.officer, asked[i]), 1);
		check_int(count(&scene, &scene.manager, asked[i]), 0);
		check_int(count(&scene, &scene.other, asked[i]), 0);
	}
	check_int(count(&scene, &scene.officer, "example"), 1); /* and no other word brings them */
	check_int(count(&scene, &scene.officer, "nobody"), 0);
	day born = day_of(2014, 3, 9);
	check_int(find(&scene, &scene.officer, "", born).n, 1);
	check_int(find(&scene, &scene.officer, "", born + 1).n, 0);
	check_int(find(&scene, &scene.officer, "okafor", born + 1).n, 0);
	check_int(find(&scene, &scene.manager, "", born).n, 1); /* the other one of that day */
	/* The head has the row without a name: by its number, and by nothing else. */
	check_int(count(&scene, &head, "n1"), 1);
	check_int(count(&scene, &head, "okafor"), 0);
	check_int(find(&scene, &head, "", born).n, 1);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

TEST(what_is_searched_by_follows_a_correction_of_the_name)
{
	struct scene scene = set_scene();
	struct place *place = scene.place;
	struct stored_list list;
	int64_t subject = find(&scene, &scene.manager, "okafor", DAY_UNKNOWN).row[0].subject;
	OK(store_records(place->store, place->arena, subject, &child_type, &list, ERR));
	struct child *child = list.item[0].record;
	child->surname = S("Adeyemi");
	struct change change = { .act = CHANGE_EDIT, .type = &child_type, .subject = subject,
		.id = list.item[0].id, .version = list.item[0].version, .record = child,
		.reason = S("as in the court order") };
	struct problems problems = { 0 };
	struct save save = { .mode = SAVE_FORM, .actor = &place->system, .authority = S("EX1"),
		.change = &change, .n = 1, .problems = &problems, .arena = place->arena };
	OK(store_save(place->store, &save, ERR));
	check_int(count(&scene, &scene.manager, "okafor"), 0);
	check_int(count(&scene, &scene.manager, "adeyemi"), 1);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(names_that_sound_the_same_have_one_sound),
		CLAIM(names_that_differ_to_the_ear_do_not_share_a_sound),
		CLAIM(a_child_is_found_by_any_part_of_the_name_with_or_without_accents),
		CLAIM(what_is_written_so_comes_before_what_only_sounds_so),
		CLAIM(a_date_of_birth_finds_alone_and_with_a_name),
		CLAIM(who_may_not_see_a_name_cannot_tell_whether_it_is_there),
		CLAIM(who_is_hidden_has_no_keys_and_is_found_by_their_own_workers_alone),
		CLAIM(what_is_searched_by_follows_a_correction_of_the_name),
	};
	return cmocka_run_group_tests_name("store search", tests, NULL, NULL);
}
