/* sign.c - duly sign: a custodian puts their name to what no file can say. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/open.h"
#include "identity/account.h"
#include "identity/factor.h"
#include "identity/password.h"

#include <stdio.h>
#include <string.h>

enum { PASSWORD_LINE_MOST = 4096 };

/* The first two lines of standard input. */
static bool read_lines(struct arena *arena, str *password, str *code, struct err *err)
{
	struct buf buf = { 0 };
	bool read = file_read("-", PASSWORD_LINE_MOST, &buf, err);
	str rest = buf_view(&buf), line = { 0 };
	str *into[] = { password, code };
	for (size_t i = 0; i < 2; i++) {
		bool more = rest.n > 0 && str_split(&rest, '\n', &line);
		if (more && line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		*into[i] = more ? arena_str(arena, line) : (str){ 0 };
	}
	buf_close(&buf);
	return read;
}

/* Both steps, as in a browser: a signature about real children takes no less (safety 11). */
static bool second_step(struct opened *opened, int64_t person, str code, struct err *err)
{
	bool demonstration, has, right;
	instant at = store_now(opened->store);
	if (!store_demonstration(opened->store, opened->arena, &demonstration, err) ||
		!store_has_second_factor(opened->store, person, &has, err))
		return false;
	if (!has)
		return demonstration ||
		       err_set(err, ERR_DENIED,
			       "this account has no second step yet: sign in, and set it up under "
			       "Your account");
	return factor_use_code(opened->store, opened->arena, person, code, at, &right, err) &&
	       (right || err_set(err, ERR_DENIED,
				 "the second line is the code that the authenticator app shows "
				 "now"));
}

/* Only the custodian, with their own password: a signature is a person's. */
static bool find_custodian(
	const struct args *args, struct opened *opened, struct actor *actor, struct err *err)
{
	struct person account = { 0 };
	str login, password, code;
	if (!account_login(opened->arena, str_of(args_value(args, "login")), &login) ||
		!read_lines(opened->arena, &password, &code, err))
		return err_set(
			err, ERR_INPUT, "\"%s\" is no sign-in name", args_value(args, "login"));
	struct err none = { 0 };
	bool known = account_find(opened->store, opened->arena, login, &account, &none);
	if (!password_verify(known ? account.password : (str){ 0 }, password) || !known)
		return err_set(err, ERR_DENIED, "the sign-in name or the password is not right");
	if (account.role != ROLE_CUSTODIAN || !str_equal(account.authority, opened->authority))
		return err_set(err, ERR_DENIED, "only a custodian of authority %.*s may sign this",
			STR_ARGS(opened->authority));
	if (!second_step(opened, account.id, code, err))
		return false;
	*actor = (struct actor){ .user = account.id,
		.role = account.role,
		.authority = account.authority,
		.name = account.login };
	return true;
}

static bool sign(const struct args *args, struct opened *opened, struct err *err)
{
	struct actor actor;
	if (!open_authority(opened, err) || !find_custodian(args, opened, &actor, err))
		return false;
	str key = arena_format(opened->arena, "none-restricted:%.*s", STR_ARGS(opened->authority));
	struct buf when = { 0 };
	buf_instant_utc(&when, store_now(opened->store));
	str value = arena_format(
		opened->arena, "%.*s %.*s", STR_ARGS(actor.name), STR_ARGS(buf_view(&when)));
	buf_close(&when);
	return store_set(opened->store, &actor, key, value, err);
}

static int run(const struct args *args)
{
	struct opened opened;
	struct err err;
	if (strcmp(args->word[0], "none-restricted") != 0)
		return command_misused(args->command,
			"there is nothing called \"%s\" to sign: none-restricted", args->word[0]);
	if (args_value(args, "login") == NULL)
		return command_misused(args->command, "say who signs: --login LOGIN");
	if (!open_store(args, STORE_WRITE, NULL, &opened, &err))
		return command_fail(args->command, &err);
	bool done = sign(args, &opened, &err);
	if (done)
		printf("Signed: no child of authority %.*s is restricted.\n",
			STR_ARGS(opened.authority));
	open_close(&opened);
	return done ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_sign = {
    .name = "sign",
    .summary = "a custodian's word that none of the children is restricted",
    .usage = "duly sign none-restricted --login LOGIN --data DIR [--authority "
             "CODE] < PASSWORD",
    .help = "Children whom an import brings are seen only by a custodian until "
            "the people file\n"
            "says who is restricted, or a custodian signs that none is. The "
            "password and,\n"
            "on a second line, the code of the authenticator app are read\n"
            "from standard input. The signature, its name and its day stand in "
            "the ledger.",
    .words_min = 1,
    .words_max = 1,
    .option =
        {
            {"login", "LOGIN", "the custodian who signs"},
            STORE_OPTIONS,
        },
    .stores = true,
    .beside = true,
    .run = run,
};
