/* user.c - duly user: who may sign in. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/open.h"
#include "identity/account.h"
#include "identity/password.h"
#include "store/person.h"

#include <stdio.h>
#include <string.h>

enum { PASSWORD_FILE_MOST = 4096 };

static bool password_read(struct arena *arena, str *password, struct err *err)
{
	struct buf buf = { 0 };
	bool done = file_read("-", PASSWORD_FILE_MOST, &buf, err);
	if (done) {
		str line = buf_view(&buf);
		line = str_upto(line, str_find(line, '\n'));
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		*password = arena_str(arena, line);
	}
	buf_close(&buf);
	return done;
}

static bool role_read(const char *text, enum role *role, struct err *err)
{
	if (role_find(str_of(text), role) && role_is_person(*role))
		return true;
	struct buf all = { 0 };
	for (enum role one = ROLE_NONE; one < ROLES; one++) {
		if (!role_is_person(one))
			continue;
		buf_str(&all, all.n > 0 ? S(", ") : S(""));
		buf_str(&all, role_text(one));
	}
	err_set(err, ERR_INPUT, "--role is one of: %.*s", (int)all.n, all.p);
	buf_close(&all);
	return false;
}

/* A password that nobody chose is shown once, and kept nowhere. */
static void password_tell(str login, const char *password)
{
	printf("%.*s %s\n", STR_ARGS(login), password);
	fprintf(stderr, "This password is shown only now: pass it on in person.\n");
}

/* From standard input, or made up: then `made` is not empty, and is to be told. */
static bool password_get(const struct args *args, struct opened *opened,
	char made[static PASSWORD_MADE + 1], str *password, struct err *err)
{
	unsigned char random[PASSWORD_RANDOM];
	made[0] = '\0';
	if (args_flag(args, "password-stdin"))
		return password_read(opened->arena, password, err);
	open_env.random(open_env.self, random, sizeof random);
	password_make(random, made);
	*password = str_of(made);
	return true;
}

static bool add(const struct args *args, struct opened *opened, struct err *err)
{
	char made[PASSWORD_MADE + 1];
	struct person person = { .name = str_of(args_value(args, "name")),
		.team = str_of(args_value(args, "team")),
		.authority = opened->authority };
	str password = { 0 };
	int64_t id;
	if (!open_authority(opened, err) || !role_read(args_value(args, "role"), &person.role, err))
		return false;
	if (!account_login(opened->arena, str_of(args_value(args, "login")), &person.login))
		return err_set(err, ERR_INPUT,
			"--login is 2 to 60 letters, digits and . _ - @, not \"%s\"",
			args_value(args, "login"));
	if (!password_get(args, opened, made, &password, err))
		return false;
	if (!account_add(opened->store, &opened->actor, &person, password, &id, err))
		return false;
	if (made[0] != '\0')
		password_tell(person.login, made);
	return true;
}

static bool list(const struct args *args, struct opened *opened, struct err *err)
{
	struct person_list people;
	(void)args;
	if (!store_person_list(opened->store, opened->arena, opened->authority, &people, err))
		return false;
	for (size_t i = 0; i < people.n; i++) {
		const struct person *person = &people.item[i];
		str role = role_text(person->role);
		printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%s\n", STR_ARGS(person->login),
			STR_ARGS(person->name), STR_ARGS(role), STR_ARGS(person->team),
			STR_ARGS(person->authority), person->disabled ? "disabled" : "");
	}
	return true;
}

/* Work for a second council, --authority, beside their own. */
static bool works_for(const struct args *args, struct opened *opened, bool works, struct err *err)
{
	str login;
	struct person person;
	if (args_value(args, "authority") == NULL)
		return err_set(err, ERR_INPUT, "say which council: --authority CODE");
	if (!account_login(opened->arena, str_of(args_value(args, "login")), &login))
		return err_set(err, ERR_MISSING, "nobody signs in as %s", args_value(args, "login"));
	return store_person_find(opened->store, opened->arena, login, &person, err) &&
		store_person_works_for(
			opened->store, &opened->actor, person.id, opened->authority, works, err);
}

static bool begin_for(const struct args *args, struct opened *opened, struct err *err)
{
	return works_for(args, opened, true, err);
}

static bool end_for(const struct args *args, struct opened *opened, struct err *err)
{
	return works_for(args, opened, false, err);
}

static bool disable(const struct args *args, struct opened *opened, struct err *err)
{
	return account_disable(
		opened->store, &opened->actor, str_of(args_value(args, "login")), err);
}

