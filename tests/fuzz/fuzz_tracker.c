/* Trackers: any text as CSV; columns guessed, rows and actions read. Nothing is refused, and what was
 * read lies within what was given. */
#include "fuzz.h"
#include "returns/tracker/tracker.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 26);
	struct grids *grids = arena_new(arena, struct grids);
	struct tracker_plan *plan = arena_new(arena, struct tracker_plan);
	struct tracker tracker;
	struct err err;
	if (grids_from_text(arena, (str){ (const char *)bytes, n }, grids, &err)) {
		tracker_guess_best(grids, day_of(2026, 11, 20), plan);
		tracker_read(arena, grids, plan, &tracker);
		must(tracker.n <= grids->item[plan->sheet].n);
		size_t actions = 0;
		for (size_t i = 0; i < tracker.n; i++) {
			const struct tracker_row *row = &tracker.row[i];
			must(row->child.n + row->name.n > 0);
			must(row->born == DAY_UNKNOWN || (row->born >= DAY_MIN && row->born <= DAY_MAX));
			must(row->action == actions);
			actions += row->actions;
		}
		must(actions == tracker.actions);
		for (size_t i = 0; i < actions; i++)
			must(tracker.action[i].row < tracker.n && tracker.action[i].what.n <= 500);
	}
	arena_close(arena);
	return 0;
}
