/* What has clocks and is no child: written by the one way, seen by who may, and carried along by all that
 * makes clocks anew. */
#include "family.h"

#include "law/codes.h"
#include "store/calendar.h"
#include "store/inside.h"
#include "store/local.h"
#include "store/matter.h"
#include "store/person.h"

/* ---- what is written */

static struct matter *put_matter(struct place *place, struct basket *basket, const char *kind)
{
	basket->n = 0;
	struct matter *matter = put(place, basket, &matter_type, 0);
	basket->change[0].new_subject = true;
	matter->kind = str_of(kind);
	matter->about = S("Words");
	return matter;
}

static struct matter_step *put_step(
	struct place *place, struct basket *basket, int64_t subject, const char *kind, day on)
{
	struct matter_step *step = put(place, basket, &matter_step_type, subject);
	const struct matter_step_kind *asks = matter_step_find(str_of(kind));
	step->kind = str_of(kind);
	step->on = on;
	if (asks->choice != NULL)
		step->choice = asks->choice->code[0].code;
	if (asks->regards != NULL)
		step->regards = asks->regards->code[1].code;
	if (asks->answer_key.n > 0)
		step->answer = ANSWER_NO;
	return step;
}

static int64_t open_one(struct place *place, const char *kind, const char *step, day on, const char *child)
{
	struct basket basket;
	put_matter(place, &basket, kind)->number = str_of(child);
	put_step(place, &basket, -1, step, on);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static void do_step(struct place *place, int64_t matter, const char *kind, day on)
{
	struct basket basket = { 0 };
	put_step(place, &basket, matter, kind, on);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

static struct clock clock_of(struct place *place, int64_t matter, const char *rule)
{
	struct clocks clocks = { 0 };
	OK(store_clocks(place->store, place->arena, matter, &clocks, ERR));
	for (size_t i = clocks.n; i-- > 0;) {
		if (str_equal(clocks.item[i].rule->id, str_of(rule)))
			return clocks.item[i];
	}
	fail_msg("no clock of %s", rule);
	return clock_blank;
}

static void proves(struct place *place)
{
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.bad_records, 0);
}

TEST(a_dispute_has_a_reference_clocks_and_a_row_that_says_what_is_due_next)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "K1", day_of(2026, 1, 5), DAY_UNKNOWN);
	int64_t matter = open_one(place, "dispute", "dispute-raised", day_of(2026, 11, 2), "K1");

	check_int(clock_of(place, matter, "iro-informal-resolution").due, day_of(2026, 11, 16));
	check_int(COUNT(place, "SELECT count(*) FROM subject WHERE kind = 'dispute' AND key = 'D-1'"), 1);
	check_int(COUNT(place, "SELECT child FROM matter_row"), child);
	check_int(COUNT(place, "SELECT next_due FROM matter_row"), day_of(2026, 11, 16));
	do_step(place, matter, "dispute-made-formal", day_of(2026, 11, 12));
	check_int(clock_of(place, matter, "iro-dispute-formal").due, day_of(2026, 12, 10));
	do_step(place, matter, "dispute-closed", day_of(2026, 11, 18));
	check_int(clock_of(place, matter, "iro-dispute-formal").met_on, day_of(2026, 11, 18));
	check_int(COUNT(place, "SELECT is_open FROM matter_row"), 0);
	check_int(COUNT(place, "SELECT last_on FROM matter_row"), day_of(2026, 11, 18));
	open_one(place, "dispute", "dispute-raised", day_of(2026, 11, 2), "K1");
	check_int(COUNT(place, "SELECT count(*) FROM subject WHERE key = 'D-2'"), 1);
	/* A child's lists know nothing of it. */
	check_int(COUNT(place, "SELECT count(*) FROM child_row"), 1);
	check_int(COUNT(place, "SELECT count(*) FROM search_key WHERE subject <> (SELECT min(id) FROM subject)"), 0);
	proves(place);
	place_close(place);
}

TEST(what_a_file_knows_of_children_says_nothing_of_how_far_a_matter_is_known)
{
	struct place *place = place_open();
	import_children(place, 1, DAY_UNKNOWN);
	int64_t matter = open_one(place, "complaint", "complaint-received", day_of(2026, 11, 2), "");
	check_int(clock_of(place, matter, "complaint-stage1").doubt, DOUBT_NONE);
	check_int(COUNT(place, "SELECT unknowns FROM matter_row"), 0);
	proves(place);
	place_close(place);
}

