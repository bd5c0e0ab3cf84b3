/* child_must_not.c - saying what somebody around the child must not learn of somebody else. */
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_textarea.h"
#include "web/child.h"
#include "web/later.h"

struct saying {
	struct stored_list people;
	struct must_not_learn *mark;
	struct problems problems;
};

static bool is_fact(const struct field *field)
{
	return field->kind == KIND_ANSWER;
}

static enum answer *fact_of(struct must_not_learn *mark, const struct field *field)
{
	return (enum answer *)(void *)((char *)mark + field->at);
}

static str wrong(const struct saying *saying, str field)
{
	for (size_t i = 0; i < saying->problems.n; i++) {
		str name = saying->problems.item[i].field;
		size_t dot = str_find(name, '.');
		if (str_equal(dot < name.n ? str_from(name, dot + 1) : name, field))
			return saying->problems.item[i].message;
	}
	return (str){ 0 };
}

static void who(struct page *page, const struct saying *saying, str name, str label, int64_t chosen)
{
	struct govuk_select_item *item =
		arena_take(page->arena, saying->people.n + 1, sizeof *item);
	item[0] = (struct govuk_select_item){ .text = S("Choose"), .value = S("0") };
	for (size_t i = 0; i < saying->people.n; i++) {
		const struct stored *stored = &saying->people.item[i];
		item[i + 1] = (struct govuk_select_item){
			.text = ((const struct person_around *)stored->record)->name,
			.value = arena_format(page->arena, "%lld", (long long)stored->id),
			.selected = stored->id == chosen ? GOVUK_YES : GOVUK_DEFAULT,
		};
	}
	govuk_select(page->out, .label = { .text = label }, .id = name, .name = name, .items = item,
		.n_items = saying->people.n + 1, .error = { .text = wrong(saying, name) });
}

static void facts(struct page *page, const struct saying *saying)
{
	const struct record_type *type = &must_not_learn_type;
	struct govuk_option *item = arena_take(page->arena, type->n, sizeof *item);
	size_t n = 0;
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if (is_fact(field))
			item[n++] = (struct govuk_option){ .value = str_of(field->name),
				.text = field->label,
				.checked = *fact_of(saying->mark, field) == ANSWER_YES
					? GOVUK_YES
					: GOVUK_DEFAULT };
	}
	govuk_checkboxes(page->out, .name = S("fact"), .id_prefix = S("address"), .items = item,
		.n_items = n, .classes = S("govuk-checkboxes--small"),
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = S("What must not be told"),
							      .classes = S("govuk-fieldset__legend--s") } },
		.error = { .text = wrong(saying, S("address")) });
}

static void errors(struct page *page, const struct saying *saying)
{
	size_t n = saying->problems.n;
	struct govuk_error *error = arena_take(page->arena, n + 1, sizeof *error);
	for (size_t i = 0; i < n; i++) {
		str name = saying->problems.item[i].field;
		size_t dot = str_find(name, '.');
		error[i] = (struct govuk_error){ .text = saying->problems.item[i].message,
			.href = arena_format(page->arena, "#%.*s",
				STR_ARGS(dot < name.n ? str_from(name, dot + 1) : name)) };
	}
	if (n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"),
			.errors = error, .n_errors = n);
}

static void draw(struct page *page, const struct saying *saying)
{
	struct buf *b = page->out;
	page->layout.error = saying->problems.n > 0;
	child_open(page, TAB_PEOPLE, S("What somebody must not learn"), &saying->people);
	errors(page, saying);
	layout_form_open(b, child_address(page, S("/must-not-learn")), page->csrf);
	who(page, saying, S("whose"), S("Whose facts these are"), saying->mark->whose.id);
	who(page, saying, S("kept_from"), S("Who must not learn them"),
		saying->mark->kept_from.id);
	facts(page, saying);
	govuk_textarea(b, .label = { .text = S("Why") }, .id = S("reason"), .name = S("reason"),
		.value = saying->mark->reason, .rows = 3,
		.error = { .text = wrong(saying, S("reason")) });
	govuk_button(b, .text = S("Keep this from them"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	child_close(page, S("look:people"));
}

static bool may(struct page *page)
{
	bool yes = policy_role_may(page->actor.role, MAY_SAVE_RECORD);
	if (!yes)
		page_problem(page, 403);
	return yes;
}

static struct saying *begin(struct page *page)
{
	struct saying *saying = arena_new(page->arena, struct saying);
	saying->mark = record_new(page->arena, &must_not_learn_type);
	page->own = saying;
	return saying;
}

void child_must_not_show(struct page *page)
{
	struct saying *saying = begin(page);
	struct err err;
	if (!may(page))
		return;
	if (!child_people(page, &saying->people, &err))
		page_failed(page, &err);
	else
		draw(page, saying);
}

static bool work(struct page *page, struct store *store, struct err *err)
{
	struct saying *saying = page->own;
	struct change change = { .act = CHANGE_ADD,
		.type = &must_not_learn_type,
		.subject = page->id,
		.record = saying->mark };
	struct save save = { .mode = SAVE_FORM,
		.actor = &page->actor,
		.authority = page->child.authority,
		.change = &change,
		.n = 1,
		.problems = &saying->problems,
		.arena = page->arena };
	return store_save(store, &save, err);
}

static void done(struct page *page, const struct err *failed)
{
	struct saying *saying = page->own;
	if (failed == NULL) {
		page_redirect(page, child_address(page, S("/people")));
	} else if (failed->code != ERR_INPUT) {
		page_failed(page, failed);
	} else {
		page->status = 422;
		draw(page, saying);
	}
}

/* One of the people of this child, by what was sent; else none. */
static ref person_of(const struct saying *saying, str sent)
{
	int64_t id;
	for (size_t i = 0; str_int(sent, &id) && i < saying->people.n; i++) {
		if (saying->people.item[i].id == id)
			return (ref){ id };
	}
	return (ref){ 0 };
}

void child_must_not_send(struct page *page)
{
	struct saying *saying = begin(page);
	struct err err;
	if (!may(page))
		return;
	if (!child_people(page, &saying->people, &err)) {
		page_failed(page, &err);
		return;
	}
	saying->mark->whose = person_of(saying, form_value(&page->form, S("whose")));
	saying->mark->kept_from = person_of(saying, form_value(&page->form, S("kept_from")));
	saying->mark->reason = str_trim(form_value(&page->form, S("reason")));
	size_t at = 0;
	str value;
	while (form_next(&page->form, S("fact"), &at, &value)) {
		const struct field *field = record_field(&must_not_learn_type, value);
		if (field != NULL && is_fact(field))
			*fact_of(saying->mark, field) = ANSWER_YES;
	}
	page_write(page, work, done);
}
