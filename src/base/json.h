/* json.h - JSON written piece by piece (RFC 8259). The caller closes what it opens; a key without
 * object, or a value without key, is a bug. Bytes that are not UTF-8 become U+FFFD. */
#pragma once

#include "base/buf.h"
#include "base/day.h"
#include "base/str.h"

enum { JSON_DEPTH = 32 };

struct json {
	struct buf *buf;
	bool indent; /* a value a line, by two spaces */
	/* private */
	int depth;
	bool keyed; /* a key waits for its value */
	struct {
		bool object, filled;
	} level[JSON_DEPTH];
};

void json_object(struct json *json); /* { */
void json_array(struct json *json);  /* [ */
void json_end(struct json *json);    /* the } or ] that is due; a line feed after the outermost */
void json_key(struct json *json, str key);
void json_str(struct json *json, str value);
void json_int(struct json *json, int64_t value); /* beyond 2^53, some readers round */
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
void json_day(struct json *json, day value); /* "2026-12-18"; null for DAY_UNKNOWN */
