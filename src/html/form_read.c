#include "html/form_read.h"

#include "html/form_day.h"
#include "law/codes.h"

#include <string.h>

void form_fault_add(struct arena *arena, struct form_faults *faults, const struct field *field,
	str message, unsigned part)
{
	if (faults->n == faults->room) {
		size_t room = faults->room == 0 ? 8 : faults->room * 2;
		struct form_fault *item = arena_take(arena, room, sizeof *item);
		if (faults->n > 0)
			memcpy(item, faults->item, faults->n * sizeof *item);
		faults->item = item;
		faults->room = room;
	}
	faults->item[faults->n++] = (struct form_fault){ field, message, part };
}

const struct form_fault *form_fault_of(const struct form_faults *faults, const struct field *field)
{
	for (size_t i = 0; i < faults->n; i++) {
		if (faults->item[i].field == field)
			return &faults->item[i];
	}
	return NULL;
}

/* ---- what may be picked */

static const void *in(const struct field *field, const void *record)
{
	return (const char *)record + field->at;
}

bool form_may_be(const struct field *field, const struct form_choice *choice)
{
	return (field->to & choice->kind) != 0;
}

bool form_asks(const struct record_form *form, const struct field *field)
{
	if ((field->flags & FIELD_KEPT) != 0)
		return false;
	if (field->kind != KIND_REF || (field->flags & FIELD_REQUIRED) != 0)
		return true;
	for (size_t i = 0; i < form->choices; i++) {
		if (form_may_be(field, &form->choice[i]))
			return true;
	}
	return false;
}

bool form_offers(const struct record_form *form, const struct field *field, const struct code *code)
{
	return (!code->retired && !str_equal(code->code, field->filed)) ||
		(form->old != NULL && str_equal(*(const str *)in(field, form->old), code->code));
}

str form_choice_words(const struct record_form *form, int64_t id)
{
	for (size_t i = 0; i < form->choices; i++) {
		if (form->choice[i].id == id)
			return form->choice[i].words;
	}
	return (str){ 0 };
}

/* ---- what a form of a record holds */

static void write_when(
	struct arena *arena, const struct field *field, struct when when, struct typed *out)
{
	struct form_boxes boxes = form_boxes_of(arena, when);
	typed_put_part(arena, out, field->name, "day", boxes.day);
	typed_put_part(arena, out, field->name, "month", boxes.month);
	typed_put_part(arena, out, field->name, "year", boxes.year);
	if (field->kind != KIND_WHEN || (field->flags & FIELD_NO_TIME) != 0)
		return;
	typed_put_part(arena, out, field->name, "time", boxes.time);
	if (boxes.which.n > 0)
		typed_put_part(arena, out, field->name, "which", boxes.which);
}

static str text_of(struct arena *arena, const struct field *field, const void *record)
{
	struct buf text = { 0 };
	buf_field_text(&text, field, record);
	str kept = arena_str(arena, buf_view(&text));
	buf_close(&text);
	return kept;
}

static void write_field(
	struct arena *arena, const struct field *field, const void *record, struct typed *out)
{
	if (field->kind == KIND_WHEN)
		write_when(arena, field, *(const struct when *)in(field, record), out);
	else if (field->kind == KIND_DAY)
		write_when(arena, field,
			(struct when){ *(const day *)in(field, record), INSTANT_UNKNOWN }, out);
	else
		typed_put(arena, out, str_of(field->name), text_of(arena, field, record));
}

void form_write_record(struct arena *arena, const struct record_form *form, const void *record,
	struct typed *out)
{
	for (size_t i = 0; i < form->type->n; i++) {
		if (form_asks(form, &form->type->fields[i]))
			write_field(arena, &form->type->fields[i], record, out);
	}
}

/* ---- reading */

struct reading {
	struct arena *arena;
	const struct record_form *form;
	const struct typed *typed;
	struct form_faults *faults;
	char *record;
	const char *none; /* one of which nothing is known */
};

static void fault(struct reading *r, const struct field *field, str message, unsigned part)
{
	if (form_fault_of(r->faults, field) == NULL)
		form_fault_add(r->arena, r->faults, field, message, part);
}

static str ask_of(struct arena *arena, const struct field *field)
{
	if (field->ask.n > 0)
		return field->ask;
	return arena_format(arena, "%.*s is missing", STR_ARGS(field->label));
}

static void select_again(struct reading *r, const struct field *field)
{
	fault(r, field,
		arena_format(r->arena, "%.*s: select one of the answers", STR_ARGS(field->label)), 0);
}

