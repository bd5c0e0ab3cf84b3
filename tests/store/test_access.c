#include "family.h"

#include "../random.h"
#include "store/entries.h"
#include "store/list.h"
#include "store/meeting.h"
#include "store/notice.h"
#include "store/opening.h"
#include "store/person.h"

/* A made-up service of two councils: everything that says who may see whom, kept twice. The store has
 * it as records and rows; the test as these, and works out by itself what the policy must say. */
static struct random dice;

static int roll(int n)
{
	return (int)(random_next(&dice) % (uint64_t)n);
}

static bool holds(str whole, str part)
{
	for (size_t i = 0; i + part.n <= whole.n; i++) {
		if (str_starts(str_from(whole, i), part))
			return true;
	}
	return false;
}

enum { PEOPLE = 34, CHILDREN = 24, TEAMS = 3 };

struct member {
	struct actor actor;
	char login[16], name[24];
	int council, team; /* team -1: none */
	bool both, stopped;
};

struct youngster {
	int64_t subject, allocation, version;
	int council, named[3], team; /* -1: nobody */
	enum openness openness;
	enum answer asked; /* of the people file */
	bool barred[PEOPLE];
	instant opened[PEOPLE]; /* until; 0: never */
	int64_t booking; /* of a meeting that is not over while the test runs */
	bool invited[PEOPLE];
	int64_t restriction, restriction_version;
};

struct service {
	struct place *place;
	struct member member[PEOPLE];
	struct youngster child[CHILDREN];
};

static const char *const councils[] = { "EX1", "EX2" };
static const char *const teams[] = { "North", "South", "Long term" };

static str council(int which)
{
	return str_of(councils[which]);
}

static bool save_in(struct service *service, int where, struct basket *basket,
	const struct actor *actor, struct err *err)
{
	basket->problems = (struct problems){ 0 };
	struct save save = { .mode = SAVE_FORM, .actor = actor, .authority = council(where),
		.change = basket->change, .n = basket->n, .problems = &basket->problems,
		.arena = service->place->arena };
	return store_save(service->place->store, &save, err);
}

static void add_member(struct service *service, int i, enum role role)
{
	struct member *member = &service->member[i];
	snprintf(member->login, sizeof member->login, "p%02d", i);
	snprintf(member->name, sizeof member->name, "Person %c%c", 'A' + i / 26, 'A' + i % 26);
	member->team = roll(3) == 0 ? -1 : roll(TEAMS);
	member->council = roll(2);
	struct person person = { .login = str_of(member->login), .name = str_of(member->name),
		.role = role, .authority = council(member->council), .password = S("x"),
		.team = member->team < 0 ? S("") : str_of(teams[member->team]) };
	int64_t id = 0;
	OK(store_person_add(service->place->store, &service->place->system, &person, &id, ERR));
	member->actor = (struct actor){ .user = id, .role = role, .authority = council(member->council) };
}

static void fill(struct service *service, const struct youngster *child, struct allocation *out)
{
	str *to[] = { &out->iro, &out->chair, &out->social_worker };
	for (int i = 0; i < 3; i++) {
		if (child->named[i] >= 0)
			*to[i] = str_of(roll(2) == 0 ? service->member[child->named[i]].login
							     : service->member[child->named[i]].name);
	}
	out->team = child->team < 0 ? S("") : str_of(teams[child->team]);
	out->restricted = child->asked;
}

static void deal(struct youngster *child)
{
	for (int i = 0; i < 3; i++)
		child->named[i] = roll(4) == 0 ? -1 : roll(PEOPLE);
	child->team = roll(3) == 0 ? -1 : roll(TEAMS);
	child->asked = roll(4) == 0 ? ANSWER_YES : ANSWER_NO;
}

static void add_youngster(struct service *service, int i)
{
	struct youngster *child = &service->child[i];
	struct basket basket;
	put_child(service->place, &basket,
		arena_format(service->place->arena, "K%d", i).p, day_of(2026, 6, 1), DAY_UNKNOWN);
	child->council = roll(2);
	deal(child);
	struct allocation *allocation = put(service->place, &basket, &allocation_type, -1);
	fill(service, child, allocation);
	struct booking *booking = put(service->place, &basket, &booking_type, -1);
	booking->meeting = S("cla-review");
	booking->thread = (ref){ -2 };
	booking->on = instant_day(service->place->now) + 20;
	OK(save_in(service, child->council, &basket, &service->place->system, ERR));
	child->subject = basket.change[0].subject;
	child->allocation = basket.change[basket.n - 2].id;
	child->version = basket.change[basket.n - 2].version;
	child->booking = basket.change[basket.n - 1].id;
}

