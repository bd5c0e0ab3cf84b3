/* What the checks of the returns found, kept: who sees it, what was explained, and over time. */
#include "family.h"

#include "store/person.h"
#include "store/quality.h"

struct desk {
	struct place *place;
	struct actor officer, manager, scrutineer, head;
	int64_t open, restricted, hidden;
};

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1"), .name = str_of(login) };
}

static int64_t add_one(struct place *place, const char *number, const char *iro, const char *kind)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2025, 5, 1), day_of(2025, 5, 20));
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = str_of(iro);
	if (kind != NULL) {
		struct restriction *restriction = put(place, &basket, &restriction_type, -1);
		*restriction = (struct restriction){ .kind = str_of(kind), .reason = S("safety"),
			.decided_by = S("Head"), .began = day_of(2026, 1, 1), .review_on = day_of(2027, 1, 1),
			.ended = DAY_UNKNOWN };
	}
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static struct desk set_desk(void)
{
	struct place *place = place_open();
	struct desk desk = { .place = place };
	desk.officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	desk.manager = add_person(place, "m.anager", "May Anager", ROLE_MANAGER);
	desk.head = add_person(place, "h.ead", "Hedy Ead", ROLE_HEAD);
	desk.scrutineer = add_person(place, "s.crutineer", "Sid Crutineer", ROLE_SCRUTINEER);
	desk.open = add_one(place, "A1", "Ola Reviewer", NULL);
	desk.restricted = add_one(place, "B2", "Nobody Here", "restricted");
	desk.hidden = add_one(place, "C3", "Nobody Here", "hidden");
	return desk;
}

static const struct quality_finding found[] = {
	{ S_INIT("441"), S_INIT("Reviews"), 0, S_INIT("REVIEW_CODE"), S_INIT("A1"), S_INIT("2025-05-20"), S_INIT("officer") },
	{ S_INIT("441"), S_INIT("Reviews"), 1, S_INIT("REVIEW_CODE"), S_INIT("B2"), S_INIT("2025-05-20"), S_INIT("officer") },
	{ S_INIT("441"), S_INIT("Reviews"), 2, S_INIT("REVIEW_CODE"), S_INIT("C3"), S_INIT("2025-05-20"), S_INIT("officer") },
	{ S_INIT("103"), S_INIT("Header"), 0, S_INIT("ETHNIC"), S_INIT("A1"), S_INIT(""), S_INIT("support") },
	{ S_INIT("103"), S_INIT("Header"), 7, S_INIT("ETHNIC"), S_INIT("Z9"), S_INIT(""), S_INIT("support") },
};
enum { FOUND = sizeof found / sizeof *found };

static int64_t keep(struct desk *desk, enum quality_source source, size_t n)
{
	int64_t id;
	const struct quality_check check = { .authority = S("EX1"), .kind = S("ssda903"), .year = 2026,
		.source = source, .children = 4 };
	const struct quality_unrun unrun = { S("142"), S("needs Episodes") };
	desk->place->now += INSTANT_DAY;
	OK(store_quality_keep(desk->place->store, &desk->place->system, &check, found, n, &unrun, 1, &id, ERR));
	return id;
}

static struct quality_rows rows(struct desk *desk, const struct actor *actor, int64_t check)
{
	struct quality_rows out;
	const struct quality_query query = { .actor = actor, .check = check, .most = 25 };
	OK(store_quality_rows(desk->place->store, desk->place->arena, &query, &out, ERR));
	return out;
}

static int64_t counted(struct desk *desk, const struct actor *actor, int64_t check, bool unknown)
{
	struct quality_counts counts;
	int64_t n = 0;
	const struct quality_query query = { .actor = actor, .check = check, .unknown = unknown };
	OK(store_quality_counts(desk->place->store, desk->place->arena, &query, &counts, ERR));
	for (size_t i = 0; i < counts.n; i++)
		n += counts.item[i].findings;
	return n;
}

static void verified(struct desk *desk, enum err_code code)
{
	struct ledger_report report;
	struct err err = { 0 };
	bool whole = store_verify(desk->place->store, desk->place->arena, &report, &err);
	if (!whole && code == ERR_NONE)
		print_error("%s\n", err.text);
	check_int(whole ? ERR_NONE : err.code, code);
}