static struct form_boxes boxes_of(const struct reading *r, const struct field *field)
{
	return (struct form_boxes){ typed_part(r->typed, field->name, "day"),
		typed_part(r->typed, field->name, "month"),
		typed_part(r->typed, field->name, "year"),
		typed_part(r->typed, field->name, "time"),
		typed_part(r->typed, field->name, "which") };
}

static void read_when(struct reading *r, const struct field *field)
{
	struct form_boxes boxes = boxes_of(r, field);
	struct when when = { DAY_UNKNOWN, INSTANT_UNKNOWN };
	bool day_alone = field->kind == KIND_DAY || (field->flags & FIELD_NO_TIME) != 0;
	struct form_wrong wrong = day_alone
		? form_day_read(r->arena, field->label, &boxes, &when.on)
		: form_when_read(r->arena, field->label, &boxes, &when);
	bool to_come = wrong.message.n == 0 && (field->flags & FIELD_PAST) != 0 &&
		when.on != DAY_UNKNOWN && when.on > r->form->today;
	if (to_come)
		wrong = (struct form_wrong){
			arena_format(r->arena, "%.*s must be today or in the past",
				STR_ARGS(field->label)),
			PART_DAY | PART_MONTH | PART_YEAR };
	if (wrong.message.n > 0)
		fault(r, field, wrong.message, wrong.part);
	else if (field->kind == KIND_DAY)
		memcpy(r->record + field->at, &when.on, sizeof when.on);
	else
		memcpy(r->record + field->at, &when, sizeof when);
}

static void read_text(struct reading *r, const struct field *field)
{
	str text = str_trim(typed_value(r->typed, str_of(field->name)));
	const struct code *code = field->codes == NULL ? NULL : code_find(field->codes, text);
	int minute = (field->flags & FIELD_HOUR) != 0 ? form_minute(text) : -1;
	if (minute >= 0) /* else the record's own check says what is wrong with it */
		text = arena_format(r->arena, "%02d:%02d", minute / 60, minute % 60);
	if (text.n > 0 && field->codes != NULL &&
		(code == NULL || !form_offers(r->form, field, code)))
		select_again(r, field);
	else
		memcpy(r->record + field->at, &text, sizeof text);
}

static void read_answer(struct reading *r, const struct field *field)
{
	str typed = typed_value(r->typed, str_of(field->name));
	enum answer answer = str_equal(typed, S("yes")) ? ANSWER_YES
		: str_equal(typed, S("no"))             ? ANSWER_NO
							: ANSWER_UNKNOWN;
	if (answer == ANSWER_UNKNOWN && typed.n > 0 && !str_equal(typed, S("unknown")))
		select_again(r, field);
	else
		memcpy(r->record + field->at, &answer, sizeof answer);
}

static void read_number(struct reading *r, const struct field *field)
{
	str typed = str_trim(typed_value(r->typed, str_of(field->name)));
	int64_t number = -1;
	if (typed.n > 0 && (typed.n > 9 || !str_int(typed, &number) || number < 0))
		fault(r, field,
			arena_format(r->arena, "%.*s must be a whole number, like 2",
				STR_ARGS(field->label)),
			0);
	else
		memcpy(r->record + field->at, &number, sizeof number);
}

static void read_ref(struct reading *r, const struct field *field)
{
	str typed = typed_value(r->typed, str_of(field->name));
	ref to = { 0 };
	if (typed.n == 0)
		return;
	const struct form_choice *picked = NULL;
	for (size_t i = 0; i < r->form->choices && str_int(typed, &to.id); i++) {
		if (r->form->choice[i].id == to.id && form_may_be(field, &r->form->choice[i]))
			picked = &r->form->choice[i];
	}
	/* What stands there already may stay, though nothing here says what it is. */
	bool stands = r->form->old != NULL && str_int(typed, &to.id) &&
		((const ref *)in(field, r->form->old))->id == to.id;
	if (picked == NULL && !stands)
		select_again(r, field);
	else
		memcpy(r->record + field->at, &to, sizeof to);
}

/* Nobody touched it: it stays as it is, with the seconds that no box shows. */
static bool is_untouched(const struct reading *r, const struct field *field)
{
	struct typed stood = { 0 };
	if (r->form->old == NULL)
		return false;
	write_field(r->arena, field, r->form->old, &stood);
	for (size_t i = 0; i < stood.n; i++) {
		if (!str_equal(typed_value(r->typed, stood.item[i].name), stood.item[i].value))
			return false;
	}
	return true;
}

