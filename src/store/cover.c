/* cover.c - proposing who stands in for whom. Answering: cover_answer.c; reading: cover_read.c. */
#include "store/cover_inside.h"

#include <stdlib.h>

SQL(cover_add,
	"INSERT INTO cover (id, authority, away, cause, first_day, last_day, proposed_by, "
	"proposed_at, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
/* Those that the actor, $1 to $4, sees. */
SQL(cover_all_held,
	"SELECT r.subject FROM person p JOIN child_row r ON r.authority IN " COUNCILS_OF("p")
	" WHERE p.id = $5 AND (r.iro_key IN (p.login_key, p.name_key) "
	"OR r.chair_key IN (p.login_key, p.name_key) OR r.worker_key IN (p.login_key, p.name_key)) "
	"AND EXISTS (SELECT 1 FROM access a WHERE a.subject = r.subject AND"
	ACCESS_NOW("$1", "$2", "$3", "$4") ") ORDER BY r.subject");

enum { LONGEST = 366, EARLIEST = 60, COVER_NOTE_MOST = 10000 };

struct proposing {
	struct store *store;
	struct arena *arena;
	const struct actor *actor;
	const struct cover_proposal *proposal;
	struct arrangement a;
	int64_t first; /* of those that were made */
	struct person away, receiver;
	struct problems *problems;
	/* By council. */
	struct arranged {
		str council;
		int64_t subject;
	} *child;
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
	if (!store_person_read(p->store, p->arena, proposal->away, &p->away, err) ||
		!cover_may_arrange(p->store, p->actor, proposal->away, (str){ 0 }, err))
		return false;
	struct err none = { 0 };
	bool share;
	if (!cover_share(p->store, proposal->away, proposal->receiver, (str){ 0 }, &share, err))
		return false;
	if (!share ||
		!store_person_read(
			p->store, p->arena, proposal->receiver, &p->receiver, &none) ||
		p->receiver.disabled)
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
	access_bind(stmt, p->actor, store_now(p->store));
	db_bind_int(stmt, 5, p->proposal->away);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	return row == DB_DONE;
}

static int compare_arranged(const void *a, const void *b)
{
	const struct arranged *x = a, *y = b;
	int order = str_compare(x->council, y->council);
	return order != 0 ? order : (x->subject > y->subject) - (x->subject < y->subject);
}

/* What the actor may not see is as a child that is not there. */
static bool all_picked(struct proposing *p, struct subjects *out, struct err *err)
{
	int level;
	for (size_t i = 0; i < p->proposal->n; i++) {
		if (!store_access(p->store, p->actor, p->proposal->subject[i], &level, err))
			return false;
		subjects_add(out, p->proposal->subject[i]);
	}
	return true;
}

/* Those picked, or all; what is taken already is left out of all, and is a mistake where picked. */
static bool check_children(struct proposing *p, struct err *err)
{
	struct subjects wanted = { 0 };
	size_t unserved = 0;
	bool picked = p->proposal->n > 0;
	bool done = picked ? all_picked(p, &wanted, err) : all_held(p, &wanted, err);
	subjects_sort(&wanted);
	p->child = arena_take(p->arena, wanted.n + 1, sizeof *p->child);
	for (size_t i = 0; done && i < wanted.n; i++) {
		struct standing child;
		done = cover_standing_read(p->store, p->arena, &p->a, p->proposal->receiver,
			wanted.item[i], &child, err);
		if (!done || (child.taken && !picked))
			continue;
		if (!child.served && !picked) {
			unserved++;
			continue;
		}
		str why = child.taken
			? arena_format(p->arena,
				  "Child %.*s is in another arrangement for those days",
				  STR_ARGS(child.number))
			: cover_bar(p->arena, &child, &p->receiver, p->a.reason);
		if (why.n > 0)
			wrong(p, S("children"), why);
		else
			p->child[p->n++] = (struct arranged){ child.authority, wanted.item[i] };
	}
	if (unserved > 0)
		wrong(p, S("children"),
			arena_format(p->arena,
				"%zu of the children are of a council that %.*s does not work for: "
				"choose the others here, and ask somebody else for these",
				unserved, STR_ARGS(p->receiver.name)));
	if (p->n > 0)
		qsort(p->child, p->n, sizeof *p->child, compare_arranged);
	if (done && p->n == 0 && p->problems->n == 0)
		wrong(p, S("children"), S("There is no child left to arrange anything for"));
	mem_free(wanted.item);
	return done;
}

/* The arrangement about the children of one council. */
static bool add_rows(struct proposing *p, const int64_t *subject, size_t n, struct err *err)
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
	for (size_t i = 0; done && i < n; i++)
		done = cover_child_put(p->store, a->id, subject[i], p->proposal->receiver, err);
	return done;
}

static bool add_one(struct proposing *p, const struct arranged *child, size_t n, struct err *err)
{
	static const str reasons[] = { S_INIT("leave"), S_INIT("sickness"), S_INIT("leaving") };
	int64_t *subject = arena_take(p->arena, n, sizeof *subject);
	for (size_t i = 0; i < n; i++)
		subject[i] = child[i].subject;
	p->a.authority = child->council;
	str detail = arena_format(p->arena, "%.*s: %zu %s of %.*s %s for your answer",
		STR_ARGS(reasons[p->a.reason]), n, n == 1 ? "child" : "children",
		STR_ARGS(p->away.name), n == 1 ? "waits" : "wait");
	return add_rows(p, subject, n, err) &&
		cover_tell(p->store, p->proposal->receiver, S("cover-proposed"), p->a.id, detail, err) &&
		cover_note_act(p->store, p->actor, p->a.authority, S("cover:propose"), p->a.id, subject,
			n, err);
}

static bool propose(struct proposing *p, struct err *err)
{
	if (!check_people(p, err))
		return false;
	p->a = (struct arrangement){ .away = p->proposal->away,
		.reason = p->proposal->reason,
		.first = p->proposal->first,
		.last = p->proposal->reason == COVER_LEAVING ? DAY_UNKNOWN : p->proposal->last };
	check_dates(p);
	if (p->problems->n == 0 && !check_children(p, err))
		return false;
	if (p->problems->n > 0)
		return err_set(err, ERR_INPUT, "the arrangement cannot be proposed as it is");
	for (size_t i = 0, n; i < p->n; i += n) {
		for (n = 1; i + n < p->n &&
			str_equal(p->child[i + n].council, p->child[i].council); n++)
			;
		if (!add_one(p, &p->child[i], n, err))
			return false;
		if (i == 0)
			p->first = p->a.id;
	}
	return true;
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
		*cover = p.first;
	return done;
}
