#include "job/demo_store.h"

#include "base/mem.h"

#include <string.h>

enum { CHILD_CAP = 4 << 20, EVERY = 1000 };

/* What both returns carry is known from ever; what only Duly knows, since the authority came. */
static bool cover(struct store *store, int64_t import, day watch, struct err *err)
{
	static const enum word returned[] = { WORD_BIRTH, WORD_LOOKED_AFTER_BEGAN,
		WORD_LOOKED_AFTER_ENDED, WORD_LEGAL_STATUS_CHANGED, WORD_PLACEMENT_BEGAN,
		WORD_PLACEMENT_ENDED, WORD_PLACED_FOR_ADOPTION, WORD_CLA_REVIEW_HELD,
		WORD_ADOPTION_REVIEW_HELD, WORD_MISSING_BEGAN, WORD_MISSING_ENDED,
		WORD_REFERRAL_RECEIVED, WORD_REFERRAL_DECIDED, WORD_ASSESSMENT_BEGAN,
		WORD_ASSESSMENT_AUTHORISED, WORD_STRATEGY_DISCUSSION_HELD, WORD_S47_BEGAN,
		WORD_S47_ENDED, WORD_ICPC_HELD, WORD_RCPC_HELD, WORD_CP_PLAN_BEGAN,
		WORD_CP_PLAN_ENDED };
	static const enum word ours[] = { WORD_IRO_SERVICE_NOTIFIED, WORD_IRO_APPOINTED,
		WORD_CARE_PLAN_MADE, WORD_PLACEMENT_PLAN_MADE, WORD_REVIEW_DECISIONS_SENT,
		WORD_REVIEW_DECISIONS_RECEIVED, WORD_REVIEW_RECORD_COMPLETED,
		WORD_REVIEW_RECORD_DISTRIBUTED, WORD_CONFERENCE_DECISIONS_SENT,
		WORD_CONFERENCE_RECORD_SENT, WORD_CORE_GROUP_HELD, WORD_CLA_VISIT_HELD,
		WORD_CP_VISIT_HELD, WORD_MEETING_BOOKED, WORD_RETURN_INTERVIEW_HELD,
		WORD_PLACEMENT_NOTICE_SENT, WORD_AREA_AUTHORITY_TOLD, WORD_PATHWAY_NEEDS_ASSESSED,
		WORD_PATHWAY_PLAN_MADE, WORD_PATHWAY_REVIEW_HELD, WORD_MISSING_MEETING_HELD };
	for (size_t i = 0; i < sizeof returned / sizeof *returned; i++) {
		if (!store_import_covers(store, import, returned[i], DAY_UNKNOWN, DAY_UNKNOWN, err))
			return false;
	}
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
		if (!store_import_covers(store, import, ours[i], watch, DAY_UNKNOWN, err))
			return false;
	}
	return true;
}

static int64_t events_of(const struct demo_changes *changes, struct arena *arena)
{
	int64_t n = 0;
	for (size_t i = 0; i < changes->n; i++) {
		struct lefts left = { 0 };
		if (changes->item[i].type->leaves == NULL)
			continue;
		changes->item[i].type->leaves(arena, changes->item[i].record, &left);
		n += (int64_t)left.n;
	}
	return n;
}

static bool save_child(const struct demo_child *child, const struct demo_options *options,
	const struct demo_storing *storing, int64_t import, struct arena *arena,
	struct demo_changes *changes, struct demo_stored *stored, struct err *err)
{
	struct problems problems = { 0 };
	demo_changes(child, options, arena, changes);
	struct save save = { .mode = SAVE_IMPORT,
		.actor = storing->actor,
		.authority = storing->authority,
		.import = import,
		.change = changes->item,
		.n = changes->n,
		.problems = &problems,
		.arena = arena };
	stored->events += events_of(changes, arena);
	stored->children++;
	if (store_save(storing->store, &save, err))
		return true;
	if (problems.n > 0) /* ours is always right: a fault of the generator */
		return err_set(err, ERR_BROKEN, "child %s, %.*s: %.*s", child->number,
			STR_ARGS(problems.item[0].field), STR_ARGS(problems.item[0].message));
	return false;
}

static bool save_all(const struct demo_options *options, const struct demo_storing *storing,
	int64_t import, struct demo_stored *stored, struct err *err)
{
	struct demo *demo = demo_open(options);
	struct arena *arena = arena_open(CHILD_CAP);
	struct demo_changes changes = { 0 };
	struct demo_looked_after looked_after = { 0 };
	const struct demo_child *child;
	bool done = true;
	while (done && (child = demo_next(demo)) != NULL) {
		arena_reset(arena);
		done = save_child(child, options, storing, import, arena, &changes, stored, err);
		must(!arena_full(arena));
		bool plain = child->has_care && child->care.ended == DAY_UNKNOWN && !child->restricted;
		if (plain)
			memcpy(ARRAY_MORE(&looked_after).number, child->number, sizeof child->number);
		if (storing->progress != NULL && stored->children % EVERY == 0)
			storing->progress(storing->self, stored->children);
	}
	done = done && demo_matters(options, storing, import, &looked_after, stored, err);
	mem_free(looked_after.item);
	mem_free(changes.item);
	arena_close(arena);
	demo_close(demo);
	return done;
}

static bool found(void *to, int64_t subject, str key, struct err *err)
{
	(void)to;
	(void)subject;
	(void)key;
	return err_set(err, ERR_DUPLICATE,
		"this store holds children already: the demonstration wants one of its own");
}

bool demo_store(const struct demo_options *options, const struct demo_storing *storing,
	struct demo_stored *stored, struct err *err)
{
	struct store *store = storing->store;
	int64_t import;
	*stored = (struct demo_stored){ 0 };
	const struct import_begin begin = { .actor = storing->actor,
		.authority = storing->authority,
		.kind = S("demo"),
		.known_to = options->now };
	if (!store_each_subject(store, storing->authority, (str){ 0 }, found, NULL, err) ||
		(!storing->beside &&
			(!store_set(store, storing->actor, S("demonstration"), S("yes"), err) ||
				!store_set(store, storing->actor, S("authority"), storing->authority,
					err))) ||
		!store_set(store, storing->actor, S("authority-name"),
			storing->beside ? S("Northmere") : S("Wexcombe"), err) ||
		!store_import_begin(store, &begin, &import, err))
		return false;
	if (cover(store, import, demo_watch(options), err) &&
		save_all(options, storing, import, stored, err) &&
		store_import_end(store, import, stored->children, stored->events, 0, err))
		return true;
	store_import_cancel(store);
	return false;
}