static bool change_password(const struct args *args, struct opened *opened, struct err *err)
{
	char made[PASSWORD_MADE + 1];
	str password, login = str_of(args_value(args, "login"));
	if (!password_get(args, opened, made, &password, err) ||
		!account_password(opened->store, &opened->actor, login, password, err))
		return false;
	if (made[0] != '\0')
		password_tell(login, made);
	return true;
}

/* Whoever looks after Duly takes a lost factor away; they never see or set one. */
static bool factor_reset(const struct args *args, struct opened *opened, struct err *err)
{
	if (!account_factor_reset(
		    opened->store, &opened->actor, str_of(args_value(args, "login")), err))
		return false;
	printf("Their second step is gone, and they are signed out. They sign in with their password,\n"
	       "and set up another before they see anything else.\n");
	return true;
}

static bool factor_required(const struct args *args, struct opened *opened, struct err *err)
{
	(void)args;
	return account_second_factor(opened->store, &opened->actor, true, err);
}

static bool factor_optional(const struct args *args, struct opened *opened, struct err *err)
{
	(void)args;
	return account_second_factor(opened->store, &opened->actor, false, err);
}

static const struct act {
	const char *word;
	bool needs_login, needs_all;
	enum store_open_mode mode;
	bool (*act)(const struct args *args, struct opened *opened, struct err *err);
} acts[] = {
	{ "add", true, true, STORE_CREATE, add },
	{ "list", false, false, STORE_READ, list },
	{ "disable", true, false, STORE_WRITE, disable },
	{ "works-for", true, false, STORE_WRITE, begin_for },
	{ "works-no-more-for", true, false, STORE_WRITE, end_for },
	{ "password", true, false, STORE_WRITE, change_password },
	{ "factor-reset", true, false, STORE_WRITE, factor_reset },
	{ "factor-required", false, false, STORE_CREATE, factor_required },
	{ "factor-optional", false, false, STORE_CREATE, factor_optional },
};

static int run(const struct args *args)
{
	const struct act *act = NULL;
	struct opened opened;
	struct err err;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (strcmp(args->word[0], acts[i].word) == 0)
			act = &acts[i];
	}
	if (act == NULL)
		return command_misused(args->command,
			"there is no \"user %s\": add, list, disable, works-for, works-no-more-for, password, factor-reset, "
			"factor-required or factor-optional",
			args->word[0]);
	if (act->needs_login && args_value(args, "login") == NULL)
		return command_misused(args->command, "say who: --login NAME");
	if (act->needs_all &&
		(args_value(args, "name") == NULL || args_value(args, "role") == NULL))
		return command_misused(args->command, "--name and --role are needed");
	if (!open_store(args, act->mode, NULL, &opened, &err))
		return command_fail(args->command, &err);
	bool done = act->act(args, &opened, &err);
	open_close(&opened);
	return done ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_user = {
	.name = "user",
	.summary = "Add, list and disable the people who may sign in",
	.usage = "duly user add --data DIR --login LOGIN --name NAME --role ROLE [--team TEAM]\n"
		 "              [--authority CODE] [--password-stdin]\n"
		 "duly user list --data DIR [--authority CODE]\n"
		 "duly user disable --data DIR --login LOGIN\n"
		 "duly user works-for|works-no-more-for --data DIR --login LOGIN --authority CODE\n"
		 "duly user password --data DIR --login LOGIN [--password-stdin]\n"
		 "duly user factor-reset --data DIR --login LOGIN\n"
		 "duly user factor-required|factor-optional --data DIR",
	.help = "A new person's password is made up and printed once, as \"LOGIN PASSWORD\", or read\n"
		"from standard input with --password-stdin: at least 12 characters, not the sign-in\n"
		"name, none of those that are tried first. Whoever is given one chooses another when\n"
		"they first sign in, but in a demonstration. Disabling somebody, or giving them\n"
		"a new password, ends their sessions.\n"
		"works-for lets somebody of one council work for another, too, in the same role: their\n"
		"caseload spans both, and each child stays under its own.\n"
		"factor-reset takes away the second step of somebody who has lost it: only they can\n"
		"set up another. Everybody must have one, but in a demonstration; factor-optional\n"
		"lets people sign in with a password alone, while the store holds no real import.\n"
		"list prints login, name, role, team, authority and \"disabled\", with tabs between.",
	.words_min = 1,
	.words_max = 1,
	.option = {
		{ "login", "LOGIN", "the sign-in name: letters, digits and . _ - @" },
		{ "name", "NAME", "the person's name, as the council's files write it" },
		{ "role", "ROLE", "reviewing-officer, chair, manager, custodian ..." },
		{ "team", "TEAM", "their team, as the council's files write it" },
		{ "password-stdin", NULL, "read the password from standard input" },
		STORE_OPTIONS,
	},
	.stores = true,
	.beside = true,
	.run = run,
};