static void change_allocation(struct service *service, struct youngster *child)
{
	struct basket basket = { .n = 0 };
	deal(child);
	struct allocation *allocation =
		put(service->place, &basket, &allocation_type, child->subject);
	fill(service, child, allocation);
	basket.change[0] = (struct change){ .act = CHANGE_EDIT, .type = &allocation_type,
		.subject = child->subject, .id = child->allocation, .version = child->version,
		.record = allocation, .reason = S("moved") };
	OK(save_in(service, child->council, &basket, &service->place->system, ERR));
	child->version = basket.change[0].version;
}

/* Restricts, hides, or ends what stands. */
static void change_restriction(struct service *service, struct youngster *child)
{
	struct basket basket = { .n = 0 };
	struct restriction *restriction =
		put(service->place, &basket, &restriction_type, child->subject);
	bool hidden = roll(2) == 0, end = child->restriction != 0;
	restriction->kind = hidden ? S("hidden") : S("restricted");
	restriction->reason = S("a risk from a relative");
	restriction->decided_by = S("Head Example");
	restriction->began = day_of(2026, 11, 1);
	restriction->review_on = day_of(2027, 2, 1);
	if (end) {
		restriction->ended = day_of(2026, 11, 20);
		basket.change[0].act = CHANGE_EDIT;
		basket.change[0].id = child->restriction;
		basket.change[0].version = child->restriction_version;
		basket.change[0].reason = S("over");
	}
	OK(save_in(service, child->council, &basket, &service->place->system, ERR));
	child->restriction = end ? 0 : basket.change[0].id;
	child->restriction_version = basket.change[0].version;
	child->openness = end ? OPEN : hidden ? HIDDEN : RESTRICTED;
}

static void bar(struct service *service, struct youngster *child, int who)
{
	if (child->barred[who])
		return;
	struct basket basket = { .n = 0 };
	struct barred *barred = put(service->place, &basket, &barred_type, child->subject);
	barred->login = str_of(service->member[who].login);
	barred->reason = S("a niece");
	OK(save_in(service, child->council, &basket, &service->place->system, ERR));
	child->barred[who] = true;
}

static void stop_or_move(struct service *service, int who)
{
	struct member *member = &service->member[who];
	struct store *store = service->place->store;
	if (member->actor.role == ROLE_ADMINISTRATOR)
		return; /* the last one stays */
	const struct actor *system = &service->place->system;
	if (roll(3) == 0) {
		int other = 1 - member->council;
		member->both = !member->both;
		OK(store_person_works_for(
			store, system, member->actor.user, council(other), member->both, ERR));
	} else if (roll(3) == 0 && !member->stopped) {
		/* Who still has children cannot be stopped: no child stands with nobody. */
		struct err err;
		member->stopped = store_person_disable(store, system, member->actor.user, &err);
		check_true(member->stopped || err.code == ERR_INPUT);
	} else {
		member->team = roll(TEAMS);
		enum role role;
		do {
			role = (enum role)roll(ROLES);
		} while (!role_is_person(role));
		OK(store_person_change(store, system, member->actor.user, str_of(member->name), role,
			str_of(teams[member->team]), ERR));
		member->actor.role = role;
	}
}

/* ---- what must be so */

static enum openness openness_of(const struct youngster *child)
{
	if (child->openness != OPEN)
		return child->openness;
	return child->asked == ANSWER_YES ? RESTRICTED : OPEN;
}

