/* verify.c - is everything still what the ledger says was written?
 *
 * Three things must agree: the chain of entries up to its head; the digest that each version of
 * each record carries, made anew from its content; and the sum of digests in the entry of the save
 * that wrote it. So a byte changed in an entry, a version, a record or an event, a row that was
 * added and a row that is gone all show. What is derived from them (clocks, rows of lists, access,
 * openness) is made anew and compared; the rest is held against its entries (prove.c). */
#include "store/inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

SQL(ledger_after,
	"SELECT seq, at, actor, role, act, authority, subjects, objects, save, changed, digest, hash "
	"FROM ledger WHERE seq > $1 ORDER BY seq LIMIT 1000");
SQL(ledger_head_is, "SELECT seq, hash FROM ledger_head WHERE id = 1");
SQL(events_after,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event WHERE id > $1 ORDER BY id LIMIT "
	"2000");

SQL(checkpoints_all, "SELECT size, note FROM ledger_checkpoint ORDER BY size");

SQL(authority_codes, "SELECT code FROM authority ORDER BY id");

enum { PAGE = 2000 };

/* What one entry says was written, and what was found. */
struct claim {
	int64_t save, seq, said, found;
	unsigned char sum[DIGEST]; /* nothing but zeros when both agree */
};

/* What somebody saw the ledger to be. */
struct seen {
	int64_t size;
	struct merkle_hash root;
	instant at;
	bool witness; /* a witness, not the store itself */
};

struct verifying {
	struct store *store;
	struct merkle tree;
	struct {
		struct seen *item;
		size_t n, room;
	} seen;
	size_t seen_next;
	struct stones stones;
	int64_t agreed[2]; /* entries, as the last checkpoint that agrees saw them: ours, a witness's */
	struct arena *arena; /* emptied page by page */
	struct ledger_report *report;
	struct {
		struct claim *item;
		size_t n, room;
	} claims;
	struct err *err; /* the first fault */
	bool faulty;
	instant latest; /* what any entry was written at */
};

/* Only the first fault is told: the rest follow from it, or show once it is mended. */
__attribute__((format(printf, 2, 3))) static void fault(
	struct verifying *v, const char *format, ...)
{
	char text[200];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (!v->faulty)
		err_set(v->err, ERR_BROKEN, "%s", text);
	v->faulty = true;
}

static void bad_entry(struct verifying *v, int64_t seq)
{
	if (v->report->first_bad == 0 || seq < v->report->first_bad)
		v->report->first_bad = seq;
}

static void bad_record(struct verifying *v, const struct record_type *type, int64_t id, int64_t n,
	const char *what)
{
	v->report->bad_records++;
	fault(v, "%.*s %lld, version %lld: %s", STR_ARGS(type->title), (long long)id, (long long)n,
		what);
}

/* ---- checkpoints: the store's own, and a witness's */

static void add_seen(struct verifying *v, const struct checkpoint *checkpoint, bool witness)
{
	ARRAY_MORE(&v->seen) = (struct seen){ .size = checkpoint->size, .root = checkpoint->root,
		.at = checkpoint->at, .witness = witness };
}

static void check_note(struct verifying *v, const struct note_keys *keys, int64_t size, str note)
{
	struct checkpoint checkpoint;
	struct err why = { 0 };
	if (!checkpoint_read(note, &checkpoint, &why) ||
		!note_is_ours(v->store, v->arena, keys, &checkpoint, note, &why))
		fault(v, "the checkpoint of %lld entries: %s", (long long)size, why.text);
	else if (checkpoint.size != size)
		fault(v, "the checkpoint of %lld entries was changed", (long long)size);
	else
		add_seen(v, &checkpoint, false);
	v->report->checkpoints++;
}

static bool read_checkpoints(struct verifying *v, const struct note_keys *keys, struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &checkpoints_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		arena_reset(v->arena);
		check_note(v, keys, db_int(stmt, 0), db_text(stmt, 1));
	}
	return row == DB_DONE;
}

