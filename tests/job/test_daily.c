#include "../store/family.h"

#include "job/daily.h"
#include "store/cover.h"
#include "store/draft.h"
#include "store/person.h"

static struct actor officer(struct place *place, const char *login)
{
	struct person person = { .login = str_of(login), .name = str_of(login),
		.role = ROLE_REVIEWING_OFFICER, .authority = S("EX1"), .password = S("*") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = ROLE_REVIEWING_OFFICER, .authority = S("EX1") };
}

/* A fortnight as a server lives through it: two leaves with a day between them. */
TEST(each_day_cover_begins_and_ends_by_itself)
{
	struct place *place = place_open();
	struct actor ada = officer(place, "ada"), ben = officer(place, "ben");
	struct basket basket;
	put_child(place, &basket, "C1", day_of(2026, 9, 1), DAY_UNKNOWN);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->iro = S("ada");
	by->restricted = ANSWER_NO;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	int64_t child = basket.change[0].subject;
	day today = day_of(2026, 11, 20);
	struct draft draft = { .person = ada.user, .key = 5, .subject = child, .type = S("contact"),
		.typed = S("note=x") };
	OK(store_draft_keep(place->store, &draft, place->now, ERR));
	static const int leave[][2] = { { 2, 4 }, { 6, 8 } };
	for (size_t i = 0; i < 2; i++) {
		struct problems problems = { 0 };
		int64_t cover = 0;
		struct cover_proposal proposal = { .away = ada.user, .reason = COVER_LEAVE,
			.first = today + leave[i][0], .last = today + leave[i][1],
			.receiver = ben.user };
		OK(store_cover_propose(
			place->store, place->arena, &ada, &proposal, &cover, &problems, ERR));
		OK(store_cover_answer(place->store, place->arena, &ben,
			&(struct cover_answer){ .cover = cover, .accept = true }, &problems, ERR));
	}
	for (int i = 0; i < 14; i++) {
		place->now = (today + i) * INSTANT_DAY + 5 * 60 * 1000;
		OK(daily_work(place->store, ERR));
		bool covered = (i >= 2 && i <= 4) || (i >= 6 && i <= 8);
		int level = 0;
		struct err err = { 0 };
		bool sees = store_access(place->store, &ben, child, &level, &err);
		check_int(sees, covered);
		check_int(COUNT(place, "SELECT person FROM draft"), covered ? ben.user : ada.user);
		OK(store_access(place->store, &ada, child, &level, ERR));
		check_int(level, 2);
	}
	check_int(COUNT(place, "SELECT count(*) FROM notice WHERE kind = 'cover-begun'"), 4);
	check_int(COUNT(place, "SELECT count(*) FROM notice WHERE kind = 'cover-over'"), 4);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(each_day_cover_begins_and_ends_by_itself),
	};
	return cmocka_run_group_tests_name("job daily", tests, NULL, NULL);
}
