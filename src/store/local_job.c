/* local_job.c - after a change of policy: which children's clocks it touches, and making those anew, some
 * at a time. Each turn is a transaction of its own that also says how far it came, so that who is
 * killed goes on from there. */
#include "store/local_inside.h"

SQL(local_subjects,
	"SELECT id FROM subject WHERE authority = $1 AND id > $2 ORDER BY id LIMIT $3");
SQL(local_subjects_all, "SELECT count(*) FROM subject WHERE authority = $1");
SQL(local_clocks_between,
	"SELECT c.subject, c.rule, c.from_day FROM clock c JOIN subject s ON s.id = c.subject WHERE "
	"c.subject > $1 AND c.subject <= $2 AND s.authority = $3 ORDER BY c.subject");
SQL(local_events_between,
	"SELECT e.subject, e.word FROM event e JOIN subject s ON s.id = e.subject WHERE e.subject > $1 "
	"AND e.subject <= $2 AND s.authority = $3 AND e.withdrawn_at IS NULL ORDER BY e.subject");
SQL(local_job_add,
	"INSERT INTO local_job (authority, version, base, past, looked, made, asked_at) "
	"SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), coalesce(min(base), CAST($3 AS BIGINT)), 0, 0, 0, "
	"CAST($4 AS BIGINT) FROM local_job WHERE authority = $1 AND ended_at IS NULL");
/* What is still to do is in the new one. */
SQL(local_job_superseded,
	"UPDATE local_job SET ended_at = $3 WHERE authority = $1 AND version < $2 AND ended_at IS NULL");
SQL(local_job_open,
	"SELECT authority, version, base, past, looked, made FROM local_job WHERE ended_at IS NULL "
	"ORDER BY asked_at, authority LIMIT 1");
SQL(local_job_last,
	"SELECT authority, version, looked, made, ended_at FROM local_job WHERE authority = $1 "
	"ORDER BY version DESC LIMIT 1");
SQL(local_job_step,
	"UPDATE local_job SET past = $3, looked = $4, made = $5, ended_at = $6 WHERE authority = $1 AND "
	"version = $2");

/* ---- what a change reaches */

static void reach_item(struct local_reach *reach, const struct local_policy *policy,
	const struct local_item *item)
{
	const struct rules *rules = policy->law->rules;
	for (size_t i = 0; i < rules->n; i++) {
		/* What was known before the first day may be known for longer. */
		bool always = item->kind == LOCAL_RECORDED;
		if (local_touches(item, &rules->rule[i]))
			ARRAY_MORE(&reach->rules) = (struct reach_rule){ rules->rule[i].id,
				always ? DAY_UNKNOWN : item->from, always ? DAY_UNKNOWN : item->to };
	}
	if (item->kind == LOCAL_FIGURE || item->rule == NULL)
		return;
	/* There may be clocks where there were none. */
	const struct rule *rule = item->rule;
	const struct word_set *words[] = { &rule->trigger, &rule->takes_over };
	for (size_t s = 0; s < 2; s++) {
		for (size_t i = 0; i < words[s]->n; i++)
			reach->word[words[s]->word[i]] = reach->any_word = true;
	}
	for (size_t k = 0; k < rule->prepared; k++) {
		const struct word_set *host = &rule->prepares[k]->trigger;
		for (size_t i = 0; i < host->n; i++)
			reach->word[host->word[i]] = reach->any_word = true;
	}
}

void local_reach_add(
	struct local_reach *reach, const struct local_policy *a, const struct local_policy *b)
{
	for (size_t i = 0; i < a->n; i++) {
		if (local_twin(b, &a->item[i]) == NULL)
			reach_item(reach, a, &a->item[i]);
	}
	for (size_t i = 0; i < b->n; i++) {
		if (local_twin(a, &b->item[i]) == NULL)
			reach_item(reach, b, &b->item[i]);
	}
}

void local_reach_close(struct local_reach *reach)
{
	mem_free(reach->rules.item);
}

static bool reaches(const struct local_reach *reach, str rule, bool dated, day from)
{
	for (size_t i = 0; i < reach->rules.n; i++) {
		const struct reach_rule *one = &reach->rules.item[i];
		if (one->id.n == rule.n && str_equal(one->id, rule) &&
			(!dated || day_is_within(from, one->from, one->to)))
			return true;
	}
	return false;
}

/* Another council's children have numbers between these, too. */
static struct stmt *between(struct store *store, const struct sql *sql, str authority, int64_t past,
	int64_t upto)
{
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_int(stmt, 1, past);
	db_bind_int(stmt, 2, upto);
	db_bind_text(stmt, 3, authority);
	return stmt;
}

bool local_reach_find(struct store *store, const struct local_reach *reach, str authority,
	int64_t past, int64_t upto, struct subjects *out, struct err *err)
{
	struct stmt *stmt = between(store, &local_clocks_between, authority, past, upto);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		bool dated = !db_is_null(stmt, 2);
		if (reaches(reach, db_text(stmt, 1), dated, dated ? (day)db_int(stmt, 2) : DAY_UNKNOWN))
			subjects_add(out, db_int(stmt, 0));
	}
	if (row == DB_FAIL)
		return false;
	stmt = reach->any_word ? between(store, &local_events_between, authority, past, upto) : NULL;
	while (stmt != NULL && (row = db_step(stmt, err)) == DB_ROW) {
		if (reach->word[word_find(db_text(stmt, 1))])
			subjects_add(out, db_int(stmt, 0));
	}
	subjects_sort(out);
	return row == DB_DONE;
}