TEST(a_step_stands_only_on_a_matter_of_its_kind_and_a_matter_is_said_once)
{
	struct place *place = place_open();
	int64_t child = add_child(place, "K1", day_of(2026, 1, 5), DAY_UNKNOWN);
	int64_t home = open_one(place, "home", "home-opened", day_of(2026, 9, 10), "");
	struct basket basket = { 0 };
	put_step(place, &basket, home, "dispute-raised", day_of(2026, 11, 2));
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_MISSING);
	basket.change[0].subject = child;
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_MISSING);
	put_matter(place, &basket, "home");
	basket.change[0].new_subject = false;
	basket.change[0].subject = home;
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	/* A child who is not there; and a step of another kind in the same save. */
	put_matter(place, &basket, "dispute")->number = S("K9");
	put_step(place, &basket, -1, "dispute-raised", day_of(2026, 11, 2));
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_INPUT);
	check_str(basket.problems.item[0].field, "0.number");
	put_matter(place, &basket, "dispute")->number = S("K1");
	put_step(place, &basket, -1, "home-opened", day_of(2026, 11, 2));
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_MISSING);
	/* Yearly reports: a council has one list of them. */
	open_one(place, "authority", "officer-report-published", day_of(2026, 6, 1), "");
	put_matter(place, &basket, "authority")->about = (str){ 0 };
	put_step(place, &basket, -1, "officer-report-published", day_of(2026, 6, 2));
	NO(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR), ERR_DUPLICATE);
	/* A record of a child stands on no matter, whoever writes it. */
	struct err err = { 0 };
	struct person manager = { .login = S("m"), .name = S("M"), .role = ROLE_MANAGER,
		.authority = S("EX1"), .password = S("x") };
	int64_t id;
	OK(store_person_add(place->store, &place->system, &manager, &id, ERR));
	struct actor actor = { .user = id, .role = ROLE_MANAGER, .authority = S("EX1") };
	basket.n = 0;
	struct contact *contact = put(place, &basket, &contact_type, home);
	contact->on = (struct when){ day_of(2026, 11, 2), INSTANT_UNKNOWN };
	contact->method = S("visit");
	check_false(save_basket(place, &basket, SAVE_FORM, &actor, 0, &err));
	check_int(err.code, ERR_MISSING);
	/* And what it is does not become another kind. */
	struct stored_list list;
	OK(store_records(place->store, place->arena, home, &matter_type, &list, ERR));
	struct matter other = *(struct matter *)list.item[0].record;
	other.kind = S("complaint");
	basket.n = 1;
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &matter_type,
		.id = list.item[0].id, .version = 1, .record = &other, .reason = S("x") };
	check_false(save_basket(place, &basket, SAVE_FORM, &place->system, 0, &err));
	check_true(err.code == ERR_INPUT || err.code == ERR_MISSING);
	proves(place);
	place_close(place);
}

/* ---- what makes clocks anew */

TEST(a_new_month_wakes_a_home_and_only_a_home_that_is_open)
{
	struct place *place = place_open();
	int64_t home = open_one(place, "home", "home-opened", day_of(2026, 9, 10), "");
	int64_t shut = open_one(place, "home", "home-opened", day_of(2026, 9, 10), "");
	do_step(place, shut, "home-closed", day_of(2026, 10, 3));
	check_int(clock_of(place, home, "reg44-visit").due, day_of(2026, 11, 30));
	check_int(clock_of(place, shut, "reg44-visit").due, day_of(2026, 10, 31));
	int64_t woken = 0;
	place->now = day_of(2026, 12, 1) * INSTANT_DAY + 6 * INSTANT_HOUR;
	OK(store_wake(place->store, &woken, ERR));
	check_int(woken, 1);
	check_int(clock_of(place, home, "reg44-visit").due, day_of(2026, 12, 31));
	check_int(clock_of(place, shut, "reg44-visit").due, day_of(2026, 10, 31));
	check_int(COUNT(place, "SELECT count(*) FROM matter_row WHERE is_open = 1"), 1);
	proves(place);
	place_close(place);
}

