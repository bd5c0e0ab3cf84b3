#include "base/json.h"
#include "base/utf8.h"

static void new_line(struct json *json)
{
	if (!json->indent || json->depth == 0)
		return;
	buf_char(json->buf, '\n');
	for (int i = 0; i < json->depth; i++)
		buf_lit(json->buf, "  ");
}

static void separate(struct json *json)
{
	must(json->depth > 0);
	if (json->level[json->depth - 1].filled)
		buf_char(json->buf, ',');
	json->level[json->depth - 1].filled = true;
	new_line(json);
}

static void begin_value(struct json *json)
{
	if (json->keyed) {
		json->keyed = false;
	} else if (json->depth > 0) {
		must(!json->level[json->depth - 1].object);
		separate(json);
	}
}

static void quoted(struct buf *buf, str text)
{
	uint32_t code;
	buf_char(buf, '"');
	while (utf8_next(&text, &code)) {
		if (code == '"' || code == '\\') {
			buf_char(buf, '\\');
			buf_char(buf, (char)code);
		} else if (code == '\n') {
			buf_lit(buf, "\\n");
		} else if (code == '\t') {
			buf_lit(buf, "\\t");
		} else if (code < ' ') {
			buf_format(buf, "\\u%04x", (unsigned)code);
		} else {
			buf_utf8(buf, code);
		}
	}
	buf_char(buf, '"');
}

static void open_level(struct json *json, bool object, char bracket)
{
	begin_value(json);
	must(json->depth < JSON_DEPTH);
	json->level[json->depth].object = object;
	json->level[json->depth].filled = false;
	json->depth++;
	buf_char(json->buf, bracket);
}

void json_object(struct json *json)
{
	open_level(json, true, '{');
}

void json_array(struct json *json)
{
	open_level(json, false, '[');
}

void json_end(struct json *json)
{
	must(json->depth > 0 && !json->keyed);
	json->depth--;
	if (json->level[json->depth].filled) {
		if (json->depth == 0 && json->indent)
			buf_char(json->buf, '\n');
		new_line(json);
	}
	buf_char(json->buf, json->level[json->depth].object ? '}' : ']');
	if (json->depth == 0)
		buf_char(json->buf, '\n');
}

void json_key(struct json *json, str key)
{
	must(json->depth > 0 && json->level[json->depth - 1].object && !json->keyed);
	separate(json);
	quoted(json->buf, key);
	buf_char(json->buf, ':');
	if (json->indent)
		buf_char(json->buf, ' ');
	json->keyed = true;
}

void json_str(struct json *json, str value)
{
	begin_value(json);
	quoted(json->buf, value);
}

void json_int(struct json *json, int64_t value)
{
	begin_value(json);
	buf_int(json->buf, value);
}

void json_bool(struct json *json, bool value)
{
	begin_value(json);
	buf_str(json->buf, value ? S("true") : S("false"));
}

void json_null(struct json *json)
{
	begin_value(json);
	buf_lit(json->buf, "null");
}

void json_day(struct json *json, day value)
{
	if (value == DAY_UNKNOWN) {
		json_null(json);
		return;
	}
	begin_value(json);
	buf_char(json->buf, '"');
	buf_day(json->buf, value);
	buf_char(json->buf, '"');
}
