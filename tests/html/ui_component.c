#include "ui_component.h"
#include "ui_parts.h"

#include "html/govuk_back_link.h"
#include "html/govuk_breadcrumbs.h"
#include "html/govuk_button.h"
#include "html/govuk_details.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_footer.h"
#include "html/govuk_generic_header.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_options.h"
#include "html/govuk_pagination.h"
#include "html/govuk_password_input.h"
#include "html/govuk_phase_banner.h"
#include "html/govuk_select.h"
#include "html/govuk_service_navigation.h"
#include "html/govuk_skip_link.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_table.h"
#include "html/govuk_textarea.h"
#include "html/govuk_warning_text.h"

static const struct binding back_link[] = { TEXT(govuk_back_link), COMMON(govuk_back_link),
	STR(govuk_back_link, "href", href), END };

static const struct binding breadcrumb[] = { TEXT(govuk_breadcrumb),
	STR(govuk_breadcrumb, "href", href), ATTRIBUTES(govuk_breadcrumb, "attributes", attributes),
	END };
static const struct binding breadcrumbs[] = { COMMON(govuk_breadcrumbs),
	LIST(govuk_breadcrumbs, "items", items, breadcrumb, struct govuk_breadcrumb),
	STR(govuk_breadcrumbs, "labelText", label),
	BOOL(govuk_breadcrumbs, "collapseOnMobile", collapse_on_mobile), END };

static const struct binding button[] = { TEXT(govuk_button), COMMON(govuk_button),
	STR(govuk_button, "href", href), STR(govuk_button, "type", type),
	STR(govuk_button, "name", name), STR(govuk_button, "value", value),
	STR(govuk_button, "id", id), BOOL(govuk_button, "disabled", disabled),
	BOOL(govuk_button, "isStartButton", start),
	CHOICE(govuk_button, "preventDoubleClick", prevent_double_click), END };

static const struct binding details[] = { TEXT(govuk_details), COMMON(govuk_details),
	STR(govuk_details, "summaryText", summary_text),
	HTML(govuk_details, "summaryHtml", summary_html), STR(govuk_details, "id", id),
	BOOL(govuk_details, "open", open), END };

static const struct binding error_item[] = { TEXT(govuk_error), STR(govuk_error, "href", href),
	ATTRIBUTES(govuk_error, "attributes", attributes), END };
static const struct binding error_summary[] = { COMMON(govuk_error_summary),
	STR(govuk_error_summary, "titleText", title_text),
	HTML(govuk_error_summary, "titleHtml", title_html),
	STR(govuk_error_summary, "descriptionText", description_text),
	HTML(govuk_error_summary, "descriptionHtml", description_html),
	LIST(govuk_error_summary, "errorList", errors, error_item, struct govuk_error),
	CHOICE(govuk_error_summary, "disableAutoFocus", disable_auto_focus), END };

static const struct binding affix[] = { TEXT(govuk_affix), COMMON(govuk_affix), END };
static const struct binding input[] = { FIELD(govuk_input),
	STRUCT(govuk_input, "label", label, label), STR(govuk_input, "id", id),
	STR(govuk_input, "type", type), STR(govuk_input, "value", value),
	STRUCT(govuk_input, "prefix", prefix, affix), STRUCT(govuk_input, "suffix", suffix, affix),
	STR(govuk_input, "autocomplete", autocomplete),
	STR(govuk_input, "autocapitalize", autocapitalize), STR(govuk_input, "pattern", pattern),
	STR(govuk_input, "inputmode", inputmode),
	STR(govuk_input, "inputWrapper.classes", wrapper_classes),
	ATTRIBUTES(govuk_input, "inputWrapper.attributes", wrapper_attributes),
	CHOICE(govuk_input, "spellcheck", spellcheck), BOOL(govuk_input, "disabled", disabled),
	END };

static const struct binding textarea[] = { FIELD(govuk_textarea),
	STRUCT(govuk_textarea, "label", label, label), STR(govuk_textarea, "id", id),
	STR(govuk_textarea, "value", value), INT(govuk_textarea, "rows", rows),
	STR(govuk_textarea, "autocomplete", autocomplete),
	CHOICE(govuk_textarea, "spellcheck", spellcheck),
	BOOL(govuk_textarea, "disabled", disabled), END };

