#include "html/govuk_password_input.h"

static void add_class(struct buf *classes, str more)
{
	if (more.n > 0) {
		buf_char(classes, ' ');
		buf_str(classes, more);
	}
}

static void toggle(struct buf *b, const struct govuk_password_input *o, str id)
{
	H(b, "<button type=\"button\" class=\"govuk-button govuk-button--secondary "
	     "govuk-password-input__toggle govuk-js-password-input-toggle");
	govuk_part_classes(b, o->button_classes);
	H(b, "\" data-module=\"govuk-button\"");
	attr(b, "aria-controls", id);
	attr(b, "aria-label", o->show_label.p == NULL ? S("Show password") : o->show_label);
	H(b, " hidden>");
	text(b, o->show_text.p == NULL ? S("Show") : o->show_text);
	H(b, "</button>\n");
	govuk_part_content(b, o->group.after.text, o->group.after.html);
}

void govuk_password_input_(struct buf *b, const struct govuk_password_input *o)
{
	str id = govuk_part_default(o->id, o->name);
	const struct govuk_attribute all[] = {
		{ S_INIT("data-i18n.show-password"), o->show_text, false },
		{ S_INIT("data-i18n.hide-password"), o->hide_text, false },
		{ S_INIT("data-i18n.show-password-aria-label"), o->show_label, false },
		{ S_INIT("data-i18n.hide-password-aria-label"), o->hide_label, false },
		{ S_INIT("data-i18n.password-shown-announcement"), o->shown_announcement, false },
		{ S_INIT("data-i18n.password-hidden-announcement"), o->hidden_announcement, false },
	};
	struct govuk_attribute given[1 + sizeof all / sizeof all[0]] = { { S_INIT("data-module"),
		S_INIT("govuk-password-input"), false } };
	size_t n = 1;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (all[i].value.n > 0)
			given[n++] = all[i];
	}
	struct buf button = { 0 }, classes = { 0 }, group_classes = { 0 };
	toggle(&button, o, id);
	buf_lit(&classes, "govuk-password-input__input govuk-js-password-input-input");
	buf_lit(&group_classes, "govuk-password-input");
	add_class(&classes, o->classes);
	add_class(&group_classes, o->group.classes);
	govuk_input(b, .label = o->label, .hint = o->hint, .error = o->error,
		.group = { .classes = buf_view(&group_classes),
			.attributes = { .item = given, .n = n, .then = &o->group.attributes },
			.before = o->group.before,
			.after = { .html = html_markup(&button) } },
		.wrapper_classes = S("govuk-password-input__wrapper"),
		.classes = buf_view(&classes), .id = id, .name = o->name, .type = S("password"),
		.spellcheck = GOVUK_NO, .autocapitalize = S("none"),
		.autocomplete = govuk_part_default(o->autocomplete, S("current-password")),
		.value = o->value, .disabled = o->disabled, .described_by = o->described_by,
		.attributes = o->attributes);
	buf_close(&button);
	buf_close(&classes);
	buf_close(&group_classes);
}
