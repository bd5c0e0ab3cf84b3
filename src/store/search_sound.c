#include "store/search_sound.h"

#include <string.h>

struct reading {
	str name;
	size_t at;
	char out[SOUND_MOST];
	size_t n;
	char last; /* the class written last, until a vowel stands between */
};

static char letter(const struct reading *r, size_t ahead)
{
	size_t at = r->at + ahead;
	return at < r->name.n ? r->name.p[at] : '\0';
}

static bool is_vowel(char c)
{
	return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool is_soft(char c)
{
	return c != '\0' && strchr("eiy", c) != NULL;
}

static void put(struct reading *r, char class)
{
	if (class != r->last && r->n < SOUND_MOST)
		r->out[r->n++] = class;
	r->last = class;
}

/* Letters that say nothing at the start of a name: Knight, Wright, Gnanam, Pfeiffer, Psarros. */
static void skip_silent(struct reading *r)
{
	static const char silent[][3] = { "kn", "gn", "wr", "ps", "pf" };
	for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
		if (str_starts(r->name, str_of(silent[i]))) {
			r->name = str_from(r->name, 1);
			return;
		}
	}
}

/* C, G, P, S, T: what follows says how they sound. Returns how many letters were taken. */
static size_t take_c(struct reading *r)
{
	char next = letter(r, 1);
	if (next == 'h') {
		bool hard = letter(r, 2) == 'r' || letter(r, 2) == 'l';
		put(r, hard ? 'K' : 'X');
		return 2;
	}
	if (next == 'k') {
		put(r, 'K');
		return 2;
	}
	put(r, is_soft(next) ? 'S' : 'K');
	return 1;
}

static size_t take_g(struct reading *r)
{
	char next = letter(r, 1);
	if (next == 'h') {
		/* Ghulam; but Leigh, Wright, Hughes. */
		if (r->at == 0)
			put(r, 'K');
		return 2;
	}
	put(r, is_soft(next) && r->last != 'K' ? 'J' : 'K');
	return 1;
}

static size_t take_s(struct reading *r)
{
	char next = letter(r, 1);
	put(r, 'S');
	if (next == 'c' && letter(r, 2) == 'h')
		return 3;
	return next == 'h' ? 2 : 1;
}

static size_t take_t(struct reading *r)
{
	if (letter(r, 1) == 'c' && letter(r, 2) == 'h') {
		put(r, 'X');
		return 3;
	}
	put(r, 'T');
	return letter(r, 1) == 'h' ? 2 : 1;
}

static size_t take_pair(struct reading *r, char with_h, char alone)
{
	bool paired = letter(r, 1) == 'h';
	put(r, paired ? with_h : alone);
	return paired ? 2 : 1;
}

static size_t take_d(struct reading *r)
{
	bool soft = letter(r, 1) == 'g' && is_soft(letter(r, 2));
	put(r, soft ? 'J' : 'T');
	return soft ? 2 : 1;
}

static size_t take(struct reading *r)
{
	static const char plain[] = "bPfFjJkKlLmMnNqKrRvFzS";
	char c = letter(r, 0);
	const char *class = c == '\0' ? NULL : strchr(plain, c);
	switch (c) {
	case 'c':
		return take_c(r);
	case 'd':
		return take_d(r);
	case 'g':
		return take_g(r);
	case 'p':
		return take_pair(r, 'F', 'P');
	case 's':
		return take_s(r);
	case 't':
		return take_t(r);
	case 'x':
		put(r, r->at == 0 ? 'S' : 'K');
		if (r->at > 0)
			put(r, 'S');
		return 1;
	case 'w':
		if (r->at == 0)
			put(r, 'W');
		else if (is_vowel(letter(r, 1)))
			r->last = '\0';
		return 1;
	case 'h':
		if (r->at == 0)
			put(r, 'H');
		return 1;
	default:
		break;
	}
	if (is_vowel(c)) {
		/* A name begins with its vowel, whichever: Ahmed, Elif, Yusuf. */
		if (r->at == 0)
			put(r, c == 'y' ? 'Y' : 'A');
		r->last = '\0';
	} else if (class != NULL) {
		put(r, class[1]);
	}
	return 1;
}

void buf_sound(struct buf *buf, str folded)
{
	struct reading r = { .name = folded };
	for (size_t i = 0; i < folded.n; i++) {
		if (folded.p[i] < 'a' || folded.p[i] > 'z')
			return;
	}
	skip_silent(&r);
	while (r.at < r.name.n && r.n < SOUND_MOST)
		r.at += take(&r);
	if (r.n >= 2)
		buf_bytes(buf, r.out, r.n);
}
