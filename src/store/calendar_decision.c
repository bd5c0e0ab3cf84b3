/* calendar_decision.c - what was decided about the dates of what is over: kept for good, with both
 * dates, and held against the ledger. */
#include "store/calendar.h"
#include "store/recompute_inside.h"

#include <sodium.h>
#include <stdio.h>

#define DATES                                                                                      \
	"calendar, newer, stood_from, due, due_at, due_data, last_working_day, new_due, "          \
	"new_due_at, new_due_data, new_last_working_day"
#define WAITING                                                                                    \
	"(batch, accepted, decided_at, decided_by, subject, rule, thread, from_event, from_day, "  \
	DATES ") SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), "              \
	"CAST($4 AS BIGINT), subject, rule, thread, from_event, from_day, " DATES                  \
	" FROM calendar_hold WHERE decided_at IS NULL AND "
SQL(decision_add,
	"INSERT INTO calendar_decision " WAITING "subject = $5 AND rule = $6 AND thread = $7 AND from_event = $8 AND from_day = $9");
SQL(decisions_add,
	"INSERT INTO calendar_decision " WAITING "subject IN (SELECT id FROM subject WHERE authority = $5)");
SQL(decisions_of_batch,
	"SELECT accepted, decided_at, decided_by, subject, thread, from_event, from_day, " DATES
	", rule FROM calendar_decision WHERE batch = $1 ORDER BY subject, rule, thread, from_event, "
	"from_day");
enum { NUMBERS = 18 }; /* and the rule after them */

/* ---- against the ledger */

SQL(decisions_entered,
	"SELECT seq, objects, digest FROM ledger WHERE act IN ('calendar:accept', 'calendar:leave') "
	"ORDER BY seq");
SQL(decisions_not_entered,
	"SELECT d.batch, min(d.rule) FROM calendar_decision d LEFT JOIN ledger l ON "
	"l.objects = 'calendar-decision:' || d.batch AND l.act = CASE WHEN d.accepted = 1 THEN "
	"'calendar:accept' ELSE 'calendar:leave' END AND l.actor = d.decided_by "
	"AND l.at = d.decided_at WHERE l.seq IS NULL GROUP BY d.batch ORDER BY d.batch");
#define IS(column) "coalesce(h." column ", -1) = coalesce(d." column ", -1) AND "
#define ONE                                                                                        \
	"h.subject = d.subject AND h.rule = d.rule AND h.thread = d.thread AND "                   \
	"h.from_event = d.from_event AND h.from_day = d.from_day AND " IS("calendar") IS("newer")  \
	IS("stood_from") IS("due") IS("due_at") IS("due_data") IS("last_working_day")              \
	IS("new_due") IS("new_due_at") IS("new_due_data") IS("new_last_working_day")               \
	"h.decided_at = d.decided_at AND h.decided_by = d.decided_by "
SQL(holds_not_decided,
	"SELECT h.subject, h.rule FROM calendar_hold h LEFT JOIN calendar_decision d ON " ONE
	"AND d.accepted = 0 WHERE h.decided_at IS NOT NULL AND d.batch IS NULL ORDER BY h.subject");
SQL(decisions_not_held,
	"SELECT d.subject, d.rule FROM calendar_decision d LEFT JOIN calendar_hold h ON " ONE
	"WHERE d.accepted = 0 AND h.subject IS NULL ORDER BY d.subject");

static void take_number(crypto_generichash_state *state, struct stmt *stmt, int column)
{
	struct buf text = { 0 };
	if (!db_is_null(stmt, column))
		buf_int(&text, db_int(stmt, column));
	buf_char(&text, ';');
	crypto_generichash_update(state, (const unsigned char *)text.p, text.n);
	buf_close(&text);
}