static int wanted(const struct service *service, int who, int which)
{
	const struct member *member = &service->member[who];
	const struct youngster *child = &service->child[which];
	enum openness openness = openness_of(child);
	enum role role = member->actor.role;
	bool works = member->council == child->council || member->both;
	int best = 0;
	if (child->barred[who] && works && !member->stopped)
		return 0;
	bool stands[RELATIONS] = { [RELATION_AUTHORITY] = works };
	if (works && !member->stopped) {
		for (int i = 0; i < 3; i++)
			stands[RELATION_OWN] = stands[RELATION_OWN] || child->named[i] == who;
		stands[RELATION_TEAM] = member->team >= 0 && member->team == child->team;
		stands[RELATION_OPENED] = child->opened[who] > service->place->now;
		stands[RELATION_INVITED] = child->invited[who];
	}
	for (enum relation relation = RELATION_OWN; relation < RELATIONS; relation++) {
		int level = stands[relation] ? policy_level(role, relation, openness) : 0;
		best = level > best ? level : best;
	}
	return best;
}

static void check_everybody(struct service *service)
{
	struct store *store = service->place->store;
	for (int who = 0; who < PEOPLE; who++) {
		const struct actor *actor = &service->member[who].actor;
		struct caseload list;
		struct caseload_query query = { .actor = actor, .today = day_of(2026, 11, 20) };
		OK(store_caseload(store, service->place->arena, &query, &list, ERR));
		size_t listed = 0;
		for (int which = 0; which < CHILDREN; which++) {
			int want = wanted(service, who, which), level = 0, in_list = 0;
			int64_t subject = service->child[which].subject;
			struct child_head head = { .level = 0 };
			struct err err;
			if (!store_access(store, actor, subject, &level, &err))
				level = 0;
			if (!store_child_head(
				    store, service->place->arena, actor, subject, &head, &err))
				head.level = 0;
			for (size_t i = 0; i < list.n; i++) {
				if (list.row[i].subject == subject)
					in_list = list.row[i].level;
			}
			if (level != want || head.level != want || in_list != want)
				print_error("%s %d and child %d: %d, head %d, list %d\n",
					role_text(actor->role).p, who, which, level, head.level,
					in_list);
			check_int(level, want);
			check_int(head.level, want);
			check_int(in_list, want);
			check_true(want == 2 || head.surname.n == 0);
			listed += want > 0;
		}
		check_int(list.children, listed);
		check_int(list.n, listed);
	}
}

/* What everybody could read of the ledger: every child whom they see stands in it, and no other, and
 * where none is left the entry is not there. */
static void check_entries(struct service *service)
{
	struct store *store = service->place->store;
	struct arena *arena = arena_open(64 << 20);
	for (int who = 0; who < PEOPLE; who++) {
		struct entries_query query = { .actor = &service->member[who].actor, .most = 40 };
		bool told[CHILDREN] = { false };
		struct entries found = { .more = true };
		while (found.more) {
			arena_reset(arena);
			OK(store_entries(store, arena, &query, &found, ERR));
			for (size_t i = 0; i < found.n; i++) {
				for (size_t k = 0; k < found.row[i].children; k++) {
					int which = 0;
					while (service->child[which].subject != found.row[i].child[k])
						which++;
					told[which] = true;
				}
				check_true(found.row[i].children > 0 || str_starts(found.row[i].act, S("person:")) ||
					str_starts(found.row[i].act, S("set")));
				check_true(found.row[i].children == 0 || found.row[i].objects.n == 0);
				query.before = found.row[i].seq;
			}
		}
		for (int which = 0; which < CHILDREN; which++) {
			check_int(told[which], wanted(service, who, which) > 0);
			query = (struct entries_query){ .actor = query.actor, .most = 5,
				.subject = service->child[which].subject };
			OK(store_entries(store, arena, &query, &found, ERR));
			check_int(found.n > 0, wanted(service, who, which) > 0);
		}
	}
	arena_close(arena);
}

static void open_one(struct service *service, int who, int which)
{
	const struct member *member = &service->member[who];
	struct youngster *child = &service->child[which];
	bool may = !member->stopped && wanted(service, who, which) == 1 &&
		policy_role_may(member->actor.role, MAY_OPEN_RESTRICTED);
	struct opening opening;
	struct err err;
	bool done = store_opening_add(service->place->store, &member->actor, child->subject,
		S("the police rang"), &opening, &err);
	check_int(done, may);
	if (done)
		child->opened[who] = service->place->now + OPENING_LASTS;
}

