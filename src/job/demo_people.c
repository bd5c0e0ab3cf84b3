/* Who may sign in to the demonstration: each role once, and the officers that children name. */
#include "job/demo_store.h"

#include "base/mem.h"
#include "identity/password.h"
#include "store/person.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A hash takes a seventh of a second, so a big authority's officers are not all let in. */
enum { OFFICERS_MOST = 60 };

struct adding {
	const struct demo_options *options;
	const struct demo_storing *storing;
	struct arena *arena;
	struct buf lines;
	int people;
};

static void put_login(struct buf *buf, const char *text)
{
	for (; *text != '\0'; text++)
		buf_char(buf, *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text);
}

static bool add(struct adding *adding, int staff, enum role role, str team, struct err *err)
{
	const struct demo_storing *storing = adding->storing;
	struct demo_name name = demo_staff_name(adding->options->seed, staff);
	unsigned char random[PASSWORD_RANDOM];
	char password[PASSWORD_MADE + 1], hash[PASSWORD_HASH];
	struct buf login = { 0 };
	int64_t id;
	storing->env->random(storing->env->self, random, sizeof random);
	password_make(random, password);
	password_hash(str_of(password), hash);
	put_login(&login, name.forename);
	buf_char(&login, '.');
	put_login(&login, name.surname);
	struct person person = { .login = buf_view(&login),
		.name = arena_format(adding->arena, "%s %s", name.forename, name.surname),
		.role = role,
		.team = team,
		.authority = storing->authority,
		.password = str_of(hash) };
	bool done = store_person_add(storing->store, storing->actor, &person, &id, err);
	str word = role_text(role);
	buf_format(
		&adding->lines, "%.*s %.*s %s\n", STR_ARGS(word), STR_ARGS(person.login), password);
	buf_close(&login);
	adding->people += done;
	return done;
}

static bool add_all(struct adding *adding, struct err *err)
{
	int officers = demo_officers(adding->options);
	int others = officers + demo_workers(adding->options);
	/* The first social worker that children name, and one of each role that none does. */
	static const enum role roles[] = { ROLE_MANAGER, ROLE_CUSTODIAN, ROLE_AUDITOR,
		ROLE_ADMINISTRATOR, ROLE_HEAD, ROLE_BUSINESS_SUPPORT, ROLE_MINUTE_TAKER, ROLE_LADO,
		ROLE_SCRUTINEER, ROLE_DUTY };
	str team = S("Safeguarding and Reviewing");
	if (!add(adding, 0, ROLE_REVIEWING_OFFICER, team, err) ||
		!add(adding, officers > 1 ? 1 : others + 10, ROLE_CHAIR, team, err) ||
		!add(adding, officers > 2 ? 2 : others + 11, ROLE_LEAD_PRACTITIONER, team, err) ||
		!add(adding, officers, ROLE_SOCIAL_WORKER, S("Looked After Children"), err))
		return false;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (!add(adding, others + (int)i, roles[i], team, err))
			return false;
	}
	for (int i = 3; i < officers && i < OFFICERS_MOST; i++) {
		if (!add(adding, i, ROLE_REVIEWING_OFFICER, team, err))
			return false;
	}
	return true;
}

/* For its owner alone: whoever can read it can sign in. */
static bool write_users(const char *path, str lines, int how, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | how | O_CLOEXEC, 0600);
	bool done = fd >= 0 && fchmod(fd, 0600) == 0;
	while (done && lines.n > 0) {
		ssize_t put = write(fd, lines.p, lines.n);
		done = put > 0 || (put < 0 && errno == EINTR);
		lines = put > 0 ? str_from(lines, (size_t)put) : lines;
	}
	if (fd >= 0 && close(fd) != 0)
		done = false;
	return done || err_set(err, ERR_IO, "%s cannot be written: %s", path, strerror(errno));
}

bool demo_people(const struct demo_options *options, const struct demo_storing *storing,
	int *people, struct err *err)
{
	struct adding adding = {
		.options = options, .storing = storing, .arena = arena_open(1 << 20)
	};
	bool done =
		add_all(&adding, err) && write_users(storing->users, buf_view(&adding.lines), O_TRUNC, err);
	*people = adding.people;
	if (adding.lines.p != NULL)
		explicit_bzero(adding.lines.p, adding.lines.room);
	buf_close(&adding.lines);
	arena_close(adding.arena);
	return done;
}

/* ---- a second council, with the first's first officer */

/* Staff have the same names where the seed differs by this: the officer whom its children name is the
 * one of the first council. Its children are others. */
enum { OTHER_CHILDREN = 7 * 32 * 200, ONE_OFFICER = 80, THEIR_STAFF = 40 };

static bool add_beside(struct adding *adding, int first, struct err *err)
{
	static const enum role roles[] = { ROLE_MANAGER, ROLE_HEAD, ROLE_ADMINISTRATOR };
	struct person shared;
	struct person_list people;
	const struct demo_storing *storing = adding->storing;
	struct demo_name name = demo_staff_name(adding->options->seed, 0);
	str wanted = arena_format(adding->arena, "%s %s", name.forename, name.surname);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (!add(adding, first + (int)i, roles[i], S("Safeguarding and Reviewing"), err))
			return false;
	}
	if (!store_person_list(storing->store, adding->arena, S(DEMO_AUTHORITY), &people, err))
		return false;
	shared.id = 0;
	for (size_t i = 0; i < people.n; i++) {
		if (str_equal(people.item[i].name, wanted))
			shared = people.item[i];
	}
	return shared.id == 0 ||
		store_person_works_for(storing->store, storing->actor, shared.id,
			storing->authority, true, err);
}

bool demo_beside(const struct demo_options *options, const struct demo_storing *storing,
	struct demo_stored *stored, int *people, struct err *err)
{
	struct demo_options small = *options;
	struct adding adding = { .options = options, .storing = storing, .arena = arena_open(1 << 22) };
	int first = demo_officers(options) + demo_workers(options) + THEIR_STAFF;
	small.seed += OTHER_CHILDREN;
	small.children = options->children / 6 < 12 ? 12
		: options->children / 6 > ONE_OFFICER ? ONE_OFFICER
						      : options->children / 6;
	bool done = demo_store(&small, storing, stored, err) && add_beside(&adding, first, err) &&
		write_users(storing->users, buf_view(&adding.lines), O_APPEND, err);
	*people = adding.people;
	if (adding.lines.p != NULL)
		explicit_bzero(adding.lines.p, adding.lines.room);
	buf_close(&adding.lines);
	arena_close(adding.arena);
	return done;
}
