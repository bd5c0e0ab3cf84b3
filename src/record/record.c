#include "record/types.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "law/codes.h"

#include <string.h>

enum { TEXT_LIMIT = 200 };

/* In the order in which a child's story is told; `index` of each is its place here. */
const struct record_type *const record_types[] = { &child_type, &allocation_type, &care_period_type,
	&legal_status_type, &placement_type, &cla_review_type, &missing_episode_type,
	&referral_type, &assessment_type, &section47_type, &conference_type, &cp_plan_type,
	&core_group_type, &visit_type, &booking_type, &care_step_type,
	&person_around_type, &must_not_learn_type, &action_type, &child_view_type,
	&contact_type, &handover_note_type, &same_child_type,
	&restriction_type, &barred_type, &child_step_type, &matter_type, &matter_step_type,
	&need_plan_type, &health_year_type, &leaver_year_type, &adoption_plan_type, &earlier_permanence_type,
	&worker_spell_type, &liberty_order_type };
const size_t record_types_n = sizeof record_types / sizeof *record_types;

const struct record_type *record_type_find(str name)
{
	for (size_t i = 0; i < record_types_n; i++) {
		if (str_equal(record_types[i]->name, name))
			return record_types[i];
	}
	return NULL;
}

const struct field *record_field(const struct record_type *type, str name)
{
	for (size_t i = 0; i < type->n; i++) {
		if (str_equal(str_of(type->fields[i].name), name))
			return &type->fields[i];
	}
	return NULL;
}

static const void *field_in(const struct field *field, const void *record)
{
	return (const char *)record + field->at;
}

#define AS(ctype, field, record) (*(const ctype *)field_in((field), (record)))

bool field_known(const struct field *field, const void *record)
{
	switch (field->kind) {
	case KIND_TEXT:
		return AS(str, field, record).n > 0;
	case KIND_DAY:
		return AS(day, field, record) != DAY_UNKNOWN;
	case KIND_WHEN:
		return AS(struct when, field, record).on != DAY_UNKNOWN;
	case KIND_ANSWER:
		return AS(enum answer, field, record) != ANSWER_UNKNOWN;
	case KIND_NUMBER:
		return AS(int64_t, field, record) >= 0;
	case KIND_REF:
		return AS(ref, field, record).id != 0;
	}
	return false;
}

void field_copy(const struct field *field, const void *from, void *to)
{
	static const size_t sizes[] = { [KIND_TEXT] = sizeof(str),
		[KIND_DAY] = sizeof(day),
		[KIND_WHEN] = sizeof(struct when),
		[KIND_ANSWER] = sizeof(enum answer),
		[KIND_NUMBER] = sizeof(int64_t),
		[KIND_REF] = sizeof(ref) };
	memcpy((char *)to + field->at, (const char *)from + field->at, sizes[field->kind]);
}

enum subject_kind record_subject(const struct record_type *type, const void *record)
{
	return type->subject_of == NULL ? type->subject : type->subject_of(record);
}

void *record_new(struct arena *arena, const struct record_type *type)
{
	char *record = arena_take(arena, 1, type->size);
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		day day_unknown = DAY_UNKNOWN;
		struct when when_unknown = { DAY_UNKNOWN, INSTANT_UNKNOWN };
		int64_t number_unknown = -1;
		if (field->kind == KIND_DAY)
			memcpy(record + field->at, &day_unknown, sizeof day_unknown);
		else if (field->kind == KIND_WHEN)
			memcpy(record + field->at, &when_unknown, sizeof when_unknown);
		else if (field->kind == KIND_NUMBER)
			memcpy(record + field->at, &number_unknown, sizeof number_unknown);
	}
	return record;
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
	switch (field->kind) {
	case KIND_TEXT:
		return str_equal(AS(str, field, a), AS(str, field, b));
	case KIND_DAY:
		return AS(day, field, a) == AS(day, field, b);
	case KIND_WHEN:
		return AS(struct when, field, a).on == AS(struct when, field, b).on &&
			AS(struct when, field, a).at == AS(struct when, field, b).at;
	case KIND_ANSWER:
		return AS(enum answer, field, a) == AS(enum answer, field, b);
	case KIND_NUMBER:
		return AS(int64_t, field, a) == AS(int64_t, field, b);
	case KIND_REF:
		return AS(ref, field, a).id == AS(ref, field, b).id;
	}
	return false;
}

