/* What practice says of the officers of one family, on both engines. */
#include "family.h"

#include "store/kin.h"
#include "store/person.h"

static const struct actor manager = { .user = 99, .role = ROLE_MANAGER, .authority = S_INIT("EX1") };

/* A looked after child with an officer and a sibling group; `parent` a person around it. */
static int64_t child_of(struct place *place, const char *number, const char *iro, const char *group,
	const char *relation, const char *parent)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2025, 5, 1), DAY_UNKNOWN);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = str_of(iro);
	by->sibling_group = str_of(group);
	by->restricted = ANSWER_NO;
	if (parent != NULL) {
		struct person_around *around = put(place, &basket, &person_around_type, -1);
		around->name = S("Kim Young");
		around->relation = str_of(relation);
		around->own_number = str_of(parent);
	}
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static struct kin_lines ask(
	struct place *place, const int64_t *subject, size_t n, const char *to, const str *group)
{
	struct kin_lines lines;
	const struct kin_asked asked = { .actor = &manager, .as = ALLOCATE_IRO,
		.subject = subject, .n = n, .to = str_of(to), .group = group };
	OK(store_kin(place->store, place->arena, &asked, &lines, ERR));
	return lines;
}

TEST(brothers_and_sisters_with_somebody_else_are_said)
{
	struct place *place = place_open();
	struct person ada = { .login = S("a.officer"), .name = S("Ada Officer"),
		.role = ROLE_REVIEWING_OFFICER, .authority = S("EX1"), .password = S("*") };
	int64_t id;
	OK(store_person_add(place->store, &place->system, &ada, &id, ERR));
	int64_t given[] = { child_of(place, "A1", "", "HILL", "", NULL),
		child_of(place, "A2", "Ada Officer", "HILL", "", NULL) };
	child_of(place, "B1", "Ben Officer", "VALE", "", NULL);
	/* The same person, by either name; and nobody yet is nobody else. */
	check_int(ask(place, given, 1, "Ada Officer", NULL).n, 0);
	check_int(ask(place, given, 1, "a.officer", NULL).n, 0);
	struct kin_lines lines = ask(place, given, 1, "Ben Officer", NULL);
	check_int(lines.n, 1);
	check_int(lines.item[0].kin, KIN_SIBLING);
	check_str(lines.item[0].number, "A1");
	check_str(lines.item[0].other_number, "A2");
	check_str(lines.item[0].other_forename, "Asha");
	check_str(lines.item[0].officer, "Ada Officer");
	/* Both go to one. */
	check_int(ask(place, given, 2, "Ben Officer", NULL).n, 0);
	/* The group that is being written counts. */
	str vale = S("VALE"), none = S("");
	check_int(ask(place, given, 1, "Ada Officer", &vale).n, 1);
	check_int(ask(place, given, 1, "Ben Officer", &none).n, 0);
	place_close(place);
}

TEST(a_parent_and_a_baby_who_would_have_one_officer_are_said)
{
	struct place *place = place_open();
	int64_t mother = child_of(place, "M1", "Ada Officer", "", "", NULL);
	int64_t baby = child_of(place, "B1", "Ben Officer", "", "mother", "M1");
	/* A grandmother is not meant; nor a number that is nobody's. */
	child_of(place, "B2", "Ben Officer", "", "grandparent", "M1");
	child_of(place, "B3", "Ben Officer", "", "father", "X9");
	int64_t both[] = { mother, baby };
	check_int(ask(place, &baby, 1, "Cat Officer", NULL).n, 0);
	struct kin_lines lines = ask(place, &baby, 1, "Ada Officer", NULL);
	check_int(lines.n, 1);
	check_int(lines.item[0].kin, KIN_PARENT);
	check_str(lines.item[0].number, "B1");
	check_str(lines.item[0].other_number, "M1");
	lines = ask(place, &mother, 1, "Ben Officer", NULL);
	check_int(lines.n, 1);
	check_int(lines.item[0].kin, KIN_BABY);
	check_str(lines.item[0].other_number, "B1");
	check_int(ask(place, both, 2, "Cat Officer", NULL).n, 1);
	place_close(place);
}

TEST(nothing_is_said_of_kin_whom_the_reader_does_not_see)
{
	struct place *place = place_open();
	int64_t child = child_of(place, "A1", "", "HILL", "", NULL);
	struct basket basket;
	put_child(place, &basket, "A2", day_of(2025, 5, 1), DAY_UNKNOWN);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = S("Ada Officer");
	by->sibling_group = S("HILL");
	by->restricted = ANSWER_YES;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	struct kin_lines lines = ask(place, &child, 1, "Ben Officer", NULL);
	check_int(lines.n, 1); /* restricted: the row without a name */
	check_int(lines.item[0].other_forename.n, 0);
	int64_t other = basket.change[0].subject;
	basket.n = 0;
	struct restriction *hide = put(place, &basket, &restriction_type, other);
	hide->kind = S("hidden");
	hide->reason = S("a risk");
	hide->decided_by = S("Hal Head");
	hide->began = day_of(2026, 11, 1);
	hide->review_on = day_of(2027, 2, 1);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(ask(place, &child, 1, "Ben Officer", NULL).n, 0);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(brothers_and_sisters_with_somebody_else_are_said),
		CLAIM(a_parent_and_a_baby_who_would_have_one_officer_are_said),
		CLAIM(nothing_is_said_of_kin_whom_the_reader_does_not_see),
	};
	return cmocka_run_group_tests_name("store kin", tests, NULL, NULL);
}
