#include "base/json_tree.h"

#include "base/utf8.h"

#include <jansson.h>

/* ---- where values begin */

struct scan {
	str text;
	size_t at, line;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip(struct scan *scan)
{
	for (; scan->at < scan->text.n && is_space(scan->text.p[scan->at]); scan->at++)
		scan->line += scan->text.p[scan->at] == '\n';
}

/* Past a text that begins here. */
static void pass_text(struct scan *scan)
{
	for (scan->at++; scan->at < scan->text.n && scan->text.p[scan->at] != '"'; scan->at++)
		scan->at += scan->text.p[scan->at] == '\\';
	scan->at++;
}

/* The line of the next value, in a text that is known to be JSON; a key is none. */
static size_t next_value(struct scan *scan)
{
	for (;;) {
		skip(scan);
		if (scan->at >= scan->text.n)
			return scan->line;
		char c = scan->text.p[scan->at];
		size_t line = scan->line;
		if (c == ',' || c == ':' || c == '}' || c == ']') {
			scan->at++;
			continue;
		}
		if (c == '"') {
			pass_text(scan);
			skip(scan);
			if (scan->at >= scan->text.n || scan->text.p[scan->at] != ':')
				return line;
			continue;
		}
		if (c == '{' || c == '[') {
			scan->at++;
			return line;
		}
		while (scan->at < scan->text.n && scan->text.p[scan->at] != ',' &&
			scan->text.p[scan->at] != '}' && scan->text.p[scan->at] != ']' &&
			!is_space(scan->text.p[scan->at]))
			scan->at++;
		return line;
	}
}

/* ---- the tree */

static struct json_node *grow(struct arena *arena, struct scan *scan, const json_t *value, str key)
{
	struct json_node *node = arena_new(arena, struct json_node);
	*node = (struct json_node){ .kind = JSON_OTHER_KIND, .key = key, .line = next_value(scan) };
	const struct json_node **last = &node->first;
	if (json_is_string(value)) {
		node->kind = JSON_TEXT_KIND;
		node->text = arena_str(
			arena, (str){ json_string_value(value), json_string_length(value) });
	} else if (json_is_array(value)) {
		node->kind = JSON_LIST_KIND;
		for (size_t i = 0; i < json_array_size(value); i++) {
			struct json_node *child =
				grow(arena, scan, json_array_get(value, i), (str){ 0 });
			*last = child;
			last = &child->next;
		}
	} else if (json_is_object(value)) {
		node->kind = JSON_OBJECT_KIND;
		const char *name;
		json_t *member;
		json_object_foreach((json_t *)(uintptr_t)value, name, member)
		{
			struct json_node *child =
				grow(arena, scan, member, arena_str(arena, str_of(name)));
			*last = child;
			last = &child->next;
		}
	}
	return node;
}

static size_t line_at(str text, size_t at)
{
	size_t line = 1;
	for (size_t i = 0; i < at && i < text.n; i++)
		line += text.p[i] == '\n';
	return line;
}

bool json_tree_read(struct arena *arena, str text, const struct json_node **out, struct err *err)
{
	json_error_t error;
	size_t bad = utf8_check(text);
	if (bad < text.n)
		return err_set(err, ERR_INPUT, "line %zu: this is not text (UTF-8)",
			line_at(text, bad));
	json_t *root = json_loadb(
		text.p == NULL ? "" : text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		return err_set(err, ERR_INPUT, "line %d: this is not JSON: %s",
			error.line < 1 ? 1 : error.line, error.text);
	struct scan scan = { .text = text, .line = 1 };
	*out = grow(arena, &scan, root, (str){ 0 });
	json_decref(root);
	return true;
}

const struct json_node *json_member(const struct json_node *object, str key)
{
	if (object == NULL || object->kind != JSON_OBJECT_KIND)
		return NULL;
	const struct json_node *node = object->first;
	while (node != NULL && !str_equal(node->key, key))
		node = node->next;
	return node;
}

str json_text(const struct json_node *object, str key)
{
	const struct json_node *node = json_member(object, key);
	return node == NULL || node->kind != JSON_TEXT_KIND ? (str){ 0 } : node->text;
}

void json_tree_prepare(void)
{
	json_object_seed(0);
}