bool local_next(struct store *store, str authority, int64_t past, int64_t most, int64_t *n,
	int64_t *last, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &local_subjects);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, past);
	db_bind_int(stmt, 3, most);
	*n = 0;
	*last = past;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		*last = db_int(stmt, 0);
		++*n;
	}
	return row == DB_DONE;
}

/* ---- making anew */

struct turn {
	str authority;
	int64_t version, base, past, looked, made;
};

static bool read_open(struct store *store, struct arena *arena, struct turn *out, bool *found,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &local_job_open);
	enum db_row row = db_step(stmt, err);
	*found = row == DB_ROW;
	if (*found)
		*out = (struct turn){ arena_str(arena, db_text(stmt, 0)), db_int(stmt, 1),
			db_int(stmt, 2), db_int(stmt, 3), db_int(stmt, 4), db_int(stmt, 5) };
	db_reset(stmt);
	return row != DB_FAIL;
}

/* From the version that all clocks were made by to the new one, step by step: a change in between may
 * have reached some already. */
static bool reach_of(
	struct store *store, const struct turn *turn, struct local_reach *reach, struct err *err)
{
	const struct local_version *a, *b;
	for (int64_t v = turn->base; v < turn->version; v++) {
		if (!store_local_version(store, turn->authority, v, &a, err) ||
			!store_local_version(store, turn->authority, v + 1, &b, err))
			return false;
		local_reach_add(reach, a->policy, b->policy);
	}
	return true;
}

static bool note(struct store *store, const struct turn *turn, struct err *err)
{
	char text[60];
	int length = snprintf(text, sizeof text, "policy:%lld,subjects:%lld", (long long)turn->version,
		(long long)turn->made);
	struct entry entry = { .at = store_now(store), .role = ROLE_SYSTEM, .act = S("policy:done"),
		.authority = turn->authority, .objects = { text, (size_t)length } };
	return ledger_append(store, &entry, err);
}

static bool step_job(struct store *store, const struct turn *turn, bool ended, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &local_job_step);
	db_bind_text(stmt, 1, turn->authority);
	db_bind_int(stmt, 2, turn->version);
	db_bind_int(stmt, 3, turn->past);
	db_bind_int(stmt, 4, turn->looked);
	db_bind_int(stmt, 5, turn->made);
	if (ended)
		db_bind_int(stmt, 6, store_now(store));
	else
		db_bind_null(stmt, 6);
	return db_do(stmt, err);
}

static bool take_turn(struct store *store, struct turn *turn, int64_t most, struct err *err)
{
	struct local_reach reach = { 0 };
	struct subjects touched = { 0 };
	int64_t n = 0, last = turn->past;
	bool done = reach_of(store, turn, &reach, err) &&
		local_next(store, turn->authority, turn->past, most, &n, &last, err) &&
		(n == 0 || local_reach_find(store, &reach, turn->authority, turn->past, last, &touched,
				  err)) &&
		recompute(store, turn->authority, &touched, err);
	turn->past = last;
	turn->looked += n;
	turn->made += (int64_t)touched.n;
	bool ended = n < most;
	done = done && step_job(store, turn, ended, err) && (!ended || note(store, turn, err));
	local_reach_close(&reach);
	mem_free(touched.item);
	return done;
}

bool store_local_turn(struct store *store, int64_t subjects, bool *more, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct turn turn;
	bool found = false;
	*more = false;
	bool done = read_open(store, arena, &turn, &found, err);
	if (done && found) {
		bool begun = step_begin(store, err);
		/* Anew: another process may have taken the turn meanwhile. */
		done = begun && read_open(store, arena, &turn, &found, err) &&
			(!found || take_turn(store, &turn, subjects, err)) &&
			read_open(store, arena, &turn, more, err) && step_end(store, err);
		if (begun && !done)
			step_undo(store);
	}
	arena_close(arena);
	return done;
}

bool local_job_open_for(struct store *store, str authority, int64_t version, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &local_job_add);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, version);
	db_bind_int(stmt, 3, version - 1);
	db_bind_int(stmt, 4, store_now(store));
	if (!db_do(stmt, err))
		return false;
	stmt = db_use(store->db, &local_job_superseded);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, version);
	db_bind_int(stmt, 3, store_now(store));
	return db_do(stmt, err);
}

/* ---- how far */

static bool count_all(struct store *store, struct local_job *job, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &local_subjects_all);
	db_bind_text(stmt, 1, job->authority);
	enum db_row row = db_step(stmt, err);
	job->all = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_local_job(struct store *store, struct arena *arena, str authority, struct local_job *out,
	struct err *err)
{
	struct turn turn;
	*out = (struct local_job){ 0 };
	if (authority.n == 0) {
		if (!read_open(store, arena, &turn, &out->open, err))
			return false;
		if (!out->open)
			return true;
		out->authority = turn.authority;
		out->version = turn.version;
		out->looked = turn.looked;
		out->made = turn.made;
		return count_all(store, out, err);
	}
	struct stmt *stmt = db_use(store->db, &local_job_last);
	db_bind_text(stmt, 1, authority);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct local_job){ .open = db_is_null(stmt, 4),
			.authority = arena_str(arena, db_text(stmt, 0)),
			.version = db_int(stmt, 1), .looked = db_int(stmt, 2), .made = db_int(stmt, 3) };
	db_reset(stmt);
	return row != DB_FAIL && (!out->open || count_all(store, out, err));
}
