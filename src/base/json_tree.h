/* json_tree.h - JSON (RFC 8259) read into a tree, with the line that each value stands on.
 *
 * The whole text is read by jansson, which refuses what is not UTF-8, keys that come twice and
 * nesting beyond 2,048 levels; it forgets where a value stood, so the lines are found beside it.
 * The tree and its texts live in the arena.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum json_kind { JSON_OBJECT_KIND, JSON_LIST_KIND, JSON_TEXT_KIND, JSON_OTHER_KIND };

struct json_node {
	enum json_kind kind;
	str key;  /* in an object */
	str text; /* of a text */
	size_t line;
	const struct json_node *first, *next; /* of an object or a list; in the order of the text */
};

/* False with "line N: ..." when it is not JSON. */
MUST_USE bool json_tree_read(
	struct arena *arena, str text, const struct json_node **out, struct err *err);
const struct json_node *json_member(const struct json_node *object, str key); /* NULL: none */
str json_text(const struct json_node *object, str key); /* empty where it is no text */
/* Asks the system for what the tables of jansson begin with: for a process that may not, later. */
void json_tree_prepare(void);
