#include "job/quality.h"

#include "base/text.h"

bool quality_keep(struct store *store, const struct actor *actor, str authority, str kind,
	enum quality_source source, const struct quality_found *found, int64_t *id, struct err *err)
{
	const struct quality_check check = { .authority = authority, .kind = kind, .year = found->year,
		.source = source, .children = found->children };
	return store_quality_keep(store, actor, &check, found->item, found->n, found->unrun.item, found->unrun.n,
		id, err);
}

static bool find(struct arena *arena, struct store *store, const struct import_task *task,
	struct quality_found *found, struct err *err)
{
	enum text_encoding encoding;
	str text;
	if (task->kind == IMPORT_SSDA903)
		return quality_find_903(
			arena, task->source, task->n, &(struct quality_asked_903){ 0 }, found, err);
	return text_decode(task->source[0].bytes, arena, &text, &encoding, err) &&
		quality_find_cin(arena, text, 0, store_law(store)->calendar, found, err);
}

bool quality_of_import(struct store *store, const struct import_task *task, int64_t *findings, struct err *err)
{
	*findings = -1;
	if (task->kind != IMPORT_SSDA903 && task->kind != IMPORT_CIN)
		return true;
	struct arena *arena = arena_open((size_t)8 << 30);
	struct quality_found found = { 0 };
	int64_t id;
	bool done = find(arena, store, task, &found, err) &&
		quality_keep(store, task->actor, task->authority, import_kind_text(task->kind), QUALITY_IMPORT,
			&found, &id, err);
	if (done)
		*findings = (int64_t)found.n;
	quality_found_close(&found);
	arena_close(arena);
	return done;
}

int quality_year(day today)
{
	struct civil civil = day_civil(today);
	return civil.month > 8 ? civil.year + 1 : civil.year;
}