/* By whoever books the child's meetings; whoever works there and may attend any. */
static void invite_one(struct service *service, int by, int who, int which)
{
	const struct member *from = &service->member[by], *to = &service->member[who];
	struct youngster *child = &service->child[which];
	bool may = !from->stopped && wanted(service, by, which) == 2 &&
		policy_role_may(from->actor.role, MAY_BOOK);
	bool comes = !to->stopped && (to->council == child->council || to->both) &&
		policy_role_may(to->actor.role, MAY_ATTEND) && !child->invited[who];
	struct err err;
	bool done = store_invite(service->place->store, &from->actor, child->booking,
		to->actor.user, false, &err);
	check_int(done, may && comes);
	child->invited[who] = child->invited[who] || done;
}

TEST(the_stored_access_of_everybody_to_every_child_is_what_the_policy_says)
{
	struct service *service = mem_alloc(1, sizeof *service);
	service->place = place_open();
	dice = random_open("access");
	int i = 0;
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		if (role_is_person(role))
			add_member(service, i++, role);
	}
	for (; i < PEOPLE; i++)
		add_member(service, i, i % 2 == 0 ? ROLE_REVIEWING_OFFICER : ROLE_LEAD_PRACTITIONER);
	for (int c = 0; c < CHILDREN; c++)
		add_youngster(service, c);
	check_everybody(service);
	int opened = 0, invited = 0;
	for (int round = 0; round < 12; round++) {
		for (int n = 0; n < 4; n++)
			change_restriction(service, &service->child[roll(CHILDREN)]);
		for (int n = 0; n < 4; n++)
			change_allocation(service, &service->child[roll(CHILDREN)]);
		bar(service, &service->child[roll(CHILDREN)], roll(PEOPLE));
		stop_or_move(service, roll(PEOPLE));
		for (int who = 0; who < PEOPLE; who++) {
			for (int n = 0; n < 4; n++)
				open_one(service, who, roll(CHILDREN));
			invite_one(service, who, roll(PEOPLE), roll(CHILDREN));
		}
		check_everybody(service);
		service->place->now += 21 * INSTANT_MINUTE;
		check_everybody(service);
	}
	for (int c = 0; c < CHILDREN; c++) {
		for (int who = 0; who < PEOPLE; who++)
			opened += service->child[c].opened[who] != 0;
		for (int who = 0; who < PEOPLE; who++)
			invited += service->child[c].invited[who] && wanted(service, who, c) == 2;
	}
	check_true(opened > 5 && invited > 5);
	check_entries(service);
	/* And what is stored is what would be made anew. */
	struct ledger_report report;
	OK(store_verify(service->place->store, service->place->arena, &report, ERR));
	place_close(service->place);
	mem_free(service);
}

/* ---- one council, a few people */

struct scene {
	struct place *place;
	struct actor officer, manager, head, duty, other;
	int64_t child;
};

static struct actor add_person(struct place *place, const char *login, const char *name, enum role role)
{
	struct person person = { .login = str_of(login), .name = str_of(name), .role = role,
		.authority = S("EX1"), .password = S("x") };
	int64_t id = 0;
	OK(store_person_add(place->store, &place->system, &person, &id, ERR));
	return (struct actor){ .user = id, .role = role, .authority = S("EX1") };
}

static struct scene set_scene(enum answer restricted)
{
	struct place *place = place_open();
	struct scene scene = { .place = place };
	scene.officer = add_person(place, "o.reviewer", "Ola Reviewer", ROLE_REVIEWING_OFFICER);
	scene.manager = add_person(place, "m.manager", "Mo Manager", ROLE_MANAGER);
	scene.head = add_person(place, "h.head", "Hal Head", ROLE_HEAD);
	scene.duty = add_person(place, "d.duty", "Di Duty", ROLE_DUTY);
	scene.other = add_person(place, "n.other", "Nan Other", ROLE_MANAGER);
	struct basket basket;
	put_child(place, &basket, "A1", day_of(2026, 6, 1), DAY_UNKNOWN);
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = S("Ola Reviewer");
	allocation->restricted = restricted;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	scene.child = basket.change[0].subject;
	return scene;
}

static int level_of(struct scene *scene, const struct actor *actor)
{
	int level;
	struct err err;
	return store_access(scene->place->store, actor, scene->child, &level, &err) ? level : 0;
}

