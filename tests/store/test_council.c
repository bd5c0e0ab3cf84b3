#include "place.h"

#include "store/council.h"
#include "store/factor.h"
#include "store/session.h"

static const unsigned char first[COUNCIL_TOKEN] = { 1, 2, 3 }, second[COUNCIL_TOKEN] = { 4, 5, 6 };
static const unsigned char mark[MARK] = { 7, 8, 9 }, other_mark[MARK] = { 7, 8, 10 };

static int64_t add(struct place *place, str login)
{
	struct person person = { .login = login, .name = S("Some Body"), .role = ROLE_CHAIR,
		.authority = S("EX1"), .password = S("hash") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return id;
}

TEST(a_way_is_taken_once_and_ends_with_its_time)
{
	struct place *place = place_open();
	int64_t ola = add(place, S("ola"));
	struct council_way way = { .issuer = S("https://idp.example"), .purpose = S("link"),
		.person = ola, .next = S("/caseload"), .at = place->now }, out;
	OK(store_council_way_begin(place->store, first, &way, 0, ERR));
	way = (struct council_way){ .issuer = S("https://idp.example"), .purpose = S("sign-in"),
		.at = place->now + 1000, .subject = S("s"), .label = S("S Body"), .mfa = true };
	OK(store_council_way_begin(place->store, second, &way, 0, ERR));
	OK(store_council_way_find(place->store, place->arena, first, place->now, &out, ERR));
	check_int(out.person, ola);
	check_str(out.next, "/caseload");
	check_str(out.purpose, "link");
	check_false(out.mfa || out.subject.n > 0);
	OK(store_council_way_take(place->store, place->arena, first, place->now, &out, ERR));
	NO(store_council_way_take(place->store, place->arena, first, place->now, &out, ERR), ERR_MISSING);
	NO(store_council_way_find(place->store, place->arena, second, place->now + 1001, &out, ERR),
		ERR_MISSING);
	NO(store_council_way_take(place->store, place->arena, second, place->now + 1001, &out, ERR),
		ERR_MISSING);
	OK(store_council_way_take(place->store, place->arena, second, place->now + 1000, &out, ERR));
	check_int(out.person, 0);
	check_str(out.subject, "s");
	check_str(out.label, "S Body");
	check_true(out.mfa);
	/* Who begins forgets the ways whose time is over. */
	OK(store_council_way_begin(place->store, first, &way, 0, ERR));
	way.at += 5000;
	OK(store_council_way_begin(place->store, second, &way, way.at, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM council_way"), 1);
	place_close(place);
}

TEST(an_invitation_is_used_once_by_whom_it_was_made_for)
{
	struct place *place = place_open();
	int64_t ola = add(place, S("ola")), pat = add(place, S("pat")), who = 0;
	NO(store_council_invite(place->store, &place->chair, ola, mark, place->now, ERR), ERR_DENIED);
	OK(store_council_invite(place->store, &place->system, ola, other_mark, place->now, ERR));
	OK(store_council_invite(place->store, &place->system, ola, mark, place->now, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM ledger WHERE act = 'factor:council-invited'"), 2);
	/* A newer one takes the place of the first. */
	NO(store_council_invited(place->store, other_mark, 0, &who, ERR), ERR_MISSING);
	NO(store_council_invited(place->store, mark, place->now + 1, &who, ERR), ERR_MISSING);
	OK(store_council_invited(place->store, mark, place->now, &who, ERR));
	check_int(who, ola);
	NO(store_council_invited(place->store, mark, 0, &who, ERR), ERR_MISSING);
	OK(store_council_invite(place->store, &place->system, pat, mark, place->now, ERR));
	OK(store_person_disable(place->store, &place->system, pat, ERR));
	NO(store_council_invited(place->store, mark, 0, &who, ERR), ERR_MISSING);
	place_close(place);
}

static bool set(struct place *place, int64_t person, str subject, struct err *err)
{
	return store_council_set(place->store, &place->system, person, S("https://idp.example"),
		subject, S("label"), place->now, err);
}

TEST(an_account_is_one_persons_and_a_person_has_one)
{
	struct place *place = place_open();
	int64_t ola = add(place, S("ola")), pat = add(place, S("pat")), who = 0;
	str issuer, subject, label;
	struct factors factors;
	NO(store_council_of(place->store, place->arena, ola, &issuer, &subject, &label, ERR), ERR_MISSING);
	OK(set(place, ola, S("one"), ERR));
	NO(set(place, pat, S("one"), ERR), ERR_DUPLICATE);
	OK(set(place, ola, S("two"), ERR));
	OK(set(place, pat, S("one"), ERR));
	OK(store_council_of(place->store, place->arena, ola, &issuer, &subject, &label, ERR));
	check_str(subject, "two");
	check_str(label, "label");
	OK(store_council_find(place->store, S("https://idp.example"), S("two"), &who, ERR));
	check_int(who, ola);
	/* The same name at another issuer is somebody else. */
	NO(store_council_find(place->store, S("https://other.example"), S("two"), &who, ERR), ERR_MISSING);
	OK(store_factors(place->store, ola, &factors, ERR));
	check_true(factors.council);
	OK(store_person_disable(place->store, &place->system, pat, ERR));
	NO(store_council_find(place->store, S("https://idp.example"), S("one"), &who, ERR), ERR_MISSING);
	place_close(place);
}

TEST(whose_account_somebody_else_takes_away_is_signed_out)
{
	struct place *place = place_open();
	int64_t ola = add(place, S("ola"));
	struct actor herself = { .user = ola, .role = ROLE_CHAIR, .authority = S("EX1") };
	struct session_new begin = { .token = first, .person = ola, .now = place->now,
		.how = S("council"), .browser = S("A browser") };
	OK(set(place, ola, S("one"), ERR));
	OK(store_session_begin(place->store, &begin, ERR));
	OK(store_council_drop(place->store, &herself, ola, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM session"), 1);
	NO(store_council_drop(place->store, &herself, ola, ERR), ERR_MISSING);
	OK(set(place, ola, S("one"), ERR));
	OK(store_council_drop(place->store, &place->system, ola, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM session"), 0);
	check_int(COUNT(place, "SELECT count(*) FROM ledger WHERE act = 'factor:council-removed'"), 2);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_way_is_taken_once_and_ends_with_its_time),
		CLAIM(an_invitation_is_used_once_by_whom_it_was_made_for),
		CLAIM(an_account_is_one_persons_and_a_person_has_one),
		CLAIM(whose_account_somebody_else_takes_away_is_signed_out),
	};
	return cmocka_run_group_tests_name("store council", tests, NULL, NULL);
}
