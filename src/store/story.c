#include "store/story.h"

#include "store/inside.h"

#include <string.h>

/* A save of a form is one entry of the ledger; what a file brought has its source for an author. */
SQL(story_told,
	"SELECT e.word, e.on_day, e.at, e.detail, e.record, e.known_at, p.name, e.source, "
	"e.withdrawn_at, e.withdrawn_reason FROM event e LEFT JOIN ledger l "
	"ON l.save = e.save AND l.save > 0 AND e.source = 'form' LEFT JOIN person p "
	"ON p.id = l.actor WHERE e.subject IN " SAME_AS_1
	" AND (e.withdrawn_at IS NULL OR CAST($2 AS BIGINT) = 1) "
	"ORDER BY e.on_day DESC NULLS LAST, e.id DESC");

bool store_story(struct store *store, struct arena *arena, int64_t subject, bool withdrawn,
	struct story *out, struct err *err)
{
	*out = (struct story){ 0 };
	struct stmt *stmt = db_use(store->db, &story_told);
	db_bind_int(stmt, 1, subject);
	db_bind_int(stmt, 2, withdrawn);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		enum word word = word_find(db_text(stmt, 0));
		if (word == WORD_NONE)
			continue;
		if (out->n == out->room) {
			out->room = out->room == 0 ? 32 : out->room * 2;
			struct told *item = arena_take(arena, out->room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
		}
		out->item[out->n++] = (struct told){
			.word = word,
			.on = db_is_null(stmt, 1) ? DAY_UNKNOWN : (day)db_int(stmt, 1),
			.at = db_is_null(stmt, 2) ? INSTANT_UNKNOWN : db_int(stmt, 2),
			.detail = arena_str(arena, db_text(stmt, 3)),
			.record = db_int(stmt, 4),
			.known_at = db_int(stmt, 5),
			.by = arena_str(arena, db_text(stmt, 6)),
			.source = arena_str(arena, db_text(stmt, 7)),
			.withdrawn_at = db_is_null(stmt, 8) ? INSTANT_UNKNOWN : db_int(stmt, 8),
			.reason = arena_str(arena, db_text(stmt, 9)),
		};
	}
	return row == DB_DONE;
}