TEST(a_policy_of_the_council_moves_the_clocks_of_matters_and_says_before_which)
{
	struct place *place = place_open();
	place->system.authority = S("EX1");
	int64_t matter = open_one(place, "incident", "incident-known", day_of(2026, 11, 17), "");
	check_int(clock_of(place, matter, "serious-incident-notify-5wd").due, day_of(2026, 11, 24));
	str text = S("- policy: serious-incident-notify-5wd\n  within: 2 working days\n"
		     "  effective from: 2026-04-01\n  author: \"A Head\"\n  reason: \"As agreed\"\n");
	struct person head = { .login = S("h"), .name = S("H"), .role = ROLE_HEAD,
		.authority = S("EX1"), .password = S("x") };
	int64_t id, version;
	OK(store_person_add(place->store, &place->system, &head, &id, ERR));
	struct actor actor = { .user = id, .role = ROLE_HEAD, .authority = S("EX1") };
	struct local_trial trial;
	OK(store_local_try(place->store, place->arena, &actor, text, &trial, ERR));
	check_int(trial.moved, 1);
	check_int(trial.children, 0);
	check_int(trial.matters, 1);
	check_int(trial.n, 1);
	check_true(trial.item[0].matter);
	check_str(trial.item[0].number, "I-1");
	OK(store_local_set(place->store, &actor, text, S("a test"), 0, &version, ERR));
	bool more = true;
	while (more)
		OK(store_local_turn(place->store, 10, &more, ERR));
	check_int(clock_of(place, matter, "serious-incident-notify-5wd").due, day_of(2026, 11, 19));
	check_int(COUNT(place, "SELECT next_due FROM matter_row"), day_of(2026, 11, 19));
	proves(place);
	place_close(place);
}

/* The calendar in force, and one day more. */
static str with_day(struct place *place, const char *date)
{
	str rest, line;
	struct buf b = { 0 };
	bool put_it = false;
	OK(store_calendar_holidays(place->store, place->arena, 0, &rest, ERR));
	while (str_split(&rest, '\n', &line)) {
		if (line.n > 0 && !put_it && line.p[0] == '2' && str_compare(line, str_of(date)) > 0) {
			buf_format(&b, "%s,A day,Extra bank holiday\n", date);
			put_it = true;
		}
		if (line.n > 0)
			buf_format(&b, "%.*s\n", STR_ARGS(line));
	}
	str made = arena_str(place->arena, buf_view(&b));
	buf_close(&b);
	return made;
}

TEST(a_newer_calendar_moves_an_open_matter_and_asks_of_one_that_is_over)
{
	struct place *place = place_open();
	int64_t open = open_one(place, "incident", "incident-known", day_of(2026, 11, 17), "");
	int64_t over = open_one(place, "incident", "incident-known", day_of(2026, 11, 9), "");
	do_step(place, over, "incident-notified", day_of(2026, 11, 11));
	struct calendar_move move = { .holidays = with_day(place, "2026-11-12"), .file = S("new.json") };
	struct calendar_move moved = { .holidays = with_day(place, "2026-11-19"), .file = S("new.json") };
	OK(store_calendar_take(place->store, &place->system, &move, ERR));
	check_int(clock_of(place, over, "serious-incident-notify-5wd").due, day_of(2026, 11, 16));
	struct person head = { .login = S("h"), .name = S("H"), .role = ROLE_HEAD,
		.authority = S("EX1"), .password = S("x") };
	int64_t id, decided;
	OK(store_person_add(place->store, &place->system, &head, &id, ERR));
	struct actor actor = { .user = id, .role = ROLE_HEAD, .authority = S("EX1") };
	struct calendar_holds holds;
	OK(store_calendar_holds(place->store, &actor, place->arena, 0, 10, &holds, ERR));
	check_int(holds.n, 1);
	check_true(holds.item[0].matter);
	check_str(holds.item[0].number, "I-2");
	check_int(holds.item[0].new_due, day_of(2026, 11, 17));
	proves(place);
	OK(store_calendar_decide(place->store, &actor, &holds.item[0], true, &decided, ERR));
	check_int(clock_of(place, over, "serious-incident-notify-5wd").due, day_of(2026, 11, 17));
	moved.holidays = with_day(place, "2026-11-19");
	OK(store_calendar_take(place->store, &place->system, &moved, ERR));
	check_int(clock_of(place, open, "serious-incident-notify-5wd").due, day_of(2026, 11, 25));
	proves(place);
	place_close(place);
}

