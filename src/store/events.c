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

struct event event_of_row(const struct event_row *row)
{
	return (struct event){
		.word = row->word,
		.from_file = !str_equal(row->source, SOURCE_FORM) && !str_equal(row->source, SOURCE_SYSTEM),
		.on = row->on,
		.at = row->at,
		.thread = row->thread,
		.detail = row->detail,
		.link = row->link,
		.id = row->id,
	};
}

static void put_int(struct buf *text, int64_t value)
{
	buf_char(text, ';');
	buf_int(text, value);
}

static void put_text(struct buf *text, str value)
{
	buf_char(text, ';');
	buf_str(text, value);
}

/* What the ledger's sum holds of an event: once when it is left, once more when it is withdrawn. */
void event_digest(const struct store *store, const struct event_row *event, bool withdrawal,
	unsigned char out[static DIGEST])
{
	struct buf text = { 0 };
	if (withdrawal) {
		buf_lit(&text, "withdrawn");
		put_int(&text, event->id);
		put_int(&text, event->withdrawn_at);
		put_int(&text, event->withdrawn_save);
		buf_char(&text, ';');
		buf_str(&text, event->reason);
	} else {
		buf_lit(&text, "event");
		put_int(&text, event->id);
		put_int(&text, event->subject);
		put_text(&text, event->word_text);
		put_int(&text, event->on);
		put_int(&text, event->at);
		put_int(&text, event->thread);
		put_int(&text, event->link);
		put_int(&text, (int64_t)event->detail.n);
		buf_char(&text, ':');
		buf_str(&text, event->detail);
		put_int(&text, event->record);
		put_text(&text, event->source);
		put_int(&text, event->known_at);
		put_int(&text, event->save);
	}
	crypto_generichash(out, DIGEST, (const unsigned char *)text.p, text.n, store->key, KEY);
	buf_close(&text);
}
