#include "store/person.h"

#include "store/cover.h"
#include "store/factor.h"
#include "store/inside.h"

#include <string.h>

SQL(person_add,
	"INSERT INTO person (id, login, login_key, name, name_key, role, team, authority, password, "
	"disabled, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)");
#define PERSON                                                                                     \
	"SELECT id, login, name, role, team, authority, password, disabled, added_at FROM person "
SQL(person_by_login, PERSON "WHERE login = $1");
SQL(person_by_id, PERSON "WHERE id = $1");
SQL(person_all, PERSON "ORDER BY login");
SQL(person_of_authority, PERSON "WHERE authority = $1 ORDER BY login");
SQL(person_password, "UPDATE person SET password = $2 WHERE id = $1");
SQL(person_disable, "UPDATE person SET disabled = 1 WHERE id = $1");
SQL(person_enable, "UPDATE person SET disabled = 0 WHERE id = $1");
SQL(person_change, "UPDATE person SET name = $2, name_key = $3, role = $4, team = $5 WHERE id = $1");
SQL(administrators,
	"SELECT count(*) FROM person WHERE authority = $1 AND role = $2 AND disabled = 0");
SQL(person_named,
	"SELECT coalesce(sum(CASE WHEN iro_key IN ($2, $3) THEN 1 ELSE 0 END), 0), "
	"coalesce(sum(CASE WHEN chair_key IN ($2, $3) THEN 1 ELSE 0 END), 0), "
	"coalesce(sum(CASE WHEN worker_key IN ($2, $3) THEN 1 ELSE 0 END), 0) FROM child_row "
	"WHERE (authority = $1 OR authority IN (SELECT w.authority FROM person_authority w WHERE "
	"w.person = $4)) AND (looked_after = 1 OR on_plan = 1) AND died IS NULL");
SQL(authorities_beside,
	"SELECT authority FROM person_authority WHERE person = $1 ORDER BY authority");
SQL(works_for,
	"INSERT INTO person_authority (person, authority) VALUES ($1, $2) "
	"ON CONFLICT (person, authority) DO NOTHING");
SQL(person_of_others,
	"SELECT p.id, p.login, p.name, p.role, p.team, p.authority, p.password, p.disabled, p.added_at "
	"FROM person_authority w JOIN person p ON p.id = w.person WHERE w.authority = $1 "
	"ORDER BY p.name, p.id");
/* In one council: whom they are named on. */
SQL(works_with,
	"SELECT count(*) FROM child_row WHERE authority = $1 AND (iro_key IN ($2, $3) OR "
	"chair_key IN ($2, $3) OR worker_key IN ($2, $3)) AND (looked_after = 1 OR on_plan = 1) AND "
	"died IS NULL");
SQL(works_no_more, "DELETE FROM person_authority WHERE person = $1 AND authority = $2");

static void person_of(struct arena *arena, struct stmt *stmt, struct person *out)
{
	enum role role;
	*out = (struct person){
		.id = db_int(stmt, 0),
		.login = arena_str(arena, db_text(stmt, 1)),
		.name = arena_str(arena, db_text(stmt, 2)),
		.role = role_find(db_text(stmt, 3), &role) ? role : ROLE_NONE,
		.team = arena_str(arena, db_text(stmt, 4)),
		.authority = arena_str(arena, db_text(stmt, 5)),
		.password = arena_str(arena, db_text(stmt, 6)),
		.disabled = db_int(stmt, 7) == 1,
		.added_at = db_int(stmt, 8),
	};
}

static bool read_one(struct arena *arena, struct stmt *stmt, struct person *out, struct err *err)
{
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		person_of(arena, stmt, out);
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such person"));
}

bool store_person_find(
	struct store *store, struct arena *arena, str login, struct person *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_by_login);
	db_bind_text(stmt, 1, login);
	return read_one(arena, stmt, out, err);
}

bool store_person_read(
	struct store *store, struct arena *arena, int64_t id, struct person *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_by_id);
	db_bind_int(stmt, 1, id);
	return read_one(arena, stmt, out, err);
}

static bool read_list(
	struct arena *arena, struct stmt *stmt, struct person_list *out, struct err *err)
{
	*out = (struct person_list){ 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			out->room = out->room == 0 ? 16 : out->room * 2;
			struct person *item = arena_take(arena, out->room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
		}
		person_of(arena, stmt, &out->item[out->n++]);
	}
	return row == DB_DONE;
}

