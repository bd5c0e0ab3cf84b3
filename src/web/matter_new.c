/* matter_new.c - opening a matter: which, then what it is and the step that it begins with, in one form
 * and one save. A council has one of some kinds: there the step goes to the one that is there. */
#include "web/matter.h"

#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "web/authority.h"
#include "web/brand.h"
#include "web/later.h"

struct opening_form {
	const struct matter_step_kind *kind;
	struct record_form matter, step;
	struct field *kinds[2]; /* of each, the field that is not asked */
	struct typed of_matter, of_step;
	struct form_faults faults;
	const struct matter *read;
	const struct matter_step *read_step;
	struct problems problems;
	struct authorities councils; /* of who works for more than one */
	str council; /* whose it is */
	int64_t key, made;
};

/* ---- which */

static bool is_offered(const struct page *page, const struct matter_step_kind *kind)
{
	return kind->opens.n > 0 &&
		matter_may_write(page->actor.role, word_rows[kind->word].subject);
}

static void choose_show(struct page *page, bool wrong)
{
	struct buf *b = page->out;
	struct govuk_option *option =
		arena_take(page->arena, matter_step_kinds_n, sizeof *option);
	size_t n = 0;
	for (size_t i = 0; i < matter_step_kinds_n; i++) {
		if (is_offered(page, &matter_step_kinds[i]))
			option[n++] = (struct govuk_option){ .text = matter_step_kinds[i].opens,
				.value = matter_step_kinds[i].text };
	}
	page->status = wrong ? 422 : 200;
	page->layout.error = wrong;
	page->layout.back_href = S("/matters");
	page->layout.back_text = matter_list_name(page->actor.role);
	page_open(page, S("What happened?"));
	if (wrong) {
		struct form_faults none = { 0 };
		form_draw_summary(b, page->arena, &none,
			&(struct form_extra){ S("step"), S("Select what happened") }, 1);
	}
	H(b, "<form method=\"get\" action=\"/matters/new\" novalidate><input type=\"hidden\" "
	     "name=\"continue\" value=\"1\">\n");
	const struct govuk_fieldset fieldset = { .legend = { .text = S("What happened?"),
		.classes = S("govuk-fieldset__legend--l"), .page_heading = true } };
	govuk_radios(b, .fieldset = &fieldset, .name = S("step"), .id_prefix = S("step"),
		.error = { .text = wrong ? S("Select what happened") : (str){ 0 } }, .items = option,
		.n_items = n);
	govuk_button(b, .text = S("Continue"));
	H(b, "</form>\n");
	page_close(page);
	page_looked(page, S("look:matters"), NULL, 0);
}

/* The step of the address; NULL once the page is done: it asks which, or says why not. */
static const struct matter_step_kind *kind_of(struct page *page)
{
	str asked = form_value(&page->query, S("step"));
	if (asked.n == 0)
		asked = form_value(&page->form, S("step"));
	const struct matter_step_kind *kind = matter_step_find(asked), *only = NULL;
	size_t n = 0;
	for (size_t i = 0; i < matter_step_kinds_n; i++) {
		if (!is_offered(page, &matter_step_kinds[i]))
			continue;
		only = &matter_step_kinds[i];
		n++;
	}
	if (kind != NULL && is_offered(page, kind))
		return kind;
	if (kind != NULL)
		page_problem(page, 403);
	else if (n == 1 && asked.n == 0)
		page_redirect(page, arena_format(page->arena, "/matters/new?step=%.*s",
					    STR_ARGS(only->text)));
	else
		choose_show(page, asked.n > 0 || form_has(&page->query, S("continue")));
	return NULL;
}

/* Of a kind of which there is one, another begins with a step of that one. */
static bool is_there(struct page *page, enum subject_kind subject)
{
	const struct matter_kind *kind = matter_kind_of(subject);
	int64_t one = 0;
	struct err err;
	if (!kind->single)
		return false;
	if (!store_matter_single(
		    page->store, page->arena, page->actor.authority, subject, &one, &err)) {
		page_failed(page, &err);
		return true;
	}
	if (one != 0)
		page_redirect(page, arena_format(page->arena, "/matters/%lld", (long long)one));
	return one != 0;
}

