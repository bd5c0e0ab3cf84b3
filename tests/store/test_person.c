#include "place.h"

#include "store/session.h"

static const unsigned char token[SESSION_TOKEN] = { 1, 2, 3 };

static const struct session_new *begin_of(int64_t person, instant now)
{
	static struct session_new begin;
	begin = (struct session_new){ .token = token, .person = person, .now = now,
		.how = S("password"), .browser = S("Firefox on Linux") };
	return &begin;
}

static int64_t add_ola(struct place *place)
{
	struct person person = { .login = S("ola"), .name = S("Ola Example"), .role = ROLE_CHAIR,
		.team = S("North"), .authority = S("EX1"), .password = S("hash") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return id;
}

TEST(a_person_is_found_by_login_and_listed)
{
	struct place *place = place_open();
	int64_t id = add_ola(place);
	struct person found;
	OK(store_person_find(place->store, place->arena, S("ola"), &found, ERR));
	check_int(found.id, id);
	check_int(found.role, ROLE_CHAIR);
	check_str(found.password, "hash");
	NO(store_person_find(place->store, place->arena, S("pat"), &found, ERR), ERR_MISSING);
	struct person again = found;
	NO(store_person_add(place->store, &place->system, &again, &id, ERR), ERR_DUPLICATE);
	struct person_list list;
	OK(store_person_list(place->store, place->arena, S("EX1"), &list, ERR));
	check_int(list.n, 1);
	OK(store_person_list(place->store, place->arena, S("EX2"), &list, ERR));
	check_int(list.n, 0);
	place_close(place);
}

TEST(only_an_administrator_adds_people_and_each_stands_in_the_ledger)
{
	struct place *place = place_open();
	add_ola(place);
	struct person person = { .login = S("pat"), .name = S("Pat"), .role = ROLE_ADMINISTRATOR,
		.authority = S("EX1"), .password = S("hash") };
	struct actor manager = { .user = 1, .role = ROLE_MANAGER, .authority = S("EX1") };
	int64_t id;
	NO(store_person_add(place->store, &manager, &person, &id, ERR), ERR_DENIED);
	check_int(COUNT(place, "SELECT count(*) FROM ledger WHERE act = 'person:add'"), 1);
	place_close(place);
}

TEST(a_session_lives_until_it_ends_or_its_person_may_not_sign_in)
{
	struct place *place = place_open();
	int64_t id = add_ola(place);
	struct person_session session;
	OK(store_session_begin(place->store, begin_of(id, place->now), ERR));
	OK(store_session_seen(place->store, token, place->now + 5000, ERR));
	OK(store_session_find(place->store, place->arena, token, &session, ERR));
	check_str(session.person.login, "ola");
	check_true(session.began_at == place->now && session.seen_at == place->now + 5000);
	OK(store_session_end(place->store, token, ERR));
	NO(store_session_find(place->store, place->arena, token, &session, ERR), ERR_MISSING);
	OK(store_session_begin(place->store, begin_of(id, place->now), ERR));
	OK(store_person_disable(place->store, &place->system, id, ERR));
	NO(store_session_find(place->store, place->arena, token, &session, ERR), ERR_MISSING);
	OK(store_session_begin(place->store, begin_of(id, place->now), ERR));
	OK(store_session_sweep(place->store, place->now + 1, ERR));
	NO(store_session_find(place->store, place->arena, token, &session, ERR), ERR_MISSING);
	place_close(place);
}

TEST(a_new_password_ends_the_sessions_and_a_new_hash_does_not)
{
	struct place *place = place_open();
	int64_t id = add_ola(place);
	struct person_session session;
	OK(store_session_begin(place->store, begin_of(id, place->now), ERR));
	OK(store_person_rehash(place->store, id, S("more work"), ERR));
	OK(store_session_find(place->store, place->arena, token, &session, ERR));
	struct person ola;
	OK(store_person_read(place->store, place->arena, id, &ola, ERR));
	check_str(ola.password, "more work");
	OK(store_person_password(place->store, &place->system, id, S("another"), ERR));
	NO(store_session_find(place->store, place->arena, token, &session, ERR), ERR_MISSING);
	NO(store_person_rehash(place->store, 999999, S("x"), ERR), ERR_MISSING);
	place_close(place);
}

TEST(attempts_are_counted_by_login_and_by_address)
{
	struct place *place = place_open();
	int64_t of_login, of_address;
	for (int i = 0; i < 3; i++)
		OK(store_attempt_add(place->store, S("ola"), S("192.0.2.1"), place->now + i, ERR));
	OK(store_attempt_add(place->store, S("pat"), S("192.0.2.1"), place->now, ERR));
	OK(store_attempt_count(place->store, S("ola"), S("192.0.2.1"), place->now - 1, &of_login,
		&of_address, ERR));
	check_int(of_login, 3);
	check_int(of_address, 4);
	OK(store_attempt_count(place->store, S("ola"), S("192.0.2.1"), place->now, &of_login,
		&of_address, ERR));
	check_int(of_login, 2);
	OK(store_attempt_forget(place->store, S("ola"), ERR));
	OK(store_attempt_sweep(place->store, place->now, ERR));
	OK(store_attempt_count(place->store, S("ola"), S("192.0.2.1"), 0, &of_login, &of_address, ERR));
	check_int(of_login, 0);
	check_int(of_address, 1);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_person_is_found_by_login_and_listed),
		CLAIM(only_an_administrator_adds_people_and_each_stands_in_the_ledger),
		CLAIM(a_session_lives_until_it_ends_or_its_person_may_not_sign_in),
		CLAIM(a_new_password_ends_the_sessions_and_a_new_hash_does_not),
		CLAIM(attempts_are_counted_by_login_and_by_address),
	};
	return cmocka_run_group_tests_name("store person", tests, NULL, NULL);
}
