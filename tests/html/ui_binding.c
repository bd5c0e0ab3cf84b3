#include "ui_binding.h"

#include "base/err.h"

#include <string.h>

static bool is_truthy(const json_t *v)
{
	if (v == NULL || json_is_null(v) || json_is_false(v))
		return false;
	if (json_is_string(v))
		return json_string_length(v) > 0;
	if (json_is_number(v))
		return json_number_value(v) != 0;
	return true;
}

/* As JavaScript would turn it into a string; left out (p NULL) when it is null or missing. */
static str string_of(struct arena *arena, const json_t *v)
{
	if (json_is_string(v))
		return (str){ json_string_value(v), json_string_length(v) };
	if (json_is_integer(v))
		return arena_format(arena, "%lld", (long long)json_integer_value(v));
	if (json_is_real(v))
		return arena_format(arena, "%g", json_real_value(v));
	if (json_is_true(v))
		return S("true");
	if (json_is_false(v))
		return S("false");
	return (str){ NULL, 0 };
}

static const json_t *at_path(const json_t *options, const char *path)
{
	str rest = str_of(path), piece;
	if (rest.n == 0)
		return options;
	while (options != NULL && str_split(&rest, '.', &piece)) {
		char key[64];
		must(piece.n < sizeof key);
		memcpy(key, piece.p, piece.n);
		key[piece.n] = '\0';
		options = json_object_get(options, key);
	}
	return options;
}

static struct govuk_attributes attributes_of(struct arena *arena, const json_t *v)
{
	size_t n = json_object_size(v), i = 0;
	struct govuk_attribute *items = arena_take(arena, n + 1, sizeof *items);
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)v, name, value)
	{
		bool optional =
			json_is_object(value) && json_is_true(json_object_get(value, "optional"));
		if (json_is_object(value))
			value = json_object_get(value, "value");
		if (optional && (value == NULL || json_is_null(value) || json_is_false(value)))
			continue;
		items[i].name = str_of(name);
		items[i].value = string_of(arena, value);
		items[i++].bare = optional && json_is_true(value);
	}
	return (struct govuk_attributes){ .item = items, .n = i };
}

static void fill_list(struct arena *arena, const struct binding *b, const json_t *v, char *out)
{
	size_t n = json_array_size(v), kept = 0;
	char *items = arena_take(arena, n + 1, b->size);
	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_array_get(v, i);
		if (is_truthy(item))
			binding_fill(arena, b->sub, item, items + kept++ * b->size);
		else if (b->kind == BIND_GAPS)
			*(bool *)(void *)(items + kept++ * b->size + b->gap) = true;
	}
	if (json_is_array(v))
		*(const void **)(void *)(out + b->at) = items;
	*(size_t *)(void *)(out + b->count_at) = kept;
}

static void fill_strs(struct arena *arena, const struct binding *b, const json_t *v, char *out)
{
	size_t n = json_array_size(v);
	str *items = arena_take(arena, n + 1, sizeof *items);
	for (size_t i = 0; i < n; i++)
		items[i] = string_of(arena, json_array_get(v, i));
	*(const str **)(void *)(out + b->at) = items;
	*(size_t *)(void *)(out + b->count_at) = n;
}

static void fill_one(struct arena *arena, const struct binding *b, const json_t *v, char *out)
{
	void *at = out + b->at;
	switch (b->kind) {
	case BIND_STR:
		if (v != NULL)
			*(str *)at = string_of(arena, v);
		break;
	case BIND_MARKUP:
		if (is_truthy(v))
			((struct markup *)at)->s = string_of(arena, v);
		break;
	case BIND_BOOL:
		*(bool *)at = is_truthy(v);
		break;
	case BIND_CHOICE:
		if (json_is_boolean(v))
			*(enum govuk_choice *)at = json_is_true(v) ? GOVUK_YES : GOVUK_NO;
		break;
	case BIND_INT:
		*(int64_t *)at = json_integer_value(v);
		break;
	case BIND_ATTRIBUTES:
		*(struct govuk_attributes *)at = attributes_of(arena, v);
		break;
	case BIND_CONTENT:
		((struct govuk_content *)at)->text = string_of(arena, json_object_get(v, "text"));
		((struct govuk_content *)at)->html.s = string_of(arena, json_object_get(v, "html"));
		break;
	case BIND_STRUCT:
		if (is_truthy(v))
			binding_fill(arena, b->sub, v, at);
		break;
	case BIND_POINTER:
		if (is_truthy(v)) {
			void *inner = arena_take(arena, 1, b->size);
			binding_fill(arena, b->sub, v, inner);
			*(const void **)at = inner;
		}
		break;
	case BIND_LIST:
	case BIND_GAPS:
		fill_list(arena, b, v, out);
		break;
	case BIND_STRS:
		fill_strs(arena, b, v, out);
		break;
	}
}

void binding_fill(
	struct arena *arena, const struct binding *table, const json_t *options, void *out)
{
	for (; table->path != NULL; table++) {
		const json_t *v = at_path(options, table->path);
		if (v != NULL)
			fill_one(arena, table, v, out);
	}
}
