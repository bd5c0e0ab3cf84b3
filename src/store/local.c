/* local.c - versions of a council's policy: read, kept at hand, and written. */
#include "store/local_inside.h"

#include <sodium.h>
#include <string.h>

SQL(local_last, "SELECT max(version) FROM local_policy WHERE authority = $1");
SQL(local_last_at, "SELECT max(version) FROM local_policy WHERE authority = $1 AND at <= $2");
SQL(local_last_all,
	"SELECT authority, max(version) FROM local_policy GROUP BY authority ORDER BY authority");
SQL(local_read_one,
	"SELECT text, why, author, at FROM local_policy WHERE authority = $1 AND version = $2");
SQL(local_numbers,
	"SELECT n, number FROM local_item WHERE authority = $1 AND version = $2 ORDER BY n");
SQL(local_list,
	"SELECT l.version, l.author, l.why, p.name, l.at FROM local_policy l LEFT JOIN person p ON "
	"p.id = l.author WHERE l.authority = $1 ORDER BY l.version DESC");
SQL(local_add,
	"INSERT INTO local_policy (authority, version, text, why, author, at) VALUES "
	"($1, $2, $3, $4, $5, $6)");
SQL(local_item_add,
	"INSERT INTO local_item (authority, version, n, number) VALUES ($1, $2, $3, $4)");
SQL(policies_entered,
	"SELECT p.authority, p.version, p.text, p.why, p.author, p.at, l.actor, l.at, l.digest FROM "
	"local_policy p LEFT JOIN ledger l ON l.act = 'policy:set' AND l.authority = p.authority AND "
	"l.objects = 'policy:' || p.version ORDER BY p.authority, p.version");
SQL(policies_gone,
	"SELECT l.seq, l.authority FROM ledger l LEFT JOIN local_policy p ON p.authority = l.authority "
	"AND l.objects = 'policy:' || p.version WHERE l.act = 'policy:set' AND p.version IS NULL "
	"ORDER BY l.seq");

enum { POLICY_CAP = 64 << 20, ITEM_ROOM = 1000, TEXT_WHY_MOST = 1000 };

/* ---- kept at hand: never let go while the store is open, for clocks point into their rules. A
 * council changes its policy a few times a year. */
struct kept {
	struct kept *next;
	str authority;
	struct arena *arena;
	const struct calendar *calendar; /* that its law counts with */
	struct local_policy *policy;
	struct local_version version;
};

void local_close(struct store *store)
{
	while (store->local != NULL) {
		struct kept *kept = store->local;
		store->local = kept->next;
		arena_close(kept->arena);
	}
}

static struct kept *find(const struct store *store, str authority, int64_t version)
{
	struct kept *kept = store->local;
	while (kept != NULL && (kept->version.version != version ||
		kept->calendar != store_law(store)->calendar ||
		!str_equal(kept->authority, authority)))
		kept = kept->next;
	return kept;
}

static struct kept *keep(struct store *store, str authority, int64_t version)
{
	struct arena *arena = arena_open(POLICY_CAP);
	struct kept *kept = arena_new(arena, struct kept);
	*kept = (struct kept){ .next = store->local, .authority = arena_str(arena, authority),
		.arena = arena, .calendar = store_law(store)->calendar, .version = { .version = version, .at = INSTANT_UNKNOWN } };
	store->local = kept;
	return kept;
}

/* One that the rules of this duly refuse, because they changed, says nothing, and why. */
static void read_text(struct store *store, struct kept *kept, str text)
{
	struct err why;
	struct local_policy *policy;
	if (!local_read(kept->arena, store_law(store), text, &policy, &why)) {
		kept->version.fault = arena_str(kept->arena, str_of(why.text));
		policy = arena_new(kept->arena, struct local_policy);
		*policy = (struct local_policy){
			.text = arena_str(kept->arena, text), .law = store_law(store) };
	}
	kept->policy = policy;
	kept->version.policy = policy;
}

