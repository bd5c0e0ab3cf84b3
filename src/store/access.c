/* access.c - who may see which child: the rows that lists filter by, made from the policy's table.
 *
 * A person named on a child holds a row of their own. Everybody with a role that sees the whole
 * authority (its managers, custodians, auditors) shares one row a child, under a number below
 * zero: a new manager needs no new rows, and a hundred thousand children no hundred thousand more.
 */
#include "store/inside.h"

#include <stdlib.h>

SQL(authority_find, "SELECT id FROM authority WHERE code = $1");
SQL(authority_count, "SELECT count(*) FROM authority");
SQL(authority_add,
	"INSERT INTO authority (id, code) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING");
SQL(people_of_authority,
	"SELECT id, login_key, name_key, role, team FROM person "
	"WHERE (authority = $1 OR id IN (SELECT w.person FROM person_authority w "
	"WHERE w.authority = $1)) AND disabled = 0 ORDER BY id");
SQL(access_level,
	"SELECT max(a.level) FROM access a WHERE a.subject = $5 AND" ACCESS_NOW(
		"$1", "$2", "$3", "$4"));
/* Children whose records name a person, by sign-in name or name, or their team. */
SQL(access_of_one,
	"SELECT subject FROM child_row WHERE authority = $1 AND iro_key IN ($2, $3) "
	"UNION SELECT subject FROM child_row WHERE authority = $1 AND chair_key IN ($2, $3) "
	"UNION SELECT subject FROM child_row WHERE authority = $1 AND worker_key IN ($2, $3) "
	"UNION SELECT subject FROM child_row WHERE authority = $1 AND team_key = $4 AND $4 <> '' "
	"UNION SELECT b.subject FROM record_barred b JOIN child_row r ON r.subject = b.subject "
	"WHERE r.authority = $1 AND b.login = $5 "
	"UNION SELECT s.subject FROM sight s JOIN child_row r ON r.subject = s.subject "
	"WHERE r.authority = $1 AND s.person = $6 "
	"UNION SELECT i.subject FROM invitation i JOIN child_row r ON r.subject = i.subject "
	"WHERE r.authority = $1 AND i.person = $6 AND i.ended_at IS NULL "
	"UNION SELECT b.subject FROM record_booking b JOIN child_row r ON r.subject = b.subject "
	"WHERE r.authority = $1 AND b.chair IS NOT NULL AND b.\"on\" >= $7");
SQL(sight_set,
	"INSERT INTO sight (person, subject, relation, since, until) VALUES ($1, $2, $3, $4, $5) "
	"ON CONFLICT (person, subject, relation) DO UPDATE SET since = excluded.since, "
	"until = excluded.until");
SQL(subject_exists, "SELECT 2 FROM subject WHERE id = $1");

struct named {
	str key;
	size_t person;
};

struct people {
	struct arena *arena;
	int64_t authority;
	struct one {
		int64_t id;
		enum role role;
		str team_key;
	} *item;
	size_t n, room;
	struct {
		struct named *item;
		size_t n, room;
	} login, name; /* sorted by key */
};

int64_t access_group(int64_t authority, enum role role)
{
	_Static_assert(ROLES <= 16, "a role fits in four bits");
	return -(authority * 16 + (int64_t)role) - 1;
}

static bool find_number(struct store *store, str code, int64_t *number, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &authority_find);
	db_bind_text(stmt, 1, code);
	enum db_row row = db_step(stmt, err);
	*number = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

bool authority_number(struct store *store, str code, int64_t *number, struct err *err)
{
	if (!find_number(store, code, number, err))
		return false;
	if (*number != 0)
		return true;
	struct stmt *stmt = db_use(store->db, &authority_count);
	if (db_step(stmt, err) != DB_ROW)
		return false;
	int64_t next = db_int(stmt, 0) + 1;
	db_reset(stmt);
	stmt = db_use(store->db, &authority_add);
	db_bind_int(stmt, 1, next);
	db_bind_text(stmt, 2, code);
	return db_do(stmt, err) && find_number(store, code, number, err);
}

static int compare_named(const void *a, const void *b)
{
	return str_compare(((const struct named *)a)->key, ((const struct named *)b)->key);
}

