/* Is there a way to every word that a rule of the law asks for: a record that leaves it, or time
 * alone? A rule whose trigger, end or meeting nothing can bring about shows nowhere. */
#include "check.h"

#include "law/due.h"
#include "law/codes.h"
#include "record/matter.h"
#include "record/step.h"

#include <string.h>

static struct arena *arena;
static const struct rules *rules;
/* Of each word: does anything leave it, and with which details ("kind=initial;..." one after the
 * other, as they came)? */
static bool reached[WORDS];
static struct buf details[WORDS];

/* What time alone brings about: src/clock/passing.c. */
static const enum word time_alone[] = { WORD_FIRST_YEAR_OVER, WORD_TERM_BEGAN, WORD_BECAME_ELIGIBLE,
	WORD_MONTH_BEGAN };

/* What nothing may leave yet, and why. */
static const struct {
	enum subject_kind subject;
	const char *why;
} not_yet[] = {
	{ SUBJECT_ALLEGATION, "what the LADO holds lies in a vault apart, which is to come first" },
};
/* Of the yearly reports one is the LADO's: it waits with them. */
static const enum word of_lado[] = { WORD_LADO_REPORT_PUBLISHED };

static void take_lefts(const struct record_type *type, const void *record)
{
	struct problems problems = { 0 };
	record_check(arena, type, record, &problems);
	if (problems.n > 0)
		return; /* nobody could save it */
	struct lefts lefts = { 0 };
	record_leaves(arena, type, record, &lefts);
	for (size_t i = 0; i < lefts.n; i++) {
		reached[lefts.item[i].word] = true;
		buf_char(&details[lefts.item[i].word], ';');
		buf_str(&details[lefts.item[i].word], lefts.item[i].detail);
		buf_char(&details[lefts.item[i].word], ';');
	}
}

/* Everything known: coded texts hold their code number `code`, answers all the same. */
static void *filled(const struct record_type *type, str kind, size_t code, enum answer answer)
{
	char *record = record_new(arena, type);
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		void *at = record + field->at;
		const struct code_list *codes = field->codes;
		if (field->kind == KIND_TEXT && codes != NULL)
			*(str *)at = i == 0 && kind.n > 0 ? kind : codes->code[code % codes->n].code;
		else if (field->kind == KIND_TEXT && kind.n == 0)
			*(str *)at = strcmp(field->name, "starts") == 0 ? S("09:30")
				: strcmp(field->name, "disabilities") == 0 ? S("LD") : S("7");
		else if (field->kind == KIND_DAY)
			*(day *)at = day_of(2026, 1, 1) + (type == &cla_review_type ? 0 : (day)i); /* started and held */
		else if (field->kind == KIND_WHEN)
			*(struct when *)at = (struct when){ day_of(2026, 1, 1) + (day)i,
				(day_of(2026, 1, 1) + (day)i) * INSTANT_DAY };
		else if (field->kind == KIND_ANSWER)
			*(enum answer *)at = answer;
		else if (field->kind == KIND_REF)
			((ref *)at)->id = (int64_t)i + 100;
	}
	return record;
}

static void take_steps(void)
{
	for (size_t i = 0; i < step_kinds_n; i++) {
		const struct record_type *shaped =
			child_step_type.shape(arena, step_kinds[i].text);
		size_t codes = step_kinds[i].choice == NULL ? 1 : step_kinds[i].choice->n;
		for (size_t code = 0; code < codes; code++) {
			for (int answer = ANSWER_UNKNOWN; answer <= ANSWER_NO; answer++)
				take_lefts(&child_step_type, filled(shaped, step_kinds[i].text, code,
								     (enum answer)answer));
		}
	}
}

static void take_matters(void)
{
	for (size_t i = 0; i < matter_step_kinds_n; i++) {
		const struct record_type *shaped =
			matter_step_type.shape(arena, matter_step_kinds[i].text);
		for (size_t code = 0; code < 8; code++) {
			for (int answer = ANSWER_UNKNOWN; answer <= ANSWER_NO; answer++) {
				struct matter_step *step = filled(
					shaped, matter_step_kinds[i].text, code, (enum answer)answer);
				if (matter_step_kinds[i].choice == NULL)
					step->choice = (str){ 0 };
				if (matter_step_kinds[i].regards == NULL)
					step->regards = (str){ 0 };
				take_lefts(&matter_step_type, step);
			}
		}
	}
}

static int open_all(void **state)
{
	(void)state;
	arena = arena_open(1 << 26);
	rules = law_open(arena)->rules;
	for (size_t t = 0; t < record_types_n; t++) {
		const struct record_type *type = record_types[t];
		for (size_t code = 0; code < 40 && type->shape == NULL; code++) {
			for (int answer = ANSWER_UNKNOWN; answer <= ANSWER_NO; answer++)
				take_lefts(type, filled(type, (str){ 0 }, code, (enum answer)answer));
		}
	}
	/* What a file or a form leaves out is unknown, and other events follow: no adoption. */
	struct cla_review *review = filled(&cla_review_type, (str){ 0 }, 0, ANSWER_NO);
	review->placement = (ref){ 0 };
	take_lefts(&cla_review_type, review);
	take_steps();
	take_matters();
	for (size_t i = 0; i < sizeof time_alone / sizeof *time_alone; i++)
		reached[time_alone[i]] = true;
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	for (int i = 0; i < WORDS; i++)
		buf_close(&details[i]);
	arena_close(arena);
	return 0;
}