TEST(a_matter_of_one_who_is_another_is_listed_with_the_child_who_is)
{
	struct place *place = place_open();
	int64_t main = add_child(place, "A1", day_of(2026, 1, 5), DAY_UNKNOWN);
	int64_t other = add_child(place, "B2", day_of(2025, 1, 6), DAY_UNKNOWN);
	open_one(place, "dispute", "dispute-raised", day_of(2026, 11, 2), "B2");
	check_int(COUNT(place, "SELECT child FROM matter_row"), other);
	struct basket basket = { 0 };
	struct same_child *same = put(place, &basket, &same_child_type, main);
	*same = (struct same_child){ S("B2"), S("the mother told us") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(COUNT(place, "SELECT child FROM matter_row"), main);
	proves(place);
	struct change undo = { .act = CHANGE_WITHDRAW, .type = &same_child_type,
		.id = basket.change[0].id, .version = 1, .reason = S("two girls of one name") };
	basket.n = 1;
	basket.change[0] = undo;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(COUNT(place, "SELECT child FROM matter_row"), other);
	proves(place);
	place_close(place);
}

TEST(a_matter_that_was_withdrawn_keeps_its_row_and_has_no_clocks)
{
	struct place *place = place_open();
	int64_t matter = open_one(place, "request", "access-requested", day_of(2026, 11, 2), "");
	struct stored_list list;
	OK(store_records(place->store, place->arena, matter, &matter_type, &list, ERR));
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = CHANGE_WITHDRAW, .type = &matter_type,
		.id = list.item[0].id, .version = 1, .reason = S("entered twice") };
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM clock"), 0);
	check_int(COUNT(place, "SELECT withdrawn FROM matter_row"), 1);
	check_int(COUNT(place, "SELECT is_open FROM matter_row"), 0);
	proves(place);
	place_close(place);
}

/* ---- proof */

TEST(what_is_changed_behind_the_ledger_s_back_is_found)
{
	static const char *const statements[] = {
		"UPDATE matter_row SET next_due = next_due + 1",
		"UPDATE matter_row SET child = NULL WHERE child IS NOT NULL",
		"DELETE FROM matter_row",
		"UPDATE subject SET key = 'D-9' WHERE kind = 'dispute'",
		"UPDATE subject SET kind = 'complaint' WHERE kind = 'dispute'",
		"UPDATE record_matter SET about = 'Other words'",
		"UPDATE record_matter_step SET choice = 'unchanged'",
		"DELETE FROM subject WHERE kind = 'dispute'",
	};
	struct place *place = place_open();
	add_child(place, "K1", day_of(2026, 1, 5), DAY_UNKNOWN);
	open_one(place, "dispute", "dispute-raised", day_of(2026, 11, 2), "K1");
	struct ledger_report report;
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		struct err err = { 0 };
		proves(place);
		OK(db_begin(store_db(place->store), ERR));
		OK(db_script(store_db(place->store), statements[i], ERR));
		if (store_verify(place->store, place->arena, &report, &err))
			fail_msg("not found: %s", statements[i]);
		db_rollback(store_db(place->store));
	}
	place_close(place);
}

/* ---- who sees which: in SQL as in the policy */

struct world {
	struct place *place;
	struct actor actor[ROLES];
	int64_t child[OPENNESSES], matter[SUBJECT_KINDS][OPENNESSES + 1]; /* the last names no child */
};

static const struct {
	const char *kind, *step;
} opens[SUBJECT_KINDS] = {
	[SUBJECT_DISPUTE] = { "dispute", "dispute-raised" },
	[SUBJECT_HOME] = { "home", "home-opened" },
	[SUBJECT_INCIDENT] = { "incident", "incident-known" },
	[SUBJECT_COMPLAINT] = { "complaint", "complaint-received" },
	[SUBJECT_REQUEST] = { "request", "access-requested" },
	[SUBJECT_AUTHORITY] = { "authority", "officer-report-published" },
};

static void allocate(struct world *world, struct basket *basket, bool restricted)
{
	struct allocation *by = put(world->place, basket, &allocation_type, -1);
	by->iro = S("reviewing-officer");
	by->chair = S("chair");
	by->social_worker = S("social-worker");
	by->restricted = restricted ? ANSWER_YES : ANSWER_NO;
}