TEST(a_record_is_opened_for_an_hour_and_its_officer_is_told_and_somebody_else_reviews_it)
{
	struct scene scene = set_scene(ANSWER_YES);
	struct store *store = scene.place->store;
	struct opening opening;
	struct openings list;
	struct notices notices;
	check_int(level_of(&scene, &scene.manager), 1);
	NO(store_opening_add(store, &scene.manager, scene.child, S("  "), &opening, ERR), ERR_INPUT);
	NO(store_opening_add(store, &scene.duty, scene.child, S("why"), &opening, ERR), ERR_MISSING);
	NO(store_opening_add(store, &scene.officer, scene.child, S("why"), &opening, ERR), ERR_DENIED);
	OK(store_opening_add(store, &scene.manager, scene.child, S("Police rang"), &opening, ERR));
	check_int(level_of(&scene, &scene.manager), 2);
	check_int(level_of(&scene, &scene.other), 1);
	/* 20 November 2026 is a Friday. */
	check_int(opening.review_by, day_of(2026, 11, 23));
	OK(store_notice_list(store, scene.place->arena, &scene.officer, 10, &notices, ERR));
	check_int(notices.n, 1);
	check_int(notices.unseen, 1);
	check_int(notices.item[0].subject, scene.child);
	check_true(holds(notices.item[0].detail, S("Mo Manager")));
	check_true(holds(notices.item[0].detail, S("Police rang")));
	NO(store_notice_seen(store, &scene.manager, notices.item[0].id, ERR), ERR_MISSING);
	OK(store_notice_seen(store, &scene.officer, notices.item[0].id, ERR));
	OK(store_openings(store, scene.place->arena, &scene.other, 0, 10, &list, ERR));
	check_int(list.n, 1);
	check_str(list.item[0].number, "A1");
	NO(store_opening_review(store, &scene.manager, opening.id, S("right"), S("fine"), ERR),
		ERR_DENIED);
	NO(store_opening_review(store, &scene.officer, opening.id, S("right"), S("fine"), ERR),
		ERR_MISSING);
	NO(store_opening_review(store, &scene.other, opening.id, S("maybe"), S("fine"), ERR), ERR_INPUT);
	OK(store_opening_review(store, &scene.other, opening.id, S("right"), S("fine"), ERR));
	NO(store_opening_review(store, &scene.head, opening.id, S("wrong"), S("no"), ERR), ERR_STALE);
	scene.place->now += 59 * INSTANT_MINUTE;
	check_int(level_of(&scene, &scene.manager), 2);
	scene.place->now += INSTANT_MINUTE;
	check_int(level_of(&scene, &scene.manager), 1);
	struct ledger_report report;
	OK(store_verify(store, scene.place->arena, &report, ERR));
	place_close(scene.place);
}

static int64_t search(struct scene *scene, const char *forename, const char *surname, day born)
{
	struct duty_query query = { str_of(forename), str_of(surname), born };
	int64_t id = 0;
	OK(store_duty_search(scene->place->store, &scene->duty, &query, &id, ERR));
	return id;
}

static struct duty_page outcome(struct scene *scene, int64_t id)
{
	struct duty_page page;
	OK(store_duty_read(scene->place->store, scene->place->arena, &scene->duty, id, &page, ERR));
	return page;
}

static void restrict_as(struct scene *scene, const char *kind)
{
	struct basket basket = { .n = 0 };
	struct restriction *restriction =
		put(scene->place, &basket, &restriction_type, scene->child);
	restriction->kind = str_of(kind);
	restriction->reason = S("a risk");
	restriction->decided_by = S("Hal Head");
	restriction->began = restriction->review_on = day_of(2026, 11, 20);
	OK(save_basket(scene->place, &basket, SAVE_FORM, &scene->manager, 0, ERR));
}