TEST(who_sees_a_child_sees_what_was_found_and_hidden_children_are_neither_listed_nor_counted)
{
	struct desk desk = set_desk();
	int64_t check = keep(&desk, QUALITY_RECORDS, FOUND);
	struct quality_rows own = rows(&desk, &desk.officer, check);
	check_int(own.n, 2);
	check_str(own.item[0].finding.rule, "441");
	check_int(own.item[0].subject, desk.open);
	check_str(own.item[0].forename, "Asha");
	check_int(counted(&desk, &desk.officer, check, false), 2);
	/* The restricted child is a row without a name; the hidden one is not there. */
	struct quality_rows all = rows(&desk, &desk.manager, check);
	check_int(all.n, 3);
	check_int(all.item[1].subject, desk.restricted);
	check_int(all.item[1].level, 1);
	check_int(all.item[1].forename.n, 0);
	check_int(counted(&desk, &desk.manager, check, false), 3);
	/* With whom the store does not know. */
	check_int(counted(&desk, &desk.manager, check, true), 4);
	check_int(counted(&desk, &desk.head, check, true), 5);
	/* Counts for who sees no child leave the hidden out, too. */
	check_int(rows(&desk, &desk.scrutineer, check).n, 0);
	struct quality_counts totals;
	OK(store_quality_totals(desk.place->store, desk.place->arena, check, &totals, ERR));
	check_int(totals.n, 3);
	check_str(totals.item[0].rule, "103");
	check_int(totals.item[0].findings, 2);
	check_str(totals.item[1].why, "needs Episodes");
	check_int(totals.item[2].findings, 2);
	verified(&desk, ERR_NONE);
	place_close(desk.place);
}

TEST(rows_are_picked_by_who_can_fix_them_by_rule_by_child_and_by_page)
{
	struct desk desk = set_desk();
	int64_t check = keep(&desk, QUALITY_RECORDS, FOUND);
	struct quality_query query = { .actor = &desk.head, .check = check, .unknown = true, .most = 25 };
	struct quality_rows out;
	struct store *store = desk.place->store;
	query.hand = S("support");
	OK(store_quality_rows(store, desk.place->arena, &query, &out, ERR));
	check_int(out.n, 2);
	query.hand = (str){ 0 };
	query.rule = S("441");
	OK(store_quality_rows(store, desk.place->arena, &query, &out, ERR));
	check_int(out.n, 3);
	query.rule = (str){ 0 };
	query.subject = desk.open;
	OK(store_quality_rows(store, desk.place->arena, &query, &out, ERR));
	check_int(out.n, 2);
	query.subject = 0;
	query.sort = QUALITY_BY_CHILD;
	query.first = 1;
	query.most = 2;
	OK(store_quality_rows(store, desk.place->arena, &query, &out, ERR));
	check_int(out.n, 2);
	check_str(out.item[0].finding.number, "A1");
	check_str(out.item[1].finding.number, "B2");
	query.sort = QUALITY_BY_HAND;
	query.first = 3;
	OK(store_quality_rows(store, desk.place->arena, &query, &out, ERR));
	check_str(out.item[0].finding.hand, "support");
	place_close(desk.place);
}

TEST(a_finding_explained_is_marked_in_the_next_check_and_goes_into_the_return_until_it_is_taken_back)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	int64_t check = keep(&desk, QUALITY_RECORDS, FOUND);
	int64_t finding = rows(&desk, &desk.officer, check).item[0].id;
	NO(store_quality_explain(store, &desk.officer, desk.open, finding, S("  "), ERR), ERR_INPUT);
	NO(store_quality_explain(store, &desk.officer, desk.restricted, finding, S("x"), ERR), ERR_MISSING);
	NO(store_quality_explain(store, &desk.scrutineer, desk.open, finding, S("x"), ERR), ERR_MISSING);
	/* The manager sees the row of a restricted child, and not enough to explain. */
	NO(store_quality_explain(store, &desk.manager, desk.restricted, finding, S("x"), ERR), ERR_DENIED);
	OK(store_quality_explain(store, &desk.officer, desk.open, finding, S("Held by court order"), ERR));
	NO(store_quality_explain(store, &desk.officer, desk.open, finding, S("again"), ERR), ERR_DUPLICATE);
	check = keep(&desk, QUALITY_RECORDS, FOUND);
	struct quality_rows after = rows(&desk, &desk.officer, check);
	check_int(after.n, 2);
	check_int(after.item[0].id, finding);
	check_true(after.item[0].explained);
	check_str(after.item[0].reason, "Held by court order");
	check_str(after.item[0].who, "Ola Reviewer");
	check_false(after.item[1].explained);
	struct quality_reasons reasons;
	OK(store_quality_explained(store, desk.place->arena, S("EX1"), S("ssda903"), 2026, &reasons, ERR));
	check_int(reasons.n, 1);
	check_str(reasons.item[0].number, "A1");
	check_str(reasons.item[0].rule, "441");
	check_str(reasons.item[0].regards, "2025-05-20");
	OK(store_quality_explained(store, desk.place->arena, S("EX1"), S("ssda903"), 2027, &reasons, ERR));
	check_int(reasons.n, 0);
	/* Over time: how many, and how many of them explained then. */
	struct quality_past past;
	OK(store_quality_past(store, desk.place->arena, S("EX1"), S("ssda903"), QUALITY_RECORDS, 10, &past, ERR));
	check_int(past.n, 2);
	check_int(past.item[0].explained, 0);
	check_int(past.item[1].explained, 1);
	check_int(past.item[1].findings, 4);
	verified(&desk, ERR_NONE);
	OK(store_quality_unexplain(store, &desk.manager, desk.open, finding, ERR));
	NO(store_quality_unexplain(store, &desk.manager, desk.open, finding, ERR), ERR_STALE);
	check_false(rows(&desk, &desk.officer, check).item[0].explained);
	OK(store_quality_explain(store, &desk.officer, desk.open, finding, S("Once more"), ERR));
	check_int(COUNT(desk.place, "SELECT count(*) FROM ledger WHERE act IN ('quality:explain', "
				    "'quality:explain-end')"), 3);
	verified(&desk, ERR_NONE);
	place_tamper(desk.place, "quality_explained",
		"UPDATE quality_explained SET reason = 'Something else' WHERE ended_at IS NULL");
	verified(&desk, ERR_BROKEN);
	place_close(desk.place);
}

