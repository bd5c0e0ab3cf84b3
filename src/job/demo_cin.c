/* A child's part of the census of children in need: what was known on its 31 March. */
#include "job/demo_file.h"

#include "job/demo_store.h"
#include "returns/cin/write.h"

#include "base/mem.h"

struct told_child demo_told(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena)
{
	struct demo_changes changes = { 0 };
	struct told_list *of = arena_take(arena, record_types_n, sizeof *of);
	demo_changes(child, options, arena, &changes);
	for (size_t i = 0; i < changes.n; i++)
		of[changes.item[i].type->index].room++;
	for (size_t i = 0; i < record_types_n; i++)
		of[i].item = arena_take(arena, of[i].room + 1, sizeof *of[i].item);
	for (size_t i = 0; i < changes.n; i++) {
		struct told_list *list = &of[changes.item[i].type->index];
		/* As the others of the batch call it. */
		list->item[list->n++] = (struct told){ -(int64_t)i - 1, changes.item[i].record };
	}
	mem_free(changes.item);
	return (struct told_child){ .number = str_of(child->number), .of = of };
}

struct cin_year demo_census(const struct demo_options *options)
{
	day returned = demo_returned(options);
	return (struct cin_year){ day_add_months(returned, -12) + 1, returned, options->calendar };
}

void demo_write_cin(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena, struct xml_out *out, struct demo_written *written)
{
	struct cin_year year = demo_census(options);
	const struct demo_protection *protection = &child->protection;
	struct told_child told = demo_told(child, options, arena);
	if (cin_write_child(arena, &year, &told, out, NULL) > 0 && child->has_protection &&
		protection->planned && protection->began <= year.to &&
		(protection->plan_ended == DAY_UNKNOWN || protection->plan_ended >= year.from))
		written->plans++;
}