static bool read_witness(struct verifying *v, const struct note_keys *keys, const char *file,
	struct err *err)
{
	struct witness *witness = witness_open(file, err);
	struct checkpoint checkpoint;
	struct err why = { 0 };
	str note;
	if (witness == NULL)
		return false;
	bool done = true;
	while (done && witness_next(witness, &checkpoint, &note, &why)) {
		arena_reset(v->arena);
		v->report->witnessed++;
		if (checkpoint.size > v->report->witnessed_to)
			v->report->witnessed_to = checkpoint.size;
		if (note_is_ours(v->store, v->arena, keys, &checkpoint, note, &why))
			add_seen(v, &checkpoint, true);
		else if (why.code == ERR_BROKEN)
			fault(v, "%s", why.text);
		else
			done = err_set(err, why.code, "%s", why.text);
	}
	if (done && why.code == ERR_INPUT)
		fault(v, "%s", why.text); /* cut short, or no checkpoint */
	else if (done && why.code == ERR_IO)
		done = err_set(err, why.code, "%s", why.text);
	witness_close(witness);
	return done;
}

static int compare_seen(const void *a, const void *b)
{
	int64_t x = ((const struct seen *)a)->size, y = ((const struct seen *)b)->size;
	return (x > y) - (x < y);
}

static bool read_seen(struct verifying *v, struct arena *keep, const char *file, struct err *err)
{
	struct note_keys keys;
	if (!store_note_keys(v->store, keep, &keys, err) || !read_checkpoints(v, &keys, err) ||
		(file != NULL && !read_witness(v, &keys, file, err)))
		return false;
	if (v->seen.n > 0)
		qsort(v->seen.item, v->seen.n, sizeof *v->seen.item, compare_seen);
	return true;
}

static void bad_entry(struct verifying *v, int64_t seq);

/* The tree has as many entries as these saw. */
static void check_seen(struct verifying *v)
{
	for (; v->seen_next < v->seen.n && v->seen.item[v->seen_next].size <= v->tree.size;
		v->seen_next++) {
		const struct seen *seen = &v->seen.item[v->seen_next];
		struct merkle_hash root = merkle_root(&v->tree);
		if (seen->size == v->tree.size && merkle_same(&root, &seen->root)) {
			v->agreed[seen->witness] = seen->size;
			continue;
		}
		fault(v, "%s saw another ledger: of entries %lld to %lld, one or more were rewritten",
			seen->witness ? "the witness" : "a checkpoint", (long long)v->agreed[seen->witness] + 1,
			(long long)seen->size);
		if (v->report->first_bad == 0) /* the chain knows the place better */
			bad_entry(v, v->agreed[seen->witness] + 1);
	}
}

/* What was seen, and is no longer there. */
static void check_unseen(struct verifying *v)
{
	if (v->seen_next >= v->seen.n)
		return;
	const struct seen *seen = &v->seen.item[v->seen.n - 1];
	struct err why = { 0 };
	const struct checkpoint checkpoint = { .size = seen->size, .at = seen->at };
	(void)witness_against(&checkpoint, v->tree.size, &why);
	if (seen->witness)
		fault(v, "%s", why.text);
	else
		fault(v, "a checkpoint is of %lld entries, and the ledger has %lld",
			(long long)seen->size, (long long)v->tree.size);
	if (v->report->first_bad == 0)
		bad_entry(v, v->tree.size + 1);
}

/* ---- the chain */

/* The entry is the tree's next leaf, and what it completes is what is stored. */
static void check_leaf(struct verifying *v, const struct entry *entry)
{
	struct merkle_hash leaf = entry_leaf(entry), made[MERKLE_LEVELS];
	int n = merkle_add(&v->tree, &leaf, made);
	bool same = true;
	struct err why = { 0 };
	if (!tree_compare(v->store, v->tree.size, made, n, &same, &why))
		fault(v, "%s", why.text);
	if (!same) {
		fault(v, "the ledger's tree is not that of its entries up to number %lld",
			(long long)v->tree.size);
		bad_entry(v, v->tree.size);
	}
	check_seen(v);
}

static void check_entry(struct verifying *v, const struct entry *entry, int64_t expected,
	unsigned char previous[static DIGEST])
{
	unsigned char hash[DIGEST];
	entry_hash(entry, previous, hash);
	if (entry->seq != expected) {
		fault(v, "entry %lld of the ledger is missing", (long long)expected);
		bad_entry(v, expected);
	} else if (memcmp(hash, entry->hash, DIGEST) != 0) {
		fault(v, "entry %lld of the ledger was changed", (long long)entry->seq);
		bad_entry(v, entry->seq);
	}
	memcpy(previous, entry->hash, DIGEST);
	check_leaf(v, entry);
	if (entry->save == 0)
		return;
	struct claim *claim = &ARRAY_MORE(&v->claims);
	*claim = (struct claim){ .save = entry->save, .seq = entry->seq, .said = entry->changed };
	memcpy(claim->sum, entry->digest, DIGEST);
}

