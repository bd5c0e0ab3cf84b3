/* A child's rows in one year's SSDA903, from the records that a store of the demonstration holds: what
 * was known on the 31 March that ends the year. */
#include "job/demo_file.h"

#include "returns/ssda903/write_child.h"

enum { CHILD_CAP = 8 << 20 };

void demo_write_903(
	const struct told_child *child, struct demo_returns *year, struct demo_written *written)
{
	struct arena *arena = arena_open(CHILD_CAP);
	size_t rows[SSDA903_FILES] = { 0 };
	const struct ssda903_year of = { .from = year->from, .to = year->to };
	ssda903_write_child(arena, &of, child, year->out, rows);
	written->episodes += (int64_t)rows[SSDA903_EPISODES];
	written->reviews += (int64_t)rows[SSDA903_REVIEWS];
	must(!arena_full(arena));
	arena_close(arena);
}

/* ---- episodes, for who writes them in another form */

static const char *reason_began(bool status, bool placement, bool same_carer)
{
	if (!placement)
		return status ? "L" : "S";
	if (status)
		return same_carer ? "U" : "B";
	return same_carer ? "T" : "P";
}

bool demo_episode_next(struct demo_episode *episode)
{
	const struct demo_care *care = episode->care;
	bool first = episode->statuses == 0;
	bool turns = !first && episode->statuses < care->statuses &&
		     care->status[episode->statuses].on == episode->ended;
	if (!first && !turns && !episode->moves)
		return false;
	episode->began = first ? care->began : episode->ended;
	bool moved = episode->moves;
	episode->statuses += first || turns;
	episode->placements += first || moved;
	const struct demo_placement *placement = &care->placement[episode->placements - 1];
	episode->status = care->status[episode->statuses - 1].code;
	episode->reason = reason_began(turns, moved, placement->same_carer);
	day next_status = episode->statuses < care->statuses ? care->status[episode->statuses].on
							     : DAY_UNKNOWN;
	day next_place = episode->placements < care->placements
				 ? care->placement[episode->placements].began
				 : DAY_UNKNOWN;
	episode->ended = care->ended;
	if (next_status != DAY_UNKNOWN &&
		(episode->ended == DAY_UNKNOWN || next_status < episode->ended))
		episode->ended = next_status;
	if (next_place != DAY_UNKNOWN &&
		(episode->ended == DAY_UNKNOWN || next_place < episode->ended))
		episode->ended = next_place;
	episode->moves = episode->ended != DAY_UNKNOWN && episode->ended == next_place;
	return true;
}
