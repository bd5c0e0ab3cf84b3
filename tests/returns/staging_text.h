/* staging_text.h - a staging as a few lines, for tests to compare with. */
#pragma once

#include "returns/staged.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "A1 child number=A1 born=2015-08-02": one line a record; refs as the place of their record. */
static inline void buf_staging(struct buf *buf, const struct staging *staging)
{
	for (size_t i = 0; i < staging->children.n; i++) {
		const struct staged_child *child = &staging->children.item[i];
		for (size_t k = 0; k < child->n; k++) {
			const struct staged *item = &child->item[k];
			buf_format(buf, "%.*s %zu %.*s", STR_ARGS(child->number), k + 1,
				STR_ARGS(item->type->name));
			for (size_t f = 0; f < item->type->n; f++) {
				const struct field *field = &item->type->fields[f];
				struct buf value = { 0 };
				buf_field_text(&value, field, item->record);
				if (value.n > 0 && strcmp(field->name, "number") != 0)
					buf_format(buf, " %s=%.*s", field->name,
						STR_ARGS(buf_view(&value)));
				buf_close(&value);
			}
			buf_char(buf, '\n');
		}
	}
}

static inline size_t staging_count(const struct staging *staging, const struct record_type *type)
{
	size_t n = 0;
	for (size_t i = 0; i < staging->children.n; i++) {
		for (size_t k = 0; k < staging->children.item[i].n; k++)
			n += staging->children.item[i].item[k].type == type;
	}
	return n;
}

static inline size_t staging_children(const struct staging *staging)
{
	size_t n = 0;
	for (size_t i = 0; i < staging->children.n; i++)
		n += staging->children.item[i].n > 0;
	return n;
}

/* A file of the test sets beside the project; false, with a note, where they are not. */
static inline bool read_shared(struct arena *arena, const char *path, str *out)
{
	const char *root = getenv("DULY_ROOT");
	char name[1024];
	snprintf(name, sizeof name, "%s/../shared/data-standards/%s", root == NULL ? "." : root,
		path);
	FILE *file = fopen(name, "rb");
	if (file == NULL)
		return false;
	struct buf buf = { 0 };
	char chunk[65536];
	size_t got;
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		buf_bytes(&buf, chunk, got);
	fclose(file);
	*out = arena_str(arena, buf_view(&buf));
	buf_close(&buf);
	return true;
}