static bool check_head(struct verifying *v, int64_t last, const unsigned char hash[static DIGEST],
	struct arena *keep, struct err *err)
{
	struct stmt *stmt = db_use(v->store->db, &ledger_head_is);
	enum db_row row = db_step(stmt, err);
	if (row == DB_FAIL)
		return false;
	str head = row == DB_ROW ? db_bytes(stmt, 1) : (str){ 0 };
	if (head.n != DIGEST || db_int(stmt, 0) != last || memcmp(head.p, hash, DIGEST) != 0) {
		fault(v, "the ledger's head is not its last entry, number %lld", (long long)last);
		bad_entry(v, last + 1);
	}
	char hex[2 * DIGEST + 1];
	sodium_bin2hex(hex, sizeof hex, hash, DIGEST);
	v->report->head = arena_str(keep, str_of(hex));
	db_reset(stmt);
	return true;
}

static bool check_nodes(struct verifying *v, struct arena *keep, struct err *err)
{
	int64_t stored, expected;
	if (!tree_count(v->store, v->tree.size, &stored, &expected, err))
		return false;
	if (stored != expected)
		fault(v, "the ledger's tree has %lld nodes, not %lld", (long long)stored,
			(long long)expected);
	struct merkle_hash root = merkle_root(&v->tree);
	struct buf text = { 0 };
	buf_hash(&text, &root);
	v->report->root = arena_str(keep, buf_view(&text));
	buf_close(&text);
	return true;
}

static int compare_claims(const void *a, const void *b)
{
	int64_t x = ((const struct claim *)a)->save, y = ((const struct claim *)b)->save;
	return (x > y) - (x < y);
}

static bool check_chain(struct verifying *v, struct arena *keep, struct err *err)
{
	unsigned char previous[DIGEST] = { 0 };
	int64_t last = 0;
	for (bool more = true; more;) {
		struct stmt *stmt = db_use(v->store->db, &ledger_after);
		db_bind_int(stmt, 1, last);
		arena_reset(v->arena);
		more = false;
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW) {
			struct entry entry;
			entry_read(v->arena, stmt, &entry);
			v->latest = entry.at > v->latest ? entry.at : v->latest;
			check_entry(v, &entry, v->report->entries + 1, previous);
			v->report->entries++;
			last = entry.seq;
			more = true;
		}
		if (row == DB_FAIL)
			return false;
	}
	if (v->claims.n > 0)
		qsort(v->claims.item, v->claims.n, sizeof *v->claims.item, compare_claims);
	check_unseen(v);
	return check_head(v, last, previous, keep, err) && check_nodes(v, keep, err);
}

/* ---- what was written */

static struct claim *claim_of(struct verifying *v, int64_t save)
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

