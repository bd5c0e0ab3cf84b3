/* save_matter.c - what a save of a matter must hold besides: its reference, who may write it, that a step
 * stands on a subject of its own kind, and that the child whom it names is one whom they see. */
#include "store/save_inside.h"

#include "store/matter.h"

SQL(matters_of_kind, "SELECT count(*) FROM subject WHERE authority = $1 AND kind = $2");
SQL(matter_council,
	"SELECT 1 FROM person p WHERE p.id = $1 AND (p.authority = $2 OR EXISTS (SELECT 1 FROM "
	"person_authority w WHERE w.person = p.id AND w.authority = $2))");
SQL(subject_kind_is, "SELECT kind, authority FROM subject WHERE id = $1");

bool save_matter_name(struct saving *s, struct step *step, struct err *err)
{
	struct matter *matter = (struct matter *)step->new.record;
	if (step->change->act == CHANGE_EDIT) {
		matter->reference = ((const struct matter *)step->old.record)->reference;
		return true;
	}
	const struct matter_kind *kind = matter_kind_find(matter->kind);
	if (step->change->act != CHANGE_ADD || kind == NULL || !step->change->new_subject)
		return true;
	struct stmt *stmt = db_use(s->store->db, &matters_of_kind);
	db_bind_text(stmt, 1, s->save->authority);
	db_bind_text(stmt, 2, kind->text);
	enum db_row row = db_step(stmt, err);
	int64_t number = row == DB_ROW ? db_int(stmt, 0) + 1 : 0;
	db_reset(stmt);
	if (row != DB_ROW)
		return false;
	if (kind->single && number > 1)
		return err_set(err, ERR_DUPLICATE, "there is one already");
	matter->reference = step->change->key = matter_reference(s->save->arena, kind->subject, number);
	return true;
}

/* The kind of the subject on which the step is to stand. False: there is none. */
static bool kind_there(struct saving *s, size_t at, enum subject_kind *kind, struct err *err)
{
	const struct step *step = &s->step[at];
	const struct change *change = step->change;
	for (size_t i = 0; change->act == CHANGE_ADD && i < s->save->n; i++) {
		const struct change *other = s->step[i].change;
		if (s->step[i].subject == step->subject && other->new_subject && other->type != NULL) {
			*kind = record_subject(other->type, s->step[i].new.record);
			return true;
		}
	}
	struct stmt *stmt = db_use(s->store->db, &subject_kind_is);
	db_bind_int(stmt, 1, step->subject);
	enum db_row row = db_step(stmt, err);
	bool found = row == DB_ROW && subject_kind_find(db_text(stmt, 0), kind) &&
		str_equal(db_text(stmt, 1), s->save->authority);
	db_reset(stmt);
	return found || (row != DB_FAIL && err_set(err, ERR_MISSING, "there is no such matter here"));
}

/* A new one stands in a council that they work for. */
static bool works_for(struct saving *s, bool *out, struct err *err)
{
	struct stmt *stmt = db_use(s->store->db, &matter_council);
	db_bind_int(stmt, 1, s->save->actor->user);
	db_bind_text(stmt, 2, s->save->authority);
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

bool save_matter_may(struct saving *s, size_t at, struct err *err)
{
	const struct step *step = &s->step[at];
	const struct actor *actor = s->save->actor;
	enum subject_kind of = record_subject(step->change->type, step->new.record), there;
	bool new = step->change->new_subject || step->change->subject < 0;
	if (!kind_there(s, at, &there, err))
		return false;
	if (of != there || matter_kind_of(of) == NULL)
		return err_set(err, ERR_MISSING, "there is no such matter here");
	if (step->change->type->index == matter_type.index &&
		(step->change->act == CHANGE_ADD) != step->change->new_subject)
		return err_set(err, ERR_INPUT, "a matter has one record of what it is");
	if (actor->role == ROLE_SYSTEM)
		return true;
	int level = 2;
	bool theirs = true;
	if (new && !works_for(s, &theirs, err))
		return false;
	if (!theirs)
		return err_set(err, ERR_DENIED, "you do not work for this council");
	if (!new && !store_subject_access(s->store, actor, step->subject, &level, err))
		return false;
	if (!matter_may_write(actor->role, of))
		return err_set(err, new ? ERR_DENIED : ERR_MISSING, "your role may not write this");
	return level >= 2 || err_set(err, ERR_MISSING, "there is no such matter here");
}

bool save_matter_check(struct saving *s, const struct step *step, struct problems *out, struct err *err)
{
	const struct matter *matter = step->new.record;
	const struct matter *old = step->change->act == CHANGE_EDIT ? step->old.record : NULL;
	int64_t child;
	int level = 0;
	struct err hidden = { 0 };
	if (old != NULL && !str_equal(old->kind, matter->kind))
		problem_add(s->save->arena, out, S("kind"), S("What it is cannot change: withdraw it"));
	if (matter->number.n == 0 || (old != NULL && str_equal(old->number, matter->number)))
		return true;
	if (!store_subject_find(
		    s->store, s->save->authority, SUBJECT_CHILD, matter->number, &child, err))
		return false;
	bool seen = child != 0 && store_access(s->store, s->save->actor, child, &level, &hidden);
	if (hidden.code != ERR_NONE && hidden.code != ERR_MISSING)
		return err_set(err, hidden.code, "%s", hidden.text);
	/* The same words whether there is none, or none whom they may know of. */
	if (!seen || level < 2)
		problem_add(s->save->arena, out, S("number"),
			S("There is no child with that number whom you can see"));
	return true;
}
