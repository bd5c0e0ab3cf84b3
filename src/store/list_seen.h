/* list_seen.h - whose rows of `access a` a list, a search or a count reads: $1 person, $2 role,
 * $3 authority, $4 now. For the files of store/ that read lists. */
#pragma once

#include "store/inside.h"
#include "store/list_pick.h"

#define SEEN_NOW ACCESS_NOW("$1", "$2", "$3", "$4")
#define seen_bind access_bind

/* A clock that is due or overdue: the condition of the index clock_running_by_rule, as it stands there. */
#define CLOCK_RUNS(c) c ".met_on IS NULL AND " c ".ended_by IS NULL AND " c ".disapplied IS NULL AND " c \
	".doubt = 0 "

static inline str seen_text(struct arena *arena, struct stmt *stmt, int column)
{
	return arena_str(arena, db_text(stmt, column));
}

static inline day seen_day(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

/* What a pick_row is read from, of access a and child_row r; list.c reads it. */
#define PICK_COLUMNS                                                                               \
	"a.subject, a.level, r.born, r.next_due, r.unsure_due, r.unknowns, r.looked_after, "       \
	"r.on_plan, r.number, r.name_key, r.team, r.view_on, r.contact_on, r.sibling_key"
enum { PICK_COLUMNS_N = 14 };
void pick_read(struct arena *arena, struct stmt *stmt, struct pick_row *out);
/* The rows of at most LIST_ROWS of the picked, with their words: one statement. */
MUST_USE bool pick_fetch(struct store *store, struct arena *arena, const struct pick_row *pick,
	size_t n, struct caseload_row *out, struct err *err);
