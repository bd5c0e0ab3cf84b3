/* refresh.c - clocks and access that must be made anew though nobody saved anything: the law or the
 * policy that this duly carries is not the one they were made with, or a day has come that changes
 * them. */
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

SQL(authorities_all, "SELECT code FROM authority ORDER BY id");
SQL(subjects_waking, "SELECT id FROM subject WHERE authority = $1 AND wake_on <= $2 ORDER BY id");

enum { AUTHORITIES = 1024 };

struct codes {
	str item[AUTHORITIES];
	size_t n;
};

static bool read_codes(struct store *store, struct arena *arena, struct codes *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &authorities_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < AUTHORITIES)
		out->item[out->n++] = arena_str(arena, db_text(stmt, 0));
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool waking(struct store *store, str authority, struct subjects *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &subjects_waking);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, instant_day(store_now(store)));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	return row == DB_DONE;
}

static bool note(struct store *store, str act, str authority, size_t n, struct err *err)
{
	char text[40];
	int length = snprintf(text, sizeof text, "subjects:%zu", n);
	struct entry entry = { .at = store_now(store), .role = ROLE_SYSTEM, .act = act,
		.authority = authority, .objects = { text, (size_t)length } };
	return ledger_append(store, &entry, err);
}

/* One authority: those whose day has come, or all. */
static bool refresh_one(
	struct store *store, str authority, bool all, int64_t *refreshed, struct err *err)
{
	struct subjects subjects = { 0 };
	bool done = all ? subjects_all(store, authority, &subjects, err)
			: waking(store, authority, &subjects, err);
	if (done && subjects.n > 0)
		done = recompute(store, authority, &subjects, err) &&
			note(store, all ? S("law") : S("wake"), authority, subjects.n, err);
	*refreshed += (int64_t)subjects.n;
	mem_free(subjects.item);
	return done;
}

static bool refresh(struct store *store, bool all, int64_t *refreshed, struct err *err)
{
	struct arena *arena = arena_open(1 << 20);
	struct codes *codes = arena_new(arena, struct codes);
	*refreshed = 0;
	bool done = read_codes(store, arena, codes, err);
	for (size_t i = 0; done && i < codes->n; i++)
		done = refresh_one(store, codes->item[i], all, refreshed, err);
	arena_close(arena);
	return done;
}

bool store_wake(struct store *store, int64_t *woken, struct err *err)
{
	bool begun = step_begin(store, err);
	bool done = begun && refresh(store, false, woken, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

static void law_mark(const struct store *store, char hex[static 2 * DIGEST + 1])
{
	str rules = rules_embedded_yaml(), holidays = calendar_version(store_law(store)->calendar);
	crypto_hash_sha256_state state;
	unsigned char hash[DIGEST];
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)rules.p, rules.n);
	crypto_hash_sha256_update(&state, (const unsigned char *)holidays.p, holidays.n);
	/* And the shape of what is made from the records: a store of before it is made anew. "own": before,
	 * a change of one council's policy made the other's children anew as if they were its own. "filed":
	 * before, what a file told without saying that it carries it counted as written by hand. */
	static const char shape[] = "search,heard,dates,own,filed";
	crypto_hash_sha256_update(&state, (const unsigned char *)shape, sizeof shape - 1);
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(hex, 2 * DIGEST + 1, hash, DIGEST);
}

/* Every sight that the policy gives, as one mark: `access` was made from it. */
static void policy_mark(char hex[static 2 * DIGEST + 1])
{
	/* Beside the levels: which rows are made of what. To be counted up when that changes. */
	struct buf buf = { 0 };
	unsigned char hash[DIGEST];
	buf_lit(&buf, "rows 1;");
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
			for (enum openness open = OPEN; open < OPENNESSES; open++)
				buf_int(&buf, policy_level(role, relation, open));
		}
	}
	crypto_hash_sha256(hash, (const unsigned char *)buf.p, buf.n);
	sodium_bin2hex(hex, 2 * DIGEST + 1, hash, DIGEST);
	buf_close(&buf);
}

static bool mark_is(struct store *store, struct arena *arena, str key, const char *hex, bool *kept,
	bool *same, struct err *err)
{
	str stored;
	bool done = store_setting(store, arena, key, &stored, err);
	*kept = stored.n > 0;
	*same = str_equal(stored, str_of(hex));
	return done;
}

bool law_is_same(struct store *store, bool *kept, bool *same, struct err *err)
{
	char law[2 * DIGEST + 1], policy[2 * DIGEST + 1];
	bool policy_kept, policy_same;
	law_mark(store, law);
	policy_mark(policy);
	struct arena *arena = arena_open(4096);
	bool done = mark_is(store, arena, S("law-mark"), law, kept, same, err) &&
		mark_is(store, arena, S("policy-mark"), policy, &policy_kept, &policy_same, err);
	*same = done && *same && policy_same;
	*kept = done && *kept && policy_kept; /* a new store has the first before it has both */
	arena_close(arena);
	return done;
}

bool refresh_law(struct store *store, struct err *err)
{
	char law[2 * DIGEST + 1], policy[2 * DIGEST + 1];
	int64_t refreshed;
	bool kept, same, done = law_is_same(store, &kept, &same, err);
	if (!done || same)
		return done;
	law_mark(store, law);
	policy_mark(policy);
	bool begun = step_begin(store, err);
	done = begun && refresh(store, true, &refreshed, err) &&
		write_setting(store, S("law-mark"), str_of(law), err) &&
		write_setting(store, S("policy-mark"), str_of(policy), err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

bool law_mark_write(struct store *store, struct err *err)
{
	char law[2 * DIGEST + 1];
	law_mark(store, law);
	return write_setting(store, S("law-mark"), str_of(law), err);
}

bool authorities_each(struct store *store, bool (*visit)(void *to, str authority, struct err *err),
	void *to, struct err *err)
{
	struct arena *arena = arena_open(1 << 20);
	struct codes *codes = arena_new(arena, struct codes);
	bool done = read_codes(store, arena, codes, err);
	for (size_t i = 0; done && i < codes->n; i++)
		done = visit(to, codes->item[i], err);
	arena_close(arena);
	return done;
}