TEST(duty_finds_by_exact_name_and_date_of_birth_and_opens_with_a_reason)
{
	struct scene scene = set_scene(ANSWER_NO);
	struct store *store = scene.place->store;
	day born = day_of(2015, 3, 4);
	struct opening opening;
	check_int(outcome(&scene, search(&scene, "Asha", "Exampl", born)).search.found, 0);
	check_int(outcome(&scene, search(&scene, "Asha", "Example", born + 1)).search.found, 0);
	check_int(level_of(&scene, &scene.duty), 0);
	struct duty_page page = outcome(&scene, search(&scene, " ASHA ", "example", born));
	check_int(page.search.found, 1);
	check_int(page.n, 1);
	check_int(page.found[0].subject, scene.child);
	check_int(level_of(&scene, &scene.duty), 1);
	OK(store_opening_add(store, &scene.duty, scene.child, S("A&E rang"), &opening, ERR));
	check_int(level_of(&scene, &scene.duty), 2);
	struct openings own;
	OK(store_openings_own(store, scene.place->arena, &scene.duty, &own, ERR));
	check_int(own.n, 1);
	scene.place->now += OPENING_LASTS;
	check_int(level_of(&scene, &scene.duty), 0);
	/* Another's search is as none. */
	struct duty_page another;
	OK(store_duty_read(store, scene.place->arena, &scene.head, page.search.id, &another, ERR));
	check_int(another.search.id, 0);
	NO(store_duty_search(store, &scene.officer,
		   &(struct duty_query){ S("Asha"), S("Example"), born }, &page.search.id, ERR),
		ERR_DENIED);
	check_int(COUNT(scene.place, "SELECT count(*) FROM ledger WHERE act = 'duty:search'"), 3);
	place_close(scene.place);
}

TEST(a_hidden_child_is_not_found_by_duty_but_where_the_council_says_to_ring)
{
	struct scene scene = set_scene(ANSWER_NO);
	day born = day_of(2015, 3, 4);
	restrict_as(&scene, "hidden");
	check_int(level_of(&scene, &scene.manager), 0);
	check_int(level_of(&scene, &scene.head), 1);
	check_int(level_of(&scene, &scene.officer), 2);
	struct duty_page page = outcome(&scene, search(&scene, "Asha", "Example", born));
	check_int(page.search.found + page.search.ring, 0);
	OK(store_set(scene.place->store, &scene.place->system, S("duty-hidden"), S("ring"), ERR));
	page = outcome(&scene, search(&scene, "Asha", "Example", born));
	check_int(page.search.found, 0);
	check_int(page.search.ring, 1);
	check_int(page.n, 0);
	check_int(level_of(&scene, &scene.duty), 0);
	place_close(scene.place);
}

TEST(who_searches_too_often_is_stopped)
{
	struct scene scene = set_scene(ANSWER_NO);
	for (int i = 0; i < DUTY_SEARCHES_MOST; i++)
		search(&scene, "No", "Body", day_of(2015, 1, 1) + i);
	struct duty_query query = { S("No"), S("Body"), day_of(2015, 1, 1) };
	int64_t id;
	NO(store_duty_search(scene.place->store, &scene.duty, &query, &id, ERR), ERR_FULL);
	scene.place->now += DUTY_SEARCHES_WITHIN;
	OK(store_duty_search(scene.place->store, &scene.duty, &query, &id, ERR));
	place_close(scene.place);
}

TEST(only_who_restricts_may_restrict_and_what_is_saved_follows_what_is_seen)
{
	struct scene scene = set_scene(ANSWER_NO);
	struct basket basket = { .n = 0 };
	struct barred *barred = put(scene.place, &basket, &barred_type, scene.child);
	barred->login = S("m.manager");
	barred->reason = S("his nephew");
	NO(save_basket(scene.place, &basket, SAVE_FORM, &scene.officer, 0, ERR), ERR_MISSING);
	OK(save_basket(scene.place, &basket, SAVE_FORM, &scene.other, 0, ERR));
	check_int(level_of(&scene, &scene.manager), 0);
	check_int(level_of(&scene, &scene.other), 2);
	/* The bar cannot be lifted by whom it bars. */
	basket.change[0].act = CHANGE_WITHDRAW;
	basket.change[0].reason = S("no");
	NO(save_basket(scene.place, &basket, SAVE_FORM, &scene.manager, 0, ERR), ERR_MISSING);
	OK(save_basket(scene.place, &basket, SAVE_FORM, &scene.other, 0, ERR));
	check_int(level_of(&scene, &scene.manager), 2);
	place_close(scene.place);
}

