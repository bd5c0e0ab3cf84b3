#include "identity/factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 30, GROUP = 4, CODE_GROUP = 5 };

str factor_secret_text(
	struct arena *arena, const unsigned char secret[static FACTOR_SECRET], bool groups)
{
	static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648, 6 */
	char *out = arena_take(arena, (size_t)FACTOR_SECRET_TEXT * 2, 1);
	size_t n = 0;
	unsigned bits = 0, held = 0;
	for (size_t i = 0; i < FACTOR_SECRET; i++) {
		bits = (bits << 8 | secret[i]) & 0xfff;
		for (held += 8; held >= 5;) {
			held -= 5;
			if (groups && n % (GROUP + 1) == GROUP)
				out[n++] = ' ';
			out[n++] = letter[bits >> held & 31];
		}
	}
	return (str){ out, n };
}

static void put_url(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
		if (plain)
			buf_char(b, c);
		else
			buf_format(b, "%%%02X", (unsigned)(unsigned char)c);
	}
}

str factor_address(struct arena *arena, str council, str login,
	const unsigned char secret[static FACTOR_SECRET])
{
	struct buf b = { 0 };
	str issuer = council.n == 0 ? S("Duly")
				    : arena_format(arena, "Duly %.*s", STR_ARGS(council));
	buf_lit(&b, "otpauth://totp/");
	put_url(&b, issuer);
	buf_char(&b, ':');
	put_url(&b, login);
	buf_lit(&b, "?secret=");
	buf_str(&b, factor_secret_text(arena, secret, false));
	buf_lit(&b, "&issuer=");
	put_url(&b, issuer);
	str out = arena_str(arena, buf_view(&b));
	buf_close(&b);
	return out;
}

bool factor_code_is(const unsigned char secret[static FACTOR_SECRET], str typed, instant now,
	int64_t *step)
{
	char digits[FACTOR_DIGITS + 1];
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.p[i] == ' ')
			continue;
		if (typed.p[i] < '0' || typed.p[i] > '9' || n == FACTOR_DIGITS)
			return false;
		digits[n++] = typed.p[i];
	}
	digits[n] = '\0';
	if (n != FACTOR_DIGITS || now < 0)
		return false;
	/* Each of the three is made and compared, whichever is right. */
	int64_t at = now / 1000 / STEP, found = -1;
	for (int64_t of = at - 1; of <= at + 1; of++) {
		char made[FACTOR_DIGITS + 1];
		if (of < 0 || oath_totp_generate((const char *)secret, FACTOR_SECRET,
				      (time_t)(of * STEP), STEP, 0, FACTOR_DIGITS, made) != OATH_OK)
			continue;
		if (sodium_memcmp(made, digits, FACTOR_DIGITS) == 0)
			found = of;
	}
	*step = found;
	return found >= 0;
}

static str what(struct arena *arena, str use, int64_t person)
{
	return arena_format(arena, "%.*s:%lld", STR_ARGS(use), (long long)person);
}

str factor_seal(const struct store *store, struct arena *arena, str use, int64_t person,
	const unsigned char secret[static FACTOR_SECRET])
{
	return store_seal(store, arena, what(arena, use, person),
		(str){ (const char *)secret, FACTOR_SECRET });
}

bool factor_unseal(const struct store *store, struct arena *arena, str use, int64_t person,
	str sealed, unsigned char out[static FACTOR_SECRET])
{
	str plain;
	if (!store_unseal(store, arena, what(arena, use, person), sealed, &plain) ||
		plain.n != FACTOR_SECRET)
		return false;
	memcpy(out, plain.p, FACTOR_SECRET);
	return true;
}

bool factor_use_code(struct store *store, struct arena *arena, int64_t person, str typed,
	instant now, bool *right, struct err *err)
{
	struct totp_row row;
	unsigned char secret[FACTOR_SECRET];
	int64_t step;
	struct err why = { 0 };
	*right = false;
	if (!store_totp_read(store, arena, person, &row, &why))
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	if (!factor_unseal(store, arena, S("totp"), person, row.sealed, secret))
		return err_set(err, ERR_BROKEN, "a sealed secret does not open");
	bool is = factor_code_is(secret, typed, now, &step) && step > row.step;
	sodium_memzero(secret, sizeof secret);
	if (!is)
		return true;
	*right = store_totp_use(store, person, step, &why);
	return *right || why.code == ERR_STALE || err_set(err, why.code, "%s", why.text);
}

/* ---- recovery codes */

void factor_recovery_make(const unsigned char random[static FACTOR_CODE_RANDOM],
	char out[static FACTOR_CODE_TEXT + 1])
{
	/* Nothing that reads as something else: no 0 and o, 1 and l and i. */
	static const char letter[] = "abcdefghjkmnpqrstuvwxyz23456789";
	enum { LETTERS = sizeof letter - 1 };
	size_t used = 0;
	for (size_t at = 0; at < FACTOR_CODE_TEXT; at++) {
		if (at % (CODE_GROUP + 1) == CODE_GROUP) {
			out[at] = '-';
			continue;
		}
		/* Two bytes a letter: none is likelier than another by more than one in 2,000. */
		out[at] = letter[(random[used] + 256u * random[used + 1]) % LETTERS];
		used += 2;
	}
	out[FACTOR_CODE_TEXT] = '\0';
}

void factor_recovery_mark(const struct store *store, struct arena *arena, int64_t person,
	str typed, unsigned char out[static MARK])
{
	struct buf b = { 0 };
	buf_format(&b, "%lld:", (long long)person);
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if (c != ' ' && c != '-')
			buf_char(&b, c);
	}
	store_mark(store, "duly recovery", arena_str(arena, buf_view(&b)), out);
	buf_close(&b);
}

bool factor_use_recovery(struct store *store, struct arena *arena, int64_t person, str typed,
	instant now, bool *right, struct err *err)
{
	unsigned char mark[MARK];
	struct err why = { 0 };
	factor_recovery_mark(store, arena, person, typed, mark);
	*right = store_recovery_use(store, person, mark, now, &why);
	return *right || why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
}
