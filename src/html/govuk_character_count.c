#include "html/govuk_character_count.h"

static str type_of(const struct govuk_character_count *o)
{
	return o->count_type.n > 0 ? o->count_type : o->max_words.n > 0 ? S("words") : S("");
}

static bool has_limit(const struct govuk_character_count *o)
{
	return o->max_words.n > 0 || o->max_length.n > 0;
}

static void group(struct buf *b, const struct govuk_character_count *o)
{
	const struct govuk_form_group *g = &o->textarea.group;
	H(b, "<div class=\"govuk-form-group");
	if (govuk_field_has_error(&o->textarea.error))
		H(b, " govuk-form-group--error");
	H(b, " govuk-character-count");
	govuk_part_classes(b, g->classes);
	H(b, "\" data-module=\"govuk-character-count\"");
	attr_some(b, "data-maxlength", o->max_length);
	attr_some(b, "data-maxwords", o->max_words);
	attr_some(b, "data-threshold", o->threshold);
	attr_some(b, "data-count-type", type_of(o));
	/* Without a limit the script fills the sentence in, once it is told one. */
	if (!has_limit(o))
		govuk_part_i18n(b, S("textarea-description.other"), o->description);
	govuk_part_i18n_plural(b, S("characters-under-limit"), &o->under_characters);
	govuk_part_i18n(b, S("characters-at-limit"), o->at_characters);
	govuk_part_i18n_plural(b, S("characters-over-limit"), &o->over_characters);
	govuk_part_i18n_plural(b, S("words-under-limit"), &o->under_words);
	govuk_part_i18n(b, S("words-at-limit"), o->at_words);
	govuk_part_i18n_plural(b, S("words-over-limit"), &o->over_words);
	govuk_part_attributes(b, &g->attributes);
	H(b, ">\n");
}

/* "You can enter up to %{count} characters", with the figure put in. */
static void sentence(struct buf *b, const struct govuk_character_count *o)
{
	static const str mark = S_INIT("%{count}");
	str limit = govuk_part_default(o->max_words, o->max_length), rest = o->description;
	if (!has_limit(o))
		return;
	if (rest.n == 0)
		rest = str_equal(type_of(o), S("words"))
			       ? S("You can enter up to %{count} words")
			       : S("You can enter up to %{count} characters");
	while (rest.n > 0) {
		size_t at = str_find(rest, '%');
		text(b, str_upto(rest, at));
		rest = str_from(rest, at);
		if (str_starts(rest, mark)) {
			text(b, limit);
			rest = str_from(rest, mark.n);
		} else if (rest.n > 0) {
			text(b, S("%"));
			rest = str_from(rest, 1);
		}
	}
}

void govuk_character_count_(struct buf *b, const struct govuk_character_count *o)
{
	const struct govuk_textarea *t = &o->textarea;
	str id = govuk_part_default(t->id, t->name);
	group(b, o);
	govuk_label_for(b, &t->label, (struct govuk_id){ .base = id });
	govuk_field_hint_error(
		b, &(struct govuk_field){ .hint = &t->hint, .error = &t->error, .id = id });
	govuk_part_content(b, t->group.before.text, t->group.before.html);
	govuk_textarea_control(b, t, S("govuk-js-character-count"), true);
	H(b, "<div id=\"");
	text(b, id);
	H(b, "-info\" class=\"govuk-hint govuk-character-count__message");
	govuk_part_classes(b, o->message_classes);
	H(b, "\">");
	sentence(b, o);
	H(b, "</div>\n");
	govuk_part_content(b, t->group.after.text, t->group.after.html);
	H(b, "</div>\n");
}