bool record_equal(const struct record_type *type, const void *a, const void *b)
{
	for (size_t i = 0; i < type->n; i++) {
		if (!field_equal(&type->fields[i], a, b))
			return false;
	}
	return true;
}

size_t record_differ(const struct record_type *type, const void *a, const void *b,
	const struct field **out)
{
	size_t n = 0;
	for (size_t i = 0; i < type->n; i++) {
		if (!field_equal(&type->fields[i], a, b))
			out[n++] = &type->fields[i];
	}
	return n;
}

void problem_add(struct arena *arena, struct problems *problems, str field, str message)
{
	if (problems->n == problems->room) {
		size_t room = problems->room == 0 ? 8 : problems->room * 2;
		struct problem *item = arena_take(arena, room, sizeof *item);
		if (problems->n > 0)
			memcpy(item, problems->item, problems->n * sizeof *item);
		problems->item = item;
		problems->room = room;
	}
	problems->item[problems->n++] = (struct problem){ field, message };
}

static bool has_control(str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		bool line = lines && (s.p[i] == '\n' || s.p[i] == '\t');
		if (((unsigned char)s.p[i] < 0x20 && !line) || s.p[i] == 0x7f)
			return true;
	}
	return false;
}

static void check_text(
	struct arena *arena, const struct field *field, str text, struct problems *out)
{
	str name = str_of(field->name);
	size_t limit = field->limit == 0 ? TEXT_LIMIT : field->limit;
	if (utf8_check(text) != text.n)
		problem_add(arena, out, name,
			arena_format(arena, "%.*s must be text in UTF-8", STR_ARGS(field->label)));
	else if (has_control(text, (field->flags & FIELD_LONG) != 0))
		problem_add(arena, out, name,
			arena_format(arena, "%.*s must not hold line breaks or control characters",
				STR_ARGS(field->label)));
	else if (utf8_count(text) > limit)
		problem_add(arena, out, name,
			arena_format(arena, "%.*s must be %zu characters or fewer",
				STR_ARGS(field->label), limit));
	else if (field->codes != NULL && text.n > 0 && code_find(field->codes, text) == NULL)
		problem_add(arena, out, name,
			arena_format(arena, "%.*s: \"%.*s\" is not a code for %.*s",
				STR_ARGS(field->label), STR_ARGS(text),
				STR_ARGS(field->codes->name)));
}

static bool day_in_range(day d)
{
	return d == DAY_UNKNOWN || (d >= DAY_MIN && d <= DAY_MAX);
}

static bool when_in_range(struct when when)
{
	if (!day_in_range(when.on))
		return false;
	return when.at == INSTANT_UNKNOWN ||
	       (when.at >= INSTANT_MIN && when.at <= INSTANT_MAX && when.on != DAY_UNKNOWN &&
		       instant_day(when.at) == when.on);
}

static void check_field(
	struct arena *arena, const struct field *field, const void *record, struct problems *out)
{
	str name = str_of(field->name);
	if ((field->flags & FIELD_REQUIRED) != 0 && !field_known(field, record)) {
		problem_add(arena, out, name,
			arena_format(arena, "%.*s is missing", STR_ARGS(field->label)));
		return;
	}
	bool good = true;
	switch (field->kind) {
	case KIND_TEXT:
		check_text(arena, field, AS(str, field, record), out);
		break;
	case KIND_DAY:
		good = day_in_range(AS(day, field, record));
		break;
	case KIND_WHEN:
		good = when_in_range(AS(struct when, field, record));
		break;
	case KIND_ANSWER:
		good = AS(enum answer, field, record) <= ANSWER_NO;
		break;
	case KIND_NUMBER:
		good = AS(int64_t, field, record) >= -1;
		break;
	case KIND_REF:
		break;
	}
	if (!good)
		problem_add(arena, out, name,
			arena_format(arena, "%.*s is out of range", STR_ARGS(field->label)));
}

