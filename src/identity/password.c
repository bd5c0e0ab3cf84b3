#include "identity/password.h"

#include "base/utf8.h"
#include "identity/guessable.h"

#include <gnutls/gnutls.h>
#include <limits.h>
#include <sodium.h>
#include <string.h>

enum { PASSES = 3, MEMORY = 64 << 20 };

_Static_assert(PASSWORD_HASH == crypto_pwhash_STRBYTES, "the hash as text has another length");

/* Words that attackers put together first: of passwords, of the year, of councils, of this product
 * and of this work. A password made of nothing else, whatever digits and signs stand between, is
 * refused. */
static const char *const first_tried[] = { "password", "passw", "passwd", "pword", "letmein", "let",
	"me", "in", "please", "welcome", "hello", "login", "signin", "qwerty", "qwertyuiop", "qwer",
	"asdf", "asdfghjkl", "zxcvbnm", "zxcv", "iloveyou", "love", "you", "monkey", "dragon",
	"football", "liverpool", "arsenal", "chelsea", "manchester", "united", "everton", "rangers",
	"celtic", "sunshine", "princess", "changeme", "change", "administrator", "admin", "root",
	"user", "guest", "test", "secret", "master", "default", "temp", "temporary", "new", "old",
	"my", "to", "the", "this", "is", "our", "for", "of", "and", "safeguarding", "safeguard",
	"safeguards", "safe", "child", "children", "childrens", "childs", "childcare", "kids",
	"protection", "protect", "protecting", "social", "work", "worker", "workers", "working",
	"services", "service", "review", "reviews", "reviewing", "reviewer", "officer", "officers",
	"independent", "iro", "lado", "conference", "conferences", "chair", "lookedafter", "looked",
	"after", "care", "carer", "caring", "family", "families", "foster", "fostering", "adoption",
	"council", "councils", "countycouncil", "county", "borough", "city", "district",
	"metropolitan", "local", "authority", "government", "gov", "uk", "london", "england",
	"english", "team", "office", "staff", "duly", "spring", "summer", "autumn", "winter",
	"january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "christmas", "easter", "abc", "abcd", "abcdef", "abcdefghijkl", "xyz",
	"correct", "horse", "battery", "staple", "trustno", "one", "two", "three", "super", "hunter",
	"shadow", "michael", "jordan", "charlie", "batman", "superman", "starwars", "pokemon" };

/* Small letters alone; digits and signs that stand for letters ("p4$$w0rd") as those, when asked. */
static str letters_of(str s, bool disguised, char *into, size_t room)
{
	static const char sign[] = "431057$@!", meant[] = "aeiostsai";
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < room; i++) {
		const char *is = disguised && s.p[i] != '\0' ? strchr(sign, s.p[i]) : NULL;
		char small = is != NULL ? meant[is - sign] : (char)(s.p[i] | 0x20);
		if (small >= 'a' && small <= 'z')
			into[n++] = small;
	}
	return (str){ into, n };
}

static bool word_ends(const char *letters, size_t end, str word, const bool *reached)
{
	return word.n > 0 && word.n <= end && reached[end - word.n] &&
	       memcmp(letters + end - word.n, word.p, word.n) == 0;
}

/* The words of a text that the password's owner is known by: "Wexcombe Council". */
static bool own_word_ends(const char *letters, size_t end, str own, const bool *reached)
{
	char room[PASSWORD_MOST];
	str piece;
	while (str_split(&own, ' ', &piece)) {
		str word = letters_of(piece, false, room, sizeof room);
		if (word.n >= 3 && word_ends(letters, end, word, reached))
			return true;
	}
	return false;
}

/* Is it made of such words and nothing else? */
static bool is_first_tried(const struct password_for *who, str password, bool disguised)
{
	char letters[PASSWORD_BYTES];
	bool reached[PASSWORD_BYTES + 1] = { true };
	str all = letters_of(password, disguised, letters, sizeof letters);
	for (size_t i = 0; i < password.n; i++) {
		if ((unsigned char)password.p[i] >= 0x80)
			return false;
	}
	for (size_t end = 1; end <= all.n; end++) {
		for (size_t i = 0; i < sizeof first_tried / sizeof *first_tried; i++)
			reached[end] = reached[end] ||
				       word_ends(letters, end, str_of(first_tried[i]), reached);
		reached[end] = reached[end] || own_word_ends(letters, end, who->name, reached) ||
			       own_word_ends(letters, end, who->council, reached);
	}
	return reached[all.n]; /* digits and signs alone too */
}

/* One character over and over, or a run up or down: "aaaa...", "123456789012". */
static bool is_run(str s)
{
	size_t steps = 0;
	for (size_t i = 1; i < s.n; i++) {
		int step = s.p[i] - s.p[i - 1];
		steps += step >= -1 && step <= 1;
	}
	return steps + 2 >= s.n;
}

