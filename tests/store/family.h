/* family.h - a child or two for the store's tests, as a form or an import would bring them. */
#pragma once

#include "place.h"

#define ROOM 8

/* What one save holds, put together a change at a time. */
struct basket {
	struct change change[ROOM];
	size_t n;
	struct problems problems;
};

static inline void *put(struct place *place, struct basket *basket, const struct record_type *type,
	int64_t subject)
{
	must(basket->n < ROOM);
	void *record = record_new(place->arena, type);
	basket->change[basket->n++] =
		(struct change){ .act = CHANGE_ADD, .type = type, .subject = subject, .record = record };
	return record;
}

/* A child looked after from `began`, with a review held on `held` (or none): four records. */
static inline void put_child(
	struct place *place, struct basket *basket, const char *number, day began, day held)
{
	basket->n = 0;
	struct child *child = put(place, basket, &child_type, 0);
	basket->change[0].new_subject = true;
	basket->change[0].key = child->number = str_of(number);
	child->forename = S("Asha");
	child->surname = S("Example");
	child->born = day_of(2015, 3, 4);
	struct care_period *care = put(place, basket, &care_period_type, -1);
	care->began = began;
	care->legal = S("C2");
	struct placement *placement = put(place, basket, &placement_type, -1);
	placement->care = (ref){ -2 };
	placement->began = began;
	placement->code = S("U4");
	if (held == DAY_UNKNOWN)
		return;
	struct cla_review *review = put(place, basket, &cla_review_type, -1);
	review->care = (ref){ -2 };
	review->held = held;
	review->participation = S("PN1");
}

static inline bool save_basket(struct place *place, struct basket *basket, enum save_mode mode,
	const struct actor *actor, int64_t import, struct err *err)
{
	basket->problems = (struct problems){ 0 };
	struct save save = {
		.mode = mode,
		.actor = actor,
		.authority = S("EX1"),
		.import = import,
		.change = basket->change,
		.n = basket->n,
		.problems = &basket->problems,
		.arena = place->arena,
	};
	return store_save(place->store, &save, err);
}

/* Saved by the program itself. The child's subject. */
static inline int64_t add_child(struct place *place, const char *number, day began, day held)
{
	struct basket basket;
	put_child(place, &basket, number, began, held);
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

/* The whole of one import of `n` children, numbered from 1. */
static inline int64_t import_children(struct place *place, size_t n, day held)
{
	int64_t import = 0;
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"),
		.kind = S("ssda903"), .files = S("header.csv"), .known_to = day_of(2026, 3, 31) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	OK(store_import_covers(place->store, import, WORD_CLA_REVIEW_HELD, day_of(2025, 4, 1),
		day_of(2026, 3, 31), ERR));
	for (size_t i = 0; i < n; i++) {
		char number[16];
		snprintf(number, sizeof number, "C%05zu", i + 1);
		int64_t subject = 0;
		OK(store_subject_find(place->store, S("EX1"), SUBJECT_CHILD, str_of(number),
			&subject, ERR));
		struct basket basket;
		put_child(place, &basket, number, day_of(2025, 5, 1), held);
		if (subject != 0) {
			for (size_t k = 0; k < basket.n; k++) {
				struct change *change = &basket.change[k];
				struct stored_list list;
				OK(store_records(place->store, place->arena, subject, change->type,
					&list, ERR));
				change->act = CHANGE_EDIT;
				change->new_subject = false;
				change->subject = subject;
				change->id = list.item[0].id;
				change->version = list.item[0].version;
			}
		}
		OK(save_basket(place, &basket, SAVE_IMPORT, &place->system, import, ERR));
	}
	OK(store_import_end(place->store, import, (int64_t)n, (int64_t)n * 3, 0, ERR));
	return import;
}