/* Of all rows of a batch, every column. */
static bool digest_of(
	struct store *store, int64_t batch, unsigned char out[static DIGEST], struct err *err)
{
	crypto_generichash_state state;
	struct buf head = { 0 };
	buf_format(&head, "calendar-decision;%lld;", (long long)batch);
	crypto_generichash_init(&state, store->key, KEY, DIGEST);
	crypto_generichash_update(&state, (const unsigned char *)head.p, head.n);
	buf_close(&head);
	struct stmt *stmt = db_use(store->db, &decisions_of_batch);
	db_bind_int(stmt, 1, batch);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct buf rule = { 0 };
		for (int i = 0; i < NUMBERS; i++)
			take_number(&state, stmt, i);
		str id = db_text(stmt, NUMBERS);
		buf_format(&rule, "%zu:%.*s;", id.n, STR_ARGS(id));
		crypto_generichash_update(&state, (const unsigned char *)rule.p, rule.n);
		buf_close(&rule);
	}
	crypto_generichash_final(&state, out, DIGEST);
	return row == DB_DONE;
}

bool decisions_keep(struct store *store, const struct actor *actor, const struct calendar_hold *hold,
	bool accept, struct decided *decided, struct err *err)
{
	if (!take_id(store, &decided->batch, err))
		return false;
	struct stmt *stmt = db_use(store->db, hold != NULL ? &decision_add : &decisions_add);
	db_bind_int(stmt, 1, decided->batch);
	db_bind_int(stmt, 2, accept);
	db_bind_int(stmt, 3, decided->at);
	db_bind_int(stmt, 4, actor->user);
	if (hold == NULL) {
		db_bind_text(stmt, 5, actor->authority);
	} else {
		db_bind_int(stmt, 5, hold->subject);
		db_bind_text(stmt, 6, hold->rule);
		db_bind_int(stmt, 7, hold->thread);
		db_bind_int(stmt, 8, hold->from_event);
		db_bind_int(stmt, 9, hold->from);
	}
	return db_do(stmt, err) && digest_of(store, decided->batch, decided->digest, err);
}

struct entered {
	int64_t batch;
	unsigned char digest[DIGEST];
};

/* Read whole first: another statement is asked for each of them. */
static bool read_entered(struct prove *p, struct entered **out, size_t *n, struct err *err)
{
	struct {
		struct entered *item;
		size_t n, room;
	} list = { 0 };
	struct stmt *stmt = db_use(p->store->db, &decisions_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str object = db_text(stmt, 1), digest = db_bytes(stmt, 2);
		struct entered *one = &ARRAY_MORE(&list);
		*one = (struct entered){ 0 };
		if (!str_starts(object, S("calendar-decision:")) ||
			!str_int(str_from(object, S("calendar-decision:").n), &one->batch) ||
			digest.n != DIGEST)
			p->fault(p->to, "an entry of the ledger tells of no decision", db_int(stmt, 0),
				object);
		else
			memcpy(one->digest, digest.p, DIGEST);
	}
	*out = list.item;
	*n = list.n;
	return row == DB_DONE;
}

static bool each(struct prove *p, const struct sql *sql, const char *what, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, sql);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		p->fault(p->to, what, db_int(stmt, 0), db_text(stmt, 1));
	return row == DB_DONE;
}

bool prove_decisions(struct prove *p, struct err *err)
{
	struct entered *entered;
	size_t n;
	bool done = read_entered(p, &entered, &n, err);
	for (size_t i = 0; done && i < n; i++) {
		unsigned char digest[DIGEST];
		done = digest_of(p->store, entered[i].batch, digest, err);
		if (done && entered[i].batch != 0 && memcmp(digest, entered[i].digest, DIGEST) != 0)
			p->fault(p->to, "a decision about dates of what is over was changed",
				entered[i].batch, (str){ 0 });
	}
	mem_free(entered);
	return done &&
		each(p, &decisions_not_entered,
			"no entry of the ledger tells of this decision about dates", err) &&
		each(p, &holds_not_decided,
			"dates that were left as they are were changed, or nobody decided so", err) &&
		each(p, &decisions_not_held, "dates that were left as they are are gone", err);
}
