#include "job/import.h"

#include "base/mem.h"
#include "base/sha256.h"
#include "job/import_birth.h"
#include "job/import_match.h"
#include "job/import_unpack.h"
#include "returns/annex_a/annex_a.h"
#include "returns/cin/cin.h"
#include "returns/people/people.h"
#include "returns/ssd/ssd.h"
#include "returns/ssda903/ssda903.h"
#include "store/imported.h"

#include <string.h>

enum {
	BATCH = 4000,          /* changes in one save */
	PROGRESS_EVERY = 256,  /* children */
	BATCH_CAP = 512 << 20, /* bytes of one save */
};

static const struct {
	str text, words, birth;
	bool slashed; /* its days: 02/08/2015 */
	bool columns; /* known by name; and what it changes is listed, child by child */
} kinds[IMPORT_KINDS] = {
	[IMPORT_SSDA903] = { S_INIT("ssda903"), S_INIT("SSDA903 return"), S_INIT("DOB"), true, false },
	[IMPORT_CIN] = { S_INIT("cin"), S_INIT("children in need census"),
		S_INIT("PersonBirthDate"), false, false },
	[IMPORT_PEOPLE] = { S_INIT("people"), S_INIT("people file"), S_INIT("dob"), false, false },
	[IMPORT_SSD] = { S_INIT("ssd"), S_INIT("Standard Safeguarding Dataset"), S_INIT("pers_dob"),
		true, true },
	[IMPORT_ANNEX_A] = { S_INIT("annex-a"), S_INIT("Annex A"), S_INIT("Date of Birth"), true,
		true },
};

str import_kind_text(enum import_kind kind)
{
	return kinds[kind].text;
}

bool import_kind_find(str text, enum import_kind *out)
{
	for (int i = 0; i < IMPORT_KINDS; i++) {
		if (str_equal(kinds[i].text, text)) {
			*out = (enum import_kind)i;
			return true;
		}
	}
	return false;
}

bool import_has_columns(enum import_kind kind)
{
	return kinds[kind].columns;
}

/* The birth is not taken. The rest of the row is good, and who may see the child is in it. */
static void refuse_birth(
	struct staging *staging, enum import_kind kind, const struct staged *item, str reason)
{
	struct child *child = item->record;
	staging_reject(staging,
		(struct reject){ item->file, item->line, kinds[kind].birth,
			import_birth_text(staging->arena, child->born, kinds[kind].slashed),
			reason });
	child->born = DAY_UNKNOWN;
}

/* Nobody is born tomorrow. */
static void refuse_births_to_come(struct staging *staging, day today)
{
	for (size_t c = 0; c < staging->children.n; c++) {
		for (size_t i = 0; i < staging->children.item[c].n; i++) {
			struct staged *item = &staging->children.item[c].item[i];
			const struct child *child = item->record;
			if (item->type == &child_type && child->born != DAY_UNKNOWN &&
				child->born > today)
				refuse_birth(staging, IMPORT_PEOPLE, item,
					S("in the future: the row is taken without it"));
		}
	}
}

static bool stage_tables(
	const struct import_task *task, day today, struct staging *staging, struct err *err)
{
	struct table_sources tables;
	day as_at = task->as_at == 0 ? DAY_UNKNOWN : task->as_at;
	if (!import_unpack(staging->arena, task->source, task->n, &tables, err))
		return false;
	bool staged = (task->kind == IMPORT_SSD ? ssd_stage : annex_a_stage)(
		tables.item, tables.n, task->mapping, today, as_at, staging, err);
	import_unpack_close(&tables);
	return staged;
}

bool import_stage(
	const struct import_task *task, day today, struct staging *staging, struct err *err)
{
	switch (task->kind) {
	case IMPORT_SSDA903:
		return ssda903_stage(task->source, task->n, today, staging, err);
	case IMPORT_CIN:
		return cin_stage(task->source, today, staging, err);
	case IMPORT_PEOPLE:
		if (!people_stage(task->source, staging, err))
			return false;
		refuse_births_to_come(staging, today);
		return true;
	case IMPORT_SSD:
	case IMPORT_ANNEX_A:
		return stage_tables(task, today, staging, err);
	case IMPORT_KINDS:
		break;
	}
	must(false);
	return false;
}