static bool may_wait(enum word word)
{
	for (size_t i = 0; i < sizeof of_lado / sizeof *of_lado; i++) {
		if (word == of_lado[i])
			return true;
	}
	for (size_t i = 0; i < sizeof not_yet / sizeof *not_yet; i++) {
		if (word_rows[word].subject == not_yet[i].subject)
			return true;
	}
	return false;
}

static void must_reach(const struct rule *rule, const struct word_set *set, const char *as)
{
	for (size_t i = 0; i < set->n; i++) {
		enum word word = set->word[i];
		if (!reached[word] && !may_wait(word))
			fail_msg("%.*s: %s %.*s is left by nothing", STR_ARGS(rule->id), as,
				STR_ARGS(word_text(word)));
	}
}

TEST(every_event_that_a_rule_asks_for_is_left_by_a_record_or_by_time)
{
	check_true(rules->n > 150);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		must_reach(rule, &rule->trigger, "trigger");
		must_reach(rule, &rule->met_by, "met by");
		must_reach(rule, &rule->ends, "ends with");
		must_reach(rule, &rule->until, "until");
		must_reach(rule, &rule->takes_over, "takes over at");
		must_reach(rule, &rule->too_late, "too late after");
		if (rule->earlier_word != WORD_NONE)
			check_true(reached[rule->earlier_word]);
	}
}

/* Each of the values that a condition names stands in what some record leaves with that word. */
static void must_say(const struct rule *rule, const struct condition *condition,
	const struct word_set *set)
{
	for (size_t v = 0; v < condition->n; v++) {
		str wanted = arena_format(arena, ";%.*s=%.*s;", STR_ARGS(condition->key),
			STR_ARGS(condition->values[v]));
		bool said = false;
		for (size_t i = 0; i < set->n; i++) {
			const struct buf *of = &details[set->word[i]];
			said = said || may_wait(set->word[i]) ||
				(of->n > 0 && memmem(of->p, of->n, wanted.p, wanted.n) != NULL);
		}
		if (!said)
			fail_msg("%.*s: nothing says %.*s", STR_ARGS(rule->id), STR_ARGS(wanted));
	}
}

TEST(every_detail_that_a_rule_asks_for_can_be_said)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->rule[i];
		for (size_t k = 0; k < rule->whens; k++)
			must_say(rule, &rule->when[k], &rule->trigger);
		for (size_t k = 0; k < rule->unlesses; k++)
			must_say(rule, &rule->unless[k], &rule->trigger);
		for (size_t k = 0; k < rule->met_whens; k++)
			must_say(rule, &rule->met_when[k], &rule->met_by);
		for (size_t k = 0; k < rule->ends_whens; k++)
			must_say(rule, &rule->ends_when[k], &rule->ends);
		if (rule->given.n == 0)
			continue;
		for (size_t k = 0; k < rule->trigger.n; k++) {
			str key = arena_format(arena, ";%.*s=", STR_ARGS(rule->given));
			const struct buf *of = &details[rule->trigger.word[k]];
			if (of->n == 0 || memmem(of->p, of->n, key.p, key.n) == NULL)
				fail_msg("%.*s: no day is given", STR_ARGS(rule->id));
		}
	}
}

TEST(each_kind_of_step_is_a_word_of_a_child_and_picks_what_its_word_belongs_to)
{
	for (size_t i = 0; i < step_kinds_n; i++) {
		const struct step_kind *kind = &step_kinds[i];
		const struct word_row *row = &word_rows[kind->word];
		check_str(word_text(kind->word), kind->text.p);
		check_int(row->subject, SUBJECT_CHILD);
		check_true(step_kind_find(kind->text) == kind); /* once */
		check_true(kind->ahead == false || kind->time == false);
		check_true((kind->about == ABOUT_MUST) <= (kind->to != 0));
		check_true((kind->to != 0) == (kind->whose.n > 0));
		check_true((kind->choice != NULL) <= (kind->key.n > 0));
		check_int(row->threads == 0, kind->about == ABOUT_NOTHING);
		/* What it picks is of the word's own kinds, or a bit for some of those alone. */
		check_true((kind->to & (TO_PRE_PROCEEDINGS - 1u) & ~row->threads) == 0);
		check_true(word_is_planned(kind->word) <= kind->ahead);
	}
}