static const struct binding password_input[] = { FIELD(govuk_password_input),
	STRUCT(govuk_password_input, "label", label, label), STR(govuk_password_input, "id", id),
	STR(govuk_password_input, "value", value),
	STR(govuk_password_input, "autocomplete", autocomplete),
	STR(govuk_password_input, "button.classes", button_classes),
	STR(govuk_password_input, "showPasswordText", show_text),
	STR(govuk_password_input, "hidePasswordText", hide_text),
	STR(govuk_password_input, "showPasswordAriaLabelText", show_label),
	STR(govuk_password_input, "hidePasswordAriaLabelText", hide_label),
	STR(govuk_password_input, "passwordShownAnnouncementText", shown_announcement),
	STR(govuk_password_input, "passwordHiddenAnnouncementText", hidden_announcement),
	BOOL(govuk_password_input, "disabled", disabled), END };

static const struct binding select_item[] = { STR(govuk_select_item, "text", text),
	STR(govuk_select_item, "value", value), CHOICE(govuk_select_item, "selected", selected),
	BOOL(govuk_select_item, "disabled", disabled),
	ATTRIBUTES(govuk_select_item, "attributes", attributes), END };
static const struct binding select_box[] = { FIELD(govuk_select),
	STRUCT(govuk_select, "label", label, label), STR(govuk_select, "id", id),
	LIST(govuk_select, "items", items, select_item, struct govuk_select_item),
	STR(govuk_select, "value", value), BOOL(govuk_select, "disabled", disabled), END };

static const struct binding option[] = { TEXT(govuk_option), STR(govuk_option, "value", value),
	STR(govuk_option, "id", id), STR(govuk_option, "name", name),
	STR(govuk_option, "divider", divider), STR(govuk_option, "behaviour", behaviour),
	STR(govuk_option, "label.classes", label_classes),
	ATTRIBUTES(govuk_option, "label.attributes", label_attributes),
	STRUCT(govuk_option, "hint", hint, hint),
	HTML(govuk_option, "conditional.html", conditional),
	ATTRIBUTES(govuk_option, "attributes", attributes),
	CHOICE(govuk_option, "checked", checked), BOOL(govuk_option, "disabled", disabled), END };
static const struct binding options[] = { FIELD(govuk_options),
	POINTER(govuk_options, "fieldset", fieldset, fieldset, struct govuk_fieldset),
	{ "items", BIND_GAPS, .at = offsetof(struct govuk_options, items),
		.count_at = offsetof(struct govuk_options, n_items), .sub = option,
		.size = sizeof(struct govuk_option), .gap = offsetof(struct govuk_option, absent) },
	STR(govuk_options, "idPrefix", id_prefix), STR(govuk_options, "value", value),
	STRS(govuk_options, "values", values), END };

static const struct binding footer_link[] = { STR(govuk_footer_link, "text", text),
	STR(govuk_footer_link, "href", href),
	ATTRIBUTES(govuk_footer_link, "attributes", attributes), END };
static const struct binding footer_section[] = { STR(govuk_footer_section, "title", title),
	STR(govuk_footer_section, "width", width), INT(govuk_footer_section, "columns", columns),
	LIST(govuk_footer_section, "items", items, footer_link, struct govuk_footer_link), END };
static const struct binding footer_meta[] = { STR(govuk_footer_meta, "visuallyHiddenTitle",
						      visually_hidden_title),
	LIST(govuk_footer_meta, "items", items, footer_link, struct govuk_footer_link),
	TEXT(govuk_footer_meta), END };
static const struct binding footer[] = { COMMON(govuk_footer),
	LIST(govuk_footer, "navigation", sections, footer_section, struct govuk_footer_section),
	POINTER(govuk_footer, "meta", meta, footer_meta, struct govuk_footer_meta),
	HTML(govuk_footer, "logo", logo), HTML(govuk_footer, "licenceLogo", licence_logo),
	CONTENT(govuk_footer, "contentLicence", licence),
	CONTENT(govuk_footer, "copyright", copyright),
	STR(govuk_footer, "copyrightUrl", copyright_url),
	STR(govuk_footer, "containerClasses", container_classes), END };

static const struct binding generic_header[] = { COMMON(govuk_generic_header),
	STR(govuk_generic_header, "logoText", logo_text),
	HTML(govuk_generic_header, "logoHtml", logo_html), STR(govuk_generic_header, "url", url),
	STR(govuk_generic_header, "containerClasses", container_classes), END };
static const struct binding header[] = { COMMON(govuk_generic_header),
	HTML(govuk_generic_header, "logo", logo_html),
	STR(govuk_generic_header, "homepageUrl", url),
	STR(govuk_generic_header, "productName", product_name),
	STR(govuk_generic_header, "containerClasses", container_classes),
	STR(govuk_generic_header, "namespace", name_space), END };

static const struct binding inset_text[] = { TEXT(govuk_inset_text), COMMON(govuk_inset_text),
	STR(govuk_inset_text, "id", id), END };

