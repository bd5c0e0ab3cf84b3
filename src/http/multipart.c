#include "http/multipart.h"

#include "base/utf8.h"

#include <string.h>

enum { BOUNDARY_MAX = 70, PARTS_MAX = FORM_FIELDS_MAX + MULTIPART_FILES_MAX };

static str until(str s, size_t at)
{
	return str_trim(str_upto(s, at));
}

bool multipart_is(str type)
{
	return str_equal_nocase(until(type, str_find(type, ';')), S("multipart/form-data"));
}

/* Index of the ';' that ends a parameter: one inside quotation marks does not. */
static size_t parameter_end(str s)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		else if (s.p[i] == ';' && !quoted)
			return i;
	}
	return s.n;
}

/* Takes `; name="value"` off the front of *rest; false at the end. A value that is not closed, or
 * has something after its closing mark, spoils all: *rest is left with its p NULL. */
static bool parameter_next(str *rest, str *name, str *value, bool *spoilt)
{
	if (str_trim(*rest).n == 0)
		return false;
	size_t end = parameter_end(*rest);
	str one = str_trim(str_upto(*rest, end));
	*rest = str_from(*rest, end + 1);
	size_t equals = str_find(one, '=');
	*name = until(one, equals);
	*value = str_trim(str_from(one, equals + 1));
	*spoilt = equals == one.n || name->n == 0;
	if (value->n > 0 && value->p[0] == '"') {
		*value = str_from(*value, 1);
		*spoilt |= str_find(*value, '"') + 1 != value->n;
		*value = str_upto(*value, str_find(*value, '"'));
	} else {
		*spoilt |= str_find(*value, '"') < value->n;
	}
	return true;
}

/* RFC 2046, 5.1.1 */
static bool is_boundary(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool digit = c >= '0' && c <= '9';
		if (!letter && !digit && (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL))
			return false;
	}
	return s.n > 0 && s.n <= BOUNDARY_MAX && s.p[s.n - 1] != ' ';
}

static bool boundary_of(str type, str *boundary)
{
	str rest = str_from(type, str_find(type, ';') + 1), name, value;
	size_t found = 0;
	bool spoilt;
	while (parameter_next(&rest, &name, &value, &spoilt)) {
		if (spoilt)
			return false;
		if (str_equal_nocase(name, S("boundary"))) {
			*boundary = value;
			found++;
		}
	}
	return found == 1 && is_boundary(*boundary);
}

/* ---- one part */

struct part {
	str name, filename;
	bool is_file;
	str content;
};

/* As browsers write them (HTML, "multipart/form-data encoding algorithm"): of all characters, only
 * the quotation mark and the two of line ends are written in another way. */
static str name_decode(struct arena *arena, str raw)
{
	char *out = arena_take(arena, raw.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		str rest = str_from(raw, i);
		char c = raw.p[i];
		if (str_starts(rest, S("%22")))
			c = '"';
		else if (str_starts(rest, S("%0D")) || str_starts(rest, S("%0A")))
			c = ' ';
		if (c != raw.p[i])
			i += 2;
		out[n++] = c;
	}
	return (str){ out, n };
}

/* What may be shown of a file's name: no folders, no control characters, valid UTF-8. */
static str filename_clean(struct arena *arena, str raw)
{
	bool given = raw.n > 0;
	for (size_t i = raw.n; i > 0; i--) {
		if (raw.p[i - 1] == '/' || raw.p[i - 1] == '\\') {
			raw = str_from(raw, i);
			break;
		}
	}
	struct buf clean = { .p = arena_take(arena, raw.n * 3 + 1, 1), .room = raw.n * 3 + 1,
		.limit = raw.n * 3 + 1 };
	str rest = raw;
	uint32_t code;
	while (utf8_next(&rest, &code)) {
		if (code >= 0x20 && (code < 0x7f || code >= 0xa0))
			buf_utf8(&clean, code);
	}
	str name = str_trim(utf8_upto(buf_view(&clean), MULTIPART_FILENAME_MAX));
	bool no_name = name.n == 0 || str_equal(name, S(".")) || str_equal(name, S(".."));
	return given && no_name ? S("file") : name;
}

static bool disposition_read(struct arena *arena, str value, struct part *part, struct err *err)
{
	str rest = str_from(value, str_find(value, ';') + 1), name, given;
	size_t names = 0, filenames = 0;
	bool spoilt;
	if (!str_equal_nocase(until(value, str_find(value, ';')), S("form-data")))
		return err_set(err, ERR_INPUT, "a part of the form is no field of a form");
	while (parameter_next(&rest, &name, &given, &spoilt)) {
		if (spoilt)
			return err_set(err, ERR_INPUT, "the name of a field cannot be read");
		if (str_equal_nocase(name, S("name"))) {
			part->name = name_decode(arena, given);
			names++;
		} else if (str_equal_nocase(name, S("filename"))) {
			part->filename = filename_clean(arena, name_decode(arena, given));
			part->is_file = true;
			filenames++;
		} else {
			/* filename* among them (RFC 7578, 4.2): two names, and nobody knows which. */
			return err_set(err, ERR_INPUT, "a field of the form says more than its name");
		}
	}
	if (names != 1 || filenames > 1)
		return err_set(err, ERR_INPUT, "a field of the form has no name, or two");
	if (part->name.n > FORM_NAME_MAX)
		return err_set(err, ERR_FULL, "a field's name is too long");
	return form_tidy(&part->name) || err_set(err, ERR_INPUT, "a field's name is not text");
}

