/* save.c - store_save(): the one way to change a record.
 *
 * Gives numbers, reads what is there, asks whether it may be done and whether it is right; then all
 * is written (save_write.c), and what follows from it is made anew. */
#include "store/save_inside.h"

#include "record/matter.h"

#include <stdio.h>
#include <string.h>

SQL(subject_lock,
	"UPDATE subject SET version = version + 1 WHERE id = $1 RETURNING authority");
SQL(subject_sight,
	"SELECT coalesce(r.openness, s.openness), s.authority, a.relation FROM subject s "
	"LEFT JOIN child_row r ON r.subject = s.id LEFT JOIN access a "
	"ON a.subject = s.id AND" ACCESS_NOW("$1", "$2", "$3", "$4") "WHERE s.id = $5");

enum { TEXT_MOST = 1 << 20 };

/* ---- numbers and references */

static bool number_all(struct saving *s, struct err *err)
{
	for (size_t i = 0; i < s->save->n; i++) {
		struct step *step = &s->step[i];
		struct change *change = &s->save->change[i];
		step->change = change;
		step->subject = change->subject;
		if (s->save->mode == SAVE_POLICY)
			continue;
		must(change->type != NULL);
		step->sql = &s->store->type[change->type->index];
		if (change->act != CHANGE_ADD)
			continue;
		if (!take_id(s->store, &step->new.id, err))
			return false;
		if (change->new_subject && !take_id(s->store, &step->subject, err))
			return false;
	}
	for (size_t i = 0; i < s->save->n; i++) {
		struct step *step = &s->step[i];
		if (step->subject < 0) {
			size_t other = (size_t)(-step->subject - 1);
			must(other < s->save->n && s->save->change[other].new_subject);
			step->subject = s->step[other].subject;
		}
	}
	return true;
}

/* A copy of the record whose references to additions of this save have their numbers. */
static void *resolved(struct saving *s, const struct change *change)
{
	char *record = arena_take(s->save->arena, 1, change->type->size);
	memcpy(record, change->record, change->type->size);
	for (size_t i = 0; i < change->type->n; i++) {
		const struct field *field = &change->type->fields[i];
		if (field->kind != KIND_REF)
			continue;
		ref r;
		memcpy(&r, record + field->at, sizeof r);
		if (r.id >= 0)
			continue;
		size_t other = (size_t)(-r.id - 1);
		must(other < s->save->n);
		const struct change *to = &s->save->change[other];
		r.id = to->act == CHANGE_ADD ? s->step[other].new.id : to->id;
		memcpy(record + field->at, &r, sizeof r);
	}
	return record;
}

/* ---- checks */

static bool text_is_too_long(const struct record_type *type, const void *record)
{
	size_t all = 0;
	for (size_t i = 0; i < type->n; i++) {
		if (type->fields[i].kind == KIND_TEXT)
			all += ((const str *)((const char *)record + type->fields[i].at))->n;
	}
	return all > TEXT_MOST;
}

static void check_one(struct saving *s, size_t i)
{
	struct save *save = s->save;
	struct change *change = &save->change[i];
	struct problems found = { 0 };
	if (change->act != CHANGE_ADD && save->mode == SAVE_FORM && change->reason.n == 0 &&
		!s->step[i].old.draft)
		problem_add(save->arena, &found, S("reason"), S("Enter why this is changed"));
	if (change->reason.n > 4000)
		problem_add(save->arena, &found, S("reason"),
			S("The reason must be 4,000 characters or fewer"));
	if (change->act != CHANGE_WITHDRAW && save->mode != SAVE_DRAFT)
		record_check(save->arena, change->type, s->step[i].new.record, &found);
	else if (change->act != CHANGE_WITHDRAW && text_is_too_long(change->type, change->record))
		problem_add(save->arena, &found, (str){ 0 }, S("This is too long to keep"));
	if (change->new_subject && (change->key.n == 0 || change->key.n > 200))
		problem_add(save->arena, &found, S("number"), S("Enter the council's number"));
	bool joins = change->act != CHANGE_WITHDRAW && save->mode == SAVE_FORM &&
		change->type == &same_child_type && found.n == 0;
	struct err err;
	if (joins && !same_check(s->store, save->actor, save->arena, save->authority,
			     s->step[i].subject, s->step[i].new.record, &found, &err))
		problem_add(save->arena, &found, (str){ 0 }, arena_str(save->arena, str_of(err.text)));
	bool named = change->act != CHANGE_WITHDRAW && save->mode == SAVE_FORM &&
		change->type->index == matter_type.index && found.n == 0;
	if (named && !save_matter_check(s, &s->step[i], &found, &err))
		problem_add(save->arena, &found, (str){ 0 }, arena_str(save->arena, str_of(err.text)));
	for (size_t k = 0; k < found.n && save->problems != NULL; k++)
		problem_add(save->arena, save->problems,
			arena_format(save->arena, "%zu.%.*s", i, STR_ARGS(found.item[k].field)),
			found.item[k].message);
	if (found.n > 0)
		s->step[i].skip = true;
}