bool store_person_list(struct store *store, struct arena *arena, str authority,
	struct person_list *out, struct err *err)
{
	struct stmt *stmt =
		db_use(store->db, authority.n > 0 ? &person_of_authority : &person_all);
	if (authority.n > 0)
		db_bind_text(stmt, 1, authority);
	return read_list(arena, stmt, out, err);
}

bool store_person_authorities(struct store *store, struct arena *arena, int64_t person,
	struct authorities *out, struct err *err)
{
	*out = (struct authorities){ 0 };
	struct stmt *stmt = db_use(store->db, &authorities_beside);
	db_bind_int(stmt, 1, person);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < AUTHORITIES_MOST)
		out->code[out->n++] = arena_str(arena, db_text(stmt, 0));
	db_reset(stmt);
	return row != DB_FAIL;
}

/* ---- changes: each stands in the ledger */

static bool note(struct store *store, const struct actor *actor, str act, int64_t person,
	const unsigned char *digest, struct err *err)
{
	char object[40];
	struct buf text = { 0 };
	buf_format(&text, "person:%lld", (long long)person);
	must(text.n < sizeof object);
	memcpy(object, text.p, text.n);
	struct entry entry = {
		.at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = act,
		.authority = actor->authority,
		.objects = { object, text.n },
	};
	buf_close(&text);
	if (digest != NULL)
		memcpy(entry.digest, digest, DIGEST);
	return ledger_append(store, &entry, err);
}

static bool sight_in(struct store *store, const struct person *person, str authority, struct err *err)
{
	struct subjects subjects = { 0 };
	bool done = access_of_person(store, authority, person->id, person->login, person->name,
			    person->team, &subjects, err) &&
		recompute(store, authority, &subjects, err);
	mem_free(subjects.item);
	return done;
}

/* Who is named by children's records now sees them, or no longer does: in every authority that they
 * work for. */
static bool sight_changed(struct store *store, const struct person *person, struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct authorities work;
	bool done = store_person_authorities(store, arena, person->id, &work, err) &&
		sight_in(store, person, person->authority, err);
	for (size_t i = 0; done && i < work.n; i++)
		done = sight_in(store, person, work.code[i], err);
	arena_close(arena);
	return done;
}

static bool add(struct store *store, const struct person *person, int64_t id, instant at,
	struct err *err)
{
	struct arena *arena = arena_open(1 << 16);
	struct stmt *stmt = db_use(store->db, &person_add);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, person->login);
	db_bind_text(stmt, 3, folded(arena, person->login));
	db_bind_text(stmt, 4, person->name);
	db_bind_text(stmt, 5, folded(arena, person->name));
	db_bind_text(stmt, 6, role_text(person->role));
	db_bind_text(stmt, 7, person->team);
	db_bind_text(stmt, 8, person->authority);
	db_bind_text(stmt, 9, person->password);
	db_bind_int(stmt, 10, at);
	struct err why = { 0 };
	bool done = db_do(stmt, &why);
	arena_close(arena);
	if (!done && why.code == ERR_DUPLICATE)
		return err_set(err, ERR_DUPLICATE, "the sign-in name %.*s is taken",
			STR_ARGS(person->login));
	return done || err_set(err, why.code, "%s", why.text);
}

static bool may_manage(const struct actor *actor, struct err *err)
{
	return policy_may(actor->role, MAY_MANAGE_USERS, RELATION_NONE, OPEN) ||
		err_set(err, ERR_DENIED, "your role may not manage who signs in");
}

static bool note_added(struct store *store, const struct actor *actor, const struct person *person,
	int64_t id, instant at, struct err *err)
{
	unsigned char digest[DIGEST];
	person_digest(store, id, person->login, person->name, role_text(person->role),
		person->team, person->authority, at, digest);
	return note(store, actor, S("person:add"), id, digest, err);
}