/* One import under way. */
struct importing {
	struct store *store;
	const struct import_task *task;
	struct staging *staging;
	struct import_result *result;
	int64_t import;
	str reason;
	struct arena *arena; /* of the batch */
	struct changes changes;
	struct stored_list *stored; /* by record_type.index; of the child at hand */
	struct numbers_told told;      /* by this source before; of kinds whose changes are listed */
};

static void list_files(const struct import_task *task, struct buf *out)
{
	for (size_t i = 0; i < task->n; i++) {
		buf_str(out, task->source[i].name);
		buf_char(out, ' ');
		buf_sha256(out, task->source[i].bytes);
		buf_char(out, '\n');
	}
}

static bool begin(struct importing *importing, struct err *err)
{
	const struct staging *staging = importing->staging;
	struct buf files = { 0 };
	list_files(importing->task, &files);
	const struct import_begin what = { .actor = importing->task->actor,
		.authority = importing->task->authority,
		.kind = import_kind_text(importing->task->kind),
		.files = buf_view(&files),
		.known_to = staging->known_to };
	bool done = store_import_begin(importing->store, &what, &importing->import, err);
	buf_close(&files);
	for (size_t i = 0; done && i < staging->covers; i++) {
		const struct staged_cover *cover = &staging->cover[i];
		done = store_import_covers(importing->store, importing->import, cover->word,
			cover->from, cover->to, err);
	}
	return done;
}

static bool flush(struct importing *importing, struct err *err)
{
	struct problems problems = { 0 };
	struct save save = { .mode = SAVE_IMPORT,
		.actor = importing->task->actor,
		.authority = importing->task->authority,
		.import = importing->import,
		.change = importing->changes.item,
		.n = importing->changes.n,
		.problems = &problems,
		.arena = importing->arena };
	bool done = importing->changes.n == 0 || importing->task->dry ||
		    store_save(importing->store, &save, err);
	if (!done && problems.n > 0)
		err_set(err, ERR_INPUT, "%.*s", STR_ARGS(problems.item[0].message));
	importing->changes.n = 0;
	arena_reset(importing->arena);
	return done;
}

/* What a source with tables may have told before, also where it tells none of it now. */
static bool load_told(struct importing *importing, int64_t subject, struct err *err)
{
	static const struct record_type *const told[] = { &care_period_type, &placement_type,
		&cla_review_type, &referral_type, &section47_type, &conference_type, &cp_plan_type };
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		if (!store_records(importing->store, importing->arena, subject, told[i],
			    &importing->stored[told[i]->index], err))
			return false;
	}
	return true;
}

/* A period of care is stored whose first legal status nobody told. */
static bool is_start_unsaid(const struct importing *importing)
{
	const struct stored_list *list = &importing->stored[care_period_type.index];
	for (size_t i = 0; i < list->n; i++) {
		if (((const struct care_period *)list->item[i].record)->legal.n == 0)
			return true;
	}
	return false;
}

static bool load_stored(struct importing *importing, const struct staged_child *child,
	int64_t subject, struct err *err)
{
	for (size_t i = 0; i < record_types_n; i++)
		importing->stored[i] = (struct stored_list){ 0 };
	if (subject == 0)
		return true;
	if (kinds[importing->task->kind].columns && !load_told(importing, subject, err))
		return false;
	for (size_t i = 0; i < child->n; i++) {
		const struct record_type *type = child->item[i].type;
		bool again = false;
		for (size_t k = 0; k < i && !again; k++)
			again = child->item[k].type == type;
		if (!again && !store_records(importing->store, importing->arena, subject, type,
				      &importing->stored[type->index], err))
			return false;
	}
	return !is_start_unsaid(importing) ||
		importing->stored[legal_status_type.index].n > 0 ||
		store_records(importing->store, importing->arena, subject, &legal_status_type,
			&importing->stored[legal_status_type.index], err);
}