static bool found(struct verifying *v, int64_t save, const unsigned char digest[static DIGEST])
{
	struct claim *claim = claim_of(v, save);
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
		str_equal(a->why, b->why) && a->version == b->version && a->subject == b->subject && a->import == b->import &&
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
	if (!found(v, version->save, digest))
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
	bool known = found(v, event->save, digest);
	bool withdrawn = event->withdrawn_at != INSTANT_UNKNOWN || event->withdrawn_save != 0 ||
		event->reason.n > 0;
	if (known && withdrawn) {
		event_digest(v->store, event, true, digest);
		known = found(v, event->withdrawn_save, digest);
	}
	if (!known) {
		v->report->bad_records++;
		fault(v, "event %lld (%.*s): no entry of the ledger wrote it",
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

static void check_claims(struct verifying *v)
{
	static const unsigned char zero[DIGEST];
	for (size_t i = 0; i < v->claims.n; i++) {
		const struct claim *claim = &v->claims.item[i];
		if (claim->found == claim->said && memcmp(claim->sum, zero, DIGEST) == 0)
			continue;
		bad_entry(v, claim->seq);
		fault(v, "entry %lld of the ledger wrote %lld versions and events; %lld are there%s",
			(long long)claim->seq, (long long)claim->said, (long long)claim->found,
			claim->found == claim->said ? ", but not the same" : "");
	}
}

/* ---- what follows from what was written */

static void rest_fault(void *to, const char *what, int64_t id, str name)
{
	struct verifying *v = to;
	v->report->bad_records++;
	if (id != 0 && name.n > 0)
		fault(v, "%lld (%.*s): %s", (long long)id, STR_ARGS(str_upto(name, 60)), what);
	else if (id != 0)
		fault(v, "%lld: %s", (long long)id, what);
	else
		fault(v, "%.*s: %s", STR_ARGS(str_upto(name, 60)), what);
}

/* The digest of an import is the last part of its entry's sum; an older duly left it out. */
static void rest_import(
	void *to, int64_t id, int64_t save, const unsigned char digest[static DIGEST])
{
	struct verifying *v = to;
	struct claim *claim = claim_of(v, save);
	(void)id;
	if (claim != NULL && claim->found != claim->said)
		(void)found(v, save, digest);
	else
		v->report->imports_bare++;
}

static bool check_rest(struct verifying *v, struct err *err)
{
	struct ledger_report *report = v->report;
	struct prove prove = { .store = v->store, .arena = v->arena, .fault = rest_fault,
		.import = rest_import, .to = v };
	if (!prove_rest(&prove, err) || !expunges_prove(v->store, v->arena, &v->stones,
						&report->expunged, rest_fault, v, err))
		return false;
	report->children = prove.children;
	report->imports = prove.imports;
	report->settings = prove.settings;
	report->people = prove.people;
	report->people_bare = prove.people_bare;
	return true;
}

static bool compare_authority(struct verifying *v, str code, struct err *err)
{
	struct subjects subjects = { 0 };
	instant latest = store_now(v->store) > v->latest ? store_now(v->store) : v->latest;
	struct compared compared = { .latest = instant_day(latest) };
	bool done = subjects_all(v->store, code, &subjects, err) &&
		recompute_compare(v->store, code, &subjects, &compared, err);
	mem_free(subjects.item);
	if (done && compared.differ > 0) {
		v->report->bad_records += compared.differ;
		fault(v, "child %lld: the table %s is not what follows from the records",
			(long long)compared.subject, compared.table);
	}
	return done;
}

/* Rules that changed since make other clocks, and the next duly that writes makes them. */
static bool check_derived(struct verifying *v, struct arena *keep, struct err *err)
{
	bool kept, same;
	if (!law_is_same(v->store, &kept, &same, err))
		return false;
	/* Of a store whose making was cut off there is nothing yet to be made under any law. */
	if (!kept && v->report->entries == 0)
		return true;
	if (!kept)
		rest_fault(v, "the setting is gone", 0, S("law-mark"));
	v->report->other_law = !same;
	if (!same)
		return true;
	struct {
		str *item;
		size_t n, room;
	} codes = { 0 };
	struct stmt *stmt = db_use(v->store->db, &authority_codes);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&codes) = arena_str(keep, db_text(stmt, 0));
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < codes.n; i++)
		done = compare_authority(v, codes.item[i], err);
	mem_free(codes.item);
	return done;
}

static bool ended(struct verifying *v, bool begun, bool done, struct err *err)
{
	if (begun)
		db_rollback(v->store->db);
	arena_close(v->arena);
	mem_free(v->claims.item);
	mem_free(v->seen.item);
	mem_free(v->stones.item);
	if (done && v->faulty && err != NULL)
		*err = *v->err;
	return done && !v->faulty;
}

bool store_verify(
	struct store *store, struct arena *arena, struct ledger_report *out, struct err *err)
{
	return store_verify_against(store, arena, NULL, out, err);
}

/* Only the chain, the tree and what was seen of them. */
bool store_verify_ledger(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err)
{
	*out = (struct ledger_report){ 0 };
	struct err first = { 0 };
	struct verifying v = { .store = store, .report = out, .err = &first,
		.arena = arena_open((size_t)1 << 30) };
	bool begun = !db_begun(store->db);
	bool done = (!begun || db_begin(store->db, err)) && read_seen(&v, arena, witness, err) &&
		check_chain(&v, arena, err);
	return ended(&v, begun, done, err);
}

bool store_verify_against(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err)
{
	*out = (struct ledger_report){ 0 };
	struct err first = { 0 };
	struct verifying v = { .store = store, .report = out, .err = &first,
		.arena = arena_open((size_t)1 << 30) };
	/* One snapshot, while others write. */
	bool begun = !db_begun(store->db);
	bool done = (!begun || db_begin(store->db, err)) && read_seen(&v, arena, witness, err) &&
		check_chain(&v, arena, err) && stones_read(store, &v.stones, err);
	for (size_t i = 0; done && i < record_types_n; i++)
		done = check_type(&v, &store->type[i], err);
	done = done && check_events(&v, err);
	done = done && check_rest(&v, err);
	if (done)
		check_claims(&v);
	done = done && check_derived(&v, arena, err);
	return ended(&v, begun, done, err);
}
