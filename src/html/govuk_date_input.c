#include "html/govuk_date_input.h"

/* One box as it will be drawn. */
struct box {
	const struct govuk_date_item *item;
	str name;
	str value;
	bool year;
};

static bool has(str classes, str part)
{
	return classes.n > 0 && memmem(classes.p, classes.n, part.p, part.n) != NULL;
}

static bool has_error(const struct govuk_date_item *item)
{
	return item->error == GOVUK_YES || has(item->classes, S("govuk-input--error"));
}

static str given(const struct govuk_date_input *o, str prefix, str name)
{
	for (size_t i = 0; i < o->n_values; i++) {
		str key = o->values[i].name;
		if (prefix.n > 0 && str_starts(key, prefix) && key.n > prefix.n &&
			key.p[prefix.n] == '-' && str_equal(str_from(key, prefix.n + 1), name))
			return o->values[i].value;
		if (prefix.n == 0 && str_equal(key, name))
			return o->values[i].value;
	}
	return (str){ NULL, 0 };
}

static void box_classes(
	struct buf *b, const struct govuk_date_input *o, const struct box *box, bool any_error)
{
	str own = box->item->classes;
	bool wrong =
		has_error(box->item) ||
		(box->item->error != GOVUK_NO && govuk_field_has_error(&o->error) && !any_error);
	H(b, "govuk-input govuk-date-input__input");
	if (wrong && !has(own, S("govuk-input--error")))
		H(b, " govuk-input--error");
	if (!has(own, S("govuk-input--width-"))) {
		if (box->year)
			H(b, " govuk-input--width-4");
		else
			H(b, " govuk-input--width-2");
	}
	govuk_part_classes(b, own);
}

static void box_id(struct buf *b, const struct govuk_date_input *o, const struct box *box)
{
	if (box->item->id.n > 0) {
		text(b, box->item->id);
		return;
	}
	text(b, o->id);
	H(b, "-");
	text(b, box->name);
}

/* "day" becomes "Day". */
static void box_label(struct buf *b, const struct box *box)
{
	char first = box->name.n > 0 ? box->name.p[0] : ' ';
	if (box->item->label.n > 0) {
		text(b, box->item->label);
		return;
	}
	if (first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	text(b, (str){ &first, 1 });
	text(b, str_from(box->name, 1));
}

static void draw(
	struct buf *b, const struct govuk_date_input *o, const struct box *box, bool any_error)
{
	const struct govuk_date_item *item = box->item;
	H(b, "<div class=\"govuk-date-input__item\"><div class=\"govuk-form-group\">"
	     "<label class=\"govuk-label govuk-date-input__label\" for=\"");
	box_id(b, o, box);
	H(b, "\">");
	box_label(b, box);
	H(b, "</label>\n<input class=\"");
	box_classes(b, o, box, any_error);
	H(b, "\" id=\"");
	box_id(b, o, box);
	H(b, "\" name=\"");
	if (o->name_prefix.n > 0) {
		text(b, o->name_prefix);
		H(b, "-");
	}
	text(b, box->name);
	H(b, "\" type=\"text\"");
	if (box->value.p != NULL)
		attr(b, "value", box->value);
	attr_some(b, "autocomplete", item->autocomplete);
	attr_some(b, "pattern", item->pattern);
	attr(b, "inputmode", govuk_part_default(item->inputmode, S("numeric")));
	govuk_part_attributes(b, &item->attributes);
	H(b, "></div></div>\n");
}

enum { DATE_BOXES = 8 };

/* `known` are the three plain boxes: an item named as one of them takes what is left out from it.
 */
static struct box box_of(const struct govuk_date_input *o, const struct govuk_date_item *item,
	const struct box known[3])
{
	struct box box = { .item = item, .name = item->name, .value = item->value };
	for (size_t i = 0; i < 3; i++) {
		if (item != known[i].item &&
			(item->name.n == 0 || !str_equal(item->name, known[i].name)))
			continue;
		box.name = govuk_part_default(item->name, known[i].name);
		if (box.value.p == NULL)
			box.value = known[i].value;
		box.year = i == 2;
		break;
	}
	if (box.value.p == NULL)
		box.value = given(o, o->name_prefix, box.name);
	return box;
}

static size_t boxes_of(const struct govuk_date_input *o, struct box out[DATE_BOXES])
{
	static const struct govuk_date_item plains[3];
	static const str names[3] = { S_INIT("day"), S_INIT("month"), S_INIT("year") };
	const struct govuk_date_item *own[3] = { o->day, o->month, o->year };
	bool none[3] = { o->no_day, o->no_month, o->no_year };
	struct box known[3];
	size_t n = 0;
	for (size_t i = 0; i < 3; i++) {
		bool is_own = own[i] != NULL;
		known[i].item = is_own ? own[i] : &plains[i];
		known[i].name = is_own ? govuk_part_default(own[i]->name, names[i]) : names[i];
		known[i].value = is_own ? own[i]->value : given(o, S(""), names[i]);
		known[i].year = i == 2;
		if (none[i])
			known[i].value = (str){ NULL, 0 };
	}
	for (size_t i = 0; i < o->n_items && n < DATE_BOXES; i++)
		out[n++] = box_of(o, &o->items[i], known);
	for (size_t i = 0; i < 3 && o->n_items == 0; i++) {
		if (!none[i])
			out[n++] = box_of(o, known[i].item, known);
	}
	return n;
}

void govuk_date_input_(struct buf *b, const struct govuk_date_input *o)
{
	struct box boxes[DATE_BOXES];
	size_t n = boxes_of(o, boxes);
	bool any_error = false;
	struct govuk_described by = { .base = o->id,
		.hint = govuk_field_has_hint(&o->hint),
		.error = govuk_field_has_error(&o->error) };
	for (size_t i = 0; i < n; i++)
		any_error = any_error || has_error(boxes[i].item);
	govuk_field_group(b, &o->group, by.error);
	if (o->fieldset != NULL) {
		struct govuk_fieldset fieldset = *o->fieldset;
		/* A group, or JAWS does not say the description of boxes for text. */
		fieldset.role = S("group");
		by.by = fieldset.described_by;
		govuk_fieldset_open_described(b, &fieldset, &by);
	}
	govuk_field_hint_error(
		b, &(struct govuk_field){ .hint = &o->hint, .error = &o->error, .id = o->id });
	H(b, "<div class=\"govuk-date-input");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	attr_some(b, "id", o->id);
	H(b, ">\n");
	govuk_part_content(b, o->group.before.text, o->group.before.html);
	for (size_t i = 0; i < n; i++)
		draw(b, o, &boxes[i], any_error);
	govuk_part_content(b, o->group.after.text, o->group.after.html);
	H(b, "</div>\n");
	if (o->fieldset != NULL)
		govuk_fieldset_close(b);
	H(b, "</div>\n");
}
