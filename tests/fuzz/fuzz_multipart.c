/* Forms that bring files: the media type on the first line, the body after it. Refused, or fields of
 * valid text and files that lie within the body, under names without folders. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str rest = { (const char *)bytes, n }, type;
	if (!str_split(&rest, '\n', &type))
		return 0;
	struct arena *arena = arena_open(1 << 24);
	struct multipart sent;
	struct err err = { 0 };
	bool read = multipart_read(arena, type, rest, &sent, &err);
	must(read || err.text[0] != '\0');
	for (size_t i = 0; read && i < sent.form.n; i++) {
		const struct form_field *field = &sent.form.item[i];
		must(field->name.n <= FORM_NAME_MAX && form_has(&sent.form, field->name));
		must(utf8_check(field->value) == field->value.n);
		must(str_find(field->value, '\r') == field->value.n);
	}
	for (size_t i = 0; read && i < sent.files; i++) {
		const struct form_file *file = &sent.file[i];
		must(file->name.n <= MULTIPART_FILENAME_MAX);
		must(utf8_check(file->name) == file->name.n);
		must(str_find(file->name, '/') == file->name.n);
		must(str_find(file->name, '\\') == file->name.n);
		must(str_find(file->name, '\n') == file->name.n);
		must(file->bytes.p >= rest.p && file->bytes.p + file->bytes.n <= rest.p + rest.n);
	}
	must(!read || (sent.form.n <= FORM_FIELDS_MAX && sent.files <= MULTIPART_FILES_MAX));
	arena_close(arena);
	return 0;
}
