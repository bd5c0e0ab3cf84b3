#include "html/form_draw.h"

#include "html/form_day.h"
#include "html/govuk_date_input.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_textarea.h"
#include "law/codes.h"

enum { RADIOS_MOST = 8 };

struct drawing {
	struct buf *b;
	struct arena *arena;
	const struct record_form *form;
	const struct typed *typed;
	const struct form_faults *faults;
};

/* The cursor in the field that somebody came for, without a script. A part of an address that names the
 * field would not do: browsers pass over autofocus then. */
static struct govuk_attributes focus(const struct drawing *d, const struct field *field)
{
	static const struct govuk_attribute here = { .name = S_INIT("autofocus"), .bare = true };
	bool is = d->form->focus.n > 0 && str_equal(d->form->focus, str_of(field->name));
	return (struct govuk_attributes){ .item = &here, .n = is };
}

/* ---- the summary */

static str id_of(struct arena *arena, const struct form_fault *fault)
{
	const struct field *field = fault->field;
	if (field == NULL)
		return S("#form");
	if (field->kind != KIND_DAY && field->kind != KIND_WHEN)
		return arena_format(arena, "#%s", field->name);
	const char *box = fault->part == PART_MONTH ||
			fault->part == (PART_MONTH | PART_YEAR) ? "month"
		: fault->part == PART_YEAR               ? "year"
		: fault->part == PART_TIME               ? "time"
		: fault->part == PART_WHICH              ? "which"
							 : "day";
	return arena_format(arena, "#%s-%s", field->name, box);
}

void form_draw_summary(struct buf *b, struct arena *arena, const struct form_faults *faults,
	const struct form_extra *extra, size_t n_extra)
{
	size_t n = 0;
	struct govuk_error *error = arena_take(arena, faults->n + n_extra + 1, sizeof *error);
	for (size_t i = 0; i < faults->n; i++)
		error[n++] = (struct govuk_error){ .text = faults->item[i].message,
			.href = id_of(arena, &faults->item[i]) };
	for (size_t i = 0; i < n_extra; i++) {
		if (extra[i].message.n > 0)
			error[n++] = (struct govuk_error){ .text = extra[i].message,
				.href = arena_format(arena, "#%.*s", STR_ARGS(extra[i].id)) };
	}
	if (n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"), .errors = error,
			.n_errors = n);
}

/* ---- the fields */

static str message_of(const struct drawing *d, const struct field *field)
{
	const struct form_fault *fault = form_fault_of(d->faults, field);
	return fault == NULL ? (str){ 0 } : fault->message;
}

static str label_of(const struct drawing *d, const struct field *field)
{
	if ((field->flags & FIELD_REQUIRED) != 0)
		return field->label;
	return arena_format(d->arena, "%.*s (optional)", STR_ARGS(field->label));
}

static str hint_of(const struct drawing *d, const struct field *field, str otherwise)
{
	if (field->hint.n > 0 && otherwise.n > 0)
		return arena_format(d->arena, "%.*s. %.*s", STR_ARGS(field->hint),
			STR_ARGS(otherwise));
	return field->hint.n > 0 ? field->hint : otherwise;
}

static void draw_box(const struct drawing *d, const struct field *field)
{
	str name = str_of(field->name), value = typed_value(d->typed, name);
	if ((field->flags & FIELD_LONG) != 0) {
		govuk_textarea(d->b, .label = { .text = label_of(d, field),
					     .classes = S("govuk-label--s") },
			.hint = { .text = field->hint }, .error = { .text = message_of(d, field) },
			.id = name, .name = name, .value = value, .rows = 6,
			.attributes = focus(d, field));
		return;
	}
	bool number = field->kind == KIND_NUMBER;
	govuk_input(d->b,
		.label = { .text = label_of(d, field), .classes = S("govuk-label--s") },
		.hint = { .text = field->hint }, .error = { .text = message_of(d, field) },
		.id = name, .name = name, .value = value,
		.inputmode = number ? S("numeric") : (str){ 0 }, .autocomplete = S("off"),
		.classes = number || (field->limit > 0 && field->limit <= 40)
			? S("govuk-input--width-10") : (str){ 0 },
		.attributes = focus(d, field));
}

