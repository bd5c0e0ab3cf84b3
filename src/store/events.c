/* events.c - events as rows. */
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

const char *const event_column[15] = { "id", "subject", "word", "on_day", "at", "thread", "link",
	"detail", "record", "source", "known_at", "save", "withdrawn_at", "withdrawn_reason",
	"withdrawn_save" };

static void load_known(struct db_load *load, bool known, int64_t value)
{
	if (known)
		db_load_int(load, value);
	else
		db_load_null(load);
}

void event_row_load(struct db_load *load, const struct event_row *event)
{
	db_load_int(load, event->id);
	db_load_int(load, event->subject);
	db_load_text(load, word_text(event->word));
	load_known(load, event->on != DAY_UNKNOWN, event->on);
	load_known(load, event->at != INSTANT_UNKNOWN, event->at);
	db_load_int(load, event->thread);
	db_load_int(load, event->link);
	if (event->detail.n > 0)
		db_load_text(load, event->detail);
	else
		db_load_null(load);
	db_load_int(load, event->record);
	db_load_text(load, event->source);
	db_load_int(load, event->known_at);
	db_load_int(load, event->save);
	db_load_null(load);
	db_load_null(load);
	db_load_null(load);
}

void event_row_read(struct arena *arena, struct stmt *stmt, struct event_row *out)
{
	str word = db_text(stmt, 2);
	*out = (struct event_row){
		.id = db_int(stmt, 0),
		.subject = db_int(stmt, 1),
		.word = word_find(word),
		.on = db_is_null(stmt, 3) ? DAY_UNKNOWN : (day)db_int(stmt, 3),
		.at = db_is_null(stmt, 4) ? INSTANT_UNKNOWN : db_int(stmt, 4),
		.thread = db_int(stmt, 5),
		.link = db_int(stmt, 6),
		.detail = arena_str(arena, db_text(stmt, 7)),
		.record = db_int(stmt, 8),
		.source = arena_str(arena, db_text(stmt, 9)),
		.known_at = db_int(stmt, 10),
		.save = db_int(stmt, 11),
		.withdrawn_at = db_is_null(stmt, 12) ? INSTANT_UNKNOWN : db_int(stmt, 12),
		.reason = arena_str(arena, db_text(stmt, 13)),
		.withdrawn_save = db_int(stmt, 14),
	};
	out->word_text = out->word == WORD_NONE ? arena_str(arena, word) : word_text(out->word);
}

/* What the ledger's sum holds of an event: once when it is left, once more when it is withdrawn. */
void event_digest(const struct store *store, const struct event_row *event, bool withdrawal,
	unsigned char out[static DIGEST])
{
	struct buf text = { 0 };
	if (withdrawal) {
		buf_format(&text, "withdrawn;%lld;%lld;%lld;", (long long)event->id,
			(long long)event->withdrawn_at, (long long)event->withdrawn_save);
		buf_str(&text, event->reason);
	} else {
		buf_format(&text, "event;%lld;%lld;%.*s;%d;%lld;%lld;%lld;%zu:",
			(long long)event->id, (long long)event->subject,
			STR_ARGS(event->word_text), event->on, (long long)event->at,
			(long long)event->thread, (long long)event->link, event->detail.n);
		buf_str(&text, event->detail);
		buf_format(&text, ";%lld;%.*s;%lld;%lld", (long long)event->record,
			STR_ARGS(event->source), (long long)event->known_at, (long long)event->save);
	}
	crypto_generichash(out, DIGEST, (const unsigned char *)text.p, text.n, store->key, KEY);
	buf_close(&text);
}