void record_check(struct arena *arena, const struct record_type *type, const void *record,
	struct problems *out)
{
	size_t before = out->n;
	for (size_t i = 0; i < type->n; i++)
		check_field(arena, &type->fields[i], record, out);
	if (out->n == before && type->check != NULL)
		type->check(arena, record, out);
}

void record_leaves(
	struct arena *arena, const struct record_type *type, const void *record, struct lefts *out)
{
	if (type->leaves != NULL)
		type->leaves(arena, record, out);
}

int64_t left_thread(const struct left *left, int64_t id)
{
	return left->own_thread ? id : left->thread;
}

str left_detail(struct arena *arena, const struct left *left, int64_t id)
{
	if (left->own_key.n == 0)
		return left->detail;
	return arena_format(arena, "%.*s%s%.*s=%lld", STR_ARGS(left->detail),
		left->detail.n > 0 ? ";" : "", STR_ARGS(left->own_key), (long long)id);
}

void buf_field(struct buf *buf, const struct field *field, const void *record)
{
	if (!field_known(field, record)) {
		buf_lit(buf, "Not recorded");
		return;
	}
	switch (field->kind) {
	case KIND_TEXT: {
		str text = AS(str, field, record);
		const struct code *code =
			field->codes == NULL ? NULL : code_find(field->codes, text);
		buf_str(buf, code == NULL ? text : code->meaning);
		break;
	}
	case KIND_DAY:
		buf_day_words(buf, AS(day, field, record));
		break;
	case KIND_WHEN:
		if (AS(struct when, field, record).at == INSTANT_UNKNOWN)
			buf_day_words(buf, AS(struct when, field, record).on);
		else
			buf_instant_words(buf, AS(struct when, field, record).at);
		break;
	case KIND_ANSWER:
		buf_str(buf, AS(enum answer, field, record) == ANSWER_YES ? S("Yes") : S("No"));
		break;
	case KIND_NUMBER:
		buf_int(buf, AS(int64_t, field, record));
		break;
	case KIND_REF:
		buf_int(buf, AS(ref, field, record).id);
		break;
	}
}

void buf_field_text(struct buf *buf, const struct field *field, const void *record)
{
	if (!field_known(field, record))
		return;
	switch (field->kind) {
	case KIND_TEXT:
		buf_str(buf, AS(str, field, record));
		break;
	case KIND_DAY:
		buf_day(buf, AS(day, field, record));
		break;
	case KIND_WHEN:
		if (AS(struct when, field, record).at == INSTANT_UNKNOWN)
			buf_day(buf, AS(struct when, field, record).on);
		else
			buf_instant_utc(buf, AS(struct when, field, record).at);
		break;
	case KIND_ANSWER:
		buf_str(buf, AS(enum answer, field, record) == ANSWER_YES ? S("yes") : S("no"));
		break;
	case KIND_NUMBER:
		buf_int(buf, AS(int64_t, field, record));
		break;
	case KIND_REF:
		buf_int(buf, AS(ref, field, record).id);
		break;
	}
}

void buf_record_canonical(struct buf *buf, const struct record_type *type, const void *record)
{
	struct buf value = { 0 };
	buf_str(buf, type->name);
	for (size_t i = 0; i < type->n; i++) {
		buf_clear(&value);
		buf_field_text(&value, &type->fields[i], record);
		if ((type->fields[i].flags & FIELD_LATER) != 0 && value.n == 0)
			continue;
		buf_char(buf, ' ');
		buf_str(buf, str_of(type->fields[i].name));
		buf_char(buf, '=');
		buf_int(buf, (int64_t)value.n);
		buf_char(buf, ':');
		buf_str(buf, buf_view(&value));
	}
	buf_close(&value);
}