/* One of several answers: radios in view, or a list that drops down where there are many. */
static void draw_options(const struct drawing *d, const struct field *field,
	struct govuk_option *option, size_t n)
{
	str name = str_of(field->name), value = typed_value(d->typed, name);
	if (n <= RADIOS_MOST + 1) {
		/* The one that is chosen, as the Tab key goes. */
		size_t at = 0;
		for (size_t i = 0; i < n; i++)
			at = str_equal(option[i].value, value) ? i : at;
		option[at].attributes = focus(d, field);
		const struct govuk_fieldset fieldset = { .legend = { .text = label_of(d, field),
			.classes = S("govuk-fieldset__legend--s") } };
		govuk_radios(d->b, .fieldset = &fieldset, .hint = { .text = field->hint },
			.error = { .text = message_of(d, field) }, .name = name, .id_prefix = name,
			.value = value, .items = option, .n_items = n,
			.classes = S("govuk-radios--small"));
		return;
	}
	struct govuk_select_item *item = arena_take(d->arena, n + 1, sizeof *item);
	size_t items = 0;
	if ((field->flags & FIELD_REQUIRED) != 0)
		item[items++] = (struct govuk_select_item){ .text = S("Choose one"), .value = S("") };
	for (size_t i = 0; i < n; i++)
		item[items++] = (struct govuk_select_item){ .text = option[i].text,
			.value = option[i].value,
			.selected = str_equal(option[i].value, value) ? GOVUK_YES : GOVUK_NO };
	govuk_select(d->b, .label = { .text = label_of(d, field), .classes = S("govuk-label--s") },
		.hint = { .text = field->hint }, .error = { .text = message_of(d, field) },
		.id = name, .name = name, .items = item, .n_items = items,
		.attributes = focus(d, field));
}

/* A national code stands before its meaning; a word of ours would only say it twice. */
static str code_words(const struct drawing *d, const struct code *code)
{
	bool national = code->code.n > 0 && (code->code.p[0] < 'a' || code->code.p[0] > 'z');
	return national ? arena_format(d->arena, "%.*s: %.*s", STR_ARGS(code->code),
				  STR_ARGS(code->meaning))
			: code->meaning;
}

static void draw_codes(const struct drawing *d, const struct field *field)
{
	const struct code_list *codes = field->codes;
	struct govuk_option *option = arena_take(d->arena, codes->n + 1, sizeof *option);
	size_t n = 0;
	for (size_t i = 0; i < codes->n; i++) {
		if (form_offers(d->form, field, &codes->code[i]))
			option[n++] = (struct govuk_option){ .text = code_words(d, &codes->code[i]),
				.value = codes->code[i].code };
	}
	if ((field->flags & FIELD_REQUIRED) == 0)
		option[n++] = (struct govuk_option){ .text = S("Not recorded"), .value = S("") };
	draw_options(d, field, option, n);
}

static void draw_answer(const struct drawing *d, const struct field *field)
{
	struct govuk_option option[] = { { .text = S("Yes"), .value = S("yes") },
		{ .text = S("No"), .value = S("no") },
		{ .text = S("Not known"), .value = S("unknown") } };
	draw_options(d, field, option, (field->flags & FIELD_REQUIRED) != 0 ? 2 : 3);
}

static void draw_ref(const struct drawing *d, const struct field *field)
{
	const struct record_form *form = d->form;
	struct govuk_option *option = arena_take(d->arena, form->choices + 2, sizeof *option);
	size_t n = 0;
	/* What is over comes after what is not: mostly it is the one that goes on. */
	for (int over = 0; over < 2; over++) {
		for (size_t i = 0; i < form->choices; i++) {
			const struct form_choice *choice = &form->choice[i];
			if (form_may_be(field, choice) && choice->over == (over == 1))
				option[n++] = (struct govuk_option){ .text = choice->words,
					.value = arena_format(
						d->arena, "%lld", (long long)choice->id) };
		}
	}
	if (n == 0) {
		struct buf message = { 0 };
		text(&message, field->label);
		H(&message, ": nothing is recorded for this child that could be picked.");
		H(d->b, "<div");
		attr(d->b, "id", str_of(field->name));
		H(d->b, " tabindex=\"-1\">");
		govuk_inset_text(d->b, .html = html_markup(&message));
		H(d->b, "</div>\n");
		buf_close(&message);
		return;
	}
	if ((field->flags & FIELD_REQUIRED) == 0)
		option[n++] = (struct govuk_option){ .text = S("None of these"), .value = S("") };
	draw_options(d, field, option, n);
}

/* ---- dates */

static enum govuk_choice wrong_box(const struct form_fault *fault, unsigned part)
{
	if (fault == NULL)
		return GOVUK_DEFAULT;
	return fault->part == 0 || (fault->part & part) != 0 ? GOVUK_YES : GOVUK_NO;
}

