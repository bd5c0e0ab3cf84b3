/* source.h - what the council's files know, up to when, and who is missing from the last of them.
 *
 * A source that is older than its limit makes totals say "as at" (practice.md, safety control 4): a
 * clock met by it may be met by nothing any more. A child whom the last files do not tell of is to
 * be checked, and is never ended for it.
 */
#pragma once

#include "law/word.h"
#include "store/store.h"

enum { SOURCE_KINDS = 4, SOURCE_LIMIT_DAYS = 100, SOURCE_WORDS = 48 };

struct source_cover {
	enum word word;
	day from, to; /* DAY_UNKNOWN: from ever, to when the source knows */
};

struct source_age {
	str kind; /* "ssda903", "cin", "people", "demo" */
	day known_to; /* of the files that know most; a people file's is the day of its import */
	instant imported_at;
	str who; /* empty: the command line */
	int64_t children, events, rejected, imports;
	int64_t limit; /* days: the setting source-limit:KIND */
	bool stale;
	struct source_cover cover[SOURCE_WORDS];
	size_t covers;
};
struct source_ages {
	struct source_age item[SOURCE_KINDS];
	size_t n;
	int64_t by_hand; /* events that people's own records left */
	instant by_hand_at;
};
/* Two statements. */
MUST_USE bool store_sources(struct store *store, struct arena *arena, str authority, day today,
	struct source_ages *out, struct err *err);

/* Is anything that totals are made of older than its limit? One statement. */
struct source_stale {
	bool stale;
	str kind;     /* of the oldest that is */
	day as_at;
	int64_t limit;
};
MUST_USE bool store_sources_stale(struct store *store, struct arena *arena, str authority,
	day today, struct source_stale *out, struct err *err);

/* Looked after, or on a plan, by an earlier file, and not in the last one of that kind: what the
 * actor may see of them. */
struct source_missing {
	int64_t subject;
	int level;
	str number, forename, surname; /* empty names at level 1 */
	bool from_ssda903, from_cin;
	str iro, worker;
};
struct source_missing_list {
	struct source_missing *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_sources_missing(struct store *store, struct arena *arena,
	const struct actor *actor, struct source_missing_list *out, struct err *err);

/* Children whom only the custodian sees, because nobody has said who is restricted. */
MUST_USE bool store_sources_uncleared(
	struct store *store, str authority, int64_t *children, struct err *err);