static void make_children(struct world *world)
{
	struct place *place = world->place;
	struct basket basket;
	int64_t import;
	for (enum openness open = OPEN; open < OPENNESSES; open++) {
		put_child(place, &basket, openness_text(open).p, day_of(2026, 1, 5), DAY_UNKNOWN);
		if (open != UNCLEARED)
			allocate(world, &basket, open == RESTRICTED);
		if (open == HIDDEN) {
			struct restriction *restriction = put(place, &basket, &restriction_type, -1);
			*restriction = (struct restriction){ S("hidden"), S("a risk"), S("A head"),
				day_of(2026, 1, 5), day_of(2027, 1, 5), DAY_UNKNOWN };
		}
		if (open == OPEN) {
			struct barred *barred = put(place, &basket, &barred_type, -1);
			*barred = (struct barred){ S("scrutineer"), S("a relative") };
		}
		struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
			.kind = S("ssda903"), .files = S("f"), .known_to = day_of(2026, 3, 31) };
		if (open == UNCLEARED)
			OK(store_import_begin(place->store, &begin, &import, ERR));
		OK(save_basket(place, &basket, open == UNCLEARED ? SAVE_IMPORT : SAVE_FORM,
			&place->system, open == UNCLEARED ? import : 0, ERR));
		if (open == UNCLEARED)
			OK(store_import_end(place->store, import, 1, 1, 0, ERR));
		world->child[open] = basket.change[0].subject;
	}
}

static void make_world(struct world *world)
{
	struct place *place = world->place = place_open();
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		struct person person = { .login = role_text(role), .name = role_words(role), .role = role,
			.authority = S("EX1"), .password = S("x") };
		int64_t id = 0;
		if (role_is_person(role))
			OK(store_person_add(place->store, &place->system, &person, &id, ERR));
		world->actor[role] =
			(struct actor){ .user = id, .role = role, .authority = S("EX1") };
	}
	make_children(world);
	for (int kind = 0; kind < SUBJECT_KINDS; kind++) {
		const struct matter_kind *of = matter_kind_of((enum subject_kind)kind);
		for (int open = 0; open <= OPENNESSES; open++) {
			bool named = open < OPENNESSES;
			if (of == NULL || (named && of->child == CHILD_NONE) ||
				(!named && of->child == CHILD_MUST))
				continue;
			world->matter[kind][open] = open_one(place, opens[kind].kind, opens[kind].step,
				day_of(2026, 11, 2), named ? openness_text((enum openness)open).p : "");
		}
	}
}

static int wanted(struct world *world, enum role role, enum subject_kind kind, int open)
{
	int level = 0;
	struct err none;
	bool named = open < OPENNESSES;
	if (named && !store_access(world->place->store, &world->actor[role], world->child[open], &level, &none))
		level = 0;
	return matter_level(role, kind,
		&(struct matter_about){ named, level, role == ROLE_SCRUTINEER && open == OPEN,
			named ? (enum openness)open : OPEN });
}

/* Whether it is in the list, and how much of it stands there. */
static int listed(const struct matter_list *list, int64_t matter)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct matter_row *row = &list->row[i];
		if (row->subject != matter)
			continue;
		check_true(row->level == 2 || (row->about.n == 0 && row->child == 0 &&
						      row->number.n == 0 && row->surname.n == 0));
		return row->level;
	}
	return 0;
}

TEST(the_list_and_the_page_show_each_role_what_the_policy_says_and_no_more)
{
	struct world world = { 0 };
	make_world(&world);
	size_t seen = 0;
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		struct matter_query query = { .actor = &world.actor[role], .state = MATTER_ANY,
			.today = day_of(2026, 11, 20) };
		struct matter_list list;
		struct matter_counts counts;
		if (!role_is_person(role))
			continue;
		OK(store_matters(world.place->store, world.place->arena, &query, &list, ERR));
		OK(store_matter_counts(world.place->store, &world.actor[role], query.today, true, &counts, ERR));
		check_int(counts.all.open, list.total);
		size_t sum = 0;
		for (int kind = 0; kind < SUBJECT_KINDS; kind++) {
			for (int open = 0; open <= OPENNESSES; open++) {
				int64_t matter = world.matter[kind][open];
				if (matter == 0)
					continue;
				int want = wanted(&world, role, (enum subject_kind)kind, open), level;
				if (listed(&list, matter) != want)
					fail_msg("%s %s %d: %d", role_text(role).p, opens[kind].kind, open, want);
				struct matter_row row;
				struct err err = { 0 };
				bool there = store_matter(world.place->store, world.place->arena,
					&world.actor[role], matter, query.today, &row, &err);
				check_int(there ? row.level : 0, want);
				check_true(there || err.code == ERR_MISSING);
				there = store_subject_access(
					world.place->store, &world.actor[role], matter, &level, &err);
				check_int(there ? level : 0, want);
				sum += want > 0;
			}
		}
		check_int((int64_t)sum, list.total);
		seen += sum;
	}
	check_true(seen > 60);
	place_close(world.place);
}

