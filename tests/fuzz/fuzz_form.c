/* Forms: refused, or fields of valid text that are found again by name. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 24);
	struct form form;
	struct err err = { 0 };
	bool read = form_read(arena, (str){ (const char *)bytes, n }, &form, &err);
	must(read || err.text[0] != '\0');
	for (size_t i = 0; read && i < form.n; i++) {
		const struct form_field *field = &form.item[i];
		must(field->name.n <= FORM_NAME_MAX && form_has(&form, field->name));
		must(utf8_check(field->value) == field->value.n);
		must(str_find(field->value, '\0') == field->value.n);
		must(str_find(field->value, '\r') == field->value.n);
		str value = form_value(&form, field->name);
		must(value.n == 0 || str_equal(value, field->value));
	}
	must(!read || form.n <= FORM_FIELDS_MAX);
	arena_close(arena);
	return 0;
}
