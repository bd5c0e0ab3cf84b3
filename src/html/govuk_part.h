/* govuk_part.h - what the GOV.UK components share: attributes, content, ids, list initialisers.
 *
 * Every component is a struct of options, named as in the GOV.UK Design System, and a macro:
 * `govuk_tag(b, .text = S("Overdue"), .classes = S("govuk-tag--red"))`. What is left out takes the
 * default of govuk-frontend 6.6.0, whose shipped fixtures are the test. Content is `.text`
 * (escaped) or `.html` (trusted; it wins). Where "left out" and "empty" differ, left out is a str
 * whose p is NULL and empty is S("").
 */
#pragma once

#include "html/html.h"

/* An option that may be true, false, or left to the default. */
enum govuk_choice { GOVUK_DEFAULT, GOVUK_NO, GOVUK_YES };

struct govuk_attribute {
	str name; /* from the program, never from a record */
	str value;
	bool bare; /* the name alone, as in `hidden` */
};

struct govuk_attributes {
	const struct govuk_attribute *item;
	size_t n;
	const struct govuk_attributes *then; /* more of them, or NULL */
};

/* .attributes = GOVUK_ATTRIBUTES({ S_INIT("data-x"), S_INIT("1") }) */
#define GOVUK_ATTRIBUTES(...)                                                                      \
	{                                                                                          \
		.item = (const struct govuk_attribute[]){ __VA_ARGS__ },                           \
		.n = sizeof((const struct govuk_attribute[]){ __VA_ARGS__ }) /                     \
		     sizeof(struct govuk_attribute)                                                \
	}

/* GOVUK_LIST(items, struct govuk_option, { ... }, { ... }) fills .items and .n_items */
#define GOVUK_LIST(field, type, ...)                                                               \
	.field = (const type[]){ __VA_ARGS__ },                                                    \
	.n_##field = sizeof((const type[]){ __VA_ARGS__ }) / sizeof(type)

struct govuk_content {
	str text;
	struct markup html;
};

/* Round the control of a form field. */
struct govuk_form_group {
	str classes;
	struct govuk_attributes attributes;
	struct govuk_content before, after; /* beforeInput(s), afterInput(s) */
};

/* An id made of pieces: base, "-number" when number is above 1, suffix. */
struct govuk_id {
	str base;
	size_t number;
	str suffix;
};

/* For the components themselves. */
void govuk_part_attributes(struct buf *b, const struct govuk_attributes *attributes);
void govuk_part_id(struct buf *b, struct govuk_id id);

/* ` data-i18n.KEY="message"`, when there is one: words of the script in place of its own. */
void govuk_part_i18n(struct buf *b, str key, str message);
/* The same by plural rule: ` data-i18n.KEY.one="..."`; the names are the rules. */
void govuk_part_i18n_plural(struct buf *b, str key, const struct govuk_attributes *messages);
/* ` data-NAME="true"` or "false", when it was chosen. */
void govuk_part_choice(struct buf *b, str name, enum govuk_choice choice);

static inline void govuk_part_classes(struct buf *b, str classes)
{
	if (classes.n > 0) {
		H(b, " ");
		text(b, classes);
	}
}

static inline bool govuk_part_some(str t, struct markup html)
{
	return t.n > 0 || html.s.n > 0;
}

static inline void govuk_part_content(struct buf *b, str t, struct markup html)
{
	if (html.s.n > 0)
		html_put(b, html);
	else
		text(b, t);
}

static inline str govuk_part_default(str s, str otherwise)
{
	return s.n > 0 ? s : otherwise;
}
