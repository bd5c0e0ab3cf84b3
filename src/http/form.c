#include "http/form.h"

#include "base/utf8.h"
#include "http/percent.h"

bool form_tidy(str *s)
{
	char *p = (char *)(uintptr_t)s->p;
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		unsigned char c = (unsigned char)p[i];
		if (c == '\r' && i + 1 < s->n && p[i + 1] == '\n')
			continue;
		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
			return false;
		p[n++] = p[i];
	}
	s->n = n;
	return utf8_check(*s) == n;
}

static bool part_read(struct arena *arena, str raw, str *out, struct err *err)
{
	if (!percent_decode(arena, raw, true, out) || !form_tidy(out))
		return err_set(err, ERR_INPUT, "a field is not text as forms encode it");
	return true;
}

bool form_read(struct arena *arena, str raw, struct form *out, struct err *err)
{
	*out = (struct form){ 0 };
	size_t fields = raw.n > 0;
	for (size_t i = 0; i < raw.n; i++)
		fields += raw.p[i] == '&';
	if (fields > FORM_FIELDS_MAX)
		return err_set(err, ERR_FULL, "a form of more than %d fields", FORM_FIELDS_MAX);
	out->item = arena_take(arena, fields + 1, sizeof *out->item);
	str rest = raw, piece;
	while (raw.n > 0 && str_split(&rest, '&', &piece)) {
		if (piece.n == 0)
			continue;
		struct form_field *field = &out->item[out->n++];
		size_t equals = str_find(piece, '=');
		if (!part_read(arena, str_upto(piece, equals), &field->name, err) ||
			!part_read(arena, str_from(piece, equals + 1), &field->value, err))
			return false;
		if (field->name.n > FORM_NAME_MAX)
			return err_set(err, ERR_FULL, "a field's name is too long");
	}
	return true;
}

bool form_next(const struct form *form, str name, size_t *at, str *value)
{
	while (*at < form->n) {
		const struct form_field *field = &form->item[(*at)++];
		if (str_equal(field->name, name)) {
			*value = field->value;
			return true;
		}
	}
	return false;
}

str form_value(const struct form *form, str name)
{
	size_t at = 0;
	str value, second;
	if (!form_next(form, name, &at, &value) || form_next(form, name, &at, &second))
		return (str){ 0 };
	return value;
}

bool form_has(const struct form *form, str name)
{
	size_t at = 0;
	str value;
	return form_next(form, name, &at, &value);
}