static bool check_all(struct saving *s, struct err *err)
{
	size_t wrong = 0;
	for (size_t i = 0; i < s->save->n; i++) {
		check_one(s, i);
		wrong += s->step[i].skip;
	}
	if (wrong == 0)
		return true;
	return err_set(err, ERR_INPUT, "%zu of %zu records cannot be saved as they are", wrong,
		s->save->n);
}

static bool load_old(struct saving *s, struct step *step, struct err *err)
{
	struct change *change = step->change;
	struct db_load *pending = step->sql->record_load;
	if (pending != NULL && !db_load_flush(pending, err))
		return false;
	struct stmt *stmt = db_use(s->store->db, &step->sql->one);
	db_bind_int(stmt, 1, change->id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		row_read(s->save->arena, stmt, change->type, &step->old);
	db_reset(stmt);
	if (row == DB_FAIL)
		return false;
	if (row == DB_DONE || step->old.withdrawn)
		return err_set(err, ERR_MISSING, "this record is not there, or was withdrawn");
	if (step->old.version != change->version)
		return err_set(err, ERR_STALE, "somebody changed this record first");
	if (s->save->mode == SAVE_DRAFT && !step->old.draft)
		return err_set(err, ERR_INPUT, "a finished record cannot become a draft again");
	step->subject = step->old.subject;
	return true;
}

/* What no file carries stays as people wrote it, whatever a file says of the rest. */
static void keep_ours(const struct record_type *type, const void *old, void *record)
{
	static const size_t size[] = { [KIND_DAY] = sizeof(day), [KIND_ANSWER] = sizeof(enum answer) };
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if ((field->flags & FIELD_OURS) == 0)
			continue;
		must(field->kind < sizeof size / sizeof *size && size[field->kind] > 0);
		memcpy((char *)record + field->at, (const char *)old + field->at, size[field->kind]);
	}
}

/* And whoever wrote that alone has not taken the rest over from the files. */
static bool is_ours_alone(const struct record_type *type, const void *old, const void *record)
{
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if ((field->flags & FIELD_OURS) == 0 && !field_equal(field, old, record))
			return false;
	}
	return true;
}

static bool prepare_step(struct saving *s, struct step *step, struct err *err)
{
	struct change *change = step->change;
	if (change->act != CHANGE_ADD && !load_old(s, step, err))
		return false;
	bool import = s->save->mode == SAVE_IMPORT;
	void *record = change->act == CHANGE_WITHDRAW ? NULL : resolved(s, change);
	if (import && change->act == CHANGE_EDIT)
		keep_ours(change->type, step->old.record, record);
	bool others = change->act == CHANGE_EDIT && !step->old.by_hand &&
		is_ours_alone(change->type, step->old.record, record);
	step->new = (struct row){
		.id = change->act == CHANGE_ADD ? step->new.id : change->id,
		.version = step->old.version + 1,
		.subject = step->subject,
		.import = s->import,
		.by_hand = s->by_hand && !others,
		.draft = s->save->mode == SAVE_DRAFT,
		.withdrawn = change->act == CHANGE_WITHDRAW,
		.source = s->source,
		.record = record == NULL ? step->old.record : record,
	};
	if (change->type->index == matter_type.index && record != NULL &&
		!save_matter_name(s, step, err))
		return false;
	/* What a person entered or changed outranks a file; what is the same is not written. */
	if (import && change->act != CHANGE_ADD && step->old.by_hand)
		step->skip = true;
	if (import && change->act == CHANGE_EDIT &&
		record_equal(change->type, step->old.record, step->new.record))
		step->skip = true;
	return true;
}

