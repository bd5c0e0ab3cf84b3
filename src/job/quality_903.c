/* quality_903.c - the SSDA903: files of one year, or of several in folders of their own. */
#include "base/text.h"
#include "job/quality_find.h"
#include "returns/report.h"
#include "returns/ssda903/check/rule.h"

/* ---- the years' files */

struct folder {
	str name;
	struct source_file file[TABLES];
	size_t n;
	int year; /* 0: it has no dates */
};

enum { FOLDERS_MOST = 12, FIRST_YEAR = 2023 /* of all rules */ };

static str folder_of(str path)
{
	size_t end = 0;
	for (size_t i = 0; i < path.n; i++)
		end = path.p[i] == '/' ? i : end;
	return str_upto(path, end);
}

static struct folder *folder_named(struct folder *folder, size_t *n, str name)
{
	for (size_t i = 0; i < *n; i++) {
		if (str_equal(folder[i].name, name))
			return &folder[i];
	}
	if (*n == FOLDERS_MOST)
		return NULL;
	folder[*n] = (struct folder){ .name = name };
	return &folder[(*n)++];
}

static bool gather(struct arena *arena, const struct source *file, size_t n, struct folder *folder,
	size_t *folders, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		enum text_encoding encoding;
		if (table_of_file(file[i].name) == TABLES)
			continue;
		struct folder *into = folder_named(folder, folders, folder_of(file[i].name));
		if (into == NULL || into->n == TABLES)
			return err_set(err, ERR_INPUT, "there are files of more years than can be checked");
		struct source_file *to = &into->file[into->n++];
		to->path = file[i].name;
		if (!text_decode(file[i].bytes, arena, &to->text, &encoding, err))
			return false;
	}
	return true;
}

/* The year in which the last of its episodes begin: hardly anything is entered ahead of its time. */
static int year_of(const struct return_rows *rows)
{
	const struct episodes_row *episode = (const void *)rows->this_year.table[TABLE_EPISODES].row;
	const struct reviews_row *review = (const void *)rows->this_year.table[TABLE_REVIEWS].row;
	day last = DAY_UNKNOWN;
	for (size_t i = 0; i < rows->this_year.table[TABLE_EPISODES].n; i++)
		last = is_day(episode[i].decom) && (last == DAY_UNKNOWN || episode[i].decom > last)
			? episode[i].decom : last;
	for (size_t i = 0; i < rows->this_year.table[TABLE_REVIEWS].n; i++)
		last = is_day(review[i].review) && (last == DAY_UNKNOWN || review[i].review > last)
			? review[i].review : last;
	if (last == DAY_UNKNOWN)
		return 0;
	struct civil civil = day_civil(last);
	return civil.month > 3 ? civil.year + 1 : civil.year;
}

static bool tell_year(struct folder *folder, struct err *err)
{
	struct arena *scratch = arena_open((size_t)8 << 30);
	struct return_rows rows;
	bool read = rows_read(scratch, folder->file, folder->n, NULL, 0, &rows, err);
	if (read)
		folder->year = year_of(&rows);
	arena_close(scratch);
	return read;
}

/* Which folder is asked, and which is last year's; NULL: there is none. */
static bool choose(struct folder *folder, size_t n, int *year, struct folder **now, struct folder **before,
	struct err *err)
{
	*now = *before = NULL;
	if (*year != 0 && n == 1) {
		*now = folder;
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		if (!tell_year(&folder[i], err))
			return false;
		bool asked = *year == 0 || folder[i].year == *year;
		if (asked && folder[i].year != 0 && (*now == NULL || folder[i].year > (*now)->year))
			*now = &folder[i];
	}
	for (size_t i = 0; i < n && *now != NULL; i++) {
		if (folder[i].year == (*now)->year - 1)
			*before = &folder[i];
	}
	if (*now == NULL)
		return err_set(err, ERR_INPUT, "the files tell of no year that can be checked");
	*year = (*now)->year;
	return true;
}

/* ---- findings */

static bool find(struct arena *arena, struct arena *scratch, const struct folder *now,
	const struct folder *before, const struct check_asked *asked, struct quality_found *out,
	struct err *err)
{
	struct return_rows rows;
	struct check_result result;
	struct report report;
	if (!rows_read(scratch, now->file, now->n, before == NULL ? NULL : before->file,
		    before == NULL ? 0 : before->n, &rows, err))
		return false;
	check_run(scratch, &rows, asked, &result);
	report_of_ssda903(&report, &rows, asked, &result);
	quality_found_of(arena, &report, out);
	check_result_close(&result);
	return true;
}

bool quality_find_903(struct arena *arena, const struct source *file, size_t n,
	const struct quality_asked_903 *asked, struct quality_found *out, struct err *err)
{
	struct folder *folder = arena_take(arena, FOLDERS_MOST, sizeof *folder), *now, *before;
	struct folder *last = arena_take(arena, FOLDERS_MOST, sizeof *last);
	size_t folders = 0, lasts = 0;
	struct check_asked check = { .year = asked->year, .authority = asked->local_authority,
		.postcodes = asked->postcodes, .providers = asked->providers };
	*out = (struct quality_found){ 0 };
	if (!gather(arena, file, n, folder, &folders, err) ||
		!gather(arena, asked->last_year, asked->last_year_n, last, &lasts, err))
		return false;
	if (folders == 0)
		return err_set(err, ERR_INPUT, "there is no file of the return of looked after children");
	if (!choose(folder, folders, &check.year, &now, &before, err))
		return false;
	if (check.year < FIRST_YEAR)
		return err_set(err, ERR_INPUT, "the rules of the year that ended in %d are not known: from %d on",
			check.year, FIRST_YEAR);
	if (before == NULL && lasts > 0)
		before = &last[0];
	struct arena *scratch = arena_open((size_t)16 << 30);
	bool done = find(arena, scratch, now, before, &check, out, err);
	arena_close(scratch);
	return done;
}
