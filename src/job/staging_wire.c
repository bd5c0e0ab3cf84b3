#include "job/staging_wire.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "job/import_shut_in.h"

enum {
	FILES_MOST = 200,
	TEXT_LIMIT = 1 << 20,
	NUMBER_MOST = 100, /* bytes of a child's number */
	DAY_LEAST = -100000,
	DAY_MOST = 200000,
};

/* ---- writing */

static void put(struct buf *out, int64_t value)
{
	for (int i = 0; i < 8; i++)
		buf_char(out, (char)(unsigned char)((uint64_t)value >> (8 * i) & 0xff));
}

static void put_text(struct buf *out, str value)
{
	put(out, (int64_t)value.n);
	buf_str(out, value);
}

void import_wire_put(struct buf *out, const struct import_task *task, day today)
{
	size_t rows = task->mapping == NULL ? 0 : task->mapping->n;
	put(out, task->kind);
	put(out, today);
	put(out, task->as_at == 0 ? DAY_UNKNOWN : task->as_at);
	put(out, (int64_t)rows);
	for (size_t i = 0; i < rows; i++) {
		put_text(out, task->mapping->item[i].list);
		put_text(out, task->mapping->item[i].column);
		put_text(out, task->mapping->item[i].heading);
	}
	put(out, (int64_t)task->n);
	for (size_t i = 0; i < task->n; i++) {
		put_text(out, task->source[i].name);
		put_text(out, task->source[i].bytes);
	}
}

static void put_field(struct buf *out, const struct field *field, const void *record)
{
	const char *at = (const char *)record + field->at;
	switch (field->kind) {
	case KIND_TEXT:
		put_text(out, *(const str *)(const void *)at);
		break;
	case KIND_DAY:
		put(out, *(const day *)(const void *)at);
		break;
	case KIND_WHEN:
		put(out, ((const struct when *)(const void *)at)->on);
		put(out, ((const struct when *)(const void *)at)->at);
		break;
	case KIND_ANSWER:
		put(out, *(const enum answer *)(const void *)at);
		break;
	case KIND_NUMBER:
		put(out, *(const int64_t *)(const void *)at);
		break;
	case KIND_REF:
		put(out, ((const ref *)(const void *)at)->id);
		break;
	}
}

static void put_item(struct buf *out, const struct staged *item)
{
	put(out, item->type->index);
	put_text(out, item->file);
	put(out, (int64_t)item->line);
	put(out, item->from);
	put(out, item->to);
	put(out, item->settles);
	for (size_t i = 0; i < item->type->n; i++)
		put_field(out, &item->type->fields[i], item->record);
}

void staging_wire_put(struct buf *out, const struct staging *staging)
{
	put(out, staging->known_to);
	put_text(out, staging->authority);
	put_text(out, buf_view(&staging->notes));
	put_text(out, staging->refused);
	put(out, (int64_t)staging->columns.n);
	for (size_t i = 0; i < staging->columns.n; i++) {
		const struct staged_column *column = &staging->columns.item[i];
		put_text(out, column->list);
		put_text(out, column->column);
		put_text(out, column->heading);
		put(out, column->how);
		put(out, column->needed);
	}
	put(out, (int64_t)staging->covers);
	for (size_t i = 0; i < staging->covers; i++) {
		put(out, staging->cover[i].word);
		put(out, staging->cover[i].from);
		put(out, staging->cover[i].to);
	}
	put(out, (int64_t)staging->rejects.n);
	for (size_t i = 0; i < staging->rejects.n; i++) {
		const struct reject *reject = &staging->rejects.item[i];
		put_text(out, reject->file);
		put(out, (int64_t)reject->line);
		put_text(out, reject->column);
		put_text(out, reject->value);
		put_text(out, reject->reason);
	}
	put(out, (int64_t)staging->children.n);
	for (size_t i = 0; i < staging->children.n; i++) {
		const struct staged_child *child = &staging->children.item[i];
		put_text(out, child->number);
		put(out, (int64_t)child->n);
		for (size_t k = 0; k < child->n; k++)
			put_item(out, &child->item[k]);
	}
}

/* ---- reading: once something is wrong, everything that follows is nothing */