struct people *people_open(struct store *store, str authority, struct err *err)
{
	struct people *people = mem_alloc(1, sizeof *people);
	people->arena = arena_open(64 << 20);
	bool done = authority_number(store, authority, &people->authority, err);
	struct stmt *stmt = db_use(store->db, &people_of_authority);
	db_bind_text(stmt, 1, authority);
	enum db_row row = done ? DB_ROW : DB_FAIL;
	while (done && (row = db_step(stmt, err)) == DB_ROW) {
		enum role role;
		if (!role_find(db_text(stmt, 3), &role))
			continue;
		size_t at = people->n;
		ARRAY_MORE(people) = (struct one){ db_int(stmt, 0), role,
			folded(people->arena, db_text(stmt, 4)) };
		ARRAY_MORE(&people->login) =
			(struct named){ arena_str(people->arena, db_text(stmt, 1)), at };
		ARRAY_MORE(&people->name) =
			(struct named){ arena_str(people->arena, db_text(stmt, 2)), at };
	}
	if (row == DB_FAIL) {
		people_close(people);
		return NULL;
	}
	if (people->n > 0) {
		qsort(people->login.item, people->n, sizeof(struct named), compare_named);
		qsort(people->name.item, people->n, sizeof(struct named), compare_named);
	}
	return people;
}

void people_close(struct people *people)
{
	mem_free(people->item);
	mem_free(people->login.item);
	mem_free(people->name.item);
	arena_close(people->arena);
	mem_free(people);
}

/* The one with that key; NULL when there is none, or more than one: a name that two people share
 * says nothing, and a sign-in name must be written instead. */
static const struct one *find(
	const struct people *people, const struct named *named, size_t n, str key)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_compare(named[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == n || !str_equal(named[low].key, key))
		return NULL;
	if (low + 1 < n && str_equal(named[low + 1].key, key))
		return NULL;
	return &people->item[named[low].person];
}

/* The rows of one child as they come together. */
struct rows {
	struct arena *arena;
	enum openness openness;
	struct access_row *item;
	size_t n, room;
};

/* One row a holder and relation: of two times from the earlier beginning to the later end. */
static void add(struct rows *rows, int64_t holder, enum role role, enum relation relation,
	instant since, instant until)
{
	int level = policy_level(role, relation, rows->openness);
	if (level == 0 && relation != RELATION_BARRED)
		return;
	for (size_t i = 0; i < rows->n; i++) {
		struct access_row *row = &rows->item[i];
		if (row->holder != holder || row->relation != relation)
			continue;
		if (row->since != INSTANT_UNKNOWN && (since == INSTANT_UNKNOWN || since < row->since))
			row->since = since;
		if (row->until != INSTANT_UNKNOWN && (until == INSTANT_UNKNOWN || until > row->until))
			row->until = until;
		return;
	}
	if (rows->n == rows->room) {
		size_t room = rows->room == 0 ? 32 : rows->room * 2;
		struct access_row *item = arena_take(rows->arena, room, sizeof *item);
		for (size_t i = 0; i < rows->n; i++)
			item[i] = rows->item[i];
		rows->item = item;
		rows->room = room;
	}
	rows->item[rows->n++] = (struct access_row){ holder, relation, level, since, until };
}

static void add_always(struct rows *rows, int64_t holder, enum role role, enum relation relation)
{
	add(rows, holder, role, relation, INSTANT_UNKNOWN, INSTANT_UNKNOWN);
}

static int compare_rows(const void *a, const void *b)
{
	const struct access_row *x = a, *y = b;
	if (x->holder != y->holder)
		return x->holder < y->holder ? -1 : 1;
	return (x->relation > y->relation) - (x->relation < y->relation);
}

/* Whom a name or sign-in name means; NULL when nobody, or more than one. */
static const struct one *meant(const struct people *people, struct arena *arena, str name)
{
	str key = folded(arena, name);
	if (key.n == 0 || people->n == 0)
		return NULL;
	const struct one *one = find(people, people->login.item, people->n, key);
	return one != NULL ? one : find(people, people->name.item, people->n, key);
}

int64_t people_meant(const struct people *people, struct arena *arena, str name)
{
	const struct one *one = meant(people, arena, name);
	return one == NULL ? 0 : one->id;
}

