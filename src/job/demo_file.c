#include "job/demo_file.h"
#include "job/demo_store.h"

#include "base/mem.h"
#include "returns/people/write.h"
#include "returns/ssd/write.h"
#include "returns/ssda903/write.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
	FLUSH = 1 << 16,
	CHILD_CAP = 16 << 20,
	RETURNS = DEMO_YEARS * SSDA903_FILES,
	CENSUS = RETURNS,
	PEOPLE,
	EXTRACT,
	FILES = EXTRACT + SSD_TABLES
};

struct demo_files {
	FILE *file[FILES];
	struct buf buf[FILES];
	const char *dir;
};

static bool failed(const char *dir, const char *name, struct err *err)
{
	return err_set(err, ERR_IO, "%s/%s cannot be written: %s", dir, name, strerror(errno));
}

static bool make_folder(const char *dir, const char *name, struct err *err)
{
	struct buf path = { 0 };
	buf_format(&path, "%s/%s", dir, name);
	buf_char(&path, '\0');
	bool made = mkdir(path.p, 0755) == 0 || errno == EEXIST;
	buf_close(&path);
	return made || failed(dir, name, err);
}

static bool open_file(struct demo_files *files, int i, const char *name, struct err *err)
{
	struct buf path = { 0 };
	buf_format(&path, "%s/%s", files->dir, name);
	buf_char(&path, '\0');
	files->file[i] = fopen(path.p, "wb");
	buf_close(&path);
	return files->file[i] != NULL || failed(files->dir, name, err);
}

static bool flush(struct demo_files *files, size_t over, struct err *err)
{
	for (int i = 0; i < FILES; i++) {
		struct buf *buf = &files->buf[i];
		if (buf->n <= over)
			continue;
		if (fwrite(buf->p, 1, buf->n, files->file[i]) != buf->n)
			return failed(files->dir, "", err);
		buf_clear(buf);
	}
	return true;
}

static bool open_extract(struct demo_files *files, struct err *err)
{
	char name[80];
	if (!make_folder(files->dir, "ssd", err))
		return false;
	for (int t = 0; t < SSD_TABLES; t++) {
		snprintf(name, sizeof name, "ssd/%s", ssd_file_name((enum ssd_table)t));
		if (!open_file(files, EXTRACT + t, name, err))
			return false;
		ssd_write_columns(&files->buf[EXTRACT + t], (enum ssd_table)t);
	}
	return true;
}

static bool open_files(struct demo_files *files, int year, struct err *err)
{
	char name[80];
	if (!make_folder(files->dir, "", err) || !make_folder(files->dir, "ssda903", err) ||
		!make_folder(files->dir, "cin", err) ||
		!open_file(files, CENSUS, "cin/census.xml", err) ||
		!open_file(files, PEOPLE, "people.csv", err))
		return false;
	for (int i = 0; i < DEMO_YEARS; i++) {
		snprintf(name, sizeof name, "ssda903/%d", year - i);
		if (!make_folder(files->dir, name, err))
			return false;
		for (int j = 0; j < SSDA903_FILES; j++) {
			if (!ssda903_has_file((enum ssda903_file)j, year - i))
				continue;
			snprintf(name, sizeof name, "ssda903/%d/%s", year - i,
				ssda903_file_name((enum ssda903_file)j));
			if (!open_file(files, i * SSDA903_FILES + j, name, err))
				return false;
			ssda903_write_columns(
				&files->buf[i * SSDA903_FILES + j], (enum ssda903_file)j);
		}
	}
	people_write_columns(&files->buf[PEOPLE]);
	return open_extract(files, err);
}

static bool close_files(struct demo_files *files, bool done, struct err *err)
{
	done = done && flush(files, 0, err);
	for (int i = 0; i < FILES; i++) {
		buf_close(&files->buf[i]);
		if (files->file[i] != NULL && fclose(files->file[i]) != 0 && done)
			done = failed(files->dir, "", err);
	}
	return done;
}

static str staff(const struct demo_options *options, int n, char text[2 * DEMO_NAME])
{
	if (n < 0)
		return S("");
	struct demo_name name = demo_staff_name(options->seed, n);
	snprintf(text, 2 * DEMO_NAME, "%s %s", name.forename, name.surname);
	return str_of(text);
}

void demo_write_people(
	const struct demo_child *child, const struct demo_options *options, struct buf *out)
{
	char officer[2 * DEMO_NAME], worker[2 * DEMO_NAME], group[24] = "";
	const struct demo_protection *protection = &child->protection;
	bool chaired = child->has_protection &&
		       ((protection->planned && protection->plan_ended == DAY_UNKNOWN) ||
			       protection->conference_booked != DAY_UNKNOWN);
	bool looked_after = child->has_care && child->care.ended == DAY_UNKNOWN;
	str name = staff(options, child->officer, officer);
	if (child->siblings > 0)
		snprintf(group, sizeof group, "S%lld", (long long)child->siblings);
	people_write_row(out, &(struct people_row){ .child = str_of(child->number),
				      .forename = str_of(child->forename),
				      .surname = str_of(child->surname),
				      .born = child->born,
				      .iro = looked_after ? name : S(""),
				      .chair = chaired ? name : S(""),
				      .social_worker = staff(options,
					      demo_officers(options) + child->worker, worker),
				      .team = str_of(child->team),
				      .sibling_group = str_of(group),
				      .restricted = child->restricted });
}

static bool write_all(const struct demo_options *options, struct demo_files *files,
	struct xml_out *census, struct demo_written *written, struct err *err)
{
	struct demo *demo = demo_open(options);
	struct arena *arena = arena_open(CHILD_CAP);
	const struct demo_child *child;
	day returned = demo_returned(options);
	struct demo_told told;
	bool done = true;
	demo_write_ssd_staff(options, &files->buf[EXTRACT]);
	demo_told_open(&told);
	while (done && (child = demo_next(demo)) != NULL) {
		const struct told_child *records = demo_tell(child, options, &told);
		for (int i = 0; i < DEMO_YEARS; i++) {
			struct demo_returns year = { &files->buf[i * SSDA903_FILES],
				day_add_months(returned, -12 * (i + 1)) + 1,
				day_add_months(returned, -12 * i) };
			demo_write_903(records, &year, written);
		}
		arena_reset(arena);
		demo_write_cin(child, options, arena, census, written);
		demo_write_people(child, options, &files->buf[PEOPLE]);
		demo_write_ssd(child, options, &files->buf[EXTRACT]);
		written->children++;
		done = flush(files, FLUSH, err);
	}
	arena_close(arena);
	demo_told_close(&told);
	demo_close(demo);
	return done;
}

bool demo_write(const struct demo_options *options, str authority, const char *dir,
	struct demo_written *written, struct err *err)
{
	struct demo_files *files = mem_alloc(1, sizeof *files);
	files->dir = dir;
	day returned = demo_returned(options);
	struct xml_out census = { .buf = &files->buf[CENSUS], .indent = true };
	*written = (struct demo_written){ 0 };
	bool done = open_files(files, day_civil(returned).year, err);
	if (done) {
		struct cin_year year = demo_census(options);
		cin_write_begin(&census, &year, authority);
		done = write_all(options, files, &census, written, err);
		cin_write_end(&census);
	}
	done = close_files(files, done, err);
	mem_free(files);
	return done;
}
