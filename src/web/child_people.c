/* child_people.c - the people around a child: who has parental responsibility, how each may be
 * reached safely, and what must not be told to whom. Protected facts stand on this page alone. */
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/govuk_warning_text.h"
#include "law/codes.h"
#include "web/child.h"
#include "web/record.h"

struct around {
	struct stored_list people, marks;
};

static const struct person_around *person_of(const struct around *around, int64_t id)
{
	for (size_t i = 0; i < around->people.n; i++) {
		if (around->people.item[i].id == id)
			return around->people.item[i].record;
	}
	return NULL;
}

/* "address, school or nursery": each fact that the mark says yes to, by its label. */
static str fact_words(struct page *page, const struct must_not_learn *mark)
{
	const struct record_type *type = &must_not_learn_type;
	struct buf words = { 0 };
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if (field->kind != KIND_ANSWER ||
			*(const enum answer *)((const char *)mark + field->at) != ANSWER_YES)
			continue;
		if (words.n > 0)
			buf_lit(&words, ", ");
		buf_str(&words, field->label);
	}
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static void withdraw(struct page *page, int64_t mark)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href",
		arena_format(page->arena, "/children/%lld/records/%lld/withdraw",
			(long long)page->id, (long long)mark));
	H(b, ">Withdraw this mark</a></p>\n");
}

/* What of this person must not be told, and what this person must not be told of others. */
static void must_not(struct page *page, const struct around *around, int64_t id)
{
	struct buf *b = page->out;
	for (size_t i = 0; i < around->marks.n; i++) {
		const struct must_not_learn *mark = around->marks.item[i].record;
		const struct person_around *whose = person_of(around, mark->whose.id),
					   *from = person_of(around, mark->kept_from.id);
		if ((mark->whose.id != id && mark->kept_from.id != id) || whose == NULL ||
			from == NULL)
			continue;
		str words = fact_words(page, mark);
		str line = mark->kept_from.id == id
			? arena_format(page->arena, "Must not learn of %.*s: %.*s",
				  STR_ARGS(whose->name), STR_ARGS(words))
			: arena_format(page->arena, "%.*s must not learn: %.*s",
				  STR_ARGS(from->name), STR_ARGS(words));
		if (mark->reason.n > 0)
			line = arena_format(page->arena, "%.*s. Why: %.*s", STR_ARGS(line),
				STR_ARGS(mark->reason));
		govuk_warning_text(b, .text = line);
		if (mark->whose.id == id && record_may(page, &must_not_learn_type))
			withdraw(page, around->marks.item[i].id);
	}
}

static bool is_fact(const struct field *field)
{
	return (field->flags & FIELD_PROTECTED) != 0 && field->kind == KIND_TEXT;
}

/* A row for each thing that is known, from the field table: what is added there is shown here. */
static void facts(struct page *page, const struct person_around *person)
{
	const struct record_type *type = &person_around_type;
	struct govuk_summary_row *row = arena_take(page->arena, type->n, sizeof *row);
	size_t n = 0;
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		struct buf value = { 0 };
		str name = str_of(field->name);
		buf_field_text(&value, field, person);
		bool known = value.n > 0 && !str_equal(name, S("name"));
		bool always = str_equal(name, S("parental_responsibility"));
		buf_clear(&value);
		buf_field(&value, field, person);
		if (known || always)
			row[n++] = (struct govuk_summary_row){
				.key = { .text = field->label },
				.value = { .text = arena_str(page->arena, buf_view(&value)),
					.classes = is_fact(field) ? S("app-protected") : S("") },
			};
		buf_close(&value);
	}
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
}

static void one(struct page *page, const struct around *around, const struct stored *stored)
{
	struct buf *b = page->out;
	const struct person_around *person = stored->record;
	bool over = person->until != DAY_UNKNOWN && person->until <= page->today;
	H(b, "<section class=\"app-person-around\">\n<h2 class=\"govuk-heading-m\">");
	text(b, person->name);
	H(b, "</h2>\n<p class=\"govuk-body\">");
	if (person->parental_responsibility == ANSWER_YES)
		govuk_tag(b, .text = S("Parental responsibility"));
	if (person->do_not_write == ANSWER_YES)
		govuk_tag(b, .text = S("Do not write"), .classes = S("govuk-tag--red"));
	if (person->do_not_ring == ANSWER_YES)
		govuk_tag(b, .text = S("Do not ring"), .classes = S("govuk-tag--red"));
	if (over)
		govuk_tag(b, .text = S("No longer around the child"),
			.classes = S("govuk-tag--grey"));
	H(b, "</p>\n");
	must_not(page, around, stored->id);
	facts(page, person);
	str change = arena_format(page->arena, "/children/%lld/records/%lld",
		(long long)page->id, (long long)stored->id);
	if (child_may_go(page, change) && policy_role_may(page->actor.role, MAY_SAVE_RECORD)) {
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
		attr(b, "href", change);
		H(b, ">Change<span class=\"govuk-visually-hidden\"> what is known of ");
		text(b, person->name);
		H(b, "</span></a></p>\n");
	}
	H(b, "</section>\n");
}

static void action(struct page *page, str rest, str words)
{
	struct buf *b = page->out;
	str to = child_address(page, rest);
	if (!child_may_go(page, to) || !policy_role_may(page->actor.role, MAY_SAVE_RECORD))
		return;
	H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
	attr(b, "href", to);
	H(b, ">");
	text(b, words);
	H(b, "</a></p>\n");
}

void child_people_show(struct page *page)
{
	struct around around;
	struct err err;
	if (!child_people(page, &around.people, &err) ||
		!store_records(page->store, page->arena, page->id, &must_not_learn_type,
			&around.marks, &err)) {
		page_failed(page, &err);
		return;
	}
	child_open(page, TAB_PEOPLE, S("People around the child"), &around.people);
	if (around.people.n == 0)
		H(page->out, "<p class=\"govuk-body\">Nobody is recorded yet: not who has parental "
			     "responsibility, and not how anybody may be reached safely.</p>\n");
	action(page, S("/record/person_around"), S("Add a person"));
	if (around.people.n > 1)
		action(page, S("/must-not-learn"), S("Say what somebody must not learn"));
	for (size_t i = 0; i < around.people.n; i++)
		one(page, &around, &around.people.item[i]);
	child_close(page, S("look:people"));
}
