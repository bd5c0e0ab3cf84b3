/* verify_written.c - what entries of the ledger say was written, against what is there: each
 * version of each record, the record itself, and each event. */
#include "store/verify_inside.h"

#include <string.h>

SQL(events_after,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event WHERE id > $1 ORDER BY id LIMIT "
	"2000");

enum { PAGE = 2000 };

static void bad_record(struct verifying *v, const struct record_type *type, int64_t id, int64_t n,
	const char *what)
{
	v->report->bad_records++;
	verify_fault(v, "%.*s %lld, version %lld: %s", STR_ARGS(type->title), (long long)id, (long long)n,
		what);
}
struct claim *verify_claim_of(struct verifying *v, int64_t save)
{
	size_t low = 0, high = v->claims.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (v->claims.item[middle].save < save)
			low = middle + 1;
		else
			high = middle;
	}
	return low < v->claims.n && v->claims.item[low].save == save ? &v->claims.item[low] : NULL;
}

bool verify_found(struct verifying *v, int64_t save, const unsigned char digest[static DIGEST])
{
	struct claim *claim = verify_claim_of(v, save);
	if (claim == NULL)
		return false;
	claim->found++;
	for (size_t i = 0; i < DIGEST; i++)
		claim->sum[i] ^= digest[i];
	return true;
}

static bool same_row(const struct record_type *type, const struct row *a, const struct row *b)
{
	return !a->odd && !b->odd && a->withdrawn_at == b->withdrawn_at &&
		str_equal(a->why, b->why) && a->version == b->version &&
		a->subject == b->subject && a->import == b->import &&
		a->by_hand == b->by_hand && a->draft == b->draft && a->withdrawn == b->withdrawn &&
		str_equal(a->source, b->source) && record_equal(type, a->record, b->record);
}

/* The record itself is its last version. */
static bool check_record(struct verifying *v, const struct type_sql *sql, const struct row *last,
	struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &sql->one);
	db_bind_int(stmt, 1, last->id);
	enum db_row row = db_step(stmt, err);
	struct row now;
	if (row == DB_ROW)
		row_read(v->arena, stmt, sql->type, &now);
	db_reset(stmt);
	if (row == DB_FAIL)
		return false;
	if (row == DB_DONE || !same_row(sql->type, &now, last))
		bad_record(v, sql->type, last->id, last->version,
			row == DB_DONE ? "the record is gone"
				       : "the record is not what its last version says");
	return true;
}

static void check_version(
	struct verifying *v, const struct type_sql *sql, const struct version *version)
{
	unsigned char digest[DIGEST];
	const struct row *row = &version->row;
	const struct stone *stone = stone_of(&v->stones, row->id, row->version);
	if (stone != NULL && memcmp(stone->digest, version->digest, DIGEST) == 0 &&
		version->reason.n == 0 &&
		record_equal(sql->type, row->record, record_new(v->arena, sql->type)))
		memcpy(digest, version->digest, DIGEST); /* its content is gone, and nothing stands there */
	else
		version_digest(v->store, sql->type, version, digest);
	if (row->odd || memcmp(digest, version->digest, DIGEST) != 0)
		bad_record(v, sql->type, row->id, row->version, "it was changed");
	if (!verify_found(v, version->save, digest))
		bad_record(v, sql->type, row->id, row->version, "no entry of the ledger wrote it");
	v->report->records++;
}

/* One page of versions after (id, n); the last read is left in *last, and `more` says whether there
 * may be another. A record is compared once its last version is known. */
