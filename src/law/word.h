/* word.h - the words for what can happen: one for each dated fact that a record may leave.
 *
 * The words, whose they are and the detail that each carries are domain/events.tsv. The list is an
 * X-macro because an event in memory holds the number, and a file holds the text.
 */
#pragma once

#include "base/str.h"

enum subject_kind {
	SUBJECT_CHILD,
	SUBJECT_DISPUTE,
	SUBJECT_ALLEGATION,
	SUBJECT_HOME,
	SUBJECT_INCIDENT,
	SUBJECT_COMPLAINT,
	SUBJECT_REQUEST,
	SUBJECT_AUTHORITY,
	SUBJECT_KINDS
};

/* Which period a fact belongs to: two plans are two threads. Bits, because a booking or a midway
 * check may stand in several kinds. 0 is no thread: birth, death. */
enum thread_kind {
	THREAD_CARE = 1 << 0,
	THREAD_PLACEMENT = 1 << 1,
	THREAD_REVIEW = 1 << 2,
	THREAD_CIN = 1 << 3, /* an episode of need: referral to closure */
	THREAD_S47 = 1 << 4,
	THREAD_PLAN = 1 << 5,
	THREAD_CONFERENCE = 1 << 6,
	THREAD_PROTECTION = 1 << 7, /* police protection */
	THREAD_ORDER = 1 << 8,
	THREAD_MISSING = 1 << 9,
	THREAD_SECURE = 1 << 10,
	THREAD_ARRANGEMENT = 1 << 11, /* private fostering */
};

/* On one day, what ends comes before what starts, and what is held comes last. */
enum word_order { ORDER_END, ORDER_START, ORDER_HELD };

enum word {
	WORD_NONE,
#define WORD(name, text, subject, threads, order, detail, note) WORD_##name,
#include "law/words.def"
#undef WORD
	WORDS
};

struct word_row {
	str text; /* "cla-review-held" */
	enum subject_kind subject;
	unsigned threads; /* of enum thread_kind */
	enum word_order order;
	str detail; /* "participation=PN1;parts=2": keys with an example value */
	str note;
};

/* Some of the words, a bit each. */
enum { WORD_BITS = 64, WORD_BLOCKS = WORDS / WORD_BITS + 1 };
struct word_bits {
	uint64_t block[WORD_BLOCKS];
};

static inline void word_bits_add(struct word_bits *bits, enum word word)
{
	bits->block[(unsigned)word / WORD_BITS] |= (uint64_t)1 << (unsigned)word % WORD_BITS;
}

/* Has one any of the other's words? */
static inline bool word_bits_meet(const struct word_bits *a, const struct word_bits *b)
{
	uint64_t both = 0;
	for (int i = 0; i < WORD_BLOCKS; i++)
		both |= a->block[i] & b->block[i];
	return both != 0;
}

extern const struct word_row word_rows[WORDS]; /* [WORD_NONE] is empty */

/* Is the event's day one to come, by its nature: booked, planned, or ordered by a court? */
bool word_is_planned(enum word word);
enum word word_find(str text);  /* WORD_NONE when it is not a word */
str word_text(enum word word);
str subject_kind_text(enum subject_kind kind);                 /* "child" */
bool subject_kind_find(str text, enum subject_kind *out);
/* "care, plan or s47", as events.tsv writes it; empty when none. Static. */
str word_threads_text(enum word word);

/* The value of a key in "key=value;key=value"; false when the key is not there. */
bool detail_find(str detail, str key, str *value);