static bool number_items(struct store *store, struct kept *kept, struct err *err)
{
	struct local_policy *policy = kept->policy;
	struct stmt *stmt = db_use(store->db, &local_numbers);
	db_bind_text(stmt, 1, kept->authority);
	db_bind_int(stmt, 2, kept->version.version);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t n = db_int(stmt, 0);
		if (n < 0 || n >= (int64_t)policy->n)
			continue;
		struct local_item *item = &policy->item[n];
		item->stored = db_int(stmt, 1);
		item->version = item->stored / ITEM_ROOM;
		item->saved_at = kept->version.at;
	}
	if (row == DB_DONE)
		local_number(policy);
	return row == DB_DONE;
}

static bool load(struct store *store, str authority, int64_t version, struct kept **out,
	struct err *err)
{
	*out = find(store, authority, version);
	if (*out != NULL)
		return true;
	if (version == 0) {
		*out = keep(store, authority, 0);
		read_text(store, *out, S(""));
		return true;
	}
	struct stmt *stmt = db_use(store->db, &local_read_one);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, version);
	enum db_row row = db_step(stmt, err);
	if (row != DB_ROW) {
		db_reset(stmt);
		return row == DB_DONE && err_set(err, ERR_MISSING, "there is no such version of the policy");
	}
	struct kept *kept = keep(store, authority, version);
	kept->version.why = arena_str(kept->arena, db_text(stmt, 1));
	kept->version.author = db_int(stmt, 2);
	kept->version.at = db_int(stmt, 3);
	read_text(store, kept, db_text(stmt, 0));
	db_reset(stmt);
	*out = kept;
	return number_items(store, kept, err);
}