static const struct binding notification_banner[] = { TEXT(govuk_notification_banner),
	COMMON(govuk_notification_banner), STR(govuk_notification_banner, "titleText", title_text),
	HTML(govuk_notification_banner, "titleHtml", title_html),
	STR(govuk_notification_banner, "titleId", title_id),
	INT(govuk_notification_banner, "titleHeadingLevel", title_heading_level),
	STR(govuk_notification_banner, "type", type), STR(govuk_notification_banner, "role", role),
	CHOICE(govuk_notification_banner, "disableAutoFocus", disable_auto_focus), END };

static const struct binding pagination_link[] = { TEXT(govuk_pagination_link),
	STR(govuk_pagination_link, "href", href),
	STR(govuk_pagination_link, "labelText", label_text),
	ATTRIBUTES(govuk_pagination_link, "attributes", attributes), END };
static const struct binding pagination_item[] = { STR(govuk_pagination_item, "number", number),
	STR(govuk_pagination_item, "href", href),
	STR(govuk_pagination_item, "visuallyHiddenText", visually_hidden_text),
	BOOL(govuk_pagination_item, "current", current),
	BOOL(govuk_pagination_item, "ellipsis", ellipsis),
	ATTRIBUTES(govuk_pagination_item, "attributes", attributes), END };
static const struct binding pagination[] = { COMMON(govuk_pagination),
	STRUCT(govuk_pagination, "previous", previous, pagination_link),
	STRUCT(govuk_pagination, "next", next, pagination_link),
	LIST(govuk_pagination, "items", items, pagination_item, struct govuk_pagination_item),
	STR(govuk_pagination, "landmarkLabel", landmark_label), END };

static const struct binding phase_banner[] = { TEXT(govuk_phase_banner), COMMON(govuk_phase_banner),
	STRUCT(govuk_phase_banner, "tag", tag, tag), END };

static const struct binding service_item[] = { TEXT(govuk_service_item),
	STR(govuk_service_item, "href", href), BOOL(govuk_service_item, "current", current),
	BOOL(govuk_service_item, "active", active),
	ATTRIBUTES(govuk_service_item, "attributes", attributes), END };
static const struct binding service_navigation[] = { COMMON(govuk_service_navigation),
	STR(govuk_service_navigation, "serviceName", service_name),
	STR(govuk_service_navigation, "serviceUrl", service_url),
	LIST(govuk_service_navigation, "navigation", items, service_item,
		struct govuk_service_item),
	HTML(govuk_service_navigation, "slots.start", slot_start),
	HTML(govuk_service_navigation, "slots.end", slot_end),
	HTML(govuk_service_navigation, "slots.end.html", slot_end),
	BOOL(govuk_service_navigation, "slotEndInline", slot_end_inline),
	HTML(govuk_service_navigation, "slots.navigationStart", slot_navigation_start),
	HTML(govuk_service_navigation, "slots.navigationEnd", slot_navigation_end),
	STR(govuk_service_navigation, "menuButtonText", menu_button_text),
	STR(govuk_service_navigation, "menuButtonLabel", menu_button_label),
	STR(govuk_service_navigation, "navigationId", navigation_id),
	STR(govuk_service_navigation, "navigationLabel", navigation_label),
	STR(govuk_service_navigation, "navigationClasses", navigation_classes),
	STR(govuk_service_navigation, "ariaLabel", aria_label),
	CHOICE(govuk_service_navigation, "collapseNavigationOnMobile", collapse_on_mobile), END };

static const struct binding skip_link[] = { TEXT(govuk_skip_link), COMMON(govuk_skip_link),
	STR(govuk_skip_link, "href", href), END };

static const struct binding summary_action[] = { TEXT(govuk_summary_action),
	COMMON(govuk_summary_action), STR(govuk_summary_action, "href", href),
	STR(govuk_summary_action, "visuallyHiddenText", visually_hidden_text), END };
static const struct binding summary_cell[] = { TEXT(govuk_summary_cell),
	STR(govuk_summary_cell, "classes", classes), END };
static const struct binding summary_row[] = { STRUCT(govuk_summary_row, "key", key, summary_cell),
	STRUCT(govuk_summary_row, "value", value, summary_cell),
	LIST(govuk_summary_row, "actions.items", actions, summary_action,
		struct govuk_summary_action),
	STR(govuk_summary_row, "actions.classes", actions_classes),
	STR(govuk_summary_row, "classes", classes), END };
static const struct binding summary_card[] = { COMMON(govuk_summary_card),
	STR(govuk_summary_card, "title.text", title_text),
	HTML(govuk_summary_card, "title.html", title_html),
	INT(govuk_summary_card, "title.headingLevel", heading_level),
	STR(govuk_summary_card, "title.classes", title_classes),
	LIST(govuk_summary_card, "actions.items", actions, summary_action,
		struct govuk_summary_action),
	STR(govuk_summary_card, "actions.classes", actions_classes), END };
