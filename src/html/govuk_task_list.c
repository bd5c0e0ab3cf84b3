#include "html/govuk_task_list.h"

static void task_id(struct buf *b, const struct govuk_task_list *o, size_t number, str suffix)
{
	text(b, govuk_part_default(o->id_prefix, S("task-list")));
	H(b, "-");
	buf_int(b, (int64_t)number);
	text(b, suffix);
}

static void name(struct buf *b, const struct govuk_task_list *o, const struct govuk_task *task,
	size_t number)
{
	if (task->href.n > 0) {
		H(b, "<a class=\"govuk-link govuk-task-list__link");
		govuk_part_classes(b, task->title_classes);
		H(b, "\"");
		attr(b, "href", task->href);
		H(b, " aria-describedby=\"");
		if (govuk_part_some(task->hint.text, task->hint.html)) {
			task_id(b, o, number, S("-hint"));
			H(b, " ");
		}
		task_id(b, o, number, S("-status"));
		H(b, "\">");
		govuk_part_content(b, task->title.text, task->title.html);
		H(b, "</a>\n");
	} else {
		H(b, "<div");
		attr_some(b, "class", task->title_classes);
		H(b, ">");
		govuk_part_content(b, task->title.text, task->title.html);
		H(b, "</div>\n");
	}
}

static void task_item(struct buf *b, const struct govuk_task_list *o, const struct govuk_task *task,
	size_t number)
{
	H(b, "<li class=\"govuk-task-list__item");
	if (task->href.n > 0)
		H(b, " govuk-task-list__item--with-link");
	govuk_part_classes(b, task->classes);
	H(b, "\">\n<div class=\"govuk-task-list__name-and-hint\">\n");
	name(b, o, task, number);
	if (govuk_part_some(task->hint.text, task->hint.html)) {
		H(b, "<div id=\"");
		task_id(b, o, number, S("-hint"));
		H(b, "\" class=\"govuk-task-list__hint\">");
		govuk_part_content(b, task->hint.text, task->hint.html);
		H(b, "</div>\n");
	}
	H(b, "</div>\n<div class=\"govuk-task-list__status");
	govuk_part_classes(b, task->status_classes);
	H(b, "\" id=\"");
	task_id(b, o, number, S("-status"));
	H(b, "\">");
	if (task->tag != NULL)
		govuk_tag_(b, task->tag);
	else
		govuk_part_content(b, task->status.text, task->status.html);
	H(b, "</div>\n</li>\n");
}

void govuk_task_list_(struct buf *b, const struct govuk_task_list *o)
{
	H(b, "<ul class=\"govuk-task-list");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_items; i++) {
		if (!o->items[i].absent)
			task_item(b, o, &o->items[i], i + 1);
	}
	H(b, "</ul>\n");
}
