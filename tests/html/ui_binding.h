/* ui_binding.h - from the JSON options of a GOV.UK fixture to the struct of our component, by
 * table. For tests only. */
#pragma once

#include "base/arena.h"
#include "html/govuk_part.h"

#include <jansson.h>

enum binding_kind {
	BIND_STR,    /* str; numbers and booleans as JavaScript would print them */
	BIND_MARKUP, /* struct markup */
	BIND_BOOL,   /* bool: truthy */
	BIND_CHOICE, /* enum govuk_choice */
	BIND_INT,    /* int64_t */
	BIND_ATTRIBUTES,
	BIND_CONTENT, /* struct govuk_content from {text, html} */
	BIND_STRUCT,  /* a struct within, by its own table */
	BIND_POINTER, /* the same behind a pointer: NULL when falsy */
	BIND_LIST,    /* pointer and count; falsy items are left out */
	BIND_GAPS,    /* the same, falsy items kept, with `absent` set by `gap` */
	BIND_STRS,    /* const str * and count */
};

struct binding {
	const char *path; /* "label.classes"; "" is the value itself */
	enum binding_kind kind;
	size_t at, count_at;
	const struct binding *sub; /* ends with a NULL path */
	size_t size;
	size_t gap; /* where `absent` stands in an item */
};

void binding_fill(
	struct arena *arena, const struct binding *table, const json_t *options, void *out);
