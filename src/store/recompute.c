/* recompute.c - what follows from a subject's events: its clocks, its row in lists, who may see it.
 *
 * Read by ranges of subjects and a statement a table, never by event (recompute_read.c); a subject's
 * rows are written only where they differ from what is stored (recompute_put.c). */
#include "store/recompute_inside.h"

#include "store/local.h"

enum { CHUNK = 256, SINGLY = 2000 };

/* ---- one subject */

/* A child is as closed to readers as the closest of those that it is. */
static enum openness openness_with(
	const struct chunk *chunk, int64_t subject, enum openness openness)
{
	for (size_t i = 0; i < chunk->same.n; i++) {
		if (chunk->same.item[i].main == subject && chunk->same.item[i].openness > openness)
			openness = chunk->same.item[i].openness;
	}
	return openness;
}

/* What the child said, and who was in touch, under whatever number. */
static bool take_heard(struct chunk *chunk, int64_t subject, struct heard *out, struct err *err)
{
	*out = heard_of(chunk->heard, subject);
	for (size_t i = 0; i < chunk->same.n; i++) {
		if (chunk->same.item[i].main == subject &&
			!heard_take(chunk->store, chunk->same.item[i].other, out, err))
			return false;
	}
	return true;
}

/* A row is as it was made on some day before the one it wakes on; until then no day changes it. */
static day made_by(const struct chunk *chunk, const struct stood *stood)
{
	day latest = chunk->compared->latest;
	return stood->wake_on != DAY_UNKNOWN && stood->wake_on <= latest ? stood->wake_on - 1
									 : latest;
}

/* How it would be by another law, beside how it is. */
static bool tell_other_law(struct chunk *chunk, const struct summary *summary)
{
	struct clocks then = { 0 };
	clocks_compute(chunk->compared->law, chunk->event.item, chunk->event.n, chunk->carried,
		chunk->today, &then);
	recompute_hold(chunk, summary->subject, &then);
	if (same_main(&chunk->same, summary->subject) == 0)
		chunk->compared->told(chunk->compared->to, summary->subject, summary->openness,
			&chunk->made, &then);
	clocks_close(&then);
	return true;
}

static bool one_subject(struct chunk *chunk, const struct stood *stood, struct err *err)
{
	if (!recompute_take_events(chunk, stood->id, err))
		return false;
	const struct matter_stored *matter = recompute_matter_of(chunk, stood->id);
	chunk->carried = matter == NULL ? chunk->coverage : &coverage_all;
	if (matter != NULL && matter->withdrawn)
		chunk->event.n = 0;
	if (chunk->compared != NULL && chunk->compared->law == NULL)
		chunk->today = made_by(chunk, stood);
	bool turn = recompute_is_turn(chunk, stood->id, &chunk->moving);
	const struct law *law = chunk->law;
	if (chunk->asked != NULL)
		chunk->moving = chunk->asked;
	if (chunk->compared != NULL) {
		/* Until then it stands by the calendar before; what was accepted no law says any more. */
		if (turn && chunk->moving == NULL && chunk->compared->law == NULL)
			return true;
		if (chunk->moving != NULL && chunk->compared->law == NULL)
			law = chunk->moving->law;
		chunk->moving = NULL;
	}
	chunk->made.n = 0;
	clocks_compute(law, chunk->event.item, chunk->event.n, chunk->carried, chunk->today, &chunk->made);
	if (chunk->moving == NULL)
		recompute_hold(chunk, stood->id, &chunk->made);
	else if (!recompute_move(chunk, stood->id, err))
		return false;
	if (chunk->asked != NULL)
		return true;
	if (turn && chunk->compared == NULL && !recompute_turn_had(chunk, stood->id, err))
		return false;
	struct summary summary = {
		.subject = stood->id,
		.authority = chunk->authority,
		.child = recompute_record_of(&chunk->children, stood->id),
		.allocation = recompute_record_of(&chunk->allocations, stood->id),
		.event = chunk->event.item,
		.events = chunk->event.n,
		.clocks = &chunk->made,
		.today = chunk->today,
	};
	if (!take_heard(chunk, stood->id, &summary.heard, err))
		return false;
	/* The subject keeps what files and signatures say; its row in lists, what readers get. */
	enum openness said = recompute_openness(chunk, stood, summary.allocation);
	bool other = chunk->compared != NULL && chunk->compared->law != NULL;
	if (chunk->compared != NULL && !other &&
		!recompute_openness_due(chunk, stood, summary.allocation, &said, err))
		return false;
	summary.openness = said;
	recompute_restrict_more(chunk, stood->id, &summary.openness);
	summary.openness = openness_with(chunk, stood->id, summary.openness);
	if (other)
		return tell_other_law(chunk, &summary);
	bool done = recompute_put_clocks(chunk, stood->id, err) && recompute_put_access(chunk, &summary, err) &&
		recompute_put_stood(chunk, stood, said, err);
	/* One who is another is listed and found there. */
	if (same_main(&chunk->same, stood->id) != 0)
		summary.child = NULL;
	done = done && recompute_put_matter(chunk, matter, stood->id, err);
	return done && recompute_put_child_row(chunk, &summary, err) && recompute_put_search_keys(chunk, &summary, err);
}

