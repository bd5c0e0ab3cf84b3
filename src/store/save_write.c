/* save_write.c - a change as rows: the subject, the record, its version, and the events that it
 * leaves. */
#include "store/save_inside.h"

SQL(subject_add,
	"INSERT INTO subject (id, kind, authority, key, version, openness, import) "
	"VALUES ($1, $2, $3, $4, 1, $5, $6)");
SQL(events_of_record,
	"SELECT id, subject, word, on_day, at, thread, link, detail, record, source, known_at, save, "
	"withdrawn_at, withdrawn_reason, withdrawn_save FROM event "
	"WHERE subject = $1 AND record = $2 AND withdrawn_at IS NULL ORDER BY id");
SQL(event_withdraw,
	"UPDATE event SET withdrawn_at = $2, withdrawn_reason = $3, withdrawn_save = $4 "
	"WHERE id = $1 AND withdrawn_at IS NULL");

static bool add_subject(struct saving *s, const struct step *step, struct err *err)
{
	bool real = s->store->importing != NULL && s->store->importing->real;
	struct stmt *stmt = db_use(s->store->db, &subject_add);
	db_bind_int(stmt, 1, step->subject);
	db_bind_text(stmt, 2, subject_kind_text(record_subject(step->change->type, step->new.record)));
	db_bind_text(stmt, 3, s->save->authority);
	db_bind_text(stmt, 4, step->change->key);
	db_bind_int(stmt, 5, real ? UNCLEARED : OPEN);
	if (real)
		db_bind_int(stmt, 6, s->import);
	else
		db_bind_null(stmt, 6);
	struct err why = { 0 };
	if (db_do(stmt, &why))
		return true;
	if (why.code == ERR_DUPLICATE)
		return err_set(err, ERR_DUPLICATE, "there is a child with the number %.*s already",
			STR_ARGS(step->change->key));
	return err_set(err, why.code, "%s", why.text);
}

/* The load that an import keeps open, or one for this row alone. */
static struct db_load *load_for(struct store *store, struct db_load **kept, str table,
	const char *const *column, size_t n, struct err *err)
{
	if (store->importing == NULL)
		return db_load_open(store->db, table, column, n, err);
	if (*kept == NULL)
		*kept = db_load_open(store->db, table, column, n, err);
	return *kept;
}

static bool loaded(struct store *store, struct db_load *load, struct err *err)
{
	return store->importing != NULL || db_load_close(load, err);
}

static bool write_record(struct saving *s, struct step *step, struct err *err)
{
	struct type_sql *sql = &s->store->type[step->change->type->index];
	if (step->change->act == CHANGE_ADD) {
		struct db_load *load = load_for(s->store, &sql->record_load, sql->record_table,
			sql->record_column, sql->record_columns, err);
		if (load == NULL)
			return false;
		row_load(load, step->change->type, &step->new);
		return loaded(s->store, load, err);
	}
	if (sql->record_load != NULL && !db_load_flush(sql->record_load, err))
		return false;
	struct stmt *stmt = db_use(s->store->db, &sql->change);
	row_bind_change(stmt, step->change->type, &step->new, step->change->version, s->now,
		step->change->reason);
	if (!db_do(stmt, err))
		return false;
	return db_changed(s->store->db) == 1 ||
		err_set(err, ERR_STALE, "somebody changed this record first");
}

static bool write_version(struct saving *s, struct step *step, struct err *err)
{
	struct type_sql *sql = &s->store->type[step->change->type->index];
	struct version version = {
		.row = step->new,
		.changed_at = s->now,
		.actor = s->save->actor->user,
		.save = s->tally->save,
		.reason = step->change->reason,
	};
	version_digest(s->store, step->change->type, &version, version.digest);
	tally_add(s->tally, version.digest);
	tally_object(s->tally, step->change->type->name, step->new.id, step->new.version);
	struct db_load *load = load_for(s->store, &sql->version_load, sql->version_table,
		sql->version_column, sql->version_columns, err);
	if (load == NULL)
		return false;
	version_load(load, step->change->type, &version);
	return loaded(s->store, load, err);
}

/* ---- events: what stays the same stays; what is gone is withdrawn; what is new is left */

struct standing {
	struct event_row *item;
	size_t n, room;
};

