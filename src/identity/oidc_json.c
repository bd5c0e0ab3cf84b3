#include "identity/oidc_json.h"

json_t *oidc_json_open(str text)
{
	json_error_t why;
	json_t *value = text.n == 0 ? NULL
				    : json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);
	if (json_is_object(value))
		return value;
	json_decref(value);
	return NULL;
}

static str text_of(const json_t *value)
{
	return (str){ json_string_value(value), json_string_length(value) };
}

bool oidc_json_str(
	struct arena *arena, const json_t *object, const char *name, size_t most, str *out)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_string(value))
		return false;
	str text = text_of(value);
	if (text.n == 0 || text.n > most)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7f)
			return false;
	}
	*out = arena_str(arena, text);
	return true;
}

bool oidc_json_time(const json_t *object, const char *name, int64_t *ms)
{
	const json_t *value = json_object_get(object, name);
	/* Until the year 9999, so that no sum overflows. */
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
		json_integer_value(value) > INT64_C(253402300799))
		return false;
	*ms = (int64_t)json_integer_value(value) * 1000;
	return true;
}

bool oidc_json_has(const json_t *object, const char *name, str word)
{
	const json_t *value = json_object_get(object, name);
	if (json_is_string(value))
		return str_equal(text_of(value), word);
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		if (json_is_string(item) && str_equal(text_of(item), word))
			return true;
	}
	return false;
}