static bool one_chunk(struct chunk *chunk, const int64_t *subject, size_t n, struct err *err)
{
	chunk->subject = subject;
	chunk->subjects = n;
	if (!recompute_read(chunk, err))
		return false;
	for (size_t i = 0; i < chunk->stood.n; i++) {
		if (!one_subject(chunk, &chunk->stood.item[i], err))
			return false;
	}
	return true;
}

/* ---- all of them */

static void close_chunk(struct chunk *chunk)
{
	mem_free(chunk->events.item);
	mem_free(chunk->clocks.item);
	mem_free(chunk->child_rows.item);
	mem_free(chunk->access.item);
	mem_free(chunk->search_keys.item);
	mem_free(chunk->matter_rows.item);
	mem_free(chunk->matters.item);
	mem_free(chunk->children.item);
	mem_free(chunk->allocations.item);
	mem_free(chunk->restrictions.item);
	mem_free(chunk->bars.item);
	mem_free(chunk->sights.item);
	mem_free(chunk->holds.item);
	mem_free(chunk->stood.item);
	heard_close(chunk->heard);
	mem_free(chunk->event.item);
	clocks_close(&chunk->made);
	arena_close(chunk->arena);
}

/* Whoever is made of others comes after them: how open they are is stored by then. */
static void part(const struct same *same, const struct subjects *subjects, struct subjects *alone,
	struct subjects *mains)
{
	for (size_t i = 0; i < subjects->n; i++) {
		int64_t main = same_main(same, subjects->item[i]);
		if (main != 0)
			subjects_add(mains, main);
		subjects_add(same_is_main(same, subjects->item[i]) ? mains : alone,
			subjects->item[i]);
	}
	subjects_sort(alone);
	subjects_sort(mains);
}

static bool all_chunks(struct chunk *chunk, const struct subjects *subjects, struct err *err)
{
	/* A few that lie apart are read one by one; many by ranges. */
	size_t step = subjects->n < SINGLY ? 1 : CHUNK;
	for (size_t i = 0; i < subjects->n; i += step) {
		size_t n = subjects->n - i < step ? subjects->n - i : step;
		if (!one_chunk(chunk, subjects->item + i, n, err))
			return false;
	}
	return true;
}

static bool recompute_how(struct store *store, str authority, const struct subjects *subjects,
	struct compared *compared, struct moving *moving, struct err *err)
{
	if (subjects->n == 0)
		return true;
	bool reads = compared != NULL || moving != NULL;
	if (!law_current(store, err))
		return false;
	struct coverage *coverage = mem_alloc(1, sizeof *coverage);
	day known_to;
	struct chunk chunk = {
		.store = store,
		.authority = authority,
		.arena = arena_open((size_t)1 << 30),
		.heard = heard_open(),
		.coverage = coverage,
		.today = instant_day(store_now(store)),
		.compared = compared,
		.calendar = law_calendar(store),
		.asked = moving,
	};
	struct people *people = NULL;
	struct subjects alone = { 0 }, mains = { 0 };
	bool done = recompute_holds_any(&chunk, err) &&
		same_read(store, authority, &chunk.same, err) &&
		store_coverage(store, authority, coverage, &known_to, err) &&
		store_is_demonstration(store, &chunk.demonstration, err) &&
		(people = people_open(store, authority, err)) != NULL &&
		(chunk.law = store_law_of(store, authority, err)) != NULL &&
		recompute_follow(&chunk, err);
	struct law newer;
	if (done && moving != NULL) {
		moving->law = chunk.law;
		newer = *chunk.law;
		newer.calendar = moving->newer;
		chunk.law = &newer;
	}
	chunk.people = people;
	done = done && (reads || recompute_open_loads(&chunk, err));
	if (chunk.same.n > 0) {
		part(&chunk.same, subjects, &alone, &mains);
		done = done && all_chunks(&chunk, &alone, err);
		same_close(&chunk.same);
		done = done && same_read(store, authority, &chunk.same, err) &&
			all_chunks(&chunk, &mains, err);
	} else {
		done = done && all_chunks(&chunk, subjects, err);
	}
	same_close(&chunk.same);
	done = recompute_close_loads(&chunk, done ? err : NULL) && done;
	done = recompute_follow_end(&chunk, done ? err : NULL) && done;
	if (done && !reads)
		done = monday_keep(store, subjects, err) && monday_keep(store, &mains, err);
	mem_free(alone.item);
	mem_free(mains.item);
	if (people != NULL)
		people_close(people);
	close_chunk(&chunk);
	mem_free(coverage);
	return done;
}

bool recompute(struct store *store, str authority, const struct subjects *subjects, struct err *err)
{
	return recompute_how(store, authority, subjects, NULL, NULL, err);
}

bool recompute_compare(struct store *store, str authority, const struct subjects *subjects,
	struct compared *compared, struct err *err)
{
	return recompute_how(store, authority, subjects, compared, NULL, err);
}

bool recompute_moving(struct store *store, str authority, const struct subjects *subjects,
	struct moving *moving, struct err *err)
{
	return recompute_how(store, authority, subjects, NULL, moving, err);
}
