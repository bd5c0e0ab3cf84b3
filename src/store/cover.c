/* cover.c - proposing who stands in for whom. Answering: cover_answer.c; reading: cover_read.c. */
#include "store/cover_inside.h"

SQL(cover_add,
	"INSERT INTO cover (id, authority, away, cause, first_day, last_day, proposed_by, "
	"proposed_at, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
SQL(cover_all_held,
	"SELECT r.subject FROM child_row r JOIN person p ON p.id = $1 "
	"WHERE r.authority = p.authority AND (r.iro_key IN (p.login_key, p.name_key) "
	"OR r.chair_key IN (p.login_key, p.name_key) OR r.worker_key IN (p.login_key, p.name_key)) "
	"ORDER BY r.subject");

enum { LONGEST = 366, EARLIEST = 60, COVER_NOTE_MOST = 10000 };

struct proposing {
	struct store *store;
	struct arena *arena;
	const struct actor *actor;
	const struct cover_proposal *proposal;
	struct arrangement a;
	struct person away, receiver;
	struct problems *problems;
	int64_t *subject;
	size_t n;
};

static void wrong(struct proposing *p, str field, str words)
{
	problem_add(p->arena, p->problems, field, words);
}

static void check_dates(struct proposing *p)
{
	const struct cover_proposal *proposal = p->proposal;
	day today = instant_day(store_now(p->store));
	if (proposal->first == DAY_UNKNOWN)
		wrong(p, S("first"), S("Enter the first day"));
	else if (proposal->first < today - EARLIEST || proposal->first > today + LONGEST)
		wrong(p, S("first"), S("The first day must be within 60 days before today and a year after"));
	if (proposal->reason == COVER_LEAVING || proposal->first == DAY_UNKNOWN)
		return;
	if (proposal->last == DAY_UNKNOWN)
		wrong(p, S("last"), S("Enter the last day"));
	else if (proposal->last < proposal->first)
		wrong(p, S("last"), S("The last day must be the same as or after the first"));
	else if (proposal->last < today)
		wrong(p, S("last"), S("The last day must be today or in the future"));
	else if (proposal->last > proposal->first + LONGEST)
		wrong(p, S("last"), S("The last day must be within a year of the first"));
}

static bool check_people(struct proposing *p, struct err *err)
{
	const struct cover_proposal *proposal = p->proposal;
	if (!store_person_read(p->store, p->arena, proposal->away, &p->away, err))
		return false;
	if (!cover_may_arrange(p->actor, proposal->away, p->away.authority))
		return err_set(err, ERR_MISSING, "there is no such person here");
	struct err none = { 0 };
	if (proposal->receiver == 0 ||
		!store_person_read(
			p->store, p->arena, proposal->receiver, &p->receiver, &none) ||
		p->receiver.disabled || !str_equal(p->receiver.authority, p->away.authority))
		wrong(p, S("receiver"), S("Select who takes the children"));
	else if (proposal->receiver == proposal->away)
		wrong(p, S("receiver"), S("Select somebody other than the person who is away"));
	if (proposal->reason == COVER_LEAVING && str_trim(proposal->note).n == 0)
		wrong(p, S("note"), S("Enter what whoever takes over should know first"));
	if (proposal->note.n > COVER_NOTE_MOST)
		wrong(p, S("note"), S("The note must be 10,000 characters or fewer"));
	return true;
}

static bool all_held(struct proposing *p, struct subjects *out, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &cover_all_held);
	db_bind_int(stmt, 1, p->proposal->away);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	return row == DB_DONE;
}

/* Those picked, or all; what is taken already is left out of all, and is a mistake where picked. */
static bool check_children(struct proposing *p, struct err *err)
{
	struct subjects wanted = { 0 };
	bool picked = p->proposal->n > 0, done = picked || all_held(p, &wanted, err);
	for (size_t i = 0; i < p->proposal->n; i++)
		subjects_add(&wanted, p->proposal->subject[i]);
	subjects_sort(&wanted);
	p->subject = arena_take(p->arena, wanted.n + 1, sizeof *p->subject);
	for (size_t i = 0; done && i < wanted.n; i++) {
		struct standing child;
		done = cover_standing_read(p->store, p->arena, &p->a, p->proposal->receiver,
			wanted.item[i], &child, err);
		if (!done || (child.taken && !picked))
			continue;
		str why = child.taken
			? arena_format(p->arena,
				  "Child %.*s is in another arrangement for those days",
				  STR_ARGS(child.number))
			: cover_bar(p->arena, &child, &p->receiver);
		if (why.n > 0)
			wrong(p, S("children"), why);
		else
			p->subject[p->n++] = wanted.item[i];
	}
	if (done && p->n == 0 && p->problems->n == 0)
		wrong(p, S("children"), S("There is no child left to arrange anything for"));
	mem_free(wanted.item);
	return done;
}

static bool add_rows(struct proposing *p, struct err *err)
{
	struct arrangement *a = &p->a;
	if (!take_id(p->store, &a->id, err))
		return false;
	struct stmt *stmt = db_use(p->store->db, &cover_add);
	db_bind_int(stmt, 1, a->id);
	db_bind_text(stmt, 2, a->authority);
	db_bind_int(stmt, 3, a->away);
	db_bind_int(stmt, 4, (int64_t)a->reason);
	db_bind_int(stmt, 5, a->first);
	if (a->last == DAY_UNKNOWN)
		db_bind_null(stmt, 6);
	else
		db_bind_int(stmt, 6, a->last);
	db_bind_int(stmt, 7, p->actor->user);
	db_bind_int(stmt, 8, store_now(p->store));
	db_bind_text(stmt, 9, str_trim(p->proposal->note));
	bool done = db_do(stmt, err);
	for (size_t i = 0; done && i < p->n; i++)
		done = cover_child_put(
			p->store, a->id, p->subject[i], p->proposal->receiver, err);
	return done;
}

static bool propose(struct proposing *p, struct err *err)
{
	static const str reasons[] = { S_INIT("leave"), S_INIT("sickness"), S_INIT("leaving") };
	if (!check_people(p, err))
		return false;
	p->a = (struct arrangement){ .authority = p->away.authority,
		.away = p->proposal->away,
		.reason = p->proposal->reason,
		.first = p->proposal->first,
		.last = p->proposal->reason == COVER_LEAVING ? DAY_UNKNOWN : p->proposal->last };
	check_dates(p);
	if (p->problems->n == 0 && !check_children(p, err))
		return false;
	if (p->problems->n > 0)
		return err_set(err, ERR_INPUT, "the arrangement cannot be proposed as it is");
	str detail = arena_format(p->arena, "%.*s: %zu children of %.*s wait for your answer",
		STR_ARGS(reasons[p->a.reason]), p->n, STR_ARGS(p->away.name));
	return add_rows(p, err) &&
		cover_tell(p->store, p->proposal->receiver, S("cover-proposed"), p->a.id, detail, err) &&
		cover_note_act(p->store, p->actor, p->a.authority, S("cover:propose"), p->a.id,
			p->subject, p->n, err);
}

bool store_cover_propose(struct store *store, struct arena *arena, const struct actor *actor,
	const struct cover_proposal *proposal, int64_t *cover, struct problems *problems,
	struct err *err)
{
	struct proposing p = { .store = store,
		.arena = arena,
		.actor = actor,
		.proposal = proposal,
		.problems = problems };
	struct held_step held = cover_hold(store, err);
	bool done = cover_release(store, held, held.begun && propose(&p, err), err);
	if (done)
		*cover = p.a.id;
	return done;
}