static const struct binding summary_list[] = { COMMON(govuk_summary_list),
	LIST(govuk_summary_list, "rows", rows, summary_row, struct govuk_summary_row),
	POINTER(govuk_summary_list, "card", card, summary_card, struct govuk_summary_card), END };

static const struct binding table_cell[] = { TEXT(govuk_table_cell), COMMON(govuk_table_cell),
	STR(govuk_table_cell, "format", format), INT(govuk_table_cell, "colspan", colspan),
	INT(govuk_table_cell, "rowspan", rowspan), END };
static const struct binding table_row[] = {
	LIST(govuk_table_row, "", cells, table_cell, struct govuk_table_cell), END
};
static const struct binding table[] = { COMMON(govuk_table), STR(govuk_table, "caption", caption),
	STR(govuk_table, "captionClasses", caption_classes),
	LIST(govuk_table, "head", head, table_cell, struct govuk_table_cell),
	LIST(govuk_table, "rows", rows, table_row, struct govuk_table_row),
	BOOL(govuk_table, "firstCellIsHeader", first_cell_is_header), END };

static const struct binding warning_text[] = { TEXT(govuk_warning_text), COMMON(govuk_warning_text),
	STR(govuk_warning_text, "iconFallbackText", icon_fallback_text), END };

static void radios_draw(struct buf *b, const struct govuk_options *o)
{
	govuk_options_(b, GOVUK_RADIOS, o);
}

static void checkboxes_draw(struct buf *b, const struct govuk_options *o)
{
	govuk_options_(b, GOVUK_CHECKBOXES, o);
}

/* X(fixture name, binding table, struct, function) */
#define COMPONENTS(X)                                                                              \
	X("back-link", back_link, govuk_back_link, govuk_back_link_)                               \
	X("breadcrumbs", breadcrumbs, govuk_breadcrumbs, govuk_breadcrumbs_)                       \
	X("button", button, govuk_button, govuk_button_)                                           \
	X("checkboxes", options, govuk_options, checkboxes_draw)                                   \
	X("details", details, govuk_details, govuk_details_)                                       \
	X("error-message", error_message, govuk_error_message, govuk_error_message_)               \
	X("error-summary", error_summary, govuk_error_summary, govuk_error_summary_)               \
	X("fieldset", fieldset, govuk_fieldset, govuk_fieldset_)                                   \
	X("footer", footer, govuk_footer, govuk_footer_)                                           \
	X("generic-header", generic_header, govuk_generic_header, govuk_generic_header_)           \
	X("header", header, govuk_generic_header, govuk_generic_header_)                           \
	X("hint", hint, govuk_hint, govuk_hint_)                                                   \
	X("input", input, govuk_input, govuk_input_)                                               \
	X("inset-text", inset_text, govuk_inset_text, govuk_inset_text_)                           \
	X("label", label, govuk_label, govuk_label_)                                               \
	X("notification-banner", notification_banner, govuk_notification_banner,                   \
		govuk_notification_banner_)                                                        \
	X("pagination", pagination, govuk_pagination, govuk_pagination_)                           \
	X("password-input", password_input, govuk_password_input, govuk_password_input_)           \
	X("phase-banner", phase_banner, govuk_phase_banner, govuk_phase_banner_)                   \
	X("radios", options, govuk_options, radios_draw)                                           \
	X("select", select_box, govuk_select, govuk_select_)                                       \
	X("service-navigation", service_navigation, govuk_service_navigation,                      \
		govuk_service_navigation_)                                                         \
	X("skip-link", skip_link, govuk_skip_link, govuk_skip_link_)                               \
	X("summary-list", summary_list, govuk_summary_list, govuk_summary_list_)                   \
	X("table", table, govuk_table, govuk_table_)                                               \
	X("tag", tag, govuk_tag, govuk_tag_)                                                       \
	X("textarea", textarea, govuk_textarea, govuk_textarea_)                                   \
	X("warning-text", warning_text, govuk_warning_text, govuk_warning_text_)

bool ui_component(struct arena *arena, struct buf *b, const char *component, const json_t *given)
{
	str name = str_of(component);
#define X(fixture, bindings, type, draw)                                                           \
	if (str_equal(name, S(fixture))) {                                                         \
		struct type o = { 0 };                                                             \
		binding_fill(arena, bindings, given, &o);                                          \
		draw(b, &o);                                                                       \
		return true;                                                                       \
	}
	COMPONENTS(X)
#undef X
	return ui_component_more(arena, b, component, given);
}