TEST(one_team_for_two_councils_has_one_caseload_and_each_child_its_own_council)
{
	struct scene scene = set_scene(ANSWER_NO);
	struct place *place = scene.place;
	struct basket basket;
	put_child(place, &basket, "A1", day_of(2026, 6, 1), DAY_UNKNOWN);
	struct allocation *allocation = put(place, &basket, &allocation_type, -1);
	allocation->iro = S("o.reviewer");
	allocation->restricted = ANSWER_NO;
	struct save save = { .mode = SAVE_FORM, .actor = &place->system, .authority = S("EX2"),
		.change = basket.change, .n = basket.n, .problems = &basket.problems,
		.arena = place->arena };
	OK(store_save(place->store, &save, ERR));
	int64_t there = basket.change[0].subject;
	struct caseload list;
	struct caseload_query query = { .actor = &scene.officer, .today = day_of(2026, 11, 20) };
	OK(store_caseload(place->store, place->arena, &query, &list, ERR));
	check_int(list.n, 1);
	NO(store_person_works_for(place->store, &scene.manager, scene.officer.user, S("EX2"), true, ERR),
		ERR_DENIED);
	NO(store_person_works_for(place->store, &place->system, scene.officer.user, S("EX1"), true, ERR),
		ERR_INPUT);
	OK(store_person_works_for(place->store, &place->system, scene.officer.user, S("EX2"), true, ERR));
	OK(store_person_works_for(place->store, &place->system, scene.head.user, S("EX2"), true, ERR));
	OK(store_caseload(place->store, place->arena, &query, &list, ERR));
	check_int(list.n, 2);
	struct child_head head;
	OK(store_child_head(place->store, place->arena, &scene.officer, there, &head, ERR));
	check_str(head.authority, "EX2");
	check_int(level_of(&scene, &scene.officer), 2);
	/* By the role as well as by name; and a manager of one council sees nothing of the other. */
	int level;
	OK(store_access(place->store, &scene.head, there, &level, ERR));
	check_int(level, 2);
	NO(store_access(place->store, &scene.manager, there, &level, ERR), ERR_MISSING);
	OK(store_person_works_for(place->store, &place->system, scene.officer.user, S("EX2"), false, ERR));
	OK(store_caseload(place->store, place->arena, &query, &list, ERR));
	check_int(list.n, 1);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(scene.place);
}

/* What somebody with the database could put in or take out, to see or to have seen nothing. */
TEST(what_gives_sight_of_a_child_is_held_against_the_ledger)
{
	static const char *const statements[] = {
		"DELETE FROM opening WHERE reviewed_at IS NULL", "DELETE FROM opening",
		"UPDATE opening SET reason = 'The police rang'", "UPDATE opening SET until = until + 1",
		"UPDATE opening SET person = (SELECT id FROM person WHERE login = 'n.other') WHERE "
		"reviewed_at IS NULL",
		"UPDATE opening SET reviewed_at = NULL, reviewer = NULL, outcome = NULL, note = NULL",
		"UPDATE opening SET reviewed_at = at, reviewer = person, outcome = 'right', note = 'fine' "
		"WHERE reviewed_at IS NULL",
		"UPDATE opening SET outcome = 'right' WHERE outcome = 'wrong'",
		"UPDATE opening SET note = 'fine' WHERE note IS NOT NULL",
		"INSERT INTO opening (id, subject, person, reason, at, until, review_by) SELECT 77, subject, "
		"person, reason, at, until, review_by FROM opening WHERE reviewed_at IS NULL",
		"DELETE FROM sight WHERE relation = 8", "UPDATE sight SET until = until + 1 WHERE relation = 8",
		"DELETE FROM sight WHERE relation = 7", "UPDATE sight SET until = until + 1 WHERE relation = 7",
		"UPDATE sight SET since = since + 1, until = until + 1 WHERE relation = 7",
		"INSERT INTO sight (person, subject, relation, since, until) SELECT person, subject, 7, since, "
		"until FROM sight WHERE relation = 8",
		"INSERT INTO sight (person, subject, relation, since, until) SELECT person, subject, 4, since, "
		"until FROM sight WHERE relation = 8",
		"INSERT INTO sight (person, subject, relation, since, until) SELECT person, subject, 3, NULL, "
		"NULL FROM sight WHERE relation = 8",
		"INSERT INTO sight (person, subject, relation, since, until) SELECT id, (SELECT min(id) FROM "
		"subject), 8, 1, NULL FROM person WHERE login = 'n.other'",
		"DELETE FROM person_authority",
		"INSERT INTO person_authority (person, authority) SELECT id, 'EX2' FROM person WHERE "
		"login = 'n.other'",
		"UPDATE person_authority SET authority = 'EX3'",
	};
	size_t missed = 0;
	for (size_t i = 0; i <= sizeof statements / sizeof *statements; i++) {
		struct scene scene = set_scene(ANSWER_YES);
		struct store *store = scene.place->store;
		struct opening opening, second;
		struct ledger_report report;
		struct err err = { 0 };
		int64_t search;
		OK(store_opening_add(store, &scene.manager, scene.child, S("Police rang"), &opening, ERR));
		OK(store_opening_review(store, &scene.other, opening.id, S("wrong"), S("not so"), ERR));
		OK(store_opening_add(store, &scene.head, scene.child, S("The school rang"), &second, ERR));
		for (int n = 0; n < 2; n++) {
			scene.place->now += INSTANT_MINUTE;
			OK(store_duty_search(store, &scene.duty,
				&(struct duty_query){ .forename = S("Asha"), .surname = S("Example"),
					.born = day_of(2015, 3, 4) },
				&search, ERR));
		}
		check_int(COUNT(scene.place, "SELECT count(*) FROM sight WHERE relation = 7"), 1);
		for (int n = 0; n < 3; n++)
			OK(store_person_works_for(store, &scene.place->system, scene.officer.user, S("EX2"),
				n != 1, ERR));
		if (i == sizeof statements / sizeof *statements) {
			OK(store_verify(store, scene.place->arena, &report, ERR));
			place_close(scene.place);
			break;
		}
		OK(db_script(store_db(store), statements[i], ERR));
		if (store_verify(store, scene.place->arena, &report, &err) || err.code != ERR_BROKEN) {
			print_error("not found: %s: %s\n", statements[i], err.text);
			missed++;
		}
		place_close(scene.place);
	}
	check_int(missed, 0);
}

