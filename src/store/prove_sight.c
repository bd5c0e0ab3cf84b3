/* prove_sight.c - what gives sight of a child beside the child's own records, against the ledger: the
 * openings of restricted records, what duty found, cover that was accepted, work for a second council.
 * A row that was put in or taken out by hand would let somebody see, or hide that they saw. */
#include "store/inside.h"
#include "store/opening.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* $n of a list of numbers with commas; taken out with its commas, it leaves the list shorter. */
#define IN_LIST(number, list)                                                                      \
	"replace(',' || " list " || ',', ',' || " number " || ',', '') <> ',' || " list " || ','"

SQL(openings_entered,
	"SELECT o.id, o.subject, o.person, o.at, o.until, o.review_by, o.reason, o.reviewed_at, "
	"o.reviewer, o.outcome, o.note, l.actor, l.subjects, l.digest, r.actor, r.digest FROM opening o "
	"LEFT JOIN ledger l ON l.act = 'open' AND l.objects = 'opening:' || o.id "
	"LEFT JOIN ledger r ON r.act = 'open:review' AND r.objects = 'opening:' || o.id ORDER BY o.id");
/* All that was ever found, the earliest first. */
SQL(found_entered,
	"SELECT l.actor, l.at, l.subjects FROM ledger l WHERE l.act = 'duty:search' ORDER BY l.seq");
SQL(found_rows,
	"SELECT person, subject, since, until FROM sight WHERE relation = 7 ORDER BY person, subject");

/* Each answers with what should not be there: a number, and perhaps a name. */
SQL(openings_gone,
	"SELECT l.seq, '' FROM ledger l LEFT JOIN opening o ON l.objects = 'opening:' || o.id WHERE "
	"l.act IN ('open', 'open:review') AND (o.id IS NULL OR (l.act = 'open:review' AND "
	"o.reviewed_at IS NULL)) ORDER BY l.seq");
SQL(opened_by_none,
	"SELECT s.subject, '' FROM sight s WHERE s.relation = 8 AND NOT EXISTS (SELECT 1 FROM opening o "
	"WHERE o.subject = s.subject AND o.person = s.person AND o.at = s.since AND o.until = s.until) "
	"ORDER BY s.subject");
SQL(opened_gone,
	"SELECT o.id, '' FROM opening o WHERE NOT EXISTS (SELECT 1 FROM sight s WHERE s.relation = 8 "
	"AND s.subject = o.subject AND s.person = o.person AND s.since >= o.at) ORDER BY o.id");
SQL(cover_by_none,
	"SELECT s.subject, '' FROM sight s WHERE s.relation = 4 AND (NOT EXISTS (SELECT 1 FROM "
	"cover_child c JOIN cover v ON v.id = c.cover JOIN ledger l ON l.act = 'cover:accept' AND "
	"l.objects = 'cover:' || v.id AND l.actor = c.receiver WHERE c.receiver = s.person AND "
	"c.subject = s.subject AND c.stage IN (1, 4) AND " IN_LIST("s.subject", "l.subjects") ") "
	"OR (s.since IS NULL AND (s.until IS NULL OR (s.until > CAST($1 AS BIGINT) AND s.until > "
	"(SELECT max(at) FROM ledger))))) "
	"ORDER BY s.subject");
SQL(cover_gone,
	"SELECT c.subject, '' FROM cover_child c JOIN cover v ON v.id = c.cover WHERE c.stage = 1 AND "
	"v.cause <> 2 AND NOT EXISTS (SELECT 1 FROM sight s WHERE s.relation = 4 AND "
	"s.person = c.receiver AND s.subject = c.subject) ORDER BY c.subject");
/* From when to when follows from the days of what was accepted: $1 and $2 bound what a day's first
 * instant may differ from midnight UTC. */
SQL(cover_other_days,
	"SELECT s.subject, '' FROM sight s WHERE s.relation = 4 AND s.since IS NOT NULL AND (NOT EXISTS "
	"(SELECT 1 FROM cover_child c JOIN cover v ON v.id = c.cover WHERE c.receiver = s.person AND "
	"c.subject = s.subject AND c.stage IN (1, 4) AND s.since BETWEEN v.first_day * "
	"CAST($1 AS BIGINT) - CAST($2 AS BIGINT) AND v.first_day * CAST($1 AS BIGINT)) OR NOT EXISTS "
	"(SELECT 1 FROM cover_child c JOIN cover v ON v.id = c.cover WHERE c.receiver = s.person AND "
	"c.subject = s.subject AND c.stage IN (1, 4) AND s.until "
	"BETWEEN (v.last_day + 1) * CAST($1 AS BIGINT) - CAST($2 AS BIGINT) "
	"AND (v.last_day + 1) * CAST($1 AS BIGINT))) ORDER BY s.subject");
