#include "store/entries.h"

#include "store/inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Authorities that $1, of $2, works for. */
#define WORKS_FOR                                                                                  \
	"(l.authority = $2 OR l.authority IN (SELECT w.authority FROM person_authority w WHERE "   \
	"w.person = $1))"
/* What is about children is sifted by whom the reader sees: also what somebody of another authority,
 * who works for this one too, has done. */
SQL(entries_page,
	"SELECT l.seq, l.at, l.actor, p.name, l.role, l.act, l.subjects, l.objects, "
	"CASE WHEN l.subjects = '' AND substr(l.objects, 1, 7) = 'person:' THEN (SELECT q.name "
	"FROM person q WHERE 'person:' || q.id = l.objects) END, "
	"CASE WHEN l.objects = 'person:' || l.actor THEN 1 ELSE 0 END FROM ledger l "
	"LEFT JOIN person p ON p.id = l.actor WHERE (l.authority = '' OR " WORKS_FOR
	" OR (l.subjects <> '' AND l.actor IN (SELECT v.person FROM person_authority v WHERE "
	"v.authority = $2 OR v.authority IN (SELECT w.authority FROM person_authority w WHERE "
	"w.person = $1)))) "
	"AND (CAST($3 AS BIGINT) = 0 OR l.seq < $3) AND (CAST($4 AS BIGINT) = 0 OR l.actor = $4) "
	"AND (CAST($5 AS TEXT) = '' OR l.act = $5) AND (CAST($6 AS TEXT) = '' OR l.subjects = $6 OR "
	"replace(',' || l.subjects || ',', ',' || $6 || ',', '') <> ',' || l.subjects || ',') "
	"ORDER BY l.seq DESC LIMIT $7");
/* Which of the subjects in $5, 20 digits each and $6 of them, does the reader see? */
SQL(entries_seen,
	"WITH RECURSIVE place(n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM place "
	"WHERE n + 1 < $6) SELECT DISTINCT a.subject FROM access a WHERE a.subject IN (SELECT "
	"CAST(substr($5, CAST(n * 20 + 1 AS INTEGER), 20) AS BIGINT) FROM place) AND" ACCESS_NOW(
		"$1", "$2", "$3", "$4") "ORDER BY a.subject");
SQL(ledger_check_last,
	"SELECT at, entries, fault FROM ledger_check ORDER BY at DESC LIMIT 1");
SQL(ledger_check_add,
	"INSERT INTO ledger_check (at, entries, fault) VALUES ($1, $2, $3) ON CONFLICT (at) DO UPDATE "
	"SET entries = excluded.entries, fault = excluded.fault");

/* ---- references: a keyed permutation of 64 bits, by a Feistel network (Luby and Rackoff) */

static uint32_t stir(const struct store *store, unsigned round, uint32_t half)
{
	unsigned char in[] = { 'e', 'n', 't', 'r', 'y', (unsigned char)round,
		(unsigned char)(half >> 24), (unsigned char)(half >> 16), (unsigned char)(half >> 8),
		(unsigned char)half };
	unsigned char out[crypto_generichash_BYTES_MIN];
	crypto_generichash(out, sizeof out, in, sizeof in, store->key, KEY);
	return (uint32_t)out[0] << 24 | (uint32_t)out[1] << 16 | (uint32_t)out[2] << 8 | out[3];
}

enum { ROUNDS = 6, REFERENCE = 16 };

str store_entry_reference(const struct store *store, struct arena *arena, int64_t seq)
{
	uint32_t left = (uint32_t)((uint64_t)seq >> 32), right = (uint32_t)seq;
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint32_t next = left ^ stir(store, round, right);
		left = right;
		right = next;
	}
	return arena_format(arena, "%08lx%08lx", (unsigned long)left, (unsigned long)right);
}

static bool half_read(str digits, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.p[i];
		bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
		if (!digit && !letter)
			return false;
		*out = *out << 4 | (uint32_t)(digit ? c - '0' : c - 'a' + 10);
	}
	return true;
}

int64_t store_entry_number(const struct store *store, str reference)
{
	uint32_t left, right;
	if (reference.n != REFERENCE || !half_read(str_upto(reference, REFERENCE / 2), &left) ||
		!half_read(str_from(reference, REFERENCE / 2), &right))
		return 0;
	for (unsigned round = ROUNDS; round-- > 0;) {
		uint32_t before = right ^ stir(store, round, left);
		right = left;
		left = before;
	}
	uint64_t number = (uint64_t)left << 32 | right;
	return number > 0 && number < (uint64_t)1 << 48 ? (int64_t)number : 0;
}

/* ---- entries as their reader may have them */

/* As they are in the ledger, before they are sifted. */
struct raw {
	struct entry_row *row;
	str *subjects;
	size_t n;
};

