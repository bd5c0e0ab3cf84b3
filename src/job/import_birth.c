#include "job/import_birth.h"

/* What the census asks of a referral: not more than 40 weeks before the expected date of birth. */
enum { DAYS_BEFORE_BIRTH = 280 };

/* The events that the files bring, other than those of the child's own record. */
static const struct {
	enum word word;
	str column;
} columns[] = {
	{ WORD_LOOKED_AFTER_BEGAN, S_INIT("DECOM") },
	{ WORD_LEGAL_STATUS_CHANGED, S_INIT("DECOM") },
	{ WORD_PLACEMENT_BEGAN, S_INIT("DECOM") },
	{ WORD_PLACED_FOR_ADOPTION, S_INIT("DECOM") },
	{ WORD_LOOKED_AFTER_ENDED, S_INIT("DEC") },
	{ WORD_PLACEMENT_ENDED, S_INIT("DEC") },
	{ WORD_CLA_REVIEW_HELD, S_INIT("REVIEW") },
	{ WORD_ADOPTION_REVIEW_HELD, S_INIT("REVIEW") },
	{ WORD_MISSING_BEGAN, S_INIT("MIS_START") },
	{ WORD_REFERRAL_RECEIVED, S_INIT("CINreferralDate") },
	{ WORD_ASSESSMENT_BEGAN, S_INIT("AssessmentActualStartDate") },
	{ WORD_STRATEGY_DISCUSSION_HELD, S_INIT("S47ActualStartDate") },
	{ WORD_S47_BEGAN, S_INIT("S47ActualStartDate") },
	{ WORD_ICPC_HELD, S_INIT("DateOfInitialCPC") },
	{ WORD_CP_PLAN_BEGAN, S_INIT("CPPstartDate") },
	{ WORD_RCPC_HELD, S_INIT("CPPreviewDate") },
};

static str column_of(enum word word)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		if (columns[i].word == word)
			return columns[i].column;
	}
	return (str){ 0 };
}

/* Work for a child to come is held and recorded before there is a child to look after. */
static bool may_precede(enum word word)
{
	const unsigned care = THREAD_CARE | THREAD_PLACEMENT | THREAD_MISSING;
	if (word == WORD_DEATH || word == WORD_CLA_REVIEW_HELD || word == WORD_ADOPTION_REVIEW_HELD)
		return false;
	return (word_rows[word].threads & care) == 0 || word_rows[word].order == ORDER_HELD;
}

static bool is_denied(enum word word, day on, day born)
{
	if (on == DAY_UNKNOWN || word == WORD_BIRTH || word == WORD_EXPECTED_BIRTH)
		return false;
	return on < (may_precede(word) ? day_add(born, -DAYS_BEFORE_BIRTH) : born);
}

const struct stored_event *import_birth_denied(const struct stored_events *events, day born)
{
	const struct stored_event *first = NULL;
	for (size_t i = 0; i < events->n; i++) {
		const struct stored_event *event = &events->item[i];
		if (event->withdrawn_at == INSTANT_UNKNOWN &&
			is_denied(event->event.word, event->event.on, born) &&
			(first == NULL || event->event.on < first->event.on))
			first = event;
	}
	return first;
}

static str reason_of(struct arena *arena, enum word word, day born)
{
	struct buf text = { 0 };
	buf_day_words(&text, born);
	str reason = arena_format(arena, "%s (%.*s)",
		may_precede(word) ? "more than 40 weeks before the child's birth"
				  : "before the child was born",
		STR_ARGS(buf_view(&text)));
	buf_close(&text);
	return reason;
}

bool import_birth_denies(
	struct arena *arena, const struct staged *staged, day born, struct before_birth *out)
{
	struct lefts lefts = { 0 };
	if (born == DAY_UNKNOWN || staged->type == &child_type)
		return false;
	record_leaves(arena, staged->type, staged->record, &lefts);
	/* A period that began before the file's year leaves no start, and is shown from a day. */
	if (staged->type == &care_period_type && lefts.n < sizeof lefts.item / sizeof *lefts.item)
		lefts.item[lefts.n++] =
			(struct left){ .word = WORD_LOOKED_AFTER_BEGAN, .on = staged->from };
	const struct left *first = NULL;
	for (size_t i = 0; i < lefts.n; i++) {
		const struct left *left = &lefts.item[i];
		if (is_denied(left->word, left->on, born) &&
			(first == NULL || left->on < first->on))
			first = left;
	}
	if (first == NULL)
		return false;
	*out = (struct before_birth){ column_of(first->word), first->on,
		reason_of(arena, first->word, born) };
	return true;
}

str import_birth_text(struct arena *arena, day d, bool slashed)
{
	struct buf text = { 0 };
	if (slashed)
		buf_day_slashed(&text, d);
	else
		buf_day(&text, d);
	str kept = arena_str(arena, buf_view(&text));
	buf_close(&text);
	return kept;
}