TEST(what_stands_for_an_entry_says_its_number_to_the_store_alone)
{
	struct place *place = place_open();
	for (int64_t seq = 1; seq < 3000; seq += seq < 300 ? 1 : 97) {
		str reference = store_entry_reference(place->store, place->arena, seq);
		check_int(reference.n, 16);
		check_int(store_entry_number(place->store, reference), seq);
	}
	str one = store_entry_reference(place->store, place->arena, 7);
	str next = store_entry_reference(place->store, place->arena, 8);
	size_t same = 0;
	for (size_t i = 0; i < one.n; i++)
		same += one.p[i] == next.p[i];
	check_true(same < 8);
	check_int(store_entry_number(place->store, S("7")), 0);
	check_int(store_entry_number(place->store, S("0123456789abcdeg")), 0);
	check_int(store_entry_number(place->store, S("0123456789abcdef")), 0); /* a number that none has */
	place_close(place);
}

TEST(who_a_policy_of_before_let_see_is_asked_anew_when_the_policy_has_changed)
{
	struct scene scene = set_scene(ANSWER_NO);
	OK(db_script(store_db(scene.place->store),
		"DELETE FROM access; UPDATE setting SET value = 'old' WHERE key = 'policy-mark'", ERR));
	check_int(level_of(&scene, &scene.officer), 0);
	place_close_store(scene.place);
	place_open_store(scene.place, STORE_WRITE);
	check_int(level_of(&scene, &scene.officer), 2);
	place_close(scene.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_stored_access_of_everybody_to_every_child_is_what_the_policy_says),
		CLAIM(a_record_is_opened_for_an_hour_and_its_officer_is_told_and_somebody_else_reviews_it),
		CLAIM(duty_finds_by_exact_name_and_date_of_birth_and_opens_with_a_reason),
		CLAIM(a_hidden_child_is_not_found_by_duty_but_where_the_council_says_to_ring),
		CLAIM(who_searches_too_often_is_stopped),
		CLAIM(only_who_restricts_may_restrict_and_what_is_saved_follows_what_is_seen),
		CLAIM(one_team_for_two_councils_has_one_caseload_and_each_child_its_own_council),
		CLAIM(what_gives_sight_of_a_child_is_held_against_the_ledger),
		CLAIM(what_stands_for_an_entry_says_its_number_to_the_store_alone),
		CLAIM(who_a_policy_of_before_let_see_is_asked_anew_when_the_policy_has_changed),
	};
	return cmocka_run_group_tests_name("store access", tests, NULL, NULL);
}
