#include "html/form_typed.h"

#include "html/html.h"

#include <string.h>

str typed_value(const struct typed *typed, str name)
{
	for (size_t i = 0; i < typed->n; i++) {
		if (str_equal(typed->item[i].name, name))
			return typed->item[i].value;
	}
	return (str){ 0 };
}

str typed_part(const struct typed *typed, const char *field, const char *part)
{
	size_t n = strlen(field);
	for (size_t i = 0; i < typed->n; i++) {
		str box = typed->item[i].name;
		if (typed_is_of(box, field) && box.n > n &&
			str_equal(str_from(box, n + 1), str_of(part)))
			return typed->item[i].value;
	}
	return (str){ 0 };
}

void typed_put(struct arena *arena, struct typed *typed, str name, str value)
{
	for (size_t i = 0; i < typed->n; i++) {
		if (str_equal(typed->item[i].name, name)) {
			typed->item[i].value = value;
			return;
		}
	}
	if (typed->n == typed->room) {
		size_t room = typed->room == 0 ? 32 : typed->room * 2;
		struct typed_field *item = arena_take(arena, room, sizeof *item);
		if (typed->n > 0)
			memcpy(item, typed->item, typed->n * sizeof *item);
		typed->item = item;
		typed->room = room;
	}
	typed->item[typed->n++] = (struct typed_field){ name, value };
}

void typed_put_part(struct arena *arena, struct typed *typed, const char *field, const char *part,
	str value)
{
	typed_put(arena, typed, arena_format(arena, "%s-%s", field, part), value);
}

bool typed_is_of(str box, const char *field)
{
	str name = str_of(field);
	return str_starts(box, name) && (box.n == name.n || box.p[name.n] == '-');
}

void buf_typed(struct buf *buf, const struct typed *typed)
{
	for (size_t i = 0; i < typed->n; i++) {
		if (i > 0)
			buf_char(buf, '&');
		html_url(buf, typed->item[i].name);
		buf_char(buf, '=');
		html_url(buf, typed->item[i].value);
	}
}