static bool contains_nocase(str s, str part)
{
	for (size_t i = 0; part.n > 0 && i + part.n <= s.n; i++) {
		if (str_equal_nocase(str_upto(str_from(s, i), part.n), part))
			return true;
	}
	return false;
}

bool password_normal(str typed, char *into, size_t room, str *out)
{
	gnutls_datum_t made = { NULL, 0 };
	str normal = typed;
	if (typed.n > 0 && typed.n <= UINT_MAX &&
		gnutls_utf8_password_normalize((const unsigned char *)typed.p, (unsigned)typed.n,
			&made, 0) == GNUTLS_E_SUCCESS)
		normal = (str){ (const char *)made.data, made.size };
	bool fits = normal.n <= room;
	if (fits && normal.n > 0)
		memcpy(into, normal.p, normal.n);
	*out = (str){ into, fits ? normal.n : 0 };
	gnutls_free(made.data);
	return fits;
}

static bool long_enough(const struct password_for *who, str typed, str password, struct err *err)
{
	size_t least = who->second_factor ? PASSWORD_LEAST_OF_TWO : PASSWORD_LEAST;
	if (utf8_check(typed) != typed.n)
		return err_set(err, ERR_INPUT, "The password must be text");
	if (utf8_count(password) < least)
		return err_set(err, ERR_INPUT, "The password must have at least %zu characters",
			least);
	return utf8_count(password) <= PASSWORD_MOST ||
	       err_set(err, ERR_INPUT, "The password must have %d characters or fewer",
		       PASSWORD_MOST);
}

bool password_allowed(const struct password_for *who, str typed, struct err *err)
{
	char room[PASSWORD_BYTES];
	str password;
	if (!password_normal(typed, room, sizeof room, &password))
		return err_set(err, ERR_INPUT, "The password must have %d characters or fewer",
			PASSWORD_MOST);
	if (!long_enough(who, typed, password, err))
		return false;
	if (who->login.n >= 3 && contains_nocase(password, who->login))
		return err_set(err, ERR_INPUT, "The password must not contain the sign-in name");
	if (is_run(password) || is_first_tried(who, password, false) ||
		is_first_tried(who, password, true) || guessable(password))
		return err_set(err, ERR_INPUT,
			"That password is among the first that are tried: choose three random "
			"words");
	return true;
}

void password_hash(str typed, char out[static PASSWORD_HASH])
{
	char room[PASSWORD_BYTES];
	str password;
	must(password_normal(typed, room, sizeof room, &password)); /* else it was not allowed */
	int failed = crypto_pwhash_str_alg(
		out, room, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	must(failed == 0); /* no memory */
	sodium_memzero(room, sizeof room);
}

/* Argon2id, the same work as a real one, of a password that nobody has. */
#define NOBODY                                                                                     \
	"$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"                                   \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

bool password_verify(str hash, str typed)
{
	char room[PASSWORD_BYTES];
	str password;
	bool fits = password_normal(typed, room, sizeof room, &password);
	char text[PASSWORD_HASH] = NOBODY;
	bool somebody = hash.n > 0 && hash.n < sizeof text;
	if (somebody) {
		memset(text, 0, sizeof text);
		memcpy(text, hash.p, hash.n);
	}
	/* The same work for what is too long to be anybody's. */
	bool same = crypto_pwhash_str_verify(text, room, password.n) == 0;
	sodium_memzero(room, sizeof room);
	return same && somebody && fits;
}

bool password_outdated(str hash)
{
	char text[PASSWORD_HASH] = "";
	if (hash.n >= sizeof text)
		return true;
	memcpy(text, hash.p, hash.n);
	return crypto_pwhash_str_needs_rehash(text, PASSES, MEMORY) != 0;
}

void password_make(
	const unsigned char random[static PASSWORD_RANDOM], char out[static PASSWORD_MADE + 1])
{
	/* Nothing that reads as something else: no 0 and o, 1 and l and i. */
	static const char letter[] = "abcdefghjkmnpqrstuvwxyz23456789";
	enum { LETTERS = sizeof letter - 1, GROUP = 4 };
	/* Two bytes a letter: none is likelier than another by more than one part in two thousand.
	 */
	size_t used = 0;
	for (size_t at = 0; at < PASSWORD_MADE; at++) {
		if (at % (GROUP + 1) == GROUP) {
			out[at] = '-';
			continue;
		}
		unsigned value = random[used] + 256u * random[used + 1];
		out[at] = letter[value % LETTERS];
		used += 2;
	}
	out[PASSWORD_MADE] = '\0';
}