struct wire {
	str rest;
	bool broken;
};

static int64_t get(struct wire *wire)
{
	uint64_t value = 0;
	if (wire->rest.n < 8) {
		wire->broken = true;
		return 0;
	}
	for (size_t i = 0; i < 8; i++)
		value |= (uint64_t)(unsigned char)wire->rest.p[i] << (8 * i);
	wire->rest = str_from(wire->rest, 8);
	return (int64_t)value;
}

static int64_t get_between(struct wire *wire, int64_t least, int64_t most)
{
	int64_t value = get(wire);
	if (value >= least && value <= most)
		return value;
	wire->broken = true;
	return least;
}

/* So many things, each of at least `size` bytes. */
static size_t get_count(struct wire *wire, size_t size)
{
	return (size_t)get_between(wire, 0, (int64_t)(wire->rest.n / size));
}

static str get_bytes(struct wire *wire)
{
	size_t n = get_count(wire, 1);
	if (wire->broken || n > wire->rest.n) {
		wire->broken = true;
		return (str){ 0 };
	}
	str value = str_upto(wire->rest, n);
	wire->rest = str_from(wire->rest, n);
	return n == 0 ? (str){ 0 } : value;
}

static str get_text(struct wire *wire, size_t most)
{
	str value = get_bytes(wire);
	if (value.n <= most && utf8_check(value) == value.n)
		return value;
	wire->broken = true;
	return (str){ 0 };
}

/* Of a row that is only shown: what is no text ends where it stops being one. */
static str get_shown(struct wire *wire)
{
	str value = get_bytes(wire);
	return str_upto(value, utf8_check(value));
}

static day get_day(struct wire *wire)
{
	int64_t value = get(wire);
	if (value == DAY_UNKNOWN)
		return DAY_UNKNOWN;
	if (value >= DAY_LEAST && value <= DAY_MOST)
		return (day)value;
	wire->broken = true;
	return DAY_UNKNOWN;
}

static bool broken(const struct wire *wire, struct err *err)
{
	return wire->broken || wire->rest.n > 0
		? err_set(err, ERR_BROKEN, "what was read of the files did not come whole")
		: true;
}

bool import_wire_read(struct arena *arena, str input, struct import_wire *out, struct err *err)
{
	struct wire wire = { .rest = input };
	*out = (struct import_wire){
		.kind = (enum import_kind)get_between(&wire, 0, IMPORT_KINDS - 1)
	};
	out->today = get_day(&wire);
	out->as_at = get_day(&wire);
	size_t rows = (size_t)get_between(&wire, 0, MAPPING_MOST);
	out->mapping.item = arena_take(arena, rows + 1, sizeof *out->mapping.item);
	for (size_t i = 0; i < rows && !wire.broken; i++) {
		str list = get_text(&wire, TEXT_LIMIT), column = get_text(&wire, TEXT_LIMIT);
		out->mapping.item[out->mapping.n++] =
			(struct mapping_row){ list, column, get_text(&wire, TEXT_LIMIT) };
	}
	out->n = (size_t)get_between(&wire, 1, FILES_MOST);
	out->source = arena_take(arena, out->n, sizeof *out->source);
	for (size_t i = 0; i < out->n && !wire.broken; i++) {
		out->source[i].name = get_text(&wire, TEXT_LIMIT);
		out->source[i].bytes = get_bytes(&wire);
	}
	return broken(&wire, err);
}

static void get_field(struct wire *wire, const struct field *field, size_t items, void *record)
{
	char *at = (char *)record + field->at;
	struct when *when;
	switch (field->kind) {
	case KIND_TEXT:
		*(str *)(void *)at = get_text(wire, TEXT_LIMIT);
		break;
	case KIND_DAY:
		*(day *)(void *)at = get_day(wire);
		break;
	case KIND_WHEN:
		when = (struct when *)(void *)at;
		when->on = get_day(wire);
		when->at = get(wire);
		break;
	case KIND_ANSWER:
		*(enum answer *)(void *)at =
			(enum answer)get_between(wire, ANSWER_UNKNOWN, ANSWER_NO);
		break;
	case KIND_NUMBER:
		*(int64_t *)(void *)at = get_between(wire, -1, INT64_MAX);
		break;
	case KIND_REF: /* none, or a record of the same child */
		((ref *)(void *)at)->id = get_between(wire, -(int64_t)items, 0);
		break;
	}
}