static bool last_version(struct store *store, str authority, instant at, int64_t *out, struct err *err)
{
	bool now = at == INSTANT_UNKNOWN;
	struct stmt *stmt = db_use(store->db, now ? &local_last : &local_last_at);
	db_bind_text(stmt, 1, authority);
	if (!now)
		db_bind_int(stmt, 2, at);
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW && !db_is_null(stmt, 0) ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_local_version(struct store *store, str authority, int64_t version,
	const struct local_version **out, struct err *err)
{
	struct kept *kept;
	if (!load(store, authority, version, &kept, err))
		return false;
	*out = &kept->version;
	return true;
}

bool store_local(
	struct store *store, str authority, const struct local_version **out, struct err *err)
{
	int64_t version;
	return last_version(store, authority, INSTANT_UNKNOWN, &version, err) &&
		store_local_version(store, authority, version, out, err);
}

const struct law *store_law_at(struct store *store, str authority, instant at, struct err *err)
{
	int64_t version;
	struct kept *kept;
	if (!last_version(store, authority, at, &version, err))
		return NULL;
	if (version == 0)
		return store_law(store);
	return load(store, authority, version, &kept, err) ? kept->version.policy->law : NULL;
}

const struct law *store_law_of(struct store *store, str authority, struct err *err)
{
	return store_law_at(store, authority, INSTANT_UNKNOWN, err);
}

const struct rule *local_rule(struct store *store, str authority, int64_t item, str id)
{
	struct kept *kept;
	if (item == 0)
		return rules_find(store_law(store)->rules, id);
	for (kept = store->local; kept != NULL; kept = kept->next) {
		if (str_equal(kept->authority, authority) && local_find(kept->version.policy, item) != NULL)
			return rules_find(kept->version.policy->law->rules, id);
	}
	if (!load(store, authority, item / ITEM_ROOM, &kept, NULL))
		return rules_find(store_law(store)->rules, id);
	return rules_find(kept->version.policy->law->rules, id);
}

static struct local_row *local_row_more(struct arena *arena, struct local_rows *rows)
{
	if (rows->n == rows->room) {
		rows->room = rows->room == 0 ? 16 : rows->room * 2;
		struct local_row *item = arena_take(arena, rows->room, sizeof *item);
		for (size_t i = 0; i < rows->n; i++)
			item[i] = rows->item[i];
		rows->item = item;
	}
	return &rows->item[rows->n++];
}

/* The latest version of every council of the store, at hand; a store holds a few councils. */
struct councils {
	struct kept *latest[64];
	size_t n;
};

static bool bring_all(struct store *store, struct councils *out, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	str authority[64];
	int64_t version[64];
	size_t n = 0;
	enum db_row row = DB_DONE;
	struct stmt *stmt = db_use(store->db, &local_last_all);
	while (n < 64 && (row = db_step(stmt, err)) == DB_ROW) {
		authority[n] = arena_str(arena, db_text(stmt, 0));
		version[n++] = db_int(stmt, 1);
	}
	db_reset(stmt);
	bool done = row != DB_FAIL;
	for (out->n = 0; done && out->n < n; out->n += done)
		done = load(store, authority[out->n], version[out->n], &out->latest[out->n], err);
	arena_close(arena);
	return done;
}

const struct rule *store_rule(struct store *store, str id)
{
	struct councils all;
	const struct rule *rule = rules_find(store_law(store)->rules, id);
	if (rule != NULL || !str_starts(id, S("local-")) || !bring_all(store, &all, NULL))
		return rule;
	for (size_t k = 0; k < all.n && rule == NULL; k++)
		rule = rules_find(all.latest[k]->policy->law->rules, id);
	return rule;
}

bool local_ids_are_free(struct store *store, str authority, const struct local_policy *policy,
	struct err *err)
{
	struct councils all;
	if (!bring_all(store, &all, err))
		return false;
	for (size_t i = 0; i < policy->n; i++) {
		const struct local_item *item = &policy->item[i];
		for (size_t k = 0; item->kind == LOCAL_RULE && k < all.n; k++) {
			const struct kept *kept = all.latest[k];
			const struct rule *other = rules_find(kept->policy->law->rules, item->id);
			if (other != NULL && !str_equal(kept->authority, authority) &&
				!str_equal(other->of->text, item->text))
				return err_set(err, ERR_INPUT,
					"policy line %zu, %.*s: another council here has a rule of that id "
					"that says something else: give this one an id of its own",
					item->line, STR_ARGS(str_upto(item->id, 60)));
		}
	}
	return true;
}

bool store_local_list(struct store *store, struct arena *arena, str authority, struct local_rows *out,
	struct err *err)
{
	*out = (struct local_rows){ 0 };
	struct stmt *stmt = db_use(store->db, &local_list);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		*local_row_more(arena, out) = (struct local_row){ .version = db_int(stmt, 0),
			.author = db_int(stmt, 1),
			.why = arena_str(arena, db_text(stmt, 2)),
			.who = arena_str(arena, db_text(stmt, 3)),
			.at = db_int(stmt, 4) };
	return row == DB_DONE;
}

/* ---- written */

static void put(struct buf *buf, str value)
{
	buf_int(buf, (int64_t)value.n);
	buf_char(buf, ':');
	buf_str(buf, value);
}

static void policy_digest(const struct store *store, str authority, int64_t version, str text, str why,
	unsigned char out[static DIGEST])
{
	struct buf bytes = { 0 };
	buf_format(&bytes, "policy;%lld;", (long long)version);
	put(&bytes, authority);
	put(&bytes, text);
	put(&bytes, why);
	crypto_generichash(out, DIGEST, (const unsigned char *)bytes.p, bytes.n, store->key, KEY);
	buf_close(&bytes);
}

bool local_same(const struct local_item *a, const struct local_item *b)
{
	if (a->kind != b->kind || !str_equal(a->id, b->id) || a->from != b->from || a->to != b->to)
		return false;
	if (a->kind == LOCAL_RULE)
		return str_equal(a->text, b->text);
	return memcmp(&a->limit, &b->limit, sizeof a->limit) == 0 && str_equal(a->choice, b->choice) &&
		str_equal(a->title, b->title) && str_equal(a->author, b->author) &&
		str_equal(a->reason, b->reason) && str_equal(a->approved_by, b->approved_by);
}

const struct local_item *local_twin(const struct local_policy *policy, const struct local_item *item)
{
	for (size_t i = 0; i < policy->n; i++) {
		if (local_same(&policy->item[i], item))
			return &policy->item[i];
	}
	return NULL;
}

static bool add_items(struct store *store, str authority, int64_t version,
	const struct local_policy *before, const struct local_policy *policy, struct err *err)
{
	bool done = true;
	for (size_t i = 0; done && i < policy->n; i++) {
		const struct local_item *twin = local_twin(before, &policy->item[i]);
		struct stmt *stmt = db_use(store->db, &local_item_add);
		db_bind_text(stmt, 1, authority);
		db_bind_int(stmt, 2, version);
		db_bind_int(stmt, 3, (int64_t)i);
		db_bind_int(stmt, 4, twin != NULL ? twin->stored : version * ITEM_ROOM + (int64_t)i);
		done = db_do(stmt, err);
	}
	return done;
}

static bool add_version(struct store *store, const struct actor *actor, int64_t version, str text,
	str why, struct err *err)
{
	char name[40];
	struct entry entry = { .at = store_now(store), .actor = actor->user, .role = actor->role,
		.act = S("policy:set"), .authority = actor->authority };
	int length = snprintf(name, sizeof name, "policy:%lld", (long long)version);
	entry.objects = (str){ name, (size_t)length };
	policy_digest(store, actor->authority, version, text, why, entry.digest);
	struct stmt *stmt = db_use(store->db, &local_add);
	db_bind_text(stmt, 1, actor->authority);
	db_bind_int(stmt, 2, version);
	db_bind_text(stmt, 3, text);
	db_bind_text(stmt, 4, why);
	db_bind_int(stmt, 5, actor->user);
	db_bind_int(stmt, 6, entry.at);
	return db_do(stmt, err) && ledger_append(store, &entry, err);
}

/* What was read in a transaction that was then undone never was. */
static void forget(struct store *store, str authority, int64_t version)
{
	struct kept *kept = find(store, authority, version);
	if (kept != NULL)
		kept->authority = S("");
}

static bool set(struct store *store, const struct actor *actor, str text, str why, int64_t seen,
	const struct local_policy *policy, int64_t *version, struct err *err)
{
	const struct local_version *last;
	if (!store_local(store, actor->authority, &last, err))
		return false;
	*version = last->version;
	if (seen != last->version)
		return err_set(err, ERR_STALE, "somebody changed the policy first");
	if (str_equal(text, last->policy->text))
		return true;
	if (!local_ids_are_free(store, actor->authority, policy, err))
		return false;
	forget(store, actor->authority, ++*version);
	return add_version(store, actor, *version, text, why, err) &&
		add_items(store, actor->authority, *version, last->policy, policy, err) &&
		local_job_open_for(store, actor->authority, *version, err);
}

bool store_local_set(struct store *store, const struct actor *actor, str text, str why, int64_t seen,
	int64_t *version, struct err *err)
{
	if (!policy_may(actor->role, MAY_SET_POLICY, RELATION_AUTHORITY, OPEN) ||
		actor->authority.n == 0)
		return err_set(err, ERR_DENIED, "your role may not set the council's policy");
	if (why.n == 0 || why.n > TEXT_WHY_MOST)
		return err_set(err, ERR_INPUT, "say why the policy is changed, in up to %d characters",
			TEXT_WHY_MOST);
	struct arena *arena = arena_open(POLICY_CAP);
	struct local_policy *policy;
	bool begun = false, done = local_read(arena, store_law(store), text, &policy, err) &&
		(begun = step_begin(store, err)) &&
		set(store, actor, text, why, seen, policy, version, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- against the ledger: a version that was put in, taken out or changed by hand */

bool prove_local(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &policies_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		unsigned char digest[DIGEST];
		str authority = db_text(stmt, 0), kept = db_bytes(stmt, 8);
		policy_digest(p->store, authority, db_int(stmt, 1), db_text(stmt, 2), db_text(stmt, 3),
			digest);
		if (db_is_null(stmt, 6))
			p->fault(p->to, "no entry of the ledger tells of this version of the policy",
				db_int(stmt, 1), authority);
		else if (kept.n != DIGEST || memcmp(kept.p, digest, DIGEST) != 0 ||
			db_int(stmt, 4) != db_int(stmt, 6) || db_int(stmt, 5) != db_int(stmt, 7))
			p->fault(p->to, "the policy was changed", db_int(stmt, 1), authority);
	}
	if (row == DB_FAIL)
		return false;
	stmt = db_use(p->store->db, &policies_gone);
	while ((row = db_step(stmt, err)) == DB_ROW)
		p->fault(p->to, "the version of the policy that an entry tells of is gone",
			db_int(stmt, 0), db_text(stmt, 1));
	return row == DB_DONE;
}