TEST(nobody_writes_what_they_do_not_see_all_of_or_what_is_not_theirs_to_write)
{
	struct world world = { 0 };
	make_world(&world);
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (int kind = 0; kind < SUBJECT_KINDS && role_is_person(role); kind++) {
			for (int open = 0; open <= OPENNESSES; open++) {
				int64_t matter = world.matter[kind][open];
				if (matter == 0)
					continue;
				bool may = matter_may_write(role, (enum subject_kind)kind) &&
					wanted(&world, role, (enum subject_kind)kind, open) == 2;
				struct basket basket = { 0 };
				struct err err = { 0 };
				put_step(world.place, &basket, matter, opens[kind].step, day_of(2026, 11, 3));
				bool done = save_basket(
					world.place, &basket, SAVE_FORM, &world.actor[role], 0, &err);
				if (done != may)
					fail_msg("%s %s %d: %s", role_text(role).p, opens[kind].kind, open,
						err.text);
				check_true(done || err.code == ERR_MISSING);
			}
		}
	}
	/* Of another council, nothing. */
	struct actor other = world.actor[ROLE_HEAD];
	other.authority = S("EX2");
	struct matter_query query = { .actor = &other, .state = MATTER_ANY };
	struct matter_list list;
	OK(store_matters(world.place->store, world.place->arena, &query, &list, ERR));
	check_int(list.total, 0);
	proves(world.place);
	place_close(world.place);
}

TEST(a_backup_holds_matters_and_a_restore_proves)
{
	struct place *place = place_open(), *again = place_new();
	add_child(place, "K1", day_of(2026, 1, 5), DAY_UNKNOWN);
	open_one(place, "dispute", "dispute-raised", day_of(2026, 11, 2), "K1");
	open_one(place, "home", "home-opened", day_of(2026, 9, 10), "");
	str file = arena_format(place->arena, "%s/backup", place->dir);
	OK(store_backup(place->store, file, ERR));
	struct store_options options = place_options(again, STORE_CREATE);
	OK(store_restore(&options, file, ERR));
	place_open_store(again, STORE_WRITE);
	check_int(COUNT(again, "SELECT count(*) FROM matter_row"), 2);
	check_int(COUNT(again, "SELECT count(*) FROM version_matter_step"), 2);
	proves(again);
	place_close(place);
	place_close(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_dispute_has_a_reference_clocks_and_a_row_that_says_what_is_due_next),
		CLAIM(what_a_file_knows_of_children_says_nothing_of_how_far_a_matter_is_known),
		CLAIM(a_step_stands_only_on_a_matter_of_its_kind_and_a_matter_is_said_once),
		CLAIM(a_new_month_wakes_a_home_and_only_a_home_that_is_open),
		CLAIM(a_policy_of_the_council_moves_the_clocks_of_matters_and_says_before_which),
		CLAIM(a_newer_calendar_moves_an_open_matter_and_asks_of_one_that_is_over),
		CLAIM(a_matter_of_one_who_is_another_is_listed_with_the_child_who_is),
		CLAIM(a_matter_that_was_withdrawn_keeps_its_row_and_has_no_clocks),
		CLAIM(what_is_changed_behind_the_ledger_s_back_is_found),
		CLAIM(the_list_and_the_page_show_each_role_what_the_policy_says_and_no_more),
		CLAIM(nobody_writes_what_they_do_not_see_all_of_or_what_is_not_theirs_to_write),
		CLAIM(a_backup_holds_matters_and_a_restore_proves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