SQL(sight_of_no_kind,
	"SELECT subject, '' FROM sight WHERE relation NOT IN (4, 7, 8) ORDER BY subject");
/* The last word about somebody and a council is theirs. */
SQL(works_by_none,
	"SELECT w.person, w.authority FROM person_authority w WHERE NOT EXISTS (SELECT 1 FROM ledger l "
	"WHERE l.objects = 'person:' || w.person AND l.act = 'person:works-for:' || w.authority AND "
	"NOT EXISTS (SELECT 1 FROM ledger m WHERE m.objects = l.objects AND m.seq > l.seq AND "
	"m.act = 'person:leaves:' || w.authority)) ORDER BY w.person");
SQL(works_gone,
	"SELECT l.seq, l.objects FROM ledger l WHERE substr(l.act, 1, 17) = 'person:works-for:' AND "
	"NOT EXISTS (SELECT 1 FROM ledger m WHERE m.objects = l.objects AND m.seq > l.seq AND "
	"m.act = 'person:leaves:' || substr(l.act, 18)) AND NOT EXISTS (SELECT 1 FROM person_authority w "
	"WHERE 'person:' || w.person = l.objects AND w.authority = substr(l.act, 18)) ORDER BY l.seq");

_Static_assert(RELATION_COVER == 4 && RELATION_FOUND == 7 && RELATION_OPENED == 8,
	"the numbers stand in the statements");

static const struct {
	const struct sql *sql;
	const char *what;
	enum { BARE, NOW, DAYS } asks;
} nothing_answers[] = {
	{ &openings_gone, "an opening that an entry of the ledger tells of is gone, or its review", BARE },
	{ &opened_by_none, "somebody sees a restricted child by no opening", BARE },
	{ &opened_gone, "the sight that an opening gave is gone", BARE },
	{ &cover_by_none, "somebody sees a child by a cover that nobody accepted", NOW },
	{ &cover_gone, "the sight that accepted cover gave is gone", BARE },
	{ &cover_other_days, "somebody sees a child by cover on other days than were accepted", DAYS },
	{ &sight_of_no_kind, "somebody sees a child by nothing that the ledger tells of", BARE },
	{ &works_by_none, "no entry of the ledger tells that this person works for the council", BARE },
	{ &works_gone, "the work for a council that an entry of the ledger tells of is gone", BARE },
};

static bool prove_nothing(struct prove *p, struct err *err)
{
	for (size_t i = 0; i < sizeof nothing_answers / sizeof *nothing_answers; i++) {
		struct stmt *stmt = db_use(p->store->db, nothing_answers[i].sql);
		if (nothing_answers[i].asks == DAYS) {
			db_bind_int(stmt, 1, INSTANT_DAY);
			db_bind_int(stmt, 2, INSTANT_HOUR);
		}
		if (nothing_answers[i].asks == NOW)
			db_bind_int(stmt, 1, store_now(p->store));
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW)
			p->fault(p->to, nothing_answers[i].what, db_int(stmt, 0), db_text(stmt, 1));
		if (row == DB_FAIL)
			return false;
	}
	return true;
}

/* ---- openings */

static void words(struct buf *buf, str text)
{
	buf_format(buf, "%zu:", text.n);
	buf_str(buf, text);
}

void opening_digest(const struct store *store, const struct opening *opening,
	unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "opening;%lld;%lld;%lld;%lld;%lld;%d;", (long long)opening->id,
		(long long)opening->subject, (long long)opening->person, (long long)opening->at,
		(long long)opening->until, (int)opening->review_by);
	words(&buf, opening->reason);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

void opening_review_digest(const struct store *store, const struct opening *opening, int64_t reviewer,
	unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "opening-review;%lld;%lld;%lld;", (long long)opening->id, (long long)reviewer,
		(long long)opening->reviewed_at);
	words(&buf, opening->outcome);
	words(&buf, opening->note);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

static bool is_digest(str stored, const unsigned char digest[static DIGEST])
{
	return stored.n == DIGEST && memcmp(stored.p, digest, DIGEST) == 0;
}

