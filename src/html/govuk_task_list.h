/* govuk_task_list.h - what there is to do, and how far each task is. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_tag.h"

struct govuk_task {
	struct govuk_content title, hint, status;
	str href; /* none: it cannot be started yet */
	str title_classes, status_classes, classes;
	const struct govuk_tag *tag; /* in place of the status */
	bool absent;                 /* left out, but keeps its place in the numbering */
};

struct govuk_task_list {
	const struct govuk_task *items;
	size_t n_items;
	str id_prefix; /* "task-list" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_task_list(b, ...) govuk_task_list_((b), &(struct govuk_task_list){ __VA_ARGS__ })
void govuk_task_list_(struct buf *b, const struct govuk_task_list *o);
