#include "html/govuk_options.h"

/* What one option needs to know of the whole. */
struct context {
	const struct govuk_options *o;
	str kind;                       /* "radios" or "checkboxes", as the classes say it */
	bool many;                      /* checkboxes */
	struct govuk_described outside; /* what describes each box where no fieldset does */
};

static bool is_checked(const struct context *c, const struct govuk_option *item)
{
	if (item->checked != GOVUK_DEFAULT)
		return item->checked == GOVUK_YES;
	if (!c->many)
		return c->o->value.n > 0 && str_equal(item->value, c->o->value);
	for (size_t i = 0; i < c->o->n_values; i++) {
		if (str_equal(item->value, c->o->values[i]))
			return true;
	}
	return false;
}

static void class_part(struct buf *b, const struct context *c, str part)
{
	H(b, "govuk-");
	text(b, c->kind);
	text(b, part);
}

static void described_by(struct buf *b, const struct context *c, struct govuk_id hint, bool hinted)
{
	const struct govuk_described *outside = &c->outside;
	if (!hinted) {
		govuk_described_by(b, outside);
		return;
	}
	H(b, " aria-describedby=\"");
	if (outside->by.n > 0) {
		text(b, outside->by);
		H(b, " ");
	}
	if (outside->hint) {
		text(b, outside->base);
		H(b, "-hint ");
	}
	if (outside->error) {
		text(b, outside->base);
		H(b, "-error ");
	}
	govuk_part_id(b, hint);
	H(b, "\"");
}

static void box(struct buf *b, const struct context *c, const struct govuk_option *item,
	struct govuk_id id, bool checked)
{
	struct govuk_id hint = id;
	hint.suffix = S("-item-hint");
	H(b, "<input class=\"");
	class_part(b, c, S("__input"));
	H(b, "\" id=\"");
	govuk_part_id(b, id);
	H(b, "\"");
	attr(b, "name", c->many && item->name.n > 0 ? item->name : c->o->name);
	attr(b, "type", c->many ? S("checkbox") : S("radio"));
	attr(b, "value", item->value);
	if (checked)
		H(b, " checked");
	if (item->disabled)
		H(b, " disabled");
	if (item->conditional.s.n > 0) {
		H(b, " data-aria-controls=\"conditional-");
		govuk_part_id(b, id);
		H(b, "\"");
	}
	attr_some(b, "data-behaviour", item->behaviour);
	described_by(b, c, hint, govuk_field_has_hint(&item->hint));
	govuk_part_attributes(b, &item->attributes);
	H(b, ">\n");
}

static void label(
	struct buf *b, const struct context *c, const struct govuk_option *item, struct govuk_id id)
{
	if (!govuk_part_some(item->text, item->html))
		return;
	H(b, "<label class=\"govuk-label ");
	class_part(b, c, S("__label"));
	govuk_part_classes(b, item->label_classes);
	H(b, "\"");
	govuk_part_attributes(b, &item->label_attributes);
	H(b, " for=\"");
	govuk_part_id(b, id);
	H(b, "\">");
	govuk_part_content(b, item->text, item->html);
	H(b, "</label>\n");
}

static void conditional(struct buf *b, const struct context *c, const struct govuk_option *item,
	struct govuk_id id, bool checked)
{
	if (item->conditional.s.n == 0)
		return;
	H(b, "<div class=\"");
	class_part(b, c, S("__conditional"));
	if (!checked) {
		H(b, " ");
		class_part(b, c, S("__conditional--hidden"));
	}
	H(b, "\" id=\"conditional-");
	govuk_part_id(b, id);
	H(b, "\">");
	html_put(b, item->conditional);
	H(b, "</div>\n");
}

static void option(
	struct buf *b, const struct context *c, const struct govuk_option *item, size_t number)
{
	const struct govuk_options *o = c->o;
	struct govuk_id id = { .base = govuk_part_default(o->id_prefix, o->name),
		.number = number };
	if (item->id.n > 0)
		id = (struct govuk_id){ .base = item->id };
	if (item->divider.n > 0) {
		H(b, "<div class=\"");
		class_part(b, c, S("__divider"));
		H(b, "\">");
		text(b, item->divider);
		H(b, "</div>\n");
		return;
	}
	bool checked = is_checked(c, item);
	H(b, "<div class=\"");
	class_part(b, c, S("__item"));
	H(b, "\">\n");
	box(b, c, item, id, checked);
	label(b, c, item, id);
	if (govuk_field_has_hint(&item->hint)) {
		struct govuk_id hint = id;
		hint.suffix = S("-item-hint");
		govuk_hint_for(b, &item->hint, hint,
			c->many ? S("govuk-checkboxes__hint") : S("govuk-radios__hint"));
	}
	H(b, "</div>\n");
	conditional(b, c, item, id, checked);
}

void govuk_options_(struct buf *b, enum govuk_options_kind kind, const struct govuk_options *o)
{
	str prefix = govuk_part_default(o->id_prefix, o->name);
	struct govuk_described by = { .by = o->described_by,
		.base = prefix,
		.hint = govuk_field_has_hint(&o->hint),
		.error = govuk_field_has_error(&o->error) };
	struct context c = { .o = o,
		.kind = kind == GOVUK_RADIOS ? S("radios") : S("checkboxes"),
		.many = kind == GOVUK_CHECKBOXES };
	if (o->fieldset != NULL && o->fieldset->described_by.n > 0)
		by.by = o->fieldset->described_by;
	if (o->fieldset == NULL && c.many)
		c.outside = by;
	govuk_field_group(b, &o->group, by.error);
	if (o->fieldset != NULL)
		govuk_fieldset_open_described(b, o->fieldset, &by);
	govuk_field_hint_error(
		b, &(struct govuk_field){ .hint = &o->hint, .error = &o->error, .id = prefix });
	H(b, "<div class=\"");
	class_part(b, &c, S(""));
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, " data-module=\"");
	class_part(b, &c, S(""));
	H(b, "\">\n");
	govuk_part_content(b, o->group.before.text, o->group.before.html);
	for (size_t i = 0; i < o->n_items; i++) {
		if (!o->items[i].absent)
			option(b, &c, &o->items[i], i + 1);
	}
	govuk_part_content(b, o->group.after.text, o->group.after.html);
	H(b, "</div>\n");
	if (o->fieldset != NULL)
		govuk_fieldset_close(b);
	H(b, "</div>\n");
}