TEST(a_check_counts_once_it_is_whole_and_the_one_before_it_is_forgotten_but_for_its_counts)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	struct quality_checks checks;
	struct quality_check begun = { .authority = S("EX1"), .kind = S("ssda903"), .year = 2026,
		.source = QUALITY_RECORDS };
	int64_t first = keep(&desk, QUALITY_RECORDS, FOUND), file = keep(&desk, QUALITY_FILE, 1), second;
	OK(store_quality_begin(store, &desk.place->system, &begun, &second, ERR));
	OK(store_quality_put(store, second, 0, found, 2, ERR));
	OK(store_quality_put(store, second, 2, found + 2, 1, ERR));
	OK(store_quality_checks(store, desk.place->arena, S("EX1"), &checks, ERR));
	check_int(checks.n, 3);
	check_int(checks.item[0].ended_at, INSTANT_UNKNOWN);
	check_int(checks.item[1].id, file);
	check_int(checks.item[2].id, first);
	OK(store_quality_end(store, &desk.place->system, second, 3, NULL, 0, ERR));
	OK(store_quality_checks(store, desk.place->arena, S("EX1"), &checks, ERR));
	check_int(checks.n, 2);
	check_int(checks.item[0].id, second);
	check_int(checks.item[0].findings, 3);
	bool more = true;
	int turns = 0;
	for (; more && turns < 20; turns++)
		OK(store_quality_sweep(store, 2, &more, ERR));
	check_int(turns, 4); /* five findings, two at a time, and nothing left */
	check_int(COUNT(desk.place, "SELECT count(*) FROM quality_finding"), 4);
	check_int(COUNT(desk.place, "SELECT count(*) FROM quality_check WHERE swept = 1"), 1);
	check_true(COUNT(desk.place, "SELECT count(*) FROM quality_count") > 4);
	verified(&desk, ERR_NONE);
	place_close(desk.place);
}

TEST(a_check_is_asked_for_once_and_what_was_interrupted_says_so)
{
	struct desk desk = set_desk();
	struct store *store = desk.place->store;
	struct quality_check waiting;
	int64_t id, other;
	bool any;
	NO(store_quality_ask(store, &desk.officer, S("cin"), 2026, &id, ERR), ERR_DENIED);
	OK(store_quality_ask(store, &desk.manager, S("cin"), 2026, &id, ERR));
	NO(store_quality_ask(store, &desk.manager, S("cin"), 2026, &other, ERR), ERR_BUSY);
	OK(store_quality_ask(store, &desk.manager, S("ssda903"), 2026, &other, ERR));
	OK(store_quality_waiting(store, desk.place->arena, &waiting, &any, ERR));
	check_true(any);
	check_int(waiting.id, id);
	OK(store_quality_begin(store, &desk.place->system, &waiting, &other, ERR));
	check_int(other, id);
	desk.place->now += 3 * INSTANT_HOUR;
	OK(store_quality_interrupt(store, ERR));
	OK(store_quality_ask(store, &desk.manager, S("cin"), 2026, &other, ERR));
	struct quality_checks checks;
	OK(store_quality_checks(store, desk.place->arena, S("EX1"), &checks, ERR));
	check_str(checks.item[checks.n - 1].why, "interrupted");
	verified(&desk, ERR_NONE);
	place_close(desk.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(who_sees_a_child_sees_what_was_found_and_hidden_children_are_neither_listed_nor_counted),
		CLAIM(rows_are_picked_by_who_can_fix_them_by_rule_by_child_and_by_page),
		CLAIM(a_finding_explained_is_marked_in_the_next_check_and_goes_into_the_return_until_it_is_taken_back),
		CLAIM(a_check_counts_once_it_is_whole_and_the_one_before_it_is_forgotten_but_for_its_counts),
		CLAIM(a_check_is_asked_for_once_and_what_was_interrupted_says_so),
	};
	return cmocka_run_group_tests_name("store quality", tests, NULL, NULL);
}
