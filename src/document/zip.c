#include "document/zip.h"

#include "base/mem.h"

#include <string.h>
#include <zip.h>

enum { NAME_MAX_BYTES = 250, PIECE = 64 * 1024 };

struct zip_parts {
	zip_t *zip;
	zip_int64_t n;
};

struct zip_parts *zip_parts_open(str bytes, struct err *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
	zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &why);
	if (zip == NULL && source != NULL)
		zip_source_free(source);
	zip_error_fini(&why);
	if (zip == NULL) {
		err_set(err, ERR_INPUT, "the file is damaged: it cannot be unpacked");
		return NULL;
	}
	zip_int64_t n = zip_get_num_entries(zip, 0);
	if (n < 0 || n > ZIP_PARTS_MAX) {
		zip_discard(zip);
		err_set(err, ERR_INPUT, "the file has too many parts to be a spreadsheet");
		return NULL;
	}
	struct zip_parts *parts = mem_alloc(1, sizeof *parts);
	*parts = (struct zip_parts){ zip, n };
	return parts;
}

void zip_parts_close(struct zip_parts *parts)
{
	if (parts == NULL)
		return;
	zip_discard(parts->zip);
	mem_free(parts);
}

size_t zip_parts_count(const struct zip_parts *parts)
{
	return (size_t)parts->n;
}

str zip_parts_name(const struct zip_parts *parts, size_t at)
{
	return str_of(zip_get_name(parts->zip, (zip_uint64_t)at, ZIP_FL_ENC_GUESS));
}

static zip_int64_t find(const struct zip_parts *parts, str name)
{
	char text[NAME_MAX_BYTES + 1];
	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return -1;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	return zip_name_locate(parts->zip, text, ZIP_FL_NOCASE);
}

bool zip_parts_has(const struct zip_parts *parts, str name)
{
	return find(parts, name) >= 0;
}

/* What the directory says of a part is not believed: it is inflated until it ends, or is too long. */
static bool inflate(zip_file_t *file, struct buf *out, struct err *err)
{
	for (;;) {
		char *room = buf_reserve(out, PIECE);
		if (room == NULL)
			return err_set(err, ERR_FULL, "the file holds more than Duly takes");
		zip_int64_t n = zip_fread(file, room, PIECE);
		if (n < 0)
			return err_set(err, ERR_INPUT, "the file is damaged: it cannot be unpacked");
		if (n == 0)
			return true;
		out->n += (size_t)n;
	}
}

bool zip_parts_read(const struct zip_parts *parts, str name, struct buf *out, struct err *err)
{
	zip_int64_t at = find(parts, name);
	zip_stat_t about;
	if (at < 0)
		return err_set(err, ERR_MISSING, "the file lacks a part that it must have");
	if (zip_stat_index(parts->zip, (zip_uint64_t)at, 0, &about) != 0 ||
		(about.valid & ZIP_STAT_COMP_METHOD) == 0 ||
		(about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE) ||
		((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
			about.encryption_method != ZIP_EM_NONE))
		return err_set(err, ERR_INPUT, "the file is locked, or packed in a way that Duly does "
					       "not know");
	zip_file_t *file = zip_fopen_index(parts->zip, (zip_uint64_t)at, 0);
	if (file == NULL)
		return err_set(err, ERR_INPUT, "the file is damaged: it cannot be unpacked");
	bool whole = inflate(file, out, err);
	zip_fclose(file);
	return whole;
}