static bool head_read(struct arena *arena, str head, struct part *part, struct err *err)
{
	size_t dispositions = 0;
	while (head.n > 0) {
		const char *end = memmem(head.p, head.n, "\r\n", 2);
		str line = str_upto(head, end == NULL ? head.n : (size_t)(end - head.p));
		head = str_from(head, line.n + 2);
		size_t colon = str_find(line, ':');
		str name = str_upto(line, colon);
		if (colon == 0 || colon == line.n || line.p[0] == ' ' || line.p[0] == '\t' ||
			str_find(line, '\0') < line.n)
			return err_set(err, ERR_INPUT, "a part of the form has a broken header");
		if (str_equal_nocase(name, S("content-disposition"))) {
			if (dispositions++ > 0)
				return err_set(err, ERR_INPUT, "a part of the form is named twice");
			if (!disposition_read(arena, str_trim(str_from(line, colon + 1)), part, err))
				return false;
		} else if (!str_equal_nocase(name, S("content-type"))) {
			return err_set(err, ERR_INPUT, "a part of the form is encoded in its own way");
		}
	}
	return dispositions == 1 || err_set(err, ERR_INPUT, "a part of the form has no name");
}

/* ---- all of them */

struct reading {
	struct arena *arena;
	str boundary; /* "\r\n--" and the boundary */
	str rest;
	size_t text;
	struct multipart *out;
};

static bool part_keep(struct reading *reading, const struct part *part, struct err *err)
{
	struct multipart *out = reading->out;
	if (part->is_file) {
		if (out->files == MULTIPART_FILES_MAX)
			return err_set(err, ERR_FULL, "more than %d files", MULTIPART_FILES_MAX);
		out->file[out->files++] =
			(struct form_file){ part->name, part->filename, part->content };
		return true;
	}
	reading->text += part->content.n;
	if (reading->text > MULTIPART_TEXT_MAX)
		return err_set(err, ERR_FULL, "the text of the form is too long");
	if (out->form.n == FORM_FIELDS_MAX)
		return err_set(err, ERR_FULL, "a form of more than %d fields", FORM_FIELDS_MAX);
	str value = arena_str(reading->arena, part->content);
	if (!form_tidy(&value))
		return err_set(err, ERR_INPUT, "a field is not text");
	out->form.item[out->form.n++] = (struct form_field){ part->name, value };
	return true;
}

/* Just past a boundary and its line end. */
static bool part_read(struct reading *reading, struct err *err)
{
	struct part part = { 0 };
	str rest = reading->rest;
	str start = str_upto(rest, MULTIPART_HEAD_MAX);
	const char *blank = memmem(start.p, start.n, "\r\n\r\n", 4);
	if (blank == NULL)
		return err_set(err, ERR_INPUT, "a part of the form does not say what it is");
	size_t head = (size_t)(blank - rest.p);
	if (!head_read(reading->arena, str_upto(rest, head), &part, err))
		return false;
	/* The blank line's own end may be the one before the boundary: an empty part. */
	str content = str_from(rest, head + 2);
	const char *end =
		memmem(content.p, content.n, reading->boundary.p, reading->boundary.n);
	if (end == NULL)
		return err_set(err, ERR_INPUT, "the form ends before its last part does");
	size_t length = (size_t)(end - content.p);
	reading->rest = str_from(content, length + reading->boundary.n);
	part.content = length < 2 ? (str){ content.p, 0 } : str_from(str_upto(content, length), 2);
	return part_keep(reading, &part, err);
}

bool multipart_read(struct arena *arena, str type, str body, struct multipart *out, struct err *err)
{
	*out = (struct multipart){ 0 };
	str boundary = { 0 };
	if (!multipart_is(type) || !boundary_of(type, &boundary))
		return err_set(err, ERR_INPUT, "the form does not say how its parts are told apart");
	out->form.item = arena_take(arena, FORM_FIELDS_MAX, sizeof *out->form.item);
	out->file = arena_take(arena, MULTIPART_FILES_MAX, sizeof *out->file);
	struct reading reading = { .arena = arena,
		.boundary = arena_format(arena, "\r\n--%.*s", STR_ARGS(boundary)),
		.out = out };
	str first = str_from(reading.boundary, 2);
	if (!str_starts(body, first))
		return err_set(err, ERR_INPUT, "the form does not begin with its first part");
	reading.rest = str_from(body, first.n);
	for (size_t parts = 0;; parts++) {
		if (str_starts(reading.rest, S("--"))) {
			str after = str_from(reading.rest, 2);
			return after.n == 0 || str_equal(after, S("\r\n")) ||
			       err_set(err, ERR_INPUT, "something follows the form's last part");
		}
		if (!str_starts(reading.rest, S("\r\n")))
			return err_set(err, ERR_INPUT, "the parts of the form cannot be told apart");
		if (parts == PARTS_MAX)
			return err_set(err, ERR_FULL, "a form of too many parts");
		reading.rest = str_from(reading.rest, 2);
		if (!part_read(&reading, err))
			return false;
	}
}