/* The child's birth as it is known now. One that what is stored denies is not taken; the events are
 * read only when a file tells another birth than the one that is stored. */
static bool settle_birth(struct importing *importing, const struct staged_child *child,
	int64_t subject, day *born, struct err *err)
{
	const struct stored_list *list = &importing->stored[child_type.index];
	const struct stored *stored = list->n == 0 ? NULL : &list->item[0];
	const struct child *said = child->item[0].record;
	*born = stored == NULL ? DAY_UNKNOWN : ((const struct child *)stored->record)->born;
	if (child->item[0].type != &child_type || said->born == DAY_UNKNOWN ||
		said->born == *born || (stored != NULL && stored->by_hand))
		return true;
	struct stored_events events = { 0 };
	if (subject != 0 && !store_events(importing->store, importing->arena, subject,
				    INSTANT_UNKNOWN, &events, err))
		return false;
	const struct stored_event *denied = import_birth_denied(&events, said->born);
	if (denied == NULL) {
		*born = said->born;
		return true;
	}
	struct buf on = { 0 };
	buf_day_words(&on, denied->event.on);
	refuse_birth(importing->staging, importing->task->kind, &child->item[0],
		arena_format(importing->staging->arena,
			"after what is stored of this child (%.*s on %.*s): the row is taken "
			"without it",
			STR_ARGS(word_text(denied->event.word)), STR_ARGS(buf_view(&on))));
	buf_close(&on);
	return true;
}

static void list_change(struct importing *importing, str number, const struct record_type *type,
	struct match_count count)
{
	struct import_result *result = importing->result;
	if (result->changes == result->changes_room) {
		size_t room = result->changes_room == 0 ? 256 : result->changes_room * 2;
		struct import_change *grown =
			arena_take(importing->staging->arena, room, sizeof *grown);
		if (result->changes > 0)
			memcpy(grown, result->change, result->changes * sizeof *grown);
		result->change = grown;
		result->changes_room = room;
	}
	result->change[result->changes++] = (struct import_change){ number, type, count };
}

/* Of a child who is new, one row; not of every child of a first import, which is all there are. */
static void list_changes(struct importing *importing, const struct staged_child *child, bool new,
	const struct match *match)
{
	if (match->kind.n == 0)
		return;
	if (new && match->added > 0 && importing->told.n > 0)
		list_change(importing, child->number, &child_type,
			(struct match_count){ .added = match->added });
	for (size_t t = 0; !new && t < record_types_n; t++) {
		const struct match_count *count = &match->count[t];
		importing->result->missing += count->missing;
		if (count->added + count->edited + count->missing > 0)
			list_change(importing, child->number, record_types[t], *count);
	}
}

/* Who was in this source the last time, and is not now. Nothing follows but that it is said. */
static void list_gone(struct importing *importing)
{
	for (size_t i = 0; i < importing->told.n; i++) {
		uint32_t at;
		if (intern_find(&importing->staging->numbers, importing->told.item[i], &at) &&
			importing->staging->children.item[at].n > 0)
			continue;
		importing->result->gone++;
		list_change(importing, importing->told.item[i], &child_type,
			(struct match_count){ .missing = 1 });
	}
}

static bool take_child(
	struct importing *importing, const struct staged_child *child, struct err *err)
{
	int64_t subject;
	day born;
	if (!store_subject_find(importing->store, importing->task->authority, SUBJECT_CHILD,
		    child->number, &subject, err) ||
		!load_stored(importing, child, subject, err) ||
		!settle_birth(importing, child, subject, &born, err))
		return false;
	struct match match = { .arena = importing->arena,
		.staging = importing->staging,
		.child = child,
		.subject = subject,
		.stored = importing->stored,
		.born = born,
		.slashed = kinds[importing->task->kind].slashed,
		.out = &importing->changes,
		.reason = importing->reason,
		.kind = kinds[importing->task->kind].columns ? kinds[importing->task->kind].text
							     : (str){ 0 } };
	import_match(&match);
	importing->result->added += match.added;
	importing->result->edited += match.edited;
	importing->result->by_hand += match.by_hand;
	importing->result->changed += match.added + match.edited > 0;
	importing->result->created += subject == 0 && match.added > 0;
	list_changes(importing, child, subject == 0, &match);
	return importing->changes.n < BATCH || flush(importing, err);
}