TEST(a_form_of_one_kind_asks_what_it_needs_in_its_own_words_and_nothing_else)
{
	const struct record_type *remand = child_step_type.shape(arena, S("remanded"));
	check_str(remand->title, "Child remanded");
	check_str(record_field(remand, S("on"))->label, "Date of the remand");
	check_str(record_field(remand, S("on"))->ask, "Enter the date of the remand");
	check_true((record_field(remand, S("on"))->flags & FIELD_NO_TIME) != 0);
	check_true((record_field(remand, S("by"))->flags & FIELD_KEPT) != 0);
	check_true((record_field(remand, S("answer"))->flags & FIELD_KEPT) != 0);
	check_str(record_field(remand, S("choice"))->label, "To where?");
	check_true((record_field(remand, S("about"))->flags & FIELD_REQUIRED) != 0);
	const struct record_type *police =
		child_step_type.shape(arena, S("police-protection-began"));
	check_true((record_field(police, S("on"))->flags & FIELD_NO_TIME) == 0);
	check_true((record_field(police, S("about"))->flags & FIELD_KEPT) != 0);
	check_true(child_step_type.shape(arena, S("birth")) == NULL);
}

TEST(each_kind_of_matter_begins_with_a_step_and_each_step_is_of_a_kind)
{
	for (size_t i = 0; i < matter_kinds_n; i++) {
		const struct matter_kind *kind = &matter_kinds[i];
		size_t opens = 0, steps = 0;
		check_str(subject_kind_text(kind->subject), kind->text.p);
		check_true(matter_kind_of(kind->subject) == kind);
		check_true(matter_kind_find(kind->text) == kind);
		for (size_t k = 0; k < matter_step_kinds_n; k++) {
			bool its = word_rows[matter_step_kinds[k].word].subject == kind->subject;
			steps += its;
			opens += its && matter_step_kinds[k].opens.n > 0;
		}
		check_true(opens > 0 && steps > opens);
	}
	for (size_t k = 0; k < matter_step_kinds_n; k++) {
		const struct matter_step_kind *step = &matter_step_kinds[k];
		check_str(word_text(step->word), step->text.p);
		check_true(matter_step_find(step->text) == step);
		check_true(matter_kind_of(word_rows[step->word].subject) != NULL);
		check_true((step->choice != NULL) == (step->key.n > 0 && step->question.n > 0));
		check_true((step->regards != NULL) == (step->regards_key.n > 0));
		check_true((step->answer_key.n > 0) == (step->answer_question.n > 0));
	}
	/* Every word of these subjects is a step, but what time alone brings and the LADO's. */
	for (int word = WORD_NONE + 1; word < WORDS; word++) {
		bool of_matter = matter_kind_of(word_rows[word].subject) != NULL;
		if (of_matter && word != WORD_MONTH_BEGAN && word != WORD_LADO_REPORT_PUBLISHED)
			check_true(matter_step_find(word_text((enum word)word)) != NULL);
	}
	check_true(matter_kind_of(SUBJECT_CHILD) == NULL);
	check_true(matter_kind_of(SUBJECT_ALLEGATION) == NULL);
}

TEST(a_step_asks_what_its_kind_needs_and_says_what_is_missing)
{
	const struct record_type *closed = matter_step_type.shape(arena, S("dispute-closed"));
	check_int(closed->subject, SUBJECT_DISPUTE);
	check_str(record_field(closed, S("choice"))->label, "What came of it for the child?");
	check_true((record_field(closed, S("answer"))->flags & FIELD_KEPT) != 0);
	struct matter_step *step = record_new(arena, &matter_step_type);
	struct problems problems = { 0 };
	step->kind = S("dispute-closed");
	step->on = day_of(2026, 11, 20);
	record_check(arena, &matter_step_type, step, &problems);
	check_int(problems.n, 1);
	check_str(problems.item[0].field, "choice");
	step->choice = S("no-such-outcome");
	problems.n = 0;
	record_check(arena, &matter_step_type, step, &problems);
	check_int(problems.n, 1);
	step->choice = S("changed");
	step->regards = S("conference"); /* which only a complaint says */
	problems.n = 0;
	record_check(arena, &matter_step_type, step, &problems);
	check_str(problems.item[0].field, "regards");
	check_true(matter_step_type.shape(arena, S("remanded")) == NULL);
	struct matter *matter = record_new(arena, &matter_type);
	matter->kind = S("home");
	matter->about = S("Larkmead");
	matter->number = S("10442");
	problems.n = 0;
	record_check(arena, &matter_type, matter, &problems);
	check_str(problems.item[0].field, "number");
	matter->kind = S("dispute");
	matter->number = (str){ 0 };
	problems.n = 0;
	record_check(arena, &matter_type, matter, &problems);
	check_str(problems.item[0].message, "Enter the council’s number for the child");
	check_int(record_subject(&matter_type, matter), SUBJECT_DISPUTE);
	check_str(matter_reference(arena, SUBJECT_COMPLAINT, 12), "C-12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_event_that_a_rule_asks_for_is_left_by_a_record_or_by_time),
		CLAIM(every_detail_that_a_rule_asks_for_can_be_said),
		CLAIM(each_kind_of_step_is_a_word_of_a_child_and_picks_what_its_word_belongs_to),
		CLAIM(each_kind_of_matter_begins_with_a_step_and_each_step_is_of_a_kind),
		CLAIM(a_step_asks_what_its_kind_needs_and_says_what_is_missing),
		CLAIM(a_form_of_one_kind_asks_what_it_needs_in_its_own_words_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