static bool version_page(struct verifying *v, const struct type_sql *sql, struct arena *keep,
	struct row *last, bool *more, struct err *err)
{
	struct {
		struct row *item;
		size_t n, room;
	} ends = { 0 };
	struct stmt *stmt = db_use(v->store->db, &sql->versions);
	db_bind_int(stmt, 1, last->id);
	db_bind_int(stmt, 2, last->version);
	db_bind_int(stmt, 3, PAGE);
	size_t n = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct version version;
		version_read(keep, stmt, sql->type, &version);
		int64_t expected = version.row.id == last->id ? last->version + 1 : 1;
		if (version.row.version != expected)
			bad_record(v, sql->type, version.row.id, expected, "it is missing");
		check_version(v, sql, &version);
		if (last->id != 0 && version.row.id != last->id)
			ARRAY_MORE(&ends) = *last;
		*last = version.row;
		n++;
	}
	*more = n == PAGE;
	if (!*more && last->id != 0)
		ARRAY_MORE(&ends) = *last;
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < ends.n; i++)
		done = check_record(v, sql, &ends.item[i], err);
	mem_free(ends.item);
	return done;
}

/* No record may stand that has no version. */
static bool check_strays(struct verifying *v, const struct type_sql *sql, struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &sql->strays);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		bad_record(v, sql->type, db_int(stmt, 0), 1, "the record has no version");
	return row == DB_DONE;
}

static bool check_type(struct verifying *v, const struct type_sql *sql, struct err *err)
{
	/* Two arenas in turn: the last version of one page is compared in the next. */
	struct arena *arena[] = { arena_open((size_t)1 << 30), arena_open((size_t)1 << 30) };
	struct row last = { 0 };
	bool done = true, more = true;
	for (size_t turn = 0; done && more; turn ^= 1) {
		arena_reset(arena[turn]);
		arena_reset(v->arena);
		done = version_page(v, sql, arena[turn], &last, &more, err);
	}
	arena_close(arena[0]);
	arena_close(arena[1]);
	return done && check_strays(v, sql, err);
}

static void check_event(struct verifying *v, const struct event_row *event)
{
	unsigned char digest[DIGEST];
	const struct stone *stone = stone_of(&v->stones, event->id, 0);
	if (stone != NULL && event->on == DAY_UNKNOWN && event->at == INSTANT_UNKNOWN &&
		event->detail.n == 0)
		memcpy(digest, stone->digest, DIGEST);
	else
		event_digest(v->store, event, false, digest);
	bool known = verify_found(v, event->save, digest);
	bool withdrawn = event->withdrawn_at != INSTANT_UNKNOWN || event->withdrawn_save != 0 ||
		event->reason.n > 0;
	if (known && withdrawn) {
		event_digest(v->store, event, true, digest);
		known = verify_found(v, event->withdrawn_save, digest);
	}
	if (!known) {
		v->report->bad_records++;
		verify_fault(v, "event %lld (%.*s): no entry of the ledger wrote it",
			(long long)event->id, STR_ARGS(event->word_text));
	}
}

static bool check_events(struct verifying *v, struct err *err)
{
	int64_t last = 0;
	for (bool more = true; more;) {
		struct stmt *stmt = db_use(v->store->db, &events_after);
		db_bind_int(stmt, 1, last);
		arena_reset(v->arena);
		more = false;
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW) {
			struct event_row event;
			event_row_read(v->arena, stmt, &event);
			check_event(v, &event);
			v->report->events++;
			last = event.id;
			more = true;
		}
		if (row == DB_FAIL)
			return false;
	}
	return true;
}

bool verify_written(struct verifying *v, struct err *err)
{
	if (!stones_read(v->store, &v->stones, err))
		return false;
	for (size_t i = 0; i < record_types_n; i++)
		if (!check_type(v, &v->store->type[i], err))
			return false;
	return check_events(v, err);
}

void verify_claims(struct verifying *v)
{
	static const unsigned char zero[DIGEST];
	for (size_t i = 0; i < v->claims.n; i++) {
		const struct claim *claim = &v->claims.item[i];
		if (claim->found == claim->said && memcmp(claim->sum, zero, DIGEST) == 0)
			continue;
		verify_bad_entry(v, claim->seq);
		verify_fault(v, "entry %lld of the ledger wrote %lld versions and events; %lld are there%s",
			(long long)claim->seq, (long long)claim->said, (long long)claim->found,
			claim->found == claim->said ? ", but not the same" : "");
	}
}
