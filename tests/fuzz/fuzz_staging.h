/* fuzz_staging.h - what must hold of whatever a return's reader staged. */
#pragma once

#include "returns/staged.h"

static inline void fuzz_refs(const struct staged_child *child, size_t at)
{
	const struct staged *item = &child->item[at];
	for (size_t f = 0; f < item->type->n; f++) {
		const struct field *field = &item->type->fields[f];
		if (field->kind != KIND_REF)
			continue;
		const ref *to = (const ref *)(const void *)((const char *)item->record + field->at);
		must(to->id <= 0 && to->id >= -(int64_t)at);
	}
}

static inline void fuzz_staging(const struct staging *staging, bool good, const struct err *err)
{
	if (!good) {
		must(err->code != ERR_NONE && err->text[0] != '\0');
		return;
	}
	struct arena *arena = arena_open(1 << 24);
	for (size_t i = 0; i < staging->children.n; i++) {
		const struct staged_child *child = &staging->children.item[i];
		must(child->n == 0 || child->item[0].type == &child_type);
		for (size_t k = 0; k < child->n; k++) {
			struct problems problems = { 0 };
			record_check(arena, child->item[k].type, child->item[k].record, &problems);
			must(problems.n == 0);
			fuzz_refs(child, k);
		}
	}
	struct buf rejects = { 0 };
	buf_rejects(&rejects, &staging->rejects);
	buf_close(&rejects);
	(void)staging_events(staging, arena);
	arena_close(arena);
}