/* The box for the time, and which of the two where a clock shows it twice. */
static void draw_time(const struct drawing *d, const struct field *field)
{
	const struct form_fault *fault = form_fault_of(d->faults, field);
	bool wrong = fault != NULL && (fault->part & PART_TIME) != 0;
	str id = arena_format(d->arena, "%s-time", field->name);
	str which = arena_format(d->arena, "%s-which", field->name);
	const struct form_boxes boxes = { typed_part(d->typed, field->name, "day"),
		typed_part(d->typed, field->name, "month"),
		typed_part(d->typed, field->name, "year"),
		typed_part(d->typed, field->name, "time"), { 0 } };
	govuk_input(d->b,
		.label = { .text = arena_format(d->arena, "Time (optional): %.*s",
				   STR_ARGS(field->label)) },
		.hint = { .text = S("Like 2:30pm or 14:30. Leave it empty if it is not known") },
		.error = { .text = wrong ? fault->message : (str){ 0 } }, .id = id, .name = id,
		.value = boxes.time, .autocomplete = S("off"), .classes = S("govuk-input--width-5"));
	if (!form_is_doubled(&boxes))
		return;
	const struct govuk_fieldset fieldset = { .legend = {
		.text = S("The clocks went back: which of the two was it?") } };
	bool unsaid = fault != NULL && (fault->part & PART_WHICH) != 0;
	govuk_radios(d->b, .fieldset = &fieldset, .name = which, .id_prefix = which,
		.error = { .text = unsaid ? fault->message : (str){ 0 } },
		.value = typed_value(d->typed, which), .classes = S("govuk-radios--small"),
		GOVUK_LIST(items, struct govuk_option,
			{ .text = S("The first, in summer time"), .value = S("first") },
			{ .text = S("The second, an hour later"), .value = S("second") }));
}

static void draw_date(const struct drawing *d, const struct field *field)
{
	const struct form_fault *fault = form_fault_of(d->faults, field);
	bool in_time = fault != NULL && (fault->part & (PART_TIME | PART_WHICH)) != 0;
	const struct form_fault *here = in_time ? NULL : fault;
	const struct govuk_fieldset fieldset = { .legend = { .text = label_of(d, field),
		.classes = S("govuk-fieldset__legend--s") } };
	const struct govuk_date_item
		first = { .name = S("day"), .value = typed_part(d->typed, field->name, "day"),
			.error = wrong_box(here, PART_DAY), .attributes = focus(d, field) },
		second = { .name = S("month"), .value = typed_part(d->typed, field->name, "month"),
			.error = wrong_box(here, PART_MONTH) },
		third = { .name = S("year"), .value = typed_part(d->typed, field->name, "year"),
			.error = wrong_box(here, PART_YEAR) };
	govuk_date_input(d->b, .fieldset = &fieldset, .id = str_of(field->name),
		.name_prefix = str_of(field->name),
		.hint = { .text = hint_of(d, field, S("For example, 27 3 2026")) },
		.error = { .text = here == NULL ? (str){ 0 } : here->message }, .day = &first,
		.month = &second, .year = &third);
	if (field->kind == KIND_WHEN && (field->flags & FIELD_NO_TIME) == 0)
		draw_time(d, field);
}

static void draw_hidden(const struct drawing *d, const struct field *field)
{
	str name = str_of(field->name);
	H(d->b, "<input type=\"hidden\"");
	attr(d->b, "name", name);
	attr(d->b, "value", typed_value(d->typed, name));
	H(d->b, ">\n");
}

static void draw_field(const struct drawing *d, const struct field *field)
{
	if ((field->flags & FIELD_HIDDEN) != 0) {
		draw_hidden(d, field);
		return;
	}
	switch (field->kind) {
	case KIND_TEXT:
		if (field->codes != NULL)
			draw_codes(d, field);
		else
			draw_box(d, field);
		break;
	case KIND_DAY:
	case KIND_WHEN:
		draw_date(d, field);
		break;
	case KIND_ANSWER:
		draw_answer(d, field);
		break;
	case KIND_NUMBER:
		draw_box(d, field);
		break;
	case KIND_REF:
		draw_ref(d, field);
		break;
	}
}

void form_draw_fields(struct buf *b, struct arena *arena, const struct record_form *form,
	const struct typed *typed, const struct form_faults *faults)
{
	const struct drawing d = { b, arena, form, typed, faults };
	for (size_t i = 0; i < form->type->n; i++) {
		if (form_asks(form, &form->type->fields[i]))
			draw_field(&d, &form->type->fields[i]);
	}
}

void form_draw_value(
	struct buf *b, const struct record_form *form, const struct field *field, const void *record)
{
	struct buf words = { 0 };
	const ref *to = (const ref *)((const char *)record + field->at);
	str choice = field->kind == KIND_REF && to->id != 0 ? form_choice_words(form, to->id)
							    : (str){ 0 };
	if (choice.n > 0)
		buf_str(&words, choice);
	else if (field->kind == KIND_REF && to->id != 0)
		buf_lit(&words, "A record that was withdrawn");
	else
		buf_field(&words, field, record);
	text(b, buf_view(&words));
	buf_close(&words);
}