static bool standing_events(
	struct saving *s, const struct step *step, struct standing *out, struct err *err)
{
	struct importing *importing = s->store->importing;
	if (importing != NULL && importing->events != NULL &&
		!db_load_flush(importing->events, err))
		return false;
	struct stmt *stmt = db_use(s->store->db, &events_of_record);
	db_bind_int(stmt, 1, step->subject);
	db_bind_int(stmt, 2, step->new.id);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct event_row *event = &ARRAY_MORE(out);
		event_row_read(s->save->arena, stmt, event);
	}
	return row == DB_DONE;
}

static bool same_event(const struct event_row *a, const struct event_row *b)
{
	return a->word == b->word && a->on == b->on && a->at == b->at && a->thread == b->thread &&
		a->link == b->link && str_equal(a->detail, b->detail);
}

static bool withdraw(struct saving *s, const struct step *step, struct event_row *event,
	struct err *err)
{
	event->withdrawn_at = s->now;
	event->withdrawn_save = s->tally->save;
	event->reason = step->change->reason.n > 0 ? step->change->reason
						   : S("the source no longer says so");
	struct stmt *stmt = db_use(s->store->db, &event_withdraw);
	db_bind_int(stmt, 1, event->id);
	db_bind_int(stmt, 2, event->withdrawn_at);
	db_bind_text(stmt, 3, event->reason);
	db_bind_int(stmt, 4, event->withdrawn_save);
	unsigned char digest[DIGEST];
	event_digest(s->store, event, true, digest);
	tally_add(s->tally, digest);
	return db_do(stmt, err);
}

static bool leave_event(struct saving *s, struct event_row *event, struct err *err)
{
	struct importing *importing = s->store->importing;
	if (!take_id(s->store, &event->id, err))
		return false;
	struct db_load *none = NULL;
	struct db_load *load = load_for(s->store,
		importing == NULL ? &none : &importing->events, S("event"), event_column,
		sizeof event_column / sizeof *event_column, err);
	if (load == NULL)
		return false;
	event_row_load(load, event);
	unsigned char digest[DIGEST];
	event_digest(s->store, event, false, digest);
	tally_add(s->tally, digest);
	return loaded(s->store, load, err);
}

static void wanted_event(struct saving *s, const struct step *step, const struct left *left,
	struct event_row *out)
{
	const struct record_type *type = step->change->type;
	*out = (struct event_row){
		.subject = step->subject,
		.word = left->word,
		.word_text = word_text(left->word),
		.on = left->on,
		.at = left->at,
		.thread = left_thread(left, step->new.id),
		.link = type->thread != 0 ? step->new.id : 0,
		.detail = left_detail(s->save->arena, left, step->new.id),
		.record = step->new.id,
		.source = s->source,
		.known_at = s->now,
		.save = s->tally->save,
		.withdrawn_at = INSTANT_UNKNOWN,
	};
}

static bool write_events(struct saving *s, struct step *step, struct err *err)
{
	struct lefts lefts = { 0 };
	if (!step->new.withdrawn && !step->new.draft)
		record_leaves(s->save->arena, step->change->type, step->new.record, &lefts);
	struct standing standing = { 0 };
	bool done = step->change->act == CHANGE_ADD || standing_events(s, step, &standing, err);
	for (size_t i = 0; done && i < lefts.n; i++) {
		struct event_row wanted;
		wanted_event(s, step, &lefts.item[i], &wanted);
		size_t k = 0;
		while (k < standing.n && (standing.item[k].id == 0 ||
						 !same_event(&standing.item[k], &wanted)))
			k++;
		if (k < standing.n)
			standing.item[k].id = 0; /* it stays */
		else
			done = leave_event(s, &wanted, err);
	}
	for (size_t k = 0; done && k < standing.n; k++) {
		if (standing.item[k].id != 0)
			done = withdraw(s, step, &standing.item[k], err);
	}
	mem_free(standing.item);
	return done;
}

bool save_write(struct saving *s, struct err *err)
{
	for (size_t i = 0; i < s->save->n; i++) {
		struct step *step = &s->step[i];
		if (step->skip)
			continue;
		if ((step->change->new_subject && !add_subject(s, step, err)) ||
			!write_record(s, step, err) || !write_version(s, step, err) ||
			!write_events(s, step, err))
			return false;
		subjects_add(s->touched, step->subject);
		if (step->change->type == &same_child_type &&
			(!same_touch(s->store, s->save->authority, step->old.record, s->touched, err) ||
				!same_touch(s->store, s->save->authority, step->new.record, s->touched, err)))
			return false;
	}
	return true;
}