/* ---- may they? */

enum permission store_permission_of(const struct record_type *type)
{
	switch (type->right) {
	case RIGHT_BOOK:
		return MAY_BOOK;
	case RIGHT_ALLOCATE:
		return MAY_ALLOCATE;
	case RIGHT_RESTRICT:
		return MAY_RESTRICT;
	case RIGHT_MATTER:
		return MAY_SAVE_MATTER;
	case RIGHT_RECORD:
		break;
	}
	return MAY_SAVE_RECORD;
}

/* What must be allowed to them for a record of that type; NULL: for clocks made anew. */
static enum permission permission_of(const struct saving *s, const struct record_type *type)
{
	if (s->save->mode == SAVE_DRAFT)
		return MAY_DRAFT;
	return type == NULL ? MAY_SAVE_RECORD : store_permission_of(type);
}

/* By any of the relations in which the child stands to them now. */
static bool may_save(
	struct saving *s, int64_t subject, enum permission permission, struct err *err)
{
	const struct actor *actor = s->save->actor;
	struct stmt *stmt = db_use(s->store->db, &subject_sight);
	access_bind(stmt, actor, s->now);
	db_bind_int(stmt, 5, subject);
	enum db_row row;
	bool may = false, ours = true;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		ours = str_equal(db_text(stmt, 1), s->save->authority);
		enum relation relation =
			db_is_null(stmt, 2) ? RELATION_NONE : (enum relation)db_int(stmt, 2);
		may = may || policy_may(actor->role, permission, relation,
				     (enum openness)db_int(stmt, 0));
	}
	if (row == DB_FAIL)
		return false;
	/* The same answer whether it is not there or may not be seen. */
	return (may && ours) || err_set(err, ERR_MISSING, "there is no such child here");
}

static bool may_save_all(struct saving *s, struct err *err)
{
	if (s->save->mode == SAVE_IMPORT || s->save->arranged)
		return true; /* asked once, when the import began, or the handover was proposed */
	for (size_t i = 0; i < s->save->n; i++) {
		const struct change *change = s->step[i].change;
		if (change->type != NULL && matter_is(change->type)) {
			if (!save_matter_may(s, i, err))
				return false;
			continue;
		}
		bool added = change->type != NULL && change->act == CHANGE_ADD &&
			(change->new_subject || change->subject < 0);
		if (added && !policy_may(s->save->actor->role, MAY_SAVE_RECORD, RELATION_AUTHORITY,
				     OPEN))
			return err_set(err, ERR_DENIED, "your role may not add a child");
		if (!added &&
			!may_save(s, s->step[i].subject, permission_of(s, change->type), err))
			return false;
	}
	return true;
}

/* ---- the end of a save that is its own transaction */

/* Nobody comes to a meeting that was moved without their knowing. */
static bool tell(struct saving *s, struct err *err)
{
	for (size_t i = 0; i < s->save->n && s->save->mode == SAVE_FORM; i++) {
		const struct step *step = &s->step[i];
		if (step->change->type == &booking_type && step->change->act != CHANGE_ADD &&
			!step->skip && !invited_told(s->store, s->save->arena, s->save->actor,
					       &step->old, &step->new, err))
			return false;
	}
	return true;
}

static bool lock_subjects(struct saving *s, struct err *err)
{
	struct subjects subjects = { 0 };
	for (size_t i = 0; i < s->save->n; i++) {
		if (!s->step[i].change->new_subject && !s->step[i].skip)
			subjects_add(&subjects, s->step[i].subject);
	}
	subjects_sort(&subjects);
	bool done = true;
	for (size_t i = 0; done && i < subjects.n; i++) {
		struct stmt *stmt = db_use(s->store->db, &subject_lock);
		db_bind_int(stmt, 1, subjects.item[i]);
		done = db_do(stmt, err);
	}
	mem_free(subjects.item);
	return done;
}

