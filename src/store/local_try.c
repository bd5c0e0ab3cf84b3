/* local_try.c - what a policy would do, before it is set: each clock that it reaches by the law as it is
 * and as it would be, and nothing is written. */
#include "store/matter_seen.h"
#include "store/local_inside.h"

#define TEN(a, b, c, d, e, f, g, h, i, j) #a ", " #b ", " #c ", " #d ", " #e ", " #f ", " #g ", " #h ", " #i ", " #j
#define FIFTY                                                                                      \
	"(" TEN($5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ", " \
	TEN($15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ", " \
	TEN($25, $26, $27, $28, $29, $30, $31, $32, $33, $34) ", " \
	TEN($35, $36, $37, $38, $39, $40, $41, $42, $43, $44) ", " \
	TEN($45, $46, $47, $48, $49, $50, $51, $52, $53, $54) ")"
SQL(local_names,
	"SELECT r.subject, r.number, r.forename, r.surname, max(a.level) FROM child_row r JOIN access a "
	"ON a.subject = r.subject WHERE " ACCESS_NOW("$1", "$2", "$3", "$4") " AND r.subject IN " FIFTY
	" GROUP BY r.subject, r.number, r.forename, r.surname UNION ALL "
	"SELECT m.subject, m.reference, NULL, NULL, " MATTER_LEVEL("$55") MATTER_SEEN
	" AND m.subject IN " FIFTY);

_Static_assert(LOCAL_MOVES_MOST == 50, "as many parameters stand in the statement");

enum { SUBJECTS_AT_ONCE = 4000, TRIAL_CAP = 64 << 20 };

struct trying {
	struct local_trial *out;
	struct arena *arena;
	const struct actor *actor;
	day today;
	int64_t last; /* the subject whose clocks were told last */
	size_t overdue; /* of those listed */
};

/* Those that become overdue come first. */
static void list(struct trying *t, const struct local_move *move, bool overdue)
{
	struct local_trial *out = t->out;
	if (out->item == NULL)
		out->item = arena_take(t->arena, LOCAL_MOVES_MOST, sizeof *out->item);
	if (out->n < LOCAL_MOVES_MOST)
		out->n++;
	else if (!overdue || t->overdue == LOCAL_MOVES_MOST)
		return;
	size_t at = out->n - 1;
	if (overdue) {
		for (; at > t->overdue; at--)
			out->item[at] = out->item[at - 1];
		t->overdue++;
	}
	out->item[at] = *move;
}

static const struct clock *other_of(const struct clocks *clocks, const struct clock *clock)
{
	for (size_t i = 0; i < clocks->n; i++) {
		const struct clock *other = &clocks->item[i];
		if (other->thread == clock->thread && str_equal(other->rule->id, clock->rule->id) &&
			(other->from == clock->from || clock->rule->prepared > 0) &&
			other->from_event == clock->from_event)
			return other;
	}
	return NULL;
}

static void tell(struct trying *t, int64_t subject, const struct clock *was, const struct clock *will)
{
	struct local_trial *out = t->out;
	const struct clock *any = will == NULL ? was : will;
	struct local_move move = { .subject = subject,
		.rule = any->rule->title,
		.before = was == NULL ? DAY_UNKNOWN : was->due,
		.after = will == NULL ? DAY_UNKNOWN : will->due,
		.law = will == NULL ? DAY_UNKNOWN : clock_due_law(will),
		.was = was == NULL ? CLOCK_NOT_REQUIRED : clock_state(was, t->today),
		.will = will == NULL ? CLOCK_NOT_REQUIRED : clock_state(will, t->today) };
	bool both = was != NULL && will != NULL;
	bool moves = !both || was->due != will->due || was->due_at != will->due_at;
	bool known = both && move.was == CLOCK_UNKNOWN && move.will != CLOCK_UNKNOWN;
	bool unknown = both && move.was != CLOCK_UNKNOWN && move.will == CLOCK_UNKNOWN;
	if (!moves && !known && !unknown)
		return;
	out->known += known;
	out->unknown += unknown;
	bool open = (was != NULL && clock_is_open(move.was)) || (will != NULL && clock_is_open(move.will));
	if (!open) {
		out->late += both && move.was != move.will;
		return;
	}
	bool overdue = move.will == CLOCK_OVERDUE && move.was != CLOCK_OVERDUE;
	move.matter = word_rows[any->rule->trigger.word[0]].subject != SUBJECT_CHILD;
	out->children += t->last != subject && !move.matter;
	out->matters += t->last != subject && move.matter;
	t->last = subject;
	out->moved += both && moves;
	out->new_clocks += was == NULL;
	out->gone += will == NULL;
	out->overdue += overdue;
	list(t, &move, overdue);
}

static void told(void *to, int64_t subject, enum openness openness, const struct clocks *now,
	const struct clocks *then)
{
	struct trying *t = to;
	if (t->actor->role != ROLE_SYSTEM && policy_level(t->actor->role, RELATION_AUTHORITY, openness) == 0)
		return;
	for (size_t i = 0; i < then->n; i++)
		tell(t, subject, other_of(now, &then->item[i]), &then->item[i]);
	for (size_t i = 0; i < now->n; i++) {
		if (other_of(then, &now->item[i]) == NULL)
			tell(t, subject, &now->item[i], NULL);
	}
}

/* Whom they see, by which name. */
static bool name(struct store *store, struct trying *t, struct err *err)
{
	struct local_trial *out = t->out;
	struct stmt *stmt = db_use(store->db, &local_names);
	access_bind(stmt, t->actor, store_now(store));
	for (size_t i = 0; i < LOCAL_MOVES_MOST; i++)
		db_bind_int(stmt, (int)i + 5, i < out->n ? out->item[i].subject : 0);
	db_bind_text(stmt, LOCAL_MOVES_MOST + 5, matter_sights(t->arena, t->actor));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		for (size_t i = 0; i < out->n; i++) {
			struct local_move *move = &out->item[i];
			if (move->subject != db_int(stmt, 0))
				continue;
			move->level = (int)db_int(stmt, 4);
			move->number = seen_text(t->arena, stmt, 1);
			if (move->level < 2)
				continue;
			move->forename = seen_text(t->arena, stmt, 2);
			move->surname = seen_text(t->arena, stmt, 3);
		}
	}
	size_t kept = 0;
	for (size_t i = 0; i < out->n; i++) {
		if (out->item[i].level > 0)
			out->item[kept++] = out->item[i];
	}
	out->n = kept;
	return row == DB_DONE;
}

static bool try_all(struct store *store, const struct local_reach *reach, struct trying *t,
	struct err *err)
{
	struct compared compared = {
		.latest = t->today, .law = t->out->policy->law, .told = told, .to = t };
	str authority = t->actor->authority;
	int64_t past = 0, last = 0, n;
	bool done;
	do {
		struct subjects touched = { 0 };
		done = local_next(store, authority, past, SUBJECTS_AT_ONCE, &n, &last, err) &&
			(n == 0 || local_reach_find(store, reach, authority, past, last, &touched, err)) &&
			recompute_compare(store, authority, &touched, &compared, err);
		past = last;
		mem_free(touched.item);
	} while (done && n == SUBJECTS_AT_ONCE);
	return done;
}

bool store_local_try(struct store *store, struct arena *arena, const struct actor *actor, str text,
	struct local_trial *out, struct err *err)
{
	const struct local_version *last;
	struct local_policy *policy;
	struct local_reach reach = { 0 };
	struct trying trying = { .out = out, .arena = arena, .actor = actor,
		.today = instant_day(store_now(store)) };
	*out = (struct local_trial){ 0 };
	if (!local_read(arena, store_law(store), text, &policy, err) ||
		!local_ids_are_free(store, actor->authority, policy, err) ||
		!store_local(store, actor->authority, &last, err))
		return false;
	out->policy = policy;
	local_reach_add(&reach, last->policy, policy);
	bool done = try_all(store, &reach, &trying, err) &&
		(out->n == 0 || actor->role == ROLE_SYSTEM || name(store, &trying, err));
	local_reach_close(&reach);
	return done;
}
