#include "identity/password.h"

#include "base/utf8.h"

#include <sodium.h>
#include <string.h>

enum { PASSES = 3, MEMORY = 64 << 20 };

_Static_assert(PASSWORD_HASH == crypto_pwhash_STRBYTES, "the hash as text has another length");

/* What attackers try first, without the digits and signs that people add to it. */
static const str first_tried[] = { S_INIT("password"), S_INIT("passwordpassword"), S_INIT("passw"),
	S_INIT("letmein"), S_INIT("letmeinletmein"), S_INIT("welcome"), S_INIT("welcomewelcome"),
	S_INIT("qwerty"), S_INIT("qwertyuiop"), S_INIT("qwertyuiopasdf"), S_INIT("qwertyqwerty"),
	S_INIT("asdfghjkl"), S_INIT("iloveyou"), S_INIT("monkey"), S_INIT("dragon"),
	S_INIT("football"), S_INIT("liverpool"), S_INIT("arsenal"), S_INIT("chelsea"),
	S_INIT("sunshine"), S_INIT("princess"), S_INIT("changeme"), S_INIT("changemechangeme"),
	S_INIT("administrator"), S_INIT("admin"), S_INIT("adminadminadmin"), S_INIT("secret"),
	S_INIT("safeguarding"), S_INIT("safeguard"), S_INIT("childprotection"),
	S_INIT("childrensservices"), S_INIT("socialworker"), S_INIT("socialwork"),
	S_INIT("reviewingofficer"), S_INIT("council"), S_INIT("countycouncil"),
	S_INIT("boroughcouncil"), S_INIT("duly"), S_INIT("dulyduly"), S_INIT("dulydulyduly"),
	S_INIT("spring"), S_INIT("summer"), S_INIT("autumn"), S_INIT("winter"), S_INIT("january"),
	S_INIT("february"), S_INIT("september"), S_INIT("october"), S_INIT("november"),
	S_INIT("december"), S_INIT("abcdefghijkl"), S_INIT("correcthorsebatterystaple") };

/* Small letters alone. */
static str letters_of(str s, char *into, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < room; i++) {
		char small = (char)(s.p[i] | 0x20);
		if (small >= 'a' && small <= 'z')
			into[n++] = small;
	}
	return (str){ into, n };
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

bool password_allowed(str login, str password, struct err *err)
{
	char room[PASSWORD_MOST];
	if (utf8_check(password) != password.n)
		return err_set(err, ERR_INPUT, "The password must be text");
	if (utf8_count(password) < PASSWORD_LEAST)
		return err_set(err, ERR_INPUT, "The password must have at least %d characters",
			PASSWORD_LEAST);
	if (password.n > PASSWORD_MOST)
		return err_set(err, ERR_INPUT, "The password must have %d characters or fewer",
			PASSWORD_MOST);
	if (login.n >= 3 && contains_nocase(password, login))
		return err_set(err, ERR_INPUT, "The password must not contain the sign-in name");
	str letters = letters_of(password, room, sizeof room);
	bool common = is_run(password);
	for (size_t i = 0; i < sizeof first_tried / sizeof *first_tried; i++)
		common = common || str_equal(letters, first_tried[i]);
	if (common)
		return err_set(err, ERR_INPUT,
			"That password is among the first that are tried: choose three random "
			"words");
	return true;
}

void password_hash(str password, char out[static PASSWORD_HASH])
{
	int failed = crypto_pwhash_str_alg(out, password.p == NULL ? "" : password.p, password.n,
		PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	must(failed == 0); /* no memory */
}

/* Argon2id, the same work as a real one, of a password that nobody has. */
#define NOBODY                                                                                     \
	"$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"                                   \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

bool password_verify(str hash, str password)
{
	char text[PASSWORD_HASH] = NOBODY;
	bool somebody = hash.n > 0 && hash.n < sizeof text;
	if (somebody) {
		memset(text, 0, sizeof text);
		memcpy(text, hash.p, hash.n);
	}
	bool same = password.n <= PASSWORD_MOST &&
		    crypto_pwhash_str_verify(
			    text, password.p == NULL ? "" : password.p, password.n) == 0;
	return same && somebody;
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
