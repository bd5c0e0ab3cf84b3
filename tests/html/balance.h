/* balance.h - is a piece of HTML well nested? For tests: every element that opens also closes, in
 * order, every attribute is quoted, and no id stands twice. */
#pragma once

#include "base/str.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { BALANCE_DEPTH = 64, BALANCE_IDS = 256 };

struct balance {
	str open[BALANCE_DEPTH];
	size_t depth;
	str id[BALANCE_IDS];
	size_t ids;
};

static inline bool balance_is_void(str name)
{
	static const char *const names[] = { "meta", "link", "input", "br", "hr", "img" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (str_equal(name, str_of(names[i])))
			return true;
	}
	return false;
}

static inline bool balance_fault(const char *what, str where)
{
	fprintf(stderr, "%s at: %.*s\n", what, STR_ARGS(str_upto(where, 80)));
	return false;
}

static inline bool balance_id(struct balance *t, str tag)
{
	const char *at = memmem(tag.p, tag.n, " id=\"", 5);
	if (at == NULL)
		return true;
	str id = str_from(tag, (size_t)(at - tag.p) + 5);
	id = str_upto(id, str_find(id, '"'));
	for (size_t i = 0; i < t->ids; i++) {
		if (str_equal(t->id[i], id))
			return balance_fault("an id stands twice", tag);
	}
	if (t->ids == BALANCE_IDS)
		return balance_fault("too many ids", tag);
	t->id[t->ids++] = id;
	return true;
}

static inline bool balance_tag(struct balance *t, str tag)
{
	bool closes = tag.n > 0 && tag.p[0] == '/';
	str name = str_from(tag, closes ? 1 : 0);
	name = str_upto(name, str_find(name, ' '));
	if (tag.n > 0 && tag.p[0] == '!')
		return true;
	if (closes) {
		if (t->depth == 0 || !str_equal(t->open[t->depth - 1], name))
			return balance_fault("this closes what is not open", tag);
		t->depth--;
		return true;
	}
	if (!balance_id(t, tag))
		return false;
	if (balance_is_void(name) || tag.p[tag.n - 1] == '/')
		return true;
	if (t->depth == BALANCE_DEPTH)
		return balance_fault("too deep", tag);
	t->open[t->depth++] = name;
	return true;
}

static inline bool is_balanced(str html)
{
	struct balance t = { .depth = 0 };
	while (html.n > 0) {
		size_t at = str_find(html, '<');
		html = str_from(html, at);
		if (html.n == 0)
			break;
		size_t end = str_find(html, '>');
		if (end == html.n)
			return balance_fault("a tag without an end", html);
		if (!balance_tag(&t, str_upto(str_from(html, 1), end - 1)))
			return false;
		html = str_from(html, end + 1);
	}
	if (t.depth > 0)
		return balance_fault("this is never closed", t.open[t.depth - 1]);
	return true;
}
