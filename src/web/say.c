#include "web/say.h"
#include "law/codes.h"
#include "record/step.h"

void text_child_name(struct buf *b, str forename, str surname, str number)
{
	if (forename.n == 0 && surname.n == 0) {
		H(b, "Child ");
		text(b, number);
		return;
	}
	text(b, forename);
	if (forename.n > 0 && surname.n > 0)
		H(b, " ");
	text(b, surname);
}

void text_child_kind(struct buf *b, bool looked_after, bool on_plan)
{
	if (looked_after && on_plan)
		H(b, "Looked after, child protection plan");
	else if (looked_after)
		H(b, "Looked after");
	else if (on_plan)
		H(b, "Child protection plan");
	else
		H(b, "No open period");
}

int age_in_years(day born, day today)
{
	struct civil b = day_civil(born), t = day_civil(today);
	return t.year - b.year - (t.month < b.month || (t.month == b.month && t.day < b.day));
}

static str counted(struct arena *arena, int n, const char *one)
{
	return arena_format(arena, "%d %s%s", n, one, n == 1 ? "" : "s");
}

str age_words(struct arena *arena, day born, day today)
{
	if (today < born)
		return (str){ 0 };
	struct civil b = day_civil(born), t = day_civil(today);
	int months = 12 * (t.year - b.year) + t.month - b.month - (t.day < b.day);
	if (months < 1)
		return counted(arena, (int)(today - born), "day");
	if (months < 24)
		return counted(arena, months, "month");
	return arena_format(arena, "%d", age_in_years(born, today));
}

/* What a pair says by itself. An empty text: it says nothing to a person. */
static const struct {
	str key, value, words;
} pairs[] = {
	{ S_INIT("alone"), S_INIT("yes"), S_INIT("seen alone") },
	{ S_INIT("alone"), S_INIT("no"), S_INIT("not seen alone") },
	{ S_INIT("quorate"), S_INIT("yes"), S_INIT("quorate") },
	{ S_INIT("quorate"), S_INIT("no"), S_INIT("not quorate, so not held") },
	{ S_INIT("transfer_in"), S_INIT("yes"), S_INIT("transfer in") },
	{ S_INIT("transfer_in"), S_INIT("no"), { 0 } },
	{ S_INIT("prebirth"), S_INIT("yes"), S_INIT("before birth") },
	{ S_INIT("prebirth"), S_INIT("no"), { 0 } },
	{ S_INIT("s47"), S_INIT("yes"), S_INIT("section 47 enquiries begun") },
	{ S_INIT("s47"), S_INIT("no"), S_INIT("no section 47 enquiries") },
	{ S_INIT("outcome"), S_INIT("icpc"), S_INIT("to a conference") },
	{ S_INIT("outcome"), S_INIT("no-icpc"), S_INIT("no conference needed") },
	{ S_INIT("nfa"), S_INIT("yes"), S_INIT("no further action") },
	{ S_INIT("for"), S_INIT("cla-review"), S_INIT("review") },
	{ S_INIT("for"), S_INIT("icpc"), S_INIT("initial conference") },
	{ S_INIT("for"), S_INIT("rcpc"), S_INIT("review conference") },
	{ S_INIT("to_18"), S_INIT("yes"), S_INIT("meant to last to 18") },
	{ S_INIT("to_18"), S_INIT("no"), { 0 } },
	{ S_INIT("with_parent"), S_INIT("yes"), S_INIT("with a parent") },
	{ S_INIT("with_parent"), S_INIT("no"), { 0 } },
	{ S_INIT("reg24"), S_INIT("yes"), S_INIT("temporary approval under regulation 24") },
	{ S_INIT("reg24"), S_INIT("no"), { 0 } },
	{ S_INIT("emergency"), S_INIT("yes"), S_INIT("made in an emergency") },
	{ S_INIT("emergency"), S_INIT("no"), { 0 } },
	{ S_INIT("out_of_area"), S_INIT("yes"), S_INIT("outside the area") },
	{ S_INIT("out_of_area"), S_INIT("no"), { 0 } },
	{ S_INIT("reg19"), S_INIT("yes"), S_INIT("parent not yet assessed, under regulation 19") },
	{ S_INIT("reg19"), S_INIT("no"), { 0 } },
	{ S_INIT("outside_terms"), S_INIT("yes"),
		S_INIT("outside the terms of approval, under regulation 23") },
	{ S_INIT("outside_terms"), S_INIT("no"), { 0 } },
	{ S_INIT("six_monthly"), S_INIT("yes"), S_INIT("six-monthly visits agreed") },
	{ S_INIT("six_monthly"), S_INIT("no"), { 0 } },
};

