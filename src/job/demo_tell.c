/* A child of the demonstration as a writer of returns takes it: from the records that a store would get. */
#include "job/demo_store.h"

#include "base/mem.h"

enum { CHILD_CAP = 8 << 20 };

void demo_told_open(struct demo_told *told)
{
	*told = (struct demo_told){ .arena = arena_open(CHILD_CAP) };
}

void demo_told_close(struct demo_told *told)
{
	mem_free(told->changes.item);
	arena_close(told->arena);
	*told = (struct demo_told){ 0 };
}

const struct told_child *demo_tell(const struct demo_child *child, const struct demo_options *options,
	struct demo_told *told)
{
	arena_reset(told->arena);
	demo_changes(child, options, told->arena, &told->changes);
	struct told_list *list = arena_take(told->arena, record_types_n, sizeof *list);
	for (size_t i = 0; i < told->changes.n; i++)
		list[told->changes.item[i].type->index].room++;
	for (size_t i = 0; i < record_types_n; i++)
		list[i].item = arena_take(told->arena, list[i].room + 1, sizeof *list[i].item);
	for (size_t i = 0; i < told->changes.n; i++) {
		const struct change *change = &told->changes.item[i];
		struct told_list *of = &list[change->type->index];
		/* As the changes of one save call each other. */
		of->item[of->n++] = (struct told){ -(int64_t)i - 1, change->record };
	}
	must(!arena_full(told->arena));
	told->child = (struct told_child){ .number = str_of(child->number), .of = list };
	return &told->child;
}