static void forget(struct reading *r, const struct field *field)
{
	static const size_t size[] = { [KIND_TEXT] = sizeof(str), [KIND_DAY] = sizeof(day),
		[KIND_WHEN] = sizeof(struct when), [KIND_ANSWER] = sizeof(enum answer),
		[KIND_NUMBER] = sizeof(int64_t), [KIND_REF] = sizeof(ref) };
	memcpy(r->record + field->at, r->none + field->at, size[field->kind]);
}

static void read_field(struct reading *r, const struct field *field)
{
	if (is_untouched(r, field))
		return;
	forget(r, field);
	switch (field->kind) {
	case KIND_TEXT:
		read_text(r, field);
		break;
	case KIND_DAY:
	case KIND_WHEN:
		read_when(r, field);
		break;
	case KIND_ANSWER:
		read_answer(r, field);
		break;
	case KIND_NUMBER:
		read_number(r, field);
		break;
	case KIND_REF:
		read_ref(r, field);
		break;
	}
}

static bool is_empty(const struct field *field, const void *record)
{
	struct buf text = { 0 };
	buf_field_text(&text, field, record);
	bool empty = text.n == 0;
	buf_close(&text);
	return empty;
}

/* A conference is booked for a plan: only once all is read. */
static void check_refs(struct reading *r)
{
	const struct record_type *type = r->form->type;
	for (size_t i = 0; i < type->n && type->narrow != NULL; i++) {
		const struct field *field = &type->fields[i];
		int64_t id = field->kind == KIND_REF
			? ((const ref *)in(field, r->record))->id : 0;
		unsigned narrow = type->narrow(field, r->record);
		for (size_t k = 0; k < r->form->choices && id != 0; k++) {
			if (r->form->choice[k].id == id && (r->form->choice[k].kind & narrow) == 0)
				fault(r, field,
					arena_format(r->arena,
						"%.*s: what is selected does not go with the answers above",
						STR_ARGS(field->label)),
					0);
		}
	}
}

/* What the type itself knows to be wrong, where nothing is said of that field yet. */
static void check_record(struct reading *r)
{
	struct problems problems = { 0 };
	record_check(r->arena, r->form->type, r->record, &problems);
	for (size_t i = 0; i < problems.n; i++) {
		const struct field *field = record_field(r->form->type, problems.item[i].field);
		if (field == NULL || form_fault_of(r->faults, field) == NULL)
			form_fault_add(r->arena, r->faults, field, problems.item[i].message, 0);
	}
}

/* In the order of the form, which is the order in which an error summary lists them. */
static void sort_faults(struct form_faults *faults)
{
	for (size_t i = 1; i < faults->n; i++) {
		struct form_fault moving = faults->item[i];
		size_t at = i;
		for (; at > 0 && faults->item[at - 1].field != NULL &&
			(moving.field == NULL || faults->item[at - 1].field > moving.field);
			at--)
			faults->item[at] = faults->item[at - 1];
		faults->item[at] = moving;
	}
}

void *form_read_record(struct arena *arena, const struct record_form *form, const struct typed *typed,
	struct form_faults *faults)
{
	struct reading r = { arena, form, typed, faults, record_new(arena, form->type),
		record_new(arena, form->type) };
	if (form->old != NULL)
		memcpy(r.record, form->old, form->type->size);
	for (size_t i = 0; i < form->type->n; i++) {
		const struct field *field = &form->type->fields[i];
		if (!form_asks(form, field))
			continue;
		read_field(&r, field);
		if ((field->flags & FIELD_REQUIRED) != 0 && is_empty(field, r.record))
			fault(&r, field, ask_of(arena, field), 0);
	}
	check_refs(&r);
	check_record(&r);
	sort_faults(faults);
	return r.record;
}

void form_begin(struct arena *arena, const struct record_form *form, struct typed *out)
{
	for (size_t i = 0; i < form->type->n; i++) {
		const struct field *field = &form->type->fields[i];
		size_t fitting = 0;
		int64_t only = 0;
		if (field->kind != KIND_REF || (field->flags & FIELD_REQUIRED) == 0 ||
			typed_value(out, str_of(field->name)).n > 0)
			continue;
		for (size_t k = 0; k < form->choices; k++) {
			if (!form_may_be(field, &form->choice[k]) || form->choice[k].over)
				continue;
			fitting++;
			only = form->choice[k].id;
		}
		if (fitting == 1)
			typed_put(arena, out, str_of(field->name),
				arena_format(arena, "%lld", (long long)only));
	}
}