static void add_named(
	struct rows *rows, const struct people *people, const struct allocation *allocation)
{
	str named[] = { allocation->iro, allocation->chair, allocation->social_worker };
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		const struct one *one = meant(people, rows->arena, named[i]);
		if (one != NULL)
			add_always(rows, one->id, one->role, RELATION_OWN);
	}
	str team = folded(rows->arena, allocation->team);
	for (size_t i = 0; i < people->n && team.n > 0; i++) {
		if (str_equal(people->item[i].team_key, team))
			add_always(rows, people->item[i].id, people->item[i].role, RELATION_TEAM);
	}
}

static void add_sight(
	struct rows *rows, const struct people *people, const struct sight_row *sight)
{
	if (sight->person == 0) {
		const struct one *one = meant(people, rows->arena, sight->named);
		if (one != NULL)
			add(rows, one->id, one->role, sight->relation, sight->since, sight->until);
		return;
	}
	for (size_t i = 0; i < people->n; i++) {
		if (people->item[i].id == sight->person)
			add(rows, sight->person, people->item[i].role, sight->relation,
				sight->since, sight->until);
	}
}

size_t people_access(const struct people *people, struct arena *arena,
	const struct access_facts *facts, struct access_row **out)
{
	struct rows rows = { .arena = arena, .openness = facts->openness };
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		if (role_is_person(role))
			add_always(&rows, access_group(people->authority, role), role,
				RELATION_AUTHORITY);
	}
	if (facts->allocation != NULL)
		add_named(&rows, people, facts->allocation);
	for (size_t i = 0; i < facts->n_sight; i++)
		add_sight(&rows, people, &facts->sight[i]);
	for (size_t i = 0; i < facts->n_barred; i++) {
		const struct one *one = people->n == 0 ? NULL
						       : find(people, people->login.item, people->n,
								 folded(arena, facts->barred[i]));
		if (one != NULL)
			add_always(&rows, one->id, one->role, RELATION_BARRED);
	}
	if (rows.n > 0)
		qsort(rows.item, rows.n, sizeof *rows.item, compare_rows);
	*out = rows.item;
	return rows.n;
}

void access_bind(struct stmt *stmt, const struct actor *actor, instant now)
{
	db_bind_int(stmt, 1, actor->user);
	db_bind_int(stmt, 2, (int64_t)actor->role);
	db_bind_text(stmt, 3, actor->authority);
	db_bind_int(stmt, 4, now);
}

static void bind_instant(struct stmt *stmt, int n, instant at)
{
	if (at == INSTANT_UNKNOWN)
		db_bind_null(stmt, n);
	else
		db_bind_int(stmt, n, at);
}

bool sight_give(struct store *store, str authority, const struct sight_row *sight, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &sight_set);
	db_bind_int(stmt, 1, sight->person);
	db_bind_int(stmt, 2, sight->subject);
	db_bind_int(stmt, 3, (int64_t)sight->relation);
	bind_instant(stmt, 4, sight->since);
	bind_instant(stmt, 5, sight->until);
	if (!db_do(stmt, err))
		return false;
	struct subjects subjects = { 0 };
	subjects_add(&subjects, sight->subject);
	bool done = recompute(store, authority, &subjects, err);
	mem_free(subjects.item);
	return done;
}

bool access_of_person(struct store *store, str authority, int64_t id, str login, str name, str team,
	struct subjects *out, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct stmt *stmt = db_use(store->db, &access_of_one);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, folded(arena, login));
	db_bind_text(stmt, 3, folded(arena, name));
	db_bind_text(stmt, 4, folded(arena, team));
	db_bind_text(stmt, 5, login);
	db_bind_int(stmt, 6, id);
	/* Whom a booking names to chair is text: of those that are not over yet, all. */
	db_bind_int(stmt, 7, instant_day(store_now(store)) - 1);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	subjects_sort(out);
	arena_close(arena);
	return row == DB_DONE;
}

bool store_access(struct store *store, const struct actor *actor, int64_t subject, int *level,
	struct err *err)
{
	bool system = actor->role == ROLE_SYSTEM;
	struct stmt *stmt = db_use(store->db, system ? &subject_exists : &access_level);
	if (system) {
		db_bind_int(stmt, 1, subject);
	} else {
		access_bind(stmt, actor, store_now(store));
		db_bind_int(stmt, 5, subject);
	}
	enum db_row row = db_step(stmt, err);
	*level = row == DB_ROW ? (int)db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL &&
		(*level > 0 || err_set(err, ERR_MISSING, "there is no such child here"));
}
