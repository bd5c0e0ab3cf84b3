#include "returns/staged.h"

#include "base/csv.h"
#include "base/mem.h"

#include <string.h>

/* Room for one more in an array that lives in the arena. */
static void *grown(struct arena *arena, void *item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return item;
	size_t more = *room == 0 ? 4 : *room * 2;
	void *grown = arena_take(arena, more, size);
	if (n > 0)
		memcpy(grown, item, n * size);
	*room = more;
	return grown;
}

void staging_open(struct staging *staging, struct arena *arena)
{
	*staging = (struct staging){ .arena = arena, .known_to = DAY_UNKNOWN };
	staging->notes.limit = 64 * 1024;
}

void staging_close(struct staging *staging)
{
	intern_close(&staging->numbers);
	mem_free(staging->children.item);
	mem_free(staging->rejects.item);
	mem_free(staging->columns.item);
	buf_close(&staging->notes);
	*staging = (struct staging){ 0 };
}

struct staged_child *staging_child(struct staging *staging, str number)
{
	uint32_t at = intern_number(&staging->numbers, number);
	if (at == staging->children.n) {
		struct staged_child *child = &ARRAY_MORE(&staging->children);
		*child = (struct staged_child){ .number = number };
	}
	return &staging->children.item[at];
}

struct staged *staging_add(struct staging *staging, struct staged_child *child,
	const struct record_type *type, str file, size_t line)
{
	child->item =
		grown(staging->arena, child->item, child->n, &child->room, sizeof *child->item);
	struct staged *item = &child->item[child->n++];
	*item = (struct staged){ .type = type,
		.record = record_new(staging->arena, type),
		.file = file,
		.line = line,
		.from = DAY_UNKNOWN,
		.to = DAY_UNKNOWN };
	return item;
}

ref staged_ref(const struct staged_child *child, const struct staged *item)
{
	return (ref){ -(int64_t)(item - child->item) - 1 };
}

void staging_cover(struct staging *staging, enum word word, day from, day to)
{
	must(staging->covers < sizeof staging->cover / sizeof *staging->cover);
	staging->cover[staging->covers++] = (struct staged_cover){ word, from, to };
}

void staging_reject(struct staging *staging, struct reject reject)
{
	ARRAY_MORE(&staging->rejects) = reject;
}

/* A reference to an item that is gone; `gone` by place. */
static bool hangs_on_gone(const struct staged *item, const bool *gone)
{
	for (size_t i = 0; i < item->type->n; i++) {
		const struct field *field = &item->type->fields[i];
		if (field->kind != KIND_REF)
			continue;
		const ref *to = (const ref *)(const void *)((const char *)item->record + field->at);
		if (to->id < 0 && gone[-to->id - 1])
			return true;
	}
	return false;
}

static void move_refs(struct staged *item, const size_t *place)
{
	for (size_t i = 0; i < item->type->n; i++) {
		const struct field *field = &item->type->fields[i];
		if (field->kind != KIND_REF)
			continue;
		ref *to = (ref *)(void *)((char *)item->record + field->at);
		if (to->id < 0)
			to->id = -(int64_t)place[-to->id - 1] - 1;
	}
}

static bool check_item(struct staging *staging, struct staged *item, const bool *gone)
{
	struct problems problems = { 0 };
	record_check(staging->arena, item->type, item->record, &problems);
	if (problems.n == 0 && !hangs_on_gone(item, gone))
		return true;
	struct reject reject = { .file = item->file, .line = item->line };
	if (problems.n == 0) {
		reject.reason = S("the row that it belongs to was not taken");
	} else {
		struct buf value = { 0 };
		const struct field *field = record_field(item->type, problems.item[0].field);
		if (field != NULL)
			buf_field_text(&value, field, item->record);
		reject.column = problems.item[0].field;
		reject.value = arena_str(staging->arena, buf_view(&value));
		reject.reason = problems.item[0].message;
		buf_close(&value);
	}
	staging_reject(staging, reject);
	return false;
}

static void check_child(struct staging *staging, struct staged_child *child)
{
	bool *gone = arena_take(staging->arena, child->n, sizeof *gone);
	size_t *place = arena_take(staging->arena, child->n, sizeof *place);
	size_t kept = 0;
	for (size_t i = 0; i < child->n; i++) {
		gone[i] = !check_item(staging, &child->item[i], gone);
		if (gone[i])
			continue;
		place[i] = kept;
		child->item[kept] = child->item[i];
		move_refs(&child->item[kept], place);
		kept++;
	}
	child->n = kept;
}

void staging_check(struct staging *staging)
{
	for (size_t i = 0; i < staging->children.n; i++)
		check_child(staging, &staging->children.item[i]);
}

size_t staging_events(const struct staging *staging, struct arena *scratch)
{
	size_t events = 0;
	for (size_t i = 0; i < staging->children.n; i++) {
		arena_reset(scratch);
		for (size_t k = 0; k < staging->children.item[i].n; k++) {
			struct lefts lefts = { 0 };
			const struct staged *item = &staging->children.item[i].item[k];
			record_leaves(scratch, item->type, item->record, &lefts);
			events += lefts.n;
		}
	}
	return events;
}

void buf_rejects(struct buf *buf, const struct rejects *rejects)
{
	buf_lit(buf, "file,line,column,value,reason\n");
	struct csv_out out = { .buf = buf, .safe = true };
	for (size_t i = 0; i < rejects->n; i++) {
		const struct reject *reject = &rejects->item[i];
		csv_put(&out, reject->file);
		csv_put_int(&out, (int64_t)reject->line);
		csv_put(&out, reject->column);
		csv_put(&out, reject->value);
		csv_put(&out, reject->reason);
		csv_put_end(&out);
	}
}

void buf_reject(struct buf *buf, const struct reject *reject)
{
	buf_str(buf, reject->file);
	buf_lit(buf, ", line ");
	buf_int(buf, (int64_t)reject->line);
	if (reject->column.n > 0) {
		buf_lit(buf, ", column ");
		buf_str(buf, reject->column);
	}
	if (reject->value.n > 0) {
		buf_lit(buf, ", \"");
		buf_str(buf, str_upto(reject->value, 80));
		buf_char(buf, '"');
	}
	buf_lit(buf, ": ");
	buf_str(buf, reject->reason);
}
