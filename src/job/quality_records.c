/* quality_records.c - Duly's own records as the return would write them, held in memory and checked. Last
 * year's, too, where rules compare the two. */
#include "base/mem.h"
#include "job/quality.h"
#include "job/return.h"

enum { CHILD_CAP = 64 << 20 };

struct written {
	struct return_run run;
	struct return_asked asked;
	struct source source[RETURN_FILES];
};

static bool put_child(void *to, const struct told_child *child, struct err *err)
{
	struct written *written = to;
	struct return_run *run = &written->run;
	arena_reset(run->child);
	if (!written->asked.kind->child(run, child, err))
		return false;
	return !arena_full(run->child) ||
		err_set(err, ERR_FULL, "child %.*s has more records than one child can have",
			STR_ARGS(child->number));
}

static bool write_year(struct store *reader, struct arena *arena, str authority, const struct return_kind *kind,
	int year, struct written *out, struct err *err)
{
	*out = (struct written){ .asked = { .kind = kind, .authority = authority } };
	out->run = (struct return_run){ .asked = &out->asked, .law = store_law(reader), .arena = arena,
		.child = arena_open(CHILD_CAP), .now = store_now(reader) };
	str text = arena_format(arena, "%d-%02d", year - 1, year % 100);
	const struct local_version *local;
	const struct children_asked asked = { authority, kind->type, kind->types };
	bool done = store_local(reader, authority, &local, err);
	out->run.policy = done ? local->policy : NULL;
	done = done && kind->period(text, &out->asked.period, err) && kind->begin(&out->run, err) &&
		store_each_child(reader, &asked, put_child, out, err) &&
		(kind->end == NULL || kind->end(&out->run, err));
	for (size_t i = 0; i < out->run.files; i++)
		out->source[i] = (struct source){ str_of(out->run.file[i].name),
			buf_view(&out->run.file[i].buf) };
	return done;
}

static void close_written(struct written *written)
{
	for (size_t i = 0; i < written->run.files; i++)
		buf_close(&written->run.file[i].buf);
	buf_close(&written->run.notes); /* the page of the findings says them its own way */
	if (written->run.child != NULL)
		arena_close(written->run.child);
}

bool quality_check_all(struct store *store, const struct actor *actor, str authority, day today, struct err *err)
{
	static const str kinds[] = { S_INIT("ssda903"), S_INIT("cin") };
	bool done = true;
	for (size_t i = 0; done && i < sizeof kinds / sizeof *kinds; i++) {
		struct arena *arena = arena_open((size_t)8 << 30);
		struct quality_found found = { 0 };
		int64_t id;
		if (return_kind_find(kinds[i]) != NULL)
			done = quality_of_records(store, arena, authority, kinds[i], quality_year(today), &found,
				       err) &&
				quality_keep(store, actor, authority, kinds[i], QUALITY_RECORDS, &found, &id, err);
		quality_found_close(&found);
		arena_close(arena);
	}
	return done;
}

bool quality_of_records(struct store *reader, struct arena *arena, str authority, str kind, int year,
	struct quality_found *out, struct err *err)
{
	const struct return_kind *of = return_kind_find(kind);
	bool cin = str_equal(kind, S("cin"));
	*out = (struct quality_found){ 0 };
	if (of == NULL)
		return err_set(err, ERR_MISSING, "this return is not written from records yet");
	struct written *now = arena_new(arena, struct written), *before = arena_new(arena, struct written);
	bool done = write_year(reader, arena, authority, of, year, now, err) &&
		(cin || write_year(reader, arena, authority, of, year - 1, before, err));
	const struct quality_asked_903 asked = { .year = year, .last_year = before->source,
		.last_year_n = before->run.files };
	if (done)
		done = cin ? quality_find_cin(arena, now->source[0].bytes, 0, store_law(reader)->calendar, out, err)
			   : quality_find_903(arena, now->source, now->run.files, &asked, out, err);
	close_written(now);
	close_written(before);
	return done;
}