static bool read_raw(struct store *store, struct arena *arena, const struct entries_query *query,
	int64_t before, size_t most, struct raw *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &entries_page);
	*out = (struct raw){ .row = arena_take(arena, most, sizeof *out->row),
		.subjects = arena_take(arena, most, sizeof *out->subjects) };
	db_bind_int(stmt, 1, query->actor->user);
	db_bind_text(stmt, 2, query->actor->authority);
	db_bind_int(stmt, 3, before);
	db_bind_int(stmt, 4, query->person);
	db_bind_text(stmt, 5, query->act);
	db_bind_text(stmt, 6, query->subject == 0 ? (str){ 0 }
		: arena_format(arena, "%lld", (long long)query->subject));
	db_bind_int(stmt, 7, (int64_t)most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t role = db_int(stmt, 4);
		out->subjects[out->n] = arena_str(arena, db_text(stmt, 6));
		out->row[out->n++] = (struct entry_row){
			.seq = db_int(stmt, 0),
			.at = db_int(stmt, 1),
			.actor = db_int(stmt, 2),
			.name = arena_str(arena, db_text(stmt, 3)),
			.role = role > ROLE_NONE && role < ROLES ? (enum role)role : ROLE_NONE,
			.act = arena_str(arena, db_text(stmt, 5)),
			.objects = arena_str(arena, db_text(stmt, 7)),
			.about = db_int(stmt, 9) == 1 ? (str){ 0 }
						      : arena_str(arena, db_text(stmt, 8)),
		};
	}
	return row == DB_DONE;
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Of all whom these entries are about, those whom the reader sees. */
static bool read_seen(struct store *store, const struct actor *actor, const struct raw *raw,
	struct subjects *seen, struct err *err)
{
	struct subjects asked = { 0 };
	struct buf list = { 0 };
	for (size_t i = 0; i < raw->n; i++) {
		str rest = raw->subjects[i], one;
		int64_t subject;
		while (rest.n > 0 && str_split(&rest, ',', &one)) {
			if (str_int(one, &subject) && subject > 0)
				subjects_add(&asked, subject);
		}
	}
	subjects_sort(&asked);
	subjects_add(&asked, 0); /* nobody: one at the least */
	for (size_t i = 0; i < asked.n; i++)
		buf_format(&list, "%020lld", (long long)asked.item[i]);
	struct stmt *stmt = db_use(store->db, &entries_seen);
	access_bind(stmt, actor, store_now(store));
	db_bind_text(stmt, 5, buf_view(&list));
	db_bind_int(stmt, 6, (int64_t)asked.n);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(seen, db_int(stmt, 0));
	buf_close(&list);
	mem_free(asked.item);
	return row == DB_DONE;
}

/* False when nothing of the entry is this reader's. What an entry about children touched is left out:
 * the numbers of records would tell how many children there were. */
static bool sift(struct arena *arena, const struct subjects *seen, str subjects, struct entry_row *entry)
{
	if (subjects.n == 0)
		return true;
	str one;
	int64_t subject, child[ENTRY_CHILDREN];
	entry->objects = (str){ 0 };
	while (subjects.n > 0 && str_split(&subjects, ',', &one)) {
		if (!str_int(one, &subject) || seen->n == 0 ||
			bsearch(&subject, seen->item, seen->n, sizeof subject, compare_numbers) == NULL)
			continue;
		if (entry->children == ENTRY_CHILDREN)
			entry->more = true;
		else
			child[entry->children++] = subject;
	}
	if (entry->children == 0)
		return false;
	entry->child = arena_take(arena, entry->children, sizeof *child);
	memcpy(entry->child, child, entry->children * sizeof *child);
	return true;
}

static struct entry_row kept(struct arena *arena, const struct entry_row *entry)
{
	struct entry_row row = *entry;
	row.name = arena_str(arena, row.name);
	row.act = arena_str(arena, row.act);
	row.objects = arena_str(arena, row.objects);
	row.about = arena_str(arena, row.about);
	return row;
}

/* Is it a child whom the reader sees? Who asks for another finds as much as under a number that
 * nobody has. */
static bool asked_is_seen(
	struct store *store, const struct entries_query *query, bool *seen, struct err *err)
{
	int level;
	struct err why = { 0 };
	*seen = query->subject == 0 ||
		store_access(store, query->actor, query->subject, &level, &why);
	return *seen || why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
}

bool store_entries(struct store *store, struct arena *arena, const struct entries_query *query,
	struct entries *out, struct err *err)
{
	struct entries_query asked = *query;
	bool seen_at_all;
	*out = (struct entries){ .row = arena_take(arena, query->most, sizeof *out->row) };
	if (!asked_is_seen(store, query, &seen_at_all, err))
		return false;
	if (!seen_at_all)
		asked.subject = -1;
	int64_t before = query->before;
	for (bool rest = true; rest && !out->more;) {
		struct raw raw;
		struct subjects seen = { 0 };
		struct arena *round = arena_open((size_t)1 << 26);
		bool done = read_raw(store, round, &asked, before, query->most + 1, &raw, err) &&
			read_seen(store, query->actor, &raw, &seen, err);
		for (size_t i = 0; done && i < raw.n; i++) {
			if (!sift(arena, &seen, raw.subjects[i], &raw.row[i]))
				continue;
			out->more = out->n == query->most;
			if (out->more)
				break;
			out->row[out->n++] = kept(arena, &raw.row[i]);
		}
		rest = raw.n > query->most;
		before = raw.n > 0 ? raw.row[raw.n - 1].seq : 0;
		mem_free(seen.item);
		arena_close(round);
		if (!done)
			return false;
	}
	return true;
}

bool store_ledger_checked(
	struct store *store, struct arena *arena, struct ledger_check *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &ledger_check_last);
	enum db_row row = db_step(stmt, err);
	*out = (struct ledger_check){ .at = INSTANT_UNKNOWN };
	if (row == DB_ROW)
		*out = (struct ledger_check){ db_int(stmt, 0), db_int(stmt, 1),
			arena_str(arena, db_text(stmt, 2)) };
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_ledger_check_keep(
	struct store *store, const struct ledger_check *check, struct err *err)
{
	bool begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &ledger_check_add);
	if (begun) {
		db_bind_int(stmt, 1, check->at);
		db_bind_int(stmt, 2, check->entries);
		db_bind_text(stmt, 3, check->fault);
	}
	bool done = begun && db_do(stmt, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}