static bool append_entry(struct saving *s, struct err *err)
{
	static const str acts[] = { [SAVE_FORM] = S_INIT("save"), [SAVE_DRAFT] = S_INIT("draft"),
		[SAVE_POLICY] = S_INIT("recompute") };
	struct buf subjects = { 0 };
	for (size_t i = 0; i < s->touched->n && i < 64; i++) {
		if (i > 0)
			buf_char(&subjects, ',');
		buf_int(&subjects, s->touched->item[i]);
	}
	struct entry entry = {
		.at = s->now,
		.actor = s->save->actor->user,
		.role = s->save->actor->role,
		.act = acts[s->save->mode],
		.authority = s->save->authority,
		.subjects = buf_view(&subjects),
		.objects = buf_view(&s->tally->objects),
		.save = s->tally->save,
		.changed = s->tally->changed,
	};
	memcpy(entry.digest, s->tally->digest, DIGEST);
	bool done = ledger_append(s->store, &entry, err);
	buf_close(&subjects);
	return done;
}

static bool finish(struct saving *s, struct err *err)
{
	if (s->save->mode == SAVE_IMPORT)
		return true;
	for (size_t i = 0; s->save->mode == SAVE_POLICY && i < s->save->n; i++)
		subjects_add(s->touched, s->step[i].subject);
	subjects_sort(s->touched);
	return recompute(s->store, s->save->authority, s->touched, err) && append_entry(s, err);
}

static void answer(struct saving *s)
{
	for (size_t i = 0; i < s->save->n; i++) {
		struct step *step = &s->step[i];
		if (s->save->mode == SAVE_POLICY)
			continue;
		step->change->id = step->new.id;
		step->change->version = step->skip ? step->old.version : step->new.version;
		step->change->subject = step->subject;
	}
}

static bool save_steps(struct saving *s, struct err *err)
{
	if (!number_all(s, err))
		return false;
	if (s->save->mode == SAVE_POLICY)
		return may_save_all(s, err) && finish(s, err);
	for (size_t i = 0; i < s->save->n; i++) {
		if (!prepare_step(s, &s->step[i], err))
			return false;
	}
	struct step *steps = s->step;
	bool *skip = arena_take(s->save->arena, s->save->n + 1, sizeof *skip);
	for (size_t i = 0; i < s->save->n; i++) {
		skip[i] = steps[i].skip;
		steps[i].skip = false;
	}
	if (!may_save_all(s, err) || !check_all(s, err))
		return false;
	for (size_t i = 0; i < s->save->n; i++)
		steps[i].skip = skip[i];
	return (s->save->mode == SAVE_IMPORT || lock_subjects(s, err)) && save_write(s, err) &&
		tell(s, err) && finish(s, err);
}

bool store_save(struct store *store, struct save *save, struct err *err)
{
	bool import = save->mode == SAVE_IMPORT;
	must(import == (store->importing != NULL));
	struct saving s = {
		.store = store,
		.save = save,
		.step = arena_take(save->arena, save->n + 1, sizeof *s.step),
		.now = import ? store->importing->began : store_now(store),
		.import = import ? store->importing->id : 0,
		.by_hand = !import && save->actor->role != ROLE_SYSTEM,
	};
	s.source = import ? store->importing->kind : s.by_hand ? SOURCE_FORM : SOURCE_SYSTEM;
	s.tally = import ? &store->importing->tally : &s.own;
	s.touched = import ? &store->importing->touched : &s.touched_own;
	bool done = import || step_begin(store, err);
	bool begun = done && !import;
	done = done && (import || take_id(store, &s.own.save, err)) && save_steps(&s, err);
	done = done && (import || step_end(store, err));
	if (!done && begun)
		step_undo(store);
	if (done)
		answer(&s);
	tally_close(&s.own);
	mem_free(s.touched_own.item);
	return done;
}