/* The type as a form asks for that kind, and its first field, to be written to. */
static struct record_form form_as(
	struct page *page, const struct record_type *type, str kind, struct field **first)
{
	const struct record_type *shaped = type->shape(page->arena, kind);
	must(shaped != NULL);
	struct record_type *own = arena_new(page->arena, struct record_type);
	struct field *field = arena_take(page->arena, shaped->n, sizeof *field);
	*own = *shaped;
	for (size_t i = 0; i < shaped->n; i++)
		field[i] = shaped->fields[i];
	own->fields = *first = field;
	return (struct record_form){ .type = own, .today = page->today };
}

static struct opening_form *form_of(struct page *page)
{
	const struct matter_step_kind *kind = kind_of(page);
	if (kind == NULL || is_there(page, word_rows[kind->word].subject))
		return NULL;
	struct opening_form *form = arena_new(page->arena, struct opening_form);
	form->kind = kind;
	form->key = record_form_key(page);
	if (form->key == 0)
		return NULL;
	form->matter = form_as(page, &matter_type,
		matter_kind_of(word_rows[kind->word].subject)->text, &form->kinds[0]);
	form->step = form_as(page, &matter_step_type, kind->text, &form->kinds[1]);
	return form;
}

/* Whoever works for several councils says whose it is; what cannot be is passed over. */
static bool take_council(struct page *page, struct opening_form *form, str asked)
{
	struct err err;
	form->council = page->actor.authority;
	if (page->beside == 0)
		return true;
	if (!authority_read(page, &form->councils, &err)) {
		page_failed(page, &err);
		return false;
	}
	for (size_t i = 0; i < form->councils.n; i++) {
		if (str_equal(form->councils.code[i], asked))
			form->council = form->councils.code[i];
	}
	return true;
}

static void draw_council(struct page *page, const struct opening_form *form)
{
	if (form->councils.n < 2)
		return;
	struct govuk_option *option = arena_take(page->arena, form->councils.n, sizeof *option);
	for (size_t i = 0; i < form->councils.n; i++)
		option[i] = (struct govuk_option){ .value = form->councils.code[i],
			.text = brand_name(page, form->councils.code[i]) };
	const struct govuk_fieldset fieldset = { .legend = { .text = S("Council"),
		.classes = S("govuk-fieldset__legend--s") } };
	govuk_radios(page->out, .fieldset = &fieldset, .name = S("council"), .id_prefix = S("council"),
		.value = form->council, .items = option, .n_items = form->councils.n);
}

/* ---- what it is, and how it began */