static void prove_opening(struct prove *p, struct stmt *stmt)
{
	unsigned char digest[DIGEST];
	const struct opening o = { .id = db_int(stmt, 0), .subject = db_int(stmt, 1),
		.person = db_int(stmt, 2), .at = db_int(stmt, 3), .until = db_int(stmt, 4),
		.review_by = (day)db_int(stmt, 5), .reason = db_text(stmt, 6),
		.reviewed_at = db_is_null(stmt, 7) ? INSTANT_UNKNOWN : db_int(stmt, 7),
		.outcome = db_text(stmt, 9), .note = db_text(stmt, 10) };
	int64_t subject;
	opening_digest(p->store, &o, digest);
	if (db_is_null(stmt, 11))
		p->fault(p->to, "no entry of the ledger tells of this opening", o.id, (str){ 0 });
	else if (db_int(stmt, 11) != o.person || !str_int(db_text(stmt, 12), &subject) ||
		subject != o.subject || !is_digest(db_bytes(stmt, 13), digest))
		p->fault(p->to, "the opening was changed", o.id, (str){ 0 });
	bool reviewed = o.reviewed_at != INSTANT_UNKNOWN || !db_is_null(stmt, 8) ||
		o.outcome.n > 0 || o.note.n > 0;
	if (!reviewed)
		return;
	opening_review_digest(p->store, &o, db_int(stmt, 8), digest);
	if (db_is_null(stmt, 14) || db_int(stmt, 14) != db_int(stmt, 8) ||
		!is_digest(db_bytes(stmt, 15), digest))
		p->fault(p->to, "the review of the opening is not what the ledger tells of", o.id,
			(str){ 0 });
}

static bool prove_openings(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &openings_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		prove_opening(p, stmt);
	return row == DB_DONE;
}

/* ---- what duty found: the last search counts */

struct found {
	int64_t person, subject, at;
	size_t place; /* in the ledger */
};
struct founds {
	struct found *item;
	size_t n, room;
};

static int compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static bool read_founds(struct prove *p, struct founds *out, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &found_entered);
	size_t place = 0, n = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str rest = db_text(stmt, 2), one;
		int64_t subject;
		place++;
		while (rest.n > 0 && str_split(&rest, ',', &one)) {
			if (str_int(one, &subject))
				ARRAY_MORE(out) = (struct found){ db_int(stmt, 0), subject,
					db_int(stmt, 1), place };
		}
	}
	if (out->n > 0)
		qsort(out->item, out->n, sizeof *out->item, compare_found);
	for (size_t i = 0; i < out->n; i++) {
		const struct found *next = i + 1 < out->n ? &out->item[i + 1] : NULL;
		if (next == NULL || next->person != out->item[i].person ||
			next->subject != out->item[i].subject)
			out->item[n++] = out->item[i];
	}
	out->n = n;
	return row == DB_DONE;
}

static bool prove_founds(struct prove *p, struct err *err)
{
	struct founds founds = { 0 };
	bool done = read_founds(p, &founds, err);
	struct stmt *stmt = db_use(p->store->db, &found_rows);
	size_t at = 0;
	enum db_row row = DB_FAIL;
	while (done && (row = db_step(stmt, err)) == DB_ROW) {
		struct found is = { .person = db_int(stmt, 0), .subject = db_int(stmt, 1),
			.at = db_int(stmt, 2), .place = SIZE_MAX };
		for (; at < founds.n && compare_found(&founds.item[at], &is) < 0 &&
			(founds.item[at].person != is.person || founds.item[at].subject != is.subject);
			at++)
			p->fault(p->to, "what the duty search gave sight of is gone",
				founds.item[at].subject, (str){ 0 });
		bool same = at < founds.n && founds.item[at].person == is.person &&
			founds.item[at].subject == is.subject;
		if (!same || founds.item[at].at != is.at || db_int(stmt, 3) != is.at + DUTY_FOUND_LASTS)
			p->fault(p->to, "somebody sees a child whom no duty search found then", is.subject,
				(str){ 0 });
		at += same;
	}
	for (; done && row == DB_DONE && at < founds.n; at++)
		p->fault(p->to, "what the duty search gave sight of is gone", founds.item[at].subject,
			(str){ 0 });
	mem_free(founds.item);
	return done && row == DB_DONE;
}

bool prove_sight(struct prove *p, struct err *err)
{
	return prove_nothing(p, err) && prove_openings(p, err) && prove_founds(p, err) &&
		prove_invitations(p, err) && prove_explained(p, err);
}