/* Keys whose value is a national code; the code stands after its meaning. */
static const struct {
	str key;
	const struct code_list *codes;
} coded[] = {
	{ S_INIT("participation"), &codes_participation },
	{ S_INIT("legal"), &codes_legal_status },
	{ S_INIT("category"), &codes_category_of_abuse },
	{ S_INIT("reason"), &codes_end_reason },
};

/* What a step says, in the words of its form. False: it asks for no such thing. */
static bool step_words(struct arena *arena, enum word word, str key, str value, str *out)
{
	const struct step_kind *kind = step_kind_find(word_text(word));
	day by;
	if (kind == NULL)
		return false;
	if (kind->by.n > 0 && str_equal(key, S("by")) && day_read(value, &by, NULL)) {
		struct buf words = { 0 };
		buf_str(&words, kind->by);
		buf_lit(&words, ": ");
		buf_day_words(&words, by);
		*out = arena_str(arena, buf_view(&words));
		buf_close(&words);
		return true;
	}
	if (!str_equal(key, kind->key))
		return false;
	*out = kind->choice != NULL
		? code_meaning(kind->choice, value)
		: arena_format(arena, "%.*s %s", STR_ARGS(kind->question),
			  str_equal(value, S("yes")) ? "Yes" : "No");
	return out->n > 0;
}

static str pair_words(struct arena *arena, enum word word, str key, str value)
{
	str step;
	if (step_words(arena, word, key, value, &step))
		return step;
	if (str_equal(key, S("review")) || str_equal(key, S("conference")))
		return (str){ 0 };
	day started;
	if (str_equal(key, S("started")) && day_read(value, &started, NULL)) {
		struct buf words = { 0 };
		buf_lit(&words, "in parts, started on ");
		buf_day_words(&words, started);
		str said = arena_str(arena, buf_view(&words));
		buf_close(&words);
		return said;
	}
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (str_equal(pairs[i].key, key) && str_equal(pairs[i].value, value))
			return pairs[i].words;
	}
	const struct code_list *codes = NULL;
	for (size_t i = 0; i < sizeof coded / sizeof *coded; i++) {
		if (str_equal(coded[i].key, key))
			codes = coded[i].codes;
	}
	if (str_equal(key, S("code")))
		codes = word == WORD_LEGAL_STATUS_CHANGED ? &codes_legal_status : &codes_placement;
	str meaning = codes == NULL ? (str){ 0 } : code_meaning(codes, value);
	if (meaning.n > 0)
		return arena_format(arena, "%.*s (%.*s)", STR_ARGS(meaning), STR_ARGS(value));
	return arena_format(arena, "%.*s %.*s", STR_ARGS(key), STR_ARGS(value));
}

str unsaid_words(str key)
{
	static const struct {
		str key, words;
	} unsaid[] = {
		{ S_INIT("about"), S_INIT("what it was about") },
		{ S_INIT("by"), S_INIT("who asked for it") },
		{ S_INIT("code"), S_INIT("the new legal status") },
		{ S_INIT("emergency"), S_INIT("whether it was made in an emergency") },
		{ S_INIT("extended"), S_INIT("whether more time was agreed") },
		{ S_INIT("out_of_area"), S_INIT("whether it is outside the council’s area") },
		{ S_INIT("outcome"), S_INIT("what was decided") },
		{ S_INIT("outside_terms"), S_INIT("whether it is outside the carer’s terms of approval") },
		{ S_INIT("prebirth"), S_INIT("whether it was held before the birth") },
		{ S_INIT("reg19"), S_INIT("whether it was made under regulation 19, before the parent "
					  "was assessed") },
		{ S_INIT("reg24"), S_INIT("whether approval is temporary, under regulation 24") },
		{ S_INIT("regulated"), S_INIT("whether the accommodation is regulated") },
		{ S_INIT("s47"), S_INIT("whether section 47 enquiries were decided on") },
		{ S_INIT("stage"), S_INIT("which stage it is at") },
		{ S_INIT("to"), S_INIT("where the child was taken") },
	};
	for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++) {
		if (str_equal(unsaid[i].key, key))
			return unsaid[i].words;
	}
	return S("something that decides it");
}

str detail_words(struct arena *arena, enum word word, str detail)
{
	str pair, words = { 0 };
	while (str_split(&detail, ';', &pair)) {
		size_t equals = str_find(pair, '=');
		if (equals == pair.n)
			continue;
		str said = pair_words(arena, word, str_upto(pair, equals), str_from(pair, equals + 1));
		if (said.n > 0)
			words = words.n == 0 ? said
					     : arena_format(arena, "%.*s, %.*s", STR_ARGS(words),
						       STR_ARGS(said));
	}
	return words;
}
