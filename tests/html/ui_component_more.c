#include "ui_component.h"
#include "ui_parts.h"

#include "html/govuk_accordion.h"
#include "html/govuk_character_count.h"
#include "html/govuk_cookie_banner.h"
#include "html/govuk_date_input.h"
#include "html/govuk_exit_this_page.h"
#include "html/govuk_feedback.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_language_navigation.h"
#include "html/govuk_panel.h"
#include "html/govuk_tabs.h"
#include "html/govuk_task_list.h"

#define GAPS(T, path, field, table, type)                                                          \
	{                                                                                          \
		path, BIND_GAPS, .at = offsetof(struct T, field),                                  \
				 .count_at = offsetof(struct T, n_##field), .sub = table,          \
				 .size = sizeof(type), .gap = offsetof(type, absent)               \
	}

static const struct binding accordion_item[] = { CONTENT(govuk_accordion_item, "heading", heading),
	CONTENT(govuk_accordion_item, "summary", summary),
	CONTENT(govuk_accordion_item, "content", content),
	BOOL(govuk_accordion_item, "expanded", expanded), END };
static const struct binding accordion[] = { COMMON(govuk_accordion),
	GAPS(govuk_accordion, "items", items, accordion_item, struct govuk_accordion_item),
	STR(govuk_accordion, "id", id), INT(govuk_accordion, "headingLevel", heading_level),
	CHOICE(govuk_accordion, "rememberExpanded", remember_expanded),
	STR(govuk_accordion, "hideAllSectionsText", hide_all),
	STR(govuk_accordion, "hideSectionText", hide),
	STR(govuk_accordion, "hideSectionAriaLabelText", hide_label),
	STR(govuk_accordion, "showAllSectionsText", show_all),
	STR(govuk_accordion, "showSectionText", show),
	STR(govuk_accordion, "showSectionAriaLabelText", show_label), END };

static const struct binding character_count[] = { STRUCT(govuk_character_count, "label",
							  textarea.label, label),
	STRUCT(govuk_character_count, "hint", textarea.hint, hint),
	STRUCT(govuk_character_count, "errorMessage", textarea.error, error_message),
	STRUCT(govuk_character_count, "formGroup", textarea.group, form_group),
	STR(govuk_character_count, "id", textarea.id),
	STR(govuk_character_count, "name", textarea.name),
	STR(govuk_character_count, "value", textarea.value),
	INT(govuk_character_count, "rows", textarea.rows),
	STR(govuk_character_count, "classes", textarea.classes),
	ATTRIBUTES(govuk_character_count, "attributes", textarea.attributes),
	CHOICE(govuk_character_count, "spellcheck", textarea.spellcheck),
	STR(govuk_character_count, "maxlength", max_length),
	STR(govuk_character_count, "maxwords", max_words),
	STR(govuk_character_count, "threshold", threshold),
	STR(govuk_character_count, "countType", count_type),
	STR(govuk_character_count, "textareaDescriptionText", description),
	STR(govuk_character_count, "countMessage.classes", message_classes),
	ATTRIBUTES(govuk_character_count, "charactersUnderLimitText", under_characters),
	ATTRIBUTES(govuk_character_count, "charactersOverLimitText", over_characters),
	ATTRIBUTES(govuk_character_count, "wordsUnderLimitText", under_words),
	ATTRIBUTES(govuk_character_count, "wordsOverLimitText", over_words),
	STR(govuk_character_count, "charactersAtLimitText", at_characters),
	STR(govuk_character_count, "wordsAtLimitText", at_words), END };

static const struct binding cookie_action[] = { STR(govuk_cookie_action, "text", text),
	STR(govuk_cookie_action, "href", href), STR(govuk_cookie_action, "type", type),
	STR(govuk_cookie_action, "name", name), STR(govuk_cookie_action, "value", value),
	COMMON(govuk_cookie_action), END };
static const struct binding cookie_message[] = { TEXT(govuk_cookie_message),
	COMMON(govuk_cookie_message), STR(govuk_cookie_message, "headingText", heading_text),
	HTML(govuk_cookie_message, "headingHtml", heading_html),
	LIST(govuk_cookie_message, "actions", actions, cookie_action, struct govuk_cookie_action),
	STR(govuk_cookie_message, "role", role), BOOL(govuk_cookie_message, "hidden", hidden),
	END };
static const struct binding cookie_banner[] = { COMMON(govuk_cookie_banner),
	LIST(govuk_cookie_banner, "messages", messages, cookie_message,
		struct govuk_cookie_message),
	STR(govuk_cookie_banner, "ariaLabel", aria_label),
	BOOL(govuk_cookie_banner, "hidden", hidden), END };

static const struct binding date_item[] = { COMMON(govuk_date_item),
	STR(govuk_date_item, "name", name), STR(govuk_date_item, "value", value),
	STR(govuk_date_item, "id", id), STR(govuk_date_item, "label", label),
	STR(govuk_date_item, "autocomplete", autocomplete),
	STR(govuk_date_item, "pattern", pattern), STR(govuk_date_item, "inputmode", inputmode),
	CHOICE(govuk_date_item, "error", error), END };
static const struct binding date_input[] = { COMMON(govuk_date_input),
	POINTER(govuk_date_input, "fieldset", fieldset, fieldset, struct govuk_fieldset),
	STRUCT(govuk_date_input, "hint", hint, hint),
	STRUCT(govuk_date_input, "errorMessage", error, error_message),
	STRUCT(govuk_date_input, "formGroup", group, form_group),
	LIST(govuk_date_input, "items", items, date_item, struct govuk_date_item),
	POINTER(govuk_date_input, "day", day, date_item, struct govuk_date_item),
	POINTER(govuk_date_input, "month", month, date_item, struct govuk_date_item),
	POINTER(govuk_date_input, "year", year, date_item, struct govuk_date_item),
	BOOL(govuk_date_input, "noDay", no_day), BOOL(govuk_date_input, "noMonth", no_month),
	BOOL(govuk_date_input, "noYear", no_year), STR(govuk_date_input, "id", id),
	STR(govuk_date_input, "namePrefix", name_prefix), END };

static const struct binding exit_this_page[] = { TEXT(govuk_exit_this_page),
	COMMON(govuk_exit_this_page), STR(govuk_exit_this_page, "id", id),
	STR(govuk_exit_this_page, "redirectUrl", redirect_url),
	STR(govuk_exit_this_page, "activatedText", activated),
	STR(govuk_exit_this_page, "timedOutText", timed_out),
	STR(govuk_exit_this_page, "pressTwoMoreTimesText", press_two_more),
	STR(govuk_exit_this_page, "pressOneMoreTimeText", press_one_more), END };

static const struct binding feedback[] = { TEXT(govuk_feedback), COMMON(govuk_feedback),
	STR(govuk_feedback, "titleText", title_text), HTML(govuk_feedback, "titleHtml", title_html),
	INT(govuk_feedback, "headingLevel", heading_level), END };

static const struct binding file_upload[] = { FIELD(govuk_file_upload),
	STRUCT(govuk_file_upload, "label", label, label), STR(govuk_file_upload, "id", id),
	BOOL(govuk_file_upload, "disabled", disabled),
	BOOL(govuk_file_upload, "multiple", multiple),
	BOOL(govuk_file_upload, "javascript", javascript),
	STR(govuk_file_upload, "wrapperClasses", wrapper_classes),
	ATTRIBUTES(govuk_file_upload, "wrapperAttributes", wrapper_attributes),
	ATTRIBUTES(govuk_file_upload, "multipleFilesChosenText", multiple_files_chosen),
	STR(govuk_file_upload, "chooseFilesButtonText", choose_files),
	STR(govuk_file_upload, "noFileChosenText", no_file_chosen),
	STR(govuk_file_upload, "dropInstructionText", drop),
	STR(govuk_file_upload, "enteredDropZoneText", entered),
	STR(govuk_file_upload, "leftDropZoneText", left), END };

static const struct binding language[] = { TEXT(govuk_language), COMMON(govuk_language),
	STR(govuk_language, "href", href), STR(govuk_language, "lang", lang),
	STR(govuk_language, "hrefLang", href_lang), STR(govuk_language, "dir", dir),
	STR(govuk_language, "languageDescriptionText", description),
	BOOL(govuk_language, "current", current), END };
static const struct binding language_navigation[] = { COMMON(govuk_language_navigation),
	LIST(govuk_language_navigation, "items", items, language, struct govuk_language),
	STR(govuk_language_navigation, "ariaLabel", aria_label), END };

static const struct binding panel_action[] = { STR(govuk_panel_action, "text", text),
	STR(govuk_panel_action, "href", href), STR(govuk_panel_action, "type", type),
	COMMON(govuk_panel_action), END };
static const struct binding panel_actions[] = { COMMON(govuk_panel_actions),
	LIST(govuk_panel_actions, "items", items, panel_action, struct govuk_panel_action), END };
static const struct binding panel[] = { TEXT(govuk_panel), COMMON(govuk_panel),
	STR(govuk_panel, "titleText", title_text), HTML(govuk_panel, "titleHtml", title_html),
	INT(govuk_panel, "headingLevel", heading_level),
	BOOL(govuk_panel, "interruption", interruption),
	POINTER(govuk_panel, "actions", actions, panel_actions, struct govuk_panel_actions), END };

static const struct binding tab[] = { STR(govuk_tab, "label", label), STR(govuk_tab, "id", id),
	CONTENT(govuk_tab, "panel", panel), ATTRIBUTES(govuk_tab, "attributes", attributes),
	ATTRIBUTES(govuk_tab, "panel.attributes", panel_attributes), END };
static const struct binding tabs[] = { COMMON(govuk_tabs),
	GAPS(govuk_tabs, "items", items, tab, struct govuk_tab), STR(govuk_tabs, "title", title),
	STR(govuk_tabs, "id", id), STR(govuk_tabs, "idPrefix", id_prefix), END };

static const struct binding task[] = { CONTENT(govuk_task, "title", title),
	CONTENT(govuk_task, "hint", hint), CONTENT(govuk_task, "status", status),
	STR(govuk_task, "href", href), STR(govuk_task, "title.classes", title_classes),
	STR(govuk_task, "status.classes", status_classes), STR(govuk_task, "classes", classes),
	POINTER(govuk_task, "status.tag", tag, tag, struct govuk_tag), END };
static const struct binding task_list[] = { COMMON(govuk_task_list),
	GAPS(govuk_task_list, "items", items, task, struct govuk_task),
	STR(govuk_task_list, "idPrefix", id_prefix), END };

/* The values of a date are named by the boxes, so no table can list them. */
static void date_input_draw(struct arena *arena, struct buf *b, const json_t *given)
{
	static const struct binding values[] = { ATTRIBUTES(govuk_tag, "values", attributes), END };
	struct govuk_date_input o = { .id = S("") };
	struct govuk_tag found = { .text = S("") };
	binding_fill(arena, date_input, given, &o);
	binding_fill(arena, values, given, &found);
	o.values = found.attributes.item;
	o.n_values = found.attributes.n;
	govuk_date_input_(b, &o);
}

bool ui_component_more(
	struct arena *arena, struct buf *b, const char *component, const json_t *given)
{
	str name = str_of(component);
	if (str_equal(name, S("date-input"))) {
		date_input_draw(arena, b, given);
		return true;
	}
#define X(fixture, part)                                                                           \
	if (str_equal(name, S(fixture))) {                                                         \
		struct govuk_##part o = { 0 };                                                     \
		binding_fill(arena, part, given, &o);                                              \
		govuk_##part##_(b, &o);                                                            \
		return true;                                                                       \
	}
	X("accordion", accordion)
	X("character-count", character_count)
	X("cookie-banner", cookie_banner)
	X("exit-this-page", exit_this_page)
	X("feedback", feedback)
	X("file-upload", file_upload)
	X("language-navigation", language_navigation)
	X("panel", panel)
	X("tabs", tabs)
	X("task-list", task_list)
#undef X
	return ui_component_moj(arena, b, component, given);
}
