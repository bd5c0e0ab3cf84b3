#include "web/act_words.h"

static const struct {
	str act, words;
	bool of; /* and what begins so */
} acts[] = {
#define ACT(act, words) { S_INIT(act), S_INIT(words), false },
#define ACT_OF(act, words) { S_INIT(act), S_INIT(words), true },
#include "web/acts.def"
#undef ACT
#undef ACT_OF
};
enum { ACTS = sizeof acts / sizeof *acts };

str act_words(str act)
{
	for (size_t i = 0; i < ACTS; i++) {
		if (acts[i].of ? str_starts(act, acts[i].act) : str_equal(acts[i].act, act))
			return acts[i].words;
	}
	return act;
}
