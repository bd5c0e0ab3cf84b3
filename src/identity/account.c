#include "identity/account.h"

#include "base/utf8.h"
#include "identity/password.h"
#include "store/setting.h"
#include "store/factor.h"
#include "store/session.h"

#include <string.h>

enum { LOGIN_LEAST = 2, LOGIN_MOST = 60, NAME_MOST = 200, ACCOUNT_CAP = 64 << 10 };

bool account_login(struct arena *arena, str typed, str *out)
{
	str trimmed = str_trim(typed);
	if (trimmed.n < LOGIN_LEAST || trimmed.n > LOGIN_MOST)
		return false;
	char *small = arena_take(arena, trimmed.n, 1);
	for (size_t i = 0; i < trimmed.n; i++) {
		char c = trimmed.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!letter && (c == '\0' || strchr("._-@", c) == NULL))
			return false;
		small[i] = c;
	}
	*out = (str){ small, trimmed.n };
	return true;
}

/* Names and teams are shown, and matched with the council's files: one line of text. */
static bool is_line(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	}
	return utf8_check(s) == s.n && s.n <= NAME_MOST;
}

bool account_password_allowed(struct store *store, struct arena *arena,
	const struct person *person, str password, struct err *err)
{
	struct password_for who = { .login = person->login, .name = person->name };
	return store_setting_of(store, arena, person->authority, S("authority-name"),
		       &who.council, err) &&
	       (person->id == 0 ||
		       store_has_second_factor(store, person->id, &who.second_factor, err)) &&
	       password_allowed(&who, password, err);
}

static bool check(struct store *store, struct arena *arena, struct person *person, str password,
	struct err *err)
{
	if (!account_login(arena, person->login, &person->login))
		return err_set(err, ERR_INPUT,
			"A sign-in name has 2 to 60 letters, digits and . _ - @, not \"%.*s\"",
			STR_ARGS(person->login));
	person->name = str_trim(person->name);
	person->team = str_trim(person->team);
	if (person->name.n == 0 || !is_line(person->name))
		return err_set(
			err, ERR_INPUT, "A name is one line of up to %d characters", NAME_MOST);
	if (!is_line(person->team))
		return err_set(
			err, ERR_INPUT, "A team is one line of up to %d characters", NAME_MOST);
	if (!role_is_person(person->role))
		return err_set(err, ERR_INPUT, "Nobody signs in with that role");
	return account_password_allowed(store, arena, person, password, err);
}

bool account_add(struct store *store, const struct actor *actor, const struct person *person,
	str password, int64_t *id, struct err *err)
{
	struct arena *arena = arena_open(ACCOUNT_CAP);
	struct person new = *person;
	char hash[PASSWORD_HASH];
	bool done = check(store, arena, &new, password, err);
	if (done) {
		password_hash(password, hash);
		new.password = str_of(hash);
		done = store_person_add(store, actor, &new, id, err);
	}
	arena_close(arena);
	return done;
}

bool account_find(
	struct store *store, struct arena *arena, str login, struct person *out, struct err *err)
{
	struct person found;
	if (!store_person_find(store, arena, login, &found, err))
		return false;
	if (found.disabled)
		return err_set(err, ERR_MISSING, "%.*s may not sign in any more", STR_ARGS(login));
	*out = found;
	return true;
}

/* Of anybody, disabled people too. */
static bool find(
	struct store *store, struct arena *arena, str login, struct person *out, struct err *err)
{
	if (!account_login(arena, login, &login))
		return err_set(err, ERR_INPUT, "\"%.*s\" is no sign-in name", STR_ARGS(login));
	if (store_person_find(store, arena, login, out, err))
		return true;
	return err->code != ERR_MISSING
		       ? false
		       : err_set(err, ERR_MISSING, "nobody has the sign-in name %.*s",
				 STR_ARGS(login));
}

bool account_disable(struct store *store, const struct actor *actor, str login, struct err *err)
{
	struct arena *arena = arena_open(ACCOUNT_CAP);
	struct person person;
	bool done = find(store, arena, login, &person, err) &&
		    store_person_disable(store, actor, person.id, err);
	arena_close(arena);
	return done;
}

bool account_password(
	struct store *store, const struct actor *actor, str login, str password, struct err *err)
{
	struct arena *arena = arena_open(ACCOUNT_CAP);
	struct person person;
	char hash[PASSWORD_HASH];
	bool done = find(store, arena, login, &person, err) &&
		    account_password_allowed(store, arena, &person, password, err);
	if (done) {
		password_hash(password, hash);
		done = store_person_password(store, actor, person.id, str_of(hash), err);
	}
	arena_close(arena);
	return done;
}

bool account_factor_reset(struct store *store, const struct actor *actor, str login, struct err *err)
{
	struct arena *arena = arena_open(ACCOUNT_CAP);
	struct person person;
	bool done = find(store, arena, login, &person, err) &&
		    store_factor_reset(store, actor, person.id, err);
	arena_close(arena);
	return done;
}

bool account_may_require(struct store *store, bool required, struct err *err)
{
	bool real = false;
	if (!required && !store_holds_real(store, &real, err))
		return false;
	return !real || err_set(err, ERR_INPUT,
				"real children's records are here: a password alone is not enough to "
				"see them");
}

bool account_second_factor(
	struct store *store, const struct actor *actor, bool required, struct err *err)
{
	struct err why = { 0 };
	if (!account_may_require(store, required, &why))
		return err_set(err, why.code == ERR_INPUT ? ERR_DENIED : why.code, "%s", why.text);
	return store_set(store, actor, S("second-factor"),
		       required ? S("required") : S("optional"), err) &&
	       store_session_end_all(store, err);
}

/* Their council asks for a second factor, and that counts here: who signs in with the password alone
 * still has to set up one of Duly's own before anything is shown. */
static bool has_second_factor(
	struct store *store, struct arena *arena, int64_t person, bool *has, struct err *err)
{
	struct factors factors;
	str word;
	if (!store_factors(store, person, &factors, err) ||
		!store_setting(store, arena, S("council-mfa"), &word, err))
		return false;
	*has = factors.totp || factors.passkeys > 0 || (factors.council && word.n > 0);
	return true;
}

bool account_may_import(struct store *store, const struct actor *actor, struct err *err)
{
	struct arena *arena = arena_open(ACCOUNT_CAP);
	bool demonstration, required, has = true;
	bool read = store_demonstration(store, arena, &demonstration, err) &&
		    store_second_factor_required(store, arena, &required, err) &&
		    (actor->user == 0 ||
			    has_second_factor(store, arena, actor->user, &has, err));
	arena_close(arena);
	if (!read || demonstration)
		return read;
	if (!required)
		return err_set(err, ERR_DENIED,
			"people may sign in here with a password alone, and real children's "
			"records need a second step: `duly user factor-required` first");
	return has || err_set(err, ERR_DENIED,
			      "your account has no second step yet: set it up under Your account, "
			      "and then import");
}