static void draw(struct page *page, struct opening_form *form)
{
	struct buf *b = page->out;
	bool wrong = form->faults.n > 0;
	page->status = wrong ? 422 : 200;
	page->layout.error = wrong;
	page->layout.back_href = S("/matters");
	page->layout.back_text = matter_list_name(page->actor.role);
	page_open(page, form->kind->opens);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	form_draw_summary(b, page->arena, &form->faults, NULL, 0);
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, form->kind->opens);
	H(b, "</h1>\n");
	layout_form_open(b, arena_format(page->arena, "/matters/new?step=%.*s&key=%lld",
		STR_ARGS(form->kind->text), (long long)form->key), page->csrf);
	layout_hidden(b, S("step"), form->kind->text);
	layout_hidden(b, S("key"), arena_format(page->arena, "%lld", (long long)form->key));
	H(b, "<div id=\"form\" tabindex=\"-1\">\n");
	draw_council(page, form);
	/* Which kinds they are stands in the address. */
	form->kinds[0]->flags |= FIELD_KEPT;
	form->kinds[1]->flags |= FIELD_KEPT;
	form_draw_fields(b, page->arena, &form->matter, &form->of_matter, &form->faults);
	form_draw_fields(b, page->arena, &form->step, &form->of_step, &form->faults);
	H(b, "</div>\n");
	govuk_button(b, .text = S("Save record"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n</div></div>\n");
	page_close(page);
	page_looked(page, S("look:matters"), NULL, 0);
}

/* The kind stands in the address; neither form may say another. */
static void take(struct page *page, struct opening_form *form, const struct form *sent)
{
	struct writing typed = { 0 };
	record_typed(page, form->matter.type, sent, &typed);
	form->of_matter = typed.typed;
	record_typed(page, form->step.type, sent, &typed);
	form->of_step = typed.typed;
	typed_put(page->arena, &form->of_matter, S("kind"),
		matter_kind_of(word_rows[form->kind->word].subject)->text);
	typed_put(page->arena, &form->of_step, S("kind"), form->kind->text);
}

/* "?of=12": the child whose page the link stood on, where they see all of it. */
static bool take_child(struct page *page, struct opening_form *form)
{
	int64_t of;
	struct child_head head;
	struct err err;
	if (str_int(form_value(&page->query, S("of")), &of) && of > 0 &&
		store_child_head(page->store, page->arena, &page->actor, of, &head, &err) &&
		head.level >= 2) {
		typed_put(page->arena, &form->of_matter, S("number"), head.number);
		return take_council(page, form, head.authority);
	}
	return take_council(page, form, (str){ 0 });
}

void matter_new_show(struct page *page)
{
	struct opening_form *form = form_of(page);
	if (form == NULL)
		return;
	take(page, form, &(struct form){ 0 });
	if (take_child(page, form))
		draw(page, form);
}

/* ---- saving: both records at once, and once */

static bool save_work(struct page *page, struct store *store, struct err *err)
{
	struct opening_form *form = page->own;
	struct draft draft = { .person = page->actor.user, .key = form->key,
		.type = matter_type.name }, there;
	struct err none;
	if (store_draft_find(store, page->arena, draft.person, draft.key, &there, &none) &&
		there.made != 0) {
		form->made = there.subject; /* it was sent before */
		return true;
	}
	struct change change[] = {
		{ .act = CHANGE_ADD, .type = form->matter.type, .record = form->read,
			.new_subject = true },
		{ .act = CHANGE_ADD, .type = form->step.type, .record = form->read_step, .subject = -1 },
	};
	struct save save = { .mode = SAVE_FORM, .actor = &page->actor,
		.authority = form->council, .change = change, .n = 2,
		.problems = &form->problems, .arena = page->arena };
	if (!store_save(store, &save, err))
		return false;
	form->made = draft.subject = change[0].subject;
	return store_draft_made(store, &draft, change[0].id, page->now, err);
}

static void take_problems(struct page *page, struct opening_form *form)
{
	for (size_t i = 0; i < form->problems.n; i++) {
		str field = form->problems.item[i].field;
		bool step = str_starts(field, S("1."));
		field = str_from(field, str_find(field, '.') + 1);
		form_fault_add(page->arena, &form->faults,
			record_field(step ? form->step.type : form->matter.type, field),
			form->problems.item[i].message, 0);
	}
}

static void save_done(struct page *page, const struct err *failed)
{
	struct opening_form *form = page->own;
	if (failed == NULL) {
		page_redirect(page, arena_format(page->arena, "/matters/%lld?opened=1",
					    (long long)form->made));
	} else if (failed->code == ERR_INPUT && form->problems.n > 0) {
		take_problems(page, form);
		draw(page, form);
	} else {
		page_failed(page, failed);
	}
}

void matter_new_send(struct page *page)
{
	struct opening_form *form = form_of(page);
	if (form == NULL)
		return;
	page->own = form;
	take(page, form, &page->form);
	if (!take_council(page, form, form_value(&page->form, S("council"))))
		return;
	form->read = form_read_record(page->arena, &form->matter, &form->of_matter, &form->faults);
	form->read_step = form_read_record(page->arena, &form->step, &form->of_step, &form->faults);
	if (form->faults.n > 0)
		draw(page, form);
	else
		page_write(page, save_work, save_done);
}