bool store_person_add(struct store *store, const struct actor *actor, const struct person *person,
	int64_t *id, struct err *err)
{
	if (!may_manage(actor, err))
		return false;
	instant at = store_now(store);
	bool begun = step_begin(store, err);
	bool done = begun && take_id(store, id, err) && add(store, person, *id, at, err) &&
		helped_password(store, *id, actor->user, err) &&
		sight_changed(store, person, err) &&
		note_added(store, actor, person, *id, at, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

static bool set_works_for(
	struct store *store, int64_t person, str authority, bool works, struct err *err)
{
	int64_t number;
	if (!authority_number(store, authority, &number, err))
		return false;
	struct stmt *stmt = db_use(store->db, works ? &works_for : &works_no_more);
	db_bind_int(stmt, 1, person);
	db_bind_text(stmt, 2, authority);
	return db_do(stmt, err);
}

bool store_person_of_others(struct store *store, struct arena *arena, str authority,
	struct person_list *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_of_others);
	db_bind_text(stmt, 1, authority);
	return read_list(arena, stmt, out, err);
}

/* Whose children somebody would see, that council lets them; either of the two takes it away. */
static bool may_lend(const struct actor *actor, const struct person *person, str authority, bool works,
	struct err *err)
{
	bool may = actor->role == ROLE_SYSTEM || str_equal(actor->authority, authority) ||
		(!works && str_equal(actor->authority, person->authority));
	return may || err_set(err, ERR_MISSING, "there is no such person");
}

/* No child may stand with nobody. */
static bool may_end(struct store *store, struct arena *arena, const struct person *person,
	str authority, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &works_with);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, folded(arena, person->login));
	db_bind_text(stmt, 3, folded(arena, person->name));
	enum db_row row = db_step(stmt, err);
	int64_t children = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW &&
		(children == 0 ||
			err_set(err, ERR_INPUT,
				"%lld of that council’s children have them. Give these to somebody else first",
				(long long)children));
}

bool store_person_works_for(struct store *store, const struct actor *actor, int64_t id, str authority,
	bool works, struct err *err)
{
	if (!may_manage(actor, err))
		return false;
	struct arena *arena = arena_open(1 << 16);
	struct person person;
	bool begun = step_begin(store, err);
	bool done = begun && store_person_read(store, arena, id, &person, err) &&
		may_lend(actor, &person, authority, works, err) &&
		(works || actor->role == ROLE_SYSTEM || may_end(store, arena, &person, authority, err)) &&
		(authority.n > 0 ||
			err_set(err, ERR_INPUT, "say which authority they work for")) &&
		(!str_equal(authority, person.authority) ||
			err_set(err, ERR_INPUT, "This is the council that they belong to")) &&
		set_works_for(store, id, authority, works, err) &&
		sight_in(store, &person, authority, err) &&
		note(store, actor,
			arena_format(arena, "person:%s:%.*s", works ? "works-for" : "leaves",
				STR_ARGS(authority)),
			id, NULL, err) &&
		step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

static bool set_password(struct store *store, int64_t id, str password, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_password);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, password);
	if (!db_do(stmt, err))
		return false;
	return db_changed(store->db) == 1 || err_set(err, ERR_MISSING, "there is no such person");
}

/* Who took somebody's second step away does not make their password too, until they have set up
 * another: else one administrator alone could become them. */
static bool may_make(struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	struct arena *arena = arena_open(1 << 12);
	struct helped helped;
	bool read = store_helped(store, arena, id, &helped, err);
	arena_close(arena);
	return read && (actor->user == 0 || actor->user == id || helped.reset_by != actor->user ||
			       err_set(err, ERR_INPUT,
				       "You reset their second step, so another administrator must make "
				       "a new password for them"));
}