static void get_item(struct wire *wire, struct staging *staging, struct staged_child *child,
	size_t items)
{
	const struct record_type *type =
		record_types[get_between(wire, 0, (int64_t)record_types_n - 1)];
	str file = get_text(wire, TEXT_LIMIT);
	size_t line = (size_t)get_between(wire, 0, INT32_MAX);
	if (wire->broken)
		return;
	struct staged *item = staging_add(staging, child, type, file, line);
	item->from = get_day(wire);
	item->to = get_day(wire);
	item->settles = (uint32_t)get_between(wire, 0, UINT32_MAX);
	for (size_t i = 0; i < type->n; i++)
		get_field(wire, &type->fields[i], items, item->record);
}

static void get_child(struct wire *wire, struct staging *staging)
{
	str number = get_text(wire, NUMBER_MOST);
	size_t items = get_count(wire, 8 * 6);
	if (wire->broken || number.n == 0) {
		wire->broken = true;
		return;
	}
	struct staged_child *child = staging_child(staging, number);
	if (child->n > 0)
		wire->broken = true; /* twice the same child */
	for (size_t i = 0; i < items && !wire->broken; i++)
		get_item(wire, staging, child, items);
}

static void get_covers(struct wire *wire, struct staging *staging)
{
	size_t n = (size_t)get_between(
		wire, 0, sizeof staging->cover / sizeof *staging->cover);
	for (size_t i = 0; i < n && !wire->broken; i++) {
		enum word word = (enum word)get_between(wire, 0, WORDS - 1);
		day from = get_day(wire), to = get_day(wire);
		staging_cover(staging, word, from, to);
	}
}

static void get_rejects(struct wire *wire, struct staging *staging)
{
	size_t n = get_count(wire, 8 * 5);
	for (size_t i = 0; i < n && !wire->broken; i++) {
		struct reject reject = { .file = get_shown(wire) };
		reject.line = (size_t)get_between(wire, 0, INT32_MAX);
		reject.column = get_shown(wire);
		reject.value = get_shown(wire);
		reject.reason = get_shown(wire);
		staging_reject(staging, reject);
	}
}

static void get_columns(struct wire *wire, struct staging *staging)
{
	size_t n = get_count(wire, 8 * 5);
	for (size_t i = 0; i < n && !wire->broken; i++) {
		struct staged_column column = { .list = get_shown(wire) };
		column.column = get_shown(wire);
		column.heading = get_shown(wire);
		column.how = (enum column_how)get_between(wire, 0, COLUMN_HOWS - 1);
		column.needed = get_between(wire, 0, 1) == 1;
		ARRAY_MORE(&staging->columns) = column;
	}
}

bool staging_wire_read(str input, struct staging *staging, struct err *err)
{
	struct wire wire = { .rest = input };
	staging->known_to = get_day(&wire);
	staging->authority = get_text(&wire, NUMBER_MOST);
	buf_str(&staging->notes, get_text(&wire, TEXT_LIMIT));
	staging->refused = get_shown(&wire);
	get_columns(&wire, staging);
	get_covers(&wire, staging);
	get_rejects(&wire, staging);
	size_t children = get_count(&wire, 16);
	for (size_t i = 0; i < children && !wire.broken; i++)
		get_child(&wire, staging);
	if (!broken(&wire, err))
		return false;
	staging_check(staging); /* as if they had been read here */
	return true;
}

bool import_read_shut_in(struct arena *arena, str input, struct buf *out, struct err *err)
{
	struct import_wire wire;
	struct staging staging;
	if (!import_wire_read(arena, input, &wire, err))
		return false;
	const struct import_task task = {
		.kind = wire.kind,
		.source = wire.source,
		.n = wire.n,
		.mapping = &wire.mapping,
		.as_at = wire.as_at
	};
	staging_open(&staging, arena);
	bool read = import_stage(&task, wire.today, &staging, err);
	if (read)
		staging_wire_put(out, &staging);
	staging_close(&staging);
	return read;
}
