#include "law/word.h"

#include <string.h>

const struct word_row word_rows[WORDS] = {
#define WORD(name, text, subject, threads, order, detail, note)                                    \
	[WORD_##name] = { S_INIT(text), SUBJECT_##subject, threads, ORDER_##order, S_INIT(detail), \
		S_INIT(note) },
#include "law/words.def"
#undef WORD
};

static const str subject_kinds[SUBJECT_KINDS] = {
	[SUBJECT_CHILD] = S_INIT("child"),
	[SUBJECT_DISPUTE] = S_INIT("dispute"),
	[SUBJECT_ALLEGATION] = S_INIT("allegation"),
	[SUBJECT_HOME] = S_INIT("home"),
	[SUBJECT_INCIDENT] = S_INIT("incident"),
	[SUBJECT_COMPLAINT] = S_INIT("complaint"),
	[SUBJECT_REQUEST] = S_INIT("request"),
	[SUBJECT_AUTHORITY] = S_INIT("authority"),
};

enum word word_find(str text)
{
	for (int i = WORD_NONE + 1; i < WORDS; i++) {
		/* The length first, in line: a page of one child asks this a hundred times. */
		if (word_rows[i].text.n == text.n && str_equal(word_rows[i].text, text))
			return (enum word)i;
	}
	return WORD_NONE;
}

bool word_is_planned(enum word word)
{
	return word == WORD_MEETING_BOOKED || word == WORD_COURT_END_SET ||
	       word == WORD_PRIVATE_FOSTERING_PROPOSED;
}

str word_text(enum word word)
{
	return word_rows[word].text;
}

str subject_kind_text(enum subject_kind kind)
{
	return subject_kinds[kind];
}

bool subject_kind_find(str text, enum subject_kind *out)
{
	for (int i = 0; i < SUBJECT_KINDS; i++) {
		if (str_equal(subject_kinds[i], text)) {
			*out = (enum subject_kind)i;
			return true;
		}
	}
	return false;
}

str word_threads_text(enum word word)
{
	switch (word_rows[word].threads) {
	case THREAD_CARE:
		return S("care");
	case THREAD_PLACEMENT:
		return S("placement");
	case THREAD_REVIEW:
		return S("review");
	case THREAD_CIN:
		return S("cin");
	case THREAD_S47:
		return S("s47");
	case THREAD_PLAN:
		return S("plan");
	case THREAD_CONFERENCE:
		return S("conference");
	case THREAD_PROTECTION:
		return S("protection");
	case THREAD_ORDER:
		return S("order");
	case THREAD_MISSING:
		return S("missing");
	case THREAD_SECURE:
		return S("secure");
	case THREAD_ARRANGEMENT:
		return S("arrangement");
	case THREAD_PLACEMENT | THREAD_ARRANGEMENT:
		return S("placement or arrangement");
	case THREAD_CARE | THREAD_PLAN:
		return S("care or plan");
	case THREAD_CARE | THREAD_PLAN | THREAD_S47:
		return S("care, plan or s47");
	default:
		return S("");
	}
}

bool detail_find(str detail, str key, str *value)
{
	str rest = detail, piece;
	while (str_split(&rest, ';', &piece)) {
		piece = str_trim(piece);
		/* Most keys that are asked for are not there. */
		if (!str_starts(piece, key))
			continue;
		str behind = str_trim(str_from(piece, key.n));
		if (str_starts(behind, S("="))) {
			*value = str_trim(str_from(behind, 1));
			return true;
		}
	}
	return false;
}