bool store_person_password(struct store *store, const struct actor *actor, int64_t id,
	str password, struct err *err)
{
	if (actor->user != id && !may_manage(actor, err))
		return false;
	bool begun = step_begin(store, err);
	int64_t by = actor->user == id ? HELPED_NOBODY : actor->user;
	bool done = begun && may_make(store, actor, id, err) &&
		set_password(store, id, password, err) && helped_password(store, id, by, err) &&
		person_sessions_end(store, id, err) &&
		note(store, actor, S("person:password"), id, NULL, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

bool store_person_rehash(struct store *store, int64_t id, str password, struct err *err)
{
	bool begun = step_begin(store, err);
	bool done = begun && set_password(store, id, password, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

/* Somebody must be left who can let people in. Asked after the entry is in the ledger, whose head is
 * locked until the end: two who remove each other at once do not both pass. */
static bool administrator_left(struct store *store, const struct actor *actor,
	const struct person *before, struct err *err)
{
	if (before->role != ROLE_ADMINISTRATOR || before->disabled || actor->role == ROLE_SYSTEM)
		return true;
	struct stmt *stmt = db_use(store->db, &administrators);
	db_bind_text(stmt, 1, before->authority);
	db_bind_text(stmt, 2, role_text(ROLE_ADMINISTRATOR));
	enum db_row row = db_step(stmt, err);
	int64_t left = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW &&
		(left > 0 ||
			err_set(err, ERR_INPUT, "You cannot remove the last administrator"));
}

/* Of their own authority; of any for the system. */
static bool read_theirs(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t id, struct person *out, struct err *err)
{
	return store_person_read(store, arena, id, out, err) &&
		(actor->role == ROLE_SYSTEM || str_equal(actor->authority, out->authority) ||
			err_set(err, ERR_MISSING, "there is no such person"));
}

static bool run_on(struct store *store, const struct sql *sql, int64_t id, struct err *err)
{
	struct stmt *stmt = db_use(store->db, sql);
	db_bind_int(stmt, 1, id);
	return db_do(stmt, err);
}

bool store_person_disable(
	struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	if (!may_manage(actor, err))
		return false;
	struct arena *arena = arena_open(1 << 16);
	struct person person;
	bool begun = step_begin(store, err);
	bool done = begun && read_theirs(store, arena, actor, id, &person, err) &&
		store_cover_may_leave(store, arena, id, err) &&
		run_on(store, &person_disable, id, err) && person_sessions_end(store, id, err) &&
		sight_changed(store, &person, err) &&
		note(store, actor, S("person:disable"), id, NULL, err) &&
		administrator_left(store, actor, &person, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

bool store_person_enable(
	struct store *store, const struct actor *actor, int64_t id, struct err *err)
{
	if (!may_manage(actor, err))
		return false;
	struct arena *arena = arena_open(1 << 16);
	struct person person;
	bool begun = step_begin(store, err);
	bool done = begun && read_theirs(store, arena, actor, id, &person, err) &&
		run_on(store, &person_enable, id, err) && sight_changed(store, &person, err) &&
		note(store, actor, S("person:enable"), id, NULL, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

static bool change(struct store *store, struct arena *arena, const struct person *now,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_change);
	db_bind_int(stmt, 1, now->id);
	db_bind_text(stmt, 2, now->name);
	db_bind_text(stmt, 3, folded(arena, now->name));
	db_bind_text(stmt, 4, role_text(now->role));
	db_bind_text(stmt, 5, now->team);
	return db_do(stmt, err);
}

static bool note_changed(
	struct store *store, const struct actor *actor, const struct person *now, struct err *err)
{
	unsigned char digest[DIGEST];
	person_digest(store, now->id, now->login, now->name, role_text(now->role), now->team,
		now->authority, now->added_at, digest);
	return note(store, actor, S("person:change"), now->id, digest, err);
}

bool store_person_change(struct store *store, const struct actor *actor, int64_t id, str name,
	enum role role, str team, struct err *err)
{
	if (!may_manage(actor, err))
		return false;
	if (role <= ROLE_NONE || role >= ROLES || role == ROLE_SYSTEM)
		return err_set(err, ERR_INPUT, "Nobody signs in with that role");
	struct arena *arena = arena_open(1 << 16);
	struct person was, now;
	bool begun = step_begin(store, err);
	bool done = begun && read_theirs(store, arena, actor, id, &was, err);
	if (done && id == actor->user && role != was.role)
		done = err_set(err, ERR_DENIED,
			"You cannot change your own role. Ask another administrator");
	now = was;
	now.name = name;
	now.role = role;
	now.team = team;
	done = done && change(store, arena, &now, err) && sight_changed(store, &was, err) &&
		sight_changed(store, &now, err) && note_changed(store, actor, &now, err) &&
		(role == ROLE_ADMINISTRATOR || administrator_left(store, actor, &was, err)) &&
		step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

bool store_person_named(struct store *store, struct arena *arena, const struct person *person,
	struct person_named *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &person_named);
	db_bind_text(stmt, 1, person->authority);
	db_bind_text(stmt, 2, folded(arena, person->login));
	db_bind_text(stmt, 3, folded(arena, person->name));
	db_bind_int(stmt, 4, person->id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct person_named){ db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2) };
	db_reset(stmt);
	return row == DB_ROW;
}