static bool take_children(struct importing *importing, struct err *err)
{
	const struct staging *staging = importing->staging;
	const struct import_task *task = importing->task;
	for (size_t i = 0; i < staging->children.n; i++) {
		if (staging->children.item[i].n > 0 &&
			!take_child(importing, &staging->children.item[i], err))
			return false;
		if (!task->dry && staging->children.item[i].n > 0 &&
			!store_import_tells(importing->store, importing->import,
				staging->children.item[i].number, err))
			return false;
		if (i % PROGRESS_EVERY != 0)
			continue;
		if (task->progress != NULL)
			task->progress(task->to, i, staging->children.n);
		if (task->given_up != NULL && task->given_up(task->to))
			return err_set(err, ERR_BUSY, "the import was given up");
	}
	if (!flush(importing, err))
		return false;
	if (task->progress != NULL)
		task->progress(task->to, staging->children.n, staging->children.n);
	return true;
}

static void count(struct importing *importing)
{
	const struct staging *staging = importing->staging;
	struct import_result *result = importing->result;
	for (size_t i = 0; i < staging->children.n; i++)
		result->children += staging->children.item[i].n > 0;
	arena_reset(importing->arena);
	result->events = (int64_t)staging_events(staging, importing->arena);
	result->rejected = (int64_t)staging->rejects.n;
}

static str reason_of(const struct import_task *task, struct staging *staging)
{
	struct buf text = { 0 };
	buf_str(&text, kinds[task->kind].words);
	if (staging->known_to != DAY_UNKNOWN) {
		buf_lit(&text, ", known to ");
		buf_day(&text, staging->known_to);
	}
	str reason = arena_str(staging->arena, buf_view(&text));
	buf_close(&text);
	return reason;
}

/* What was changed stands beside the import, in the same transaction. */
static bool keep_changes(struct importing *importing, struct err *err)
{
	if (importing->task->dry || !kinds[importing->task->kind].columns)
		return true;
	return import_keep_changes(
		importing->store, importing->import, importing->result, importing->arena, err);
}

bool import_keep_changes(struct store *store, int64_t import, const struct import_result *result,
	struct arena *arena, struct err *err)
{
	struct imported *item = arena_take(arena, result->changes + 1, sizeof *item);
	for (size_t i = 0; i < result->changes; i++) {
		const struct import_change *change = &result->change[i];
		item[i] = (struct imported){ .number = change->number,
			.type = change->type->name,
			.added = change->count.added,
			.edited = change->count.edited,
			.missing = change->count.missing };
	}
	return store_imported_put(store, import, item, result->changes, err);
}

static bool import_all(struct importing *importing, struct err *err)
{
	const struct import_task *task = importing->task;
	struct import_result *result = importing->result;
	if (kinds[task->kind].columns &&
		!store_told(importing->store, importing->staging->arena, task->authority,
			kinds[task->kind].text, &importing->told, err))
		return false;
	if ((!task->dry && !begin(importing, err)) || !take_children(importing, err))
		return false;
	list_gone(importing);
	count(importing);
	result->import = importing->import;
	return keep_changes(importing, err) &&
	       (task->dry || store_import_end(importing->store, importing->import, result->children,
				     result->events, result->rejected, err));
}

bool import_save(struct store *store, const struct import_task *task, struct staging *staging,
	struct import_result *result, struct err *err)
{
	struct importing importing = { .store = store,
		.task = task,
		.staging = staging,
		.result = result,
		.reason = reason_of(task, staging),
		.arena = arena_open(BATCH_CAP),
		.stored = mem_alloc(record_types_n, sizeof *importing.stored) };
	*result = (struct import_result){ 0 };
	bool done = import_all(&importing, err);
	if (!done && !task->dry)
		store_import_cancel(store);
	mem_free(importing.changes.item);
	mem_free(importing.stored);
	arena_close(importing.arena);
	return done;
}
